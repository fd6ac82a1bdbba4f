/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/gate/mh-access.h"

#include <string.h>

#include "server/people/gate/mh-gate-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"

struct _MhAccessView
{
  GHashTable *closed; /* patient id → MH_PROTECTED_… */
};

const char *
mh_access_kind (const MhActor *actor, MhRecord *patient)
{
  const char *user_id = mh_record_text (patient, MH_PATIENT_USER_ID);
  if (user_id != NULL && g_strcmp0 (user_id, mh_actor_user_id (actor)) == 0)
    return MH_PROTECTED_OWN;
  if (mh_record_bool (patient, MH_PATIENT_VIP))
    return MH_PROTECTED_VIP;
  return user_id != NULL ? MH_PROTECTED_STAFF : NULL;
}

static void
access_refuse (const char *patient_id, const char *kind, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_issues_add (issues, "patient_id", MH_ISSUE_PROTECTED_CHART, "%s", patient_id);
  mh_issues_add (issues, "protected", kind, "The chart is protected.");
  mh_error_set_issues (error, MH_ERROR_FORBIDDEN, issues,
                       "This chart is protected. Open it with your password and a reason first.");
}

gboolean
mh_access_check_at (const MhRequest *req, MhRecord *patient, gint64 now, GError **error)
{
  const char *kind = mh_access_kind (req->actor, patient);
  const char *user_id = mh_actor_user_id (req->actor);
  if (kind == NULL)
    return TRUE;

  /* Elsewhere, that a chart is protected would already tell that it is there. */
  if (!mh_actor_sees (req->actor, mh_record_text (patient, MH_PATIENT_HOSPITAL_ID), error))
    return FALSE;

  int open = user_id != NULL
                 ? mh_gate_store_is_open (req->db, user_id, mh_record_id (patient), now, error)
                 : FALSE;

  if (open == 0)
    access_refuse (mh_record_id (patient), kind, error);
  return open > 0;
}

gboolean
mh_access_check (const MhRequest *req, MhRecord *patient, GError **error)
{
  return mh_access_check_at (req, patient, mh_request_now (req), error);
}

gboolean
mh_access_check_id (const MhRequest *req, const char *patient_id, GError **error)
{
  GError *inner = NULL;
  if (patient_id == NULL)
    return TRUE;
  g_autoptr (MhRecord) patient = mh_gate_store_flags (req->db, patient_id, &inner);
  if (inner == NULL)
    return patient == NULL || mh_access_check (req, patient, error);
  g_propagate_error (error, inner);
  return FALSE;
}

gboolean
mh_access_check_record (const MhRequest *req, MhRecord *record, GError **error)
{
  return mh_access_check_id (req, mh_record_patient_id (record), error);
}

/* --- work on orders --- */

