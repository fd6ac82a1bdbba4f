#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes docs/screenshots/*.png from the program itself, on a virtual screen, signed in to a fresh demonstration.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/prepare.sh docs
build_in build
[ -f tests/desk/screenshots.py ] || die "There is no tour of the screens in this tree (tests/desk/screenshots.py)."
mkdir -p docs/screenshots
exec /usr/bin/python3 tests/desk/screenshots.py docs/screenshots "$@"
