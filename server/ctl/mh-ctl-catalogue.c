/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue as a file and back, and what is wrong with it. */
#include "server/ctl/mh-ctl.h"
#include "server/platform/actor/mh-request.h"

#include <stdio.h>

#include "server/lab/catalogue/mh-catalogue-rows-service.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/people/mh-permissions.h"

typedef struct
{
  MhCtl *ctl;
  MhCatalogue *catalogue;
  const MhRecordType *type; /* of a table; NULL: JSON */
  const char *path, *text;
  gsize length;
  gboolean dry_run;
  GPtrArray *findings;
  GString *out;
  MhRecord *taken;
} Work;

static void
clear_work (Work *work)
{
  g_clear_pointer (&work->catalogue, mh_catalogue_free);
  g_clear_pointer (&work->findings, g_ptr_array_unref);
  g_clear_object (&work->taken);
  if (work->out != NULL)
    g_string_free (work->out, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, clear_work)

static gboolean
ctl_catalogue_begin (Work *work, GError **error)
{
  MhStore *store = mh_ctl_store (work->ctl, FALSE, error);
  if (store == NULL)
    return FALSE;
  work->catalogue = mh_catalogue_new (store);
  return TRUE;
}

/* A name that ends in .csv is a table and needs --type. */
static gboolean
ctl_catalogue_read_name (Work *work, GError **error)
{
  const char *kind = mh_ctl_option (work->ctl, "type");
  work->path = mh_ctl_need (work->ctl, 0, "The file", error);
  if (work->path == NULL)
    return FALSE;
  if (!g_str_has_suffix (work->path, ".csv"))
    return TRUE;

  work->type = mh_catalogue_file_find (kind);
  if (work->type != NULL)
    return TRUE;

  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; mh_catalogue_file_kind (i) != NULL; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? ", " : "", mh_catalogue_file_kind (i)->code);
  mh_error_set (error, MH_ERROR_INVALID, "A table holds one kind of row: --type and one of %s.",
                all->str);
  return FALSE;
}

/* --- lint --- */

static gboolean
ctl_catalogue_find (MhDb *db, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (work->catalogue, db, error);
  if (view != NULL)
    work->findings = mh_catalogue_lint (view);
  return view != NULL;
}

int
mh_ctl_catalogue_lint (MhCtl *ctl, GError **error)
{
  g_auto (Work) work = { .ctl = ctl };
  guint errors = 0;
  if (!ctl_catalogue_begin (&work, error) || !mh_ctl_read (ctl, ctl_catalogue_find, &work, error))
    return MH_CTL_FAILED;

  for (guint i = 0; i < work.findings->len; i++)
    {
      MhRecord *finding = g_ptr_array_index (work.findings, i);
      const char *severity = mh_record_text (finding, MH_CATALOGUE_FINDING_SEVERITY);
      errors += g_str_equal (severity, MH_FINDING_ERROR);
      printf ("%s: %s %s, %s: %s\n", severity,
              mh_record_text (finding, MH_CATALOGUE_FINDING_RECORD_TYPE),
              mh_record_text (finding, MH_CATALOGUE_FINDING_CODE),
              mh_record_text (finding, MH_CATALOGUE_FINDING_FIELD),
              mh_record_text (finding, MH_CATALOGUE_FINDING_MESSAGE));
    }

  printf ("%u errors, %u warnings.\n", errors, work.findings->len - errors);
  return errors > 0 ? MH_CTL_NO : MH_CTL_DONE;
}

/* --- export --- */

static gboolean
write_out (MhDb *db, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (work->catalogue, db, error);
  if (view != NULL)
    work->out = work->type != NULL ? mh_catalogue_file_csv (view, work->type, NULL)
                                   : mh_catalogue_file_json (view, NULL);
  return view != NULL;
}

