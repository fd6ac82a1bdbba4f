/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps as files: what is written is read, what is wrong is refused with the remedy. */
#include "tests/shared/osm-fixture.h"

#include <string.h>

static OsmDraft *
osm_town (void)
{
  OsmDraft *draft = osm_draft_new ();
  osm_draft_node (draft, -7, -33.5, -70.6, NULL);
  osm_draft_node (draft, 1, 47.1, 9.5, "amenity=hospital;name=Spital Grabs");
  osm_draft_node (draft, G_GINT64_CONSTANT (5000000000), 47.2000001, 9.6, NULL);
  osm_draft_way (draft, 10, "1 5000000000 99 1", "highway=residential;name=Städtle");
  osm_draft_way (draft, 11, "1", NULL);
  osm_draft_relation (draft, 20, "way 10 from, node 1 via, way 77 to, relation 20 ",
                      "type=restriction");
  return draft;
}

static void
osm_check_town (const MhOsm *osm)
{
  guint n;
  const MhOsmNode *nodes = mh_osm_nodes (osm, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (nodes[0].id, ==, -7);
  g_assert_cmpint (nodes[0].lat, ==, -335000000);
  g_assert_cmpint (nodes[2].lat, ==, 472000001);
  g_assert_cmpstr (mh_osm_tag (osm, nodes[1].tags, "name"), ==, "Spital Grabs");
  g_assert_null (mh_osm_tag (osm, nodes[1].tags, "Spital Grabs"));
  g_assert_null (mh_osm_tag (osm, nodes[2].tags, "name"));
  g_assert_cmpuint (mh_osm_find (osm, MH_OSM_NODE, G_GINT64_CONSTANT (5000000000)), ==, 2);
  g_assert_cmpuint (mh_osm_find (osm, MH_OSM_NODE, 99), ==, MH_OSM_NONE);
  g_assert_cmpfloat_with_epsilon (mh_osm_box (osm).min.lat, -33.5, 1e-9);

  const MhOsmWay *ways = mh_osm_ways (osm, &n);
  g_assert_cmpuint (n, ==, 2);
  const guint32 *places = mh_osm_way_nodes (osm, &ways[0]);
  g_assert_cmpuint (ways[0].nodes.count, ==, 4);
  g_assert_cmpuint (places[0], ==, 1);
  g_assert_cmpuint (places[1], ==, 2);
  g_assert_cmpuint (places[2], ==, MH_OSM_NONE);
  g_assert_cmpuint (places[3], ==, 1);
  g_assert_cmpstr (mh_osm_tag (osm, ways[0].tags, "name"), ==, "Städtle");
  const guint32 key = mh_osm_text_number (osm, "highway");
  g_assert_cmpuint (mh_osm_tag_number (osm, ways[0].tags, key), ==,
                    mh_osm_text_number (osm, "residential"));
  g_assert_cmpuint (mh_osm_tag_number (osm, ways[1].tags, key), ==, MH_OSM_NONE);
  g_assert_cmpuint (mh_osm_text_number (osm, "motorway"), ==, MH_OSM_NONE);

  const MhOsmRelation *relations = mh_osm_relations (osm, &n);
  g_assert_cmpuint (n, ==, 1);
  const MhOsmMember *members = mh_osm_members (osm, relations);
  g_assert_cmpuint (relations[0].members.count, ==, 4);
  g_assert_cmpint (members[0].kind, ==, MH_OSM_WAY);
  g_assert_cmpuint (members[0].index, ==, 0);
  g_assert_cmpuint (members[1].index, ==, 1);
  g_assert_cmpstr (mh_osm_text (osm, members[1].role), ==, "via");
  g_assert_cmpint (members[2].id, ==, 77);
  g_assert_cmpuint (members[2].index, ==, MH_OSM_NONE);
  g_assert_cmpint (members[3].kind, ==, MH_OSM_RELATION);
}

static void
test_shapes (void)
{
  g_autoptr (OsmDraft) draft = osm_town ();
  for (guint shape = 0; shape <= (OSM_DRAFT_DENSE | OSM_DRAFT_ZLIB); shape++)
    {
      g_autoptr (GBytes) bytes = osm_draft_write (draft, shape);
      g_autoptr (GError) error = NULL;
      g_autoptr (MhOsm) osm = osm_read_bytes (bytes, &error);
      g_assert_no_error (error);
      osm_check_town (osm);
    }
}

static void
test_unsorted (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  for (gint64 id = 50; id > 0; id--)
    osm_draft_node (draft, id, 10 + id / 100.0, 20, NULL);
  osm_draft_way (draft, 2, "50 1", "highway=path");
  osm_draft_way (draft, 1, "2 3", "highway=steps");
  g_autoptr (MhOsm) osm = osm_draft_read (draft);

  guint n;
  const MhOsmWay *ways = mh_osm_ways (osm, &n);
  g_assert_cmpint (ways[0].id, ==, 1);
  g_assert_cmpstr (mh_osm_tag (osm, ways[0].tags, "highway"), ==, "steps");
  const guint32 *places = mh_osm_way_nodes (osm, &ways[1]);
  g_assert_cmpuint (places[0], ==, 49);
  g_assert_cmpuint (places[1], ==, 0);
  g_assert_cmpfloat_with_epsilon (mh_osm_point (osm, 49).lat, 10.5, 1e-9);
}

/* --- what is refused --- */

static void
osm_assert_refused (GBytes *bytes, MhErrorKind kind, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOsm) osm = osm_read_bytes (bytes, &error);
  g_assert_null (osm);
  g_assert_error (error, MH_ERROR, (int)kind);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
osm_assert_array_refused (GByteArray *array, MhErrorKind kind, const char *words)
{
  g_autoptr (GBytes) bytes = g_bytes_new (array->data, array->len);
  osm_assert_refused (bytes, kind, words);
}

/* Wherever it ends, but between its two blobs. */
static void
test_cut_off (void)
{
  g_autoptr (OsmDraft) draft = osm_town ();
  for (guint shape = 0; shape <= (OSM_DRAFT_DENSE | OSM_DRAFT_ZLIB); shape++)
    {
      g_autoptr (GByteArray) head = g_byte_array_new ();
      g_autoptr (GBytes) bytes = osm_draft_write (draft, shape);
      osm_put_header (head, "DenseNodes");
      for (gsize size = 0; size < g_bytes_get_size (bytes); size++)
        if (size != head->len)
          {
            g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, size);
            osm_assert_refused (part, MH_ERROR_MALFORMED,
                                size < 4 ? "no map in the format" : "cut off");
          }
    }
}

