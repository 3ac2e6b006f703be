"""Figures in tables: each cell with a number, read by its column's header, its row's label and the caption.

In: a table and what the document and its headings say. Out: `Reading`s as in prose, with the header cells and row labels
that gave the meaning. A number whose unit neither caption, header nor cell makes certain is no figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ingest.documents.layout import Cell, Layout, Paragraph, Row, Table
from ingest.figures.lexicon import find_words, in_context
from ingest.figures.prose import About, ProseReader, Reading, Section, per_before, qualifier_of, variant_before
from ingest.figures.subject import NOTHING, Subject, subject_in
from ingest.quantities.numbers import SCALES
from ingest.quantities.scan import Quantity, scan


@dataclass(slots=True)
class TableReading(Reading):
    """A reading with the cells that gave it its meaning."""

    row_label: str | None = None
    column_header: str | None = None
    row_span: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Column:
    """What a header says of the cells below it."""

    index: int
    text: str
    role: str  # label, skip, money, percent, count, standard, target, actual, score, year, unit, note
    measure: str | None = None
    stage: str | None = None
    unit: str | None = None
    scale: int = 1
    per: str | None = None
    year: int | None = None
    subject: Subject = NOTHING
    generic: bool = False


@dataclass(slots=True)
class _Caption:
    text: str
    scale: int | None = None
    is_money: bool = False
    per: str | None = None
    standard_scale: int | None = None
    subject: Subject = NOTHING
    year: int | None = None
    is_project_list: bool = False
    is_income: bool = False
    is_expenditure: bool = False
    is_about_standards: bool = False
    form_scale: int | None = None
    project: str | None = None
    columns: list[_Column] = field(default_factory=list)


_UNIT_CAPTION = re.compile(
    r"单位(?:为|[::])\s*(?:人民币|[人户]次?、)*(亿元|万元|千元|百元|元)((?:/[^\s，。)]{1,6})?)|[(](亿元|万元|千元|元)((?:/[^\s，。)]{1,6})?)[)]"
)
_SCALES = {"亿元": 10**8, "万元": 10**4, "千元": 10**3, "百元": 100, "元": 1}
_NUMBER_ONLY = re.compile(r"[≥≤<>=约近]?-?\d[\d,]*(?:\.\d+)?$")
_SKIP = re.compile(
    r"^(?:指标性质|指标属性|指标方向|运算符号|序号|行次|编号|科目编码|编码|功能分类科目编码|分值|得分|权重|自评得分|评分|扣分|指标分值|标准分|分数|偏差|备注|说明|原因|责任|负责|栏次|代码|计分|项目编码|预算编码|联系|时间|日期|进度要求|占比|比重|增减|增长|变动|同比)"
)
_LABEL = re.compile(
    r"^(?:项目|项目名称|名称|科目名称|功能分类|指标名称|三级指标|指标内容|指标|具体指标|绩效指标|资金来源|预算单位|单位|单位名称|收入项目|支出项目|收入来源|部门预算支出|事业发展性支出|补贴项目|保障项目|救助项目|类别|对象|对象类别|人员类别|保障对象|县区|县\(市、区\)|地区|区县|区域|乡镇|按预算级次划分|预算级次|支出类型|资金性质|内容|重点工作|任务名称|工作任务|支出功能分类|支出类别|收入类别|补助项目|项目\(按.*\)|一级指标|二级指标|指标类型|适用范围|标准类别|级别|年龄|档次|项目内容|服务项目)$"
)
_INDICATOR_HEAD = re.compile(
    r"^(?:[一二三四]级指标|指标名称|指标内容|指标类型|绩效指标|(?:年度|全年|实施周期)?(?:指标|目标|完成|实际完成)值|实际完成情况|完成情况|分值|得分|权重|备注|偏差原因.*|序号|名称|主要实施内容|部门预算支出|收入来源|预算金额.*)$"
)
_CATEGORY = re.compile(
    r"^(?:产出|效益|满意度|成本|数量|质量|时效|社会效益|经济效益|生态效益|可持续影响|服务对象满意度|社会公众满意度|效果|投入|过程|履职)[^、]{0,8}(?:指标)?(?:\(\d+分\))?$"
)
_TARGET = re.compile(r"(?:指标值|目标值|年初目标|预期目标|计划值|目标|指标$|年度目标|绩效目标值|预期值|标准值|计划数)")
_ACTUAL = re.compile(
    r"(?:完成值|实际值|完成情况|完成数|实际完成|自评值|达成|实现值|执行情况|完成指标值|实际情况|完成$)"
)
_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_GENERIC = re.compile(r"决算数|预算数|预算金额|金额|执行数|资金|\d{4}年(?:度)?预算数?|本年预算数?|决算|行次")
_BEFORE_AND_AFTER = (
    (re.compile(r"调整前|原标准|提标前|上年标准|旧标准|原"), -1),
    (re.compile(r"调整后|现标准|新标准|提标后|现行标准|执行标准"), 0),
)
_PERIOD_COLUMN = re.compile(r"(?:计发|发放|计算)?周期$|计发单位")
_TOTAL = re.compile(r"^(?:合计|总计|小计|总额|合\s*计|总预算|金额合计|全市合计|全县合计|全区合计|收入合计|支出合计|年度资金总额|本年合计)")
_DATE_CELL = re.compile(r"^(?:19|20)\d\d[年.\-/]\d{1,2}|^\d{1,2}月\d{1,2}日")


@dataclass(slots=True)
class Amounts:
    """The amounts of money that the prose of a document states, by their digits: '16734.87' → {10 000}.

    They settle the unit of a table that names none, or plainly the wrong one.
    """

    scales: dict[str, set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, layout: Layout) -> Amounts:
        """Collect the amounts from the paragraphs of a layout."""
        amounts = cls()
        for block in layout.blocks:
            if isinstance(block, Paragraph) and "元" in block.flow.text:
                for quantity in scan(block.flow):
                    if quantity.unit == "CNY" and quantity.value:
                        digits = block.flow.text[quantity.start : quantity.number_end].replace(",", "")
                        amounts.scales.setdefault(digits, set()).add(SCALES.get(quantity.scale, 1))
        return amounts

    def scale_of(self, table: Table, claimed: int | None) -> int | None:
        """The scale that the prose confirms for the cells of a table: of one cell at least where the table claims none,
        of two at least, and of none for its own claim, where it claims another."""
        counts: Counter[int] = Counter()
        for row in table.rows:
            for cell in row.cells:
                digits = cell.text.replace(",", "")
                if _NUMBER_ONLY.match(cell.text) and len(digits.replace(".", "")) >= 4:
                    counts.update(self.scales.get(digits, ()))
        if not counts:
            return claimed
        scale, count = counts.most_common(1)[0]
        if claimed is None:
            return scale
        return scale if count >= 2 and not counts[claimed] else claimed


def read_table(
    table: Table,
    section: Section,
    about: About,
    prose: ProseReader,
    amounts: Callable[[], Amounts],
    before: list[_Column],
) -> tuple[list[Reading], list[_Column]]:
    """All quantities of a table, in order, and its last columns (a table that goes on over a page has no head of its own)."""
    readings: list[Reading] = []
    caption = _caption(table.caption, about)
    if any(_is_header([cell.text for cell in row.cells], []) for row in table.rows):
        columns: list[_Column] = []
        if (caption.scale is None or caption.scale != 1) and any(_speaks_of_money(row) for row in table.rows):
            caption.scale = amounts().scale_of(table, caption.scale)
            caption.is_money = caption.is_money or caption.scale is not None
    else:
        columns = before if table.rows and len(before) == len(table.rows[0].cells) else []
    follows_head = False
    for row in table.rows:
        texts = [cell.text for cell in row.cells]
        form = _form_row(texts, caption, about)
        if form == "name":
            columns = []
            continue
        if form == "money":
            columns = []
            readings.extend(_form_money(row, caption, section, about))
            continue
        second_head = (
            follows_head
            and not texts[0]
            and sum(bool(t) for t in texts) >= 2
            and not any(_has_value(t) or len(t) > 24 for t in texts)
        )
        follows_head = False
        if second_head or _is_header(texts, columns):
            follows_head = True
            caption.form_scale = None
            spread = (
                columns
                and not texts[0]
                and len(texts) >= len(columns)
                and sum(bool(t) for t in texts) < sum(bool(c.text) for c in columns)
            )
            columns = _columns(texts, caption, about, columns if spread else None)
            continue
        long_cells = [cell for cell in row.cells if len(cell.text) > 24 and _PROSE_CELL.search(cell.text)]
        for cell in long_cells:
            readings.extend(prose.read(Paragraph(cell.flow), Section(is_plan=section.is_plan, year=section.year)))
        readings.extend(_read_row(row, columns, caption, section, about, skip={id(c) for c in long_cells}))
    return readings, columns


_PROSE_CELL = re.compile(r"[，。；].*\d|\d.*[，。；]")


_FORM_MONEY = re.compile(r"(?:预算金额|项目资金|资金总额|资金金额|资金情况|资金需求|预算资金)\((万元|元)\)")


def _form_row(texts: list[str], caption: _Caption, about: About) -> str | None:
    """What a row of a form is: 'name' where it names the project, 'money' where it holds an amount of its budget."""
    filled = [t for t in texts if t]
    if filled[:1] == ["项目名称"] and len(filled) > 1 and not _LABEL.match(filled[1]) and not _role_of_header(filled[1]):
        name = filled[1]
        caption.project = subject_in(in_context(find_words(name, about.programmes), None), name).programme
        caption.form_scale = None
        return "name"
    match = _FORM_MONEY.match(filled[0]) if filled else None
    if match and any(_NUMBER_ONLY.match(t) for t in filled):
        caption.form_scale = _SCALES[match.group(1)]
        return "money"
    if caption.form_scale and len(filled) in (2, 4) and all(_NUMBER_ONLY.match(t) for t in filled[1::2]):
        return "money"
    return None


def _form_money(row: Row, caption: _Caption, section: Section, about: About) -> list[Reading]:
    """年度资金总额 18,650.00; 其中：财政拨款 …: the budget of the project that the form is about."""
    readings: list[Reading] = []
    texts = [cell.text for cell in row.cells]
    for index, cell in enumerate(row.cells):
        if not _NUMBER_ONLY.match(cell.text):
            continue
        label = next((t for t in reversed(texts[:index]) if t), "")
        for quantity in scan(cell.flow):
            reading = TableReading(quantity, unit="CNY", value=float(f"{quantity.value * (caption.form_scale or 1):.6f}"))
            reading.row_label, reading.row_span = label, (row.start, row.end)
            reading.fiscal_year = section.year or about.fiscal_year
            subject = subject_in(find_words(label, about.programmes), label)
            reading.measure = "budget"
            reading.subject = Subject(
                programme=caption.project or about.project, fund_source=subject.fund_source, spending_type="project"
            )
            readings.append(reading)
    return readings


def _speaks_of_money(row: Row) -> bool:
    return any(pattern.search(cell.text) for cell in row.cells for pattern, *_ in _MONEY_HEADERS)


# ------------------------------------------------------------------ captions and headers


def _caption(text: str, about: About) -> _Caption:
    caption = _Caption(text)
    for found in _UNIT_CAPTION.finditer(text):
        unit, per = (found.group(1), found.group(2)) if found.group(1) else (found.group(3), found.group(4))
        period = _period(per)
        if period or text[: found.start()].endswith("标准"):
            caption.per, caption.standard_scale = period, _SCALES[unit]
        else:
            caption.scale = _SCALES[unit]
        caption.is_money = True
    if caption.scale is None and caption.standard_scale is not None:
        caption.scale = caption.standard_scale
    last = text.split("\n")[-1] if text else ""
    title = re.split(r"[。；]", text)[-1][-80:]
    caption.subject = subject_in(find_words(last[-60:], about.programmes), last[-60:])
    caption.is_project_list = bool(
        re.search(
            r"项目支出(?!情况)|项目执行|主要项目|专项执行|项目清单|项目支出清单|重点项目|专项资金|项目预算", title
        )
    )
    caption.is_about_standards = "标准" in title
    caption.is_income = "收入" in title and "支出" not in title
    caption.is_expenditure = "支出" in title and "收入" not in title
    return caption


def _period(suffix: str | None) -> str | None:
    if not suffix:
        return None
    return "month" if "月" in suffix else "year" if "年" in suffix else "day" if re.search("[天日]", suffix) else "time"


def _is_header(texts: list[str], columns: list[_Column]) -> bool:
    """A row of words without numbers in it, of which one at least is a word that headers use."""
    filled = [t for t in texts if t]
    if len(filled) < 2:
        return False
    if any(_has_value(t) for t in filled) or any(len(t) > 40 for t in filled):
        return False
    if columns and any(c.role in ("target", "actual") for c in columns):
        # In a table of indicators a goal may be words (进一步提高): only the usual heads begin a new part.
        return sum(bool(_INDICATOR_HEAD.match(t)) for t in filled) >= 2
    known = sum(bool(_SKIP.match(t) or _LABEL.match(t) or _role_of_header(t)) for t in filled)
    return known >= 2 or (not columns and known >= 1 and len(filled) >= 2)


def _has_value(text: str) -> bool:
    if _NUMBER_ONLY.match(text) or text in ("0", "-"):
        return bool(_NUMBER_ONLY.match(text)) and not re.fullmatch(r"(?:19|20)\d\d", text)
    return bool(re.match(r"[≥≤约]?\d[\d,.]*[万亿]?(?:%|元|人|户|个|张|件|对|具|次|家|所)", text)) and not re.match(
        r"20\d\d年", text
    )


_MONEY_HEADERS = (
    (re.compile(r"执行率|支出进度|支付进度|预算完成率|支出率|支付率|完成(?:年初|全年|调整后?)?预算|执行进度"), "execution_rate", "final"),
    (re.compile(r"结转结余率"), "carryover_rate", None),
    (re.compile(r"年初结转|上年结转"), "carryover_last", None),
    (re.compile(r"结余|结转"), "carryover", None),
    (re.compile(r"到位"), "budget", None),
    (
        re.compile(
            r"执行数|^执行$|决算数|支出决算|实际支出|支出数|支付数|用款计划|实际执行|全年执行|使用金额|实际使用|支付金额|支出金额"
        ),
        "expenditure",
        "final",
    ),
    (re.compile(r"年初预算|年初批复|批复预算|年初数|期初预算"), "budget", "initial"),
    (re.compile(r"全年预算|调整预算|调整后预算|预算调整|指标数"), "budget", "revised"),
    (
        re.compile(
            r"发放金额|发放资金|发放数|发放额|支付补贴|资助金额|补助金额|救助金额|减免金额|发放总额|支出资金|累计发放|救助资金|全年发放|年发放|^发放|发放$"
        ),
        "benefit_paid",
        None,
    ),
    (re.compile(r"补差|人均补助|人均月补|月人均|次均"), "top_up", None),
    (re.compile(r"标准"), "standard", None),
    (re.compile(r"拟投入|预算数|预算金额|预算安排|预算|安排金额|计划投入|资金额度"), "budget", None),
    (re.compile(r"收入"), "income", "final"),
    (re.compile(r"支出"), "expenditure", "final"),
    (re.compile(r"^金额|^资金|^数额|决算$"), "amount", None),
)
_COUNT_HEADERS = (
    (re.compile(r"人次"), "person_time"),
    (re.compile(r"户次"), "person_time"),
    (re.compile(r"户数|户\)$|^户$|家庭数"), "household"),
    (re.compile(r"人数|人\)$|^人$|对象数|保障人数|救助人数"), "person"),
    (re.compile(r"床位数?|张\)$"), "bed"),
)


def _role_of_header(text: str) -> bool:
    return bool(
        _TARGET.search(text) or _ACTUAL.search(text) or any(p.search(text) for p, *_ in _MONEY_HEADERS)
        or any(p.search(text) for p, _ in _COUNT_HEADERS) or re.match(r"年度$|年份$|调整前|调整后|原标准|现标准", text) or _PERIOD_COLUMN.search(text)
    )  # fmt: skip


def _columns(texts: list[str], caption: _Caption, about: About, above: list[_Column] | None) -> list[_Column]:
    if caption.scale is None:
        # 项目资金(万元) at the head of the row speaks for all its columns.
        units = [m for t in texts if (m := _UNIT_CAPTION.search(t))]
        if units and not all(_UNIT_CAPTION.search(t) for t in texts if t and not _SKIP.match(t)):
            caption.scale, caption.is_money = _SCALES[units[0].group(1) or units[0].group(3)], True
    is_indicators = any(
        re.match(r"(?:一级指标|二级指标|三级指标|指标名称|指标内容|绩效指标|指标类型)", t) for t in texts
    ) or (sum(bool(_TARGET.search(t)) for t in texts) and sum(bool(_ACTUAL.search(t)) for t in texts))
    columns = []
    side_labels = {
        i
        for i, t in enumerate(texts[:-1])
        if t in ("收入", "支出") and _GENERIC.fullmatch(re.sub(r"\(.*?\)", "", texts[i + 1]))
    }
    for index, text in enumerate(texts):
        if index in side_labels:
            columns.append(_Column(index, text, "label"))
            continue
        if not text and above and index < len(above):
            columns.append(replace(above[index], index=index))
            continue
        column = _column(index, text, caption, about, bool(is_indicators))
        spanning = above[min(index, len(above) - 1)] if above else None
        if spanning is not None and spanning.role == "money" and (column.role in ("note", "part") or column.measure in (None, "amount")):
            # 总额, 财政拨款, 其他资金 under 预算金额(万元): the head above speaks for its parts.
            column.role, column.measure, column.stage, column.scale = "money", spanning.measure, spanning.stage, spanning.scale
        columns.append(column)
    # 其中：财政拨款 after 预算数 is a part of it: the measure is that of the column before.
    last: _Column | None = None
    for column in columns:
        if column.role == "money" and column.measure not in (None, "amount"):
            last = column
        elif column.role == "part" and last is not None:
            column.role, column.measure, column.stage, column.scale, column.year = (
                "money",
                last.measure,
                last.stage,
                last.scale,
                column.year or last.year,
            )
        elif column.role == "part":
            column.role, column.measure = "money", "amount"
    return columns


def _column(index: int, text: str, caption: _Caption, about: About, is_indicators: bool) -> _Column:
    column = _Column(index, text, "note")
    plain = re.sub(r"\(.*?\)", "", text)
    year = _YEAR.search(text)
    column.year = int(year.group(1)) if year else None
    unit = _UNIT_CAPTION.search(text)
    if unit:
        column.scale = _SCALES[unit.group(1) or unit.group(3)]
        column.per = _period(unit.group(2) or unit.group(4))
    else:
        column.scale = caption.scale or 1
    if not text:
        column.role = "blank"
        return column
    if re.match(r"(?:年度|年份)$", plain):
        column.role = "year"
        return column
    if _PERIOD_COLUMN.search(plain):
        column.role = "period"
        return column
    for pattern, shift in _BEFORE_AND_AFTER:
        if pattern.match(plain) and (caption.is_about_standards or "标准" in plain or about.kind == "standard_notice"):
            column.role, column.measure, column.per = "standard", "standard", column.per or caption.per
            column.year = (about.fiscal_year or 0) + shift or None
            return column
    if re.match(r"(?:计量单位|度量单位|指标单位|单位)$", plain) and is_indicators:
        column.role = "unit"
        return column
    if _SKIP.match(plain):
        column.role = "score" if re.match(r"(?:得分|自评得分|评分)$", plain) else "skip"
        return column
    if is_indicators:
        if _ACTUAL.search(plain):
            column.role, column.measure = "actual", "indicator_actual"
            return column
        if _LABEL.match(plain) and not re.search(r"值$", plain):
            column.role = "label"
            return column
        if _TARGET.search(plain):
            column.role, column.measure = "target", "indicator_target"
            return column
    if unit and (unit.group(2) or unit.group(4)) and column.per:
        words = in_context(find_words(text, about.programmes), about.project)
        column.role, column.measure = "standard", "top_up" if re.search(r"补差|人均", plain) else "standard"
        column.subject = subject_in(words, text)
        return column
    if re.search(r"(?:率|占比|满意度)$", plain) and not re.search(r"执行率|支付率|支出率|完成率|结转结余率", plain):
        column.role, column.measure = "percent", "indicator_actual"
        return column
    if _LABEL.match(plain):
        column.role = "label"
        return column
    words = in_context(find_words(text, about.programmes), about.project)
    column.subject = subject_in(words, text)
    for pattern, code in _COUNT_HEADERS:
        if pattern.search(text) and "均" not in text:
            column.role, column.measure, column.unit = "count", "beds" if code == "bed" else "beneficiaries", code
            return column
    if (
        column.subject.fund_source
        and not re.search(r"预算数|执行数|收入|支出|决算数", plain)
        or re.match(r"其中[::]", plain)
        and not _MONEY_HEADERS[0][0].search(plain)
    ):
        column.role = "part"
        return column
    for pattern, measure, stage in _MONEY_HEADERS:
        if pattern.search(plain):
            column.role, column.measure, column.stage = "money", measure, stage
            if measure in ("execution_rate", "carryover_rate"):
                column.role = "percent"
            if measure in ("standard", "top_up"):
                column.role = "standard"
                if not unit:
                    column.scale = caption.standard_scale or (caption.scale or 1)
                column.per = (
                    column.per
                    or caption.per
                    or (
                        "month"
                        if re.search("月", text)
                        else "year"
                        if re.search(r"年(?!末|初|度|标准|\d)|/年", re.sub(r"(?:19|20)\d\d年", "", text))
                        else None
                    )
                )
            if (
                measure == "expenditure"
                and stage == "final"
                and pattern.pattern == "支出"
                and not re.search(r"合计|总计", plain)
            ):
                column.stage = "final"
            column.generic = bool(
                re.fullmatch(r"(?:决算数|预算数|预算金额|金额|执行数|资金|\d{4}年预算数|本年预算数|决算)", plain)
            )
            return column
    if column.subject.spending_type:
        column.role = "part"
        return column
    if column.subject.programme is not None and caption.is_money:
        column.role = "standard" if caption.per else "money"
        column.measure = "standard" if caption.per else "amount"
        column.per = caption.per
    return column


# ------------------------------------------------------------------ rows


def _read_row(
    row: Row,
    columns: list[_Column],
    caption: _Caption,
    section: Section,
    about: About,
    skip: set[int],
) -> list[Reading]:
    if not columns:
        return _unheaded_row(row, caption, section, about)
    cells = row.cells
    texts = [cell.text for cell in cells]
    by_index = {column.index: column for column in columns}
    width_fits = len(cells) == len(columns)
    values = [i for i, t in enumerate(texts) if id(cells[i]) not in skip and _is_value_cell(t)]
    if not values:
        return []
    indicator_columns = [c for c in columns if c.role in ("target", "actual")]
    if indicator_columns:
        readings = _indicator_row(row, columns, indicator_columns, texts, caption, section, about)
        if readings is not None:
            return readings
    readings: list[Reading] = []
    row_year = None
    row_period = next((_period(texts[c.index]) for c in columns if c.role == "period" and width_fits), None)
    for column in columns:
        if (
            column.role == "year"
            and width_fits
            and column.index < len(texts)
            and (m := _YEAR.match(texts[column.index]))
        ):
            row_year = int(m.group(1))
    for index in values:
        column = by_index.get(index) if width_fits else _column_by_order(index, texts, columns, values)
        if column is None or column.role in ("skip", "label", "year", "note", "blank", "unit", "score", "period"):
            if column is not None and column.role == "score" and (r := _score_cell(cells[index], texts, about)):
                readings.append(r)
            else:
                readings.extend(_left_out(cells[index], "not_a_value_column"))
            continue
        labels = _labels(index, texts, columns, width_fits)
        if any(re.match(r"占比|比重|比例$", label) for label in labels):
            readings.extend(_left_out(cells[index], "share_of_a_table"))
            continue
        readings.extend(
            _value_cell(cells[index], column, labels, index, columns, caption, section, about, row_year, readings)
        )
    for reading in readings:
        if isinstance(reading, TableReading):
            if row_period and reading.measure in ("standard", "top_up"):
                reading.per = row_period
            reading.row_span = (row.start, row.end)
    return readings


def _is_value_cell(text: str) -> bool:
    """Whether a cell holds a value; 1.人员经费 and 80-89周岁老人 are labels that have digits in them."""
    if not text or len(text) > 60 or not re.search(r"\d", text) or _DATE_CELL.match(text):
        return False
    return not re.match(r"[(]?\d{1,2}[.、)][\u4e00-\u9fff]|[\d\-]+周?岁|[\u4e00-\u9fff()]{2,}\d{1,3}(?:-\d+)?周?岁", text)


def _left_out(cell: Cell, reason: str) -> list[Reading]:
    return [Reading(q, reason=q.reason or reason, unit=q.unit, value=q.value) for q in scan(cell.flow)]


def _column_by_order(index: int, texts: list[str], columns: list[_Column], values: list[int]) -> _Column | None:
    """In a row that lost cells, its values take the value columns in order, from the right if there are as many."""
    wanted = [c for c in columns if c.role not in ("label", "blank", "note", "unit")]
    if len(values) == len(wanted):
        return wanted[values.index(index)]
    numbered = [c for c in columns if c.role in ("money", "percent", "count", "standard")]
    if len(values) == len(numbered):
        return numbered[values.index(index)]
    return next((c for c in columns if c.index == index), None)


def _labels(index: int, texts: list[str], columns: list[_Column], width_fits: bool) -> list[str]:
    """The words to the left of a value, back to the value before it: what the row says the value is of."""
    labels: list[str] = []
    has_label_columns = width_fits and any(c.role == "label" for c in columns[:index])
    for position in range(index - 1, -1, -1):
        text = texts[position]
        if len(text) > 40 or (has_label_columns and columns[position].role == "note" and len(text) > 12):
            continue
        column = columns[position] if width_fits else None
        if text and _is_value_cell(text) and not (column is not None and column.role in ("skip", "year")):
            if labels or any(c.role == "label" for c in columns[position + 1 : index]):
                break
            continue
        if text and text not in ("-", "/") and not (column is not None and column.role == "skip"):
            labels.insert(0, text)
    return labels


def _value_cell(
    cell: Cell,
    column: _Column,
    labels: list[str],
    index: int,
    columns: list[_Column],
    caption: _Caption,
    section: Section,
    about: About,
    row_year: int | None,
    before: list[Reading],
) -> list[Reading]:
    text = cell.text
    label_text = "，".join(labels)
    tokens = in_context(find_words(label_text, about.programmes), about.project)
    row_subject = subject_in(tokens, label_text)
    readings: list[Reading] = []
    quantities = scan(cell.flow)
    for position, quantity in enumerate(quantities):
        if quantity.reason in ("date", "age"):
            continue
        reading = TableReading(quantity, unit=quantity.unit, value=quantity.value)
        reading.row_label = " / ".join(labels) or None
        reading.column_header = column.text or None
        reading.qualifier = qualifier_of(text, quantity)
        reading.fiscal_year = row_year or column.year or section.year or about.fiscal_year
        if column.role == "percent":
            _percent_cell(reading, column, row_subject, caption, about, label_text, _by_unit(columns))
        elif column.role == "count":
            _count_cell(reading, column, row_subject, caption, about)
        elif column.role == "standard":
            own = subject_in(
                [
                    t
                    for t in find_words(text)
                    if t.end <= quantity.start and t.start >= (quantities[position - 1].end if position else 0)
                ],
                text,
            )
            _standard_cell(reading, column, row_subject, own, caption, label_text, quantities[-1], text)
        else:
            _money_cell(reading, column, row_subject, caption, about, labels, index, columns, before)
        readings.append(reading)
    return readings


def _amount(reading: Reading, scale: int) -> bool:
    """Put the value into yuan; False where the cell holds another unit."""
    quantity = reading.quantity
    if quantity.unit == "CNY":
        reading.unit = "CNY"
        return True
    if quantity.unit == "none":
        reading.unit = "CNY"
        reading.value = float(f"{quantity.value * scale:.6f}") if scale != 1 else quantity.value
        return True
    return False


def _whole_programme(subject: Subject, about: About) -> str | None:
    return subject.programme or (about.project if about.is_project else None)


def _money_cell(
    reading: TableReading,
    column: _Column,
    row: Subject,
    caption: _Caption,
    about: About,
    labels: list[str],
    index: int,
    columns: list[_Column],
    before: list[Reading],
) -> None:
    quantity = reading.quantity
    if quantity.unit == "percent":
        reading.reason = "share_of_a_table"
        return
    if not _amount(reading, column.scale):
        reading.reason = "other_unit"
        return
    if (
        column.scale == 1
        and caption.scale is None
        and quantity.unit == "none"
        and not _UNIT_CAPTION.search(column.text)
    ):
        reading.reason, reading.measure = "no_unit", None
        return
    label = labels[-1] if labels else ""
    side = next((c.text for c in reversed(columns[:index]) if c.role == "label"), "")
    measure, stage = column.measure, column.stage
    if column.generic or measure == "amount":
        measure, stage = _by_label(measure, stage, label, side, caption, about, before, index)
    if measure == "carryover_last":
        measure = "carryover"
        reading.fiscal_year = reading.fiscal_year - 1 if reading.fiscal_year else None
    if measure == "carryover" and re.search(r"年初|上年", label):
        reading.fiscal_year = reading.fiscal_year - 1 if reading.fiscal_year else None
        stage = None
    if measure is None:
        reading.reason = "no_cue"
        return
    if measure == "benefit_paid":
        reading.measure = measure
        reading.subject = Subject(
            programme=row.programme or caption.subject.programme if not _TOTAL.match(label) else None,
            residence=row.residence,
            care=row.care,
        )
        return
    if (
        measure in ("income", "expenditure")
        and stage == "final"
        and about.is_budget_document
        and reading.fiscal_year == about.fiscal_year
    ):
        stage = "initial"
    fund_source = column.subject.fund_source or row.fund_source
    spending_type = column.subject.spending_type or row.spending_type
    if measure == "income":
        spending_type = None
        if column.subject.fund_source is None and not row.fund_source:
            fund_source = None
    if (
        fund_source == "fiscal_appropriation"
        and measure in ("expenditure", "budget")
        and not (column.subject.fund_source or re.search("其中|当年", label))
    ):
        fund_source = fund_source
    if (
        spending_type is None
        and (caption.is_project_list or any(c.text == "项目名称" for c in columns))
        and measure in ("budget", "expenditure")
    ):
        spending_type = "project"
    programme = None if _TOTAL.match(label) or _by_unit(columns) else row.programme or None
    if about.is_project:
        programme = programme or about.project
        spending_type = spending_type or ("project" if measure in ("budget", "expenditure", "carryover") else None)
    if measure == "carryover":
        fund_source = None
    reading.measure, reading.stage = measure, stage
    reading.subject = Subject(
        programme=programme, residence=row.residence, fund_source=fund_source, spending_type=spending_type
    )
    is_whole = _TOTAL.match(label) or row.fund_source or row.spending_type or not label
    reading.item = (
        None
        if is_whole or re.search(r"收入合计|支出合计|本年|结转|总计", label)
        else re.sub(r"^(?:其中[::]|[一二三四五六七八九十]+、|\(.\)|\d+[.、])", "", label)[:40]
    )


def _by_label(
    measure: str | None,
    stage: str | None,
    label: str,
    side: str,
    caption: _Caption,
    about: About,
    before: list[Reading],
    index: int,
) -> tuple[str | None, str | None]:
    """Where a header says no more than 决算数 or 预算金额, the row's label or its side of the table says what it is."""
    past = "initial" if about.is_budget_document else "final"
    if re.search(r"结转|结余", label) and not re.search(r"收入", label):
        return "carryover", None
    if re.search(r"本级|转移支付|对下", label):
        return "budget", None
    if "收入" in side:
        return "income", past
    if side in ("部门预算支出", "支出项目", "按预算级次划分", "预算级次", "支出") or "支出" in side:
        return ("budget", None) if measure == "budget" or about.is_budget_document else ("expenditure", "final")
    if re.search(r"收入|拨款$", label) and "支出" not in label:
        return "income", past
    if re.search(r"支出", label):
        return ("budget", stage) if measure == "budget" else ("expenditure", past)
    if _TOTAL.match(label) and measure in ("expenditure", "amount"):
        same_side = [r for r in before if r.measure]
        if same_side:
            return "expenditure", past
        return ("income", past) if not caption.is_expenditure else ("expenditure", past)
    if measure == "amount":
        return ("expenditure", past) if not about.is_budget_document else ("budget", None)
    return measure, stage


