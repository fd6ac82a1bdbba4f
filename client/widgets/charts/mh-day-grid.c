/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/charts/mh-day-grid-private.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-clock.h"
#include "shared/records/clinic/mh-appointment.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define COLUMN_LEAST (120.0 * mh_text_scale ())
#define SLOT_HEIGHT 26.0 /* of the shortest slot */
#define DRAG_LEAST 6.0

G_DEFINE_FINAL_TYPE (MhDayGrid, mh_day_grid, GTK_TYPE_WIDGET)

enum
{
  ACTIVATED,
  MOVED,
  SELECTION,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

MhDayColumn *
mh_day_grid_column (MhDayGrid *grid, guint index)
{
  return index < grid->columns->len ? g_ptr_array_index (grid->columns, index) : NULL;
}

gboolean
mh_day_grid_has_status (MhRecord *booking, const char *status)
{
  return g_strcmp0 (mh_record_text (booking, MH_APPOINTMENT_STATUS), status) == 0;
}

int
mh_day_grid_slot_at_keys (MhDayGrid *grid)
{
  MhDayColumn *column = mh_day_grid_column (grid, grid->at_column);
  return column != NULL ? mh_day_column_slot_of (column, grid->at_start) : -1;
}

MhRecord *
mh_day_grid_booking_at_keys (MhDayGrid *grid)
{
  MhDayColumn *column = mh_day_grid_column (grid, grid->at_column);
  int slot = mh_day_grid_slot_at_keys (grid);
  if (slot < 0 || grid->at_booking < 0)
    return NULL;
  g_autoptr (GPtrArray) found
      = mh_day_column_bookings (column, mh_day_column_slot (column, (guint)slot));
  return (guint)grid->at_booking < found->len ? g_ptr_array_index (found, grid->at_booking) : NULL;
}

static gboolean
may_move (MhRecord *booking)
{
  return booking != NULL && mh_day_grid_has_status (booking, MH_APPOINTMENT_BOOKED);
}

/* --- where things are --- */

double
mh_day_grid_y_of (MhDayGrid *grid, const MhDayColumn *column, gint64 instant)
{
  return MH_DAY_GRID_HEAD
         + (double)(mh_day_column_minute (column, instant) - grid->first) * grid->per_minute;
}

double
mh_day_grid_column_width (MhDayGrid *grid)
{
  double width = gtk_widget_get_width (GTK_WIDGET (grid)) - MH_DAY_GRID_AXIS;
  return MAX (width / MAX (grid->columns->len, 1), 1);
}

gboolean
mh_day_grid_is_mirrored (MhDayGrid *grid)
{
  return gtk_widget_get_direction (GTK_WIDGET (grid)) == GTK_TEXT_DIR_RTL;
}

double
mh_day_grid_x_of (MhDayGrid *grid, guint column)
{
  double x = MH_DAY_GRID_AXIS + column * mh_day_grid_column_width (grid);
  return mh_day_grid_is_mirrored (grid)
             ? gtk_widget_get_width (GTK_WIDGET (grid)) - x - mh_day_grid_column_width (grid)
             : x;
}

void
mh_day_grid_booking_area (MhDayGrid *grid, guint index, MhRecord *booking, graphene_rect_t *out)
{
  MhDayColumn *column = mh_day_grid_column (grid, index);
  int slot = mh_day_column_slot_of (column, mh_day_booking_start (booking));
  guint n = 1, mine = 0;

  if (slot >= 0)
    {
      g_autoptr (GPtrArray) all
          = mh_day_column_bookings (column, mh_day_column_slot (column, (guint)slot));
      n = MAX (all->len, 1);
      g_ptr_array_find (all, booking, &mine);
    }

  double wide = (mh_day_grid_column_width (grid) - 8) / n;
  double x = mh_day_grid_x_of (grid, index) + 4
             + (mh_day_grid_is_mirrored (grid) ? n - 1 - mine : mine) * wide;
  double y = mh_day_grid_y_of (grid, column, mh_day_booking_start (booking));
  double end = mh_day_grid_y_of (grid, column, mh_record_int (booking, MH_APPOINTMENT_END_AT));

  graphene_rect_init (out, (float)x, (float)y + 1, (float)wide - 2, (float)MAX (end - y - 2, 12));
}

static void
mh_day_grid_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  MhDayGrid *grid = MH_DAY_GRID (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int)(MH_DAY_GRID_AXIS + COLUMN_LEAST * MAX (grid->columns->len, 1));
      *natural = *minimum;
    }
  else
    *minimum = *natural
        = (int)(MH_DAY_GRID_HEAD + (double)(grid->last - grid->first) * grid->per_minute + 8);
}

