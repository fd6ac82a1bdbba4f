/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-day-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/money/cashier/mh-file-answer.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-typed-day.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/money/mh-till.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhDayPane
{
  MhPane parent_instance;
  GListStore *lines;
  MhRecord *book;
  char date[MH_DATE_LENGTH + 1];
  GtkEditable *day;
  GtkLabel *state;
  GtkBox *totals;
  MhRecordTable *table;
  GtkWidget *lock;
};

G_DEFINE_FINAL_TYPE (MhDayPane, mh_day_pane, MH_TYPE_PANE)

static char *
method_text (MhRecord *line)
{
  return g_strdup (mh_words_of_code (&mh_payment_type.fields[MH_PAYMENT_METHOD],
                                     mh_record_text (line, MH_DAY_LINE_METHOD)));
}

static char *
day_pane_time_text (MhRecord *line)
{
  return mh_when_clock (mh_record_int (line, MH_DAY_LINE_AT));
}

/* Nothing rather than zero: the eye finds what moved. */
static char *
day_pane_amount_text (MhRecord *line, guint field)
{
  gint64 amount = mh_record_int (line, field);
  return amount != 0 ? mh_words_money (amount, NULL) : g_strdup ("");
}

static char *
taken_text (MhRecord *line)
{
  return day_pane_amount_text (line, MH_DAY_LINE_TAKEN);
}

static char *
back_text (MhRecord *line)
{
  return day_pane_amount_text (line, MH_DAY_LINE_GIVEN_BACK);
}

static char *
from_text (MhRecord *line)
{
  return g_strdup (mh_day_line_from (line));
}

static char *
day_pane_net_text (MhRecord *line)
{
  return mh_words_money (
      mh_record_int (line, MH_DAY_LINE_TAKEN) - mh_record_int (line, MH_DAY_LINE_GIVEN_BACK), NULL);
}

static const MhTableColumn columns[] = {
  { .field = "receipt", .width = 120 },
  { .title = N_ ("Time"), .text = day_pane_time_text, .width = 60 },
  { .field = "order_number", .width = 110, .line = MH_LINE_NONE },
  { .title = N_ ("Patient or insurer"), .text = from_text, .expand = TRUE, .line = MH_LINE_TITLE },
  { .title = N_ ("Method"), .text = method_text, .width = 110 },
  { .title = N_ ("Taken"),
    .text = taken_text,
    .numeric = TRUE,
    .width = 110,
    .line = MH_LINE_NONE },
  { .title = N_ ("Given back"),
    .text = back_text,
    .numeric = TRUE,
    .width = 110,
    .line = MH_LINE_NONE },
  { .field = "cashier", .width = 140, .line = MH_LINE_NONE },
  { .text = day_pane_net_text, .line = MH_LINE_TRAILING, .only_line = TRUE },
  { NULL },
};

/* --- the book on show --- */

static void
day_pane_add_total (MhDayPane *pane, const char *what, gint64 amount, gboolean whole)
{
  g_autofree char *shown = mh_words_money (amount, NULL);
  GtkWidget *box = mh_vbox (0);
  gtk_widget_add_css_class (box, "mh-inset");
  mh_box_append (box, mh_label (what, "dim-label"));
  mh_box_append (box, mh_label (shown, whole ? "mh-total" : "heading"));
  gtk_box_append (pane->totals, box);
}

static void
show_totals (MhDayPane *pane)
{
  GPtrArray *totals = mh_record_records (pane->book, MH_DAY_BOOK_TOTALS);
  mh_box_clear (GTK_WIDGET (pane->totals));
  day_pane_add_total (pane, _ ("Net"), mh_record_int (pane->book, MH_DAY_BOOK_NET), TRUE);
  for (guint i = 0; totals != NULL && i < totals->len; i++)
    {
      MhRecord *total = g_ptr_array_index (totals, i);
      day_pane_add_total (pane,
                          mh_words_of_code (&mh_payment_type.fields[MH_PAYMENT_METHOD],
                                            mh_record_text (total, MH_DAY_TOTAL_METHOD)),
                          mh_record_int (total, MH_DAY_TOTAL_NET), FALSE);
    }
}

