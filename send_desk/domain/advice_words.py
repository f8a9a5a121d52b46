"""What can be said of a contribution, in words: its states, what happened to it, and how well a law is confirmed."""

from collections.abc import Mapping

from .contribution import ContributionEvent
from .dates import in_words
from .ids import ContributionEventKind, Ground, State
from .time_limit import Confirmed

STATE_WORDS: Mapping[State, str] = {
    State.NOT_DUE: "not due",
    State.NOT_REQUESTED: "not requested",
    State.REQUESTED: "requested",
    State.ACKNOWLEDGED: "acknowledged",
    State.OVERDUE: "overdue",
    State.RECEIVED: "received, not yet considered",
    State.CONTRIBUTES: "contributes",
    State.NO_RELEVANT_NEEDS: "no relevant needs",
    State.NOT_KNOWN: "not known to the service",
    State.ADMINISTRATIVE_ONLY: "administrative only",
    State.REUSED: "earlier advice used again",
    State.LAWFUL_EXCEPTION: "lawful exception",
    State.DECLINED: "declined",
}

GROUND_WORDS: Mapping[Ground, str] = {
    Ground.PERSONAL_CIRCUMSTANCES: "Exceptional personal circumstances",
    Ground.ABSENCE: "Away from the area",
    Ground.MISSED_APPOINTMENT: "An appointment was missed",
    Ground.SCHOOL_CLOSED: "School or college closed (holidays)",
    Ground.EARLY_YEARS_CLOSED: "Early years provider closed (holidays)",
    Ground.OTHER: "Waiting list, lack of staff, or another reason",
}

CONFIRMED_WORDS: Mapping[Confirmed, str] = {
    Confirmed.PRIMARY: "confirmed in the source",
    Confirmed.SECONDARY: "from a secondary source",
    Confirmed.NO: "not confirmed",
}

_EVENTS: Mapping[ContributionEventKind, str] = {
    ContributionEventKind.REQUESTED: "Asked",
    ContributionEventKind.RECEIVED_BY_BODY: "The body received the request",
    ContributionEventKind.ACKNOWLEDGED: "Acknowledged",
    ContributionEventKind.CHASED: "Chased",
    ContributionEventKind.RECEIVED: "An answer arrived",
    ContributionEventKind.CONFIRMED: "Looked at",
    ContributionEventKind.DECLINED: "Declined",
    ContributionEventKind.EXCEPTION: "Exception",
    ContributionEventKind.REUSE_AGREED: "Earlier advice is enough",
}


def law_words(citation: str, confirmed: Confirmed) -> str:
    """Return a citation with how well it is confirmed: "reg 8(1) (confirmed in the source)"."""
    return f"{citation} ({CONFIRMED_WORDS[confirmed]})"


def advice_event_words(event: ContributionEvent) -> str:
    """Return what happened to a contribution, with what was found: "Looked at: contributes"."""
    words = _EVENTS[event.kind]
    match event.kind:
        case ContributionEventKind.CONFIRMED if event.state is not None:
            return f"{words}: {STATE_WORDS[event.state]}"
        case ContributionEventKind.EXCEPTION if event.ground is not None:
            return f"{words}: {_lowered(GROUND_WORDS[event.ground])}{_stretch(event)}"
        case ContributionEventKind.REUSE_AGREED:
            return f"{words}: agreed by {', '.join(event.agreed_by) or 'nobody yet'}"
        case _:
            return words


def _stretch(event: ContributionEvent) -> str:
    since = f" from {in_words(event.since)}" if event.since else ""
    return f"{since} until {in_words(event.until)}" if event.until else since


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
