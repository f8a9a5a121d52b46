"""The wheel: built without a network, and whole by itself in an environment that knows no checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Installed:
    """An environment of its own, outside the checkout, in which the wheel is installed."""

    place: Path

    def run(self, command: str, *arguments: str) -> str:
        """What the command says on standard output; it must end well."""
        done = subprocess.run(
            [self.place / "bin" / command, *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.place,
            env={"PATH": os.defpath, "HOME": str(self.place / "home"), "QT_QPA_PLATFORM": "offscreen"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    done = subprocess.run(build, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = built.glob("send_desk-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=False, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(place), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", str(wheel)], check=True)
    # The libraries are lent by the environment of the tests. A folder named in a .pth is only searched: the .pth files
    # in it, and with them its way to the checkout, are not followed.
    paths = sysconfig.get_paths(vars={"base": str(place), "platbase": str(place)})
    Path(paths["purelib"], "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(place)


@pytest.mark.parametrize("folder", ["resources", "migrations"])
def test_the_wheel_carries_every_file_of(checkout: Path, wheel: Path, folder: str) -> None:
    expected = {
        file.relative_to(checkout / folder).as_posix()
        for file in (checkout / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc" and not file.name.startswith(".")
    }
    prefix = f"send_desk/_{folder}/"
    carried = {name.removeprefix(prefix) for name in zipfile.ZipFile(wheel).namelist() if name.startswith(prefix)}
    assert carried == expected


def test_the_installed_program_finds_its_own_files_and_no_checkout(checkout: Path, installed: Installed) -> None:
    program = (
        "import json, sys; from send_desk import paths;"
        "print(json.dumps([sys.path, str(paths.resources()), str(paths.migrations()), str(paths.default_home())]))"
    )
    searched, *places = json.loads(installed.run("python", "-P", "-c", program))
    assert str(checkout) not in searched
    for place in places:
        assert Path(place).is_relative_to(installed.place)


def test_the_installed_program_does_the_main_job(installed: Installed) -> None:
    answer = json.loads(installed.run("send-desk", "demo", "--headless"))
    assert answer["case"]
    assert Path(answer["pdf"]).read_bytes().startswith(b"%PDF-")
