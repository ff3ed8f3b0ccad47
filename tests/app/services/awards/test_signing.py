"""The worth of a document's signature: this site's, a licensed one, a stranger's, or one broken by a change."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.config import BadSetting
from app.factory import create_app
from app.services.awards import batches, pades, printing, reading, signing, typesetting
from app.services.awards.letterheads import Pictures
from app.services.awards.signing import DocumentKey, document_key
from tests.app.services.awards.test_awards import DRAFT
from tests.conftest import application, settings_for
from tests.organisation import browser, form_token, plant
from tests.people import BINH, CHI
from tests.signing import PASSPHRASE, Signer, certificate, kept, pem

EMPTY = ("heading", "gives", "number", "above", "organ", "name", "chapter", "prize", "wording", "decision", "dated",
         "signer_title", "signer", "address")  # fmt: skip


@dataclass(frozen=True)
class Keys:
    """This site's key, one with a licensed authority above it, a stranger's with the same name; one document."""

    folder: Path
    root: Signer
    own: Signer
    licensed: Signer
    forger: Signer
    document: bytes

    def signed(self, name: str) -> bytes:
        return pades.signed(self.document, pades.signer(str(self.folder / f"{name}.p12"), PASSPHRASE))

    def judged(self, content: bytes, roots: str = "", own: str | None = None, moment: datetime | None = None) -> str:
        return pades.judged(content, pem(self.own[1]) if own is None else own, roots, moment).state


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    folder = tmp_path_factory.mktemp("keys")
    root = certificate("Tổ chức chứng thực thử", authority=True)
    made = {
        "own": certificate("Trang Thử"),
        "licensed": certificate("Tỉnh đoàn Thử", by=root),
        "forger": certificate("Trang Thử"),
        "ended": certificate("Tỉnh đoàn Thử", by=root, days=-1),
    }
    for name, one in made.items():
        kept(folder, name, one)
    (folder / "roots.pem").write_text(pem(root[1]))
    made.pop("ended")
    (document,) = typesetting.typeset([dict.fromkeys(EMPTY, "Thử") | {"design": "drum", "link": "/c/a"}], Pictures())
    return Keys(folder, root, **made, document=document)


def test_whose_a_signature_is(keys: Keys) -> None:
    roots = pem(keys.root[1])
    assert keys.judged(keys.document) == "unsigned"
    assert keys.judged(keys.signed("own")) == "own"
    assert keys.judged(keys.signed("own"), roots) == "own", "its own authority is nobody's"
    assert keys.judged(keys.signed("forger")) == "foreign", "the same name is not the same key"
    assert keys.judged(keys.signed("licensed"), roots) == "licensed"
    assert keys.judged(keys.signed("licensed")) == "foreign", "no root, no licence"
    assert keys.judged(keys.signed("licensed"), own=pem(keys.licensed[1])) == "own", "this site's, and not ký số"
    assert keys.judged(b"%PDF-1.7 /ByteRange") == "unreadable"
    found = pades.judged(keys.signed("licensed"), "", roots, None)
    assert (found.signer, found.authority) == ("Tỉnh đoàn Thử", "Tổ chức chứng thực thử")


def test_a_certificate_counts_on_the_day_this_site_knows_the_file_from(keys: Keys) -> None:
    roots, signed = pem(keys.root[1]), keys.signed("ended")
    assert keys.judged(signed, roots) == "foreign"
    a_week_ago = datetime.fromtimestamp(datetime.now(UTC).timestamp() - 7 * 86_400, UTC)
    assert keys.judged(signed, roots, moment=a_week_ago) == "licensed"


def test_a_document_edited_after_signing_is_seen(keys: Keys) -> None:
    signed = keys.signed("own")
    at = signed.index(b"stream\n") + 20
    flipped = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert keys.judged(flipped) == "changed"
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    writer.root["/PageMode"] = writer.root.raw_get("/Type")
    writer.update_root()
    added = io.BytesIO()
    writer.write(added)
    assert added.getvalue().startswith(signed)
    assert keys.judged(added.getvalue()) == "changed"


@pytest.mark.parametrize(("wrong", "said"), [
    ({"signing_key": "own.p12"}, "SCS_SIGNING_KEY: .*passphrase"),
    ({"signing_key": "roots.pem", "signing_passphrase": PASSPHRASE}, "SCS_SIGNING_KEY: .*no PKCS#12"),
    ({"signing_roots": "own.p12"}, "SCS_SIGNING_ROOTS: no certificates"),
    ({"signing_key": "none.p12"}, "SCS_SIGNING_KEY: a file that can be read"),
])  # fmt: skip
def test_a_key_that_cannot_be_used_stops_the_start(
    keys: Keys, tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    files = {name: str(keys.folder / value) if "passphrase" not in name else value for name, value in wrong.items()}
    with pytest.raises(BadSetting, match=said):
        create_app(settings_for(tmp_path, f"sqlite:///{tmp_path}/none.db", **files))
    document_key.bind(None, "", None)


def test_without_the_extra_a_key_stops_the_start_and_a_signature_is_not_guessed(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "readable", lambda: False)
    with pytest.raises(signing.BadKey, match="python3 -m app add signing"):
        DocumentKey().bind(keys.folder / "own.p12", PASSPHRASE, None)
    assert DocumentKey().judged(keys.signed("own"), None).state == "not_read"
    assert DocumentKey().judged(keys.document, None).state == "unsigned"


def test_a_certificate_that_has_ended_signs_nothing(keys: Keys) -> None:
    key = DocumentKey()
    key.bind(keys.folder / "own.p12", PASSPHRASE, None)
    assert key.job() == {"file": str(keys.folder / "own.p12"), "passphrase": PASSPHRASE}
    key.bind(keys.folder / "ended.p12", PASSPHRASE, None)
    assert key.job() is None


def in_this_process(job: bytes) -> dict[str, str]:
    head, _, content = job.partition(b"\n")
    asked = json.loads(head)
    return vars(pades.judged(content, asked["own"], asked["roots"], None))


def test_anybody_checks_a_file_and_reads_what_its_signature_is_worth(
    keys: Keys, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.awards import proposing
    from app.services.people.roles import grant_role

    files = {
        "signing_key": str(keys.folder / "own.p12"),
        "signing_passphrase": PASSPHRASE,
        "signing_roots": str(keys.folder / "roots.pem"),
    }
    made = application(settings_for(tmp_path, sqlite_url, **files))
    app = next(made)
    org = plant()
    grant_role(None, org.members[BINH], "organiser", org.province)
    batch = proposing.propose(org.members[CHI], org.province, DRAFT)
    proposing.decide(org.members[BINH], batch, True)
    assert printing.print_due() == 3
    line = batches.batch(batch)[1][0]
    issued = reading.content_of(line.public_id) or b""
    assert "chữ ký của trang này" in browser(app).get(f"/c/{line.public_id}").text

    def answer(content: bytes) -> str:
        client = browser(app)
        sent = {"csrf_token": form_token(client), "file": (io.BytesIO(content), "giay.pdf")}
        return client.post("/c", data=sent).text

    told = answer(issued)
    assert "tệp trang này đã cấp" in told and "chữ ký của trang này" in told and "không phải là ký số" in told
    monkeypatch.setattr(signing, "_asked", in_this_process)  # the child has been seen to answer
    edited = answer(issued + b"\n% one line more\n")
    assert "bị sửa sau khi ký" in edited and "không cấp tệp này" in edited
    forged = answer(keys.signed("forger"))
    assert "không cấp tệp này" in forged and "không biết người ký" in forged
    assert "được ký số bởi" in answer(keys.signed("licensed"))
    assert "không có chữ ký" in answer(keys.document)
    assert "Do trang này ký và còn nguyên vẹn" in answer(keys.signed("own")), (
        "not issued here, so only its key is known"
    )

    document_key.bind(keys.folder / "ended.p12", PASSPHRASE, None)  # a year went by
    chi, later = browser(app, org.members[CHI]), proposing.propose(org.members[CHI], org.province, DRAFT)
    assert "sẽ không có chữ ký" in chi.get(f"/awards/{later}").text
    proposing.decide(org.members[BINH], later, True)
    printing.print_due()
    assert "3 giấy đã in không có chữ ký của trang này" in chi.get(f"/awards/{later}").text
    assert "không có chữ ký" not in chi.get(f"/awards/{batch}").text
    document_key.bind(None, "", None)
    next(made, None)
