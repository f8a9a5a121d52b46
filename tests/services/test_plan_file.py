"""The plan file: what it means, what it refuses in words, and that ids and states are kept."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from send_desk.domain.case import Case, Setting
from send_desk.domain.entry import Source
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.ids import Area, Cell, EntryKind, EventKind, Section, State
from send_desk.domain.person import HE, SHE, Pronouns
from send_desk.domain.text import from_words
from send_desk.services.plan_file import plan_words, read_plan, write_plan

CHILD = {"first_names": "Rowan", "surname": "Pickersgill", "date_of_birth": "2016-05-04"}


class Ids:
    """Ids in a row, so that a test can say which were new."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self) -> str:
        return f"new-{next(self._numbers)}"

    def record(self) -> str:
        return f"record-{next(self._numbers)}"


def plan(case: Mapping[str, object] | None = None, **top: object) -> dict[str, object]:
    inner = {"reference": "AB-1", "child": dict(CHILD), **(case or {})}
    return {"schema": "send-desk/plan-1", "case": inner, **top}


def read(document: object) -> Case:
    return read_plan(json.dumps(document), ids=Ids())


def test_the_least_that_a_plan_can_say() -> None:
    case = read(plan())
    assert (case.reference, case.child.full_name, case.child.date_of_birth) == (
        "AB-1",
        "Rowan Pickersgill",
        date(2016, 5, 4),
    )
    assert case.id == "record-1"
    assert read_plan(plan_words(case), ids=Ids()) == case


def test_what_the_interface_draws_stands_in_every_export() -> None:
    out = write_plan(read(plan({"events": [{"id": "e", "kind": "ceased", "on": "2026-01-02"}]})))
    assert list(out)[:4] == ["schema", "framework", "stage", "version"]
    assert {
        "id",
        "reference",
        "authority",
        "officer",
        "child",
        "setting",
        "previous_settings",
        "people",
        "events",
    } == set(out["case"])
    assert set(out["case"]["child"]) == {
        *("first_names", "surname", "known_as", "pronouns", "date_of_birth", "year_group", "upn", "uln", "nhs_number"),
        *("address", "postcode", "address_confidential", "first_language", "interpreter", "communication"),
        "looked_after",
    }
    assert out["case"]["events"] == [{"id": "e", "kind": "ceased", "on": "2026-01-02", "by": "", "note": ""}]
    assert out["case"]["setting"] == {"name": "", "urn": "", "type": "", "since": None}


def test_an_entry_with_all_its_parts() -> None:
    entry = {
        "id": "F3",
        "section": "F",
        "kind": "provision",
        "area": "communication",
        "text": "First.\n\nSecond.",
        "fields": {"what": "Colourful semantics", "how_often": "twice a week", "steps": ["one", "two"]},
        "links": {"needs": ["B1", "nowhere"], "outcomes": ["E1"]},
        "sources": [{"document": "D1", "page": 3, "quote": "twice weekly"}, {"judgement": True, "by": "A. Writer"}],
    }
    case = read(plan(entries=[entry]))
    (found,) = case.entries
    assert (found.id, found.section, found.kind, found.area) == (
        "F3",
        Section.F,
        EntryKind.PROVISION,
        Area.COMMUNICATION,
    )
    assert [block.words for block in found.text] == ["First.", "Second."]
    assert found.value("steps") == "one\ntwo"
    assert found.links.needs == ("B1", "nowhere")
    assert (found.sources[0].page, found.sources[1].judgement) == (3, True)
    (again,) = write_plan(case)["entries"]
    assert again == {**entry, "voice": None, "links": {"aspirations": [], **entry["links"]}}


def test_settings_now_and_before() -> None:
    case = read(
        plan(
            {
                "setting": {"name": "Beck Infant", "urn": 112345, "since": "2024-09-01"},
                "previous_settings": [{"name": "Nook"}],
            }
        )
    )
    assert replace(case.setting, extra={}) == Setting("Beck Infant", "112345", since=date(2024, 9, 1))
    assert case.previous_settings == (Setting("Nook"),)
    assert write_plan(case)["case"]["setting"]["urn"] == 112345


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"subject": "she"}, SHE),
        ({"subject": "He", "object": "him"}, Pronouns("He", "him", "his", "his", "himself")),
        ({"subject": "xe", "object": "xem"}, Pronouns("xe", "xem")),
        ({}, None),
        (None, None),
    ],
)
def test_pronouns_half_given_are_filled_up(written: object, meant: Pronouns | None) -> None:
    case = read(plan({"child": {**CHILD, "pronouns": written}}))
    assert case.child.pronouns == meant
    again = write_plan(case)["case"]["child"]["pronouns"]
    assert (
        again is None if meant is None else (again["subject"], again["reflexive"]) == (meant.subject, meant.reflexive)
    )