/* --- where the keys are --- */

static char *
day_grid_words (MhDayGrid *grid)
{
  MhDayColumn *column = mh_day_grid_column (grid, grid->at_column);
  int slot = mh_day_grid_slot_at_keys (grid);
  MhRecord *booking = mh_day_grid_booking_at_keys (grid);
  if (slot < 0)
    return g_strdup (_ ("Calendar without slots"));

  g_autofree char *time
      = mh_day_column_time (column, mh_day_column_slot (column, (guint)slot)->start);
  if (grid->carried != NULL)
    return g_strdup_printf (_ ("Move %s to %s, %s: Enter puts down, Escape puts back"),
                            mh_record_text (grid->carried, MH_APPOINTMENT_PATIENT_NAME),
                            column->title, time);
  if (booking != NULL)
    return g_strdup_printf ("%s, %s: %s, %s", column->title, time,
                            mh_record_text (booking, MH_APPOINTMENT_PATIENT_NAME),
                            mh_words_of_code (&mh_appointment_type.fields[MH_APPOINTMENT_STATUS],
                                              mh_record_text (booking, MH_APPOINTMENT_STATUS)));

  g_autoptr (GPtrArray) all
      = mh_day_column_bookings (column, mh_day_column_slot (column, (guint)slot));
  if (g_array_index (column->away, gboolean, slot))
    return g_strdup_printf (_ ("%s, %s: away"), column->title, time);

  return g_strdup_printf ((gint64)all->len < column->capacity ? _ ("%s, %s: free")
                                                              : _ ("%s, %s: full"),
                          column->title, time);
}

static void
day_grid_keep_in_sight (MhDayGrid *grid)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (grid), GTK_TYPE_SCROLLED_WINDOW);
  MhDayColumn *column = mh_day_grid_column (grid, grid->at_column);
  int slot = mh_day_grid_slot_at_keys (grid);
  if (scrolled == NULL || slot < 0)
    return;
  double x = mh_day_grid_x_of (grid, grid->at_column), wide = mh_day_grid_column_width (grid);
  double y = mh_day_grid_y_of (grid, column, mh_day_column_slot (column, (guint)slot)->start);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                             y - MH_DAY_GRID_HEAD, y + SLOT_HEIGHT * 2);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                             x - MH_DAY_GRID_AXIS, x + wide);
}

static void
day_grid_tell (MhDayGrid *grid)
{
  g_autofree char *name = day_grid_words (grid);
  mh_accessible_name (GTK_WIDGET (grid), name);
  day_grid_keep_in_sight (grid);
  gtk_widget_queue_draw (GTK_WIDGET (grid));
  g_signal_emit (grid, signals[SELECTION], 0);
}

static void
day_grid_go_to (MhDayGrid *grid, guint index, guint slot, int booking)
{
  MhDayColumn *column = mh_day_grid_column (grid, index);
  if (column == NULL || mh_day_column_slot (column, slot) == NULL)
    return;
  grid->at_column = index;
  grid->at_start = mh_day_column_slot (column, slot)->start;
  g_autoptr (GPtrArray) all = mh_day_column_bookings (column, mh_day_column_slot (column, slot));
  grid->at_booking = grid->carried != NULL ? -1 : MIN (booking, (int)all->len - 1);
  g_clear_pointer (&grid->kept, g_free);
  day_grid_tell (grid);
}

