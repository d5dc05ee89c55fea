"""The few ways in which the job stops. A fault in the data is a finding, never one of these."""

from __future__ import annotations


class UcjError(Exception):
    """Something that a person must see. `exit_code` is what `ucj` leaves with."""

    exit_code = 3


class WrongUse(UcjError):
    """The command or a setting was given what it cannot take."""

    exit_code = 2


class Held(UcjError):
    """Another run holds the lock."""


class NotPublished(UcjError):
    """The job ran but published nothing; the release before stays."""
