/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/equipment/mh-equipment-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-timeline.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* Below it the days on which something is due would stand outside. */
#define COLUMNS_LEAST_WIDTH 560

struct _MhEquipmentPage
{
  MhPane parent_instance;
  MhRecordList *list, *benches;
  MhRecord *shown;     /* with its plans; NULL: none */
  char *wanted;        /* id of what is on its way */
  MhRecord *replanned; /* a plan as it was before it was changed */
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  MhTimeline *timeline;
  GtkStack *stack;
  GtkBox *plans, *facts;
  GtkLabel *title, *state, *block;
  GtkWidget *leave, *search;
};

G_DEFINE_FINAL_TYPE (MhEquipmentPage, mh_equipment_page, MH_TYPE_PANE)

static gboolean
equipment_page_may (MhEquipmentPage *page, const char *permission)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  return context != NULL && mh_context_may (context, permission);
}

/* --- the register --- */

static const char *
blocked (MhRecord *equipment)
{
  char today[MH_DATE_LENGTH + 1];
  return mh_equipment_blocked (equipment, mh_when_today_text (today), mh_when_now ());
}

static const char *
block_words (const char *block)
{
  for (guint i = 0; block != NULL && mh_equipment_block_codes[i].code != NULL; i++)
    if (g_str_equal (block, mh_equipment_block_codes[i].code))
      return g_dgettext (GETTEXT_PACKAGE, mh_equipment_block_codes[i].label);
  return NULL;
}

static char *
equipment_page_state_text (MhRecord *equipment)
{
  const char *words = mh_words_of_code (&mh_equipment_type.fields[MH_EQUIPMENT_STATE],
                                        mh_record_text (equipment, MH_EQUIPMENT_STATE));
  const char *block = blocked (equipment);
  gboolean overdue = g_strcmp0 (block, MH_EQUIPMENT_BLOCK_CALIBRATION) == 0;
  return g_strdup_printf ("%s %s", block != NULL ? "✕" : "✓",
                          overdue ? _ ("Calibration overdue") : words);
}

static const char *
equipment_page_state_style (MhRecord *equipment)
{
  return blocked (equipment) != NULL ? "mh-critical" : "mh-good";
}

static const MhTableColumn columns[] = {
  { .field = "code", .width = 76 },
  { .field = "name", .expand = TRUE, .width = 130, .line = MH_LINE_TITLE },
  { .title = N_ ("State"),
    .text = equipment_page_state_text,
    .style = equipment_page_state_style,
    .width = 110,
    .line = MH_LINE_TRAILING },
  { .field = "calibration_due", .width = 106, .line = MH_LINE_NONE },
  { .field = "maintenance_due", .width = 120, .line = MH_LINE_NONE },
  { .field = "place", .width = 90 },
  { NULL },
};

/* --- one piece --- */

static void
events_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhEquipmentPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  mh_timeline_clear (page->timeline);
  g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
  mh_pane_complain (MH_PANE (page), words);

  for (guint i = 0; answer != NULL && i < answer->len; i++)
    {
      MhRecord *event = g_ptr_array_index (answer, i);
      const char *kind = mh_record_text (event, MH_EQUIPMENT_EVENT_KIND);
      const char *plan = mh_record_text (event, MH_EQUIPMENT_EVENT_PLAN_NAME);
      const char *document = mh_record_text (event, MH_EQUIPMENT_EVENT_DOCUMENT);
      gboolean failed = mh_record_bool (event, MH_EQUIPMENT_EVENT_FAILED);
      gboolean bad = failed || g_strcmp0 (kind, MH_EQUIPMENT_EVENT_FAULT) == 0;
      g_autofree char *what = g_strdup_printf (
          "%s%s%s%s",
          mh_words_of_code (&mh_equipment_event_type.fields[MH_EQUIPMENT_EVENT_KIND], kind),
          plan != NULL ? " · " : "", plan != NULL ? plan : "", failed ? _ (" · did not pass") : "");
      g_autofree char *detail
          = g_strdup_printf ("%s%s%s", mh_record_text (event, MH_EQUIPMENT_EVENT_WORDS),
                             document != NULL ? " · " : "", document != NULL ? document : "");
      mh_timeline_add (page->timeline, mh_record_int (event, MH_EQUIPMENT_EVENT_AT), what,
                       mh_record_text (event, MH_EQUIPMENT_EVENT_BY_NAME), detail,
                       bad ? "mh-critical" : NULL);
    }
}

