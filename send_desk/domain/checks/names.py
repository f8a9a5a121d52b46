"""Check 1: the plan calls the child by the child's own name, everywhere.

Three ways in which a copied plan gives itself away: another surname behind the first name, a name one letter off, and
somebody else's first name where the child's should stand. People of the case are never mistaken for the child.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from send_desk.domain.case import Document
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import EntryKind, Level, Section, Severity

from .check import Check
from .reading import Around, Reading, Row

NAME = Check(
    1,
    Level.EXACT,
    Severity.BLOCK,
    Law("UK GDPR art 5(1)(d), accuracy; SEND Regulations 2014 reg 12(1), the plan of this child", "no"),
)

_VERBS = (
    r"(?:is|has|will|can|cannot|can't|needs|finds|likes|enjoys|struggles|requires|should|was|does|may|would|could|often|"
    r"sometimes|usually|always|uses|understands|shows|presents|responds|benefits|speaks|works|attends|lives|reads|writes)"
)
_IN_PLACE = re.compile(rf"(?:^|(?<=[.!?:;]\s)|(?<=,\s)|(?<=\n)|(?<=\bthat\s)|(?<=\band\s))([A-Z][\w-]+)\s+{_VERBS}\b")
_DOES = re.compile(rf"\s+{_VERBS}\b")
_OBJECT = re.compile(
    r"\b(?i:support|supports|help|helps|helping|supporting|enable|enables|allow|allows|encourage|encourages|prompt|prompts|"
    r"teach|teaches|remind|reminds|with|for)\s+([A-Z][\w-]+)\s+(?:to|in|with|when|at|will)\b"
)
_OWNED = re.compile(
    r"\b([A-Z][\w-]+)['’]s\s+(?:needs?|speech|language|learning|progress|behaviour|attention|reading|writing|anxiety|"
    r"difficult|plan|communication|understanding|strengths|views|outcomes|autism|health|mobility|attainment|teacher)"
)
_RELATION = (
    r"\b(?:brother|sister|sibling|twin|friend|cousin|mum|mother|dad|father|parent|carer|aunt|uncle|grand\w+|nan|teacher|"
    r"assistant|therapist|psychologist|worker|nurse|doctor|step\w+|pupil|peer|dog|cat|pet)\b"
)
_RELATION_BEFORE = re.compile(rf"{_RELATION},?\s+$", re.IGNORECASE)
_RELATION_AFTER = re.compile(
    rf"\W*(?:(?:is|was)\s+)?(?:his|her|their|the|a|an|my|our|[a-z]+['’]s)\s+(?:[\w-]+\s+){{0,2}}{_RELATION}",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(?i:for|re|regarding|about|concerning)[:\s_-]+([A-Z][a-z'’-]+)")
_SHORTEST_NEAR = 5


@dataclass(frozen=True, slots=True)
class _Capital:
    """A word with a capital: without its "'s", whether it names a stranger, and the child's name it may stand for."""

    bare: str
    stranger: bool
    right: str


def name_is_known(reading: Reading) -> Iterator[Finding]:
    """Say that the child has no name yet, as after an import that carries none."""
    if not reading.case.child.full_name:
        yield NAME.find(
            "child",
            f"The child's name is not known. The case stands under its reference, {reading.case.reference}.",
            part="name",
            field="first_names",
            mend="Record the child's first names and surname on the front page of the case.",
        )


def names_in_row(row: Row, around: Around) -> Iterator[Finding]:
    """Find, in one row, what is not the name of this child and stands where it should."""
    if not around.child.full_name or row.entry.kind is EntryKind.ADVICE:
        return
    entry = row.entry
    told: dict[str, tuple[str, str]] = {}
    near = _near_names(row, around)
    stranger = entry.section is not Section.A and _names_a_stranger(row, around)
    for _, words in row.parts:
        for wrong, quote, reason in _wrong_names(words, near, around, section=entry.section, stranger=stranger):
            told.setdefault(wrong, (quote, reason))
    for wrong, (quote, reason) in told.items():
        yield NAME.find(
            entry.id,
            f"{row.label}: {reason}",
            part=wrong,
            section=entry.section,
            entry=entry.id,
            quote=quote,
            mend="Put the child's own name, or add this person to the people of the case.",
        )


