"""Check 6: an age, year group, key stage or school in the words agrees with the case on the day of the draft.

Only what is said of the child now is compared: "when she was 4", "a reading age of 7" and "by the end of Year 6" stay.
"""

import re
from collections.abc import Iterator
from functools import partial

from send_desk.domain.dates import age_on
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import EntryKind, Level, Severity, Voice
from send_desk.domain.year_group import usual_year, year_number, year_words

from .check import Check
from .reading import Around, Row, words_of

AGE = Check(6, Level.EXACT, Severity.WARN, Law("UK GDPR art 5(1)(d), accuracy; SEND Code of Practice 9.61", "no"))

_NUMBERS = tuple(
    re.split(
        r"\s+",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen "
        "nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five",
    )
)
_VALUE = {word: number for number, word in enumerate(_NUMBERS, start=1)}
_N = rf"(?P<n>\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_OLD = r"(?:[\s-]years?(?:\s+(?:and\s+)?\w+\s+months?)?[\s-]+old|\s+years?\s+of\s+age)"
_NOW = r"(?:now\s+|currently\s+|just\s+)?"

_YEAR_OLD = re.compile(
    rf"\b{_N}[\s-]years?[\s-]old\s+(?:girl|boy|child|young\s+(?:man|woman|person)|student|pupil|learner)\b",
    re.IGNORECASE,
)
_AGED = re.compile(rf"\b(?:age|aged)[:\s]+{_N}\b(?!\s*(?:to|-|–|\+|or|and over|plus|months))", re.IGNORECASE)
_I_AM = re.compile(rf"\bI(?:['’]m|\s+am)\s+{_NOW}{_N}(?:{_OLD}|(?=\s*(?:[.,;!]|and\b|$)))", re.IGNORECASE)
_NOT_THE_CHILD_NOW = re.compile(
    r"\b(?:at|from|by|since|until|till|under|over|before|after|between|when|was|were|had|been|did|diagnosed|assessed|moved|"
    r"started|began|born|adopted|reading|spelling|mental|developmental|equivalent|level|typical|average|expected|like|"
    r"children|pupils|peers|people|those|others|another|younger|older|brother|sister|sibling|siblings|cousin|friend|"
    r"friends|mum|dad|mother|father|son|daughter|range|group|ages|would|will|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:brother|sister|sibling|siblings|cousin|friend|mum|dad|mother|father|parent|parents|carer|twin|uncle|aunt|"
    r"stepfather|stepmother|grandmother|grandfather|nan|grandad)\b",
    re.IGNORECASE,
)
_PUPIL = r"(?:pupil|student|child|boy|girl|learner)\b"
_NOW_IN = (
    r"\b(?:is|are|am|['’]m|currently|now)\s+(?:currently\s+|now\s+)?(?:an?\s+(?:pupil|student)\s+)?in\s+(?:the\s+)?"
)
_AS_A = r"(?:\b(?:is|as)\s+an?\s+|^\s*(?:an?\s+)?|(?<=[.!?]\s))"
_YEAR = r"(?:(?:Year|Y|Yr)\s?(?P<n>\d{1,2}|R)|(?P<early>Reception|Nursery))\b"
_YEAR_NOW = re.compile(
    rf"{_NOW_IN}{_YEAR}(?!\s*(?:level|curriculum|work|standard|expectation|objective|target|book|area|desk|room))", re.I
)
_IN_BRACKETS = re.compile(rf"\(\s*{_YEAR}\s*\)", re.I)
_YEAR_PUPIL = re.compile(rf"{_AS_A}{_YEAR}\s+{_PUPIL}", re.I)
_STAGE = r"(?:Key\s+Stage|KS)\s?(?P<n>[1-5])\b"
_STAGE_NOW = re.compile(
    rf"{_NOW_IN}(?:the\s+)?{_STAGE}|\bis\s+at\s+the\s+\w+\s+of\s+{_STAGE.replace('<n>', '<m>')}", re.I
)
_STAGE_PUPIL = re.compile(rf"{_AS_A}{_STAGE}(?P<m>)\s+{_PUPIL}", re.I)
_YEAR_HINT = re.compile(r"y|reception")
_STAGE_HINT = re.compile(r"key\s+stage|ks")
_NOTHING = ("", "")
_STAGES = {1: range(1, 3), 2: range(3, 7), 3: range(7, 10), 4: range(10, 12), 5: range(12, 15)}
_ATTENDS = re.compile(
    r"\b(?<!also )(?:attends|is (?:a )?(?:pupil|student|on roll|enrolled) at|currently at|goes to)\s+"
    r"(?P<school>(?:[A-Z][\w'’.&-]*|of|the|and)(?:\s+(?:[A-Z][\w'’.&-]*|of|the|and))*)"
)
_SCHOOL = re.compile(r"\b(?:School|Academy|College|Primary|Infants?|Juniors?|Nursery|High|Pre-?school|Centre)\b")


def ages_in_row(row: Row, around: Around) -> Iterator[Finding]:
    """Compare what a row says of the child's age, year, key stage and school with the case."""
    entry = row.entry
    if entry.kind is EntryKind.ADVICE or not entry.words:
        return
    words = entry.words
    for part, told, kept in (
        ("age", *_age(words, around, child_speaks=entry.voice is Voice.CHILD)),
        ("year", *(_year(words, around) if _YEAR_HINT.search(row.lowered) else _NOTHING)),
        ("key_stage", *(_stage(words, around) if _STAGE_HINT.search(row.lowered) else _NOTHING)),
        ("setting", *(_school(words, around) if _SCHOOL.search(words) else _NOTHING)),
    ):
        if told:
            yield AGE.find(
                entry.id,
                f"{row.label} says “{told}”, but {kept}.",
                part=part,
                section=entry.section,
                entry=entry.id,
                quote=told,
                mend="Bring the words up to date, or correct the case.",
            )


