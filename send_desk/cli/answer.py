"""What a command says at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

GOOD, FINDINGS, WRONG, CANNOT = 0, 1, 2, 3
"""Exit statuses: good; findings or refusals; wrong use; cannot (interface.md)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One JSON document, the same for a person to read, and the exit status; `remarks` are messages beside it."""

    data: Mapping[str, object]
    lines: Sequence[str] = field(default_factory=tuple)
    status: int = GOOD
    always_json: bool = False
    remarks: Sequence[str] = ()


def plain(value: object) -> str | None:
    """Return a date or moment in ISO form for JSON, None for none."""
    match value:
        case datetime() | date():
            return value.isoformat()
        case None:
            return None
        case _:
            return str(value)
