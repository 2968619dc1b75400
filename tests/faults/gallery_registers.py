"""Bad registers and ODS trust files."""

from gallery import Bad, landing_of

from harness_registers import entry, ods_row, ods_text, register_text

_PLAN = {"Register": "plan", "Subject": "OF0023", "Value": "62.5"}
_MEMBER = {"Register": "icb_membership", "Subject": "member", "Value": "ZX1"}
_SIGNED = {"Register": "winter_assurance", "Subject": "signed_by_chair", "Value": "2025-09-30"}
_SERVICE = {"Register": "service", "Subject": "community", "Value": "Runs it"}

# What is wrong, a sound entry, and what is spoiled in it.
_ENTRIES = (
    ("a register that there is none of", {}, {"Register": "capability"}),
    ("an entry of no register", {}, {"Register": ""}),
    ("the code of an organisation in small letters", {}, {"Organisation_code": "zz2"}),
    ("all organisations where one is meant", {}, {"Organisation_code": "ALL"}),
    ("a subject that the register does not have", {}, {"Subject": "leadership"}),
    ("a metric that there is none of", _PLAN, {"Subject": "OF9999"}),
    ("a score where a metric belongs", _PLAN, {"Subject": "OF1023"}),
    ("a service that there is none of", _SERVICE, {"Subject": "dentistry"}),
    ("a rating that there is none of", {}, {"Value": "Yellow"}),
    ("an entry without a value", {}, {"Value": ""}),
    ("a plan with a percent sign", _PLAN, {"Value": "62.5%"}),
    ("a shorthand where a number must be", _PLAN, {"Value": "*"}),
    ("the name of an ICB for its code", _MEMBER, {"Value": "NHS Invented ICB"}),
    ("all ICBs as the one that a trust is in", _MEMBER, {"Value": "ALL"}),
    ("a day as Britons write it", _SIGNED, {"Value": "30/09/2025"}),
    ("a day that there is none of", _SIGNED, {"Value": "2025-02-30"}),
    ("a first day that is missing", {}, {"From_date": ""}),
    ("a first day that Excel wrote", {}, {"From_date": "Oct-25"}),
    ("a first day as a spreadsheet counts it", {}, {"From_date": "45931"}),
    ("a last day before the first", {}, {"To_date": "2025-09-30"}),
    ("a status that is none", {}, {"Entry_status": "Deleted"}),
    ("an entry without a source", {}, {"Source": ""}),
    ("a formula for a source", {}, {"Source": "=WEBSERVICE(A1)"}),
    ("a formula for a reason", {}, {"Reason": "+cmd"}),
    ("a person for a role", {}, {"Decided_by_role": "Mrs Nobody"}),
    ("a date of birth in a reason", {}, {"Reason": "her date of birth is on file"}),
)

_REGISTERS = (
    ("a register that nobody filled in", register_text()),
    ("two entries that contradict each other", register_text(entry(), entry(Value="Red"))),
    ("an entry and its withdrawal together", register_text(entry(), entry(Entry_status="Withdrawn"))),
    (
        "a register without a column",
        register_text(entry(), header=[each for each in entry() if each != "Source"]),
    ),
    ("a register with a column of its own", register_text(entry() | {"Decided_by_name": "x"})),
    ("a register with a title above its header", "Ratings,,,,,,,,,\r\n" + register_text(entry())),
)

_ODS = (
    ("a day with hyphens in an ODS trust file", {"opened": "1999-04-01"}),
    ("a day that there is none of in an ODS trust file", {"closed": "20260231"}),
    ("the name of a region for its code", {"region": "London"}),
    ("the name of an ICB in an ODS trust file", {"icb": "NHS ICB"}),
    ("a trust without a name", {"name": ""}),
    ("a formula for the name of a trust", {"name": "=1+1"}),
)


def _register(sound: dict[str, str], spoiled: dict[str, str]) -> bytes:
    rows = [entry(**sound), entry(**sound | {"Organisation_code": "ZZ2"}) | spoiled]
    return register_text(*rows).encode()


def _ods(*rows: list[str], name: str = "ods-trusts-2026-07.csv") -> dict[str, bytes]:
    return {name: ods_text(*rows).encode()}


REGISTERS = {
    "Registers": [
        *(Bad(wrong, landing_of({"register.csv": _register(*both)})) for wrong, *both in _ENTRIES),
        *(Bad(wrong, landing_of({"register.csv": text.encode()})) for wrong, text in _REGISTERS),
    ],
    "ODS trust files": [
        *(Bad(wrong, landing_of(_ods(ods_row("ZZ1"), ods_row("ZZ2", **made)))) for wrong, made in _ODS),
        Bad("a code that is none in an ODS trust file", landing_of(_ods(ods_row("ZZ1"), ods_row("ZZ-2")))),
        Bad("a row of another width", landing_of(_ods(ods_row("ZZ1"), ods_row("ZZ2")[:-1], ods_row("ZZ3")))),
        Bad(
            "a trust twice that differs",
            landing_of(_ods(ods_row("ZZ1"), ods_row("ZZ1", closed="20260630"))),
        ),
        Bad(
            "an ODS trust file without a month in its name", landing_of(_ods(ods_row("ZZ1"), name="etr.csv"))
        ),
        Bad(
            "an ODS trust file of a thirteenth month",
            landing_of(_ods(ods_row("ZZ1"), name="etr-2026-13.csv")),
        ),
    ],
}
