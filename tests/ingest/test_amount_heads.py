"""Names of amounts in heads of tables and forms, in the words of several provinces; all texts are invented."""

from __future__ import annotations

import pytest
from small_reports import YEAR, fields, figures_of

from ingest.documents.amount_heads import is_amount_head, read_amount_head

TITLE = f"云渡市民政局{YEAR}年度部门整体支出绩效自评报告"


@pytest.mark.parametrize(
    ("head", "stage"),
    [
        ("年初预算数", "initial"),
        ("年初部门预算批复数", "initial"),
        ("期初预算额", "initial"),
        ("年初安排数", "initial"),
        ("预算批复金额", "initial"),
        ("年初预算支出", "initial"),
        ("全年预算安排数", "revised"),
        ("调整后全年预算金额", "revised"),
        ("最终预算数（B）", "revised"),
        ("预算指标数", "revised"),
        (f"{YEAR}年度部门预算数", None),
        ("预算资金", None),
    ],
)
def test_budgets_and_their_stages(head: str, stage: str | None) -> None:
    found = read_amount_head(head.translate(str.maketrans("（）", "()")))
    assert found is not None
    assert (found.measure, found.stage) == ("budget", stage)


@pytest.mark.parametrize("head", ["全年实际支出数", "预算执行数", "累计支付数", "已支付金额", "资金使用数", "决算金额"])
def test_money_spent(head: str) -> None:
    found = read_amount_head(head)
    assert found is not None
    assert (found.measure, found.stage) == ("expenditure", "final")


@pytest.mark.parametrize("head", ["预算执行进度", "资金支付率", "执行比例", "全年预算完成率", "资金使用率"])
def test_rates_of_execution(head: str) -> None:
    assert read_amount_head(head) == ("execution_rate", "final", False)


@pytest.mark.parametrize(
    "head",
    ["年度指标值", "年度指标", "指标完成率", "使用率", "支出比例", "下达数", "项目支出", "部门预算", "预算执行情况", "年度资金总额", "年初结转", "床位数"],
)  # fmt: skip
def test_what_is_no_name_of_an_amount(head: str) -> None:
    assert not is_amount_head(head)


def test_money_that_arrived_has_no_rate_of_execution() -> None:
    assert read_amount_head("资金到位率") == (None, None, False)


@pytest.mark.parametrize(
    ("first", "changed", "spent", "rate"),
    [
        ("年初批复数", "调整后预算", "累计支出", "支付进度"),
        ("期初预算金额", "最终预算数", "实际执行数", "预算执行比例"),
        ("年初下达数", "全年指标数", "全年支付数", "资金使用率"),
    ],
)
@pytest.mark.parametrize("sign", ["\t", "\n"])
def test_a_form_in_other_words_reads_as_the_usual_one(
    first: str, changed: str, spent: str, rate: str, sign: str
) -> None:
    rows = [
        ["项目资金（万元）", first, changed, spent, rate],
        ["年度资金总额", "310.00", "342.50", "335.65", "98.00%"],
        ["其中：财政资金", "300.00", "332.50", "325.85", "98.00%"],
    ]
    text = "\n".join(sign.join(row) for row in rows)
    found = figures_of(f"项目名称：助餐补贴项目\n{text}\n", TITLE)
    assert fields(found, "measure", "stage", "value")[:4] == [
        ("budget", "initial", 3_100_000),
        ("budget", "revised", 3_425_000),
        ("expenditure", "final", 3_356_500),
        ("execution_rate", "final", 98),
    ]
    assert len(found) == 8


def test_a_table_of_two_sides_below_other_words_for_the_amounts() -> None:
    found = figures_of(
        "收入支出决算总表\n单位：万元\n收入\t决算金额\t支出\t决算金额\n一、一般公共预算财政拨款收入\t812.40\t一、社会保障和就业支出\t790.15\n"
        "本年收入合计\t812.40\t本年支出合计\t806.30\n",
        f"云渡市民政局{YEAR}年度部门决算",
    )
    assert fields(found, "measure", "value") == [
        ("income", 8_124_000),
        ("expenditure", 7_901_500),
        ("income", 8_124_000),
        ("expenditure", 8_063_000),
    ]
