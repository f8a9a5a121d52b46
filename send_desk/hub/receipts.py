"""The hub's word that it once took a revision from its author (sync.md, "Resync").

A desk is given a receipt for what others wrote, and for what its own user may not write at any time. After a hub was
restored from a backup the desk hands both back, and nobody can forge what a colleague wrote.
"""

import hmac
from dataclasses import dataclass, replace

from send_desk.wire.packed import Packed, digest_of

_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Receipts:
    """Makes and knows receipts by the key of that use."""

    key: bytes

    def add(self, packed: Packed) -> Packed:
        """Return a revision with its receipt."""
        return replace(packed, receipt=self._of(packed, digest_of(packed)))

    def vouches(self, packed: Packed, digest: bytes) -> bool:
        """Whether the receipt that came with a revision is the hub's own."""
        return bool(packed.receipt) and hmac.compare_digest(packed.receipt, self._of(packed, digest))

    def _of(self, packed: Packed, digest: bytes) -> bytes:
        # The id is told as well: the digest of a redacted revision is only what its sender says it was.
        return hmac.digest(self.key, packed.id.encode() + b"\0" + digest, "sha256")[:_LENGTH]
