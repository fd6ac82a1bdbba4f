/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-rescue-assign.h"

#include <string.h>

#include "shared/base/mh-clock.h"

void
mh_rescue_assign_free (MhRescueAssign *assign)
{
  if (assign == NULL)
    return;
  g_array_unref (assign->offers);
  g_array_unref (assign->left_out);
  g_array_unref (assign->plan);
  g_free (assign);
}

typedef struct
{
  const MhRescueCandidate *units;
  guint needs;
  MhUrgency urgency;
  gboolean is_top;
  gint64 now;
  MhRescueAssign *out;
} Choosing;

gboolean
mh_rescue_may_divert (const MhRescueCandidate *unit, MhUrgency urgency)
{
  return (unit->state == MH_RESCUE_ASSIGNED || unit->state == MH_RESCUE_EN_ROUTE)
         && (urgency == MH_URGENCY_P1 || urgency == MH_URGENCY_P2)
         && unit->on_urgency != MH_URGENCY_NONE && unit->on_urgency > urgency;
}

/* Whole seconds, rounded up: 90.4 s are more than 90. */
static gint64
rescue_seconds (gint64 span)
{
  return span > 0 ? (span + MH_SECOND - 1) / MH_SECOND : span / MH_SECOND;
}

static guint
rescue_state_reasons (const MhRescueCandidate *unit, MhUrgency urgency)
{
  switch (unit->state)
    {
    case MH_RESCUE_OFF:
      return MH_RESCUE_NO_CREW;
    case MH_RESCUE_OUT_OF_SERVICE:
      return MH_RESCUE_NOT_IN_SERVICE;
    case MH_RESCUE_RESERVED:
      return MH_RESCUE_IS_RESERVED;
    case MH_RESCUE_AVAILABLE:
      return 0;
    case MH_RESCUE_ASSIGNED:
    case MH_RESCUE_EN_ROUTE:
      return mh_rescue_may_divert (unit, urgency) ? 0 : MH_RESCUE_IS_BUSY;
    case MH_RESCUE_ON_SCENE:
    case MH_RESCUE_TRANSPORTING:
    case MH_RESCUE_AT_HOSPITAL:
    case MH_RESCUE_N_STATES:
    default:
      return MH_RESCUE_IS_BUSY;
    }
}

static gint64
rescue_fix_age (const Choosing *choosing, const MhRescueCandidate *unit)
{
  return rescue_seconds (choosing->now - unit->fix_at);
}

static guint
rescue_reasons (const Choosing *choosing, const MhRescueCandidate *unit, guint covers)
{
  guint reasons = rescue_state_reasons (unit, choosing->urgency);
  gint64 age = rescue_fix_age (choosing, unit);
  gint64 arrives = choosing->now + MAX (unit->road_seconds, 0) * MH_SECOND;
  /* who is needed at once is not asked whether the shift will be over then */
  gint64 until = choosing->is_top ? choosing->now : arrives;
  if (unit->shift_ends_at == 0)
    reasons |= MH_RESCUE_NO_CREW;
  else if (until >= unit->shift_ends_at)
    reasons |= MH_RESCUE_OUT_OF_HOURS;
  if (unit->fix_at == 0 || age > MH_RESCUE_FIX_MOST_SECONDS || age < -MH_RESCUE_FIX_AHEAD_SECONDS)
    reasons |= MH_RESCUE_NO_FIX;
  if (unit->road_seconds < 0)
    reasons |= MH_RESCUE_NO_WAY;
  if (unit->tried)
    reasons |= MH_RESCUE_WAS_TRIED;
  if (covers == 0 && !(choosing->is_top && (unit->can & MH_CAN_MEDICAL) != 0))
    reasons |= MH_RESCUE_CANNOT;
  return reasons;
}

