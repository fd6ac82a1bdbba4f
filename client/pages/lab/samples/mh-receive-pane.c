/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-receive-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-scan-find.h"
#include "client/pages/lab/orders/mh-reject-dialog.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-too-old.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-sample.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  WAITING, /* for the server's word */
  RECEIVED,
  REFUSED,
  TAKEN_BACK,
  REJECTED, /* it was received, but is too old */
} State;

typedef struct
{
  char *accession;
  char *id; /* NULL: not found yet */
  State state;
  MhRecord *sample; /* as it was received; NULL before */
  gboolean too_old; /* nobody has said yet what is to become of it */
  GtkWidget *row, *tests, *told, *remedy;
} Tube;

struct _MhReceivePane
{
  MhPane parent_instance;
  GPtrArray *scanned; /* of Tube, in the order of their scans */
  GtkEditable *scan;
  GtkLabel *last, *count;
  GtkListBox *tubes;
};

G_DEFINE_FINAL_TYPE (MhReceivePane, mh_receive_pane, MH_TYPE_PANE)

/* What an answer is about; the list may have been begun again meanwhile. */
typedef struct
{
  MhReceivePane *pane;
  char *accession;
} Asked;

static void
tube_free (gpointer data)
{
  Tube *tube = data;
  g_free (tube->accession);
  g_free (tube->id);
  g_clear_object (&tube->sample);
  g_free (tube);
}

static void
receive_pane_asked_free (Asked *asked)
{
  g_object_unref (asked->pane);
  g_free (asked->accession);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, receive_pane_asked_free)

static Asked *
receive_pane_asked_new (MhReceivePane *pane, const Tube *tube)
{
  Asked *asked = g_new0 (Asked, 1);
  asked->pane = g_object_ref (pane);
  asked->accession = g_strdup (tube->accession);
  return asked;
}

static Tube *
receive_pane_find (MhReceivePane *pane, const char *accession)
{
  for (guint i = 0; i < pane->scanned->len; i++)
    {
      Tube *tube = g_ptr_array_index (pane->scanned, i);
      if (g_str_equal (tube->accession, accession))
        return tube;
    }
  return NULL;
}

/* --- what is told --- */

static guint
n_in (MhReceivePane *pane, State state)
{
  guint n = 0;
  for (guint i = 0; i < pane->scanned->len; i++)
    n += ((Tube *)g_ptr_array_index (pane->scanned, i))->state == state;
  return n;
}

static void
receive_pane_show_count (MhReceivePane *pane)
{
  guint received = n_in (pane, RECEIVED), refused = n_in (pane, REFUSED);
  g_autofree char *first
      = g_strdup_printf (ngettext ("%u tube received", "%u tubes received", received), received);
  g_autofree char *second = g_strdup_printf (_ ("✕ %u not received"), refused);
  g_autofree char *both
      = refused > 0 ? g_strdup_printf ("%s · %s", first, second) : g_strdup (first);
  gtk_label_set_text (pane->count, both);
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "receive.undo", received > 0);
}

/* Who scans looks at the tubes: a refusal is heard, and seen from afar. */
static void
receive_pane_tell (MhReceivePane *pane, const char *accession, const char *words, gboolean wrong)
{
  GtkWidget *last = GTK_WIDGET (pane->last);
  g_autofree char *text = accession != NULL
                              ? g_strdup_printf ("%s %s · %s", wrong ? "✕" : "✓", accession, words)
                              : g_strdup_printf ("✕ %s", words);
  gtk_label_set_text (pane->last, text);
  gtk_widget_remove_css_class (last, wrong ? "success" : "error");
  gtk_widget_add_css_class (last, wrong ? "error" : "success");
  if (wrong)
    gdk_display_beep (gtk_widget_get_display (last));
}

static void
receive_pane_settle (MhReceivePane *pane, Tube *tube, State state, const char *words)
{
  static const char *const styles[] = { [WAITING] = "dim-label",
                                        [RECEIVED] = "mh-good",
                                        [REFUSED] = "mh-late",
                                        [TAKEN_BACK] = "dim-label",
                                        [REJECTED] = "dim-label" };
  gboolean wrong = state == REFUSED;

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (tube->told, styles[i]);
  gtk_widget_add_css_class (tube->told, styles[state]);
  g_autofree char *marked = g_strdup_printf ("%s %s",
                                             wrong               ? "✕"
                                             : state == RECEIVED ? "✓"
                                                                 : "○",
                                             words);

  gtk_label_set_text (GTK_LABEL (tube->told), marked);
  tube->state = state;
  tube->too_old = FALSE;
  gtk_widget_set_visible (tube->remedy, FALSE);
  if (state != WAITING)
    receive_pane_tell (pane, tube->accession, words, wrong);
  gtk_list_box_invalidate_sort (pane->tubes);
  receive_pane_show_count (pane);
}

