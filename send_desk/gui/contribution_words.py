"""The words of the register's forms: what each deed is called, what each answer means."""

from __future__ import annotations

from collections.abc import Mapping

from send_desk.domain.advice_steps import Deed
from send_desk.domain.contribution import Attendance
from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.dates import in_words
from send_desk.domain.ids import ContributionEventKind, State

TITLES: Mapping[Deed, str] = {
    Deed.REQUEST: "Ask for advice",
    Deed.RECEIPT: "The body received the request",
    Deed.ACKNOWLEDGE: "The body acknowledged",
    Deed.CHASE: "Chase",
    Deed.ARRIVE: "An answer arrived",
    Deed.CONFIRM: "What is the answer?",
    Deed.REUSE: "Earlier advice is enough",
    Deed.EXCEPT: "Lawful exception from the six weeks",
    Deed.DECLINE: "The body declined",
    Deed.NOT_USED: "Why advice was not used",
    Deed.ADVISER: "Who advises",
    Deed.NOTICE: "Notice of the meeting",
    Deed.ATTENDANCE: "At the meeting",
}
DAYS: Mapping[Deed, str] = {
    Deed.REQUEST: "Day on which it was asked for",
    Deed.RECEIPT: "Day on which the body received it",
    Deed.ACKNOWLEDGE: "Day of the acknowledgement",
    Deed.CHASE: "Day of the chase",
    Deed.ARRIVE: "Day on which it arrived",
    Deed.CONFIRM: "Day on which it was looked at",
    Deed.REUSE: "Day of the agreement",
    Deed.EXCEPT: "Day on which we learned of it",
    Deed.DECLINE: "Day of the refusal",
    Deed.NOTICE: "Day on which notice was given",
}
KINDS: Mapping[Deed, ContributionEventKind] = {
    Deed.REQUEST: ContributionEventKind.REQUESTED,
    Deed.RECEIPT: ContributionEventKind.RECEIVED_BY_BODY,
    Deed.ACKNOWLEDGE: ContributionEventKind.ACKNOWLEDGED,
    Deed.CHASE: ContributionEventKind.CHASED,
    Deed.ARRIVE: ContributionEventKind.RECEIVED,
    Deed.CONFIRM: ContributionEventKind.CONFIRMED,
    Deed.REUSE: ContributionEventKind.REUSE_AGREED,
    Deed.EXCEPT: ContributionEventKind.EXCEPTION,
    Deed.DECLINE: ContributionEventKind.DECLINED,
}
ATTENDANCE: Mapping[Attendance | None, str] = {
    None: "Not recorded",
    Attendance.ATTENDED: "Attended",
    Attendance.APOLOGIES: "Sent apologies",
    Attendance.ABSENT: "Did not come",
}
WAYS: Mapping[str, str] = {
    "": "Not recorded",
    **{f"by {way}": f"By {way}" for way in ("e-mail", "letter", "telephone", "portal")},
}
ANSWERS: Mapping[State | None, str] = {
    State.CONTRIBUTES: "It contributes: needs, outcomes or provision",
    State.NO_RELEVANT_NEEDS: "No relevant needs, said by a named professional",
    State.NOT_KNOWN: "The child is not known to the service",
    State.ADMINISTRATIVE_ONLY: "Administrative only: there is no advice in it",
}
MEANS: Mapping[State, str] = {
    State.CONTRIBUTES: "The advice is there. Each statement of it that the plan uses is cited in the plan.",
    State.NO_RELEVANT_NEEDS: (
        "An answer, if a named professional with a role has looked and says so on a day. The plan's sentence about "
        "this section will name them."
    ),
    State.NOT_KNOWN: (
        "This is not an answer. Advice must be sought even where a service has no record of the child (reg 6(1)). "
        "Ask again: let the service see the child, or name who can advise."
    ),
    State.ADMINISTRATIVE_ONLY: "This is not an answer: “see attached” without advice. Ask for the advice itself.",
}


def title_of(deed: Deed, status: ContributionStatus) -> str:
    """Return the heading of a deed's form; somebody is invited to a review, and asked for an assessment."""
    return "Invite to the review, and ask for advice" if status.cycle and deed is Deed.REQUEST else TITLES[deed]


def review_words(status: ContributionStatus) -> str:
    """Return the four steps of somebody invited to a review as one line; empty for an assessment."""
    line = status.contribution
    if not status.cycle:
        return ""
    notice = line.notice_given if line else None
    attendance = line.attendance if line else None
    parts = (
        f"invited {in_words(status.asked)}" if status.asked else "not invited yet",
        f"notice given {in_words(notice)}" if notice else "no notice recorded",
        f"advice received {in_words(status.answered)}" if status.answered else "no advice yet",
        ATTENDANCE[attendance].lower() if attendance else "attendance not recorded",
    )
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."
