/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A month of controls on paper, and the patients' values that a bad control puts in doubt. */
#include "server/lab/qc/mh-qc-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-table.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/mh-types.h"
#include "shared/reports/lab/mh-report-qc.h"
#include "shared/reports/mh-report-parts.h"
#include "shared/reports/mh-report-table.h"

#include <string.h>

#define PLOT_HEIGHT 170
#define MOST_POINTS 5000
#define MOST_LOCKS 1000

/* --- a month --- */

typedef struct
{
  const MhRequest *req;
  MhRecord *hospital;
  const MhWords *words;
  GTimeZone *zone;
  gint64 from, to;
  GPtrArray *locks;
  MhSheet *sheet;
} Month;

static const char *
qc_papers_action_words (const char *code, gconstpointer data)
{
  return mh_words (data, mh_field_code_label (&mh_qc_lock_type.fields[MH_QC_LOCK_ACTION], code));
}

static void
put_note (MhSheet *sheet, char *taken)
{
  mh_sheet_row (sheet, MH_ROW_NOTE);
  mh_sheet_take_cell (sheet, taken);
}

static gboolean
put_level (Month *month, MhRecord *target, GError **error)
{
  g_autoptr (MhRecord) found
      = mh_qc_service_statistics (month->req, mh_record_id (target), month->from, month->to, error);
  if (found == NULL)
    return FALSE;

  static const guint fields[]
      = { MH_QC_STATISTICS_MEAN, MH_QC_STATISTICS_SD, MH_QC_STATISTICS_CV, MH_QC_STATISTICS_BIAS };
  const char *unit = mh_record_text (target, MH_QC_TARGET_UNIT);

  mh_sheet_row (month->sheet, MH_ROW_PLAIN);
  mh_sheet_take_cell (month->sheet,
                      g_strdup_printf ("%s %d · %s", mh_words (month->words, "Level"),
                                       (int)mh_record_int (target, MH_QC_TARGET_LEVEL),
                                       mh_record_text (target, MH_QC_TARGET_LOT)));
  mh_sheet_take_cell (month->sheet,
                      g_strdup_printf ("%s ± %s %s", mh_record_text (target, MH_QC_TARGET_MEAN),
                                       mh_record_text (target, MH_QC_TARGET_SD),
                                       unit != NULL ? unit : ""));
  mh_sheet_take_cell (
      month->sheet, g_strdup_printf ("%d / %d / %d", (int)mh_record_int (found, MH_QC_STATISTICS_N),
                                     (int)mh_record_int (found, MH_QC_STATISTICS_N_REJECTED),
                                     (int)mh_record_int (found, MH_QC_STATISTICS_N_EXCLUDED)));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    mh_sheet_cell (month->sheet, mh_record_text (found, fields[i]));

  return TRUE;
}

static void
qc_papers_put_lock (Month *month, MhRecord *lock)
{
  const char *const *rules = mh_record_list (lock, MH_QC_LOCK_RULES);
  g_autofree char *joined = rules != NULL ? g_strjoinv (", ", (char **)rules) : g_strdup ("");
  g_autofree char *at
      = mh_words_instant (month->words, mh_record_int (lock, MH_QC_LOCK_OPENED_AT), month->zone);
  g_autofree char *released
      = mh_words_instant (month->words, mh_record_int (lock, MH_QC_LOCK_RELEASED_AT), month->zone);
  g_autofree char *level
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (lock, MH_QC_LOCK_LEVEL));
  const char *rejected[] = { at,
                             joined,
                             level,
                             mh_record_text (lock, MH_QC_LOCK_VALUE) ?: "",
                             mh_record_text (lock, MH_QC_LOCK_Z) ?: "",
                             NULL };
  const char *action = mh_record_text (lock, MH_QC_LOCK_ACTION);
  g_autofree char *said
      = mh_words_fill_all (month->words, "{1}: rejected by {2}, Level {3}, {4} (z {5})", rejected);
  g_autofree char *state = released != NULL
                               ? mh_words_fill (month->words, "released again {1}", released, NULL)
                               : g_strdup (mh_words (month->words, "still locked"));
  GString *text = g_string_new (said);

  if (action != NULL)
    g_string_append_printf (text, " → %s: %s (%s)", qc_papers_action_words (action, month->words),
                            mh_record_text (lock, MH_QC_LOCK_ACTION_NOTE),
                            mh_record_text (lock, MH_QC_LOCK_ACTION_NAME));

  g_string_append_printf (text, " → %s", state);
  put_note (month->sheet, g_string_free (text, FALSE));
}

