"""The crowd: every laptop pushes and pulls once a simulated minute; afterwards nothing acknowledged is missing."""

import asyncio
import random
import uuid
from statistics import median, quantiles

import httpx
from hub import AUTHORITY, PASSWORD, Hub
from laptop import Laptop

from send_desk.hub.office import Administration

_CASES = 8
_SHARED = 4
_MOST_EDITS = 12


async def crowd(hub: Hub, *, laptops: int, minutes: int, pace: float) -> dict[str, object]:
    """Enrol the laptops, let the minutes pass, and count."""
    names = hub.users(laptops)
    limits = httpx.Limits(max_connections=laptops, max_keepalive_connections=laptops)
    async with httpx.AsyncClient(base_url=hub.url, limits=limits, timeout=60) as client:
        people = [Laptop(name, client, random.Random(number), AUTHORITY) for number, name in enumerate(names)]
        for start in range(0, laptops, 8):
            await asyncio.gather(*(one.enrol(PASSWORD) for one in people[start : start + 8]))
        for one in people:
            await one.open_cases([str(uuid.uuid4()) for _ in range(_CASES)])
        _share(hub, people)
        before = hub.memory()
        peak = asyncio.create_task(_peak(hub))
        await asyncio.gather(*(_day(one, minutes, 60 / pace, laptops, place) for place, one in enumerate(people)))
        peak.cancel()
        for one in people:
            await one.pull()
        lost = await _lost(people, client)
        return {
            "laptops": laptops,
            "minutes": minutes,
            "pace": pace,
            "calls": sum(len(each) for one in people for each in one.spent.values()),
            **{f"{call}_{name}": value for call in ("push", "pull") for name, value in _times(people, call).items()},
            "errors": sum(len(one.errors) for one in people),
            "first_errors": [error for one in people for error in one.errors][:3],
            "acknowledged": sum(len(one.acknowledged) for one in people),
            "received": sum(len(one.got) for one in people),
            "lost": lost,
            "hub_mb_before": before,
            "hub_mb_peak": max(hub.memory(), *_PEAKS, 0),
        }


_PEAKS: list[int] = [0]


async def _peak(hub: Hub) -> None:
    while True:
        _PEAKS.append(hub.memory())
        await asyncio.sleep(1)


async def _day(one: Laptop, minutes: int, minute: float, laptops: int, place: int) -> None:
    await asyncio.sleep(minute * place / laptops)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for number in range(minutes):
        await asyncio.sleep(max(0.0, began + number * minute - loop.time()))
        try:
            await one.push(one.rng.randint(1, _MOST_EDITS))
            await one.pull()
        except (httpx.HTTPError, RuntimeError) as fault:
            one.errors.append(type(fault).__name__)


def _share(hub: Hub, people: list[Laptop]) -> None:
    """Each laptop's neighbour is on some of its cases too, so that pulls bring what others wrote."""
    with Administration(hub.database) as office:
        for one, other in zip(people, people[1:] + people[:1], strict=True):
            for case in one.cases[:_SHARED]:
                office.grant(case, user=other.name)


async def _lost(people: list[Laptop], client: httpx.AsyncClient) -> int:
    """Read every laptop's cases anew from the beginning, as a new laptop would, and count what is not there."""
    missing = 0
    for one in people:
        anew = Laptop(one.name, client, one.rng, AUTHORITY)
        await anew.enrol(PASSWORD)
        await anew.pull()
        missing += len(one.acknowledged - anew.got)
    return missing


def _times(people: list[Laptop], call: str) -> dict[str, float]:
    spent = [each for one in people for each in one.spent.get(call, [])]
    return {
        "p50_ms": round(median(spent), 1),
        "p99_ms": round(quantiles(spent, n=100)[98], 1),
        "max_ms": round(max(spent), 1),
    }
