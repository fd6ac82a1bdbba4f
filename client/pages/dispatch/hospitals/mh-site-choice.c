/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/hospitals/mh-site-choice.h"

#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/dispatch/hospitals/mh-site-words.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-row.h"
#include "shared/records/dispatch/mh-arrival.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/dispatch/mh-emergency.h"

#include <glib/gi18n-lib.h>

#define LEAST_HEIGHT 200 /* of the list: some hospitals are seen */
#define MOST_HEIGHT 250  /* and so is the form below it */

/* Above the form of the arrival: the hospitals, and which one is meant. */
typedef struct
{
  MhRecordSlot *slot; /* of the arrival; stays as long as this */
  MhForm *form;
  GtkListBox *list;
  GtkLabel *problem;
  GPtrArray *choices;   /* MhRecord: destinations, or hospitals while the server is away */
  MhRecordList *known;  /* the hospitals of the local copy; NULL: the server was asked */
  char *needs;          /* for which they were asked for */
  gint64 due_at;        /* as it was filled in; a person's own is left alone */
  GCancellable *asking; /* the newest question */
  guint focusing;
} Choice;

static void
site_choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;
  g_clear_handle_id (&choice->focusing, g_source_remove);
  g_cancellable_cancel (choice->asking);
  g_clear_object (&choice->asking);
  g_clear_pointer (&choice->choices, g_ptr_array_unref);
  if (choice->known != NULL)
    g_signal_handlers_disconnect_by_data (choice->known, choice);
  g_clear_object (&choice->known);
  g_free (choice->needs);
  g_free (choice);
}

/* --- one hospital as a row --- */

static gboolean
site_choice_is_destination (MhRecord *one)
{
  return mh_record_type (one) == &mh_destination_type;
}

static const char *
site_choice_id (MhRecord *one)
{
  return site_choice_is_destination (one) ? mh_record_text (one, MH_DESTINATION_SITE_ID)
                                          : mh_record_id (one);
}

/* Caller frees. */
static char *
site_choice_way (MhRecord *destination)
{
  return mh_record_has (destination, MH_DESTINATION_ROAD_SECONDS)
             ? mh_words_way ((int)mh_record_int (destination, MH_DESTINATION_ROAD_SECONDS))
             : g_strdup (_ ("no way by road"));
}

/* What stands below its name: crowding, beds, and what is to be known. Caller frees. */
static void
site_choice_say (GString *out, const char *words)
{
  if (*words != 0)
    g_string_append_printf (out, " · %s", words);
}

