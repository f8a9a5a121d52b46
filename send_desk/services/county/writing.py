"""The plan of a made-up case, section by section, each row linked to its report and to the rows it serves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from send_desk.domain.case import Setting
from send_desk.domain.dates import in_words
from send_desk.domain.entry import Entry, FieldValue, Links, Source
from send_desk.domain.ids import Area, Cell, EntryKind, Section, Voice
from send_desk.domain.text import from_words

from .advising import Advice
from .chance import days, identity, some
from .families import Family, academic_year, fill
from .reports import Report, filled
from .stock import Stock, Strand

STAGE_ENDS = ((0, "the end of Reception"), (2, "the end of Key Stage 1"), (6, "the end of Key Stage 2"),
              (9, "the end of Key Stage 3"), (11, "the end of Key Stage 4"), (13, "the end of Year 13"))  # fmt: skip
COMMISSIONER = "The designated clinical officer, for Harrowdale Integrated Care"
"""Who agrees for the commissioning body what section G promises (reg 12(2))."""

_UNLINKED = Links()


@dataclass(frozen=True, slots=True)
class Said:
    """What child and family said, chosen before the reports are written so that the reports can quote it."""

    matters: tuple[tuple[str, str], ...]
    aspirations: tuple[str, ...]
    family: tuple[tuple[str, str], ...]
    hopes: tuple[str, ...]
    history: tuple[str, ...]

    @property
    def child_words(self) -> tuple[str, ...]:
        """Everything the child said."""
        return (*(words for _, words in self.matters), *self.aspirations)

    @property
    def family_words(self) -> tuple[str, ...]:
        """Everything the family said."""
        return (*(words for _, words in self.family), *self.hopes, *self.history)


def choose_words(stock: Stock, random: Random, family: Family, *, rich: int) -> Said:
    """Choose what child and family say; `rich` is about how many things each."""
    voice, age = family.voice, family.age
    matters = [one for one in stock.matters if one.ages[0] <= age <= one.ages[1]]
    aspirations = [words for one in stock.aspirations if one.ages[0] <= age <= one.ages[1] for words in one.words]
    views = [one for one in stock.family if one.topic != "Our hopes"]
    hopes = next(one for one in stock.family if one.topic == "Our hopes")
    told = [(one.topic, words) for one in some(random, views, max(3, rich)) for words in some(random, one.words, 1)]
    if rich > len(views):
        told += [(one.topic, words) for one in views for words in some(random, one.words, 3)]
    return Said(
        matters=tuple((one.topic, fill(random.choice(one.words), voice)) for one in some(random, matters, 2 + rich)),
        aspirations=tuple(fill(words, voice) for words in some(random, aspirations, min(6, rich))),
        family=tuple(dict.fromkeys((fill(topic, voice), fill(words, voice)) for topic, words in told)),
        hopes=tuple(fill(words, voice) for words in some(random, hopes.words, 2 if rich < 6 else 4)),
        history=tuple(fill(words, voice) for words in some(random, stock.history, min(8, rich))),
    )


def stage_end(family: Family, today: date) -> tuple[str, date]:
    """Return when the outcomes of a plan written today are hoped for: the end of a stage at least nine months away."""
    begun = academic_year(today)
    for last, words in STAGE_ENDS:
        day = date(begun + 1 + last - family.year, 7, 31)
        if last >= family.year and (day - today).days >= 270:
            return words, day
    return "the end of the course", date(begun + 2, 7, 31)


@dataclass
class Plan:
    """A plan in the writing: its entries so far, and the day and hand that write it."""

    stock: Stock
    random: Random
    family: Family
    advice: Advice
    officer: str
    drafted: date
    entries: list[Entry] = field(default_factory=list)

    def add(
        self,
        section: Section,
        kind: EntryKind,
        words: str = "",
        *,
        area: Area | None = None,
        voice: Voice | None = None,
        fields: Mapping[str, FieldValue] | None = None,
        links: Links = _UNLINKED,
        sources: tuple[Source, ...] = (),
    ) -> str:
        """Add an entry behind the others of its section and return its id."""
        order = float(sum(1 for entry in self.entries if entry.section is section) + 1)
        id_ = identity(self.random)
        self.entries.append(
            Entry(id_, section, kind, from_words(words), area, voice, dict(fields or {}), links, sources, order)
        )
        return id_

    def judged(self) -> tuple[Source, ...]:
        """The writer's own judgement as a source."""
        return (Source(judgement=True, by=self.officer),)

    def quoted(self, kind: str, words: str) -> tuple[Source, ...]:
        """The place where a report quotes words, else the writer's judgement."""
        report = self.advice.reports.get(kind)
        return (report.source(words) if report else ()) or self.judged()


