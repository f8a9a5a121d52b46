"""What stands in the project's files: nothing of the machine they were written on, and no unpinned library."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOTS = (".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "migrations", "packaging", "pyproject.toml")
FOLDERS = ("resources", "send_desk", "tests")
PICTURES_AND_FONTS = {".png", ".ico", ".ttf", ".otf", ".woff2", ".pdf", ".docx", ".xlsx", ".db", ".pyc"}

# Put together here so that this file does not name them either.
REGISTRIES = re.compile(r"pypi\." + r"org|python" + r"hosted|npmjs\." + r"|deb\.debian\." + r"|crates\." + "io")
MACHINE_PATHS = re.compile(r"(?<![\w./~-])/(?:work|root|home|opt|tmp|Users)/\w")


def shipped(checkout: Path) -> Iterator[Path]:
    for name in (*ROOTS, *FOLDERS):
        place = checkout / name
        files = place.rglob("*") if place.is_dir() else [place]
        yield from (f for f in files if f.is_file() and "__pycache__" not in f.parts)


@pytest.mark.parametrize("unwanted", [REGISTRIES, MACHINE_PATHS], ids=["registry", "machine path"])
def test_no_file_names_a_registry_or_a_machine(checkout: Path, unwanted: re.Pattern[str]) -> None:
    named = [
        f"{file.relative_to(checkout)}:{number}: {line.strip()[:100]}"
        for file in shipped(checkout)
        if file.suffix not in PICTURES_AND_FONTS
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if unwanted.search(line)
    ]
    assert named == []


def pinned(checkout: Path, name: str) -> dict[Requirement, list[str]]:
    """The requirements of one file, each with its hashes."""
    text = (checkout / "packaging/requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries: dict[Requirement, list[str]] = {}
    for entry in text.replace("\\\n", " ").splitlines():
        requirement, *hashes = entry.split("--hash=")
        entries[Requirement(requirement.strip())] = [each.strip() for each in hashes]
    return entries


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_library_is_pinned_and_carries_hashes(checkout: Path, name: str) -> None:
    entries = pinned(checkout, name)
    assert entries
    for requirement, hashes in entries.items():
        assert re.fullmatch(r"==[^*]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes), requirement


def test_the_program_runs_with_the_versions_that_were_tested(checkout: Path) -> None:
    tested = pinned(checkout, "dev")
    assert {str(each): hashes for each, hashes in pinned(checkout, "run").items()}.items() <= {
        str(each): hashes for each, hashes in tested.items()
    }.items()


@pytest.mark.parametrize(("name", "group"), [("run", None), ("dev", "dev")])
def test_the_pinned_versions_are_ones_that_the_project_allows(checkout: Path, name: str, group: str | None) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *(project["dependency-groups"][group] if group else [])]
    versions = {_plain(each.name): str(each.specifier)[2:] for each in pinned(checkout, name)}
    for each in map(Requirement, wanted):
        assert each.specifier.contains(versions[_plain(each.name)]), each


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
