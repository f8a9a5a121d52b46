"""Why a revision or a call is refused: the code that travels, and what the person is told."""

from collections.abc import Mapping

NOT_MEMBER = "not-member"
WRONG_AUTHORITY = "wrong-authority"
WRONG_AUTHOR = "wrong-author"
WRONG_DEVICE = "wrong-device"
ROLE = "role"
FINAL_ALONE = "final-alone"
FINAL_STALE = "final-stale"
FINAL_TAKEN = "final-taken"
TOO_LARGE = "too-large"
UNREADABLE = "unreadable"
KNOWN_OTHERWISE = "known-otherwise"

WORDS: Mapping[str, str] = {
    NOT_MEMBER: "You are not on this case in the office. Ask your manager to put you on it, then try again.",
    WRONG_AUTHORITY: "This belongs to another authority.",
    WRONG_AUTHOR: "This was written under another person's name.",
    WRONG_DEVICE: "This says that it was written on another laptop.",
    ROLE: "Only a person with another role may record this.",
    FINAL_ALONE: "A plan is made final while connected, so that the office knows what it rests on.",
    FINAL_STALE: "The office copy of this plan has changed. Sync, look at the changes, then issue again.",
    FINAL_TAKEN: "This plan has been made final already.",
    TOO_LARGE: "This is larger than the office copy takes. Please shorten it where it stands.",
    UNREADABLE: "The office copy could not read this.",
    KNOWN_OTHERWISE: "The office copy has something else under the same id.",
}

SIGN_IN = "sign-in"
"""The token has ended, was not given or is none: renew it by the device's key."""
LAPSED = "lapsed"
"""The lease has ended: name and password are asked for once."""
BARRED = "barred"
"""The device may not read any more."""
LOCKED_OUT = "locked-out"
WRONG_PASSWORD = "wrong-password"  # noqa: S105  a code
NEWER = "newer"
"""The desk speaks a version that this hub does not know yet."""
BUSY = "busy"
BAD_CALL = "bad-call"
