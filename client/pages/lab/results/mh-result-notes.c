/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-result-notes.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/pages/lab/results/mh-attachments.h"
#include "client/pages/lab/results/mh-grown-dialog.h"
#include "client/pages/lab/results/mh-note-dialog.h"
#include "client/pages/lab/results/mh-result-second.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-escalation.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-tube-hold.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhResultNotes
{
  MhPane parent_instance;
  MhRecord *sheet, *row;
  gboolean whole;      /* of every value of the sheet */
  GPtrArray *history;  /* MhResultVersion of the order, NULL: not known yet */
  char *history_order; /* whose it is, or is asked for */
  MhBanner *held;
  GtkLabel *earlier;
  GtkMenuButton *more;
  GtkWidget *items;
};

G_DEFINE_FINAL_TYPE (MhResultNotes, mh_result_notes, MH_TYPE_PANE)

enum
{
  CHANGED,
  LEAVING,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const MhNoteKind again = {
  N_ ("Measure again"),   N_ ("Reason"),     N_ ("Measure again"), "result.restart",
  mh_result_reason_codes, MH_RESTART_REASON, MH_RESTART_NOTE,
};
static const MhNoteKind question = {
  N_ ("Ask a supervisor"),
  N_ ("Reason"),
  N_ ("Ask"),
  "escalation.add",
  mh_escalation_reason_codes,
  MH_ESCALATION_PUT_REASON,
  MH_ESCALATION_PUT_NOTE,
};
static const MhNoteKind reply = {
  N_ ("Answer the question"), N_ ("Answer"),
  N_ ("Send the answer"),     "escalation.answer",
  mh_escalation_answer_codes, MH_ESCALATION_REPLY_ANSWER,
  MH_ESCALATION_REPLY_NOTE,
};
static const MhNoteKind release = {
  N_ ("Release the tube"), N_ ("Reason"),          N_ ("Release the tube"), "hold.release",
  mh_hold_reason_codes,    MH_HOLD_RELEASE_REASON, MH_HOLD_RELEASE_NOTE,
};
static const MhNoteKind happened = {
  N_ ("What explains the difference"),
  N_ ("Since the last values"),
  N_ ("Note it"),
  "result.event",
  mh_delta_event_codes,
  MH_DELTA_EVENT_KIND,
  MH_DELTA_EVENT_NOTE,
};

static const char *
result_notes_text (MhResultNotes *notes, guint field)
{
  return notes->row != NULL ? mh_record_text (notes->row, field) : NULL;
}

static const char *
order_id (MhResultNotes *notes)
{
  return notes->sheet != NULL ? mh_record_text (notes->sheet, MH_RESULTS_SHEET_ORDER_ID) : NULL;
}

/* TEST:ANALYTE always fits one row. */
static char *
result_notes_key_of (MhResultNotes *notes)
{
  return g_strconcat (result_notes_text (notes, MH_RESULT_ROW_TEST), ":",
                      result_notes_text (notes, MH_RESULT_ROW_CODE), NULL);
}

/* --- asking --- */

static void
result_notes_done_cb (MhRecord *sheet, gpointer data)
{
  MhResultNotes *notes = data;
  g_clear_pointer (&notes->history_order, g_free); /* there is more of it now */
  if (sheet != NULL && mh_pane_context (MH_PANE (notes)) != NULL)
    g_signal_emit (notes, signals[CHANGED], 0, sheet);
}

static void
ask_with (MhResultNotes *notes, const MhNoteKind *kind, const char *id, MhRecord *body)
{
  const char *shown = result_notes_text (notes, MH_RESULT_ROW_VALUE_TEXT) != NULL
                          ? result_notes_text (notes, MH_RESULT_ROW_VALUE_TEXT)
                          : result_notes_text (notes, MH_RESULT_ROW_VALUE);
  g_autofree char *order
      = mh_words_order (mh_record_text (notes->sheet, MH_RESULTS_SHEET_ORDER_NUMBER));
  g_autofree char *about
      = g_strdup_printf ("%s · %s · %s %s", order, result_notes_text (notes, MH_RESULT_ROW_NAME),
                         shown != NULL ? shown : "–",
                         result_notes_text (notes, MH_RESULT_ROW_UNIT) != NULL
                             ? result_notes_text (notes, MH_RESULT_ROW_UNIT)
                             : "");

  mh_note_dialog_show (GTK_WIDGET (notes), mh_pane_context (MH_PANE (notes)), kind,
                       &(MhNoteSubject){ about, id, body },
                       (MhNoteTold){ result_notes_done_cb, g_object_ref (notes), g_object_unref });
}

/* What was typed is sent first: the server must know the value that is asked about. */
static gboolean
ready (MhResultNotes *notes)
{
  if (notes->row == NULL)
    return FALSE;
  g_signal_emit (notes, signals[LEAVING], 0);
  return TRUE;
}

static void
restart_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhResultNotes *notes = MH_RESULT_NOTES (widget);
  if (!ready (notes))
    return;
  g_autoptr (MhRecord) body = mh_record_new (&mh_restart_type);
  g_autofree char *key = result_notes_key_of (notes);
  mh_record_add_to_list (body, MH_RESTART_ANALYTES, key);
  mh_record_set_text (body, MH_RESTART_ACTION, MH_RESULT_PAST_RESTARTED);
  ask_with (notes, &again, order_id (notes), body);
}

