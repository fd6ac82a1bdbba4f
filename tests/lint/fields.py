#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every field of a record has a reader: a program names it outside the record's own table.

A form, a list or a service names it by its index (MH_ORDER_NUMBER), a query or a text by its name ("number"). A field that only
its own table names is asked for, kept and sent for nothing.
"""
import re

import tree

ROW = re.compile(r'^\s*\[(MH_\w+)\]\s*=\s*\{\s*"(\w+)"', re.M)
TABLES = "shared/records/"
READERS = ("shared/", "server/", "client/")
LITERAL = re.compile(r'"((?:\\.|[^"\\\n])*)"')
# Fields that no program of ours names, and who reads them.
FOR_OTHERS = {
    # the shipped catalogue tells them; who asks the API reads them
    "MH_ANALYTE_VERIFIED_RANGE", "MH_ORGANISM_GRAM", "MH_ANTIBIOTIC_LOINC_SUSCEPTIBILITY",
}


def words_of(path, text):
    """What a file can name a field by: indexes, and the words in its strings unless they are another record's own names."""
    bare = tree.without_comments(text)
    indexes = set(re.findall(r"\bMH_\w+", bare))
    if path.startswith(TABLES):
        return indexes
    return indexes | {word for literal in LITERAL.findall(bare) for word in re.findall(r"\w+", literal)}


def check(root):
    tables, named = {}, {}
    for path in tree.files(root):
        if not path.startswith(READERS) or not path.endswith((".c", ".h")):
            continue
        text = tree.read(root, path)
        if path.startswith(TABLES) and path.endswith(".c"):
            tables[path] = text
        for word in words_of(path, text):
            named.setdefault(word, set()).add(path)
    found = []
    for path, text in tables.items():
        own = {path, path[:-2] + ".h"}
        for row in ROW.finditer(text):
            index, name = row.groups()
            if index not in FOR_OTHERS and not (named.get(index, set()) | named.get(name, set())) - own:
                found.append(tree.Finding("fields", path, tree.line_of(text, row.start()),
                                          f"nothing reads {name}: name it where it is used, or take it out"))
    return found


if __name__ == "__main__":
    tree.main(check)
