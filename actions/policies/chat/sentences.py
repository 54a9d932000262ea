"""Every sentence about policy. ``{}`` fields are filled by the actions."""

B_HELPFUL = "有帮助"
B_UNHELPFUL = "没帮助"
B_SOURCE = "看原文"
B_NEWER = "看新的文件"
B_RELATED = "相关问题"
B_REST = "还有{n}条规定"
PLACE_OF_WHAT = "您想知道{place}的什么？可以直接说要问的政策，或者点下面的按钮。"
POLICY_ASK = "请说一下您想问的政策，例如「现场招聘会还能办吗」。"
POLICY_QUOTE = "原文：「{quote}」"
POLICY_SOURCE = "——{source}"
POLICY_PERHAPS = "我不能肯定这就是您问的，可能相关的规定如下，请核对；不对的话可以转人工。"
VALIDITY = {
    "in_force": "现行",
    "lapsed": "已失效",
    "superseded": "已被新文件取代",
    "not_yet": "尚未施行",
    "unknown": "是否仍有效文件未写明",
}
DIGEST_QUOTE = "摘要原文：「{quote}」"
DIGEST_NOTE = "引文出自本项目所作的摘要，办事请以发布机关的文件为准。"
POLICY_NOT_COVERED = "我手上的文件没有写到这一点，不敢乱说。可以拨 12333 咨询，或者转人工。"
POLICY_NOT_COVERED_THERE = (
    "我手上没有{place}的文件写到这一点，不敢乱说。可以拨 12333 咨询，或者转人工。"
)
POLICY_REGULATION = (
    "这要看《{regulation}》，还没有装进来，不敢乱说。可以拨 12333 咨询，或者转人工。"
)
POLICY_LOCAL = "这一项由各地自己规定，本地的还没有装进来，不敢乱说。可以拨 12333 咨询，或者转人工。"
POLICY_NEAREST = "最接近的是这些文件，供参考："
POLICY_OUTDATED = (
    "我手上只有现在不适用的文件，不能当作现行规定。请拨 12333 确认最新规定，或者转人工。"
)
POLICY_OUTDATED_DOC = "《{title}》{state}。"
POLICY_AS_OF = "以下是{day}时的规定。"
POLICY_NOT_NOW = "以上规定现在已不适用，不能当作现行规定。"
POLICY_SOME_NOT_NOW = "其中有的现在已不适用，不能当作现行规定。"
POLICY_NO_OWN_RULE = "我手上没有{place}自己的规定，以下是全国的规定。"
POLICY_SIDE_BY_SIDE = "各地的规定分别如下："
POLICY_PLACE = "【{place}】"
POLICY_OCCASION = "这是{occasion}的安排，没有写明何时结束，现在是否还适用，请拨 12333 确认。"
POLICY_SOME_OCCASION = "其中有{occasion}的安排，没有写明何时结束，现在是否还适用，请拨 12333 确认。"
POLICY_HELPFUL = "谢谢您的反馈。"
POLICY_UNHELPFUL = "谢谢您告诉我们，工作人员会看。急用的话，可以拨 12333 或者转人工。"
POLICY_WHICH_REGION = "这件事各地规定不一样。您问的是哪个地方？点一下，或者直接说地名。"
POLICY_LINK = "{title}，全文在这里：{url}"
POLICY_NO_DOC = "这份文件现在不在库里了。您可以重新问一遍，我再查。"
POLICY_RELATED = "《{title}》还写了这些，想看哪一条？"
POLICY_RELATED_NONE = "这份文件里没有别的条目了。想问别的，直接说。"

POLICY_NUMBER = "《{title}》：{known}。"
POLICY_WHERE = "写在《{title}》{section}。"
POLICY_NO_NUMBER = "《{title}》没有写明文号和日期，可以看原文，或者拨 12333 核对。"
POLICY_STATE = "《{title}》：{state}。要以最新规定为准的，可以再拨 12333 核对。"
POLICY_WHY = (
    "文件没有写理由，我不替它解释。原话出自《{title}》，可以看原文；想了解原因请拨 12333 或转人工。"
)

HELD_FEEDBACK = "您评价过的答复"
