"""What the community waiting lists are broken down by: the services, the bands of weeks and their tables."""

# The sheet of each band, and how its title begins; the month follows at its end.
TABLES: dict[str, tuple[str, str]] = {
    "Table 4": ("total", "Total waiting list by service"),
    "Table 4a": ("0-1", "Number waiting 0-1 weeks"),
    "Table 4b": ("1-2", "Number waiting 1-2 weeks"),
    "Table 4c": ("2-4", "Number waiting 2-4 weeks"),
    "Table 4d": ("4-12", "Number waiting 4-12 weeks"),
    "Table 4e": ("12-18", "Number waiting 12-18 weeks"),
    "Table 4f": ("18-52", "Number waiting 18-52 weeks"),
    "Table 4g": ("52-104", "Number waiting 52-104 weeks"),
    "Table 4h": ("over 104", "Number waiting over 104 weeks"),
}
TOTAL = "total"
# The national overview, by service and band.
OVERVIEW = "Table 3"
# Sheets that hold nothing of a single organisation's waits.
BESIDE = frozenset({"Cover page", "Contents", "Table 1", "Table 2"})

# In any case of letters. A new service is added once it is known what is counted in it.
SERVICES = (
    "(A) Adult safeguarding",
    "(A) Audiology",
    "(A) Clinical support to social care, care homes and domiciliary care",
    "(A) Community nursing services",
    "(A) Home oxygen assessment services",
    "(A) Intermediate care and reablement",
    "(A) Musculoskeletal service",
    "(A) Neurorehabilitation (multi-disciplinary)",
    "(A) Nursing and Therapy support for LTCs: Continence/ colostomy",
    "(A) Nursing and Therapy support for LTCs: Diabetes",
    "(A) Nursing and Therapy support for LTCs: Falls",
    "(A) Nursing and Therapy support for LTCs: Heart failure",
    "(A) Nursing and Therapy support for LTCs: Lymphoedema",
    "(A) Nursing and Therapy support for LTCs: MND",
    "(A) Nursing and Therapy support for LTCs: MS",
    "(A) Nursing and Therapy support for LTCs: Respiratory/COPD",
    "(A) Nursing and Therapy support for LTCs: Stroke",
    "(A) Nursing and Therapy support for LTCs: TB",
    "(A) Nursing and Therapy support for LTCs: Tissue viability",
    "(A) Podiatry and podiatric surgery",
    "(A) Rehabilitation bed-based care",
    "(A) Rehabilitation services (integrated)",
    "(A) Therapy interventions: Dietetics",
    "(A) Therapy interventions: Occupational therapy",
    "(A) Therapy interventions: Orthotics",
    "(A) Therapy interventions: Physiotherapy",
    "(A) Therapy interventions: Speech and language",
    "(A) Urgent Community Response/Rapid Response team",
    "(A) Weight management and obesity services",
    "(A) Wheelchair, orthotics, prosthetics and equipment",
    "(CYP) Antenatal, new-born and children screening and immunisation services",
    "(CYP) Audiology",
    "(CYP) Child health information service",
    "(CYP) Community nursing services (planned care and rapid response teams)",
    "(CYP) Community paediatric service",
    "(CYP) Looked after children teams",
    "(CYP) New-born hearing screening",
    "(CYP) Nursing and Therapy teams support for long term conditions",
    "(CYP) Rapid Response Services",
    "(CYP) Safeguarding",
    "(CYP) Therapy interventions: Dietetics",
    "(CYP) Therapy interventions: Occupational therapy",
    "(CYP) Therapy interventions: Orthotics",
    "(CYP) Therapy interventions: Physiotherapy",
    "(CYP) Therapy interventions: Speech and language",
    "(CYP) Vision screening",
    "(CYP) Wheelchair, orthotics, prosthetics and equipment",
)
# Published for England only, and there as a total only, so that nobody is made known.
NATIONAL_ONLY = frozenset(
    {"(A) Adult safeguarding", "(CYP) Looked after children teams", "(CYP) Safeguarding"}
)
