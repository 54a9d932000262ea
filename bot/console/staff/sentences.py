"""Every sentence of the pages about staff."""

from typing import Final

ADDED: Final = "账号已建立。"
ROLE_CHANGED: Final = "岗位已更换，立即生效。"
DISABLED: Final = "账号已停用，登录都已失效。"
SESSIONS_ENDED: Final = "这个账号的登录都已失效。"
TOTP_RESET: Final = "动态码已关闭，本人可重新开启。"
CHANGED: Final = "密码已更换，请用新密码重新登录。"
WRONG_NOW: Final = "现在的密码不对。"
LATER: Final = "试得太多了，请稍后再试。"
CODE_WRONG: Final = "验证码不对，请核对手机的时间后再试。"
TOTP_IS_ON: Final = "登录时要输入手机上的动态码。"
TOTP_IS_OFF: Final = "开启后，登录时除了密码还要输入手机上的动态码，密码泄露了别人也进不来。"
TOTP_ADVISED: Final = "您的岗位权限较大，请开启动态码。"
TOTP_REQUIRED: Final = "按规定，您的岗位要先开启动态码，才能使用其他页面。"
TOTP_OFF: Final = "动态码已关闭。"
SCAN: Final = "用手机上的验证器应用扫这个码，或输入下面的密钥（只显示这一次）："
KEEP_CODES: Final = "动态码已开启。请抄下这些恢复码（只显示这一次），手机丢了可用，每个用一次："
OWN: Final = "（自己的账号请由另一位管理员更改）"
NO_ENTRIES: Final = "没有符合条件的记录。"
RESET_DONE: Final = "密码已重设，原来的登录都已失效。请把新密码当面告诉本人。"
NEW_FOR: Final = "给「{name}」一个新密码：原来的登录立即失效，本人登录后请自己再换一个。"
CONFIRM_DISABLE: Final = "停用账号「{name}」？登录立即失效。要恢复，请用同一账号名新建。"

# ---- what was done --------------------------------------------------------------------

PARTS: Final = {
    "applications.": "岗位报名",
    "session.": "登录退出",
    "conversations.": "对话",
    "cases.": "工单",
    "personal.": "完整号码",
    "appointments.": "预约大厅",
    "policies.": "政策文件",
    "vetting.": "招聘审核",
    "postings.": "岗位",
    "wages.": "工资价位",
    "training.": "培训",
    "sharing.": "用工余缺",
    "account.": "本人账户",
    "staff.": "员工账号",
    "transcripts.": "核对、导出对话",
    "models.": "对话模型",
    "privacy.": "来访者资料",
    "audit.": "操作记录",
}
"""What the record can be narrowed to: the beginnings of names of actions."""
ACTIONS: Final = {
    "session.begin": "登录",
    "session.end": "退出",
    "session": "登录",
    "staff.added": "账号已建立",
    "transcripts.export": "导出全部对话",
    "audit.archive": "操作记录存档",
    "privacy.erase": "按本人要求删除",
    "privacy.export": "本人下载资料",
}
"""What is recorded and is no deed of staff."""
SUBJECTS: Final = {
    "document": "文件 {}",
    "conversation": "对话 …{}",
    "case": "工单 {}",
    "visit": "预约 {}",
    "business": "业务 {}",
    "hall": "大厅 {}",
    "closure": "停办 {}",
    "posting": "岗位 {}",
    "application": "报名 {}",
    "draft": "招聘草稿 {}",
    "wage": "最低工资 {}",
    "wage-guide": "工资价位 {}",
    "course": "培训班 {}",
    "share": "用工余缺 {}",
    "staff": "账号 {}",
    "models": "对话模型",
    "canned_answers": "常用回复",
}
"""What a deed was done to, by the kind of its name; ``{}`` is the name."""
DETAILS: Final = {
    "role": "岗位：{}",
    "numbers": "号码 {n} 个",
    "paths": "文件或文件夹 {} 个",
    "draft": "{}",
    "section": "章节：{}",
    "fields": "更正了{}",
    "on": "日期：{}",
    "older": "取代的文件：{}",
}
"""What is recorded with a deed; ``n`` is how many."""
AS_DRAFT: Final = "先存为草稿"
FIELDS: Final = {
    "title": "标题",
    "doc_no": "文号",
    "issuer": "发文机关",
    "addressees": "主送对象",
    "region": "适用地区",
    "issued_on": "发文日期",
    "effective_on": "施行日期",
    "expired_on": "失效日期",
    "occasion": "针对的时期",
    "kind": "类别",
}
"""What of a document was corrected."""
OUTCOMES: Final = {"refused": "（未成）", "not_permitted": "（无权限）"}
ACTORS: Final = {"command": "命令行", "stranger": "未登录", "person": "来访者本人"}
