/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-collect-dialog.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "client/pages/lab/orders/mh-bedside-pay.h"
#include "client/pages/lab/orders/mh-order-papers.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"

#include <glib/gi18n-lib.h>

#define TO_COMPARE 2 /* identifiers before a tube may be taken */

/* What is compared. The person is asked openly: who is asked "are you …?" says yes. */
static const struct
{
  const char *code, *name, *question;
} identifiers[] = {
  { MH_IDENTIFIER_NAME, N_ ("Name"), N_ ("“What is your name?”") },
  { MH_IDENTIFIER_BIRTH_DATE, N_ ("Date of birth"), N_ ("“When were you born?”") },
  { MH_IDENTIFIER_MRN, N_ ("MRN"), N_ ("on the card or wristband") },
  { MH_IDENTIFIER_PHONE, N_ ("Phone"), N_ ("“What is your phone number?”") },
};

#define MH_TYPE_COLLECT_DIALOG (mh_collect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhCollectDialog, mh_collect_dialog, MH, COLLECT_DIALOG, MhDialog)

struct _MhCollectDialog
{
  MhDialog parent_instance;
  GPtrArray *ids; /* of the orders still to be done, the one on show first */
  guint n_orders;
  MhRecord *order;
  GtkWidget *identifiers, *scan, *tubes;
  MhBedsidePay *pay;
  GtkDropDown *reason; /* why somebody or something is not proven */
  GtkWidget *no_reason;
  GtkLabel *message, *tubes_heading;
  MhKeyButton *next;
  GtkCheckButton *checks[G_N_ELEMENTS (identifiers)];
  GtkLabel *values[G_N_ELEMENTS (identifiers)];
};

G_DEFINE_FINAL_TYPE (MhCollectDialog, mh_collect_dialog, MH_TYPE_DIALOG)

static MhContext *
collect_dialog_context_of (MhCollectDialog *dialog)
{
  return mh_dialog_context (MH_DIALOG (dialog));
}

static void
collect_dialog_say (MhCollectDialog *dialog, const char *text, gboolean wrong)
{
  GtkWidget *message = GTK_WIDGET (dialog->message);
  gtk_label_set_text (dialog->message, text);
  gtk_widget_set_visible (message, text != NULL);
  gtk_widget_remove_css_class (message, "error");
  gtk_widget_remove_css_class (message, "success");
  gtk_widget_add_css_class (message, wrong ? "error" : "success");
}

/* What was refused is told where the dialog was opened, when it is closed by now. */
static void
collect_dialog_refuse (MhCollectDialog *dialog, const GError *error)
{
  if (mh_dialog_is_closed (MH_DIALOG (dialog)))
    {
      mh_shell_fail (mh_dialog_opener (MH_DIALOG (dialog)), error);
      return;
    }
  g_autofree char *words = mh_words_error (error);
  collect_dialog_say (dialog, words, TRUE);
}

static guint
n_checked (MhCollectDialog *dialog)
{
  guint n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    n += gtk_check_button_get_active (dialog->checks[i]);
  return n;
}

/* --- what cannot be proven --- */

/* Without comparing who it is; without a scan of the label. */
static const char *const unasked[] = { MH_UNPROVEN_NO_IDENTITY, MH_UNPROVEN_EMERGENCY, NULL };
static const char *const unscanned[]
    = { MH_UNPROVEN_LABEL_UNREADABLE, MH_UNPROVEN_NO_SCANNER, MH_UNPROVEN_EMERGENCY, NULL };

static gboolean
collect_dialog_is_excused (MhCollectDialog *dialog, const char *const *reasons)
{
  const char *reason = mh_reasons_peek (dialog->reason);
  return reason != NULL && g_strv_contains (reasons, reason);
}

/* Who it is was compared, or cannot be. */
static gboolean
collect_dialog_is_known (MhCollectDialog *dialog)
{
  return n_checked (dialog) >= TO_COMPARE || collect_dialog_is_excused (dialog, unasked);
}

/* The label need not be scanned. */
static gboolean
is_unscanned (MhCollectDialog *dialog)
{
  return collect_dialog_is_excused (dialog, unscanned);
}

static gboolean
all_collected (MhCollectDialog *dialog)
{
  GPtrArray *samples = mh_record_records (dialog->order, MH_ORDER_SAMPLES);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (samples, i), MH_SAMPLE_STATUS),
                   MH_SAMPLE_STATUS_TO_COLLECT)
        == 0)
      return FALSE;
  return TRUE;
}

