/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/board/mh-map-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-way-words.h"
#include "client/pages/dispatch/board/mh-address-words.h"
#include "client/pages/dispatch/calls/mh-call-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-map-view.h"
#include "shared/records/lab/mh-map.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 250
#define HERE_METRES 10 /* nearer is the place itself */
#define MOST_LETTERS 200
#define REACH_MINUTES 8

struct _MhMapPage
{
  MhPane parent_instance;
  MhTiles *tiles;
  GListStore *hits;       /* MhPlace */
  GCancellable *looking;  /* the search that is under way */
  GCancellable *asking;   /* the address of a place */
  GCancellable *routing;  /* the way */
  GCancellable *reaching; /* what is reached from the chosen place */
  char *found;            /* what the hits were found for */
  gboolean entered;       /* Enter came before them */
  gboolean unanswered;    /* the server was away when it was asked */
  gboolean unnamed;       /* the chosen place was picked on the map and waits for its address */
  MhPlace *chosen, *from, *to;
  MhSplit *split;
  MhBanner *away;
  GtkStack *stack;
  AdwStatusPage *failed;
  MhMapView *map;
  GtkEditable *search;
  GtkLabel *told, *title, *detail, *from_name, *to_name, *sum, *legend;
  GtkWidget *hint, *scrolled, *place, *way, *show_map, *back;
  GtkListBox *list, *steps;
  GtkDropDown *profile;
  GtkToggleButton *reach;
};

G_DEFINE_FINAL_TYPE (MhMapPage, mh_map_page, MH_TYPE_PANE)

static GCancellable *
map_page_renew (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
  return *cancellable;
}

static void
map_page_call (MhMapPage *page,
               const char *route,
               const char *const *args,
               GCancellable **slot,
               GAsyncReadyCallback callback)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (context != NULL)
    mh_fetch_async (context, &(MhFetch){ .route = route, .args = args }, map_page_renew (slot),
                    callback, g_object_ref (page));
}

/* FALSE: it is for nobody any more. What the server was away for is asked again. */
static gboolean
map_page_is_wanted (MhMapPage *page, const GError *error)
{
  if (mh_pane_context (MH_PANE (page)) == NULL
      || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return FALSE;
  page->unanswered = page->unanswered || mh_error_is_away (error);
  return TRUE;
}

/* --- figures in words --- */

static char *
map_page_metres_words (gint64 metres)
{
  return metres < 1000 ? g_strdup_printf (_ ("%d m"), (int)metres)
                       : g_strdup_printf (_ ("%.1f km"), (double)metres / 1000);
}

static char *
map_page_seconds_words (gint64 seconds)
{
  const int minutes = (int)(seconds / 60), rest = (int)(seconds % 60);
  return minutes > 0 ? g_strdup_printf (_ ("%d min %d s"), minutes, rest)
                     : g_strdup_printf (_ ("%d s"), rest);
}

/* --- what is told --- */

/* What may be typed is told until something is. A pane that scrolls nothing would hold the keys. */
static void
map_page_arrange (MhMapPage *page)
{
  gboolean way = page->from != NULL || page->to != NULL;
  gboolean found = g_list_model_get_n_items (G_LIST_MODEL (page->hits)) > 0;
  gboolean begun
      = *gtk_editable_get_text (page->search) != 0 || page->chosen != NULL || found || way;
  gtk_widget_set_visible (page->hint, !begun);
  gtk_widget_set_visible (page->way, way);
  gtk_widget_set_visible (GTK_WIDGET (page->list), found);
  gtk_widget_set_visible (page->scrolled, found || way);
  gtk_widget_set_vexpand (page->show_map, !found && !way);
}

/* --- what is reached from the chosen place --- */

static void
map_page_legend (MhMapPage *page, const char *words)
{
  gtk_label_set_text (page->legend, words);
  gtk_widget_set_visible (GTK_WIDGET (page->legend), *words != 0);
}

static void
map_page_reached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMapPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) reach = mh_fetch_finish_record (result, &error);
  if (!map_page_is_wanted (page, error))
    return;
  if (reach == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      map_page_legend (page, words);
      return;
    }

  g_autoptr (GPtrArray) rings = mh_rings_read (mh_record_text (reach, MH_MAP_REACH_RINGS));
  g_autofree char *words
      = g_strdup_printf (_ ("Shaded: reached from here by an emergency vehicle within %d minutes "
                            "on free roads, %.1f km²"),
                         REACH_MINUTES, mh_rings_square_km (rings));
  mh_map_view_set_area (page->map, rings);
  map_page_legend (page, words);
}

