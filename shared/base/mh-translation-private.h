/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The tables that po/compile.py makes. */
#include "shared/base/mh-translation.h"

#define MH_TRANSLATION_MOST_LANGUAGES 40

typedef struct
{
  const char *english;    /* behind its context and "\004" when it has one */
  const char *translated; /* plural forms one behind the other, each with its NUL */
} MhMessage;

struct _MhTranslation
{
  const char *domain, *language;
  const MhMessage *messages; /* sorted bytewise */
  guint n;
  guint (*form) (gulong count);
};

typedef struct
{
  const char *name;
  const char *languages[MH_TRANSLATION_MOST_LANGUAGES];
} MhTranslationDomain;

/* Both end with a row of NULLs. */
extern const MhTranslation mh_translations[];
extern const MhTranslationDomain mh_translation_domains[];
