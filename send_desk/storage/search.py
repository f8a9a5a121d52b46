"""Full-text search over names, entries, advice and the contact log: FTS5 with external content.

The index follows the log by `words_mark`, in its own time, so that a save never waits for it. What it does not hold
yet (words in work, and records written since by another process) is looked through word by word.
"""

from collections.abc import Iterator, Sequence

from sqlcipher3 import dbapi2

from send_desk.services.ports import Hit

from . import marking, wording
from .mapping import fields_of, value_of
from .marking import Beginnings
from .wording import Part

_BEHIND = "SELECT coalesce((SELECT max(seq) FROM revision), 0) > coalesce((SELECT max(seq) FROM words_mark), 0)"
_SINCE = "SELECT DISTINCT case_id, record FROM revision WHERE seq > coalesce((SELECT max(seq) FROM words_mark), 0)"
# Read row by row until enough records are found: FTS5 ranks all matches first, whatever LIMIT says, and its own
# snippet() would be worked out for rows that are then passed over.
_RANKED = "SELECT rowid FROM words_index WHERE words_index MATCH ? ORDER BY rank"
_PLACE = """
    SELECT words.case_id, case_key.reference, case_key.name, words.kind, words.record
    FROM words JOIN case_key USING (case_id) WHERE words.id = ?
"""
_WORDS = "SELECT title, body FROM words WHERE id = ?"
_PENDING_KEPT = """
    SELECT kept.case_id, case_key.reference, case_key.name, record.kind, kept.record, kept.text
    FROM kept JOIN case_key USING (case_id) JOIN record USING (case_id, record) WHERE NOT record.deleted
"""
_PENDING_RECORDS = f"""
    SELECT record.case_id, case_key.reference, case_key.name, record.kind, record.record, record.fields
    FROM ({_SINCE}) AS since JOIN record USING (case_id, record) JOIN case_key USING (case_id)
    WHERE NOT record.deleted
"""  # noqa: S608  a constant query
_KINDS = {"case": wording.NAME, "person": wording.NAME, "document": wording.ADVICE, "contact": wording.CONTACT}


def find(driver: dbapi2.Connection, words: str, *, limit: int) -> tuple[Hit, ...]:
    """Return the records where every word stands or begins a word.

    Children of that name come first, for they are what is mostly sought; then words in work, then the best.
    """
    asked = marking.askable(words)
    if not asked or limit < 1:
        return ()
    beginnings = marking.beginnings(asked)
    hits: dict[tuple[str, str], Hit] = {}
    for hit in (*_named(driver, asked, beginnings), *_not_indexed(driver, beginnings)):
        hits.setdefault((hit.case, hit.record), hit)
    query = " ".join('"' + word.replace('"', '""') + '"*' for word in asked)
    ranked = driver.execute(_RANKED, (query,))
    while len(hits) < limit and (found := ranked.fetchone()) is not None:
        place = driver.execute(_PLACE, found).fetchone()
        if place is None:  # a case that is gone is found no longer
            continue
        case, reference, name, kind, record = place
        if (case, record) not in hits:
            title, body = driver.execute(_WORDS, found).fetchone()
            snippet = marking.snippet(f"{title} {body}".strip(), beginnings)
            hits[case, record] = Hit(case, reference, name, kind, record, snippet)
    ranked.close()
    return tuple(hits.values())[:limit]


def _named(driver: dbapi2.Connection, asked: Sequence[str], beginnings: Beginnings) -> Iterator[Hit]:
    """Cases whose child's name or reference holds all the words; LIKE only thins them out, the marking decides."""
    like = " AND ".join(["name || ' ' || reference LIKE ? ESCAPE '!'"] * len(asked))
    patterns = [f"%{word.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%" for word in asked]
    sql = f"SELECT case_id, reference, name FROM case_key WHERE {like} ORDER BY name LIMIT 20"  # noqa: S608  a constant repeated
    for case, reference, name in driver.execute(sql, patterns).fetchall():
        words = f"{name} {reference}"
        if marking.stand_in(words, beginnings):
            yield Hit(case, reference, name, wording.NAME, case, marking.snippet(words, beginnings))


