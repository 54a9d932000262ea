"""What a notice says about itself, and what it may be derived from."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.parsing.dates import parse_date
from knowledge.parsing.metadata import Metadata
from knowledge.parsing.reader import UnreadableFile, parse, read_bytes
from knowledge.parsing.validity_clauses import read_validity_clauses
from language.places import covers, find_places, region_name, to_code
from tests.unit.knowledge.zoo_files import read_once

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
        ("云南大理", ["532900"]),
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


def statute(head: str, last: str, name: str = "") -> Metadata:
    text = f"{head}\n第一条 为了办好招聘会，制定本规则。\n第二条 招聘会每周举行。\n第三条 {last}\n"
    return parse(text.encode(), ".txt", name).metadata


def test_a_law_has_the_date_and_the_body_of_its_newest_amendment() -> None:
    data = statute(
        "中华人民共和国招聘会法\n1999年1月5日 第九届全国人民代表大会第二次会议通过\n2031年4月2日 "
        "第二十届全国人民代表大会常务委员会第九次会议《关于修改〈中华人民共和国集市法〉的决定》修正",
        "本法自1999年7月1日起施行。",
    )
    assert data.issuer == "全国人民代表大会常务委员会"
    assert (data.issued_on, data.effective_on) == (date(2031, 4, 2), date(1999, 7, 1))
    assert (data.region, data.guessed) == ("100000", ())


def test_a_citys_rules_are_its_own_though_the_province_approved_them() -> None:
    data = statute(
        "青岛市招聘会条例\n2030年8月1日 青岛市第十八届人民代表大会常务委员会第三次会议通过\n"
        "2030年9月9日 山东省第十五届人民代表大会常务委员会第八次会议批准",
        "本条例自2031年1月1日起施行。1998年公布的《青岛市集市条例》同时废止。",
    )
    assert (data.issuer, data.region) == ("青岛市人民代表大会常务委员会", "370200")
    assert (data.issued_on, data.replaces) == (date(2030, 9, 9), ("青岛市集市条例",))


def test_rules_without_a_head_are_dated_by_the_files_name_and_that_is_marked() -> None:
    data = statute("招聘会条例", "本条例自公布之日起施行。", "招聘会条例(2031-02-03)")
    assert (data.issuer, data.issued_on, data.region) == ("国务院", date(2031, 2, 3), "100000")
    assert data.guessed == ("effective_on", "issued_on", "issuer", "region")


def test_a_place_nobody_knows_is_not_the_whole_country() -> None:
    data = statute("云溪市招聘会条例", "本条例自2031年5月1日起施行。")
    assert (data.issuer, data.region) == ("", "")


@pytest.mark.parametrize(
    ("sentence", "effective", "expires"),
    [
        ("本通知自2031年1月1日起施行。", date(2031, 1, 1), None),
        ("本办法从二〇三一年一月一日起执行。", date(2031, 1, 1), None),
        ("本通知自印发之日起执行，有效期2年。", date(2031, 3, 4), date(2033, 3, 4)),
        (
            "本通知自2031年4月1日起实施，有效期至2031年12月31日。",
            date(2031, 4, 1),
            date(2032, 1, 1),
        ),
        ("有效期限自2031年4月1日至2032年3月31日。", None, date(2032, 4, 1)),
        ("本意见自发布之日起试行，试行期一年。", date(2031, 3, 4), date(2032, 3, 4)),
        ("许可证有效期五年。", None, None),
        ("补贴申请的时间为2031年4月1日至2031年6月30日。", None, None),
    ],
)
def test_what_a_notice_says_of_its_own_force(
    sentence: str, effective: date | None, expires: date | None
) -> None:
    force = read_validity_clauses("一、办好招聘。\n二、" + sentence, date(2031, 3, 4))
    assert (force.effective_on, force.expires_on) == (effective, expires)
    assert force.quote == (sentence if effective or expires else "")


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        ("原《招聘会办法》（某人社〔2020〕3号）同时废止。", ("招聘会办法", "某人社〔2020〕3号")),
        (
            "《甲市实施〈招聘法〉办法》、《集市办法》同时废止。",
            ("甲市实施〈招聘法〉办法", "集市办法"),
        ),
        ("根据《招聘法》，停止执行《旧办法》的，由区里决定。", ()),
        ("许可证到期的，予以废止。", ()),
    ],
)
def test_what_a_notice_repeals(sentence: str, titles: tuple[str, ...]) -> None:
    assert read_validity_clauses(sentence, None).replaces == titles


def test_several_issuers_and_their_addressees() -> None:
    text = (
        "关于办好招聘会的通知\n浙人社发〔2031〕2号\n各市、县（市、区）人力社保局、财政局：\n"
        "现通知如下：" + BODY + "浙江省人力资源和社会保障厅\n浙江省财政厅\n二〇三一年三月四日"
    )
    data = parse(text.encode()).metadata
    assert data.issuer == "浙江省人力资源和社会保障厅、浙江省财政厅"
    assert data.addressees == "各市、县（市、区）人力社保局、财政局"
    assert (data.issued_on, data.region, data.guessed) == (date(2031, 3, 4), "330000", ())


def test_the_particulars_that_a_government_page_states() -> None:
    text = (
        "索引号：X-1\n发文机关：浙江省云溪就业服务中心\n成文日期：2031年03月04日\n"
        "标题：关于办好招聘会的通知\n各街道：\n现通知如下：" + BODY
    )
    data = parse(text.encode()).metadata
    assert (data.title, data.issuer) == ("关于办好招聘会的通知", "浙江省云溪就业服务中心")
    assert data.issued_on == date(2031, 3, 4)


@pytest.mark.shared
def test_the_particulars_of_every_statute(shared: Path) -> None:
    """The files' names and folders' prefixes tell version and region of each: all agree."""
    prefixes = {"上海": "31", "北京": "11", "山东": "37", "广东": "44", "河南": "41", "浙江": "33"}
    prefixes["重庆"] = "50"
    # Its name bears the day from which it holds, not the day on which it was made.
    undated = "国家机关、事业单位贯彻"
    paths = sorted((shared / "data" / "statutes").glob("*.md"))
    for path in paths:
        document = read_once(path)
        data = document.metadata
        place, _, name = path.stem.rpartition("__")
        title = name.split("(")[0]
        assert document.kind == "statute", path.stem
        assert data.title.replace("中华人民共和国", "").endswith(title), path.stem
        assert data.region[:2] == (prefixes[place[:2]] if place else "10"), path.stem
        dated = parse_date(name)
        assert data.issued_on == dated or dated is None or name.startswith(undated), path.stem
        assert data.issuer or not place.startswith(("北京", "山东", "河南", "浙江")), path.stem


@pytest.mark.shared
def test_two_versions_of_one_law(shared: Path) -> None:
    found = {}
    for path in (shared / "data" / "statutes").glob("妇女权益保障法*.md"):
        data = parse(path.read_bytes()).metadata
        found[data.issued_on] = (data.issuer, data.effective_on)
    assert found == {
        date(2018, 10, 26): ("全国人民代表大会常务委员会", date(1992, 10, 1)),
        date(2022, 10, 30): ("全国人民代表大会常务委员会", date(2023, 1, 1)),
    }