/* Where the hands go next: the money that is due, else the scanner. */
static void
collect_dialog_go_on (MhCollectDialog *dialog)
{
  if (dialog->order != NULL && collect_dialog_is_known (dialog)
      && !mh_bedside_pay_enter (dialog->pay))
    gtk_widget_grab_focus (dialog->scan);
}

/* Back to the first identifier that is not compared, where 1 to 4 tick. */
static void
collect_dialog_compare_first (MhCollectDialog *dialog)
{
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    if (!gtk_check_button_get_active (dialog->checks[i])
        && gtk_widget_grab_focus (GTK_WIDGET (dialog->checks[i])))
      return;
}

/* --- the order as it stands --- */

static void collect_dialog_collect (MhCollectDialog *dialog, MhRecord *tube, gboolean scanned);
static gboolean collect_dialog_is_asked (MhCollectDialog *dialog);

static void
unscanned_cb (GtkButton *button, MhCollectDialog *dialog)
{
  if (collect_dialog_is_asked (dialog))
    collect_dialog_collect (dialog, g_object_get_data (G_OBJECT (button), "tube"), FALSE);
}

/* For the tube whose label cannot be scanned. */
static GtkWidget *
unscanned_button (MhCollectDialog *dialog, MhRecord *tube)
{
  const char *accession = mh_record_text (tube, MH_SAMPLE_ACCESSION);
  g_autofree char *name = g_strdup_printf (_ ("Collected without a scan: %s"), accession);
  GtkWidget *button = gtk_button_new_with_label (_ ("Collected"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "tube", g_object_ref (tube), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (unscanned_cb), dialog);
  mh_accessible_name (button, name);
  return button;
}

static void
collect_dialog_show_tubes (MhCollectDialog *dialog)
{
  GPtrArray *samples = mh_record_records (dialog->order, MH_ORDER_SAMPLES);
  gboolean done = all_collected (dialog);
  mh_box_clear (dialog->tubes);

  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      GtkWidget *row = mh_hbox (MH_GAP), *words = mh_vbox (0);
      const char *container = mh_record_text (sample, MH_SAMPLE_CONTAINER_NAME);
      const char *const *names = mh_record_list (sample, MH_SAMPLE_TEST_NAMES);
      g_autofree char *tests = names != NULL ? g_strjoinv (", ", (char **)names) : g_strdup ("");
      g_autofree char *draw = g_strdup_printf (
          "%u · %s", i + 1,
          container != NULL ? container : mh_record_text (sample, MH_SAMPLE_CONTAINER));
      g_autofree char *what
          = g_strdup_printf ("%s · %s", mh_record_text (sample, MH_SAMPLE_ACCESSION), tests);
      GtkWidget *pill = mh_status_pill_new (mh_record_text (sample, MH_SAMPLE_STATUS), NULL);
      gtk_widget_set_hexpand (words, TRUE);
      gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
      mh_box_append (words, mh_label (draw, NULL));
      mh_box_append (words, mh_label (what, "dim-label"));
      mh_box_append (row, words);
      mh_box_append (row, pill);
      if (is_unscanned (dialog)
          && g_strcmp0 (mh_record_text (sample, MH_SAMPLE_STATUS), MH_SAMPLE_STATUS_TO_COLLECT)
                 == 0)
        mh_box_append (row, unscanned_button (dialog, sample));
      mh_box_append (dialog->tubes, row);
    }

  gtk_widget_set_visible (GTK_WIDGET (dialog->next), done);
  mh_key_button_set_text (dialog->next, dialog->ids->len > 1 ? _ ("_Next patient") : _ ("_Done"));
}

static char *
collect_dialog_born_text (MhCollectDialog *dialog)
{
  const char *date = mh_record_text (dialog->order, MH_ORDER_PATIENT_BIRTH_DATE);
  char today[11];
  if (date == NULL)
    return NULL;
  g_autofree char *day = mh_words_of_date (date);
  g_autofree char *age = mh_words_age_sex (
      date, mh_record_text (dialog->order, MH_ORDER_PATIENT_SEX), mh_when_today_text (today));
  return g_strdup_printf ("%s · %s", day, age);
}

/* Numbers read from left to right in every script. */
static char *
as_number (const char *text)
{
  gboolean rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  return text != NULL && rtl ? g_strconcat ("\u2066", text, "\u2069", NULL) : g_strdup (text);
}

