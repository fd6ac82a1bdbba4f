#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh BUILD [PATIENTS ORDERS]: the demonstration hospital once, then the figures on each database.
# run.sh BUILD 1000000 3000 takes long: searching among a million while orders are written.
set -euo pipefail
build=$1
patients=${2:-100000}
orders=${3:-50000}
data=$build/bench-data
mkdir -p "$data"

write_config() { # FILE URL
  printf '[server]\nlisten=127.0.0.1:0\ndata_dir=%s\n[database]\nurl=%s\n[limits]\nrate_normal=0\nrate_login=0\nrate_heavy=0\n[log]\nfile=%s\n' \
    "$PWD/$data" "$2" "$PWD/$data/server.log" >"$1"
}

# PostgreSQL goes on for minutes with what a bulk load left to do; a hospital's database is not in that state.
settle() { # URL
  case $1 in
    postgresql:*) psql -q "$1" -c 'VACUUM (ANALYZE)' ;;
  esac
}

measure() { # NAME URL
  local config=$data/$1.conf stamp=$data/$1.made
  write_config "$config" "$2"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$patients $orders" ]; then
    "$build/server/mahimactl" --config "$config" demo --patients "$patients" --orders "$orders" --seed 1
    settle "$2"
    echo "$patients $orders" >"$stamp"
  fi
  echo
  echo "$1: $patients patients, $orders orders, 32 connections"
  "$build/tests/bench/bench-http" "$build" "$config"
  if [ "$patients" -ge 1000000 ]; then "$build/tests/bench/bench-http" "$build" "$config" crowd; fi
}

[ -f "$data/sqlite.made" ] || rm -f "$data"/bench.db*
measure sqlite "sqlite:$PWD/$data/bench.db"
if [ -n "${MAHIMA_TEST_PG:-}" ]; then
  rm -f "$data/postgresql.made"
  measure postgresql "$MAHIMA_TEST_PG"
else
  echo "postgresql: not measured, MAHIMA_TEST_PG is not set"
fi

echo
echo "floods of strangers, and what others waited"
tests/bench/floods.py "$build"

echo
echo "the queue of jobs"
rm -f "$data"/jobs.db*
"$build/tests/bench/bench-jobs" "sqlite:$PWD/$data/jobs.db"

echo
echo "papers, on one thread"
"$build/tests/bench/bench-pdf"

echo
echo "map tiles and addresses, on one thread"
"$build/tests/bench/bench-tiles" data/maps

echo
echo "roads, on one thread"
"$build/tests/bench/bench-roads"

echo
echo "a long chart"
tests/bench/chart.py "$build" ${MAHIMA_TEST_PG:+"$MAHIMA_TEST_PG"}

echo
echo "the client, under Xvfb"
MH_BUILD=$PWD/$build tests/bench/client_start.py
MH_BUILD=$PWD/$build tests/bench/client_search.py
