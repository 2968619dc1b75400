"""What keeps a withdrawn release from coming back under another name, or under its own."""

from collections.abc import Sequence

from nof.errors import InputRefused, Problem
from nof.home import Home
from nof.release.identity import InputEntry, inputs_hash, method_hash, seed_hashes
from nof.release.states import ReleaseState, find_state, read_states


def refuse_withdrawn(
    home: Home,
    *,
    framework_id: str,
    quarter_id: str,
    release_id: str,
    inputs: Sequence[InputEntry],
    is_mended: bool,
) -> None:
    """Refuse a run that would make the figures of a withdrawn release again.

    That is the same release id and, because any edit of the package gives another id, also the same inputs
    scored by the same method. Where the latest release of such is a good one, nothing is refused.

    Args:
        home: the home.
        framework_id: the framework of the new release.
        quarter_id: its newest quarter.
        release_id: what it would be called.
        inputs: its files.
        is_mended: whether the person says that the fault lay outside inputs and method, and is mended.

    Raises:
        InputRefused: when, by which role and why it was withdrawn, and what to do.
    """
    states = read_states(home)
    itself = find_state(states, f"{quarter_id}/{release_id}")
    if itself is not None and itself.withdrawn is not None:
        raise _refusal(itself, inputs)
    if itself is not None and itself.is_good:
        return  # it is there: nothing is made
    made_of = {
        "inputs_sha256": inputs_hash([entry.as_text() for entry in inputs], seed_hashes()),
        "method_sha256": method_hash(),
    }
    alike = [
        state
        for state in states
        if (state.framework_id, state.quarter_id) == (framework_id, quarter_id)
        and all(state.released.details.get(name) == digest for name, digest in made_of.items())
    ]
    if alike and alike[-1].withdrawn is not None and not is_mended:
        raise _refusal(alike[-1], inputs, is_other_code=True)


def _refusal(
    state: ReleaseState, inputs: Sequence[InputEntry], *, is_other_code: bool = False
) -> InputRefused:
    event = state.withdrawn or state.event
    same = "This run would make it again from the same files by the same method."
    remedy = (
        "Land a corrected file (`nof run --landing FOLDER`), or change the method (seeds/framework, models)."
        if inputs
        else "Land files, or change the method (seeds/framework, models) or the bundled rows (seeds/sample)."
    )
    if is_other_code:
        same = "This run has the same files and the same method; only code around them differs."
        remedy += " If the fault lay in that code and is mended, say so: `nof run --mended`."
    return InputRefused(
        [
            Problem(
                file=f"Release {state.release}",
                message=f"withdrawn on {event.at[:10]} by {event.by_role}: {event.reason}\n{same}",
                remedy=remedy,
            )
        ]
    )
