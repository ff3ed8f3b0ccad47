"""Kill a server of our own in every question of a show and look for what is lost: --rounds, --players, --script.

python3 -m app chaos --rounds 40
python3 -m app chaos --script golden_bell --rounds 12      a shipped script, led to its end
"""

from __future__ import annotations

import argparse
import json
import random

from app.cli import Stop
from app.cli.load import shipped
from app.telling import tell

FAULTS = ("lost", "twice", "miscounted", "misposted", "problems")


def run(argv: list[str]) -> int:
    """Play, kill, compare; 1 when anything was lost."""
    parser = argparse.ArgumentParser("python3 -m app chaos", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=8, help="questions, each with a kill (8)")
    parser.add_argument("--players", type=int, default=200, help="phones (200)")
    parser.add_argument(
        "--script", default="", metavar="KEY", help="a shipped script, killed in its first --rounds openings"
    )
    parser.add_argument("--seed", type=int, help="of the moments; drawn when not given")
    parser.add_argument("--json", action="store_true", help="one line of figures")
    options = parser.parse_args(argv)
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    tell(f"seed {seed}")
    found = play(options.players, options.rounds, seed, options.script)
    print(json.dumps(found) if options.json else "\n".join(f"{name:22} {value}" for name, value in found.items()))
    return int(any(found[name] for name in FAULTS))


def play(players: int, rounds: int, seed: int, key: str = "") -> dict[str, object]:
    """The figures of one show on a server of its own."""
    from app.load.chaos import Chaos
    from app.load.chaos_led import ChaosLed
    from app.load.doomed import Doomed
    from app.load.server import Failed
    from app.process_settings import read_settings

    script = shipped(key) if key else None
    server = Doomed(read_settings().instance)
    try:
        server.start()
        show = ChaosLed(server, players, rounds, seed, script) if script else Chaos(server, players, rounds, seed)
        return show.play().flat()
    except Failed as problem:
        said = (server.instance / "stderr.txt").read_text()
        raise Stop(f"{problem}\nseed {seed}; the server said:\n{said[-3000:]}") from None
    finally:
        server.stop()
