"""Where searched words stand in a text, and the few words around them that a person is shown: pure.

Words are compared as the index compares them: without case and without accents.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

BEFORE, AFTER = "\x02", "\x03"
"""What stands before and after a found word in a snippet."""

_LETTERS_BEFORE, _LETTERS_AFTER = 50, 110
_WORD = re.compile(r"[^\W_]+")
_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
# One letter for one letter, so that places in the folded text are places in the text itself.
_FOLD = {code: unicodedata.normalize("NFD", chr(code))[0].lower() for code in _LATIN}

Beginnings = Sequence[str]
"""What each word asked begins with, folded."""


_LONGEST_QUERY, _LONGEST_WORD, _MOST_WORDS = 4_000, 80, 40


def askable(words: str) -> list[str]:
    """Return the words of a query that hold a letter or a figure at all: the first of them, and their beginnings.

    A page pasted into the search is more than SQLite compares in one question, and more than anyone looks for.
    """
    told = (word[:_LONGEST_WORD] for word in words[:_LONGEST_QUERY].split())
    return list(dict.fromkeys(word for word in told if _WORD.search(word)))[:_MOST_WORDS]


def beginnings(asked: Sequence[str]) -> Beginnings:
    """Return what is looked for at the beginning of words, in a folded text; a word with a sign in it makes two."""
    return [token for word in asked for token in _WORD.findall(folded(word))]


def folded(words: str) -> str:
    """Return words as they are compared; the result is as long as the words."""
    if words.isascii():
        return words.lower()
    plain = words.translate(_FOLD)
    lower = plain.lower()
    return lower if len(lower) == len(words) else plain


def stand_in(words: str, asked: Beginnings) -> bool:
    """Tell whether every word asked begins a word of these."""
    compared = folded(words)
    return all(next(_places(compared, one), None) is not None for one in asked)


def snippet(words: str, asked: Beginnings) -> str:
    """Return the words around the first found one, each found word between its marks."""
    compared = folded(words)
    firsts = [place for one in asked for place in islice(_places(compared, one), 1)]
    left, right = _around(words, min(firsts, default=0))
    cut, compared = words[left:right], compared[left:right]
    out: list[str] = []
    done = 0
    for start in sorted(place for one in asked for place in _places(compared, one)):
        whole = _WORD.match(compared, start)
        if start >= done and whole is not None:
            out += [cut[done:start], BEFORE, cut[start : whole.end()], AFTER]
            done = whole.end()
    out.append(cut[done:])
    return ("… " if left else "") + "".join(out).strip() + (" …" if right < len(words) else "")


def _places(compared: str, token: str) -> Iterator[int]:
    # str.find passes over a long text many times faster than a pattern that looks behind at every letter.
    place = compared.find(token)
    while place >= 0:
        if place == 0 or not compared[place - 1].isalnum():
            yield place
        place = compared.find(token, place + 1)


def _around(words: str, first: int) -> tuple[int, int]:
    left, right = max(0, first - _LETTERS_BEFORE), min(len(words), first + _LETTERS_AFTER)
    if left:
        space = words.find(" ", left, first)
        left = space + 1 if space >= 0 else left
    if right < len(words):
        space = words.rfind(" ", first, right)
        right = space if space > first else right
    return left, right
