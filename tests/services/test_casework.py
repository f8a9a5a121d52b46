"""A caseworker opens a case and records what happens; all of it is durable and in the history."""

from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Contact, Exemption, Setting
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.ids import Cell, EventKind, Ground
from send_desk.domain.person import Person
from send_desk.services import casework, issuing, reading
from send_desk.services.desk import Desk
from send_desk.services.encoding import record_key
from send_desk.services.ports import CaseFile


@pytest.fixture
def ava(desk: Desk) -> CaseFile:
    return casework.new_case(
        desk,
        first_names="Ava",
        surname="Thornley",
        born=date(2016, 5, 4),
        received=date(2026, 1, 5),
        reference="HD-1",
        by="parent",
        route="letter",
    )


def again(desk: Desk, name: str = "HD-1") -> CaseFile:
    return reading.open_case(desk, name)


def test_a_new_case_is_there_when_it_is_opened_again(desk: Desk, ava: CaseFile) -> None:
    file = again(desk)
    assert file == ava
    event = file.case.events[0]
    assert (event.kind, event.on, event.by, event.fields) == (
        EventKind.REQUEST_RECEIVED,
        date(2026, 1, 5),
        "parent",
        {"route": "letter"},
    )
    assert file.case.officer.name == "Jo Marsh"
    assert file.case.authority.name == "Harrowdale"


def test_a_case_is_found_by_reference_id_and_the_first_eight_characters(desk: Desk, ava: CaseFile) -> None:
    for name in ("HD-1", ava.case.id, ava.case.id[:8]):
        assert again(desk, name).case.id == ava.case.id
    with pytest.raises(WrongUse, match="no case HD-2"):
        again(desk, "HD-2")


def test_a_reference_in_use_is_refused_and_a_missing_one_is_made(desk: Desk, ava: CaseFile) -> None:
    with pytest.raises(Refused, match="HD-1"):
        casework.new_case(desk, first_names="A", surname="B", born=None, received=date(2026, 1, 5), reference="HD-1")
    made = casework.new_case(desk, first_names="A", surname="B", born=None, received=date(2026, 1, 5))
    assert made.case.reference.startswith("2026-")
    assert len(desk.store.case_ids()) == 2


