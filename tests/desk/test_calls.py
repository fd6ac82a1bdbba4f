#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Emergency calls by the keyboard: one is taken with few keys, judged with every answer, kept while the server is away, goes on after
a crash as the same one, is offered to be joined, gets another priority with a reason and is cancelled with one.
By accessible names and by keys."""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import hospital  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402

WHERE = "Where is the emergency?"
PHONE = "Number to call back"
SUMMARY = "What has happened, in words"
AWAKE = "Is the person awake, or does the person answer when you shout?"
P1 = "▲ P1: life in danger"


def shot(desk, name):
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(f"{os.environ['MH_SHOT']}-{name}.png")


def begin(desk):
    desk.keys("F2")
    desk.screen.focused(desk.root, WHERE, "text")


def calls(desk, what="count(*)", where="1=1"):
    return desk.hospital.ask(f"SELECT {what} FROM emergency_call WHERE {where}")[0]


def written(desk):
    """When this desk last wrote something down, the drafts in it."""
    found = [os.path.join(folder, name) for folder, _, names in os.walk(os.environ["MAHIMA_DESK_HOME"]) for name in names if ".db" in name]
    return max(os.stat(name).st_mtime_ns for name in found)


@step
def a_call_is_sent_when_nobody_breathes_before_the_place_is_known(desk):
    desk.start()
    desk.enter("dispatcher")
    desk.see("No open call", wait=30)
    desk.named()
    shot(desk, "none")
    desk.strokes = 0
    begin(desk)
    desk.see(AWAKE, wait=20)
    desk.named()
    shot(desk, "begun")
    desk.keys("Return", "Return")
    desk.see("1  Yes", "list item")
    desk.keys("2")
    desk.see("3  Gasping or not at all", "list item")
    desk.keys("3")
    desk.see(P1, "alert")
    desk.see("⚡ Send at once: not breathing", "alert")
    desk.see("✓ Sent: ")
    assert desk.strokes <= 5, f"{desk.strokes} keys"
    hospital.until(lambda: calls(desk, "priority || send_now || coalesce(place, '')") == "P11")


def beats(desk):
    """What the metronome has counted."""
    found = [re.fullmatch("[●○] ([0-9]+)", part.name or "") for part in desk.screen.walk(desk.root)]
    return max((int(match[1]) for match in found if match), default=0)


@step
def the_words_are_read_step_by_step_and_the_metronome_counts(desk):
    desk.see("Step 1 of 5")
    desk.see("Put the phone on loudspeaker", "alert")
    desk.keys("F6", "F6")
    desk.see("Step 3 of 5")
    desk.see("Put the heel of one hand", "alert")
    desk.keys("F5")
    desk.see("Step 2 of 5")
    desk.keys("F7")
    desk.see("Stop the metronome", "push button")
    hospital.until(lambda: beats(desk) >= 3)
    shot(desk, "gasping")
    desk.keys("2")
    desk.see("Is there a defibrillator")
    desk.see("Step 2 of 5")
    desk.see("Stop the metronome", "push button")
    desk.keys("F7")
    desk.gone("Stop the metronome")


@step
def the_place_follows_and_keeps_what_the_map_does_not_know(desk):
    desk.keys("F4")
    desk.screen.focused(desk.root, WHERE, "text")
    desk.type("Kungsgatan 2")
    desk.keys("Return")
    desk.see("On the map: ", "alert", wait=20)
    desk.screen.focused(desk.root, PHONE, "text")
    desk.screen.written(desk.root, WHERE, "Kungsgatan 2")
    desk.type("12")
    desk.keys("Return")
    desk.see("Type a number of 3 digits or more, or leave it empty.")
    desk.keys("BackSpace", "BackSpace")
    desk.type("98120 32145")
    desk.keys("Return")
    hospital.until(lambda: "lat" in (calls(desk, "location") or "") and calls(desk, "phone") == "98120 32145")
    assert calls(desk, "place") == "Kungsgatan 2", calls(desk, "place")
    desk.keys("F9")
    desk.gone(WHERE, "text")
    desk.see("Call saved")
    assert calls(desk) == 1
    desk.see(P1)
    desk.see("Call taken")
    desk.see("Is the breathing normal? Gasping or not at all")
    desk.screen.on_row(desk.root)
    desk.named()
    shot(desk, "queue")


@step
def what_was_typed_before_a_crash_goes_on_as_the_same_call(desk):
    begin(desk)
    desk.see(AWAKE, wait=20)
    desk.type("Vasagatan")
    desk.keys("Return", "Return")
    hospital.until(lambda: calls(desk) == 2)
    desk.keys("1", "1")
    desk.see("Tell me what has happened.")
    desk.type("chest")
    desk.see("Chest", "list item")
    desk.keys("Return")
    hospital.until(lambda: calls(desk, "count(*)", "card = 'CHEST'") == 1)
    desk.keys("alt+h")
    desk.screen.focused(desk.root, SUMMARY, "text")
    before = written(desk)
    desk.type("pain since noon")
    hospital.until(lambda: written(desk) > before)
    desk.client.kill()
    desk.client.wait(10)
    desk.start()
    desk.enter("dispatcher")
    desk.see("Vasagatan", wait=30)
    begin(desk)
    desk.screen.press(desk.see("Continue"))
    desk.screen.written(desk.root, WHERE, "Vasagatan")
    desk.screen.written(desk.root, SUMMARY, "pain since noon")
    desk.see("How old is the person?")
    desk.keys("F9")
    desk.gone(WHERE, "text")
    hospital.until(lambda: calls(desk, "summary", "card = 'CHEST'") == "pain since noon")
    assert calls(desk) == 2


@step
def escape_keeps_what_was_typed_and_one_call_leaves_the_drafts_of_others(desk):
    begin(desk)
    desk.type("Odinsgatan")
    desk.keys("Escape")
    desk.gone(WHERE, "text")
    desk.screen.on_row(desk.root)
    begin(desk)
    desk.see("Continue “Odinsgatan”")
    desk.type("the old mill")
    desk.keys("Return")
    desk.type("100200")
    desk.keys("Return")
    hospital.until(lambda: calls(desk) == 3)
    desk.keys("alt+h")
    desk.screen.focused(desk.root, SUMMARY, "text")
    desk.type("a fall")
    desk.keys("Escape")
    desk.gone(WHERE, "text")
    hospital.until(lambda: calls(desk, "summary", "place = 'the old mill'") == "a fall")
    begin(desk)
    desk.see("Continue “Odinsgatan”")
    desk.unseen("Continue “a fall”")
    desk.keys("Escape")
    desk.gone(WHERE, "text")
    assert calls(desk) == 3


@step
def a_call_waits_while_the_server_is_away_and_so_does_what_follows(desk):
    address = desk.hospital.url.split("//")[1]
    desk.hospital.stop()
    desk.see("Offline", wait=60)
    begin(desk)
    desk.see(AWAKE, wait=20)
    desk.type("behind the mill")
    desk.keys("Return", "Return")
    desk.see("The server is away: kept in words, looked for on the map later", "alert")
    desk.keys("1", "2")
    desk.see("⟳ Waits at this desk until the server is back", "alert", wait=30)
    desk.keys("alt+h")
    desk.screen.focused(desk.root, SUMMARY, "text")
    desk.type("short of breath")
    shot(desk, "away")
    desk.keys("F9")
    desk.gone(WHERE, "text", wait=20)
    desk.screen.on_row(desk.root, "behind the mill")
    desk.see("The history comes when the server has the call.")
    desk.hospital.start(address)
    hospital.until(lambda: calls(desk, "count(*)", "place = 'behind the mill' AND summary = 'short of breath' AND priority = 'P2'") == 1, 90)
    assert calls(desk) == 4
    desk.gone("The history comes when the server has the call.", wait=30)


def order(desk):
    """The priorities of the list, from above."""
    node = desk.see("Take call", "push button").parent
    while desk.screen.find(node, "Waited", wait=0) is None:
        node = node.parent
    found = [part for part in desk.screen.walk(node) if part.getRoleName() == "label" and (part.name or "")[:1] in "▲◆■●○" and part.name]
    return [part.name.split(":")[0] for part in sorted(found, key=lambda part: part.queryComponent().getExtents(0).y)]


@step
def the_list_is_sorted_anew_when_a_priority_changes(desk):
    desk.gone("Offline", wait=30)
    hospital.until(lambda: order(desk) == ["○ Not known yet", "▲ P1", "◆ P2", "◆ P2"])
    waits = calls(desk, "id", "place = 'the old mill'")
    desk.ask("dispatcher", f"/calls/{waits}/answers", method="PUT",
             body=dict(card="BURN", conscious="yes", breathing="normal", age="30y", sex="M", answers={}))
    hospital.until(lambda: order(desk)[0] == "▲ P1" and order(desk)[-1][0] in "■●")
    shot(desk, "sorted")


def urgent(desk):
    """To the row of the first call that was judged."""
    desk.keys("Home", "Down")
    desk.screen.on_row(desk.root, P1)


@step
def a_call_from_the_same_number_is_joined_and_parted_again(desk):
    begin(desk)
    desk.keys("Return")
    desk.type("+91 98120 32145")
    desk.keys("Return")
    desk.see("Perhaps the same emergency")
    desk.see("From the same number · MH-E000001", "list item")
    shot(desk, "near")
    desk.keys("F8")
    desk.screen.on_row(desk.root, "MH-E000001")
    desk.keys("Return")
    desk.see("✓ Joined")
    desk.keys("F9")
    desk.gone(WHERE, "text")
    desk.see("MH-E000005 · joined to MH-E000001")
    hospital.until(lambda: calls(desk, "count(*)", "head_id IS NOT NULL") == 1)
    desk.named()
    desk.keys("F7")
    desk.see("Parted: it stands for itself again")
    hospital.until(lambda: calls(desk, "count(*)", "head_id IS NOT NULL") == 0)


@step
def somebody_else_calls_about_it(desk):
    urgent(desk)
    desk.keys("F4")
    desk.see("Further caller")
    desk.screen.focused(desk.root, PHONE)
    desk.type("55501234")
    desk.keys("Tab")
    desk.type("Meena")
    desk.keys("ctrl+Return")
    desk.see("55501234 · Meena")
    shot(desk, "callers")


@step
def a_priority_is_changed_and_a_call_cancelled_with_a_reason(desk):
    urgent(desk)
    desk.keys("F6")
    desk.see("Change the priority", wait=10)
    shot(desk, "priority")
    desk.keys("Escape")
    desk.gone("Why the priority was changed")
    desk.keys("F8")
    desk.see("Cancel the call", wait=10)
    shot(desk, "cancel")
    desk.keys("Escape")
    desk.gone("Cancel the call")


@step
def calls_are_taken_one_after_the_other_on_a_narrow_screen(desk):
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True, check=True)
    window = found.stdout.split()[-1]
    # without a window manager the keys go where the pointer is
    subprocess.run(["xdotool", "windowsize", window, "360", "760", "mousemove", "180", "700"], check=True)
    before = calls(desk)
    for more in (1, 2):
        begin(desk)
        desk.keys("Return", "Return")
        desk.see("1  Yes", "list item")
        desk.keys("2")
        desk.see("3  Gasping or not at all", "list item")
        desk.keys("3")
        hospital.until(lambda n=more: calls(desk) == before + n)
        desk.keys("F9")
        desk.gone(WHERE, "text")
    subprocess.run(["xdotool", "windowsize", window, "1280", "800"], check=True)


@step
def a_place_of_the_map_is_where_a_call_begins(desk):
    desk.keys("alt+shift+m")
    desk.see("Map", "image", wait=30)
    desk.type("Vasagatan")
    desk.keys("Return")
    desk.see("Route from here", "push button")
    desk.keys("F2")
    desk.see("On the map: Vasagatan", "alert")
    desk.screen.written(desk.root, WHERE, "Vasagatan")
    desk.keys("Escape")
    desk.end()


@step
def who_has_not_the_right_has_not_the_page(desk):
    desk.start()
    desk.sign_in("reception")
    desk.see("Front desk", "list item")
    desk.unseen("Emergency calls", "list item")
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
