# SPDX-License-Identifier: GPL-3.0-or-later
"""An analyser is switched on at the desk, speaks, and what it says is seen: its results, the inbox, the message as it came."""
import os
import socket
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import tube_in_the_laboratory  # noqa: E402
from steps import live, step  # noqa: E402


def picture(desk, name):
    if os.environ.get("MH_SHOTS"):
        time.sleep(0.5)
        desk.screen.shot(f"{os.environ['MH_SHOTS']}/{name}.png")


def tab(desk, name):
    for node in desk.screen.walk(desk.root):
        if node.name == name and node.getRoleName() in ("page tab", "radio button", "toggle button") and desk.screen.seen(node):
            desk.screen.press(node)
            time.sleep(0.8)
            return
    raise AssertionError("no tab " + name)


def say(port, number, tube, values):
    """One ORU^R01 over MLLP; the acknowledgement's word."""
    lines = [f"MSH|^~\\&|HEMA1|LAB|||20260101||ORU^R01^ORU_R01|{number}|P|2.5.1", "PID|1", f"OBR|1||{tube}|CBC^x^L"]
    lines += [f"OBX|{i}|NM|{code}^x^L||{value}|{unit}|||||F" for i, (code, value, unit) in enumerate(values, 1)]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(b"\x0b" + ("\r".join(lines) + "\r").encode() + b"\x1c\r")
        answer = b""
        while not answer.endswith(b"\x1c\r"):
            more = line.recv(4096)
            assert more, "the line was closed"
            answer += more
    return answer.decode().split("MSA|")[1][:2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def link(desk):
    return desk.ask("pathologist", "/analysers")["items"][0]


@step
def the_analyser_is_set_up_and_off(desk):
    one = link(desk)
    assert not one["enabled"] and one["status"] == "off"
    desk.port = free_port()
    desk.ask("pathologist", "/analysers/" + one["id"], dict(port=desk.port), method="PATCH", version=one["version"])
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    desk.keys("alt+shift+n", pause=1.5)
    desk.see("Blood counter")
    desk.see("Off")
    desk.keys("Down", pause=0.6)
    desk.see("_Switch on".replace("_", ""), "push button")
    desk.named()
    picture(desk, "links")


@step
def switched_on_it_waits_for_the_analyser(desk):
    desk.screen.press(desk.see("Switch on", "push button"))
    desk.see("Waiting for the analyser")
    desk.see("Switch off", "push button")
    assert link(desk)["status"] == "listening"


@step
def a_result_arrives_by_itself(desk):
    patient = desk.ask("reception", "/patients?limit=1")["items"][0]
    desk.order = tube_in_the_laboratory(desk, patient, ["HB"])
    desk.tube = desk.order["samples"][0]["accession"]
    assert say(desk.port, "D1", desk.tube, [("HGB", "13.1", "g/dL")]) == "AA"
    sheet = desk.ask("technician", f"/orders/{desk.order['id']}/results")
    row = next(row for row in sheet["analytes"] if row["code"] == "HGB")
    assert row["value"] == "13.1" and row["instrument"] == "HEMA1" and row["entered_name"] == "Blood counter", row
    assert sheet["status"] == "resulted", sheet["status"]


@step
def what_nobody_knows_waits_in_the_inbox(desk):
    patient = desk.ask("reception", "/patients?limit=1")["items"][0]
    desk.other = tube_in_the_laboratory(desk, patient, ["HB"])
    assert say(desk.port, "D2", "SMUDGED", [("HGB", "12.4", "g/dL")]) == "AA"
    tab(desk, "Inbox")
    desk.see("SMUDGED")
    desk.see("Unknown sample")
    desk.keys("Home", pause=0.3)
    desk.keys("Down", "Up", "Return", pause=0.6)
    desk.named()
    picture(desk, "inbox")


@step
def it_is_assigned_by_keyboard(desk):
    tube = desk.other["samples"][0]["accession"]
    desk.type(tube)
    desk.keys("Return", pause=0.3)
    desk.see(f"Order {desk.other['number']}, tube {tube}")  # whose it is stands there before anything is taken
    assert desk.ask("technician", "/device_results?status=open")["items"][0]["sample_code"] == "SMUDGED"
    desk.keys("Return", pause=1)
    desk.gone("SMUDGED")
    sheet = desk.ask("technician", f"/orders/{desk.other['id']}/results")
    assert next(row for row in sheet["analytes"] if row["code"] == "HGB")["value"] == "12.4"


@step
def a_whole_message_is_assigned_and_taken_back(desk):
    patient = desk.ask("reception", "/patients?limit=1")["items"][0]
    order = tube_in_the_laboratory(desk, patient, ["CBC"])
    tube = order["samples"][0]["accession"]
    assert say(desk.port, "D3", "TORN", [("HGB", "11.9", "g/dL"), ("PLT", "240", "10*3/uL")]) == "AA"
    desk.see("TORN")
    waiting = [one for one in desk.ask("technician", "/device_results?status=open")["items"] if one["sample_code"] == "TORN"]
    assert len(waiting) == 2, waiting
    desk.keys("Home", pause=0.3)
    desk.keys("Down", "Up", "Return", pause=0.6)
    desk.see("Assign all 2 · F9")
    desk.type(tube)
    desk.keys("F9", pause=0.3)
    desk.see(f"Order {order['number']}, tube {tube}")
    desk.keys("F9", pause=0.3)
    desk.see("2 values assigned to ")
    desk.gone("TORN")
    desk.screen.press(desk.see("Undo", "push button"))
    desk.see("TORN")
    sheet = desk.ask("technician", f"/orders/{order['id']}/results")
    assert not any(row.get("value") for row in sheet["analytes"]), sheet


@step
def a_discarded_one_needs_a_reason(desk):
    before = len(desk.ask("technician", "/device_results?status=open")["items"])
    desk.keys("Home", pause=0.3)
    desk.keys("Return", pause=0.6)
    desk.screen.press(desk.see("Discard", "push button"))
    desk.see("Write in the reason why it is discarded.")
    desk.type("not ours")
    desk.screen.press(desk.see("Discard", "push button"))
    time.sleep(1)
    assert len(desk.ask("technician", "/device_results?status=open")["items"]) == before - 1


@step
def the_message_is_read_as_it_came(desk):
    tab(desk, "Messages")
    desk.keys("Home", pause=0.3)
    desk.keys("Return", pause=1)
    if desk.screen.find(desk.root, "Message", "text", wait=1) is None:
        at = desk.see("Message as it was sent", "label").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
        desk.screen.click(at.x + 10, at.y + at.height // 2)
    text = desk.see("Message", "text")
    content = text.queryText().getText(0, -1)
    assert content.startswith("MSH|^~\\&|HEMA1|LAB") and "OBR|1||TORN" in content, content
    desk.named()
    picture(desk, "messages")


@step
def a_code_gets_its_meaning(desk):
    tab(desk, "Analysers")
    desk.screen.press(desk.see("Codes…", "push button"))
    desk.see("Codes of Blood counter")
    desk.see("HGB-SI")
    desk.screen.press(desk.see("New code", "push button"))
    time.sleep(0.8)
    desk.type("MCV")
    desk.keys("Tab", pause=0.2)
    desk.type("MCVX")
    desk.keys("Return", pause=1)
    desk.see("The catalogue has no such analyte.")
    picture(desk, "codes")
    desk.keys("BackSpace", pause=0.2)
    desk.keys("Return", pause=1)
    maps = desk.ask("pathologist", f"/analysers/{link(desk)['id']}/maps")["items"]
    assert any(one["code"] == "MCV" and one["analyte"] == "MCV" for one in maps), maps
    desk.keys("Escape", pause=0.5)


@step
def switched_off_it_listens_no_more(desk):
    desk.screen.press(desk.see("Switch off", "push button"))
    desk.see("Switch on", "push button")
    end = time.time() + 10
    while link(desk)["status"] != "off":
        assert time.time() < end
        time.sleep(0.2)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", desk.port)) != 0


screens.within(live)