/* What is not recorded cannot be compared. */
static void
show_identifiers (MhCollectDialog *dialog)
{
  g_autofree char *born = collect_dialog_born_text (dialog);
  g_autofree char *mrn = as_number (mh_record_text (dialog->order, MH_ORDER_PATIENT_MRN));
  g_autofree char *phone = as_number (mh_record_text (dialog->order, MH_ORDER_PATIENT_PHONE));
  const char *values[]
      = { mh_record_text (dialog->order, MH_ORDER_PATIENT_NAME), born, mrn, phone };

  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", _ (identifiers[i].name),
                                               values[i] != NULL ? values[i] : _ ("not recorded"));
      gtk_label_set_text (dialog->values[i], values[i] != NULL ? values[i] : _ ("not recorded"));
      gtk_widget_set_sensitive (GTK_WIDGET (dialog->checks[i]), values[i] != NULL);
      mh_accessible_name (GTK_WIDGET (dialog->checks[i]), name);
    }
}

static void
collect_dialog_show_order (MhCollectDialog *dialog)
{
  const char *number = mh_record_text (dialog->order, MH_ORDER_NUMBER);
  g_autofree char *title
      = dialog->n_orders > 1
            /* Translators: an order's number, its position among those that were chosen */
            ? g_strdup_printf (_ ("Collect order %s (%u of %u)"), number,
                               dialog->n_orders - dialog->ids->len + 1, dialog->n_orders)
            : g_strdup_printf (_ ("Collect order %s"), number);

  gtk_window_set_title (GTK_WINDOW (dialog), title);
  mh_bedside_pay_show (dialog->pay, dialog->order);
  gtk_label_set_text (dialog->tubes_heading, gtk_widget_get_visible (GTK_WIDGET (dialog->pay))
                                                 ? _ ("3 · Label, draw, scan the label back")
                                                 : _ ("2 · Label, draw, scan the label back"));
  show_identifiers (dialog);
  collect_dialog_show_tubes (dialog);
}

static void
collect_dialog_order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCollectDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) order = mh_read_finish (result, &error);
  if (mh_dialog_is_closed (MH_DIALOG (dialog)))
    return;

  if (order == NULL)
    {
      collect_dialog_refuse (dialog, error);
      return;
    }

  g_set_object (&dialog->order, order);
  collect_dialog_show_order (dialog);
}

static void
collect_dialog_reload (MhCollectDialog *dialog)
{
  mh_read_async (collect_dialog_context_of (dialog), "order.read",
                 g_ptr_array_index (dialog->ids, 0), mh_dialog_cancellable (MH_DIALOG (dialog)),
                 collect_dialog_order_cb, g_object_ref (dialog));
}

static void
clear_reason_cb (MhCollectDialog *dialog)
{
  mh_reasons_clear (dialog->reason);
}

/* The next patient begins with nothing compared, and no reason why not. */
static void
collect_dialog_next_cb (MhCollectDialog *dialog)
{
  if (dialog->ids->len <= 1)
    {
      gtk_window_close (GTK_WINDOW (dialog));
      return;
    }

  g_ptr_array_remove_index (dialog->ids, 0);
  g_clear_object (&dialog->order);
  mh_bedside_pay_show (dialog->pay, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    gtk_check_button_set_active (dialog->checks[i], FALSE);
  clear_reason_cb (dialog);
  gtk_widget_set_visible (GTK_WIDGET (dialog->next), FALSE);
  collect_dialog_say (dialog, NULL, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (dialog->checks[0]));
  collect_dialog_reload (dialog);
}

/* The receipt is on its way to the printer; the money is no longer in the way of the tubes. */
static void
collect_dialog_paid_cb (MhCollectDialog *dialog)
{
  collect_dialog_say (dialog, _ ("Paid. Now scan each tube."), FALSE);
  collect_dialog_reload (dialog);
  gtk_widget_grab_focus (dialog->scan);
}

/* --- scanning back --- */

static MhRecord *
collect_dialog_find_tube (MhCollectDialog *dialog, const char *accession)
{
  GPtrArray *samples
      = dialog->order != NULL ? mh_record_records (dialog->order, MH_ORDER_SAMPLES) : NULL;
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (samples, i), MH_SAMPLE_ACCESSION), accession)
        == 0)
      return g_ptr_array_index (samples, i);
  return NULL;
}

