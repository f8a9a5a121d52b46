"""Every command of interface.md on a real home: its answer, its schema, its exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from send_desk import paths
from send_desk.bootstrap import start
from send_desk.domain.ids import Ground, Section

Type = Callable[..., Any]


def test_a_case_goes_from_the_request_to_a_printed_draft(type_: Type, ava: str, tmp_path: Path) -> None:
    said = type_("event", ava, "decision_assess", "--on", "2026-02-10", "--by", "panel", schema="event-1")
    assert said.data["event"]["kind"] == "decision_assess"
    type_("contribution", ava, "health", "requested", "--on", "2026-02-11", schema="contribution-1")
    said = type_(
        "contribution",
        ava,
        "social_care",
        "not_known",
        "--on",
        "2026-02-20",
        "--by",
        "Lee Ashby",
        schema="contribution-1",
    )
    assert said.data["contribution"]["state"] == "not_known"
    assert said.data["strip"]["health"] == "requested"
    said = type_("show", ava, schema="show-1")
    assert said.data["strip"]["social_care"] == "not_known"
    assert list(said.data["sections"]) == ["A", "B", "C", "D", "E", "F", "G", "H1", "H2", "I", "J", "K"]
    due = {one["cell"]: one["due"] for one in said.data["contributions"]}
    assert due["health"] == "2026-03-25"
    out = tmp_path / "draft.pdf"
    said = type_("print", ava, "--rendering", "draft", "--out", out, schema="print-1")
    assert said.status == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert said.data["pages"] >= 2
    box = said.data["notices"][0]
    assert box.startswith("This draft was prepared without: ")
    assert "(requested 11 February 2026, due 25 March 2026)" in box
    assert "(the service answered on 20 February 2026 that the child is not known to it)" in box


def test_a_wrong_passphrase_is_said_with_status_3(type_: Type, passphrase_file: Path) -> None:
    passphrase_file.write_text("wrong words here\n", encoding="utf-8")
    said = type_("cases", schema="cases-1")
    assert said.status == 3
    assert said.out == ""
    assert "passphrase" in said.err.lower()
    assert "Traceback" not in said.err


def test_the_list_search_status_and_doctor_answer(type_: Type, ava: str) -> None:
    said = type_("cases", schema="cases-1")
    assert [(one["reference"], one["week"]) for one in said.data["cases"]] == [("HD-1", 9)]
    assert type_("search", "thorn", schema="search-1").data["hits"][0]["reference"] == "HD-1"
    assert type_("search", "nowhere", schema="search-1").data["hits"] == []
    said = type_("status", schema="status-1")
    assert said.data["waiting"] == 2
    assert said.data["office_copy_at"] is None
    said = type_("doctor", schema="doctor-1")
    assert said.data["sound"] is True
    assert "Thornley" not in said.out + said.err


def test_a_plan_file_goes_in_and_out_and_its_history_is_kept(type_: Type, tmp_path: Path) -> None:
    plan = paths.resources() / "schema" / "plan-1-new.json"
    said = type_("import-plan", plan, schema="import-plan-1")
    assert said.data["made"] is True
    reference = said.data["reference"]
    assert type_("import-plan", plan, schema="import-plan-1").data["changed"] == 0
    data = json.loads(plan.read_text("utf-8"))
    entry = data["entries"][0]
    entry["text"] = "Words that were changed outside."
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(data), encoding="utf-8")
    assert type_("import-plan", changed, schema="import-plan-1").data["changed"] == 1
    said = type_("history", reference, entry["id"], schema="history-1")
    assert len(said.data["revisions"]) == 2
    out = tmp_path / "out.json"
    type_("export", reference, "--out", out, schema="export-1")
    exported = json.loads(out.read_text("utf-8"))
    assert exported["entries"][0]["text"] == "Words that were changed outside."


def test_a_plan_file_is_checked_and_timed_without_a_home(capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(paths.resources() / "schema" / "plan-1-new.json")
    status = start(["check", plan, "--today", "2026-03-03", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "send-desk/check-1"
    assert status == (1 if found["counts"]["block"] + found["counts"]["warn"] else 0)
    assert start(["timetable", plan, "--today", "2026-03-03", "--json"]) == 0
    dates = json.loads(capsys.readouterr().out)["dates"]
    assert any(one["rule"] == "FINAL_PLAN" for one in dates)


@pytest.mark.parametrize("bar", ["block", "warn", "note"])
def test_fail_on_sets_the_bar(type_: Type, ava: str, bar: str) -> None:
    said = type_("check", ava, "--fail-on", bar, schema="check-1")
    counts = said.data["counts"]
    heavy = {"block": counts["block"], "warn": counts["block"] + counts["warn"]}.get(bar, sum(counts.values()))
    assert said.status == (1 if heavy else 0)


def test_issue_is_refused_in_words_with_status_1(type_: Type, ava: str) -> None:
    said = type_("issue", ava, "--final")
    assert said.status == 1
    assert "findings hold it" in said.err


def test_papers_are_kept_and_read(type_: Type, ava: str, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Seen at the clinic.", encoding="utf-8")
    said = type_("advice", "add", ava, note, "--from", "health", "--author", "Dr Calder", schema="advice-add-1")
    assert said.data["document"]["cell"] == "health"
    assert type_("advice", "add", ava, tmp_path / "none.pdf", "--from", "health").status == 2


def test_the_home_is_backed_up_restored_and_rebuilt(type_: Type, ava: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.backup"
    assert type_("backup", "--to", copy, schema="backup-1").data["backup"] == str(copy)
    type_("event", ava, "decision_assess", "--on", "2026-02-10")
    said = type_("restore", copy, schema="restore-1")
    assert said.status == 0, said.err
    assert type_("show", ava, schema="show-1").data["contributions"] == []
    assert type_("rebuild", schema="rebuild-1").data["records"] == 2
    assert type_("cases", schema="cases-1").data["cases"][0]["name"] == "Ava Thornley"


def test_a_home_is_made_with_a_user_and_opened_by_the_recovery_key(
    tmp_path: Path, passphrase_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    pair = X25519PrivateKey.generate()
    public, private = tmp_path / "public.pem", tmp_path / "private.pem"
    public.write_bytes(pair.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo))
    private.write_bytes(pair.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()))
    new = tmp_path / "new"
    common = ["--home", str(new), "--passphrase-file", str(passphrase_file)]
    words = ["init", "--authority", "999", "--user", "Jo Marsh", "--role", "caseworker", "--recovery-key", str(public)]
    assert start([*words, *common, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["recovery_key"] is True
    assert start([*words, *common]) == 1
    assert "already" in capsys.readouterr().err
    passphrase_file.write_text("a passphrase after recovery\n", encoding="utf-8")
    assert start(["cases", *common]) == 3
    capsys.readouterr()
    assert start(["recover", "--private-key", str(private), *common]) == 0
    capsys.readouterr()
    assert start(["cases", *common, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cases"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["frobnicate"], "invalid choice"),
        (["new-case"], "required"),
        (["event", "HD-1", "decision_assess", "--on", "yesterday"], "not a date"),
        (["law", "due", "FINAL_PLA", "--start", "2026-01-05"], "FINAL_PLAN"),
        (["show", "HD-9"], "no case HD-9"),
        (["contribution", "HD-1", "health", "sung", "--on", "2026-02-11"], "neither an event"),
        (["contribution", "HD-1", "health", "confirmed", "--on", "2026-02-11"], "--state"),
        (["print", "HD-1", "--rendering", "draft", "--out", "x.pdf", "--to", "Nobody"], "not among the people"),
    ],
)
def test_wrong_use_is_said_in_words_with_status_2(type_: Type, ava: str, words: list[str], says: str) -> None:
    said = type_(*words)
    assert said.status == 2
    assert says in said.err
    assert "Traceback" not in said.err


def test_every_answer_has_a_schema_that_is_a_schema() -> None:
    from jsonschema import Draft202012Validator

    for file in sorted((paths.resources() / "schema").glob("*-1.json")):
        Draft202012Validator.check_schema(json.loads(file.read_text("utf-8")))


def test_lists_registers_and_the_directory_come_in(type_: Type, tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    cases.write_text("File,First,Last,DOB\nHD-5,Noor,Haddad,2017-06-05\nHD-6,Eli,Marsh,not a day\n", encoding="utf-8")
    mapping = ("File=reference", "First=child.first_names", "Last=child.surname", "DOB=child.date_of_birth")
    words = [word for one in mapping for word in ("--map", one)]
    said = type_("import-cases", cases, *words, "--dry-run", schema="import-cases-1")
    assert (said.status, said.data["made"], len(said.data["refused"])) == (1, 1, 1)
    assert type_("cases", schema="cases-1").data["cases"] == []
    assert type_("import-cases", cases, schema="import-cases-1").data["made"] == 1
    assert type_("import-cases", cases, schema="import-cases-1").data["same"] == 1
    settings = tmp_path / "settings.csv"
    settings.write_text("URN,name,phase,postcode,status\n990001,Hartwell Primary,Primary,HW1 1AA,Open\n", "utf-8")
    assert type_("import-settings", settings, schema="import-settings-1").data["settings"] == 1
    listed = tmp_path / "listed.csv"
    listed.write_text(
        "Unique ID,Main education establishment - URN,Date of birth\nU7,990001,2014-03-02\nU8,990002,2014-03-02\n",
        "utf-8",
    )
    settings.write_text(settings.read_text("utf-8") + "990002,Elm School,Primary,HW1 1AB,Open\n", "utf-8")
    assert type_("import-cases", listed, schema="import-cases-1").data["made"] == 2
    assert type_("show", "U8", schema="show-1").data["case"]["setting"] == ""
    type_("import-settings", settings)
    names = [type_("show", one, schema="show-1").data["case"]["setting"] for one in ("U7", "U8")]
    assert names == ["Hartwell Primary", "Elm School"], "the register tells the name, whichever came first"
    directory = tmp_path / "directory.csv"
    directory.write_text(
        "service,team,name,role,email\nCommunity health,East,Dr Calder,paediatrician,c@h.example\n", "utf-8"
    )
    assert type_("import-directory", directory, schema="import-directory-1").data["changed"] == 1


@pytest.mark.parametrize("ground", [str(one) for one in Ground])
def test_law_exempt_as_it_is_typed(type_: Type, ground: str) -> None:
    days = ("--from", "2026-07-20", "--until", "2026-08-17", "--asked", "2026-07-13")
    said = type_("law", "exempt", "FINAL_PLAN", "--ground", ground, *days, schema="law-exempt-1")
    assert said.status == 0 and said.data["ground"] == ground
    assert said.data["applies"] is (ground not in ("missed_appointment", "other"))


def test_two_advisers_of_one_service_each_have_a_line(type_: Type, ava: str) -> None:
    type_("event", ava, "decision_assess", "--on", "2026-02-10")

    def told(kind: str, *words: str) -> Any:
        return type_("contribution", ava, "health", kind, "--on", "2026-02-11", *words, schema="contribution-1").data

    doctor = ("--by", "Dr Lowe", "--role", "Paediatrician")
    first = told("requested", *doctor)["contribution"]["id"]
    second = told("requested", "--by", "Ida Moss", "--role", "Speech and language therapist")["contribution"]["id"]
    assert first != second
    assert told("no_relevant_needs", *doctor)["contribution"]["id"] == first
    assert told("chased", "--by", "Someone who telephoned")["strip"]["health"] == "requested"
    said = told("lawful_exception", "--by", "Ida Moss", "--role", "Speech and language therapist")
    assert (said["contribution"]["id"], said["strip"]["health"]) == (second, "lawful_exception")


def test_earlier_advice_is_used_again_once_all_three_have_agreed(type_: Type, ava: str) -> None:
    type_("event", ava, "decision_assess", "--on", "2026-02-10")
    assert type_("contribution", ava, "psychology", "reused", "--on", "2026-02-11").status == 2
    for who, state in (("adviser", "not_requested"), ("authority", "not_requested"), ("family", "reused")):
        words = ("--on", "2026-02-11", "--role", who)
        said = type_("contribution", ava, "psychology", "reuse_agreed", *words, schema="contribution-1")
        assert said.data["strip"]["psychology"] == state
    assert said.data["contribution"]["adviser"]["role"] == ""


def test_from_the_notice_of_a_review_the_strip_is_the_reviews_own(type_: Type, ava: str) -> None:
    type_("event", ava, "decision_assess", "--on", "2026-02-02")
    type_("contribution", ava, "psychology", "contributes", "--on", "2026-02-20", "--by", "Ana Roy", "--role", "EP")
    before = type_("show", ava, schema="show-1").data
    assert before["cycle"] == {"review": None, "notice": None, "meeting": None}
    assert before["strip"]["psychology"] == "contributes"
    type_("event", ava, "plan_made", "--on", "2026-02-25")
    notice = type_("event", ava, "review_notice", "--on", "2026-03-02", schema="event-1").data["event"]["id"]
    said = type_("contribution", ava, "health", "requested", "--on", "2026-03-02", schema="contribution-1").data
    assert said["contribution"]["cycle"] == notice
    after = type_("show", ava, schema="show-1").data
    assert after["cycle"] == {"review": notice, "notice": "2026-03-02", "meeting": None}
    assert (after["strip"]["health"], after["strip"]["psychology"]) == ("requested", "not_due")
    assert {line["cycle"] for line in after["contributions"]} == {None, notice}
    type_("event", ava, "review_decision", "--on", "2026-03-03")
    assert type_("show", ava, schema="show-1").data["strip"] == before["strip"]


def test_letters_that_the_typeface_lacks_are_remarked_beside_the_notices(type_: Type, tmp_path: Path) -> None:
    names = ("new-case", "--first-names", "Ava \N{RABBIT}", "--surname", "Thornley", "--born", "2016-05-04")
    type_(*names, "--received", "2026-01-05", "--reference", "HD-7")
    type_("event", "HD-7", "decision_assess", "--on", "2026-02-02")
    out = tmp_path / "draft.pdf"
    said = type_("print", "HD-7", "--rendering", "draft", "--out", out, schema="print-1")
    assert said.status == 0
    assert all("was prepared without" in notice for notice in said.data["notices"])
    assert "Not in the typeface" in said.err
    plain = type_("print", "HD-7", "--rendering", "draft", "--out", out)
    assert "Not in the typeface" in plain.err
    assert "Not in the typeface" not in plain.out


def test_a_plan_file_that_names_its_sections_is_told_which_is_missing(type_: Type, tmp_path: Path) -> None:
    child = {"first_names": "Ava", "surname": "Thornley", "date_of_birth": "2016-05-04"}
    plan = {"schema": "send-desk/plan-1", "case": {"reference": "HD-9", "child": child}}
    file = tmp_path / "plan.json"

    def missing(**more: object) -> list[str]:
        file.write_text(json.dumps({**plan, **more}), encoding="utf-8")
        found = type_("check", file, schema="check-1").data["findings"]
        return [one["section"] for one in found if one["check"] == 14]

    assert missing() == []
    assert missing(headings=[letter for letter in Section if letter not in ("G", "J")]) == ["G", "J"]
