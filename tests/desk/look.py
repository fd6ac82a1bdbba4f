#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page and of dialogs, to be looked at: look.py FOLDER [MODE…] [only=SCENE,SCENE]

A MODE is made of narrow (360 px), big (text of 200 %), dark, hi and rtl, joined by +; "wide" is none of them. Controls are found by their
names in the language of the picture. A window that wants more than 360 px is told.
"""
import gettext
import os
import re
import subprocess
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402
import steps  # noqa: E402
import test_sending  # noqa: E402

MODES = ("wide", "narrow", "big", "dark", "hi", "rtl", "narrow+hi", "narrow+rtl+dark")
PEOPLE = ("reception", "cashier", "doctor", "nurse", "technician", "pathologist", "pharmacist", "manager", "dispatcher", "crew",
          "admin", "kiosk")
ENV = {
    "dark": {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"},
    "hi": {"LANGUAGE": "hi", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
    "rtl": {"MAHIMA_DIRECTION": "rtl"},
}
TABS = ("page tab", "radio button", "toggle button")
BUTTONS = ("push button", "toggle button", "menu item")
MARKED = re.compile(r"_|\s*\(_?\w\)|…")


class Words:
    """What the program says for an English text, without the marks of its keys."""

    def __init__(self, language):
        self.table = {}
        if language:
            mo = os.path.join(hospital.BUILD, "po", language, "LC_MESSAGES", "mahima.mo")
            with open(mo, "rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog
            self.table = {MARKED.sub("", key): MARKED.sub("", text) for key, text in catalogue.items() if isinstance(key, str) and text}

    def __call__(self, text):
        return self.table.get(text, text)


def letters_of_twice_the_size():
    """The preference of everybody who signs in."""
    folder = tempfile.mkdtemp(dir=os.environ["MAHIMA_DESK_HOME"])
    os.makedirs(os.path.join(folder, "glib-2.0", "settings"))
    sizes = ", ".join(f"'{person}': <uint32 200>" for person in PEOPLE)
    with open(os.path.join(folder, "glib-2.0", "settings", "keyfile"), "w", encoding="utf-8") as file:
        file.write(f"[org/mahima/Mahima]\ntext-sizes={{{sizes}}}\n")
    return dict(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=folder)


class Look:
    def __init__(self, screen, place, folder, mode):
        self.screen, self.place, self.folder, self.mode = screen, place, folder, mode
        self.parts = mode.split("+")
        self.words = Words("hi" if "hi" in self.parts else None)
        self.env = {name: value for part in self.parts for name, value in ENV.get(part, {}).items()}
        self.narrow = "narrow" in self.parts
        if "big" in self.parts:
            self.env.update(letters_of_twice_the_size())
        self.keys_of = {page: keys for page, _, keys in screens.pages()}
        self.client = None

    def ask(self, sql):
        return self.place.ask(sql)[0]

    def windows(self):
        """Window → width; what drops down from one is none."""
        told = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True, check=False)
        widths = {}
        for window in told.stdout.split():
            shape = subprocess.run(["xwininfo", "-id", window], capture_output=True, text=True, check=False).stdout
            if "Override Redirect State: no" in shape:
                widths[window] = int(re.search(r"Width: ([0-9]+)", shape).group(1))
        return widths

    def fold(self):
        """Every window as narrow as it may be; the width it took."""
        for window in self.windows():
            subprocess.run(["xdotool", "windowsize", window, "360", "760", "windowmove", window, "0", "0"], check=False)
        screens.settle(0.8)
        return max(self.windows().values(), default=0)

    def launch(self, *more):
        self.client = self.screen.launch(self.place.client() + list(more), self.place.client_env(**self.env))
        screens.settle(2)
        print(f"client {self.client.pid}", flush=True)
        if self.narrow and not more:
            self.fold()

    def sign_in(self, account):
        self.launch()
        self.enter(account)
        screens.settle(3.5)

    def enter(self, account):
        self.keys("ctrl+a")
        self.screen.type(account)
        self.keys("Return", wait=0.3)
        self.screen.type(hospital.PASSWORD)
        self.keys("Return")

    def end(self):
        if self.client is not None:
            screens.close(self.screen, self.client)
            self.client = None

    def keys(self, *keys, wait=0.6):
        for key in keys:
            self.screen.keys(key)
            screens.settle(wait)

    def type(self, text, wait=1.5):
        self.screen.type(text)
        screens.settle(wait)

    def go(self, page):
        self.keys(self.keys_of[page], wait=1.5)

    def node(self, name, roles, wait=6):
        said = self.words(name)
        for _ in range(int(wait / 0.3)):
            for node in self.screen.walk(self.client.root):
                if node.getRoleName() in roles and said.lower() in re.sub(MARKED, "", node.name or "").lower() and self.screen.seen(node):
                    return node
            screens.settle(0.3)
        raise AssertionError(f"not on the screen: {name} ({said})")

    def press(self, name, roles=BUTTONS, wait=1.2):
        self.screen.press(self.node(name, roles))
        screens.settle(wait)

    def tab(self, name):
        self.press(name, TABS)

    def topic(self, name):
        """Of Administration, by the search of its topics."""
        self.keys(self.keys_of["admin"], "ctrl+f", wait=0.4)
        self.node("Find a topic", ("text", "entry")).queryEditableText().setTextContents(self.words(name))
        self.keys("Return", wait=1.2)

    def click(self, name, roles=BUTTONS):
        box = self.node(name, roles).queryComponent().getExtents(self.screen.a.WINDOW_COORDS)
        self.screen.click(box.x + box.width // 2, box.y + box.height // 2)
        screens.settle(1)

    def shot(self, name):
        width = self.fold() if self.narrow else 0
        screens.settle(0.6)
        path = os.path.join(self.folder, f"{name}-{self.mode}.png")
        self.screen.shot(path)
        if self.narrow:
            subprocess.run(["mogrify", "-crop", "400x770+0+0", "+repage", path], check=False)
        if self.narrow:
            # without a window manager a window obeys and its content is cut off
            width = max([width] + [frame.queryComponent().getExtents(self.screen.a.WINDOW_COORDS).width for frame in self.client.root])
        print(path, f"TOO WIDE: {width}" if width > 376 else width or "", flush=True)


SCENES = []


def scene(function):
    SCENES.append(function)
    return function


PATIENT = ("SELECT p.mrn FROM patient p WHERE p.vip = 0 AND p.user_id IS NULL AND EXISTS (SELECT 1 FROM document d WHERE d.patient_id = p.id)"
           " ORDER BY (SELECT count(*) FROM allergy a WHERE a.patient_id = p.id) DESC,"
           " (SELECT count(*) FROM visit v WHERE v.patient_id = p.id) DESC, p.id LIMIT 1")
CHILD = ("SELECT p.mrn FROM patient p WHERE p.birth_date > '2021-06-01' AND p.birth_date < '2025-09-01'"
         " ORDER BY (SELECT count(*) FROM vitals v WHERE v.patient_id = p.id) DESC LIMIT 1")
WELL = ("SELECT p.mrn FROM patient p WHERE p.sex = 'male' AND p.birth_date < '1990-01-01' AND p.allergy_status = 'none' AND p.vip = 0"
        " AND NOT EXISTS (SELECT 1 FROM prescription r WHERE r.patient_id = p.id) ORDER BY p.id LIMIT 1")
VIP = "SELECT mrn FROM patient WHERE vip ORDER BY id LIMIT 1"


@scene
def login(at):
    at.launch()
    at.shot("login")
    at.enter("reception")
    screens.settle(3)


@scene
def desk_card(at):
    at.sign_in("reception")
    at.go("front-desk")
    at.shot("desk")
    at.type(at.ask(PATIENT))
    at.keys("Return", wait=1.2)
    at.shot("desk-card")
    for name in ("Visits", "Booked", "Prescriptions", "Papers", "Consents", "Family", "Messages"):
        at.tab(name)
        at.shot("desk-" + name.lower())
    at.tab("Family")
    at.press("Add a relative")
    at.shot("relative")


@scene
def desk_photo(at):
    at.sign_in("reception")
    at.go("front-desk")
    at.type(at.ask(PATIENT))
    at.keys("Return", wait=1.2)
    at.click("Photo")
    at.shot("photo-menu")


@scene
def camera(at):
    at.env["MAHIMA_CAMERA"] = "videotestsrc is-live=true pattern=smpte"
    at.sign_in("reception")
    at.go("front-desk")
    at.type(at.ask(PATIENT))
    at.keys("Return", wait=1.2)
    at.click("Photo")
    at.press("Take a picture")
    at.shot("camera")
    at.keys("Return", wait=2)
    at.shot("camera-taken")
    at.keys("Escape", wait=1)
    at.tab("Papers")
    at.press("Photograph")
    at.shot("papers-photograph")


@scene
def desk_dialogs(at):
    at.sign_in("reception")
    at.go("front-desk")
    at.keys("ctrl+n", wait=1.2)
    at.shot("register")
    at.keys("ctrl+Return", wait=1)
    at.shot("register-wrong")
    at.keys("Escape", wait=1)
    at.type(at.ask(PATIENT))
    at.keys("Return", "F3", wait=1.2)
    at.shot("booking-of")
    at.keys("Escape", "F4", wait=1.2)
    at.shot("checkin")


@scene
def appointments(at):
    at.sign_in("reception")
    at.go("appointments")
    at.shot("calendar")
    at.keys("ctrl+n", wait=1.5)
    at.shot("booking")
    at.keys("Escape", wait=1)
    at.tab("Queue")
    at.shot("queue")
    if at.narrow:
        at.press("Expected")
        at.shot("queue-expected")
        at.press("Back to the queue")
    at.click("Whose queue", ("combo box",))
    at.keys("Down", "Return", "ctrl+t", "ctrl+t", "F9", wait=1.2)
    at.shot("queue-called")
    at.click("More about tokens")
    at.shot("queue-menu")
    at.press("Waiting room's screen")
    at.shot("waiting-room")
    at.keys("Escape", wait=1)
    at.tab("Waiting list")
    at.shot("wishes")
    at.keys("ctrl+n", wait=1.2)
    at.shot("wish")


@scene
def schedules(at):
    at.sign_in("manager")
    at.go("appointments")
    at.tab("Schedules and leave")
    at.shot("schedules")
    at.keys("ctrl+n", wait=1.2)
    at.shot("schedule")
    at.keys("Escape", wait=1)
    at.tab("Calendar")
    at.press("Enter leave or a closure")
    at.shot("leave")


@scene
def nursing(at):
    at.sign_in("nurse")
    at.go("nursing")
    at.shot("nursing")
    at.keys("Home", "Return", wait=1)
    at.shot("nursing-vitals")
    for name in ("Assessments", "Fluids", "Visit"):
        at.tab(name)
        at.shot("nursing-" + name.lower())


@scene
def nursing_dialogs(at):
    at.sign_in("nurse")
    at.go("nursing")
    at.keys("Home", "Down", "Down", "Down", "F6", wait=1)
    at.shot("triage")
    at.keys("n", "n", wait=0.6)
    at.shot("triage-more")
    at.keys("Escape", wait=1)
    at.keys("F3", wait=1.2)
    at.shot("visit-new")


@scene
def forms(at):
    at.sign_in("manager")
    at.go("forms")
    at.keys("Home", "Down", wait=1)
    at.shot("forms")


def open_chart(at, sql):
    at.go("chart")
    at.type(at.ask(sql))
    at.keys("Return", wait=2)


@scene
def chart(at):
    at.sign_in("doctor")
    at.go("doctor")
    at.shot("doctor")
    open_chart(at, PATIENT)
    names = ("Timeline", "Notes", "Problems", "Allergies", "Medicines", "Immunisations", "Results", "History", "Orders", "Vital signs",
             "Growth", "Papers", "Consents")
    at.shot("chart-overview")
    for name in names:
        at.keys("ctrl+Page_Down", wait=1)
        at.shot("chart-" + name.lower().replace(" ", "-"))


@scene
def doctor_results(at):
    at.sign_in("doctor")
    at.go("doctor")
    at.keys("ctrl+Page_Down", wait=1)
    at.shot("doctor-results")


@scene
def chart_dialogs(at):
    at.sign_in("doctor")
    open_chart(at, PATIENT)
    at.keys("ctrl+Page_Down", "ctrl+Page_Down", wait=0.8)
    at.keys("Home", "F4", wait=1.2)
    at.shot("note-editor")
    at.keys("Escape", "ctrl+Page_Down", "F4", wait=1)
    at.shot("problem")
    at.keys("Escape", "ctrl+Page_Down", wait=1)
    at.press("Note an allergy")
    at.shot("allergy")


@scene
def chart_papers(at):
    at.sign_in("doctor")
    open_chart(at, PATIENT)
    at.keys("ctrl+Page_Up", wait=1)
    at.press("Consent or refusal")
    at.shot("consent")
    at.keys("Escape", "ctrl+Page_Up", wait=1)
    at.keys("Home", "Return", wait=1)
    at.shot("paper-open")


@scene
def chart_child(at):
    at.sign_in("doctor")
    open_chart(at, CHILD)
    for _ in range(3):
        at.keys("ctrl+Page_Up", wait=0.8)
    at.shot("growth-child")
    at.keys("ctrl+Page_Up", wait=0.8)
    at.shot("vitals-child")


@scene
def glass(at):
    at.sign_in("doctor")
    open_chart(at, VIP)
    at.shot("glass")
    at.keys("Return", "Down", "Return", "Tab", wait=0.5)
    at.type("Consultation was asked for")
    at.keys("Tab")
    at.type(hospital.PASSWORD)
    at.keys("Return", wait=3)
    at.shot("glass-open")
    at.end()
    at.sign_in("manager")
    at.go("access")
    at.keys("Down", wait=1.5)
    at.shot("access")


@scene
def merges(at):
    at.sign_in("reception")
    at.go("merges")
    at.keys("Down", "Return", wait=1.2)
    at.shot("merges")


@scene
def prescription(at):
    at.sign_in("doctor")
    at.keys("alt+1", wait=1)
    at.type(at.ask(WELL))
    at.keys("Return", "F6", wait=1.5)
    at.shot("prescription-empty")
    for medicine, often in (("warfarin", "OD x 30d"), ("ibuprofen", "1-1-1 x 5d")):
        at.type(medicine)
        at.keys("Return", wait=0.8)
        at.type(often, wait=0.4)
        at.keys("Return", wait=0.8)
    screens.settle(2)
    at.shot("prescription")
    at.keys("F9", wait=1.5)
    at.shot("prescription-reason")


@scene
def lab(at):
    at.sign_in("pathologist")
    for place in ("verify", "critical", "equipment", "worksheets"):
        at.go(place)
        at.keys("Return", wait=1.5)
        at.shot(place)
    at.keys("Escape")  # the dialog of a new worksheet
    at.go("verify")
    at.keys("F10", wait=3)
    at.shot("verify-going")
    at.keys("ctrl+z", wait=1)


@scene
def orders(at):
    at.sign_in("reception")
    at.go("orders")
    at.press("COD")
    at.keys("ctrl+f", "Down", "Return", wait=1)
    at.shot("board")
    for key, name in (("a", "order-tests"), ("e", "order-change")):
        at.keys(key, wait=1.5)
        at.shot(name)
        at.keys("Escape", wait=1)


@scene
def cashier(at):
    at.sign_in("cashier")
    at.go("cashier")
    at.shot("cashier-dues")
    for tab in ("Payments", "Bills", "Insurers", "Drawer", "Day book", "Reconciliation", "Gateway"):
        at.tab(tab)
        at.keys("Tab", "Tab", "Tab", "Down", "Return", wait=0.5)
        at.shot("cashier-" + tab.lower().replace(" ", "-"))


@scene
def analysers(at):
    at.sign_in("technician")
    at.go("analysers")
    for tab in ("Analysers", "Inbox", "Messages"):
        at.tab(tab)
        at.keys("Tab", "Tab", "Down", "Return", wait=0.5)
        at.shot("analysers-" + tab.lower())


@scene
def bench(at):
    at.sign_in("technician")
    for place in ("orders", "results", "qc", "worksheets", "report"):
        at.go(place)
        at.keys("Down", "Return", wait=1)
        at.shot("bench-" + place)
        at.keys("Escape", wait=0.4)


@scene
def samples(at):
    at.sign_in("technician")
    at.go("samples")
    for tab in ("Rounds", "Receive", "Hand-over", "Storage", "Other laboratories"):
        at.tab(tab)
        at.shot("samples-" + tab.lower().replace(" ", "-"))


@scene
def equipment(at):
    at.sign_in("manager")
    at.go("equipment")
    at.keys("Down", "Return", wait=1)
    at.shot("equipment-one")
    at.press("Report a fault")
    at.shot("equipment-fault")
    at.keys("Escape", wait=0.6)
    at.press("New plan")
    at.shot("equipment-plan")


@scene
def controls(at):
    at.sign_in("manager")
    at.go("qc")
    at.keys("Down", "Return", wait=1)
    at.shot("qc-one")
    at.keys("F9", wait=1)
    at.shot("qc-run")


@scene
def administration(at):
    at.sign_in("admin")
    at.go("admin")
    for topic in ("People", "Awaiting approval", "Roles", "Skills", "Shifts", "On duty now", "Hospitals", "Desks and devices", "Storage",
                  "Benches and signatures", "Automatic verification", "Phrases", "Antibiotic breakpoints", "Report templates",
                  "Control targets", "Tax rules", "Note templates", "E-mail texts", "SMS texts", "Settings", "Jobs", "Audit trail"):
        at.topic(topic)
        at.shot("admin-" + topic.lower().replace(" ", "-"))


@scene
def administration_dialogs(at):
    at.sign_in("admin")
    at.go("admin")
    for topic in ("People", "Roles", "Desks and devices", "Benches and signatures", "Automatic verification", "Report templates", "Tax rules",
                  "SMS texts", "Settings", "Audit trail"):
        at.topic(topic)
        at.keys("Tab", "Down", "Return", wait=0.8) if topic == "Audit trail" else at.keys("Down", "Return", wait=0.8)
        at.shot("admin-one-" + topic.lower().replace(" ", "-"))
        at.keys("Escape", wait=0.6)


@scene
def catalogue(at):
    at.sign_in("manager")
    at.go("catalogue")
    at.shot("catalogue")
    at.keys("ctrl+f", wait=0.4)
    at.type("glucose")
    at.keys("Down", "Return", wait=1.5)
    at.shot("catalogue-one")
    for number in range(1, 5):
        at.keys("ctrl+Page_Down", wait=0.8)
        at.shot(f"catalogue-tab-{number}")


@scene
def doctor_inbox(at):
    at.sign_in("doctor")
    at.go("doctor")
    for tab in ("results", "drafts", "to-co-sign"):
        at.keys("ctrl+Page_Down", wait=1)
        at.shot("doctor-" + tab)


@scene
def shell(at):
    at.sign_in("manager")
    at.go("insights")
    at.shot("insights")
    at.go("waiting")
    at.shot("waiting")
    at.keys("ctrl+question", wait=1)
    at.shot("shortcuts")
    at.keys("Escape", "ctrl+comma", wait=1)
    at.shot("preferences")
    at.keys("Escape", "ctrl+m", wait=1)
    at.shot("menu")
    at.keys("Escape", wait=0.5)
    at.click("Notifications")
    at.shot("bell")


@scene
def dispatch_map(at):
    at.sign_in("dispatcher")
    at.go("map")
    at.shot("map")
    for street, end in (("Kungsgatan", "Route from here"), ("Vasagatan", "Route to here")):
        at.keys("Escape", "ctrl+a", wait=0.4)
        at.type(street)
        at.shot("map-found-" + end.split()[1])
        at.keys("Return", wait=1.5)
        at.shot("map-place-" + end.split()[1])
        at.press(end)
    at.node("Instructions of the route", ("list",))
    at.shot("map-route")
    if at.narrow:
        at.press("Show the map")
        at.shot("map-route-map")


@scene
def dispatch_calls(at):
    at.sign_in("dispatcher")
    at.go("calls")
    at.shot("calls-none")
    for name, place, keys in (("unconscious", "Kungsgatan 2", "23"), ("chest", "Vasagatan 10", "12")):
        at.keys("F2", wait=2)
        at.type(place)
        at.keys("Return")
        at.type("98120 32145")
        at.keys("Return", *keys, wait=1.5)
        at.shot("call-" + name)
        at.keys("F9", wait=1.5)
    at.shot("calls")
    at.keys("F6", wait=1.5)
    at.shot("call-priority")
    at.keys("Escape", "F8", wait=1.5)
    at.shot("call-cancel")
    at.keys("Escape")


@scene
def dispatch_fleet(at):
    at.sign_in("dispatcher")
    at.go("fleet")
    at.shot("fleet")
    at.keys("Return", wait=1)
    at.shot("fleet-unit")
    at.keys("F4", wait=1.5)
    at.shot("fleet-sign-on")
    at.keys("Escape")
    at.sign_in("manager")
    at.go("fleet")
    at.shot("fleet-manager")
    at.keys("F9", wait=1.5)
    at.shot("fleet-new")
    at.keys("Escape")


@scene
def composer(at):
    at.sign_in("reception")
    at.go("composer")
    at.shot("composer")
    at.go("front-desk")
    at.type(at.ask(WELL))
    at.keys("Return", "F2", wait=1.2)
    at.type("cbc")
    at.keys("Return", wait=1)
    at.shot("composer-cart")


@scene
def countersign(at):
    at.sign_in("pharmacist")
    at.go("countersign")
    at.shot("countersign")


def phone(secret):
    return subprocess.run(["oathtool", "--totp", "-b", "-d", "6", secret], capture_output=True, text=True, check=True).stdout.strip()


def label(at, pattern):
    return next(node.name for node in at.screen.walk(at.client.root) if re.fullmatch(pattern, node.name or "") and at.screen.seen(node))


@scene
def factor(at):
    """The account's factor stays off in the end: the recovery code takes it away again."""
    at.sign_in("cashier")
    at.keys("ctrl+m", wait=1)
    at.press("Second factor")
    at.shot("factor")
    at.type(hospital.PASSWORD, wait=0.3)
    at.keys("Return", wait=2)
    at.shot("factor-scan")
    secret = label(at, r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}").replace(" ", "")
    at.type("000000", wait=0.3)
    at.keys("Return", wait=1.5)
    at.shot("factor-wrong")
    at.type(phone(secret), wait=0.3)
    at.keys("Return", wait=2)
    at.shot("factor-codes")
    codes = label(at, r"([a-z2-7]{4}(-[a-z2-7]{4}){3}\n?){10}").split("\n")
    at.end()
    at.launch()
    at.enter("cashier")
    screens.settle(2)
    at.shot("login-code")
    at.type("111111", wait=0.3)
    at.keys("Return", wait=2)
    at.shot("login-code-wrong")
    at.type(codes[0], wait=0.3)
    at.keys("Return", wait=3.5)
    at.keys("ctrl+m", wait=1)
    at.press("Second factor")
    at.shot("factor-on")
    at.type(hospital.PASSWORD, wait=0.3)
    at.keys("Return", "Tab", wait=0.3)
    at.press("Turn it off")
    at.type(codes[1], wait=0.3)
    at.keys("Return", wait=2)


