"""Who may hold a paper, and under what name it is kept: asked before anything is written."""

import re
import unicodedata
from datetime import date

from send_desk.domain.case import Case
from send_desk.domain.errors import Refused
from send_desk.domain.person import Person

_NOT_IN_NAMES = re.compile(r"[^\w \-]+")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_LONGEST = 60
_TITLES = {"draft": "Draft plan", "final": "Final plan"}


def recipient_problem(case: Case, person: Person | None) -> Refused | None:
    """Say why a paper of this case must not be made out to this person; None where nothing is known against it.

    A barred person never receives one. Somebody who is not on the list of people may: a panel, a school.
    """
    if person is None:
        return None
    known = next((one for one in case.people if one.id == person.id or _same(one.name, person.name)), person)
    if known.barred or person.barred:
        return Refused(
            f"{known.name} is recorded as barred from receiving papers of this case. Nothing was printed. "
            "If the record is out of date, change it under People first."
        )
    return None


def suggested_name(case: Case, rendering: str, to: Person | None, day: date) -> str:
    """Suggest a file name, without its ending: case number, rendering, recipient, day; safe on Windows.

    Neither this child's name nor another's stands in it, unless the recipient is the child.
    """
    title = _TITLES.get(rendering, rendering.replace("-", " ").capitalize())
    parts = (case.reference or case.id, title, f"for {to.name}" if to else "", day.isoformat())
    return " - ".join(safe for safe in map(_safe, parts) if safe) or "Paper"


def _safe(part: str) -> str:
    composed = unicodedata.normalize("NFC", part)
    kept = " ".join(_NOT_IN_NAMES.sub(" ", composed).split())[:_LONGEST].strip(" -")
    return f"{kept}_" if _RESERVED.match(kept) else kept


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and " ".join(one.casefold().split()) == " ".join(other.casefold().split())
