"""Records and cases: to rows and back loses nothing, of this program's fields or of another's."""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from typing import Any, get_type_hints

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from send_desk.domain import case as cases
from send_desk.domain.case import Case
from send_desk.domain.chronology import in_order
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry, Links
from send_desk.domain.ids import EntryKind, RecordKind, Section
from send_desk.domain.person import Child, DirectoryEntry, Person, Pronouns
from send_desk.domain.text import Block, BlockKind, Run, Style, from_words, to_value
from send_desk.services.encoding import (
    Row,
    Unreadable,
    assemble,
    changed_rows,
    changes,
    local_id,
    record_from,
    record_key,
    row_of,
    rows_of,
    with_field,
)

# --- every value that a case can hold --------------------------------------------------------------------------------

_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
_plain = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | _words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_words, inner, max_size=2),
    max_leaves=4,
)
# What a newer program may have added: names that this one does not have.
_extras = st.dictionaries(_words.map(lambda word: f"newer {word}".replace(".", "")), _plain, max_size=2)
_runs = st.lists(st.builds(Run, _words, st.sampled_from(Style)), max_size=2).map(tuple)
_blocks = st.lists(st.builds(Block, st.sampled_from(BlockKind), _runs), max_size=2).map(tuple)
_texts = _words.map(from_words) | _blocks
_entry_fields = st.dictionaries(
    st.sampled_from(["what", "who", "how_often", "steps", "a field of tomorrow"]),
    _words | st.lists(_words, max_size=2).map(tuple),
    max_size=3,
)


