"""Lists of children become cases: layouts that councils have, matching, refusals, and a second import."""

import csv
import io
import json
from datetime import date

import jsonschema
import pytest

from send_desk import paths
from send_desk.domain.case import Setting
from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import EventKind
from send_desk.readers.tables import read_tables
from send_desk.services.commit import commit
from send_desk.services.importing import Outcome, import_cases, import_settings, layout_from
from send_desk.services.importing_layouts import MAPPING, saved_mapping
from send_desk.services.tables import Table

LIST_1 = (
    "Unique ID",
    "UPN",
    "ULN",
    "Date of birth",
    "Gender",
    "Date initial EHC plan issued",
    "Date updated EHC plan issued",
    "Date EHC plan last reviewed",
    "SEN primary need",
    "Main education establishment - URN",
    "Main education establishment - phase",
    "Absence",
    "Which children's social care team?",
)
ANNA = {
    "Unique ID": "U-1",
    "UPN": "A830000000001",
    "Date of birth": "14/03/2014",
    "Gender": "F",
    "Date initial EHC plan issued": "01/09/2020",
    "Date EHC plan last reviewed": "2025-07-01",
    "SEN primary need": "ASD",
    "Main education establishment - URN": "990001",
    "Main education establishment - phase": "Primary",
    "Absence": "7%",
}
BEN = {"Unique ID": "U-2", "UPN": "B830000000002", "Date of birth": "2012-12-31"}
PERSONS = ("persontableid", "surname", "forename", "personbirthdate", "sex", "upn", "uniquelearnernumber")


@pytest.fixture(scope="module")
def layouts():
    return [layout_from(path.read_text("utf-8")) for path in sorted((paths.resources() / "import").glob("*.toml"))]


def table(rows, headings=LIST_1, name="list.csv") -> Table:
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    (found,) = read_tables(out.getvalue().encode(), name)
    return found


def plain(headings, *rows, name="plain.csv") -> Table:
    return Table(name, tuple((n, tuple(row)) for n, row in enumerate((headings, *rows), start=1)))


def told(report):
    return (report.made, report.changed, report.same, [(one.row, one.reason) for one in report.refused])


def case_of(desk, name):
    (id_,) = desk.store.find(name)
    return desk.store.case_file(id_).case


def test_the_inspectors_list_makes_cases_and_a_second_import_changes_nothing(desk, layouts) -> None:
    rows = [table([ANNA, BEN])]
    assert told(import_cases(desk, rows, layouts)) == (2, 0, 0, [])
    case = case_of(desk, "U-1")
    assert (case.reference, case.child.full_name, case.title) == ("U-1", "", "U-1")
    assert (case.child.upn, case.child.date_of_birth) == ("A830000000001", date(2014, 3, 14))
    assert case.setting == Setting(urn="990001", type="Primary")
    assert [(event.kind, event.on) for event in case.events] == [
        (EventKind.PLAN_MADE, date(2020, 9, 1)),
        (EventKind.REVIEW_DECISION, date(2025, 7, 1)),
    ]
    assert case.extra == {"import.Gender": "F", "import.SEN primary need": "ASD", "import.Absence": "7%"}
    before = desk.store.waiting()
    assert told(import_cases(desk, rows, layouts)) == (0, 0, 2, [])
    assert desk.store.waiting() == before


def test_headings_are_matched_whatever_the_dash_case_and_spaces(desk, layouts) -> None:
    headings = [one.upper().replace(" - ", " \u2013 ").replace("EHC plan", "EHC  plan") for one in LIST_1]
    headings[0] = "unique  id "
    rows = plain(headings, [ANNA.get(name, "") for name in LIST_1])
    assert told(import_cases(desk, [rows], layouts)) == (1, 0, 0, [])
    assert case_of(desk, "U-1").setting.urn == "990001"
    assert "import.SEN primary need" in case_of(desk, "U-1").extra


def test_reordered_columns_and_a_title_above_them_make_no_difference(desk, layouts) -> None:
    import_cases(desk, [table([ANNA])], layouts)
    turned = tuple(reversed(LIST_1))
    rows = [("Children with plans",), (), turned, *[[one.get(name, "") for name in turned] for one in (ANNA, BEN)]]
    numbered = tuple((n, tuple(row)) for n, row in enumerate(rows, start=1) if row)
    assert told(import_cases(desk, [Table("x.xlsx", numbered, "List_1")], layouts)) == (1, 0, 1, [])


