/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-text.h"
#include "shared/geo/mh-address-private.h"

#include <math.h>
#include <string.h>

/* Beyond, a point belongs to no place. */
#define PLACE_METRES 20000.0
#define PLACE_DEGREES 0.18
/* A part of a line that crosses more cells is looked for in those of its ends alone. */
#define MOST_CELLS 64

typedef struct
{
  guint32 entry, way;
} StreetWay;

/* While it is made. */
typedef struct
{
  const MhOsm *osm;
  MhAddressBook *book;
  GHashTable *numbers; /* text → where it stands */
  GHashTable *streets; /* "name place" → entry + 1 */
  GArray *ways;        /* StreetWay */
} Maker;

static const char *const name_keys[]
    = { "name", "name:en", "name:hi", "alt_name", "official_name", "old_name", "ref" };
static const char *const landmark_keys[] = { "amenity", "tourism", "historic", "shop",    "leisure",
                                             "office",  "railway", "building", "man_made" };

static const struct
{
  const char *value;
  guint8 weight;
} places[] = { { "city", 10 },  { "town", 8 },     { "village", 5 },
               { "suburb", 4 }, { "quarter", 3 },  { "neighbourhood", 2 },
               { "hamlet", 2 }, { "locality", 1 }, { "isolated_dwelling", 1 },
               { "farm", 1 } };

/* --- small helpers --- */

const char *
mh_address_text (const MhAddressBook *book, guint32 text)
{
  return book->texts->str + text;
}

const MhAddressEntry *
mh_address_entry (const MhAddressBook *book, guint32 entry)
{
  return &g_array_index (book->entries, MhAddressEntry, entry);
}

guint32
mh_address_cell (double lat, double lon)
{
  guint32 row = (guint32)((CLAMP (lat, -90, 90) + 90) * MH_ADDRESS_CELLS_PER_DEGREE);
  guint32 column = (guint32)((CLAMP (lon, -180, 180) + 180) * MH_ADDRESS_CELLS_PER_DEGREE);
  return row * (360 * MH_ADDRESS_CELLS_PER_DEGREE + 1) + column;
}

static guint32
address_number (Maker *maker, const char *text)
{
  if (text == NULL || text[0] == 0)
    return 0;
  gpointer known = g_hash_table_lookup (maker->numbers, text);
  if (known != NULL)
    return GPOINTER_TO_UINT (known);
  guint32 number = (guint32)maker->book->texts->len;
  g_string_append_len (maker->book->texts, text, strlen (text) + 1);
  g_hash_table_insert (maker->numbers, g_strdup (text), GUINT_TO_POINTER (number));
  return number;
}

static void
address_set_at (MhAddressEntry *entry, MhGeoPoint at)
{
  entry->lat = (gint32)lround (at.lat * 1e7);
  entry->lon = (gint32)lround (at.lon * 1e7);
}

/* --- words --- */

static void
address_add_words (Maker *maker, guint32 entry, const char *name)
{
  g_autoptr (GPtrArray) words = mh_text_name_words (name);
  for (guint i = 0; i < words->len; i++)
    {
      const char *text = g_ptr_array_index (words, i);
      g_autofree char *sound = mh_text_phonetic (text);
      MhAddressWord word = { address_number (maker, text), entry };
      MhAddressWord heard = { address_number (maker, sound), entry };
      if (word.word != 0)
        g_array_append_val (maker->book->words, word);
      if (heard.word != 0)
        g_array_append_val (maker->book->sounds, heard);
    }
}

static void
address_add_names (Maker *maker, guint32 entry, MhOsmSpan tags)
{
  for (guint i = 0; i < G_N_ELEMENTS (name_keys); i++)
    {
      const char *name = mh_osm_tag (maker->osm, tags, name_keys[i]);
      if (name != NULL)
        address_add_words (maker, entry, name);
    }
}

/* --- places --- */

static guint8
address_place_weight (const char *value)
{
  for (guint i = 0; value != NULL && i < G_N_ELEMENTS (places); i++)
    if (strcmp (value, places[i].value) == 0)
      return places[i].weight;
  return 0;
}

static int
address_compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const MhAddressEntry *one = mh_address_entry (data, *(const guint32 *)a);
  const MhAddressEntry *other = mh_address_entry (data, *(const guint32 *)b);
  return one->lat < other->lat ? -1 : one->lat > other->lat;
}

