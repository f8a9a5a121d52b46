"""The full cases of the made-up county: each a story with its family, advice and plan, and sometimes its faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from send_desk.domain.case import Case, Dismissal, Exemption, Officer, Override, OverrideRequest
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry
from send_desk.domain.ids import Area, Cell, ContributionEventKind, Ground, Role, Section, State, Version
from send_desk.domain.person import SHE, DirectoryEntry

from .advising import (
    WEEKS_6,
    Advice,
    Calling,
    choose_states,
    choose_states_while_assessing,
    choose_strands,
    kinds_for,
    take_advice,
)
from .chance import chance, days, identity, landline, workday
from .contacts import contacts_of
from .families import Family, Wish, fill, make_family
from .faults import PLACE_NAMED, Fault, plant
from .places import Establishment, authority_of, directory_of, email_of, settings_of
from .reviewing import with_reviews
from .stock import Stock, read_stock
from .stories import PLOT_OF, PLOTS, Plot, Story, Written, tell_story
from .writing import Plan, Said, choose_words, stage_end, write_end, write_nils, write_threads, write_views

CASEWORKER = "Rekha Wetherlamb"
"""The caseworker whose laptop the demonstration shows; most full cases are hers."""

MANAGER = "Graham Ridgewell"
COLLEAGUES = ("Joanne Hallowes", "Yusuf Lakhanpur", "Ines Fairbourne")
SHOWCASE_REFERENCE = "HD-2026-0147"
"""The case that `demo --headless` prints and the pictures show."""

FULL = 300
LARGE = 10
_PARTS = frozenset({Section.A, Section.B, Section.C, Section.D, Section.E, Section.F})
_LARGE_PLOTS = ("drafting", "draft_served", "final_sent", "amendment")
_BEFORE_ADVICE = frozenset({"just_in", "decision_due", "not_assess"})


@dataclass(frozen=True)
class Told:
    """A full case with what the teller knows of it: its plot, its planted faults, and whether it is well written.

    A sound case is a whole plan with every contribution answered and no fault planted.
    """

    case: Case
    plot: str
    faults: tuple[Fault, ...] = ()
    sound: bool = False


@dataclass(frozen=True)
class _County:
    """What all cases share."""

    seed: int
    today: date
    stock: Stock
    schools: tuple[Establishment, ...]
    directory: tuple[DirectoryEntry, ...]


def full_cases(seed: int, today: date, texts: Mapping[str, str], count: int = FULL) -> Iterator[Case]:
    """Yield so many full cases, the showcase first; equal for equal seed, day and texts.

    `texts` are the files of `resources/county` by their stem. Raises WrongUse where a file is missing or torn.
    """
    return (told.case for told in told_cases(seed, today, texts, count))


def told_cases(seed: int, today: date, texts: Mapping[str, str], count: int = FULL) -> Iterator[Told]:
    """Yield the full cases with what the teller knows of them, for tests of the checks and for counting."""
    stock = read_stock(texts)
    county = _County(seed, today, stock, settings_of(seed, stock), directory_of(seed, stock))
    plots = [plot for plot in PLOTS if plot.name != "showcase" for _ in range(plot.share)]
    chance(seed, "plots").shuffle(plots)
    large = 0
    for number in range(count):
        if number == 0:
            yield _showcase(county)
            continue
        plot = plots[(number - 1) % len(plots)]
        big = plot.name in _LARGE_PLOTS and large < LARGE
        large += big
        yield _tell(county, number, plot, big=big)


def _showcase(county: _County) -> Told:
    random = chance(county.seed, "showcase")
    wish = Wish((4, 4), name=("Ava Rose", "Thornley", "Avie"), pronouns=SHE, at_home=True)
    stock = county.stock
    family = make_family(stock, county.schools, random, county.today, wish=wish)
    plot = PLOT_OF["showcase"]
    story = tell_story(plot, stock, random, family, county.today, by=CASEWORKER)
    said = choose_words(stock, random, family, rich=4)
    strands = [one for one in choose_strands(stock, random, family, 7) if one.area not in (Area.HEALTH, Area.CARE)]
    kinds = kinds_for(stock, random, family, strands, extras=2)
    states = dict.fromkeys(kinds, State.CONTRIBUTES) | {"paed": State.OVERDUE, "social": State.OVERDUE}
    calling = _calling(county, family, story, said, random, CASEWORKER)
    advice = take_advice(stock, random, family, calling, county.directory, strands=strands, states=states)
    advice = replace(advice, contributions=tuple(_chased_twice(one, random, county) for one in advice.contributions))
    entries = _entries(county, random, family, story, advice, said, CASEWORKER, strengths=6)
    case = _case(county, random, family, story, advice, entries, owner=CASEWORKER, number=147)
    return Told(replace(case, reference=SHOWCASE_REFERENCE), plot.name)


def _chased_twice(line: Contribution, random: Random, county: _County) -> Contribution:
    """Social care was chased twice, a week apart; nobody has chased health yet."""
    events = tuple(one for one in line.events if one.kind is not ContributionEventKind.CHASED)
    if line.cell is Cell.SOCIAL_CARE:
        chase = ContributionEventKind.CHASED
        events += tuple(
            ContributionEvent(
                identity(random),
                chase,
                workday(county.today - days(ago)),
                by=CASEWORKER,
                note="By e-mail and telephone.",
            )
            for ago in (8, 1)
        )
    return replace(line, events=events)


def _tell(county: _County, number: int, plot: Plot, *, big: bool) -> Told:
    random, stock, today = chance(county.seed, "case", number), county.stock, county.today
    owner = CASEWORKER if random.random() < 0.7 else random.choice(COLLEAGUES)
    years = (4, 8) if big else plot.years
    wish = Wish(years, sensory=random.random() < 0.12, confidential=random.random() < 0.03)
    family = make_family(stock, county.schools, random, today, wish=wish)
    story = tell_story(plot, stock, random, family, today, by=owner)
    if big:
        story = replace(story, written=Written.WHOLE)
    answered = story.asked is not None and (today - story.asked).days > WEEKS_6
    sound = story.written is Written.WHOLE and answered and random.random() < 0.6
    said = choose_words(stock, random, family, rich=12 if big else random.randint(2, 4))
    advice = Advice()
    if story.asked is not None and plot.name not in _BEFORE_ADVICE:
        strands = choose_strands(stock, random, family, 27 if big else random.randint(4, 9))
        kinds = kinds_for(stock, random, family, strands, extras=4 if big else random.randint(0, 2))
        if plot.name in ("assessing", "reassessment") and story.written is not Written.WHOLE:
            states = choose_states_while_assessing(random, kinds, asked=story.asked, today=today)
        else:
            unhappy = 0 if sound else random.choice((0, 1, 1, 2))
            states = choose_states(random, kinds, asked=story.asked, today=today, unhappy=unhappy)
        calling = _calling(county, family, story, said, random, owner)
        advice = take_advice(stock, random, family, calling, county.directory, strands=strands, states=states)
    entries = _entries(
        county, random, family, story, advice, said, owner, strengths=12 if big else random.randint(3, 6)
    )
    case = _case(county, random, family, story, advice, entries, owner=owner, number=number)
    faults: tuple[Fault, ...] = ()
    if story.written is Written.WHOLE and not sound:
        case, faults = plant(case, random, today, random.randint(1, 3))
        case = replace(case, dismissals=tuple(_dismissals(stock, random, case, faults, owner)))
    reviewed = with_reviews(case, chance(county.seed, "reviews", number), today, sound=sound)
    return Told(reviewed, plot.name, faults, sound)


def _calling(county: _County, family: Family, story: Story, said: Said, random: Random, officer: str) -> Calling:
    asked = story.asked or county.today
    finished = story.drafted or county.today
    by, _ = stage_end(family, finished)
    return Calling(asked, county.today, finished, officer, by, said.child_words, said.family_words)


def _entries(
    county: _County,
    random: Random,
    family: Family,
    story: Story,
    advice: Advice,
    said: Said,
    officer: str,
    *,
    strengths: int,
) -> tuple[Entry, ...]:
    if story.written is Written.NOTHING:
        return ()
    drafted = story.drafted or county.today
    plan = Plan(county.stock, random, family, advice, officer, drafted)
    aspirations = write_views(plan, said)
    if story.written is Written.VIEWS:
        return tuple(plan.entries)
    write_threads(plan, aspirations, strengths=strengths)
    if story.written is Written.PARTLY:
        kept = [one for one in plan.entries if one.section in _PARTS]
        return tuple(one for one in kept if one.section is not Section.F or random.random() < 0.6)
    write_nils(plan)
    write_end(plan, family.setting if story.issued else None)
    return tuple(plan.entries)


def _case(
    county: _County,
    random: Random,
    family: Family,
    story: Story,
    advice: Advice,
    entries: tuple[Entry, ...],
    *,
    owner: str,
    number: int,
) -> Case:
    officer = Officer(owner, "EHC co-ordinator", landline(chance(county.seed, owner)), email_of(owner, "harrowdale"))
    requests, overrides = _override(county, random, story, advice, owner)
    return Case(
        id=identity(random),
        reference=f"HD-{story.received.year}-{1000 + number:04d}",
        child=family.child,
        stage=story.plot.stage,
        version=story.plot.version,
        authority=authority_of(county.stock),
        officer=officer,
        setting=family.setting,
        previous_settings=family.previous,
        owner=owner,
        people=family.people,
        events=story.events,
        contributions=advice.contributions,
        documents=advice.documents,
        entries=entries,
        contacts=contacts_of(
            county.stock, random, family, story.received, county.today, by=owner, drafted=story.drafted is not None
        ),
        exemptions=tuple(_exemptions(random, family, story, owner)),
        override_requests=requests,
        overrides=overrides,
    )


def _dismissals(stock: Stock, random: Random, case: Case, faults: tuple[Fault, ...], owner: str) -> Iterator[Dismissal]:
    """Half of the places named in section F are meant to stand for now."""
    for fault in faults:
        if fault.check == PLACE_NAMED and random.random() < 0.5:
            reason = stock.log["dismissals"]["place_named"]
            finding = f"{PLACE_NAMED}/{fault.entry}"
            on = case.events[-1].on
            yield Dismissal(identity(random), finding, reason, quote=case.setting.name, by=owner, on=on)


def _override(
    county: _County, random: Random, story: Story, advice: Advice, owner: str
) -> tuple[tuple[OverrideRequest, ...], tuple[Override, ...]]:
    """A manager's reason where a final went out although somebody had not answered."""
    silent = [one for one in advice.contributions if not one.document and one.letter != "a"]
    if not silent or story.issued is None or story.plot.version is not Version.FINAL:
        return (), ()
    reasons = county.stock.log["reasons"]
    request = OverrideRequest(identity(random), random.choice(reasons["request"]), owner, story.issued - days(2))
    reason = random.choice(reasons["override"])
    override = Override(identity(random), reason, MANAGER, Role.MANAGER, story.issued - days(1), request.id)
    return (request,), (override,)


def _exemptions(random: Random, family: Family, story: Story, owner: str) -> Iterator[Exemption]:
    if random.random() > 0.06:
        return
    started = story.received + days(random.randint(5, 20))
    yield Exemption(
        identity(random),
        rule=random.choice(("FINAL_PLAN", "DEC_ASSESS")),
        ground=random.choice((Ground.PERSONAL_CIRCUMSTANCES, Ground.ABSENCE)),
        from_=started,
        until=started + days(random.randint(29, 40)),
        evidence=fill("A letter from {parent_name}, kept with the papers.", family.voice),
        decided_by=owner,
        decided_on=started + days(3),
        letter_sent=started + days(4),
    )
