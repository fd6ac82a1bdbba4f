/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/merges/mh-merges-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/people/mh-patient-merge.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/people/mh-patient-fill.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhMergesPage
{
  MhPane parent_instance;
  GPtrArray
      *pairs;     /* patient_merge records: the server's, and proposals of ours without a status */
  MhRecord *pair; /* on show, with both records; NULL: none */
  MhSplit *split;
  GtkBox *list;
  GtkStack *stack;
  GtkGrid *grid;
  GtkLabel *state;
  GtkEditable *reason;
  GtkWidget *leave, *swap, *refuse, *primary, *nobody;
};

G_DEFINE_FINAL_TYPE (MhMergesPage, mh_merges_page, MH_TYPE_PANE)

static const char *
merges_page_status_of (MhRecord *pair)
{
  const char *status = mh_record_text (pair, MH_PATIENT_MERGE_STATUS);
  return status != NULL ? status : "";
}

static gboolean
merges_page_is_status (MhRecord *pair, const char *status)
{
  return strcmp (merges_page_status_of (pair), status) == 0;
}

static gboolean
merges_page_is_own (MhMergesPage *page, MhRecord *pair)
{
  MhRecord *user = mh_context_user (mh_pane_context (MH_PANE (page)));
  return user != NULL
         && g_strcmp0 (mh_record_text (pair, MH_PATIENT_MERGE_PROPOSED_BY), mh_record_id (user))
                == 0;
}

/* --- side by side --- */

static void
merges_page_put (MhMergesPage *page,
                 const char *text,
                 const char *style,
                 int column,
                 int row,
                 int width)
{
  GtkWidget *label = mh_label (text, style);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), style != NULL && strcmp (style, "heading") == 0);
  gtk_grid_attach (page->grid, label, column, row, width, 1);
}

/* The value that the merged record has is bold. */
static void
merges_page_put_values (MhMergesPage *page,
                        MhRecord *survivor,
                        MhRecord *loser,
                        guint field,
                        int row)
{
  g_autoptr (MhRecord) filled = mh_patient_filled (survivor, loser);
  MhRecord *sides[] = { survivor, loser };
  for (int side = 0; side < 2; side++)
    {
      g_autofree char *value = mh_words_value (sides[side], field);
      gboolean has = value != NULL && value[0] != 0;
      gboolean stays = has && mh_record_field_equal (sides[side], filled, field);
      merges_page_put (page, has ? value : "–", stays ? "heading" : "dim-label", side, row, 1);
    }
}

static gboolean
is_compared (MhRecord *survivor, MhRecord *loser, guint field)
{
  const MhField *described = &mh_patient_type.fields[field];
  return field >= MH_N_COMMON && mh_field_is_column (described)
         && (described->flags & MH_SECRET) == 0 && described->kind != MH_KIND_REF
         && field != MH_PATIENT_POSSIBLE_DUPLICATE
         && (mh_record_has (survivor, field) || mh_record_has (loser, field));
}

static void
show_grid (MhMergesPage *page)
{
  MhRecord *survivor = mh_record_record (page->pair, MH_PATIENT_MERGE_SURVIVOR);
  MhRecord *loser = mh_record_record (page->pair, MH_PATIENT_MERGE_LOSER);
  GtkWidget *child;
  int row = 0;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (page->grid))) != NULL)
    gtk_grid_remove (page->grid, child);

  merges_page_put (page, _ ("Stays"), "title-4", 0, row, 1);
  merges_page_put (page, _ ("Merged into it"), "title-4", 1, row++, 1);
  for (guint i = 0; i < mh_patient_type.n_fields; i++)
    {
      if (!is_compared (survivor, loser, i))
        continue;
      merges_page_put (page, mh_words_label (&mh_patient_type.fields[i]), "caption", 0, row++, 2);
      merges_page_put_values (page, survivor, loser, i, row++);
    }
}