static void
address_add_places (Maker *maker)
{
  guint n;
  const MhOsmNode *nodes = mh_osm_nodes (maker->osm, &n);
  for (guint i = 0; i < n; i++)
    {
      guint8 weight = nodes[i].tags.count == 0
                          ? 0
                          : address_place_weight (mh_osm_tag (maker->osm, nodes[i].tags, "place"));
      const char *name = weight > 0 ? mh_osm_tag (maker->osm, nodes[i].tags, "name") : NULL;
      if (name == NULL)
        continue;
      guint32 index = maker->book->entries->len;
      MhAddressEntry entry = { .kind = MH_ADDRESS_PLACE, .weight = weight };
      entry.name = address_number (maker, name);
      address_set_at (&entry, mh_osm_point (maker->osm, i));
      g_array_append_val (maker->book->entries, entry);
      g_array_append_val (maker->book->places, index);
      address_add_names (maker, index, nodes[i].tags);
    }
  g_array_sort_with_data (maker->book->places, address_compare_places, maker->book);
}

/* The first place that is not south of @lat. */
static guint
address_first_place (const MhAddressBook *book, double lat)
{
  guint low = 0, high = book->places->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      guint32 index = g_array_index (book->places, guint32, middle);
      if (mh_address_entry (book, index)->lat < lat * 1e7)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* A town reaches farther than a hamlet; a locality names fields, not where people live. */
guint32
mh_address_place_of (const MhAddressBook *book, MhGeoPoint point)
{
  guint32 best = MH_ADDRESS_NONE;
  double least = G_MAXDOUBLE;
  for (guint i = address_first_place (book, point.lat - PLACE_DEGREES); i < book->places->len; i++)
    {
      guint32 index = g_array_index (book->places, guint32, i);
      const MhAddressEntry *entry = mh_address_entry (book, index);
      if (entry->lat > (point.lat + PLACE_DEGREES) * 1e7)
        break;
      double metres = mh_geo_distance (point, (MhGeoPoint){ entry->lat / 1e7, entry->lon / 1e7 });
      double reach = metres / sqrt (entry->weight);
      if (entry->weight > 1 && metres <= PLACE_METRES && reach < least)
        {
          least = reach;
          best = index;
        }
    }
  return best;
}

static guint32
address_place_name (const Maker *maker, MhGeoPoint point)
{
  guint32 place = mh_address_place_of (maker->book, point);
  return place != MH_ADDRESS_NONE ? mh_address_entry (maker->book, place)->name : 0;
}

/* --- streets --- */

static gboolean
address_middle (const MhOsm *osm, const MhOsmWay *way, MhGeoPoint *out_point)
{
  const guint32 *nodes = mh_osm_way_nodes (osm, way);
  for (guint32 i = 0; i < way->nodes.count; i++)
    {
      guint32 node = nodes[(way->nodes.count / 2 + i) % way->nodes.count];
      if (node != MH_OSM_NONE)
        {
          *out_point = mh_osm_point (osm, node);
          return TRUE;
        }
    }
  return FALSE;
}

/* In the middle of what a way goes round. */
static gboolean
address_centre (const MhOsm *osm, const MhOsmWay *way, MhGeoPoint *out_point)
{
  const guint32 *nodes = mh_osm_way_nodes (osm, way);
  MhGeoBox box = MH_GEO_BOX_EMPTY;
  for (guint32 i = 0; i < way->nodes.count; i++)
    if (nodes[i] != MH_OSM_NONE)
      mh_geo_box_add (&box, mh_osm_point (osm, nodes[i]));
  *out_point = mh_geo_between (box.min, box.max, 0.5);
  return box.min.lat <= box.max.lat;
}

/* Ways of one name in one place are one street. */
static void
address_add_street (Maker *maker, guint32 way, const MhOsmWay *line, const char *name)
{
  MhGeoPoint middle;
  if (!address_middle (maker->osm, line, &middle))
    return;
  guint32 place = address_place_name (maker, middle);
  char *key = g_strdup_printf ("%u %s", place, name);
  guint32 entry = GPOINTER_TO_UINT (g_hash_table_lookup (maker->streets, key));
  if (entry == 0)
    {
      MhAddressEntry street = { .kind = MH_ADDRESS_STREET, .place = place };
      street.name = address_number (maker, name);
      address_set_at (&street, middle);
      g_array_append_val (maker->book->entries, street);
      entry = maker->book->entries->len;
      g_hash_table_insert (maker->streets, g_strdup (key), GUINT_TO_POINTER (entry));
      address_add_names (maker, entry - 1, line->tags);
    }
  g_free (key);
  StreetWay one = { entry - 1, way };
  g_array_append_val (maker->ways, one);
}

static int
address_compare_ways (const void *a, const void *b)
{
  const StreetWay *one = a, *other = b;
  if (one->entry != other->entry)
    return one->entry < other->entry ? -1 : 1;
  return one->way < other->way ? -1 : one->way > other->way;
}

static void
address_add_line (Maker *maker, MhAddressEntry *entry, const MhOsmWay *way)
{
  const guint32 *nodes = mh_osm_way_nodes (maker->osm, way);
  gboolean is_open = FALSE;
  for (guint32 i = 0; i < way->nodes.count; i++)
    {
      if (nodes[i] == MH_OSM_NONE)
        {
          is_open = FALSE;
          continue;
        }
      if (!is_open)
        {
          guint32 start = maker->book->spots->len;
          g_array_append_val (maker->book->lines, start);
          entry->n_lines++;
          is_open = TRUE;
        }
      MhGeoPoint point = mh_osm_point (maker->osm, nodes[i]);
      MhAddressSpot spot
          = { (gint32)lround (point.lat * 1e7), (gint32)lround (point.lon * 1e7), nodes[i] };
      g_array_append_val (maker->book->spots, spot);
    }
}

/* The middle of the whole street: that of its way in the middle. */
static void
address_lay_streets (Maker *maker)
{
  guint n;
  const MhOsmWay *ways = mh_osm_ways (maker->osm, &n);
  g_array_sort (maker->ways, address_compare_ways);
  for (guint i = 0; i < maker->ways->len;)
    {
      guint32 index = g_array_index (maker->ways, StreetWay, i).entry;
      MhAddressEntry *entry = &g_array_index (maker->book->entries, MhAddressEntry, index);
      guint first = i;
      entry->first_line = maker->book->lines->len;
      for (; i < maker->ways->len && g_array_index (maker->ways, StreetWay, i).entry == index; i++)
        address_add_line (maker, entry, &ways[g_array_index (maker->ways, StreetWay, i).way]);
      MhGeoPoint middle;
      guint32 way = g_array_index (maker->ways, StreetWay, first + (i - first) / 2).way;
      if (address_middle (maker->osm, &ways[way], &middle))
        address_set_at (entry, middle);
    }
  guint32 end = maker->book->spots->len;
  g_array_append_val (maker->book->lines, end);
}

/* --- landmarks and houses --- */

static guint8
address_landmark_weight (const MhOsm *osm, MhOsmSpan tags)
{
  const char *amenity = mh_osm_tag (osm, tags, "amenity");
  if (g_strcmp0 (amenity, "hospital") == 0)
    return 4;
  return amenity != NULL ? 2 : 1;
}

static void
address_add_landmark (Maker *maker, MhOsmSpan tags, MhGeoPoint at)
{
  const char *name = mh_osm_tag (maker->osm, tags, "name");
  gboolean is_landmark = FALSE;
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (landmark_keys) && !is_landmark; i++)
    is_landmark = mh_osm_tag (maker->osm, tags, landmark_keys[i]) != NULL;
  if (!is_landmark || mh_osm_tag (maker->osm, tags, "highway") != NULL
      || address_place_weight (mh_osm_tag (maker->osm, tags, "place")) > 0)
    return;
  guint32 index = maker->book->entries->len;
  MhAddressEntry entry = { .kind = MH_ADDRESS_LANDMARK,
                           .weight = address_landmark_weight (maker->osm, tags),
                           .name = address_number (maker, name),
                           .place = address_place_name (maker, at) };
  address_set_at (&entry, at);
  g_array_append_val (maker->book->entries, entry);
  address_add_names (maker, index, tags);
}

