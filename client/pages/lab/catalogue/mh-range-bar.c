/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-range-bar.h"

#include "client/compat/mh-compat.h"
#include "client/pages/lab/catalogue/mh-catalogue-kinds.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/rules/lab/mh-range-cover.h"
#include "shared/rules/lab/mh-range.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LANE 30.0
#define GAP 4.0
#define AXIS 18.0
#define MOST (100 * 365.25)
#define TITLE 76.0

enum
{
  LANE_ANY,
  LANE_FEMALE,
  LANE_MALE,
  LANE_PREGNANT,
  N_LANES
};

static const char *const lane_names[N_LANES]
    = { N_ ("Any sex"), N_ ("Female"), N_ ("Male"), N_ ("Pregnant") };

typedef struct
{
  char *id, *text; /* NULL in a gap and in what two rows share */
  double from, to; /* 0 to 1 along the life */
  int lane, level; /* level: below another row of the same days (a method of its own) */
  gboolean overlaps, unsigned_row;
  MhRangeGap gap;  /* which ages it is about, where it has no id */
  GtkWidget *cell; /* the button over it; NULL: none */
} Block;

struct _MhRangeBar
{
  GtkWidget parent_instance;
  GArray *blocks;    /* Block */
  GArray *gaps;      /* likewise */
  GArray *shared;    /* likewise: the days on which two rows meet */
  GPtrArray *ranges; /* whose methods the gaps name; or NULL */
  gboolean lanes[N_LANES];
};

G_DEFINE_FINAL_TYPE (MhRangeBar, mh_range_bar, GTK_TYPE_WIDGET)

static guint picked, missing;

static void
clear_block (gpointer data)
{
  Block *block = data;
  g_free (block->id);
  g_free (block->text);
}

/* Days of life to a place between 0 and 1: weeks of a newborn need as much room as decades. */
static double
range_bar_place_of (gint64 days)
{
  return days == MH_AGE_NO_END ? 1 : fmin (1, log1p ((double)days / 20) / log1p (MOST / 20));
}

static double
range_bar_x_of (MhRangeBar *bar, double place)
{
  double width = gtk_widget_get_width (GTK_WIDGET (bar)) - TITLE - 2;
  double x = TITLE + place * width;
  return gtk_widget_get_direction (GTK_WIDGET (bar)) == GTK_TEXT_DIR_RTL
             ? gtk_widget_get_width (GTK_WIDGET (bar)) - x
             : x;
}

static double
range_bar_y_of (MhRangeBar *bar, int lane)
{
  double y = 0;
  for (int i = 0; i < lane; i++)
    y += bar->lanes[i] ? LANE + GAP : 0;
  return y;
}

/* --- drawing --- */

static void
range_bar_write_text (MhRangeBar *bar,
                      cairo_t *cr,
                      const char *text,
                      double x,
                      double y,
                      double room)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (bar), text);
  int width, height;
  pango_layout_set_width (layout, (int)(room * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (room < 14)
    return;
  cairo_move_to (cr, x, y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_block (MhRangeBar *bar, cairo_t *cr, const Block *block, const GdkRGBA *ink)
{
  double a = range_bar_x_of (bar, block->from), b = range_bar_x_of (bar, block->to);
  double left = fmin (a, b) + 1, right = fmax (a, b) - 1, y = range_bar_y_of (bar, block->lane);
  double inset = block->level * 4.0;

  cairo_rectangle (cr, left, y + inset, fmax (2, right - left), LANE - inset);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, block->unsigned_row ? 0.10 : 0.20);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, block->overlaps ? 2.5 : 1);
  if (block->unsigned_row)
    cairo_set_dash (cr, (const double[]){ 3, 2 }, 2, 0);
  cairo_set_source_rgba (cr, block->overlaps ? 0.85 : ink->red, block->overlaps ? 0.15 : ink->green,
                         block->overlaps ? 0.15 : ink->blue, block->overlaps ? 1 : 0.6);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 1);
  range_bar_write_text (bar, cr, block->text, left + 4, y + LANE / 2, right - left - 8);
}