/* The slot of another column that is nearest by the time of the day. */
static void
go_across (MhDayGrid *grid, int by)
{
  MhDayColumn *column = mh_day_grid_column (grid, grid->at_column);
  gint64 minute = mh_day_column_minute (column, grid->at_start), best = G_MAXINT64;
  guint next = grid->at_column, found = 0;

  do
    {
      if (by < 0 ? next == 0 : next + 1 >= grid->columns->len)
        return;
      next += (guint)by;
    }
  while (mh_day_grid_column (grid, next)->slots->len == 0);

  column = mh_day_grid_column (grid, next);
  for (guint i = 0; i < column->slots->len; i++)
    {
      gint64 far
          = ABS (mh_day_column_minute (column, mh_day_column_slot (column, i)->start) - minute);
      if (far < best)
        {
          best = far;
          found = i;
        }
    }

  day_grid_go_to (grid, next, found, by < 0 ? G_MAXINT : 0);
}

/* Over the bookings of a slot first, then to the next column. */
static void
day_grid_step_across (MhDayGrid *grid, int by)
{
  int slot = mh_day_grid_slot_at_keys (grid);
  if (slot < 0)
    return;

  MhDayColumn *column = mh_day_grid_column (grid, grid->at_column);
  g_autoptr (GPtrArray) all
      = mh_day_column_bookings (column, mh_day_column_slot (column, (guint)slot));
  int next = grid->at_booking + by;

  if (grid->carried == NULL && next >= 0 && next < (int)all->len)
    day_grid_go_to (grid, grid->at_column, (guint)slot, next);
  else if (grid->carried == NULL && by > 0 && next == (int)all->len && all->len > 0
           && (gint64)all->len < column->capacity)
    {
      grid->at_booking = -1; /* what is free beside them */
      day_grid_tell (grid);
    }
  else
    go_across (grid, by);
}

static void
put_down (MhDayGrid *grid)
{
  g_autoptr (MhRecord) booking = g_steal_pointer (&grid->carried);
  gint64 start = grid->at_start;
  day_grid_tell (grid);
  if (booking != NULL)
    g_signal_emit (grid, signals[MOVED], 0, booking, grid->at_column, start);
}

gboolean
mh_day_grid_take_up (MhDayGrid *grid)
{
  MhRecord *booking = mh_day_grid_booking_at_keys (grid);
  if (!may_move (booking))
    return FALSE;
  g_set_object (&grid->carried, booking);
  gtk_widget_grab_focus (GTK_WIDGET (grid));
  day_grid_tell (grid);
  return TRUE;
}

static gboolean
leave_or_put_back (MhDayGrid *grid)
{
  if (grid->carried == NULL)
    return FALSE;
  g_autoptr (MhRecord) booking = g_steal_pointer (&grid->carried);
  mh_day_grid_select (grid, mh_record_id (booking));
  return TRUE;
}

static gboolean
day_grid_enter (MhDayGrid *grid)
{
  if (grid->carried != NULL)
    put_down (grid);
  else
    g_signal_emit (grid, signals[ACTIVATED], 0);
  return TRUE;
}

