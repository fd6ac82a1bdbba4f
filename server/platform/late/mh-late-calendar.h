/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What libical writes for us (mh-late.h): iCalendar, RFC 5545. */
#include <gio/gio.h>
#include <gmodule.h>

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  const char *uid, *summary, *where;
  gint64 start, end; /* seconds since 1970, UTC */
  int version;
  gboolean cancelled;
} MhLateEvent;

/* A calendar of its own as of @now; @name NULL: without a name. Transfer full. */
G_MODULE_EXPORT GBytes *
mh_late_calendar (const char *name, const MhLateEvent *events, guint n_events, gint64 now);

G_END_DECLS
