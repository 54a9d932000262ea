"""Every sentence about subscriptions. ``{}`` fields are filled by the chat and the digests."""

ASK = "想订阅什么岗位，在哪里？例如「上海电工，六千以上」。列表出来后点〔有新的告诉我〕就订上了。"
BEGUN = (
    "已订阅：有新的「{words}」岗位就通知您，一天最多一次，{quiet}不打扰。不想收了，说「退订」就停。"
)
WAITS = "这个渠道不能主动发消息，等您下次来说话时告诉您。"
ALREADY = "「{words}」已经在帮您留意了，一天最多提醒一次。不想收了，说「退订」就停。"
TOO_MANY = "最多同时留意 {most} 种岗位，您已经有这些，先退一个再订："
ENDED = "已退订，不再给您发「{words}」的新岗位。"
NONE = "您现在没有订阅，不会收到推送。想有新岗位时知道，说「有新的电工岗位告诉我」就行。"
NOT_OF_THAT = "您没有订阅「{words}」。现在留意的有："
HOW_OFTEN = (
    "一天最多告诉您一次，{quiet}不打扰；不想收了，说「退订」或点下面的按钮就停。现在留意的有："
)
LIST_HEAD = "正在帮您留意的新岗位："
LINE = "{n}. {words}"
DIGEST_HEAD = "今天有 {count} 个新岗位符合您要的："
DIGEST_LINE = "{n}. {title}｜{employer}｜{place}｜{pay}"
DIGEST_END = "不想收了，说「退订」就停。"
B_SUBSCRIBE, B_END, B_END_ONE, B_AGAIN, B_MINE = (
    "有新的告诉我",
    "退订",
    "退订{words}",
    "重新订阅",
    "我的订阅",
)
B_DETAILS = "详情{n}：{title}"
QUIET = "{first} 点到次日 {last} 点"
QUIET_SAME_DAY = "{first} 点到 {last} 点"
HELD = "订阅 {code}"
HELD_TOLD = "告诉过您的新岗位"
HELD_TOLD_COUNT = "{count} 个"
HELD_NEWS = "要告诉您的求职消息"
