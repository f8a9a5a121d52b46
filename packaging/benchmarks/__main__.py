"""The benchmarks by name: ours, the peer or limit measured in the same run, and the ratio."""

import importlib
import sys

from county import county

NAMES = ("fill", "start", "keystroke", "save", "table", "search", "draft", "memory", "sync")


def main(wanted: list[str]) -> int:
    """Run the named benchmarks, or all."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        sys.stderr.write(f"There is no benchmark {unknown[0]}. There are: {' '.join(NAMES)}\n")
        return 2
    with county() as made:
        for name in wanted or NAMES:
            importlib.import_module(name).run(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