static char *
merges_page_state_words (MhMergesPage *page)
{
  MhRecord *pair = page->pair;
  const char *who = mh_record_text (pair, MH_PATIENT_MERGE_PROPOSED_NAME);
  const char *second = mh_record_text (pair, MH_PATIENT_MERGE_DECIDED_NAME);
  const char *reason = mh_record_text (pair, MH_PATIENT_MERGE_REASON);

  if (merges_page_is_status (pair, MH_MERGE_PROPOSED))
    return g_strdup_printf (merges_page_is_own (page, pair)
                                /* Translators: a name, a reason */
                                ? _ ("Proposed by %s: %s. A second person decides.")
                                : _ ("Proposed by %s: %s."),
                            who, reason);
  if (merges_page_is_status (pair, MH_MERGE_DONE))
    return g_strdup_printf (ngettext ("Merged by %s and %s. %d row moved; undoing puts it back.",
                                      "Merged by %s and %s. %d rows moved; undoing puts them back.",
                                      (gulong)mh_record_int (pair, MH_PATIENT_MERGE_N_ROWS)),
                            who, second, (int)mh_record_int (pair, MH_PATIENT_MERGE_N_ROWS));

  if (merges_page_is_status (pair, MH_MERGE_UNDONE))
    {
      const char *const *told = mh_record_list (pair, MH_PATIENT_MERGE_TOLD);
      guint n = told != NULL ? g_strv_length ((char **)told) : 0;
      return n == 0 ? g_strdup_printf (_ ("Undone by %s; all is as it was."),
                                       mh_record_text (pair, MH_PATIENT_MERGE_UNDONE_NAME))
                    : g_strdup_printf (ngettext ("Undone by %s; %u value was changed since and "
                                                 "stays as it is.",
                                                 "Undone by %s; %u values were changed since and "
                                                 "stay as they are.",
                                                 n),
                                       mh_record_text (pair, MH_PATIENT_MERGE_UNDONE_NAME), n);
    }

  if (merges_page_is_status (pair, MH_MERGE_DECLINED))
    return g_strdup_printf (_ ("Declined by %s: two people."), second);

  g_autofree char *why = mh_words_alike (mh_record_list (pair, MH_PATIENT_MERGE_REASONS));

  /* Translators: what the two have in common: "same phone, same date of birth" */
  return why != NULL ? g_strdup_printf (_ ("May be the same person: %s. Swap to keep the other "
                                           "record."),
                                        why)
                     : g_strdup (_ ("Swap to keep the other record."));
}

static void
merges_page_show (MhMergesPage *page)
{
  gboolean new = merges_page_is_status (page->pair, "");
  gboolean open = merges_page_is_status (page->pair, MH_MERGE_PROPOSED);
  gboolean done = merges_page_is_status (page->pair, MH_MERGE_DONE);
  g_autofree char *state = merges_page_state_words (page);

  gtk_label_set_text (page->state, state);
  gtk_widget_set_visible (page->swap, new);
  gtk_widget_set_visible (page->refuse, new || open);
  gtk_widget_set_visible (page->primary,
                          new || done || (open && !merges_page_is_own (page, page->pair)));
  gtk_widget_set_visible (GTK_WIDGET (page->reason), new || done);
  gtk_entry_set_placeholder_text (GTK_ENTRY (page->reason), done ? _ ("Why these are two people")
                                                                 : _ ("Why these are one person"));
  gtk_button_set_label (GTK_BUTTON (page->primary), new    ? _ ("_Propose the merge")
                                                    : done ? _ ("_Undo the merge")
                                                           : _ ("_Merge"));
  show_grid (page);
  gtk_stack_set_visible_child_name (page->stack, "pair");
  mh_split_show_end (page->split, TRUE);
}

/* --- choosing --- */

static void
take_pair (MhMergesPage *page, MhRecord *pair)
{
  if (mh_record_record (pair, MH_PATIENT_MERGE_SURVIVOR) == NULL
      || mh_record_record (pair, MH_PATIENT_MERGE_LOSER) == NULL)
    return;
  g_set_object (&page->pair, pair);
  gtk_editable_set_text (page->reason, "");
  merges_page_show (page);
}

static void
merges_page_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMergesPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;
  if (answer != NULL)
    take_pair (page, answer);
  else
    mh_shell_fail (GTK_WIDGET (page), error);
}

static void
merges_page_call (MhMergesPage *page,
                  const char *route,
                  const char *id,
                  const char *body,
                  GAsyncReadyCallback done)
{
  const char *args[] = { id != NULL ? "id" : NULL, id, NULL };
  g_autofree char *key = mh_id_new ();
  mh_fetch_async (mh_pane_context (MH_PANE (page)),
                  &(MhFetch){ .route = route, .args = args, .body = body, .key = key },
                  mh_pane_cancellable (MH_PANE (page)), done, g_object_ref (page));
}

