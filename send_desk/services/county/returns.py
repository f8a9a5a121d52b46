"""The lists that councils already have, of the same children: the inspectors' child-level list and SEN2 tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from send_desk.domain.case import Case
from send_desk.domain.dates import MONTHS
from send_desk.domain.ids import Area, EntryKind, EventKind, PersonKind, Section

from .chance import chance

Row = Mapping[str, str]

LIST_1 = (
    "Unique ID", "UPN", "ULN", "Date of birth", "Gender", "Ethnicity", "Date initial EHC plan issued",
    "Date updated EHC plan issued", "Date EHC plan last reviewed", "SEN primary need",
    "Main education establishment - URN", "Main education establishment - phase",
    "Subsidiary education establishment - phase (dual registration)", "Elective home education", "Suspensions",
    "Permanent exclusions", "Absence", "Pupil Premium", "Known to children's social care?",
    "Which children's social care team?", "Does the child or young person have a disability?",
)  # fmt: skip
"""The headings of the inspectors' child-level list; List_2 has the same for children without a plan."""

_NEED_OF: Mapping[Area, tuple[str, str]] = {
    Area.COMMUNICATION: ("Speech, language and communication needs", "SLCN"),
    Area.COGNITION: ("Specific learning difficulty", "SPLD"),
    Area.SEMH: ("Social, emotional and mental health", "SEMH"),
    Area.SENSORY_PHYSICAL: ("Physical disability", "PD"),
}
_GENDERS: Mapping[str, str] = {"she": "F", "he": "M"}
_ETHNICITIES = ("WBRI", "WBRI", "WBRI", "WOTH", "AIND", "APKN", "BAFR", "MWAS", "REFU")
_MADE = (EventKind.FINAL_SENT, EventKind.PLAN_MADE)


@dataclass(frozen=True)
class InspectorsList:
    """The two sheets of the inspectors' list: with a plan, and in assessment or refused."""

    list_1: tuple[Row, ...]
    list_2: tuple[Row, ...]


@dataclass(frozen=True)
class Sen2Tables:
    """Three tables of the SEN2 return, joined by `persontableid` and then `requeststableid`."""

    person: tuple[Row, ...]
    requests: tuple[Row, ...]
    assessment: tuple[Row, ...]


def inspectors_rows(cases: Sequence[Case], seed: int) -> InspectorsList:
    """Return the inspectors' child-level list of the cases: no names, dates as 21/11/2026."""
    with_plan = tuple(_inspected(case, seed) for case in cases if case.happened(*_MADE))
    without = tuple(_inspected(case, seed) for case in cases if not case.happened(*_MADE))
    return InspectorsList(with_plan, without)


def sen2_tables(cases: Sequence[Case], seed: int) -> Sen2Tables:
    """Return the person, requests and assessment tables of the cases, dates as `2025-Sep-28 00:00:00`."""
    people: list[Row] = []
    requests: list[Row] = []
    assessments: list[Row] = []
    for number, case in enumerate(cases, start=1):
        people.append(_person(case, number, seed))
        for received in case.happened(EventKind.REQUEST_RECEIVED):
            request = len(requests) + 1
            requests.append(_request(case, number, request, received.on, received.fields.get("route", "")))
            assessed = _assessment(case, request, len(assessments) + 1)
            if assessed:
                assessments.append(assessed)
    return Sen2Tables(tuple(people), tuple(requests), tuple(assessments))


def _inspected(case: Case, seed: int) -> Row:
    random, child = chance(seed, "list", case.reference), case.child
    issued, reviewed = case.happened(*_MADE), case.happened(EventKind.REVIEW_DECISION)
    cared_for = child.looked_after or bool(case.section(Section.D))
    values = (
        case.reference,
        child.upn,
        child.uln,
        _slashed(child.date_of_birth),
        _GENDERS.get(child.pronouns.subject if child.pronouns else "", "U"),
        random.choice(_ETHNICITIES),
        _slashed(issued[0].on if issued else None),
        _slashed(issued[-1].on if len(issued) > 1 else None),
        _slashed(reviewed[-1].on if reviewed else None),
        _NEED_OF[_first_area(case)][0] if _first_area(case) in _NEED_OF else "",
        case.setting.urn,
        case.setting.type,
        "",
        "No",
        str(random.choice((0, 0, 0, 0, 1, 2))),
        "0",
        f"{random.randint(0, 38)}%",
        random.choice(("Yes", "No", "No")),
        "Yes" if cared_for else "No",
        "Children with disabilities" if cared_for else "",
        "Yes" if random.random() < 0.7 else "No",
    )
    return dict(zip(LIST_1, values, strict=True))


def _first_area(case: Case) -> Area:
    needs = (entry.area for entry in case.section(Section.B) if entry.kind is EntryKind.NEED and entry.area in _NEED_OF)
    return next((area for area in needs if area), Area.COMMUNICATION)


def _person(case: Case, number: int, seed: int) -> Row:
    child = case.child
    return {
        "persontableid": str(number),
        "surname": child.surname,
        "forename": child.first_names,
        "personbirthdate": _sen2(child.date_of_birth),
        "sex": _GENDERS.get(child.pronouns.subject if child.pronouns else "", "U"),
        "ethnicity": chance(seed, "list", case.reference).choice(_ETHNICITIES),
        "postcode": child.postcode,
        "upn": child.upn,
        "uniquelearnernumber": child.uln,
        "upnunknown": "" if child.upn else "UN1",
    }


def _request(case: Case, person: int, number: int, received: date | None, route: str) -> Row:
    decided = case.happened(EventKind.DECISION_ASSESS, EventKind.DECISION_NOT_ASSESS)
    outcome = {EventKind.DECISION_ASSESS: "Y", EventKind.DECISION_NOT_ASSESS: "N"}
    relatives = [one.name for one in case.people if one.kind in (PersonKind.FAMILY, PersonKind.CARER)]
    return {
        "persontableid": str(person),
        "requeststableid": str(number),
        "receiveddate": _sen2(received),
        "requestsource": "1" if relatives and route in ("letter", "e-mail") else "2",
        "rya": "0",
        "requestoutcomedate": _sen2(decided[0].on if decided else None),
        "requestoutcome": outcome[decided[0].kind] if decided else "A",
        "requestmediation": "0",
        "requesttribunal": "0",
        "exported": "",
    }


def _assessment(case: Case, request: int, number: int) -> Row | None:
    if not case.happened(EventKind.DECISION_ASSESS):
        return None
    ended = case.happened(EventKind.FINAL_SENT, EventKind.DECISION_NO_PLAN)
    outcome = {EventKind.FINAL_SENT: "Y", EventKind.DECISION_NO_PLAN: "N"}
    return {
        "requeststableid": str(request),
        "assessmenttableid": str(number),
        "assessmentoutcome": outcome[ended[0].kind] if ended else "A",
        "assessmentoutcomedate": _sen2(ended[0].on if ended else None),
        "assessmentmediation": "0",
        "assessmenttribunal": "0",
        "othermediation": "0",
        "othertribunal": "0",
        "week20": "1" if case.exemptions else "0",
    }


def _slashed(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _sen2(day: date | None) -> str:
    return f"{day.year}-{MONTHS[day.month - 1][:3]}-{day.day:02d} 00:00:00" if day else ""
