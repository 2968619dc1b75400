"""The rows of seeds/reference that scoring reads, against the calendar and rules 1, 3, 5 and 7."""

from datetime import date, timedelta

from harness_stated import held, of_each, table

FIRST_YEAR, LAST_YEAR = 2024, 2027


def test_quarters_are_three_months_from_april_and_follow_each_other() -> None:
    stated, before = {}, ""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        starts = [
            date(year, 4, 1),
            date(year, 7, 1),
            date(year, 10, 1),
            date(year + 1, 1, 1),
            date(year + 1, 4, 1),
        ]
        for number in range(4):
            name = f"{year}-{(year + 1) % 100}-Q{number + 1}"
            last = starts[number + 1] - timedelta(days=1)
            stated[name] = (starts[number].isoformat(), last.isoformat(), before)
            before = name
    assert held("quarters", "quarter_id", "start_date end_date previous_quarter_id", None) == stated


def test_types_are_three_of_providers_and_one_of_boards() -> None:
    # Rules 0 and 7.
    assert held("trust_types", "trust_type_id", "organisation_kind", None) == of_each(
        {
            "acute": "provider",
            "mental_health_and_community": "provider",
            "ambulance": "provider",
            "icb": "icb",
        }
    )


def test_names_that_files_give_to_a_type() -> None:
    # Rules 5: the first Q1 files called the second group "non-acute hospital".
    assert held("trust_type_labels", "trust_type_label", "trust_type_id", None) == of_each(
        {
            "Acute trust": "acute",
            "Mental health and community trust": "mental_health_and_community",
            "Non-acute hospital trust": "mental_health_and_community",
            "Non-acute hospital": "mental_health_and_community",
            "Ambulance trust": "ambulance",
            "Integrated care board": "icb",
        }
    )


def test_whom_a_register_is_about_and_whether_it_can_speak_of_all() -> None:
    # Rules 3: "not in the programme" and "no deficit support" are said of everybody in one entry.
    assert held("registers", "register_id", "organisation_kind allows_all", None) == table("""
        capability_rating      provider  false
        improvement_programme  any       true
        icb_assessment         icb       false
        deficit_support        any       true
        service                provider  false
        exclusion              any       false
        plan                   any       false
        baseline               any       false
        icb_membership         provider  false
        organisation_change    any       false
        group                  provider  false
        winter_assurance       provider  false
        peer_list              provider  false
    """)


def test_what_an_entry_can_be_about_and_what_stands_side_by_side() -> None:
    # Only memberships of several stand side by side; anything else is one decision, and the later one counts.
    listed = "subject_kind value_kind allows_many"
    stated = table(
        """
        capability_rating      overall                             listed   label         false
        capability_rating      strategy_leadership_and_planning    listed   label         false
        capability_rating      quality_of_care                     listed   label         false
        capability_rating      people_and_culture                  listed   label         false
        capability_rating      access_and_delivery                 listed   label         false
        capability_rating      productivity_and_value              listed   label         false
        capability_rating      financial_performance               listed   label         false
        improvement_programme  programme                           listed   label         false
        improvement_programme  diagnostic_review                   listed   label         false
        icb_assessment         annual_rating                       listed   label         false
        deficit_support        deficit_support                     listed   label         false
        service                service                             service  label         false
        exclusion              metric                              metric   label         false
        plan                   metric                              metric   number        false
        baseline               metric                              metric   number        false
        icb_membership         lead                                listed   organisation  false
        icb_membership         member                              listed   organisation  true
        organisation_change    merged_into                         listed   organisation  false
        organisation_change    code_changed_to                     listed   organisation  false
        group                  provider_collaborative              listed   text          true
        group                  group                               listed   text          false
        winter_assurance       board_assurance_statement           listed   label         false
        winter_assurance       signed_by_chair                     listed   date          false
        winter_assurance       signed_by_chief_executive           listed   date          false
        winter_assurance       executive_winter_director           listed   text          false
        winter_assurance       trigger_ambulance_handover_minutes  listed   number        false
        winter_assurance       trigger_bed_occupancy_pct           listed   number        false
        winter_assurance       trigger_12_hour_waits               listed   number        false
        peer_list              list                                listed   text          true
        """,
        keys=2,
    )
    assert held("register_subjects", "register_id subject_id", listed, None) == stated


def test_words_of_the_registers_that_scoring_reads() -> None:
    # Rules 1 (services, exclusions) and 3 (programme, deficit support); rules 7 for ratings.
    words = {
        "improvement_programme programme": ("In the programme", "Left the programme", "Not in the programme"),
        "improvement_programme diagnostic_review": ("Under way", "Completed"),
        "deficit_support deficit_support": ("Received", "Not received"),
        "service service": ("Runs it", "Does not run it"),
        "exclusion metric": ("Excluded",),
        "icb_assessment annual_rating": ("Excelling", "Achieving", "Progressing", "Insufficient progress"),
        "winter_assurance board_assurance_statement": ("Submitted", "Not submitted"),
        "capability_rating overall": (
            *("Green", "Amber-green", "Amber-red", "Red"),
            *("No material concerns", "Some concerns", "Major concerns"),
        ),
    }
    areas = ("strategy_leadership_and_planning", "quality_of_care", "people_and_culture")
    areas += ("access_and_delivery", "productivity_and_value", "financial_performance")
    for area in areas:
        words[f"capability_rating {area}"] = ("Confirmed", "Partially confirmed", "Not confirmed")
    shorter = {
        "In the programme": "in",
        "Left the programme": "left",
        "Not in the programme": "not_in",
        "Runs it": "runs",
        "Does not run it": "does_not_run",
    }
    stated = {
        f"{subject} {word}": (shorter.get(word, word.lower().replace("-", "_").replace(" ", "_")),)
        for subject, said in words.items()
        for word in said
    }
    assert held("register_values", "register_id subject_id value_label", "value_id", None) == stated
