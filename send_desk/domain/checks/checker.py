"""One computation for all readers: panel, section marks, printed notices, the refusal to issue, managers' counts.

Checks of single rows and what others need to know of a row are kept while neither the row, nor its label, nor the facts
around it change; checks of the whole plan are made anew each time. The answer is the same as from scratch.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from send_desk.domain.case import Case
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.domain.golden_thread import Gap, Tie, gaps_of, tie_of
from send_desk.domain.ids import EntryKind, Section, Severity
from send_desk.domain.labels import labels
from send_desk.domain.register import register
from send_desk.domain.rulebook import RuleBook

from .adulthood import adulthood_prepared
from .advice import advice_age, advice_cited_is_listed, advice_used, requests_chased
from .advisers import advisers_answered, h1_considered, health_named
from .ages import ages_in_row
from .closing import advice_listed, final_complete, review_told
from .days import days_in_row, days_of_case
from .evidence import row_has_evidence
from .links import thread_gaps
from .lists import CheckLists
from .names import name_is_known, names_in_row, names_of_papers
from .needs import diagnosis_only, hidden_need, needs_hidden, needs_repeated, stems_of
from .numbers import numbers_of_child
from .reading import Around, Marks, Reading, Row, around_of
from .residue import paragraphs_of, paragraphs_twice, placeholders
from .structure import letters_present, placement_named, places_in_row, sections_filled

RowCheck = Callable[[Row, Around], Iterator[Finding]]
CaseCheck = Callable[[Reading], Iterator[Finding]]

ROW_CHECKS: tuple[RowCheck, ...] = (
    names_in_row,
    ages_in_row,
    placeholders,
    days_in_row,
    places_in_row,
    diagnosis_only,
    row_has_evidence,
)
"""Checks that read one row and the facts around it, by number: 1, 6, 8, 11, 17, 41, 44."""

CASE_CHECKS: tuple[CaseCheck, ...] = (
    name_is_known,
    names_of_papers,
    paragraphs_twice,
    days_of_case,
    numbers_of_child,
    letters_present,
    sections_filled,
    placement_named,
    advice_listed,
    review_told,
    final_complete,
    advisers_answered,
    health_named,
    h1_considered,
    adulthood_prepared,
    advice_age,
    advice_used,
    advice_cited_is_listed,
    requests_chased,
    thread_gaps,
    needs_hidden,
    needs_repeated,
)
"""Checks that read the whole case, by number: 1, 10, 11, 13 to 16, 18 to 20, 24 to 32, 36 to 40, 42, 43."""

_WEIGHT = {severity: place for place, severity in enumerate(Severity)}
_PLACE: Mapping[Section | None, int] = {None: 0, **{section: place for place, section in enumerate(Section, start=1)}}
_TOWARDS = frozenset({EntryKind.PROVISION, EntryKind.OUTCOME})
_LONGEST_BARE = 30
_REVIEW = re.compile(r"\breview", re.IGNORECASE)
_WHEN = re.compile(r"annual|year|month|term|week|\d", re.IGNORECASE)
_HALF_YEARLY = re.compile(
    r"\b(?:three|3|six|6)(?:[\s-]*(?:to|-|–|or)[\s-]*(?:six|6))?[\s-]*month|\btermly|\b(?:each|every|half)[\s-]*term|\btwice\s+a\s+year",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is remembered of a row."""

    entry: Entry
    label: str
    findings: tuple[Finding, ...]
    marks: Marks
    tie: Tie | None