static void
day_pane_show_state (MhDayPane *pane)
{
  MhRecord *lock = mh_record_record (pane->book, MH_DAY_BOOK_LOCK);
  GPtrArray *drawers = mh_record_records (pane->book, MH_DAY_BOOK_SESSIONS);
  guint open = 0;

  for (guint i = 0; drawers != NULL && i < drawers->len; i++)
    open += g_strcmp0 (mh_record_text (g_ptr_array_index (drawers, i), MH_CASH_SESSION_STATUS),
                       MH_CASH_SESSION_CLOSED)
            != 0;

  g_autofree char *text
      = lock != NULL
            ? g_strdup_printf (_ ("🔒 Closed by %s"), mh_record_text (lock, MH_DAY_LOCK_LOCKED_NAME))
        : open > 0
            ? g_strdup_printf (ngettext ("%u drawer is open", "%u drawers are open", open), open)
            : g_strdup (_ ("All drawers are closed"));

  gtk_label_set_text (pane->state, text);
  mh_key_button_set_text (MH_KEY_BUTTON (pane->lock),
                          lock != NULL ? _ ("Open the day again…") : _ ("Close the day"));
  gtk_widget_set_sensitive (pane->lock, lock != NULL || open == 0);
}

static void
day_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDayPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  if (answer == NULL)
    return;

  GPtrArray *lines = mh_record_records (answer, MH_DAY_BOOK_LINES);
  g_set_object (&pane->book, answer);
  g_strlcpy (pane->date, mh_record_text (pane->book, MH_DAY_BOOK_DAY), sizeof pane->date);
  g_autofree char *shown = mh_words_of_date (pane->date);

  gtk_editable_set_text (pane->day, shown);
  g_list_store_splice (pane->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (pane->lines)),
                       lines != NULL ? lines->pdata : NULL, lines != NULL ? lines->len : 0);
  show_totals (pane);
  day_pane_show_state (pane);
}

static void
day_pane_load (MhDayPane *pane)
{
  const char *args[] = { "day", pane->date, NULL };
  mh_fetch_async (mh_pane_context (MH_PANE (pane)),
                  &(MhFetch){ .route = "day.book", .args = pane->date[0] != '\0' ? args : NULL },
                  mh_pane_cancellable (MH_PANE (pane)), day_pane_read_cb, g_object_ref (pane));
}

/* --- another day --- */

static void
day_pane_step (MhDayPane *pane, int days)
{
  MhDate date;
  char today[11];
  if (pane->date[0] == '\0' || !mh_date_parse (pane->date, &date))
    mh_date_parse (mh_when_today_text (today), &date);
  mh_date_format (mh_date_from_days (mh_date_to_days (date) + days), pane->date);
  day_pane_load (pane);
}

static void
day_pane_before_cb (MhDayPane *pane)
{
  day_pane_step (pane, -1);
}

static void
after_cb (MhDayPane *pane)
{
  day_pane_step (pane, 1);
}

static void
day_pane_typed_cb (MhDayPane *pane)
{
  if (mh_typed_day (MH_PANE (pane), pane->day, pane->date))
    day_pane_load (pane);
}

/* --- papers --- */

/* The day whose book is on show, not what stands half typed in the entry; NULL: none yet. */
static const char *
shown_day (MhDayPane *pane)
{
  return pane->book != NULL ? mh_record_text (pane->book, MH_DAY_BOOK_DAY) : NULL;
}

static void
day_pane_csv_cb (MhDayPane *pane)
{
  const char *day = shown_day (pane);
  const char *args[] = { "day", day, NULL };
  if (day == NULL)
    return;
  g_autofree char *name = g_strdup_printf ("day-book-%s.csv", day);
  mh_file_answer_save (MH_PANE (pane), "day.book_csv", args, name);
}

static void
day_pane_print_cb (MhDayPane *pane)
{
  const char *args[] = { "day", shown_day (pane), NULL };
  if (args[1] != NULL)
    mh_file_answer_print (MH_PANE (pane), "day.book_pdf", args, MH_PRINTER_PAGES, _ ("Day book"));
}

