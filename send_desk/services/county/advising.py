"""The register of a made-up case: who was asked for advice, what came of it, and the reports that came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

from send_desk.domain.case import Document
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.ids import Area, Cell, ContributionEventKind, Ground, PersonKind, State
from send_desk.domain.person import Adviser, DirectoryEntry

from .chance import days, identity, workday
from .families import Family, fill
from .reports import Report, write_nil, write_notice, write_report
from .stock import AdviserKind, Stock, Strand

WEEKS_6 = 42
EVERYBODY = ("parent", "school", "paed", "ep", "social")
SENSORY = {"hearing": "tod", "vision": "tvi", "mobility_vision": "tvi"}
LEARNING = frozenset({Area.COMMUNICATION, Area.COGNITION, Area.SEMH, Area.SENSORY_PHYSICAL})

_NOT_OF_LEARNING = frozenset({"paed", "social"})
"""Whose advice of needs belongs in C and D, so that learning is left to others."""

_UNANSWERED = frozenset(
    {State.NOT_REQUESTED, State.REQUESTED, State.ACKNOWLEDGED, State.OVERDUE, State.LAWFUL_EXCEPTION}
)
_CONTENT = frozenset({State.CONTRIBUTES, State.REUSED})
_UNHAPPY = (
    State.OVERDUE, State.OVERDUE, State.NOT_KNOWN, State.ADMINISTRATIVE_ONLY, State.DECLINED, State.NOT_REQUESTED,
    State.RECEIVED, State.REQUESTED, State.ACKNOWLEDGED, State.LAWFUL_EXCEPTION,
)  # fmt: skip


@dataclass(frozen=True)
class Calling:
    """What is fixed before anybody is asked: the days, the officer, and the words that reports will quote."""

    asked: date
    today: date
    finished: date
    officer: str
    by: str
    child_words: tuple[str, ...] = ()
    family_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """What came of asking: the register, the papers, the reports by kind, and the strands each report carries."""

    contributions: tuple[Contribution, ...] = ()
    documents: tuple[Document, ...] = ()
    reports: Mapping[str, Report] = field(default_factory=dict)
    strands: Mapping[str, tuple[Strand, ...]] = field(default_factory=dict)
    nils: Mapping[Cell, tuple[Contribution, Report]] = field(default_factory=dict)


def choose_strands(stock: Stock, random: Random, family: Family, count: int) -> list[Strand]:
    """Choose so many threads of learning that fit the child, most in two areas, then of health, care and adulthood."""
    sense = random.choice(("hearing", "vision")) if family.child.sensory_impairment else ""
    pool = [
        one
        for one in stock.strands
        if one.area in LEARNING and not one.adulthood and one.fits(family.age) and _sense_of(one) in ("", sense)
    ]
    main = random.sample(sorted(LEARNING), 2)
    weight = {one.id: (3.0 if one.area in main else 1.0) * (50.0 if _sense_of(one) else 1.0) for one in pool}
    ranked = sorted(pool, key=lambda one: random.random() ** (1 / weight[one.id]), reverse=True)
    chosen: list[Strand] = []
    for one in ranked:
        if len(chosen) < count and not any(one.id in other.not_with or other.id in one.not_with for other in chosen):
            chosen.append(one)
    for area, many in ((Area.HEALTH, random.choice((0, 1, 1, 1, 2))), (Area.CARE, random.choice((0, 1, 1, 1, 2)))):
        fitting = [one for one in stock.strands if one.area is area and one.fits(family.age)]
        chosen += random.sample(fitting, min(many, len(fitting)))
    if family.year >= 9:
        chosen += [one for one in stock.strands if one.adulthood]
    return chosen


def choose_states(random: Random, kinds: Sequence[str], *, asked: date, today: date, unhappy: int) -> dict[str, State]:
    """Choose what each adviser's answer is: all answered but for so many who did not answer as they should."""
    states = {
        kind: State.REUSED if kind != "parent" and random.random() < 0.04 else State.CONTRIBUTES for kind in kinds
    }
    troubled = [kind for kind in kinds if kind not in ("parent", "ep")]
    weights = [3 if kind in ("paed", "social") else 1 for kind in troubled]
    for kind in dict.fromkeys(random.choices(troubled, weights, k=unhappy)):
        states[kind] = random.choice([one for one in _UNHAPPY if kind != "school" or one is not State.NOT_KNOWN])
    return {kind: _possible(state, asked, today) for kind, state in states.items()}