static void
collected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCollectDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (collect_dialog_context_of (dialog) == NULL)
    return;

  if (outcome == NULL)
    {
      collect_dialog_refuse (dialog, error);
      return;
    }

  MhRecord *tube = outcome->record != NULL ? collect_dialog_find_tube (
                       dialog, mh_record_text (outcome->record, MH_SAMPLE_ACCESSION))
                                           : NULL;
  if (tube == NULL)
    return; /* of the patient before */

  mh_record_set_text (tube, MH_SAMPLE_STATUS, mh_record_text (outcome->record, MH_SAMPLE_STATUS));
  collect_dialog_show_tubes (dialog);
  collect_dialog_say (dialog,
                      all_collected (dialog) ? _ ("All tubes are collected.")
                                             : _ ("Collected. Scan the next one."),
                      FALSE);
  if (all_collected (dialog))
    gtk_widget_grab_focus (GTK_WIDGET (dialog->next));
}

/* Two identifiers, or the reason why not: which are sent, and why the rest is missing. */
static void
take_proof (MhCollectDialog *dialog, MhRecord *event)
{
  const char *reason = mh_reasons_peek (dialog->reason);
  for (guint i = 0; n_checked (dialog) >= TO_COMPARE && i < G_N_ELEMENTS (identifiers); i++)
    if (gtk_check_button_get_active (dialog->checks[i]))
      mh_record_add_to_list (event, MH_CUSTODY_EVENT_IDENTIFIERS, identifiers[i].code);
  if (reason != NULL)
    mh_record_set_text (event, MH_CUSTODY_EVENT_REASON, reason);
}

static void
collect_dialog_collect (MhCollectDialog *dialog, MhRecord *tube, gboolean scanned)
{
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  MhContext *context = collect_dialog_context_of (dialog);
  const char *args[] = { "id", mh_record_id (tube), NULL };

  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_COLLECTED);
  if (scanned)
    mh_record_set_text (event, MH_CUSTODY_EVENT_SCANNED,
                        mh_record_text (tube, MH_SAMPLE_ACCESSION));

  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_when_now ());
  take_proof (dialog, event);
  mh_command_async (context, &(MhCommand){ .route = "custody.add", .args = args, .body = event },
                    NULL, collected_cb, g_object_ref (dialog));
}

/* FALSE: nobody was compared; that is said. */
static gboolean
collect_dialog_is_asked (MhCollectDialog *dialog)
{
  if (collect_dialog_is_known (dialog))
    return TRUE;
  collect_dialog_say (dialog, _ ("Compare two identifiers first, or say why that is not possible."),
                      TRUE);
  collect_dialog_compare_first (dialog);
  return FALSE;
}

static void
collect_dialog_scanned_cb (MhCollectDialog *dialog)
{
  g_autofree char *accession
      = mh_accession_normalise (gtk_editable_get_text (GTK_EDITABLE (dialog->scan)));
  MhRecord *tube = accession != NULL ? collect_dialog_find_tube (dialog, accession) : NULL;

  gtk_editable_set_text (GTK_EDITABLE (dialog->scan), "");
  if (!collect_dialog_is_asked (dialog))
    return;

  if (accession == NULL)
    collect_dialog_say (dialog, _ ("That label cannot be read; scan it again."), TRUE);
  else if (tube == NULL)
    collect_dialog_say (dialog, _ ("STOP: this label belongs to another order."), TRUE);
  else
    collect_dialog_collect (dialog, tube, TRUE);
}

/* --- keys --- */

static void
collect_dialog_labels_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCollectDialog *dialog = MH_COLLECT_DIALOG (widget);
  if (dialog->order != NULL)
    {
      const char *ids[] = { mh_record_id (dialog->order), NULL };
      mh_order_papers_print (widget, collect_dialog_context_of (dialog), ids, MH_PAPER_LABELS);
    }
}

/* What is typed belongs to the field it is typed in: the money, a reason, or a label. A label
 * begins with its bench's letter, so until two are compared a digit in the empty box ticks. */
static gboolean
types_elsewhere (MhCollectDialog *dialog)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (dialog));
  if (focus != NULL
      && (gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog->pay))
          || gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog->reason))))
    return TRUE;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, dialog->scan))
    return FALSE;
  return collect_dialog_is_known (dialog)
         || gtk_editable_get_text (GTK_EDITABLE (dialog->scan))[0] != 0;
}

/* 1 to 4 tick, 5 is the reason; what a scanner types goes to its box wherever the focus is, but
 * where money is written.
 */
