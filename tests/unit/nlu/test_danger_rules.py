"""Plain words of wanting to die are always heard; everyday words are not mistaken for them."""

import numpy as np
import pytest

from nlu.components.danger_rules import NONE, distressed, heard, is_self_harm, threshold


@pytest.mark.parametrize(
    "text",
    [
        "我想自杀",
        "老板不发工资我只能去死",
        "真的不想活了",
        "活着没意思",
        "站在楼顶想跳楼",
        "想结束自己",
        "还不如死了算了",
        "家里欠债我活不下去了",
        "有时候真想一死了之",
    ],
)
def test_plain_words_are_heard(text: str) -> None:
    assert is_self_harm(text)


@pytest.mark.parametrize(
    "text",
    [
        "招工死活招不到人",
        "这份工作累得要死",
        "不想活动现场太挤",
        "想死记硬背考个证",
        "去死吧你个破系统",
        "跳楼价转让二手货架",
        "有人要轻生我们该打哪个电话",
        "我死活找不到入口",
        "自杀式低价招标合法吗",
        "我想找点活干",
        "没活干了怎么办",
        "公司倒闭了还欠我工资",
    ],
)
def test_everyday_words_are_not(text: str) -> None:
    assert not is_self_harm(text)


LABELS = ("fraud", NONE, "threat")


@pytest.mark.parametrize(
    ("probabilities", "kind"),
    [
        ((0.1, 0.85, 0.05), None),
        ((0.12, 0.6, 0.28), "threat"),
        ((0.3, 0.4, 0.3), "fraud"),
    ],
)
def test_danger_is_heard_above_the_threshold_whichever_its_kind(
    probabilities: tuple[float, ...], kind: str | None
) -> None:
    assert heard("他们又来了", LABELS, probabilities, 0.3) == kind


def test_plain_words_are_heard_whatever_the_statistics_say() -> None:
    assert heard("我想自杀", LABELS, (0.0, 1.0, 0.0), 0.3) == "self_harm"


def test_the_threshold_lets_no_more_false_alarms_through() -> None:
    likely = np.linspace(0.0, 0.99, 100)
    for share in (0.0, 0.02, 0.1):
        alarms = int((likely > threshold(likely, share)).sum())
        assert alarms == pytest.approx(100 * share, abs=1)
        assert alarms <= 100 * share


def test_distress_comes_first_and_the_ranking_agrees() -> None:
    read = [{"name": "complain", "confidence": 0.7}, {"name": "distress", "confidence": 0.3}]
    assert distressed(read) == [
        {"name": "distress", "confidence": 1.0},
        {"name": "complain", "confidence": 0.0},
    ]
    assert distressed([]) == [{"name": "distress", "confidence": 1.0}]
