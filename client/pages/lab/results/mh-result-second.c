/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-result-second.h"

#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-user.h"
#include "shared/rules/lab/mh-second.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SECOND "/2"

static MhSecond
mh_result_second_state (MhRecord *row)
{
  MhSecondCase value = {
    .wanted = mh_record_bool (row, MH_RESULT_ROW_SECOND_WANTED),
    .first = mh_record_text (row, MH_RESULT_ROW_VALUE),
    .second = mh_record_text (row, MH_RESULT_ROW_SECOND_VALUE),
    .first_by = mh_record_text (row, MH_RESULT_ROW_ENTERED_BY),
    .second_by = mh_record_text (row, MH_RESULT_ROW_SECOND_BY),
  };
  return mh_second_state (&value);
}

gboolean
mh_result_second_keeps_back (MhRecord *row)
{
  const char *status = mh_record_text (row, MH_RESULT_ROW_STATUS);
  return g_strcmp0 (status, MH_RESULT_STATUS_VERIFIED) != 0
         && g_strcmp0 (status, MH_RESULT_STATUS_CORRECTED) != 0
         && mh_second_keeps_back (mh_result_second_state (row));
}

gboolean
mh_result_second_is (MhRecord *row)
{
  const char *code = mh_record_text (row, MH_RESULT_ROW_CODE);
  return code != NULL && g_str_has_suffix (code, SECOND);
}

char *
mh_result_second_base (const char *key)
{
  return g_strndup (key, strlen (key) - (g_str_has_suffix (key, SECOND) ? strlen (SECOND) : 0));
}

MhRecord *
mh_result_second_row (MhRecord *row, const char *user_id)
{
  /* of the value itself; what is left is the same for both */
  static const guint gone[]
      = { MH_RESULT_ROW_VALUE,          MH_RESULT_ROW_VALUE_TEXT,     MH_RESULT_ROW_FLAG,
          MH_RESULT_ROW_COMMENT,        MH_RESULT_ROW_DELTA,          MH_RESULT_ROW_PREVIOUS_VALUE,
          MH_RESULT_ROW_PREVIOUS_AT,    MH_RESULT_ROW_TREND,          MH_RESULT_ROW_INSTRUMENT,
          MH_RESULT_ROW_INSTRUMENTS,    MH_RESULT_ROW_MEASURED_VALUE, MH_RESULT_ROW_DILUTION,
          MH_RESULT_ROW_CHECK_FORMULA,  MH_RESULT_ROW_DOUBT,          MH_RESULT_ROW_GROUP_BEFORE,
          MH_RESULT_ROW_GROUP_BEFORE_AT };

  if (!mh_record_bool (row, MH_RESULT_ROW_SECOND_WANTED))
    return NULL;

  MhRecord *second = mh_record_copy (row);
  const char *by = mh_record_text (row, MH_RESULT_ROW_ENTERED_BY);
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    mh_record_unset (second, gone[i]);
  mh_record_take_text (second, MH_RESULT_ROW_CODE,
                       g_strconcat (mh_record_text (row, MH_RESULT_ROW_CODE), SECOND, NULL));
  mh_record_take_text (
      second, MH_RESULT_ROW_NAME,
      g_strdup_printf (_ ("%s, second determination"), mh_record_text (row, MH_RESULT_ROW_NAME)));
  if (mh_record_has (row, MH_RESULT_ROW_SECOND_VALUE))
    mh_record_set_text (second, MH_RESULT_ROW_VALUE,
                        mh_record_text (row, MH_RESULT_ROW_SECOND_VALUE));

  /* Only a tube that is here gives results: so this one gives none, to this person. */
  if (!mh_record_has (row, MH_RESULT_ROW_VALUE) || (by != NULL && g_strcmp0 (by, user_id) == 0))
    mh_record_unset (second, MH_RESULT_ROW_SAMPLE_STATUS);

  return second;
}

void
mh_result_second_put (MhRecord *row, const char *value, MhRecord *user)
{
  gboolean any = value != NULL && value[0] != 0;
  if (g_strcmp0 (any ? value : NULL, mh_record_text (row, MH_RESULT_ROW_SECOND_VALUE)) == 0)
    return;
  mh_record_set_text (row, MH_RESULT_ROW_SECOND_VALUE, any ? value : NULL);
  mh_record_set_text (row, MH_RESULT_ROW_SECOND_BY,
                      any && user != NULL ? mh_record_id (user) : NULL);
  mh_record_set_text (row, MH_RESULT_ROW_SECOND_NAME,
                      any && user != NULL ? mh_record_text (user, MH_USER_NAME) : NULL);
  mh_record_unset (row, MH_RESULT_ROW_SECOND_AT);
}

/* "A, Ravi Kumar, 23 Nov 2026 10:02" */
static char *
one_text (MhRecord *row, guint value, guint name, guint at)
{
  const char *code = mh_record_text (row, value);
  GPtrArray *choices = mh_record_records (row, MH_RESULT_ROW_CHOICES);
  const char *words = code;

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (choices, i), MH_VALUE_CHOICE_CODE), code)
        == 0)
      words = mh_record_text (g_ptr_array_index (choices, i), MH_VALUE_CHOICE_TEXT);

  g_autoptr (GString) text = g_string_new (words);
  if (mh_record_has (row, name))
    g_string_append_printf (text, ", %s", mh_record_text (row, name));
  if (mh_record_has (row, at))
    {
      g_autofree char *when = mh_words_time (mh_record_int (row, at));
      g_string_append_printf (text, ", %s", when);
    }

  return g_strdup (text->str);
}

char *
mh_result_second_text (MhRecord *row)
{
  MhSecond state = mh_result_second_state (row);
  const char *by = mh_record_text (row, MH_RESULT_ROW_ENTERED_NAME);
  if (state == MH_SECOND_MISSING || state == MH_SECOND_SAME_PERSON)
    return by != NULL ? g_strdup_printf (_ ("Before release: a second determination, by another "
                                            "person than %s"),
                                         by)
                      : g_strdup (_ ("Before release: a second determination, by a person"));
  if (state != MH_SECOND_DIFFERS && state != MH_SECOND_AGREES)
    return NULL;

  g_autofree char *first
      = one_text (row, MH_RESULT_ROW_VALUE, MH_RESULT_ROW_ENTERED_NAME, MH_RESULT_ROW_ENTERED_AT);
  g_autofree char *second = one_text (row, MH_RESULT_ROW_SECOND_VALUE, MH_RESULT_ROW_SECOND_NAME,
                                      MH_RESULT_ROW_SECOND_AT);

  return state == MH_SECOND_AGREES
             ? g_strdup_printf (_ ("Determined twice: %s; %s"), first, second)
             : g_strdup_printf (_ ("The two determinations differ: %s; %s. Nothing of it is "
                                   "released before they agree: measure again"),
                                first, second);
}

char *
mh_result_second_group (MhRecord *row)
{
  const char *group = mh_record_text (row, MH_RESULT_ROW_GROUP_BEFORE);
  if (group == NULL)
    return NULL;
  if (!mh_record_has (row, MH_RESULT_ROW_GROUP_BEFORE_AT))
    return g_strdup_printf (_ ("On the patient's record: %s. Check the sample's identity."), group);
  g_autofree char *day = mh_when_day (mh_record_int (row, MH_RESULT_ROW_GROUP_BEFORE_AT));
  return g_strdup_printf (_ ("Earlier result: %s of %s. Check the sample's identity."), group, day);
}
