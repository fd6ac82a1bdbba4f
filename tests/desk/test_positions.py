#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a unit is: from gpsd at its two paces, with the server away, with a place that cannot be, from the desktop's location service,
and from nobody once the crew has signed off. gpsd is emulated as libgps expects it, the service as libgeoclue does; a second of the
test is a minute and more of the device."""
import datetime
import json
import os
import socket
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import gi  # noqa: E402

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

import desk as display  # noqa: E402
import hospital  # noqa: E402
import steps  # noqa: E402
from steps import step  # noqa: E402

STEP_SECONDS = 10  # between two fixes of the device


def shot(desk, name):
    if os.environ.get("MH_SHOT"):
        desk.screen.shot(f"{os.environ['MH_SHOT']}-{name}.png")


def words(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")[:-4] + "Z"


def hence(seconds):
    return words(datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds))


class Gpsd:
    """Tells a drive to the north of somebody who asks for it, at ten times the speed of the clock and more."""
    def __init__(self):
        self.at = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=20)
        self.lat, self.jumps, self.asked, self.closed = 57.70, 0, 0, threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while not self.closed.is_set():
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line:
                try:
                    self.tell(line)
                except OSError:
                    pass

    def tell(self, line):
        def send(**what):
            line.sendall(json.dumps(what, separators=(",", ":")).encode() + b"\r\n")  # as libgps reads it: no blanks
        send(**{"class": "VERSION", "release": "3.22", "rev": "3.22", "proto_major": 3, "proto_minor": 14})
        assert b"WATCH" in line.recv(4096)
        self.asked += 1
        send(**{"class": "DEVICES", "devices": [{"class": "DEVICE", "path": "/dev/ttyUSB0", "driver": "NMEA0183"}]})
        send(**{"class": "TPV", "device": "/dev/ttyUSB0", "mode": 1})  # no fix yet
        while not self.closed.wait(0.1):
            self.at += datetime.timedelta(seconds=STEP_SECONDS)
            self.lat += 0.001
            far = 3 if self.jumps else 0
            self.jumps = max(0, self.jumps - 1)
            send(**{"class": "TPV", "device": "/dev/ttyUSB0", "mode": 3, "time": words(self.at), "lat": self.lat + far, "lon": 11.97,
                    "eph": 6.0, "speed": 11.1, "track": 1.0})

    def end(self):
        self.closed.set()
        self.listener.close()


class GeoClue:
    """The three objects of the service that libgeoclue talks to, on the test's own bus."""
    XML = """<node><interface name="org.freedesktop.GeoClue2.Manager"><method name="GetClient"><arg type="o" direction="out"/></method>
<method name="DeleteClient"><arg type="o" direction="in"/></method><property name="InUse" type="b" access="read"/><property name="AvailableAccuracyLevel" type="u" access="read"/></interface>
<interface name="org.freedesktop.GeoClue2.Client"><method name="Start"/><method name="Stop"/>
<property name="Location" type="o" access="read"/><property name="DesktopId" type="s" access="readwrite"/>
<property name="RequestedAccuracyLevel" type="u" access="readwrite"/><property name="Active" type="b" access="read"/>
<property name="DistanceThreshold" type="u" access="readwrite"/><property name="TimeThreshold" type="u" access="readwrite"/>
<signal name="LocationUpdated"><arg type="o"/><arg type="o"/></signal></interface>
<interface name="org.freedesktop.GeoClue2.Location"><property name="Latitude" type="d" access="read"/>
<property name="Longitude" type="d" access="read"/><property name="Accuracy" type="d" access="read"/>
<property name="Altitude" type="d" access="read"/><property name="Speed" type="d" access="read"/>
<property name="Heading" type="d" access="read"/><property name="Description" type="s" access="read"/>
<property name="Timestamp" type="(tt)" access="read"/></interface></node>"""
    PATH = "/org/freedesktop/GeoClue2/"

    refuses = False

    def __init__(self):
        self.loop = GLib.MainLoop.new(GLib.MainContext.new(), False)
        ready = threading.Event()
        threading.Thread(target=self.serve, args=(ready,), daemon=True).start()
        assert ready.wait(20)

    def serve(self, ready):
        self.loop.get_context().push_thread_default()
        self.bus = Gio.DBusConnection.new_for_address_sync(os.environ["DBUS_SESSION_BUS_ADDRESS"],
                                                           Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
                                                           Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        told = {"Manager": {"InUse": GLib.Variant("b", True), "AvailableAccuracyLevel": GLib.Variant("u", 8)},
                "Client": {"Location": GLib.Variant("o", self.PATH + "Location/1"), "DesktopId": GLib.Variant("s", ""),
                           "RequestedAccuracyLevel": GLib.Variant("u", 8), "Active": GLib.Variant("b", True),
                           "DistanceThreshold": GLib.Variant("u", 0), "TimeThreshold": GLib.Variant("u", 0)},
                "Location": dict({name: GLib.Variant("d", value) for name, value in (
                    ("Latitude", 57.71), ("Longitude", 11.97), ("Accuracy", 12.0), ("Altitude", 0.0), ("Speed", -1.0), ("Heading", -1.0))},
                    Description=GLib.Variant("s", ""), Timestamp=GLib.Variant("(tt)", (0, 0)))}

        def called(bus, sender, path, interface, method, arguments, call):
            if self.refuses and method == "Start":
                call.return_dbus_error("org.freedesktop.DBus.Error.AccessDenied", "not here")
            elif method == "GetClient":
                call.return_value(GLib.Variant("(o)", (self.PATH + "Client/1",)))
            else:
                call.return_value(None)
                if method == "Start":
                    bus.emit_signal(None, self.PATH + "Client/1", "org.freedesktop.GeoClue2.Client", "LocationUpdated",
                                    GLib.Variant("(oo)", ("/", self.PATH + "Location/1")))

        for interface in Gio.DBusNodeInfo.new_for_xml(self.XML).interfaces:
            kind = interface.name.rsplit(".", 1)[1]
            self.bus.register_object(self.PATH + ("Manager" if kind == "Manager" else kind + "/1"), interface, called,
                                     lambda bus, sender, path, face, name, kind=kind: told[kind][name], lambda *_: True)
        self.owner = Gio.bus_own_name_on_connection(self.bus, "org.freedesktop.GeoClue2", Gio.BusNameOwnerFlags.NONE, lambda *_: ready.set(),
                                                    None)
        self.loop.run()
        Gio.bus_unown_name(self.owner)
        self.bus.close_sync(None)

    def end(self):
        self.loop.quit()


def listen(address):
    """The preference; the client follows it while it runs."""
    folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "keyfile.new"), "w", encoding="utf-8") as file:
        file.write(f"[org/mahima/Mahima]\ngpsd='{address}'\n")
    os.rename(os.path.join(folder, "keyfile.new"), os.path.join(folder, "keyfile"))


