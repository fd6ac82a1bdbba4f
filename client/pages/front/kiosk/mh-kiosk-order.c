/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing tests, ordering them, paying by code or at the desk, the number one is called by. */
#include "client/compat/mh-compat.h"
#include "client/pages/front/kiosk/mh-kiosk-visit-private.h"
#include "client/widgets/base/mh-code-area.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/media/mh-document-print.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/reports/front/mh-report-token.h"

#include "client/pages/front/kiosk/mh-kiosk-words.h"
#include "client/widgets/media/mh-picture-file.h"

#define POLL_SECONDS 2
#define STARS 5

/* --- choosing --- */

GtkWidget *
mh_kiosk_line_new (const char *title, const char *words)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe = g_markup_escape_text (title, -1);
  g_autofree char *below = words != NULL ? g_markup_escape_text (words, -1) : NULL;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe);
  if (below != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 5);
  return row;
}

static char *
kiosk_order_money (MhKioskVisit *visit, gint64 minor)
{
  return mh_words_money (minor, mh_record_text (visit->state, MH_KIOSK_STATE_CURRENCY));
}

static void
show_total (MhKioskVisit *visit)
{
  gint64 sum = 0;
  guint n = g_hash_table_size (visit->chosen);
  for (guint i = 0; i < visit->offered->len; i++)
    {
      MhRecord *test = g_ptr_array_index (visit->offered, i);
      if (g_hash_table_contains (visit->chosen, mh_record_text (test, MH_KIOSK_TEST_TEST)))
        sum += mh_record_int (test, MH_KIOSK_TEST_PRICE);
    }

  g_autofree char *amount = kiosk_order_money (visit, sum);
  g_autofree char *tests
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u test", "%u tests", n), n);
  g_autofree char *words = n > 0 ? g_strdup_printf ("%s · %s", tests, amount)
                                 : g_strdup (_ ("Touch what you would like to have tested."));

  gtk_label_set_label (visit->total, words);
  gtk_widget_set_sensitive (visit->tests_go, n > 0);
}

static void
kiosk_order_toggled_cb (GtkCheckButton *check, MhKioskVisit *visit)
{
  const char *code = g_object_get_data (G_OBJECT (check), "test");
  if (gtk_check_button_get_active (check))
    g_hash_table_add (visit->chosen, g_strdup (code));
  else
    g_hash_table_remove (visit->chosen, code);
  show_total (visit);
}

static GtkWidget *
kiosk_order_line_new (MhKioskVisit *visit, const char *title, const char *words, gint64 amount)
{
  GtkWidget *row = mh_kiosk_line_new (title, words);
  g_autofree char *price = kiosk_order_money (visit, amount);
  GtkWidget *label = gtk_label_new (price);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static GtkWidget *
test_row_new (MhKioskVisit *visit, MhRecord *test)
{
  gint64 hours = mh_record_int (test, MH_KIOSK_TEST_FASTING_HOURS);
  const char *name = mh_record_text (test, MH_KIOSK_TEST_NAME);
  g_autoptr (GString) words = g_string_new (mh_record_text (test, MH_KIOSK_TEST_TEXT));
  GtkWidget *check = gtk_check_button_new ();

  if (hours > 0)
    {
      g_string_append_c (words, ' ');
      g_string_append_printf (words,
                              g_dngettext (GETTEXT_PACKAGE, "Nothing to eat %u hour before.",
                                           "Nothing to eat %u hours before.", (gulong)hours),
                              (guint)hours);
    }

  GtkWidget *row
      = kiosk_order_line_new (visit, name, words->str, mh_record_int (test, MH_KIOSK_TEST_PRICE));
  g_object_set_data_full (G_OBJECT (check), "test",
                          g_strdup (mh_record_text (test, MH_KIOSK_TEST_TEST)), g_free);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_signal_connect (check, "toggled", G_CALLBACK (kiosk_order_toggled_cb), visit);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);

  /* the row's title names the box, too */
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

void
mh_kiosk_clear_list (GtkListBox *list)
{
  GtkWidget *row;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
kiosk_order_offered_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  g_clear_pointer (&visit->offered, g_ptr_array_unref);
  visit->offered = g_ptr_array_ref (answer->items);
  mh_kiosk_clear_list (visit->tests);
  for (guint i = 0; i < visit->offered->len; i++)
    gtk_list_box_append (visit->tests, test_row_new (visit, g_ptr_array_index (visit->offered, i)));
  show_total (visit);
  mh_kiosk_step (visit, "tests", NULL);
}

void
mh_kiosk_order_begin (MhKioskVisit *visit)
{
  mh_kiosk_read (visit, "kiosk.tests", "language", visit->language, kiosk_order_offered_cb);
}

/* --- the cart --- */

static MhRecord *
offer_of (MhKioskVisit *visit, const char *code)
{
  for (guint i = 0; code != NULL && i < visit->offered->len; i++)
    {
      MhRecord *test = g_ptr_array_index (visit->offered, i);
      if (g_strcmp0 (mh_record_text (test, MH_KIOSK_TEST_TEST), code) == 0)
        return test;
    }
  return NULL;
}

static MhRecord *
order_ask (MhKioskVisit *visit)
{
  MhRecord *body = mh_kiosk_ask_new (visit);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  for (guint i = 0; i < visit->offered->len; i++)
    {
      const char *code = mh_record_text (g_ptr_array_index (visit->offered, i), MH_KIOSK_TEST_TEST);
      if (g_hash_table_contains (visit->chosen, code))
        g_ptr_array_add (codes, (gpointer)code);
    }
  g_ptr_array_add (codes, NULL);
  mh_record_set_list (body, MH_KIOSK_ASK_TESTS, (const char *const *)codes->pdata);
  return body;
}

static void
show_fasting (MhKioskVisit *visit, GPtrArray *lines)
{
  gint64 hours = 0;
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *offer
          = offer_of (visit, mh_record_text (g_ptr_array_index (lines, i), MH_KIOSK_LINE_TEST));
      if (offer != NULL)
        hours = MAX (hours, mh_record_int (offer, MH_KIOSK_TEST_FASTING_HOURS));
    }

  g_autofree char *words
      = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Please have eaten nothing for %u hour.",
                                      "Please have eaten nothing for %u hours.", (gulong)hours),
                         (guint)hours);

  gtk_label_set_label (visit->fasting, words);
  gtk_widget_set_visible (GTK_WIDGET (visit->fasting), hours > 0);
}

