/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dispatch/hospitals/mh-sites-service.h"

#include "server/people/admin/mh-directory-service.h"
#include "server/platform/actor/mh-actor-home.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"
#include "shared/records/dispatch/mh-arrival.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/dispatch/mh-arrival-steps.h"
#include "shared/rules/dispatch/mh-site-diversions.h"

/* --- whose it is --- */

static MhRecord *
sites_service_find (const MhRequest *req, const char *id, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) site = mh_sites_store_find (req->db, id, &failure);
  const char *own = mh_actor_hospital_id (req->actor);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }

  if (site != NULL
      && (own == NULL || g_strcmp0 (own, mh_record_text (site, MH_CARE_SITE_HOSPITAL_ID)) == 0
          || g_strcmp0 (own, mh_record_text (site, MH_CARE_SITE_MEMBER_ID)) == 0))
    return g_steal_pointer (&site);
  mh_error_set (error, MH_ERROR_NOT_FOUND,
                "The rescue service knows no such hospital; choose one from the list.");
  return NULL;
}

gboolean
mh_sites_service_may_speak (const MhActor *actor, MhRecord *site, const char *right, GError **error)
{
  const char *member = mh_record_text (site, MH_CARE_SITE_MEMBER_ID);
  if (member != NULL && g_strcmp0 (member, mh_actor_home_id (actor)) == 0
      && mh_actor_may (actor, right))
    return TRUE;
  if (mh_actor_may (actor, MH_MAY_WRITE_CALL))
    return TRUE;
  mh_error_set (
      error, MH_ERROR_FORBIDDEN,
      "Its own people speak for a hospital, and dispatchers who write down what it tells.");
  return FALSE;
}

/* --- the register --- */

static void
sites_service_show (MhRecord *site, gint64 now)
{
  mh_record_set_bool (site, MH_CARE_SITE_STALE,
                      mh_nedocs_is_stale (mh_record_int (site, MH_CARE_SITE_REVIEWED_AT), now));
}

MhRecord *
mh_sites_service_read (const MhRequest *req, const char *id, GError **error)
{
  return mh_actor_require (req->actor, MH_MAY_READ_CAPACITY, error)
             ? sites_service_find (req, id, error)
             : NULL;
}

GPtrArray *
mh_sites_service_list (const MhRequest *req, gint64 now, GError **error)
{
  GPtrArray *sites = mh_actor_require (req->actor, MH_MAY_READ_CAPACITY, error)
                         ? mh_sites_store_list (req->db, mh_actor_hospital_id (req->actor), error)
                         : NULL;
  for (guint i = 0; sites != NULL && i < sites->len; i++)
    sites_service_show (g_ptr_array_index (sites, i), now);
  return sites;
}

MhRecord *
mh_sites_service_create (const MhRequest *req, MhRecord *draft, GError **error)
{
  mh_record_set_int (draft, MH_CARE_SITE_RESERVED, 0);
  return mh_directory_create (req, draft, error);
}

MhRecord *
mh_sites_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  return mh_directory_update (req, patch, error);
}

/* --- beds that are kept --- */

static int
sites_service_kept (MhDb *db, const char *site_id, gint64 reviewed_at, GError **error)
{
  g_autoptr (GPtrArray) arrivals = mh_arrivals_store_keeping (db, site_id, reviewed_at, error);
  int n = 0;
  if (arrivals == NULL)
    return -1;

  for (guint i = 0; i < arrivals->len; i++)
    {
      MhRecord *arrival = g_ptr_array_index (arrivals, i);
      n += mh_arrival_keeps_bed (mh_record_text (arrival, MH_ARRIVAL_STATE),
                                 mh_record_int (arrival, MH_ARRIVAL_HANDED_AT), reviewed_at)
               ? 1
               : 0;
    }
  return n;
}

gboolean
mh_sites_service_count_kept (MhTx *tx, const char *site_id, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_care_site_type, site_id, error);
  int n = before != NULL ? sites_service_kept (
              mh_tx_db (tx), site_id, mh_record_int (before, MH_CARE_SITE_REVIEWED_AT), error)
                         : -1;
  if (n < 0)
    return FALSE;
  if (mh_record_int (before, MH_CARE_SITE_RESERVED) == n)
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_CARE_SITE_RESERVED, n);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

/* --- what a hospital tells of its beds --- */

