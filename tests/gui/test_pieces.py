"""The small pieces: each can be named, reached by keys, read aloud, and survives a change of look."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from send_desk.gui.look import Look
from send_desk.gui.pieces import Chip, Field, Fold, Kind, Message, StatusLine, kind_colour, set_icon
from send_desk.gui.theme import ThemeChoice
from send_desk.gui.words import Line, Paragraph, Voice, measure, set_role


def test_a_chip_keeps_its_width_and_shows_a_tick(look: Look, qtbot: QtBot) -> None:
    chip = Chip(look, "Missing health", name="cases.filter.health")
    qtbot.addWidget(chip)
    before = chip.sizeHint()
    chip.click()
    assert chip.isChecked()
    assert not chip.icon().isNull()
    assert chip.sizeHint() == before
    chip.click()
    assert chip.icon().isNull()


def test_a_fold_opens_by_key_and_tells(look: Look, qtbot: QtBot) -> None:
    fold = Fold(look, "What must be here", name="section.F.guidance")
    qtbot.addWidget(fold)
    inside = Paragraph("Provision must be specific.")
    fold.add(inside)
    fold.show()
    button = fold.findChild(QToolButton, "section.F.guidance")
    assert isinstance(button, QToolButton)
    assert not inside.isVisible()
    with qtbot.waitSignal(fold.toggled) as told:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert told.args == [True]
    assert inside.isVisible()
    assert (button.accessibleName(), button.accessibleDescription()) == ("What must be here", "open")
    fold.set_open(False)
    assert not inside.isVisible()


def test_a_message_says_acts_and_leaves(look: Look, qtbot: QtBot) -> None:
    message = Message(look, name="page.message")
    qtbot.addWidget(message)
    assert message.isHidden()
    message.say("Nothing was lost.", kind=Kind.WARN, action="Try again")
    action, close = message.findChild(QPushButton), message.findChild(QToolButton)
    assert isinstance(action, QPushButton)
    assert isinstance(close, QToolButton)
    assert (message.accessibleName(), action.objectName()) == ("Nothing was lost.", "page.message.action")
    with qtbot.waitSignal(message.acted):
        action.click()
    with qtbot.waitSignal(message.closed):
        close.click()
    assert message.isHidden()
    message.say("Saved.")
    assert action.isHidden()


def test_each_kind_of_message_has_its_own_picture(look: Look, qtbot: QtBot) -> None:
    message = Message(look, name="page.message")
    qtbot.addWidget(message)
    icon = message.findChild(QLabel)
    assert isinstance(icon, QLabel)
    drawn = []
    for kind in Kind:
        message.say("Words.", kind=kind)
        drawn.append(icon.pixmap().toImage())
    assert drawn[0] != drawn[1] != drawn[2] != drawn[0]
    look.choose(ThemeChoice.DARK)
    assert icon.pixmap().toImage() != drawn[2]
    assert kind_colour(Kind.LATE, look.tokens) == look.tokens.late


def test_a_field_ties_label_hint_and_editor(look: Look, qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    first, second = (Field(f"&{words}", QLineEdit(), name=f"case.{words}") for words in ("Surname", "Reference"))
    column.addWidget(first)
    column.addWidget(second)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    assert (first.editor.accessibleName(), first.editor.objectName()) == ("Surname", "case.Surname")
    QTest.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert page.focusWidget() is second.editor
    second.set_hint("The reference is taken.", wrong=True)
    assert second.editor.accessibleDescription() == "The reference is taken."
    assert second.editor.property("wrong") is True
    second.set_hint("")
    assert second.editor.property("wrong") is False


def test_the_wrong_field_can_be_seen_to_be_wrong(look: Look, qtbot: QtBot) -> None:
    field = Field("Surname", QLineEdit(), name="case.surname", hint="As on the birth certificate")
    qtbot.addWidget(field)
    field.resize(300, 90)
    before = field.editor.grab().toImage()
    field.set_hint("As on the birth certificate", wrong=True)
    assert field.editor.grab().toImage() != before


def test_the_foot_of_the_window(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.say("saved", "Saved on this laptop 14:32")
    line.say("conflicts", "2 conflicts", link=True)
    line.say("saved", "Saved on this laptop 14:33")
    assert [label.text() for label in line.findChildren(QLabel)] == ["Saved on this laptop 14:33"]
    link = line.findChild(QPushButton, "status.conflicts")
    assert isinstance(link, QPushButton)
    with qtbot.waitSignal(line.opened) as told:
        link.click()
    assert told.args == ["conflicts"]
    line.say("conflicts", "", link=True)
    assert link.isHidden()


def test_an_icon_follows_the_look_and_goes_with_its_button(look: Look, qtbot: QtBot) -> None:
    button = QPushButton("Lock")
    qtbot.addWidget(button)
    set_icon(button, look, "lock")
    light = button.icon().pixmap(20, 20).toImage()
    look.choose(ThemeChoice.DARK)
    assert button.icon().pixmap(20, 20).toImage() != light
    short_lived = QPushButton()
    set_icon(short_lived, look, "lock")
    with qtbot.waitSignal(short_lived.destroyed):
        short_lived.deleteLater()
    look.choose(ThemeChoice.LIGHT)  # would raise if the icon of the deleted button were drawn


def test_a_paragraph_wraps_at_eighty_characters(look: Look, qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    words = Paragraph("a word " * 60)
    column.addWidget(words)
    column.addStretch(1)
    qtbot.addWidget(page)
    page.resize(1400, 400)
    page.show()
    assert words.width() - words.contentsMargins().right() <= measure()
    assert words.heightForWidth(1400) == words.heightForWidth(measure())
    assert words.heightForWidth(300) > words.heightForWidth(600)
    assert words.heightForWidth(measure()) % 21 == 0


def test_what_a_child_or_a_file_says_is_never_mark_up(look: Look, qtbot: QtBot) -> None:
    said = "<b>bold</b> & <img src=x>"
    paragraph, line = Paragraph(said), Line(said)
    qtbot.addWidget(paragraph)
    qtbot.addWidget(line)
    assert paragraph.accessibleName() == said
    assert "&lt;img" in paragraph.text()
    assert line.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("voice", Voice)
def test_every_voice_is_set_in_the_type_it_names(look: Look, qtbot: QtBot, voice: Voice) -> None:
    line = Line("Section F", voice)
    qtbot.addWidget(line)
    line.ensurePolished()
    sizes = {Voice.TITLE: 22, Voice.HEADING: 18, Voice.LABEL: 13, Voice.SMALL: 12}
    assert line.font().pixelSize() == sizes.get(voice, 14)
    set_role(line, Voice.TITLE.value)
    assert line.font().pixelSize() == 22
