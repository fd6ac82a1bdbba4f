/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Lists into records. Columns may stand in any order; their headings are matched with field names,
 * labels and usual other words, whatever their case and spaces, or by a mapping file:
 *
 *   [columns]
 *   Vorname=given_name
 *
 * Everything is done in one transaction, also in a dry run, which is then rolled back: so both
 * report the same. A list with a bad line changes nothing, unless bad lines are to be skipped.
 */
#include "server/platform/actor/mh-actor.h"

G_BEGIN_DECLS

typedef enum
{
  MH_IMPORT_BAD,  /* the line was not taken */
  MH_IMPORT_NOTE, /* the line was taken; somebody should look */
} MhImportGrade;

typedef struct
{
  guint line;
  char *field; /* heading or field; NULL: the whole line */
  char *reason;
  MhImportGrade grade;
} MhImportRemark;

typedef struct
{
  guint rows, taken, bad, duplicates;
  GPtrArray *remarks; /* of MhImportRemark, in order of lines */
} MhImportReport;

typedef struct
{
  const MhRecordType *type; /* patient, test, or price_entry */
  const char *path;
  const char *map_path; /* or NULL */
  gboolean dry_run;
  gboolean skip_bad;
  const char *hospital_id; /* of patients */
  const char
      *price_list; /* code of the list that prices go into; those that it lists keep theirs */
} MhImportPlan;

/* TRUE with *out_report, also for a list with bad lines (see .bad); FALSE with @error when the list
 * or the mapping cannot be read at all or the database failed. Nothing was written then. */
gboolean mh_import_run (MhStore *store,
                        const MhImportPlan *plan,
                        MhImportReport **out_report,
                        GError **error);
/* Was anything written? */
gboolean mh_import_wrote (const MhImportPlan *plan, const MhImportReport *report);
void mh_import_report_free (MhImportReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhImportReport, mh_import_report_free)

/* One cell as a field's value. FALSE with MH_ERROR_INVALID that names the field. An empty cell sets
 * nothing. */
gboolean
mh_import_set_cell (MhRecord *record, guint field, const char *cell, gint64 now, GError **error);
/* The field one of @n @headings means, -1: none. */
int mh_import_match_heading (const MhRecordType *type,
                             const char *heading,
                             const char *const *headings,
                             guint n);

G_END_DECLS
