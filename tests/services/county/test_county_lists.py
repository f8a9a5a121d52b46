"""Settings, directory, other children, a manager's rows, and the lists that councils already have."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO

from send_desk.domain.case import Case
from send_desk.domain.ids import Cell, State
from send_desk.domain.summary import CaseStage
from send_desk.services import county
from send_desk.services.county.stock import read_stock


def test_about_two_hundred_settings_with_numbers_that_were_never_given(texts: Mapping[str, str]) -> None:
    found = county.establishments(7, texts)
    assert 190 <= len(found) <= 210
    assert len({one.urn for one in found}) == len({one.name for one in found}) == len(found)
    assert all(990_000 < int(one.urn) < 991_000 for one in found)
    assert {one.status for one in found} == {"Open", "Closed"}
    assert {one.phase for one in found} == {"Nursery", "Primary", "Secondary", "Special", "Further education"}
    assert county.establishments(7, texts) == found


def test_the_register_of_settings_as_a_file(texts: Mapping[str, str]) -> None:
    rows = list(csv.DictReader(StringIO(county.establishments_csv(7, texts))))
    found = county.establishments(7, texts)
    assert [(row["URN"], row["EstablishmentName"], row["Postcode"]) for row in rows] == [
        (one.urn, one.name, one.postcode) for one in found
    ]


def test_the_directory_names_services_teams_and_designated_officers(texts: Mapping[str, str]) -> None:
    lines = county.directory(7, texts)
    assert len({line.id for line in lines}) == len(lines) > 40
    assert len([line for line in lines if line.designated]) == 3
    assert {"health", "psychology", "social_care", "adulthood", "others", "education"} <= {line.cell for line in lines}
    assert all(line.email.endswith(".example") and line.telephone.startswith("01632 960") for line in lines)


def test_other_children_are_digests_that_only_the_key_opens(texts: Mapping[str, str]) -> None:
    key = b"k" * 32
    others = list(county.other_children(7, key, texts, 500))
    assert len(others) == 500
    assert all(len(one.first_name) == len(one.surname) == len(one.pair) == 32 for one in others)
    names = read_stock(texts).names
    firsts = {county.digest_of(name, key): name for name in (*names.girls, *names.boys, *names.either)}
    lasts = {county.digest_of(name, key): name for name in names.surnames}
    for one in others:
        pair = f"{firsts[one.first_name]} {lasts[one.surname]}"
        assert county.digest_of(pair.upper(), key) == one.pair
    assert {one.pair for one in county.other_children(7, b"another key", texts, 500)}.isdisjoint(
        one.pair for one in others
    )


def test_a_managers_ten_thousand_rows(texts: Mapping[str, str], today: date) -> None:
    rows = list(county.summary_rows(7, today, texts))
    assert len(rows) == len({row.case for row in rows}) == len({row.reference for row in rows}) == 10_000
    assert {row.stage for row in rows} == set(CaseStage)
    assert len({row.owner for row in rows}) > 50
    assert {state for row in rows for state in row.strip.values()} >= set(State) - {State.NOT_REQUESTED}
    assert all(set(row.strip) == set(Cell) and not row.full and row.holds_on(today) for row in rows)
    overdue = [row for row in rows if row.next_due and row.next_due < today]
    assert 100 < len(overdue) < 3_000
    assert rows[:50] == list(county.summary_rows(7, today, texts, 50))


def test_the_inspectors_list_has_no_names(cases: Sequence[Case]) -> None:
    found = county.inspectors_rows(cases, 7)
    assert len(found.list_1) + len(found.list_2) == len(cases)
    assert len(found.list_1) > 60
    surnames = {case.child.surname for case in cases}
    for row in (*found.list_1, *found.list_2):
        assert len(row) == 21
        assert not surnames & set(row.values())
        assert re.fullmatch(r"\d\d/\d\d/\d{4}", row["Date of birth"])
    assert all(row["Date initial EHC plan issued"] for row in found.list_1)
    assert not any(row["Date initial EHC plan issued"] for row in found.list_2)


def test_the_sen2_tables_join(cases: Sequence[Case]) -> None:
    tables = county.sen2_tables(cases, 7)
    people = {row["persontableid"] for row in tables.person}
    requests = {row["requeststableid"] for row in tables.requests}
    assert len(people) == len(tables.person) == len(cases)
    assert {row["persontableid"] for row in tables.requests} <= people
    assert {row["requeststableid"] for row in tables.assessment} <= requests
    assert all(re.fullmatch(r"\d{4}-[A-Z][a-z]{2}-\d\d 00:00:00", row["personbirthdate"]) for row in tables.person)
    assert set(Counter(row["requestoutcome"] for row in tables.requests)) == {"Y", "N", "A"}
    assert set(Counter(row["assessmentoutcome"] for row in tables.assessment)) == {"Y", "N", "A"}
