"""Tables that a text gives one cell a line: numbered rows and the parts of a budget form; all of them invented."""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import DEPARTMENT, YEAR, fields, figures_of, reasons_of, report

BUDGET = f"{DEPARTMENT}{YEAR}年部门预算公开"


def one_cell_a_line(*rows: str) -> str:
    """The rows, whose cells are parted by |, one cell a line; an empty cell leaves an empty line."""
    return "\n".join("\n".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n"


def without_empty_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line) + "\n"


HOMES = one_cell_a_line(
    "序号 | 机构名称 | 核定床位 | 入住老人 | 备注",
    "1 | 云渡县福利院 | 320 | 241 | ",
    "2 | 渡口镇敬老院 | 90 | 52 | 年内改造",
    "3 | 上游镇敬老院 | 60 | 41 | ",
)
OF_HOMES = [("beds", 320), ("beneficiaries", 241), ("beds", 90), ("beneficiaries", 52), ("beds", 60), ("beneficiaries", 41)]  # fmt: skip


@pytest.mark.parametrize("table", [HOMES, without_empty_lines(HOMES)])
def test_remarks_may_be_missing_where_rows_are_numbered(table: str) -> None:
    found = figures_of(f"公办养老机构床位及入住情况表\n单位：张、人\n{table}")
    assert fields(found, "measure", "value") == OF_HOMES


def test_parts_and_sums_stand_among_numbered_rows() -> None:
    found = figures_of(
        "社会救助情况统计表\n单位：万元\n"
        + one_cell_a_line(
            "序号 | 救助类别 | 期末在册人数 | 累计支出",
            "1 | 特困人员救助供养 | 746人 | 298.15",
            "1.1 | 其中：集中供养 | 92人 | 61.60",
            "2 | 孤儿 | 12人 | —",
            " | 合计 | 758人 | 298.15",
        )
    )
    assert fields(found, "measure", "programme", "care", "value")[:5] == [
        ("beneficiaries", "tekun", None, 746),
        ("benefit_paid", "tekun", None, 2_981_500),
        ("beneficiaries", "tekun", "institutional", 92),
        ("benefit_paid", "tekun", "institutional", 616_000),
        ("beneficiaries", "orphan", None, 12),
    ]


def test_a_title_above_numbered_rows_is_no_head() -> None:
    found = figures_of(
        one_cell_a_line(
            "重点民生项目完成情况",
            "序号 | 项目内容 | 年度目标 | 完成情况 | 牵头科室",
            "1 | 家庭适老化改造户数 | 300户 | 310户 | 养老科",
            "2 | 婚姻登记合格率 | 100% | 99.8% | 事务科",
        )
    )
    assert fields(found, "measure", "programme", "value") == [
        ("indicator_target", "home_adaptation", 300),
        ("indicator_actual", "home_adaptation", 310),
        ("indicator_target", "marriage", 100),
        ("indicator_actual", "marriage", 99.8),
    ]


@pytest.mark.parametrize(("lost", "doubtful"), [("90", "52"), ("60", "41")])
def test_numbered_rows_that_lost_a_number_are_not_read(lost: str, doubtful: str) -> None:
    table = without_empty_lines(HOMES).replace(f"{lost}\n", "")
    assert dict(reasons_of(f"床位情况表\n单位：张、人\n{table}"))[doubtful] is not None


def test_money_by_type_and_source_side_by_side() -> None:
    found = figures_of(
        one_cell_a_line(
            "预算整体情况",
            "部门预算支出 | 预算金额（万元） | 收入来源 | 预算金额（万元）",
            "基本支出 | 117.50 | 财政拨款 | 381.03",
            "项目支出 | 330.66 | 其他资金 | 67.13",
        ),
        BUDGET,
    )
    assert fields(found, "measure", "spending_type", "fund_source", "value") == [
        ("budget", "basic", None, 1_175_000),
        ("income", None, "fiscal_appropriation", 3_810_300),
        ("budget", "project", None, 3_306_600),
        ("income", None, "other", 671_300),
    ]