static gboolean
day_grid_key_cb (GtkEventControllerKey *controller,
                 guint key,
                 guint code,
                 GdkModifierType state,
                 MhDayGrid *grid)
{
  int slot = mh_day_grid_slot_at_keys (grid);
  int along = mh_day_grid_is_mirrored (grid) ? -1 : 1;
  if (slot < 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;

  switch (key)
    {
    case GDK_KEY_Up:
      day_grid_go_to (grid, grid->at_column, slot > 0 ? (guint)slot - 1 : 0, 0);
      return TRUE;
    case GDK_KEY_Down:
      day_grid_go_to (grid, grid->at_column, (guint)slot + 1, 0);
      return TRUE;
    case GDK_KEY_Left:
      day_grid_step_across (grid, -along);
      return TRUE;
    case GDK_KEY_Right:
      day_grid_step_across (grid, along);
      return TRUE;
    case GDK_KEY_Home:
      day_grid_go_to (grid, grid->at_column, 0, 0);
      return TRUE;
    case GDK_KEY_End:
      day_grid_go_to (grid, grid->at_column,
                      mh_day_grid_column (grid, grid->at_column)->slots->len - 1, 0);
      return TRUE;
    case GDK_KEY_m:
    case GDK_KEY_M:
      return mh_day_grid_take_up (grid);
    case GDK_KEY_Escape:
      return leave_or_put_back (grid);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return day_grid_enter (grid);
    default:
      return FALSE;
    }
}

/* --- the pointer --- */

static gboolean
day_grid_find (MhDayGrid *grid,
               double x,
               double y,
               guint *out_column,
               guint *out_slot,
               int *out_booking)
{
  for (guint i = 0; i < grid->columns->len; i++)
    {
      MhDayColumn *column = mh_day_grid_column (grid, i);
      if (x < mh_day_grid_x_of (grid, i)
          || x >= mh_day_grid_x_of (grid, i) + mh_day_grid_column_width (grid))
        continue;
      for (guint k = 0; k < column->slots->len; k++)
        {
          const MhSlotTime *slot = mh_day_column_slot (column, k);
          g_autoptr (GPtrArray) all = mh_day_column_bookings (column, slot);
          for (guint b = 0; b < all->len; b++)
            {
              graphene_rect_t area;
              mh_day_grid_booking_area (grid, i, g_ptr_array_index (all, b), &area);
              if (!graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float)x, (float)y)))
                continue;
              *out_column = i;
              *out_slot = k;
              *out_booking = (int)b;
              return TRUE;
            }
          if (y < mh_day_grid_y_of (grid, column, slot->start)
              || y >= mh_day_grid_y_of (grid, column, slot->end))
            continue;
          *out_column = i;
          *out_slot = k;
          *out_booking = -1;
          return TRUE;
        }
    }

  return FALSE;
}

static void
day_grid_pressed_cb (GtkGestureClick *gesture, int n, double x, double y, MhDayGrid *grid)
{
  guint column, slot;
  int booking;
  gtk_widget_grab_focus (GTK_WIDGET (grid));
  if (!day_grid_find (grid, x, y, &column, &slot, &booking))
    return;
  g_clear_object (&grid->carried);
  day_grid_go_to (grid, column, slot, booking);
  if (n == 2)
    g_signal_emit (grid, signals[ACTIVATED], 0);
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, MhDayGrid *grid)
{
  double x, y;
  MhRecord *booking = mh_day_grid_booking_at_keys (grid);
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (grid->dragged == NULL && (hypot (dx, dy) < DRAG_LEAST || !may_move (booking)))
    return;
  if (grid->dragged == NULL)
    g_set_object (&grid->dragged, booking);
  grid->drag_x = x + dx;
  grid->drag_y = y + dy;
  gtk_widget_queue_draw (GTK_WIDGET (grid));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, MhDayGrid *grid)
{
  guint column, slot;
  int booking;
  g_autoptr (MhRecord) dragged = g_steal_pointer (&grid->dragged);
  gtk_widget_queue_draw (GTK_WIDGET (grid));
  if (dragged == NULL
      || !day_grid_find (grid, grid->drag_x, grid->drag_y, &column, &slot, &booking))
    return;
  gint64 start = mh_day_column_slot (mh_day_grid_column (grid, column), slot)->start;
  if (column != grid->at_column || start != mh_day_booking_start (dragged))
    g_signal_emit (grid, signals[MOVED], 0, dragged, column, start);
}

