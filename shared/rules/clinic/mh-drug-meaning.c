/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-drug-meaning.h"
#include "shared/records/clinic/mh-medicine.h"

#include "shared/base/mh-text.h"
#include "shared/rules/clinic/mh-drug-names.h"

#include <string.h>

/* Inside a longer text, what is shorter than this may be any word. */
#define LEAST_INSIDE 5
#define MOST_WORDS 4
/* A slip of the pen: one letter of a short name, two of a longer one. */
#define LEAST_GUESSED 4
#define LONG_NAME 7

/* --- one name --- */

/* Takes nothing; @name is borrowed. */
static void
meaning_add (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, (gpointer)name);
}

static void
meaning_add_unknown (MhDrugMeaning *meaning, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (meaning->unknown, text, g_str_equal, NULL))
    g_ptr_array_add (meaning->unknown, g_strdup (text));
}

static void
meaning_add_medicine (MhDrugMeaning *meaning, MhRecord *medicine)
{
  const char *const *ingredients = mh_record_list (medicine, MH_MEDICINE_INGREDIENTS);
  for (guint i = 0; ingredients != NULL && ingredients[i] != NULL; i++)
    meaning_add (meaning->ingredients, ingredients[i]);
}

static gboolean
take_own (MhDrugBook *book, MhDrugMeaning *meaning, const char *said)
{
  MhRecord *ingredient = mh_drug_book_ingredient (book, said);
  MhRecord *medicine = mh_drug_book_named (book, said);
  const char *group = mh_drug_book_group (book, said);
  if (ingredient != NULL)
    meaning_add (meaning->ingredients, mh_record_text (ingredient, MH_DRUG_INGREDIENT_CODE));
  else if (group != NULL)
    meaning_add (meaning->groups, group);
  else if (medicine != NULL)
    meaning_add_medicine (meaning, medicine);
  return ingredient != NULL || group != NULL || medicine != NULL;
}

/* FALSE: this formulary holds nothing of what the name means. */
static gboolean
drug_meaning_take_name (MhDrugBook *book, MhDrugMeaning *meaning, const MhDrugName *name)
{
  gboolean any = name->kind == MH_DRUG_NAME_OTHER;
  for (guint i = 0; name->means[i] != NULL; i++)
    {
      MhRecord *ingredient = name->kind == MH_DRUG_NAME_SUBSTANCE
                                 ? mh_drug_book_ingredient (book, name->means[i])
                                 : NULL;
      const char *group
          = name->kind != MH_DRUG_NAME_SUBSTANCE ? mh_drug_book_group (book, name->means[i]) : NULL;
      any |= ingredient != NULL || group != NULL;
      if (ingredient != NULL)
        meaning_add (meaning->ingredients, mh_record_text (ingredient, MH_DRUG_INGREDIENT_CODE));
      else if (group != NULL)
        meaning_add (name->kind == MH_DRUG_NAME_GROUP ? meaning->groups : meaning->member_of,
                     group);
    }

  for (guint i = 0; any && name->means[i] != NULL; i++)
    if (name->kind == MH_DRUG_NAME_SUBSTANCE
        && mh_drug_book_ingredient (book, name->means[i]) == NULL)
      meaning_add_unknown (meaning, name->means[i]);

  meaning->by_another_name |= any && name->kind != MH_DRUG_NAME_OTHER;
  return any;
}

static gboolean
take_key (MhDrugBook *book, MhDrugMeaning *meaning, const char *key)
{
  const MhDrugName *name = mh_drug_name_find (key);
  if (name != NULL && drug_meaning_take_name (book, meaning, name))
    return TRUE;
  const char *own = key[0] != 0 ? g_hash_table_lookup (mh_drug_book_spellings (book), key) : NULL;
  if (own == NULL)
    return FALSE;
  meaning->by_another_name = TRUE;
  return take_own (book, meaning, own);
}

static gboolean
take_said (MhDrugBook *book, MhDrugMeaning *meaning, const char *said)
{
  if (take_own (book, meaning, said))
    return TRUE;
  g_autofree char *key = mh_drug_spelling (said);
  g_autofree char *plain = mh_drug_spelling_plain (said);
  return take_key (book, meaning, key) || take_key (book, meaning, plain);
}

/* --- a text --- */

/* Whatever name stands somewhere in it; it stays one that is not wholly understood. */
static void
take_inside (MhDrugBook *book, MhDrugMeaning *meaning, const char *said)
{
  g_autofree char *folded = mh_text_fold (said);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  guint n = g_strv_length (words);

  for (guint length = MIN (n, MOST_WORDS); length > 0; length--)
    for (guint from = 0; from + length <= n; from++)
      {
        g_autoptr (GString) some = g_string_new (words[from]);
        for (guint i = 1; i < length; i++)
          g_string_append_printf (some, " %s", words[from + i]);
        g_autofree char *key = mh_drug_spelling_plain (some->str);
        if (strlen (key) >= LEAST_INSIDE)
          take_said (book, meaning, some->str);
      }
}

static gboolean
is_beside_only (const char *said)
{
  g_autofree char *plain = mh_drug_spelling_plain (said);
  return plain[0] == 0;
}

