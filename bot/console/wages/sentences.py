"""Every sentence of the page of wage guidance."""

HEADING = "工资价位"
HINT = (
    "登记当地公布的工资价位（25%、50%、75% 分位，每月多少元）。"
    "没有登记的，助手按在招岗位写明的工资统计，不到 10 条就不报数。"
    "整份表用 zhida import-wages 导入。"
)
NEW = "登记一条价位"
NOTHING = (
    "还没有登记公布的价位。人社部门公布当年的工资价位后，在下面逐条登记，"
    "有人问「电工多少钱一个月」时就按它回答，并说出文件和年份。"
)
NAME = "{place}　{trade}　{year}年"
LINE = "{q1}–{q3} 元/月，中间数 {median}"
SOURCE_LINE = "{source}，{on}{n}"
ASKED = "，调查 {n} 个"
PLACE, TRADE, YEAR, SOURCE, ON = "地区", "职业", "年份", "文件", "公布日期"
Q1, MEDIAN, Q3, N = "25%分位（元/月）", "中位数（元/月）", "75%分位（元/月）", "调查数（可不填）"
B_PUT, B_REMOVE = "登记", "撤下"
PUT, REMOVED = "已登记，马上按它回答。", "已撤下。"
BAD = "登记不了：请核对地区、职业、年份、三个数的大小和公布日期，并写明文件。"
