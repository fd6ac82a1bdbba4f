/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-verify-page.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/results/mh-bench-choice.h"
#include "client/pages/lab/results/mh-lab-queue.h"
#include "client/pages/lab/results/mh-verify-pane.h"
#include "client/widgets/base/mh-master-detail.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-auto.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-pending-release.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhVerifyPage
{
  MhPane parent_instance;
  MhRecordList *orders;
  GPtrArray *rows;    /* MhVerifyRow in the order of the queue */
  GListStore *partly; /* orders of which some tests wait and others are still measured */
  GHashTable *hints;  /* order's id → MhVerifyRow: what there is to see in it */
  GListModel *queue;  /* all of them, most pressing first */
  guint reload;
  guint n_decided;  /* by this person here: what the server told before the last of them is old */
  GPtrArray *batch; /* ids that are verified one after the other; NULL: none */
  guint n_done, n_refused;
  char *batch_id;    /* of what is being verified; then of what can be taken back, NULL: nothing */
  GError *refused;   /* of the batch, the first */
  gint64 undo_until; /* monotonic */
  guint n_undo, tick;
  GtkRoot *root; /* whose keys are watched */
  gboolean has_keys;
  GtkWidget *last; /* on it, which had them */
  guint keys;      /* source: what had them is gone */
  MhMasterDetail master_detail;
  MhSplit *split;
  MhRecordTable *table;
  MhVerifyPane *pane;
  GtkEditable *search;
  GtkDropDown *bench;
  GtkLabel *count;
  GtkWidget *in_range;
  MhBanner *going;
};

G_DEFINE_FINAL_TYPE (MhVerifyPage, mh_verify_page, MH_TYPE_PANE)

/* --- the queue --- */

/* Of the whole program there is one such page; the table's cells ask it by the order alone. */
static GQuark
hint_quark (void)
{
  return g_quark_from_static_string ("mh-verify-hint");
}

static MhRecord *
hint_of (MhRecord *order)
{
  return g_object_get_qdata (G_OBJECT (order), hint_quark ());
}

/* By sign and word: what is critical, unusual, one's own, or all within range. */
static char *
hint_text (MhRecord *order)
{
  MhRecord *hint = hint_of (order);
  if (hint == NULL)
    return NULL;

  guint critical = (guint)mh_record_int (hint, MH_VERIFY_ROW_CRITICAL);
  guint held = (guint)mh_record_int (hint, MH_VERIFY_ROW_HELD);
  if (mh_record_has (hint, MH_VERIFY_ROW_BATCH_ID))
    return g_strdup (_ ("✓ Going out"));
  if (mh_record_int (hint, MH_VERIFY_ROW_OWN) > 0)
    return g_strdup (_ ("✋ Entered by you"));
  if (mh_record_has (hint, MH_VERIFY_ROW_REFUSED))
    return g_strdup (_ ("⚠ Not released"));
  if (critical > 0)
    return g_strdup_printf (ngettext ("⚠ %u critical", "⚠ %u critical", critical), critical);
  if (held > 0)
    return g_strdup_printf (ngettext ("○ %u unusual", "○ %u unusual", held), held);

  return g_strdup (_ ("✓ In range"));
}

static const char *
hint_style (MhRecord *order)
{
  MhRecord *hint = hint_of (order);
  if (hint == NULL
      || (mh_record_bool (hint, MH_VERIFY_ROW_CLEAN)
          && !mh_record_has (hint, MH_VERIFY_ROW_REFUSED)))
    return NULL;
  return mh_record_int (hint, MH_VERIFY_ROW_CRITICAL) > 0 ? "mh-critical" : "mh-soon";
}

static const MhTableColumn columns[] = {
  { .field = "number", .width = 102 },
  { .field = "patient_name", .expand = TRUE, .width = 90, .line = MH_LINE_TITLE },
  { .title = N_ ("Urgency"),
    .text = mh_lab_urgency_text,
    .style = mh_lab_urgency_style,
    .width = 66 },
  { .title = N_ ("Values"),
    .text = hint_text,
    .style = hint_style,
    .width = 112,
    .line = MH_LINE_TRAILING },
  { .title = N_ ("Waited"), .text = mh_lab_waited_text, .style = mh_lab_waited_style, .width = 64 },
  { .text = mh_lab_tubes_text, .only_line = TRUE },
  { NULL },
};

