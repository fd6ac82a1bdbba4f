#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long after a key the front desk's list shows the first row of the new answer: typed into the real client under Xvfb, beside
a real server. It is shown when the picture of that row on the screen is another one; the key's own way through the virtual screen
counts too. The accessibility bus tells where the row is and whether it holds what was asked for; it is left alone in between, since
every question is answered by the thread that is measured.

MAHIMA_BENCH_CONFIG names a server's configuration whose hospital is there already (a million patients, say); otherwise one of
20,000 patients is made."""
import ctypes
import ctypes.util
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "desk"))
import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402

LETTERS = "abcdgjkmnprstv"
WAIT = 5


class There(hospital.Hospital):
    """A hospital that was made before; it is not thrown away."""

    def __init__(self, config):
        self.folder = os.path.dirname(config)
        self.config = config
        self.server = self.url = None
        self.start()

    def close(self):
        self.stop()


def first_row(screen, root):
    """The label of the name in the list's first row: rows are reused, so the object stays and its words change."""
    labels = [node for node in screen.walk(root) if node.getRoleName() == "label" and screen.seen(node)]
    names = [node for node in labels if " " in node.name and node.name.split(" ")[0].isupper()]
    return min(names, key=lambda node: node.queryComponent().getExtents(screen.a.WINDOW_COORDS).y)


def begins(name, letter):
    return any(word.lower().startswith(letter) for word in name.split())


class XImage(ctypes.Structure):
    """The beginning of the structure of that name, as far as it is needed."""

    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int), ("unit", ctypes.c_int), ("bit_order", ctypes.c_int),
                ("pad", ctypes.c_int), ("depth", ctypes.c_int), ("bytes_per_line", ctypes.c_int)]


class Picture:
    """What the screen shows in a rectangle."""

    def __init__(self):
        self.x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self.x11.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x11.XGetImage.restype = ctypes.POINTER(XImage)
        self.x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
                                       ctypes.c_ulong, ctypes.c_int]
        self.x11.XDestroyImage.argtypes = [ctypes.POINTER(XImage)]
        self.display = self.x11.XOpenDisplay(None)
        self.root = self.x11.XDefaultRootWindow(self.display)

    def of(self, box):
        image = self.x11.XGetImage(self.display, self.root, box.x, box.y, box.width, box.height, ctypes.c_ulong(-1).value, 2)
        data = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * image.contents.height)
        self.x11.XDestroyImage(image)
        return data


def press(screen, letter, shown):
    """How long after the key another picture stands there, and which one; None: nothing came."""
    before = shown()
    began = time.monotonic()
    screen.a.Registry.generateKeyboardEvent(ord(letter), None, screen.a.KEY_SYM)
    while shown() == before:
        if time.monotonic() - began > WAIT:
            return None
    took = 1000 * (time.monotonic() - began)
    time.sleep(0.5)
    return took, shown()


def clear(screen):
    screen.keys("ctrl+a", "BackSpace")
    time.sleep(0.6)


def measure(screen, root, shown):
    """Letter: what press() told of it, checked by what the row is called."""
    found = {}
    for letter in LETTERS:
        clear(screen)
        if begins(first_row(screen, root).name, letter):
            continue
        found[letter] = press(screen, letter, shown)
        if not begins(first_row(screen, root).name, letter):
            raise SystemExit(f"The first row after {letter} is not of it.")
    return found


def measure_alone(screen, place, shown, found):
    """The same once more without the accessibility bus, whose messages take a good part of the time: no row can be asked for its name,
    so it must look as it did with the bus."""
    process = subprocess.Popen(place.client(), env=dict(os.environ, **place.client_env(GTK_A11Y="none")))
    screen.apps.append(process)
    time.sleep(4)
    screen.type("reception")
    screen.keys("Tab")
    screen.type(hospital.PASSWORD)
    screen.keys("Return")
    time.sleep(5)
    screen.keys("ctrl+f")
    again = {}
    for letter, (_, picture) in found.items():
        clear(screen)
        again[letter] = press(screen, letter, shown)
        if again[letter] is None or again[letter][1] != picture:
            raise SystemExit(f"Without the bus the first row after {letter} is another one.")
    return again


def tell(what, found):
    times = sorted(took for took, _ in found.values())
    print(f"{what}: {statistics.median(times):.0f} ms, slowest of {len(times)}: {times[-1]:.0f} ms (aim: 60 ms)")


def main(screen):
    config = os.environ.get("MAHIMA_BENCH_CONFIG")
    place = There(config) if config else hospital.Hospital(patients=20000, orders=200)
    try:
        client = screens.sign_in(screen, place, "Reception")
        screen.need(client.root, "New patient", "push button", wait=30)
        time.sleep(2)
        screen.keys("ctrl+f")
        picture = Picture()
        box = first_row(screen, client.root).queryComponent().getExtents(screen.a.DESKTOP_COORDS)
        found = measure(screen, client.root, lambda: picture.of(box))
        if not found or None in found.values():
            raise SystemExit("no row came")
        tell("first row after a key, with the accessibility bus", found)
        screens.close(screen, client)
        tell("first row after a key", measure_alone(screen, place, lambda: picture.of(box), found))
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