static void
ask_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhResultNotes *notes = MH_RESULT_NOTES (widget);
  if (!ready (notes))
    return;
  g_autoptr (MhRecord) body = mh_record_new (&mh_escalation_put_type);
  mh_record_take_text (body, MH_ESCALATION_PUT_ID, mh_id_new ());
  mh_record_take_text (body, MH_ESCALATION_PUT_ANALYTE, result_notes_key_of (notes));
  ask_with (notes, &question, order_id (notes), body);
}

static void
event_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhResultNotes *notes = MH_RESULT_NOTES (widget);
  if (!ready (notes))
    return;
  g_autoptr (MhRecord) body = mh_record_new (&mh_delta_event_type);
  mh_record_take_text (body, MH_ID, mh_id_new ());
  ask_with (notes, &happened, order_id (notes), body);
}

static void
result_notes_answer_cb (GtkButton *button, MhResultNotes *notes)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_escalation_reply_type);
  ask_with (notes, &reply, g_object_get_data (G_OBJECT (button), "id"), body);
}

static MhRecord *
result_notes_open_hold (MhResultNotes *notes)
{
  GPtrArray *holds
      = notes->sheet != NULL ? mh_record_records (notes->sheet, MH_RESULTS_SHEET_HOLDS) : NULL;
  for (guint i = 0; holds != NULL && i < holds->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (holds, i), MH_TUBE_HOLD_STATUS), MH_HOLD_OPEN)
        == 0)
      return g_ptr_array_index (holds, i);
  return NULL;
}

static void
release_cb (MhResultNotes *notes)
{
  MhRecord *hold = result_notes_open_hold (notes);
  if (hold == NULL || notes->row == NULL)
    return;
  g_autoptr (MhRecord) body = mh_record_new (&mh_hold_release_type);
  ask_with (notes, &release, mh_record_id (hold), body);
}

static gboolean
is_culture (MhRecord *row)
{
  return row != NULL
         && g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_KIND), MH_ANALYTE_KIND_STRUCTURED) == 0;
}

/* The value with the focus, or else the first culture of the order. */
static MhRecord *
culture_of (MhResultNotes *notes)
{
  GPtrArray *rows
      = notes->sheet != NULL ? mh_record_records (notes->sheet, MH_RESULTS_SHEET_ANALYTES) : NULL;
  if (is_culture (notes->row))
    return notes->row;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (is_culture (g_ptr_array_index (rows, i)))
      return g_ptr_array_index (rows, i);
  return NULL;
}

