"""Lists of children become cases: what each row would make or change is told before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from send_desk.domain.case import Authority, Case, CaseEvent, Setting
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.identifiers import compact
from send_desk.domain.person import Child

from .commit import commit_all
from .desk import Desk
from .importing_layouts import MAPPING, Layout, Recognised, recognise
from .importing_rows import KEPT, ToldEvent, ToldRow, told_rows
from .ports import CaseFile
from .reading import establishment
from .tables import Table

_AT_A_TIME = 500
_AT_A_TIME_WATCHED = 50
_OLDEST = 30

Watch = Callable[[int, int], bool]
"""Told how many steps of how many are done; it answers False to end the work."""


class Outcome(StrEnum):
    """What a row does to its case."""

    MADE = "made"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """One row of a list as a person reads it in a dry run; row 0 is the whole table."""

    file: str
    row: int
    outcome: Outcome
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do: numbers of cases, and every row."""

    made: int
    changed: int
    same: int
    rows: tuple[RowOutcome, ...]

    @property
    def refused(self) -> tuple[RowOutcome, ...]:
        """The rows that were not taken, each with its reason."""
        return tuple(row for row in self.rows if row.outcome is Outcome.REFUSED)


def import_cases(
    desk: Desk,
    tables: Sequence[Table],
    layouts: Sequence[Layout],
    *,
    dry_run: bool = False,
    watch: Watch | None = None,
) -> ImportReport:
    """Take lists in: a row changes the case with its Unique ID, else its UPN, else makes one; bad rows are refused.

    The same lists a second time change nothing. With `dry_run` nothing is written. Raise WrongUse where no table at
    all can be used, Refused where `watch` ends it: what was written by then stays, and the words say so.
    """
    recognised, outcomes = _recognise(desk, tables, layouts)
    if not recognised:
        raise WrongUse(
            " ".join([*(f"{one.file} cannot be used: {one.reason}." for one in outcomes), "Nothing was changed."])
        )
    plan = _Plan(desk)
    rows = list(told_rows(recognised, desk.today))
    steps = len(rows) if dry_run else 2 * len(rows)
    for done, told in enumerate(rows):
        if watch is not None and not watch(done, steps):
            raise Refused("Stopped before anything was written; nothing was changed.")
        outcomes.append(plan.take(told))
    if not dry_run:
        _write(desk, plan.pairs(), watch, len(rows))
    made, changed, unchanged = plan.counts()
    return ImportReport(made, changed, unchanged, tuple(outcomes))