def _by_unit(columns: list[_Column]) -> bool:
    """Whether the rows are units of the department (预算单位), not lines of work."""
    return any(re.match(r"(?:预算|所属|二级)?单位(?:名称)?$", c.text) for c in columns)


def _percent_cell(
    reading: TableReading, column: _Column, row: Subject, caption: _Caption, about: About, label: str, by_unit: bool
) -> None:
    quantity = reading.quantity
    if quantity.unit not in ("percent", "none"):
        reading.reason = "other_unit"
        return
    if quantity.unit == "none" and not 0 <= quantity.value <= 1000:
        reading.reason = "no_unit"
        return
    reading.unit = "percent"
    reading.measure = column.measure
    if column.measure == "indicator_actual":
        programme = row.programme or caption.subject.programme or about.project
        reading.indicator, reading.subject = column.text, Subject(programme=programme or None, residence=row.residence, care=row.care)
        return
    reading.stage = "final" if column.measure == "execution_rate" else None
    spending_type = row.spending_type or ("project" if about.is_project or caption.is_project_list else None)
    reading.subject = Subject(
        programme=None if (_TOTAL.match(label) or by_unit) and not about.is_project else _whole_programme(row, about),
        residence=row.residence,
        fund_source=row.fund_source,
        spending_type=spending_type,
    )