/* The same figure in the report and in the hospital's record. */
static const struct
{
  guint report, site;
} told[] = {
  { MH_SITE_REPORT_ED_PATIENTS, MH_CARE_SITE_ED_PATIENTS },
  { MH_SITE_REPORT_BOARDERS, MH_CARE_SITE_BOARDERS },
  { MH_SITE_REPORT_VENTILATED, MH_CARE_SITE_VENTILATED },
  { MH_SITE_REPORT_LONGEST_MINUTES, MH_CARE_SITE_LONGEST_MINUTES },
  { MH_SITE_REPORT_LAST_BED_MINUTES, MH_CARE_SITE_LAST_BED_MINUTES },
  { MH_SITE_REPORT_FREE_BEDS, MH_CARE_SITE_FREE_BEDS },
  { MH_SITE_REPORT_FREE_ICU, MH_CARE_SITE_FREE_ICU },
  { MH_SITE_REPORT_FREE_THEATRES, MH_CARE_SITE_FREE_THEATRES },
};

/* What is far too much for every field stays so as an int. */
static int
sites_service_figure (MhRecord *report, guint field)
{
  return (int)CLAMP (mh_record_int (report, field), -1, G_MAXINT);
}

static void
sites_service_check_free (MhRecord *report, guint field, int most, MhIssues *issues)
{
  gint64 free = mh_record_int (report, field);
  if (mh_record_has (report, field) && (free < 0 || free > most))
    mh_issues_add (issues, mh_site_report_type.fields[field].name, "out_of_range",
                   "Write a number from 0 to %d: it has no more", most);
}

static gboolean
sites_service_judge (MhRecord *site, MhRecord *report, MhNedocs *out_nedocs, GError **error)
{
  int ed_known = (int)mh_record_int (site, MH_CARE_SITE_ED_BEDS);
  int beds_known = (int)mh_record_int (site, MH_CARE_SITE_HOSPITAL_BEDS);
  if (!mh_record_has (report, MH_SITE_REPORT_ED_BEDS))
    mh_record_set_int (report, MH_SITE_REPORT_ED_BEDS, ed_known);
  if (!mh_record_has (report, MH_SITE_REPORT_HOSPITAL_BEDS))
    mh_record_set_int (report, MH_SITE_REPORT_HOSPITAL_BEDS, beds_known);

  const MhNedocsInput input = {
    .ed_patients = sites_service_figure (report, MH_SITE_REPORT_ED_PATIENTS),
    .ed_beds = sites_service_figure (report, MH_SITE_REPORT_ED_BEDS),
    .boarders = sites_service_figure (report, MH_SITE_REPORT_BOARDERS),
    .hospital_beds = sites_service_figure (report, MH_SITE_REPORT_HOSPITAL_BEDS),
    .ventilated = sites_service_figure (report, MH_SITE_REPORT_VENTILATED),
    .longest_minutes = sites_service_figure (report, MH_SITE_REPORT_LONGEST_MINUTES),
    .last_bed_minutes = sites_service_figure (report, MH_SITE_REPORT_LAST_BED_MINUTES),
  };
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_nedocs_check (&input, ed_known, beds_known, issues);
  sites_service_check_free (report, MH_SITE_REPORT_FREE_BEDS, beds_known, issues);
  sites_service_check_free (report, MH_SITE_REPORT_FREE_ICU, beds_known, issues);
  sites_service_check_free (report, MH_SITE_REPORT_FREE_THEATRES, 200, issues);
  return mh_issues_raise (issues, error) && mh_nedocs_judge (&input, out_nedocs, error);
}

