"""The nine tables of final accounts (部门决算公开表), as bureaus of every kind publish them, in every shape of a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from account_tables import ABOVE, FILES, LEFT, SHAPES, TITLE, Grid, document

from ingest.documents import read_document
from ingest.figures import Figure, extract_figures

GENERAL, FUND, CAPITAL = "general_public_budget", "government_fund", "state_capital"
# (measure, fund_source, spending_type, fiscal_year, item, value in 万元)
Row = tuple[str, str | None, str | None, int, str | None, float]
L, A = LEFT, ABOVE
THIS, LAST = 2022, 2021


def income(value: float, source: str | None = None, item: str | None = None) -> Row:
    return "income", source, None, THIS, item, value


def spent(value: float, kind: str | None = None, item: str | None = None, source: str | None = None) -> Row:
    return "expenditure", source, kind, THIS, item, value


def left(value: float, year: int = THIS, source: str | None = None, item: str | None = None) -> Row:
    return "carryover", source, None, year, item, value


WHOLE: tuple[str, Grid, list[Row]] = (
    "收入支出决算总表\n公开01表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["收入", L, L, "支出", L, L],
        ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ["栏次", "", "1", "栏次", "", "2"],
        ["一、一般公共预算财政拨款收入", "1", "8,120.50", "一、一般公共服务支出", "32", ""],
        ["二、政府性基金预算财政拨款收入", "2", "640.00", "八、社会保障和就业支出", "39", "310.20"],
        ["三、国有资本经营预算财政拨款收入", "3", "", "九、卫生健康支出", "40", "96.75"],
        ["四、上级补助收入", "4", "", "十一、城乡社区支出", "42", "640.00"],
        ["五、事业收入", "5", "215.30", "十三、交通运输支出", "44", "7,905.65"],
        ["八、其他收入", "8", "12.08", "", "53", ""],
        ["本年收入合计", "27", "8,987.88", "本年支出合计", "57", "8,952.60"],
        ["使用非财政拨款结余", "28", "18.00", "结余分配", "58", "7.50"],
        ["年初结转和结余", "29", "402.16", "年末结转和结余", "59", "447.94"],
        ["", "30", "", "", "60", ""],
        ["总计", "31", "9,408.04", "总计", "61", "9,408.04"],
    ],
    [
        income(8120.50, GENERAL),
        income(640, FUND),
        spent(310.20, item="社会保障和就业支出"),
        spent(96.75, item="卫生健康支出"),
        spent(640, item="城乡社区支出"),
        income(215.30, item="事业收入"),
        spent(7905.65, item="交通运输支出"),
        income(12.08, "other"),
        income(8987.88),
        spent(8952.60),
        left(402.16, LAST),
        left(447.94),
        income(9408.04),
        spent(9408.04),
    ],
)

INCOME: tuple[str, Grid, list[Row]] = (
    "收入决算表\n公开02表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["项目", L, "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"],
        ["功能分类科目编码", "科目名称", A, A, A, A, A, A, A],
        ["栏次", L, "1", "2", "3", "4", "5", "6", "7"],
        ["合计", L, "8,987.88", "8,760.50", "0.00", "215.30", "0.00", "0.00", "12.08"],
        ["212", "城乡社区支出", "640.00", "640.00", "0.00", "0.00", "0.00", "0.00", "0.00"],
        ["214", "交通运输支出", "8,010.93", "7,783.55", "0.00", "215.30", "0.00", "0.00", "12.08"],
        ["2140106", "公路养护", "4,120.00", "4,120.00", "0.00", "0.00", "0.00", "0.00", "0.00"],
    ],
    [
        figure
        for name, values in (
            (None, (8987.88, 8760.50, 0, 215.30, 0, 0, 12.08)),
            ("城乡社区支出", (640, 640, 0, 0, 0, 0, 0)),
            ("交通运输支出", (8010.93, 7783.55, 0, 215.30, 0, 0, 12.08)),
            ("公路养护", (4120, 4120, 0, 0, 0, 0, 0)),
        )
        for figure in (
            income(values[0], None, name),
            income(values[1], "fiscal_appropriation", name),
            *(
                income(value, None, kind if name is None else f"{name}/{kind}")
                for kind, value in zip(("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入"), values[2:6], strict=True)
            ),
            income(values[6], "other", name),
        )
    ],
)  # fmt: skip

EXPENDITURE: tuple[str, Grid, list[Row]] = (
    "支出决算表\n公开03表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["项目", L, L, L, "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
        ["支出功能分类科目编码", L, L, "科目名称", A, A, A, A, A, A],
        ["类", "款", "项", "栏次", "1", "2", "3", "4", "5", "6"],
        [A, A, A, "合计", "8,952.60", "1,980.35", "6,972.25", "", "", ""],
        ["214", "", "", "交通运输支出", "7,905.65", "1,573.40", "6,332.25", "", "", ""],
        ["214", "01", "", "公路水路运输", "7,905.65", "1,573.40", "6,332.25", "", "", ""],
        ["214", "01", "01", "行政运行", "1,573.40", "1,573.40", "", "", "", ""],
        ["214", "01", "06", "公路养护", "6,332.25", "", "6,332.25", "", "", ""],
    ],
    [
        spent(8952.60), spent(1980.35, "basic"), spent(6972.25, "project"),
        spent(7905.65, None, "交通运输支出"), spent(1573.40, "basic", "交通运输支出"), spent(6332.25, "project", "交通运输支出"),
        spent(7905.65, None, "公路水路运输"), spent(1573.40, "basic", "公路水路运输"), spent(6332.25, "project", "公路水路运输"),
        spent(1573.40, None, "行政运行"), spent(1573.40, "basic", "行政运行"),
        spent(6332.25, None, "公路养护"), spent(6332.25, "project", "公路养护"),
    ],
)  # fmt: skip

# The sum of all appropriations: it has no source of its own, and it is not the department's whole.
WHOLE_OF_IT = "财政拨款"
APPROPRIATION: tuple[str, Grid, list[Row]] = (
    "财政拨款收入支出决算总表\n公开04表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["收入", L, L, "支出", L, L, L, L, L],
        ["项目", "行次", "金额", "项目", "行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"],
        ["栏次", "", "1", "栏次", "", "2", "3", "4", "5"],
        ["一、一般公共预算财政拨款", "1", "8,120.50", "八、社会保障和就业支出", "40", "310.20", "310.20", "0.00", "0.00"],
        ["二、政府性基金预算财政拨款", "2", "640.00", "十一、城乡社区支出", "43", "640.00", "0.00", "640.00", "0.00"],
        ["三、国有资本经营预算财政拨款", "3", "0.00", "十三、交通运输支出", "45", "7,700.10", "7,700.10", "0.00", "0.00"],
        ["本年收入合计", "27", "8,760.50", "本年支出合计", "59", "8,650.30", "8,010.30", "640.00", "0.00"],
        ["年初财政拨款结转和结余", "28", "380.00", "年末财政拨款结转和结余", "60", "490.20", "490.20", "0.00", "0.00"],
        ["一般公共预算财政拨款", "29", "380.00", "", "61", "", "", "", ""],
        ["政府性基金预算财政拨款", "30", "0.00", "", "62", "", "", "", ""],
        ["总计", "32", "9,140.50", "总计", "64", "9,140.50", "8,500.50", "640.00", "0.00"],
    ],
    [
        income(8120.50, GENERAL),
        spent(310.20, None, f"社会保障和就业支出/{WHOLE_OF_IT}"), spent(310.20, None, "社会保障和就业支出", GENERAL),
        spent(0, None, "社会保障和就业支出", FUND), spent(0, None, "社会保障和就业支出", CAPITAL),
        income(640, FUND),
        spent(640, None, f"城乡社区支出/{WHOLE_OF_IT}"), spent(0, None, "城乡社区支出", GENERAL),
        spent(640, None, "城乡社区支出", FUND), spent(0, None, "城乡社区支出", CAPITAL),
        income(0, CAPITAL),
        spent(7700.10, None, f"交通运输支出/{WHOLE_OF_IT}"), spent(7700.10, None, "交通运输支出", GENERAL),
        spent(0, None, "交通运输支出", FUND), spent(0, None, "交通运输支出", CAPITAL),
        income(8760.50, None, WHOLE_OF_IT), spent(8650.30, None, WHOLE_OF_IT), spent(8010.30, source=GENERAL), spent(640, source=FUND), spent(0, source=CAPITAL),
        left(380, LAST, None, WHOLE_OF_IT), left(490.20, THIS, None, WHOLE_OF_IT), left(490.20, source=GENERAL), left(0, source=FUND), left(0, source=CAPITAL),
        left(380, LAST, GENERAL), left(0, LAST, FUND),
        income(9140.50, None, WHOLE_OF_IT), spent(9140.50, None, WHOLE_OF_IT), spent(8500.50, source=GENERAL), spent(640, source=FUND), spent(0, source=CAPITAL),
    ],
)  # fmt: skip

GENERAL_BUDGET: tuple[str, Grid, list[Row]] = (
    "一般公共预算财政拨款支出决算表\n公开05表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["项目", L, "本年支出", L, L],
        ["功能分类科目编码", "科目名称", "小计", "基本支出", "项目支出"],
        ["栏次", L, "1", "2", "3"],
        ["合计", L, "8,010.30", "1,980.35", "6,029.95"],
        ["208", "社会保障和就业支出", "310.20", "310.20", ""],
        ["2140101", "行政运行", "1,573.40", "1,573.40", ""],
    ],
    [
        spent(8010.30, None, None, GENERAL), spent(1980.35, "basic", None, GENERAL), spent(6029.95, "project", None, GENERAL),
        spent(310.20, None, "社会保障和就业支出", GENERAL), spent(310.20, "basic", "社会保障和就业支出", GENERAL),
        spent(1573.40, None, "行政运行", GENERAL), spent(1573.40, "basic", "行政运行", GENERAL),
    ],
)  # fmt: skip

BASIC: tuple[str, Grid, list[Row]] = (
    "一般公共预算财政拨款基本支出决算明细表\n公开06表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["人员经费", L, L, "公用经费", L, L, L, L, L],
        ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
        ["301", "工资福利支出", "1,610.40", "302", "商品和服务支出", "221.95", "310", "资本性支出", "8.00"],
        ["30101", "基本工资", "702.30", "30201", "办公费", "36.41", "31002", "办公设备购置", "8.00"],
        ["303", "对个人和家庭的补助", "140.00", "30211", "差旅费", "22.10", "", "", ""],
        ["30305", "生活补助", "12.60", "30231", "公务用车运行维护费", "14.20", "", "", ""],
        ["人员经费合计", L, "1,750.40", "公用经费合计", L, L, L, L, "229.95"],
    ],
    [
        spent(1610.40, "personnel", "工资福利支出", GENERAL), spent(221.95, "operating", "商品和服务支出", GENERAL), spent(8, "operating", "资本性支出", GENERAL),
        spent(702.30, "personnel", "基本工资", GENERAL), spent(36.41, "operating", "办公费", GENERAL), spent(8, "operating", "办公设备购置", GENERAL),
        spent(140, "personnel", "对个人和家庭的补助", GENERAL), spent(22.10, "operating", "差旅费", GENERAL),
        spent(12.60, "personnel", "生活补助", GENERAL), spent(14.20, "operating", "公务用车运行维护费", GENERAL),
        spent(1750.40, "personnel", None, GENERAL), spent(229.95, "operating", None, GENERAL),
    ],
)  # fmt: skip

GOVERNMENT_FUND: tuple[str, Grid, list[Row]] = (
    "政府性基金预算财政拨款收入支出决算表\n公开07表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["项目", L, "年初结转和结余", "本年收入", "本年支出", L, L, "年末结转和结余"],
        ["功能分类科目编码", "科目名称", A, A, "小计", "基本支出", "项目支出", A],
        ["栏次", L, "1", "2", "3", "4", "5", "6"],
        ["合计", L, "22.00", "640.00", "640.00", "0.00", "640.00", "22.00"],
        ["212", "城乡社区支出", "22.00", "640.00", "640.00", "0.00", "640.00", "22.00"],
    ],
    [
        left(22, LAST, FUND), income(640, FUND), spent(640, None, None, FUND), spent(0, "basic", None, FUND), spent(640, "project", None, FUND), left(22, THIS, FUND),
        left(22, LAST, FUND, "城乡社区支出"), income(640, FUND, "城乡社区支出"), spent(640, None, "城乡社区支出", FUND), spent(0, "basic", "城乡社区支出", FUND),
        spent(640, "project", "城乡社区支出", FUND), left(22, THIS, FUND, "城乡社区支出"),
    ],
)  # fmt: skip

STATE_CAPITAL: tuple[str, Grid, list[Row]] = (
    "国有资本经营预算财政拨款支出决算表\n公开08表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["项目", L, "本年支出", L, L],
        ["功能分类科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["栏次", L, "1", "2", "3"],
        ["合计", L, "15.00", "0.00", "15.00"],
        ["22399", "其他国有资本经营预算支出", "15.00", "0.00", "15.00"],
    ],
    [
        spent(15, None, None, CAPITAL), spent(0, "basic", None, CAPITAL), spent(15, "project", None, CAPITAL),
        spent(15, None, "其他国有资本经营预算支出", CAPITAL), spent(0, "basic", "其他国有资本经营预算支出", CAPITAL),
        spent(15, "project", "其他国有资本经营预算支出", CAPITAL),
    ],
)  # fmt: skip

THREE = [
    "三公经费",
    "因公出国（境）费",
    "公务用车购置及运行维护费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务接待费",
]
THREE_PUBLIC: tuple[str, Grid, list[Row]] = (
    "财政拨款“三公”经费支出决算表\n公开09表　部门：云渡县交通运输局　金额单位：万元",
    [
        ["预算数", L, L, L, L, L, "决算数", L, L, L, L, L],
        ["合计", "因公出国（境）费", "公务用车购置及运行维护费", L, L, "公务接待费", "合计", "因公出国（境）费", "公务用车购置及运行维护费", L, L, "公务接待费"],
        [A, A, "小计", "公务用车购置费", "公务用车运行维护费", A, A, A, "小计", "公务用车购置费", "公务用车运行维护费", A],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"],
        ["26.00", "0.00", "20.00", "0.00", "20.00", "6.00", "18.75", "0.00", "14.20", "0.00", "14.20", "4.55"],
    ],
    [
        *(("budget", None, None, THIS, item, value) for item, value in zip(THREE, (26, 0, 20, 0, 20, 6), strict=True)),
        *(spent(value, None, item) for item, value in zip(THREE, (18.75, 0, 14.20, 0, 14.20, 4.55), strict=True)),
    ],
)  # fmt: skip

TABLES = {
    "whole": WHOLE,
    "income": INCOME,
    "expenditure": EXPENDITURE,
    "appropriation": APPROPRIATION,
    "general budget": GENERAL_BUDGET,
    "basic": BASIC,
    "government fund": GOVERNMENT_FUND,
    "state capital": STATE_CAPITAL,
    "three public": THREE_PUBLIC,
}


# One cell a line, a row that lost its empty cells does not show which columns its values are of.
LOST = [("expenditure", "one cell a line"), ("general budget", "one cell a line")]
CASES = [(name, shape) for name in TABLES for shape in SHAPES]


def rows_read(name: str, shape: str) -> list[Row]:
    caption, grid, _ = TABLES[name]
    return rows_of(extract_figures(SHAPES[shape](grid, caption)))


def rows_of(found: list[Figure]) -> list[Row]:
    return [
        (f.measure, f.fund_source, f.spending_type, f.fiscal_year, f.item, round(f.value / 10_000, 2)) for f in found
    ]


@pytest.mark.parametrize(("name", "shape"), [case for case in CASES if case not in LOST])
def test_a_table_of_final_accounts_says_the_same_in_every_shape(name: str, shape: str) -> None:
    assert rows_read(name, shape) == TABLES[name][2]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_final_accounts_says_the_same_in_every_format(name: str, file: str, tmp_path: Path) -> None:
    caption, grid, expected = TABLES[name]
    path = tmp_path / file
    path.write_bytes(FILES[file](grid, caption))
    assert rows_of(extract_figures(read_document(path))) == expected


@pytest.mark.parametrize(("name", "shape"), LOST)
def test_where_empty_cells_are_lost_the_totals_are_read_and_nothing_is_read_wrong(name: str, shape: str) -> None:
    expected, found = TABLES[name][2], rows_read(name, shape)
    remaining = iter(expected)
    assert all(row in remaining for row in found)
    assert [row for row in found if row[4] is None][:1] == expected[:1]
    assert {row for row in expected if row[2] is None} <= set(found)


@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["single", "double spaced"])
def test_budget_and_accounts_of_the_three_public_expenses_one_below_the_other(separator: str) -> None:
    names = [
        "合计",
        "因公出国（境）费",
        "公务用车购置及运行维护费小计",
        "公务用车购置费",
        "公务用车运行维护费",
        "公务接待费",
    ]
    rows = [
        ["预算数", *names, "26.00", "0.00", "20.00", "0.00", "20.00", "6.00"],
        ["决算数", *names, "18.75", "0.00", "14.20", "0.00", "14.20", "4.55"],
    ]
    found = extract_figures(
        document("\n".join([TITLE, "", THREE_PUBLIC[0], "", *(separator.join(row) for row in rows), ""]))
    )
    assert rows_of(found) == THREE_PUBLIC[2]
