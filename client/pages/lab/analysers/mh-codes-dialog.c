/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/analysers/mh-codes-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-analyser.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhCodesDialog
{
  MhDialog parent_instance;
  MhRecordList *maps;
  MhRecord *link, *edited; /* edited: the stored row, NULL: a new one */
  MhRecordTable *table;
  GtkEditable *code, *analyte, *test, *unit, *factor, *words;
  GtkCheckButton *ignored;
  GtkWidget *save, *remove;
};

G_DEFINE_FINAL_TYPE (MhCodesDialog, mh_codes_dialog, MH_TYPE_DIALOG)

static const MhTableColumn columns[] = {
  { .field = "code", .expand = TRUE, .width = 110 },
  { .field = "analyte", .width = 90 },
  { .field = "test", .width = 90 },
  { .field = "unit", .width = 100 },
  { .field = "factor", .width = 80 },
  { .field = "ignored", .width = 90 },
  { NULL },
};

static void
codes_dialog_tell (MhCodesDialog *dialog, const GError *error)
{
  g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
  mh_dialog_complain (MH_DIALOG (dialog), words);
}

/* --- the fields --- */

static void
show_field (GtkEditable *entry, MhRecord *map, guint field)
{
  const char *text = map != NULL ? mh_record_text (map, field) : NULL;
  gtk_editable_set_text (entry, text != NULL ? text : "");
}

static void
edit (MhCodesDialog *dialog, MhRecord *map)
{
  const char *const *words = map != NULL ? mh_record_list (map, MH_ANALYSER_MAP_WORDS) : NULL;
  g_autofree char *joined = words != NULL ? g_strjoinv ("; ", (char **)words) : g_strdup ("");
  g_set_object (&dialog->edited, map);
  show_field (dialog->code, map, MH_ANALYSER_MAP_CODE);
  show_field (dialog->analyte, map, MH_ANALYSER_MAP_ANALYTE);
  show_field (dialog->test, map, MH_ANALYSER_MAP_TEST);
  show_field (dialog->unit, map, MH_ANALYSER_MAP_UNIT);
  show_field (dialog->factor, map, MH_ANALYSER_MAP_FACTOR);
  gtk_editable_set_text (dialog->words, joined);
  gtk_check_button_set_active (dialog->ignored,
                               map != NULL && mh_record_bool (map, MH_ANALYSER_MAP_IGNORED));
  gtk_widget_set_sensitive (dialog->remove, map != NULL);
  codes_dialog_tell (dialog, NULL);
}

static void
codes_dialog_take_field (GtkEditable *entry, MhRecord *map, guint field)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  mh_record_set_text (map, field, *text != '\0' ? text : NULL);
}

static MhRecord *
codes_dialog_typed (MhCodesDialog *dialog)
{
  MhRecord *map = mh_record_new (&mh_analyser_map_type);
  g_auto (GStrv) words = g_strsplit (gtk_editable_get_text (dialog->words), ";", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (char **word = words; *word != NULL; word++)
    if (*g_strstrip (*word) != '\0')
      g_strv_builder_add (kept, *word);

  g_auto (GStrv) list = g_strv_builder_end (kept);
  codes_dialog_take_field (dialog->code, map, MH_ANALYSER_MAP_CODE);
  codes_dialog_take_field (dialog->analyte, map, MH_ANALYSER_MAP_ANALYTE);
  codes_dialog_take_field (dialog->test, map, MH_ANALYSER_MAP_TEST);
  codes_dialog_take_field (dialog->unit, map, MH_ANALYSER_MAP_UNIT);
  codes_dialog_take_field (dialog->factor, map, MH_ANALYSER_MAP_FACTOR);
  mh_record_set_list (map, MH_ANALYSER_MAP_WORDS, (const char *const *)list);
  mh_record_set_bool (map, MH_ANALYSER_MAP_IGNORED, gtk_check_button_get_active (dialog->ignored));
  return map;
}

/* The list that comes anew chooses nothing: what is being typed stays. */
static void
codes_dialog_selection_cb (MhCodesDialog *dialog)
{
  MhRecord *map = mh_record_table_current (dialog->table);
  if (map != NULL
      && (dialog->edited == NULL
          || g_strcmp0 (mh_record_id (map), mh_record_id (dialog->edited)) != 0))
    edit (dialog, map);
}

static void
codes_dialog_fresh_cb (MhCodesDialog *dialog)
{
  edit (dialog, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->code));
}