def test_a_workbook_of_two_lists(desk, layouts, tmp_path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "List_1"
    book.active.append(LIST_1)
    book.active.append([ANNA.get(name, "") for name in LIST_1])
    second = book.create_sheet("List_2")
    second.append(["Unique ID", "Date of birth", "Suspensions", "Pupil Premium"])
    second.append(["U-1", date(2014, 3, 14), 2, "Yes"])
    second.append(["U-3", date(2015, 3, 14), 0, "No"])
    book.create_sheet("Notes").append(["Made on 1 June"])
    out = io.BytesIO()
    book.save(out)
    report = import_cases(desk, read_tables(out.getvalue(), "annex.xlsx"), layouts)
    assert (report.made, report.changed, report.same) == (2, 0, 0)
    (notes,) = report.refused
    assert (notes.file, notes.row) == ("annex.xlsx, sheet Notes", 0)
    assert case_of(desk, "U-1").extra["import.Suspensions"] == "2"
    assert case_of(desk, "U-1").extra["import.Absence"] == "7%"
    again = import_cases(desk, read_tables(out.getvalue(), "annex.xlsx"), layouts)
    assert (again.made, again.changed, again.same) == (0, 0, 2)


def test_a_dry_run_tells_row_by_row_and_writes_nothing(desk, layouts) -> None:
    import_cases(desk, [table([ANNA])], layouts)
    rows = [table([ANNA, {**ANNA, "Absence": "9%"}, BEN, {**BEN, "Unique ID": "U-9", "Date of birth": "31/02/2012"}])]
    report = import_cases(desk, rows, layouts, dry_run=True)
    assert [(one.row, one.outcome, one.reference) for one in report.rows] == [
        (2, Outcome.SAME, "U-1"),
        (3, Outcome.CHANGED, "U-1"),
        (4, Outcome.MADE, "U-2"),
        (5, Outcome.REFUSED, "U-9"),
    ]
    assert (report.made, report.changed, report.same) == (1, 1, 0)
    assert desk.store.find("U-2") == ()
    assert case_of(desk, "U-1").extra["import.Absence"] == "7%"
    assert told(import_cases(desk, rows, layouts))[:3] == (1, 1, 0)


def test_a_row_finds_its_case_by_unique_id_else_by_upn(desk, layouts) -> None:
    import_cases(desk, [table([ANNA, BEN])], layouts)
    report = import_cases(
        desk,
        [table([{**ANNA, "Unique ID": "u-1 ", "UPN": ""}, {**BEN, "Unique ID": "other", "UPN": "b 830000000002"}])],
        layouts,
    )
    assert told(report) == (0, 1, 1, [])
    assert case_of(desk, "U-2").extra == {"import.reference": "other"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ANNA, "Date of birth": "2014-03-15"}, "the UPN A830000000001 belongs to a child born on 2014-03-14"),
        ({**ANNA, "Unique ID": "new", "Date of birth": "2014-03-15"}, "the UPN A830000000001 belongs to a child born"),
        ({**ANNA, "UPN": "", "Date of birth": "2014-03-15"}, "the reference U-1 belongs to a child born on 2014-03-14"),
        ({**ANNA, "UPN": "B830000000002"}, "the reference U-1 is one child's and the UPN B830000000002 another's"),
        ({"Unique ID": "U-7"}, "no date of birth"),
        ({"Date of birth": "2014-03-15"}, "neither a reference nor a UPN"),
        ({"Unique ID": "U-7", "Date of birth": "1900-01-01"}, "too old for a plan"),
        ({"Unique ID": "U-7", "Date of birth": "2099-01-01"}, "Date of birth: 2099-01-01 lies after today"),
        ({"Unique ID": "U-7", "Date of birth": "03/14/2014"}, "Date of birth: 03/14/2014 is not a day of the calendar"),
        ({"Unique ID": "U-7", "Date of birth": "2014-Smarch-03"}, "2014-Smarch-03 is not a day of the calendar"),
        ({"Unique ID": "U-7", "Date of birth": "41712"}, "Date of birth: 41712 is not a date"),
        ({"Unique ID": "U-7", "UPN": "8.3E+11", "Date of birth": "2014-03-15"}, "UPN: 8.3E+11 has been rounded"),
        ({**ANNA, "Date EHC plan last reviewed": "soon"}, "Date EHC plan last reviewed: soon is not a date"),
    ],
)
def test_a_bad_row_is_refused_with_the_reason_and_stops_no_other(desk, layouts, row, said) -> None:
    import_cases(desk, [table([ANNA, BEN])], layouts)
    good = {"Unique ID": "U-8", "Date of birth": "2010-01-01"}
    report = import_cases(desk, [table([row, good])], layouts)
    assert (report.made, report.changed) == (1, 0)
    ((number, reason),) = [(one.row, one.reason) for one in report.refused]
    assert number == 2
    assert said in reason
    assert case_of(desk, "U-1").child.date_of_birth == date(2014, 3, 14)


