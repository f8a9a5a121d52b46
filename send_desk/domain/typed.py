"""What a person types or pastes, made fit to keep, to search and to print, at whatever door it comes in."""

import re

LONGEST_NAME = 200
"""How many characters a name or a reference may have."""

LONGEST_NOTE = 20_000
"""How many characters a note or a field of an entry takes when it is typed or pasted: some eight printed pages."""

# Control characters, halves of characters, soft hyphens, invisible spaces and the overrides that turn the direction of
# everything after them; joiners and direction marks stay, because emoji and many languages are written with them.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_LINE_ENDS = re.compile(r"\r\n?|\x85|\u2028|\u2029")


def clean(words: str) -> str:
    """Return words without control characters; line ends become one kind, tabs become spaces."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", words)).replace("\t", " ")


def clean_line(words: str) -> str:
    """Return words as one line: clean, and with single spaces where lines and runs of spaces were."""
    return " ".join(clean(words).split())
