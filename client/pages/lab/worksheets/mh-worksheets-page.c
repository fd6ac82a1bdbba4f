/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/worksheets/mh-worksheets-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/qc/mh-entry-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/records/lab/mh-worksheet.h"

#include <glib/gi18n-lib.h>

struct _MhWorksheetsPage
{
  MhPane parent_instance;
  MhRecordList *list;
  MhRecord *sheet; /* what is shown, with its lines; NULL: none */
  char *wanted;    /* id of what is on its way */
  MhMasterDetail master_detail;
  GPtrArray *entries; /* of GtkEntry, by line; borrowed from the grid */
  MhSplit *split;
  MhRecordTable *table;
  GtkStack *stack;
  GtkGrid *grid;
  GtkLabel *title, *state;
  GtkWidget *leave, *save;
};

G_DEFINE_FINAL_TYPE (MhWorksheetsPage, mh_worksheets_page, MH_TYPE_PANE)

/* --- the list --- */

static char *
worksheets_page_status_text (MhRecord *sheet)
{
  const char *words = mh_words_of_code (&mh_worksheet_type.fields[MH_WORKSHEET_STATUS],
                                        mh_record_text (sheet, MH_WORKSHEET_STATUS));
  return g_strdup_printf ("%s · %d/%d", words, (int)mh_record_int (sheet, MH_WORKSHEET_N_ENTERED),
                          (int)mh_record_int (sheet, MH_WORKSHEET_N_LINES));
}

static char *
made_text (MhRecord *sheet)
{
  return mh_words_time (mh_record_int (sheet, MH_WORKSHEET_MADE_AT));
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 96 },
  { .field = "bench", .width = 56 },
  { .field = "equipment", .width = 80 },
  { .title = N_ ("State"), .text = worksheets_page_status_text, .width = 110, .expand = TRUE },
  { .title = N_ ("Made"), .text = made_text, .width = 80, .line = MH_LINE_TRAILING },
  { NULL },
};

/* --- the sheet --- */

static void
worksheets_page_next_cb (GtkWidget *entry, MhWorksheetsPage *page)
{
  guint at = 0;
  if (!g_ptr_array_find (page->entries, entry, &at))
    return;
  for (guint i = at + 1; i < page->entries->len; i++)
    if (gtk_widget_get_sensitive (g_ptr_array_index (page->entries, i)))
      {
        gtk_widget_grab_focus (g_ptr_array_index (page->entries, i));
        return;
      }
  gtk_widget_grab_focus (page->save);
}

static void
put_label (MhWorksheetsPage *page, const char *text, const char *style, int column, int row)
{
  GtkWidget *label = mh_label (text != NULL ? text : "", style);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (label, column == 1);
  gtk_grid_attach (page->grid, label, column, row, 1, 1);
}

static void
worksheets_page_add_line (MhWorksheetsPage *page, MhRecord *line, gint64 last, int row)
{
  gint64 position = mh_record_int (line, MH_WORKSHEET_LINE_POSITION);
  gint64 of = mh_record_int (line, MH_WORKSHEET_LINE_DUPLICATE_OF);
  const char *kind = mh_record_text (line, MH_WORKSHEET_LINE_KIND);
  const char *accession = mh_record_text (line, MH_WORKSHEET_LINE_ACCESSION);
  const char *who = mh_record_text (line, MH_WORKSHEET_LINE_WHO);
  const char *value = mh_record_text (line, MH_WORKSHEET_LINE_VALUE);
  gboolean control = g_strcmp0 (kind, MH_LINE_CONTROL) == 0;
  gboolean open
      = g_strcmp0 (mh_record_text (page->sheet, MH_WORKSHEET_STATUS), MH_WORKSHEET_OPEN) == 0;
  g_autofree char *number
      = position != last ? g_strdup_printf ("%d", (int)position) : g_strdup ("");
  g_autofree char *person = of > 0 ? g_strdup_printf (_ ("Duplicate of %d · %s"), (int)of, who)
                            : accession != NULL ? g_strdup_printf ("%s · %s", accession, who)
                                                : g_strdup_printf (_ ("Control · %s"), who);
  g_autofree char *spoken = g_strdup_printf (_ ("Position %d, %s"), (int)position,
                                             mh_record_text (line, MH_WORKSHEET_LINE_NAME));
  g_autofree char *shown = g_strdup_printf ("%s\n%s", position != last ? person : "",
                                            mh_record_text (line, MH_WORKSHEET_LINE_NAME));
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 9);
  gtk_editable_set_text (GTK_EDITABLE (entry), value != NULL ? value : "");
  mh_sensitive_set (entry, open && !(control && value != NULL));
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  mh_accessible_name (entry, spoken);
  g_signal_connect_object (entry, "activate", G_CALLBACK (worksheets_page_next_cb), page, 0);
  put_label (page, number, "heading", 0, row);
  put_label (page, position != last ? shown : mh_record_text (line, MH_WORKSHEET_LINE_NAME),
             control ? "mh-cool" : NULL, 1, row);
  gtk_grid_attach (page->grid, entry, 2, row, 1, 1);
  put_label (page, mh_record_text (line, MH_WORKSHEET_LINE_UNIT), "dim-label", 3, row);
  put_label (page, mh_record_text (line, MH_WORKSHEET_LINE_REMARK),
             strstr (mh_record_text (line, MH_WORKSHEET_LINE_REMARK) != NULL
                         ? mh_record_text (line, MH_WORKSHEET_LINE_REMARK)
                         : "",
                     "s")
                     != NULL
                 ? "mh-critical"
                 : "dim-label",
             4, row);
  g_ptr_array_add (page->entries, entry);
}

