/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-sign.h"

#include "server/lab/catalogue/mh-catalogue-history.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

/* The kinds of row that are signed. */
static const MhRecordType *const signed_types[]
    = { &mh_test_type,         &mh_analyte_type,         &mh_reference_range_type,
        &mh_panel_type,        &mh_container_type,       &mh_reflex_rule_type,
        &mh_medicine_type,     &mh_drug_ingredient_type, &mh_drug_interaction_type,
        &mh_allergy_cross_type };

/* Money, paper and people's convenience. Everything else says how a patient is measured. */
/* clang-format off */
static const char *const plain[] = {
  "price",         "note",          "short_name", "aliases",          "hl7_local_code", "label_count",
  "tax_exempt",    "source",        "sort_order", "verified",         "signed_by",      "signed_at",
  "tat_routine",   "tat_urgent",    "tat_stat",   "colour",           "loinc_check",    "from_days",
  "to_days",       "tell",          "charged",    "expected_minutes", "brands",         "evidence",
  "checked",       "kiosk",         "kiosk_name", "kiosk_text",       "kiosk_name_hi",  "kiosk_text_hi",
  "kiosk_name_mr", "kiosk_text_mr", "kiosk_name_ur", "kiosk_text_ur", NULL,
};
/* clang-format on */

gboolean
mh_catalogue_sign_is_clinical (const MhRecordType *type, guint field)
{
  return field >= MH_N_COMMON && mh_field_is_column (&type->fields[field])
         && !g_strv_contains (plain, type->fields[field].name);
}

static gboolean
differs_clinically (MhRecord *before, MhRecord *after)
{
  const MhRecordType *type = mh_record_type (after);
  for (guint i = 0; i < type->n_fields; i++)
    if (mh_catalogue_sign_is_clinical (type, i) && !mh_record_field_equal (before, after, i))
      return TRUE;
  return FALSE;
}

static int
catalogue_sign_find (MhRecord *record, const char *name)
{
  return mh_record_type_find (mh_record_type (record), name);
}

static void
set_signature (MhRecord *record, const MhActor *actor, gint64 now)
{
  int verified = catalogue_sign_find (record, "verified"),
      by = catalogue_sign_find (record, "signed_by");
  int at = catalogue_sign_find (record, "signed_at");
  if (verified < 0)
    return;

  mh_record_set_bool (record, (guint)verified, actor != NULL);
  if (by >= 0)
    mh_record_set_text (record, (guint)by, actor != NULL ? mh_actor_name (actor) : NULL);
  if (at >= 0 && actor != NULL)
    mh_record_set_int (record, (guint)at, now);
  else if (at >= 0)
    mh_record_set_null (record, (guint)at);
}

static gboolean
catalogue_sign_is_signed (MhRecord *record)
{
  int verified = catalogue_sign_find (record, "verified");
  return verified >= 0 && mh_record_bool (record, (guint)verified);
}

gboolean
mh_catalogue_sign_new (MhRecord *record, const MhActor *actor, gint64 now, GError **error)
{
  gboolean wanted = catalogue_sign_is_signed (record);
  if (wanted && !mh_actor_require (actor, MH_MAY_SIGN_CATALOGUE, error))
    return FALSE;
  set_signature (record, wanted ? actor : NULL, now);
  return TRUE;
}

gboolean
mh_catalogue_sign_changed (MhRecord *before,
                           MhRecord *after,
                           const MhActor *actor,
                           gint64 now,
                           const char **action,
                           GError **error)
{
  gboolean was = catalogue_sign_is_signed (before), wanted = catalogue_sign_is_signed (after);
  if (catalogue_sign_find (after, "verified") < 0)
    return TRUE;

  if (wanted && !was)
    {
      if (!mh_actor_require (actor, MH_MAY_SIGN_CATALOGUE, error))
        return FALSE;
      set_signature (after, actor, now);
      *action = MH_REVISION_SIGNED;
    }
  else if (was && (!wanted || differs_clinically (before, after)))
    {
      set_signature (after, NULL, now);
      *action = MH_REVISION_UNSIGNED;
    }

  return TRUE;
}

/* --- many rows --- */

static const MhRecordType *
type_of (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signed_types); i++)
    if (g_strcmp0 (signed_types[i]->code, code) == 0)
      return signed_types[i];
  return NULL;
}

static gboolean
sign_row (const MhRequest *req,
          const MhRecordType *type,
          const char *id,
          MhRecord *request,
          gint64 *count,
          GError **error)
{
  gboolean withdraw = mh_record_bool (request, MH_CATALOGUE_SIGNING_WITHDRAW);
  const char *reason = mh_record_text (request, MH_CATALOGUE_SIGNING_REASON);
  g_autoptr (MhRecord) before = mh_edit_get (req, type, id, error);
  if (before == NULL)
    return FALSE;
  if (catalogue_sign_is_signed (before) != withdraw)
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  set_signature (after, withdraw ? NULL : req->actor, mh_tx_now (req->tx));
  if (!mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, reason, error)
      || !mh_catalogue_history_write (
          req->tx, before, after,
          (MhCatalogueStep){ withdraw ? MH_REVISION_UNSIGNED : MH_REVISION_SIGNED, NULL, reason },
          error))
    return FALSE;

  (*count)++;
  return TRUE;
}

MhRecord *
mh_catalogue_sign_rows (const MhRequest *req, MhRecord *request, GError **error)
{
  const MhRecordType *type = type_of (mh_record_text (request, MH_CATALOGUE_SIGNING_RECORD_TYPE));
  const char *const *ids = mh_record_list (request, MH_CATALOGUE_SIGNING_RECORD_IDS);
  gint64 count = 0;
  if (!mh_actor_require (req->actor, MH_MAY_SIGN_CATALOGUE, error))
    return NULL;

  if (type == NULL)
    {
      mh_error_set_field (error, "record_type", "unknown_code",
                          "Rows of this kind are not signed.");
      return NULL;
    }

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (!sign_row (req, type, ids[i], request, &count, error))
      return NULL;

  MhRecord *reply = mh_record_copy (request);
  mh_record_set_int (reply, MH_CATALOGUE_SIGNING_COUNT, count);
  return reply;
}

static MhRecord *
catalogue_sign_waiting_of (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  MhRecord *waiting = mh_record_new (&mh_catalogue_waiting_type);
  int code = catalogue_sign_find (record, type == &mh_reference_range_type ? "analyte" : "code");
  g_autofree char *name = mh_record_display (record);
  mh_record_set_text (waiting, MH_CATALOGUE_WAITING_RECORD_TYPE, type->code);
  mh_record_set_text (waiting, MH_CATALOGUE_WAITING_RECORD_ID, mh_record_id (record));
  mh_record_set_text (waiting, MH_CATALOGUE_WAITING_CODE, mh_record_text (record, (guint)code));
  mh_record_set_text (waiting, MH_CATALOGUE_WAITING_NAME, name);
  mh_record_set_int (waiting, MH_CATALOGUE_WAITING_CHANGED_AT,
                     mh_record_int (record, MH_CHANGED_AT));
  return waiting;
}

GPtrArray *
mh_catalogue_sign_waiting (MhCatalogueView *view, const char *kind)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (signed_types); i++)
    {
      GPtrArray *all = mh_catalogue_all (view, signed_types[i]);
      if (kind != NULL && !g_str_equal (signed_types[i]->code, kind))
        continue;
      for (guint k = 0; k < all->len; k++)
        if (!catalogue_sign_is_signed (g_ptr_array_index (all, k)))
          g_ptr_array_add (found, catalogue_sign_waiting_of (g_ptr_array_index (all, k)));
    }
  return found;
}
