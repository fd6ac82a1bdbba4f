/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widgets and pages on a virtual screen; every warning is fatal. No server answers: that is the
 * ordinary case. */
#include "client/compat/mh-compat.h"
#include "client/mh-notices.h"
#include "client/mh-pages.h"
#include "client/mh-window.h"
#include "client/pages/platform/login/mh-login-page.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-tabs.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-day-grid.h"
#include "client/widgets/hospital/mh-alert-list.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "client/widgets/table/mh-table-focus.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/clinic/mh-slots.h"
#include "tests/client/widget-fixture.h"

#include <glib/gstdio.h>

/* --- marks --- */

static void
test_flags (void)
{
  static const struct
  {
    const char *flag, *text, *style;
  } rows[] = { { "L", "L ↓ Low", "mh-low" },
               { "H", "H ↑ High", "mh-high" },
               { "LL", "LL ⇊ Critical", "mh-critical" },
               { "HH", "HH ⇈ Critical", "mh-critical" },
               { "A", "● Abnormal", "mh-abnormal" },
               { "AA", "● Critical", "mh-critical" },
               { "N", "", NULL },
               { NULL, "", NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *label = g_object_ref_sink (mh_flag_new ("HH"));
      mh_flag_set (label, rows[i].flag);
      g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, rows[i].text);
      g_assert_cmpstr (mh_flag_style (rows[i].flag), ==, rows[i].style);
      if (rows[i].style == NULL)
        g_assert_false (gtk_widget_has_css_class (label, "mh-critical"));
      g_object_unref (label);
    }
}

/* Every code that a board, a tube or a payment can have is told by a word, not by its code. */
static void
test_pills (void)
{
  const MhCode *const tables[]
      = { mh_order_status_codes, mh_order_tab_codes, mh_order_priority_codes,
          mh_payment_state_codes, mh_sample_status_codes };
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const MhCode *code = tables[t]; code->code != NULL; code++)
      {
        GtkWidget *pill = g_object_ref_sink (mh_status_pill_new (code->code, code->label));
        g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (pill)), code->label));
        g_assert_true (gtk_widget_get_visible (pill));
        mh_status_pill_set (pill, NULL, NULL);
        g_assert_false (gtk_widget_get_visible (pill));
        g_object_unref (pill);
      }
}

static void
test_strip (void)
{
  g_autoptr (MhRecord) patient = widget_patient ("Asha", "Verma");
  MhPatientStrip *strip = g_object_ref_sink (MH_PATIENT_STRIP (mh_patient_strip_new ()));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (strip)));
  mh_patient_strip_show (strip, patient, "2026-11-21");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (strip)));
  mh_record_set_list (patient, MH_PATIENT_ALLERGIES, (const char *[]){ "Penicillin", NULL });
  mh_patient_strip_show (strip, NULL, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (strip)));
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Usha"); /* nobody listens any more */
  g_object_unref (strip);
}

static void
test_words (void)
{
  g_autoptr (MhRecord) patient = widget_patient ("Asha", "Verma");
  g_autofree char *name = mh_words_patient (patient);
  g_autofree char *age = mh_words_age_sex ("1984-02-29", "female", "2026-11-21");
  g_autofree char *minutes = mh_words_since (0, 59 * G_TIME_SPAN_MINUTE);
  g_autofree char *hours = mh_words_since (0, 60 * G_TIME_SPAN_MINUTE);
  g_autofree char *days = mh_words_since (0, 24 * 60 * G_TIME_SPAN_MINUTE);
  g_autofree char *date = mh_words_of_date ("1984-02-29");
  g_assert_cmpstr (name, ==, "VERMA Asha");
  g_assert_cmpstr (age, ==, "42 y F");
  g_assert_cmpstr (minutes, ==, "59 min");
  g_assert_cmpstr (hours, ==, "1 h 00 min");
  g_assert_cmpstr (days, ==, "1 d");
  g_assert_cmpstr (date, ==, "29 Feb 1984");
}