def test_a_child_twice_in_one_list(desk, layouts) -> None:
    other = {"Unique ID": "U-1", "Date of birth": "2010-01-01"}
    report = import_cases(desk, [table([ANNA, ANNA, {**ANNA, "Absence": "8%"}, other])], layouts)
    assert (report.made, report.changed, report.same) == (1, 0, 0)
    assert [one.outcome for one in report.rows] == [Outcome.MADE, Outcome.SAME, Outcome.CHANGED, Outcome.REFUSED]
    assert case_of(desk, "U-1").extra["import.Absence"] == "8%"


def test_two_cases_with_one_upn_need_a_reference(desk, layouts) -> None:
    import_cases(desk, [table([ANNA, {**BEN, "UPN": ""}])], layouts)
    (id_,) = desk.store.find("U-2")
    file = desk.store.case_file(id_)
    commit(desk, file, _with_child(file.case, upn=ANNA["UPN"]))
    report = import_cases(desk, [table([{**ANNA, "Unique ID": ""}])], layouts)
    assert "2 cases have the UPN" in report.refused[0].reason
    assert told(import_cases(desk, [table([ANNA])], layouts)) == (0, 0, 1, [])


def _with_child(case, **changed):
    from dataclasses import replace

    return replace(case, child=replace(case.child, **changed))


def test_an_empty_cell_takes_nothing_away_and_a_new_value_replaces(desk, layouts) -> None:
    import_cases(desk, [table([ANNA])], layouts)
    bare = {"Unique ID": "U-1", "Date of birth": "2014-03-14", "Absence": "N/A", "Gender": "-"}
    assert told(import_cases(desk, [table([bare])], layouts)) == (0, 0, 1, [])
    assert told(import_cases(desk, [table([{**bare, "ULN": "1000000043"}])], layouts)) == (0, 1, 0, [])
    assert case_of(desk, "U-1").child.uln == "1000000043"
    assert case_of(desk, "U-1").extra["import.Absence"] == "7%"


def test_a_first_plan_is_made_once_and_reviews_follow_each_other(desk, layouts) -> None:
    import_cases(desk, [table([ANNA])], layouts)
    later = {**ANNA, "Date initial EHC plan issued": "2020-09-02", "Date EHC plan last reviewed": "2026-02-01"}
    assert told(import_cases(desk, [table([later])], layouts)) == (0, 1, 0, [])
    assert [(event.kind.value, str(event.on)) for event in case_of(desk, "U-1").events] == [
        ("plan_made", "2020-09-02"),
        ("review_decision", "2025-07-01"),
        ("review_decision", "2026-02-01"),
    ]


def test_an_event_that_somebody_recorded_is_not_told_twice(desk, layouts) -> None:
    import_cases(desk, [table([ANNA])], layouts)
    from send_desk.services.casework import record_event

    (id_,) = desk.store.find("U-1")
    record_event(desk, desk.store.case_file(id_), EventKind.FINAL_SENT, on=date(2025, 8, 1), by="Jo")
    assert told(import_cases(desk, [table([{**ANNA, "Date updated EHC plan issued": "1 August 2025"}])], layouts)) == (
        *(0, 0, 1),
        [],
    )


def test_a_setting_is_named_by_the_register_and_a_move_keeps_the_former(desk, layouts) -> None:
    register = "URN,EstablishmentName,Phase\n990001,Beck Infant School,Primary\n990002,Fell School,Secondary\n"
    import_settings(desk, read_tables(register.encode(), "register.csv"))
    import_cases(desk, [table([ANNA])], layouts)
    assert case_of(desk, "U-1").setting == Setting("Beck Infant School", "990001", "Primary")
    moved = {**ANNA, "Main education establishment - URN": "990002", "Main education establishment - phase": ""}
    assert told(import_cases(desk, [table([moved])], layouts)) == (0, 1, 0, [])
    case = case_of(desk, "U-1")
    assert case.setting == Setting("Fell School", "990002", "Secondary")
    assert case.previous_settings == (Setting("Beck Infant School", "990001", "Primary"),)
    # Two rows that name two schools settle, instead of moving the child to and fro at every import.
    both = [table([ANNA, moved])]
    import_cases(desk, both, layouts)
    assert told(import_cases(desk, both, layouts)) == (0, 0, 1, [])


