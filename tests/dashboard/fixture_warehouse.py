"""A small published release for the dashboard's tests: every mart, a few dozen rows, hostile text in the invented report.

Real departments carry published numbers only; all sentences stand under an invented department. The columns are those of
the marts' contracts in models/marts, so that this release cannot drift from the real one.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import yaml

from ingest.paths import PROJECT_ROOT

COLUMNS: dict[str, dict[str, str]] = {
    model["name"]: {column["name"]: column["data_type"] for column in model["columns"]}
    for path in sorted((PROJECT_ROOT / "models" / "marts").glob("*.yml"))
    for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
}
#: What a row has where it does not say otherwise.
USUAL = {"is_disputed": False, "is_restated": False, "is_headline": True, "statement_count": 1}

LIWAN, LECHANG, POTOU, GUANGZHOU, SHENZHEN = (
    "440103-civil_affairs",
    "440281-civil_affairs",
    "440804-civil_affairs",
    "440100-civil_affairs",
    "440300-civil_affairs",
)
INVENTED = "x-0123456789"
HOSTILE_TITLE = "<script>document.title='owned'</script> 示例报告 [x](javascript:alert(1))"
HOSTILE_QUOTE = "<img src=x onerror=\"document.title='owned'\">全年安排预算 1,200.50 万元,**实际**支出 1,140 万元"
HOSTILE_ITEM = '=HYPERLINK("http://example.invalid","点我")'
TEXT = (
    "临溪市松江区民政局年度绩效自评（示例文本，数字为虚构）\n"
    "<b>一、收支情况</b>\n" + HOSTILE_QUOTE + "。\n\n"
    "二、补助情况\n城镇低保标准每人每月 700 元,惠及 1,024 人。\n"
)


def _figure(
    figure_id: str,
    document_id: str,
    department_id: str,
    year: int,
    measure: str,
    value: float,
    unit: str,
    raw: str,
    **more: object,
) -> dict:
    return {
        "figure_id": figure_id,
        "document_id": document_id,
        "department_id": department_id,
        "file": f"{document_id}.csv",
        "fiscal_year": year,
        "measure": measure,
        "value": value,
        "unit": unit,
        "raw": raw,
        "qualifier": "exact",
        "confidence": 0.95,
        **more,
    }


def _rows(release: str) -> dict[str, list[dict]]:
    rows: dict[str, list[dict]] = {name: [] for name in COLUMNS}
    for department_id, name, short, code, place, province, tier, sample in (
        (LIWAN, "广州市荔湾区民政局", "荔湾区民政局", "440103", "荔湾区", "广东省", "county", False),
        (LECHANG, "乐昌市民政局", "乐昌市民政局", "440281", "乐昌市", "广东省", "county", False),
        (POTOU, "湛江市坡头区民政局", "坡头区民政局", "440804", "坡头区", "广东省", "county", False),
        (GUANGZHOU, "广州市民政局", "广州市民政局", "440100", "广州市", "广东省", "prefecture", False),
        (SHENZHEN, "深圳市民政局", "深圳市民政局", "440300", "深圳市", "广东省", "prefecture", False),
        (INVENTED, "临溪市松江区民政局", "松江区民政局", None, "松江区", None, None, True),
    ):
        rows["dim_department"].append(
            {
                "department_id": department_id,
                "department_name": name,
                "department_short_name": short,
                "department_kind": "civil_affairs",
                "place_code": code,
                "place_name": place,
                "province_name": province,
                "province_code": code and code[:2] + "0000",
                "tier": tier,
                "is_sample": sample,
            }
        )
        if code:
            rows["dim_place"].append(
                {
                    "place_code": code,
                    "place_name": place,
                    "full_name": province + place,
                    "tier": tier,
                    "province_name": province,
                }
            )
    for document_id, department_id, year, source_class, title, fmt in (
        ("d-liwan", LIWAN, 2023, "official", "荔湾区民政局2023年部门整体支出绩效自评", "figures_table"),
        ("d-lechang", LECHANG, 2023, "official", "乐昌市民政局2023年部门整体支出绩效自评", "figures_table"),
        ("d-potou", POTOU, 2022, "official", "坡头区民政局2022年部门整体支出绩效自评", "figures_table"),
        ("d-standards", GUANGZHOU, 2023, "state-media", "最低生活保障标准", "figures_table"),
        ("d-invented", INVENTED, 2023, "sample", HOSTILE_TITLE, "text"),
    ):
        rows["dim_document"].append(
            {
                "document_id": document_id,
                "title": title,
                "department_id": department_id,
                "fiscal_year": year,
                "document_kind": "self_eval_department" if fmt == "text" else "figures_table",
                "file": f"{document_id}.{'txt' if fmt == 'text' else 'csv'}",
                "format": fmt,
                "publisher": "民政局",
                "source_url": "https://example.invalid/report",
                "source_class": source_class,
                "figure_count": 4,
                "loaded_at": "2026-01-02 03:04:05",
            }
        )
    rows["dim_document_text"].append({"document_id": "d-invented", "text": TEXT})

    figures = rows["fct_figures"]
    figures += [
        _figure("f-liwan-budget", "d-liwan", LIWAN, 2023, "budget", 313129100, "CNY", "31312.91万元", stage="revised"),
        _figure(
            "f-liwan-spent", "d-liwan", LIWAN, 2023, "expenditure", 304358100, "CNY", "30435.81万元", stage="final"
        ),
        _figure("f-liwan-rate", "d-liwan", LIWAN, 2023, "execution_rate", 97.2, "percent", "97.2%"),
        _figure(
            "f-lechang-budget", "d-lechang", LECHANG, 2023, "budget", 128204700, "CNY", "12820.47万元", stage="revised"
        ),
        _figure(
            "f-lechang-spent",
            "d-lechang",
            LECHANG,
            2023,
            "expenditure",
            128204700,
            "CNY",
            "12820.47万元",
            stage="final",
        ),
        _figure("f-lechang-rate", "d-lechang", LECHANG, 2023, "execution_rate", 100, "percent", "100%"),
        _figure("f-lechang-rate-2", "d-lechang", LECHANG, 2023, "execution_rate", 77.12, "percent", "77.12%"),
        _figure(
            "f-lechang-standard",
            "d-lechang",
            LECHANG,
            2023,
            "standard",
            857,
            "CNY",
            "857元",
            programme="dibao",
            residence="urban",
            per="month",
        ),
        _figure(
            "f-lechang-topup",
            "d-lechang",
            LECHANG,
            2023,
            "top_up",
            676,
            "CNY",
            "676元",
            programme="dibao",
            residence="urban",
            per="month",
        ),
        _figure(
            "f-lechang-aged",
            "d-lechang",
            LECHANG,
            2023,
            "beneficiaries",
            11078,
            "person",
            "11078人",
            programme="old_age_allowance",
        ),
        _figure(
            "f-lechang-aged-paid",
            "d-lechang",
            LECHANG,
            2023,
            "benefit_paid",
            2561300,
            "CNY",
            "256.13万元",
            programme="old_age_allowance",
        ),
        _figure("f-potou-initial", "d-potou", POTOU, 2022, "budget", 46591700, "CNY", "4659.17万元", stage="initial"),
        _figure("f-potou-spent", "d-potou", POTOU, 2022, "expenditure", 91415600, "CNY", "9141.56万元", stage="final"),
        _figure(
            "f-potou-target",
            "d-potou",
            POTOU,
            2022,
            "indicator_target",
            2205,
            "body",
            "2205具",
            programme="funeral",
            indicator="火化遗体数",
        ),
        _figure(
            "f-potou-actual",
            "d-potou",
            POTOU,
            2022,
            "indicator_actual",
            1951,
            "body",
            "1951具",
            programme="funeral",
            indicator="火化遗体数",
        ),
        _figure(
            "f-potou-rate",
            "d-potou",
            POTOU,
            2022,
            "indicator_actual",
            85,
            "percent",
            "85%",
            programme="funeral",
            indicator="火化完成率",
        ),
        _figure(
            "f-invented-budget",
            "d-invented",
            INVENTED,
            2023,
            "budget",
            12005000,
            "CNY",
            "1,200.50 万元",
            stage="initial",
            quote=HOSTILE_QUOTE,
            start=TEXT.index("1,200.50"),
            end=TEXT.index("1,200.50") + len("1,200.50 万元"),
            page=1,
            item=HOSTILE_ITEM,
            layout="prose",
        ),
        _figure(
            "f-invented-persons",
            "d-invented",
            INVENTED,
            2023,
            "beneficiaries",
            1024,
            "person",
            "1,024 人",
            programme="dibao",
            quote="惠及 1,024 人",
            start=TEXT.index("1,024"),
            end=TEXT.index("1,024") + len("1,024 人"),
            layout="prose",
        ),
    ]
    standards = {
        GUANGZHOU: {2019: 1010, 2020: 1080, 2021: 1120, 2022: 1196, 2023: 1238},
        SHENZHEN: {2019: 1160, 2021: 1250, 2022: 1365, 2023: 1413},
        LECHANG: {2023: 857},
    }
    for department_id, by_year in standards.items():
        for year, value in by_year.items():
            figure_id = "f-lechang-standard" if department_id == LECHANG else f"f-standard-{department_id[:6]}-{year}"
            if department_id != LECHANG:
                figures.append(
                    _figure(
                        figure_id,
                        "d-standards",
                        department_id,
                        year,
                        "standard",
                        value,
                        "CNY",
                        f"{value}元",
                        programme="dibao",
                        residence="urban",
                        per="month",
                    )
                )
            rows["fct_subsidy_standards"].append(
                {
                    "standard_id": f"s-{department_id[:6]}-{year}",
                    "department_id": department_id,
                    "fiscal_year": year,
                    "programme": "dibao",
                    "residence": "urban",
                    "standard_cny": value,
                    "per": "month",
                    "standard_cny_per_month": value,
                    "standard_figure_id": figure_id,
                    "top_up_cny": 676 if department_id == LECHANG else None,
                    "top_up_per": "month" if department_id == LECHANG else None,
                    "top_up_cny_per_month": 676 if department_id == LECHANG else None,
                    "top_up_figure_id": "f-lechang-topup" if department_id == LECHANG else None,
                }
            )
    for figure in figures:
        if figure["measure"] in ("budget", "expenditure"):
            funding_id = f"m-{figure['figure_id']}"
            rows["fct_funding"].append(
                {
                    "funding_id": funding_id,
                    "department_id": figure["department_id"],
                    "fiscal_year": figure["fiscal_year"],
                    "measure": figure["measure"],
                    "stage": figure.get("stage"),
                    "item": figure.get("item"),
                    "amount_cny": figure["value"],
                    "figure_id": figure["figure_id"],
                    "statement_count": 1,
                    "is_restated": False,
                    "is_disputed": figure["figure_id"] == "f-potou-spent",
                    "choice_reason": "only_statement",
                }
            )
            rows["bridge_fact_figures"].append(
                {
                    "fact_table": "fct_funding",
                    "fact_id": funding_id,
                    "figure_id": figure["figure_id"],
                    "role": "amount",
                    "is_chosen": True,
                    "rank": 1,
                    "reason": "only_statement",
                }
            )

    def execution(
        key: str,
        department_id: str,
        year: int,
        basis: str,
        stated: float | None,
        top: float,
        bottom: float,
        figure_ids: tuple[str | None, str, str],
        verdict: str,
    ) -> None:
        recomputed = round(100 * top / bottom, 2)
        rows["fct_execution"].append(
            {
                "execution_id": key,
                "department_id": department_id,
                "fiscal_year": year,
                "basis": basis,
                "stated_rate_pct": stated,
                "recomputed_rate_pct": recomputed,
                "gap_pct_points": None if stated is None else round(stated - recomputed, 2),
                "numerator_cny": top,
                "denominator_cny": bottom,
                "denominator_stage": basis,
                "stated_figure_id": figure_ids[0],
                "numerator_figure_id": figure_ids[1],
                "denominator_figure_id": figure_ids[2],
                "verdict": verdict,
            }
        )
        for role, figure_id in zip(("stated_rate", "numerator", "denominator"), figure_ids, strict=True):
            if figure_id:
                rows["bridge_fact_figures"].append(
                    {
                        "fact_table": "fct_execution",
                        "fact_id": key,
                        "figure_id": figure_id,
                        "role": role,
                        "is_chosen": True,
                        "rank": 1,
                        "reason": "only_statement",
                    }
                )

    execution(
        "e-liwan",
        LIWAN,
        2023,
        "revised",
        97.2,
        304358100,
        313129100,
        ("f-liwan-rate", "f-liwan-spent", "f-liwan-budget"),
        "holds",
    )
    execution(
        "e-lechang",
        LECHANG,
        2023,
        "revised",
        100,
        128204700,
        128204700,
        ("f-lechang-rate", "f-lechang-spent", "f-lechang-budget"),
        "holds",
    )
    execution(
        "e-potou",
        POTOU,
        2022,
        "initial",
        None,
        91415600,
        46591700,
        (None, "f-potou-spent", "f-potou-initial"),
        "recomputed",
    )
    rows["fct_beneficiaries"] += [
        {
            "beneficiaries_id": "b-lechang-aged",
            "department_id": LECHANG,
            "fiscal_year": 2023,
            "programme": "old_age_allowance",
            "persons": 11078,
            "amount_paid_cny": 2561300,
            "amount_per_person_month_cny": 19.27,
            "persons_figure_id": "f-lechang-aged",
            "amount_paid_figure_id": "f-lechang-aged-paid",
        },
        {
            "beneficiaries_id": "b-invented",
            "department_id": INVENTED,
            "fiscal_year": 2023,
            "programme": "dibao",
            "persons": 1024,
            "persons_figure_id": "f-invented-persons",
        },
    ]
    rows["fct_performance"].append(
        {
            "performance_id": "p-potou",
            "department_id": POTOU,
            "fiscal_year": 2022,
            "kind": "indicator",
            "indicator": "火化遗体数",
            "target_value": 2205,
            "actual_value": 1951,
            "unit": "body",
            "attained": False,
            "target_figure_id": "f-potou-target",
            "actual_figure_id": "f-potou-actual",
        }
    )
    rows["fct_performance"].append(
        {
            "performance_id": "p-liwan",
            "department_id": LIWAN,
            "fiscal_year": 2023,
            "kind": "score",
            "score": 96.5,
            "grade": "excellent",
        }
    )
    figures.append(_figure("f-potou-beds", "d-potou", POTOU, 2022, "beds", 320, "bed", "320张", programme="elder_care"))
    rows["fct_services"].append(
        {
            "service_id": "v-potou",
            "department_id": POTOU,
            "fiscal_year": 2022,
            "measure": "beds",
            "programme": "elder_care",
            "is_planned": False,
            "unit": "bed",
            "quantity": 320,
            "figure_id": "f-potou-beds",
        }
    )
    rows["fct_reconciliations"] += [
        {
            "reconciliation_id": "r-potou",
            "identity": "completion_rate",
            "document_id": "d-potou",
            "department_id": POTOU,
            "fiscal_year": 2022,
            "left_label": "火化完成率",
            "relation": "equal",
            "left_value": 85,
            "right_label": "1951 / 2205",
            "right_value": 88.48,
            "unit": "percent",
            "gap": -3.48,
            "tolerance": 0.5,
            "severity": "hard",
            "verdict": "violated",
            "explanation_zh": "报告称完成率为85%，按1951/2205计算为88.48%。",
            "explanation_en": "The report says 85 %; 1951 / 2205 is 88.48 %.",
        },
        {
            "reconciliation_id": "r-liwan",
            "identity": "stated_rate",
            "document_id": "d-liwan",
            "department_id": LIWAN,
            "fiscal_year": 2023,
            "left_label": "执行率",
            "left_value": 97.2,
            "right_label": "304358100 / 313129100",
            "right_value": 97.2,
            "unit": "percent",
            "gap": 0.0,
            "tolerance": 0.05,
            "severity": "hard",
            "verdict": "holds",
            "explanation_zh": "与重算一致。",
            "explanation_en": "Agrees with the recomputed rate.",
        },
        {
            "reconciliation_id": "r-lechang",
            "identity": "top_up_below_standard",
            "document_id": "d-lechang",
            "department_id": LECHANG,
            "fiscal_year": 2023,
            "left_label": "补差",
            "left_value": 676,
            "right_label": "标准",
            "right_value": 857,
            "unit": "CNY",
            "gap": -181,
            "tolerance": 85.7,
            "severity": "soft",
            "verdict": "violated",
            "explanation_zh": "补差低于标准。",
            "explanation_en": "The top-up is below the standard.",
        },
    ]
    for reconciliation, sides in zip(
        rows["fct_reconciliations"],
        (
            ["f-potou-rate", "f-potou-actual", "f-potou-target"],
            ["f-liwan-rate", "f-liwan-spent"],
            ["f-lechang-topup", "f-lechang-standard"],
        ),
        strict=True,
    ):
        reconciliation["figure_ids"] = sides

    held = {(f["department_id"], f["fiscal_year"]) for f in figures}
    for department in rows["dim_department"]:
        years = [year for d, year in held if d == department["department_id"]]
        for year in range(min(years), max(years) + 1):
            count = sum((f["department_id"], f["fiscal_year"]) == (department["department_id"], year) for f in figures)
            rows["dim_department_year"].append(
                {
                    "department_id": department["department_id"],
                    "fiscal_year": year,
                    "document_count": 1 if count else 0,
                    "figure_count": count,
                    "has_funding": False,
                    "has_execution": False,
                    "has_beneficiaries": False,
                    "has_standards": bool(count),
                    "has_performance": False,
                    "absence_reason": None if count else "report_not_held",
                }
            )
    for programme, zh, en in (
        ("dibao", "最低生活保障", "Dibao"),
        ("old_age_allowance", "高龄津贴", "Old-age allowance"),
    ):
        rows["dim_programme"].append(
            {"programme": programme, "name_zh": zh, "name_en": en, "field": "social_assistance"}
        )
    rows["fct_outcomes"] += [
        {"file": "d-invented.txt", "stage": "loaded", "status": "ok"},
        {
            "file": "empty.txt",
            "stage": "read",
            "status": "failed",
            "cause": "empty",
            "message": "the file is empty",
            "remedy": "Give a file with text",
        },
    ]
    rows["fct_release_changes"].append(
        {
            "previous_release": "20260101T000000-bbbbbb",
            "fact_table": "fct_subsidy_standards",
            "fact_id": "changed",
            "role": "standard",
            "department_id": LECHANG,
            "department_name": "乐昌市民政局",
            "fiscal_year": 2022,
            "measure": "standard",
            "programme": "dibao",
            "change": "changed",
            "cause": "new_version",
            "value_before": 856,
            "unit_before": "CNY",
            "value_after": 857,
            "unit_after": "CNY",
            "figure_id_after": "f-lechang-standard",
            "is_sample": False,
        }
    )
    rows["dim_release"].append(
        {
            "release": release,
            "built_at": "2026-01-02 03:04:05",
            "extractor_version": "1",
            "document_count": 5,
            "figure_count": len(figures),
        }
    )
    return rows


def build(path: Path, release: str = "20260102T030405-aaaaaa", drop: str | None = None) -> Path:
    """Write a release to `path` by an atomic rename, as `jixiao rebuild` does. `drop` leaves one mart out."""
    building = path.with_name(f"building-{release}.duckdb")
    building.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{building}' as release (storage_version 'v1.1.0')")
        connection.execute("use release")
        for table, rows in _rows(release).items():
            columns = COLUMNS[table]
            connection.execute(
                f"create table {table} (" + ", ".join(f'"{name}" {kind}' for name, kind in columns.items()) + ")"
            )
            connection.execute(f"comment on table {table} is 'Fixture of {table} (测试)'")
            for row in rows:
                assert row.keys() <= columns.keys(), f"{table}: {row.keys() - columns.keys()}"
                full = {**USUAL, "is_sample": row.get("department_id") == INVENTED, **row}
                connection.execute(
                    f"insert into {table} values ({', '.join('?' for _ in columns)})",
                    [full.get(name) for name in columns],
                )
        if drop:
            connection.execute(f"drop table {drop}")
    building.replace(path)
    return path


def build_empty(path: Path) -> Path:
    """A release that holds nothing but itself, as after the first rebuild without reports."""
    build(path)
    with duckdb.connect(str(path)) as connection:
        for table in COLUMNS:
            if table != "dim_release":
                connection.execute(f"delete from {table}")
    return path