def track(desk):
    """Seconds of the positions that the server has, the oldest first."""
    told = desk.hospital.ask("SELECT group_concat(at) FROM (SELECT at FROM unit_position WHERE unit_id = ? ORDER BY at)", desk.unit)[0]
    return [int(at) / 1e6 for at in told.split(",")] if told else []


def gaps(times):
    return [round(b - a) for a, b in zip(times, times[1:])]


@step
def who_is_on_a_unit_is_listened_to_at_the_slow_pace(desk):
    desk.gpsd = Gpsd()
    listen(desk.gpsd.address)
    os.environ.update(GSETTINGS_BACKEND="keyfile", DBUS_SYSTEM_BUS_ADDRESS=os.environ["DBUS_SESSION_BUS_ADDRESS"])
    desk.start()
    desk.enter("crew")
    desk.see("You are on no unit", wait=30)
    assert desk.gpsd.asked == 0, "nobody is on a unit"
    user = desk.ask("crew", "/session")["user"]["id"]
    desk.unit = desk.hospital.ask("SELECT id FROM unit WHERE code = 'A1'")[0]
    desk.shift = desk.ask("dispatcher", "/crew-shifts", dict(unit_id=desk.unit, user_id=user, duty="paramedic", until=hence(6 * 3600)))["id"]
    desk.see("A1 · Available", wait=20)
    desk.see("Position ± 6 m · sent 0 min ago", wait=20)
    desk.named()
    shot(desk, "slow")
    hospital.until(lambda: len(track(desk)) >= 4)
    assert set(gaps(track(desk))) == {30}, gaps(track(desk))
    speed, heading = desk.hospital.ask("SELECT speed_kmh, heading FROM unit_place WHERE id = ?", desk.unit)
    assert (speed, heading) == (40, 1), (speed, heading)


