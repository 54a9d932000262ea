"""Every sentence of an import that a clerk reads. ``{}`` fields are filled by the importer."""

NO_ROWS = "没有找到岗位：认不出哪一列是岗位名称。可以用 --column 指定。"
FIELDS = {
    "title": "岗位名称",
    "employer": "招聘单位",
    "city": "城市",
    "district": "区县",
    "street": "街道",
    "place": "工作地点",
    "pay": "薪资",
    "pay_min": "最低薪资",
    "pay_max": "最高薪资",
    "headcount": "招聘人数",
    "education": "学历",
    "experience": "工作经验",
    "requirement": "经验和学历",
    "description": "岗位描述",
    "category": "岗位类别",
    "tags": "标签",
    "benefits": "福利待遇",
    "employment": "工作类型",
    "contract": "合同类型",
    "employer_kind": "单位性质",
    "employer_size": "单位规模",
    "contact": "联系方式",
    "key": "岗位编号",
    "published_on": "发布日期",
    "expires_on": "截止日期",
    "day": "用工日期",
    "hours": "用工时间",
    "remote": "远程面试",
    "urgent": "急招",
    "more": "并入描述",
    "ignored": "不用",
}
"""What a column may be, as it is shown, saved and given on the command line."""

OUTCOMES = {
    "added": "新增",
    "updated": "更新",
    "unchanged": "没有变化",
    "repeated": "重复",
    "waiting": "等人审核",
    "sent_back": "审核退回",
    "failed": "没有导入",
}

NO_TITLE = "没有岗位名称"
NO_EMPLOYER = "没有招聘单位"
NOT_TEXT = "「{column}」里是乱码"
SCRIPT = "「{column}」里有网页代码，已去掉"
FORMULA = "「{column}」以公式开头，按文字保留，没有运行"
CALCULATED = "「{column}」是公式，用的是表里存下的结果"
PAY_ODD = "薪资「{text}」不像真的，按没有写明处理"
PAY_ZERO = "薪资是 0，按面议处理"
PAY_UNREAD = "薪资「{text}」没看懂，保留原文，按没有写明处理"
PAY_TURNED = "最低薪资比最高的还高，已对调"
PLACE_UNREAD = "地点「{text}」没看懂，按没有写明处理"
PLACE_OPEN = "没有写工作地点"
HEADCOUNT_ODD = "招聘人数「{text}」没看懂，按 1 人"
DATE_UNREAD = "日期「{text}」没看懂，没有用"
OVER = "截止日期 {day} 已经过了"
TURNED = "截止日期比发布日期还早，没有用截止日期"
EMPLOYER_ABOVE = "招聘单位空着，用了上一行的"
CUT = "「{column}」太长，只留前 {limit} 个字"
REPEATED = "和第 {row} 行一样"
REPOST = "和已有的岗位 {code} 内容一样，按重发登记"
PLACE_OF_TABLE = "没有写工作地点的行，按表名里的「{place}」处理。"
MACROS = "文件带宏，宏没有运行。"
MANY_ROWS = "超过 {limit} 行，后面的没有读，请另存一份再导入。"
COLUMNS = "各列这样理解（不对可以用 --column 列名=含义 改，改过的会记住）："
COLUMN = "  {name} → {field}"
UNNAMED = "第 {number} 列"
NO_HEADER = "没有表头，按内容猜的。"
MORE_ROWS = "（另有 {count} 行有说明，用 --all 全部列出）"
SUMMARY = "共 {rows} 行：{counts}。"
ROW = "第 {row} 行　{outcome}　{title}　{reasons}"
CODING = "岗位名称归类：{done}/{total}"
VETTED = "审核：{findings}"
