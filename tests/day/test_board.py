# SPDX-License-Identifier: GPL-3.0-or-later
"""The order board by its keyboard: STAT first, several orders marked and done at once, filters, and what empty tabs say."""
import os
import re
import sys
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import new_id  # noqa: E402
from hospital import until  # noqa: E402
from steps import live, step  # noqa: E402

TAB = "push button"


def board(desk):
    """Order numbers of the table from top to bottom, as they are seen."""
    return [node.name for node in desk.screen.walk(desk.root)
            if re.fullmatch(r"MH-\d{6}", node.name or "") and node.getRoleName() == "label" and desk.screen.seen(node)]


def in_tab(desk, tab):
    return desk.ask("technician", f"/orders?tab={tab}&limit=50")["items"]


def wait_for(told, words=""):
    end = time.time() + 10
    while not told():
        assert time.time() < end, words
        time.sleep(0.2)


@step
def the_technician_opens_the_board(desk):
    desk.start()
    desk.sign_in("technician")
    desk.keys("alt+3", pause=1.5)
    desk.see("Collect", "push button")
    desk.named()


@step
def stat_orders_stand_first(desk):
    first = in_tab(desk, "paid")
    other = next(o for o in first[::-1] if o["priority"] != "stat")
    desk.stat = desk.ask("reception", "/orders/" + other["id"])
    changed = desk.ask("reception", "/orders/" + other["id"], dict(priority="stat"), method="PATCH", version=desk.stat["version"])
    assert changed["priority"] == "stat"
    end = time.time() + 8
    while not (board(desk) or [""])[0] == desk.stat["number"]:
        assert time.time() < end, (desk.stat["number"], board(desk))
        time.sleep(0.3)


@step
def urgent_ones_come_next_and_who_waited_longest_first(desk):
    rank = {"stat": 0, "urgent": 1, "routine": 2}
    *_, oldest = [o for o in in_tab(desk, "paid") if o["priority"] == "routine"]
    before = desk.ask("reception", "/orders/" + oldest["id"])
    desk.ask("reception", "/orders/" + oldest["id"], dict(priority="urgent"), method="PATCH", version=before["version"])
    orders = sorted(in_tab(desk, "paid"), key=lambda o: (rank[o["priority"]], o["ordered_at"], o["id"]))
    wanted = [o["number"] for o in orders]
    assert wanted != [o["number"] for o in sorted(in_tab(desk, "paid"), key=lambda o: o["priority"] != "stat")]
    end = time.time() + 8
    while board(desk) != wanted[:len(board(desk))] or not board(desk):
        assert time.time() < end, (wanted, board(desk))
        time.sleep(0.3)


@step
def space_marks_and_the_arrows_keep_it(desk):
    desk.keys("ctrl+f", "Down", pause=0.5)
    desk.keys("space", "Down", "space", pause=0.4)
    desk.see("2 orders marked")
    desk.keys("Down", "Up", pause=0.4)
    desk.see("2 orders marked")
    desk.keys("Escape", pause=0.4)
    desk.gone("orders marked")
    desk.keys("ctrl+a", pause=0.4)
    desk.see(f"{len(in_tab(desk, 'paid'))} orders marked")
    desk.keys("Escape", pause=0.4)


@step
def a_row_that_is_chosen_after_them_ends_the_marks(desk):
    """What C acts on is the row that the keys are on and the pane shows."""
    desk.keys("space", "Down", "space", pause=0.4)
    desk.see("2 orders marked")
    desk.keys("Home", pause=0.4)
    desk.gone("orders marked")
    desk.keys("Down", pause=0.4)
    second = board(desk)[1]
    desk.see("Order " + second, "label")
    desk.keys("c", pause=0.4)
    desk.see("Collect order " + second)
    desk.keys("Escape", pause=0.4)
    desk.gone("Collect order")
    desk.keys("Home", pause=0.4)