static char *
sites_service_parts (const MhNedocs *nedocs)
{
  static const char *const names[MH_NEDOCS_N_PARTS] = {
    [MH_NEDOCS_OF_PATIENTS] = "ed_patients",      [MH_NEDOCS_OF_BOARDERS] = "boarders",
    [MH_NEDOCS_OF_VENTILATED] = "ventilated",     [MH_NEDOCS_OF_LONGEST] = "longest_minutes",
    [MH_NEDOCS_OF_LAST_BED] = "last_bed_minutes",
  };
  g_autoptr (GString) out = g_string_new (NULL);
  mh_json_open (out, '{');
  for (guint i = 0; i < MH_NEDOCS_N_PARTS; i++)
    {
      char points[G_ASCII_DTOSTR_BUF_SIZE];
      g_ascii_formatd (points, sizeof points, "%.2f", nedocs->parts[i] / 100.0);
      mh_json_member_raw (out, names[i], points);
    }
  mh_json_close (out, '}');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
sites_service_keep_report (MhTx *tx, MhRecord *site, MhRecord *report, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  if (!mh_record_has (report, MH_ID))
    mh_record_take_text (report, MH_ID, mh_id_new ());
  mh_record_set_text (report, MH_SITE_REPORT_HOSPITAL_ID,
                      mh_record_text (site, MH_CARE_SITE_HOSPITAL_ID));
  mh_record_set_text (report, MH_SITE_REPORT_SITE_ID, mh_record_id (site));
  g_ptr_array_add (rows, g_object_ref (report));
  return mh_tx_insert_parts (tx, rows, error);
}

/* A report that was written down while the server was away must not hide a newer one. */
static gboolean
sites_service_take_report (MhTx *tx,
                           MhRecord *before,
                           MhRecord *after,
                           MhRecord *report,
                           const MhNedocs *nedocs,
                           GError **error)
{
  gint64 at = mh_record_int (report, MH_SITE_REPORT_AT);
  if (at < mh_record_int (before, MH_CARE_SITE_REVIEWED_AT))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (mh_record_has (report, told[i].report))
      mh_record_set_int (after, told[i].site, mh_record_int (report, told[i].report));
    else
      mh_record_set_null (after, told[i].site);
  mh_record_set_int (after, MH_CARE_SITE_NEDOCS, nedocs->score);
  mh_record_set_text (after, MH_CARE_SITE_LEVEL, mh_nedocs_band_code (nedocs->band));
  mh_record_take_text (after, MH_CARE_SITE_PARTS, sites_service_parts (nedocs));
  mh_record_set_int (after, MH_CARE_SITE_REVIEWED_AT, at);
  mh_record_set_text (after, MH_CARE_SITE_REVIEWED_NAME,
                      mh_record_text (report, MH_SITE_REPORT_BY_NAME));

  int kept = sites_service_kept (mh_tx_db (tx), mh_record_id (before), at, error);
  if (kept < 0)
    return FALSE;
  mh_record_set_int (after, MH_CARE_SITE_RESERVED, kept);
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

MhRecord *
mh_sites_service_report (const MhRequest *req,
                         const char *id,
                         MhRecord *sent,
                         gint64 made_at,
                         GError **error)
{
  MhNedocs nedocs = { 0 };
  g_autoptr (MhRecord) before = mh_actor_require (req->actor, MH_MAY_WRITE_CAPACITY, error)
                                    ? sites_service_find (req, id, error)
                                    : NULL;
  g_autoptr (MhRecord) report = mh_record_copy (sent);
  if (before == NULL
      || !mh_sites_service_may_speak (req->actor, before, MH_MAY_WRITE_CAPACITY, error)
      || !sites_service_judge (before, report, &nedocs, error))
    return NULL;

  mh_record_set_int (report, MH_SITE_REPORT_AT, mh_edit_made_at (req->tx, made_at));
  mh_record_set_int (report, MH_SITE_REPORT_NEDOCS, nedocs.score);
  mh_record_set_text (report, MH_SITE_REPORT_LEVEL, mh_nedocs_band_code (nedocs.band));
  mh_record_set_text (report, MH_SITE_REPORT_BY_NAME, mh_actor_name (req->actor));
  g_autoptr (MhRecord) after = mh_record_copy (before);
  if (!sites_service_keep_report (req->tx, before, report, error)
      || !sites_service_take_report (req->tx, before, after, report, &nedocs, error))
    return NULL;
  sites_service_show (after, mh_tx_now (req->tx));
  return g_steal_pointer (&after);
}

GPtrArray *
mh_sites_service_reports (const MhRequest *req, const char *id, MhListPage page, GError **error)
{
  g_autoptr (MhRecord) site = mh_sites_service_read (req, id, error);
  return site != NULL ? mh_sites_store_reports (req->db, mh_record_id (site), page, error) : NULL;
}

/* --- diversions --- */

static MhDiversion
sites_service_rule (MhRecord *diversion)
{
  return (MhDiversion){
    .scope = mh_care_scope_of (mh_record_list (diversion, MH_DIVERSION_SCOPE)),
    .from = mh_record_int (diversion, MH_DIVERSION_STARTS_AT),
    .until = mh_record_int (diversion, MH_DIVERSION_UNTIL),
    .ended_at = mh_record_int (diversion, MH_DIVERSION_ENDED_AT),
  };
}

/* What is not over, into the hospital's own record: that is what desks hear of. */
static gboolean
sites_service_carry (MhTx *tx, MhRecord *before, GError **error)
{
  g_autoptr (GPtrArray) rows
      = mh_sites_store_diverting (mh_tx_db (tx), mh_record_id (before), mh_tx_now (tx), error);
  g_autoptr (GPtrArray) carried
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_site_diversion_free);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      MhSiteDiversion *one = g_new0 (MhSiteDiversion, 1);
      one->diversion = sites_service_rule (row);
      one->id = g_strdup (mh_record_id (row));
      one->reason = g_strdup (mh_record_text (row, MH_DIVERSION_REASON));
      g_ptr_array_add (carried, one);
    }
  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_take_text (after, MH_CARE_SITE_DIVERSIONS, mh_site_diversions_put (carried));
  return mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error);
}