static void
worksheets_page_show (MhWorksheetsPage *page)
{
  GPtrArray *lines = mh_record_records (page->sheet, MH_WORKSHEET_LINES);
  const char *equipment = mh_record_text (page->sheet, MH_WORKSHEET_EQUIPMENT);
  gboolean open
      = g_strcmp0 (mh_record_text (page->sheet, MH_WORKSHEET_STATUS), MH_WORKSHEET_OPEN) == 0;
  g_autofree char *title
      = g_strdup_printf ("%s · %s%s%s", mh_record_text (page->sheet, MH_WORKSHEET_NUMBER),
                         mh_record_text (page->sheet, MH_WORKSHEET_BENCH),
                         equipment != NULL ? " · " : "", equipment != NULL ? equipment : "");
  g_autofree char *state = worksheets_page_status_text (page->sheet);
  gint64 last = 0;

  gtk_stack_set_visible_child_name (page->stack, "sheet");
  gtk_label_set_text (page->title, title);
  gtk_label_set_text (page->state, state);
  mh_pane_complain (MH_PANE (page), NULL);
  gtk_widget_set_visible (page->save, open);
  g_ptr_array_set_size (page->entries, 0);
  while (gtk_widget_get_first_child (GTK_WIDGET (page->grid)) != NULL)
    gtk_grid_remove (page->grid, gtk_widget_get_first_child (GTK_WIDGET (page->grid)));

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      worksheets_page_add_line (page, line, last, (int)i);
      last = mh_record_int (line, MH_WORKSHEET_LINE_POSITION);
    }
}

static void
begin_at_first (MhWorksheetsPage *page)
{
  for (guint i = 0; i < page->entries->len; i++)
    {
      GtkWidget *entry = g_ptr_array_index (page->entries, i);
      if (gtk_widget_get_sensitive (entry) && *gtk_editable_get_text (GTK_EDITABLE (entry)) == 0)
        {
          gtk_widget_grab_focus (entry);
          return;
        }
    }
}

static void
worksheets_page_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhWorksheetsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) sheet = mh_read_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  if (sheet == NULL || g_strcmp0 (mh_record_id (sheet), page->wanted) != 0)
    return;
  g_set_object (&page->sheet, sheet);
  worksheets_page_show (page);
}

static void
worksheets_page_read_one (MhPane *pane, const char *id)
{
  MhWorksheetsPage *page = MH_WORKSHEETS_PAGE (pane);
  char *wanted = g_strdup (id);
  g_free (page->wanted);
  page->wanted = wanted;
  mh_read_async (mh_pane_context (pane), "worksheet.read", wanted, mh_pane_cancellable (pane),
                 worksheets_page_read_cb, g_object_ref (page));
}

static const char *
worksheets_page_wanted_id (MhPane *pane)
{
  return MH_WORKSHEETS_PAGE (pane)->wanted;
}

/* --- saving --- */

