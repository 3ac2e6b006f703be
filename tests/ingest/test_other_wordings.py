"""The same said in other words, as other provinces write it: names, verbs, units, signs between names and numbers; all invented."""

from __future__ import annotations

import pytest

from tests.ingest.small_reports import YEAR, fields, figures_of, only

MEANING = "measure", "programme", "value", "unit"


@pytest.mark.parametrize(
    ("name", "programme"),
    [
        ("高龄老年人生活津贴", "old_age_allowance"),
        ("高龄老人长寿保健费", "old_age_allowance"),
        ("老龄补贴", "old_age_allowance"),
        ("临时生活救助", "temporary_relief"),
        ("特困救助供养老人", "tekun"),
        ("低保临界家庭", "dibao_edge"),
        ("残疾人困难生活补贴", "disability_living"),
        ("重度残疾护理补助", "disability_nursing"),
        ("残疾人“两项”补贴", "disability_both"),
        ("残疾人护理补贴和生活补贴", "disability_both"),
        ("物价上涨临时补贴", "price_subsidy"),
        ("无人抚养儿童", "defacto_orphan"),
        ("事实无人抚养困境儿童", "defacto_orphan"),
        ("困境家庭儿童", "children_in_difficulty"),
        ("留守未成年人", "left_behind_children"),
        ("流浪求助人员", "vagrant_relief"),
    ],
)
def test_the_names_of_a_programme_in_other_provinces(name: str, programme: str) -> None:
    found = figures_of(f"全年发放救助金31.6万元。保障{name}812人。")
    assert fields(found, "measure", "programme")[-1] == ("beneficiaries", programme)


def test_children_who_live_with_relatives_are_orphans_at_home() -> None:
    found = only(figures_of("保障社会散居儿童37名。"))
    assert (found.programme, found.care) == ("orphan", "home")


@pytest.mark.parametrize(
    ("sentence", "programmes"),
    [
        # One number for both subsidies is that of the two together, two are of each.
        ("发放困难残疾人生活补贴和重度残疾人护理补贴23人。", ["disability_both"]),
        (
            "领取困难残疾人生活补贴、重度残疾人护理补贴的依次为21人、32人。",
            ["disability_living", "disability_nursing"],
        ),
        ("残疾人两项补贴惠及53人，其中困难生活补贴21人。", ["disability_both", "disability_living"]),
        # What was given stands after the amount.
        ("全年发放438万元低保金。", ["dibao"]),
        ("实施临时救助23人次，发放61万元高龄津贴。", ["temporary_relief", "old_age_allowance"]),
        # A colon leads from a name to its number.
        ("在册孤儿：28人、事实无人抚养儿童：126人。", ["orphan", "defacto_orphan"]),
        ("为90周岁以上低保老年人342名兑付高龄津贴。", ["old_age_allowance"]),
    ],
)
def test_whose_a_number_is_in_another_order(sentence: str, programmes: list[str]) -> None:
    assert [figure.programme for figure in figures_of(sentence)] == programmes


@pytest.mark.parametrize("unit", ["人（次）", "人·次", "人/次", "人次"])
def test_visits_by_other_units(unit: str) -> None:
    found = only(figures_of(f"全年实施临时救助2,614{unit}。"))
    assert (found.measure, found.value, found.unit) == ("beneficiaries", 2614, "person_time")


@pytest.mark.parametrize("sign", ["", "、", "/", "，", "共"])
def test_the_persons_of_households_whatever_stands_between(sign: str) -> None:
    found = figures_of(f"全县在保城市低保对象412户{sign}587人、农村低保对象3,268户{sign}5,941人。")
    assert fields(found, "residence", "unit", "value") == [
        ("urban", "household", 412),
        ("urban", "person", 587),
        ("rural", "household", 3268),
        ("rural", "person", 5941),
    ]


def test_persons_of_another_group_are_not_those_of_the_households() -> None:
    found = figures_of("保障农村低保对象412户，特困人员587人。")
    assert fields(found, "programme", "residence") == [("dibao", "rural"), ("tekun", None)]


