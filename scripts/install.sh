#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds a release and installs it below $DESTDIR$PREFIX.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

prefix=${PREFIX:-/usr/local}
scripts/prepare.sh build
if [ -f build-release/build.ninja ]; then
  meson configure build-release "-Dprefix=$prefix" >/dev/null
fi
build_in build-release --buildtype=release "--prefix=$prefix" -Dtests=false
if [ -n "${DESTDIR:-}" ]; then
  DESTDIR=$(realpath -m "$DESTDIR")
  export DESTDIR
else
  unset DESTDIR
fi
meson install -C build-release --no-rebuild --quiet
say "Installed below ${DESTDIR:-}$prefix."
