"""What people read in 微信客服 that is its own, and how the transcript names what they sent."""

from bot.messaging.messages import Kind

WELCOME = "您好，我是职达，可以帮您查政策、找工作、约办事时间。想办什么，直接说就行。"
STARTS = (("约窗口", "book_window"), ("找工作", "search_jobs"), ("看各大厅人流", "hall_status"))
"""What a welcome offers, and the intent that it presses."""

ATTACHMENTS: dict[str, tuple[str, Kind]] = {
    "image": ("〔图片〕", "picture"),
    "voice": ("〔语音〕", "voice"),
    "video": ("〔视频〕", "video"),
    "file": ("〔文件〕", "file"),
    "location": ("〔位置〕", "location"),
    "link": ("〔网页〕", "link"),
}
UNKNOWN = "〔消息〕"
