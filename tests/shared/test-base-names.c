/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names are found however they are typed: what the lists of pairs find, and how much else. */
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* Held out: what was found when the rules were last changed; fewer is a step back. */
#define HELD_OUT 300
#define HELD_OUT_FOUND 290
#define POPULATION 100000

static GPtrArray *
read_pairs (const char *file)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), file, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != 0 && lines[i][0] != '#')
      g_ptr_array_add (pairs, g_strsplit (lines[i], "\t", 2));
  return pairs;
}

typedef struct
{
  GPtrArray *words, *keys;
} Stored;

static Stored *
stored_new (const char *name)
{
  Stored *stored = g_new0 (Stored, 1);
  stored->words = mh_text_name_words (name);
  stored->keys = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < stored->words->len; i++)
    g_ptr_array_add (stored->keys, mh_text_phonetic (stored->words->pdata[i]));
  return stored;
}

static void
stored_free (gpointer data)
{
  Stored *stored = data;
  g_ptr_array_unref (stored->words);
  g_ptr_array_unref (stored->keys);
  g_free (stored);
}

static gboolean
any_begins (GPtrArray *words, const char *with)
{
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (words->pdata[i], with))
      return TRUE;
  return FALSE;
}

/* As the search does: each word as it is written, or each by its sound. */
static gboolean
finds (const Stored *stored, char **typed)
{
  gboolean written = TRUE, sound = TRUE;
  for (guint i = 0; typed[i] != NULL; i++)
    {
      g_autofree char *key = mh_text_phonetic (typed[i]);
      written = written && any_begins (stored->words, typed[i]);
      sound = sound && strlen (key) >= (typed[1] == NULL ? 3 : 1) && any_begins (stored->keys, key);
    }
  return written || sound;
}

static char **
words_of (const char *typed)
{
  g_autofree char *folded = mh_text_fold_name (typed);
  return g_strsplit (folded, " ", -1);
}

/* Also the words in one, as the search does where nobody else is found; then one slip. */
static gboolean
is_found (const char *name, const char *typed, gboolean *out_slip)
{
  Stored *stored = stored_new (name);
  g_auto (GStrv) words = words_of (typed);
  g_autofree char *all = g_strjoinv ("", words);
  char *one[] = { all, NULL };
  gboolean found = finds (stored, words) || finds (stored, one);
  *out_slip = FALSE;
  for (guint i = 0; !found && words[i] != NULL; i++)
    for (guint k = 0; k < stored->words->len; k++)
      *out_slip |= mh_text_length (words[i]) >= 4
                   && mh_text_is_one_slip (stored->words->pdata[k], words[i]);
  stored_free (stored);
  return found || *out_slip;
}

static void
test_tuned (void)
{
  g_autoptr (GPtrArray) pairs = read_pairs ("names-tuned.tsv");
  gboolean slip;
  for (guint i = 0; i < pairs->len; i++)
    {
      char **pair = pairs->pdata[i];
      g_test_message ("%s, typed %s", pair[0], pair[1]);
      g_assert_true (is_found (pair[0], pair[1], &slip));
    }
}

static void
test_held_out (void)
{
  g_autoptr (GPtrArray) pairs = read_pairs ("names-held-out.tsv");
  guint found = 0, slips = 0;
  for (guint i = 0; i < pairs->len; i++)
    {
      char **pair = pairs->pdata[i];
      gboolean slip;
      gboolean one = is_found (pair[0], pair[1], &slip);
      found += one;
      slips += slip;
      if (!one)
        g_test_message ("not found: %s, typed %s", pair[0], pair[1]);
    }
  g_test_message ("%u of %u found, %u of them as a slip", found, pairs->len, slips);
  g_assert_cmpuint (pairs->len, ==, HELD_OUT);
  g_assert_cmpuint (found, >=, HELD_OUT_FOUND);
}

static void
test_words (void)
{
  static const struct
  {
    const char *name, *words;
  } rows[] = { { "D'Souza", "d souza dsouza" },
               { "D’Souza", "d souza dsouza" },
               { "DʼSouza", "d souza dsouza" },
               { "Verma-Patel", "verma patel vermapatel" },
               { "De la Cruz", "de la cruz dela delacruz lacruz" },
               { "Ram Kumar", "ram kumar ramkumar" },
               { "Priya", "priya" },
               { "Anna Maria Teresa", "anna maria teresa" },
               { "", "" },
               { NULL, "" } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) words = mh_text_name_words (rows[i].name);
      g_ptr_array_add (words, NULL);
      g_autofree char *joined = g_strjoinv (" ", (char **)words->pdata);
      g_assert_cmpstr (joined, ==, rows[i].words);
    }
}

