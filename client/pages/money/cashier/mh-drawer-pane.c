/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-drawer-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/money/mh-till.h"

#include <glib/gi18n-lib.h>

/* Notes and coins in circulation in India (Reserve Bank of India), largest first. */
static const gint64 pieces[] = { 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100 };
#define N_PIECES G_N_ELEMENTS (pieces)

struct _MhDrawerPane
{
  MhPane parent_instance;
  MhRecord *session; /* the open or counted one; NULL: none */
  gboolean again;    /* a counted drawer is being counted again */
  gboolean busy;     /* something was handed in and is not answered yet */
  GtkStack *stack;
  GtkEditable *opening, *amount, *reason, *note;
  GtkDropDown *kind, *cause;
  GtkExpander *moving;
  GtkLabel *title, *facts, *moves, *sum, *verdict;
  GtkGrid *counts, *account;
  GtkWidget *why;
  GtkSpinButton *numbers[N_PIECES];
};

G_DEFINE_FINAL_TYPE (MhDrawerPane, mh_drawer_pane, MH_TYPE_PANE)

static char *
drawer_pane_money (gint64 minor)
{
  return mh_words_money (minor, NULL);
}

/* --- what is on show --- */

static void
show_moves (MhDrawerPane *pane)
{
  GPtrArray *moves = mh_record_records (pane->session, MH_CASH_SESSION_MOVES);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; moves != NULL && i < moves->len; i++)
    {
      MhRecord *move = g_ptr_array_index (moves, i);
      gboolean in = g_strcmp0 (mh_record_text (move, MH_CASH_MOVE_KIND), MH_CASH_MOVE_PAY_IN) == 0;
      gint64 amount = mh_record_int (move, MH_CASH_MOVE_AMOUNT);
      g_autofree char *at = mh_words_time (mh_record_int (move, MH_CASH_MOVE_AT));
      g_autofree char *shown = drawer_pane_money (in ? amount : -amount);
      g_string_append_printf (text, "%s%s  %s  %s", i > 0 ? "\n" : "", at, shown,
                              mh_record_text (move, MH_CASH_MOVE_REASON));
    }

  gtk_label_set_text (pane->moves, text->str);
}

static void
show_open (MhDrawerPane *pane)
{
  g_autofree char *at = mh_words_time (mh_record_int (pane->session, MH_CASH_SESSION_OPENED_AT));
  g_autofree char *opening
      = drawer_pane_money (mh_record_int (pane->session, MH_CASH_SESSION_FLOAT));
  g_autofree char *title = g_strdup_printf (_ ("Drawer %s is open"),
                                            mh_record_text (pane->session, MH_CASH_SESSION_NUMBER));
  gboolean implicit = mh_record_bool (pane->session, MH_CASH_SESSION_IMPLICIT);
  g_autofree char *facts
      = g_strdup_printf (implicit ? _ ("Opened by your first cash payment at %s, without float.")
                                  : _ ("Opened at %s with a float of %s."),
                         at, opening);

  gtk_label_set_text (pane->title, title);
  gtk_label_set_text (pane->facts, facts);
  show_moves (pane);
}

static void
drawer_pane_add_line (MhDrawerPane *pane,
                      int row,
                      const char *what,
                      gint64 amount,
                      const char *style)
{
  g_autofree char *shown = drawer_pane_money (amount);
  GtkWidget *label = gtk_label_new (what), *value = gtk_label_new (shown);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_widget_add_css_class (value, "numeric");

  if (style != NULL)
    {
      gtk_widget_add_css_class (label, style);
      gtk_widget_add_css_class (value, style);
    }

  gtk_grid_attach (pane->account, label, 0, row, 1, 1);
  gtk_grid_attach (pane->account, value, 1, row, 1, 1);
}

static char *
drawer_pane_verdict_of (gint64 variance)
{
  g_autofree char *size = drawer_pane_money (ABS (variance));
  if (variance == 0)
    return g_strdup (_ ("✓ The drawer balances"));
  return g_strdup_printf (variance < 0 ? _ ("▼ %s short") : _ ("▲ %s over"), size);
}

