"""What is saved comes back: revisions, words in work, and everything else that the store holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from send_desk.domain.errors import Refused
from send_desk.domain.ids import Cell, Section, State
from send_desk.domain.revision import DELETED, Revision
from send_desk.domain.summary import CaseStage, DayLine, Errand, Summary
from send_desk.services.ports import Establishment, KeptText
from send_desk.storage.home import OpenHome

Revise = Callable[..., Revision]
Open = Callable[[], OpenHome]

STRANGE = {
    "control characters": "a\x00b\x01c\x1fd\x7fe\u0085f",
    "emoji": "👩‍👧 👍🏽 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "right to left": "שלום \u202eاحترام\u202c end",
    "combining": "e\u0301 Z\u0335\u0321\u0334",
    "not characters": "\ufffe\uffff\U0010ffff",
    "quotes": "'; DROP TABLE revision; -- \" \\",
    "ten million letters": "speech and language " * 500_000,
}


def _kept(field: str, text: object, at: datetime, *, base: tuple[str, ...] = ("r000002",)) -> KeptText:
    return KeptText(case="case-1", record="case-1/f1", field=field, text=text, base=base, at=at)


def test_a_case_comes_back_as_it_was_saved(with_case: OpenHome, reopen: Open) -> None:
    file = reopen().store.case_file("case-1")
    assert file is not None
    assert (file.case.reference, file.case.child.full_name) == ("EX/1", "Zoë O'Neill")
    (entry,) = file.case.section(Section.F)
    assert (entry.id, entry.words, entry.value("who")) == ("f1", "Speech and language therapy", "a therapist")
    assert dict(file.heads) == {"case-1": ("r000001",), "case-1/f1": ("r000002",)}


def test_a_revision_comes_back_with_all_that_it_carries(home: OpenHome, revise: Revise, reopen: Open) -> None:
    odd = {"order": 1.5, "steps": ["a", {"b": None}], "huge": 2**80, "a newer desk's field": {"x": [True]}}
    saved = replace(revise("case-1/x", odd, kind="a kind of tomorrow"), schema=7)
    with home.store.write() as unit:
        unit.append([saved])
    assert reopen().store.history("case-1/x") == (saved,)


@pytest.mark.parametrize("words", STRANGE.values(), ids=STRANGE.keys())
def test_strange_words_are_kept_to_the_letter(
    with_case: OpenHome, revise: Revise, reopen: Open, now: datetime, words: str
) -> None:
    with with_case.store.write() as unit:
        unit.append([revise("case-1/f1", {"text": words}, parents=("r000002",))])
        unit.keep(_kept("fields.who", words, now, base=("r000003",)))
    store = reopen().store
    assert store.history("case-1/f1")[-1].fields == {"text": words}
    assert store.kept()[0].text == words
    store.search("speech")


def test_half_a_character_does_not_make_a_save_fail(with_case: OpenHome, reopen: Open, now: datetime) -> None:
    with with_case.store.write() as unit:
        unit.keep(_kept("text", "before \ud83d after \ud83d\udc4d", now))
    assert reopen().store.kept()[0].text == "before \ufffd after 👍"


def test_what_is_nested_without_end_is_refused_and_nothing_is_lost(with_case: OpenHome, revise: Revise) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(Refused, match="nested"), with_case.store.write() as unit:
        unit.append([revise("case-1/y", {"deep": deep})])
    assert with_case.store.history("case-1/y") == ()
    assert with_case.store.find("EX/1") == ("case-1",)


def test_a_known_revision_is_passed_over(with_case: OpenHome) -> None:
    history = with_case.store.history("case-1/f1")
    before = with_case.store.waiting()
    with with_case.store.write() as unit:
        unit.append([replace(history[0], fields={"text": "another body under the same id"})])
    assert with_case.store.history("case-1/f1") == history
    assert with_case.store.waiting() == before


def test_an_action_that_fails_leaves_nothing(with_case: OpenHome, revise: Revise, now: datetime) -> None:
    before = (with_case.store.case_file("case-1"), with_case.store.waiting(), with_case.store.saved_at())
    with pytest.raises(ZeroDivisionError), with_case.store.write() as unit:
        unit.append([revise("case-1/f1", {"text": "half done"}, parents=("r000002",))])
        unit.keep(_kept("text", "half done", now + timedelta(days=1)))
        raise ZeroDivisionError
    assert (with_case.store.case_file("case-1"), with_case.store.waiting(), with_case.store.saved_at()) == before


def test_one_action_is_one_transaction(home: OpenHome) -> None:
    with home.store.write(), pytest.raises(RuntimeError), home.store.write():
        pass
    with home.store.write() as unit:
        unit.put_setting("still", "usable")


def test_what_was_written_is_seen_before_the_block_ends(with_case: OpenHome, revise: Revise) -> None:
    with with_case.store.write() as unit:
        unit.append([revise("case-1", {"reference": "EX/9"}, kind="case", parents=("r000001",))])
        file = with_case.store.case_file("case-1")
    assert file is not None
    assert file.case.reference == "EX/9"


# --- words in work -----------------------------------------------------------------------------------------------


def test_words_in_work_stand_in_the_case(with_case: OpenHome, reopen: Open, now: datetime) -> None:
    with with_case.store.write() as unit:
        unit.keep(_kept("text", "Therapy each week", now))
        unit.keep(_kept("fields.how_often", "weekly", now))
    file = reopen().store.case_file("case-1")
    assert file is not None
    (entry,) = file.case.section(Section.F)
    assert (entry.words, entry.value("how_often")) == ("Therapy each week", "weekly")
    assert {words.field for words in file.kept} == {"text", "fields.how_often"}


def test_later_words_replace_earlier_ones_but_not_what_they_began_from(with_case: OpenHome, now: datetime) -> None:
    with with_case.store.write() as unit:
        unit.keep(_kept("text", "one", now, base=("r000002",)))
    with with_case.store.write() as unit:
        unit.keep(_kept("text", "two", now + timedelta(seconds=1), base=("later",)))
    (words,) = with_case.store.kept()
    assert (words.text, words.base, words.at) == ("two", ("r000002",), now + timedelta(seconds=1))


def test_words_that_became_a_revision_are_in_work_no_longer(with_case: OpenHome, revise: Revise, now: datetime) -> None:
    with with_case.store.write() as unit:
        unit.keep(_kept("text", "now closed", now))
    with with_case.store.write() as unit:
        unit.append([revise("case-1/f1", {"text": "now closed"}, parents=("r000002",))])
        unit.drop_kept("case-1/f1")
    assert with_case.store.kept() == ()


def test_the_words_of_one_field_can_be_dropped_alone(with_case: OpenHome, now: datetime) -> None:
    with with_case.store.write() as unit:
        unit.keep(_kept("text", "a", now))
        unit.keep(_kept("fields.who", "b", now))
        unit.drop_kept("case-1/f1", field="text")
        unit.drop_kept("case-1/f1", case="another case")
    assert [words.field for words in with_case.store.kept()] == ["fields.who"]


# --- how records stand ---------------------------------------------------------------------------------------------


def test_two_heads_are_merged_and_named(with_case: OpenHome, revise: Revise, reopen: Open) -> None:
    with with_case.store.write() as unit:
        unit.append([revise("case-1/f1", {"text": "mine"}, parents=("r000002",))])
        unit.append([revise("case-1/f1", {"text": "hers", "fields.who": "she"}, parents=("r000002",))])
    file = reopen().store.case_file("case-1")
    assert file is not None
    assert file.heads["case-1/f1"] == ("r000003", "r000004")
    assert file.merged is not None
    (conflict,) = file.merged["case-1/f1"].conflicts
    assert (conflict.field, conflict.revisions) == ("text", ("r000003", "r000004"))


def test_a_revision_over_both_heads_ends_the_conflict(with_case: OpenHome, revise: Revise) -> None:
    with with_case.store.write() as unit:
        unit.append([revise("case-1/f1", {"text": "mine"}, parents=("r000002",))])
        unit.append([revise("case-1/f1", {"text": "hers"}, parents=("r000002",))])
        unit.append([revise("case-1/f1", {"text": "ours"}, parents=("r000003", "r000004"))])
    file = with_case.store.case_file("case-1")
    assert file is not None
    assert file.heads["case-1/f1"] == ("r000005",)
    assert file.case.section(Section.F)[0].words == "ours"
    assert not file.merged


def test_revisions_that_arrive_child_first_stand_as_if_in_order(with_case: OpenHome, revise: Revise) -> None:
    first = revise("case-1/f1", {"text": "first"}, parents=("r000002",))
    second = revise("case-1/f1", {"text": "second"}, parents=(first.id,))
    for revision in (second, first):
        with with_case.store.write() as unit:
            unit.append([revision])
    file = with_case.store.case_file("case-1")
    assert file is not None
    assert (file.heads["case-1/f1"], file.case.section(Section.F)[0].words) == ((second.id,), "second")


def test_a_deleted_record_is_gone_from_the_case_and_can_come_back(with_case: OpenHome, revise: Revise) -> None:
    gone = revise("case-1/f1", {DELETED: True}, parents=("r000002",))
    with with_case.store.write() as unit:
        unit.append([gone])
    file = with_case.store.case_file("case-1")
    assert file is not None
    assert file.case.entries == ()
    assert file.heads["case-1/f1"] == (gone.id,)
    with with_case.store.write() as unit:
        unit.append([revise("case-1/f1", {DELETED: False}, parents=(gone.id,))])
    file = with_case.store.case_file("case-1")
    assert file is not None
    assert [entry.words for entry in file.case.entries] == ["Speech and language therapy"]
    assert len(with_case.store.history("case-1/f1")) == 3


def test_a_deleted_case_is_found_no_more_and_its_log_stays(with_case: OpenHome, revise: Revise) -> None:
    with with_case.store.write() as unit:
        unit.append([revise("case-1", {DELETED: True}, kind="case", parents=("r000001",))])
    store = with_case.store
    assert (store.case_file("case-1"), store.case_ids(), store.find("EX/1")) == (None, (), ())
    assert (store.by_upn("H801200001001"), store.search("speech")) == ((), ())
    assert len(store.history("case-1")) == 2


# --- finding a case ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["EX/1", " ex/1 ", "case-1"])
def test_a_case_is_found_by_reference_and_id(with_case: OpenHome, name: str) -> None:
    assert with_case.store.find(name) == ("case-1",)


def test_a_case_is_found_by_the_first_eight_characters_of_its_id(home: OpenHome, revise: Revise) -> None:
    ids = ("0197a1b2-aaaa", "0197a1b2-bbbb", "0197a1b3-cccc")
    with home.store.write() as unit:
        unit.append([revise(id_, {"reference": id_[-1]}, kind="case", case=id_) for id_ in ids])
    assert home.store.find("0197a1b3") == (ids[2],)
    assert home.store.find("0197A1B2") == ids[:2]
    assert home.store.find("0197a1b") == home.store.find("0197a1b%") == home.store.find("") == ()


def test_cases_are_found_by_upn(with_case: OpenHome) -> None:
    assert with_case.store.by_upn(" h801200001001") == ("case-1",)
    assert with_case.store.by_upn("") == with_case.store.by_upn("H8") == ()


def test_there_is_no_case_of_an_unknown_id(with_case: OpenHome) -> None:
    assert with_case.store.case_file("case-2") is None


# --- lists, settings, registers -------------------------------------------------------------------------------------


def test_the_line_of_a_case_comes_back_whole(with_case: OpenHome, reopen: Open) -> None:
    summary = Summary(
        case="case-1", reference="EX/1", name="Zoë O'Neill", known_as="Zo", born=date(2017, 2, 28),
        stage=CaseStage.DRAFTING, week=14, strip={Cell.HEALTH: State.OVERDUE, Cell.FAMILY: State.CONTRIBUTES},
        next_rule="FINAL_PLAN", next_due=date(2026, 5, 1), blocks=1, warnings=2, notes=3, owner="Jo", waiting=4,
        lines=(DayLine(Errand.ADVICE_OVERDUE, date(2026, 3, 1), "Health is late", "case.register"),),
        computed_for=date(2026, 3, 3), setting="A school", tips={Cell.HEALTH: "asked 3 January"},
    )  # fmt: skip
    with with_case.store.write() as unit:
        unit.put_summaries([replace(summary, name="before"), replace(summary, case="case-0", full=False)])
    with with_case.store.write() as unit:
        unit.put_summaries([summary])
    assert reopen().store.summaries() == (replace(summary, case="case-0", full=False), summary)
    with reopen().store.write() as unit:
        unit.drop_summaries(["case-0"])
    assert reopen().store.summaries() == (summary,)


def test_no_case_is_out_of_the_list_because_its_line_is_missing(with_case: OpenHome) -> None:
    (line,) = with_case.store.summaries()
    assert (line.case, line.reference, line.name, line.computed_for) == ("case-1", "EX/1", "Zoë O'Neill", None)


def test_a_line_that_another_version_told_otherwise_is_to_be_computed_anew(with_case: OpenHome) -> None:
    with with_case.store.write(), with_case.store.reading() as driver:
        driver.execute("INSERT INTO summary (case_id, held, body) VALUES ('case-1', 1, ?)", (b'{"case": 1}',))
        driver.execute("INSERT INTO summary (case_id, held, body) VALUES ('elsewhere', 0, ?)", (b'{"case": 1}',))
    (line,) = with_case.store.summaries()
    assert (line.case, line.computed_for) == ("case-1", None)


def test_settings_come_back_as_they_were(home: OpenHome, reopen: Open) -> None:
    value = {"columns": ["a", None, 3.5], "wide": True}
    with home.store.write() as unit:
        unit.put_setting("import.mapping", "before")
        unit.put_setting("import.mapping", value)
    assert reopen().store.setting("import.mapping") == value
    assert reopen().store.setting("never.set") is None


def test_establishments_are_found_by_urn_and_by_words_of_the_name(home: OpenHome) -> None:
    register = [
        Establishment("100001", "Brook Lane Primary School", "Primary", "EX1 1AA", "Open"),
        Establishment("100002", "Ysgol Brôn 100% Lane", "Primary"),
        Establishment("100003", "Hill School"),
    ]
    with home.store.write() as unit:
        unit.put_establishments([Establishment("9", "gone with the former register")])
        unit.put_establishments(register)
    store = home.store
    assert store.establishments("100003") == (register[2],)
    assert store.establishments("lane") == tuple(register[:2])
    assert store.establishments("LANE brook") == (register[0],)
    assert store.establishments("brôn") == store.establishments("100%") == (register[1],)
    assert store.establishments("lane", limit=1) == (register[0],)
    assert store.establishments("_") == store.establishments(" ") == store.establishments("former") == ()


def test_the_digests_of_other_names_tell_only_whether_one_is_there(home: OpenHome) -> None:
    with home.store.write() as unit:
        unit.put_other_names([b"a" * 32, b"b" * 32, b"a" * 32])
    asked = frozenset({b"a" * 32, b"c" * 32})
    assert home.store.other_names(asked) == {b"a" * 32}
    assert home.store.other_names(frozenset()) == frozenset()


def test_the_directory_holds_lines_of_no_case(home: OpenHome, revise: Revise) -> None:
    fields = {"service": "Community paediatrics", "name": "Dr Example"}
    with home.store.write() as unit:
        unit.append([revise("adviser-1", fields, kind="adviser", case="")])
        unit.append([revise("adviser-2", {"service": "Gone", DELETED: True}, kind="adviser", case="")])
    (line,) = home.store.directory()
    assert (line.id, line.service, line.name) == ("adviser-1", "Community paediatrics", "Dr Example")
    assert dict(home.store.directory_heads()) == {"adviser-1": ("r000001",), "adviser-2": ("r000002",)}
    assert home.store.case_ids() == ()


# --- what is not yet in the office copy ------------------------------------------------------------------------------


def test_every_change_waits_and_words_in_work_count(with_case: OpenHome, reopen: Open, now: datetime) -> None:
    assert with_case.store.waiting() == {"case-1": 2}
    with with_case.store.write() as unit:
        unit.keep(_kept("text", "in work", now))
    assert with_case.store.waiting() == {"case-1": 3} == reopen().store.waiting()


def test_what_waits_is_counted_on_while_work_goes_on(with_case: OpenHome, revise: Revise) -> None:
    assert with_case.store.waiting() == {"case-1": 2}
    with with_case.store.write() as unit:
        unit.append([revise("case-2", {"reference": "EX/2"}, kind="case", case="case-2")])
    assert with_case.store.waiting() == {"case-1": 2, "case-2": 1}


def test_the_moment_of_the_last_save_is_known_also_after_opening_again(
    home: OpenHome, revise: Revise, reopen: Open, now: datetime
) -> None:
    assert home.store.saved_at() is None
    with home.store.write() as unit:
        unit.append([revise("case-1", {"reference": "EX/1"}, kind="case")])
    assert home.store.saved_at() == now
    later = now + timedelta(minutes=5)
    with home.store.write() as unit:
        unit.keep(_kept("text", "x", later))
    assert home.store.saved_at() == later == reopen().store.saved_at()