def test_a_side_that_goes_on_alone_is_not_guessed() -> None:
    found = figures_of(
        one_cell_a_line(
            "部门预算支出 | 预算金额（万元） | 收入来源 | 预算金额（万元）",
            "基本支出 | 117.50 | 财政拨款 | 381.03",
            "项目支出 | 263.53",
        ),
        BUDGET,
    )
    assert "income" not in {figure.measure for figure in found if figure.value == 2_635_300}


def test_tasks_of_a_budget_form_with_cells_as_long_as_sentences() -> None:
    found = figures_of(
        one_cell_a_line(
            "名称 | 主要实施内容 | 拟投入的资金（万元） | 期望达到的目标（概述）",
            "年度重点任务 | 社会养老服务计划 | 建设镇级养老服务中心，完善运营补贴办法。 | 77.26 | 老人在家门口就有照料，服务更近。",
            "社会救助兜底计划 | 核对家庭收入，把符合条件的都纳入保障。 | 10.80 | 应保尽保",
        ),
        BUDGET,
    )
    assert fields(found, "measure", "programme", "value") == [
        ("budget", "elder_care", 772_600),
        ("budget", "social_assistance", 108_000),
    ]


def test_two_columns_of_labels_whose_first_is_a_class() -> None:
    found = figures_of(
        "单位：元/人·月\n"
        + one_cell_a_line(
            "补贴类别 | 对象 | 原标准 | 新标准",
            "特困人员供养 | 基本生活 | 1210 | 1250",
            "孤儿基本生活费 | 社会散居 | 1310 | 1360",
            "重度残疾人护理补贴 | 一级 | 120 | 130",
        )
    )
    assert fields(found, "measure", "programme", "value") == [
        ("standard", "tekun", 1210),
        ("standard", "tekun", 1250),
        ("standard", "orphan", 1310),
        ("standard", "orphan", 1360),
        ("standard", "disability_nursing", 120),
        ("standard", "disability_nursing", 130),
    ]


def test_tasks_whose_money_is_given_by_source() -> None:
    found = figures_of(
        one_cell_a_line(
            "任务名称 | 主要内容 | 预算金额（万元） | 总额 | 财政拨款 | 其他资金",
            "公用经费 | 保障机关运转 | 41.60 | 41.60 | 0.00",
            "残疾人两项补贴 | 按月发放到人 | 318.20 | 300.20 | 18.00",
            "金额合计 | 359.80 | 341.80 | 18.00",
        ),
        BUDGET,
    )
    assert [(f.measure, f.value) for f in found] == [
        ("budget", yuan * 100) for yuan in (4160, 4160, 0, 31820, 30020, 1800, 35980, 34180, 1800)
    ]
    assert [f.programme for f in found[3:6]] == ["disability_both"] * 3


def test_goals_with_letters_in_their_heads_and_a_last_column_that_explains() -> None:
    found = figures_of(
        one_cell_a_line(
            "一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 指标内容",
            "产出指标 | 数量指标 | 特困人员救助供养人数 | ≥620人 | 633人 | 应养尽养",
            "临时救助人次 | ≥900人次 | 941人次 | 应救尽救",
            "时效指标 | 补助资金下达时限 | ≤30日 | 按期 | 收到文件起",
        )
    )
    assert [(f.measure, f.programme, f.value) for f in found] == [
        ("indicator_target", "tekun", 620),
        ("indicator_actual", "tekun", 633),
        ("indicator_target", "temporary_relief", 900),
        ("indicator_actual", "temporary_relief", 941),
        ("indicator_target", None, 30),
    ]


def test_a_label_of_a_group_of_rows_parts_the_columns_of_money() -> None:
    found = figures_of(
        one_cell_a_line(
            "资金情况（万元） | 全年预算数（A） | 全年执行数（B） | 执行率",
            "年度资金总额 | 82.00 | 80.10 | 97.68%",
            "按支出性质分 | 基本支出 | 30.00 | 29.40 | 98.00%",
        )
    )
    assert [(f.measure, f.spending_type) for f in found][3:] == [
        ("budget", "basic"),
        ("expenditure", "basic"),
        ("execution_rate", "basic"),
    ]


