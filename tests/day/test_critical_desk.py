# SPDX-License-Identifier: GPL-3.0-or-later
"""A critical value from its verification to the read-back: the clock on every screen, the call, also without the server."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import become, tube_in_the_laboratory  # noqa: E402
from steps import live, step  # noqa: E402


def items(desk, order):
    return desk.ask("pathologist", f"/critical?order_id={order['id']}")["items"]


def state(desk, order, wanted):
    end = time.time() + 20
    while [item["state"] for item in items(desk, order)] != [wanted]:
        assert time.time() < end, items(desk, order)
        time.sleep(0.3)


def enter(desk, order, value):
    desk.ask("technician", f"/orders/{order['id']}/results", dict(results=[dict(analyte="K", value=value)], final=True), method="PUT")
    become(desk, order, "resulted")


def focus(desk, name):
    box = desk.see(name, "text").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    time.sleep(0.3)


def answered(desk, outcome="reach", method="tele"):
    """Nothing is chosen before a person chooses: F9 says so at each field and stays there."""
    desk.keys("F9", pause=0.5)
    desk.see("Choose how the call ended.", "label")
    desk.type(outcome)
    desk.gone("Choose how the call ended.")
    desk.keys("F9", pause=0.5)
    desk.see("Choose how they were called.", "label")
    desk.type(method)
    desk.gone("Choose how they were called.")


def said(desk, name):
    """What is written in the entry of that name: in itself, or in the text that it holds."""
    for node in desk.screen.walk(desk.see(name, "text")):
        try:
            text = node.queryText()
        except NotImplementedError:
            continue
        if text.characterCount > 0:
            return text.getText(0, text.characterCount)
    return ""


def word(desk, name, wanted):
    end = time.time() + 10
    while said(desk, name) != wanted:
        assert time.time() < end, (name, said(desk, name))
        time.sleep(0.3)


def choose(desk, value):
    """The row of the table; the pane beside it has the same words further to the right."""
    found, end = [], time.time() + 10
    while not found:
        assert time.time() < end, value
        for node in desk.screen.walk(desk.root):
            try:
                if node.getRoleName() == "label" and (node.name or "").startswith(value) and desk.screen.seen(node):
                    box = node.queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
                    found.append((box.x, box.y + box.height // 2))
            except Exception:  # noqa: BLE001 - gone while it was looked at
                continue
    x, y = min(found)
    desk.screen.click(x + 20, y)
    desk.see("Whom to call")
    time.sleep(1)


@step
def the_pathologist_verifies_it_with_one_key(desk):
    for item in desk.ask("pathologist", "/critical?state=open")["items"]:
        desk.ask("pathologist", f"/critical/{item['id']}/close", dict(reason="error", note="of the demonstration"))
    people = desk.ask("reception", "/patients?limit=10")["items"]
    desk.one, desk.two, desk.three, desk.four = [tube_in_the_laboratory(desk, person, ["KT"]) for person in people[:4]]
    enter(desk, desk.one, "6.9")
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    desk.keys("alt+5", pause=2)
    desk.see("⚠ 1 critical")
    desk.see(desk.one["number"])
    desk.named()
    desk.keys("F9", pause=1)
    become(desk, desk.one, "completed")
    state(desk, desk.one, "open")


@step
def its_clock_runs_on_every_screen(desk):
    for page in ("alt+1", "alt+3", "alt+6"):
        desk.keys(page, pause=1)
        desk.see(f"Critical: Potassium 6.9 mmol/L, order {desk.one['number']}")
        desk.see(" left", "label")


@step
def a_wrong_read_back_tells_nobody(desk):
    desk.screen.press(desk.see("Call…", "push button"))
    desk.see("Whom to call")
    desk.named()
    assert desk.screen.find(desk.root, "Read back, word for word", "text", wait=1) is None, "nobody said that they were reached"
    answered(desk)
    assert items(desk, desk.one)[0]["n_calls"] == 0, "a call that nobody described was kept"
    if desk.screen.find(desk.root, "Name of who answered", "text", wait=1):
        focus(desk, "Name of who answered")
        desk.type("Dr Rao")
    focus(desk, "Read back, word for word")
    desk.type("9.6")
    desk.see("Read back correctly", "check box")
    desk.keys("Tab", "space")
    desk.keys("F9", pause=1)
    state(desk, desk.one, "open")
    assert items(desk, desk.one)[0]["n_calls"] == 0


@step
def the_right_one_does(desk):
    focus(desk, "Read back, word for word")
    desk.keys("ctrl+a", pause=0.1)
    desk.type("K is 6.9")
    desk.keys("F9", pause=1)
    state(desk, desk.one, "acknowledged")
    desk.see("Read back correctly: ")
    desk.gone(f"Critical: Potassium 6.9 mmol/L, order {desk.one['number']}")


@step
def and_it_closes(desk):
    desk.screen.press(desk.see("Close it", "push button"))
    desk.see("Choose a reason.")
    desk.type("read")
    desk.screen.press(desk.see("Close it", "push button"))
    state(desk, desk.one, "closed")


@step
def a_call_without_the_server_is_kept(desk):
    enter(desk, desk.two, "2.1")
    desk.ask("pathologist", f"/orders/{desk.two['id']}/verification", dict(decision="verify"))
    desk.see(f"Critical: Potassium 2.1 mmol/L, order {desk.two['number']}")
    desk.screen.press(desk.see("Call…", "push button"))
    desk.see(desk.two["number"])
    time.sleep(1)
    desk.address = desk.hospital.url.split("//")[1]
    desk.hospital.stop()
    desk.see("Offline", wait=20)
    if desk.screen.find(desk.root, "Name of who answered", "text", wait=1):
        focus(desk, "Name of who answered")
        desk.type("Sister Mary")
    answered(desk)
    focus(desk, "Read back, word for word")
    desk.type("2.1")
    desk.see("Read back correctly", "check box")
    desk.keys("Tab", "space")
    desk.keys("F9", pause=1)
    desk.see("Noted here")


@step
def and_arrives_when_it_is_back(desk):
    desk.hospital.start(desk.address)
    desk.see("Online", wait=60)
    state(desk, desk.two, "acknowledged")
    desk.gone(f"Critical: Potassium 2.1 mmol/L, order {desk.two['number']}")


@step
def each_row_keeps_what_was_typed_about_it(desk):
    for order, value in ((desk.three, "6.8"), (desk.four, "7.2")):
        enter(desk, order, value)
        desk.ask("pathologist", f"/orders/{order['id']}/verification", dict(decision="verify"))
    desk.see("Potassium 6.8", "label")
    desk.screen.press(desk.see("Call…", "push button"))
    choose(desk, "Potassium 6.8")
    answered(desk)
    focus(desk, "Read back, word for word")
    desk.type("told sister: 6.8")
    choose(desk, "Potassium 7.2")
    assert desk.screen.find(desk.root, "Read back, word for word", "text", wait=1) is None, "another row's call is told here"
    answered(desk)
    word(desk, "Read back, word for word", "")
    focus(desk, "Read back, word for word")
    desk.type("7.2, asks again")
    choose(desk, "Potassium 6.8")
    word(desk, "Read back, word for word", "told sister: 6.8")
    # another desk calls about it: nothing that is being written here is lost
    call = dict(role="other", to_name="Ward", outcome="no_answer", method="phone")
    desk.ask("pathologist", f"/critical/{items(desk, desk.three)[0]['id']}/calls", call)
    desk.see("No answer · Ward")
    word(desk, "Read back, word for word", "told sister: 6.8")
    choose(desk, "Potassium 7.2")
    word(desk, "Read back, word for word", "7.2, asks again")


@step
def also_when_the_program_dies(desk):
    choose(desk, "Potassium 6.8")
    focus(desk, "Read back, word for word")
    desk.keys("End", pause=0.1)
    desk.type("!")
    time.sleep(1)
    desk.client.kill()
    desk.client.wait(10)
    desk.start()
    desk.sign_in("pathologist")
    desk.screen.press(desk.see("Call…", "push button"))
    choose(desk, "Potassium 6.8")
    word(desk, "Read back, word for word", "told sister: 6.8!")


screens.within(live)
