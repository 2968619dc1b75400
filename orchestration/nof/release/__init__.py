"""The release room: what readers get, made whole in a private folder and put in its place at once.

`assemble` makes it, `seal_candidate` closes it, `promote` publishes it, `find_release` and `list_releases`
read what is there, and `recover` puts a home right after a run that was killed. What happens to it later
(`life`, `prune`) is an event of the home, and its state follows from the events (`states`). The caller holds
the home's lock for all that writes.
"""

from nof.release.again import refuse_withdrawn
from nof.release.assemble import assemble, seal_candidate
from nof.release.candidate import Candidate
from nof.release.errors import ReleaseRefused
from nof.release.find import ReleaseInfo, find_release, list_releases
from nof.release.governance import check_governance
from nof.release.identity import InputEntry, code_hash, method_hash, release_id, seed_hashes
from nof.release.lineage import Lineage, find_lineage
from nof.release.promote import promote
from nof.release.recover import clean_build, recover

__all__ = [
    "Candidate",
    "InputEntry",
    "Lineage",
    "ReleaseInfo",
    "ReleaseRefused",
    "assemble",
    "check_governance",
    "clean_build",
    "code_hash",
    "find_lineage",
    "find_release",
    "list_releases",
    "method_hash",
    "promote",
    "recover",
    "refuse_withdrawn",
    "release_id",
    "seal_candidate",
    "seed_hashes",
]
