"""The national guideline: daily status and on-duty statistics, and no number of days."""

from datetime import date


def test_the_nation_asks_for_the_status_of_every_day_but_for_no_number_of_days(book):
    rules = book("central", date(2026, 10, 31))
    assert rules.presence == ()
    assert {"in_village", "official_trip", "leave", "absent"} <= set(rules.sheet.categories)
    cited = {mark.category for mark in rules.sheet.marks if mark.clause == "CN-4.2-3"}
    assert cited == {"in_village", "official_trip", "meeting", "training", "absent"}


def test_what_the_nation_says_fills_what_a_county_leaves_open(book):
    rules = book("yulin", date(2026, 10, 31))
    assert rules.sheet.prefill == "calendar"
    assert "on_post" in [document.key for document in rules.ledger.documents]
    assert rules.packs[0][0] == "yulin"
    assert rules.packs[1][0] == "central"