static void
show_counted (MhDrawerPane *pane)
{
  MhRecord *session = pane->session;
  gint64 variance = mh_record_int (session, MH_CASH_SESSION_VARIANCE);
  g_autofree char *verdict = drawer_pane_verdict_of (variance);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (pane->account))) != NULL)
    gtk_grid_remove (pane->account, child);

  gtk_label_set_text (pane->verdict, verdict);
  gtk_widget_remove_css_class (GTK_WIDGET (pane->verdict), variance == 0 ? "mh-late" : "mh-good");
  gtk_widget_add_css_class (GTK_WIDGET (pane->verdict), variance == 0 ? "mh-good" : "mh-late");
  drawer_pane_add_line (pane, 0, _ ("Float"), mh_record_int (session, MH_CASH_SESSION_FLOAT), NULL);
  drawer_pane_add_line (pane, 1, _ ("Cash taken"), mh_record_int (session, MH_CASH_SESSION_CASH_IN),
                        NULL);
  drawer_pane_add_line (pane, 2, _ ("Cash given back"),
                        -mh_record_int (session, MH_CASH_SESSION_CASH_OUT), NULL);
  drawer_pane_add_line (pane, 3, _ ("Put in or taken out"),
                        mh_record_int (session, MH_CASH_SESSION_MOVED), NULL);
  drawer_pane_add_line (pane, 4, _ ("Expected"), mh_record_int (session, MH_CASH_SESSION_EXPECTED),
                        "heading");
  drawer_pane_add_line (pane, 5, _ ("Counted"),
                        mh_record_int (session, MH_CASH_SESSION_COUNTED_TOTAL), "heading");
  gtk_widget_set_visible (pane->why, variance != 0);
}

static const char *
drawer_pane_state_of (MhDrawerPane *pane)
{
  const char *status
      = pane->session != NULL ? mh_record_text (pane->session, MH_CASH_SESSION_STATUS) : NULL;
  if (status == NULL || g_str_equal (status, MH_CASH_SESSION_CLOSED))
    return "none";
  return g_str_equal (status, MH_CASH_SESSION_COUNTED) && !pane->again ? "counted" : "open";
}

static void
drawer_pane_show (MhDrawerPane *pane)
{
  const char *state = drawer_pane_state_of (pane);
  if (g_str_equal (state, "open"))
    show_open (pane);
  else if (g_str_equal (state, "counted"))
    show_counted (pane);
  gtk_stack_set_visible_child_name (pane->stack, state);
}

/* Where hands go next: the float, or the first note. */
static void
begin_at (MhDrawerPane *pane)
{
  const char *state = drawer_pane_state_of (pane);
  if (g_str_equal (state, "none"))
    gtk_widget_grab_focus (GTK_WIDGET (pane->opening));
  else if (g_str_equal (state, "open"))
    gtk_widget_grab_focus (GTK_WIDGET (pane->numbers[0]));
}

static void
set_session (MhDrawerPane *pane, MhRecord *session)
{
  const char *before = drawer_pane_state_of (pane);
  g_set_object (&pane->session, session);
  drawer_pane_show (pane);
  /* Whoever types already is left where they are. */
  if (g_strcmp0 (before, drawer_pane_state_of (pane)) != 0
      && gtk_widget_get_mapped (GTK_WIDGET (pane)))
    begin_at (pane);
}

/* --- asking --- */

static void
drawer_pane_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDrawerPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) answer = mh_fetch_finish_record (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  if (answer != NULL)
    set_session (pane, answer);
}

static void
drawer_pane_list_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDrawerPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  MhRecord *newest = answer != NULL && answer->len > 0 ? g_ptr_array_index (answer, 0) : NULL;

  if (newest == NULL
      || g_strcmp0 (mh_record_text (newest, MH_CASH_SESSION_STATUS), MH_CASH_SESSION_CLOSED) == 0)
    {
      set_session (pane, NULL);
      return;
    }

  const char *args[] = { "id", mh_record_id (newest), NULL };
  mh_fetch_async (mh_pane_context (MH_PANE (pane)),
                  &(MhFetch){ .route = "till.read", .args = args },
                  mh_pane_cancellable (MH_PANE (pane)), drawer_pane_read_cb, g_object_ref (pane));
}

static void
drawer_pane_load (MhDrawerPane *pane)
{
  MhContext *context = mh_pane_context (MH_PANE (pane));
  MhRecord *user = mh_context_user (context);
  if (user == NULL)
    return;
  const char *args[] = { "cashier_id", mh_record_id (user), "limit", "1", NULL };
  mh_fetch_async (context, &(MhFetch){ .route = "till.list", .args = args },
                  mh_pane_cancellable (MH_PANE (pane)), drawer_pane_list_cb, g_object_ref (pane));
}

/* --- doing --- */

/* The next count begins blind, not with what was found in this drawer. */
static void
forget_count (MhDrawerPane *pane)
{
  for (guint i = 0; i < N_PIECES; i++)
    gtk_spin_button_set_value (pane->numbers[i], 0);
  gtk_editable_set_text (pane->note, "");
  mh_reasons_clear (pane->cause);
}

static void
drawer_pane_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDrawerPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  pane->busy = FALSE;
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;

  if (outcome == NULL)
    {
      mh_shell_fail (GTK_WIDGET (pane), error);
      drawer_pane_load (pane);
      return;
    }

  gboolean closed = g_strcmp0 (drawer_pane_state_of (pane), "counted") == 0;
  pane->again = FALSE;
  if (closed)
    {
      forget_count (pane);
      mh_shell_toast (GTK_WIDGET (pane), _ ("The drawer is closed."));
    }

  drawer_pane_load (pane);
}