static void
map_page_reach_cb (MhMapPage *page)
{
  g_cancellable_cancel (page->reaching);
  mh_map_view_set_area (page->map, NULL);
  map_page_legend (page, "");
  if (page->chosen == NULL || !gtk_toggle_button_get_active (page->reach))
    return;

  g_autofree char *at = mh_place_text (mh_place_lat (page->chosen), mh_place_lon (page->chosen));
  g_autofree char *seconds = g_strdup_printf ("%d", REACH_MINUTES * 60);
  const char *args[] = { "at", at, "seconds", seconds, NULL };
  map_page_legend (page, _ ("Working out what is reached…"));
  map_page_call (page, "map.reach", args, &page->reaching, map_page_reached_cb);
}

/* Its name may come later; of another place something else is reached. */
static gboolean
map_page_is_elsewhere (MhMapPage *page, MhPlace *place)
{
  return page->chosen == NULL || place == NULL
         || mh_place_lat (page->chosen) != mh_place_lat (place)
         || mh_place_lon (page->chosen) != mh_place_lon (place);
}

static void
map_page_choose (MhMapPage *page, MhPlace *place)
{
  if (map_page_is_elsewhere (page, place))
    gtk_toggle_button_set_active (page->reach, FALSE);
  g_set_object (&page->chosen, place);
  gtk_widget_set_visible (page->place, place != NULL);
  mh_map_view_set_mark (page->map, MH_MAP_MARK_CHOSEN, place);
  map_page_arrange (page);
  if (place == NULL)
    return;

  gtk_label_set_text (page->title, mh_place_name (place));
  gtk_label_set_text (page->detail, mh_place_detail (place));
}

static void
map_page_clear_search_cb (MhMapPage *page)
{
  gtk_editable_set_text (page->search, "");
  g_cancellable_cancel (page->asking);
  page->unnamed = FALSE;
  map_page_choose (page, NULL);
}

/* --- the way between two places --- */

static GtkWidget *
map_page_line_new (const char *first, const char *second)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *const words[] = { first, second };
  gtk_widget_add_css_class (box, "mh-map-line");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL && *words[i] != 0)
      {
        GtkWidget *label = gtk_label_new (words[i]);
        gtk_label_set_xalign (GTK_LABEL (label), 0);
        gtk_label_set_wrap (GTK_LABEL (label), TRUE);
        gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
        if (i > 0)
          gtk_widget_add_css_class (label, "dim-label");
        gtk_box_append (GTK_BOX (box), label);
      }
  return box;
}

static void
map_page_clear_steps (MhMapPage *page)
{
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (page->steps))) != NULL)
    gtk_list_box_remove (page->steps, row);
  gtk_widget_set_visible (GTK_WIDGET (page->steps), FALSE);
  mh_map_view_set_way (page->map, NULL);
}

static void
map_page_way_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMapPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) way = mh_fetch_finish_record (result, &error);
  if (!map_page_is_wanted (page, error))
    return;

  map_page_clear_steps (page);
  if (way == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      gtk_label_set_text (page->sum, words);
      return;
    }

  g_autofree char *time = map_page_seconds_words (mh_record_int (way, MH_MAP_WAY_SECONDS));
  g_autofree char *metres = map_page_metres_words (mh_record_int (way, MH_MAP_WAY_METRES));
  g_autofree char *sum = g_strdup_printf (_ ("%s · %s"), time, metres);
  gtk_label_set_text (page->sum, sum);
  g_autoptr (GArray) line = mh_points_read (mh_record_text (way, MH_MAP_WAY_LINE));
  mh_map_view_set_way (page->map, line);

  GPtrArray *steps = mh_record_records (way, MH_MAP_WAY_INSTRUCTIONS);
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      MhRecord *step = g_ptr_array_index (steps, i);
      g_autofree char *far = map_page_metres_words (mh_record_int (step, MH_MAP_STEP_METRES));
      g_autofree char *words = mh_way_words (step);
      gtk_list_box_append (page->steps, map_page_line_new (words, i + 1 < steps->len ? far : NULL));
    }
  gtk_widget_set_visible (GTK_WIDGET (page->steps), steps != NULL && steps->len > 0);
}

