/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/missions/mh-send-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/dispatch/missions/mh-mission-words.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-row.h"
#include "shared/base/mh-id.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/dispatch/mh-mission.h"

#include <glib/gi18n-lib.h>

#define EVERY_SECONDS 5 /* units move, and other desks send them */

#define MH_TYPE_SEND_DIALOG (mh_send_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhSendDialog, mh_send_dialog, MH, SEND_DIALOG, MhDialog)

struct _MhSendDialog
{
  MhDialog parent_instance;
  MhRecord *call;
  GPtrArray *offers; /* MhRecord; NULL: not there yet */
  gboolean left_out; /* those that cannot go are shown */
  gboolean unread;   /* the last question for them failed */
  char *id;          /* of the assignment that is being asked for: sent again it is the same */
  guint ticks;
  GtkListBox *list;
  GtkLabel *about, *problem;
  GtkWidget *send, *others, *empty;
};

G_DEFINE_FINAL_TYPE (MhSendDialog, mh_send_dialog, MH_TYPE_DIALOG)

static void send_dialog_load (MhSendDialog *dialog);

/* --- the list --- */

static MhRecord *
send_dialog_chosen (MhSendDialog *dialog)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (dialog->list);
  const guint at = row != NULL ? (guint)gtk_list_box_row_get_index (row) : G_MAXUINT;
  return dialog->offers != NULL && at < dialog->offers->len ? g_ptr_array_index (dialog->offers, at)
                                                            : NULL;
}

static void
send_dialog_fill (MhSendDialog *dialog, MhRecord *offer, guint number)
{
  MhRow *row = mh_rows_nth (dialog->list, number);
  const char *code = mh_record_text (offer, MH_RECOMMENDATION_UNIT_CODE);
  g_autofree char *title = dialog->left_out ? g_strdup_printf ("⊘ %s", code)
                           : number < 9     ? g_strdup_printf ("%u  %s", number + 1, code)
                                            : g_strdup (code);
  g_autofree char *state = mh_words_value (offer, MH_RECOMMENDATION_STATE);
  g_autofree char *way = mh_recommendation_way_text (offer);
  g_autofree char *below = mh_recommendation_reasons_text (offer);
  mh_row_set (row, title, way, below);
  mh_row_set_mark (row, mh_record_bool (offer, MH_RECOMMENDATION_PLANNED) ? _ ("proposed") : state,
                   NULL);
  g_object_set (row, "subtitle-lines", 2, NULL);
}

/* The unit that was chosen stays chosen while the others move; at first it is the best. */
static void
send_dialog_tell (MhSendDialog *dialog)
{
  MhRecord *was = send_dialog_chosen (dialog);
  g_autofree char *chosen
      = was != NULL ? g_strdup (mh_record_text (was, MH_RECOMMENDATION_UNIT_ID)) : NULL;
  const guint n = dialog->offers->len;
  int at = 0;
  mh_rows_renew (dialog->list, n);
  for (guint i = 0; i < n; i++)
    {
      MhRecord *offer = g_ptr_array_index (dialog->offers, i);
      send_dialog_fill (dialog, offer, i);
      if (g_strcmp0 (mh_record_text (offer, MH_RECOMMENDATION_UNIT_ID), chosen) == 0)
        at = (int)i;
    }

  GtkListBoxRow *row = gtk_list_box_get_row_at_index (dialog->list, at);
  gtk_list_box_select_row (dialog->list, row);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_widget_set_visible (dialog->empty, n == 0);
  gtk_widget_set_sensitive (dialog->send, n > 0 && !dialog->left_out);
  gtk_label_set_label (GTK_LABEL (dialog->empty),
                       dialog->left_out ? _ ("No unit is left out.")
                                        : _ ("No unit can go now. F8 tells why of each."));
}

static void
send_dialog_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSendDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) offers = mh_fetch_finish_list (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;
  if (offers == NULL)
    {
      dialog->unread = TRUE;
      mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL);
      return;
    }
  if (dialog->unread)
    gtk_widget_set_visible (GTK_WIDGET (dialog->problem), FALSE);
  dialog->unread = FALSE;

  GPtrArray *was = dialog->offers;
  dialog->offers = g_steal_pointer (&offers);
  send_dialog_tell (dialog);
  g_clear_pointer (&was, g_ptr_array_unref);
}