def _count_cell(reading: TableReading, column: _Column, row: Subject, caption: _Caption, about: About) -> None:
    quantity = reading.quantity
    if quantity.unit not in ("none", "person", "household", "person_time", "bed"):
        reading.reason = "other_unit"
        return
    reading.unit = quantity.unit if quantity.unit != "none" else column.unit or "person"
    if quantity.unit == "none" and "万" in column.text:
        reading.value = quantity.value * SCALES["万"]
    reading.measure = column.measure
    programme = row.programme if row.programme is not None else column.subject.programme
    reading.subject = Subject(
        programme=programme or None,
        residence=row.residence or column.subject.residence,
        care=row.care or column.subject.care,
    )


def _standard_cell(
    reading: TableReading,
    column: _Column,
    row: Subject,
    own: Subject,
    caption: _Caption,
    label: str,
    last: Quantity,
    cell: str,
) -> None:
    quantity = reading.quantity
    if quantity.unit not in ("CNY", "none"):
        reading.reason = "other_unit"
        return
    reading.unit = "CNY"
    if quantity.unit == "none" and last.unit == "CNY" and last is not quantity:
        reading.quantity.per = last.per
    elif quantity.unit == "none" and caption.scale is None and not _UNIT_CAPTION.search(column.text):
        reading.reason = "no_unit"
        return
    elif quantity.unit == "none" and column.scale != 1:
        reading.value = quantity.value * column.scale
    subject = own.merged(row).merged(column.subject)
    reading.measure = column.measure
    if column.measure == "standard" and subject.programme == "dibao" and re.search(r"[一二三四ABC]类", label):
        reading.measure = "top_up"
    reading.per = quantity.per or last.per or per_before(cell[: quantity.start]) or column.per or caption.per or "month"
    reading.subject = Subject(
        programme=subject.programme or None,
        residence=subject.residence,
        care=own.care or row.care or column.subject.care,
    )
    reading.variant = variant_before(label) or variant_before(cell[: quantity.start])


