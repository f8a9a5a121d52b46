"""The contact log of a made-up case: who rang, wrote or was visited, and which replies are owed."""

from datetime import date
from random import Random

from send_desk.domain.case import Contact

from .chance import days, identity, workday
from .families import Family, fill
from .stock import Stock

WAYS = {"calls": "telephone", "mails": "e-mail", "visits": "visit", "letters": "letter"}
_OF_A_DRAFT = ("draft", "panel", "section F", "fifteen days", "sections B and F", "with the decision", "psychology")


def contacts_of(
    stock: Stock, random: Random, family: Family, since: date, today: date, *, by: str, drafted: bool
) -> tuple[Contact, ...]:
    """Return the log since a day, oldest first; about one case in six has a reply that is owed around today."""
    span = max(1, min(240, (today - since).days))
    count = random.randint(2, 4) if span < 60 else random.randint(4, 8)
    ago = sorted((random.randint(0, span) for _ in range(count)), reverse=True)
    lines = [
        (way, words)
        for kind, way in WAYS.items()
        for words in stock.log["contact"][kind]
        if drafted or not any(late in words for late in _OF_A_DRAFT)
    ]
    log = [
        _contact(random, family, workday(today - days(each)), by, way, fill(words, family.voice))
        for each, (way, words) in zip(ago, random.sample(lines, len(ago)), strict=True)
    ]
    if random.random() < 0.17:
        rang = today - days(random.randint(3, 12))
        owed = today + days(random.choice((-6, -3, -1, 0, 0, 1, 3, 6)))
        words = fill("{parent_name} asked me to say in writing where things stand.", family.voice)
        who = family.people[0].name
        log.append(Contact(identity(random), workday(rang), "telephone", who, words, reply_owed_by=owed, by=by))
    return tuple(log)


def _contact(random: Random, family: Family, on: date, by: str, way: str, words: str) -> Contact:
    whom = family.people[0].name if family.voice["parent_name"] in words else family.setting.name
    at = f"{random.randint(8, 17):02d}:{random.choice((0, 10, 25, 40)):02d}"
    return Contact(identity(random), on, way, whom, words, at=at, by=by)
