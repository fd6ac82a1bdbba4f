#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Compiles everything into build/.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/prepare.sh build
build_in build
