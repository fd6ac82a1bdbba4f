/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/insights/mh-insights-service.h"

#include "server/front/insights/mh-turnaround-store.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-lru-cache.h"
#include "shared/base/mh-date.h"
#include "shared/records/front/mh-insight.h"
#include "shared/records/lab/mh-test.h"
#include "shared/rules/lab/mh-work-time.h"

#define MOST_DAYS 1100
#define USUAL_DAYS 30
#define MOST_ROWS 400
#define CACHE_BYTES (4 * 1024 * 1024)
/* Of a group: key, label, tests, with a limit, kept, P50 and P90 on the clock and working. */
#define FROZEN "(smsxxxxxxx)"

static const char part_turnaround[] = "turnaround";

/* --- what was asked for --- */

typedef struct
{
  const MhInsightKind *kind;
  MhPlace place;
  MhDate from, to;
  char from_day[MH_DATE_LENGTH + 1], to_day[MH_DATE_LENGTH + 1];
  char *by;
  MhInsightQuery query;
} Asked;

static void
insights_service_asked_clear (Asked *asked)
{
  mh_place_clear (&asked->place);
  g_free (asked->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, insights_service_asked_clear)

static gboolean
insights_service_read_days (const MhInsightWanted *wanted, Asked *asked, GError **error)
{
  mh_date_parse (asked->place.today, &asked->to);
  if (wanted->to != NULL && !mh_date_parse (wanted->to, &asked->to))
    return mh_error_set_field (error, "to", "format", "Write the day as YYYY-MM-DD."), FALSE;

  asked->from = mh_date_from_days (mh_date_to_days (asked->to) - USUAL_DAYS + 1);
  if (wanted->from != NULL && !mh_date_parse (wanted->from, &asked->from))
    return mh_error_set_field (error, "from", "format", "Write the day as YYYY-MM-DD."), FALSE;
  if (mh_date_compare (asked->from, asked->to) > 0)
    return mh_error_set_field (error, "to", "out_of_range", "The last day lies before the first."),
           FALSE;
  if (mh_date_to_days (asked->to) - mh_date_to_days (asked->from) >= MOST_DAYS)
    return mh_error_set_field (error, "to", "out_of_range", "At most %d days at once.", MOST_DAYS),
           FALSE;

  return TRUE;
}

static gboolean
read_asked (const MhRequest *req, const MhInsightWanted *wanted, Asked *asked, GError **error)
{
  asked->kind = mh_insight_kind_find (wanted->figure);
  if (asked->kind == NULL)
    return mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such figure."), FALSE;

  asked->by = wanted->by != NULL ? g_strdup (wanted->by)
                                 : g_strndup (asked->kind->by, strcspn (asked->kind->by, "|"));
  if (!mh_insight_kind_may (asked->kind, asked->by))
    return mh_error_set_field (error, "by", "unknown_code", "This figure is not grouped so."),
           FALSE;
  if (!mh_place_of (req, mh_request_now (req), &asked->place, error)
      || !insights_service_read_days (wanted, asked, error))
    return FALSE;

  mh_date_format (asked->from, asked->from_day);
  mh_date_format (asked->to, asked->to_day);
  MhDate after = mh_date_from_days (mh_date_to_days (asked->to) + 1);

  asked->query = (MhInsightQuery){
    .figure = wanted->figure,
    .by = asked->by,
    .hospital_id = asked->place.hospital_id,
    .from = mh_place_midnight (&asked->place, asked->from),
    .to = mh_place_midnight (&asked->place, after),
    .from_day = asked->from_day,
    .to_day = asked->to_day,
    .segment = wanted->segment != NULL ? wanted->segment : "total",
    .bench = wanted->bench,
    .test = wanted->test,
    .priority = wanted->priority,
  };

  return TRUE;
}

/* --- groups --- */

typedef struct
{
  char *key, *label;
  gint64 sums[MH_INSIGHT_MOST_SUMS];
  gint64 all;       /* tubes, tests with a limit: what the share is of */
  gint64 kept;      /* of them */
  gint64 n, p[4];   /* percentiles: P50, P90, and in working time */
  GArray *took;     /* pairs of gint64: seconds, times */
  GArray *times[2]; /* gint32: seconds of each test, on the clock and in working time */
} Group;

static void
insights_service_group_free (gpointer data)
{
  Group *group = data;
  g_free (group->key);
  g_free (group->label);
  g_array_unref (group->took);
  for (guint i = 0; i < G_N_ELEMENTS (group->times); i++)
    g_array_unref (group->times[i]);
  g_free (group);
}

typedef struct
{
  const Asked *asked;
  GHashTable *groups;
  Group *total;
  Group *steps[MH_N_SEGMENTS]; /* by segment: the groups in their order, NULL: nothing yet */
} Sums;

static Group *
group_new (const char *key)
{
  Group *group = g_new0 (Group, 1);
  group->key = g_strdup (key);
  group->took = g_array_new (FALSE, FALSE, 2 * sizeof (gint64));
  for (guint i = 0; i < G_N_ELEMENTS (group->times); i++)
    group->times[i] = g_array_new (FALSE, FALSE, sizeof (gint32));
  for (guint i = 0; i < G_N_ELEMENTS (group->p); i++)
    group->p[i] = -1;
  return group;
}

/* A quarter of an hour belongs to a day, a week that begins on Monday, a month. */
static char *
key_of_slot (const Asked *asked, const char *slot)
{
  char day[MH_DATE_LENGTH + 1];
  gint64 at = g_ascii_strtoll (slot, NULL, 10) * MH_INSIGHT_SLOT;
  MhDate date = mh_date_of_instant (at, asked->place.zone);
  if (g_str_equal (asked->by, MH_BY_WEEK))
    {
      gint64 number = mh_date_to_days (date);
      date = mh_date_from_days (number - ((number + 3) % 7 + 7) % 7);
    }
  mh_date_format (date, day);
  return g_str_equal (asked->by, MH_BY_MONTH) ? g_strndup (day, strlen ("2026-11"))
                                              : g_strdup (day);
}

static gboolean
is_gathered (const Asked *asked)
{
  return g_str_equal (asked->kind->figure, MH_INSIGHT_TURNAROUND)
         || g_str_equal (asked->kind->figure, MH_INSIGHT_WORKLOAD);
}

static Group *
insights_service_group_of (Sums *sums, const char *key, const char *label)
{
  const Asked *asked = sums->asked;
  g_autofree char *day = key != NULL && mh_insight_by_is_time (asked->by) && !is_gathered (asked)
                             ? key_of_slot (asked, key)
                             : NULL;
  const char *own = day != NULL ? day : key != NULL ? key : "";
  Group *group = g_hash_table_lookup (sums->groups, own);

  if (group == NULL)
    {
      group = group_new (own);
      g_hash_table_insert (sums->groups, group->key, group);
    }

  if (group->label == NULL && label != NULL)
    group->label = g_strdup (label);
  return group;
}

static void
take_sums (const char *key, const char *label, const gint64 *values, guint n, gpointer data)
{
  Group *groups[] = { insights_service_group_of (data, key, label), ((Sums *)data)->total };
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (guint i = 0; i < n; i++)
      groups[g]->sums[i] += values[i];
}

static void
take_tubes (const char *key, const char *label, const gint64 *values, guint n, gpointer data)
{
  Sums *sums = data;
  sums->total->all += values[0];
  if (!g_str_equal (sums->asked->by, MH_BY_REASON))
    insights_service_group_of (sums, key, label)->all += values[0];
}

static void
take_took (const char *key, gint64 seconds, gint64 times, gpointer data)
{
  gint64 pair[2] = { seconds, times };
  Group *group = insights_service_group_of (data, key, NULL), *total = ((Sums *)data)->total;
  g_array_append_vals (group->took, pair, 1);
  g_array_append_vals (total->took, pair, 1);
}

/* A month of a large laboratory is some hundred thousand tests: they are kept in half the room. */
static void
add_time (GArray *times, gint64 seconds)
{
  gint32 kept = (gint32)MIN (seconds, G_MAXINT32);
  if (seconds >= 0)
    g_array_append_val (times, kept);
}

/* Where it stands there; of a segment that is not over nothing is known. */
static void
add_times (Group *group, gint64 clock, gint64 working)
{
  add_time (group->times[0], clock);
  add_time (group->times[1], working);
}

static void
take_times (const char *key, const char *label, const gint64 *seconds, gint64 kept, gpointer data)
{
  Sums *sums = data;
  if (seconds[0] < 0 && kept < 0)
    return;
  Group *groups[] = { insights_service_group_of (sums, key, label), sums->total };
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      add_times (groups[i], seconds[0], seconds[1]);
      groups[i]->all += kept >= 0;
      groups[i]->kept += kept > 0;
    }
}