#define COLUMNS_LEAST_WIDTH 480

static gboolean
verify_page_belongs (MhRecord *order, gpointer data)
{
  return g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_RESULTED) == 0
         && mh_bench_choice_fits (data, order);
}

/* What the server says of each order that waits, whole or in part. */
static MhRecord *
order_of_hint (MhRecord *hint)
{
  static const struct
  {
    guint from, to;
  } texts[] = { { MH_VERIFY_ROW_ORDER_ID, MH_ID },
                { MH_VERIFY_ROW_NUMBER, MH_ORDER_NUMBER },
                { MH_VERIFY_ROW_PATIENT_NAME, MH_ORDER_PATIENT_NAME },
                { MH_VERIFY_ROW_PRIORITY, MH_ORDER_PRIORITY } };
  MhRecord *order = mh_record_new (&mh_order_type);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mh_record_set_text (order, texts[i].to, mh_record_text (hint, texts[i].from));
  mh_record_set_int (order, MH_ORDER_ORDERED_AT, mh_record_int (hint, MH_VERIFY_ROW_ORDERED_AT));
  if (mh_record_has (hint, MH_VERIFY_ROW_PROMISED_AT))
    mh_record_set_int (order, MH_ORDER_PROMISED_AT,
                       mh_record_int (hint, MH_VERIFY_ROW_PROMISED_AT));

  return order;
}

static void
set_hint (MhRecord *order, MhRecord *hint)
{
  g_object_set_qdata_full (G_OBJECT (order), hint_quark (),
                           hint != NULL ? g_object_ref (hint) : NULL, g_object_unref);
}

static void
lay_hints (MhVerifyPage *page)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (page->orders)); i++)
    {
      g_autoptr (MhRecord) order = g_list_model_get_item (G_LIST_MODEL (page->orders), i);
      set_hint (order, g_hash_table_lookup (page->hints, mh_record_id (order)));
    }
  mh_record_table_refresh (page->table);
}

static gboolean
may_go (MhRecord *hint)
{
  return mh_record_bool (hint, MH_VERIFY_ROW_CLEAN) && mh_record_int (hint, MH_VERIFY_ROW_OWN) == 0
         && !mh_record_has (hint, MH_VERIFY_ROW_BATCH_ID);
}

static guint
count_in_range (MhVerifyPage *page)
{
  GHashTableIter iter;
  gpointer hint;
  guint n = 0;
  g_hash_table_iter_init (&iter, page->hints);
  while (g_hash_table_iter_next (&iter, NULL, &hint))
    n += may_go (hint);
  return n;
}

static void
show_batch (MhVerifyPage *page)
{
  guint n = count_in_range (page);
  g_autofree char *text
      = g_strdup_printf (ngettext ("Verify %u in range · F10", "Verify %u in range · F10", n), n);
  gtk_button_set_label (GTK_BUTTON (page->in_range), text);
  gtk_widget_set_visible (
      page->in_range,
      n > 0 && mh_context_may (mh_pane_context (MH_PANE (page)), MH_MAY_VERIFY_RESULT));
  gtk_widget_set_sensitive (page->in_range, page->batch == NULL);
}

/* --- what was verified together and can still be taken back --- */

/* In words that change every five seconds: a screen reader is not to count aloud. */
#define UNDO_STEP 5

static void
stop_undo (MhVerifyPage *page)
{
  g_clear_handle_id (&page->tick, g_source_remove);
  page->n_undo = 0;
  mh_banner_set_revealed (page->going, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "verify.undo", FALSE);
}

static gboolean
verify_page_tick_cb (gpointer data)
{
  MhVerifyPage *page = data;
  gint64 left = (page->undo_until - g_get_monotonic_time () + MH_SECOND - 1) / MH_SECOND;
  guint seconds = (guint)((MAX (left, 0) + UNDO_STEP - 1) / UNDO_STEP * UNDO_STEP);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u order verified; its report goes out in %u seconds",
                "%u orders verified; their reports go out in %u seconds", page->n_undo),
      page->n_undo, seconds);

  if (left > 0)
    {
      mh_banner_set_title (page->going, text);
      return G_SOURCE_CONTINUE;
    }

  page->tick = 0;
  stop_undo (page);
  mh_record_list_reload (page->orders);

  return G_SOURCE_REMOVE;
}

