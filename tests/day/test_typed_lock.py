# SPDX-License-Identifier: GPL-3.0-or-later
"""A rejected control holds what is typed by hand: the request is refused, and the screens say why before and after. Also at the
screen: what is worked out beyond what can be, verified with a word about what was checked."""
import json
import os
import sys
import urllib.error

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import become, new_id, tube_in_the_laboratory  # noqa: E402
from steps import live, step  # noqa: E402


def refused(desk, who, path, body):
    try:
        desk.ask(who, path, body)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())
    raise AssertionError(f"{path} was taken")


def control(desk, *values):
    targets = [t for t in desk.ask("pathologist", "/qc-targets?limit=200")["items"]
               if t["analyte"] == "CREA" and t["equipment"] == "CHEM1" and t.get("active")]
    entries = [dict(target_id=target["id"], value=value)
               for target, value in zip(sorted(targets, key=lambda t: float(t["mean"])), values)]
    return desk.ask("technician", "/qc-runs", dict(id=new_id(), equipment="CHEM1", entries=entries))["state"]


def shown(desk, number):
    """By itself its number stands over the results alone; the queue has it in a line with others."""
    for _ in range(6):
        if any(node.name == "Order " + number and desk.screen.seen(node) for node in desk.screen.walk(desk.root)):
            return
        desk.keys("Down", pause=0.8)
    raise AssertionError("the order cannot be reached with the arrow keys")


@step
def a_creatinine_is_typed_by_hand(desk):
    patient = desk.ask("reception", "/patients?limit=1")["items"][0]
    desk.order = tube_in_the_laboratory(desk, patient, ["CREAT"])
    sheet = desk.ask("technician", f"/orders/{desk.order['id']}/results",
                     dict(final=True, results=[dict(analyte="CREA", value="1.02")]), method="PUT")
    row = next(row for row in sheet["analytes"] if row["code"] == "CREA")
    assert row["instrument"] == "CHEM1", row


@step
def its_control_is_rejected_and_the_request_refused(desk):
    assert control(desk, "1.30", "5.40") == "rejected"
    status, problem = refused(desk, "pathologist", f"/orders/{desk.order['id']}/verification", dict(decision="verify"))
    assert status == 409 and "1-3s" in json.dumps(problem) and "1-2s" not in json.dumps(problem), problem
    sheet = desk.ask("pathologist", f"/orders/{desk.order['id']}/results")
    assert any("1-3s" in (row.get("qc") or "") for row in sheet["analytes"]), sheet


@step
def the_grid_and_the_verification_say_so(desk):
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    desk.keys("alt+5", pause=1.5)
    shown(desk, desk.order["number"])
    desk.see("The control of CREA on CHEM1 was rejected")
    desk.named()
    desk.keys("F9", pause=1.5)
    desk.see("The control of CREA on CHEM1 was rejected")
    become(desk, desk.order, "resulted")
    desk.end()


@step
def what_cannot_be_is_told_while_typing(desk):
    patient = desk.ask("reception", "/patients?limit=2")["items"][1]
    desk.liver = tube_in_the_laboratory(desk, patient, ["BILT"])
    desk.start()
    desk.sign_in("technician")
    desk.see("Online")
    desk.keys("alt+4", pause=1.5)
    desk.see(desk.liver["number"] + " · drafts")
    desk.type("0.5")
    desk.keys("Return")
    desk.type("1.0")
    desk.see("would be -0.50, outside what is possible")
    desk.named()
    desk.keys("ctrl+Return", pause=1)
    become(desk, desk.liver, "resulted")
    desk.end()


@step
def and_verified_with_a_word_about_what_was_checked(desk):
    status, problem = refused(desk, "pathologist", f"/orders/{desk.liver['id']}/verification", dict(decision="verify"))
    assert status in (400, 422) and "comment" in json.dumps(problem), problem
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    desk.keys("alt+5", pause=1.5)
    shown(desk, desk.liver["number"])
    desk.see("Calculated value is not possible")
    desk.keys("F9", pause=1)
    desk.see("Verify although something does not agree?")
    desk.named()
    desk.screen.press(desk.see("Measured again: the same", "push button"))
    become(desk, desk.liver, "completed")


screens.within(lambda screen: live(screen, patients=40, orders=0))
