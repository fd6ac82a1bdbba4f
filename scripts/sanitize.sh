#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every suite (or those named) in a build with AddressSanitizer, LeakSanitizer and UBSan.
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
asan=abort_on_error=1:detect_stack_use_after_return=1:strict_string_checks=1:intercept_tls_get_addr=0
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
export LSAN_OPTIONS=suppressions=$ROOT/tests/leaks.supp:print_suppressions=0
# with GLib's own slices an over-run would stay inside a slab
export G_SLICE=always-malloc
logs=()
run () { # SUITE
  local base="$dir/meson-logs/sanitize-$1" leaks=1
  # GTK, Mesa and the font libraries keep what they made until the end
  [ "$1" != display ] || leaks=0
  rm -f "$base"*
  ASAN_OPTIONS=$asan:detect_leaks=$leaks meson test -C "$dir" --no-rebuild --setup plain --timeout-multiplier 6 \
    --logbase "sanitize-$1" --suite "$1" >"$base.console" 2>&1 || true
  [ -s "$base-plain.json" ] || { tail -n 20 "$base.console" >&2; die "The tests of $1 could not be started."; }
  logs+=("$base-plain.json")
}

for suite in "${@:-unit store http display}"; do
  for name in $suite; do
    run "$name"
  done
done
python3 scripts/tally.py "${logs[@]}"
