"""What a caseworker types is on the disk, in its place, and nobody's words are lost."""

from dataclasses import replace

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest

from send_desk.domain.entry import Entry, Links
from send_desk.domain.ids import EntryKind, Section
from send_desk.domain.provision_sentence import provision_sentence
from send_desk.domain.text import Style, from_words
from send_desk.domain.typed import LONGEST_NOTE, clean
from send_desk.gui.entry_row import EntryRow
from send_desk.gui.pieces import Message
from send_desk.gui.writing import Writing
from send_desk.services import drafting
from send_desk.services.encoding import record_key

from .conftest import Plan


def editor(row: EntryRow, field: str) -> Writing:
    row.focus(field)
    return row.form.editor(field)


def test_words_typed_in_d_are_kept_at_the_pause_and_become_one_revision_on_leaving(plan: Plan) -> None:
    need = plan.add(Section.D, EntryKind.NEED)
    other = plan.add(Section.D, EntryKind.NEED)
    row = plan.row(need)
    QTest.keyClicks(editor(row, "text"), "Ava needs help to cross a road.")
    plan.qtbot.waitUntil(lambda: not plan.case.has_unsaved)
    assert plan.entry(need).words == "Ava needs help to cross a road."
    assert len(plan.stored().kept) == 1
    plan.row(other).focus()
    plan.settle()
    plan.qtbot.waitUntil(lambda: plan.stored().kept == ())
    revisions: list[int] = []
    key = record_key(plan.case.case.id, need.id)
    plan.session.ask(lambda desk: len(desk.store.history(key)), revisions.append)
    plan.settle()
    assert revisions == [2]


def test_the_printed_sentence_follows_the_fields(plan: Plan) -> None:
    made = plan.add(Section.F, EntryKind.PROVISION)
    row = plan.row(made)
    assert "What" in row.printed
    QTest.keyClicks(editor(row, "what"), "Direct speech therapy")
    QTest.keyClicks(editor(row, "who"), "speech and language therapist")
    QTest.keyClicks(editor(row, "how_often"), "1 x a week")
    assert row.printed == "A speech and language therapist will provide direct speech therapy, once a week."
    plan.case.flush()
    plan.settle()
    assert provision_sentence(plan.entry(made)) == row.printed


def test_enter_in_a_short_field_goes_on_and_in_words_makes_a_line(plan: Plan) -> None:
    row = plan.row(plan.add(Section.F, EntryKind.PROVISION))
    QTest.keyClick(editor(row, "what"), Qt.Key.Key_Return)
    assert row.form.editor("who").hasFocus()
    words = editor(row, "text")
    QTest.keyClick(words, Qt.Key.Key_Return)
    assert words.toPlainText() == "\n"


def test_what_is_typed_after_a_save_is_not_overwritten_by_its_answer(plan: Plan) -> None:
    made = plan.add(Section.B, EntryKind.NEED)
    words = editor(plan.row(made), "text")
    QTest.keyClicks(words, "one")
    plan.case.flush()
    QTest.keyClicks(words, " two")
    plan.settle()
    assert words.toPlainText() == "one two"
    plan.case.flush()
    plan.settle()
    assert plan.entry(made).words == words.toPlainText() == "one two"


