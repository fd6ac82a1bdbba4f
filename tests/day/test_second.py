# SPDX-License-Identifier: GPL-3.0-or-later
"""A blood group is determined by two people: the grid asks for it in words, verification shows both, nothing goes out before they agree."""
import os
import sys
import time
import urllib.error

import pyatspi

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import become, tube_in_the_laboratory  # noqa: E402
from steps import live, step  # noqa: E402

RECORDED = {"B+": "B positive", "O+": "O positive"}  # of whom another group will be found
FIRST, SECOND = "ABO group, value", "ABO group, second determination, value"


def rows_of(desk):
    return {row["code"]: row for row in desk.ask("technician", f"/orders/{desk.order['id']}/results")["analytes"]}


def at_server(desk, **wanted):
    end = time.time() + 10
    while {code: rows_of(desk)[code].get("second_value") for code in wanted} != wanted:
        assert time.time() < end, {code: rows_of(desk)[code] for code in wanted}
        time.sleep(0.2)


def results_of(desk, who):
    desk.start()
    desk.sign_in(who)
    desk.see("Online")
    desk.keys("alt+4", pause=1.5)
    desk.see(FIRST)


def may_type(desk, name):
    return pyatspi.STATE_SENSITIVE in desk.see(name, "text").getState().getStates()


@step
def the_first_person_is_told_that_another_one_is_needed(desk):
    patient = next(one for one in desk.ask("reception", "/patients?limit=100")["items"] if one.get("blood_group") in RECORDED)
    desk.recorded = RECORDED[patient["blood_group"]]
    desk.order = tube_in_the_laboratory(desk, patient, ["ABORH"])
    results_of(desk, "technician")
    assert not may_type(desk, SECOND), "nobody has made the first determination yet"
    desk.type("A")
    desk.keys("Return", pause=0.3)
    desk.see("Before release: a second determination, by another person than ")
    assert not may_type(desk, SECOND), "the same person may not make the second"
    desk.type("p")
    desk.keys("Return", pause=0.5)
    desk.named()
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(os.environ["MH_SHOT"] + "-first.png")
    desk.keys("ctrl+Return", pause=0.5)
    desk.see("Kept. It waits for two determinations that agree.")
    row = rows_of(desk)["ABO"]
    assert (row["value"], row["status"]) == ("A", "draft"), row


@step
def nobody_may_verify_it_yet(desk):
    try:
        desk.ask("pathologist", f"/orders/{desk.order['id']}/verification", dict(decision="verify"))
    except urllib.error.HTTPError as refused:
        told = refused.read().decode()
        assert refused.code == 409 and "a second time, by another person than" in told, told
    else:
        raise AssertionError("a group that one person determined was verified")
    try:
        desk.ask("technician", f"/orders/{desk.order['id']}/results", method="PUT",
                 body=dict(results=[dict(analyte="ABO", determination=2, value="A")]))
    except urllib.error.HTTPError as refused:
        told = refused.read().decode()
        assert refused.code == 422 and "another person has to make the second" in told, told
    else:
        raise AssertionError("one person made both determinations")


@step
def a_second_one_that_differs_is_told(desk):
    desk.end()
    results_of(desk, "technician2")
    assert may_type(desk, SECOND)
    box = desk.see(SECOND, "text").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    desk.type("B")
    desk.keys("Return", pause=0.3)
    desk.see("The two determinations differ: A, ")
    at_server(desk, ABO="B")
    desk.keys("ctrl+Return", pause=1)
    assert rows_of(desk)["ABO"]["status"] == "draft"


@step
def the_right_one_goes_on(desk):
    desk.end()
    results_of(desk, "technician2")
    desk.see("The two determinations differ: A, ")
    box = desk.see(SECOND, "text").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    desk.keys("ctrl+a", pause=0.1)
    desk.type("A")
    desk.keys("Return", pause=0.3)
    desk.gone("The two determinations differ: A, ")
    at_server(desk, ABO="A")
    box = desk.see("Rh (D) type, second determination, value", "text").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    desk.type("p")
    desk.keys("Return", pause=0.3)
    at_server(desk, ABO="A", RHD="POS")
    desk.see(f"On the patient's record: {desk.recorded}. Check the sample's identity.")
    desk.keys("ctrl+Return", pause=1)
    become(desk, desk.order, "resulted")


@step
def verification_shows_both_with_who_and_when(desk):
    desk.end()
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    desk.keys("alt+5", pause=2)
    desk.see(desk.order["number"])
    desk.see("ABO group · Determined twice: A, Rahul Pawar, ")
    desk.see(" · second determination B, Sunita Reddy")
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(os.environ["MH_SHOT"] + "-second.png")


@step
def another_group_than_before_is_held_until_somebody_says_why(desk):
    told = f"Held: another blood group than before. On the patient's record: {desk.recorded}. Check the sample's identity."
    desk.see(told)
    desk.keys("F9", pause=1)
    desk.see(f"another blood group than before is mostly another patient's blood. On the patient's record: {desk.recorded}.")
    assert rows_of(desk)["ABO"]["status"] == "entered"
    button = desk.see("Release…", "push button").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(button.x + button.width // 2, button.y + button.height // 2)
    desk.see("Release the tube", "push button")
    desk.named()
    desk.type("identity")
    desk.keys("Tab", pause=0.2)
    desk.type("Wristband read, second tube drawn: A again")
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(os.environ["MH_SHOT"] + "-held.png")
    desk.keys("Return", pause=0.6)
    desk.gone(told)
    desk.gone("Release the tube", "push button")
    desk.keys("F9", pause=1)
    become(desk, desk.order, "completed")
    row = rows_of(desk)["ABO"]
    assert row["second_by"] != row["entered_by"] and row["second_at"], row


screens.within(live)