static void
address_add_house (Maker *maker, MhOsmSpan tags, MhGeoPoint at)
{
  const char *number = mh_osm_tag (maker->osm, tags, "addr:housenumber");
  if (number == NULL)
    return;
  const char *street = mh_osm_tag (maker->osm, tags, "addr:street");
  if (street == NULL)
    street = mh_osm_tag (maker->osm, tags, "addr:place");
  guint32 place = address_place_name (maker, at);
  g_autofree char *key = g_strdup_printf ("%u %s", place, street != NULL ? street : "");
  guint32 entry = street != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (maker->streets, key)) : 0;
  guint32 around = entry == 0 ? mh_address_place_of (maker->book, at) : entry - 1;
  if (around == MH_ADDRESS_NONE)
    return;

  g_autofree char *parted = mh_text_fold (number);
  g_auto (GStrv) parts = g_strsplit (parted, " ", -1);
  g_autofree char *folded = g_strjoinv ("", parts);
  MhAddressHouse house = { around, address_number (maker, folded), address_number (maker, number),
                           (gint32)lround (at.lat * 1e7), (gint32)lround (at.lon * 1e7) };
  g_array_append_val (maker->book->houses, house);
}

static int
address_compare_houses (const void *a, const void *b)
{
  const MhAddressHouse *one = a, *other = b;
  if (one->entry != other->entry)
    return one->entry < other->entry ? -1 : 1;
  return one->number < other->number ? -1 : one->number > other->number;
}

