/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The words of the kiosk. They are a domain of their own (po/kiosk): visitors read four languages,
 * the rest of the program fewer, and a half translated screen helps nobody. To be included by the
 * kiosk's files alone, after all others.
 */
#include <glib/gi18n-lib.h>

#include "shared/base/mh-error.h"

#undef GETTEXT_PACKAGE
#define GETTEXT_PACKAGE "mahima-kiosk"

G_BEGIN_DECLS

typedef struct
{
  const char *code; /* "hi" */
  const char *name; /* "हिन्दी" */
} MhKioskLanguage;

/* Ends with a NULL code. */
extern const MhKioskLanguage mh_kiosk_languages[];

/* A failure in a visitor's words. @known: somebody has proved who they are. Caller frees. */
char *mh_kiosk_words_of_error (const GError *error, gboolean known);

G_END_DECLS
