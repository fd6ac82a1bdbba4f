#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Units of the rescue service by the keyboard: their states, crews and zones, search and choice, out of service with a reason and
back, people signed on and off, what another desk was faster with, the server away, a unit registered and changed, and what
a crew may. By accessible names and by keys."""
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


def unit(desk, code, what="id"):
    return desk.hospital.ask(f"SELECT {what} FROM unit WHERE code = ?", code)[0]


def state(desk, code, what="state"):
    found = desk.hospital.ask(f"SELECT {what} FROM unit_state WHERE unit_code = ?", code)
    return found[0] if found is not None else None


def on(desk, code):
    return desk.hospital.ask("SELECT count(*) FROM crew_shift WHERE unit_code = ? AND ended_at IS NULL", code)[0]


def go_to(desk, code):
    """To the row of that unit, from above."""
    desk.screen.activate()
    desk.keys("ctrl+f", "Return")
    desk.screen.on_row(desk.root)
    desk.keys("Home")
    for _ in range(12):
        try:
            desk.screen.on_row(desk.root, code, wait=0.5)
            return
        except AssertionError:
            desk.keys("Down")
    desk.screen.on_row(desk.root, code)


def write(desk, name, text):
    desk.see(name, "text").queryEditableText().setTextContents(text)


def pick(desk, name, text):
    """Somebody by a part of the name, as the list finds them."""
    desk.screen.focused(desk.root, name, "text")
    desk.type(text)
    desk.see(text, "list item", wait=20)
    desk.keys("Return")


@step
def the_list_tells_state_crew_and_age_and_the_zones(desk):
    user = desk.ask("crew", "/session")["user"]
    desk.crew = user["name"]
    desk.ask("dispatcher", "/crew-shifts", dict(unit_id=unit(desk, "A1"), user_id=user["id"], duty="paramedic", until=hence(6 * 3600)))
    desk.ask("crew", f"/units/{unit(desk, 'A1')}/positions", dict(fixes=[dict(at=hence(-1), lat=57.703, lon=11.97, accuracy_m=5)]))
    desk.start()
    desk.enter("dispatcher")
    desk.see("No open call", wait=30)
    desk.keys("alt+shift+l")
    desk.see("● Available", wait=20)
    desk.screen.on_row(desk.root)
    desk.see("– Off duty")
    desk.see("⚠ 1 of 2 available")
    desk.see("⚠ 0 of 1 available")
    desk.see("Never")
    desk.named()
    go_to(desk, "A1")
    desk.see("Crew of this unit", "list")
    desk.see("5 h 5")
    desk.see("0 min ago")
    shot(desk, "list")


@step
def units_are_found_by_words_and_by_state(desk):
    desk.keys("ctrl+f")
    desk.screen.focused(desk.root, "Find a unit")
    desk.type("motorbike")
    desk.gone("Fire station")
    desk.keys("Return")
    desk.screen.on_row(desk.root, "C1")
    desk.keys("ctrl+f", "ctrl+a", "BackSpace")
    desk.see("Fire station")
    desk.keys("Tab")
    desk.screen.focused(desk.root, "Which units")
    desk.keys("Return", "Down", "Down", "Down", "Down", "Return")
    desk.gone("Fire station")
    shot(desk, "available")
    desk.screen.focused(desk.root, "Which units")
    desk.keys("Return", "Home", "Return")
    desk.see("Fire station")


@step
def a_unit_goes_out_of_service_for_a_reason_and_back(desk):
    go_to(desk, "A1")
    desk.keys("F2")
    desk.see("Take out of service", "frame")
    desk.named()
    desk.keys("ctrl+Return")
    desk.see("Fill this in")
    shot(desk, "refused")
    write(desk, "Why out of service", "Flat tyre")
    desk.keys("ctrl+Return")
    desk.see("✕ Out of service")
    desk.see("Flat tyre · since ")
    hospital.until(lambda: state(desk, "A1") == "out_of_service")
    desk.see("⚠ 0 of 2 available")
    go_to(desk, "A1")
    desk.keys("F2")
    desk.see("A1 is available")
    hospital.until(lambda: state(desk, "A1") == "available")
    desk.screen.activate()
    desk.keys("ctrl+z")
    hospital.until(lambda: state(desk, "A1", "reason") == "Flat tyre")
    desk.see("✕ Out of service")
    go_to(desk, "A1")
    desk.keys("F2")
    hospital.until(lambda: state(desk, "A1") == "available")
    desk.gone("Flat tyre · since ")
    shot(desk, "back")


@step
def somebody_is_signed_on_and_off(desk):
    go_to(desk, "A2")
    desk.keys("F4")
    desk.see("Sign on", "frame")
    pick(desk, "Person", "Meera")
    desk.named()
    desk.keys("ctrl+Return")
    desk.see("Fill this in")
    shot(desk, "sign-on")
    desk.screen.focused(desk.root, "Duty")
    desk.keys("Return", "Down", "Down", "Down", "Return", "ctrl+Return")
    desk.see("Dr Meera Iyer is on A2")
    hospital.until(lambda: on(desk, "A2") == 1)
    desk.see("11 h 5")
    desk.see("✓ 1 of 1 available")
    desk.screen.activate()
    desk.keys("ctrl+z")
    hospital.until(lambda: on(desk, "A2") == 0)
    desk.gone("Crew of this unit", "list")
    go_to(desk, "A1")
    desk.keys("F6")
    desk.see("Balwinder Singh Gill is the last one on A1, which is off duty from now on.")
    shot(desk, "sign-off")
    desk.keys("Escape")
    desk.gone("Sign off?")
    assert on(desk, "A1") == 1


@step
def who_is_on_another_unit_is_refused_in_words(desk):
    go_to(desk, "A2")
    desk.keys("F4")
    desk.see("Sign on", "frame")
    pick(desk, "Person", "Balwinder")
    desk.keys("Tab", "Return", "Down", "Down", "Return", "ctrl+Return")
    desk.see("Balwinder Singh Gill is on A1; sign off there first.")
    shot(desk, "conflict")
    desk.keys("Escape")
    desk.gone("Sign on", "frame")
    assert on(desk, "A2") == 0


@step
def what_another_desk_did_meanwhile_is_told(desk):
    go_to(desk, "A1")
    desk.keys("F2")
    desk.see("Take out of service", "frame")
    write(desk, "Why out of service", "Engine")
    desk.ask("dispatcher", f"/unit-states/{unit(desk, 'A1')}", dict(state="out_of_service", reason="Siren"), method="PATCH",
             version=state(desk, "A1", "version"))
    desk.see("✕ Out of service")
    desk.keys("ctrl+Return")
    desk.see("Siren")
    shot(desk, "meanwhile")


@step
def rows_stay_while_the_server_is_away_and_what_cannot_wait_is_told(desk):
    desk.ask("dispatcher", f"/unit-states/{unit(desk, 'A1')}", dict(state="available"), method="PATCH", version=state(desk, "A1", "version"))
    desk.keys("Escape")
    desk.gone("Take out of service", "frame")
    desk.gone("Siren · since ")
    address = desk.hospital.url.split("//")[1]
    go_to(desk, "A1")
    desk.hospital.stop()
    desk.see("Offline", wait=60)
    desk.see("● Available")
    desk.keys("F2")
    write(desk, "Why out of service", "Oxygen is empty")
    desk.keys("ctrl+Return")
    desk.see("The server cannot be reached", wait=20)
    desk.screen.written(desk.root, "Why out of service", "Oxygen is empty")
    shot(desk, "away")
    desk.hospital.start(address)
    desk.gone("Offline", wait=60)
    desk.keys("ctrl+Return")
    hospital.until(lambda: state(desk, "A1", "reason") == "Oxygen is empty", 60)
    desk.see("Oxygen is empty · since ")


@step
def a_manager_registers_and_changes_a_unit(desk):
    desk.end()
    desk.start()
    desk.enter("manager")
    desk.see("Search the dues", wait=30)
    desk.keys("alt+shift+l")
    desk.see("Fire station", wait=20)
    desk.screen.on_row(desk.root)
    desk.gone("Zones to be covered")
    desk.gone("Off duty")
    desk.named()
    shot(desk, "manager")
    desk.keys("F2", "F4")
    desk.unseen("Sign on", "frame")
    desk.keys("F9")
    desk.see("New unit", "frame")
    desk.keys("ctrl+Return")
    desk.see("Fill this in")
    desk.named()
    shot(desk, "new")
    write(desk, "Call sign", "A1")
    desk.screen.focused(desk.root, "Call sign", "text")
    desk.keys("Tab")
    desk.screen.pointer("mousemove", "1278", "798")
    desk.keys("Return")
    desk.see("Helicopter", "label")
    desk.keys("Down")
    desk.screen.on_row(desk.root, "Ambulance")
    desk.keys("Return")
    desk.gone("Helicopter", "label")
    desk.keys("Tab")
    desk.screen.focused(desk.root, "Can do", "check box")
    desk.keys("space", "ctrl+Return")
    desk.see("This code is used already", wait=20)
    shot(desk, "taken")
    write(desk, "Call sign", "A9")
    desk.keys("ctrl+Return")
    hospital.until(lambda: desk.hospital.ask("SELECT count(*) FROM unit WHERE code = 'A9'")[0] == 1)
    go_to(desk, "A9")
    desk.keys("F8")
    desk.see("Change unit", "frame")
    write(desk, "Station", "West station")
    desk.keys("ctrl+Return")
    desk.see("West station")
    hospital.until(lambda: unit(desk, "A9", "station") == "West station")


@step
def a_crew_signs_itself_on_and_acts_for_its_own_unit(desk):
    desk.end()
    shift = desk.hospital.ask("SELECT id FROM crew_shift WHERE unit_code = 'A1' AND ended_at IS NULL")[0]
    desk.ask("crew", f"/crew-shifts/{shift}/end", dict())
    desk.start()
    desk.enter("crew")
    desk.see("Fleet", wait=30)
    desk.keys("alt+shift+l")
    desk.see("Fire station", wait=20)
    go_to(desk, "B1")
    desk.gone("New unit…", "push button")
    desk.gone("Out of service…", "push button")
    desk.keys("F4")
    desk.see("Sign on", "frame")
    desk.screen.focused(desk.root, "Duty")
    desk.keys("Return", "Down", "Return", "ctrl+Return")
    desk.see(f"{desk.crew} is on B1")
    hospital.until(lambda: on(desk, "B1") == 1)
    desk.see("Out of service…", "push button")
    go_to(desk, "B2")
    desk.gone("Sign on…", "push button")
    go_to(desk, "B1")
    desk.keys("F6")
    desk.see("Sign off?")
    desk.keys("Return")
    hospital.until(lambda: on(desk, "B1") == 0)
    desk.gone("Crew of this unit", "list")
    shot(desk, "crew")
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