def test_goals_whose_names_end_like_sentences_or_begin_like_heads() -> None:
    found = figures_of(
        one_cell_a_line(
            "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
            "产出指标 | 数量指标 | 社区养老设施覆盖率。 | 90% | 92% | 10 | 10",
            "成本指标 | 单位床位建设成本 | ≤19.7万元/张 | 18.8万元/张 | 5 | 5",
            "质量指标 | 护理型床位占比 | 60% | 61% | 5 | 5",
        )
    )
    assert [(f.measure, f.value) for f in found if f.measure.startswith("indicator")] == [
        ("indicator_target", 90),
        ("indicator_actual", 92),
        ("indicator_target", 197_000),
        ("indicator_actual", 188_000),
        ("indicator_target", 60),
        ("indicator_actual", 61),
    ]


def test_goals_below_one_name_for_all_rows_with_values_and_remarks_missing() -> None:
    found = figures_of(
        one_cell_a_line(
            "一级指标 | 二级指标 | 三级指标 | 实施周期指标值 | 年度指标值 | 备注",
            "绩效指标 | 产出指标 | 数量指标 | 适老化改造户数 | 600户 | 200户 | 三年任务",
            "新增助餐点数量 | 15个 | 6个",
            "社会组织等级评估覆盖率 | | 30%",
            "时效指标 | 补助资金下达及时率 | 100% | 98%",
        ),
        BUDGET,
    )
    assert fields(found, "programme", "value", "column_header") == [
        ("home_adaptation", 600, "实施周期指标值"),
        ("home_adaptation", 200, "年度指标值"),
        ("elder_meals", 15, "实施周期指标值"),
        ("elder_meals", 6, "年度指标值"),
        ("social_organisations", 30, "年度指标值"),
        (None, 100, "实施周期指标值"),
        (None, 98, "年度指标值"),
    ]


def test_amounts_with_a_space_in_them_and_two_cells_of_words_after() -> None:
    found = figures_of(
        one_cell_a_line(
            "职责活动 | 年度预算数（万元） | 内容描述 | 绩效目标",
            "一、社会救助 | 3, 860. 20 | 拟订救助规划，健全救助体系 | 困难群众应保尽保",
            "二、养老服务 | 127.60 | 推进养老服务体系建设 | 人人享有养老服务",
        ),
        BUDGET,
    )
    assert fields(found, "measure", "programme", "value") == [
        ("budget", "social_assistance", 38_602_000),
        ("budget", "elder_care", 1_276_000),
    ]


FINAL_ACCOUNTS = f"{DEPARTMENT}{YEAR}年度部门决算"
BOTH_SIDES = one_cell_a_line(
    "收入 | 决算数 | 支出 | 决算数",
    "一、财政拨款收入 | 60.00 | 一、社会保障和就业支出 | 50.00",
    "二、其他收入 | 10.00 | 二、卫生健康支出 | 12.00",
    " | | 三、住房保障支出 | 8.00",
    "本年收入合计 | 70.00 | 本年支出合计 | 70.00",
)


@pytest.mark.parametrize("table", [BOTH_SIDES, without_empty_lines(BOTH_SIDES)])
def test_a_line_that_stands_on_one_side_alone(table: str) -> None:
    found = figures_of(f"收入支出决算总表\n单位：万元\n{table}", FINAL_ACCOUNTS)
    assert fields(found, "measure", "value") == [
        ("income", 600_000),
        ("expenditure", 500_000),
        ("income", 100_000),
        ("expenditure", 120_000),
        ("expenditure", 80_000),
        ("income", 700_000),
        ("expenditure", 700_000),
    ]


CLASSES = one_cell_a_line(
    "功能分类科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
    "20810 | 社会福利 | 30.00 | 10.00 | 20.00",
    "20820 | 临时救助 | 12.00 | 0.00 | 12.00",
    "合计 | | 42.00 | 10.00 | 32.00",
)


