"""Ink: what the typeface cannot show is replaced in sight, and nothing makes it fail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.documents.ink import Ink

COVERED = frozenset(map(ord, map(chr, range(32, 127)))) | frozenset(map(ord, "éŵ•“”\u00a0"))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("plain words", "plain words"),
        ("A \N{STEAM LOCOMOTIVE} ride", "A [steam locomotive] ride"),
        ("well done \N{WHITE HEAVY CHECK MARK}\N{VARIATION SELECTOR-16}", "well done [white heavy check mark]"),
        ("thumbs \N{THUMBS UP SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}", "thumbs [thumbs up sign]"),
        ("B2 → E1", "B2 -> E1"),
        ("✓ done, ☐ not", "[tick] done, [empty box] not"),
        ("e\N{COMBINING ACUTE ACCENT}t\N{COMBINING ACUTE ACCENT}", "ét[combining acute accent]"),
        ("left\u202eright\u200b\x00\x07", "leftright"),
        ("one\ttwo\u2009three", "one two three"),
        ("one\u2028two", "one\ntwo"),
        ("سلام", "[4 letters, Arabic, not in this typeface]"),
        ("5 µg", "5 [micro sign]g"),
        ("broken \ud83d half", "broken [character d83d] half"),
    ],
)
def test_replaced_in_sight(written: str, printed: str) -> None:
    assert Ink(COVERED).printable(written) == printed


def test_what_was_replaced_is_told_once_each() -> None:
    ink = Ink(COVERED)
    ink.printable("→ \N{RABBIT} \N{RABBIT}")
    ink.printable("\N{RABBIT}\x00 plain")
    assert tuple(ink.replaced) == ("→", "\N{RABBIT}")


@given(st.text())
def test_only_what_can_be_drawn_comes_out(words: str) -> None:
    assert set(map(ord, Ink(COVERED).printable(words))) <= COVERED | {ord("\n")}


@given(st.text(alphabet=st.sampled_from(sorted(map(chr, COVERED)))))
def test_what_can_be_drawn_stays_as_it_was(words: str) -> None:
    ink = Ink(COVERED)
    assert ink.printable(words) == words
    assert not ink.replaced
