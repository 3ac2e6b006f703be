"""What is no figure says why, and never turns into a level."""

from __future__ import annotations

import pytest
from small_reports import fields, figures_of, reasons_of


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        # growth, differences, savings
        ("发放低保金964.7万元，同比增长8.5%。", [("964.7万元", None), ("8.5%", "growth")]),
        ("发放低保金964.7万元，比上年增加75.6万元。", [("964.7万元", None), ("75.6万元", "growth")]),
        ("城市低保标准提高了60元。", [("60元", "growth")]),
        ("低保对象较上年减少120人。", [("120人", "growth")]),
        ("节约会议费支出4.7万元。", [("4.7万元", "growth")]),
        ("预算执行率比上年提高2.1个百分点。", [("2.1个百分点", "difference")]),
        ("城乡居民人均可支配收入增长6.2%。", [("6.2%", "growth")]),
        ("救助人次下降3.4%，支出压减12万元。", [("3.4%", "growth"), ("12万元", "growth")]),
        # dates, ages, ordinals, document numbers, list numbers
        ("报送日期：2023年4月12日。", [("2023年", "date"), ("4月", "date"), ("12日", "date")]),
        ("80周岁以上老年人。", [("80周岁", "age")]),
        ("根据第12条规定。", [("12条", "ordinal")]),
        ("位列第三名。", [("三名", "ordinal")]),
        ("（云府办〔2021〕19号）", [("2021", "document_number"), ("19号", "date")]),
        # bare numbers: phones, codes, list numbers
        ("联系电话：0771-3845126，手机13800138000。", [("0771", "no_unit"), ("3845126", "no_unit"), ("13800138000", "no_unit")]),
        # slogans and idioms
        ("围绕“四个提升、三个到位”的目标开展工作。", [("四个", "no_facility"), ("三个", "no_facility")]),
        ("实行一户一策、一人一档。", [("一户", "idiom"), ("一人", "idiom")]),
        # scores of items, weights, full marks
        ("预算编制指标该项满分10分，自评得9.5分。", [("10分", "sub_score"), ("9.5分", "sub_score")]),
        ("整体支出绩效总分100分。", [("100分", "full_marks")]),
        # people who are no beneficiaries
        ("全局共有工作人员43人，其中行政编制20名。", [("43人", "staff"), ("20名", "staff")]),
        ("开展业务培训，培训人员860人次。", [("860人次", "staff")]),
        ("全县常住人口42.6万人。", [("42.6万人", "background")]),
        ("发放调查问卷200份，调查群众200人。", [("200份", "other_unit"), ("200人", "survey")]),
        # things that are no facilities, other units
        ("召开会议12次，印发文件30份。", [("12次", "other_unit"), ("30份", "other_unit")]),
        ("内设机构7个。", [("7个", "no_facility")]),
        # money that is not the department's
        ("全年接收捐赠资金35万元。", [("35万元", "not_a_level")]),
        ("追缴违规领取的低保金1.2万元。", [("1.2万元", "not_a_level")]),
        ("每份问卷成本12元，火化费价格580元。", [("12元", "unit_price"), ("580元", "price")]),
        ("50万元以上的项目须经集体研究。", [("50万元", "condition")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_why_a_number_is_no_figure(sentence: str, reasons: list[tuple[str, str | None]]) -> None:
    assert reasons_of(sentence) == reasons


@pytest.mark.parametrize(
    "sentence", ["全年共发放XX万元，惠及××人。", "全年共发放    万元，惠及____人。", "发放***万元。", "发放（）万元。"]
)
def test_an_empty_placeholder_gives_nothing(sentence: str) -> None:
    assert reasons_of(sentence) == []


def test_a_placeholder_with_a_digit_in_it_says_so() -> None:
    assert reasons_of("全年共发放XX5万元。") == [("5万元", "placeholder")]


def test_the_number_of_a_law_in_its_title_is_no_figure() -> None:
    assert figures_of("根据《关于发放低保金12万元的批复》开展工作。") == []


GROWTH_VERBS = (
    "增长",
    "下降",
    "增加",
    "减少",
    "提高",
    "降低",
    "同比增长",
    "同比下降",
    "较上年增长",
    "比上年增加",
    "较去年减少",
    "上升",
    "压减",
)
LEVELS = ("发放低保金964.7万元", "低保对象2310人", "部门支出5200万元", "预算执行率97.2%", "养老床位1860张")
INCREMENTS = [
    (level, verb, number) for level in LEVELS for verb in GROWTH_VERBS for number in ("8.5%", "75.6万元", "120人")
]
INCREMENTS += [(level, verb, "8.5%") for level in LEVELS for verb in ("增幅达", "降幅为", "增幅为", "涨幅达到")]


@pytest.mark.parametrize(
    ("level", "verb", "number"),
    INCREMENTS,
)
def test_a_growth_or_an_increment_is_never_a_level(level: str, verb: str, number: str) -> None:
    """Whatever is said before it and whatever its unit: the level stands, what it grew by does not."""
    found = figures_of(f"{level}，{verb}{number}。")
    assert [f.raw for f in found if level.endswith(f.raw)]
    assert number not in [f.raw for f in found], fields(found, "measure", "raw")


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        pytest.param("部门支出增加120万元，达到5200万元。", ["5200万元"]),
        ("城市低保标准提高60元，达到每人每月780元。", ["780元"]),
        ("低保对象比上年减少120人，降至2310人。", ["2310人"]),
        ("预算执行率提高2.1个百分点，达到97.2%。", ["97.2%"]),
        ("新增养老床位120张，全县养老床位达到1860张。", ["120张", "1860张"]),
        ("今年新增低保对象156人。", ["156人"]),
    ],
)
def test_the_level_that_was_reached_counts(sentence: str, levels: list[str]) -> None:
    assert [f.raw for f in figures_of(sentence)] == levels


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("退出低保对象158人。", []),
        ("退出低保对象96户158人。", []),
        ("清退低保对象96户、158人。", []),
        ("全国共有孤儿14.4万人。", []),
        ("全省城市低保标准平均每人每月720元。", []),
    ],
)  # fmt: skip
def test_what_left_and_what_is_elsewhere_is_no_level(sentence: str, levels: list[str]) -> None:
    assert [f.raw for f in figures_of(sentence)] == levels


