"""The fixed words of the field: every id that the law, the interface and the files share.

The letters of sections come from reg 12(1) of SI 2014/1530; the lists of states and events from interface.md.
"""

from enum import StrEnum


class Section(StrEnum):
    """A section of the plan, each separately identified (reg 12(1))."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H1 = "H1"
    H2 = "H2"
    I = "I"  # noqa: E741  the letter is the law's
    J = "J"
    K = "K"


class Cell(StrEnum):
    """A place in the seven-cell strip: one group of advice-givers of reg 6(1)."""

    FAMILY = "family"
    EDUCATION = "education"
    HEALTH = "health"
    PSYCHOLOGY = "psychology"
    SOCIAL_CARE = "social_care"
    ADULTHOOD = "adulthood"
    OTHERS = "others"


class State(StrEnum):
    """What is known of a contribution; `not_requested` and `overdue` are computed, never stored."""

    NOT_DUE = "not_due"
    NOT_REQUESTED = "not_requested"
    REQUESTED = "requested"
    ACKNOWLEDGED = "acknowledged"
    OVERDUE = "overdue"
    RECEIVED = "received"
    CONTRIBUTES = "contributes"
    NO_RELEVANT_NEEDS = "no_relevant_needs"
    NOT_KNOWN = "not_known"
    ADMINISTRATIVE_ONLY = "administrative_only"
    REUSED = "reused"
    LAWFUL_EXCEPTION = "lawful_exception"
    DECLINED = "declined"


class EntryKind(StrEnum):
    """What a row of the plan is."""

    HOW_VIEWS = "how_views"
    VIEW = "view"
    HISTORY = "history"
    ASPIRATION = "aspiration"
    STRENGTH = "strength"
    NEED = "need"
    NIL = "nil"
    OUTCOME = "outcome"
    MONITORING = "monitoring"
    PROVISION = "provision"
    PLACEMENT = "placement"
    BUDGET = "budget"
    ADVICE = "advice"


class Area(StrEnum):
    """The broad areas of need (Code 6.28 to 6.35), with health and care beside them."""

    COMMUNICATION = "communication"
    COGNITION = "cognition"
    SEMH = "semh"
    SENSORY_PHYSICAL = "sensory_physical"
    HEALTH = "health"
    CARE = "care"


class Voice(StrEnum):
    """Whose words an entry of section A gives."""

    CHILD = "child"
    FAMILY = "family"
    PROFESSIONAL = "professional"


class PersonKind(StrEnum):
    """How a person stands to the child."""

    FAMILY = "family"
    CARER = "carer"
    FRIEND = "friend"
    PROFESSIONAL = "professional"
    OTHER = "other"


class Stage(StrEnum):
    """Which road the plan is on."""

    NEW = "new"
    AMENDMENT = "amendment"
    REASSESSMENT = "reassessment"


class Version(StrEnum):
    """Whether the plan is a draft or the final one."""

    DRAFT = "draft"
    FINAL = "final"


class EventKind(StrEnum):
    """What can happen to a case, each on a day."""

    REQUEST_RECEIVED = "request_received"
    BECAME_RESPONSIBLE = "became_responsible"
    DECISION_ASSESS = "decision_assess"
    DECISION_NOT_ASSESS = "decision_not_assess"
    DECISION_PLAN = "decision_plan"
    DECISION_NO_PLAN = "decision_no_plan"
    DRAFT_SERVED = "draft_served"
    REPRESENTATION = "representation"
    FINAL_SENT = "final_sent"
    PLAN_MADE = "plan_made"
    REVIEW_NOTICE = "review_notice"
    REVIEW_HELD = "review_held"
    REVIEW_REPORT = "review_report"
    REVIEW_DECISION = "review_decision"
    AMENDMENT_NOTICE_SENT = "amendment_notice_sent"
    REASSESSMENT_REQUESTED = "reassessment_requested"
    REASSESSMENT_DECIDED = "reassessment_decided"
    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    PHASE_TRANSFER = "phase_transfer"
    TRIBUNAL_ORDER = "tribunal_order"
    TRIBUNAL_UNOPPOSED = "tribunal_unopposed"
    CEASED = "ceased"


class ContributionEventKind(StrEnum):
    """What can happen to a contribution; `confirmed` carries the state a person gave it."""

    REQUESTED = "requested"
    RECEIVED_BY_BODY = "received_by_body"
    ACKNOWLEDGED = "acknowledged"
    CHASED = "chased"
    RECEIVED = "received"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXCEPTION = "exception"
    REUSE_AGREED = "reuse_agreed"


class Ground(StrEnum):
    """Why a time limit may not apply (regs 5(4), 8(2), 10(4), 44(3)); `other` is never lawful by itself."""

    SCHOOL_CLOSED = "school_closed"
    EARLY_YEARS_CLOSED = "early_years_closed"
    PERSONAL_CIRCUMSTANCES = "personal_circumstances"
    ABSENCE = "absence"
    MISSED_APPOINTMENT = "missed_appointment"
    OTHER = "other"


class Severity(StrEnum):
    """How much a finding weighs: `block` holds issuing, never saving."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Level(StrEnum):
    """How a check knows: A exact, S may be wrong and so asks, G the person answers."""

    EXACT = "A"
    ASKS = "S"
    GUIDED = "G"


class Role(StrEnum):
    """What a user of the authority may do."""

    CASEWORKER = "caseworker"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class RecordKind(StrEnum):
    """The kinds of record that revisions are made of."""

    CASE = "case"
    PERSON = "person"
    EVENT = "event"
    CONTRIBUTION = "contribution"
    CONTRIBUTION_EVENT = "contribution_event"
    DOCUMENT = "document"
    ENTRY = "entry"
    CONTACT = "contact"
    EXEMPTION = "exemption"
    DISMISSAL = "dismissal"
    OVERRIDE_REQUEST = "override_request"
    OVERRIDE = "override"
    ISSUE = "issue"
    PRINT = "print"
    ADVISER = "adviser"
