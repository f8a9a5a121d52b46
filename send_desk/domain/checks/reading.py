"""What checks read: one row of the plan with the facts around it, and the whole case with what several checks share."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from send_desk.domain.case import Case, Document, Setting
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding
from send_desk.domain.golden_thread import Thread
from send_desk.domain.ids import EventKind
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook

from .lists import CheckLists

_T = TypeVar("_T")

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Around:
    """The facts around a row that checks of single rows read; rows are checked anew when any of them changes."""

    child: Child
    setting: Setting
    previous_settings: tuple[Setting, ...]
    known_names: tuple[str, ...]
    documents: tuple[Document, ...]
    days: tuple[date, ...]
    book: RuleBook
    lists: CheckLists

    @property
    def today(self) -> date:
        """The day of the check."""
        return self.days[0]

    def once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Make a value once for as long as these facts stand: patterns of names, pages without their spaces.

        It lives and dies with this object, so that nothing of a child outlasts the checker of an open case.
        """
        if key not in self._made:
            self._made[key] = make()
        made: _T = self._made[key]
        return made

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def name(self) -> str:
        """What to call the child in a reason."""
        return self.child.called.strip() or "the child"

    @cached_property
    def papers(self) -> Mapping[str, Document]:
        """The documents of the case by their ids."""
        return {paper.id: paper for paper in self.documents}

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The child's names, word by word, without capitals."""
        return words_of(f"{self.child.first_names} {self.child.known_as} {self.child.surname}")

    @cached_property
    def other_words(self) -> frozenset[str]:
        """The names of everybody else on the case, and of the settings, word by word, without capitals."""
        settings = (self.setting.name, *(setting.name for setting in self.previous_settings))
        return words_of(" ".join((*self.known_names, *settings)))


@dataclass(frozen=True, slots=True)
class Row:
    """An entry under its label."""

    entry: Entry
    label: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What checks of the whole plan need from one row: paragraphs by their bare words, stems, and hints."""

    filled: bool
    paragraphs: tuple[tuple[str, str], ...]
    stems: frozenset[str]
    hidden_need: tuple[str, frozenset[str]] | None
    strands: frozenset[str]
    review: bool
    half_yearly: bool


@dataclass(frozen=True)
class Reading:
    """A case under check, with what was computed once for all checks of the whole plan."""

    case: Case
    around: Around
    statuses: tuple[ContributionStatus, ...]
    labels: Mapping[str, str]
    thread: Thread
    marks: Mapping[str, Marks]
    row_findings: tuple[Finding, ...] = ()

    @property
    def today(self) -> date:
        """The day of the check."""
        return self.around.today

    @property
    def book(self) -> RuleBook:
        """The law the case is pinned to."""
        return self.around.book

    @property
    def lists(self) -> CheckLists:
        """The word lists."""
        return self.around.lists

    @property
    def name(self) -> str:
        """What to call the child."""
        return self.around.name

    @cached_property
    def filled(self) -> tuple[Entry, ...]:
        """The entries that hold any words."""
        return tuple(entry for entry in self.case.entries if self.marks[entry.id].filled)

    def label(self, entry: str) -> str:
        """Return the label of an entry by its id."""
        return self.labels[entry]


def around_of(case: Case, book: RuleBook, lists: CheckLists, today: date) -> Around:
    """Gather the facts around the rows of a case.

    `days` are the days for which what a row says may be true: today, and the day the draft was served.
    """
    served = tuple(event.on for event in case.happened(EventKind.DRAFT_SERVED) if event.on is not None)
    return Around(
        child=case.child,
        setting=case.setting,
        previous_settings=case.previous_settings,
        known_names=_known_names(case),
        documents=case.documents,
        days=(today, *served[-1:]),
        book=book,
        lists=lists,
    )


def words_of(names: str) -> frozenset[str]:
    """Return the words of names without capitals, double names also by their parts."""
    found = {word.casefold() for word in _WORD.findall(names)}
    return frozenset(found | {part for word in found for part in re.split(r"[-'’]", word) if part})


def _known_names(case: Case) -> tuple[str, ...]:
    names = [person.name for person in case.people]
    names += [line.adviser.name for line in case.contributions]
    names += [event.by for line in case.contributions for event in line.events]
    names += [paper.author for paper in case.documents]
    names += [event.by for event in case.events]
    names += [case.officer.name, case.owner]
    return tuple(sorted({name for name in names if name.strip()}))
