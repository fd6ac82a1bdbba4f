/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-kinds.h"

#include "client/compat/mh-compat.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-history-item.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/clinic/mh-problem-item.h"

#include <glib/gi18n-lib.h>

static gboolean
is_wrong (MhRecord *item, guint status)
{
  return g_strcmp0 (mh_record_text (item, status), MH_ENTERED_IN_ERROR) == 0;
}

static char *
join (const char *const *parts, guint n)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    if (parts[i] != NULL && parts[i][0] != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (text, FALSE);
}

/* --- the search in ICD-10 above a form --- */

typedef struct
{
  MhRecordSlot *slot;
  MhForm *form;
  MhRecordList *codes;
} Finder;

static void
finder_free_cb (gpointer data)
{
  Finder *finder = data;
  g_object_unref (finder->codes);
  g_object_unref (finder->slot);
  g_free (finder);
}

static char *
chart_kinds_code_words (MhRecord *code, char **out_detail)
{
  *out_detail = g_strdup (mh_record_text (code, MH_ICD_CODE_CODE));
  return g_strdup (mh_record_text (code, MH_ICD_CODE_TITLE));
}

/* What stood there for another code goes with it; what a person typed stays. */
static void
take_code (Finder *finder, MhRecord *code, guint title_field, guint code_field)
{
  MhRecord *item = mh_record_slot_record (finder->slot);
  const char *last = g_object_get_data (G_OBJECT (finder->slot), "mh-icd-title");
  const char *title = mh_record_text (item, title_field);
  const char *found = mh_record_text (code, MH_ICD_CODE_TITLE);
  mh_record_set_text (item, code_field, mh_record_text (code, MH_ICD_CODE_CODE));
  if (title == NULL || title[0] == 0 || g_strcmp0 (title, last) == 0)
    mh_record_set_text (item, title_field, found);
  g_object_set_data_full (G_OBJECT (finder->slot), "mh-icd-title", g_strdup (found), g_free);
  mh_form_refresh (finder->form);
  mh_record_slot_touched (finder->slot, title_field);
  mh_record_slot_touched (finder->slot, code_field);
}

static void
chart_kinds_chosen_cb (MhSearchEntry *entry, MhRecord *code, Finder *finder)
{
  gboolean problem = mh_record_type (mh_record_slot_record (finder->slot)) == &mh_problem_item_type;
  take_code (finder, code, problem ? MH_PROBLEM_ITEM_TITLE : MH_HISTORY_ITEM_TEXT,
             problem ? MH_PROBLEM_ITEM_CODE : MH_HISTORY_ITEM_CODE);
  mh_search_entry_set_text (entry, "");
  mh_form_focus_empty (finder->form);
}

static GtkWidget *
dress (GtkBox *place, MhRecordSlot *slot, MhForm *form)
{
  GtkWidget *entry = mh_search_entry_new (_ ("Find in ICD-10: words in any order, or a code"));
  Finder *finder = g_new0 (Finder, 1);
  finder->slot = g_object_ref (slot);
  finder->form = form;
  finder->codes = mh_record_list_new (mh_record_slot_context (slot), "icd.list");
  mh_search_entry_add (MH_SEARCH_ENTRY (entry), "edit-find-symbolic", finder->codes,
                       chart_kinds_code_words);
  g_signal_connect_data (entry, "chosen", G_CALLBACK (chart_kinds_chosen_cb), finder,
                         (GClosureNotify)(void (*) (void))finder_free_cb, 0);
  gtk_box_append (place, entry);
  gtk_box_append (
      place, mh_label (_ ("What is not found may be typed below without a code."), "dim-label"));
  return mh_record_version (mh_record_slot_record (slot)) == 0 ? entry : NULL;
}

/* --- problems --- */

static gboolean
problem_is_current (MhRecord *problem)
{
  return mh_problem_item_is_current (problem);
}