/* No byte that is wrong brings the reader down. */
static void
test_damaged (void)
{
  g_autoptr (OsmDraft) draft = osm_town ();
  for (guint shape = 0; shape <= (OSM_DRAFT_DENSE | OSM_DRAFT_ZLIB); shape++)
    {
      g_autoptr (GBytes) bytes = osm_draft_write (draft, shape);
      gsize size;
      const guint8 *data = g_bytes_get_data (bytes, &size);
      for (gsize i = 0; i < size; i++)
        for (guint bit = 0; bit < 8; bit++)
          {
            guint8 *copy = g_memdup2 (data, size);
            copy[i] ^= (guint8)(1 << bit);
            g_autoptr (GBytes) wrong = g_bytes_new_take (copy, size);
            g_autoptr (GError) error = NULL;
            g_autoptr (MhOsm) osm = osm_read_bytes (wrong, &error);
            g_assert_true ((osm == NULL) == (error != NULL));
          }
    }
}

static void
test_kinds (void)
{
  static const char *const texts[]
      = { "", "{\"type\":\"FeatureCollection\"}", "<?xml version='1.0'?><osm version='0.6'>",
          "PK\x03\x04zipped", "\xff\xff\xff\xff" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      osm_assert_refused (bytes, MH_ERROR_MALFORMED, "no map in the format");
    }

  g_autoptr (GError) error = NULL;
  g_assert_null (mh_osm_read_file ("/nowhere/at/all.osm.pbf", NULL, NULL, NULL, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
}

static void
test_features (void)
{
  g_autoptr (GByteArray) history = g_byte_array_new (), first = g_byte_array_new ();
  g_autoptr (GByteArray) empty = g_byte_array_new (), other = g_byte_array_new ();
  osm_put_header (history, "HistoricalInformation");
  osm_assert_array_refused (history, MH_ERROR_MALFORMED, "history");

  osm_put_blob (first, "OSMData", 1, empty, 0);
  osm_assert_array_refused (first, MH_ERROR_MALFORMED, "no map in the format");

  osm_put_header (other, "DenseNodes");
  osm_put_blob (other, "SomethingNew", 1, empty, 0);
  g_autoptr (GBytes) bytes = g_bytes_new (other->data, other->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOsm) osm = osm_read_bytes (bytes, &error);
  g_assert_no_error (error);

  osm_put_blob (other, "OSMData", 4, history, 100); /* lzma */
  osm_assert_array_refused (other, MH_ERROR_MALFORMED, "pbf_compression=zlib");
}

static void
test_sizes (void)
{
  /* a header of 4 GiB, one of 64 KiB and a byte */
  static const guint8 lengths[][4] = { { 0xff, 0xff, 0xff, 0xff }, { 0, 1, 0, 1 }, { 0, 0, 0, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (lengths[i], 4);
      osm_assert_refused (bytes, MH_ERROR_MALFORMED, "no map in the format");
    }

  /* a blob that says it is larger than the format allows, packed and unpacked */
  static const guint64 sizes[] = { MH_OSM_MAX_BLOB + 1, G_MAXUINT32, G_MAXUINT64 };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new (), header = g_byte_array_new ();
      g_autoptr (GByteArray) other = g_byte_array_new (), some = g_byte_array_new ();
      osm_put_text (header, 1, "OSMHeader");
      osm_put_number (header, 3, sizes[i]);
      const guint32 length = GUINT32_TO_BE (header->len);
      g_byte_array_append (out, (const guint8 *)&length, 4);
      g_byte_array_append (out, header->data, header->len);
      osm_assert_array_refused (out, MH_ERROR_TOO_LARGE, "larger than the format allows");

      osm_put_header (other, "DenseNodes");
      osm_put_blob (other, "OSMData", 3, some, sizes[i]);
      osm_assert_array_refused (other, MH_ERROR_TOO_LARGE, "larger than the format allows");
    }
}

/* Zeros that unpack to more, or less, than was said. */
static void
test_bomb (void)
{
  static const int sizes[] = { 0, 1, 99999, 100001 };
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  g_autofree guint8 *zeros = g_malloc0 (100000);
  guint8 packed[1000];
  gsize read, written;
  g_assert_cmpint (g_converter_convert (G_CONVERTER (zlib), zeros, 100000, packed, sizeof packed,
                                        G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
                   ==, G_CONVERTER_FINISHED);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new (), content = g_byte_array_new ();
      g_byte_array_append (content, packed, (guint)written);
      osm_put_header (out, "DenseNodes");
      osm_put_blob (out, "OSMData", 3, content, (guint64)sizes[i]);
      osm_assert_array_refused (out, MH_ERROR_MALFORMED, "damaged");
    }
}

static void
test_twice (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  osm_draft_node (draft, 5, 1, 1, NULL);
  osm_draft_node (draft, 4, 1, 1, NULL);
  osm_draft_node (draft, 5, 1, 2, NULL);
  g_autoptr (GBytes) bytes = osm_draft_write (draft, OSM_DRAFT_PLAIN);
  osm_assert_refused (bytes, MH_ERROR_MALFORMED, "node 5 twice");
}

static void
test_outside (void)
{
  static const double rows[][2] = { { 90.1, 0 }, { -90.1, 0 }, { 0, 180.1 }, { 0, -180.1 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OsmDraft) draft = osm_draft_new ();
      osm_draft_node (draft, 5, rows[i][0], rows[i][1], NULL);
      g_autoptr (GBytes) bytes = osm_draft_write (draft, OSM_DRAFT_DENSE);
      osm_assert_refused (bytes, MH_ERROR_MALFORMED, "damaged");
    }
}

/* --- real maps --- */

static void
osm_count (double done, gpointer data)
{
  double *last = data;
  g_assert_cmpfloat (done, >=, *last);
  g_assert_cmpfloat (done, <=, 1);
  *last = done;
}

static void
test_real (void)
{
  static const struct
  {
    const char *name;
    guint nodes, ways, relations;
  } rows[] = {
    { "liechtenstein-2013.osm.pbf", 65733, 7121, 113 },
    { "gothenburg-roads-2016.osm.pbf", 104250, 20227, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (g_getenv ("MAHIMA_MAPS_DIR"), rows[i].name, NULL);
      g_autoptr (GError) error = NULL;
      guint nodes, ways, relations;
      double done = 0;
      g_autoptr (MhOsm) osm = mh_osm_read_file (path, osm_count, &done, NULL, &error);
      g_assert_no_error (error);
      mh_osm_nodes (osm, &nodes);
      mh_osm_ways (osm, &ways);
      mh_osm_relations (osm, &relations);
      g_assert_cmpuint (nodes, ==, rows[i].nodes);
      g_assert_cmpuint (ways, ==, rows[i].ways);
      g_assert_cmpuint (relations, ==, rows[i].relations);
      g_assert_cmpfloat (done, ==, 1);
    }
}

static void
test_stopped (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("MAHIMA_MAPS_DIR"), "liechtenstein-2013.osm.pbf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) input = g_file_read (file, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_cancellable_cancel (cancellable);
  g_assert_null (mh_osm_read (G_INPUT_STREAM (input), 0, NULL, NULL, cancellable, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/osm/shapes", test_shapes);
  g_test_add_func ("/osm/unsorted", test_unsorted);
  g_test_add_func ("/osm/cut-off", test_cut_off);
  g_test_add_func ("/osm/damaged", test_damaged);
  g_test_add_func ("/osm/kinds", test_kinds);
  g_test_add_func ("/osm/features", test_features);
  g_test_add_func ("/osm/sizes", test_sizes);
  g_test_add_func ("/osm/bomb", test_bomb);
  g_test_add_func ("/osm/twice", test_twice);
  g_test_add_func ("/osm/outside", test_outside);
  g_test_add_func ("/osm/real", test_real);
  g_test_add_func ("/osm/stopped", test_stopped);
  return g_test_run ();
}
