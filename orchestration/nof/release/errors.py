"""What stops a release from being made or put in its place."""

from nof.errors import NofError


class ReleaseRefused(NofError):
    """A release is not whole, so it is not published (exit status 1); the one before stays as it is."""