/* A refusal says why: the server's reason, or the right that is missing by its name. */
static void
test_refusals (void)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GError) right = NULL;
  g_autoptr (MhIssues) issues = mh_issues_new ();
  mh_error_set (&reason, MH_ERROR_FORBIDDEN, "Another person must co-sign.");
  mh_issues_add (issues, "permission", MH_ISSUE_MISSING_RIGHT, "%s", MH_MAY_TAKE_PAYMENT);
  mh_error_set_issues (&right, MH_ERROR_FORBIDDEN, issues, "in the server's words");
  g_autofree char *told = mh_words_error (reason);
  g_autofree char *needed = mh_words_error (right);
  g_autofree char *listed = mh_words_issue (mh_issues_nth (issues, 0), NULL);
  g_assert_cmpstr (told, ==, "Another person must co-sign.");
  g_assert_cmpstr (needed, ==,
                   "This needs the right “Take payments”, which your roles do not give. Ask a "
                   "colleague who has it, or an administrator, who gives it with a role.");
  g_assert_cmpstr (listed, ==, needed);
}

/* An amount that names no currency is in the hospital's, one that does in its own. */
static void
test_money (void)
{
  GApplication *before = g_application_get_default ();
  g_autoptr (GApplication) desk = g_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS);
  g_autoptr (MhRecord) paid = mh_record_new (&mh_payment_type);
  g_autoptr (MhRecord) test = mh_record_new (&mh_test_type);
  g_application_set_default (desk);
  g_autofree char *unsaid = mh_words_money (51100, NULL);
  g_assert_cmpstr (unsaid, ==, "₹511.00");
  mh_words_set_currency ("USD");
  mh_record_set_int (test, MH_TEST_PRICE, 123456789);
  mh_record_set_int (paid, MH_PAYMENT_AMOUNT, 100);
  mh_record_set_text (paid, MH_PAYMENT_CURRENCY, "EUR");
  g_autofree char *price = mh_words_value (test, MH_TEST_PRICE);
  g_autofree char *amount = mh_words_value (paid, MH_PAYMENT_AMOUNT);
  g_assert_cmpstr (price, ==, "$1,234,567.89");
  g_assert_cmpstr (amount, ==, "€1.00");
  mh_words_set_currency (NULL);
  g_assert_cmpstr (mh_words_currency (), ==, MH_CURRENCY_DEFAULT);
  g_application_set_default (before);
}

/* --- pages and compatibility --- */

static void
test_every_page (void)
{
  g_autoptr (MhContext) context = widget_context ();
  GtkWidget *window = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (window));
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    {
      GtkWidget *widget = page->make (context);
      g_assert_true (GTK_IS_WIDGET (widget));
      g_assert_true (mh_page_find (page->id) == page);
      gtk_window_set_child (GTK_WINDOW (window), widget);
      widget_turn ();
    }
  gtk_window_destroy (GTK_WINDOW (window));
  widget_turn ();
}

/* The window of the keys lists every page's, by the words of the side bar. */
static void
test_keys_of_pages (void)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (MH_TEMPLATE ("platform/shell/mh-shortcuts"),
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  const char *ui = g_bytes_get_data (bytes, NULL);
  for (const MhPageInfo *page = mh_pages; page->id != NULL; page++)
    {
      g_autofree char *row = g_markup_printf_escaped (
          "</property><property name=\"accelerator\">%s</property>", page->accel);
      /* an apostrophe in a label stands as it is in the resource */
      g_autofree char *whole = g_strconcat (">", page->label, row, NULL);
      if (page->accel != NULL && g_strstr_len (ui, (gssize)g_bytes_get_size (bytes), whole) == NULL)
        g_error ("%s is missing in mh-shortcuts.ui", page->id);
    }
}

