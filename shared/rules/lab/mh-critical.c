/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-critical.h"

#include "shared/base/mh-clock.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/rules/lab/mh-measured.h"

static gboolean
critical_rules_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- reading back --- */

/* The next run of digits with at most one point in it; NULL at the end. Caller frees. */
static char *
critical_next_number (const char **text)
{
  const char *from = *text;
  while (*from != '\0' && !g_ascii_isdigit (*from))
    from++;
  const char *to = from;
  gboolean point = FALSE;
  while (g_ascii_isdigit (*to) || (*to == '.' && !point && g_ascii_isdigit (to[1])))
    {
      point = point || *to == '.';
      to++;
    }

  *text = to;
  return to > from ? g_strndup (from, (gsize)(to - from)) : NULL;
}

gboolean
mh_critical_read_back_holds (const char *value, const char *read_back)
{
  MhDecimal said;
  MhMeasured wanted;
  if (read_back == NULL)
    return FALSE;

  g_autofree char *words = g_strstrip (g_strdup (read_back));
  if (*words == '\0')
    return FALSE;

  /* "<0.5" and ">=500" are said with their numbers. */
  if (!mh_measured_read (value, &wanted))
    return TRUE;

  const char *rest = words;
  for (;;)
    {
      g_autofree char *number = critical_next_number (&rest);
      if (number == NULL)
        return FALSE;
      if (mh_decimal_parse (number, &said) && mh_decimal_compare (said, wanted.number) == 0)
        return TRUE;
    }
}

gboolean
mh_critical_read_back_lacks_figure (const char *value, const char *read_back)
{
  MhMeasured wanted;
  const char *rest = read_back != NULL ? read_back : "";
  if (!mh_measured_read (value, &wanted))
    return FALSE;
  g_autofree char *number = critical_next_number (&rest);
  return number == NULL;
}

/* --- the ladder --- */

static const char *const ladder[] = { MH_CRITICAL_ROLE_ORDERER, MH_CRITICAL_ROLE_ON_CALL,
                                      MH_CRITICAL_ROLE_HEAD, MH_CRITICAL_ROLE_DIRECTOR };

const char *
mh_critical_rung_after (const char *rung)
{
  for (guint i = 0; i + 1 < G_N_ELEMENTS (ladder); i++)
    if (critical_rules_is (ladder[i], rung))
      return ladder[i + 1];
  return ladder[G_N_ELEMENTS (ladder) - 1];
}

const char *
mh_critical_rung_at (gint64 due_at, gint64 retry, gint64 now)
{
  if (now < due_at)
    return ladder[0];
  gint64 rung = 1 + (retry > 0 ? (now - due_at) / retry : 0);
  return ladder[MIN (rung, (gint64)G_N_ELEMENTS (ladder) - 1)];
}

const char *
mh_critical_may_close (const char *state, gboolean acknowledged, const char *reason)
{
  if (critical_rules_is (state, MH_CRITICAL_CLOSED))
    return "This critical value is closed already.";
  if (critical_rules_is (reason, MH_CRITICAL_BY_ACKNOWLEDGED)
      && (!acknowledged || !critical_rules_is (state, MH_CRITICAL_ACKNOWLEDGED)))
    return "Nobody has read this value back; it cannot be closed as acknowledged.";
  return NULL;
}

/* --- figures --- */

static gboolean
critical_counts (MhRecord *item, gint64 now)
{
  const char *reason = mh_record_text (item, MH_CRITICAL_ITEM_CLOSE_REASON);
  if (critical_rules_is (reason, MH_CRITICAL_BY_DUPLICATE)
      || critical_rules_is (reason, MH_CRITICAL_BY_ERROR))
    return FALSE;
  return !critical_rules_is (mh_record_text (item, MH_CRITICAL_ITEM_STATE), MH_CRITICAL_OPEN)
         || now > mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT);
}

