"""A place in the window as a string: "front/<case>", "register/<case>/health", "plan/<case>/F/<entry>/fields.who"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from send_desk.domain.case import Case
from send_desk.domain.summary import DayLine
from send_desk.services.encoding import local_id
from send_desk.services.ports import Hit


class Page(StrEnum):
    """The pages that a place can stand on."""

    MY_DAY = "my_day"
    CASES = "cases"
    SETTINGS = "settings"
    TRAY = "tray"
    FRONT = "front"
    REGISTER = "register"
    PLAN = "plan"
    CONFLICT = "conflict"


_OF_A_CASE = {
    "front": Page.FRONT,
    "contacts": Page.FRONT,
    "papers": Page.FRONT,
    "register": Page.REGISTER,
    "plan": Page.PLAN,
    "record": Page.PLAN,
    "conflict": Page.CONFLICT,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place taken apart: the page, the case it is about (empty for none), and the whole of it as written."""

    page: Page
    case: str
    words: str

    @property
    def record(self) -> str:
        """The entry that a place "record/<case>/<id>" asks for, whose section the case itself must tell; else empty."""
        kind, _, rest = self.words.partition("/")
        return rest.partition("/")[2] if kind == "record" else ""

    def resolved(self, case: Case) -> str:
        """Return the place with the section of its entry, where only the entry was known."""
        if not self.record:
            return self.words
        section = next((entry.section for entry in case.entries if entry.id == self.record), None)
        return f"plan/{self.case}/{section}/{self.record}" if section else f"plan/{self.case}"


def read_place(words: str) -> Place:
    """Take a place apart; one that the window does not know is a ValueError, for it is a fault of ours."""
    kind, _, rest = words.partition("/")
    case = rest.partition("/")[0]
    if kind in _OF_A_CASE and case:
        return Place(_OF_A_CASE[kind], case, words)
    return Place(Page(kind), "", words)


def place_of_line(case: str, line: DayLine) -> str:
    """Return the place that a line of My day opens."""
    kind, _, rest = line.place.partition("/")
    match kind:
        case "dates":
            return f"front/{case}/dates"
        case "plan" | "conflict":
            return f"{kind}/{case}"
        case "tray":
            return "tray"
        case _:
            return f"{kind}/{case}/{rest}"


def place_of_hit(hit: Hit) -> str:
    """Return the place where found words stand."""
    record = local_id(hit.case, hit.record)
    match hit.kind:
        case "entry":
            return f"record/{hit.case}/{record}"
        case "advice":
            return f"papers/{hit.case}/{record}"
        case "contact":
            return f"contacts/{hit.case}/{record}"
        case _:
            return f"front/{hit.case}"
