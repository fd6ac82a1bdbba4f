#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Units and zones by the keyboard: a border that crosses itself is refused at its corner, a unit gets an area by its name.
By accessible names and by keys."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402

CROSSED = "[[57.70,11.90],[57.72,11.94],[57.72,11.90],[57.70,11.94],[57.70,11.90]]"
WHOLE = "[[57.70,11.90],[57.72,11.90],[57.72,11.94],[57.70,11.94],[57.70,11.90]]"


def fresh(desk, topic, name):
    """A form of what is made anew, from the topic found by its name."""
    desk.keys("alt+8")
    desk.see("Topics", "list")
    desk.keys("ctrl+f", "ctrl+a")
    desk.type(topic)
    desk.keys("Return")
    desk.see(name, "push button")
    desk.keys("alt+n")
    desk.see("Save", "push button")


def write(desk, name, text):
    desk.see(name, "text").queryEditableText().setTextContents(text)


def first_kind(desk, first, last):
    """The list has the keys: it is opened, and the first kind below "Not chosen" taken; a pointer that lies over the rows takes one, too."""
    desk.screen.pointer("mousemove", "1278", "798")
    desk.keys("Return")
    desk.see(last, "label")
    desk.keys("Down")
    desk.screen.on_row(desk.root, first)
    desk.keys("Return")
    desk.gone(last, "label")


@step
def a_border_is_checked_at_its_corners(desk):
    desk.start()
    desk.enter("manager")
    desk.see("Search the dues", wait=20)
    fresh(desk, "zones", "New zone")
    desk.named()
    desk.screen.focused(desk.root, "Code", "text")
    write(desk, "Code", "WEST")
    write(desk, "Corners", CROSSED)
    desk.keys("Tab")
    desk.screen.focused(desk.root, "Name", "text")
    desk.type("West")
    desk.keys("Tab")
    first_kind(desk, "Area to be covered", "Event")
    desk.keys("ctrl+Return")
    desk.see("The border crosses itself: the side from corner 1 to 2 meets that from 3 to 4. Move one of them.")
    write(desk, "Corners", WHOLE)
    desk.keys("ctrl+Return")
    desk.see("Saved")
    assert desk.hospital.ask("SELECT name || ' ' || kind FROM zone WHERE code = 'WEST'")[0] == "West coverage"


@step
def a_unit_gets_the_area_that_it_covers(desk):
    fresh(desk, "units", "New unit")
    desk.named()
    desk.screen.focused(desk.root, "Call sign", "text")
    desk.type("A7")
    desk.keys("Tab")
    first_kind(desk, "Ambulance", "Helicopter")
    desk.keys("Tab")
    desk.screen.focused(desk.root, "Can do", "check box")
    desk.keys("space")
    for name in ("Advanced life support", "Intensive care, with a doctor", "Fire and rescue", "Police", "Number plate", "Station", "Zone"):
        desk.keys("Tab")
        desk.screen.focused(desk.root, name)
    desk.type("wes")
    desk.see("West · WEST", "list item")
    desk.keys("Return")
    desk.gone("West · WEST", "list item")
    desk.keys("ctrl+Return")
    desk.see("Saved")
    unit = desk.ask("manager", "/units?q=A7")["items"][0]
    assert (unit["kind"], unit["can"], unit["zone"]) == ("ambulance", ["BLS"], "WEST"), unit
    desk.see("A7", "label")
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
