"""The ambulance systems indicators: which are means, of what; which are centiles; which must add up."""

# Mean response or answer time: (total time, count), all times in seconds.
MEANS: dict[str, tuple[str, str]] = {
    "A3": ("A2", "A1"),
    "A15": ("A14", "A13"),
    "A25": ("A24", "A8"),
    "A28": ("A27", "A9"),
    # Category 2, the framework's OF0017.
    "A31": ("A30", "A10"),
    "A34": ("A33", "A11"),
    "A37": ("A36", "A12"),
    "A51": ("A50", "A49"),
    "A63": ("A62", "A58"),
    "A66": ("A65", "A59"),
    "A69": ("A68", "A60"),
    "A72": ("A71", "A61"),
    "A83": ("A82", "A74"),
    "A86": ("A85", "A75"),
    "A89": ("A88", "A76"),
    "A92": ("A91", "A77"),
    "A95": ("A94", "A78"),
    "A98": ("A97", "A79"),
    "A101": ("A100", "A80"),
    "A104": ("A103", "A81"),
    "A108": ("A107", "A106"),
    "A117": ("A116", "A115"),
    "A121": ("A120", "A119"),
    "A130": ("A129", "A128"),
    "A134": ("A133", "A132"),
    "A142": ("A141", "A140"),
}
CENTILES = frozenset(
    f"A{number}"
    for number in (
        *(4, 5, 6, 16, 26, 29, 32, 35, 38, 52, 64, 67, 70, 73, 84),
        *(87, 90, 93, 96, 99, 102, 105, 109, 114, 118, 122, 131, 135, 143),
    )
)
_OTHERS = (
    *(0, 7, 17, 18, 19, 20, 21, 22, 23, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 53, 54),
    *(55, 56, 57, 110, 111, 112, 113, 124, 125, 126, 127, 136, 137, 138, 139, 144, 145, 146, 147, 148),
)
# Counts and total times: what England and a region have is the sum over their trusts.
ADDED = frozenset(part for pair in MEANS.values() for part in pair) | {f"A{number}" for number in _OTHERS}
INDICATORS = ADDED | CENTILES | MEANS.keys()

# A whole and the parts that make it up, in every area and month that states them all.
WHOLES: dict[str, tuple[str, ...]] = {
    "A56": ("A53", "A54", "A55"),
    "A17": ("A18", "A19", "A21", "A22"),
    "A8": ("A74", "A78", "A115"),
    "A24": ("A82", "A94", "A116"),
    "A10": ("A75", "A79", "A119"),
    "A30": ("A85", "A97", "A120"),
}
# (part, whole): a part is never larger.
PARTS = (
    ("A1", "A0"),
    ("A9", "A8"),
    ("A13", "A8"),
    ("A111", "A8"),
    ("A110", "A106"),
    ("A144", "A140"),
    ("A145", "A144"),
    ("A146", "A145"),
    ("A147", "A141"),
)
