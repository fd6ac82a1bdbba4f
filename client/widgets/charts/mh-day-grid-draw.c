/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a calendar of slots looks like. */
#include "client/widgets/charts/mh-day-grid-private.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/clinic/mh-appointment.h"

#include <glib/gi18n-lib.h>

#define LINE (17.0 * mh_text_scale ())

static graphene_rect_t
day_grid_rect (double x, double y, double width, double height)
{
  return GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height);
}

static void
day_grid_fill (GtkSnapshot *snapshot, const GdkRGBA *ink, double alpha, graphene_rect_t area)
{
  GdkRGBA colour = { ink->red, ink->green, ink->blue, (float)alpha };
  if (area.size.width > 0 && area.size.height > 0)
    gtk_snapshot_append_color (snapshot, &colour, &area);
}

static void
day_grid_put_text (MhDayGrid *grid,
                   GtkSnapshot *snapshot,
                   const GdkRGBA *ink,
                   const char *text,
                   gboolean bold,
                   const graphene_rect_t *area)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (grid), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.88));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_width (layout, (int)(area->size.width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  gtk_snapshot_push_clip (snapshot, area);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &area->origin);
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

/* Word, sign and colour together: no state is told by colour alone. */
static const struct
{
  const char *status, *sign;
  GdkRGBA tint;
} looks[] = {
  { MH_APPOINTMENT_BOOKED, "○", { 0.06f, 0.46f, 0.43f, 0.18f } },
  { MH_APPOINTMENT_ARRIVED, "◐", { 0.04f, 0.36f, 0.68f, 0.28f } },
  { MH_APPOINTMENT_IN_ROOM, "●", { 0.10f, 0.43f, 0.24f, 0.32f } },
  { MH_APPOINTMENT_DONE, "✓", { 0.5f, 0.5f, 0.5f, 0.20f } },
  { MH_APPOINTMENT_NO_SHOW, "✕", { 0.70f, 0.15f, 0.12f, 0.20f } },
};

static guint
day_grid_look_of (MhRecord *booking)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (mh_day_grid_has_status (booking, looks[i].status))
      return i;
  return 0;
}

/* What hides what lies below. */
static GdkRGBA
paper_under (const GdkRGBA *ink)
{
  return ink->red + ink->green + ink->blue > 1.5f ? (GdkRGBA){ 0.14f, 0.14f, 0.14f, 1 }
                                                  : (GdkRGBA){ 0.98f, 0.98f, 0.98f, 1 };
}

static void
draw_booking (MhDayGrid *grid,
              GtkSnapshot *snapshot,
              guint column,
              MhRecord *booking,
              const GdkRGBA *ink)
{
  graphene_rect_t area;
  GskRoundedRect round;
  guint look = day_grid_look_of (booking);
  gboolean here = booking == mh_day_grid_booking_at_keys (grid) && column == grid->at_column;
  GdkRGBA edge = looks[look].tint, paper = paper_under (ink);

  edge.alpha = 0.95f;
  mh_day_grid_booking_area (grid, column, booking, &area);
  gsk_rounded_rect_init_from_rect (&round, &area, 5);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &paper, &area);
  gtk_snapshot_append_color (snapshot, &looks[look].tint, &area);
  day_grid_fill (snapshot, &edge, 0.95,
                 day_grid_rect (mh_day_grid_is_mirrored (grid) ? area.origin.x + area.size.width - 3
                                                               : area.origin.x,
                                area.origin.y, 3, area.size.height));
  gtk_snapshot_pop (snapshot);

  if (here)
    {
      const float widths[] = { 2, 2, 2, 2 };
      const GdkRGBA colours[] = { *ink, *ink, *ink, *ink };
      gtk_snapshot_append_border (snapshot, &round, widths, colours);
    }

  g_autofree char *text = g_strdup_printf (
      "%s %s%s%s", looks[look].sign, mh_record_text (booking, MH_APPOINTMENT_PATIENT_NAME),
      mh_record_has (booking, MH_APPOINTMENT_OVERBOOK_REASON) ? " ＋" : "",
      booking == grid->carried ? " ⇅" : "");
  graphene_rect_t inner = GRAPHENE_RECT_INIT (area.origin.x + 7, area.origin.y + 2,
                                              area.size.width - 12, area.size.height - 2);

  day_grid_put_text (grid, snapshot, ink, text, TRUE, &inner);
  if (area.size.height > 2 * LINE + 6)
    {
      const char *kind = mh_words_of_code (&mh_appointment_type.fields[MH_APPOINTMENT_KIND],
                                           mh_record_text (booking, MH_APPOINTMENT_KIND));
      inner.origin.y += (float)LINE;
      day_grid_put_text (grid, snapshot, ink, kind != NULL ? kind : "", FALSE, &inner);
    }
}

