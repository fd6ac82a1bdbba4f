/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/lab/mh-breakpoint.h"

#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-isolate.h"

#include <string.h>

static gboolean
breakpoint_is (const char *a, const char *b)
{
  return a != NULL && b != NULL && g_str_equal (a, b);
}

MhRecord *
mh_breakpoint_find (GPtrArray *breakpoints,
                    const char *organism,
                    const char *group,
                    const char *antibiotic,
                    const char *method)
{
  MhRecord *of_group = NULL;
  for (guint i = 0; breakpoints != NULL && i < breakpoints->len; i++)
    {
      MhRecord *row = g_ptr_array_index (breakpoints, i);
      gboolean off = mh_record_has (row, MH_BREAKPOINT_ACTIVE)
                     && !mh_record_bool (row, MH_BREAKPOINT_ACTIVE);
      if (off || mh_record_has (row, MH_DELETED_AT)
          || !breakpoint_is (mh_record_text (row, MH_BREAKPOINT_ANTIBIOTIC), antibiotic)
          || !breakpoint_is (mh_record_text (row, MH_BREAKPOINT_METHOD), method))
        continue;
      if (breakpoint_is (mh_record_text (row, MH_BREAKPOINT_ORGANISM), organism))
        return row;
      if (!mh_record_has (row, MH_BREAKPOINT_ORGANISM)
          && breakpoint_is (mh_record_text (row, MH_BREAKPOINT_ORGANISM_GROUP), group))
        of_group = row;
    }

  return of_group;
}

typedef struct
{
  MhDecimal number;
  int side; /* -1: at most it, 1: at least it or above; 0: it */
  gboolean including;
} Reading;

static gboolean
breakpoint_read_measured (const char *text, Reading *out_reading)
{
  Reading reading = { 0 };
  if (text == NULL)
    return FALSE;

  if (*text == '<' || *text == '>')
    {
      reading.side = *text == '<' ? -1 : 1;
      text++;
      reading.including = *text == '=';
      text += reading.including;
      text += strspn (text, " ");
    }

  if (!mh_decimal_parse (text, &reading.number) || reading.number.mantissa <= 0)
    return FALSE;

  *out_reading = reading;
  return TRUE;
}

/* Of the scale on which more is worse (MIC) or better (zone): is all that @r may be at most, or at
 * least, @limit? */
static gboolean
all_at_most (const Reading *r, MhDecimal limit)
{
  return r->side <= 0 && mh_decimal_compare (r->number, limit) <= 0;
}

static gboolean
all_at_least (const Reading *r, MhDecimal limit)
{
  return r->side >= 0 && mh_decimal_compare (r->number, limit) >= 0;
}

static gboolean
all_above (const Reading *r, MhDecimal limit)
{
  int order = mh_decimal_compare (r->number, limit);
  return r->side >= 0 && (order > 0 || (order == 0 && r->side > 0 && !r->including));
}

static gboolean
all_below (const Reading *r, MhDecimal limit)
{
  int order = mh_decimal_compare (r->number, limit);
  return r->side <= 0 && (order < 0 || (order == 0 && r->side < 0 && !r->including));
}

const char *
mh_breakpoint_interpret (MhRecord *breakpoint, const char *measured)
{
  MhDecimal s, r;
  Reading reading;
  gboolean disk
      = breakpoint_is (mh_record_text (breakpoint, MH_BREAKPOINT_METHOD), MH_SUSCEPTIBILITY_DISK);
  gboolean clsi
      = breakpoint_is (mh_record_text (breakpoint, MH_BREAKPOINT_STANDARD), MH_STANDARD_CLSI);

  if (!breakpoint_read_measured (measured, &reading)
      || !mh_decimal_parse (mh_record_text (breakpoint, MH_BREAKPOINT_SUSCEPTIBLE), &s)
      || !mh_decimal_parse (mh_record_text (breakpoint, MH_BREAKPOINT_RESISTANT), &r))
    return NULL;
  if (disk ? all_at_least (&reading, s) : all_at_most (&reading, s))
    return MH_SUSCEPTIBLE;

  gboolean resistant = disk ? (clsi ? all_at_most (&reading, r) : all_below (&reading, r))
                            : (clsi ? all_at_least (&reading, r) : all_above (&reading, r));
  if (resistant)
    return MH_RESISTANT;

  return reading.side == 0 ? MH_INTERMEDIATE : NULL;
}

char *
mh_breakpoint_text (MhRecord *breakpoint)
{
  gboolean disk
      = breakpoint_is (mh_record_text (breakpoint, MH_BREAKPOINT_METHOD), MH_SUSCEPTIBILITY_DISK);
  gboolean clsi
      = breakpoint_is (mh_record_text (breakpoint, MH_BREAKPOINT_STANDARD), MH_STANDARD_CLSI);
  const char *resistant = disk ? (clsi ? "≤" : "<") : (clsi ? "≥" : ">");
  return g_strdup_printf ("%s %s: S %s %s, R %s %s", clsi ? "CLSI" : "EUCAST",
                          mh_record_text (breakpoint, MH_BREAKPOINT_EDITION), disk ? "≥" : "≤",
                          mh_record_text (breakpoint, MH_BREAKPOINT_SUSCEPTIBLE), resistant,
                          mh_record_text (breakpoint, MH_BREAKPOINT_RESISTANT));
}

gboolean
mh_breakpoint_is_measured (const char *method, const char *measured)
{
  Reading reading;
  return breakpoint_read_measured (measured, &reading)
         && (reading.side == 0 || g_strcmp0 (method, MH_SUSCEPTIBILITY_DISK) != 0);
}
