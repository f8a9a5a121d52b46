"""One computation: its order, its memory, dismissals, what holds issue, and the answer that scripts read."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import jsonschema
import pytest

from send_desk.domain.case import Case, Dismissal
from send_desk.domain.checks import Checker, check_case, holding
from send_desk.domain.checks.answer import findings_json
from send_desk.domain.checks.check import shortened
from send_desk.domain.checks.lists import CheckLists, read_lists, vocabulary_of
from send_desk.domain.entry import Entry
from send_desk.domain.errors import Cannot
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Area, Cell, Section, Severity, Version
from send_desk.domain.labels import label, labels
from send_desk.domain.person import Child
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.section_state import SectionState, is_filled, section_state
from send_desk.paths import resources

Look = Callable[..., list[Finding]]
Make = Callable[..., Entry]
Change = Callable[..., Case]


def ids(found: list[Finding]) -> list[str]:
    return [one.id for one in found]


def faulty(good: Case, row: Make, put: Change) -> Case:
    return put(
        good,
        row("B1", "[INSERT name] has ADHD."),
        row("B3", "Ava cannot tie her laces."),
        row("A2", "I am 9 years old. [INSERT date]"),
    )


def test_the_heaviest_come_first_and_then_the_order_of_the_plan(good: Case, look: Look, row: Make, put: Change) -> None:
    found = look(faulty(good, row, put))
    assert ids(found) == ["8/A2/text", "8/B1/text", "36/B3", "44/B1", "38/B3", "44/B3"]


def test_a_silenced_check_says_nothing(
    good: Case, book: RuleBook, lists: CheckLists, today: date, row: Make, put: Change
) -> None:
    quiet = replace(lists, silenced=frozenset({8, 44}))
    assert ids(list(check_case(faulty(good, row, put), book, quiet, today))) == ["36/B3", "38/B3"]


def test_a_dismissal_holds_while_the_words_it_rests_on_stand(good: Case, look: Look, row: Make, put: Change) -> None:
    plan = faulty(good, row, put)
    [found] = look(plan, 36)
    excused = replace(plan, dismissals=(Dismissal("x", found.id, "She wears other shoes.", found.quote or ""),))
    assert [one.dismissed for one in look(excused, 36)] == ["She wears other shoes."]
    assert "36/B3" not in ids(list(holding(look(excused))))
    changed = put(excused, row("B3", "Ava cannot tie her laces or buttons."))
    assert [one.dismissed for one in look(changed, 36)] == [None]
    assert ids(list(holding(look(changed)))) == ["8/A2/text", "8/B1/text", "36/B3"]


def test_a_label_moves_and_an_id_stays(good: Case, look: Look, row: Make, put: Change) -> None:
    plan = put(good, row("B3", "[INSERT name] cannot tie her laces.", not_met_because="Shoes."))
    before = look(plan, 8)
    first = row("B0", "Ava is tired by noon.", not_met_because="See C1.")
    moved = replace(plan, entries=(first, *plan.entries))
    after = look(moved, 8)
    assert ids(before) == ids(after) == ["8/B3/text"]
    assert before[0].reason.startswith("B3 ")
    assert after[0].reason.startswith("B4 ")


def test_a_checker_forgets_when_the_facts_around_the_rows_change(
    good: Case, book: RuleBook, lists: CheckLists, today: date
) -> None:
    checker = Checker()
    assert checker.check(good, book, lists, today) == ()
    renamed = replace(good, child=replace(good.child, first_names="Noah", known_as=""))
    assert checker.check(renamed, book, lists, today) == check_case(renamed, book, lists, today) != ()
    assert checker.check(good, book, lists, today) == ()


def test_findings_of_one_place_share_no_id(good: Case, look: Look, row: Make) -> None:
    lines = tuple(one for one in good.contributions if one.cell is not Cell.HEALTH)
    clash = replace(good, contributions=(*lines, replace(good.contributions[3], id="health", events=(), document="")))
    assert sorted(one.id for one in look(clash, 24)) == ["24/health", "24/health~2"]


def test_the_answer_keeps_its_schema(
    good: Case, book: RuleBook, lists: CheckLists, today: date, row: Make, put: Change
) -> None:
    schema = json.loads((resources() / "schema" / "check-1.json").read_text("utf-8"))
    plan = faulty(good, row, put)
    excused = replace(plan, dismissals=(Dismissal("x", "44/B3", "Seen by all.", "Ava cannot tie her laces."),))
    for case in (excused, good, Case("c", "", Child("", "")), replace(excused, version=Version.FINAL)):
        answer = json.loads(json.dumps(findings_json(case, check_case(case, book, lists, today), today)))
        jsonschema.validate(answer, schema, cls=jsonschema.Draft202012Validator)
    answer = findings_json(excused, check_case(excused, book, lists, today), today)
    assert answer["case"] == "T-100"
    assert answer["today"] == "2026-10-05"
    assert answer["counts"] == {"block": 3, "warn": 2, "note": 0}
    assert findings_json(Case("c", "", Child("", "")), (), today)["case"] == "c"


def test_long_quotes_are_cut_after_a_word() -> None:
    assert shortened("two\n words ") == "two words"
    assert shortened("word " * 60).endswith("word ...")
    assert len(shortened("x" * 500)) <= 170


def test_labels_count_within_their_section(good: Case, row: Make) -> None:
    named = labels(good)
    assert (named["B2"], named["H1.1"], named["H2.1"], named["K5"]) == ("B2", "H1.1", "H2.1", "K5")
    assert label(good, good.entries[0]) == "A1"
    assert label(good, row("B7", "Not in the case.")) == "B"


def test_how_far_a_section_is(good: Case, look: Look, row: Make, put: Change, without: Change) -> None:
    assert section_state(good, Section.B, look(good)) is SectionState.READY
    assert section_state(good, Section.I, look(good)) is SectionState.EMPTY
    held = put(good, row("B1", "[INSERT name] forgets."))
    assert section_state(held, Section.B, look(held)) is SectionState.HELD
    blank = without(good, "D1")
    assert section_state(blank, Section.D, look(blank)) is SectionState.HELD
    warned = put(good, row("B1", "Ava forgets."))
    [found] = look(put(warned, row("F1", fields={"what": "x"}, sources=good.entries[3].sources)), 37)
    assert section_state(good, Section.F, [found]) is SectionState.IN_WORK
    assert section_state(good, Section.F, [replace(found, dismissed="no")]) is SectionState.READY
    assert section_state(good, Section.F, [replace(found, severity=Severity.NOTE)]) is SectionState.READY
    assert not is_filled(row("B9", fields={"what": " "}))


SHIPPED = 'dated = 2026-01-01\n[placeholders]\nwords = ["insert name"]\npatterns = ["X{3}"]\n'


def test_an_authoritys_lists_are_layered_on_the_programs() -> None:
    added = """
        dated = 2026-05-01
        silence = [10]
        [placeholders]
        words = ["draft text"]
        [remove.placeholders]
        words = ["insert name", "gone"]
        [remove.other]
        words = ["x"]
    """
    lists = read_lists([SHIPPED, added])
    assert lists.of("placeholders.words") == ("draft text",)
    assert lists.silenced == {10}
    assert lists.dated == date(2026, 5, 1)
    assert lists.template_words.search("A Draft Text.", vocabulary_of("a draft text."))
    assert not lists.template_words.search("Insert name", vocabulary_of("insert name"))


def test_no_lists_catch_nothing() -> None:
    empty = CheckLists()
    assert empty.dated is None
    assert not empty.template_words.search("anything", vocabulary_of("anything"))
    assert not empty.template_marks.search("XXX")
    assert not empty.strands
    assert read_lists([]) == empty
    assert read_lists(['[names]\ngiven = ["", " "]\n']).given_names == {"", " "}
    assert not read_lists(['[schools]\ntypes = [" "]\n']).school_types.search("a school", vocabulary_of("a school"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("= =", "cannot be read"),
        ("[placeholders]\nwords = 3\n", "placeholders.words is not a list"),
        ("[placeholders]\nwords = [[1]]\n", "placeholders.words is not a list"),
        ("silence = 'ten'\n", "silence is not a list"),
        ("remove = 3\n", "remove is not a table"),
        ("[placeholders]\npatterns = ['(']\n", "is not a pattern"),
    ],
)
def test_lists_that_cannot_be_used_say_why(text: str, words: str) -> None:
    with pytest.raises(Cannot, match=words):
        read_lists([text])


def test_what_was_compared_once_is_not_forgotten_and_not_mistaken(
    good: Case, book: RuleBook, lists: CheckLists, today: date, row: Make, put: Change
) -> None:
    words = "Ava cannot hold instructions in her memory and forgets what her teacher explained"
    alike = put(good, row("B3", f"{words}.", area=Area.COGNITION), row("B4", f"Often {words}.", area=Area.SEMH))
    checker = Checker()
    first = checker.check(alike, book, lists, today)
    assert "43/B4" in ids(list(first))
    assert checker.check(alike, book, lists, today) == first
    parted = put(alike, row("B4", "Ava tires when she writes and covers her ears.", area=Area.SEMH))
    assert "43/B4" not in ids(list(checker.check(parted, book, lists, today)))
