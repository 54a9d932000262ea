"""The HTTP side of the stand-in Bot API server: requests in, envelopes out."""

import json
import socket
import threading
from collections.abc import Callable, Mapping
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.bot_api_checks import Raw, Refused, Upload, bad


class DropConnection(Exception):
    """Close the connection without an answer, as a failing network does."""


Call = Callable[[str, str, Mapping[str, Raw]], Any]
"""``(token, method, parameters) -> result``; raises Refused or DropConnection."""


class Server(ThreadingHTTPServer):
    """One thread a connection; all connections end with the server."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, call: Call) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.call = call
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, then serve it in a thread of its own."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection and close it."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """End connections that clients keep alive."""
        with self._lock:
            for connection in self._open:
                _end(connection)


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the client was faster


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(body)

    def do_GET(self) -> None:
        self._answer(b"")

    def _answer(self, body: bytes) -> None:
        address = urlsplit(self.path)
        try:
            token, method = _route(address.path)
            raw: dict[str, Raw] = dict(parse_qsl(address.query, keep_blank_values=True))
            raw.update(_parameters(self.headers, body))
            envelope = {"ok": True, "result": self.server.call(token, method, raw)}
            self._write(200, envelope)
        except Refused as refusal:
            self._write(refusal.code, _error(refusal))
        except DropConnection:
            self.close_connection = True
            _end(self.connection)

    def _write(self, status: int, envelope: Mapping[str, Any]) -> None:
        content = json.dumps(envelope).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:
            self.close_connection = True  # the client went away, as one that polls may

    def log_message(self, *_: Any) -> None:
        """Say nothing: the path holds the token."""


def _route(path: str) -> tuple[str, str]:
    parts = path.split("/")
    if len(parts) != 3 or not parts[1].startswith("bot"):
        raise Refused(404, "Not Found")
    return parts[1].removeprefix("bot"), parts[2]


def _error(refusal: Refused) -> dict[str, Any]:
    envelope: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        envelope["parameters"] = refusal.parameters
    return envelope


def _parameters(headers: Message, body: bytes) -> dict[str, Raw]:
    """Read a body in one of the three forms the Bot API documents for POST."""
    if not body:
        return {}
    kind = headers.get_content_type()
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
    if kind == "multipart/form-data":
        return _multipart(str(headers["Content-Type"]), body)
    if kind == "application/json":
        values = json.loads(body)
        return {k: v if isinstance(v, str) else json.dumps(v) for k, v in values.items()}
    raise bad(f"unsupported content type {kind}")


def _multipart(content_type: str, body: bytes) -> dict[str, Raw]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    values: dict[str, Raw] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise bad("can't parse multipart/form-data")
        filename = part.get_filename()
        values[name] = content.decode() if filename is None else Upload(filename, content)
    return values
