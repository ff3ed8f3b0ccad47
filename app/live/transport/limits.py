"""The limits of one client in the live transport."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds per connection, unless said otherwise. Breaking one closes the connection."""

    message_bytes: int = 20_000  # one message, fragments together
    inbound_rate: int = 16_384  # bytes a second that a client may send for long ...
    inbound_burst: int = 65_536  # ... and at once
    frame_cost: int = 256  # each frame, and each read, counts as so many bytes more: 60 a second, 250 at once
    inbox_cap: int = 128  # messages that wait to be handled
    queue_cap: int = 64  # messages waiting for a slow client
    queue_bytes: int = 1_000_000  # their bytes
    send_timeout_s: float = 0.75  # a full connection that takes no byte for so long: cut in 2 s at the latest
    away_s: float = 5.0  # ... where what was sent is still under way: the network is to blame
    kernel_send_bytes: int = 65_536  # SO_SNDBUF: what the kernel keeps for a slow client (it doubles this)
    linger_s: float = 1.0  # time for the last words of a connection that is being closed
    connect_s: float = 5.0  # time to enter a namespace: in a bad hall a phone hears from us after seconds
    refused_s: float = 1.0  # ... after a refusal
    ping_interval_s: float = 15.0
    ping_timeout_s: float = 10.0
    farewell: str = '2/live,["bye",{"code":"slow"}]'  # Socket.IO packet for a client dropped as too slow


@dataclass(frozen=True, slots=True)
class WebLimits:
    """Bounds of the HTTP server below, per connection unless said otherwise."""

    head_s: float = 1.5  # for a head, from the connection or a later request's first byte: cut in 2 s at the latest ...
    least_s: float = 0.25  # ... but a moment from when it is accepted
    far_s: float = 8.0  # ... but from far away, where a lost packet needs longer to be sent again, up to this
    handshake_s: float = 5.0  # for a TLS handshake once it has begun: in a bad hall each step takes a second or two
    idle_s: float = 10.0  # without a byte between requests, or inside a body
    head_bytes: int = 16_384
    head_lines: int = 100
    short_body_bytes: int = 65_536  # a longer body is an upload: on disk, and not of everybody
    body_bytes: int = 16_777_216
    uploads: int = 10  # at a time
    open_bytes: int = 4_259_840  # of a body that anybody may send: a file of 4 MiB in its form
    open_uploads: int = 6  # at a time, apart from those of members
    body_rate: int = 20_000  # bytes a second that the body of a request must make
    send_s: float = 1.25  # a full connection that takes no byte of a response for so long
    away_s: float = 10.0  # ... where what was sent is still under way
    waiting: int = 2_000  # connections without a complete request, idle ones too, before the oldest are cut
    waiting_s: float = 2.0  # ... if they waited at least so long
    spare_files: int = 128  # file descriptors kept for databases, files and threads
