"""The word lists that checks read: dated data under `resources/words/`, an authority's own files layered on top."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from send_desk.domain.errors import Cannot

_NOTHING = re.compile(r"(?!)")
_EDGE = r"\b"
_LITERAL = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of whole phrases: `by_word` tells by one word of each, all in small letters, which words it is made of.

    To look words up in a set costs a small part of what the pattern costs, and in most rows no phrase stands. A phrase
    of signs alone has no word to look up: with `signs` the pattern always decides.
    """

    by_word: Mapping[str, tuple[frozenset[str], ...]]
    whole: re.Pattern[str]
    signs: bool = False

    def may_stand(self, vocabulary: frozenset[str]) -> bool:
        """Tell whether all words of any phrase are among those of a row."""
        found = self.by_word.keys() & vocabulary
        return self.signs or any(phrase <= vocabulary for word in found for phrase in self.by_word[word])

    def search(self, words: str, vocabulary: frozenset[str]) -> re.Match[str] | None:
        """Return the first phrase in some words; `vocabulary` holds at least each of them, in small letters."""
        return self.whole.search(words) if self.may_stand(vocabulary) else None


@dataclass(frozen=True, slots=True)
class Patterns:
    """A list as two patterns: `hint` finds quickly where one may be, `whole` what it is.

    A hint has no capitals or edges, or looks for all edges of words at once, and so runs many times faster.
    """

    hint: re.Pattern[str]
    whole: re.Pattern[str]

    def search(self, words: str, lowered: str | None = None) -> re.Match[str] | None:
        """Return the first that stands in some words; `lowered` are the same words as the hint reads them."""
        return self.whole.search(words) if self.hint.search(words if lowered is None else lowered) else None


