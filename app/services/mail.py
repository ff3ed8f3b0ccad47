"""Mail, where the operator has configured a server. One letter at a time, in plain text, beside the page that asked.

A letter that could not be sent is logged without its address and its text.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import structlog

from app.services.apart import beside

log = structlog.get_logger()
PATIENCE_S = 20.0  # how long the mail server may take
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
        """True when letters can be sent at all."""
        return bool(self._url)

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one letter beside what goes on here."""
        if self.open:
            beside(self._deliver, subject, [(to, text)])

    def send_each(self, subject: str, letters: Sequence[tuple[str, str]]) -> None:
        """Send (address, text) one after the other through one connection, beside what goes on here."""
        if self.open and letters:
            beside(self._deliver, subject, letters)

    def _letter(self, to: str, subject: str, text: str) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._sender, to, subject
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text)
        return letter

    def _deliver(self, subject: str, letters: Sequence[tuple[str, str]]) -> None:
        server, sent = urlsplit(self._url), 0
        kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
        try:
            with kind(server.hostname or "", server.port or PORTS[server.scheme], timeout=PATIENCE_S) as door:
                door.ehlo()
                if server.scheme == "smtp" and door.has_extn("starttls"):
                    door.starttls(context=ssl.create_default_context())
                if server.username:
                    door.login(unquote(server.username), unquote(server.password or ""))
                for to, text in letters:
                    sent += self._handed_over(door, self._letter(to, subject, text))
        except (OSError, smtplib.SMTPException) as problem:
            log.error("letters were not sent", letters=len(letters) - sent, problem=type(problem).__name__)

    def _handed_over(self, door: smtplib.SMTP, letter: EmailMessage) -> bool:
        """True when the server took the letter; one address that it refuses keeps no other from its letter."""
        try:
            door.send_message(letter)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as problem:
            log.error("a letter was not sent", problem=type(problem).__name__)
            door.rset()
            return False
        return True


post = Post()