static char *
site_choice_below (MhRecord *destination)
{
  static const guint told[] = { MH_DESTINATION_REASONS, MH_DESTINATION_LACKING };
  const MhField *field = &mh_destination_type.fields[MH_DESTINATION_NOTES];
  const char *const *notes = mh_record_list (destination, MH_DESTINATION_NOTES);
  g_autofree char *level = mh_site_level_text (mh_record_text (destination, MH_DESTINATION_LEVEL),
                                               mh_record_int (destination, MH_DESTINATION_NEDOCS));
  GString *out = g_string_new (level);
  if (mh_record_has (destination, MH_DESTINATION_FREE_BEDS))
    g_string_append_printf (out, _ (" · %d free"),
                            (int)mh_record_int (destination, MH_DESTINATION_FREE_BEDS));
  for (guint i = 0; notes != NULL && notes[i] != NULL; i++)
    if (!g_str_equal (notes[i], "crowded")) /* the level has said so */
      site_choice_say (out, mh_words_of_code (field, notes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autofree char *words = mh_words_value (destination, told[i]);
      site_choice_say (out, words);
    }
  return g_string_free (out, FALSE);
}

static void
site_choice_fill (Choice *choice, MhRecord *one, guint number)
{
  MhRow *row = mh_rows_nth (choice->list, number);
  gboolean destination = site_choice_is_destination (one);
  const char *name = mh_record_text (one, destination ? MH_DESTINATION_NAME : MH_CARE_SITE_NAME);
  gboolean out = destination && !mh_record_bool (one, MH_DESTINATION_OFFERED);
  g_autofree char *title = out          ? g_strdup_printf (_ ("⊘ %s: left out"), name)
                           : number < 9 ? g_strdup_printf ("%u  %s", number + 1, name)
                                        : g_strdup (name);
  g_autofree char *way = destination ? site_choice_way (one) : mh_site_told_text (one);
  g_autofree char *below = destination ? site_choice_below (one) : mh_site_crowding_text (one);
  mh_row_set (row, title, way, below);
  g_object_set (row, "subtitle-lines", 2, NULL);
}

/* --- which one is meant --- */

static void
site_choice_set_due (Choice *choice, MhRecord *one)
{
  MhRecord *arrival = mh_record_slot_record (choice->slot);
  const gint64 now = mh_record_int (arrival, MH_ARRIVAL_DUE_AT);
  if (now != choice->due_at || !site_choice_is_destination (one)
      || !mh_record_has (one, MH_DESTINATION_ROAD_SECONDS))
    return;

  const gint64 due = mh_when_now () + mh_record_int (one, MH_DESTINATION_ROAD_SECONDS) * MH_SECOND;
  choice->due_at = (due / MH_MINUTE + 1) * MH_MINUTE;
  mh_record_set_int (arrival, MH_ARRIVAL_DUE_AT, choice->due_at);
  mh_record_slot_touched (choice->slot, MH_ARRIVAL_DUE_AT);
}

static void
site_choice_selected_cb (Choice *choice, GtkListBoxRow *row)
{
  const guint at = row != NULL ? (guint)gtk_list_box_row_get_index (row) : G_MAXUINT;
  if (choice->choices == NULL || at >= choice->choices->len)
    return;

  MhRecord *one = g_ptr_array_index (choice->choices, at);
  mh_record_set_text (mh_record_slot_record (choice->slot), MH_ARRIVAL_SITE_ID,
                      site_choice_id (one));
  mh_record_slot_touched (choice->slot, MH_ARRIVAL_SITE_ID);
  site_choice_set_due (choice, one);
  mh_form_refresh (choice->form);
}

/* 1 to 9 choose, as their rows say. */
static gboolean
site_choice_key_cb (Choice *choice, guint key, guint code, GdkModifierType state)
{
  const int at = mh_key_nth (key);
  GtkListBoxRow *row = at >= 0 ? gtk_list_box_get_row_at_index (choice->list, at) : NULL;
  if (row == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  gtk_list_box_select_row (choice->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

/* Enter on a hospital tells it. */
static void
site_choice_activated_cb (Choice *choice)
{
  g_signal_emit_by_name (choice->form, "submit");
}

/* --- the hospitals --- */

/* Once the rows have their places: what has the focus is scrolled to. */
static gboolean
site_choice_focus_cb (gpointer data)
{
  Choice *choice = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (choice->list);
  choice->focusing = 0;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return G_SOURCE_REMOVE;
}

/* The same stays chosen; else the first. */
static void
site_choice_tell (Choice *choice)
{
  const char *chosen = mh_record_text (mh_record_slot_record (choice->slot), MH_ARRIVAL_SITE_ID);
  int at = 0;
  mh_rows_renew (choice->list, choice->choices->len);
  for (guint i = 0; i < choice->choices->len; i++)
    {
      MhRecord *one = g_ptr_array_index (choice->choices, i);
      site_choice_fill (choice, one, i);
      if (g_strcmp0 (site_choice_id (one), chosen) == 0)
        at = (int)i;
    }

  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (choice->list)) != NULL
                     || gtk_widget_is_focus (GTK_WIDGET (choice->list));
  gtk_list_box_select_row (choice->list, gtk_list_box_get_row_at_index (choice->list, at));
  if ((focused || chosen == NULL) && choice->focusing == 0)
    choice->focusing = g_idle_add (site_choice_focus_cb, choice);
}

static void
site_choice_complain (Choice *choice, const char *words)
{
  gtk_label_set_text (choice->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (choice->problem), words != NULL);
}

static void
site_choice_known_cb (Choice *choice)
{
  GListModel *known = G_LIST_MODEL (choice->known);
  g_clear_pointer (&choice->choices, g_ptr_array_unref);
  choice->choices = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (known); i++)
    {
      g_autoptr (MhRecord) site = g_list_model_get_item (known, i);
      if (mh_record_bool (site, MH_CARE_SITE_ACTIVE))
        g_ptr_array_add (choice->choices, g_steal_pointer (&site));
    }
  site_choice_tell (choice);
}

/* The server is away: what this desk knows of them, by name. */
static void
site_choice_show_known (Choice *choice)
{
  if (choice->known != NULL)
    return;
  choice->known = mh_record_list_new (mh_record_slot_context (choice->slot), "capacity.list");
  g_signal_connect_data (choice->known, "notify::n-items", G_CALLBACK (site_choice_known_cb),
                         choice, NULL, G_CONNECT_SWAPPED);
  mh_record_list_set_args (choice->known, NULL);
}

typedef struct
{
  Choice *choice;
  GCancellable *asking;
} Asked;

static void
site_choice_arrived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (GCancellable) asking = asked->asking;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mh_fetch_finish_list (result, &error);
  if (g_cancellable_is_cancelled (asking)) /* the window has gone, or asks for something else */
    return;

  Choice *choice = asked->choice;
  g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
  if (g_error_matches (error, MH_ERROR, MH_ERROR_OFFLINE))
    {
      site_choice_complain (
          choice, _ ("The server is away: hospitals by their names, without the way there."));
      site_choice_show_known (choice);
      return;
    }
  site_choice_complain (choice, words);
  if (found == NULL)
    return;
  g_clear_pointer (&choice->choices, g_ptr_array_unref);
  choice->choices = g_steal_pointer (&found);
  site_choice_tell (choice);
}

/* For what is needed as it stands in the form; asked for again when that changes. */
static void
site_choice_ask_cb (Choice *choice)
{
  MhRecord *arrival = mh_record_slot_record (choice->slot);
  const char *const *list = mh_record_list (arrival, MH_ARRIVAL_NEEDS);
  g_autofree char *needs = list != NULL ? g_strjoinv (",", (char **)list) : g_strdup ("");
  if (g_strcmp0 (needs, choice->needs) == 0)
    return;
  g_free (choice->needs);
  choice->needs = g_steal_pointer (&needs);

  g_cancellable_cancel (choice->asking);
  g_clear_object (&choice->asking);
  choice->asking = g_cancellable_new ();
  const char *args[] = { "call_id", mh_record_text (arrival, MH_ARRIVAL_CALL_ID),
                         *choice->needs != 0 ? "need" : NULL, choice->needs, NULL };
  Asked *asked = g_new0 (Asked, 1);
  asked->choice = choice;
  asked->asking = g_object_ref (choice->asking);
  mh_fetch_async (mh_record_slot_context (choice->slot),
                  &(MhFetch){ .route = "destination.list", .args = args }, choice->asking,
                  site_choice_arrived_cb, asked);
}

/* --- the window --- */

static GtkWidget *
site_choice_dress (GtkBox *place, MhRecordSlot *slot, MhForm *form)
{
  Choice *choice = g_new0 (Choice, 1);
  GtkWidget *list = gtk_list_box_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *problem = mh_label ("", "dim-label");
  GtkWidget *scrolled
      = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                      "propagate-natural-height", TRUE, "min-content-height", LEAST_HEIGHT,
                      "max-content-height", MOST_HEIGHT, "child", list, NULL);
  choice->slot = slot;
  choice->form = form;
  choice->list = GTK_LIST_BOX (list);
  choice->problem = GTK_LABEL (problem);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (problem, "mh-inset");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Hospitals, the best first"), -1);
  site_choice_complain (choice, NULL);
  gtk_box_append (place, problem);
  gtk_box_append (place, scrolled);

  g_signal_connect_data (list, "row-selected", G_CALLBACK (site_choice_selected_cb), choice, NULL,
                         G_CONNECT_SWAPPED);
  g_signal_connect_data (list, "row-activated", G_CALLBACK (site_choice_activated_cb), choice, NULL,
                         G_CONNECT_SWAPPED);
  g_signal_connect_data (keys, "key-pressed", G_CALLBACK (site_choice_key_cb), choice, NULL,
                         G_CONNECT_SWAPPED);
  gtk_widget_add_controller (list, keys);
  g_signal_connect_data (slot, "issues-changed", G_CALLBACK (site_choice_ask_cb), choice,
                         site_choice_free, G_CONNECT_SWAPPED);
  site_choice_ask_cb (choice);
  return list;
}

