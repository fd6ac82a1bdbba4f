/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-wishes-pane.h"

#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/clinic/appointments/mh-booking-dialog.h"
#include "client/pages/clinic/appointments/mh-wish-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhWishesPane
{
  MhPane parent_instance;
  MhRecordList *wishes;
  MhRecordTable *table;
};

G_DEFINE_FINAL_TYPE (MhWishesPane, mh_wishes_pane, MH_TYPE_PANE)

/* --- the table --- */

static char *
kept_text (MhRecord *wish)
{
  return mh_record_has (wish, MH_WAITING_OFFERED_START)
             ? mh_appointment_when (mh_record_int (wish, MH_WAITING_OFFERED_START))
             : NULL;
}

static const char *
kept_style (MhRecord *wish)
{
  return mh_record_has (wish, MH_WAITING_OFFERED_START) ? "mh-soon" : NULL;
}

static char *
wishes_pane_days_text (MhRecord *wish)
{
  const char *from = mh_record_text (wish, MH_WAITING_FROM_DATE);
  const char *to = mh_record_text (wish, MH_WAITING_TO_DATE);
  g_autofree char *first = from != NULL ? mh_words_of_date (from) : g_strdup ("…");
  g_autofree char *last = to != NULL ? mh_words_of_date (to) : g_strdup ("…");
  return from == NULL && to == NULL ? g_strdup (_ ("Any day"))
                                    : g_strdup_printf ("%s – %s", first, last);
}

static char *
wishes_pane_who_text (MhRecord *wish)
{
  const char *name = mh_record_text (wish, MH_WAITING_PATIENT_NAME);
  return mh_record_bool (wish, MH_WAITING_URGENT) ? g_strdup_printf ("⚡ %s", name)
                                                  : g_strdup (name);
}

static const MhTableColumn columns[] = {
  { .title = N_ ("Patient"), .text = wishes_pane_who_text, .width = 150, .expand = TRUE },
  { .field = "schedule_name", .width = 120 },
  { .title = N_ ("Preferred time"), .text = wishes_pane_days_text, .width = 130 },
  { .field = "part", .width = 160 },
  { .title = N_ ("Slot held"), .text = kept_text, .style = kept_style, .width = 130 },
  { .field = "phone", .width = 140 },
  { NULL },
};

static void
wishes_pane_reload (MhWishesPane *pane)
{
  mh_record_list_reload (pane->wishes);
}

static void
wishes_pane_selection_cb (MhWishesPane *pane)
{
  gboolean any = mh_record_table_current (pane->table) != NULL;
  MhContext *context = mh_pane_context (MH_PANE (pane));
  gboolean may = context != NULL && mh_context_may (context, MH_MAY_WRITE_APPOINTMENT);
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "waiting.add",
                                 may && mh_context_may (context, MH_MAY_READ_PATIENT));
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "waiting.book", may && any);
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "waiting.withdraw", may && any);
}

/* --- doing --- */

static void
changed_by_dialog (GtkWidget *opener)
{
  wishes_pane_reload (MH_WISHES_PANE (opener));
}

static void
wishes_pane_booked_cb (GtkWidget *opener, MhRecord *answer)
{
  wishes_pane_reload (MH_WISHES_PANE (opener));
}

static void
wishes_pane_add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_wish_dialog_show (widget, mh_pane_context (MH_PANE (widget)), NULL, changed_by_dialog);
}

/* The slot that is kept for them is proposed; else the next free ones. */
static void
wishes_pane_book_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWishesPane *pane = MH_WISHES_PANE (widget);
  MhRecord *wish = mh_record_table_current (pane->table);
  if (wish != NULL)
    mh_booking_dialog_show (
        widget, mh_pane_context (MH_PANE (pane)),
        &(MhBookingWanted){ .wish = wish,
                            .schedule_id = mh_record_text (wish, MH_WAITING_SCHEDULE_ID),
                            .start = mh_record_int (wish, MH_WAITING_OFFERED_START),
                            .done = wishes_pane_booked_cb });
}

static void
wishes_pane_activated_cb (MhWishesPane *pane)
{
  gtk_widget_activate_action (GTK_WIDGET (pane), "waiting.book", NULL);
}

static void
wishes_pane_withdrawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhWishesPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (outcome == NULL)
    {
      g_autofree char *words = mh_appointment_refusal (error);
      mh_shell_toast (GTK_WIDGET (pane), words);
    }
  else
    mh_shell_toast (GTK_WIDGET (pane), _ ("Withdrawn"));

  wishes_pane_reload (pane);
}

static void
wishes_pane_withdraw_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWishesPane *pane = MH_WISHES_PANE (widget);
  MhRecord *wish = mh_record_table_current (pane->table);
  if (wish == NULL)
    return;
  const char *args[] = { "id", mh_record_id (wish), NULL };
  g_autoptr (MhRecord) patch = mh_record_new (&mh_waiting_type);
  mh_record_set_text (patch, MH_WAITING_STATUS, MH_WAITING_WITHDRAWN);
  mh_command_async (
      mh_pane_context (MH_PANE (pane)),
      &(MhCommand){ .route = "waiting.update", .args = args, .body = patch, .base = wish }, NULL,
      wishes_pane_withdrawn_cb, g_object_ref (pane));
}

/* --- as a pane --- */

static gboolean
still_waits (MhRecord *wish, gpointer data)
{
  const char *status = mh_record_text (wish, MH_WAITING_STATUS);
  return g_strcmp0 (status, MH_WAITING_WAITING) == 0 || g_strcmp0 (status, MH_WAITING_OFFERED) == 0;
}

static void
wishes_pane_begin (MhPane *base)
{
  MhWishesPane *pane = MH_WISHES_PANE (base);
  mh_pane_keep (base, &pane->wishes, mh_record_list_new (mh_pane_context (base), "waiting.list"));
  mh_record_list_set_belongs (pane->wishes, still_waits, NULL);
  mh_record_list_set_keep (pane->wishes, TRUE);
  mh_record_table_setup (pane->table, "waiting-list", &mh_waiting_type, columns,
                         G_LIST_MODEL (pane->wishes), MH_TABLE_SINGLE);
  mh_record_table_set_lines (pane->table, MH_PHONE_LEAST_WIDTH);
  wishes_pane_selection_cb (pane);
}

static void
wishes_pane_shown (MhPane *base)
{
  MhWishesPane *pane = MH_WISHES_PANE (base);
  mh_record_list_set_args (pane->wishes, (const char *[]){ "limit", "200", NULL });
  mh_record_table_grab (pane->table);
}

static void
mh_wishes_pane_class_init (MhWishesPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = wishes_pane_begin;
  MH_PANE_CLASS (klass)->shown = wishes_pane_shown;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/appointments/mh-wishes-pane"));
  gtk_widget_class_bind_template_child (widget, MhWishesPane, table);
  gtk_widget_class_bind_template_callback (widget, wishes_pane_selection_cb);
  gtk_widget_class_bind_template_callback (widget, wishes_pane_activated_cb);
  gtk_widget_class_install_action (widget, "waiting.add", NULL, wishes_pane_add_action);
  gtk_widget_class_install_action (widget, "waiting.book", NULL, wishes_pane_book_action);
  gtk_widget_class_install_action (widget, "waiting.withdraw", NULL, wishes_pane_withdraw_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "waiting.add", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "waiting.book", NULL);
}

static void
mh_wishes_pane_init (MhWishesPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