static gboolean
day_grid_tooltip_cb (GtkWidget *widget,
                     int x,
                     int y,
                     gboolean keyboard,
                     GtkTooltip *tooltip,
                     gpointer data)
{
  MhDayGrid *grid = MH_DAY_GRID (widget);
  guint column, slot;
  int at;
  if (keyboard || !day_grid_find (grid, x, y, &column, &slot, &at) || at < 0)
    return FALSE;

  g_autoptr (GPtrArray) all
      = mh_day_column_bookings (mh_day_grid_column (grid, column),
                                mh_day_column_slot (mh_day_grid_column (grid, column), slot));
  MhRecord *booking = g_ptr_array_index (all, at);
  g_autofree char *time
      = mh_day_column_time (mh_day_grid_column (grid, column), mh_day_booking_start (booking));
  g_autofree char *mrn = mh_words_mrn (mh_record_text (booking, MH_APPOINTMENT_PATIENT_MRN));
  g_autofree char *text = g_strdup_printf (
      "%s  %s · %s", time, mh_record_text (booking, MH_APPOINTMENT_PATIENT_NAME), mrn);

  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* --- making it --- */

static void
mh_day_grid_dispose (GObject *object)
{
  MhDayGrid *grid = MH_DAY_GRID (object);
  g_clear_object (&grid->carried);
  g_clear_object (&grid->dragged);
  g_ptr_array_set_size (grid->columns, 0);
  G_OBJECT_CLASS (mh_day_grid_parent_class)->dispose (object);
}

static void
mh_day_grid_finalize (GObject *object)
{
  g_ptr_array_unref (MH_DAY_GRID (object)->columns);
  g_free (MH_DAY_GRID (object)->kept);
  G_OBJECT_CLASS (mh_day_grid_parent_class)->finalize (object);
}

static void
mh_day_grid_class_init (MhDayGridClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_day_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_day_grid_finalize;
  widget->measure = mh_day_grid_measure;
  widget->snapshot = mh_day_grid_snapshot;
  signals[ACTIVATED] = g_signal_new ("activated", MH_TYPE_DAY_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", MH_TYPE_DAY_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 3, MH_TYPE_RECORD, G_TYPE_UINT, G_TYPE_INT64);
  signals[SELECTION] = g_signal_new ("selection", MH_TYPE_DAY_GRID, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mh_day_grid_init (MhDayGrid *grid)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new (), *drag = gtk_gesture_drag_new ();
  grid->columns = g_ptr_array_new_with_free_func (mh_day_column_free);
  grid->per_minute = 2;
  grid->first = 8 * 60;
  grid->last = 18 * 60;
  grid->at_booking = -1;
  gtk_widget_set_focusable (GTK_WIDGET (grid), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (grid), TRUE);
  g_signal_connect (grid, "query-tooltip", G_CALLBACK (day_grid_tooltip_cb), NULL);
  g_signal_connect (grid, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (day_grid_key_cb), grid);
  g_signal_connect (click, "pressed", G_CALLBACK (day_grid_pressed_cb), grid);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), grid);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), grid);
  gtk_widget_add_controller (GTK_WIDGET (grid), keys);
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (drag));
  mh_accessible_name (GTK_WIDGET (grid), _ ("Calendar without slots"));
}

GtkWidget *
mh_day_grid_new (void)
{
  return g_object_new (MH_TYPE_DAY_GRID, NULL);
}

/* --- filling it --- */

void
mh_day_grid_begin (MhDayGrid *grid)
{
  g_return_if_fail (MH_IS_DAY_GRID (grid));
  MhRecord *booking = mh_day_grid_booking_at_keys (grid);
  if (grid->kept == NULL && booking != NULL)
    grid->kept = g_strdup (mh_record_id (booking));
  g_ptr_array_set_size (grid->columns, 0);
}

guint
mh_day_grid_add_column (MhDayGrid *grid,
                        const char *title,
                        gint64 midnight,
                        const GArray *slots,
                        const GArray *away,
                        gint64 capacity)
{
  g_return_val_if_fail (MH_IS_DAY_GRID (grid), 0);
  MhDayColumn *column = mh_day_column_new (title, midnight, slots, away, capacity);
  g_ptr_array_add (grid->columns, column);
  return grid->columns->len - 1;
}

void
mh_day_grid_add_booking (MhDayGrid *grid, guint index, MhRecord *booking)
{
  MhDayColumn *column = mh_day_grid_column (grid, index);
  if (column != NULL && mh_day_column_slot_of (column, mh_day_booking_start (booking)) >= 0)
    g_ptr_array_add (column->bookings, g_object_ref (booking));
}

