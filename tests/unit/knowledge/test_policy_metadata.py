"""What a notice says about itself, and what it may be derived from."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.reading import UnreadableFile, parse, read_bytes
from knowledge.regions import covers, find_places, region_name, to_code

BODY = "\n一、办好招聘。请各单位办好现场招聘会，做好登记和防护。\n"


def read(text: str) -> tuple[str, str, str, date | None, str]:
    data = parse(text.encode()).metadata
    return data.title, data.doc_no, data.issuer, data.issued_on, data.region


def test_a_plain_notice() -> None:
    text = (
        "上海市人力资源和社会保障局关于办好招聘的通知\n（沪人社就[2021]8号）\n各区人社局："
        + BODY
        + "上海市人力资源和社会保障局\n2021年3月4日"
    )
    assert read(text) == (
        "上海市人力资源和社会保障局关于办好招聘的通知",
        "沪人社就〔2021〕8号",
        "上海市人力资源和社会保障局",
        date(2021, 3, 4),
        "310000",
    )


def test_the_issuer_follows_from_the_number_and_is_marked_so() -> None:
    document = parse(("关于办好招聘的通知\n京人社发〔2021〕8号\n各区人社局：" + BODY).encode())
    assert document.metadata.issuer == "北京市人力资源和社会保障局"
    assert document.metadata.region == "110000"
    assert document.metadata.guessed == ("issuer",)


def test_a_missing_title_is_derived_and_marked_so() -> None:
    text = (
        "各州（市）人社局：为了服务，现就进一步办好招聘工作通知如下，请抓好落实。\n"
        + BODY
        + "云南省人力资源和社会保障厅\n2020年2月7日"
    )
    data = parse(text.encode()).metadata
    assert data.title == "云南省人力资源和社会保障厅关于进一步办好招聘工作的通知"
    assert data.guessed == ("title",)


def test_numbers_of_other_documents_in_the_body_are_not_its_own() -> None:
    text = (
        "某市关于招聘的通知\n各区人社局：\n根据《某通知》（人社部发〔2019〕1号），现通知如下："
        + BODY
    )
    assert read(text)[1] == ""


def test_a_ministry_is_national_and_an_unknown_body_is_unknown() -> None:
    assert read("人力资源社会保障部关于招聘的通知" + BODY)[4] == "100000"
    assert read("远方公司关于招聘的通知" + BODY)[4] == ""


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "没有正文"),
        ("a.txt", b"\x00\x01\x02abc" * 20, "不是文字文件"),
        ("a.wps", b"%PDF", "暂不支持"),
        ("a.md", ("---\nkind: digest\ntitle: 甲\n---\n" + BODY * 3).encode(), "issuer"),
        ("a.txt", ("，" + BODY[1:] * 3).encode(), "标题"),
    ],
)
def test_each_unreadable_file_has_its_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason) as caught:
        parse(read_bytes(path), path.suffix)
    assert "\n" not in str(caught.value)


def test_a_missing_file_has_its_reason(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="找不到"):
        read_bytes(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("浦东能办吗", ["310115"]),
        ("云南大理", ["530000", "532900"]),
        ("我想找工作", []),
        ("朝阳区", []),  # Beijing's or Changchun's: not ours to guess
        ("广州和上海", ["440100", "310000"]),
    ],
)
def test_places_in_a_question(text: str, codes: list[str]) -> None:
    assert [place.code for place in find_places(text)] == codes


def test_regions() -> None:
    assert covers("310000", "310115")
    assert covers("100000", "310115")
    assert not covers("310115", "310000")
    assert not covers("310000", "100000")
    assert not covers("", "310000")
    assert (region_name("100000"), region_name("530000")) == ("全国", "云南省")
    assert (to_code("上海"), to_code("310000"), to_code("全国")) == ("310000", "310000", "100000")
    assert to_code("火星") is None


@pytest.mark.shared
def test_the_five_notices(shared: Path) -> None:
    read_all = {
        path.name[:3]: read(path.read_text("utf-8"))[1:]
        for path in (shared / "policies").glob("*.txt")
    }
    assert read_all == {
        "000": ("人社厅明电〔2020〕11号", "人力资源社会保障部办公厅", date(2020, 2, 18), "100000"),
        "001": (
            "京人社市场字〔2020〕16号",
            "北京市人力资源和社会保障局",
            date(2020, 2, 9),
            "110000",
        ),
        "002": ("", "云南省人力资源和社会保障厅", date(2020, 2, 7), "530000"),
        "003": ("", "人力资源社会保障部", date(2022, 3, 28), "100000"),
        "004": ("沪人社就〔2020〕48号", "上海市人力资源和社会保障局", date(2020, 2, 6), "310000"),
    }
