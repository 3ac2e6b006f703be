"""Figures to build warehouses from: departments' yearly reports by a model of the genre, with known truth.

In: how many figures. Out: a database with the raw tables of a release, the same at every call. Each report has `SLOTS`
figures: accounts that add up, rates that follow from them, a table of projects, people and payouts of programmes with their
standards, indicators, a score. In each tenth report the execution rate is two points too low, in another tenth a total of
people is a hundred too large: `planted` says how many of each the checks must find.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.figures.contract import FIELDS
from ingest.paths import SEEDS
from ingest.warehouse.schema import PREVIOUS_COPIES, RELEASE_COPIES, RELEASES, REVIEWS

LAST_YEAR = 2024
STORAGE_VERSION = "v1.1.0"
WRONG_RATE, WRONG_TOTAL = 3, 7

PROJECTS = ("养老服务体系", "困难群众慰问", "社工站运行", "婚姻登记", "殡葬改革", "儿童福利", "地名管理", "信息化建设")
# (programme, share of the people, yuan a month)
PROGRAMMES = (
    ("tekun", "特困供养", 0.09, 1100),
    ("orphan", "孤儿", 0.004, 1500),
    ("defacto_orphan", "事实无人抚养儿童", 0.01, 1500),
    ("disability_living", "困难残疾人生活补贴", 0.25, 110),
    ("disability_nursing", "重度残疾人护理补贴", 0.3, 120),
    ("old_age_allowance", "高龄津贴", 0.6, 60),
)
INDICATORS = (
    "覆盖率",
    "及时率",
    "合格率",
    "完成率",
    "知晓率",
    "发放率",
    "满意度",
    "办结率",
    "建档率",
    "巡访率",
    "入户率",
    "公开率",
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One figure of each report: words before it, and SQL for its value and its dimensions (`r` is the report's row)."""

    words: str
    measure: str
    value: str
    unit: str = "CNY"
    dimensions: tuple[tuple[str, str], ...] = ()
    year: str = "r.year"


