#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every symbolic icon the client names is Adwaita's on every Debian we run on, or our own; one that is missing shows a broken
picture at run time."""
import glob
import os
import re

import tree

NAME = re.compile(r'["<>]([a-z][a-z0-9-]*-symbolic)["<>]')
ADWAITA = "/usr/share/icons/Adwaita"
# Debian 12 has them and 13 no longer does, so they are wrong on either.
GONE = {"network-wired-offline-symbolic", "process-working-symbolic"} | {
    f"emblem-{name}-symbolic" for name in ("default", "documents", "favorite", "important", "music", "ok", "photos", "shared",
                                           "synchronizing", "system", "videos")}


def known(names):
    own = {os.path.basename(n)[:-4] for n in names if n.startswith("data/icons/") and n.endswith(".svg")}
    theirs = {os.path.basename(p).split(".")[0] for p in glob.glob(ADWAITA + "/**/*-symbolic.*", recursive=True)}
    return own, theirs - GONE


def check(root):
    names = tree.files(root)
    users = [n for n in names if n.startswith(("client/", "data/ui/")) and n.endswith((".c", ".h", ".ui"))]
    if not users:
        return []
    own, theirs = known(names)
    if not theirs:
        return [tree.Finding("icons", users[0], 1, "adwaita-icon-theme is missing: scripts/prepare.sh lint installs it")]
    found = []
    for path in users:
        text = tree.read(root, path)
        if path.endswith((".c", ".h")):
            text = tree.without_comments(text)
        for match in NAME.finditer(text):
            if match.group(1) not in own | theirs:
                found.append(tree.Finding("icons", path, tree.line_of(text, match.start()), f"there is no icon {match.group(1)}"))
    return found


if __name__ == "__main__":
    tree.main(check)
