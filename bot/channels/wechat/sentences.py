"""What people read on WeChat that is WeChat's own, and how the transcript names what they did."""

from bot.messaging.messages import Kind

EXPIRED = "这个选项已经失效，请直接把想办的事发给我。"
TOO_MANY = "您前面的消息我还没答完，这一条没有收下。请稍等一会儿再发。"
FOLLOWED = "〔关注〕"
SCANNED = "〔扫码〕"
TAPPED = "〔菜单〕"

ATTACHMENTS: dict[str, tuple[str, Kind]] = {
    "image": ("〔图片〕", "picture"),
    "voice": ("〔语音〕", "voice"),
    "video": ("〔视频〕", "video"),
    "shortvideo": ("〔视频〕", "video"),
    "location": ("〔位置〕", "location"),
    "link": ("〔网页〕", "link"),
}
"""Kinds of messages, how the transcript names them where they bring no words, and what they are."""

UNKNOWN = "〔消息〕"
