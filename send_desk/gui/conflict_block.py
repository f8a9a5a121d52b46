"""One thing that a person decides or confirms: the versions side by side, what they came from, and what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from send_desk.domain.case import Case
from send_desk.domain.dates import counted
from send_desk.domain.revision import DELETED
from send_desk.gui.conflict_words import changed, editable, field_title, marked, moment_words, name_of, said, whose
from send_desk.gui.growing_text import GrowingText
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_2, SPACE_3, SPACE_4, TURN_MS
from send_desk.gui.pieces import Field, set_icon
from send_desk.gui.style import text_font
from send_desk.gui.words import Line, Paragraph, Voice
from send_desk.services.conflicts import Conflict, Value
from send_desk.services.encoding import holds_words
from send_desk.services.proposal import proposal

LONG = 60
"""From how many characters on a proposal put together from both is worth reading."""


class ConflictBlock(QWidget):
    """A hard conflict of one field, or the fields of a record that stand combined.

    `kept` is sent with the revision to keep, `written` with the words of a third version, `confirmed` where what stands
    combined is right. What is being written here never changes by itself.
    """

    kept = Signal(str)
    written = Signal(str)
    confirmed = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._name = look, name
        self._case: Case | None = None
        self._conflict: Conflict | None = None
        self._cards: list[_Card] = []
        self._title = Line("")
        self._title.setFont(text_font(bold=True))
        self._base = Paragraph("", Voice.QUIET)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(SPACE_3)
        self._write = self._button("write", "Write another...", self._open_editor)
        self._right = self._button("right", "This is right", self.confirmed.emit)
        self._right.setProperty("role", "main")
        self._editor = _Third(look, name)
        self._editor.kept.connect(self.written)
        self._editor.left.connect(self._close_editor)
        self._editor.hide()
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self._right)
        foot.addWidget(self._write)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_3)
        column.setSpacing(SPACE_2)
        column.addWidget(self._title)
        column.addWidget(self._base)
        column.addLayout(self._row)
        column.addLayout(foot)
        column.addWidget(self._editor)
        look.changed.connect(self._draw)

    @property
    def conflict(self) -> Conflict | None:
        """What is shown."""
        return self._conflict

    def set_across(self, across: bool) -> None:
        """Set the versions side by side, or under one another where there is no room."""
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if across else way.TopToBottom)

    def show_conflict(self, case: Case, conflict: Conflict) -> None:
        """Show a conflict, or what has become of it; a third version that is being written stays as it is."""
        if self._conflict == conflict and self._case is case:
            return
        self._case, self._conflict = case, conflict
        self._title.setText(field_title(conflict))
        self._right.setVisible(not conflict.hard)
        self._right.setAccessibleName(f"{conflict.entry}: what stands combined is right")
        self._write.setVisible(self._can_write and not self._editor.isVisibleTo(self))
        self._write.setAccessibleName(f"{field_title(conflict)}: write another version")
        while len(self._cards) > len(conflict.values):
            gone = self._cards.pop()
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._cards) < len(conflict.values):
            card = _Card(f"{self._name}.{len(self._cards) + 1}", self)
            card.wanted.connect(partial(self._keep, len(self._cards)))
            self._cards.append(card)
            self._row.addWidget(card, 1)
        self._draw()

    def focus(self) -> None:
        """Bring the keyboard to the first thing that can be done."""
        goal = self._right if self._conflict is not None and not self._conflict.hard else self._cards[0].button
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _can_write(self) -> bool:
        one = self._conflict
        return one is not None and one.hard and one.field != DELETED and holds_words(one.kind, one.field)

    def _draw(self) -> None:
        case, conflict = self._case, self._conflict
        if case is None or conflict is None:
            return
        if conflict.hard and conflict.field != DELETED:
            whom = "Both" if len(conflict.values) == 2 else "All"
            self._base.say(f"{whom} came from: {said(case, conflict, conflict.base)}")
        elif conflict.hard:
            self._base.say("One took it away while somebody else wrote in it. It stands until you decide.")
        else:
            self._base.say("Two people changed different fields. This is how it stands and would be printed.")
        for place, (card, value) in enumerate(zip(self._cards, conflict.values, strict=True)):
            card.show_value(value, self._words(case, conflict, place), hard=conflict.hard)

    def _words(self, case: Case, conflict: Conflict, place: int) -> str:
        tokens, value = self._look.tokens, conflict.values[place]
        if not conflict.hard:
            lines: list[str] = []
            before = conflict.base if isinstance(conflict.base, dict) else {}
            after = value.value if isinstance(value.value, dict) else {}
            for name, now in after.items():
                was = said(case, conflict, before.get(name), name)
                words = changed(was, said(case, conflict, now, name), tokens.answered, tokens.late)
                lines.append(f"<b>{name_of(conflict.kind, name)}</b><br>{words}")
            return "<br><br>".join(lines)
        own = said(case, conflict, value.value)
        if conflict.field == DELETED:
            return own
        other = conflict.values[1 if place == 0 else 0].value if len(conflict.values) == 2 else conflict.base
        return marked(own, said(case, conflict, other), tokens.accent)

    def _keep(self, place: int) -> None:
        if self._conflict is not None:
            self.kept.emit(self._conflict.values[place].revision)

    def _open_editor(self) -> None:
        conflict = self._conflict
        if conflict is None:
            return
        versions = [editable(conflict.field, one.value) for one in conflict.values]
        base = editable(conflict.field, conflict.base)
        if len(versions) == 2 and max(map(len, versions)) >= LONG:
            found = proposal(base, *versions)
            self._editor.begin(found.words, choices=found.choices, proposed=True)
        else:
            self._editor.begin(versions[-1], choices=0, proposed=False)
        self._write.hide()
        QTimer.singleShot(TURN_MS, self, self._bring_editor)  # once it has been laid out

    def _bring_editor(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self._editor, 0, SPACE_4)

    def _close_editor(self) -> None:
        self._editor.hide()
        self._write.setVisible(self._can_write)
        self._write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, thing: str, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(f"{self._name}.{thing}")
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button


class _Card(QFrame):
    """One version: whose, when, the words with what differs marked, and a button to keep it."""

    wanted = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._who = Paragraph()
        self._who.setFont(text_font(bold=True))
        self._when = Paragraph("", Voice.SMALL)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._words.setSizePolicy(policy)
        self.button = QPushButton("Keep this")
        self.button.setObjectName(f"{name}.keep")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        column.setSpacing(SPACE_1)
        column.addWidget(self._who)
        column.addWidget(self._when)
        column.addSpacing(SPACE_1)
        column.addWidget(self._words, 1)
        column.addSpacing(SPACE_2)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_value(self, value: Value, words: str, *, hard: bool) -> None:
        """Show a version; of what stands combined there is nothing to keep."""
        self._who.say(whose(value))
        self._when.say(moment_words(value.at))
        self._words.setText(words)
        self.button.setVisible(hard)
        self.button.setAccessibleName(f"Keep what {value.by} wrote on {moment_words(value.at)}")


class _Third(QWidget):
    """Where a third version is written, perhaps from a proposal."""

    kept = Signal(str)
    left = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = GrowingText(least=2)
        self._field = Field("Your wording", self._text, name=f"{name}.words")
        self._keep = QPushButton("Keep this wording")
        self._keep.setObjectName(f"{name}.words.keep")
        self._keep.setAccessibleName("Keep this wording")
        self._keep.setProperty("role", "main")
        self._keep.setAutoDefault(False)
        self._keep.clicked.connect(self._hand_in)
        away = QPushButton("Cancel")
        away.setObjectName(f"{name}.words.cancel")
        away.setAccessibleName("Cancel; both versions stay")
        away.setAutoDefault(False)
        away.clicked.connect(self.left)
        set_icon(self._keep, look, "check")
        row = QHBoxLayout()
        row.setSpacing(SPACE_2)
        row.addWidget(self._keep)
        row.addWidget(away)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE_2, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(self._field)
        column.addLayout(row)

    def begin(self, words: str, *, choices: int, proposed: bool) -> None:
        """Offer words to begin from, and bring the keyboard into them."""
        self._text.show_words(words)
        hint = "Both versions stay in the history."
        if proposed:
            hint = "A proposal put together from both; read it before you keep it. Both versions stay in the history."
        if choices:
            hint = f"{counted(choices, 'place')} in [square | brackets] can be only one of two. {hint}"
        self._field.set_hint(hint)
        self.show()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_in(self) -> None:
        self.kept.emit(self._text.toPlainText())
