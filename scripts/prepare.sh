#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the Debian packages that a job needs and that are missing; otherwise does nothing.
#   scripts/prepare.sh [build|run|test|lint|bench|dev|docs]
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

case "${1:-build}" in
  build) groups='build' ;;
  run) groups='build run' ;;
  test | docs) groups='build run test lint' ;;
  lint) groups='lint' ;;
  bench) groups='build run test bench' ;;
  dev) groups='build run test lint dev' ;;
  *) die "usage: scripts/prepare.sh [build|run|test|lint|bench|dev|docs]" ;;
esac
[ -z "${MAHIMA_SKIP_PREPARE:-}" ] || exit 0
# "12", "13"; empty on other systems
release=$(sed -n 's/^VERSION_ID="\{0,1\}\([0-9]*\).*/\1/p' /etc/os-release 2>/dev/null || true)

# wanted: one "package<TAB>reason" a line, without those whose program is there already
wanted () {
  local in package command reason group
  while read -r in package command reason; do
    case "$in" in '' | '#'*) continue ;; esac
    for group in $groups; do
      case ",$in," in
        *",$group,"*)
          case "$command" in
            cmd:*) have "${command#cmd:}" && break ;;
            debian:*) [ "$command" = "debian:$release" ] || break ;;
          esac
          printf '%s\t%s\n' "$package" "$reason"
          break
          ;;
      esac
    done
  done <scripts/packages.txt
}

list=$(wanted | sort -u -t $'\t' -k 1,1)
mapfile -t names < <(cut -f 1 <<<"$list")

if ! have dpkg-query || ! have apt-get; then
  warn "This system has no apt. Mahima is made for Debian 12 and 13; the matching packages of your system are needed:"
  warn "  ${names[*]}"
  warn "Going on with what is here (set MAHIMA_SKIP_PREPARE=1 to silence this)."
  exit 0
fi

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${names[@]}" 2>/dev/null | sed -n 's/^installed //p' || true)
missing=()
while IFS=$'\t' read -r name reason; do
  grep -qxF -- "$name" <<<"$installed" && continue
  [ ${#missing[@]} -gt 0 ] || say "Missing packages:"
  printf '  %-28s %s\n' "$name" "$reason"
  missing+=("$name")
done <<<"$list"
[ ${#missing[@]} -gt 0 ] || exit 0

root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! have sudo; then
    die "They must be installed by root, and there is no sudo here. As root:" \
      "apt-get install --no-install-recommends ${missing[*]}"
  fi
  if ! sudo -n true 2>/dev/null && [ ! -t 0 ]; then
    die "They must be installed by root, and sudo cannot ask for a password without a terminal. Run once:" \
      "sudo apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "Installing them through sudo."
  root=(sudo)
else
  say "Installing them."
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt () { "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1; }
install () { apt install -y --no-install-recommends "${missing[@]}"; }
update () { apt update || { tail -n 10 "$log" >&2; die "apt-get update failed (shown above): is the network there?"; }; }

fresh=no
if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
  update
  fresh=yes
fi
if ! install; then
  # an old package list names files that the mirror no longer has
  [ "$fresh" = yes ] || update
  if [ "$fresh" = yes ] || ! install; then
    tail -n 15 "$log" >&2
    die "apt-get could not install the packages (shown above)."
  fi
fi
say "Installed ${#missing[@]} packages."
