/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-incident-near.h"

#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/base/mh-text.h"

const MhNearOptions mh_near_defaults = { MH_NEAR_METRES, MH_NEAR_MINUTES, MH_NEAR_NUMBER_MINUTES };

/* NULL: nobody's number. Caller frees. */
static char *
near_digits (const char *number)
{
  g_autofree char *digits = number != NULL ? mh_text_phone_digits (number) : NULL;
  return digits != NULL && strlen (digits) >= MH_NEAR_LEAST_DIGITS ? g_steal_pointer (&digits)
                                                                   : NULL;
}

static gboolean
near_is_within (gint64 seconds, int minutes)
{
  return seconds <= (gint64)minutes * 60;
}

static guint
near_reasons (const MhNearIncident *one,
              gint64 seconds,
              double off,
              const char *digits,
              const MhNearOptions *options)
{
  guint reasons = 0;
  g_autofree char *theirs = near_digits (one->number);
  if (one->metres >= 0 && one->off <= MH_NEAR_MOST_OFF_METRES && off <= MH_NEAR_MOST_OFF_METRES
      && one->metres - one->off - off <= options->metres
      && near_is_within (seconds, options->minutes))
    reasons |= MH_NEAR_PLACE;
  if (digits != NULL && g_strcmp0 (digits, theirs) == 0
      && near_is_within (seconds, options->number_minutes))
    reasons |= MH_NEAR_NUMBER;
  return reasons;
}

static guint
near_head (const MhNearIncident *known, guint n_known, guint index)
{
  for (guint i = 0; known[index].head != NULL && i < n_known; i++)
    if (g_strcmp0 (known[i].id, known[index].head) == 0)
      return i;
  return index;
}

static int
near_rank (guint reasons)
{
  return reasons == (MH_NEAR_PLACE | MH_NEAR_NUMBER) ? 0 : reasons == MH_NEAR_PLACE ? 1 : 2;
}

static int
incident_near_near_compare (gconstpointer a, gconstpointer b)
{
  const MhNear *one = a, *other = b;
  if (near_rank (one->reasons) != near_rank (other->reasons))
    return near_rank (one->reasons) - near_rank (other->reasons);
  if ((one->reasons & MH_NEAR_PLACE) != 0 && one->metres != other->metres)
    return one->metres < other->metres ? -1 : 1;
  if (one->seconds != other->seconds)
    return one->seconds < other->seconds ? -1 : 1;
  return one->index < other->index ? -1 : one->index > other->index;
}

/* One row for each head: the reasons of all that were joined, the nearest of them. */
static void
near_add (GArray *found, const MhNear *one)
{
  for (guint i = 0; i < found->len; i++)
    {
      MhNear *row = &g_array_index (found, MhNear, i);
      if (row->index != one->index)
        continue;
      guint reasons = row->reasons | one->reasons;
      if (incident_near_near_compare (one, row) < 0)
        *row = *one;
      row->reasons = reasons;
      return;
    }
  g_array_append_val (found, *one);
}

GArray *
mh_incident_near (const MhNearIncident *known,
                  guint n_known,
                  gint64 at,
                  double off,
                  const char *number,
                  const MhNearOptions *options)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (MhNear));
  g_autofree char *digits = near_digits (number);
  options = options != NULL ? options : &mh_near_defaults;
  for (guint i = 0; i < n_known; i++)
    {
      gint64 apart = at > known[i].at ? at - known[i].at : known[i].at - at;
      gint64 seconds = (apart + MH_SECOND - 1) / MH_SECOND;
      guint reasons = near_reasons (&known[i], seconds, off, digits, options);
      guint head = near_head (known, n_known, i);
      const MhNear one = { head, i, reasons, known[i].metres, seconds, known[head].open };
      if (reasons != 0 && !known[i].planned)
        near_add (found, &one);
    }
  g_array_sort (found, incident_near_near_compare);
  return found;
}

gboolean
mh_incident_check_join (const MhNearIncident *head,
                        const MhNearIncident *one,
                        gboolean one_has_others,
                        GError **error)
{
  const char *problem = NULL;
  if (g_strcmp0 (head->id, one->id) == 0)
    problem = "It is this incident itself: choose another one";
  else if (!head->open || !one->open)
    problem = "One of them is over: only open incidents are joined";
  else if (head->planned || one->planned)
    problem = "A planned transfer is joined to nothing";
  else if (one->head != NULL)
    problem = "It has been joined already: part it first";
  else if (head->head != NULL)
    problem = "That one belongs to another incident: join it to that";
  else if (one_has_others)
    problem = "Others have been joined to it: join the other way round, or part them first";
  if (problem != NULL)
    mh_error_set (error, MH_ERROR_CONFLICT, "%s.", problem);
  return problem == NULL;
}
