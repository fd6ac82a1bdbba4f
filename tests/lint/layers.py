#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom. What is not listed here is forbidden.

The tables below are the map in docs/hacking/rooms.md, in the same order. Includes are written from the root, so the room of
an include can be read off its path.
"""
import re

import tree

# Each room of shared/ and the rooms it may know besides itself.
SHARED = {
    "base": [],
    "record": ["base"],
    "records": ["base", "record"],
    "rules": ["base", "record", "records"],
    "proto": ["base", "record", "records"],
    "reports": ["base", "record", "records", "rules"],
    "sql": ["base", "record"],
    "db": ["base"],
    "hl7": ["base"],
    "geo": ["base"],
    "tiles": ["base", "geo"],
}
# Single headers a room may know although it may not know the room of that header.
SHARED_HEADERS = {"sql": ["shared/db/mh-db.h"]}

# The groups of server/: each may know those before it. server/app puts the program together and knows all.
SERVER_GROUPS = ["platform", "messages", "people", "lab", "money", "clinic", "dispatch", "front"]
# What a handler or service is handed of the process: configuration, store, clock, and the parts kept with them.
RUNTIME = ["server/platform/runtime"]
# The other floors carry the same groups; widgets are parted by what they are.
FLOORS = {floor: SERVER_GROUPS for floor in ("shared/records", "shared/rules", "shared/proto", "shared/reports", "client/pages", "data/ui",
                                             "tests/server", "tests/shared")}
FLOORS["client/widgets"] = FLOORS["data/ui/widgets"] = ["base", "table", "form", "media", "charts", "hospital"]
DATA = ["shared/base", "shared/record", "shared/records"]
SERVER_ROOMS = {
    "server/platform/actor": DATA + ["server/platform/store/mh-store.h"],
    "server/platform/http": DATA + ["shared/proto", "server/platform/actor", "server/platform/audit", "server/platform/store"],
    "server/platform/store": DATA + ["shared/db", "shared/sql"],
    "server/platform/runtime": DATA + ["server/platform/actor", "server/platform/store/mh-store.h"],
    "server/platform/common": DATA + ["shared/db/mh-db.h", "shared/sql", "shared/rules", "shared/reports",
                             "server/platform/actor", "server/platform/auth", "server/platform/audit", "server/platform/store/mh-store.h"],
    # what the server tells about itself, and the feed that WebSockets carry: siblings of the transport
    "server/platform/ops": DATA + ["shared/proto", "server/platform/http", "server/platform/actor", "server/platform/auth", "server/platform/store/mh-store.h"] + RUNTIME,
    "server/people/feed": DATA + ["server/people/gate/mh-access.h", "shared/proto", "shared/sql", "shared/db/mh-db.h", "server/platform/http", "server/platform/actor", "server/platform/auth", "server/platform/audit",
                           "server/platform/store/mh-store.h"] + RUNTIME,
    # the administrator's program: it works on the house from outside, as main.c does
    "server/ctl": ["shared", "server"],
}
# Single headers a room of the server may know although it may not know the room of that header.
SERVER_HEADERS = {"server/platform/audit": ["server/platform/store/mh-audit-chain.h"]}
# Rooms of shared/ that one vertical alone may know.
SERVER_MORE = {"server/lab/analysers": ["shared/hl7"], "server/dispatch/calls": ["shared/geo"], "server/dispatch/hospitals": ["shared/geo"], "server/dispatch/maps": ["shared/geo", "shared/tiles"], "server/dispatch/fleet": ["shared/geo"], "server/dispatch/missions": ["shared/geo"]}
# What every vertical is handed: the long-lived parts of the process, and how records are changed.
HANDED = RUNTIME + ["server/platform/common"]
# What handlers of every vertical may share although it is another one's.
FOR_HANDLERS = ["server/people/gate/mh-access-gate-api.h", "server/platform/audit/mh-seen-api.h", "server/people/admin/mh-directory-api.h", "server/front/public/mh-public-reply-api.h"]
# server/auth, server/audit and every folder of a vertical: by the kind of file, told by the end of its name.
VERTICAL = {
    "api": DATA + HANDED + FOR_HANDLERS + ["shared/proto", "server/platform/http/mh-call.h", "server/platform/audit/mh-read-log.h"],
    "service": DATA + HANDED + ["shared/rules", "shared/reports", "shared/proto", "server/platform/actor", "server/platform/auth", "server/platform/audit",
                       "server/platform/store/mh-store.h"],
    "store": DATA + ["shared/db/mh-db.h", "shared/sql", "server/platform/store/mh-store.h", "server/platform/common/mh-lru-cache.h"],
}
CLIENT_ROOMS = {
    "client/pages": DATA + ["shared/rules", "shared/reports", "client/widgets", "client/models", "client/compat",
                            "client/mh-context.h"],
    "client/widgets": DATA + ["shared/rules", "shared/reports", "client/models", "client/compat", "client/mh-context.h"],
    "client/compat": ["shared/base"],
    "client/models": DATA + ["shared/rules", "shared/geo/mh-road-words.h", "client/cache", "client/sync", "client/receiver", "client/mh-context.h"],
    "client/receiver": ["shared/base"],
    "client/sync": DATA + ["shared/proto", "client/api", "client/cache"],
    "client/api": DATA + ["shared/proto"],
    "client/cache": DATA + ["shared/db", "shared/sql"],
}
# Headers from outside and the only places that may include them.
OUTSIDE = [
    (re.compile(r"^(gtk/|gdk/|adwaita)"), re.compile(r"^client/(pages|widgets|compat)/|^client/(mh-[^/]*|main)\.[ch]$"), "GTK"),
    (re.compile(r"^(gst/|libportal)"), re.compile(r"^client/widgets/media/mh-camera(-[a-z]+)?\.[ch]$"), "GStreamer"),
    (re.compile(r"^(gps|geoclue)\.h$"), re.compile(r"^client/receiver/"), "gpsd and GeoClue"),
    (re.compile(r"^shumate/"), re.compile(r"^client/widgets/charts/mh-map-view\.c$"), "libshumate"),
    (re.compile(r"^libsoup/"), re.compile(r"^server/platform/http/mh-http-(server|exchange|live)(-private)?\.[ch]$|^client/api/mh-api\.c$"), "libsoup"),
    (re.compile(r"^sqlite3"), re.compile(r"^shared/db/mh-db-sqlite\.c$"), "SQLite"),
    (re.compile(r"^curl/"), re.compile(r"^server/(platform/common/mh-fetch|messages/mail/mh-smtp)\.c$"), "libcurl"),
    (re.compile(r"^gmime/"), re.compile(r"^server/messages/mail/mh-mime\.c$"), "GMime"),
    (re.compile(r"^qpdf/"), re.compile(r"^server/(lab/reports/mh-pdf-finish|messages/mail/mh-locked-pdf)\.c$"), "qpdf"),
    (re.compile(r"^libical/"), re.compile(r"^server/clinic/appointments/mh-calendar-file\.c$"), "libical"),
    (re.compile(r"^(libpq-fe|libpq/|postgres)"), re.compile(r"^server/platform/store/mh-(db-pg|pg-[a-z]+)(-private)?\.[ch]$"), "libpq"),
]
# What pages and widgets leave to the models (mh-fetch.h, mh-command.h), though the context's header brings the names along.
BELOW_MODELS = re.compile(r"\b(mh_api_\w+|mh_context_api|MH_API|mh_sync_submit_\w+)\s*\(")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
KINDS = re.compile(r"-(api|service|store)(?:-[a-z0-9-]+)?\.[ch]$")


def kind_of(name):
    """The kind of a file in a vertical; helpers that carry no kind in their name live by the service's rules."""
    match = KINDS.search(name)
    return match.group(1) if match else "service"


