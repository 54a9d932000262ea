"""What an employer is, by how files call its kind, its size and its name. Pure."""

import re

_KINDS = {
    "国企": r"国企|国有|央企|国营|中央企业",
    "事业单位": r"事业单位|医院|学校|院系|机关|政府|科研",
    "外企": r"外商|外资|外企|欧美|日资|美资",
    "合资": r"合资",
    "上市公司": r"上市公司|已上市",
    "民营": r"民营|私营|民企|个体",
    "500强": r"500强",
}
_AGENCY = re.compile(r"人力资源|劳务|人才服务|外包服务|人才派遣")
_NUMBER = re.compile(r"\d+")
BIG, SMALL = 1000, 20
"""People: from so many on an employer is 大公司, up to so many 小公司."""


def facts_of_employer(name: str, kind: str, size: str) -> list[str]:
    """Return what is stated of an employer, as ``conditions.EMPLOYERS`` calls it."""
    facts = [fact for fact, form in _KINDS.items() if re.search(form, kind)]
    numbers = [int(number) for number in _NUMBER.findall(size)]
    if numbers and (numbers[0] >= BIG):
        facts.append("大公司")
    elif numbers and max(numbers) <= SMALL:
        facts.append("小公司")
    if _AGENCY.search(name):
        facts.append("外包")
    return facts