static void
put_excluded (Month *month, MhRecord *point)
{
  g_autofree char *at
      = mh_words_instant (month->words, mh_record_int (point, MH_QC_POINT_AT), month->zone);
  const char *reason = mh_words_field_code (month->words, point, MH_QC_POINT_REMARK_REASON);
  const char *note = mh_record_text (point, MH_QC_POINT_REMARK_NOTE);

  g_autofree char *level
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (point, MH_QC_POINT_LEVEL));
  g_autofree char *why = mh_part_join (", ", reason ?: "", note ?: "", NULL);
  const char *values[] = { at,
                           level,
                           mh_record_text (point, MH_QC_POINT_VALUE) ?: "",
                           mh_record_text (point, MH_QC_POINT_Z) ?: "",
                           why,
                           mh_record_text (point, MH_QC_POINT_REMARK_NAME) ?: "",
                           NULL };

  put_note (
      month->sheet,
      mh_words_fill_all (month->words, "{1}: Level {2}, {3} (z {4}) excluded: {5} ({6})", values));
}

static GPtrArray *
locks_of (Month *month, const MhQcSubject *subject)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = month->locks->len; i-- > 0;)
    {
      MhRecord *lock = g_ptr_array_index (month->locks, i);
      gint64 at = mh_record_int (lock, MH_QC_LOCK_OPENED_AT);
      if (at >= month->from && at < month->to
          && g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_EQUIPMENT), subject->equipment) == 0
          && g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_ANALYTE), subject->analyte) == 0)
        g_ptr_array_add (found, lock);
    }
  return found;
}

static gboolean
put_subject (Month *month, const MhQcSubject *subject, GError **error)
{
  MhQcPointsQuery query = {
    .subject = *subject, .since = month->from - 1, .until = month->to - 1, .limit = MOST_POINTS
  };
  g_autoptr (GPtrArray) points = mh_qc_service_points (month->req, &query, error);
  g_autoptr (GPtrArray) targets
      = points != NULL ? mh_qc_store_targets (month->req->db, subject, error) : NULL;

  if (targets == NULL)
    return FALSE;

  g_autoptr (GPtrArray) rising = g_ptr_array_new ();
  g_autoptr (GPtrArray) locks = locks_of (month, subject);
  for (guint i = points->len; i-- > 0;)
    g_ptr_array_add (rising, g_ptr_array_index (points, i));

  const MhQcPlotWords words = { .level = mh_words (month->words, "Level"),
                                .mean = mh_words (month->words, "Mean"),
                                .excluded = mh_words (month->words, "excluded"),
                                .action = qc_papers_action_words,
                                .data = month->words };

  mh_sheet_row (month->sheet, MH_ROW_HEADING);
  mh_sheet_take_cell (month->sheet,
                      g_strdup_printf ("%s · %s", subject->analyte, subject->equipment));
  if (rising->len > 0)
    mh_sheet_plot (month->sheet, mh_qc_plot (&words, month->zone, rising, locks, NULL),
                   PLOT_HEIGHT);

  for (guint i = 0; i < targets->len; i++)
    if (!put_level (month, g_ptr_array_index (targets, i), error))
      return FALSE;
  for (guint i = 0; i < locks->len; i++)
    qc_papers_put_lock (month, g_ptr_array_index (locks, i));
  for (guint i = 0; i < rising->len; i++)
    if (mh_record_bool (g_ptr_array_index (rising, i), MH_QC_POINT_EXCLUDED))
      put_excluded (month, g_ptr_array_index (rising, i));

  return TRUE;
}

/* One analyte or all that the analyser is controlled for, in order of code. */
static gboolean
put_subjects (Month *month, const char *equipment, const char *analyte, GError **error)
{
  const char *hospital_id = mh_record_id (month->hospital);
  g_autoptr (GPtrArray) all
      = mh_store_all (month->req->db, &mh_qc_target_type, "equipment", equipment, error);
  g_autoptr (GTree) analytes = g_tree_new ((GCompareFunc)strcmp);

  if (all == NULL)
    return FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *target = g_ptr_array_index (all, i);
      const char *code = mh_record_text (target, MH_QC_TARGET_ANALYTE);
      if (g_strcmp0 (mh_record_text (target, MH_QC_TARGET_HOSPITAL_ID), hospital_id) == 0
          && (analyte == NULL || g_strcmp0 (analyte, code) == 0))
        g_tree_insert (analytes, (char *)code, target);
    }

  for (GTreeNode *node = g_tree_node_first (analytes); node != NULL; node = g_tree_node_next (node))
    {
      const MhQcSubject subject = { hospital_id, equipment, g_tree_node_key (node) };
      if (!put_subject (month, &subject, error))
        return FALSE;
    }

  return TRUE;
}