@pytest.mark.parametrize("head", ["发放资金", "给付资金", "兑付金额", "拨付资金", "划拨总额"])
def test_heads_of_what_was_paid_to_people(head: str) -> None:
    found = figures_of(f"救助情况表\n项目\t人数（人）\t{head}（万元）\n低保\t3206\t1587.41\n特困人员\t812\t795.76\n")
    assert fields(found, *MEANING) == [
        ("beneficiaries", "dibao", 3206, "person"),
        ("benefit_paid", "dibao", 15_874_100, "CNY"),
        ("beneficiaries", "tekun", 812, "person"),
        ("benefit_paid", "tekun", 7_957_600, "CNY"),
    ]


def test_money_beside_facilities_that_were_built_is_not_all_paid_to_people() -> None:
    found = figures_of(
        "惠民殡葬情况表\n乡镇\t新建公墓（处）\t免费人数（人）\t拨付资金（万元）\n东岭镇\t1\t204\t21.60\n西岭镇\t2\t76\t31.85\n"
    )
    assert {figure.measure for figure in found if figure.unit == "CNY"} == {"expenditure"}


@pytest.mark.parametrize("verb", ["发放", "支付", "拨付"])
def test_money_without_its_yuan(verb: str) -> None:
    assert fields(figures_of(f"保障低保对象512人，累计{verb}186.4万。"), *MEANING)[-1][::2] == (
        "benefit_paid",
        1_864_000,
    )


@pytest.mark.parametrize("head", ["特困人员（人）", "特困供养对象（人）", "五保对象（人）"])
def test_a_head_of_recipients_with_their_unit_is_a_count(head: str) -> None:
    found = figures_of(f"近年救助情况\n年度\t临时救助（人次）\t{head}\n2020年\t936\t105\n2021年\t402\t121\n")
    assert fields(found, "programme", "value") == [
        ("temporary_relief", 936),
        ("tekun", 105),
        ("temporary_relief", 402),
        ("tekun", 121),
    ]


@pytest.mark.parametrize("people", ["特困人员", "特困供养人员"])
def test_those_of_a_programme_among_who_live_in_a_home_live_there_too(people: str) -> None:
    found = figures_of(
        f"公办养老机构入住情况表\n单位：张、人\n序号\t机构名称\t核定床位\t入住老人\t其中：{people}\n1\t东岭敬老院\t320\t241\t218\n"
    )
    assert fields(found, "programme", "care")[-1] == ("tekun", "institutional")


def test_a_multiple_of_another_standard_does_not_take_nursing_from_its_programme() -> None:
    found = figures_of(
        "特困供养标准按不少于本县低保标准的1.3倍确定，为每人每月1,042元。照护标准按三类确定，每人每月57元、188元、376元。"
    )
    assert fields(found, "programme", "value") == [
        ("tekun", 1042),
        ("tekun_nursing", 57),
        ("tekun_nursing", 188),
        ("tekun_nursing", 376),
    ]


@pytest.mark.parametrize(
    "amount",
    [
        "每人每月720元",
        "人均每月720元",
        "月人均720元",
        "每人月720元",
        "每月720元/人",
        "月720元",
        "720元/（人·月）",
        "720元每月每人",
    ],
)
def test_a_standard_by_the_month_in_any_order(amount: str) -> None:
    found = only(figures_of(f"城市低保标准为{amount}。"))
    assert (found.measure, found.value, found.per, found.residence) == ("standard", 720, "month", "urban")


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("孤儿基本生活费月人均1,450元。", "standard"),
        ("农村低保由年人均4,860元调到5,160元。", "standard"),
        # Worked out from what was paid, or called so.
        ("保障低保对象1,206人，发放低保金31.2万元，月人均365元。", "top_up"),
        ("城市低保补助水平月人均不低于335元。", "top_up"),
    ],
)
def test_an_amount_per_head_and_period_is_a_standard_unless_it_is_an_average(sentence: str, measure: str) -> None:
    assert figures_of(sentence)[-1].measure == measure


def test_the_month_of_a_date_is_no_period() -> None:
    assert only(figures_of("发放低保金：12月720元。")).measure == "benefit_paid"
    assert figures_of("保障特困人员12人，12月发放8,720元。")[-1].measure == "benefit_paid"


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [("发放一次性物价补贴62.17万元。", "benefit_paid"), ("对符合条件的养老机构给予一次性建设补助20万元。", "standard")],
)
def test_an_odd_amount_paid_once_is_a_sum(sentence: str, measure: str) -> None:
    assert only(figures_of(sentence)).measure == measure


