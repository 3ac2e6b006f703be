"""Where a rule of the genre must not reach: each sentence looks like one that a rule was made for, and is another.

The sentences are written for these tests; test_hard_things.py has the ones that the rules were made for.
"""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import DEPARTMENT, TITLE, YEAR, fields, figures_of, reasons_of

LAST_YEAR = YEAR - 1


def raws(body: str, title: str = TITLE) -> list[str]:
    return [figure.raw for figure in figures_of(body, title)]


# ------------------------------------------------------------------ numbers that stand side by side


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("全年发放低保金1 234.5万元。", ["1 234.5万元"]),
        ("2022 120人享受低保。", ["120人"]),
        ("12月发放低保金2 345万元。", ["2 345万元"]),
    ],
)
def test_two_numbers_beside_each_other_are_not_joined(sentence: str, written: list[str]) -> None:
    assert raws(sentence) == written


def test_the_number_of_a_table_is_not_part_of_the_next_number() -> None:
    assert [raw for raw, _ in reasons_of("相关支出详见附表1 234.5万元。")] == ["1", "234.5万元"]


def test_a_comma_at_the_start_of_a_line_ends_a_clause_where_no_digits_follow() -> None:
    assert raws("惠及低保对象12\n,发放低保金34.5万元。") == ["34.5万元"]


# ------------------------------------------------------------------ years


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("上年财政拨款结转120万元。", [LAST_YEAR]),
        ("“十四五”末，护理型床位占比达到55%。", [2025]),
        ("到十五五规划末，护理型床位占比达到60%。", [2030]),
        ("2021年和2022年发放低保金分别为889.1万元、964.7万元。", [2021, 2022]),
        ("2021年、2022年城市、农村低保标准分别为每人每月720元、600元。", [2021, 2022]),
        ("2022年城市、农村低保对象分别为812人、1498人。", [YEAR, YEAR]),
    ],
)
def test_each_figure_has_the_year_that_is_said_of_it(sentence: str, years: list[int]) -> None:
    assert [figure.fiscal_year for figure in figures_of(sentence)] == years


def test_a_plain_level_of_a_standard_is_not_the_original_one() -> None:
    found = figures_of("中原镇低保标准为每人每月720元，高原补贴每人每月80元。")
    assert {figure.fiscal_year for figure in found} == {YEAR}


# ------------------------------------------------------------------ lists


def test_a_list_that_names_its_own_residence_does_not_take_that_of_the_list_before() -> None:
    found = figures_of("城市、农村低保标准分别为每月780元、600元，农村低保A、B类对象每人每月分别补助351元、332元。")
    assert fields(found, "residence", "value")[2:] == [("rural", 351), ("rural", 332)]


@pytest.mark.parametrize(
    ("sentence", "qualifiers"),
    [
        ("火化率由59.1%至63.4%。", ["exact", "exact"]),
        ("集中供养、分散供养标准为每人每月1560元、1014元。", ["exact", "exact"]),
        ("临时救助标准为每人1000元至5000元。", ["at_least", "at_most"]),
    ],
)
def test_only_the_ends_of_a_range_are_bounds(sentence: str, qualifiers: list[str]) -> None:
    assert [figure.qualifier for figure in figures_of(sentence)] == qualifiers


# ------------------------------------------------------------------ sums and standards


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("每月发放补贴7.84万元。", ["benefit_paid"]),
        ("每月为每名孤儿发放基本生活费1900元。", ["standard"]),
        ("农村幸福院运营补助每年不低于1.2万元。", ["standard"]),
        ("对每家敬老院每年安排运营补贴3万元。", ["standard"]),
        ("低保标准为每人每月780元，全年发放低保金964.7万元。", ["standard", "benefit_paid"]),
    ],
)
def test_an_amount_of_a_period_is_a_standard_only_of_one(sentence: str, measures: list[str]) -> None:
    body = f"发放养老服务补贴和孤儿补贴。{sentence}"
    assert [figure.measure for figure in figures_of(body)] == measures


# ------------------------------------------------------------------ change and level


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("部门支出较上年增加120万元，达到5200万元。", ["5200万元"]),
        ("部门支出增加120万元，同比增长2.4%。", []),
        ("部门支出增加120万元，达到历史最高，项目支出4000万元。", ["4000万元"]),
        ("预算执行率比上年提高2.1个百分点，达97.2%。", ["97.2%"]),
        ("增速达8.5%。", []),
        ("低保对象增加75人，增至2310人。", ["2310人"]),
    ],
)
def test_what_came_of_a_change_counts_and_the_change_does_not(sentence: str, levels: list[str]) -> None:
    assert raws(sentence) == levels


def test_money_that_was_paid_back_is_no_level_and_what_it_was_used_for_is() -> None:
    assert raws("追缴多领的低保金1.2万元。发放低保金12万元。") == ["12万元"]


# ------------------------------------------------------------------ plans


def test_goals_reached_are_no_plans() -> None:
    found = figures_of("超额完成年度目标，救助低保对象2310人。目标完成率100%。")
    assert fields(found, "measure", "qualifier")[0] == ("beneficiaries", "exact")