/* Who signed in at 100 is told of what happened later, and of nothing else. */
static void
test_notices (void)
{
  static const struct
  {
    const char *priority, *status;
    gint64 at;
    MhNoticeKind kind;
  } orders[] = { { MH_PRIORITY_STAT, MH_ORDER_STATUS_PLACED, 101, MH_NOTICE_STAT },
                 { MH_PRIORITY_STAT, MH_ORDER_STATUS_PLACED, 100, MH_NOTICE_NONE },
                 { MH_PRIORITY_STAT, MH_ORDER_STATUS_COLLECTED, 101, MH_NOTICE_NONE },
                 { MH_PRIORITY_ROUTINE, MH_ORDER_STATUS_PLACED, 101, MH_NOTICE_NONE } };
  static const struct
  {
    gboolean critical;
    const char *status;
    gint64 at;
    MhNoticeKind kind;
  } results[] = { { TRUE, MH_RESULT_STATUS_ENTERED, 101, MH_NOTICE_CRITICAL },
                  { TRUE, MH_RESULT_STATUS_ENTERED, 100, MH_NOTICE_NONE },
                  { TRUE, MH_RESULT_STATUS_VERIFIED, 101, MH_NOTICE_NONE },
                  { FALSE, MH_RESULT_STATUS_ENTERED, 101, MH_NOTICE_NONE } };
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (MhRecord) order = mh_record_new (&mh_order_type);
      mh_record_set_text (order, MH_ORDER_PRIORITY, orders[i].priority);
      mh_record_set_text (order, MH_ORDER_STATUS, orders[i].status);
      mh_record_set_int (order, MH_CREATED_AT, orders[i].at);
      g_assert_cmpint (mh_notice_of (order, 100), ==, orders[i].kind);
    }
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (MhRecord) result = mh_record_new (&mh_result_type);
      mh_record_set_bool (result, MH_RESULT_CRITICAL, results[i].critical);
      mh_record_set_text (result, MH_RESULT_STATUS, results[i].status);
      mh_record_set_int (result, MH_RESULT_ENTERED_AT, results[i].at);
      g_assert_cmpint (mh_notice_of (result, 100), ==, results[i].kind);
    }
  static const struct
  {
    const char *severity, *status;
    gint64 at;
    MhNoticeKind kind;
  } alerts[] = { { MH_ALERT_SEVERE, MH_ALERT_OPEN, 101, MH_NOTICE_ALERT },
                 { MH_ALERT_SEVERE, MH_ALERT_OPEN, 100, MH_NOTICE_NONE },
                 { MH_ALERT_SEVERE, MH_ALERT_ACKNOWLEDGED, 101, MH_NOTICE_NONE },
                 { MH_ALERT_WARNING, MH_ALERT_OPEN, 101, MH_NOTICE_NONE } };
  for (guint i = 0; i < G_N_ELEMENTS (alerts); i++)
    {
      g_autoptr (MhRecord) alert = mh_record_new (&mh_alert_type);
      mh_record_set_text (alert, MH_ALERT_SEVERITY, alerts[i].severity);
      mh_record_set_text (alert, MH_ALERT_STATUS, alerts[i].status);
      mh_record_set_int (alert, MH_ALERT_RAISED_AT, alerts[i].at);
      g_assert_cmpint (mh_notice_of (alert, 100), ==, alerts[i].kind);
    }
}

/* Times among the words are written as this desk writes them. */
static void
test_alert_words (void)
{
  static const char *const arguments[] = { "XN-1000", "2026-11-21", NULL };
  g_autoptr (MhRecord) alert = mh_record_new (&mh_alert_type);
  mh_record_set_text (alert, MH_ALERT_KIND, MH_ALERT_CALIBRATION_DUE);
  mh_record_set_list (alert, MH_ALERT_ARGUMENTS, arguments);
  g_autofree char *words = mh_alert_words (alert);
  g_assert_cmpstr (mh_alert_title (alert), ==, "Calibration due");
  g_assert_cmpstr (words, ==, "XN-1000 is due for calibration on 21 Nov 2026");
}

static void
test_login_page (void)
{
  g_autoptr (MhContext) context = widget_context ();
  GtkWidget *page = g_object_ref_sink (mh_login_page_new (context));
  mh_login_page_ask (MH_LOGIN_PAGE (page), "reception", "Locked");
  mh_login_page_ask (MH_LOGIN_PAGE (page), NULL, NULL);
  g_object_unref (page);
}

