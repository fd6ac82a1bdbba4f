/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-tests-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/pages/lab/orders/mh-catalogue-pane.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/rules/money/mh-returns.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_TESTS_DIALOG (mh_tests_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhTestsDialog, mh_tests_dialog, MH, TESTS_DIALOG, MhDialog)

struct _MhTestsDialog
{
  MhDialog parent_instance;
  char *order_id;
  MhRecord *order;     /* NULL until it is read */
  GPtrArray *added;    /* MhTest or MhPanel, in the order chosen */
  GHashTable *removed; /* ids of items, with what was said against it or "" */
  GCancellable *quoting;
  MhCataloguePane *catalogue;
  GtkWidget *tests, *why, *save;
  GtkEditable *reason;
  GtkLabel *problem, *reason_problem, *money;
};

G_DEFINE_FINAL_TYPE (MhTestsDialog, mh_tests_dialog, MH_TYPE_DIALOG)

static MhContext *
tests_dialog_context_of (MhTestsDialog *dialog)
{
  return mh_dialog_context (MH_DIALOG (dialog));
}

static const char *
tests_dialog_text_of (MhRecord *record, const char *field)
{
  return mh_record_text (record, (guint)mh_record_type_find (mh_record_type (record), field));
}

static void
tests_dialog_show_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static GPtrArray *
tests_dialog_items_of (MhTestsDialog *dialog)
{
  return mh_record_records (dialog->order, MH_ORDER_ITEMS);
}

static gboolean
tests_dialog_is_live (MhRecord *item)
{
  return g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED) != 0;
}

gboolean
mh_tests_dialog_may (MhRecord *order)
{
  static const char *const over[]
      = { MH_ORDER_STATUS_COMPLETED, MH_ORDER_STATUS_CANCELLED, MH_ORDER_STATUS_EXPIRED, NULL };
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  return mh_record_has (order, MH_ORDER_NUMBER) && status != NULL && !g_strv_contains (over, status)
         && !mh_record_has (order, MH_ORDER_RECOVERY);
}

/* --- what is asked for --- */

static gboolean
tests_dialog_is_changed (MhTestsDialog *dialog)
{
  return dialog->added->len > 0 || g_hash_table_size (dialog->removed) > 0;
}

/* In the order's own order, so that remove[2] of a refusal is the third that was marked. */
static MhRecord *
make_edit (MhTestsDialog *dialog)
{
  MhRecord *edit = mh_record_new (&mh_order_edit_type);
  GPtrArray *items = tests_dialog_items_of (dialog);
  const char *reason = gtk_editable_get_text (dialog->reason);

  for (guint i = 0; i < dialog->added->len; i++)
    mh_record_add_to_list (edit, MH_ORDER_EDIT_ADD,
                           tests_dialog_text_of (g_ptr_array_index (dialog->added, i), "code"));
  for (guint i = 0; i < items->len; i++)
    if (g_hash_table_contains (dialog->removed, mh_record_id (g_ptr_array_index (items, i))))
      mh_record_add_to_list (edit, MH_ORDER_EDIT_REMOVE,
                             mh_record_id (g_ptr_array_index (items, i)));

  if (reason[0] != 0 && g_hash_table_size (dialog->removed) > 0)
    mh_record_set_text (edit, MH_ORDER_EDIT_REASON, reason);
  return edit;
}

/* --- what it costs --- */

static void
show_money (MhTestsDialog *dialog, MhRecord *quote)
{
  const char *currency = mh_record_text (dialog->order, MH_ORDER_CURRENCY);
  gint64 before = mh_record_int (dialog->order, MH_ORDER_TOTAL)
                  - mh_record_int (dialog->order, MH_ORDER_CREDITED);
  gint64 after = mh_record_int (quote, MH_ORDER_TOTAL) - mh_record_int (quote, MH_ORDER_CREDITED);
  gint64 due = mh_record_int (quote, MH_ORDER_DUE);
  gint64 back = mh_record_int (dialog->order, MH_ORDER_PAID) - mh_record_int (quote, MH_ORDER_PAID);
  g_autofree char *was = mh_money_display (before, currency);
  g_autofree char *is = mh_money_display (after, currency);
  g_autofree char *owed = mh_money_display (due, currency);
  g_autofree char *given = mh_money_display (back, currency);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: what the order costs before and after the change */
  g_string_append_printf (text, _ ("Now %s, after the change %s."), was, is);
  if (due > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("%s will be due."), owed);
    }

  if (back > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("%s is paid beyond that and becomes the patient's advance."),
                              given);
    }

  g_autofree char *label = g_strdup_printf (_ ("_Save · %s"), is);
  tests_dialog_show_label (dialog->money, text->str);
  gtk_button_set_label (GTK_BUTTON (dialog->save), label);
}