def choose_states_while_assessing(
    random: Random, kinds: Sequence[str], *, asked: date, today: date
) -> dict[str, State]:
    """Choose what each adviser's answer is while advice is out: early on mostly waiting, later mostly answered."""
    gone = (today - asked).days
    early = (State.REQUESTED, State.REQUESTED, State.ACKNOWLEDGED, State.NOT_REQUESTED)
    late = (State.CONTRIBUTES, State.CONTRIBUTES, State.CONTRIBUTES, State.RECEIVED, State.REQUESTED, *_UNHAPPY)
    states = {kind: random.choice(early if gone < 18 else late) for kind in kinds}
    if states.get("parent") not in (State.CONTRIBUTES, State.RECEIVED, State.REQUESTED):
        states["parent"] = State.CONTRIBUTES
    for known in ("school", "ep"):
        if states.get(known) is State.NOT_KNOWN:
            states[known] = State.RECEIVED
    return {kind: _possible(state, asked, today) for kind, state in states.items()}


def kinds_for(stock: Stock, random: Random, family: Family, strands: Sequence[Strand], *, extras: int) -> list[str]:
    """Return whom to ask: those whom reg 6(1) names, then so many therapists and teachers as the strands call for."""
    kinds = [*EVERYBODY, *(["pfa"] if family.year >= 9 else [])]
    sensory = [SENSORY[one.id] for one in strands if one.id in SENSORY]
    if family.child.sensory_impairment:
        kinds.append(sensory[0] if sensory else "tod")
    wanted = [one.advisers[0] for one in strands if one.advisers[0] not in kinds]
    ranked = sorted(set(wanted), key=lambda kind: (-wanted.count(kind), kind))
    return kinds + ranked[:extras]


def take_advice(
    stock: Stock,
    random: Random,
    family: Family,
    calling: Calling,
    directory: Sequence[DirectoryEntry],
    *,
    strands: Sequence[Strand],
    states: Mapping[str, State],
) -> Advice:
    """Ask everybody and let them answer as their state says; strands nobody could report are left out."""
    shared = _share_out(strands, states)
    lines: list[Contribution] = []
    papers: list[Document] = []
    reports: dict[str, Report] = {}
    nils: dict[Cell, tuple[Contribution, Report]] = {}
    for id_, state in states.items():
        kind = stock.kinds[id_]
        theirs = tuple(shared.get(id_, ()))
        if state in _CONTENT and not theirs and id_ != "parent":
            if id_ not in EVERYBODY:
                continue
            state = State.NO_RELEVANT_NEEDS
        adviser = _adviser(kind, family, directory, random)
        line = _line(random, kind, adviser, state, calling, family)
        answered = next((event.on for event in line.events if event.kind is ContributionEventKind.RECEIVED), None)
        dated = workday((answered or calling.finished) - days(random.randint(0, 3)))
        if state is State.REUSED:
            dated = workday(calling.asked - days(random.randint(90, 170)))
        report: Report | None = None
        if state in _CONTENT or state is State.RECEIVED:
            quoted = {"parent": calling.family_words, "school": calling.child_words}.get(id_, ())
            wanted = theirs or tuple(one for one in strands if id_ in one.advisers)[:3]
            report = write_report(
                stock, random, family, kind, adviser, dated=dated, by=calling.by, strands=wanted, quoted=quoted
            )
            if state in _CONTENT:
                reports[id_] = report
        elif state is State.NO_RELEVANT_NEEDS:
            report = write_nil(stock, random, family, kind, adviser, dated=dated)
        elif state is State.ADMINISTRATIVE_ONLY:
            report = write_notice(random, family, kind, adviser, dated=dated)
        if report:
            papers.append(report.document)
            line = replace(line, document=report.document.id)
            if state is State.NO_RELEVANT_NEEDS:
                nils[kind.cell] = (line, report)
        lines.append(line)
    carried = {id_: tuple(shared.get(id_, ())) for id_ in reports}
    return Advice(tuple(lines), tuple(papers), reports, carried, nils)


def _sense_of(strand: Strand) -> str:
    return {"hearing": "hearing", "vision": "vision", "mobility_vision": "vision"}.get(strand.id, "")


def _possible(state: State, asked: date, today: date) -> State:
    """Nobody is late or has answered in the first weeks."""
    gone = (today - asked).days
    if state is State.OVERDUE and gone < WEEKS_6 + 6:
        return State.ACKNOWLEDGED
    if state not in _UNANSWERED and state is not State.REUSED and gone < 18:
        return State.REQUESTED
    return state


