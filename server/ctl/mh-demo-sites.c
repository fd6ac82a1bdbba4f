/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hospitals to which the rescue service drives, on the map that the demonstration brings
 * (Gothenburg; the names are invented): what they told of their beds in the last hours, and from
 * whom two of them ask to be spared. Told through the services. Nothing here takes part in the game
 * of chance. */
#include "server/ctl/mh-data-file.h"
#include "server/ctl/mh-demo-private.h"
#include "server/dispatch/hospitals/mh-sites-service.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/platform/mh-audit.h"

/* The figures of one report, in the order of report_fields. */
#define N_FIGURES 6

static const guint report_fields[N_FIGURES] = {
  MH_SITE_REPORT_ED_PATIENTS,     MH_SITE_REPORT_BOARDERS,         MH_SITE_REPORT_VENTILATED,
  MH_SITE_REPORT_LONGEST_MINUTES, MH_SITE_REPORT_LAST_BED_MINUTES, MH_SITE_REPORT_FREE_BEDS,
};

/* clang-format off */
static const struct
{
  const char *code, *name, *phone, *lat, *lon;
  const char *care[8];
  int ed_beds, beds;
} sites[] = {
  { "OWN",   "Mahima Demonstration Hospital",   "+91 5000 000 002", "57.7007", "11.9720", { "trauma", "stroke", "stemi" },            24, 320 },
  { "SOUTH", "South General Hospital",          "+91 5000 000 011", "57.6833", "11.9616", { "trauma", "stroke", "stemi", "burns" },   36, 780 },
  { "EAST",  "East Hospital",                   "+91 5000 000 012", "57.7217", "12.0503", { "children", "birth", "psychiatry" },      28, 540 },
  { "GATE",  "Southgate Hospital",              "+91 5000 000 013", "57.6606", "12.0123", { "stroke" },                              16, 210 },
  { "PORT",  "Harbour Hospital",                "+91 5000 000 014", "57.7065", "11.9370", { NULL },                                  10, 120 },
  { "CHILD", "Children's and Maternity Hospital", "+91 5000 000 015", "57.7155", "11.9960", { "children", "birth" },                 14, 160 },
  { "HILL",  "Hill Street Hospital",            "+91 5000 000 016", "57.6960", "11.9890", { "psychiatry" },                           6,  90 },
  { "NORTH", "North Bank Hospital",             "+91 5000 000 017", "57.7260", "11.9500", { "trauma", "stemi" },                     18, 260 },
};

/* The oldest first; those of one hospital are told one after the other. */
static const struct
{
  guint site;
  int minutes_ago;
  int figures[N_FIGURES];
} reports[] = {
  { 1, 310, { 22,  4, 1,  60, 20, 31 } },
  { 0, 240, { 12,  2, 0,  40, 15, 22 } },
  { 3,  95, { 13,  2, 0,  50, 25,  9 } },
  { 1, 130, { 33, 11, 2, 190, 50, 17 } },
  { 0,  70, { 19,  5, 1, 100, 30, 14 } },
  { 2,  52, { 20,  3, 0,  45, 20, 26 } },
  { 7,  41, { 21, 10, 3, 240, 80,  3 } },
  { 5,  33, {  6,  0, 0,   0, 10, 18 } },
  { 4,  26, {  9,  4, 0, 150, 60,  0 } },
  { 1,  18, { 48, 19, 4, 420, 95,  6 } },
  { 0,   9, { 26,  8, 1, 150, 45, 11 } },
};

static const struct
{
  guint site;
  const char *scope[3], *reason;
  int minutes_left;
} diversions[] = {
  { 1, { "all" },    "Emergency department full, 19 wait for a bed", 95 },
  { 7, { "stemi" },  "Catheter laboratory out of order",             170 },
};
/* clang-format on */

static char *
demo_sites_id (guint site)
{
  return mh_data_fixed_id (mh_care_site_type.code, sites[site].code);
}

