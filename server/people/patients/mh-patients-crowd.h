/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Who may have all of several words. Asking every patient of the rarest word for the others costs a
 * descent of the index for each; listing the patients of every word, one after another in the order
 * they lie, and keeping who is in all lists, costs a small part of that.
 */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

#define MH_CROWD_WORDS 3
/* A word of more patients than this is not listed, */
#define MH_CROWD_MOST 16000
/* and a crowd of more than this is better looked through by the index. */
#define MH_CROWD_SHOWN 100

/* @tokens: two or three folded words or digits of a phone. *out_counts gets how many rows each has,
 * at most MH_CROWD_MOST. *out_ids gets the patients who may have all of them, each once, and a few
 * others; NULL: there are too many, or too little was typed to tell. */
gboolean mh_patients_crowd (MhDb *db,
                            const char *const *tokens,
                            guint n_tokens,
                            gint64 out_counts[MH_CROWD_WORDS],
                            GPtrArray **out_ids,
                            GError **error);

G_END_DECLS