static MhRescueOffer
rescue_offer (const Choosing *choosing, guint index, guint covers)
{
  const MhRescueCandidate *unit = &choosing->units[index];
  MhRescueOffer offer = { .index = index, .covers = covers, .road_seconds = unit->road_seconds };
  offer.fix_age = (int)MAX (rescue_fix_age (choosing, unit), 0);
  offer.fix_seconds = MAX (offer.fix_age - MH_RESCUE_FIX_OLD_SECONDS, 0);
  offer.load_seconds
      = CLAMP (unit->missions, 0, MH_RESCUE_MOST_LOAD_SECONDS / MH_RESCUE_MISSION_SECONDS)
        * MH_RESCUE_MISSION_SECONDS;
  offer.coverage_seconds = unit->zone_left == 0   ? MH_RESCUE_ZONE_EMPTY_SECONDS
                           : unit->zone_left == 1 ? MH_RESCUE_ZONE_ONE_SECONDS
                                                  : 0;
  offer.divert_seconds = unit->state == MH_RESCUE_AVAILABLE ? 0 : MH_RESCUE_DIVERT_SECONDS;
  offer.score = offer.road_seconds + offer.fix_seconds + offer.divert_seconds;
  if (!choosing->is_top)
    offer.score += offer.load_seconds + offer.coverage_seconds;

  offer.notes
      = (offer.fix_seconds > 0 ? MH_RESCUE_NOTE_OLD_FIX : 0)
        | (offer.divert_seconds > 0 ? MH_RESCUE_NOTE_DIVERTED : 0)
        | (unit->zone_left == 0 ? MH_RESCUE_NOTE_ZONE_EMPTY : 0)
        | (unit->zone_left == 1 ? MH_RESCUE_NOTE_ZONE_ONE : 0)
        | ((choosing->needs & MH_CAN_MEDICAL & ~covers) != 0 && (unit->can & MH_CAN_MEDICAL) != 0
               ? MH_RESCUE_NOTE_BELOW
               : 0);
  if (choosing->now + unit->road_seconds * MH_SECOND >= unit->shift_ends_at)
    offer.notes |= MH_RESCUE_NOTE_LATE;
  return offer;
}

static int
rescue_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const MhRescueOffer *one = a, *other = b;
  const Choosing *choosing = data;
  if (one->score != other->score)
    return one->score < other->score ? -1 : 1;
  /* as near: the one who leaves less behind, then the one with less work */
  if (one->coverage_seconds != other->coverage_seconds)
    return one->coverage_seconds < other->coverage_seconds ? -1 : 1;
  if (one->load_seconds != other->load_seconds)
    return one->load_seconds < other->load_seconds ? -1 : 1;
  return strcmp (choosing->units[one->index].id, choosing->units[other->index].id);
}

static const MhRescueOffer *
rescue_nth (const MhRescueAssign *assign, guint nth)
{
  return &g_array_index (assign->offers, MhRescueOffer, nth);
}

static gboolean
rescue_is_diverted (const MhRescueOffer *offer)
{
  return (offer->notes & MH_RESCUE_NOTE_DIVERTED) != 0;
}

/* The best offer that covers @need (0: that has any medical skill); who leaves nobody comes first.
 * -1: none. */
static int
rescue_best (const Choosing *choosing, guint need)
{
  for (guint divert = 0; divert < 2; divert++)
    for (guint i = 0; i < choosing->out->offers->len; i++)
      {
        const MhRescueOffer *offer = rescue_nth (choosing->out, i);
        gboolean fits = need != 0 ? (offer->covers & need) != 0
                                  : (choosing->units[offer->index].can & MH_CAN_MEDICAL) != 0;
        if (fits && rescue_is_diverted (offer) == (divert == 1))
          return (int)i;
      }
  return -1;
}

static void
rescue_send (Choosing *choosing, int offer, guint need, MhRescueRole role)
{
  GArray *plan = choosing->out->plan;
  for (guint i = 0; i < plan->len; i++)
    {
      MhRescueSend *send = &g_array_index (plan, MhRescueSend, i);
      if (send->offer != (guint)offer)
        continue;
      send->needs |= need;
      return;
    }
  const MhRescueSend send = { (guint)offer, need, role, -1 };
  g_array_append_val (plan, send);
}

