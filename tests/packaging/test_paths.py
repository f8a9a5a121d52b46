"""Where files lie in a checkout; test_wheel asks the same of an installed wheel."""

import sys
from pathlib import Path

import pytest

from send_desk import paths


def test_a_checkout_has_its_shipped_files_beside_the_package(checkout: Path) -> None:
    assert paths.resources() == checkout / "resources"
    assert paths.migrations() == checkout / "migrations"


@pytest.mark.skipif(
    sys.platform != "linux", reason="the place is the platform's own; only Linux names it by a variable"
)
def test_the_home_is_where_the_platform_keeps_a_users_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.default_home() == tmp_path / "send-desk"
    assert list(tmp_path.iterdir()) == []
