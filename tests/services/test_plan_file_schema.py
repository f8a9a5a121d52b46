"""The JSON Schema of the plan file tells the truth about what is read and what is written."""

import json
from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from jsonschema import Draft202012Validator

from send_desk import paths
from send_desk.domain.case import Case, CaseEvent, Dismissal, Document, Exemption
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import KINDS, Entry, Links, Source
from send_desk.domain.errors import KnownError
from send_desk.domain.ids import (
    Area,
    Cell,
    ContributionEventKind,
    EventKind,
    Ground,
    PersonKind,
    Section,
    Stage,
    State,
    Version,
    Voice,
)
from send_desk.domain.person import SHE, Adviser, Child, Person
from send_desk.domain.text import Block, BlockKind, Run, Style, from_words
from send_desk.services.encoding import assemble, rows_of
from send_desk.services.plan_file import plan_words, read_plan, write_plan

EXAMPLES = ("plan-1-new.json", "plan-1-amendment.json")


class Ids:
    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self) -> str:
        return f"n{next(self._numbers)}"

    def record(self) -> str:
        return f"r{next(self._numbers)}"


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    found = json.loads((paths.resources() / "schema" / "plan-1.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def example(name: str) -> bytes:
    return (paths.resources() / "schema" / name).read_bytes()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_fit_and_come_back_whole(name: str, schema: Draft202012Validator) -> None:
    document = json.loads(example(name))
    schema.validate(document)
    case = read_plan(example(name), ids=Ids())
    out = write_plan(case)
    schema.validate(out)
    assert read_plan(plan_words(case), ids=Ids()) == case
    assert [entry["id"] for entry in out["entries"]] == [entry["id"] for entry in document["entries"]]
    assert out["case"]["child"] == document["case"]["child"]
    assert out["documents"] == document["documents"]
    assert [line["state"] for line in out["contributions"]] == [line["state"] for line in document["contributions"]]
    # Nothing in an example is only kept because it was not understood.
    assert "file" not in json.dumps([row.fields for row in rows_of(case)])


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_quotation_of_an_example_stands_on_its_page(name: str) -> None:
    case = read_plan(example(name), ids=Ids())
    papers = {paper.id: paper for paper in case.documents}
    quoted = [source for entry in case.entries for source in entry.sources if source.quote]
    assert len(quoted) > 10
    assert all(source.quote in papers[source.document].pages[(source.page or 0) - 1] for source in quoted)


def test_every_member_has_a_description(schema: Draft202012Validator) -> None:
    bare = [f"{name}.{member}" for name, member, told in _members(schema.schema) if not told]
    assert bare == []


def _members(schema):
    for name, part in {"": schema, **schema["$defs"]}.items():
        for member, told in part.get("properties", {}).items():
            yield name, member, "description" in told or "$ref" in told


def varied() -> Case:
    """A case with something of everything, made on a desk and never in a file."""
    child = Child("Zoë", "Ní Bhriain", date(2010, 2, 28), pronouns=SHE, looked_after=True, sensory_impairment=True)
    rich = (
        Block(BlockKind.BULLET, (Run("one "), Run("strong", Style.STRONG))),
        Block(BlockKind.PARAGRAPH, (Run("two"),)),
    )
    entries = tuple(
        Entry(
            f"{section}-{kind}",
            section,
            kind,
            text=rich if section is Section.F else from_words("Words.\n\nMore."),
            area=list(Area)[number % 6],
            voice=[None, *Voice][number % 4],
            fields={"who": "a teacher", "steps": ("a", "b")},
            links=Links(needs=("B-need",)),
            sources=(Source("D1", 2, "quote"), Source(judgement=True, by="P. L.")),
            order=float(number % 3),
        )
        for number, (section, kind) in enumerate((section, kind) for section in Section for kind in KINDS[section])
    )
    lines = tuple(
        Contribution(
            f"C{number}",
            cell,
            Adviser("N. N.", "role", extra={"from": "elsewhere"}),
            stated=list(State)[number],
            events=(
                ContributionEvent(f"E{number}", ContributionEventKind.CONFIRMED, None, state=State.RECEIVED),
                ContributionEvent(
                    f"X{number}", ContributionEventKind.EXCEPTION, date(2026, 1, 2), ground=Ground.ABSENCE
                ),
            )[: number % 3],
        )
        for number, cell in enumerate(Cell)
    )
    return Case(
        "id-1",
        "R/1",
        child,
        stage=Stage.REASSESSMENT,
        version=Version.FINAL,
        headings=(Section.A, Section.F),
        people=tuple(Person(f"P{kind}", "A. N. Other", kind=kind, barred=True) for kind in PersonKind),
        events=tuple(CaseEvent(f"V{kind}", kind, date(2026, 5, 1), fields={"outcome": "x"}) for kind in EventKind),
        contributions=lines,
        documents=(
            Document("D1", "Advice", "health", dated=date(2026, 3, 4), size=12, pages=("one", "two")),
            Document("D2"),
        ),
        entries=entries,
        exemptions=(Exemption("M1", "FINAL_PLAN", Ground.OTHER, from_=date(2026, 1, 1)),),
        dismissals=(Dismissal("N1", "45/F/who", "said so", on=date(2026, 2, 1)),),
        extra={"import.Absence": "9%"},
    )


def test_exports_of_a_varied_case_fit(schema: Draft202012Validator) -> None:
    case = varied()
    schema.validate(json.loads(plan_words(case)))
    through_log = assemble(case.id, rows_of(case))
    schema.validate(json.loads(plan_words(through_log)))


def test_a_varied_case_is_read_again_as_it_was() -> None:
    case = varied()
    again = read_plan(plan_words(case), ids=Ids())
    assert write_plan(again) == write_plan(case)
    placed = sorted(case.entries, key=lambda entry: (list(Section).index(entry.section), entry.order))
    assert again.entries == tuple(replace(entry, order=float(n)) for n, entry in enumerate(placed, start=1))
    assert replace(again, entries=(), contributions=()) == replace(case, entries=(), contributions=())


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": "send-desk/plan-2"},
        {"case": None},
        {"case": {"reference": "x"}},
        {"case": {"reference": "x", "child": {"first_names": "A", "surname": "B"}}},
        {"entries": [{"kind": "need"}]},
        {"entries": [{"section": "L"}]},
        {"entries": [{"section": "F", "sources": [{"page": "3"}]}]},
        {"contributions": [{"cell": "school"}]},
        {"stage": "old"},
    ],
)
def test_the_schema_and_the_reader_refuse_the_same(wrong: dict[str, object], schema: Draft202012Validator) -> None:
    document = {**json.loads(example(EXAMPLES[0])), **wrong}
    assert not schema.is_valid(document)
    with pytest.raises(KnownError):
        read_plan(json.dumps(document), ids=Ids())
