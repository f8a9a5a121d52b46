"""The sentences of a paper that are ours and not the writer's, out of a dated file under `resources/documents/`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Formatter

from send_desk.domain.errors import WrongUse


@dataclass(frozen=True)
class Wording:
    """Sentences by dotted key ("reply.known"), and lists of keys such as the order of page one."""

    id: str
    dated: date
    language: str
    sentences: Mapping[str, str]
    orders: Mapping[str, tuple[str, ...]]

    def say(self, key: str, **facts: str) -> str:
        """Return a sentence with its places filled; raise KeyError for a sentence or a place that is not there."""
        return _FORMATTER.vformat(self.sentences[key], (), facts)

    def has(self, key: str) -> bool:
        """Tell whether the file has this sentence, and words in it."""
        return bool(self.sentences.get(key))


_FORMATTER = Formatter()


def parse_wording(text: str) -> Wording:
    """Read a wording file's text; raise WrongUse with the place where it cannot be used."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise WrongUse(f"The wording of a paper cannot be read: {error}.") from error
    sentences: dict[str, str] = {}
    orders: dict[str, tuple[str, ...]] = {}
    for key, value in _flat(table):
        match value:
            case str():
                sentences[key] = value
            case list():
                orders[key] = tuple(map(str, value))
    match table.get("dated"):
        case date() as dated:
            return Wording(sentences.get("id", ""), dated, sentences.get("language", "en-GB"), sentences, orders)
    raise WrongUse("The wording of a paper has no date: the line dated = 2026-11-21, or the like, is missing.")


def read_wording(resources: Path, name: str = "draft") -> Wording:
    """Read the wording of one paper from the resources; raise OSError where the file is missing."""
    return parse_wording((resources / "documents" / f"{name}.toml").read_text(encoding="utf-8"))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        match value:
            case dict():
                yield from _flat(value, f"{prefix}{key}.")
            case _:
                yield f"{prefix}{key}", value