static void
merges_page_chosen_cb (GtkButton *button, MhMergesPage *page)
{
  MhRecord *pair = g_object_get_data (G_OBJECT (button), "pair");
  if (merges_page_is_status (pair, ""))
    take_pair (page, pair);
  else
    merges_page_call (page, "merge.read", mh_record_id (pair), NULL, merges_page_read_cb);
}

static GtkWidget *
pair_row (MhMergesPage *page, MhRecord *pair)
{
  const char *left = mh_record_text (pair, MH_PATIENT_MERGE_SURVIVOR_NAME);
  const char *right = mh_record_text (pair, MH_PATIENT_MERGE_LOSER_NAME);
  g_autofree char *names = g_strdup_printf ("%s ⇐ %s", left, right != NULL ? right : "–");
  g_autofree char *numbers
      = g_strdup_printf ("%s ⇐ %s", mh_record_text (pair, MH_PATIENT_MERGE_SURVIVOR_MRN),
                         right != NULL ? mh_record_text (pair, MH_PATIENT_MERGE_LOSER_MRN) : "–");
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = mh_vbox (3);

  mh_box_append (box, mh_label (names, "heading"));
  mh_box_append (box, mh_label (numbers, "dim-label"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  mh_accessible_name (button, names);
  g_object_set_data_full (G_OBJECT (button), "pair", g_object_ref (pair), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (merges_page_chosen_cb), page);

  return button;
}

static guint
merges_page_add_part (MhMergesPage *page, const char *title, const char *const *statuses)
{
  guint n = 0;
  for (guint i = 0; i < page->pairs->len; i++)
    {
      MhRecord *pair = g_ptr_array_index (page->pairs, i);
      if (!g_strv_contains (statuses, merges_page_status_of (pair)))
        continue;
      if (n++ == 0)
        gtk_box_append (page->list, mh_heading (title));
      gtk_box_append (page->list, pair_row (page, pair));
    }
  return n;
}

static void
show_list (MhMergesPage *page)
{
  static const char *const open[] = { MH_MERGE_PROPOSED, NULL }, *const new[] = { "", NULL };
  static const char *const old[] = { MH_MERGE_DONE, MH_MERGE_DECLINED, MH_MERGE_UNDONE, NULL };
  mh_box_clear (GTK_WIDGET (page->list));
  guint n = merges_page_add_part (page, _ ("Waits for a second person"), open)
            + merges_page_add_part (page, _ ("Possible duplicates"), new)
            + merges_page_add_part (page, _ ("Decided"), old);
  gtk_widget_set_visible (page->nobody, n == 0);
  if (page->pair == NULL)
    gtk_widget_child_focus (GTK_WIDGET (page->list), GTK_DIR_TAB_FORWARD);
}

/* --- loading --- */

static void
name_side (MhRecord *pair, MhRecord *patient, guint id, guint mrn, guint name)
{
  mh_record_set_text (pair, id, mh_record_id (patient));
  mh_record_set_text (pair, mrn, mh_record_text (patient, MH_PATIENT_MRN));
  mh_record_take_text (pair, name, mh_words_patient (patient));
}

static void
merges_page_set_sides (MhRecord *pair, MhRecord *survivor, MhRecord *loser)
{
  name_side (pair, survivor, MH_PATIENT_MERGE_SURVIVOR_ID, MH_PATIENT_MERGE_SURVIVOR_MRN,
             MH_PATIENT_MERGE_SURVIVOR_NAME);
  name_side (pair, loser, MH_PATIENT_MERGE_LOSER_ID, MH_PATIENT_MERGE_LOSER_MRN,
             MH_PATIENT_MERGE_LOSER_NAME);
  mh_record_set_record (pair, MH_PATIENT_MERGE_SURVIVOR, survivor);
  mh_record_set_record (pair, MH_PATIENT_MERGE_LOSER, loser);
}

/* The older record stays, unless somebody swaps them. */
static MhRecord *
merges_page_pair_of (MhRecord *match, MhRecord *other)
{
  MhRecord *patient = mh_record_record (match, MH_PATIENT_MATCH_PATIENT);
  if (patient == NULL || other == NULL)
    return NULL;
  MhRecord *pair = mh_record_new (&mh_patient_merge_type);
  gboolean older = mh_record_int (patient, MH_CREATED_AT) <= mh_record_int (other, MH_CREATED_AT);
  mh_record_set_list (pair, MH_PATIENT_MERGE_REASONS,
                      mh_record_list (match, MH_PATIENT_MATCH_REASONS));
  merges_page_set_sides (pair, older ? patient : other, older ? other : patient);
  return pair;
}

static gboolean
merges_page_is_known (MhMergesPage *page, MhRecord *pair)
{
  const char *ids[] = { mh_record_text (pair, MH_PATIENT_MERGE_SURVIVOR_ID),
                        mh_record_text (pair, MH_PATIENT_MERGE_LOSER_ID), NULL };
  for (guint i = 0; i < page->pairs->len; i++)
    {
      MhRecord *one = g_ptr_array_index (page->pairs, i);
      if ((merges_page_is_status (one, "") || merges_page_is_status (one, MH_MERGE_PROPOSED))
          && g_strv_contains (ids, mh_record_text (one, MH_PATIENT_MERGE_SURVIVOR_ID))
          && g_strv_contains (ids, mh_record_text (one, MH_PATIENT_MERGE_LOSER_ID)))
        return TRUE;
    }
  return FALSE;
}

static void
merges_page_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMergesPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  if (answer == NULL)
    {
      mh_shell_fail (GTK_WIDGET (page), error);
      return;
    }

  for (guint i = 0; i < answer->len; i++)
    {
      MhRecord *item = g_ptr_array_index (answer, i);
      g_autoptr (MhRecord) pair
          = mh_record_type (item) == &mh_patient_merge_type
                ? g_object_ref (item)
                : merges_page_pair_of (item, mh_record_record (item, MH_PATIENT_MATCH_OTHER));
      if (pair != NULL && (!merges_page_is_status (pair, "") || !merges_page_is_known (page, pair)))
        g_ptr_array_add (page->pairs, g_steal_pointer (&pair));
    }

  show_list (page);
}

static void
merges_page_load (MhMergesPage *page)
{
  g_ptr_array_set_size (page->pairs, 0);
  merges_page_call (page, "merge.list", NULL, NULL, merges_page_listed_cb);
  merges_page_call (page, "patient.doubtful", NULL, NULL, merges_page_listed_cb);
}

/* --- deciding --- */

static void
merges_page_decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMergesPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  if (answer == NULL)
    {
      mh_shell_fail (GTK_WIDGET (page), error);
      return;
    }

  g_clear_object (&page->pair);
  gtk_stack_set_visible_child_name (page->stack, "nothing");
  mh_split_show_end (page->split, FALSE);
  merges_page_load (page);
  if (mh_record_type (answer) == &mh_patient_merge_type)
    merges_page_call (page, "merge.read", mh_record_id (answer), NULL, merges_page_read_cb);
}