static gboolean
works_on_orders (const MhActor *actor)
{
  static const char *const rights[] = { MH_MAY_COLLECT, MH_MAY_RECEIVE, MH_MAY_ENTER_RESULT,
                                        MH_MAY_VERIFY_RESULT, MH_MAY_TAKE_PAYMENT };
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if (mh_actor_may (actor, rights[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_going_on (MhRecord *order)
{
  static const char *const over[]
      = { MH_ORDER_STATUS_COMPLETED, MH_ORDER_STATUS_CANCELLED, MH_ORDER_STATUS_EXPIRED, NULL };
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  return status != NULL && !g_strv_contains (over, status);
}

gboolean
mh_access_is_work (const MhRequest *req, MhRecord *record, const char *kind)
{
  const MhRecordType *type = mh_record_type (record);
  if (strcmp (kind, MH_PROTECTED_OWN) == 0 || !works_on_orders (req->actor))
    return FALSE;
  if (type == &mh_order_type)
    return is_going_on (record);
  const char *id = mh_record_order_id (record);
  g_autoptr (MhRecord) order = id != NULL ? mh_store_get (req->db, &mh_order_type, id, NULL) : NULL;
  return order != NULL && is_going_on (order);
}

gboolean
mh_access_check_order (const MhRequest *req, MhRecord *order, GError **error)
{
  g_autoptr (GError) inner = NULL;
  const char *kind = NULL;
  if (mh_access_check_record (req, order, &inner))
    return TRUE;
  if (mh_access_error_patient (inner, &kind) != NULL && mh_access_is_work (req, order, kind))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

gboolean
mh_access_check_order_id (const MhRequest *req, const char *order_id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) order = mh_store_get (req->db, &mh_order_type, order_id, &inner);
  if (order != NULL)
    return mh_access_check_order (req, order, error);
  if (g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* --- lists --- */

static void
add_closed (MhAccessView *view, const MhActor *actor, MhRecord *patient)
{
  const char *kind = mh_access_kind (actor, patient);
  if (kind != NULL)
    g_hash_table_replace (view->closed, g_strdup (mh_record_id (patient)), (gpointer)kind);
}

/* The ids whose flags must be asked for, each once; patients tell theirs. */
static GPtrArray *
ids_to_ask (GPtrArray *records)
{
  GPtrArray *ids = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < records->len; i++)
    {
      MhRecord *record = g_ptr_array_index (records, i);
      const char *id = mh_record_patient_id (record);
      if (mh_record_type (record) != &mh_patient_type && id != NULL
          && g_hash_table_add (seen, (gpointer)id))
        g_ptr_array_add (ids, (gpointer)id);
    }
  return ids;
}

static gboolean
leave_out_opened (const MhRequest *req, MhAccessView *view, GError **error)
{
  const char *user_id = mh_actor_user_id (req->actor);
  if (g_hash_table_size (view->closed) == 0 || user_id == NULL)
    return TRUE;

  g_autoptr (GHashTable) opened
      = mh_gate_store_opened (req->db, user_id, mh_request_now (req), error);
  if (opened == NULL)
    return FALSE;

  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, opened);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_remove (view->closed, id);
  return TRUE;
}

GPtrArray *
mh_access_protected (MhDb *db, GPtrArray *records, GError **error)
{
  g_autoptr (GPtrArray) ids = ids_to_ask (records);
  return mh_gate_store_protected (db, ids, error);
}

static MhAccessView *
access_view_of (const MhActor *actor, GPtrArray *patients)
{
  MhAccessView *view = g_new0 (MhAccessView, 1);
  view->closed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < patients->len; i++)
    add_closed (view, actor, g_ptr_array_index (patients, i));
  return view;
}

MhAccessView *
mh_access_view_of (const MhRequest *req, GPtrArray *patients, GError **error)
{
  g_autoptr (MhAccessView) view = access_view_of (req->actor, patients);
  return leave_out_opened (req, view, error) ? g_steal_pointer (&view) : NULL;
}

MhAccessView *
mh_access_view_new_always (const MhRequest *req, GPtrArray *records, GError **error)
{
  g_autoptr (GPtrArray) patients = mh_access_protected (req->db, records, error);
  if (patients == NULL)
    return NULL;
  MhAccessView *view = access_view_of (req->actor, patients);
  for (guint i = 0; i < records->len; i++)
    if (mh_record_type (g_ptr_array_index (records, i)) == &mh_patient_type)
      add_closed (view, req->actor, g_ptr_array_index (records, i));
  return view;
}

MhAccessView *
mh_access_view_new (const MhRequest *req, GPtrArray *records, GError **error)
{
  g_autoptr (MhAccessView) view = mh_access_view_new_always (req, records, error);
  if (view == NULL || !leave_out_opened (req, view, error))
    return NULL;
  return g_steal_pointer (&view);
}

void
mh_access_view_free (MhAccessView *view)
{
  if (view == NULL)
    return;
  g_hash_table_unref (view->closed);
  g_free (view);
}

const char *
mh_access_view_kind (MhAccessView *view, MhRecord *record)
{
  const char *id = mh_record_patient_id (record);
  return id != NULL ? g_hash_table_lookup (view->closed, id) : NULL;
}

/* What tells one chart from another without telling whose it is. */
static gboolean
access_is_kept (const MhField *field)
{
  static const char *const kept[] = { "mrn", "patient_mrn", "patient_id", "hospital_id", NULL };
  return g_strv_contains (kept, field->name);
}

static gboolean
access_is_name (const MhField *field)
{
  static const char *const names[] = { "given_name", "family_name", "patient_name", NULL };
  return g_strv_contains (names, field->name);
}

void
mh_access_mask_record (const MhActor *actor, MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  gboolean tell_name = mh_actor_may (actor, MH_MAY_OPEN_VIP);
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      gboolean parts = field->kind == MH_KIND_RECORDS || field->kind == MH_KIND_RECORD
                       || field->kind == MH_KIND_LIST || field->kind == MH_KIND_LONG_TEXT
                       || field->kind == MH_KIND_JSON;
      gboolean about = (field->flags & MH_SENSITIVE) != 0 || parts;
      if (!about || access_is_kept (field) || (access_is_name (field) && tell_name))
        continue;
      if (access_is_name (field) && mh_record_has (record, i))
        mh_record_set_text (record, i, MH_MASKED_NAME);
      else
        mh_record_unset (record, i);
    }

  if (type == &mh_patient_type)
    mh_record_set_bool (record, MH_PATIENT_VIP, TRUE);
}

gboolean
mh_access_mask (const MhRequest *req, GPtrArray *records, GError **error)
{
  g_autoptr (MhAccessView) view = mh_access_view_new (req, records, error);
  if (view == NULL)
    return FALSE;
  for (guint i = 0; g_hash_table_size (view->closed) > 0 && i < records->len; i++)
    {
      MhRecord *record = g_ptr_array_index (records, i);
      const char *kind = mh_access_view_kind (view, record);
      if (kind != NULL && !mh_access_is_work (req, record, kind))
        mh_access_mask_record (req->actor, record);
    }
  return TRUE;
}

/* Behind the element of a JSON array that begins at @at: our own, without blanks. */
static const char *
end_of_element (const char *at)
{
  int depth = 0;
  gboolean text = FALSE;
  for (; *at != 0; at++)
    {
      if (text && *at == '\\')
        at++;
      else if (*at == '"')
        text = !text;
      else if (!text && (*at == '{' || *at == '['))
        depth++;
      else if (!text && (*at == '}' || *at == ']') && depth-- == 0)
        return at;
      else if (!text && *at == ',' && depth == 0)
        return at;
    }

  return at;
}

gboolean
mh_access_put_masked (const MhRequest *req,
                      const char *kind,
                      const MhRecordType *type,
                      MhJsonSlice json,
                      GString *out,
                      GError **error)
{
  g_autofree char *masked = NULL;
  g_autoptr (MhRecord) record
      = mh_record_from_text (type, json.text, (gssize)json.length, MH_JSON_TRUSTED, error);
  if (record == NULL)
    return FALSE;

  if (mh_access_is_work (req, record, kind))
    {
      g_string_append_len (out, json.text, (gssize)json.length);
      return TRUE;
    }

  mh_access_mask_record (req->actor, record);
  masked = mh_record_to_json (record, 0);
  g_string_append (out, masked);
  return TRUE;
}

/* Only what is of closed charts is read again. */
gboolean
mh_access_mask_json (const MhRequest *req, GPtrArray *heads, GString *items, GError **error)
{
  g_autoptr (MhAccessView) view = mh_access_view_new (req, heads, error);
  if (view == NULL)
    return FALSE;
  if (g_hash_table_size (view->closed) == 0)
    return TRUE;

  g_autoptr (GString) shown = g_string_sized_new (items->len);
  const char *at = items->str;
  for (guint i = 0; i < heads->len; i++)
    {
      MhRecord *head = g_ptr_array_index (heads, i);
      const char *kind = mh_access_view_kind (view, head);
      /* the bracket, or the comma */
      g_string_append_c (shown, *at++);
      const char *end = end_of_element (at);
      if (kind == NULL)
        g_string_append_len (shown, at, end - at);
      else if (!mh_access_put_masked (req, kind, mh_record_type (head),
                                      (MhJsonSlice){ at, (gsize)(end - at) }, shown, error))
        return FALSE;
      at = end;
    }

  g_string_append (shown, at);
  g_string_assign (items, shown->str);
  return TRUE;
}
