/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The widgets of a line, where they stand, and all choices below its entry. */
#include "client/pages/lab/results/mh-result-row-private.h"

#include "client/compat/mh-compat.h"
#include "client/pages/lab/results/mh-result-second.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-sparkline.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"

#include <glib/gi18n-lib.h>

/* Where the cells of a line stand; @wide: all in one row, @narrow: in three, for a phone. */
typedef struct
{
  int column, row, span;
} Place;
static const struct
{
  Place wide, narrow;
} places[N_CELLS] = {
  [NAME] = { { 0, 0, 1 }, { 0, 0, 2 } },    [VALUE] = { { 1, 0, 1 }, { 0, 1, 1 } },
  [UNIT] = { { 2, 0, 1 }, { 1, 1, 1 } },    [FLAG] = { { 3, 0, 1 }, { 2, 1, 2 } },
  [RANGE] = { { 4, 0, 1 }, { 2, 0, 2 } },   [PREVIOUS] = { { 5, 0, 1 }, { 2, 2, 1 } },
  [TREND] = { { 6, 0, 1 }, { 3, 2, 1 } },   [COMMENT] = { { 7, 0, 1 }, { 0, 2, 2 } },
  [PROBLEM] = { { 0, 1, 8 }, { 0, 3, 4 } },
};
G_STATIC_ASSERT (MH_RESULT_LINE_COLUMNS == 8 && MH_RESULT_LINE_ROWS == 4);

/* --- all choices --- */

static void
result_row_cells_pick_cb (GtkButton *button, gpointer data)
{
  MhResultLine *line = data;
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  MhRecord *choice = g_object_get_data (G_OBJECT (button), "choice");
  gtk_editable_set_text (GTK_EDITABLE (line->control),
                         mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_grab_focus (line->control);
}

/* Not in the middle of its own signal. */
static gboolean
result_row_cells_unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
result_row_cells_closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, result_row_cells_unparent_cb, g_object_ref (popover),
                   g_object_unref);
}