def test_what_an_amount_is_of_stands_after_it() -> None:
    found = only(figures_of("向在保对象每人每月发放20元的价格临时补贴。"))
    assert (found.measure, found.programme, found.per) == ("standard", "price_subsidy", "month")


def test_a_heading_of_both_subsidies_is_of_the_two_together() -> None:
    found = figures_of("3.困难残疾人生活补贴和重度残疾人护理补贴。全年发放206.4万元，标准为每人每月85元。")
    assert fields(found, "measure", "programme") == [
        ("benefit_paid", "disability_both"),
        ("standard", "disability_living"),
    ]


def test_a_row_of_both_subsidies_is_of_the_two_together() -> None:
    found = figures_of(
        "救助情况表\n项目\t人数（人）\t发放金额（万元）\t标准（元/人·月）\n困难残疾人生活补贴和重度残疾人护理补贴\t206\t17.41\t85\n"
    )
    assert fields(found, "measure", "programme") == [
        ("beneficiaries", "disability_both"),
        ("benefit_paid", "disability_both"),
        ("standard", "disability_living"),
    ]


@pytest.mark.parametrize("period", ["每人每月", "每月每人", "月人均", "每名对象每月"])
def test_an_old_and_a_new_standard_with_their_period_in_other_words(period: str) -> None:
    found = figures_of(f"城市低保标准由{period}810元调整为{period}845元。")
    assert fields(found, "value", "per", "fiscal_year") == [(810, "month", YEAR - 1), (845, "month", YEAR)]


@pytest.mark.parametrize("first", ["每人每月60元", "60元/人·月", "60元每月每人"])
def test_the_grades_of_an_allowance_that_no_word_names(first: str) -> None:
    found = figures_of(f"80至89周岁老人{first}、90至99周岁130元、100周岁及以上280元。")
    assert fields(found, "programme", "value", "per") == [
        ("old_age_allowance", 60, "month"),
        ("old_age_allowance", 130, "month"),
        ("old_age_allowance", 280, "month"),
    ]


@pytest.mark.parametrize(
    "sentence", ["养老机构床位共有1,260个。", "新增护理型床位1,260个。", "建成1,260个家庭养老床位。"]
)
def test_beds_counted_by_another_word(sentence: str) -> None:
    found = only(figures_of(sentence))
    assert (found.measure, found.value, found.unit) == ("beds", 1260, "bed")


def test_a_kind_of_beds_counted_by_another_word() -> None:
    found = figures_of("全县有养老床位1,260个，其中护理型820个。")
    assert fields(found, "measure", "value") == [("beds", 1260), ("beds", 820)]


def test_homes_with_beds_are_no_beds() -> None:
    assert fields(figures_of("41所敬老院共有床位4,860张。新增有护理型床位的养老机构12个。"), "measure", "value") == [
        ("facilities", 41),
        ("beds", 4860),
        ("facilities", 12),
    ]


@pytest.mark.parametrize(
    ("sentence", "residence"),
    [
        ("保障城市低保对象412户587人，共发放低保金203.2万元。", "urban"),
        ("保障城市低保对象412户587人，农村低保对象1,268户，共发放低保金1,203.2万元。", None),
        ("保障城乡低保对象1,412户，共发放低保金1,203.2万元。", None),
    ],
)
def test_the_sum_paid_to_people_of_one_residence_is_theirs(sentence: str, residence: str | None) -> None:
    assert figures_of(sentence)[-1].residence == residence


@pytest.mark.parametrize("change", ["提高到", "调高到", "提标至", "上涨至", "上调为"])
def test_a_standard_that_was_raised_in_other_words(change: str) -> None:
    found = figures_of(f"农村低保标准由每人每年4,200元{change}4,560元。")
    assert fields(found, "value", "per", "fiscal_year") == [(4200, "year", YEAR - 1), (4560, "year", YEAR)]


@pytest.mark.parametrize("bound", ["不低于", "不少于", "至少"])
def test_help_for_rising_prices_is_no_price(bound: str) -> None:
    found = only(figures_of(f"向低保对象发放价格临时补贴，每人每月{bound}30元。"))
    assert (found.measure, found.programme, found.qualifier) == ("standard", "price_subsidy", "at_least")