static void
draw_gap (MhRangeBar *bar, cairo_t *cr, const Block *gap)
{
  double a = range_bar_x_of (bar, gap->from), b = range_bar_x_of (bar, gap->to);
  double left = fmin (a, b), right = fmax (a, b), y = range_bar_y_of (bar, gap->lane);
  cairo_save (cr);
  cairo_rectangle (cr, left, y, right - left, LANE);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, 0.8, 0.45, 0.1, 0.75);
  cairo_set_line_width (cr, 1.5);

  for (double x = left - LANE; x < right; x += 7)
    {
      cairo_move_to (cr, x, y + LANE);
      cairo_line_to (cr, x + LANE, y);
    }

  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Crossed both ways, so that it is told from a gap without its colour. */
static void
draw_shared (MhRangeBar *bar, cairo_t *cr, const Block *shared)
{
  double a = range_bar_x_of (bar, shared->from), b = range_bar_x_of (bar, shared->to);
  double left = fmin (a, b), right = fmax (a, b), y = range_bar_y_of (bar, shared->lane);
  cairo_save (cr);
  cairo_rectangle (cr, left, y, fmax (2, right - left), LANE);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, 0.85, 0.15, 0.15, 0.8);
  cairo_set_line_width (cr, 1.5);

  for (double x = left - LANE; x < right; x += 9)
    {
      cairo_move_to (cr, x, y + LANE);
      cairo_line_to (cr, x + LANE, y);
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x + LANE, y + LANE);
    }

  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
range_bar_draw_axis (MhRangeBar *bar, cairo_t *cr, double y, const GdkRGBA *ink)
{
  static const struct
  {
    const char *word;
    gint64 days;
  } marks[] = { { "0d", 0 },     { "1mo", 30 },   { "6mo", 183 },   { "2y", 730 },   { "6y", 2192 },
                { "12y", 4383 }, { "18y", 6574 }, { "45y", 16436 }, { "75y", 27394 } };
  double last = -100;

  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.7);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      double x = range_bar_x_of (bar, range_bar_place_of (marks[i].days));
      if (fabs (x - last) < 34)
        continue;
      last = x;
      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x, y + 4);
      cairo_stroke (cr);
      range_bar_write_text (bar, cr, marks[i].word, x + 2, y + AXIS / 2 + 1, 40);
    }
}

static void
mh_range_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MhRangeBar *bar = MH_RANGE_BAR (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA ink;

  mh_colour_of (widget, &ink);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));

  for (int i = 0; i < N_LANES; i++)
    if (bar->lanes[i])
      {
        cairo_set_source_rgba (cr, ink.red, ink.green, ink.blue, 0.8);
        range_bar_write_text (bar, cr, g_dgettext (GETTEXT_PACKAGE, lane_names[i]),
                              rtl ? width - TITLE + 4 : 0, range_bar_y_of (bar, i) + LANE / 2,
                              TITLE - 8);
      }

  for (guint i = 0; i < bar->gaps->len; i++)
    draw_gap (bar, cr, &g_array_index (bar->gaps, Block, i));
  for (guint i = 0; i < bar->blocks->len; i++)
    draw_block (bar, cr, &g_array_index (bar->blocks, Block, i), &ink);
  for (guint i = 0; i < bar->shared->len; i++)
    draw_shared (bar, cr, &g_array_index (bar->shared, Block, i));
  range_bar_draw_axis (bar, cr, range_bar_y_of (bar, N_LANES), &ink);
  cairo_destroy (cr);
  GTK_WIDGET_CLASS (mh_range_bar_parent_class)->snapshot (widget, snapshot);
}

static void
mh_range_bar_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  MhRangeBar *bar = MH_RANGE_BAR (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = 480;
    }
  else
    *minimum = *natural = (int)(range_bar_y_of (bar, N_LANES) + AXIS + 2);
}

/* --- cells --- */

static void
place_cells (MhRangeBar *bar, GArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      double a = range_bar_x_of (bar, block->from), b = range_bar_x_of (bar, block->to);
      GtkAllocation place
          = { (int)fmin (a, b), (int)(range_bar_y_of (bar, block->lane) + block->level * 4.0),
              (int)fmax (4, fabs (b - a)), (int)(LANE - block->level * 4.0) };
      if (block->cell != NULL)
        gtk_widget_size_allocate (block->cell, &place, -1);
    }
}

static void
mh_range_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  place_cells (MH_RANGE_BAR (widget), MH_RANGE_BAR (widget)->gaps);
  place_cells (MH_RANGE_BAR (widget), MH_RANGE_BAR (widget)->blocks);
}

