/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From lines of text to the one piece that is searched. */
#include "shared/rules/clinic/mh-icd10-private.h"

#include "shared/base/mh-text.h"

#include <string.h>

typedef struct
{
  guint32 word, row;
} Place;

typedef struct
{
  GHashTable *numbers; /* word → its number + 1, in the order they came */
  GPtrArray *words;
  GArray *places;   /* Place, by row */
  GArray *rows;     /* MhIcd10Entry */
  GByteArray *text; /* of the rows */
} Making;

/* --- words --- */

void
mh_icd10_spell (char *word)
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
icd10_pack_fold (const char *text)
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

static guint32
icd10_pack_number_of (Making *making, const char *word)
{
  guint32 number = GPOINTER_TO_UINT (g_hash_table_lookup (making->numbers, word));
  if (number > 0)
    return number - 1;
  char *own = g_strdup (word);
  g_ptr_array_add (making->words, own);
  g_hash_table_insert (making->numbers, own, GUINT_TO_POINTER (making->words->len));
  return making->words->len - 1;
}

static void
icd10_pack_add_words (Making *making, const char *title, guint32 row)
{
  g_autofree char *folded = icd10_pack_fold (title);
  char *next = NULL;
  for (char *word = strtok_r (folded, " ", &next); word != NULL; word = strtok_r (NULL, " ", &next))
    {
      mh_icd10_spell (word);
      const Place place = { icd10_pack_number_of (making, word), row };
      g_array_append_val (making->places, place);
    }
}

/* --- reading --- */

/* Next letter or digit of a code, whose dot and case say nothing; 0: the end. */
static char
next_of_code (const char **code)
{
  while (**code != 0 && !g_ascii_isalnum (**code))
    ++*code;
  return **code != 0 ? g_ascii_toupper (*(*code)++) : 0;
}

int
mh_icd10_compare_codes (const char *one, const char *other)
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

typedef struct
{
  const char *code, *title;
  gboolean billable;
} Line;

/* In place: `E11.9,1,"a, ""b"""` → its three parts. */
static gboolean
icd10_pack_read_line (char *line, Line *out_line)
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

  *out_line = (Line){ line, title, g_str_equal (first + 1, "1") };
  return title[0] != 0 && (out_line->billable || g_str_equal (first + 1, "0"))
         && g_utf8_validate (title, -1, NULL);
}

static guint32
icd10_pack_add_text (GByteArray *text, const char *words)
{
  guint32 at = text->len;
  g_byte_array_append (text, (const guint8 *)words, (guint)strlen (words) + 1);
  return at;
}

static void
icd10_pack_add_line (Making *making, const Line *line)
{
  MhIcd10Entry row = { icd10_pack_add_text (making->text, line->code),
                       (guint16)MIN (strlen (line->title), G_MAXUINT16),
                       (guint8)MIN (strlen (line->code), G_MAXUINT8), line->billable ? 1 : 0 };
  icd10_pack_add_text (making->text, line->title);
  icd10_pack_add_words (making, line->title, making->rows->len);
  g_array_append_val (making->rows, row);
}

static gboolean
read_lines (Making *making, char *csv, GError **error)
{
  char *next = strchr (csv, '\n');
  for (guint number = 2; next != NULL && next[1] != 0; number++)
    {
      char *text = next + 1;
      Line line;
      next = strchr (text, '\n');
      if (next != NULL)
        *next = 0;
      if (text[0] != 0 && text[strlen (text) - 1] == '\r')
        text[strlen (text) - 1] = 0;
      if (!icd10_pack_read_line (text, &line))
        {
          mh_error_set (error, MH_ERROR_INVALID,
                        "Line %u of the ICD-10 table cannot be read: a code, 0 or 1, and a title.",
                        number);
          return FALSE;
        }
      icd10_pack_add_line (making, &line);
    }

  return TRUE;
}

/* --- putting it together --- */

/* Of a code that stands there twice the last row counts, and comes first. */
static int
by_code (gconstpointer a, gconstpointer b, gpointer data)
{
  const Making *making = data;
  guint32 one = *(const guint32 *)a, other = *(const guint32 *)b;
  const char *text = (const char *)making->text->data;
  int order
      = mh_icd10_compare_codes (text + g_array_index (making->rows, MhIcd10Entry, one).text,
                                text + g_array_index (making->rows, MhIcd10Entry, other).text);
  return order != 0 ? order : one < other ? 1 : -1;
}

