"""WebSocket frames (RFC 6455) as a server sees them: no extensions, small messages, nothing forgiven."""

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
"""The opcodes of frames, RFC 6455."""
GOING_AWAY, PROTOCOL_ERROR, UNSUPPORTED, BAD_TEXT, POLICY, TOO_BIG = 1001, 1002, 1003, 1007, 1008, 1009
"""The codes that a connection is closed with, RFC 6455."""

FIN, RESERVED, MASKED = 0x80, 0x70, 0x80
"""The bits beside opcode and length in a frame's first two bytes."""


class Violation(Exception):
    """The client broke a rule; `code` is the WebSocket close code to send."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def frame(opcode: int, payload: bytes) -> bytes:
    """One whole frame from server to client."""
    size = len(payload)
    if size < 126:
        return bytes((FIN | opcode, size)) + payload
    if size < 65536:
        return bytes((FIN | opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((FIN | opcode, 127)) + size.to_bytes(8, "big") + payload


def unmask(payload: bytes, mask: bytes) -> bytes:
    size = len(payload)
    key = mask * (size // 4 + 1)
    return (int.from_bytes(payload, "little") ^ int.from_bytes(key[:size], "little")).to_bytes(size, "little")


class Frames:
    """Turns the bytes of one client into messages of at most `limit` bytes, from at most `most` frames at a time.
    Holds at most one message and one frame's head."""

    __slots__ = ("count", "kind", "limit", "most", "parts", "rest", "size")

    def __init__(self, limit: int, most: int) -> None:
        self.limit, self.most = limit, most
        self.rest = b""  # the beginning of an unfinished frame
        self.parts: list[bytes] | None = None  # fragments of an unfinished message
        self.kind = self.size = 0  # its opcode and its bytes so far
        self.count = 0  # frames seen by the last `feed`

    def feed(self, data: bytes) -> list[tuple[int, str | bytes]]:
        """All messages and control frames that are complete now: (opcode, text or bytes)."""
        if self.rest:
            data = self.rest + data
        found: list[tuple[int, str | bytes]] = []
        self.count = at = 0
        end = len(data)
        while end - at >= 2:
            first, second = data[at], data[at + 1]
            size = second & 0x7F
            start = at + 6
            opcode = self._opcode(first, second)
            if size > 125:
                wide = 2 if size == 126 else 8
                if end - at < 2 + wide:
                    break
                size = int.from_bytes(data[at + 2 : at + 2 + wide], "big")
                start += wide
                if size < (126 if wide == 2 else 65536):
                    raise Violation(PROTOCOL_ERROR, "length not in its shortest form")
            if opcode < CLOSE and self.size + size > self.limit:
                raise Violation(TOO_BIG, "message too big")
            if end < start + size:
                break
            payload = unmask(data[start : start + size], data[start - 4 : start])
            at = start + size
            self.count += 1
            if self.count > self.most:  # before they are all unmasked: one read holds ten thousand
                raise Violation(POLICY, "too many frames")
            if opcode >= CLOSE:
                found.append((opcode, self._control(opcode, payload)))
            elif first & FIN and opcode == TEXT and self.parts is None:
                found.append((TEXT, self._text(payload)))
            else:
                self._collect(first & FIN, opcode, payload, found)
        self.rest = data[at:]
        return found

    @staticmethod
    def _opcode(first: int, second: int) -> int:
        """The kind of frame that begins with these two bytes."""
        if first & RESERVED:
            raise Violation(PROTOCOL_ERROR, "reserved bits")
        if not second & MASKED:
            raise Violation(PROTOCOL_ERROR, "unmasked frame")
        opcode = first & 0x0F
        if opcode >= CLOSE and (second & 0x7F > 125 or not first & FIN):
            raise Violation(PROTOCOL_ERROR, "long or fragmented control frame")
        return opcode

    def _collect(self, fin: int, opcode: int, payload: bytes, found: list[tuple[int, str | bytes]]) -> None:
        if (opcode == CONTINUATION) != (self.parts is not None):
            raise Violation(PROTOCOL_ERROR, "fragments out of order")
        if self.parts is None:
            if opcode not in (TEXT, BINARY):
                raise Violation(PROTOCOL_ERROR, "unknown opcode")
            self.kind, self.parts = opcode, []
        if payload:
            self.parts.append(payload)
        self.size += len(payload)
        if fin:
            whole = b"".join(self.parts)
            found.append((self.kind, self._text(whole) if self.kind == TEXT else whole))
            self.parts, self.size = None, 0

    @staticmethod
    def _text(payload: bytes) -> str:
        try:
            return payload.decode()
        except UnicodeDecodeError:
            raise Violation(BAD_TEXT, "not UTF-8") from None

    def _control(self, opcode: int, payload: bytes) -> bytes:
        if opcode > PONG:
            raise Violation(PROTOCOL_ERROR, "unknown opcode")
        if opcode == CLOSE and payload:
            code = int.from_bytes(payload[:2], "big")
            if len(payload) == 1 or not (
                (1000 <= code <= 1014 and code not in (1004, 1005, 1006)) or 3000 <= code < 5000
            ):
                raise Violation(PROTOCOL_ERROR, "bad close code")
            self._text(payload[2:])
        return payload
