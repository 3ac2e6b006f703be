"""The questions of analyses/ against answers that were worked out by hand from the published reports.

The amounts are those that the reports print, in yuan; each ratio is written as the division that gives it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.paths import PROJECT_ROOT
from ingest.settings import Settings
from ingest.warehouse.query import open_release
from ingest.warehouse.release import Rebuild

pytestmark = pytest.mark.slow

QUESTIONS = {path.stem: path for path in sorted((PROJECT_ROOT / "analyses").glob("*.sql"))}
LIWAN_RESIDENTS = 1_133_000

# Question → its answer: all rows, or where the last one is ..., the first of them.
ANSWERS: dict[str, list] = {
    "how_much_of_its_budget_did_a_department_spend": [
        ("revised", 77.12, round(12_905.33 / 16_734.87 * 100, 2), 129_053_300, 167_348_700, "confirmed"),
        ("revised", 100, 100, 128_204_700, 128_204_700, "confirmed"),
    ],
    "how_far_did_spending_leave_the_initial_budget": [
        (46_591_700, 91_415_600, round(9_141.56 / 4_659.17 * 100, 2)),
    ],
    "what_share_of_spending_goes_into_projects": [
        ("basic", 19_565_200, round(1_956.52 / 30_435.81 * 100, 2)),
        ("project", 284_792_900, round(28_479.29 / 30_435.81 * 100, 2)),
    ],
    "which_sources_paid_for_the_spending": [
        ("一般公共预算", 286_945_000, round(28_694.50 / 30_435.81 * 100, 2)),
        ("政府性基金", 17_413_100, round(1_741.31 / 30_435.81 * 100, 2)),
    ],
    "what_does_a_programme_pay_a_person_and_month": [
        ("orphan", 60, 1_165_816, 12, round(1_165_816 / 60 / 12, 2)),
        ("tekun", 1_023, 12_413_200, 12, round(12_413_200 / 1_023 / 12, 2)),
        ("defacto_orphan", 312, 3_159_999, 12, round(3_159_999 / 312 / 12, 2)),
        ("dibao", 6_384, 37_237_900, 12, round(37_237_900 / 6_384 / 12, 2)),
        ("disability_nursing", 7_617, 23_443_600, 12, round(23_443_600 / 7_617 / 12, 2)),
        ("disability_living", 2_741, 6_359_200, 12, round(6_359_200 / 2_741 / 12, 2)),
        ("old_age_allowance", 11_078, 2_561_300, 12, round(2_561_300 / 11_078 / 12, 2)),
    ],
    "how_far_is_a_standard_above_the_provincial_minimum": [
        ("rural", 624, 600, round(624 / 600, 2)),
        ("urban", 857, 857, 1),
    ],
    "how_far_apart_are_rural_and_urban_standards": [
        ("坡头区", 2022, 579, round(579 / 828, 4)),
        ("乐昌市", 2023, 624, round(624 / 857, 4)),
    ],
    "how_did_a_standard_grow_over_the_years": [
        (2021, 1_792, None),
        # 2022 is not held, so that 2023 has no year before.
        (2023, 1_981, None),
        (2024, 2_052, round((2_052 - 1_981) / 1_981 * 100, 2)),
    ],
    # No other county of Guangdong published its urban line of 2023 in what is shipped: a rank of one is no median.
    "how_do_urban_dibao_standards_of_counties_compare": [
        ("same_province", 857, 2, 1, 3, 55, 857, "across_tiers"),
        ("same_region_class", 857, 1, 0, 1, 16, None, "too_few_peers"),
        ...,
    ],
    "who_is_missing_from_a_comparison": [(38, 1, 37, "荔湾区民政局", None)],
    "which_places_are_most_alike": [
        ("黄埔区", 1, 0.07, LIWAN_RESIDENTS, 1_222_100, 1, 0.5, "2026-11"),
        ("南沙区", 2, 0.15, LIWAN_RESIDENTS, 967_900, 1, 0.5, "2026-11"),
        ...,
    ],
    "what_does_a_department_spend_per_resident": [
        (round(304_358_100 / LIWAN_RESIDENTS, 2), 304_358_100, LIWAN_RESIDENTS, "resident", "year_end", "current"),
    ],
    "how_many_residents_does_a_programme_reach": [
        ("荔湾区", "children_in_difficulty", round(870 / LIWAN_RESIDENTS * 10_000, 1), 870, LIWAN_RESIDENTS),
        ("荔湾区", "home_adaptation", round(574 / LIWAN_RESIDENTS * 10_000, 1), 574, LIWAN_RESIDENTS),
    ],
    "which_reports_contradict_themselves": [
        ("repeated_in_report", "soft", "其他表述", 129_053_300, "采用值", 128_204_700, 848_600),
        ("repeated_in_report", "soft", "其他表述", 119_338_600, "采用值", 118_455_600, 883_000),
        ("repeated_in_report", "soft", "其他表述", 9_714_700, "采用值", 9_749_100, -34_400),
    ],
    "what_share_of_its_checks_did_a_report_pass": [
        ("湛江市坡头区民政局2022年度整体绩效自评报告", 57, 1, 0, round(57 / 58 * 100, 1))
    ],
    "which_stated_rates_do_not_follow_from_their_amounts": [],
    "which_statements_stand_behind_a_disputed_fact": [
        (1, True, "adds_up", 128_204_700, "12,820.47 万元"),
        (2, False, "same_value", 128_204_700, "12,820.47 万元"),
        (3, False, "adds_up", 129_053_300, "12905.33"),
    ],
    "how_do_departments_score_themselves": [("荔湾区", 99.72, "优"), ("乐昌市", 98.31, "优")],
    "what_part_of_the_beds_is_for_nursing": [("养老机构床位", 797), ("护理型床位", 470)],
    "what_is_missing_and_why": [
        (measure, "报告中没有可用数据") for measure in ("carryover", "carryover_rate", "indicator_target", "score")
    ],
}


def ask(settings: Settings, path: Path) -> list[tuple]:
    """Run a question as dbt would compile it."""
    with open_release(settings.warehouse) as connection:
        schemas = dict(connection.execute("select table_name, schema_name from duckdb_tables()").fetchall())
        sql = re.sub(
            r"\{\{ ref\('(\w+)'\) \}\}",
            lambda match: f"{schemas[match[1]]}.{match[1]}",
            path.read_text(encoding="utf-8"),
        )
        return connection.execute(sql).fetchall()


def agrees(found: object, expected: object) -> bool:
    if isinstance(expected, float):
        return found == pytest.approx(expected, abs=1e-9)
    if isinstance(expected, str) and isinstance(found, str):
        return found == expected or found.startswith(expected + "、")
    return found == expected


def test_there_are_twenty_questions_each_in_words_and_with_its_answer() -> None:
    assert len(QUESTIONS) == 20
    assert set(QUESTIONS) == set(ANSWERS)
    for path in QUESTIONS.values():
        assert re.match(r"-- .+\?$", path.read_text(encoding="utf-8").splitlines()[0]), path.name


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_the_answer_that_was_worked_out_by_hand(
    question: str, shipped: tuple[Settings, Rebuild]
) -> None:
    found, expected = ask(shipped[0], QUESTIONS[question]), ANSWERS[question]
    if expected and expected[-1] is ...:
        expected = expected[:-1]
        found = found[: len(expected)]
    assert len(found) == len(expected), found
    for row, right in zip(found, expected, strict=True):
        assert len(row) == len(right)
        assert all(agrees(*pair) for pair in zip(row, right, strict=True)), (row, right)