static void
test_page_stack (void)
{
  MhPageStack *stack = g_object_ref_sink (MH_PAGE_STACK (mh_page_stack_new ()));
  g_assert_false (mh_page_stack_pop (stack));
  mh_page_stack_push (stack, gtk_label_new ("one"), "one");
  mh_page_stack_push (stack, gtk_label_new ("two"), "two");
  g_assert_true (mh_page_stack_pop (stack));
  g_assert_false (mh_page_stack_pop (stack));
  g_object_unref (stack);
}

static void
test_split (void)
{
  GtkWidget *split = g_object_ref_sink (
      mh_split_new (gtk_label_new ("list"), 300, gtk_label_new ("detail"), 300));
  mh_split_show_end (MH_SPLIT (split), TRUE);
  mh_split_set_grow_start (MH_SPLIT (split), TRUE);
  g_object_unref (split);
}

/* --- tabs --- */

static void
test_tabs (void)
{
  GtkWidget *window = gtk_window_new (), *scrolled = gtk_scrolled_window_new ();
  GtkStack *stack = GTK_STACK (g_object_ref_sink (gtk_stack_new ()));
  GtkStackSwitcher *switcher = GTK_STACK_SWITCHER (gtk_stack_switcher_new ());
  const char *names[] = { "Overview", "Timeline", "Immunisations", "Consents" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_stack_add_titled (stack, gtk_label_new (NULL), names[i], names[i]);
  g_assert_null (mh_tabs_button (switcher));
  gtk_stack_switcher_set_stack (switcher, stack);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (switcher));
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (window), 200, 60);
  mh_tabs_follow (switcher);
  gtk_window_present (GTK_WINDOW (window));
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled));
  for (int i = 0; i < 500 && gtk_adjustment_get_page_size (across) < 10; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (gtk_adjustment_get_upper (across), >, gtk_adjustment_get_page_size (across));
  gtk_stack_set_visible_child_name (stack, "Consents");
  GtkWidget *button = mh_tabs_button (switcher);
  graphene_rect_t place;
  while (gtk_adjustment_get_value (across) < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_compute_bounds (button, GTK_WIDGET (switcher), &place));
  g_assert_true (button == gtk_widget_get_last_child (GTK_WIDGET (switcher)));
  g_assert_cmpfloat (gtk_adjustment_get_value (across) + gtk_adjustment_get_page_size (across), >=,
                     place.origin.x + place.size.width - 1);
  gtk_window_destroy (GTK_WINDOW (window));
  widget_turn ();
  g_object_unref (stack);
}

/* --- a calendar's keys --- */

static void
tell_bookings (MhDayGrid *grid, MhRecord *first, MhRecord *second)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, TRUE, sizeof (MhSlotTime));
  MhSlotTime slot = { .start = 9 * MH_HOUR, .end = 10 * MH_HOUR };
  g_array_append_val (slots, slot);
  mh_day_grid_begin (grid);
  guint column = mh_day_grid_add_column (grid, "Room", 0, slots, NULL, 2);
  if (first != NULL)
    mh_day_grid_add_booking (grid, column, first);
  if (second != NULL)
    mh_day_grid_add_booking (grid, column, second);
  mh_day_grid_end (grid, 0);
}

static MhRecord *
booking_new (const char *id)
{
  MhRecord *booking = mh_record_new (&mh_appointment_type);
  mh_record_set_text (booking, MH_ID, id);
  mh_record_set_int (booking, MH_APPOINTMENT_START_AT, 9 * MH_HOUR);
  mh_record_set_int (booking, MH_APPOINTMENT_END_AT, 10 * MH_HOUR);
  return booking;
}

