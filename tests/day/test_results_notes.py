# SPDX-License-Identifier: GPL-3.0-or-later
"""Beside the value: measured again with its history, a supervisor asked and answering, a culture with its antibiogram, a picture."""
import base64
import hashlib
import os
import struct
import sys
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import new_id, tube_in_the_laboratory  # noqa: E402
from steps import live, step  # noqa: E402


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(size=64):
    """A PNG of one colour."""
    rows = b"".join(b"\0" + b"\xc8\x60\x90" * size for _ in range(size))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def sheet(desk, order):
    return desk.ask("technician", f"/orders/{order['id']}/results")


def until(desk, order, right, what):
    end = time.time() + 10
    while not right(sheet(desk, order)):
        assert time.time() < end, what
        time.sleep(0.2)


def results_of(desk, name):
    desk.keys("alt+4", pause=1.5)
    desk.see(name + ", value")


@step
def a_value_is_measured_again(desk):
    patient = desk.ask("reception", "/patients?limit=1")["items"][0]
    desk.order = tube_in_the_laboratory(desk, patient, ["KT"])
    desk.start()
    desk.sign_in("technician")
    desk.see("Online")
    results_of(desk, "Potassium")
    desk.type("9.1")
    desk.keys("ctrl+r", pause=0.6)
    desk.see("Measure again", "push button")
    desk.named()
    desk.keys("Tab", pause=0.2)
    desk.type("clot seen")
    desk.keys("Return", pause=0.6)
    desk.see("Choose a reason.")  # nothing is chosen for anybody, and the keys are there
    assert sheet(desk, desk.order)["analytes"][0].get("value") != "9.1" or not desk.ask(
        "technician", f"/orders/{desk.order['id']}/results/history")["items"]
    desk.type("cannot")
    desk.gone("Choose a reason.")
    desk.keys("Tab", "Return", pause=0.6)
    desk.see("9.1 mmol/L · Test restarted")
    desk.see("Value cannot be right: clot seen")
    until(desk, desk.order, lambda s: s["analytes"][0].get("value") is None, "the value is still there")
    past = desk.ask("technician", f"/orders/{desk.order['id']}/results/history")["items"]
    assert [(p["value"], p["reason"], p["note"]) for p in past] == [("9.1", "implausible", "clot seen")], past


@step
def a_supervisor_is_asked_and_answers(desk):
    desk.keys("ctrl+a", pause=0.1)
    desk.type("6.6")
    desk.keys("ctrl+e", pause=0.6)
    desk.see("Ask", "push button")
    desk.type("does not f")
    desk.keys("Tab", pause=0.2)
    desk.type("not haemolysed")
    desk.keys("Return", pause=0.6)
    desk.see("waits for an answer")
    asked = sheet(desk, desk.order)["escalations"][0]
    assert (asked["status"], asked["reason"], asked["note"]) == ("open", "unexpected", "not haemolysed"), asked
    desk.ask("pathologist", f"/escalations/{asked['id']}/answer", dict(answer="accept", note="dialysis patient"))
    desk.keys("ctrl+Return", pause=1)
    desk.ask("pathologist", f"/orders/{desk.order['id']}/verification", dict(id=new_id(), decision="verify"))


def tab_to(desk, name):
    """By the keyboard from wherever the keys are."""
    for _ in range(100):
        field = desk.see(name, "text")
        if field.getState().contains(desk.screen.a.STATE_FOCUSED):
            return field
        desk.keys("Tab", pause=0.1)
    raise AssertionError(f"no key comes to {name}")


def refused_at(desk, name, words):
    """Said below the field, and told by it."""
    field = desk.see(name, "text")
    desk.see(words, "label")
    assert field.description == words, (name, field.description)
    desk.named()
    return field


def what_is_refused_stands_at_its_field(desk):
    """From the first value on, and back to it."""
    first = "Amoxicillin-clavulanate, zone or MIC"
    number, known = "Write a number, such as 22 for a zone or <=0.25 for a MIC.", "No such organism is known."
    desk.type("twelve")
    desk.screen.press(desk.see("Another isolate", "push button"))
    tab_to(desk, "2: Quantity")
    desk.type("few")
    desk.screen.press(desk.see("Save", "push button"))
    assert refused_at(desk, "2: Organism", "Say which organism grew.").getState().contains(desk.screen.a.STATE_FOCUSED)
    desk.type("nothing known")
    desk.gone("Say which organism grew.", "label")
    desk.screen.press(desk.see("Save", "push button"))
    assert refused_at(desk, first, number).getState().contains(desk.screen.a.STATE_FOCUSED)
    tab_to(desk, "2: Organism")  # below what is seen of the list
    refused_at(desk, "2: Organism", known)
    for name in ("2: Organism", "2: Quantity"):
        tab_to(desk, name)
        desk.keys("ctrl+a", "BackSpace")
    desk.gone(known, "label")
    tab_to(desk, first)