def test_a_change_on_the_desk_leaves_what_was_unknown_beside_it() -> None:
    entry = {
        "id": "F1",
        "section": "F",
        "fields": {"who": "a teacher", "cost": 12},
        "sources": [{"document": "D1", "page": 1, "colour": "red"}, {"document": "D2", "quote": "weekly", "x": None}],
        "text": [{"kind": "bullet", "runs": [{"text": "one"}], "mark": 1}],
    }
    case = read(
        plan({"people": [{"id": "p", "name": "Sam", "pronouns": {"subject": "they", "tone": "warm"}}]}, entries=[entry])
    )
    assert write_plan(case)["entries"][0]["text"] == entry["text"]
    (person,), (row,) = case.people, case.entries
    after = replace(
        case,
        people=(replace(person, pronouns=HE),),
        entries=(
            replace(
                row, text=from_words("two"), fields={"who": "a tutor"}, sources=(Source(quote="new"), row.sources[0])
            ),
        ),
    )
    document = write_plan(after)
    assert document["case"]["people"][0]["pronouns"]["subject"] == "he"
    assert document["case"]["people"][0]["pronouns"]["tone"] == "warm"
    (written,) = document["entries"]
    assert written["fields"] == {"who": "a tutor", "cost": 12}
    assert written["sources"] == [{"quote": "new"}, {"document": "D1", "page": 1, "colour": "red"}]
    assert written["text"] == "two"
    # Words that a newer desk wrote and this one cannot read give way to what the record says.
    newer = replace(row, extra={"file": {"written": {"area": "weather", "sources": [{"page": "three"}]}}})
    assert write_plan(replace(case, entries=(newer,)))["entries"][0]["area"] is None


def test_an_interpreter_is_named_or_only_needed() -> None:
    assert read(plan({"child": {**CHILD, "interpreter": True}})).child.interpreter == "yes"
    assert read(plan({"child": {**CHILD, "interpreter": "Polish"}})).child.interpreter == "Polish"
    assert write_plan(read(plan({"child": {**CHILD, "interpreter": True}})))["case"]["child"]["interpreter"] is True


def test_a_state_without_events_is_kept_as_stated() -> None:
    case = read(plan(contributions=[{"id": "c", "cell": "social_care", "state": "no_relevant_needs"}]))
    assert case.contributions[0].stated is State.NO_RELEVANT_NEEDS
    assert write_plan(case)["contributions"][0]["state"] == "no_relevant_needs"


def test_a_state_that_the_events_tell_moves_with_them() -> None:
    line = {
        "id": "c",
        "cell": "health",
        "state": "requested",
        "events": [{"id": "1", "kind": "requested", "on": "2026-03-03"}],
    }
    case = read(plan(contributions=[line]))
    assert case.contributions[0].stated is None
    document = write_plan(case)
    assert document["contributions"][0]["state"] == "requested"
    document["contributions"][0]["events"].append({"id": "2", "kind": "received", "on": "2026-04-01"})
    del document["contributions"][0]["state"]
    assert write_plan(read(document))["contributions"][0]["state"] == "received"


@pytest.mark.parametrize("state", ["overdue", "not_requested", "not_due"])
def test_a_state_that_only_the_day_can_tell_comes_back_as_it_was(state: str) -> None:
    case = read(plan(contributions=[{"id": "c", "cell": "health", "state": state}]))
    assert write_plan(case)["contributions"][0]["state"] == state


def test_a_verdict_beside_events_that_do_not_tell_it_stands() -> None:
    events = [{"kind": "requested", "on": "2026-03-03"}, {"kind": "received", "on": "2026-04-01"}]
    case = read(plan(contributions=[{"cell": "health", "state": "contributes", "events": events}]))
    assert case.contributions[0].stated is State.CONTRIBUTES
    assert write_plan(case)["contributions"][0]["state"] == "contributes"


