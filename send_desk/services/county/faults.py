"""Faults planted in a well-written case, of the kinds that real plans have and the checks catch."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from send_desk.domain.case import Case
from send_desk.domain.dates import age_on
from send_desk.domain.entry import Entry, Links
from send_desk.domain.ids import ContributionEventKind, EntryKind, EventKind, Section, Version
from send_desk.domain.text import from_words, to_words

from .chance import days, identity


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted fault: which check of checks.md is to catch it, and in which entry it lies, if in one."""

    check: int
    entry: str = ""


PLACE_NAMED = 17

Planted = tuple[Case, Fault] | None
Plant = Callable[[Case, Random, date], Planted]


def plant(case: Case, random: Random, today: date, count: int) -> tuple[Case, tuple[Fault, ...]]:
    """Plant so many different faults in a case, as far as it has room for them."""
    faults: list[Fault] = []
    for kind in random.sample(KINDS, len(KINDS)):
        if len(faults) == count:
            break
        found = kind(case, random, today)
        if found and not (found[1].entry and any(found[1].entry == one.entry for one in faults)):
            case, fault = found
            faults.append(fault)
    return case, tuple(faults)


def _pick(case: Case, random: Random, kind: EntryKind, *sections: Section) -> Entry | None:
    """Choose a row of a kind, none of a repeated pair: a fault laid on one of those would mend the repetition."""
    said = Counter(one.words for one in case.entries)
    able = [
        one
        for one in case.entries
        if one.kind is kind and (not sections or one.section in sections) and (not one.words or said[one.words] == 1)
    ]
    return random.choice(able) if able else None


def _with(case: Case, entry: Entry) -> Case:
    return replace(case, entries=tuple(entry if one.id == entry.id else one for one in case.entries))


def _without(case: Case, gone: Iterable[str]) -> Case:
    ids = frozenset(gone)
    return replace(case, entries=tuple(one for one in case.entries if one.id not in ids))


def _added(entry: Entry, words: str) -> Entry:
    return replace(entry, text=from_words(f"{to_words(entry.text)} {words}".strip()))


def _wrong_name(case: Case, random: Random, today: date) -> Planted:
    """Leave another child's first name, or another surname behind this child's, as copying leaves them."""
    entry = _pick(case, random, EntryKind.NEED, Section.B)
    if entry is None:
        return None
    known = {part for person in case.people for part in person.name.split()} | set(case.child.full_name.split())
    other = random.choice([one for one in ("Callum", "Priya", "Freya", "Hamza") if one not in known])
    if random.random() < 0.4:
        other = f"{case.child.first_names.split()[0]} {'Oakenfold' if 'Oakenfold' not in known else 'Redfearn-Low'}"
    return _with(case, _added(entry, f"{other} needs this explained again on the next day.")), Fault(1, entry.id)


def _wrong_age(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.HISTORY)
    born = case.child.date_of_birth
    if entry is None or born is None:
        return None
    age = age_on(born, today) + 5
    return _with(case, _added(entry, f"{case.child.called} is {age} years old.")), Fault(6, entry.id)


def _placeholder(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.PROVISION, Section.F)
    if entry is None:
        return None
    fields = {**entry.fields, "how_often": random.choice(("[INSERT FREQUENCY]", "XXX times a week"))}
    return _with(case, replace(entry, fields=fields)), Fault(8, entry.id)


def _template_name(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.VIEW)
    if entry is None:
        return None
    return _with(case, _added(entry, "[Child's name] also told us ...")), Fault(8, entry.id)


def _repeated(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.NEED, Section.B)
    if entry is None:
        return None
    again = replace(entry, id=identity(random), order=entry.order + 0.5)
    entries = [each for one in case.entries for each in ((one, again) if one.id == entry.id else (one,))]
    provisions = [
        replace(one, links=replace(one.links, needs=(*one.links.needs, again.id)))
        if entry.id in one.links.needs
        else one
        for one in entries
    ]
    return replace(case, entries=tuple(provisions)), Fault(10, again.id)


def _impossible_date(case: Case, random: Random, today: date) -> Planted:
    served = case.happened(EventKind.DRAFT_SERVED)
    received = case.happened(EventKind.REQUEST_RECEIVED)
    if not served or not received or received[0].on is None:
        return None
    wrong = replace(served[0], on=received[0].on - days(20))
    return replace(case, events=tuple(wrong if one.id == wrong.id else one for one in case.events)), Fault(11)


def _nhs_digit(case: Case, random: Random, today: date) -> Planted:
    number = case.child.nhs_number
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    return replace(case, child=replace(case.child, nhs_number=wrong)), Fault(13)


def _upn_letter(case: Case, random: Random, today: date) -> Planted:
    number = case.child.upn
    if not number:
        return None
    wrong = ("B" if number[0] == "A" else "A") + number[1:]
    return replace(case, child=replace(case.child, upn=wrong)), Fault(13)


def _empty_section(case: Case, random: Random, today: date) -> Planted:
    section = random.choice((Section.D, Section.C, Section.J))
    gone = [one.id for one in case.entries if one.section is section]
    if not gone or any(one.kind is EntryKind.NEED for one in case.section(section)):
        return None
    return _without(case, gone), Fault(15)


