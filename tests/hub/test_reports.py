"""The reports of managers: counted by the desk's own functions, from what the office copy holds, for a day."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

import psycopg
import pytest

from send_desk.bootstrap.counting import counting
from send_desk.bootstrap.demo import county_texts
from send_desk.domain.case import Case, Override
from send_desk.domain.ids import Role
from send_desk.domain.oversight import oversee
from send_desk.domain.rulebook import RuleBook
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.hub.reports import REPORTS, Reports
from send_desk.services import county
from send_desk.services.commit import commit, commit_all
from send_desk.services.desk import Desk
from send_desk.services.ports import CaseFile
from send_desk.services.reading import open_case
from send_desk.wire.packed import pack

from .ground import Laptop

TODAY = date(2026, 3, 3)


@pytest.fixture
def jo(database: Database, office: Administration, desk: Desk) -> Laptop:
    account = office.add_user("jo.marsh", "Jo Marsh", Role.MANAGER, "hash")
    from .test_functions_conformance import PostgresGround

    return Laptop.of(PostgresGround(database, office), "jo.marsh", account, Role.MANAGER, author=desk.user.id)


def _cases(desk: Desk, count: int) -> tuple[CaseFile, ...]:
    told = islice(county.full_cases(2014, desk.today, county_texts(), 300), count)
    return commit_all(desk, [(None, case) for case in told])


def _hand_in(desk: Desk, jo: Laptop, case: Case) -> None:
    heads = open_case(desk, case.id).heads
    told = (one for record in heads for one in desk.store.history(record, case=case.id))
    revisions = [replace(pack(one), device=jo.caller.device) for one in told]
    jo.push(*sorted(revisions, key=lambda one: one.id))


def test_every_figure_is_what_the_desk_itself_computes(
    desk: Desk, jo: Laptop, office: Administration, books: dict[str, RuleBook], book: RuleBook
) -> None:
    files = _cases(desk, 12)
    passed = Override("o", "Hearing on Friday.", "Ruth Dale", Role.MANAGER, TODAY, findings=("8/health", "20/"))
    files = (commit(desk, files[0], replace(files[0].case, overrides=(passed,))), *files[1:])
    for file in files:
        _hand_in(desk, jo, file.case)
    reports = Reports(office)
    assert reports.project(counting(books, TODAY), day=TODAY).counted == 12
    seen = [oversee(open_case(desk, file.case.id).case, book, TODAY) for file in files]
    by_service = Counter((one.service, str(one.cell)) for each in seen for one in each.advice)
    assert by_service
    assert {(row["service"], row["cell"]): row["outstanding"] for row in reports.read("contributions")} == by_service
    late = {(each.reference, one.rule, one.due, one.days_late) for each in seen for one in each.late}
    assert late
    assert {(r["reference"], r["rule"], r["due"], r["days_late"]) for r in reports.read("out-of-time")} == late
    (line,) = reports.read("overrides")
    assert (line["reference"], line["given_by"], line["reason"]) == (
        files[0].case.reference,
        "Ruth Dale",
        passed.reason,
    )
    assert line["findings"] == ["8/health", "20/"]


def test_only_what_changed_is_counted_again_and_everything_on_another_day(
    desk: Desk, jo: Laptop, office: Administration, books: dict[str, RuleBook]
) -> None:
    first, second = _cases(desk, 2)
    for file in (first, second):
        _hand_in(desk, jo, file.case)
    reports = Reports(office)
    assert reports.project(counting(books, TODAY), day=TODAY).counted == 2
    assert reports.project(counting(books, TODAY), day=TODAY).counted == 0
    changed = commit(desk, second, replace(second.case, owner="Sam Field"))
    _hand_in(desk, jo, changed.case)
    told = reports.project(counting(books, TODAY), day=TODAY)
    assert (told.counted, told.held) == (1, 1)
    tomorrow = TODAY + timedelta(days=1)
    assert reports.project(counting(books, tomorrow), day=tomorrow).counted == 2
    assert reports.project(counting(books, tomorrow), day=tomorrow, everything=True).counted == 2


def test_a_case_that_is_no_case_any_more_leaves_no_lines(
    desk: Desk, jo: Laptop, office: Administration, books: dict[str, RuleBook]
) -> None:
    stray = jo.write("case-without-a-record", kind="entry")
    jo.push(stray)
    reports = Reports(office)
    assert reports.project(counting(books, TODAY), day=TODAY).counted == 1
    assert all(not reports.read(name) for name in REPORTS if name != "laptops")


def test_laptops_not_seen_are_named_with_the_cases_that_are_out_on_them(
    desk: Desk, jo: Laptop, office: Administration, books: dict[str, RuleBook]
) -> None:
    for file in _cases(desk, 3):
        _hand_in(desk, jo, file.case)
    reports = Reports(office)
    day = date.fromisoformat(str(office.enrolments()[0].seen_at.date())) + timedelta(days=20)
    assert reports.project(counting(books, day), day=day).laptops == 1
    (line,) = reports.read("laptops")
    assert (line["person"], line["days_unseen"], line["cases_out"], line["barred"]) == ("Jo Marsh", 20, 3, False)


def test_the_councils_tools_may_read_the_views_and_nothing_else(office: Administration, central_url: str) -> None:
    with psycopg.connect(central_url, autocommit=True) as link:
        link.execute("SET ROLE send_desk_reader")
        for view in ("contributions", "contribution_lines", "out_of_time", "overrides", "laptops"):
            link.execute(f"SELECT * FROM send_desk_report.{view}")  # noqa: S608  names of this test
        for table in ("revision", "report_case", "account"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                link.execute(f"SELECT * FROM send_desk.{table}")  # noqa: S608  names of this test
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute("SELECT send_desk_office.put_laptops('999', '2026-03-03')")
