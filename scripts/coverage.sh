#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Which lines of shared/ and server/ the unit, store and http suites reach. Writes coverage/index.html and fails
# below the floor.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

floor=${MAHIMA_COVERAGE_FLOOR:-75}
dir=build-coverage
if [ "${MAHIMA_TEST_INNER:-}" != 1 ]; then
  scripts/prepare.sh dev
  build_in "$dir" -Db_coverage=true --buildtype=debug
  MAHIMA_TEST_INNER=1 exec scripts/with-postgres.sh "$0" "$@"
fi

find "$dir" -name '*.gcda' -delete
log=$dir/meson-logs/testlog-plain.json
rm -f "$log"
meson test -C "$dir" --no-rebuild --setup plain --timeout-multiplier 3 --suite unit --suite store --suite http \
  >"$dir/meson-logs/console.txt" 2>&1 || true
[ -s "$log" ] || { tail -n 20 "$dir/meson-logs/console.txt" >&2; die "The tests could not be started."; }
code=0
python3 scripts/tally.py "$log" || code=1
mkdir -p coverage
gcovr --root . --object-directory "$dir" --filter 'shared/' --filter 'server/' --exclude-throw-branches \
  --html-details coverage/index.html --print-summary --fail-under-line "$floor" "$dir"
say "Details: coverage/index.html"
exit "$code"
