"""What the dialogue itself says, and the buttons that every feature shows."""

B_POLICY = "问政策"
B_JOBS = "找工作"
B_BOOK = "约窗口"
B_STAFF = "转人工"
B_MORE = "下一页"
B_YES = "好的"
RESTART = (
    "您好，我是职达，我们从头说起：查政策、找工作、约窗口、转人工，您想办哪一件？\n"
    "以前约好的、转给人工的都还在，说「我的预约」就能看。"
)
AFFIRM = "好的。您接下来想办哪一件？"
DENY = "好的，这件事先放下，没有提交什么。需要时再告诉我。"
DENY_NOTHING = "好的。想办别的事，直接说或点下面的按钮。"
NOT_UNDERSTOOD = "我没看明白。可以用一句话说您要办的事，或者点下面的按钮。"
INFORM_UNCLEAR = "收到。这是想用来找工作、约窗口，还是问政策？"
UNSURE = "我不太确定您的意思，是想办下面哪一件？"
UNSURE_AGAIN = (
    "我还是没弄懂，抱歉。换个说法试试，例如「上海电工六千以上」「明天上午办失业登记」。",
)
UNSURE_STAFF = (
    "我又没听懂，别耽误您的事：要我转给工作人员吗？",
    "这件事我怕弄错，让工作人员来帮您更稳妥，要转过去吗？",
)

# What every conversation needs ------------------------------------------------------------
CANCELLED_NEXT = "好的，这件先取消，什么都没有提交。刚才的「{title}」还没办完，接着办吗？"
B_GO_ON = "接着{title}"
B_NEXT = "接着办：{title}"
NEXT = "要「{title}」的话，也可以接着办。"
GO_ON_LATER = "好的，接着办「{title}」，点一下就开始。"
NOTHING_BEFORE = "前面还没有说过什么。您想办哪一件？"
NO_PAGE = "就这些了，没有别的了。可以换个条件再看。"
WHICH = "您说的是哪一个？点一个，或者说第几个。"
WHAT_IS_WRONG = "抱歉。「{title}」哪一点不对？直接说对的就行，例如地点、时间或者工种。"
INSULTED = "没帮上您，抱歉。您直接说要办的事，例如「上海电工」「公司拖欠工资」，我再试一次。"
INSULTED_AGAIN = "您的火气我明白。要不让工作人员来帮您？说「转人工」就行；要办的事也可以接着说。"
EXPLAINED = "上面的按钮任选一个就行，也可以直接说您的情况；不方便打字，可以转人工。"
WHY_ASKED = "知道了这一点才能替您找对，只用在这一件事上。不想说也可以说「都行」。"

PRIVACY = "/privacy"
"""Where the page is that says what is kept of people, and what they can do about it."""