@pytest.mark.parametrize("bound", ["不低于", "不少于", "达到"])
def test_whose_standard_a_multiple_is_taken_of(bound: str) -> None:
    found = figures_of(f"供养特困人员的标准{bound}农村低保标准的1.3倍，为每人每年6,430元。")
    assert fields(found, "programme", "residence", "value") == [("tekun", None, 6430)]


@pytest.mark.parametrize("said", ["分别为", "依次为", "各为"])
def test_lists_in_turn_in_other_words(said: str) -> None:
    found = figures_of(f"机构养育、社会散居孤儿养育标准{said}每人每月1,920元、1,310元。")
    assert fields(found, "care", "value") == [("institutional", 1920), ("home", 1310)]


def test_a_colon_before_the_period_of_a_standard() -> None:
    found = figures_of("机构养育、社会散居孤儿养育标准：每人每月1,920元、1,310元。")
    assert fields(found, "care", "value") == [("institutional", 1920), ("home", 1310)]


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("城市低保月人均补助标准不低于480元。", "top_up"),
        ("城市低保月补差标准为480元。", "top_up"),
        ("城市低保保障线由月700元提至735元。", "standard"),
        ("集中保障的特困人员每人每月1,360元。", "standard"),
    ],
)
def test_what_a_standard_of_the_livelihood_guarantee_is_called(sentence: str, measure: str) -> None:
    assert {figure.measure for figure in figures_of(sentence)} == {measure}


@pytest.mark.parametrize("sum_of_all", ["累计", "总计", "合计"])
def test_all_facilities_after_those_that_were_added(sum_of_all: str) -> None:
    found = figures_of(f"新增老年助餐点32个，{sum_of_all}78个。")
    assert fields(found, "measure", "programme", "value") == [
        ("facilities", "elder_meals", 32),
        ("facilities", "elder_meals", 78),
    ]


@pytest.mark.parametrize("when", ["全年", "年内", "本年度", "一年来", "1—12月份", "累计"])
def test_a_payment_for_the_year_is_to_all_that_were_counted(when: str) -> None:
    found = figures_of(f"集中供养特困人员86人、分散供养150人，{when}发放供养金134.6万元。")
    assert fields(found, "measure", "programme", "care")[-1] == ("benefit_paid", "tekun", None)


@pytest.mark.parametrize("home", ["敬老院", "乡镇敬老院", "区域性中心敬老院", "供养服务机构"])
def test_those_who_live_in_a_home_of_any_name_live_in_an_institution(home: str) -> None:
    found = figures_of(f"特困人员1,508人，其中入住{home}402人、分散供养1,106人。")
    assert fields(found, "programme", "care") == [("tekun", None), ("tekun", "institutional"), ("tekun", "home")]


@pytest.mark.parametrize(
    ("sentence", "measure", "programme"),
    [
        ("为320户困难家庭实施居家适老改造。", "beneficiaries", "home_adaptation"),
        ("新增爱心餐厅32个。", "facilities", "elder_meals"),
        ("新建长者助餐服务点32个。", "facilities", "elder_meals"),
        ("市救助管理中心救助2,038人次。", "beneficiaries", "vagrant_relief"),
        ("探访空巢老年人812人次。", "beneficiaries", "elder_care"),
        ("为空巢和失能老年人812人提供服务。", "beneficiaries", "elder_care"),
        ("为百岁老年人12人送去慰问金。", "beneficiaries", "old_age_allowance"),
        ("照护型床位占比达到52%。", "indicator_actual", "elder_care"),
    ],
)
def test_services_and_facilities_by_other_names(sentence: str, measure: str, programme: str) -> None:
    found = figures_of(sentence)[0]
    assert (found.measure, found.programme) == (measure, programme)


@pytest.mark.parametrize("head", ["标准（元/月）", "人均标准（元/月）", "月保障标准（元）"])
def test_a_head_of_standards_per_head(head: str) -> None:
    found = figures_of(f"社会救助标准表\n项目\t人数（人）\t{head}\n城市低保\t3206\t885\n农村低保\t9206\t660\n")
    assert fields(found, "measure", "residence", "value")[1::2] == [
        ("standard", "urban", 885),
        ("standard", "rural", 660),
    ]