MhRecord *
mh_sites_service_divert (const MhRequest *req, const char *id, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) site = mh_actor_require (req->actor, MH_MAY_WRITE_CAPACITY, error)
                                  ? sites_service_find (req, id, error)
                                  : NULL;
  if (site == NULL || !mh_sites_service_may_speak (req->actor, site, MH_MAY_WRITE_CAPACITY, error))
    return NULL;

  g_autoptr (MhRecord) row = mh_record_copy (draft);
  if (!mh_record_has (row, MH_ID))
    mh_record_take_text (row, MH_ID, mh_id_new ());
  if (!mh_record_has (row, MH_DIVERSION_STARTS_AT))
    mh_record_set_int (row, MH_DIVERSION_STARTS_AT, mh_tx_now (req->tx));
  mh_record_set_text (row, MH_DIVERSION_HOSPITAL_ID,
                      mh_record_text (site, MH_CARE_SITE_HOSPITAL_ID));
  mh_record_set_text (row, MH_DIVERSION_SITE_ID, mh_record_id (site));
  mh_record_set_int (row, MH_DIVERSION_RENEWALS, 0);
  mh_record_set_text (row, MH_DIVERSION_BY_NAME, mh_actor_name (req->actor));

  MhDiversion rule = sites_service_rule (row);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_diversion_check (&rule, mh_record_text (row, MH_DIVERSION_REASON), mh_tx_now (req->tx),
                      issues);
  return mh_issues_raise (issues, error)
                 && mh_tx_insert (req->tx, row, MH_AUDIT_CREATE,
                                  mh_record_text (row, MH_DIVERSION_REASON), error)
                 && sites_service_carry (req->tx, site, error)
             ? g_steal_pointer (&row)
             : NULL;
}

/* The diversion, and in *out_site its hospital, that the actor may speak for. */
static MhRecord *
sites_service_diversion (const MhRequest *req, const char *id, MhRecord **out_site, GError **error)
{
  g_autoptr (MhRecord) row = mh_actor_require (req->actor, MH_MAY_WRITE_CAPACITY, error)
                                 ? mh_store_get (req->db, &mh_diversion_type, id, error)
                                 : NULL;
  g_autoptr (MhRecord) site
      = row != NULL ? sites_service_find (req, mh_record_text (row, MH_DIVERSION_SITE_ID), error)
                    : NULL;
  if (site == NULL || !mh_sites_service_may_speak (req->actor, site, MH_MAY_WRITE_CAPACITY, error))
    return NULL;
  *out_site = g_steal_pointer (&site);
  return g_steal_pointer (&row);
}

MhRecord *
mh_sites_service_renew (const MhRequest *req,
                        const char *diversion_id,
                        gint64 until,
                        GError **error)
{
  g_autoptr (MhRecord) site = NULL;
  g_autoptr (MhRecord) before = sites_service_diversion (req, diversion_id, &site, error);
  MhDiversion rule = before != NULL ? sites_service_rule (before) : (MhDiversion){ 0 };
  if (before == NULL || !mh_diversion_renew (&rule, until, mh_tx_now (req->tx), error))
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_DIVERSION_UNTIL, rule.until);
  mh_record_set_int (after, MH_DIVERSION_RENEWALS,
                     mh_record_int (before, MH_DIVERSION_RENEWALS) + 1);
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                 && sites_service_carry (req->tx, site, error)
             ? g_steal_pointer (&after)
             : NULL;
}

MhRecord *
mh_sites_service_end_diversion (const MhRequest *req, const char *diversion_id, GError **error)
{
  g_autoptr (MhRecord) site = NULL;
  g_autoptr (MhRecord) before = sites_service_diversion (req, diversion_id, &site, error);
  if (before == NULL)
    return NULL;
  if (mh_record_has (before, MH_DIVERSION_ENDED_AT)
      || mh_record_int (before, MH_DIVERSION_UNTIL) <= mh_tx_now (req->tx))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This diversion is over already.");
      return NULL;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_int (after, MH_DIVERSION_ENDED_AT, mh_tx_now (req->tx));
  mh_record_set_text (after, MH_DIVERSION_ENDED_NAME, mh_actor_name (req->actor));
  return mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
                 && sites_service_carry (req->tx, site, error)
             ? g_steal_pointer (&after)
             : NULL;
}

GPtrArray *
mh_sites_service_diversions (const MhRequest *req, const char *id, MhListPage page, GError **error)
{
  g_autoptr (MhRecord) site = mh_sites_service_read (req, id, error);
  return site != NULL ? mh_sites_store_diversions (req->db, mh_record_id (site), page, error)
                      : NULL;
}
