"""Every sentence about people's own data. ``{}`` fields are filled by the chat."""

ABOUT = (
    "您的资料由您说了算：可以看我们存了什么，更正或忘掉一项，导出一份，或者全部删除。\n"
    "对话记录在您最后一次来之后保存 {days} 天，不用于别的目的，没有您同意也不给别的单位。"
)
WHO_READS = (
    "不会告诉您的单位，也不给别人。您在这里说的，只有本服务的工作人员办事时看得到；"
    "报名岗位时，也要您同意，才把电话交给那一家。"
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

LINK_CODE = (
    "关联码：{code}\n请在十分钟内，把它发到您的另一个渠道（比如公众号或网页）的对话里。"
    "关联以后，两边都能看到您的预约、工单和求职资料。请不要把它给别人。"
)
LINK_SURE = (
    "关联以后，这里和给出关联码的那个渠道，都能看到彼此的预约、工单和求职资料，也能改、能取消。"
    "那个渠道确实是您本人在用吗？如果是别人让您发来的，请不要关联。"
)
LINK_DONE = "关联好了，两边都能看到您的预约、工单和求职资料。不想要了，说「取消关联」。"
LINK_NOT_GOOD = "这个关联码不对，或者已经过期、用过了。请在另一个渠道说「关联」，重新取一个。"
LINK_ENDED = "已取消关联，这里只看得到在这里办的预约、工单和求职资料。"
LINK_NONE = "这里没有和别的渠道关联。想关联，说「关联」。"
B_LINK = "是我本人，关联"
