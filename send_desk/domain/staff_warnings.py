"""What staff must know before they ring, write or call: never printed, never sent."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .case import Case
from .dates import in_words
from .person import Pronouns
from .rulebook import RuleBook
from .young_person import compulsory_school_age_ends, is_young_person


class Danger(StrEnum):
    """What a warning is about; each is shown by a mark of its own."""

    ADDRESS = "address"
    BARRED = "barred"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class StaffWarning:
    """One warning in words."""

    danger: Danger
    words: str


def staff_warnings(case: Case) -> tuple[StaffWarning, ...]:
    """Return the warnings of a case, the address first, then those about people in their order."""
    found = []
    if case.child.address_confidential:
        words = "The address is confidential. It is on no paper, and nobody may be told it."
        found.append(StaffWarning(Danger.ADDRESS, words))
    for person in case.people:
        named = ", ".join(part for part in (person.name or "Somebody", person.relation) if part)
        if person.barred:
            found.append(StaffWarning(Danger.BARRED, f"{named}: must get no information about the child."))
        if person.visit_risk.strip():
            found.append(StaffWarning(Danger.VISIT, f"Visits, {named}: {person.visit_risk.strip()}"))
    return tuple(found)


def young_person_words(case: Case, book: RuleBook, today: date) -> str:
    """Say whose the letters, rights and views are, from the day on which they are the young person's own; else empty.

    Children and Families Act 2014 s83(2); where capacity is lacking, reg 64 names who acts instead.
    """
    born = case.child.date_of_birth
    if born is None or not is_young_person(book, born, today):
        return ""
    since = compulsory_school_age_ends(book, born) + timedelta(days=1)
    theirs = (case.child.pronouns or Pronouns()).possessive
    return (
        f"{case.child.called} is a young person since {in_words(since)}: letters, rights and views are {theirs} "
        f"({book.young_person.citation})."
    )
