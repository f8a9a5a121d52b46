"""A case made from its revisions alone is the case that the desk's file gives."""

from dataclasses import replace
from itertools import islice

from send_desk.bootstrap.demo import county_texts
from send_desk.domain.ids import EntryKind, Section
from send_desk.domain.text import from_words
from send_desk.services import county, drafting
from send_desk.services.assembling import case_of
from send_desk.services.commit import commit, commit_all
from send_desk.services.desk import Desk
from send_desk.services.reading import open_case


def test_the_case_is_the_one_in_the_file_whatever_the_order_its_revisions_come_in(desk: Desk) -> None:
    told = tuple(islice(county.full_cases(2014, desk.today, county_texts(), 300), 3))
    for file in commit_all(desk, [(None, case) for case in told]):
        file, entry = drafting.add_entry(desk, file, Section.B, EntryKind.NEED, text=from_words("Tires by noon."))
        file = drafting.remove_entry(desk, file, entry.id)
        file = commit(desk, file, replace(file.case, owner="Jo Marsh"))
        case = file.case.id
        revisions = [one for record in file.heads for one in desk.store.history(record, case=case)]
        revisions.sort(key=lambda one: hash(one.id))
        assert case_of(case, revisions) == open_case(desk, case).case


def test_without_a_case_record_or_with_a_deleted_one_there_is_no_case(desk: Desk) -> None:
    (case,) = tuple(islice(county.full_cases(2014, desk.today, county_texts(), 300), 1))
    commit_all(desk, [(None, case)])
    own = desk.store.history(case.id, case=case.id)
    assert case_of(case.id, own) is not None
    assert case_of("another", own) is None
    assert case_of(case.id, [replace(own[0], fields={**own[0].fields, "$deleted": True})]) is None
