/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/arrivals/mh-arrival-words.h"

#include "client/pages/dispatch/calls/mh-call-words.h"
#include "client/widgets/base/mh-look.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-arrival.h"

#include <glib/gi18n-lib.h>

/* --- how urgent --- */

static MhUrgency
arrival_words_urgency (MhRecord *arrival)
{
  return mh_urgency_of (mh_record_text (arrival, MH_ARRIVAL_PRIORITY));
}

char *
mh_arrival_priority_text (MhRecord *arrival)
{
  return mh_call_priority_text (arrival_words_urgency (arrival));
}

const char *
mh_arrival_priority_style (MhRecord *arrival)
{
  return mh_call_priority_style (arrival_words_urgency (arrival));
}

/* --- how it stands --- */

static const MhLook looks[] = {
  { MH_ARRIVAL_TOLD, "●", "mh-abnormal" },
  { MH_ARRIVAL_ACCEPTED, "✓", NULL },
  { MH_ARRIVAL_REFUSED, "⊘", "mh-critical" },
  { MH_ARRIVAL_ARRIVED, "■", "mh-abnormal" },
  { MH_ARRIVAL_HANDED_OVER, "✓", NULL },
  { MH_ARRIVAL_CANCELLED, "○", "dim-label" },
  { NULL },
};

static MhLook
arrival_words_look (MhRecord *arrival)
{
  return mh_look_of (looks, mh_record_text (arrival, MH_ARRIVAL_STATE));
}

char *
mh_arrival_state_text (MhRecord *arrival)
{
  g_autofree char *words = mh_words_value (arrival, MH_ARRIVAL_STATE);
  return g_strdup_printf ("%s %s", arrival_words_look (arrival).shape, words);
}

const char *
mh_arrival_state_style (MhRecord *arrival)
{
  return arrival_words_look (arrival).style;
}

/* --- when --- */

static gboolean
arrival_words_is_late (MhRecord *arrival)
{
  const gint64 due = mh_record_int (arrival, MH_ARRIVAL_DUE_AT);
  return due != 0 && due + MH_MINUTE <= mh_when_now ()
         && !mh_record_has (arrival, MH_ARRIVAL_ARRIVED_AT);
}

char *
mh_arrival_due_text (MhRecord *arrival)
{
  const gint64 now = mh_when_now ();
  const gint64 due = mh_record_int (arrival, MH_ARRIVAL_DUE_AT);
  const gint64 here = mh_record_int (arrival, MH_ARRIVAL_ARRIVED_AT);
  if (here == 0 && due == 0)
    return g_strdup (_ ("not known"));

  if (here == 0 && due > now - MH_MINUTE && due < now + MH_MINUTE)
    return g_strdup (_ ("now"));
  g_autofree char *span = here != 0                         ? mh_words_since (here, now)
                          : arrival_words_is_late (arrival) ? mh_words_since (due, now)
                                                            : mh_words_since (now, MAX (now, due));
  if (here != 0)
    return g_strdup_printf (_ ("here for %s"), span);
  return arrival_words_is_late (arrival) ? g_strdup_printf (_ ("⚠ %s late"), span)
                                         : g_strdup_printf (_ ("in %s"), span);
}

const char *
mh_arrival_due_style (MhRecord *arrival)
{
  return arrival_words_is_late (arrival) ? "mh-abnormal" : NULL;
}

/* --- whom --- */

char *
mh_arrival_patient_text (MhRecord *arrival)
{
  const char *patient = mh_record_text (arrival, MH_ARRIVAL_PATIENT);
  g_autofree char *needs = mh_words_value (arrival, MH_ARRIVAL_NEEDS);
  if (patient == NULL)
    return g_steal_pointer (&needs);
  return *needs != 0 ? g_strdup_printf ("%s · %s", patient, needs) : g_strdup (patient);
}
