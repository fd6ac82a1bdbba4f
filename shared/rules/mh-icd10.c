/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/mh-icd10.h"

#include "shared/base/mh-text.h"

#include <string.h>

#define MAX_WORDS 10
#define SHORTEST_PREFIX 1
/* What makes a hit better or worse. Titles are cut short ("diab w"), so a whole word does not weigh
 * everything; the plainer illness has the shorter title and code. */
#define WHOLE_WORD 60
#define LETTER 2
#define SIGN 15

typedef struct
{
  const char *word;
  GArray *rows; /* guint32, ascending, each once */
} Word;

struct _MhIcd10
{
  char *csv; /* cut into pieces; what rows point into */
  GArray *rows;
  guint32 *by_code; /* the rows in the order of their codes; with a table of texts a third of all
                     * that is held */
  GStringChunk *letters;
  Word *words; /* by word */
  guint n_words;
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

/* --- words --- */

/* "anaemia" and "anemia", "oedema" and "edema", "tumour" and "tumor" become one, in place. */
static void
spell (char *word)
{
  char *to = word;
  for (const char *c = word; *c != 0; c++)
    {
      if ((*c == 'a' || *c == 'o') && c[1] == 'e')
        continue;
      if (*c == 'o' && c[1] == 'u' && c[2] == 'r' && c[3] == 0)
        {
          *to++ = 'o';
          c++;
          continue;
        }
      *to++ = *c;
    }
  *to = 0;
}

/* A title is plain ASCII but for a few names; mh_text_fold() for a hundred thousand of them would
 * keep somebody waiting. */
static char *
fold (const char *text)
{
  gsize length = strlen (text);
  for (const char *c = text; *c != 0; c++)
    if ((guchar)*c > 127)
      return mh_text_fold (text);
  char *folded = g_malloc (length + 1);
  for (gsize i = 0; i <= length; i++)
    folded[i] = g_ascii_isalnum (text[i]) ? g_ascii_tolower (text[i]) : text[i] == 0 ? 0 : ' ';
  return folded;
}

static void
add_word (MhIcd10 *icd, GHashTable *words, char *word, guint32 row)
{
  spell (word);
  Word *known = g_hash_table_lookup (words, word);
  if (known == NULL)
    {
      known = g_new (Word, 1);
      known->word = g_string_chunk_insert (icd->letters, word);
      known->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (words, (gpointer)known->word, known);
    }
  guint n = known->rows->len;
  if (n == 0 || g_array_index (known->rows, guint32, n - 1) != row)
    g_array_append_val (known->rows, row);
}

static void
add_words (MhIcd10 *icd, GHashTable *words, const char *title, guint32 row)
{
  g_autofree char *folded = fold (title);
  char *next = NULL;
  for (char *word = strtok_r (folded, " ", &next); word != NULL; word = strtok_r (NULL, " ", &next))
    add_word (icd, words, word, row);
}

static int
by_word (const void *a, const void *b)
{
  return strcmp (((const Word *)a)->word, ((const Word *)b)->word);
}

static void
sort_words (MhIcd10 *icd, GHashTable *words)
{
  GHashTableIter iter;
  gpointer word = NULL;
  icd->words = g_new (Word, g_hash_table_size (words));
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, NULL, &word))
    {
      icd->words[icd->n_words++] = *(Word *)word;
      g_free (word);
    }
  qsort (icd->words, icd->n_words, sizeof (Word), by_word);
}

/* --- reading --- */

static char *
plain_code (const char *code)
{
  GString *plain = g_string_new (NULL);
  for (const char *c = code; *c != 0; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (plain, g_ascii_toupper (*c));
  return g_string_free (plain, FALSE);
}

/* Next letter or digit of a code, whose dot and case say nothing; 0: the end. */
static char
next_of_code (const char **code)
{
  while (**code != 0 && !g_ascii_isalnum (**code))
    ++*code;
  return **code != 0 ? g_ascii_toupper (*(*code)++) : 0;
}

static int
compare_codes (const char *one, const char *other)
{
  char a = 0, b = 0;
  do
    {
      a = next_of_code (&one);
      b = next_of_code (&other);
    }
  while (a == b && a != 0);
  return (guchar)a - (guchar)b;
}

static const char *
nth_code (const MhIcd10 *icd, guint32 row)
{
  return g_array_index (icd->rows, MhIcd10Row, row).code;
}

/* Of a code that stands there twice the last row counts, and comes first. */
static int
by_code (gconstpointer a, gconstpointer b, gpointer icd)
{
  guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;
  int order = compare_codes (nth_code (icd, one), nth_code (icd, other));
  return order != 0 ? order : one < other ? 1 : -1;
}

static void
sort_codes (MhIcd10 *icd)
{
  icd->by_code = g_new (guint32, icd->rows->len);
  for (guint32 i = 0; i < icd->rows->len; i++)
    icd->by_code[i] = i;
  g_qsort_with_data (icd->by_code, (int)icd->rows->len, sizeof (guint32), by_code, icd);
}

/* In place: `E11.9,1,"a, ""b"""` → its three parts. */
static gboolean
read_line (char *line, MhIcd10Row *out_row)
{
  char *first = strchr (line, ',');
  char *second = first != NULL ? strchr (first + 1, ',') : NULL;
  if (second == NULL || first == line)
    return FALSE;
  *first = *second = 0;
  char *title = second + 1;
  if (*title == '"')
    {
      char *to = ++title;
      for (const char *c = title; *c != 0; c++)
        {
          if (*c == '"' && c[1] != '"')
            break;
          c += *c == '"' ? 1 : 0;
          *to++ = *c;
        }
      *to = 0;
    }
  *out_row = (MhIcd10Row){ line, title, g_str_equal (first + 1, "1") };
  return title[0] != 0 && (out_row->billable || g_str_equal (first + 1, "0"))
         && g_utf8_validate (title, -1, NULL);
}

static gboolean
read_rows (MhIcd10 *icd, GHashTable *words, GError **error)
{
  char *next = strchr (icd->csv, '\n');
  for (guint number = 2; next != NULL && next[1] != 0; number++)
    {
      char *line = next + 1;
      MhIcd10Row row;
      next = strchr (line, '\n');
      if (next != NULL)
        *next = 0;
      if (line[0] != 0 && line[strlen (line) - 1] == '\r')
        line[strlen (line) - 1] = 0;
      if (!read_line (line, &row))
        {
          mh_error_set (error, MH_ERROR_INVALID,
                        "Line %u of the ICD-10 table cannot be read: a code, 0 or 1, and a title.",
                        number);
          return FALSE;
        }
      g_array_append_val (icd->rows, row);
      add_words (icd, words, row.title, icd->rows->len - 1);
    }
  return TRUE;
}

MhIcd10 *
mh_icd10_new (char *csv, GError **error)
{
  g_autoptr (MhIcd10) icd = g_new0 (MhIcd10, 1);
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);
  icd->csv = csv;
  icd->rows = g_array_new (FALSE, FALSE, sizeof (MhIcd10Row));
  icd->letters = g_string_chunk_new (64 * 1024);
  gboolean read = read_rows (icd, words, error);
  sort_words (icd, words);
  sort_codes (icd);
  return read ? g_steal_pointer (&icd) : NULL;
}

