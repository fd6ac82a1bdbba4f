/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-icd10-private.h"

#include "shared/base/mh-text.h"

#include <string.h>

#define MAX_WORDS 10
#define SHORTEST_PREFIX 1
/* What makes a hit better or worse. Titles are cut short ("diab w"), so a whole word does not weigh
 * everything; the plainer illness has the shorter title and code. */
#define WHOLE_WORD 60
#define LETTER 2
#define SIGN 15

struct _MhIcd10
{
  GBytes *bytes; /* what the others point into */
  guint n_rows, n_words, n_places;
  const MhIcd10Entry *rows;
  const guint32 *by_code;
  const MhIcd10Word *words;
  const guint8 *places;
  const char *text;
};

/* What is said for short, in the table's own words. British spellings need no row: see spell(). */
static const struct
{
  const char *said, *means;
} aliases[] = {
  { "htn", "essential hypertension" },
  { "dm", "diabetes mellitus" },
  { "t1dm", "type 1 diabetes mellitus" },
  { "t2dm", "type 2 diabetes mellitus" },
  { "mi", "myocardial infarction" },
  { "stemi", "st elevation myocardial infarction" },
  { "ihd", "ischemic heart disease" },
  { "cad", "coronary artery" },
  { "chf", "heart failure" },
  { "ccf", "heart failure" },
  { "af", "atrial fibrillation" },
  { "copd", "chronic obstructive pulmonary disease" },
  { "tb", "tuberculosis" },
  { "uti", "urinary tract infection" },
  { "urti", "acute upper respiratory infection" },
  { "ckd", "chronic kidney disease" },
  { "aki", "acute kidney failure" },
  { "cva", "cerebral infarction" },
  { "stroke", "cerebral infarction" },
  { "tia", "transient cerebral ischemic" },
  { "gerd", "gastro esophageal reflux" },
  { "ra", "rheumatoid arthritis" },
  { "oa", "osteoarthritis" },
  { "pcos", "polycystic ovarian" },
  { "bph", "benign prostatic hyperplasia" },
  { "dvt", "embolism thrombosis deep veins" },
  { "hiv", "human immunodeficiency virus" },
  { "cancer", "malignant neoplasm" },
  { "flu", "influenza" },
  { "fits", "convulsions" },
  { "jaundice", "jaundice" },
};

/* --- opening --- */

static gboolean
icd10_is_whole (const MhIcd10Head *head, gsize length)
{
  return head->magic == MH_ICD10_MAGIC && head->size == length
         && (gsize)head->n_rows * (sizeof (MhIcd10Entry) + sizeof (guint32))
                    + (gsize)head->n_words * sizeof (MhIcd10Word) + head->n_places + head->n_text
                == length - sizeof *head;
}

MhIcd10 *
mh_icd10_open (GBytes *bytes, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);
  const MhIcd10Head *head = (gconstpointer)data;

  if (length < sizeof *head || !icd10_is_whole (head, length)
      || (head->n_text > 0 && data[length - 1] != 0))
    {
      mh_error_set (error, MH_ERROR_INVALID, "The packed table of ICD-10 is damaged.");
      return NULL;
    }

  MhIcd10 *icd = g_new0 (MhIcd10, 1);
  icd->bytes = g_bytes_ref (bytes);
  icd->n_rows = head->n_rows;
  icd->n_words = head->n_words;
  icd->n_places = head->n_places;
  icd->rows = (gconstpointer)(head + 1);
  icd->by_code = (gconstpointer)(icd->rows + head->n_rows);
  icd->words = (gconstpointer)(icd->by_code + head->n_rows);
  icd->places = (gconstpointer)(icd->words + head->n_words);
  icd->text = (gconstpointer)(icd->places + head->n_places);

  return icd;
}

MhIcd10 *
mh_icd10_new (char *csv, GError **error)
{
  g_autoptr (GBytes) bytes = mh_icd10_pack (csv, error);
  return bytes != NULL ? mh_icd10_open (bytes, error) : NULL;
}

void
mh_icd10_free (MhIcd10 *icd)
{
  if (icd == NULL)
    return;
  g_bytes_unref (icd->bytes);
  g_free (icd);
}

/* --- by code --- */

guint
mh_icd10_n_rows (const MhIcd10 *icd)
{
  return icd->n_rows;
}

static const char *
nth_code (const MhIcd10 *icd, guint32 row)
{
  return icd->text + icd->rows[row].text;
}

static MhIcd10Row
nth_row (const MhIcd10 *icd, guint32 row)
{
  const char *code = nth_code (icd, row);
  return (MhIcd10Row){ code, code + strlen (code) + 1, icd->rows[row].billable != 0 };
}

