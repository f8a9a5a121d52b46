"""A whole call that is refused: its status, its code, and the words a person reads."""

from collections.abc import Mapping

from send_desk.wire import refusals

BARRED_WORDS = "This laptop may not read the office copy any more. What waits to be sent is still taken."

_STATUS: Mapping[str, int] = {
    refusals.BAD_CALL: 400,
    refusals.UNREADABLE: 400,
    refusals.SIGN_IN: 401,
    refusals.LAPSED: 401,
    refusals.WRONG_PASSWORD: 401,
    refusals.NEWER: 404,
    refusals.TOO_LARGE: 413,
    refusals.LOCKED_OUT: 429,
    refusals.BUSY: 503,
}
_DENIED = 403
_WORDS: Mapping[str, str] = {
    **refusals.WORDS,
    refusals.SIGN_IN: "Please sign in to the office again. Your work is saved on this laptop.",
    refusals.LAPSED: "This laptop has not met the office for 14 days. Please give your name and password once.",
    refusals.WRONG_PASSWORD: "Name and password do not fit together. Please try again.",
    refusals.BARRED: BARRED_WORDS,
    refusals.NEWER: "This program is newer than the office copy's service, which must be upgraded first.",
    refusals.BUSY: "The office copy is busy. Your work is saved on this laptop; it will be sent in a moment.",
    refusals.BAD_CALL: "The office copy could not read what was sent. Your work is saved on this laptop.",
}


class CallRefused(Exception):
    """A call that is not answered, with its HTTP status, a code of `wire.refusals`, and words for the person."""

    def __init__(self, code: str, words: str = "", *, status: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.words = words or _WORDS.get(code, "")
        self.status = status or _STATUS.get(code, _DENIED)