def names_of_papers(reading: Reading) -> Iterator[Finding]:
    """Find advice whose title or file name names another child."""
    around = reading.around
    if not around.child.full_name:
        return
    for paper in reading.case.documents:
        wrong = around.once(("names.paper", paper.id), partial(_paper_about, paper, around))
        if wrong:
            yield NAME.find(
                paper.id,
                f"The paper “{paper.title or paper.name}” seems to be about {wrong}, not about {reading.name}.",
                section=Section.K,
                quote=paper.title or paper.name,
                mend="Look whether this paper belongs to this case.",
            )


def _names_a_stranger(row: Row, around: Around) -> bool:
    """Whether any word with a capital is a first name, and not one of the people of this case."""
    return any(_read(word, around).stranger for word in row.capitals)


def _near_names(row: Row, around: Around) -> dict[str, str]:
    """The words with a capital that are one letter away from a name of the child, with that name."""
    return {one.bare: one.right for word in row.capitals if (one := _read(word, around)).right}


def _read(word: str, around: Around) -> _Capital:
    """Read a word with a capital once for all rows of the plan."""
    known = around.once("names.capitals", dict[str, _Capital])
    if word not in known:
        bare = _bare(word)
        folded = bare.casefold()
        of_case = folded in around.own_words or folded in around.other_words
        known[word] = _Capital(
            bare=bare,
            stranger=not of_case and folded in around.lists.given_names,
            right="" if of_case or folded in around.lists.not_surnames else _name_beside(bare, around),
        )
    return known[word]


def _name_beside(word: str, around: Around) -> str:
    """Return the name of the child that is one letter away from a word, empty where none is."""
    if len(word) < _SHORTEST_NEAR - 1:
        return ""
    names = around.once("names.long", lambda: _long_names(around))
    return next((name for plain, name in names if _is_near(_plain(word), plain)), "")


def _long_names(around: Around) -> tuple[tuple[str, str], ...]:
    names = (*_callings(around), *around.child.surname.split())
    return tuple((_plain(name), name) for name in names if len(name) >= _SHORTEST_NEAR)


def _wrong_names(
    words: str, near: dict[str, str], around: Around, *, section: Section, stranger: bool
) -> Iterator[tuple[str, str, str]]:
    child = around.child
    for quote, surname in _other_surname(words, around):
        yield (
            surname.casefold(),
            quote,
            f"the name reads “{quote}”, but the case says {child.full_name}.",
        )
    for quote, first in _other_first_name(words, around, section):
        yield first.casefold(), quote, f"the name reads “{quote}”, but the case says {child.full_name}."
    for wrong, right in _one_letter_off(words, near):
        yield wrong.casefold(), wrong, f"“{wrong}” is one letter away from {right}, the name on the case."
    if stranger:
        for quote, wrong in _stranger(words, around):
            yield wrong.casefold(), quote, f"“{quote}” speaks of {wrong} where {around.name} is meant."


def _other_surname(words: str, around: Around) -> Iterator[tuple[str, str]]:
    callings = around.once("names.callings", lambda: tuple(_callings(around)))
    if not around.child.surname or not any(name in words for name in callings):
        return
    surname = _plain(around.child.surname)
    for found in around.once("names.surname", lambda: _surname_after(callings)).finditer(words):
        quote, second = found[0], _bare(found["second"])
        folded = _plain(second)
        harmless = (
            folded == surname
            or _plain(words[found.start("second") : found.end() + len(surname)]).startswith(f"{surname} ")
            or _plain(words[found.start("second") :]) == surname
            or second.isupper()
            or second.casefold() in around.lists.not_surnames
            or second.casefold() in words_without(around.own_words, around.child.surname)
            or any(_plain(f"{found['first']} {second}") in _plain(name) for name in around.known_names)
        )
        if not harmless:
            yield _bare(quote), second


def _other_first_name(words: str, around: Around, section: Section) -> Iterator[tuple[str, str]]:
    """Find the child's surname behind another first name: one letter off, before the child's own middle name, or, where
    only the child is spoken of, as what a sentence is about. A relative's is left alone.
    """
    if not around.child.surname.strip() or around.child.surname.strip() not in words:
        return
    for found in around.once("names.first", lambda: _first_before(around)).finditer(words):
        first = found["first"].casefold()
        if first in around.own_words or first in around.other_words or first in around.lists.not_surnames:
            continue
        near = any(_is_near(_plain(found["first"]), _plain(name)) for name in _callings(around))
        if near or found["middle"] or (section is not Section.A and _is_subject(words, found)):
            yield found[0], found["first"]


