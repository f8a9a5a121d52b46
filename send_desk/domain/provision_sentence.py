"""The sentence that the fields of a row make: shown as they are typed, and printed.

Nothing is invented: every word comes from a field, joined by the few that English needs. Where a field is not given the
sentence does without it, and where too little is given there is no sentence.
"""

import re

from .dates import in_words, iso
from .entry import Entry
from .person import Child


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DETERMINERS = _set("a an the one two three four all both each every either her his their its our my your any")
_TITLES = _set("mr mrs ms miss mx dr prof professor sir dame")
_PRONOUNS = _set("she he they it we you her his their its this that these those the a an")
_SMALL_WORDS = _set(
    "for until till over throughout during from to across in each every once twice at by with on before after "
    "within while daily weekly termly"
)
_PLURALS = _set("staff people adults children")

# What a person may do, where "what" is written as a deed ("teach ...") and not as a thing ("teaching of ...").
_DEEDS = _set(
    "accompany adapt administer agree apply arrange ask assess assist attend break build carry check coach "
    "complete create deliver demonstrate develop draw employ ensure explain feed follow give greet guide help "
    "hold introduce keep lead liaise listen make meet model monitor move offer organise oversee plan practise "
    "pre-teach prepare present prompt provide put read record rehearse remind repeat run scribe send set share "
    "show sit spend supervise support take talk teach tell train transcribe use visit walk work write"
)
_THING_AFTER = _set("of with for from in at to during and or")

_OFTEN = {"1": "once", "2": "twice", "3": "three times", "4": "four times", "5": "five times"}
_X_TIMES = re.compile(r"(\d{1,2})\s*(?:x|×)\s*(?=\D|$)", re.IGNORECASE)
_TIMES_A = re.compile(
    r"^(once|twice|(?:\w+) times) (day|week|fortnight|month|term|year|session|lesson)\b", re.IGNORECASE
)
_ONE_TO_ONE = re.compile(r"(?:1\s*[:-]\s*1|1\s*to\s*1|one[\s-]to[\s-]one|individual(?:ly)?)", re.IGNORECASE)
_RATIO = re.compile(r"\d+\s*:\s*\d+")
_NUMBER = re.compile(
    r"(?:up to |no more than |at most )?\d+(?:\s*(?:to|-|–)\s*\d+)?(?:\s+(?:pupils|children|others|peers))?"
)
_GATHERING = re.compile(r"(?:(?:small|large|larger|mixed|nurture|quiet)\s+)?(?:group|class|pair)\b", re.IGNORECASE)
_LEADING = {
    "how_long": re.compile(r"(?:for|lasting|all|throughout)\b", re.IGNORECASE),
    "group": re.compile(r"(?:in|with|at|as|on)\b", re.IGNORECASE),
    "for_how_long": re.compile(
        r"(?:for|over|until|till|throughout|during|from|to|across|in|as long|while|each|every|all)\b", re.IGNORECASE
    ),
    "review": re.compile(
        r"(?:at|by|every|each|in|on|once|twice|after|before|within|as part|with|annually|when|half)\b|"
        r"\S+ly(?:$|\s(?:by|in|at|with|and|or|as|to)\b)",
        re.IGNORECASE,
    ),
}
_EACH_TIME = re.compile(
    r"\b(?:each|every|per|a (?:day|week|session|time|lesson)|in total|daily|weekly)\b", re.IGNORECASE
)


def provision_sentence(entry: Entry) -> str:
    """Return what the fields of a provision say, as one or two sentences; empty where "what" is not given.

    "A speech and language therapist (HCPC registered) will provide direct therapy, once a week, for 45 minutes each
    time, one to one, over 38 weeks. This will be reviewed termly."
    """
    what = _tidy(entry.value("what"))
    if not what:
        return ""
    who, qualification = _tidy(entry.value("who")), _tidy(entry.value("qualification"))
    parts = [_opening(what, who, qualification), *_details(entry)]
    if not who and qualification:
        parts.insert(1, f"by a person with this training or qualification: {qualification}")
    review = _tidy(entry.value("review"))
    ending = f" {_review(review)}" if review else ""
    return f"{_capital(', '.join(parts))}.{ending}"


def outcome_sentence(entry: Entry, child: Child) -> str:
    """Return "By ..., Ava will ..., so that ...", as far as its fields are given; empty where "will" is not."""
    name = child.called.strip() or "the child"
    will = _without(_tidy(entry.value("will")), name, "she", "he", "they", "i", "will")
    if not will:
        return ""
    by = _by(entry)
    so_that = _lower(_without(_tidy(entry.value("so_that")), "so that", "so"), keep=name)
    opening = f"By {by}, {name}" if by else _capital(name)
    return f"{opening} will {_lower(will, keep=name)}{f', so that {so_that}' if so_that else ''}."


def _by(entry: Entry) -> str:
    words = _without(_tidy(entry.value("by")), "by")
    day = iso(words or entry.value("by_date"))
    return in_words(day) if day else _lower(words)


def _opening(what: str, who: str, qualification: str) -> str:
    if re.search(r"\bwill\b", what):
        giver = f", given by {_someone(who)}{_in_brackets(qualification, who)}" if who else ""
        return what + giver
    if not who:
        return what if _is_deed(what) else f"{what} will be provided"
    does = what[:1].lower() + what[1:] if _is_deed(what) else f"provide {_lower(what)}"
    return f"{_someone(who)}{_in_brackets(qualification, who)} will {does}"


