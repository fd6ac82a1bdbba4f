/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/platform/login/mh-keys-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/people/mh-second-factor.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_KEYS_DIALOG (mh_keys_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhKeysDialog, mh_keys_dialog, MH, KEYS_DIALOG, MhDialog)

struct _MhKeysDialog
{
  MhDialog parent_instance;
  GtkLabel *asked, *problem;
  GtkEditable *password;
  GtkWidget *accept, *refuse;
  MhRecordList *keys;
  guint at; /* in @keys */
};

G_DEFINE_FINAL_TYPE (MhKeysDialog, mh_keys_dialog, MH_TYPE_DIALOG)

static void
mh_keys_dialog_set_busy (MhKeysDialog *dialog, gboolean busy)
{
  gboolean typed = gtk_editable_get_text (dialog->password)[0] != 0;
  gtk_widget_set_sensitive (dialog->accept, !busy && typed);
  gtk_widget_set_sensitive (dialog->refuse, !busy);
}

/* FALSE: there is none any more. */
static gboolean
mh_keys_dialog_show_key (MhKeysDialog *dialog)
{
  g_autoptr (MhRecord) key = g_list_model_get_item (G_LIST_MODEL (dialog->keys), dialog->at);
  if (key == NULL)
    return FALSE;

  const char *by = mh_record_text (key, MH_API_KEY_ASKED_BY);
  g_autofree char *until = mh_words_of_date (mh_record_text (key, MH_API_KEY_EXPIRES_ON));

  /* Translators: a person's name, what the key is for, a date */
  g_autofree char *words = g_strdup_printf (
      _ ("%s asked for a key in your name, for “%s”, valid until %s. A program that has it does "
         "whatever you may do, and it counts as done by you. Accept it only if you know what it "
         "is for."),
      by != NULL ? by : _ ("Somebody"), mh_record_text (key, MH_API_KEY_NAME), until);

  gtk_label_set_label (dialog->asked, words);
  mh_dialog_complain (MH_DIALOG (dialog), NULL);
  gtk_editable_set_text (dialog->password, "");
  mh_keys_dialog_set_busy (dialog, FALSE);

  return TRUE;
}

static void
mh_keys_dialog_go_on (MhKeysDialog *dialog, const char *toast)
{
  dialog->at++;
  mh_shell_toast (mh_dialog_opener (MH_DIALOG (dialog)), toast);
  if (!mh_keys_dialog_show_key (dialog))
    mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static void
mh_keys_dialog_answer (MhKeysDialog *dialog,
                       GObject *source,
                       GAsyncResult *result,
                       const char *toast)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (outcome != NULL)
    {
      mh_keys_dialog_go_on (dialog, toast);
      return;
    }
  mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->refuse);
  mh_keys_dialog_set_busy (dialog, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->password));
}

static void
mh_keys_dialog_accepted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhKeysDialog) dialog = data;
  mh_keys_dialog_answer (dialog, source, result, _ ("The key is accepted"));
}

static void
mh_keys_dialog_refused_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhKeysDialog) dialog = data;
  mh_keys_dialog_answer (dialog, source, result, _ ("The key is refused"));
}

static void
mh_keys_dialog_submit (MhKeysDialog *dialog,
                       const char *route,
                       MhRecord *body,
                       GAsyncReadyCallback callback)
{
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  g_autoptr (MhRecord) key = g_list_model_get_item (G_LIST_MODEL (dialog->keys), dialog->at);
  if (context == NULL || key == NULL)
    return;
  const char *args[] = { "id", mh_record_id (key), NULL };
  mh_keys_dialog_set_busy (dialog, TRUE);
  mh_command_async (context, &(MhCommand){ .route = route, .args = args, .body = body }, NULL,
                    callback, g_object_ref (dialog));
}

static void
keys_dialog_accept_cb (MhKeysDialog *dialog)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_factor_begin_type);
  const char *password = gtk_editable_get_text (dialog->password);
  if (*password == 0)
    return;
  mh_record_set_text (body, MH_FACTOR_BEGIN_PASSWORD, password);
  mh_keys_dialog_submit (dialog, "own_key.accept", body, mh_keys_dialog_accepted_cb);
}

static void
keys_dialog_refuse_cb (MhKeysDialog *dialog)
{
  mh_keys_dialog_submit (dialog, "own_key.decline", NULL, mh_keys_dialog_refused_cb);
}

static void
keys_dialog_typed_cb (MhKeysDialog *dialog)
{
  mh_keys_dialog_set_busy (dialog, FALSE);
}

static void
mh_keys_dialog_class_init (MhKeysDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/login/mh-keys-dialog"));
  gtk_widget_class_bind_template_child (widget, MhKeysDialog, asked);
  gtk_widget_class_bind_template_child (widget, MhKeysDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhKeysDialog, password);
  gtk_widget_class_bind_template_child (widget, MhKeysDialog, accept);
  gtk_widget_class_bind_template_child (widget, MhKeysDialog, refuse);
  gtk_widget_class_bind_template_callback (widget, keys_dialog_accept_cb);
  gtk_widget_class_bind_template_callback (widget, keys_dialog_refuse_cb);
  gtk_widget_class_bind_template_callback (widget, keys_dialog_typed_cb);
}

static void
mh_keys_dialog_init (MhKeysDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

/* --- is there one at all? --- */

static void
mh_keys_dialog_found_cb (MhRecordList *keys, GParamSpec *spec, GtkWidget *parent)
{
  if (mh_record_list_is_loading (keys) || g_list_model_get_n_items (G_LIST_MODEL (keys)) == 0
      || g_object_get_data (G_OBJECT (keys), "asked") != NULL)
    return;
  g_object_set_data (G_OBJECT (keys), "asked", parent);
  MhKeysDialog *dialog
      = g_object_new (MH_TYPE_KEYS_DIALOG, "context", mh_model_context (MH_MODEL (keys)), NULL);
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->keys, g_object_ref (keys));
  mh_keys_dialog_show_key (dialog);
  mh_dialog_show (MH_DIALOG (dialog), parent);
}

void
mh_keys_dialog_ask (GtkWidget *parent, MhContext *context)
{
  MhRecordList *keys = mh_record_list_new (context, "own_key.list");
  g_signal_connect_object (keys, "notify::n-items", G_CALLBACK (mh_keys_dialog_found_cb), parent,
                           0);
  g_object_set_data_full (G_OBJECT (parent), "mh-waiting-keys", keys, g_object_unref);
  mh_record_list_set_args (keys, NULL);
}
