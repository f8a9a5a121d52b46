"""The list of cases made ready for a table: what each row shows, and by what it is sorted and filtered.

Made on the worker, so that ten thousand rows cost the window nothing; sorting and filtering then only look things up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum, IntFlag, auto
from typing import Any

from send_desk.domain.dates import age_on, in_words
from send_desk.domain.ids import Cell, State
from send_desk.domain.summary import CaseStage, Summary
from send_desk.gui.office_words import Badge, CaseSync

_SOON = timedelta(days=7)
_WEEKS = 20
_MISSING = frozenset(
    {
        State.NOT_REQUESTED,
        State.REQUESTED,
        State.ACKNOWLEDGED,
        State.OVERDUE,
        State.RECEIVED,
        State.NOT_KNOWN,
        State.ADMINISTRATIVE_ONLY,
        State.DECLINED,
        State.LAWFUL_EXCEPTION,
    }
)
"""The states in which the content of the advice is not there (contributions.md, acceptable at issue)."""
_RUNNING = frozenset(
    {
        CaseStage.REQUEST,
        CaseStage.ASSESSMENT,
        CaseStage.DRAFTING,
        CaseStage.DRAFT_OUT,
        CaseStage.REASSESSMENT,
    }
)

STAGE_WORDS: Mapping[CaseStage, str] = {
    CaseStage.REQUEST: "Request",
    CaseStage.ASSESSMENT: "Assessment",
    CaseStage.DRAFTING: "Drafting",
    CaseStage.DRAFT_OUT: "Draft sent",
    CaseStage.PLAN_IN_FORCE: "Plan in force",
    CaseStage.REVIEW: "Annual review",
    CaseStage.AMENDMENT: "Amendment",
    CaseStage.REASSESSMENT: "Re-assessment",
    CaseStage.REFUSED: "Not assessed",
    CaseStage.NO_PLAN: "No plan",
    CaseStage.MOVED_OUT: "Moved away",
    CaseStage.CEASED: "Ceased",
}
_STAGE_ORDER = {stage: at for at, stage in enumerate(CaseStage)}
_BADGE_ORDER = {badge: at for at, badge in enumerate(Badge)}
_ALL_THERE = CaseSync()


class Column(IntEnum):
    """The columns of the table, in their order."""

    NAME = 0
    AGE = 1
    STAGE = 2
    WEEK = 3
    STRIP = 4
    NEXT = 5
    FINDINGS = 6
    OWNER = 7
    SYNC = 8


class Wanted(IntFlag):
    """What the chips ask for; a row answers with those that are true of it."""

    NOTHING = 0
    MINE = auto()
    MISSING_HEALTH = auto()
    MISSING_SOCIAL_CARE = auto()
    DUE_THIS_WEEK = auto()
    OUT_OF_TIME = auto()
    WAITING = auto()


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row: the line, and its words as the table shows them."""

    line: Summary
    name: str
    age: str
    stage: str
    next_due: str
    next_title: str
    late: bool
    """Whether the next date of the law is past."""
    sync: CaseSync | None = None
    """How the case stands to its office copy; None where there is no office, or the case is not on this laptop."""


@dataclass(frozen=True)
class CaseRows:
    """All rows for one day; chips look at `marks`, words at `texts`, and `orders` are the rows by column and direction.

    An order is keyed by the column and whether it falls.
    """

    rows: tuple[CaseRow, ...] = ()
    marks: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    orders: Mapping[tuple[Column, bool], tuple[int, ...]] = field(default_factory=dict)
    today: date | None = None

    def arranged(
        self, column: Column, *, falling: bool = False, wanted: Wanted = Wanted.NOTHING, words: str = ""
    ) -> list[int]:
        """Return the rows that are wanted, sorted: equal ones by name, those with nothing in the column at the end."""
        order: Sequence[int] = self.orders.get((column, falling), ())
        marks, texts = self.marks, self.texts
        if wanted:
            want = int(wanted)
            order = [at for at in order if marks[at] & want == want]
        for word in words.casefold().split():
            order = [at for at in order if word in texts[at]]
        return list(order)


