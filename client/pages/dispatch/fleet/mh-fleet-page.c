/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/fleet/mh-fleet-page.h"

#include <string.h>

#include "client/compat/mh-compat.h"
#include "client/pages/dispatch/fleet/mh-fleet.h"
#include "client/pages/dispatch/fleet/mh-unit-acts.h"
#include "client/pages/dispatch/fleet/mh-unit-history.h"
#include "client/pages/dispatch/fleet/mh-unit-words.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-detail.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-timeline.h"
#include "client/widgets/table/mh-record-table.h"
#include "client/widgets/table/mh-row.h"
#include "shared/base/mh-text.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define LEAST_WIDTH 640
#define TICK_SECONDS 10

struct _MhFleetPage
{
  MhPane parent_instance;
  MhFleet *fleet;
  MhUnitHistory *history;
  GtkFilterListModel *rows; /* the units that are searched for, by call sign */
  GListModel *covered;      /* zones by name */
  MhRecord *shown;          /* NULL: none */
  char *wanted;             /* id of what is shown or will be when its row comes */
  GPtrArray *crew;          /* MhRecord, in the order of their rows; NULL: nobody */
  guint ticks;
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  MhDetail *detail;
  MhTimeline *timeline;
  GtkListBox *people, *zones;
  GtkEditable *search;
  GtkDropDown *which;
};

G_DEFINE_FINAL_TYPE (MhFleetPage, mh_fleet_page, MH_TYPE_PANE)

/* --- the list --- */

static const MhTableColumn columns[] = {
  { .field = "code", .width = 64, .line = MH_LINE_TITLE },
  { .title = N_ ("State"),
    .text = mh_unit_state_text,
    .style = mh_unit_state_style,
    .width = 125,
    .line = MH_LINE_MARK },
  { .title = N_ ("What"), .text = mh_unit_brief_text, .expand = TRUE, .width = 120 },
  { .title = N_ ("Crew"), .text = mh_unit_crew_text, .expand = TRUE, .width = 130 },
  { .field = "station", .width = 100, .line = MH_LINE_NONE },
  { .title = N_ ("Heard"), .text = mh_unit_heard_text, .width = 95, .line = MH_LINE_TRAILING },
  { NULL },
};

static char *
fleet_page_use_text (MhRecord *unit)
{
  return g_strdup (mh_record_bool (unit, MH_UNIT_ACTIVE) ? "" : _ ("⊘ Not in use"));
}

/* For who may not see crews: the register alone. */
static const MhTableColumn register_columns[] = {
  { .field = "code", .width = 64, .line = MH_LINE_TITLE },
  { .title = N_ ("What"), .text = mh_unit_brief_text, .expand = TRUE, .width = 120 },
  { .field = "station", .expand = TRUE, .width = 110 },
  { .field = "zone", .width = 90 },
  { .field = "plate", .width = 120, .line = MH_LINE_NONE },
  { .title = N_ ("Use"), .text = fleet_page_use_text, .width = 110, .line = MH_LINE_MARK },
  { NULL },
};

/* Before the states, of which none is told of a unit that is not in use any more. */
static const char *const choices[] = { N_ ("All in use"), N_ ("Not in use") };

static gboolean
fleet_page_fits_choice (MhFleetPage *page, MhRecord *unit)
{
  const guint chosen = gtk_drop_down_get_selected (page->which);
  const gboolean used = mh_record_bool (unit, MH_UNIT_ACTIVE);
  if (chosen == 1)
    return !used;
  return used
         && (chosen == 0 || chosen == GTK_INVALID_LIST_POSITION
             || mh_fleet_is (unit, mh_unit_state_codes[chosen - G_N_ELEMENTS (choices)].code));
}