static void
address_lay_houses (Maker *maker)
{
  g_array_sort (maker->book->houses, address_compare_houses);
  for (guint32 i = 0; i < maker->book->houses->len; i++)
    {
      guint32 index = g_array_index (maker->book->houses, MhAddressHouse, i).entry;
      MhAddressEntry *entry = &g_array_index (maker->book->entries, MhAddressEntry, index);
      if (entry->n_houses++ == 0)
        entry->first_house = i;
    }
}

static void
address_gather (Maker *maker)
{
  guint n_nodes, n_ways;
  const MhOsmNode *nodes = mh_osm_nodes (maker->osm, &n_nodes);
  const MhOsmWay *ways = mh_osm_ways (maker->osm, &n_ways);
  address_add_places (maker);

  for (guint i = 0; i < n_ways; i++)
    {
      const char *name = mh_osm_tag (maker->osm, ways[i].tags, "name");
      if (name == NULL)
        name = mh_osm_tag (maker->osm, ways[i].tags, "ref");
      if (name != NULL && mh_osm_tag (maker->osm, ways[i].tags, "highway") != NULL)
        address_add_street (maker, i, &ways[i], name);
    }
  address_lay_streets (maker);

  for (guint i = 0; i < n_ways; i++)
    {
      MhGeoPoint middle;
      if (ways[i].tags.count > 0 && address_centre (maker->osm, &ways[i], &middle))
        {
          address_add_landmark (maker, ways[i].tags, middle);
          address_add_house (maker, ways[i].tags, middle);
        }
    }

  for (guint i = 0; i < n_nodes; i++)
    if (nodes[i].tags.count > 0)
      {
        address_add_landmark (maker, nodes[i].tags, mh_osm_point (maker->osm, i));
        address_add_house (maker, nodes[i].tags, mh_osm_point (maker->osm, i));
      }

  address_lay_houses (maker);
}

/* --- order and grid --- */

static int
address_compare_words (gconstpointer a, gconstpointer b, gpointer data)
{
  const MhAddressWord *one = a, *other = b;
  int order = one->word == other->word
                  ? 0
                  : strcmp (mh_address_text (data, one->word), mh_address_text (data, other->word));
  return order != 0 ? order : one->entry < other->entry ? -1 : one->entry > other->entry;
}

static int
address_compare_cells (const void *a, const void *b)
{
  const MhAddressCell *one = a, *other = b;
  if (one->cell != other->cell)
    return one->cell < other->cell ? -1 : 1;
  return one->item < other->item ? -1 : one->item > other->item;
}

