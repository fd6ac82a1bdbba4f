/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which payment of ours does a line mean? */
#include "server/money/settlements/mh-settlements-private.h"

#include "shared/records/money/mh-settlement.h"

/* Queries that are on their way at once. */
#define AHEAD 64

typedef struct
{
  MhDb *db;
  const MhPlace *place;
  const char *provider;
  MhDate day;         /* of the settlement */
  GPtrArray *lines;   /* MhRecord */
  GPtrArray *found;   /* for each line: GPtrArray of MhSettlementOurs, or NULL for an adjustment */
  GHashTable *meant;  /* ids of payments that a line of this settlement means */
  GHashTable *nobody; /* kind and reference of lines that mean none */
} Match;

static gboolean
settlements_match_is_kind (MhRecord *line, const char *kind)
{
  return g_strcmp0 (mh_record_text (line, MH_SETTLEMENT_LINE_KIND), kind) == 0;
}

/* A slip is of its day, or of the one before or after: terminals have clocks of their own. */
static MhSettlementSought
sought_of (const Match *match, MhRecord *line)
{
  MhDate day
      = mh_record_has (line, MH_SETTLEMENT_LINE_AT)
            ? mh_date_of_instant (mh_record_int (line, MH_SETTLEMENT_LINE_AT), match->place->zone)
            : match->day;
  gint64 days = mh_date_to_days (day);

  return (MhSettlementSought){
    .hospital_id = match->place->hospital_id,
    .provider = match->provider,
    .reference = mh_record_text (line, MH_SETTLEMENT_LINE_REFERENCE),
    .refund = settlements_match_is_kind (line, MH_SETTLEMENT_REFUND),
    .from = mh_place_midnight (match->place, mh_date_from_days (days - 1)),
    .to = mh_place_midnight (match->place, mh_date_from_days (days + 2)),
  };
}

static gboolean
settlements_match_look_up (Match *match, guint from, guint to, GError **error)
{
  for (guint i = from; i < to; i++)
    {
      MhRecord *line = g_ptr_array_index (match->lines, i);
      MhSettlementSought sought = sought_of (match, line);
      if (!settlements_match_is_kind (line, MH_SETTLEMENT_ADJUSTMENT))
        mh_settlements_store_sought_prefetch (match->db, &sought);
    }

  for (guint i = from; i < to; i++)
    {
      MhRecord *line = g_ptr_array_index (match->lines, i);
      MhSettlementSought sought = sought_of (match, line);
      GPtrArray *found = NULL;
      if (!settlements_match_is_kind (line, MH_SETTLEMENT_ADJUSTMENT))
        {
          found = mh_settlements_store_sought (match->db, &sought, error);
          if (found == NULL)
            return FALSE;
        }
      g_ptr_array_add (match->found, found);
    }

  return TRUE;
}

/* The first that no line means yet; with @exact, of the line's amount. */
static MhSettlementOurs *
free_one (Match *match, guint i, gboolean exact)
{
  GPtrArray *found = g_ptr_array_index (match->found, i);
  gint64 amount = mh_record_int (g_ptr_array_index (match->lines, i), MH_SETTLEMENT_LINE_AMOUNT);
  for (guint k = 0; k < found->len; k++)
    {
      MhSettlementOurs *ours = g_ptr_array_index (found, k);
      if (!ours->settled && !g_hash_table_contains (match->meant, ours->id)
          && (!exact || ours->amount == amount))
        return ours;
    }
  return NULL;
}

static void
settlements_match_set (MhRecord *line, const MhSettlementOurs *ours, const char *difference)
{
  if (ours != NULL)
    {
      mh_record_set_text (line, MH_SETTLEMENT_LINE_PAYMENT_ID, ours->id);
      mh_record_set_int (line, MH_SETTLEMENT_LINE_OURS, ours->amount);
    }
  mh_record_set_text (line, MH_SETTLEMENT_LINE_DIFFERENCE, difference);
}

/* Lines that agree take their payments first, so that a wrong line never takes a right one's. */
static void
match_exact (Match *match)
{
  for (guint i = 0; i < match->lines->len; i++)
    {
      MhSettlementOurs *ours
          = g_ptr_array_index (match->found, i) != NULL ? free_one (match, i, TRUE) : NULL;
      if (ours == NULL)
        continue;
      g_hash_table_add (match->meant, ours->id);
      settlements_match_set (g_ptr_array_index (match->lines, i), ours, NULL);
    }
}

static void
match_other (Match *match, guint i)
{
  MhRecord *line = g_ptr_array_index (match->lines, i);
  GPtrArray *found = g_ptr_array_index (match->found, i);
  MhSettlementOurs *ours = free_one (match, i, FALSE);

  if (ours != NULL)
    {
      g_hash_table_add (match->meant, ours->id);
      settlements_match_set (line, ours, MH_DIFFERENCE_AMOUNT);
    }
  else if (found->len > 0)
    settlements_match_set (line, g_ptr_array_index (found, 0), MH_DIFFERENCE_DUPLICATE);
  else if (!g_hash_table_add (match->nobody,
                              g_strconcat (mh_record_text (line, MH_SETTLEMENT_LINE_KIND), ":",
                                           mh_record_text (line, MH_SETTLEMENT_LINE_REFERENCE),
                                           NULL)))
    settlements_match_set (line, NULL, MH_DIFFERENCE_DUPLICATE);
  else
    settlements_match_set (line, NULL,
                           settlements_match_is_kind (line, MH_SETTLEMENT_REFUND)
                               ? MH_DIFFERENCE_REFUND_UNKNOWN
                               : MH_DIFFERENCE_UNKNOWN);
}

static void
found_free (gpointer found)
{
  if (found != NULL)
    g_ptr_array_unref (found);
}

gboolean
mh_settlements_match (MhDb *db, const MhPlace *place, MhRecord *settlement, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (found_free);
  g_autoptr (GHashTable) meant = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) nobody = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Match match = { .db = db,
                  .place = place,
                  .provider = mh_record_text (settlement, MH_SETTLEMENT_PROVIDER),
                  .lines = mh_record_records (settlement, MH_SETTLEMENT_LINES),
                  .found = found,
                  .meant = meant,
                  .nobody = nobody };

  mh_date_parse (mh_record_text (settlement, MH_SETTLEMENT_SETTLED_ON), &match.day);
  for (guint i = 0; i < match.lines->len; i += AHEAD)
    if (!settlements_match_look_up (&match, i, MIN (i + AHEAD, match.lines->len), error))
      return FALSE;

  match_exact (&match);
  for (guint i = 0; i < match.lines->len; i++)
    if (g_ptr_array_index (found, i) != NULL
        && !mh_record_has (g_ptr_array_index (match.lines, i), MH_SETTLEMENT_LINE_PAYMENT_ID))
      match_other (&match, i);

  return TRUE;
}