/* Of the rows by code the first that is not before @code. */
static guint
first_of_code (const MhIcd10 *icd, const char *code)
{
  guint low = 0, high = icd->n_rows;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (mh_icd10_compare_codes (nth_code (icd, icd->by_code[middle]), code) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

gboolean
mh_icd10_find (const MhIcd10 *icd, const char *code, MhIcd10Row *out_row)
{
  guint at = first_of_code (icd, code);
  if (at == icd->n_rows || mh_icd10_compare_codes (nth_code (icd, icd->by_code[at]), code) != 0)
    return FALSE;
  *out_row = nth_row (icd, icd->by_code[at]);
  return TRUE;
}

static char *
plain_code (const char *code)
{
  GString *plain = g_string_new (NULL);
  for (const char *c = code; *c != 0; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (plain, g_ascii_toupper (*c));
  return g_string_free (plain, FALSE);
}

static gboolean
begins_with_code (const char *code, const char *plain)
{
  const char *want = plain;
  for (const char *c = code; *c != 0 && *want != 0; c++)
    if (g_ascii_isalnum (*c) && g_ascii_toupper (*c) != *want++)
      return FALSE;
  return *want == 0;
}

/* "e11", "E11.9": a letter and a digit, then letters and digits. */
static gboolean
looks_like_code (const char *plain)
{
  return g_ascii_isalpha (plain[0]) && g_ascii_isdigit (plain[1]) && strlen (plain) <= 7;
}

static int
icd10_by_number (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;
  return one < other ? -1 : one > other;
}

/* In the order of the file, whose headings stand before what is below them. */
static void
search_codes (const MhIcd10 *icd, const char *plain, guint limit, GArray *found)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = first_of_code (icd, plain);
       i < icd->n_rows && begins_with_code (nth_code (icd, icd->by_code[i]), plain); i++)
    g_array_append_val (rows, icd->by_code[i]);
  g_array_sort (rows, icd10_by_number);
  for (guint i = 0; i < rows->len && found->len < limit; i++)
    {
      const MhIcd10Row row = nth_row (icd, g_array_index (rows, guint32, i));
      g_array_append_val (found, row);
    }
}

/* --- by words --- */

static const char *
nth_word (const MhIcd10 *icd, guint word)
{
  return icd->text + icd->words[word].text;
}

static guint
lower_bound (const MhIcd10 *icd, const char *prefix)
{
  guint low = 0, high = icd->n_words;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (strcmp (nth_word (icd, middle), prefix) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

typedef struct
{
  guint8 *had;   /* how many of the words each row has, counted only in their order */
  guint8 *whole; /* how many of them as whole words */
} Marks;

static void
mark_rows (const MhIcd10 *icd, Marks *marks, guint word, gboolean whole, guint nth)
{
  const guint8 *place = icd->places + icd->words[word].places;
  const guint8 *end
      = icd->places + (word + 1 < icd->n_words ? icd->words[word + 1].places : icd->n_places);
  guint32 row = 0, distance = 0;
  guint shift = 0;

  for (; place < end; place++)
    {
      distance |= (guint32)(*place & 0x7f) << shift;
      shift += 7;
      if ((*place & 0x80) != 0)
        continue;
      row += distance;
      distance = shift = 0;
      if (marks->had[row] < nth)
        continue;
      marks->had[row] = (guint8)(nth + 1);
      marks->whole[row] += whole ? 1 : 0;
    }
}

static void
icd10_mark (const MhIcd10 *icd, Marks *marks, const char *word, guint nth)
{
  gsize length = strlen (word);
  for (guint i = lower_bound (icd, word);
       i < icd->n_words && strncmp (nth_word (icd, i), word, length) == 0; i++)
    mark_rows (icd, marks, i, nth_word (icd, i)[length] == 0, nth);
}

typedef struct
{
  guint32 row;
  int score;
} Hit;

/* The best @limit so far stand in order; most candidates are worse than the last and cost one
 * comparison. */
static void
icd10_keep (GArray *hits, Hit hit, guint limit)
{
  if (hits->len == limit && g_array_index (hits, Hit, limit - 1).score >= hit.score)
    return;
  guint at = hits->len;
  while (at > 0 && g_array_index (hits, Hit, at - 1).score < hit.score)
    at--;
  g_array_insert_val (hits, at, hit);
  if (hits->len > limit)
    g_array_set_size (hits, limit);
}

static char **
query_words (const char *q)
{
  g_autofree char *folded = mh_text_fold (q);
  g_auto (GStrv) said = g_strsplit (folded, " ", -1);
  g_autoptr (GString) meant = g_string_new (NULL);

  for (guint i = 0; said[i] != NULL; i++)
    {
      const char *means = said[i];
      for (guint k = 0; k < G_N_ELEMENTS (aliases); k++)
        if (g_str_equal (said[i], aliases[k].said))
          means = aliases[k].means;
      g_string_append_printf (meant, "%s ", means);
    }

  return g_strsplit (meant->str, " ", -1);
}

static void
search_words (const MhIcd10 *icd, const char *q, guint limit, GArray *hits)
{
  g_auto (GStrv) words = query_words (q);
  g_autofree guint8 *had = g_malloc0 (icd->n_rows);
  g_autofree guint8 *whole = g_malloc0 (icd->n_rows);
  Marks marks = { had, whole };
  guint n = 0;

  for (guint i = 0; words[i] != NULL && n < MAX_WORDS; i++)
    {
      mh_icd10_spell (words[i]);
      if (strlen (words[i]) >= SHORTEST_PREFIX)
        icd10_mark (icd, &marks, words[i], n++);
    }

  for (guint32 i = 0; n > 0 && i < icd->n_rows; i++)
    if (had[i] == n)
      {
        const MhIcd10Entry *row = &icd->rows[i];
        Hit hit
            = { i, WHOLE_WORD * whole[i] - LETTER * row->title_length - SIGN * row->code_length };
        icd10_keep (hits, hit, limit);
      }
}

GArray *
mh_icd10_search (const MhIcd10 *icd, const char *q, guint limit)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (MhIcd10Row));
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autofree char *plain = plain_code (q);

  if (looks_like_code (plain))
    search_codes (icd, plain, limit, found);
  if (found->len < limit)
    search_words (icd, q, limit - found->len, hits);
  for (guint i = 0; i < hits->len; i++)
    {
      const MhIcd10Row row = nth_row (icd, g_array_index (hits, Hit, i).row);
      g_array_append_val (found, row);
    }

  return found;
}