static void
take_segments (const char *key,
               const char *label,
               const gint64 *seconds,
               gint64 kept,
               gpointer data)
{
  Sums *sums = data;
  for (guint i = 0; i < MH_N_SEGMENTS; i++)
    if (seconds[i] >= 0)
      {
        if (sums->steps[i] == NULL)
          sums->steps[i] = insights_service_group_of (sums, mh_segment_codes[i].code, NULL);
        add_times (sums->steps[i], seconds[i], seconds[MH_N_SEGMENTS + i]);
      }
}

static void
rank_times (Group *group)
{
  for (guint i = 0; i < G_N_ELEMENTS (group->times); i++)
    {
      const gint32 *kept = (const gint32 *)group->times[i]->data;
      gint64 n = group->times[i]->len;
      g_autofree gint64 *values = g_new (gint64, (gsize)n);
      for (gint64 k = 0; k < n; k++)
        values[k] = kept[k];
      group->n = MAX (group->n, n);
      group->p[2 * i] = mh_nearest_value (values, n, 50);
      group->p[2 * i + 1] = mh_nearest_value (values, n, 90);
    }
}

static int
insights_service_compare_pairs (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;
  return one < other ? -1 : one > other;
}

/* Nearest rank over what was counted together. -1: nothing. */
static gint64
insights_service_rank_of (GArray *took, guint percent)
{
  gint64 n = 0, upto = 0;
  g_array_sort (took, insights_service_compare_pairs);
  for (guint i = 0; i < took->len; i++)
    n += ((gint64 *)took->data)[2 * i + 1];

  gint64 rank = mh_nearest_rank (n, percent);
  for (guint i = 0; i < took->len; i++)
    {
      upto += ((gint64 *)took->data)[2 * i + 1];
      if (upto >= rank)
        return ((gint64 *)took->data)[2 * i];
    }

  return -1;
}

