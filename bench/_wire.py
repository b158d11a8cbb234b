"""A client that costs next to nothing: it shares the processor with the server that is measured."""

import socket
from collections.abc import Mapping

END = b"\r\n\r\n"
PIECE = 1 << 16
BODILESS = (204, 304)
"""Answers with these codes have no body, and need not say so (RFC 9110)."""


class Wire:
    """One kept connection to a web server on this machine."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.host = f"127.0.0.1:{port}"

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: str) -> tuple[int, bytes]:
        """Status and body of the answer, which must say how long it is where it may have one."""
        content = body.encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if content:
            lines.append(f"Content-Length: {len(content)}")
        self.socket.sendall("\r\n".join(lines).encode() + END + content)
        return self._answer()

    def _answer(self) -> tuple[int, bytes]:
        got = b""
        while END not in got:
            got += self._piece()
        head, _end, content = got.partition(END)
        status, *lines = head.split(b"\r\n")
        code = int(status.split()[1])
        told = [int(line[15:]) for line in lines if line[:15].lower() == b"content-length:"]
        length = 0 if code in BODILESS else told[0]
        pieces, missing = [content], length - len(content)
        while missing > 0:
            pieces.append(self._piece())
            missing -= len(pieces[-1])
        return code, b"".join(pieces)

    def _piece(self) -> bytes:
        piece = self.socket.recv(PIECE)
        if not piece:
            raise ConnectionError("the server closed the connection")
        return piece