static void
map_page_route (MhMapPage *page)
{
  gtk_label_set_text (page->from_name,
                      page->from != NULL ? mh_place_name (page->from) : _ ("Not chosen yet"));
  gtk_label_set_text (page->to_name,
                      page->to != NULL ? mh_place_name (page->to) : _ ("Not chosen yet"));
  mh_map_view_set_mark (page->map, MH_MAP_MARK_START, page->from);
  mh_map_view_set_mark (page->map, MH_MAP_MARK_END, page->to);

  map_page_arrange (page);

  if (page->from == NULL || page->to == NULL)
    {
      g_cancellable_cancel (page->routing);
      map_page_clear_steps (page);
      gtk_label_set_text (page->sum, _ ("Choose both ends to see the route."));
      return;
    }

  g_autofree char *from = mh_place_text (mh_place_lat (page->from), mh_place_lon (page->from));
  g_autofree char *to = mh_place_text (mh_place_lat (page->to), mh_place_lon (page->to));
  guint chosen = gtk_drop_down_get_selected (page->profile);
  const char *profile = mh_map_profile_codes[chosen != GTK_INVALID_LIST_POSITION ? chosen : 0].code;
  const char *args[] = { "from", from, "to", to, "profile", profile, NULL };
  gtk_label_set_text (page->sum, _ ("Looking for the route…"));
  map_page_call (page, "map.route", args, &page->routing, map_page_way_cb);
}

/* The chosen place is an end of the way now; the search is free for the other one. */
static void
map_page_take_end (MhMapPage *page, MhPlace **end)
{
  g_set_object (end, page->chosen);
  map_page_route (page);
  map_page_clear_search_cb (page);
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
}

static void
map_page_start_cb (MhMapPage *page)
{
  map_page_take_end (page, &page->from);
}

static void
map_page_end_cb (MhMapPage *page)
{
  map_page_take_end (page, &page->to);
}

static void
map_page_clear_way_cb (MhMapPage *page)
{
  g_clear_object (&page->from);
  g_clear_object (&page->to);
  map_page_route (page);
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
}

static void
map_page_profile_cb (MhMapPage *page)
{
  if (page->from != NULL && page->to != NULL)
    map_page_route (page);
}

/* --- one place --- */

/* A plus code or coordinates may lie anywhere. */
static char *
map_page_words_of_hit (MhMapPage *page, MhRecord *address)
{
  g_autofree char *words = mh_address_words (address);
  g_autoptr (MhPlace) place = mh_place_of_address (address, NULL);
  if (place == NULL || mh_tiles_covers (page->tiles, place))
    return g_steal_pointer (&words);
  return g_strdup_printf (_ ("%s · not on this map"), words);
}

static void
map_page_nearest_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMapPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) address = mh_fetch_finish_record (result, &error);
  if (!map_page_is_wanted (page, error) || page->chosen == NULL)
    return;

  page->unnamed = mh_error_is_away (error);
  if (address == NULL)
    {
      g_autofree char *words = g_error_matches (error, MH_ERROR, MH_ERROR_NOT_FOUND)
                                   ? g_strdup (_ ("No address near this place"))
                                   : mh_words_error (error);
      gtk_label_set_text (page->detail, words);
      return;
    }

  /* it is the place that was picked, called by the address beside it */
  const gint64 far = mh_record_int (address, MH_MAP_ADDRESS_METRES);
  g_autofree char *metres = map_page_metres_words (far);
  g_autofree char *words = mh_address_words (address);
  g_autofree char *at = mh_place_text (mh_place_lat (page->chosen), mh_place_lon (page->chosen));
  g_autofree char *detail = far < HERE_METRES
                                ? g_strdup_printf (_ ("%s · %s"), words, at)
                                : g_strdup_printf (_ ("%s · %s from here · %s"), words, metres, at);
  g_autoptr (MhPlace) place
      = mh_place_new (mh_record_text (address, MH_MAP_ADDRESS_NAME), detail,
                      mh_place_lat (page->chosen), mh_place_lon (page->chosen));
  map_page_choose (page, place);
}

