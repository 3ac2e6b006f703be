"""Tables as bureaus of several provinces lay them out, with the figures that a careful reader takes from them; all invented."""

from __future__ import annotations

from small_reports import YEAR, fields, figures_of

WORK = f"云渡市民政局{YEAR}年社会救助工作情况"


def test_counts_and_money_below_programmes_by_place() -> None:
    found = figures_of(
        "各县区社会救助情况统计表\n"
        "| 县（市、区） | 城市低保 | | | 特困供养 | |\n"
        "| | 户数 | 人数 | 累计发放资金（万元） | 人数 | 累计发放资金（万元） |\n"
        "| 渡口镇 | 640 | 902 | 530.00 | 204 | 310.50 |\n| 合计 | 1,846 | 2,657 | 1,618.10 | 570 | 722.50 |\n",
        WORK,
    )
    one = [("beneficiaries", "dibao", "urban"), ("beneficiaries", "dibao", "urban"), ("benefit_paid", "dibao", "urban")]
    assert (
        fields(found, "measure", "programme", "residence")
        == [
            *one,
            ("beneficiaries", "tekun", None),
            ("benefit_paid", "tekun", None),
        ]
        * 2
    )
    assert [f.value for f in found[:5]] == [640, 902, 5_300_000, 204, 3_105_000]


def test_beds_and_residents_of_homes_are_of_the_caption_s_programme_whatever_the_homes_are_called() -> None:
    found = figures_of(
        "全市养老机构基本情况表\n序号\t机构名称\t所在地\t机构性质\t床位数（张）\t入住老人（人）\t星级\n"
        "1\t云渡市社会福利院\t城东区\t公办\t420\t366\t五星级\n2\t福寿颐养园\t城西区\t民办\t260\t214\t四星级\n",
        WORK,
    )
    assert fields(found, "measure", "programme", "care", "value") == [
        ("beds", "elder_care", None, 420),
        ("beneficiaries", "elder_care", "institutional", 366),
        ("beds", "elder_care", None, 260),
        ("beneficiaries", "elder_care", "institutional", 214),
    ]


def test_registrations_by_office() -> None:
    found = figures_of("登记机关\t结婚登记（对）\t离婚登记（对）\n城东区民政局\t1,204\t430\n合计\t2,184\t796\n", WORK)
    assert fields(found, "measure", "programme", "value") == [
        ("cases", "marriage", value) for value in (1204, 430, 2184, 796)
    ]


def test_indicators_by_year_with_their_unit_in_a_column_are_counts_not_goals() -> None:
    found = figures_of(
        f"指标名称\t单位\t{YEAR - 1}年\t{YEAR}年\t增长（%）\n城市低保对象\t人\t2,812\t2,657\t-5.5\n"
        "农村低保标准\t元/人·年\t6,480\t7,080\t9.3\n养老机构\t家\t64\t71\t10.9\n火化率\t%\t97.2\t98.0\t0.8\n"
        "救助资金支出\t万元\t6,420.5\t6,863.7\t6.9\n",
        WORK,
    )
    assert fields(found, "measure", "value", "per", "fiscal_year") == [
        ("beneficiaries", 2812, None, YEAR - 1),
        ("beneficiaries", 2657, None, YEAR),
        ("standard", 6480, "year", YEAR - 1),
        ("standard", 7080, "year", YEAR),
        ("facilities", 64, None, YEAR - 1),
        ("facilities", 71, None, YEAR),
        ("indicator_actual", 97.2, None, YEAR - 1),
        ("indicator_actual", 98.0, None, YEAR),
        ("expenditure", 64_205_000, None, YEAR - 1),
        ("expenditure", 68_637_000, None, YEAR),
    ]


def test_whom_a_subsidy_is_for_does_not_rename_it() -> None:
    found = figures_of(
        "补贴项目\t补贴对象\t补贴标准\t发放人数（人）\t发放金额（元）\t资金来源\n"
        "经济困难老年人服务补贴\t低保老年人\t50元/月\t1,850\t1,110,000\t市级\n"
        "孤儿基本生活费\t孤儿\t集中1950元/月；散居1450元/月\t114\t2,103,600\t中央、省\n",
        WORK,
    )
    assert fields(found, "measure", "programme", "care", "value") == [
        ("standard", "elder_care", None, 50),
        ("beneficiaries", "elder_care", None, 1850),
        ("benefit_paid", "elder_care", None, 1_110_000),
        ("standard", "orphan", "institutional", 1950),
        ("standard", "orphan", "home", 1450),
        ("beneficiaries", "orphan", None, 114),
        ("benefit_paid", "orphan", None, 2_103_600),
    ]