/* --- turnaround that was worked out before --- */

static MhLruCache *
turnaround_cache (MhServer *server)
{
  return mh_server_part (server, part_turnaround);
}

void
mh_insights_service_keep (MhServer *server)
{
  MhLruCache *cache = mh_lru_cache_new (CACHE_BYTES, (MhLruCacheRef)g_variant_ref,
                                        (GDestroyNotify)g_variant_unref);
  mh_server_keep (server, part_turnaround, cache, (GDestroyNotify)mh_lru_cache_free);
}

/* What tells one question from another; no filter is another thing than an empty one. Nothing else
 * of who asks goes into the answer. */
static char *
kept_id (const MhInsightQuery *query)
{
  const char *parts[] = { query->by,      query->hospital_id, query->from_day, query->to_day,
                          query->segment, query->bench,       query->test,     query->priority };
  GString *id = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_append_printf (id, "%c%s\n", parts[i] != NULL ? '=' : '-',
                            parts[i] != NULL ? parts[i] : "");
  return g_string_free (id, FALSE);
}

/* How far the times were gathered: it moves in the transaction that writes them. */
static char *
kept_key (MhDb *db, GError **error)
{
  g_autofree char *walked = NULL;
  gint64 seq;
  if (!mh_turnaround_store_mark (db, &walked, &seq, error))
    return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%s", seq, walked != NULL ? walked : "all");
}

static void
freeze_group (GVariantBuilder *frozen, const Group *group)
{
  g_variant_builder_add (frozen, FROZEN, group->key, group->label, group->n, group->all,
                         group->kept, group->p[0], group->p[1], group->p[2], group->p[3]);
}