def _write(desk: Desk, pairs: Sequence[tuple[CaseFile | None, Case]], watch: Watch | None, rows: int) -> None:
    """Write the cases, so many at a time: each lot is there whole or not at all."""
    size = _AT_A_TIME if watch is None else _AT_A_TIME_WATCHED
    for start in range(0, len(pairs), size):
        if watch is not None and not watch(rows + rows * start // len(pairs), 2 * rows):
            raise Refused(
                f"Stopped: {start} of {len(pairs)} cases were brought in and are kept. Bring the same list in again "
                "for the others; what is there already stays as it is."
            )
        commit_all(desk, pairs[start : start + size])


def _recognise(
    desk: Desk, tables: Sequence[Table], layouts: Sequence[Layout]
) -> tuple[list[Recognised], list[RowOutcome]]:
    saved = desk.store.setting(MAPPING)
    mappings: Mapping[str, object] = saved if isinstance(saved, Mapping) else {}
    recognised: list[Recognised] = []
    refused: list[RowOutcome] = []
    for table in tables:
        found = table.problem or recognise(table, layouts, mappings)
        if isinstance(found, str):
            refused.append(RowOutcome(table.name, 0, Outcome.REFUSED, reason=found))
        else:
            recognised.append(found)
    return recognised, refused


@dataclass
class _Working:
    """One case in the course of an import; `file` is None where the import makes it."""

    file: CaseFile | None
    case: Case

    @property
    def outcome(self) -> Outcome:
        if self.file is None:
            return Outcome.MADE
        return Outcome.SAME if self.case == self.file.case else Outcome.CHANGED


class _Refusal(Exception):
    """Why a row is not taken."""


class _Plan:
    """What an import will write, gathered row by row."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._working: dict[str, _Working] = {}
        self._by_reference: dict[str, str] = {}
        self._by_upn: dict[str, list[str]] = {}
        self._authority = Authority(desk.user.authority, str(desk.store.setting("authority.name") or ""))
        self._schools: dict[str, tuple[str, str]] = {}
        for known in desk.store.identities():
            self._by_reference[_folded(known.reference)] = known.case
            if known.upn:
                self._by_upn.setdefault(compact(known.upn), []).append(known.case)

    def take(self, told: ToldRow) -> RowOutcome:
        """Apply one row, or say why not."""
        if told.fault:
            return RowOutcome(told.file, told.row, Outcome.REFUSED, told.value("reference"), told.fault)
        try:
            working = self._case_for(told)
            before = working.case
            working.case = _applied(before, told, self._school)
            self._remember(working.case)
        except _Refusal as refusal:
            return RowOutcome(told.file, told.row, Outcome.REFUSED, told.value("reference"), str(refusal))
        new = working.file is None and working.case.id not in self._working
        self._working[working.case.id] = working
        outcome = Outcome.MADE if new else Outcome.SAME if working.case == before else Outcome.CHANGED
        return RowOutcome(told.file, told.row, outcome, working.case.reference)

    def pairs(self) -> list[tuple[CaseFile | None, Case]]:
        """Return the cases to write, as they were and as they shall be."""
        return [(one.file, one.case) for one in self._working.values() if one.outcome is not Outcome.SAME]

    def counts(self) -> tuple[int, int, int]:
        """Return how many cases are made, changed, and the same."""
        outcomes = [one.outcome for one in self._working.values()]
        return outcomes.count(Outcome.MADE), outcomes.count(Outcome.CHANGED), outcomes.count(Outcome.SAME)

    def _case_for(self, told: ToldRow) -> _Working:
        reference, upn = told.value("reference"), compact(told.value("child.upn"))
        by_reference = self._by_reference.get(_folded(reference)) if reference else None
        by_upn = self._by_upn.get(upn, [])
        if by_reference and by_upn and by_reference not in by_upn:
            raise _Refusal(f"the reference {reference} is one child's and the UPN {upn} another's")
        if not by_reference and len(by_upn) > 1:
            raise _Refusal(f"{len(by_upn)} cases have the UPN {upn}, and no reference tells which is meant")
        found = by_reference or next(iter(by_upn), None)
        working = self._open(found) if found else self._new(told, reference or upn)
        born, given = working.case.child.date_of_birth, told.values.get("child.date_of_birth")
        if given is not None and born is not None and given != born:
            named = f"the UPN {upn}" if found and found in by_upn else f"the reference {working.case.reference}"
            raise _Refusal(f"{named} belongs to a child born on {born}, and this row says {given}")
        return working

    def _open(self, case: str) -> _Working:
        if case in self._working:
            return self._working[case]
        file = self._desk.store.case_file(case)
        if file is None:
            raise _Refusal("this case is not held in full on this laptop")
        return _Working(file, file.case)

    def _new(self, told: ToldRow, reference: str) -> _Working:
        born = told.values.get("child.date_of_birth")
        if not isinstance(born, date):
            raise _Refusal("there is no date of birth, which a new case needs")
        if self._desk.today.year - born.year > _OLDEST:
            raise _Refusal(f"somebody born on {born} is too old for a plan, which ends at 25")
        if not reference:
            raise _Refusal("there is neither a reference nor a UPN by which the case could be found again")
        if known := self._by_reference.get(_folded(reference)):
            return self._open(known)
        desk = self._desk
        child = Child("", "", date_of_birth=born)
        return _Working(
            None, Case(desk.ids.record(), reference, child, framework=desk.default_framework, authority=self._authority)
        )

    def _remember(self, case: Case) -> None:
        self._by_reference.setdefault(_folded(case.reference), case.id)
        upn = compact(case.child.upn)
        if upn and case.id not in self._by_upn.setdefault(upn, []):
            self._by_upn[upn].append(case.id)

    def _school(self, urn: str) -> tuple[str, str]:
        if urn not in self._schools:
            found = establishment(self._desk, urn)
            self._schools[urn] = (found.name, found.phase) if found else ("", "")
        return self._schools[urn]


def _folded(reference: str) -> str:
    return reference.strip().casefold()


def _applied(case: Case, told: ToldRow, school: Callable[[str], tuple[str, str]]) -> Case:
    known: dict[str, Any] = {
        name.removeprefix("child."): value for name, value in told.values.items() if name.startswith("child.")
    }
    child = replace(case.child, **known)
    officer = case.officer
    if name := told.value("officer.name"):
        officer = replace(officer, name=name)
    events = case.events
    for event in told.events:
        events = _with_event(events, event)
    extra = {**case.extra, **told.kept}
    if (reference := told.value("reference")) and _folded(reference) != _folded(case.reference):
        extra[f"{KEPT}.reference"] = reference  # found by the UPN: the case keeps the reference it has
    after = replace(case, child=child, officer=officer, events=events, extra=extra)
    return _with_setting(after, told, school)


def _with_setting(case: Case, told: ToldRow, school: Callable[[str], tuple[str, str]]) -> Case:
    urn, name, kind = (told.value(f"setting.{one}") for one in ("urn", "name", "type"))
    if not (urn or name or kind):
        return case
    registered, phase = school(urn) if urn else ("", "")
    name = name or registered
    now = case.setting
    if not _is_another(now, urn, name):
        # The register is asked for a name only where none was recorded: what a person wrote stands.
        filled = replace(
            now,
            urn=urn or now.urn,
            name=told.value("setting.name") or now.name or registered,
            type=kind or now.type or phase,
        )
        return replace(case, setting=filled)
    moved = Setting(name, urn, kind or phase)
    former = [one for one in case.previous_settings if (one.urn, one.name) not in ((urn, name), (now.urn, now.name))]
    return replace(case, setting=moved, previous_settings=(now, *former))


def _is_another(now: Setting, urn: str, name: str) -> bool:
    if urn and now.urn:
        return urn != now.urn
    return bool(name and now.name) and name.casefold() != now.name.casefold()


def _with_event(events: tuple[CaseEvent, ...], told: ToldEvent) -> tuple[CaseEvent, ...]:
    """Add an event that is not there; ids follow from what is told, so that a second import finds the first's."""
    id_ = f"import-{told.kind}" if told.once else f"import-{told.kind}-{told.on.isoformat()}"
    for place, event in enumerate(events):
        if event.id == id_ or (event.kind is told.kind and event.on == told.on):
            agreed = replace(event, on=told.on, fields={**told.fields, **event.fields})
            return (*events[:place], agreed, *events[place + 1 :])
    return (*events, CaseEvent(id_, told.kind, told.on, note="From an imported list", fields=told.fields))
