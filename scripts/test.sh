#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every suite, or the suites named: scripts/test.sh [unit|store|http|display|lint…]
# `quick` is unit, lint, scripts and store, the last on SQLite alone: what to run between two edits.
# Ends with the line "N passed, N failed"; the exit status is 0 only when nothing failed.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

quick=
if [ "$*" = quick ]; then
  quick=1
  set -- unit lint scripts store
fi
suites=()
for suite in "$@"; do
  suites+=(--suite "$suite")
done
logs=()

# run SETUP [MESON OPTIONS…]: one pass of Meson's runner; its own summary is replaced by the tally
run () {
  local setup=$1
  shift
  rm -f "build/meson-logs/testlog-$setup.json"
  # twice as many at a time as there are cores: screen tests wait two thirds of their time
  meson test -C build --no-rebuild --setup "$setup" --num-processes $((2 * $(nproc))) --print-errorlogs "$@" >"build/meson-logs/console-$setup.txt" 2>&1 || true
  if [ -s "build/meson-logs/testlog-$setup.json" ]; then
    logs+=("build/meson-logs/testlog-$setup.json")
  elif ! grep -q 'No suitable tests' "build/meson-logs/console-$setup.txt"; then
    tail -n 20 "build/meson-logs/console-$setup.txt" >&2
    die "The tests could not be started."
  fi
}

# A screen test can be late for what no person waits for so short a time when four programs share two cores.
# A few that failed run once more, alone; the tally tells both runs, and an unsteady test is mended like any other.
run_alone () {
  local names
  read -r -a names <<<"$(python3 scripts/tally.py --screens build/meson-logs/testlog-plain.json)"
  if [ ${#names[@]} -gt 0 ]; then
    echo "Once more, alone: ${names[*]}"
    rm -f build/meson-logs/again-plain.json
    meson test -C build --no-rebuild --setup plain --logbase again --num-processes 1 "${names[@]}" >build/meson-logs/console-again.txt 2>&1 || true
    again=(--again build/meson-logs/again-plain.json)
  fi
}

all () {
  again=()
  run plain "${suites[@]}"
  run_alone
  if [ ${#suites[@]} -eq 0 ]; then
    # once more where a decimal point is a comma: the formats of the wire and of the store must not follow
    locales=$(mktemp -d)
    if localedef -i de_DE -f UTF-8 "$locales/de_DE.UTF-8" >/dev/null 2>&1; then
      LOCPATH=$locales run comma --suite unit
    else
      warn "No locale with a decimal comma could be made; that pass is left out."
    fi
    rm -rf "$locales"
  fi
  python3 scripts/tally.py "${again[@]}" "${logs[@]}"
  if [ "${MAHIMA_TEST_WITHOUT_NODE:-}" = 1 ]; then
    die "The checkers of tests/node could not be installed: what needs them was skipped."
  fi
}

if [ "${MAHIMA_TEST_INNER:-}" = 1 ]; then
  all
elif [ -n "$quick" ]; then
  scripts/prepare.sh test
  build_in build
  unset MAHIMA_TEST_PG # the other database is for the whole suite
  all
else
  scripts/prepare.sh test
  # without them their tests skip, and the run fails in the end; the others are worth running all the same
  scripts/node-tools.sh || export MAHIMA_TEST_WITHOUT_NODE=1
  build_in build
  # no test cuts the power, and the end of each case's database would make all others wait for the disk
  export MAHIMA_PG_SETTINGS="fsync=off ${MAHIMA_PG_SETTINGS:-}"
  MAHIMA_TEST_INNER=1 exec scripts/with-postgres.sh "$0" "$@"
fi
