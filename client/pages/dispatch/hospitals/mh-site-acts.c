/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/hospitals/mh-site-acts.h"

#include "client/pages/dispatch/hospitals/mh-site-words.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-act.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-care-site.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define USUAL_HOURS 2 /* of a diversion, until a person says otherwise */

gboolean
mh_site_may_speak (MhContext *context, const char *member_id, const char *right)
{
  MhRecord *home = context != NULL ? mh_context_hospital (context) : NULL;
  if (context == NULL)
    return FALSE;
  return mh_context_may (context, MH_MAY_WRITE_CALL)
         || (mh_context_may (context, right) && member_id != NULL && home != NULL
             && g_str_equal (member_id, mh_record_id (home)));
}

/* --- beds --- */

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

/* As the server judges it; FALSE: a figure is missing or cannot be. */
static gboolean
site_acts_judge (MhRecord *site, MhRecord *report, MhNedocs *out_nedocs)
{
  static const guint needed[]
      = { MH_SITE_REPORT_ED_PATIENTS, MH_SITE_REPORT_BOARDERS, MH_SITE_REPORT_VENTILATED,
          MH_SITE_REPORT_LONGEST_MINUTES, MH_SITE_REPORT_LAST_BED_MINUTES };
  int figures[G_N_ELEMENTS (needed)];
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      if (!mh_record_has (report, needed[i]))
        return FALSE;
      figures[i] = (int)CLAMP (mh_record_int (report, needed[i]), -1, G_MAXINT);
    }
  const MhNedocsInput input = {
    .ed_patients = figures[0],
    .ed_beds = (int)mh_record_int (site, MH_CARE_SITE_ED_BEDS),
    .boarders = figures[1],
    .hospital_beds = (int)mh_record_int (site, MH_CARE_SITE_HOSPITAL_BEDS),
    .ventilated = figures[2],
    .longest_minutes = figures[3],
    .last_bed_minutes = figures[4],
  };
  return mh_nedocs_judge (&input, out_nedocs, NULL);
}

/* What the desk holds of the hospital until the server has the report. */
static MhRecord *
site_acts_reported (MhRecord *site, MhRecord *report)
{
  MhRecord *seen = mh_record_copy (site);
  MhNedocs nedocs;
  if (!site_acts_judge (seen, report, &nedocs))
    return seen;

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (mh_record_has (report, told[i].report))
      mh_record_set_int (seen, told[i].site, mh_record_int (report, told[i].report));
    else
      mh_record_set_null (seen, told[i].site);
  mh_record_set_int (seen, MH_CARE_SITE_NEDOCS, nedocs.score);
  mh_record_set_text (seen, MH_CARE_SITE_LEVEL, mh_nedocs_band_code (nedocs.band));
  mh_record_set_null (seen, MH_CARE_SITE_PARTS);
  mh_record_set_int (seen, MH_CARE_SITE_REVIEWED_AT, mh_when_now ());
  return seen;
}

typedef struct
{
  MhRecord *site;
  MhRecordSlot *slot;
  GtkLabel *label;
} Score;

static void
site_acts_score_free (gpointer data, GClosure *closure)
{
  Score *score = data;
  g_object_unref (score->site);
  g_free (score);
}

/* The score of what is typed so far, with each key. */
static void
site_acts_score_cb (Score *score)
{
  MhNedocs nedocs;
  gboolean known = site_acts_judge (score->site, mh_record_slot_record (score->slot), &nedocs);
  g_autofree char *words
      = known ? mh_site_level_text (mh_nedocs_band_code (nedocs.band), nedocs.score)
              : g_strdup (_ ("The NEDOCS comes with the figures below"));
  gtk_label_set_text (score->label, words);
}

static GtkWidget *
site_acts_dress (GtkBox *place, MhRecordSlot *slot, MhForm *form)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  Score *score = g_new0 (Score, 1);
  score->site = g_object_ref (mh_entry_dialog_about (slot));
  score->slot = slot;
  score->label = GTK_LABEL (label);
  gtk_widget_add_css_class (label, "title-4");
  gtk_widget_add_css_class (label, "mh-inset");
  gtk_box_append (place, label);
  site_acts_score_cb (score);
  g_signal_connect_data (slot, "issues-changed", G_CALLBACK (site_acts_score_cb), score,
                         site_acts_score_free, G_CONNECT_SWAPPED);
  return NULL;
}

void
mh_site_report_beds (GtkWidget *opener, MhContext *context, MhRecord *site)
{
  static const char *const fields[] = { "ed_patients",     "boarders",         "ventilated",
                                        "longest_minutes", "last_bed_minutes", "free_beds",
                                        "free_icu",        "free_theatres",    NULL };
  g_autoptr (MhRecord) draft = mh_record_new (&mh_site_report_type);
  g_autofree char *age = mh_site_told_text (site);
  g_autofree char *hint
      = g_strdup_printf (_ ("%s · %d beds, %d of them in the emergency department · told %s"),
                         mh_record_text (site, MH_CARE_SITE_NAME),
                         (int)mh_record_int (site, MH_CARE_SITE_HOSPITAL_BEDS),
                         (int)mh_record_int (site, MH_CARE_SITE_ED_BEDS), age);

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    if (mh_record_has (site, told[i].site))
      mh_record_set_int (draft, told[i].report, mh_record_int (site, told[i].site));
  const MhEntryWanted wanted = { .title = _ ("Report beds"),
                                 .save = _ ("_Report beds"),
                                 .hint = hint,
                                 .fields = fields,
                                 .route = "capacity.report",
                                 .id = mh_record_id (site),
                                 .draft = draft,
                                 .wide = TRUE,
                                 .seen = site_acts_reported,
                                 .dress = site_acts_dress,
                                 .about = site };
  mh_entry_dialog_show (opener, context, &wanted);
}

