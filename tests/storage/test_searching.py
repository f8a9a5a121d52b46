"""Words are found wherever they were written, as soon as they were, and shown in their place."""

from collections.abc import Callable
from datetime import datetime

import pytest

from send_desk.domain.revision import DELETED, Revision
from send_desk.services.ports import KeptText
from send_desk.storage import marking
from send_desk.storage.home import OpenHome, open_home_with_key
from send_desk.storage.keys import DataKey

Revise = Callable[..., Revision]


def _found(home: OpenHome, words: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.record) for hit in home.store.search(words)]


@pytest.fixture
def full(with_case: OpenHome, revise: Revise) -> OpenHome:
    """A case with an adviser's paper, a contact, a person and a plan entry in blocks."""
    blocks = [{"kind": "bullet", "runs": [{"text": "climbing "}, {"text": "frame", "style": "strong"}]}]
    pages = ["Balance is poor.", "Weekly hydrotherapy is advised."]
    with with_case.store.write() as unit:
        unit.append(
            [
                revise("case-1/d1", {"title": "Physiotherapy report", "pages": pages}, kind="document"),
                revise("case-1/c1", {"whom": "Mrs Sample", "text": "rang about transport"}, kind="contact"),
                revise("case-1/p1", {"name": "Aunt Geraldine", "relation": "aunt"}, kind="person"),
                revise("case-1/v1", {"text": blocks, "fields.steps": ["first rung", "second rung"]}),
                revise("case-1/x1", {"note": "invisible"}, kind="print"),
            ]
        )
    return with_case


@pytest.mark.parametrize(
    ("words", "kind", "record"),
    [
        ("o'neill", "name", "case-1"),
        ("O\u2019Neill", "name", "case-1"),
        ("zoe", "name", "case-1"),
        ("ZOË", "name", "case-1"),
        ("EX/1", "name", "case-1"),
        ("H801200001001", "name", "case-1"),
        ("geraldine", "name", "case-1/p1"),
        ("langu ther", "entry", "case-1/f1"),
        ("a therapist", "entry", "case-1/f1"),
        ("climbing fra", "entry", "case-1/v1"),
        ("second rung", "entry", "case-1/v1"),
        ("hydro", "advice", "case-1/d1"),
        ("physiotherapy", "advice", "case-1/d1"),
        ("transport", "contact", "case-1/c1"),
    ],
)
def test_words_are_found_where_they_stand(full: OpenHome, words: str, kind: str, record: str) -> None:
    assert (kind, record) in _found(full, words)


@pytest.mark.parametrize(
    "words", ["", " ", "'", '"', "*", "- ( )", "^", "invisible", "erapy", "language zzz", "🙂", "NEAR"]
)
def test_what_stands_nowhere_is_not_found_and_nothing_breaks(full: OpenHome, words: str) -> None:
    assert _found(full, words) == []


@pytest.mark.parametrize("words", ['"therapy', "therapy*", "therapy)", "(therapy", "-therapy", "text:therapy", "a:b"])
def test_signs_of_the_query_language_are_only_signs(full: OpenHome, words: str) -> None:
    full.store.search(words)


def test_a_name_comes_before_the_same_word_in_a_text(full: OpenHome, revise: Revise) -> None:
    with full.store.write() as unit:
        unit.append([revise("case-1/f9", {"text": "Zoë likes Zoë and Zoë"})])
    assert _found(full, "zoë")[0] == ("name", "case-1")


def test_a_record_is_one_hit_however_many_of_its_pages_fit(full: OpenHome, revise: Revise) -> None:
    with full.store.write() as unit:
        unit.append([revise("case-1/d2", {"pages": ["hydrotherapy again"] * 30}, kind="document")])
    assert sorted(_found(full, "hydrotherapy")) == [("advice", "case-1/d1"), ("advice", "case-1/d2")]
    assert len(full.store.search("hydrotherapy", limit=1)) == 1


def test_a_found_word_is_marked_in_its_place(full: OpenHome) -> None:
    (hit,) = full.store.search("hydro advis")
    assert hit.snippet == "Weekly \x02hydrotherapy\x03 is \x02advised\x03."
    assert (hit.case, hit.reference, hit.name) == ("case-1", "EX/1", "Zoë O'Neill")