static gboolean
fleet_page_fits (gpointer unit, gpointer data)
{
  static const guint fields[] = { MH_UNIT_CODE, MH_UNIT_PLATE, MH_UNIT_STATION, MH_UNIT_ZONE };
  MhFleetPage *page = data;
  g_autofree char *typed = mh_text_fold (gtk_editable_get_text (page->search));
  g_autofree char *what = mh_unit_what_text (unit);
  g_autofree char *brief = mh_unit_brief_text (unit);
  g_autofree char *crew = mh_unit_crew_text (unit);
  GString *all = g_string_new (what);
  g_string_append_printf (all, " %s %s", brief, mh_fleet_crew (unit) != NULL ? crew : "");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (mh_record_has (unit, fields[i]))
      g_string_append_printf (all, " %s", mh_record_text (unit, fields[i]));
  g_autofree char *text = g_string_free (all, FALSE);
  g_autofree char *folded = mh_text_fold (text);
  return strstr (folded, typed) != NULL && fleet_page_fits_choice (page, unit);
}

static int
fleet_page_compare (gconstpointer a, gconstpointer b, gpointer field)
{
  return g_strcmp0 (mh_record_text ((MhRecord *)a, GPOINTER_TO_UINT (field)),
                    mh_record_text ((MhRecord *)b, GPOINTER_TO_UINT (field)));
}

/* New model, in the order of that field. */
static GListModel *
fleet_page_by (MhRecordList *list, guint field)
{
  GtkSorter *sorter
      = GTK_SORTER (gtk_custom_sorter_new (fleet_page_compare, GUINT_TO_POINTER (field), NULL));
  return G_LIST_MODEL (gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (list)), sorter));
}

static void
fleet_page_filter_cb (MhFleetPage *page)
{
  if (page->rows != NULL)
    gtk_filter_changed (gtk_filter_list_model_get_filter (page->rows), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
fleet_page_fill_choice (MhFleetPage *page, gboolean crews)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    gtk_string_list_append (words, g_dgettext (GETTEXT_PACKAGE, choices[i]));
  for (const MhCode *code = mh_unit_state_codes; crews && code->code != NULL; code++)
    {
      g_autofree char *state = mh_unit_state_words (code->code);
      gtk_string_list_append (words, state);
    }
  gtk_drop_down_set_model (page->which, G_LIST_MODEL (words));
  g_object_unref (words);
}

/* --- zones to be covered --- */

/* Those that are to be covered. Caller owns it. */
static GPtrArray *
fleet_page_covered (MhFleetPage *page)
{
  GPtrArray *zones = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (page->covered); i++)
    {
      g_autoptr (MhRecord) zone = g_list_model_get_item (page->covered, i);
      if (mh_record_bool (zone, MH_ZONE_ACTIVE) && mh_record_int (zone, MH_ZONE_LEAST_UNITS) > 0)
        g_ptr_array_add (zones, g_steal_pointer (&zone));
    }
  return zones;
}

static void
fleet_page_tell_zones (MhFleetPage *page)
{
  g_autoptr (GPtrArray) zones = fleet_page_covered (page);
  mh_rows_set_n (page->zones, zones->len);
  for (guint i = 0; i < zones->len; i++)
    {
      MhRecord *zone = g_ptr_array_index (zones, i);
      const int least = (int)mh_record_int (zone, MH_ZONE_LEAST_UNITS);
      const int free = (int)mh_fleet_free_in (page->fleet, mh_record_text (zone, MH_ZONE_CODE));
      MhRow *line = mh_rows_nth (page->zones, i);
      g_autofree char *words = g_strdup_printf (
          /* Translators: available units in an area, and how many there should be */
          free < least ? _ ("⚠ %d of %d available") : _ ("✓ %d of %d available"), free, least);
      mh_row_set (line, mh_record_text (zone, MH_ZONE_NAME), NULL, NULL);
      mh_row_set_mark (line, words, free < least ? "mh-abnormal" : NULL);
    }
}

static gboolean
fleet_page_has_zones_cb (MhFleetPage *page)
{
  return gtk_list_box_get_row_at_index (page->zones, 0) != NULL
         && mh_context_may (mh_pane_context (MH_PANE (page)), MH_MAY_CREW_UNIT);
}

/* --- what may be done --- */

static gboolean
fleet_page_may (MhFleetPage *page, const char *right)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  return context != NULL && page->shown != NULL && mh_context_may (context, right);
}

