"""The stock of prose is large, whole, and used; and chance does not hang on the run."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from send_desk import paths
from send_desk.domain.case import Case
from send_desk.domain.ids import EntryKind, Section
from send_desk.services.county.stock import Stock, read_stock

_RUN = """
import hashlib, sys
from datetime import date
from pathlib import Path
from send_desk.services import county
texts = {path.stem: path.read_text("utf-8") for path in sorted(Path(sys.argv[1]).glob("*.toml"))}
told = repr(tuple(county.full_cases(5, date(2026, 11, 23), texts, 40)))
print(hashlib.sha256(told.encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def stock(texts: Mapping[str, str]) -> Stock:
    return read_stock(texts)


def test_there_is_enough_to_tell(stock: Stock) -> None:
    assert len({strand.need for strand in stock.strands}) >= 60
    assert len({one.what for strand in stock.strands for one in strand.provisions}) >= 60
    assert len({strand.will for strand in stock.strands}) >= 50
    assert len({words for all_words in stock.strengths.values() for words in all_words}) >= 40
    assert len({words for one in stock.aspirations for words in one.words}) >= 40
    assert len({words for one in stock.family for words in one.words}) >= 40
    assert len(stock.skeletons) >= 25
    assert len({strand.id for strand in stock.strands}) == len(stock.strands)


def test_every_provision_has_all_its_fields(stock: Stock) -> None:
    for strand in stock.strands:
        assert strand.provisions
        for one in strand.provisions:
            told = (one.what, one.who, one.qualification, one.how_often, one.how_long, one.group, one.for_how_long)
            assert all(words.strip() for words in (*told, one.review)), strand.id


def test_numbers_in_a_need_stand_in_its_evidence(stock: Stock) -> None:
    for strand in stock.strands:
        assert set(re.findall(r"\d+", strand.need)) <= set(re.findall(r"\d+", strand.evidence)), strand.id


def test_a_strand_fits_its_advisers_and_those_it_cannot_stand_with(stock: Stock) -> None:
    ids = {strand.id for strand in stock.strands}
    framed = {kind for skeleton in stock.skeletons for kind in skeleton.kinds}
    assert framed == set(stock.kinds)
    for strand in stock.strands:
        assert set(strand.advisers) <= set(stock.kinds), strand.id
        assert strand.not_with <= ids - {strand.id}, strand.id
        assert strand.ages[0] < strand.ages[1]


def test_almost_every_strand_is_told_of_a_child(stock: Stock, cases: Sequence[Case]) -> None:
    told = Counter(entry.value("what") for case in cases for entry in case.entries if entry.kind is EntryKind.PROVISION)
    assert len(told) >= 80
    needs = [entry for case in cases for entry in case.section(Section.B) if entry.kind is EntryKind.NEED]
    assert len(needs) > 1_000


def test_the_county_is_the_same_in_another_process() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _RUN, str(paths.resources() / "county")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop().strip()) == 64
