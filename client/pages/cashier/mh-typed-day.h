/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A day as somebody typed it, above a list or in a dialog. */
#include "client/widgets/mh-pane.h"
#include "shared/base/mh-date.h"

G_BEGIN_DECLS

/* The day as "YYYY-MM-DD", "" when nothing is typed. */
gboolean mh_typed_day_read (MhContext *context,
                            GtkEditable *entry,
                            char out_day[MH_DATE_LENGTH + 1],
                            GError **error);
/* The same of an entry in @pane. FALSE: it is no day, and the person was told. */
gboolean mh_typed_day (MhPane *pane, GtkEditable *entry, char out_day[MH_DATE_LENGTH + 1]);

G_END_DECLS