def _age(words: str, around: Around, *, child_speaks: bool) -> tuple[str, str]:
    born = around.child.date_of_birth
    if born is None or not (_I_AM if child_speaks else _HINT).search(words):
        return _NOTHING
    right = {age_on(born, day) for day in around.days}
    for claim, number in _claims(words, around, child_speaks=child_speaks):
        if number not in right:
            return claim, f"{around.name} is {age_on(born, around.days[-1])} on the day of this draft"
    return _NOTHING


_HINT = re.compile(rf"\bage|years?[\s-]|(?:is|are|,|\()\s*{_N}\b", re.IGNORECASE)
_SAYS = rf"\s+(?:is|are)\s+{_NOW}(?:aged\s+)?{_N}(?:{_OLD}|(?=\s*(?:[.,;]|and\b|$)))"
_BESIDE = rf"\s*(?:,\s*|\(\s*)(?:who\s+is\s+)?(?:aged?\s+)?{_N.replace('<n>', '<n2>')}(?=\s*[,)])"
_OLD_NAME = rf"\b{_N.replace('<n>', '<n3>')}[\s-]years?[\s-]old,?\s+"
# The pattern of a child's own names takes longer to make than a whole plan to read, and most plans never need it.
_ANYBODY = re.compile(f"{_SAYS}|{_BESIDE}|{_OLD_NAME}", re.IGNORECASE)


def _claims(words: str, around: Around, *, child_speaks: bool) -> Iterator[tuple[str, int]]:
    named = [] if child_speaks or not _ANYBODY.search(words) else [around.once("ages.named", partial(_named, around))]
    for pattern in [_I_AM] if child_speaks else [*named, _YEAR_OLD, _AGED]:
        for found in pattern.finditer(words):
            before = _sentence_before(words, found.start())
            groups = found.groupdict()
            pronoun = groups.get("pronoun")
            other = _NOT_THE_CHILD_NOW.search(before) or (pronoun and _RELATIVE.search(words[: found.start()]))
            if child_speaks or not other:
                yield (
                    found[0].strip(" ,("),
                    _number(next(value for name, value in groups.items() if value and name.startswith("n"))),
                )


def _callings(around: Around) -> tuple[str, ...]:
    child = around.child
    names = (child.full_name, child.first_names, *child.first_names.split()[:1], child.known_as)
    return tuple(dict.fromkeys(name for name in names if name.strip()))


def _named(around: Around) -> re.Pattern[str]:
    names = _either(_callings(around))
    who = rf"(?:(?:{names})(?:\s+(?-i:[A-Z])[\w'’-]+)?|(?P<pronoun>She|He|They))"
    return re.compile(rf"\b{who}(?:{_SAYS}|{_BESIDE})|{_OLD_NAME}(?:{names})\b", re.IGNORECASE)


def _year(words: str, around: Around) -> tuple[str, str]:
    beside = [around.once("ages.year", partial(_year_beside, around))] if _IN_BRACKETS.search(words) else []
    for pattern in (_YEAR_NOW, _YEAR_PUPIL, *beside):
        for found in pattern.finditer(words):
            told = year_number(found["n"] or found["early"])
            if told is None or _RELATIVE.search(_sentence_before(words, found.start())):
                continue
            known = year_number(around.child.year_group)
            if known is not None and told != known:
                return found[0].strip(), f"the case says {year_words(known)}"
            usual = _usual(around)
            if known is None and usual is not None and abs(told - usual) > 1:
                return found[0].strip(), f"{around.name}'s date of birth suggests {year_words(usual)}"
    return _NOTHING


def _year_beside(around: Around) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(_callings(around))})\s*{_IN_BRACKETS.pattern}", re.IGNORECASE)


def _either(callings: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(callings, key=len, reverse=True)) or r"(?!)"


def _stage(words: str, around: Around) -> tuple[str, str]:
    for found in (*_STAGE_NOW.finditer(words), *_STAGE_PUPIL.finditer(words)):
        if _RELATIVE.search(_sentence_before(words, found.start())):
            continue
        known, usual = year_number(around.child.year_group), _usual(around)
        years = _STAGES[int(found["n"] or found["m"])]
        if known is not None and known not in years:
            return found[0], f"the case says {year_words(known)}"
        if known is None and usual is not None and not {usual - 1, usual, usual + 1} & set(years):
            return found[0], f"{around.name}'s date of birth suggests {year_words(usual)}"
    return _NOTHING


def _school(words: str, around: Around) -> tuple[str, str]:
    here = words_of(around.setting.name) - around.lists.school_common
    if not here:
        return _NOTHING
    for found in _ATTENDS.finditer(words):
        school = found["school"]
        named = words_of(school) - around.lists.school_common
        about_other = _RELATIVE.search(_sentence_before(words, found.start()))
        if _SCHOOL.search(school) and named and not named & here and not about_other:
            return found[0].strip(), f"the case says {around.setting.name}"
    return _NOTHING


def _usual(around: Around) -> int | None:
    born = around.child.date_of_birth
    return None if born is None else usual_year(born, around.book, around.days[-1])


def _sentence_before(words: str, at: int) -> str:
    """Return what stands before a place in its own sentence."""
    start = max(words.rfind(end, 0, at) for end in (". ", "! ", "? ", "\n"))
    return words[start + 1 : at]


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _VALUE[words.casefold()]
