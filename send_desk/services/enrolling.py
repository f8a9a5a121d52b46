"""A home becomes known to its authority's hub: once by name and password, from then on by the laptop's own key."""

import re
from dataclasses import replace
from datetime import datetime

from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.ids import Role
from send_desk.wire.messages import Enrol

from .desk import Desk
from .leasing import office_state
from .office import Admitted, Contact, Door, Enrolment, OfficeState

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[^\s/:@?#\[\]]+)(?P<port>:\d{1,5})?(?P<path>(?:/[^\s?#]*)?)",
    re.IGNORECASE,
)


def enrol(
    desk: Desk, door: Door, *, hub: str, user: str, password: str, ca: bytes = b"", machine: str = "", version: str = ""
) -> OfficeState:
    """Enrol this home at a hub, or sign in again where it is enrolled there already.

    The laptop's key is on the disk before the hub hears of it: where the answer is lost, the same may be done again.
    The home keeps its id and takes name and role from the account.
    """
    address = hub_address(hub)
    store = desk.store.sync
    known = store.enrolment()
    if known is not None and known.complete:
        if known.hub != address:
            raise Refused(
                f"This home belongs to the hub {known.hub} already. Nothing was changed. A home serves one authority; "
                "make another home for another hub."
            )
        if ca and ca != known.ca:
            store.put_enrolment(replace(known, ca=ca))
        return sign_in(desk, door, user=user, password=password)
    if known is None:
        private, public = door.new_key()
        known = Enrolment(hub=address, device=desk.device, private_key=private, public_key=public)
    store.put_enrolment(replace(known, hub=address, ca=ca))
    wish = Enrol(
        user=user,
        password=password,
        device=desk.device,
        public_key=known.public_key,
        author=desk.user.id,
        authority=desk.user.authority,
        machine=machine,
        version=version,
    )
    admitted = door.enrol(address, wish, ca=ca)
    _keep(desk, replace(known, hub=address, ca=ca, enrolled_at=desk.clock.now()), admitted, login=user)
    return office_state(desk)


def sign_in(desk: Desk, door: Door, *, user: str, password: str) -> OfficeState:
    """Renew the lease by name and password, where the desk was out of touch for too long."""
    enrolment = desk.store.sync.enrolment()
    if enrolment is None or not enrolment.complete:
        raise WrongUse("This home is not enrolled at an office yet: send-desk enrol --hub URL --user N")
    _keep(desk, enrolment, door.sign_in(enrolment, user=user, password=password), login=user)
    return office_state(desk)


def hub_address(words: str) -> str:
    """Return the address of a hub as it is kept; `WrongUse` where it is none, `Refused` where it is open to all."""
    found = _ADDRESS.fullmatch(words.strip())
    if found is None:
        raise WrongUse(f"{words} is not the address of a hub. One looks like https://send.example.gov.uk")
    if found["scheme"].lower() == "http" and found["host"].lower() not in _LOOPBACK:
        raise Refused("The hub must be reached by https, so that nobody on the way can read. Nothing was sent.")
    port = found["port"] or ""
    return f"{found['scheme'].lower()}://{found['host'].lower()}{port}{found['path'].rstrip('/')}"


def _keep(desk: Desk, enrolment: Enrolment, admitted: Admitted, *, login: str) -> None:
    session = admitted.session
    role = Role(session.user.role)
    now = desk.clock.now()
    known = replace(enrolment, account=session.user.id, login=login, name=session.user.name, role=role)
    desk.store.sync.put_enrolment(
        known,
        user=replace(desk.user, name=session.user.name, role=role),
        authority_name=session.authority_name,
    )
    before = desk.store.sync.contact()
    lease = datetime.fromisoformat(session.lease_until)
    ahead = (now - datetime.fromisoformat(admitted.hub_time)).total_seconds()
    desk.store.sync.put_contact(Contact(lease, ahead, now, before.office_copy_at))
