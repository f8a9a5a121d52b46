"""Make the plan final: what holds it, and then either the issue, a manager's reason, or a request to a manager."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from send_desk.domain.case import OverrideRequest
from send_desk.domain.dates import counted, in_words
from send_desk.domain.errors import KnownError
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Role
from send_desk.gui.column_page import Listed
from send_desk.gui.inline_form import InlineForm, field_words
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase, Work
from send_desk.gui.rows import Row
from send_desk.gui.session import Session
from send_desk.gui.words import Paragraph, Voice
from send_desk.services import issuing
from send_desk.services.conflicts import Conflict, conflicts, named

_SHOWN = 12


class IssueForm(InlineForm):
    """The step from draft to final. `opened` is sent with the place of a finding that holds the plan."""

    opened = Signal(str)

    def __init__(
        self, session: Session, look: Look, open_case: OpenCase, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, "Make the plan final", name=name, main="Make the plan final", parent=parent)
        self._session, self._open = session, open_case
        self._is_manager = session.desk.user.role is Role.MANAGER
        self._held: tuple[Finding, ...] | None = None
        self._holds = Paragraph("Looking at what holds the plan...")
        self._rows: Listed[Finding, Row] = Listed(lambda one: one.id, self._make, _fill)
        self._asked = Paragraph("", Voice.QUIET)
        self._asked.hide()
        self._apart = Row(look, name=f"{name}.conflicts")
        self._apart.clicked.connect(lambda: self.opened.emit(f"conflict/{open_case.case.id}"))
        self._apart.hide()
        for widget in (self._apart, self._holds, self._rows, self._asked):
            self.body.addWidget(widget)
        self._reason = self.text("Reason", "reason")
        self._reason.hide()
        self.main.setEnabled(False)
        open_case.flush()
        self._begin_look()

    @property
    def needs_office(self) -> bool:
        """Whether handing in makes the plan final at the office, which may take a while: by `issue_connected`."""
        return self._session.office.is_enrolled and not self.asks

    def issue_connected(self, done: Callable[[], None]) -> None:
        """Make the plan final at the office, off both the window's thread and that of storage; `done` when it is.

        Where the office cannot be reached or does not take it, the form says why and stays.
        """
        reason = field_words(self._reason)
        if self._held and not reason:
            self.complain("Please give the reason in a few words. It is kept for ever.", self._reason.editor)
            return
        office, door, case = self._session.office, self._session.door, self._open.case.id
        self.main.setEnabled(False)
        self.say("Asking the office. You can go on working meanwhile.")
        self._open.rest()

        def issued(_: None) -> None:
            self._open.follow()
            office.read()
            if isValid(self):
                done()

        def refused(error: Exception) -> None:
            self._open.follow()  # the look that came before has brought what others wrote
            office.read()
            if not isinstance(error, KnownError):
                self._session.tell(error)
            if isValid(self):
                self.main.setEnabled(True)
                self.complain(str(error) if isinstance(error, KnownError) else "The plan is not issued.")
                self._begin_look()

        # Behind the closing of the words in work, so that nothing that was typed a moment ago is left out.
        self._session.ask(lambda desk: None, lambda _: office.ask(lambda: door.issue(case, reason), issued, refused))

    @property
    def asks(self) -> bool:
        """Whether handing in writes a request to a manager instead of making the plan final."""
        return bool(self._held) and not self._is_manager

    def work(self) -> Work | None:
        """Return what is to be done; where the reason lacks, say so and return None."""
        if self._held is None:
            return None
        reason = field_words(self._reason)
        if self._held and not reason:
            self.complain("Please give the reason in a few words. It is kept for ever.", self._reason.editor)
            return None
        if self.asks:
            return lambda desk, file: issuing.request_override(desk, file, reason)
        return lambda desk, file: issuing.issue_final(desk, file, override_reason=reason)

    def _begin_look(self) -> None:
        # answered after the flush, when the snapshot holds every word
        self._session.ask(lambda desk: None, lambda _: self._look())

    def _look(self) -> None:
        if isValid(self):
            file = self._open.file
            self._session.ask(
                lambda desk: (issuing.would_hold(desk, file), conflicts(desk, file.case.id)), self._show_all
            )

    def _show_all(self, told: tuple[Sequence[Finding], Sequence[Conflict]]) -> None:
        if not isValid(self):
            return  # it was left meanwhile
        held, apart = told
        self._show(held)
        self._apart.setVisible(bool(apart))
        if apart:
            self._apart.say(
                f"Two people wrote apart in {named(apart)}",
                "Choose or confirm what stands there; then the plan can be made final.",
                mark="warning",
                colour="waiting",
            )
            self.main.setEnabled(False)

    def _show(self, held: Sequence[Finding]) -> None:
        self._held = tuple(held)
        self.main.setEnabled(True)
        self._rows.show_items(self._held[:_SHOWN])
        requests = self._open.case.override_requests
        self._asked.say("\n".join(map(_request_words, requests)))
        self._asked.setVisible(bool(requests) and bool(held))
        self._reason.setVisible(bool(held))
        if not held:
            self._holds.say("Nothing holds the plan. Once it is final, it is sent to the family, the place and health.")
            return
        more = f" The first {_SHOWN} are shown." if len(self._held) > _SHOWN else ""
        self._holds.say(f"{counted(len(self._held), 'finding holds', 'findings hold')} the plan.{more}")
        if self._is_manager:
            self.main.setText("Issue with a reason")
            self._reason.set_hint("Your name and this reason stay with the plan, and overrides are counted.")
        else:
            self.main.setText("Ask a manager")
            self._reason.set_hint("Only a manager can allow issue. Your request is kept; the plan stays a draft.")
        self.main.setAccessibleName(self.main.text())

    def _make(self, finding: Finding) -> Row:
        row = Row(self.look, name=f"{self.name}.finding.{finding.id}")
        row.clicked.connect(partial(self.opened.emit, self._place_of(finding)))
        return row

    def _place_of(self, finding: Finding) -> str:
        case = self._open.case.id
        if finding.contribution:
            found = next((one for one in self._open.case.contributions if one.id == finding.contribution), None)
            return f"register/{case}/{found.cell}" if found else f"register/{case}"
        if finding.section:
            return "/".join(part for part in ("plan", case, str(finding.section), finding.entry or "") if part)
        return f"front/{case}"


def _fill(row: Row, finding: Finding) -> None:
    where = f"Section {finding.section}" if finding.section else ""
    detail = ". ".join(part.rstrip(".") for part in (finding.mend, finding.law.citation) if part)
    row.say(finding.reason, detail, end=where, mark="warning-circle", colour="late")


def _request_words(request: OverrideRequest) -> str:
    day = f" on {in_words(request.on)}" if request.on else ""
    return f"{request.by or 'Somebody'} asked a manager{day}: {request.reason}"
