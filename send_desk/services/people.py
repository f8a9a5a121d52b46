"""Who wrote it: the names of the people whom this desk knows through the office, by the ids that revisions carry."""

from collections.abc import Mapping

from .desk import Desk

SOMEBODY = "somebody else"
"""How a person is called whom this desk does not know by name."""


def names(desk: Desk) -> Mapping[str, str]:
    """Return every known name by the id of an author; the desk's own user is among them."""
    known = {author: person.name for person in desk.store.sync.people() for author in (person.id, *person.authors)}
    return {**known, desk.user.id: desk.user.name}
