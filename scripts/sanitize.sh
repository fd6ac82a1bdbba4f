#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The unit, store and http suites (or those named) in a build with AddressSanitizer, LeakSanitizer and UBSan.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

dir=build-asan
if [ "${MAHIMA_TEST_INNER:-}" != 1 ]; then
  scripts/prepare.sh test
  build_in "$dir" -Db_sanitize=address,undefined -Db_lundef=false --buildtype=debugoptimized
  MAHIMA_TEST_INNER=1 exec scripts/with-postgres.sh "$0" "$@"
fi

# the last: gcc 12's leak search dies over what a thread kept for itself in a library that was loaded late
export ASAN_OPTIONS=abort_on_error=1:detect_stack_use_after_return=1:strict_string_checks=1:intercept_tls_get_addr=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export LSAN_OPTIONS=suppressions=$ROOT/tests/leaks.supp:print_suppressions=0
# with GLib's own slices an over-run would stay inside a slab
export G_SLICE=always-malloc

suites=()
for suite in "${@:-unit store http}"; do
  for name in $suite; do
    suites+=(--suite "$name")
  done
done
log=$dir/meson-logs/testlog-plain.json
rm -f "$log"
meson test -C "$dir" --no-rebuild --setup plain --timeout-multiplier 6 "${suites[@]}" >"$dir/meson-logs/console.txt" 2>&1 || true
[ -s "$log" ] || { tail -n 20 "$dir/meson-logs/console.txt" >&2; die "The tests could not be started."; }
python3 scripts/tally.py "$log"
