/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The calls about rows as such: history, signatures, findings, files, formulas. */
#include "server/catalogue/mh-catalogue-api.h"

#include "server/catalogue/mh-catalogue-rows-service.h"
#include "server/mh-server-app.h"
#include "shared/records/mh-records.h"

#include <string.h>

static MhCatalogueView *
view_of (MhCall *call, GError **error)
{
  MhDb *db = mh_call_tx (call) != NULL ? mh_tx_db (mh_call_tx (call)) : mh_call_db (call);
  return mh_catalogue_view (mh_server_catalogue (mh_call_server (call)), db, error);
}

/* A page of what is worked out anew for each: from the place that the cursor names. */
static MhReply *
page_of (MhCall *call, GPtrArray *all)
{
  const char *const *after = mh_call_after (call);
  guint64 from = 0;
  guint limit = mh_call_limit (call);
  if (after != NULL)
    (void)g_ascii_string_to_unsigned (after[0], 10, 0, G_MAXINT32, &from, NULL);
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = (guint)from; i < all->len && page->len < limit; i++)
    g_ptr_array_add (page, g_object_ref (g_ptr_array_index (all, i)));
  g_autofree char *next = g_strdup_printf ("%u", (guint)from + page->len);
  const char *parts[] = { next, NULL };
  gboolean more = from + page->len < all->len;
  g_ptr_array_unref (all);
  g_auto (GStrv) copy = more ? g_strdupv ((char **)parts) : NULL;
  return mh_reply_list (page, (const char *const *)copy);
}

/* The cursor: time and id of the last entry, and its version for those of one row. */
static MhReply *
history (MhCall *call, GError **error)
{
  const char *const *after = mh_call_after (call);
  const char *id = mh_call_query (call, "record_id");
  gint64 number = 0;
  guint limit = mh_call_limit (call);
  const char *hospital = mh_actor_hospital_id (mh_call_actor (call));
  if (after != NULL)
    (void)g_ascii_string_to_signed (after[0], 10, 0, G_MAXINT64, &number, NULL);
  GPtrArray *found
      = id != NULL
            ? mh_catalogue_history_list (mh_call_db (call), hospital, id, number, limit, error)
            : mh_catalogue_history_recent (mh_call_db (call), hospital, number,
                                           after != NULL ? after[1] : NULL, limit, error);
  if (found == NULL)
    return NULL;
  MhRecord *last = found->len == limit ? g_ptr_array_index (found, found->len - 1) : NULL;
  g_autofree char *place
      = last != NULL ? g_strdup_printf (
            "%" G_GINT64_FORMAT,
            mh_record_int (last, id != NULL ? MH_CATALOGUE_REVISION_RECORD_VERSION
                                            : MH_CATALOGUE_REVISION_AT))
                     : NULL;
  const char *parts[] = { place, last != NULL ? mh_record_id (last) : NULL, NULL };
  g_auto (GStrv) next = last != NULL ? g_strdupv ((char **)parts) : NULL;
  return mh_reply_list (found, (const char *const *)next);
}

static MhReply *
sign (MhCall *call, GError **error)
{
  MhRecord *signing = mh_catalogue_sign_rows (mh_call_tx (call), mh_call_actor (call),
                                              mh_call_body (call), error);
  if (signing == NULL)
    return NULL;
  mh_catalogue_invalidate (mh_server_catalogue (mh_call_server (call)));
  return mh_reply_record (signing);
}

static MhReply *
waiting (MhCall *call, GError **error)
{
  g_autoptr (MhCatalogueView) view = view_of (call, error);
  const char *kind = mh_call_query (call, "record_type");
  return view != NULL ? page_of (call, mh_catalogue_sign_waiting (view, kind)) : NULL;
}

static MhReply *
lint (MhCall *call, GError **error)
{
  g_autoptr (MhCatalogueView) view = view_of (call, error);
  return view != NULL ? page_of (call, mh_catalogue_lint (view)) : NULL;
}

/* --- files --- */

static const MhRecordType *
kind_of (const char *code, GError **error)
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
  const MhRecordType *type = table ? kind_of (mh_call_query (call, "record_type"), error) : NULL;
  g_autoptr (MhCatalogueView) view = !table || type != NULL ? view_of (call, error) : NULL;
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
  const MhRecordType *type
      = table ? kind_of (mh_record_text (upload, MH_CATALOGUE_UPLOAD_RECORD_TYPE), error) : NULL;
  g_autoptr (MhCatalogueView) view = !table || type != NULL ? view_of (call, error) : NULL;
  const char *text = mh_record_text (upload, MH_CATALOGUE_UPLOAD_TEXT);
  gboolean dry_run = mh_record_bool (upload, MH_CATALOGUE_UPLOAD_DRY_RUN);
  MhRecord *taken = view != NULL ? mh_catalogue_take (mh_call_tx (call), view, mh_call_actor (call),
                                                      text, strlen (text), type, dry_run, error)
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
  g_autoptr (MhCatalogueView) view = view_of (call, error);
  MhRecord *tried
      = view != NULL ? mh_catalogue_try_formula (view, mh_call_body (call), error) : NULL;
  return tried != NULL ? mh_reply_record (tried) : NULL;
}

void
mh_catalogue_rows_bind (MhRouter *router)
{
  mh_router_bind (router, "catalogue.history", history);
  mh_router_bind (router, "catalogue.sign", sign);
  mh_router_bind (router, "catalogue.waiting", waiting);
  mh_router_bind (router, "catalogue.lint", lint);
  mh_router_bind (router, "catalogue.export", export_file);
  mh_router_bind (router, "catalogue.import", import_file);
  mh_router_bind (router, "formula.try", try_formula);
}