/* The total is the first. */
static GVariant *
insights_service_freeze (Sums *sums)
{
  GHashTableIter iter;
  gpointer group = NULL;
  GVariantBuilder frozen;
  g_variant_builder_init (&frozen, G_VARIANT_TYPE ("a" FROZEN));
  freeze_group (&frozen, sums->total);
  g_hash_table_iter_init (&iter, sums->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    freeze_group (&frozen, group);
  return g_variant_ref_sink (g_variant_builder_end (&frozen));
}

static void
thaw (Sums *sums, GVariant *frozen)
{
  gsize n = g_variant_n_children (frozen);
  for (gsize i = 0; i < n; i++)
    {
      const char *key = NULL, *label = NULL;
      gint64 tests, all, kept, p[4];
      g_variant_get_child (frozen, i, "(&sm&sxxxxxxx)", &key, &label, &tests, &all, &kept, &p[0],
                           &p[1], &p[2], &p[3]);
      Group *group = i == 0 ? sums->total : insights_service_group_of (sums, key, label);
      group->n = tests;
      group->all = all;
      group->kept = kept;
      memcpy (group->p, p, sizeof p);
    }
}

/* --- asking --- */

static gboolean
work_out_turnaround (MhDb *db, Sums *sums, GError **error)
{
  GHashTableIter iter;
  gpointer group = NULL;
  gboolean steps = g_str_equal (sums->asked->by, MH_BY_SEGMENT);
  if (!mh_insights_store_times (db, &sums->asked->query, steps ? take_segments : take_times, sums,
                                error))
    return FALSE;
  rank_times (sums->total);
  g_hash_table_iter_init (&iter, sums->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    rank_times (group);
  return TRUE;
}

static gboolean
ask_turnaround (MhDb *db, MhServer *server, Sums *sums, GError **error)
{
  MhLruCache *cache = turnaround_cache (server);
  g_autofree char *id = kept_id (&sums->asked->query);

  /* Before the times are read: what is gathered meanwhile is at worst worked out once more. */
  g_autofree char *key = kept_key (db, error);
  g_autoptr (GVariant) kept = key != NULL ? mh_lru_cache_find (cache, id, key) : NULL;
  if (key == NULL)
    return FALSE;

  if (kept != NULL)
    {
      thaw (sums, kept);
      return TRUE;
    }

  if (!work_out_turnaround (db, sums, error))
    return FALSE;

  kept = insights_service_freeze (sums);
  mh_lru_cache_put (cache, id, key, kept, g_variant_get_size (kept));
  return TRUE;
}

static gboolean
insights_service_ask (MhDb *db, MhServer *server, Sums *sums, GError **error)
{
  const MhInsightQuery *query = &sums->asked->query;
  if (g_str_equal (query->figure, MH_INSIGHT_TURNAROUND))
    return ask_turnaround (db, server, sums, error);
  return mh_insights_store_sums (db, query, take_sums, sums, error)
         && mh_insights_store_took (db, query, take_took, sums, error)
         && (!g_str_equal (query->figure, MH_INSIGHT_REJECTIONS)
             || mh_insights_store_tubes (db, query, take_tubes, sums, error));
}

/* --- values --- */

/* Tenths of a per cent, half up; -1: of nothing. */
static gint64
insights_service_share (gint64 part, gint64 whole)
{
  return whole > 0 ? (part * 2000 + whole) / (2 * whole) : -1;
}

static gint64
insights_service_value_of (const Asked *asked,
                           const Group *group,
                           const Group *total,
                           const char *column)
{
  static const struct
  {
    const char *figure, *column;
    guint sum;
  } plain[] = {
    { MH_INSIGHT_WORKLOAD, "tests", 0 },       { MH_INSIGHT_WORKLOAD, "stat", 1 },
    { MH_INSIGHT_WORKLOAD, "verified", 2 },    { MH_INSIGHT_ORDERS, "orders", 0 },
    { MH_INSIGHT_ORDERS, "amount", 1 },        { MH_INSIGHT_ORDERS, "completed", 2 },
    { MH_INSIGHT_PAYMENTS, "failed", 3 },      { MH_INSIGHT_PAYMENTS, "payments", 0 },
    { MH_INSIGHT_PAYMENTS, "amount", 1 },      { MH_INSIGHT_PAYMENTS, "refunds", 2 },
    { MH_INSIGHT_REJECTIONS, "rejected", 0 },  { MH_INSIGHT_AMENDMENTS, "reports", 0 },
    { MH_INSIGHT_AMENDMENTS, "corrected", 1 }, { MH_INSIGHT_AMENDMENTS, "amended", 2 },
    { MH_INSIGHT_CALLBACKS, "critical", 0 },   { MH_INSIGHT_CALLBACKS, "in_time", 1 },
    { MH_INSIGHT_CALLBACKS, "never", 2 },      { MH_INSIGHT_ALERTS, "raised", 0 },
    { MH_INSIGHT_ALERTS, "severe", 1 },        { MH_INSIGHT_ALERTS, "open", 2 },
    { MH_INSIGHT_SATISFACTION, "answers", 0 }, { MH_INSIGHT_SATISFACTION, "low", 2 },
  };
  static const char *const ranks[] = { "p50", "p90", "work_p50", "work_p90" };
  const char *figure = asked->kind->figure;
  const gint64 *sums = group->sums;

  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_equal (plain[i].figure, figure) && g_str_equal (plain[i].column, column))
      return sums[plain[i].sum];

  if (g_str_equal (figure, MH_INSIGHT_TURNAROUND))
    {
      for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
        if (g_str_equal (ranks[i], column))
          return group->p[i];
      return g_str_equal (column, "tests") ? group->n
                                           : insights_service_share (group->kept, group->all);
    }

  if (g_str_equal (column, "p50"))
    return insights_service_rank_of (group->took, 50);
  if (g_str_equal (column, "tubes"))
    return g_str_equal (asked->by, MH_BY_REASON) ? total->all : group->all;
  if (g_str_equal (column, "mean"))
    return sums[0] > 0 ? (sums[1] * 200 + sums[0]) / (2 * sums[0]) : -1;
  if (g_str_equal (figure, MH_INSIGHT_REJECTIONS))
    return insights_service_share (sums[0],
                                   g_str_equal (asked->by, MH_BY_REASON) ? total->all : group->all);
  if (g_str_equal (figure, MH_INSIGHT_AMENDMENTS))
    return insights_service_share (sums[1] + sums[2], sums[0]);
  if (g_str_equal (column, "completion"))
    return insights_service_share (sums[2], sums[0]);
  if (g_str_equal (column, "success"))
    return insights_service_share (sums[0], sums[0] + sums[3]);

  return insights_service_share (sums[1], sums[0]); /* callbacks told in time */
}

static MhRecord *
insights_service_row_of (const Asked *asked, const Group *group, const Group *total, char **columns)
{
  MhRecord *row = mh_record_new (&mh_insight_row_type);
  const char *words = mh_insight_key_label (asked->kind->figure, asked->by, group->key);
  mh_record_set_text (row, MH_INSIGHT_ROW_KEY, group->key);
  mh_record_set_text (row, MH_INSIGHT_ROW_LABEL,
                      words != NULL          ? words
                      : group->label != NULL ? group->label
                      : *group->key != '\0'  ? group->key
                                             : "–");

  for (guint i = 0; columns[i] != NULL; i++)
    {
      gint64 value = insights_service_value_of (asked, group, total, columns[i]);
      g_autofree char *text
          = value >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, value) : g_strdup ("");
      mh_record_add_to_list (row, MH_INSIGHT_ROW_VALUES, text);
    }

  return row;
}

