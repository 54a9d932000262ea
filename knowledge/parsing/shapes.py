"""What the lines of an official document look like: titles, numbers, addressees, dates."""

import re

CELL = " | "  # between the cells of a table's row
# Of the year in a document number; the right ones are 〔〕 (GB/T 9704-2012, 7.2.5).
OPENING_BRACKETS, CLOSING_BRACKETS = r"〔\[［【(（﹝", r"〕\]］】)）﹞"
DOC_NO_FORM = (
    rf"[\u4e00-\u9fff]{{2,14}}\s*[{OPENING_BRACKETS}]\s*\d{{4}}\s*年?\s*[{CLOSING_BRACKETS}]"
    r"\s*(?:第\s*)?\d{1,4}\s*[号號]"
)
_YEAR, _COUNT = "[一二][〇○ＯO零一二三四五六七八九]{3}", "[一二三四五六七八九十元]{1,3}"
CHINESE_DATE_FORM = rf"{_YEAR}年{_COUNT}月{_COUNT}日"
DATE_FORM = r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
TITLE_END = re.compile(
    r"(?:通知|意见|公告|通告|决定|函|办法|规定|条例|细则|方案|规则|指引|指南|规程|纲要|批复|法|解释|"
    r"规划|计划|措施|答复|意見|辦法|規定|條例|細則|決定)(?:（[^（）]{1,20}）)?$"
)
ADDRESSEE = re.compile(
    r"^(?!.*(?:如下|以下|下列))(?=.{2,240}[：:]$).*"
    r"(?:厅|局|委|部|处|办|府|院|单位|机构|企业|部门|公司|中心|街道|镇|校|會|廳|處|辦|單位|機構|會)"
    r"[^。]{0,12}[：:]$"
)
# A line that stands for itself: a document number or a date.
ALONE = re.compile(rf"^(?:[（(]?\s*{DOC_NO_FORM}\s*[）)]?|{DATE_FORM}|{CHINESE_DATE_FORM})$")
# A statute's history: 2018年12月29日 第十三届……会议《……》第二次修正
HISTORY = re.compile(
    rf"^[（(]?\s*(?:{DATE_FORM}|{CHINESE_DATE_FORM}|根据{DATE_FORM})[^。]{{0,200}}"
    r"(?:通过|修正|修订|公布|发布|批准|施行|执行|印发|制定|修改|废止|根据)[）)]?\s*$"
)