def room_of(path):
    parts = path.split("/")
    return "/".join(parts[:3 if parts[0] == "server" and parts[1] in SERVER_GROUPS and len(parts) > 3 else 2])


def group_of(path):
    return path.split("/")[1]


def within(path, allowed):
    """Is path one of the allowed headers, or in one of the allowed rooms?"""
    return any(path == place or path.startswith(place + "/") for place in allowed)


def is_downward(path, include):
    """A group knows those before it; app and what is outside of the groups is told by the rooms' own rules."""
    if not include.startswith("server/") or group_of(path) not in SERVER_GROUPS or group_of(include) not in SERVER_GROUPS:
        return True
    return SERVER_GROUPS.index(group_of(include)) <= SERVER_GROUPS.index(group_of(path))


def vertical_may(path, include):
    room, name = room_of(path), path.rsplit("/", 1)[1]
    kind, other = kind_of(name), kind_of(include)
    if include in SERVER_HEADERS.get(room, []):
        return True
    if within(include, VERTICAL[kind] + SERVER_MORE.get(room, [])):
        return True
    if not include.startswith("server/") or include.count("/") < 3:
        return False
    if room_of(include) in ("server/platform/http", "server/platform/store"):
        return False
    if room_of(include) != room:
        return kind in ("api", "service") and other == "service" and not include.endswith("-private.h")
    if kind == "api":
        return other in ("api", "service")
    if kind == "service":
        return other in ("service", "store")
    return other == "store" or KINDS.search(include) is None


