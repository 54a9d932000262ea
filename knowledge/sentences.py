"""Every sentence of this room that a person may read."""

DIGEST_MARK = "〔摘要〕"
NATIONAL = "全国"
REGION_UNKNOWN = "适用地区未注明"
HEAD = "标题"
PREAMBLE = "开头"
CLOSING = "结尾"
PATH_SEPARATOR = " › "

UNKNOWN_TYPE = "暂不支持这种文件（{suffix}），请转成 txt 或 md 再导入"
NO_HTML_READER = "本机没有安装网页正文提取组件 trafilatura，请先安装，或另存为 txt 再导入"
NOT_FOUND = "找不到这个文件，请检查路径"
UNREADABLE = "打不开这个文件，请检查权限"
TOO_BIG = "文件超过 {limit} MB，请拆分后再导入"
EMPTY = "文件里没有正文"
BINARY = "看起来不是文字文件，请导出为 txt 再导入"
NO_TITLE = "找不到标题，请在文件第一行写上标题"
BAD_HEADER = "文件开头的说明（front matter）格式不对：{field}"
HAS_ORIGINAL = "原文已经在库里，摘要不再导入"
UNCHANGED = "内容没有变化"


def section_of_paragraph(number: int) -> str:
    """Name the ``number``-th (from 1) paragraph of a document without numbering."""
    return f"第{number}段"