# ------------------------------------------------------------------ other places


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("全国共有孤儿14.4万人，其中集中养育5.1万人。", []),
        ("截至年底，全省孤儿5316人。", []),
        ("全省首批试点发放低保金12万元。", ["12万元"]),
        ("工作走在全省前列，发放低保金12万元。", ["12万元"]),
        ("按照全省统一部署，发放低保金12万元。", ["12万元"]),
        ("全省孤儿5316人，我县孤儿32人。", ["32人"]),
        ("全县孤儿32人。", ["32人"]),
    ],
)
def test_figures_of_another_place_are_none_and_those_beside_them_are(sentence: str, levels: list[str]) -> None:
    assert raws(sentence) == levels


def test_a_province_speaks_of_itself() -> None:
    title = TITLE.replace(DEPARTMENT, "青海省民政厅")
    assert raws("全省孤儿5316人。全国孤儿14.4万人。", title) == ["5316人"]
    assert reasons_of("全国孤儿14.4万人。", title) == [("14.4万人", "elsewhere")]


# ------------------------------------------------------------------ income that is no money of the department


def test_a_low_income_is_no_income() -> None:
    found = figures_of("月补贴标准为城乡低收入80—89周岁老年人270元、90周岁以上450元。")
    assert {figure.measure for figure in found} == {"standard"}


# ------------------------------------------------------------------ whose score


def test_a_projects_own_score_in_a_departments_report_is_the_projects() -> None:
    found = figures_of("“高龄津贴”项目全年预算数为50万元，执行数为48万元，自评得分为92.4分。部门整体自评94.8分。")
    assert fields(found, "measure", "programme")[2:] == [("score", "old_age_allowance"), ("score", None)]


@pytest.mark.parametrize("sentence", ["该项自评得9分。", "该项指标得分35分。", "本项得40分。"])
def test_the_score_of_one_item_is_none(sentence: str) -> None:
    assert raws(sentence) == []


def test_a_score_whose_verb_stands_in_a_clause_of_its_own() -> None:
    found = figures_of("经综合评定，得97.84分，其中目标设置9.6分。")
    assert fields(found, "measure", "value") == [("score", 97.84)]


# ------------------------------------------------------------------ money


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("县财政2022年批复780万元。", ("budget", "initial", None)),
        ("所需资金350万元由县财政承担。", ("budget", None, None)),
        ("全年需困难群众救助资金1.2亿元。", ("budget", None, "social_assistance")),
        ("公务接待费支出3.62万元。", ("expenditure", "final", None)),
        ("敬老院提升改造项目当年安排240万元。", ("budget", None, "elder_care")),
    ],
)
def test_money_by_the_words_around_it(sentence: str, meaning: tuple[str, str | None, str | None]) -> None:
    assert fields(figures_of(sentence), "measure", "stage", "programme") == [meaning]


def test_what_income_was_used_for_is_spending() -> None:
    found = figures_of("全年政府性基金收入1730万元，其中用于养老服务980万元、用于殡葬420万元。")
    assert fields(found, "measure", "programme") == [
        ("income", None),
        ("expenditure", "elder_care"),
        ("expenditure", "funeral"),
    ]


@pytest.mark.parametrize(
    ("sentence", "spending_type"),
    [
        ("敬老院提升改造项目因雨季停工，年初安排120万元，仅支付46.5万元。", "project"),
        ("开展重点项目自评，年初安排120万元，支付46.5万元。", None),
        ("全年共实施12个项目，年初预算120万元，支付46.5万元。", None),
    ],
)
def test_money_of_one_project_named_as_the_subject(sentence: str, spending_type: str | None) -> None:
    assert {figure.spending_type for figure in figures_of(f"二、资金使用情况\n{sentence}")} == {spending_type}


def test_carried_on_into_the_next_year_is_the_balance_of_this_one() -> None:
    assert fields(figures_of(f"结转{YEAR + 1}年使用41.6万元。"), "measure", "fiscal_year") == [("carryover", YEAR)]


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("年末结转和结余529.7万元，较年初的212.5万元有所上升。", [YEAR, LAST_YEAR]),
        ("年末结转和结余529.7万元，年末存量资金212.5万元。", [YEAR, YEAR]),
    ],
)
def test_the_balance_at_the_start_is_of_the_year_before(sentence: str, years: list[int]) -> None:
    assert [figure.fiscal_year for figure in figures_of(sentence)] == years


# ------------------------------------------------------------------ people and care


@pytest.mark.parametrize(
    ("sentence", "care"),
    [
        ("养老床位1860张，入住640人。", ["institutional"]),
        ("在院特困老人86人。", ["institutional"]),
        ("为1385名重度残疾人提供寄宿托养服务。", ["institutional"]),
        ("居家养老上门服务640人。", [None]),
    ],
)
def test_who_lives_in_a_home(sentence: str, care: list[str | None]) -> None:
    assert [f.care for f in figures_of(sentence) if f.measure == "beneficiaries"] == care


