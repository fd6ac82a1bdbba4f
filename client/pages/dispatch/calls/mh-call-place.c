/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-place.h"

#include "client/models/mh-fetch.h"
#include "client/pages/dispatch/board/mh-address-words.h"
#include "client/pages/dispatch/calls/mh-call-words.h"
#include "shared/records/dispatch/mh-emergency.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 250
#define MOST_FOUND "6"

struct _MhCallPlace
{
  MhPane parent_instance;
  GListStore *hits; /* MhPlace */
  MhPlace *place;   /* chosen; NULL: none, or words alone */
  GCancellable *looking;
  gboolean looked;    /* the places are those of what is typed */
  gboolean entered;   /* Enter came before the places */
  gboolean unreached; /* the server was away when it was looked for */
  gboolean filling;   /* the text is set here, nobody types */
  GtkEditable *location;
  GtkLabel *found;
  GtkListBox *places;
};

G_DEFINE_FINAL_TYPE (MhCallPlace, mh_call_place, MH_TYPE_PANE)

static guint changed, done;

char *
mh_call_place_text (MhCallPlace *place)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (place->location)));
  return *text != 0 ? g_steal_pointer (&text) : NULL;
}

char *
mh_call_place_tell (MhCallPlace *place)
{
  g_autofree char *text = mh_call_place_text (place);
  MhEmergencyPlace told = { .text = text };
  if (text == NULL)
    return NULL;
  if (place->place != NULL)
    {
      told.has_point = TRUE;
      told.lat = mh_place_lat (place->place);
      told.lon = mh_place_lon (place->place);
    }
  return mh_emergency_place_put (&told);
}

static void
call_place_set_text (MhCallPlace *place, const char *text)
{
  place->filling = TRUE;
  gtk_editable_set_text (place->location, text);
  gtk_editable_set_position (place->location, -1);
  place->filling = FALSE;
}

static void
call_place_say (MhCallPlace *place, const char *words)
{
  gtk_label_set_text (place->found, words);
  gtk_widget_set_visible (GTK_WIDGET (place->found), *words != 0);
}

static void
call_place_forget (MhCallPlace *place)
{
  g_clear_object (&place->place);
  place->looked = place->entered = place->unreached = FALSE;
  g_cancellable_cancel (place->looking);
  g_clear_object (&place->looking);
  g_list_store_remove_all (place->hits);
  gtk_widget_set_visible (GTK_WIDGET (place->places), FALSE);
  call_place_say (place, "");
}

void
mh_call_place_take (MhCallPlace *place, const char *json)
{
  g_auto (MhEmergencyPlace) told = { 0 };
  gboolean is = json != NULL && mh_emergency_place_parse (json, &told, NULL);
  call_place_forget (place);
  call_place_set_text (place, is && told.text != NULL ? told.text : "");
  if (!is || !told.has_point)
    return;

  g_autofree char *point = mh_place_text (told.lat, told.lon);
  g_autofree char *words = g_strdup_printf (_ ("On the map: %s"), point);
  place->place = mh_place_new (told.text, NULL, told.lat, told.lon);
  if (told.text == NULL)
    call_place_set_text (place, point);
  call_place_say (place, words);
}

/* --- looking for it --- */

void
mh_call_place_set (MhCallPlace *place, MhPlace *chosen)
{
  const char *detail = mh_place_detail (chosen);
  g_autofree char *typed = mh_call_place_text (place);
  g_autofree char *text = mh_call_place_words (typed, mh_place_name (chosen));
  g_autofree char *words
      = detail != NULL ? g_strdup_printf (_ ("On the map: %s · %s"), mh_place_name (chosen), detail)
                       : g_strdup_printf (_ ("On the map: %s"), mh_place_name (chosen));
  g_autoptr (MhPlace) held = g_object_ref (chosen);
  call_place_forget (place);
  call_place_set_text (place, text);
  g_set_object (&place->place, held);
  call_place_say (place, words);
  g_signal_emit (place, changed, 0);
}

static void
call_place_choose (MhCallPlace *place, guint position)
{
  g_autoptr (MhPlace) chosen = g_list_model_get_item (G_LIST_MODEL (place->hits), position);
  if (chosen != NULL)
    mh_call_place_set (place, chosen);
}

static void
call_place_say_found (MhCallPlace *place, const GError *error, guint n)
{
  const gboolean away = g_error_matches (error, MH_ERROR, MH_ERROR_OFFLINE);
  place->unreached = away;
  call_place_say (place, n > 0 ? ""
                         : away
                             ? _ ("The server is away: kept in words, looked for on the map later")
                         : error ? _ ("The map cannot be asked now: kept in words")
                                 : _ ("Not found on the map: kept in words"));
  gtk_widget_set_visible (GTK_WIDGET (place->places), n > 0);
}

