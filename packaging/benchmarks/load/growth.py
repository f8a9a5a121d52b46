"""How the cost of a pull grows with the log: 200 revisions behind 50 thousand, 500 thousand and 5 million others.

The log is filled by the database itself, past the functions, because a real one would take a year to grow.
"""

import asyncio
import random
from collections.abc import Iterator, Sequence
from statistics import median, quantiles

import httpx
import psycopg
from hub import AUTHORITY, PASSWORD, Hub
from laptop import Laptop

from send_desk.hub.office import Administration
from send_desk.wire.messages import Cursor

_CASES = 2_000
_MINE = 20
_BACK = 2_000
_ROUNDS = 40
_FILL = """
WITH numbers AS (SELECT n, 'growth-' || (n %% {cases}) AS case_id FROM generate_series(%(first)s::bigint, %(last)s) n),
rows AS (
  INSERT INTO send_desk.revision (authority, revision, record, kind, case_id, parents, author, device, made_at,
    schema_version, body, extra, redacted, digest, mark)
  SELECT %(authority)s, 'growth-' || n, case_id || '/entry-' || (n / {cases}) %% 60, 'entry', case_id, '{{}}', 'growth',
    'growth', '2026-03-03T09:00:00+00:00', 1,
    convert_to('{{"text":"' || repeat(md5(n::text) || ' ', 21) || '"}}', 'UTF8'), '', '', sha256(n::text::bytea), n
  FROM numbers
)
INSERT INTO send_desk.feed_item (authority, pos, item, case_id, account, event)
SELECT %(authority)s, %(at)s + n - %(first)s + 1, 'growth-' || n, case_id, NULL, false FROM numbers
"""
_FILES = "INSERT INTO send_desk.case_file (authority, case_id) SELECT %s, 'growth-' || n FROM generate_series(0, %s) n"
_MARKS = """
UPDATE send_desk.case_file c SET count = t.count, digest = t.digest
FROM (
  SELECT case_id, count(*) AS count, bit_xor(mark) AS digest FROM send_desk.revision
  WHERE authority = %s AND case_id LIKE 'growth-%%' GROUP BY case_id
) t
WHERE c.authority = %s AND c.case_id = t.case_id
"""


def growth(hub: Hub, sizes: Sequence[int]) -> Iterator[dict[str, object]]:
    """Yield a line for each size, in rising order."""
    if not sizes:
        return
    with psycopg.connect(hub.database, autocommit=True) as link:
        link.execute(_FILES, (AUTHORITY, _CASES - 1))
        with Administration(hub.database) as office:
            office.add_user("growth", "growth", "caseworker", hub.hashed())
            for number in range(_MINE):
                office.grant(f"growth-{number * (_CASES // _MINE)}", user="growth")
        done = 0
        for size in sizes:
            while done < size:
                step = min(100_000, size - done)
                _fill(link, done, step)
                done += step
            link.execute(_MARKS, (AUTHORITY, AUTHORITY))
            link.execute("VACUUM ANALYZE send_desk.revision, send_desk.feed_item")
            yield {"revisions": size, **asyncio.run(_pulls(hub, link))}


def _fill(link: "psycopg.Connection[tuple[object, ...]]", done: int, step: int) -> None:
    with link.transaction():
        row = link.execute("SELECT pos FROM send_desk.feed WHERE authority = %s FOR UPDATE", (AUTHORITY,)).fetchone()
        at = int(str(row[0])) if row else 0
        values = {"authority": AUTHORITY, "first": done, "last": done + step - 1, "at": at}
        link.execute(_FILL.format(cases=_CASES), values)
        link.execute("UPDATE send_desk.feed SET pos = pos + %s WHERE authority = %s", (step, AUTHORITY))


async def _pulls(hub: Hub, link: "psycopg.Connection[tuple[object, ...]]") -> dict[str, object]:
    row = link.execute("SELECT feed, pos FROM send_desk.feed WHERE authority = %s", (AUTHORITY,)).fetchone()
    feed, end = (str(row[0]), int(str(row[1]))) if row else ("", 0)
    start = end - _BACK * 10
    item = link.execute("SELECT item FROM send_desk.feed_item WHERE authority = %s AND pos = %s", (AUTHORITY, start))
    behind = Cursor(feed, start, str((item.fetchone() or ("",))[0]))
    async with httpx.AsyncClient(base_url=hub.url, timeout=120) as client:
        laptop = Laptop("growth", client, random.Random(1), AUTHORITY)
        await laptop.enrol(PASSWORD)
        got: list[int] = []
        for _ in range(_ROUNDS):
            laptop.cursor, laptop.got = behind, set()
            await laptop.pull()
            got.append(len(laptop.got))
        far = laptop.spent.pop("pull")
        for _ in range(_ROUNDS):
            await laptop.pull()
        near = laptop.spent.pop("pull")
    return {
        "pulled": got[-1],
        "pull_p50_ms": round(median(far), 1),
        "pull_p99_ms": round(quantiles(far, n=100)[98], 1),
        "empty_p50_ms": round(median(near), 1),
        "hub_mb": hub.memory(),
    }
