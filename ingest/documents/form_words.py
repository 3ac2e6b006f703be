"""What the forms of self-evaluations call their parts: the heads of indicators' names, the sum of a project's money, its unit.

In: the text of a cell. Out: whether it is such a word. Every province composes them of the same few parts.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.vocabulary import alternation

# (万元), (单位:万元), (人民币元), (万元人民币), /万元
UNIT_OF_HEAD = r"(?:[(](?:(?:金额)?单位:)?(?:人民币)?(?P<unit>万元|元)(?:人民币)?[)]|[/:](?P<bare_unit>万元|元))"


@cache
def indicator_head() -> re.Pattern[str]:
    """What begins the head of a column of names of indicators, or of their classes: 三级指标, 绩效指标名称."""
    before, after = alternation("indicator_head_before"), alternation("indicator_head_after")
    return re.compile(rf"(?:{before}{{1,2}}指标{after}?|指标{after})")


@cache
def form_sum() -> re.Pattern[str]:
    """The label of the first row of amounts of a form: 年度资金总额, 项目资金合计."""
    return re.compile(
        rf"(?:{alternation('form_sum')}|{alternation('form_sum_part')}{{1,4}}{alternation('form_sum_end')})"
    )