static int
by_rank (MhRecord *one, MhRecord *other)
{
  gint64 a = mh_record_has (one, MH_PROBLEM_ITEM_RANK) ? mh_record_int (one, MH_PROBLEM_ITEM_RANK)
                                                       : G_MAXINT32;
  gint64 b = mh_record_has (other, MH_PROBLEM_ITEM_RANK)
                 ? mh_record_int (other, MH_PROBLEM_ITEM_RANK)
                 : G_MAXINT32;
  return a != b ? (a < b ? -1 : 1) : g_strcmp0 (mh_record_id (one), mh_record_id (other));
}

static void
begin_problem (MhRecord *draft, const char *today)
{
  mh_record_set_text (draft, MH_PROBLEM_ITEM_STATUS, MH_PROBLEM_ACTIVE);
  mh_record_set_text (draft, MH_PROBLEM_ITEM_VERIFICATION, MH_PROBLEM_CONFIRMED);
}

static char *
problem_what (MhRecord *problem)
{
  return g_strdup (mh_record_text (problem, MH_PROBLEM_ITEM_TITLE));
}

static char *
problem_state (MhRecord *problem)
{
  return g_strdup (mh_words_of_code (&mh_problem_item_type.fields[MH_PROBLEM_ITEM_STATUS],
                                     mh_record_text (problem, MH_PROBLEM_ITEM_STATUS)));
}

static char *
problem_detail (MhRecord *problem)
{
  g_autofree char *since = mh_words_value (problem, MH_PROBLEM_ITEM_ONSET);
  const char *parts[] = { mh_record_text (problem, MH_PROBLEM_ITEM_CODE), since,
                          mh_record_text (problem, MH_PROBLEM_ITEM_RECORDED_NAME) };
  return join (parts, G_N_ELEMENTS (parts));
}

static const MhTableColumn problem_columns[] = {
  { .field = "title", .expand = TRUE, .width = 180, .line = MH_LINE_NONE },
  { .field = "code", .width = 80, .line = MH_LINE_NONE },
  { .field = "status", .width = 110, .line = MH_LINE_NONE },
  { .field = "verification", .width = 120, .line = MH_LINE_NONE },
  { .field = "severity", .width = 90, .line = MH_LINE_NONE },
  { .field = "onset", .width = 100, .line = MH_LINE_NONE },
  { .field = "recorded_name", .title = N_ ("Recorded by"), .width = 130, .line = MH_LINE_NONE },
  { .text = problem_what, .line = MH_LINE_TITLE, .only_line = TRUE },
  { .text = problem_state, .line = MH_LINE_TRAILING, .only_line = TRUE },
  { .text = problem_detail, .only_line = TRUE },
  { NULL },
};

/* clang-format off */
const MhChartKind mh_chart_problems = {
  .type = &mh_problem_item_type,
  .list = "problem_item.list", .create = "problem_item.create", .update = "problem_item.update",
  .add = N_("_New problem…"), .title_new = N_("New problem"), .title_change = N_("Change a problem"),
  .icon = "view-list-symbolic", .empty = N_("No problem was noted yet"),
  .empty_text = N_("Illnesses that matter beyond one visit stand here, with their ICD-10 code. F4 adds one."),
  .former = N_("Show resolved problems"),
  .columns = problem_columns, .is_current = problem_is_current, .compare = by_rank, .begin = begin_problem,
  .what = problem_what, .detail = problem_detail, .dress = dress,
};
/* clang-format on */

/* --- doses --- */

static char *
dose_name (MhRecord *dose)
{
  const char *code = mh_record_text (dose, MH_IMMUNISATION_VACCINE);
  const char *brand = mh_record_text (dose, MH_IMMUNISATION_VACCINE_NAME);
  const char *name = mh_words_of_code (&mh_immunisation_type.fields[MH_IMMUNISATION_VACCINE], code);
  const char *parts[] = { g_strcmp0 (code, "other") == 0 && brand != NULL ? NULL : name, brand };
  return join (parts, G_N_ELEMENTS (parts));
}

static char *
dose_text (MhRecord *dose)
{
  if (!mh_record_has (dose, MH_IMMUNISATION_DOSE_NUMBER))
    return NULL;
  gint64 number = mh_record_int (dose, MH_IMMUNISATION_DOSE_NUMBER);
  return number == 0 ? g_strdup (_ ("At birth")) : g_strdup_printf ("%d", (int)number);
}

