/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-error.h"
#include "shared/base/mh-text.h"
#include "shared/geo/mh-address-private.h"
#include "shared/geo/mh-coordinates.h"
#include "shared/geo/mh-plus-code.h"

#include <string.h>

#define MOST_WORDS 10
/* So many rows of the index are looked at for one word that only begins others. */
#define MOST_ROWS 20000
/* Shorter words have too many neighbours of one letter more or less. */
#define SLIP_LETTERS 4
/* How much a word counts; what it counts at the name of the place around is less. */
#define EXACT 100
#define BEGUN 60
#define SOUNDS 80
#define SLIPPED 65
#define PLACE_SHARE 0.4
/* Streets tried for each side of a crossing. */
#define MOST_SIDES 24
#define SAME_METRES 60.0

typedef struct
{
  const MhAddressBook *book;
  char *words[MOST_WORDS];
  GHashTable *hits[MOST_WORDS];   /* entry → score */
  GHashTable *around[MOST_WORDS]; /* name of a place → score */
  guint n;
} Query;

typedef struct
{
  guint32 entry;
  guint32 house; /* MH_ADDRESS_NONE */
  gboolean lacks_number;
  double score;
} Hit;

/* --- words of the question --- */

static gboolean
address_is_number (const char *word)
{
  return g_ascii_isdigit (word[0]) && strlen (word) <= 8;
}

/* Words that say where from a landmark, and are in no name. */
static gboolean
address_is_beside (const char *word)
{
  static const char *const words[]
      = { "near", "opp", "opposite", "behind", "beside", "paas", "ke", "samne", NULL };
  return g_strv_contains (words, word);
}

/* What is written short on signs and in a hurry. */
static const char *
address_long_form (const char *word)
{
  static const struct
  {
    const char *brief, *whole;
  } forms[] = { { "rd", "road" },     { "st", "street" },       { "str", "strasse" },
                { "ave", "avenue" },  { "av", "avenue" },       { "ln", "lane" },
                { "ngr", "nagar" },   { "mkt", "market" },      { "hosp", "hospital" },
                { "stn", "station" }, { "sq", "square" },       { "clg", "college" },
                { "rod", "road" },    { "aspatal", "hospital" } };
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (word, forms[i].brief) == 0)
      return forms[i].whole;
  return NULL;
}

static void
address_hit (Query *query, guint word, guint32 entry, guint score)
{
  gpointer key = GUINT_TO_POINTER (entry);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (query->hits[word], key));
  if (score <= known)
    return;
  g_hash_table_insert (query->hits[word], key, GUINT_TO_POINTER (score));
  const MhAddressEntry *place = mh_address_entry (query->book, entry);
  if (place->kind == MH_ADDRESS_PLACE)
    g_hash_table_insert (query->around[word], GUINT_TO_POINTER (place->name),
                         GUINT_TO_POINTER (score));
}

