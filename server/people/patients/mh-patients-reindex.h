/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The words by which patients are found follow from their names by rules (mh-text.h). When a newer
 * program has other rules, jobs make the words of all patients anew, some at a time, while the
 * hospital works: who has not had a turn yet is found as before. A server that is stopped goes on
 * from where it was. */
#include "server/platform/jobs/mh-jobs.h"

G_BEGIN_DECLS

/* Before they are started. */
void mh_patients_reindex_register (MhJobs *jobs);
/* Queues the first job when the words are of older rules; of no patients nothing is made. */
gboolean mh_patients_reindex_start (MhStore *store, GError **error);

G_END_DECLS