/* --- rows --- */

static int
segment_place (const char *key)
{
  int i = 0;
  for (; mh_segment_codes[i].code != NULL && !g_str_equal (mh_segment_codes[i].code, key); i++)
    ;
  return i;
}

/* Days and answers in their order, steps as they follow; everything else the largest first. */
static int
insights_service_compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  const Group *one = *(Group *const *)a, *other = *(Group *const *)b;
  const Asked *asked = data;
  if (g_str_equal (asked->by, MH_BY_SEGMENT))
    return segment_place (one->key) - segment_place (other->key);
  gint64 size = one->sums[0] + one->n, of_other = other->sums[0] + other->n;
  gboolean by_key = mh_insight_by_is_time (asked->by) || g_str_equal (asked->by, MH_BY_SCORE);
  if (!by_key && size != of_other)
    return size < of_other ? 1 : -1;
  return strcmp (one->key, other->key);
}

/* A day on which nothing happened is a day too: counts are 0 there, times are unknown. */
static void
fill_time (Sums *sums)
{
  const Asked *asked = sums->asked;
  if (!mh_insight_by_is_time (asked->by))
    return;

  for (gint64 day = mh_date_to_days (asked->from); day <= mh_date_to_days (asked->to); day++)
    {
      char text[MH_DATE_LENGTH + 1];
      gint64 at = g_str_equal (asked->by, MH_BY_WEEK) ? day - ((day + 3) % 7 + 7) % 7 : day;
      mh_date_format (mh_date_from_days (at), text);
      if (g_str_equal (asked->by, MH_BY_MONTH))
        text[strlen ("2026-11")] = '\0';
      if (!g_hash_table_contains (sums->groups, text))
        {
          Group *group = group_new (text);
          g_hash_table_insert (sums->groups, group->key, group);
        }
    }
}