/* What was not received, or is too old, stays on top, then the last scan first. */
static int
receive_pane_compare (GtkListBoxRow *one, GtkListBoxRow *other, gpointer data)
{
  MhReceivePane *pane = data;
  const Tube *a = g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (one)), "mh-tube");
  const Tube *b = g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (other)), "mh-tube");
  gboolean first = a->state == REFUSED || a->too_old, second = b->state == REFUSED || b->too_old;
  guint at = 0, behind = 0;
  if (first != second)
    return first ? -1 : 1;
  g_ptr_array_find (pane->scanned, a, &at);
  g_ptr_array_find (pane->scanned, b, &behind);
  return at > behind ? -1 : at < behind;
}

/* --- a tube that is too old --- */

/* @sample as the server, or the local copy, has it now. */
static void
receive_pane_judge (MhReceivePane *pane, Tube *tube, MhRecord *sample)
{
  const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
  g_autofree char *old
      = mh_too_old_tube (sample, mh_record_has (sample, MH_SAMPLE_RECEIVED_AT)
                                     ? mh_record_int (sample, MH_SAMPLE_RECEIVED_AT)
                                     : mh_when_now ());
  g_set_object (&tube->sample, sample);

  if (g_strcmp0 (status, MH_SAMPLE_STATUS_REJECTED) == 0)
    {
      receive_pane_settle (pane, tube, REJECTED, _ ("Rejected. A new tube waits to be collected."));
      return;
    }

  if (mh_record_has (sample, MH_SAMPLE_ACCEPTED_REASON))
    {
      receive_pane_settle (pane, tube, RECEIVED, _ ("Received, and run with a comment"));
      return;
    }

  if (old == NULL)
    return;

  g_autofree char *words = g_strdup_printf (_ ("%s. Reject it, or run it with a comment."), old);
  g_autofree char *marked = g_strdup_printf ("⚠ %s", old);
  tube->too_old = TRUE;
  gtk_label_set_text (GTK_LABEL (tube->told), marked);
  gtk_widget_remove_css_class (tube->told, "mh-good");
  gtk_widget_add_css_class (tube->told, "mh-late");
  gtk_widget_set_visible (tube->remedy, TRUE);
  receive_pane_tell (pane, tube->accession, words, TRUE);
  gtk_list_box_invalidate_sort (pane->tubes);
}

static void
looked_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (MhRecord) sample = mh_scan_find_finish (result, NULL);
  Tube *tube = receive_pane_find (asked->pane, asked->accession);
  if (sample != NULL && tube != NULL && tube->state == RECEIVED
      && mh_pane_context (MH_PANE (asked->pane)) != NULL)
    receive_pane_judge (asked->pane, tube, sample);
}

/* What became of it? */
static void
remedy_closed_cb (Asked *asked)
{
  MhContext *context = mh_pane_context (MH_PANE (asked->pane));
  Tube *tube = receive_pane_find (asked->pane, asked->accession);
  if (context == NULL || tube == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (asked->pane->scan));
  mh_scan_find_async (context, MH_SCAN_ACCESSION, asked->accession,
                      mh_pane_cancellable (MH_PANE (asked->pane)), looked_again_cb,
                      receive_pane_asked_new (asked->pane, tube));
}

static void
remedy_free (gpointer data, GClosure *closure)
{
  receive_pane_asked_free (data);
}

static void
remedy_cb (GtkWidget *button, MhReceivePane *pane)
{
  Tube *tube = g_object_get_data (G_OBJECT (button), "mh-tube");
  if (tube->sample != NULL)
    mh_reject_dialog_show_tube (button, mh_pane_context (MH_PANE (pane)), tube->sample,
                                MH_REJECT_BEYOND_STABILITY,
                                (MhRejectTold){ G_CALLBACK (remedy_closed_cb),
                                                receive_pane_asked_new (pane, tube), remedy_free });
}

static GtkWidget *
receive_pane_make_remedy (MhReceivePane *pane, Tube *tube)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Reject or run…"));
  g_autofree char *name = g_strdup_printf (
      _ ("Tube %s is too old: reject it, or run it with a comment"), tube->accession);
  mh_accessible_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, FALSE);
  g_object_set_data (G_OBJECT (button), "mh-tube", tube);
  g_signal_connect (button, "clicked", G_CALLBACK (remedy_cb), pane);
  return button;
}

