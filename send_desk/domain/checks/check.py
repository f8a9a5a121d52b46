"""A check as a value: its number in the catalogue, how it knows, how much it weighs, and the law or source of it."""

from dataclasses import dataclass

from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import Level, Section, Severity

_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the catalogue (checks.md, section 2)."""

    number: int
    level: Level
    severity: Severity
    law: Law

    def find(
        self,
        place: str,
        reason: str,
        *,
        part: str = "",
        severity: Severity | None = None,
        level: Level | None = None,
        law: Law | None = None,
        section: Section | None = None,
        entry: str | None = None,
        contribution: str | None = None,
        field: str | None = None,
        quote: str | None = None,
        mend: str | None = None,
    ) -> Finding:
        """Return a finding at a place: the id of an entry, contribution, event or paper, a cell, a section or a field.

        The finding's id is number, place and part: nothing in it depends on the day, on the order of rows, or on words
        that a person may change without mending the fault.
        """
        return Finding(
            id=f"{self.number}/{place}/{part}" if part else f"{self.number}/{place}",
            check=self.number,
            severity=severity or self.severity,
            level=level or self.level,
            reason=reason,
            law=law or self.law,
            section=section,
            entry=entry,
            contribution=contribution,
            field=field,
            quote=shortened(quote) if quote is not None else None,
            mend=mend,
        )


def shortened(words: str) -> str:
    """Return words on one line, cut after a whole word where they are long."""
    line = " ".join(words.split())
    if len(line) <= _LONGEST_QUOTE:
        return line
    return f"{line[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} ..."
