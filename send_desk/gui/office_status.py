"""The foot of the window: what is saved here, what is in the office copy, what waits, what is open between people."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from send_desk.gui.office_words import conflict_words, office_words, refused_words, saved_words, waiting_words
from send_desk.gui.pieces import StatusLine
from send_desk.gui.session import Session
from send_desk.services.desk import Desk

_TOLD = 6
_PLACES = {"saved": "settings", "office": "settings/office", "waiting": "cases/waiting", "refused": "tray"}


class OfficeStatus(QObject):
    """Keeps the status line true; `opened` is sent with the place of a fact that was pressed."""

    opened = Signal(str)

    def __init__(self, session: Session, line: StatusLine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._line = session, line
        self._saved: datetime | None = None
        self._short = False
        self._apart: tuple[str, ...] = ()
        line.opened.connect(self._open)
        session.saved.connect(self._take_saved)
        session.office.changed.connect(self._look)
        self.draw()

    def set_short(self, short: bool) -> None:
        """Say it in fewer words, where the window is narrow; whoever listens hears all of them."""
        if short is not self._short:
            self._short = short
            self.draw()

    def draw(self) -> None:
        """Say all of it as it now stands."""
        if self._session.is_locked:
            return
        facts, today, short = self._session.office.facts, self._session.desk.today, self._short
        if facts is not None and self._saved is None:
            self._saved = facts.saved_at
        enrolled = facts is not None and facts.state.enrolled
        at = facts.state.office_copy_at if facts is not None else None
        waiting = facts.waiting if facts is not None and enrolled else 0
        conflicts = facts.conflicts if facts is not None else 0
        for key, words, said in (
            ("saved", saved_words(self._saved, today, short=short), saved_words(self._saved, today)),
            ("office", office_words(at, today, short=short) if enrolled else "", office_words(at, today)),
            ("waiting", waiting_words(waiting, short=short), waiting_words(waiting)),
            ("refused", refused_words(facts.refused) if facts is not None else "", ""),
            (
                "conflicts",
                conflict_words(conflicts, () if short else self._apart),
                conflict_words(conflicts, self._apart, shown=_TOLD),
            ),
        ):
            self._line.say(key, words, link=True, said=said if words else "")

    def _look(self) -> None:
        """Say what is known at once, and a moment later the conflicts by name."""
        facts = self._session.office.facts
        if facts is None or not facts.conflicts:
            self._apart = ()
        else:
            self._session.ask(_read_apart, self._take_apart, latest="apart")
        self.draw()

    def _take_apart(self, apart: tuple[str, ...]) -> None:
        if apart != self._apart:
            self._apart = apart
            self.draw()

    def _take_saved(self, at: datetime) -> None:
        self._saved = at
        self.draw()

    def _open(self, key: str) -> None:
        facts = self._session.office.facts
        if key == "conflicts" and facts is not None:
            cases = [case for case, one in facts.cases.items() if one.conflicts]
            self.opened.emit(f"conflict/{cases[0]}" if len(cases) == 1 else "my_day")
        elif key in _PLACES:
            self.opened.emit(_PLACES[key])


def _read_apart(desk: Desk) -> tuple[str, ...]:
    from send_desk.services.conflicts import conflicts, written_by  # not at a start, where nobody wrote apart

    names = {line.case: line.name or line.reference for line in desk.store.summaries()}
    told = (f"{names.get(one.case) or 'A case'}, {one.entry}, by {written_by(one)}" for one in conflicts(desk))
    return tuple(told)
