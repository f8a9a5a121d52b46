"""A proposal puts two people's words together and never hides what either wrote."""

from hypothesis import given
from hypothesis import strategies as st

from send_desk.services.proposal import Proposal, proposal

_WORDS = st.lists(st.sampled_from(["Ava", "reads", "aloud", "daily", "with", "help", "at home."]), max_size=8).map(
    " ".join
)
_TEXTS = st.lists(_WORDS.filter(bool), max_size=4).map("\n\n".join)


def test_paragraphs_that_each_changed_alone_stand_together() -> None:
    base = "Ava reads.\n\nShe swims.\n\nShe draws."
    left = "Ava reads aloud.\n\nShe swims.\n\nShe draws."
    right = "Ava reads.\n\nShe swims.\n\nShe draws at home.\n\nShe sings."
    assert proposal(base, left, right) == Proposal(
        "Ava reads aloud.\n\nShe swims.\n\nShe draws at home.\n\nShe sings.", 0
    )


def test_words_of_one_paragraph_are_put_together_too() -> None:
    base = "Ava reads with help every day at school."
    left = "Ava reads aloud with help every day at school."
    right = "Ava reads with help every morning at school."
    assert proposal(base, left, right) == Proposal("Ava reads aloud with help every morning at school.", 0)


def test_where_both_changed_the_same_words_both_stand_in_brackets() -> None:
    found = proposal("Once a week at school.", "Twice a week at school.", "Three times a week at school.")
    assert found == Proposal("[Twice | Three times] a week at school.", 1)


def test_a_sentence_that_both_rewrote_is_not_mixed() -> None:
    found = proposal(
        "A teaching assistant.",
        "A speech and language therapist, registered.",
        "A trained teaching assistant under a speech and language therapist.",
    )
    assert found == Proposal(
        "A [speech and language therapist, registered. | "
        "trained teaching assistant under a speech and language therapist.]",
        1,
    )


def test_the_other_sentences_of_a_paragraph_are_put_together_all_the_same() -> None:
    base = "Ava reads. She swims. She draws."
    assert proposal(base, "Ava reads daily. She swims. She draws.", "Ava reads aloud. She swims. She draws well.") == (
        Proposal("Ava reads [daily. | aloud.] She swims. She draws well.", 1)
    )


def test_without_a_common_beginning_both_stand() -> None:
    assert proposal("", "Ava reads.", "Ava swims.") == Proposal("Ava [reads. | swims.]", 1)


@given(_TEXTS, _TEXTS)
def test_one_person_s_change_alone_is_taken_as_it_is(base: str, left: str) -> None:
    assert proposal(base, left, base).words.split() == left.split()
    assert proposal(base, base, left).words.split() == left.split()
    assert proposal(base, left, left) == Proposal(proposal(base, left, left).words, 0)


@given(_TEXTS, _TEXTS, _TEXTS)
def test_no_word_that_somebody_added_is_lost(base: str, left: str, right: str) -> None:
    found = set(proposal(base, left, right).words.replace("[", " ").replace("]", " ").split())
    assert {*left.split(), *right.split()} - {*base.split()} <= found
