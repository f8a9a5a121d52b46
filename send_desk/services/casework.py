"""What a caseworker does to a case as a whole: open it, record what happened, who is who, who rang, what is late."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol, TypeVar

from send_desk.domain.case import Authority, Case, CaseEvent, Contact, Dismissal, Exemption, Officer, Setting
from send_desk.domain.chronology import in_order
from send_desk.domain.contribution import Contribution
from send_desk.domain.cycle import ASSESSMENT
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.event_words import MAY_LIE_AHEAD
from send_desk.domain.finding import Finding
from send_desk.domain.ids import EventKind
from send_desk.domain.person import Child, Person
from send_desk.domain.register import fill_register

from .commit import commit
from .desk import Desk
from .ports import CaseFile


def new_case(
    desk: Desk,
    *,
    first_names: str,
    surname: str,
    born: date | None,
    received: date,
    reference: str = "",
    by: str = "",
    route: str = "",
) -> CaseFile:
    """Open a case from the little that must be known; the request may have been received before today.

    `received` starts the clocks of regs 5, 10 and 13. A reference already in use is refused; without one, a short one
    is made that no other laptop makes.
    """
    if born is not None and born > desk.today:
        raise WrongUse("The date of birth lies after today. Please look at it again; nothing was saved.")
    if received > desk.today:
        raise WrongUse("The request cannot have been received after today. Please look at the date; nothing was saved.")
    if not (first_names.strip() or surname.strip()):
        raise WrongUse("A case needs the child's name. Please give first names and a surname; nothing was saved.")
    id_ = desk.ids.record()
    wanted = reference.strip() or f"{received.year}-{id_[:8].upper()}"
    if desk.store.find(wanted):
        raise Refused(f"A case with the reference {wanted} is already on this laptop; nothing was saved.")
    fields = {name: value for name, value in (("route", route),) if value}
    case = Case(
        id=id_,
        reference=wanted,
        child=Child(first_names=first_names.strip(), surname=surname.strip(), date_of_birth=born),
        framework=desk.default_framework,
        authority=Authority(code=desk.user.authority, name=desk.authority_name),
        officer=Officer(name=desk.user.name, **_officer_contact(desk)),
        owner=desk.user.name,
        events=(CaseEvent(desk.ids.record(), EventKind.REQUEST_RECEIVED, received, by, fields=fields),),
    )
    return commit(desk, None, case)


def record_event(
    desk: Desk,
    file: CaseFile,
    kind: EventKind,
    *,
    on: date,
    by: str = "",
    note: str = "",
    fields: Mapping[str, str] | None = None,
) -> CaseFile:
    """Record what happened to a case on a day; the decision to assess fills the register of contributions (reg 6(1)),
    and the notice of a review opens a register of its own with who must be invited (reg 20(2)).

    A day after today is refused, as what has not happened is not recorded; a move that is announced may lie ahead.
    """
    if on > desk.today and kind not in MAY_LIE_AHEAD:
        raise WrongUse("That day lies after today. Record it once it has happened; nothing was saved.")
    case = file.case
    event = CaseEvent(desk.ids.record(), kind, on, by, note, fields or {})
    after = replace(case, events=in_order((*case.events, event)))
    cycle = {EventKind.DECISION_ASSESS: ASSESSMENT, EventKind.REVIEW_NOTICE: event.id}.get(kind)
    if cycle is not None:
        lines = fill_register(after, desk.book(after), on, new_id=desk.ids.record, cycle=cycle)
        after = replace(after, contributions=(*after.contributions, *lines))
    return commit(desk, file, after)


def remove_event(desk: Desk, file: CaseFile, event: str) -> CaseFile:
    """Take back an event recorded in error; the history keeps it.

    With the notice of a review go the lines of its register on which nothing was recorded; the others stay readable.
    """
    case = file.case
    kept = tuple(line for line in case.contributions if line.cycle != event or _says_anything(line))
    events = tuple(one for one in case.events if one.id != event)
    return commit(desk, file, replace(case, events=events, contributions=kept))


def describe_child(desk: Desk, file: CaseFile, child: Child) -> CaseFile:
    """Record what is known of the child."""
    return commit(desk, file, replace(file.case, child=child))


def describe_setting(desk: Desk, file: CaseFile, setting: Setting) -> CaseFile:
    """Record the present setting; the one before it becomes a former setting."""
    former = file.case.setting
    moved = former.name and (former.urn, former.name) != (setting.urn, setting.name)
    before = (replace(former, until=setting.since), *file.case.previous_settings) if moved else None
    after = replace(file.case, setting=setting, previous_settings=before or file.case.previous_settings)
    return commit(desk, file, after)


def put_person(desk: Desk, file: CaseFile, person: Person) -> CaseFile:
    """Add somebody around the child, or record what has changed about them."""
    return commit(desk, file, replace(file.case, people=_put(file.case.people, person)))


def remove_person(desk: Desk, file: CaseFile, person: str) -> CaseFile:
    """Take a person off the list; the history keeps them."""
    people = tuple(one for one in file.case.people if one.id != person)
    return commit(desk, file, replace(file.case, people=people))


def put_contact(desk: Desk, file: CaseFile, contact: Contact) -> CaseFile:
    """Add a line to the contact log, or record that the reply has gone."""
    return commit(desk, file, replace(file.case, contacts=in_order(_put(file.case.contacts, contact))))


def put_exemption(desk: Desk, file: CaseFile, exemption: Exemption) -> CaseFile:
    """Record why a time limit need not be kept; the original date stays on the screen and on paper (law.md 1.2)."""
    return commit(desk, file, replace(file.case, exemptions=_put(file.case.exemptions, exemption)))


def remove_exemption(desk: Desk, file: CaseFile, exemption: str) -> CaseFile:
    """Take back an exemption recorded in error; the history keeps it, and the time limit binds as before."""
    others = tuple(one for one in file.case.exemptions if one.id != exemption)
    return commit(desk, file, replace(file.case, exemptions=others))


def dismiss(desk: Desk, file: CaseFile, finding: Finding, reason: str) -> CaseFile:
    """Remember why a finding is no issue here; it comes back when the words it rests on change."""
    if not reason.strip():
        raise WrongUse("Please say in a few words why this is not an issue here.")
    line = Dismissal(desk.ids.record(), finding.id, reason.strip(), finding.quote or "", desk.user.name, desk.today)
    others = tuple(one for one in file.case.dismissals if one.finding != finding.id)
    return commit(desk, file, replace(file.case, dismissals=(*others, line)))


def undismiss(desk: Desk, file: CaseFile, finding: str) -> CaseFile:
    """Let a dismissed finding speak again."""
    others = tuple(one for one in file.case.dismissals if one.finding != finding)
    return commit(desk, file, replace(file.case, dismissals=others))


def _says_anything(line: Contribution) -> bool:
    return replace(line, id="", letter="", cycle="") != Contribution("", line.cell)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Record = TypeVar("_Record", bound=_Named)


def _put(records: tuple[_Record, ...], new: _Record) -> tuple[_Record, ...]:
    if any(one.id == new.id for one in records):
        return tuple(new if one.id == new.id else one for one in records)
    return (*records, new)


def _officer_contact(desk: Desk) -> dict[str, str]:
    known = desk.store.setting("officer")
    return (
        {str(k): str(v) for k, v in known.items() if k in ("role", "phone", "email")} if isinstance(known, dict) else {}
    )
