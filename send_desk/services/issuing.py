"""Issuing a plan: refused while a finding holds it, unless a manager records why; saving is never refused."""

from dataclasses import replace

from send_desk.domain import checks
from send_desk.domain.case import CaseEvent, Override, OverrideRequest, Print
from send_desk.domain.chronology import in_order
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.finding import Finding
from send_desk.domain.ids import EventKind, Role, Version

from .commit import commit
from .desk import Desk
from .ports import CaseFile


def findings_of(desk: Desk, file: CaseFile) -> tuple[Finding, ...]:
    """Return every finding of a case today: the one computation that all readers share."""
    return desk.findings(file.case)


def would_hold(desk: Desk, file: CaseFile) -> tuple[Finding, ...]:
    """Return what would hold the plan if it were made final today."""
    final = replace(file.case, version=Version.FINAL)
    return checks.holding(checks.check_case(final, desk.book(final), desk.lists, desk.today))


def request_override(desk: Desk, file: CaseFile, reason: str) -> CaseFile:
    """Write a caseworker's request that a manager allow issue; it never carries another person's name."""
    _say_why(reason)
    held = tuple(finding.id for finding in would_hold(desk, file))
    request = OverrideRequest(desk.ids.record(), reason.strip(), desk.user.name, desk.today, held)
    return commit(desk, file, replace(file.case, override_requests=(*file.case.override_requests, request)))


def issue_final(desk: Desk, file: CaseFile, *, override_reason: str = "") -> CaseFile:
    """Make the plan final, by the one user of a desk that was never enrolled.

    Findings of severity `block` hold it; a manager may override them with a reason that is kept for ever and counted. A
    caseworker's reason becomes a request for override, and the plan stays a draft.
    """
    case = file.case
    held = would_hold(desk, file)
    if held and not override_reason.strip():
        raise Refused(f"The plan is not issued: {len(held)} findings hold it. Everything you wrote is saved.")
    overrides = case.overrides
    if held:
        if desk.user.role is not Role.MANAGER:
            request_override(desk, file, override_reason)
            raise Refused(
                "Your request for an override is recorded. Only a manager can allow issue; the plan stays a draft."
            )
        found = tuple(finding.id for finding in held)
        override = Override(
            desk.ids.record(), override_reason.strip(), desk.user.name, desk.user.role, desk.today, findings=found
        )
        overrides = (*overrides, override)
    made = CaseEvent(desk.ids.record(), EventKind.PLAN_MADE, desk.today, desk.user.name)
    return commit(
        desk, file, replace(case, version=Version.FINAL, overrides=overrides, events=in_order((*case.events, made)))
    )


def record_print(desk: Desk, file: CaseFile, record: Print) -> CaseFile:
    """Remember what left the program: which rendering, for whom, with which digest."""
    dated = replace(record, id=record.id or desk.ids.record(), on=desk.today, by=desk.user.name)
    return commit(desk, file, replace(file.case, prints=(*file.case.prints, dated)))


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise WrongUse("Please give the reason for the override in a few words.")