/* "2026-11": from its first midnight to that of the next month. */
static gboolean
read_month (Month *month, const char *text, gint64 now, char out_name[8], GError **error)
{
  MhDate day = mh_date_of_instant (now, month->zone);
  g_autofree char *first = g_strdup_printf ("%s-01", text != NULL ? text : "");
  if (text != NULL && !mh_date_parse (first, &day))
    {
      mh_error_set_field (error, "month", "format", "Write the month as YYYY-MM.");
      return FALSE;
    }

  day.day = 1;
  MhDate next = mh_date_add_months (day, 1);
  g_autoptr (GDateTime) from = g_date_time_new (month->zone, day.year, day.month, day.day, 0, 0, 0);
  g_autoptr (GDateTime) to
      = g_date_time_new (month->zone, next.year, next.month, next.day, 0, 0, 0);

  month->from = g_date_time_to_unix (from) * MH_SECOND;
  month->to = g_date_time_to_unix (to) * MH_SECOND;
  g_snprintf (out_name, 8, "%04d-%02d", day.year, day.month);

  return TRUE;
}

static MhSheet *
month_sheet (const char *equipment, const char *name)
{
  static const struct
  {
    const char *label;
    double share;
    gboolean is_number;
  } columns[] = {
    { NS_ ("Control"), 2.2, FALSE },
    { NS_ ("Target"), 2.6, FALSE },
    { NS_ ("Values / rejected / excluded"), 2.2, TRUE },
    { NS_ ("Mean"), 1.2, TRUE },
    { NS_ ("SD"), 1.1, TRUE },
    { NS_ ("CV %"), 1, TRUE },
    { NS_ ("Bias %"), 1, TRUE },
  };
  g_autofree char *under = g_strdup_printf ("%s · %s", equipment, name);
  MhSheet *sheet = mh_sheet_new ("Quality control", under);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    mh_sheet_column (sheet, columns[i].label, columns[i].share, columns[i].is_number);
  return sheet;
}

static MhRecord *
qc_papers_hospital_of (const MhRequest *req, GError **error)
{
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  return hospital_id != NULL ? mh_store_get (req->db, &mh_hospital_type, hospital_id, error) : NULL;
}

static GBytes *
qc_papers_draw (MhSheet *sheet,
                MhRecord *hospital,
                const char *language,
                gint64 now,
                GError **error)
{
  g_autoptr (MhDocument) document = mh_report_table (sheet, hospital, language, now);
  return mh_document_to_pdf (document, error);
}

static MhSheet *
load_month (const MhRequest *req,
            const MhQcMonthWanted *wanted,
            gint64 now,
            MhRecord **out_hospital,
            GError **error)
{
  char name[8];
  g_autoptr (MhRecord) hospital = qc_papers_hospital_of (req, error);
  if (hospital == NULL)
    return NULL;

  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  g_autoptr (GPtrArray) locks = mh_qc_store_locks (req->db, mh_record_id (hospital), NULL,
                                                   (MhListPage){ .limit = MOST_LOCKS }, error);
  Month month = { .req = req,
                  .hospital = hospital,
                  .words = mh_words_for (wanted->language),
                  .zone = zone,
                  .locks = locks };

  if (locks == NULL || !read_month (&month, wanted->month, now, name, error))
    return NULL;

  g_autoptr (MhSheet) sheet = month_sheet (wanted->equipment, name);
  month.sheet = sheet;
  if (!put_subjects (&month, wanted->equipment, wanted->analyte, error))
    return NULL;

  *out_hospital = g_steal_pointer (&hospital);
  return g_steal_pointer (&sheet);
}

GBytes *
mh_qc_service_month_pdf (MhServer *server,
                         const MhActor *actor,
                         const MhQcMonthWanted *wanted,
                         GError **error)
{
  gint64 now = mh_clock_now (mh_server_clock (server));
  MhStore *store = mh_server_store (server);
  g_autoptr (MhRecord) hospital = NULL;

  if (wanted->equipment == NULL)
    {
      mh_error_set_field (error, "equipment", "required", "Choose the analyser.");
      return NULL;
    }

  MhDb *db = mh_store_take_reader (store, error);
  if (db == NULL)
    return NULL;

  g_autoptr (MhSheet) sheet
      = load_month (MH_REQUEST_DB (db, server, actor), wanted, now, &hospital, error);
  mh_store_give_reader (store, db);
  return sheet != NULL ? qc_papers_draw (sheet, hospital, wanted->language, now, error) : NULL;
}

/* --- values in doubt --- */

