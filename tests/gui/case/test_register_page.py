"""The register: who must be asked, what can be recorded in each state, and that nothing unlawful is."""

from datetime import date

from PySide6.QtWidgets import QCompleter, QLineEdit, QScrollArea

from send_desk.domain.ids import Cell, ContributionEventKind, Ground, State
from send_desk.domain.register import strip
from send_desk.gui.register_page import RegisterPage

from .conftest import Show, Shown, asked


def state(shown: Shown, cell: Cell) -> State:
    case = shown.stored()
    return strip(case, shown.session.desk.book(case), shown.session.desk.today)[cell].state


def events(shown: Shown, cell: Cell) -> list[ContributionEventKind]:
    return [event.kind for one in shown.stored().contributions if one.cell is cell for event in one.events]


def test_everybody_who_must_be_asked_stands_there_with_the_law(show: Show) -> None:
    page = show(RegisterPage)
    said = page.words()
    for words in ("Family", "Education", "Health", "Psychology", "Social care", "Adulthood", "Others"):
        assert words in said
    assert "0 of 5 advisers answered, 5 not asked yet." in said
    assert "SEND Regulations 2014 reg 6(1)(c) (confirmed in the source)" in said
    assert "Nobody has to be asked now. SEND Regulations 2014 reg 6(1)(g)" in said
    assert "checked" in said.casefold()


def test_before_the_decision_to_assess_nobody_has_to_be_asked(show: Show) -> None:
    page = show(RegisterPage, assessed=False)
    assert "Nobody has to be asked before the decision to assess." in page.words()


def test_a_request_is_recorded_with_an_adviser_from_the_directory_and_starts_the_clock(show: Show) -> None:
    page = show(RegisterPage)
    page.press("register.health.request")
    completer = page.find("register.form.find", QLineEdit).completer()
    assert isinstance(completer, QCompleter)
    completer.setCompletionPrefix("rana")
    completer.activated.emit(completer.currentCompletion())
    page.write("register.form.on", "2 February 2026")
    page.choose("register.form.how", "By e-mail")
    page.press("register.form.record")
    line = next(one for one in page.stored().contributions if one.cell is Cell.HEALTH)
    assert (line.adviser.name, line.adviser.role) == ("Dr Ines Rana", "Paediatrician")
    assert [(one.kind, one.on, one.note) for one in line.events] == [
        (ContributionEventKind.REQUESTED, date(2026, 2, 2), "by e-mail")
    ]
    said = page.words()
    assert "Asked, 13 days left: requested 2 February 2026, due 16 March 2026." in said
    assert "reg 8(1)" in said
    assert "as the day of receipt is not recorded" in said
    assert page.find("strip.health").accessibleName().startswith("Health: asked, 13 days left")


def test_not_known_is_recorded_and_said_to_be_no_answer(show: Show) -> None:
    page = show(RegisterPage)
    asked(page, Cell.SOCIAL_CARE, date(2026, 2, 2))
    page.press("register.social_care.arrive")
    page.choose("register.form.answer", "The child is not known")
    assert "This is not an answer." in page.words()
    page.press("register.form.record")
    assert state(page, Cell.SOCIAL_CARE) is State.NOT_KNOWN
    assert events(page, Cell.SOCIAL_CARE)[-2:] == [ContributionEventKind.RECEIVED, ContributionEventKind.CONFIRMED]
    assert page.has("register.social_care.request"), "the next step is to ask again"


def test_no_relevant_needs_takes_a_named_professional_with_a_role(show: Show) -> None:
    page = show(RegisterPage)
    asked(page, Cell.SOCIAL_CARE, date(2026, 2, 2))
    page.press("register.social_care.arrive")
    page.choose("register.form.answer", "No relevant needs")
    page.press("register.form.record")
    assert "counts only from a named professional" in page.words()
    assert state(page, Cell.SOCIAL_CARE) is State.REQUESTED
    page.write("register.form.by", "Imran Cobb")
    page.write("register.form.role", "Social worker")
    page.press("register.form.record")
    assert state(page, Cell.SOCIAL_CARE) is State.NO_RELEVANT_NEEDS


