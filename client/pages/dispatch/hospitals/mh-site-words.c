/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/hospitals/mh-site-words.h"

#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-care-site.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *shape, *style;
} looks[MH_NEDOCS_N_BANDS] = {
  [MH_NEDOCS_CALM] = { "○", NULL },
  [MH_NEDOCS_BUSY] = { "●", NULL },
  [MH_NEDOCS_VERY_BUSY] = { "■", NULL },
  [MH_NEDOCS_CROWDED] = { "◆", "mh-abnormal" },
  [MH_NEDOCS_SEVERE] = { "▲", "mh-critical" },
  [MH_NEDOCS_DANGEROUS] = { "▲▲", "mh-critical" },
};

/* --- how crowded it is --- */

/* MH_NEDOCS_N_BANDS: no such level. */
static guint
site_words_band (const char *level)
{
  guint band = 0;
  while (band < MH_NEDOCS_N_BANDS && g_strcmp0 (mh_nedocs_band_code (band), level) != 0)
    band++;
  return band;
}

char *
mh_site_level_text (const char *level, gint64 nedocs)
{
  const guint band = site_words_band (level);
  if (band == MH_NEDOCS_N_BANDS)
    return g_strdup (_ ("? Not known"));
  /* Translators: a shape and a word for how crowded it is, and the score */
  return g_strdup_printf (_ ("%s %s · NEDOCS %d"), looks[band].shape,
                          mh_words_of_code (&mh_care_site_type.fields[MH_CARE_SITE_LEVEL], level),
                          (int)nedocs);
}

const char *
mh_site_level_style (const char *level)
{
  const guint band = site_words_band (level);
  return band != MH_NEDOCS_N_BANDS ? looks[band].style : "dim-label";
}

gboolean
mh_site_is_stale (MhRecord *site)
{
  return mh_nedocs_is_stale (mh_record_int (site, MH_CARE_SITE_REVIEWED_AT), mh_when_now ());
}

char *
mh_site_crowding_text (MhRecord *site)
{
  if (!mh_record_has (site, MH_CARE_SITE_NEDOCS) || !mh_site_is_stale (site))
    return mh_site_level_text (mh_record_text (site, MH_CARE_SITE_LEVEL),
                               mh_record_int (site, MH_CARE_SITE_NEDOCS));
  return g_strdup_printf (_ ("? Was NEDOCS %d"), (int)mh_record_int (site, MH_CARE_SITE_NEDOCS));
}

char *
mh_site_score_text (MhRecord *site)
{
  const char *level = mh_record_text (site, MH_CARE_SITE_LEVEL);
  const guint band = site_words_band (level);
  if (band == MH_NEDOCS_N_BANDS || mh_site_is_stale (site))
    return mh_site_crowding_text (site);
  return g_strdup_printf ("%s %d · %s", looks[band].shape,
                          (int)mh_record_int (site, MH_CARE_SITE_NEDOCS),
                          mh_words_of_code (&mh_care_site_type.fields[MH_CARE_SITE_LEVEL], level));
}

const char *
mh_site_crowding_style (MhRecord *site)
{
  return mh_site_is_stale (site) ? "dim-label"
                                 : mh_site_level_style (mh_record_text (site, MH_CARE_SITE_LEVEL));
}

/* --- its beds --- */

char *
mh_site_beds_text (MhRecord *site)
{
  const int kept = (int)mh_record_int (site, MH_CARE_SITE_RESERVED);
  const int free = (int)mh_record_int (site, MH_CARE_SITE_FREE_BEDS);
  if (!mh_record_has (site, MH_CARE_SITE_FREE_BEDS))
    return kept > 0 ? g_strdup_printf (_ ("%d kept"), kept) : g_strdup (_ ("Not told"));
  /* Translators: free beds, and those that are kept for who is on the way */
  return kept > 0 ? g_strdup_printf (_ ("%d free · %d kept"), free, kept)
                  : g_strdup_printf (_ ("%d free"), free);
}

char *
mh_site_told_text (MhRecord *site)
{
  if (!mh_record_has (site, MH_CARE_SITE_REVIEWED_AT))
    return g_strdup (_ ("Never told"));
  g_autofree char *age
      = mh_words_since (mh_record_int (site, MH_CARE_SITE_REVIEWED_AT), mh_when_now ());
  return mh_site_is_stale (site) ? g_strdup_printf (_ ("⚠ %s ago"), age)
                                 : g_strdup_printf (_ ("%s ago"), age);
}

const char *
mh_site_told_style (MhRecord *site)
{
  return !mh_record_has (site, MH_CARE_SITE_REVIEWED_AT) ? "dim-label"
         : mh_site_is_stale (site)                       ? "mh-abnormal"
                                                         : NULL;
}

/* --- from whom it asks to be spared --- */

GPtrArray *
mh_site_diversions_now (MhRecord *site)
{
  const gint64 now = mh_when_now ();
  GPtrArray *told = mh_site_diversions_read (mh_record_text (site, MH_CARE_SITE_DIVERSIONS));
  for (guint i = told->len; i > 0; i--)
    if (((MhSiteDiversion *)g_ptr_array_index (told, i - 1))->diversion.until <= now)
      g_ptr_array_remove_index (told, i - 1);
  return told;
}

char *
mh_site_scope_text (guint scope)
{
  g_auto (GStrv) codes = mh_care_scope_codes_of (scope);
  GString *out = g_string_new (NULL);
  for (guint i = 0; codes[i] != NULL; i++)
    g_string_append_printf (
        out, "%s%s", i > 0 ? ", " : "",
        mh_words_of_code (&mh_diversion_type.fields[MH_DIVERSION_SCOPE], codes[i]));
  return g_string_free (out, FALSE);
}

char *
mh_site_left_text (const MhDiversion *diversion)
{
  const gint64 now = mh_when_now ();
  if (diversion->from > now)
    {
      g_autofree char *from = mh_words_time (diversion->from);
      return g_strdup_printf (_ ("from %s"), from);
    }
  g_autofree char *left = mh_words_since (now, diversion->until);
  return g_strdup_printf (_ ("%s left"), left);
}

char *
mh_site_diverts_text (MhRecord *site)
{
  g_autoptr (GPtrArray) told = mh_site_diversions_now (site);
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < told->len; i++)
    {
      const MhSiteDiversion *one = g_ptr_array_index (told, i);
      g_autofree char *scope = mh_site_scope_text (one->diversion.scope);
      g_autofree char *left = mh_site_left_text (&one->diversion);
      g_string_append_printf (out, "%s⊘ %s · %s", i > 0 ? "; " : "", scope, left);
    }
  return g_string_free (out, FALSE);
}

const char *
mh_site_diverts_style (MhRecord *site)
{
  g_autoptr (GPtrArray) told = mh_site_diversions_now (site);
  return told->len > 0 ? "mh-abnormal" : NULL;
}