static void
call_place_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCallPlace) place = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) addresses = mh_fetch_finish_list (result, &error);
  if (mh_pane_context (MH_PANE (place)) == NULL
      || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;

  g_list_store_remove_all (place->hits);
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      MhRecord *address = g_ptr_array_index (addresses, i);
      g_autofree char *words = mh_address_words (address);
      g_autoptr (MhPlace) hit = mh_place_of_address (address, words);
      if (hit != NULL)
        g_list_store_append (place->hits, hit);
    }

  guint n = g_list_model_get_n_items (G_LIST_MODEL (place->hits));
  place->looked = n > 0;
  call_place_say_found (place, error, n);
  if (place->entered)
    call_place_choose (place, 0);
}

static void
call_place_look (MhPane *pane)
{
  MhCallPlace *place = MH_CALL_PLACE (pane);
  g_autofree char *text = mh_call_place_text (place);
  const char *args[] = { "q", text, "limit", MOST_FOUND, NULL };
  if (text == NULL || place->place != NULL || place->looked)
    return;

  g_cancellable_cancel (place->looking);
  g_clear_object (&place->looking);
  place->looking = g_cancellable_new ();
  mh_fetch_async (mh_pane_context (pane), &(MhFetch){ .route = "map.addresses", .args = args },
                  place->looking, call_place_found_cb, g_object_ref (place));
}

static void
call_place_typed_cb (MhCallPlace *place)
{
  if (place->filling || mh_pane_context (MH_PANE (place)) == NULL)
    return;
  call_place_forget (place);
  mh_pane_soon (MH_PANE (place), TYPING_MS, call_place_look);
}

/* The first place found is meant; who means another one takes it from the list. What is not there
 * yet is taken while the next field is typed. */
static void
call_place_entered_cb (MhCallPlace *place)
{
  if (place->place == NULL && place->looked)
    call_place_choose (place, 0);
  else if (place->place == NULL)
    {
      place->entered = TRUE;
      call_place_look (MH_PANE (place));
      g_signal_emit (place, changed, 0);
    }
  g_signal_emit (place, done, 0);
}

static void
call_place_chosen_cb (MhCallPlace *place, GtkListBoxRow *row)
{
  call_place_choose (place, (guint)gtk_list_box_row_get_index (row));
  g_signal_emit (place, done, 0);
}

static gboolean
call_place_key_cb (MhCallPlace *place, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (place->places, 0);
  if (key != GDK_KEY_Down || row == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

static void
call_place_state_cb (MhCallPlace *place)
{
  MhContext *context = mh_pane_context (MH_PANE (place));
  if (place->unreached && context != NULL
      && mh_sync_state (mh_context_sync (context)) != MH_SYNC_OFFLINE)
    call_place_look (MH_PANE (place));
}

/* --- the pane --- */

static GtkWidget *
call_place_row_cb (gpointer item, gpointer data)
{
  g_autofree char *words
      = g_strdup_printf (_ ("%s · %s"), mh_place_name (item), mh_place_detail (item));
  return mh_call_row (words, NULL);
}

static void
call_place_begin (MhPane *pane)
{
  MhCallPlace *place = MH_CALL_PLACE (pane);
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "notify::state",
                           G_CALLBACK (call_place_state_cb), place, G_CONNECT_SWAPPED);
}

static gboolean
mh_call_place_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (MH_CALL_PLACE (widget)->location));
}

static void
mh_call_place_dispose (GObject *object)
{
  MhCallPlace *place = MH_CALL_PLACE (object);
  g_cancellable_cancel (place->looking);
  g_clear_object (&place->looking);
  g_clear_object (&place->place);
  G_OBJECT_CLASS (mh_call_place_parent_class)->dispose (object);
}

static void
mh_call_place_finalize (GObject *object)
{
  g_clear_object (&MH_CALL_PLACE (object)->hits);
  G_OBJECT_CLASS (mh_call_place_parent_class)->finalize (object);
}

static void
mh_call_place_class_init (MhCallPlaceClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_call_place_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_call_place_finalize;
  MH_PANE_CLASS (klass)->begin = call_place_begin;
  widget->grab_focus = mh_call_place_grab_focus;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("dispatch/calls/mh-call-place"));
  gtk_widget_class_bind_template_child (widget, MhCallPlace, location);
  gtk_widget_class_bind_template_child (widget, MhCallPlace, found);
  gtk_widget_class_bind_template_child (widget, MhCallPlace, places);
  gtk_widget_class_bind_template_callback (widget, call_place_typed_cb);
  gtk_widget_class_bind_template_callback (widget, call_place_entered_cb);
  gtk_widget_class_bind_template_callback (widget, call_place_key_cb);
  gtk_widget_class_bind_template_callback (widget, call_place_chosen_cb);
  changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 0);
  done = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
mh_call_place_init (MhCallPlace *place)
{
  place->hits = g_list_store_new (MH_TYPE_PLACE);
  gtk_widget_init_template (GTK_WIDGET (place));
  gtk_list_box_bind_model (place->places, G_LIST_MODEL (place->hits), call_place_row_cb, NULL,
                           NULL);
}
