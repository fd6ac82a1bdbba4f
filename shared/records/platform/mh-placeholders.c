/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/platform/mh-placeholders.h"

#include <string.h>

void
mh_placeholders_check (MhRecord *record,
                       guint field,
                       const char *const *known,
                       const char *const *needed,
                       MhIssues *issues)
{
  const char *text = mh_record_text (record, field);
  const char *name = mh_record_type (record)->fields[field].name;

  for (const char *at = text; at != NULL && (at = strchr (at, '{')) != NULL;)
    {
      const char *end = strchr (at, '}');
      g_autofree char *word
          = end != NULL ? g_strndup (at + 1, (gsize)(end - at - 1)) : g_strdup (at + 1);
      if (end == NULL || !g_strv_contains (known, word))
        {
          mh_issues_add (issues, name, "unknown_code", "{%s} cannot be filled in here", word);
          return;
        }
      at = end;
    }

  for (guint i = 0; text != NULL && needed != NULL && needed[i] != NULL; i++)
    {
      g_autofree char *word = g_strconcat ("{", needed[i], "}", NULL);
      if (strstr (text, word) == NULL)
        {
          mh_issues_add (issues, name, "required", "Put %s in: without it the message is of no use",
                         word);
          return;
        }
    }
}