static gboolean
dose_is_current (MhRecord *dose)
{
  return !is_wrong (dose, MH_IMMUNISATION_STATUS);
}

static int
newest_dose (MhRecord *one, MhRecord *other)
{
  int order = -g_strcmp0 (mh_record_text (one, MH_IMMUNISATION_GIVEN_ON),
                          mh_record_text (other, MH_IMMUNISATION_GIVEN_ON));
  return order != 0 ? order : -g_strcmp0 (mh_record_id (one), mh_record_id (other));
}

static void
begin_dose (MhRecord *draft, const char *today)
{
  mh_record_set_text (draft, MH_IMMUNISATION_STATUS, MH_IMMUNISATION_COMPLETED);
  mh_record_set_text (draft, MH_IMMUNISATION_GIVEN_ON, today);
}

static char *
dose_state (MhRecord *dose)
{
  const char *status = mh_words_of_code (&mh_immunisation_type.fields[MH_IMMUNISATION_STATUS],
                                         mh_record_text (dose, MH_IMMUNISATION_STATUS));
  const char *reason = mh_record_text (dose, MH_IMMUNISATION_REASON);
  const char *parts[] = { status, reason != NULL ? mh_words_of_code (
                                      &mh_immunisation_type.fields[MH_IMMUNISATION_REASON], reason)
                                                 : NULL };
  return join (parts, G_N_ELEMENTS (parts));
}

static char *
dose_detail (MhRecord *dose)
{
  g_autofree char *day = mh_words_value (dose, MH_IMMUNISATION_GIVEN_ON);
  g_autofree char *number = dose_text (dose);
  const char *parts[] = { day, number, mh_record_text (dose, MH_IMMUNISATION_LOT) };
  return join (parts, G_N_ELEMENTS (parts));
}

static const MhTableColumn dose_columns[] = {
  { .field = "given_on", .width = 110 },
  { .title = N_ ("Vaccine"),
    .text = dose_name,
    .expand = TRUE,
    .width = 150,
    .line = MH_LINE_TITLE },
  { .title = N_ ("Dose"), .text = dose_text, .width = 80 },
  { .title = N_ ("State"), .text = dose_state, .width = 150, .line = MH_LINE_TRAILING },
  { .field = "lot", .width = 100 },
  { .field = "site", .width = 120, .line = MH_LINE_NONE },
  { .field = "recorded_name", .title = N_ ("Recorded by"), .width = 130, .line = MH_LINE_NONE },
  { NULL },
};

/* clang-format off */
const MhChartKind mh_chart_immunisations = {
  .type = &mh_immunisation_type,
  .list = "immunisation.list", .create = "immunisation.create", .update = "immunisation.update",
  .add = N_("_New dose…"), .title_new = N_("New dose"), .title_change = N_("Change a dose"),
  .icon = "mh-pill-symbolic", .empty = N_("No dose was recorded yet"),
  .empty_text = N_("Doses given here or elsewhere, and those refused, stand here. F4 adds one."),
  .former = N_("Show doses entered in error"),
  .columns = dose_columns, .is_current = dose_is_current, .compare = newest_dose, .begin = begin_dose,
  .what = dose_name, .detail = dose_detail, .schedule = TRUE,
};
/* clang-format on */

/* --- family and social history --- */

static gboolean
history_is_current (MhRecord *item)
{
  return !is_wrong (item, MH_HISTORY_ITEM_STATUS);
}

static int
by_kind (MhRecord *one, MhRecord *other)
{
  int a = 0, b = 0;
  for (guint i = 0; mh_history_kind_codes[i].code != NULL; i++)
    {
      const char *code = mh_history_kind_codes[i].code;
      if (g_strcmp0 (mh_record_text (one, MH_HISTORY_ITEM_KIND), code) == 0)
        a = (int)i;
      if (g_strcmp0 (mh_record_text (other, MH_HISTORY_ITEM_KIND), code) == 0)
        b = (int)i;
    }
  return a != b ? a - b : g_strcmp0 (mh_record_id (one), mh_record_id (other));
}

