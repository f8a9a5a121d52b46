"""Contributions are records with dated events, papers are kept by digest, and issue is refused while findings hold."""

from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Print
from send_desk.domain.contribution import ContributionEvent
from send_desk.domain.entry import Source
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.ids import Cell, ContributionEventKind, EntryKind, EventKind, Role, Section, State, Version
from send_desk.domain.person import Adviser
from send_desk.domain.register import strip
from send_desk.services import advice, casework, drafting, issuing, reading
from send_desk.services.advice import Paper
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile

ASKED = ContributionEvent("", ContributionEventKind.REQUESTED, date(2026, 2, 11))


@pytest.fixture
def file(desk: Desk) -> CaseFile:
    made = casework.new_case(
        desk, first_names="Ava", surname="Thornley", born=date(2016, 5, 4), received=date(2026, 1, 5), reference="HD-1"
    )
    return casework.record_event(desk, made, EventKind.DECISION_ASSESS, on=date(2026, 2, 10))


def line_of(file: CaseFile, cell: Cell) -> str:
    line = advice.line_for(file.case, cell)
    assert line is not None
    return line.id


def state(desk: Desk, file: CaseFile, cell: Cell) -> State:
    return strip(file.case, desk.book(file.case), desk.today)[cell].state


def test_what_happens_to_a_contribution_shows_in_its_cell(desk: Desk, file: CaseFile) -> None:
    health = line_of(file, Cell.HEALTH)
    assert state(desk, file, Cell.HEALTH) is State.NOT_REQUESTED
    file = advice.record(desk, file, health, ASKED)
    assert state(desk, file, Cell.HEALTH) is State.REQUESTED
    answer = ContributionEvent(
        "",
        ContributionEventKind.CONFIRMED,
        date(2026, 3, 2),
        "Dr Ines Calder",
        "community paediatrician",
        state=State.NO_RELEVANT_NEEDS,
    )
    file = advice.record(desk, file, health, answer)
    assert state(desk, file, Cell.HEALTH) is State.NO_RELEVANT_NEEDS
    line = next(one for one in file.case.contributions if one.id == health)
    assert (line.adviser.name, line.adviser.role) == ("Dr Ines Calder", "community paediatrician")
    assert [event.kind for event in line.events] == ["requested", "confirmed"]
    assert reading.open_case(desk, "HD-1") == file


@pytest.mark.parametrize(
    ("event", "says"),
    [
        (replace(ASKED, on=date(2026, 3, 4)), "today or earlier"),
        (replace(ASKED, on=None), "today or earlier"),
        (replace(ASKED, kind=ContributionEventKind.CONFIRMED), "say what it is"),
        (replace(ASKED, kind=ContributionEventKind.CONFIRMED, state=State.OVERDUE), "say what it is"),
    ],
)
def test_an_event_that_cannot_be_is_refused(desk: Desk, file: CaseFile, event: ContributionEvent, says: str) -> None:
    with pytest.raises(WrongUse, match=says):
        advice.record(desk, file, line_of(file, Cell.HEALTH), event)
    with pytest.raises(WrongUse, match="register"):
        advice.record(desk, file, "nobody", ASKED)


def test_a_further_adviser_can_be_asked_and_is_met_by_name(desk: Desk, file: CaseFile) -> None:
    file, line = advice.add_line(desk, file, Cell.HEALTH, Adviser("Rowan Pike", "occupational therapist"))
    assert advice.line_for(file.case, Cell.HEALTH, by="rowan pike") == line
    file = advice.record(
        desk, file, line.id, replace(ASKED, kind=ContributionEventKind.CONFIRMED, state=State.CONTRIBUTES)
    )
    assert advice.line_for(file.case, Cell.HEALTH) != line
    changed = replace(line, not_used_because="It repeats the school's advice.")
    assert advice.change_line(desk, file, changed).case.contributions[-1].not_used_because
    assert advice.line_for(replace(file.case, contributions=()), Cell.HEALTH) is None


def test_a_paper_is_kept_once_with_its_words_and_its_bytes(desk: Desk, file: CaseFile) -> None:
    paper = Paper("advice.pdf", b"%PDF made up", ("Ava needs help with reading.",))
    file, document = advice.add_document(desk, file, paper, cell=Cell.HEALTH, author="Dr Ines Calder")
    assert document.title == "advice"
    assert desk.store.blob(document.sha256) == paper.content
    same, again = advice.add_document(desk, file, paper)
    assert same is file
    assert again == document
    assert [hit.kind for hit in desk.store.search("help reading")] == ["advice"]
    assert advice.remove_document(desk, file, document.id).case.documents == ()


def test_a_paper_that_the_plan_rests_on_stays(desk: Desk, file: CaseFile) -> None:
    file, document = advice.add_document(desk, file, Paper("a.txt", b"a", ("Reading",)))
    file, _ = drafting.add_entry(desk, file, Section.B, EntryKind.NEED, sources=(Source(document.id, 1, "Reading"),))
    with pytest.raises(Refused, match="rests on that paper"):
        advice.remove_document(desk, file, document.id)


def test_a_paper_of_more_than_200_mb_is_not_taken_in(
    desk: Desk, file: CaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(advice, "BIGGEST", 3)
    with pytest.raises(Refused, match="200 MB"):
        advice.add_document(desk, file, Paper("a.txt", b"four"))


def test_a_plan_with_missing_advice_is_not_issued_but_the_request_is_kept(desk: Desk, file: CaseFile) -> None:
    with pytest.raises(Refused, match="findings hold it"):
        issuing.issue_final(desk, file)
    with pytest.raises(Refused, match="Only a manager"):
        issuing.issue_final(desk, file, override_reason="The Tribunal ordered it.")
    kept = reading.open_case(desk, "HD-1").case
    assert kept.version is Version.DRAFT
    assert kept.override_requests[0].reason == "The Tribunal ordered it."
    assert kept.override_requests[0].findings
    with pytest.raises(WrongUse, match="reason"):
        issuing.request_override(desk, file, "  ")


def test_a_manager_s_override_is_kept_with_what_it_overrode(desk: Desk, file: CaseFile) -> None:
    manager = replace(desk, user=replace(desk.user, role=Role.MANAGER, name="Sam Okoro"))
    issued = issuing.issue_final(manager, file, override_reason="The Tribunal ordered it.")
    assert issued.case.version is Version.FINAL
    override = issued.case.overrides[0]
    assert (override.by, override.role, override.on) == ("Sam Okoro", Role.MANAGER, desk.today)
    assert override.findings
    assert issued.case.happened(EventKind.PLAN_MADE)


def test_what_was_printed_is_remembered(desk: Desk, file: CaseFile) -> None:
    file = issuing.record_print(desk, file, Print("", "draft", "draft.pdf", "ab" * 32, 9, to="Mia Thornley"))
    assert [(one.by, one.on, one.pages) for one in file.case.prints] == [("Jo Marsh", desk.today, 9)]
