/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/hospitals/mh-site-history.h"

#include "client/models/mh-fetch.h"
#include "client/pages/dispatch/hospitals/mh-site-words.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/mh-types.h"

#include <glib/gi18n-lib.h>

#define MOST "50"

struct _MhSiteHistory
{
  MhModel parent_instance;
  MhRecord *site;  /* NULL: none */
  gint64 version;  /* of it, whose history was asked for; -1: none was */
  GPtrArray *rows; /* MhRecord: reports and diversions, the newest first */
  char *problem;
};

G_DEFINE_FINAL_TYPE (MhSiteHistory, mh_site_history, MH_TYPE_MODEL)

static guint arrived;

/* --- asking --- */

static gint64
site_history_at (MhRecord *row)
{
  return mh_record_type (row) == &mh_site_report_type ? mh_record_int (row, MH_SITE_REPORT_AT)
                                                      : mh_record_int (row, MH_DIVERSION_STARTS_AT);
}

static int
site_history_compare (gconstpointer a, gconstpointer b)
{
  const gint64 one = site_history_at (*(MhRecord *const *)a);
  const gint64 other = site_history_at (*(MhRecord *const *)b);
  return one > other ? -1 : one < other;
}

static void
site_history_forget (MhSiteHistory *history, const MhRecordType *type)
{
  for (guint i = history->rows->len; i > 0; i--)
    if (type == NULL || mh_record_type (g_ptr_array_index (history->rows, i - 1)) == type)
      g_ptr_array_remove_index (history->rows, i - 1);
}

/* Either of the two lists. */
static void
site_history_arrived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSiteHistory) history = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mh_fetch_finish_list (result, &error);
  if (mh_model_is_late (MH_MODEL (history), error))
    return;

  g_clear_pointer (&history->problem, g_free);
  if (rows == NULL)
    {
      history->version = -1;
      history->problem = mh_error_is_away (error)
                             ? g_strdup (_ ("The history comes when the server is reached again."))
                             : mh_words_error (error);
    }
  else if (rows->len > 0)
    {
      site_history_forget (history, mh_record_type (g_ptr_array_index (rows, 0)));
      for (guint i = 0; i < rows->len; i++)
        g_ptr_array_add (history->rows, g_object_ref (g_ptr_array_index (rows, i)));
      g_ptr_array_sort (history->rows, site_history_compare);
    }
  g_signal_emit (history, arrived, 0);
}

static void
site_history_ask (MhSiteHistory *history)
{
  static const char *const routes[] = { "capacity.history", "diversion.list" };
  const char *args[] = { "id", mh_record_id (history->site), "limit", MOST, NULL };
  GCancellable *cancellable = mh_model_renew (MH_MODEL (history));
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    mh_fetch_async (mh_model_context (MH_MODEL (history)),
                    &(MhFetch){ .route = routes[i], .args = args }, cancellable,
                    site_history_arrived_cb, g_object_ref (history));
}

void
mh_site_history_want (MhSiteHistory *history, MhRecord *site)
{
  const gint64 version = site != NULL ? mh_record_version (site) : -1;
  if (site != history->site)
    {
      g_set_object (&history->site, site);
      g_clear_pointer (&history->problem, g_free);
      site_history_forget (history, NULL);
      history->version = -1;
      g_signal_emit (history, arrived, 0);
    }
  if (site == NULL || version == history->version)
    return;
  history->version = version;
  site_history_ask (history);
}

static void
mh_site_history_reached (MhModel *model)
{
  MhSiteHistory *history = MH_SITE_HISTORY (model);
  if (history->site != NULL && history->version < 0)
    mh_site_history_want (history, history->site);
}

/* --- telling --- */

