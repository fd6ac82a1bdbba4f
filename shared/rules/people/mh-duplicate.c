/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/people/mh-duplicate.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-text.h"
#include "shared/records/people/mh-patient.h"

#include <string.h>

#define NAME_ALIKE 0.92

/* clang-format off */
const MhCode mh_duplicate_reason_codes[] = {
  { "number", N_("Same ABHA number or passport") },
  { "phone", N_("Same phone") },
  { "birth_date", N_("Same date of birth") },
  { "birth_swapped", N_("Day and month of birth swapped") },
  { "birth_near", N_("Nearly the same age") },
  { "name", N_("Name alike") },
  { "sound", N_("Name sounds the same") },
  { "family", N_("Same guardian or address") },
  { "other_sex", N_("Sex differs") },
  { NULL },
};

/* In the order of MhAlike. */
static const int weights[] = { 100, 20, 25, 18, 10, 25, 15, 10, -30 };
/* clang-format on */
G_STATIC_ASSERT (G_N_ELEMENTS (weights) + 1 == G_N_ELEMENTS (mh_duplicate_reason_codes));

static char *
duplicate_folded (MhRecord *record, guint field)
{
  return mh_text_fold (mh_record_text (record, field));
}

/* Both are given, and equal once folded. */
static gboolean
field_alike (MhRecord *a, MhRecord *b, guint field)
{
  g_autofree char *left = duplicate_folded (a, field);
  g_autofree char *right = duplicate_folded (b, field);
  return *left != 0 && strcmp (left, right) == 0;
}

static gboolean
numbers_alike (MhRecord *a, MhRecord *b)
{
  g_autofree char *left = mh_text_ascii_digits (mh_record_text (a, MH_PATIENT_ABHA));
  g_autofree char *right = mh_text_ascii_digits (mh_record_text (b, MH_PATIENT_ABHA));
  return (*left != 0 && strcmp (left, right) == 0) || field_alike (a, b, MH_PATIENT_PASSPORT);
}

static gboolean
phones_alike (MhRecord *a, MhRecord *b)
{
  static const guint fields[] = { MH_PATIENT_PHONE, MH_PATIENT_PHONE2 };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (fields); j++)
      {
        g_autofree char *left = mh_text_phone_digits (mh_record_text (a, fields[i]));
        g_autofree char *right = mh_text_phone_digits (mh_record_text (b, fields[j]));
        if (*left != 0 && strcmp (left, right) == 0)
          return TRUE;
      }
  return FALSE;
}

/* --- birth --- */

static guint
births_alike (MhRecord *a, MhRecord *b)
{
  MhDate left, right;
  if (!mh_date_parse (mh_record_text (a, MH_PATIENT_BIRTH_DATE), &left)
      || !mh_date_parse (mh_record_text (b, MH_PATIENT_BIRTH_DATE), &right))
    return 0;
  if (mh_date_compare (left, right) == 0)
    return MH_ALIKE_BIRTH;
  if (left.year == right.year && left.month == right.day && left.day == right.month)
    return MH_ALIKE_BIRTH_SWAPPED;

  gboolean estimated = mh_record_bool (a, MH_PATIENT_BIRTH_ESTIMATED)
                       || mh_record_bool (b, MH_PATIENT_BIRTH_ESTIMATED);
  MhDate earlier = mh_date_compare (left, right) < 0 ? left : right;
  MhDate later = mh_date_compare (left, right) < 0 ? right : left;
  MhDate limit = mh_date_add_months (earlier, estimated ? 24 : 12);

  return mh_date_compare (later, limit) <= 0 ? MH_ALIKE_BIRTH_NEAR : 0;
}

/* --- names --- */

/* The measure looks from its first word; asking both ways makes it the same for both. */
static gboolean
words_alike (const char *a, const char *b)
{
  return mh_text_jaro_winkler (a, b) >= NAME_ALIKE || mh_text_jaro_winkler (b, a) >= NAME_ALIKE;
}

static gboolean
sounds_alike (const char *a, const char *b)
{
  g_autofree char *left = mh_text_phonetic (a);
  g_autofree char *right = mh_text_phonetic (b);
  return *left != 0 && strcmp (left, right) == 0;
}

typedef struct
{
  char *given, *family;
  char *whole, *turned; /* "given family" and "family given" */
} Name;

static Name
duplicate_name_of (MhRecord *patient)
{
  Name name = { duplicate_folded (patient, MH_PATIENT_GIVEN_NAME),
                duplicate_folded (patient, MH_PATIENT_FAMILY_NAME) };
  name.whole = g_strstrip (g_strdup_printf ("%s %s", name.given, name.family));
  name.turned = g_strstrip (g_strdup_printf ("%s %s", name.family, name.given));
  return name;
}

static void
name_clear (Name *name)
{
  g_free (name->given);
  g_free (name->family);
  g_free (name->whole);
  g_free (name->turned);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Name, name_clear)

