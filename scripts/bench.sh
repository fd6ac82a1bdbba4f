#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Speed and memory of a release build, beside the yardsticks of the same machine. Arguments go to the bench.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/prepare.sh bench
build_in build-bench --buildtype=release
# as the manual recommends for a hospital's machine
export MAHIMA_PG_SETTINGS='shared_buffers=256MB'
[ -x tests/bench/run.sh ] || die "There is no bench in this tree (tests/bench/run.sh)."
exec scripts/with-postgres.sh tests/bench/run.sh build-bench "$@"
