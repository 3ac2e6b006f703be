"""What a document says of itself: department, place, year, title and kind; nothing where it does not say."""

from __future__ import annotations

import pytest
from small_reports import TITLE, report

from ingest.documents import Profile, document_from_text
from ingest.documents.department_names import department_kind
from ingest.vocabulary import read_seed


def profile(text: str) -> Profile:
    return document_from_text(text).profile


@pytest.mark.parametrize(
    ("text", "department", "place"),
    [
        (f"{TITLE}\n\n一、部门概况", "云渡县民政局", "云渡县"),
        ("2022年度部门整体支出绩效自评报告\n\n部门名称：云渡县民政局\n", "云渡县民政局", "云渡县"),
        ("部门整体支出绩效目标申报表\n填报单位：云渡县教育局        填报日期：2023年1月5日\n", "云渡县教育局", "云渡县"),
        ("部门整体支出绩效自评表\n部门名称\t云渡县卫生健康局\n年度\t2022\n", "云渡县卫生健康局", "云渡县"),
        ("雲渡縣民政局2022年度部門整體支出績效自評報告\n", "云渡县民政局", "云渡县"),
        ("2022年度部门整体支出绩效自评报告\n\n云渡县民政局根据县财政局的通知开展自评。云渡县民政局成立了工作小组。", "云渡县民政局", "云渡县"),
        ("2022年工作总结\n\n全年发放低保金12万元。", None, None),
        # The office of a township or a street reports on the same work; its place is its county.
        ("云渡县柳溪街道办事处\n2022年度部门整体支出绩效自评报告\n", "云渡县柳溪街道办事处", "云渡县"),
        ("云渡县人民政府青石镇人民政府2022年工作总结\n", "云渡县人民政府青石镇人民政府", "云渡县"),
        ("云渡县青石镇人民政府2022年民政工作总结\n\n配合县救助站送返2人。", "云渡县青石镇人民政府", "云渡县"),
        # Those that a county's report names do not report.
        ("修水县2022年高龄津贴项目绩效评价报告\n\n修水县青石镇人民政府负责初审，修水县青石镇人民政府公示，县民政局审批。", "修水县民政局", "修水县"),
        ("", None, None),
    ],
)  # fmt: skip
def test_the_reporting_department(text: str, department: str | None, place: str | None) -> None:
    found = profile(text)
    assert (found.department, found.place_name) == (department, place)


def test_the_finance_bureau_that_receives_a_report_is_not_its_author() -> None:
    text = "2022年度部门整体支出绩效自评报告\n\n县财政局：\n按照云渡县财政局的要求，云渡县民政局对2022年度整体支出开展了自评，现将情况报告云渡县财政局。"
    assert profile(text).department == "云渡县民政局"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (TITLE, 2022),
        ("云渡县民政局二〇二一年度部门决算公开说明", 2021),
        ("云渡县民政局部门整体支出绩效自评报告（2020年度）", 2020),
        ("云渡县民政局部门整体支出绩效自评报告\n（2023年度）\n", 2023),
        ("云渡县民政局绩效自评报告\n填报日期：2023年3月1日\n\n2022年全县共救助30人次。2022年发放低保金12万元。", 2022),
        ("云渡县民政局2024年部门预算公开", 2024),
        ("绩效报告", None),
    ],
)  # fmt: skip
def test_the_year_that_a_document_is_about_is_not_the_one_it_was_signed_in(text: str, year: int | None) -> None:
    assert profile(text).fiscal_year == year


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (TITLE, "self_eval_department"),
        ("云渡县民政局2022年度居家养老项目支出绩效自评报告", "self_eval_project"),
        ("云渡县民政局2022年度部门决算公开说明", "final_account"),
        ("云渡县民政局2022年部门预算公开", "budget"),
        ("2023年部门整体支出绩效目标申报表", "target_table"),
        ("云渡县民政局关于调整2022年城乡低保标准的通知", "standard_notice"),
        ("云渡县民政局2022年工作总结", "work_summary"),
        ("云渡县民政事业发展统计公报", "statistics"),
        ("云渡县民政局会议记录", "other"),
        ("云渡县2022年度农村养老机构建设绩效评价报告", "self_eval_project"),
        ("云渡县2022年高龄津贴发放情况绩效评价", "self_eval_project"),
        ("2022年度部门评价报告", "self_eval_project"),
        ("云渡县民政局关于2022年度预算绩效自评情况的报告", "self_eval_department"),
        ("云渡县民政局2022年度绩效自评报告", "self_eval_department"),
        ("云渡县教育局2022年度决算", "final_account"),
        ("2022年云渡县财政局部门预算", "budget"),
        ("云渡县2022年城乡低保标准", "standard_notice"),
        ("2022年度部门预算项目绩效目标公开表", "target_table"),
    ],
)
def test_the_kind_of_a_document(title: str, kind: str) -> None:
    assert profile(f"{title}\n\n全年工作有序推进。").document_kind == kind


