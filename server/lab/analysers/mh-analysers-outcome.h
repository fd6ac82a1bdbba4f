/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What became of one result of an analyser's message, where it is not simply taken. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* To the inbox, for a person to decide. @reason: MH_UNMATCHED_…; @detail: words that a person
 * reads, or NULL. */
void mh_analysers_leave (MhRecord *result, const char *reason, const char *detail);
/* Nobody needs to look at it. */
void mh_analysers_ignore (MhRecord *result, const char *detail);
/* The services look at everything before they write anything: an error of these kinds is about the
 * values, which go to the inbox; any other is the database's, and the message is not taken. */
gboolean mh_analysers_is_about_values (const GError *error);

G_END_DECLS
