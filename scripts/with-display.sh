#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command on its own virtual screen and message bus, with empty settings:
#   scripts/with-display.sh COMMAND…      MAHIMA_SCREEN=1280x800x24 chooses the size
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
caller=$PWD
# shellcheck source=scripts/lib.sh
source "$here/lib.sh"
cd "$caller"

[ $# -gt 0 ] || die "usage: scripts/with-display.sh COMMAND…"
have Xvfb || die "Xvfb is missing: scripts/prepare.sh test installs it."

home=$(mktemp -d /tmp/mahima-display.XXXXXX)
screen=''
# shellcheck disable=SC2317 # called by the trap
cleanup () {
  trap '' INT TERM
  [ -z "$screen" ] || stop_pid "$screen"
  rm -rf "$home"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A number of our own choice: servers that all look for the first free one get in each other's way.
for _ in $(seq 20); do
  number=$((100 + RANDOM % 900))
  [ ! -e "/tmp/.X$number-lock" ] || continue
  leash Xvfb ":$number" -screen 0 "${MAHIMA_SCREEN:-1280x800x24}" -nolisten tcp -noreset 2>"$home/xvfb.log" &
  screen=$!
  for _ in $(seq 200); do
    [ ! -S "/tmp/.X11-unix/X$number" ] || break 2
    kill -0 "$screen" 2>/dev/null || break
    sleep 0.05
  done
  stop_pid "$screen"
  screen=''
done
[ -n "$screen" ] || { cat "$home/xvfb.log" >&2; die "Xvfb did not start."; }
export DISPLAY=:$number

unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
for name in CONFIG DATA CACHE STATE; do
  mkdir -p "$home/$name"
  export "XDG_${name}_HOME=$home/$name"
done
mkdir -m 700 "$home/runtime"
export XDG_RUNTIME_DIR=$home/runtime GDK_BACKEND=x11 GSK_RENDERER=cairo GSETTINGS_BACKEND=memory LIBGL_ALWAYS_SOFTWARE=1

code=0
dbus-run-session -- "$@" || code=$?
exit "$code"
