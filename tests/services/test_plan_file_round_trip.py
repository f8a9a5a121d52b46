"""Whatever a plan file says comes back: generated plans with unknown members everywhere, through file and log."""

import json
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from send_desk.domain.ids import (
    Area,
    Cell,
    ContributionEventKind,
    EntryKind,
    EventKind,
    Ground,
    PersonKind,
    Section,
    Stage,
    State,
    Version,
    Voice,
)
from send_desk.services.encoding import assemble, rows_of
from send_desk.services.plan_file import plan_words, read_plan, write_plan


class Ids:
    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self) -> str:
        return f"n{next(self._numbers)}"

    def record(self) -> str:
        return f"r{next(self._numbers)}"


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=4,
)
# Names that mean nothing to the plan file, some of them dangerous to keep beside a record's own.
STRANGE = st.sampled_from(
    [
        *("mood", "x", "extra", "file", "more", "written", "owner", "order", "stated", "from_", "$deleted"),
        *("child.upn", "links.needs", "of", "ünïcode", ""),
    ]
)
UNKNOWN = st.dictionaries(STRANGE, JSON, max_size=2)
DAYS = st.dates().map(str)
NUMBER_OR_WORDS = WORDS | st.integers(0, 10**6)


def mostly(strategy):
    return st.none() | strategy


def members(required=None, **optional):
    """An object of some of these members, each perhaps null, and of unknown ones."""
    known = st.fixed_dictionaries(required or {}, optional={name: mostly(each) for name, each in optional.items()})
    return st.tuples(UNKNOWN, known).map(lambda pair: {**pair[0], **pair[1]})


def one_of(kinds):
    return st.sampled_from([str(kind) for kind in kinds])


BLOCKS = st.lists(
    WORDS
    | members(
        {"kind": st.sampled_from(["paragraph", "bullet", "number"])},
    ).flatmap(
        lambda block: st.one_of(
            WORDS.map(lambda words: {**block, "runs": words}),
            st.lists(
                st.tuples(UNKNOWN, WORDS, st.sampled_from(["", "strong", "em"])).map(
                    lambda run: {**run[0], "text": run[1], "style": run[2]}
                ),
                max_size=2,
            ).map(lambda runs: {**block, "runs": runs}),
        )
    ),
    max_size=3,
)
PRONOUNS = members(subject=WORDS, object=WORDS, determiner=WORDS, possessive=WORDS, reflexive=WORDS)
SETTING = members(name=WORDS, urn=NUMBER_OR_WORDS, type=WORDS, since=DAYS, until=DAYS)
ENTRY = members(
    {"section": one_of(Section)},
    kind=one_of(EntryKind),
    area=one_of(Area),
    text=WORDS | BLOCKS | st.just("one\n\n\n two \r\n\r\nthree"),
    voice=one_of(Voice),
    fields=st.dictionaries(
        st.sampled_from(["what", "who", "group", "steps", "by_date", "colour", "a.b", ""]),
        st.none() | NUMBER_OR_WORDS | st.lists(WORDS, max_size=2),
        max_size=4,
    )
    | st.dictionaries(STRANGE, JSON, max_size=2),
    links=members(aspirations=st.lists(WORDS, max_size=2), needs=st.lists(WORDS), outcomes=st.lists(WORDS, max_size=1)),
    sources=st.lists(
        members(document=WORDS, page=st.integers(0, 99), quote=WORDS, judgement=st.booleans(), by=WORDS), max_size=2
    ),
    not_met_because=WORDS,
)
EVENT = members(
    {"kind": one_of(EventKind)}, on=DAYS, by=WORDS, note=WORDS, fields=st.dictionaries(WORDS, JSON, max_size=2)
)
LINE_EVENT = members(
    {"kind": one_of(ContributionEventKind)},
    on=DAYS,
    by=WORDS,
    note=WORDS,
    state=one_of(State),
    ground=one_of(Ground),
    agreed_by=st.lists(WORDS, max_size=2),
)
LINE = members(
    {"cell": one_of(Cell)},
    adviser=members(name=WORDS, role=WORDS, service=WORDS),
    document=WORDS,
    events=st.lists(LINE_EVENT, max_size=2),
)
STATED = members({"cell": one_of(Cell), "state": one_of(State)}, document=WORDS)
DOCUMENT = members(title=WORDS, cell=WORDS, dated=DAYS, name=WORDS, sha256=WORDS, pages=st.lists(WORDS, max_size=2))
PERSON = members(
    {"name": WORDS},
    relation=WORDS,
    kind=one_of(PersonKind),
    pronouns=PRONOUNS,
    barred=st.booleans(),
    telephone=NUMBER_OR_WORDS,
)
CHILD = members(
    {"first_names": WORDS, "surname": WORDS, "date_of_birth": DAYS},
    known_as=WORDS,
    pronouns=PRONOUNS,
    year_group=NUMBER_OR_WORDS,
    interpreter=st.booleans() | WORDS,
    looked_after=st.booleans(),
    sensory_impairment=st.booleans(),
)
CASE = members(
    {"reference": WORDS.filter(str.strip), "child": CHILD},
    authority=members(code=NUMBER_OR_WORDS, name=WORDS),
    officer=members(name=WORDS, phone=NUMBER_OR_WORDS),
    setting=SETTING,
    previous_settings=st.lists(SETTING, max_size=2),
    people=st.lists(PERSON, max_size=2),
    events=st.lists(EVENT, max_size=2),
    other=st.dictionaries(STRANGE | st.just("import.Absence"), JSON, max_size=2),
)
PLAN = members(
    {"schema": st.just("send-desk/plan-1"), "case": CASE},
    framework=WORDS,
    stage=one_of(Stage),
    version=one_of(Version),
    contributions=st.lists(LINE | STATED, max_size=2),
    documents=st.lists(DOCUMENT, max_size=2),
    entries=st.lists(ENTRY, max_size=3),
    exemptions=st.lists(members({"rule": WORDS, "ground": one_of(Ground)}, **{"from": DAYS}), max_size=1),
    dismissals=st.lists(members({"finding": WORDS, "reason": WORDS}), max_size=1),
    other=JSON,
)