static int
critical_compare (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* Nearest rank: the smallest value that @percent of all do not exceed. In minutes with one decimal,
 * rounded half up. */
static char *
critical_minutes_of (GArray *waited, guint percent)
{
  if (waited->len == 0)
    return NULL;
  g_array_sort (waited, critical_compare);
  guint rank = (waited->len * percent + 99) / 100;
  gint64 value = g_array_index (waited, gint64, MAX (rank, 1) - 1);
  gint64 tenths = (value * 10 + MH_MINUTE / 2) / MH_MINUTE;
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%d", tenths / 10, (int)(tenths % 10));
}

static char *
percent_of (gint64 part, gint64 whole)
{
  gint64 tenths = whole > 0 ? (part * 1000 + whole / 2) / whole : 0;
  return whole > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT ".%d", tenths / 10, (int)(tenths % 10))
                   : NULL;
}

typedef struct
{
  gint64 items, acknowledged, in_time, never, open, calls;
  GArray *waited;
} Sums;

static void
critical_add_item (Sums *sums, MhRecord *item, gint64 now)
{
  gint64 told = mh_record_int (item, MH_CRITICAL_ITEM_ACKNOWLEDGED_AT);
  gboolean open
      = critical_rules_is (mh_record_text (item, MH_CRITICAL_ITEM_STATE), MH_CRITICAL_OPEN);
  gint64 waited = told - mh_record_int (item, MH_CRITICAL_ITEM_OPENED_AT);

  sums->calls += mh_record_int (item, MH_CRITICAL_ITEM_N_CALLS);
  sums->open += open;
  if (!critical_counts (item, now))
    return;

  sums->items++;
  if (told != 0)
    {
      sums->acknowledged++;
      sums->in_time += told <= mh_record_int (item, MH_CRITICAL_ITEM_DUE_AT);
      g_array_append_val (sums->waited, waited);
    }
  else if (!open)
    sums->never++;
}

MhRecord *
mh_critical_figure (GPtrArray *items, const char *department, gint64 now)
{
  MhRecord *figure = mh_record_new (&mh_critical_figure_type);
  g_autoptr (GArray) waited = g_array_new (FALSE, FALSE, sizeof (gint64));
  Sums sums = { .waited = waited };

  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *of = mh_record_text (item, MH_CRITICAL_ITEM_DEPARTMENT);
      if (department == NULL || critical_rules_is (department, of != NULL ? of : ""))
        critical_add_item (&sums, item, now);
    }

  mh_record_set_text (figure, MH_CRITICAL_FIGURE_DEPARTMENT, department);
  mh_record_set_int (figure, MH_CRITICAL_FIGURE_ITEMS, sums.items);
  mh_record_set_int (figure, MH_CRITICAL_FIGURE_ACKNOWLEDGED, sums.acknowledged);
  mh_record_set_int (figure, MH_CRITICAL_FIGURE_IN_TIME, sums.in_time);
  mh_record_take_text (figure, MH_CRITICAL_FIGURE_IN_TIME_PERCENT,
                       percent_of (sums.in_time, sums.items));
  mh_record_take_text (figure, MH_CRITICAL_FIGURE_MEDIAN_MINUTES, critical_minutes_of (waited, 50));
  mh_record_take_text (figure, MH_CRITICAL_FIGURE_P90_MINUTES, critical_minutes_of (waited, 90));
  mh_record_set_int (figure, MH_CRITICAL_FIGURE_NEVER_REACHED, sums.never);
  mh_record_set_int (figure, MH_CRITICAL_FIGURE_OPEN, sums.open);
  mh_record_set_int (figure, MH_CRITICAL_FIGURE_CALLS, sums.calls);

  return figure;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  const char *x = *(const char *const *)a, *y = *(const char *const *)b;
  if ((*x == '\0') != (*y == '\0'))
    return *x == '\0' ? 1 : -1;
  return g_utf8_collate (x, y);
}

GPtrArray *
mh_critical_figures_by_department (GPtrArray *items, gint64 now)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GPtrArray *figures = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      const char *name = mh_record_text (g_ptr_array_index (items, i), MH_CRITICAL_ITEM_DEPARTMENT);
      if (g_hash_table_add (seen, (gpointer)(name != NULL ? name : "")))
        g_ptr_array_add (names, (gpointer)(name != NULL ? name : ""));
    }

  g_ptr_array_sort (names, by_name);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (figures, mh_critical_figure (items, g_ptr_array_index (names, i), now));
  return figures;
}
