"""How far a section is: empty, in work, ready, or held by a finding."""

from collections.abc import Iterable
from enum import StrEnum

from .case import Case
from .entry import Entry
from .finding import Finding
from .ids import Section, Severity


class SectionState(StrEnum):
    """What the mark beside a section says."""

    EMPTY = "empty"
    IN_WORK = "in_work"
    READY = "ready"
    HELD = "held"


def is_filled(entry: Entry) -> bool:
    """Whether an entry holds any words, in its text or its fields."""
    return bool(entry.words.strip()) or any(entry.value(name).strip() for name in entry.fields)


def section_state(case: Case, section: Section, findings: Iterable[Finding]) -> SectionState:
    """Return the state of a section: held by a finding that holds issue, else empty, in work while a warning stands,
    else ready; dismissed findings and notes do not count.
    """
    weights = {one.severity for one in findings if one.section is section and one.dismissed is None}
    if Severity.BLOCK in weights:
        return SectionState.HELD
    if not any(is_filled(entry) for entry in case.section(section)):
        return SectionState.EMPTY
    return SectionState.IN_WORK if Severity.WARN in weights else SectionState.READY
