"""Looking for work: postings found, refined and shown."""

from actions.dialogue.core import COMING_SOON
from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Card, Coming, Feature, Intent, Measurement, Slot
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.tasks import Field, Task
from actions.dialogue.values import Text, Whole
from actions.jobs.called import ANY_NEED, ANY_PAY, ANY_PLACE, ANY_TRADE
from actions.jobs.chat import sentences as say

_CHAT = "actions.jobs.chat"
_SEARCH = "action_search_jobs"
_SEARCH_INSTEAD = ("search_jobs", "找工作")
_WISHES = f"{_CHAT}.wishes"

JOBS = Feature(
    name="jobs",
    menu=("找工作", "search_jobs"),
    intents=(
        Intent("search_jobs", "找工作", _SEARCH, task="jobs"),
        Intent("recommend_jobs", "推荐岗位", _SEARCH, task="jobs"),
        Intent("job_details", "看岗位详情", "action_job_details", task="jobs"),
        Intent(
            "apply_job",
            "报名岗位",
            COMING_SOON,
            coming=Coming(
                say.APPLY_LATER, ("求职防骗", "求职时用人单位能收押金吗"), _SEARCH_INSTEAD
            ),
        ),
        Intent(
            "subscribe_jobs",
            "订阅新岗位",
            COMING_SOON,
            coming=Coming(say.SUBSCRIBE_LATER, instead=_SEARCH_INSTEAD),
        ),
        Intent(
            "unsubscribe",
            "取消订阅",
            COMING_SOON,
            coming=Coming(say.UNSUBSCRIBE_LATER, instead=_SEARCH_INSTEAD),
        ),
        Intent(
            "find_training",
            "找培训",
            COMING_SOON,
            coming=Coming(say.TRAINING_LATER, ("问培训补贴", "职业技能培训补贴怎么申领")),
        ),
        Intent(
            "ask_wage",
            "问工资行情",
            COMING_SOON,
            coming=Coming(say.WAGE_LATER, instead=_SEARCH_INSTEAD),
        ),
        Intent(
            "post_job",
            "发布招聘",
            COMING_SOON,
            coming=Coming(say.POSTING_LATER, ("招聘信息规定", "发布招聘信息有什么要求")),
        ),
        Intent(
            "share_workers",
            "用工余缺调剂",
            COMING_SOON,
            coming=Coming(say.SHARING_LATER, ("共享用工规定", "共享用工有什么规定")),
        ),
    ),
    actions={
        _SEARCH: Deferred(f"{_CHAT}.search:search_jobs"),
        "action_job_details": Deferred(f"{_CHAT}.search:job_details"),
    },
    entities=("trade",),
    button_keys=(
        *(Whole("salary_min", 0, 10_000_000), Text("words"), Text("posting_id")),
        *(Text("needs"), Text("not_trade"), Text("not_place"), Text("not_needs")),
    ),
    slots=(
        Slot("trade", Remembered("工种")),
        Slot(
            "salary_min",
            Remembered(
                "工资",
                Deferred("language.wording:pay_at_least"),
                Deferred("actions.jobs.chat.wishes:least_pay_in"),
            ),
        ),
        *(Slot("words"), Slot("needs", Remembered("工作条件"))),
        *(Slot("not_trade"), Slot("not_place"), Slot("not_needs")),
    ),
    tasks=(
        Task(
            "jobs",
            "search_jobs",
            "找工作",
            (
                Field(
                    "trade",
                    Deferred(f"{_WISHES}:trades"),
                    called=ANY_TRADE,
                    slots=("trade", "words"),
                    excluded="not_trade",
                    several=True,
                    ask=Deferred(f"{_CHAT}.questions:wish_question"),
                    why=say.WHY_WISH,
                ),
                Field(
                    "place",
                    Deferred(f"{_WISHES}:places"),
                    called=ANY_PLACE,
                    excluded="not_place",
                ),
                Field("salary_min", Deferred(f"{_WISHES}:pay"), called=ANY_PAY),
                Field(
                    "needs",
                    Deferred(f"{_WISHES}:needs"),
                    called=ANY_NEED,
                    excluded="not_needs",
                    several=True,
                ),
            ),
            whole=True,
        ),
    ),
    sure=Deferred(f"{_CHAT}.search:sure"),
    warm=Deferred("actions.jobs.warm:warm"),
    cards=(
        Card("job_list", Deferred("actions.jobs.cards:JobListCard")),
        Card("job", Deferred("actions.jobs.cards:JobCard")),
    ),
    demo=Deferred("actions.jobs.demo:seed_postings"),
    evaluations=(
        Measurement("pay", "薪资理解。", Deferred("actions.jobs.measurement:run")),
        Measurement(
            "occupation",
            "岗位名称归到职业分类大典的职业，与对职业名称的 BM25 检索并排比较。",
            Deferred("actions.jobs.occupation_measurement:run"),
        ),
    ),
)
