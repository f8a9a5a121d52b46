"""One keystroke in a plan of about 150 entries until every finding is renewed: p99 under 8 ms."""

from dataclasses import replace

from county import County, largest
from measure import once, p99, say_limit

from send_desk.domain.checks import Checker
from send_desk.domain.text import from_words


def run(county: County) -> None:
    """Type 300 letters into entries all over the largest plan."""
    opened, desk = county.open()
    try:
        case = largest(desk)
        book, checker = desk.book(case), Checker()
        checker.check(case, book, desk.lists, desk.today)
        times: list[float] = []
        for stroke in range(300):
            place = (stroke * 7) % len(case.entries)
            entry = case.entries[place]
            typed = replace(entry, text=from_words(f"{entry.words}{'reading aloud '[stroke % 14]}"))
            case = replace(case, entries=(*case.entries[:place], typed, *case.entries[place + 1 :]))
            times.append(once(lambda case=case: checker.check(case, book, desk.lists, desk.today)))
        whole = once(lambda: Checker().check(case, book, desk.lists, desk.today))
        say_limit("keystroke", p99(times), "ms", limit=8.0, entries=len(case.entries), from_scratch_ms=whole)
    finally:
        opened.close()
