"""Checks 14 to 17: every section is there under its letter, holds something or says why not; a place stands in I."""

import re
from collections.abc import Iterator

from send_desk.domain.contribution_state import ContributionStatus
from send_desk.domain.dates import age_on
from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import Cell, EntryKind, Level, Section, Severity, Stage, State, Version
from send_desk.domain.register import assessing
from send_desk.domain.stage import draft_is_out

from .check import Check
from .reading import Around, Reading, Row

LETTERED = Check(14, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 reg 12(1)", "primary"))
FILLED = Check(
    15, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 reg 12(1); SEND Code of Practice 9.69", "primary")
)
PLACEMENT = Check(16, Level.EXACT, Severity.BLOCK, Law("SEND Regulations 2014 reg 12(1)(i)", "primary"))
PLACE_NAMED = Check(
    17, Level.ASKS, Severity.WARN, Law("Children and Families Act 2014 s38(5); SEND Code of Practice 9.78", "no")
)

_DRAFT_LAW = Law("Children and Families Act 2014 s38(5); SEND Code of Practice 9.78", "no")
_ADVICE_LAW = {
    Section.C: Law("SEND Regulations 2014 regs 6(1)(c), 12(1)(c)", "primary"),
    Section.D: Law("SEND Regulations 2014 regs 6(1)(e), 12(1)(d)", "primary"),
}
_ASKED_OF = {
    Section.C: Cell.HEALTH,
    Section.G: Cell.HEALTH,
    Section.D: Cell.SOCIAL_CARE,
    Section.H1: Cell.SOCIAL_CARE,
    Section.H2: Cell.SOCIAL_CARE,
}
_NEEDS_OF = {Section.G: Section.C, Section.H1: Section.D, Section.H2: Section.D}
_OTHERWISE_CHECKED = frozenset({Section.I, Section.K})
_PLACE = re.compile(r"\b(?:School|Academy|College|Nursery)\b")
_SCHOOL = re.compile(
    r"(?<![\w'’-])(?P<name>[A-Z][\w'’.&-]*(?:[ \t]+(?:[A-Z][\w'’.&-]*|of|the|and))*)[ \t]+"
    r"(?:School|Academy|College|Nursery)\b(?![ \t]+(?:of\b|[A-Z]))"
)
_BARE_WORDS = re.compile(r"\w+")


def letters_present(reading: Reading) -> Iterator[Finding]:
    """Find sections that the plan leaves out."""
    for section in Section:
        if section not in reading.case.headings:
            title = reading.book.section(section).title
            yield LETTERED.find(
                section,
                f"Section {section} ({title}) is missing. Each section must be there under its own letter.",
                section=section,
                mend=f"Put section {section} back, with a statement if there is nothing to write in it.",
            )


def sections_filled(reading: Reading) -> Iterator[Finding]:
    """Find sections that are blank, and statements of "none" that nobody's answer stands behind."""
    case = reading.case
    if not reading.filled and not case.contributions and not assessing(case, reading.today):
        yield FILLED.find("plan", "Nothing has been written in this plan yet.", mend="Begin with section A or B.")
        return
    for section in case.headings:
        if section in _OTHERWISE_CHECKED:
            continue
        filled = reading.by_section[section]
        bare = section in _ASKED_OF
        told = [one for one in filled if one.kind is not EntryKind.NIL and not (bare and reading.marks[one.id].bare)]
        if not told and _may_be_blank(section, reading):
            continue
        if not filled and section in _NEEDS_OF and not _has_answer(_ASKED_OF[section], reading):
            continue
        nil = next((entry for entry in filled if entry.kind is EntryKind.NIL), None)
        if not told and nil is None:
            yield _blank(section, filled, reading)
        elif not told and nil is not None:
            yield from _unbacked(section, nil, reading)


def placement_named(reading: Reading) -> Iterator[Finding]:
    """Section I is empty in the draft of a first plan, and holds a name or a type in a final one.

    Once the draft is served and the family may say what it would like, the final plan's section I is being prepared.
    """
    case = reading.case
    if Section.I not in case.headings:
        return
    filled = reading.by_section[Section.I]
    named = [entry for entry in filled if entry.kind is not EntryKind.NIL]
    if case.version is Version.DRAFT and case.stage is Stage.NEW and named and not draft_is_out(case):
        yield PLACEMENT.find(
            "I",
            "Section I names a place. A draft of a first plan names no school and no type of school, so that the "
            "family's choice stays open.",
            section=Section.I,
            entry=named[0].id,
            quote=_said(named[0]),
            law=_DRAFT_LAW,
            mend="Leave section I empty until the final plan.",
        )
    if case.version is Version.FINAL and not any(_says_where(entry) for entry in filled):
        yield PLACEMENT.find(
            "I",
            "Section I is empty. A final plan names the school or other place, or its type.",
            section=Section.I,
            mend="Write the name and the type, or the type alone; for education elsewhere, the statement that says so.",
        )


def places_in_row(row: Row, around: Around) -> Iterator[Finding]:
    """Find a school or a kind of school named where only need and provision belong."""
    entry = row.entry
    if entry.section not in (Section.B, Section.E, Section.F):
        return
    words = row.everything
    found = around.lists.school_types.search(words, row.vocabulary) or _setting_in(words, around)
    named = found[0] if found else _school_in(words, around)
    if named:
        yield PLACE_NAMED.find(
            entry.id,
            f"{row.label} names “{named}”. Does the need or the provision hang on this place? Places stand in "
            "section I alone.",
            section=entry.section,
            entry=entry.id,
            quote=named,
            mend="Say what is needed, whoever provides it.",
        )


def _says_where(entry: Entry) -> bool:
    return any(words.strip() for words in (entry.words, entry.value("name"), entry.value("type")))


def _names_of(around: Around) -> tuple[str, ...]:
    settings = (around.setting, *around.previous_settings)
    return tuple(dict.fromkeys(setting.name.strip() for setting in settings if len(setting.name.strip()) > 3))


def _setting_in(words: str, around: Around) -> re.Match[str] | None:
    names = around.once("structure.names", lambda: _names_of(around))
    if not any(name in words for name in names):
        return None
    return around.once("structure.settings", lambda: _settings(names)).search(words)


def _school_in(words: str, around: Around) -> str:
    """Return the name of any school or college that some words give; empty where there is none."""
    for found in _SCHOOL.finditer(words) if _PLACE.search(words) else ():
        parts = found["name"].split()
        plain = around.lists.not_schools | around.lists.school_common | around.own_words
        own = [one for one in parts if one.casefold() not in plain and one[:-2].casefold() not in around.own_words]
        if own:
            return found[0][found[0].index(own[0]) :]
    return ""


def _settings(names: tuple[str, ...]) -> re.Pattern[str]:
    patterns = sorted((re.escape(name) for name in names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)" if patterns else r"(?!)")


def _may_be_blank(section: Section, reading: Reading) -> bool:
    born = reading.case.child.date_of_birth
    grown = born is not None and age_on(born, reading.today) >= reading.book.threshold("h1_until_age")
    return section is Section.H1 and grown


def _has_answer(cell: Cell, reading: Reading) -> bool:
    """Whether anybody of a cell has answered; until then the missing answer and the section of needs are the fault.

    What was answered for the assessment still stands behind the plan while a review is under way.
    """
    return any(status.content_stands for status in (*reading.statuses, *reading.earlier) if status.cell is cell)


def _blank(section: Section, filled: tuple[Entry, ...], reading: Reading) -> Finding:
    title = reading.book.section(section).title
    cell = _ASKED_OF.get(section)
    said = f" It says no more than “{_said(filled[0])}”." if filled else ""
    if section is Section.J:
        return FILLED.find(
            section,
            "Section J is empty. If there is no personal budget, a sentence that says so helps the family.",
            severity=Severity.NOTE,
            section=section,
            mend="Say whether a personal budget was offered, and what came of it.",
        )
    if cell is None:
        return FILLED.find(
            section, f"Section {section} ({title}) is empty.", section=section, mend=f"Write section {section}."
        )
    return FILLED.find(
        section,
        f"Section {section} ({title}) is empty.{said} A blank does not tell the family whether anybody looked.",
        section=section,
        entry=filled[0].id if filled else None,
        quote=_said(filled[0]) if filled else None,
        law=_ADVICE_LAW.get(section),
        mend="Write what was found, or the statement that names who found nothing, in what role, and when.",
    )


def _unbacked(section: Section, nil: Entry, reading: Reading) -> Iterator[Finding]:
    cell = _ASKED_OF.get(section)
    if cell is None:
        if section is not Section.J:
            yield FILLED.find(
                section,
                f"Section {section} says “{_said(nil)}”, but every plan must have something in it.",
                section=section,
                entry=nil.id,
                quote=_said(nil),
                mend=f"Write section {section}.",
            )
        return
    fault = _nil_fault(section, nil, cell, reading)
    if fault:
        yield FILLED.find(
            section,
            f"Section {section} says that there is nothing to write, but {fault}.",
            section=section,
            entry=nil.id,
            quote=_said(nil),
            law=_ADVICE_LAW.get(section),
            mend="Name in the statement the professional who found nothing, in what role, and when.",
        )


def _nil_fault(section: Section, nil: Entry, cell: Cell, reading: Reading) -> str:
    """Say what is wrong with a statement of none; empty where an answer stands behind it.

    Sections C and D cannot be marked "none" unless somebody said that there are no needs (contributions.md, "Where it
    shows", 2). Their missing answer is the fault of G, H1 and H2 too, and is told by checks 24 to 26.
    """
    advice = cell.replace("_", " ")
    if not _has_answer(cell, reading):
        return "" if section in _NEEDS_OF else f"nobody has answered for {advice} that there are no needs"
    behind = _behind(nil, [one for one in (*reading.statuses, *reading.earlier) if one.cell is cell])
    if behind is None:
        return f"it does not name whose {advice} advice it rests on"
    if section in _NEEDS_OF:
        return ""
    if not behind.content_stands:
        return f"the {advice} advice it rests on is not an answer yet"
    if behind.state is State.NO_RELEVANT_NEEDS:
        return ""
    return f"the {advice} advice it rests on does not say that there are no needs"


def _behind(nil: Entry, statuses: list[ContributionStatus]) -> ContributionStatus | None:
    named = nil.value("contribution").strip()
    lines = [status for status in statuses if status.contribution is not None]
    if named:
        return next((status for status in lines if status.contribution and status.contribution.id == named), None)
    words = set(_BARE_WORDS.findall(nil.words.casefold()))
    for status in lines:
        adviser = status.contribution.adviser if status.contribution else None
        name = set(_BARE_WORDS.findall(adviser.name.casefold())) if adviser else set()
        if name and name <= words:
            return status
    mirrored = nil.section in _NEEDS_OF
    return next((status for status in lines if status.content_stands), None) if mirrored else None


def _said(entry: Entry) -> str:
    values = (entry.words, *(entry.value(name) for name in entry.fields))
    return " ".join(value for value in values if value.strip())
