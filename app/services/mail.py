"""Mail, where the operator has configured a server. One letter at a time, in plain text, beside the page that asked.

A letter that could not be sent is logged without its address and its text.
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import structlog

from app.services.apart import beside

log = structlog.get_logger()
PATIENCE_S = 20.0
PORTS = {"smtp": 587, "smtps": 465}


class Post:
    """The server letters go out through."""

    def __init__(self) -> None:
        self._url, self._sender = "", ""

    def bind(self, url: str, sender: str) -> None:
        """`smtp://user:password@host:port` (encrypted where the server can; `smtps://` always), and who writes."""
        self._url, self._sender = url, sender

    @property
    def open(self) -> bool:
        """Whether letters can be sent at all."""
        return bool(self._url)

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one letter beside what goes on here."""
        if self.open:
            beside(self._deliver, to, subject, text)

    def _deliver(self, to: str, subject: str, text: str) -> None:
        server = urlsplit(self._url)
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._sender, to, subject
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text)
        kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
        try:
            with kind(server.hostname or "", server.port or PORTS[server.scheme], timeout=PATIENCE_S) as door:
                door.ehlo()
                if server.scheme == "smtp" and door.has_extn("starttls"):
                    door.starttls(context=ssl.create_default_context())
                if server.username:
                    door.login(unquote(server.username), unquote(server.password or ""))
                door.send_message(letter)
        except (OSError, smtplib.SMTPException) as problem:
            log.error("a letter was not sent", problem=type(problem).__name__)


post = Post()
