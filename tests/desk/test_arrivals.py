#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is on the way, by the keyboard: a dispatcher tells a hospital, its nurse is told, accepts, receives (the server away in the
middle) and takes over; one is refused with a reason, and of another nobody comes. By accessible names and by keys."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import hospital  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402

OWN = "Mahima Demonstration Hospital"


def shot(desk, name):
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(f"{os.environ['MH_SHOT']}-{name}.png")


def arrival(desk, what, patient):
    found = desk.hospital.ask(f"SELECT {what} FROM arrival WHERE patient = ?", patient)
    return found[0] if found is not None else None


def call(desk):
    """A call of another desk, on the map."""
    made = desk.ask("dispatcher", "/calls", dict(summary="Fell from a ladder",
                                                 location=dict(lat=57.7, lon=11.97, text="Avenyn 3")))
    desk.ask("dispatcher", f"/calls/{made['id']}/answers", method="PUT", body=dict(
        card="CHEST", age="30y", sex="M", conscious="yes", breathing="normal", answers={}))
    return made


def told(desk, patient):
    """Another desk tells the own hospital."""
    site = desk.hospital.ask("SELECT id FROM care_site WHERE name = ?", OWN)[0]
    return desk.ask("dispatcher", "/arrivals", dict(call_id=desk.call["id"], site_id=site, patient=patient))


def write(desk, name, text):
    desk.see(name, "text").queryEditableText().setTextContents(text)


def go_to(desk, words):
    """To the row with these words, from above."""
    desk.screen.activate()
    desk.keys("Home")
    for _ in range(6):
        try:
            desk.screen.on_row(desk.root, words, wait=0.5)
            return
        except AssertionError:
            desk.keys("Down")
    desk.screen.on_row(desk.root, words)


@step
def a_dispatcher_tells_a_hospital_who_comes(desk):
    desk.call = call(desk)
    desk.start()
    desk.enter("dispatcher")
    desk.see("Avenyn 3", wait=30)
    desk.screen.on_row(desk.root, "Avenyn 3")
    desk.keys("F9")
    desk.see("Where to", "frame")
    desk.see(f"1  {OWN}", wait=20)
    desk.screen.focused(desk.root, f"1  {OWN}", "list item")
    desk.named()
    shot(desk, "where")
    desk.keys("2")
    desk.screen.focused(desk.root, "2  ", "list item")
    desk.keys("1")
    desk.screen.focused(desk.root, f"1  {OWN}", "list item")
    write(desk, "Age and sex", "62 years, man")
    desk.keys("ctrl+Return")
    desk.see("Saved")
    hospital.until(lambda: arrival(desk, "state || ' ' || site_name", "62 years, man") == f"told {OWN}")


@step
def the_list_of_the_dispatcher_has_it(desk):
    desk.screen.activate()
    desk.keys("alt+shift+r")
    desk.see("62 years, man", wait=20)
    desk.see("● Waits for an answer")
    desk.see("A bed is kept")
    desk.named()
    shot(desk, "dispatcher")
    desk.end()


@step
def the_nurse_is_told_and_accepts(desk):
    desk.start()
    desk.enter("nurse")
    desk.see("Nursing", wait=30)
    desk.keys("alt+shift+r")
    desk.see("62 years, man", wait=20)
    desk.screen.on_row(desk.root, "62 years, man")
    desk.gone("Nobody comes", "push button")
    desk.keys("F9")
    desk.unseen("Does nobody come?")
    desk.keys("F2")
    desk.see("Accepted; the dispatcher sees it")
    desk.see("✓ Accepted")
    hospital.until(lambda: arrival(desk, "state", "62 years, man") == "accepted")
    desk.named()
    shot(desk, "accepted")


@step
def one_is_refused_with_a_reason(desk):
    told(desk, "9 years, girl")
    go_to(desk, "9 years, girl")
    desk.keys("F8")
    desk.see("Refuse the patient", "frame")
    desk.keys("ctrl+Return")
    desk.see("Fill this in")
    desk.keys("Escape")
    desk.gone("Refuse the patient", "frame")
    assert arrival(desk, "state", "9 years, girl") == "told"
    go_to(desk, "9 years, girl")
    desk.keys("F8")
    desk.see("Refuse the patient", "frame")
    desk.see("Why refused")
    desk.named()
    shot(desk, "refuse")
    desk.screen.focused(desk.root, "Why refused", "combo box")
    desk.keys("space", "Down", "Return")
    desk.screen.focused(desk.root, "Why refused", "combo box")  # what dropped down has gone
    desk.keys("ctrl+Return")
    hospital.until(lambda: arrival(desk, "state", "9 years, girl") == "refused")
    desk.gone("9 years, girl")
    kinds = [alert["kind"] for alert in desk.ask("dispatcher", "/alerts?kind=arrival_refused")["items"]]
    assert kinds == ["arrival_refused"], kinds


@step
def an_arrival_waits_while_the_server_is_away(desk):
    address = desk.hospital.url.split("//")[1]
    go_to(desk, "62 years, man")
    desk.hospital.stop()
    desk.see("Offline", wait=60)
    desk.keys("F4")
    desk.see("Kept here until the server is back", wait=20)
    desk.see("■ Arrived", wait=20)
    desk.see("here for 0 min")
    shot(desk, "away")
    desk.hospital.start(address)
    hospital.until(lambda: arrival(desk, "state", "62 years, man") == "arrived", 90)
    desk.gone("Offline", wait=60)
    desk.keys("F6")
    desk.see("The patient is taken over")
    hospital.until(lambda: arrival(desk, "handed_name", "62 years, man"))
    desk.gone("62 years, man")
    desk.see("Nobody is on the way")


@step
def that_nobody_comes_is_the_dispatchers_to_say(desk):
    desk.end()
    told(desk, "20 years, woman")
    desk.start()
    desk.enter("dispatcher")
    desk.see("Avenyn 3", wait=30)
    desk.keys("alt+shift+r")
    go_to(desk, "20 years, woman")
    desk.keys("F9")
    desk.see("Does nobody come?")
    desk.keys("Escape")
    desk.gone("Does nobody come?")
    assert arrival(desk, "state", "20 years, woman") == "told"
    go_to(desk, "20 years, woman")
    desk.keys("F9")
    desk.see("Does nobody come?")
    desk.screen.focused(desk.root, "Nobody comes", "push button")
    desk.keys("Return")
    hospital.until(lambda: arrival(desk, "state", "20 years, woman") == "cancelled")
    desk.gone("20 years, woman")
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
