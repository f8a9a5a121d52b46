"""The door: arguments in, an exit status out."""

import sys

from send_desk.bootstrap import start


def main() -> int:
    """Run SEND Desk with the arguments of this process and return its exit status."""
    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
