"""The child process that makes a recording anew: `python -m app.services.files.opening.sound_child < file > mp3`.

It bounds itself before it looks at a byte. What it writes is sound alone, mono MP3: no names, no places, no pictures
and nothing hidden of the file that came in. It ends with 0 (the last line of stderr says how many seconds it is), 3 (no
sound in it), 4 (too long) or 5 (the extra `media` is not installed); anything else is a file that cannot be read.
"""

from __future__ import annotations

import io
import resource
import sys
from importlib import import_module
from itertools import chain
from typing import Any

LONGEST_S = 5 * 60
"""The longest sound, seconds."""
RATE, BITS = 32_000, 48_000
"""The sound as it is written: samples and bits a second."""
CPU_S, MEMORY, MOST_BYTES = 40, 1024 * 1024 * 1024, 6 * 1024 * 1024
"""The bounds of this process: CPU seconds, bytes of address space; the largest file it reads, bytes."""
SPARE_S = 1
"""A recorder that stops at five minutes writes a little more."""
NO_SOUND, TOO_LONG, NO_READER = 3, 4, 5
"""The exit codes by which this process says why there is no sound."""


def bound() -> None:
    """Little time, little memory, no files."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def made_anew(data: bytes) -> tuple[bytes, int]:
    """(MP3, seconds) of the first sound in a file. SystemExit: NO_SOUND, TOO_LONG, NO_READER."""
    try:
        av: Any = import_module("av")  # heavy, only here, and an extra of the installation
    except ImportError:
        raise SystemExit(NO_READER) from None
    out, samples = io.BytesIO(), 0
    with av.open(io.BytesIO(data), metadata_errors="ignore") as source, av.open(out, "w", format="mp3") as sink:
        heard = next(iter(source.streams.audio), None)
        if heard is None:
            raise SystemExit(NO_SOUND)
        heard.codec_context.thread_count = 1
        said = sink.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=BITS)
        even = av.AudioResampler(format=said.codec_context.format or "s16p", layout="mono", rate=RATE)
        for frame in chain(source.decode(heard), (None,)):
            for one in even.resample(frame):
                samples += one.samples
                if samples > (LONGEST_S + SPARE_S) * RATE:
                    raise SystemExit(TOO_LONG)
                one.pts = None
                sink.mux(said.encode(one))
        sink.mux(said.encode(None))
    if samples < RATE // 2:
        raise SystemExit(NO_SOUND)
    return out.getvalue(), -(-samples // RATE)


if __name__ == "__main__":
    bound()
    sound, seconds = made_anew(sys.stdin.buffer.read(MOST_BYTES + 1))
    sys.stdout.buffer.write(sound)
    sys.stderr.write(f"\n{min(seconds, LONGEST_S)}")