static void equipment_page_read_one (MhPane *pane, const char *id);

static void
logged_cb (GtkWidget *opener, MhRecord *answer, gpointer data)
{
  MhEquipmentPage *page = MH_EQUIPMENT_PAGE (opener);
  mh_record_list_reload (page->list);
  if (page->shown != NULL)
    equipment_page_read_one (MH_PANE (page), mh_record_id (page->shown));
}

static void
equipment_page_log_event (MhEquipmentPage *page,
                          const char *kind,
                          const char *title,
                          MhRecord *plan)
{
  static const char *const fields_done[] = { "words", "document", "at", "failed", NULL };
  static const char *const fields_words[] = { "words", NULL };
  static const char *const fields_state[] = { "new_state", "words", NULL };
  static const char *const fields_hours[] = { "hours", "words", NULL };
  gboolean done = g_str_equal (kind, MH_EQUIPMENT_EVENT_CALIBRATION)
                  || g_str_equal (kind, MH_EQUIPMENT_EVENT_MAINTENANCE);

  if (page->shown == NULL)
    return;

  g_autoptr (MhRecord) draft = mh_record_new (&mh_equipment_event_type);
  mh_record_set_text (draft, MH_EQUIPMENT_EVENT_KIND, kind);
  if (plan != NULL)
    mh_record_set_text (draft, MH_EQUIPMENT_EVENT_PLAN_ID, mh_record_id (plan));

  const MhEntryWanted wanted
      = { .title = title,
          .save = _ ("_Log"),
          .hint = plan != NULL ? mh_record_text (plan, MH_EQUIPMENT_PLAN_NAME) : NULL,
          .fields = done                                              ? fields_done
                    : g_str_equal (kind, MH_EQUIPMENT_EVENT_STATE)    ? fields_state
                    : g_str_equal (kind, MH_EQUIPMENT_EVENT_OVERRIDE) ? fields_hours
                                                                      : fields_words,
          .route = "equipment_event.add",
          .id = mh_record_id (page->shown),
          .draft = draft,
          .done = logged_cb };

  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

/* That of a line, or of a button in it. */
static MhRecord *
plan_of (GtkWidget *widget, MhEquipmentPage *page)
{
  GPtrArray *plans
      = page->shown != NULL ? mh_record_records (page->shown, MH_EQUIPMENT_PLANS) : NULL;
  for (guint i = 0; plans != NULL && i < plans->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (plans, i)), gtk_widget_get_name (widget)) == 0)
      return g_ptr_array_index (plans, i);
  return NULL;
}

static void
equipment_page_done_cb (GtkWidget *button, MhEquipmentPage *page)
{
  MhRecord *plan = plan_of (button, page);
  if (plan != NULL)
    equipment_page_log_event (
        page, mh_record_text (plan, MH_EQUIPMENT_PLAN_KIND),
        mh_words_of_code (&mh_equipment_plan_type.fields[MH_EQUIPMENT_PLAN_KIND],
                          mh_record_text (plan, MH_EQUIPMENT_PLAN_KIND)),
        plan);
}

static void
replanned_cb (GtkWidget *opener, MhRecord *after, gpointer data)
{
  MhEquipmentPage *page = MH_EQUIPMENT_PAGE (opener);
  g_autoptr (MhRecord) patch
      = page->replanned != NULL ? mh_undo_patch (page->replanned, after) : NULL;
  const MhTakeBack undo = { .route = "equipment_plan.update",
                            .id = mh_record_id (after),
                            .body = patch,
                            .base = after,
                            .undone = _ ("It is as it was before") };
  mh_undo_offer (opener, mh_pane_context (MH_PANE (page)), _ ("Saved"),
                 patch != NULL ? &undo : NULL);
}

