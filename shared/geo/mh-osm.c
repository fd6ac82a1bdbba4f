/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-osm-private.h"

#include <string.h>

/* --- making --- */

MhOsm *
mh_osm_make (void)
{
  MhOsm *osm = g_new0 (MhOsm, 1);

  g_atomic_ref_count_init (&osm->refs);
  /* room for one, so that an empty array has a beginning */
  osm->nodes = g_array_sized_new (FALSE, FALSE, sizeof (MhOsmNode), 1);
  osm->ways = g_array_sized_new (FALSE, FALSE, sizeof (MhOsmWay), 1);
  osm->relations = g_array_sized_new (FALSE, FALSE, sizeof (MhOsmRelation), 1);
  osm->places = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 1);
  osm->members = g_array_sized_new (FALSE, FALSE, sizeof (MhOsmMember), 1);
  osm->tags = g_array_sized_new (FALSE, FALSE, sizeof (MhOsmTag), 1);
  osm->texts = g_ptr_array_new ();
  osm->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  osm->chunk = g_string_chunk_new (64 * 1024);
  osm->box = MH_GEO_BOX_EMPTY;
  return osm;
}

MhOsm *
mh_osm_ref (MhOsm *osm)
{
  g_atomic_ref_count_inc (&osm->refs);
  return osm;
}

void
mh_osm_unref (MhOsm *osm)
{
  if (osm == NULL || !g_atomic_ref_count_dec (&osm->refs))
    return;

  g_array_unref (osm->nodes);
  g_array_unref (osm->ways);
  g_array_unref (osm->relations);
  g_array_unref (osm->places);
  g_array_unref (osm->members);
  g_array_unref (osm->tags);
  g_ptr_array_unref (osm->texts);
  g_hash_table_unref (osm->numbers);
  g_string_chunk_free (osm->chunk);
  g_free (osm);
}

guint32
mh_osm_keep_text (MhOsm *osm, const guint8 *text, gsize size)
{
  /* a NUL ends a text; what is no UTF-8 is made so */
  g_autofree char *own = g_strndup (text != NULL ? (const char *)text : "", size);
  if (!g_utf8_validate (own, -1, NULL))
    {
      char *valid = g_utf8_make_valid (own, -1);
      g_free (own);
      own = valid;
    }

  const guint known = GPOINTER_TO_UINT (g_hash_table_lookup (osm->numbers, own));
  if (known > 0)
    return known - 1;
  const gsize bytes = strlen (own) + 1 + 64; /* with what it costs in the tables */
  if (osm->text_bytes + bytes > MH_OSM_MAX_TEXT)
    return MH_OSM_NONE;

  char *kept = g_string_chunk_insert (osm->chunk, own);
  osm->text_bytes += bytes;
  g_ptr_array_add (osm->texts, kept);
  g_hash_table_insert (osm->numbers, kept, GUINT_TO_POINTER (osm->texts->len));
  return osm->texts->len - 1;
}

/* --- sorting and finding: the id stands first in each of the three --- */

static int
osm_compare_ids (gconstpointer a, gconstpointer b)
{
  const gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;
  return (one > other) - (one < other);
}

static gint64
osm_id_at (const GArray *rows, guint index)
{
  return *(const gint64 *)(rows->data + (gsize)index * g_array_get_element_size ((GArray *)rows));
}

/* Files are sorted as a rule, so that it is only looked at. */
static gboolean
osm_sort (GArray *rows, const char *what, GError **error)
{
  for (guint i = 1; i < rows->len; i++)
    if (osm_id_at (rows, i - 1) >= osm_id_at (rows, i))
      {
        g_array_sort (rows, osm_compare_ids);
        break;
      }

  for (guint i = 1; i < rows->len; i++)
    if (osm_id_at (rows, i - 1) == osm_id_at (rows, i))
      {
        mh_error_set (error, MH_ERROR_MALFORMED,
                      "The map has %s %" G_GINT64_FORMAT
                      " twice. Files that were put together are merged with “osmium merge”.",
                      what, osm_id_at (rows, i));
        return FALSE;
      }
  return TRUE;
}

