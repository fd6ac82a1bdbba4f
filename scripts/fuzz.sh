#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# libFuzzer over what is read from outside: each target of tests/fuzz for MAHIMA_FUZZ_SECONDS (600), at low priority, with
# AddressSanitizer and UBSan. What reaches new lines joins the kept corpus; a finding is left in build-fuzz/found.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

dir=build-fuzz
seconds=${MAHIMA_FUZZ_SECONDS:-600}
have clang || die "clang is missing: apt-get install clang."
[ -d "$dir" ] || CC=clang meson setup "$dir" -Dfuzz=true -Ddocs=false -Db_sanitize=address,undefined -Db_lundef=false \
  -Dc_args=-fsanitize=fuzzer-no-link --buildtype=debugoptimized >/dev/null
targets=(hl7 links json formula osm place)
ninja -C "$dir" "${targets[@]/#/tests/fuzz/fuzz-}" >/dev/null || die "The fuzzers do not compile."

mkdir -p "$dir/found"
export G_SLICE=always-malloc ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
pids=()
for name in "${targets[@]}"; do
  mkdir -p "$dir/corpus-$name"
  nice -n 19 "$dir/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1 \
    -artifact_prefix="$dir/found/$name-" "$dir/corpus-$name" "tests/fuzz/corpus/$name" >"$dir/$name.log" 2>&1 &
  pids+=($!)
done
failed=0
for i in "${!targets[@]}"; do
  name=${targets[$i]}
  if wait "${pids[$i]}"; then
    say "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$dir/$name.log") inputs, nothing found"
  else
    say "$name: FOUND, see $dir/$name.log and $dir/found/"
    failed=1
  fi
done
exit "$failed"
