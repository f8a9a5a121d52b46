"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")
_LONGEST = 20_000


class Change(StrEnum):
    """Whether a stretch of words stayed, came or went."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words with one fate."""

    change: Change
    words: str


def word_differences(before: str, after: str) -> tuple[Stretch, ...]:
    """Return the stretches that lead from one text to the other, what went before what came.

    Joined without the added stretches they give `before`, without the removed ones `after`. Texts of more than 20,000
    words are compared as wholes.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _LONGEST:
        whole = (Stretch(Change.REMOVED, before), Stretch(Change.ADDED, after))
        return (Stretch(Change.SAME, before),) if before == after else tuple(one for one in whole if one.words)
    out: list[Stretch] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            out.append(Stretch(Change.SAME, "".join(old[i1:i2])))
            continue
        if i2 > i1:
            out.append(Stretch(Change.REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            out.append(Stretch(Change.ADDED, "".join(new[j1:j2])))
    return tuple(out)
