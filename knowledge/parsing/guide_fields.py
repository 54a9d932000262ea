"""The fields of a service guide: names in a record, labels in a text, values as people read them.

The record is one line of JSON as the province of Guangdong publishes its service items
(``TASK_NAME``, ``material_intro``, …). The labels are ours, the values stay the record's own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Record = Mapping[str, object]
ALIASES = "常用叫法"
_NOTHING = frozenset(("", "无", "/", "-", "暂无", "null"))
_FLAGS = {"是": "支持", "1": "支持", "否": "不支持", "0": "不支持"}
_DAYS = re.compile(r"(\d+)\s*[(（](工作日|自然日)[)）]")
_OWN_LABEL = re.compile(r"^(?:办理地点|受理条件|咨询电话|投诉电话)[：:]\s*")
_QUOTES = "“”\"'‘’「」"


@dataclass(frozen=True)
class Field:
    """A field: its unit's ``key`` and its ``label``; ``read`` returns its value, "" for none."""

    key: str
    label: str
    read: Callable[[Record], str]


def words(value: object) -> str:
    """Return a value as one line; "" where the record states nothing (「无」)."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    line = " ".join(str(value).split())
    return "" if line.strip("。") in _NOTHING else line


def aliases(record: Record) -> tuple[str, ...]:
    """Return the everyday names that the record gives its item."""
    listed = words(record.get("matter_daily"))
    parts = (part.strip(f" {_QUOTES}") for part in re.split(r"[，,、；;]", listed))
    return tuple(dict.fromkeys(part for part in parts if part))


def _about(record: Record) -> str:
    parts = (
        (ALIASES, "、".join(aliases(record))),
        ("所属事项", words(record.get("matter_name"))),
        ("事项类型", words(record.get("matter_type"))),
        ("办理部门", words(record.get("DEPT_NAME"))),
        ("适用地区", words(record.get("AREA_CODE_TEXT"))),
        ("主题", _listed(record.get("theme_category"))),
    )
    return "；".join(f"{label}：{value}" for label, value in parts if value)


def _materials(record: Record) -> str:
    """Return the numbered list as one sentence: half a list would send people home again."""
    value = record.get("material_intro")
    if isinstance(value, str) and words(value) == "" and value.strip("。 "):
        return "无"  # said in so many words: nothing has to be brought
    items = [_one_sentence(item) for item in (value if isinstance(value, list) else [value])]
    items = [item for item in items if item]
    if len(items) < 2:
        return "".join(items)
    return "；".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def _place(record: Record) -> str:
    return _OWN_LABEL.sub("", _one_sentence(record.get("handle_location")))


def _time(record: Record) -> str:
    promised, lawful = (
        _DAYS.sub(r"\1个\2", words(record.get(name)))
        for name in ("handle_time_limit", "handle_time")
    )
    parts = (("承诺办结时限", promised), ("法定办结时限", lawful))
    return "；".join(f"{label}{value}" for label, value in parts if value)


def _online(record: Record) -> str:
    handled, booked = (_flag(words(record.get(name))) for name in ("ONLINECHECK", "online_book"))
    parts = [handled] if handled else []
    return "；".join([*parts, *([f"网上预约：{booked}"] if booked else [])])


def _conditions(record: Record) -> str:
    """Return the conditions; "" where the record breaks off behind 「下列条件：」."""
    value = _OWN_LABEL.sub("", words(record.get("accept_standard")))
    cut = value.endswith(("：", ":")) and not re.search(r"[。；;]", value)
    return "" if cut else value


def _visits(record: Record) -> str:
    value = words(record.get("visit_number"))
    return f"{value}次" if value.isdigit() else value


def _plain(name: str) -> Callable[[Record], str]:
    return lambda record: _OWN_LABEL.sub("", _one_sentence(record.get(name)))


FIELDS: Sequence[Field] = (
    Field("about", "事项说明", _about),
    Field("materials", "申请材料", _materials),
    Field("place", "办理地点", _place),
    Field("time", "办理时限", _time),
    Field("online", "网上办理", _online),
    Field("visits", "到现场次数", _visits),
    Field("courier", "快递邮寄", lambda record: _flag(words(record.get("courier_service")))),
    Field("conditions", "受理条件", _conditions),
    Field("who", "服务对象", lambda record: _listed(record.get("service_object_name"))),
    Field("phone", "咨询电话", _plain("consult_phone")),
    Field("complaint", "投诉电话", _plain("complain_phone")),
)


def _listed(value: object) -> str:
    items = value if isinstance(value, list) else [value]
    return "、".join(item for item in map(words, items) if item)


def _flag(value: str) -> str:
    return _FLAGS.get(value, value)


def _one_sentence(value: object) -> str:
    """Return a value that is quoted whole: a full stop inside would cut it in two."""
    return words(value).rstrip("。；; ").replace("。", "；")
