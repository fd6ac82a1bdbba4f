# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Shared by the scripts beside it: `source "$(dirname "$0")/lib.sh"`. Sets ROOT and goes there.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit 1

say () { printf '%s\n' "$*"; }
warn () { printf '%s\n' "$*" >&2; }
die () { warn "$@"; exit 1; }

have () { command -v "$1" >/dev/null 2>&1; }

# Children die with us even when we are killed without a chance to clean up.
leash () {
  if have setpriv && setpriv --pdeathsig TERM true 2>/dev/null; then
    exec setpriv --pdeathsig TERM "$@"
  fi
  exec "$@"
}

# stop_pid PID [SIGNAL]: ask, wait up to ten seconds, then insist.
stop_pid () {
  local pid=$1 signal=${2:-TERM} i
  kill "-$signal" "$pid" 2>/dev/null || return 0
  for ((i = 0; i < 100; i++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

# port_free PORT: nothing answers on this loopback port.
port_free () { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port FIRST: the first free loopback port from FIRST on.
free_port () {
  local port
  for ((port = $1; port < $1 + 200; port++)); do
    if port_free "$port"; then
      echo "$port"
      return 0
    fi
  done
  return 1
}

# build_in DIR [MESON OPTIONS…]: configure once, then compile everything, or only $TARGETS. Says little unless it fails.
build_in () {
  local dir=$1 log
  shift
  log=$(mktemp)
  if [ ! -f "$dir/build.ninja" ]; then
    say "Configuring $dir …"
    meson setup "$dir" "$@" >"$log" 2>&1 || { tail -n 30 "$log" >&2; rm -f "$log"; die "Meson could not configure $dir."; }
  fi
  say "Building …"
  # shellcheck disable=SC2086 # a list
  if ! ninja -C "$dir" ${MAHIMA_JOBS:+-j "$MAHIMA_JOBS"} ${TARGETS:-} >"$log" 2>&1; then
    grep -E 'error|FAILED|undefined' "$log" | cut -c 1-300 | head -n 40 >&2 || tail -n 30 "$log" >&2
    rm -f "$log"
    die "The build in $dir failed."
  fi
  rm -f "$log"
}
