"""Checks 18 to 20: the list of advice, the review, and what a final plan goes out with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from send_desk.domain.case import Case, CaseEvent, Document, Print
from send_desk.domain.entry import Entry, Source
from send_desk.domain.finding import Finding
from send_desk.domain.ids import EntryKind, EventKind, Severity, Version

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Change = Callable[..., Case]


def ids(found: list[Finding]) -> list[str]:
    return [one.id for one in found]


def paper(case: Case, id_: str, **more: object) -> Case:
    changed = tuple(replace(one, **more) if one.id == id_ else one for one in case.documents)  # type: ignore[arg-type]  # any field
    return replace(case, documents=changed)


NEW = Document("d-new", "Therapy report", "health", "Kit Vale", "therapist", date(2026, 7, 1))


def test_advice_attached_and_not_listed(good: Case, look: Look) -> None:
    found = look(replace(good, documents=(*good.documents, NEW)), 18)
    assert [(one.id, one.severity) for one in found] == [("18/d-new", Severity.BLOCK)]


def test_a_line_of_k_with_nothing_attached(good: Case, look: Look, row: Make, put: Change) -> None:
    found = look(put(good, row("K9", "A letter from the dentist")), 18)
    assert [(one.id, one.entry) for one in found] == [("18/K9", "K9")]


@pytest.mark.parametrize(
    ("lost", "word"), [({"author": ""}, "author"), ({"role": ""}, "role"), ({"dated": None}, "date")]
)
def test_advice_without_author_role_or_date(good: Case, look: Look, lost: dict[str, object], word: str) -> None:
    unknown = paper(replace(good, contributions=()), "d-psych", **lost)
    found = look(unknown, 18)
    assert ids(found) == ["18/d-psych"]
    assert word in found[0].reason


def test_what_the_register_or_the_list_tells_need_not_be_told_twice(
    good: Case, look: Look, row: Make, put: Change
) -> None:
    assert look(paper(good, "d-psych", author="", role=""), 18) == []
    listed = row("K4", "Report", sources=(Source("d-psych"),), fields={"dated": "2026-07-08"})
    assert look(paper(put(good, listed), "d-psych", dated=None), 18) == []
    assert look(paper(replace(good, contributions=()), "d-family", role=""), 18) == []


@pytest.mark.parametrize(
    "line",
    [
        {"words": "Therapy report"},
        {"words": "Report by Kit Vale, 1 July 2026"},
        {"words": "A report", "fields": {"document": "d-new"}},
        {"words": "A report", "sources": (Source("d-new"),)},
    ],
)
def test_ways_to_list_advice(good: Case, look: Look, row: Make, put: Change, line: dict[str, object]) -> None:
    words = str(line.pop("words"))
    held = put(replace(good, documents=(*good.documents, NEW)), row("K9", words, **line))
    assert look(held, 18) == []


def test_without_a_list_of_the_writers_own_k_is_made_from_the_papers(good: Case, look: Look) -> None:
    bare = replace(good, entries=tuple(one for one in good.entries if one.kind is not EntryKind.ADVICE))
    assert look(bare, 18) == []
    letter = Document("letter", "A letter sent", dated=None)
    assert look(replace(good, documents=(*good.documents, letter)), 18) == []


def test_a_paper_without_title_is_named_by_its_file(good: Case, look: Look) -> None:
    found = look(replace(good, documents=(*good.documents, replace(NEW, title="", name="report.pdf"))), 18)
    assert "report.pdf" in found[0].reason
    nameless = look(replace(good, documents=(*good.documents, replace(NEW, title="", name=""))), 18)
    assert "a paper without a title" in nameless[0].reason


REVIEWED = [
    "The plan will be reviewed by 30 September 2027.",
    "An annual review is held in May.",
    "The school looks at each step once a term.",
]
NOT_REVIEWED = ["Staff will watch progress.", "Reviews take place.", ""]


@pytest.mark.parametrize("words", REVIEWED)
def test_a_review_that_is_told(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    assert look(put(good, row("E4", words, kind=EntryKind.MONITORING)), 19) == []


@pytest.mark.parametrize("words", NOT_REVIEWED)
def test_a_review_that_is_not_told(good: Case, look: Look, row: Make, put: Change, words: str) -> None:
    found = look(put(good, row("E4", words, kind=EntryKind.MONITORING)), 19)
    assert [(one.id, one.severity) for one in found] == [("19/E", Severity.WARN)]


def test_an_empty_section_e_is_told_by_another_check(good: Case, look: Look, without: Change) -> None:
    assert look(without(good, "E1", "E2", "E3", "E4"), 19) == []


def test_under_five_the_plan_is_looked_at_more_often(good: Case, look: Look, row: Make, put: Change) -> None:
    young = replace(good, child=replace(good.child, date_of_birth=date(2022, 1, 1), year_group="Nursery"))
    yearly = put(young, row("E4", "Reviewed every year in May.", kind=EntryKind.MONITORING))
    assert ids(look(yearly, 19)) == ["19/E/under_five"]
    for words in ("Reviewed every six months.", "A review every 3 to 6 months.", "Looked at termly."):
        assert look(put(young, row("E4", words, kind=EntryKind.MONITORING)), 19) == []
    older = put(good, row("E4", "Reviewed every year in May.", kind=EntryKind.MONITORING))
    assert look(older, 19) == []


SENT = CaseEvent("s", EventKind.FINAL_SENT, date(2026, 10, 1), by="Ruth Vane, head of service")


def test_a_draft_needs_neither_notice_nor_signature(good: Case, look: Look) -> None:
    assert look(good, 20) == []


def test_a_final_plan_without_either(good: Case, look: Look) -> None:
    found = look(replace(good, version=Version.FINAL), 20)
    assert [(one.id, one.severity) for one in found] == [
        ("20/plan/notice", Severity.BLOCK),
        ("20/plan/signature", Severity.WARN),
    ]


def final(case: Case, **more: object) -> Case:
    return replace(case, version=Version.FINAL, events=(*case.events, SENT), **more)  # type: ignore[arg-type]  # any field


NOTICE = "You have a right of appeal about sections B, F and I, and may use mediation."
WRONG = "You may appeal against our decision not to assess, and may use mediation."


@pytest.mark.parametrize(
    "more",
    [
        {"prints": (Print("p", "letter-final", "out.pdf", "0"),)},
        {"prints": (Print("p", "final", "out.pdf", "0"),)},
        {"documents": (Document("n", "Notice", pages=(NOTICE,)),)},
        {"documents": (Document("n", "Right of appeal and mediation"),)},
        {"events": (replace(SENT, note=NOTICE),)},
        {"events": (replace(SENT, fields={"notice": NOTICE}),)},
    ],
)
def test_a_notice_that_went_with_it(good: Case, look: Look, more: dict[str, object]) -> None:
    assert "20/plan/notice" not in ids(look(replace(final(good), **more), 20))  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    "more",
    [
        {"prints": (Print("p", "draft", "out.pdf", "0"),)},
        {"documents": (Document("n", "Notice", pages=(WRONG,)),)},
        {"documents": (Document("n", "Notice", "health", pages=(NOTICE,)),)},
        {"events": (replace(SENT, note="The family may appeal."),)},
    ],
)
def test_no_notice_or_one_of_another_kind(good: Case, look: Look, more: dict[str, object]) -> None:
    assert "20/plan/notice" in ids(look(replace(final(good), **more), 20))  # type: ignore[arg-type]  # any field


def test_a_final_plan_that_is_signed(good: Case, look: Look) -> None:
    assert "20/plan/signature" not in ids(look(final(good), 20))
    unsigned = replace(final(good), events=(*good.events, replace(SENT, by=" ")))
    assert "20/plan/signature" in ids(look(unsigned, 20))
