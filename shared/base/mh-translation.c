/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-translation.h"

#include <stdlib.h>
#include <string.h>

#include "shared/base/mh-translation-private.h"

static gboolean
translation_is_of (const char *language, const char *tag)
{
  gsize length = strlen (language);
  return tag != NULL && g_ascii_strncasecmp (tag, language, length) == 0
         && !g_ascii_isalnum (tag[length]);
}

const MhTranslation *
mh_translation_find (const char *domain, const char *language)
{
  for (const MhTranslation *one = mh_translations; one->domain != NULL; one++)
    if (g_str_equal (one->domain, domain) && translation_is_of (one->language, language))
      return one;
  return NULL;
}

static int
translation_compare (const void *key, const void *message)
{
  return strcmp (key, ((const MhMessage *)message)->english);
}

static const char *
translation_look_up (const MhTranslation *translation, const char *key)
{
  const MhMessage *found = bsearch (key, translation->messages, translation->n,
                                    sizeof *translation->messages, translation_compare);
  return found != NULL ? found->translated : NULL;
}

const char *
mh_translation_text (const MhTranslation *translation, const char *context, const char *english)
{
  if (context == NULL)
    return translation_look_up (translation, english);
  g_autofree char *key = g_strconcat (context, "\004", english, NULL);
  return translation_look_up (translation, key);
}

const char *
mh_translation_plural (const MhTranslation *translation, const char *one, gulong count)
{
  const char *form = translation_look_up (translation, one);

  for (guint skip = translation->form (count); form != NULL && skip > 0; skip--)
    form += strlen (form) + 1;

  return form;
}

const char *const *
mh_translation_languages (const char *domain)
{
  const MhTranslationDomain *one = mh_translation_domains;
  while (!g_str_equal (one->name, domain))
    one++;
  return one->languages;
}

const char *
mh_translation_language_of (const char *domain, const char *tag)
{
  const MhTranslation *found = mh_translation_find (domain, tag);
  return found != NULL ? found->language : "en";
}

gboolean
mh_translation_is_rtl (const char *language)
{
  static const char *const rtl[] = { "ar", "fa", "he", "ur" };

  for (guint i = 0; i < G_N_ELEMENTS (rtl); i++)
    if (translation_is_of (rtl[i], language))
      return TRUE;

  return FALSE;
}
