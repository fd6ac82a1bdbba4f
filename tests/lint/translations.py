#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The translations of each po/…/LINGUAS can be used: headers, plural forms, and the same %s, %d and {1} as in the original.

    translations.py             findings; how much waits for a translator is only told, for whoever adds a text
    translations.py --release   what waits is a finding too: a release speaks all its languages
"""
import importlib.util
import os
import re
import subprocess
import sys
import tempfile

import tree

KEYWORDS = ["NS_", "NR_", "_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "ngettext:1,2", "g_dpgettext2:2c,3"]
FLAGS = ["_:1:pass-c-format", "N_:1:pass-c-format", "C_:2:pass-c-format", "g_strdup_printf:1:c-format",
         "g_string_append_printf:2:c-format", "g_string_printf:2:c-format"]
# The server's words: where a paper names a phrase, and what is only marked (shared/base/mh-translation.h).
SAID = ["mh_words:2", "mh_words_fill:2", "mh_words_fill_all:2", "mh_words_in:2c,3", "mh_words_count:2,3", "mh_sheet_new:1", "mh_sheet_column:2"]
TOLD = re.compile(r"^(?:.*/)?(\w[\w@]*\.po):(\d+)(?::\d+)?: (.*)")


# The domains, each with what marks its texts; what the report says is left out of those of the papers, which ask it, too.
FOLDERS = {"po": KEYWORDS, "po/kiosk": KEYWORDS, "po/report": SAID + ["NR_"], "po/papers": SAID + ["NS_"], "po/phones": ["NS_"]}
LEFT_OUT = {"po/papers": "po/report"}


def compiler():
    """po/compile.py, which knows what msgfmt made of a file."""
    place = importlib.util.spec_from_file_location("po_compile", os.path.join(os.path.dirname(__file__), "..", "..", "po", "compile.py"))
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def languages(root, folder):
    path = f"{folder}/LINGUAS"
    if not os.path.exists(os.path.join(root, path)):
        return []
    return [line.strip() for line in tree.read(root, path).split("\n") if line.strip() and not line.startswith("#")]


def complaints(root, place, language):
    """What msgfmt finds wrong; a warning (a header's field that says nothing to a program) is none."""
    path = f"{place}/{language}.po"
    if not os.path.exists(os.path.join(root, path)):
        return [tree.Finding("translations", f"{place}/LINGUAS", 1, f"{path} is missing")]
    told = subprocess.run(["msgfmt", "--check", "-o", os.devnull, os.path.join(root, path)], capture_output=True, text=True,
                          env=dict(os.environ, LC_ALL="C"), check=False)
    if told.returncode == 0:
        return lost_places(root, path)
    found = [TOLD.match(line) for line in told.stderr.split("\n")]
    found = [tree.Finding("translations", path, int(m[2]), m[3]) for m in found if m and not m[3].startswith("warning")]
    return found or [tree.Finding("translations", path, 1, told.stderr.strip().split("\n")[0])]


def lost_places(root, path):
    """Translations that lost or gained one of the original's {1} or {order}; of a plural each form counts."""
    found = []
    for original, translated in compiler().messages(os.path.join(root, path)):
        forms = [sorted(set(re.findall(r"\{\w+\}", text.decode("utf-8")))) for text in (original.split(b"\0")[0], *translated.split(b"\0"))]
        if original and any(form != forms[0] for form in forms):
            found.append(tree.Finding("translations", path, 1, f"“{original.decode('utf-8')[:60]}” has other places in braces than its translation"))
    return found


def template(root, place, name):
    command = ["xgettext", "--from-code=UTF-8", "--no-location", "-f", place + "/POTFILES", "-o", name]
    command += ["--keyword"] if FOLDERS[place] is not KEYWORDS else []  # nothing but what is listed
    command += ["--keyword=" + word for word in FOLDERS[place]] + ["--flag=" + flag for flag in FLAGS]
    if place in LEFT_OUT:
        template(root, LEFT_OUT[place], name + "x")
        command += ["-x", name + "x"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def check(root):
    return [finding for place in FOLDERS for language in languages(root, place) for finding in complaints(root, place, language)]


def waiting(root, place):
    """For each language the texts of the sources, as they are now, that have no translation: [(language, count, some)]."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        texts_of = os.path.join(folder, "mahima.pot")
        template(root, place, texts_of)
        for language in languages(root, place):
            merged = os.path.join(folder, language + ".po")
            subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, os.path.join(root, f"{place}/{language}.po"), texts_of],
                           check=True, capture_output=True)
            left = subprocess.run(["msgattrib", "--no-obsolete", "--no-wrap", "--untranslated", merged], check=True,
                                  capture_output=True, text=True).stdout
            left += subprocess.run(["msgattrib", "--no-obsolete", "--no-wrap", "--only-fuzzy", merged], check=True,
                                   capture_output=True, text=True).stdout
            texts = ["".join(re.findall(r'^(?:msgid )?"(.*)"$', text, re.M)) for text in re.findall(r'^msgid "(?:.|\n)*?(?=^msg(?:id_plural|str))', left, re.M)]
            texts = [text for text in texts if text]
            rows.append((language, len(texts), texts[:5]))
    return rows


def main(root, release):
    found = check(root)
    for place, language, count, some in ((place, *row) for place in FOLDERS if languages(root, place) for row in waiting(root, place)):
        if count == 0:
            continue
        words = f"{count} texts wait for a translator: " + ", ".join(f"“{text}”" for text in some) + (" …" if count > len(some) else "")
        if release:
            found.append(tree.Finding("translations", f"{place}/{language}.po", 1, words))
        else:
            print(f"({place}/{language}.po: {words})")
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..")), "--release" in sys.argv[1:]))