@pytest.mark.parametrize("table", [CLASSES, without_empty_lines(CLASSES)])
def test_the_sum_stands_below_the_codes_and_the_name_of_the_next_table_ends_one(table: str) -> None:
    found = figures_of(
        f"支出决算表\n单位：万元\n{table}“三公”经费支出决算表\n单位：元\n项目\n预算数\n决算数\n公务接待费\n860.00\n815.00\n公务用车费\n90.00\n80.00\n",
        FINAL_ACCOUNTS,
    )
    assert fields(found[:9], "programme", "spending_type", "value") == [
        (None, None, 300_000),
        (None, "basic", 100_000),
        (None, "project", 200_000),
        ("temporary_relief", None, 120_000),
        ("temporary_relief", "basic", 0),
        ("temporary_relief", "project", 120_000),
        (None, None, 420_000),
        (None, "basic", 100_000),
        (None, "project", 320_000),
    ]
    assert fields(found[9:], "measure", "value") == [
        ("budget", 860),
        ("expenditure", 815),
        ("budget", 90),
        ("expenditure", 80),
    ]


def test_empty_cells_of_a_plain_table_are_put_back_where_they_left_an_empty_line() -> None:
    found = figures_of(
        one_cell_a_line(
            "项目 | 保障人数（人） | 发放金额（万元）",
            "城市低保 | 812 | 520.60",
            "临时救助 | | 43.20",
            "农村低保 | 1,498 | 433.25",
        )
    )
    assert fields(found, "measure", "programme", "value") == [
        ("beneficiaries", "dibao", 812),
        ("benefit_paid", "dibao", 5_206_000),
        ("benefit_paid", "temporary_relief", 432_000),
        ("beneficiaries", "dibao", 1498),
        ("benefit_paid", "dibao", 4_332_500),
    ]


@pytest.mark.parametrize("above", ["（三）主要项目执行情况", "主要项目执行情况"])
def test_what_stands_above_the_heads_is_none_of_them(above: str) -> None:
    found = figures_of(
        one_cell_a_line(
            above,
            "项目名称 | 预算数（万元） | 执行数（万元） | 执行率 | 责任处室",
            "养老服务体系建设 | 480.00 | 471.40 | 98.21% | 养老服务处",
            "公益性公墓建设 | 60.00 | 52.20 | 87.00% | 社会事务处",
        )
    )
    assert fields(found, "measure", "programme", "value") == [
        ("budget", "elder_care", 4_800_000),
        ("expenditure", "elder_care", 4_714_000),
        ("execution_rate", "elder_care", 98.21),
        ("budget", "funeral", 600_000),
        ("expenditure", "funeral", 522_000),
        ("execution_rate", "funeral", 87),
    ]


def test_a_cell_of_several_standards_stands_where_others_hold_one() -> None:
    found = figures_of(
        one_cell_a_line(
            "项目 | 保障人数（人） | 支出金额（万元） | 现行标准 | 备注",
            "城市低保 | 812 | 520.60 | 760元/人·月 | —",
            "孤儿 | 41 | 58.10 | 集中1,550元/人·月、散居1,050元/人·月 | —",
            "农村低保 | 1,498 | 433.25 | 590元/人·月 | —",
        )
    )
    assert fields([f for f in found if f.measure == "standard"], "programme", "care", "value") == [
        ("dibao", None, 760),
        ("orphan", "institutional", 1550),
        ("orphan", "home", 1050),
        ("dibao", None, 590),
    ]


def test_the_text_of_a_budget_s_goals_is_a_table_of_goals() -> None:
    title = f"{DEPARTMENT}{YEAR}年部门预算绩效文本"
    assert report("一、总体绩效目标\n保障困难群众基本生活。", title).profile.document_kind == "target_table"


GOALS = one_cell_a_line(
    "三级指标 | 预期值 | 实现值 | 分值 | 得分 | 偏差原因",
    "新增养老床位数 | 15张 | 18张 | 8 | 8 | —",
    "家庭养老床位数 | 200张 | 189张 | 8 | 7.5 | 跨年度",
    "群众满意度 | 90% | 94.6% | 10 | 10 | —",
)


