# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real client on a virtual screen by accessible name, as a person with a screen reader would.

    desk.within(main)      runs main(Screen) inside a display and message bus of its own (the program starts again there)

Needs the system's python3 with pyatspi, Xvfb, dbus-run-session, xdotool and ImageMagick. Lists' rows carry no name in
GTK 4.8: find a row by a label in it. Of STATE_SHOWING GTK sets only the window's, so "seen" means visible and with a
place on the screen. Walking a large tree takes seconds: search below the page, not the window.
"""
import ctypes
import ctypes.util
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import hospital
import leash

# Between two keys of a person who types fast: a scanner's come within 30 ms.
TYPED_MS = 45
# So long the display stands still in the middle of a scan: longer than the program holds a key by its own clock.
HALT = 0.08
# What newer versions of the accessibility bus call by another name.
ROLES = {"button": "push button", "grouping": "panel"}
# GTK 4.10 and newer tell a button that stays pressed from others.
ALSO = {"push button": ("push button", "toggle button")}
# GTK 4.18 leaves the padding of what is around a widget out of its place: 10 to 22 px with our pages
UNTOLD = 15 if ctypes.CDLL("libgtk-4.so.1").gtk_get_minor_version() >= 18 else 0
# What the program's surroundings on a virtual screen make GTK say; anything else that it complains of fails the test.
SURROUNDINGS = re.compile("|".join((
    "org.freedesktop.Notifications",  # the bus has no service that shows notifications
    "Screen coordinates not supported",  # a test asks the accessibility bus for them
    # GTK's own print dialog, when a printer tells of itself after the dialog was closed
    "gtk_column_view_get_model: assertion", "gtk_single_selection_get_selected_item: assertion",
    # GTK's own text, selected while its page was hidden and shown again before the next blink; it mends that itself
    "GtkText - unexpected blinking selection. Removing",
)))
CONTROLS = ("push button", "toggle button", "entry", "text", "combo box", "check box", "spin button", "password text")
# What a failure tells of the screen, and how much of it
TOLD = CONTROLS + ("label", "page tab", "radio button", "menu item", "list item", "dialog", "frame", "alert")
MOST_TOLD = 60


def start_xvfb(width, height):
    """A screen of its own number. Servers that all look for the first free one get in each other's way. Of -r no key repeats itself:
    on a busy machine one is held as long as a person holds it who wants that."""
    for number in random.sample(range(100, 1000), 20):
        if os.path.exists(f"/tmp/.X{number}-lock"):
            continue
        process = leash.start(["Xvfb", f":{number}", "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset", "-r"],
                              stderr=subprocess.DEVNULL)
        for _ in range(200):
            if os.path.exists(f"/tmp/.X11-unix/X{number}"):
                return process, f":{number}"
            if process.poll() is not None:
                break
            time.sleep(0.05)
        process.kill()
        process.wait()
    raise SystemExit("Xvfb did not start.")


def start_bus(env):
    """A message bus of its own, and its address. What it and its services print is none of ours."""
    process = leash.start(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, env=env)
    return process, process.stdout.readline().strip()


def live(main):
    """Inside the display. What the client complained of fails the test, whatever its steps said."""
    screen = Screen()
    code = 0
    try:
        main(screen)
    except SystemExit as end:
        code = end.code
    finally:
        screen.close()
    complaints = screen.complaints()
    for line in complaints:
        print("# client:", line, flush=True)
    sys.exit(code or (1 if complaints else 0))


def within(main, width=1280, height=800):
    leash.obey()
    if os.environ.get("MAHIMA_DESK") == "1":
        leash.hold(int(os.environ["MAHIMA_DESK_PARENT"]))
        live(main)
    xvfb, display = start_xvfb(width, height)
    home = tempfile.mkdtemp(prefix="mahima-desk-")
    bus = None
    env = dict(os.environ, MAHIMA_DESK="1", DISPLAY=display, GSK_RENDERER="cairo", GTK_A11Y="atspi", GDK_BACKEND="x11",
               GSETTINGS_BACKEND="memory", NO_AT_BRIDGE="0", MAHIMA_DESK_HOME=home, MAHIMA_DESK_PARENT=str(os.getpid()),
               MAHIMA_DESK_SERVER=str(xvfb.pid), DBUS_SYSTEM_BUS_ADDRESS=f"unix:path={home}/no-system-bus")
    env.pop("WAYLAND_DISPLAY", None)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        env[name] = os.path.join(home, name)
        os.makedirs(env[name], mode=0o700)
    try:
        bus, env["DBUS_SESSION_BUS_ADDRESS"] = start_bus(env)
        code = leash.start(["/usr/bin/python3"] + sys.argv, env=env).wait()
    finally:
        for process in (bus, xvfb):
            if process is not None:
                process.terminate()
                process.wait()
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(code)


class Screen:
    def __init__(self):
        import pyatspi
        role_name = pyatspi.Accessibility.Accessible.getRoleName
        from gi.repository import GLib

        def role_of(node):
            """Nothing for what went while the tree was walked."""
            try:
                name = role_name(node)
            except GLib.GError:
                return ""
            return ROLES.get(name, name)

        pyatspi.Accessibility.Accessible.getRoleName = role_of
        self.a = pyatspi
        self.apps = []
        self.server = int(os.environ["MAHIMA_DESK_SERVER"])
        self.log = os.path.join(os.environ["MAHIMA_DESK_HOME"], "client.log")
        hospital.ON_SCREEN[:] = [self.all_told]

    def launch(self, argv, env=None, wait=30):
        """Starts a program; the returned process has .root, its accessible tree, and .shown_in, in seconds."""
        start = time.time()
        with open(self.log, "ab") as log:
            process = leash.start(argv, env=dict(os.environ, **(env or {})), stdout=log, stderr=log)
        self.apps.append(process)
        while time.time() - start < wait:
            for app in self.a.Registry.getDesktop(0):
                if app and app.get_process_id() == process.pid and app.childCount:
                    process.shown_in = time.time() - start
                    process.root = app
                    return process
            if process.poll() is not None:
                raise SystemExit(f"the client ended with {process.returncode}:\n{self.client_log()}")
            time.sleep(0.05)
        raise SystemExit(f"the client shows no window in {wait} s")

    def client_log(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def walk(self, node):
        yield node
        try:
            count = min(node.childCount, 400)
        except Exception:
            return
        for i in range(count):
            try:
                child = node.getChildAtIndex(i)
            except Exception:
                continue
            if child is not None:
                yield from self.walk(child)

    def find(self, root, name, role=None, wait=5, seen=True):
        """The first node whose name contains name, or None after wait seconds."""
        start = time.time()
        while True:
            for node in self.walk(root):
                try:
                    if name.lower() in (node.name or "").lower() and (role is None or node.getRoleName() in ALSO.get(role, (role,))):
                        if not seen or self.seen(node):
                            return node
                except Exception:
                    pass
            if time.time() - start > wait:
                return None
            time.sleep(0.1)

    def need(self, root, name, role=None, wait=10):
        node = self.find(root, name, role, wait)
        if node is None:
            raise AssertionError(f"not on the screen: {name} ({role or 'anything'})\n{self.told(root)}")
        return node

    def told(self, root):
        """In two lines what is on the screen, the newest window first, and what has the keys: a failure on another machine explains itself."""
        shown, keys, before = [], [], None
        for node in (node for window in self.windows(root) for node in self.walk(window)):
            try:
                role, name = node.getRoleName(), " ".join((node.name or "").split())
                if self.has_keys(node):
                    keys.append(f"{role} “{name or self.named_above(node)}”")
                if role in TOLD and name and name != before and self.seen(node):  # a button's label says its name again
                    shown.append(f"{role} “{name[:40]}”")
                    before = name
            except Exception:  # it went meanwhile
                pass
        more = f" and {len(shown) - MOST_TOLD} more" if len(shown) > MOST_TOLD else ""
        return f"on it: {', '.join(shown[:MOST_TOLD]) or 'nothing'}{more}\nthe keys: {', '.join(keys) or 'nothing tells that it has them'}"

    def all_told(self):
        """The same of every program that runs."""
        return "\n".join(self.told(app.root) for app in self.apps if app.poll() is None and hasattr(app, "root"))

    @staticmethod
    def named_above(node):
        """The name of what a nameless node stands in."""
        while node is not None and not node.name:
            node = node.parent
        return "in " + node.name if node is not None else ""

    def has_keys(self, node):
        return node.getState().contains(self.a.STATE_FOCUSED) and node.getRoleName() not in ("frame", "application")

    def focused(self, root, name, role=None, wait=10):
        """Waits until what has this name, or a part of it, has the keys, as a person waits for the cursor. libadwaita before 1.5 tells it
        of no row with an entry: of these, that their window is active and nothing else in it has the keys."""
        end = time.time() + wait
        while True:
            try:
                for node in self.named(root, name, role):
                    node.clear_cache()
                    if any(self.has_keys(part) for part in self.walk(node)) or (self.keeps_silent(node) and self.alone(node)):
                        return node
            except Exception:  # it went meanwhile
                pass
            if time.time() > end:
                raise AssertionError(f"the keys are not in: {name} ({role or 'anything'})\n{self.told(root)}")
            time.sleep(0.1)

    def named(self, root, name, role):
        """Those that are seen, the newest window's first."""
        return [node for window in self.windows(root) for node in self.walk(window) if name.lower() in (node.name or "").lower()
                and (role is None or node.getRoleName() in ALSO.get(role, (role,))) and self.seen(node)]

    @staticmethod
    def windows(root):
        """The newest first."""
        if root.getRoleName() != "application":
            return [root]
        return [window for window in (root.getChildAtIndex(i) for i in reversed(range(root.childCount))) if window is not None]

    def keeps_silent(self, node):
        states = node.getState()
        return all(states.contains(state) for state in (self.a.STATE_EDITABLE, self.a.STATE_SELECTABLE, self.a.STATE_SENSITIVE))

    def alone(self, node):
        """Its window is active, and nothing in there tells that it has the keys."""
        window = node
        while window.parent is not None and window.parent.getRoleName() != "application":
            window = window.parent
        return window.getState().contains(self.a.STATE_ACTIVE) and not any(self.has_keys(part) for part in self.walk(window))

    def written(self, root, name, text, wait=10):
        """Waits until this is what stands in the entry of this name."""
        end = time.time() + wait
        while True:
            node = self.find(root, name, "text", 0)
            there = self.text_of(node) if node is not None else None
            if there in (text, "•" * len(text)):  # GTK 4.18 tells of a password how long it is
                return node
            if time.time() > end:
                raise AssertionError(f"“{there}” instead of “{text}” in: {name}\n{self.told(root)}")
            time.sleep(0.1)

    def sign_in(self, root, username, password):
        """By the keys. The name of who was here last stands there already, and the cursor in the password."""
        self.need(root, "Sign in", "push button")
        name = self.need(root, "User name", "text")
        self.focused(root, "Password" if self.text_of(name) else "User name", "text")
        if self.text_of(name) != username:
            self.keys(*(["shift+Tab"] if self.text_of(name) else []), "ctrl+a")
            self.type(username)
            self.written(root, "User name", username)
            self.keys("Return")
            self.focused(root, "Password", "text")
        self.type(password)
        self.written(root, "Password", password)
        self.keys("Return")

    def fill(self, root, fields):
        """From field to field by Tab; each as (name, what is typed there). A letter that chooses stands in no text."""
        for name, text in fields:
            node = self.focused(root, name)
            self.type(text)
            if node.getRoleName() == "text":
                self.written(root, name, text)
            self.keys("Tab")

    def on_row(self, root, words="", wait=10):
        """Waits until a row with these words has the keys. Rows carry no name: what stands in them tells."""
        end = time.time() + wait
        while True:
            try:
                for node in (node for window in self.windows(root) for node in self.walk(window)):
                    if node.getRoleName() in ("list item", "table row", "tree item") and self.has_keys(node) and \
                            (not words or any(words in (part.name or "") for part in self.walk(node))):
                        return node
            except Exception:  # it went meanwhile
                pass
            if time.time() > end:
                raise AssertionError(f"the keys are in no row of: {words or 'any words'}\n{self.told(root)}")
            if not any(window.getState().contains(self.a.STATE_ACTIVE) for window in self.windows(root)):
                self.activate()
            time.sleep(0.1)

    def active(self, root, words, wait=10):
        """Waits until the window in which this stands has the keys."""
        end = time.time() + wait
        while True:
            for window in self.windows(root):
                window.clear_cache()
                if window.getState().contains(self.a.STATE_ACTIVE) and self.find(window, words, wait=0):
                    return window
            if time.time() > end:
                raise AssertionError(f"no window with this has the keys: {words}\n{self.told(root)}")
            time.sleep(0.1)

    def gone(self, root, name, role=None, wait=10):
        end = time.time() + wait
        while self.find(root, name, role, wait=0) is not None:
            if time.time() > end:
                raise AssertionError(f"still on the screen: {name}\n{self.told(root)}")
            time.sleep(0.1)

    @staticmethod
    def text_of(node):
        """None: it has no text."""
        try:
            text = node.queryText()
            return text.getText(0, text.characterCount)
        except NotImplementedError:
            return None

    def seen(self, node):
        if not node.getState().contains(self.a.STATE_VISIBLE):
            return False
        try:
            extents = node.queryComponent().getExtents(self.a.WINDOW_COORDS)
            return extents.width > 0 and extents.height > 0
        except NotImplementedError:
            return True

    def press(self, node):
        node.queryAction().doAction(0)

    def keys(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", str(TYPED_MS), text], check=True)

    def burst(self, text, end="Return", halt=0):
        """What a scanner types, all in one: on a busy machine a pause between two keys would become longer than any scanner's.
        halt: after so many keys the display stands still for a moment, as it does when all processors are busy."""
        x11, xtst = (ctypes.CDLL(ctypes.util.find_library(name)) for name in ("X11", "Xtst"))
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XStringToKeysym.restype = ctypes.c_ulong
        display = ctypes.c_void_p(x11.XOpenDisplay(None))
        names = {"-": "minus", ":": "colon", " ": "space", "/": "slash", ".": "period"}

        def code(name):
            return x11.XKeysymToKeycode(display, ctypes.c_ulong(x11.XStringToKeysym(name.encode())))

        for at, name in enumerate([*text, end]):
            if halt and at == halt:
                x11.XSync(display, 0)
                os.kill(self.server, signal.SIGSTOP)
            shift = len(name) == 1 and (name.isupper() or name == ":")
            presses = ([code("Shift_L")] if shift else []) + [code(names.get(name, name))]
            for key, down in [(key, 1) for key in presses] + [(key, 0) for key in reversed(presses)]:
                xtst.XTestFakeKeyEvent(display, key, down, ctypes.c_ulong(0))
        x11.XFlush(display)
        if halt:
            time.sleep(HALT)
            os.kill(self.server, signal.SIGCONT)
        x11.XCloseDisplay(display)

    def click(self, x, y):
        """At a place that a node told."""
        self.pointer("mousemove", x + UNTOLD, y + UNTOLD, "click", 1)

    def pointer(self, *words):
        """What the pointer does, in xdotool's words, at places of the picture."""
        subprocess.run(["xdotool", *map(str, words)], check=True)

    def shot(self, path):
        subprocess.run(["import", "-window", "root", path], check=True)

    def pixels(self):
        """The screen as bytes: red, green and blue of each pixel, line by line."""
        return subprocess.run(["import", "-window", "root", "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout

    def top(self):
        """The window above all others, as xdotool calls it."""
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True,
                              check=True).stdout.split()[-1]

    def resize(self, width, height):
        subprocess.run(["xdotool", "windowsize", "--sync", self.top(), str(width), str(height)], check=True)

    def activate(self):
        """Gives the keys to the window on top, as a window manager does after a dialog. GTK 4.18 tells the focus of an active window alone."""
        subprocess.run(["xdotool", "windowfocus", "--sync", self.top()], check=True)

    def nameless(self, root):
        """Controls that a screen reader could not tell: role and the name of what they stand in; those that it would tell twice over, or
        with the mark of a key ("Print _receipt")."""
        found = []
        for node in self.walk(root):
            try:
                if node.getRoleName() not in CONTROLS or not self.seen(node):
                    continue
                words = (node.name or "").split()
                marked = "button" in node.getRoleName() and "_" in (node.name or "")
                if marked or (len(words) > 1 and words[:len(words) // 2] == words[len(words) // 2:]):
                    found.append((node.getRoleName(), node.name))
                elif not (node.name or node.description) and not any(child.name for child in self.walk(node)):
                    found.append((node.getRoleName(), node.parent.name if node.parent else ""))
            except Exception:
                pass
        return found

    def complaints(self):
        """What GTK and the program complained of so far."""
        if not os.path.exists(self.log):
            return []
        return [line for line in self.client_log().splitlines()
                if any(word in line for word in ("WARNING", "CRITICAL", "ERROR **")) and not SURROUNDINGS.search(line)]

    def close(self):
        for process in self.apps:
            if process.poll() is None:
                process.terminate()
                process.wait(10)
