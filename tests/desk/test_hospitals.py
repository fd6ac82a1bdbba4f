#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hospitals of the rescue service by the keyboard: what they told and how old it is, beds reported with a figure that cannot be,
a diversion begun, taken back, renewed and ended, the same while the server is away, and who may write for whom.
By accessible names and by keys."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import hospital  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402

OWN = "Mahima Demonstration Hospital"
EAST = "East Hospital"


def shot(desk, name):
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(f"{os.environ['MH_SHOT']}-{name}.png")


def site(desk, code, what):
    return desk.hospital.ask(f"SELECT {what} FROM care_site WHERE code = ?", code)[0]


def site_id(desk, code):
    return site(desk, code, "id")


def go_to(desk, name):
    """To the row of that hospital, from above."""
    desk.keys("Home")
    for _ in range(12):
        try:
            desk.screen.on_row(desk.root, name, wait=0.5)
            return
        except AssertionError:
            desk.keys("Down")
    desk.screen.on_row(desk.root, name)


def on_row(desk, words):
    """Once a window over the page has gone."""
    desk.screen.activate()
    desk.screen.on_row(desk.root, words)


def held(desk, reason):
    return desk.hospital.ask("SELECT count(*) FROM diversion WHERE reason = ? AND ended_at IS NULL", reason)[0] == 1


def write(desk, name, text):
    desk.see(name, "text").queryEditableText().setTextContents(text)


@step
def the_list_tells_crowding_beds_diversions_and_age(desk):
    desk.start()
    desk.enter("dispatcher")
    desk.see("No open call", wait=30)
    desk.keys("alt+shift+b")
    desk.see("South General Hospital", wait=20)
    desk.screen.on_row(desk.root)
    desk.see("▲ 178 · Severely crowded")
    desk.see("⊘ All patients · 1 h 3")
    desk.see("⚠ 1 h 35 min ago")
    desk.see("Never told")
    desk.named()
    shot(desk, "list")
    go_to(desk, OWN)
    desk.see("Points of the NEDOCS")
    desk.see("26, in 24 beds")
    desk.see("92.95")
    desk.see("26 patients in 24 beds, 8 wait for a bed, 1 ventilated · 11 beds free")
    desk.see("19 patients in 24 beds")


@step
def a_figure_that_cannot_be_is_told_at_its_field(desk):
    go_to(desk, EAST)
    desk.keys("F2")
    desk.screen.written(desk.root, "Patients in the emergency department", "20")
    desk.see("NEDOCS ", "alert")
    desk.named()
    write(desk, "Free beds", "900")
    desk.keys("ctrl+Return")
    desk.see("Write a number from 0 to 540: it has no more")
    shot(desk, "refused")
    write(desk, "Free beds", "31")
    write(desk, "Patients in the emergency department", "28")
    desk.see("■ Very busy · NEDOCS 72", "alert")
    desk.keys("ctrl+Return")
    desk.see("Saved")
    desk.see("31 free")
    hospital.until(lambda: site(desk, "EAST", "free_beds || ' ' || nedocs") == "31 72")
    on_row(desk, EAST)


@step
def what_was_typed_before_escape_is_offered_again(desk):
    desk.keys("F4")
    desk.see("Begin a diversion", "frame")
    desk.screen.focused(desk.root, "Which patients", "check box")
    desk.keys(*["Tab"] * 5)
    desk.screen.focused(desk.root, "Children", "check box")
    desk.keys("space", "Tab", "Tab", "Tab")
    desk.screen.focused(desk.root, "Reason", "text")
    desk.named()
    desk.type("Lift out of order")
    shot(desk, "divert")
    desk.keys("Escape")
    desk.gone("Begin a diversion", "frame")
    on_row(desk, EAST)
    desk.keys("F4")
    desk.screen.press(desk.see("Continue"))
    desk.screen.written(desk.root, "Reason", "Lift out of order")


@step
def a_diversion_is_begun_and_taken_back(desk):
    desk.keys("ctrl+Return")
    desk.see("Diversion begun")
    desk.see("⊘ Children")
    hospital.until(lambda: held(desk, "Lift out of order"))
    desk.screen.activate()
    desk.keys("ctrl+z")
    hospital.until(lambda: not held(desk, "Lift out of order"))
    desk.gone("⊘ Children · ")


@step
def one_that_holds_is_renewed_and_ended(desk):
    go_to(desk, "North Bank")
    before = desk.hospital.ask("SELECT until FROM diversion WHERE reason LIKE 'Catheter%'")[0]
    desk.keys("F6")
    desk.see("Renew the diversion", "frame")
    desk.named()
    shot(desk, "renew")
    desk.keys("ctrl+Return")
    hospital.until(lambda: desk.hospital.ask("SELECT until FROM diversion WHERE reason LIKE 'Catheter%'")[0] > before)
    desk.see("renewed once")
    on_row(desk, "North Bank")
    desk.keys("F8")
    desk.see("End the diversion?")
    shot(desk, "end")
    desk.keys("Escape")
    desk.gone("End the diversion?")
    assert desk.hospital.ask("SELECT ended_at FROM diversion WHERE reason LIKE 'Catheter%'")[0] is None
    on_row(desk, "North Bank")
    desk.keys("F8")
    desk.see("End the diversion?")
    desk.screen.focused(desk.root, "End diversion", "push button")
    desk.keys("Return")
    hospital.until(lambda: desk.hospital.ask("SELECT ended_at FROM diversion WHERE reason LIKE 'Catheter%'")[0])
    desk.gone("⊘ Heart catheter · ")
    desk.see("ended ")


@step
def what_another_desk_reports_shows_at_once_and_moves_no_row(desk):
    desk.screen.activate()
    go_to(desk, "North Bank")
    desk.ask("dispatcher", f"/hospitals/{site_id(desk, 'HILL')}/capacity", method="PUT",
             body=dict(ed_patients=7, boarders=0, ventilated=0, longest_minutes=0, last_bed_minutes=5, free_beds=3))
    desk.gone("Never told")
    desk.see("3 free")
    desk.screen.on_row(desk.root, "North Bank")


@step
def a_report_waits_while_the_server_is_away(desk):
    address = desk.hospital.url.split("//")[1]
    go_to(desk, EAST)
    desk.hospital.stop()
    desk.see("Offline", wait=60)
    desk.keys("F2")
    desk.see("Free beds", "text")
    write(desk, "Free beds", "29")
    desk.keys("ctrl+Return")
    desk.see("Kept here until the server is back", wait=20)
    desk.see("29 free", wait=20)
    shot(desk, "away")
    desk.hospital.start(address)
    hospital.until(lambda: site(desk, "EAST", "free_beds") == 29, 90)
    desk.gone("Offline", wait=60)


@step
def a_hospitals_own_people_write_for_their_own_alone(desk):
    desk.end()
    desk.start()
    desk.enter("nurse")
    desk.see("Nursing", wait=30)
    desk.keys("alt+shift+b")
    desk.see(EAST, wait=20)
    go_to(desk, EAST)
    desk.gone("Report beds", "push button")
    desk.keys("F2")
    desk.unseen("Free beds", "text")
    go_to(desk, OWN)
    desk.see("Report beds", "push button")
    desk.named()
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