static void
kiosk_order_quoted_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  MhRecord *order = answer->record;
  GPtrArray *lines = mh_record_records (order, MH_KIOSK_ORDER_LINES);
  gint64 rest = mh_record_int (order, MH_KIOSK_ORDER_TOTAL);

  mh_kiosk_clear_list (visit->cart);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      MhRecord *offer = offer_of (visit, mh_record_text (line, MH_KIOSK_LINE_TEST));
      gint64 amount = mh_record_int (line, MH_KIOSK_LINE_AMOUNT);
      const char *name = mh_record_text (offer != NULL ? offer : line,
                                         offer != NULL ? MH_KIOSK_TEST_NAME : MH_KIOSK_LINE_NAME);
      gtk_list_box_append (visit->cart, kiosk_order_line_new (visit, name, NULL, amount));
      rest -= amount;
    }

  if (rest != 0)
    gtk_list_box_append (visit->cart,
                         kiosk_order_line_new (visit, _ ("Tax and rounding"), NULL, rest));

  g_autofree char *total = kiosk_order_money (visit, mh_record_int (order, MH_KIOSK_ORDER_TOTAL));
  gtk_label_set_label (visit->due, total);
  show_fasting (visit, lines);
  gboolean online = mh_record_bool (visit->state, MH_KIOSK_STATE_ONLINE_PAYMENT);

  gtk_widget_set_visible (visit->pay_now, online);
  mh_kiosk_step (visit, "cart", online ? visit->pay_now : visit->pay_desk);
}

void
mh_kiosk_order_cart (MhKioskVisit *visit)
{
  g_autoptr (MhRecord) body = order_ask (visit);
  mh_kiosk_ask (visit, "kiosk.quote", NULL, body, NULL, kiosk_order_quoted_cb);
}

void
mh_kiosk_order_back (MhKioskVisit *visit)
{
  mh_kiosk_step (visit, "tests", NULL);
}

/* --- done --- */

static void
thanked_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  gtk_label_set_label (visit->stars_title, _ ("Thank you for telling us."));
  gtk_widget_set_visible (visit->stars, FALSE);
  gtk_widget_grab_focus (visit->finish);
}

static void
star_cb (GtkButton *button, MhKioskVisit *visit)
{
  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  mh_record_set_int (body, MH_KIOSK_ASK_SCORE,
                     GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "score")));
  mh_kiosk_ask (visit, "kiosk.feedback", visit->order_id, body, NULL, thanked_cb);
}

