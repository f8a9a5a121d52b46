"""Which fields a writer is offered for each kind of entry, in reading order, and how they are laid out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from send_desk.domain.dates import in_words, iso
from send_desk.domain.entry import Entry
from send_desk.domain.ids import Area, EntryKind, Section, Voice
from send_desk.gui.day_words import read_day
from send_desk.gui.marks import from_marked, marked_value, to_marked

TEXT = "text"
STEPS = "steps"
_DAYS = frozenset({"by_date", "baseline_on", "when"})
NOT_MET = "not_met_because"


@dataclass(frozen=True, slots=True)
class FieldForm:
    """One field: its name in the entry, its label, what an empty one shows, and whether it takes half a line.

    `least` is the number of lines that an empty field is high; `single` makes Enter go on to the next field.
    """

    name: str
    label: str
    hint: str = ""
    half: bool = False
    least: int = 1
    single: bool = False

    @property
    def path(self) -> str:
        """The flat name under which the field is kept (services/encoding.py)."""
        return self.name if self.name in (TEXT, NOT_MET) else f"fields.{self.name}"

    def words(self, entry: Entry) -> str:
        """What the editor shows of an entry."""
        match self.name:
            case "text":
                return to_marked(entry.text)
            case "not_met_because":
                return entry.not_met_because
            case _ if self.name in _DAYS:
                return _day_words(entry.value(self.name))
            case _:
                return entry.value(self.name)

    def value(self, words: str, today: date) -> object:
        """What is kept for the words of the editor; a day that can be read is kept as ISO, anything else as it is."""
        match self.name:
            case "text":
                return marked_value(words)
            case "steps":
                return [line for line in words.split("\n") if line.strip()]
            case _ if self.name in _DAYS:
                day = read_day(words, today=today).day
                return day.isoformat() if day else words
            case _:
                return words

    def normal(self, words: str, today: date) -> str:
        """The words that an editor would show once these have been kept and read again."""
        match self.name:
            case "text":
                return to_marked(from_marked(words))
            case "steps":
                return "\n".join(line for line in words.split("\n") if line.strip())
            case _ if self.name in _DAYS:
                return _day_words(str(self.value(words, today)))
            case _:
                return words


def _day_words(value: str) -> str:
    day = iso(value)
    return in_words(day) if day else value


def _short(name: str, label: str, hint: str = "", *, half: bool = True) -> FieldForm:
    return FieldForm(name, label, hint, half=half, single=True)


_WORDS = FieldForm(TEXT, "Words", least=2)
_PROVISION = (
    _short("what", "What", "what is done, such as direct speech and language therapy", half=False),
    _short("who", "Who", "the role that gives it"),
    _short("qualification", "Qualified", "training or registration"),
    _short("how_often", "How often", "such as once a week"),
    _short("how_long", "How long", "such as 45 minutes"),
    _short("group", "Group", "such as 1:1, or a group of 4"),
    _short("for_how_long", "For", "such as 38 weeks"),
    _short("review", "Review", "such as termly by the school", half=False),
    FieldForm(TEXT, "Also", "anything that the fields do not hold; free words are allowed everywhere"),
)
_OUTCOME = (
    _short("by", "By", "such as the end of Year 6"),
    _short("by_date", "Date", "such as 21 July 2027"),
    _short("will", "Will", "what the child will do", half=False),
    _short("so_that", "So that", "what that makes possible", half=False),
    _short("baseline", "Now", "what the child does at present", half=False),
    _short("baseline_on", "Seen on", "the date of that"),
    FieldForm(STEPS, "Steps", "one step on each line"),
    FieldForm(TEXT, "Also", "anything that the fields do not hold"),
)
_VIEWS = (
    _short("how", "How", "talking, drawing, watching, pictures ...", half=False),
    _short("when", "When", "the date or dates"),
    _short("by", "By whom", "who asked"),
    _short("method", "Method", "the way of communicating"),
    _short("interpreter", "Interpreter"),
    _short("capacity", "Capacity", "from 16: what is known of the capacity to decide", half=False),
    FieldForm(TEXT, "Also", "anything else about how the views were gathered"),
)
_PLACEMENT = (
    _short("name", "Name", half=False),
    _short("urn", "URN"),
    _short("type", "Type"),
    FieldForm(TEXT, "Also"),
)

FORMS: Mapping[EntryKind, tuple[FieldForm, ...]] = {
    EntryKind.HOW_VIEWS: _VIEWS,
    EntryKind.OUTCOME: _OUTCOME,
    EntryKind.PROVISION: _PROVISION,
    EntryKind.PLACEMENT: _PLACEMENT,
}
"""The forms of kinds that have fields; all others are words alone."""

NOT_MET_FORM = FieldForm(NOT_MET, "Not met because", "why no provision stands for this need")


def form_of(kind: EntryKind) -> tuple[FieldForm, ...]:
    """Return the fields of a kind of entry."""
    return FORMS.get(kind, (_WORDS,))


KIND_WORDS: Mapping[EntryKind, str] = {
    EntryKind.HOW_VIEWS: "How views were gathered",
    EntryKind.VIEW: "View",
    EntryKind.HISTORY: "History",
    EntryKind.ASPIRATION: "Aspiration",
    EntryKind.STRENGTH: "Strength",
    EntryKind.NEED: "Need",
    EntryKind.NIL: "Nothing needed",
    EntryKind.OUTCOME: "Outcome",
    EntryKind.MONITORING: "How progress is watched",
    EntryKind.PROVISION: "Provision",
    EntryKind.PLACEMENT: "Placement",
    EntryKind.BUDGET: "Personal budget",
    EntryKind.ADVICE: "Advice",
}
"""What a kind of entry is called on the screen."""

AREA_WORDS: Mapping[Area | None, str] = {
    None: "No area",
    Area.COMMUNICATION: "Communication and interaction",
    Area.COGNITION: "Cognition and learning",
    Area.SEMH: "Social, emotional and mental health",
    Area.SENSORY_PHYSICAL: "Sensory and physical",
    Area.HEALTH: "Health",
    Area.CARE: "Social care",
}
VOICE_WORDS: Mapping[Voice | None, str] = {
    None: "Whose words?",
    Voice.CHILD: "The child's own words",
    Voice.FAMILY: "The family's words",
    Voice.PROFESSIONAL: "A professional's words",
}
WITH_AREA = frozenset({EntryKind.NEED, EntryKind.STRENGTH, EntryKind.OUTCOME})
WITH_VOICE = frozenset({EntryKind.HOW_VIEWS, EntryKind.VIEW, EntryKind.ASPIRATION, EntryKind.HISTORY})
WITH_SOURCES = frozenset(EntryKind) - {EntryKind.HOW_VIEWS, EntryKind.NIL}

FIRST_AREA: Mapping[Section, Area] = {Section.C: Area.HEALTH, Section.D: Area.CARE}
"""The area that a new need has in sections where there is but one."""
