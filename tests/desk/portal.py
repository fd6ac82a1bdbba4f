#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's portal as far as org.freedesktop.portal.Camera goes: portal.py present|absent RESPONSE, where RESPONSE is what the
person says when asked (0 yes, 1 no, 2 it went wrong). Prints "ready", then a line for each call."""
import sys

from gi.repository import Gio, GLib

INTERFACE = """<node><interface name="org.freedesktop.portal.Camera">
  <method name="AccessCamera"><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
  <method name="OpenPipeWireRemote"><arg type="a{sv}" direction="in"/><arg type="h" direction="out"/></method>
  <property name="IsCameraPresent" type="b" access="read"/><property name="version" type="u" access="read"/>
</interface></node>"""
PRESENT, RESPONSE = sys.argv[1] == "present", int(sys.argv[2])


def call(bus, sender, _path, _interface, method, parameters, invocation):
    print(method, flush=True)
    if method != "AccessCamera":
        invocation.return_dbus_error("org.freedesktop.portal.Error.NotAllowed", "not open")
        return
    token = parameters.unpack()[0]["handle_token"]
    handle = f"/org/freedesktop/portal/desktop/request/{sender[1:].replace('.', '_')}/{token}"
    invocation.return_value(GLib.Variant("(o)", (handle,)))
    bus.emit_signal(sender, handle, "org.freedesktop.portal.Request", "Response", GLib.Variant("(ua{sv})", (RESPONSE, {})))


def told(_bus, _sender, _path, _interface, name):
    return GLib.Variant("b", PRESENT) if name == "IsCameraPresent" else GLib.Variant("u", 1)


def on_bus(bus, _name):
    bus.register_object("/org/freedesktop/portal/desktop", Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], call, told, None)


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.portal.Desktop", Gio.BusNameOwnerFlags.NONE, on_bus,
                 lambda *_: print("ready", flush=True), lambda *_: sys.exit("the name is taken"))
GLib.MainLoop().run()
