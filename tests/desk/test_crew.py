#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A crew's shift by the keyboard, on a screen of 360 px: signing on, an assignment that comes with its alert, accepted, told step by
step with one button, the server away in the middle, a time corrected, one refused with a reason, out of service, signing off.
By accessible names and by keys."""
import datetime
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import hospital  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402


def shot(desk, name):
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(f"{os.environ['MH_SHOT']}-{name}.png")


def hence(seconds):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def asked(desk, where):
    """Another desk takes a call and sends the crew's unit to it."""
    desk.ask("crew", f"/units/{desk.unit}/positions", dict(fixes=[dict(at=hence(-1), lat=57.703, lon=11.97, accuracy_m=5)]))
    call = desk.ask("dispatcher", "/calls", dict(summary="Fell from a ladder", phone="9812032145",
                                                 location=dict(lat=57.7, lon=11.97, text=where)))["id"]
    desk.ask("dispatcher", f"/calls/{call}/answers", method="PUT", body=dict(
        card="CHEST", age="30y", sex="M", conscious="yes", breathing="normal", answers={}))
    version = next(state["version"] for state in desk.ask("dispatcher", "/unit-states")["items"] if state["id"] == desk.unit)
    return desk.ask("dispatcher", "/assignments", dict(call_id=call, unit_id=desk.unit, unit_version=version))["id"]


def mission(desk, one, what="state"):
    return desk.hospital.ask(f"SELECT {what} FROM mission WHERE id = ?", one)[0]


def unit(desk, what="state"):
    return desk.hospital.ask(f"SELECT {what} FROM unit_state WHERE id = ?", desk.unit)[0]


@step
def a_crew_signs_on_to_a_unit(desk):
    desk.start()
    desk.enter("crew")
    desk.see("You are on no unit", wait=30)
    desk.named()
    shot(desk, "off")
    desk.keys("F7")
    desk.see("Sign on", "frame")
    desk.named()
    desk.type("A1")
    desk.see("A1", "list item", wait=20)
    desk.keys("Down", "Return", "Tab")
    desk.screen.focused(desk.root, "Duty")
    desk.keys("space")
    shot(desk, "on")
    desk.keys("ctrl+Return")
    desk.see("A1 · Available", wait=20)
    desk.unit = desk.hospital.ask("SELECT id FROM unit WHERE code = 'A1'")[0]
    desk.screen.activate()
    desk.see("No assignment. It comes here")
    desk.named()


@step
def an_assignment_comes_and_is_accepted(desk):
    desk.mission = asked(desk, "Avenyn 3")
    desk.see("○ Asked · ", "alert", wait=20)
    desk.see("Avenyn 3")
    desk.see("◆ P2: serious")
    desk.see("Caller: 9812032145")
    desk.named()
    shot(desk, "asked")
    desk.keys("Tab")
    desk.screen.focused(desk.root, "Accept", "push button")
    desk.scan("L251125-0042")
    assert mission(desk, desk.mission) == "asked", "a scanner accepted it"
    desk.keys("F2")
    desk.see("A1: Accepted")
    hospital.until(lambda: mission(desk, desk.mission) == "assigned")
    desk.see("On the way", "push button")
    shot(desk, "accepted")


@step
def who_signs_in_after_a_dispatcher_on_this_desk_is_where_they_were(desk):
    for who, words in (("dispatcher", "Calls"), ("crew", "A1 · Assigned")):
        desk.keys("ctrl+m")
        desk.screen.press(desk.see("Switch user", "menu item"))
        desk.enter(who)
        desk.see(words, wait=30)
    desk.see("On the way", "push button")
    desk.see("Avenyn 3")


@step
def the_steps_wait_while_the_server_is_away_with_their_own_times(desk):
    address = desk.hospital.url.split("//")[1]
    desk.keys("F2")
    hospital.until(lambda: mission(desk, desk.mission) == "en_route")
    desk.hospital.stop()
    desk.see("Offline", wait=60)
    desk.see("On scene", "push button")
    desk.keys("F2")
    desk.see("Kept here until the server is back", wait=20)
    desk.see("■ On scene", "alert", wait=20)
    desk.see("At the patient", "push button")
    desk.keys("F2")
    desk.see("Departed with the patient", "push button")
    desk.named()
    shot(desk, "away")
    before = datetime.datetime.now(datetime.timezone.utc).timestamp()
    desk.hospital.start(address)
    hospital.until(lambda: mission(desk, desk.mission, "at_patient_at"), 90)
    there, patient = (mission(desk, desk.mission, field) for field in ("on_scene_at", "at_patient_at"))
    assert there <= patient < before * 1e6, (there, patient, before)
    desk.gone("Offline", wait=60)


@step
def a_step_that_was_told_too_early_is_taken_back(desk):
    desk.see("Departed with the patient", "push button")
    desk.keys("F6")
    desk.see("Correct a time", "frame")
    desk.see("When it was", "text").queryEditableText().setTextContents("")
    desk.see("Reason", "text").queryEditableText().setTextContents("Wrong house")
    desk.keys("ctrl+Return")
    desk.gone("Correct a time", "frame")
    hospital.until(lambda: mission(desk, desk.mission, "at_patient_at") is None)
    desk.screen.activate()
    desk.see("At the patient", "push button", wait=20)


@step
def another_step_ends_it(desk):
    desk.keys("F3")
    desk.see("What the unit tells", "frame")
    desk.screen.focused(desk.root, "Step", "combo box")
    desk.keys("space", "End", "Return")
    desk.screen.focused(desk.root, "Step", "combo box")  # what dropped down has gone
    desk.keys("ctrl+Return")
    hospital.until(lambda: mission(desk, desk.mission) == "done")
    desk.screen.activate()
    desk.see("No assignment. It comes here", wait=20)
    assert unit(desk) == "available"


@step
def one_is_refused_with_a_reason(desk):
    second = asked(desk, "Kungsgatan 2")
    desk.see("Kungsgatan 2", wait=20)
    desk.keys("F8")
    desk.see("Refuse the assignment", "frame")
    desk.screen.focused(desk.root, "Why refused", "combo box")
    desk.keys("space", "Down", "Return")
    desk.screen.focused(desk.root, "Why refused", "combo box")  # what dropped down has gone
    desk.keys("ctrl+Return")
    hospital.until(lambda: mission(desk, second) == "refused")
    desk.screen.activate()
    desk.see("No assignment. It comes here", wait=20)


@step
def out_of_service_and_signed_off(desk):
    desk.keys("F4")
    desk.see("Take out of service", "frame")
    desk.named()
    desk.keys("ctrl+Return")
    desk.see("Fill this in")
    desk.see("Why out of service", "text").queryEditableText().setTextContents("Tyre flat")
    shot(desk, "state")
    desk.keys("ctrl+Return")
    desk.see("A1 · Out of service", wait=20)
    desk.see(" · Tyre flat")
    hospital.until(lambda: unit(desk, "state || ' ' || reason") == "out_of_service Tyre flat")
    desk.screen.activate()
    desk.see("Back in service", "push button")
    desk.keys("F4")
    desk.see("A1 is available")
    desk.see("A1 · Available", wait=20)
    desk.keys("F9")
    desk.see("Sign off?")
    shot(desk, "sign-off")
    desk.screen.focused(desk.root, "Sign off", "push button")
    desk.keys("Return")
    desk.see("You are on no unit", wait=20)
    hospital.until(lambda: unit(desk) == "off")
    desk.end()


if __name__ == "__main__":
    display.within(steps.live, width=360, height=720)
