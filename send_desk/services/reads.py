"""Who looked at a file: opened, printed or exported; kept here until the office has been told."""

from send_desk.wire.messages import Read

from .desk import Desk


def note_read(desk: Desk, case: str, what: str, detail: str = "") -> None:
    """Remember that this user `opened`, `printed` or `exported` a case; nothing on a desk that was never enrolled."""
    enrolment = desk.store.sync.enrolment()
    if enrolment is not None and enrolment.complete:
        at = desk.clock.now().isoformat()
        desk.store.sync.note_read(Read(id=desk.ids.new(), case=case, what=what, at=at, detail=detail))
