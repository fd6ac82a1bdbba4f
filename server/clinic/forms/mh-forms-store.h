/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of forms. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* By name; the newest version of each code alone unless @all. */
GPtrArray *mh_forms_store_list (MhDb *db,
                                const char *hospital_id,
                                gboolean all,
                                const char *after,
                                guint limit,
                                GError **error);
/* The highest version of a code, 0 when there is none, -1 on failure. */
gint64
mh_forms_store_last_version (MhDb *db, const char *hospital_id, const char *code, GError **error);
/* Of the patient, or of one visit; newest first. */
GPtrArray *mh_forms_store_answers (MhDb *db,
                                   const char *hospital_id,
                                   const char *patient_id,
                                   const char *visit_id,
                                   MhListPage page,
                                   GError **error);

G_END_DECLS
