"""Every sentence of the pages of postings and applications."""

from actions.jobs.applications import states
from actions.jobs.life import DRAFT, EXPIRED, FILLED, PAUSED, PUBLISHED, VETTING, WITHDRAWN

POSTINGS, APPLICATIONS = "岗位", "报名"
POSTINGS_HINT = "撤下的岗位在对话、搜索和提醒里立即消失。有人举报的排在最前面。"
APPLICATIONS_HINT = "等得最久的在最前面。每条只能转交一次，之后记下单位的答复，本人会收到消息。"
FIND_POSTING = "按岗位、单位、来源、编号查找"
FIND_APPLICATION = "按岗位、单位、编号查找"
POSTING_STATES = {
    DRAFT: "草稿",
    VETTING: "待审",
    PUBLISHED: "在招",
    PAUSED: "暂停",
    FILLED: "已招满",
    WITHDRAWN: "已撤下",
    EXPIRED: "已到期",
}
POSTING_FILTERS = {
    "": "全部",
    PUBLISHED: "在招",
    VETTING: "待审",
    PAUSED: "暂停",
    "over": "已结束",
}
NO_POSTINGS = (
    "没有符合的岗位。换个词或看「全部」；整份表用 zhida import-postings 导入，"
    "企业在对话里发来、审核通过的也会出现在这里。"
)
DEMO, GIG, REPOST = "示例", "零工", "重复发布"
APPLIED, REPORTED = "报名 {count} 人", "举报 {count} 人"
DAYS = "{first} 至 {last}（不含）"
SOURCE = "来源：{source}"
CHANGED = "最近变动 {at}"
B_HISTORY = "变动记录"
CHANGE = "{at}　{who}　{was} → {became}{why}"
WHY = "，{why}"
NO_HISTORY = "没有记录。"
MOVES = {
    PAUSED: "暂停",
    PUBLISHED: "恢复招聘",
    FILLED: "已招满",
    WITHDRAWN: "撤下",
    DRAFT: "退回修改",
}
PASSES, B_REPUBLISH = "审核通过", "重新发布"
ASK_MOVE = "{move}「{title}」（{employer}）"
REASON, NO_REASON = "原因（必填，留在记录里）", "请写明原因。"
B_BACK, B_GO = "返回", "确定"
UNTIL, BAD_DAY = "有效期到（不含当天）", "有效期要在明天到半年之内。"
REPUBLISH_HINT = "先按现在的规则重新审核：通过的马上在招，有疑问的等人审，不合规的退回。"
MOVED = "已记下：{state}。"
NOT_POSSIBLE = "这一步现在做不了：岗位刚被别人改过，请刷新。"
REPORTS = "举报：{tickets}"
B_SETTLE, SETTLED = "举报已核实", "已记下，核实人是您。"
B_MORE, B_EARLIER = "后一页", "前一页"

APPLICATION_FILTERS = {
    "open": "在办",
    states.SUBMITTED: "待转交",
    "silent": "单位没答复",
    "": "全部",
}
NO_APPLICATIONS = (
    "没有符合的报名。有人在对话里点〔报名〕并同意转交联系方式后，会在这里等您转交给单位。"
)
SILENT = "{days} 天没有答复"
LATE = "{days} 天还没转交"
WHO = "{name}　{phone}"
NO_NAME = "没有留称呼"
AT = "报名 {applied}"
HANDED_AT = "，{at} 由 {who} 转交"
POSTING_GONE = "岗位已下架"
CONSENT = "本人同意的原话"
B_HAND = "转交单位"
ASK_HAND = "把联系方式转交给「{employer}」"
HAND_HINT = "只能转交一次，号码只显示这一次，会留下记录。请先接通单位，再点查看。"
HAND_HOW = "转交给单位的谁、用什么方式（必填）"
B_SEE = "查看号码并转交"
HANDED = "请告诉「{employer}」："
KEY_LOST = "号码已经解不开，请在对话里请本人重新留。"
HANDED_ALREADY = "已经转交过了，联系方式不再显示。"
APPLICATION_MOVED = "已记下：{state}。本人会收到消息。"
APPLICATION_GONE = "这条报名刚被撤回或改过，请刷新。"