static void
change_plan_cb (GtkWidget *button, MhEquipmentPage *page)
{
  static const char *const fields[]
      = { "name", "every_days", "every_runs", "warn_days", "due_on", "active", NULL };
  MhRecord *plan = plan_of (button, page);
  if (plan == NULL)
    return;

  /* as it is now: the row of the page follows what other desks do */
  g_clear_object (&page->replanned);
  page->replanned = mh_record_copy (plan);
  const MhEntryWanted wanted = { .title = _ ("Change plan"),
                                 .save = _ ("_Save"),
                                 .fields = fields,
                                 .route = "equipment_plan.update",
                                 .draft = plan,
                                 .done = replanned_cb };

  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

static void
add_plan_button (GtkWidget *buttons,
                 MhRecord *plan,
                 const char *words,
                 GCallback clicked,
                 gpointer page)
{
  GtkWidget *button = gtk_button_new_with_label (words);
  gtk_widget_set_name (button, mh_record_id (plan));
  g_signal_connect_object (button, "clicked", clicked, page, 0);
  mh_box_append (buttons, button);
}

static char *
plan_text (MhRecord *plan)
{
  const char *kind = mh_words_of_code (&mh_equipment_plan_type.fields[MH_EQUIPMENT_PLAN_KIND],
                                       mh_record_text (plan, MH_EQUIPMENT_PLAN_KIND));
  const char *name = mh_record_text (plan, MH_EQUIPMENT_PLAN_NAME);
  gint64 days = mh_record_int (plan, MH_EQUIPMENT_PLAN_EVERY_DAYS);
  gint64 runs = mh_record_int (plan, MH_EQUIPMENT_PLAN_EVERY_RUNS);
  g_autofree char *due = mh_record_has (plan, MH_EQUIPMENT_PLAN_DUE_ON)
                             ? mh_words_of_date (mh_record_text (plan, MH_EQUIPMENT_PLAN_DUE_ON))
                             : g_strdup ("–");
  g_autofree char *by_days
      = days > 0
            ? g_strdup_printf (ngettext ("every %d day", "every %d days", (gulong)days), (int)days)
            : g_strdup ("");
  g_autofree char *by_runs
      = runs > 0 ? g_strdup_printf (_ ("after %d results (%d now)"), (int)runs,
                                    (int)mh_record_int (plan, MH_EQUIPMENT_PLAN_RUNS))
                 : g_strdup ("");

  if (mh_record_is_set (plan, MH_EQUIPMENT_PLAN_ACTIVE)
      && !mh_record_bool (plan, MH_EQUIPMENT_PLAN_ACTIVE))
    return g_strdup_printf (_ ("%s · %s\nNot in use"), kind, name);

  return g_strdup_printf (_ ("%s · %s\nDue %s %s %s"), kind, name, due, by_days, by_runs);
}

/* A line without words, under the name of its plan. */
static void
add_plan (MhEquipmentPage *page, MhRecord *plan)
{
  gboolean calibration
      = g_strcmp0 (mh_record_text (plan, MH_EQUIPMENT_PLAN_KIND), MH_PLAN_CALIBRATION) == 0;
  GtkWidget *line = mh_vbox (6), *buttons = mh_hbox (9);

  gtk_widget_set_name (line, mh_record_id (plan));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  mh_box_append (line, mh_label (NULL, "mh-inset"));
  mh_box_append (line, buttons);
  if (equipment_page_may (page, MH_MAY_LOG_EQUIPMENT))
    add_plan_button (buttons, plan,
                     calibration ? _ ("Record calibration…") : _ ("Record maintenance…"),
                     G_CALLBACK (equipment_page_done_cb), page);
  if (equipment_page_may (page, MH_MAY_WRITE_EQUIPMENT))
    add_plan_button (buttons, plan, _ ("Change…"), G_CALLBACK (change_plan_cb), page);
  gtk_box_append (page->plans, line);
}

static void
word_plan (GtkWidget *line, MhRecord *plan)
{
  g_autofree char *text = plan_text (plan);
  GtkWidget *label = gtk_widget_get_first_child (line);
  gtk_label_set_text (GTK_LABEL (label), text);
  GtkWidget *buttons = gtk_widget_get_next_sibling (label);

  for (GtkWidget *button = gtk_widget_get_first_child (buttons); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      g_autofree char *spoken
          = g_strdup_printf ("%s %s", gtk_button_get_label (GTK_BUTTON (button)),
                             mh_record_text (plan, MH_EQUIPMENT_PLAN_NAME));
      mh_accessible_name (button, spoken);
    }
}

/* Are the lines those of @plans, in their order? */
static gboolean
has_lines_of (MhEquipmentPage *page, GPtrArray *plans)
{
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (page->plans));
  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      const char *id = mh_record_id (g_ptr_array_index (plans, i));
      if (line == NULL || g_strcmp0 (gtk_widget_get_name (line), id) != 0)
        return FALSE;
      line = gtk_widget_get_next_sibling (line);
    }
  return line == NULL;
}

