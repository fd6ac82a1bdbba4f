/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/sql/mh-sql-search.h"

#include <string.h>

static char *
sql_search_words_of (const char *typed)
{
  g_autofree char *words = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  return g_utf8_strdown (words, -1);
}

char *
mh_sql_search_like (const char *typed)
{
  g_autofree char *words = sql_search_words_of (typed);
  if (*words == '\0')
    return NULL;

  g_autoptr (GString) like = g_string_new ("%");
  for (const char *at = words; *at != '\0'; at++)
    {
      if (strchr ("%_\\", *at) != NULL)
        g_string_append_c (like, '\\');
      g_string_append_c (like, *at);
    }

  g_string_append_c (like, '%');
  return g_strdup (like->str);
}

char *
mh_sql_search_codes (const MhCode *codes, const char *typed)
{
  g_autofree char *words = sql_search_words_of (typed);
  GString *found = g_string_new ("|");
  for (; *words != '\0' && codes->code != NULL; codes++)
    {
      g_autofree char *label = g_utf8_strdown (codes->label, -1);
      if (strstr (codes->code, words) != NULL || strstr (label, words) != NULL)
        g_string_append_printf (found, "%s|", codes->code);
    }
  return g_string_free (found, FALSE);
}
