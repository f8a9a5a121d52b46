"""The register of a case: who must be asked for advice, where each stands, and the seven-cell strip they make.

Filled from the framework's data: on the day of the decision to assess with whose advice must be sought (reg 6), and at
the notice of a review with who must be invited (reg 20(2)). What is asked without naming a cycle is asked of the one in
force (contributions.md, "Who must be asked").
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .case import Case
from .contribution import Contribution
from .contribution_state import WORST_FIRST, ContributionStatus, givers_of, status_of, unasked
from .contribution_telling import recorded_state
from .cycle import ASSESSMENT, cycle_in_force, lines_of
from .ids import Cell, EventKind, Section, Stage, State, Version
from .rulebook import AdviceGiver, RuleBook
from .year_group import year_of

CELL_TITLES: Mapping[Cell, str] = {
    Cell.FAMILY: "Family",
    Cell.EDUCATION: "Education",
    Cell.HEALTH: "Health",
    Cell.PSYCHOLOGY: "Psychology",
    Cell.SOCIAL_CARE: "Social care",
    Cell.ADULTHOOD: "Adulthood",
    Cell.OTHERS: "Others",
}

_SENSORY = "6(2)"
_SENSORY_TEACHER = re.compile(
    r"\b(?:deaf|hearing|vision|visual(?:ly)?|sight|sensory|multi-?sensory|qtvi|qtmsi|qtod|tod|qthi|qtmi)\b",
    re.IGNORECASE,
)
_RANK = {state: rank for rank, state in enumerate(WORST_FIRST)}
_CELL_RANK = {cell: rank for rank, cell in enumerate(Cell)}

_BEGUN = (
    EventKind.DECISION_ASSESS,
    EventKind.DECISION_PLAN,
    EventKind.DRAFT_SERVED,
    EventKind.FINAL_SENT,
    EventKind.PLAN_MADE,
    EventKind.REASSESSMENT_DECIDED,
    EventKind.TRIBUNAL_ORDER,
    EventKind.TRIBUNAL_UNOPPOSED,
)
_DRAFTED = frozenset({Section.B, Section.C, Section.D, Section.E, Section.F, Section.G, Section.H1, Section.H2})


@dataclass(frozen=True)
class CellStatus:
    """One cell of the strip: the worst of its advisers; `tip` lists them all with the law."""

    cell: Cell
    state: State
    words: str
    tip: str
    statuses: tuple[ContributionStatus, ...] = ()


def assessing(case: Case, today: date) -> bool:
    """Whether advice is due: after the decision to assess, or where the case shows that the decision lies behind it.

    A register, drafted sections, a final plan or a later stage stand for the decision where no event records it; a
    register on which nobody has been asked does not, while the case records the request that is still to be decided.
    """
    refusals = case.happened(EventKind.DECISION_NOT_ASSESS)
    begun = [event.on for event in case.happened(*_BEGUN) if event.on is not None and event.on <= today]
    if begun and not any(event.on is not None and max(begun) < event.on <= today for event in refusals):
        return True
    return (
        _register_begun(case)
        or case.version is Version.FINAL
        or case.stage is not Stage.NEW
        or any(entry.section in _DRAFTED for entry in case.entries)
    )


def _register_begun(case: Case) -> bool:
    lines = lines_of(case, ASSESSMENT)
    if any(recorded_state(line, case) is not State.NOT_REQUESTED for line in lines):
        return True
    undecided = case.happened(EventKind.REQUEST_RECEIVED, EventKind.BECAME_RESPONSIBLE)
    return not undecided and any(line.stated is not State.NOT_DUE for line in lines)


def required(case: Case, book: RuleBook, today: date, *, cycle: str | None = None) -> tuple[AdviceGiver, ...]:
    """Return whose advice must be sought (reg 6(1)) and who must be consulted (reg 6(2)), none before the decision; in
    a review, who must be invited (reg 20(2)).
    """
    round_ = cycle_in_force(case) if cycle is None else cycle
    if round_ == ASSESSMENT and not assessing(case, today):
        return ()
    return tuple(giver for giver in givers_of(book, round_) if _is_due(giver, case, book, today))


def register(case: Case, book: RuleBook, today: date, *, cycle: str | None = None) -> tuple[ContributionStatus, ...]:
    """Return where every adviser stands, cell by cell: each line of the register, and each who must be asked and is on
    none of them, exactly once; that of the assessment is empty before the decision to assess.
    """
    round_ = cycle_in_force(case) if cycle is None else cycle
    if round_ == ASSESSMENT and not assessing(case, today):
        return ()
    givers = required(case, book, today, cycle=round_)
    lines = [status_of(one, case, book, today) for one in lines_of(case, round_)]
    missing = [unasked(giver, cycle=round_) for giver in givers if not _on_register(giver, case, round_)]
    return tuple(sorted((*lines, *missing), key=lambda status: _CELL_RANK[status.cell]))


def earlier(case: Case, book: RuleBook, today: date) -> tuple[ContributionStatus, ...]:
    """Return where each line stands that is on a register no longer in force: its papers may still be rested on."""
    current = cycle_in_force(case)
    return tuple(status_of(one, case, book, today) for one in case.contributions if one.cycle != current)


def strip(case: Case, book: RuleBook, today: date) -> Mapping[Cell, CellStatus]:
    """Return the seven cells in their order, each showing the worst of its advisers."""
    return strip_of(register(case, book, today), book)


def strip_of(statuses: tuple[ContributionStatus, ...], book: RuleBook) -> Mapping[Cell, CellStatus]:
    """Return the strip of a register that has been computed already."""
    givers = givers_of(book, statuses[0].cycle if statuses else ASSESSMENT)
    return {cell: _cell(cell, tuple(one for one in statuses if one.cell is cell), givers) for cell in Cell}


def fill_register(
    case: Case, book: RuleBook, day: date, *, new_id: Callable[[], str], cycle: str | None = None
) -> tuple[Contribution, ...]:
    """Return the lines that a register still lacks on a day: everybody who must be asked and is not on it yet."""
    round_ = cycle_in_force(case) if cycle is None else cycle
    givers = (giver for giver in givers_of(book, round_) if _is_due(giver, case, book, day))
    return tuple(
        Contribution(new_id(), giver.cell, letter=giver.letter, cycle=round_)
        for giver in givers
        if not _on_register(giver, case, round_)
    )


def _is_due(giver: AdviceGiver, case: Case, book: RuleBook, today: date) -> bool:
    if giver.from_year is not None:
        year = year_of(case.child, book, today)
        return year is not None and year >= giver.from_year
    return giver.always or (giver.letter == _SENSORY and case.child.sensory_impairment)


def _on_register(giver: AdviceGiver, case: Case, cycle: str) -> bool:
    return any(True for _ in _lines_of(giver, case, cycle))


def _lines_of(giver: AdviceGiver, case: Case, cycle: str) -> Iterator[Contribution]:
    for line in lines_of(case, cycle):
        if line.cell is not giver.cell:
            continue
        if cycle:
            if line.letter == giver.letter or (not line.letter and line.cell is not Cell.OTHERS):
                yield line
            continue
        teacher = line.letter == _SENSORY or (
            case.child.sensory_impairment and not line.letter and bool(_SENSORY_TEACHER.search(line.adviser.role))
        )
        if giver.cell is not Cell.EDUCATION or teacher is (giver.letter == _SENSORY):
            yield line


def _cell(cell: Cell, statuses: tuple[ContributionStatus, ...], givers: Iterable[AdviceGiver]) -> CellStatus:
    title = CELL_TITLES[cell]
    law = "; ".join(dict.fromkeys(giver.citation for giver in givers if giver.cell is cell))
    if not statuses:
        return CellStatus(cell, State.NOT_DUE, "not due", f"{title}: nobody has to be asked now. {law}".strip())
    worst = min(statuses, key=lambda status: _RANK[status.state])
    lines = [f"{one.adviser_words}: {one.words}" if one.adviser_words else one.words for one in statuses]
    return CellStatus(cell, worst.state, worst.words, "\n".join([title, *lines, law]).strip(), statuses)