def case_rows(
    lines: Sequence[Summary],
    *,
    today: date,
    mine: str,
    titles: Mapping[str, str] | None = None,
    sync: Mapping[str, CaseSync] | None = None,
) -> CaseRows:
    """Make the rows of a list for one day.

    `mine` is the name of the owner whose cases the first chip shows, `titles` name what is due by the id of its rule.
    `sync` tells what of which case is not in the office copy, None where there is no office.
    """
    rows = tuple(_row(line, today, titles or {}, sync) for line in lines)
    return CaseRows(
        rows=rows,
        marks=tuple(int(_marks(row, today, mine)) for row in rows),
        texts=tuple(
            f"{row.name} {row.line.reference} {row.line.setting} {row.stage} {row.line.owner}".casefold()
            for row in rows
        ),
        orders=_orders(rows),
        today=today,
    )


def age_words(born: date, today: date) -> str:
    """Return an age as the table shows it: "9 y 4 m"."""
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    return f"{age_on(born, today)} y {months % 12} m" if months >= 0 else ""


def _row(line: Summary, today: date, titles: Mapping[str, str], sync: Mapping[str, CaseSync] | None) -> CaseRow:
    name = line.name or line.reference
    if line.known_as and line.known_as.casefold() not in {part.casefold() for part in name.split()}:
        name = f"{name} ({line.known_as})"
    return CaseRow(
        line,
        name,
        age_words(line.born, today) if line.born else "",
        STAGE_WORDS[line.stage],
        in_words(line.next_due) if line.next_due else "",
        titles.get(line.next_rule, line.next_rule),
        line.next_due is not None and line.next_due < today,
        None if sync is None or not line.full else sync.get(line.case, _ALL_THERE),
    )


def _marks(row: CaseRow, today: date, mine: str) -> Wanted:
    line, marks = row.line, Wanted.NOTHING
    if line.owner == mine:
        marks |= Wanted.MINE
    if line.strip.get(Cell.HEALTH) in _MISSING:
        marks |= Wanted.MISSING_HEALTH
    if line.strip.get(Cell.SOCIAL_CARE) in _MISSING:
        marks |= Wanted.MISSING_SOCIAL_CARE
    if line.next_due is not None and today <= line.next_due <= today + _SOON:
        marks |= Wanted.DUE_THIS_WEEK
    late = line.next_due is not None and line.next_due < today
    if late or (line.week is not None and line.week > _WEEKS and line.stage in _RUNNING):
        marks |= Wanted.OUT_OF_TIME
    if row.sync is not None and row.sync.badge is not Badge.IN_OFFICE:
        marks |= Wanted.WAITING
    return marks


def _orders(rows: Sequence[CaseRow]) -> dict[tuple[Column, bool], tuple[int, ...]]:
    keys: dict[Column, Callable[[CaseRow], Any]] = {
        Column.NAME: lambda row: _by_surname(row.line),
        Column.AGE: lambda row: None if row.line.born is None else -row.line.born.toordinal(),
        Column.STAGE: lambda row: _STAGE_ORDER[row.line.stage],
        Column.WEEK: lambda row: row.line.week,
        Column.STRIP: lambda row: -sum(state in _MISSING for state in row.line.strip.values()) or None,
        Column.NEXT: lambda row: row.line.next_due,
        Column.FINDINGS: lambda row: (-row.line.blocks, -row.line.warnings) if row.line.full else None,
        Column.OWNER: lambda row: row.line.owner.casefold() or None,
        Column.SYNC: lambda row: _by_badge(row.sync),
    }
    by_name = sorted(range(len(rows)), key=lambda at: _by_surname(rows[at].line))
    orders: dict[tuple[Column, bool], tuple[int, ...]] = {}
    for column, key in keys.items():
        values = [key(row) for row in rows]
        with_value = [at for at in by_name if values[at] is not None]
        without = [at for at in by_name if values[at] is None]
        for falling in (False, True):
            ordered = sorted(with_value, key=values.__getitem__, reverse=falling)
            orders[column, falling] = (*ordered, *without)
    return orders


def _by_badge(sync: CaseSync | None) -> tuple[int, int] | None:
    return None if sync is None else (_BADGE_ORDER[sync.badge], -sync.count)


def _by_surname(line: Summary) -> tuple[str, str]:
    first, _, last = line.name.casefold().rpartition(" ")
    return (last or line.reference.casefold(), first)
