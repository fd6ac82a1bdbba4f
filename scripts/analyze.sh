#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Slower checks of the product's C code: gcc -fanalyzer, then clang-tidy after .clang-tidy.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/prepare.sh dev
build_in build
dir=build-analyze
# Two of gcc 12's checks are wrong about GLib's idioms throughout: variables with a cleanup count as never set, and
# every function with a g_return_val_if_fail counts as one that returns NULL.
flags='-fanalyzer -Wno-analyzer-use-of-uninitialized-value -Wno-analyzer-null-dereference'
[ -f "$dir/build.ninja" ] || meson setup "$dir" -Dtests=false "-Dc_args=$flags" --buildtype=debugoptimized >/dev/null
log=$dir/meson-logs/analyzer.txt
say "gcc -fanalyzer …"
# everything is compiled anew: a warning of a file compiled before would not be told again
ninja -C "$dir" clean >/dev/null
CCACHE_DISABLE=1 ninja -C "$dir" ${MAHIMA_JOBS:+-j "$MAHIMA_JOBS"} >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "The build failed."; }
found=$(grep -E 'warning: .*\[-Wanalyzer' "$log" | sort -u || true)
[ -z "$found" ] || say "$found"

say "clang-tidy …"
files=()
while read -r file; do
  grep -q "$file\"" build/compile_commands.json && files+=("$file")
done < <(git ls-files 'shared/*.c' 'server/*.c' 'client/*.c')
tidy=$(printf '%s\0' "${files[@]}" |
  xargs -0 -n 8 -P "${MAHIMA_JOBS:-$(nproc)}" clang-tidy-14 -p build --quiet --extra-arg=-Wno-format-nonliteral 2>/dev/null | grep -E 'warning:|error:' | sort -u || true)
[ -z "$tidy" ] || say "$tidy"
count=$(printf '%s\n%s\n' "$found" "$tidy" | grep -c . || true)
say "$count findings."
[ "$count" -eq 0 ]
