# SPDX-License-Identifier: GPL-3.0-or-later
"""A doctor prescribes by the keyboard: shorthand read back in words, drafts that survive going to the next patient, a signed
paper, and tests that wait at the front desk."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402


def prescribe_for(desk, patient):
    desk.keys("alt+1", pause=0.8)
    desk.keys("ctrl+f", "ctrl+a", pause=0.3)
    desk.type(patient["mrn"], pause=1)
    desk.keys("Return", pause=0.8)
    desk.keys("F6", pause=1.5)
    desk.see("Current medicines")
    desk.see(patient["mrn"])


@step
def the_doctor_opens_a_prescription(desk):
    # grown-ups: what is prescribed here is without a warning for them
    grown = [p for p in desk.ask("reception", "/patients?limit=60")["items"] if p["sex"] == "male" and (p["birth_date"] or "9") < "1990"]
    desk.two = grown[:2]
    desk.start()
    desk.sign_in("doctor")
    desk.see("Online")
    prescribe_for(desk, desk.two[0])
    desk.type("cbc", pause=0.6)
    desk.keys("Return", pause=0.6)
    desk.see("Remove Complete blood count with differential", "push button")
    desk.named()


@step
def what_is_missing_is_asked_for(desk):
    desk.type("paracetamol", pause=1)
    desk.keys("Return", pause=1)
    desk.keys("F9", pause=1)
    desk.see("Say how often")


@step
def a_medicine_is_written_in_shorthand(desk):
    desk.type("1-0-1 x 5d", pause=1)
    desk.see("1-0-1, 5 days, 10 in all")
    desk.named()


@step
def the_last_keys_survive_the_next_patient(desk):
    prescribe_for(desk, desk.two[1])
    assert desk.screen.find(desk.root, "1-0-1, 5 days", wait=0) is None, "another patient's medicine"
    prescribe_for(desk, desk.two[0])
    desk.see("1-0-1, 5 days, 10 in all")


@step
def it_is_signed_and_shown_as_it_prints(desk):
    desk.keys("F9")
    desk.see("Page 1", wait=30)
    desk.named()
    signed = desk.ask("doctor", "/prescriptions?patient_id=" + desk.two[0]["id"])["items"][0]
    whole = desk.ask("doctor", "/prescriptions/" + signed["id"])
    line = whole["lines"][0]
    assert (line["name"], line["dose"], line["frequency"], line["duration_days"]) == ("paracetamol", "1 tablet", "1-0-1", 5), line
    desk.prescription = whole


@step
def its_tests_wait_at_the_front_desk(desk):
    waiting = desk.ask("reception", "/prescriptions?status=waiting")["items"]
    assert desk.prescription["id"] in [p["id"] for p in waiting], waiting
    desk.end()
    time.sleep(0.5)


screens.within(live)
