"""Every sentence about people's own data. ``{}`` fields are filled by the chat."""

ABOUT = (
    "您的资料由您说了算：可以看我们存了什么，更正或忘掉一项，导出一份，或者全部删除。\n"
    "对话记录在您最后一次来之后保存 {days} 天，不用于别的目的，也不给别的单位。"
)
HEAD = "我们存了您的这些："
LINE = "· {field}：{value}（{since}，用于{why}）"
LINE_WITHOUT_TIME = "· {field}：{value}（用于{why}）"
NOTHING = "除了这段对话，没有存您的别的资料。"
MORE = "……另有 {n} 项，导出的文件里都有。"
SLOT_WHY = "接着上次说的往下办"

EXPORT_LINK = (
    "您的资料已备好，{minutes} 分钟内打开这个地址下载，只能下载一次：\n{url}\n请不要转发给别人。"
)

CORRECT_WHICH = "要更正哪一项？直接说，例如「地点改成苏州」；也可以点下面的按钮忘掉一项。"
CORRECT_NONE = "我没有记住可以更正的资料。预约请说「改预约」，别的请转人工。"
CORRECTED = "改好了，{title}现在是{value}。"
FORGOTTEN = "{title}已忘掉。"
NOT_REMEMBERED = "我没有记住您的{title}。"

ERASE_ASK = (
    "全部删除后不能恢复。会删掉：{gone}。\n{kept}"
    "只留一个回执号和时间，不含您的任何资料。确认删除吗？"
)
ERASE_KEPT = "会留下：{kept}。\n"
ERASE_ALWAYS = "工单只留编号和日期，没有内容；统计数字里没有您"
ERASING = (
    "好的，一分钟内删完。回执号 {receipt}（{time}），请记下，凭它可以查到删除结果。\n"
    "以后您再来，就像第一次来一样。"
)
RECEIPT_OPEN = "回执 {receipt}：{asked} 提出，正在删除。"
RECEIPT_ERASED = (
    "回执 {receipt}：{asked} 提出，{erased} 已删除；还留着没办完的预约，办完后自动去掉。"
)
RECEIPT_DONE = "回执 {receipt}：{asked} 提出，{erased} 已全部删除。"
RECEIPT_UNKNOWN = "没有查到这个回执号，请核对一下。"

GONE = {
    "conversations": "这个对话",
    "inbox": "您说过的话",
    "events": "记住的信息",
}

B_SHOW, B_EXPORT, B_ERASE = "看我的资料", "导出一份", "全部删除"
B_CORRECT, B_YES_ERASE, B_NO = "更正", "确认删除", "先不删"
B_FORGET = "忘掉{title}"