static guint32
osm_find_in (const GArray *rows, gint64 id)
{
  guint first = 0, end = rows->len;
  while (first < end)
    {
      const guint middle = first + (end - first) / 2;
      if (osm_id_at (rows, middle) < id)
        first = middle + 1;
      else
        end = middle;
    }
  return first < rows->len && osm_id_at (rows, first) == id ? first : MH_OSM_NONE;
}

static const GArray *
osm_rows (const MhOsm *osm, MhOsmKind kind)
{
  return kind == MH_OSM_NODE ? osm->nodes : kind == MH_OSM_WAY ? osm->ways : osm->relations;
}

guint32
mh_osm_find (const MhOsm *osm, MhOsmKind kind, gint64 id)
{
  return osm_find_in (osm_rows (osm, kind), id);
}

gboolean
mh_osm_finish (MhOsm *osm, GArray *ids, GError **error)
{
  if (!osm_sort (osm->nodes, "node", error) || !osm_sort (osm->ways, "way", error)
      || !osm_sort (osm->relations, "relation", error))
    return FALSE;

  g_array_set_size (osm->places, ids->len);
  for (guint i = 0; i < ids->len; i++)
    g_array_index (osm->places, guint32, i)
        = osm_find_in (osm->nodes, g_array_index (ids, gint64, i));
  for (guint i = 0; i < osm->members->len; i++)
    {
      MhOsmMember *member = &g_array_index (osm->members, MhOsmMember, i);
      member->index = mh_osm_find (osm, member->kind, member->id);
    }
  for (guint i = 0; i < osm->nodes->len; i++)
    mh_geo_box_add (&osm->box, mh_osm_point (osm, i));
  return TRUE;
}

/* --- looking --- */

const MhOsmNode *
mh_osm_nodes (const MhOsm *osm, guint *out_n)
{
  *out_n = osm->nodes->len;
  return (const MhOsmNode *)(gconstpointer)osm->nodes->data;
}

const MhOsmWay *
mh_osm_ways (const MhOsm *osm, guint *out_n)
{
  *out_n = osm->ways->len;
  return (const MhOsmWay *)(gconstpointer)osm->ways->data;
}

const MhOsmRelation *
mh_osm_relations (const MhOsm *osm, guint *out_n)
{
  *out_n = osm->relations->len;
  return (const MhOsmRelation *)(gconstpointer)osm->relations->data;
}

MhGeoBox
mh_osm_box (const MhOsm *osm)
{
  return osm->box;
}

const guint32 *
mh_osm_way_nodes (const MhOsm *osm, const MhOsmWay *way)
{
  return &g_array_index (osm->places, guint32, way->nodes.first);
}

const MhOsmMember *
mh_osm_members (const MhOsm *osm, const MhOsmRelation *relation)
{
  return &g_array_index (osm->members, MhOsmMember, relation->members.first);
}

MhGeoPoint
mh_osm_point (const MhOsm *osm, guint32 node)
{
  const MhOsmNode *row = &g_array_index (osm->nodes, MhOsmNode, node);
  return (MhGeoPoint){ row->lat / 1e7, row->lon / 1e7 };
}

const char *
mh_osm_text (const MhOsm *osm, guint32 text)
{
  return text < osm->texts->len ? g_ptr_array_index (osm->texts, text) : "";
}

guint32
mh_osm_text_number (const MhOsm *osm, const char *text)
{
  const guint known = GPOINTER_TO_UINT (g_hash_table_lookup (osm->numbers, text));
  return known > 0 ? known - 1 : MH_OSM_NONE;
}

const MhOsmTag *
mh_osm_tags (const MhOsm *osm, MhOsmSpan tags)
{
  return &g_array_index (osm->tags, MhOsmTag, tags.first);
}

guint32
mh_osm_tag_number (const MhOsm *osm, MhOsmSpan tags, guint32 key)
{
  const MhOsmTag *tag = mh_osm_tags (osm, tags);
  for (guint i = 0; i < tags.count; i++)
    if (tag[i].key == key)
      return tag[i].value;
  return MH_OSM_NONE;
}

const char *
mh_osm_tag (const MhOsm *osm, MhOsmSpan tags, const char *key)
{
  const MhOsmTag *tag = mh_osm_tags (osm, tags);
  for (guint i = 0; i < tags.count; i++)
    if (strcmp (mh_osm_text (osm, tag[i].key), key) == 0)
      return mh_osm_text (osm, tag[i].value);
  return NULL;
}
