"""The addresses at which phones can reach this machine on the local network, the likeliest first."""

from __future__ import annotations

import contextlib
import fcntl
import ipaddress
import socket
import struct

SIOCGIFADDR = 0x8915  # Linux: the IPv4 address of a network interface
VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vbox", "tun", "tap", "wg", "tailscale", "zt")


def of_this_machine() -> list[str]:
    """Private IPv4 addresses: the one on the way out first, those of containers and tunnels last."""
    found = {address: name for name, address in _interfaces() if _is_local(address)}
    out = _on_the_way_out()
    if out and _is_local(out):
        found.setdefault(out, "")
    return sorted(found, key=lambda address: (found[address].startswith(VIRTUAL), address != out, address))


def _is_local(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return parsed.is_private and not parsed.is_loopback and not parsed.is_link_local


def _interfaces() -> list[tuple[str, str]]:
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):
                found_address = fcntl.ioctl(asking, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append((name, socket.inet_ntoa(found_address[20:24])))
    return found


def _on_the_way_out() -> str | None:
    """The address this machine would send from. Connecting a datagram socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # an address of the documentation, reached by nobody
        except OSError:
            return None
        return str(asking.getsockname()[0])