static void
grown_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhResultNotes *notes = MH_RESULT_NOTES (widget);
  MhRecord *culture = culture_of (notes);
  if (culture == NULL)
    mh_shell_toast (widget, _ ("Only a culture has isolates"));
  else if (ready (notes))
    mh_grown_dialog_show (
        widget, mh_pane_context (MH_PANE (notes)), order_id (notes), culture,
        (MhNoteTold){ result_notes_done_cb, g_object_ref (notes), g_object_unref });
}

static void
attach_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhResultNotes *notes = MH_RESULT_NOTES (widget);
  g_autofree char *key = notes->row != NULL ? result_notes_key_of (notes) : NULL;
  if (ready (notes))
    mh_attachments_add (widget, mh_pane_context (MH_PANE (notes)), order_id (notes), key,
                        (MhNoteTold){ result_notes_done_cb, g_object_ref (notes), g_object_unref });
}

/* --- showing --- */

static GtkWidget *
result_notes_add_item (MhResultNotes *notes, const char *words)
{
  GtkWidget *box = mh_hbox (9), *label = mh_label (words, "caption");
  gtk_widget_set_hexpand (label, TRUE);
  mh_box_append (box, label);
  mh_box_append (notes->items, box);
  return box;
}

static gboolean
is_of_row (MhResultNotes *notes, MhRecord *record, guint test, guint analyte)
{
  if (notes->whole)
    return TRUE;
  return g_strcmp0 (mh_record_text (record, test), result_notes_text (notes, MH_RESULT_ROW_TEST))
             == 0
         && g_strcmp0 (mh_record_text (record, analyte),
                       result_notes_text (notes, MH_RESULT_ROW_CODE))
                == 0;
}

static const char *
label_of (const MhCode *codes, const char *code)
{
  for (; codes->code != NULL; codes++)
    if (g_strcmp0 (codes->code, code) == 0)
      return _ (codes->label);
  return "";
}

static void
result_notes_show_history (MhResultNotes *notes)
{
  for (guint i = 0; notes->history != NULL && i < notes->history->len; i++)
    {
      MhRecord *past = g_ptr_array_index (notes->history, i);
      const char *value = mh_record_has (past, MH_RESULT_VERSION_VALUE_TEXT)
                              ? mh_record_text (past, MH_RESULT_VERSION_VALUE_TEXT)
                              : mh_record_text (past, MH_RESULT_VERSION_VALUE);
      const char *reason = mh_record_text (past, MH_RESULT_VERSION_REASON);
      const char *note = mh_record_text (past, MH_RESULT_VERSION_NOTE);
      if (!is_of_row (notes, past, MH_RESULT_VERSION_TEST, MH_RESULT_VERSION_ANALYTE))
        continue;

      g_autofree char *at = mh_words_time (mh_record_int (past, MH_RESULT_VERSION_AT));
      g_autoptr (GString) words = g_string_new (NULL);
      if (notes->whole)
        g_string_append_printf (words, "%s ", mh_record_text (past, MH_RESULT_VERSION_NAME));
      g_string_append_printf (
          words, "⟲ %s %s · %s · %s, %s", value != NULL ? value : "–",
          mh_record_has (past, MH_RESULT_VERSION_UNIT)
              ? mh_record_text (past, MH_RESULT_VERSION_UNIT)
              : "",
          label_of (mh_result_past_codes, mh_record_text (past, MH_RESULT_VERSION_ENDED_BY)),
          mh_record_text (past, MH_RESULT_VERSION_BY_NAME), at);

      if (mh_record_has (past, MH_RESULT_VERSION_SECOND_VALUE))
        g_string_append_printf (words, _ (" · second determination %s, %s"),
                                mh_record_text (past, MH_RESULT_VERSION_SECOND_VALUE),
                                mh_record_text (past, MH_RESULT_VERSION_SECOND_NAME));
      if (reason != NULL)
        g_string_append_printf (words, " · %s", label_of (mh_result_reason_codes, reason));
      if (note != NULL && *note != 0)
        g_string_append_printf (words, ": %s", note);

      result_notes_add_item (notes, words->str);
    }
}

