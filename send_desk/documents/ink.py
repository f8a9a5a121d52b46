"""Characters that the typeface cannot draw, replaced where everybody can see it; nothing fails."""

import unicodedata
from itertools import groupby

_LONGEST_NAMED = 3
"""Letters of a foreign script in a run longer than this are counted, not named one by one."""

_PLAIN_FORMS = {
    **dict.fromkeys("●▪◦■", "•"), **dict.fromkeys("✓✔", "[tick]"), **dict.fromkeys("✗✘", "[cross]"),
    "☑": "[ticked box]", "☐": "[empty box]", "→": "->", "←": "<-", "⇒": "=>", "≤": "<=", "≥": ">=", "≈": "about ",
    "−": "-", "‐": "-", "‑": "-", "⁄": "/", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
_SKIN_TONES = range(0x1F3FB, 0x1F400)


class Ink:
    """What one typeface can show; `replaced` gathers, each once, the characters for which something else was set."""

    def __init__(self, covered: frozenset[int]) -> None:
        self._covered = frozenset(map(chr, covered)) | {"\n"}
        self.replaced: dict[str, None] = {}

    def printable(self, words: str) -> str:
        """Return the words with each character that cannot be drawn replaced by its plain form or its bracketed name.

        Control and formatting characters go without a mark, for they were never to be seen.
        """
        if self._covered.issuperset(words):
            return words
        composed = unicodedata.normalize("NFC", words)
        return "".join(self._run(kind, "".join(run)) for kind, run in groupby(composed, self._kind))

    def _kind(self, character: str) -> str:
        if character in self._covered:
            return "drawn"
        if character in _PLAIN_FORMS:
            return "plain"
        category = unicodedata.category(character)
        if category == "Zs":
            return "space"
        if character == "\t":
            return "space"
        if category in ("Cc", "Cf") or character in "\ufe0e\ufe0f" or ord(character) in _SKIN_TONES:
            return "unseen"
        # A run of one foreign script is told as one: "Arabic", "Hebrew", "Cjk".
        return f"letter {_script(character)}" if category[0] in "LM" else "sign"

    def _run(self, kind: str, run: str) -> str:
        match kind:
            case "drawn":
                return run
            case "space":
                return " " * len(run)
            case "unseen":
                return ""
        self.replaced.update(dict.fromkeys(run))
        if kind == "plain":
            return "".join(_PLAIN_FORMS[character] for character in run)
        if kind != "sign" and len(run) > _LONGEST_NAMED:
            return f"[{len(run)} letters, {kind.removeprefix('letter ')}, not in this typeface]"
        return "".join(f"[{_name(character)}]" for character in run)


def _name(character: str) -> str:
    return unicodedata.name(character, f"character {ord(character):04X}").lower()


def _script(character: str) -> str:
    return unicodedata.name(character, "unknown").split()[0].capitalize()
