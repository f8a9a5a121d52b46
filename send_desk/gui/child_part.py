"""Who the child is: the facts as words, and on demand the fields in their place, saved as they are typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from send_desk.domain.case import Case, Setting
from send_desk.domain.dates import in_words
from send_desk.domain.identifiers import nhs_number_fault, postcode_fault, uln_fault, upn_fault, urn_fault
from send_desk.domain.person import Pronouns
from send_desk.domain.rulebook import RuleBook
from send_desk.gui.case_head import age_words
from send_desk.gui.child_fields import ChildFields
from send_desk.gui.column_page import PagePart
from send_desk.gui.fact_sheet import Fact, FactSheet
from send_desk.gui.inline_form import FormPlace
from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.pieces import set_icon
from send_desk.gui.session import Session
from send_desk.gui.setting_form import SettingForm


class ChildPart(PagePart):
    """The child on the front page."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Who", parent=parent)
        self._session, self._look = session, look
        self._open: OpenCase | None = None
        self._fields: ChildFields | None = None
        self._facts = FactSheet(look)
        self._change = QPushButton("Change details")
        self._change.setObjectName("front.child.change")
        self._change.setAccessibleName("Change what is recorded about the child")
        self._change.setCheckable(True)
        self._change.setAutoDefault(False)
        set_icon(self._change, look, "pencil-simple")
        self._change.toggled.connect(self._turn)
        self._move = QPushButton("Change setting...")
        self._move.setObjectName("front.setting.change")
        self._move.setAccessibleName("Change the school, college or early years setting")
        self._move.setProperty("role", "link")
        self._move.setAutoDefault(False)
        self._move.clicked.connect(self._ask_setting)
        self._place = FormPlace()
        self.add_beside(self._change)
        for widget in (self._facts, self._move, self._place):
            self.body.addWidget(widget)

    def show_case(self, open_case: OpenCase, book: RuleBook) -> None:
        """Show the child of a case."""
        if open_case is not self._open:
            self._open = open_case
            self._change.setChecked(False)
            self._place.close_form()
        self._facts.say(child_facts(open_case.case, self._session))
        if self._fields is not None:
            self._fields.show_child(open_case.case.child)

    def _turn(self, opened: bool) -> None:
        self._change.setText("Done" if opened else "Change details")
        self._change.setAccessibleName("Done with the details" if opened else "Change what is recorded about the child")
        self._facts.setVisible(not opened)
        fields, self._fields = self._fields, None
        if fields is not None:
            fields.keep()
            fields.put_down()
            fields.hide()
            fields.deleteLater()
        if opened and self._open is not None:
            self._fields = ChildFields(self._session, self._look, self._open)
            self._fields.hide()
            self.body.insertWidget(1, self._fields)
            QTimer.singleShot(0, self, self._show_fields)  # made now, laid out at the next turn

    def _show_fields(self) -> None:
        if self._fields is not None:
            self._fields.show()
            self._fields.begin()

    def _ask_setting(self) -> None:
        if self._open is None:
            return
        form = SettingForm(self._session, self._look, self._open.case.setting, name="front.setting")
        form.handed_in.connect(lambda: self._record_setting(form))
        self._place.open(form)

    def _record_setting(self, form: SettingForm) -> None:
        work = form.work()
        if work is not None and self._open is not None:
            self._open.do(work, self._place.close_form)


def pronoun_words(pronouns: Pronouns | None) -> str:
    """Return pronouns as people say them: "she/her"."""
    return "" if pronouns is None else f"{pronouns.subject}/{pronouns.object}"


def child_facts(case: Case, session: Session) -> list[Fact]:
    """Return what is known of the child, each fact with what looks odd about it."""
    child = case.child
    born = child.date_of_birth
    age = f"{in_words(born)}, {age_words(born, session.desk.today)}" if born else ""
    ticks = [
        words
        for on, words in (
            (child.looked_after, "looked after by a local authority"),
            (child.sensory_impairment, "hearing or vision impairment"),
        )
        if on
    ]
    known = ", ".join(part for part in (child.known_as, pronoun_words(child.pronouns)) if part)
    place = "\n".join(part for part in (child.address, child.postcode) if part)
    if child.address_confidential:
        place = f"Confidential\n{place}".strip()
    return [
        ("Name", child.full_name, ""),
        ("Known as" if child.known_as else "Pronouns", known, ""),
        ("Born", age or "not recorded", ""),
        ("Year group", child.year_group, ""),
        ("Setting", _setting(case.setting), urn_fault(case.setting.urn)),
        ("Before that", "\n".join(_setting(one) for one in case.previous_settings), ""),
        ("UPN", child.upn, upn_fault(child.upn)),
        ("ULN", child.uln, uln_fault(child.uln)),
        ("NHS number", child.nhs_number, nhs_number_fault(child.nhs_number)),
        ("First language", child.first_language, ""),
        ("Interpreter", child.interpreter, ""),
        ("Communication", child.communication, ""),
        ("Address", place, postcode_fault(child.postcode)),
        ("Also", ", ".join(ticks), ""),
    ]


def _setting(setting: Setting) -> str:
    since = f"since {in_words(setting.since)}" if setting.since else ""
    until = f"until {in_words(setting.until)}" if setting.until else ""
    return ", ".join(part for part in (setting.name or setting.urn, setting.type, since, until) if part)