static void
worksheets_page_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhWorksheetsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  mh_pane_set_busy (MH_PANE (page), FALSE);
  if (outcome == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      mh_pane_complain (MH_PANE (page), words);
      return;
    }

  mh_shell_toast (GTK_WIDGET (page),
                  outcome->waiting ? _ ("Kept here until the server is back") : _ ("Saved"));
  if (outcome->waiting || outcome->record == NULL)
    return;

  g_set_object (&page->sheet, outcome->record);
  worksheets_page_show (page);
  begin_at_first (page);
  mh_record_list_reload (page->list);
}

static void
worksheets_page_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWorksheetsPage *page = MH_WORKSHEETS_PAGE (widget);
  g_autoptr (MhRecord) put = mh_record_new (&mh_worksheet_put_type);
  const char *args[] = { "id", page->wanted, NULL };
  GPtrArray *lines
      = page->sheet != NULL ? mh_record_records (page->sheet, MH_WORKSHEET_LINES) : NULL;
  guint changed = 0;

  for (guint i = 0; lines != NULL && i < lines->len && i < page->entries->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      const char *text = gtk_editable_get_text (g_ptr_array_index (page->entries, i));
      if (*text == 0 || g_strcmp0 (text, mh_record_text (line, MH_WORKSHEET_LINE_VALUE)) == 0)
        continue;
      g_autoptr (MhRecord) entry = mh_record_new (&mh_worksheet_entry_type);
      mh_record_set_text (entry, MH_WORKSHEET_ENTRY_LINE_ID, mh_record_id (line));
      mh_record_set_text (entry, MH_WORKSHEET_ENTRY_VALUE, text);
      mh_record_append (put, MH_WORKSHEET_PUT_ENTRIES, entry);
      changed++;
    }

  if (changed == 0)
    return;

  mh_pane_set_busy (MH_PANE (page), TRUE);
  mh_command_async (mh_pane_context (MH_PANE (page)),
                    &(MhCommand){ .route = "worksheet.save", .args = args, .body = put }, NULL,
                    worksheets_page_saved_cb, g_object_ref (page));
}

static void
worksheets_page_print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhWorksheetsPage *page = MH_WORKSHEETS_PAGE (widget);
  const char *args[] = { "id", page->wanted, NULL };
  if (page->sheet != NULL)
    mh_file_answer_print (MH_PANE (page), "worksheet.pdf", args, MH_PRINTER_PAGES, _ ("Worksheet"));
}

static void
worksheets_page_made_cb (GtkWidget *opener, MhRecord *answer, gpointer data)
{
  MhWorksheetsPage *page = MH_WORKSHEETS_PAGE (opener);
  char *wanted = g_strdup (mh_record_id (answer));
  g_free (page->wanted);
  page->wanted = wanted;
  g_set_object (&page->sheet, answer);
  worksheets_page_show (page);
  begin_at_first (page);
  mh_split_show_end (page->split, TRUE);
  mh_record_list_reload (page->list);
}

static void
worksheets_page_new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const fields[]
      = { "bench", "equipment", "test", "positions", "duplicates", "note", NULL };
  MhWorksheetsPage *page = MH_WORKSHEETS_PAGE (widget);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_worksheet_type);
  const MhEntryWanted wanted
      = { .title = _ ("New worksheet"),
          .save = _ ("_Make"),
          .hint = _ ("Takes what was received at the bench and has no result, "
                     "the most pressing first."),
          .fields = fields,
          .route = "worksheet.create",
          .draft = draft,
          .done = worksheets_page_made_cb };

  mh_record_set_int (draft, MH_WORKSHEET_POSITIONS, 24);
  mh_record_set_int (draft, MH_WORKSHEET_DUPLICATES, 1);
  mh_entry_dialog_show (widget, mh_pane_context (MH_PANE (page)), &wanted);
}

static void
worksheets_page_dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhWorksheetsPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (page), error);
  mh_record_list_reload (page->list);
  if (page->wanted != NULL)
    worksheets_page_read_one (MH_PANE (page), page->wanted);
}