/* Lines that are there already stay: somebody may be about to press a button of theirs. */
static void
show_plans (MhEquipmentPage *page)
{
  GPtrArray *plans = mh_record_records (page->shown, MH_EQUIPMENT_PLANS);
  gboolean same = has_lines_of (page, plans);
  if (!same)
    mh_box_clear (GTK_WIDGET (page->plans));
  for (guint i = 0; !same && plans != NULL && i < plans->len; i++)
    add_plan (page, g_ptr_array_index (plans, i));

  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (page->plans));
  for (; line != NULL; line = gtk_widget_get_next_sibling (line))
    word_plan (line, plan_of (line, page));
}

/* By its name, which everybody here knows it by; by its code until that is known. */
static char *
equipment_page_bench_name (MhEquipmentPage *page)
{
  const char *code = mh_record_text (page->shown, MH_EQUIPMENT_BENCH);
  guint n = code != NULL ? g_list_model_get_n_items (G_LIST_MODEL (page->benches)) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) bench = g_list_model_get_item (G_LIST_MODEL (page->benches), i);
      if (g_strcmp0 (mh_record_text (bench, MH_BENCH_CODE), code) == 0)
        return g_strdup (mh_record_text (bench, MH_BENCH_NAME));
    }
  return g_strdup (code);
}

static void
equipment_page_show_facts (MhEquipmentPage *page)
{
  static const guint fields[]
      = { MH_EQUIPMENT_KIND,  MH_EQUIPMENT_MAKER, MH_EQUIPMENT_MODEL,       MH_EQUIPMENT_SERIAL,
          MH_EQUIPMENT_BENCH, MH_EQUIPMENT_PLACE, MH_EQUIPMENT_IN_USE_FROM, MH_EQUIPMENT_NOTE };
  GString *text = g_string_new (NULL);

  mh_box_clear (GTK_WIDGET (page->facts));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = fields[i] == MH_EQUIPMENT_BENCH
                                   ? equipment_page_bench_name (page)
                                   : mh_words_value (page->shown, fields[i]);
      if (value != NULL && *value != 0)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " · " : "",
                                mh_words_label (&mh_equipment_type.fields[fields[i]]), value);
    }

  gtk_box_append (page->facts, mh_label (text->str, "dim-label"));
  g_string_free (text, TRUE);
}

static void
equipment_page_show (MhEquipmentPage *page)
{
  const char *args[] = { "id", mh_record_id (page->shown), "limit", "100", NULL };
  const char *block = blocked (page->shown);
  const char *why = mh_record_text (page->shown, MH_EQUIPMENT_STATE_NOTE);
  gint64 until = mh_record_int (page->shown, MH_EQUIPMENT_OVERRIDE_UNTIL);
  g_autofree char *title = mh_record_display (page->shown);
  g_autofree char *state = equipment_page_state_text (page->shown);
  g_autofree char *locked
      = block != NULL ? g_strdup_printf (_ ("✕ Its results are not released, because it %s. %s"),
                                         block_words (block), why != NULL ? why : "")
                      : NULL;
  g_autofree char *time = until > mh_when_now () ? mh_words_time (until) : NULL;
  g_autofree char *let
      = time != NULL ? g_strdup_printf (_ ("⚠ Release is allowed until %s by %s: %s"), time,
                                        mh_record_text (page->shown, MH_EQUIPMENT_OVERRIDE_NAME),
                                        mh_record_text (page->shown, MH_EQUIPMENT_OVERRIDE_REASON))
                     : NULL;
  const char *classes[] = { equipment_page_state_style (page->shown), "heading", NULL };

  gtk_stack_set_visible_child_name (page->stack, "piece");
  gtk_label_set_text (page->title, title);
  gtk_label_set_text (page->state, state);
  gtk_widget_set_css_classes (GTK_WIDGET (page->state), classes);
  gtk_label_set_text (page->block, locked != NULL ? locked : let != NULL ? let : "");
  equipment_page_show_facts (page);
  show_plans (page);
  mh_fetch_async (mh_pane_context (MH_PANE (page)),
                  &(MhFetch){ .route = "equipment_event.list", .args = args },
                  mh_pane_cancellable (MH_PANE (page)), events_cb, g_object_ref (page));
}