static void
send_dialog_load (MhSendDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->call), "left_out",
                         dialog->left_out ? "true" : "false", NULL };
  mh_fetch_async (mh_dialog_context (MH_DIALOG (dialog)),
                  &(MhFetch){ .route = "recommendation.list", .args = args },
                  mh_dialog_cancellable (MH_DIALOG (dialog)), send_dialog_loaded_cb,
                  g_object_ref (dialog));
}

static gboolean
send_dialog_tick_cb (gpointer data)
{
  MhSendDialog *dialog = data;
  gboolean busy = FALSE;
  g_object_get (dialog, "busy", &busy, NULL);
  if (!busy && mh_dialog_context (MH_DIALOG (dialog)) != NULL)
    send_dialog_load (dialog);
  return G_SOURCE_CONTINUE;
}

/* --- sending --- */

static void
send_dialog_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSendDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->send))
    {
      /* the unit, or what it is on, has changed: what is sent next is another act */
      if (g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT))
        {
          g_free (dialog->id);
          dialog->id = mh_id_new ();
        }
      if (!mh_dialog_is_closed (MH_DIALOG (dialog)))
        send_dialog_load (dialog);
      return;
    }
  g_autofree char *words
      = g_strdup_printf (_ ("%s is asked"), mh_record_text (outcome->record, MH_MISSION_UNIT_CODE));
  mh_dialog_end (MH_DIALOG (dialog), words);
}

static void
send_dialog_send (MhSendDialog *dialog, MhRecord *offer)
{
  g_autoptr (MhRecord) order = mh_record_new (&mh_mission_order_type);
  mh_record_set_text (order, MH_MISSION_ORDER_ID, dialog->id);
  mh_record_set_text (order, MH_MISSION_ORDER_CALL_ID, mh_record_id (dialog->call));
  mh_record_set_text (order, MH_MISSION_ORDER_UNIT_ID,
                      mh_record_text (offer, MH_RECOMMENDATION_UNIT_ID));
  mh_record_set_int (order, MH_MISSION_ORDER_UNIT_VERSION,
                     mh_record_int (offer, MH_RECOMMENDATION_VERSION));
  mh_record_set_bool (order, MH_MISSION_ORDER_DIVERT,
                      mh_record_bool (offer, MH_RECOMMENDATION_DIVERT));
  gtk_widget_set_visible (GTK_WIDGET (dialog->problem), FALSE);
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "mission.send", .body = order }, NULL,
                    send_dialog_sent_cb, g_object_ref (dialog));
}

typedef struct
{
  MhSendDialog *dialog;
  MhRecord *offer;
} Diverting;

static void
send_dialog_divert_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Diverting *diverting = data;
  g_autoptr (MhSendDialog) dialog = diverting->dialog;
  g_autoptr (MhRecord) offer = diverting->offer;
  if (mh_ask_finish (result) && !mh_dialog_is_closed (MH_DIALOG (dialog)))
    send_dialog_send (dialog, offer);
}

/* A unit under way is taken away from where it is wanted, too: that is said first. */
static void
send_dialog_ask_divert (MhSendDialog *dialog, MhRecord *offer)
{
  const char *code = mh_record_text (offer, MH_RECOMMENDATION_UNIT_CODE);
  g_autofree char *heading = g_strdup_printf (_ ("Divert %s?"), code);
  g_autofree char *body = g_strdup_printf (_ ("It is on its way to %s, which is left without it."),
                                           mh_record_text (offer, MH_RECOMMENDATION_LEAVES_NUMBER));
  Diverting *diverting = g_new0 (Diverting, 1);
  diverting->dialog = g_object_ref (dialog);
  diverting->offer = g_object_ref (offer);
  mh_ask_async (GTK_WIDGET (dialog), heading, body, _ ("Divert"), TRUE, send_dialog_divert_cb,
                diverting);
}