GENERAL = (
    "Case number",
    "Forename",
    "Surname",
    "DOB",
    "School",
    "LAC",
    "Date request received",
    "Post code",
    "Colour",
    "Case officer",
)
ROW = ("7", "Zoë", "Ash", "3 May 2015", "Beck Infant", "yes", "2026-01-05T00:00:00", "de43ag", "red", "Jo Marsh")


def test_a_plain_list_by_plain_headings(desk, layouts) -> None:
    assert told(import_cases(desk, [plain(GENERAL, ROW)], layouts)) == (1, 0, 0, [])
    case = case_of(desk, "7")
    assert (case.child.full_name, case.child.postcode, case.child.looked_after) == ("Zoë Ash", "DE4 3AG", True)
    assert (case.setting.name, case.officer.name) == ("Beck Infant", "Jo Marsh")
    assert case.extra == {"import.Colour": "red"}
    assert case.events[0].on == date(2026, 1, 5)
    assert told(import_cases(desk, [plain(GENERAL, ROW)], layouts)) == (0, 0, 1, [])
    renamed = (*ROW[:4], "Fell Junior", *ROW[5:])
    import_cases(desk, [plain(GENERAL, renamed)], layouts)
    assert case_of(desk, "7").previous_settings == (Setting("Beck Infant"),)


def test_a_cell_that_is_neither_yes_nor_no(desk, layouts) -> None:
    report = import_cases(desk, [plain(GENERAL, (*ROW[:5], "perhaps", *ROW[6:]))], layouts)
    assert report.refused[0].reason == "Looked after: perhaps is neither yes nor no"
    report = import_cases(desk, [plain(GENERAL, (*ROW[:5], "N", *ROW[6:]))], layouts)
    assert case_of(desk, "7").child.looked_after is False


def test_doubled_columns_are_told_and_second_names_are_kept(desk, layouts) -> None:
    headings = ("Reference", "DOB", "Date of birth", "Note", "note ", "Case number", "")
    report = import_cases(desk, [plain(headings, ("R1", "x", "2015-05-03", "one", "two", "C1", "loose"))], layouts)
    assert told(report) == (1, 0, 0, [])
    assert case_of(desk, "R1").extra == {
        "import.DOB": "x",
        "import.Note": "one",
        "import.note": "two",
        "import.Case number": "C1",
        "import.column 7": "loose",
    }
    twice = plain(("Reference", "DOB", "dob", "Surname"), ("R1", "2015-05-03", "2015-05-04", "Ash"))
    with pytest.raises(WrongUse, match="the column dob is there twice"):
        import_cases(desk, [twice], layouts)
    same_words = plain(("Reference", "DOB", "Note", "Note"), ("R2", "2015-05-03", "one", "two"))
    import_cases(desk, [same_words], layouts)
    assert case_of(desk, "R2").extra == {"import.Note": "one", "import.Note (2)": "two"}


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("Unique ID", "UPN", "Ethnicity", "Gender"), "lacks the column Date of birth"),
        (("persontableid", "surname", "forename", "sex"), "SEN2: persons, but lacks the column personbirthdate"),
        (("Reference", "First name", "Surname", "School"), "lacks the column Date of birth"),
        (("First name", "Date of birth", "School"), "lacks the column Reference or Surname or UPN"),
        (("apples", "pears"), "not those of a list that is known (apples, pears)"),
    ],
)
def test_missing_columns_are_named(desk, layouts, headings, said) -> None:
    with pytest.raises(WrongUse) as refused:
        import_cases(desk, [plain(headings, ["x"] * len(headings))], layouts)
    assert said in str(refused.value)
    assert str(refused.value).endswith("Nothing was changed.")


