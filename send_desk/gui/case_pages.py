"""The pages of a case, each imported and made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.places import Page
from send_desk.gui.session import Session

CASE_PAGES = (Page.FRONT, Page.REGISTER, Page.PLAN)


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


def load_pages() -> None:
    """Import the pages and the checks, on the worker: the window then has only to make them."""
    for name in ("gui.front_page", "gui.register_page", "gui.plan_page", "domain.checks.checker"):
        import_module(f"send_desk.{name}")


def make_page(page: Page, session: Session, look: Look) -> tuple[QWidget, CasePage]:
    """Make one of the pages of a case; it is a widget and a `CasePage` in one. Any other page is a ValueError."""
    match page:
        case Page.FRONT:
            from send_desk.gui.front_page import FrontPage

            front = FrontPage(session, look)
            return front, front
        case Page.REGISTER:
            from send_desk.gui.register_page import RegisterPage

            register = RegisterPage(session, look)
            return register, register
        case Page.PLAN:
            from send_desk.gui.plan_page import PlanPage

            plan = PlanPage(session, look)
            return plan, plan
    raise ValueError(f"{page} is not a page of a case")