/* The act of this person that goes out last, as the server counts its time. */
static void
show_undo (MhVerifyPage *page)
{
  gint64 left = 0;
  guint n = 0;
  const char *batch = NULL;

  for (guint i = 0; i < page->rows->len; i++)
    {
      MhRecord *hint = g_ptr_array_index (page->rows, i);
      if (mh_record_bool (hint, MH_VERIFY_ROW_BATCH_MINE)
          && mh_record_int (hint, MH_VERIFY_ROW_BATCH_LEFT) > left)
        {
          left = mh_record_int (hint, MH_VERIFY_ROW_BATCH_LEFT);
          batch = mh_record_text (hint, MH_VERIFY_ROW_BATCH_ID);
        }
    }

  for (guint i = 0; batch != NULL && i < page->rows->len; i++)
    n += g_strcmp0 (mh_record_text (g_ptr_array_index (page->rows, i), MH_VERIFY_ROW_BATCH_ID),
                    batch)
         == 0;

  stop_undo (page);
  if (batch == NULL || page->batch != NULL)
    return;

  g_free (page->batch_id);
  page->batch_id = g_strdup (batch);
  page->n_undo = n;
  page->undo_until = g_get_monotonic_time () + left * MH_SECOND;
  page->tick = g_timeout_add_seconds (1, verify_page_tick_cb, page);
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "verify.undo", TRUE);
  mh_banner_set_revealed (page->going, TRUE);
  verify_page_tick_cb (page);
}

/* Orders that are not ready as a whole but have values to verify. The two lists are answered in
 * either order, so which orders these are is worked out anew after each answer. */
static void
lay_partly (MhVerifyPage *page)
{
  g_autoptr (GPtrArray) partly = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < page->rows->len; i++)
    {
      MhRecord *hint = g_ptr_array_index (page->rows, i);
      if (mh_record_list_find (page->orders, mh_record_text (hint, MH_VERIFY_ROW_ORDER_ID)) >= 0)
        continue;
      g_ptr_array_add (partly, order_of_hint (hint));
      set_hint (g_ptr_array_index (partly, partly->len - 1), hint);
    }

  guint before = g_list_model_get_n_items (G_LIST_MODEL (page->partly));
  if (before > 0 || partly->len > 0)
    g_list_store_splice (page->partly, 0, before, partly->pdata, partly->len);
}

static void
orders_cb (MhVerifyPage *page)
{
  lay_partly (page);
  lay_hints (page);
}

static void
take_hints (MhVerifyPage *page, GPtrArray *rows)
{
  g_hash_table_remove_all (page->hints);
  g_ptr_array_set_size (page->rows, 0);
  for (guint i = 0; i < rows->len; i++)
    {
      MhRecord *hint = g_ptr_array_index (rows, i);
      const char *id = mh_record_text (hint, MH_VERIFY_ROW_ORDER_ID);
      g_hash_table_insert (page->hints, g_strdup (id), g_object_ref (hint));
      g_ptr_array_add (page->rows, g_object_ref (hint));
    }

  orders_cb (page);
  for (guint i = 0; i < rows->len; i++)
    mh_master_detail_again (&page->master_detail,
                            mh_record_text (rows->pdata[i], MH_VERIFY_ROW_ORDER_ID));
  show_batch (page);
  show_undo (page);
}

/* The queue as it comes, page by page. */
typedef struct
{
  MhVerifyPage *page;
  GPtrArray *rows;
  guint n_decided; /* when it was asked */
} Hints;

static void
hints_free (Hints *hints)
{
  g_object_unref (hints->page);
  g_ptr_array_unref (hints->rows);
  g_free (hints);
}

static void ask_hints (Hints *hints, const char *after);
static void verify_page_ask_soon (MhVerifyPage *page);