static void
test_slips (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean one;
  } rows[]
      = { { "verma", "verma", FALSE },  { "verma", "vrema", TRUE },   { "verma", "varma", TRUE },
          { "verma", "vermaa", TRUE },  { "verma", "vema", TRUE },    { "verma", "evrma", TRUE },
          { "verma", "sharma", FALSE }, { "verma", "vremaa", FALSE }, { "", "a", TRUE },
          { "आशा", "आशी", TRUE } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (mh_text_is_one_slip (rows[i].a, rows[i].b), ==, rows[i].one);
      g_assert_cmpint (mh_text_is_one_slip (rows[i].b, rows[i].a), ==, rows[i].one);
    }
}

/* --- how much else is found --- */

typedef struct
{
  GPtrArray *given, *family;
} Region;

static void
add_all (GPtrArray *names, JsonObject *region, const char *member)
{
  JsonArray *array = mh_json_array (region, member);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (names, g_strdup (json_array_get_string_element (array, i)));
}

/* Freely combined within a region, as the demonstration's are. */
static GPtrArray *
population (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), "..", "..", "data",
                                            "reference", "names.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  GPtrArray *people = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (json_parser_load_from_file (parser, path, NULL));
  JsonArray *regions
      = mh_json_array (json_node_get_object (json_parser_get_root (parser)), "regions");
  guint n = json_array_get_length (regions);
  g_autofree Region *of = g_new0 (Region, n);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *region = json_array_get_object_element (regions, i);
      of[i] = (Region){ g_ptr_array_new_with_free_func (g_free),
                        g_ptr_array_new_with_free_func (g_free) };
      add_all (of[i].given, region, "given_male");
      add_all (of[i].given, region, "given_female");
      add_all (of[i].family, region, "family");
    }
  while (people->len < POPULATION)
    {
      const Region *region = &of[g_rand_int_range (rand, 0, (int)n)];
      if (region->given->len == 0 || region->family->len == 0)
        continue;
      const char *given = region->given->pdata[g_rand_int_range (rand, 0, (int)region->given->len)];
      const char *family
          = region->family->pdata[g_rand_int_range (rand, 0, (int)region->family->len)];
      g_ptr_array_add (people, g_strconcat (given, " ", family, NULL));
    }
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_unref (of[i].given);
      g_ptr_array_unref (of[i].family);
    }
  return people;
}

/* A patient found by what somebody typed of another one: of the same letters, or a false hit by the
 * sound alone, of a name that is far from it (Jaro-Winkler below 0.8). */
static void
test_false_hits (void)
{
  g_autoptr (GPtrArray) people = population ();
  g_autoptr (GPtrArray) pairs = read_pairs ("names-held-out.tsv");
  g_autoptr (GHashTable) by_name
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, stored_free);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  guint hits = 0, far = 0;
  for (guint i = 0; i < people->len; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, people->pdata[i]));
      if (n == 0)
        g_hash_table_insert (by_name, people->pdata[i], stored_new (people->pdata[i]));
      g_hash_table_insert (counts, people->pdata[i], GUINT_TO_POINTER (n + 1));
    }
  for (guint i = 0; i < pairs->len; i++)
    {
      GHashTableIter iter;
      gpointer name, stored;
      g_auto (GStrv) typed = words_of (((char **)pairs->pdata[i])[1]);
      g_hash_table_iter_init (&iter, by_name);
      while (g_hash_table_iter_next (&iter, &name, &stored))
        {
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
          const GPtrArray *words = ((Stored *)stored)->words;
          gboolean near = FALSE;
          if (!finds (stored, typed))
            continue;
          hits += n;
          for (guint k = 0; k < words->len; k++)
            near |= mh_text_jaro_winkler (words->pdata[k], typed[0]) >= 0.8
                    || g_str_has_prefix (words->pdata[k], typed[0]);
          far += near ? 0 : n;
        }
    }
  g_test_message ("%u people, %u searches: %u found, %u of them (%.2f %%) of a name that is far",
                  people->len, pairs->len, hits, far, hits > 0 ? 100.0 * far / hits : 0.0);
  g_assert_cmpuint (far * 20, <=, hits); /* one in twenty */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/words", test_words);
  g_test_add_func ("/names/slips", test_slips);
  g_test_add_func ("/names/tuned", test_tuned);
  g_test_add_func ("/names/held-out", test_held_out);
  g_test_add_func ("/names/false-hits", test_false_hits);
  return g_test_run ();
}
