#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The map by keyboard: a place is found and shown, a route is worked out between two, the address of a place on the map is told, and
what was seen shows while the server is away. By accessible names and by keys; one step clicks."""
import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import hospital  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402

AWAY = "The server is away: the map shows what was seen before. Places and routes are found again when it is back."
HINT = "Type what the caller says"


def shot(desk, name):
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(f"{os.environ['MH_SHOT']}-{name}.png")


def told(desk, words):
    """Of the map, which has no children that a screen reader could read: its description."""
    def there():
        node = desk.screen.find(desk.root, "Map", "image", wait=0)
        node.clear_cache()
        return words in (node.description or "")
    hospital.until(there)


def looks(desk):
    """The longitude in the middle of the map, and its zoom."""
    node = desk.screen.find(desk.root, "Map", "image", wait=0)
    node.clear_cache()
    longitude, zoom = re.search(r",([0-9.]+) in the middle · zoom ([0-9]+)", node.description).groups()
    return float(longitude), int(zoom)


def write(desk, text):
    """Into the search, which has the keys; an entry of searches is none of those that Screen.written() reads."""
    desk.screen.focused(desk.root, "Find a place")
    desk.type(text)
    hospital.until(lambda: desk.screen.text_of(desk.see("Find a place", "entry")) == text)


def search(desk, text):
    """The search is empty and has the keys; Enter shows the first hit."""
    desk.see(HINT)
    ask(desk, text)


def ask(desk, text):
    write(desk, text)
    desk.keys("Return")
    desk.see("Route from here", "push button", wait=20)
    told(desk, "marked: ")


def clear(desk):
    """Escape, as often as it takes: to the search, and there what was typed goes."""
    desk.keys("Escape")
    desk.screen.focused(desk.root, "Find a place")
    if desk.screen.find(desk.root, HINT, wait=0) is None:
        desk.keys("Escape")
    desk.see(HINT)
    desk.gone("Route from here", "push button")


@step
def a_dispatcher_opens_the_map(desk):
    desk.start()
    desk.enter("dispatcher")
    desk.see("No open call", wait=30)
    desk.keys("alt+shift+m")
    desk.see("Map", "image", wait=30)
    desk.see("© OpenStreetMap contributors")
    told(desk, "Gothenburg")
    desk.see(HINT)
    desk.named()


@step
def addresses_crossings_coordinates_and_plus_codes_are_found(desk):
    for typed, found in (("Kungsgatan / Ostra Hamngatan", "Crossing"), ("57.70, 11.97", "Coordinates"), ("9F9JPX2C+22", "Plus code · not on this map"),
                         ("Kungsgatan 12", "this house number is not on the map")):
        search(desk, typed)
        desk.see(found, "label")
        clear(desk)


@step
def what_is_nowhere_is_told(desk):
    for typed, words in (("zzqqzzqq", "Nothing of that name. Try a part of it, or a street nearby."), ("99, 200", "There is no such place")):
        write(desk, typed)
        desk.see(words, "alert")
        desk.unseen("Route from here", "push button")
        clear(desk)


@step
def what_is_reached_in_eight_minutes_is_shaded_and_told(desk):
    search(desk, "Kungsgatan")
    desk.unseen("Shaded: reached from here")
    desk.keys("alt+r")
    legend = desk.see("Shaded: reached from here by an emergency vehicle within 8 minutes", "alert", wait=20)
    assert float(re.search(r"([0-9.]+) km²", legend.name).group(1)) > 1, legend.name
    told(desk, "a shaded area")
    desk.named()
    shot(desk, "reach")
    desk.keys("alt+r")
    desk.gone("Shaded: reached from here")
    hospital.until(lambda: "shaded" not in desk.see("Map", "image").description)
    desk.keys("alt+r")
    desk.see("Shaded: reached from here", "alert", wait=20)
    clear(desk)  # with its place
    desk.gone("Shaded: reached from here")


@step
def a_route_is_told_in_instructions(desk):
    search(desk, "Kungsgatan")
    shot(desk, "place")
    desk.keys("alt+f")
    desk.see("Choose both ends to see the route.")
    desk.gone("Route from here", "push button")
    ask(desk, "Vasagatan")
    desk.keys("alt+t")
    desk.see("Instructions of the route", "list", wait=20)
    desk.see("You are there")
    told(desk, "a route")
    desk.named()
    shot(desk, "route")
    desk.keys("alt+c")
    desk.gone("Instructions of the route", "list")
    desk.see(HINT)


@step
def the_keys_alone_move_the_map_and_tell_the_nearest_address(desk):
    desk.screen.focused(desk.root, "Find a place")
    desk.keys("Tab")
    desk.screen.focused(desk.root, "Map", "image")
    desk.keys("Home")
    hospital.until(lambda: looks(desk)[1] < 14)
    longitude, zoom = looks(desk)
    desk.keys("Right")
    hospital.until(lambda: looks(desk)[0] > longitude)
    desk.keys("plus")
    hospital.until(lambda: looks(desk)[1] == zoom + 1)
    desk.keys("Return")
    desk.see("Route from here", "push button", wait=20)
    desk.gone("Looking for the address…")
    shot(desk, "nearest")
    clear(desk)


@step
def a_click_tells_the_nearest_address(desk):
    box = desk.see("Map", "image").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS)
    desk.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    desk.see("Route from here", "push button", wait=20)
    desk.gone("Looking for the address…")
    desk.screen.focused(desk.root, "Map", "image")
    clear(desk)


@step
def what_was_seen_shows_while_the_server_is_away(desk):
    address = desk.hospital.url.split("//")[1]
    desk.hospital.stop()
    desk.see(AWAY, wait=60)
    write(desk, "Kungsgatan")
    hospital.until(lambda: [node for node in desk.screen.named(desk.root, "", "alert") if node.name and node.name != AWAY])
    shot(desk, "away")
    desk.hospital.start(address)
    desk.gone(AWAY, wait=60)
    desk.see("Places found", "list", wait=20)
    desk.named()
    shot(desk, "back")
    clear(desk)


@step
def a_server_without_a_map_says_how_one_is_brought_in(desk):
    desk.end()
    desk.hospital.stop()
    shutil.rmtree(os.path.join(desk.hospital.folder, "files", "maps"))
    desk.hospital.start()
    desk.start()
    desk.enter("crew")
    desk.see("You are on no unit", wait=30)
    desk.keys("alt+shift+m")
    desk.see("No map is imported", wait=30)
    desk.named()
    shot(desk, "none")
    desk.hospital.ctl("map", "import", os.path.join(hospital.ROOT, "data/maps/liechtenstein-2013.osm.pbf"), "--name", "Liechtenstein")
    hospital.until(lambda: desk.screen.find(desk.root, "Map", "image", wait=0) or desk.keys("alt+a"))
    told(desk, "Liechtenstein")
    desk.end()


@step
def who_has_not_the_right_has_not_the_page(desk):
    desk.start()
    desk.sign_in("reception")
    desk.see("Front desk", "list item")
    desk.unseen("Map", "list item")
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
