"""The made-up county, told once for all its tests."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from send_desk.domain.case import Case
from send_desk.services import county

SEED = 2014
TODAY = date(2026, 11, 23)
RESOURCES = Path(__file__).parents[3] / "resources" / "county"


@pytest.fixture(scope="session")
def texts() -> Mapping[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in RESOURCES.glob("*.toml")}


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def told(texts: Mapping[str, str]) -> tuple[county.Told, ...]:
    return tuple(county.told_cases(SEED, TODAY, texts))


@pytest.fixture(scope="session")
def cases(told: tuple[county.Told, ...]) -> tuple[Case, ...]:
    return tuple(one.case for one in told)
