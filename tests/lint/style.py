#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of writing that no compiler knows. Each has a bad sample in fixtures/ that test_lint.py expects to be caught."""
import os
import re

import tree

FILE_LINES = 900
FUNCTION_LINES = 100

SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
# Entries of software centres must be freely copyable.
SPDX_OTHER = {".metainfo.xml": "SPDX-License-Identifier: CC0-1.0"}
WITH_SPDX = (".c", ".h", ".py", ".sh", ".mjs", ".ui", ".xml", ".css", ".po", ".pot", ".sql", ".svg", ".desktop", ".conf",
             ".service", ".md", ".txt", ".supp", ".yaml", ".yml", ".in", ".1", ".8", "meson.build", "Makefile",
             ".clang-format", ".clang-tidy", ".editorconfig", "POTFILES", "LINGUAS", ".ci/run", ".gitignore", ".gitattributes")
PRODUCT = ("shared/", "server/", "client/", "data/")
# spelled apart, so that this file does not hold them
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b|not (yet )?implemented|unimplemented", re.I)
TABBED = ("Makefile", ".mk")
# text of others, and text in which blanks mean something
VERBATIM = ("LICENSE",)


def is_text(path):
    return path.endswith(WITH_SPDX) or path.endswith((".json", ".csv", ".gitignore"))


def spdx(path, text):
    if not path.endswith(WITH_SPDX) or path in VERBATIM:
        return
    wanted = next((line for end, line in SPDX_OTHER.items() if path.endswith(end)), SPDX)
    if wanted not in "\n".join(text.split("\n", 5)[:5]):
        yield tree.Finding("spdx", path, 1, f"the first lines must say {wanted}")


def lines(path, text):
    if not is_text(path) or path in VERBATIM:
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line != line.rstrip() and not path.endswith(".md"):
            yield tree.Finding("blanks", path, number, "blanks at the end of the line")
        if "\t" in line and not path.endswith(TABBED) and not path.startswith("tests/data/"):
            yield tree.Finding("tabs", path, number, "a tab")
    if text and not text.endswith("\n"):
        yield tree.Finding("blanks", path, text.count("\n") + 1, "no line end at the end of the file")


def unfinished(path, text):
    if not path.startswith(PRODUCT) or not path.endswith(WITH_SPDX):
        return
    for match in UNFINISHED.finditer(text):
        yield tree.Finding("unfinished", path, tree.line_of(text, match.start()), f"“{match.group(0)}” in product code")


def lengths(path, text, code):
    count = text.count("\n")
    if path.endswith((".c", ".h", ".py", ".sh", ".css")) and count > FILE_LINES:
        yield tree.Finding("file-length", path, FILE_LINES, f"{count} lines; split it by what it knows (at most {FILE_LINES})")
    if not path.endswith(".c"):
        return
    for match in re.finditer(r"^\{.*?^\}", code, re.M | re.S):
        if code[:match.start()].rstrip().endswith(")"):
            size = match.group(0).count("\n") - 1
            if size > FUNCTION_LINES:
                line = tree.line_of(code, match.start())
                yield tree.Finding("function-length", path, line, f"{size} lines in one function (at most {FUNCTION_LINES})")


def c_rules(root, path, text, code):
    for match in re.finditer(r"\bgoto\b", code):
        yield tree.Finding("goto", path, tree.line_of(code, match.start()), "use g_autoptr and early returns")
    if path.endswith(".h"):
        if not re.search(r"^#pragma once$", text, re.M):
            yield tree.Finding("pragma-once", path, 1, "a header begins with #pragma once")
        return
    own = path[:-2] + ".h"
    if os.path.exists(os.path.join(root, own)):
        first = re.search(r'^#include ["<]([^">]+)', tree.without_comments(text), re.M)
        # a wider header of the same name (-private.h, -driver.h) includes the own one in its turn
        if first is None or not (first.group(1) == own or first.group(1).startswith(path[:-2] + "-")):
            line = tree.line_of(text, first.start()) if first else 1
            yield tree.Finding("own-header", path, line, f'include "{own}" first, so that it proves to compile alone')


STATIC = re.compile(r"^static [^;=(]*\n(\w+) \(", re.M)
# a class has these names from G_DEFINE_TYPE, and may have two bodies of which one is built
TYPES_OWN = re.compile(r"^mh_\w+_(class_)?init$")
CONNECTED = re.compile(r"\bG_CALLBACK \((\w+)\)|\bgtk_widget_class_bind_template_callback \([^,()]*,\s*(\w+)\)")


def statics(sources):
    """A backtrace and a grep find one place: no two files have a static function of one name, and what a signal calls ends in _cb."""
    first = {}
    for path, code in sources:
        connected = {one or other for one, other in CONNECTED.findall(code)}
        for match in STATIC.finditer(code):
            name, line = match.group(1), tree.line_of(code, match.start(1))
            if not TYPES_OWN.search(name) and first.setdefault(name, path) != path:
                yield tree.Finding("statics", path, line, f"{name}() stands in {first[name]}, too: let it carry its file's name")
            if name in connected and not name.endswith("_cb"):
                yield tree.Finding("statics", path, line, f"{name}() is called by a signal: its name ends in _cb")


