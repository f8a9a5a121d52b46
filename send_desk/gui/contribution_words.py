"""The words of the register's forms: what each deed is called, what each answer means."""

from __future__ import annotations

from collections.abc import Mapping

from send_desk.domain.advice_steps import Deed
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
