/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-phrase.h"

#include <string.h>

/* clang-format off */
static const MhField phrase_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PHRASE_CODE]       = { "code", MH_KIND_TEXT, .label = N_("Short code"), .flags = MH_REQUIRED | MH_SORT | MH_BRIEF, .format = "code", .max = 20,
    .help = N_("In a comment a point and the code become the phrase") },
  [MH_PHRASE_BENCH]      = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_BRIEF, .format = "code", .max = 20,
    .help = N_("Empty: every bench") },
  [MH_PHRASE_PHRASE]     = { "phrase", MH_KIND_LONG_TEXT, .label = N_("Phrase"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .max = 1000 },
  [MH_PHRASE_SORT_ORDER] = { "sort_order", MH_KIND_INT, .label = N_("Position") },
  [MH_PHRASE_ACTIVE]     = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (phrase_fields) == MH_PHRASE_N_FIELDS);

const MhRecordType mh_phrase_type = {
  .name = "MhPhrase", .code = "phrase", .table = "phrase", .path = "/phrases",
  .label = N_("Phrase"), .fields = phrase_fields, .n_fields = G_N_ELEMENTS (phrase_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .since = 20,
  .active = MH_PHRASE_ACTIVE, .key = MH_PHRASE_CODE,
};
/* clang-format on */

static MhRecord *
phrase_find (GPtrArray *phrases, const char *bench, const char *code)
{
  MhRecord *general = NULL;
  for (guint i = 0; phrases != NULL && i < phrases->len; i++)
    {
      MhRecord *phrase = g_ptr_array_index (phrases, i);
      const char *of = mh_record_text (phrase, MH_PHRASE_BENCH);
      gboolean off
          = mh_record_has (phrase, MH_PHRASE_ACTIVE) && !mh_record_bool (phrase, MH_PHRASE_ACTIVE);
      if (off || mh_record_has (phrase, MH_DELETED_AT)
          || g_ascii_strcasecmp (mh_record_text (phrase, MH_PHRASE_CODE), code) != 0)
        continue;
      if (of != NULL && *of != 0 && g_strcmp0 (of, bench) == 0)
        return phrase;
      if (of == NULL || *of == 0)
        general = phrase;
    }

  return general;
}

char *
mh_phrase_expand (GPtrArray *phrases, const char *bench, const char *typed)
{
  const char *blank = strrchr (typed, ' ');
  const char *last = blank != NULL ? blank + 1 : typed;
  g_autofree char *capitals = g_ascii_strup (typed, -1);
  gboolean bare = blank == NULL && g_str_equal (capitals, typed);
  if (*last != '.' && !bare)
    return NULL;
  const char *code = *last == '.' ? last + 1 : last;
  MhRecord *phrase = *code != 0 ? phrase_find (phrases, bench, code) : NULL;
  return phrase != NULL ? g_strdup_printf ("%.*s%s", (int)(last - typed), typed,
                                           mh_record_text (phrase, MH_PHRASE_PHRASE))
                        : NULL;
}
