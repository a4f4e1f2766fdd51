"""Errors that people caused and can mend: the command line prints them as messages, without a traceback."""

from collections.abc import Iterable
from difflib import get_close_matches


class ElbowroomError(Exception):
    """Something that the user gave cannot be used; the text says what, where, what was expected and how to mend it."""


class SettingsError(ElbowroomError, ValueError):
    """A setting has an unknown name or a value that it cannot take."""


class PeopleError(ElbowroomError, ValueError):
    """A people file cannot be read as one organization."""


def nearest(name: str, known: Iterable[str]) -> str:
    """`` Did you mean ...?`` for a misspelt name, or nothing if none is near."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean {found[0]!r}?" if found else ""
