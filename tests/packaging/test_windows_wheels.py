"""Users have Windows 11 and no compiler: every library must exist for it as a wheel."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.nightly  # asks the registry, and fetches 120 MB for each version of Python

WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "sys_platform": "win32",
}
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def _registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    fetch = [*PIP, "download", "--retries=0", "--timeout=20", "--no-cache-dir", "--no-deps", "--only-binary=:all:"]
    place = tmp_path_factory.mktemp("probe")
    done = subprocess.run([*fetch, "-d", place, "iniconfig"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"no registry answers on this machine: {done.stderr.strip().splitlines()[-1]}")


@pytest.mark.usefixtures("_registry")
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_every_library_exists_as_a_wheel(checkout: Path, tmp_path: Path, python: str) -> None:
    # pip would judge conditions such as sys_platform by this machine, so they are judged here, as Windows would.
    environment = WINDOWS | {"python_version": python, "python_full_version": f"{python}.0"}
    text = (checkout / "packaging/requirements/run.txt").read_text(encoding="utf-8")
    wanted = tmp_path / "windows.txt"
    with wanted.open("w", encoding="utf-8") as file:
        for entry in text.replace("\\\n", " ").splitlines():
            requirement = Requirement(entry.split("--hash=")[0].strip())
            if requirement.marker is None or requirement.marker.evaluate(environment):
                print(re.sub(r"\s;[^-]*(?=--hash)", " ", entry), file=file)
    assert "pywin32-ctypes" in wanted.read_text(encoding="utf-8")
    resolve = [*PIP, "install", "--dry-run", "--ignore-installed", "--no-deps", "--require-hashes"]
    for_windows = ["--only-binary=:all:", "--platform=win_amd64", f"--python-version={python}"]
    place = ["--target", str(tmp_path / "never"), "--requirement", str(wanted)]
    done = subprocess.run([*resolve, *for_windows, *place], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
