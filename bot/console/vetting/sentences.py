"""Every sentence of the vetting page."""

from actions.vetting.rulebook import PASS, REJECT, REVIEW

HEADING = "招聘审核"
HINT = "助手看出问题的招聘在这里等您决定。原文下面写着问题和依据。"
NOTHING = (
    "没有等着审核的招聘。企业在对话里发来招聘、助手拿不准或认为不能发布时，会排到这里，先来的在前。"
)
DECISIONS = {PASS: "可以发布", REVIEW: "待补充", REJECT: "不能发布"}
B_DECIDE, B_PUT = "记下决定", "登记"
CATEGORIES, NOTE, DECISION = "问题类别", "说明", "决定"
DECIDED = "已记下。这条招聘连同决定会成为以后核对规则的例子。"
GONE = "这条已经有人审过了。"
NO_DECISION = "请先选一个决定。"
FOUND, MISSING = "{title}：「{span}」（{basis}）", "{title}（{basis}）"
VETTED = "系统：{decision}"
WAGES = "最低工资标准"
WAGES_HINT = "按当地公布的文件登记；没有登记的地方，低得明显的先请人看。"
NO_WAGES = "还没有登记。在下面登记本地的标准，低于它的招聘就会被指出来。"
PLACE, MONTHLY, HOURLY, STARTS, SOURCE = "地区", "每月（元）", "每小时（元）", "施行日期", "文件"
WAGE_PUT = "已登记，马上按它审核。"
BAD_WAGE = "登记不了：请核对地区、金额、日期，并写明文件。"
WAGE_LINE = "每月 {monthly} 元　每小时 {hourly:g} 元"