static gboolean
demo_sites_put (MhTx *tx, MhDemo *demo, guint i, GError **error)
{
  g_autoptr (MhRecord) site = mh_demo_fixed (demo, &mh_care_site_type, sites[i].code);
  if (i == 0)
    mh_record_set_text (site, MH_CARE_SITE_MEMBER_ID, mh_record_id (demo->hospital));
  mh_record_set_text (site, MH_CARE_SITE_CODE, sites[i].code);
  mh_record_set_text (site, MH_CARE_SITE_NAME, sites[i].name);
  mh_record_set_text (site, MH_CARE_SITE_PHONE, sites[i].phone);
  mh_record_set_text (site, MH_CARE_SITE_LAT, sites[i].lat);
  mh_record_set_text (site, MH_CARE_SITE_LON, sites[i].lon);
  mh_record_set_list (site, MH_CARE_SITE_CARE, sites[i].care);
  mh_record_set_int (site, MH_CARE_SITE_ED_BEDS, sites[i].ed_beds);
  mh_record_set_int (site, MH_CARE_SITE_HOSPITAL_BEDS, sites[i].beds);
  mh_record_set_int (site, MH_CARE_SITE_RESERVED, 0);
  mh_record_set_bool (site, MH_CARE_SITE_ACTIVE, TRUE);
  return mh_tx_insert (tx, site, MH_AUDIT_CREATE, "demonstration", error);
}

static gboolean
demo_sites_report (MhTx *tx, MhDemo *demo, MhActor *dispatcher, guint i, GError **error)
{
  g_autofree char *id = demo_sites_id (reports[i].site);
  g_autofree char *key = g_strdup_printf ("%u", i);
  g_autoptr (MhRecord) report = mh_record_new (&mh_site_report_type);
  mh_record_take_text (report, MH_ID, mh_data_fixed_id (mh_site_report_type.code, key));
  for (guint k = 0; k < N_FIGURES; k++)
    mh_record_set_int (report, report_fields[k], reports[i].figures[k]);
  g_autoptr (MhRecord) told
      = mh_sites_service_report (MH_REQUEST_TX (tx, NULL, dispatcher), id, report,
                                 mh_tx_now (tx) - reports[i].minutes_ago * MH_MINUTE, error);
  return told != NULL;
}

static gboolean
demo_sites_divert (MhTx *tx, MhDemo *demo, MhActor *dispatcher, guint i, GError **error)
{
  g_autofree char *id = demo_sites_id (diversions[i].site);
  g_autofree char *key = g_strdup_printf ("%u", i);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_diversion_type);
  mh_record_take_text (draft, MH_ID, mh_data_fixed_id (mh_diversion_type.code, key));
  mh_record_set_list (draft, MH_DIVERSION_SCOPE, diversions[i].scope);
  mh_record_set_text (draft, MH_DIVERSION_REASON, diversions[i].reason);
  mh_record_set_int (draft, MH_DIVERSION_UNTIL,
                     mh_tx_now (tx) + diversions[i].minutes_left * MH_MINUTE);
  g_autoptr (MhRecord) begun
      = mh_sites_service_divert (MH_REQUEST_TX (tx, NULL, dispatcher), id, draft, error);
  return begun != NULL;
}

gboolean
mh_demo_sites (MhTx *tx, MhDemo *demo, GError **error)
{
  static const char *const rights[]
      = { MH_MAY_READ_CAPACITY, MH_MAY_WRITE_CAPACITY, MH_MAY_WRITE_CALL, NULL };
  g_autoptr (MhActor) dispatcher = mh_actor_new (
      mh_demo_staff_id (demo, MH_DEMO_DISPATCHER), mh_demo_staff_name (demo, MH_DEMO_DISPATCHER),
      MH_ROLE_DISPATCHER, mh_record_id (demo->hospital), NULL, rights);
  gboolean good = TRUE;
  if (demo->plan->orders == 0) /* a house in which nothing goes on yet */
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (sites) && good; i++)
    good = demo_sites_put (tx, demo, i, error);
  for (guint i = 0; i < G_N_ELEMENTS (reports) && good; i++)
    good = demo_sites_report (tx, demo, dispatcher, i, error);
  for (guint i = 0; i < G_N_ELEMENTS (diversions) && good; i++)
    good = demo_sites_divert (tx, demo, dispatcher, i, error);
  return good;
}