def test_an_occupancy_rate_is_no_care() -> None:
    found = figures_of("养老机构入住率52.4%，老年助餐惠及640人。")
    assert fields(found, "measure", "care") == [("indicator_actual", None), ("beneficiaries", None)]


@pytest.mark.parametrize(
    "sentence",
    [
        "全县持证残疾人2.68万人，其中一、二级重度残疾人1.31万人。",
        "各镇均明确1名殡葬信息员。",
        "公墓墓穴剩余不足400个。",
        "检查养老机构26家。",
        "长者食堂新建数少完成3个。",
        "为农民工追发工资1260万元。",
    ],
)
def test_neither_reached_nor_built_nor_paid(sentence: str) -> None:
    assert raws(sentence) == []


def test_a_list_that_was_bound_gives_its_names_to_what_comes_after() -> None:
    found = figures_of("困难残疾人生活补贴、重度残疾人护理补贴分别惠及980人、840人，1—11月支出196.2万元。")
    assert fields(found, "measure", "programme") == [
        ("beneficiaries", "disability_living"),
        ("beneficiaries", "disability_nursing"),
        ("benefit_paid", "disability_both"),
    ]


@pytest.mark.parametrize(
    ("sentence", "programme"),
    [
        ("现有孤儿12名，困境儿童387名，均按月发放基本生活费，合计483.9万元。", "orphan"),
        ("现有孤儿12名，困境儿童387名，发放困境儿童生活费383.9万元。", "children_in_difficulty"),
    ],
)
def test_a_sum_for_several_programmes_is_the_first_ones(sentence: str, programme: str) -> None:
    assert figures_of(sentence)[-1].programme == programme


@pytest.mark.parametrize(
    ("sentence", "residences"),
    [
        ("城乡低保标准分别为每人每月780元、600元。", ["urban", "rural"]),
        ("城乡低保标准为每人每月780元。", [None]),
        ("城乡低保标准由每人每月720元提高到780元。", [None, None]),
    ],
)
def test_one_word_for_both_residences(sentence: str, residences: list[str | None]) -> None:
    assert [figure.residence for figure in figures_of(sentence)] == residences


@pytest.mark.parametrize(
    ("sentence", "per"),
    [
        ("骨灰撒散奖补标准由1500元提高到3000元。", {"time"}),
        ("惠民殡葬补助标准为每具1200元。", {"time"}),
        ("殡仪馆孤儿基本生活费标准为1200元。", {"month"}),
        ("百岁老人月津贴300元保持不变。", {"month"}),
    ],
)
def test_how_often_an_award_is_paid(sentence: str, per: set[str]) -> None:
    assert {figure.per for figure in figures_of(sentence)} == per


def test_the_objects_of_a_project_are_its_own() -> None:
    title = "云渡县2022年残疾人两项补贴项目支出绩效自评报告"
    found = figures_of("重度残疾人护理补贴对象840人。年内新增补贴对象126人。", title)
    assert fields(found, "programme", "value") == [("disability_nursing", 840), ("disability_both", 126)]


# ------------------------------------------------------------------ indicators that a sentence states with their target


def test_a_target_and_what_was_attained_in_a_sentence() -> None:
    found = figures_of("低保对象人数目标值≥2300人，完成2310人；养老床位1860张。")
    assert fields(found, "measure", "indicator", "programme", "value", "qualifier") == [
        ("indicator_target", "低保对象人数", "dibao", 2300, "at_least"),
        ("indicator_actual", "低保对象人数", "dibao", 2310, "exact"),
        ("beds", None, "elder_care", 1860, "exact"),
    ]


def test_what_was_done_beside_a_plan_is_no_indicator() -> None:
    found = figures_of("计划救助低保对象2300人，完成2310人。")
    assert {figure.measure for figure in found} == {"beneficiaries"}


# ------------------------------------------------------------------ more of the same kind


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("困难残疾人生活补贴6314人，一级199元、二级166元、三四级133元。", ["beneficiaries", *["standard"] * 3]),
        ("发放困难残疾人生活补贴199元。", ["benefit_paid"]),
        ("低保工作经费人均不足5万元。", []),
        ("3万元以上报局长审批，10万元以上须集体研究。", []),
        ("追加上级补助6102.6万元。", ["income"]),
        ("追加经费620万元。", []),
        ("中央和省级下达困难群众救助资金1423万元。", ["income"]),
        ("县财政拨付困难群众救助金1423万元。", ["benefit_paid"]),
        ("以最低工资标准1840元为基数测算特困护理标准。", []),
        ("年末养老床位3260张，比2021年末的3104张增加156张。", ["beds", "beds"]),
        ("新增养老床位156张。", ["beds"]),
        ("对7个乡镇敬老院进行检查。", []),
        ("建成7个乡镇敬老院。", ["facilities"]),
        ("按5%压减公务接待费。", []),
        ("将4.5万低保边缘人口纳入救助。", ["beneficiaries"]),
        ("清查4.5万平方米房屋。", []),
    ],
)
def test_what_each_is(sentence: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures_of(sentence)] == measures


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("困境儿童212名，其中孤儿38名。", [("children_in_difficulty", None), ("orphan", None)]),
        ("乡镇敬老院集中供养特困人员86人、分散供养120人。", [("tekun", "institutional"), ("tekun", "home")]),
        ("孤儿38名（福利院养育9名、散居29名）。", [("orphan", None), ("orphan", "institutional"), ("orphan", "home")]),
    ],
)
def test_who_the_people_are(sentence: str, expected: list[tuple[str, str | None]]) -> None:
    assert fields(figures_of(sentence), "programme", "care") == expected


