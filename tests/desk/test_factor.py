#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second factor is turned on at the desk, asked for at the next sign-in, and turned off; a machine gets a key that opens
the server until it is revoked. The phone is another maker's program. By accessible names and by keys."""
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import hospital  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402

SHOTS = os.environ.get("MAHIMA_SHOTS")
known = {}


def shot(desk, name):
    if SHOTS:
        time.sleep(0.6)
        desk.screen.shot(os.path.join(SHOTS, name + ".png"))


def phone(ahead=0):
    """The figures that the app shows, or will show so many seconds from now."""
    at = f"@{int(time.time()) + ahead}"
    return subprocess.run(["oathtool", "--totp", "-b", "-d", "6", "-N", at, known["secret"]], capture_output=True, text=True,
                          check=True).stdout.strip()


def label(desk, pattern):
    return next(node.name for node in desk.screen.walk(desk.root) if re.fullmatch(pattern, node.name or "")
                and desk.screen.seen(node))


def put(desk, field, text):
    """Into the field that has the keys by itself, instead of what stands there; Enter."""
    desk.screen.focused(desk.root, field, "text")
    desk.type(text, pause=0)
    desk.screen.written(desk.root, field, text)
    desk.keys("Return", pause=0)


def open_dialog(desk):
    desk.keys("ctrl+m")
    desk.screen.press(desk.see("Second factor…", "menu item"))


@step
def it_is_turned_on_with_the_app(desk):
    desk.start()
    desk.sign_in("reception")
    open_dialog(desk)
    desk.see("Begin", "push button")
    shot(desk, "factor-off")
    put(desk, "Your password", hospital.PASSWORD)
    desk.see("QR code for the authenticator app")
    known["secret"] = label(desk, r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}").replace(" ", "")
    shot(desk, "factor-scan")
    desk.named()
    put(desk, "Six figures of the app", "000000")
    desk.see("Turn it on", "push button")
    desk.see("This code is not right")
    put(desk, "Six figures of the app", phone())
    desk.see("I have saved it", "push button")
    known["recovery"] = label(desk, r"([a-z2-7]{4}(-[a-z2-7]{4}){3}\n?){10}").split("\n")
    shot(desk, "factor-recovery")
    desk.named()
    desk.screen.press(desk.see("I have saved it", "push button"))


@step
def the_next_sign_in_asks_for_the_code(desk):
    desk.end()
    desk.start()
    desk.enter("reception")
    desk.see("Code of the second factor", "text")
    shot(desk, "factor-login")
    desk.named()
    put(desk, "Code of the second factor", "111111")
    desk.see("User name, password or code is wrong")
    desk.unseen("Front desk")
    put(desk, "Code of the second factor", phone(ahead=30))
    desk.see("Front desk")


@step
def a_recovery_code_opens_once(desk):
    desk.end()
    desk.start()
    desk.enter("reception")
    desk.see("Code of the second factor", "text")
    put(desk, "Code of the second factor", known["recovery"][0].upper())
    desk.see("Front desk")
    open_dialog(desk)
    desk.see("9 recovery codes are left.")
    shot(desk, "factor-on")
    desk.named()


@step
def it_is_turned_off_by_password_and_code(desk):
    desk.screen.focused(desk.root, "Your password", "text")
    desk.type(hospital.PASSWORD)
    desk.keys("Return", "Tab")
    desk.screen.press(desk.see("Turn it off", "push button"))
    put(desk, "recovery code", known["recovery"][1])
    desk.gone("9 recovery codes are left.")
    desk.end()
    desk.start()
    desk.sign_in("reception")


def answers(desk, token):
    request = urllib.request.Request(desk.hospital.url + "/api/v1/session", headers={"Authorization": "Bearer " + token})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def to_keys(desk):
    desk.enter("admin")
    desk.see("API keys")
    topic = next(node for node in desk.screen.walk(desk.root) if node.name == "API keys" and node.getRoleName() == "list item")
    box = topic.queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    time.sleep(1)