/* Two of one time: while bookings come and go the keys stay on theirs. */
static void
test_day_grid_keeps_its_booking (void)
{
  GtkWidget *widget = g_object_ref_sink (mh_day_grid_new ());
  MhDayGrid *grid = MH_DAY_GRID (widget);
  g_autoptr (MhRecord) one = booking_new ("one"), two = booking_new ("two");
  tell_bookings (grid, one, two);
  mh_day_grid_select (grid, "two");
  g_assert_true (mh_day_grid_current (grid, NULL, NULL) == two);
  tell_bookings (grid, two, one);
  g_assert_true (mh_day_grid_current (grid, NULL, NULL) == two);
  tell_bookings (grid, NULL, NULL);
  g_assert_null (mh_day_grid_current (grid, NULL, NULL));
  tell_bookings (grid, one, two);
  g_assert_true (mh_day_grid_current (grid, NULL, NULL) == two);
  mh_day_grid_select (grid, "one");
  tell_bookings (grid, two, one);
  g_assert_true (mh_day_grid_current (grid, NULL, NULL) == one);
  g_object_unref (widget);
}

/* --- a row that goes on in the next line --- */

static int
height_at (GtkWidget *widget, int width)
{
  int minimum, natural;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, natural);
  return natural;
}

static void
stands_at (GtkWidget *wrap, GtkWidget *child, int x, int y, int width)
{
  graphene_rect_t place;
  g_assert_true (gtk_widget_compute_bounds (child, wrap, &place));
  g_assert_cmpint ((int)place.origin.x, ==, x);
  g_assert_cmpint ((int)place.origin.y, ==, y);
  g_assert_cmpint ((int)place.size.width, ==, width);
}

static void
test_wrap (void)
{
  GtkWidget *wrap
      = g_object_ref_sink (g_object_new (MH_TYPE_WRAP, "spacing", 10, "line-spacing", 4, NULL));
  GtkWidget *part[3];
  int minimum, natural;
  for (int i = 0; i < 3; i++)
    {
      part[i] = gtk_drawing_area_new ();
      gtk_widget_set_size_request (part[i], 100, 20 + 10 * i);
      mh_wrap_append (MH_WRAP (wrap), part[i]);
    }
  gtk_widget_measure (wrap, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 320);
  g_assert_cmpint (height_at (wrap, 320), ==, 40);
  g_assert_cmpint (height_at (wrap, 319), ==, 30 + 4 + 40);
  g_assert_cmpint (height_at (wrap, 210), ==, 30 + 4 + 40);
  g_assert_cmpint (height_at (wrap, 209), ==, 20 + 4 + 30 + 4 + 40);

  gtk_widget_set_hexpand (part[2], TRUE);
  gtk_widget_set_direction (wrap, GTK_TEXT_DIR_LTR);
  gtk_widget_allocate (wrap, 250, 74, -1, NULL);
  stands_at (wrap, part[0], 0, 0, 100);
  stands_at (wrap, part[1], 110, 0, 100);
  stands_at (wrap, part[2], 0, 34, 250);
  gtk_widget_set_direction (wrap, GTK_TEXT_DIR_RTL);
  gtk_widget_allocate (wrap, 250, 74, -1, NULL);
  stands_at (wrap, part[0], 150, 0, 100);
  stands_at (wrap, part[1], 40, 0, 100);

  /* after one that takes the room the others stand at the end */
  gtk_widget_set_hexpand (part[0], TRUE);
  gtk_widget_set_hexpand (part[2], FALSE);
  gtk_widget_set_direction (wrap, GTK_TEXT_DIR_LTR);
  gtk_widget_allocate (wrap, 250, 74, -1, NULL);
  stands_at (wrap, part[0], 0, 0, 140);
  stands_at (wrap, part[1], 150, 0, 100);
  stands_at (wrap, part[2], 150, 34, 100);

  /* who is hidden takes no place, and leaves no gap */
  gtk_widget_set_visible (part[1], FALSE);
  g_assert_cmpint (height_at (wrap, 210), ==, 40);
  mh_wrap_clear (MH_WRAP (wrap));
  g_assert_null (gtk_widget_get_first_child (wrap));
  g_assert_cmpint (height_at (wrap, 100), ==, 0);
  g_object_unref (wrap);
}

