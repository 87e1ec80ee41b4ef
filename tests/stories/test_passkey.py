"""A passkey in a real browser, with a device that Chromium plays: made, used to enter, used to confirm, removed."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from .conftest import Home


def _with_a_device(page: Page) -> None:
    """Chromium plays a phone whose owner always says yes."""
    chromium = page.context.new_cdp_session(page)
    chromium.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    chromium.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_lets_one_in(home: Home, browser: Browser) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    elsewhere: list[str] = []
    page.on("request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(home.address) else None)
    _with_a_device(page)
    page.goto(home.link)
    page.locator("button.main-act").click()
    page.goto(f"{home.address}/settings/factors")
    page.get_by_label("What do you call it?").fill("My phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Your recovery codes.")).to_be_visible()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    codes = page.locator("#codes code").all_inner_texts()
    assert len(codes) == 10
    assert page.evaluate("navigator.clipboard.readText()").split() == codes
    page.evaluate("window.print = () => { document.body.dataset.printed = ''; }")
    page.get_by_role("button", name="Print").click()
    expect(page.locator("body[data-printed]")).to_be_attached()
    page.emulate_media(media="print")
    expect(page.locator("#codes")).to_be_visible()
    expect(page.get_by_role("heading", name="Passkeys")).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.get_by_text("My phone", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login"))
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{home.address}/")
    page.goto(f"{home.address}/settings/factors")
    page.get_by_role("button", name="Remove the passkey My phone").click()
    expect(page.get_by_text("It is off.").first).to_be_visible()
    assert complaints == []
    assert [one for one in elsewhere if not one.startswith("data:")] == []
    context.close()
