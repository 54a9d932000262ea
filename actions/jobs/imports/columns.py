"""Which column of a table is what: by its name, else by what stands in it. Pure."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from actions.jobs.imports.cells import is_employer, is_place
from actions.jobs.requirements import education_in, experience_in
from knowledge.parsing.sheets.days import day_in
from language.pay import read_pay
from language.text import fold

IGNORED, MORE = "ignored", "more"
SEVERAL = frozenset(
    ("description", "benefits", "tags", "more", "ignored", "employer_kind", "contact", "place")
)
"""Fields that several columns may be together."""

_NAMES: tuple[tuple[str, str], ...] = (
    (
        "ignored",
        r"(?:序号|编号no|no\.?|index|id|unnamed.*|行号|网址|链接|url|href|.*(?:采集|抓取"
        r"|爬取)时间|图片|logo|头像)",
    ),
    (
        "pay_min",
        r"(?:最低|起薪|薪[资酬水]下限|工资下限|月薪下限).{0,4}(?:薪[资酬水]?|工资"
        r"|月薪)?.*|.*(?:薪[资酬水]?|工资|月薪|待遇).{0,14}(?:最低|下限|起|min|low).*|salary_?(?:min|low).*"
        r"|min_?salary",
    ),
    (
        "pay_max",
        r"(?:最高|薪[资酬水]上限|工资上限|月薪上限).{0,4}(?:薪[资酬水]?|工资|月薪)?.*"
        r"|.*(?:薪[资酬水]?|工资|月薪|待遇).{0,14}(?:最高|上限|止|max|high).*"
        r"|salary_?(?:max|high).*|max_?salary",
    ),
    (
        "requirement",
        r"(?:经验.{0,3}学历|学历.{0,3}经验)(?:要求)?|(?:招聘|任职|岗位)?要求\(经验学历\)",
    ),
    (
        "pay",
        r".*(?:薪[资酬水]|工资|月薪|日薪|时薪|年薪|薪酬待遇|待遇标准|报酬)(?!.*(?:结算|发放"
        r"|福利)).*|薪|salary.*|pay|wage.*|待遇",
    ),
    (
        "employer_kind",
        r"(?:企业|单位|公司)(?:财产|所有制)?(?:性质|类型)|经济类型|company_?type|单位类别",
    ),
    (
        "employer_size",
        r"(?:企业|单位|公司)?(?:人数)?规模|(?:企业|公司)人数(?:规模)?|company_?(?:size|scale)|人员规模",
    ),
    (
        "key",
        r"(?:岗位|职位|招聘)?(?:编号|编码|代码)|(?:job|position|post)_?(?:id|no|code|number)|岗位id|职位id",
    ),
    (
        "headcount",
        r".*(?:招聘|招募|招工|需求|招收|拟聘|录用|用工|岗位|所需|缺工)(?:人数|数量"
        r"|名额|计划|总数|数)(?:\(人\))?|人数|名额|数量|招.{0,2}人|headcount|number"
        r"|recruit.*num.*|openings?",
    ),
    (
        "published_on",
        r"(?:岗位|职位|招聘信息|信息)?(?:发布|更新|登记|上线|开始|起始|刷新)(?:日期"
        r"|时间|日)|publish.*|post_?(?:date|time)|update_?time|create_?time|有效期起",
    ),
    (
        "expires_on",
        r".*(?:截止|截至|结束|失效|到期|终止|有效)(?:日期|时间|期|期至|至|日)"
        r"|expire.*|deadline|end_?(?:date|time)|有效期(?:至|止|到)?",
    ),
    ("day", r"(?:用工|工作|上岗|上工|做工|干活)(?:日期|日|天)|日期"),
    ("hours", r"(?:用工|工作|上班|上工)(?:时间|时段|时长|小时)|班次|时段|work_?(?:time|hours)"),
    ("experience", r".*(?:工作)?(?:经验|年限|工龄|经历)(?:要求|需求)?|experience.*|work_?year.*"),
    ("education", r".*(?:学历|文化程度|学位)(?:要求|学位|层次|需求)?|education.*|degree|学历学位"),
    (
        "contact",
        r"(?:联系|咨询|报名|招聘|单位|应聘|负责人)?(?:电话|手机号?|联系方式|号码|邮箱"
        r"|email|e-mail)|联系人(?:及电话|电话|及联系方式)?|联系方式.*|tel.*|phone.*|contact.*"
        r"|微信号?",
    ),
    (
        "employment",
        r"(?:工作|用工|岗位|职位|招聘|就业|全职兼职)(?:类型|性质|形式|方式)|job_?type|employment_?type",
    ),
    ("contract", r"(?:劳动)?合同(?:类型|形式|性质|期限)|用工关系|是否派遣"),
    (
        "category",
        r"(?:岗位|职位|职业|工种|招聘)?(?:分类|类别|大类|小类|职能)|(?:职业"
        r"|工种)(?:名称|类型|编码)?|job_?category|category|岗位大类",
    ),
    (
        "title",
        r"(?:招聘|岗位|职位|职务|用工|需求|招工|工作)*(?:岗位|职位|工种|名称|职务|标题"
        r"|岗)(?:名称|名|\(工种\)|需求)?|job(?:_?(?:title|name))?|position(?:_?name)?|title"
        r"|岗位信息",
    ),
    (
        "employer",
        r"(?:招聘|用人|用工|企业|公司|单位|所属|雇主|商家|聘用|发布)*(?:单位|企业|公司"
        r"|雇主|机构|门店|商家)(?:名称|全称|名)?|.*(?:单位|企业|公司)(?:基本)?(?:信息|情况)·(?:名称|全称)|company(?:_?name)?|employer|corp.*|org.*",
    ),
    (
        "district",
        r"(?:所在|工作|行政|单位|企业)*(?:区县|县区|区域|行政区|城区|区|县)(?:名称)?|district|area|region",
    ),
    ("street", r"(?:街道|商圈|乡镇|片区|镇街)(?:区域|名称)?|街道区域|street|business_?zone"),
    ("city", r"(?:所在|工作|招聘)?(?:城市|地市|市)|city.*|所在市州"),
    (
        "place",
        r"(?:工作|上班|用工|单位|岗位|企业|公司|具体|详细|就业)*(?:地点|地址|所在地|地区"
        r"|位置|属地|地方)|address|location|place|workplace",
    ),
    (
        "benefits",
        r"(?:岗位|薪酬|工作|员工|公司|企业)?(?:福利|待遇福利|福利待遇|亮点|保障)(?:标签"
        r"|待遇|保障)?|benefit.*|welfare.*|食宿(?:情况|条件)?|吃住|社保(?:缴纳)?|五险.*|保险"
        r"|包吃住|是否包.*",
    ),
    (
        "tags",
        r"(?:岗位|职位|技能|职业|关键|工作|企业|公司)?(?:标签|关键词|关键字|技能"
        r"|亮点)(?:要求)?|skills?|tags?|labels?|keywords?",
    ),
    (
        "description",
        r"(?:岗位|职位|工作|招聘|主要|具体)*(?:描述|职责|简介|内容|说明|详情"
        r"|任职要求|岗位要求|职位要求|任职条件|信息|要求)(?:及要求|与要求|和要求|/要求)?"
        r"|(?:job_?)?(?:desc(?:ription)?|detail|content|duty|requirement|responsibilit(?:y|ie))s?|jd",
    ),
    ("remote", r".*(?:远程|视频|线上)面试.*"),
    ("urgent", r"(?:是否)?(?:急招|急聘|紧缺|加急)(?:岗位|程度)?"),
    (
        "ignored",
        r"(?:融资|上市)(?:阶段|情况)|行业(?:业务|类型|类别|名称)?|所属行业|industry"
        r"|公司简介|企业简介|主管部门|来源|source|面试入围比例|开考比例|笔试.*|公共科目.*"
        r"|专业科目.*",
    ),
)
_PATTERNS = tuple((field, re.compile(form, re.I)) for field, form in _NAMES)
_REMARK = re.compile(r"[（(][^（）()]*[）)]$|[\s*＊：:]+")
UNIT = re.compile(
    r"[（(]([^（）()]*(?:元|千|万|k|K)[^（）()]*)[）)]|[/／]([^（）()·]*?(?:元|千|万|k|K)[^（）()·]*)$"
)
"""What a column's name says its amounts are: 薪资（千/月）, 薪酬（千元/月）·最低, 薪资/万."""