def test_a_file_that_cannot_be_read_stops_no_other(desk, layouts) -> None:
    broken = read_tables(b"nothing of the kind", "broken.xlsx")
    report = import_cases(desk, [*broken, table([ANNA]), *read_tables(b"", "empty.csv")], layouts)
    assert (report.made, [one.file for one in report.refused]) == (1, ["broken.xlsx", "empty.csv"])
    with pytest.raises(WrongUse, match="not an Excel workbook"):
        import_cases(desk, broken, layouts)
    with pytest.raises(WrongUse, match="headings"):
        import_cases(desk, [Table("bare.csv")], layouts)


def _sen2(persons, requests=(), assessments=()):
    heads = (
        (
            "requeststableid",
            "persontableid",
            "receiveddate",
            "requestsource",
            "requestoutcomedate",
            "requestoutcome",
            "rya",
        ),
        ("assessmenttableid", "requeststableid", "assessmentoutcome", "assessmentoutcomedate", "week20"),
    )
    return [
        plain(PERSONS, *persons, name="Blade-Export_01-02-2026_person.csv"),
        plain(heads[1], *assessments, name="Blade-Export_01-02-2026_assessment.csv"),
        plain(heads[0], *requests, name="Blade-Export_01-02-2026_requests.csv"),
    ]


def test_sen2_tables_are_joined(desk, layouts) -> None:
    tables = _sen2(
        [
            ("1", "Ash", "Zoë", "2015-May-03 00:00:00", "F", "A830000000001", "1000000043"),
            ("2", "Birch", "Tom", "2016-05-03", "M", "", ""),
        ],
        [
            ("12", "1", "2025-Sep-28 00:00:00", "2", "2025-Nov-01 00:00:00", "Y", "0"),
            ("11", "1", "2023-01-10", "1", "2023-02-10", "N", "0"),
            ("13", "2", "2026-01-10", "9", "", "A", "1"),
        ],
        [("21", "12", "Y", "2026-Feb-01 00:00:00", "0"), ("22", "13", "N", "2026-02-20", "1")],
    )
    assert told(import_cases(desk, tables, layouts)) == (2, 0, 0, [])
    zoe = case_of(desk, "A830000000001")
    assert zoe.child.full_name == "Zoë Ash"
    assert [(event.kind.value, str(event.on), dict(event.fields)) for event in zoe.events] == [
        ("request_received", "2023-01-10", {"route": "young person or parent"}),
        ("decision_not_assess", "2023-02-10", {}),
        ("request_received", "2025-09-28", {"route": "school or setting"}),
        ("decision_assess", "2025-11-01", {}),
        ("final_sent", "2026-02-01", {}),
    ]
    assert zoe.extra["import.sen2.sex"] == "F"
    assert zoe.extra["import.sen2.request.requestoutcome"] == "N"
    assert zoe.extra["import.sen2.request.2.requestoutcome"] == "Y"
    assert zoe.extra["import.sen2.assessment.assessmentoutcome"] == "Y"
    tom = case_of(desk, "SEN2-2")
    assert [(event.kind.value, dict(event.fields)) for event in tom.events] == [
        ("request_received", {"route": "9"}),
        ("decision_no_plan", {}),
    ]
    assert told(import_cases(desk, tables, layouts)) == (0, 0, 2, [])


def test_sen2_rows_that_belong_to_nobody(desk, layouts) -> None:
    tables = _sen2(
        [("1", "Ash", "Zoë", "2015-13-03", "F", "A830000000001", "")],
        [
            ("11", "1", "2023-01-10", "1", "", "A", "0"),
            ("12", "5", "2023-01-10", "1", "", "A", "0"),
            ("13", "", "2023-01-10"),
        ],
        [("21", "11", "Y", "2023-05-01", "0"), ("22", "99", "Y", "2023-05-01", "0")],
    )
    report = import_cases(desk, tables, layouts)
    assert (report.made, report.changed, report.same) == (0, 0, 0)
    reasons = [(one.file.rpartition("_")[2], one.row, one.reason) for one in report.refused]
    assert reasons == [
        ("person.csv", 2, "personbirthdate: 2015-13-03 is not a day of the calendar"),
        ("requests.csv", 2, "it belongs to row 2 of Blade-Export_01-02-2026_person.csv, which was refused"),
        ("assessment.csv", 2, "it belongs to row 2 of Blade-Export_01-02-2026_requests.csv, which was refused"),
        ("assessment.csv", 3, "no row of these files has the requeststableid 99 that it belongs to"),
        ("requests.csv", 3, "no row of these files has the persontableid 5 that it belongs to"),
        ("requests.csv", 4, "no row of these files has the persontableid (empty) that it belongs to"),
    ]


