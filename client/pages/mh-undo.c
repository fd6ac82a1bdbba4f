/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/mh-undo.h"

#include "client/models/mh-command.h"
#include "client/widgets/base/mh-shell.h"
#include "shared/record/mh-record-diff.h"

typedef struct
{
  GtkWidget *from; /* weak */
  MhContext *context;
  char *route, *id, *undone;
  MhRecord *body, *base;
} Undo;

/* Who waits for the answer. */
typedef struct
{
  GtkWidget *from;
  char *undone;
} Waiting;

static void
undo_undo_free (gpointer data)
{
  Undo *undo = data;
  g_clear_weak_pointer (&undo->from);
  g_object_unref (undo->context);
  g_clear_object (&undo->body);
  g_clear_object (&undo->base);
  g_free (undo->route);
  g_free (undo->id);
  g_free (undo->undone);
  g_free (undo);
}

static void
undo_undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (outcome == NULL)
    mh_shell_fail (waiting->from, error);
  else
    {
      gtk_widget_activate_action (waiting->from, MH_UNDO_SHOW_AGAIN, NULL);
      mh_shell_toast (waiting->from, waiting->undone);
    }

  g_object_unref (waiting->from);
  g_free (waiting->undone);
  g_free (waiting);
}

static void
undo_undo_cb (gpointer data)
{
  Undo *undo = data;
  const char *args[] = { "id", undo->id, NULL };
  if (undo->from == NULL)
    return;
  Waiting *waiting = g_new0 (Waiting, 1);
  waiting->from = g_object_ref (undo->from);
  waiting->undone = g_strdup (undo->undone);
  mh_command_async (undo->context,
                    &(MhCommand){ .route = undo->route,
                                  .args = undo->id != NULL ? args : NULL,
                                  .body = undo->body,
                                  .base = undo->base },
                    NULL, undo_undone_cb, waiting);
}

void
mh_undo_offer (GtkWidget *from, MhContext *context, const char *done, const MhTakeBack *back)
{
  if (from == NULL)
    return;

  if (back == NULL)
    {
      mh_shell_toast (from, done);
      return;
    }

  Undo *undo = g_new0 (Undo, 1);
  g_set_weak_pointer (&undo->from, from);
  undo->context = g_object_ref (context);
  undo->route = g_strdup (back->route);
  undo->id = g_strdup (back->id);
  undo->undone = g_strdup (back->undone);
  undo->body = back->body != NULL ? g_object_ref (back->body) : NULL;
  undo->base = back->base != NULL ? mh_record_copy (back->base) : NULL;
  mh_shell_toast_undo (from, done, undo_undo_cb, undo, undo_undo_free);
}

MhRecord *
mh_undo_patch (MhRecord *before, MhRecord *after)
{
  const MhRecordType *type = mh_record_type (before);
  g_autoptr (GArray) fields = mh_record_diff_fields (after, before);
  g_autoptr (MhRecord) patch = mh_record_new (type);
  g_autoptr (MhRecord) wanted = mh_record_copy (before);
  gboolean any = FALSE;

  for (guint i = 0; i < type->n_fields; i++)
    {
      gboolean differs = FALSE;
      for (guint k = 0; k < fields->len; k++)
        differs = differs || g_array_index (fields, guint, k) == i;
      if (i < MH_N_COMMON || !differs || (type->fields[i].flags & MH_SERVER_SET) != 0)
        {
          mh_record_unset (wanted, i);
          continue;
        }
      any = TRUE;
      if (!mh_record_has (wanted, i))
        mh_record_set_null (wanted, i);
    }

  mh_record_apply (patch, wanted);
  return any ? g_steal_pointer (&patch) : NULL;
}
