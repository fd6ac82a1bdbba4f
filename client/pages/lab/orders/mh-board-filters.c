/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-board-filters.h"

#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-when.h"
#include "shared/base/mh-date.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-user.h"

#include <glib/gi18n-lib.h>

#define TYPING_PAUSE_MS 60
#define LEAST_SEARCH 180 /* pixels of the search box beside the other controls */
#define SPACING 6

struct _MhBoardFilters
{
  MhPane parent_instance;
  GtkOrientable *bar;
  GtkEditable *entry;
  GtkDropDown *bench, *technician, *day;
  GtkToggleButton *stat_first;
  MhRecordList *benches, *people;
  /* What the rows of the two lists stand for: a bench's code, a person's id; NULL for all. */
  GPtrArray *bench_codes, *person_ids;
  GtkScrolledWindow *scrolled;
  GtkWidget *who, *when;
  guint timer, fitting;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (MhBoardFilters, mh_board_filters, MH_TYPE_PANE)

enum
{
  CHANGED,
  LEAVE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
board_filters_changed_cb (gpointer data)
{
  MhBoardFilters *filters = data;
  filters->timer = 0;
  g_signal_emit (filters, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
board_filters_filter_cb (MhBoardFilters *filters)
{
  if (filters->filling || mh_pane_context (MH_PANE (filters)) == NULL)
    return;
  g_clear_handle_id (&filters->timer, g_source_remove);
  filters->timer = g_timeout_add (TYPING_PAUSE_MS, board_filters_changed_cb, filters);
}

/* Down goes from the box into the rows. */
static gboolean
entry_key_cb (GtkEventControllerKey *controller,
              guint key,
              guint code,
              GdkModifierType state,
              MhBoardFilters *filters)
{
  if (key != GDK_KEY_Down)
    return FALSE;
  g_signal_emit (filters, signals[LEAVE], 0);
  return TRUE;
}

/* --- what there is to choose from --- */

static void
board_filters_fill (MhBoardFilters *filters,
                    GtkDropDown *drop,
                    GPtrArray *values,
                    GtkStringList *words)
{
  guint at = gtk_drop_down_get_selected (drop);
  filters->filling = TRUE;
  gtk_drop_down_set_model (drop, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (drop, at < values->len ? at : 0);
  filters->filling = FALSE;
}

static void
board_filters_add_choice (GtkStringList *words,
                          GPtrArray *values,
                          const char *word,
                          const char *value)
{
  gtk_string_list_append (words, word);
  g_ptr_array_add (values, g_strdup (value));
}

static void
fill_benches_cb (MhBoardFilters *filters)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  g_ptr_array_set_size (filters->bench_codes, 0);
  board_filters_add_choice (words, filters->bench_codes, _ ("All benches"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (filters->benches)); i++)
    {
      g_autoptr (MhRecord) bench = g_list_model_get_item (G_LIST_MODEL (filters->benches), i);
      board_filters_add_choice (words, filters->bench_codes, mh_record_text (bench, MH_BENCH_NAME),
                                mh_record_text (bench, MH_BENCH_CODE));
    }
  board_filters_fill (filters, filters->bench, filters->bench_codes, words);
}

static void
fill_people_cb (MhBoardFilters *filters)
{
  MhRecord *me = mh_context_user (mh_pane_context (MH_PANE (filters)));
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  g_ptr_array_set_size (filters->person_ids, 0);
  board_filters_add_choice (words, filters->person_ids, _ ("Everyone"), NULL);
  if (me != NULL)
    board_filters_add_choice (words, filters->person_ids, _ ("Mine"), mh_record_id (me));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (filters->people)); i++)
    {
      g_autoptr (MhRecord) person = g_list_model_get_item (G_LIST_MODEL (filters->people), i);
      const char *const *roles = mh_record_list (person, MH_USER_ROLES);
      if (roles != NULL && g_strv_contains (roles, "technician")
          && (me == NULL || g_strcmp0 (mh_record_id (person), mh_record_id (me)) != 0))
        board_filters_add_choice (words, filters->person_ids, mh_record_text (person, MH_USER_NAME),
                                  mh_record_id (person));
    }

  board_filters_fill (filters, filters->technician, filters->person_ids, words);
}

/* --- what is chosen --- */

static const char *
board_filters_chosen (GtkDropDown *drop, GPtrArray *values)
{
  guint at = gtk_drop_down_get_selected (drop);
  return at < values->len ? g_ptr_array_index (values, at) : NULL;
}

/* The first instant of the chosen days, as the call wants it; NULL for any. */
static char *
from_when (MhBoardFilters *filters)
{
  static const int days_back[] = { -1, 0, 1, 6 };
  guint at = gtk_drop_down_get_selected (filters->day);
  char text[MH_INSTANT_LENGTH + 1];
  if (at == 0 || at >= G_N_ELEMENTS (days_back))
    return NULL;
  MhDate first = mh_date_from_days (mh_date_to_days (mh_when_today ()) - days_back[at]);
  mh_instant_format (mh_when_midnight (first), text);
  return g_strdup (text);
}

void
mh_board_filters_add (MhBoardFilters *filters, GStrvBuilder *args)
{
  const char *q = gtk_editable_get_text (filters->entry);
  const char *bench = board_filters_chosen (filters->bench, filters->bench_codes);
  const char *person = board_filters_chosen (filters->technician, filters->person_ids);
  g_autofree char *from = from_when (filters);

  g_return_if_fail (MH_IS_BOARD_FILTERS (filters));
  if (q[0] != 0)
    g_strv_builder_add_many (args, "q", q, NULL);
  if (bench != NULL)
    g_strv_builder_add_many (args, "bench", bench, NULL);
  if (person != NULL)
    g_strv_builder_add_many (args, "assigned_to", person, NULL);
  if (from != NULL)
    g_strv_builder_add_many (args, "from", from, NULL);
}

gboolean
mh_board_filters_stat_first (MhBoardFilters *filters)
{
  return gtk_toggle_button_get_active (filters->stat_first);
}

gboolean
mh_board_filters_active (MhBoardFilters *filters)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  mh_board_filters_add (filters, builder);
  g_auto (GStrv) args = g_strv_builder_end (builder);
  return args[0] != NULL;
}

void
mh_board_filters_clear (MhBoardFilters *filters)
{
  gtk_editable_set_text (filters->entry, "");
  gtk_drop_down_set_selected (filters->bench, 0);
  gtk_drop_down_set_selected (filters->technician, 0);
  gtk_drop_down_set_selected (filters->day, 0);
}

void
mh_board_filters_search (MhBoardFilters *filters, const char *text)
{
  if (text != NULL)
    gtk_editable_set_text (filters->entry, text);
  gtk_widget_grab_focus (GTK_WIDGET (filters->entry));
}

/* --- as wide as there is room --- */

static int
least_width (GtkWidget *widget)
{
  int width;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static gboolean
board_filters_fit_cb (gpointer data)
{
  MhBoardFilters *filters = data;
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (filters->scrolled);
  int width = LEAST_SEARCH + 2 * SPACING + least_width (filters->who) + least_width (filters->when);
  filters->fitting = 0;
  gtk_orientable_set_orientation (filters->bar, gtk_adjustment_get_page_size (across) < width
                                                    ? GTK_ORIENTATION_VERTICAL
                                                    : GTK_ORIENTATION_HORIZONTAL);
  return G_SOURCE_REMOVE;
}

/* The width is told in the middle of an allocation, where nothing may move. */
static void
board_filters_resized_cb (MhBoardFilters *filters)
{
  if (filters->fitting == 0)
    filters->fitting = g_idle_add (board_filters_fit_cb, filters);
}

/* --- making it --- */

static void
board_filters_begin (MhPane *pane)
{
  static const char *const all[] = { "limit", "200", NULL };
  MhBoardFilters *filters = MH_BOARD_FILTERS (pane);
  MhContext *context = mh_pane_context (pane);

  mh_pane_keep (pane, &filters->benches, mh_record_list_new (context, "bench.list"));
  mh_pane_keep (pane, &filters->people, mh_record_list_new (context, "user.list"));
  g_signal_connect_object (filters->benches, "items-changed", G_CALLBACK (fill_benches_cb), filters,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (filters->people, "items-changed", G_CALLBACK (fill_people_cb), filters,
                           G_CONNECT_SWAPPED);
  fill_benches_cb (filters);
  fill_people_cb (filters);
  if (mh_context_may (context, "catalogue.read"))
    mh_record_list_set_args (filters->benches, all);
  if (mh_context_may (context, "user.read"))
    mh_record_list_set_args (filters->people, all);
}

static void
mh_board_filters_dispose (GObject *object)
{
  g_clear_handle_id (&MH_BOARD_FILTERS (object)->timer, g_source_remove);
  g_clear_handle_id (&MH_BOARD_FILTERS (object)->fitting, g_source_remove);
  G_OBJECT_CLASS (mh_board_filters_parent_class)->dispose (object);
}

static void
mh_board_filters_finalize (GObject *object)
{
  g_ptr_array_unref (MH_BOARD_FILTERS (object)->bench_codes);
  g_ptr_array_unref (MH_BOARD_FILTERS (object)->person_ids);
  G_OBJECT_CLASS (mh_board_filters_parent_class)->finalize (object);
}

static void
mh_board_filters_class_init (MhBoardFiltersClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_board_filters_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_board_filters_finalize;
  MH_PANE_CLASS (klass)->begin = board_filters_begin;
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_BOARD_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[LEAVE] = g_signal_new ("leave", MH_TYPE_BOARD_FILTERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/orders/mh-board-filters"));
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, scrolled);
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, bar);
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, who);
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, when);
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, entry);
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, bench);
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, technician);
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, day);
  gtk_widget_class_bind_template_child (widget, MhBoardFilters, stat_first);
  gtk_widget_class_bind_template_callback (widget, board_filters_filter_cb);
  gtk_widget_class_bind_template_callback (widget, entry_key_cb);
}

static void
mh_board_filters_init (MhBoardFilters *filters)
{
  filters->bench_codes = g_ptr_array_new_with_free_func (g_free);
  filters->person_ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (filters));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (filters->scrolled),
                           "notify::page-size", G_CALLBACK (board_filters_resized_cb), filters,
                           G_CONNECT_SWAPPED);
}