static void
drawer_pane_submit (MhDrawerPane *pane, const char *route, MhRecord *body)
{
  const char *args[] = { "id", pane->session != NULL ? mh_record_id (pane->session) : NULL, NULL };
  pane->busy = TRUE;
  mh_command_async (
      mh_pane_context (MH_PANE (pane)),
      &(MhCommand){ .route = route, .args = pane->session != NULL ? args : NULL, .body = body },
      mh_pane_cancellable (MH_PANE (pane)), drawer_pane_done_cb, g_object_ref (pane));
}

static gboolean
drawer_pane_read_amount (MhDrawerPane *pane, GtkEditable *entry, gint64 *out_amount)
{
  const char *text = gtk_editable_get_text (entry);
  if (*text == '\0')
    *out_amount = 0;
  else if (!mh_money_parse (text, out_amount))
    {
      mh_shell_toast (GTK_WIDGET (pane), _ ("Write the amount as 500 or 500.50."));
      gtk_widget_grab_focus (GTK_WIDGET (entry));
      return FALSE;
    }
  return TRUE;
}

static void
drawer_pane_open_cb (MhDrawerPane *pane)
{
  gint64 opening = 0;
  if (pane->busy || !drawer_pane_read_amount (pane, pane->opening, &opening))
    return;
  g_autoptr (MhRecord) body = mh_record_new (&mh_cash_session_type);
  mh_record_take_text (body, MH_ID, mh_id_new ());
  mh_record_set_int (body, MH_CASH_SESSION_FLOAT, opening);
  gtk_editable_set_text (pane->opening, "");
  g_clear_object (&pane->session);
  drawer_pane_submit (pane, "till.open", body);
}

static void
drawer_pane_move_cb (MhDrawerPane *pane)
{
  gint64 amount = 0;
  const char *reason = gtk_editable_get_text (pane->reason);
  if (pane->busy || !drawer_pane_read_amount (pane, pane->amount, &amount))
    return;

  if (amount == 0 || *reason == '\0')
    {
      mh_shell_toast (GTK_WIDGET (pane), _ ("Write the amount and why."));
      return;
    }

  g_autoptr (MhRecord) body = mh_record_new (&mh_cash_move_type);
  mh_record_take_text (body, MH_ID, mh_id_new ());
  mh_record_set_text (body, MH_CASH_MOVE_KIND,
                      mh_cash_move_codes[gtk_drop_down_get_selected (pane->kind)].code);
  mh_record_set_int (body, MH_CASH_MOVE_AMOUNT, amount);
  mh_record_set_text (body, MH_CASH_MOVE_REASON, reason);
  gtk_editable_set_text (pane->amount, "");
  gtk_editable_set_text (pane->reason, "");
  drawer_pane_submit (pane, "till.move", body);
}

static void
send_count (MhDrawerPane *pane)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_cash_counting_type);
  for (guint i = 0; i < N_PIECES; i++)
    {
      g_autoptr (MhRecord) row = mh_record_new (&mh_cash_count_type);
      mh_record_set_int (row, MH_CASH_COUNT_DENOMINATION, pieces[i]);
      mh_record_set_int (row, MH_CASH_COUNT_PIECES,
                         gtk_spin_button_get_value_as_int (pane->numbers[i]));
      mh_record_append (body, MH_CASH_COUNTING_COUNTS, row);
    }
  drawer_pane_submit (pane, "till.count", body);
}

static gint64
counted_total (MhDrawerPane *pane)
{
  gint64 total = 0;
  for (guint i = 0; i < N_PIECES; i++)
    total += pieces[i] * gtk_spin_button_get_value_as_int (pane->numbers[i]);
  return total;
}

static void
empty_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhDrawerPane) pane = data;
  if (mh_ask_finish (result) && mh_pane_context (MH_PANE (pane)) != NULL)
    send_count (pane);
}

/* An empty count is more often a slip of the key than an empty drawer. */
static void
hand_in (MhDrawerPane *pane)
{
  if (counted_total (pane) > 0)
    send_count (pane);
  else
    mh_ask_async (GTK_WIDGET (pane), _ ("Is the drawer empty?"),
                  _ ("No note and no coin was counted."), _ ("It is empty"), FALSE, empty_cb,
                  g_object_ref (pane));
}

