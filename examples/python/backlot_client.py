"""A client for Backlot's episode service with nothing but the standard library.

It speaks the WebSocket protocol of OpenEnv (/ws): one connection is one episode, one answer for each message.

    with Episode("http://127.0.0.1:8000") as episode:
        seen = episode.reset(seed=1)
        seen = episode.step(kind="click", ref="e1x9k2")
        print(seen["reward"], seen["done"], seen["observation"]["text"])
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import socket
import ssl
import struct
from typing import Any
from urllib.parse import urlsplit

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 0x1, 0x8, 0x9, 0xA
_LARGEST = 100 * 1024 * 1024


class BacklotError(RuntimeError):
    """What the service said is wrong. `code` is for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Episode:
    """One episode of the service at `url`. `token` is what the service was started with, if anything."""

    def __init__(self, url: str, token: str | None = None, timeout: float = 60.0) -> None:
        self._socket = _WebSocket(url, "/ws", token, timeout)

    def __enter__(self) -> "Episode":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def reset(self, **options: Any) -> dict[str, Any]:
        """Begins a task: `seed`, `task` or `index` choose it; `reward`, `views` and others say how it is played."""
        return self._ask({"type": "reset", "data": options})

    def step(self, **action: Any) -> dict[str, Any]:
        """Does something: `kind="click", ref=…`, `action_str="click('…')"`, or `type="call_tool", tool_name=…, arguments=…`."""
        return self._ask({"type": "step", "data": action})

    def state(self) -> dict[str, Any]:
        return self._ask({"type": "state"})

    def close(self) -> None:
        self._socket.close()

    def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        self._socket.send(json.dumps(message))
        answer = json.loads(self._socket.receive())
        if answer["type"] == "error":
            raise BacklotError(answer["data"]["code"], answer["data"]["message"])
        return answer["data"]


class _WebSocket:
    """As much of RFC 6455 as a client needs that sends and receives text."""

    def __init__(self, url: str, path: str, token: str | None, timeout: float) -> None:
        parts = urlsplit(url)
        is_secure = parts.scheme in ("https", "wss")
        host, port = parts.hostname or "127.0.0.1", parts.port or (443 if is_secure else 80)
        plain = socket.create_connection((host, port), timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_secure else plain
        self._bytes = self._socket.makefile("rb")
        self._shake_hands(parts.netloc, path, token)

    def _shake_hands(self, netloc: str, path: str, token: str | None) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        if token is not None:
            lines.append(f"Authorization: Bearer {token}")
        self._socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        status = self._bytes.readline().decode().strip()
        headers = {}
        while line := self._bytes.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        wanted = base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()
        if " 101 " not in status or headers.get("sec-websocket-accept") != wanted:
            raise BacklotError("REFUSED", f"the service answered {status!r}")

    def send(self, text: str) -> None:
        self._frame(_TEXT, text.encode())

    def receive(self) -> str:
        whole = b""
        while True:
            first, second = self._read(2)
            length = second & 0x7F
            if length == 126:
                (length,) = struct.unpack(">H", self._read(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self._read(8))
            if length > _LARGEST:
                raise BacklotError("TOO_LARGE", f"a message of {length} bytes")
            payload, kind = self._read(length), first & 0x0F
            if kind == _PING:
                self._frame(_PONG, payload)
            elif kind == _CLOSE:
                raise BacklotError("CLOSED", payload[2:].decode() or "the service closed the connection")
            elif kind != _PONG:
                whole += payload
                if first & 0x80:
                    return whole.decode()

    def close(self) -> None:
        try:
            self._frame(_CLOSE, struct.pack(">H", 1000))
        except OSError:
            pass
        self._socket.close()

    def _frame(self, kind: int, payload: bytes) -> None:
        length = len(payload)
        if length < 126:
            head = struct.pack(">BB", 0x80 | kind, 0x80 | length)
        elif length < 65536:
            head = struct.pack(">BBH", 0x80 | kind, 0xFE, length)
        else:
            head = struct.pack(">BBQ", 0x80 | kind, 0xFF, length)
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self._socket.sendall(head + mask + masked)

    def _read(self, count: int) -> bytes:
        read = self._bytes.read(count)
        if len(read) < count:
            raise BacklotError("CLOSED", "the service went away")
        return read