static void
icd10_pack_put_codes (GByteArray *out, Making *making)
{
  g_autofree guint32 *rows = g_new (guint32, making->rows->len + 1);
  for (guint32 i = 0; i < making->rows->len; i++)
    rows[i] = i;
  g_qsort_with_data (rows, (int)making->rows->len, sizeof (guint32), by_code, making);
  g_byte_array_append (out, (const guint8 *)rows, making->rows->len * (guint)sizeof (guint32));
}

static int
by_word (gconstpointer a, gconstpointer b, gpointer data)
{
  GPtrArray *words = data;
  return strcmp (g_ptr_array_index (words, *(const guint32 *)a),
                 g_ptr_array_index (words, *(const guint32 *)b));
}

static void
put_distance (GByteArray *out, guint32 distance)
{
  guint8 byte;
  for (; distance > 0x7f; distance >>= 7)
    {
      byte = (guint8)(0x80 | (distance & 0x7f));
      g_byte_array_append (out, &byte, 1);
    }
  byte = (guint8)distance;
  g_byte_array_append (out, &byte, 1);
}

/* The rows of each word: out_first[word] up to out_first[word + 1]. */
static guint32 *
rows_by_word (const Making *making, guint32 **out_first)
{
  guint32 *first = g_new0 (guint32, making->words->len + 2);
  guint32 *rows = g_new (guint32, making->places->len + 1);
  for (guint i = 0; i < making->places->len; i++)
    first[g_array_index (making->places, Place, i).word + 2]++;
  for (guint i = 2; i < making->words->len + 2; i++)
    first[i] += first[i - 1];
  for (guint i = 0; i < making->places->len; i++)
    {
      const Place *place = &g_array_index (making->places, Place, i);
      rows[first[place->word + 1]++] = place->row;
    }

  *out_first = first;
  return rows;
}

/* Words and places; the words' texts go behind those of the rows. */
static void
icd10_pack_put_words (GByteArray *words, GByteArray *places, Making *making)
{
  guint n = making->words->len;
  g_autofree guint32 *first = NULL;
  g_autofree guint32 *rows = rows_by_word (making, &first);
  g_autofree guint32 *order = g_new (guint32, n + 1);

  for (guint32 i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int)n, sizeof (guint32), by_word, making->words);

  for (guint i = 0; i < n; i++)
    {
      MhIcd10Word word
          = { icd10_pack_add_text (making->text, g_ptr_array_index (making->words, order[i])),
              places->len };
      guint32 before = 0;
      g_byte_array_append (words, (const guint8 *)&word, sizeof word);
      for (guint32 k = first[order[i]]; k < first[order[i] + 1]; k++)
        if (k == first[order[i]] || rows[k] != before)
          {
            put_distance (places, rows[k] - before);
            before = rows[k];
          }
    }
}

static GBytes *
icd10_pack_put_together (Making *making)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) words = g_byte_array_new ();
  g_autoptr (GByteArray) places = g_byte_array_new ();

  icd10_pack_put_words (words, places, making);
  MhIcd10Head head = { MH_ICD10_MAGIC,     0,           making->rows->len,
                       making->words->len, places->len, making->text->len };

  g_byte_array_append (out, (const guint8 *)&head, sizeof head);
  g_byte_array_append (out, (const guint8 *)making->rows->data,
                       making->rows->len * (guint)sizeof (MhIcd10Entry));
  icd10_pack_put_codes (out, making);
  g_byte_array_append (out, words->data, words->len);
  g_byte_array_append (out, places->data, places->len);
  g_byte_array_append (out, making->text->data, making->text->len);
  ((MhIcd10Head *)(gpointer)out->data)->size = out->len;
  return g_byte_array_free_to_bytes (out);
}

GBytes *
mh_icd10_pack (char *csv, GError **error)
{
  g_autofree char *owned = csv;
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (MhIcd10Entry));
  g_autoptr (GByteArray) text = g_byte_array_new ();
  Making making = { numbers, words, places, rows, text };
  return read_lines (&making, owned, error) ? icd10_pack_put_together (&making) : NULL;
}
