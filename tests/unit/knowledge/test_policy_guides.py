"""Service guides: a line of JSON becomes a document of quotable fields, and how they are asked."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.guide_names import guide_names, spoken_doing
from knowledge.answering.guide_questions import read_guide_question
from knowledge.parsing.guides import parse_guides
from knowledge.parsing.reader import ParsedDocument, UnreadableFile, read_document

GUIDE: dict[str, Any] = {
    "TASK_NAME": "渔港泊位证补发申请",
    "DEPT_NAME": "广东省渔港管理局",
    "AREACODE": "440300",
    "AREA_CODE_TEXT": "广东省深圳市",
    "matter_name": "渔港泊位证补发",
    "matter_daily": "“泊位证，补泊位证”",
    "matter_type": "公共服务",
    "handle_location": "办理地点：海滨路1号\n二楼3号窗口。",
    "handle_time": "20(工作日)",
    "handle_time_limit": "3(自然日)",
    "accept_standard": "持有泊位证。因故遗失。",
    "consult_phone": "0755-1111111",
    "complain_phone": "无",
    "courier_service": "不支持",
    "ONLINECHECK": "1",
    "online_book": "否",
    "visit_number": "1",
    "service_object_name": ["自然人", "企业法人"],
    "theme_category": ["证件办理"],
    "material_intro": ["申请表。", "旧证（破损的。带原件）", "身份证"],
}


def guide(**changes: object) -> ParsedDocument:
    (parsed,) = parse_guides(json.dumps({**GUIDE, **changes}, ensure_ascii=False))
    return parsed


def fields(parsed: ParsedDocument) -> dict[str, str]:
    return {unit.key: parsed.text[unit.start : unit.end].strip() for unit in parsed.units}


def test_every_field_is_a_sentence_of_its_own() -> None:
    parsed = guide()
    assert fields(parsed) == {
        "head": "渔港泊位证补发申请",
        "about": "事项说明：常用叫法：泊位证、补泊位证；所属事项：渔港泊位证补发；"
        "事项类型：公共服务；办理部门：广东省渔港管理局；适用地区：广东省深圳市；主题：证件办理",
        "materials": "申请材料：1. 申请表；2. 旧证（破损的；带原件）；3. 身份证",
        "place": "办理地点：海滨路1号 二楼3号窗口",
        "time": "办理时限：承诺办结时限3个自然日；法定办结时限20个工作日",
        "online": "网上办理：支持；网上预约：不支持",
        "visits": "到现场次数：1次",
        "courier": "快递邮寄：不支持",
        "conditions": "受理条件：持有泊位证。因故遗失。",
        "who": "服务对象：自然人、企业法人",
        "phone": "咨询电话：0755-1111111",
    }
    assert parsed.kind == "guide"
    assert {unit.path for unit in parsed.units if unit.key == "time"} == {
        ("渔港泊位证补发申请", "办理时限")
    }


def test_particulars() -> None:
    data = guide().metadata
    assert (data.title, data.issuer, data.region) == (
        "渔港泊位证补发申请",
        "广东省渔港管理局",
        "440300",
    )
    assert (data.doc_no, data.issued_on) == ("", None)


@pytest.mark.parametrize(
    ("changes", "region"),
    [
        ({"AREACODE": "", "AREA_CODE_TEXT": "广州市"}, "440100"),
        ({"AREACODE": "999999", "AREA_CODE_TEXT": ""}, "440000"),
        ({"AREACODE": 440100}, "440100"),
        ({"AREACODE": "440305000000"}, "440305"),
    ],
)
def test_region_is_the_codes_else_the_places_else_the_departments(
    changes: dict[str, object], region: str
) -> None:
    assert guide(**changes).metadata.region == region


@pytest.mark.parametrize(
    ("key", "changes", "line"),
    [
        ("materials", {"material_intro": "无"}, "申请材料：无"),
        ("materials", {"material_intro": ["身份证"]}, "申请材料：身份证"),
        ("materials", {"material_intro": None}, None),
        ("materials", {"material_intro": [{"name": "表"}, None, ""]}, None),
        ("time", {"handle_time": "无"}, "办理时限：承诺办结时限3个自然日"),
        ("time", {"handle_time": "无", "handle_time_limit": "无"}, None),
        ("time", {"handle_time": "即办"}, "办理时限：承诺办结时限3个自然日；法定办结时限即办"),
        ("visits", {"visit_number": "0"}, "到现场次数：0次"),
        ("visits", {"visit_number": 2}, "到现场次数：2次"),
        ("courier", {"courier_service": "是"}, "快递邮寄：支持"),
        ("conditions", {"accept_standard": "符合下列条件之一的："}, None),
        ("conditions", {"accept_standard": "1、甲； 2、下列："}, "受理条件：1、甲； 2、下列："),
        ("complaint", {"complain_phone": "12345"}, "投诉电话：12345"),
    ],
)
def test_a_field_says_what_the_record_says(
    key: str, changes: dict[str, object], line: str | None
) -> None:
    assert fields(guide(**changes)).get(key) == line


def test_doubled_brackets_of_a_name_are_one_pair() -> None:
    assert guide(TASK_NAME="资助(（获奖项目）)").metadata.title == "资助（获奖项目）"


def test_broken_lines_are_told_and_the_others_read() -> None:
    good = json.dumps(GUIDE, ensure_ascii=False)
    lines = [good, "{不完整", "", "[1]", '{"TASK_NAME": "无"}', '{"TASK_NAME": "甲"}', good]
    told: list[str] = []
    assert len(parse_guides("\n".join(lines), refused=told.append)) == 2
    assert [line.split(" ")[1] for line in told] == ["2", "4", "5", "6"]
    assert all("没有导入" in line for line in told)


@pytest.mark.parametrize("text", ['{"title": "别的", "text": "内容"}', "不是 JSON", "[]\n{}\n7"])
def test_other_files_are_refused(text: str) -> None:
    told: list[str] = []
    with pytest.raises(UnreadableFile):
        parse_guides(text, refused=told.append)
    assert told == []


values = st.text(alphabet="甲乙。；：无\n \t(工作日)12", max_size=12) | st.none() | st.integers()


@given(st.fixed_dictionaries({name: values | st.lists(values, max_size=3) for name in GUIDE}))
def test_units_tile_the_text_whatever_the_record_holds(record: dict[str, object]) -> None:
    told: list[str] = []
    line = json.dumps({**record, "TASK_NAME": "甲证补发"}, ensure_ascii=False)
    try:
        (parsed,) = parse_guides(line, refused=told.append)
    except UnreadableFile:
        return
    ends = [unit.end for unit in parsed.units]
    assert [unit.start for unit in parsed.units] == [0, *ends[:-1]]
    assert ends[-1] == len(parsed.text)
    assert parsed.text.count("\n") == len(parsed.units)


def test_names_people_may_use() -> None:
    about = fields(guide())["about"]
    names = guide_names("广东省渔港泊位证补发申请", about, "440000")
    assert {"渔港泊位证补发", "补泊位证"} <= set(names)
    assert spoken_doing("渔港泊位证补发") == "补办渔港泊位证"
    assert spoken_doing("养老金申领") == "领养老金"
    assert spoken_doing("钓鱼许可") == "办钓鱼许可"


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("补泊位证要带点啥", "materials"),
        ("补泊位证的材料能寄过去吗", "courier"),
        ("补泊位证要去哪儿", "place"),
        ("泊位证几天能下来", "time"),
        ("泊位证能在手机上弄吗", "online"),
        ("补泊位证得跑几趟", "visits"),
        ("泊位证的事打哪个电话", "phone"),
        ("泊位证卡着不给办投诉电话多少", "complaint"),
        ("什么样的人能补泊位证", "conditions"),
        ("补泊位证个人能申请不", "who"),
        ("补泊位证收费吗", "fee"),
    ],
)
def test_a_question_tells_the_field(question: str, field: str) -> None:
    read = read_guide_question(question)
    assert read is not None
    assert read.field == field
    assert "泊位证" in read.matter


def test_a_question_without_a_field_tells_none() -> None:
    assert read_guide_question("补泊位证") is None


def test_public_guides_are_read_whole(shared: Path) -> None:
    told: list[str] = []
    path = shared / "data" / "service_guides_guangdong.jsonl"
    guides = read_document(path, guides=lambda text: parse_guides(text, refused=told.append))
    assert (len(guides), told) == (112, [])
    names = {(one.metadata.title, one.metadata.issuer, one.metadata.region) for one in guides}
    assert len(names) == 112
    for one in guides:
        assert "".join(one.text[unit.start : unit.end] for unit in one.units) == one.text
