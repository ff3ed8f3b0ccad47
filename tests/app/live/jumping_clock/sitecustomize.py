"""First on the path of a server under test: its system clock jumps as the lines of a file say, "<when> <seconds off>".

Python's clock and the kernel's receive stamps jump alike: a stamp taken before a jump keeps the time of before. What
is not changed is the machine's real clock, by which the file says when.
"""

import os
import socket
import struct
import sys
import time
from pathlib import Path

FILE = Path(os.environ["SCS_TEST_JUMP"])
STAMPS, TIMESPEC = 35, struct.Struct("@ll")
real, real_ns = time.time, time.time_ns


def off_s(at_ns):
    lines = [line.split() for line in FILE.read_text().splitlines()] if FILE.exists() else []
    return next((int(seconds) for when, seconds in reversed(lines) if int(when) <= at_ns), 0)


def shifted(ancillary):
    return [
        (level, kind, shifted_stamp(data) if (level, kind) == (socket.SOL_SOCKET, STAMPS) else data)
        for level, kind, data in ancillary
    ]


def shifted_stamp(data):
    seconds, nanoseconds = TIMESPEC.unpack(data)
    return TIMESPEC.pack(seconds + off_s(seconds * 10**9 + nanoseconds), nanoseconds)


def stamp_anew(sockets):
    read, read_into = sockets.recvmsg, sockets.recvmsg_into

    def recvmsg(self, *args):
        data, ancillary, flags, address = read(self, *args)
        return data, shifted(ancillary), flags, address

    def recvmsg_into(self, *args):
        size, ancillary, flags, address = read_into(self, *args)
        return size, shifted(ancillary), flags, address

    sockets.recvmsg, sockets.recvmsg_into = recvmsg, recvmsg_into


time.time = lambda: real() + off_s(real_ns())
time.time_ns = lambda: real_ns() + off_s(real_ns()) * 10**9
if "--child" in sys.orig_argv:
    stamp_anew(socket.socket)
    from gevent import socket as green

    stamp_anew(green.socket)
