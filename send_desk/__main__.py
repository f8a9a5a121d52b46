"""The door: arguments in, an exit status out."""

import sys

from send_desk.bootstrap import start


def main() -> int:
    """Run SEND Desk with the arguments of this process and return its exit status."""
    match sys.argv[1:]:
        case ["--read-file", *task]:  # a frozen program starts itself as the child that opens files
            from send_desk.readers.worker import main as read

            return read(task)
        case arguments:
            return start(arguments)


def hub() -> int:
    """Run the authority's side with the arguments of this process and return its exit status."""
    from send_desk.bootstrap.central_side import start as start_hub

    return start_hub(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