static void
send_dialog_send_cb (MhSendDialog *dialog)
{
  MhRecord *offer = send_dialog_chosen (dialog);
  gboolean busy = FALSE;
  g_object_get (dialog, "busy", &busy, NULL);
  if (offer == NULL || dialog->left_out || busy)
    return;
  if (mh_record_bool (offer, MH_RECOMMENDATION_DIVERT))
    send_dialog_ask_divert (dialog, offer);
  else
    send_dialog_send (dialog, offer);
}

/* --- keys --- */

static void
send_dialog_others_cb (MhSendDialog *dialog)
{
  dialog->left_out = !dialog->left_out;
  mh_key_button_set_text (MH_KEY_BUTTON (dialog->others),
                          dialog->left_out ? _ ("_Who can go") : _ ("Who is _left out"));
  send_dialog_load (dialog);
}

static gboolean
send_dialog_key_cb (MhSendDialog *dialog, guint key, guint code, GdkModifierType state)
{
  const int at = mh_key_nth (key);
  GtkListBoxRow *row = at >= 0 ? gtk_list_box_get_row_at_index (dialog->list, at) : NULL;
  if (key == GDK_KEY_F8)
    send_dialog_others_cb (dialog);
  else if ((state & GDK_CONTROL_MASK) != 0 && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    send_dialog_send_cb (dialog);
  else if (row != NULL && (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0)
    {
      gtk_list_box_select_row (dialog->list, row);
      send_dialog_send_cb (dialog);
    }
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* --- the window --- */

static void
mh_send_dialog_dispose (GObject *object)
{
  g_clear_handle_id (&MH_SEND_DIALOG (object)->ticks, g_source_remove);
  G_OBJECT_CLASS (mh_send_dialog_parent_class)->dispose (object);
}

static void
mh_send_dialog_finalize (GObject *object)
{
  MhSendDialog *dialog = MH_SEND_DIALOG (object);
  g_clear_object (&dialog->call);
  g_clear_pointer (&dialog->offers, g_ptr_array_unref);
  g_free (dialog->id);
  G_OBJECT_CLASS (mh_send_dialog_parent_class)->finalize (object);
}

static void
mh_send_dialog_class_init (MhSendDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_send_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_send_dialog_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("dispatch/missions/mh-send-dialog"));
  gtk_widget_class_bind_template_child (widget, MhSendDialog, list);
  gtk_widget_class_bind_template_child (widget, MhSendDialog, about);
  gtk_widget_class_bind_template_child (widget, MhSendDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhSendDialog, send);
  gtk_widget_class_bind_template_child (widget, MhSendDialog, others);
  gtk_widget_class_bind_template_child (widget, MhSendDialog, empty);

  gtk_widget_class_bind_template_callback (widget, send_dialog_send_cb);
  gtk_widget_class_bind_template_callback (widget, send_dialog_others_cb);
  mh_closures_bind (widget);
}

static void
mh_send_dialog_init (MhSendDialog *dialog)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_widget_init_template (GTK_WIDGET (dialog));
  dialog->id = mh_id_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (send_dialog_key_cb), dialog,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
}

void
mh_send_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *call)
{
  MhSendDialog *dialog = g_object_new (MH_TYPE_SEND_DIALOG, "context", context, NULL);
  const char *place = mh_record_text (call, MH_EMERGENCY_CALL_PLACE);
  const char *title = mh_record_text (call, MH_EMERGENCY_CALL_CARD_TITLE);
  g_autofree char *about
      = g_strdup_printf ("%s · %s · %s", mh_record_text (call, MH_EMERGENCY_CALL_NUMBER),
                         title != NULL ? title : _ ("nothing is known yet"),
                         place != NULL ? place : _ ("place not known"));
  dialog->call = g_object_ref (call);
  gtk_label_set_text (dialog->about, about);
  send_dialog_load (dialog);
  dialog->ticks = g_timeout_add_seconds (EVERY_SECONDS, send_dialog_tick_cb, dialog);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
