"""`law due` and `law exempt`: a date or an exemption of the law, asked for without any case."""

from collections.abc import Iterator
from datetime import date

from send_desk.domain.dates import counted, in_words
from send_desk.domain.deadlines import DateLine, Start, as_json, due, line_of
from send_desk.domain.exemptions import judge
from send_desk.domain.ids import Ground
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.time_limit import Confirmed

from .answer import Answer

_CONFIRMED = {
    Confirmed.PRIMARY: "the words of the source were read",
    Confirmed.SECONDARY: "a secondary source says so",
    Confirmed.NO: "not confirmed: treat it as guidance and check it",
}


def due_command(rulebook: RuleBook, *, rule: str, start: date, to: date | None = None) -> Answer:
    """Answer `law due`: the date a rule gives from a day; raises WrongUse for an unknown rule or an impossible day."""
    line = due(rulebook, rule, start, to)
    return Answer(as_json(line), tuple(_due_lines(rulebook, line)))


def exempt_command(
    rulebook: RuleBook,
    *,
    rule: str,
    ground: Ground,
    from_: date | None = None,
    until: date | None = None,
    asked: date | None = None,
) -> Answer:
    """Answer `law exempt`: whether a ground exempts from a rule; raises WrongUse for an unknown rule."""
    verdict = judge(rulebook, rule, ground, from_=from_, until=until, asked=asked)
    data = {
        "applies": verdict.applies,
        "ground": verdict.ground.value,
        "why": verdict.why,
        "citation": verdict.citation,
    }
    lines = (
        f"{rule}: the exemption {'applies' if verdict.applies else 'does not apply'}.",
        verdict.why,
        f"{verdict.citation}. {_checked(rulebook)}",
    )
    return Answer(data, lines)


def _due_lines(rulebook: RuleBook, line: DateLine) -> Iterator[str]:
    yield f"{line.rule}: {line.title}"
    if line.due is None:
        yield f"As soon as practicable after {in_words(line.start.on)}: the law gives no day."
    else:
        yield f"Due {in_words(line.due)}, counted from {in_words(line.start.on)}."
        if line.act_by is not None and line.act_by != line.due:
            yield f"That is no working day, and nothing moves it: act by {in_words(line.act_by)}."
    if line.done_on is not None:
        late = f"{counted(line.late_days, 'day')} late" if line.late_days else "in time"
        yield f"Done {in_words(line.done_on)}: {late}."
    yield f"It ends when {line.ends_with}."
    then = rulebook.limit(line.rule).then
    if then is not None:
        later = line_of(rulebook, rulebook.limit(line.rule), Start(line.start.event, line.start.on), span=then.span)
        if later.due is not None:
            yield f"Then, by {in_words(later.due)}: {then.ends_with}."
    if line.note:
        yield line.note
    if line.act_by is not None and not rulebook.calendar.knows(line.act_by):
        yield f"Bank holidays of {line.act_by.year} are not in the data: only weekends were left out."
    yield f"{line.citation} ({_CONFIRMED[line.confirmed]}). {_checked(rulebook)}"


def _checked(rulebook: RuleBook) -> str:
    return f"The law as it was checked to {in_words(rulebook.checked_to)}."