def _details(entry: Entry) -> list[str]:
    often, long = _tidy(entry.value("how_often")), _tidy(entry.value("how_long"))
    group, span = _tidy(entry.value("group")), _tidy(entry.value("for_how_long"))
    found = [_how_often(often)] if often else []
    found += [_how_long(long, often)] if long else []
    found += [_group(group)] if group else []
    found += [span if _leads("for_how_long", span) else f"over {_lower(span)}"] if span else []
    return [_lower(part) for part in found]


def _how_often(words: str) -> str:
    def said(found: re.Match[str]) -> str:
        return f"{_OFTEN.get(found[1], f'{found[1]} times')} "

    spoken = _X_TIMES.sub(said, words, count=1).strip()
    return _TIMES_A.sub(r"\1 a \2", spoken)


def _how_long(words: str, often: str) -> str:
    spoken = words if _leads("how_long", words) else f"for {_lower(words)}"
    return f"{spoken} each time" if often and not _EACH_TIME.search(words) else spoken


def _group(words: str) -> str:
    if _ONE_TO_ONE.fullmatch(words):
        return "one to one"
    if _RATIO.fullmatch(words):
        return f"at a ratio of {words}"
    if _NUMBER.fullmatch(words):
        return f"in a group of {_lower(words)}"
    if _leads("group", words):
        return words
    first = words.split()[0].casefold()
    if first in _DETERMINERS or words.casefold().startswith("pairs"):
        return f"in {_lower(words)}"
    return f"in a {_lower(words)}" if _GATHERING.match(words) else words


def _review(words: str) -> str:
    if re.match(r"(?:reviewed|to be reviewed|it will|this will|review)\b", words, re.IGNORECASE):
        return f"{_capital(words)}."
    return f"This will be reviewed {_lower(words)}." if _leads("review", words) else f"Review: {_lower(words)}."


def _leads(field: str, words: str) -> bool:
    return bool(_LEADING[field].match(words))


def _someone(who: str) -> str:
    """Give a role its article: "a teaching assistant", "an occupational therapist"; names and several stay bare."""
    first = who.split()[0]
    bare = first.casefold().rstrip(".")
    if bare in _DETERMINERS or bare in _TITLES or _is_several(who) or _is_name(who):
        return _lower(who) if bare in _DETERMINERS else who
    role = _lower(who)
    return f"{'an' if _sounds_open(role) else 'a'} {role}"


def _is_several(who: str) -> bool:
    head = re.split(r",| (?:who|with|from|in|at|of|trained|under|and|or) ", who, maxsplit=1)[0].split()[-1].casefold()
    return head in _PLURALS or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


def _is_name(who: str) -> bool:
    """Two words or more, each with a capital and none a known role: Priya Anand."""
    words = who.split(",")[0].split()
    return 2 <= len(words) <= 3 and all(word[:1].isupper() for word in words) and not _ROLE.search(words[-1])


_ROLE = re.compile(
    r"(?:ist|er|or|ant|nurse|tutor|head|coach|aide|guide|visitor|lead|SENC[oO]|TA|HLTA|ELSA|staff|team|service|family|"
    r"school|college|psychologist|parent|professional|practitioner|mentor|officer)$",
    re.IGNORECASE,
)


def _sounds_open(words: str) -> bool:
    first = re.split(r"[\s-]", words, maxsplit=1)[0]
    if first.isupper() and len(first) > 1:
        return first[0] in "AEFHILMNORSX" and first not in ("SENCO", "SEND", "SALT")
    return first[:1].casefold() in "aeiou" and not first.casefold().startswith(("uni", "use", "eu", "one"))


def _in_brackets(qualification: str, who: str) -> str:
    known = not qualification or qualification.casefold() in who.casefold()
    return "" if known else f" ({qualification})"


def _is_deed(what: str) -> bool:
    first, *rest = what.split()
    if first.casefold() not in _DEEDS:
        return False
    follows = rest[0].casefold() if rest else ""
    thing = follows == "of" or (first.casefold() in ("support", "help") and follows in _THING_AFTER)
    return bool(rest) and not thing


def _tidy(words: str) -> str:
    return " ".join(words.split()).rstrip(".;, ")


def _without(words: str, *leading: str) -> str:
    """Drop words that the sentence supplies itself: "will", "so that", the child's name."""
    for start in leading:
        if words.casefold() == start.casefold():
            return ""
        if words.casefold().startswith(f"{start.casefold()} "):
            words = words[len(start) + 1 :].lstrip()
    return words


def _lower(words: str, *, keep: str = "") -> str:
    """Begin with a small letter, unless the first word is an abbreviation, a name, or the word I."""
    first = words.split(maxsplit=1)[0] if words else ""
    plain = first[:1].isupper() and first[1:].islower() and first.casefold() not in _TITLES
    article = first == "A"
    named = bool(keep) and words.casefold().startswith(keep.casefold())
    if named or not (plain or article) or _is_proper(words):
        return words
    return words[:1].lower() + words[1:]


def _is_proper(words: str) -> bool:
    """Whether a capital at the beginning seems meant: the next word has one too, or it names a month or day."""
    first, *rest = words.split()
    if first.casefold() in _PRONOUNS | _DETERMINERS | _SMALL_WORDS:
        return False
    return bool(rest and rest[0][:1].isupper() and rest[0][1:].islower()) or bool(_CALENDAR.match(first))


_CALENDAR = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|Easter|Christmas|Year|Key|Makaton|British|English|Braille)\b"
)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