@step
def all_collected_tubes_are_received_with_one_key(desk):
    ready = sum(1 for o in in_tab(desk, "paid") for s in o["samples"] if s["status"] in ("collected", "in_transit"))
    assert ready > 0
    desk.keys("ctrl+a", pause=0.4)
    desk.keys("r")
    # the demonstration's tubes are days old: that one keeps no longer takes the place of the count at once
    until(lambda: any(desk.screen.find(desk.root, words, wait=0) for words in (f"{ready} tube", "reject it, or run it")))
    end = time.time() + 8
    while any(s["status"] == "collected" for o in in_tab(desk, "paid") for s in o["samples"]):
        assert time.time() < end
        time.sleep(0.3)


@step
def a_tube_is_rejected_for_a_reason_that_was_chosen(desk):
    desk.screen.press(desk.see("Processing", TAB))
    orders = {o["number"]: o for o in in_tab(desk, "processing")}
    end = time.time() + 8
    while (board(desk) or [""])[0] not in orders:
        assert time.time() < end, board(desk)
        time.sleep(0.2)
    desk.keys("ctrl+f", "Down", "Home", pause=0.6)
    order = orders[board(desk)[0]]
    desk.keys("x", pause=0.8)
    desk.see("Choose…")
    desk.screen.press(desk.see("Reject this tube", "push button"))
    desk.see("Choose a reason.")
    assert all(s["status"] != "rejected" for s in desk.ask("technician", "/orders/" + order["id"])["samples"])
    desk.type("clot")
    desk.gone("Choose a reason.")
    desk.screen.press(desk.see("Reject this tube", "push button"))
    desk.see("Rejected. A new tube waits to be collected.")
    assert [s["reject_reason"] for s in desk.ask("technician", "/orders/" + order["id"])["samples"] if s["status"] == "rejected"] == ["clotted"]
    desk.screen.press(desk.see("Paid", TAB))
    # the rows of the other tab stand there until those of this one come
    wait_for(lambda: set(board(desk)) == {o["number"] for o in in_tab(desk, "paid")}, "the rows of the tab do not come")


@step
def marked_patients_are_collected_one_after_the_other(desk):
    orders = [o for o in in_tab(desk, "paid") if o["status"] == "placed"]
    desk.keys("ctrl+f", "Down", "Escape", "Home", pause=0.5)
    desk.keys("space", "Down", "space", pause=0.4)
    desk.keys("c", pause=1.2)
    desk.see("(1 of 2)", wait=5)
    shown = next(o for o in orders if desk.screen.find(desk.root, "Collect order " + o["number"], wait=0))
    desk.see("MRN: " + shown["patient_mrn"], "check box")
    desk.named()
    desk.keys("1", "3", pause=0.4)
    for sample in shown["samples"]:
        if sample["status"] == "to_collect":
            desk.scan(sample["accession"])
            time.sleep(0.5)
    desk.see("All tubes are collected.")
    desk.keys("Return", pause=1)
    desk.see("(2 of 2)")
    desk.scan(shown["samples"][0]["accession"])
    desk.see("Compare two identifiers first, or say why")
    who_cannot_be_asked_is_collected_with_the_reason(desk, next(o for o in orders if desk.screen.find(desk.root, "Collect order " + o["number"], wait=0)))
    desk.keys("1", "3", pause=0.4)  # still tick
    desk.scan(shown["samples"][0]["accession"])
    desk.see("STOP: this label belongs to another order.")
    desk.keys("Escape", pause=0.6)


