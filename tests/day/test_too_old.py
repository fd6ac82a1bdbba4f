# SPDX-License-Identifier: GPL-3.0-or-later
"""A tube that is older than its test allows: told when it is received, in the samples or on the board, with what can be done, and
marked where its value is typed."""
import calendar
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from desks import new_id  # noqa: E402
from steps import live, step  # noqa: E402

KEEPS = "0.01"  # hours: 36 seconds
AGO = 100  # seconds before the order, which a clock that is a little wrong may say


def drawn(desk, patient):
    """A paid order of potassium, drawn longer ago than it keeps."""
    order = desk.ask("reception", "/orders", dict(id=new_id(), patient_id=patient["id"], priority="stat", payment_method="cod", items=[{"test": "KT"}]))
    order = desk.ask("reception", "/orders/" + order["id"])
    desk.ask("reception", f"/orders/{order['id']}/payments", dict(id=new_id(), method="cash", amount=order["due"]))
    tube = order["samples"][0]
    ordered = calendar.timegm(time.strptime(order["ordered_at"][:19], "%Y-%m-%dT%H:%M:%S"))
    at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(ordered - AGO))
    collected = dict(id=new_id(), event="collected", at=at, scanned=tube["accession"], identifiers=["name", "birth_date"])
    return order, desk.ask("technician", f"/samples/{tube['id']}/events", collected)


def keeps(desk, hours):
    """How long a tube of potassium does; None: nobody says."""
    test = next(row for row in desk.ask("pathologist", "/tests?q=KT&limit=50")["items"] if row["code"] == "KT")
    desk.ask("pathologist", "/tests/" + test["id"], dict(stability_room=hours), method="PATCH", version=test["version"])


def until(right, what):
    end = time.time() + 30
    while not right():
        assert time.time() < end, what
        time.sleep(0.2)


def tube_now(desk, tube):
    return desk.ask("technician", "/samples/" + tube["id"])


def remedy_of(desk, tube):
    desk.see(f"✕ {tube['accession']} · Too old for K since", wait=30)
    desk.screen.press(desk.see(f"Tube {tube['accession']} is too old: reject it, or run it with a comment", "push button", wait=30))
    return desk.see("Reject this tube", "push button", wait=30)


@step
def a_tube_that_is_too_old_is_told_when_it_is_received(desk):
    desk.patient = desk.ask("reception", "/patients?limit=1")["items"][0]
    keeps(desk, None)
    desk.third, desk.unstamped = drawn(desk, desk.patient)
    keeps(desk, KEEPS)
    assert not desk.unstamped.get("stable_until"), desk.unstamped
    desk.first, desk.one = drawn(desk, desk.patient)
    desk.second, desk.other = drawn(desk, desk.patient)
    assert desk.one["stable_tests"] == "K" and desk.one["stable_until"], desk.one
    desk.start()
    desk.sign_in("technician")
    desk.keys("alt+shift+s")
    desk.screen.press(desk.see("Receive", wait=30))
    desk.see("Scan a tube", "text", wait=30)
    desk.scan(desk.one["accession"])
    desk.see("1 tube received", wait=30)
    remedy_of(desk, desk.one)
    desk.named()


@step
def escape_leaves_it_received(desk):
    desk.keys("Escape")
    desk.gone("Reject this tube", "push button", wait=30)
    assert tube_now(desk, desk.one)["status"] == "received"
    desk.see("1 tube received", wait=30)


@step
def it_is_rejected_with_the_reason_that_was_chosen(desk):
    desk.screen.press(remedy_of(desk, desk.one))
    desk.see(f"✓ {desk.one['accession']} · Rejected. A new tube waits to be collected.", wait=30)
    tube = tube_now(desk, desk.one)
    assert (tube["status"], tube["reject_reason"]) == ("rejected", "beyond_stability"), tube
    desk.see("0 tubes received", wait=30)


@step
def or_it_is_run_with_a_comment(desk):
    desk.scan(desk.other["accession"])
    remedy_of(desk, desk.other)
    desk.screen.press(desk.see("Run it anyway, with this comment", "push button", wait=30))
    desk.see("Write the comment that the report will show.", wait=30)
    note = desk.see("Note", "text", wait=30)
    note.queryEditableText().setTextContents("cannot be drawn again today")
    desk.screen.press(desk.see("Run it anyway, with this comment", "push button", wait=30))
    desk.see(f"✓ {desk.other['accession']} · Received, and run with a comment", wait=30)
    tube = tube_now(desk, desk.other)
    assert (tube["status"], tube["accepted_reason"], tube["accepted_note"]) == ("received", "beyond_stability", "cannot be drawn again today"), tube
    desk.see("1 tube received", wait=30)


@step
def its_value_is_marked_and_taken(desk):
    desk.keys("alt+4")
    value = desk.see("Potassium, value", "text", wait=30)
    desk.unseen("The sample was too old: it kept until")
    until(lambda: value.getState().contains(desk.screen.a.STATE_FOCUSED), "the keys are not in the first value")
    desk.type("4.4")
    desk.see("The sample was too old: it kept until", wait=30)
    until(lambda: desk.ask("technician", f"/orders/{desk.second['id']}/results")["analytes"][0].get("value") == "4.4", "it is not taken")
    desk.see("The sample was too old: it kept until", wait=30)
    desk.named()


@step
def the_board_tells_it_of_a_tube_that_was_drawn_before_anybody_reckoned(desk):
    """What the desk has of it says nothing: the server's answer to the receipt does."""
    desk.keys("alt+3")
    desk.see("Collect", "push button", wait=30)
    desk.keys("ctrl+f")
    desk.type(desk.third["number"])
    until(lambda: {node.name for node in desk.screen.walk(desk.root) if re.fullmatch(r"MH-\d{6}", node.name or "")
                   and node.getRoleName() == "label" and desk.screen.seen(node)} == {desk.third["number"]}, "it is not found")
    desk.keys("Down", "r")
    desk.see(f"{desk.unstamped['accession']} · Too old for K since", wait=30)
    tube = tube_now(desk, desk.unstamped)
    assert tube["status"] == "received" and tube["stable_until"], tube


screens.within(lambda screen: live(screen, patients=4, orders=2))