def test_a_share_in_a_budget_is_no_goal() -> None:
    title = TITLE.replace("度部门整体支出绩效自评报告", "年部门预算公开")
    found = figures_of("2022年收入总预算5000万元，其中一般公共预算4800万元，占收入总预算的96%。", title)
    assert fields(found, "measure", "stage") == [
        ("income", "initial"),
        ("income", "initial"),
        ("indicator_actual", None),
    ]


@pytest.mark.parametrize(
    ("broken", "raw"), [("低保对象５６，２１\n４户。", "56,214户"), ("低保对象12，23\n特困对象4户。", "4户")]
)
def test_digits_after_a_full_width_comma_may_be_broken(broken: str, raw: str) -> None:
    assert raws(broken)[-1] == raw


# ------------------------------------------------------------------ tables and sentences of what was paid


@pytest.mark.parametrize(
    ("head", "row", "measures"),
    [
        ("补助项目\t标准（元/人·月）\t人数（人）\t全年支出（万元）", "城市低保\t705\t264\t381.2", ["standard", "beneficiaries", "benefit_paid"]),
        ("项目\t年初预算（万元）\t全年支出（万元）\t保障人数（人）", "城市低保\t400\t381.2\t264", ["budget", "expenditure", "beneficiaries"]),
        ("项目\t标准（元/人·月）\t年初预算（万元）", "城市低保\t705\t381.2", ["standard", "budget"]),
    ],
)  # fmt: skip
def test_an_amount_beside_standard_and_people_was_paid_to_them(head: str, row: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures_of(f"{head}\n{row}\n")] == measures


def test_the_standard_of_another_year_in_a_parenthesis_is_that_of_the_same() -> None:
    found = figures_of("重度残疾人护理补贴标准为每人每月115元（2021年为110元）。")
    assert fields(found, "measure", "programme", "per", "value", "fiscal_year") == [
        ("standard", "disability_nursing", "month", 115, YEAR),
        ("standard", "disability_nursing", "month", 110, LAST_YEAR),
    ]


def test_money_that_comes_in_batches_is_a_projects_budget_and_a_departments_income() -> None:
    sentence = "上级补助资金分两批下达：第一批295万元，第二批98万元。"
    project = "云渡县2022年困难群众救助补助资金项目绩效自评报告"
    assert fields(figures_of(sentence, project), "measure", "spending_type") == [("budget", "project")] * 2
    assert {figure.measure for figure in figures_of(sentence)} == {"income"}


def test_the_cost_of_a_projects_work_is_not_of_the_project() -> None:
    project = "云渡县2022年困难群众救助补助资金项目绩效自评报告"
    found = figures_of("二、资金使用情况\n发放救助金395万元。列支工作经费8万元。", project)
    assert fields(found, "measure", "spending_type")[1] == ("expenditure", None)


# ------------------------------------------------------------------ whose and where


@pytest.mark.parametrize(
    ("sentence", "residences"),
    [
        ("城市低保1987人，农村低保13243人，累计发放保障资金6521.4万元。", ["urban", "rural", None]),
        ("城市低保1987人，发放低保金987万元；农村低保13243人，发放低保金6521万元。", ["urban", "urban", "rural", "rural"]),
        ("城乡低保标准分别为每人每月720元、500元，特困人员标准分别为936元、650元。", ["urban", "rural", "urban", "rural"]),
        ("农村特困人员护理标准依次为每人每月60元、180元、360元。", ["rural"] * 3),
    ],
)  # fmt: skip
def test_which_residence(sentence: str, residences: list[str | None]) -> None:
    assert [figure.residence for figure in figures_of(sentence)] == residences


@pytest.mark.parametrize(
    ("sentence", "programmes"),
    [
        ("为520名困难残疾人、681名重度残疾人发放两项补贴121万元。", ["disability_living", "disability_nursing", "disability_both"]),
        ("为80周岁以上老年人1236人发放高龄津贴75万元。", ["old_age_allowance", "old_age_allowance"]),
        ("全县60周岁以上老年人9.8万人，占总人口的21.5%。", [None]),
        ("社会工作服务站点覆盖12个镇。", []),
        ("入住特困老人86人，其中集中养育孤弃儿童12人。", ["tekun", "orphan"]),
    ],
)  # fmt: skip
def test_of_which_programme(sentence: str, programmes: list[str | None]) -> None:
    assert [figure.programme for figure in figures_of(sentence)] == programmes


