#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tries Mahima out: a demonstration hospital, a server on loopback, and the client on the screen or, where there
# is none, in the browser. Ctrl+C, or closing the client, ends everything. The data stays for the next time.
#   MAHIMA_DEMO_DIR      where the hospital is kept (default: ~/.local/share/mahima-demo)
#   MAHIMA_DEMO_PATIENTS, MAHIMA_DEMO_ORDERS   how large it is made (2000, 600)
#   MAHIMA_RUN_ONCE=1    end as soon as everything runs (for tests)
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/prepare.sh run
# the tests are not needed here and take a while
TARGETS='server/mahima-server server/mahimactl client/mahima data/gschemas.compiled mahima-gmo'
build_in build
server=$ROOT/build/server/mahima-server
ctl=$ROOT/build/server/mahimactl
client=$ROOT/build/client/mahima
for program in "$server" "$ctl" "$client"; do
  [ -x "$program" ] || die "The build has not made ${program#"$ROOT"/}, so there is nothing to run."
done

demo=${MAHIMA_DEMO_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/mahima-demo}
mkdir -p "$demo"
chmod 700 "$demo"
exec 9>"$demo/lock"
if ! flock -n 9; then
  die "The demonstration is running already$(sed -n 's/^/ at /p' "$demo/address" 2>/dev/null)." \
    "End it there with Ctrl+C, or choose another folder with MAHIMA_DEMO_DIR."
fi

server_pid='' client_pid='' broadway_pid='' socket=''
# shellcheck disable=SC2317 # called by the trap
cleanup () {
  trap '' INT TERM HUP
  [ -z "$client_pid" ] || stop_pid "$client_pid"
  [ -z "$broadway_pid" ] || stop_pid "$broadway_pid"
  [ -z "$server_pid" ] || stop_pid "$server_pid"
  rm -f "$demo/address" ${socket:+"$socket"}
}
trap cleanup EXIT
trap 'say; say "Stopping."; exit 0' INT TERM HUP

config=$demo/server.conf
if [ ! -f "$config" ]; then
  cat >"$config" <<CONF
# The demonstration hospital of make run. scripts/run.sh chooses the port.
[server]
listen=127.0.0.1:8080
data_dir=$demo/files

[database]
url=sqlite:$demo/mahima.db
CONF
fi

# The hospital counts as made only when this mark is there: a making that was cut short begins again.
if [ ! -f "$demo/made" ]; then
  say "Making a demonstration hospital in $demo …"
  rm -rf "$demo/files" "$demo"/mahima.db*
  leash "$ctl" --config "$config" demo --patients "${MAHIMA_DEMO_PATIENTS:-2000}" \
    --orders "${MAHIMA_DEMO_ORDERS:-600}" --seed 1 >"$demo/demo.log" 2>&1 9>&- &
  server_pid=$!
  wait "$server_pid" || { tail -n 15 "$demo/demo.log" >&2; die "The demonstration hospital could not be made."; }
  server_pid=''
  date -u +%FT%TZ >"$demo/made"
fi

port=$(free_port 8080) || die "No free port between 8080 and 8279 on 127.0.0.1."
address=http://127.0.0.1:$port
MAHIMA_SERVER_LISTEN=127.0.0.1:$port leash "$server" --config "$config" >"$demo/server.log" 2>&1 9>&- &
server_pid=$!
for _ in $(seq 300); do
  curl -fsS -o /dev/null --max-time 2 "$address/health/ready" 2>/dev/null && break
  kill -0 "$server_pid" 2>/dev/null || { tail -n 15 "$demo/server.log" >&2; die "The server did not start (its log: $demo/server.log)."; }
  sleep 0.1
done
curl -fsS -o /dev/null --max-time 2 "$address/health/ready" || die "The server is not ready after 30 seconds (its log: $demo/server.log)."
echo "$address" >"$demo/address"
say "Server:  $address   (log: $demo/server.log)"

export MAHIMA_SERVER=$address MAHIMA_DEMO=1 GSETTINGS_SCHEMA_DIR=$ROOT/build/data MAHIMA_LOCALE_DIR=$ROOT/build/po
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  web=$(free_port 8085) || die "No free port for the browser."
  number=5
  sockets=${XDG_RUNTIME_DIR:-$HOME/.cache}
  while [ -e "$sockets/broadway$((number + 1)).socket" ]; do
    number=$((number + 1))
  done
  # gtk4-broadwayd leaves it behind
  socket=$sockets/broadway$((number + 1)).socket
  leash gtk4-broadwayd --address 127.0.0.1 --port "$web" ":$number" >"$demo/broadway.log" 2>&1 9>&- &
  broadway_pid=$!
  for _ in $(seq 100); do
    port_free "$web" || break
    kill -0 "$broadway_pid" 2>/dev/null || { tail -n 5 "$demo/broadway.log" >&2; die "The browser display did not start."; }
    sleep 0.1
  done
  export GDK_BACKEND=broadway BROADWAY_DISPLAY=:$number GTK_A11Y=none
  # there is seldom a session bus where there is no display; settings then go to a plain file
  [ -n "${DBUS_SESSION_BUS_ADDRESS:-}" ] || export GSETTINGS_BACKEND=keyfile
  say "Client:  http://127.0.0.1:$web   (no display here: open this address in a browser on this machine)"
else
  say "Client:  opening its window"
fi
leash "$client" >"$demo/client.log" 2>&1 9>&- &
client_pid=$!
say "Sign in as reception, technician, pathologist, doctor or admin; the password is mahima-demo."
say "Ctrl+C ends everything; the data stays in $demo."

if [ -n "${MAHIMA_RUN_ONCE:-}" ]; then
  sleep 2
  kill -0 "$client_pid" 2>/dev/null || { tail -n 15 "$demo/client.log" >&2; die "The client ended by itself."; }
  [ -z "$broadway_pid" ] || curl -fsS -o /dev/null "http://127.0.0.1:$web/"
  say "Everything runs."
  exit 0
fi

# Whichever ends first ends the rest.
code=0
wait -n "$server_pid" "$client_pid" ${broadway_pid:+"$broadway_pid"} || code=$?
if ! kill -0 "$server_pid" 2>/dev/null; then
  tail -n 15 "$demo/server.log" >&2
  die "The server ended by itself (status $code)."
fi
if [ "$code" -ne 0 ] && ! kill -0 "$client_pid" 2>/dev/null; then
  tail -n 15 "$demo/client.log" >&2
  die "The client ended with status $code (its log: $demo/client.log)."
fi
say "Closed."