static void
chart_kinds_begin_history (MhRecord *draft, const char *today)
{
  mh_record_set_text (draft, MH_HISTORY_ITEM_STATUS, MH_HISTORY_CURRENT);
}

/* "Mother", or what the line is about. */
static char *
history_about (MhRecord *item)
{
  g_autofree char *relation = mh_words_value (item, MH_HISTORY_ITEM_RELATION);
  g_autofree char *kind = mh_words_value (item, MH_HISTORY_ITEM_KIND);
  return g_strdup (relation != NULL && relation[0] != 0 ? relation : kind);
}

static char *
history_what (MhRecord *item)
{
  g_autofree char *use = mh_words_value (item, MH_HISTORY_ITEM_USE);
  g_autofree char *age
      = mh_record_has (item, MH_HISTORY_ITEM_AGE)
            ? g_strdup_printf (_ ("at %d y"), (int)mh_record_int (item, MH_HISTORY_ITEM_AGE))
            : NULL;
  const char *parts[]
      = { use, mh_record_text (item, MH_HISTORY_ITEM_TEXT),
          mh_record_text (item, MH_HISTORY_ITEM_AMOUNT), age,
          mh_record_bool (item, MH_HISTORY_ITEM_DECEASED) ? _ ("died of it") : NULL };
  return join (parts, G_N_ELEMENTS (parts));
}

static char *
history_detail (MhRecord *item)
{
  g_autofree char *kind = mh_words_value (item, MH_HISTORY_ITEM_KIND);
  g_autofree char *since = mh_words_value (item, MH_HISTORY_ITEM_SINCE);
  const char *parts[] = { kind, since, mh_record_text (item, MH_HISTORY_ITEM_RECORDED_NAME) };
  return join (parts, G_N_ELEMENTS (parts));
}

static char *
history_state (MhRecord *item)
{
  return history_is_current (item) ? NULL : mh_words_value (item, MH_HISTORY_ITEM_STATUS);
}

/* In a narrow table the relative stands before the illness. */
static char *
history_line (MhRecord *item)
{
  g_autofree char *about = history_about (item);
  g_autofree char *what = history_what (item);
  return g_strdup_printf ("%s: %s", about, what);
}

static const MhTableColumn history_columns[] = {
  { .title = N_ ("Who or what"), .text = history_about, .width = 130, .line = MH_LINE_NONE },
  { .title = N_ ("What"),
    .text = history_what,
    .expand = TRUE,
    .width = 180,
    .line = MH_LINE_NONE },
  { .field = "kind", .width = 120, .line = MH_LINE_NONE },
  { .field = "code", .width = 80, .line = MH_LINE_NONE },
  { .field = "since", .width = 100, .line = MH_LINE_NONE },
  { .field = "until", .width = 100, .line = MH_LINE_NONE },
  { .field = "recorded_name", .title = N_ ("Recorded by"), .width = 130, .line = MH_LINE_NONE },
  { .text = history_line, .line = MH_LINE_TITLE, .only_line = TRUE },
  { .text = history_state, .line = MH_LINE_TRAILING, .only_line = TRUE },
  { .text = history_detail, .only_line = TRUE },
  { NULL },
};

/* clang-format off */
const MhChartKind mh_chart_history = {
  .type = &mh_history_item_type,
  .list = "history_item.list", .create = "history_item.create", .update = "history_item.update",
  .add = N_("_Add…"), .title_new = N_("Add to the history"), .title_change = N_("Change the history"),
  .icon = "avatar-default-symbolic", .empty = N_("Nothing is known yet"),
  .empty_text = N_("Illnesses of relatives, tobacco, alcohol, work, home, operations. F4 adds a line."),
  .former = N_("Show what was entered in error"),
  .columns = history_columns, .is_current = history_is_current, .compare = by_kind, .begin = chart_kinds_begin_history,
  .what = history_line, .detail = history_detail, .dress = dress,
};
/* clang-format on */
