/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-drug-book.h"
#include "shared/records/clinic/mh-medicine.h"

#include "shared/base/mh-text.h"
#include "shared/rules/clinic/mh-drug-names.h"

#include <string.h>

struct _MhDrugBook
{
  GPtrArray *medicines, *ingredients, *interactions, *crosses;
  GHashTable *by_code, *by_name; /* of medicines, the second by folded names */
  GHashTable *by_ingredient;     /* folded */
  GHashTable *groups;            /* folded, without a plural → as spelt (borrowed) */
  GHashTable *spellings;         /* NULL: not asked for yet */
};

static char *
stem (const char *name)
{
  char *folded = mh_text_fold (name);
  gsize n = strlen (folded);
  if (n > 3 && folded[n - 1] == 's')
    folded[n - 1] = 0;
  return folded;
}

static void
drug_book_add_name (GHashTable *table, const char *name, gpointer value)
{
  char *folded = mh_text_fold (name);
  if (folded[0] != 0 && !g_hash_table_contains (table, folded))
    g_hash_table_insert (table, folded, value);
  else
    g_free (folded);
}

static void
index_medicines (MhDrugBook *book)
{
  for (guint i = 0; i < book->medicines->len; i++)
    {
      MhRecord *medicine = g_ptr_array_index (book->medicines, i);
      const char *brands = mh_record_text (medicine, MH_MEDICINE_BRANDS);
      g_hash_table_insert (book->by_code, (gpointer)mh_record_text (medicine, MH_MEDICINE_CODE),
                           medicine);
      drug_book_add_name (book->by_name, mh_record_text (medicine, MH_MEDICINE_NAME), medicine);
      g_auto (GStrv) each = g_strsplit (brands != NULL ? brands : "", ",", -1);
      for (guint k = 0; each[k] != NULL; k++)
        drug_book_add_name (book->by_name, each[k], medicine);
    }
}

static void
drug_book_add_group (MhDrugBook *book, const char *said, const char *group)
{
  char *key = stem (said);
  if (!g_hash_table_contains (book->groups, key))
    g_hash_table_insert (book->groups, key, (gpointer)group);
  else
    g_free (key);
}

static void
index_ingredients (MhDrugBook *book)
{
  for (guint i = 0; i < book->ingredients->len; i++)
    {
      MhRecord *one = g_ptr_array_index (book->ingredients, i);
      const char *const *groups = mh_record_list (one, MH_DRUG_INGREDIENT_ALLERGY_GROUPS);
      drug_book_add_name (book->by_ingredient, mh_record_text (one, MH_DRUG_INGREDIENT_CODE), one);
      for (guint k = 0; groups != NULL && groups[k] != NULL; k++)
        drug_book_add_group (book, groups[k], groups[k]);
    }
}

MhDrugBook *
mh_drug_book_new (GPtrArray *medicines,
                  GPtrArray *ingredients,
                  GPtrArray *interactions,
                  GPtrArray *crosses)
{
  MhDrugBook *book = g_new0 (MhDrugBook, 1);
  book->medicines = g_ptr_array_ref (medicines);
  book->ingredients = g_ptr_array_ref (ingredients);
  book->interactions = g_ptr_array_ref (interactions);
  book->crosses = g_ptr_array_ref (crosses);
  book->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  book->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  book->by_ingredient = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  book->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index_medicines (book);
  index_ingredients (book);
  return book;
}

void
mh_drug_book_free (MhDrugBook *book)
{
  g_hash_table_unref (book->by_code);
  g_hash_table_unref (book->by_name);
  g_hash_table_unref (book->by_ingredient);
  g_hash_table_unref (book->groups);
  g_clear_pointer (&book->spellings, g_hash_table_unref);
  g_ptr_array_unref (book->medicines);
  g_ptr_array_unref (book->ingredients);
  g_ptr_array_unref (book->interactions);
  g_ptr_array_unref (book->crosses);
  g_free (book);
}

MhRecord *
mh_drug_book_medicine (MhDrugBook *book, const char *code)
{
  return code != NULL ? g_hash_table_lookup (book->by_code, code) : NULL;
}

MhRecord *
mh_drug_book_named (MhDrugBook *book, const char *name)
{
  g_autofree char *folded = mh_text_fold (name != NULL ? name : "");
  return g_hash_table_lookup (book->by_name, folded);
}

MhRecord *
mh_drug_book_ingredient (MhDrugBook *book, const char *name)
{
  g_autofree char *folded = mh_text_fold (name != NULL ? name : "");
  return g_hash_table_lookup (book->by_ingredient, folded);
}

const char *
mh_drug_book_group (MhDrugBook *book, const char *name)
{
  g_autofree char *key = stem (name != NULL ? name : "");
  return g_hash_table_lookup (book->groups, key);
}

/* Takes over nothing; of two that are spelt alike the first stays. */
static void
add_spelling (GHashTable *spellings, const char *name)
{
  char *key = mh_drug_spelling (name);
  if (key[0] != 0 && !g_hash_table_contains (spellings, key))
    g_hash_table_insert (spellings, key, g_strstrip (g_strdup (name)));
  else
    g_free (key);
}