/* --- closing it --- */

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDayPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  day_pane_load (pane);
}

static void
day_pane_submit (MhDayPane *pane, const char *route, const char *note, GAsyncResult *asked)
{
  /* The day whose book was on show when it was decided, not one that is still on its way. */
  const char *args[] = { "date", mh_record_text (pane->book, MH_DAY_BOOK_DAY), NULL };
  g_autoptr (MhRecord) body = mh_record_new (&mh_day_locking_type);
  if (note != NULL)
    mh_record_set_text (body, MH_DAY_LOCKING_NOTE, note);
  mh_ask_text_command_async (asked, mh_pane_context (MH_PANE (pane)),
                             &(MhCommand){ .route = route, .args = args, .body = body }, locked_cb,
                             g_object_ref (pane));
}

static void
day_pane_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDayPane) pane = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (pane)) != NULL)
    day_pane_submit (pane, "day.lock", NULL, NULL);
}

static void
day_pane_reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDayPane) pane = data;
  g_autofree char *note = mh_ask_text_finish (result);
  if (note != NULL && mh_pane_context (MH_PANE (pane)) != NULL)
    day_pane_submit (pane, "day.unlock", note, result);
}

static void
lock_cb (MhDayPane *pane)
{
  if (pane->book == NULL)
    return;
  if (mh_record_record (pane->book, MH_DAY_BOOK_LOCK) != NULL)
    mh_ask_text_async (GTK_WIDGET (pane), "day_unlock",
                       mh_record_text (pane->book, MH_DAY_BOOK_DAY), _ ("Open the day again?"),
                       _ ("Cash can be taken on it again. This is written into the audit trail."),
                       _ ("Reason"), _ ("Open the day"), day_pane_reason_cb, g_object_ref (pane));
  else
    mh_ask_async (GTK_WIDGET (pane), _ ("Close the day?"),
                  _ ("No cash can be taken or given back on this day any more."),
                  _ ("Close the day"), FALSE, day_pane_asked_cb, g_object_ref (pane));
}

/* --- making it --- */

static void
day_pane_begin (MhPane *pane)
{
  MhDayPane *day = MH_DAY_PANE (pane);
  mh_pane_keep (pane, &day->lines, g_list_store_new (MH_TYPE_RECORD));
  mh_record_table_setup (day->table, "day-book", &mh_day_line_type, columns,
                         G_LIST_MODEL (day->lines), MH_TABLE_SINGLE);
  mh_record_table_set_lines (day->table, MH_MONEY_LEAST_WIDTH);
}

static void
day_pane_shown (MhPane *pane)
{
  day_pane_load (MH_DAY_PANE (pane));
}

static void
mh_day_pane_finalize (GObject *object)
{
  g_clear_object (&MH_DAY_PANE (object)->book);
  G_OBJECT_CLASS (mh_day_pane_parent_class)->finalize (object);
}

static void
mh_day_pane_class_init (MhDayPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_day_pane_finalize;
  MH_PANE_CLASS (klass)->begin = day_pane_begin;
  MH_PANE_CLASS (klass)->shown = day_pane_shown;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("money/cashier/mh-day-pane"));
  gtk_widget_class_bind_template_child (widget, MhDayPane, day);
  gtk_widget_class_bind_template_child (widget, MhDayPane, state);
  gtk_widget_class_bind_template_child (widget, MhDayPane, totals);
  gtk_widget_class_bind_template_child (widget, MhDayPane, table);
  gtk_widget_class_bind_template_child (widget, MhDayPane, lock);
  gtk_widget_class_bind_template_callback (widget, day_pane_before_cb);
  gtk_widget_class_bind_template_callback (widget, after_cb);
  gtk_widget_class_bind_template_callback (widget, day_pane_typed_cb);
  gtk_widget_class_bind_template_callback (widget, day_pane_csv_cb);
  gtk_widget_class_bind_template_callback (widget, day_pane_print_cb);
  gtk_widget_class_bind_template_callback (widget, lock_cb);
  mh_closures_bind (widget);
}

static void
mh_day_pane_init (MhDayPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
