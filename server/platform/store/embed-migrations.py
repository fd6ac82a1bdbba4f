#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the migrations given on the command line as a C table: embed-migrations.py OUT.c FILE.sql…"""
import os
import re
import sys


def quoted(line):
    return '"' + ''.join({'\\': '\\\\', '"': '\\"', '\n': '\\n', '?': '\\?'}.get(c, c) for c in line) + '"'


def main():
    rows, former = [], 0
    for path in sorted(sys.argv[2:], key=os.path.basename):
        match = re.fullmatch(r'(\d{4})-([a-z0-9-]+)\.sql', os.path.basename(path))
        if match is None:
            sys.exit(f'{path}: a migration is named NNNN-words.sql')
        number = int(match[1])
        if number != former + 1:
            sys.exit(f'{path}: number {former + 1} is missing')
        former = number
        with open(path, encoding='utf-8') as file:
            text = '\n'.join('    ' + quoted(line) for line in file)
        rows.append(f'  {{ {number}, "{match[2]}",\n{text} }},\n')
    with open(sys.argv[1], 'w', encoding='utf-8') as out:
        out.write('/* SPDX-License-Identifier: GPL-3.0-or-later */\n#include "server/platform/store/mh-migrate.h"\n\n'
                  'const MhMigration mh_migrations[] = {\n' + ''.join(rows) + '};\n'
                  'const guint mh_n_migrations = G_N_ELEMENTS (mh_migrations);\n')


main()