static void
hints_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Hints *hints = data;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, NULL);
  if (mh_pane_context (MH_PANE (hints->page)) == NULL || answer == NULL || answer->items == NULL)
    {
      hints_free (hints);
      return;
    }

  for (guint i = 0; i < answer->items->len; i++)
    g_ptr_array_add (hints->rows, g_object_ref (g_ptr_array_index (answer->items, i)));
  if (answer->next != NULL)
    {
      ask_hints (hints, answer->next);
      return;
    }

  if (hints->n_decided != hints->page->n_decided)
    verify_page_ask_soon (hints->page);
  else
    take_hints (hints->page, hints->rows);
  hints_free (hints);
}

static void
ask_hints (Hints *hints, const char *after)
{
  const char *args[] = { "limit", "200", after != NULL ? "after" : NULL, after, NULL };
  MhPane *pane = MH_PANE (hints->page);
  mh_fetch_async (mh_pane_context (pane), &(MhFetch){ .route = "verify.queue", .args = args },
                  mh_pane_cancellable (pane), hints_cb, hints);
}

static gboolean
load_hints (gpointer data)
{
  MhVerifyPage *page = data;
  page->reload = 0;
  if (mh_pane_context (MH_PANE (page)) != NULL)
    {
      Hints *hints = g_new0 (Hints, 1);
      hints->page = g_object_ref (page);
      hints->n_decided = page->n_decided;
      hints->rows = g_ptr_array_new_with_free_func (g_object_unref);
      ask_hints (hints, NULL);
    }
  return G_SOURCE_REMOVE;
}

/* Many changes in a row are asked about once. */
#define SOON 400

static void
verify_page_ask_soon (MhVerifyPage *page)
{
  if (page->reload == 0)
    page->reload = g_timeout_add (SOON, load_hints, page);
}

static void
verify_page_changed_cb (MhSync *sync,
                        const MhRecordType *type,
                        const char *id,
                        MhRecord *record,
                        MhVerifyPage *page)
{
  if (type == &mh_order_type || type == &mh_result_type)
    verify_page_ask_soon (page);
}

static const char *
verify_page_shown_id (MhPane *pane)
{
  return mh_verify_pane_order_id (MH_VERIFY_PAGE (pane)->pane);
}

static void
verify_page_show_order (MhPane *pane, const char *id)
{
  mh_verify_pane_show (MH_VERIFY_PAGE (pane)->pane, id);
}

static void
verify_page_items_cb (MhVerifyPage *page)
{
  guint n = g_list_model_get_n_items (page->queue);
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u order to verify", "%u orders to verify", n), n);
  gtk_label_set_text (page->count, text);
}

/* What is decided leaves the queue at once: as long as it was told to wait it would be taken for
 * one that waits in part, and be shown again after the last. Who asks next is told if more of it
 * waits. */
static void
verify_page_forget (MhVerifyPage *page, const char *id)
{
  g_hash_table_remove (page->hints, id);
  for (guint i = page->rows->len; i > 0; i--)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (page->rows, i - 1), MH_VERIFY_ROW_ORDER_ID),
                   id)
        == 0)
      g_ptr_array_remove_index (page->rows, i - 1);
  orders_cb (page);
}

static void
verify_page_decided_cb (MhVerifyPage *page, const char *id)
{
  g_autofree char *next = mh_lab_queue_next (page->queue, id);
  page->n_decided++;
  mh_master_detail_done (&page->master_detail, id);
  verify_page_forget (page, id);
  mh_shell_toast (GTK_WIDGET (page), next != NULL ? _ ("Decided; here is the next order")
                                                  : _ ("Decided; nothing else waits"));
  mh_master_detail_show (&page->master_detail, next, TRUE);
  mh_record_list_reload (page->orders);
}

/* --- all that is within range --- */

static void next_of_batch (MhVerifyPage *page);

static void
verify_page_batch_done (MhVerifyPage *page)
{
  g_autofree char *done = g_strdup_printf (
      ngettext ("%u order verified", "%u orders verified", page->n_done), page->n_done);
  g_autofree char *why = page->refused != NULL ? mh_words_error (page->refused) : NULL;
  g_autofree char *refused = g_strdup_printf (
      ngettext ("%s, %u not: %s", "%s, %u not: %s", page->n_refused), done, page->n_refused, why);
  g_clear_pointer (&page->batch, g_ptr_array_unref);
  mh_shell_toast (GTK_WIDGET (page), page->n_refused > 0 ? refused : done);
  g_clear_error (&page->refused);
  mh_record_list_reload (page->orders);
  load_hints (page);
  show_batch (page);
}

