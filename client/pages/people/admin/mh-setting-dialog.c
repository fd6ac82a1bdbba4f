/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-setting-dialog.h"

#include "client/models/mh-command.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-settings.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_SETTING_DIALOG (mh_setting_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhSettingDialog, mh_setting_dialog, MH, SETTING_DIALOG, MhDialog)

struct _MhSettingDialog
{
  MhDialog parent_instance;
  MhRecord *setting;
  GtkLabel *name, *about, *problem, *standard;
  GtkEditable *value;
  GtkCheckButton *yes;
  GtkDropDown *whose; /* all hospitals, or the one that is signed in at */
  GtkWidget *reset, *save;
};

G_DEFINE_FINAL_TYPE (MhSettingDialog, mh_setting_dialog, MH_TYPE_DIALOG)

/* --- in words --- */

static const MhSettingDefault *
known_of (MhRecord *setting)
{
  return mh_setting_default_find (mh_record_text (setting, MH_SETTING_KEY));
}

static gboolean
setting_dialog_is_kind (MhRecord *setting, const char *kind)
{
  return g_strcmp0 (mh_record_text (setting, MH_SETTING_KIND), kind) == 0;
}

/* Stored in hundredths of a per cent, read and written in per cent. */
static gboolean
is_rate (MhRecord *setting)
{
  return g_str_has_prefix (mh_record_text (setting, MH_SETTING_KEY), MH_SET_DISCOUNT_LIMIT_);
}

static char *
setting_dialog_rate_text (const char *value)
{
  return mh_rate_entry (g_ascii_strtoll (value, NULL, 10));
}

static char *
setting_dialog_value_words (MhRecord *setting, const char *value)
{
  if (value == NULL || *value == 0)
    return g_strdup ("–");
  if (setting_dialog_is_kind (setting, MH_SETTING_KIND_BOOL))
    return g_strdup (g_str_equal (value, "true") ? _ ("Yes") : _ ("No"));
  if (setting_dialog_is_kind (setting, MH_SETTING_KIND_MONEY))
    return mh_words_money (g_ascii_strtoll (value, NULL, 10), NULL);

  if (is_rate (setting))
    {
      g_autofree char *rate = setting_dialog_rate_text (value);
      return g_strdup_printf (_ ("%s %%"), rate);
    }

  return g_strdup (value);
}

char *
mh_setting_name (MhRecord *setting)
{
  const MhSettingDefault *known = known_of (setting);
  const char *label = mh_record_text (setting, MH_SETTING_LABEL);
  return g_strdup (known != NULL   ? g_dgettext (GETTEXT_PACKAGE, known->label)
                   : label != NULL ? label
                                   : mh_record_text (setting, MH_SETTING_KEY));
}

char *
mh_setting_value (MhRecord *setting)
{
  return setting_dialog_value_words (setting, mh_record_text (setting, MH_SETTING_VALUE));
}

char *
mh_setting_state (MhRecord *setting)
{
  return g_strdup (mh_record_version (setting) <= 0                  ? _ ("Standard")
                   : mh_record_has (setting, MH_SETTING_HOSPITAL_ID) ? _ ("One hospital")
                                                                     : _ ("All hospitals"));
}

/* --- the value as people write it --- */

/* "500.00" of 50000. */
static char *
setting_dialog_written (MhRecord *setting, const char *value)
{
  if (value != NULL && *value != '\0' && is_rate (setting))
    return setting_dialog_rate_text (value);
  if (value == NULL || !setting_dialog_is_kind (setting, MH_SETTING_KIND_MONEY))
    return g_strdup (value != NULL ? value : "");
  gint64 minor = g_ascii_strtoll (value, NULL, 10);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", minor / 100, (int)(ABS (minor) % 100));
}

static void
setting_dialog_put (MhSettingDialog *dialog, const char *value)
{
  g_autofree char *text = setting_dialog_written (dialog->setting, value);
  gtk_editable_set_text (dialog->value, text);
  gtk_check_button_set_active (dialog->yes, g_strcmp0 (value, "true") == 0);
}

/* What is stored of what stands there; NULL: it cannot be read, and *out_words says what can. */
static char *
stored (MhSettingDialog *dialog, const char **out_words)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (dialog->value)));
  gint64 number = 0;
  if (setting_dialog_is_kind (dialog->setting, MH_SETTING_KIND_BOOL))
    return g_strdup (gtk_check_button_get_active (dialog->yes) ? "true" : "false");

  if (setting_dialog_is_kind (dialog->setting, MH_SETTING_KIND_MONEY))
    {
      *out_words = _ ("Write an amount, such as 500 or 99.50.");
      return mh_money_parse (text, &number) && number >= 0
                 ? g_strdup_printf ("%" G_GINT64_FORMAT, number)
                 : NULL;
    }

  if (is_rate (dialog->setting))
    {
      *out_words = mh_words_of_rate ();
      return mh_rate_parse (text, &number) && number >= 0 && number <= 10000
                 ? g_strdup_printf ("%" G_GINT64_FORMAT, number)
                 : NULL;
    }

  if (setting_dialog_is_kind (dialog->setting, MH_SETTING_KIND_INT))
    {
      *out_words = _ ("Write a whole number, such as 30.");
      return g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &number, NULL)
                 ? g_strdup_printf ("%" G_GINT64_FORMAT, number)
                 : NULL;
    }

  return g_steal_pointer (&text);
}

/* --- saving --- */

static const char *
wanted_hospital (MhSettingDialog *dialog)
{
  MhRecord *home = mh_context_hospital (mh_dialog_context (MH_DIALOG (dialog)));
  return gtk_drop_down_get_selected (dialog->whose) == 1 && home != NULL ? mh_record_id (home)
                                                                         : NULL;
}

