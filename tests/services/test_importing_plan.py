"""A plan file into the store: a new case, or revisions for what the file tells otherwise, and nothing else."""

import json
from dataclasses import replace
from datetime import date

import pytest

from send_desk import paths
from send_desk.domain.case import Contact, Setting
from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.ids import EntryKind, Section
from send_desk.services.casework import put_contact
from send_desk.services.drafting import add_entry
from send_desk.services.importing import import_plan
from send_desk.services.plan_file import plan_words, write_plan

CHILD = {"first_names": "Rowan", "surname": "Pickersgill", "date_of_birth": "2016-05-04"}


def plan(case=None, **top) -> bytes:
    inner = {"reference": "AB-1", "child": CHILD, **(case or {})}
    return json.dumps({"schema": "send-desk/plan-1", "case": inner, **top}).encode()


def entry(id_, section="F", **more):
    return {"id": id_, "section": section, **more}


def entries(*rows):
    return plan(entries=list(rows))


@pytest.mark.parametrize("name", ["plan-1-new.json", "plan-1-amendment.json"])
def test_an_example_becomes_a_case_and_comes_back(desk, name: str) -> None:
    data = (paths.resources() / "schema" / name).read_bytes()
    outcome = import_plan(desk, data)
    assert outcome.made
    stored = desk.store.case_file(outcome.file.case.id).case
    document, out = json.loads(data), write_plan(stored)
    assert (out["case"]["child"], out["entries"]) == (document["case"]["child"], document["entries"])
    assert {one["id"]: one for one in out["documents"]} == {one["id"]: one for one in document["documents"]}
    again = import_plan(desk, data)
    assert (again.made, again.changed) == (False, 0)
    back = import_plan(desk, plan_words(stored).encode())
    assert (back.made, back.changed) == (False, 0)


def test_a_revision_for_each_entry_that_differs_and_none_else(desk) -> None:
    made = import_plan(desk, entries(entry("F1", text="one"), entry("F2", text="two"), entry("F3", text="three")))
    heads = made.file.heads
    outcome = import_plan(desk, entries(entry("F2", text="zwei"), entry("F3", text="three")))
    assert (outcome.made, outcome.changed) == (False, 1)
    stored = desk.store.case_file(made.file.case.id)
    assert [one.words for one in stored.case.entries] == ["one", "zwei", "three"]
    assert [key for key, value in stored.heads.items() if heads[key] != value] == [f"{made.file.case.id}/F2"]


def test_what_the_file_does_not_name_stays(desk) -> None:
    full = plan(
        {
            "officer": {"name": "Jo", "phone": "01632 960001"},
            "setting": {"name": "Beck", "urn": "990001"},
            "people": [{"id": "P1", "name": "Ada", "relation": "mother", "receives_copy": True}],
            "events": [{"id": "V1", "kind": "request_received", "on": "2026-01-05"}],
        },
        stage="reassessment",
        contributions=[
            {
                "id": "C1",
                "cell": "health",
                "adviser": {"name": "Dr X"},
                "events": [{"id": "E1", "kind": "requested", "on": "2026-02-01"}],
            }
        ],
        documents=[{"id": "D1", "title": "Advice", "pages": ["one", "two"]}],
        entries=[
            entry(
                "F1",
                text="one",
                fields={"who": "a teacher", "group": "two"},
                links={"needs": ["B1"], "outcomes": ["E1"]},
            ),
            entry("B1", "B", text="need"),
        ],
    )
    file = import_plan(desk, full).file
    file = put_contact(desk, file, Contact("T1", date(2026, 2, 2), text="rang"))
    file, added = add_entry(desk, file, Section.A, EntryKind.VIEW)
    before = desk.store.case_file(file.case.id).case
    part = plan(
        {"people": [{"id": "P1", "relation": "aunt", "name": "Ada"}], "officer": {"phone": "01632 960002"}},
        contributions=[{"id": "C1", "cell": "health", "events": [{"id": "E2", "kind": "chased", "on": "2026-02-20"}]}],
        entries=[entry("F1", fields={"group": "three"}, links={"needs": ["B2"]})],
    )
    outcome = import_plan(desk, part)
    after = desk.store.case_file(file.case.id).case
    assert outcome.changed == 4  # the case, Ada, the chase, F1
    assert (after.officer.name, after.officer.phone, after.stage.value) == ("Jo", "01632 960002", "reassessment")
    assert after.setting == Setting("Beck", "990001")
    assert after.people == (replace(before.people[0], relation="aunt"),)
    assert [event.id for event in after.contributions[0].events] == ["E1", "E2"]
    assert after.contributions[0].adviser.name == "Dr X"
    assert after.documents == before.documents
    assert (after.contacts, after.events) == (before.contacts, before.events)
    (f1,) = after.section(Section.F)
    assert (f1.words, dict(f1.fields)) == ("one", {"who": "a teacher", "group": "three"})
    assert (f1.links.needs, f1.links.outcomes) == (("B2",), ("E1",))
    assert after.section(Section.A) == (added,)
    assert after.section(Section.B) == before.section(Section.B)


def test_an_explicit_null_takes_away(desk) -> None:
    import_plan(desk, plan({"child": {**CHILD, "known_as": "Ro"}}, entries=[entry("F1", area="health", text="x")]))
    outcome = import_plan(
        desk, plan({"child": {**CHILD, "known_as": None}}, entries=[entry("F1", area=None, text=None)])
    )
    case = desk.store.case_file(outcome.file.case.id).case
    assert (case.child.known_as, case.entries[0].area, case.entries[0].words) == ("", None, "")