def test_those_in_the_books_are_of_the_programme_named_before() -> None:
    found = figures_of("城乡低保在保2,104户3,806人，特困人员在保712人，其中集中供养186人。")
    assert [figure.programme for figure in found] == ["dibao", "dibao", "tekun", "tekun"]


@pytest.mark.parametrize("grade", ["一级", "一级残疾", "一级残疾人"])
def test_the_grades_of_a_subsidy_for_disabled_people(grade: str) -> None:
    found = figures_of(f"重度残疾人护理补贴标准为每人每月：{grade}199元、二级166元。")
    assert fields(found, "programme", "value", "per") == [
        ("disability_nursing", 199, "month"),
        ("disability_nursing", 166, "month"),
    ]


@pytest.mark.parametrize("grades", [("全护理", "半护理", "全自理"), ("完全失能", "部分失能", "能自理")])
def test_the_grades_of_nursing_are_heads_of_standards(grades: tuple[str, str, str]) -> None:
    heads = "\t".join(grades)
    found = figures_of(
        f"特困人员照料护理标准表（单位：元/人·月）\n供养方式\t{heads}\n集中供养\t522\t261\t72\n分散供养\t290\t145\t29\n"
    )
    assert fields(found, "measure", "programme", "care", "value")[:1] == [
        ("standard", "tekun_nursing", "institutional", 522)
    ]
    assert len(found) == 6


@pytest.mark.parametrize("opening", ["其中", "其中："])
def test_parts_after_a_colon_are_parts_of_the_whole(opening: str) -> None:
    found = figures_of(f"适老化改造1,650户，{opening}特困702户、低保948户。")
    assert [figure.programme for figure in found] == ["home_adaptation"] * 3


@pytest.mark.parametrize("sign", ["、", "和", "及"])
def test_those_beside_others_in_a_home_live_there_too(sign: str) -> None:
    found = figures_of(f"敬老院实际入住特困人员1,094人{sign}社会老人73人。")
    assert fields(found, "programme", "care") == [("tekun", "institutional"), ("elder_care", "institutional")]


@pytest.mark.parametrize("name", ["供养金", "供养费", "供养经费", "救助供养资金"])
def test_what_those_supported_are_paid(name: str) -> None:
    found = only(figures_of(f"全年兑现{name}736.4万元。"))
    assert (found.measure, found.programme) == ("benefit_paid", "tekun")


def test_the_care_of_both_where_and_joins_them() -> None:
    found = figures_of("孤儿集中和散居养育标准分别为每人每月1,700元和1,200元。")
    assert fields(found, "care", "value") == [("institutional", 1700), ("home", 1200)]


@pytest.mark.parametrize("amount", ["每人每年7,200元", "年7,200元", "年人均7,200元", "7,200元/人·年"])
def test_a_standard_by_the_year_in_any_order(amount: str) -> None:
    found = only(figures_of(f"农村低保标准为{amount}。"))
    assert (found.measure, found.value, found.per, found.residence) == ("standard", 7200, "year", "rural")


def test_a_grade_has_a_standard_also_after_what_was_paid() -> None:
    found = figures_of("高龄津贴发放31.2万元，其中百岁老人月人均500元。")
    assert fields(found, "measure", "value") == [("benefit_paid", 312_000), ("standard", 500)]


def test_an_average_per_head_is_not_said_of_both_subsidies() -> None:
    found = figures_of("困难残疾人生活补贴惠及712人。重度残疾人护理补贴惠及516人，每月人均100元。")
    assert fields(found, "measure", "programme")[-1] == ("standard", "disability_nursing")


@pytest.mark.parametrize("verb", ["发放", "给付", "下发", "划拨", "兑付"])
def test_what_was_paid_by_any_verb(verb: str) -> None:
    found = figures_of(f"保障高龄老人1,206人，{verb}高龄津贴216.8万元。")
    assert fields(found, "measure", "programme")[-1] == ("benefit_paid", "old_age_allowance")


def test_a_standard_paid_by_the_month() -> None:
    found = figures_of("困难残疾人生活补贴按月80元发放。")
    assert fields(found, "measure", "value", "per") == [("standard", 80, "month")]
