"""The release room: what readers get, made whole in a private folder and put in its place at once.

`assemble` makes it, `seal_candidate` closes it, `promote` publishes it, `find_release` and `list_releases`
read what is there, and `recover` puts a home right after a run that was killed. The caller holds the home's
lock for all that writes.
"""

from nof.release.assemble import assemble, seal_candidate
from nof.release.candidate import Candidate
from nof.release.errors import ReleaseRefused
from nof.release.find import ReleaseInfo, find_release, list_releases
from nof.release.identity import InputEntry, code_hash, method_hash, release_id, seed_hashes
from nof.release.lineage import Lineage, find_lineage
from nof.release.promote import clean_build, promote, recover

__all__ = [
    "Candidate",
    "InputEntry",
    "Lineage",
    "ReleaseInfo",
    "ReleaseRefused",
    "assemble",
    "clean_build",
    "code_hash",
    "find_lineage",
    "find_release",
    "list_releases",
    "method_hash",
    "promote",
    "recover",
    "release_id",
    "seal_candidate",
    "seed_hashes",
]
