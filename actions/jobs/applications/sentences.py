"""Every sentence about applications. ``{}`` fields are filled by the chat and the notices."""

PHONE_ASK = (
    "可以，报名「{title}」。请留一个手机号，单位好联系您；号码加密保存，您同意以后才交给单位。"
    "也可以连称呼一起说，例如「姓王，138…」。"
)
WHY_PHONE = "单位要打电话约您面试；号码加密保存，只交给您报名的这一家，不用于别的事。"
CONSENT = (
    "报名前请您确认：把{what} 交给「{employer}」，只用于应聘「{title}」时联系您，"
    "不给别的单位；以后说「撤回报名」就能撤回。同意吗？"
)
WHAT_PHONE = "您的手机号 {phone}"
WHAT_BOTH = "您的称呼「{name}」和手机号 {phone}"
AGREED_STALE = "您的号码或称呼刚改过，请再确认一次。\n"
B_AGREE, B_NOT_NOW, B_OTHER_PHONE = "同意，报名", "先不报名", "换个号码"
APPLIED = (
    "报上名了：「{title}」（{employer}），报名号 {code}。您的联系方式只转交给这家单位一次；"
    "有了结果在这里告诉您，也可以随时问「我投的怎么样了」。"
)
CONTACT = (
    "您也可以直接联系单位：{contact}。"
    "说是在职达看到的岗位；要交押金、培训费的，别交，跟我说「举报」。"
)
CONTACT_AGAIN = "您已经报了「{title}」，单位的联系方式：{contact}。"
NO_CONTACT = "单位没有留可以公开的电话，等它联系您；着急可以转人工。"
DEMO = "这是演示岗位，不会真的联系单位。"
ALREADY = "「{title}」您已经报过名了，报名号 {code}，不用再报。{standing}"
WHICH = "您想报名哪一个？"
NOTHING_SHOWN = "想报名，先找到岗位。想找什么工作，在哪里？例如「上海电工」。"
GONE = "这个岗位已经下架，不能报名了。我可以再帮您找类似的。"
NONE_YET = "您还没有报名过岗位。想找什么工作，在哪里？看中了说「报名」就行。"
LIST_HEAD = "您报名的岗位："
LINE = "{n}. {title}｜{employer}｜{standing}（{code}）"
STANDING = {
    "submitted": "{day}报名，正在等工作人员转交单位",
    "handed": "{day}已把您的联系方式交给单位，等单位答复",
    "invited": "单位约您面试",
    "hired": "单位录用了您",
    "declined": "单位这次没有选上",
    "withdrawn": "您已撤回",
}
POSTING_GONE = "，岗位现已下架"
SILENT = "，单位已 {days} 天没有答复，工作人员会去催"
BACK_ASK = "要撤回「{title}」（{employer}）的报名吗？撤回后我们不再替您联系这家单位。"
BACK_WHICH = "要撤回哪一个报名？"
BACK_DONE = "已撤回「{title}」的报名。{told}想再报名，随时说。"
BACK_TOLD = "您的联系方式 {day} 已经交给单位，单位再联系您，可以说不考虑了。"
BACK_NONE = "您现在没有可以撤回的报名。"
BACK_LATE = "「{title}」这条已经有结果（{standing}），不用撤回。"
B_BACK, B_STAYS, B_STATUS, B_AGAIN = "撤回报名", "先不撤回", "我的报名", "重新报名"
B_APPLY = "报名这个岗位"
B_APPLY_NTH = "报名{n}：{title}"
NEWS = {
    "handed": "「{title}」（{employer}）：已把您的联系方式交给单位，请留意电话。报名号 {code}。",
    "invited": "好消息：「{title}」（{employer}）约您面试。时间地点请和单位确认。报名号 {code}。",
    "hired": "恭喜，「{title}」（{employer}）录用您了。入职前看清合同，别交押金。报名号 {code}。",
    "declined": "「{title}」（{employer}）这次没有选上。我可以接着帮您找类似的。报名号 {code}。",
}
SUBJECT = "被举报的岗位：{code}「{title}」（{employer}）"
TITLE = "岗位「{title}」（{employer}）"
HELD = "报名 {code}：「{title}」"
HELD_REPORT = "举报过的岗位 {code}"
HELD_REPORT_WORDS = "工单 {ticket}"
