/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A day as somebody typed it, above a list or in a dialog: one way to read it and one sentence when
 * it cannot be read. A date of birth, which may be an age, is the forms' own (mh-control.c). */
#include "client/widgets/base/mh-pane.h"
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

/* See mh_date_parse_near(); today is the hospital's. */
gboolean mh_typed_day_parse (const char *typed, MhDate *out_day);
/* What is wrong with one that cannot be read, and how to write it. Not freed. */
const char *mh_typed_day_words (void);
/* The day as "YYYY-MM-DD", "" when nothing is typed. FALSE: the sentence is in @error. */
gboolean mh_typed_day_read (GtkEditable *entry, char out_day[MH_DATE_LENGTH + 1], GError **error);
/* The same of an entry in @pane. FALSE: it is no day, and the person was told. */
gboolean mh_typed_day (MhPane *pane, GtkEditable *entry, char out_day[MH_DATE_LENGTH + 1]);

G_END_DECLS