static void
worksheets_page_drop_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhWorksheetsPage) page = data;
  g_autoptr (MhRecord) patch = mh_record_new (&mh_worksheet_type);
  const char *args[] = { "id", page->wanted, NULL };
  if (!mh_ask_finish (result) || mh_pane_context (MH_PANE (page)) == NULL || page->sheet == NULL)
    return;
  mh_record_set_text (patch, MH_WORKSHEET_STATUS, MH_WORKSHEET_DROPPED);
  mh_command_async (
      mh_pane_context (MH_PANE (page)),
      &(MhCommand){ .route = "worksheet.update", .args = args, .body = patch, .base = page->sheet },
      NULL, worksheets_page_dropped_cb, g_object_ref (page));
}

static void
worksheets_page_drop_cb (MhWorksheetsPage *page)
{
  mh_ask_async (GTK_WIDGET (page), _ ("Discard this worksheet?"),
                _ ("What was entered stays; what is open waits for another sheet."), _ ("Discard"),
                TRUE, worksheets_page_drop_asked_cb, g_object_ref (page));
}

/* --- as a page --- */

static void
worksheets_page_begin (MhPane *pane)
{
  static const char *const args[] = { "limit", "100", NULL };
  static const MhMasterDetailHow how = { worksheets_page_wanted_id, worksheets_page_read_one };
  MhWorksheetsPage *page = MH_WORKSHEETS_PAGE (pane);
  mh_pane_keep (pane, &page->list, mh_record_list_new (mh_pane_context (pane), "worksheet.list"));
  mh_record_table_setup (page->table, "worksheets", &mh_worksheet_type, columns,
                         G_LIST_MODEL (page->list), MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, MH_PHONE_LEAST_WIDTH);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split,
                          G_LIST_MODEL (page->list));
  mh_record_list_set_args (page->list, args);
}

static void
mh_worksheets_page_open (MhPane *pane, const char *what)
{
  if (what == NULL || *what == 0)
    return;
  worksheets_page_read_one (pane, what);
  mh_split_show_end (MH_WORKSHEETS_PAGE (pane)->split, TRUE);
}

static void
worksheets_page_shown (MhPane *pane)
{
  mh_record_table_grab (MH_WORKSHEETS_PAGE (pane)->table);
}

static void
mh_worksheets_page_finalize (GObject *object)
{
  MhWorksheetsPage *page = MH_WORKSHEETS_PAGE (object);
  g_clear_object (&page->sheet);
  g_free (page->wanted);
  g_ptr_array_unref (page->entries);
  G_OBJECT_CLASS (mh_worksheets_page_parent_class)->finalize (object);
}

static void
mh_worksheets_page_class_init (MhWorksheetsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_worksheets_page_finalize;
  MH_PANE_CLASS (klass)->begin = worksheets_page_begin;
  MH_PANE_CLASS (klass)->open = mh_worksheets_page_open;
  MH_PANE_CLASS (klass)->shown = worksheets_page_shown;

  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/worksheets/mh-worksheets-page"));

  gtk_widget_class_bind_template_child (widget, MhWorksheetsPage, split);
  gtk_widget_class_bind_template_child (widget, MhWorksheetsPage, table);
  gtk_widget_class_bind_template_child (widget, MhWorksheetsPage, stack);
  gtk_widget_class_bind_template_child (widget, MhWorksheetsPage, grid);
  gtk_widget_class_bind_template_child (widget, MhWorksheetsPage, title);
  gtk_widget_class_bind_template_child (widget, MhWorksheetsPage, state);
  gtk_widget_class_bind_template_child (widget, MhWorksheetsPage, leave);
  gtk_widget_class_bind_template_child (widget, MhWorksheetsPage, save);

  gtk_widget_class_bind_template_callback (widget, worksheets_page_drop_cb);
  mh_closures_bind (widget);

  gtk_widget_class_install_action (widget, "worksheet.new", NULL, worksheets_page_new_action);
  gtk_widget_class_install_action (widget, "worksheet.print", NULL, worksheets_page_print_action);
  gtk_widget_class_install_action (widget, "worksheet.save", NULL, worksheets_page_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "worksheet.save", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_n, GDK_CONTROL_MASK, "worksheet.new", NULL);
}

static void
mh_worksheets_page_init (MhWorksheetsPage *page)
{
  page->entries = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (page));
  g_object_bind_property (page->split, "folded", page->leave, "visible", G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_worksheets_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_WORKSHEETS_PAGE, "context", context, NULL);
}