def _share_out(strands: Sequence[Strand], states: Mapping[str, State]) -> dict[str, list[Strand]]:
    shared: dict[str, list[Strand]] = {}
    for strand in strands:
        beside = _NOT_OF_LEARNING if strand.area in LEARNING else frozenset()
        able = next((kind for kind in strand.advisers if states.get(kind) in _CONTENT and kind not in beside), None)
        if able:
            shared.setdefault(able, []).append(strand)
    for able in ("ep", "school"):
        if states.get(able) in _CONTENT and not shared.get(able):
            spare = next(
                (one for kind in shared for one in shared[kind] if able in one.advisers and kind != able), None
            )
            if spare:
                owner = next(kind for kind, theirs in shared.items() if spare in theirs)
                if len(shared[owner]) > 1:
                    shared[owner].remove(spare)
                    shared[able] = [spare]
    return shared


def _adviser(kind: AdviserKind, family: Family, directory: Sequence[DirectoryEntry], random: Random) -> Adviser:
    if kind.id == "parent":
        return Adviser(family.people[0].name, family.people[0].relation.capitalize(), "")
    if kind.id == "school":
        senco = next(one for one in family.people if one.kind is PersonKind.PROFESSIONAL)
        return Adviser(senco.name, "SENCO", family.setting.name)
    able = [one for one in directory if one.role == kind.role and one.service == kind.service]
    one = random.choice(able)
    return Adviser(one.name, one.role, one.service)


def _line(
    random: Random, kind: AdviserKind, adviser: Adviser, state: State, calling: Calling, family: Family
) -> Contribution:
    """Return a line of the register whose events tell the state on the day the story is told."""
    asked = calling.asked
    if state in (State.REQUESTED, State.ACKNOWLEDGED) and (calling.today - asked).days > WEEKS_6 - 3:
        asked = workday(calling.today - days(random.randint(6, 30)))
    body = min(workday(asked + days(random.randint(0, 2))), calling.today)
    by = calling.officer
    events: list[ContributionEvent] = []

    def tell(
        what: ContributionEventKind,
        on: date,
        *,
        who: str = by,
        note: str = "",
        state: State | None = None,
        ground: Ground | None = None,
        agreed_by: tuple[str, ...] = (),
    ) -> None:
        day = min(on, calling.today)
        events.append(
            ContributionEvent(
                identity(random), what, day, by=who, note=note, state=state, ground=ground, agreed_by=agreed_by
            )
        )

    if state is not State.NOT_REQUESTED and state is not State.REUSED:
        tell(ContributionEventKind.REQUESTED, asked)
        if kind.id != "parent":
            tell(ContributionEventKind.RECEIVED_BY_BODY, body)
    latest = max(asked + days(16), min(calling.finished, body + days(WEEKS_6 + 4)))
    answered = workday(asked + days(random.randint(16, max(16, (latest - asked).days))))
    match state:
        case State.ACKNOWLEDGED:
            tell(ContributionEventKind.ACKNOWLEDGED, body + days(4), who=adviser.name)
        case State.OVERDUE:
            late = body + days(WEEKS_6)
            for number in range(random.randint(0, 3)):
                tell(
                    ContributionEventKind.CHASED, workday(late + days(3 + 7 * number)), note="By e-mail and telephone."
                )
        case State.RECEIVED:
            tell(ContributionEventKind.RECEIVED, answered, who=adviser.name)
        case State.CONTRIBUTES | State.NO_RELEVANT_NEEDS | State.NOT_KNOWN | State.ADMINISTRATIVE_ONLY:
            tell(ContributionEventKind.RECEIVED, answered, who=adviser.name)
            tell(ContributionEventKind.CONFIRMED, answered + days(1), state=state, note=_note(state))
        case State.DECLINED:
            tell(
                ContributionEventKind.DECLINED,
                answered,
                who=adviser.name,
                note="The service says that it has no capacity.",
            )
        case State.LAWFUL_EXCEPTION:
            tell(
                ContributionEventKind.EXCEPTION,
                body + days(9),
                ground=Ground.MISSED_APPOINTMENT,
                note=fill("{name} was ill on the day of the appointment. A new one has been made.", family.voice),
            )
        case State.REUSED:
            tell(ContributionEventKind.REUSE_AGREED, asked, agreed_by=("adviser", "authority", "family"))
    return Contribution(identity(random), kind.cell, adviser, letter=kind.letter, events=tuple(events))


def _note(state: State) -> str:
    match state:
        case State.NOT_KNOWN:
            return "The service has no record of the child."
        case State.ADMINISTRATIVE_ONLY:
            return "A covering note without advice."
        case _:
            return ""