/* The shift that the person at this desk is on; NULL: none. */
static MhRecord *
fleet_page_own (MhFleetPage *page)
{
  MhRecord *user = mh_context_user (mh_pane_context (MH_PANE (page)));
  return user != NULL ? mh_fleet_shift_of (page->fleet, mh_record_id (user)) : NULL;
}

/* A crew acts for its own unit, a dispatcher for each. */
static gboolean
fleet_page_acts (MhFleetPage *page)
{
  if (!fleet_page_may (page, MH_MAY_CREW_UNIT))
    return FALSE;
  MhRecord *own = fleet_page_own (page);
  return fleet_page_may (page, MH_MAY_DIRECT_UNIT)
         || (own != NULL
             && g_strcmp0 (mh_record_text (own, MH_CREW_SHIFT_UNIT_ID), mh_record_id (page->shown))
                    == 0);
}

static gboolean
fleet_page_may_out_cb (MhFleetPage *page)
{
  return fleet_page_acts (page) && mh_fleet_is (page->shown, MH_UNIT_AVAILABLE);
}

static gboolean
fleet_page_may_back_cb (MhFleetPage *page)
{
  return fleet_page_acts (page) && mh_fleet_is (page->shown, MH_UNIT_OUT_OF_SERVICE);
}

/* Who is on no unit yet may sign on to each. */
static gboolean
fleet_page_may_on_cb (MhFleetPage *page)
{
  return fleet_page_may (page, MH_MAY_CREW_UNIT) && mh_record_bool (page->shown, MH_UNIT_ACTIVE)
         && (fleet_page_acts (page) || fleet_page_own (page) == NULL);
}

static gboolean
fleet_page_may_off_cb (MhFleetPage *page)
{
  return fleet_page_acts (page) && page->crew != NULL;
}

static gboolean
fleet_page_may_change_cb (MhFleetPage *page)
{
  return fleet_page_may (page, MH_MAY_WRITE_FLEET);
}

/* --- one unit --- */

static char *
fleet_page_title_cb (MhFleetPage *page)
{
  return page->shown != NULL ? g_strdup (mh_record_text (page->shown, MH_UNIT_CODE)) : NULL;
}

/* "Flat tyre · since 14:05, by Anu Thomas"; NULL: nobody was ever on it. Caller frees. */
static char *
fleet_page_why (MhRecord *unit)
{
  static const guint told[] = { MH_UNIT_STATE_CALL_NUMBER, MH_UNIT_STATE_REASON };
  MhRecord *state = mh_fleet_state (unit);
  if (state == NULL)
    return NULL;

  GString *out = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (mh_record_has (state, told[i]))
      g_string_append_printf (out, "%s · ", mh_record_text (state, told[i]));
  g_autofree char *since = mh_words_time (mh_record_int (state, MH_UNIT_STATE_SINCE));
  const char *by = mh_record_text (state, MH_UNIT_STATE_BY_NAME);
  if (by != NULL)
    g_string_append_printf (out, _ ("since %s, by %s"), since, by);
  else
    g_string_append_printf (out, _ ("since %s"), since);
  return g_string_free (out, FALSE);
}

