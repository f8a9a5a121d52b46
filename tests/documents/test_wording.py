"""The wording file: read strictly, dated, and complete for every id that a draft may need."""

from datetime import date

import pytest

from send_desk.documents.wording import Wording, parse_wording
from send_desk.domain.contribution_state import ANSWERS
from send_desk.domain.entry import PLACEMENT_FIELDS, PROVISION_FIELDS, VIEWS_FIELDS
from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Cell, Severity, State, Voice


def test_the_shipped_wording_is_dated_and_english(wording: Wording) -> None:
    assert wording.id == "draft"
    assert wording.dated == date(2026, 11, 21)
    assert wording.language == "en-GB"


def test_there_is_a_sentence_for_every_id(wording: Wording) -> None:
    missing_states = set(State) - ANSWERS - {State.NOT_DUE}
    needed = [
        *(f"missing.doing_by_state.{state}" for state in missing_states),
        *(f"advice.cells.{cell}" for cell in Cell),
        *(f"provision.{name}" for name in PROVISION_FIELDS),
        *(f"views.{name}" for name in VIEWS_FIELDS),
        *(f"views.{voice}" for voice in Voice),
        *(f"views.gathered_{voice}" for voice in Voice),
        *(f"placement.{name}" for name in PLACEMENT_FIELDS),
        *(f"findings.{severity}" for severity in Severity),
    ]
    assert [key for key in needed if not wording.has(key)] == []


def test_places_are_filled_and_words_of_the_case_are_not_read_as_places(wording: Wording) -> None:
    assert wording.say("title.for_child", name="{Ava}") == "for {Ava}"


def test_an_unknown_sentence_or_place_is_a_fault(wording: Wording) -> None:
    with pytest.raises(KeyError):
        wording.say("no.such")
    with pytest.raises(KeyError):
        wording.say("title.for_child")


def test_a_file_that_is_no_toml_is_refused_in_words() -> None:
    with pytest.raises(WrongUse, match="cannot be read"):
        parse_wording("id = ")


def test_a_file_without_a_date_is_refused_in_words() -> None:
    with pytest.raises(WrongUse, match="has no date"):
        parse_wording('id = "draft"')


def test_lists_and_numbers_are_told_apart() -> None:
    read = parse_wording('dated = 2026-01-01\ncount = 3\norder = ["a", "b"]\n[part]\nwords = "x"')
    assert read.orders == {"order": ("a", "b")}
    assert read.sentences == {"part.words": "x"}
    assert not read.has("count")
