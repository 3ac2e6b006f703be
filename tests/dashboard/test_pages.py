"""Every page as Streamlit runs it: full, empty, in English, and with addresses that cannot be used."""

import re
from functools import partial

import duckdb
import fixture_warehouse
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import charts, downloads, layout
from dashboard.explorer import explorer
from dashboard.queries import connection
from ingest.documents import document_from_text
from ingest.paths import PROJECT_ROOT
from ingest.warehouse.originals import Originals
from tests.ingest.printed_reports import print_report

PAGES = sorted(path.stem for path in (PROJECT_ROOT / "dashboard" / "app_pages").glob("*.py"))


@pytest.fixture(autouse=True)
def fresh_caches():
    """Each test has a release of its own."""
    connection._cached.clear()
    connection._current.clear()
    layout._drawn.clear()


def run(page: str, /, **parameters: str) -> AppTest:
    app = AppTest.from_file(PROJECT_ROOT / "dashboard" / "app.py", default_timeout=30)
    app.switch_page(f"app_pages/{page}.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def text(app: AppTest) -> str:
    """All that the page says, HTML included."""
    kinds = (app.title, app.header, app.markdown, app.get("html"), app.warning, app.info, app.error, app.caption)
    return "\n".join(str(getattr(e, "value", None) or getattr(e.proto, "body", "")) for kind in kinds for e in kind)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_a_full_release(home, page, language):
    app = run(page, lang=language)
    assert not app.exception
    assert not app.error
    assert bool(re.search(r"[\u4e00-\u9fff]", app.title[0].value)) == (language == "zh")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_an_empty_release(empty_home, page):
    app = run(page)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_release_says_what_to_do(tmp_path, monkeypatch, page):
    monkeypatch.setenv("JIXIAO_HOME", str(tmp_path))
    app = run(page)
    assert not app.exception
    assert "jixiao rebuild" in app.error[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_page_explains_what_it_cannot_use(home, page):
    app = run(page, nonsense="<script>alert(1)</script>")
    assert not app.exception
    assert "nonsense" in app.warning[0].value


def test_a_bad_language_is_explained(home):
    app = run("overview", lang="fr")
    assert not app.exception and "lang" in app.warning[0].value


def test_hostile_reports_show_as_text_everywhere(home):
    for page in PAGES:
        app = (
            run(page, samples="1")
            if "samples" in (PROJECT_ROOT / "dashboard/app_pages" / f"{page}.py").read_text()
            else run(page)
        )
        said = text(app)
        assert "<script>document.title" not in said and "<img src=x" not in said, page
    said = text(run("evidence", figure="f-invented-budget"))
    assert (
        "&lt;img src=x onerror=" in said
        and "&lt;script&gt;" in said
        and '<mark class="raw" id="figure">1,200.50 万元</mark>' in said
    )


def test_overview_counts_real_departments_only(home):
    departments = r"<dt>部门</dt><dd><a [^>]+>(\d+)</a></dd>"
    assert re.search(departments, text(run("overview")))[1] == "5"
    assert re.search(departments, text(run("overview", samples="1")))[1] == "6"


def test_compare_opens_a_view_from_its_link(home):
    app = run(
        "compare", chart="bar", year="2023", dept="440100-civil_affairs,440281-civil_affairs,440103-civil_affairs"
    )
    assert not app.exception and not app.warning
    assert "广州市民政局最高" in app.header[0].value and "857" in app.header[0].value
    said = text(app)
    assert "所选 3 个部门中 2 个有数值" in said and "广州市荔湾区民政局" in said
    assert "不同层级" in said, "a comparison across tiers carries its caution"
    assert "./evidence?figure=f-standard-440100-2023" in said


def test_a_comparison_of_money_begins_with_the_whole(home):
    app = run("compare", measure="budget", samples="1", stage="initial")
    assert not app.exception
    assert app.selectbox(key="compare.item").value == "whole", "not the named line, though it is held as well"


def test_compare_takes_the_latest_year_of_each_and_says_so(home):
    departments = "440103-civil_affairs,440804-civil_affairs"
    app = run("compare", measure="expenditure", chart="bar", year="latest", dept=departments)
    assert not app.exception and not app.warning
    assert "2022–2023 年" in app.header[0].value and "年度不同" in text(app)


def test_compare_follows_its_widgets_into_the_address(home):
    app = run("compare")
    app.segmented_control(key="compare.chart").set_value("dot").run()
    assert app.query_params["chart"] == "dot"
    app.selectbox(key="compare.measure").set_value("execution_recomputed").run()
    assert not app.exception and app.query_params["measure"] == "execution_recomputed"


def test_compare_adds_peers_of_the_same_province_tier_and_kind(home):
    app = run("compare", dept="440100-civil_affairs", peers="same_tier_and_province")
    assert not app.exception and not app.warning
    said = text(app)
    assert "深圳市民政局" in said and "坡头区" not in said
    assert "同类部门（本省同级）共 1 个" in said


def test_compare_divides_by_residents_only_where_a_population_is_held(home):
    app = run("compare", measure="expenditure", per="resident", dept="440103-civil_affairs,440804-civil_affairs")
    assert not app.exception and not app.warning
    assert "没有" in text(app) and "不等于零" in app.info[0].value


def test_compare_of_departments_without_the_measure_says_missing_is_not_zero(home):
    app = run("compare", measure="score", dept="440281-civil_affairs")
    assert not app.exception and "不等于零" in app.info[0].value


def test_evidence_of_a_figure_shows_place_document_and_other_statements(home):
    said = text(run("evidence", figure="f-liwan-rate"))
    for expected in (
        "97.2%",
        "荔湾区民政局2023年部门整体支出绩效自评",
        "https://example.invalid/report",
        "./evidence?figure=f-liwan-spent",
    ):
        assert expected in said
    assert "没有这个数字" in text(run("evidence", figure="f-gone"))


DOCUMENT_ID = "0123456789abcdef" * 2


def publish_as_pdf(home) -> None:
    """Make the invented report of the release one that was read from a PDF."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as release:
        for table in ("dim_document", "dim_document_text", "fct_figures"):
            release.execute(f"update {table} set document_id = ? where document_id = 'd-invented'", [DOCUMENT_ID])
        release.execute("update dim_document set format = 'pdf' where document_id = ?", [DOCUMENT_ID])
        release.execute("update fct_figures set page = 1 where document_id = ?", [DOCUMENT_ID])


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "原件第 1 页：方框"), ("en", "Page 1 of the original: the frame")]
)
def test_evidence_of_a_pdf_shows_its_page_with_the_number_framed(home, language, said):
    publish_as_pdf(home)
    printed = print_report(document_from_text(fixture_warehouse.TEXT))
    assert Originals(home / "originals").keep(DOCUMENT_ID, printed)
    shown = text(run("evidence", figure="f-invented-budget", lang=language))
    assert said in shown
    assert shown.count('src="data:image/png;base64,') == 2, "the strip and the page"
    assert shown.count('class="jx-mark raw"') == 2


def test_evidence_of_a_pdf_whose_original_is_not_kept_says_so(home):
    publish_as_pdf(home)
    assert "没有保存原件" in text(run("evidence", figure="f-invented-budget"))
    assert "not kept here" in text(run("evidence", figure="f-invented-budget", lang="en"))


def test_evidence_is_found_by_department_and_words(home):
    said = text(run("evidence", dept="440281-civil_affairs", measure="standard"))
    assert "857" in said and "f-lechang-standard" in said and "f-liwan" not in said


def test_the_release_says_which_values_changed_and_why(home):
    said = text(run("release"))
    for shown in ("856", "figure=f-lechang-standard", "同一来源的新版本", "20260101T000000-bbbbbb"):
        assert shown in said, shown
    assert "A new version of a file that was held" in text(run("release", lang="en"))


def test_a_release_without_one_before_lists_no_change(empty_home):
    assert "哪些数值变了" not in text(run("release"))


def test_sources_without_a_publisher_are_named_all_the_same(home):
    # In a release that nothing has read yet: DuckDB opens a file once for writing.
    with duckdb.connect(str(home / "warehouse.duckdb")) as release:
        release.execute("update dim_document set publisher = null where document_id = 'd-potou'")
    said = text(run("performance"))
    assert "来源：坡头区民政局2022年部门整体支出绩效自评" in said


def test_indicators_with_one_side_alone_are_drawn_and_listed(home):
    with duckdb.connect(str(home / "warehouse.duckdb")) as release:
        release.execute(
            "update fct_performance set target_value = null, unit = 'percent', actual_value = 85 where kind = 'indicator'"
        )
    app = run("performance")
    assert not app.exception
    said = text(app)
    assert "1 项指标只写了一边" in said and "1 项只有完成值" in said
    assert said.count("./evidence?figure=f-potou-actual") >= 1, "the table leads to the evidence"


RESULT = "select raw, value from fct_figures order by figure_id"


def test_a_result_is_drawn_to_zoom_in_only_when_it_is_asked_for(home):
    assert not run("sql", q=RESULT, chart="1").get("plotly_chart")
    app = run("sql", q=RESULT, chart="1", zoom="1")
    assert not app.exception
    assert len(app.get("plotly_chart")) == 1


def test_a_label_that_looks_like_markup_is_text_in_the_chart_to_zoom_in():
    hostile = '<a href="javascript:alert(1)">x</a>'
    frame = pd.DataFrame({hostile: [hostile, "乐昌", None], "value": [1, None, 3]})
    figure = explorer(frame, hostile, "value").to_dict()
    assert list(figure["data"][0]["y"]) == [1.0]
    assert "<a" not in str(figure) and "&lt;a href" in str(figure)


def test_an_outdated_release_is_explained(home):
    fixture_warehouse.build(home / "warehouse.duckdb", drop="dim_department_year")
    app = run("overview")
    assert not app.exception and "rebuild --force" in app.error[0].value


def test_a_chart_kept_as_a_page_of_its_own_shows_hostile_text_as_text():
    hostile = "<script>alert(1)</script>"
    table = downloads.Table(hostile, pd.DataFrame({hostile: [hostile, "=1+1"]}), [hostile])
    bars = pd.DataFrame({"department_id": ["a"], "value": [1.0], "figure_id": ["f"], "flags": [hostile]})
    page = layout._standalone(
        partial(charts.compare_bar, bars, {"a": hostile}, {}, hostile, None), table, "zh"
    ).decode()
    assert "<script" not in page and page.count("&lt;script&gt;") >= 5
    assert "<svg" in page and "http" not in page.replace("http://www.w3.org/2000/svg", ""), (
        "it asks nobody for anything"
    )


def test_a_contradiction_says_what_it_is_about_and_how_its_sides_should_stand(home):
    said = text(run("contradictions"))
    assert "应等于" in said and "85%" in said and "88.48%" in said
    # Both sides and the gap with their units say it; the long sentence with bare numbers is for files.
    assert "按1951/2205计算" not in said


def rewrite(home, sql: str, values: list[object] | None = None) -> None:
    """Change the fixture's release."""
    with duckdb.connect(str(home / "warehouse.duckdb")) as connection:
        connection.execute(sql, values)


def test_two_rates_on_one_basis_are_told_apart_by_what_they_are_a_rate_of(home):
    rewrite(
        home,
        "insert into fct_execution by name select * replace ("
        "'e-second' as execution_id, 40000000 as denominator_cny, 50.0 as stated_rate_pct) "
        "from fct_execution where department_id = '440103-civil_affairs' and fiscal_year = 2023 limit 1",
    )
    drawn = []
    original = charts.execution_bullets
    charts.execution_bullets = lambda frame, *a, **k: drawn.append(list(frame["label"])) or original(frame, *a, **k)
    try:
        assert not run("execution", search="荔湾").exception
    finally:
        charts.execution_bullets = original
    liwan = [label for label in drawn[0] if "荔湾" in label]
    assert len(liwan) == len(set(liwan)) > 1
    assert any("÷ 4,000万元" in label for label in liwan)


def test_beneficiaries_begin_with_one_of_town_and_country_and_warn_of_both(home):
    rewrite(
        home,
        "insert into fct_beneficiaries by name select * exclude (r) replace (beneficiaries_id || r as beneficiaries_id, "
        "'dibao' as programme, r as residence, false as is_sample) "
        "from fct_beneficiaries, (values ('urban'), ('rural')) t (r) where beneficiaries_id = 'b-lechang-aged'",
    )
    assert "互有包含" not in text(run("beneficiaries"))
    assert "互有包含" in text(run("beneficiaries", residence="all"))


def test_head_to_head_says_who_is_higher_and_in_what_most(home):
    one, two = "440100-civil_affairs", "440300-civil_affairs"
    said = run("head_to_head", a=one, b=two).header[0].value
    swapped = run("head_to_head", a=two, b=one).header[0].value
    assert "相差最大的是" in said and said.rpartition("；")[2] == swapped.rpartition("；")[2]


def paid(home, department: str, months: tuple[int, int] | None, amount: int, variant: str | None = None) -> None:
    """One more amount paid for Dibao in 2024, and as many persons."""
    first, last = months or (None, None)
    rewrite(
        home,
        "insert into fct_beneficiaries by name select * replace (? as beneficiaries_id, ? as department_id, "
        "2024 as fiscal_year, 'dibao' as programme, ? as first_month, ? as last_month, ? as variant, "
        "? as amount_paid_cny, ? as persons) from fct_beneficiaries where beneficiaries_id = 'b-lechang-aged'",
        [f"b-{department}-{amount}", department, first, last, variant, amount, amount],
    )


def test_what_was_paid_in_other_months_or_only_planned_is_not_set_against_each_other(home):
    one, two = "440100-civil_affairs", "440300-civil_affairs"
    paid(home, one, (1, 8), 81_000_000)
    paid(home, two, (1, 12), 97_000_000)
    paid(home, two, None, 99_000_000, "planned spending of the year")
    said = text(run("head_to_head", a=one, b=two))
    unlike = said[said.index("不同在哪里") :]
    assert "8,100万元" in unlike and "9,700万元" in unlike and "月份不同" in unlike
    assert said.count("最低生活保障发放金额") == unlike.count("最低生活保障发放金额") == 1
    # A number of people is of a day: it is set beside that of another month, which is said.
    assert "月份不同：前者为1–8月，后者为全年" in said and "最低生活保障受益人数" in said
    compared = run("compare", measure="amount_paid", programme="dibao", dept=f"{one},{two}")
    assert "9,700万元" in compared.header[0].value and "8,100" not in text(compared)
    assert "8,100万元" in run("compare", measure="amount_paid", programme="dibao", months="1-8").header[0].value


def test_a_profile_begins_with_what_one_asks_first_each_leading_to_its_evidence(home):
    said = text(run("department", dept="440103-civil_affairs"))
    facts = "".join(re.findall(r'<dl class="jx-facts">.*?</dl>', said))
    assert "2023 年执行率（自报）" in facts and "figure=f-liwan-rate" in facts and "成立" in facts
    assert facts.index("97.2%") < facts.index("来源文件")


def test_the_list_of_figures_says_how_many_there_are_and_has_them_all(home):
    rewrite(
        home,
        "insert into fct_figures by name select * exclude (n) replace ('f-more-' || n as figure_id) "
        "from fct_figures, range(150) t (n) where figure_id = 'f-liwan-rate'",
    )
    total = int(re.search(r"(\d+) 个数字", text(run("evidence"))).group(1))
    first, second = (text(run("evidence", page=str(n))) for n in (1, 2))
    links = [set(re.findall(r"figure=([\w-]+)", said)) for said in (first, second)]
    assert total == sum(map(len, links)) == len(links[0] | links[1]) > 150
    assert f"第 101 至 {total} 个" in second


def test_on_a_phone_a_table_says_once_what_is_alike_and_sets_words_below_its_first_column():
    link = layout.Link("1,000", "./evidence?figure=f")
    rows = [
        ["甲局", "2023", "低保", "城镇", link],
        ["乙局", "2023", "低保", "农村", link],
        ["丙局", "2023", "–", "–", link],
    ]
    fits = layout.narrow(rows, {4})
    assert (fits.same, fits.first, fits.folded) == ((1,), 0, (2, 3)), "a number stays where it is, alike or not"
    assert layout.narrow([["甲局", *r[1:]] for r in rows], {4}).first == 2
    assert layout.narrow([[*r[:2], link, *r[3:]] for r in rows], {4}).folded == (3,), (
        "a column of links keeps its place"
    )
    assert layout.narrow(rows[:2], {4}).same == ()
    terms = [["预算", "budget", "安排的钱"], ["决算", "accounts", "花掉的钱"]]
    assert layout.narrow(terms, set()).folded == (1, 2), "without a number all of it stands in one column"
    assert layout.narrow([row[:2] for row in terms], set()) == layout.Narrow()
    many = [[*row[:2], *"abcdefg", link] for row in rows]
    wide = layout.table_html([*"0123456789"], many, [9], fits=layout.narrow(many, {9}))
    assert '<p class="jx-note">1: 2023 · 2: a' in wide, (
        "of many columns those that are alike stand above on wide screens too"
    )
    shown = layout.table_html(["部门", "年度", "项目", "城乡", "人数"], rows, [4], fits=fits)
    assert '<p class="jx-note jx-fold">年度：2023</p>' in shown
    assert '<div class="jx-fold">低保 · 城镇</div>' in shown and shown.count("jx-fold") == 3
    assert "jx-fold" not in layout.table_html(["部门", "年度", "项目", "城乡", "人数"], rows, [4]), (
        "a file has every column"
    )


def test_money_flows_through_a_department_where_no_report_says_which_source_paid_for_what(home):
    rewrite(
        home,
        """
        insert into fct_funding by name
        select * exclude (s, t, n) replace (
            'm-flow-' || n as funding_id, '440281-civil_affairs' as department_id, 2021 as fiscal_year, 'final' as stage,
            if(s is null, 'expenditure', 'income') as measure, s as fund_source, t as spending_type, null as item,
            n * 1000000 as amount_cny)
        from fct_funding, (values ('general_public_budget', null, 90), ('government_fund', null, 10),
            (null, 'project', 70), (null, 'basic', 30), (null, 'personnel', 20)) as parts (s, t, n)
        where funding_id = 'm-f-potou-spent'
        """,
    )
    said = text(run("funding", dept="440281-civil_affairs", year="2021"))
    assert "最大的来源是一般公共预算 9,000万元，最大的去处是项目支出 7,000万元" in said.replace("\\", "")
    assert "收入按资金来源（合计 10,000万元），右边是支出按性质（合计 10,000万元）" in said, (
        "personnel is a part of basic expenditure"
    )
    assert "到哪去" not in text(run("funding", dept="440103-civil_affairs"))


def test_a_figure_says_which_checks_rest_on_it_and_whether_they_hold(home):
    said = text(run("evidence", figure="f-potou-actual"))
    violated = said[said.index("硬性") :]
    assert "85%" in violated and "88.48%" in violated and "figure=f-potou-rate" in violated
    assert "成立：执行率复算" in text(run("evidence", figure="f-liwan-rate"))
    assert "用到这个数字的核对" not in text(run("evidence", figure="f-potou-beds"))


def test_a_profile_shows_how_the_standards_went(home):
    said = text(run("department", dept="440100-civil_affairs")).replace("\\", "")
    assert "广州市民政局的补助标准：城镇最低生活保障由 2019 年的 1,010元 升至 2023 年的 1,238元" in said
    lechang = text(run("department", dept="440281-civil_affairs"))
    assert "公布的标准" in lechang and "的补助标准：" not in lechang, "one point is no course"


def test_the_figures_of_one_document_stand_under_its_title_and_source(home):
    said = text(run("evidence", document="d-liwan"))
    assert re.search(r'<strong><a href="https://[^"]+"[^>]*>荔湾区民政局2023年部门整体支出绩效自评', said)
    assert "没有这份文件" in text(run("evidence", document="d-nothing"))


def test_what_is_paid_by_the_time_is_shown_with_its_time(home):
    rewrite(
        home,
        "insert into fct_subsidy_standards by name select * replace ('s-time' as standard_id, 'temporary_relief' as programme, "
        "1125 as top_up_cny, 'time' as top_up_per, null as top_up_cny_per_month, null as standard_cny, "
        "null as standard_cny_per_month) from fct_subsidy_standards where department_id = '440281-civil_affairs' limit 1",
    )
    said = text(run("department", dept="440281-civil_affairs"))
    assert "1,125元（每次）" in said and "676元（每月）" in said


def test_a_rate_of_one_line_of_the_accounts_is_not_the_departments(home):
    rewrite(
        home,
        "insert into fct_execution by name select * replace ('e-line' as execution_id, 2024 as fiscal_year, "
        "1000 as numerator_cny, 2000 as denominator_cny, 50.0 as stated_rate_pct) "
        "from fct_execution where department_id = '440103-civil_affairs' limit 1",
    )
    rewrite(
        home,
        "insert into fct_funding by name select * replace ('m-whole' as funding_id, 2024 as fiscal_year, null as programme, "
        "null as fund_source, null as spending_type, null as item, 'expenditure' as measure, 'final' as stage, "
        "304358100 as amount_cny) from fct_funding where department_id = '440103-civil_affairs' limit 1",
    )
    said = text(run("department", dept="440103-civil_affairs"))
    assert "2024 年支出（决算）" in said
    assert "2023 年执行率（自报）" in said and "2024 年执行率" not in said


def test_a_table_that_covers_several_departments_says_so(home):
    rewrite(home, "update dim_document set department_id = null where format = 'figures_table'")
    said = text(run("overview"))
    assert "涉及多个部门" in said and "部门不详" not in said


def test_files_of_figures_and_checks_have_readable_columns(home, monkeypatch):
    tables = []
    monkeypatch.setattr(layout, "take_away", lambda page, table, name: tables.append(table.data()))
    run("evidence", dept="440103-civil_affairs")
    run("contradictions")
    for table, column in zip(tables, ("指标", "勾稽关系"), strict=True):
        # Ids stay what they are; all else is named.
        assert [c for c in table.columns if re.search("[a-z]_", c)] == [c for c in table.columns if c.endswith("_id")]
        assert column in table.columns
    assert set(tables[0]["指标"]) >= {"预算", "支出", "预算执行率"}


def test_a_document_without_a_title_is_reached_by_the_name_of_its_file(home):
    rewrite(home, "update dim_document set title = null, file = 'reports/000.txt' where document_id = 'd-liwan'")
    said = text(run("department", dept="440103-civil_affairs"))
    assert re.search(r'document=d-liwan"[^>]*>000.txt<', said)


def test_the_numbers_of_the_overview_lead_to_what_they_count(home):
    facts = re.search(r'<dl class="jx-facts">.*?</dl>', text(run("overview")))[0]
    assert './contradictions?severity=hard"' in facts and './coverage"' in facts and './release"' in facts


def test_a_figure_without_an_address_is_looked_up_by_its_title(home):
    rewrite(home, "update dim_document set source_url = null where document_id = 'd-liwan'")
    assert "也没有网址" in text(run("evidence", figure="f-liwan-rate"))
    assert "标题和网址" in text(run("evidence", figure="f-lechang-standard"))


def test_a_link_says_its_release_and_a_later_release_says_that_values_may_have_changed(home):
    app = run("standards")
    link = next(c.value for c in app.code if "/standards?" in c.value or "programme=" in c.value)
    assert link.endswith("release=20260102T030405-aaaaaa")
    assert not run("standards", release="20260102T030405-aaaaaa").info
    later = run("standards", release="20250101T000000-old<b>", tier="county")
    assert "20250101T000000-old<b>" in later.info[0].value and "数值可能已有更新" in later.info[0].value
    assert not later.warning, "the release is no choice of the page"


def test_the_standards_lead_to_the_map_of_the_same_standard(home):
    address = re.search(r'href="\./map\?([^"]+)"', text(run("standards")))[1]
    choices = dict(part.split("=") for part in address.replace("&amp;", "&").split("&"))
    assert choices["programme"] == "dibao"
    app = run("map", **choices)
    assert not app.exception and not app.warning


@pytest.mark.parametrize("page", ["department", "execution", "funding", "head_to_head"])
def test_totals_are_shown_in_the_unit_that_the_reader_chose(home, page):
    pair = {"a": "440103-civil_affairs", "b": "440281-civil_affairs"} if page == "head_to_head" else {}

    def totals(unit: str) -> set[str]:
        app = run(page, unit=unit, **pair)
        assert not app.exception
        assert not app.warning
        tables = " ".join(re.findall(r"<table.*?</table>|<dl.*?</dl>", text(app), re.DOTALL))
        return set(re.findall(r"[\d.](亿元|万元|元)(?:<|$)", tables))

    assert "万元" in totals("wan")
    assert "亿元" not in totals("wan")
    assert totals("yuan") == {"元"}
