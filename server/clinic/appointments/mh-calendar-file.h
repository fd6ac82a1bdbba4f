/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A calendar as a file, by libical: iCalendar, RFC 5545. */
#include <gio/gio.h>

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  const char *uid, *summary, *where;
  gint64 start, end; /* seconds since 1970, UTC */
  int version;
  gboolean cancelled;
} MhCalendarEvent;

/* A calendar of its own as of @now; @name NULL: without a name. Transfer full. */
GBytes *
mh_calendar_file (const char *name, const MhCalendarEvent *events, guint n_events, gint64 now);

G_END_DECLS
