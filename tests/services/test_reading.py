"""What a person looks at: cases by name, lines of the list as the days pass, the history of a record."""

from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import LocalAdvice, Officer
from send_desk.domain.entry import Source
from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import EntryKind, EventKind, Section
from send_desk.domain.text import Block, BlockKind, Run
from send_desk.services import casework, drafting, reading, settings
from send_desk.services.commit import commit, commit_all
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile


@pytest.fixture
def file(desk: Desk) -> CaseFile:
    return casework.new_case(
        desk, first_names="Ava", surname="Thornley", born=date(2016, 5, 4), received=date(2026, 1, 5), reference="HD-1"
    )


def test_lines_are_renewed_slice_by_slice(desk: Desk, file: CaseFile) -> None:
    tomorrow = replace(desk, clock=type(desk.clock)(date(2026, 3, 4)))  # type: ignore[call-arg]  # the fixed clock
    assert reading.outdated(desk, desk.store.summaries()) == ()
    assert reading.case_list(desk) == desk.store.summaries()
    assert reading.outdated(tomorrow, desk.store.summaries()) == (file.case.id,)
    assert reading.renew_lines(tomorrow, [file.case.id])[0].computed_for == date(2026, 3, 4)
    assert reading.outdated(tomorrow, desk.store.summaries()) == ()
    assert reading.summarise_all(desk) == 1


def test_a_manager_s_line_is_no_case_that_can_be_opened(desk: Desk, file: CaseFile) -> None:
    line = replace(desk.store.summaries()[0], case="elsewhere", reference="HD-99", full=False)
    with desk.store.write() as unit:
        unit.put_summaries([line])
    with pytest.raises(WrongUse):
        reading.open_case(desk, "elsewhere")


def test_eight_characters_that_fit_two_cases_are_not_guessed(desk: Desk, file: CaseFile) -> None:
    twin = replace(file.case, id=f"{file.case.id[:9]}0000-4000-8000-000000000000", reference="HD-2")
    commit(desk, None, twin)
    with pytest.raises(WrongUse, match="fits 2 cases"):
        reading.open_case(desk, file.case.id[:8])


def test_the_history_reads_every_kind_of_value(desk: Desk, file: CaseFile) -> None:
    text = (Block(BlockKind.BULLET, (Run("one"),)), Block(BlockKind.BULLET, (Run("two"),)))
    source = Source("doc", 3, "a quote")
    file, entry = drafting.add_entry(
        desk, file, Section.E, EntryKind.OUTCOME, text=text, fields={"steps": ("a", "b")}, sources=(source,)
    )
    words = {
        change.field: "".join(part.words for part in change.stretches)
        for change in reading.history(desk, file.case.id, entry.id)[0].changes
    }
    assert words["text"] == "one\ntwo"
    assert words["fields.steps"] == "a\nb"
    assert "quote: a quote" in words["sources"]
    assert words["order"] == "1.0"


def test_undo_turns_back_only_what_the_change_made(desk: Desk, file: CaseFile) -> None:
    file, row = drafting.add_entry(desk, file, Section.F, EntryKind.PROVISION, fields={"who": "a", "what": "x"})
    old = file.case.entries
    changed = replace(row, fields={"who": "b", "group": "1:1"}, not_met_because="a reason")
    file = drafting.change_entry(desk, file, changed)
    new = file.case.entries
    file = drafting.keep(desk, file, row.id, "fields.review", "termly").file
    file = drafting.restore_entries(desk, file, old=old, new=new)
    back = reading.open_case(desk, "HD-1").case.entries[0]
    assert back.fields == {"who": "a", "what": "x", "review": "termly"}
    assert back.not_met_because == ""


def test_what_is_set_is_remembered_and_new_cases_take_it_over(desk: Desk) -> None:
    assert settings.settings(desk).idle_minutes == settings.IDLE_MINUTES
    contact = settings.OfficerContact("EHC co-ordinator", "01632 960001", "jo.marsh@harrowdale.example")
    settings.set_officer(desk, contact)
    settings.set_officer(desk, contact)
    settings.set_local_advice(desk, LocalAdvice(service="Harrowdale SENDIASS"))
    settings.set_idle_minutes(desk, 5)
    known = settings.settings(desk)
    assert (known.officer, known.local.service, known.idle_minutes) == (contact, "Harrowdale SENDIASS", 5)
    made = casework.new_case(desk, first_names="A", surname="B", born=None, received=date(2026, 1, 5))
    assert made.case.officer == Officer(desk.user.name, contact.role, contact.phone, contact.email)


def test_an_event_that_never_was_cannot_be_taken_back(desk: Desk, file: CaseFile) -> None:
    from send_desk.services import advice

    with pytest.raises(WrongUse, match="not on the register"):
        advice.take_back(desk, file, "nobody", "nothing")
    file = casework.record_event(desk, file, EventKind.DECISION_ASSESS, on=date(2026, 2, 10))
    line = file.case.contributions[0]
    assert advice.take_back(desk, file, line.id, "nothing") == file


def test_many_cases_are_written_together_or_not_at_all(desk: Desk, file: CaseFile) -> None:
    others = [replace(file.case, id=desk.ids.record(), reference=f"HD-{n}") for n in (2, 3)]
    assert [one.case.reference for one in commit_all(desk, [(None, one) for one in others])] == ["HD-2", "HD-3"]
    assert commit(desk, file, file.case).case == file.case
    assert len(desk.store.case_ids()) == 3


def test_findings_of_the_cases_longest_unseen_are_forgotten_first(desk: Desk, file: CaseFile) -> None:
    from send_desk.services import checking

    first = desk.findings(file.case)
    for n in range(checking.KEPT + 1):
        desk.findings(replace(file.case, id=str(n)))
    assert desk.findings(file.case) == first
