#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws who calls whom, from what was built.

usage: scripts/map.py [BUILD, default build]

Writes BUILD/map.txt and BUILD/map.svg and prints the figures. A call is a symbol that one room's objects leave undefined and
another room's objects define, so nothing here depends on how an include line reads. Fails when a group of the server calls one
after it, or when rooms of the server call each other in a circle.
"""
import collections
import json
import os
import re
import subprocess
import sys
from xml.sax.saxutils import escape

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests", "lint"))

import layers  # noqa: E402

BANDS = ["app", *reversed(layers.SERVER_GROUPS), "shared"]
WIDTH, BOX, HEIGHT, GAP = 1320, 148, 26, 12


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def room_of(path):
    """The room of a source, as the lint has it; files beside the folders of client/ are its application."""
    parts = path.split("/")
    if parts[0] == "client":
        return "client/app" if len(parts) == 2 else "/".join(parts[:3] if parts[1] == "pages" and len(parts) > 3 else parts[:2])
    return layers.room_of(path)


def libraries(build):
    """The archives of the product, each with its sources by the names of their objects."""
    for target in json.loads(run("meson", "introspect", "--targets", build)):
        sources = [os.path.relpath(source, ROOT) for group in target["target_sources"] for source in group.get("sources", [])]
        sources = [source for source in sources if source.startswith(("shared/", "server/", "client/"))]
        if target["type"] == "static library" and sources:
            folder = os.path.relpath(os.path.dirname(target["filename"][0]), os.path.abspath(build))
            yield target["filename"][0], {os.path.relpath(source, folder).replace("/", "_") + ".o": source for source in sources}


def program_of(room):
    return room.split("/")[0]


def read_symbols(build):
    """What each room defines (program, symbol → room) and what it wants (room → symbols). Client and server never meet in one program,
    so that a name may stand in both."""
    defined, wanted = {}, collections.defaultdict(set)
    for archive, objects in libraries(build):
        if not os.path.exists(archive):
            continue
        room = None
        for line in run("nm", archive).splitlines():
            if line.endswith(":"):
                source = objects.get(os.path.basename(line[:-1]))
                room = room_of(source) if source else None
                continue
            *_, kind, name = line.split() or ("", "")
            if room and kind == "U":
                wanted[room].add(name)
            elif room and kind in "TDRBV":
                defined[program_of(room), name] = room
    return defined, wanted


def calls_of(build):
    """room → {room: number of its functions that are called}."""
    defined, wanted = read_symbols(build)
    calls = {room: collections.Counter() for room in set(defined.values()) | set(wanted)}
    for room, names in wanted.items():
        for name in names:
            found = defined.get((program_of(room), name)) or defined.get(("shared", name), room)
            if found != room:
                calls[room][found] += 1
    return calls


def band_of(room):
    parts = room.split("/")
    return parts[0] if parts[0] != "server" else parts[1]


def floors_of(calls):
    """How many rooms stand one upon the other below each; rooms of a circle stand side by side."""
    floors = {}

    def floor(room, above):
        if room not in floors:
            floors[room] = 1 + max((floor(other, above | {room}) for other in calls[room] if other not in above | {room}), default=-1)
        return floors[room]

    for room in sorted(calls):
        floor(room, frozenset())
    return floors


def arrows_up(calls):
    groups = layers.SERVER_GROUPS
    for room in sorted(calls):
        for other in sorted(calls[room]):
            if band_of(room) in groups and band_of(other) in [*groups, "app"]:
                if band_of(other) == "app" or groups.index(band_of(other)) > groups.index(band_of(room)):
                    yield room, other


def count(pattern, folder, names=r"\.[ch]$"):
    """How often @pattern stands in the files of @folder, and in how many of them."""
    times = files = 0
    for path in run("git", "-C", ROOT, "ls-files", folder).split():
        if re.search(names, path):
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                found = len(re.findall(pattern, file.read(), re.M))
            times, files = times + found, files + bool(found)
    return times, files


def many_parameters(most=6):
    """Functions of the product with more parameters than that, by their definitions."""
    found = []
    for path in run("git", "-C", ROOT, "ls-files", "shared", "server", "client").split():
        if path.endswith(".c"):
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                for name, parameters in re.findall(r"^(\w+) \(([^;{}]*?)\)\n\{", file.read(), re.M | re.S):
                    # what GTK asks a widget's size by has seven, and is GTK's; a macro is no function
                    ours = not name.endswith("_measure") and not name.startswith("G_DEFINE")
                    if ours and parameters.count(",") >= most:
                        found.append(f"{path}: {name}")
    return found


def common_names(folder):
    """Static functions whose name stands in three files or more."""
    where = collections.defaultdict(set)
    for path in run("git", "-C", ROOT, "ls-files", folder).split():
        if path.endswith(".c"):
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                for name in re.findall(r"^static [^;=(]*\n(\w+) \(", file.read(), re.M):
                    where[name].add(path)
    return sum(len(paths) >= 3 for paths in where.values())


def recompiled_by(build, header):
    """Objects that are compiled again when @header changes, as the compiler told."""
    objects, current = set(), None
    for line in run("ninja", "-C", build, "-t", "deps").splitlines():
        if line and not line.startswith((" ", "ninja:")):
            current = line.split(":")[0]
        elif line.strip().endswith("/" + header):
            objects.add(current)
    return len(objects)


def circles_of(calls):
    rooms = {room for room in calls if room.startswith("server/")}
    return layers.circles({room: {other: None for other in calls[room] if other in rooms} for room in rooms})


def figures(build, calls, floors, circles):
    rooms = [room for room in calls if room.startswith("server/")]
    lines = sum(count(r"\n", folder)[0] for folder in ("shared", "server", "client"))
    yield "rooms of the server", len(rooms)
    yield "floors of the server", len({floors[room] for room in rooms})
    yield "circles of rooms", len(circles)
    yield "arrows up", len(list(arrows_up(calls)))
    yield "files that include mh-records.h", count(r'#include "shared/records/mh-records.h"', ".")[1]
    yield "objects recompiled by a patient's field", recompiled_by(build, "shared/records/people/mh-patient.h")
    yield "page files that call the API", count(r"\bmh_api_\w+ \(", "client/pages")[1]
    yield "imperative settings of widgets", count(r"\bgtk_(?:label_set_(?:text|label)|widget_set_(?:visible|sensitive)) \(", "client")[0]
    for folder in ("shared", "server", "client"):
        yield f"names of statics in three files or more, {folder}", common_names(folder)
    yield "functions over six parameters", len(many_parameters())
    yield "lines of C", lines


def as_text(calls, floors):
    for band in [*BANDS, "ctl", "client"]:
        yield f"\n{band}"
        for room in sorted((room for room in calls if band_of(room) == band), key=lambda room: (-floors[room], room)):
            by_band = collections.Counter()
            inside = []
            for other, times in calls[room].items():
                if band_of(other) == band:
                    inside.append(f"{other.split('/')[-1]} {times}")
                else:
                    by_band[band_of(other)] += times
            outside = [f"{name} {times}" for name, times in sorted(by_band.items())]
            yield f"  {floors[room]:3} {room.split('/', 1)[1]:28} {', '.join(sorted(inside)) or '-'}  | {', '.join(outside) or '-'}"


def as_svg(calls, floors):
    """A band for each group, the one that knows all on top; inside of it rooms by their floor, and who calls whom. What calls the
    platform or shared/ is left out: that is everybody."""
    bands, shapes, arrows, y = [f'<rect width="{WIDTH}" height="100%" fill="#fff"/>'], [], [], 20
    places = {}
    for band in BANDS:
        rooms = sorted((room for room in calls if band_of(room) == band), key=lambda room: (-floors[room], room))
        per_line = (WIDTH - 140) // (BOX + GAP)
        lines = (len(rooms) + per_line - 1) // per_line
        height = lines * (HEIGHT + 2 * GAP) + 2 * GAP
        bands.append(f'<rect x="10" y="{y}" width="{WIDTH - 20}" height="{height}" rx="6" fill="#f3f5f4" stroke="#c4cbc8"/>')
        shapes.append(f'<text x="24" y="{y + 26}" font-weight="bold">{band}</text>')
        for i, room in enumerate(rooms):
            x, top = 124 + (i % per_line) * (BOX + GAP), y + GAP + (i // per_line) * (HEIGHT + 2 * GAP)
            places[room] = (x, top)
            shapes.append(f'<rect x="{x}" y="{top}" width="{BOX}" height="{HEIGHT}" rx="4" fill="#fff" stroke="#0f766e"/>')
            shapes.append(f'<text x="{x + BOX / 2}" y="{top + 17}" text-anchor="middle">{escape(room.split("/")[-1])}</text>')
        y += height + GAP
    for room, (x, top) in places.items():
        for other, times in calls[room].items():
            everybody = band_of(other) in ("platform", "shared") and band_of(other) != band_of(room)
            if other in places and not everybody:
                ox, otop = places[other]
                colour = "#b91c1c" if otop < top and band_of(other) != band_of(room) else "#0f766e"
                arrows.append(f'<line x1="{x + BOX / 2}" y1="{top + HEIGHT}" x2="{ox + BOX / 2}" y2="{otop}" stroke="{colour}" '
                              f'stroke-opacity="0.4" stroke-width="{min(4, 0.5 + times / 10)}"/>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" font-family="sans-serif" font-size="13">'
            + "".join(bands + arrows + shapes) + "</svg>\n")


def main(build):
    calls = calls_of(build)
    floors = floors_of(calls)
    circles = circles_of(calls)
    told = [f"{value:8} {name}" for name, value in figures(build, calls, floors, circles)]
    up = [f"{room} calls {other}" for room, other in arrows_up(calls)]
    with open(os.path.join(build, "map.txt"), "w", encoding="utf-8") as file:
        file.write("floor, room, whom it calls inside of its group | and in other groups, with the number of functions\n")
        file.write("\n".join(as_text(calls, floors)) + "\n\n" + "\n".join(told) + "\n")
    with open(os.path.join(build, "map.svg"), "w", encoding="utf-8") as file:
        file.write(as_svg(calls, floors))
    print("\n".join(told + up))
    print(f"Drawn: {build}/map.txt, {build}/map.svg")
    return 1 if up or circles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "build"))