@step
def under_way_it_is_the_quick_one_and_nothing_of_it_is_lost_without_the_server(desk):
    call = desk.ask("dispatcher", "/calls", dict(summary="Fell", phone="9812032145", location=dict(lat=57.7, lon=11.97, text="Avenyn 3")))["id"]
    version = next(state["version"] for state in desk.ask("dispatcher", "/unit-states")["items"] if state["id"] == desk.unit)
    desk.ask("dispatcher", "/assignments", dict(call_id=call, unit_id=desk.unit, unit_version=version))
    desk.see("Accept", "push button", wait=20)
    desk.keys("F2")
    desk.see("On the way", "push button", wait=20)
    desk.keys("F2")
    desk.see("On scene", "push button", wait=20)
    hospital.until(lambda: gaps(track(desk))[-5:] == [STEP_SECONDS] * 5)
    began = track(desk)[-1]
    address = desk.hospital.url.split("//")[1]
    desk.hospital.stop()
    desk.see("Offline", wait=60)
    away = desk.gpsd.at.timestamp()
    hospital.until(lambda: desk.gpsd.at.timestamp() > away + 20 * STEP_SECONDS)
    shot(desk, "away")
    desk.hospital.start(address)
    hospital.until(lambda: track(desk)[-1] > away + 25 * STEP_SECONDS, 120)
    since = [at for at in track(desk) if at >= began]
    assert set(gaps(since)) == {STEP_SECONDS}, gaps(since)
    assert desk.hospital.ask("SELECT n_dropped FROM unit_place WHERE id = ?", desk.unit)[0] == 0


@step
def a_place_that_cannot_be_is_dropped_and_counted(desk):
    desk.gone("Offline", wait=60)
    desk.gpsd.jumps = 1
    desk.see(" · 1 dropped", wait=30)
    shot(desk, "dropped")
    assert desk.hospital.ask("SELECT n_dropped FROM unit_place WHERE id = ?", desk.unit)[0] == 1


@step
def a_receiver_that_goes_is_told(desk):
    desk.gpsd.end()
    desk.see("No position: the receiver does not answer", wait=30)
    desk.named()
    shot(desk, "gone")


@step
def the_location_service_of_the_desktop_serves_where_there_is_no_gpsd(desk):
    before = len(track(desk))
    desk.geoclue = GeoClue()
    listen("")
    desk.see("Position ± 12 m", wait=30)
    hospital.until(lambda: len(track(desk)) > before, 60)
    assert abs(float(desk.hospital.ask("SELECT lat FROM unit_place WHERE id = ?", desk.unit)[0]) - 57.71) < 1e-6


@step
def a_service_that_refuses_is_told(desk):
    listen("127.0.0.1:1")
    desk.see("No position: the receiver does not answer", wait=30)
    desk.geoclue.refuses = True
    listen("")
    desk.see("No position: this desktop does not let Mahima know it", wait=30)


@step
def nobody_is_listened_to_after_the_shift(desk):
    mission = desk.hospital.ask("SELECT id FROM mission WHERE state = 'en_route'")[0]
    desk.ask("dispatcher", f"/assignments/{mission}/stand-down", dict(reason="not_needed"))
    desk.ask("dispatcher", f"/crew-shifts/{desk.shift}/end", method="POST")
    desk.see("You are on no unit", wait=30)
    desk.gpsd = Gpsd()
    listen(desk.gpsd.address)
    desk.keys("F7")
    desk.see("Sign on", "frame")
    desk.keys("Escape")
    desk.gone("Sign on", "frame")
    assert desk.gpsd.asked == 0, "nobody is on a unit"
    desk.gpsd.end()
    desk.end()
    desk.geoclue.end()


if __name__ == "__main__":
    display.within(steps.live, width=360, height=720)
