"""What the server or the connection says, as a refusal that a person can act on, without a password in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Error, errors

from nof.postgres.target import PushRefused, Target, scrub


@contextmanager
def in_words(target: Target) -> Iterator[None]:
    """Turn every error of the client library into a refusal.

    Raises:
        PushRefused: in place of the error.
    """
    try:
        yield
    except Error as error:
        raise PushRefused(_refusal(error, target)) from None


def said(error: Error, target: Target) -> str:
    """What the server said, in one line."""
    text = error.diag.message_primary or str(error).partition("\n")[0] or type(error).__name__
    if error.diag.message_detail:
        text += f" ({error.diag.message_detail})"
    return scrub(text, target.url).rstrip(".")


def _refusal(error: Error, target: Target) -> str:
    text = said(error, target)
    match error:
        case errors.InsufficientPrivilege():
            return (
                f"The server does not allow it: {text}. The user needs a schema of its own (create "
                f"schema {target.schema} authorization USER) or the right to make one (grant create "
                "on database), and the right to temporary tables (grant temporary on database)."
            )
        case errors.LockNotAvailable():
            return (
                f"Somebody held rows or a table of {target.schema} for too long: {text}. Push again "
                "at a quieter time."
            )
        case errors.ForeignKeyViolation():
            return (
                f"A key points at a row that is not in the release: {text}. Where it is the key of "
                "a table of yours: refer to releases by views, not by keys."
            )
        case errors.OperationalError():
            return (
                f"The connection did not last: {text}. The server holds the release that was there "
                "or, if it went just at the end, this one; each whole. Push again."
            )
        case _:
            return f"The server refused: {text}."