def who_cannot_be_asked_is_collected_with_the_reason(desk, order):
    """While proof is asked for. No reason stands there before one is chosen; it is in the tube's history."""
    proof = next(row for row in desk.ask("admin", "/settings?limit=200")["items"] if row["key"] == "collection.proof")
    desk.ask("admin", "/settings/" + proof["id"], dict(value="true"), method="PATCH", version=proof["version"])
    tube, *more = [s for s in order["samples"] if s["status"] == "to_collect"]
    desk.see("Choose…")
    desk.keys("5", pause=0.4)
    desk.type("label")
    desk.screen.press(desk.see("Collected without a scan: " + tube["accession"], "push button"))
    time.sleep(0.6)  # the same words stand there already
    desk.see("Compare two identifiers first, or say why")  # that reason says nothing of the person
    desk.keys("5", pause=0.4)
    desk.type("patient")
    desk.see("Patient cannot be identified yet")
    desk.gone("Collected without a scan")  # and that one nothing of the label
    desk.named()
    desk.scan(tube["accession"])
    desk.see("Collected. Scan the next one." if more else "All tubes are collected.")
    told = next(e for e in desk.ask("technician", f"/samples/{tube['id']}/events")["items"] if e["event"] == "collected")
    assert told["reason"] == "no_identity" and not told.get("identifiers") and told["scanned"] == tube["accession"], told
    desk.screen.press(desk.see("No reason", "push button"))
    desk.see("Choose…")


def in_a_row(desk):
    focused = desk.screen.a.STATE_FOCUSED
    end = time.time() + 5
    while not any(node.getRoleName() == "table row" and node.getState().contains(focused) for node in desk.screen.walk(desk.root)):
        assert time.time() < end, "the keys are in no row"
        time.sleep(0.2)


@step
def the_keys_stay_in_the_rows(desk):
    """The order that C is asked for is received at another desk meanwhile, and its row goes."""
    gone = next(o for o in in_tab(desk, "paid") if all(s["status"] == "collected" for s in o["samples"]))
    others = [o["number"] for o in in_tab(desk, "paid") if o["id"] != gone["id"]]
    end = time.time() + 8
    while set(board(desk)) != {gone["number"], *others}:  # the chosen one stands in the pane, too
        assert time.time() < end, board(desk)
        time.sleep(0.2)
    desk.screen.activate()
    desk.keys("ctrl+f", "Down", "Home", pause=0.6)
    for _ in range(board(desk).index(gone["number"])):
        desk.keys("Down", pause=0.6)
    desk.keys("Return", pause=0.6)
    in_a_row(desk)
    desk.keys("c", pause=1)
    desk.see("MRN: " + gone["patient_mrn"], "check box")
    for sample in gone["samples"]:
        desk.ask("technician", f"/samples/{sample['id']}/events", dict(id=str(uuid.uuid4()), event="received", at=sample["collected_at"]))
    # behind the dialog: for a moment after a row went no key acts on the next one
    wait_for(lambda: gone["number"] not in board(desk), "the row does not go")
    desk.keys("Escape", pause=0.8)
    desk.screen.activate()
    in_a_row(desk)
    desk.keys("c", pause=1)
    assert any(desk.screen.find(desk.root, "Collect order " + other, wait=1) for other in others)
    desk.keys("Escape", pause=0.6)


@step
def a_filter_that_fits_nothing_offers_the_way_back(desk):
    desk.keys("ctrl+f", "ctrl+a")
    desk.type("zzzzzz", pause=1)
    desk.see("No order fits")
    desk.screen.press(desk.see("Show all of them", "push button"))
    desk.gone("No order fits")
    assert board(desk)


@step
def who_may_not_collect_has_no_key_for_it(desk):
    desk.end()
    desk.start()
    desk.sign_in("reception")
    desk.keys("alt+3", pause=1.5)
    desk.keys("ctrl+f", "Down", pause=0.5)
    desk.keys("c", pause=0.8)
    desk.unseen("Compare two")
    desk.unseen("Collect", "push button")


RECOVERIES = ("Retry", "To cash", "Cancel order")


def offered(desk):
    """What the board offers to do about a failed payment."""
    return {node.name for node in desk.screen.walk(desk.root)
            if node.name in RECOVERIES and node.getRoleName() == TAB and desk.screen.seen(node)}


