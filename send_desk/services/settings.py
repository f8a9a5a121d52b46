"""What a desk is told about its user and its place: whom families may ring, the local advice service, the idle lock."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from send_desk.domain.case import LocalAdvice

from .desk import Desk
from .ports import Store

OFFICER, LOCAL_HELP, IDLE = "officer", "local_help", "window.idle_minutes"
IDLE_MINUTES = 10


@dataclass(frozen=True, slots=True)
class OfficerContact:
    """What stands beside the user's name in letters: role, telephone and e-mail; new cases take it over."""

    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, as it stands."""

    officer: OfficerContact
    local: LocalAdvice
    idle_minutes: int = IDLE_MINUTES


def settings(desk: Desk) -> Settings:
    """Return what is set; what nobody has set yet is empty."""
    idle = desk.store.setting(IDLE)
    return Settings(
        OfficerContact(**_known(OfficerContact, desk.store.setting(OFFICER))),
        local_advice(desk.store),
        idle if isinstance(idle, int) and idle > 0 else IDLE_MINUTES,
    )


def local_advice(store: Store) -> LocalAdvice:
    """Return the local service that page one names, as far as it is set."""
    return LocalAdvice(**_known(LocalAdvice, store.setting(LOCAL_HELP)))


def set_officer(desk: Desk, contact: OfficerContact) -> None:
    """Remember how families reach the user; the cases that stand open keep what they have."""
    _put(desk, OFFICER, asdict(contact))


def set_local_advice(desk: Desk, local: LocalAdvice) -> None:
    """Remember the local service that page one names."""
    _put(desk, LOCAL_HELP, asdict(local))


def set_idle_minutes(desk: Desk, minutes: int) -> None:
    """Remember after how many minutes without a key the desk locks itself."""
    _put(desk, IDLE, minutes)


def _put(desk: Desk, key: str, value: object) -> None:
    if desk.store.setting(key) != value:
        with desk.store.write() as unit:
            unit.put_setting(key, value)


def _known(kind: type[OfficerContact] | type[LocalAdvice], value: object) -> dict[str, str]:
    known: Mapping[str, object] = value if isinstance(value, dict) else {}
    return {each.name: str(known[each.name]) for each in fields(kind) if known.get(each.name)}
