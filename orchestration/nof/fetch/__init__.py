"""Files of a quarter, from where they are published into the inbox of a home; nothing is landed by it."""

from nof.fetch.fetch import Fetched, fetch

__all__ = ["Fetched", "fetch"]
