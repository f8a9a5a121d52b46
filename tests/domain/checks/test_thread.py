"""Checks 36 to 40, and the map of the golden thread that they read."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from send_desk.domain.case import Case
from send_desk.domain.entry import Entry, Links
from send_desk.domain.finding import Finding
from send_desk.domain.golden_thread import Gap, Link, Missing, golden_thread
from send_desk.domain.ids import Area, EntryKind, Section, Severity

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Change = Callable[..., Case]


def ids(found: list[Finding]) -> list[str]:
    return [one.id for one in found]


def relinked(case: Case, id_: str, links: Links) -> Case:
    return replace(case, entries=tuple(replace(one, links=links) if one.id == id_ else one for one in case.entries))


def test_a_need_that_nothing_in_f_meets(good: Case, look: Look, row: Make, put: Change) -> None:
    unmet = put(good, row("B3", "Ava cannot tie her laces.", links=Links((), (), ("E1",))))
    assert [(one.id, one.severity) for one in look(unmet, 36)] == [("36/B3", Severity.BLOCK)]
    by_health = put(unmet, row("G2", fields={"what": "help"}, links=Links((), ("B3",), ("E1",))))
    assert ids(look(by_health, 36)) == ["36/B3"], "a need in B is met in F"
    gone = relinked(good, "F1", Links((), ("gone",), ("E1",)))
    assert ids(look(gone, 36)) == ["36/B1"]


@pytest.mark.parametrize(("id_", "section"), [("C2", Section.C), ("D2", Section.D)])
def test_a_health_or_care_need_without_provision_is_a_warning(
    good: Case, look: Look, row: Make, put: Change, id_: str, section: Section
) -> None:
    unmet = put(good, row(id_, "Ava has asthma.", links=Links((), (), ("E3",))))
    assert [(one.id, one.severity, one.section) for one in look(unmet, 36)] == [(f"36/{id_}", Severity.WARN, section)]


def test_a_recorded_reason_or_provision_elsewhere_settles_it(good: Case, look: Look, row: Make, put: Change) -> None:
    reasoned = row("B3", "Ava cannot tie her laces.", not_met_because="She wears other shoes.")
    assert look(put(good, reasoned), 36) == []
    assert look(put(good, reasoned), 38) == []
    trained = row("F3", fields={"what": "teach her to use her inhaler"}, links=Links((), ("C2",), ("E3",)))
    assert look(put(good, row("C2", "Ava has asthma."), trained), 36) == []
    from_need = put(good, row("B3", "Ava cannot tie her laces.", links=Links((), (), ("F1", "E1"))))
    assert look(from_need, 36) == []


@pytest.mark.parametrize("links", [Links(), Links((), ("gone",), ("E1",)), Links((), (), ("E1",))])
def test_provision_that_meets_no_need(good: Case, look: Look, row: Make, put: Change, links: Links) -> None:
    stray = put(good, row("F3", fields={"what": "a wobble cushion"}, links=links))
    assert [(one.id, one.severity) for one in look(stray, 37)] == [("37/F3", Severity.WARN)]


@pytest.mark.parametrize("need", ["B1", "C1", "B2"])
def test_provision_that_meets_a_need(good: Case, look: Look, row: Make, put: Change, need: str) -> None:
    stray = put(good, row("F3", fields={"what": "a wobble cushion"}, links=Links((), (need,))))
    assert look(stray, 37) == []


OUTCOME = {"will": "tie her laces", "by": "July 2027"}


@pytest.mark.parametrize(
    ("links", "words"),
    [
        (Links(("A3",)), "no need and no provision"),
        (Links(("A3",), ("B1",)), "no provision is linked"),
        (Links(("A3",), ("gone",), ("F1",)), "no need is linked"),
    ],
)
def test_an_outcome_that_hangs_in_the_air(
    good: Case, look: Look, row: Make, put: Change, links: Links, words: str
) -> None:
    found = look(put(good, row("E5", fields=OUTCOME, links=links)), 38)
    assert [(one.id, one.severity) for one in found] == [("38/E5", Severity.WARN)]
    assert words in found[0].reason
    assert found[0].quote == "By July 2027, Avie will tie her laces."


def test_a_need_without_an_outcome(good: Case, look: Look, row: Make, put: Change) -> None:
    found = look(put(good, row("B3", "Ava cannot tie her laces.")), 38)
    assert ids(found) == ["38/B3"]


def test_a_need_reaches_its_outcome_through_its_provision(good: Case, look: Look, row: Make, put: Change) -> None:
    through = put(
        good,
        row("B3", "Ava cannot tie her laces."),
        row("F3", fields={"what": "teach laces"}, links=Links((), ("B3",), ("E1",))),
    )
    assert look(through, 38) == []


def test_an_outcome_reaches_its_need_through_its_provision_where_no_outcome_links_needs(good: Case, look: Look) -> None:
    bare = good
    for id_ in ("E1", "E2", "E3"):
        bare = relinked(bare, id_, Links(("A3",)))
    assert look(bare, 38) == []
    assert ids(look(relinked(good, "E1", Links(("A3",))), 38)) == ["38/E1"], (
        "where the others link theirs, it stands out"
    )


def test_without_any_outcome_the_empty_section_is_the_one_fault(good: Case, look: Look, without: Change) -> None:
    found = look(without(good, "E1", "E2", "E3", "E4"))
    assert ids(found) == ["15/E"]


def test_an_outcome_that_serves_no_aspiration(good: Case, look: Look) -> None:
    for links in (Links((), ("B1",)), Links(("gone",), ("B1",)), Links(("A2",), ("B1",))):
        found = look(relinked(good, "E1", links), 39)
        assert [(one.id, one.severity) for one in found] == [("39/E1", Severity.WARN)]


def test_without_any_aspiration_it_is_told_once(good: Case, look: Look, without: Change) -> None:
    assert ids(look(without(good, "A3"), 39)) == ["39/A"]
    assert look(without(good, "A3", "E1", "E2", "E3"), 39) == []


def areas(case: Case, area: Area | None, *, links: Links | None = None) -> Case:
    def changed(one: Entry) -> Entry:
        return replace(one, area=area, links=links or one.links) if one.id == "E3" else one

    return replace(case, entries=tuple(changed(one) for one in case.entries))


@pytest.mark.parametrize("area", [Area.COGNITION, Area.SEMH, Area.COMMUNICATION])
def test_a_health_need_with_an_education_outcome_only(good: Case, look: Look, area: Area) -> None:
    found = look(areas(good, area), 40)
    assert [(one.id, one.severity) for one in found] == [("40/C1", Severity.WARN)]
    assert "health" in found[0].reason


def test_a_care_need_with_an_education_outcome_only(good: Case, look: Look, row: Make, put: Change) -> None:
    lonely = put(good, row("D2", "Ava has nobody to go to a club with.", links=Links((), (), ("E1",))))
    assert "care" in look(lonely, 40)[0].reason


def test_an_outcome_of_no_area_is_one_of_health_by_its_provision_or_needs(
    good: Case, look: Look, row: Make, put: Change
) -> None:
    assert look(areas(good, Area.CARE), 40) == []
    assert look(areas(good, None), 40) == []
    in_f = put(
        areas(good, None), row("G1", "Stopped."), row("F3", fields={"what": "x"}, links=Links((), ("C1",), ("E3",)))
    )
    assert look(in_f, 40) == []
    shared = areas(in_f, None, links=Links(("A3",), ("B1", "C1")))
    assert ids(look(shared, 40)) == ["40/C1"]
    assert look(put(good, row("C2", "Ava has asthma.")), 40) == [], "no outcome at all is told by 38"


def test_the_map(good: Case) -> None:
    thread = golden_thread(good)
    assert [node.label for node in thread.nodes if node.kind is EntryKind.NEED] == ["B1", "B2", "C1"]
    assert Link("A3", "E1") in thread.links
    assert Link("B1", "E1") in thread.links
    assert Link("B1", "F1") in thread.links
    assert Link("E1", "F1") in thread.links
    assert thread.gaps == ()
    assert thread.reaches["F1"] == {"B1", "E1"}


def test_the_map_shows_its_gaps(good: Case) -> None:
    cut = golden_thread(relinked(good, "F1", Links()))
    assert set(cut.gaps) == {Gap("B1", Missing.PROVISION), Gap("E1", Missing.PROVISION), Gap("F1", Missing.NEED)}
    assert cut.lacks("B1", Missing.PROVISION)
    assert not cut.lacks("B2", Missing.PROVISION)


def test_rows_of_one_kind_and_a_need_in_an_unusual_section_do_no_harm(good: Case, row: Make, put: Change) -> None:
    odd = put(
        good,
        row("B3", "Tied to another need.", links=Links((), ("B1", "B3"))),
        row("F9", "A need in F.", kind=EntryKind.NEED),
    )
    assert {gap.entry for gap in golden_thread(odd).gaps} == {"B3", "F9"}
