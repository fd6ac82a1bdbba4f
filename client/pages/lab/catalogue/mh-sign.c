/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-sign.h"

#include "client/models/mh-command.h"
#include "client/widgets/base/mh-shell.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

static int
sign_field_of (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  return mh_record_type_find (type, "signed_by") >= 0 ? mh_record_type_find (type, "verified") : -1;
}

gboolean
mh_sign_is_signed (MhRecord *record)
{
  int field = sign_field_of (record);
  return field >= 0 && mh_record_bool (record, (guint)field);
}

void
mh_sign_prepare (GtkWidget *button, MhContext *context, MhRecord *record)
{
  gboolean may = record != NULL && sign_field_of (record) >= 0 && mh_record_version (record) > 0
                 && mh_context_may (context, MH_MAY_SIGN_CATALOGUE);
  gtk_widget_set_visible (button, may);
  if (may)
    gtk_button_set_label (GTK_BUTTON (button),
                          mh_sign_is_signed (record) ? _ ("Withdraw sign-_off") : _ ("Sign _off"));
}

typedef struct
{
  GtkWidget *from;
  MhContext *context;
  MhRecord *signing; /* catalogue_signing */
  MhSignDone done;
  gboolean is_undo;
} Signing;

static void
signing_free (gpointer data)
{
  Signing *signing = data;
  g_object_unref (signing->from);
  g_object_unref (signing->context);
  g_object_unref (signing->signing);
  g_free (signing);
}

static void sign_submit (Signing *signing);

static void
sign_undo_cb (gpointer data)
{
  Signing *given = data;
  Signing *back = g_new0 (Signing, 1);
  gboolean withdrawn = mh_record_bool (given->signing, MH_CATALOGUE_SIGNING_WITHDRAW);
  *back = (Signing){ .from = g_object_ref (given->from),
                     .context = g_object_ref (given->context),
                     .signing = mh_record_copy (given->signing),
                     .done = given->done,
                     .is_undo = TRUE };
  mh_record_set_bool (back->signing, MH_CATALOGUE_SIGNING_WITHDRAW, !withdrawn);
  sign_submit (back);
}

static void
sign_signed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Signing *signing = data;
  GtkWidget *from = signing->from;
  MhSignDone done = signing->done;
  gboolean withdrawn = mh_record_bool (signing->signing, MH_CATALOGUE_SIGNING_WITHDRAW);
  const char *words = withdrawn ? _ ("Sign-off withdrawn") : _ ("Signed off");
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  g_autoptr (GtkWidget) kept = g_object_ref (from);

  if (gtk_widget_get_root (from) == NULL || outcome == NULL || signing->is_undo)
    {
      gboolean here = gtk_widget_get_root (from) != NULL;
      if (here && outcome == NULL)
        mh_shell_fail (from, error);
      else if (here)
        mh_shell_toast (from, words);
      signing_free (signing);
    }
  else
    mh_shell_toast_undo (from, words, sign_undo_cb, signing, signing_free);
  if (done != NULL)
    done (from);
}

/* Takes @signing. */
static void
sign_submit (Signing *signing)
{
  mh_command_async (signing->context,
                    &(MhCommand){ .route = "catalogue.sign", .body = signing->signing }, NULL,
                    sign_signed_cb, signing);
}

void
mh_sign_toggle (GtkWidget *from, MhContext *context, MhRecord *record, MhSignDone done)
{
  Signing *signing = g_new0 (Signing, 1);
  *signing = (Signing){ .from = g_object_ref (from),
                        .context = g_object_ref (context),
                        .signing = mh_record_new (&mh_catalogue_signing_type),
                        .done = done };
  MhRecord *body = signing->signing;
  mh_record_set_text (body, MH_CATALOGUE_SIGNING_RECORD_TYPE, mh_record_type (record)->code);
  mh_record_add_to_list (body, MH_CATALOGUE_SIGNING_RECORD_IDS, mh_record_id (record));
  mh_record_set_bool (body, MH_CATALOGUE_SIGNING_WITHDRAW, mh_sign_is_signed (record));
  sign_submit (signing);
}