/* "30 patients, 5 wait for a bed, 1 ventilated · 6 beds free". Caller frees. */
static char *
site_history_report (MhRecord *report)
{
  return g_strdup_printf (
      _ ("%d patients in %d beds, %d wait for a bed, %d ventilated · %d beds free"),
      (int)mh_record_int (report, MH_SITE_REPORT_ED_PATIENTS),
      (int)mh_record_int (report, MH_SITE_REPORT_ED_BEDS),
      (int)mh_record_int (report, MH_SITE_REPORT_BOARDERS),
      (int)mh_record_int (report, MH_SITE_REPORT_VENTILATED),
      (int)mh_record_int (report, MH_SITE_REPORT_FREE_BEDS));
}

/* "CT out of order · until 14:30 · renewed 2 times · ended 13:10 by Anu Thomas". Caller frees. */
static char *
site_history_diversion (MhRecord *diversion)
{
  const int renewals = (int)mh_record_int (diversion, MH_DIVERSION_RENEWALS);
  g_autofree char *until = mh_words_time (mh_record_int (diversion, MH_DIVERSION_UNTIL));
  GString *out = g_string_new (mh_record_text (diversion, MH_DIVERSION_REASON));
  g_string_append (out, " · ");
  g_string_append_printf (out, _ ("until %s"), until);
  if (renewals > 0)
    {
      g_string_append (out, " · ");
      g_string_append_printf (
          out, g_dngettext (GETTEXT_PACKAGE, "renewed once", "renewed %d times", renewals),
          renewals);
    }
  if (mh_record_has (diversion, MH_DIVERSION_ENDED_AT))
    {
      g_autofree char *ended = mh_words_time (mh_record_int (diversion, MH_DIVERSION_ENDED_AT));
      g_string_append (out, " · ");
      g_string_append_printf (out, _ ("ended %s by %s"), ended,
                              mh_record_text (diversion, MH_DIVERSION_ENDED_NAME));
    }
  return g_string_free (out, FALSE);
}

void
mh_site_history_tell (MhSiteHistory *history, MhTimeline *timeline)
{
  mh_timeline_clear (timeline);
  for (guint i = 0; i < history->rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (history->rows, i);
      gboolean report = mh_record_type (row) == &mh_site_report_type;
      const char *level = report ? mh_record_text (row, MH_SITE_REPORT_LEVEL) : NULL;
      g_autofree char *what = NULL, *more = NULL;
      if (report)
        {
          what = mh_site_level_text (level, mh_record_int (row, MH_SITE_REPORT_NEDOCS));
          more = site_history_report (row);
        }
      else
        {
          g_autofree char *scope
              = mh_site_scope_text (mh_care_scope_of (mh_record_list (row, MH_DIVERSION_SCOPE)));
          what = g_strdup_printf (_ ("⊘ Diversion: %s"), scope);
          more = site_history_diversion (row);
        }
      mh_timeline_add (timeline, site_history_at (row), what,
                       mh_record_text (row, report ? MH_SITE_REPORT_BY_NAME : MH_DIVERSION_BY_NAME),
                       more, report ? mh_site_level_style (level) : NULL);
    }
}

const char *
mh_site_history_problem (MhSiteHistory *history)
{
  return history->problem;
}

/* --- as a model --- */

static void
mh_site_history_finalize (GObject *object)
{
  MhSiteHistory *history = MH_SITE_HISTORY (object);
  g_clear_object (&history->site);
  g_ptr_array_unref (history->rows);
  g_free (history->problem);
  G_OBJECT_CLASS (mh_site_history_parent_class)->finalize (object);
}

static void
mh_site_history_class_init (MhSiteHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_site_history_finalize;
  MH_MODEL_CLASS (klass)->reached = mh_site_history_reached;
  arrived = g_signal_new ("arrived", MH_TYPE_SITE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
}

static void
mh_site_history_init (MhSiteHistory *history)
{
  history->rows = g_ptr_array_new_with_free_func (g_object_unref);
  history->version = -1;
}

MhSiteHistory *
mh_site_history_new (MhContext *context)
{
  return g_object_new (MH_TYPE_SITE_HISTORY, "context", context, NULL);
}