_RATHER = {"place": re.compile(r"工作|上班|用工|岗位"), "title": re.compile(r"岗位|职位|工种|招聘")}


def is_rather(field: str, name: str) -> bool:
    """Whether of several columns of a kind this is the one: 工作地点 before 单位地址."""
    rather = _RATHER.get(field)
    return rather is not None and bool(rather.search(name.split("·")[-1]))


_SHARE = 0.6
_LEAST_CELLS = 2


def plain_name(name: str) -> str:
    """Return a column's name as it is compared."""
    return _REMARK.sub("", fold(name).replace("\n", "")).strip()


def field_named(name: str) -> str | None:
    """Return what a column of this name is; None where the name does not say."""
    for said in dict.fromkeys((plain_name(name), plain_name(name.split("·")[-1]))):
        for field, form in _PATTERNS:
            if said and form.fullmatch(said):
                return field
    return None


def layout_of(names: Sequence[str]) -> str:
    """Return what tells a layout from others: its columns' names in their order."""
    return hashlib.sha256("\x1f".join(map(plain_name, names)).encode()).hexdigest()


def guess(
    names: Sequence[str], rows: Sequence[Sequence[str]], said: Mapping[str, str] | None = None
) -> list[str]:
    """Return what each column is, a key of ``sentences.FIELDS``.

    ``said`` are columns that somebody has told, by name (or its number from 1); ``rows`` are some
    of the table's. A column whose name says nothing is known by its cells; one that is nothing
    else goes into the description, where readers and vetting see it.
    """
    told = {plain_name(name): field for name, field in (said or {}).items()}
    found: list[str] = []
    for at, name in enumerate(names):
        named = told.get(plain_name(name)) or told.get(str(at + 1)) or field_named(name)
        found.append(named or "")
    _keep_one_each(found, names, told)
    cells = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(len(names))]
    _by_cells(found, names, cells)
    for at, name in enumerate(names):
        if not found[at]:
            found[at] = MORE if name and not name.isdigit() else IGNORED
    _without_title(found, cells)
    return found