def test_a_county_that_calls_itself_a_city_speaks_of_itself() -> None:
    assert raws("全市孤儿32人。全市低保对象2310人。全省孤儿5316人。") == ["32人", "2310人"]
    assert raws("全县低保对象2310人，全县孤儿32人。全市孤儿412人。") == ["2310人", "32人"]


@pytest.mark.parametrize(
    ("sentence", "pers"),
    [
        ("农村低保年保障标准由5640元提高至6000元。", ["year", "year"]),
        ("城市低保月保障标准由690元提高至720元。", ["month", "month"]),
        ("2022年保障标准为每人每月690元。", ["month"]),
    ],
)
def test_the_period_in_the_name_of_a_standard(sentence: str, pers: list[str]) -> None:
    body = f"最低生活保障。{sentence}"
    assert [figure.per for figure in figures_of(body)] == pers


# ------------------------------------------------------------------ budgets, loans, ratios


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("2022年支出预算5000万元，其中基本支出1200万元。", ["expenditure", "expenditure"]),
        ("2022年项目支出预算3800万元。", ["budget"]),
        ("“三公”经费预算数6.8万元，其中公务接待费1.3万元。", ["budget", "budget"]),
    ],
)
def test_spending_in_a_budget(sentence: str, measures: list[str]) -> None:
    title = TITLE.replace("度部门整体支出绩效自评报告", "年部门预算公开")
    assert [figure.measure for figure in figures_of(sentence, title)] == measures


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("发放创业担保贷款8600万元。", []),
        ("发放创业担保贷款86笔1,206万元。", []),
        ("落实小额信贷6,030万元、贴息126万元。", [126 * 10**4]),
        ("落实创业担保贷款贴息58万元。", [58 * 10**4]),
        ("养老床位1860张，每千名老年人拥有床位38张。", [1860]),
        ("救助低保边缘家庭326户，发放一次性救助金86万元。", [326, 86 * 10**4]),
        ("对低保边缘家庭每户给予一次性救助1万元。", [10**4]),
        ("争取中央预算内资金2000万元。", [2000 * 10**4]),
    ],
)
def test_levels_beside_what_is_none(sentence: str, expected: list[float]) -> None:
    assert [figure.value for figure in figures_of(sentence)] == expected


def test_a_one_off_sum_for_those_counted_before_was_paid() -> None:
    found = figures_of("救助低保边缘家庭326户，发放一次性救助金86万元。对低保边缘家庭每户给予一次性救助1万元。")
    assert [figure.measure for figure in found] == ["beneficiaries", "benefit_paid", "standard"]


# ------------------------------------------------------------------ groups without a programme, parts of what was received


def test_a_group_without_a_programme_is_that_of_its_paragraph() -> None:
    found = figures_of("（一）临时救助。一般困难家庭每次救助金额不超过10000元。\n（二）其他。困难家庭每次补助200元。\n")
    assert [figure.programme for figure in found] == ["temporary_relief", None]


def test_what_was_received_by_its_purposes_is_income() -> None:
    found = figures_of("中央和省级下达转移支付资金1423万元。其中低保补助资金368万元、临时救助补助资金55万元。")
    assert {figure.measure for figure in found} == {"income"}
    paid = figures_of("发放低保金1423万元。其中城市低保补助资金368万元。")
    assert {figure.measure for figure in paid} == {"benefit_paid"}


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("农村幸福院每所每年补助10000元。", ["standard"]),
        ("困难残疾人生活补贴人均年补贴1200元。", ["top_up"]),
        ("救助困难退役军人214人次，支出帮扶资金64.2万元。", ["beneficiaries", "benefit_paid"]),
        ("驻村帮扶资金支出64.2万元。", ["expenditure"]),
        ("举办集体婚礼，78对新人参加。", []),
        ("敬老院36所，拟整合至30所。", ["facilities", "facilities"]),
    ],
)
def test_what_the_words_before_an_amount_make_it(sentence: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures_of(sentence)] == measures


def test_a_rate_whose_programme_stands_farther_off_is_less_sure() -> None:
    near, far = figures_of("低保资金社会化发放率100%。低保工作扎实开展，资金拨付及时率100%。")
    assert near.confidence is not None and far.confidence is not None
    assert near.confidence >= 0.9 > far.confidence


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("明年拟提高低保标准至每人每月800元。", [YEAR + 1]),
        ("评价结果作为明年预算的依据，群众满意度为98%。", [YEAR]),
        ("发放低保金964.7万元。", [YEAR]),
    ],
)
def test_next_year_is_that_of_its_own_clause(sentence: str, years: list[int]) -> None:
    assert [figure.fiscal_year for figure in figures_of(sentence)] == years


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("困难残疾人生活补贴每人每月80元，其中省级财政每人每月补助30元。", [80]),
        ("高龄津贴省补每人每月20元、市补每人每月10元。", []),
        ("省级下达低保补助资金20万元。", [200_000]),
        ("县级财政安排高龄津贴每人每月50元。", [50]),
    ],
)
def test_what_a_level_of_government_adds_to_a_standard_is_none(sentence: str, values: list[float]) -> None:
    assert [figure.value for figure in figures_of(sentence)] == values