def test_sides_above_the_halves_of_a_table_printed_in_columns_of_spaces() -> None:
    found = figures_of(
        "收入支出决算总表    单位：万元\n\n"
        "    收    入                              支    出\n"
        "项    目                  决算数      项    目                  决算数\n"
        "财政专户管理资金           480.60    一、教育支出               816.18\n"
        "其他收入                      88.90\n"
        "总    计                   569.50    总    计                   816.18\n",
        f"云渡县教育局{YEAR}年度部门决算",
    )
    assert fields(found, "measure", "value") == [
        ("income", 4_806_000),
        ("expenditure", 8_161_800),
        ("income", 889_000),
        ("income", 5_695_000),
        ("expenditure", 8_161_800),
    ]


def test_the_total_score_stands_alone_where_the_weights_are_columns_of_the_classes() -> None:
    found = figures_of(
        "一级指标\t分值\t二级指标\t三级指标\t年度指标值\t全年实际值\t得分\n"
        "产出指标\t50\t数量指标\t救助人次\t500人次\t512人次\t50\n总分\t\t\t\t\t98.75\n"
    )
    assert [(f.measure, f.value) for f in found] == [
        ("indicator_target", 500),
        ("indicator_actual", 512),
        ("score", 98.75),
    ]


def test_a_form_one_cell_a_line_goes_on_over_its_parts() -> None:
    money = "项目资金（万元） 年初预算数 调整后预算数 全年执行数 分值 执行率 得分 年度资金总额 86.00 90.00 88.20 10 98.00% 9.8"
    part = "其中：当年财政拨款 86.00 90.00 88.20 - 98.00% -"
    goals = (
        "三级指标 年度指标值 实际完成值 分值 得分 津贴人数 ≥1200人 1204人 50 50 准确率 100% 99% 50 49.7 总分 100 99.7"
    )
    found = figures_of(
        "项目支出绩效自评表\n项目名称\n高龄津贴补助\n主管部门\n云渡市民政局\n实施单位\n养老服务科\n"
        + "\n".join(f"{money} {part}".split())
        + "\n年度总体目标\n按月足额发放高龄津贴，不断提高老年人的生活水平，做到应发尽发。\n"
        + "\n".join(goals.split())
        + "\n"
    )
    of_money = [f for f in found if not f.measure.startswith("indicator")]
    assert [f.measure for f in of_money] == ["budget", "budget", "expenditure", "execution_rate"] * 2 + ["score"]
    assert {f.programme for f in of_money} == {"old_age_allowance"}


def test_a_heading_ends_a_form() -> None:
    found = figures_of(
        "项目名称：高龄津贴\n单位：万元\n预算数\t执行数\n12.00\t11.00\n"
        "二、部门预算执行情况\n单位：万元\n项目\t预算数\t执行数\n全部\t90.00\t88.00\n"
    )
    assert [f.programme for f in found] == ["old_age_allowance"] * 2 + [None] * 2


def test_tasks_and_results_by_town_are_counts_below_what_is_counted() -> None:
    found = figures_of(
        "| 镇（街道） | 适老化改造（户） | | 老年食堂（个） | |\n| | 任务数 | 完成数 | 任务数 | 完成数 |\n"
        "| 城东街道 | 60 | 62 | 3 | 2 |\n",
        WORK,
    )
    assert fields(found, "measure", "programme", "value", "qualifier") == [
        ("beneficiaries", "home_adaptation", 60, "target"),
        ("beneficiaries", "home_adaptation", 62, "exact"),
        ("facilities", "elder_meals", 3, "target"),
        ("facilities", "elder_meals", 2, "exact"),
    ]


def test_bare_years_are_heads_and_a_title_before_a_new_head_is_no_rest_of_a_cell() -> None:
    found = figures_of(
        f"类别\t{YEAR - 1}\t{YEAR}\n养老机构（家）\t64\t71\n临时救助统计\n月份\t救助人次\t救助资金（万元）\n1月\t120\t15.20\n",
        WORK,
    )
    assert fields(found, "measure", "programme", "value", "fiscal_year") == [
        ("facilities", "elder_care", 64, YEAR - 1),
        ("facilities", "elder_care", 71, YEAR),
        ("beneficiaries", "temporary_relief", 120, YEAR),
        ("benefit_paid", "temporary_relief", 152_000, YEAR),
    ]


