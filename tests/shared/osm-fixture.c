/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/shared/osm-fixture.h"

#include <math.h>
#include <string.h>

struct _OsmDraft
{
  GPtrArray *texts;
  GHashTable *numbers;
  GArray *nodes;         /* OsmDraftNode */
  GByteArray *ways;      /* fields of a group, ready */
  GByteArray *relations; /* the same */
};

typedef struct
{
  gint64 id, lat, lon;
  GArray *tags; /* guint64: keys and values */
} OsmDraftNode;

/* --- the wire --- */

void
osm_put_varint (GByteArray *out, guint64 value)
{
  guint8 byte;
  for (; value >= 0x80; value >>= 7)
    {
      byte = (guint8)(value | 0x80);
      g_byte_array_append (out, &byte, 1);
    }
  byte = (guint8)value;
  g_byte_array_append (out, &byte, 1);
}

static void
osm_put_signed (GByteArray *out, gint64 value)
{
  osm_put_varint (out, (guint64)value << 1 ^ (guint64)(value >> 63));
}

void
osm_put_number (GByteArray *out, guint field, guint64 value)
{
  osm_put_varint (out, field << 3);
  osm_put_varint (out, value);
}

void
osm_put_bytes (GByteArray *out, guint field, const GByteArray *bytes)
{
  osm_put_varint (out, field << 3 | 2);
  osm_put_varint (out, bytes->len);
  g_byte_array_append (out, bytes->data, bytes->len);
}

void
osm_put_text (GByteArray *out, guint field, const char *text)
{
  osm_put_varint (out, field << 3 | 2);
  osm_put_varint (out, strlen (text));
  g_byte_array_append (out, (const guint8 *)text, (guint)strlen (text));
}

void
osm_put_blob (GByteArray *out,
              const char *kind,
              guint field,
              const GByteArray *content,
              guint64 size)
{
  g_autoptr (GByteArray) header = g_byte_array_new (), blob = g_byte_array_new ();
  osm_put_number (blob, 2, size);
  osm_put_bytes (blob, field, content);
  osm_put_text (header, 1, kind);
  osm_put_number (header, 3, blob->len);

  const guint32 length = GUINT32_TO_BE (header->len);
  g_byte_array_append (out, (const guint8 *)&length, sizeof length);
  g_byte_array_append (out, header->data, header->len);
  g_byte_array_append (out, blob->data, blob->len);
}

static GByteArray *
osm_deflate (const GByteArray *plain)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1);
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (zlib));
  g_assert_true (g_output_stream_write_all (out, plain->data, plain->len, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));

  g_autoptr (GBytes) bytes
      = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_bytes_unref_to_array (g_steal_pointer (&bytes));
}

static void
osm_put_content (GByteArray *out, const char *kind, const GByteArray *content, gboolean is_zlib)
{
  if (!is_zlib)
    {
      osm_put_blob (out, kind, 1, content, content->len);
      return;
    }

  g_autoptr (GByteArray) packed = osm_deflate (content);
  osm_put_blob (out, kind, 3, packed, content->len);
}

void
osm_put_header (GByteArray *out, const char *feature)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();
  osm_put_text (header, 4, "OsmSchema-V0.6");
  osm_put_text (header, 4, feature);
  osm_put_content (out, "OSMHeader", header, FALSE);
}

/* --- the draft --- */

static void
osm_draft_node_clear (gpointer data)
{
  g_array_unref (((OsmDraftNode *)data)->tags);
}

static guint64
osm_draft_text (OsmDraft *draft, const char *text)
{
  const guint known = GPOINTER_TO_UINT (g_hash_table_lookup (draft->numbers, text));
  if (known > 0)
    return known - 1;

  char *own = g_strdup (text);
  g_ptr_array_add (draft->texts, own);
  g_hash_table_insert (draft->numbers, own, GUINT_TO_POINTER (draft->texts->len));
  return draft->texts->len - 1;
}

