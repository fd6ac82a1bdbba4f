/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* "Today: 14 waiting · token 27 now · next 28", kept up to date; of several queues the numbers that
 * are called. Hidden for who may not see appointments. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_TODAY_LINE (mh_today_line_get_type ())
G_DECLARE_FINAL_TYPE (MhTodayLine, mh_today_line, MH, TODAY_LINE, MhPane)

/* What the line says of @queues (records of mh_queue_type); transfer full. */
char *mh_today_line_text (GListModel *queues);

G_END_DECLS
