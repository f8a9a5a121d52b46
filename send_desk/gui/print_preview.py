from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from send_desk.gui.look import Look
from send_desk.gui.open_case import OpenCase
from send_desk.gui.plan_view import PlanView
from send_desk.gui.session import Session


class PrintPreview(QWidget):
    left = Signal()

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()

    def show_case(self, case: OpenCase, view: PlanView) -> None: ...
    def clear(self) -> None: ...
    def focus(self) -> None: ...
