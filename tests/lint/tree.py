# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks share: the files of the tree, C text without comments, and how a finding is told."""
import os
import re
import subprocess
import sys
from dataclasses import dataclass

SKIPPED_DIRS = {".git", "node_modules", "coverage", "__pycache__", ".cache"}
FIXTURES = "tests/lint/fixtures/"


@dataclass(frozen=True)
class Finding:
    rule: str
    path: str
    line: int
    text: str

    def __str__(self):
        return f"{self.path}:{self.line}: [{self.rule}] {self.text}"


def files(root):
    """Paths below root, with slashes, sorted: those git knows or would add, else everything that is not built."""
    if os.path.exists(os.path.join(root, ".git")):
        told = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"],
                              capture_output=True, check=False)
        if told.returncode == 0:
            names = told.stdout.decode().split("\0")
            return sorted(n for n in names if n and not n.startswith(FIXTURES) and os.path.isfile(os.path.join(root, n)))
    found = []
    for base, dirs, names in os.walk(root):
        dirs[:] = [d for d in dirs if d not in SKIPPED_DIRS and not (base == root and d.startswith("build"))]
        for name in names:
            path = os.path.relpath(os.path.join(base, name), root).replace(os.sep, "/")
            if not path.startswith(FIXTURES):
                found.append(path)
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(match, keep_strings):
    text = match.group(0)
    if text[0] in "\"'":
        return text if keep_strings else text[0] + " " * (len(text) - 2) + text[0]
    return re.sub(r"[^\n]", " ", text)


def code_only(text):
    """C text with comments and the insides of strings blanked; lines and columns stay."""
    return TOKEN.sub(lambda m: blank(m, False), text)


def without_comments(text):
    """C text with comments blanked and strings kept."""
    return TOKEN.sub(lambda m: blank(m, True), text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def main(check):
    """Command line of a check: an optional root; prints findings, exit status 1 when there are any."""
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(__file__), "..", "..")
    found = check(os.path.abspath(root))
    for finding in found:
        print(finding)
    sys.exit(1 if found else 0)