class Checker:
    """The checks of one open case, quick to run again after an edit; it keeps what did not change."""

    def __init__(self) -> None:
        self._around: Around | None = None
        self._rows: dict[str, _Kept] = {}
        self._ties: tuple[Tie, ...] = ()
        self._gaps: tuple[Gap, ...] = ()

    def check(self, case: Case, book: RuleBook, lists: CheckLists, today: date) -> tuple[Finding, ...]:
        """Return every finding of a case on a day, the heaviest first, then by place; dismissals are applied."""
        around = around_of(case, book, lists, today)
        if self._around is None or self._around != around:
            self._around, self._rows = around, {}
        around = self._around
        names = labels(case)
        rows = {entry.id: self._row(entry, names[entry.id], around) for entry in case.entries}
        self._rows = rows
        reading = Reading(
            case=case,
            around=around,
            statuses=register(case, book, today),
            labels=names,
            gaps=self._gaps_of(rows.values()),
            marks={id_: kept.marks for id_, kept in rows.items()},
        )
        found = [finding for kept in rows.values() for finding in kept.findings]
        found += [finding for check in CASE_CHECKS for finding in check(reading)]
        heard = [finding for finding in found if finding.check not in lists.silenced]
        return _dismissed(_unique(_sorted(heard, case)), case)

    def _row(self, entry: Entry, label: str, around: Around) -> _Kept:
        kept = self._rows.get(entry.id)
        if kept is not None and kept.label == label and (kept.entry is entry or kept.entry == entry):
            return kept
        row = Row(entry, label)
        findings = tuple(finding for check in ROW_CHECKS for finding in check(row, around))
        return _Kept(entry, label, findings, marks_of(row, around.lists), tie_of(entry))

    def _gaps_of(self, rows: Iterable[_Kept]) -> tuple[Gap, ...]:
        """The gaps of the thread; they change with links, not with words."""
        ties = tuple(kept.tie for kept in rows if kept.tie is not None)
        if ties != self._ties:
            self._ties, self._gaps = ties, gaps_of(ties)
        return self._gaps


def check_case(case: Case, book: RuleBook, lists: CheckLists, today: date) -> tuple[Finding, ...]:
    """Return every finding of a case on a day, the heaviest first, then by place; dismissals are applied."""
    return Checker().check(case, book, lists, today)


def holding(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that hold issuing: those that block and that nobody dismissed with a reason."""
    return tuple(one for one in findings if one.severity is Severity.BLOCK and one.dismissed is None)


def marks_of(row: Row, lists: CheckLists) -> Marks:
    """Return what checks of the whole plan need to know of one row."""
    entry, words, lowered = row.entry, row.everything, row.lowered
    is_need, is_towards = entry.kind is EntryKind.NEED, entry.kind in _TOWARDS
    strands = lists.strands.items() if is_towards else ()
    in_e = entry.section is Section.E
    return Marks(
        filled=bool(row.parts),
        bare=len(lowered) <= _LONGEST_BARE and lowered.strip(" .\n") in lists.residue,
        paragraphs=paragraphs_of(entry.words),
        stems=stems_of(entry.words) if is_need else frozenset(),
        hidden_need=hidden_need(words) if is_towards else None,
        strands=frozenset(name for name, strand in strands if strand.search(words, lowered)),
        review=in_e and _tells_review(entry, words),
        half_yearly=in_e and bool(_HALF_YEARLY.search(words)),
    )


def _tells_review(entry: Entry, words: str) -> bool:
    """Whether a row says when progress is looked at: a review, or an arrangement for watching, with its time."""
    return bool(_WHEN.search(words)) and (entry.kind is EntryKind.MONITORING or bool(_REVIEW.search(words)))


def _sorted(findings: Sequence[Finding], case: Case) -> list[Finding]:
    order = {entry.id: place for place, entry in enumerate(case.entries)}

    def place(one: Finding) -> tuple[int, int, int, int, str]:
        return _WEIGHT[one.severity], _PLACE[one.section], order.get(one.entry or "", -1), one.check, one.id

    return sorted(findings, key=place)


def _unique(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Keep ids apart even where a file gave one id to two records of different kinds."""
    seen: dict[str, int] = {}
    for finding in findings:
        count = seen[finding.id] = seen.get(finding.id, 0) + 1
        yield finding if count == 1 else replace(finding, id=f"{finding.id}~{count}")


def _dismissed(findings: Iterable[Finding], case: Case) -> tuple[Finding, ...]:
    """A dismissal holds while the finding still rests on the same words."""
    reasons = {(one.finding, one.quote): one.reason for one in case.dismissals}
    return tuple(
        replace(one, dismissed=reason) if (reason := reasons.get((one.id, one.quote or ""))) is not None else one
        for one in findings
    )