void
mh_result_line_offer (MhResultLine *line)
{
  GPtrArray *choices = mh_record_records (line->row, MH_RESULT_ROW_CHOICES);
  GtkWidget *popover = gtk_popover_new (), *box = mh_vbox (0), *scrolled = mh_scrolled (box);
  if (!mh_result_line_is_coded (line) || !mh_result_line_may_edit (line))
    {
      g_object_ref_sink (popover);
      g_object_unref (popover);
      g_object_ref_sink (scrolled);
      g_object_unref (scrolled);
      return;
    }

  for (guint i = 0; i < choices->len; i++)
    {
      MhRecord *choice = g_ptr_array_index (choices, i);
      GtkWidget *button = gtk_button_new_with_label (mh_record_text (choice, MH_VALUE_CHOICE_TEXT));
      gtk_widget_add_css_class (button, "flat");
      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
      g_object_set_data_full (G_OBJECT (button), "choice", g_object_ref (choice), g_object_unref);
      g_signal_connect (button, "clicked", G_CALLBACK (result_row_cells_pick_cb), line);
      mh_box_append (box, button);
    }

  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_widget_set_size_request (scrolled, 220, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_widget_set_parent (popover, line->control);
  g_signal_connect (popover, "closed", G_CALLBACK (result_row_cells_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* --- the cells --- */

static GtkWidget *
result_row_cells_make_control (MhResultLine *line)
{
  g_autofree char *name = g_strdup_printf (_ ("%s, value"), line->name);
  GtkWidget *control;
  if (mh_result_line_is_calculated (line))
    {
      control = mh_label ("–", "numeric");
      gtk_label_set_xalign (GTK_LABEL (control), 1);
      mh_tooltip_set (control, mh_result_line_text (line, MH_RESULT_ROW_FORMULA));
      return control;
    }

  control = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (control), 8);
  if (mh_result_line_is_coded (line))
    {
      g_object_set (control, "secondary-icon-name", "pan-down-symbolic",
                    "secondary-icon-tooltip-text", _ ("All choices (Alt+Down)"), NULL);
      g_signal_connect_swapped (control, "icon-press", G_CALLBACK (mh_result_line_offer), line);
      gtk_editable_set_width_chars (GTK_EDITABLE (control), 13);
    }
  else
    {
      gtk_editable_set_alignment (GTK_EDITABLE (control), 1);
      gtk_widget_add_css_class (control, "numeric");
    }

  g_signal_connect_swapped (control, "changed", G_CALLBACK (mh_result_line_changed_cb), line);
  mh_accessible_name (control, name);
  mh_sensitive_set (control, mh_result_line_may_edit (line));

  return control;
}

/* "13.2 · 5 Nov 2026" */
static char *
result_row_cells_previous_text (MhResultLine *line)
{
  const char *value = mh_result_line_text (line, MH_RESULT_ROW_PREVIOUS_VALUE);
  if (value == NULL || !mh_record_has (line->row, MH_RESULT_ROW_PREVIOUS_AT))
    return g_strdup (value);
  g_autofree char *date = mh_when_day (mh_record_int (line->row, MH_RESULT_ROW_PREVIOUS_AT));
  return g_strdup_printf ("%s · %s", value, date);
}

static GtkWidget *
result_row_cells_make_comment (MhResultLine *line)
{
  g_autofree char *name = g_strdup_printf (_ ("%s, comment"), line->name);
  line->comment = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (line->comment), 10);
  gtk_widget_set_hexpand (line->comment, TRUE);
  g_object_set (line->comment, "placeholder-text", _ ("Comment"), NULL);
  mh_accessible_name (line->comment, name);
  gtk_widget_add_css_class (line->comment, "flat");
  mh_sensitive_set (line->comment, mh_result_line_may_edit (line));
  gtk_widget_set_visible (line->comment, !mh_result_second_is (line->row));
  gtk_editable_set_text (GTK_EDITABLE (line->comment), line->stored_comment);
  g_signal_connect_swapped (line->comment, "changed", G_CALLBACK (mh_result_line_comment_cb), line);
  g_signal_connect_swapped (line->comment, "activate",
                            G_CALLBACK (mh_result_line_expand_comment_cb), line);
  return line->comment;
}

/* Columns of figures stay on one line; the name is what may wrap. */
static GtkWidget *
result_row_cells_short_label (const char *words)
{
  g_autofree char *shown = mh_words_figures (words);
  GtkWidget *label = mh_label (shown, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  return label;
}

void
mh_result_line_make_cells (MhResultLine *line)
{
  const char *range = mh_result_line_text (line, MH_RESULT_ROW_RANGE_TEXT);
  const char *unverified = mh_record_bool (line->row, MH_RESULT_ROW_RANGE_VERIFIED) ? "" : " †";
  g_autofree char *range_text
      = range != NULL ? g_strconcat (range, unverified, NULL) : g_strdup (_ ("no range"));
  g_autofree char *previous = result_row_cells_previous_text (line);

  line->cells[NAME] = mh_label (line->name, NULL);
  line->cells[VALUE] = line->control = result_row_cells_make_control (line);
  line->cells[UNIT] = line->unit
      = result_row_cells_short_label (mh_result_line_text (line, MH_RESULT_ROW_UNIT));
  line->cells[FLAG] = line->flag = mh_flag_new (NULL);
  line->cells[RANGE] = result_row_cells_short_label (range_text);
  line->cells[PREVIOUS] = result_row_cells_short_label (previous);
  line->cells[TREND] = mh_sparkline_new ();
  line->cells[COMMENT] = result_row_cells_make_comment (line);
  line->cells[PROBLEM] = line->problem = mh_label ("", "error");
  gtk_widget_set_visible (line->problem, FALSE);
  gtk_widget_set_size_request (line->cells[NAME], 140, -1);

  /* Wide enough for every flag: the columns must not move while one types. */
  gtk_label_set_width_chars (GTK_LABEL (line->flag), 11);
  gtk_label_set_xalign (GTK_LABEL (line->flag), 0);

  for (guint i = 0; i < N_CELLS; i++)
    {
      const Place *place = &places[i].wide;
      g_object_ref (line->cells[i]);
      gtk_grid_attach (line->grid, line->cells[i], place->column, line->top + place->row,
                       place->span, 1);
    }
}

void
mh_result_line_set_narrow (MhResultLine *line, gboolean narrow)
{
  if (mh_result_line_is_coded (line) && !mh_result_line_is_calculated (line))
    gtk_editable_set_width_chars (GTK_EDITABLE (line->control), narrow ? 8 : 13);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (line->grid));
  for (guint i = 0; i < N_CELLS; i++)
    {
      const Place *place = narrow ? &places[i].narrow : &places[i].wide;
      GtkLayoutChild *child = gtk_layout_manager_get_layout_child (layout, line->cells[i]);
      g_object_set (child, "column", place->column, "row", line->top + place->row, "column-span",
                    place->span, NULL);
    }
}