static gboolean
sound_or_absence (const char *a, const char *b)
{
  return sounds_alike (a, b) || (*a == 0 && *b == 0);
}

/* Sound is compared word for word: two short names run together would meet by chance. */
static gboolean
both_sound_alike (const char *a1, const char *a2, const char *b1, const char *b2)
{
  return (*a1 != 0 || *a2 != 0) && sound_or_absence (a1, b1) && sound_or_absence (a2, b2);
}

static guint
names_alike (const Name *a, const Name *b)
{
  guint alike = 0;
  if (words_alike (a->whole, b->whole) || words_alike (a->turned, b->whole)
      || words_alike (a->whole, b->turned))
    alike |= MH_ALIKE_NAME;
  if (both_sound_alike (a->given, a->family, b->given, b->family)
      || both_sound_alike (a->given, a->family, b->family, b->given))
    alike |= MH_ALIKE_SOUND;
  return alike;
}

static gboolean
is_twin (MhRecord *a, MhRecord *b, const Name *left, const Name *right, guint alike)
{
  if ((alike & MH_ALIKE_BIRTH) == 0 || (alike & MH_ALIKE_PHONE) == 0)
    return FALSE;
  gboolean same_family
      = strcmp (left->family, right->family) == 0 || sounds_alike (left->family, right->family);
  gint64 first = mh_record_int (a, MH_PATIENT_BIRTH_ORDER);
  gint64 second = mh_record_int (b, MH_PATIENT_BIRTH_ORDER);
  gboolean other_given = *left->given != 0 && *right->given != 0
                         && !words_alike (left->given, right->given)
                         && !sounds_alike (left->given, right->given);
  return same_family && (other_given || (first > 0 && second > 0 && first != second));
}

/* --- the rest --- */

static gboolean
families_alike (MhRecord *a, MhRecord *b)
{
  g_autofree char *left = duplicate_folded (a, MH_PATIENT_GUARDIAN_NAME);
  g_autofree char *right = duplicate_folded (b, MH_PATIENT_GUARDIAN_NAME);
  if (*left != 0 && *right != 0 && (words_alike (left, right) || sounds_alike (left, right)))
    return TRUE;
  /* One line of an address is too common ("Main Road"): the place has to agree as well. */
  return field_alike (a, b, MH_PATIENT_ADDRESS_LINE)
         && (field_alike (a, b, MH_PATIENT_PIN) || field_alike (a, b, MH_PATIENT_CITY));
}

static gboolean
sex_differs (MhRecord *a, MhRecord *b)
{
  const char *left = mh_record_text (a, MH_PATIENT_SEX);
  const char *right = mh_record_text (b, MH_PATIENT_SEX);
  return left != NULL && right != NULL && strcmp (left, MH_SEX_UNKNOWN) != 0
         && strcmp (right, MH_SEX_UNKNOWN) != 0 && strcmp (left, right) != 0;
}

int
mh_duplicate_score (MhRecord *a, MhRecord *b, guint *out_alike)
{
  g_auto (Name) left = duplicate_name_of (a);
  g_auto (Name) right = duplicate_name_of (b);
  guint alike = births_alike (a, b) | names_alike (&left, &right);

  alike |= numbers_alike (a, b) ? MH_ALIKE_NUMBER : 0;
  alike |= phones_alike (a, b) ? MH_ALIKE_PHONE : 0;
  alike |= families_alike (a, b) ? MH_ALIKE_FAMILY : 0;
  alike |= sex_differs (a, b) ? MH_ALIKE_OTHER_SEX : 0;

  int score = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    if ((alike & (1u << i)) != 0)
      score += weights[i];

  if (mh_record_has (a, MH_PATIENT_MERGED_INTO) || mh_record_has (b, MH_PATIENT_MERGED_INTO)
      || ((alike & MH_ALIKE_NUMBER) == 0 && is_twin (a, b, &left, &right, alike)))
    score = 0;
  if (out_alike != NULL)
    *out_alike = alike;

  return CLAMP (score, 0, 100);
}

MhRecord *
mh_duplicate_match (MhRecord *draft, MhRecord *candidate)
{
  guint alike = 0;
  int score = mh_duplicate_score (draft, candidate, &alike);
  if (score < MH_DUPLICATE_WARN)
    return NULL;

  MhRecord *match = mh_record_new (&mh_patient_match_type);
  mh_record_set_record (match, MH_PATIENT_MATCH_PATIENT, candidate);
  mh_record_set_int (match, MH_PATIENT_MATCH_SCORE, score);
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    if ((alike & (1u << i)) != 0)
      mh_record_add_to_list (match, MH_PATIENT_MATCH_REASONS, mh_duplicate_reason_codes[i].code);

  mh_record_set_bool (match, MH_PATIENT_MATCH_BLOCKING, score >= MH_DUPLICATE_BLOCK);
  return match;
}
