"""The release room: what readers get, made whole in a private folder and put in its place at once.

`assemble` makes it, `promote` publishes it, `find_release` and `list_releases` read what is there, and
`recover` puts a home right after a run that was killed. The caller holds the home's lock for all that writes.
"""

from nof.release.assemble import assemble
from nof.release.errors import ReleaseRefused
from nof.release.find import ReleaseInfo, find_release, list_releases
from nof.release.identity import InputEntry, code_hash, release_id, seed_hashes
from nof.release.promote import clean_build, promote, recover

__all__ = [
    "InputEntry",
    "ReleaseInfo",
    "ReleaseRefused",
    "assemble",
    "clean_build",
    "code_hash",
    "find_release",
    "list_releases",
    "promote",
    "recover",
    "release_id",
    "seed_hashes",
]