static Tube *
receive_pane_add (MhReceivePane *pane, const char *accession)
{
  Tube *tube = g_new0 (Tube, 1);
  GtkWidget *number = mh_label (accession, "heading");
  tube->accession = g_strdup (accession);
  tube->row = mh_hbox (MH_GAP);
  tube->tests = mh_label ("", "dim-label");
  tube->told = mh_label ("", NULL);
  tube->remedy = receive_pane_make_remedy (pane, tube);
  gtk_widget_set_hexpand (tube->tests, TRUE);
  gtk_widget_add_css_class (tube->row, "mh-row");
  gtk_label_set_wrap (GTK_LABEL (number), FALSE);
  mh_box_append (tube->row, number);
  mh_box_append (tube->row, tube->tests);
  mh_box_append (tube->row, tube->told);
  mh_box_append (tube->row, tube->remedy);
  g_object_set_data (G_OBJECT (tube->row), "mh-tube", tube);
  g_ptr_array_add (pane->scanned, tube);
  gtk_list_box_append (pane->tubes, tube->row);

  return tube;
}

/* --- receiving --- */

static void
send_event (MhReceivePane *pane, Tube *tube, const char *what, GAsyncReadyCallback answered)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  const char *args[] = { "id", tube->id, NULL };
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, what);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, mh_when_now ());
  mh_command_async (context, &(MhCommand){ .route = "custody.add", .args = args, .body = event },
                    NULL, answered, receive_pane_asked_new (pane, tube));
}

/* @answer NULL: it waits, and stands here as it will. */
static void
judge_received (MhReceivePane *pane, Tube *tube, MhRecord *answer)
{
  if (answer != NULL && mh_record_type (answer) == &mh_sample_type)
    receive_pane_judge (pane, tube, answer);
  else if (tube->sample != NULL)
    {
      g_autoptr (MhRecord) here = mh_record_copy (tube->sample);
      mh_record_set_text (here, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_RECEIVED);
      receive_pane_judge (pane, tube, here);
    }
}

static void
receive_pane_event_cb (GObject *source,
                       GAsyncResult *result,
                       gpointer data,
                       State state,
                       const char *words)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  Tube *tube = receive_pane_find (asked->pane, asked->accession);

  if (mh_pane_context (MH_PANE (asked->pane)) == NULL || tube == NULL)
    return;

  g_autofree char *problem = outcome == NULL ? mh_words_error (error) : NULL;
  if (outcome != NULL)
    {
      receive_pane_settle (asked->pane, tube, state,
                           outcome->waiting ? _ ("Kept here; sent when the server is back.")
                                            : words);
      if (state == RECEIVED)
        judge_received (asked->pane, tube, outcome->record);
    }
  else if (tube->state == RECEIVED) /* it could not be taken back */
    receive_pane_tell (asked->pane, tube->accession, problem, TRUE);
  else
    receive_pane_settle (asked->pane, tube, REFUSED, problem);
}

static void
receive_pane_received_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  receive_pane_event_cb (source, result, data, RECEIVED, _ ("Received"));
}

static void
taken_back_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  receive_pane_event_cb (source, result, data, TAKEN_BACK, _ ("Taken back"));
}

/* Why a tube that stands so is not received; NULL: it is. Caller frees. */
static char *
refusal (MhRecord *sample)
{
  const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
  static const char *const comes[] = { MH_SAMPLE_STATUS_COLLECTED, MH_SAMPLE_STATUS_IN_TRANSIT,
                                       MH_SAMPLE_STATUS_REFERRED, NULL };
  if (status != NULL && g_strv_contains (comes, status))
    return NULL;
  if (g_strcmp0 (status, MH_SAMPLE_STATUS_TO_COLLECT) == 0)
    return g_strdup (_ ("It is not collected yet: collect it on the order board first."));
  if (g_strcmp0 (status, MH_SAMPLE_STATUS_RECEIVED) == 0)
    return g_strdup (_ ("It was received before."));
  g_autofree char *words = mh_words_value (sample, MH_SAMPLE_STATUS);
  return g_strdup_printf (_ ("It cannot be received: %s."), words);
}

static void
receive_pane_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Asked) asked = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) sample = mh_scan_find_finish (result, &error);
  Tube *tube = receive_pane_find (asked->pane, asked->accession);

  if (mh_pane_context (MH_PANE (asked->pane)) == NULL || tube == NULL)
    return;

  if (sample == NULL)
    {
      g_autofree char *words
          = error != NULL ? mh_words_error (error) : g_strdup (_ ("No tube has this number."));
      receive_pane_settle (asked->pane, tube, REFUSED, words);
      return;
    }

  const char *const *names = mh_record_list (sample, MH_SAMPLE_TEST_NAMES);
  g_autofree char *tests = names != NULL ? g_strjoinv (", ", (char **)names) : g_strdup ("");
  g_autofree char *why = refusal (sample);

  gtk_label_set_text (GTK_LABEL (tube->tests), tests);
  g_free (tube->id);
  tube->id = g_strdup (mh_record_id (sample));
  g_set_object (&tube->sample, sample);
  if (why != NULL)
    receive_pane_settle (asked->pane, tube, REFUSED, why);
  else
    send_event (asked->pane, tube, MH_CUSTODY_RECEIVED, receive_pane_received_cb);
}

