"""Rules 1 to 3, 5 and 6 of sync.md: heads are derived, merging is computed per field, deletion is a revision."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.revision import DELETED, Revision, heads, merge

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def revision(id_: str, parents: tuple[str, ...] = (), **fields: object) -> Revision:
    return Revision(id_, "F1", "entry", "case", "999", parents, fields, "user", "desk", NOW)


def test_a_line_of_changes_keeps_the_last_value_of_each_field() -> None:
    merged = merge([revision("1", who="teacher", what="reading"), revision("2", ("1",), who="teaching assistant")])
    assert merged.fields == {"who": "teaching assistant", "what": "reading"}
    assert merged.heads == ("2",)
    assert not merged.conflicts
    assert not merged.combined


def test_two_values_of_one_field_written_apart_are_a_conflict_that_names_both() -> None:
    merged = merge([revision("1", who="a"), revision("2", ("1",), who="b"), revision("3", ("1",), who="c")])
    assert merged.heads == ("2", "3")
    assert [(one.field, one.revisions) for one in merged.conflicts] == [("who", ("2", "3"))]


def test_different_fields_changed_apart_are_combined_without_a_conflict() -> None:
    merged = merge([revision("1", who="a", what="x"), revision("2", ("1",), who="b"), revision("3", ("1",), what="y")])
    assert merged.fields == {"who": "b", "what": "y"}
    assert merged.combined
    assert not merged.conflicts


def test_the_same_value_written_apart_is_no_conflict() -> None:
    merged = merge([revision("1"), revision("2", ("1",), who="b"), revision("3", ("1",), who="b")])
    assert not merged.conflicts


def test_a_person_s_choice_closes_the_conflict() -> None:
    log = [revision("1", who="a"), revision("2", ("1",), who="b"), revision("3", ("1",), who="c")]
    merged = merge([*log, revision("4", ("2", "3"), who="c")])
    assert merged.heads == ("4",)
    assert merged.fields == {"who": "c"}
    assert not merged.conflicts
    assert not merged.combined


def test_deletion_is_a_revision_and_can_be_taken_back() -> None:
    gone = [revision("1", who="a"), revision("2", ("1",), **{DELETED: True})]
    assert merge(gone).deleted
    assert not merge([*gone, revision("3", ("2",), **{DELETED: False})]).deleted


@pytest.mark.parametrize("ring", [(("2", "1"), ("1", "2")), (("3", "1"), ("1", "2"), ("2", "3"))])
def test_a_ring_of_parents_holds_up_nobody_and_hides_no_words(ring: tuple[tuple[str, str], ...]) -> None:
    honest = revision("0", what="reading")
    made = [revision(id_, (parent, "0"), who=f"somebody {id_}") for parent, id_ in ring]
    merged = merge([*made, honest])
    assert merged.heads == ()
    assert merged.fields["what"] == "reading"
    assert str(merged.fields["who"]).startswith("somebody")
    assert merge([*made, honest, revision("9", (), who="Jo")]).heads == ("9",)


def test_of_a_long_history_that_came_out_of_order_each_parent_stands_before_its_child() -> None:
    line = [revision(f"{9000 - place}", (f"{9001 - place}",) if place else (), step=place) for place in range(3000)]
    assert merge(line).fields == {"step": 2999}


def test_a_revision_whose_parent_is_not_here_yet_still_counts() -> None:
    merged = merge([revision("2", ("1",), who="b")])
    assert merged.fields == {"who": "b"}
    assert merged.heads == ("2",)


def test_a_version_that_reads_as_both_together_leaves_nothing_to_look_at() -> None:
    log = [revision("1", who="a"), revision("2", ("1",), who="b"), revision("3", ("1",), who="b", what="y")]
    merged = merge(log)
    assert merged.heads == ("2", "3")
    assert not merged.is_open


def test_what_stands_combined_is_named_and_so_is_what_both_came_from() -> None:
    log = [
        revision("1", who="a", what="x", how="h"),
        revision("2", ("1",), who="b", what="y"),
        revision("3", ("1",), who="c", how="k"),
    ]
    merged = merge(log)
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.revisions, conflict.base) == ("who", ("2", "3"), ("1",))
    assert merged.apart == ("how", "what")
    assert merged.combined


def test_words_joined_without_a_choice_stay_in_conflict() -> None:
    log = [revision("1", who="a"), revision("2", ("1",), who="b"), revision("3", ("1",), who="c")]
    merged = merge([*log, revision("4", ("2", "3"), what="x")])
    assert merged.heads == ("4",)
    assert [one.field for one in merged.conflicts] == ["who"]


@pytest.mark.parametrize("ids", [("2", "3"), ("3", "2")])
def test_taking_away_against_writing_is_for_a_person_and_the_record_stands_meanwhile(ids: tuple[str, str]) -> None:
    gone, written = ids
    log = [revision("1", who="a"), revision(gone, ("1",), **{DELETED: True}), revision(written, ("1",), who="b")]
    merged = merge(log)
    assert [(one.field, one.revisions) for one in merged.conflicts] == [(DELETED, ("2", "3"))]
    assert not merged.deleted
    assert merged.fields["who"] == "b"
    assert merge([*log, revision("4", ("2", "3"), **{DELETED: True})]).deleted
    kept = merge([*log, revision("4", ("2", "3"), **{DELETED: False})])
    assert (kept.deleted, kept.conflicts, kept.fields["who"]) == (False, (), "b")


def test_taking_away_what_the_other_had_taken_away_or_knowingly_wrote_in_is_no_conflict() -> None:
    begun = revision("1", who="a")
    both = [begun, revision("2", ("1",), **{DELETED: True}), revision("3", ("1",), **{DELETED: True})]
    assert not merge(both).is_open
    later = [begun, revision("2", ("1",), who="b"), revision("3", ("1",), **{DELETED: True})]
    assert not merge([*later, revision("4", ("2",), **{DELETED: True})]).is_open
    after = merge([begun, revision("2", ("1",), **{DELETED: True}), revision("3", ("2",), who="b")])
    assert after.deleted
    assert not after.is_open


def test_a_redacted_revision_keeps_its_place_and_sets_nothing() -> None:
    log = [revision("1", who="a"), revision("2", ("1",), who="b"), revision("3", ("1",), who="c")]
    emptied = [replace(one, redacted="00" * 32) if one.id == "3" else one for one in log]
    merged = merge(emptied)
    assert merged.heads == ("2", "3")
    assert merged.fields == {"who": "b"}
    assert not merged.is_open


@st.composite
def histories(draw: st.DrawFn) -> list[Revision]:
    """A history of one record in which any revision may follow any earlier ones, ids in no helpful order."""
    count = draw(st.integers(1, 12))
    names = draw(st.permutations([f"{n:02}" for n in range(count)]))
    log: list[Revision] = []
    for place, name in enumerate(names):
        parents = tuple(draw(st.sets(st.sampled_from(names[:place]), max_size=3))) if place else ()
        fields: dict[str, object] = {**draw(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), max_size=3))}
        if draw(st.integers(0, 5)) == 0:
            fields[DELETED] = draw(st.booleans())
        one = revision(name, parents, **fields)
        log.append(replace(one, redacted="00" * 32) if draw(st.integers(0, 9)) == 0 else one)
    return log


def ancestors(log: list[Revision], id_: str) -> set[str]:
    by_id = {one.id: one for one in log}
    found: set[str] = set()
    todo = list(by_id[id_].parents)
    while todo:
        parent = todo.pop()
        if parent not in found:
            found.add(parent)
            todo.extend(by_id[parent].parents)
    return found


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(log: list[Revision], random: object) -> None:
    shuffled = list(log)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis types its generator as object
    assert merge(shuffled) == merge(log)
    assert heads(shuffled) == heads(log)


@given(histories(), st.randoms(use_true_random=False))
def test_what_comes_twice_or_in_parts_makes_the_same_record(log: list[Revision], random: object) -> None:
    cut = len(log) // 2
    assert merge([*log, *log]) == merge(log)
    assert merge([*log[cut:], *log[:cut], *log[:cut]]) == merge(log)


@given(histories())
def test_every_field_shows_a_value_that_no_later_revision_has_set_anew(log: list[Revision]) -> None:
    merged = merge(log)
    said = {one.id: {} if one.redacted else one.fields for one in log}
    for name in {name for fields in said.values() for name in fields} - {DELETED}:
        setters = [one for one in log if name in said[one.id]]
        maximal = [one for one in setters if not any(one.id in ancestors(log, other.id) for other in setters)]
        values = [one.fields[name] for one in maximal]
        assert merged.fields[name] in values
        conflicted = any(conflict.field == name for conflict in merged.conflicts)
        assert conflicted == any(value != values[0] for value in values)


@given(histories())
def test_heads_are_leaves(log: list[Revision]) -> None:
    for head in merge(log).heads:
        assert not any(head in one.parents for one in log)


@given(histories())
def test_a_person_s_merge_of_all_heads_clears_whatever_was_open(log: list[Revision]) -> None:
    before = merge(log)
    chosen = {conflict.field: before.fields[conflict.field] for conflict in before.conflicts}
    after = merge([*log, revision("zz", before.heads, **chosen)])
    assert after.heads == ("zz",)
    assert not after.conflicts
    assert not after.combined
    assert after.fields == {**before.fields, **chosen}


@given(histories())
def test_a_record_that_somebody_wrote_in_unaware_of_its_end_still_stands(log: list[Revision]) -> None:
    merged = merge(log)
    said = {one.id: {} if one.redacted else one.fields for one in log}
    ends = [one.id for one in log if said[one.id].get(DELETED)]
    unaware = [
        one.id
        for one in log
        if said[one.id]
        and one.id not in ends
        and not any(end in ancestors(log, one.id) for end in ends)
        and not any(one.id in ancestors(log, end) for end in ends)
    ]
    if unaware:
        assert not merged.deleted
