#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# install-config.sh SOURCE FOLDER: the settings of the installed service. What an administrator has written there stays;
# the new example then lies beside it. The data folder is named, so that mahimactl run by root finds the service's data.
set -eu
folder=${DESTDIR:-}$2
file=$folder/server.conf
mkdir -p "$folder"
[ ! -e "$file" ] || file=$folder/server.conf.new
sed 's|^#data_dir=$|data_dir=/var/lib/mahima|' "$1" >"$file"
chmod 644 "$file"
if [ "$file" != "$folder/server.conf" ] && cmp -s "$file" "$folder/server.conf"; then rm "$file"; fi