/* A tube that was refused or taken back is tried again. */
static void
receive_pane_take (MhReceivePane *pane, const char *typed)
{
  g_autofree char *accession = mh_accession_normalise (typed);
  Tube *tube = accession != NULL ? receive_pane_find (pane, accession) : NULL;
  if (accession == NULL)
    {
      receive_pane_tell (pane, NULL, _ ("That label cannot be read; scan it again."), TRUE);
      return;
    }

  if (tube != NULL && (tube->state == RECEIVED || tube->state == WAITING))
    {
      receive_pane_tell (pane, accession, _ ("Scanned already; it counts once."), FALSE);
      return;
    }

  if (tube == NULL)
    tube = receive_pane_add (pane, accession);
  receive_pane_settle (pane, tube, WAITING, _ ("…"));
  mh_scan_find_async (mh_pane_context (MH_PANE (pane)), MH_SCAN_ACCESSION, accession,
                      mh_pane_cancellable (MH_PANE (pane)), receive_pane_found_cb,
                      receive_pane_asked_new (pane, tube));
}

static void
receive_pane_scanned_cb (MhReceivePane *pane)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (pane->scan)));
  gtk_editable_set_text (pane->scan, "");
  if (*typed != '\0')
    receive_pane_take (pane, typed);
}

static void
receive_pane_undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReceivePane *pane = MH_RECEIVE_PANE (widget);
  for (guint i = pane->scanned->len; i > 0; i--)
    {
      Tube *tube = g_ptr_array_index (pane->scanned, i - 1);
      if (tube->state != RECEIVED)
        continue;
      send_event (pane, tube, MH_CUSTODY_UNRECEIVED, taken_back_cb);
      return;
    }
}

/* Before the entry takes it, which has nothing to undo while it is empty. */
static gboolean
receive_pane_key_cb (GtkEventControllerKey *controller,
                     guint key,
                     guint code,
                     GdkModifierType state,
                     MhReceivePane *pane)
{
  if (key != GDK_KEY_z || (state & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK
      || *gtk_editable_get_text (pane->scan) != '\0')
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (pane), "receive.undo", NULL);
  return TRUE;
}

static void
receive_pane_clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhReceivePane *pane = MH_RECEIVE_PANE (widget);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (pane->tubes)); row != NULL;
       row = gtk_widget_get_first_child (GTK_WIDGET (pane->tubes)))
    gtk_list_box_remove (pane->tubes, row);
  g_ptr_array_set_size (pane->scanned, 0);
  gtk_label_set_text (pane->last, "");
  receive_pane_show_count (pane);
  gtk_widget_grab_focus (GTK_WIDGET (pane->scan));
}

/* --- as a page --- */

static void
receive_pane_shown (MhPane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (MH_RECEIVE_PANE (pane)->scan));
}

static gboolean
receive_pane_scan (MhPane *pane, int kind, const char *code)
{
  if (kind != MH_SCAN_ACCESSION && kind != MH_SCAN_BAD_CHECK)
    return FALSE;
  receive_pane_take (MH_RECEIVE_PANE (pane), code);
  return TRUE;
}

static void
mh_receive_pane_finalize (GObject *object)
{
  g_ptr_array_unref (MH_RECEIVE_PANE (object)->scanned);
  G_OBJECT_CLASS (mh_receive_pane_parent_class)->finalize (object);
}

static void
mh_receive_pane_class_init (MhReceivePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_receive_pane_finalize;
  MH_PANE_CLASS (klass)->shown = receive_pane_shown;
  MH_PANE_CLASS (klass)->scan = receive_pane_scan;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/samples/mh-receive-pane"));
  gtk_widget_class_bind_template_child (widget, MhReceivePane, scan);
  gtk_widget_class_bind_template_child (widget, MhReceivePane, last);
  gtk_widget_class_bind_template_child (widget, MhReceivePane, count);
  gtk_widget_class_bind_template_child (widget, MhReceivePane, tubes);
  gtk_widget_class_bind_template_callback (widget, receive_pane_scanned_cb);
  gtk_widget_class_bind_template_callback (widget, receive_pane_key_cb);
  gtk_widget_class_install_action (widget, "receive.undo", NULL, receive_pane_undo_action);
  gtk_widget_class_install_action (widget, "receive.clear", NULL, receive_pane_clear_action);
}

static void
mh_receive_pane_init (MhReceivePane *pane)
{
  pane->scanned = g_ptr_array_new_with_free_func (tube_free);
  gtk_widget_init_template (GTK_WIDGET (pane));
  gtk_list_box_set_sort_func (pane->tubes, receive_pane_compare, pane, NULL);
  receive_pane_show_count (pane);
}