/* The hours that any column needs, and a scale at which the shortest slot can be read. */
static void
day_grid_fit (MhDayGrid *grid)
{
  gint64 first = G_MAXINT64, last = G_MININT64, shortest = 60;
  for (guint i = 0; i < grid->columns->len; i++)
    {
      MhDayColumn *column = mh_day_grid_column (grid, i);
      mh_day_column_sort (column);
      for (guint k = 0; k < column->slots->len; k++)
        {
          const MhSlotTime *slot = mh_day_column_slot (column, k);
          first = MIN (first, mh_day_column_minute (column, slot->start));
          last = MAX (last, mh_day_column_minute (column, slot->end));
          shortest = MIN (shortest, (slot->end - slot->start) / MH_MINUTE);
        }
    }

  if (first > last)
    {
      first = 9 * 60;
      last = 17 * 60;
    }

  grid->first = first / 30 * 30;
  grid->last = last;
  grid->per_minute = CLAMP (SLOT_HEIGHT * mh_text_scale () / (double)MAX (shortest, 1), 0.8,
                            5.2 * mh_text_scale ());
}

/* Into the sight when it has its size. */
static gboolean
into_sight_cb (gpointer grid)
{
  if (gtk_widget_get_root (grid) != NULL)
    day_grid_keep_in_sight (grid);
  return G_SOURCE_REMOVE;
}

/* The slot that runs or comes next, else the first. */
static void
begin_somewhere (MhDayGrid *grid)
{
  gint64 best = G_MAXINT64;
  for (guint i = 0; i < grid->columns->len; i++)
    for (guint k = 0; k < mh_day_grid_column (grid, i)->slots->len; k++)
      {
        const MhSlotTime *slot = mh_day_column_slot (mh_day_grid_column (grid, i), k);
        gint64 far = slot->end > grid->now ? slot->start - grid->now : G_MAXINT64 - 1;
        if (far >= best)
          continue;
        best = far;
        grid->at_column = i;
        grid->at_start = slot->start;
        grid->at_booking = 0;
      }

  g_idle_add_full (GTK_PRIORITY_RESIZE + 30, into_sight_cb, g_object_ref (grid), g_object_unref);
}

void
mh_day_grid_end (MhDayGrid *grid, gint64 now)
{
  g_return_if_fail (MH_IS_DAY_GRID (grid));
  grid->now = now;
  day_grid_fit (grid);
  grid->at_column = MIN (grid->at_column, grid->columns->len > 0 ? grid->columns->len - 1 : 0);

  if (mh_day_grid_slot_at_keys (grid) < 0)
    begin_somewhere (grid);
  else if (grid->kept != NULL)
    {
      /* bookings come and go around it */
      MhDayColumn *column = mh_day_grid_column (grid, grid->at_column);
      int found = mh_day_column_find (column, (guint)mh_day_grid_slot_at_keys (grid), grid->kept);
      grid->at_booking = found >= 0 ? found : grid->at_booking;
    }

  if (mh_day_grid_booking_at_keys (grid) == NULL)
    grid->at_booking = -1;
  gtk_widget_queue_resize (GTK_WIDGET (grid));
  g_autofree char *name = day_grid_words (grid);

  mh_accessible_name (GTK_WIDGET (grid), name);
  g_signal_emit (grid, signals[SELECTION], 0);
}

MhRecord *
mh_day_grid_current (MhDayGrid *grid, guint *out_column, gint64 *out_start)
{
  g_return_val_if_fail (MH_IS_DAY_GRID (grid), NULL);
  int slot = mh_day_grid_slot_at_keys (grid);
  if (out_column != NULL)
    *out_column = grid->at_column;
  if (out_start != NULL)
    *out_start = slot >= 0 ? grid->at_start : 0;
  return mh_day_grid_booking_at_keys (grid);
}

void
mh_day_grid_select (MhDayGrid *grid, const char *booking_id)
{
  g_return_if_fail (MH_IS_DAY_GRID (grid));
  for (guint i = 0; i < grid->columns->len; i++)
    {
      MhDayColumn *column = mh_day_grid_column (grid, i);
      for (guint slot = 0; slot < column->slots->len; slot++)
        {
          int mine = mh_day_column_find (column, slot, booking_id);
          if (mine < 0)
            continue;
          day_grid_go_to (grid, i, slot, mine);
          return;
        }
    }
}
