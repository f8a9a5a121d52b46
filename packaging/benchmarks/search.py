"""Search as you type over the county against the bare FTS5 query."""

from county import County
from measure import say_ratio, turns

_TYPED = ("th", "thor", "read", "reading al", "speech and lang", "occupational th", "fine motor", "phone", "sleep")


def run(county: County) -> None:
    """Search each of the beginnings that a person types, 20 times."""
    opened, desk = county.open()
    try:
        with opened.store.reading() as driver:
            table = driver.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%fts5%' ORDER BY length(name)"
            ).fetchone()[0]

            def bare() -> None:
                for words in _TYPED:
                    match = " ".join(f'"{word}"*' for word in words.split())
                    sql = f"SELECT rowid, snippet({table}, -1, '', '', '', 16) FROM {table} WHERE {table} MATCH ? "
                    driver.execute(f"{sql} ORDER BY rank LIMIT 50", (match,)).fetchall()

            def ours() -> None:
                for words in _TYPED:
                    desk.store.search(words)

            mine, theirs = turns(ours, bare, rounds=20)
        say_ratio("search", mine, theirs, goal=2.0, queries=len(_TYPED))
    finally:
        opened.close()
