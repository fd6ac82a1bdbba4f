# SPDX-License-Identifier: GPL-3.0-or-later
"""Verification by the keys alone: tube after tube, the last one, without the server, and what is read of each value at 1280 px."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from bench import become, tube_in_the_laboratory  # noqa: E402
from steps import live, step  # noqa: E402

REMARK = "Repeated on a second tube, same"


def measured(desk, patient, test="TSHT", analyte="TSH"):
    """A tube whose value waits to be verified. Not within range, so that nothing verifies it by itself."""
    order = tube_in_the_laboratory(desk, patient, [test])
    desk.ask("technician", f"/orders/{order['id']}/results", dict(results=[dict(analyte=analyte, value="7.9", comment=REMARK)], final=True),
             method="PUT")
    become(desk, order, "resulted")
    return order


def open_page(desk):
    desk.start()
    desk.sign_in("pathologist")
    desk.see("Online")
    desk.keys("alt+5", pause=1.5)


def keys_in_the_page(desk):
    """Something between the title's row and the foot has the keys: not a button of the window, not nothing."""
    end = time.time() + 5
    while True:
        page = desk.see("Verification", "frame")
        page.clear_cache()
        if any(desk.screen.has_keys(node) for node in desk.screen.walk(page)):
            return
        assert time.time() < end, "the keys left the page\n" + desk.screen.told(desk.root)
        time.sleep(0.1)


def beside(desk, order):
    desk.see(f"Order {order['number']}")


@step
def tube_after_tube(desk):
    """From the values, where the row that had the keys goes each time."""
    desk.people = desk.ask("reception", "/patients?limit=10")["items"]
    desk.order = measured(desk, desk.people[0])
    desk.tubes = [desk.order] + [measured(desk, person) for person in desk.people[1:5]]
    open_page(desk)
    for order in desk.tubes[:2]:
        beside(desk, order)
        desk.see("7.9")
        box = desk.see(REMARK).queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
        desk.screen.click(box.x + 10, box.y + box.height // 2)
        desk.keys("F9", pause=1)
        become(desk, order, "completed")
        keys_in_the_page(desk)
    beside(desk, desk.tubes[2])
    desk.see("7.9")
    desk.keys("F9", pause=1)
    become(desk, desk.tubes[2], "completed")
    keys_in_the_page(desk)


@step
def by_its_button(desk):
    """It is grey while the server decides."""
    beside(desk, desk.tubes[3])
    desk.see("7.9")
    for _ in range(20):
        if any(desk.screen.has_keys(node) for node in desk.screen.named(desk.root, "Verify", "push button")):
            break
        desk.keys("Tab", pause=0.3)
    desk.screen.focused(desk.root, "Verify", "push button", 2)
    desk.keys("Return", pause=1)
    become(desk, desk.tubes[3], "completed")
    beside(desk, desk.tubes[4])
    keys_in_the_page(desk)


@step
def without_the_server_nothing_is_lost(desk):
    address = desk.hospital.url.split("//")[1]
    desk.see("7.9")
    desk.hospital.stop()
    desk.see("Offline", wait=20)
    for _ in range(20):
        if any(desk.screen.has_keys(node) for node in desk.screen.named(desk.root, "Verify", "push button")):
            break
        desk.keys("Tab", pause=0.3)
    desk.screen.focused(desk.root, "Verify", "push button", 2)
    desk.keys("Return", pause=1)
    keys_in_the_page(desk)
    beside(desk, desk.tubes[4])
    desk.hospital.start(address)
    desk.see("Online", wait=60)
    keys_in_the_page(desk)


@step
def the_last_one_and_the_next_that_comes(desk):
    beside(desk, desk.tubes[4])
    desk.see("7.9")
    desk.keys("F9", pause=1)
    become(desk, desk.tubes[4], "completed")
    desk.see("Nothing waits to be verified")
    keys_in_the_page(desk)
    order = measured(desk, desk.people[5])
    beside(desk, order)
    desk.see("7.9")
    desk.keys("F9", pause=1)
    become(desk, order, "completed")


def in_sight(desk, names, end):
    """Which of the names stand wholly above the control that is below the list."""
    end = end.queryComponent().getExtents(desk.screen.a.WINDOW_COORDS).y
    found = set()
    for node in desk.screen.walk(desk.root):
        if node.name in names and desk.screen.seen(node):
            box = node.queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
            if 0 <= box.y and box.y + box.height <= end:
                found.add(node.name)
    return found


@step
def range_and_remark_are_read_whole(desk):
    """At 1280 × 800, of more than seven values at once: both wrap in a line of their own, where columns cut them."""
    order = tube_in_the_laboratory(desk, desk.people[6], ["CBC"])
    values = dict(HGB="11.1", RBC="4.1", HCT="36", PLT="310", WBC="13.8")
    results = [dict(analyte=row["code"], comment=REMARK, **({"value": values[row["code"]]} if row["code"] in values else {}))
               for row in desk.ask("technician", f"/orders/{order['id']}/results")["analytes"] if not row.get("formula")]
    desk.ask("technician", f"/orders/{order['id']}/results", dict(results=results, final=True), method="PUT")
    become(desk, order, "resulted")
    beside(desk, order)
    rows = desk.ask("pathologist", f"/orders/{order['id']}/results")["analytes"]
    first = next(row for row in rows if row["code"] == "HGB")
    told = desk.see("  ·  " + REMARK, "label")
    assert told.name.startswith(first["range_text"]), told.name
    assert not any(node.name in ("Range", "Remark") for node in desk.screen.walk(desk.root) if desk.screen.seen(node)), "columns"
    entered = in_sight(desk, {row["name"] for row in rows}, desk.see("Verify", "push button"))
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(os.environ["MH_SHOT"] + "-rows.png")
    assert len(entered) > 7, entered


# nothing of the demonstration waits before what is made here
screens.within(lambda screen: live(screen, patients=40, orders=0))
