"""Every sentence of the pages of policy documents and of what people say of answers."""

from typing import Final

DOCUMENT_STATUSES: Final = {"draft": "草稿", "published": "已发布", "removed": "已移除"}
GUESSED: Final = "推定，请对照正文核对"
CORRECTED: Final = "人工填写"
TOO_LONG: Final = "「{label}」太长了，请控制在 {limit} 字以内。"
NO_REGION: Final = "没有找到「{label}」写的地方，请写全称，例如 上海市浦东新区；全国性文件写 全国。"
NO_DAY: Final = "「{label}」不是日期，请写成 2026-03-02 这样。"
NO_TITLE: Final = "标题不能空着。"

LISTED_STATUSES: Final = {
    "": "草稿和已发布",
    "draft": "只看草稿",
    "removed": "已移除",
}
DOCUMENTS_FOUND: Final = "共 {count} 份"
NOTHING_FITS: Final = "没有符合条件的文件。换个词，或看看「已移除」里有没有。"
NO_DOCUMENTS: Final = "还没有文件，请从上面上传。"
NO_DOCUMENT: Final = "没有找到这份文件。"
UPLOAD: Final = (
    "把文件拖到这里，或点右边的加号。支持 docx、pdf、html、md、txt，每份不超过 {limit} MB"
)
RECEIVED: Final = "已收到 {name}"
UPLOAD_REFUSED: Final = (
    "文件没有上传：支持 docx、pdf、html、md、txt 等，每份不超过 {limit} MB。"
    "扫描件、图片请先转成文字；太大的请拆成几份。"
)
OUTCOMES: Final = {
    "added": "已存为草稿，请核对后发布",
    "replaced": "库里已有旧版，新版已存为草稿，请核对后发布",
    "skipped": "没有导入",
    "failed": "没有导入",
}
GOING_LIVE: Final = "正在更新检索，完成前仍按原来的内容回答。"
LIVE: Final = "{when} 起已按最新内容回答。"
NOT_LIVE: Final = "检索没有更新成功，仍按原来的内容回答，请联系管理员查看日志。"
SAVED: Final = "已保存。"
NOTHING_CHANGED: Final = "没有改动。"
PUBLISHED: Final = "已发布。"
EXPIRED: Final = "已设定失效日期。"
REMOVED: Final = "已移除。"
SUPERSEDED: Final = "已记录取代关系。"
ASK_ADDED: Final = "已添加问法。"
ASK_REMOVED: Final = "已删除问法。"
ASKS_REFUSED: Final = {
    "empty": "请写下一种问法。",
    "too_long": "问法太长了，请写成一句话，200 字以内。",
    "unknown_document": "没有找到这份文件，请刷新后再试。",
    "unknown_section": "没有找到这一节，文件可能刚更新过，请刷新后再试。",
}
SHIPPED_ASKS: Final = "系统自带 {count} 种问法"
EMPTY_ASK: Final = "请写下一种问法。"
NO_SECTION: Final = "请选择文件和其中的一节。"
CONFIRM_PUBLISH: Final = "发布后，大家的提问会用到这份文件，它也会出现在政策文件目录里。"
WILL_REPLACE: Final = "这是一份{state}文件的新版本。发布后内容换成这一版，网址不变："
STILL_GUESSED: Final = "这些是推定的，请先核对：{labels}。"
CONFIRM_REMOVE: Final = "移除后不再用它回答，公开页面显示「已不再提供」。确定移除吗？"
UNIT_KINDS: Final = {
    "head": "标题部分",
    "preamble": "开头",
    "heading": "小标题",
    "item": "条目",
    "closing": "结尾",
    "aside": "不是原文",
}
NOT_SEARCHED: Final = "（不参与回答）"
ACTIONS: Final = {
    "upload": "上传",
    "correct": "更正信息",
    "publish": "发布",
    "expire": "设定失效日期",
    "remove": "移除",
    "supersede": "记录取代关系",
    "add_ask": "添加问法",
    "remove_ask": "删除问法",
}
NO_CHANGES: Final = "还没有人改动过。"

# ---- feedback -------------------------------------------------------------------------

FEEDBACK_HINT: Final = "点了〔没帮助〕的先看：文件里有的，加成那一节的常见问法；没有的，补上文件。"
NO_FEEDBACK: Final = "还没有这样的评价。来访者在答案下面点〔有帮助〕〔没帮助〕后会出现在这里。"
FEEDBACK_COUNTS: Final = "近 30 天：{helpful} 次有帮助，{unhelpful} 次没帮助。"
ANSWER_STATUSES: Final = {
    "answered": "已回答",
    "not_covered": "没有答案",
    "outdated": "只有失效文件",
    "which_region": "问了地区",
}

# ---- a question as a way of asking -----------------------------------------------------

B_ADD_AS_ASK: Final = "加成某一节的问法"
ASK_TITLE: Final = "加成某一节的问法"
ASK_TEXT: Final = "问法"
ASK_DOCUMENT: Final = "文件"
ASK_SECTION: Final = "哪一节"
B_CANCEL: Final = "取消"
B_ADD_ASK: Final = "添加"

# ---- trying a question out --------------------------------------------------------------

TRY_HINT: Final = (
    "改过文件或问法后，在这里照大家的话问一遍：会怎么答、找到了哪些段落、为什么，都看得到。"
    "不会留在对话记录里。"
)
TRY: Final = "一个问题，像大家会问的那样写"
TRY_FOUND: Final = "找到的段落，最合适的在前："
TRY_NOTHING: Final = "什么也没有找到。"
TRY_WHY: Final = (
    "问题里的词 {covered:.0%} 在这一段或它的标题里；意思最近的一句，相近程度 {near:.2f}。"
)
TRY_ASKED: Final = "最像的已知问法：「{asked}」，相像程度 {alike:.0%}。"
TRY_REGULATION: Final = "要看《{name}》，库里还没有。"
