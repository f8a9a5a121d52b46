"""What is coming from the office, while it comes: cases and megabytes, and a way to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from send_desk.domain.dates import counted
from send_desk.gui.look import Look
from send_desk.gui.metrics import SPACE_1, SPACE_3
from send_desk.gui.naming import named
from send_desk.gui.office_link import OfficeLink
from send_desk.gui.office_words import share_words, size_words
from send_desk.gui.pieces import set_icon
from send_desk.gui.words import ShortLine, Voice

if TYPE_CHECKING:
    from send_desk.services.syncing import Progress

_WORTH_SHOWING = 400  # revisions: what is less has come before the eye has found it
_STEPS = 1_000


class DownloadStrip(QWidget):
    """Shown for a first download and for anything else that is long; the window stays usable meanwhile."""

    def __init__(self, look: Look, office: OfficeLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("download")
        self._words = ShortLine("", Voice.QUIET)
        self._bar = named(QProgressBar(), "download.bar", "Coming from the office")
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setProperty("role", "thin")
        self._bar.setMinimumWidth(96)
        self._stop = named(QPushButton("Go on later"), "download.stop", "Go on later; what has come is kept")
        self._stop.setToolTip("Stop for now. What has come is kept, and the rest comes with the next sync.")
        self._stop.setAutoDefault(False)
        set_icon(self._stop, look, "x")
        self._stop.clicked.connect(office.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, SPACE_1, 0, SPACE_1)
        row.setSpacing(SPACE_3)
        row.addWidget(self._words, 4)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        office.progressed.connect(self._show)
        self.hide()

    def _show(self, progress: Progress | None) -> None:
        if progress is None:
            self.hide()
            return
        long = progress.step == "first" or max(progress.revisions, progress.revisions_done) >= _WORTH_SHOWING
        if not long and self.isHidden():
            return
        self._words.say(progress_words(progress))
        done, whole = share(progress)
        self._bar.setRange(0, whole)
        self._bar.setValue(done)
        self.show()


def share(progress: Progress) -> tuple[int, int]:
    """Return how far it is, of how much; of nothing where the whole is not known yet."""
    for done, whole in ((progress.revisions_done, progress.revisions), (progress.bytes_done, progress.bytes)):
        if whole:
            return min(_STEPS, round(_STEPS * done / whole)), _STEPS
    return 0, 0


def progress_words(progress: Progress) -> str:
    """Return how far a sync is: "Your cases come from the office: 12 of 240 cases, 3.1 of 9.4 MB"."""
    match progress.step:
        case "first":
            start = "Your cases come from the office"
        case "send":
            start = "Going to the office"
        case "attachments":
            start = "Papers come and go"
        case _:
            start = "Coming from the office"
    told = []
    if progress.cases:
        told.append(f"{progress.cases_done:,} of {counted(progress.cases, 'case')}")
    elif progress.revisions:
        told.append(f"{progress.revisions_done:,} of {counted(progress.revisions, 'change')}")
    if progress.bytes:
        told.append(share_words(progress.bytes_done, progress.bytes))
    elif progress.bytes_done:
        told.append(size_words(progress.bytes_done))
    return f"{start}: {', '.join(told)}" if told else f"{start} ..."