static void
fleet_page_tell_unit (MhFleetPage *page)
{
  static const guint fields[] = { MH_UNIT_STATION, MH_UNIT_ZONE, MH_UNIT_PLATE, MH_UNIT_NOTE };
  MhRecord *unit = page->shown;
  const gboolean crews = fleet_page_may (page, MH_MAY_CREW_UNIT);
  g_autofree char *what = mh_unit_what_text (unit);
  g_autofree char *state = mh_unit_state_text (unit);
  g_autofree char *why = fleet_page_why (unit);
  const char *style = mh_unit_state_style (unit);

  mh_detail_clear (page->detail, NULL);
  mh_detail_head (page->detail, what, mh_record_text (unit, MH_UNIT_CODE), NULL, NULL);
  if (crews || !mh_record_bool (unit, MH_UNIT_ACTIVE))
    mh_detail_state (page->detail, state,
                     g_strcmp0 (style, "mh-good") == 0       ? "mh-good"
                     : g_strcmp0 (style, "mh-abnormal") == 0 ? "mh-warm"
                                                             : NULL,
                     why);
  mh_detail_heading (page->detail, _ ("Unit"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = mh_words_value (unit, fields[i]);
      if (*value != 0)
        mh_detail_amount (page->detail, mh_words_label (&mh_unit_type.fields[fields[i]]), value,
                          NULL, FALSE);
    }
  g_autofree char *heard = mh_unit_heard_text (unit);
  if (crews)
    mh_detail_amount (page->detail, _ ("Heard"), heard, NULL, FALSE);
}

/* --- who is on it --- */

static gboolean
fleet_page_has_crew_cb (MhFleetPage *page)
{
  return page->crew != NULL;
}

static gboolean
fleet_page_are_same (GPtrArray *one, GPtrArray *other)
{
  gboolean same = one != NULL && other != NULL && one->len == other->len;
  for (guint i = 0; same && i < one->len; i++)
    same = g_strcmp0 (mh_record_id (g_ptr_array_index (one, i)),
                      mh_record_id (g_ptr_array_index (other, i)))
           == 0;
  return same;
}

static void
fleet_page_fill_person (MhRow *row, MhRecord *shift)
{
  g_autofree char *duty = mh_words_value (shift, MH_CREW_SHIFT_DUTY);
  g_autofree char *left = mh_unit_left_text (shift);
  g_autofree char *until = mh_words_time (mh_record_int (shift, MH_CREW_SHIFT_UNTIL));
  g_autofree char *under = g_strdup_printf (_ ("%s · until %s"), duty, until);
  mh_row_set (row, mh_record_text (shift, MH_CREW_SHIFT_USER_NAME), left, under);
}

/* Rows stay as long as they are about the same, with the keys in them. */
static void
fleet_page_tell_crew (MhFleetPage *page)
{
  GPtrArray *now = page->shown != NULL ? mh_fleet_crew (page->shown) : NULL;
  if (!fleet_page_are_same (page->crew, now))
    mh_rows_renew (page->people, now != NULL ? now->len : 0);
  if (now != NULL)
    g_ptr_array_ref (now);
  g_clear_pointer (&page->crew, g_ptr_array_unref);
  page->crew = now;

  for (guint i = 0; now != NULL && i < now->len; i++)
    fleet_page_fill_person (mh_rows_nth (page->people, i), g_ptr_array_index (now, i));
  if (now != NULL && gtk_list_box_get_selected_row (page->people) == NULL)
    gtk_list_box_select_row (page->people, gtk_list_box_get_row_at_index (page->people, 0));
}

/* The shift that is chosen; NULL: none. */
static MhRecord *
fleet_page_chosen (MhFleetPage *page)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (page->people);
  const guint at = row != NULL ? (guint)gtk_list_box_row_get_index (row) : G_MAXUINT;
  return page->crew != NULL && at < page->crew->len ? g_ptr_array_index (page->crew, at) : NULL;
}

/* --- which one is shown --- */

static void
fleet_page_tell (MhFleetPage *page)
{
  fleet_page_tell_zones (page);
  fleet_page_tell_crew (page);
  if (page->shown != NULL)
    fleet_page_tell_unit (page);
  else
    mh_detail_clear (page->detail, _ ("Choose a unit"));
  mh_pane_changed (MH_PANE (page));
}

static void
fleet_page_tell_history_cb (MhFleetPage *page)
{
  mh_unit_history_tell (page->history, page->timeline);
  mh_pane_complain (MH_PANE (page), mh_unit_history_problem (page->history));
}

/* The row that is shown, as it is now: other desks change it, too. */
static void
fleet_page_follow_cb (MhFleetPage *page)
{
  MhRecord *unit = mh_master_detail_row (&page->master_detail, page->wanted);
  g_set_object (&page->shown, unit);
  fleet_page_tell (page);
  mh_unit_history_want (page->history, unit != NULL ? mh_fleet_state (unit) : NULL);
}

/* A unit whose state became another may belong to other rows. */
static void
fleet_page_changed_cb (MhFleetPage *page)
{
  fleet_page_filter_cb (page);
  mh_record_table_refresh (page->table);
  fleet_page_follow_cb (page);
}

