/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests are, in patients' words, as they stand at the rows of the catalogue. */
#include "server/front/kiosk/mh-kiosk-private.h"

#include <string.h>

#include "shared/records/lab/mh-test.h"

/* How far the words of a language stand behind the English ones: a name and a text for each. */
static guint
behind (const char *language)
{
  static const char *const languages[] = { "en", "hi", "mr", "ur" };
  for (guint i = 0; language != NULL && i < G_N_ELEMENTS (languages); i++)
    if (strncmp (language, languages[i], 2) == 0)
      return 2 * i;
  return 0;
}

static const char *
words_in (MhRecord *row, guint english, const char *language)
{
  guint own = english + behind (language);
  return mh_record_text (row, mh_record_has (row, own) ? own : english);
}

const char *
mh_kiosk_words (MhRecord *row, const char *language, const char **out_name)
{
  gboolean panel = mh_record_type (row) == &mh_panel_type;
  if (!mh_record_bool (row, panel ? MH_PANEL_ACTIVE : MH_TEST_ACTIVE)
      || !mh_record_bool (row, panel ? MH_PANEL_KIOSK : MH_TEST_KIOSK))
    return NULL;
  *out_name = words_in (row, panel ? MH_PANEL_KIOSK_NAME : MH_TEST_KIOSK_NAME, language);
  return words_in (row, panel ? MH_PANEL_KIOSK_TEXT : MH_TEST_KIOSK_TEXT, language);
}