def is_behind(driver: dbapi2.Connection) -> bool:
    """Tell whether the log has grown since the index was brought up to it."""
    return bool(driver.execute(_BEHIND).fetchone()[0])


def catch_up(driver: dbapi2.Connection) -> None:
    """Index every record that was written since, inside the caller's transaction."""
    for place in driver.execute(_SINCE).fetchall():
        _index(driver, place)
    _put_mark(driver)


def renew(driver: dbapi2.Connection, place: tuple[str, str]) -> None:
    """Index one record anew, because something of it is there no longer; inside the caller's transaction."""
    _index(driver, place)


def forget_case(driver: dbapi2.Connection, case: str) -> None:
    """Take a case out of the index before its revisions are deleted; inside the caller's transaction."""
    # The numbers of deleted revisions at the end of the log are given out again, so nothing may be behind.
    catch_up(driver)
    for place in driver.execute("SELECT DISTINCT case_id, record FROM words WHERE case_id = ?", (case,)).fetchall():
        _forget(driver, place)
    driver.execute(
        "UPDATE words_mark SET seq = (SELECT coalesce(max(seq), 0) FROM revision WHERE case_id <> ?)", (case,)
    )


def _index(driver: dbapi2.Connection, place: tuple[str, str]) -> None:
    _forget(driver, place)
    row = driver.execute(
        "SELECT kind, fields FROM record WHERE case_id = ? AND record = ? AND NOT deleted", place
    ).fetchone()
    if row is not None:
        for part in wording.parts(row[0], fields_of(row[1])):
            _add(driver, place, part)


def _put_mark(driver: dbapi2.Connection) -> None:
    driver.execute(
        "INSERT INTO words_mark (id, seq) VALUES (1, (SELECT coalesce(max(seq), 0) FROM revision)) "
        "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq"
    )


def rebuild(driver: dbapi2.Connection) -> None:
    """Throw the index away and make it anew, inside the caller's transaction."""
    driver.execute("INSERT INTO words_index (words_index) VALUES ('delete-all')")
    driver.execute("DELETE FROM words")
    driver.execute("DELETE FROM words_mark")
    catch_up(driver)


def _forget(driver: dbapi2.Connection, place: tuple[str, str]) -> None:
    old = driver.execute("SELECT id, title, body FROM words WHERE case_id = ? AND record = ?", place).fetchall()
    if old:
        # External content: the index is told what stood there, word for word, or it keeps stale entries.
        driver.executemany("INSERT INTO words_index (words_index, rowid, title, body) VALUES ('delete', ?, ?, ?)", old)
        driver.execute("DELETE FROM words WHERE case_id = ? AND record = ?", place)


def _add(driver: dbapi2.Connection, place: tuple[str, str], part: Part) -> None:
    if not (part.title or part.body):
        return
    row = driver.execute(
        "INSERT INTO words (case_id, record, kind, title, body) VALUES (?, ?, ?, ?, ?)",
        (*place, part.kind, part.title, part.body),
    ).lastrowid
    driver.execute("INSERT INTO words_index (rowid, title, body) VALUES (?, ?, ?)", (row, part.title, part.body))


def _not_indexed(driver: dbapi2.Connection, asked: Beginnings) -> Iterator[Hit]:
    for case, reference, name, kind, record, text in driver.execute(_PENDING_KEPT).fetchall():
        words = wording.value_words(value_of(text))
        if marking.stand_in(words, asked):
            kept_as = _KINDS.get(kind, wording.ENTRY)
            yield Hit(case, reference, name, kept_as, record, marking.snippet(words, asked))
    if not is_behind(driver):
        return
    for case, reference, name, kind, record, fields in driver.execute(_PENDING_RECORDS).fetchall():
        for part in wording.parts(kind, fields_of(fields)):
            words = f"{part.title} {part.body}".strip()
            if marking.stand_in(words, asked):
                yield Hit(case, reference, name, part.kind, record, marking.snippet(words, asked))