static guint
address_first_word (const MhAddressBook *book, const GArray *words, const char *word)
{
  guint low = 0, high = words->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint32 text = g_array_index (words, MhAddressWord, middle).word;
      if (strcmp (mh_address_text (book, text), word) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The word itself, and those that begin with it: the longer the part, the better. */
static void
address_find_begun (Query *query, guint i, const char *word)
{
  const GArray *words = query->book->words;
  gsize length = strlen (word);
  guint first = address_first_word (query->book, words, word);
  for (guint k = first; k < words->len && k - first < MOST_ROWS; k++)
    {
      const MhAddressWord *row = &g_array_index (words, MhAddressWord, k);
      const char *text = mh_address_text (query->book, row->word);
      if (strncmp (text, word, length) != 0)
        break;
      guint score = text[length] == 0 ? EXACT : BEGUN + (guint)(30 * length / strlen (text));
      address_hit (query, i, row->entry, score);
    }
}

static void
address_find_sound (Query *query, guint i, const char *word)
{
  const GArray *sounds = query->book->sounds;
  g_autofree char *sound = mh_text_phonetic (word);
  for (guint k = address_first_word (query->book, sounds, sound); k < sounds->len; k++)
    {
      const MhAddressWord *row = &g_array_index (sounds, MhAddressWord, k);
      if (sound[0] == 0 || strcmp (mh_address_text (query->book, row->word), sound) != 0)
        break;
      address_hit (query, i, row->entry, SOUNDS);
    }
}

/* Every different word once; only where nothing else fits. */
static void
address_find_slips (Query *query, guint i, const char *word)
{
  const GArray *words = query->book->words;
  gsize length = strlen (word);
  guint32 last = 0;
  gboolean fits = FALSE;
  for (guint k = 0; k < words->len; k++)
    {
      const MhAddressWord *row = &g_array_index (words, MhAddressWord, k);
      if (row->word != last)
        {
          const char *text = mh_address_text (query->book, row->word);
          gsize other = strlen (text);
          fits = other + 4 > length && other < length + 4 && mh_text_is_one_slip (word, text);
          last = row->word;
        }
      if (fits)
        address_hit (query, i, row->entry, SLIPPED);
    }
}

static void
address_find_word (Query *query, guint i)
{
  const char *word = query->words[i], *whole = address_long_form (word);
  address_find_begun (query, i, word);
  if (whole != NULL)
    address_find_begun (query, i, whole);
  if (address_is_number (word))
    return;
  address_find_sound (query, i, word);
  if (g_hash_table_size (query->hits[i]) == 0 && g_utf8_strlen (word, -1) >= SLIP_LETTERS)
    address_find_slips (query, i, word);
}

static void
address_query_init (Query *query, const MhAddressBook *book, const char *text)
{
  g_autofree char *digits = mh_text_ascii_digits (text);
  g_autofree char *folded = mh_text_fold_name (digits);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  guint n_all = g_strv_length (words);
  *query = (Query){ .book = book };
  for (guint i = 0; i < n_all && query->n < MOST_WORDS; i++)
    {
      if (words[i][0] == 0 || (n_all > 1 && address_is_beside (words[i])))
        continue;
      guint at = query->n++;
      query->words[at] = g_strdup (words[i]);
      query->hits[at] = g_hash_table_new (NULL, NULL);
      query->around[at] = g_hash_table_new (NULL, NULL);
      address_find_word (query, at);
    }
}

static void
address_query_clear (Query *query)
{
  for (guint i = 0; i < query->n; i++)
    {
      g_free (query->words[i]);
      g_hash_table_unref (query->hits[i]);
      g_hash_table_unref (query->around[i]);
    }
}

/* --- entries --- */

static guint32
address_find_house (const MhAddressBook *book, const MhAddressEntry *entry, const char *number)
{
  for (guint32 i = entry->first_house; i < entry->first_house + entry->n_houses; i++)
    {
      const MhAddressHouse *house = &g_array_index (book->houses, MhAddressHouse, i);
      if (strcmp (mh_address_text (book, house->number), number) == 0)
        return i;
    }
  return MH_ADDRESS_NONE;
}

/* "14", or "14 a" as two words. */
static guint32
address_house_of (const Query *query, const MhAddressEntry *entry, guint word)
{
  guint32 house = MH_ADDRESS_NONE;
  if (word + 1 < query->n && strlen (query->words[word + 1]) == 1)
    {
      g_autofree char *joined = g_strconcat (query->words[word], query->words[word + 1], NULL);
      house = address_find_house (query->book, entry, joined);
    }
  return house != MH_ADDRESS_NONE ? house
                                  : address_find_house (query->book, entry, query->words[word]);
}

static guint
address_n_words (const char *name)
{
  guint n = 1;
  for (; *name != 0; name++)
    n += *name == ' ' || *name == '-';
  return n;
}

/* FALSE: the entry is not what is asked for. One word in three may be unknown. */
static gboolean
address_judge (const Query *query, guint32 index, Hit *out_hit)
{
  const MhAddressEntry *entry = mh_address_entry (query->book, index);
  double score = 0;
  guint own = 0, missing = 0;
  Hit hit = { index, MH_ADDRESS_NONE, FALSE, 0 };
  for (guint i = 0; i < query->n; i++)
    {
      guint name
          = GPOINTER_TO_UINT (g_hash_table_lookup (query->hits[i], GUINT_TO_POINTER (index)));
      guint around = entry->place == 0 ? 0
                                       : GPOINTER_TO_UINT (g_hash_table_lookup (
                                           query->around[i], GUINT_TO_POINTER (entry->place)));
      gboolean is_letter = i > 0 && strlen (query->words[i]) == 1 && hit.house != MH_ADDRESS_NONE;
      own += name > 0;
      if (name > 0 || around > 0)
        score += MAX (name, PLACE_SHARE * around);
      else if (address_is_number (query->words[i]))
        {
          guint32 house = address_house_of (query, entry, i);
          if (house != MH_ADDRESS_NONE)
            hit.house = house;
          else
            hit.lacks_number = TRUE;
        }
      else if (!is_letter)
        missing++;
    }
  if (own == 0 || missing > (query->n >= 3 ? 1 : 0))
    return FALSE;

  guint n_words = address_n_words (mh_address_text (query->book, entry->name));
  hit.lacks_number = hit.lacks_number && hit.house == MH_ADDRESS_NONE;
  hit.score = score / query->n + 30.0 * own / MAX (own, n_words) - 40.0 * missing
              + 2.0 * entry->weight + (entry->kind == MH_ADDRESS_STREET ? 5 : 0)
              + (hit.house != MH_ADDRESS_NONE ? 40 : 0) - (hit.lacks_number ? 5 : 0);
  *out_hit = hit;
  return TRUE;
}

/* Hit of each entry that fits. */
static GArray *
address_hits (const MhAddressBook *book, const char *text)
{
  Query query;
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  address_query_init (&query, book, text);
  for (guint i = 0; i < query.n; i++)
    {
      GHashTableIter iter;
      gpointer key;
      g_hash_table_iter_init (&iter, query.hits[i]);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        {
          Hit hit;
          if (g_hash_table_add (seen, key) && address_judge (&query, GPOINTER_TO_UINT (key), &hit))
            g_array_append_val (hits, hit);
        }
    }
  address_query_clear (&query);
  return hits;
}

/* --- answers --- */

void
mh_address_free (MhAddress *address)
{
  g_free (address->name);
  g_free (address->place);
  g_free (address);
}

static MhAddress *
address_new (MhAddressKind kind, char *name, MhGeoPoint at, double score)
{
  MhAddress *address = g_new0 (MhAddress, 1);
  address->kind = kind;
  address->name = name;
  address->at = at;
  address->score = score;
  address->metres = -1;
  return address;
}

static void
address_set_place (const MhAddressBook *book, MhAddress *address, guint32 place)
{
  if (place != 0)
    address->place = g_strdup (mh_address_text (book, place));
}

static MhAddress *
address_of_hit (const MhAddressBook *book, const Hit *hit)
{
  const MhAddressEntry *entry = mh_address_entry (book, hit->entry);
  const char *name = mh_address_text (book, entry->name);
  MhGeoPoint at = { entry->lat / 1e7, entry->lon / 1e7 };
  MhAddress *address;
  if (hit->house == MH_ADDRESS_NONE)
    address = address_new (entry->kind, g_strdup (name), at, hit->score);
  else
    {
      const MhAddressHouse *house = &g_array_index (book->houses, MhAddressHouse, hit->house);
      at = (MhGeoPoint){ house->lat / 1e7, house->lon / 1e7 };
      address = address_new (MH_ADDRESS_HOUSE,
                             g_strdup_printf ("%s %s", name, mh_address_text (book, house->shown)),
                             at, hit->score);
    }
  address->lacks_number = hit->lacks_number;
  address_set_place (book, address, entry->place);
  return address;
}

static int
address_compare_hits (const void *a, const void *b)
{
  const Hit *one = a, *other = b;
  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  return one->entry < other->entry ? -1 : one->entry > other->entry;
}

/* --- crossings --- */

/* The two sides of "A / B", "A & B", "A and B"; FALSE: no crossing is asked for. */
static gboolean
address_sides (const char *text, char **out_one, char **out_other)
{
  static const char *const signs[]
      = { "/", "&", " and ", " at ", " und ", " och ", " x ", " और ", " aur ", NULL };
  g_autofree char *small = g_utf8_strdown (text, -1);
  for (guint i = 0; signs[i] != NULL; i++)
    {
      char *at = strstr (small, signs[i]);
      if (at == NULL)
        continue;
      *out_one = g_strstrip (g_strndup (small, (gsize)(at - small)));
      *out_other = g_strstrip (g_strdup (at + strlen (signs[i])));
      if ((*out_one)[0] != 0 && (*out_other)[0] != 0)
        return TRUE;
      g_clear_pointer (out_one, g_free);
      g_clear_pointer (out_other, g_free);
    }
  return FALSE;
}

static GArray *
address_street_hits (const MhAddressBook *book, const char *text)
{
  g_autoptr (GArray) hits = address_hits (book, text);
  GArray *streets = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_array_sort (hits, address_compare_hits);
  for (guint i = 0; i < hits->len && streets->len < MOST_SIDES; i++)
    {
      Hit hit = g_array_index (hits, Hit, i);
      if (mh_address_entry (book, hit.entry)->kind == MH_ADDRESS_STREET)
        g_array_append_val (streets, hit);
    }
  return streets;
}

static void
address_spots (const MhAddressBook *book, guint32 entry, guint32 *out_first, guint32 *out_end)
{
  const MhAddressEntry *street = mh_address_entry (book, entry);
  *out_first = g_array_index (book->lines, guint32, street->first_line);
  *out_end = g_array_index (book->lines, guint32, street->first_line + street->n_lines);
}

static gboolean
address_is_known (const GPtrArray *found, const char *name, MhGeoPoint at)
{
  for (guint i = 0; i < found->len; i++)
    {
      const MhAddress *other = g_ptr_array_index (found, i);
      if (strcmp (other->name, name) == 0 && mh_geo_distance (other->at, at) < SAME_METRES)
        return TRUE;
    }
  return FALSE;
}

/* Where the street of @hit has a node of @nodes. */
static void
address_add_crossings (const MhAddressBook *book,
                       const Hit *one,
                       const Hit *other,
                       GHashTable *nodes,
                       GPtrArray *found)
{
  guint32 first, end;
  address_spots (book, other->entry, &first, &end);
  for (guint32 i = first; i < end && found->len < MH_ADDRESS_MOST; i++)
    {
      const MhAddressSpot *spot = &g_array_index (book->spots, MhAddressSpot, i);
      if (!g_hash_table_contains (nodes, GUINT_TO_POINTER (spot->node)))
        continue;
      const MhAddressEntry *street = mh_address_entry (book, one->entry);
      MhGeoPoint at = { spot->lat / 1e7, spot->lon / 1e7 };
      char *name
          = g_strdup_printf ("%s / %s", mh_address_text (book, street->name),
                             mh_address_text (book, mh_address_entry (book, other->entry)->name));
      if (address_is_known (found, name, at))
        {
          g_free (name);
          continue;
        }
      MhAddress *address
          = address_new (MH_ADDRESS_CROSSING, name, at, (one->score + other->score) / 2 + 50);
      address_set_place (book, address, street->place);
      g_ptr_array_add (found, address);
    }
}

static void
address_find_crossings (const MhAddressBook *book, const char *text, GPtrArray *found)
{
  g_autofree char *left = NULL, *right = NULL;
  if (!address_sides (text, &left, &right))
    return;
  g_autoptr (GArray) ones = address_street_hits (book, left);
  g_autoptr (GArray) others = address_street_hits (book, right);
  for (guint i = 0; i < ones->len; i++)
    {
      const Hit *one = &g_array_index (ones, Hit, i);
      guint32 first, end;
      g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
      address_spots (book, one->entry, &first, &end);
      for (guint32 k = first; k < end; k++)
        g_hash_table_add (nodes,
                          GUINT_TO_POINTER (g_array_index (book->spots, MhAddressSpot, k).node));
      for (guint k = 0; k < others->len; k++)
        if (g_array_index (others, Hit, k).entry != one->entry)
          address_add_crossings (book, one, &g_array_index (others, Hit, k), nodes, found);
    }
}

/* --- asking --- */

static gboolean
address_check (const char *text, GError **error)
{
  glong length = text != NULL && g_utf8_validate (text, -1, NULL) ? g_utf8_strlen (text, -1) : 0;
  g_autofree char *clean = length > 0 ? mh_text_clean (text) : NULL;
  if (clean == NULL || clean[0] == 0)
    mh_error_set_field (error, "q", "required", "Type a street, a place, or coordinates.");
  else if (length > MH_ADDRESS_MOST_LETTERS)
    mh_error_set_field (error, "q", "too_long", "Type at most %d letters.",
                        MH_ADDRESS_MOST_LETTERS);
  else
    return TRUE;
  return FALSE;
}

/* Coordinates and plus codes say themselves where they are. */
static MhAddress *
address_exact (const MhAddressBook *book, const char *text, const MhGeoPoint *near, GError **error)
{
  MhGeoPoint point;
  MhAddress *address = NULL;
  g_autofree char *clean = mh_text_clean (text);
  /* "9FFW XQ7X+2C" */
  g_auto (GStrv) parts = g_strsplit (clean, " ", -1);
  g_autofree char *whole = g_strjoinv ("", parts);
  if (mh_plus_code_kind (whole) == MH_PLUS_CODE_FULL)
    {
      g_free (clean);
      clean = g_steal_pointer (&whole);
    }

  if (mh_coordinates_read (clean, &point, error))
    address = address_new (MH_ADDRESS_COORDINATES, mh_coordinates_write (point), point, 200);
  else if (mh_plus_code_kind (clean) == MH_PLUS_CODE_FULL
           || (near != NULL && mh_plus_code_kind (clean) == MH_PLUS_CODE_SHORT))
    {
      MhGeoBox box;
      char *code = mh_plus_code_recover (clean, near != NULL ? *near : (MhGeoPoint){ 0, 0 });
      mh_plus_code_read (code, &box);
      address
          = address_new (MH_ADDRESS_PLUS_CODE, code, mh_geo_between (box.min, box.max, 0.5), 200);
    }
  if (address == NULL)
    return NULL;
  guint32 place = mh_address_place_of (book, address->at);
  if (place != MH_ADDRESS_NONE)
    address_set_place (book, address, mh_address_entry (book, place)->name);
  return address;
}

/* Far away counts less, to a quarter of a word. */
static double
address_worth (const MhAddress *address)
{
  return address->score - (address->metres > 0 ? MIN (25, address->metres / 1000) : 0);
}

static int
address_compare (gconstpointer a, gconstpointer b)
{
  const MhAddress *one = *(MhAddress *const *)a, *other = *(MhAddress *const *)b;
  double worth = address_worth (one), other_worth = address_worth (other);
  if (worth != other_worth)
    return worth > other_worth ? -1 : 1;
  int order = strcmp (one->name, other->name);
  return order != 0 ? order : g_strcmp0 (one->place, other->place);
}

/* More than are wanted, since what is near may come before what fits a little better. */
static void
address_find_entries (const MhAddressBook *book, const char *text, GPtrArray *found)
{
  g_autoptr (GArray) hits = address_hits (book, text);
  g_array_sort (hits, address_compare_hits);
  for (guint i = 0; i < hits->len && found->len < 4 * MH_ADDRESS_MOST; i++)
    {
      MhAddress *address = address_of_hit (book, &g_array_index (hits, Hit, i));
      if (address_is_known (found, address->name, address->at))
        mh_address_free (address);
      else
        g_ptr_array_add (found, address);
    }
}

GPtrArray *
mh_address_search (const MhAddressBook *book,
                   const char *text,
                   const MhGeoPoint *near,
                   guint most,
                   GError **error)
{
  g_autoptr (GError) problem = NULL;
  if (!address_check (text, error))
    return NULL;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_address_free);
  MhAddress *exact = address_exact (book, text, near, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (exact != NULL)
    {
      g_ptr_array_add (found, exact);
      return g_steal_pointer (&found);
    }

  address_find_crossings (book, text, found);
  if (found->len == 0)
    address_find_entries (book, text, found);
  for (guint i = 0; near != NULL && i < found->len; i++)
    {
      MhAddress *address = g_ptr_array_index (found, i);
      address->metres = mh_geo_distance (*near, address->at);
    }
  g_ptr_array_sort (found, address_compare);
  g_ptr_array_set_size (found, (int)MIN (found->len, MIN (most, MH_ADDRESS_MOST)));
  return g_steal_pointer (&found);
}