OsmDraft *
osm_draft_new (void)
{
  OsmDraft *draft = g_new0 (OsmDraft, 1);
  draft->texts = g_ptr_array_new_with_free_func (g_free);
  draft->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  draft->nodes = g_array_new (FALSE, FALSE, sizeof (OsmDraftNode));
  g_array_set_clear_func (draft->nodes, osm_draft_node_clear);
  draft->ways = g_byte_array_new ();
  draft->relations = g_byte_array_new ();
  osm_draft_text (draft, ""); /* the first ends the tags of a dense node */
  return draft;
}

void
osm_draft_free (OsmDraft *draft)
{
  g_ptr_array_unref (draft->texts);
  g_hash_table_unref (draft->numbers);
  g_array_unref (draft->nodes);
  g_byte_array_unref (draft->ways);
  g_byte_array_unref (draft->relations);
  g_free (draft);
}

static GArray *
osm_draft_tags (OsmDraft *draft, const char *tags)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_auto (GStrv) parts = g_strsplit (tags != NULL ? tags : "", ";", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      char *value = strchr (*part, '=');
      g_assert_nonnull (value);
      *value++ = 0;
      g_strdelimit (value, "|", ';');
      const guint64 pair[] = { osm_draft_text (draft, *part), osm_draft_text (draft, value) };
      g_array_append_vals (numbers, pair, 2);
    }
  return numbers;
}

/* Keys as field 2, values as field 3. */
static void
osm_put_tags (GByteArray *out, const GArray *tags)
{
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GByteArray) packed = g_byte_array_new ();
      for (guint i = k; i < tags->len; i += 2)
        osm_put_varint (packed, g_array_index (tags, guint64, i));
      if (packed->len > 0)
        osm_put_bytes (out, 2 + k, packed);
    }
}

void
osm_draft_node (OsmDraft *draft, gint64 id, double lat, double lon, const char *tags)
{
  const OsmDraftNode node
      = { id, llround (lat * 1e7), llround (lon * 1e7), osm_draft_tags (draft, tags) };
  g_array_append_val (draft->nodes, node);
}

void
osm_draft_way (OsmDraft *draft, gint64 id, const char *nodes, const char *tags)
{
  g_autoptr (GByteArray) way = g_byte_array_new (), refs = g_byte_array_new ();
  g_autoptr (GArray) numbers = osm_draft_tags (draft, tags);
  g_auto (GStrv) parts = g_strsplit (nodes, " ", -1);
  gint64 last = 0;
  for (char **part = parts; *part != NULL; part++)
    {
      const gint64 ref = g_ascii_strtoll (*part, NULL, 10);
      osm_put_signed (refs, ref - last);
      last = ref;
    }

  osm_put_number (way, 1, (guint64)id);
  osm_put_tags (way, numbers);
  osm_put_bytes (way, 8, refs);
  osm_put_bytes (draft->ways, 3, way);
}

void
osm_draft_relation (OsmDraft *draft, gint64 id, const char *members, const char *tags)
{
  g_autoptr (GByteArray) relation = g_byte_array_new (), refs = g_byte_array_new ();
  g_autoptr (GByteArray) roles = g_byte_array_new (), kinds = g_byte_array_new ();
  g_autoptr (GArray) numbers = osm_draft_tags (draft, tags);
  g_auto (GStrv) parts = g_strsplit (members, ", ", -1);
  gint64 last = 0;
  for (char **part = parts; *part != NULL; part++)
    {
      g_auto (GStrv) words = g_strsplit (*part, " ", 3);
      const gint64 ref = g_ascii_strtoll (words[1], NULL, 10);
      osm_put_varint (kinds, words[0][0] == 'n'   ? MH_OSM_NODE
                             : words[0][0] == 'w' ? MH_OSM_WAY
                                                  : MH_OSM_RELATION);
      osm_put_varint (roles, osm_draft_text (draft, words[2] != NULL ? words[2] : ""));
      osm_put_signed (refs, ref - last);
      last = ref;
    }

  osm_put_number (relation, 1, (guint64)id);
  osm_put_tags (relation, numbers);
  osm_put_bytes (relation, 8, roles);
  osm_put_bytes (relation, 9, refs);
  osm_put_bytes (relation, 10, kinds);
  osm_put_bytes (draft->relations, 4, relation);
}