static void
fill_stars (MhKioskVisit *visit)
{
  static const struct
  {
    const char *face, *words;
  } scores[STARS] = { { "1 ★", N_ ("1 of 5: not at all") },
                      { "2 ★", N_ ("2 of 5: not quite") },
                      { "3 ★", N_ ("3 of 5: fairly") },
                      { "4 ★", N_ ("4 of 5: satisfied") },
                      { "5 ★", N_ ("5 of 5: very satisfied") } };
  while (gtk_widget_get_first_child (visit->stars) != NULL)
    gtk_box_remove (GTK_BOX (visit->stars), gtk_widget_get_first_child (visit->stars));

  for (int i = 0; i < STARS; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (scores[i].face);
      g_object_set_data (G_OBJECT (button), "score", GINT_TO_POINTER (i + 1));
      gtk_widget_add_css_class (button, "mh-kiosk-button");
      mh_accessible_name (button, _ (scores[i].words));
      mh_tooltip_set (button, _ (scores[i].words));
      g_signal_connect (button, "clicked", G_CALLBACK (star_cb), visit);
      gtk_box_append (GTK_BOX (visit->stars), button);
    }
}

/* The number on paper: without a name, since slips are left lying about. */
static MhDocument *
slip_of (MhKioskVisit *visit)
{
  g_autoptr (MhRecord) hospital = mh_record_new (&mh_hospital_type);
  g_autoptr (MhRecord) token = mh_record_new (&mh_token_type);
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  gint64 now = mh_when_now ();
  mh_record_set_text (hospital, MH_HOSPITAL_NAME,
                      mh_record_text (visit->state, MH_KIOSK_STATE_HOSPITAL));
  mh_record_set_text (hospital, MH_HOSPITAL_TIME_ZONE, g_time_zone_get_identifier (zone));
  mh_record_set_text (token, MH_TOKEN_LABEL, gtk_label_get_text (visit->number));
  mh_record_set_int (token, MH_TOKEN_ISSUED_AT, now);
  return mh_report_token (hospital, token, visit->language);
}

void
mh_kiosk_order_slip (MhKioskVisit *visit)
{
  g_autoptr (MhDocument) slip = slip_of (visit);
  mh_document_print (GTK_WIDGET (visit),
                     &(MhPrintWanted){ .printer = MH_PRINTER_ALONE,
                                       .name = _ ("Your number"),
                                       .then = mh_kiosk_printed,
                                       .data = g_object_ref (visit) },
                     slip);
}

static void
kiosk_order_done (MhKioskVisit *visit, gboolean paid)
{
  g_clear_handle_id (&visit->poll, g_source_remove);
  fill_stars (visit);
  gtk_label_set_label (visit->done_text,
                       paid ? _ ("It is paid. Please wait until your number is called.")
                            : _ ("Please pay at the desk: say this number there."));
  gtk_widget_set_visible (visit->slip, mh_document_may_print_alone ());
  mh_kiosk_step (visit, "done", visit->finish);
}

/* --- paying --- */

static void
pictured_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  g_autoptr (GdkTexture) texture
      = answer->bytes != NULL ? mh_picture_file_texture (answer->bytes, NULL) : NULL;
  if (texture == NULL)
    return;
  visit->picture = TRUE;
  gtk_picture_set_paintable (visit->qr_picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child_name (visit->qr, "picture");
}

static const struct
{
  const char *status, *words;
  gboolean open;
} states[] = {
  { MH_ATTEMPT_ASKED, N_ ("Asking the bank for a code…"), TRUE },
  { MH_ATTEMPT_OPEN, N_ ("Waiting for the bank…"), TRUE },
  { MH_ATTEMPT_AUTHORIZED, N_ ("The bank holds the money…"), TRUE },
  { MH_ATTEMPT_CLOSING, N_ ("Asking the bank whether it was paid…"), TRUE },
  { MH_ATTEMPT_FAILED, N_ ("It did not work. Please pay at the desk."), FALSE },
  { MH_ATTEMPT_EXPIRED, N_ ("It was not paid in time. Please pay at the desk."), FALSE },
  { MH_ATTEMPT_CLOSED, N_ ("It was stopped. Please pay at the desk."), FALSE },
};