static void
equipment_page_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhEquipmentPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) equipment = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (equipment == NULL || g_strcmp0 (mh_record_id (equipment), page->wanted) != 0)
    return;
  g_set_object (&page->shown, equipment);
  equipment_page_show (page);
}

static void
equipment_page_read_one (MhPane *pane, const char *id)
{
  MhEquipmentPage *page = MH_EQUIPMENT_PAGE (pane);
  char *wanted = g_strdup (id);
  g_free (page->wanted);
  page->wanted = wanted;
  mh_read_async (mh_pane_context (pane), "equipment.read", wanted, mh_pane_cancellable (pane),
                 equipment_page_read_cb, g_object_ref (page));
}

static const char *
equipment_page_wanted_id (MhPane *pane)
{
  return MH_EQUIPMENT_PAGE (pane)->wanted;
}

/* --- signals --- */

static void
equipment_page_search_cb (MhEquipmentPage *page)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (page->search));
  const char *args[] = { "limit", "200", *text != 0 ? "q" : NULL, text, NULL };
  mh_record_list_set_args (page->list, args);
}

static void
equipment_page_add_cb (MhEquipmentPage *page)
{
  g_autoptr (MhRecord) draft = mh_record_new (&mh_equipment_type);
  const MhEntryWanted wanted = { .title = _ ("New equipment"),
                                 .save = _ ("_Register"),
                                 .route = "equipment.create",
                                 .draft = draft,
                                 .done = logged_cb };
  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

static void
equipment_page_change_cb (MhEquipmentPage *page)
{
  if (page->shown == NULL)
    return;
  const MhEntryWanted wanted = { .title = _ ("Change equipment"),
                                 .save = _ ("_Save"),
                                 .route = "equipment.update",
                                 .draft = page->shown,
                                 .done = logged_cb };
  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

static void
add_plan_cb (MhEquipmentPage *page)
{
  static const char *const fields[]
      = { "kind", "name", "every_days", "every_runs", "warn_days", "due_on", NULL };
  if (page->shown == NULL)
    return;

  g_autoptr (MhRecord) draft = mh_record_new (&mh_equipment_plan_type);
  const MhEntryWanted wanted = { .title = _ ("New plan"),
                                 .save = _ ("_Save"),
                                 .fields = fields,
                                 .route = "equipment_plan.create",
                                 .id = mh_record_id (page->shown),
                                 .draft = draft,
                                 .done = logged_cb };

  mh_entry_dialog_show (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), &wanted);
}

static void
log_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *kind = g_variant_get_string (parameter, NULL);
  equipment_page_log_event (
      MH_EQUIPMENT_PAGE (widget), kind,
      mh_words_of_code (&mh_equipment_event_type.fields[MH_EQUIPMENT_EVENT_KIND], kind), NULL);
}

static void
fault_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  equipment_page_log_event (MH_EQUIPMENT_PAGE (widget), MH_EQUIPMENT_EVENT_FAULT,
                            _ ("Report a fault"), NULL);
}

/* @plan comes in the place of what was known of it, or is a new one. */
static void
take_plan (MhEquipmentPage *page, MhRecord *plan)
{
  GPtrArray *plans = mh_record_records (page->shown, MH_EQUIPMENT_PLANS);
  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      MhRecord *known = g_ptr_array_index (plans, i);
      if (g_strcmp0 (mh_record_id (known), mh_record_id (plan)) != 0)
        continue;
      if (mh_record_version (plan) < mh_record_version (known))
        return;
      g_ptr_array_remove_index (plans, i);
      g_ptr_array_insert (plans, (int)i, g_object_ref (plan));
      show_plans (page);
      return;
    }

  equipment_page_read_one (MH_PANE (page), mh_record_id (page->shown));
}

/* What is changed at another desk, here, or back again by Undo, shows at once. What was read is
 * told of as well, and asks for nothing. */
