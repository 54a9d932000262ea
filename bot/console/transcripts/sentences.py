"""Every sentence of the transcripts' page, and of reviewing a turn."""

from typing import Final

TITLE: Final = "对话记录"
WORDS: Final = "找说过的话（来访者和我们的都找）"
CHANNEL: Final = "渠道"
INTENT: Final = "听成了什么"
KIND: Final = "哪一类"
SINCE, UNTIL = "从", "到"
ANY: Final = "全部"
KINDS: Final = {
    "fallback": "没听懂",
    "unsure": "把握不大",
    "not_covered": "文件里没有",
    "outdated": "只有失效的规定",
    "unhelpful": "说没帮助",
    "complaint": "投诉",
    "distress": "遇到难处",
    "handed_over": "转人工",
    "by_staff": "人工答复的",
    "person": "要人工的（转人工、投诉、难处、人工答复）",
    "booked": "约上了",
    "unreviewed": "还没核对",
    "wrong": "核对出错误",
}
LENGTH: Final = "长短"
LENGTHS: Final = {"message": "一句 100 字以上", "talk": "来访者说了 20 句以上"}
B_SAVE: Final = "存为常用视图"
VIEW_NAME: Final = "给这组条件起个名字"
B_SAVE_VIEW: Final = "存下"
VIEW_SAVED: Final = "已存为常用视图。"
VIEW_DROPPED: Final = "视图已删除。"
DROP_VIEW: Final = "删除视图 {name}"
B_CLEAR: Final = "清除条件"
OLDER: Final = "更早的"
NEWEST: Final = "回到最新"
KEYS: Final = "键盘：j 下一句，k 上一句，回车打开，/ 去搜索"
NOTHING: Final = "没有符合条件的对话。换个词，或放宽日期和类别试试。"
NOTHING_YET: Final = "还没有人来咨询。有人在网页、微信等渠道说话后，每一句都能在这里查到、核对。"
REPLY_HAS: Final = "我们说：{said}"
BUTTON: Final = "（点了按钮）"

READING: Final = "怎么理解的"
COMMANDS: Final = "读成"
RUNNERS_UP: Final = "其次可能是"
ENTITIES: Final = "认出"
DANGER: Final = "涉及危险"
TOOK: Final = {
    "all": "处理用时 {seconds:.2f} 秒",
    "waited": "等候 {seconds:.2f}",
    "read": "听懂 {seconds:.2f}",
    "acted": "办理 {seconds:.2f}",
    "sent": "送出 {seconds:.2f}",
}
STAGES: Final = " · "
B_RIGHT, B_WRONG = "听对了", "听错了…"
B_ANSWER_RIGHT, B_ANSWER_WRONG = "答得对", "答得不对…"
REVIEWED: Final = "{staff} 核对：{what}"
READ_RIGHT, READ_WRONG = "听对了", "听错了，应为「{intent}」"
ANSWERED_RIGHT, ANSWERED_WRONG = "答得对", "答得不对"
NOTED_RIGHT: Final = "已记下：对。"
NOTED: Final = "已记下，会用来改进。"
CORRECT: Final = "来访者的意思是？"
CORRECT_INTENT: Final = "应当听成"
MARKED: Final = "句子里的关键词"
MARK_WORDS: Final = "选中或填写句中的词"
MARK_KIND: Final = "是什么"
B_MARK: Final = "加上"
NOT_IN_WORDS: Final = "句子里没有「{words}」。"
DROP_MARK: Final = "去掉「{words}」"
B_KEEP: Final = "记下"
CORRECT_ANSWER: Final = "答案哪里不对？"
ANSWER_NOTE: Final = "应当依据哪份文件、哪一条，或应当怎么答"
B_NAME_SECTION: Final = "指出正确的一节…"
SHOULD_CITE: Final = "应当引{section}"
TURN_GONE: Final = "这句话已被删除。"
BAD_MARK: Final = "有个词不在句子里，请重新选。"
CHOOSE_INTENT: Final = "请选应当听成什么。"