def _first_before(around: Around) -> re.Pattern[str]:
    middle = "|".join(re.escape(name) for name in around.child.first_names.split()[1:]) or r"(?!)"
    surname = re.escape(around.child.surname.strip())
    return re.compile(rf"(?<![\w'’-])(?P<first>[A-Z][\w'’-]+)[ \t]+(?:(?P<middle>{middle})[ \t]+)?{surname}(?![\w-])")


def _is_subject(words: str, found: re.Match[str]) -> bool:
    """Whether a sentence begins with this name and says what its bearer does, and not whose relation that is."""
    after = words[found.end() :]
    return bool(_begins_sentence(words, found.start()) and _DOES.match(after) and not _RELATION_AFTER.match(after))


def words_without(words: frozenset[str], surname: str) -> frozenset[str]:
    """Leave out the parts of a double surname: half of one is not the name on the case."""
    return words - {part for part in re.split(r"[-\s]", surname.casefold()) if part}


def _one_letter_off(words: str, near: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A word that only begins a sentence may be an ordinary one; in the middle, or owning something, it is a name."""
    for wrong, right in near.items():
        stands = re.finditer(rf"(?<![\w'’-]){re.escape(wrong)}(?P<owns>['’]s?)?(?![\w-])", words)
        if any(found["owns"] or not _begins_sentence(words, found.start()) for found in stands):
            yield wrong, right


def _stranger(words: str, around: Around) -> Iterator[tuple[str, str]]:
    for pattern in (_IN_PLACE, _OBJECT, _OWNED):
        for found in pattern.finditer(words):
            name = found[1]
            known = name.casefold() in around.own_words or name.casefold() in around.other_words
            if known or name.casefold() not in around.lists.given_names:
                continue
            before, after = words[: found.start(1)], words[found.end(1) :]
            if not _RELATION_BEFORE.search(before) and not _RELATION_AFTER.match(after):
                yield found[0].strip(), name


def _paper_about(paper: Document, around: Around) -> str:
    """Return whose paper it seems to be, empty where it seems to be this child's."""
    return next(_others_named(paper, around), "")


def _others_named(paper: Document, around: Around) -> Iterator[str]:
    for words in (paper.title, re.sub(r"[_.]+", " ", paper.name)):
        for _, surname in _other_surname(words, around):
            yield f"{around.name} {surname}"
        for found in _ABOUT.finditer(words):
            name = _bare(found[1]).casefold()
            known = name in around.own_words or name in around.other_words
            if not known and name in around.lists.given_names:
                yield _bare(found[1])


def _callings(around: Around) -> Iterator[str]:
    """By what the child may be called: the first of the first names, and the known-as name."""
    child = around.child
    names = (child.first_names.strip(), *child.first_names.split()[:1], *child.known_as.split())
    for name in sorted(dict.fromkeys(names), key=len, reverse=True):
        if name[:1].isupper():
            yield name


def _surname_after(callings: Iterable[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in callings)
    return re.compile(rf"(?<![\w'’-])(?P<first>{names})[ \t]+(?P<second>[A-Z][\w'’-]+)" if names else r"(?!)")


def _bare(word: str) -> str:
    """Return a word without the ending that tells what it owns."""
    owner = word[:-1] if word.endswith(("'s", "’s")) else word
    return owner[:-1] if owner.endswith(("'", "’")) else owner


def _plain(name: str) -> str:
    """Names compare without capitals, accents and dashes."""
    if name.isascii():
        return " ".join(name.casefold().replace("-", " ").split())
    parted = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace("-", " ").split())


def _begins_sentence(words: str, at: int) -> bool:
    before = words[:at].rstrip(" \t\"“‘'(-•")
    return not before or before[-1] in ".!?:\n"


def _is_near(word: str, name: str) -> bool:
    """Whether two names differ by exactly one letter: another, one more, one less, or two changed about."""
    if word == name or abs(len(word) - len(name)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    rest, other = word[start:], name[start:]
    if len(word) == len(name):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    return rest[1:] == other if len(word) > len(name) else rest == other[1:]