def test_a_hint_at_a_programme_yields_to_the_project_of_the_report() -> None:
    title = "云渡县2022年高龄津贴项目支出绩效自评报告"
    assert figures_of("年初目标为保障高龄老人1300人。", title)[0].programme == "old_age_allowance"
    assert figures_of("年初目标为保障高龄老人1300人。")[0].programme == "elder_care"


# ------------------------------------------------------------------ lists that follow lists


def test_new_values_after_a_list_of_old_ones_have_their_names_in_turn() -> None:
    found = figures_of("孤儿集中养育标准和社会散居标准分别由2000元、1400元调整为2150元、1550元。")
    assert fields(found, "care", "value", "fiscal_year") == [
        ("institutional", 2000, LAST_YEAR),
        ("home", 1400, LAST_YEAR),
        ("institutional", 2150, YEAR),
        ("home", 1550, YEAR),
    ]


def test_digits_parted_by_a_space_in_a_list() -> None:
    assert [figure.value for figure in figures_of("保障低保对象3 256户、5 012人。")] == [3256, 5012]


@pytest.mark.parametrize(
    ("sentence", "written"), [("社会救助资金监管检查4次。", []), ("社会救助热线救助36次。", ["36次"])]
)
def test_inspections_are_no_help(sentence: str, written: list[str]) -> None:
    assert raws(sentence) == written


# ------------------------------------------------------------------ formulas, and what the year was planned to bring


def test_the_result_of_a_formula_is_the_rate_that_it_begins_with() -> None:
    found = figures_of("预算完成率=（实际支出975万元/预算数986万元）×100%=98.92%。")
    assert fields(found, "measure", "value")[2:] == [("execution_rate", 98.92)]
    assert reasons_of("预算完成率=（实际支出975万元/预算数986万元）×100%=98.92%。")[2] == ("100%", "formula")
    controlled = figures_of("“三公”经费控制率=71.67%。")
    assert fields(controlled, "measure", "value") == [("indicator_actual", 71.67)]


@pytest.mark.parametrize(
    ("sentence", "meanings"),
    [
        ("2022年年初部门预算总收入652万元。", [("income", "initial")]),
        ("年初部门预算总支出652万元，其中基本支出98万元。", [("budget", "initial"), ("budget", "initial")]),
        ("年初预算652万元，实际支出640万元。", [("budget", "initial"), ("expenditure", "final")]),
        ("全年项目支出640万元。", [("expenditure", "final")]),
    ],
)
def test_what_the_year_was_planned_to_bring_and_to_cost(sentence: str, meanings: list[tuple[str, str]]) -> None:
    assert fields(figures_of(sentence), "measure", "stage") == meanings


def test_a_plan_announced_by_a_colon_is_one() -> None:
    found = figures_of(f"{YEAR + 1}年计划：新建社区养老服务站6个。")
    assert fields(found, "qualifier", "fiscal_year") == [("target", YEAR + 1)]


# ------------------------------------------------------------------ periods that end like rates, lists with one period


def test_a_quarter_is_no_rate() -> None:
    found = figures_of("部门支出执行进度：第一季度23.5%，第二季度51.2%。预算调整率8.7%。")
    assert fields(found, "measure", "indicator")[-1] == ("indicator_actual", "预算调整率")
    assert {figure.indicator for figure in found} == {None, "预算调整率"}


def test_the_period_of_the_last_of_a_list_is_that_of_all() -> None:
    found = figures_of("特困人员护理费按照三档分别为210元、420元、840元每人每月发放。")
    assert fields(found, "measure", "value", "per") == [("standard", n, "month") for n in (210, 420, 840)]


@pytest.mark.parametrize(
    ("sentence", "spending_type"),
    [
        (f"{YEAR + 1}年计划安排480万元改造敬老院5所。", None),
        (f"{YEAR + 1}年拟安排高龄津贴补助480万元。", "project"),
        ("年初预算安排480万元。", "project"),
    ],
)
def test_what_is_meant_for_the_year_after_is_no_money_of_the_project(sentence: str, spending_type: str | None) -> None:
    found = figures_of(sentence, "云渡县2022年高龄津贴项目支出绩效自评报告")
    assert found[0].spending_type == spending_type


def test_people_who_were_visited_to_ask_them_are_a_sample() -> None:
    assert reasons_of("第三方对700名救助对象开展电话和入户访问。") == [("700名", "survey")]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "“三公”经费支出预算18.20万元，支出决算15.10万元，完成预算的82.97%；其中公务接待费支出决算2.80万元，完成预算的70.00%。",
            ["三公经费", "公务接待费"],
        ),
        ("全年政府采购执行率为95.50%。", ["政府采购"]),
        ("全年部门预算1200万元，决算支出1140万元，预算执行率95%。", [None]),
        ("“三公”经费支出15.10万元。部门整体预算执行率95%。", [None]),
        ("“三公”经费支出15.10万元，部门整体预算执行率为95%。", [None]),
    ],
)
def test_a_rate_of_one_line_of_the_accounts_is_not_the_rate_of_the_whole(text: str, items: list[str | None]) -> None:
    assert [f.item for f in figures_of(text) if f.measure == "execution_rate"] == items