def test_the_title_is_put_together_from_two_lines() -> None:
    assert profile("云渡县民政局2022年度\n部门整体支出绩效自评报告\n\n一、部门概况").title == TITLE


@pytest.mark.parametrize("row", read_seed("department_endings"), ids=lambda row: row["ending"])
def test_every_ending_of_the_seed_makes_a_department_of_its_kind(row: dict[str, str]) -> None:
    name = f"云渡县{row['ending']}"
    assert department_kind(name) == row["department_kind"]
    assert profile(f"{name}2022年度部门整体支出绩效自评报告\n").department == name


def test_helping_a_relief_station_is_no_name_of_one() -> None:
    text = "2022年工作总结\n\n全年发放低保金12万元，协助县救助站护送2人返乡，配合县救助站开展巡查。"
    assert profile(text).department is None


def test_an_unknown_ending_has_no_kind() -> None:
    assert department_kind("云渡县气象台") is None
    assert department_kind(None) is None


def test_the_text_of_a_document_is_the_one_given() -> None:
    assert report("全文。").text == f"{TITLE}\n\n全文。"


def test_a_department_named_in_the_title_of_another_document_does_not_report() -> None:
    title = "漳州市2023年惠民殡葬补助资金项目支出绩效自评报告"
    body = "根据《福建省民政厅关于惠民殡葬的通知》，市民政局开展自评。《福建省民政厅公报》已刊登。"
    found = profile(f"{title}\n\n{body}")
    assert (found.department, found.place_name) == ("漳州市民政局", "漳州市")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "您所在的位置：首页 &gt; 政府信息公开 &gt; 工作总结\n云渡县民政局2022年工作总结\n",
            "云渡县民政局2022年工作总结",
        ),
        ("附件4\n2022年度云渡县民政局部门整体绩效自评结果报告\n", "2022年度云渡县民政局部门整体绩效自评结果报告"),
        ("云渡县民政局2022年度\n部门整体支出绩效自评报告\n", "云渡县民政局2022年度部门整体支出绩效自评报告"),
    ],
)
def test_a_title_is_not_joined_to_what_the_page_says_above_it(text: str, title: str) -> None:
    assert profile(text).title == title


def test_a_notice_of_standards_may_call_them_a_matter() -> None:
    text = "云渡县民政局关于提高2022年困难群众基本生活保障标准有关事项的通知\n"
    assert profile(text).document_kind == "standard_notice"


def test_a_sign_between_two_names_is_not_the_beginning_of_a_place() -> None:
    """和县 is a county of 安徽; in 各镇和县救助站 the first sign joins two names."""
    text = "江西省修水县2023年度困难群众救助补助资金绩效自评报告\n资金分解到12个镇和县救助管理站。县民政局按月核对，县民政局公示。\n"
    profile = document_from_text(text).profile
    assert (profile.department, profile.place_name) == ("江西省修水县民政局", "江西省修水县")


def test_the_county_itself_may_report() -> None:
    assert document_from_text("和县民政局2023年度部门整体支出绩效自评报告\n").profile.department == "和县民政局"