def test_words_from_elsewhere_come_in_and_can_be_undone(plan: Plan) -> None:
    made = plan.add(Section.B, EntryKind.NEED, "as it was")
    words = editor(plan.row(made), "text")
    QTest.keyClicks(words, "I say: ")
    plan.case.flush()
    plan.settle()
    now = plan.entry(made)
    plan.do(lambda desk, file: drafting.change_entry(desk, file, replace(now, text=from_words("theirs"))))
    assert words.toPlainText() == "theirs"
    QTest.keyClick(words, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert words.toPlainText() == "I say: as it was"
    plan.case.flush()
    plan.settle()
    assert plan.entry(made).words == "I say: as it was"


def test_undo_of_a_link_keeps_the_words_written_since(plan: Plan) -> None:
    need = plan.add(Section.B, EntryKind.NEED, "Reading")
    made = plan.add(Section.F, EntryKind.PROVISION)

    def link(plan_entry: Entry) -> None:
        plan.case.restructure(
            "links",
            lambda desk, file: drafting.change_entry(
                desk,
                file,
                replace(next(e for e in file.case.entries if e.id == plan_entry.id), links=Links(needs=(need.id,))),
            ),
        )

    row = plan.row(made)
    QTest.keyClicks(editor(row, "what"), "Before, ")
    link(made)
    plan.settle()
    assert plan.entry(made).links.needs == (need.id,)
    QTest.keyClicks(editor(row, "what"), "after")
    plan.page.undo()
    plan.settle()
    assert plan.entry(made).links.needs == ()
    assert plan.entry(made).value("what") == "Before, after" == row.form.editor("what").words
    plan.page.redo()
    plan.settle()
    assert plan.entry(made).links.needs == (need.id,)


def test_a_removed_entry_comes_back_with_its_words_by_ctrl_z(plan: Plan) -> None:
    first = plan.add(Section.B, EntryKind.NEED, "first")
    second = plan.add(Section.B, EntryKind.NEED, "second")
    plan.row(first).remove()
    plan.settle()
    assert [row.entry.id for row in plan.section(Section.B)] == [second.id]
    field = editor(plan.row(second), "text")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    plan.settle()
    assert [row.entry.words for row in plan.section(Section.B)] == ["first", "second"]
    assert plan.entry(first).words == "first"


def test_ctrl_enter_in_an_empty_section_b_makes_a_need(plan: Plan) -> None:
    plan.page.show_section(Section.B)
    QTest.keyClick(plan.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    plan.settle()
    assert [row.entry.kind for row in plan.section(Section.B)] == [EntryKind.NEED]


def test_an_undone_new_entry_is_made_again_with_the_words_that_it_had(plan: Plan) -> None:
    plan.page.show_section(Section.F)
    QTest.keyClick(plan.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    plan.settle()
    row = plan.section(Section.F)[0]
    plan.qtbot.waitUntil(row.form.editor("what").hasFocus)
    QTest.keyClicks(row.form.editor("what"), "A visual timetable")
    plan.page.undo()
    plan.settle()
    assert plan.section(Section.F) == []
    plan.page.redo()
    plan.settle()
    assert plan.section(Section.F)[0].form.editor("what").words == "A visual timetable"


def test_moving_changes_places_labels_and_names(plan: Plan) -> None:
    plan.add(Section.B, EntryKind.NEED, "first")
    second = plan.add(Section.B, EntryKind.NEED, "second")
    row = plan.row(second)
    assert row.form.editor("text").objectName() == "entry.B2.text"
    row.shift(-1)
    plan.settle()
    assert [one.entry.words for one in plan.section(Section.B)] == ["second", "first"]
    assert row.form.editor("text").objectName() == "entry.B1.text"


def test_pasted_words_are_cleaned_and_other_scripts_stay(plan: Plan) -> None:
    made = plan.add(Section.B, EntryKind.NEED)
    field = editor(plan.row(made), "text")
    pasted = QMimeData()
    pasted.setText("one\x00\x07\u202etwo\r\nthree\tfour \U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd\u200f")
    field.insertFromMimeData(pasted)
    assert field.words == "onetwo\nthree four \U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd\u200f"
    plan.case.flush()
    plan.settle()
    assert plan.entry(made).words == field.words


def test_a_paste_of_ten_megabytes_is_cut_and_says_so(plan: Plan) -> None:
    made = plan.add(Section.B, EntryKind.NEED)
    field = editor(plan.row(made), "text")
    pasted = QMimeData()
    pasted.setText("word " * 2_000_000)
    field.insertFromMimeData(pasted)
    assert len(field.words) <= LONGEST_NOTE
    message = plan.page.findChild(Message, "plan.message")
    assert message is not None and message.isVisible()
    assert "the rest is still on the clipboard" in message.accessibleName()
    plan.case.flush()
    plan.settle()
    assert plan.entry(made).words.startswith("word word")


def test_clean_takes_nothing_that_can_be_read() -> None:
    for words in ("Ava’s “own” words – naïve", "\u0639\u0631\u0628\u064a", "a\nb"):
        assert clean(words) == words


def test_control_b_sets_the_chosen_words_strong(plan: Plan) -> None:
    made = plan.add(Section.B, EntryKind.NEED, "She is very quick")
    field = editor(plan.row(made), "text")
    field.choose("very")
    QTest.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert field.words == "She is **very** quick"
    plan.case.flush()
    plan.settle()
    assert [run.style for run in plan.entry(made).text[0].runs] == [Style.PLAIN, Style.STRONG, Style.PLAIN]
    QTest.keyClick(field, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert field.words == "She is very quick"


def test_a_day_is_kept_as_a_day_however_it_is_typed(plan: Plan) -> None:
    made = plan.add(Section.E, EntryKind.OUTCOME)
    QTest.keyClicks(editor(plan.row(made), "by_date"), "21 July 2027")
    plan.case.flush()
    plan.settle()
    assert plan.entry(made).value("by_date") == "2027-07-21"
    assert plan.row(made).form.editor("by_date").words == "21 July 2027"