/* How far @to is for a step from @from: along the lane and on into the next, or to what lies
 * nearest in a lane above or below. 0 and less: not in that direction. */
static double
range_bar_distance (const Block *from, const Block *to, GtkDirectionType direction)
{
  double along = (to->from + to->to) / 2 - (from->from + from->to) / 2;
  int lanes = to->lane - from->lane;
  double on = lanes * 10 + along;
  if (direction == GTK_DIR_RIGHT || direction == GTK_DIR_LEFT)
    return direction == GTK_DIR_RIGHT ? on : -on;
  return (direction == GTK_DIR_DOWN ? lanes : -lanes) <= 0 ? -1 : abs (lanes) * 10 + fabs (along);
}

static void
look_for_next (const Block *from,
               GArray *blocks,
               GtkDirectionType direction,
               double *best,
               GtkWidget **cell)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *to = &g_array_index (blocks, Block, i);
      double far = range_bar_distance (from, to, direction);
      if (to->cell == from->cell || far <= 0 || far >= *best)
        continue;
      *best = far;
      *cell = to->cell;
    }
}

static const Block *
find_block (GArray *blocks, GtkWidget *cell)
{
  for (guint i = 0; cell != NULL && i < blocks->len; i++)
    if (g_array_index (blocks, Block, i).cell == cell)
      return &g_array_index (blocks, Block, i);
  return NULL;
}

/* One Tab comes to the cells and the next leaves them; the arrows go from cell to cell. */
static gboolean
focus (GtkWidget *widget, GtkDirectionType direction)
{
  MhRangeBar *bar = MH_RANGE_BAR (widget);
  GtkWidget *cell = gtk_widget_get_focus_child (widget), *next = NULL;
  const Block *from = find_block (bar->blocks, cell);
  double best = G_MAXDOUBLE;

  if (from == NULL)
    from = find_block (bar->gaps, cell);
  if (from == NULL)
    return GTK_WIDGET_CLASS (mh_range_bar_parent_class)->focus (widget, direction);
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL && direction == GTK_DIR_LEFT)
    direction = GTK_DIR_RIGHT;
  else if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL && direction == GTK_DIR_RIGHT)
    direction = GTK_DIR_LEFT;

  look_for_next (from, bar->blocks, direction, &best, &next);
  look_for_next (from, bar->gaps, direction, &best, &next);
  return next != NULL && gtk_widget_grab_focus (next);
}

static void
range_bar_pressed_cb (GtkWidget *cell, MhRangeBar *bar)
{
  g_autoptr (MhRangeBar) held = g_object_ref (bar);
  for (guint i = 0; i < bar->blocks->len; i++)
    if (g_array_index (bar->blocks, Block, i).cell == cell)
      {
        g_autofree char *id = g_strdup (g_array_index (bar->blocks, Block, i).id);
        g_signal_emit (held, picked, 0, id);
        return;
      }

  for (guint i = 0; i < bar->gaps->len; i++)
    if (g_array_index (bar->gaps, Block, i).cell == cell)
      {
        const MhRangeGap gap = g_array_index (bar->gaps, Block, i).gap;
        g_signal_emit (held, missing, 0, &gap);
        return;
      }
}

static GtkWidget *
range_bar_cell_new (MhRangeBar *bar, const char *words)
{
  GtkWidget *cell = gtk_button_new ();
  gtk_widget_add_css_class (cell, "mh-range-cell");
  gtk_widget_set_tooltip_text (cell, words);
  mh_accessible_name (cell, words);
  gtk_widget_set_parent (cell, GTK_WIDGET (bar));
  g_signal_connect_object (cell, "clicked", G_CALLBACK (range_bar_pressed_cb), bar, 0);
  return cell;
}

/* --- making it --- */

static void
forget_cells (MhRangeBar *bar)
{
  GtkWidget *cell;
  while ((cell = gtk_widget_get_first_child (GTK_WIDGET (bar))) != NULL)
    gtk_widget_unparent (cell);
  g_array_set_size (bar->blocks, 0);
  g_array_set_size (bar->gaps, 0);
  g_array_set_size (bar->shared, 0);
}