static void
equipment_page_changed_cb (MhSync *sync,
                           const MhRecordType *type,
                           const char *id,
                           MhRecord *record,
                           MhEquipmentPage *page)
{
  const char *shown = page->shown != NULL ? mh_record_id (page->shown) : NULL;
  if (record == NULL || shown == NULL || g_strcmp0 (shown, page->wanted) != 0)
    return;
  if (type == &mh_equipment_type && g_strcmp0 (id, shown) == 0
      && mh_record_version (record) > mh_record_version (page->shown))
    equipment_page_read_one (MH_PANE (page), shown);
  else if (type == &mh_equipment_plan_type
           && g_strcmp0 (mh_record_text (record, MH_EQUIPMENT_PLAN_EQUIPMENT_ID), shown) == 0)
    take_plan (page, record);
}

/* --- as a page --- */

static void
equipment_page_benches_cb (MhEquipmentPage *page)
{
  if (mh_pane_context (MH_PANE (page)) != NULL && page->shown != NULL)
    equipment_page_show_facts (page);
}

static void
equipment_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how = { equipment_page_wanted_id, equipment_page_read_one };
  static const char *const all[] = { "limit", "200", NULL };
  MhEquipmentPage *page = MH_EQUIPMENT_PAGE (pane);
  mh_pane_keep (pane, &page->list, mh_record_list_new (mh_pane_context (pane), "equipment.list"));
  mh_pane_keep (pane, &page->benches, mh_record_list_new (mh_pane_context (pane), "bench.list"));
  mh_record_table_setup (page->table, "equipment", &mh_equipment_type, columns,
                         G_LIST_MODEL (page->list), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, COLUMNS_LEAST_WIDTH);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
                          G_LIST_MODEL (page->list));
  g_signal_connect_object (page->benches, "items-changed", G_CALLBACK (equipment_page_benches_cb),
                           page, G_CONNECT_SWAPPED);
  if (equipment_page_may (page, MH_MAY_READ_CATALOGUE))
    mh_record_list_set_args (page->benches, all);
  equipment_page_search_cb (page);
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "changed",
                           G_CALLBACK (equipment_page_changed_cb), page, 0);
}

static void
mh_equipment_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && *what != 0)
    mh_master_detail_show (&MH_EQUIPMENT_PAGE (pane)->master_detail, what, TRUE);
}

static void
equipment_page_shown (MhPane *pane)
{
  mh_record_table_grab (MH_EQUIPMENT_PAGE (pane)->table);
}

static void
mh_equipment_page_finalize (GObject *object)
{
  g_clear_object (&MH_EQUIPMENT_PAGE (object)->shown);
  g_clear_object (&MH_EQUIPMENT_PAGE (object)->replanned);
  g_free (MH_EQUIPMENT_PAGE (object)->wanted);
  G_OBJECT_CLASS (mh_equipment_page_parent_class)->finalize (object);
}

static void
mh_equipment_page_class_init (MhEquipmentPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_equipment_page_finalize;
  MH_PANE_CLASS (klass)->begin = equipment_page_begin;
  MH_PANE_CLASS (klass)->open = mh_equipment_page_open;
  MH_PANE_CLASS (klass)->shown = equipment_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_TIMELINE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/equipment/mh-equipment-page"));

  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, split);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, table);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, search);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, stack);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, leave);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, title);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, state);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, block);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, facts);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, plans);
  gtk_widget_class_bind_template_child (widget, MhEquipmentPage, timeline);

  gtk_widget_class_bind_template_callback (widget, equipment_page_search_cb);
  gtk_widget_class_bind_template_callback (widget, equipment_page_add_cb);
  gtk_widget_class_bind_template_callback (widget, equipment_page_change_cb);
  gtk_widget_class_bind_template_callback (widget, add_plan_cb);
  mh_closures_bind (widget);

  gtk_widget_class_install_action (widget, "equipment.log", "s", log_action);
  gtk_widget_class_install_action (widget, "equipment.fault", NULL, fault_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "equipment.fault", NULL);
}

static void
mh_equipment_page_init (MhEquipmentPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  g_object_bind_property (page->split, "folded", page->leave, "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_equipment_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_EQUIPMENT_PAGE, "context", context, NULL);
}
