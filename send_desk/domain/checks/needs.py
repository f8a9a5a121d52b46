"""Checks 41 to 43: a need says what it is like, stands among the needs, and stands there once."""

import re
from collections.abc import Iterator

from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import EntryKind, Level, Section, Severity

from .check import Check
from .lists import CheckLists
from .reading import Around, Marks, Reading, Row

DIAGNOSIS = Check(41, Level.ASKS, Severity.WARN, Law("SEND Code of Practice 9.69, section B", "primary"))
HIDDEN = Check(
    42,
    Level.ASKS,
    Severity.NOTE,
    Law(
        "R v Secretary of State for Education ex p E [1992] 1 FLR 377; SEND Code of Practice 9.69, section B", "primary"
    ),
)
REPEATED = Check(43, Level.ASKS, Severity.NOTE, Law("SEND Code of Practice 9.61, clear and concise; 6.27", "primary"))

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST_LABEL = 40
_STEM = 5
_SHORTEST = 4


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_COMMON = _set(
    "that this with have from they them their there when which while will would could should about other into "
    "than then also more most some such very what where who whose because being been does doing done each every "
    "make makes made need needs help helps support supports using used able often sometimes always child young "
    "person pupil school class classroom adult adults staff time times find finds found difficult difficulty "
    "difficulties struggle struggles hard year years within without during between after before through across "
    "including include"
)
_HINT = re.compile(
    r"\b(?:(?:because|as|since)\s+(?:of\s+)?(?:she|he|they|her|his|their)\s+(?:cannot|can't|can\s+not|is\s+unable\s+to|are\s+unable"
    r"\s+to|struggles?\s+(?:to|with)|finds?\s+it\s+(?:hard|difficult)\s+to|finds?)|"
    r"(?:due\s+to|because\s+of|to\s+address|to\s+overcome|given)\s+(?:her|his|their|the)\s+(?:\w+\s+){0,2}?"
    r"(?:difficult(?:y|ies)|weakness(?:es)?|problems?|delay|impairment|anxiety|needs?)(?:\s+(?:with|in|around|of))?|"
    r"(?:she|he|they)\s+(?:struggles?\s+(?:to|with)|finds?\s+it\s+(?:hard|difficult)\s+to|cannot|is\s+unable\s+to|has\s+difficulty"
    r"\s+(?:with|in)))\s*(?P<what>[^.;,\n]{3,80})?",
    re.IGNORECASE,
)
_MAYBE = ("not", "can't", "unable", "struggl", "find", "due", "because", "address", "overcome", "given", "difficulty")
_ALIKE = 0.6
_FEWEST_STEMS = 5


def diagnosis_only(row: Row, around: Around) -> Iterator[Finding]:
    """Ask what a diagnosis means for this child where a need holds nothing else."""
    entry = row.entry
    words = entry.words
    diagnoses = around.lists.diagnoses
    if entry.kind is not EntryKind.NEED or not diagnoses.search(words, row.vocabulary):
        return
    rest = diagnoses.whole.sub(" ", words)
    left = [word.casefold() for word in _WORD.findall(rest)]
    if len(left) <= _LONGEST_LABEL and all(_is_filler(word, around) for word in left):
        yield DIAGNOSIS.find(
            entry.id,
            f"{row.label} names a condition. What is it like for {around.name}, when, and how does it affect learning?",
            section=entry.section,
            entry=entry.id,
            quote=words,
            mend="Say what is hard, when it shows and what it hinders; keep the diagnosis beside it.",
        )


def stems_of(words: str) -> frozenset[str]:
    """Return the beginnings of the words that carry meaning, to compare what two texts are about."""
    found = (word.casefold() for word in _WORD.findall(words) if len(word) >= _SHORTEST)
    return frozenset(word.removesuffix("s")[:_STEM] for word in found if word not in _COMMON)


def hidden_need(words: str) -> tuple[str, frozenset[str]] | None:
    """Return the words in which a provision or outcome speaks of a difficulty, and what it is about."""
    lowered = words.lower()
    found = _HINT.search(words) if any(one in lowered for one in _MAYBE) else None
    if found is None:
        return None
    stems = stems_of(found["what"] or "") or stems_of(found[0])
    return (found[0].strip(), stems) if stems else None


def needs_hidden(reading: Reading) -> Iterator[Finding]:
    """Note a difficulty that only a provision or an outcome speaks of."""
    told = frozenset().union(*(reading.marks[one.id].stems for one in reading.filled if one.kind is EntryKind.NEED))
    for entry in reading.filled:
        hint = reading.marks[entry.id].hidden_need
        if hint is None or 2 * len(hint[1] & told) > len(hint[1]):
            continue
        yield HIDDEN.find(
            entry.id,
            f"{reading.label(entry.id)} says “{hint[0]}”. Is this need told of in section B?",
            section=entry.section,
            entry=entry.id,
            quote=hint[0],
            mend="Add the need to section B, C or D, and link it.",
        )


def needs_repeated(reading: Reading) -> Iterator[Finding]:
    """Note a need of section B that stands in almost the same words under another area."""
    needs = [one for one in reading.by_section[Section.B] if one.kind is EntryKind.NEED]
    # Every pair of needs is compared once; while somebody types, only the pairs of that one row are compared again.
    long_enough = [(one, reading.marks[one.id]) for one in needs if len(reading.marks[one.id].stems) >= _FEWEST_STEMS]
    compared = reading.around.once("needs.compared", dict[tuple[str, str], tuple[Marks, Marks, bool]])
    told: set[str] = set()
    for at, (first, one) in enumerate(long_enough):
        for second, other in long_enough[at + 1 :]:
            if first.area is second.area:
                continue
            known = compared.get((first.id, second.id))
            if known is None or known[0] is not one or known[1] is not other:
                known = compared[first.id, second.id] = (one, other, _alike(one, other))
            if not known[2] or second.id in told:
                continue
            told.add(second.id)
            yield REPEATED.find(
                second.id,
                f"{reading.label(second.id)} says much the same as {reading.label(first.id)}, under another area.",
                section=second.section,
                entry=second.id,
                quote=second.words,
                mend="Keep the need under one area, and link the provision to that.",
            )


def _alike(one: Marks, other: Marks) -> bool:
    """Whether most words of meaning are shared; the same paragraph in both is told by check 10 already."""
    shared = len(one.stems & other.stems)
    if shared < _ALIKE * (len(one.stems) + len(other.stems) - shared):
        return False
    return not {bare for bare, _ in one.paragraphs} & {bare for bare, _ in other.paragraphs}


def _is_filler(word: str, around: Around) -> bool:
    lists: CheckLists = around.lists
    if word in lists.around_diagnoses or word in around.own_words or word in around.other_words:
        return True
    return word.removesuffix("'s").removesuffix("’s") in around.own_words