static void
merges_page_decide (MhMergesPage *page, const char *route)
{
  g_autoptr (MhRecord) decision = mh_record_new (&mh_patient_merge_decision_type);
  const char *note = gtk_editable_get_text (page->reason);
  if (note[0] != 0)
    mh_record_set_text (decision, MH_PATIENT_MERGE_DECISION_NOTE_TEXT, note);
  g_autofree char *body = mh_record_to_json (decision, MH_JSON_AS_INPUT | MH_JSON_SKIP_UNSET);
  merges_page_call (page, route, mh_record_id (page->pair), body, merges_page_decided_cb);
}

static void
propose (MhMergesPage *page)
{
  g_autoptr (MhRecord) draft = mh_record_new (&mh_patient_merge_type);
  static const guint fields[] = { MH_PATIENT_MERGE_SURVIVOR_ID, MH_PATIENT_MERGE_LOSER_ID };
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    mh_record_set_text (draft, fields[i], mh_record_text (page->pair, fields[i]));
  mh_record_set_text (draft, MH_PATIENT_MERGE_REASON, gtk_editable_get_text (page->reason));
  g_autofree char *body = mh_record_to_json (draft, MH_JSON_AS_INPUT | MH_JSON_SKIP_UNSET);
  merges_page_call (page, "merge.propose", NULL, body, merges_page_decided_cb);
}

static void
primary_cb (MhMergesPage *page)
{
  if (page->pair == NULL)
    return;
  if (merges_page_is_status (page->pair, ""))
    propose (page);
  else
    merges_page_decide (page, merges_page_is_status (page->pair, MH_MERGE_DONE) ? "merge.undo"
                                                                                : "merge.agree");
}

