"""Plain words of wanting to die are always heard; everyday words are not mistaken for them."""

import pytest

from nlu.components.distress_rules import is_distress


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
    assert is_distress(text)


@pytest.mark.parametrize(
    "text",
    [
        "招工死活招不到人",
        "这份工作累得要死",
        "不想活动现场太挤",
        "想死记硬背考个证",
        "自杀式低价招标合法吗",
        "我想找点活干",
        "没活干了怎么办",
        "公司倒闭了还欠我工资",
    ],
)
def test_everyday_words_are_not(text: str) -> None:
    assert not is_distress(text)