def write_views(plan: Plan, said: Said) -> tuple[str, ...]:
    """Write section A and return the ids of the child's aspirations."""
    family, random = plan.family, plan.random
    ways, voice = plan.stock.how_views, family.voice
    met = plan.drafted - days(random.randint(20, 60))
    plan.add(
        Section.A,
        EntryKind.HOW_VIEWS,
        voice=Voice.CHILD,
        fields={
            "how": fill(random.choice(ways["child_how"]), voice),
            "when": met.isoformat(),
            "by": f"{plan.officer}, EHC co-ordinator",
            "method": fill(random.choice(ways["child_method"]), voice),
            "interpreter": family.child.interpreter or "none needed",
            **({"capacity": fill(ways["capacity"], voice)} if family.young_person else {}),
        },
        sources=plan.judged(),
    )
    plan.add(
        Section.A,
        EntryKind.HOW_VIEWS,
        voice=Voice.FAMILY,
        fields={
            "how": fill(random.choice(ways["family_how"]), voice),
            "when": met.isoformat(),
            "by": f"{plan.officer}, EHC co-ordinator",
            "method": "speech",
            "interpreter": family.child.interpreter or "none needed",
        },
        sources=plan.judged(),
    )
    for topic, words in said.matters:
        sources = plan.quoted("school", words)
        plan.add(Section.A, EntryKind.VIEW, f"{topic}: {words}", voice=Voice.CHILD, sources=sources)
    for topic, words in said.family:
        sources = plan.quoted("parent", words)
        plan.add(Section.A, EntryKind.VIEW, f"{topic}: {words}", voice=Voice.FAMILY, sources=sources)
    for words in said.history:
        plan.add(Section.A, EntryKind.HISTORY, words, voice=Voice.FAMILY, sources=plan.quoted("parent", words))
    own = tuple(
        plan.add(Section.A, EntryKind.ASPIRATION, words, voice=Voice.CHILD, sources=plan.quoted("school", words))
        for words in said.aspirations
    )
    for words in said.hopes:
        plan.add(Section.A, EntryKind.ASPIRATION, words, voice=Voice.FAMILY, sources=plan.quoted("parent", words))
    return own


def write_threads(plan: Plan, aspirations: Sequence[str], *, strengths: int) -> None:
    """Write strengths, needs, outcomes and provision (B to H2) from the strands that the reports carry."""
    _strengths(plan, strengths)
    by, by_date = stage_end(plan.family, plan.drafted)
    threads = [(plan.advice.reports[kind], one) for kind, theirs in plan.advice.strands.items() for one in theirs]
    areas = list(Area)
    threads.sort(key=lambda pair: areas.index(pair[1].area))
    for number, (report, strand) in enumerate(threads):
        served = (aspirations[number % len(aspirations)],) if aspirations else ()
        _thread(plan, report, strand, served, by=by, by_date=by_date)
    monitoring = fill(plan.random.choice(plan.stock.monitoring["words"]), plan.family.voice)
    if plan.family.age < 5:
        monitoring = f"{monitoring} {fill(plan.stock.monitoring['young'], plan.family.voice)}"
    plan.add(Section.E, EntryKind.MONITORING, monitoring, sources=plan.judged())


def _strengths(plan: Plan, count: int) -> None:
    found = {
        key: place
        for report in plan.advice.reports.values()
        for key, place in report.places.items()
        if key.startswith("strength/")
    }
    area_of = {words: area for area, all_words in plan.stock.strengths.items() for words in all_words}
    for key in some(plan.random, list(found), count):
        place = found[key]
        area = area_of[key.removeprefix("strength/")]
        plan.add(Section.B, EntryKind.STRENGTH, place.quote, area=area, sources=(place,))


