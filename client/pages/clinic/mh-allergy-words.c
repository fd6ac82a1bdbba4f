/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/mh-allergy-words.h"

#include "shared/rules/mh-drug-meaning.h"

#include <glib/gi18n-lib.h>

#define MOST_OFFERED 3

static void
add_unknown (GString *text, MhDrugBook *book, const char *unknown)
{
  g_auto (GStrv) nearest = mh_drug_nearest_names (book, unknown, MOST_OFFERED);
  g_autofree char *meant = g_strjoinv (", ", nearest);
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (
      text, _ ("The formulary does not know “%s”: no prescription can be checked against it."),
      unknown);
  if (*meant == 0)
    return;
  g_string_append_c (text, ' ');
  g_string_append_printf (text, _ ("May be meant: %s."), meant);
}

char *
mh_allergy_words_unknown (MhDrugBook *book, const char *const *names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (MhDrugMeaning) meaning = mh_drug_meaning_of (book, names[i]);
      for (guint k = 0; k < meaning->unknown->len; k++)
        add_unknown (text, book, g_ptr_array_index (meaning->unknown, k));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