void
mh_site_choice_ask (GtkWidget *opener, MhContext *context, MhRecord *call)
{
  static const char *const fields[] = { "patient", "what", "needs", "due_at", "keeps_bed", NULL };
  g_autoptr (MhRecord) draft = mh_record_new (&mh_arrival_type);
  const char *title = mh_record_text (call, MH_EMERGENCY_CALL_CARD_TITLE);
  const char *summary = mh_record_text (call, MH_EMERGENCY_CALL_SUMMARY);
  g_autofree char *hint
      = g_strdup_printf (_ ("%s · %s"), mh_record_text (call, MH_EMERGENCY_CALL_NUMBER),
                         title != NULL     ? title
                         : summary != NULL ? summary
                                           : _ ("nothing is known yet"));
  mh_record_set_text (draft, MH_ARRIVAL_CALL_ID, mh_record_id (call));
  mh_record_set_text (draft, MH_ARRIVAL_WHAT, summary != NULL ? summary : title);
  mh_record_set_bool (draft, MH_ARRIVAL_KEEPS_BED, TRUE);
  const MhEntryWanted wanted = { .title = _ ("Where to"),
                                 .save = _ ("_Tell the hospital"),
                                 .hint = hint,
                                 .fields = fields,
                                 .route = "arrival.tell",
                                 .draft = draft,
                                 .dress = site_choice_dress,
                                 .wide = TRUE,
                                 .about = call };
  mh_entry_dialog_show (opener, context, &wanted);
}