def test_a_bad_request_leaves_its_person(desk, layouts) -> None:
    tables = _sen2(
        [("1", "Ash", "Zoë", "2015-05-03", "F", "", "")], [("11", "1", "never", "1"), ("12", "1", "2026-01-05", "1")]
    )
    report = import_cases(desk, tables, layouts)
    assert (report.made, [one.reason for one in report.refused]) == (
        1,
        ["receiveddate: never is not a date; write it as 2025-09-28 or 28/09/2025"],
    )
    assert [str(event.on) for event in case_of(desk, "SEN2-1").events] == ["2026-01-05"]


def test_a_saved_mapping_comes_before_every_layout(desk, layouts) -> None:
    headings = ("Kennung", "Geboren", "Nachname", "Farbe")
    key, mapping = saved_mapping(
        headings, {"Kennung": "reference", "geboren": "child.date_of_birth", "Nachname": "child.surname", "Farbe": ""}
    )
    with desk.store.write() as unit:
        unit.put_setting(MAPPING, {key: mapping})
    turned = plain(("Farbe", "NACHNAME", "Geboren", "Kennung"), ("rot", "Ash", "2015-05-03", "K1"))
    assert told(import_cases(desk, [turned], layouts)) == (1, 0, 0, [])
    assert (case_of(desk, "K1").child.surname, case_of(desk, "K1").extra) == ("Ash", {"import.Farbe": "rot"})


def test_a_mapping_that_means_nothing_is_not_saved() -> None:
    with pytest.raises(WrongUse, match="no column Alter"):
        saved_mapping(("Kennung",), {"Alter": "reference"})
    for target in ("child.pronouns", "events", "event.party", "event.ceased.", "case.id", "extra"):
        with pytest.raises(WrongUse, match="not a field"):
            saved_mapping(("Kennung",), {"Kennung": target})


def test_a_layout_that_names_no_real_field_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match=r"child\.shoe is not a field"):
        layout_from('id = "x"\ntitle = "X"\n[[columns]]\nheading = "Shoe"\nto = "child.shoe"\n')


def test_a_case_that_is_not_held_in_full_is_left_alone(desk, layouts, monkeypatch) -> None:
    import_cases(desk, [table([ANNA])], layouts)
    monkeypatch.setattr(type(desk.store), "case_file", lambda _store, _case: None)
    report = import_cases(desk, [table([ANNA])], layouts)
    assert report.refused[0].reason == "this case is not held in full on this laptop"


def test_a_child_known_by_upn_alone_is_found_again(desk, layouts) -> None:
    row = {**ANNA, "Unique ID": ""}
    assert told(import_cases(desk, [table([row])], layouts)) == (1, 0, 0, [])
    assert case_of(desk, "A830000000001").child.upn == "A830000000001"
    # A reference that happens to be that UPN is the same child's.
    again = {**ANNA, "Unique ID": "", "UPN": "a830000000001"}
    assert told(import_cases(desk, [table([again])], layouts)) == (0, 0, 1, [])


def test_a_reference_like_anothers_upn_opens_that_case(desk, layouts) -> None:
    import_cases(desk, [table([{**BEN, "Unique ID": "C830000000003", "UPN": ""}])], layouts)
    report = import_cases(desk, [table([{"UPN": "C830000000003", "Date of birth": "2012-12-31"}])], layouts)
    assert told(report) == (0, 1, 0, [])
    assert case_of(desk, "C830000000003").child.upn == "C830000000003"


def test_ten_thousand_rows_are_weighed_without_a_query_each(desk, layouts) -> None:
    rows = [(f"U{n}", f"A{n:012d}", "2014-03-14", "F") for n in range(10_000)]
    report = import_cases(desk, [plain(("Unique ID", "UPN", "Date of birth", "Gender"), *rows)], layouts, dry_run=True)
    assert (report.made, len(report.rows)) == (10_000, 10_000)


def test_the_answer_fits_its_schema(desk, layouts) -> None:
    schema = json.loads((paths.resources() / "schema" / "import-cases-1.json").read_text("utf-8"))
    report = import_cases(desk, [table([ANNA, {"Unique ID": "U-7"}])], layouts)
    refused = [{"file": one.file, "row": one.row, "reason": one.reason} for one in report.refused]
    answer = {"made": report.made, "changed": report.changed, "same": report.same, "refused": refused}
    jsonschema.validate(answer, schema)
    assert refused[0]["file"] == "list.csv"