static void
rescue_make_plan (Choosing *choosing)
{
  MhRescueAssign *out = choosing->out;
  if (choosing->is_top && (choosing->needs & MH_CAN_MEDICAL) != 0)
    {
      int nearest = rescue_best (choosing, 0);
      if (nearest >= 0)
        rescue_send (choosing, nearest, rescue_nth (out, (guint)nearest)->covers & MH_CAN_MEDICAL,
                     MH_RESCUE_FOR_NEAREST);
    }
  for (guint i = 0; i < MH_CAN_N; i++)
    {
      guint need = choosing->needs & (1u << i);
      int best = need != 0 ? rescue_best (choosing, need) : -1;
      if (best >= 0)
        rescue_send (choosing, best, need, MH_RESCUE_FOR_NEED);
      else
        out->missing |= need;
    }
  for (guint i = 0; i < out->plan->len; i++)
    if (rescue_is_diverted (rescue_nth (out, g_array_index (out->plan, MhRescueSend, i).offer)))
      out->asks = TRUE;
  out->automatic = choosing->is_top && out->plan->len > 0 && !out->asks;
  out->veto_until = out->automatic ? choosing->now + MH_RESCUE_VETO_SECONDS * MH_SECOND : 0;
}

/* The best of those that would have to be diverted, do what @send is for, and are there sooner. */
static int
rescue_faster (const MhRescueAssign *out, const MhRescueSend *send)
{
  const MhRescueOffer *sent = rescue_nth (out, send->offer);
  for (guint i = 0; i < out->offers->len && !rescue_is_diverted (sent); i++)
    {
      const MhRescueOffer *offer = rescue_nth (out, i);
      if (rescue_is_diverted (offer) && (send->needs & ~offer->covers) == 0
          && sent->road_seconds + sent->fix_seconds
                 >= offer->road_seconds + offer->fix_seconds + MH_RESCUE_DIVERT_SECONDS)
        return (int)i;
    }
  return -1;
}

MhRescueAssign *
mh_rescue_assign (const MhRescueCandidate *units,
                  guint n_units,
                  guint needs,
                  MhUrgency urgency,
                  MhUrgency top,
                  gint64 now)
{
  MhRescueAssign *out = g_new0 (MhRescueAssign, 1);
  out->offers = g_array_new (FALSE, FALSE, sizeof (MhRescueOffer));
  out->left_out = g_array_new (FALSE, FALSE, sizeof (MhRescueLeftOut));
  out->plan = g_array_new (FALSE, FALSE, sizeof (MhRescueSend));
  Choosing choosing = { units, mh_can_highest (needs), urgency, FALSE, now, out };
  choosing.is_top = urgency != MH_URGENCY_NONE && urgency <= top;
  /* the nearest of any skill is never instead of an advanced one */
  if (choosing.is_top && (choosing.needs & MH_CAN_BLS) != 0)
    choosing.needs = mh_can_highest (choosing.needs | MH_CAN_ALS);

  for (guint i = 0; i < n_units; i++)
    {
      guint covers = mh_can_spread (units[i].can) & choosing.needs;
      guint reasons = rescue_reasons (&choosing, &units[i], covers);
      if (reasons == 0)
        {
          const MhRescueOffer offer = rescue_offer (&choosing, i, covers);
          g_array_append_val (out->offers, offer);
          continue;
        }
      const MhRescueLeftOut left
          = { i, reasons, (reasons & MH_RESCUE_CANNOT) != 0 ? choosing.needs : 0 };
      g_array_append_val (out->left_out, left);
    }
  g_array_sort_with_data (out->offers, rescue_compare, &choosing);
  rescue_make_plan (&choosing);
  for (guint i = 0; i < out->plan->len; i++)
    {
      MhRescueSend *send = &g_array_index (out->plan, MhRescueSend, i);
      send->faster = rescue_faster (out, send);
    }
  return out;
}

MhRescueAsk
mh_rescue_ask (gint64 asked_at, gint64 accepted_at, gint64 refused_at, gint64 now)
{
  gint64 until = asked_at + MH_RESCUE_ACCEPT_SECONDS * MH_SECOND;
  if (refused_at != 0 && refused_at < until && (accepted_at == 0 || refused_at < accepted_at))
    return MH_RESCUE_ASK_REFUSED;
  if (accepted_at != 0 && accepted_at < until)
    return MH_RESCUE_ASK_ACCEPTED;
  return now < until ? MH_RESCUE_ASK_WAITING : MH_RESCUE_ASK_LATE;
}

gboolean
mh_rescue_is_veto_open (gint64 veto_until, gint64 now)
{
  return now < veto_until;
}
