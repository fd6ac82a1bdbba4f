#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where SQL may stand and how it may be made.

- SQL text only in *-store.c, server/platform/store/, shared/sql/, shared/db/, client/cache/ and the migrations.
- In a store file it is a `static const char sql_xxx[]` at the top, never inside a function.
- It is never put together by printf or concatenation, except in shared/sql/ (from the descriptions of records).
- It must mean the same to both databases, see PORTABLE.
"""
import re

import tree

PLACE = re.compile(r"-store(-[a-z0-9-]+)?\.c$|^server/platform/store/|^shared/(sql|db)/|^client/cache/")
STORE = re.compile(r"^server/(?!platform/store/).*-store(-[a-z0-9-]+)?\.c$")
DERIVED = re.compile(r"^shared/sql/")
SQL = re.compile(
    r"^\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|WITH\s+(RECURSIVE\s+)?\w+.*\sAS\s|"
    r"(CREATE|DROP|ALTER)\s+(UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s|PRAGMA\s|SAVEPOINT\s|"
    r"(ORDER|GROUP)\s+BY\s|(LEFT\s+)?JOIN\s|WHERE\s|RETURNING\s|ON\s+CONFLICT\s)")
LITERAL = re.compile(r'(?:"(?:\\.|[^"\\\n])*"\s*)+')
PIECE = re.compile(r'"((?:\\.|[^"\\\n])*)"')
MAKER = re.compile(r"\b(g_strdup_printf|g_strdup_vprintf|g_string_(?:append_)?v?printf|g_string_append|g_string_new|"
                   r"g_strconcat|g_strjoin|g_snprintf|snprintf|sprintf|asprintf|g_asprintf|strcat|g_strlcat)\s*\($")
CONSTANT = re.compile(r"^static const char sql_\w+\[\]\s*=\s*$", re.M)
PORTABLE = [
    (re.compile(r"\$\d+::"), "$N::type is swallowed by SQLite: write CAST($N AS type)"),
    (re.compile(r"\bILIKE\b"), "ILIKE is not SQLite's: fold the text in C"),
    (re.compile(r"\bFOR\s+UPDATE\b"), "FOR UPDATE is not SQLite's: take a write transaction"),
    (re.compile(r"\b(json_extract|json_each|group_concat|string_agg|jsonb_\w+)\s*\("), "not in both databases: do it in C"),
    (re.compile(r"\bAUTOINCREMENT\b|\bSERIAL\b|\bSTRICT\s*[;,)]|\bINSERT\s+OR\b"), "not in both databases"),
]


def spans_of_functions(code):
    return [(m.start(), m.end()) for m in re.finditer(r"^\{.*?^\}", code, re.M | re.S)
            if code[:m.start()].rstrip().endswith(")")]


def check_c(path, text):
    found = []
    bare = tree.without_comments(text)
    functions = spans_of_functions(tree.code_only(text))
    for match in LITERAL.finditer(bare):
        content = "".join(PIECE.findall(match.group(0)))
        line = tree.line_of(bare, match.start())
        if not SQL.match(content.replace("\\n", " ") + " "):
            continue
        before = bare[max(0, match.start() - 200):match.start()]
        # the argument may follow others: look back to the opening of the call it belongs to
        call = re.sub(r"[^();{}]*$", "", before)
        if MAKER.search(call) and not DERIVED.match(path):
            found.append(tree.Finding("sql-made", path, line, "SQL is not put together at run time: one constant text, bound parameters"))
        elif not PLACE.search(path):
            found.append(tree.Finding("sql-place", path, line, "SQL belongs in a *-store.c file"))
        elif STORE.search(path) and any(a < match.start() < b for a, b in functions):
            found.append(tree.Finding("sql-constant", path, line, "SQL stands at the top as static const char sql_xxx[]"))
        found += portable(path, content, line)
    return found


def portable(path, content, line):
    # these speak to one database only
    if path in ("shared/db/mh-db-sqlite.c", "server/platform/store/mh-db-pg.c") or path.startswith("client/cache/"):
        return []
    return [tree.Finding("sql-portable", path, line, why) for form, why in PORTABLE if form.search(content)]


def check(root):
    found = []
    for path in tree.files(root):
        if path.startswith(("shared/", "server/", "client/")) and path.endswith((".c", ".h")):
            found += check_c(path, tree.read(root, path))
        elif path.endswith(".sql") and path.startswith(("shared/", "server/", "client/")):
            if "/migrations/" not in path:
                found.append(tree.Finding("sql-place", path, 1, "a .sql file is a migration or it is nothing"))
            text = re.sub(r"--[^\n]*", "", tree.read(root, path))
            for form, why in PORTABLE:
                for match in form.finditer(text):
                    found.append(tree.Finding("sql-portable", path, tree.line_of(text, match.start()), why))
    return found


if __name__ == "__main__":
    tree.main(check)