def _score_cell(cell: Cell, texts: list[str], about: About) -> Reading | None:
    if not re.match(r"(?:总分|合计|总计|总得分|综合得分|自评总分|自评得分)$", next((t for t in texts if t), "")):
        return None
    quantities = scan(cell.flow)
    if not quantities or not 30 <= quantities[0].value <= 110:
        return None
    reading = TableReading(quantities[0], measure="score", unit="point", value=quantities[0].value)
    reading.fiscal_year = about.fiscal_year
    reading.subject = Subject(programme=about.project if about.is_project else None)
    reading.row_label = next((t for t in texts if t), None)
    return reading


# ------------------------------------------------------------------ indicators


def _indicator_row(
    row: Row,
    columns: list[_Column],
    value_columns: list[_Column],
    texts: list[str],
    caption: _Caption,
    section: Section,
    about: About,
) -> list[Reading] | None:
    """One indicator: its name, and a figure for each target and attained value that is a number."""
    width_fits = len(texts) == len(columns)
    score_total = re.match(r"(?:总分|合计|总计|总得分|综合得分|自评总分)$", next((t for t in texts if t), ""))
    if score_total:
        readings: list[Reading] = []
        scored = [c.index for c in columns if c.role == "score"]
        numbers = [i for i, t in enumerate(texts) if re.fullmatch(r"\d+(?:\.\d+)?分?", t)]
        for i in numbers:
            if (i in scored and width_fits) or (i == numbers[-1] and len(numbers) > 1):
                reading = _score_cell(row.cells[i], texts, about)
                if reading:
                    reading.row_span = (row.start, row.end)
                    readings.append(reading)
                continue
            readings.extend(_left_out(row.cells[i], "weight"))
        return readings
    first_value = min(c.index for c in value_columns)
    positions: dict[int, _Column] = {}
    aligned = (
        width_fits
        and any(texts[c.index] for c in value_columns if c.index < len(texts))
        and _label_index(texts, columns, first_value) is not None
    )
    if aligned and all(not _looks_like_name(texts[c.index]) for c in value_columns):
        positions = {c.index: c for c in value_columns if texts[c.index]}
        name_index = _label_index(texts, columns, first_value)
    else:
        name_index = max(
            (i for i, t in enumerate(texts) if t and _looks_like_name(t) and not _CATEGORY.match(t)), default=None
        )
        if name_index is None:
            return None
        after = [i for i in range(name_index + 1, len(texts)) if texts[i] and _is_value_cell(texts[i])]
        with_unit = [i for i in after if not _NUMBER_ONLY.match(texts[i])]
        for i, column in zip(with_unit or after, value_columns, strict=False):
            positions[i] = column
    if name_index is None:
        return None
    name = texts[name_index].rstrip("。.．:")
    tokens = in_context(find_words(name, about.programmes), about.project)
    subject = subject_in(tokens, name, indicator=True)
    unit_column = next((c.index for c in columns if c.role == "unit"), None)
    unit_word = texts[unit_column] if unit_column is not None and width_fits else ""
    readings = []
    for i, cell in enumerate(row.cells):
        if i not in positions:
            if texts[i] and i > name_index:
                readings.extend(_left_out(cell, "not_a_value_column"))
            continue
        column = positions[i]
        quantities = [q for q in scan(cell.flow) if q.reason not in ("date", "age", "ordinal")]
        if not quantities and re.search(r"日内|天内|≤", cell.text):
            # 收到文件30日内: a time limit is a target like any other.
            quantities = [q for q in scan(cell.flow) if q.word in ("日", "天", "月")]
        if not quantities:
            continue
        quantity = quantities[0]
        reading = TableReading(quantity, unit=quantity.unit, value=quantity.value)
        reading.row_label, reading.column_header = " / ".join(t for t in texts[: name_index + 1] if t), column.text
        reading.row_span = (row.start, row.end)
        sign = texts[i - 1] if i and width_fits else ""
        reading.qualifier = {"≥": "at_least", "≤": "at_most"}.get(sign) or qualifier_of(cell.text, quantity)
        reading.fiscal_year = column.year or section.year or about.fiscal_year
        if quantity.unit == "none" and not _unit_of_indicator(reading, name, unit_word, column, caption):
            reading.reason = "no_unit"
            readings.append(reading)
            continue
        if quantity.unit == "CNY" or reading.unit == "CNY":
            reading.per = quantity.per or _period_of_name(name)
        if reading.unit == "other" and quantity.reason == "date":
            quantity.reason = None
        reading.measure, reading.indicator = column.measure, name
        reading.subject = Subject(programme=subject.programme or None, residence=subject.residence, care=subject.care)
        readings.append(reading)
    return readings