static void tests_dialog_show_tests (MhTestsDialog *dialog);

/* What stands against the removal of a test is told beside it, a missing reason below its box. */
static void
tests_dialog_complain (MhTestsDialog *dialog, const GError *error)
{
  const MhIssues *issues = error != NULL ? mh_error_get_issues (error) : NULL;
  g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
  GPtrArray *items = tests_dialog_items_of (dialog);
  guint n = 0;
  gboolean beside = FALSE;

  for (guint i = 0; issues != NULL && i < items->len; i++)
    {
      const char *id = mh_record_id (g_ptr_array_index (items, i));
      if (!g_hash_table_contains (dialog->removed, id))
        continue;
      g_autofree char *field = g_strdup_printf ("remove[%u]", n++);
      if (mh_issues_find (issues, field) == NULL)
        continue;
      g_hash_table_insert (dialog->removed, g_strdup (id), g_strdup (words));
      beside = TRUE;
    }

  if (beside)
    tests_dialog_show_tests (dialog);
  gboolean reason = issues != NULL && mh_issues_find (issues, "reason") != NULL;

  tests_dialog_show_label (dialog->reason_problem, reason ? words : NULL);
  tests_dialog_show_label (dialog->problem, reason || beside ? NULL : words);
  if (reason)
    gtk_widget_grab_focus (GTK_WIDGET (dialog->reason));
}

static void
tests_dialog_quoted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTestsDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (tests_dialog_context_of (dialog) == NULL || mh_dialog_is_closed (MH_DIALOG (dialog))
      || g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED))
    return;
  tests_dialog_complain (dialog, error);
  gtk_widget_set_sensitive (dialog->save, answer != NULL);
  if (answer != NULL)
    show_money (dialog, answer);
}

/* Another change is asked about anew; what was told before counts no more. */
static void
tests_dialog_quote (MhTestsDialog *dialog)
{
  const char *args[] = { "id", dialog->order_id, NULL };
  g_cancellable_cancel (dialog->quoting);
  g_clear_object (&dialog->quoting);
  tests_dialog_show_label (dialog->problem, NULL);
  tests_dialog_show_label (dialog->money, NULL);
  gtk_button_set_label (GTK_BUTTON (dialog->save), _ ("_Save"));
  gtk_widget_set_sensitive (dialog->save, FALSE);
  if (!tests_dialog_is_changed (dialog))
    return;

  g_autoptr (MhRecord) edit = make_edit (dialog);
  g_autofree char *body = mh_record_to_json (edit, MH_JSON_AS_INPUT);
  dialog->quoting = g_cancellable_new ();
  mh_fetch_async (tests_dialog_context_of (dialog),
                  &(MhFetch){ .route = "order.edit_quote", .args = args, .body = body },
                  dialog->quoting, tests_dialog_quoted_cb, g_object_ref (dialog));
}

/* --- the tests --- */

static void
tests_dialog_changed (MhTestsDialog *dialog)
{
  tests_dialog_show_tests (dialog);
  gtk_widget_set_visible (dialog->why, g_hash_table_size (dialog->removed) > 0);
  tests_dialog_show_label (dialog->reason_problem, NULL);
  tests_dialog_quote (dialog);
}

/* The row's own record: an item of the order, or what is to be added. The list is made anew, so the
 * focus goes where the next press belongs. */
static void
toggle_cb (GtkButton *button, MhTestsDialog *dialog)
{
  MhRecord *record = g_object_get_data (G_OBJECT (button), "record");
  const char *id = mh_record_id (record);
  gboolean removes = FALSE;

  if (mh_record_type (record) != &mh_order_item_type)
    g_ptr_array_remove (dialog->added, record);
  else if (!g_hash_table_remove (dialog->removed, id))
    removes = g_hash_table_insert (dialog->removed, g_strdup (id), g_strdup (""));

  tests_dialog_changed (dialog);
  if (removes)
    gtk_widget_grab_focus (GTK_WIDGET (dialog->reason));
  else
    mh_catalogue_pane_focus (dialog->catalogue);
}

