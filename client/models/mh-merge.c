/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-merge.h"

#include "shared/record/mh-record-diff.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"

typedef struct
{
  guint field;
  gboolean mine;
} Question;

struct _MhMerge
{
  GObject parent_instance;
  MhRecord *patch, *mine, *theirs;
  GArray *questions;
};

G_DEFINE_FINAL_TYPE (MhMerge, mh_merge, G_TYPE_OBJECT)

static void
mh_merge_finalize (GObject *object)
{
  MhMerge *merge = MH_MERGE (object);
  g_clear_object (&merge->patch);
  g_clear_object (&merge->mine);
  g_clear_object (&merge->theirs);
  g_array_unref (merge->questions);
  G_OBJECT_CLASS (mh_merge_parent_class)->finalize (object);
}

static void
mh_merge_class_init (MhMergeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_merge_finalize;
}

static void
mh_merge_init (MhMerge *merge)
{
  merge->questions = g_array_new (FALSE, FALSE, sizeof (Question));
}

static gboolean
merge_has (GArray *fields, guint field)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    if (g_array_index (fields, guint, i) == field)
      return TRUE;
  return FALSE;
}

/* Those that the server sets by itself are never a person's to decide. */
static gboolean
merge_is_asked (MhRecord *patch, guint field)
{
  const MhField *description = &mh_record_type (patch)->fields[field];
  return field >= MH_N_COMMON && mh_record_is_set (patch, field)
         && (description->flags & MH_SERVER_SET) == 0;
}

MhMerge *
mh_merge_new (MhRecord *patch, MhRecord *base, MhRecord *current)
{
  g_return_val_if_fail (mh_record_type (patch) == mh_record_type (current), NULL);
  MhMerge *merge = g_object_new (MH_TYPE_MERGE, NULL);
  merge->patch = mh_record_copy (patch);
  merge->theirs = g_object_ref (current);
  merge->mine = mh_record_copy (current);
  for (guint i = 0; i < mh_record_type (patch)->n_fields; i++)
    if (!merge_is_asked (patch, i))
      mh_record_unset (merge->patch, i);

  mh_record_apply (merge->mine, merge->patch);
  g_autoptr (GArray) differ = mh_record_diff_fields (current, merge->mine);
  for (guint i = 0; i < mh_record_type (patch)->n_fields; i++)
    if (!merge_has (differ, i))
      mh_record_unset (merge->patch, i);

  g_autoptr (GArray) touched = base != NULL ? mh_record_diff_fields (base, current) : NULL;
  for (guint i = 0; i < differ->len; i++)
    {
      Question question = { g_array_index (differ, guint, i), TRUE };
      if (base == NULL || merge_has (touched, question.field))
        g_array_append_val (merge->questions, question);
    }

  return merge;
}

MhMerge *
mh_merge_new_for_op (const MhOp *op)
{
  const MhRecordType *type = op->type != NULL ? mh_registry_find (op->type) : NULL;
  if (type == NULL || op->current == NULL || op->body == NULL || op->if_match < 0)
    return NULL;
  g_autoptr (MhRecord) patch = mh_record_from_text (type, op->body, -1, MH_JSON_TRUSTED, NULL);
  g_autoptr (MhRecord) current = mh_record_from_text (type, op->current, -1, MH_JSON_TRUSTED, NULL);
  return patch != NULL && current != NULL ? mh_merge_new (patch, NULL, current) : NULL;
}

guint
mh_merge_n_questions (MhMerge *merge)
{
  g_return_val_if_fail (MH_IS_MERGE (merge), 0);
  return merge->questions->len;
}

guint
mh_merge_field (MhMerge *merge, guint question)
{
  g_return_val_if_fail (MH_IS_MERGE (merge) && question < merge->questions->len, 0);
  return g_array_index (merge->questions, Question, question).field;
}

MhRecord *
mh_merge_mine (MhMerge *merge)
{
  g_return_val_if_fail (MH_IS_MERGE (merge), NULL);
  return merge->mine;
}

MhRecord *
mh_merge_theirs (MhMerge *merge)
{
  g_return_val_if_fail (MH_IS_MERGE (merge), NULL);
  return merge->theirs;
}

gboolean
mh_merge_is_mine (MhMerge *merge, guint question)
{
  g_return_val_if_fail (MH_IS_MERGE (merge) && question < merge->questions->len, FALSE);
  return g_array_index (merge->questions, Question, question).mine;
}

void
mh_merge_choose (MhMerge *merge, guint question, gboolean mine)
{
  g_return_if_fail (MH_IS_MERGE (merge) && question < merge->questions->len);
  g_array_index (merge->questions, Question, question).mine = mine;
}

MhRecord *
mh_merge_patch (MhMerge *merge)
{
  g_return_val_if_fail (MH_IS_MERGE (merge), NULL);
  g_autoptr (MhRecord) patch = mh_record_copy (merge->patch);
  for (guint i = 0; i < merge->questions->len; i++)
    if (!mh_merge_is_mine (merge, i))
      mh_record_unset (patch, mh_merge_field (merge, i));
  for (guint i = 0; i < mh_record_type (patch)->n_fields; i++)
    if (mh_record_is_set (patch, i))
      return g_steal_pointer (&patch);
  return NULL;
}
