"""A person's numbers, in twenty spellings through a whole day: afterwards they are nowhere.

A word said with each of them is looked for in the same places, and found: the search sees.
"""

import json
import zipfile
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import MetaData, select

from bot.console.accounts import add_staff
from bot.messaging.handover import Handover
from store.clock import utc_now
from store.database import Database
from store.text_index import is_index
from store.vault.vault import Vault
from tests.dialogue.person import Person
from tests.support.assistant import Assistant
from tests.support.conversations import bearer
from tests.support.messaging import PULLED

PHONE, ID_CARD, BANK_CARD = "13951784263", "310115198407213649", "6222021384517624"
SPELLINGS = [
    *(PHONE, "139-5178-4263", "139 5178 4263", "１３９５１７８４２６３", "+86 13951784263"),
    *("一三九五一七八四二六三", "幺三九 五幺七八 四二六三", "壹叁玖伍壹柒捌肆贰陆叁"),
    *(
        "1三9五1七8四2六3",
        "1、3、9、5、1、7、8、4、2、6、3",
        "1,3,9,5,1,7,8,4,2,6,3",
        "139.5178.4263",
    ),
    *("①③⑨⑤①⑦⑧④②⑥③", "139 中间5178 后面4263", "幺三勾五幺拐八四两六三", "(86)139·5178·4263"),
    *(ID_CARD, "310115 19840721 3649", BANK_CARD, "6222 0213 8451 7624"),
]
MARK = "莲花路口的蓝房子"
PASSWORD = "correct horse battery"


@pytest.fixture
def planted(assistant: Assistant) -> tuple[Assistant, str]:
    """Let somebody say all of them, book, complain, and be answered by a person."""
    person = Person(assistant)
    person.conversation = f"planted-{uuid4()}"
    for spelling in SPELLINGS:
        answer = assistant.say(person.conversation, f"我住{MARK}，号码是{spelling}，帮我记一下")
        assert spelling not in json.dumps(answer, ensure_ascii=False)
    person.says(f"约失业登记，我的手机{PHONE}")
    person.says(f"我要投诉，{MARK}的中介收了我的钱，我的电话{SPELLINGS[5]}，身份证{ID_CARD}")
    assert "staff_case" in person.kinds()
    person.says(f"在上海找电工的活，六千以上，联系{PHONE}")
    payload = json.dumps({"question": f"我{PHONE}能领失业金吗", "helpful": "no"})
    assistant.say(person.conversation, "没帮助", payload=f"/ask_policy{payload}")
    database = Database(assistant.database_url)
    vault = Vault.over(database, assistant.settings)
    Handover(database, PULLED, vault).say(
        f"web:{person.conversation}", staff="小王", text=f"您的{PHONE}记下了", now=utc_now()
    )
    database.close()
    person.says(f"好的，就打{SPELLINGS[8]}")
    return assistant, person.conversation


def written(*said: str) -> set[str]:
    """Return every form in which these may have been left: plain, and escaped as JSON does."""
    return {*said, *(json.dumps(each)[1:-1] for each in said)}


SECRETS = written(PHONE, ID_CARD, BANK_CARD, *SPELLINGS)
MARKS = written(MARK)
Found = set[tuple[str, str]]
"""Where a word was found, and the word."""


def in_files(folder: Path, words: set[str]) -> Found:
    files = [path for path in folder.rglob("*") if path.is_file() and "models" not in path.parts]
    return {
        (path.name, word)
        for path in files
        for content in [_content(path)]
        for word in words
        if word.encode() in content
    }


def _content(path: Path) -> bytes:
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def in_tables(url: str, words: set[str]) -> Found:
    database = Database(url)
    found: Found = set()
    tables = MetaData()
    tables.reflect(database.engine)
    with database.read() as session:
        for name, table in tables.tables.items():
            if is_index(name):  # it cannot be read; the messages can
                continue
            rows = session.execute(select(table))
            said = "\n".join(str(value) for row in rows for value in row)
            found |= {(name, word) for word in words if word in said}
    database.close()
    return found


def in_pages(assistant: Assistant, conversation: str, words: set[str]) -> Found:
    database = Database(assistant.database_url)
    add_staff(database, name := f"员工{uuid4().hex[:8]}", PASSWORD, now=utc_now())
    database.close()
    found: Found = set()
    with httpx.Client(base_url=assistant.url, trust_env=False, follow_redirects=True) as http:
        http.post("/console/login", data={"name": name, "password": PASSWORD})
        pages = [http.get("/console/"), http.get(f"/console/conversation?id=web:{conversation}")]
        assert "139****4263" in pages[1].text
        pages += [http.get(path) for path in ("/", "/metrics", "/console/feedback", "/halls")]
        pages.append(http.get("/api/messages", headers=bearer(conversation)))
        assert "139****4263" in pages[-1].text
        for page in pages:
            assert page.is_success, page.url
            found |= {(page.url.path, word) for word in words if word in page.text}
    return found


def test_they_are_found_nowhere(planted: tuple[Assistant, str]) -> None:
    assistant, conversation = planted
    assistant.zhida("export", "transcripts", "--out", str(assistant.var_dir / "planted.jsonl"))
    assistant.zhida("backup", "--out", str(assistant.var_dir / "planted.zip"))
    words = MARKS | SECRETS
    pages = in_pages(assistant, conversation, words)
    said_on = ("/console/", "/console/conversation", "/api/messages")
    # What staff wrote to the person is theirs to read.
    assert pages == {("/api/messages", PHONE), *((path, MARK) for path in said_on)}
    found = in_tables(assistant.database_url, words) | in_files(assistant.var_dir, words)
    places = {place for place, _ in found}
    assert {"inbox", "cases", "planted.jsonl", "planted.zip"} <= places
    assert places & {"events", "rasa.db", "rasa.db-wal"}  # what Rasa keeps, in its own way
    assert {word for _, word in found} <= MARKS


def test_entities_stand_where_they_were_sent(assistant: Assistant) -> None:
    text = "打１３９ ５１７８ ４２６３找我，在浦东大厅办失业登记"
    answer = assistant.say(f"planted-{uuid4()}", text)
    found = {text[one["start"] : one["end"]] for one in answer["nlu"]["entities"]}
    assert {"浦东", "失业登记"} & found
    assert all(PHONE not in str(one["value"]) for one in answer["nlu"]["entities"])
