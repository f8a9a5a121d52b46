"""Sections A to K of a draft, each under its letter and the framework's name, with what is missing told first."""

from collections.abc import Iterable, Iterator

from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.dates import in_words, iso
from send_desk.domain.entry import Entry
from send_desk.domain.ids import Area, EntryKind, Section, Stage, State
from send_desk.domain.register import earlier
from send_desk.domain.rulebook import SectionLaw

from .blocks import Block, Group, Heading, Notice, Role, Tone, paragraph
from .draft_view import DraftView
from .flow import joined, text_blocks
from .plan_advice import advice, advice_lines
from .plan_rows import row
from .plan_views import views

_PROVISION_OF = {Section.G: (Section.C,), Section.H1: (Section.D,), Section.H2: (Section.D,)}
_OTHER_AREAS = (Area.HEALTH, Area.CARE)


def section(
    view: DraftView, law: SectionLaw, statuses: tuple[ContributionStatus, ...], missing: Iterable[str]
) -> Iterator[Block]:
    """Yield one section: its heading, the notices of what is missing, and what is written in it."""
    yield Heading(law.heading, 2)
    told = tuple(paragraph(sentence) for sentence in missing)
    if told:
        yield Notice(view.say("sections.missing"), told)
    letter = Section(law.letter)
    match letter:
        case Section.A:
            yield from _or_empty(view, letter, statuses, tuple(views(view)))
        case Section.B | Section.C | Section.D:
            yield from _or_empty(view, letter, statuses, tuple(_needs(view, letter)))
        case Section.E:
            yield from _or_empty(view, letter, statuses, tuple(_outcomes(view)))
        case Section.I:
            yield from _placement(view, statuses)
        case Section.K:
            yield from advice(view, statuses)
        case _:
            rows = tuple(row(view, entry) for entry in _written(view, letter))
            yield from _or_empty(view, letter, statuses, rows)


def _written(view: DraftView, letter: Section) -> tuple[Entry, ...]:
    return tuple(entry for entry in view.case.section(letter) if entry.kind is not EntryKind.NIL)


def _needs(view: DraftView, letter: Section) -> Iterator[Block]:
    """Needs under their areas, what the child does well before what is hard; without areas, in the writer's order."""
    entries = _written(view, letter)
    titles = {area.area: area.title for area in view.book.areas}
    named = [*titles, *(area for area in _OTHER_AREAS if area not in titles)]
    by_area = len({entry.area for entry in entries}) > 1 or letter is Section.B
    for area in (*named, None):
        of_area = [entry for entry in entries if entry.area is area]
        if of_area and by_area:
            key = area if area in _OTHER_AREAS else "other"
            yield Heading(titles[area] if area in titles else view.say(f"needs.{key}"), 3)
        yield from _strengths_and_needs(view, of_area, level=4 if by_area else 3)


def _strengths_and_needs(view: DraftView, entries: list[Entry], *, level: int) -> Iterator[Block]:
    strengths = [entry for entry in entries if entry.kind is EntryKind.STRENGTH]
    needs = [entry for entry in entries if entry.kind is not EntryKind.STRENGTH]
    for name, some in (("strengths", strengths), ("needs", needs)):
        if some and strengths:
            yield Heading(view.say(f"needs.{name}"), level)
        yield from (row(view, entry) for entry in some)


def _outcomes(view: DraftView) -> Iterator[Block]:
    entries = _written(view, Section.E)
    watched = [entry for entry in entries if entry.kind is EntryKind.MONITORING]
    yield from (row(view, entry) for entry in entries if entry not in watched)
    if watched:
        yield Heading(view.say("outcomes.monitoring"), 3)
        yield from (row(view, entry) for entry in watched)


def _placement(view: DraftView, statuses: tuple[ContributionStatus, ...]) -> Iterator[Block]:
    """Nothing but the reason while the plan is new (s38(5)); the placement in force where a plan is being amended."""
    if view.case.stage is not Stage.AMENDMENT:
        yield Notice(view.say("placement.why"), (paragraph(view.say("placement.draft")),), Tone.KNOW)
        return
    rows = tuple(row(view, entry) for entry in _written(view, Section.I))
    if rows:
        yield paragraph(view.say("placement.in_force"), Role.QUIET)
    yield from _or_empty(view, Section.I, statuses, rows)


def _or_empty(
    view: DraftView, letter: Section, statuses: tuple[ContributionStatus, ...], rows: tuple[Block, ...]
) -> Iterator[Block]:
    yield from rows
    nils = [entry for entry in view.case.section(letter) if entry.kind is EntryKind.NIL]
    for entry in nils:
        yield from _nil(view, letter, entry, statuses)
    if not rows and not nils:
        yield paragraph(view.say("sections.empty"), Role.QUIET)


def _nil(view: DraftView, letter: Section, entry: Entry, statuses: tuple[ContributionStatus, ...]) -> Iterator[Block]:
    """The approved sentence where a named professional found nothing; where nobody did, that nobody did."""
    if not view.wording.has(f"nil.{letter}"):
        yield Group(view.labels[entry.id], tuple(text_blocks(entry.text)) or (paragraph(view.say("sections.empty")),))
        return
    status = _behind(view, letter, entry, statuses)
    if status is None:
        yield paragraph(view.say("sections.empty" if not entry.text else "sections.unsupported"), Role.QUIET)
        yield from text_blocks(entry.text, Role.QUIET)
        return
    sentence = _approved(view, letter, entry, status)
    added = () if entry.words.strip() in ("", sentence) else tuple(text_blocks(entry.text))
    yield Group(view.labels[entry.id], (paragraph(sentence), *added))


def _behind(
    view: DraftView, letter: Section, entry: Entry, statuses: tuple[ContributionStatus, ...]
) -> ContributionStatus | None:
    """Return the answer that no relevant needs were found, on which an empty section may rest.

    While a review is under way the plan still rests on what was answered before it.
    """
    if any(_written(view, needs) for needs in _PROVISION_OF.get(letter, ())):
        return None
    cells = view.book.section(letter).cells
    named = entry.value("contribution")
    for status in (*statuses, *earlier(view.case, view.book, view.today)):
        contribution = status.contribution
        if contribution is None or not contribution.adviser.name or status.state is not State.NO_RELEVANT_NEEDS:
            continue
        if contribution.id == named or (not named and status.cell in cells):
            return status
    return None


def _approved(view: DraftView, letter: Section, entry: Entry, status: ContributionStatus) -> str:
    on = iso(entry.value("on")) or status.answered
    paper = status.contribution.document if status.contribution else ""
    line = next((line.label for line in advice_lines(view) if paper and line.document == paper), "")
    adviser = status.contribution.adviser if status.contribution else None
    return view.say(
        f"nil.{letter}",
        adviser=joined(adviser.name, adviser.role) if adviser else "",
        date=in_words(on) if on else view.say("nil.undated"),
        place=view.say("nil.place", label=line) if line else "",
    )
