/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-record-slot.h"

#include "client/models/mh-command.h"
#include "client/models/mh-draft.h"
#include "client/models/mh-read.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-diff.h"
#include "shared/record/mh-record-json.h"

/* A draft is on disk this long after the last key at the latest. */
#define DRAFT_DELAY_MS 600

struct _MhRecordSlot
{
  MhModel parent_instance;
  const MhRecordType *type;
  MhRecord *record, *stored;
  MhIssues *issues;
  char *form;  /* the draft's name */
  char *forms; /* the beginning of it that several share; NULL: it is the only one */
  gboolean saving;
  guint draft_timer;
};

G_DEFINE_FINAL_TYPE (MhRecordSlot, mh_record_slot, MH_TYPE_MODEL)

enum
{
  PROP_RECORD = 1,
  PROP_SAVING,
  PROP_MODIFIED,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
static guint issues_changed;

static void
mh_record_slot_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhRecordSlot *slot = MH_RECORD_SLOT (object);
  if (id == PROP_RECORD)
    g_value_set_object (value, slot->record);
  else if (id == PROP_SAVING)
    g_value_set_boolean (value, slot->saving);
  else
    g_value_set_boolean (value, mh_record_slot_is_modified (slot));
}

static void save_draft_now (MhRecordSlot *slot);

static void
mh_record_slot_dispose (GObject *object)
{
  MhRecordSlot *slot = MH_RECORD_SLOT (object);
  mh_record_slot_flush (slot);
  g_clear_object (&slot->record);
  g_clear_object (&slot->stored);
  G_OBJECT_CLASS (mh_record_slot_parent_class)->dispose (object);
}

static void
mh_record_slot_finalize (GObject *object)
{
  MhRecordSlot *slot = MH_RECORD_SLOT (object);
  mh_issues_free (slot->issues);
  g_free (slot->form);
  g_free (slot->forms);
  G_OBJECT_CLASS (mh_record_slot_parent_class)->finalize (object);
}