static void
batch_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL || page->batch == NULL)
    return;

  if (outcome != NULL)
    page->n_done++;
  else
    page->n_refused++;

  /* A server that is away refuses the rest, too. */
  if (g_error_matches (error, MH_ERROR, MH_ERROR_OFFLINE))
    {
      page->n_refused += page->batch->len;
      g_ptr_array_set_size (page->batch, 0);
    }

  if (error != NULL && page->refused == NULL)
    page->refused = g_steal_pointer (&error);
  next_of_batch (page);
}

/* One request each: what the server refuses keeps back nothing else. */
static void
next_of_batch (MhVerifyPage *page)
{
  if (page->batch->len == 0)
    {
      verify_page_batch_done (page);
      return;
    }
  g_autofree char *id = g_ptr_array_steal_index (page->batch, page->batch->len - 1);
  const char *args[] = { "id", id, NULL };
  g_autoptr (MhRecord) bulk = mh_record_new (&mh_bulk_verification_type);
  mh_record_set_text (bulk, MH_BULK_VERIFICATION_BATCH_ID, page->batch_id);
  mh_command_async (mh_pane_context (MH_PANE (page)),
                    &(MhCommand){ .route = "verify.bulk", .args = args, .body = bulk }, NULL,
                    batch_cb, g_object_ref (page));
}

static void
in_range_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhVerifyPage *page = MH_VERIFY_PAGE (widget);
  GHashTableIter iter;
  gpointer id, hint;
  if (page->batch != NULL || count_in_range (page) == 0)
    return;

  page->batch = g_ptr_array_new_with_free_func (g_free);
  page->n_done = page->n_refused = 0;
  stop_undo (page);
  g_free (page->batch_id);
  page->batch_id = mh_id_new ();
  g_hash_table_iter_init (&iter, page->hints);
  while (g_hash_table_iter_next (&iter, &id, &hint))
    if (may_go (hint))
      g_ptr_array_add (page->batch, g_strdup (id));
  show_batch (page);
  next_of_batch (page);
}

static void
verify_page_undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVerifyPage) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (page)) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (page), error);
  if (outcome != NULL && outcome->record != NULL)
    {
      guint n = (guint)mh_record_int (outcome->record, MH_BULK_UNDONE_TAKEN_BACK);
      g_autofree char *text = g_strdup_printf (
          ngettext ("Taken back: %u order waits again", "Taken back: %u orders wait again", n), n);
      mh_shell_toast (GTK_WIDGET (page), text);
    }

  load_hints (page);
}

static void
verify_page_undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhVerifyPage *page = MH_VERIFY_PAGE (widget);
  const char *args[] = { "id", page->batch_id, NULL };
  if (page->n_undo == 0 || page->batch != NULL)
    return;
  mh_command_async (mh_pane_context (MH_PANE (page)),
                    &(MhCommand){ .route = "verify.undo", .args = args }, NULL,
                    verify_page_undone_cb, g_object_ref (page));
}

static void
verify_page_undo_cb (MhVerifyPage *page)
{
  verify_page_undo_action (GTK_WIDGET (page), NULL, NULL);
}

/* --- actions --- */

static void
accept_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_accept (MH_VERIFY_PAGE (widget)->pane);
}

static void
return_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_return (MH_VERIFY_PAGE (widget)->pane);
}

static void
verify_page_withdraw_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_withdraw (MH_VERIFY_PAGE (widget)->pane);
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_verify_pane_preview (MH_VERIFY_PAGE (widget)->pane);
}

static void
verify_page_to_table_cb (MhVerifyPage *page)
{
  mh_record_table_enter (page->table);
}

static void
verify_page_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (MH_VERIFY_PAGE (widget)->search));
}

/* --- what has the keys --- */

static gboolean
verify_page_has (MhVerifyPage *page, GtkWidget *focus)
{
  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (page));
}