static GtkWidget *
toggle_of (MhTestsDialog *dialog, MhRecord *record, const char *name, gboolean removed)
{
  g_autofree char *words = g_strdup_printf (removed ? _ ("Keep %s") : _ ("Remove %s"), name);
  GtkWidget *button
      = mh_icon_button_new (removed ? "edit-undo-symbolic" : "list-remove-symbolic", words, NULL);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "record", g_object_ref (record), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (toggle_cb), dialog);
  return button;
}

/* @state: why it stays, or what becomes of it; NULL: nothing to say. */
static GtkWidget *
tests_dialog_row_of (const char *name,
                     const char *style,
                     const char *state,
                     gint64 price,
                     const char *currency)
{
  GtkWidget *row = mh_hbox (MH_GAP), *words = mh_vbox (0);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  mh_box_append (words, mh_label (name, style));
  if (state != NULL)
    mh_box_append (words, mh_label (state, "dim-label"));
  mh_box_append (row, words);
  mh_box_append (row, mh_money_new (price, currency));
  return row;
}

static void
tests_dialog_show_item (MhTestsDialog *dialog, MhRecord *item)
{
  const char *name = mh_record_text (item, MH_ORDER_ITEM_NAME);
  const char *against = g_hash_table_lookup (dialog->removed, mh_record_id (item));
  gboolean removed = against != NULL, may = mh_returns_may_return (item);
  const char *state = removed && against[0] != 0 ? against
                      : removed                  ? _ ("Will be removed")
                      : may                      ? NULL
                            : _ ("The laboratory has its tube; it stays in the order");
  GtkWidget *row = tests_dialog_row_of (name, removed ? "mh-struck" : NULL, state,
                                        mh_record_int (item, MH_ORDER_ITEM_PRICE),
                                        mh_record_text (dialog->order, MH_ORDER_CURRENCY));

  if (may)
    mh_box_append (row, toggle_of (dialog, item, name, removed));
  mh_box_append (dialog->tests, row);
}

static void
tests_dialog_show_tests (MhTestsDialog *dialog)
{
  GPtrArray *items = tests_dialog_items_of (dialog);
  mh_box_clear (dialog->tests);
  for (guint i = 0; i < items->len; i++)
    if (tests_dialog_is_live (g_ptr_array_index (items, i)))
      tests_dialog_show_item (dialog, g_ptr_array_index (items, i));

  for (guint i = 0; i < dialog->added->len; i++)
    {
      MhRecord *test = g_ptr_array_index (dialog->added, i);
      guint price = (guint)mh_record_type_find (mh_record_type (test), "price");
      GtkWidget *row = tests_dialog_row_of (tests_dialog_text_of (test, "name"), NULL,
                                            _ ("Will be added"), mh_record_int (test, price),
                                            mh_record_text (dialog->order, MH_ORDER_CURRENCY));
      mh_box_append (row, toggle_of (dialog, test, tests_dialog_text_of (test, "name"), FALSE));
      mh_box_append (dialog->tests, row);
    }
}

static gboolean
tests_dialog_is_in (MhTestsDialog *dialog, MhRecord *test)
{
  GPtrArray *items = tests_dialog_items_of (dialog);
  const char *code = tests_dialog_text_of (test, "code");
  for (guint i = 0; i < items->len; i++)
    if (tests_dialog_is_live (g_ptr_array_index (items, i))
        && g_strcmp0 (mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_TEST), code) == 0)
      return TRUE;
  return g_ptr_array_find (dialog->added, test, NULL);
}

static void
tests_dialog_chosen_cb (MhCataloguePane *pane, MhRecord *test, MhTestsDialog *dialog)
{
  if (dialog->order == NULL)
    return;
  if (tests_dialog_is_in (dialog, test))
    {
      g_autofree char *words = g_strdup_printf (_ ("%s is in the order already."),
                                                tests_dialog_text_of (test, "name"));
      tests_dialog_show_label (dialog->problem, words);
      return;
    }
  g_ptr_array_add (dialog->added, g_object_ref (test));
  tests_dialog_changed (dialog);
}

/* --- what was not saved --- */

typedef struct
{
  GPtrArray *added;
  GHashTable *removed;
  char *reason;
} Kept;

static void
tests_dialog_kept_free (gpointer data)
{
  Kept *kept = data;
  g_ptr_array_unref (kept->added);
  g_hash_table_unref (kept->removed);
  g_free (kept->reason);
  g_free (kept);
}

static char *
tests_dialog_key_of (MhTestsDialog *dialog)
{
  return g_strconcat ("mh-tests-dialog:", dialog->order_id, NULL);
}

