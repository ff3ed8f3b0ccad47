"""A passkey is added inside a session and signs in, with the browser's own authenticator."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

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


def test_a_key_of_the_phone_signs_in_and_is_refused_once_it_is_taken_back(site: str, browser: Browser) -> None:
    org = plant()
    store_hash_in(org.members[AN], hashed(PASSWORD))
    site = site.replace("127.0.0.1", "localhost")  # a key is made for a name, not for a number
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
