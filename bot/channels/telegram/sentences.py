"""What people read on Telegram that is Telegram's own, and how attachments are written down."""

from bot.messaging.messages import Kind

EXPIRED = "这个按钮已经失效，请直接把想办的事发给我。"
TOO_MANY = "您前面的消息我还没答完，这一条没有收下。请稍等一会儿再发。"
CHOOSE = "请选择："
READ_SOURCE = "看原文"
CALENDAR = "加入日历"
VISIT = "查看、改约或取消"
HALLS_PAGE = "看各大厅人流"
LINK_LINE = "{title}：{url}"
IMAGE_LINE = "图片：{url}"

ATTACHMENTS: dict[str, tuple[str, Kind]] = {
    "photo": ("图片", "picture"),
    "voice": ("语音", "voice"),
    "video": ("视频", "video"),
    "video_note": ("视频", "video"),
    "animation": ("动图", "picture"),
    "sticker": ("表情", "picture"),
    "venue": ("位置", "location"),
    "location": ("位置", "location"),
    "contact": ("名片", "unknown"),
    "audio": ("音频", "voice"),
    "document": ("文件", "file"),
    "poll": ("投票", "unknown"),
    "dice": ("骰子", "unknown"),
    "story": ("动态", "unknown"),
    "paid_media": ("付费内容", "unknown"),
    "game": ("游戏", "unknown"),
}
"""Fields of a Bot API message, how the transcript names what stands in them, and what it is.

Nothing of their content is kept: a business card is personal data that nobody here can use, and
of a place only the district.
"""

ATTACHMENT = "〔{name}〕{caption}"

COMMANDS = (
    ("book", "约窗口"),
    ("mine", "我的预约"),
    ("halls", "大厅人流"),
    ("jobs", "找工作"),
    ("staff", "转人工"),
    ("help", "我能帮您做什么"),
    ("start", "重新开始"),
)
