#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A template in data/ui stands beside its C file: same name, in the same folder GROUP/ROOM, in the program's
resources, every text in it marked for translators, what has an accessible name has a role that may have one, the closures,
properties and rights that its bindings name are there, what it binds is set by nobody else, and what the C file tells a binding is
bound, and the classes of ours in it are made known. That it can be built, GTK tells in tests/client/test-templates.c.
"""
import os
import re
from xml.etree import ElementTree

import tree

CLASS = re.compile(r'<template class="(\w+)" parent="(\w+)"')
TEXT = re.compile(r'<property name="(label|title|subtitle|text|tooltip-text|placeholder-text|description|heading|body)"'
                  r'([^>]*)>([^<]*[^\W\d_][^<]*)</property>')
HANDLER = re.compile(r'(?:handler|function)="(\w+)"')
# <lookup>s are followed where we know the class: records by their fields, panes and dialogs by what mh-closures.h offers
CLOSURES = "client/widgets/base/mh-closures.c"
PANE_TOLD = {"context", "self", "revision", "problem", "busy"}
RECORD = re.compile(r'MhRecordType mh_\w+_type\s*=\s*\{\s*(?:\.name = )?"(Mh\w+)"')
FIELD = re.compile(r'^\s*(?:\[\w+\] = )?\{ "(\w+)", MH_KIND_', re.M)
RIGHT = re.compile(r'#define MH_MAY_\w+\s+"([\w.]+)"')
# how C sets a property that may be bound
SETTERS = {"label": r"(?:label_set_(?:text|label)|button_set_label|key_button_set_text)", "text": r"set_text"}
TELLS = {"problem": r"mh_(?:pane|dialog)_complain \(", "busy": r"mh_(?:pane|dialog)_set_busy \(",
         "revision": r"mh_(?:pane|dialog)_changed \("}
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


def records_of(root, names):
    """Class of a record → its fields; a file that describes several offers the fields of all."""
    found = {}
    for name in names:
        if name.startswith("shared/records/") and name.endswith(".c"):
            code = tree.read(root, name)
            for kind in RECORD.findall(code):
                found.setdefault(kind, set()).update(field.replace("_", "-") for field in FIELD.findall(code))
    return found


def lost_lookups(text, records, rights):
    """What a <lookup> or the right of mh_may names and is not there: words."""
    ids = set(re.findall(r' id="(\w+)"', text)) | set(re.findall(r'<template class="(\w+)"', text))
    root = ElementTree.fromstring(text)
    for node in root.iter("lookup"):
        name, kind, inner = node.get("name"), node.get("type"), (node.text or "").strip()
        if inner and inner not in ids:
            yield f'name="{name}"', f"nothing here has the id {inner}"
        if kind in ("MhPane", "MhDialog") and name not in PANE_TOLD:
            yield f'name="{name}"', f"{kind} has no property {name}"
        if kind in records and name.replace("_", "-") not in records[kind] | {"id", "version"}:
            yield f'name="{name}"', f"{kind} has no field {name}"
    for node in root.iter("closure"):
        for right in node.findall("constant") if node.get("function") == "mh_may" and rights else []:
            if right.text not in rights:
                yield f">{right.text}<", f"{right.text} is no right"


def told_twice(text, code):
    """Properties that the template binds and the C file sets, too: id, words."""
    for node in ElementTree.fromstring(text).iter("object"):
        bound = node.findall("binding") + [p for p in node.findall("property") if p.get("bind-source") and "bidirectional" not in p.get("bind-flags", "")]
        for name in [b.get("name") for b in bound if node.get("id")]:
            setter = SETTERS.get(name, "set_" + name.replace("-", "_"))
            if re.search(setter + r" \([^;]*?->" + node.get("id") + r"\b", code):
                yield node.get("id"), f"{name} of {node.get('id')} is bound here and set in C, too"


def told_to_nobody(text, code):
    """What the C file tells bindings of a property and the template does not bind: words."""
    for name, call in TELLS.items():
        if re.search(call, code) and f'<lookup name="{name}"' not in text:
            yield f"its C file tells {name}, which nothing here is bound to"


def unknown_to_gtk(text, code):
    """Classes of ours that the template names and the C file does not make known before it: a window that shows this one first cannot
    build it."""
    for kind in sorted(set(re.findall(r'<object class="(Mh\w+)"', text))):
        macro = "MH_TYPE_" + re.sub(r"(?<!^)(?=[A-Z])", "_", kind[2:]).upper()
        if f"g_type_ensure ({macro})" not in code:
            yield f'class="{kind}"', f"g_type_ensure ({macro}) is missing in its C file"


def check_one(root, path, resources, records, rights):
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
    shared = tree.read(root, CLOSURES) if os.path.exists(os.path.join(root, CLOSURES)) else ""
    for where, words in lost_lookups(text, records, rights):
        found.append(finding(tree.line_of(text, max(text.find(where), 0)), words))
    for where, words in told_twice(text, code):
        found.append(finding(tree.line_of(text, text.find(f'id="{where}"')), words))
    found += [finding(1, words) for words in told_to_nobody(text, code)]
    found += [finding(tree.line_of(text, text.find(where)), words) for where, words in unknown_to_gtk(text, code)]
    for match in HANDLER.finditer(text):
        if f'"{match.group(1)}"' in shared:
            if "mh_closures_bind" not in code:
                found.append(finding(tree.line_of(text, match.start()), f"{source} does not call mh_closures_bind()"))
        elif not re.search(r"bind_template_callback\w*\s*\([^;]*\b" + match.group(1) + r"\b", code):
            found.append(finding(tree.line_of(text, match.start()), f"{match.group(1)} is not bound in {source}"))
    return found


def check(root):
    names = [n for n in tree.files(root) if n.startswith("data/ui/") and n.endswith(".ui")]
    listed = os.path.join(root, RESOURCES)
    resources = tree.read(root, RESOURCES) if os.path.exists(listed) else ""
    records = records_of(root, tree.files(root))
    permissions = "shared/records/people/mh-permissions.h"
    rights = set(RIGHT.findall(tree.read(root, permissions))) if os.path.exists(os.path.join(root, permissions)) else set()
    found = [finding for path in names for finding in check_one(root, path, resources, records, rights)]
    for match in re.finditer(r">(ui/[^<]+\.ui)</file>", resources):
        if "data/" + match.group(1) not in names:
            found.append(tree.Finding("templates", RESOURCES, tree.line_of(resources, match.start()),
                                      f"data/{match.group(1)} is missing"))
    return found


if __name__ == "__main__":
    tree.main(check)
