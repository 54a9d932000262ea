"""What a sentence about one's own data asks for, as a table."""

import pytest

from actions.privacy.wishes import ABOUT, CORRECT, ERASE, EXPORT, FORGET, SHOW, Wish, read_wish

TITLES = {"place": "地点", "trade": "工种", "salary_min": "工资"}

READ = {
    SHOW: "查看我的资料 你们存了我什么 看看我的个人信息 你知道我什么 你们有我哪些信息 "
    "查查你们都留了我啥信息 "
    "我的资料有哪些 给我看看我的档案资料你们存的 查看我的个人数据",
    EXPORT: "导出我的数据 下载我的数据 给我一份我的资料 导出个人数据",
    CORRECT: "我要更正个人信息 改一下我的个人资料 我的名字登记错了要改 修改手机号 "
    "我留过的电话改一下或者删除",
    ERASE: "把我的个人信息都删掉 我要注销账号 清空我的聊天记录 忘了我吧 删除我的信息 抹掉我的信息 "
    "不要保存我的聊天 别记住我说的话 把我的简历删掉",
    ABOUT: "你会不会泄露我的身份证号 聊天记录会保存多久 隐私 谁能看到我的信息 我的信息安全吗 "
    "我留的信息什么时候删 "
    "账号注销流程 撤回授权吗我的手机号谁能看到",
}


@pytest.mark.parametrize(
    ("text", "what"), [(text, what) for what, texts in READ.items() for text in texts.split()]
)
def test_a_sentence_is_read(text: str, what: str) -> None:
    assert read_wish(text, TITLES).what == what


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("把地点改成苏州", Wish(CORRECT, "place")),
        ("工种更正为电工", Wish(CORRECT, "trade")),
        ("把我的工资忘掉", Wish(FORGET, "salary_min")),
        ("别记我的地点", Wish(FORGET, "place")),
        ("删掉地点", Wish(FORGET, "place")),
    ],
)
def test_a_field_is_named(text: str, wish: Wish) -> None:
    assert read_wish(text, TITLES) == wish
