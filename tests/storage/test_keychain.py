"""A keyring opens a home only where the system protects what it keeps; anything else is refused.

No keyring of a desktop runs in a test, so the safe one here is a stand-in that carries the name of a trusted module.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from send_desk.domain.errors import Cannot
from send_desk.storage import keychain
from send_desk.storage.home import OpenHome, open_home_with_key
from send_desk.storage.keys import DataKey

Use = Callable[[KeyringBackend], KeyringBackend]


class _InMemory(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        super().__init__()

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError


class _Protected(_InMemory):
    pass


_Protected.__module__ = "keyring.backends.SecretService"


class _Several(_InMemory):
    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Let keyring answer with a backend of the test."""

    def put(backend: KeyringBackend) -> KeyringBackend:
        monkeypatch.setattr(keyring.core, "_keyring_backend", backend)
        return backend

    return put


def test_a_protected_keyring_opens_the_home_until_it_is_told_to_forget(
    home: OpenHome, key: DataKey, use: Use, now: datetime
) -> None:
    use(_Protected())
    assert keychain.recall(home.path) is None
    home.remember_key()
    home.close()
    recalled = keychain.recall(home.path)
    assert recalled == key
    open_home_with_key(home.path, recalled, now=now).close()
    keychain.forget(home.path)
    keychain.forget(home.path)
    assert keychain.recall(home.path) is None


@pytest.mark.parametrize(
    "backend", [_InMemory(), _Several(), _Several(_Protected(), _InMemory()), keyring.backends.fail.Keyring()]
)
def test_a_keyring_that_may_keep_words_in_the_clear_is_not_used(
    home: OpenHome, use: Use, backend: KeyringBackend
) -> None:
    use(backend)
    with pytest.raises(Cannot, match="no keyring that protects"):
        home.remember_key()
    assert keychain.recall(home.path) is None
    keychain.forget(home.path)
    assert not getattr(backend, "held", {})


def test_a_locked_home_puts_no_key_anywhere(home: OpenHome, use: Use) -> None:
    backend = use(_Protected())
    home.close()
    with pytest.raises(Cannot, match="locked"):
        home.remember_key()
    assert isinstance(backend, _InMemory)
    assert backend.held == {}


def test_two_homes_have_names_of_their_own_in_the_keyring(
    home: OpenHome, key: DataKey, use: Use, tmp_path: Path
) -> None:
    use(_Protected())
    home.remember_key()
    assert keychain.recall(tmp_path / "another") is None
