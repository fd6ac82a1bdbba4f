#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Appointments by keys and accessible names: a booking is made, moved by key and by another desk, checked in, called, and somebody is put
on the waiting list; without the server the check-in goes on and booking says why it cannot."""
import datetime
import os
import re
import sys
import time
import uuid
import zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk  # noqa: E402
import screens  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402

SHOTS = os.environ.get("MAHIMA_SHOTS")


def shot(at, name):
    if SHOTS:
        screens.settle(0.6)
        at.screen.shot(os.path.join(SHOTS, name + ".png"))


def tab(at, name):
    at.screen.activate()  # a file dialog may have been over it
    at.screen.press(next(node for node in at.screen.walk(at.root) if node.name == name and node.getRoleName() in ("page tab", "radio button")))
    screens.settle(0.8)


def grid_node(at):
    return next(node for node in at.screen.walk(at.root) if node.getRoleName() == "image" and at.screen.seen(node)
                and (": " in node.name or node.name.startswith("Calendar")))


def grid(at):
    """What the keys are on in the calendar, in words."""
    return grid_node(at).name


def click(at, node):
    box = node.queryComponent().getExtents(at.screen.a.WINDOW_COORDS)
    at.screen.click(box.x + box.width // 2, box.y + box.height // 2)
    time.sleep(0.6)


def wait_for(condition, what, wait=30):
    end = time.time() + wait
    while not condition():
        assert time.time() < end, what
        time.sleep(0.2)


def until(at, condition, what):
    wait_for(condition, what + "; the keys are on: " + grid(at))


def on_a_row(at):
    return any(node.getRoleName() == "table row" and node.getState().contains(at.screen.a.STATE_FOCUSED) for node in at.screen.walk(at.root))


def arrived(at):
    return [one for one in at.ask("reception", "/appointments?limit=200")["items"] if one["status"] == "arrived"]


def tokens(at, status):
    return [one for one in at.ask("reception", "/tokens?limit=200")["items"] if one["status"] == status]


def booked(at):
    """The patient's booking that stands."""
    return next(one for one in at.ask("reception", "/appointments?patient=" + at.patient["id"])["items"] if one["status"] == "booked")


