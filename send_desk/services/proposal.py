"""What two people made of the same words, put together as a proposal; a person reads it and nothing stores it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from merge3 import Merge3

_PARAGRAPH = re.compile(r"[^\n]*\n*")
_SENTENCE = re.compile(r"(?<=[.!?]\s)")
_WORD = re.compile(r"\s+|[^\s]+")
_LONGEST = 20_000
"""How many parts are compared; what has more is left as a choice."""

Split = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of both; where both changed the same words, both stand in square brackets: [at home | at school].

    `choices` counts those places.
    """

    words: str
    choices: int


def proposal(base: str, left: str, right: str) -> Proposal:
    """Put together what two people made of the same words: by paragraphs, in these by sentences, in these by words.

    A sentence that both changed at the same words is not mixed: it stands once, with both in brackets where they part.
    """
    units = [_paragraphs(one) for one in (base, left, right)]
    words, choices = _together(units, (_sentences, _words))
    return Proposal(words.strip("\n"), choices)


def _together(units: Sequence[Sequence[str]], finer: Sequence[Split]) -> tuple[str, int]:
    found: list[str] = []
    choices = 0
    for group in _groups(*units):
        if len(group) == 1:
            found.append("".join(group[0]))
            continue
        whole = ["".join(one) for one in group]
        words, open_ = _in_parts(whole, finer)
        found.append(words)
        choices += open_
    return "".join(found), choices


def _in_parts(whole: Sequence[str], finer: Sequence[Split]) -> tuple[str, int]:
    """Put together what both changed by smaller parts; where even words cannot be, leave the choice."""
    _, left, right = whole
    parts = [finer[0](one) for one in whole] if finer else []
    if not parts or sum(map(len, parts)) > _LONGEST:
        return _choice(left, right), 1
    words, choices = _together(parts, finer[1:])
    return (words, choices) if choices == 0 or len(finer) > 1 else (_choice(left, right), 1)


def _choice(left: str, right: str) -> str:
    """Both in brackets, but for the words with which both begin and end."""
    one, other = _words(left), _words(right)
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    middle = ["".join(each[start : len(each) - end]) for each in (one, other)]
    before, after = "".join(one[:start]), "".join(one[len(one) - end :]) if end else ""
    lead = middle[0][: len(middle[0]) - len(middle[0].lstrip())]
    gap = "\n" * min(_ends(middle[0]), _ends(middle[1])) or (" " if any(one.endswith(" ") for one in middle) else "")
    return f"{before}{lead}[{middle[0].strip()} | {middle[1].strip()}]{gap}{after}"


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _ends(words: str) -> int:
    return len(words) - len(words.rstrip("\n"))


def _groups(base: Sequence[str], left: Sequence[str], right: Sequence[str]) -> list[tuple[Sequence[str], ...]]:
    """Return the stretches in order: one value where they agree or only one side changed, three where both did."""
    out: list[tuple[Sequence[str], ...]] = []
    for region in Merge3(base, left, right).merge_regions():
        match region:
            case ("unchanged", int(start), int(end)):
                out.append((base[start:end],))
            case ("a" | "same", int(start), int(end)):
                out.append((left[start:end],))
            case ("b", int(start), int(end)):
                out.append((right[start:end],))
            case ("conflict", z1, z2, a1, a2, b1, b2):
                before = base[z1:z2] if z1 is not None and z2 is not None else ()
                out.append((before, left[a1:a2], right[b1:b2]))
    return out


def _words(words: str) -> list[str]:
    return _WORD.findall(words)


def _sentences(words: str) -> list[str]:
    return [one for one in _SENTENCE.split(words) if one]


def _paragraphs(words: str) -> list[str]:
    return [one for one in _PARAGRAPH.findall(words if words.endswith("\n") else f"{words}\n") if one]
