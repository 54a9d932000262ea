"""What people read on Telegram that is Telegram's own, and how attachments are written down."""

EXPIRED = "这个按钮已经失效，请直接把想办的事发给我。"
TOO_MANY = "您前面的消息我还没答完，这一条没有收下。请稍等一会儿再发。"
CHOOSE = "请选择："
READ_SOURCE = "看原文"
CALENDAR = "加入日历"
VISIT = "查看、改约或取消"
HALLS_PAGE = "看各大厅人流"
LINK_LINE = "{title}：{url}"
IMAGE_LINE = "图片：{url}"

ATTACHMENTS = {
    "photo": "图片",
    "voice": "语音",
    "video": "视频",
    "video_note": "视频",
    "animation": "动图",
    "sticker": "表情",
    "venue": "位置",
    "location": "位置",
    "contact": "名片",
    "audio": "音频",
    "document": "文件",
    "poll": "投票",
    "dice": "骰子",
    "story": "动态",
    "paid_media": "付费内容",
    "game": "游戏",
}
"""Fields of a Bot API message, and how the transcript names what stands in them.

Nothing of their content is kept: a place or a business card is personal data that nobody
here can use.
"""

ATTACHMENT = "〔{name}〕{caption}"

COMMANDS = (("start", "重新开始"), ("help", "我能帮您做什么"))
