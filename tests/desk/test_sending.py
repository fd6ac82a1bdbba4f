#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Units are sent to emergency calls, by the keyboard: proposals with their figures, one key to send, steps with their times, what
another desk was faster with, a unit stood down, a time corrected, the highest priority stopped before it is sent by itself, and a
call taken over. By accessible names and by keys."""
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


def new_call(desk, where, top=False):
    made = desk.ask("dispatcher", "/calls", dict(summary="Fell from a ladder", location=dict(lat=57.7, lon=11.97, text=where)))
    desk.ask("dispatcher", f"/calls/{made['id']}/answers", method="PUT", body=dict(conscious="no", breathing="none") if top else dict(
        card="CHEST", age="30y", sex="M", conscious="yes", breathing="normal", answers={}))
    return made["id"]


def crew(desk):
    """Two units with somebody on them, the nearer one first; the dispatcher drives the other."""
    units = [unit for unit in desk.ask("dispatcher", "/units?limit=50")["items"] if "ALS" in unit["can"]][:2]
    for unit, person, lat in zip(units, ("crew", "dispatcher"), (57.703, 57.715)):
        user = desk.ask(person, "/session")["user"]["id"]
        desk.ask("dispatcher", "/crew-shifts", dict(unit_id=unit["id"], user_id=user, duty="driver", until=hence(8 * 3600)))
        here(desk, person, unit, lat)
    return units


def here(desk, person, unit, lat):
    desk.ask(person, f"/units/{unit['id']}/positions", dict(fixes=[dict(at=hence(-1), lat=lat, lon=11.97, accuracy_m=5)]))


def mission(desk, code, what="state"):
    found = desk.hospital.ask(f"SELECT {what} FROM mission WHERE unit_code = ? ORDER BY assigned_at DESC, id DESC LIMIT 1", code)
    return found[0] if found is not None else None


def go_to(desk, words):
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
def units_are_proposed_with_their_figures_and_one_is_sent_by_a_key(desk):
    desk.near, desk.far = crew(desk)
    desk.call = new_call(desk, "Avenyn 3")
    desk.start()
    desk.enter("dispatcher")
    desk.see("Avenyn 3", wait=30)
    go_to(desk, "Avenyn 3")
    desk.see("⚠ none")
    desk.keys("F5")
    desk.see("Send a unit", "frame")
    desk.see(f"1  {desk.near['code']}", "list item", wait=20)
    desk.screen.focused(desk.root, f"1  {desk.near['code']}", "list item")
    desk.see(" s by road")
    desk.see("proposed")
    desk.named()
    shot(desk, "proposed")
    desk.keys("F8")
    desk.see("Nobody is on it")
    desk.keys("F8")
    desk.see(f"2  {desk.far['code']}", "list item")
    desk.scan("251125-0042")
    assert desk.hospital.ask("SELECT COUNT(*) FROM mission")[0] == 0, "a scanner sent a unit"
    desk.see("Send a unit", "frame")
    desk.keys("1")
    desk.see(f"{desk.near['code']} is asked")
    hospital.until(lambda: mission(desk, desk.near["code"]) == "asked")
    desk.see("○ Asked · ")
    desk.see("1 · Assigned")
    desk.named()
    shot(desk, "asked")


@step
def a_dispatcher_writes_down_what_the_unit_tells(desk):
    for told, words in (("accepted", "Assigned"), ("en_route", "On the way"), ("on_scene", "On scene")):
        go_to(desk, "Avenyn 3")
        desk.keys("ctrl+F5")
        desk.see("What the unit tells", "frame")
        desk.keys("ctrl+Return")
        desk.gone("What the unit tells", "frame")
        desk.see(words)
        hospital.until(lambda: mission(desk, desk.near["code"], f"{told}_at"))
    desk.see("✓ there after 0 min")
    shot(desk, "there")


@step
def a_time_is_corrected_with_a_reason(desk):
    before = mission(desk, desk.near["code"], "on_scene_at")
    go_to(desk, "Avenyn 3")
    desk.keys("ctrl+F6")
    desk.see("Correct a time", "frame")
    desk.named()
    desk.keys("ctrl+Return")
    desk.see("Fill this in")
    desk.see("Reason", "text").queryEditableText().setTextContents("Pressed late")
    shot(desk, "correct")
    desk.keys("ctrl+Return")
    desk.gone("Correct a time", "frame")
    assert desk.hospital.ask("SELECT was_at FROM mission_event WHERE reason = 'Pressed late'")[0] == before


@step
def what_another_desk_was_faster_with_is_told_and_nothing_is_sent_twice(desk):
    other = new_call(desk, "Kungsgatan 2")
    desk.see("Kungsgatan 2", wait=20)
    go_to(desk, "Kungsgatan 2")
    here(desk, "dispatcher", desk.far, 57.715)
    desk.keys("F5")
    desk.see(f"1  {desk.far['code']}", "list item", wait=20)
    version = next(state["version"] for state in desk.ask("dispatcher", "/unit-states")["items"] if state["id"] == desk.far["id"])
    third = new_call(desk, "Third street 5")
    desk.ask("dispatcher", "/assignments", dict(call_id=third, unit_id=desk.far["id"], unit_version=version))
    desk.keys("1")  # before or after the list is read anew: the unit is not sent
    desk.see("No unit can go now", wait=20)
    shot(desk, "faster")
    desk.keys("Escape")
    desk.gone("Send a unit", "frame")
    count = desk.hospital.ask("SELECT count(*) FROM mission WHERE call_id = ?", other)[0]
    assert count == 0, count


@step
def a_unit_is_stood_down_with_a_reason(desk):
    go_to(desk, "Third street 5")
    desk.see("○ Asked · ", wait=20)
    desk.keys("ctrl+F8")
    desk.see("Stand the unit down", "frame")
    desk.screen.focused(desk.root, "Reason", "combo box")
    desk.keys("space", "Down", "Return")
    desk.screen.focused(desk.root, "Reason", "combo box")  # what dropped down has gone
    desk.keys("ctrl+Return")
    hospital.until(lambda: mission(desk, desk.far["code"]) == "stood_down")
    desk.see("✕ Stood down")
    shot(desk, "down")


@step
def the_highest_priority_is_stopped_before_it_is_sent_by_itself(desk):
    call = new_call(desk, "Top street 1", top=True)
    desk.see("Top street 1", wait=20)
    go_to(desk, "Top street 1")
    desk.see("sent in ", "alert")
    shot(desk, "veto")
    desk.keys("F12")
    desk.see("No unit is sent by itself")
    hospital.until(lambda: desk.hospital.ask("SELECT veto_name FROM emergency_call WHERE id = ?", call)[0])
    desk.gone("sent in ", "alert")


@step
def a_call_of_another_dispatcher_is_taken_over(desk):
    desk.ask("admin", "/users", dict(username="dora", name="Dora Second", roles=["dispatcher"], active=True, password="quartz lantern meadow",
                                     hospital_id=desk.ask("dispatcher", "/session")["user"]["hospital_id"]))
    desk.tokens["dora"] = desk.ask(None, "/session", dict(username="dora", password="quartz lantern meadow"))["token"]
    call = desk.ask("dispatcher", "/calls", dict(summary="Cut finger", location=dict(lat=57.7, lon=11.97, text="Dora street 9")))["id"]
    owner = desk.ask("dispatcher", f"/calls/{call}")["owner_name"]
    assert owner == "Dora Second", owner  # she has none yet
    desk.see("Dora street 9", wait=20)
    go_to(desk, "Dora street 9")
    desk.see("Take over", "push button")
    desk.keys("ctrl+F2")
    desk.see("You see to this call now")
    hospital.until(lambda: desk.hospital.ask("SELECT owner_name FROM emergency_call WHERE id = ?", call)[0] != "Dora Second")
    desk.gone("Take over", "push button")
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
