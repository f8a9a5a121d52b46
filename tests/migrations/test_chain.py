"""The chain of migrations: it makes the tables the program knows, leads both ways, and never harms what is there."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, Table

from send_desk import paths
from send_desk.domain.errors import Cannot, KnownError, Refused
from send_desk.storage import backups, home, migrate
from send_desk.storage.engine import Link
from send_desk.storage.home import OpenHome, open_home
from send_desk.storage.models import Base, Moment
from send_desk.storage.schema import HEAD

_NOW = datetime(2027, 3, 3, 9, 30, tzinfo=UTC)
_PASSPHRASE = "an old oak chest"
_CHAIN = paths.migrations() / "local"
_OLD = Path(__file__).parent / "homes" / "0001"

# Rebuilds the log and gives it a child table that points at it, with rows that a cascade would delete.
_NEXT = '''
"""A step that only this test knows."""
import sqlalchemy as sa
from alembic import op
revision = "9001"
down_revision = "HEAD"
branch_labels = depends_on = None

def upgrade():
    op.execute("CREATE TABLE seen (rev TEXT REFERENCES revision (id) ON DELETE CASCADE)")
    op.execute("INSERT INTO seen SELECT id FROM revision")
    with op.batch_alter_table("revision", recreate="always") as table:
        table.add_column(sa.Column("tomorrow", sa.String(), server_default="new"))
    FAULT

def downgrade():
    with op.batch_alter_table("revision", recreate="always") as table:
        table.drop_column("tomorrow")
    op.execute("DROP TABLE seen")
'''


@pytest.fixture
def link(tmp_path: Path) -> Any:
    """An empty encrypted file."""
    opened = Link(tmp_path / "desk.db", b"k" * 32)
    yield opened
    opened.close()


@pytest.fixture
def old_home(tmp_path: Path) -> Path:
    """A copy of the home kept from the first schema."""
    return Path(shutil.copytree(_OLD, tmp_path / "home"))


def _chain_with(tmp_path: Path, *, fault: str = "pass") -> Path:
    chain = Path(shutil.copytree(_CHAIN, tmp_path / "migrations" / "local"))
    (chain / "versions" / "9001_next.py").write_text(_NEXT.replace("HEAD", HEAD).replace("FAULT", fault))
    return chain


def _tomorrow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, fault: str = "pass") -> None:
    """Let the program be one release further on: a longer chain, whose head it knows."""
    _chain_with(tmp_path, fault=fault)
    monkeypatch.setattr(paths, "migrations", lambda: tmp_path / "migrations")
    for module in (migrate, home, backups):
        monkeypatch.setattr(module, "HEAD", "9001")


def _tables(link: Link) -> set[str]:
    rows = link.driver.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {row[0] for row in rows} - {"alembic_version"}


def test_the_program_stands_at_the_head_of_the_chain(link: Link) -> None:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_CHAIN))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_chain_makes_the_tables_that_the_program_knows(link: Link) -> None:
    migrate.upgrade(link)
    options = {"include_name": lambda name, kind, _: not (kind == "table" and name.startswith("words_index"))}
    context = MigrationContext.configure(link.sql, opts={**options, "compare_type": True, "render_as_batch": True})
    assert compare_metadata(context, Base.metadata) == []


def test_tables_without_row_numbers_are_those_the_program_means(link: Link) -> None:
    migrate.upgrade(link)
    made = {row[1] for row in link.driver.execute("PRAGMA table_list") if row[4] and not row[1].startswith("words_")}
    meant = {
        table.name for table in Base.metadata.sorted_tables if table.dialect_options["sqlite"]["with_rowid"] is False
    }
    assert made == meant


def test_the_chain_leads_both_ways(link: Link) -> None:
    migrate.upgrade(link)
    full = _tables(link)
    migrate.downgrade(link, to="base")
    assert _tables(link) == set()
    migrate.upgrade(link)
    assert _tables(link) == full


def test_our_own_column_types_are_written_as_plain_ones(link: Link) -> None:
    migrate.upgrade(link)
    wished = MetaData()
    for table in Base.metadata.sorted_tables:
        table.to_metadata(wished)
    Table("event", wished, Column("at", Moment, primary_key=True))
    # The module itself runs the chain; only its function is wanted here.
    source = (_CHAIN / "env.py").read_text(encoding="utf-8").split("context.configure(")[0]
    names: dict[str, Any] = {}
    exec(compile(source, "env.py", "exec"), names)  # noqa: S102  our own file, cut before it acts
    context = MigrationContext.configure(
        link.sql, opts={"include_name": names["include_name"], "render_item": names["render_item"]}
    )
    script = produce_migrations(context, wished)
    assert script.upgrade_ops is not None
    code = render_python_code(script.upgrade_ops, render_item=names["render_item"])
    assert "sa.Column('at', sa.String(), nullable=False)" in code
    assert "Moment" not in code


def test_an_older_home_is_copied_and_brought_up_to_date(
    old_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tomorrow(monkeypatch, tmp_path)
    opened = open_home(old_home, _PASSPHRASE, now=_NOW)
    with opened.store.reading() as driver:
        rows = driver.execute("SELECT count(*), count(tomorrow) FROM revision").fetchone()
        # With foreign keys on, rebuilding the parent would have deleted every one of these.
        assert driver.execute("SELECT count(*) FROM seen").fetchone() == (9,)
        assert driver.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert rows == (9, 9)
    assert opened.store.find("OLD/1") == ("old-case-1",)
    (copy,) = backups.kept(old_home)
    assert (copy.name, backups.read_manifest(copy).version) == (f"{copy.name[:17]}-before-9001.desk", "0001")
    opened.close()


def test_a_step_that_fails_leaves_the_home_as_it_was(
    old_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        _tomorrow(later, tmp_path, fault="raise RuntimeError('half way')")
        with pytest.raises(RuntimeError, match="half way"):
            open_home(old_home, _PASSPHRASE, now=_NOW)
    opened = open_home(old_home, _PASSPHRASE, now=_NOW)
    with opened.store.reading() as driver:
        names = {row[0] for row in driver.execute("SELECT name FROM sqlite_schema")}
        assert driver.execute("SELECT count(*) FROM revision").fetchone() == (9,)
    assert "seen" not in names
    assert not any(name.startswith("_alembic_tmp") for name in names)
    opened.close()


def test_a_step_that_breaks_a_link_between_tables_is_not_taken(
    old_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        _tomorrow(later, tmp_path, fault="op.execute(\"DELETE FROM revision WHERE id = 'r9'\")")
        with pytest.raises(Cannot, match="left as it was"):
            open_home(old_home, _PASSPHRASE, now=_NOW)
    opened = open_home(old_home, _PASSPHRASE, now=_NOW)
    assert len(opened.store.history("old-adviser")) == 1
    opened.close()


def test_a_home_of_a_newer_program_is_refused_and_left_alone(
    old_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        _tomorrow(later, tmp_path)
        open_home(old_home, _PASSPHRASE, now=_NOW).close()
    before = (old_home / "desk.db").read_bytes()
    with pytest.raises(Refused, match="newer SEND Desk"):
        open_home(old_home, _PASSPHRASE, now=_NOW)
    assert (old_home / "desk.db").read_bytes() == before


def test_reading_alone_does_not_change_an_older_home(
    old_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tomorrow(monkeypatch, tmp_path)
    with pytest.raises(Cannot, match="brought up to date"):
        open_home(old_home, _PASSPHRASE, now=_NOW, read_only=True)
    assert backups.kept(old_home) == ()


def test_a_backup_from_before_is_brought_up_to_date_when_it_comes_back(
    old_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_home(old_home, _PASSPHRASE, now=_NOW)
    copy = opened.backup(_NOW)
    opened.close()
    _tomorrow(monkeypatch, tmp_path)
    restored: OpenHome = home.restore_home(old_home, _PASSPHRASE, copy, now=_NOW)
    with restored.store.reading() as driver:
        assert driver.execute("SELECT count(tomorrow) FROM revision").fetchone() == (9,)
    restored.close()


def test_what_a_person_reads_when_the_chain_is_missing_is_not_a_driver_s_words(link: Link, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="Install the program again"):
        migrate.upgrade(link, chain=tmp_path / "nowhere")
