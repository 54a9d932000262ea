"""Every sentence of this room that a person may read."""

from dataclasses import dataclass

DIGEST_MARK = "〔摘要〕"
HEAD = "标题"
LISTED = ("公告名称", "发布日期")
"""What the columns of a page are called that lists what was published when."""
PREAMBLE = "开头"
CLOSING = "结尾"
ASIDE = "原文之外的文字"
PATH_SEPARATOR = " › "

LAW_ORIGIN = (
    "以下文本取自数据包 {package} {version}，以该版本所收的为准，办事请核对全国人大公布的文本。"
)
LAW_NO_NUMBER = "数据包没有写明文号。"
LAW_NO_NUMBER_NO_START = "数据包没有写明文号和这一版的施行日期。"
LAW_EXCERPT = "这里只收第{articles}条，其余的没有收。"

NO_SUFFIX = "没有扩展名"
UNREADABLE_FILE = {
    "unknown_type": "暂不支持这种文件（{suffix}），请转成 docx、pdf、html、md 或 txt 再导入",
    "wrong_suffix": "扩展名是 {suffix}，内容却是 {right} 文件，请改正扩展名再导入",
    "not_what_it_says": "扩展名是 {suffix}，内容却不是这种文件，可能已经损坏，请核对后再导入",
    "encrypted": "文件有密码，请去掉密码再导入",
    "scanned": "这是扫描件，里面没有文字，请先做文字识别（OCR）再导入",
    "broken_pdf": "PDF 文件已损坏，打不开，请重新下载或重新导出",
    "broken_docx": "Word 文件已损坏，打不开，请重新下载或另存一份",
    "broken_page": "网页内容已损坏，读不出正文，请重新下载或另存为 txt",
    "bomb": "压缩内容展开后大得不正常，为安全起见没有打开，请另存为新文件再导入",
    "too_slow": "{seconds} 秒内读不完，为安全起见没有导入，请另存为新文件或拆分后再导入",
    "not_read": "读取时出了错，没有导入，请另存为新文件再试",
    "too_long": "正文超过一百万字，请拆分后再导入",
    "too_many_pages": "超过 {limit} 页，请拆分后再导入",
    "garbled": "文字损坏太多，没法准确引用，请换一份完好的文件",
    "old_word": "这是旧版 Word（doc、wps）或 RTF 文件，请另存为 docx 再导入",
    "ofd": "暂不支持 OFD 文件，请导出为 PDF 再导入",
    "archive": "这是压缩包或表格一类的文件，请解压或另存为 docx、pdf 再导入",
    "picture": "这是图片，里面没有文字，请先做文字识别（OCR）再导入",
    "not_found": "找不到这个文件，请检查路径",
    "unreadable": "打不开这个文件，请检查权限",
    "too_big": "文件超过 {limit} MB，请拆分后再导入",
    "empty": "文件里没有正文",
    "binary": "看起来不是文字文件，请导出为 txt 再导入",
    "no_title": "找不到标题，请在文件第一行写上标题",
    "no_questions": "找不到问题和答案两列，请在第一行写上「问题」「答案」再导入",
    "broken_list": "问答表已损坏，打不开，请重新导出",
    "no_guides": "文件里没有办事指南，请核对：每行应是一份指南的 JSON 记录",
    "guide_line": "第 {number} 行没有导入：{reason}",
    "guide_not_json": "不是完整的 JSON 记录，请重新导出",
    "guide_no_title": "没有事项名称（TASK_NAME），请补上再导入",
    "guide_no_fields": "没有材料、地点、时限、条件中的任何一项，不像办事指南",
    "bad_header": "文件开头的说明（front matter）格式不对：{field}",
}
"""Why a file cannot become a document, by the code of the ``UnreadableFile``."""

HAS_ORIGINAL = "原文已经在库里，摘要不再导入"
HAS_OWN = "库里已有自行收录的文本，数据包里的不再导入"
UNCHANGED = "内容没有变化"
SAME_TEXT = "与已收录的《{title}》内容相同"
SAME_FILE = "与 {name} 是同一份文件，不再重复导入"
SAME_NAME = "与 {name} 文号或标题相同、内容不同，只收录了前者，请核对哪一份是准的"
ALREADY_THERE = "库里已有这份文件的另一版本，按要求保留原样"
REMOVED = "工作人员已移除这份文件，按要求不再导入"

DOCUMENT_ERRORS = {
    "unknown_field": "没有「{name}」这一项",
    "not_a_date": "「{name}」要写成日期，例如 2022-03-28",
    "not_a_text": "「{name}」要写成文字",
    "too_long": "「{name}」太长",
    "no_title": "标题不能为空",
    "unknown_region": "不认识这个适用地区，请写地名或六位行政区划代码",
    "unknown_kind": "类别只能是 notice、statute、guide、digest",
    "same_document": "文件不能取代它自己",
    "opposite_link": "两份文件的关系已经按相反方向设定，请先核对",
}


@dataclass(frozen=True)
class ValidityWords:
    """One validity in three places: a ``badge`` in a list, the ``answer`` to 「现在还有效吗？」,
    and ``cited`` after the source of a quote, where the sentence must stand by itself."""

    badge: str
    answer: str
    cited: str


VALIDITY = {
    "in_force": ValidityWords("现行", "现行有效", "现行"),
    "lapsed": ValidityWords("已失效", "已经失效", "已失效"),
    "superseded": ValidityWords("已被取代", "已被新文件取代", "已被新文件取代"),
    "not_yet": ValidityWords("尚未施行", "还没有施行", "尚未施行"),
    "unknown": ValidityWords("待核实", "尚未核实", "是否仍有效文件未写明"),
    "passing": ValidityWords("阶段性", "阶段性文件，是否仍有效要核实", "是否仍有效文件未写明"),
}
"""By what ``told_validity`` gives; in the order in which a list offers them."""


def section_of_paragraph(number: int) -> str:
    """Name the ``number``-th (from 1) paragraph of a document without numbering."""
    return f"第{number}段"
