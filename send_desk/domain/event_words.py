"""What can happen to a case, in words, and the facts that the law reads from each event.

The facts and their values are those that the head of the framework file names; one that is not recorded excludes
nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .case import CaseEvent
from .cycle import MEETING
from .dates import in_words, iso
from .ids import EventKind

EVENT_WORDS: Mapping[EventKind, str] = {
    EventKind.REQUEST_RECEIVED: "Request for an assessment received",
    EventKind.BECAME_RESPONSIBLE: "The authority became responsible",
    EventKind.DECISION_ASSESS: "Decided to assess, and the family told",
    EventKind.DECISION_NOT_ASSESS: "Decided not to assess, and the family told",
    EventKind.DECISION_PLAN: "Decided to make a plan",
    EventKind.DECISION_NO_PLAN: "Decided that there will be no plan, and the family told",
    EventKind.DRAFT_SERVED: "Draft plan sent to the family",
    EventKind.REPRESENTATION: "The family answered the draft",
    EventKind.FINAL_SENT: "Final plan sent",
    EventKind.PLAN_MADE: "Plan made final",
    EventKind.REVIEW_NOTICE: "Notice of the review meeting given",
    EventKind.REVIEW_HELD: "Review meeting held",
    EventKind.REVIEW_REPORT: "Report of the review sent",
    EventKind.REVIEW_DECISION: "Decision after the review: maintain, amend or cease",
    EventKind.AMENDMENT_NOTICE_SENT: "Notice of amendments sent to the family",
    EventKind.REASSESSMENT_REQUESTED: "Re-assessment requested",
    EventKind.REASSESSMENT_DECIDED: "Decided whether to re-assess",
    EventKind.MOVED_IN: "Moved into the area with a plan",
    EventKind.MOVED_OUT: "Moved out of the area",
    EventKind.PHASE_TRANSFER: "Moves to the next phase of education",
    EventKind.TRIBUNAL_ORDER: "Order of the Tribunal",
    EventKind.TRIBUNAL_UNOPPOSED: "Told the Tribunal that the appeal is not opposed",
    EventKind.CEASED: "The plan ceased",
}

MAY_LIE_AHEAD = frozenset({EventKind.PHASE_TRANSFER, EventKind.MOVED_IN, EventKind.MOVED_OUT, EventKind.CEASED})
"""What may be recorded before its day: the law counts back from a transfer, and a move is announced."""

DECISIONS = frozenset(
    {
        EventKind.DECISION_ASSESS,
        EventKind.DECISION_NOT_ASSESS,
        EventKind.DECISION_PLAN,
        EventKind.DECISION_NO_PLAN,
        EventKind.REVIEW_DECISION,
        EventKind.REASSESSMENT_DECIDED,
        EventKind.CEASED,
    }
)
"""What the authority decides: each is recorded with the person who decided and the reason."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of an event that a time limit reads: one of `values` with their words, or a day where there are none."""

    name: str
    label: str
    values: Mapping[str, str] = field(default_factory=dict)


_ORDER = Fact(
    "order",
    "What it is about",
    {
        "assess": "Assess, or assess again",
        "make": "Make a plan",
        "amend": "Amend the plan",
        "name": "The name or type of place only",
        "cease": "The appeal against ceasing is dismissed",
    },
)
_CERTIFICATE = Fact("mediation_certificate", "Day of the mediation certificate, if there is one")

_FACTS: Mapping[EventKind, tuple[Fact, ...]] = {
    EventKind.REVIEW_NOTICE: (Fact(MEETING, "Day of the meeting"),),
    EventKind.REVIEW_DECISION: (
        Fact("outcome", "Decision", {"maintain": "Maintain unchanged", "amend": "Amend", "cease": "Cease"}),
        _CERTIFICATE,
    ),
    EventKind.REASSESSMENT_DECIDED: (
        Fact("outcome", "Decision", {"yes": "Assess again", "no": "Do not assess again"}),
        _CERTIFICATE,
    ),
    EventKind.PHASE_TRANSFER: (
        Fact(
            "transfer",
            "From and to",
            {
                "secondary_to_post16": "Secondary school to post-16",
                "post16_to_post16": "One post-16 place to another",
                "other": "Any other phase",
            },
        ),
    ),
    EventKind.TRIBUNAL_ORDER: (_ORDER,),
    EventKind.TRIBUNAL_UNOPPOSED: (_ORDER,),
    EventKind.MOVED_OUT: (Fact("became_aware_of_move", "Day on which we learned of the move, if it was later"),),
    EventKind.DECISION_NOT_ASSESS: (_CERTIFICATE,),
    EventKind.DECISION_NO_PLAN: (_CERTIFICATE,),
    EventKind.FINAL_SENT: (_CERTIFICATE,),
}


def facts_of(kind: EventKind) -> tuple[Fact, ...]:
    """Return the facts that a time limit reads from an event of this kind."""
    return _FACTS.get(kind, ())


def event_words(event: CaseEvent) -> str:
    """Return what happened, with the outcome that was recorded: "Decision after the review: amend"."""
    words = EVENT_WORDS[event.kind]
    told = next((fact.values[value] for fact, value in _told(event) if value in fact.values), "")
    return f"{words.partition(':')[0]}: {_lowered(told)}" if told else words


def event_details(event: CaseEvent) -> str:
    """Return who it was, how, and the days recorded with it, as one line; empty where nothing is recorded."""
    parts = [event.by, event.fields.get("route", "")]
    for fact, value in _told(event):
        day = iso(value)
        if day is not None and not fact.values:
            parts.append(f"{fact.label.partition(',')[0].lower()}: {in_words(day)}")
    return ", ".join(part for part in parts if part)


def _told(event: CaseEvent) -> Iterable[tuple[Fact, str]]:
    return [(fact, event.fields[fact.name]) for fact in facts_of(event.kind) if event.fields.get(fact.name)]


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