static GPtrArray *
insights_service_sorted (Sums *sums)
{
  GPtrArray *groups = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer group = NULL;

  fill_time (sums);
  g_hash_table_iter_init (&iter, sums->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    g_ptr_array_add (groups, group);
  g_ptr_array_sort_with_data (groups, insights_service_compare_groups, (gpointer)sums->asked);

  gboolean ranked = !mh_insight_by_is_time (sums->asked->by);
  if (ranked && groups->len > MOST_ROWS)
    g_ptr_array_set_size (groups, MOST_ROWS);
  return groups;
}

/* Benches are named by the catalogue. */
static void
name_benches (Sums *sums, MhCatalogueView *view)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, sums->groups);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Group *group = value;
      MhRecord *bench = mh_catalogue_find (view, &mh_bench_type, group->key);
      if (bench != NULL && group->label == NULL)
        group->label = g_strdup (mh_record_text (bench, MH_BENCH_NAME));
    }
}

static MhRecord *
insights_service_finish (Sums *sums)
{
  const Asked *asked = sums->asked;
  MhRecord *insight = mh_record_new (&mh_insight_type);
  g_auto (GStrv) columns = g_strsplit (asked->kind->columns, "|", -1);
  g_autoptr (GPtrArray) groups = insights_service_sorted (sums);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_add (
        rows, insights_service_row_of (asked, g_ptr_array_index (groups, i), sums->total, columns));

  mh_record_set_text (insight, MH_INSIGHT_FIGURE, asked->kind->figure);
  mh_record_set_text (insight, MH_INSIGHT_BY, asked->by);
  mh_record_set_text (insight, MH_INSIGHT_FROM, asked->from_day);
  mh_record_set_text (insight, MH_INSIGHT_TO, asked->to_day);
  if (g_str_equal (asked->kind->figure, MH_INSIGHT_TURNAROUND))
    mh_record_set_text (insight, MH_INSIGHT_SEGMENT, asked->query.segment);
  mh_record_set_text (insight, MH_INSIGHT_CURRENCY, asked->place.currency);
  mh_record_set_text (insight, MH_INSIGHT_TIME_ZONE,
                      g_time_zone_get_identifier (asked->place.zone));
  mh_record_set_list (insight, MH_INSIGHT_COLUMNS, (const char *const *)columns);
  mh_record_take_records (insight, MH_INSIGHT_ROWS, rows);

  if (!g_str_equal (asked->by, MH_BY_SEGMENT))
    {
      g_autoptr (MhRecord) totals
          = insights_service_row_of (asked, sums->total, sums->total, columns);
      mh_record_set_record (insight, MH_INSIGHT_TOTALS, totals);
    }

  return insight;
}