static void
show_question (MhResultNotes *notes, MhRecord *asked)
{
  const char *note = mh_record_text (asked, MH_ESCALATION_NOTE);
  const char *answer = mh_record_text (asked, MH_ESCALATION_ANSWER);
  g_autofree char *at = mh_words_time (mh_record_int (asked, MH_ESCALATION_NOTIFIED_AT));
  g_autoptr (GString) words = g_string_new (NULL);

  if (notes->whole)
    g_string_append_printf (words, "%s ", mh_record_text (asked, MH_ESCALATION_ANALYTE));
  g_string_append_printf (
      words, "? %s · %s, %s",
      label_of (mh_escalation_reason_codes, mh_record_text (asked, MH_ESCALATION_REASON)),
      mh_record_text (asked, MH_ESCALATION_BY_NAME), at);
  if (note != NULL && *note != 0)
    g_string_append_printf (words, ": %s", note);
  if (answer != NULL)
    g_string_append_printf (words, " → %s · %s", label_of (mh_escalation_answer_codes, answer),
                            mh_record_text (asked, MH_ESCALATION_ANSWERED_NAME));
  if (mh_record_has (asked, MH_ESCALATION_ANSWER_NOTE))
    g_string_append_printf (words, ": %s", mh_record_text (asked, MH_ESCALATION_ANSWER_NOTE));
  if (answer == NULL)
    g_string_append_printf (words, " · %s", _ ("waits for an answer"));

  GtkWidget *item = result_notes_add_item (notes, words->str);
  if (answer == NULL && mh_context_may (mh_pane_context (MH_PANE (notes)), MH_MAY_VERIFY_RESULT))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Answer…"));
      g_object_set_data_full (G_OBJECT (button), "id", g_strdup (mh_record_id (asked)), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (result_notes_answer_cb), notes, 0);
      mh_box_append (item, button);
    }
}

static void
show_questions (MhResultNotes *notes)
{
  GPtrArray *all = mh_record_records (notes->sheet, MH_RESULTS_SHEET_ESCALATIONS);
  for (guint i = 0; all != NULL && i < all->len; i++)
    if (is_of_row (notes, g_ptr_array_index (all, i), MH_ESCALATION_TEST, MH_ESCALATION_ANALYTE))
      show_question (notes, g_ptr_array_index (all, i));
}

static void
remove_attachment_cb (GtkButton *button, MhResultNotes *notes)
{
  if (ready (notes))
    mh_attachments_remove (
        GTK_WIDGET (notes), mh_pane_context (MH_PANE (notes)),
        g_object_get_data (G_OBJECT (button), "attachment"),
        (MhNoteTold){ result_notes_done_cb, g_object_ref (notes), g_object_unref });
}

static GtkWidget *
remove_button (MhResultNotes *notes, MhRecord *attachment)
{
  g_autofree char *words
      = g_strdup_printf (_ ("Remove %s"), mh_record_text (attachment, MH_ATTACHMENT_TITLE));
  GtkWidget *button = mh_icon_button_new ("list-remove-symbolic", words, NULL);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "attachment", g_object_ref (attachment),
                          g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_attachment_cb), notes);
  return button;
}

/* Those of other values of the order too: a picture is looked for by its title. Who only verifies
 * removes none. */
static void
show_attachments (MhResultNotes *notes)
{
  MhContext *context = mh_pane_context (MH_PANE (notes));
  GPtrArray *all = mh_record_records (notes->sheet, MH_RESULTS_SHEET_ATTACHMENTS);
  gboolean may = !notes->whole && mh_context_may (context, MH_MAY_ENTER_RESULT);
  if (all == NULL || all->len == 0)
    return;

  GtkWidget *box = g_object_new (MH_TYPE_WRAP, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *attachment = g_ptr_array_index (all, i);
      GtkWidget *one = mh_hbox (0);
      mh_box_append (one, mh_attachments_button (context, attachment));
      if (may)
        mh_box_append (one, remove_button (notes, attachment));
      mh_wrap_append (MH_WRAP (box), one);
    }

  mh_box_append (notes->items, box);
}

