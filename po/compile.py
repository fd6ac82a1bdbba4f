#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The translations that the server speaks, as tables of C: compile.py OUTPUT.c DOMAIN/LANGUAGE.po ...

gettext() knows one language for the whole process; a server draws papers in several at once. So msgfmt compiles (and checks) each file as
it would for gettext, and its sorted messages become what shared/base/mh-translation.c searches."""
import os
import struct
import subprocess
import sys
import tempfile


def messages(path):
    """What msgfmt makes of the file: [(original, translation)] as bytes, sorted, plural forms parted by NUL; fuzzy ones are left out."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = os.path.join(folder, "out.mo")
        subprocess.run(["msgfmt", "--check", "--endianness=little", "-o", compiled, path], check=True)
        with open(compiled, "rb") as file:
            data = file.read()
    count, originals, translations = struct.unpack_from("<3I", data, 8)

    def text(table, i):
        length, offset = struct.unpack_from("<2I", data, table + 8 * i)
        return data[offset:offset + length]
    return [(text(originals, i), text(translations, i)) for i in range(count)]


def literal(text):
    """A string of C."""
    signs = {0x22: '\\"', 0x5c: "\\\\"}
    out = bytearray()
    for byte in text:
        out += signs[byte].encode() if byte in signs else b"\\%03o" % byte if byte < 0x20 else bytes([byte])
    return '"' + out.decode("utf-8") + '"'


def plural_rule(header):
    """The C expression of the header's Plural-Forms."""
    for line in header.decode("utf-8").split("\n"):
        if line.startswith("Plural-Forms:"):
            return line.split("plural=", 1)[1].strip().rstrip(";")
    return "n != 1"


def main(output, paths):
    lines = ["/* Made by po/compile.py. */", '#include "shared/base/mh-translation-private.h"', ""]
    rows = []
    domains = {}
    for path in sorted(paths):
        domain = os.path.basename(os.path.dirname(path))
        language = os.path.splitext(os.path.basename(path))[0]
        name = f"{domain}_{language}"
        all_messages = dict(messages(path))
        rule = plural_rule(all_messages.pop(b"", b""))
        lines += [f"static guint\n{name}_form (gulong n)\n{{\n  return (guint)({rule});\n}}\n", f"static const MhMessage {name}[] = {{"]
        # the plural of the original is no part of the key
        keys = sorted((original.split(b"\0")[0], translation) for original, translation in all_messages.items())
        lines += [f"  {{ {literal(key)}, {literal(translation)} }}," for key, translation in keys]
        lines += ["};", ""]
        rows.append(f'  {{ "{domain}", "{language}", {name}, G_N_ELEMENTS ({name}), {name}_form }},')
        domains.setdefault(domain, []).append(language)
    lines += ["const MhTranslation mh_translations[] = {"] + rows + ["  { NULL },", "};", ""]
    lines += ["const MhTranslationDomain mh_translation_domains[] = {"]
    lines += ['  { "%s", { "en", %s } },' % (domain, ", ".join(f'"{language}"' for language in languages)) for domain, languages in domains.items()]
    lines += ["  { NULL },", "};"]
    with open(output, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