def _slots() -> list[Slot]:
    def money(words: str, measure: str, value: str, stage: str | None = None, **dimensions: str) -> Slot:
        given = dimensions | ({"stage": stage} if stage else {})
        return Slot(words, measure, value, "CNY", tuple(given.items()))

    slots = [
        money("年初预算", "budget", "r.initial", "initial"),
        money("全年预算", "budget", "r.budget", "revised"),
        money("全年支出", "expenditure", "r.total", "final"),
        Slot("执行率", "execution_rate", f"r.rate - case when r.n % 10 = {WRONG_RATE} then 2 else 0 end", "percent"),
        money("全年收入", "income", "r.total + r.closing - r.opening", "final"),
        money("基本支出", "expenditure", "r.basic", "final", spending_type="basic"),
        money("项目支出", "expenditure", "r.total - r.basic", "final", spending_type="project"),
        money("人员经费", "expenditure", "r.personnel", "final", spending_type="personnel"),
        money("公用经费", "expenditure", "r.basic - r.personnel", "final", spending_type="operating"),
        money("一般公共预算支出", "expenditure", "r.general", "final", fund_source="general_public_budget"),
        money("政府性基金支出", "expenditure", "r.fund", "final", fund_source="government_fund"),
        money("其他资金支出", "expenditure", "r.total - r.general - r.fund", "final", fund_source="other"),
    ]
    for number, project in enumerate(PROJECTS, 1):
        table = {"item": project, "spending_type": "project", "layout": "table", "row_label": project}
        budget, spent = f"round(r.total * 0.0{number}, -2)", f"round(r.total * 0.0{number} * (90 + r.h % 10) / 100, -2)"
        slots += [
            money(project, "budget", budget, "revised", **table, column_header="全年预算数"),
            money(project, "expenditure", spent, "final", **table, column_header="全年执行数"),
            Slot(
                project,
                "execution_rate",
                f"round(100 * {spent} / {budget}, 2)",
                "percent",
                tuple((table | {"column_header": "执行率"}).items()),
            ),
        ]
    people = [("", "r.urban + r.rural"), ("城市", "r.urban"), ("农村", "r.rural")]
    for words, value in people:
        extra = f" + case when r.n % 10 = {WRONG_TOTAL} then 100 else 0 end" if not words else ""
        residence = {"城市": "urban", "农村": "rural"}.get(words)
        of = (("programme", "dibao"), *((("residence", residence),) if residence else ()))
        slots.append(Slot(f"{words}低保对象", "beneficiaries", value + extra, "person", of))
    for words, residence in (("城市", "urban"), ("农村", "rural")):
        of = (("programme", "dibao"), ("residence", residence))
        monthly = (*of, ("per", "month"))
        slots += [
            Slot(f"发放{words}低保金", "benefit_paid", f"round(r.{residence} * r.line * 0.6 * 12, -2)", "CNY", of),
            Slot(
                f"{words}低保标准每人每月",
                "standard",
                "r.line" if residence == "urban" else "r.line * 0.9",
                "CNY",
                monthly,
            ),
            Slot(f"{words}低保月人均补差", "top_up", "r.line * 0.6", "CNY", monthly),
        ]
    for programme, name, share, yuan in PROGRAMMES:
        heads, pay = f"round((r.urban + r.rural) * {share}) + 1", f"({yuan} + r.h % 20 * 10)"
        slots += [
            Slot(name, "beneficiaries", heads, "person", (("programme", programme),)),
            Slot(f"发放{name}", "benefit_paid", f"({heads}) * {pay} * 12", "CNY", (("programme", programme),)),
            Slot(f"{name}标准每人每月", "standard", pay, "CNY", (("programme", programme), ("per", "month"))),
        ]
    for indicator in INDICATORS:
        slots += [
            Slot(
                f"{indicator}目标",
                "indicator_target",
                "95",
                "percent",
                (("indicator", indicator), ("qualifier", "at_least")),
            ),
            Slot(indicator, "indicator_actual", "95 + r.h % 50 / 10", "percent", (("indicator", indicator),)),
        ]
    slots += [
        Slot("自评得分", "score", "90 + r.h % 100 / 10", "point"),
        Slot("养老机构", "facilities", "5 + r.h % 60", "facility", (("programme", "elder_care"),)),
        Slot("养老床位", "beds", "300 + r.h % 4000", "bed", (("programme", "elder_care"),)),
        Slot("婚姻登记", "cases", "1000 + r.h % 9000", "case", (("programme", "marriage"),)),
        Slot("临时救助", "beneficiaries", "50 + r.h % 900", "person_time", (("programme", "temporary_relief"),)),
        money("年末结转结余", "carryover", "r.closing"),
        Slot("年初结转结余", "carryover", "r.opening", "CNY", (), "r.year - 1"),
        # A later report tells last year's spending again, for the most part alike.
        Slot("上年支出", "expenditure", "r.last_total", "CNY", (("stage", "final"),), "r.year - 1"),
    ]
    return slots


SLOTS = _slots()
_DIMENSIONS = (
    *("programme", "residence", "care", "fund_source", "spending_type", "stage", "indicator", "per", "qualifier"),
    *("item", "variant", "layout", "row_label", "column_header"),
)