def _thread(plan: Plan, report: Report, strand: Strand, served: tuple[str, ...], *, by: str, by_date: date) -> None:
    voice = plan.family.voice
    section = {Area.HEALTH: Section.C, Area.CARE: Section.D}.get(strand.area, Section.B)
    need = plan.add(
        section,
        EntryKind.NEED,
        fill(strand.need, voice),
        area=strand.area,
        sources=report.source(f"{strand.id}/need"),
    )
    outcome = plan.add(
        Section.E,
        EntryKind.OUTCOME,
        area=strand.area,
        fields={
            "by": by,
            "by_date": by_date.isoformat(),
            "will": strand.will.format_map(voice),
            "so_that": strand.so_that.format_map(voice),
            "baseline": f"{voice['name']} {strand.baseline.format_map(voice)}.",
            "baseline_on": (report.document.dated or plan.drafted).isoformat(),
            "steps": tuple(fill(step, voice) for step in strand.steps),
        },
        links=Links(aspirations=served, needs=(need,)),
        sources=report.source(f"{strand.id}/outcome"),
    )
    for number, provided in enumerate(strand.provisions):
        one = filled(provided, plan.family)
        plan.add(
            provided.section,
            EntryKind.PROVISION,
            area=strand.area,
            fields={
                "what": one.what,
                "who": one.who,
                "qualification": one.qualification,
                "how_often": one.how_often,
                "how_long": one.how_long,
                "group": one.group,
                "for_how_long": one.for_how_long,
                "review": one.review,
                **({"agreed_by": COMMISSIONER} if provided.section is Section.G else {}),
            },
            links=Links(needs=(need,), outcomes=(outcome,)),
            sources=report.source(f"{strand.id}/provision/{number}"),
        )


def write_nils(plan: Plan) -> None:
    """Write the approved statements where an adviser found nothing, and where one of H1 and H2 meets every need."""
    _nil(plan, Section.C, Cell.HEALTH, "No health care needs relating to {name}'s special educational needs")
    _mirror(plan, Section.G, Section.C, Cell.HEALTH, "No health care provision is required")
    _nil(plan, Section.D, Cell.SOCIAL_CARE, "No social care needs relating to {name}'s special educational needs")
    _mirror(plan, Section.H1, Section.D, Cell.SOCIAL_CARE, "No provision under section 2 of the 1970 Act is required")
    _mirror(plan, Section.H2, Section.D, Cell.SOCIAL_CARE, "No other social care provision is required")


def _nil(plan: Plan, section: Section, cell: Cell, opening: str) -> None:
    found = plan.advice.nils.get(cell)
    if found is None or _has(plan, section):
        return
    line, report = found
    paper = report.document
    said = f"{opening} were identified in the advice of {paper.author}, {paper.role}, {_day(paper.dated)} (section K)."
    plan.add(
        section,
        EntryKind.NIL,
        fill(said, plan.family.voice),
        fields={"contribution": line.id, "on": paper.dated.isoformat() if paper.dated else ""},
        sources=report.source("nil"),
    )


def _mirror(plan: Plan, section: Section, needs: Section, cell: Cell, opening: str) -> None:
    if _has(plan, section) or not _has(plan, needs):
        return
    found = plan.advice.nils.get(cell)
    if found:
        line, paper, reason = found[0], found[1].document, f"no need is specified in section {needs}"
        sources = found[1].source("nil")
    else:
        report = next((one for one in plan.advice.reports.values() if one.document.cell == str(cell)), None)
        if report is None:
            return
        paper, reason, sources = report.document, f"the needs in section {needs} are met in the other sections", ()
        line = next(one for one in plan.advice.contributions if one.document == paper.id)
    plan.add(
        section,
        EntryKind.NIL,
        f"{opening}: {reason} (advice of {paper.author}, {paper.role}, {_day(paper.dated)}).",
        fields={"contribution": line.id, "on": paper.dated.isoformat() if paper.dated else ""},
        sources=sources or plan.judged(),
    )


def write_end(plan: Plan, setting: Setting | None) -> None:
    """Write placement (where a place may be named), personal budget, and the list of advice."""
    if setting:
        plan.add(
            Section.I,
            EntryKind.PLACEMENT,
            fields={"name": setting.name, "urn": setting.urn, "type": setting.type},
            sources=plan.judged(),
        )
    budget, voice = plan.stock.budget, plan.family.voice
    asked = plan.drafted - days(30)
    short_break = any("short break" in entry.value("what").lower() for entry in plan.entries)
    if short_break and plan.random.random() < 0.5:
        plan.add(Section.J, EntryKind.BUDGET, fill(budget["taken"], voice), sources=plan.judged())
    else:
        words = fill(budget["none"], {**voice, "day": in_words(asked)})
        plan.add(Section.J, EntryKind.NIL, words, fields={"on": asked.isoformat()}, sources=plan.judged())
    for paper in plan.advice.documents:
        words = f"{paper.title}: {paper.author}, {paper.role}, {_day(paper.dated)}"
        plan.add(Section.K, EntryKind.ADVICE, words, sources=(Source(document=paper.id),))


def _has(plan: Plan, section: Section) -> bool:
    return any(entry.section is section for entry in plan.entries)


def _day(day: date | None) -> str:
    return in_words(day) if day else "undated"