def _placement_in_draft(case: Case, random: Random, today: date) -> Planted:
    if case.version is Version.FINAL or case.section(Section.I) or case.happened(EventKind.FINAL_SENT):
        return None
    setting = case.setting
    fields = {"name": setting.name, "urn": setting.urn, "type": setting.type}
    entry = Entry(identity(random), Section.I, EntryKind.PLACEMENT, fields=fields, order=1.0)
    return replace(case, entries=(*case.entries, entry)), Fault(16, entry.id)


def _school_in_f(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.PROVISION, Section.F)
    if entry is None or not case.setting.name:
        return None
    what = f"{entry.value('what')} at {case.setting.name}"
    return _with(case, replace(entry, fields={**entry.fields, "what": what})), Fault(PLACE_NAMED, entry.id)


def _missing_from_k(case: Case, random: Random, today: date) -> Planted:
    cited = {source.document for one in case.entries if one.section is not Section.K for source in one.sources}
    lines = case.section(Section.K)
    authors = Counter(paper.author for paper in case.documents)
    alone = {paper.id for paper in case.documents if paper.id in cited and authors[paper.author] == 1}
    listed = [one for one in lines if one.sources and one.sources[0].document in alone]
    return (_without(case, [random.choice(listed).id]), Fault(31)) if listed and len(lines) > 1 else None


def _need_unmet(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.NEED, Section.B)
    if entry is None or len(case.section(Section.F)) < 4:
        return None
    gone = [one.id for one in case.entries if one.kind is EntryKind.PROVISION and entry.id in one.links.needs]
    return _without(case, gone), Fault(36, entry.id)


def _provision_adrift(case: Case, random: Random, today: date) -> Planted:
    needed: dict[str, int] = {}
    for one in case.section(Section.F):
        for need in one.links.needs:
            needed[need] = needed.get(need, 0) + 1
    able = [
        one for one in case.section(Section.F) if one.links.needs and all(needed[each] > 1 for each in one.links.needs)
    ]
    if not able:
        return None
    entry = random.choice(able)
    return _with(case, replace(entry, links=replace(entry.links, needs=()))), Fault(37, entry.id)


def _no_aspiration(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.OUTCOME)
    if entry is None:
        return None
    return _with(case, replace(entry, links=Links(needs=entry.links.needs))), Fault(39, entry.id)


def _diagnosis_only(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.NEED, Section.B)
    if entry is None:
        return None
    diagnosis = random.choice(("autism", "ADHD", "dyslexia"))
    return _with(case, replace(entry, text=from_words(f"{case.child.called} has {diagnosis}."))), Fault(41, entry.id)


def _no_evidence(case: Case, random: Random, today: date) -> Planted:
    entry = _pick(case, random, EntryKind.NEED, Section.B)
    if entry is None:
        return None
    return _with(case, replace(entry, sources=())), Fault(44, entry.id)


def _advice_unused(case: Case, random: Random, today: date) -> Planted:
    """Let nothing cite one of the papers any longer, though section K lists it."""
    by_paper: dict[str, list[Entry]] = {}
    for one in case.entries:
        if one.section is not Section.K:
            for source in one.sources:
                by_paper.setdefault(source.document, []).append(one)
    telling = {one.id for one in case.documents if one.cell in ("psychology", "others", "education")}
    able = [paper for paper, entries in by_paper.items() if paper in telling and len(entries) <= 12]
    if not able:
        return None
    paper = random.choice(able)
    for entry in by_paper[paper]:
        judged = tuple(
            replace(source, document="", page=None, quote="", judgement=True, by=case.officer.name)
            if source.document == paper
            else source
            for source in entry.sources
        )
        case = _with(case, replace(entry, sources=judged))
    return case, Fault(30)


def _old_advice(case: Case, random: Random, today: date) -> Planted:
    agreed = {
        line.document
        for line in case.contributions
        for event in line.events
        if event.kind is ContributionEventKind.REUSE_AGREED
    }
    reports = [
        one for one in case.documents if one.dated and one.cell in ("psychology", "others") and one.id not in agreed
    ]
    if not reports:
        return None
    paper = random.choice(reports)
    old = replace(paper, dated=paper.dated - days(500) if paper.dated else None)
    return replace(case, documents=tuple(old if one.id == old.id else one for one in case.documents)), Fault(29)


def _without_notice(case: Case, random: Random, today: date) -> Planted:
    if case.version is not Version.FINAL or not case.happened(EventKind.FINAL_SENT):
        return None
    events = tuple(replace(one, note="") if one.kind is EventKind.FINAL_SENT else one for one in case.events)
    return replace(case, events=events), Fault(20)


KINDS: tuple[Plant, ...] = (
    _wrong_name, _wrong_age, _placeholder, _template_name, _repeated, _impossible_date, _nhs_digit, _upn_letter,
    _empty_section, _placement_in_draft, _school_in_f, _missing_from_k, _need_unmet, _provision_adrift, _no_aspiration,
    _diagnosis_only, _no_evidence, _advice_unused, _old_advice, _without_notice,
)  # fmt: skip
