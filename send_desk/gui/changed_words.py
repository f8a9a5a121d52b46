"""What became of words, as HTML: what came underlined, what went struck through; never told by colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from send_desk.domain.differences import Change, Stretch


def changed_words(stretches: Iterable[Stretch], came: str, went: str) -> str:
    """Return stretches as HTML in the colours `came` and `went`.

    What came in the place of what went stands a space apart from it, so that they are not read as one word.
    """
    out: list[str] = []
    before = ""  # what went, just before this stretch
    for one in stretches:
        words = escape(one.words).replace("\n", "<br>")
        match one.change:
            case Change.ADDED:
                if before and not before[-1].isspace() and not one.words[:1].isspace():
                    out.append(" ")
                out.append(f'<span style="color:{came}; text-decoration: underline">{words}</span>')
            case Change.REMOVED:
                out.append(f'<span style="color:{went}; text-decoration: line-through">{words}</span>')
            case Change.SAME:
                out.append(words)
        before = one.words if one.change is Change.REMOVED else ""
    return "".join(out)
