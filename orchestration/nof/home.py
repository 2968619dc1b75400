"""A home: one warehouse and all of it. Here is where its parts lie and how one run at a time is kept to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from nof.errors import HomeBusy, UsageRefused

LOCK_WAIT_SECONDS = 2.0
# Where a command works that names no other.
DEFAULT_HOME = Path("warehouse")


@dataclass(frozen=True)
class Home:
    """The folder of one warehouse; two homes never mix.

    Attributes:
        root: the folder itself; its parts come into being when something is first put into them.
    """

    root: Path

    @property
    def landed(self) -> Path:
        """Every file that a release was made from, once, in a folder named by its hash; append-only."""
        return self.root / "landed"

    @property
    def register(self) -> Path:
        """What is landed: one row per file, in the order of landing."""
        return self.landed / "register.csv"

    @property
    def refused(self) -> Path:
        """Refused files with their reasons."""
        return self.root / "refused"

    @property
    def build(self) -> Path:
        """Private to a running build; may be emptied when no run holds the lock."""
        return self.root / "build"

    @property
    def events(self) -> Path:
        """What happens to releases after they are sealed; append-only."""
        return self.root / "events"

    @property
    def releases(self) -> Path:
        """Releases, as <quarter_id>/<release_id>/."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """The link that resolves to the release in force."""
        return self.releases / "current"

    @property
    def current_text(self) -> Path:
        """The same as the link, as text, for systems without links."""
        return self.releases / "CURRENT"

    @property
    def release_list(self) -> Path:
        """Every release and its state as CSV, for whatever reads tables; made anew after every event."""
        return self.releases / "releases.csv"

    @property
    def lock_file(self) -> Path:
        """What a running run holds; the file stays behind when the run has ended, and means nothing then."""
        return self.root / ".lock"

    @contextmanager
    def lock(self, wait_seconds: float = LOCK_WAIT_SECONDS) -> Iterator[None]:
        """Hold the home for one writing run; readers of releases need no lock.

        Args:
            wait_seconds: how long to wait for a run that is about to end.

        Raises:
            UsageRefused: if the home is not a folder.
            HomeBusy: if another run holds the home.
        """
        with self._held(self.lock_file, "run", wait_seconds):
            yield

    @contextmanager
    def fetch_lock(self, wait_seconds: float = LOCK_WAIT_SECONDS) -> Iterator[None]:
        """Hold the inbox for one fetch; a run may work beside it.

        Raises:
            UsageRefused: if the home is not a folder.
            HomeBusy: if another fetch is at work.
        """
        with self._held(self.root / ".fetch.lock", "fetch", wait_seconds):
            yield

    @contextmanager
    def _held(self, lock_file: Path, what: str, wait_seconds: float) -> Iterator[None]:
        if self.root.exists() and not self.root.is_dir():
            raise UsageRefused(f"{self.root} is not a folder. Name a folder as the home (--home).")
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(lock_file, timeout=wait_seconds)
        try:
            lock.acquire()
        except Timeout:
            raise HomeBusy(
                f"Another {what} is working in this home: it holds {lock_file}. "
                f"Wait until it has ended and {what} again; the system frees the lock of a {what} that was "
                "killed."
            ) from None
        try:
            yield
        finally:
            lock.release()