static void
address_place_part (MhAddressBook *book, guint32 item, guint32 entry)
{
  const MhAddressSpot *from = &g_array_index (book->spots, MhAddressSpot, item), *to = from + 1;
  const double step = 1.0 / MH_ADDRESS_CELLS_PER_DEGREE;
  double south = floor (MIN (from->lat, to->lat) / 1e7 / step) * step;
  double west = floor (MIN (from->lon, to->lon) / 1e7 / step) * step;
  double north = MAX (from->lat, to->lat) / 1e7, east = MAX (from->lon, to->lon) / 1e7;
  guint n = 0;
  for (double lat = south + step / 2; lat < north + step && n < MOST_CELLS; lat += step)
    for (double lon = west + step / 2; lon < east + step && n < MOST_CELLS; lon += step, n++)
      {
        MhAddressCell cell = { mh_address_cell (lat, lon), item, entry };
        g_array_append_val (book->parts, cell);
      }
}

static void
address_lay_grid (MhAddressBook *book)
{
  for (guint32 i = 0; i < book->entries->len; i++)
    {
      const MhAddressEntry *entry = mh_address_entry (book, i);
      for (guint32 line = entry->first_line; line < entry->first_line + entry->n_lines; line++)
        {
          guint32 end = g_array_index (book->lines, guint32, line + 1);
          for (guint32 spot = g_array_index (book->lines, guint32, line); spot + 1 < end; spot++)
            address_place_part (book, spot, i);
        }
    }
  for (guint32 i = 0; i < book->houses->len; i++)
    {
      const MhAddressHouse *house = &g_array_index (book->houses, MhAddressHouse, i);
      MhAddressCell cell
          = { mh_address_cell (house->lat / 1e7, house->lon / 1e7), i, house->entry };
      g_array_append_val (book->doors, cell);
    }
  g_array_sort (book->parts, address_compare_cells);
  g_array_sort (book->doors, address_compare_cells);
}

/* --- life --- */

MhAddressBook *
mh_address_book_new (const MhOsm *osm)
{
  MhAddressBook *book = g_new0 (MhAddressBook, 1);
  g_atomic_ref_count_init (&book->refs);
  book->texts = g_string_new_len ("", 1);
  book->entries = g_array_new (FALSE, FALSE, sizeof (MhAddressEntry));
  book->lines = g_array_new (FALSE, FALSE, sizeof (guint32));
  book->spots = g_array_new (FALSE, FALSE, sizeof (MhAddressSpot));
  book->houses = g_array_new (FALSE, FALSE, sizeof (MhAddressHouse));
  book->words = g_array_new (FALSE, FALSE, sizeof (MhAddressWord));
  book->sounds = g_array_new (FALSE, FALSE, sizeof (MhAddressWord));
  book->places = g_array_new (FALSE, FALSE, sizeof (guint32));
  book->parts = g_array_new (FALSE, FALSE, sizeof (MhAddressCell));
  book->doors = g_array_new (FALSE, FALSE, sizeof (MhAddressCell));

  Maker maker = { .osm = osm, .book = book };
  maker.numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  maker.streets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  maker.ways = g_array_new (FALSE, FALSE, sizeof (StreetWay));
  address_gather (&maker);
  g_hash_table_unref (maker.numbers);
  g_hash_table_unref (maker.streets);
  g_array_unref (maker.ways);

  g_array_sort_with_data (book->words, address_compare_words, book);
  g_array_sort_with_data (book->sounds, address_compare_words, book);
  address_lay_grid (book);
  return book;
}

MhAddressBook *
mh_address_book_ref (MhAddressBook *book)
{
  g_atomic_ref_count_inc (&book->refs);
  return book;
}

void
mh_address_book_unref (MhAddressBook *book)
{
  if (!g_atomic_ref_count_dec (&book->refs))
    return;
  GArray *arrays[] = { book->entries, book->lines,  book->spots, book->houses, book->words,
                       book->sounds,  book->places, book->parts, book->doors };
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_string_free (book->texts, TRUE);
  g_free (book);
}

guint
mh_address_book_n_entries (const MhAddressBook *book)
{
  return book->entries->len;
}

gsize
mh_address_book_bytes (const MhAddressBook *book)
{
  return book->texts->len + book->entries->len * sizeof (MhAddressEntry)
         + book->lines->len * sizeof (guint32) + book->spots->len * sizeof (MhAddressSpot)
         + book->houses->len * sizeof (MhAddressHouse)
         + ((gsize)book->words->len + book->sounds->len) * sizeof (MhAddressWord)
         + book->places->len * sizeof (guint32)
         + ((gsize)book->parts->len + book->doors->len) * sizeof (MhAddressCell);
}
