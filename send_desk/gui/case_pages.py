"""The pages of a case, each made when it is first shown."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from send_desk.gui.look import Look
from send_desk.gui.places import Page
from send_desk.gui.session import Session

_WHERE = {
    Page.FRONT: ("send_desk.gui.front_page", "FrontPage"),
    Page.REGISTER: ("send_desk.gui.register_page", "RegisterPage"),
    Page.PLAN: ("send_desk.gui.plan_page", "PlanPage"),
}


def is_there(page: Page) -> bool:
    """Tell whether this build of the program has the page."""
    return page not in _WHERE or find_spec(_WHERE[page][0]) is not None


def make_page(page: Page, session: Session, look: Look) -> Any:
    """Make one of the pages of a case."""
    module, name = _WHERE[page]
    return getattr(import_module(module), name)(session, look)