/* --- writing --- */

static void
osm_draft_put_plain (const OsmDraft *draft, GByteArray *group)
{
  for (guint i = 0; i < draft->nodes->len; i++)
    {
      const OsmDraftNode *row = &g_array_index (draft->nodes, OsmDraftNode, i);
      g_autoptr (GByteArray) node = g_byte_array_new ();
      osm_put_number (node, 1, (guint64)row->id << 1 ^ (guint64)(row->id >> 63));
      osm_put_tags (node, row->tags);
      osm_put_number (node, 8, (guint64)row->lat << 1 ^ (guint64)(row->lat >> 63));
      osm_put_number (node, 9, (guint64)row->lon << 1 ^ (guint64)(row->lon >> 63));
      osm_put_bytes (group, 1, node);
    }
}

static void
osm_draft_put_dense (const OsmDraft *draft, GByteArray *group)
{
  g_autoptr (GByteArray) ids = g_byte_array_new (), lats = g_byte_array_new ();
  g_autoptr (GByteArray) lons = g_byte_array_new (), tags = g_byte_array_new ();
  g_autoptr (GByteArray) dense = g_byte_array_new ();
  OsmDraftNode last = { 0 };
  for (guint i = 0; i < draft->nodes->len; i++)
    {
      const OsmDraftNode *row = &g_array_index (draft->nodes, OsmDraftNode, i);
      osm_put_signed (ids, row->id - last.id);
      osm_put_signed (lats, row->lat - last.lat);
      osm_put_signed (lons, row->lon - last.lon);
      for (guint j = 0; j < row->tags->len; j++)
        osm_put_varint (tags, g_array_index (row->tags, guint64, j));
      osm_put_varint (tags, 0);
      last = *row;
    }

  osm_put_bytes (dense, 1, ids);
  osm_put_bytes (dense, 8, lats);
  osm_put_bytes (dense, 9, lons);
  osm_put_bytes (dense, 10, tags);
  osm_put_bytes (group, 2, dense);
}

GBytes *
osm_draft_write (const OsmDraft *draft, OsmDraftShape shape)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) texts = g_byte_array_new (), block = g_byte_array_new ();
  g_autoptr (GByteArray) nodes = g_byte_array_new ();

  for (guint i = 0; i < draft->texts->len; i++)
    osm_put_text (texts, 1, g_ptr_array_index (draft->texts, i));
  osm_put_bytes (block, 1, texts);
  if (shape & OSM_DRAFT_DENSE)
    osm_draft_put_dense (draft, nodes);
  else
    osm_draft_put_plain (draft, nodes);
  osm_put_bytes (block, 2, nodes);
  osm_put_bytes (block, 2, draft->ways);
  osm_put_bytes (block, 2, draft->relations);

  osm_put_header (out, "DenseNodes");
  osm_put_content (out, "OSMData", block, (shape & OSM_DRAFT_ZLIB) != 0);
  return g_byte_array_free_to_bytes (out);
}

MhOsm *
osm_read_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_bytes (bytes);
  return mh_osm_read (input, g_bytes_get_size (bytes), NULL, NULL, NULL, error);
}

MhOsm *
osm_draft_read (const OsmDraft *draft)
{
  g_autoptr (GBytes) bytes = osm_draft_write (draft, OSM_DRAFT_DENSE | OSM_DRAFT_ZLIB);
  g_autoptr (GError) error = NULL;
  MhOsm *osm = osm_read_bytes (bytes, &error);
  g_assert_no_error (error);
  return osm;
}
