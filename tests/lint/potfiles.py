#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each po/…/POTFILES lists exactly the files that hold text for the translators of its domain; `potfiles.py --write` makes it so.

A domain is what is said in the same languages: the desk (po), the kiosk (po/kiosk), and of the server's words the laboratory report
(po/report), all other papers and mail (po/papers), and what goes to telephones (po/phones)."""
import os
import re
import sys

import tree

MARKED_C = re.compile(r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*(?:NULL\s*,\s*|"|[A-Z_]+\s*,\s*")')
# The server's words: NS_() and NR_() mark them, papers name others where they look them up.
LABEL_C = re.compile(r'\bN[SR]_\s*\(\s*"')
REPORT_C = re.compile(r'\bNR_\s*\(\s*"')
SAID_C = re.compile(r'\b(?:NS_\s*\(|mh_words(?:_in|_fill|_fill_all|_count)?\s*\([^;"()]*,|mh_sheet_new\s*\(|mh_sheet_column\s*\(\s*\w+,)\s*"')
# Whose labels the desk says, too.
DESK_LABELS = ("shared/records/", "shared/rules/", "shared/reports/front/mh-insight-plot.c")
REPORT_PAPERS = re.compile(r"shared/reports/(?:lab/mh-report-(?!chart|qc)[\w-]+|mh-report-parts|mh-words)\.c")
PHONES = ("server/messages/sms/", "server/front/public/")
MARKED_UI = re.compile(r'translatable="(yes|true|1)"')
MARKED_XML = re.compile(r"<(summary|description|_?name)>")


def is_marked(path, text):
    if path.endswith((".c", ".h")):
        lines = "\n".join(l for l in tree.without_comments(text).split("\n") if not l.lstrip().startswith("#define"))
        return MARKED_C.search(lines) is not None or path.startswith(DESK_LABELS) and LABEL_C.search(lines) is not None
    if path.endswith(".ui"):
        return MARKED_UI.search(text) is not None
    if path.endswith((".desktop", ".metainfo.xml")):
        return True
    return path.endswith(".gschema.xml") and MARKED_XML.search(text) is not None


def marked_files(root):
    return {path for path in tree.files(root)
            if path.startswith(("shared/", "server/", "client/", "data/")) and is_marked(path, tree.read(root, path))}


def lists(root):
    """Each list with the files that belong on it."""
    marked = marked_files(root)
    kiosk = {path for path in marked if path.startswith(("client/", "data/ui/")) and "kiosk" in path}
    texts = {path: tree.without_comments(tree.read(root, path)) for path in tree.files(root) if path.startswith(("shared/", "server/")) and path.endswith(".c")}
    said = {path for path, text in texts.items() if SAID_C.search(text)}
    phones = {path for path in said if path.startswith(PHONES)}
    papers = {path for path in said if REPORT_PAPERS.fullmatch(path)}
    report = papers | {path for path, text in texts.items() if REPORT_C.search(text)}
    return [("po/POTFILES", marked - kiosk), ("po/kiosk/POTFILES", kiosk), ("po/report/POTFILES", report),
            ("po/papers/POTFILES", said - phones - papers), ("po/phones/POTFILES", phones)]


def write(root):
    for name, marked in lists(root):
        if marked:
            with open(os.path.join(root, name), "w", encoding="utf-8") as file:
                file.write("# SPDX-License-Identifier: GPL-3.0-or-later\n")
                file.writelines(path + "\n" for path in sorted(marked))


def check(root):
    found = []
    for name, marked in lists(root):
        listed = set()
        if os.path.exists(os.path.join(root, name)):
            for line in tree.read(root, name).split("\n"):
                if line.strip() and not line.startswith("#"):
                    listed.add(line.strip())
        found += [tree.Finding("potfiles", path, 1, f"has text for translators and is missing in {name}") for path in sorted(marked - listed)]
        found += [tree.Finding("potfiles", name, 1, f"{path} is gone or has no text for translators") for path in sorted(listed - marked)]
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write(os.path.join(os.path.dirname(__file__), "..", ".."))
        sys.exit(0)
    tree.main(check)
