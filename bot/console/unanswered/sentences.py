"""Every sentence of the page of what was not answered."""

from typing import Final

UNANSWERED: Final = "没答上来"
UNANSWERED_HINT: Final = (
    "近 30 天大家问了、我们没答上来的，意思相近的放在一起，问的人多的在前。"
    "文件里其实有的，加成那一节的问法；没有的，写一条问答，发布后马上就能答。"
)
UNANSWERED_KINDS: Final = {"policy_answer:not_covered": "文件里没有", "fallback": "没听懂"}
NOTHING_UNANSWERED: Final = "近 30 天没有这样的问题。有人问了我们答不上来的，会在这里按人数排好。"
ASKED_TIMES: Final = "{times} 次，{people} 人"
ALSO_ASKED: Final = "也这样问：{wordings}"
TAKEN_UP: Final = "已处理"
SEE_NEWEST: Final = "看最近一次"
B_WRITE_GUIDE: Final = "写一条问答"
GUIDE_TITLE: Final = "写一条问答"
GUIDE_ANSWER: Final = "答案（写明依据和办理渠道）"
GUIDE_EMPTY: Final = "请写好问题和答案。"
B_KEEP_GUIDE: Final = "存为草稿"
GUIDE_KEPT: Final = "已存为草稿，到「政策文件」核对后发布。"
B_CANCEL: Final = "取消"
ASK_TEXT: Final = "问题"
B_ADD_AS_ASK: Final = "加成某一节的问法"