# ------------------------------------------------------------------ standards of before, of the year, at most

NOTICE = f"云渡县民政局关于调整{YEAR}年度社会救助保障标准的通知"


def test_a_parenthesis_does_not_part_the_old_standard_from_the_new() -> None:
    found = figures_of("低保标准由现行每人每月700元（年8400元）调整为每人每月745元（年8940元）。", NOTICE)
    assert fields(found, "value", "per", "fiscal_year") == [
        (700, "month", LAST_YEAR),
        (8400, "year", LAST_YEAR),
        (745, "month", YEAR),
        (8940, "year", YEAR),
    ]


def test_a_parenthesis_that_names_another_group_is_no_yearly_amount() -> None:
    found = figures_of("低保标准为每人每月700元（特困人员1120元）。", NOTICE)
    assert fields(found, "value", "per", "fiscal_year") == [(700, "month", YEAR), (1120, "month", YEAR)]


@pytest.mark.parametrize("word", ["调整前", "提标前", "原标准"])
def test_all_values_of_a_list_of_old_standards_are_of_the_year_before(word: str) -> None:
    found = figures_of(
        f"集中供养特困人员每人每月1320元，分散供养特困人员每人每月1168元，{word}分别为每人每月1255元、1115元。", NOTICE
    )
    assert fields(found, "value", "fiscal_year") == [(1320, YEAR), (1168, YEAR), (1255, LAST_YEAR), (1115, LAST_YEAR)]


def test_standards_that_were_adjusted_are_of_this_year() -> None:
    found = figures_of("特困人员基本生活标准调整后分别为每人每月1320元、1168元。", NOTICE)
    assert [figure.fiscal_year for figure in found] == [YEAR, YEAR]


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("乡镇先行救助的临时救助每人次不超过2500元。", "standard"),
        ("全年临时救助平均每人次救助1180元。", "top_up"),
    ],
)
def test_what_may_be_paid_at_most_is_a_standard_and_no_average(sentence: str, measure: str) -> None:
    assert fields(figures_of(sentence), "measure", "per") == [(measure, "time")]


def test_disabled_people_of_poor_families_are_those_of_the_living_subsidy() -> None:
    found = figures_of("享受补贴813人，其中低保家庭残疾人758人、低保边缘家庭重度残疾人55人。低保家庭758户。")
    assert [figure.programme for figure in found][1:] == ["disability_living", "disability_living", "dibao"]


@pytest.mark.parametrize(
    ("heads", "programme"),
    [
        (["困难残疾人生活补贴(人)", "重度残疾人护理补贴(人)"], "disability_both"),
        (["高龄津贴人数(人)"], "old_age_allowance"),
        (["低保人数(人)", "高龄津贴人数(人)"], None),
    ],
)
def test_money_beside_people_is_of_the_programmes_that_the_heads_name(heads: list[str], programme: str | None) -> None:
    counts = "\t".join(["106"] * len(heads))
    found = figures_of(
        "\t".join(["乡镇", *heads, "发放金额(万元)"]) + f"\n河口镇\t{counts}\t51.40\n石桥镇\t{counts}\t61.40\n"
    )
    assert [figure.programme for figure in found if figure.measure == "benefit_paid"] == [programme, programme]


# ------------------------------------------------------------------ what a clause leaves to the words around it


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("实施敬老院改造升级，完成6所，其中乡镇敬老院5所。", ["facilities", "facilities"]),
        ("敬老院开展安全培训，完成6个。", []),
        ("敬老院运转正常。完成6所。", []),
    ],
)
def test_what_the_clause_before_says_is_built_is_counted(sentence: str, measures: list[str]) -> None:
    assert [figure.measure for figure in figures_of(sentence)] == measures


def test_the_signs_of_bold_words_are_no_placeholder() -> None:
    assert raws("**养老更安心。** 投入1300万元建设敬老院。") == ["1300万元"]
    assert reasons_of("共发放低保金**5万元。") == [("5万元", "placeholder")]


def test_persons_right_after_households_are_theirs() -> None:
    found = figures_of("在保城市低保对象412户587人、农村低保对象1268户1941人。")
    assert [figure.residence for figure in found] == ["urban", "urban", "rural", "rural"]
    apart = figures_of("农村低保对象1268户，特困人员141人。")
    assert fields(apart, "programme", "residence") == [("dibao", "rural"), ("tekun", None)]


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("评价组由6人组成，走访低保家庭。", []),
        ("评选孝亲敬老模范10名。", []),
        ("低保提标所需新增资金约310万元。", []),
        ("低保所需资金约310万元。", ["310万元"]),
    ],
)
def test_evaluators_models_and_new_money_are_no_levels(sentence: str, written: list[str]) -> None:
    assert raws(sentence) == written


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [("已收到中央和省级补助资金615万元。", "income"), ("向低保对象发放补助资金615万元。", "benefit_paid")],
)
def test_aid_that_was_received_is_income(sentence: str, measure: str) -> None:
    assert [figure.measure for figure in figures_of(sentence)] == [measure]