def test_lines_beside_personnel_and_running_costs_are_projects_where_all_make_the_sum() -> None:
    found = figures_of("单位：万元\n项目\t执行数\n人员经费\t100.00\n公用经费\t20.00\n信息化建设\t30.00\n合计\t150.00\n")
    assert [f.spending_type for f in found] == ["personnel", "operating", "project", None]


def test_what_is_counted_on_a_day_is_of_that_day_s_year() -> None:
    found = figures_of(
        f"附表  各社区保障情况（截至{YEAR - 1}年12月20日）\n社区（村）\t城市低保户数（户）\t高龄补贴发放人数（人）\n云东社区\t98\t486\n",
        WORK,
    )
    assert fields(found, "value", "fiscal_year") == [(98, YEAR - 1), (486, YEAR - 1)]


def test_the_share_of_an_amount_in_the_sum_is_no_figure() -> None:
    found = figures_of(
        "单位：万元\n类别\t预算数\t执行数\t执行率（%）\t支出占比（%）\n基本支出\t100.00\t90.00\t90.00\t45.00\n项目支出\t120.00\t110.00\t91.67\t55.00\n"
    )
    assert [f.measure for f in found] == ["budget", "expenditure", "execution_rate"] * 2


def test_ways_and_grades_of_care_in_one_label() -> None:
    found = figures_of(
        "云渡市救助标准\n序号\t保障项目\t类别\t计量单位\t原标准\t新标准\n1\t特困人员照料护理\t集中全护理\t元/人·月\t980\t1060\n"
        "2\t特困人员照料护理\t分散半护理\t元/人·月\t440\t480\n",
        WORK,
    )
    assert fields(found, "programme", "care", "value") == [
        ("tekun_nursing", "institutional", 980),
        ("tekun_nursing", "institutional", 1060),
        ("tekun_nursing", "home", 440),
        ("tekun_nursing", "home", 480),
    ]


def test_amounts_beside_their_labels_in_a_form_without_heads() -> None:
    found = figures_of(
        "编制单位：云渡县民政局\t\t\t金额单位：万元\n"
        "专项资金名称\t高龄津贴发放\t\t业务主管部门\t云渡县民政局\n"
        f"{YEAR}年预算\t186.40\t\t县级支出\t86.40\n\t\t\t上级补助\t100.00\n"
        "指标名称\t指标权重\t计量单位\t指标性质\t指标值\n高龄津贴发放人数\t20\t人\t≥\t3900\n",
        f"云渡县民政局{YEAR}年部门预算公开",
    )
    assert fields(found, "measure", "programme", "spending_type", "value") == [
        ("budget", "old_age_allowance", "project", 1_864_000),
        ("budget", "old_age_allowance", "project", 864_000),
        ("budget", "old_age_allowance", "project", 1_000_000),
        ("indicator_target", "old_age_allowance", None, 3900),
    ]


def test_words_below_a_head_of_values_do_not_rename_the_row() -> None:
    found = figures_of(
        "服务内容\t服务人数\t补助标准\t资金（万元）\n残疾人两项补贴\t126人\t见目录\t18.00\n困难重度残疾人家庭无障碍改造\t80户\t5000元/户\t40.00\n",
        f"云渡县残疾人联合会{YEAR}年工作总结",
    )
    assert fields(found, "measure", "programme", "value") == [
        ("beneficiaries", "disability_both", 126),
        ("benefit_paid", "disability_both", 180_000),
        ("beneficiaries", None, 80),
        ("standard", None, 5000),
        ("benefit_paid", None, 400_000),
    ]


def test_a_code_beside_its_label_is_no_amount() -> None:
    found = figures_of(
        "部门（单位）名称\t云渡县民政局\t预算代码\t314001\n项目\t预算金额\n基本支出\t12.00\n",
        f"{YEAR}年部门整体支出绩效目标申报表（云渡县民政局，单位：万元）",
    )
    assert 314001 not in {round(f.value / 10_000) for f in found}