static const char *
fleet_page_shown_id (MhPane *pane)
{
  return MH_FLEET_PAGE (pane)->wanted;
}

static void
fleet_page_show_unit (MhPane *pane, const char *id)
{
  MhFleetPage *page = MH_FLEET_PAGE (pane);
  g_free (page->wanted);
  page->wanted = g_strdup (id);
  fleet_page_follow_cb (page);
}

/* --- acts --- */

static void
fleet_page_state_cb (MhFleetPage *page)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (fleet_page_may_out_cb (page))
    mh_unit_take_out (GTK_WIDGET (page), context, mh_fleet_state (page->shown));
  else if (fleet_page_may_back_cb (page))
    mh_unit_put_back (GTK_WIDGET (page), context, mh_fleet_state (page->shown));
}

/* A crew on no unit yet means itself; else it is asked who. */
static void
fleet_page_on_cb (MhFleetPage *page)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (!fleet_page_may_on_cb (page))
    return;
  const gboolean self
      = !mh_context_may (context, MH_MAY_DIRECT_UNIT) && fleet_page_own (page) == NULL;
  mh_unit_sign_on (GTK_WIDGET (page), context, page->shown,
                   self ? mh_record_id (mh_context_user (context)) : NULL);
}

static void
fleet_page_off_cb (MhFleetPage *page)
{
  MhRecord *shift = fleet_page_chosen (page);
  if (shift != NULL && fleet_page_may_off_cb (page))
    mh_unit_sign_off (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), shift,
                      page->crew->len > 1);
}

static void
fleet_page_change_cb (MhFleetPage *page)
{
  if (fleet_page_may_change_cb (page))
    mh_unit_change (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shown);
}

static void
fleet_page_new_cb (MhFleetPage *page)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (mh_context_may (context, MH_MAY_WRITE_FLEET))
    mh_unit_register (GTK_WIDGET (page), context);
}

static void
fleet_page_search_cb (MhFleetPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
}

static void
fleet_page_enter_cb (MhFleetPage *page)
{
  mh_record_table_enter (page->table);
}

static void
fleet_page_act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const struct
  {
    const char *name;
    void (*act) (MhFleetPage *page);
  } acts[] = {
    { "fleet.state", fleet_page_state_cb },  { "fleet.sign-on", fleet_page_on_cb },
    { "fleet.sign-off", fleet_page_off_cb }, { "fleet.change", fleet_page_change_cb },
    { "fleet.new", fleet_page_new_cb },      { "fleet.search", fleet_page_search_cb },
  };
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, name))
      acts[i].act (MH_FLEET_PAGE (widget));
}

/* --- the page --- */

/* Not the search: rows that come later take the keys from all but what is typed into. */
static void
fleet_page_shown (MhPane *pane)
{
  MhFleetPage *page = MH_FLEET_PAGE (pane);
  if (g_list_model_get_n_items (G_LIST_MODEL (page->rows)) == 0)
    gtk_widget_grab_focus (GTK_WIDGET (page->which));
  mh_record_table_enter (page->table);
}

/* What was heard grows older, and hours run out. */
static gboolean
fleet_page_tick_cb (gpointer data)
{
  MhFleetPage *page = data;
  mh_record_table_refresh (page->table);
  if (page->shown != NULL)
    fleet_page_tell (page);
  return G_SOURCE_CONTINUE;
}

