"""The data key in the machine's own keyring: only where the authority's policy says so, never after an idle lock.

Off unless bootstrap asks. Only a keyring that the system itself protects is used (Windows Credential Locker, macOS
Keychain, Secret Service, KWallet); a file in the clear, such as `keyrings.alt` keeps, is refused.
"""

from base64 import b64decode, b64encode
from pathlib import Path

from send_desk.domain.errors import Cannot

from .keys import DataKey

_SERVICE = "send-desk"
_TRUSTED = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
)
_NONE = "This machine has no keyring that protects what it keeps. Nothing was stored. Unlock with the passphrase."


def remember(home: Path, key: DataKey) -> None:
    """Put the key of a home into the machine's keyring; `Cannot` where there is no safe one."""
    import keyring
    from keyring.errors import KeyringError

    if not is_safe():
        raise Cannot(_NONE)
    try:
        keyring.set_password(_SERVICE, _name(home), b64encode(key.raw).decode())
    except KeyringError:
        raise Cannot(_NONE) from None


def recall(home: Path) -> DataKey | None:
    """Return the key of a home from the keyring; None where it is not there or the keyring is not safe."""
    import keyring
    from keyring.errors import KeyringError

    if not is_safe():
        return None
    try:
        held = keyring.get_password(_SERVICE, _name(home))
    except KeyringError:
        return None
    return None if held is None else DataKey(b64decode(held))


def forget(home: Path) -> None:
    """Take the key of a home out of the keyring, at an idle lock or when the policy changes."""
    import keyring
    from keyring.errors import KeyringError

    if not is_safe():
        return
    try:
        keyring.delete_password(_SERVICE, _name(home))
    except KeyringError:
        # Nothing was kept under this name, or the keyring is locked: either way it opens nothing now.
        return


def is_safe() -> bool:
    """Tell whether the keyring in use is one that the system protects."""
    import keyring

    used = keyring.get_keyring()
    several = getattr(used, "backends", None)
    asked = list(several) if several is not None else [used]
    return bool(asked) and all(_is_trusted(one) for one in asked)


def _is_trusted(backend: object) -> bool:
    return type(backend).__module__ in _TRUSTED


def _name(home: Path) -> str:
    return str(home.resolve())
