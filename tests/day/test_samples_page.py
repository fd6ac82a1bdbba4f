# SPDX-License-Identifier: GPL-3.0-or-later
"""Tubes between the bed and the freezer: the round, a hand-over with both badges, the map of every position, by the keyboard."""
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "desk"))
import desk as screens  # noqa: E402
from steps import live, step  # noqa: E402


def tab(desk, name):
    desk.screen.press(desk.see(name))
    time.sleep(1)


def drawn(desk):
    """Numbers of the tubes that are drawn and not in the laboratory."""
    orders = desk.ask("technician", "/orders?stage=receive&limit=200")["items"]
    return [tube["accession"] for order in orders for tube in order["samples"] if tube["status"] == "collected"]


@step
def the_round_lists_whom_to_bleed(desk):
    desk.start()
    desk.sign_in("technician")
    bar = desk.see("Workspaces", "list")
    row = next(node for node in desk.screen.walk(bar) if node.getRoleName() == "list item" and node.name == "Samples")
    box = row.queryComponent().getExtents(1)
    desk.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    time.sleep(2)
    waiting = [order for order in desk.ask("technician", "/orders?stage=collect&limit=200")["items"]]
    desk.see(f"{len(waiting)} patients to collect from")
    desk.see("Tubes in order of draw")
    desk.named()


@step
def where_and_when_somebody_is_bled_is_planned(desk):
    """Plan… of one row, and back again; it needs exactly one."""
    def planned():
        return {o["id"]: o.get("collect_place") for o in desk.ask("technician", "/orders?stage=collect&limit=200")["items"]}

    before = planned()
    sensitive = desk.screen.a.STATE_SENSITIVE
    desk.keys("ctrl+a", pause=0.6)
    assert not desk.see("Plan…", "push button").getState().contains(sensitive), "it plans several at once"
    desk.keys("Home", pause=0.6)
    desk.screen.press(desk.see("Plan…", "push button"))
    desk.see("Ward and bed, or address", "text")
    time.sleep(0.6)
    desk.keys("Escape", pause=0.8)
    assert planned() == before, "Escape plans"
    desk.screen.press(desk.see("Plan…", "push button"))
    place = desk.see("Ward and bed, or address", "text")
    desk.named()
    time.sleep(0.6)
    place.queryEditableText().setTextContents("Ward 7, bed 12")
    desk.keys("ctrl+Return", pause=0.8)
    desk.see(" · Ward 7, bed 12")
    assert [place for place in planned().values() if place == "Ward 7, bed 12"] == ["Ward 7, bed 12"], planned()
    desk.keys("ctrl+z", pause=0.8)
    desk.gone("Ward 7, bed 12")
    assert planned() == before, "Undo leaves it planned"


@step
def the_round_is_a_paper_too(desk):
    pdf = desk.ask("technician", "/rounds/round.pdf?collection=ward", raw=True)
    assert pdf.startswith(b"%PDF"), pdf[:20]


@step
def tubes_are_received_by_scanning_them(desk):
    """Scan, scan, scan: what cannot be received stays in sight, nothing counts twice, and the last one goes back."""
    tab(desk, "Receive")
    *rest, last = tubes = drawn(desk)
    assert rest, "the demonstration has drawn tubes"
    waiting = next(tube["accession"] for order in desk.ask("technician", "/orders?stage=collect&limit=200")["items"]
                   for tube in order["samples"] if tube["status"] == "to_collect")
    desk.see("0 tubes received")
    desk.named()
    desk.scan(waiting)
    desk.see("✕ " + waiting + " · It is not collected yet")
    desk.scan(waiting[:-1] + ("A" if waiting[-1] != "A" else "B"))
    desk.see("That label cannot be read; scan it again.")
    for tube in tubes:
        desk.scan(tube)
    desk.see(f"{len(tubes)} tube{'s' if len(tubes) > 1 else ''} received · ✕ 1 not received")
    desk.scan(last)
    desk.see("Scanned already; it counts once.")
    desk.see(f"{len(tubes)} tubes received · ✕ 1 not received")
    assert drawn(desk) == []
    desk.keys("ctrl+z", pause=0.5)
    desk.see(f"✓ {last} · Taken back")
    desk.see(f"{len(rest)} tube{'s' if len(rest) > 1 else ''} received · ✕ 1 not received")
    assert drawn(desk) == [last]
    desk.named()
    for tube in rest:  # for what comes next they are on their way again
        desk.keys("ctrl+z", pause=0.5)
    desk.see("0 tubes received")
    assert sorted(drawn(desk)) == sorted(tubes)
    desk.screen.press(desk.see("Begin again", "push button"))


