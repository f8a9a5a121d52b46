"""Whatever a colleague's desk writes into a case, this one takes it in, shows the case and finds its words."""

import json
from dataclasses import fields
from typing import Any

import pytest

from send_desk.domain.case import Case, Document
from send_desk.domain.entry import Entry
from send_desk.domain.ids import RecordKind
from send_desk.services import reading
from send_desk.wire.packed import Packed

from .conftest import Sit

VALUES: tuple[Any, ...] = (
    5,
    True,
    "x",
    [],
    [1],
    [[]],
    [{}],
    {"a": {"b": []}},
    "\x00",
    10**30,
    "0001-01-01",
    "9999-12-31",
)
_NAMES = sorted({field.name for cls in (Case, Document, Entry) for field in fields(cls)} | {"child.born", "fields.who"})
_CASE = {"reference": "E1", "child.first_names": "Ava", "child.surname": "Thornley"}


def packed(case: str, record: str, kind: str, told: dict[str, Any]) -> Packed:
    return Packed(
        id=f"{case}-{record}",
        record=record,
        kind=kind,
        case=case,
        authority="999",
        parents=(),
        author="a",
        device="d",
        made_at="2026-03-03T09:00:00+00:00",
        schema=1,
        body=json.dumps(told).encode(),
    )


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_field_of_any_shape_holds_up_neither_the_case_nor_the_search(sit: Sit, value: object) -> None:
    desk = sit().desk
    odd = dict.fromkeys(_NAMES, value)
    for number, kind in enumerate(RecordKind):
        case = f"case-{number}"
        told = {**odd, **_CASE} if kind is RecordKind.CASE else odd
        made = [packed(case, case, "case", told if kind is RecordKind.CASE else _CASE)]
        made += [] if kind is RecordKind.CASE else [packed(case, f"{case}/1", kind, told)]
        desk.store.sync.receive(made, at=desk.clock.now())
        file = desk.store.case_file(case)
        assert file is not None
        assert file.case.reference == "E1"
        assert isinstance(desk.findings(file.case), tuple)
        reading.renew_lines(desk, (case,))
    assert len(desk.store.search("Thornley")) == len(RecordKind)
