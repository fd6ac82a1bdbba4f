#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every function that a header offers is asked by somebody: another file of the product, or a test.

What a macro of GLib asks (get_type, ref, unref, free, clear, quark) counts as asked.
"""
import collections
import re

import tree

DECLARED = re.compile(r"\b(mh_\w+) \(")
BY_MACRO = ("_get_type", "_ref", "_unref", "_free", "_clear", "_quark")
PRODUCT = ("shared/", "server/", "client/")


def check(root):
    times, declared = collections.Counter(), {}
    for path in tree.files(root):
        if not path.endswith((".c", ".h", ".ui")):
            continue
        code = tree.code_only(tree.read(root, path)) if not path.endswith(".ui") else tree.read(root, path)
        times.update(re.findall(r"\bmh_\w+", code))
        if path.endswith(".h") and path.startswith(PRODUCT):
            for match in DECLARED.finditer(code):
                declared.setdefault(match.group(1), (path, tree.line_of(code, match.start())))
    # one mention is the declaration, one the definition
    return [tree.Finding("unused", path, line, f"nobody asks {name}(): take it out")
            for name, (path, line) in declared.items() if times[name] <= 2 and not name.endswith(BY_MACRO)]


if __name__ == "__main__":
    tree.main(check)
