"""The other children of the made-up county: keyed digests for a caseworker's laptop, summary rows for a manager's."""

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from send_desk.domain.ids import Cell, State
from send_desk.domain.summary import CaseStage, Summary

from .chance import chance, days, identity
from .families import academic_year
from .places import adult_name, settings_of
from .stock import Stock, read_stock
from .telling import CASEWORKER, COLLEAGUES

OTHERS = 10_000


@dataclass(frozen=True, slots=True)
class OtherChild:
    """Keyed digests of one child's name, 32 bytes each: no date, school or address, and no way back without the key."""

    first_name: bytes
    surname: bytes
    pair: bytes


def digest_of(name: str, key: bytes) -> bytes:
    """Return HMAC-SHA256 of a case-folded name under the authority's key."""
    return hmac.digest(key, name.casefold().encode(), "sha256")


def other_children(seed: int, key: bytes, texts: Mapping[str, str], count: int = OTHERS) -> Iterator[OtherChild]:
    """Yield the digests of so many other children; the pair is "first surname" with one space."""
    names = read_stock(texts).names
    random = chance(seed, "others")
    firsts = names.girls + names.boys + names.either
    for _ in range(count):
        first, surname = random.choice(firsts), random.choice(names.surnames)
        yield OtherChild(digest_of(first, key), digest_of(surname, key), digest_of(f"{first} {surname}", key))


def summary_rows(seed: int, today: date, texts: Mapping[str, str], count: int = OTHERS) -> Iterator[Summary]:
    """Yield a manager's rows of so many cases that are not held on this laptop, true for today only."""
    stock = read_stock(texts)
    random = chance(seed, "summaries")
    owners = (CASEWORKER, *COLLEAGUES, *(adult_name(stock.names, random) for _ in range(56)))
    schools = tuple(one.name for one in settings_of(seed, stock))
    stages = tuple(CaseStage)
    weights = tuple(_SHARES[stage] for stage in stages)
    for number in range(count):
        stage = random.choices(stages, weights)[0]
        yield _row(stock, random, today, number, stage, random.choice(owners), random.choice(schools))


_SHARES: Mapping[CaseStage, int] = {
    CaseStage.REQUEST: 40, CaseStage.ASSESSMENT: 60, CaseStage.DRAFTING: 50, CaseStage.DRAFT_OUT: 25,
    CaseStage.PLAN_IN_FORCE: 640, CaseStage.REVIEW: 80, CaseStage.AMENDMENT: 50, CaseStage.REASSESSMENT: 8,
    CaseStage.REFUSED: 20, CaseStage.NO_PLAN: 8, CaseStage.MOVED_OUT: 7, CaseStage.CEASED: 12,
}  # fmt: skip
_NEXT: Mapping[CaseStage, tuple[str, int]] = {
    CaseStage.REQUEST: ("DEC_ASSESS", 42),
    CaseStage.ASSESSMENT: ("DEC_NO_PLAN", 112),
    CaseStage.DRAFTING: ("FINAL_PLAN", 140),
    CaseStage.DRAFT_OUT: ("FINAL_PLAN", 140),
    CaseStage.PLAN_IN_FORCE: ("AR_NEXT", 365),
    CaseStage.REVIEW: ("AR_DECISION", 28),
    CaseStage.AMENDMENT: ("AMEND_FINAL", 56),
    CaseStage.REASSESSMENT: ("REASSESS_FINAL", 98),
}
_GONE: Mapping[CaseStage, tuple[int, int]] = {
    CaseStage.REQUEST: (0, 46),
    CaseStage.ASSESSMENT: (40, 118),
    CaseStage.DRAFTING: (80, 150),
    CaseStage.DRAFT_OUT: (105, 160),
    CaseStage.PLAN_IN_FORCE: (0, 390),
    CaseStage.REVIEW: (0, 34),
    CaseStage.AMENDMENT: (0, 64),
    CaseStage.REASSESSMENT: (0, 104),
}
_RUNNING = (CaseStage.REQUEST, CaseStage.ASSESSMENT, CaseStage.DRAFTING, CaseStage.DRAFT_OUT)
_WAITING = (State.REQUESTED, State.REQUESTED, State.ACKNOWLEDGED, State.OVERDUE, State.CONTRIBUTES, State.RECEIVED)
_MIXED = (
    *(State.CONTRIBUTES,) * 12, State.NO_RELEVANT_NEEDS, State.NO_RELEVANT_NEEDS, State.NOT_KNOWN, State.OVERDUE,
    State.ADMINISTRATIVE_ONLY, State.REUSED, State.DECLINED, State.LAWFUL_EXCEPTION,
)  # fmt: skip


def _row(stock: Stock, random: Random, today: date, number: int, stage: CaseStage, owner: str, school: str) -> Summary:
    names = stock.names
    first = random.choice(names.girls + names.boys + names.either)
    year = random.randint(-1, 15)
    rule, length = _NEXT.get(stage, ("", 0))
    gone = random.randint(*_GONE.get(stage, (30, 400)))
    began = today - days(gone)
    known_as = random.choice(names.either) if random.random() < 0.08 else ""
    written = stage not in (CaseStage.REQUEST, CaseStage.ASSESSMENT, CaseStage.REFUSED)
    return Summary(
        case=identity(random),
        reference=f"HD-{began.year}-{20_000 + number}",
        name=f"{first} {random.choice(names.surnames)}",
        known_as=known_as,
        born=date.fromordinal(date(academic_year(today) - 5 - year, 9, 1).toordinal() + random.randrange(364)),
        stage=stage,
        week=gone // 7 + 1 if stage in _RUNNING else None,
        strip=_strip(random, stage, year),
        next_rule=rule,
        next_due=began + days(length) if rule else None,
        blocks=random.choice((0, 0, 0, 1, 2, 5)) if written else 0,
        warnings=random.choice((0, 0, 1, 2, 4, 9)) if written else 0,
        notes=random.choice((0, 1, 3)) if written else 0,
        owner=owner,
        full=False,
        computed_for=today,
        setting=school,
    )


def _strip(random: Random, stage: CaseStage, year: int) -> Mapping[Cell, State]:
    if stage in (CaseStage.REQUEST, CaseStage.REFUSED):
        return dict.fromkeys(Cell, State.NOT_DUE)
    choice = _WAITING if stage is CaseStage.ASSESSMENT else _MIXED
    strip = {cell: random.choice(choice) for cell in Cell}
    strip[Cell.FAMILY] = State.CONTRIBUTES
    if year < 9:
        strip[Cell.ADULTHOOD] = State.NOT_DUE
    if random.random() < 0.5:
        strip[Cell.OTHERS] = State.NOT_DUE
    return strip