def test_definitions_at_the_end_hold_no_figures() -> None:
    assert (
        figures_of("一、履职情况\n发放低保金12万元。\n\n第四部分 名词解释\n一、低保：每人每月补助300元。\n")[1:] == []
    )


def test_weights_and_scores_of_a_table_are_no_figures() -> None:
    found = figures_of("三级指标\t指标值\t完成值\t分值\t得分\n救助人数\t30人\t36人\t10\t9.5\n")
    assert fields(found, "measure", "raw") == [("indicator_target", "30人"), ("indicator_actual", "36人")]


def test_a_list_of_contents_opens_no_definitions() -> None:
    text = (
        "目录\n第一部分 部门概况\n第二部分 预算说明\n第三部分 专业名词解释\n\n"
        "一、部门概况\n本级机关一处。\n\n二、预算说明\n收入预算12万元。\n\n"
        "三、专业名词解释\n1.低保：每人每月补助300元。\n"
    )
    assert [(f.measure, f.raw) for f in figures_of(text)] == [("income", "12万元")]


def test_numbers_of_definitions_and_labels_are_listed_with_their_reason() -> None:
    listed = reasons_of(
        "项目\t2021年决算数(万元)\n80岁以上老人\t12\n\n第四部分 名词解释\n一、低保：每人每月补助300元。\n"
    )
    assert ("300元", "definition") in listed
    assert ("80岁", "age") in listed


def test_things_counted_like_bodies_are_no_cremations() -> None:
    found = figures_of("更换灭火器500具，配发轮椅60具。火化遗体320具。")
    assert [(f.measure, f.programme, f.value) for f in found] == [("cases", "funeral", 320)]


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("2万元以上采购一律上网比价，单笔6万元以上开支上会。", ["condition", "condition"]),
        ("6万元以上货物采购须公开招标。", ["condition"]),
        ("明年撤并敬老院4所，撤销助餐点2个。", ["not_a_level", "not_a_level"]),
        ("纳入监测21户60人，消除返贫风险9户24人。", [None, None, "not_a_level", "not_a_level"]),
        ("回访服务对象150名，其中基本满意142人。", ["survey", "survey"]),
        ("抽查发现两县用项目款添置办公桌椅3.16万元，扣1.5分。", ["not_a_level", "sub_score"]),
        ("开展专项审计，发现的4类问题涉及金额21.4万元，已整改。", ["other_unit", "not_a_level"]),
        ("评价组入户核实床位96张。", ["survey"]),
        ("下设县残疾人康复中心、县辅具中心2个全额拨款事业单位。", ["no_facility"]),
    ],
)
def test_what_is_checked_closed_or_found_wrong_is_no_level(sentence: str, reasons: list[str | None]) -> None:
    assert [reason for _, reason in reasons_of(sentence)] == reasons


def test_how_many_are_left_after_some_were_closed_is_a_level() -> None:
    found = figures_of("敬老院撤并至26所。")
    assert fields(found, "measure", "value") == [("facilities", 26)]
