"""The HTTP contract as it is written down, tried by a stranger who has read nothing else."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from bot.channels.http_chat import MAX_WAIT_SECONDS
from bot.contract_file import FILE, written
from store.database import Database
from store.migrate import upgrade
from tests.support.conversations import conversation_of
from tests.support.scripted_rasa import ScriptedRasa
from tests.support.serving import serving

CONTRACT = schemathesis.openapi.from_path(FILE)
UNLIMITED = {
    f"limit_{name}": "1/0" for name in ("messages", "address_messages", "conversations", "requests")
}
DOORS = {
    "bridge_secret": "secret",
    "telegram_token": "1:secret",
    "telegram_webhook_secret": "secret",
    "telegram_api_base": "http://127.0.0.1:9",
    "wechat_app_id": "wx1",
    "wechat_token": "secret",
    "wechat_aes_key": "A" * 43,
    "wechat_api_base": "http://127.0.0.1:9",
    "wecom_corp_id": "ww1",
    "wecom_token": "secret",
    "wecom_aes_key": "A" * 43,
    "wecom_api_base": "http://127.0.0.1:9",
    "public_url": "https://zhida.example.gov.cn",
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("contract")
    database = Database(f"sqlite:///{folder / 'zhida.db'}")
    upgrade(database)
    with ScriptedRasa().serving() as rasa:
        ports = {"rasa_port": rasa.port, "actions_port": rasa.port}
        more = {**ports, **UNLIMITED, **DOORS, "reply_wait_seconds": 2.0}
        with serving(folder, database, lifespan="on", **more) as (host, port):
            yield f"http://{host}:{port}"
    database.close()


def test_the_file_is_what_the_routes_say(tmp_path: Path) -> None:
    assert FILE.read_text("utf-8") == written(tmp_path), "run python -m bot.contract_file"


@CONTRACT.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_is_written_down(case: schemathesis.Case, url: str) -> None:
    if (case.method, case.path) == ("GET", "/api/messages"):
        # Whoever waits for nothing waits to the end; what is no time to wait stays as it is.
        with contextlib.suppress(TypeError, ValueError):
            if 0 < float(case.query.get("wait", 0)) <= MAX_WAIT_SECONDS:
                case.query["wait"] = 0.01
        case.headers["Authorization"] = f"Bearer {conversation_of('stranger')}"
    case.call_and_validate(
        base_url=url,
        checks=[
            checks.not_a_server_error,
            openapi_checks.status_code_conformance,
            openapi_checks.content_type_conformance,
            openapi_checks.response_schema_conformance,
            openapi_checks.response_headers_conformance,
        ],
    )


def test_what_a_path_does_not_know_it_says(url: str) -> None:
    with httpx.Client(base_url=url, trust_env=False) as http:
        for path, operations in CONTRACT.raw_schema["paths"].items():
            known = {method.upper() for method in operations}
            allowed = known | ({"HEAD"} if "GET" in known else set())
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - known:
                answer = http.request(method, path)
                assert answer.status_code == 405, (method, path)
                assert set(answer.headers["allow"].split(", ")) == allowed
                assert answer.json()["error"]["code"] == "method_not_allowed"