def go_to_failed(desk, person):
    desk.end()
    desk.start()
    desk.sign_in(person)
    desk.keys("alt+3", pause=1.5)
    desk.see("Failed", TAB)
    assert not offered(desk), "offered for orders whose payment did not fail"
    desk.screen.press(desk.see("Failed", TAB))


@step
def a_failed_payment_is_tried_again_taken_in_cash_or_cancelled(desk):
    """The desk may do all three; each takes the order from this tab to where it belongs."""
    lacking = 3 - len(in_tab(desk, "failed"))  # how many the demonstration has hangs on the hour of the day
    waiting = [o["id"] for o in in_tab(desk, "cod") if o["status"] == "placed"][:lacking]
    for person in desk.ask("reception", "/patients?limit=10")["items"][:lacking - len(waiting)]:
        order = dict(id=new_id(), patient_id=person["id"], payment_method="cod", items=[{"test": "KT"}])
        waiting.append(desk.ask("reception", "/orders", order)["id"])
    address = desk.hospital.url.split("//")[1]
    desk.end()
    desk.hospital.stop()
    desk.hospital.write("UPDATE lab_order SET payment_method = 'online', payment_state = 'failed', tab = 'failed', version = version + 1"
                        f" WHERE id IN ({', '.join('?' * len(waiting))})", *waiting)
    desk.hospital.start(address)
    failed = {o["number"]: o["id"] for o in in_tab(desk, "failed")}
    assert len(failed) == 3, failed
    go_to_failed(desk, "reception")
    wait_for(lambda: set(board(desk)) == set(failed), board(desk))
    assert offered(desk) == set(RECOVERIES), offered(desk)
    desk.named()

    def first():
        desk.keys("ctrl+f", "Down", "Home", pause=0.8)
        return board(desk)[0]

    def press(words):
        desk.screen.press(next(node for node in desk.screen.walk(desk.root)
                               if node.name == words and node.getRoleName() == TAB and desk.screen.seen(node)))

    def told(number):
        left = [o["number"] for o in in_tab(desk, "failed")]
        assert number not in left
        if left:
            wait_for(lambda: number not in board(desk), number + " stays in the tab")
        else:
            desk.see("No failed payment")
        return desk.ask("reception", "/orders/" + failed[number])

    number = first()
    press("Retry")
    desk.see("The payment is tried again.")
    order = told(number)
    assert (order["status"], order["payment_method"], order["payment_state"]) == ("placed", "online", "unpaid"), order
    number = first()
    press("To cash")
    desk.see("The order is to be paid in cash.")
    order = told(number)
    assert (order["payment_method"], order["tab"]) == ("cod", "cod"), order
    number = first()
    press("Cancel order")
    desk.see(f"Cancel order {number}?")
    desk.keys("Escape", pause=0.6)
    assert desk.ask("reception", "/orders/" + failed[number])["status"] == "placed", "Escape cancels the order"
    press("Cancel order")
    desk.see(f"Cancel order {number}?")
    time.sleep(0.6)
    desk.type("Went home")
    desk.screen.press(desk.see("Cancel the order", TAB))
    desk.see("The order is cancelled.")
    order = told(number)
    assert (order["status"], order["cancel_reason"]) == ("cancelled", "Went home"), order


@step
def what_a_person_may_do_about_it_follows_their_rights(desk):
    """A technician takes payments and cancels nothing; who may do neither reads who does."""
    words = "The desk or the cashier tries the payment again"
    go_to_failed(desk, "technician")
    wait_for(lambda: offered(desk) == {"Retry", "To cash"}, offered(desk))
    desk.unseen(words)
    go_to_failed(desk, "pathologist")
    desk.see(words)
    assert not offered(desk), offered(desk)
    desk.screen.press(desk.see("Paid", TAB))
    desk.gone(words)


screens.within(live)