def leave_room(at, least=6):
    """The first free slot shall not be among the last of its day, at whatever hour this runs: what is left of such a day is closed, so that
    the booking can be moved on its day."""
    for _ in range(40):
        first = at.ask("reception", "/appointments/slots?limit=1&days=14")["items"][0]
        if len(free_slots(at, first["day"], first["schedule_id"])) >= least:
            return
        zone = zoneinfo.ZoneInfo(ZONE)
        end = datetime.datetime.combine(datetime.date.fromisoformat(first["day"]) + datetime.timedelta(days=1), datetime.time(), zone)
        at.ask("manager", "/leaves", dict(schedule_id=first["schedule_id"], start_at=first["start_at"], reason="other",
                                          end_at=end.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")))
    raise AssertionError("no day has free slots enough")


# The hospital stands where the morning is at ten, whenever this runs: a day that ends in between has no slots left to check in to.
ZONE = (lambda east: f"Etc/GMT{-east:+d}" if east else "Etc/GMT")((10 - datetime.datetime.now(datetime.timezone.utc).hour + 11) % 24 - 11)


def live_there(at):
    house = at.ask("admin", "/hospitals?limit=1")["items"][0]
    at.ask("admin", "/hospitals/" + house["id"], dict(time_zone=ZONE), method="PATCH", version=house["version"])


@step
def a_booking_is_made_by_keys_and_shown_on_its_day(at):
    live_there(at)
    at.start()
    at.sign_in("reception")
    leave_room(at)
    at.patient = at.ask("reception", "/patients?limit=1")["items"][0]
    at.keys("alt+shift+a", pause=1.5)
    at.see("Enter leave or a closure", "push button")
    until(at, lambda: "Calendar" not in grid(at), "no slots")
    at.keys("ctrl+Page_Down", pause=1)
    shot(at, "calendar")
    at.named()
    at.keys("ctrl+n", pause=1)
    at.see("Find the patient first")
    at.type(at.patient["mrn"], pause=1.5)
    at.keys("Return", pause=0.8)
    at.see(at.patient["given_name"])
    at.keys("Return", pause=1)  # the first free slot
    at.gone("Choose a slot")
    at.named()
    shot(at, "booking")
    at.keys("ctrl+Return")
    until(at, lambda: at.patient["given_name"] in grid(at) and "Booked" in grid(at), "the booking is not where the keys are")


def there(instant):
    """Its hour and minute in the hospital, as the calendar shows it."""
    return datetime.datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone(zoneinfo.ZoneInfo(ZONE)).strftime("%H:%M")


def free_slots(at, day, schedule):
    return [slot["start_at"] for slot in at.ask("reception", f"/appointments/slots?limit=200&days=1&from={day}&schedule={schedule}")["items"]]


def move_to_a_free_slot(at, booking):
    """The booking that the keys are on. When it begins then, as the server writes it."""
    times = {there(start): start for start in free_slots(at, booking["day"], booking["schedule_id"]) if start != booking["start_at"]}
    at.keys("m")
    until(at, lambda: grid(at).startswith("Move "), "the booking is not taken up")
    node = grid_node(at)
    for key in ["Down"] * 40 + ["Up"] * 80:
        at.keys(key, pause=0.08)
        wanted = next((start for text, start in times.items() if f", {text}: Enter" in node.name), None)
        if wanted:
            break
    assert wanted, "no free slot is met"
    at.keys("Return", pause=1)
    return wanted


@step
def it_is_moved_by_keys(at):
    booking = booked(at)
    at.keys("m")
    until(at, lambda: grid(at).startswith("Move "), "the booking is not taken up")
    at.keys("Escape")
    until(at, lambda: not grid(at).startswith("Move "), "Escape does not put it back")
    wanted = move_to_a_free_slot(at, booking)
    until(at, lambda: booked(at)["start_at"] == wanted, "it is not moved")
    assert booked(at)["rescheduled_from"] == booking["id"]
    at.see("Moved to ")
    at.screen.press(at.see("Undo", "push button"))
    until(at, lambda: booked(at)["start_at"] == booking["start_at"], "it is not moved back")


@step
def its_reason_is_changed_and_taken_back(at):
    before = booked(at)
    at.keys("ctrl+e", pause=1)
    at.see("Reason for the visit", "text")
    at.named()
    at.keys("Escape", pause=0.8)
    at.gone("Reason for the visit")
    assert booked(at)["version"] == before["version"], "Escape changed it"
    at.keys("ctrl+e", pause=1)
    at.see("Reason for the visit", "text")
    at.keys("Tab", "ctrl+a", pause=0.3)  # from the kind
    at.type("Brings an X-ray")
    shot(at, "change")
    at.keys("ctrl+Return")
    until(at, lambda: booked(at).get("reason") == "Brings an X-ray", "its reason is not changed")
    assert booked(at)["start_at"] == before["start_at"] and booked(at)["kind"] == before["kind"]
    at.gone("Reason for the visit")
    at.keys("ctrl+z")
    until(at, lambda: booked(at).get("reason") == before.get("reason"), "the change is not taken back")


def box_of(at, node):
    return node.queryComponent().getExtents(at.screen.a.WINDOW_COORDS)


def runs(at):
    """Where the pointer meets what, by the picture: columns of runs of bookings and of free slots, each as kind and y."""
    width, top, bottom = 1280, 245, 714
    pixels = at.screen.pixels()

    def kind(x, y):
        red, green, blue = pixels[(y * width + x) * 3:(y * width + x) * 3 + 3]
        return "booking" if min(green, blue) > red + 8 else "free" if blue - red in (0, 1) and red == green and 228 <= red <= 243 else None

    for x in range(box_of(at, grid_node(at)).x + 240, width - 10, 207):
        found, start = [], top
        for y in range(top, bottom + 1):
            if y == bottom or kind(x, y) != kind(x, start):
                if kind(x, start) and y - start >= 18:
                    found.append((kind(x, start), (start + y) // 2))
                start = y
        yield x, found


def booking_and_free(at, wait=60):
    """A booking and a free slot of one column, each as x and y, as soon as the picture has both: what was moved is being read anew.
    By the hour the booking stands at an end of what is seen, with nothing free beside it: the keys bring up more of the day."""
    end = time.time() + wait
    ways = iter((["Down"] * 4, ["Down"] * 4, ["Up"] * 14, ["Up"] * 6))
    while True:
        screens.settle(2)
        for x, found in runs(at):
            if {"booking", "free"} <= {what for what, _ in found}:
                return (x, dict(found)["booking"]), (x, dict(found)["free"])
        assert time.time() < end, "no column has a booking and a free slot"
        for key in next(ways, []):
            at.keys(key, pause=0.08)


def drag(at, start, end):
    at.screen.pointer("mousemove", *start, "mousedown", 1)
    for part in range(1, 9):
        at.screen.pointer("mousemove", *(round(a + (b - a) * part / 8) for a, b in zip(start, end)))
        time.sleep(0.03)
    shot(at, "dragging")
    at.screen.pointer("mouseup", 1)


def of_day(at, day, status):
    return {one["id"]: one for one in at.ask("reception", f"/appointments?limit=200&from={day}&to={day}")["items"] if one["status"] == status}


@step
def a_booking_is_dragged_to_another_time(at):
    day = booked(at)["day"]
    before = of_day(at, day, "booked")
    of, free = booking_and_free(at)
    drag(at, of, free)
    wait_for(lambda: set(of_day(at, day, "booked")) != set(before), "it is not moved; the keys are on: " + grid(at))
    after = of_day(at, day, "booked")
    moved = next(one for one in after.values() if one["id"] not in before)
    old = before[moved["rescheduled_from"]]
    assert old["id"] not in after and moved["start_at"] != old["start_at"] and moved["patient_id"] == old["patient_id"]
    until(at, lambda: moved["patient_name"] in grid(at) and "Booked" in grid(at), "the moved booking is not where the keys are")
    # dropped beside the slots it stays where it is
    drag(at, free, (200, free[1]))
    screens.settle(1)
    assert set(of_day(at, day, "booked")) == set(after), "a drop on nothing moved it"


@step
def it_is_saved_as_a_calendar_file(at):
    folder = at.hospital.folder
    for name, item in (("one.ics", "Save as iCalendar…"), ("day.ics", None)):
        path = os.path.join(folder, name)
        if item:
            at.keys("Return", pause=0.8)
            at.screen.press(at.see(item))
        else:
            at.screen.press(at.see("Save the day as iCalendar", "push button"))
        wait_for(lambda: any(node.name == "Save" and at.screen.seen(node) for node in at.screen.walk(at.root)), "nothing asks where to")
        time.sleep(0.5)
        at.keys("ctrl+a")
        at.type(path)
        at.keys("Return", pause=0.6)
        wait_for(lambda: os.path.exists(path) and os.path.getsize(path), "not saved: " + name)
        at.see("Saved")
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n"), text
        assert "BEGIN:VEVENT" in text and "First visit" not in text, text
        time.sleep(0.5)


@step
def who_is_expected_is_checked_in_with_a_token(at):
    tab(at, "Queue")
    at.see("Expected today")
    at.named()
    wait_for(lambda: on_a_row(at), "the keys do not go to who is expected", 10)
    at.keys("Down")
    at.keys("F4")
    wait_for(lambda: len(arrived(at)) == 1, "nobody has arrived")
    assert arrived(at)[0]["token_id"] and arrived(at)[0]["visit_id"] if arrived(at)[0]["doctor_id"] else arrived(at)[0]["token_id"]
    shot(at, "queue")


@step
def a_token_is_given_and_called(at):
    click(at, at.see("Whose queue"))
    at.keys("Down", "Return", pause=1)
    before = len(tokens(at, "waiting"))
    called = len(tokens(at, "called"))
    at.keys("ctrl+t")
    wait_for(lambda: len(tokens(at, "waiting")) == before + 1, "no token is given")
    at.keys("F9")
    wait_for(lambda: len(tokens(at, "called")) == called + 1, "nobody is called")
    click(at, at.see("More about tokens"))
    at.screen.press(at.see("Waiting room's screen", "menu item"))
    at.see("Next: ")
    at.named()
    shot(at, "display")
    queues = at.ask("reception", "/queues")["items"]
    assert all(not queue.get("now_name") for queue in queues), "names in the waiting room"
    at.keys("Escape", pause=0.8)
    at.gone("Next: ")


@step
def somebody_is_put_on_the_waiting_list(at):
    tab(at, "Waiting list")
    at.named()
    shot(at, "waiting")
    before = len(at.ask("reception", "/waiting")["items"])
    at.keys("ctrl+n", pause=1)
    at.see("Nobody chosen yet")
    at.type(at.patient["mrn"], pause=1.5)
    at.keys("Return", pause=0.8)
    at.gone("Nobody chosen yet")
    at.named()
    shot(at, "wish")
    at.keys("Down", pause=0.5)
    at.keys("ctrl+Return")
    wait_for(lambda: len(at.ask("reception", "/waiting")["items"]) == before + 1, "nobody is on the list")


@step
def without_the_server_check_in_goes_on_and_booking_says_why_not(at):
    tab(at, "Queue")
    click(at, at.see("Whose queue"))
    at.keys("Up", "Return", pause=1)
    at.hospital.stop()
    at.see("Offline", wait=40)
    tab(at, "Calendar")
    at.see("Without the server nothing can be booked")
    tab(at, "Queue")
    at.keys("Down")
    at.keys("F4")
    at.see("1 waiting")
    at.hospital.start(at.hospital.url.removeprefix("http://"))
    wait_for(lambda: len(arrived(at)) == 2, "the check-in is not sent", 90)


def go_to(at, booking):
    """With the keys, in the calendar of its day."""
    node, want = grid_node(at), f"{booking['schedule_name']}, {there(booking['start_at'])}: {booking['patient_name']}"
    for key in ["Home"] + ["Left"] * 15 + ["Right"] * 30:
        if node.name.startswith(booking["schedule_name"] + ", "):
            break
        at.keys(key, pause=0.1)
    for key in (["End"] + ["Up"] * 150) * 3:  # what another desk booked may come while the keys are past it
        if node.name.startswith(want):
            return
        at.keys(key, pause=0.05)
    raise AssertionError(f"{want} is not in the calendar; the keys are on: {node.name}")


def check_in(at):
    """The key, and again out of impatience, and once more when the calendar says so: it is done once."""
    before = len(arrived(at))
    at.keys("F4", "F4", pause=0.05)
    until(at, lambda: "Arrived" in grid(at), "the calendar does not tell the check-in")
    at.keys("F4")
    at.gone("Token ", wait=30)  # what is said comes one after the other
    screens.settle()
    at.unseen("Another desk has already changed")
    assert len(arrived(at)) == before + 1, "not checked in once"


@step
def the_calendar_checks_in_once_also_what_was_moved_and_moved_back(at):
    # around the clock, so that there are free slots at whatever hour this runs
    room = min((one for one in at.ask("manager", "/schedules?limit=50")["items"] if one["kind"] != "doctor"), key=lambda one: one["slot_minutes"])
    at.ask("manager", "/schedules/" + room["id"], dict(hours="mon-sun 00:00-24:00"), method="PATCH", version=room["version"])
    today = at.ask("reception", "/appointments/slots?limit=1&schedule=" + room["id"])["items"][0]["day"]
    people = [one for one in at.ask("reception", "/patients?limit=20")["items"] if one["id"] != at.patient["id"]]
    made = [at.ask("reception", "/appointments", dict(id=str(uuid.uuid4()), patient_id=patient["id"], schedule_id=room["id"], start_at=start))
            for patient, start in zip(people[:2], free_slots(at, today, room["id"])[-2:])]
    tab(at, "Calendar")
    at.screen.press(at.see("Today", "push button"))
    screens.settle()
    go_to(at, made[0])
    check_in(at)
    go_to(at, made[1])
    move_to_a_free_slot(at, made[1])
    at.see("Moved to ")
    at.screen.press(at.see("Undo", "push button"))
    until(at, lambda: of_day(at, made[1]["day"], "booked") and made[1]["start_at"] in
          [one["start_at"] for one in of_day(at, made[1]["day"], "booked").values() if one["patient_id"] == made[1]["patient_id"]],
          "it is not moved back")
    go_to(at, made[1])
    check_in(at)


@step
def a_manager_sees_schedules_and_leave(at):
    at.end()
    at.start()
    at.see("Sign in", "push button")
    time.sleep(0.3)
    at.screen.keys("ctrl+a")
    at.screen.type("manager")
    at.screen.keys("Return")
    time.sleep(0.2)
    at.screen.type("mahima-demo")
    at.screen.keys("Return")
    at.see("Waiting to be sent", wait=20)
    at.keys("alt+shift+a", pause=1.5)
    tab(at, "Schedules and leave")
    at.named()
    shot(at, "schedules")
    at.keys("ctrl+n", pause=1)
    at.see("Weekly hours")
    at.named()
    shot(at, "schedule")
    at.keys("Escape", pause=0.8)
    at.screen.press(at.see("Enter leave or a closure", "push button"))
    at.see("First day away")
    shown = at.see("First day away", "text").queryText().getText(0, 40)
    assert re.fullmatch(r"\d{1,2}/\d{1,2}/20\d\d", shown), shown
    at.named()
    shot(at, "leave")
    at.keys("Escape", pause=0.5)
    at.end()
    said = [line for line in at.screen.client_log().splitlines() if ("WARNING" in line or "CRITICAL" in line) and "Notifications" not in line]
    assert not said, said


if __name__ == "__main__":
    desk.within(lambda screen: steps.live(screen, patients=80, orders=10))
