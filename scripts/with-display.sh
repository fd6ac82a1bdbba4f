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

leash Xvfb -displayfd 3 -screen 0 "${MAHIMA_SCREEN:-1280x800x24}" -nolisten tcp 3>"$home/display" 2>"$home/xvfb.log" &
screen=$!
for _ in $(seq 100); do
  [ ! -s "$home/display" ] || break
  kill -0 "$screen" 2>/dev/null || { cat "$home/xvfb.log" >&2; die "Xvfb did not start."; }
  sleep 0.05
done
DISPLAY=:$(cat "$home/display")
[ "$DISPLAY" != : ] || die "Xvfb did not say which display it took."
export DISPLAY

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
