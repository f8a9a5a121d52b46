"""Commands that look after the home: make, recover, back up, restore, rebuild, examine."""

from argparse import Namespace

from send_desk.domain.ids import Role

from .answer import Answer
from .world import World


def init(arguments: Namespace, world: World) -> Answer:
    """Make a home with a local user."""
    data = world.init(
        authority=arguments.authority,
        user=arguments.user,
        role=Role(arguments.role),
        recovery_key=arguments.recovery_key,
    )
    return Answer(data, [f"{name}: {value}" for name, value in data.items()])


def recover(arguments: Namespace, world: World) -> Answer:
    """Give the home a new passphrase by the authority's private recovery key."""
    world.recover(arguments.private_key)
    return Answer({"recovered": True}, ["The new passphrase opens the home. The old one no longer does."])


def passphrase(arguments: Namespace, world: World) -> Answer:
    """Change the passphrase."""
    world.change_passphrase()
    return Answer({"changed": True}, ["The new passphrase opens the home. The old one no longer does."])


def backup(arguments: Namespace, world: World) -> Answer:
    """Write an encrypted backup."""
    where = world.backup(arguments.to)
    return Answer({"backup": str(where)}, [f"The encrypted backup is {where}."])


def restore(arguments: Namespace, world: World) -> Answer:
    """Bring a backup back."""
    aside = world.restore(arguments.file)
    lines = ["The backup is back and was examined.", f"What it replaced is kept in {aside}."]
    return Answer({"restored": str(arguments.file), "aside": str(aside)}, lines)


def rebuild(arguments: Namespace, world: World) -> Answer:
    """Compute lists, search and current rows anew from the log."""
    count = world.rebuild()
    return Answer({"records": count}, [f"{count} records were computed anew from the log."])


def doctor(arguments: Namespace, world: World) -> Answer:
    """Say how the home and the machine are, without personal data."""
    data = world.doctor()
    return Answer(data, [f"{name}: {value}" for name, value in data.items()])
