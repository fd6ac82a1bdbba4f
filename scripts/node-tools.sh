#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the checkers of tests/node as its lock file says, once.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

cd tests/node
stamp=node_modules/.mahima-installed
if [ -f "$stamp" ] && cmp -s "$stamp" package-lock.json; then
  exit 0
fi
have npm || die "npm is missing: scripts/prepare.sh test installs it."
say "Installing the checkers of tests/node …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
npm ci --ignore-scripts --no-audit --no-fund >"$log" 2>&1 || {
  tail -n 15 "$log" >&2
  die "npm could not install the checkers of tests/node (shown above)."
}
cp package-lock.json "$stamp"
