#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Proves that two commands are enough on a bare Debian: makes such a root with debootstrap in a temporary folder,
# clones the repository into it and runs `make test` there. Needs root, and the network of the host.
#   tests/fresh-machine.sh [make target, default test] [release, default 12]
# FRESH_KEEP=1 keeps the folder; FRESH_SEED=DIR is laid over the new root first (settings of a local mirror, say).
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-test}
case "${2:-12}" in
  12) suite=bookworm ;;
  13) suite=trixie ;;
  *) echo "usage: $0 [make target] [12|13]" >&2; exit 1 ;;
esac

[ "$(id -u)" -eq 0 ] || { echo "This must be run as root (chroot, mounts)." >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "debootstrap is missing: apt-get install debootstrap" >&2; exit 1; }

# Everything below runs in a mount namespace of its own, so that no mount outlives it.
if [ "${FRESH_INNER:-}" != 1 ]; then
  FRESH_INNER=1 exec unshare --mount --propagation private -- "$0" "$@"
fi

# The mirror of the host, in either form of its sources list, whatever release that is.
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
  sed -n 's/^deb \(\[[^]]*\] \)\?\(http[^ ]*\) \(bookworm\|trixie\) main.*/\2/p' | head -n 1 || true)
[ -n "$mirror" ] || mirror=$(cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n 's/^URIs: *\([^ ]*\).*/\1/p' | head -n 1)
[ -n "$mirror" ] || { echo "No mirror found in the host's sources list." >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/var/tmp}/mahima-fresh.XXXXXX")
root=$work/root
# shellcheck disable=SC2317 # called by the trap
cleanup () {
  local pid link
  # whatever still runs inside keeps mounts busy
  for link in /proc/[0-9]*/root; do
    [ "$(readlink "$link" 2>/dev/null)" = "$root" ] || continue
    pid=${link#/proc/}
    kill -KILL "${pid%/root}" 2>/dev/null || true
  done
  umount -R "$root/proc" "$root/dev" "$root/sys" 2>/dev/null || true
  if [ -n "${FRESH_KEEP:-}" ]; then
    echo "Kept: $work"
  else
    rm -rf --one-file-system "$work"
  fi
}
trap cleanup EXIT
trap 'exit 130' INT TERM

start=$SECONDS
echo "Making a bare Debian ${2:-12} …"
debootstrap --variant=minbase --include=ca-certificates,git,make "$suite" "$root" "$mirror" >"$work/debootstrap.log" 2>&1 ||
  { tail -n 20 "$work/debootstrap.log" >&2; exit 1; }
# names, certificates and proxies as on the host
cp -L /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
if compgen -G '/etc/apt/apt.conf.d/*proxy*' >/dev/null; then cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/"; fi
cp -rL /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/" 2>/dev/null || true
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt" 2>/dev/null || true
[ -z "${FRESH_SEED:-}" ] || cp -rL "$FRESH_SEED/." "$root/"
# no service starts in a chroot
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"

git clone -q --no-local . "$root/root/mahima"
echo "make $target in it, after $((SECONDS - start)) s …"
code=0
chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb \
  ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} ${no_proxy:+no_proxy="$no_proxy"} \
  make --no-print-directory -C /root/mahima "$target" || code=$?
echo "make $target ended with status $code after $((SECONDS - start)) s."
exit "$code"
