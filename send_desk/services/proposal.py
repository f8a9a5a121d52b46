"""What two people made of the same words, put together as a proposal; a person reads it and nothing stores it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from merge3 import Merge3

_PARAGRAPH = re.compile(r"[^\n]*\n*")
_WORD = re.compile(r"\s+|[^\s]+")
_LONGEST = 20_000
"""How many words are compared; longer texts are put together by paragraphs alone."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of both; where both changed the same words, both stand in square brackets: [at home | at school].

    `choices` counts those places.
    """

    words: str
    choices: int


def proposal(base: str, left: str, right: str) -> Proposal:
    """Put together what two people made of the same words: paragraph by paragraph, and in each word by word."""
    found: list[str] = []
    choices = 0
    for group in _groups(_paragraphs(base), _paragraphs(left), _paragraphs(right)):
        match group:
            case (before, one, other):
                words, open_ = _by_words("".join(before), "".join(one), "".join(other))
                found.append(words)
                choices += open_
            case (settled,):
                found.append("".join(settled))
    return Proposal("".join(found).strip("\n"), choices)


def _by_words(base: str, left: str, right: str) -> tuple[str, int]:
    units = [_WORD.findall(one) for one in (base, left, right)]
    if sum(map(len, units)) > _LONGEST:
        return _choice(left, right), 1
    found: list[str] = []
    choices = 0
    for group in _groups(*units):
        match group:
            case (_, one, other):
                found.append(_choice("".join(one), "".join(other)))
                choices += 1
            case (settled,):
                found.append("".join(settled))
    return "".join(found), choices


def _choice(left: str, right: str) -> str:
    """Both, in brackets, with the space that either ends with outside of them."""
    end = " " if left.endswith(" ") or right.endswith(" ") else "\n" * min(_ends(left), _ends(right))
    return f"[{left.strip()} | {right.strip()}]{end}"


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


def _paragraphs(words: str) -> list[str]:
    return [one for one in _PARAGRAPH.findall(words if words.endswith("\n") else f"{words}\n") if one]
