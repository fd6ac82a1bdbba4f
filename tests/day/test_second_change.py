# SPDX-License-Identifier: GPL-3.0-or-later
"""A released blood group is put right: whoever verifies the change determines it, too, and whoever had determined it before
verifies nothing of it."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import become, new_id, tube_in_the_laboratory  # noqa: E402
from hospital import until  # noqa: E402
from steps import live, step  # noqa: E402

FOUND = "ABO group as you determined it yourself"


def determined(desk, who, determination):
    desk.ask(who, f"/orders/{desk.order['id']}/results", method="PUT",
             body=dict(final=True, results=[dict(analyte=code, determination=determination, value=value)
                                            for code, value in (("ABO", "B"), ("RHD", "POS"))]))


def propose(desk, **value):
    return desk.ask("technician", f"/orders/{desk.order['id']}/corrections",
                    dict(id=new_id(), kind="correct", reason="typing", values=[dict(analyte="ABO", **value)]))


def change(desk, made):
    return desk.ask("pathologist", "/report-changes/" + made["id"])


def group(desk):
    return next(row for row in desk.ask("pathologist", f"/orders/{desk.order['id']}/results")["analytes"] if row["code"] == "ABO")


def look_at_it(desk, who):
    """The change, from the report that it is about."""
    desk.start()
    desk.sign_in(who)
    desk.see("Online")
    desk.keys("alt+6")
    desk.see("Reports", "frame", wait=20)
    desk.keys("ctrl+k")
    desk.screen.focused(desk.root, "Find anything", "entry")
    desk.keys("Escape")
    desk.scan(desk.order["number"])
    desk.screen.press(desk.see("Look at it…", "push button", wait=30))
    desk.see("Verify a change")


@step
def a_group_that_two_people_determined_is_released(desk):
    patient = next(one for one in desk.ask("reception", "/patients?limit=100")["items"] if not one.get("blood_group"))
    desk.order = tube_in_the_laboratory(desk, patient, ["ABORH"])
    determined(desk, "technician", 1)
    determined(desk, "technician2", 2)
    become(desk, desk.order, "resulted")
    desk.ask("pathologist", f"/orders/{desk.order['id']}/verification", dict(decision="verify"))
    become(desk, desk.order, "completed")


@step
def who_made_the_second_determination_verifies_no_change_of_it(desk):
    """Not even of its remark, for which nothing is determined: told in the window, which stays."""
    person = desk.ask("admin", "/users?q=sunita")["items"][0]
    desk.ask("admin", "/users/" + person["id"], dict(roles=["pathologist"]), method="PATCH", version=person["version"])
    made = propose(desk, new_value="B", comment="Weak reaction")
    look_at_it(desk, "technician2")
    desk.unseen(FOUND, "text")
    desk.screen.press(desk.see("Verify and release", "push button"))
    desk.see("You determined ABO group; somebody else has to verify its change.", "label")
    desk.see("Verify a change")
    desk.named()
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(os.environ["MH_SHOT"] + "-own.png")
    assert change(desk, made)["status"] == "waiting"
    desk.end()
    desk.ask("pathologist", f"/report-changes/{made['id']}/verification", dict(decision="return", comment="Not weak"))


@step
def who_verifies_the_change_determines_it_too(desk):
    made = propose(desk, new_value="A")
    look_at_it(desk, "pathologist")
    found = desk.see(FOUND, "text")
    desk.named()
    desk.screen.press(desk.see("Verify and release", "push button"))
    desk.see("enter what you determined", "label")
    desk.type("O")
    desk.screen.written(desk.root, FOUND, "O")
    desk.screen.press(desk.see("Verify and release", "push button"))
    desk.see("you determined O, and the change says A", "label")
    assert found.getState().contains(desk.screen.a.STATE_FOCUSED)
    assert (group(desk)["value"], change(desk, made)["status"]) == ("B", "waiting")
    desk.keys("ctrl+a")
    desk.type("A")
    desk.screen.written(desk.root, FOUND, "A")
    desk.screen.press(desk.see("Verify and release", "push button"))
    desk.see("Released. Everybody who has read the old version is informed.")
    value = change(desk, made)["values"][0]
    assert (value["second_value"], value["second_name"]) == ("A", "Dr Arvind Deshmukh"), value
    assert group(desk)["value"] == "A"


screens.within(live)
