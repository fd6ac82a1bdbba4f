# SPDX-License-Identifier: GPL-3.0-or-later
"""Two desks change one patient, one of them while it has no server: the person at it sees both versions and decides field
by field; the same at a form that is still open."""
import os
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402

HERS, THEIRS = "5811111111", "5822222222"


def stored(desk):
    return desk.ask("reception", "/patients/" + desk.patient["id"])


def another_desk(desk, **fields):
    now = stored(desk)
    return desk.ask("reception", "/patients/" + now["id"], fields, method="PATCH", version=now["version"])


def change(desk, family, phone):
    desk.keys("F8", pause=0.8)
    desk.keys("Return", "ctrl+a")
    desk.type(family)
    desk.keys("Return", "Return", "Return", "ctrl+a")
    desk.type(phone)


@step
def reception_chooses_a_patient(desk):
    desk.start()
    desk.sign_in("reception")
    desk.see("Online")
    desk.patient = desk.ask("reception", "/patients?limit=1")["items"][0]
    desk.keys("ctrl+f")
    desk.type(desk.patient["mrn"], pause=0.8)
    desk.keys("Return")
    desk.see(desk.patient["mrn"], "label")


@step
def changes_name_and_phone_without_the_server(desk):
    desk.address = desk.hospital.url.split("//")[1]
    desk.hospital.stop()
    desk.see("Offline", wait=20)
    change(desk, "Offlineson", HERS)
    desk.keys("ctrl+Return")
    desk.see("1 waiting")


@step
def another_desk_was_first(desk):
    os.kill(desk.client.pid, signal.SIGSTOP)  # so that it is
    try:
        desk.hospital.start(desk.address)
        another_desk(desk, phone=THEIRS, family_name="Firstson", city="Pune")
    finally:
        os.kill(desk.client.pid, signal.SIGCONT)
    desk.see("1 refused", wait=60)
    desk.see("Notifications, 1 new")


@step
def both_versions_are_seen(desk):
    desk.keys("alt+0", pause=1)
    desk.see("Change a patient")
    desk.named()
    desk.screen.press(desk.see("Compare…", "push button"))
    for words in ("Family name, made here: Offlineson", "Family name, at the server: Firstson", THEIRS, HERS):
        desk.see(words)
    desk.unseen("Pune")
    desk.named()


@step
def each_field_is_decided(desk):
    desk.keys("Tab", "Right", "ctrl+Return", pause=1)  # the second question, its other answer
    desk.see("Online", wait=20)
    desk.gone("Change a patient")
    now = stored(desk)
    assert now["family_name"] == "Offlineson", now
    assert now["phone"].endswith(THEIRS), now
    assert now["city"] == "Pune", now


@step
def the_same_at_an_open_form(desk):
    desk.keys("alt+1", pause=0.6)
    change(desk, "Formson", HERS)
    another_desk(desk, family_name="Otherson")
    desk.keys("ctrl+Return")
    desk.screen.press(desk.see("Compare…", "push button"))
    desk.see("Family name, made here: Formson")
    desk.unseen("Phone, made here")  # nobody else touched it
    time.sleep(0.3)
    desk.keys("ctrl+Return")
    desk.see("Saved as")
    now = stored(desk)
    assert now["family_name"] == "Formson" and now["phone"].endswith(HERS), now


@step
def two_changes_in_a_row_do_not_fight_each_other(desk):
    desk.hospital.stop()
    desk.see("Offline", wait=20)
    change(desk, "Onceson", HERS)
    desk.keys("ctrl+Return")
    desk.see("1 waiting")
    change(desk, "Twiceson", THEIRS)
    desk.keys("ctrl+Return")
    desk.see("2 waiting")
    desk.hospital.start(desk.address)
    desk.see("Online", wait=60)
    desk.unseen("refused")
    now = stored(desk)
    assert now["family_name"] == "Twiceson" and now["phone"].endswith(THEIRS), now


screens.within(live)
