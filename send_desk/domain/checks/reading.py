"""What checks read: one row of the plan with the facts around it, and the whole case with what several checks share."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from send_desk.domain.case import Case, Document, Setting
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.entry import Entry
from send_desk.domain.golden_thread import Gap
from send_desk.domain.ids import EntryKind, EventKind, Section
from send_desk.domain.person import Child
from send_desk.domain.register import earlier
from send_desk.domain.rulebook import RuleBook

from .lists import CheckLists, vocabulary_of

_T = TypeVar("_T")

# What stands before is looked at after the capital: a pattern that begins with a set of letters runs much faster.
_CAPITAL = re.compile(r"[A-Z](?<![\w'’-][A-Z])[\w'’-]*\w")
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


@dataclass(frozen=True)
class Row:
    """An entry under its label, with its words in the forms that several checks read."""

    entry: Entry
    label: str

    @cached_property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The free text under "", then each field by its name; empty ones are left out."""
        entry = self.entry
        told = (("", entry.words), *((name, entry.value(name)) for name in entry.fields))
        return tuple((name, words) for name, words in told if words.strip())

    @cached_property
    def everything(self) -> str:
        """All words of the row, one part a line."""
        return "\n".join(words for _, words in self.parts)

    @cached_property
    def lowered(self) -> str:
        """All words of the row in small letters, to see at once what is not there."""
        return self.everything.lower()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every different word of the row in small letters."""
        return vocabulary_of(self.lowered)

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Every word of the row that begins with a capital."""
        return frozenset(_CAPITAL.findall(self.everything))


@dataclass(frozen=True, slots=True)
class Marks:
    """What checks of the whole plan need from one row: paragraphs by their bare words, stems, and hints."""

    filled: bool
    bare: bool
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
    """The register in force."""
    labels: Mapping[str, str]
    gaps: tuple[Gap, ...]
    marks: Mapping[str, Marks]

    @property
    def today(self) -> date:
        """The day of the check."""
        return self.around.today

    @property
    def book(self) -> RuleBook:
        """The law the case is pinned to."""
        return self.around.book

    @property
    def name(self) -> str:
        """What to call the child."""
        return self.around.name

    @cached_property
    def earlier(self) -> tuple[ContributionStatus, ...]:
        """The lines of registers that are no longer in force."""
        return earlier(self.case, self.book, self.today)

    @cached_property
    def filled(self) -> tuple[Entry, ...]:
        """The entries that hold any words."""
        return tuple(entry for entry in self.case.entries if self.marks[entry.id].filled)

    @cached_property
    def by_section(self) -> Mapping[Section, tuple[Entry, ...]]:
        """The filled entries of each section."""
        found: dict[Section, list[Entry]] = {section: [] for section in Section}
        for entry in self.filled:
            found[entry.section].append(entry)
        return {section: tuple(entries) for section, entries in found.items()}

    @cached_property
    def list_of_advice(self) -> Mapping[str, frozenset[str]]:
        """Which papers each line of the writer's own list in section K names, by the lines' ids."""
        lines = [entry for entry in self.by_section[Section.K] if entry.kind is EntryKind.ADVICE]
        return {line.id: _papers_named(line, self.case.documents) for line in lines}

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


def _papers_named(line: Entry, papers: Iterable[Document]) -> frozenset[str]:
    """By its source or a field, else by title, file name or author in its words."""
    named = {source.document for source in line.sources} | {line.value(name).strip() for name in line.fields}
    told = {paper.id for paper in papers if paper.id in named}
    if not told:
        words = line.words.casefold()
        for paper in papers:
            calls = (paper.title, paper.name, paper.author)
            if any(call.strip() and call.strip().casefold() in words for call in calls):
                told.add(paper.id)
    return frozenset(told)


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