void
mh_icd10_free (MhIcd10 *icd)
{
  if (icd == NULL)
    return;
  for (guint i = 0; i < icd->n_words; i++)
    g_array_unref (icd->words[i].rows);
  g_free (icd->words);
  g_string_chunk_free (icd->letters);
  g_free (icd->by_code);
  g_array_unref (icd->rows);
  g_free (icd->csv);
  g_free (icd);
}

/* --- finding --- */

guint
mh_icd10_n_rows (const MhIcd10 *icd)
{
  return icd->rows->len;
}

const MhIcd10Row *
mh_icd10_find (const MhIcd10 *icd, const char *code)
{
  guint low = 0, high = icd->rows->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (compare_codes (nth_code (icd, icd->by_code[middle]), code) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == icd->rows->len || compare_codes (nth_code (icd, icd->by_code[low]), code) != 0)
    return NULL;
  return &g_array_index (icd->rows, MhIcd10Row, icd->by_code[low]);
}

static gboolean
begins_with_code (const MhIcd10Row *row, const char *plain)
{
  const char *want = plain;
  for (const char *c = row->code; *c != 0 && *want != 0; c++)
    if (*c != '.' && *c != *want++)
      return FALSE;
  return *want == 0;
}

/* "e11", "E11.9": a letter and a digit, then letters and digits. */
static gboolean
looks_like_code (const char *plain)
{
  return g_ascii_isalpha (plain[0]) && g_ascii_isdigit (plain[1]) && strlen (plain) <= 7;
}

static guint
lower_bound (const MhIcd10 *icd, const char *prefix)
{
  guint low = 0, high = icd->n_words;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      if (strcmp (icd->words[middle].word, prefix) < 0)
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
mark (const MhIcd10 *icd, Marks *marks, const char *word, guint nth)
{
  gsize length = strlen (word);
  for (guint i = lower_bound (icd, word);
       i < icd->n_words && strncmp (icd->words[i].word, word, length) == 0; i++)
    {
      gboolean whole = icd->words[i].word[length] == 0;
      GArray *rows = icd->words[i].rows;
      for (guint k = 0; k < rows->len; k++)
        {
          guint32 row = g_array_index (rows, guint32, k);
          if (marks->had[row] < nth)
            continue;
          marks->had[row] = (guint8)(nth + 1);
          marks->whole[row] += whole ? 1 : 0;
        }
    }
}

typedef struct
{
  const MhIcd10Row *row;
  int score;
} Hit;

/* The best @limit so far stand in order; most candidates are worse than the last and cost one
 * comparison. */
static void
keep (GArray *hits, Hit hit, guint limit)
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
  g_autofree guint8 *had = g_malloc0 (icd->rows->len);
  g_autofree guint8 *whole = g_malloc0 (icd->rows->len);
  Marks marks = { had, whole };
  guint n = 0;
  for (guint i = 0; words[i] != NULL && n < MAX_WORDS; i++)
    {
      spell (words[i]);
      if (strlen (words[i]) >= SHORTEST_PREFIX)
        mark (icd, &marks, words[i], n++);
    }
  for (guint i = 0; n > 0 && i < icd->rows->len; i++)
    if (had[i] == n)
      {
        const MhIcd10Row *row = &g_array_index (icd->rows, MhIcd10Row, i);
        int length = (int)strlen (row->title);
        Hit hit = { row, WHOLE_WORD * whole[i] - LETTER * length - SIGN * (int)strlen (row->code) };
        keep (hits, hit, limit);
      }
}

GPtrArray *
mh_icd10_search (const MhIcd10 *icd, const char *q, guint limit)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autofree char *plain = plain_code (q);
  if (looks_like_code (plain))
    for (guint i = 0; i < icd->rows->len && found->len < limit; i++)
      if (begins_with_code (&g_array_index (icd->rows, MhIcd10Row, i), plain))
        g_ptr_array_add (found, &g_array_index (icd->rows, MhIcd10Row, i));
  if (found->len < limit)
    search_words (icd, q, limit - found->len, hits);
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (found, (gpointer)g_array_index (hits, Hit, i).row);
  return found;
}