MhRecord *
mh_insights_service_make (const MhRequest *req, const MhInsightWanted *wanted, GError **error)
{
  g_auto (Asked) asked = { 0 };
  if (!read_asked (req, wanted, &asked, error))
    return NULL;

  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  g_autoptr (GHashTable) groups
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, insights_service_group_free);
  Sums sums = { .asked = &asked, .groups = groups, .total = group_new ("") };
  MhRecord *insight = NULL;

  if (view != NULL && insights_service_ask (req->db, req->server, &sums, error))
    {
      if (g_str_equal (asked.by, MH_BY_BENCH))
        name_benches (&sums, view);
      insight = insights_service_finish (&sums);
    }

  insights_service_group_free (sums.total);
  return insight;
}

/* --- what is behind a row --- */

/* The days of that row alone. */
static gboolean
narrow (Asked *asked, const char *key, GError **error)
{
  MhDate first, last;
  g_autofree char *day
      = g_str_equal (asked->by, MH_BY_MONTH) ? g_strconcat (key, "-01", NULL) : g_strdup (key);
  if (!mh_date_parse (day, &first))
    return mh_error_set_field (error, "key", "format", "Write the day as YYYY-MM-DD."), FALSE;

  if (g_str_equal (asked->by, MH_BY_MONTH))
    last = mh_date_from_days (mh_date_to_days (mh_date_add_months (first, 1)) - 1);
  else
    last = mh_date_from_days (mh_date_to_days (first)
                              + (g_str_equal (asked->by, MH_BY_WEEK) ? 6 : 0));
  if (mh_date_compare (first, asked->from) > 0)
    asked->from = first;
  if (mh_date_compare (last, asked->to) < 0)
    asked->to = last;
  mh_date_format (asked->from, asked->from_day);
  mh_date_format (asked->to, asked->to_day);
  asked->query.from = mh_place_midnight (&asked->place, asked->from);
  asked->query.to
      = mh_place_midnight (&asked->place, mh_date_from_days (mh_date_to_days (asked->to) + 1));

  return TRUE;
}

GPtrArray *
mh_insights_service_items (const MhRequest *req,
                           const MhInsightWanted *wanted,
                           guint limit,
                           GError **error)
{
  g_auto (Asked) asked = { 0 };
  const char *key = wanted->key;
  if (!read_asked (req, wanted, &asked, error))
    return NULL;
  if (g_str_equal (asked.by, MH_BY_SEGMENT) && key != NULL)
    asked.query.segment = key;
  if (key != NULL && mh_insight_by_is_time (asked.by) && !narrow (&asked, key, error))
    return NULL;
  if (mh_insight_by_is_time (asked.by) || g_str_equal (asked.by, MH_BY_SEGMENT))
    key = NULL;
  return mh_insights_store_items (req->db, &asked.query, key, limit, error);
}

/* --- now --- */

typedef struct
{
  MhCatalogueView *view;
  GPtrArray *rows;
} Benches;

static void
take_bench (const char *code,
            gint64 waiting,
            gint64 stat,
            gint64 late,
            gint64 next_due,
            gpointer data)
{
  Benches *benches = data;
  MhRecord *bench = mh_catalogue_find (benches->view, &mh_bench_type, code);
  MhRecord *row = mh_record_new (&mh_bench_load_type);

  mh_record_set_text (row, MH_BENCH_LOAD_BENCH, code);
  mh_record_set_text (row, MH_BENCH_LOAD_NAME,
                      bench != NULL ? mh_record_text (bench, MH_BENCH_NAME) : code);
  mh_record_set_int (row, MH_BENCH_LOAD_WAITING, waiting);
  mh_record_set_int (row, MH_BENCH_LOAD_STAT, stat);
  mh_record_set_int (row, MH_BENCH_LOAD_LATE, late);
  if (next_due > 0)
    mh_record_set_int (row, MH_BENCH_LOAD_NEXT_DUE_AT, next_due);
  g_ptr_array_add (benches->rows, row);
}

GPtrArray *
mh_insights_service_benches (const MhRequest *req, GError **error)
{
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Benches benches = { view, rows };
  if (view == NULL
      || !mh_turnaround_store_benches (req->db, mh_actor_hospital_id (req->actor),
                                       mh_request_now (req), take_bench, &benches, error))
    return NULL;
  return g_steal_pointer (&rows);
}