int
mh_ctl_catalogue_export (MhCtl *ctl, GError **error)
{
  g_auto (Work) work = { .ctl = ctl };
  if (!ctl_catalogue_read_name (&work, error) || !ctl_catalogue_begin (&work, error)
      || !mh_ctl_read (ctl, write_out, &work, error)
      || !g_file_set_contents (work.path, work.out->str, (gssize)work.out->len, error))
    return MH_CTL_FAILED;
  printf ("Written to %s.\n", work.path);
  return MH_CTL_DONE;
}

/* --- import --- */

static gboolean
ctl_catalogue_take (MhTx *tx, gpointer data, GError **error)
{
  static const char *const rights[]
      = { MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_CATALOGUE, MH_MAY_WRITE_PRICE, NULL };
  Work *work = data;
  g_autoptr (MhActor) machine = mh_actor_new (NULL, "mahimactl", NULL, NULL, NULL, rights);
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (work->catalogue, mh_tx_db (tx), error);
  g_clear_object (&work->taken);
  if (view != NULL)
    work->taken = mh_catalogue_take (
        MH_REQUEST_TX (tx, NULL, machine), view,
        &(MhCatalogueTake){ work->text, work->length, work->type, work->dry_run }, error);
  return work->taken != NULL;
}

static void
print_taken (MhRecord *taken)
{
  GPtrArray *remarks = mh_record_records (taken, MH_CATALOGUE_TAKEN_REMARKS);
  gboolean dry = mh_record_bool (taken, MH_CATALOGUE_TAKEN_DRY_RUN);
  gint64 bad = mh_record_int (taken, MH_CATALOGUE_TAKEN_BAD);

  for (guint i = 0; remarks != NULL && i < remarks->len; i++)
    {
      MhRecord *remark = g_ptr_array_index (remarks, i);
      const char *code = mh_record_text (remark, MH_CATALOGUE_REMARK_CODE);
      const char *field = mh_record_text (remark, MH_CATALOGUE_REMARK_FIELD);
      printf ("line %" G_GINT64_FORMAT ", %s%s%s%s%s: %s\n",
              mh_record_int (remark, MH_CATALOGUE_REMARK_LINE),
              mh_record_text (remark, MH_CATALOGUE_REMARK_RECORD_TYPE), code != NULL ? " " : "",
              code != NULL ? code : "", field != NULL ? ", " : "", field != NULL ? field : "",
              mh_record_text (remark, MH_CATALOGUE_REMARK_REASON));
    }

  printf ("%" G_GINT64_FORMAT " rows: %" G_GINT64_FORMAT " new, %" G_GINT64_FORMAT
          " changed, %" G_GINT64_FORMAT " unchanged, %" G_GINT64_FORMAT
          " removed, %" G_GINT64_FORMAT " bad. %s\n",
          mh_record_int (taken, MH_CATALOGUE_TAKEN_ROWS),
          mh_record_int (taken, MH_CATALOGUE_TAKEN_ADDED),
          mh_record_int (taken, MH_CATALOGUE_TAKEN_CHANGED),
          mh_record_int (taken, MH_CATALOGUE_TAKEN_SAME),
          mh_record_int (taken, MH_CATALOGUE_TAKEN_REMOVED), bad,
          dry || bad > 0 ? "Nothing was written." : "Taken in.");
}

int
mh_ctl_catalogue_import (MhCtl *ctl, GError **error)
{
  g_auto (Work) work = { .ctl = ctl, .dry_run = mh_ctl_flag (ctl, "dry-run") };
  g_autofree char *text = NULL;
  if (!ctl_catalogue_read_name (&work, error)
      || !g_file_get_contents (work.path, &text, &work.length, error)
      || !ctl_catalogue_begin (&work, error))
    return MH_CTL_FAILED;
  work.text = text;
  if (!mh_ctl_write (ctl, ctl_catalogue_take, &work, error))
    return MH_CTL_FAILED;
  print_taken (work.taken);
  return mh_record_int (work.taken, MH_CATALOGUE_TAKEN_BAD) > 0 ? MH_CTL_NO : MH_CTL_DONE;
}