static void
show_payment (MhKioskVisit *visit, MhRecord *payment)
{
  const char *status = mh_record_text (payment, MH_KIOSK_PAYMENT_STATUS);
  const char *content = mh_record_text (payment, MH_KIOSK_PAYMENT_QR_CONTENT);
  g_autofree char *amount
      = kiosk_order_money (visit, mh_record_int (payment, MH_KIOSK_PAYMENT_AMOUNT));
  gboolean open = FALSE;

  gtk_label_set_label (visit->amount, amount);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].status, status) == 0)
      {
        gtk_label_set_label (visit->qr_state, _ (states[i].words));
        open = states[i].open;
      }

  gboolean picture = mh_record_bool (payment, MH_KIOSK_PAYMENT_QR_IMAGE) && content == NULL;
  gtk_widget_set_visible (GTK_WIDGET (visit->qr), open && (content != NULL || picture));
  if (content != NULL)
    {
      mh_code_area_show (visit->qr_code, content);
      gtk_stack_set_visible_child_name (visit->qr, "code");
    }
  else if (picture && !visit->picture)
    {
      g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
      mh_kiosk_ask_quietly (visit, "kiosk.image", visit->order_id, body, pictured_cb);
    }

  if (!open)
    g_clear_handle_id (&visit->poll, g_source_remove);
}

static void
payment_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (visit->steps), "qr") != 0)
    return;
  if (mh_record_bool (answer->record, MH_KIOSK_PAYMENT_PAID))
    kiosk_order_done (visit, TRUE);
  else
    show_payment (visit, answer->record);
}

static gboolean
poll_cb (gpointer data)
{
  MhKioskVisit *visit = data;
  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  mh_kiosk_ask_quietly (visit, "kiosk.paid", visit->order_id, body, payment_cb);
  return G_SOURCE_CONTINUE;
}

static void
kiosk_order_asked_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  mh_kiosk_step (visit, "qr", visit->qr_desk);
  visit->poll = g_timeout_add_seconds (POLL_SECONDS, poll_cb, visit);
  payment_cb (visit, answer);
}

static void
ordered_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  const char *number = mh_record_text (answer->record, MH_KIOSK_ORDER_NUMBER);
  const char *token = mh_record_text (answer->record, MH_KIOSK_ORDER_TOKEN);
  g_free (visit->order_id);
  visit->order_id = g_strdup (mh_record_text (answer->record, MH_KIOSK_ORDER_ORDER_ID));
  gtk_label_set_label (visit->number, token != NULL ? token : number);
  gtk_label_set_label (visit->order_number, token != NULL ? number : "");
  gtk_widget_set_visible (GTK_WIDGET (visit->order_number), token != NULL);

  if (!visit->online)
    {
      kiosk_order_done (visit, FALSE);
      return;
    }

  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  mh_kiosk_ask (visit, "kiosk.pay", visit->order_id, body, NULL, kiosk_order_asked_cb);
}

static void
kiosk_order_place (MhKioskVisit *visit, gboolean online)
{
  g_autoptr (MhRecord) body = order_ask (visit);
  mh_record_set_text (body, MH_KIOSK_ASK_ID, visit->order_id);
  mh_record_set_bool (body, MH_KIOSK_ASK_ONLINE, online);
  visit->online = online;
  /* under the order's own id: pressed again after a lost answer it is the same order */
  mh_kiosk_ask (visit, "kiosk.order", NULL, body, visit->order_id, ordered_cb);
}

void
mh_kiosk_order_pay_now (MhKioskVisit *visit)
{
  kiosk_order_place (visit, TRUE);
}

void
mh_kiosk_order_pay_desk (MhKioskVisit *visit)
{
  kiosk_order_place (visit, FALSE);
}

static void
at_desk_done_cb (MhKioskVisit *visit, MhAnswer *answer)
{
  kiosk_order_done (visit, FALSE);
}

void
mh_kiosk_order_at_desk (MhKioskVisit *visit)
{
  g_autoptr (MhRecord) body = mh_kiosk_ask_new (visit);
  mh_kiosk_ask (visit, "kiosk.at_desk", visit->order_id, body, NULL, at_desk_done_cb);
}

/* --- making it --- */

void
mh_kiosk_order_end (MhKioskVisit *visit)
{
  g_clear_handle_id (&visit->poll, g_source_remove);
  g_clear_pointer (&visit->offered, g_ptr_array_unref);
}

void
mh_kiosk_order_class_init (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, tests);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, tests_go);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, total);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, cart);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, due);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, fasting);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, pay_now);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, pay_desk);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, qr);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, qr_code);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, qr_picture);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, qr_state);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, qr_desk);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, amount);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, number);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, order_number);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, slip);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, done_text);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, stars);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, stars_title);
  gtk_widget_class_bind_template_child (widget, MhKioskVisit, finish);
}
