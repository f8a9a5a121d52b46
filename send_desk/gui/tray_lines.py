"""What the office did not take, as a person reads it: which child, which entry, what was written, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from send_desk.services.desk import Desk
from send_desk.services.encoding import local_id
from send_desk.services.record_words import field_words, record_words, value_words
from send_desk.services.sync_store import RefusedChange
from send_desk.services.tray import tray


@dataclass(frozen=True, slots=True)
class TrayLine:
    """One change: `place` opens where it stands, empty where the case is not on this laptop any more."""

    revision: str
    child: str
    what: str
    written: tuple[tuple[str, str], ...]
    reason: str
    made_at: datetime
    place: str


def tray_lines(desk: Desk) -> tuple[TrayLine, ...]:
    """Read the tray, the oldest first; runs on the worker."""
    found = tray(desk)
    files = {case: desk.store.case_file(case) for case in dict.fromkeys(one.case for one in found) if case}
    lines: list[TrayLine] = []
    for one in found:
        file = files.get(one.case)
        case = file.case if file is not None else None
        id_ = local_id(one.case, one.record)
        child = "The directory of services" if not one.case else case.title if case else "A case that is not here now"
        what = record_words(case, one.kind, id_)
        lines.append(
            TrayLine(
                revision=one.revision,
                child=child,
                what=what[0].upper() + what[1:],
                written=tuple((field_words(name), value_words(name, value)) for name, value in one.fields.items()),
                reason=one.words,
                made_at=one.made_at,
                place=_place(one, id_) if case is not None else "",
            )
        )
    return tuple(lines)


def _place(one: RefusedChange, id_: str) -> str:
    match one.kind:
        case "entry":
            return f"record/{one.case}/{id_}"
        case "contact":
            return f"contacts/{one.case}/{id_}"
        case "document":
            return f"papers/{one.case}/{id_}"
        case _:
            return f"front/{one.case}"
