/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/common/mh-edit.h"

#include "server/platform/actor/mh-actor-home.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-clock.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"

/* Takes @record, which may be NULL with @error set. */
static MhRecord *
if_seen (const MhActor *actor, MhRecord *taken, GError **error)
{
  g_autoptr (MhRecord) record = taken;
  if (record == NULL)
    return NULL;

  const MhRecordType *type = mh_record_type (record);
  guint hospital = type->hospital;
  if (mh_record_has (record, MH_DELETED_AT))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such %s.", type->code);
      return NULL;
    }

  if (hospital != 0 && !mh_actor_sees (actor, mh_record_text (record, hospital), error))
    return NULL;

  return g_steal_pointer (&record);
}

MhRecord *
mh_edit_get (const MhRequest *req, const MhRecordType *type, const char *id, GError **error)
{
  return if_seen (req->actor, mh_store_get (req->db, type, id, error), error);
}

MhRecord *
mh_edit_get_json (const MhRequest *req,
                  const MhRecordType *type,
                  const char *id,
                  GString *out,
                  GError **error)
{
  return if_seen (req->actor, mh_store_get_json (req->db, type, id, out, error), error);
}

/* "Reference range": what people call it. */
static const char *
called (const MhRecordType *type)
{
  return type->label != NULL ? type->label : type->code;
}

static gboolean
edit_belongs (MhRecord *record, const char *hospital_id)
{
  const MhRecordType *type = mh_record_type (record);
  guint home = type->hospital;
  int more = mh_record_type_find (type, "hospital_ids");
  const char *own = home != 0 ? mh_record_text (record, home) : NULL;
  const char *const *others = more >= 0 ? mh_record_list (record, (guint)more) : NULL;
  return own == NULL || hospital_id == NULL || g_str_equal (own, hospital_id)
         || (others != NULL && g_strv_contains (others, hospital_id));
}

MhRecord *
mh_edit_named (MhDb *db,
               const char *hospital_id,
               const MhRecordType *type,
               const char *id,
               const char *field,
               GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) found = mh_store_get (db, type, id, &inner);
  if (found == NULL && !g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  if (found != NULL && !mh_record_has (found, MH_DELETED_AT) && edit_belongs (found, hospital_id))
    return g_steal_pointer (&found);

  mh_error_set_field (error, field, "unknown",
                      "%s: there is none like this here any more. Choose one from the list.",
                      called (type));
  return NULL;
}

gboolean
mh_edit_check_named (const MhRequest *req, MhRecord *input, GError **error)
{
  const MhRecordType *type = mh_record_type (input);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (field->kind != MH_KIND_REF || (field->flags & MH_SERVER_SET) != 0
          || !mh_record_has (input, i) || field->target->hospital == 0)
        continue;
      g_autoptr (MhRecord) named
          = mh_edit_named (req->db, mh_actor_hospital_id (req->actor), field->target,
                           mh_record_text (input, i), field->name, error);
      if (named == NULL)
        return FALSE;
    }

  return TRUE;
}

gboolean
mh_edit_check_patient (const MhRequest *req,
                       MhRecord *input,
                       const char *patient_id,
                       GError **error)
{
  const MhRecordType *type = mh_record_type (input);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      gboolean named_by_others = field->kind == MH_KIND_REF && (field->flags & MH_SERVER_SET) == 0;
      if (!named_by_others || field->target->patient == 0 || !mh_record_has (input, i))
        continue;
      g_autoptr (MhRecord) named
          = mh_edit_named (req->db, mh_actor_hospital_id (req->actor), field->target,
                           mh_record_text (input, i), field->name, error);
      if (named == NULL)
        return FALSE;
      if (g_strcmp0 (mh_record_patient_id (named), patient_id) != 0)
        {
          mh_error_set_field (error, field->name, "other_patient",
                              "%s: this one is another patient's. Choose one of this patient.",
                              called (field->target));
          return FALSE;
        }
    }

  return TRUE;
}

/* A patch of what belongs to a patient names nothing of another one. */
static gboolean
check_owner (const MhRequest *req, MhRecord *patch, MhRecord *before, GError **error)
{
  guint owner = mh_record_type (before)->patient;
  return owner == 0 || mh_edit_check_patient (req, patch, mh_record_text (before, owner), error);
}

gboolean
mh_edit_begin (const MhRequest *req,
               MhPatch patch,
               MhRecord **out_before,
               MhRecord **out_after,
               GError **error)
{
  const MhRecordType *type = mh_record_type (patch.body);
  g_autoptr (MhRecord) before = mh_edit_get (req, type, patch.id, error);
  if (before == NULL)
    return FALSE;

  if (patch.if_match >= 0 && patch.if_match != mh_record_version (before))
    {
      g_autofree char *current = mh_record_to_json (before, 0);
      mh_error_set_stale (error, current);
      return FALSE;
    }

  g_autoptr (MhRecord) after = mh_record_copy (before);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_record_apply (after, patch.body);
  mh_record_check (patch.body, MH_CHECK_PATCH, issues);
  if (type->check != NULL)
    type->check (after, issues);
  if (!mh_issues_raise (issues, error) || !mh_edit_check_named (req, patch.body, error)
      || !check_owner (req, patch.body, before, error))
    return FALSE;

  *out_before = g_steal_pointer (&before);
  *out_after = g_steal_pointer (&after);
  return TRUE;
}

#define MOST_LATE (30 * MH_DAY)

gint64
mh_edit_made_at (MhTx *tx, gint64 said)
{
  gint64 now = mh_tx_now (tx);
  return said > now - MOST_LATE && said < now ? said : now;
}

const char *
mh_edit_hospital (const MhActor *actor, GError **error)
{
  const char *hospital = mh_actor_home_id (actor);
  if (hospital == NULL)
    mh_error_set (error, MH_ERROR_FORBIDDEN,
                  "This account belongs to no hospital; choose one at the sign-in.");
  return hospital;
}
