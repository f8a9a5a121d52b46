"""Where the child is taught: chosen by name from the register of establishments, offline, or typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from send_desk.domain.case import Setting
from send_desk.gui.date_field import DateField
from send_desk.gui.inline_form import InlineForm
from send_desk.gui.look import Look
from send_desk.gui.open_case import Work
from send_desk.gui.pieces import Field
from send_desk.gui.session import Session
from send_desk.services import casework
from send_desk.services.ports import Establishment

_FEWEST = 2  # letters before a search makes sense


def establishment_words(one: Establishment) -> str:
    """Return a line of the register as the chooser lists it."""
    closed = one.status if one.status and not one.status.casefold().startswith("open") else ""
    return " - ".join(part for part in (one.name, one.phase, one.postcode, one.urn, closed) if part)


class SettingForm(InlineForm):
    """A name with what the register knows under it, and since when; the setting before becomes a former one."""

    def __init__(
        self, session: Session, look: Look, setting: Setting, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, "School, college or early years setting", name=name, main="Save", parent=parent)
        self._session, self._before = session, setting
        self._taken = setting
        self._line = QLineEdit(setting.name)
        self._line.setPlaceholderText("Name or URN")
        self.body.addWidget(Field("Setting", self._line, name=f"{name}.name"))
        self._list = QListWidget()
        self._list.setObjectName(f"{name}.found")
        self._list.setAccessibleName("Settings found in the register")
        self._list.setMaximumHeight(160)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.hide()
        self.body.addWidget(self._list)
        self._since = DateField(look, "Since", name=f"{name}.since", today=lambda: session.desk.today)
        self.side_by_side(self._since)
        self._line.textEdited.connect(self._search)
        self._list.itemActivated.connect(self._take)
        self._list.itemClicked.connect(self._take)

    def work(self) -> Work:
        """Return what records the setting."""
        words = self._line.text().strip()
        taken = self._taken if words == self._taken.name else Setting(name=words)
        same = (taken.urn, taken.name) == (self._before.urn, self._before.name)
        since = self._since.day or (self._before.since if same else None)
        setting = replace(taken, since=since)
        return lambda desk, file: casework.describe_setting(desk, file, setting)

    def _search(self, words: str) -> None:
        wanted = words.strip()
        if len(wanted) < _FEWEST:
            self._list.hide()
            return
        self._session.ask(lambda desk: desk.store.establishments(wanted), self._found, latest="establishments")

    def _found(self, found: Sequence[Establishment]) -> None:
        if not isValid(self):
            return  # the form was left meanwhile
        self._list.clear()
        for one in found:
            item = QListWidgetItem(establishment_words(one))
            item.setToolTip(establishment_words(one))
            item.setData(Qt.ItemDataRole.UserRole, one)
            self._list.addItem(item)
        self._list.setVisible(bool(found))
        self.say("" if found else "The register on this laptop has no such name. What you typed will be kept.")

    def _take(self, item: QListWidgetItem) -> None:
        one = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(one, Establishment):
            self._taken = Setting(name=one.name, urn=one.urn, type=one.phase)
            self._line.setText(one.name)
            self._list.hide()
            self._since.focus()