GHashTable *
mh_drug_book_spellings (MhDrugBook *book)
{
  GHashTableIter iter;
  gpointer group;
  if (book->spellings != NULL)
    return book->spellings;

  book->spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < book->ingredients->len; i++)
    add_spelling (book->spellings, mh_record_text (g_ptr_array_index (book->ingredients, i),
                                                   MH_DRUG_INGREDIENT_CODE));

  g_hash_table_iter_init (&iter, book->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    add_spelling (book->spellings, group);

  for (guint i = 0; i < book->medicines->len; i++)
    {
      MhRecord *medicine = g_ptr_array_index (book->medicines, i);
      const char *brands = mh_record_text (medicine, MH_MEDICINE_BRANDS);
      g_auto (GStrv) each = g_strsplit (brands != NULL ? brands : "", ",", -1);
      add_spelling (book->spellings, mh_record_text (medicine, MH_MEDICINE_NAME));
      for (guint k = 0; each[k] != NULL; k++)
        add_spelling (book->spellings, each[k]);
    }

  return book->spellings;
}

GPtrArray *
mh_drug_book_medicines (MhDrugBook *book)
{
  return book->medicines;
}

static gboolean
drug_book_is_same (const char *a, const char *b)
{
  if (g_str_equal (a, b))
    return TRUE;
  g_autofree char *x = mh_text_fold (a), *y = mh_text_fold (b);
  return g_str_equal (x, y);
}

static gboolean
in_class (MhRecord *ingredient, const char *class)
{
  const char *const *classes = mh_record_list (ingredient, MH_DRUG_INGREDIENT_CLASSES);
  return classes != NULL && g_strv_contains (classes, class);
}

gboolean
mh_drug_book_matches (MhDrugBook *book, const char *ingredient, const char *kind, const char *name)
{
  if (g_strcmp0 (kind, MH_DRUG_SIDE_CLASS) != 0)
    return name != NULL && drug_book_is_same (ingredient, name);
  MhRecord *record = mh_drug_book_ingredient (book, ingredient);
  return record != NULL && in_class (record, name);
}

const char *const *
mh_drug_book_groups_of (MhDrugBook *book, const char *ingredient)
{
  MhRecord *record = mh_drug_book_ingredient (book, ingredient);
  return record != NULL ? mh_record_list (record, MH_DRUG_INGREDIENT_ALLERGY_GROUPS) : NULL;
}

/* --- between two ingredients --- */

typedef struct
{
  const char *name;
  MhRecord *record; /* NULL: known to no row of classes */
} Side;

static gboolean
side_matches (const Side *side, MhRecord *row, guint kind, guint name)
{
  const char *wanted = mh_record_text (row, name);
  if (g_strcmp0 (mh_record_text (row, kind), MH_DRUG_SIDE_CLASS) == 0)
    return side->record != NULL && in_class (side->record, wanted);
  return g_strcmp0 (side->name, wanted) == 0;
}

static gboolean
row_matches (MhRecord *row, const Side *one, const Side *other)
{
  return side_matches (one, row, MH_DRUG_INTERACTION_A_KIND, MH_DRUG_INTERACTION_A)
         && side_matches (other, row, MH_DRUG_INTERACTION_B_KIND, MH_DRUG_INTERACTION_B);
}

static int
specificity (MhRecord *row)
{
  return (g_strcmp0 (mh_record_text (row, MH_DRUG_INTERACTION_A_KIND), MH_DRUG_SIDE_INGREDIENT)
          == 0)
         + (g_strcmp0 (mh_record_text (row, MH_DRUG_INTERACTION_B_KIND), MH_DRUG_SIDE_INGREDIENT)
            == 0);
}

static int
severity_rank (MhRecord *row)
{
  static const char *const ranks[]
      = { MH_DRUG_MINOR, MH_DRUG_MODERATE, MH_DRUG_MAJOR, MH_DRUG_CONTRAINDICATED };
  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    if (g_strcmp0 (mh_record_text (row, MH_DRUG_INTERACTION_SEVERITY), ranks[i]) == 0)
      return (int)i;
  return 0;
}

static gboolean
is_off (MhRecord *row)
{
  return mh_record_has (row, MH_DRUG_INTERACTION_ACTIVE)
         && !mh_record_bool (row, MH_DRUG_INTERACTION_ACTIVE);
}

static Side
side_of (MhDrugBook *book, const char *name)
{
  MhRecord *record = mh_drug_book_ingredient (book, name);
  return (Side){ record != NULL ? mh_record_text (record, MH_DRUG_INGREDIENT_CODE) : name, record };
}

MhRecord *
mh_drug_book_interaction (MhDrugBook *book, const char *one, const char *other)
{
  MhRecord *best = NULL;
  Side a = side_of (book, one), b = side_of (book, other);
  if (g_strcmp0 (a.name, b.name) == 0)
    return NULL;

  for (guint i = 0; i < book->interactions->len; i++)
    {
      MhRecord *row = g_ptr_array_index (book->interactions, i);
      if (is_off (row) || (!row_matches (row, &a, &b) && !row_matches (row, &b, &a)))
        continue;
      if (best == NULL || specificity (row) > specificity (best)
          || (specificity (row) == specificity (best)
              && severity_rank (row) > severity_rank (best)))
        best = row;
    }

  return best;
}

MhRecord *
mh_drug_book_cross (MhDrugBook *book, const char *from, const char *to)
{
  for (guint i = 0; i < book->crosses->len; i++)
    {
      MhRecord *row = g_ptr_array_index (book->crosses, i);
      const char *a = mh_record_text (row, MH_ALLERGY_CROSS_FROM_GROUP);
      const char *b = mh_record_text (row, MH_ALLERGY_CROSS_TO_GROUP);
      if ((g_str_equal (a, from) && g_str_equal (b, to))
          || (g_str_equal (a, to) && g_str_equal (b, from)))
        return row;
    }
  return NULL;
}
