"""The pages of a case, each imported and made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from sys import modules
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.places import Page
from send_desk.gui.session import Session

CASE_PAGES = (Page.FRONT, Page.REGISTER, Page.PLAN, Page.CONFLICT)
_PIECES: Mapping[Page, tuple[str, ...]] = {
    Page.CASES: (
        "gui.strip_delegate",
        "gui.search_results",
        "gui.case_model",
        "gui.case_table",
        "gui.inline_form",
        "domain.deadlines",
        "domain.contribution_state",
        "domain.register",
        "services.casework",
        "gui.new_case",
    ),
    Page.SETTINGS: ("gui.settings_parts", "gui.settings_safety", "gui.settings_page"),
    Page.TRAY: ("gui.inline_form", "gui.tray_page"),
    Page.FRONT: (
        "domain.timetable",
        "domain.next_steps",
        "domain.staff_warnings",
        "services.proposal",
        "services.syncing",
        "services.issuing",
        "gui.inline_form",
        "gui.event_form",
        "gui.child_fields",
        "gui.child_part",
        "gui.contacts_part",
        "gui.date_law_form",
        "gui.exemption_form",
        "gui.dates_part",
        "gui.papers_part",
        "gui.people_part",
        "gui.plan_link",
        "gui.office_part",
        "gui.front_parts",
        "gui.issue_form",
        "gui.paper_reader",
        "gui.next_part",
        "gui.front_page",
    ),
    Page.REGISTER: (
        "domain.advice_steps",
        "gui.inline_form",
        "gui.adviser_form",
        "gui.contribution_work",
        "gui.contribution_form",
        "gui.contribution_line",
        "gui.register_page",
    ),
    Page.PLAN: (
        "domain.golden_thread",
        "gui.plan_view",
        "gui.findings_list",
        "gui.findings_panel",
        "gui.entry_forms",
        "gui.history_panel",
        "gui.thread_map",
        "gui.thread_panel",
        "gui.beside_panel",
        "gui.writing",
        "gui.entry_form",
        "gui.source_editor",
        "gui.entry_row",
        "gui.row_column",
        "gui.section_editor",
        "gui.section_list",
        "gui.plan_page",
        "gui.print_options",
        "gui.print_out",
        "gui.print_preview",
    ),
    Page.CONFLICT: ("services.proposal", "gui.conflict_words", "gui.conflict_block", "gui.conflict_view"),
}
"""The modules that a page brings with it, each before those that import it; what is seen last comes last."""


class CasePage(Protocol):
    """What the window asks of a page of a case."""

    @property
    def opened(self) -> SignalInstance:
        """Sent with another place that the person wants to go to."""
        ...

    @property
    def show_case(self) -> Callable[[OpenCase, str], None]:
        """Show a case at a place."""
        ...


def loading(page: Page) -> tuple[Callable[[], object], ...]:
    """Return what imports a page of a case, in pieces each short enough for a turn of the window.

    They belong on the window's thread: a worker that is still making classes of Qt's when the program ends would end
    it badly.
    """
    names = (f"send_desk.{name}" for name in _PIECES[page])
    return tuple(partial(import_module, name) for name in names if name not in modules)


def make_page(page: Page, session: Session, look: Look, parent: QWidget) -> tuple[QWidget, CasePage]:
    """Make one of the pages of a case; it is a widget and a `CasePage` in one. Any other page is a ValueError."""
    match page:
        case Page.FRONT:
            from send_desk.gui.front_page import FrontPage

            front = FrontPage(session, look, parent)
            return front, front
        case Page.REGISTER:
            from send_desk.gui.register_page import RegisterPage

            register = RegisterPage(session, look, parent)
            return register, register
        case Page.PLAN:
            from send_desk.gui.plan_page import PlanPage

            plan = PlanPage(session, look, parent)
            return plan, plan
        case Page.CONFLICT:
            from send_desk.gui.conflict_view import ConflictView

            conflicts = ConflictView(session, look, parent)
            return conflicts, conflicts
    raise ValueError(f"{page} is not a page of a case")