/* --- saving --- */

static void
codes_dialog_load (MhCodesDialog *dialog)
{
  const char *args[] = { "id", mh_record_id (dialog->link), "limit", "200", NULL };
  mh_record_list_set_args (dialog->maps, args);
}

static void
codes_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCodesDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  mh_dialog_set_busy (MH_DIALOG (dialog), FALSE);
  if (outcome == NULL)
    {
      codes_dialog_tell (dialog, error);
      return;
    }

  codes_dialog_fresh_cb (dialog);
  codes_dialog_load (dialog);
}

static void
codes_dialog_submit (MhCodesDialog *dialog,
                     const char *route,
                     const char *id,
                     MhRecord *body,
                     MhRecord *base)
{
  const char *args[] = { "id", id, NULL };
  mh_dialog_set_busy (MH_DIALOG (dialog), TRUE);
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = route, .args = args, .body = body, .base = base }, NULL,
                    codes_dialog_saved_cb, g_object_ref (dialog));
}

static void
codes_dialog_save_cb (MhCodesDialog *dialog)
{
  if (!gtk_widget_get_sensitive (dialog->save) || !gtk_widget_get_visible (dialog->save))
    return;
  g_autoptr (MhRecord) map = codes_dialog_typed (dialog);
  if (dialog->edited != NULL)
    codes_dialog_submit (dialog, "analyser_map.change", mh_record_id (dialog->edited), map,
                         dialog->edited);
  else
    {
      mh_record_take_text (map, MH_ID, mh_id_new ());
      codes_dialog_submit (dialog, "analyser_map.add", mh_record_id (dialog->link), map, NULL);
    }
}

static void
codes_dialog_remove_cb (MhCodesDialog *dialog)
{
  if (dialog->edited != NULL)
    codes_dialog_submit (dialog, "analyser_map.remove", mh_record_id (dialog->edited), NULL, NULL);
}

/* --- as a dialog --- */

static void
mh_codes_dialog_finalize (GObject *object)
{
  g_clear_object (&MH_CODES_DIALOG (object)->link);
  g_clear_object (&MH_CODES_DIALOG (object)->edited);
  G_OBJECT_CLASS (mh_codes_dialog_parent_class)->finalize (object);
}

static void
mh_codes_dialog_class_init (MhCodesDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_codes_dialog_finalize;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/analysers/mh-codes-dialog"));
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, table);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, code);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, analyte);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, test);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, unit);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, factor);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, words);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, ignored);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, save);
  gtk_widget_class_bind_template_child (widget, MhCodesDialog, remove);
  gtk_widget_class_bind_template_callback (widget, codes_dialog_selection_cb);
  gtk_widget_class_bind_template_callback (widget, codes_dialog_save_cb);
  gtk_widget_class_bind_template_callback (widget, codes_dialog_fresh_cb);
  gtk_widget_class_bind_template_callback (widget, codes_dialog_remove_cb);
  mh_closures_bind (widget);
}

static void
mh_codes_dialog_init (MhCodesDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_codes_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *link)
{
  MhCodesDialog *dialog = g_object_new (MH_TYPE_CODES_DIALOG, "context", context, NULL);
  g_autofree char *title = g_strdup_printf (_ ("Codes of %s"), mh_record_text (link, MH_LINK_NAME));

  dialog->link = g_object_ref (link);
  mh_dialog_keep (MH_DIALOG (dialog), &dialog->maps,
                  mh_record_list_new (context, "analyser_map.list"));
  mh_record_table_setup (dialog->table, "analyser-codes", &mh_analyser_map_type, columns,
                         G_LIST_MODEL (dialog->maps), MH_TABLE_SINGLE);
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  edit (dialog, NULL);
  codes_dialog_load (dialog);
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
