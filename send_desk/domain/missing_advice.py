"""What a draft says in print about the advice that it was prepared without (contributions.md, "Where it shows").

One sentence in the box on page one, and the same words under the heading of each section concerned.
"""

from collections.abc import Mapping
from datetime import date

from .case import Case
from .contribution_state import ContributionStatus
from .ids import Cell, Section
from .register import register
from .rulebook import RuleBook

BOX_HEADING = "Advice missing from this draft"

ADVICE_WORDS: Mapping[Cell, str] = {
    Cell.FAMILY: "the family's views",
    Cell.EDUCATION: "education advice",
    Cell.HEALTH: "health advice",
    Cell.PSYCHOLOGY: "psychology advice",
    Cell.SOCIAL_CARE: "social care advice",
    Cell.ADULTHOOD: "preparing for adulthood advice",
    Cell.OTHERS: "other advice",
}


def sections_of(cell: Cell, book: RuleBook) -> tuple[Section, ...]:
    """Return the sections beside whose words the answers of a cell stand, by the framework's data."""
    letters = {law.letter for law in book.sections if cell in law.cells}
    return tuple(section for section in Section if section in letters)


def missing(case: Case, book: RuleBook, today: date) -> tuple[tuple[ContributionStatus, str], ...]:
    """Return every adviser whose content is not there, each with the words for it: "social care advice (...)"."""
    return missing_of(register(case, book, today))


def missing_of(statuses: tuple[ContributionStatus, ...]) -> tuple[tuple[ContributionStatus, str], ...]:
    """Return the same from a register that has been computed already."""
    return tuple((one, f"{_advice(one, statuses)} ({one.bracket})") for one in statuses if not one.content_stands)


def missing_box(case: Case, book: RuleBook, today: date) -> str | None:
    """Return the sentence of the box on page one; None where nothing is missing."""
    parts = [words for _, words in missing(case, book, today)]
    return f"This draft was prepared without: {'; '.join(parts)}" if parts else None


def notices(case: Case, book: RuleBook, today: date) -> Mapping[Section, tuple[str, ...]]:
    """Return, by section, the sentences that stand under its heading; sections with none are left out."""
    found: dict[Section, list[str]] = {}
    for status, words in missing(case, book, today):
        for section in sections_of(status.cell, book):
            found.setdefault(section, []).append(f"This section was prepared without: {words}")
    return {section: tuple(found[section]) for section in Section if section in found}


def _advice(status: ContributionStatus, statuses: tuple[ContributionStatus, ...]) -> str:
    """Name the advice, and the adviser too where its cell has several."""
    words = ADVICE_WORDS[status.cell]
    if status.cycle and status.cell is Cell.OTHERS and not status.named and status.giver is not None:
        title = status.giver.title
        return f"{words} from {title[:1].lower()}{title[1:]}"
    several = status.cell is Cell.OTHERS or sum(one.cell is status.cell for one in statuses) > 1
    return f"{words} from {status.named}" if several and status.named else words
