/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/front/kiosk/mh-kiosk-words.h"

const MhKioskLanguage mh_kiosk_languages[] = { { "en", "English" },
                                               { "hi", "हिन्दी" },
                                               { "mr", "मराठी" },
                                               { "ur", "اردو" },
                                               { NULL, NULL } };

/* What the server says of a field, in words that lead on. */
static const struct
{
  const char *field, *code; /* NULL: any */
  const char *words;
} of_fields[] = {
  { "code", "expired", N_ ("This code is not good any more. Please have another sent.") },
  { "code", NULL, N_ ("This is not the code. Please look again.") },
  { "pin", NULL, N_ ("This is not the PIN.") },
  { "phone", NULL, N_ ("Please check the telephone number.") },
  { "birth_date", NULL, N_ ("Please check the date of birth: day, month, year.") },
  { "given_name", NULL, N_ ("Please type your name.") },
  { "family_name", NULL, N_ ("Please type your name.") },
  { "sex", NULL, N_ ("Please choose: female, male or other.") },
};

static const char *
of_issues (const MhIssues *issues)
{
  for (guint i = 0; issues != NULL && i < G_N_ELEMENTS (of_fields); i++)
    {
      const MhIssue *issue = mh_issues_find (issues, of_fields[i].field);
      if (issue != NULL
          && (of_fields[i].code == NULL || g_strcmp0 (issue->code, of_fields[i].code) == 0))
        return of_fields[i].words;
    }
  return N_ ("This did not work. Please ask at the desk.");
}

static const char *
of_kind (const GError *error, gboolean known)
{
  const char *away = N_ ("The kiosk has no connection just now. Please ask at the desk.");
  const char *many = N_ ("Too many attempts. Please wait a little, or ask at the desk.");
  const struct
  {
    MhErrorKind kind;
    const char *known, *unknown;
  } rows[] = {
    { MH_ERROR_OFFLINE, away, away },
    { MH_ERROR_BUSY, away, away },
    { MH_ERROR_STORAGE, away, away },
    { MH_ERROR_RATE, many, many },
    { MH_ERROR_NOT_FOUND, N_ ("This visit is over. Please begin again."),
      N_ ("Nobody was found with this number and date. Please ask at the desk.") },
    { MH_ERROR_CONFLICT, N_ ("This cannot be done at the kiosk. Please ask at the desk."),
      N_ ("You may be registered already. Please begin again and choose “I have been here before”, "
          "or ask at the desk.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if ((int)rows[i].kind == error->code)
      return known ? rows[i].known : rows[i].unknown;

  return of_issues (mh_error_get_issues (error));
}

char *
mh_kiosk_words_of_error (const GError *error, gboolean known)
{
  if (error->domain != MH_ERROR)
    return g_strdup (_ ("This did not work. Please ask at the desk."));
  return g_strdup (_ (of_kind (error, known)));
}
