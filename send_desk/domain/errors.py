"""What can go wrong in the world, said gently; anything else that is raised is a fault of ours."""


class KnownError(Exception):
    """A condition of the world that the program foresaw; its text is shown to the person as it stands."""


class WrongUse(KnownError, ValueError):
    """The input cannot be used: an unknown id, a date that is none, a missing argument (exit code 2)."""


class Refused(KnownError):
    """The program will not do this, and says why: a rule, a conflict, a newer file (exit code 1)."""


class Cannot(KnownError):
    """The program is unable to do this now: wrong passphrase, locked, full disk, home in use (exit code 3)."""
