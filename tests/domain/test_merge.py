"""Rules 1 to 3 and 6 of sync.md: heads are derived, merging is computed per field, deletion is a revision."""

from datetime import UTC, datetime

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


def test_a_revision_whose_parent_is_not_here_yet_still_counts() -> None:
    merged = merge([revision("2", ("1",), who="b")])
    assert merged.fields == {"who": "b"}
    assert merged.heads == ("2",)


@st.composite
def histories(draw: st.DrawFn) -> list[Revision]:
    """A history of one record in which any revision may follow any earlier ones, ids in no helpful order."""
    count = draw(st.integers(1, 12))
    names = draw(st.permutations([f"{n:02}" for n in range(count)]))
    log: list[Revision] = []
    for place, name in enumerate(names):
        parents = tuple(draw(st.sets(st.sampled_from(names[:place]), max_size=3))) if place else ()
        fields = draw(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), max_size=3))
        log.append(revision(name, parents, **fields))
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


@given(histories())
def test_every_field_shows_a_value_that_no_later_revision_has_set_anew(log: list[Revision]) -> None:
    merged = merge(log)
    for name in {name for one in log for name in one.fields}:
        setters = [one for one in log if name in one.fields]
        maximal = [one for one in setters if not any(one.id in ancestors(log, other.id) for other in setters)]
        values = [one.fields[name] for one in maximal]
        assert merged.fields[name] in values
        conflicted = any(conflict.field == name for conflict in merged.conflicts)
        assert conflicted == any(value != values[0] for value in values)