def test_lines_of_the_office_side_by_side_one_cell_a_line() -> None:
    heads = "三公经费合计 因公出国（境）费 公务用车购置费 公务用车运行费 公务接待费 会议费 培训费"
    amounts = "40.20 0.00 0.00 21.60 18.60 6.50 12.80"
    found = figures_of(
        f"“三公”经费、会议费、培训费支出预算表\n单位：万元\n{YEAR}年预算数\n"
        + "\n".join(f"{heads} {amounts}".split())
        + "\n\n第三部分 说明\n",
        f"云渡县民政局{YEAR}年部门预算公开",
    )
    assert [(f.measure, f.value) for f in found] == [
        ("budget", value) for value in (402_000, 0, 0, 216_000, 186_000, 65_000, 128_000)
    ]
    assert len({f.item for f in found}) == 7


def test_what_a_county_raises_itself_is_a_share_of_the_county() -> None:
    found = figures_of("单位：万元\n资金来源\t预算数\n县级自筹资金\t200.00\n其他资金\t10.00\n")
    assert [f.fund_source for f in found] == [None, "other"]


def test_a_part_with_a_number_of_its_own_is_of_the_whole_above_it() -> None:
    found = figures_of(
        f"表二 {YEAR}年三季度其他社会救助情况统计表\n单位：万元\n序号\t救助类别\t期末在册（救助）数\t三季度支出\n"
        "1\t特困人员救助供养\t846人\t204.37\n1.1\t其中：集中供养\t192人\t46.22\n1.2\t分散供养\t654人\t158.15\n2\t临时救助\t127人次\t43.50\n",
        WORK,
    )
    assert fields(found, "measure", "programme", "care", "value") == [
        ("beneficiaries", "tekun", None, 846),
        ("benefit_paid", "tekun", None, 2_043_700),
        ("beneficiaries", "tekun", "institutional", 192),
        ("benefit_paid", "tekun", "institutional", 462_200),
        ("beneficiaries", "tekun", "home", 654),
        ("benefit_paid", "tekun", "home", 1_581_500),
        ("beneficiaries", "temporary_relief", None, 127),
        ("benefit_paid", "temporary_relief", None, 435_000),
    ]


def test_ways_of_care_down_and_grades_across() -> None:
    found = figures_of(
        "照料护理补贴标准表        单位：元/人·月\n供养方式  全自理  半护理  全护理\n集中供养  72  261  522\n分散供养  29  145  290\n",
        f"云渡市特困人员救助供养提质工作实施方案（{YEAR}年）",
    )
    assert fields(found, "measure", "programme", "care", "value", "per") == [
        ("standard", "tekun_nursing", care, value, "month")
        for care, values in (("institutional", (72, 261, 522)), ("home", (29, 145, 290)))
        for value in values
    ]


def test_residents_and_those_of_them_who_are_supported() -> None:
    found = figures_of(
        "公办养老机构床位及入住情况表\n单位：张、人\n序号\t机构名称\t核定床位\t入住老人\t其中：特困人员\n1\t云渡市中心敬老院\t320\t241\t218\n",
        WORK,
    )
    assert fields(found, "measure", "programme", "care", "value") == [
        ("beds", "elder_care", None, 320),
        ("beneficiaries", "elder_care", "institutional", 241),
        ("beneficiaries", "tekun", "institutional", 218),
    ]


def test_years_to_come_hold_plans_and_goals() -> None:
    rows = f"{YEAR + 1}年  {YEAR + 2}年\n新增护理型床位  180张  220张\n特困人员集中供养率  24%  30%\n"
    title = f"云渡市特困人员救助供养提质工作实施方案（{YEAR}年）"
    planned = figures_of(f"设施和服务\n项  目  {rows}", title)
    assert fields(planned, "measure", "value", "qualifier", "fiscal_year") == [
        ("beds", 180, "target", YEAR + 1),
        ("beds", 220, "target", YEAR + 2),
        ("indicator_target", 24, "target", YEAR + 1),
        ("indicator_target", 30, "target", YEAR + 2),
    ]
    goals = figures_of(f"分年度任务分解表\n指  标  {rows}", title)
    assert fields(goals, "measure", "indicator", "value") == [
        ("indicator_target", "新增护理型床位", 180),
        ("indicator_target", "新增护理型床位", 220),
        ("indicator_target", "特困人员集中供养率", 24),
        ("indicator_target", "特困人员集中供养率", 30),
    ]


