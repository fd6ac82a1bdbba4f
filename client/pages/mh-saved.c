/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/mh-saved.h"

#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"

gboolean
mh_saved_fail (MhDialog *dialog, const GError *error, MhForm *form, GtkWidget *save)
{
  if (error == NULL)
    return FALSE;
  if (mh_dialog_is_closed (dialog))
    {
      mh_shell_fail (mh_dialog_opener (dialog), error);
      return TRUE;
    }
  mh_dialog_set_busy (dialog, FALSE);
  gtk_widget_set_sensitive (save, TRUE);
  mh_form_show_error (form, error);
  return TRUE;
}

gboolean
mh_saved (MhDialog *dialog,
          MhRecordSlot *slot,
          GAsyncResult *result,
          MhForm *form,
          GtkWidget *save,
          const char *done,
          const char *waiting)
{
  gboolean waits = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = mh_record_slot_save_finish (slot, result, &waits, &error);
  if (mh_saved_fail (dialog, error, form, save))
    return FALSE;
  mh_dialog_end (dialog, waits && waiting != NULL ? waiting : done);
  return TRUE;
}