static void
map_page_ask_name (MhMapPage *page)
{
  g_autofree char *at = mh_place_text (mh_place_lat (page->chosen), mh_place_lon (page->chosen));
  const char *args[] = { "at", at, NULL };
  map_page_call (page, "map.nearest", args, &page->asking, map_page_nearest_cb);
}

static void
map_page_picked_cb (MhMapPage *page, double lat, double lon)
{
  g_autofree char *at = mh_place_text (lat, lon);
  g_autoptr (MhPlace) place = mh_place_new (at, _ ("Looking for the address…"), lat, lon);
  map_page_choose (page, place);
  map_page_ask_name (page);
  /* what is told of it stands beside the map, or in its place where there is no room for both */
  if (mh_split_is_folded (page->split))
    mh_split_show_end (page->split, FALSE);
}

static void
map_page_chosen_cb (MhMapPage *page, MhPlace *place)
{
  g_cancellable_cancel (page->asking);
  page->unnamed = FALSE;
  map_page_choose (page, place);
  if (mh_split_is_folded (page->split))
    mh_split_show_end (page->split, FALSE);
}

/* --- the search --- */

static void
map_page_show_hit (MhMapPage *page, guint position)
{
  g_autoptr (MhPlace) place = g_list_model_get_item (G_LIST_MODEL (page->hits), position);
  if (place == NULL)
    return;
  map_page_chosen_cb (page, place);
  mh_map_view_show (page->map, place);
}

static void
map_page_hit_cb (MhMapPage *page, GtkListBoxRow *row)
{
  map_page_show_hit (page, (guint)gtk_list_box_row_get_index (row));
}

static void
map_page_told (MhMapPage *page, const char *words)
{
  gtk_label_set_text (page->told, words);
  gtk_widget_set_visible (GTK_WIDGET (page->told), *words != 0);
}

static void
map_page_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMapPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) addresses = mh_fetch_finish_list (result, &error);
  if (!map_page_is_wanted (page, error))
    return;

  g_list_store_remove_all (page->hits);
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      MhRecord *address = g_ptr_array_index (addresses, i);
      g_autofree char *words = map_page_words_of_hit (page, address);
      g_autoptr (MhPlace) place = mh_place_of_address (address, words);
      if (place != NULL)
        g_list_store_append (page->hits, place);
    }

  guint n = g_list_model_get_n_items (G_LIST_MODEL (page->hits));
  g_autofree char *words
      = error != NULL ? mh_words_error (error)
        : n > 0       ? g_strdup_printf (
                    g_dngettext (GETTEXT_PACKAGE, "%u place found", "%u places found", n), n)
                : g_strdup (_ ("Nothing of that name. Try a part of it, or a street nearby."));
  map_page_told (page, words);
  map_page_arrange (page);

  if (page->entered && n > 0)
    map_page_show_hit (page, 0);
  page->entered = FALSE;
}

static void
map_page_look (MhPane *pane)
{
  MhMapPage *page = MH_MAP_PAGE (pane);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (page->search)));
  double lat, lon;

  if (g_strcmp0 (text, page->found) == 0)
    return;
  g_free (page->found);
  page->found = g_strdup (text);
  if (*text == 0)
    {
      g_cancellable_cancel (page->looking);
      page->entered = FALSE;
      g_list_store_remove_all (page->hits);
      map_page_arrange (page);
      map_page_told (page, "");
      return;
    }

  mh_map_view_middle (page->map, &lat, &lon);
  g_autofree char *near = mh_place_text (lat, lon);
  const char *args[] = { "q", text, "near", near, "limit", "20", NULL };
  map_page_call (page, "map.addresses", args, &page->looking, map_page_found_cb);
}

static void
map_page_typed_cb (MhMapPage *page)
{
  page->entered = FALSE;
  map_page_arrange (page);
  mh_pane_soon (MH_PANE (page), TYPING_MS, map_page_look);
}

/* What is typed now is meant, not what was found for less of it. */
static void
map_page_enter_cb (MhMapPage *page)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (page->search)));
  gboolean fresh = g_strcmp0 (text, page->found) == 0;
  if (fresh && g_list_model_get_n_items (G_LIST_MODEL (page->hits)) > 0)
    {
      map_page_show_hit (page, 0);
      return;
    }
  g_clear_pointer (&page->found, g_free);
  page->entered = *text != 0;
  map_page_look (MH_PANE (page));
}

