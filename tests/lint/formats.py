#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What other programs judge: C layout, XML, desktop and software centre entries, shell scripts.

A missing program is a finding, never a pass; but the layout is that of clang-format 14, which Debian 12 alone has: on another
system without it that one rule is left out.
"""
import contextlib
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import tree

# Other versions lay out differently.
CLANG_FORMAT = ("clang-format-14",)
PLACED = re.compile(r"^([^:\s][^:]*):(\d+):")


def tool(*names):
    return next((path for path in map(shutil.which, names) if path), None)


def left_out():
    """The rules that this system cannot judge."""
    if tool(*CLANG_FORMAT):
        return set()
    with contextlib.suppress(OSError), open("/etc/os-release", encoding="utf-8") as file:
        told = dict(line.rstrip().replace('"', "").split("=", 1) for line in file if "=" in line)
        if told.get("ID") != "debian" or told.get("VERSION_ID") != "12":
            return {"clang-format"}
    return set()


def run(root, rule, command, paths, batch=24):
    """Findings of one program over many files; the lines it prints about a file are the finding's text."""
    program = tool(*([command[0]] if isinstance(command[0], str) else command[0]))
    if not paths:
        return []
    if program is None:
        name = command[0] if isinstance(command[0], str) else command[0][0]
        return [tree.Finding(rule, paths[0], 1, f"{name} is missing: scripts/prepare.sh lint installs it")]
    chunks = [paths[i:i + batch] for i in range(0, len(paths), batch)]

    def one(chunk):
        return chunk, subprocess.run([program, *command[1:], *chunk], cwd=root, capture_output=True, text=True, check=False)

    found = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for chunk, done in pool.map(one, chunks):
            if done.returncode != 0:
                found += tell(rule, chunk, done.stdout + done.stderr)
    return found


def tell(rule, chunk, text):
    found = {}
    for line in text.splitlines():
        match = PLACED.match(line)
        if match and match.group(1) in chunk:
            found.setdefault(match.group(1), tree.Finding(rule, match.group(1), int(match.group(2)),
                                                          line[match.end():].strip()[:160]))
    return list(found.values()) or [tree.Finding(rule, chunk[0], 1, " ".join(text.split())[:300])]


def appstream():
    """The command for entries of software centres. Appstream 1.0 wants the address of a home page, and the project has none;
    0.16 does not know that rule, and refuses its name."""
    command = ["appstreamcli", "validate", "--no-net", "--no-color"]
    if tool(command[0]) is None:
        return command
    told = subprocess.run([tool(command[0]), "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)\.\d+", told)
    return [*command, "--override=url-homepage-missing=info"] if version and int(version.group(1)) >= 1 else command


def check(root):
    names = tree.files(root)

    def ending(*ends):
        return [n for n in names if n.endswith(ends)]

    sources = [n for n in ending(".c", ".h") if n.startswith(("shared/", "server/", "client/", "tests/"))]
    scripts = ending(".sh") + [n for n in names if n == ".ci/run"]
    found = []
    if "clang-format" not in left_out():
        found += run(root, "clang-format", [CLANG_FORMAT, "--dry-run", "-Werror", "--style=file", "--ferror-limit=1"], sources)
    found += run(root, "xml", ["xmllint", "--noout", "--nonet"], ending(".ui", ".xml", ".svg"))
    found += run(root, "desktop", ["desktop-file-validate"], ending(".desktop"), batch=1)
    found += run(root, "appstream", appstream(), ending(".metainfo.xml"), batch=1)
    found += run(root, "shell", ["shellcheck", "-x", "-f", "gcc"], scripts)
    return found


def reformat(root):
    """Lays out every C file anew, in place."""
    sources = [n for n in tree.files(root) if n.endswith((".c", ".h"))]
    subprocess.run([tool(*CLANG_FORMAT), "-i", "--style=file", *sources], cwd=root, check=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        reformat(os.path.join(os.path.dirname(__file__), "..", ".."))
        sys.exit(0)
    for rule in sorted(left_out()):
        print(f"Left out, since this system has not the program for it: {rule}.", file=sys.stderr)
    tree.main(check)
