"""A passkey is added inside a session and signs in, with the browser's own authenticator."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from app.services.people import passkeys
from app.services.people.logins import set_disabled, store_hash_in
from app.services.people.notices import told
from app.services.people.passwords import hashed
from tests.e2e.hall import PATIENCE_MS, PHONE
from tests.organisation import plant
from tests.people import AN, CHI

PASSWORD = "bốn con vịt bơi"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


ADD_UNASKED = """async () => {
  const csrf = document.querySelector("[data-passkey]").dataset.csrf;
  const ask = (address, body) => fetch(address, { method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf } });
  const found = await (await ask("/sign-in/passkey/begin", {})).json();
  const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON({
    challenge: found.challenge, rp: { id: "localhost", name: "a" }, user: { id: "AAAA", name: "a", displayName: "a" },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    authenticatorSelection: { residentKey: "required", userVerification: "required" } }) });
  return (await ask("/me/passkeys", made.toJSON())).status;
}"""
"""A key made with the challenge of a sign-in, as somebody would at a phone that was left open."""


def at_keys(site: str, browser: Browser, member_id: int) -> Page:
    """The page of keys, signed in by the password on a phone with an authenticator."""
    store_hash_in(member_id, hashed(PASSWORD))
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{site}/sign-in?next=/me/passkeys")
    page.get_by_label("Tên đăng nhập, thư điện tử").fill("ban.an")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("button", name="Thêm khóa của máy này")).to_be_visible()
    return page


def test_a_challenge_that_no_password_was_asked_for_adds_no_key(site: str, browser: Browser) -> None:
    org = plant()
    page = at_keys(site.replace("127.0.0.1", "localhost"), browser, org.members[AN])
    assert page.evaluate(ADD_UNASKED) == 403
    assert passkeys.keys(org.members[AN]) == []
    page.context.close()


def test_a_key_of_the_phone_signs_in_and_is_refused_once_it_is_taken_back(site: str, browser: Browser) -> None:
    org = plant()
    site = site.replace("127.0.0.1", "localhost")  # a key is made for a name, not for a number
    page = at_keys(site, browser, org.members[AN])
    context = page.context
    add = page.get_by_role("button", name="Thêm khóa của máy này")
    page.get_by_label("Mật khẩu").fill("không phải mật khẩu")
    add.click()
    expect(page.get_by_role("alert")).to_contain_text("chưa đúng")
    assert passkeys.keys(org.members[AN]) == [], "it asks for the password"
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    add.click()
    expect(page.get_by_text("Đã thêm khóa đăng nhập.")).to_be_visible()
    assert [one.code for one in told(org.members[AN])] == ["passkey_added"]

    context.clear_cookies()
    page.goto(f"{site}/sign-in?next=/me")
    page.get_by_role("button", name="Đăng nhập bằng khóa của máy").click()
    expect(page.get_by_role("heading", name="Dữ liệu của tôi")).to_be_visible()
    (key,) = passkeys.keys(org.members[AN])
    assert key.used_at

    set_disabled(org.members[CHI], org.members[AN], True)
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Đăng nhập bằng khóa của máy").click()
    expect(page.get_by_role("alert")).to_contain_text("đã bị khóa")
    set_disabled(org.members[CHI], org.members[AN], False)
    passkeys.remove(org.members[AN], key.id)
    page.get_by_role("button", name="Đăng nhập bằng khóa của máy").click()
    expect(page.get_by_role("alert")).to_contain_text("Không nhận được khóa này")
    context.close()