def test_missing_ids_are_the_same_on_every_reading() -> None:
    document = plan(
        {
            "people": [{"name": "Jo Ash", "relation": "mother"}, {"name": "Jo Ash", "relation": "mother"}],
            "events": [
                {"kind": "request_received", "on": "2026-01-05"},
                {"kind": "decision_assess", "on": "2026-02-09"},
            ],
        },
        contributions=[
            {"cell": "health", "events": [{"kind": "requested", "on": "2026-03-03"}]},
            {"cell": "education", "events": [{"kind": "requested", "on": "2026-03-03"}]},
        ],
        documents=[{"title": "Advice"}],
        entries=[{"section": "F"}, {"section": "F"}, {"section": "F", "id": "F-1"}],
        exemptions=[{"rule": "FINAL_PLAN", "ground": "absence", "from": "2026-04-01"}],
        dismissals=[{"finding": "45/F-1/group", "reason": "the advice gives none"}],
    )
    first, second = read(document), read(document)
    assert first == second
    assert [entry.id for entry in first.entries] == ["F-2", "F-3", "F-1"]
    assert [entry.kind for entry in first.entries] == [EntryKind.PROVISION] * 3
    assert first.exemptions[0].from_ == date(2026, 4, 1)
    made = [one.id for one in (*first.people, *first.events, *first.contributions, *first.documents)]
    made += [event.id for one in first.contributions for event in one.events]
    assert len(set(made)) == len(made) == 9
    assert not any("Ash" in id_ for id_ in made)
    other = read(document | {"case": {**document["case"], "reference": "AB-2"}})
    assert other.people[0].id != first.people[0].id
    assert write_plan(first)["exemptions"][0]["from"] == "2026-04-01"


def test_a_case_without_an_id_gets_a_new_one_and_one_with_keeps_it() -> None:
    assert read(plan({"id": ""})).id == "record-1"
    assert read(plan({"id": "kept-1"})).id == "kept-1"


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("A", "view"),
        ("B", "need"),
        ("C", "need"),
        ("E", "outcome"),
        ("H2", "provision"),
        ("I", "placement"),
        ("K", "advice"),
    ],
)
def test_the_usual_kind_of_a_section(section: str, kind: str) -> None:
    assert read(plan(entries=[{"section": section}])).entries[0].kind == kind


def test_entries_made_on_a_desk_are_written_section_by_section() -> None:
    case = read(plan(entries=[{"id": "f", "section": "F"}, {"id": "a", "section": "A"}]))
    assert [entry["id"] for entry in write_plan(case)["entries"]] == ["f", "a"]
    level = Case(case.id, case.reference, case.child, entries=tuple(_at(entry, 1.0) for entry in case.entries))
    assert [entry["id"] for entry in write_plan(level)["entries"]] == ["a", "f"]


def _at(entry, order):
    return type(entry)(entry.id, entry.section, entry.kind, order=order)


def test_what_a_case_keeps_from_elsewhere_travels_with_it() -> None:
    case = read(plan({"other": {"import.Absence": "12%"}, "colour": "red"}))
    assert case.extra["import.Absence"] == "12%"
    assert write_plan(case)["case"]["other"] == {"import.Absence": "12%"}
    # A name that would hide a fact of the case is not let in by this door, and still comes back.
    sly = read(plan({"other": {"owner": "nobody", "child.upn": "x"}}))
    assert (sly.owner, sly.child.upn) == ("", "")
    assert write_plan(sly)["case"]["other"] == {"owner": "nobody", "child.upn": "x"}


@pytest.mark.parametrize("data", [b"", b"{", b"not json", b"[1, 2", "{'a': 1}", b'{"schema": "send-desk/plan-1",}'])
def test_what_is_not_json(data: bytes | str) -> None:
    with pytest.raises(WrongUse, match=r"not JSON: line \d+, column \d+"):
        read_plan(data, ids=Ids())


def test_what_is_not_utf8() -> None:
    with pytest.raises(WrongUse, match="UTF-8"):
        read_plan('{"n": "Zoë"}'.encode("cp1252"), ids=Ids())


def test_a_byte_order_mark_is_no_fault() -> None:
    words = json.dumps(plan())
    assert read_plan(words.encode("utf-8-sig"), ids=Ids()) == read_plan("\ufeff" + words, ids=Ids())


