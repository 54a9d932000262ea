"""What the dialogue itself says, and the buttons that every feature shows."""

B_POLICY = "问政策"
B_JOBS = "找工作"
B_BOOK = "约窗口"
B_STAFF = "转人工"
B_MORE = "下一页"
RESTART = (
    "您好，我是职达，我们从头说起：查政策、找工作、约窗口、转人工，您想办哪一件？\n"
    "以前约好的、转给人工的都还在，说「我的预约」就能看。"
)
AFFIRM = "好的。您接下来想办哪一件？"
DENY = "好的，这件事先放下。需要时再告诉我。"
DENY_NOTHING = "好的。想办别的事，直接说或点下面的按钮。"
NOT_UNDERSTOOD = "我没看明白。可以用一句话说您要办的事，或者点下面的按钮。"
INFORM_UNCLEAR = "收到。这是想用来找工作、约窗口，还是问政策？"
UNSURE = "我不太确定您的意思，是想办下面哪一件？"
UNSURE_AGAIN = "还是没弄懂您的意思，抱歉。可以换个说法，或者转给工作人员，由人来帮您。"

PRIVACY = "/privacy"
"""Where the page is that says what is kept of people, and what they can do about it."""
