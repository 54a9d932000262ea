"""Looking for work: postings found, refined and shown."""

from datetime import timedelta

from actions.dialogue.background import Metric, ScheduledJob
from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import (
    Card,
    Feature,
    Intent,
    Measurement,
    PersonalData,
    Slot,
)
from actions.dialogue.personal.remembered import Remembered
from actions.dialogue.tasks import Field, Task, Topic
from actions.dialogue.values import Text, Whole
from actions.jobs.applications import sentences as apply_say
from actions.jobs.called import (
    ANY_NEED,
    ANY_PAY,
    ANY_PLACE,
    ANY_TRADE,
    ON_CARD,
    POSTING,
    POSTING_TOPICS,
    TRUST,
    TRUSTED,
    UNREAD,
)
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
        Intent(
            *("job_details", "看岗位详情", "action_job_details"), task="jobs", of_list="postings"
        ),
        Intent(
            *("apply_job", "报名岗位", "action_apply_job"), task="application", of_list="postings"
        ),
        Intent("subscribe_jobs", "订阅新岗位", "action_subscribe_jobs", task="jobs"),
        Intent(
            *("unsubscribe", "取消订阅", "action_unsubscribe"),
            asked_by="订|推|通知|提醒|消息|短信|[发收打关停退]|烦|吵",
        ),
    ),
    actions={
        _SEARCH: Deferred(f"{_CHAT}.search:search_jobs"),
        "action_job_details": Deferred(f"{_CHAT}.search:job_details"),
        "action_apply_job": Deferred(f"{_CHAT}.applying:apply_job"),
        "action_subscribe_jobs": Deferred(f"{_CHAT}.subscribing:subscribe"),
        "action_unsubscribe": Deferred(f"{_CHAT}.subscribing:unsubscribe"),
    },
    entities=("trade",),
    button_keys=(
        *(Whole("salary_min", 0, 10_000_000), Text("words"), Text("posting_id")),
        *(Text("needs"), Text("not_trade"), Text("not_place"), Text("not_needs")),
        *(Text("about"), Text("places"), Text("only", 1), Text("gig_on", 10)),
        *(Text("apply_phone", 60), Text("apply_name", 40), Text("agree", 12)),
        *(Text("other_phone", 1), Text("withdraw", 20), Text("seen", 40), Text("applied", 1)),
        *(Text("resume", 12), Text("resume_draft", 600), Text("resume_field", 20)),
        *(Text("subscription", 20), Text("subscribed", 1), Text("apply_posting", 20)),
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
        *(Slot("about"), Slot("places"), Slot("only"), Slot("gig_on")),
        *(Slot("apply_posting"), Slot("apply_phone")),
        Slot("apply_name", Remembered("应聘时的称呼")),
        *(Slot("resume_offered"), Slot("resume_used")),
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
                    slots=("trade", "words", "about"),
                    excluded="not_trade",
                    several=True,
                    ask=Deferred(f"{_CHAT}.questions:wish_question"),
                    why=say.WHY_WISH,
                ),
                Field(
                    "place",
                    Deferred(f"{_WISHES}:places"),
                    called=ANY_PLACE,
                    slots=("place", "places", "only"),
                    excluded="not_place",
                    excludes=Deferred(f"{_WISHES}:unwanted_place"),
                ),
                Field("salary_min", Deferred(f"{_WISHES}:pay"), called=ANY_PAY),
                Field(
                    "needs",
                    Deferred(f"{_WISHES}:needs"),
                    called=ANY_NEED,
                    excluded="not_needs",
                    merged=Deferred(f"{_WISHES}:needs_renewed"),
                    several=True,
                ),
                Field("gig_on", Deferred(f"{_WISHES}:gig_days")),
            ),
            whole=True,
        ),
        Task(
            "application",
            "apply_job",
            "报名岗位",
            (
                Field(
                    "apply_phone",
                    Deferred(f"{_CHAT}.consent:phones"),
                    ask=Deferred(f"{_CHAT}.applying:phone_question"),
                    why=apply_say.WHY_PHONE,
                ),
                Field("apply_name", Deferred(f"{_CHAT}.consent:names")),
            ),
            closes=("apply_posting",),
            stops="投|报名|报|应聘|申请|交|去",
            begins=False,
        ),
    ),
    topics=(
        *(
            Topic(name, words, of=POSTING, in_view=name in ON_CARD)
            for name, words in POSTING_TOPICS.items()
        ),
        Topic("postings_trust", TRUST, TRUSTED),
        Topic("job_unread", UNREAD, within=("jobs",), at_last=True),
    ),
    tells=Deferred(f"{_CHAT}.facts:tell"),
    exact=(
        Deferred(f"{_CHAT}.digest_choice:chosen"),
        Deferred(f"{_CHAT}.my_applications:asked_after"),
        Deferred(f"{_CHAT}.subscribing:asked_after"),
        Deferred(f"{_CHAT}.resume.answers:asked_after"),
        Deferred(f"{_CHAT}.resume.find:asked_for"),
    ),
    subject=Deferred(f"{_CHAT}.reporting:subject"),
    names=Deferred(f"{_CHAT}.names:names"),
    sure=Deferred(f"{_CHAT}.search:sure"),
    warm=Deferred("actions.jobs.warm:warm"),
    cards=(
        Card("job_list", Deferred("actions.jobs.cards:JobListCard")),
        Card("job", Deferred("actions.jobs.cards:JobCard")),
        Card("application", Deferred("actions.jobs.cards:ApplicationCard")),
        Card("subscription", Deferred("actions.jobs.cards:SubscriptionCard")),
    ),
    jobs=(
        ScheduledJob(
            "read job titles",
            Deferred("actions.jobs.background:read_titles"),
            every=timedelta(seconds=20),
            counts=(Metric("zhida_job_titles_read", "Titles read to an occupation"),),
        ),
        ScheduledJob(
            "expire postings",
            Deferred("actions.jobs.background:expire"),
            every=timedelta(minutes=10),
            counts=(Metric("zhida_postings_expired", "Postings whose days were over"),),
        ),
        ScheduledJob(
            "write job digests",
            Deferred("actions.jobs.background:write_digests"),
            every=timedelta(minutes=1),
            counts=(Metric("zhida_job_digests", "Digests of new postings written"),),
        ),
    ),
    notices=Deferred("actions.jobs.news.notices:JobNews"),
    personal_data=(
        PersonalData("applications", "conversation", "报名的进展告诉谁"),
        PersonalData("applications", "phone", "交给报名的单位联系您，已加密"),
        PersonalData("applications", "name", "单位怎么称呼您"),
        PersonalData("posting_reports", "conversation", "同一人的举报不重复记"),
        PersonalData("subscriptions", "conversation", "有新岗位时告诉谁"),
        PersonalData("told_postings", "conversation", "同一岗位不重复提醒"),
        PersonalData("resume_entries", "conversation", "您同意留着找岗位用的求职意向"),
        PersonalData("job_news", "conversation", "报名和新岗位的消息发给谁"),
    ),
    holdings=(
        Deferred("actions.jobs.applications.holding:ApplicationHolding"),
        Deferred("actions.jobs.subscriptions.holding:SubscriptionHolding"),
        Deferred("actions.jobs.resumes.holding:ResumeHolding"),
    ),
    retention=(
        Deferred("actions.jobs.applications.retention:rules"),
        Deferred("actions.jobs.subscriptions.retention:rules"),
        Deferred("actions.jobs.resumes.retention:rules"),
    ),
    demo=Deferred("actions.jobs.applications.demo:seed_demo"),
    offers={
        "posting": Deferred("actions.jobs.offers:posting"),
        "stated_pays": Deferred("actions.jobs.offers:stated_pays"),
    },
    evaluations=(
        Measurement(
            "jobs",
            "按求职者的话找岗位，与 BM25、FTS5 并排比较。",
            Deferred("actions.jobs.matching.relevance:run"),
        ),
        Measurement("pay", "薪资理解。", Deferred("actions.jobs.measurement:run")),
        Measurement(
            "occupation",
            "岗位名称归到职业分类大典的职业，与对职业名称的 BM25 检索并排比较。",
            Deferred("actions.jobs.occupation_measurement:run"),
        ),
    ),
    benches=(
        Measurement(
            "jobs",
            "一百万个岗位里找一次要多久，与 SQLite 的 FTS5 并排比较。",
            Deferred("bench.jobs:run"),
            Deferred("bench.jobs:table"),
        ),
    ),
)