static void
merges_page_refuse_cb (MhMergesPage *page)
{
  if (page->pair == NULL)
    return;

  if (!merges_page_is_status (page->pair, ""))
    {
      merges_page_decide (page, "merge.decline");
      return;
    }

  MhRecord *loser = mh_record_record (page->pair, MH_PATIENT_MERGE_LOSER);
  MhRecord *survivor = mh_record_record (page->pair, MH_PATIENT_MERGE_SURVIVOR);
  MhRecord *doubtful = mh_record_bool (loser, MH_PATIENT_POSSIBLE_DUPLICATE) ? loser : survivor;

  merges_page_call (page, "patient.distinct", mh_record_id (doubtful), NULL,
                    merges_page_decided_cb);
}

static void
swap_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhMergesPage *page = MH_MERGES_PAGE (widget);
  if (page->pair == NULL || !merges_page_is_status (page->pair, ""))
    return;
  g_autoptr (MhRecord) survivor
      = g_object_ref (mh_record_record (page->pair, MH_PATIENT_MERGE_SURVIVOR));
  g_autoptr (MhRecord) loser = g_object_ref (mh_record_record (page->pair, MH_PATIENT_MERGE_LOSER));
  merges_page_set_sides (page->pair, loser, survivor);
  merges_page_show (page);
}

/* --- as a page --- */

static void
alike_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMergesPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  MhRecord *patient = g_object_get_data (G_OBJECT (page), "asked");

  if (mh_pane_context (MH_PANE (page)) == NULL || patient == NULL)
    return;

  if (answer == NULL)
    {
      mh_shell_fail (GTK_WIDGET (page), error);
      return;
    }

  if (answer->len == 0)
    mh_shell_toast (GTK_WIDGET (page), _ ("No similar patient."));
  for (guint i = 0; i < answer->len; i++)
    {
      g_autoptr (MhRecord) pair = merges_page_pair_of (g_ptr_array_index (answer, i), patient);
      if (i == 0)
        take_pair (page, pair);
      if (!merges_page_is_known (page, pair))
        g_ptr_array_add (page->pairs, g_steal_pointer (&pair));
    }

  show_list (page);
}

static void
merges_page_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhMergesPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  if (answer == NULL)
    {
      mh_shell_fail (GTK_WIDGET (page), error);
      return;
    }

  g_autofree char *body = mh_record_to_json (answer, MH_JSON_AS_INPUT | MH_JSON_SKIP_UNSET);
  g_object_set_data_full (G_OBJECT (page), "asked", g_object_ref (answer), g_object_unref);
  merges_page_call (page, "patient.duplicates", NULL, body, alike_cb);
}

static void
mh_merges_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && what[0] != 0)
    merges_page_call (MH_MERGES_PAGE (pane), "patient.read", what, NULL, merges_page_asked_cb);
}

static void
merges_page_shown (MhPane *pane)
{
  merges_page_load (MH_MERGES_PAGE (pane));
}

static void
merges_page_begin (MhPane *pane)
{
  MhMergesPage *page = MH_MERGES_PAGE (pane);
  g_object_bind_property (page->split, "folded", page->leave, "visible", G_BINDING_SYNC_CREATE);
}

static void
mh_merges_page_finalize (GObject *object)
{
  MhMergesPage *page = MH_MERGES_PAGE (object);
  g_clear_object (&page->pair);
  g_ptr_array_unref (page->pairs);
  G_OBJECT_CLASS (mh_merges_page_parent_class)->finalize (object);
}

static void
merges_page_bind_template (GtkWidgetClass *widget)
{
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/merges/mh-merges-page"));
  gtk_widget_class_bind_template_child (widget, MhMergesPage, split);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, list);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, stack);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, grid);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, state);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, reason);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, leave);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, swap);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, refuse);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, primary);
  gtk_widget_class_bind_template_child (widget, MhMergesPage, nobody);
  gtk_widget_class_bind_template_callback (widget, primary_cb);
  gtk_widget_class_bind_template_callback (widget, merges_page_refuse_cb);
}

static void
mh_merges_page_class_init (MhMergesPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_merges_page_finalize;
  MH_PANE_CLASS (klass)->begin = merges_page_begin;
  MH_PANE_CLASS (klass)->open = mh_merges_page_open;
  MH_PANE_CLASS (klass)->shown = merges_page_shown;
  g_type_ensure (MH_TYPE_SPLIT);
  merges_page_bind_template (widget);
  gtk_widget_class_install_action (widget, "merges.swap", NULL, swap_action);
}

static void
mh_merges_page_init (MhMergesPage *page)
{
  page->pairs = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_merges_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_MERGES_PAGE, "context", context, NULL);
}