@step
def tubes_are_handed_over_with_both_badges(desk):
    tab(desk, "Hand-over")
    tubes = drawn(desk)
    assert len(tubes) >= 2, "the demonstration has drawn tubes"
    desk.see(f"0 tubes scanned · {len(tubes)} missing")
    desk.scan("technician")
    desk.scan("nurse")
    for tube in tubes[:-1]:
        desk.scan(tube)
    n = len(tubes) - 1
    desk.see(f"{n} tube{'s' if n > 1 else ''} scanned · 1 missing")
    desk.named()
    desk.keys("F9", pause=1)
    desk.see(f"✕ {tubes[-1]}: Missing\n")
    made = desk.ask("technician", "/handovers")["items"][0]
    assert (made["n_taken"], made["n_problems"]) == (n, 1), made
    assert drawn(desk) == tubes[-1:], "only the missing one is still where it was"


@step
def one_person_cannot_be_both(desk):
    desk.scan("technician")
    desk.scan("technician")
    desk.scan(drawn(desk)[0])
    desk.keys("F9", pause=1)
    desk.see("second person")
    desk.screen.press(desk.see("Begin again", "push button"))


@step
def every_position_is_on_the_map_and_walked_by_the_arrows(desk):
    tab(desk, "Storage")
    place = next(p for p in desk.ask("technician", "/storage/places?limit=200")["items"] if p["code"] == "F1")
    spots = desk.ask("technician", f"/storage/places/{place['id']}/map")["spots"]
    desk.see(f"Freezer 1: {len(spots)} of 10000 positions taken")
    first = sorted(spots, key=lambda spot: spot["position"])[0]["accession"]
    here = next(node for node in desk.screen.walk(desk.root) if (node.name or "").startswith("Box 1, A1: tube " + first))
    box = here.queryComponent().getExtents(1)
    desk.screen.click(box.x + 20, box.y + 40)
    time.sleep(0.5)
    desk.keys("End", pause=0.5)
    names = [node.name for node in desk.screen.walk(desk.root) if (node.name or "").startswith("Box ")]
    assert any(name.startswith("Box 1, A10:") for name in names), names[:5]
    desk.keys("Next", pause=0.5)
    names = [node.name for node in desk.screen.walk(desk.root) if (node.name or "").startswith("Box ")]
    assert any(name.startswith("Box 2, A1: free") for name in names), names[:5]
    desk.named()


def tubes_shown(desk):
    """Accession to place on the screen, of the box that is shown."""
    found = {}
    for node in desk.screen.walk(desk.root):
        match = re.match(r"Box \d+, \w+: tube (\w+)", node.name or "")
        if match:
            found[match.group(1)] = node.queryComponent().getExtents(1)
    return found


@step
def why_a_tube_is_disposed_of_is_asked(desk):
    place = next(p for p in desk.ask("technician", "/storage/places?limit=200")["items"] if p["code"] == "F1")
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def stored():
        return {spot["accession"]: spot for spot in desk.ask("technician", f"/storage/places/{place['id']}/map")["spots"]}

    done = []
    desk.keys("Prior", pause=0.5)
    for early in (False, True):
        spots, shown = stored(), tubes_shown(desk)
        tube = next((tube for tube in shown if (spots[tube]["keep_until"] > now) == early), None)
        if tube is None:
            continue  # the demonstration's ages differ by the day; of one kind there is one
        desk.screen.click(shown[tube].x + 20, shown[tube].y + 40)
        time.sleep(0.5)
        desk.screen.press(desk.see("Dispose of it…", "push button"))
        desk.see(f"Dispose of {tube}?")
        kept = desk.screen.find(desk.root, "Kept long enough", "push button", wait=0)
        assert (kept is None) == early, "what is not due was not kept long enough"
        desk.screen.press(desk.see("Used up", "push button"))
        if early:
            desk.see("Second person's badge")
            desk.screen.type("nurse")
            desk.keys("Return")
        end = time.time() + 10
        while tube in stored() or tube in tubes_shown(desk):
            assert time.time() < end, f"{tube} is still there"
            time.sleep(0.2)
        done.append(tube)
    assert done, "no tube is in the box"


@step
def what_goes_elsewhere_is_packed_by_its_numbers(desk):
    tab(desk, "Other laboratories")
    desk.see("Nothing was sent to other laboratories")
    desk.keys("F9", pause=1)
    desk.see("Pack tubes for another laboratory")
    stored = desk.ask("technician", "/samples?limit=200")["items"]
    tube = next(sample["accession"] for sample in stored if sample["status"] in ("stored", "received"))
    desk.keys("Tab", pause=0.3)
    desk.scan(tube)
    desk.see(tube)
    desk.screen.press(desk.see("Pack them", "push button"))
    desk.see("REF-000001")
    desk.named()


screens.within(lambda screen: live(screen, patients=60, orders=80))