@pytest.mark.parametrize(
    "body",
    [
        GOALS.replace("偏差原因\n", "偏差原因\n\n"),
        # What stands below the table after an empty line is no remark, and shifts no cell.
        GOALS.removesuffix("—\n") + "\n2.产出情况\n",
    ],
)
def test_empty_lines_around_a_table_are_no_cells(body: str) -> None:
    found = [figure for figure in figures_of(body) if figure.measure.startswith("indicator")]
    assert [figure.value for figure in found] == [15, 18, 200, 189, 90, 94.6]


def test_a_sum_below_rows_of_two_words_each_is_read() -> None:
    cells = "任务名称 主要内容 预算数 执行数 执行率 临时救助 急难救助 120.00 108.00 90.00% 高龄津贴 按月发放 640.00 633.60 99.00%"
    sums = "金额合计 760.00 741.60 97.58%"
    found = figures_of("单位：万元\n年度主要任务\n" + "\n".join([*cells.split(), *sums.split()]) + "\n二、存在的问题\n")
    assert [(f.measure, f.programme, f.value) for f in found[-3:]] == [
        ("budget", None, 7_600_000),
        ("expenditure", None, 7_416_000),
        ("execution_rate", None, 97.58),
    ]


def test_the_sum_of_a_form_may_carry_the_unit() -> None:
    found = figures_of(
        "项目名称\n高龄津贴\n主管部门\n云渡县民政局\n年度资金总额（万元）\n312.00\n其中：财政拨款\n312.00\n",
        title=f"云渡县民政局{YEAR}年项目支出绩效目标申报表",
    )
    assert [(f.measure, f.programme, f.value, f.fund_source) for f in found] == [
        ("budget", "old_age_allowance", 3_120_000, None),
        ("budget", "old_age_allowance", 3_120_000, "fiscal_appropriation"),
    ]


MONEY_OF_FORM = one_cell_a_line(
    "填报日期：2023-03-18",
    "项目名称 | 高龄津贴 | | 项目编码 | 0317",
    "预算执行情况（万元） | | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率）",
    " | 年度资金总额 | 412.00 | 406.50 | 98.67% | 19.73",
    " | 其中：中央资金 | 112.00 | 110.88 | 99.00% | ",
    " | 省级资金 | 300.00 | 295.62 | 98.54% | ",
)


@pytest.mark.parametrize("text", [MONEY_OF_FORM, without_empty_lines(MONEY_OF_FORM)])
def test_the_parts_of_a_form_s_money_may_be_without_a_score(text: str) -> None:
    found = figures_of(text, f"{YEAR}年度项目支出绩效自评表")
    assert {figure.programme for figure in found} == {"old_age_allowance"}
    assert fields(found, "measure", "value") == [
        ("budget", 4_120_000),
        ("expenditure", 4_065_000),
        ("execution_rate", 98.67),
        ("budget", 1_120_000),
        ("expenditure", 1_108_800),
        ("execution_rate", 99),
        ("budget", 3_000_000),
        ("expenditure", 2_956_200),
        ("execution_rate", 98.54),
    ]


GOALS_WITHOUT_SCORES = one_cell_a_line(
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | | 指标值 | 全年实际完成值 | | 未完成原因和改进措施",
    " | 产出指标 | 质量指标 | 救助对象认定准确率 | | ≥98% | 99.2% | | ",
    " | | | 查处违规资金 | | 不发生 | 不发生 | | ",
    " | | 成本指标 | 城市低保标准 | | 不低于690元/月 | 704元/月 | | ",
    " | 满意度指标 | 服务对象满意度 | 救助对象满意度 | | ≥85% | 94% | | ",
)


@pytest.mark.parametrize("text", [GOALS_WITHOUT_SCORES, without_empty_lines(GOALS_WITHOUT_SCORES)])
def test_a_goal_in_words_that_was_attained_is_no_remark_of_the_row_before(text: str) -> None:
    assert fields(figures_of(text), "measure", "value") == [
        ("indicator_target", 98),
        ("indicator_actual", 99.2),
        ("indicator_target", 690),
        ("indicator_actual", 704),
        ("indicator_target", 85),
        ("indicator_actual", 94),
    ]
