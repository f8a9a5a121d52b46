"""A finding: what a check says is wrong or worth a look, as a value."""

from dataclasses import dataclass

from .ids import Level, Section, Severity


@dataclass(frozen=True, slots=True)
class Law:
    """The source a finding or a date rests on; `confirmed` is primary, secondary or no (law.md, tags)."""

    citation: str
    confirmed: str = "no"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in one place; `id` is the same on every run and every laptop, such as "36/B2" or "45/F3/how_often".

    `check` is the number in checks.md; `quote` the words it rests on; `mend` the step that puts it right;
    `dismissed` the reason a person gave why it is no issue here.
    """

    id: str
    check: int
    severity: Severity
    level: Level
    reason: str
    law: Law
    section: Section | None = None
    entry: str | None = None
    contribution: str | None = None
    field: str | None = None
    quote: str | None = None
    mend: str | None = None
    dismissed: str | None = None
