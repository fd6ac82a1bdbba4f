/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-notices.h"

#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/hospital/mh-alert-list.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhNotices
{
  GObject parent_instance;
  GtkWidget *widget;
  MhContext *context;
  GHashTable *told; /* ids of orders that were told of already, by kind */
  gint64 since;
  guint conflicts;
};

G_DEFINE_FINAL_TYPE (MhNotices, mh_notices, G_TYPE_OBJECT)

MhNoticeKind
mh_notice_of (MhRecord *record, gint64 since)
{
  if (mh_record_type (record) == &mh_order_type)
    return g_strcmp0 (mh_record_text (record, MH_ORDER_PRIORITY), MH_PRIORITY_STAT) == 0
                   && g_strcmp0 (mh_record_text (record, MH_ORDER_STATUS), MH_ORDER_STATUS_PLACED)
                          == 0
                   && mh_record_int (record, MH_CREATED_AT) > since
               ? MH_NOTICE_STAT
               : MH_NOTICE_NONE;
  if (mh_record_type (record) == &mh_result_type)
    return mh_record_bool (record, MH_RESULT_CRITICAL)
                   && g_strcmp0 (mh_record_text (record, MH_RESULT_STATUS),
                                 MH_RESULT_STATUS_ENTERED)
                          == 0
                   && mh_record_int (record, MH_RESULT_ENTERED_AT) > since
               ? MH_NOTICE_CRITICAL
               : MH_NOTICE_NONE;
  if (mh_record_type (record) == &mh_alert_type)
    return g_strcmp0 (mh_record_text (record, MH_ALERT_STATUS), MH_ALERT_OPEN) == 0
                   && mh_alert_rank (mh_record_text (record, MH_ALERT_SEVERITY)) == 2
                   && mh_record_int (record, MH_ALERT_RAISED_AT) > since
               ? MH_NOTICE_ALERT
               : MH_NOTICE_NONE;

  return MH_NOTICE_NONE;
}

/* One order is told of once, however many of its results are critical. */
static gboolean
is_news (MhNotices *notices, MhNoticeKind kind, const char *order_id)
{
  return order_id != NULL
         && g_hash_table_add (notices->told, g_strdup_printf ("%d %s", (int)kind, order_id));
}

static void
ring (GtkWidget *widget)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  if (settings != NULL && g_settings_get_boolean (settings, "critical-sound"))
    gdk_display_beep (gtk_widget_get_display (widget));
}

static void
tell_stat (MhNotices *notices, MhRecord *order)
{
  const char *number = mh_record_text (order, MH_ORDER_NUMBER);
  g_autofree char *title = g_strdup_printf (_ ("⚡ STAT order %s"), number != NULL ? number : "");
  if (mh_context_may (notices->context, MH_MAY_COLLECT)
      && is_news (notices, MH_NOTICE_STAT, mh_record_id (order)))
    mh_shell_notify (notices->widget, title, _ ("Its tubes come first."), "orders",
                     mh_record_id (order));
}

static void
notices_tell_critical (MhNotices *notices, MhRecord *result)
{
  const char *name = mh_record_text (result, MH_RESULT_NAME);
  const char *order_id = mh_record_text (result, MH_RESULT_ORDER_ID);
  g_autofree char *title = g_strdup_printf (_ ("⇊⇈ Critical result: %s"), name != NULL ? name : "");
  if (!mh_context_may (notices->context, MH_MAY_VERIFY_RESULT)
      || !is_news (notices, MH_NOTICE_CRITICAL, order_id))
    return;
  mh_shell_notify (notices->widget, title, _ ("It waits to be verified and called."), "verify",
                   order_id);
  ring (notices->widget);
}

/* It stands behind the bell by itself. */
static void
tell_alert (MhNotices *notices, MhRecord *alert)
{
  g_autofree char *title = g_strconcat ("⚠ ", mh_alert_title (alert), NULL);
  g_autofree char *words = mh_alert_words (alert);
  if (mh_alert_is_mine (notices->context, alert)
      && is_news (notices, MH_NOTICE_ALERT, mh_record_id (alert)))
    mh_shell_announce (notices->widget, title, words);
}

static void
notices_changed_cb (MhSync *sync,
                    gpointer type,
                    const char *id,
                    MhRecord *record,
                    MhNotices *notices)
{
  MhNoticeKind kind = record != NULL ? mh_notice_of (record, notices->since) : MH_NOTICE_NONE;
  if (notices->widget == NULL)
    return;
  if (kind == MH_NOTICE_STAT)
    tell_stat (notices, record);
  else if (kind == MH_NOTICE_CRITICAL)
    notices_tell_critical (notices, record);
  else if (kind == MH_NOTICE_ALERT)
    tell_alert (notices, record);
}

static void
conflicts_cb (MhNotices *notices)
{
  guint before = notices->conflicts;
  g_object_get (mh_context_sync (notices->context), "conflicts", &notices->conflicts, NULL);
  if (notices->conflicts > before && notices->widget != NULL)
    mh_shell_notify (notices->widget, _ ("✕ The server refused a change"),
                     _ ("It is kept here until you have decided about it."), "waiting", NULL);
}

static void
mh_notices_finalize (GObject *object)
{
  MhNotices *notices = MH_NOTICES (object);
  g_clear_weak_pointer (&notices->widget);
  g_clear_object (&notices->context);
  g_hash_table_unref (notices->told);
  G_OBJECT_CLASS (mh_notices_parent_class)->finalize (object);
}

static void
mh_notices_class_init (MhNoticesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_notices_finalize;
}

static void
mh_notices_init (MhNotices *notices)
{
  notices->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

MhNotices *
mh_notices_new (GtkWidget *widget, MhContext *context)
{
  MhNotices *notices = g_object_new (MH_TYPE_NOTICES, NULL);
  MhSync *sync = mh_context_sync (context);
  g_set_weak_pointer (&notices->widget, widget);
  notices->context = g_object_ref (context);
  notices->since = mh_when_now ();
  g_signal_connect_object (sync, "changed", G_CALLBACK (notices_changed_cb), notices, 0);
  g_signal_connect_object (sync, "notify::conflicts", G_CALLBACK (conflicts_cb), notices,
                           G_CONNECT_SWAPPED);
  return notices;
}
