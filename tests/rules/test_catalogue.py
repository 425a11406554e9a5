"""The clause catalogue, what the shipped packs cite of it, and what a report says is proven."""

from collections import Counter

from apps.rules.catalogue import citations, coverage, table, totals


def test_the_catalogue_holds_the_628_clauses_of_five_regulations(catalogue):
    packs = Counter(clause.pack for clause in catalogue.values())
    assert packs == {"tongwei": 184, "yulin": 142, "kunming": 107, "dachuan": 123, "central": 72}
    assert sum(clause.kind == "statement" for clause in catalogue.values()) == 27


def test_every_pack_cites_only_its_own_regulation(catalogue, packs):
    for code, pack in packs.items():
        assert {catalogue[clause].pack for clause in citations(pack)} == {code}


def test_a_citation_names_the_rules_that_rest_on_it(packs):
    assert citations(packs["tongwei"])["TW-13-2"][0] == "tongwei.presence.stationed_days"
    assert citations(packs["tongwei"])["TW-21-4"][:2] == [
        "tongwei.ledger.steps.sign",
        "tongwei.ledger.steps.submit",
    ]
    assert citations(packs["kunming"])["KM-9-5"] == [
        "kunming.sheet.record.village",
        "kunming.ledger.documents.monthly_sheet",
    ]


def test_the_numbers_in_force_are_those_of_the_clauses_they_cite(catalogue, packs):
    checked = 0
    for pack in packs.values():
        for measure in pack.presence.values():
            for value in measure.values.values():
                stated = catalogue[value.clause].body["params"]
                number = value.at_least or value.at_most
                assert number in stated.values() or value.share == (stated["min_share_num"], stated["min_share_den"])
                checked += 1
    assert checked == 11


def test_every_clause_that_asks_for_something_is_cited_in_its_own_pack(catalogue, packs):
    asked = {clause.id: clause.pack for clause in catalogue.values() if clause.kind != "statement"}
    cited = {code: citations(pack).keys() for code, pack in packs.items()}
    assert len(asked) == 601
    assert [id_ for id_, pack in asked.items() if id_ not in cited[pack]] == []


def test_coverage_counts_only_what_is_cited_and_what_passed(catalogue, packs):
    clauses = [catalogue[name] for name in ("TW-13-2", "TW-13-3", "TW-1-1", "KM-15-5")]
    found = coverage(clauses, [packs["tongwei"]], {"TW-13-2": ["tests/x.py::b", "tests/x.py::a"], "TW-99": ["gone"]})
    assert [entry.covered for entry in found] == [("tests/x.py::a", "tests/x.py::b"), (), (), ()]
    assert found[0].dump()["cited"][0] == "tongwei.presence.stationed_days"
    assert list(table(found)) == [
        ("tongwei", "threshold"),
        ("tongwei", "statement"),
        ("kunming", "threshold"),
    ]
    assert totals(found) == {
        "clauses": 4,
        "cited": 2,
        "covered": 1,
        "non_statement": 3,
        "non_statement_cited": 2,
        "non_statement_covered": 1,
    }
