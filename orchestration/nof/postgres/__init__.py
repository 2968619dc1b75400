"""The release on a database server: `nof push` puts it into PostgreSQL, where many readers meet it at once.

Readers see the release that was there or the one that comes, never a part of each: docs/decisions/0020 says
how, and docs/guides/postgresql.md what a reader has to do for it.
"""

from nof.postgres import message
from nof.postgres.push import PushRequest, PushResult, push
from nof.postgres.target import PushRefused

__all__ = ["PushRefused", "PushRequest", "PushResult", "message", "push"]
