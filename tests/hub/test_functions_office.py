"""What the administrator can do and know, and what only PostgreSQL holds: time, pages by bytes, one moment."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Role
from send_desk.hub.central import Denied
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.wire import refusals
from send_desk.wire.messages import Read
from send_desk.wire.packed import mark_of_all

from .ground import AUTHORITY, Ground, Laptop, offered
from .test_functions_conformance import PostgresGround

CASE, OTHER = "case-0001-boats", "case-0002-trains"


@pytest.fixture
def ground(database: Database, office: Administration) -> Ground:
    return PostgresGround(database, office)


@pytest.fixture
def jo(ground: Ground) -> Laptop:
    return Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER))


@pytest.fixture
def kim(ground: Ground) -> Laptop:
    return Laptop.of(ground, "kim", ground.add_user("kim", Role.CASEWORKER))


def _set(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


# --- time -----------------------------------------------------------------------------------------------------------


def test_a_lease_runs_fourteen_days_and_lapses(central_url: str, database: Database, jo: Laptop) -> None:
    lease = database.renewed(jo.caller.device, version="2", signed_in=False)
    assert timedelta(days=13, hours=23) < lease - datetime.now(UTC) <= timedelta(days=14)
    _set(central_url, "UPDATE send_desk.device SET lease_until = now() - interval '1 hour'")
    with pytest.raises(Denied, match=refusals.LAPSED):
        database.renewed(jo.caller.device, version="2", signed_in=False)
    assert database.renewed(jo.caller.device, version="2", signed_in=True) >= lease


def test_a_barred_laptops_lease_never_moves(central_url: str, database: Database, jo: Laptop) -> None:
    lease = database.renewed(jo.caller.device, version="", signed_in=False)
    jo.ground.bar(jo.caller.device)
    _set(central_url, "UPDATE send_desk.device SET lease_until = lease_until - interval '10 days'")
    assert database.renewed(jo.caller.device, version="", signed_in=True) == lease - timedelta(days=10)


def test_each_lock_out_is_twice_as_long(central_url: str, database: Database, jo: Laptop) -> None:
    lengths = []
    for _ in range(3):
        until = [database.signed_in(AUTHORITY, jo.caller.account, good=False) for _ in range(5)][-1]
        assert until is not None
        lengths.append(round((until - datetime.now(UTC)) / timedelta(minutes=15)))
        _set(central_url, "UPDATE send_desk.account SET locked_until = now() - interval '1 second'")
    assert lengths == [1, 2, 4]


def test_after_thirty_days_a_withdrawn_case_takes_nothing_more(
    central_url: str, ground: Ground, jo: Laptop, kim: Laptop
) -> None:
    jo.push(jo.write(CASE))
    ground.grant(CASE, user="kim")
    kim.pull()
    ground.withdraw(CASE, user="kim")
    _set(central_url, "UPDATE send_desk.event SET at = at - interval '31 days'")
    assert kim.push(kim.write(CASE))[0].refused == refusals.NOT_MEMBER


def test_who_left_hands_in_and_reads_nothing(ground: Ground, jo: Laptop) -> None:
    jo.push(jo.write(CASE))
    jo.pull()
    ground.leave("jo")
    assert jo.push(jo.write(CASE))[0].position is not None
    with pytest.raises(Denied, match=refusals.BARRED):
        jo.page()
    found = ground.central.account(AUTHORITY, "jo")
    assert found is not None
    assert found.left


# --- pages and moments ----------------------------------------------------------------------------------------------


def test_a_page_is_cut_by_bytes_and_by_what_it_looked_through(
    central_url: str, ground: Ground, jo: Laptop, kim: Laptop
) -> None:
    made = [jo.write(CASE, body=b'"' + b"b" * 3000 + b'"') for _ in range(10)]
    jo.push(*made)
    jo.push(*[jo.write(OTHER) for _ in range(10)])
    ground.grant(CASE, user="kim")
    with Database(central_url, page_bytes=7000, scan=4) as small:
        for laptop in (jo, kim):
            laptop.ground = PostgresGround(small, small)  # type: ignore[arg-type]  the administrator is not asked here
            pages = laptop.pull(have=False)
            assert all(sum(len(one.body) for one in page.revisions) <= 7000 for page in pages)
            assert len(pages) > 5
            assert laptop.mark == laptop.own_mark()


def test_a_large_case_comes_in_pages_and_all_of_one_moment(
    central_url: str, office: Administration, ground: Ground, jo: Laptop, kim: Laptop
) -> None:
    made = [jo.write(CASE, record=f"e{place % 7}", body=b"x" * 1000) for place in range(50)]
    made += [jo.write(OTHER) for _ in range(5)]
    jo.push(*made)
    ground.grant(CASE, user="kim")
    with Database(central_url, page_bytes=8000) as small, small.snapshot(jo.caller, ()) as whole:
        found = [next(whole.revisions)]
        kim.push(kim.write(CASE))
        office.redact(CASE, [made[49].id], "court order")
        found += list(whole.revisions)
    assert found == sorted(made, key=lambda one: (one.case, one.record, one.id))
    page = ground.central.pull(jo.caller, feed=whole.feed, position=whole.at, item=whole.item, have=(), limit=10)
    assert [one.case for one in page.revisions] == [CASE]
    assert [event.kind for event in page.events] == ["redacted"]


def test_five_thousand_revisions_are_taken_at_once(jo: Laptop, ground: Ground) -> None:
    made = [jo.write(f"case-{place % 50:04}-many", record=f"e{place % 500}") for place in range(5000)]
    taken = jo.push(*made)
    places = [one.position for one in taken]
    assert places == list(range(places[0] or 0, (places[0] or 0) + 5000))
    *_, marks = ground.central.marks(jo.caller, ())
    assert sum(mark.count for mark in marks.values()) == 5000
    assert jo.fetch() == sorted(made, key=lambda one: (one.case, one.record, one.id))


def test_words_that_the_database_cannot_hold_are_refused_alone(jo: Laptop) -> None:
    long = "".join(chr(0x4E00 + (place * 7919) % 20_000) for place in range(1000))
    made = [
        jo.write(CASE),
        jo.write(CASE, record="a\0b"),
        jo.write(CASE, record="half \ud800"),
        jo.write(CASE, record=long),
        jo.write(CASE, schema=2**63),
        jo.write(CASE, record=long[:700], id=long[:100]),
    ]
    taken = jo.ground.central.push(
        jo.caller,
        [replace(offered(made[0]), packed=one) for one in made],
        expects={},
        seen=0,
        reads=[Read(id="r\0", case=CASE, what="opened", at="")],
    )
    assert [one.refused for one in taken] == ["", *[refusals.UNREADABLE] * 4, ""]


# --- what may be known ----------------------------------------------------------------------------------------------


def test_the_audit_log_tells_writes_reads_sign_ins_and_acts(
    office: Administration, ground: Ground, jo: Laptop, kim: Laptop
) -> None:
    secret = jo.write(CASE)
    jo.push(secret, jo.write(CASE))
    office.grant(CASE, user="kim", reason="cover in May")
    kim.pull()
    kim.push(reads=[Read(id="1", case=CASE, what="opened", at="2026-03-02T09:05:00+00:00")])
    ground.central.signed_in(AUTHORITY, jo.caller.account, good=True)
    office.redact(CASE, [secret.id], "court order")
    lines = {line.act: line for line in office.audit()}
    assert {"init", "add-user", "enrolled", "wrote", "grant", "fetched", "opened", "signed-in", "redact"} <= set(lines)
    assert (lines["wrote"].name, lines["wrote"].case_id, lines["wrote"].detail) == ("jo", CASE, "2")
    assert lines["grant"].detail.endswith("cover in May")
    assert lines["grant"].name  # the database's login
    assert lines["fetched"].name == "kim"
    assert {line.act for line in office.audit(case=CASE)} == {"wrote", "grant", "fetched", "opened", "redact"}
    first, second = office.audit(limit=2)
    assert office.audit(before=second.line, limit=1)[0].line < second.line < first.line


def test_who_is_on_a_case_is_told_what_people_did_and_not_why_an_administrator_acted(
    office: Administration, ground: Ground, jo: Laptop, kim: Laptop
) -> None:
    jo.push(jo.write(CASE))
    office.grant(CASE, user="kim", reason="a complaint")
    kim.pull()
    lines = ground.central.looked(kim.caller, CASE)
    assert [(line["what"], line["by"]) for line in lines] == [("fetched", "kim"), ("wrote", "jo")]
    with pytest.raises(Denied, match=refusals.NOT_MEMBER):
        ground.central.looked(kim.caller, "")  # sign-ins and enrolments stand there


def test_what_was_on_a_laptop(office: Administration, ground: Ground, jo: Laptop, kim: Laptop) -> None:
    jo.push(jo.write(CASE), jo.write(OTHER), jo.write("case-0003-ships"))
    for case in (CASE, OTHER):
        ground.grant(case, user="kim")
    kim.pull()
    ground.withdraw(CASE, user="kim")
    report = {line.case: line for line in office.laptop(kim.caller.device).cases}
    assert set(report) == {CASE, OTHER}
    assert report[OTHER].granted
    assert report[OTHER].fetched_at is not None
    assert (report[CASE].granted, report[CASE].told) == (False, False)
    kim.pull()
    kim.pull()
    assert {line.case: line.told for line in office.laptop(kim.caller.device).cases}[CASE]
    assert [line.case for line in office.laptop(jo.caller.device).cases if line.wrote_at] == [
        CASE,
        OTHER,
        "case-0003-ships",
    ]
    with pytest.raises(WrongUse, match="no laptop"):
        office.laptop("none")


def test_laptops_are_listed_and_barred(office: Administration, jo: Laptop, kim: Laptop) -> None:
    jo.push(jo.write(CASE))
    office.bar(kim.caller.device, "lost on a train")
    found = {line.login: line for line in office.enrolments()}
    assert (found["jo"].cases, found["jo"].barred_at, found["jo"].machine) == (1, None, "PC 7")
    assert found["kim"].barred_at is not None
    with pytest.raises(WrongUse, match="no laptop"):
        office.bar("none")


def test_cases_are_found_by_reference_id_or_its_beginning(office: Administration, ground: Ground, jo: Laptop) -> None:
    one = jo.write(CASE, kind="case", record=CASE)
    jo.push(one, reference="EHC-2026-01")
    jo.push(jo.write(OTHER))
    assert office.find_case("ehc-2026-01") == office.find_case(CASE) == office.find_case("case-0001") == CASE
    for name in ("case-0", "case-00", "none", ""):
        with pytest.raises(WrongUse, match="no case"):
            office.find_case(name)
    jo.push(jo.write("case-0001-boots"))
    with pytest.raises(WrongUse, match="Several"):
        office.find_case("case-0001")
    ground.team("North")
    ground.grant(CASE, team="North")
    lines = {line.id: line for line in office.cases()}
    assert (lines[CASE].reference, lines[CASE].owner, lines[CASE].users, lines[CASE].teams) == (
        "EHC-2026-01",
        "jo",
        ("jo",),
        ("North",),
    )


def test_the_history_of_a_case_for_the_reports(office: Administration, jo: Laptop) -> None:
    made = [jo.write(CASE, record=f"e{place % 3}") for place in range(1005)]
    jo.push(*made)
    found = list(office.history_of(CASE))
    assert found == sorted(made, key=lambda one: (one.record, one.id))


def test_a_redaction_reaches_attachments_and_what_was_kept_aside(
    central_url: str, office: Administration, ground: Ground, jo: Laptop
) -> None:
    contents = [b"a letter", b"another letter"]
    names = [hashlib.sha256(each).hexdigest() for each in contents]
    papers = [jo.write(CASE, kind="document", body=f'{{"sha256":"{name}"}}'.encode()) for name in names]
    jo.push(*papers)
    for name, content in zip(names, contents, strict=True):
        ground.central.blob_put(jo.caller, CASE, name, offset=0, size=len(content), chunk=content)
    assert office.redact(CASE, [papers[0].id], "court order") == 1
    assert office.redact(CASE, [papers[0].id], "court order") == 0
    assert set(ground.central.blob_have(jo.caller, CASE, names)) == {names[1]}
    with psycopg.connect(central_url) as connection:
        held = connection.execute("SELECT data FROM send_desk.blob_chunk").fetchall()
    assert held == [(contents[1],)]
    with pytest.raises(WrongUse, match="not in this case"):
        office.redact(OTHER, [papers[1].id], "court order")


def test_a_redaction_that_a_restored_database_forgot_is_shown_to_the_administrator(
    office: Administration, jo: Laptop
) -> None:
    one = jo.write(CASE)
    jo.push(one)
    (found,) = [offered(one)]
    emptied = replace(found, packed=replace(one, body=b"", redacted=found.digest))
    (taken,) = jo.ground.central.push(jo.caller, [emptied], expects={}, seen=0, reads=())
    assert taken.refused == ""
    assert [one.body for one in jo.fetch(CASE)] == [one.body]
    (line,) = office.refusals()
    assert (line.code, line.packed.id) == ("redacted-there", one.id)
    office.redact(CASE, [one.id], "again, after the restore")
    assert office.refusals() == ()
    *_, marks = jo.ground.central.marks(jo.caller, ())
    assert marks[CASE] == mark_of_all([emptied.packed])


def test_a_restored_redacted_revision_that_says_more_is_unreadable(jo: Laptop) -> None:
    one = offered(jo.write(CASE))
    wrong = [
        replace(one, packed=replace(one.packed, id="w1", redacted=one.digest)),
        replace(one, packed=replace(one.packed, id="w2", redacted=b"short", body=b""), digest=b"short"),
    ]
    taken = jo.ground.central.push(jo.caller, wrong, expects={}, seen=0, reads=())
    assert [each.refused for each in taken] == [refusals.UNREADABLE] * 2


# --- people and teams -----------------------------------------------------------------------------------------------


def test_users_and_teams_are_listed_and_wrong_names_are_said(office: Administration) -> None:
    office.add_user("Jo.Marsh", "Jo Marsh", Role.CASEWORKER, "hash")
    office.add_user("ada", "Ada Reed", Role.MANAGER, "hash")
    with pytest.raises(WrongUse, match="already"):
        office.add_user("JO.MARSH", "Somebody", Role.CASEWORKER, "")
    office.team("North", add=["jo.marsh"], lead=["ADA"])
    office.set_role("jo.marsh", Role.ADMINISTRATOR)
    assert [(line.login, line.role, line.left) for line in office.users()] == [
        ("ada", Role.MANAGER, False),
        ("Jo.Marsh", Role.ADMINISTRATOR, False),
    ]
    assert [(line.name, line.members, line.leads) for line in office.teams()] == [
        ("North", ("ada", "Jo.Marsh"), ("ada",))
    ]
    for wrong, words in (
        (lambda: office.team("North", add=["nobody"]), "no user"),
        (lambda: office.grant("none", user="ada"), "no case"),
        (lambda: office.grant("none"), "either"),
        (lambda: office.set_password("nobody", ""), "no user"),
        (lambda: office.add_user(" ", "x", Role.CASEWORKER, ""), "needs a name"),
        (lambda: office.team("\n"), "needs a name"),
        (lambda: office.init(" "), "needs a code"),
    ):
        with pytest.raises(WrongUse, match=words):
            wrong()


def test_a_new_password_ends_a_lock_out(office: Administration, database: Database, jo: Laptop) -> None:
    for _ in range(5):
        database.signed_in(AUTHORITY, jo.caller.account, good=False)
    office.set_password("jo", "another hash")
    found = database.account(AUTHORITY, "jo")
    assert found is not None
    assert (found.password_hash, found.locked_until) == ("another hash", None)


def test_two_authorities_in_one_database_know_nothing_of_one_another(
    central_url: str, office: Administration, database: Database, jo: Laptop
) -> None:
    jo.push(jo.write(CASE))
    with Administration(central_url) as second:
        second.init("888", "Elsewhere")
        account = second.add_user("jo", "Jo of Elsewhere", Role.CASEWORKER, "")
        assert second.cases() == ()
        with pytest.raises(WrongUse, match="no case"):
            second.grant(CASE, user="jo")
        assert [line.name for line in second.users()] == ["Jo of Elsewhere"]
    with Administration(central_url) as unnamed, pytest.raises(WrongUse, match="2 of them"):
        unnamed.users()
    assert database.authorities() == ("888", AUTHORITY)
    stranger = replace(jo.caller, authority="888", account=account)
    with pytest.raises(Denied, match=refusals.SIGN_IN):
        database.marks(stranger, ())
    assert office.authority == AUTHORITY