static void
setting_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhSettingDialog) dialog = data;
  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->save))
    return;

  gboolean changed
      = mh_record_version (dialog->setting) > 0 && outcome->record != NULL
        && g_strcmp0 (mh_record_id (outcome->record), mh_record_id (dialog->setting)) == 0;
  g_autoptr (MhRecord) patch = changed ? mh_undo_patch (dialog->setting, outcome->record) : NULL;
  const MhTakeBack undo = { .route = "setting.update",
                            .id = mh_record_id (dialog->setting),
                            .body = patch,
                            .base = outcome->record,
                            .undone = _ ("It is as it was before") };

  if (context != NULL)
    mh_undo_offer (opener, context, _ ("Saved"), patch != NULL ? &undo : NULL);
  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static void
setting_dialog_save_cb (MhSettingDialog *dialog)
{
  const char *words = NULL, *hospital = wanted_hospital (dialog);
  g_autofree char *value = stored (dialog, &words);
  MhRecord *setting = dialog->setting;
  if (!gtk_widget_get_sensitive (dialog->save))
    return;

  mh_dialog_complain (MH_DIALOG (dialog), value == NULL ? words : "");
  if (value == NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (dialog->value));
      return;
    }

  gboolean change = mh_record_version (setting) > 0
                    && g_strcmp0 (hospital, mh_record_text (setting, MH_SETTING_HOSPITAL_ID)) == 0;
  const char *args[] = { "id", mh_record_id (setting), NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_setting_type);

  mh_record_set_text (body, MH_SETTING_VALUE, value);
  if (!change)
    {
      mh_record_set_text (body, MH_SETTING_KEY, mh_record_text (setting, MH_SETTING_KEY));
      mh_record_set_text (body, MH_SETTING_KIND, mh_record_text (setting, MH_SETTING_KIND));
      mh_record_set_text (body, MH_SETTING_HOSPITAL_ID, hospital);
    }

  gtk_widget_set_sensitive (dialog->save, FALSE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = change ? "setting.update" : "setting.create",
                                  .args = change ? args : NULL,
                                  .body = body,
                                  .base = change ? setting : NULL },
                    NULL, setting_dialog_saved_cb, g_object_ref (dialog));
}

static void
setting_dialog_reset_cb (MhSettingDialog *dialog)
{
  const MhSettingDefault *known = known_of (dialog->setting);
  setting_dialog_put (dialog, known != NULL ? known->value : "");
}

static gboolean
save_key (GtkWidget *widget, GVariant *args, gpointer data)
{
  setting_dialog_save_cb (MH_SETTING_DIALOG (widget));
  return TRUE;
}

/* --- making it --- */

static void
mh_setting_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_SETTING_DIALOG (object)->setting);
  G_OBJECT_CLASS (mh_setting_dialog_parent_class)->finalize (object);
}

static void
mh_setting_dialog_class_init (MhSettingDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_setting_dialog_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/admin/mh-setting-dialog"));
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, name);
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, about);
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, standard);
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, value);
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, yes);
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, whose);
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, reset);
  gtk_widget_class_bind_template_child (widget, MhSettingDialog, save);
  gtk_widget_class_bind_template_callback (widget, setting_dialog_save_cb);
  gtk_widget_class_bind_template_callback (widget, setting_dialog_reset_cb);
  gtk_widget_class_add_binding (widget, GDK_KEY_Return, GDK_CONTROL_MASK, save_key, NULL);
}

static void
mh_setting_dialog_init (MhSettingDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

static void
fill_whose (MhSettingDialog *dialog, MhContext *context)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  MhRecord *home = mh_context_hospital (context);
  g_autofree char *name = home != NULL ? mh_record_display (home) : NULL;
  gtk_string_list_append (words, _ ("All hospitals"));
  if (home != NULL)
    gtk_string_list_append (words, name);
  gtk_drop_down_set_model (dialog->whose, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (dialog->whose,
                              mh_record_has (dialog->setting, MH_SETTING_HOSPITAL_ID) ? 1 : 0);
}

GtkWidget *
mh_setting_dialog_show (GtkWidget *from, MhContext *context, MhRecord *setting)
{
  MhSettingDialog *dialog = g_object_new (MH_TYPE_SETTING_DIALOG, "context", context, NULL);
  const MhSettingDefault *known = known_of (setting);
  gboolean may = mh_context_may (context, MH_MAY_WRITE_SETTING);
  gboolean yes = setting_dialog_is_kind (setting, MH_SETTING_KIND_BOOL);
  g_autofree char *name = mh_setting_name (setting);

  dialog->setting = mh_record_copy (setting);
  gtk_label_set_label (dialog->name, name);
  gtk_label_set_label (dialog->about, known != NULL ? g_dgettext (GETTEXT_PACKAGE, known->help)
                                                    : mh_record_text (setting, MH_SETTING_KEY));
  gtk_widget_set_visible (GTK_WIDGET (dialog->value), !yes);
  gtk_widget_set_visible (GTK_WIDGET (dialog->yes), yes);
  gtk_widget_set_visible (GTK_WIDGET (dialog->standard), known != NULL);
  gtk_widget_set_visible (dialog->reset, known != NULL && may);
  gtk_widget_set_sensitive (dialog->save, may);

  if (known != NULL)
    {
      g_autofree char *value = setting_dialog_value_words (setting, known->value);
      g_autofree char *text = g_strdup_printf (_ ("Standard: %s"), value);
      gtk_label_set_label (dialog->standard, text);
    }

  setting_dialog_put (dialog, mh_record_text (setting, MH_SETTING_VALUE));
  fill_whose (dialog, context);
  mh_dialog_show (MH_DIALOG (dialog), from);

  return GTK_WIDGET (dialog);
}