def lost(before: object, after: object, path: str = "") -> list[str]:
    """The paths of what the first says and the second does not; null, empty and false say nothing."""
    if before is None or before is False or (isinstance(before, str | list | dict) and not before):
        return []
    match before, after:
        case dict(), dict() | None:
            found = after or {}
            return [each for name, value in before.items() for each in lost(value, found.get(name), f"{path}/{name}")]
        case list(), list() if len(before) == len(after):
            pairs = enumerate(zip(before, after, strict=True))
            return [each for n, (one, two) in pairs for each in lost(one, two, f"{path}/{n}")]
    return [] if before == after and type(before) is type(after) else [path]


@given(PLAN)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_a_plan_says_is_lost(document) -> None:
    case = read_plan(json.dumps(document), ids=Ids())
    out = write_plan(case)
    assert lost(document, out) == []
    # What has come back once reads as the same case again.
    assert read_plan(json.dumps(out), ids=Ids()) == case


@given(PLAN)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_is_lost_by_way_of_the_log(document) -> None:
    case = read_plan(json.dumps(document), ids=Ids())
    rows = [type(row)(row.kind, row.id, json.loads(json.dumps(row.fields))) for row in rows_of(case)]
    again = assemble(case.id, rows)
    out = json.loads(plan_words(again))
    for name in ("events",):  # the log keeps them by day
        out["case"][name].sort(key=lambda one: [event.id for event in case.events].index(one["id"]))
    for line in out["contributions"]:
        given_order = next([event.id for event in one.events] for one in case.contributions if one.id == line["id"])
        line["events"].sort(key=lambda one: given_order.index(one["id"]))
    assert lost(document, out) == []


def test_an_unknown_member_of_a_list_comes_back_whatever_it_holds() -> None:
    child = {"first_names": "Ava", "surname": "Thornley", "date_of_birth": "2016-07-04"}
    settings_ = [{"name": "Elm Nursery", "flag": value} for value in (False, None, "", [], {}, 0)]
    plan = {"schema": "send-desk/plan-1", "case": {"reference": "R", "child": child, "previous_settings": settings_}}
    written = json.loads(plan_words(read_plan(json.dumps(plan).encode(), ids=Ids())))
    assert [one["flag"] for one in written["case"]["previous_settings"]] == [False, None, "", [], {}, 0]
