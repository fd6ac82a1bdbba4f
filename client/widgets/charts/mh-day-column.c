/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/charts/mh-day-column.h"

#include "shared/base/mh-clock.h"
#include "shared/records/clinic/mh-appointment.h"

MhDayColumn *
mh_day_column_new (const char *title,
                   gint64 midnight,
                   const GArray *slots,
                   const GArray *away,
                   gint64 capacity)
{
  MhDayColumn *column = g_new0 (MhDayColumn, 1);
  column->title = g_strdup (title);
  column->midnight = midnight;
  column->capacity = MAX (capacity, 1);
  column->slots = g_array_new (FALSE, TRUE, sizeof (MhSlotTime));
  column->away = g_array_new (FALSE, TRUE, sizeof (gboolean));
  column->bookings = g_ptr_array_new_with_free_func (g_object_unref);
  if (slots->len > 0)
    g_array_append_vals (column->slots, slots->data, slots->len);
  g_array_set_size (column->away, slots->len);
  for (guint i = 0; away != NULL && i < MIN (away->len, slots->len); i++)
    g_array_index (column->away, gboolean, i) = g_array_index (away, gboolean, i);
  return column;
}

void
mh_day_column_free (gpointer data)
{
  MhDayColumn *column = data;
  g_free (column->title);
  g_array_unref (column->slots);
  g_array_unref (column->away);
  g_ptr_array_unref (column->bookings);
  g_free (column);
}

const MhSlotTime *
mh_day_column_slot (const MhDayColumn *column, guint index)
{
  return index < column->slots->len ? &g_array_index (column->slots, MhSlotTime, index) : NULL;
}

int
mh_day_column_slot_of (const MhDayColumn *column, gint64 instant)
{
  for (guint i = 0; i < column->slots->len; i++)
    if (mh_day_column_slot (column, i)->start <= instant
        && instant < mh_day_column_slot (column, i)->end)
      return (int)i;
  return -1;
}

GPtrArray *
mh_day_column_bookings (const MhDayColumn *column, const MhSlotTime *slot)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < column->bookings->len; i++)
    {
      MhRecord *booking = g_ptr_array_index (column->bookings, i);
      gint64 start = mh_day_booking_start (booking);
      if (start >= slot->start && start < slot->end)
        g_ptr_array_add (found, booking);
    }
  return found;
}

int
mh_day_column_find (const MhDayColumn *column, guint slot, const char *booking_id)
{
  g_autoptr (GPtrArray) all = mh_day_column_bookings (column, mh_day_column_slot (column, slot));
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (all, i)), booking_id) == 0)
      return (int)i;
  return -1;
}

static int
compare_bookings (gconstpointer a, gconstpointer b)
{
  MhRecord *left = *(MhRecord **)a, *right = *(MhRecord **)b;
  gint64 l = mh_day_booking_start (left), r = mh_day_booking_start (right);
  if (l == r)
    {
      l = mh_record_int (left, MH_APPOINTMENT_SEAT);
      r = mh_record_int (right, MH_APPOINTMENT_SEAT);
    }
  return l < r ? -1 : l > r;
}

void
mh_day_column_sort (MhDayColumn *column)
{
  g_ptr_array_sort (column->bookings, compare_bookings);
}

gint64
mh_day_column_minute (const MhDayColumn *column, gint64 instant)
{
  return (instant - column->midnight) / MH_MINUTE;
}

char *
mh_day_column_time (const MhDayColumn *column, gint64 instant)
{
  gint64 minute = mh_day_column_minute (column, instant);
  return g_strdup_printf ("%02d:%02d", (int)(minute / 60) % 24, (int)(minute % 60));
}

gint64
mh_day_booking_start (MhRecord *booking)
{
  return mh_record_int (booking, MH_APPOINTMENT_START_AT);
}
