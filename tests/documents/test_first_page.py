"""Page one: what this is, what is missing, who to ring, how to reply and by when, what to ask for, who helps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from send_desk.documents.blocks import Document, Heading, Notice, PageBreak, every_words
from send_desk.documents.plan_document import draft_blocks, initials
from send_desk.documents.wording import Wording
from send_desk.domain.case import Authority, Case, LocalAdvice, Officer
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.errors import Refused
from send_desk.domain.ids import Cell, ContributionEventKind, Stage, State
from send_desk.domain.missing_advice import missing_box
from send_desk.domain.person import Adviser, Child
from send_desk.domain.rulebook import RuleBook

Draft = Callable[..., Document]


@pytest.fixture
def draft(book: RuleBook, wording: Wording, today: date) -> Draft:
    def make(case: Case, **named: object) -> Document:
        return draft_blocks(case, book, today, wording=wording, **named)  # type: ignore[arg-type]  # named by the test

    return make


def page_one(document: Document) -> str:
    end = document.blocks.index(PageBreak())
    return "\n".join(every_words(document.blocks[:end]))


def test_it_says_what_this_is_and_that_it_is_not_final(draft: Draft, filled: Case) -> None:
    words = page_one(draft(filled))
    assert "This is a draft. It shows what Calderbrook County Council is thinking of writing in Avie's" in words
    assert "It is not final" in words
    assert "for Ava Rose Thornley (Avie)" in words


def test_the_parts_stand_in_the_order_of_the_wording(draft: Draft, filled: Case) -> None:
    headings = [
        block.words
        for block in draft(filled).blocks[:30]
        if isinstance(block, Heading) and (block.level == 1 or block.small)
    ]
    assert headings[:5] == [
        "Draft education, health and care plan",
        "Who to ring",
        "How to reply, and by when",
        "What you may ask for",
        "Who can help you, free of charge",
    ]


def test_the_box_gives_the_sentence_of_the_design(draft: Draft, filled: Case, book: RuleBook, today: date) -> None:
    box = next(block for block in draft(filled).blocks if isinstance(block, Notice))
    words = list(every_words((box,)))
    assert box.title == "Advice missing from this draft"
    sentence = (
        "This draft was prepared without: social care advice (requested 3 March 2026, due 14 April 2026, chased twice)"
    )
    assert words[1] == missing_box(filled, book, today) == sentence
    assert "Social care advice: the answer is late. The service still has to give it." in words


def test_nothing_missing_is_said_without_a_box(draft: Draft, filled: Case) -> None:
    answered = ContributionEvent(
        "k5z", ContributionEventKind.CONFIRMED, date(2026, 5, 1), state=State.NO_RELEVANT_NEEDS
    )
    lines = tuple(
        replace(line, events=(*line.events, answered)) if line.cell is Cell.SOCIAL_CARE else line
        for line in filled.contributions
    )
    document = draft(replace(filled, contributions=lines))
    assert "Everybody who had to be asked for advice has answered." in page_one(document)
    assert not any(isinstance(block, Notice) and "missing" in block.title for block in document.blocks)


def test_before_the_decision_to_assess_nobody_had_to_be_asked(draft: Draft, bare: Case) -> None:
    assert "Nobody has had to be asked for advice yet" in page_one(draft(bare))


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (State.NOT_REQUESTED, "psychology advice and social care advice: we still have to ask."),
        (State.RECEIVED, "something has come, and we are reading it"),
        (State.NOT_KNOWN, "not being known to a service does not answer what we asked"),
        (State.ADMINISTRATIVE_ONLY, "what came does not say what Avie needs"),
        (State.DECLINED, "the service has refused"),
        (State.LAWFUL_EXCEPTION, "the law allows more time here"),
    ],
)
def test_what_is_being_done_is_told_for_every_state(draft: Draft, filled: Case, stated: State, said: str) -> None:
    line = Contribution("x", Cell.HEALTH, Adviser("Dr Haddad", "paediatrician"), stated=stated)
    assert said in page_one(draft(replace(filled, contributions=(line,))))


def test_advice_in_one_state_is_told_in_one_sentence(draft: Draft, filled: Case) -> None:
    told = page_one(draft(replace(filled, contributions=filled.contributions[:1])))
    assert "Education advice, health advice, psychology advice and social care advice: we still have to ask." in told


def test_the_officer_is_named_with_telephone_and_email(draft: Draft, filled: Case) -> None:
    words = page_one(draft(filled))
    assert "Please ring Priya Nandakumar, EHC co-ordinator, about anything in this draft." in words
    assert "Telephone 01632 960 144 · priya.nandakumar@calderbrook.example" in words


def test_an_unknown_officer_is_not_invented(draft: Draft, filled: Case) -> None:
    words = page_one(draft(replace(filled, officer=Officer())))
    assert "The officer's name has not been entered yet. Please ring Calderbrook County Council" in words
    assert "our reference CB-2026-0417" in words


def test_the_fifteen_days_begin_with_the_day_of_service(draft: Draft, filled: Case) -> None:
    words = page_one(draft(filled, served=date(2026, 5, 6)))
    assert "We will wait for your reply until 20 May 2026 at least." in words
    assert "15 days, beginning with 6 May 2026" in words


def test_without_a_day_of_service_no_date_is_promised(draft: Draft, filled: Case) -> None:
    words = page_one(draft(filled))
    assert "at least 15 days from the day you receive this" in words
    assert "We will wait for your reply until" not in words


def test_they_may_ask_for_a_meeting_and_a_school(draft: Draft, filled: Case) -> None:
    words = page_one(draft(filled))
    assert "You may ask for a meeting about this draft with an officer" in words
    assert "You may ask for a particular school, nursery or college to be named in the final plan." in words
    assert "listed in the local offer of Calderbrook County Council" in words
    listed = page_one(draft(filled, local_help=LocalAdvice(schools="www.calderbrook.example/schools")))
    assert "are listed here: www.calderbrook.example/schools" in listed


def test_the_advice_service_is_named_where_known_and_never_invented(draft: Draft, filled: Case) -> None:
    unknown = page_one(draft(filled))
    assert 'search for "SENDIASS" and the name of your council' in unknown
    known = page_one(draft(filled, local_help=LocalAdvice("Calderbrook Families First", "01632 960 200")))
    assert "Calderbrook Families First gives information, advice and support" in known
    assert "Telephone 01632 960 200" in known
    nameless = page_one(draft(filled, local_help=LocalAdvice("Calderbrook Families First")))
    assert "Telephone 01632 960 144" in nameless.split("Who can help you")[0]
    assert "Telephone" not in nameless.split("Who can help you")[1]


def test_a_copy_says_whom_it_is_for(draft: Draft, filled: Case) -> None:
    assert "This copy is for Joanne Thornley" in page_one(draft(filled, to=filled.people[0]))


def test_a_copy_for_a_barred_person_is_refused(draft: Draft, filled: Case) -> None:
    with pytest.raises(Refused, match="barred from receiving"):
        draft(filled, to=filled.people[2])


def test_a_case_without_a_name_goes_by_its_reference(draft: Draft, bare: Case) -> None:
    nameless = replace(bare, child=Child("", ""))
    document = draft(nameless)
    assert "for the child of case R-0001" in page_one(document)
    assert document.title == "Draft education, health and care plan: R-0001"
    assert document.furniture.left.startswith("R-0001 · Draft of 4 May 2026")


def test_an_amendment_says_so_and_keeps_its_own_window(draft: Draft, filled: Case) -> None:
    words = page_one(draft(replace(filled, stage=Stage.AMENDMENT), served=date(2026, 5, 6)))
    assert "Draft amendments to an education, health and care plan" in words
    assert "is thinking of changing Avie's" in words
    assert "until 20 May 2026" in words
    assert "the law leaves that to the final plan" not in words


def test_the_foot_of_every_page_names_authority_initials_and_version(draft: Draft, filled: Case, bare: Case) -> None:
    document = draft(filled)
    assert document.furniture.left == (
        f"Calderbrook County Council · A.R.T. · Draft of 4 May 2026, version {document.version}"
    )
    assert "Ava" not in document.furniture.left
    assert document.furniture.watermark == "DRAFT"
    unnamed = draft(replace(bare, authority=Authority()))
    assert unnamed.furniture.left == f"N.H. · Draft of 4 May 2026, version {unnamed.version}"
    assert initials(Child("", "")) == ""


def test_the_version_follows_the_words(draft: Draft, filled: Case) -> None:
    assert draft(filled) == draft(filled)
    other = replace(filled, entries=filled.entries[1:])
    assert draft(filled).version != draft(other).version


def test_the_writer_is_the_author_else_the_officer(draft: Draft, filled: Case) -> None:
    assert draft(filled, writer="Sam Oduya").author == "Sam Oduya"
    assert draft(filled).author == "Priya Nandakumar"