static gboolean
collect_dialog_key_cb (GtkEventControllerKey *controller,
                       guint key,
                       guint code,
                       GdkModifierType state,
                       MhCollectDialog *dialog)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  char text[7] = { 0 };
  if (types_elsewhere (dialog) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0
      || !g_unichar_isalnum (letter))
    return FALSE;

  if (letter >= '1' && letter < '1' + G_N_ELEMENTS (identifiers))
    {
      GtkCheckButton *check = dialog->checks[letter - '1'];
      if (gtk_widget_is_sensitive (GTK_WIDGET (check)))
        gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
      return TRUE;
    }

  if (letter == '5')
    return gtk_widget_grab_focus (GTK_WIDGET (dialog->reason));

  g_unichar_to_utf8 (letter, text);
  gtk_widget_grab_focus (dialog->scan);
  gtk_editable_set_text (GTK_EDITABLE (dialog->scan), text);
  gtk_editable_set_position (GTK_EDITABLE (dialog->scan), -1);

  return TRUE;
}

/* --- making it --- */

static void
collect_dialog_checked_cb (MhCollectDialog *dialog)
{
  if (n_checked (dialog) == TO_COMPARE)
    collect_dialog_go_on (dialog);
}

static void
collect_dialog_reason_cb (MhCollectDialog *dialog)
{
  gtk_widget_set_visible (dialog->no_reason, mh_reasons_peek (dialog->reason) != NULL);
  if (dialog->order != NULL)
    collect_dialog_show_tubes (dialog);
}

static void
add_identifier (MhCollectDialog *dialog, guint i)
{
  GtkWidget *check = gtk_check_button_new (), *box = mh_vbox (0), *value = mh_label ("", "title-3");
  g_autofree char *asked = g_strdup_printf ("%u · %s — %s", i + 1, _ (identifiers[i].name),
                                            _ (identifiers[i].question));

  mh_box_append (box, mh_label (asked, "dim-label"));
  mh_box_append (box, value);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_widget_add_css_class (check, "mh-identifier");
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (collect_dialog_checked_cb), dialog);
  mh_accessible_name (check, _ (identifiers[i].name));
  mh_box_append (dialog->identifiers, check);
  dialog->checks[i] = GTK_CHECK_BUTTON (check);
  dialog->values[i] = GTK_LABEL (value);
}

static void
mh_collect_dialog_dispose (GObject *object)
{
  g_clear_object (&MH_COLLECT_DIALOG (object)->order);
  g_clear_pointer (&MH_COLLECT_DIALOG (object)->ids, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_collect_dialog_parent_class)->dispose (object);
}

static void
mh_collect_dialog_class_init (MhCollectDialogClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_collect_dialog_dispose;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_BEDSIDE_PAY);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/orders/mh-collect-dialog"));
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, identifiers);
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, reason);
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, no_reason);
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, pay);
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, tubes_heading);
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, scan);
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, tubes);
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, message);
  gtk_widget_class_bind_template_child (widget, MhCollectDialog, next);
  gtk_widget_class_bind_template_callback (widget, collect_dialog_paid_cb);
  gtk_widget_class_bind_template_callback (widget, clear_reason_cb);
  gtk_widget_class_bind_template_callback (widget, collect_dialog_scanned_cb);
  gtk_widget_class_bind_template_callback (widget, collect_dialog_next_cb);
  gtk_widget_class_bind_template_callback (widget, collect_dialog_key_cb);
  gtk_widget_class_install_action (widget, "collect.labels", NULL, collect_dialog_labels_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_p, GDK_CONTROL_MASK, "collect.labels", NULL);
}

static void
mh_collect_dialog_init (MhCollectDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
  dialog->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    add_identifier (dialog, i);
  mh_reasons_fill (dialog->reason, mh_unproven_codes);
  g_signal_connect_swapped (dialog->reason, "notify::selected",
                            G_CALLBACK (collect_dialog_reason_cb), dialog);
}

void
mh_collect_dialog_show (GtkWidget *parent, MhContext *context, GPtrArray *orders)
{
  MhCollectDialog *dialog = g_object_new (MH_TYPE_COLLECT_DIALOG, "context", context, NULL);
  for (guint i = 0; i < orders->len; i++)
    g_ptr_array_add (dialog->ids, g_strdup (mh_record_id (g_ptr_array_index (orders, i))));
  dialog->n_orders = orders->len;
  collect_dialog_reload (dialog);
  mh_dialog_begin_at (GTK_WINDOW (dialog), GTK_WIDGET (dialog->checks[0]));
  mh_dialog_show (MH_DIALOG (dialog), parent);
}
