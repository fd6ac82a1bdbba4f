/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls about rows as such: history, signatures, findings, files, formulas. */
#include "server/lab/catalogue/mh-catalogue-api.h"

#include "server/lab/catalogue/mh-catalogue-rows-service.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/lab/mh-catalogue-record.h"

#include <string.h>

/* A page of what is worked out anew for each: from the place that the cursor names. */
static MhReply *
catalogue_rows_api_page_of (MhCall *call, GPtrArray *all)
{
  gint64 from = CLAMP (mh_call_after_number (call), 0, G_MAXINT32);
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = (guint)from; i < all->len && page->len < mh_call_limit (call); i++)
    g_ptr_array_add (page, g_object_ref (g_ptr_array_index (all, i)));
  g_autofree char *next = g_strdup_printf ("%u", (guint)from + page->len);
  gboolean more = (guint)from + page->len < all->len;
  g_ptr_array_unref (all);
  return mh_reply_list_after (page, more ? next : NULL);
}

/* The cursor: time and id of the last entry, and its version for those of one row. */
static MhReply *
history (MhCall *call, GError **error)
{
  const char *id = mh_call_query (call, "record_id");
  guint limit = mh_call_limit (call);
  const char *hospital = mh_actor_hospital_id (mh_call_actor (call));
  GPtrArray *found
      = id != NULL
            ? mh_catalogue_history_list (mh_call_db (call), hospital, id, mh_call_after_at (call),
                                         limit, error)
            : mh_catalogue_history_recent (mh_call_db (call), hospital, mh_call_after_at (call),
                                           mh_call_after_id (call), limit, error);
  return mh_reply_page (
      call, found, id != NULL ? MH_CATALOGUE_REVISION_RECORD_VERSION : MH_CATALOGUE_REVISION_AT);
}

static MhReply *
catalogue_rows_api_sign (MhCall *call, GError **error)
{
  MhRecord *signing = mh_catalogue_sign_rows (mh_call_request (call), mh_call_body (call), error);
  if (signing == NULL)
    return NULL;
  mh_catalogue_invalidate (mh_server_catalogue (mh_call_server (call)));
  return mh_reply_record (signing);
}

static MhReply *
catalogue_rows_api_waiting (MhCall *call, GError **error)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view_of (call, error);
  const char *kind = mh_call_query (call, "record_type");
  return view != NULL ? catalogue_rows_api_page_of (call, mh_catalogue_sign_waiting (view, kind))
                      : NULL;
}

static MhReply *
lint (MhCall *call, GError **error)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view_of (call, error);
  return view != NULL ? catalogue_rows_api_page_of (call, mh_catalogue_lint (view)) : NULL;
}

/* --- files --- */

static const MhRecordType *
catalogue_rows_api_kind_of (const char *code, GError **error)
{
  const MhRecordType *type = mh_catalogue_file_find (code);
  if (type == NULL)
    mh_error_set_field (error, "record_type", "unknown_code",
                        "Say which kind of row the table holds, such as test or analyte.");
  return type;
}

static MhReply *
export_file (MhCall *call, GError **error)
{
  gboolean table = g_strcmp0 (mh_call_query (call, "format"), MH_CATALOGUE_CSV) == 0;
  const MhRecordType *type
      = table ? catalogue_rows_api_kind_of (mh_call_query (call, "record_type"), error) : NULL;
  g_autoptr (MhCatalogueView) view
      = !table || type != NULL ? mh_catalogue_view_of (call, error) : NULL;

  if (view == NULL)
    return NULL;

  const char *hospital = mh_actor_hospital_id (mh_call_actor (call));
  GString *text = table ? mh_catalogue_file_csv (view, type, hospital)
                        : mh_catalogue_file_json (view, hospital);
  g_autofree char *name
      = table ? g_strdup_printf ("%s.csv", type->code) : g_strdup ("catalogue.json");

  return mh_reply_bytes (g_string_free_to_bytes (text),
                         table ? "text/csv; charset=utf-8" : "application/json", name);
}

static MhReply *
import_file (MhCall *call, GError **error)
{
  MhRecord *upload = mh_call_body (call);
  gboolean table
      = g_strcmp0 (mh_record_text (upload, MH_CATALOGUE_UPLOAD_FORMAT), MH_CATALOGUE_CSV) == 0;
  const MhRecordType *type = table ? catalogue_rows_api_kind_of (
                                 mh_record_text (upload, MH_CATALOGUE_UPLOAD_RECORD_TYPE), error)
                                   : NULL;
  g_autoptr (MhCatalogueView) view
      = !table || type != NULL ? mh_catalogue_view_of (call, error) : NULL;
  const char *text = mh_record_text (upload, MH_CATALOGUE_UPLOAD_TEXT);
  gboolean dry_run = mh_record_bool (upload, MH_CATALOGUE_UPLOAD_DRY_RUN);
  MhRecord *taken
      = view != NULL
            ? mh_catalogue_take (mh_call_request (call), view,
                                 &(MhCatalogueTake){ text, strlen (text), type, dry_run }, error)
            : NULL;

  if (taken == NULL)
    return NULL;

  if (!dry_run)
    mh_catalogue_invalidate (mh_server_catalogue (mh_call_server (call)));
  return mh_reply_record (taken);
}

static MhReply *
try_formula (MhCall *call, GError **error)
{
  g_autoptr (MhCatalogueView) view = mh_catalogue_view_of (call, error);
  MhRecord *tried
      = view != NULL ? mh_catalogue_try_formula (view, mh_call_body (call), error) : NULL;
  return mh_reply_record (tried);
}

void
mh_catalogue_rows_bind (MhRouter *router)
{
  mh_router_bind (router, "catalogue.history", history);
  mh_router_bind (router, "catalogue.sign", catalogue_rows_api_sign);
  mh_router_bind (router, "catalogue.waiting", catalogue_rows_api_waiting);
  mh_router_bind (router, "catalogue.lint", lint);
  mh_router_bind (router, "catalogue.export", export_file);
  mh_router_bind (router, "catalogue.import", import_file);
  mh_router_bind (router, "formula.try", try_formula);
}
