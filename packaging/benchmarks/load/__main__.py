"""Many laptops at one hub: 300 push and pull once a minute of simulated time; then a pull in a log of up to 5 million.

    python packaging/benchmarks/load [--laptops 300] [--minutes 10] [--pace 6] [--sizes 50000,500000,5000000]

`--pace` is how many simulated minutes pass in one real one. JSON lines: the time of each call by p50 and p99, errors,
what was acknowledged and cannot be found again (lost), the hub's memory; then the milliseconds of one pull of 200
revisions behind 50 thousand, 500 thousand and 5 million others.
"""

import argparse
import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from crowd import crowd
from growth import growth
from hub import running_hub


def main() -> int:
    """Run both parts; 1 where an error or a loss was seen."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--laptops", type=int, default=300)
    wanted.add_argument("--minutes", type=int, default=10)
    wanted.add_argument("--pace", type=float, default=6)
    wanted.add_argument("--sizes", default="50000,500000,5000000")
    asked = wanted.parse_args()
    with running_hub() as hub:
        told = asyncio.run(crowd(hub, laptops=asked.laptops, minutes=asked.minutes, pace=asked.pace))
        _say({"load": "crowd", **told})
        for line in growth(hub, [int(size) for size in asked.sizes.split(",") if size]):
            _say({"load": "growth", **line})
    return 1 if told["errors"] or told["lost"] else 0


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