static void
fleet_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how = { fleet_page_shown_id, fleet_page_show_unit };
  MhFleetPage *page = MH_FLEET_PAGE (pane);
  mh_pane_keep (pane, &page->fleet, mh_fleet_new (mh_pane_context (pane)));
  mh_pane_keep (pane, &page->history, mh_unit_history_new (mh_pane_context (pane)));
  const gboolean crews = mh_context_may (mh_pane_context (pane), MH_MAY_CREW_UNIT);
  fleet_page_fill_choice (page, crews);
  MhRecordList *units = mh_fleet_units (page->fleet);
  mh_pane_keep (
      pane, &page->rows,
      gtk_filter_list_model_new (fleet_page_by (units, MH_UNIT_CODE),
                                 GTK_FILTER (gtk_custom_filter_new (fleet_page_fits, page, NULL))));
  mh_pane_keep (pane, &page->covered, fleet_page_by (mh_fleet_zones (page->fleet), MH_ZONE_NAME));
  mh_record_table_setup (page->table, crews ? "fleet" : "fleet-register", &mh_unit_type,
                         crews ? columns : register_columns, G_LIST_MODEL (page->rows),
                         MH_TABLE_SINGLE);
  mh_record_table_set_source (page->table, units);
  mh_record_table_set_lines (page->table, LEAST_WIDTH);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
                          G_LIST_MODEL (page->rows));

  g_signal_connect_object (page->fleet, "changed", G_CALLBACK (fleet_page_changed_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->rows, "items-changed", G_CALLBACK (fleet_page_follow_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->covered, "items-changed", G_CALLBACK (fleet_page_follow_cb), page,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (page->history, "arrived", G_CALLBACK (fleet_page_tell_history_cb), page,
                           G_CONNECT_SWAPPED);
  page->ticks = g_timeout_add_seconds (TICK_SECONDS, fleet_page_tick_cb, page);
  fleet_page_tell (page);
}

static void
fleet_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && *what != 0)
    mh_master_detail_show (&MH_FLEET_PAGE (pane)->master_detail, what, TRUE);
}

static void
mh_fleet_page_dispose (GObject *object)
{
  MhFleetPage *page = MH_FLEET_PAGE (object);
  g_clear_handle_id (&page->ticks, g_source_remove);
  g_clear_object (&page->shown);
  g_clear_pointer (&page->wanted, g_free);
  g_clear_pointer (&page->crew, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_fleet_page_parent_class)->dispose (object);
}

static void
fleet_page_bind (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, MhFleetPage, split);
  gtk_widget_class_bind_template_child (widget, MhFleetPage, table);
  gtk_widget_class_bind_template_child (widget, MhFleetPage, detail);
  gtk_widget_class_bind_template_child (widget, MhFleetPage, timeline);
  gtk_widget_class_bind_template_child (widget, MhFleetPage, people);
  gtk_widget_class_bind_template_child (widget, MhFleetPage, zones);
  gtk_widget_class_bind_template_child (widget, MhFleetPage, search);
  gtk_widget_class_bind_template_child (widget, MhFleetPage, which);

  gtk_widget_class_bind_template_callback (widget, fleet_page_title_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_has_zones_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_has_crew_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_may_out_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_may_back_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_may_on_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_may_off_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_may_change_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_filter_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_enter_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_state_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_on_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_off_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_change_cb);
  gtk_widget_class_bind_template_callback (widget, fleet_page_new_cb);
}

static void
mh_fleet_page_class_init (MhFleetPageClass *klass)
{
  static const struct
  {
    guint key;
    GdkModifierType with;
    const char *action;
  } keys[]
      = { { GDK_KEY_F2, 0, "fleet.state" },    { GDK_KEY_F4, 0, "fleet.sign-on" },
          { GDK_KEY_F6, 0, "fleet.sign-off" }, { GDK_KEY_F8, 0, "fleet.change" },
          { GDK_KEY_F9, 0, "fleet.new" },      { GDK_KEY_f, GDK_CONTROL_MASK, "fleet.search" } };
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mh_fleet_page_dispose;
  MH_PANE_CLASS (klass)->begin = fleet_page_begin;
  MH_PANE_CLASS (klass)->open = fleet_page_open;
  MH_PANE_CLASS (klass)->shown = fleet_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_DETAIL);
  g_type_ensure (MH_TYPE_TIMELINE);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("dispatch/fleet/mh-fleet-page"));
  fleet_page_bind (widget);
  mh_closures_bind (widget);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_install_action (widget, keys[i].action, NULL, fleet_page_act_action);
      gtk_widget_class_add_binding_action (widget, keys[i].key, keys[i].with, keys[i].action, NULL);
    }
}

static void
mh_fleet_page_init (MhFleetPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_fleet_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_FLEET_PAGE, "context", context, NULL);
}