def escape_loses_nothing_of_it(desk):
    """All that was entered is offered by its organism, also what could not be sent."""
    desk.screen.written(desk.root, "Amikacin, zone or MIC", "20")
    desk.keys("Escape")
    desk.gone("Isolates and antibiogram", "frame")
    desk.keys("ctrl+g")
    offer = desk.see("Continue “Escherichia coli”, begun ", "push button")
    desk.screen.written(desk.root, "1: Organism", "")
    desk.screen.press(offer)
    for name, text in (("1: Organism", "Escherichia coli"), ("1: Quantity", "many"), ("1: Comment", "on both plates"),
                       ("Amoxicillin-clavulanate, zone or MIC", "12"), ("Amikacin, zone or MIC", "20"), ("2: Organism", "")):
        desk.screen.written(desk.root, name, text)
    desk.named()


@step
def a_culture_gets_its_isolate_and_antibiogram(desk):
    patient = desk.ask("reception", "/patients?limit=2")["items"][1]
    desk.culture = tube_in_the_laboratory(desk, patient, ["URC"])
    content = picture()
    desk.ask("technician", f"/orders/{desk.culture['id']}/attachments",
             dict(id=new_id(), title="Plate after a day", content=base64.b64encode(content).decode(),
                  sha256=hashlib.sha256(content).hexdigest(), analyte="CULURO"))
    desk.end()
    desk.start()
    desk.sign_in("technician")
    desk.see("Online")
    results_of(desk, "Organism isolated (urine)")
    desk.see("Plate after a day")
    desk.keys("ctrl+g", pause=1)
    desk.see("Isolates and antibiogram")
    desk.type("esch")
    desk.keys("Return", pause=0.6)
    desk.see("Amoxicillin-clavulanate, zone or MIC")
    desk.named()
    desk.type("many")
    desk.keys("Return", pause=0.2)
    desk.type("on both plates")
    desk.keys("Return", pause=0.2)
    what_is_refused_stands_at_its_field(desk)
    desk.keys("ctrl+a")
    desk.type("12")
    desk.keys("Return", pause=0.2)
    desk.type("20")
    escape_loses_nothing_of_it(desk)
    desk.screen.press(desk.see("Save", "push button"))
    until(desk, desk.culture, lambda s: s["analytes"][0].get("value") == "ECO", "no isolate is kept")
    isolate = sheet(desk, desk.culture)["analytes"][0]["isolates"][0]
    assert isolate["name"] == "Escherichia coli", isolate
    tested = isolate["susceptibilities"][0]
    assert (tested["antibiotic"], tested["method"], tested["measured"]) == ("AMC", "disk", "12"), tested
    assert isolate["susceptibilities"][1]["measured"] == "20", isolate
    assert (isolate["quantity"], isolate["comment"]) == ("many", "on both plates"), isolate
    desk.see("Abnormal", "label")


@step
def the_pathologist_answers_where_results_are_verified(desk):
    desk.ask("technician", f"/orders/{desk.culture['id']}/results",
             dict(final=True, results=[dict(analyte="CULCNT", comment="not counted")]), method="PUT")
    desk.ask("technician", f"/orders/{desk.culture['id']}/escalations", dict(analyte="CULURO", reason="unexpected", note="two kinds?"))
    desk.end()
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    desk.keys("alt+5", pause=1.5)
    desk.see("waits for an answer")
    desk.named()
    desk.screen.press(desk.see("Answer…", "push button"))
    desk.see("Choose…")  # the dialog; its question stands on the page too
    time.sleep(0.7)
    desk.type("accept")
    desk.keys("Tab", pause=0.2)
    desk.type("one kind")
    desk.keys("Return", pause=0.6)
    desk.see("Accept the value")
    asked = sheet(desk, desk.culture)["escalations"][0]
    assert (asked["answer"], asked["answer_note"]) == ("accept", "one kind"), asked
    desk.ask("technician", f"/orders/{desk.culture['id']}/results/restart", dict(analytes=["CULCNT"], reason="confirm"))


@step
def the_picture_is_looked_at(desk):
    desk.end()
    desk.start()
    desk.sign_in("technician")
    desk.see("Online")
    results_of(desk, "Organism isolated (urine)")
    button = next(node for node in desk.screen.walk(desk.see("Plate after a day")) if node.get_action_iface() and node.queryAction().nActions)
    desk.screen.press(button)
    desk.see("Plate after a day", "image")
    desk.keys("Escape")


@step
def a_picture_of_the_wrong_plate_is_removed(desk):
    desk.screen.press(desk.see("Remove Plate after a day", "push button"))
    desk.see("Remove “Plate after a day”", "push button")
    desk.keys("Escape")
    desk.gone("Remove “Plate after a day”", "push button")
    assert sheet(desk, desk.culture)["attachments"], "asked, and not answered"
    desk.screen.press(desk.see("Remove Plate after a day", "push button"))
    desk.screen.press(desk.see("Remove “Plate after a day”", "push button"))
    desk.see("“Plate after a day” is removed.")
    until(desk, desk.culture, lambda s: not s.get("attachments"), "the picture is still there")
    desk.gone("Remove Plate after a day")
    desk.named()


# nothing of the demonstration waits before what is made here
screens.within(lambda screen: live(screen, patients=40, orders=0))