/* Escape closes, and loses nothing as long as the same person is at work here. */
static void
tests_dialog_keep (MhTestsDialog *dialog)
{
  g_autofree char *key = tests_dialog_key_of (dialog);
  MhContext *context = tests_dialog_context_of (dialog);
  Kept *kept = NULL;
  if (context == NULL || dialog->order == NULL)
    return;

  if (tests_dialog_is_changed (dialog))
    {
      kept = g_new0 (Kept, 1);
      kept->added = g_ptr_array_ref (dialog->added);
      kept->removed = g_hash_table_ref (dialog->removed);
      kept->reason = g_strdup (gtk_editable_get_text (dialog->reason));
    }

  g_object_set_data_full (G_OBJECT (context), key, kept,
                          kept != NULL ? tests_dialog_kept_free : NULL);
}

static gboolean
tests_dialog_close_cb (MhTestsDialog *dialog)
{
  tests_dialog_keep (dialog);
  return FALSE;
}

/* What the order has lost or gained meanwhile is no part of it any more. */
static void
take_up (MhTestsDialog *dialog)
{
  g_autofree char *key = tests_dialog_key_of (dialog);
  Kept *kept = g_object_get_data (G_OBJECT (tests_dialog_context_of (dialog)), key);
  GPtrArray *items = tests_dialog_items_of (dialog);

  for (guint i = 0; kept != NULL && i < kept->added->len; i++)
    if (!tests_dialog_is_in (dialog, g_ptr_array_index (kept->added, i)))
      g_ptr_array_add (dialog->added, g_object_ref (g_ptr_array_index (kept->added, i)));

  for (guint i = 0; kept != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (g_hash_table_contains (kept->removed, mh_record_id (item))
          && mh_returns_may_return (item))
        g_hash_table_insert (dialog->removed, g_strdup (mh_record_id (item)), g_strdup (""));
    }

  if (kept != NULL)
    gtk_editable_set_text (dialog->reason, kept->reason);
}

/* --- undo --- */

/* Once it is billed each change is a note of its own, which stays; and a panel's tests come back
 * without the panel's price. NULL: it cannot be set back as it was. */
static MhRecord *
edit_back (MhTestsDialog *dialog, MhRecord *after)
{
  GPtrArray *items = tests_dialog_items_of (dialog),
            *now = mh_record_records (after, MH_ORDER_ITEMS);
  g_autoptr (MhRecord) back = mh_record_new (&mh_order_edit_type);
  if (mh_record_int (dialog->order, MH_ORDER_DUE) <= 0
      || mh_record_int (dialog->order, MH_ORDER_PAID) > 0
      || mh_record_int (dialog->order, MH_ORDER_DEBITED) > 0)
    return NULL;

  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      if (!g_hash_table_contains (dialog->removed, mh_record_id (item)))
        continue;
      if (mh_record_has (item, MH_ORDER_ITEM_PANEL))
        return NULL;
      mh_record_add_to_list (back, MH_ORDER_EDIT_ADD, mh_record_text (item, MH_ORDER_ITEM_TEST));
    }

  for (guint i = 0; now != NULL && i < now->len; i++)
    if (mh_returns_find_item (items, mh_record_id (g_ptr_array_index (now, i))) == NULL)
      mh_record_add_to_list (back, MH_ORDER_EDIT_REMOVE, mh_record_id (g_ptr_array_index (now, i)));

  mh_record_set_text (back, MH_ORDER_EDIT_REASON, _ ("Undone at the desk"));
  return g_steal_pointer (&back);
}

/* --- saving --- */

static void
tests_dialog_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTestsDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->save))
    {
      if (!mh_dialog_is_closed (MH_DIALOG (dialog)))
        tests_dialog_complain (dialog, error);
      return;
    }

  GtkWidget *opener = mh_dialog_opener (MH_DIALOG (dialog));
  g_autoptr (MhRecord) back = outcome->record != NULL ? edit_back (dialog, outcome->record) : NULL;
  const MhTakeBack undo = {
    .route = "order.edit", .id = dialog->order_id, .body = back, .undone = _ ("Change undone.")
  };

  mh_undo_offer (opener, tests_dialog_context_of (dialog), _ ("The order's tests are changed."),
                 back != NULL ? &undo : NULL);
  g_autofree char *key = tests_dialog_key_of (dialog);

  g_object_set_data (G_OBJECT (tests_dialog_context_of (dialog)), key, NULL);
  mh_dialog_end (MH_DIALOG (dialog), NULL);
}