def _label_index(texts: list[str], columns: list[_Column], first_value: int) -> int | None:
    """The column of the indicator's name: the last words before the first value that are no category."""
    for i in range(min(first_value, len(texts)) - 1, -1, -1):
        if texts[i] and columns[i].role not in ("skip", "unit", "score") and re.match(r"[“\u4e00-\u9fff\d]", texts[i]) and not _NUMBER_ONLY.match(texts[i]):
            return i if i == first_value - 1 or not _CATEGORY.match(texts[i]) else None
    return None


def _looks_like_name(text: str) -> bool:
    return (
        bool(re.match(r"[“\u4e00-\u9fff]", text))
        and len(text) >= 3
        and not re.match(r"(?:不低于|不超过|不少于|约|近|超过|达到|小于|大于|[一二三四五六七八九十百]+[个人户])", text)
        and not re.search(r"^[^\d]{0,4}\d+(?:\.\d+)?%$", text)
    )


def _period_of_name(name: str) -> str | None:
    if re.search(r"每月|月标准|/月", name):
        return "month"
    return "time" if re.search(r"每户|每人|每张|每例|每具|每次|户均|次均", name) else None


_NAME_UNITS = (
    (re.compile(r"人次"), "person_time"),
    (re.compile(r"户数|户$"), "household"),
    (re.compile(r"人数"), "person"),
    (re.compile(r"率|占比|满意度|比例|比重|程度"), "percent"),
    (re.compile(r"床位数?$"), "bed"),
)


