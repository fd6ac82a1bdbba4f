# SPDX-License-Identifier: GPL-3.0-or-later
"""Receipt and labels on paper: straight to the printer that the preferences name, else through the system's dialog. The
printer is the one that writes files, which every machine has."""
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402

PAPER = "output.pdf"  # what that printer writes when it is not told otherwise, in the client's folder


def paper(desk, words):
    """The text of the paper as soon as it has these words; it is taken away, so that the next one can be told from it."""
    end = time.time() + 15
    text = ""
    while time.time() < end:
        if os.path.exists(PAPER):
            text = subprocess.run(["pdftotext", "-layout", PAPER, "-"], capture_output=True, text=True, check=False).stdout
            if all(word in text for word in words):
                os.rename(PAPER, "read.pdf")
                return text
        time.sleep(0.2)
    raise AssertionError(f"no paper with {words}: {text}")


@step
def an_order_is_paid(desk):
    os.chdir(os.environ["MAHIMA_DESK_HOME"])
    os.environ.update(HOME=os.getcwd(), GSETTINGS_BACKEND="keyfile")
    settings = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(settings)
    with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
        file.write("[org/mahima/Mahima]\nlabel-printer='Print to File'\n")
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
    text = paper(desk, [sample["accession"], "CBC"])
    assert desk.order["patient_mrn"] in text, text
    size = subprocess.run(["pdfinfo", "read.pdf"], capture_output=True, text=True, check=True).stdout
    assert "141.732 x 70.8661" in size, "a label is 50 by 25 mm: " + size


@step
def the_receipt_comes_through_the_dialog_of_the_system(desk):
    desk.see("Print to File")
    time.sleep(0.5)
    desk.keys("Tab", "space")
    desk.keys("alt+p", pause=0.5)
    text = paper(desk, [desk.order["number"]])
    assert "Complete blood count" in text or "CBC" in text, text


@step
def the_client_lives_on(desk):
    assert desk.client.poll() is None
    told = desk.screen.client_log()
    assert "CRITICAL" not in told and "WARNING" not in told, told


screens.within(live)