def may_include(path, include):
    """May the file at path include the project header at include?"""
    parts = path.split("/")
    if room_of(path) == room_of(include) and len(parts) > 2 and parts[0] != "server":
        return True
    if parts[0] == "shared":
        room = parts[1]
        places = ["shared/" + r for r in SHARED.get(room, [])] + SHARED_HEADERS.get(room, [])
        return within(include, places)
    if parts[0] == "server":
        if parts[1] == "app":
            return include.startswith(("shared/", "server/"))
        if not is_downward(path, include):
            return False
        room = room_of(path)
        if room in SERVER_ROOMS:
            return room_of(include) == room or within(include, SERVER_ROOMS[room])
        return vertical_may(path, include)
    if len(parts) == 2:
        return include.startswith(("shared/", "client/"))
    return within(include, CLIENT_ROOMS.get(room_of(path), []))


def circles(known):
    """The rooms that know each other in a circle, of @known: room → {room: (path, line)}; once for each circle, at one of its includes."""
    order, low, stack, found = {}, {}, [], []

    def visit(room):
        order[room] = low[room] = len(order)
        stack.append(room)
        for other in sorted(known.get(room, {})):
            if other not in order:
                visit(other)
            if other in stack:
                low[room] = min(low[room], low[other])
        if low[room] == order[room]:
            circle = stack[stack.index(room):]
            del stack[stack.index(room):]
            if len(circle) > 1:
                found.append(sorted(circle))

    for room in sorted(known):
        if room not in order:
            visit(room)
    return found


def check_circles(root):
    known = {}
    for path in tree.files(root):
        parts = path.split("/")
        if not path.endswith((".c", ".h")) or parts[0] != "server" or parts[1] not in SERVER_GROUPS:
            continue
        text = tree.without_comments(tree.read(root, path))
        for match in INCLUDE.finditer(text):
            include = match.group(2)
            if include.startswith("server/") and include.split("/")[1] in SERVER_GROUPS and room_of(include) != room_of(path):
                known.setdefault(room_of(path), {}).setdefault(room_of(include), (path, tree.line_of(text, match.start(2))))
    for circle in circles(known):
        path, line = min(known[room][other] for room in circle for other in circle if other in known[room])
        yield tree.Finding("circles", path, line, "rooms know each other in a circle: " + ", ".join(circle))


def check_floors(root):
    """One finding for each folder of a floor that is no group of the house."""
    told = set()
    for path in tree.files(root):
        floor = max((f for f in FLOORS if path.startswith(f + "/")), key=len, default=None)
        if floor is None:
            continue
        folder, _, rest = path[len(floor) + 1:].partition("/")
        if rest and folder not in FLOORS[floor] and (floor, folder) not in told and not (floor == "data/ui" and folder == "widgets"):
            told.add((floor, folder))
            yield tree.Finding("floors", path, 1, f"{folder} is no group of {floor}: {', '.join(FLOORS[floor])}")


def check(root):
    found = list(check_circles(root)) + list(check_floors(root))
    for path in tree.files(root):
        if not path.endswith((".c", ".h")) or not path.startswith(("shared/", "server/", "client/")):
            continue
        text = tree.without_comments(tree.read(root, path))
        for match in INCLUDE.finditer(text):
            quote, include = match.groups()
            line = tree.line_of(text, match.start(2))
            if include.startswith(("shared/", "server/", "client/")):
                if not may_include(path, include):
                    found.append(tree.Finding("layers", path, line, f"may not know {include}"))
            elif quote == '"' and include != "config.h":
                found.append(tree.Finding("layers", path, line, f'"{include}" is not written from the root'))
            for header, place, name in OUTSIDE:
                if header.match(include) and not place.match(path):
                    found.append(tree.Finding("layers", path, line, f"{name} has no business here"))
        if path.startswith(("client/pages/", "client/widgets/")):
            for match in BELOW_MODELS.finditer(text):
                found.append(tree.Finding("models", path, tree.line_of(text, match.start()), f"{match.group(1)} () is for models"))
    return found


if __name__ == "__main__":
    tree.main(check)