def planted(figures: int) -> dict[str, int]:
    """How many contradictions of each identity `generate` plants."""
    reports = range(figures // len(SLOTS))
    return {
        "stated_rate": sum(n % 10 == WRONG_RATE for n in reports),
        "residence_adds_up": sum(n % 10 == WRONG_TOTAL for n in reports),
    }


def generate(database: Path, figures: int) -> None:
    """Write a new database with about `figures` rows in raw.figures and the other raw tables of a release."""
    with (SEEDS / "reference" / "places.csv").open(encoding="utf-8", newline="") as rows:
        places = [
            (row["place_code"], row["full_name"])
            for row in csv.DictReader(rows)
            if row["tier"] != "province" and not row["valid_to"]
        ]
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"attach '{database}' as release (storage_version '{STORAGE_VERSION}')")
        connection.execute("create schema release.raw")
        for table in (*RELEASE_COPIES, RELEASES, REVIEWS, *PREVIOUS_COPIES):
            connection.execute(table.ddl("release.raw"))
        connection.execute("create table places (number bigint, place_code varchar, full_name varchar)")
        connection.executemany(
            "insert into places values (?, ?, ?)", [(n, code, name) for n, (code, name) in enumerate(places)]
        )
        connection.execute(
            f"""
            create table reports as
            with drawn as (
                select
                    n, place_code, full_name, {LAST_YEAR} - n // {len(places)} as year, hash(place_code) % 997 as h,
                    round((20_000_000 + hash(place_code) % 400_000_000) * (1 - 0.03 * (n // {len(places)})), -2) as total,
                    round((20_000_000 + hash(place_code) % 400_000_000) * (0.97 - 0.03 * (n // {len(places)})), -2) as last_total,
                    200.0 + hash(place_code || 'u') % 5000 as urban, 500.0 + hash(place_code || 'r') % 20000 as rural,
                    1500.0 + hash(place_code || 's') % 40 * 10 - 20 * (n // {len(places)}) as line,
                    round(total * (1 + (hash(n) % 8) / 100), -2) as budget
                from range({figures // len(SLOTS)}) as report (n)
                inner join places on places.number = n % {len(places)}
            )
            select
                *, md5(n::varchar) as document_id, full_name || '民政局' as department, budget * 0.9 as initial,
                round(100 * total / budget, 2) as rate, round(total * 0.18, -2) as basic, round(total * 0.15, -2) as personnel,
                round(total * 0.8, -2) as general, round(total * 0.15, -2) as fund,
                round(total * 0.04, -2) as closing, round(last_total * 0.04, -2) as opening
            from drawn
            """
        )
        _write_figures(connection)
        connection.execute(
            """
            insert into release.raw.documents (
                document_id, source_key, file, format, title, department, place_name, place_code, fiscal_year, document_kind,
                source_class, characters, text, extractor_version, loaded_at, is_current
            )
            select
                document_id, document_id, document_id || '.txt', 'text', full_name || '民政局' || year || '年度绩效自评报告',
                department, full_name, place_code, year, 'self_eval_department', 'official', length(texts.text), texts.text,
                'bench', timestamp '2026-01-01', true
            from reports inner join texts using (document_id)
            order by document_id
            """
        )
        connection.execute(
            """
            insert into release.raw.releases
            select 'bench', timestamp '2026-01-01', 'bench', (select count(*) from release.raw.documents),
                (select count(*) from release.raw.figures), 'bench'
            """
        )
        connection.execute("detach release")


def _write_figures(connection: duckdb.DuckDBPyConnection) -> None:
    slots = []
    for number, slot in enumerate(SLOTS, 1):
        given = dict(slot.dimensions)
        dimensions = ", ".join(
            f"{name}: {repr(given[name]) if name in given else 'null::varchar'}" for name in _DIMENSIONS
        )
        slots.append(
            f"{{ordinal: {number}, words: '{slot.words}', measure: '{slot.measure}', value: ({slot.value})::double, "
            f"unit: '{slot.unit}', fiscal_year: ({slot.year})::integer, {dimensions}}}"
        )
    connection.execute(
        f"""
        create table worded as
        select
            r.document_id, r.department, r.place_code, r.full_name, slot.*,
            case slot.unit
                when 'CNY' then
                    case when slot.measure in ('standard', 'top_up') then format('{{:.1f}}元', slot.value)
                    else format('{{:,.2f}}万元', slot.value / 10000) end
                when 'percent' then format('{{:.2f}}%', slot.value)
                when 'point' then format('{{:.1f}}分', slot.value)
                else format('{{:.0f}}', slot.value) || case slot.unit when 'person' then '人' when 'bed' then '张' else '个' end
            end as raw
        from reports as r, unnest([{", ".join(slots)}]) as slots (slot)
        """
    )
    connection.execute(
        """
        create table placed as
        select
            *, words || raw as quote,
            coalesce(sum(length(words) + length(raw) + 1) over (
                partition by document_id order by ordinal rows between unbounded preceding and 1 preceding
            ), 0) + length(words) as first_character
        from worded
        """
    )
    connection.execute(
        "create table texts as select document_id, string_agg(quote, '。' order by ordinal) || '。' as text from placed group by 1"
    )
    names = {field.name for field in FIELDS} & {*_DIMENSIONS, "fiscal_year", "measure", "value", "unit", "raw", "quote"}
    listed = ", ".join(sorted(names))
    connection.execute(
        f"""
        insert into release.raw.figures (
            figure_id, ordinal, file, document_id, department, place_name, place_code, "start", "end", confidence, {listed}
        )
        select
            md5(document_id || ordinal), ordinal, document_id || '.txt', document_id, department, full_name, place_code,
            first_character, first_character + length(raw), 0.95, {listed}
        from placed
        order by document_id, ordinal
        """
    )
