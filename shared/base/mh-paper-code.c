/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-paper-code.h"

#include "shared/base/mh-id.h"

#include <string.h>

#define WHOLE_HASH 64

static gboolean
is_hash (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "0123456789abcdef") == length;
}

/* As they stand in the code. */
typedef struct
{
  char *id; /* or NULL: it cannot be one */
  const char *number;
  const char *hash; /* NULL: it has none */
  gsize hash_length;
} Parts;

/* Takes the id of @parts. */
static gboolean
paper_code_take (const Parts *parts, char **out_id, gint64 *out_version, char **out_hash)
{
  guint64 version;
  const char *hash = parts->hash;
  g_autofree char *own = parts->id;
  if (own == NULL || !mh_id_is_valid (own) || (hash != NULL && !is_hash (hash, parts->hash_length))
      || !g_ascii_string_to_unsigned (parts->number, 10, 1, G_MAXINT32, &version, NULL))
    return FALSE;

  if (out_id != NULL)
    *out_id = g_steal_pointer (&own);
  if (out_version != NULL)
    *out_version = (gint64)version;
  if (out_hash != NULL)
    *out_hash = g_strdup (hash);
  return TRUE;
}

MhPaperCode
mh_paper_code_read (const char *text, char **out_id, gint64 *out_version, char **out_hash)
{
  static const struct
  {
    const char *prefix;
    MhPaperCode code;
  } own[] = { { MH_PAPER_CODE_REPORT_PREFIX, MH_PAPER_CODE_REPORT },
              { MH_PAPER_CODE_PRESCRIPTION_PREFIX, MH_PAPER_CODE_PRESCRIPTION } };

  g_return_val_if_fail (text != NULL, MH_PAPER_CODE_NONE);
  g_autofree char *lower = g_strstrip (g_ascii_strdown (text, -1));
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_ascii_strncasecmp (lower, own[i].prefix, strlen (own[i].prefix)) == 0)
      {
        gboolean report = own[i].code == MH_PAPER_CODE_REPORT;
        g_auto (GStrv) parts = g_strsplit (lower + strlen (own[i].prefix), ":", 4);
        return g_strv_length (parts) == (report ? 3 : 2)
                       && paper_code_take (&(Parts){ g_strdup (parts[0]), parts[1],
                                                     report ? parts[2] : NULL, WHOLE_HASH },
                                           out_id, out_version, out_hash)
                   ? own[i].code
                   : MH_PAPER_CODE_NONE;
      }

  const char *path = g_strrstr (lower, MH_PAPER_CODE_LINK);
  g_auto (GStrv) parts
      = g_strsplit (path != NULL ? path + strlen (MH_PAPER_CODE_LINK) : lower, "-", 4);
  guint n = g_strv_length (parts);

  if (n != 2 && n != 3)
    return MH_PAPER_CODE_NONE;
  if (!paper_code_take (&(Parts){ mh_id_from_brief (parts[0], strlen (parts[0])), parts[1],
                                  n == 3 ? parts[2] : NULL, MH_PAPER_CODE_HALF_HASH },
                        out_id, out_version, out_hash))
    return MH_PAPER_CODE_NONE;

  return n == 3 ? MH_PAPER_CODE_REPORT : MH_PAPER_CODE_PRESCRIPTION;
}
