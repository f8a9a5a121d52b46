"""Issuing a plan: refused while a finding holds it, unless a manager records why; saving is never refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from send_desk.domain import checks
from send_desk.domain.case import Case, CaseEvent, Issue, Override, OverrideRequest, Print
from send_desk.domain.chronology import in_order
from send_desk.domain.dates import in_words
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.finding import Finding
from send_desk.domain.ids import EventKind, Role, Version
from send_desk.wire.packed import Mark, mark_of_all

from .commit import build, close_kept, commit
from .conflicts import conflicts, named
from .desk import Desk
from .office import Office, Offline
from .ports import CaseFile
from .reading import renew_lines
from .syncing import offer, sync

_ALL = 2**62


def findings_of(desk: Desk, file: CaseFile) -> tuple[Finding, ...]:
    """Return every finding of a case today: the one computation that all readers share."""
    return desk.findings(file.case)


def would_hold(desk: Desk, file: CaseFile) -> tuple[Finding, ...]:
    """Return what would hold the plan if it were made final today."""
    final = replace(file.case, version=Version.FINAL)
    return checks.holding(checks.check_case(final, desk.book(final), desk.lists, desk.today))


def needs_office(desk: Desk) -> bool:
    """Whether a plan is made final here only while connected: the desk has an office."""
    enrolment = desk.store.sync.enrolment()
    return enrolment is not None and enrolment.complete


def request_override(desk: Desk, file: CaseFile, reason: str) -> CaseFile:
    """Write a caseworker's request that a manager allow issue; it never carries another person's name."""
    _say_why(reason)
    held = tuple(finding.id for finding in would_hold(desk, file))
    request = OverrideRequest(desk.ids.record(), reason.strip(), desk.user.name, desk.today, held)
    return commit(desk, file, replace(file.case, override_requests=(*file.case.override_requests, request)))


def issue_final(
    desk: Desk, file: CaseFile, *, override_reason: str = "", office: Office | None = None, printed: str = ""
) -> CaseFile:
    """Make the plan final, and write by whom and on what it rests; `printed` is the digest of the paper, if any.

    An open conflict holds the plan, and so do findings of severity `block`: these a manager may override, with a
    reason that is kept for ever and counted. A caseworker's reason becomes a request for override, and the plan stays
    a draft. A desk that is enrolled issues only while connected: it syncs, looks again, and the office takes the issue
    on the plan that it knows, or refuses it and nothing is changed. A desk that was never enrolled issues alone.
    """
    enrolled = needs_office(desk)
    if enrolled:
        file = _brought_together(desk, file, office)
    _refuse_conflicts(desk, file)
    held = would_hold(desk, file)
    if held and not override_reason.strip():
        raise Refused(f"The plan is not issued: {len(held)} findings hold it. Everything you wrote is saved.")
    if held and desk.user.role is not Role.MANAGER:
        request_override(desk, file, override_reason)
        raise Refused(
            "Your request for an override is recorded. Only a manager can allow issue; the plan stays a draft."
        )
    mark = _mark(desk, file, enrolled=enrolled)
    after = _made_final(desk, file.case, held, override_reason, mark, printed)
    if not enrolled or office is None:
        return commit(desk, file, after)
    offer(desk, office, build(desk, file, after), {file.case.id: mark})
    renew_lines(desk, (file.case.id,))
    return desk.store.case_file(file.case.id) or file


def _brought_together(desk: Desk, file: CaseFile, office: Office | None) -> CaseFile:
    """Sync, and return the plan as it then stands, with all that the office has of it."""
    if office is None:
        raise Offline(
            "A plan is made final while connected to the office, so that nobody issues it twice. Everything you wrote "
            "is saved; connect and try again."
        )
    case = file.case
    close_kept(desk, file)
    sync(desk, office, case=case.id)
    fresh = desk.store.case_file(case.id)
    if fresh is None:
        raise Refused(f"The case {case.reference} is no longer on this laptop. Nothing was issued.")
    if case.version is not Version.FINAL and fresh.case.version is Version.FINAL:
        raise Refused(f"{_issued_words(fresh.case)} Nothing was issued again.")
    if any(one.case == case.id for one in desk.store.sync.refused()):
        raise Refused(
            "The plan is not issued: the office has not taken all that was written in it. Look at what it did not "
            "take first. Everything you wrote is saved."
        )
    return fresh


def _made_final(
    desk: Desk, case: Case, held: Sequence[Finding], override_reason: str, mark: Mark, printed: str
) -> Case:
    user, today = desk.user, desk.today
    overrides = case.overrides
    if held:
        found = tuple(finding.id for finding in held)
        reason = override_reason.strip()
        request = case.override_requests[-1].id if case.override_requests else ""
        override = Override(desk.ids.record(), reason, user.name, user.role, today, request, found)
        overrides = (*overrides, override)
    made = CaseEvent(desk.ids.record(), EventKind.PLAN_MADE, today, user.name)
    issue = Issue(desk.ids.record(), user.name, user.role, today, mark.count, mark.digest, printed)
    return replace(
        case,
        version=Version.FINAL,
        overrides=overrides,
        issues=(*case.issues, issue),
        events=in_order((*case.events, made)),
    )


def _mark(desk: Desk, file: CaseFile, *, enrolled: bool) -> Mark:
    """Return the mark of the case as it stands: what the office has of it, or on a desk that works alone, all of it."""
    store, case = desk.store.sync, file.case.id
    if enrolled:
        return store.marks().get(case, Mark())
    return mark_of_all(store.outbox(case=case, most=_ALL, most_bytes=_ALL))


def _refuse_conflicts(desk: Desk, file: CaseFile) -> None:
    found = conflicts(desk, file.case.id)
    if found:
        raise Refused(
            f"The plan is not issued: what two people wrote apart has not been brought together in {named(found)}. "
            "Open the conflicts, choose or confirm, then issue again. Everything you wrote is saved."
        )


def _issued_words(case: Case) -> str:
    if not case.issues:
        return "This plan has been made final already."
    last = max(case.issues, key=lambda one: (one.on or date.min, one.id))
    day = f" on {in_words(last.on)}" if last.on else ""
    return f"{last.by or 'Somebody'} made this plan final{day}."


def record_print(desk: Desk, file: CaseFile, record: Print) -> CaseFile:
    """Remember what left the program: which rendering, for whom, with which digest."""
    dated = replace(record, id=record.id or desk.ids.record(), on=desk.today, by=desk.user.name)
    return commit(desk, file, replace(file.case, prints=(*file.case.prints, dated)))


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise WrongUse("Please give the reason for the override in a few words.")
