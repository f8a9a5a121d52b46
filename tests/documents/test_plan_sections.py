"""Sections A to K on paper: every letter, every word, and what is missing told under its heading."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from send_desk.documents.blocks import Block, Document, Facts, Group, Heading, Notice, Table, every_words
from send_desk.documents.plan_document import draft_blocks
from send_desk.documents.wording import Wording
from send_desk.domain.case import Case, CaseEvent
from send_desk.domain.case import Document as Paper
from send_desk.domain.contribution import Contribution
from send_desk.domain.entry import Entry, Links, Source
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import Area, Cell, EntryKind, EventKind, Level, Section, Severity, Stage, State, Voice
from send_desk.domain.person import Adviser, Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.text import from_words

Draft = Callable[..., Document]
BRACKET = "(requested 3 March 2026, due 14 April 2026, chased twice)"


@pytest.fixture
def draft(book: RuleBook, wording: Wording, today: date) -> Draft:
    def make(case: Case, **named: object) -> Document:
        return draft_blocks(case, book, today, wording=wording, **named)  # type: ignore[arg-type]  # named by the test

    return make


def under(document: Document, letter: str) -> tuple[Block, ...]:
    """Return the blocks of one section, its heading left out."""
    found: list[Block] = []
    inside = False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 2:
            inside = block.words.startswith(f"Section {letter}:")
        elif inside:
            found.append(block)
    return tuple(found)


def words(document: Document, letter: str) -> str:
    return "\n".join(every_words(under(document, letter)))


def having(case: Case, *entries: Entry) -> Case:
    sections = {entry.section for entry in entries}
    kept = tuple(entry for entry in case.entries if entry.section not in sections)
    return replace(case, entries=(*kept, *entries))


def test_every_section_has_its_letter_and_the_framework_s_name(draft: Draft, bare: Case, book: RuleBook) -> None:
    headings = [block.words for block in draft(bare).blocks if isinstance(block, Heading) and block.level == 2]
    headings = headings[headings.index("About Noor") :]
    assert headings[1:] == [law.heading for law in book.sections]
    letters = [heading.split(":")[0].removeprefix("Section ") for heading in headings[1:]]
    assert letters == [str(letter) for letter in Section]
    assert "Section F: Special educational provision" in headings


def test_heading_levels_are_never_skipped(draft: Draft, filled: Case) -> None:
    strength = Entry("x", Section.C, EntryKind.STRENGTH, from_words("Sleeps well."))
    levels = [block.level for block in draft(having(filled, strength)).blocks if isinstance(block, Heading)]
    before = 0
    for level in levels:
        assert level <= before + 1
        before = level


def test_an_empty_section_says_honestly_that_it_is_empty(draft: Draft, bare: Case) -> None:
    for letter in "ABCDEFGJ":
        assert words(draft(bare), letter) == "Nothing has been written in this section yet."


def test_every_word_of_the_case_is_there(draft: Draft, filled: Case) -> None:
    everything = " ".join(" ".join(every_words(draft(filled).blocks)).split())
    for entry in filled.entries:
        for block in entry.text:
            assert " ".join(block.words.split()) in everything
        if entry.kind is EntryKind.NIL:
            continue
        for name in entry.fields:
            if name not in ("by_date", "baseline_on"):
                for line in entry.value(name).split("\n"):
                    assert line in everything


def test_the_same_bracket_stands_under_each_heading_concerned(draft: Draft, filled: Case) -> None:
    document = draft(filled)
    for letter in Section:
        told = [block for block in under(document, letter) if isinstance(block, Notice) and "missing" in block.title]
        assert bool(told) is (letter in (Section.D, Section.H1, Section.H2))
        for notice in told:
            assert f"social care advice {BRACKET}" in "\n".join(every_words((notice,)))
            assert under(document, letter)[0] == notice


def test_views_of_child_and_family_are_apart_with_how_they_were_gathered(draft: Draft, filled: Case) -> None:
    told = words(draft(filled), "A")
    order = [
        "Avie's views",
        "How Avie's views were gathered",
        "A walk round the school",
        "Avie told us",
        "Hopes for the future",
        "signal box and make the trains go",
        "The family's views",
        "How the family's views were gathered",
        "Joanne and Marcus describe",
        "Avie's story so far",
    ]
    places = [told.index(part) for part in order]
    assert places == sorted(places)


def test_other_voices_stand_under_their_own_heading(draft: Draft, filled: Case) -> None:
    told = words(
        draft(
            having(
                filled,
                Entry("x", Section.A, EntryKind.VIEW, from_words("She smiles more."), voice=Voice.PROFESSIONAL),
                Entry("y", Section.A, EntryKind.HOW_VIEWS, from_words("Unsaid by whom."), fields={"method": "Makaton"}),
            )
        ),
        "A",
    )
    assert "What others say about Avie's views" in told
    assert "Other views" in told
    assert "Makaton" in told


def test_needs_stand_under_their_areas_strengths_first(draft: Draft, filled: Case) -> None:
    told = words(draft(filled), "B")
    order = [
        "Communication and interaction",
        "What Avie does well",
        "wide vocabulary",
        "What Avie finds hard",
        "two parts",
        "Cognition and learning",
        "Social, emotional and mental health",
        "Sensory and/or physical needs",
    ]
    places = [told.index(part) for part in order]
    assert places == sorted(places)


def test_needs_outside_the_four_areas_are_not_lost(draft: Draft, filled: Case) -> None:
    told = words(
        draft(
            having(
                filled,
                Entry("x", Section.B, EntryKind.NEED, from_words("Epilepsy."), Area.HEALTH),
                Entry("y", Section.B, EntryKind.NEED, from_words("Unplaced."), not_met_because="it has passed."),
            )
        ),
        "B",
    )
    assert told.index("Health") < told.index("Epilepsy.") < told.index("Other needs") < told.index("Unplaced.")
    assert "No provision is written for this, because: it has passed." in told


def test_an_outcome_has_sentence_steps_baseline_and_links(draft: Draft, filled: Case) -> None:
    group = next(block for block in under(draft(filled), "E") if isinstance(block, Group))
    told = list(every_words((group,)))
    assert group.label == "E1"
    assert told[1].startswith("By the end of Year 6, Avie will carry out a spoken instruction")
    assert "21 July 2028" in told
    assert "one try in five" in told
    assert "30 March 2026" in told
    assert "By December 2026, three parts with a picture for each" in told
    assert told[2] == "Serves: A4. For: B2."


def test_an_outcome_without_a_sentence_keeps_its_fields(draft: Draft, filled: Case) -> None:
    entry = Entry("x", Section.E, EntryKind.OUTCOME, from_words("In her words."), fields={"so_that": "she can rest"})
    told = words(draft(having(filled, entry)), "E")
    assert "In her words." in told
    assert "So that\nshe can rest" in told


def test_a_provision_has_its_sentence_its_facts_and_its_links(draft: Draft, filled: Case) -> None:
    group = next(block for block in under(draft(filled), "F") if isinstance(block, Group))
    told = list(every_words((group,)))
    assert told[1].startswith("A speech and language therapist (registered with")
    facts = next(block for block in group.blocks if isinstance(block, Facts))
    assert [term for term, _ in facts.pairs] == [
        "What", "Who", "Qualification", "How often", "How long each time", "Group", "For how long", "Review",
    ]  # fmt: skip
    assert told[2] == "Meets: B2. Towards: E1."


def test_free_text_of_a_row_is_printed_beside_its_sentence_once(draft: Draft, filled: Case) -> None:
    fields = {"what": "a reading lesson", "who": "a teacher"}
    both = Entry("x", Section.F, EntryKind.PROVISION, from_words("In the library."), fields=fields)
    same = replace(both, id="y", text=from_words("A teacher will provide a reading lesson."))
    free = Entry("z", Section.F, EntryKind.PROVISION, from_words("Only words."), links=Links(needs=("gone",)))
    told = words(draft(having(filled, both, same, free)), "F")
    assert told.count("A teacher will provide a reading lesson.") == 2
    assert "In the library." in told
    assert "Only words." in told
    assert "Meets" not in told


def test_a_link_to_a_row_that_is_gone_is_left_out(draft: Draft, filled: Case) -> None:
    entry = Entry("x", Section.F, EntryKind.PROVISION, from_words("Words."), links=Links(needs=("b2", "gone")))
    assert "Meets: B2." in words(draft(having(filled, entry)), "F")


def test_an_outcome_s_own_sentence_is_not_told_twice(draft: Draft, filled: Case) -> None:
    fields = {"by": "July 2027", "will": "read a page"}
    entry = Entry("x", Section.E, EntryKind.OUTCOME, from_words("By July 2027, Avie will read a page."), fields=fields)
    assert words(draft(having(filled, entry)), "E").count("will read a page") == 1


def test_an_approved_sentence_names_who_found_nothing_and_when(draft: Draft, filled: Case) -> None:
    document = draft(filled)
    assert (
        "No health care needs relating to Avie's special educational needs were identified in the advice of "
        "Dr Leila Haddad, community paediatrician, 9 April 2026 (section K, K3)."
    ) in words(document, "C")
    assert "No provision is required here: no need is specified in section C." in words(document, "G")
    assert "Dr Leila Haddad, community paediatrician, 9 April 2026" in words(document, "G")


def test_no_sentence_is_approved_without_advice_behind_it(draft: Draft, filled: Case) -> None:
    told = words(draft(filled), "D")
    assert "No social care needs" not in told
    assert "no advice stands behind it yet:\nNone known." in told
    silent = having(filled, Entry("x", Section.D, EntryKind.NIL))
    assert words(draft(silent), "D").endswith("Nothing has been written in this section yet.")


@pytest.mark.parametrize(
    "behind",
    [
        Contribution("k3", Cell.HEALTH, Adviser("", "paediatrician"), stated=State.NO_RELEVANT_NEEDS),
        Contribution("k3", Cell.HEALTH, Adviser("Dr Haddad"), stated=State.NOT_KNOWN),
        Contribution("k9", Cell.HEALTH, Adviser("Dr Haddad"), stated=State.NO_RELEVANT_NEEDS),
    ],
    ids=["nobody is named", "not known is no answer", "another contribution is named"],
)
def test_what_is_not_enough_for_an_approved_sentence(draft: Draft, filled: Case, behind: Contribution) -> None:
    assert "No health care needs" not in words(draft(replace(filled, contributions=(behind,))), "C")


def test_an_approved_sentence_stands_while_a_review_is_under_way(draft: Draft, filled: Case) -> None:
    notice = CaseEvent("r1", EventKind.REVIEW_NOTICE, date(2026, 4, 20))
    invited = Contribution("r-health", Cell.HEALTH, letter="20(2)(d)", cycle="r1")
    review = replace(filled, events=(*filled.events, notice), contributions=(*filled.contributions, invited))
    document = draft(review)
    assert "Dr Leila Haddad, community paediatrician, 9 April 2026 (section K, K3)." in words(document, "C")
    assert "health advice (not requested)" in words(document, "C")


def test_provision_is_not_waved_away_while_a_need_is_written(draft: Draft, filled: Case) -> None:
    need = Entry("x", Section.C, EntryKind.NEED, from_words("Asthma, managed with an inhaler."))
    assert "No provision is required" not in words(draft(having(filled, need)), "G")


def test_the_writer_s_own_words_follow_an_approved_sentence(draft: Draft, filled: Case) -> None:
    line = Contribution("s", Cell.SOCIAL_CARE, Adviser("Femi Adeyemi"), stated=State.NO_RELEVANT_NEEDS)
    nil = Entry("x", Section.D, EntryKind.NIL, from_words("Asked again on the telephone."))
    told = words(draft(having(replace(filled, contributions=(line,)), nil)), "D")
    assert "in the advice of Femi Adeyemi, date not recorded." in told
    assert "Asked again on the telephone." in told


def test_nothing_to_say_in_another_section_is_the_writer_s_to_word(draft: Draft, filled: Case) -> None:
    spoken = having(filled, Entry("x", Section.J, EntryKind.NIL, from_words("No personal budget was asked for.")))
    assert words(draft(spoken), "J") == "J1\nNo personal budget was asked for."
    silent = having(filled, Entry("x", Section.J, EntryKind.NIL))
    assert "Nothing has been written" in words(draft(silent), "J")


def test_the_draft_of_a_new_plan_names_no_placement_and_says_why(draft: Draft, filled: Case) -> None:
    named = having(filled, Entry("x", Section.I, EntryKind.PLACEMENT, fields={"name": "Brambling Special School"}))
    for stage in (Stage.NEW, Stage.REASSESSMENT):
        told = words(draft(replace(named, stage=stage)), "I")
        assert "Brambling" not in told
        assert "The law says that a draft names neither a school or college nor a type" in told


def test_an_amendment_shows_the_placement_in_force(draft: Draft, filled: Case) -> None:
    place = Entry("x", Section.I, EntryKind.PLACEMENT, fields={"name": "Hartwell Primary School", "type": "mainstream"})
    told = words(draft(having(replace(filled, stage=Stage.AMENDMENT), place)), "I")
    assert "The placement in force today:" in told
    assert "Hartwell Primary School" in told
    empty = words(draft(replace(filled, stage=Stage.AMENDMENT)), "I")
    assert empty == "Nothing has been written in this section yet."


def test_section_k_lists_author_role_date_and_every_state(draft: Draft, filled: Case) -> None:
    advice, asked = (block for block in under(draft(filled), "K") if isinstance(block, Table))
    rows = [tuple(every_words((Table((), (row,), ()),))) for row in advice.rows]
    assert rows[2] == ("K3", "Medical advice", "Dr Leila Haddad, community paediatrician", "9 April 2026")
    assert rows[3][:2] == ("K4", "Psychological advice")
    assert rows[4] == (
        "K5",
        "Speech and language report",
        "Megan Rhys-Pugh, speech and language therapist",
        "20 February 2026",
    )
    assert "Letter asking for advice" not in "\n".join(every_words((advice,)))
    told = "\n".join(every_words((asked,)))
    assert "Requested 3 March 2026, due 14 April 2026, chased twice" in told
    assert "No relevant needs found" in told
    assert "9 April 2026" in told
    assert "Tomasz Wiśniewski, educational psychologist, Calderbrook Psychology Service" in told


def test_advice_without_author_or_date_says_so(draft: Draft, filled: Case) -> None:
    papers = (Paper("p", "", "health", name="scan.pdf"),)
    loose = Entry("x", Section.K, EntryKind.ADVICE, from_words("A paper that was lost"), sources=(Source("gone", 1),))
    told = words(draft(having(replace(filled, documents=papers), loose)), "K")
    assert "K1\nA paper that was lost\nname not recorded\nnot dated\nK2\nscan.pdf\nname not recorded\nnot dated" in told


def test_somebody_who_must_be_asked_and_was_not_is_listed(draft: Draft, filled: Case) -> None:
    told = words(draft(replace(filled, contributions=(), documents=(), entries=filled.entries[:1])), "K")
    assert told.startswith("No advice has been received yet.")
    assert "Social care\nnobody yet\nNot requested" in told


def test_particulars_never_hold_a_confidential_address(draft: Draft, filled: Case) -> None:
    open_ = "\n".join(every_words(draft(filled).blocks))
    assert "12 Weir Lane\nHartwell\nCB4 7QX" in open_
    child = replace(filled.child, address_confidential=True, looked_after=True)
    kept = "\n".join(every_words(draft(replace(filled, child=child)).blocks))
    assert "Weir Lane" not in kept
    assert "CB4 7QX" not in kept
    assert "the address is kept confidential" in kept
    assert "Avie is looked after by a local authority." in kept


def test_particulars_name_those_with_parental_responsibility(draft: Draft, filled: Case, bare: Case) -> None:
    told = "\n".join(every_words(draft(filled).blocks))
    assert "Joanne Thornley\nmother\nMarcus Thornley\nfather" in told
    assert "Colin Barraclough" not in told
    assert "Parents and others" not in "\n".join(every_words(draft(bare).blocks))
    assert "Pronouns" not in "\n".join(every_words(draft(replace(bare, child=Child("Noor", ""))).blocks))


def test_findings_are_printed_only_where_chosen(draft: Draft, filled: Case) -> None:
    note = Finding("41/B6", 41, Severity.NOTE, Level.ASKS, "Is this a need?", Law("Code 9.69"), Section.B, "b6")
    block = Finding(
        "15/D", 15, Severity.BLOCK, Level.EXACT, "D has no approved sentence.", Law("reg 12(1)"), Section.D,
        quote="None known.", mend="Ask social care.", dismissed="asked by telephone",
    )  # fmt: skip
    loose = Finding("11", 11, Severity.WARN, Level.EXACT, "A date lies ahead.", Law("none"))
    assert "For the writer and the panel" not in "\n".join(every_words(draft(filled).blocks))
    told = "\n".join(every_words(draft(filled, findings_to_print=(note, loose, block)).blocks))
    alone = "\n".join(every_words(draft(filled, findings_to_print=(note,)).blocks))
    assert "For information" in alone
    assert "To be mended before the plan is final" not in alone
    appendix = told[told.index("For the writer and the panel") :]
    assert appendix.index("D has no approved sentence. “None known.”") < appendix.index("Is this a need?")
    assert "B6\nIs this a need?" in appendix
    assert "Ask social care." in appendix
    assert "Judged to be no issue here: asked by telephone" in appendix
    assert "Law: Code 9.69" in appendix
