"""Words are kept at every pause, become revisions when the writer leaves, and structure can be undone."""

from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Case
from send_desk.domain.entry import Entry, Links
from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import EntryKind, Section
from send_desk.domain.text import from_words
from send_desk.services import casework, drafting, reading
from send_desk.services.desk import Desk
from send_desk.services.encoding import record_key
from send_desk.services.ports import CaseFile


@pytest.fixture
def file(desk: Desk) -> CaseFile:
    return casework.new_case(
        desk, first_names="Ava", surname="Thornley", born=date(2016, 5, 4), received=date(2026, 1, 5), reference="HD-1"
    )


def stored(desk: Desk) -> CaseFile:
    return reading.open_case(desk, "HD-1")


def add(desk: Desk, file: CaseFile, section: Section, kind: EntryKind, words: str = "") -> tuple[CaseFile, Entry]:
    return drafting.add_entry(desk, file, section, kind, text=from_words(words))


def test_kept_words_are_durable_at_once_but_no_revision_yet(desk: Desk, file: CaseFile) -> None:
    file, need = add(desk, file, Section.B, EntryKind.NEED)
    before = len(desk.store.history(record_key(file.case.id, need.id)))
    saved = drafting.keep(desk, file, need.id, "text", "Ava finds it hard to start a task.")
    assert saved.file.case.entries[0].words == "Ava finds it hard to start a task."
    assert stored(desk).case == saved.file.case
    assert len(desk.store.history(record_key(file.case.id, need.id))) == before
    assert [words.field for words in desk.store.kept()] == ["text"]
    assert desk.store.waiting()[file.case.id] == 4  # case, event, entry, and the words in work


def test_leaving_the_entry_makes_one_revision_of_all_its_words(desk: Desk, file: CaseFile) -> None:
    file, row = add(desk, file, Section.F, EntryKind.PROVISION)
    for field, value in (("fields.who", "teacher"), ("fields.how_often", "daily"), ("fields.who", "a teacher")):
        file = drafting.keep(desk, file, row.id, field, value).file
    file = drafting.close(desk, file, row.id)
    log = desk.store.history(record_key(file.case.id, row.id))
    assert [dict(one.fields) for one in log[1:]] == [{"fields.who": "a teacher", "fields.how_often": "daily"}]
    assert log[1].parents == (log[0].id,)
    assert log[1].kind == "entry"
    assert desk.store.kept() == ()
    assert stored(desk) == file
    assert drafting.close(desk, file) is not None
    assert len(desk.store.history(record_key(file.case.id, row.id))) == 2


def test_a_change_of_links_closes_the_words_in_work_first(desk: Desk, file: CaseFile) -> None:
    file, need = add(desk, file, Section.B, EntryKind.NEED, "Reading")
    file, row = add(desk, file, Section.F, EntryKind.PROVISION)
    file = drafting.keep(desk, file, row.id, "text", "Daily reading").file
    linked = replace(file.case.section(Section.F)[0], links=Links(needs=(need.id,)))
    file = drafting.change_entry(desk, file, linked)
    log = desk.store.history(record_key(file.case.id, row.id))
    assert [sorted(one.fields) for one in log[1:]] == [["text"], ["links.needs"]]
    assert stored(desk).case.section(Section.F)[0].links.needs == (need.id,)
    assert stored(desk) == file


def test_words_of_the_case_itself_are_kept_too(desk: Desk, file: CaseFile) -> None:
    file = drafting.keep(desk, file, file.case.id, "child.known_as", "Avie").file
    assert stored(desk).case.child.known_as == "Avie"
    file = drafting.close(desk, file)
    assert desk.store.history(file.case.id)[-1].fields == {"child.known_as": "Avie"}


def order(case: Case) -> list[str]:
    return [entry.words for entry in case.section(Section.B)]


def test_entries_are_placed_after_one_another_and_moved(desk: Desk, file: CaseFile) -> None:
    file, one = add(desk, file, Section.B, EntryKind.NEED, "one")
    file, three = add(desk, file, Section.B, EntryKind.NEED, "three")
    file, _ = drafting.add_entry(desk, file, Section.B, EntryKind.NEED, text=from_words("two"), after=one.id)
    assert order(file.case) == ["one", "two", "three"]
    file = drafting.move_entry(desk, file, one.id, by=1)
    assert order(file.case) == ["two", "one", "three"]
    file = drafting.move_entry(desk, file, one.id, by=1)
    assert order(file.case) == ["two", "three", "one"]
    file = drafting.move_entry(desk, file, three.id, by=-1)
    assert order(file.case) == ["three", "two", "one"]
    assert drafting.move_entry(desk, file, three.id, by=-1) is file
    assert order(stored(desk).case) == order(file.case)


def test_taking_an_entry_away_drops_links_to_it_and_undo_brings_both_back(desk: Desk, file: CaseFile) -> None:
    file, need = add(desk, file, Section.B, EntryKind.NEED, "Reading")
    file, row = add(desk, file, Section.F, EntryKind.PROVISION, "Daily reading")
    file = drafting.change_entry(desk, file, replace(row, links=Links(needs=(need.id,))))
    old = file.case.entries
    file = drafting.remove_entry(desk, file, need.id)
    assert [one.links.needs for one in file.case.entries] == [()]
    new = file.case.entries
    file, _ = add(desk, file, Section.B, EntryKind.NEED, "Written meanwhile")
    file = drafting.restore_entries(desk, file, old=old, new=new)
    assert {one.words for one in stored(desk).case.entries} == {"Reading", "Daily reading", "Written meanwhile"}
    assert stored(desk).case.section(Section.F)[0].links.needs == (need.id,)
    assert stored(desk).case == file.case


def test_an_entry_that_is_gone_is_said(desk: Desk, file: CaseFile) -> None:
    with pytest.raises(WrongUse, match="not in this plan"):
        drafting.change_entry(desk, file, Entry("x", Section.B, EntryKind.NEED))
    with pytest.raises(WrongUse, match="not in this plan"):
        drafting.move_entry(desk, file, "x", by=1)


def test_the_history_shows_words_that_came_and_went(desk: Desk, file: CaseFile) -> None:
    file, need = add(desk, file, Section.B, EntryKind.NEED, "Ava reads slowly")
    file = drafting.keep(desk, file, need.id, "text", "Ava reads slowly and carefully").file
    file = drafting.close(desk, file)
    newest = reading.history(desk, file.case.id, need.id)[0]
    added = [part.words for part in newest.changes[0].stretches if part.change == "added"]
    assert added == [" and carefully"]
    assert newest.author == desk.user.id