@scene
def api_keys(at):
    at.sign_in("admin")
    if at.narrow:
        at.shot("admin")
    box = at.node("API keys", ("list item",)).queryComponent().getExtents(at.screen.a.WINDOW_COORDS)
    at.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    screens.settle(1)
    at.shot("keys")
    at.keys("alt+n", wait=1)
    at.shot("keys-new")
    at.type("Analyser bridge", wait=0.3)
    at.keys("Tab")
    at.type("technician", wait=0.3)
    at.keys("ctrl+Return", wait=2)
    at.shot("keys-told")


@scene
def kiosk(at):
    at.launch("--kiosk")
    at.enter("kiosk")
    screens.settle(4)
    at.shot("kiosk")
    at.press("हिन्दी" if "hi" in at.parts else "اردو" if "rtl" in at.parts else "English")
    at.shot("kiosk-what")


@scene
def sending(at):
    """A call that gets a unit and a hospital; its crew. The unit is stood down in the end."""
    other = steps.Desk.__new__(steps.Desk)
    other.hospital, other.tokens = at.place, {}
    at.place.units = getattr(at.place, "units", None) or test_sending.crew(other)
    near = at.place.units[0]
    test_sending.here(other, "crew", near, 57.703)
    call = test_sending.new_call(other, "Avenyn 3")
    at.sign_in("dispatcher")
    at.shot("calls")
    if at.narrow:
        at.keys("Return", wait=1)
    at.keys("F5", wait=2)
    at.shot("send")
    at.keys("1", wait=2)
    at.shot("units")
    at.keys("F9", wait=2)
    at.shot("where-to")
    at.keys("ctrl+Return", wait=2)
    at.go("arrivals")
    at.shot("arrivals")
    at.end()
    at.sign_in("crew")
    at.shot("crew-asked")
    at.keys("F2", wait=2)
    at.shot("crew")
    at.keys("F6", wait=1)
    at.shot("crew-correct")
    at.end()
    for mission in other.ask("dispatcher", f"/assignments?call_id={call}&open=true")["items"]:
        other.ask("dispatcher", f"/assignments/{mission['id']}/stand-down", dict(reason="mistake"))
    for arrival in other.ask("dispatcher", f"/arrivals?call_id={call}&open=true")["items"]:
        other.ask("dispatcher", f"/arrivals/{arrival['id']}/steps", dict(step="cancel"))
    other.ask("dispatcher", f"/calls/{call}/cancel", dict(reason="false_alarm"))


def main(screen):
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    only = next((word[5:].split(",") for word in sys.argv[2:] if word.startswith("only=")), None)
    modes = [word for word in sys.argv[2:] if not word.startswith("only=")] or MODES
    place = hospital.Hospital(patients=300, orders=120)
    failed = []
    try:
        for mode in modes:
            for take in SCENES:
                if only is not None and take.__name__ not in only:
                    continue
                at = Look(screen, place, folder, mode)
                try:
                    take(at)
                except Exception:
                    failed.append(f"{take.__name__} {mode}")
                    screen.shot(os.path.join(folder, f"FAILED-{take.__name__}-{mode}.png"))
                    traceback.print_exc()
                at.end()
        for line in screen.client_log().splitlines():
            if "WARNING" in line or "CRITICAL" in line:
                print(line)
    finally:
        screen.close()
        place.close()
    sys.exit("not taken: " + ", ".join(failed) if failed else 0)


if __name__ == "__main__":
    desk.within(main)
