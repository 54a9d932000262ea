"""Two strangers' implementations of the envelope read what we seal, and we what they seal."""

import json
import subprocess
import time
import warnings
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from bot.channels.callbacks.envelope import Envelope, signature_of
from bot.channels.callbacks.fields import first, read_fields
from bot.channels.wechat.passive import sealed_message, text_message
from bot.channels.wechat.routes import Door
from bot.channels.wechat.updates import read
from store.settings import ROOT
from tests.support.wechat_platform import AES_KEY, APP_ID, TOKEN
from tests.unit.channels.test_wechat_samples import request

TEXTS = ("你好", "a]]>b & <c>", "😀" * 100, "长" * 500)
NPM = ROOT / "var" / "npm"
SCRIPT = """
const { encrypt, decrypt, getSignature } = require('@wecom/crypto');
const [token, key, id, sealed, ...texts] = process.argv.slice(1);
const made = texts.map(text => {
  const content = encrypt(key, text, id);
  return [content, getSignature(token, '1', 'n', content)];
});
console.log(JSON.stringify({ made, read: decrypt(key, sealed) }));
"""


@pytest.fixture(scope="module")
def wechatpy() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        crypto = pytest.importorskip("wechatpy.crypto", reason="wechatpy is not installed")
    return crypto.WeChatCrypto(TOKEN, AES_KEY, APP_ID)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.filterwarnings("ignore")
def test_wechatpy_and_we_understand_each_other(wechatpy: Any, text: str) -> None:
    stamp = str(int(time.time()))
    ours = Envelope(TOKEN, AES_KEY, APP_ID)
    clear = text_message("openid", "gh_1", int(stamp), text)
    sealed, signature = ours.seal(clear, timestamp=stamp, nonce="n")
    body = sealed_message(sealed, signature, stamp, "n").decode()
    assert wechatpy.decrypt_message(body, signature, stamp, "n") == clear.decode()

    theirs = read_fields(wechatpy.encrypt_message(clear.decode(), "n", stamp).encode())
    query = f"timestamp={stamp}&nonce=n&msg_signature={first(theirs, 'MsgSignature')}"
    posted = f"<xml><Encrypt>{first(theirs, 'Encrypt')}</Encrypt></xml>".encode()
    fields = Door(TOKEN, ours).read(request(query), posted, float(stamp))
    assert first(fields, "Content") == text


@pytest.mark.filterwarnings("ignore")
def test_wechatpy_reads_our_answers() -> None:
    theirs = pytest.importorskip("wechatpy", reason="wechatpy is not installed")
    written = text_message("to", "from", 1, "a]]>b & <c>").decode()
    message = theirs.parse_message(written)
    assert (message.type, message.content, message.target) == ("text", "a]]>b & <c>", "to")


def test_npm_and_we_understand_each_other() -> None:
    node = which("node")
    if node is None or not (NPM / "node_modules" / "@wecom" / "crypto").is_dir():
        pytest.skip(f"no @wecom/crypto: npm install --prefix {NPM.relative_to(ROOT)} @wecom/crypto")
    ours = Envelope(TOKEN, AES_KEY, "ww1")
    sealed, _ = ours.seal("给你的😀".encode(), timestamp="1", nonce="n")
    command = [node, "-e", SCRIPT, TOKEN, AES_KEY, "ww1", sealed, *TEXTS]
    done = subprocess.run(command, cwd=NPM, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert said["read"] == {
        "message": "给你的😀",
        "id": "ww1",
        "random": said["read"].get("random"),
    }
    for text, (content, signature) in zip(TEXTS, said["made"], strict=True):
        assert signature == signature_of(TOKEN, "1", "n", content)
        opened = ours.open(content, timestamp="1", nonce="n", signature=signature)
        assert opened.decode() == text


def test_what_wechatpy_parses_we_read_alike(shared: Path) -> None:
    parsed = pytest.importorskip("wechatpy", reason="wechatpy is not installed")
    samples = json.loads((shared / "data/wechat_samples.json").read_text("utf-8"))
    for sample in samples["official_account"]["inbound"]:
        theirs, ours = (
            parsed.parse_message(sample["xml"]),
            read(read_fields(sample["xml"].encode())),
        )
        assert ours is not None
        assert theirs.source == ours.peer
        if theirs.type == "text":
            assert theirs.content == ours.text
