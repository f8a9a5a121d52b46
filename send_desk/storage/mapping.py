"""Values of the domain to rows of the tables and back, and nothing else.

JSON is written with msgspec. A half of a surrogate pair, which a paste can bring and no file can hold, becomes U+FFFD
rather than making a save fail.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec

from send_desk.domain.errors import Refused
from send_desk.domain.revision import Revision
from send_desk.domain.summary import CaseStage, Summary
from send_desk.services.ports import KeptText
from send_desk.wire.packed import Packed

from .schema import moment_text

_encoder = msgspec.json.Encoder()
_fields = msgspec.json.Decoder(dict[str, Any])
_ids = msgspec.json.Decoder(tuple[str, ...])
_anything = msgspec.json.Decoder()
_summary = msgspec.json.Decoder(Summary)

REVISION_COLUMNS = (
    "id, record, kind, case_id, authority, parents, fields, author, device, made_at, schema_version, extra, redacted"
)
PACKED_COLUMNS = f"{REVISION_COLUMNS}, receipt"
KEPT_COLUMNS = "case_id, record, field, text, base, at"


def to_json(value: object) -> bytes:
    """Encode a plain value; `Refused` where it is nested deeper than can be read again."""
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:
        return _encoder.encode(_whole(value))
    except RecursionError:
        raise Refused("The words are nested too deep to be kept. Nothing was changed.") from None


def text_of(value: str) -> str:
    """Return a string that can be written: without halves of surrogate pairs."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value


def fields_of(body: bytes) -> dict[str, Any]:
    """Decode the fields of a record or a revision; a redacted one has none."""
    return _fields.decode(body) if body else {}


def ids_of(body: bytes) -> tuple[str, ...]:
    """Decode a list of ids."""
    return _ids.decode(body)


def value_of(body: bytes) -> object:
    """Decode any JSON value."""
    return _anything.decode(body)


def revision_row(revision: Revision) -> tuple[object, ...]:
    """Return a revision as a row in the order of `REVISION_COLUMNS`."""
    return (
        revision.id,
        revision.record,
        str(revision.kind),
        revision.case,
        revision.authority,
        to_json(revision.parents),
        to_json(revision.fields),
        text_of(revision.author),
        text_of(revision.device),
        moment_text(revision.made_at),
        revision.schema,
        to_json(revision.extra) if revision.extra else None,
        bytes.fromhex(revision.redacted) or None,
    )


def revision_from(row: Sequence[Any]) -> Revision:
    """Return the revision of a row in the order of `REVISION_COLUMNS`."""
    return Revision(
        id=row[0],
        record=row[1],
        kind=row[2],
        case=row[3],
        authority=row[4],
        parents=ids_of(row[5]),
        fields=fields_of(row[6]),
        author=row[7],
        device=row[8],
        made_at=datetime.fromisoformat(row[9]),
        schema=row[10],
        extra=fields_of(row[11] or b""),
        redacted=(row[12] or b"").hex(),
    )


def packed_row(packed: Packed) -> tuple[object, ...]:
    """Return a revision that came as a row in the order of `PACKED_COLUMNS`: its bytes as they are."""
    return (
        packed.id,
        packed.record,
        packed.kind,
        packed.case,
        packed.authority,
        to_json(packed.parents),
        packed.body,
        packed.author,
        packed.device,
        packed.made_at,
        packed.schema,
        packed.extra or None,
        packed.redacted or None,
        packed.receipt or None,
    )


def packed_from(row: Sequence[Any]) -> Packed:
    """Return the revision of a row in the order of `PACKED_COLUMNS`, in the very bytes that stand there."""
    return Packed(
        id=row[0],
        record=row[1],
        kind=row[2],
        case=row[3],
        authority=row[4],
        parents=ids_of(row[5]),
        body=row[6],
        author=row[7],
        device=row[8],
        made_at=row[9],
        schema=row[10],
        extra=row[11] or b"",
        redacted=row[12] or b"",
        receipt=row[13] or b"",
    )


def kept_row(words: KeptText) -> tuple[object, ...]:
    """Return words in work as a row in the order of `KEPT_COLUMNS`."""
    return (words.case, words.record, words.field, to_json(words.text), to_json(words.base), moment_text(words.at))


def kept_from(row: Sequence[Any]) -> KeptText:
    """Return the words in work of a row in the order of `KEPT_COLUMNS`."""
    return KeptText(
        case=row[0],
        record=row[1],
        field=row[2],
        text=value_of(row[3]),
        base=ids_of(row[4]),
        at=datetime.fromisoformat(row[5]),
    )


def summary_from(case: str, reference: str | None, name: str | None, body: bytes | None) -> Summary | None:
    """Return the line of a case; where it cannot be read, a bare one for a case held here, else None."""
    if body is not None:
        with suppress(msgspec.ValidationError):
            return _summary.decode(body)
    if reference is None or name is None:
        return None
    return Summary(
        case=case,
        reference=reference,
        name=name,
        known_as="",
        born=None,
        stage=CaseStage.REQUEST,
        week=None,
        strip={},
        next_rule="",
        next_due=None,
        blocks=0,
        warnings=0,
        notes=0,
        owner="",
    )


def _whole(value: object) -> object:
    match value:
        case str():
            return text_of(value)
        case Mapping():
            return {text_of(str(name)): _whole(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_whole(inner) for inner in value]
        case _:
            return value