def test_another_setting_keeps_nothing_of_the_former(desk) -> None:
    import_plan(desk, plan({"setting": {"name": "Beck", "urn": "990001", "type": "Infant", "since": "2021-09-01"}}))
    case = import_plan(desk, plan({"setting": {"name": "Fell"}})).file.case
    assert case.setting == Setting("Fell")
    case = import_plan(desk, plan({"setting": {"urn": "990002"}})).file.case
    assert case.setting == Setting("Fell", "990002")
    case = import_plan(desk, plan({"setting": None})).file.case
    assert case.setting == Setting()


def test_new_entries_stand_where_the_file_has_them(desk) -> None:
    import_plan(desk, entries(entry("F1"), entry("F2"), entry("A1", "A")))
    new = [
        entry("F0"),
        entry("F1"),
        entry("F1a"),
        entry("F1b"),
        entry("F2"),
        entry("F3"),
        entry("G1", "G"),
        entry("G2", "G"),
    ]
    file = import_plan(desk, entries(*new)).file
    stored = desk.store.case_file(file.case.id).case
    assert [one.id for one in stored.section(Section.F)] == ["F0", "F1", "F1a", "F1b", "F2", "F3"]
    assert [one.id for one in stored.section(Section.G)] == ["G1", "G2"]
    file = import_plan(desk, entries(entry("F9"), entry("A2", "A"), entry("F0x"), entry("F1"))).file
    # A lone newcomer stands at the end; one before a known entry, just before it.
    assert [one.id for one in desk.store.case_file(file.case.id).case.section(Section.F)] == [
        *("F0", "F9", "F0x", "F1", "F1a", "F1b", "F2", "F3"),
    ]
    file = import_plan(desk, entries(entry("F10"))).file
    assert [one.id for one in desk.store.case_file(file.case.id).case.section(Section.F)][-1] == "F10"
    assert import_plan(desk, entries(*new)).changed == 0


def test_a_case_is_known_by_its_id_or_its_reference(desk) -> None:
    file = import_plan(desk, plan({"id": "one-1"})).file
    assert file.case.id == "one-1"
    by_id = import_plan(desk, plan({"id": "one-1", "reference": "other"}))
    assert (by_id.made, by_id.file.case.reference) == (False, "AB-1")
    by_reference = import_plan(desk, plan({"id": "another", "reference": "ab-1"}))
    assert (by_reference.made, by_reference.file.case.id) == (False, "one-1")
    import_plan(desk, plan({"id": "two-2", "reference": "AB-2"}))
    with pytest.raises(Refused, match="two cases at once"):
        import_plan(desk, plan({"id": "two-2", "reference": "AB-1"}))


def test_another_childs_plan_is_refused(desk) -> None:
    import_plan(desk, plan())
    with pytest.raises(Refused, match="another child's plan"):
        import_plan(desk, plan({"child": {"first_names": "X", "surname": "Y", "date_of_birth": "2010-01-01"}}))
    # A birthday put right, or a new surname, is the same child.
    assert import_plan(desk, plan({"child": {**CHILD, "date_of_birth": "2016-05-05"}})).changed == 1
    assert import_plan(desk, plan({"child": {**CHILD, "date_of_birth": "2016-05-05", "surname": "Ash"}})).changed == 1


def test_an_id_of_the_desks_own_records_is_not_taken(desk) -> None:
    file = import_plan(desk, plan()).file
    put_contact(desk, file, Contact("T1", date(2026, 2, 2), text="rang"))
    with pytest.raises(Refused, match="the id T1, which is one of this case's contacts"):
        import_plan(desk, entries(entry("T1")))
    import_plan(desk, plan({"people": [{"id": "P1", "name": "Ada"}]}))
    with pytest.raises(WrongUse, match="stands already"):
        import_plan(desk, entries(entry("P1")))


def test_a_case_that_is_not_held_in_full_is_left_alone(desk, monkeypatch) -> None:
    import_plan(desk, plan())
    monkeypatch.setattr(type(desk.store), "case_file", lambda _store, _case: None)
    with pytest.raises(Refused, match="not held in full"):
        import_plan(desk, plan())


@pytest.mark.parametrize("data", [b"", b"[]", plan(stage="old"), b'{"schema": "send-desk/plan-2"}'])
def test_nothing_is_written_where_the_file_cannot_be_used(desk, data: bytes) -> None:
    with pytest.raises((WrongUse, Refused)):
        import_plan(desk, data)
    assert desk.store.case_ids() == ()


def test_unknown_members_survive_a_change_on_the_desk(desk) -> None:
    document = plan({"colour": "red"}, mood=[1, None], entries=[entry("F1", text="one", weight=3)])
    file = import_plan(desk, document).file
    stored = desk.store.case_file(file.case.id)
    add_entry(desk, stored, Section.F, EntryKind.PROVISION)
    out = write_plan(desk.store.case_file(file.case.id).case)
    assert (out["mood"], out["case"]["colour"], out["entries"][0]["weight"]) == ([1, None], "red", 3)
    import_plan(desk, plan({"colour": "blue"}, entries=[entry("F1", height=4)]))
    out = write_plan(desk.store.case_file(file.case.id).case)
    assert (out["mood"], out["case"]["colour"]) == ([1, None], "blue")
    assert (out["entries"][0]["weight"], out["entries"][0]["height"], out["entries"][0]["text"]) == (3, 4, "one")