def _keep_one_each(found: list[str], names: Sequence[str], told: Mapping[str, str]) -> None:
    """Of two columns of one kind keep the first, or the one that was told; 名称 goes to whom."""
    for field in set(found) - SEVERAL - {""}:
        at = [number for number, each in enumerate(found) if each == field]
        better = [n for n in at if is_rather(field, names[n])]
        first = next((n for n in at if plain_name(names[n]) in told), (better or at)[0])
        for number in at:
            if number != first:
                found[number] = MORE if field not in ("key", "title", "employer") else ""


def _by_cells(found: list[str], names: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Know the columns whose names say nothing by what stands in them."""
    for at, column in enumerate(cells):
        if not found[at] and not _telling(names[at]) and _is_index(column):
            found[at] = IGNORED
    for field, test in _TESTS:
        if field in found:
            continue
        shares = [
            sum(map(test, column)) / len(column)
            if not found[at] and not _telling(names[at]) and len(column) >= _LEAST_CELLS
            else 0.0
            for at, column in enumerate(cells)
        ]
        if shares and max(shares) >= _SHARE:
            found[shares.index(max(shares))] = field


def _telling(name: str) -> bool:
    """Whether a column has a name of its own that is just none of ours: 年龄, 专业."""
    return bool(re.search(r"[\u4e00-\u9fff]{2}", name)) and not name.startswith("第")


def _without_title(found: list[str], cells: Sequence[Sequence[str]]) -> None:
    """Where no column is known to be the title, take the short texts that differ most."""
    if "title" not in found:
        if "category" in found:
            found[found.index("category")] = "title"
            return
        free = [
            at
            for at, column in enumerate(cells)
            if found[at] in (IGNORED, MORE, "")
            and column
            and _mean(column) <= 25
            and not _is_index(column)
        ]
        if free:
            found[max(free, key=lambda at: len(set(cells[at])))] = "title"
    if "description" not in found:
        free = [
            at for at, column in enumerate(cells) if found[at] == IGNORED and _mean(column) > 40
        ]
        if free:
            found[max(free, key=lambda at: _mean(cells[at]))] = "description"


def _mean(column: Sequence[str]) -> float:
    return sum(map(len, column)) / len(column) if column else 0.0


def _is_index(column: Sequence[str]) -> bool:
    if len(column) < _LEAST_CELLS or not all(cell.isdigit() and len(cell) < 8 for cell in column):
        return False
    numbers = list(map(int, column))
    return all(b - a == 1 for a, b in pairwise(numbers))


def _is_pay(cell: str) -> bool:
    return len(cell) < 30 and (
        "面议" in cell or (not cell.isdigit() and read_pay(cell) is not None)
    )


def _is_requirement(cell: str) -> bool:
    return len(cell) < 20 and education_in(cell) is not None and experience_in(cell) is not None


def _is_education(cell: str) -> bool:
    return len(cell) < 12 and education_in(cell) is not None and "经验" not in cell


def _is_experience(cell: str) -> bool:
    return len(cell) < 12 and experience_in(cell) is not None


def _is_headcount(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:招?\d{1,3}\s*[人名位]|若干|\d{1,2})", cell))


def _is_title(cell: str) -> bool:
    from language.trades import find_trade

    return len(cell) <= 30 and find_trade(cell) is not None


_TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("pay", _is_pay),
    ("requirement", _is_requirement),
    ("education", _is_education),
    ("experience", _is_experience),
    ("employer", is_employer),
    ("published_on", lambda cell: day_in(cell) is not None),
    ("place", lambda cell: len(cell) < 25 and is_place(cell)),
    ("contact", lambda cell: bool(re.fullmatch(r"[\u4e00-\u9fff]{0,4}[:：\s]*[\d-]{7,13}", cell))),
    ("title", _is_title),
    ("headcount", _is_headcount),
    ("description", lambda cell: len(cell) > 60),
)
