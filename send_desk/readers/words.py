"""Words from outside, made fit to keep: no control characters, one kind of line end."""

import re

_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
# PDFium marks a word broken at a line's end by U+0002 or U+FFFE: the word is whole again without it.
_BROKEN_WORD = re.compile("[\x02\ufffe]\\s*")
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\uffff]")
_MANY_ENDS = re.compile(r"\n{3,}")


def clean(words: str) -> str:
    """Return the words without what no page, database or file of ours can carry."""
    joined = _BROKEN_WORD.sub("", words)
    return _MANY_ENDS.sub("\n\n", _UNWANTED.sub("", _LINE_ENDS.sub("\n", joined))).strip()