static void
tests_dialog_save_cb (MhTestsDialog *dialog)
{
  const char *args[] = { "id", dialog->order_id, NULL };
  if (!gtk_widget_get_sensitive (dialog->save))
    return;

  g_autoptr (MhRecord) edit = make_edit (dialog);
  if (g_hash_table_size (dialog->removed) > 0 && !mh_record_has (edit, MH_ORDER_EDIT_REASON))
    {
      tests_dialog_show_label (dialog->reason_problem, _ ("Say why the test is removed."));
      gtk_widget_grab_focus (GTK_WIDGET (dialog->reason));
      return;
    }

  gtk_widget_set_sensitive (dialog->save, FALSE);
  mh_command_async (tests_dialog_context_of (dialog),
                    &(MhCommand){ .route = "order.edit", .args = args, .body = edit }, NULL,
                    tests_dialog_saved_cb, g_object_ref (dialog));
}

static void
tests_dialog_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  tests_dialog_save_cb (MH_TESTS_DIALOG (widget));
}

/* --- making it --- */

static void
tests_dialog_order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTestsDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) order = mh_read_finish (result, &error);
  if (tests_dialog_context_of (dialog) == NULL || mh_dialog_is_closed (MH_DIALOG (dialog)))
    return;

  if (order == NULL)
    {
      g_autofree char *words = mh_words_error (error);
      tests_dialog_show_label (dialog->problem, words);
      return;
    }

  dialog->order = g_steal_pointer (&order);
  take_up (dialog);
  tests_dialog_changed (dialog);
}

static void
mh_tests_dialog_dispose (GObject *object)
{
  MhTestsDialog *dialog = MH_TESTS_DIALOG (object);
  g_cancellable_cancel (dialog->quoting);
  g_clear_object (&dialog->quoting);
  g_clear_object (&dialog->order);
  G_OBJECT_CLASS (mh_tests_dialog_parent_class)->dispose (object);
}

static void
mh_tests_dialog_finalize (GObject *object)
{
  MhTestsDialog *dialog = MH_TESTS_DIALOG (object);
  g_ptr_array_unref (dialog->added);
  g_hash_table_unref (dialog->removed);
  g_free (dialog->order_id);
  G_OBJECT_CLASS (mh_tests_dialog_parent_class)->finalize (object);
}

static void
mh_tests_dialog_class_init (MhTestsDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_DIALOG_CLASS (klass)->drafts = "order_edit";
  G_OBJECT_CLASS (klass)->dispose = mh_tests_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_tests_dialog_finalize;
  g_type_ensure (MH_TYPE_CATALOGUE_PANE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/orders/mh-tests-dialog"));
  gtk_widget_class_bind_template_child (widget, MhTestsDialog, catalogue);
  gtk_widget_class_bind_template_child (widget, MhTestsDialog, tests);
  gtk_widget_class_bind_template_child (widget, MhTestsDialog, why);
  gtk_widget_class_bind_template_child (widget, MhTestsDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhTestsDialog, reason_problem);
  gtk_widget_class_bind_template_child (widget, MhTestsDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhTestsDialog, money);
  gtk_widget_class_bind_template_child (widget, MhTestsDialog, save);
  gtk_widget_class_bind_template_callback (widget, tests_dialog_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, tests_dialog_save_cb);
  gtk_widget_class_bind_template_callback (widget, tests_dialog_close_cb);
  gtk_widget_class_install_action (widget, "tests.save", NULL, tests_dialog_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_Return, GDK_CONTROL_MASK, "tests.save",
                                       NULL);
}

static void
mh_tests_dialog_init (MhTestsDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  dialog->added = g_ptr_array_new_with_free_func (g_object_unref);
  dialog->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
mh_tests_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order)
{
  if (!mh_tests_dialog_may (order))
    {
      mh_shell_toast (parent, _ ("The tests of this order cannot be changed any more; place a new "
                                 "order for more tests."));
      return;
    }

  MhTestsDialog *dialog = g_object_new (MH_TYPE_TESTS_DIALOG, "context", context, NULL);
  g_autofree char *title
      = g_strdup_printf (_ ("Tests of order %s"), mh_record_text (order, MH_ORDER_NUMBER));

  dialog->order_id = g_strdup (mh_record_id (order));
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  mh_read_async (context, "order.read", dialog->order_id,
                 mh_dialog_cancellable (MH_DIALOG (dialog)), tests_dialog_order_cb,
                 g_object_ref (dialog));
  mh_dialog_about (MH_DIALOG (dialog), dialog->order_id);
  mh_dialog_show (MH_DIALOG (dialog), parent);
  mh_catalogue_pane_focus (dialog->catalogue);
}
