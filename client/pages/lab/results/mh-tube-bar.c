/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-tube-bar.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-timeline.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhTubeBar
{
  MhPane parent_instance;
  GtkScrolledWindow *scrolled;
  GtkWidget *tubes;
  guint showing; /* timer, 0: none */
};

G_DEFINE_FINAL_TYPE (MhTubeBar, mh_tube_bar, MH_TYPE_PANE)

/* --- the picture --- */

/* The caps as they are made; the longer names first. */
static const struct
{
  const char *word;
  guint32 rgb;
} caps[] = {
  { "light blue", 0x8ec7ee }, { "lavender", 0x9a6fc4 }, { "purple", 0x7d4fb0 },
  { "pink", 0xe78fb3 },       { "gold", 0xd9a441 },     { "yellow", 0xe8c832 },
  { "red", 0xc8372d },        { "green", 0x3d8b4f },    { "grey", 0x8c8f93 },
  { "gray", 0x8c8f93 },       { "blue", 0x2f6db5 },     { "black", 0x333333 },
  { "brown", 0x7a5230 },      { "white", 0xf2f2f2 },
};

static void
draw_tube (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  guint32 rgb = GPOINTER_TO_UINT (data);
  GdkRGBA ink;
  double w = width - 2, cap = height * 0.28, r = w / 2;

  mh_colour_of (GTK_WIDGET (area), &ink);
  cairo_set_line_width (cr, 1.2);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.55);
  cairo_move_to (cr, 2, cap);
  cairo_line_to (cr, 2, height - r - 1);
  cairo_arc_negative (cr, 1 + r, height - r - 1, r - 1, G_PI, 0);
  cairo_line_to (cr, w, cap);
  cairo_stroke (cr);
  cairo_rectangle (cr, 1, 1, w, cap);
  cairo_set_source_rgb (cr, (rgb >> 16) / 255.0, (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.45);
  cairo_stroke (cr);
}

static GtkWidget *
tube_bar_picture_of (MhRecord *sample)
{
  const char *colour = mh_record_text (sample, MH_SAMPLE_COLOUR);
  GtkWidget *area = gtk_drawing_area_new ();
  guint32 rgb = 0xd8d8d8;

  for (guint i = 0; colour != NULL && i < G_N_ELEMENTS (caps); i++)
    if (strstr (colour, caps[i].word) != NULL)
      {
        rgb = caps[i].rgb;
        break;
      }

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 12);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 30);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_tube, GUINT_TO_POINTER (rgb), NULL);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  return area;
}

/* --- its custody --- */

static void
tube_bar_custody_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTimeline) timeline = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (answer != NULL)
    mh_timeline_show_custody (timeline, answer);
  else
    mh_shell_fail (GTK_WIDGET (timeline), error);
}

static void
tube_bar_make_popover (GtkMenuButton *button, gpointer data)
{
  MhTubeBar *bar = data;
  MhContext *context = mh_pane_context (MH_PANE (bar));
  MhRecord *sample = g_object_get_data (G_OBJECT (button), "sample");
  GtkWidget *popover = gtk_popover_new (), *timeline = mh_timeline_new ();
  GtkWidget *scrolled = mh_scrolled (timeline);
  const char *args[] = { "id", mh_record_id (sample), NULL };

  gtk_widget_set_size_request (scrolled, 300, 260);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_menu_button_set_popover (button, popover);
  if (context != NULL)
    mh_fetch_async (context, &(MhFetch){ .route = "custody.list", .args = args },
                    mh_pane_cancellable (MH_PANE (bar)), tube_bar_custody_cb,
                    g_object_ref (timeline));
}

/* --- the row --- */

/* The hour alone when it came on the day of its collection. */
static char *
received_text (MhRecord *sample)
{
  gint64 received = mh_record_int (sample, MH_SAMPLE_RECEIVED_AT);
  gint64 collected = mh_record_int (sample, MH_SAMPLE_COLLECTED_AT);
  g_autoptr (GDateTime) then = mh_when_at (received);
  g_autoptr (GDateTime) before = mh_when_at (collected);
  if (then == NULL || before == NULL
      || g_date_time_get_day_of_year (then) != g_date_time_get_day_of_year (before)
      || g_date_time_get_year (then) != g_date_time_get_year (before))
    return mh_words_time (received);
  return g_date_time_format (then, "%H:%M");
}