def test_holidays_and_waiting_lists_are_no_exception_and_a_long_absence_is(show: Show) -> None:
    page = show(RegisterPage)
    asked(page, Cell.HEALTH, date(2026, 1, 12))
    assert state(page, Cell.HEALTH) is State.OVERDUE
    page.press("register.health.except")
    for words in ("School or college closed", "Waiting list"):
        page.choose("register.form.ground", words)
        page.press("register.form.record")
        assert "is no ground here" in page.words()
        assert "reg 8(2)" in page.words()
    page.choose("register.form.ground", "Away from the area")
    page.write("register.form.since", "14 January 2026")
    page.write("register.form.until", "10 February 2026")
    page.press("register.form.record")
    assert "27 days, and 28 are needed" in page.words()
    page.write("register.form.until", "11 February 2026")
    page.press("register.form.record")
    assert state(page, Cell.HEALTH) is State.LAWFUL_EXCEPTION
    (line,) = [one for one in page.stored().contributions if one.cell is Cell.HEALTH]
    last = line.events[-1]
    assert (last.ground, last.since, last.until) == (Ground.ABSENCE, date(2026, 1, 14), date(2026, 2, 11))


def test_earlier_advice_counts_only_when_all_three_agree(show: Show) -> None:
    page = show(RegisterPage)
    page.press("register.psychology.reuse")
    page.find("register.form.agreed.adviser").setChecked(True)  # type: ignore[attr-defined]  # a box to tick
    page.find("register.form.agreed.authority").setChecked(True)  # type: ignore[attr-defined]  # a box to tick
    assert "Still to agree: family." in page.words()
    page.press("register.form.record")
    assert state(page, Cell.PSYCHOLOGY) is State.NOT_REQUESTED
    page.press("register.psychology.reuse")
    page.find("register.form.agreed.family").setChecked(True)  # type: ignore[attr-defined]  # a box to tick
    page.press("register.form.record")
    assert state(page, Cell.PSYCHOLOGY) is State.REUSED


def test_a_refusal_needs_its_reason(show: Show) -> None:
    page = show(RegisterPage)
    asked(page, Cell.HEALTH, date(2026, 2, 2))
    page.press("register.health.decline")
    page.press("register.form.record")
    assert "Please give their reason" in page.words()
    page.write("register.form.note", "No capacity this term")
    page.press("register.form.record")
    assert state(page, Cell.HEALTH) is State.DECLINED


def test_a_day_that_is_to_come_is_not_recorded(show: Show) -> None:
    page = show(RegisterPage)
    page.press("register.education.request")
    page.write("register.form.on", "4 March 2026")
    page.press("register.form.record")
    assert "lies after today" in page.words()
    assert events(page, Cell.EDUCATION) == []


def test_what_happened_tells_who_recorded_it_and_can_be_taken_back(show: Show) -> None:
    page = show(RegisterPage)
    asked(page, Cell.HEALTH, date(2026, 2, 2))
    asked(page, Cell.HEALTH, date(2026, 2, 20), ContributionEventKind.CHASED)
    page.press("register.health.events")
    said = page.words()
    assert "20 February 2026: Chased" in said
    assert "Recorded by Jo Marsh on " in said
    page.press("register.health.event.2.take_back")
    assert events(page, Cell.HEALTH) == [ContributionEventKind.REQUESTED]
    assert "chased" not in page.words().casefold().replace("chase:", "")


def test_another_adviser_is_added_at_the_wish_of_the_family(show: Show) -> None:
    page = show(RegisterPage)
    page.press("register.add")
    page.press("register.form.record")
    assert "Give a name, a role or a service." in page.words()
    page.choose("register.form.wish", "The family asks")
    page.write("register.form.role", "Occupational therapist")
    page.press("register.form.record")
    (line,) = [one for one in page.stored().contributions if one.cell is Cell.OTHERS]
    assert (line.adviser.role, line.letter) == ("Occupational therapist", "h")
    assert "Occupational therapist" in page.words()


def test_the_place_brings_its_cell_and_nothing_scrolls_sideways_at_200_per_cent(show: Show) -> None:
    page = show(RegisterPage, place="register/CASE/social_care")
    focused = page.page.window().focusWidget()
    assert focused is not None
    assert focused.objectName() == "register.social_care.request"
    page.page.resize(520, 384)
    page.settle()
    for cell in ("health", "social_care"):
        page.press(f"register.{cell}.arrive")
        content = page.find("register", QScrollArea).widget()
        assert content is not None
        assert content.width() <= page.find("register", QScrollArea).viewport().width()
        answer = page.find("register.form.answer")
        assert answer.mapTo(content, answer.rect().bottomRight()).x() <= content.width()
