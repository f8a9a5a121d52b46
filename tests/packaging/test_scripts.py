"""The commands of the checkout: sound shell, can be started, and clear about what they cannot do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ["packaging/run", "packaging/test", "packaging/nightly", "packaging/renew-requirements", ".ci/run"]


@pytest.mark.parametrize("script", [*COMMANDS, "packaging/prepare.sh"])
def test_the_shell_can_read_it(checkout: Path, script: str) -> None:
    done = subprocess.run(["sh", "-n", checkout / script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("script", COMMANDS)
def test_it_can_be_started(checkout: Path, script: str) -> None:
    assert os.access(checkout / script, os.X_OK)


def test_what_is_sourced_cannot_be_started(checkout: Path) -> None:
    assert not os.access(checkout / "packaging/prepare.sh", os.X_OK)


def test_ci_runs_the_same_tests_as_a_person_and_passes_on_their_verdict(tmp_path: Path, checkout: Path) -> None:
    (tmp_path / ".ci").mkdir()
    (tmp_path / "packaging").mkdir()
    shutil.copy(checkout / ".ci/run", tmp_path / ".ci/run")
    tests = tmp_path / "packaging/test"
    tests.write_text("#!/bin/sh\necho tests ran with $# arguments\nexit 7\n")
    tests.chmod(0o755)
    done = subprocess.run([tmp_path / ".ci/run"], capture_output=True, text=True, check=False, cwd="/")
    assert (done.returncode, done.stdout) == (7, "tests ran with 0 arguments\n")


def test_an_unknown_long_form_is_answered_by_the_list(checkout: Path) -> None:
    done = subprocess.run([checkout / "packaging/nightly", "moon"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "kill" in done.stderr
    assert "wheels" in done.stderr


class TestPreparing:
    """prepare.sh on a copy of the checkout, with a search path that holds only what a test puts there."""

    TOOLS = (
        "cat",
        "chmod",
        "cksum",
        "dirname",
        "env",
        "flock",
        "head",
        "id",
        "mkdir",
        "mktemp",
        "readlink",
        "rm",
        "rmdir",
        "sed",
        "tail",
    )

    @pytest.fixture
    def copy(self, tmp_path: Path, checkout: Path) -> Path:
        copy = tmp_path / "copy of the desk"
        (copy / "packaging").mkdir(parents=True)
        for name in ("run", "prepare.sh"):
            shutil.copy(checkout / "packaging" / name, copy / "packaging")
        shutil.copytree(checkout / "packaging/requirements", copy / "packaging/requirements")
        return copy

    @pytest.fixture
    def machine(self, tmp_path: Path) -> Path:
        """A folder of commands: a machine without Python, apt-get and sudo."""
        commands = tmp_path / "bin"
        commands.mkdir()
        for tool in self.TOOLS:
            if found := shutil.which(tool):
                (commands / tool).symlink_to(found)
        return commands

    @staticmethod
    def start(copy: Path, machine: Path, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [copy / "packaging/run", "--help"],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={"PATH": str(machine), "HOME": str(copy)} | extra,
        )

    @staticmethod
    def put(machine: Path, name: str, script: str) -> None:
        # The folder holds links to the machine's own commands: a link is taken away, never written through.
        (machine / name).unlink(missing_ok=True)
        (machine / name).write_text(f"#!/bin/sh\n{script}\n")
        (machine / name).chmod(0o755)

    def test_a_machine_of_another_kind_is_told_what_it_lacks(self, copy: Path, machine: Path) -> None:
        done = self.start(copy, machine)
        assert (done.returncode, done.stdout) == (3, "")
        assert "python3 python3-venv" in done.stderr
        assert "the system's own package manager" in done.stderr
        assert not (copy / ".venv").exists()

    def test_an_ordinary_user_is_given_the_command_to_type(self, copy: Path, machine: Path) -> None:
        self.put(machine, "apt-get", "exit 99")
        self.put(machine, "id", "echo 1000")
        done = self.start(copy, machine)
        assert (done.returncode, done.stdout) == (3, "")
        assert "apt-get update && apt-get install -y --no-install-recommends python3 python3-venv" in done.stderr
        assert not (copy / ".venv").exists()

    def test_root_is_shown_why_an_installation_failed(self, copy: Path, machine: Path) -> None:
        self.put(machine, "dpkg", "exit 0")
        self.put(machine, "apt-get", "echo no route to the mirror\nexit 100")
        self.put(machine, "id", "echo 0")
        done = self.start(copy, machine)
        assert (done.returncode, done.stdout) == (3, "")
        assert "no route to the mirror" in done.stderr
        assert "apt-get install" in done.stderr

    def test_an_environment_is_made_whole_and_then_left_alone(self, copy: Path, machine: Path) -> None:
        """One long story, because making an environment takes seconds."""
        self.put(machine, "python3", f'exec "{sys.base_prefix}/bin/python3" "$@"')
        offline = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_CERT": "unused"}
        requirements = copy / "packaging/requirements/run.txt"
        wanted = requirements.read_text()
        (copy / "send_desk").mkdir()
        (copy / "send_desk/__init__.py").touch()
        (copy / "send_desk/__main__.py").write_text("import sys\nprint(sys.argv[1:])\n")
        environment = copy / ".venv"

        # What somebody else put there is left alone.
        environment.mkdir()
        (environment / "half").touch()
        done = self.start(copy, machine, **offline)
        assert (done.returncode, done.stdout) == (3, "")
        assert "was not made by this command" in done.stderr
        assert (environment / "half").exists()

        # What an interrupted start left there is no environment, and is cleared away. Nothing to fetch stands for
        # everything fetched.
        (environment / "unfinished").touch()
        requirements.write_text("")
        done = self.start(copy, machine, **offline)
        assert (done.returncode, done.stdout) == (0, "['--help']\n")
        assert not (environment / "half").exists()
        assert not (environment / "unfinished").exists()
        made = (environment / "prepared-run").stat().st_mtime_ns

        # A second start does nothing but start.
        done = self.start(copy, machine, **offline)
        assert (done.returncode, done.stdout, done.stderr) == (0, "['--help']\n", "")
        assert (environment / "prepared-run").stat().st_mtime_ns == made

        # Newer requirements that cannot be fetched are named, and the version before still starts.
        requirements.write_text(wanted)
        done = self.start(copy, machine, **offline)
        assert (done.returncode, done.stdout) == (3, "")
        assert "could not be fetched" in done.stderr
        assert "Traceback" not in done.stderr
        requirements.write_text("")
        done = self.start(copy, machine, **offline)
        assert (done.returncode, done.stdout, done.stderr) == (0, "['--help']\n", "")

        # An environment that was copied along with its checkout is made anew in its new place; without libraries it
        # is not taken for a whole one.
        moved = copy.rename(copy.parent / "moved")
        (moved / "packaging/requirements/run.txt").write_text(wanted)
        done = self.start(moved, machine, **offline)
        assert done.returncode == 3
        assert "making an environment" in done.stderr
        assert not list((moved / ".venv").glob("prepared-*"))