@pytest.mark.parametrize(
    "schema", ["send-desk/check-1", "send-desk/plan-0", "plan-1", "send-desk/plan-1.5", None, 1, [], "send-desk/plan-²"]
)
def test_another_schema(schema: object) -> None:
    with pytest.raises(WrongUse, match="not a plan file"):
        read({**plan(), "schema": schema})


@pytest.mark.parametrize("schema", ["send-desk/plan-2", "send-desk/plan-10"])
def test_a_newer_schema_is_refused_in_words(schema: str) -> None:
    with pytest.raises(Refused, match="newer SEND Desk"):
        read({**plan(), "schema": schema})


@pytest.mark.parametrize("depth", [70, 5_000, 200_000])
def test_nesting_too_deep(depth: int) -> None:
    with pytest.raises(WrongUse, match="deeper"):
        read_plan(json.dumps(plan())[:-1] + ', "x": ' + "[" * depth + "]" * depth + "}", ids=Ids())


def test_a_file_of_more_than_ten_megabytes() -> None:
    with pytest.raises(WrongUse, match="10 MB"):
        read_plan(b" " * (10 * 1024 * 1024 + 1), ids=Ids())


def test_a_document_that_is_no_object() -> None:
    with pytest.raises(WrongUse, match="one JSON object"):
        read_plan("[]", ids=Ids())


@pytest.mark.parametrize("written", ['"\\u0000"', '"a\\u0008b"', '"\\ud800"', '"\\uffff"', '{"\\u0001": 1}'])
def test_characters_that_cannot_be_kept(written: str) -> None:
    with pytest.raises(WrongUse, match=r"(?s)x, number 2.*cannot be kept \(U\+"):
        read_plan(json.dumps(plan())[:-1] + f', "x": [1, {written}]}}', ids=Ids())


@pytest.mark.parametrize(
    "written", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 30, "9223372036854775808", "1" * 5000]
)
def test_numbers_that_cannot_be_kept(written: str) -> None:
    with pytest.raises(WrongUse, match="not a number that can be kept"):
        read_plan(json.dumps(plan())[:-1] + f', "x": {written}}}', ids=Ids())


