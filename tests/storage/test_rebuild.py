"""The log is the truth: whatever was done in whatever order, projections made anew from it are the same ones."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from send_desk.domain.errors import Cannot
from send_desk.domain.revision import DELETED, Revision, merge
from send_desk.services.ports import KeptText
from send_desk.storage.home import OpenHome, open_home_with_key
from send_desk.storage.keys import DataKey

Revise = Callable[..., Revision]
_NOW = datetime(2026, 3, 3, tzinfo=UTC)
_CASES = ("case-1", "case-2")
_VALUES = st.one_of(st.none(), st.booleans(), st.sampled_from(["therapy", "weekly", "", "Zoë", "by July"]))
_FIELDS = st.dictionaries(
    st.sampled_from(["text", "fields.who", "order", "reference", "child.surname", DELETED]), _VALUES, max_size=3
)
_EDIT = st.tuples(
    st.sampled_from(_CASES),
    st.sampled_from(["", "/a", "/b"]),
    _FIELDS,
    # Which of the revisions of the record that are there already are parents: none, one, or several.
    st.lists(st.integers(0, 8), max_size=2),
)
_STEPS = st.lists(st.one_of(st.just("index"), st.just("kept"), st.just("rebuild"), _EDIT), max_size=25)


@pytest.fixture(scope="module")
def emptied(tmp_path_factory: pytest.TempPathFactory, _first_home: tuple[Path, DataKey]) -> Iterator[OpenHome]:
    """One open home, emptied by each example."""
    import shutil

    path = Path(shutil.copytree(_first_home[0], tmp_path_factory.mktemp("rebuilt") / "home"))
    home = open_home_with_key(path, _first_home[1], now=_NOW)
    yield home
    home.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS, shuffled=st.randoms(use_true_random=False))
def test_projections_made_anew_are_those_that_grew(emptied: OpenHome, steps: list[Any], shuffled: Any) -> None:
    _empty(emptied)
    edits = _revisions([step for step in steps if isinstance(step, tuple)])
    late = list(edits)
    shuffled.shuffle(late)
    order = late if len(edits) % 2 else edits
    for step in steps:
        match step:
            case "index":
                emptied.store.index_words()
            case "rebuild":
                emptied.store.rebuild()
            case "kept":
                with emptied.store.write() as unit:
                    unit.keep(KeptText("case-1", "case-1/a", "text", "in work", (), _NOW))
            case _:
                with emptied.store.write() as unit:
                    unit.append([order.pop(0)])
    emptied.store.index_words()
    assert _index_fits(emptied)
    grown, kept = _projections(emptied), emptied.store.kept()
    emptied.store.rebuild()
    assert _projections(emptied) == grown
    assert _index_fits(emptied)
    assert emptied.store.kept() == kept


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(_EDIT, max_size=20), shuffled=st.randoms(use_true_random=False))
def test_records_are_what_merging_makes_of_their_history(emptied: OpenHome, edits: list[Any], shuffled: Any) -> None:
    _empty(emptied)
    revisions = _revisions(edits)
    shuffled.shuffle(revisions)
    with emptied.store.write() as unit:
        unit.append(revisions)
    for record in {revision.record for revision in revisions}:
        whole = merge([revision for revision in revisions if revision.record == record])
        kind, fields, heads, deleted, _ = _projections(emptied)["record"][record]
        assert kind
        assert (fields, heads, deleted) == (dict(whole.fields), list(whole.heads), whole.deleted)


def test_a_damaged_projection_is_mended(with_case: OpenHome) -> None:
    with_case.store.index_words()
    before = _projections(with_case)
    with with_case.store.write(), with_case.store.reading() as driver:
        driver.execute("UPDATE record SET fields = '{}'")
        driver.execute("DELETE FROM case_key")
        driver.execute("UPDATE words SET body = 'something else'")
    assert _projections(with_case) != before
    assert not _index_fits(with_case)
    assert with_case.store.rebuild() == 2
    assert _projections(with_case) == before
    assert _index_fits(with_case)
    assert [hit.record for hit in with_case.store.search("therapy")] == ["case-1/f1"]


def test_lines_of_cases_that_are_gone_leave_the_list(with_case: OpenHome) -> None:
    with with_case.store.write(), with_case.store.reading() as driver:
        for case, held in (("gone", True), ("a manager's", False)):
            driver.execute("INSERT INTO summary (case_id, held, body) VALUES (?, ?, '{}')", (case, held))
    with_case.store.rebuild()
    with with_case.store.reading() as driver:
        assert driver.execute("SELECT case_id FROM summary").fetchall() == [("a manager's",)]


def _revisions(edits: list[Any]) -> list[Revision]:
    made: dict[str, list[str]] = {}
    out = []
    for number, (case, ending, fields, parents) in enumerate(edits):
        record = f"{case}{ending}"
        earlier = made.setdefault(record, [])
        named = tuple(dict.fromkeys(earlier[place % len(earlier)] for place in parents)) if earlier else ()
        kind = "entry" if ending else "case"
        out.append(Revision(f"r{number:04}", record, kind, case, "830", named, fields, "u", "d", _NOW))
        earlier.append(out[-1].id)
    return out


def _projections(home: OpenHome) -> dict[str, Any]:
    import msgspec

    read = msgspec.json.decode
    with home.store.reading() as driver:
        records = {
            row[0]: (row[1], read(row[2]), read(row[3]), bool(row[4]), bool(row[5]))
            for row in driver.execute("SELECT record, kind, fields, heads, deleted, forked FROM record")
        }
        keys = driver.execute("SELECT * FROM case_key ORDER BY case_id").fetchall()
        words = driver.execute("SELECT case_id, record, kind, title, body FROM words ORDER BY 1, 2, 4, 5").fetchall()
    return {"record": records, "case_key": keys, "words": words}


def _index_fits(home: OpenHome) -> bool:
    try:
        with home.store.reading() as driver:
            # With 1, FTS5 compares every word of the index with the words it stands on.
            driver.execute("INSERT INTO words_index (words_index, rank) VALUES ('integrity-check', 1)")
    except Cannot:
        return False
    return True


def _empty(home: OpenHome) -> None:
    with home.store.write(), home.store.reading() as driver:
        driver.execute("DELETE FROM revision")
        driver.execute("DELETE FROM kept")
    home.store.rebuild()
    assert _projections(home) == {"record": {}, "case_key": [], "words": []}
