#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No page is a trap for who has no mouse: Tab goes through its controls, the header and the side bar and comes round to where it began,
Shift+Tab the same way back. Of each kind of page one, by a role that may not do everything on it: what is grey catches the keys first."""
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402

ROUNDS = [
    ("Manager", ("Analysers", "Administration", "Insights")),  # a grey toolbar, a table that comes last, labels in a flow box
    ("Pathologist", ("Verification",)),
    ("Dispatcher", ("Emergency calls", "Fleet")),
    ("Reception", ("Front desk", "Cashier")),
]
MOST = 30  # stops; of a page with more the first ones
WAIT = 3


def focus(screen, root):
    """Role, name and place of what has the keys."""
    for window in screen.windows(root):
        for node in screen.walk(window):
            if node.getRoleName() not in ("frame", "window", "dialog") and screen.has_keys(node):
                node.clear_cache()
                if screen.has_keys(node):
                    box = node.queryComponent().getExtents(screen.a.WINDOW_COORDS)
                    return node.getRoleName(), node.name, box.x, box.y
    return None


def pressed(screen, root, key, before):
    """Where the keys are after it, which is elsewhere."""
    screen.keys(key)
    end = time.time() + WAIT
    while time.time() < end:
        try:
            now = focus(screen, root)
        except Exception:  # it went meanwhile
            now = None
        if now is not None and now != before:
            return now
    return None


def same(stop, other):
    """What scrolls stands higher the second time."""
    return stop[:3] == other[:3]


def round_of(screen, root):
    """The stops from where the keys are to there again, by Tab, and by Shift+Tab."""
    there = [focus(screen, root)]
    while len(there) < MOST and (len(there) == 1 or not same(there[-1], there[0])):
        there.append(pressed(screen, root, "Tab", there[-1]))
        assert there[-1] is not None, f"Tab goes no further: {there[:-1]}"
    assert len(set(there)) > len(there) - 2, f"Tab goes round and round: {there}"
    back = [there[-1]]
    for _ in there[1:]:
        back.append(pressed(screen, root, "shift+Tab", back[-1]))
        assert back[-1] is not None, f"Shift+Tab goes no further: {back[:-1]}"
    assert all(map(same, back[::-1], there)), f"by Tab {there}\nback {back[::-1]}"
    return len(there) - 1


def main(screen):
    place = hospital.Hospital(patients=60, orders=60)
    failed = number = 0
    keys = {name: how for _, name, how in screens.pages()}
    print(f"1..{sum(len(pages) for _, pages in ROUNDS)}", flush=True)
    try:
        for person, pages in ROUNDS:
            client = screens.sign_in(screen, place, person)
            for page in pages:
                number += 1
                screen.keys(keys[page])
                screen.need(client.root, page, "frame")
                screens.settle(2)
                try:
                    print(f"ok {number} {person}, {page}: {round_of(screen, client.root)} stops", flush=True)
                except AssertionError as error:
                    failed += 1
                    print(f"not ok {number} {person}, {page}\n# " + str(error).replace("\n", "\n# "), flush=True)
            screens.close(screen, client)
    finally:
        place.close()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    display.within(main)
