"""A case as one value: the child, the people, what happened, who advised, what was written.

`Case` is a snapshot assembled from records; it crosses threads and borders freely because nothing can change it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .contribution import Contribution
from .entry import Entry
from .ids import EventKind, Ground, Role, Section, Stage, Version
from .person import Child, Person


@dataclass(frozen=True, slots=True)
class Authority:
    """The local authority: its three-figure code and its name."""

    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """Whom the family may ring: the officer whose case it is."""

    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class LocalAdvice:
    """The authority's SEND information, advice and support service, named on page one of every draft, and the place
    where schools and colleges are listed (reg 13(1)(b)).
    """

    service: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    schools: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A school, college or early-years place, now or formerly."""

    name: str = ""
    urn: str = ""
    type: str = ""
    since: date | None = None
    until: date | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class CaseEvent:
    """Something that happened to the case on a day; `fields` keep its route, reason and the like."""

    id: str
    kind: EventKind
    on: date | None
    by: str = ""
    note: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A paper of the case: advice received or a letter sent; `sha256` names its bytes, `pages` hold its text."""

    id: str
    title: str = ""
    cell: str = ""
    author: str = ""
    role: str = ""
    dated: date | None = None
    name: str = ""
    sha256: str = ""
    size: int = 0
    pages: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Contact:
    """A line of the contact log; `reply_owed_by` is the day by which somebody awaits our answer."""

    id: str
    on: date
    way: str = ""
    whom: str = ""
    text: str = ""
    at: str = ""
    reply_owed_by: date | None = None
    answered_on: date | None = None
    by: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Exemption:
    """A recorded reason why a time limit need not be kept; the original date stays visible (law.md 1.2)."""

    id: str
    rule: str
    ground: Ground
    from_: date | None = None
    until: date | None = None
    asked: date | None = None
    evidence: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    letter_sent: date | None = None
    contribution: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Dismissal:
    """A person's "not an issue here because ..."; it holds while the finding still rests on the same `quote`."""

    id: str
    finding: str
    reason: str
    quote: str = ""
    by: str = ""
    on: date | None = None
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class OverrideRequest:
    """A caseworker's request that a manager allow issue although findings hold it."""

    id: str
    reason: str
    by: str = ""
    on: date | None = None
    findings: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Override:
    """A named manager's recorded reason for issuing although findings hold it; kept for ever and counted."""

    id: str
    reason: str
    by: str
    role: Role
    on: date | None = None
    request: str = ""
    findings: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Issue:
    """A plan made final: by whom, in which role, and what it rests on.

    `count` and `digest` are the mark of the case just before (how many revisions, and one signed 64-bit digest of
    them without order); `printed` is the SHA-256 of the paper that left with it, in hex, empty where none had yet.
    """

    id: str
    by: str
    role: Role
    on: date | None = None
    count: int = 0
    digest: int = 0
    printed: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Print:
    """A document that left the program: which, for whom, with which digest."""

    id: str
    rendering: str
    out: str
    sha256: str
    pages: int = 0
    on: date | None = None
    by: str = ""
    to: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """Everything known of one child's case at one moment; sequences are in the order a person would read them."""

    id: str
    reference: str
    child: Child
    framework: str = "england-2014"
    stage: Stage = Stage.NEW
    version: Version = Version.DRAFT
    authority: Authority = Authority()
    officer: Officer = Officer()
    setting: Setting = Setting()
    previous_settings: tuple[Setting, ...] = ()
    owner: str = ""
    people: tuple[Person, ...] = ()
    events: tuple[CaseEvent, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    documents: tuple[Document, ...] = ()
    entries: tuple[Entry, ...] = ()
    contacts: tuple[Contact, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    override_requests: tuple[OverrideRequest, ...] = ()
    overrides: tuple[Override, ...] = ()
    issues: tuple[Issue, ...] = ()
    prints: tuple[Print, ...] = ()
    headings: tuple[Section, ...] = tuple(Section)
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """How lists and windows name the case: the child's name, else the reference."""
        return self.child.full_name or self.reference

    def section(self, letter: Section) -> tuple[Entry, ...]:
        """Return the entries of one section, in order."""
        return tuple(entry for entry in self.entries if entry.section is letter)

    def happened(self, *kinds: EventKind) -> tuple[CaseEvent, ...]:
        """Return the dated events of these kinds, earliest first."""
        found = [(event.on, event) for event in self.events if event.kind in kinds and event.on is not None]
        return tuple(event for _, event in sorted(found, key=lambda pair: pair[0]))