static MhSheet *
suspects_sheet (MhRecord *lock, GPtrArray *suspects, const MhWords *words, GTimeZone *zone)
{
  static const struct
  {
    const char *label;
    double share;
    gboolean is_number;
  } columns[] = {
    { NS_ ("Order"), 2, FALSE },    { NS_ ("Patient"), 3, FALSE },
    { NS_ ("MRN"), 2.2, FALSE },    { NS_ ("Value"), 1.3, TRUE },
    { NS_ ("Status"), 1.6, FALSE }, { NS_ ("Report"), 2.4, FALSE },
    { NS_ ("Measured"), 2, FALSE }, { NS_ ("Decision"), 2.4, FALSE },
  };
  g_autofree char *under = g_strdup_printf ("%s · %s", mh_record_text (lock, MH_QC_LOCK_ANALYTE),
                                            mh_record_text (lock, MH_QC_LOCK_EQUIPMENT));
  MhSheet *sheet = mh_sheet_new ("Values in doubt", under);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    mh_sheet_column (sheet, columns[i].label, columns[i].share, columns[i].is_number);
  for (guint i = 0; i < suspects->len; i++)
    {
      MhRecord *one = g_ptr_array_index (suspects, i);
      const char *decision = mh_words_field_code (words, one, MH_QC_SUSPECT_DECISION);
      const char *reason = mh_record_text (one, MH_QC_SUSPECT_REASON);
      const char *status = mh_words_field_code (words, one, MH_QC_SUSPECT_REPORT_STATUS);
      const char *number = mh_record_text (one, MH_QC_SUSPECT_REPORT);
      mh_sheet_row (sheet, MH_ROW_PLAIN);
      mh_sheet_cell (sheet, mh_record_text (one, MH_QC_SUSPECT_ORDER_NUMBER));
      mh_sheet_cell (sheet, mh_record_text (one, MH_QC_SUSPECT_PATIENT_NAME));
      mh_sheet_cell (sheet, mh_record_text (one, MH_QC_SUSPECT_PATIENT_MRN));
      mh_sheet_cell (sheet, mh_record_text (one, MH_QC_SUSPECT_VALUE));
      mh_sheet_cell (sheet, mh_words_field_code (words, one, MH_QC_SUSPECT_STATUS));
      mh_sheet_take_cell (
          sheet, number != NULL ? g_strdup_printf ("%s %s", number, status != NULL ? status : "")
                                : g_strdup (""));
      mh_sheet_take_cell (
          sheet, mh_words_instant (words, mh_record_int (one, MH_QC_SUSPECT_ENTERED_AT), zone));
      mh_sheet_take_cell (sheet, decision != NULL ? g_strdup_printf ("%s: %s", decision,
                                                                     reason != NULL ? reason : "")
                                                  : g_strdup (""));
    }

  return sheet;
}

static MhSheet *
load_suspects (const MhRequest *req,
               const MhQcSuspectsWanted *wanted,
               gint64 now,
               MhRecord **out_hospital,
               GPtrArray **out_suspects,
               GError **error)
{
  g_autoptr (MhRecord) lock = mh_qc_service_lock (req, wanted->lock_id, error);
  g_autoptr (GPtrArray) suspects
      = lock != NULL ? mh_qc_service_suspects (req, wanted->lock_id, now, error) : NULL;
  g_autoptr (MhRecord) hospital
      = suspects != NULL ? mh_store_get (req->db, &mh_hospital_type,
                                         mh_record_text (lock, MH_QC_LOCK_HOSPITAL_ID), error)
                         : NULL;

  if (hospital == NULL)
    return NULL;

  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  MhSheet *sheet = suspects_sheet (lock, suspects, mh_words_for (wanted->language), zone);
  *out_hospital = g_steal_pointer (&hospital);
  *out_suspects = g_steal_pointer (&suspects);
  return sheet;
}

GBytes *
mh_qc_service_suspects_file (MhServer *server,
                             const MhActor *actor,
                             const MhQcSuspectsWanted *wanted,
                             GPtrArray **out_suspects,
                             GError **error)
{
  gint64 now = mh_clock_now (mh_server_clock (server));
  MhStore *store = mh_server_store (server);
  g_autoptr (MhRecord) hospital = NULL;
  MhDb *db = mh_store_take_reader (store, error);

  if (db == NULL)
    return NULL;

  g_autoptr (MhSheet) sheet = load_suspects (MH_REQUEST_DB (db, server, actor), wanted, now,
                                             &hospital, out_suspects, error);
  mh_store_give_reader (store, db);
  if (sheet == NULL)
    return NULL;

  return wanted->pdf ? qc_papers_draw (sheet, hospital, wanted->language, now, error)
                     : mh_table_csv (sheet);
}