static GtkWidget *
map_page_row_cb (gpointer item, gpointer data)
{
  return map_page_line_new (mh_place_name (item), mh_place_detail (item));
}

/* --- keys --- */

static void
map_page_show_map_cb (MhMapPage *page)
{
  mh_split_show_end (page->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (page->map));
}

/* Down from the search into what was found. */
static gboolean
map_page_down_cb (MhMapPage *page, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (page->list, 0);
  if (key != GDK_KEY_Down || row == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

/* One step back: from map and lists to the search, there what was typed goes. */
static gboolean
map_page_escape_cb (MhMapPage *page, guint key)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  if (mh_split_is_folded (page->split))
    mh_split_show_end (page->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
  return GDK_EVENT_STOP;
}

/* The telephone rings while the map is looked at. */
static void
map_page_take_call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhContext *context = mh_pane_context (MH_PANE (widget));
  if (context != NULL && mh_context_may (context, MH_MAY_WRITE_CALL))
    mh_call_dialog_show_at (widget, context, MH_MAP_PAGE (widget)->chosen);
}

/* --- the page --- */

static void
map_page_retry_cb (MhMapPage *page)
{
  if (page->tiles != NULL)
    mh_tiles_ask (page->tiles);
}

/* The server is back. */
static void
map_page_ask_again (MhMapPage *page)
{
  page->unanswered = FALSE;
  if (page->from != NULL && page->to != NULL
      && gtk_list_box_get_row_at_index (page->steps, 0) == NULL)
    map_page_route (page);
  if (page->unnamed)
    map_page_ask_name (page);
  if (gtk_toggle_button_get_active (page->reach))
    map_page_reach_cb (page);
  if (g_list_model_get_n_items (G_LIST_MODEL (page->hits)) == 0)
    {
      g_clear_pointer (&page->found, g_free);
      map_page_look (MH_PANE (page));
    }
}

static void
map_page_changed_cb (MhMapPage *page)
{
  static const char *const names[] = { [MH_TILES_ASKING] = "asking",
                                       [MH_TILES_READY] = "map",
                                       [MH_TILES_NONE] = "none",
                                       [MH_TILES_FAILED] = "failed" };
  MhTilesState state = mh_tiles_state (page->tiles);
  gtk_stack_set_visible_child_name (page->stack, names[state]);
  gboolean away = mh_tiles_is_away (page->tiles);
  mh_banner_set_revealed (page->away, state == MH_TILES_READY && away);
  adw_status_page_set_description (
      page->failed,
      away ? _ ("The server is away and this desk has not shown the map before. It comes by itself "
                "when the server is back.")
           : _ ("The server is there and cannot give the map. Try again; if that does not help, "
                "tell whoever looks after the server."));
  if (!away && page->unanswered)
    map_page_ask_again (page);
}

static void
map_page_folded_cb (MhMapPage *page)
{
  gboolean folded = mh_split_is_folded (page->split);
  gtk_widget_set_visible (page->show_map, folded);
  gtk_widget_set_visible (page->back, folded);
}

static void
map_page_begin (MhPane *pane)
{
  MhMapPage *page = MH_MAP_PAGE (pane);
  g_autoptr (GtkStringList) profiles = gtk_string_list_new (NULL);
  for (const MhCode *code = mh_map_profile_codes; code->code != NULL; code++)
    gtk_string_list_append (profiles, g_dgettext (GETTEXT_PACKAGE, code->label));
  gtk_drop_down_set_model (page->profile, G_LIST_MODEL (profiles));

  mh_pane_keep (pane, &page->hits, g_list_store_new (MH_TYPE_PLACE));
  mh_pane_keep (pane, &page->tiles, mh_tiles_new (mh_pane_context (pane)));
  gtk_list_box_bind_model (page->list, G_LIST_MODEL (page->hits), map_page_row_cb, NULL, NULL);
  mh_map_view_set_places (page->map, G_LIST_MODEL (page->hits));
  mh_map_view_set_tiles (page->map, page->tiles);
  g_signal_connect_object (page->tiles, "changed", G_CALLBACK (map_page_changed_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "notify::state",
                           G_CALLBACK (map_page_changed_cb), page, G_CONNECT_SWAPPED);
  gtk_text_set_max_length (GTK_TEXT (gtk_editable_get_delegate (page->search)), MOST_LETTERS);
  mh_stack_hide_rest (page->stack);
  map_page_folded_cb (page);
  mh_tiles_ask (page->tiles);
}

static void
map_page_shown (MhPane *pane)
{
  MhMapPage *page = MH_MAP_PAGE (pane);
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
  if (page->tiles != NULL && mh_tiles_state (page->tiles) != MH_TILES_READY)
    mh_tiles_ask (page->tiles);
}

static gboolean
map_page_type_ahead (MhPane *pane, const char *text)
{
  MhMapPage *page = MH_MAP_PAGE (pane);
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
  gtk_editable_set_text (page->search, text);
  gtk_editable_set_position (page->search, -1);
  return TRUE;
}

static void
mh_map_page_dispose (GObject *object)
{
  MhMapPage *page = MH_MAP_PAGE (object);
  g_cancellable_cancel (page->looking);
  g_cancellable_cancel (page->asking);
  g_cancellable_cancel (page->routing);
  g_clear_object (&page->looking);
  g_clear_object (&page->asking);
  g_clear_object (&page->routing);
  g_cancellable_cancel (page->reaching);
  g_clear_object (&page->reaching);
  g_clear_object (&page->chosen);
  g_clear_object (&page->from);
  g_clear_object (&page->to);
  g_clear_pointer (&page->found, g_free);
  G_OBJECT_CLASS (mh_map_page_parent_class)->dispose (object);
}

static void
mh_map_page_class_init (MhMapPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_map_page_dispose;
  MH_PANE_CLASS (klass)->begin = map_page_begin;
  MH_PANE_CLASS (klass)->shown = map_page_shown;
  MH_PANE_CLASS (klass)->type_ahead = map_page_type_ahead;
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_MAP_VIEW);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_BANNER);

  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("dispatch/board/mh-map-page"));
  gtk_widget_class_bind_template_child (widget, MhMapPage, split);
  gtk_widget_class_bind_template_child (widget, MhMapPage, away);
  gtk_widget_class_bind_template_child (widget, MhMapPage, stack);
  gtk_widget_class_bind_template_child (widget, MhMapPage, failed);
  gtk_widget_class_bind_template_child (widget, MhMapPage, map);
  gtk_widget_class_bind_template_child (widget, MhMapPage, search);
  gtk_widget_class_bind_template_child (widget, MhMapPage, hint);
  gtk_widget_class_bind_template_child (widget, MhMapPage, scrolled);
  gtk_widget_class_bind_template_child (widget, MhMapPage, told);
  gtk_widget_class_bind_template_child (widget, MhMapPage, title);
  gtk_widget_class_bind_template_child (widget, MhMapPage, detail);
  gtk_widget_class_bind_template_child (widget, MhMapPage, from_name);
  gtk_widget_class_bind_template_child (widget, MhMapPage, to_name);
  gtk_widget_class_bind_template_child (widget, MhMapPage, sum);
  gtk_widget_class_bind_template_child (widget, MhMapPage, place);
  gtk_widget_class_bind_template_child (widget, MhMapPage, way);
  gtk_widget_class_bind_template_child (widget, MhMapPage, show_map);
  gtk_widget_class_bind_template_child (widget, MhMapPage, back);
  gtk_widget_class_bind_template_child (widget, MhMapPage, list);
  gtk_widget_class_bind_template_child (widget, MhMapPage, steps);
  gtk_widget_class_bind_template_child (widget, MhMapPage, profile);
  gtk_widget_class_bind_template_child (widget, MhMapPage, reach);
  gtk_widget_class_bind_template_child (widget, MhMapPage, legend);
  gtk_widget_class_bind_template_callback (widget, map_page_typed_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_enter_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_clear_search_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_down_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_escape_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_hit_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_picked_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_start_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_end_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_clear_way_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_profile_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_reach_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_show_map_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_retry_cb);
  gtk_widget_class_bind_template_callback (widget, map_page_folded_cb);
  gtk_widget_class_install_action (widget, "map.take-call", NULL, map_page_take_call_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F2, 0, "map.take-call", NULL);
}

static void
mh_map_page_init (MhMapPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_map_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_MAP_PAGE, "context", context, NULL);
}
