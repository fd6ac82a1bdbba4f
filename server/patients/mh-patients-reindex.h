/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The words by which patients are found follow from their names by rules (mh-text.h). When a newer
 * program has other rules, the words of all patients are made anew once, as it starts. */
#include "server/store/mh-store.h"

G_BEGIN_DECLS

/* Does nothing where the words are of these rules already. Waits until it is done: some seconds for
 * a hundred thousand patients. *out_patients (or NULL): how many it was done for. */
gboolean mh_patients_reindex (MhStore *store, guint *out_patients, GError **error);

G_END_DECLS