/* A blood group of the tube that is not the patient's earlier one, in words. */
static char *
other_group (MhResultNotes *notes, MhRecord *hold)
{
  GPtrArray *rows = mh_record_records (notes->sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      char *words = g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_SAMPLE_ID),
                               mh_record_text (hold, MH_TUBE_HOLD_SAMPLE_ID))
                            == 0
                        ? mh_result_second_group (row)
                        : NULL;
      if (words != NULL)
        return words;
    }

  return NULL;
}

static void
show_held (MhResultNotes *notes)
{
  MhRecord *hold = result_notes_open_hold (notes);
  MhContext *context = mh_pane_context (MH_PANE (notes));
  g_autofree char *codes
      = hold != NULL && mh_record_has (hold, MH_TUBE_HOLD_ANALYTES)
            ? g_strjoinv (", ", (char **)mh_record_list (hold, MH_TUBE_HOLD_ANALYTES))
            : NULL;
  g_autofree char *group = hold != NULL ? other_group (notes, hold) : NULL;
  g_autofree char *words
      = group != NULL
            ? g_strdup_printf (_ ("Held: another blood group than before. %s It is mostly another "
                                  "patient's blood in the tube; have it collected again, or "
                                  "release it with the reason."),
                               group)
            : g_strdup_printf (_ ("Held: %s do not fit the values before. It may be another "
                                  "patient's blood; have it collected again, or explain the "
                                  "difference."),
                               codes != NULL ? codes : "");

  mh_banner_set_title (notes->held, words);
  mh_banner_set_button (
      notes->held,
      context != NULL && mh_context_may (context, MH_MAY_VERIFY_RESULT) ? _ ("Release…") : NULL);
  mh_banner_set_revealed (notes->held, hold != NULL);
}

static void
show_earlier (MhResultNotes *notes)
{
  GPtrArray *earlier
      = notes->row != NULL ? mh_record_records (notes->row, MH_RESULT_ROW_EARLIER) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; earlier != NULL && i < MIN (earlier->len, 4); i++)
    {
      MhRecord *one = g_ptr_array_index (earlier, i);
      const char *unit = mh_record_text (one, MH_EARLIER_VALUE_UNIT);
      g_autofree char *day = mh_when_day (mh_record_int (one, MH_EARLIER_VALUE_AT));
      g_string_append_printf (words, "%s%s%s%s · %s", i > 0 ? "   " : "",
                              mh_record_text (one, MH_EARLIER_VALUE_VALUE), unit != NULL ? " " : "",
                              unit != NULL ? unit : "", day);
    }

  g_autofree char *all
      = notes->row == NULL ? g_strdup ("")
        : words->len > 0   ? g_strdup_printf (
                _ ("%s before: %s"), result_notes_text (notes, MH_RESULT_ROW_NAME), words->str)
                         : g_strdup_printf (_ ("%s: no value before"),
                                            result_notes_text (notes, MH_RESULT_ROW_NAME));
  g_autofree char *shown = mh_words_figures (all);

  gtk_label_set_text (notes->earlier, shown);
}

/* Who determined it twice, or who has not yet: before anything is decided. */
static void
show_second (MhResultNotes *notes)
{
  GPtrArray *rows
      = notes->whole ? mh_record_records (notes->sheet, MH_RESULTS_SHEET_ANALYTES) : NULL;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      g_autofree char *text = mh_result_second_text (row);
      g_autofree char *words
          = g_strdup_printf ("%s · %s", mh_record_text (row, MH_RESULT_ROW_NAME), text);
      if (text != NULL)
        result_notes_add_item (notes, words);
    }
}