/* Tab goes from the last control of a window to none, and from there to the first. */
static gboolean
verify_page_left (MhVerifyPage *page, GtkWidget *focus)
{
  return focus != NULL && page->last != NULL && gtk_widget_get_mapped (page->last)
         && gtk_widget_is_sensitive (page->last);
}

/* The values if there are any, then the queue, then the search, which always stands there. */
static gboolean
verify_page_keys_cb (gpointer data)
{
  MhVerifyPage *page = data;
  GtkWidget *focus = page->root != NULL ? gtk_root_get_focus (page->root) : NULL;
  page->keys = 0;
  if (page->root == NULL || !gtk_widget_get_mapped (GTK_WIDGET (page)) || GTK_IS_TEXT (focus)
      || verify_page_has (page, focus) || verify_page_left (page, focus))
    return G_SOURCE_REMOVE;

  mh_verify_pane_grab (page->pane);
  if (!verify_page_has (page, gtk_root_get_focus (page->root))
      && gtk_widget_get_mapped (GTK_WIDGET (page->table)))
    mh_record_table_enter (page->table);
  if (!verify_page_has (page, gtk_root_get_focus (page->root)))
    gtk_widget_grab_focus (GTK_WIDGET (page->search));

  return G_SOURCE_REMOVE;
}

/* With what is decided goes what had the keys: a row, a button that is grey meanwhile, the banner
 * of a held tube. GTK would give them to any button of the window, where F9 is nothing. */
static void
verify_page_focus_cb (MhVerifyPage *page)
{
  GtkWidget *now = gtk_root_get_focus (page->root);
  if (page->has_keys && now == NULL && page->keys == 0)
    page->keys = g_idle_add_full (G_PRIORITY_LOW, verify_page_keys_cb, page, NULL);
  page->has_keys = verify_page_has (page, now);
  if (page->has_keys)
    g_set_weak_pointer (&page->last, now);
}

static void
verify_page_root_cb (MhVerifyPage *page)
{
  if (page->root != NULL)
    g_signal_handlers_disconnect_by_func (page->root, verify_page_focus_cb, page);
  g_clear_handle_id (&page->keys, g_source_remove);
  g_set_weak_pointer (&page->root, gtk_widget_get_root (GTK_WIDGET (page)));
  page->has_keys = FALSE;
  if (page->root != NULL)
    g_signal_connect_object (page->root, "notify::focus-widget", G_CALLBACK (verify_page_focus_cb),
                             page, G_CONNECT_SWAPPED);
}

/* --- as a page --- */

static void
verify_page_bench_cb (MhVerifyPage *page)
{
  static const char *const args[] = { "stage", "verify", "sort", "pressing", "limit", "200", NULL };
  if (page->orders != NULL)
    mh_bench_choice_apply (page->bench, page->orders, args);
}

static void
verify_page_begin (MhPane *pane)
{
  static const MhMasterDetailHow how = { verify_page_shown_id, verify_page_show_order };
  MhVerifyPage *page = MH_VERIFY_PAGE (pane);
  mh_pane_keep (pane, &page->orders, mh_record_list_new (mh_pane_context (pane), "order.list"));
  GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);

  g_list_store_append (both, page->orders);
  g_list_store_append (both, page->partly);
  mh_pane_keep (pane, &page->queue,
                mh_lab_queue_filter (mh_lab_queue_new (G_LIST_MODEL (
                                         gtk_flatten_list_model_new (G_LIST_MODEL (both)))),
                                     page->search));
  mh_record_list_set_belongs (page->orders, verify_page_belongs, page->bench);
  mh_record_list_set_compare (page->orders, mh_lab_queue_compare_pressing);
  mh_record_table_setup (page->table, "verify-queue", &mh_order_type, columns, page->queue,
                         MH_TABLE_SINGLE);
  mh_record_table_set_lines (page->table, COLUMNS_LEAST_WIDTH);
  mh_record_table_set_source (page->table, page->orders);
  g_signal_connect_object (page->queue, "items-changed", G_CALLBACK (verify_page_items_cb), page,
                           G_CONNECT_SWAPPED);
  mh_master_detail_begin (&page->master_detail, pane, &how, page->table, page->split, page->queue);
  g_signal_connect_object (page->orders, "items-changed", G_CALLBACK (orders_cb), page,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (mh_context_sync (mh_pane_context (pane)), "changed",
                           G_CALLBACK (verify_page_changed_cb), page, 0);
  mh_bench_choice_begin (page->bench, pane);
  verify_page_bench_cb (page);
  verify_page_ask_soon (page);
}