def test_a_name_given_twice_would_lose_one() -> None:
    with pytest.raises(WrongUse, match='"stage" twice'):
        read_plan(json.dumps(plan())[:-1] + ', "stage": "new", "stage": "amendment"}', ids=Ids())


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"schema": "send-desk/plan-1"}, r"case: it is missing"),
        ({"schema": "send-desk/plan-1", "case": []}, r"case: it should be an object"),
        (plan({"reference": None}), r"case: reference is missing"),
        (plan({"reference": " "}), r"case, reference: it is empty"),
        (plan({"reference": True}), r"case, reference: it should be words"),
        (plan({"child": None}), r"case, child: it is missing"),
        (plan({"child": {"surname": "P", "date_of_birth": "2016-05-04"}}), r"case, child: first_names is missing"),
        (plan({"child": {"first_names": "R", "date_of_birth": "2016-05-04"}}), r"case, child: surname is missing"),
        (plan({"child": {"first_names": "R", "surname": "P"}}), r"case, child: date_of_birth is missing"),
        (plan({"child": {**CHILD, "date_of_birth": None}}), r"case, child: date_of_birth is missing"),
        (plan({"child": {**CHILD, "date_of_birth": ""}}), r"case, child: date_of_birth is missing"),
        (plan({"child": {**CHILD, "date_of_birth": "04/05/2016"}}), r'date_of_birth: "04/05/2016" is not a date'),
        (plan({"child": {**CHILD, "date_of_birth": "2016-02-30"}}), r'"2016-02-30" is not a date'),
        (plan({"child": {**CHILD, "date_of_birth": "20160504"}}), r'"20160504" is not a date'),
        (plan({"child": {**CHILD, "date_of_birth": 20160504}}), r"this is not a date"),
        (plan({"child": {**CHILD, "looked_after": "no"}}), r"looked_after: it should be true or false"),
        (plan({"child": {**CHILD, "surname": ["P"]}}), r"surname: it should be words"),
        (plan({"child": {**CHILD, "pronouns": "she"}}), r"pronouns: it should be an object"),
        (plan({"child": {**CHILD, "pronouns": {"subject": False}}}), r"pronouns, subject: it should be words"),
        (plan({"people": {}, "x": 1}) | {"entries": "many"}, r"entries: it should be a list"),
        (plan(entries=[{"section": "F"}, 3]), r"entries, number 2: it should be an object"),
        (plan(entries=[{"id": "F9"}]), r"entries, number 1 \(F9\): section is missing"),
        (plan(entries=[{"id": 3, "section": "F"}]), r"entries, number 1, id: it should be words"),
        (plan(entries=[{"section": "L"}]), r'entries, number 1, section: "L" is not one of A, B, C'),
        (plan(entries=[{"section": 5}]), r"section: this is not one of"),
        (plan(entries=[{"section": "F", "kind": "cure"}]), r'kind: "cure" is not one of'),
        (plan(entries=[{"section": "F", "text": 5}]), r"text: a text is a string or a list of blocks"),
        (plan(entries=[{"section": "F", "text": [{"kind": "table"}]}]), r"text: a block of text is"),
        (plan(entries=[{"section": "F", "fields": []}]), r"fields: it should be an object"),
        (plan(entries=[{"section": "F", "fields": {"who": {}}}]), r"fields, who: it should be words"),
        (plan(entries=[{"section": "E", "fields": {"steps": [[]]}}]), r"fields, steps, number 1: it should be words"),
        (plan(entries=[{"section": "F", "links": {"needs": "B1"}}]), r"links, needs: it should be a list"),
        (
            plan(entries=[{"section": "F", "sources": [{"page": "three"}]}]),
            r"sources, number 1, page: it should be a whole",
        ),
        (plan(entries=[{"section": "F", "sources": [{"page": True}]}]), r"page: it should be a whole"),
        (plan(entries=[{"section": "F", "sources": [{"page": 1.5}]}]), r"page: it should be a whole"),
        (
            plan(entries=[{"id": "x", "section": "F"}, {"id": "x", "section": "G"}]),
            r'the id "x" stands already at entries, number 1',
        ),
        (plan({"id": "x"}, entries=[{"id": "x", "section": "F"}]), r'the id "x" stands already at case'),
        (plan({"events": [{"kind": "party", "on": "2026-01-01"}]}), r'events, number 1, kind: "party" is not one of'),
        (plan({"events": [{"on": "2026-01-01"}]}), r"events, number 1: kind is missing"),
        (plan(contributions=[{"state": "requested"}]), r"contributions, number 1: cell is missing"),
        (plan(contributions=[{"cell": "health", "adviser": "Dr X"}]), r"adviser: it should be an object"),
        (
            plan(contributions=[{"cell": "health", "events": [{"kind": "chased", "on": 3}]}]),
            r"number 1, events, number 1, on: this is",
        ),
        (plan(documents=[{"pages": "all"}]), r"pages: it should be a list"),
        (plan(stage="old"), r'^The plan file cannot be used\. stage: "old" is not one of new'),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(document: object, said: str) -> None:
    with pytest.raises(WrongUse, match=said) as told:
        read(document)
    assert str(told.value).endswith("Nothing was changed.")


@pytest.mark.parametrize("text", ["🙂 مرحبا ‏עברית", "a\tb\nc", "Zoë’s “plan” — ½"])
def test_every_script_is_kept(text: str) -> None:
    case = read(plan({"child": {**CHILD, "surname": text}}, entries=[{"section": "A", "text": text}]))
    out = json.loads(plan_words(case))
    assert (out["case"]["child"]["surname"], out["entries"][0]["text"]) == (text, text)


def test_a_page_written_as_a_fraction_is_a_whole_page() -> None:
    case = read(plan(entries=[{"section": "F", "sources": [{"document": "D1", "page": 3.0}]}]))
    assert case.entries[0].sources[0].page == 3


def test_without_ids_a_plan_is_the_same_on_every_reading() -> None:
    assert read_plan(json.dumps(plan())) == read_plan(json.dumps(plan()))


def test_dates_far_away_are_read() -> None:
    case = read(
        plan({"child": {**CHILD, "date_of_birth": "1900-01-01"}, "events": [{"kind": "ceased", "on": "2099-12-31"}]})
    )
    assert case.events[0].kind is EventKind.CEASED
    assert case.events[0].on == date(2099, 12, 31)


def test_cells_and_letters() -> None:
    case = read(plan(contributions=[{"cell": "others", "letter": "h", "not_used_because": "late"}]))
    line = case.contributions[0]
    assert (line.cell, line.letter, line.not_used_because) == (Cell.OTHERS, "h", "late")
    assert write_plan(case)["contributions"][0]["not_used_because"] == "late"