static void
show_all (MhResultNotes *notes)
{
  mh_box_clear (notes->items);
  show_held (notes);
  show_earlier (notes);
  gtk_widget_set_sensitive (GTK_WIDGET (notes->more), notes->row != NULL);
  if (notes->row == NULL || mh_pane_context (MH_PANE (notes)) == NULL)
    return;
  show_second (notes);
  result_notes_show_history (notes);
  show_questions (notes);
  show_attachments (notes);
}

static void
result_notes_history_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhResultNotes) notes = data;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, NULL);
  if (answer == NULL || mh_pane_context (MH_PANE (notes)) == NULL)
    return;
  g_clear_pointer (&notes->history, g_ptr_array_unref);
  notes->history = g_ptr_array_ref (answer);
  show_all (notes);
}

static void
result_notes_load_history (MhResultNotes *notes)
{
  MhContext *context = mh_pane_context (MH_PANE (notes));
  const char *args[] = { "id", order_id (notes), NULL };
  if (context == NULL || g_strcmp0 (notes->history_order, order_id (notes)) == 0)
    return;
  g_clear_pointer (&notes->history, g_ptr_array_unref);
  g_free (notes->history_order);
  notes->history_order = g_strdup (order_id (notes));
  if (notes->history_order != NULL)
    mh_fetch_async (context, &(MhFetch){ .route = "result.history", .args = args },
                    mh_pane_cancellable (MH_PANE (notes)), result_notes_history_cb,
                    g_object_ref (notes));
}

void
mh_result_notes_show_all (MhResultNotes *notes, MhRecord *sheet)
{
  GPtrArray *rows = sheet != NULL ? mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES) : NULL;
  notes->whole = TRUE;
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (notes->more)), FALSE);
  mh_result_notes_show (notes, sheet,
                        rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL);
}

void
mh_result_notes_show (MhResultNotes *notes, MhRecord *sheet, MhRecord *row)
{
  gboolean same = sheet == notes->sheet && row == notes->row;
  g_set_object (&notes->sheet, sheet);
  g_set_object (&notes->row, row);
  result_notes_load_history (notes);
  if (!same || sheet == NULL)
    show_all (notes);
}

/* --- making it --- */

static void
mh_result_notes_finalize (GObject *object)
{
  MhResultNotes *notes = MH_RESULT_NOTES (object);
  g_clear_object (&notes->sheet);
  g_clear_object (&notes->row);
  g_clear_pointer (&notes->history, g_ptr_array_unref);
  g_free (notes->history_order);
  G_OBJECT_CLASS (mh_result_notes_parent_class)->finalize (object);
}

static void
mh_result_notes_class_init (MhResultNotesClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_result_notes_finalize;
  g_type_ensure (MH_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-result-notes"));
  gtk_widget_class_bind_template_child (widget, MhResultNotes, held);
  gtk_widget_class_bind_template_child (widget, MhResultNotes, earlier);
  gtk_widget_class_bind_template_child (widget, MhResultNotes, more);
  gtk_widget_class_bind_template_child (widget, MhResultNotes, items);
  gtk_widget_class_bind_template_callback (widget, release_cb);
  gtk_widget_class_install_action (widget, "notes.restart", NULL, restart_action);
  gtk_widget_class_install_action (widget, "notes.ask", NULL, ask_action);
  gtk_widget_class_install_action (widget, "notes.event", NULL, event_action);
  gtk_widget_class_install_action (widget, "notes.grown", NULL, grown_action);
  gtk_widget_class_install_action (widget, "notes.attach", NULL, attach_action);
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_RESULT_NOTES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, MH_TYPE_RECORD);
  signals[LEAVING] = g_signal_new ("leaving", MH_TYPE_RESULT_NOTES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_result_notes_init (MhResultNotes *notes)
{
  gtk_widget_init_template (GTK_WIDGET (notes));
}