# Words of our own that the field's replaced (the glossary of HACKING): what they were called, what it is.
GONE = {
    r"(?<!type)(?<!geo)_ahead(?!_due)\b|\bmh_pg_aheads?_|\bMhAhead\b": "prefetch",
    r"\bmh_db_post\b": "mh_db_exec_deferred()",
    r"\bmh_lane_|\bMhLane": "write queue",
    r"\bmh_shelf_|\bMhShelf": "MhLruCache",
    r"\bmh_held_reader|\bMhHeldReader": "shared snapshot",
    r"\bMhRzDoor\b|\bMhDoorState\b": "payment link",
}


def words(path, code):
    for gone, word in GONE.items():
        for match in re.finditer(gone, code):
            yield tree.Finding("words", path, tree.line_of(code, match.start()), f"{match.group(0)}: the glossary's word is {word}")


# A calendar day is the hospital's: what expires, an age, "today". Demonstration data make their own.
UTC_DAY = re.compile(r"\bmh_date_of_instant\s*\([^;]*?,\s*(?:NULL|utc)\s*\)|\bg_date_time_new_now_utc\b")

UTC_TEXT = re.compile(r"\bg_date_time_new_from_unix_utc\b")


def days(path, text, code):
    if not path.startswith(("server/", "client/")) or path.startswith("server/ctl/") or not path.endswith(".c"):
        return
    written = text.split("\n")
    for match in UTC_DAY.finditer(code):
        line = tree.line_of(code, match.start())
        if not any("UTC:" in one for one in written[max(0, line - 3):line]):
            yield tree.Finding("utc-day", path, line, "a day by UTC; ask mh_hospital_day(), or say in a comment “UTC: why”")
    for match in UTC_TEXT.finditer(code):
        if "to_timezone" not in code[match.end():match.end() + 300]:
            yield tree.Finding("utc-day", path, tree.line_of(code, match.start()), "written by UTC; g_date_time_to_timezone() first")


# The same on a screen: the desk's clock may stand in another zone than the hospital.
DESK_TIME = re.compile(r"\bg_(?:time_zone_new_local|date_time_new_now_local|date_time_new_local|date_time_new_from_unix_local|date_time_to_local)\b")


def desk_time(path, text, code):
    if not path.startswith("client/") or not path.endswith(".c"):
        return
    written = text.split("\n")
    for match in DESK_TIME.finditer(code):
        line = tree.line_of(code, match.start())
        if "desk:" not in written[line - 1]:
            yield tree.Finding("desk-time", path, line, "the desk's time zone; ask mh-when.h, or say in a comment “desk: why”")


# One source of time (mh-clock.h): what asks the machine by itself cannot be tested under a clock that is set.
OWN_CLOCK = re.compile(r"\bg_get_real_time\b")


def own_clock(path, code):
    if path.startswith(("shared/", "server/", "client/")) and path != "shared/base/mh-clock.c":
        for match in OWN_CLOCK.finditer(code):
            yield tree.Finding("clock", path, tree.line_of(code, match.start()),
                               "the machine's clock; ask mh_request_now(), mh_when_now() or the MhClock that was handed down")


# One helper writes days (mh-day.h), so that 3/4 is nobody's guess. Messages to machines have formats of their own.
NUMBERED_DAY = re.compile(r"%-?[de][/.] ?%-?[mb]|%0?2?d[/.]%0?2?d[/.]%0?4?d|%-?[de] %[bBh]|%[aA] %-?[de]")


def numbered_days(path, text):
    if not path.startswith(("shared/", "server/", "client/")) or not path.endswith(".c") or path == "shared/base/mh-day.c":
        return
    for match in NUMBERED_DAY.finditer(tree.without_comments(text)):
        yield tree.Finding("day-text", path, tree.line_of(text, match.start()), "a day written by hand; ask mh-day.h")


def check(root):
    found, sources = [], []
    for path in tree.files(root):
        if not is_text(path):
            continue
        text = tree.read(root, path)
        found += spdx(path, text)
        found += lines(path, text)
        found += unfinished(path, text)
        if path.endswith((".c", ".h")):
            code = tree.code_only(text)
            if path.endswith(".c") and path.startswith(("shared/", "server/", "client/")):
                sources.append((path, code))
            found += lengths(path, text, code)
            found += c_rules(root, path, text, code)
            found += days(path, text, code)
            found += desk_time(path, text, code)
            found += numbered_days(path, text)
            found += own_clock(path, code)
            found += words(path, code)
        else:
            found += lengths(path, text, "")
    return found + list(statics(sources))


if __name__ == "__main__":
    tree.main(check)
