# SPDX-License-Identifier: GPL-3.0-or-later
"""Receipt and labels on paper: straight to the printer that the preferences name, else through the system's dialog. The
printer is the one that writes files, which every machine has."""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402

@step
def an_order_is_paid(desk):
    desk.name_printers(label="Print to File")
    desk.start()
    desk.sign_in("reception")
    time.sleep(1)
    desk.keys("Down", "Down", pause=0.8)
    desk.keys("F2", pause=1)
    desk.type("cbc", pause=0.5)
    desk.keys("Return", pause=0.8)
    desk.keys("F9")
    desk.see("is placed and paid")
    desk.see("Receipt", "check box")
    desk.see("Labels of the tubes", "check box")
    orders = desk.ask("reception", "/orders")["items"]
    desk.order = desk.ask("reception", "/orders/" + max(orders, key=lambda order: order["number"])["id"])


@step
def enter_prints_the_labels_without_a_question(desk):
    desk.keys("Return")
    sample = desk.order["samples"][0]
    text = desk.paper([sample["accession"], "CBC"])
    assert desk.order["patient_mrn"] in text, text
    size = subprocess.run(["pdfinfo", "read.pdf"], capture_output=True, text=True, check=True).stdout
    assert "141.732 x 70.8661" in size, "a label is 50 by 25 mm: " + size


@step
def the_receipt_comes_through_the_dialog_of_the_system(desk):
    desk.see("Print to File")
    time.sleep(0.5)
    desk.keys("Tab", "space")
    desk.keys("alt+p", pause=0.5)
    text = desk.paper([desk.order["number"]])
    assert "Complete blood count" in text or "CBC" in text, text


@step
def the_client_lives_on(desk):
    assert desk.client.poll() is None
    told = desk.screen.client_log()
    assert "CRITICAL" not in told and "WARNING" not in told, told


screens.within(live)
