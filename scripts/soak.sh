#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Random runs that take long, on both databases, MAHIMA_SOAK_RUNS (5) times each: the bad hour of the rescue service with 500 units
# and 200 calls, a server that is killed while orders come, a thousand clicks on one payment. A failure stays in build/meson-logs.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/build.sh
export MH_STORM=long
exec scripts/with-postgres.sh meson test -C build --no-rebuild --print-errorlogs --num-processes 1 -t 4 --repeat "${MAHIMA_SOAK_RUNS:-5}" \
  server-dispatch-storm server-kill9 server-money-storm