@step
def a_machine_gets_a_key_and_loses_it(desk):
    desk.end()
    desk.start()
    to_keys(desk)
    shot(desk, "keys-empty")
    desk.keys("alt+n")
    desk.screen.focused(desk.root, "What it is for", "text")
    desk.type("Analyser bridge")
    desk.keys("Tab")
    desk.type("technician")
    desk.see("· technician", "list item")
    desk.keys("Return", "Tab")
    desk.type(time.strftime("%Y-%m-%d", time.localtime(time.time() + 86400 * 30)))
    desk.keys("ctrl+Return")
    desk.see("I have saved it", "push button")
    token = label(desk, r"[A-Za-z0-9_-]{43}")
    shot(desk, "keys-told")
    desk.screen.press(desk.see("I have saved it", "push button"))
    desk.see("Awaiting its owner ○")
    assert answers(desk, token) == 401, "a key acts as somebody who has not accepted it"
    desk.end()
    desk.start()
    desk.enter("technician")
    desk.see("Accept the key", "push button")
    asked = label(desk, r".* asked for a key in your name, for “Analyser bridge”, valid until .*")
    assert not asked.startswith("Somebody"), asked
    shot(desk, "keys-asked")
    desk.named()
    assert answers(desk, token) == 401
    put(desk, "Your password", hospital.PASSWORD)
    desk.see("The key is accepted")
    assert answers(desk, token) == 200
    desk.end()
    desk.start()
    to_keys(desk)
    desk.see("Valid ✓")
    shot(desk, "keys-list")
    box = desk.see("Analyser bridge").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(box.x + 10, box.y + box.height // 2)
    desk.see("Revoke", "push button")
    desk.keys("alt+r")
    desk.see("What signs in with it stops working at once")
    desk.keys("alt+r")
    desk.see("Revoked ✕")
    assert answers(desk, token) == 401
    desk.end()


@step
def a_given_password_opens_nothing_but_a_better_one(desk):
    given, own = "copper lantern 55", "seven green parcels"
    me = desk.ask("admin", "/session")["user"]
    made = desk.ask("admin", "/users", dict(username="newcomer", name="Kavita Rao", roles=["reception"], password=given,
                                            hospital_id=me["hospital_id"]))
    token = desk.ask(None, "/session", dict(username="newcomer", password=given))["token"]
    for path in ("patients", "changes", "hospitals"):
        request = urllib.request.Request(desk.hospital.url + "/api/v1/" + path, headers={"Authorization": "Bearer " + token})
        try:
            urllib.request.urlopen(request, timeout=20)
            raise AssertionError(path + " answers a password that somebody else gave")
        except urllib.error.HTTPError as refused:
            assert refused.code == 403, (path, refused.code)
    desk.start()
    desk.screen.sign_in(desk.root, "newcomer", given)
    desk.see("New password")
    label(desk, me["name"] + " gave you this password. .*")
    shot(desk, "password-given")
    desk.named()
    desk.unseen("Front desk")
    put(desk, "New password", own)
    put(desk, "New password, once more", "something else 1")
    desk.see("The two new passwords differ.")
    desk.screen.focused(desk.root, "New password, once more", "text")
    desk.keys("ctrl+a")
    put(desk, "New password, once more", own)
    desk.see("Front desk")
    assert desk.ask(None, "/session", dict(username="newcomer", password=own))["user"]["id"] == made["id"]
    desk.end()


@step
def the_demonstration_offers_the_kiosk_and_one_person_at_a_time(desk):
    desk.start()
    desk.screen.press(desk.see("Kiosk", "push button"))
    desk.see("हिन्दी", wait=20)
    desk.end()
    desk.start()
    desk.screen.press(desk.see("Cashier", "push button"))
    desk.see("Cashier — Mahima", wait=20)
    for button in [node for node in desk.screen.walk(desk.root) if node.name == "Doctor" and node.getRoleName() == "push button"]:
        desk.screen.press(button)
    time.sleep(3)
    desk.see("Cashier — Mahima")
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
