"""A release of any size with invented figures, for measuring the dashboard: each mart with the columns of its contract.

In: how many figures. Out: a file like a published one. Places are the real ones of seeds/reference, so that filters have
realistic options; every number is made by a formula and means nothing.
"""

from __future__ import annotations

import math
from pathlib import Path

import duckdb
import yaml

from ingest.paths import PROJECT_ROOT, SEEDS

YEARS = range(2012, 2026)
#: Figures of one department and year, in the order of the facts that rest on them.
FUNDING, EXECUTION, BENEFICIARIES, STANDARDS, PERFORMANCE, SERVICES, CHECKS = 12, 3, 16, 8, 20, 2, 8
PER_DEPARTMENT_YEAR = 105

COLUMNS: dict[str, dict[str, str]] = {
    model["name"]: {column["name"]: column["data_type"] for column in model["columns"]}
    for path in sorted((PROJECT_ROOT / "models" / "marts").glob("*.yml"))
    for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
}
_PROGRAMME = "list_extract(['dibao', 'extreme_poverty', 'temporary_aid', 'old_age_allowance'], 1 + (k // 4) % 4)"
_RESIDENCE = "list_extract(['urban', 'rural', null, null], 1 + k % 4)"
_FIGURE = "format('{{:016x}}', hash((dy * 1000) + {}))"
_WEIGHT = "(0.4 + (hash(dy * 31 + k) % 1000) / 800.0)"