static void
mh_verify_page_open (MhPane *pane, const char *what)
{
  if (what != NULL && what[0] != 0)
    mh_master_detail_show (&MH_VERIFY_PAGE (pane)->master_detail, what, TRUE);
}

static void
verify_page_shown (MhPane *pane)
{
  mh_record_table_grab (MH_VERIFY_PAGE (pane)->table);
}

static void
mh_verify_page_dispose (GObject *object)
{
  MhVerifyPage *page = MH_VERIFY_PAGE (object);
  g_clear_handle_id (&page->reload, g_source_remove);
  g_clear_handle_id (&page->tick, g_source_remove);
  g_clear_handle_id (&page->keys, g_source_remove);
  g_clear_weak_pointer (&page->root);
  g_clear_weak_pointer (&page->last);
  g_clear_pointer (&page->batch, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_verify_page_parent_class)->dispose (object);
}

static void
mh_verify_page_finalize (GObject *object)
{
  MhVerifyPage *page = MH_VERIFY_PAGE (object);
  g_hash_table_unref (page->hints);
  g_ptr_array_unref (page->rows);
  g_object_unref (page->partly);
  g_free (page->batch_id);
  g_clear_error (&page->refused);
  G_OBJECT_CLASS (mh_verify_page_parent_class)->finalize (object);
}

static void
mh_verify_page_class_init (MhVerifyPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_verify_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_verify_page_finalize;
  MH_PANE_CLASS (klass)->begin = verify_page_begin;
  MH_PANE_CLASS (klass)->open = mh_verify_page_open;
  MH_PANE_CLASS (klass)->shown = verify_page_shown;

  g_type_ensure (MH_TYPE_BANNER);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_VERIFY_PANE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-verify-page"));

  gtk_widget_class_bind_template_child (widget, MhVerifyPage, split);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, table);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, search);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, pane);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, count);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, in_range);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, going);
  gtk_widget_class_bind_template_child (widget, MhVerifyPage, bench);

  gtk_widget_class_bind_template_callback (widget, verify_page_undo_cb);
  gtk_widget_class_bind_template_callback (widget, verify_page_bench_cb);
  gtk_widget_class_bind_template_callback (widget, verify_page_to_table_cb);

  gtk_widget_class_install_action (widget, "verify.search", NULL, verify_page_search_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "verify.search", NULL);
  gtk_widget_class_install_action (widget, "verify.accept", NULL, accept_action);
  gtk_widget_class_install_action (widget, "verify.return", NULL, return_action);
  gtk_widget_class_install_action (widget, "verify.withdraw", NULL, verify_page_withdraw_action);
  gtk_widget_class_install_action (widget, "verify.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget, "verify.in-range", NULL, in_range_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F10, 0, "verify.in-range", NULL);
  gtk_widget_class_install_action (widget, "verify.undo", NULL, verify_page_undo_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_z, GDK_CONTROL_MASK, "verify.undo", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "verify.accept", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F7, 0, "verify.preview", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F8, 0, "verify.return", NULL);
}

static void
mh_verify_page_init (MhVerifyPage *page)
{
  page->hints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  page->rows = g_ptr_array_new_with_free_func (g_object_unref);
  page->partly = g_list_store_new (MH_TYPE_RECORD);
  gtk_widget_init_template (GTK_WIDGET (page));
  g_signal_connect (page, "notify::root", G_CALLBACK (verify_page_root_cb), NULL);
  g_signal_connect_object (page->pane, "decided", G_CALLBACK (verify_page_decided_cb), page,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (page->split, "folded", mh_verify_pane_back (page->pane), "visible",
                          G_BINDING_SYNC_CREATE);
}

GtkWidget *
mh_verify_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_VERIFY_PAGE, "context", context, NULL);
}
