/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a person is told while they look elsewhere, by the bell and by the desktop: a STAT order to
 * who collects, a critical result to who verifies, a severe alert to who may know, a refused change
 * to who made it. Never with a patient's name, since a desktop shows it on the locked screen too.
 */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

typedef enum
{
  MH_NOTICE_NONE,
  MH_NOTICE_STAT,
  MH_NOTICE_CRITICAL,
  MH_NOTICE_ALERT, /* a severe one */
} MhNoticeKind;

/* What @record is to anybody who signed in at @since (µs UTC). */
MhNoticeKind mh_notice_of (MhRecord *record, gint64 since);

#define MH_TYPE_NOTICES (mh_notices_get_type ())
G_DECLARE_FINAL_TYPE (MhNotices, mh_notices, MH, NOTICES, GObject)

/* Tells through the shell of @widget, as long as both live. */
MhNotices *mh_notices_new (GtkWidget *widget, MhContext *context);

G_END_DECLS