static char *
history_of (MhRecord *sample)
{
  const char *name = mh_record_text (sample, MH_SAMPLE_CONTAINER_NAME);
  g_autoptr (GString) text = g_string_new (name != NULL ? name : "");
  if (mh_record_has (sample, MH_SAMPLE_COLLECTED_AT))
    {
      g_autofree char *when = mh_words_time (mh_record_int (sample, MH_SAMPLE_COLLECTED_AT));
      g_string_append_printf (text, _ (" · collected %s"), when);
    }

  if (mh_record_has (sample, MH_SAMPLE_RECEIVED_AT))
    {
      g_autofree char *when = received_text (sample);
      g_string_append_printf (text, _ (" · received %s"), when);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
tube_bar_make_tube (MhTubeBar *bar, MhRecord *sample)
{
  GtkWidget *button = gtk_menu_button_new (), *box = mh_hbox (9), *words = mh_vbox (0);
  GtkWidget *accession = gtk_label_new (mh_record_text (sample, MH_SAMPLE_ACCESSION));
  g_autofree char *history = history_of (sample);
  GtkWidget *told = gtk_label_new (history);
  g_autofree char *name
      = g_strdup_printf (_ ("Custody of tube %s"), mh_record_text (sample, MH_SAMPLE_ACCESSION));

  gtk_label_set_xalign (GTK_LABEL (accession), 0);
  gtk_label_set_xalign (GTK_LABEL (told), 0);
  gtk_widget_add_css_class (accession, "heading");
  gtk_widget_add_css_class (told, "caption");
  gtk_widget_add_css_class (told, "dim-label");
  gtk_widget_add_css_class (button, "flat");
  mh_box_append (words, accession);
  mh_box_append (words, told);
  mh_box_append (box, tube_bar_picture_of (sample));
  mh_box_append (box, words);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), box);
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), tube_bar_make_popover, bar,
                                         NULL);
  g_object_set_data_full (G_OBJECT (button), "sample", g_object_ref (sample), g_object_unref);
  gtk_widget_set_tooltip_text (button, _ ("Who had the tube, when and where"));
  mh_accessible_name (button, name);

  return button;
}

void
mh_tube_bar_show (MhTubeBar *bar, MhRecord *order)
{
  GPtrArray *samples = order != NULL ? mh_record_records (order, MH_ORDER_SAMPLES) : NULL;
  gboolean any = FALSE;
  mh_box_clear (bar->tubes);

  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      /* Drawn again: the new tube is the one that is measured. */
      if (mh_record_has (sample, MH_SAMPLE_REPLACED_BY))
        continue;
      mh_box_append (bar->tubes, tube_bar_make_tube (bar, sample));
      any = TRUE;
    }

  gtk_widget_set_visible (GTK_WIDGET (bar), any);
}

/* The marked tube comes into sight as soon as the row has its size. */
static gboolean
show_marked_cb (gpointer data)
{
  MhTubeBar *bar = data;
  graphene_rect_t place;
  bar->showing = 0;
  for (GtkWidget *tube = gtk_widget_get_first_child (bar->tubes); tube != NULL;
       tube = gtk_widget_get_next_sibling (tube))
    if (gtk_widget_has_css_class (tube, "mh-marked")
        && gtk_widget_compute_bounds (tube, bar->tubes, &place))
      gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (bar->scrolled),
                                 place.origin.x, place.origin.x + place.size.width);
  return G_SOURCE_REMOVE;
}

void
mh_tube_bar_mark (MhTubeBar *bar, const char *sample_id)
{
  if (bar->showing == 0)
    bar->showing = g_timeout_add (100, show_marked_cb, bar);
  for (GtkWidget *tube = gtk_widget_get_first_child (bar->tubes); tube != NULL;
       tube = gtk_widget_get_next_sibling (tube))
    if (g_strcmp0 (mh_record_id (g_object_get_data (G_OBJECT (tube), "sample")), sample_id) == 0)
      gtk_widget_add_css_class (tube, "mh-marked");
    else
      gtk_widget_remove_css_class (tube, "mh-marked");
}

static void
mh_tube_bar_dispose (GObject *object)
{
  g_clear_handle_id (&MH_TUBE_BAR (object)->showing, g_source_remove);
  G_OBJECT_CLASS (mh_tube_bar_parent_class)->dispose (object);
}

static void
mh_tube_bar_class_init (MhTubeBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_tube_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/results/mh-tube-bar"));
  gtk_widget_class_bind_template_child (widget, MhTubeBar, scrolled);
  gtk_widget_class_bind_template_child (widget, MhTubeBar, tubes);
}

static void
mh_tube_bar_init (MhTubeBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
  gtk_widget_set_visible (GTK_WIDGET (bar), FALSE);
}
