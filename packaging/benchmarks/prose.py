"""Prose drawn by a seed, no two pieces alike: it compresses as a plan's words do, not as one line repeated."""

import random

_TEXT = """
a about adult after again aloud and answers are as asks at attends begins break breathing bring by calm can card
careful chair change checks child choose class clear comes corner counts day describe desk direct each ear early
eats edge eight ends every explain face feels finds finger first five follows for four friend from games gently
given gives group grip half hall hand has hear help her holds home hour in instruction into is jumper keeps key
known label learns least leaves lesson letter listens little long looks lunch made meals meets minutes morning moves
names needs new next noise notices number of on once one opens outside own page pairs paper partner pauses peers
picture place plan plays points practises prefers prompt quiet reach reads ready repeat rest retells room routine
rules says school seat second sensory sentence session shared short shows signs since sits six small snack so sorts
sound spaces speaks spoken stands starts steady step stops story supported swaps table takes talk task teacher tells
ten term text that the their then therapist this three time tired to together touch trusted turns twice two
uncertain understand uses visits visual voice waits walks warm weekly when while whisper with without word works
writes yard yellow yes
"""
_WORDS = _TEXT.split()


def sentence_of(size: int, rng: random.Random) -> str:
    """Return words of about `size` characters."""
    out: list[str] = []
    length = 0
    while length < size:
        word = rng.choice(_WORDS)
        out.append(word)
        length += len(word) + 1
    return " ".join(out)


def edited(words: str, rng: random.Random) -> str:
    """Return the words as a writer leaves them after one change: a few of them others."""
    parts = words.split(" ")
    place = rng.randrange(max(1, len(parts) - 4))
    return " ".join([*parts[:place], *sentence_of(24, rng).split(" "), *parts[place + 4 :]])
