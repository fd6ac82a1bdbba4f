/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* 1: a zone of that code is to be covered and in use; 0: there is none; -1: an error. */
int mh_fleet_store_covers (MhDb *db, const char *hospital_id, const char *code, GError **error);

G_END_DECLS
