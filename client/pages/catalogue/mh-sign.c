/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/catalogue/mh-sign.h"

#include "shared/records/mh-catalogue-record.h"
#include "shared/records/mh-permissions.h"

#include <glib/gi18n-lib.h>

static int
field_of (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  return mh_record_type_find (type, "signed_by") >= 0 ? mh_record_type_find (type, "verified") : -1;
}

gboolean
mh_sign_is_signed (MhRecord *record)
{
  int field = field_of (record);
  return field >= 0 && mh_record_bool (record, (guint)field);
}

void
mh_sign_prepare (GtkWidget *button, MhContext *context, MhRecord *record)
{
  gboolean may = record != NULL && field_of (record) >= 0 && mh_record_version (record) > 0
                 && mh_context_may (context, MH_MAY_SIGN_CATALOGUE);
  gtk_widget_set_visible (button, may);
  if (may)
    gtk_button_set_label (GTK_BUTTON (button),
                          mh_sign_is_signed (record) ? _ ("Withdraw sign-_off") : _ ("Sign _off"));
}

void
mh_sign_toggle (MhContext *context, MhRecord *record, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (MhRecord) signing = mh_record_new (&mh_catalogue_signing_type);
  mh_record_set_text (signing, MH_CATALOGUE_SIGNING_RECORD_TYPE, mh_record_type (record)->code);
  mh_record_add_to_list (signing, MH_CATALOGUE_SIGNING_RECORD_IDS, mh_record_id (record));
  mh_record_set_bool (signing, MH_CATALOGUE_SIGNING_WITHDRAW, mh_sign_is_signed (record));
  mh_sync_submit_async (mh_context_sync (context), "catalogue.sign", NULL, signing, -1, NULL, NULL,
                        callback, data);
}