def test_final_accounts_with_one_space_between_the_cells() -> None:
    found = figures_of(
        "收入支出决算总表\n公开01表\n部门：云渡县市场监督管理局        金额单位：万元\n"
        "收入 支出\n项目 行次 金额 项目（按功能分类） 行次 金额\n栏次 1 栏次 2\n"
        "一、一般公共预算财政拨款收入 1 482.17 一、一般公共服务支出 32 163.48\n"
        "二、事业收入 2 36.00 二、教育支出 33 4.32\n"
        "本年收入合计 27 518.17 本年支出合计 58 167.80\n",
        f"云渡县市场监督管理局{YEAR}年度部门决算",
    )
    assert fields(found, "measure", "value") == [
        ("income", 4_821_700),
        ("expenditure", 1_634_800),
        ("income", 360_000),
        ("expenditure", 43_200),
        ("income", 5_181_700),
        ("expenditure", 1_678_000),
    ]


def test_words_with_one_space_above_numbers_are_no_head_unless_they_say_so() -> None:
    found = figures_of("工作 开展 情况 良好\n结婚登记 1,204 980\n", WORK)
    assert [f.measure for f in found] == []


def test_the_column_of_units_tells_which_cells_a_row_lost() -> None:
    """Empty cells at either end of a row of indicators may be left out; 人 still stands below 度量单位."""
    found = figures_of(
        "绩效指标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t实际完成值\t分值\t得分\t偏差原因\n"
        "\t产出指标\t数量指标\t领取津贴人数\t>=\t3200\t人\t3318\t20\t20\n"
        "质量指标\t发放准确率\t>=\t98\t%\t97.5\t20\t19.9\t信息滞后\n",
        f"云渡市民政局{YEAR}年度项目支出绩效自评表",
    )
    assert fields(found, "measure", "value", "unit") == [
        ("indicator_target", 3200, "person"),
        ("indicator_actual", 3318, "person"),
        ("indicator_target", 98, "percent"),
        ("indicator_actual", 97.5, "percent"),
    ]


def test_columns_of_levels_of_government_are_parts_of_the_budget_beside_what_was_spent() -> None:
    found = figures_of(
        "困难群众补助资金支出明细表\n单位：万元\n"
        "救助项目\t资金总额\t中央资金\t省级资金\t县级配套资金\t实际支出\t支出进度\n"
        "农村低保\t900.00\t600.00\t200.00\t100.00\t880.00\t97.78%\n"
        "特困供养\t300.00\t200.00\t60.00\t40.00\t291.00\t97.00%\n",
        f"云渡县{YEAR}年度困难群众救助补助资金绩效自评报告",
    )
    assert fields(found, "measure", "programme", "value")[:6] == [
        ("budget", "dibao", 9_000_000),
        ("budget", "dibao", 6_000_000),
        ("budget", "dibao", 2_000_000),
        ("budget", "dibao", 1_000_000),
        ("expenditure", "dibao", 8_800_000),
        ("execution_rate", "dibao", 97.78),
    ]


def test_a_form_of_goals_takes_its_unit_from_a_cell_and_names_where_its_money_comes_from() -> None:
    found = figures_of(
        "| 部门名称 | 云渡县民政局 |  | 单位：万元 |\n| --- | --- | --- | --- |\n"
        "| 当年预算总额 | 1,260.50 | 其中：基本支出 | 310.50 |\n"
        "|  |  | 项目支出 | 950.00 |\n"
        "| 资金来源 | 一般公共预算拨款 | 1,200.50 |  |\n"
        "|  | 单位资金 | 60.00 |  |\n",
        f"云渡县民政局{YEAR}年部门预算绩效目标申报表",
    )
    assert fields(found, "measure", "spending_type", "fund_source", "stage", "value") == [
        ("budget", None, None, None, 12_605_000),
        ("budget", "basic", None, None, 3_105_000),
        ("budget", "project", None, None, 9_500_000),
        ("income", None, "general_public_budget", "initial", 12_005_000),
        ("income", None, "other", "initial", 600_000),
    ]


def test_an_amount_of_a_form_may_name_its_own_year() -> None:
    found = figures_of(
        "项目名称\t高龄津贴发放\t业务主管部门\t县民政局\n"
        f"{YEAR}年预算（万元）\t720.00\t{YEAR - 1}年预算（万元）\t690.00\n",
        f"云渡县{YEAR}年度项目支出绩效目标申报表",
    )
    assert fields(found, "measure", "fiscal_year", "value") == [
        ("budget", YEAR, 7_200_000),
        ("budget", YEAR - 1, 6_900_000),
    ]
