#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A template in data/ui stands beside its C file: same name, in the same folder GROUP/ROOM, in the program's
resources, every text in it marked for translators, and what has an accessible name has a role that may have one. That it can be built, GTK tells in tests/client/test-templates.c.
"""
import os
import re
from xml.etree import ElementTree

import tree

CLASS = re.compile(r'<template class="(\w+)" parent="(\w+)"')
TEXT = re.compile(r'<property name="(label|title|subtitle|text|tooltip-text|placeholder-text|description|heading|body)"'
                  r'([^>]*)>([^<]*[^\W\d_][^<]*)</property>')
HANDLER = re.compile(r'handler="(\w+)"')
# from GTK 4.12 on these have the role "generic", whose name nobody is told
ROLELESS = ("GtkBox", "GtkCenterBox", "GtkDrawingArea", "GtkGrid", "GtkOverlay", "GtkScrolledWindow", "GtkSpinner", "AdwBin")
# GTK 4.18 tells nobody a name or words of this one
NAMELESS = re.compile(r'<property name="accessible-role">status</property>')
RESOURCES = "data/mh.gresource.xml"


def c_files(place, name):
    """Where the C file of a template may lie. What belongs to the window is "platform/shell"."""
    if place == "platform/shell":
        return [f"client/{name}.c", f"client/pages/{place}/{name}.c"]
    return [f"client/{place}/{name}.c" if place.startswith("widgets/") else f"client/pages/{place}/{name}.c"]


def camel(name):
    return "".join(part.capitalize() for part in name.split("-"))


def without_role(text):
    """Objects with a name that no role lets them tell: class and id."""
    for node in ElementTree.fromstring(text).iter("object"):
        told = {child.get("name") for child in node.findall("accessibility/*")}
        if node.get("class") in ROLELESS and told & {"label", "labelled-by"} \
                and not any(child.get("name") == "accessible-role" for child in node.findall("property")):
            yield node.get("class"), node.get("id") or ""


def check_one(root, path, resources):
    def finding(line, text):
        return tree.Finding("templates", path, line, text)

    parts = path.split("/")
    if len(parts) < 4:
        return [finding(1, "a template lies in data/ui/GROUP/ROOM/")]
    name, place = parts[-1][:-3], "/".join(parts[2:-1])
    text = tree.read(root, path)
    found = []
    source = next((c for c in c_files(place, name) if os.path.exists(os.path.join(root, c))), None)
    if source is None:
        return [finding(1, "no C file of this name: " + " or ".join(c_files(place, name)))]
    told = CLASS.search(text)
    # classes of GTK that nobody may derive from are named by their id
    whole = re.search(r'^  <object class="GtkShortcutsWindow" id="' + name.replace("-", "_") + '">', text, re.M)
    if whole is None and (told is None or told.group(1) != camel(name)):
        found.append(finding(1, f"must hold <template class=\"{camel(name)}\" parent=…>"))
    if f'>{path[len("data/"):]}</file>' not in resources:
        found.append(finding(1, f"is not listed in {RESOURCES}"))
    code = tree.without_comments(tree.read(root, source))
    if f'"{place}/{name}"' not in code:
        found.append(finding(1, f'{source} does not take it: MH_TEMPLATE ("{place}/{name}")'))
    for match in TEXT.finditer(text):
        if 'translatable="yes"' not in match.group(2) and "bind-" not in match.group(2):
            found.append(finding(tree.line_of(text, match.start()), f"“{match.group(3).strip()}” is not translatable"))
    for kind, which in without_role(text):
        line = tree.line_of(text, max(text.find(f'class="{kind}" id="{which}"'), 0))
        found.append(finding(line, f"{kind} {which} has a name and no accessible-role that tells it"))
    for match in NAMELESS.finditer(text):
        found.append(finding(tree.line_of(text, match.start()), "a status tells no name; words are an alert, waiting is a progress-bar"))
    for match in HANDLER.finditer(text):
        if not re.search(r"bind_template_callback\w*\s*\([^;]*\b" + match.group(1) + r"\b", code):
            found.append(finding(tree.line_of(text, match.start()), f"{match.group(1)} is not bound in {source}"))
    return found


def check(root):
    names = [n for n in tree.files(root) if n.startswith("data/ui/") and n.endswith(".ui")]
    listed = os.path.join(root, RESOURCES)
    resources = tree.read(root, RESOURCES) if os.path.exists(listed) else ""
    found = [finding for path in names for finding in check_one(root, path, resources)]
    for match in re.finditer(r">(ui/[^<]+\.ui)</file>", resources):
        if "data/" + match.group(1) not in names:
            found.append(tree.Finding("templates", RESOURCES, tree.line_of(resources, match.start()),
                                      f"data/{match.group(1)} is missing"))
    return found


if __name__ == "__main__":
    tree.main(check)
