#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command beside a throw-away PostgreSQL cluster that listens on a Unix socket only:
#   scripts/with-postgres.sh COMMAND…      the command finds the address in MAHIMA_TEST_PG
# An address already in MAHIMA_TEST_PG is used as it is. MAHIMA_PG_SETTINGS: more of
# its settings, "name=value name=value".
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
caller=$PWD
# shellcheck source=scripts/lib.sh
source "$here/lib.sh"
cd "$caller"

[ $# -gt 0 ] || die "usage: scripts/with-postgres.sh COMMAND…"
[ -z "${MAHIMA_TEST_PG:-}" ] || exec "$@"

bin=''
for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) /usr/bin /usr/local/bin; do
  [ ! -x "$dir/initdb" ] || { bin=$dir; break; }
done
[ -n "$bin" ] || die "PostgreSQL's initdb is missing: scripts/prepare.sh test installs it."

# The path of a Unix socket has little room, so the folder is not made below a long TMPDIR.
base=$(mktemp -d /tmp/mahima-pg.XXXXXX)
chmod 755 "$base"
owner=()
if [ "$(id -u)" -eq 0 ]; then
  # the server refuses to run as root
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  owner=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups)
  chown "$user" "$base"
fi

server=''
# shellcheck disable=SC2317 # called by the trap
cleanup () {
  trap '' INT TERM
  # INT is PostgreSQL's fast stop
  [ -z "$server" ] || stop_pid "$server" INT
  rm -rf "$base"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

cd /
"${owner[@]}" "$bin/initdb" -D "$base/data" -U mahima -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
  >"$base/initdb.log" 2>&1 || { cat "$base/initdb.log" >&2; die "initdb failed."; }
settings=()
for setting in ${MAHIMA_PG_SETTINGS:-}; do settings+=(-c "$setting"); done
# Durability is PostgreSQL's normal one, as a hospital would run it: what is measured waits for the disk.
leash "${owner[@]}" setpriv --pdeathsig INT "$bin/postgres" -D "$base/data" -k "$base" -c listen_addresses= \
  -c max_connections=120 -c shared_buffers=64MB -c log_min_messages=fatal "${settings[@]}" >"$base/server.log" 2>&1 &
server=$!
for _ in $(seq 200); do
  "$bin/pg_isready" -q -h "$base" -U mahima -d postgres && break
  kill -0 "$server" 2>/dev/null || { cat "$base/server.log" >&2; die "PostgreSQL did not start."; }
  sleep 0.1
done
"$bin/createdb" -h "$base" -U mahima mahima
cd "$caller"

export MAHIMA_TEST_PG="postgresql://mahima@/mahima?host=$base"
code=0
"$@" || code=$?
exit "$code"