@dataclass(frozen=True)
class CheckLists:
    """Every list under its dotted name, such as "placeholders.words", and the numbers of checks that are switched off.

    `dated` is the day of the newest list. An empty value is usable: its lists catch nothing.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    silenced: frozenset[int] = frozenset()
    dated: date | None = None

    def of(self, name: str) -> tuple[str, ...]:
        """Return a list by its name, empty where no file gives it."""
        return self.words.get(name, ())

    @cached_property
    def template_words(self) -> Phrases:
        """Words of a template or of drafting that must not stay in a plan."""
        return _phrases(self.of("placeholders.words"))

    @cached_property
    def template_marks(self) -> Patterns:
        """Marks of a template, as patterns in which capitals count."""
        patterns = self.of("placeholders.patterns")
        return Patterns(_any(_together(patterns)), _any(patterns))

    @cached_property
    def residue(self) -> frozenset[str]:
        """What says nothing when it is all that a row holds, without capitals."""
        return frozenset(word.casefold() for word in self.of("placeholders.whole"))

    @cached_property
    def school_types(self) -> Phrases:
        """Kinds of school or place, one or several."""
        types = self.of("schools.types")
        return _phrases((*types, *(f"{word}s" for word in types)))

    @cached_property
    def school_common(self) -> frozenset[str]:
        """Words that schools' names share."""
        return frozenset(self.of("schools.common"))

    @cached_property
    def not_schools(self) -> frozenset[str]:
        """Words that stand before "School" without naming one."""
        return frozenset(self.of("schools.not_names"))

    @cached_property
    def diagnoses(self) -> Phrases:
        """Names of conditions."""
        return _phrases(self.of("diagnoses.names"))

    @cached_property
    def around_diagnoses(self) -> frozenset[str]:
        """Small words that say nothing of a need beside a diagnosis."""
        return frozenset(self.of("diagnoses.around"))

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Common first names that are no other word, without capitals."""
        return frozenset(name.casefold() for name in self.of("names.given"))

    @cached_property
    def not_surnames(self) -> frozenset[str]:
        """Words with a capital that are no surname, without capitals."""
        return frozenset(name.casefold() for name in self.of("names.not_surnames"))

    @cached_property
    def strands(self) -> Mapping[str, Patterns]:
        """The words of each strand of preparing for adulthood by its id, and "general" for adulthood itself."""
        prefix = "adulthood."
        return {
            name.removeprefix(prefix): _beginnings(words)
            for name, words in self.words.items()
            if name.startswith(prefix)
        }


def read_lists(texts: Iterable[str]) -> CheckLists:
    """Make the lists out of the text of their files, in order: the program's own first, then the authority's.

    A table `[name]` adds to the lists `name.key`, `[remove.name]` takes words away, `silence = [10]` switches checks
    off. Raises Cannot for text that is no TOML, a list that holds anything but words, and a pattern that is none.
    """
    words: dict[str, dict[str, None]] = {}
    silenced: set[int] = set()
    days: list[date] = []
    for text in texts:
        top = _parse(text)
        silenced.update(one for one in _list(top.get("silence", []), "silence") if isinstance(one, int))
        day = top.get("dated")
        days += [day] if isinstance(day, date) else []
        for name, listed in _tables(top):
            words.setdefault(name, {}).update(dict.fromkeys(listed))
        for name, listed in _tables(_table(top.get("remove", {}), "remove")):
            for word in listed:
                words.get(name, {}).pop(word, None)
    lists = {name: tuple(listed) for name, listed in words.items()}
    for pattern in lists.get("placeholders.patterns", ()):
        try:
            re.compile(pattern)
        except re.error as error:
            raise Cannot(f"The word lists cannot be used: {pattern!r} is not a pattern ({error}).") from error
    return CheckLists(lists, frozenset(silenced), max(days, default=None))


def _parse(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Cannot(f"A file of word lists cannot be read: {error}.") from error


def _tables(top: Mapping[str, object]) -> Iterable[tuple[str, list[str]]]:
    for table, value in top.items():
        if table == "remove" or not isinstance(value, Mapping):
            continue
        for key, listed in value.items():
            name = f"{table}.{key}"
            yield name, [str(word) for word in _list(listed, name)]


def _list(value: object, name: str) -> list[object]:
    if not isinstance(value, list) or not all(isinstance(one, str | int) for one in value):
        raise Cannot(f"The word lists cannot be used: {name} is not a list of words.")
    return value


def _table(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise Cannot(f"The word lists cannot be used: {name} is not a table.")
    return value


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    longest = sorted(patterns, key=len, reverse=True)
    return re.compile("|".join(f"(?:{pattern})" for pattern in longest)) if longest else _NOTHING


def _together(patterns: Iterable[str]) -> Iterable[str]:
    """Return patterns that find the same places, those that begin at the edge of a word under one common edge."""
    edged = [pattern for pattern in patterns if pattern.startswith(_EDGE) and not _has_choice(pattern)]
    if edged:
        yield _EDGE + "(?:" + "|".join(pattern.removeprefix(_EDGE) for pattern in edged) + ")"
    yield from (pattern for pattern in patterns if pattern not in edged)


def _has_choice(pattern: str) -> bool:
    """Whether a pattern is a choice of several outside all brackets."""
    bare, more = _LITERAL.sub("", pattern), 1
    while more:
        bare, more = re.subn(r"\([^()]*\)", "", bare)
    return "|" in bare


def _phrases(phrases: Iterable[str]) -> Phrases:
    """Make the patterns of a list, the longest phrase first."""
    longest = _longest_first(phrases)
    if not longest:
        return Phrases({}, _NOTHING)
    made_of = [vocabulary_of(phrase.lower()) for phrase in longest]
    by_word: dict[str, tuple[frozenset[str], ...]] = {}
    for words in filter(None, made_of):
        rarest = max(sorted(words), key=len)
        by_word[rarest] = (*by_word.get(rarest, ()), words)
    whole = re.compile("|".join(map(_words_of, longest)), re.IGNORECASE)
    return Phrases(by_word, whole, signs=not all(made_of))


def _beginnings(phrases: Iterable[str]) -> Patterns:
    """Make the patterns of a list of phrases with which words begin, the longest first."""
    longest = _longest_first(phrases)
    if not longest:
        return Patterns(_NOTHING, _NOTHING)
    return Patterns(
        re.compile("|".join(_spaced(phrase.lower()) for phrase in longest)),
        re.compile("|".join(map(_start_of, longest)), re.IGNORECASE),
    )


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted({phrase for phrase in phrases if phrase.strip()}, key=len, reverse=True)


def vocabulary_of(lowered: str) -> frozenset[str]:
    """Return the different words of a text in small letters."""
    return frozenset(_WORD.findall(lowered))


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _words_of(words: str) -> str:
    """Return a pattern for whole words, whatever the spaces between them."""
    return f"{_edge(words[:1], before=True)}{_spaced(words)}{_edge(words[-1:], before=False)}"


def _start_of(words: str) -> str:
    """Return a pattern for words that begin like this; a space at an end stands for the end of a word."""
    return rf"\b{_spaced(words)}" + (r"\b" if words.endswith(" ") else "")


def _edge(letter: str, *, before: bool) -> str:
    if not (letter.isalnum() or letter == "_"):
        return ""
    return r"(?<!\w)" if before else r"(?!\w)"