/* "penicillin and Brufen (swelling)" */
static char **
parts_of (const char *said)
{
  static const char *const words[] = { " and ", " or ", " aur ", " with " };
  g_autofree char *text = g_utf8_strdown (said, -1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    for (char *at = strstr (text, words[i]); at != NULL; at = strstr (at, words[i]))
      memset (at, ',', strlen (words[i]));
  return g_strsplit_set (text, ",;/+&()[]", -1);
}

MhDrugMeaning *
mh_drug_meaning_of (MhDrugBook *book, const char *said)
{
  MhDrugMeaning *meaning = g_new0 (MhDrugMeaning, 1);
  meaning->ingredients = g_ptr_array_new ();
  meaning->groups = g_ptr_array_new ();
  meaning->member_of = g_ptr_array_new ();
  meaning->unknown = g_ptr_array_new_with_free_func (g_free);
  if (said == NULL || said[0] == 0 || take_said (book, meaning, said))
    return meaning;

  g_auto (GStrv) parts = parts_of (said);
  gboolean several = g_strv_length (parts) > 1, known = FALSE;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      if (part[0] == 0 || (several && is_beside_only (part)))
        continue;
      if (several && take_said (book, meaning, part))
        {
          known = TRUE;
          continue;
        }
      take_inside (book, meaning, part);
      meaning_add_unknown (meaning, several ? part : said);
    }

  if (meaning->unknown->len == 0 && !known)
    meaning_add_unknown (meaning, said);
  return meaning;
}

void
mh_drug_meaning_free (MhDrugMeaning *meaning)
{
  g_ptr_array_unref (meaning->ingredients);
  g_ptr_array_unref (meaning->groups);
  g_ptr_array_unref (meaning->member_of);
  g_ptr_array_unref (meaning->unknown);
  g_free (meaning);
}

char *
mh_drug_meaning_words (const MhDrugMeaning *meaning)
{
  GString *words = g_string_new (NULL);
  GPtrArray *const lists[] = { meaning->ingredients, meaning->groups, meaning->member_of };
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint k = 0; k < lists[i]->len; k++)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "",
                              (const char *)g_ptr_array_index (lists[i], k));
  return g_string_free (words, FALSE);
}

/* --- slips --- */

typedef struct
{
  const char *said;
  guint distance;
  gboolean own; /* @said is the formulary's */
} Near;

/* The formulary's own names before others, then by alphabet, so that it is always the same. */
static gint
near_compare (gconstpointer first, gconstpointer second)
{
  const Near *a = first, *b = second;
  if (a->distance != b->distance)
    return a->distance < b->distance ? -1 : 1;
  return a->own != b->own ? (a->own ? -1 : 1) : strcmp (a->said, b->said);
}

/* Two slips are guessed at only behind the right first letter. */
static void
near_look (GArray *found, const char *unknown, guint limit, const char *key, Near candidate)
{
  candidate.distance = mh_drug_spelling_distance (unknown, key, limit);
  if (candidate.distance < limit && (candidate.distance <= 1 || key[0] == unknown[0]))
    g_array_append_val (found, candidate);
}

char **
mh_drug_nearest_names (MhDrugBook *book, const char *unknown, guint most)
{
  GHashTableIter iter;
  gpointer key, said;
  g_autofree char *own = mh_drug_spelling_plain (unknown);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Near));
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  guint length = (guint)strlen (own), limit = (length >= LONG_NAME ? 2 : 1) + 1;

  g_hash_table_iter_init (&iter, mh_drug_book_spellings (book));
  while (length >= LEAST_GUESSED && g_hash_table_iter_next (&iter, &key, &said))
    near_look (found, own, limit, key, (Near){ said, 0, TRUE });
  for (guint i = 0; length >= LEAST_GUESSED && i < mh_n_drug_names; i++)
    near_look (found, own, limit, mh_drug_names[i].key, (Near){ mh_drug_names[i].said, 0, FALSE });
  g_array_sort (found, near_compare);

  for (guint i = 0; i < found->len && g_hash_table_size (told) < most; i++)
    {
      const Near *near = &g_array_index (found, Near, i);
      if (g_hash_table_add (told, (gpointer)near->said))
        g_strv_builder_add (names, near->said);
    }

  return g_strv_builder_end (names);
}

char *
mh_drug_nearest_name (MhDrugBook *book, const char *unknown)
{
  g_auto (GStrv) names = mh_drug_nearest_names (book, unknown, 1);
  return g_strdup (names[0]);
}

/* --- medicines --- */

static gboolean
has_just (MhRecord *medicine, GPtrArray *ingredients)
{
  const char *const *own = mh_record_list (medicine, MH_MEDICINE_INGREDIENTS);
  if (own == NULL || g_strv_length ((char **)own) != ingredients->len)
    return FALSE;
  for (guint i = 0; own[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (ingredients, own[i], g_str_equal, NULL))
      return FALSE;
  return TRUE;
}

MhRecord *
mh_drug_medicine_like (MhDrugBook *book, const char *name, const char ***out_ingredients)
{
  MhRecord *own = mh_drug_book_named (book, name);
  *out_ingredients = NULL;
  if (own != NULL || name == NULL)
    return own;

  g_autoptr (MhDrugMeaning) meaning = mh_drug_meaning_of (book, name);
  if (meaning->unknown->len > 0 || meaning->groups->len > 0 || meaning->member_of->len > 0
      || meaning->ingredients->len == 0)
    return NULL;

  GPtrArray *medicines = mh_drug_book_medicines (book);
  for (guint i = 0; i < medicines->len; i++)
    if (has_just (g_ptr_array_index (medicines, i), meaning->ingredients))
      return g_ptr_array_index (medicines, i);

  g_ptr_array_add (meaning->ingredients, NULL);
  *out_ingredients = (const char **)g_ptr_array_steal (meaning->ingredients, NULL);
  return NULL;
}
