"""Word and Excel files are ZIP archives: what is in one, and whether it would burst when opened."""

import io
import zipfile

MOST_BYTES = 300 * 1024 * 1024
MOST_PARTS = 5_000


def parts_of(data: bytes) -> frozenset[str]:
    """Return the names in the archive, none where it is not one or would unpack to more than any paper needs.

    The sizes are those the archive gives; one that lies about them meets the memory limit of the child.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()
    if len(members) > MOST_PARTS or sum(member.file_size for member in members) > MOST_BYTES:
        return frozenset()
    return frozenset(member.filename for member in members)
