"""Connections to the central database in the name of one role, and its refusals in the hub's words."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Self, TypeAlias

import psycopg
from psycopg import sql
from psycopg.adapt import PyFormat
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from .central import Away, Denied

Link: TypeAlias = psycopg.Connection[dict[str, Any]]
_DENIED = "SD403"
_OPENING = 15.0


class Session:
    """A pool of connections, each of which acts as `role` whoever it signed in as.

    Every call is a transaction of its own; `statement_timeout` in seconds ends one that takes too long, and nobody
    waits longer than `patience` for a connection. Errors: `Denied` where a function refuses, `Away` where the database
    does not answer.
    """

    def __init__(
        self, url: str, *, role: str, connections: int, statement_timeout: float, patience: float = 5.0
    ) -> None:
        self._role = role
        self._timeout = int(statement_timeout * 1000)
        self._patience = patience
        self._pool: ConnectionPool[Link] = ConnectionPool(
            url,
            kwargs={"autocommit": True, "row_factory": dict_row, "connect_timeout": 10},
            min_size=1,
            max_size=connections,
            timeout=patience,
            # Else the pool waits longer from try to try, and a server that is back is not noticed for minutes.
            reconnect_timeout=patience,
            open=False,
            configure=self._configure,
            # A server that was restarted leaves dead connections behind; one small question finds them out.
            check=ConnectionPool.check_connection,
        )

    def open(self) -> Self:
        """Connect; `Away` where the database does not answer."""
        try:
            self._pool.open(wait=True, timeout=max(self._patience, _OPENING))
        except psycopg.OperationalError as fault:
            self._pool.close()
            raise Away from fault
        return self

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.close()

    def call(self, function: str, *values: object) -> list[dict[str, Any]]:
        """Call one function of the database and return its rows."""
        with self.link() as link:
            return self.ask(link, function, *values)

    @staticmethod
    def ask(link: Link, function: str, *values: object) -> list[dict[str, Any]]:
        """Call one function on a connection that is held already."""
        return link.execute(_query(function, values), values, binary=True).fetchall()

    @contextmanager
    def link(self) -> Iterator[Link]:
        """Lend a connection, and say what goes wrong with it in the hub's words."""
        with worded(), self._pool.connection() as link:
            yield link

    @contextmanager
    def moment(self) -> Iterator[Link]:
        """Lend a connection on which everything that is read is of one moment."""
        with self.link() as link, link.transaction():
            link.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield link

    @staticmethod
    def together(link: Link) -> AbstractContextManager[object]:
        """Return a transaction for several calls on a connection: all of them happen, or none."""
        return link.transaction()

    def _configure(self, link: Link) -> None:
        link.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(self._role)))
        link.execute(f"SET statement_timeout = {self._timeout}")
        link.execute(f"SET lock_timeout = {self._timeout}")
        # A laptop that stops reading in the middle of its first download must not hold a moment for ever.
        link.execute("SET idle_in_transaction_session_timeout = '60s'")
        link.execute("SET default_transaction_isolation = 'read committed'")


@contextmanager
def worded() -> Iterator[None]:
    """Turn what the database says into `Denied` and `Away`."""
    try:
        yield
    except psycopg.OperationalError as fault:
        raise Away from fault
    except psycopg.Error as fault:
        if fault.sqlstate == _DENIED and fault.diag.message_primary:
            raise Denied(fault.diag.message_primary) from fault
        raise


def _query(function: str, values: Sequence[object]) -> sql.Composed:
    places = sql.SQL(", ").join(sql.Placeholder(format=_format(value)) for value in values)
    return sql.SQL("SELECT * FROM {}({})").format(sql.Identifier(*function.split(".")), places)


def _format(value: object) -> PyFormat:
    # As text, bytes in a list would travel in hexadecimal, twice as long.
    match value:
        case [bytes(), *_]:
            return PyFormat.BINARY
        case _:
            return PyFormat.AUTO


def only(rows: Sequence[Mapping[str, Any]], column: str) -> Any:
    """Return the one value that a function answered; None where it answered no row."""
    return rows[0][column] if rows else None
