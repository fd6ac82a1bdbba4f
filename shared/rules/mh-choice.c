/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/mh-choice.h"

#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"

#include <string.h>

typedef gboolean (*Fits) (MhRecord *choice, const char *typed);

static char *
choice_folded (MhRecord *choice, guint field)
{
  const char *text = mh_record_text (choice, field);
  return g_utf8_casefold (text != NULL ? text : "", -1);
}

static gboolean
choice_is_code (MhRecord *choice, const char *typed)
{
  g_autofree char *code = choice_folded (choice, MH_VALUE_CHOICE_CODE);
  return g_str_equal (code, typed);
}

static gboolean
is_text (MhRecord *choice, const char *typed)
{
  g_autofree char *text = choice_folded (choice, MH_VALUE_CHOICE_TEXT);
  return g_str_equal (text, typed);
}

static gboolean
text_begins (MhRecord *choice, const char *typed)
{
  g_autofree char *text = choice_folded (choice, MH_VALUE_CHOICE_TEXT);
  return g_str_has_prefix (text, typed);
}

static gboolean
code_begins (MhRecord *choice, const char *typed)
{
  g_autofree char *code = choice_folded (choice, MH_VALUE_CHOICE_CODE);
  return g_str_has_prefix (code, typed);
}

static gboolean
word_begins (MhRecord *choice, const char *typed)
{
  g_autofree char *text = choice_folded (choice, MH_VALUE_CHOICE_TEXT);
  for (const char *blank = strchr (text, ' '); blank != NULL; blank = strchr (blank + 1, ' '))
    if (g_str_has_prefix (blank + 1, typed))
      return TRUE;
  return FALSE;
}

static MhRecord *
choice_first (GPtrArray *choices, const char *typed, Fits fits)
{
  for (guint i = 0; i < choices->len; i++)
    if (fits (g_ptr_array_index (choices, i), typed))
      return g_ptr_array_index (choices, i);
  return NULL;
}

MhRecord *
mh_choice_find (GPtrArray *choices, const char *typed)
{
  static const Fits whole[] = { choice_is_code, is_text, text_begins, code_begins };
  g_autofree char *stripped = g_strstrip (g_strdup (typed != NULL ? typed : ""));
  g_autofree char *wanted = g_utf8_casefold (stripped, -1);
  if (choices == NULL || *wanted == 0)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      MhRecord *found = choice_first (choices, wanted, whole[i]);
      if (found != NULL)
        return found;
    }

  if (g_ascii_isdigit (wanted[0]) && wanted[1] == 0)
    {
      guint place = (guint)(wanted[0] - '0');
      return place >= 1 && place <= choices->len ? g_ptr_array_index (choices, place - 1) : NULL;
    }

  return choice_first (choices, wanted, word_begins);
}

MhRecord *
mh_choice_normal (GPtrArray *choices)
{
  MhRecord *normal = NULL;
  guint n = 0;
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (choices, i), MH_VALUE_CHOICE_FLAG), MH_FLAG_N)
        == 0)
      {
        normal = g_ptr_array_index (choices, i);
        n++;
      }
  return n == 1 && choices->len > 1 ? normal : NULL;
}