static void
mh_record_slot_class_init (MhRecordSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = mh_record_slot_get_property;
  object_class->dispose = mh_record_slot_dispose;
  object_class->finalize = mh_record_slot_finalize;
  props[PROP_RECORD] = g_param_spec_object ("record", NULL, NULL, MH_TYPE_RECORD, flags);
  props[PROP_SAVING] = g_param_spec_boolean ("saving", NULL, NULL, FALSE, flags);
  props[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  issues_changed = g_signal_new ("issues-changed", MH_TYPE_RECORD_SLOT, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_record_slot_init (MhRecordSlot *slot)
{
  slot->issues = mh_issues_new ();
}

static void
notify_all (MhRecordSlot *slot)
{
  for (guint i = PROP_RECORD; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (slot), props[i]);
  g_signal_emit (slot, issues_changed, 0);
}

static void
set_problem (MhRecordSlot *slot, const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  mh_issues_free (slot->issues);
  slot->issues = mh_issues_new ();

  for (guint i = 0; i < mh_issues_count (issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      mh_issues_add (slot->issues, issue->field, issue->code, "%s", issue->message);
    }

  mh_model_set_status (MH_MODEL (slot), FALSE, error != NULL ? error->message : NULL);

  /* a refusal leaves the record as it was typed, and its fields say why */
  for (guint i = error != NULL ? PROP_SAVING : PROP_RECORD; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (slot), props[i]);

  g_signal_emit (slot, issues_changed, 0);
}

MhRecordSlot *
mh_record_slot_new (MhContext *context, const MhRecordType *type)
{
  MhRecordSlot *slot = g_object_new (MH_TYPE_RECORD_SLOT, "context", context, NULL);
  slot->type = type;
  slot->record = mh_record_new (type);
  g_signal_connect_object (context, "leaving", G_CALLBACK (mh_record_slot_flush), slot,
                           G_CONNECT_SWAPPED);
  return slot;
}

MhContext *
mh_record_slot_context (MhRecordSlot *slot)
{
  return mh_model_context (MH_MODEL (slot));
}

MhRecord *
mh_record_slot_record (MhRecordSlot *slot)
{
  return slot->record;
}

MhRecord *
mh_record_slot_stored (MhRecordSlot *slot)
{
  return slot->stored;
}

const MhIssues *
mh_record_slot_issues (MhRecordSlot *slot)
{
  return slot->issues;
}

gboolean
mh_record_slot_is_modified (MhRecordSlot *slot)
{
  if (slot->stored != NULL)
    {
      g_autoptr (GArray) fields = mh_record_diff_fields (slot->stored, slot->record);
      return fields->len > 0;
    }
  for (guint i = MH_N_COMMON; i < slot->type->n_fields; i++)
    if (mh_record_has (slot->record, i))
      return TRUE;
  return FALSE;
}

/* --- drafts --- */

static void
save_draft_now (MhRecordSlot *slot)
{
  g_clear_handle_id (&slot->draft_timer, g_source_remove);
  if (slot->form != NULL && mh_record_slot_context (slot) != NULL)
    mh_draft_keep (mh_record_slot_context (slot), slot->form, slot->record);
}

static gboolean
record_slot_draft_cb (gpointer data)
{
  MhRecordSlot *slot = data;
  slot->draft_timer = 0;
  save_draft_now (slot);
  return G_SOURCE_REMOVE;
}

static void
clear_draft (MhRecordSlot *slot)
{
  g_clear_handle_id (&slot->draft_timer, g_source_remove);
  if (slot->form != NULL)
    mh_draft_keep (mh_record_slot_context (slot), slot->form, NULL);
}

static void
draft_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRecordSlot) slot = data;
  g_autoptr (MhRecord) draft = mh_draft_load_finish (result, NULL);
  /* Somebody has begun to type: what is on the screen counts. */
  if (draft == NULL || mh_record_slot_is_modified (slot))
    return;
  g_set_object (&slot->record, draft);
  notify_all (slot);
}

/* Another record comes into the slot: the last keys of the one before are kept under its own form,
 * and what was on its way to it does not arrive here. */
static void
record_slot_leave (MhRecordSlot *slot)
{
  mh_record_slot_flush (slot);
  mh_model_renew (MH_MODEL (slot));
}

void
mh_record_slot_flush (MhRecordSlot *slot)
{
  if (slot->draft_timer != 0)
    save_draft_now (slot);
}

/* Of a name for several each has one of its own. */
static void
name_draft (MhRecordSlot *slot, const char *form)
{
  gboolean several = form != NULL && g_str_has_suffix (form, "/");
  g_free (slot->form);
  g_free (slot->forms);
  slot->forms = several ? g_strdup (form) : NULL;
  slot->form = several ? g_strconcat (form, mh_record_id (slot->record), NULL) : g_strdup (form);
}

void
mh_record_slot_begin (MhRecordSlot *slot, const char *form)
{
  record_slot_leave (slot);
  g_clear_object (&slot->stored);
  g_clear_object (&slot->record);
  slot->record = mh_record_new (slot->type);
  if (slot->type->n_fields > MH_ID && g_str_equal (slot->type->fields[MH_ID].name, "id"))
    mh_record_take_text (slot->record, MH_ID, mh_id_new ());
  name_draft (slot, form);
  set_problem (slot, NULL);
  if (form != NULL && slot->forms == NULL)
    mh_draft_load_async (mh_record_slot_context (slot), form, slot->type,
                         mh_model_cancellable (MH_MODEL (slot)), draft_read_cb,
                         g_object_ref (slot));
}

const char *
mh_record_slot_forms (MhRecordSlot *slot)
{
  return slot->forms;
}

void
mh_record_slot_continue (MhRecordSlot *slot, MhRecord *draft)
{
  g_return_if_fail (slot->forms != NULL && mh_record_type (draft) == slot->type);
  g_autofree char *forms = g_strdup (slot->forms);
  record_slot_leave (slot);
  g_clear_object (&slot->stored);
  g_set_object (&slot->record, draft);
  name_draft (slot, forms);
  set_problem (slot, NULL);
}

/* --- loading --- */

void
mh_record_slot_show (MhRecordSlot *slot, MhRecord *record)
{
  MhRecord *stored = mh_record_copy (record);
  mh_record_slot_flush (slot);
  g_clear_object (&slot->stored);
  g_clear_object (&slot->record);
  slot->stored = stored;
  slot->record = mh_record_copy (record);
  name_draft (slot, NULL);
  set_problem (slot, NULL);
}

/* --- editing --- */

void
mh_record_slot_touched (MhRecordSlot *slot, guint field)
{
  g_autoptr (MhIssues) fresh = mh_issues_new ();
  MhIssues *kept = mh_issues_new ();
  const char *name = slot->type->fields[field].name;

  mh_record_check_field (slot->record, field, fresh);
  for (guint i = 0; i < mh_issues_count (slot->issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (slot->issues, i);
      if (!g_str_equal (issue->field, name))
        mh_issues_add (kept, issue->field, issue->code, "%s", issue->message);
    }

  for (guint i = 0; i < mh_issues_count (fresh); i++)
    {
      const MhIssue *issue = mh_issues_nth (fresh, i);
      mh_issues_add (kept, issue->field, issue->code, "%s", issue->message);
    }

  mh_issues_free (slot->issues);
  slot->issues = kept;
  if (slot->form != NULL && slot->draft_timer == 0)
    slot->draft_timer = g_timeout_add (DRAFT_DELAY_MS, record_slot_draft_cb, slot);
  g_signal_emit (slot, issues_changed, 0);
  g_object_notify_by_pspec (G_OBJECT (slot), props[PROP_MODIFIED]);
}

void
mh_record_slot_refused (MhRecordSlot *slot, const GError *error)
{
  set_problem (slot, error);
}

void
mh_record_slot_revert (MhRecordSlot *slot)
{
  clear_draft (slot);
  if (slot->stored != NULL)
    {
      g_autoptr (MhRecord) stored = g_object_ref (slot->stored);
      mh_record_slot_show (slot, stored);
    }
  else
    mh_record_slot_begin (slot, NULL);
}

/* --- saving --- */

static void
record_slot_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  MhRecordSlot *slot = g_task_get_source_object (task);
  GError *error = NULL;
  MhOutcome *outcome = mh_command_finish (result, &error);

  slot->saving = FALSE;
  if (outcome == NULL)
    {
      if (mh_record_slot_context (slot) != NULL)
        set_problem (slot, error);
      g_task_return_error (task, error);
      return;
    }

  if (mh_record_slot_context (slot) != NULL)
    {
      clear_draft (slot);
      if (outcome->record != NULL)
        mh_record_slot_show (slot, outcome->record);
    }

  g_task_return_pointer (task, outcome, (GDestroyNotify)mh_outcome_free);
}

/* Only what was changed, with null for what was emptied, and what is asked for with it ("sign"). */
static MhRecord *
make_patch (MhRecordSlot *slot)
{
  MhRecord *patch = mh_record_new (slot->type);
  g_autoptr (GArray) fields = mh_record_diff_fields (slot->stored, slot->record);
  g_autoptr (MhRecord) changed = mh_record_copy (slot->record);

  for (guint i = 0; i < slot->type->n_fields; i++)
    {
      gboolean differs
          = (slot->type->fields[i].flags & MH_INPUT) != 0 && mh_record_has (changed, i);
      for (guint k = 0; k < fields->len; k++)
        differs = differs || g_array_index (fields, guint, k) == i;
      if (!differs)
        mh_record_unset (changed, i);
      else if (!mh_record_has (changed, i))
        mh_record_set_null (changed, i);
    }

  mh_record_apply (patch, changed);
  return patch;
}

MhMerge *
mh_record_slot_merge (MhRecordSlot *slot, const GError *error)
{
  g_return_val_if_fail (MH_IS_RECORD_SLOT (slot), NULL);
  const char *json = mh_error_get_current (error);
  g_autoptr (MhRecord) current
      = json != NULL ? mh_record_from_text (slot->type, json, -1, MH_JSON_TRUSTED, NULL) : NULL;
  if (current == NULL || slot->stored == NULL)
    return NULL;
  g_autoptr (MhRecord) patch = make_patch (slot);
  return mh_merge_new (patch, slot->stored, current);
}

void
mh_record_slot_rebase (MhRecordSlot *slot, MhMerge *merge)
{
  g_return_if_fail (MH_IS_RECORD_SLOT (slot) && MH_IS_MERGE (merge));
  g_autoptr (MhRecord) patch = mh_merge_patch (merge);
  mh_record_slot_show (slot, mh_merge_theirs (merge));
  if (patch != NULL)
    mh_record_apply (slot->record, patch);
  g_object_notify_by_pspec (G_OBJECT (slot), props[PROP_MODIFIED]);
}

/* What is changed may be the row of a list, which comes without the records it is made of: what it
 * does not have is not changed, and nobody can fill it in here. */
static gboolean
record_slot_may_save (MhRecordSlot *slot, gboolean patch, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_record_check (slot->record, patch ? MH_CHECK_PATCH : MH_CHECK_CREATE, issues);
  if (patch && slot->type->check != NULL)
    slot->type->check (slot->record, issues);
  return mh_issues_raise (issues, error);
}

void
mh_record_slot_save_async (MhRecordSlot *slot,
                           const char *route_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  const MhRoute *route = mh_route_find (route_id);
  GTask *task = g_task_new (slot, cancellable, callback, data);
  gboolean patch = (route->flags & MH_ROUTE_PATCH) != 0;
  GError *error = NULL;

  g_task_set_source_tag (task, mh_record_slot_save_async);
  if (!record_slot_may_save (slot, patch, &error))
    {
      set_problem (slot, error);
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_autoptr (MhRecord) body = patch ? make_patch (slot) : mh_record_copy (slot->record);
  const char *args[] = { "id", mh_record_id (slot->record), NULL };
  slot->saving = TRUE;
  g_object_notify_by_pspec (G_OBJECT (slot), props[PROP_SAVING]);
  mh_command_async (mh_record_slot_context (slot),
                    &(MhCommand){ .route = route_id,
                                  .args = patch ? args : NULL,
                                  .body = body,
                                  .base = patch ? slot->stored : NULL,
                                  .optimistic = slot->record },
                    cancellable, record_slot_saved_cb, task);
}

MhRecord *
mh_record_slot_save_finish (MhRecordSlot *slot,
                            GAsyncResult *result,
                            gboolean *out_waiting,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, slot), NULL);
  g_autoptr (MhOutcome) outcome = g_task_propagate_pointer (G_TASK (result), error);
  if (outcome == NULL)
    return NULL;
  if (out_waiting != NULL)
    *out_waiting = outcome->waiting;
  return outcome->record != NULL ? g_object_ref (outcome->record) : g_object_ref (slot->record);
}