/* --- diversions --- */

static gint64
site_acts_minute (gint64 instant)
{
  return instant - instant % MH_MINUTE;
}

/* What the desk holds of the hospital until the server has the diversion. */
static MhRecord *
site_acts_diverted (MhRecord *site, MhRecord *draft)
{
  MhRecord *seen = mh_record_copy (site);
  g_autoptr (GPtrArray) held = mh_site_diversions_now (seen);
  MhSiteDiversion *one = g_new0 (MhSiteDiversion, 1);
  one->id = g_strdup (mh_record_id (draft));
  one->reason = g_strdup (mh_record_text (draft, MH_DIVERSION_REASON));
  one->diversion = (MhDiversion){
    .scope = mh_care_scope_of (mh_record_list (draft, MH_DIVERSION_SCOPE)),
    .from = mh_when_now (),
    .until = mh_record_int (draft, MH_DIVERSION_UNTIL),
  };
  g_ptr_array_add (held, one);
  mh_record_take_text (seen, MH_CARE_SITE_DIVERSIONS, mh_site_diversions_put (held));
  return seen;
}

/* What waits to be sent cannot be ended yet. */
static void
site_acts_diverted_cb (GtkWidget *opener, MhRecord *answer, gpointer context)
{
  const MhTakeBack back
      = { .route = "diversion.end", .id = mh_record_id (answer), .undone = _ ("Diversion ended") };
  if (mh_record_type (answer) == &mh_diversion_type)
    mh_undo_offer (opener, context, _ ("Diversion begun"), &back);
}

void
mh_site_divert (GtkWidget *opener, MhContext *context, MhRecord *site)
{
  static const char *const fields[] = { "scope", "reason", "until", NULL };
  g_autoptr (MhRecord) draft = mh_record_new (&mh_diversion_type);
  mh_record_set_int (draft, MH_DIVERSION_UNTIL,
                     site_acts_minute (mh_when_now () + USUAL_HOURS * MH_HOUR));
  const MhEntryWanted wanted = { .title = _ ("Begin a diversion"),
                                 .save = _ ("_Begin diversion"),
                                 .hint = mh_record_text (site, MH_CARE_SITE_NAME),
                                 .fields = fields,
                                 .route = "diversion.begin",
                                 .id = mh_record_id (site),
                                 .draft = draft,
                                 .seen = site_acts_diverted,
                                 .done = site_acts_diverted_cb,
                                 .data = context,
                                 .about = site };
  mh_entry_dialog_show (opener, context, &wanted);
}

void
mh_site_renew (GtkWidget *opener,
               MhContext *context,
               MhRecord *site,
               const MhSiteDiversion *diversion)
{
  static const char *const fields[] = { "until", NULL };
  const gint64 most = mh_when_now () + MH_DIVERSION_MOST_MINUTES * MH_MINUTE;
  g_autofree char *scope = mh_site_scope_text (diversion->diversion.scope);
  g_autofree char *hint = g_strdup_printf (
      _ ("%s · %s · %s"), mh_record_text (site, MH_CARE_SITE_NAME), scope, diversion->reason);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_diversion_renewal_type);
  mh_record_set_int (
      draft, MH_DIVERSION_RENEWAL_UNTIL,
      site_acts_minute (MIN (most, diversion->diversion.until + USUAL_HOURS * MH_HOUR)));
  const MhEntryWanted wanted = { .title = _ ("Renew the diversion"),
                                 .save = _ ("_Renew diversion"),
                                 .hint = hint,
                                 .fields = fields,
                                 .route = "diversion.renew",
                                 .id = diversion->id,
                                 .draft = draft };
  mh_entry_dialog_show (opener, context, &wanted);
}

/* What it ends cannot be begun again as the same. */
void
mh_site_end_diversion (GtkWidget *opener,
                       MhContext *context,
                       MhRecord *site,
                       const MhSiteDiversion *diversion)
{
  g_autofree char *scope = mh_site_scope_text (diversion->diversion.scope);
  g_autofree char *body = g_strdup_printf (_ ("%s takes these patients again from now on: %s."),
                                           mh_record_text (site, MH_CARE_SITE_NAME), scope);
  const MhActQuestion question = { _ ("End the diversion?"), body, _ ("End diversion") };
  const char *args[] = { "id", diversion->id, NULL };
  mh_act_asked (opener, context, &question, &(MhCommand){ .route = "diversion.end", .args = args },
                _ ("Diversion ended"));
}
