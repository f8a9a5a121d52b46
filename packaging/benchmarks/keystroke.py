"""One keystroke in a plan of 150 entries until every finding is renewed: p99 under 8 ms."""

from dataclasses import replace

from county import County, by_size
from measure import once, p99, say_limit

from send_desk.domain.case import Case
from send_desk.domain.checks import check_case
from send_desk.domain.entry import Entry, Links
from send_desk.domain.text import from_words

_ENTRIES = 150
_STROKES = 600


def run(county: County) -> None:
    """Type letters into entries all over a plan."""
    opened, desk = county.open()
    try:
        case = _long_plan(by_size(desk))
        desk.findings(case)
        spent = []
        for stroke in range(_STROKES):
            place = (stroke * 7) % len(case.entries)
            entry = case.entries[place]
            typed = replace(entry, text=from_words(f"{entry.words}{'reading aloud '[stroke % 14]}"))
            case = replace(case, entries=(*case.entries[:place], typed, *case.entries[place + 1 :]))
            spent.append(once(lambda case=case: desk.findings(case)))
        scratch = once(lambda: check_case(case, desk.book(case), desk.lists, desk.today))
        if check_case(case, desk.book(case), desk.lists, desk.today) != desk.findings(case):
            raise SystemExit("the findings after typing are not those of the plan")
        say_limit(
            "keystroke",
            p99([one.cpu for one in spent]),
            "ms",
            limit=8.0,
            clock="cpu",
            p99_wall=p99([one.wall for one in spent]),
            median_cpu=sorted(one.cpu for one in spent)[len(spent) // 2],
            from_scratch_cpu=scratch.cpu,
            entries=len(case.entries),
            findings=len(desk.findings(case)),
            strokes=_STROKES,
        )
    finally:
        opened.close()


def _long_plan(cases: list[Case]) -> Case:
    """Put the entries of several plans into the largest one until it has enough, each with its links."""
    entries: list[Entry] = []
    for number, case in enumerate(cases):
        entries += [_renamed(entry, number) for entry in case.entries]
        if len(entries) >= _ENTRIES:
            break
    return replace(cases[0], entries=tuple(entries[:_ENTRIES]))


def _renamed(entry: Entry, number: int) -> Entry:
    links = entry.links
    ours = Links(*(tuple(f"{number}-{id_}" for id_ in ids) for ids in (links.aspirations, links.needs, links.outcomes)))
    return replace(entry, id=f"{number}-{entry.id}", links=ours)