static void
close_drawer (MhDrawerPane *pane)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_cash_closing_type);
  const char *note = gtk_editable_get_text (pane->note);
  if (mh_record_int (pane->session, MH_CASH_SESSION_VARIANCE) != 0)
    {
      const char *cause = mh_reasons_get (pane->cause, NULL);
      if (cause == NULL)
        {
          mh_shell_toast (GTK_WIDGET (pane), _ ("Write why the drawer does not balance."));
          return;
        }
      mh_record_set_text (body, MH_CASH_CLOSING_VARIANCE_REASON, cause);
    }

  if (*note != '\0')
    mh_record_set_text (body, MH_CASH_CLOSING_NOTE, note);
  drawer_pane_submit (pane, "till.close", body);
}

static void
primary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhDrawerPane *pane = MH_DRAWER_PANE (widget);
  const char *state = drawer_pane_state_of (pane);
  if (pane->busy) /* the key was pressed twice */
    return;
  if (g_str_equal (state, "none"))
    drawer_pane_open_cb (pane);
  else if (g_str_equal (state, "open"))
    hand_in (pane);
  else
    close_drawer (pane);
}

static void
drawer_pane_again_cb (MhDrawerPane *pane)
{
  pane->again = TRUE;
  drawer_pane_show (pane);
  gtk_widget_grab_focus (GTK_WIDGET (pane->numbers[0]));
}

/* --- making it --- */

static void
drawer_pane_counted_cb (MhDrawerPane *pane)
{
  g_autofree char *shown = drawer_pane_money (counted_total (pane));
  gtk_label_set_text (pane->sum, shown);
}

/* Enter goes on to the next note, as fingers on a number pad do. */
static void
drawer_pane_next_cb (MhDrawerPane *pane, GtkText *from)
{
  for (guint i = 0; i + 1 < N_PIECES; i++)
    if (gtk_widget_is_ancestor (GTK_WIDGET (from), GTK_WIDGET (pane->numbers[i])))
      gtk_widget_grab_focus (GTK_WIDGET (pane->numbers[i + 1]));
}

static void
add_piece (MhDrawerPane *pane, guint i)
{
  g_autofree char *shown = g_strdup_printf ("₹%" G_GINT64_FORMAT, pieces[i] / 100);
  g_autofree char *name = g_strdup_printf (_ ("Pieces of %s"), shown);
  GtkWidget *label = gtk_label_new (shown), *times = gtk_label_new ("×");
  GtkWidget *number = gtk_spin_button_new_with_range (0, 100000, 1);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  mh_accessible_name (number, name);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (number), TRUE);
  gtk_grid_attach (pane->counts, label, 0, (int)i, 1, 1);
  gtk_grid_attach (pane->counts, times, 1, (int)i, 1, 1);
  gtk_grid_attach (pane->counts, number, 2, (int)i, 1, 1);
  pane->numbers[i] = GTK_SPIN_BUTTON (number);
  g_signal_connect_object (number, "value-changed", G_CALLBACK (drawer_pane_counted_cb), pane,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (number)), "activate",
                           G_CALLBACK (drawer_pane_next_cb), pane, G_CONNECT_SWAPPED);
}

static void
drawer_pane_shown (MhPane *pane)
{
  drawer_pane_load (MH_DRAWER_PANE (pane));
  begin_at (MH_DRAWER_PANE (pane));
}

static void
mh_drawer_pane_finalize (GObject *object)
{
  g_clear_object (&MH_DRAWER_PANE (object)->session);
  G_OBJECT_CLASS (mh_drawer_pane_parent_class)->finalize (object);
}

static void
drawer_pane_bind (GtkWidgetClass *widget)
{
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-drawer-pane"));
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, stack);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, opening);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, amount);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, reason);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, note);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, kind);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, cause);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, moving);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, title);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, facts);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, moves);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, sum);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, verdict);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, counts);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, account);
  gtk_widget_class_bind_template_child (widget, MhDrawerPane, why);
  gtk_widget_class_bind_template_callback (widget, drawer_pane_open_cb);
  gtk_widget_class_bind_template_callback (widget, drawer_pane_move_cb);
  gtk_widget_class_bind_template_callback (widget, drawer_pane_again_cb);
  mh_closures_bind (widget);
}

static void
mh_drawer_pane_class_init (MhDrawerPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_drawer_pane_finalize;
  MH_PANE_CLASS (klass)->shown = drawer_pane_shown;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  drawer_pane_bind (widget);
  gtk_widget_class_install_action (widget, "drawer.primary", NULL, primary_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "drawer.primary", NULL);
}

static void
mh_drawer_pane_init (MhDrawerPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
  mh_fill_codes (pane->kind, mh_cash_move_codes);
  mh_reasons_fill (pane->cause, mh_variance_reason_codes);
  /* A cause is given, not left standing. */
  for (guint i = 0; i < N_PIECES; i++)
    add_piece (pane, i);
  drawer_pane_counted_cb (pane);
}
