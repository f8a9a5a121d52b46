"""The full cases: everything occurs, everything resolves, and nothing in them is real."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from send_desk.domain.case import Case
from send_desk.domain.contribution import Attendance
from send_desk.domain.contribution_telling import recorded_state
from send_desk.domain.cycle import cycle_in_force, cycles, lines_of, meeting_of
from send_desk.domain.identifiers import nhs_number_fault, postcode_fault, uln_fault, upn_fault, urn_fault
from send_desk.domain.ids import (
    Area,
    Cell,
    ContributionEventKind,
    EntryKind,
    EventKind,
    PersonKind,
    Section,
    Stage,
    State,
    Version,
)
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.stage import stage_of
from send_desk.domain.summary import CaseStage
from send_desk.services import county
from send_desk.services.county.reviewing import INVITED
from send_desk.services.county.stock import read_stock

ADVICE_STATES = set(State) - {State.NOT_DUE, State.OVERDUE, State.LAWFUL_EXCEPTION}


def test_three_hundred_children_of_whom_ten_have_a_large_plan(cases: Sequence[Case]) -> None:
    assert len(cases) == 300
    assert len({case.id for case in cases}) == 300
    assert len({case.reference for case in cases}) == 300
    assert sum(130 <= len(case.entries) <= 190 for case in cases) == 10
    usual = [len(case.entries) for case in cases if case.section(Section.F) and len(case.entries) < 130]
    assert 40 <= sorted(usual)[len(usual) // 2] <= 70


def test_the_same_seed_and_day_give_equal_cases(texts: Mapping[str, str], cases: Sequence[Case], today: date) -> None:
    again = tuple(county.full_cases(2014, today, texts, 25))
    assert again == tuple(cases[:25])
    assert tuple(county.full_cases(8, today, texts, 5)) != tuple(cases[:5])


def test_another_day_moves_the_dates_and_keeps_the_children(texts: Mapping[str, str], today: date) -> None:
    week = timedelta(days=7)
    now = list(county.full_cases(2014, today, texts, 25))
    later = list(county.full_cases(2014, today + week, texts, 25))
    for before, after in zip(now, later, strict=True):
        assert (before.id, before.child.full_name, before.stage) == (after.id, after.child.full_name, after.stage)
        assert before.child.date_of_birth == after.child.date_of_birth
        moved = [
            (one.on, two.on) for one, two in zip(before.events, after.events, strict=False) if one.kind is two.kind
        ]
        assert moved
        assert all(one and two and one <= two <= one + week + timedelta(days=3) for one, two in moved)


def test_every_stage_of_the_road_occurs(cases: Sequence[Case]) -> None:
    counted = Counter(stage_of(case) for case in cases)
    assert set(counted) == set(CaseStage)
    assert min(counted.values()) >= 3
    assert {case.stage for case in cases} == set(Stage)
    assert {case.version for case in cases} == set(Version)


def test_every_event_and_every_state_of_a_contribution_occurs_in_several_cases(cases: Sequence[Case]) -> None:
    kinds = Counter(kind for case in cases for kind in {event.kind for event in case.events})
    assert set(kinds) == set(EventKind)
    states = Counter(state for case in cases for state in {recorded_state(one, case) for one in case.contributions})
    assert set(states) >= ADVICE_STATES
    assert all(states[state] >= 4 for state in ADVICE_STATES)
    events = Counter(event.kind for case in cases for one in case.contributions for event in one.events)
    assert set(events) == set(ContributionEventKind)
    assert {one.cell for case in cases for one in case.contributions} == set(Cell)


def test_every_section_kind_and_area_occurs(cases: Sequence[Case]) -> None:
    entries = [entry for case in cases for entry in case.entries]
    assert {entry.section for entry in entries} == set(Section)
    assert {entry.kind for entry in entries} == set(EntryKind)
    assert {entry.area for entry in entries} - {None} == set(Area)


def test_what_else_a_day_at_the_desk_holds(cases: Sequence[Case], today: date) -> None:
    owed = [one.reply_owed_by for case in cases for one in case.contacts if one.reply_owed_by and not one.answered_on]
    assert any(day < today for day in owed)
    assert today in owed
    assert any(day > today for day in owed)
    assert any(case.exemptions for case in cases)
    assert any(case.dismissals for case in cases)
    assert any(case.overrides and case.override_requests for case in cases)
    assert any(person.barred for case in cases for person in case.people)
    assert any(case.child.address_confidential for case in cases)
    assert sum(case.owner == county.CASEWORKER for case in cases) > 170


def test_quotes_stand_on_the_page_that_is_named(cases: Sequence[Case]) -> None:
    quoted = 0
    for case in cases:
        papers = {paper.id: paper for paper in case.documents}
        for entry in case.entries:
            for source in entry.sources:
                if source.quote:
                    assert source.page is not None
                    assert source.quote in papers[source.document].pages[source.page - 1]
                    quoted += 1
    assert quoted > 5_000


def test_ids_are_unique_and_links_resolve(told: Sequence[county.Told]) -> None:
    for one in told:
        case = one.case
        ids = [entry.id for entry in case.entries] + [each.id for each in case.contributions]
        ids += [paper.id for paper in case.documents] + [person.id for person in case.people]
        ids += [event.id for event in case.events] + [case.id]
        assert len(ids) == len(set(ids))
        assert all(
            re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", id_) for id_ in ids
        )
        kinds = {entry.id: entry.kind for entry in case.entries}
        papers = {paper.id for paper in case.documents}
        for entry in case.entries:
            assert all(kinds[id_] is EntryKind.ASPIRATION for id_ in entry.links.aspirations)
            assert all(kinds[id_] is EntryKind.NEED for id_ in entry.links.needs)
            assert all(kinds[id_] is EntryKind.OUTCOME for id_ in entry.links.outcomes)
            assert all(source.judgement or source.document in papers for source in entry.sources)
            if entry.kind is EntryKind.NIL and entry.value("contribution"):
                assert entry.value("contribution") in {each.id for each in case.contributions}
        assert all(each.document in papers for each in case.contributions if each.document)


def test_documents_are_of_two_pages_or_more_and_their_digest_is_that_of_their_bytes(cases: Sequence[Case]) -> None:
    for case in cases[:60]:
        for paper in case.documents:
            body = county.document_bytes(paper)
            assert (len(body), hashlib.sha256(body).hexdigest()) == (paper.size, paper.sha256)
    reports = [
        len(paper.pages)
        for case in cases
        for paper in case.documents
        if len(paper.pages[0]) > 700 or len(paper.pages) > 1
    ]
    assert len(reports) > 900
    assert min(reports) >= 2


def test_numbers_of_children_are_well_formed_except_where_a_fault_is_planted(told: Sequence[county.Told]) -> None:
    for one in told:
        child = one.case.child
        found = [nhs_number_fault(child.nhs_number), upn_fault(child.upn)]
        assert any(found) is any(fault.check == 13 for fault in one.faults), one.case.reference
        assert not uln_fault(child.uln)
        assert not postcode_fault(child.postcode)
        assert child.nhs_number.startswith("999")
        assert child.postcode.startswith("HW")
        assert not urn_fault(one.case.setting.urn)


def test_everybody_is_made_up_and_cannot_be_reached(texts: Mapping[str, str], cases: Sequence[Case]) -> None:
    names = read_stock(texts).names
    firsts = {*names.girls, *names.boys, *names.either, *names.middle, *names.women, *names.men, "Avie"}
    for case in cases:
        people = [case.child.full_name, case.officer.name, *(person.name for person in case.people)]
        people += [one.adviser.name for one in case.contributions]
        for name in people:
            *first, surname = name.split()
            assert set(first) <= firsts
            assert surname in names.surnames
        for person in case.people:
            assert not person.telephone or re.fullmatch(r"(01632 960|07700 900)\d{3}", person.telephone)
            assert not person.email or person.email.endswith(".example")
        assert case.authority.code == "999"


def test_the_words_are_filled_in_and_read_as_english(cases: Sequence[Case]) -> None:
    wrong = re.compile(
        r"[{}]|  |\b(?:she|he) (?:have|are|were|do|get|go|like|feel|find)\b|\bthey (?:has|is|was|does|gets|finds)\b"
    )
    for case in cases:
        for words in _all_words(case):
            assert not wrong.search(words), words
            assert "\t" not in words


def _all_words(case: Case) -> list[str]:
    words = [page for paper in case.documents for page in paper.pages]
    words += [entry.words for entry in case.entries] + [contact.text for contact in case.contacts]
    words += [entry.value(field) for entry in case.entries for field in entry.fields]
    return words + [event.note for event in case.events]


def test_a_young_person_is_asked_about_capacity_and_adulthood(cases: Sequence[Case]) -> None:
    older = [case for case in cases if case.child.date_of_birth and case.child.date_of_birth.year <= 2010]
    assert len(older) > 20
    for case in older:
        ways = [entry for entry in case.section(Section.A) if entry.kind is EntryKind.HOW_VIEWS]
        assert not ways or any(entry.value("capacity") for entry in ways) or case.child.date_of_birth.year == 2010


def test_the_showcase_is_the_case_of_the_pictures(cases: Sequence[Case], today: date) -> None:
    case = cases[0]
    assert case.reference == county.SHOWCASE_REFERENCE
    assert case.child.full_name == "Ava Rose Thornley"
    assert stage_of(case) is CaseStage.DRAFTING
    assert 35 <= len(case.entries) <= 60
    lines = {one.cell: one for one in case.contributions}
    chases = [event for event in lines[Cell.SOCIAL_CARE].events if event.kind is ContributionEventKind.CHASED]
    assert len(chases) == 2
    waiting = {cell for cell, one in lines.items() if recorded_state(one, case) is not State.CONTRIBUTES}
    assert waiting == {Cell.HEALTH, Cell.SOCIAL_CARE}
    for cell in waiting:
        asked = lines[cell].events[0].on
        assert asked is not None
        assert asked + timedelta(days=42) < today
    assert not case.section(Section.D)


def test_well_written_cases_are_a_third_and_answered_by_all(told: Sequence[county.Told]) -> None:
    sound = [one for one in told if one.sound]
    assert 90 <= len(sound) <= 130
    good = {State.CONTRIBUTES, State.NO_RELEVANT_NEEDS, State.REUSED}
    for one in sound:
        assert not one.faults
        assert {recorded_state(line, one.case) for line in one.case.contributions} <= good
        assert {entry.section for entry in one.case.entries} >= set(Section) - {Section.I}


def test_a_day_of_a_leap_year_and_a_new_year_can_be_told(texts: Mapping[str, str]) -> None:
    for day in (date(2028, 2, 29), date(2027, 1, 1), date(2026, 9, 1), date(2026, 8, 31)):
        for case in county.full_cases(3, day, texts, 20):
            later = [event.on for event in case.events if event.on and event.on > day]
            assert not later or case.happened(EventKind.PHASE_TRANSFER)
            assert all(event.on is None or event.on <= day for one in case.contributions for event in one.events)


def test_a_missing_file_is_told_in_words(texts: Mapping[str, str], today: date) -> None:
    fewer = {stem: text for stem, text in texts.items() if stem != "views"}
    with pytest.raises(ValueError, match="lacks 'views'"):
        next(county.full_cases(2014, today, fewer, 1))
    with pytest.raises(ValueError, match="cannot be read"):
        next(county.full_cases(2014, today, {**texts, "views": "= ="}, 1))


def test_relatives_and_friends_named_in_the_words_stand_on_the_list_of_people(cases: Sequence[Case]) -> None:
    for case in cases[:80]:
        friend = next(one for one in case.people if one.kind is PersonKind.FRIEND)
        without = replace(case, people=())
        said = " ".join(entry.words for entry in without.section(Section.A))
        for name in ("Zayn", "Priya", "Tilly", "Felix"):
            if f" {name}" in said:
                known = {part for one in case.people for part in one.name.split()} | set(case.child.first_names.split())
                known.add(case.child.known_as)
                assert name in known, (case.reference, friend.name)


def test_every_review_has_a_register_of_who_was_invited(cases: Sequence[Case], book: RuleBook, today: date) -> None:
    assert [(one.letter, one.cell) for one in book.review_invitees] == list(INVITED)
    in_review = [case for case in cases if cycle_in_force(case)]
    assert len(in_review) >= 30
    lines = [line for case in in_review for line in lines_of(case, cycle_in_force(case))]
    states = Counter(recorded_state(line, case) for case in in_review for line in lines_of(case, cycle_in_force(case)))
    assert set(states) == {State.NOT_REQUESTED, State.REQUESTED, State.CONTRIBUTES}
    assert {line.attendance for line in lines} >= {None, Attendance.ATTENDED, Attendance.APOLOGIES}
    assert all(line.notice_given and line.notice_given <= today for line in lines if line.events)
    assert all(meeting_of(case, cycle_in_force(case)) for case in in_review)
    # A maintained plan is back with the register it was made from.
    assert any(len(cycles(case)) > 1 and not cycle_in_force(case) for case in cases)