@pytest.mark.parametrize(
    ("first", "surname", "born", "received", "says"),
    [
        ("Ava", "T", date(2026, 3, 4), date(2026, 1, 5), "date of birth"),
        ("Ava", "T", date(2016, 3, 4), date(2026, 3, 4), "received after today"),
        (" ", "", date(2016, 3, 4), date(2026, 1, 5), "name"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(
    desk: Desk, first: str, surname: str, born: date, received: date, says: str
) -> None:
    with pytest.raises(WrongUse, match=says):
        casework.new_case(desk, first_names=first, surname=surname, born=born, received=received)
    assert desk.store.case_ids() == ()


def test_the_decision_to_assess_fills_the_register(desk: Desk, ava: CaseFile) -> None:
    file = casework.record_event(desk, ava, EventKind.DECISION_ASSESS, on=date(2026, 2, 10), by="panel")
    cells = {line.cell for line in file.case.contributions}
    assert {Cell.FAMILY, Cell.EDUCATION, Cell.HEALTH, Cell.PSYCHOLOGY, Cell.SOCIAL_CARE} <= cells
    assert Cell.ADULTHOOD not in cells
    assert again(desk) == file


def test_an_event_recorded_in_error_is_taken_back_and_stays_in_the_history(desk: Desk, ava: CaseFile) -> None:
    file = casework.record_event(desk, ava, EventKind.REPRESENTATION, on=date(2026, 2, 10))
    event = file.case.events[-1].id
    file = casework.remove_event(desk, file, event)
    assert all(one.id != event for one in again(desk).case.events)
    past = reading.history(desk, file.case.id, event)
    assert [one.deleted for one in past] == [True, False]


def test_nothing_is_recorded_for_tomorrow(desk: Desk, ava: CaseFile) -> None:
    with pytest.raises(WrongUse, match="after today"):
        casework.record_event(desk, ava, EventKind.DRAFT_SERVED, on=date(2026, 3, 4))


def test_people_contacts_settings_and_exemptions_are_kept(desk: Desk, ava: CaseFile) -> None:
    file = casework.put_person(desk, ava, Person("p1", "Mia Thornley", relation="mother", telephone="01632 960001"))
    file = casework.put_person(desk, file, replace(file.case.people[0], parental_responsibility=True))
    contact = Contact("c1", date(2026, 3, 2), "telephone", "Mia Thornley", "Asks when.", reply_owed_by=date(2026, 3, 9))
    file = casework.put_contact(desk, file, contact)
    file = casework.describe_child(desk, file, replace(file.case.child, known_as="Avie"))
    file = casework.describe_setting(desk, file, Setting("Hartwell Primary", "900001"))
    file = casework.describe_setting(desk, file, Setting("Mill Lane School", "900002", since=date(2026, 2, 1)))
    file = casework.put_exemption(desk, file, Exemption("x1", "FINAL_PLAN", Ground.ABSENCE, date(2026, 1, 6)))
    found = again(desk).case
    assert found.people == (
        Person("p1", "Mia Thornley", "mother", telephone="01632 960001", parental_responsibility=True),
    )
    assert found.contacts == (contact,)
    assert found.child.known_as == "Avie"
    assert [one.name for one in found.previous_settings] == ["Hartwell Primary"]
    assert found.exemptions[0].ground is Ground.ABSENCE
    assert again(desk, "HD-1") == file
    assert casework.remove_person(desk, file, "p1").case.people == ()


def test_only_the_record_that_changed_gets_a_revision(desk: Desk, ava: CaseFile) -> None:
    before = len(desk.store.history(record_key(ava.case.id, ava.case.id)))
    casework.put_person(desk, ava, Person("p1", "Mia Thornley"))
    assert len(desk.store.history(record_key(ava.case.id, ava.case.id))) == before
    log = desk.store.history(record_key(ava.case.id, "p1"))
    assert [(one.author, one.device, one.parents) for one in log] == [(desk.user.id, desk.device, ())]


def test_a_dismissed_finding_is_remembered_until_it_is_let_speak_again(desk: Desk, ava: CaseFile) -> None:
    finding = issuing.findings_of(desk, ava)[0]
    file = casework.dismiss(desk, ava, finding, "agreed with the panel")
    same = next(one for one in issuing.findings_of(desk, again(desk)) if one.id == finding.id)
    assert same.dismissed == "agreed with the panel"
    file = casework.undismiss(desk, file, finding.id)
    assert all(one.dismissed is None for one in issuing.findings_of(desk, file))
    with pytest.raises(WrongUse, match="why"):
        casework.dismiss(desk, file, finding, " ")


def test_the_list_and_my_day_follow_what_was_written(desk: Desk, ava: CaseFile) -> None:
    contact = Contact("c1", date(2026, 3, 2), whom="Mia Thornley", reply_owed_by=date(2026, 3, 3))
    casework.put_contact(desk, ava, contact)
    lines = reading.case_list(desk)
    assert [(line.name, line.week) for line in lines] == [("Ava Thornley", 9)]
    words = [item.line.words for item in reading.my_day(lines)]
    assert any("Mia Thornley awaits a reply" in said for said in words)
    assert reading.my_day(lines, owner="somebody else") == ()


def test_a_new_day_computes_the_lines_anew(desk: Desk, ava: CaseFile) -> None:
    tomorrow = replace(desk, clock=type(desk.clock)(date(2026, 6, 1)))  # type: ignore[call-arg]  # the fixed clock
    assert reading.case_list_unsaved(tomorrow)[0].computed_for == date(2026, 6, 1)
    assert desk.store.summaries()[0].computed_for == date(2026, 3, 3)
    assert reading.case_list(tomorrow)[0].week == 21
    assert desk.store.summaries()[0].computed_for == date(2026, 6, 1)
