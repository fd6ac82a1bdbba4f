# SPDX-License-Identifier: GPL-3.0-or-later
"""A cashier's day at the desk: drawer opened, cash with change, a code that turns green by itself, the drawer counted and
closed, the day book; against the real server and a payment gateway of this machine."""
import json
import os
import subprocess
import sys
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402

GATEWAY = {}


def start_gateway():
    """The emulator of tests/emulators: it ends when its standard input closes."""
    process = subprocess.Popen([os.environ.get("NODE", "node"), os.path.join(HERE, "..", "emulators", "razorpay", "server.mjs")],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    GATEWAY["process"] = process
    GATEWAY["url"] = f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}"


def control(what, **wanted):
    request = urllib.request.Request(GATEWAY["url"] + "/_ctl/" + what, data=json.dumps(wanted).encode(),
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def tab(desk, name):
    """The tabs are what GTK 4.8 calls radio buttons or page tabs, by version of its libraries."""
    for node in desk.screen.walk(desk.root):
        if node.name == name and node.getRoleName() in ("page tab", "radio button", "toggle button", "push button"):
            desk.screen.press(node)
            return
    raise AssertionError("no tab " + name)


def focused(desk, name):
    """Keys go to whoever has the focus: first it must be there."""
    desk.screen.activate()
    end = time.time() + 15
    while time.time() < end:
        for node in desk.screen.walk(desk.root):
            if node.name == name and node.getState().contains(desk.screen.a.STATE_FOCUSED):
                time.sleep(0.3)
                return
        time.sleep(0.1)
    raise AssertionError("the focus is not in " + name)


def due(desk):
    return desk.ask("cashier", "/dues?limit=200")["items"]


@step
def the_drawer_is_opened(desk):
    desk.name_printers(label="Print to File", receipt="Print to File")
    desk.start()
    desk.sign_in("cashier")
    desk.see("Online")
    desk.named()
    tab(desk, "Drawer")
    focused(desk, "Float")
    desk.type("500")
    desk.keys("F9")
    desk.see("is open")
    (drawer,) = desk.ask("cashier", "/cash_sessions?status=open")["items"]
    assert drawer["opening_float"] == 50000, drawer
    assert drawer["expected"] is None, "the count would not be blind"


@step
def cash_is_taken_with_change(desk):
    desk.order = next(order for order in due(desk) if order["payment_method"] == "cod")
    tab(desk, "Dues")
    focused(desk, "Search the dues")
    desk.type(desk.order["number"], pause=1)
    desk.keys("Return", "Return")
    focused(desk, "Cash received")
    desk.type(str(desk.order["due"] // 100 + 10))
    desk.see("Change ₹10.00")
    desk.named()
    desk.keys("F9")
    desk.paper([desk.order["number"]])
    paid = desk.ask("cashier", "/orders/" + desk.order["id"])
    assert (paid["due"], paid["payment_state"]) == (0, "paid"), paid
    (payment,) = paid["payments"]
    assert (payment["method"], payment["change_given"]) == ("cash", 1000), payment


@step
def a_code_turns_green_by_itself(desk):
    desk.other = next(order for order in due(desk) if order["payment_method"] == "cod")
    tab(desk, "Dues")
    focused(desk, "Search the dues")
    desk.keys("ctrl+a")
    desk.type(desk.other["number"], pause=1)
    desk.keys("Return", "Return")
    focused(desk, "Cash received")
    desk.keys("ctrl+4")
    desk.see("Show QR code for")
    desk.keys("F9")
    desk.see("Waiting for the bank", wait=20)
    (attempt,) = desk.ask("cashier", f"/orders/{desk.other['id']}/attempts")["items"]
    assert (attempt["status"], attempt["amount"]) == ("open", desk.other["due"]), attempt
    control("pay", id=attempt["provider_id"])
    desk.see("✓ Paid", wait=30)
    paid = desk.ask("cashier", "/orders/" + desk.other["id"])
    assert (paid["due"], len(paid["payments"])) == (0, 1), paid


def button(desk, name):
    desk.screen.press(desk.see(name, "push button"))
    time.sleep(1)


@step
def a_refusal_stands_at_its_field_and_nothing_typed_is_lost(desk):
    refused = "This reason is for money that is kept as the patient's advance."
    tab(desk, "Payments")
    time.sleep(2)
    desk.keys("Down", "Down", "Home", pause=0.5)
    button(desk, "Refund…")
    desk.see("Choose…")
    desk.keys("Tab", pause=0.3)
    desk.type("depo")
    note = desk.see("Note", "text").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(note.x + 20, note.y + note.height // 2)
    desk.type("asked for at the counter")
    button(desk, "Refund ₹")
    said = desk.see(refused, "label").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    note = desk.see("Note", "text").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    assert said.y < note.y, "it stands below the reason, above the note"
    desk.named()
    desk.keys("Escape", pause=1)
    desk.gone("Note", "text")
    button(desk, "Refund…")
    desk.see("Continue “asked for at the counter”, begun ", "push button")
    desk.screen.press(desk.see("Continue “asked", "push button"))
    desk.see("Deposit returned", "label")
    button(desk, "Refund ₹")
    desk.see(refused, "label")
    desk.keys("shift+Tab", "Tab", pause=0.2)
    desk.type("goodw")
    desk.gone(refused)
    desk.keys("Escape", pause=1)
    button(desk, "Refund…")
    desk.screen.press(desk.see("Discard", "push button"))
    desk.see("Discarded: “asked for at the counter”")
    desk.keys("Escape", pause=1)
    button(desk, "Refund…")
    desk.see("Choose…")
    desk.unseen("Continue “asked")
    desk.keys("Escape", pause=1)


@step
def a_test_is_given_back_by_name(desk):
    """The dialog knows what the laboratory has not touched yet and what it is worth."""
    order = desk.ask("cashier", "/orders/" + desk.other["id"])
    payment = order["payments"][0]
    test = next(item for item in order["items"] if item["status"] in ("to_collect", "collected"))
    tab(desk, "Payments")
    time.sleep(2)  # the newest stands on top, though it came later than the list
    desk.keys("Down", "Down", "Home", pause=0.5)
    button(desk, "Refund…")
    desk.see("Choose…")
    desk.unseen("Tests given back")
    desk.keys("Tab", pause=0.3)
    desk.type("not coll")
    desk.see("Tests given back")
    box = next(node for node in desk.screen.walk(desk.root)
               if node.getRoleName() == "check box" and (node.name or "").startswith(test["name"] + " · "))
    for _ in range(12):  # from the amount along the reason to the tests
        if box.getState().contains(desk.screen.a.STATE_FOCUSED):
            break
        desk.keys("Tab", pause=0.3)
    desk.keys("space")
    desk.see(f"Refund ₹{test['amount'] / 100:,.2f}")
    desk.named()
    button(desk, f"Refund ₹{test['amount'] / 100:,.2f}")
    desk.see("The refund is noted.")
    (refund,) = [row for row in desk.ask("cashier", "/refunds?limit=50")["items"] if row["refund_of"] == payment["id"]]
    assert (refund["amount"], refund["items"]) == (test["amount"], [test["id"]]), refund
    assert refund["status"] in ("pending", "processed"), refund


@step
def the_drawer_is_counted_blind_and_closed(desk):
    """A hundred rupees are missing: the reason is asked for."""
    tab(desk, "Drawer")
    focused(desk, "Pieces of ₹500")
    whole = (50000 + desk.order["due"] - 10000) // 100
    for piece in (500, 200, 100, 50, 20, 10, 5, 2, 1):  # Enter goes on to the next
        desk.type(str(whole // piece))
        desk.keys("Return", pause=0.1)
        whole %= piece
    desk.keys("F9", pause=1)
    desk.see("₹100.00 short")
    desk.named()
    desk.keys("F9", pause=1)
    desk.see("Write why the drawer does not balance.")
    time.sleep(0.5)
    desk.type("a payment n", pause=0.5)
    desk.keys("F9", pause=1)
    desk.see("Your drawer is closed")
    (drawer,) = desk.ask("cashier", "/cash_sessions?limit=1")["items"]
    assert (drawer["status"], drawer["variance"], drawer["variance_reason"]) == ("closed", -10000, "not_recorded"), drawer


@step
def the_day_book_has_both(desk):
    tab(desk, "Day book")
    desk.see("All drawers are closed")
    desk.see(desk.order["number"])
    desk.see(desk.other["number"])
    desk.named()


@step
def the_books_balance(desk):
    desk.hospital.ctl("ledger", "verify")


def main(screen):
    start_gateway()
    live(screen, patients=40, orders=30, extra=(
        f"[razorpay]\nbase_url={GATEWAY['url']}\nkey_id=rzp_test_loopback\nkey_secret=sekret\nwebhook_secret=hook\n"))


screens.within(main)
