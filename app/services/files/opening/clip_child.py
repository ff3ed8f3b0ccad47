"""The child process that makes a clip of a question anew: `python -m app.services.files.opening.clip_child < in > out`.

Film becomes H.264 of at most 1280 x 720 with AAC in an MP4 that plays while it loads; sound becomes MP3. Names, places
and whatever else the file held stay behind. One core, 512 MB, 120 s of CPU. The last line of stderr is "mp4 SECONDS"
or "mp3 SECONDS"; exit codes are those of `sound_child`, and TOO_HEAVY.
"""

from __future__ import annotations

import io
import resource
import sys
from fractions import Fraction
from importlib import import_module
from typing import Any

from app.services.files.opening.sound_child import NO_READER, NO_SOUND, TOO_LONG

TOO_HEAVY = 6  # exit code: it would take more memory than this process may use
LONGEST_S, MOST_BYTES, CPU_S, MEMORY = 60, 40 * 1024 * 1024, 120, 512 * 1024 * 1024
"""The longest clip, seconds, and the largest file, bytes; what this process may use: CPU seconds, bytes of address
space."""
WIDE, HIGH, MOST_RATE, RATE, SPARE_S = 1280, 720, 30, 48_000, 1
"""The clip as it is written: largest width and height, most pictures a second, samples a second; seconds a file may
be longer."""
FILM = {
    "preset": "veryfast",
    "crf": "24",
    "threads": "1",
    "x264-params": "threads=1:lookahead-threads=1:rc-lookahead=10",
}


def bound() -> None:
    """Little time, little memory, no files."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Anew:
    """One file, read once from its beginning to its end."""

    def __init__(self, av: Any, data: bytes) -> None:
        self.av, self.out, self.seconds = av, io.BytesIO(), 0.0
        self.source = av.open(io.BytesIO(data), metadata_errors="ignore")
        self.seen: Any = next((one for one in self.source.streams.video if not _is_cover(one)), None)
        self.heard: Any = next(iter(self.source.streams.audio), None)
        if self.seen is None and self.heard is None:
            raise SystemExit(NO_SOUND)
        self.kind = "mp4" if self.seen is not None else "mp3"
        options = {"movflags": "frag_keyframe+empty_moov+default_base_moof"} if self.seen is not None else {}
        self.sink = av.open(self.out, "w", format=self.kind, options=options)

    def made(self) -> bytes:
        """The new file. SystemExit: NO_SOUND, TOO_LONG."""
        self.picture: Any = self._film() if self.seen is not None else None
        self.sound: Any = self._sound() if self.heard is not None else None
        wanted = [one for one in (self.seen, self.heard) if one is not None]
        for one in wanted:
            one.codec_context.thread_count = 1
        for packet in self.source.demux(wanted):
            for frame in packet.decode():
                self._take(frame)
        for stream in (self.picture, self.sound):
            if stream is not None:
                self.sink.mux(stream.encode(None))
        self.sink.close()
        return self.out.getvalue()

    def _film(self) -> Any:
        seen = self.seen
        share = min(1.0, WIDE / seen.width, HIGH / seen.height)
        rate = min(Fraction(MOST_RATE), seen.average_rate or Fraction(25))
        stream = self.sink.add_stream("libx264", rate=rate, options=FILM)
        stream.width, stream.height = (max(2, int(side * share) // 2 * 2) for side in (seen.width, seen.height))
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, 90_000)
        stream.codec_context.time_base = stream.time_base
        self.next_at = 0.0
        return stream

    def _sound(self) -> Any:
        mp3 = self.kind == "mp3"
        stream = self.sink.add_stream("libmp3lame" if mp3 else "aac", rate=RATE, layout="stereo", bit_rate=128_000)
        self.even = self.av.AudioResampler(
            format=stream.codec_context.format or "s16p",
            layout="stereo",
            rate=RATE,
            frame_size=stream.codec_context.frame_size or 1024,
        )
        return stream

    def _take(self, frame: Any) -> None:
        if frame.time is not None:
            self.seconds = max(self.seconds, frame.time)
        if self.seconds > LONGEST_S + SPARE_S:
            raise SystemExit(TOO_LONG)
        if isinstance(frame, self.av.AudioFrame):
            for one in self.even.resample(frame):
                self.sink.mux(self.sound.encode(one))
        elif frame.time is None or frame.time >= self.next_at:  # more pictures a second than a stage shows are left out
            self.next_at = (frame.time or 0.0) + 0.9 / MOST_RATE
            new = frame.reformat(self.picture.width, self.picture.height, "yuv420p")
            new.pts, new.time_base = int((frame.time or 0.0) * 90_000), Fraction(1, 90_000)
            new.pict_type = 0
            self.sink.mux(self.picture.encode(new))


def _is_cover(stream: Any) -> bool:
    """True for the picture of an album, which stands in a file as a film of one frame."""
    return stream.frames == 1 or "ATTACHED_PIC" in str(getattr(stream, "disposition", "")).upper()


if __name__ == "__main__":
    bound()
    try:
        reader = import_module("av")
    except ImportError:
        raise SystemExit(NO_READER) from None
    try:
        new = Anew(reader, sys.stdin.buffer.read(MOST_BYTES + 1))
        made = new.made()
    except MemoryError:
        raise SystemExit(TOO_HEAVY) from None
    sys.stdout.buffer.write(made)
    sys.stderr.write(f"\n{new.kind} {max(1, min(LONGEST_S, round(new.seconds)))}")
