#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The checks of tests/lint on the tree; prints each finding, fails when there is one.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/prepare.sh lint
code=0
for check in layers sql style potfiles icons templates translations fields unused formats; do
  python3 "tests/lint/$check.py" || code=1
done
if [ "$code" -eq 0 ]; then
  say "Nothing to find fault with."
else
  warn "tests/lint/formats.py --write lays out C files, tests/lint/potfiles.py --write lists translatable files."
fi
exit "$code"
