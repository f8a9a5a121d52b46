"""How this desk stands with its office, and whether the time in which it may be unlocked offline has ended.

The lease runs by the hub's clock; what this clock is ahead of it was found out at the last contact. A clock that is set
back afterwards lengthens nothing, because the latest moment that was seen is remembered. Nothing is ever deleted by it.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from .desk import Desk
from .office import Contact, OfficeState, SignInNeeded

WARN_BEFORE = timedelta(days=4)
_APART = timedelta(minutes=10)
"""How much later than the latest moment seen a moment must be to be written down."""


def office_state(desk: Desk) -> OfficeState:
    """Return how this desk stands with the office; all blank where it was never enrolled."""
    store = desk.store.sync
    enrolment = store.enrolment()
    if enrolment is None or not enrolment.complete:
        return OfficeState(refused=store.refused_count())
    contact = store.contact()
    left = _left(contact, desk.clock.now())
    return OfficeState(
        enrolled=True,
        hub=enrolment.hub,
        name=enrolment.name,
        role=enrolment.role,
        lease_until=contact.lease_until,
        days_left=None if left is None else max(left // timedelta(days=1), 0),
        warned=left is not None and timedelta(0) < left <= WARN_BEFORE,
        ended=left is not None and left <= timedelta(0),
        office_copy_at=contact.office_copy_at,
        cursor=store.cursor(),
        refused=store.refused_count(),
        barred=contact.barred,
    )


def must_sign_in(desk: Desk) -> None:
    """Raise `SignInNeeded` where the lease has ended: the desk opens again after a sign-in."""
    if desk.store.sync.contact().lease_until is None:
        return
    state = office_state(desk)
    if state.ended:
        raise SignInNeeded(
            "This laptop has not been in touch with the office for 14 days, so it opens again after a sign-in. "
            "Everything on it is kept. Connect to the network, then sign in with your name and password: "
            f"send-desk enrol --hub {state.hub} --user NAME --password-file F"
        )


def note_now(desk: Desk) -> None:
    """Remember this moment where it is the latest one seen; for an enrolled home that may be written to."""
    contact = desk.store.sync.contact()
    now = desk.clock.now()
    if contact.lease_until is not None and (contact.seen is None or now > contact.seen + _APART):
        desk.store.sync.put_contact(replace(contact, seen=now))


def _left(contact: Contact, now: datetime) -> timedelta | None:
    if contact.lease_until is None:
        return None
    latest = max(now, contact.seen) if contact.seen else now
    return contact.lease_until + timedelta(seconds=contact.ahead) - latest
