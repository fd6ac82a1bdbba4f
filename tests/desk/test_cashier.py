#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cashier's desk: a discount lowers what is due, a deposit becomes the patient's advance and pays, the document of it is
found and charged after, and the gateway says how it is. By accessible names and by keys."""
import os
import re
import sys
import unittest
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import tap  # noqa: E402

SHOTS = os.environ.get("MAHIMA_SHOTS")
screen = place = None


def shot(name):
    if SHOTS:
        screens.settle(0.5)
        screen.shot(os.path.join(SHOTS, name + ".png"))


def paise(text):
    return int(re.sub(r"[^0-9]", "", text))


class Cashier(unittest.TestCase):
    def begin(self, person):
        self.client = screens.sign_in(screen, place, person)
        self.root = self.client.root
        screen.keys("alt+9")
        screen.need(self.root, "Search the dues", wait=20)
        screens.settle()

    def tearDown(self):
        screens.close(screen, self.client)

    def tab(self, name):
        screen.press(next(node for node in screen.walk(self.root) if node.name == name
                          and node.getRoleName() in ("radio button", "toggle button", "page tab")))
        screens.settle()

    def amounts(self):
        return [paise(node.name) for node in screen.walk(self.root)
                if re.match(r"₹[0-9]", node.name) and node.getRoleName() == "label" and screen.seen(node)]

    def choose_first_due(self):
        screen.keys("Return")
        screens.settle(0.4)
        screen.keys("Down")
        screens.settle()

    def order_of_a_newcomer(self):
        """The number of an unpaid order of somebody who never paid; whom the demonstration has among the dues changes by the hour."""
        patient, = place.ask("SELECT id FROM patient WHERE vip = 0 AND user_id IS NULL AND merged_into IS NULL AND id NOT IN"
                             " (SELECT patient_id FROM payment WHERE patient_id IS NOT NULL) ORDER BY id LIMIT 1")
        return place.call("reception", "POST", "/orders", id=str(uuid.uuid4()), patient_id=patient, items=[{"test": "CBC"}],
                          payment_method="cod")["number"]

    def test_1_a_discount_and_an_advance(self):
        number = self.order_of_a_newcomer()
        self.begin("Cashier")
        screen.type(number)
        hospital.until(lambda: len(self.numbers()) == 1)
        screen.keys("Return")
        screens.settle(0.4)
        screen.keys("Return")
        screen.need(self.root, number + " · ")
        screens.settle()
        shot("cashier-dues")
        before = sum(self.amounts())
        screen.press(screen.need(self.root, "Discount…", "push button"))
        give = screen.need(self.root, "Give the discount", "push button")
        screen.focused(self.root, "Discount", "text")
        screen.type("10 %")
        screen.keys("Tab")
        screen.keys("Tab")
        screen.type("Senior citizen")
        shot("cashier-discount")
        self.assertEqual(screen.nameless(self.root), [])
        screen.press(give)
        for _ in range(50):
            if sum(self.amounts()) < before:
                break
            screens.settle(0.2)
        self.assertLess(sum(self.amounts()), before)

        screen.press(screen.need(self.root, "Patient's account…", "push button"))
        screen.need(self.root, "Nothing was paid yet.")
        screen.focused(self.root, "Amount of the deposit", "text")
        screen.type("5000")
        shot("cashier-account")
        self.assertEqual(screen.nameless(self.root), [])
        screen.press(screen.need(self.root, "Take a deposit of ₹5,000.00", "push button"))
        screen.need(self.root, "Advance ₹5,000.00")
        screen.keys("Escape")
        screens.settle()
        screen.keys("ctrl+6")
        screens.settle(0.4)
        screen.keys("F9")
        screen.need(self.root, "✓ Paid")

    def numbers(self):
        return {node.name for node in screen.walk(self.root) if re.fullmatch(r"[A-Z]+-[0-9]{6}", node.name or "")
                and node.getRoleName() == "label"}

    def test_1a_a_search_takes_in_only_what_fits(self):
        """An order that is placed meanwhile is no answer to it; what was found goes on telling what it owes."""
        number = self.order_of_a_newcomer()
        self.begin("Cashier")
        screen.type(number)
        hospital.until(lambda: self.numbers() == {number})
        before = self.amounts()
        other = self.order_of_a_newcomer()
        order, total = place.ask("SELECT id, total FROM lab_order WHERE number = ?", number)
        place.call("cashier", "POST", f"/orders/{order}/payments", id=str(uuid.uuid4()), method="card", amount=total // 2,
                   reference="Slip 4711")
        hospital.until(lambda: self.amounts() != before)  # the changes come in their order
        self.assertEqual(self.numbers(), {number})
        screen.keys("ctrl+a", "BackSpace")
        hospital.until(lambda: other in self.numbers())

    def back_to_the_search(self):
        """Row by row, as Shift+Tab goes in a list."""
        for _ in range(8):
            screen.keys("shift+Tab")
            screens.settle(0.4)
            if any(node.getState().contains(screen.a.STATE_FOCUSED) and node.getRoleName() in ("text", "entry")
                   for node in screen.walk(screen.need(self.root, "Search the dues"))):
                return
        self.fail("Shift+Tab does not lead to the search")

    def test_1b_who_is_looked_for_next(self):
        """From the first letter on nothing is charged any more for the order that was chosen before."""
        self.begin("Cashier")
        self.choose_first_due()
        screen.need(self.root, "Charge ₹")
        self.back_to_the_search()
        screen.keys("ctrl+a")
        screen.type("zzyzx")
        hospital.until(lambda: screen.find(self.root, "Charge ₹", wait=0) is None)

    def test_1b_a_refused_code_leaves_the_keys(self):
        """Without a gateway no code can be shown; the next way to pay is a key away, and what is to be handed back stays."""
        self.begin("Cashier")
        self.choose_first_due()
        screen.keys("ctrl+4")
        screens.settle(0.4)
        screen.keys("F9")
        screen.need(self.root, "No payment gateway is set up")
        screens.settle(0.6)
        screen.keys("ctrl+1")
        screens.settle(0.4)
        screen.type("90000")
        back = screen.need(self.root, "Change ₹").name.removeprefix("Change ")
        screen.keys("F9")
        screen.need(self.root, "✓ Paid")
        screen.need(self.root, "Give back " + back)

    def scanned(self, code, number, words):
        """The order of the code is on show, and what is said of its money."""
        for _ in range(3):  # a scanner whose keys came too slowly on a busy machine is used again
            screen.burst(code)
            try:
                return hospital.until(lambda: screen.find(self.root, number + " · ", wait=0) and screen.find(self.root, words, wait=0),
                                      wait=12)
            except AssertionError:
                pass
        self.fail(f"{code} does not open {number} with {words}")

    def test_1d_a_scan_opens_the_dues(self):
        """The tube's label and the order's number lead to the money, in any tab; who owes nothing is told to have paid."""
        first, other = self.order_of_a_newcomer(), self.order_of_a_newcomer()
        tube, = place.ask("SELECT s.accession FROM sample s JOIN lab_order o ON o.id = s.order_id WHERE o.number = ?", first)
        paid, = place.ask("SELECT number FROM lab_order WHERE due = 0 AND paid > 0 AND status <> 'cancelled' ORDER BY number LIMIT 1")
        self.begin("Cashier")
        self.scanned(tube, first, "Charge ₹")
        self.scanned(other, other, "Charge ₹")
        self.assertIsNone(screen.find(self.root, first + " · ", wait=0))
        self.tab("Bills")
        self.scanned(tube, first, "Charge ₹")
        self.scanned(paid, paid, "✓ Paid")
        self.assertIsNone(screen.find(self.root, "Charge ₹", wait=0))
        screen.burst(tube)
        screen.need(self.root, first + " · ", wait=30)
        screen.burst(tube[:-1] + ("A" if tube[-1] != "A" else "B"))  # a misread label: nothing is left that F9 would charge
        screen.need(self.root, "read wrongly")
        hospital.until(lambda: screen.find(self.root, "Charge ₹", wait=0) is None)
        screen.keys("F9")
        screens.settle()
        self.assertEqual(place.ask("SELECT count (*) FROM payment p JOIN lab_order o ON o.id = p.order_id WHERE o.number = ?", first), (0,))

    def tabs(self):
        return [node for node in screen.walk(screen.need(self.root, "Parts of the cashier's work"))
                if node.getRoleName() in ("radio button", "toggle button", "page tab") and screen.seen(node)]

    def test_1c_taken_while_the_server_is_away(self):
        """An impatient hand takes it once: the second F9 says that it is noted, and nothing is refused when the server is back."""
        number = self.order_of_a_newcomer()
        self.begin("Cashier")
        screen.type(number)
        screen.need(self.root, number, "label")
        screens.settle(1)
        screen.keys("Return")
        screens.settle(0.4)
        screen.keys("Return")
        screen.need(self.root, number + " · ")
        screens.settle()
        address = place.url.split("//")[1]
        place.stop()
        screen.keys("F9")
        screen.need(self.root, "Noted; it is sent when the server is back", wait=30)
        screen.keys("F9")
        screen.need(self.root, "is noted already")
        place.start(address)
        screen.need(self.root, "✓ Paid", wait=60)
        paid = ("SELECT count (*), sum (p.amount) - sum (o.total) FROM payment p JOIN lab_order o ON o.id = p.order_id"
                " WHERE o.number = ?")
        hospital.until(lambda: place.ask(paid, number)[0] > 0, wait=60)  # other orders are paid, too: the words may be theirs
        self.assertIsNone(screen.find(self.root, "refused", wait=0))
        self.assertEqual(place.ask(paid, number), (1, 0))

    def test_2a_every_tab_is_in_sight_and_a_key_away(self):
        self.begin("Manager")
        tabs = self.tabs()
        width = self.root[0].queryComponent().getExtents(screen.a.WINDOW_COORDS).width
        places = [tab.queryComponent().getExtents(screen.a.WINDOW_COORDS) for tab in tabs]
        self.assertEqual(len(tabs), 8)
        self.assertLessEqual(max(place.x + place.width for place in places), width)
        for _ in tabs[1:]:
            screen.keys("ctrl+Page_Down")
            screens.settle(0.3)
        screen.need(self.root, "Grouped by")

    def test_2_the_document_is_found_and_charged_after(self):
        self.begin("Manager")
        self.tab("Bills")
        screens.settle()
        shot("cashier-bills")
        self.assertEqual(screen.nameless(self.root), [])
        screen.keys("Tab", "Tab", "Tab", "Down")
        screen.need(self.root, "✓ Issued", "label")
        screen.need(self.root, "Items", "label")
        screens.settle()
        shot("cashier-bill")
        screen.keys("F8")
        charge = screen.need(self.root, "Charge it", "push button")
        screen.focused(self.root, "What was left out", "text")
        screen.type("Home collection")
        screen.keys("Tab")
        screen.type("urea")
        screen.need(self.root, "Urea · UREAT", "list item")
        screen.keys("Return")
        of = screen.need(self.root, "Test or panel", "text")
        hospital.until(lambda: of.queryText().getText(0, 20) == "Urea")
        screen.keys("Tab")
        screen.type("150")
        shot("cashier-debit")
        self.assertEqual(screen.nameless(self.root), [])
        screen.press(charge)
        screen.need(self.root, "Choose a reason.")
        screen.type("serv")
        screen.press(charge)
        screen.need(self.root, "Debit note")
        hospital.until(lambda: place.ask("SELECT max(code) FROM invoice_line WHERE description = 'Home collection'")[0] == "UREAT")

    def test_2b_an_insurer_pays_a_part_and_refuses_the_rest(self):
        """By keys alone: the transfer, what came of the claim, and the rest that the patient owes again."""
        patient, = place.ask("SELECT id FROM patient WHERE vip = 0 AND user_id IS NULL AND merged_into IS NULL AND id NOT IN"
                             " (SELECT patient_id FROM payment WHERE patient_id IS NOT NULL) ORDER BY id LIMIT 1")
        order = place.call("reception", "POST", "/orders", id=str(uuid.uuid4()), patient_id=patient, items=[{"test": "CBC"}],
                           payment_method="insurance")
        place.call("cashier", "POST", f"/orders/{order['id']}/payments", id=str(uuid.uuid4()), method="insurance",
                   amount=order["due"], reference="POL 77", payer="Arogya Cover")
        self.begin("Cashier")
        self.tab("Insurers")
        screen.need(self.root, "Arogya Cover", "label")
        screens.settle(0.5)
        while screen.find(self.root, "Paid for " + order["number"], wait=1) is None:
            screen.keys("Down", "space")
            screens.settle(0.3)
        shot("insurers")
        self.assertEqual(screen.nameless(self.root), [])
        paid = f"{(order['due'] - 5000) / 100:.2f}"
        screen.keys("Return")
        screen.type(paid)
        screen.keys("alt+n")
        screen.type("NEFT 4711")
        screen.keys("alt+d")
        screen.type("today")
        screen.keys("alt+m")
        screen.type("1")
        screen.keys("F9")
        screen.need(self.root, "The claims add up to")
        screen.keys("ctrl+a")
        screen.type(paid)
        for _ in range(3):
            screen.keys("shift+Tab")
        screen.keys("space", "Down", "Return")
        screens.settle(0.4)
        screen.keys("F9")
        screen.need(self.root, "Write the insurer's reason.")
        screen.type("room rent is capped")
        screen.keys("F9")
        screen.need(self.root, "NEFT 4711", "label")
        screen.need(self.root, "Nothing is owed")
        shot("insurers-done")
        self.assertEqual([int(due) for due in place.ask(f"SELECT due FROM lab_order WHERE id = '{order['id']}'")], [5000])

    def test_2c_more_claims_than_one_page(self):
        """All that an insurer owes stands there, not the first two hundred claims of it."""
        place.stop()
        claim, amount = place.ask("SELECT id, amount FROM payment WHERE method = 'insurance' AND status = 'claimed' LIMIT 1")
        columns = [name for name in place.ask("SELECT group_concat (name) FROM pragma_table_info ('payment')")[0].split(",")]
        taken = ", ".join({"id": "substr (p.id, 1, 32) || printf ('%04x', n.i)", "payer": "'Zenith Mutual'",
                           "reference_key": "NULL"}.get(name, "p." + name) for name in columns)
        place.write(f"INSERT INTO payment ({', '.join(columns)}) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    f" WHERE i < 203) SELECT {taken} FROM payment p, n WHERE p.id = ?", claim)
        place.start()
        self.begin("Cashier")
        self.tab("Insurers")
        screen.need(self.root, "Zenith Mutual", "label")
        screens.settle(0.5)
        screen.need(self.root, f"₹{203 * amount / 100:,.2f} owed", wait=30)

    def test_3_the_gateway_says_how_it_is(self):
        self.begin("Manager")
        self.tab("Gateway")
        screen.need(self.root, "✕ The payment gateway is not set up")
        shot("cashier-gateway")
        self.assertEqual(screen.nameless(self.root), [])
        complaints = [line for line in screen.client_log().splitlines()
                      if ("WARNING" in line or "CRITICAL" in line) and "Notifications" not in line]
        self.assertEqual(complaints, [])


def main(on):
    global screen, place
    screen = on
    place = hospital.Hospital(patients=60, orders=80)
    try:
        tap.main(__name__)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