def build(path: Path, figures: int, release: str = "20260101T000000-bench0") -> int:
    """Write a release with about that many figures to `path`; gives how many it has."""
    departments = max(2, math.ceil(figures / PER_DEPARTMENT_YEAR / len(YEARS)))
    path.unlink(missing_ok=True)
    connection = duckdb.connect(str(path))
    connection.execute("set enable_progress_bar = false")
    connection.execute(
        f"""
        create temp table place as
        select row_number() over (order by code) as n, code, name, tier, province_code, province_name
        from (
            select p.place_code as code, p.place_name as name, p.tier, left(p.place_code, 2) || '0000' as province_code,
                   v.place_name as province_name
            from read_csv('{SEEDS / "reference" / "places.csv"}', all_varchar = true) as p
            join read_csv('{SEEDS / "reference" / "places.csv"}', all_varchar = true) as v
              on v.place_code = left(p.place_code, 2) || '0000'
        );
        create temp table department as
        select d as n, code || '-' || d || '-civil_affairs' as department_id, name || '民政局' || case when d > places then d::varchar else '' end as name,
               place.* exclude (n, name), place.name as place_name
        from range({departments}) as t(d), (select count(*) as places from place)
        join place on place.n = 1 + d % places;
        create temp table dy as
        select department.n * 100 + y - 2000 as dy, y as fiscal_year, department.* from department, range({YEARS.start}, {YEARS.stop}) as t(y);
        """
    )

    def create(table: str, source: str, **expressions: str) -> None:
        unknown = set(expressions) - set(COLUMNS[table])
        assert not unknown, f"{table} has no {unknown}"
        columns = ", ".join(f'({expressions.get(c, "null")})::{t} as "{c}"' for c, t in COLUMNS[table].items())
        connection.execute(f"create table {table} as select {columns} from {source}")

    def each(n: int) -> str:
        return f"dy, range({n}) as t(k) order by dy, k"

    marks = {"is_disputed": "hash(dy + k) % 40 = 0", "is_restated": "hash(dy - k) % 60 = 0", "is_sample": "false"}
    own = {"department_id": "department_id", "fiscal_year": "fiscal_year"}

    def facts(table: str, n: int, first: int, key: str, **expressions: str) -> None:
        kept = {
            c: e
            for c, e in {**marks, **own, "statement_count": "1", "is_headline": "true"}.items()
            if c in COLUMNS[table]
        }
        figure = _FIGURE.format(f"{first} + k")
        given = {c: figure if e == "figure" else e for c, e in expressions.items()}
        create(table, each(n), **{key: f"'{key[0]}' || dy || '-' || k"}, **kept, **given)

    create(
        "dim_release",
        "(select 1)",
        release=f"'{release}'",
        built_at="timestamp '2026-01-01 00:00:00'",
        extractor_version="'bench'",
        document_count="0",
        figure_count="0",
    )
    create(
        "dim_place",
        "place",
        place_code="code",
        place_name="name",
        tier="tier",
        province_code="province_code",
        province_name="province_name",
    )
    create(
        "dim_department",
        "department",
        department_id="department_id",
        department_name="name",
        department_short_name="name",
        department_kind="'civil_affairs'",
        place_code="code",
        place_name="place_name",
        province_name="province_name",
        province_code="province_code",
        tier="tier",
        is_sample="false",
    )
    create(
        "dim_programme",
        "(values ('dibao', '最低生活保障'), ('extreme_poverty', '特困供养')) as v(p, n)",
        programme="p",
        name_zh="n",
        name_en="p",
    )
    create(
        "dim_document",
        "dy",
        document_id="'d' || dy",
        title="name || fiscal_year || '年度部门整体支出绩效自评报告'",
        department_id="department_id",
        fiscal_year="fiscal_year",
        document_kind="'self_evaluation'",
        format="'text'",
        file="'bench/' || dy || '.txt'",
        publisher="place_name || '人民政府网'",
        source_class="'official'",
        figure_count=str(PER_DEPARTMENT_YEAR),
        loaded_at="timestamp '2026-01-01'",
    )
    create(
        "dim_document_text",
        "dy where n < 20",
        document_id="'d' || dy",
        text="repeat(name || '全年支出预算若干万元。', 200)",
    )
    create(
        "dim_department_year",
        "dy",
        **own,
        document_count="1",
        figure_count=str(PER_DEPARTMENT_YEAR),
        has_funding="true",
        has_execution="true",
        has_beneficiaries="true",
        has_standards="true",
        has_performance="true",
    )
    create(
        "fct_figures",
        each(PER_DEPARTMENT_YEAR),
        figure_id=_FIGURE.format("k"),
        document_id="'d' || dy",
        **own,
        file="'bench/' || dy || '.txt'",
        measure="list_extract(['expenditure', 'budget', 'persons', 'standard', 'score'], 1 + k % 5)",
        value=f"1000 * {_WEIGHT}",
        unit="'CNY'",
        raw="k || ' 元'",
        quote="'第 ' || k || ' 项支出若干元'",
        start="k * 20",
        end="k * 20 + 6",
        qualifier="'exact'",
        confidence="0.9",
        ordinal="k",
    )
    facts(
        "fct_funding",
        FUNDING,
        0,
        "funding_id",
        figure_id="figure",
        amount_cny=f"1e8 * {_WEIGHT}",
        measure="list_extract(['expenditure', 'budget', 'budget', 'income', 'carryover', 'expenditure'], 1 + k % 6)",
        stage="list_extract(['final', 'initial', 'revised', null, null, 'final'], 1 + k % 6)",
        fund_source="case when k >= 6 then list_extract(['general_public_budget', 'government_fund'], 1 + k % 2) end",
    )
    facts(
        "fct_execution",
        EXECUTION,
        12,
        "execution_id",
        basis="list_extract(['initial', 'revised', 'unspecified'], 1 + k)",
        stated_rate_pct=f"80 + 20 * {_WEIGHT}",
        recomputed_rate_pct=f"80 + 20 * {_WEIGHT} + k % 2",
        stated_figure_id="figure",
        numerator_figure_id="figure",
        numerator_cny=f"1e8 * {_WEIGHT}",
        denominator_cny=f"1.1e8 * {_WEIGHT}",
        verdict="list_extract(['confirmed', 'contradicted', 'recomputed'], 1 + k)",
    )
    facts(
        "fct_beneficiaries",
        BENEFICIARIES,
        15,
        "beneficiaries_id",
        programme=_PROGRAMME,
        residence=_RESIDENCE,
        persons=f"10000 * {_WEIGHT}",
        persons_figure_id="figure",
        amount_paid_cny=f"1e7 * {_WEIGHT}",
        amount_paid_figure_id="figure",
    )
    facts(
        "fct_subsidy_standards",
        STANDARDS,
        31,
        "standard_id",
        programme=_PROGRAMME,
        residence=_RESIDENCE,
        standard_cny=f"600 * {_WEIGHT}",
        per="'month'",
        standard_cny_per_month=f"600 * {_WEIGHT}",
        standard_figure_id="figure",
        is_average="false",
    )
    facts(
        "fct_performance",
        PERFORMANCE,
        39,
        "performance_id",
        kind="case when k = 0 then 'score' else 'indicator' end",
        indicator="case when k > 0 then '第' || k || '项指标' end",
        target_value="case when k > 0 then 100 end",
        actual_value=f"case when k > 0 then 80 + 30 * {_WEIGHT} end",
        unit="'percent'",
        attained="case when k > 0 then k % 5 > 0 end",
        score=f"case when k = 0 then 85 + 8 * {_WEIGHT} end",
        target_figure_id="figure",
        actual_figure_id="figure",
        score_figure_id="figure",
    )
    facts(
        "fct_services",
        SERVICES,
        59,
        "service_id",
        measure="'beds'",
        programme="'elderly_care'",
        unit="'bed'",
        quantity=f"500 * {_WEIGHT}",
        is_planned="false",
        figure_id="figure",
    )
    facts(
        "fct_reconciliations",
        CHECKS,
        61,
        "reconciliation_id",
        identity="list_extract(['sum_of_sources', 'rate_matches_amounts'], 1 + k % 2)",
        document_id="'d' || dy",
        left_label="'左'",
        left_value="100",
        right_label="'右'",
        right_value=f"100 * {_WEIGHT}",
        unit="'CNY'",
        gap=f"100 - 100 * {_WEIGHT}",
        tolerance="1",
        severity="list_extract(['hard', 'soft'], 1 + k % 2)",
        verdict="case when k = 0 and dy % 7 = 0 then 'violated' when k < 6 then 'holds' else 'not_computable' end",
        explanation_zh="'两边不等'",
        explanation_en="'the sides differ'",
        figure_ids=f"[{_FIGURE.format('61 + k')}, {_FIGURE.format('62 + k')}]",
    )
    create(
        "bridge_fact_figures",
        each(69),
        fact_table="'fct_funding'",
        fact_id="'f' || dy || '-' || k",
        figure_id=_FIGURE.format("k"),
        role="'amount'",
        is_chosen="true",
        rank="1",
        reason="'only_statement'",
    )
    for table in COLUMNS.keys() - {row[0] for row in connection.execute("show tables").fetchall()}:
        create(table, "(select 1) where false")
    count = connection.execute("select count(*) from fct_figures").fetchone()[0]
    connection.execute(
        "update dim_release set figure_count = ?, document_count = (select count(*) from dim_document)", [count]
    )
    connection.close()
    return int(count)
