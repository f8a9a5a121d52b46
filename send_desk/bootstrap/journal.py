"""What is written down for those who look after the program: ids and times, never a name, and never for long."""

import logging
import logging.handlers
import traceback
from collections.abc import MutableMapping
from pathlib import Path

import structlog
from structlog.typing import FilteringBoundLogger, WrappedLogger

from send_desk.domain.errors import Cannot

_ALLOWED = frozenset({"event", "level", "timestamp", "case", "record", "count", "kind", "frames", "milliseconds"})


def open_journal(folder: Path) -> FilteringBoundLogger:
    """Return a journal that rotates at 1 MB and keeps three files; it is silent where the folder cannot be written."""
    quiet = logging.Logger("send-desk")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        quiet.addHandler(
            logging.handlers.RotatingFileHandler(
                folder / "send-desk.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
            )
        )
    except OSError:
        quiet.addHandler(logging.NullHandler())
    journal: FilteringBoundLogger = structlog.wrap_logger(
        quiet,
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_ids,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    return journal


def close_journal(journal: FilteringBoundLogger) -> None:
    """Close the journal's file, so that the home can be moved or deleted."""
    logger = getattr(journal, "_logger", None)
    for handler in tuple(getattr(logger, "handlers", ())):
        handler.close()


def fault_in_words(fault: BaseException) -> Cannot:
    """Return what a person is told of a fault of ours: its kind and place, without a word of anybody's text."""
    return Cannot(
        f"This could not be done: a fault of SEND Desk itself ({type(fault).__name__}, {frames_of(fault)[-1]}). What "
        "was saved before is kept. Please tell those who look after the program."
    )


def frames_of(error: BaseException) -> list[str]:
    """Return where a fault of ours happened: file, line and function, without a word of anybody's text."""
    return [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


def _only_ids(_: WrappedLogger, __: str, event: MutableMapping[str, object]) -> MutableMapping[str, object]:
    return {name: value for name, value in event.items() if name in _ALLOWED}
