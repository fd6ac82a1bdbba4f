/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-board-columns.h"

#include "client/compat/mh-compat.h"
#include "client/pages/lab/results/mh-lab-queue.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-order.h"

#include <glib/gi18n-lib.h>

static char *
board_columns_tests_text (MhRecord *order)
{
  const char *const *names = mh_record_list (order, MH_ORDER_TEST_NAMES);
  return names != NULL ? g_strjoinv (", ", (char **)names) : NULL;
}

static char *
age_text (MhRecord *order)
{
  char today[MH_DATE_LENGTH + 1];
  return mh_words_age_sex (mh_record_text (order, MH_ORDER_PATIENT_BIRTH_DATE),
                           mh_record_text (order, MH_ORDER_PATIENT_SEX),
                           mh_when_today_text (today));
}

/* --- how long it waits --- */

/* Amber when three quarters of the promised time are over, red when all of it is. */
static const char *
waited_style (MhRecord *order)
{
  gint64 from = mh_record_int (order, MH_ORDER_ORDERED_AT);
  gint64 promised = mh_record_int (order, MH_ORDER_PROMISED_AT), now = mh_when_now ();
  if (!mh_record_has (order, MH_ORDER_PROMISED_AT) || mh_record_has (order, MH_ORDER_COMPLETED_AT)
      || mh_record_has (order, MH_ORDER_CANCELLED_AT))
    return NULL;
  if (now > promised)
    return "mh-late";
  return now - from > (promised - from) * 3 / 4 ? "mh-soon" : NULL;
}

/* An order that is over waits no longer: how long it took stands there. */
static char *
board_columns_waited_text (MhRecord *order)
{
  gint64 until = mh_when_now ();
  const char *style = waited_style (order);
  if (mh_record_has (order, MH_ORDER_COMPLETED_AT))
    until = mh_record_int (order, MH_ORDER_COMPLETED_AT);
  else if (mh_record_has (order, MH_ORDER_CANCELLED_AT))
    return NULL;

  g_autofree char *words = mh_lab_since (mh_record_int (order, MH_ORDER_ORDERED_AT), until);

  /* Told by a sign too, for those who do not see the colour. */
  return g_strconcat (g_strcmp0 (style, "mh-late") == 0   ? "⚠ "
                      : g_strcmp0 (style, "mh-soon") == 0 ? "◔ "
                                                          : "",
                      words, NULL);
}

/* --- pills in the short words of the marks --- */

static GtkWidget *
pill_make (void)
{
  return mh_status_pill_new (NULL, NULL);
}

static void
status_bind (GtkWidget *pill, MhRecord *order)
{
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  mh_status_pill_set (pill, status, NULL);
  mh_tooltip_set (pill, status != NULL
                            ? mh_words_of_code (&mh_order_type.fields[MH_ORDER_STATUS], status)
                            : NULL);
}

/* Only what is not routine catches the eye. */
static void
priority_bind (GtkWidget *pill, MhRecord *order)
{
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY);
  mh_status_pill_set (pill, g_strcmp0 (priority, MH_PRIORITY_ROUTINE) != 0 ? priority : NULL, NULL);
}

/* --- the two lines --- */

typedef struct
{
  GtkWidget *number, *name, *detail, *waited, *status;
} Lines;

static GtkWidget *
board_columns_line (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
board_columns_make (void)
{
  GtkWidget *grid = gtk_grid_new ();
  Lines *lines = g_new0 (Lines, 1);
  gtk_grid_set_column_spacing (GTK_GRID (grid), MH_GAP);
  gtk_widget_set_margin_top (grid, 4);
  gtk_widget_set_margin_bottom (grid, 4);
  lines->name = board_columns_line ("heading");
  lines->number = gtk_label_new (NULL);
  lines->detail = board_columns_line ("dim-label");
  lines->status = pill_make ();
  lines->waited = gtk_label_new (NULL);
  gtk_widget_add_css_class (lines->number, "numeric");
  gtk_label_set_xalign (GTK_LABEL (lines->number), 1);
  gtk_widget_set_halign (lines->status, GTK_ALIGN_END);
  gtk_label_set_xalign (GTK_LABEL (lines->waited), 1);
  gtk_grid_attach (GTK_GRID (grid), lines->name, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), lines->number, 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), lines->status, 2, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), lines->detail, 0, 1, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), lines->waited, 2, 1, 1, 1);
  g_object_set_data_full (G_OBJECT (grid), "lines", lines, g_free);

  return grid;
}

static void
board_columns_bind (GtkWidget *grid, MhRecord *order)
{
  Lines *lines = g_object_get_data (G_OBJECT (grid), "lines");
  const char *number = mh_record_text (order, MH_ORDER_NUMBER);
  const char *name = mh_record_text (order, MH_ORDER_PATIENT_NAME);
  const char *priority = mh_record_text (order, MH_ORDER_PRIORITY), *style = waited_style (order);
  g_autofree char *age = age_text (order), *tests = board_columns_tests_text (order);
  g_autofree char *waited = board_columns_waited_text (order);
  g_autofree char *detail
      = g_strdup_printf ("%s%s · %s", g_strcmp0 (priority, MH_PRIORITY_STAT) == 0 ? "⚡ " : "", age,
                         tests != NULL ? tests : "");

  gtk_label_set_text (GTK_LABEL (lines->number), number != NULL ? number : "");
  gtk_label_set_text (GTK_LABEL (lines->name), name != NULL ? name : "");
  gtk_label_set_text (GTK_LABEL (lines->detail), detail);
  gtk_label_set_text (GTK_LABEL (lines->waited), waited != NULL ? waited : "");
  status_bind (lines->status, order);
  gtk_widget_remove_css_class (lines->waited, "mh-late");
  gtk_widget_remove_css_class (lines->waited, "mh-soon");
  if (style != NULL)
    gtk_widget_add_css_class (lines->waited, style);
}

/* clang-format off */
const MhTableColumn mh_board_columns[] = {
  { .title = N_ ("Order"), .field = "number", .width = 90 },
  { .title = N_ ("Patient"), .field = "patient_name", .expand = TRUE },
  { .title = N_ ("Age, sex"), .text = age_text, .width = 64 },
  { .title = N_ ("Tests"), .text = board_columns_tests_text, .width = 66, .expand = TRUE },
  { .field = "n_samples", .width = 48 },
  { .title = N_ ("Priority"), .make = pill_make, .bind = priority_bind, .width = 80 },
  { .title = N_ ("Waited"), .text = board_columns_waited_text, .style = waited_style, .width = 86 },
  { .title = N_ ("Technician"), .field = "assigned_name", .width = 78, .expand = TRUE },
  { .title = N_ ("Status"), .make = pill_make, .bind = status_bind, .width = 108 },
  { .make = board_columns_make, .bind = board_columns_bind, .line = MH_LINE_WHOLE, .only_line = TRUE },
  { NULL },
};
/* clang-format on */