static void
draw_slots (MhDayGrid *grid, GtkSnapshot *snapshot, guint index, const GdkRGBA *ink)
{
  MhDayColumn *column = mh_day_grid_column (grid, index);
  double x = mh_day_grid_x_of (grid, index), wide = mh_day_grid_column_width (grid);
  for (guint i = 0; i < column->slots->len; i++)
    {
      const MhSlotTime *slot = mh_day_column_slot (column, i);
      double y = mh_day_grid_y_of (grid, column, slot->start),
             end = mh_day_grid_y_of (grid, column, slot->end);
      gboolean away = g_array_index (column->away, gboolean, i);
      gboolean past = slot->end <= grid->now;
      day_grid_fill (snapshot, ink,
                     away   ? 0.14
                     : past ? 0.02
                            : 0.05,
                     day_grid_rect (x + 2, y + 1, wide - 4, end - y - 2));
      if (away)
        {
          graphene_rect_t area = GRAPHENE_RECT_INIT ((float)x + 8, (float)y + 3, (float)wide - 12,
                                                     (float)(end - y - 3));
          day_grid_put_text (grid, snapshot, ink, _ ("Away"), FALSE, &area);
        }
      if (index == grid->at_column && (int)i == mh_day_grid_slot_at_keys (grid))
        day_grid_fill (snapshot, ink, gtk_widget_has_focus (GTK_WIDGET (grid)) ? 0.9 : 0.35,
                       day_grid_rect (mh_day_grid_is_mirrored (grid) ? x : x + wide - 4, y + 1, 3,
                                      end - y - 2));
    }
}

static double
scrolled_by (MhDayGrid *grid)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (grid), GTK_TYPE_SCROLLED_WINDOW);
  return scrolled != NULL ? gtk_adjustment_get_value (
             gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)))
                          : 0;
}

/* The heads stay in sight. */
static void
draw_heads (MhDayGrid *grid, GtkSnapshot *snapshot, const GdkRGBA *ink)
{
  double top = scrolled_by (grid), wide = gtk_widget_get_width (GTK_WIDGET (grid));
  GdkRGBA paper = paper_under (ink);
  gtk_snapshot_append_color (
      snapshot, &paper,
      &GRAPHENE_RECT_INIT (0, (float)top, (float)wide, (float)MH_DAY_GRID_HEAD - 2));

  for (guint i = 0; i < grid->columns->len; i++)
    {
      graphene_rect_t area = GRAPHENE_RECT_INIT (
          (float)mh_day_grid_x_of (grid, i) + 6, (float)top + 7,
          (float)mh_day_grid_column_width (grid) - 10, (float)MH_DAY_GRID_HEAD - 8);
      day_grid_put_text (grid, snapshot, ink, mh_day_grid_column (grid, i)->title, TRUE, &area);
    }

  day_grid_fill (snapshot, ink, 0.2, day_grid_rect (0, top + MH_DAY_GRID_HEAD - 2, wide, 1));
}

static void
day_grid_draw_axis (MhDayGrid *grid, GtkSnapshot *snapshot, const GdkRGBA *ink)
{
  double wide = gtk_widget_get_width (GTK_WIDGET (grid));
  for (gint64 minute = (grid->first + 59) / 60 * 60; minute <= grid->last; minute += 60)
    {
      double y = MH_DAY_GRID_HEAD + (double)(minute - grid->first) * grid->per_minute;
      g_autofree char *text
          = g_strdup_printf ("%02d:%02d", (int)(minute / 60) % 24, (int)(minute % 60));
      graphene_rect_t area = GRAPHENE_RECT_INIT (
          mh_day_grid_is_mirrored (grid) ? (float)(wide - MH_DAY_GRID_AXIS + 8) : 8, (float)y + 1,
          (float)MH_DAY_GRID_AXIS - 12, (float)LINE + 3);
      day_grid_fill (snapshot, ink, 0.12, day_grid_rect (0, y, wide, 1));
      day_grid_put_text (grid, snapshot, ink, text, FALSE, &area);
    }
}

static void
draw_now (MhDayGrid *grid, GtkSnapshot *snapshot)
{
  const GdkRGBA red = { 0.80f, 0.15f, 0.12f, 1 };
  for (guint i = 0; i < grid->columns->len; i++)
    {
      MhDayColumn *column = mh_day_grid_column (grid, i);
      gint64 minute = mh_day_column_minute (column, grid->now);
      if (minute >= grid->first && minute <= grid->last)
        day_grid_fill (snapshot, &red, 0.9,
                       day_grid_rect (mh_day_grid_x_of (grid, i),
                                      mh_day_grid_y_of (grid, column, grid->now),
                                      mh_day_grid_column_width (grid), 2));
    }
}

void
mh_day_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MhDayGrid *grid = MH_DAY_GRID (widget);
  GdkRGBA ink;
  mh_colour_of (widget, &ink);
  day_grid_draw_axis (grid, snapshot, &ink);

  for (guint i = 0; i < grid->columns->len; i++)
    {
      MhDayColumn *column = mh_day_grid_column (grid, i);
      draw_slots (grid, snapshot, i, &ink);
      for (guint k = 0; k < column->bookings->len; k++)
        draw_booking (grid, snapshot, i, g_ptr_array_index (column->bookings, k), &ink);
    }

  draw_now (grid, snapshot);
  if (grid->dragged != NULL)
    {
      graphene_rect_t area = GRAPHENE_RECT_INIT ((float)grid->drag_x - 40, (float)grid->drag_y - 8,
                                                 (float)mh_day_grid_column_width (grid), 22);
      day_grid_fill (snapshot, &looks[0].tint, 0.7,
                     day_grid_rect (area.origin.x, area.origin.y, area.size.width, 22));
      day_grid_put_text (grid, snapshot, &ink,
                         mh_record_text (grid->dragged, MH_APPOINTMENT_PATIENT_NAME), TRUE, &area);
    }

  draw_heads (grid, snapshot, &ink);
}