def test_words_in_work_are_found_at_once(full: OpenHome, now: datetime) -> None:
    with full.store.write() as unit:
        unit.keep(KeptText("case-1", "case-1/f1", "text", "Trampolining on Fridays", (), now))
    (hit,) = full.store.search("trampo frid")
    assert (hit.kind, hit.record, hit.snippet) == ("entry", "case-1/f1", "\x02Trampolining\x03 on \x02Fridays\x03")


def test_changed_words_are_found_and_former_ones_are_not(full: OpenHome, revise: Revise) -> None:
    assert _found(full, "language") == [("entry", "case-1/f1")]
    with full.store.write() as unit:
        unit.append([revise("case-1/f1", {"text": "Signing"}, parents=("r000002",))])
    assert _found(full, "signing") == [("entry", "case-1/f1")]
    assert _found(full, "language") == []


def test_a_deleted_entry_is_not_found(full: OpenHome, revise: Revise) -> None:
    full.store.index_words()
    with full.store.write() as unit:
        unit.append([revise("case-1/f1", {DELETED: True}, parents=("r000002",))])
    assert _found(full, "language") == []


def test_a_reader_finds_what_the_writer_has_not_indexed(
    full: OpenHome, revise: Revise, key: DataKey, now: datetime
) -> None:
    full.store.index_words()
    with full.store.write() as unit:
        unit.append([revise("case-1/f7", {"text": "Weighted blanket"})])
    reader = open_home_with_key(full.path, key, now=now, read_only=True)
    assert _found(reader, "weigh blank") == [("entry", "case-1/f7")]
    assert _found(reader, "hydro") == [("advice", "case-1/d1")]
    reader.close()


# --- the words around a found one --------------------------------------------------------------------------------


def _snippet(words: str, asked: str) -> str:
    shown = marking.snippet(words, marking.beginnings(marking.askable(asked)))
    return shown.replace(marking.BEFORE, "[").replace(marking.AFTER, "]")


def test_a_snippet_is_cut_between_words() -> None:
    words = "before " * 40 + "needle " + "after " * 60
    shown = _snippet(words, "need")
    assert "[needle]" in shown
    assert set(shown.replace("…", "").replace("[needle]", "").split()) == {"before", "after"}
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_a_snippet_of_one_endless_word_is_cut_all_the_same() -> None:
    assert len(_snippet("x" * 5000 + " needle " + "y" * 5000, "needle")) < 300


@pytest.mark.parametrize(
    ("words", "asked", "shown"),
    [
        ("a café, a Café", "cafe", "a [café], a [Café]"),
        ("un-happy happy", "happy", "un-[happy] [happy]"),
        ("unhappy", "happy", "unhappy"),
        ("o'neill", "o'neill", "[o]'[neill]"),
        ("İstanbul ISTANBUL", "istanbul", "[İstanbul] [ISTANBUL]"),
        ("aa aaa", "a aa", "[aa] [aaa]"),
        ("snake_case", "case", "snake_[case]"),
    ],
)
def test_found_words_are_marked_whatever_their_letters(words: str, asked: str, shown: str) -> None:
    assert _snippet(words, asked) == shown


def test_a_child_of_that_name_comes_before_everybody_who_shares_it(home: OpenHome, revise: Revise) -> None:
    with home.store.write() as unit:
        unit.append(
            [
                revise(
                    "case-a",
                    {"reference": "HD-1", "child.first_names": "Thea", "child.surname": "Beck"},
                    kind="case",
                    case="case-a",
                ),
                revise("case-a/p", {"name": "Fiona Thornley", "relation": "SENCO"}, kind="person", case="case-a"),
                revise(
                    "case-b",
                    {"reference": "HD-2", "child.first_names": "Ava", "child.surname": "Thornley"},
                    kind="case",
                    case="case-b",
                ),
            ]
        )
    assert [(hit.case, hit.record) for hit in home.store.search("thorn")] == [
        ("case-b", "case-b"),
        ("case-a", "case-a/p"),
    ]
