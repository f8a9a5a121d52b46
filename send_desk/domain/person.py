"""People: the child, those around the child, and those who advise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .ids import PersonKind


@dataclass(frozen=True, slots=True)
class Pronouns:
    """How to speak of a person, in the five forms that English needs."""

    subject: str = "they"
    object: str = "them"
    determiner: str = "their"
    possessive: str = "theirs"
    reflexive: str = "themself"


SHE = Pronouns("she", "her", "her", "hers", "herself")
HE = Pronouns("he", "him", "his", "his", "himself")
THEY = Pronouns()


@dataclass(frozen=True)
class Child:
    """The child or young person whom the plan is about; `year_group` is recorded, never derived (law.md 3)."""

    first_names: str
    surname: str
    date_of_birth: date | None = None
    known_as: str = ""
    pronouns: Pronouns | None = None
    year_group: str = ""
    upn: str = ""
    uln: str = ""
    nhs_number: str = ""
    address: str = ""
    postcode: str = ""
    address_confidential: bool = False
    first_language: str = ""
    interpreter: str = ""
    communication: str = ""
    looked_after: bool = False
    sensory_impairment: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """First names and surname as recorded; empty where neither is known."""
        return f"{self.first_names} {self.surname}".strip()

    @property
    def called(self) -> str:
        """The name the child goes by: the known-as name, else the first of the first names, else the full name."""
        return self.known_as or (self.first_names.split() or [self.surname])[0]


@dataclass(frozen=True)
class Person:
    """Somebody around the child: relative, carer, friend or professional."""

    id: str
    name: str
    relation: str = ""
    kind: PersonKind = PersonKind.OTHER
    pronouns: Pronouns | None = None
    telephone: str = ""
    email: str = ""
    address: str = ""
    language: str = ""
    parental_responsibility: bool = False
    receives_copy: bool = False
    barred: bool = False
    visit_risk: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Adviser:
    """Who gives advice: a named person in a role of a service."""

    name: str = ""
    role: str = ""
    service: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class DirectoryEntry:
    """A line of the authority's directory of services and advisers."""

    id: str
    service: str
    team: str = ""
    name: str = ""
    role: str = ""
    email: str = ""
    telephone: str = ""
    area: str = ""
    cell: str = ""
    designated: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
