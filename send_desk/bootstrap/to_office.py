"""The way to the office, put together: the transport with its dice, the laptop's key, the clock. Imported when used."""

import random
from typing import TYPE_CHECKING

from send_desk.domain.errors import WrongUse
from send_desk.services.desk import Desk
from send_desk.services.ports import Clock

if TYPE_CHECKING:
    from send_desk.sync.client import HttpDoor, HttpOffice
    from send_desk.sync.line import Line


def door() -> "HttpDoor":
    """Return how a home presents itself to a hub."""
    from send_desk.sync.client import HttpDoor

    return HttpDoor(_reach)


def office(desk: Desk, clock: Clock) -> "HttpOffice":
    """Return the office of an enrolled home, to be kept for many syncs; `WrongUse` where it never was enrolled."""
    from send_desk.sync.client import HttpOffice

    enrolment = desk.store.sync.enrolment()
    if enrolment is None or not enrolment.complete:
        raise WrongUse(
            "This home is not connected to an office yet. Connect it once: "
            "send-desk enrol --hub URL --user NAME --password-file F"
        )
    return HttpOffice(_reach(enrolment.hub, enrolment.ca), enrolment, clock)


def _reach(hub: str, ca: bytes) -> "Line":
    from send_desk.sync.line import Line

    return Line(hub, jitter=random.random, ca=ca)