def _any_of(cls: Any, **given_: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(cls)
    optional = {}
    for field in fields(cls):
        if field.name in given_:
            continue
        required = field.default is MISSING and field.default_factory is MISSING
        values = _extras if field.name == "extra" else _of_type(hints[field.name])
        if not required:
            default = field.default if field.default is not MISSING else field.default_factory()  # type: ignore[misc]
            values = st.just(default) | values
        optional[field.name] = values
    return st.builds(cls, **given_, **optional)


def _of_type(hint: Any) -> st.SearchStrategy[Any]:
    if hint is str:
        return _words
    if hint is date or hint == date | None:
        return _days | (st.none() if hint is not date else st.nothing())
    if isinstance(hint, type) and is_dataclass(hint):
        return _any_of(hint)
    if getattr(hint, "__origin__", None) is tuple:
        return st.lists(_of_type(hint.__args__[0]), max_size=2).map(tuple)
    if hint in (_hint_of(cases.CaseEvent, "fields"),):
        return st.dictionaries(_words, _words, max_size=2)
    return st.from_type(hint)


def _hint_of(cls: Any, name: str) -> Any:
    return get_type_hints(cls)[name]


_RECORDS: dict[RecordKind, Callable[[], st.SearchStrategy[Any]]] = {
    RecordKind.PERSON: lambda: _any_of(Person),
    RecordKind.EVENT: lambda: _any_of(cases.CaseEvent),
    RecordKind.CONTRIBUTION_EVENT: lambda: _any_of(ContributionEvent),
    RecordKind.CONTRIBUTION: lambda: _any_of(Contribution, events=st.just(())),
    RecordKind.DOCUMENT: lambda: _any_of(cases.Document, size=st.integers(0, 2**40)),
    RecordKind.ENTRY: lambda: _any_of(
        Entry, text=_texts, fields=_entry_fields, order=st.floats(-1e6, 1e6, allow_nan=False)
    ),
    RecordKind.CONTACT: lambda: _any_of(cases.Contact),
    RecordKind.EXEMPTION: lambda: _any_of(cases.Exemption),
    RecordKind.DISMISSAL: lambda: _any_of(cases.Dismissal),
    RecordKind.OVERRIDE_REQUEST: lambda: _any_of(cases.OverrideRequest),
    RecordKind.OVERRIDE: lambda: _any_of(cases.Override),
    RecordKind.ISSUE: lambda: _any_of(
        cases.Issue, count=st.integers(0, 2**40), digest=st.integers(-(2**63), 2**63 - 1)
    ),
    RecordKind.PRINT: lambda: _any_of(cases.Print, pages=st.integers(0, 500)),
    RecordKind.ADVISER: lambda: _any_of(DirectoryEntry),
}


def _stored(row: Row) -> Row:
    """Return a row as it comes back from the log, which holds JSON."""
    return Row(str(row.kind), row.id, msgspec.json.decode(msgspec.json.encode(row.fields)))


@st.composite
def _whole_cases(draw: st.DrawFn) -> Case:
    """A case with some records of every kind, each with an id of its own, in the order a case keeps them in."""
    number = iter(range(1000))

    def some(kind: RecordKind) -> tuple[Any, ...]:
        found = draw(st.lists(_RECORDS[kind](), max_size=2))
        return tuple(replace(one, id=f"{kind}-{next(number):03}") for one in found)

    case = draw(_any_of(Case, child=_any_of(Child), **dict.fromkeys(_COLLECTED, st.just(()))))
    return replace(
        case,
        id="the-case",
        people=some(RecordKind.PERSON),
        events=in_order(some(RecordKind.EVENT)),
        contributions=tuple(
            replace(one, events=in_order(some(RecordKind.CONTRIBUTION_EVENT))) for one in some(RecordKind.CONTRIBUTION)
        ),
        documents=some(RecordKind.DOCUMENT),
        entries=tuple(sorted(some(RecordKind.ENTRY), key=lambda entry: (entry.order, entry.id))),
        contacts=in_order(some(RecordKind.CONTACT)),
        exemptions=some(RecordKind.EXEMPTION),
        dismissals=some(RecordKind.DISMISSAL),
        override_requests=some(RecordKind.OVERRIDE_REQUEST),
        overrides=some(RecordKind.OVERRIDE),
        issues=some(RecordKind.ISSUE),
        prints=some(RecordKind.PRINT),
    )


_COLLECTED = (
    "people", "events", "contributions", "documents", "entries", "contacts", "exemptions", "dismissals",
    "override_requests", "overrides", "issues", "prints",
)  # fmt: skip


# --- there and back ------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(case=_whole_cases())
def test_a_case_comes_back_from_its_rows_as_it_was(case: Case) -> None:
    rows = [_stored(row) for row in rows_of(case)]
    assert assemble(case.id, rows) == case
    assert assemble(case.id, reversed(rows)) == _in_order_of(case, reversed(rows))


@pytest.mark.parametrize("kind", _RECORDS)
def test_a_record_comes_back_from_its_row_as_it_was(kind: RecordKind) -> None:
    @settings(deadline=None, max_examples=25)
    @given(record=_RECORDS[kind]())
    def there_and_back(record: Any) -> None:
        assert record_from(_stored(row_of(kind, record))) == record

    there_and_back()


@settings(deadline=None, max_examples=40)
@given(before=_whole_cases(), after=_whole_cases())
def test_the_changes_of_records_lead_from_one_case_to_the_other(before: Case, after: Case) -> None:
    standing = {(row.kind, row.id): _stored(row) for row in rows_of(before)}
    for old, new in changed_rows(before, after):
        if new is None:
            assert old is not None
            del standing[old.kind, old.id]
        else:
            former = standing.get((new.kind, new.id))
            merged = {**(former.fields if former else {}), **_stored(Row("", "", changes(old, new))).fields}
            standing[new.kind, new.id] = Row(new.kind, new.id, merged)
    assert assemble(after.id, standing.values()) == _in_order_of(after, standing.values())


@settings(deadline=None, max_examples=40)
@given(case=_whole_cases(), words=_texts, place=st.integers(0, 9))
def test_words_in_work_stand_in_the_entry_as_if_a_revision_had_set_them(case: Case, words: Any, place: int) -> None:
    assume(case.entries)
    id_, value = case.entries[place % len(case.entries)].id, to_value(words)
    rows = [
        replace(row, fields={**row.fields, "text": value}) if (row.kind, row.id) == (RecordKind.ENTRY, id_) else row
        for row in rows_of(case)
    ]
    assert with_field(case, id_, "text", value) == assemble(case.id, rows)


def _in_order_of(case: Case, rows: Any) -> Case:
    """Return the case with its collections in the order of rows; those that have an order of their own keep it."""
    places = {row.id: place for place, row in enumerate(rows)}
    kept = {"entries", "events", "contacts"}
    return replace(
        case,
        **{
            name: tuple(sorted(getattr(case, name), key=lambda record: places[record.id]))
            for name in _COLLECTED
            if name not in kept
        },
    )


# --- what another program wrote -----------------------------------------------------------------------------------


def _edited(row: Row, edit: Callable[[Any], Any]) -> dict[str, object]:
    """Return a record's fields after this program has read it, changed it, and written what changed."""
    record = record_from(row)
    changed = changes(row_of(RecordKind(row.kind), record), row_of(RecordKind(row.kind), edit(record)))
    return {**row.fields, **changed}


def test_a_newer_desk_s_fields_survive_this_desk_s_edit() -> None:
    newer: dict[str, object] = {
        "section": "F",
        "kind": "provision",
        "text": "Swimming",
        "tomorrow": {"deep": [1, {"er": None}]},
        "fields.who": "a coach",
        "fields.tomorrow": {"not": "words"},
        "links.tomorrow": ["x"],
        "links.needs": ["b1"],
    }
    after = _edited(Row("entry", "f1", newer), lambda entry: replace(entry, text=from_words("Diving")))
    assert after == {**newer, "text": "Diving"}


def test_a_field_of_an_unexpected_shape_does_not_hide_its_neighbours() -> None:
    entry = record_from(Row("entry", "f1", {"section": "F", "kind": "provision", "fields.who": "a coach",
                                            "fields.dose": 5, "links.needs": ["b1"], "links.odd": 1}))  # fmt: skip
    assert entry.fields == {"who": "a coach"}
    assert entry.links == Links(needs=("b1",))
    assert entry.extra == {"fields.dose": 5, "links.odd": 1}


def test_a_newer_desk_s_part_of_a_nested_value_survives_this_desk_s_edit_of_that_value() -> None:
    newer = {"cell": "health", "adviser.name": "Dr Rana", "adviser.room": 12}
    after = _edited(Row("contribution", "a1", newer), lambda one: replace(one, adviser=replace(one.adviser, role="GP")))
    assert after == {**newer, "adviser.role": "GP"}
    facts = {"reference": "EX/1", "officer.name": "Jo", "officer.shift": "days", "child.pronouns.plural": "they all"}
    case = assemble("c", [Row("case", "c", facts)])
    moved = replace(case, officer=replace(case.officer, phone="01632"), child=replace(case.child, known_as="Avie"))
    ((before, row),) = list(changed_rows(case, moved))
    assert row is not None
    assert changes(before, row) == {"officer.phone": "01632", "child.known_as": "Avie"}
    assert row.fields["child.pronouns.plural"] == "they all"


def test_what_a_newer_desk_says_inside_a_list_survives_a_change_of_its_neighbours() -> None:
    source = {"document": "d1", "page": 2, "quote": "", "judgement": False, "by": "", "colour": "green"}
    newer = {"section": "F", "kind": "provision", "sources": [source]}
    after = _edited(
        Row("entry", "f1", newer), lambda one: replace(one, sources=(replace(one.sources[0], quote="weekly"),))
    )
    assert after["sources"] == [{**source, "quote": "weekly"}]
    school = {"name": "Hartwell", "urn": "", "type": "", "since": None, "until": None, "pupils": 200}
    case = assemble("c", [Row("case", "c", {"reference": "EX/1", "previous_settings": [school]})])
    assert case.previous_settings[0].extra == {"pupils": 200}
    assert next(rows_of(case)).fields["previous_settings"] == [school]


def test_two_people_s_changes_of_one_nested_value_never_meet() -> None:
    case = assemble("c", [Row("case", "c", {"reference": "EX/1", "setting.name": "Hartwell"})])
    one = replace(case, setting=replace(case.setting, urn="100001"))
    other = replace(case, setting=replace(case.setting, type="primary"))
    fields_ = [set(changes(*_both(case, after))) for after in (one, other)]
    assert fields_ == [{"setting.urn"}, {"setting.type"}]


def _both(before: Case, after: Case) -> tuple[Row | None, Row]:
    ((old, new),) = list(changed_rows(before, after))
    assert new is not None
    return old, new


def test_values_that_earlier_revisions_hold_whole_are_read_and_changed_part_by_part() -> None:
    facts = {
        "reference": "EX/1",
        "officer": {"name": "Jo", "role": "", "phone": "1", "email": "", "desk": 4},
        "setting": {"name": "Hartwell", "since": "2020-09-01"},
        "child.pronouns": {"subject": "she", "object": "her"},
    }
    case = assemble("c", [Row("case", "c", facts)])
    assert (case.officer.name, case.setting.name, case.setting.since) == ("Jo", "Hartwell", date(2020, 9, 1))
    assert case.child.pronouns == Pronouns("she", "her")
    assert changes(*_both(case, replace(case, officer=replace(case.officer, phone="2")))) == {"officer.phone": "2"}
    merged = {**facts, "officer.phone": "2", "officer.name": None}
    after = assemble("c", [Row("case", "c", merged)])
    assert (after.officer.name, after.officer.phone, after.extra["officer.desk"]) == ("", "2", 4)
    without = replace(case, child=replace(case.child, pronouns=None))
    told = changes(*_both(case, without))
    assert assemble("c", [Row("case", "c", {**facts, **told})]) == without


def test_a_nested_value_typed_as_a_whole_sets_all_its_parts() -> None:
    case = assemble("c", [Row("case", "c", {"reference": "EX/1", "child.pronouns.subject": "she"})])
    typed = with_field(case, "c", "child.pronouns", {"subject": "ze", "object": "zir"})
    assert typed.child.pronouns == Pronouns("ze", "zir")
    assert with_field(typed, "c", "child.pronouns", None).child.pronouns is None
    event = record_from(Row("event", "e1", {"kind": "ceased", "fields": {"reason": "moved"}, "fields.route": "post"}))
    assert event.fields == {"reason": "moved", "route": "post"}


def test_a_value_that_is_none_reads_as_its_default() -> None:
    entry = record_from(Row("entry", "f1", {"section": "F", "kind": "provision", "text": None, "fields.who": None}))
    assert entry == Entry("f1", Section.F, EntryKind.PROVISION)


@pytest.mark.parametrize("value", ["not a day", 5, ["2026-03-03"], {"day": 3}])
def test_what_cannot_be_read_is_kept_beside_and_written_back(value: object) -> None:
    row = Row("document", "d1", {"dated": value, "title": "A report"})
    paper = record_from(row)
    assert (paper.dated, paper.title, paper.extra) == (None, "A report", {"dated": value})
    assert _edited(row, lambda one: replace(one, title="Advice")) == {"dated": value, "title": "Advice"}
    assert _edited(row, lambda one: replace(one, dated=date(2026, 3, 3)))["dated"] == "2026-03-03"


@pytest.mark.parametrize(
    ("kind", "fields_"),
    [
        ("entry", {"section": "L", "kind": "provision"}),
        ("entry", {"kind": "provision"}),
        ("entry", {"section": "F", "kind": "provision", "text": [{"kind": "table"}]}),
        ("entry", {"section": "F", "kind": "provision", "text": 5}),
        ("event", {"kind": "an event of tomorrow"}),
        ("contribution", {"cell": "an eighth"}),
        ("contribution_event", {"kind": "of tomorrow", "contribution": "a1"}),
        ("contact", {"on": "some day"}),
    ],
)
def test_a_record_of_tomorrow_does_not_keep_a_case_from_opening(kind: str, fields_: dict[str, object]) -> None:
    rows = [
        Row("case", "c", {"reference": "EX/1"}),
        Row("contribution", "a1", {"cell": "health"}),
        Row(kind, "x", fields_),
        Row("entry", "f1", {"section": "F", "kind": "provision"}),
    ]
    case = assemble("c", rows)
    assert [one.id for one in (*case.contributions, *case.entries)] == ["a1", "f1"]
    assert (case.events, case.contacts, case.contributions[0].events) == ((), (), ())
    if kind != "contribution_event":
        with pytest.raises(Unreadable):
            record_from(rows[2])


def test_nesting_without_end_is_kept_as_it_is() -> None:
    deep: list[object] = []
    for _ in range(5000):
        deep = [deep]
    assert record_from(Row("document", "d1", {"pages": deep})).pages in ((), deep)


def test_a_record_of_a_kind_of_tomorrow_is_left_aside() -> None:
    rows = [Row("case", "c", {"reference": "EX/1"}), Row("hologram", "h", {"x": 1})]
    assert assemble("c", rows) == Case("c", "EX/1", Child("", ""))


def test_records_of_two_cases_never_share_an_id() -> None:
    assert record_key("one", "F1") != record_key("two", "F1")
    assert local_id("one", record_key("one", "F1")) == "F1"
    assert record_key("one", "one") == local_id("one", "one") == "one"