def _unit_of_indicator(reading: Reading, name: str, unit_word: str, column: _Column, caption: _Caption) -> bool:
    """Give a bare value the unit that the unit column, the header or the name's parenthesis makes certain."""
    from ingest.vocabulary import read_seed

    words = {row["word"]: row["unit"] for row in read_seed("unit_words")}
    inside = re.search(r"\(([^()]{1,8})\)$", name)
    word = unit_word or (inside.group(1) if inside else "")
    scale = 1
    for prefix in ("亿", "万", "千"):
        if word.startswith(prefix) and word[len(prefix) :] in words:
            scale, word = SCALES[prefix], word[len(prefix) :]
    money = re.match(r"(万|亿)?元(?:/(.+))?$", word)
    if money:
        reading.unit, reading.value = "CNY", reading.quantity.value * SCALES.get(money.group(1) or "", 1)
        reading.quantity.per = _period(money.group(2))
        return True
    if word in words:
        reading.unit = words[word]
        reading.value = reading.quantity.value * scale
        return reading.unit != "none"
    return False


def _unheaded_row(row: Row, caption: _Caption, section: Section, about: About) -> list[Reading]:
    """Rows before any header: only what carries its own unit and a name beside it could be read; the rest is left out."""
    readings: list[Reading] = []
    for cell in row.cells:
        if _is_value_cell(cell.text):
            readings.extend(_left_out(cell, "no_header"))
    return readings