def test_how_far_a_project_may_stray_from_its_goal_is_none() -> None:
    assert raws("对偏离目标30%以上的项目发出预警。") == []
    assert raws("目标完成率90%以上。") == ["90%"]


def test_basic_spending_without_the_word_budget_is_of_the_public_budget() -> None:
    found = figures_of("一般公共财政拨款基本支出604.75万元。")
    assert fields(found, "fund_source", "spending_type") == [("general_public_budget", "basic")]


WRAPPED = "本县按照上级要求持续做好困难群众基本生活保障工作并及时足额发放\n" * 9


def test_a_full_line_that_begins_with_a_heading_goes_on_in_the_next() -> None:
    found = figures_of(f"{WRAPPED}。\n（一）困难残疾人生活补贴：低保家庭残疾人由现行每人每月97元提高\n至108元。\n")
    assert fields(found, "value", "fiscal_year") == [(97, LAST_YEAR), (108, YEAR)]


def test_a_short_line_that_is_a_heading_does_not_go_on() -> None:
    found = figures_of(f"{WRAPPED}。\n（一）高龄津贴：已调整\n临时救助120人。\n")
    assert fields(found, "programme", "value") == [("temporary_relief", 120)]


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("一般公共预算财政拨款基本支出604万元。其中：人员经费520万元；公用经费84万元。", ["general_public_budget"] * 3),
        ("基本支出604万元，其中人员经费520万元、公用经费84万元。", [None] * 3),
        ("政府性基金预算项目支出604万元。人员经费520万元。", ["government_fund", None]),
    ],
)
def test_the_parts_of_basic_spending_have_its_source(sentence: str, sources: list[str | None]) -> None:
    assert [figure.fund_source for figure in figures_of(sentence)] == sources


@pytest.mark.parametrize(
    ("sentence", "meanings"),
    [
        (
            "发放一次性临时救助金38.5万元，补助标准为每户5000元。",
            [("benefit_paid", 385_000), ("standard", 5000)],
        ),
        ("发放一次性临时救助金0.5万元，按规定公示。", [("standard", 5000)]),
    ],
)
def test_a_sum_whose_standard_is_told_apart_is_no_standard(sentence: str, meanings: list[tuple[str, float]]) -> None:
    assert fields(figures_of(sentence), "measure", "value") == meanings


@pytest.mark.parametrize(
    ("sentence", "written"),
    [("帮扶困难人员就业，公益性岗位安置112人。", ["112人"]), ("聘用公益性岗位人员12人，帮扶困难人员。", [])],
)
def test_people_placed_in_public_jobs_are_reached_and_those_employed_are_staff(
    sentence: str, written: list[str]
) -> None:
    assert raws(sentence) == written


def test_低保标准_is_no_standard_that_is_lower() -> None:
    assert [(f.measure, f.value) for f in figures_of("农村低保标准6,480元/人·年。")] == [("standard", 6480)]


def test_a_rate_that_is_raised_has_the_name_right_before_it() -> None:
    found = figures_of("二、下一步打算\n力争预算支出率达到97%，养老机构入住率提高到62%。")
    assert [(f.indicator, f.programme) for f in found][1:] == [("养老机构入住率", "elder_care")]


def test_a_reason_names_no_project() -> None:
    found = figures_of("全年预算达到660万元；10月份因项目调整核减21万元，最终调整预算639万元。")
    assert [(f.measure, f.spending_type, f.value) for f in found] == [
        ("budget", None, 6_600_000),
        ("budget", None, 6_390_000),
    ]


def test_people_who_were_recruited_are_no_recipients() -> None:
    assert not [f for f in figures_of("引进高层次人才16人。") if f.measure == "beneficiaries"]


@pytest.mark.parametrize(
    "sentence",
    ["全县12个敬老院床位1,200张。", "新建12个日间照料中心共有床位1,200张。", "12个养老服务中心护理床位1,200张。"],
)
def test_homes_before_their_beds_are_homes(sentence: str) -> None:
    assert [(f.measure, f.value) for f in figures_of(sentence)] == [("facilities", 12), ("beds", 1200)]


@pytest.mark.parametrize("amount", ["0.35万元", "1.8万元"])
def test_a_grant_in_hundreds_may_be_that_of_one(amount: str) -> None:
    found = figures_of(f"为困难家庭发放一次性补助{amount}。")
    assert [f.measure for f in found] == ["standard"]


def test_a_day_on_which_was_counted_is_in_its_own_year() -> None:
    found = figures_of("截至2024年2月20日，全县共有城市低保对象68人。", "云渡县民政局2023年工作总结")
    assert [f.fiscal_year for f in found] == [2024]