static void
mh_range_bar_dispose (GObject *object)
{
  forget_cells (MH_RANGE_BAR (object));
  G_OBJECT_CLASS (mh_range_bar_parent_class)->dispose (object);
}

static void
mh_range_bar_finalize (GObject *object)
{
  g_array_unref (MH_RANGE_BAR (object)->blocks);
  g_array_unref (MH_RANGE_BAR (object)->gaps);
  g_array_unref (MH_RANGE_BAR (object)->shared);
  g_clear_pointer (&MH_RANGE_BAR (object)->ranges, g_ptr_array_unref);
  G_OBJECT_CLASS (mh_range_bar_parent_class)->finalize (object);
}

static void
mh_range_bar_class_init (MhRangeBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_range_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_range_bar_finalize;
  widget->size_allocate = mh_range_bar_size_allocate;
  widget->focus = focus;
  widget->snapshot = mh_range_bar_snapshot;
  widget->measure = mh_range_bar_measure;
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_GROUP);
  picked = g_signal_new ("picked", MH_TYPE_RANGE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 1, G_TYPE_STRING);
  missing = g_signal_new ("missing", MH_TYPE_RANGE_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
mh_range_bar_init (MhRangeBar *bar)
{
  bar->blocks = g_array_new (FALSE, TRUE, sizeof (Block));
  bar->gaps = g_array_new (FALSE, TRUE, sizeof (Block));
  bar->shared = g_array_new (FALSE, TRUE, sizeof (Block));
  g_array_set_clear_func (bar->blocks, clear_block);
  g_array_set_clear_func (bar->gaps, clear_block);
  g_array_set_clear_func (bar->shared, clear_block);
  mh_accessible_name (GTK_WIDGET (bar), _ ("Ranges over the ages"));
}

static int
lane_of (MhRecord *range)
{
  const char *sex = mh_record_text (range, MH_REFERENCE_RANGE_SEX);
  if (mh_record_has (range, MH_REFERENCE_RANGE_PREGNANCY))
    return LANE_PREGNANT;
  if (g_strcmp0 (sex, MH_RANGE_SEX_FEMALE) == 0)
    return LANE_FEMALE;
  return g_strcmp0 (sex, MH_RANGE_SEX_MALE) == 0 ? LANE_MALE : LANE_ANY;
}

char *
mh_range_bar_ages (gint64 from, gint64 to)
{
  g_autofree char *since = mh_age_days_word (from);
  g_autofree char *until = to != MH_AGE_NO_END ? mh_age_days_word (to) : NULL;
  /* Translators: ages, "12y to 15y" */
  return until != NULL ? g_strdup_printf (_ ("%s to %s"), since, until)
                       : g_strdup_printf (_ ("from %s"), since);
}

/* What of @range's days another row has, too: marked, and told in words; NULL: nothing. */
static char *
add_shared (MhRangeBar *bar, GPtrArray *ranges, MhRecord *range)
{
  MhRecord *other = mh_range_find_overlap (ranges, range);
  gint64 from, to;
  if (other == NULL || !mh_range_shared (range, other, &from, &to))
    return NULL;
  const Block shared = { .from = range_bar_place_of (from),
                         .to = range_bar_place_of (to),
                         .lane = lane_of (range) };
  g_autofree char *ages = mh_range_bar_ages (from, to);
  g_array_append_val (bar->shared, shared);
  return g_strdup_printf (_ ("two ranges %s"), ages);
}

static void
add_block (MhRangeBar *bar, GPtrArray *ranges, MhRecord *range, int decimals, GString *words)
{
  gint64 from, to;
  if (mh_record_has (range, MH_DELETED_AT) || !mh_range_window (range, &from, &to))
    return;

  g_autofree char *limits = mh_range_text (range, decimals);
  g_autofree char *ages = mh_catalogue_ages (range);
  g_autofree char *shown = mh_words_figures (limits);
  g_autofree char *twice = add_shared (bar, ranges, range);
  const char *method = mh_record_text (range, MH_REFERENCE_RANGE_METHOD);
  Block block = { .id = g_strdup (mh_record_id (range)),
                  .from = range_bar_place_of (from),
                  .to = range_bar_place_of (to),
                  .lane = lane_of (range),
                  .level = method != NULL && *method != 0 ? 2 : 0,
                  .overlaps = twice != NULL,
                  .unsigned_row = !mh_record_bool (range, MH_REFERENCE_RANGE_VERIFIED) };

  block.text = method != NULL && *method != 0 ? g_strdup_printf ("%s · %s", shown, method)
                                              : g_strdup (shown);
  g_autofree char *told
      = g_strdup_printf ("%s, %s: %s%s%s%s", g_dgettext (GETTEXT_PACKAGE, lane_names[block.lane]),
                         ages, block.text, twice != NULL ? ", " : "", twice != NULL ? twice : "",
                         block.unsigned_row ? _ (", awaiting sign-off") : "");

  block.cell = range_bar_cell_new (bar, told);
  bar->lanes[block.lane] = TRUE;
  g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", told);
  g_array_append_val (bar->blocks, block);
}

static void
range_bar_add_gap (MhRangeBar *bar, const MhRangeGap *gap, int lane, GString *words)
{
  g_autofree char *ages = mh_range_bar_ages (gap->from, gap->to);

  /* Translators: "Female, 12y to 15y: no range" */
  g_autofree char *told = g_strdup_printf (_ ("%s, %s: no range"),
                                           g_dgettext (GETTEXT_PACKAGE, lane_names[lane]), ages);
  Block block = { .from = range_bar_place_of (gap->from),
                  .to = range_bar_place_of (gap->to),
                  .lane = lane,
                  .gap = *gap };

  block.gap.sex = lane == LANE_FEMALE ? MH_RANGE_SEX_FEMALE
                  : lane == LANE_MALE ? MH_RANGE_SEX_MALE
                                      : MH_RANGE_SEX_ANY;
  block.cell = range_bar_cell_new (bar, told);
  bar->lanes[lane] = TRUE;
  g_array_append_val (bar->gaps, block);
  g_string_append_printf (words, "; %s", told);
}

/* Where rows are for women and for men alone, what both miss is drawn in the lane of each. */
static void
add_gaps (MhRangeBar *bar, GPtrArray *ranges, const char *analyte, GString *words)
{
  g_autoptr (GArray) gaps = mh_range_gaps (ranges, analyte);
  for (guint i = 0; i < gaps->len; i++)
    {
      const MhRangeGap *gap = &g_array_index (gaps, MhRangeGap, i);
      gboolean female = g_str_equal (gap->sex, MH_RANGE_SEX_FEMALE);
      gboolean male = g_str_equal (gap->sex, MH_RANGE_SEX_MALE);
      gboolean both = !female && !male && !bar->lanes[LANE_ANY];
      if (gap->method != NULL)
        continue;
      if (female || both)
        range_bar_add_gap (bar, gap, LANE_FEMALE, words);
      if (male || both)
        range_bar_add_gap (bar, gap, LANE_MALE, words);
      if (!female && !male && !both)
        range_bar_add_gap (bar, gap, LANE_ANY, words);
    }
}

void
mh_range_bar_show (MhRangeBar *bar,
                   GPtrArray *ranges,
                   const char *analyte,
                   int decimals,
                   gboolean critical)
{
  const char *wanted = critical ? MH_RANGE_KIND_CRITICAL : MH_RANGE_KIND_REFERENCE;
  g_autoptr (GString) words = g_string_new (NULL);
  forget_cells (bar);
  g_clear_pointer (&bar->ranges, g_ptr_array_unref);
  bar->ranges = g_ptr_array_ref (ranges);
  for (int i = 0; i < N_LANES; i++)
    bar->lanes[i] = FALSE;
  for (guint i = 0; i < ranges->len; i++)
    {
      MhRecord *range = g_ptr_array_index (ranges, i);
      if (g_strcmp0 (mh_record_text (range, MH_REFERENCE_RANGE_KIND), wanted) == 0)
        add_block (bar, ranges, range, decimals, words);
    }

  if (!critical)
    add_gaps (bar, ranges, analyte, words);
  g_autofree char *name = g_strdup_printf (_ ("Ranges over the ages: %s"), words->str);

  mh_accessible_name (GTK_WIDGET (bar), name);
  gtk_widget_set_visible (GTK_WIDGET (bar), bar->blocks->len > 0);
  gtk_widget_queue_resize (GTK_WIDGET (bar));
  gtk_widget_queue_draw (GTK_WIDGET (bar));
}
