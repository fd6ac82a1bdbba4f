#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The archive of a release, in build/meson-dist. Everything that a release must not lack is asked for first.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build)
missing=()
[ -z "$(git status --porcelain)" ] || missing+=("There are changes that are not committed.")
grep -qF "## [$version]" CHANGELOG.md || missing+=("CHANGELOG.md has no section for $version.")
scripts/lint.sh || missing+=("The checks find fault.")
python3 tests/lint/translations.py --release || missing+=("Texts wait for a translator.")
[ ${#missing[@]} -eq 0 ] || die "${missing[@]}" "Nothing was packed."

scripts/prepare.sh build
[ -f build/build.ninja ] || build_in build
meson dist -C build --no-tests --formats xztar >/dev/null
say "build/meson-dist/mahima-$version.tar.xz"