/* A letter that was meant for the row that went does nothing to the one in its place. */
static void
test_keys_on_their_way (void)
{
  static const struct
  {
    gint64 since;
    guint key;
    GdkModifierType state;
    gboolean may;
  } rows[] = { { 0, GDK_KEY_r, 0, FALSE },
               { 699999, GDK_KEY_r, 0, FALSE },
               { 700000, GDK_KEY_r, 0, TRUE },
               { 0, GDK_KEY_R, GDK_SHIFT_MASK, FALSE },
               { 0, GDK_KEY_Return, 0, FALSE },
               { 0, GDK_KEY_F9, 0, FALSE },
               { 0, GDK_KEY_Delete, 0, FALSE },
               { 0, GDK_KEY_Down, 0, TRUE },
               { 0, GDK_KEY_Tab, 0, TRUE },
               { 0, GDK_KEY_Escape, 0, TRUE },
               { 0, GDK_KEY_k, GDK_CONTROL_MASK, TRUE },
               { 0, GDK_KEY_1, GDK_ALT_MASK, TRUE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (mh_table_focus_may_act (rows[i].since, rows[i].key, rows[i].state) != rows[i].may)
      g_error ("row %u", i);
}

/* Whatever zone this machine is in: eight in the evening in London is the next day in Pune. */
static void
test_when (void)
{
  g_autoptr (GApplication) application = g_application_new ("org.example.When", 0);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Kolkata");
  gint64 instant;
  g_assert_true (mh_instant_parse ("2026-11-22T20:00:00Z", &instant));
  g_application_set_default (application);
  mh_when_set_zone (zone);
  g_autofree char *clock = mh_when_clock (instant);
  g_autofree char *day = mh_when_day (instant);
  g_autofree char *time = mh_words_time (instant);
  g_assert_cmpstr (clock, ==, "01:30");
  g_assert_cmpstr (day, ==, "23 Nov 2026");
  g_assert_true (g_str_has_suffix (time, "01:30"));
  g_assert_cmpint (mh_when_midnight ((MhDate){ 2026, 11, 23 }), ==, instant - 90 * MH_MINUTE);
  MhDate today = mh_when_today ();
  g_assert_cmpint (mh_date_compare (today, mh_date_of_instant (g_get_real_time (), zone)), ==, 0);
  g_application_set_default (NULL);
}

/* What is folded away is hidden, or a screen reader would read it. */
static void
test_banner (void)
{
  GtkWidget *banner = g_object_ref_sink (mh_banner_new ("The server is away"));
  g_assert_false (gtk_widget_get_visible (banner));
  mh_banner_set_revealed (MH_BANNER (banner), TRUE);
  g_assert_true (gtk_widget_get_visible (banner));
  mh_banner_set_revealed (MH_BANNER (banner), FALSE);
  g_assert_false (gtk_widget_get_visible (banner));
  g_object_unref (banner);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  mh_records_register ();
  g_test_add_func ("/widgets/banner", test_banner);
  g_test_add_func ("/client/flags", test_flags);
  g_test_add_func ("/client/keys-on-their-way", test_keys_on_their_way);
  g_test_add_func ("/client/pills", test_pills);
  g_test_add_func ("/client/strip", test_strip);
  g_test_add_func ("/client/words", test_words);
  g_test_add_func ("/client/words/refusals", test_refusals);
  g_test_add_func ("/client/money", test_money);
  g_test_add_func ("/client/when", test_when);
  g_test_add_func ("/client/pages", test_every_page);
  g_test_add_func ("/client/keys", test_keys_of_pages);
  g_test_add_func ("/client/notices", test_notices);
  g_test_add_func ("/widgets/alert-words", test_alert_words);
  g_test_add_func ("/client/login", test_login_page);
  g_test_add_func ("/client/stack", test_page_stack);
  g_test_add_func ("/client/split", test_split);
  g_test_add_func ("/client/tabs", test_tabs);
  g_test_add_func ("/client/wrap", test_wrap);
  g_test_add_func ("/client/day-grid/keys", test_day_grid_keeps_its_booking);
  return g_test_run ();
}
