/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One block of data: a table of texts, and groups of nodes, ways and relations that tell them by
 * number. Numbers of fields are those of osmformat.proto. */
#include "shared/geo/mh-osm-private.h"
#include "shared/geo/mh-pbf.h"

#define OSM_BLOCK_MAX_TEXTS (1u << 20)

typedef struct
{
  const guint8 *text;
  guint32 size, number; /* number + 1 in the map once it is used */
} OsmBlockText;

typedef struct
{
  MhOsm *osm;
  GArray *ids;
  GArray *texts; /* OsmBlockText */
  gint64 granularity, lat_offset, lon_offset;
  gboolean is_full; /* more than the bounds: stays */
} OsmBlock;

/* The packed fields of a node, way or relation. */
typedef struct
{
  gint64 id;
  guint64 lat, lon;
  MhPbf keys, values, refs, roles, kinds;
} OsmThing;

/* --- parts --- */

static gboolean
osm_block_has_room (OsmBlock *block, const GArray *rows, guint bound)
{
  if (rows->len >= bound)
    block->is_full = TRUE;
  return !block->is_full;
}

/* FALSE: there is no such text, or too many. */
static gboolean
osm_block_text (OsmBlock *block, guint64 index, guint32 *out_number)
{
  if (index >= block->texts->len)
    return FALSE;

  OsmBlockText *text = &g_array_index (block->texts, OsmBlockText, index);
  if (text->number == 0)
    {
      const guint32 number = mh_osm_keep_text (block->osm, text->text, text->size);
      if (number == MH_OSM_NONE)
        {
          block->is_full = TRUE;
          return FALSE;
        }
      text->number = number + 1;
    }
  *out_number = text->number - 1;
  return TRUE;
}

static gboolean
osm_block_tag (OsmBlock *block, guint64 key, guint64 value, MhOsmSpan *span)
{
  MhOsmTag tag;
  if (!osm_block_text (block, key, &tag.key) || !osm_block_text (block, value, &tag.value)
      || !osm_block_has_room (block, block->osm->tags, MH_OSM_MAX_PARTS))
    return FALSE;

  if (span->count++ == 0)
    span->first = block->osm->tags->len;
  g_array_append_val (block->osm->tags, tag);
  return TRUE;
}

static gboolean
osm_block_tags (OsmBlock *block, OsmThing *thing, MhOsmSpan *out_span)
{
  *out_span = (MhOsmSpan){ block->osm->tags->len, 0 };
  while (mh_pbf_size (&thing->keys) > 0)
    {
      const guint64 key = mh_pbf_varint (&thing->keys), value = mh_pbf_varint (&thing->values);
      if (!osm_block_tag (block, key, value, out_span))
        return FALSE;
    }
  return !thing->keys.is_bad && !thing->values.is_bad && mh_pbf_size (&thing->values) == 0;
}

/* From the file's units to 1e-7 degrees; FALSE: outside the world. */
static gboolean
osm_block_degrees (const OsmBlock *block, gint64 raw, gint64 offset, gint64 bound, gint32 *out)
{
  gint64 nano;
  if (__builtin_mul_overflow (raw, block->granularity, &nano)
      || __builtin_add_overflow (nano, offset, &nano)
      || nano < -bound * G_GINT64_CONSTANT (1000000000)
      || nano > bound * G_GINT64_CONSTANT (1000000000))
    return FALSE;

  *out = (gint32)((nano + (nano < 0 ? -50 : 50)) / 100);
  return TRUE;
}

static gboolean
osm_block_add_node (OsmBlock *block, gint64 id, gint64 lat, gint64 lon, MhOsmSpan tags)
{
  MhOsmNode node = { .id = id, .tags = tags };
  if (!osm_block_degrees (block, lat, block->lat_offset, 90, &node.lat)
      || !osm_block_degrees (block, lon, block->lon_offset, 180, &node.lon)
      || !osm_block_has_room (block, block->osm->nodes, MH_OSM_MAX_NODES))
    return FALSE;

  g_array_append_val (block->osm->nodes, node);
  return TRUE;
}

/* --- things --- */

/* The fields that nodes, ways and relations share; of a way @refs are its nodes, of a relation its
 * members. */
static gboolean
osm_block_thing (MhPbf message, gboolean is_node, gboolean is_relation, OsmThing *out)
{
  MhPbfField field;
  *out = (OsmThing){ 0 };

  while (mh_pbf_next (&message, &field))
    switch (field.number)
      {
      case 1: /* a node's is a sint64 */
        out->id = is_node ? (gint64)(field.value >> 1) ^ -(gint64)(field.value & 1)
                          : (gint64)field.value;
        break;
      case 2:
        out->keys = field.bytes;
        break;
      case 3:
        out->values = field.bytes;
        break;
      case 8:
        out->lat = field.value;
        if (is_relation)
          out->roles = field.bytes;
        else
          out->refs = field.bytes;
        break;
      case 9:
        out->lon = field.value;
        if (is_relation)
          out->refs = field.bytes;
        break;
      case 10:
        out->kinds = field.bytes;
        break;
      default:
        break;
      }

  return !message.is_bad;
}

static gboolean
osm_block_node (OsmBlock *block, MhPbf message)
{
  OsmThing thing;
  MhOsmSpan tags;
  return osm_block_thing (message, TRUE, FALSE, &thing) && osm_block_tags (block, &thing, &tags)
         && osm_block_add_node (block, thing.id,
                                (gint64)(thing.lat >> 1) ^ -(gint64)(thing.lat & 1),
                                (gint64)(thing.lon >> 1) ^ -(gint64)(thing.lon & 1), tags);
}

/* What lies side by side in four lists: ids, latitudes, longitudes each by the difference to the
 * one before, and keys and values of one node after the other, ended by 0. */
static gboolean
osm_block_dense (OsmBlock *block, MhPbf message)
{
  MhPbf ids = { 0 }, lats = { 0 }, lons = { 0 }, tags = { 0 };
  MhPbfField field;
  while (mh_pbf_next (&message, &field))
    if (field.number == 1)
      ids = field.bytes;
    else if (field.number == 8)
      lats = field.bytes;
    else if (field.number == 9)
      lons = field.bytes;
    else if (field.number == 10)
      tags = field.bytes;
  if (message.is_bad)
    return FALSE;

  const gboolean is_tagged = mh_pbf_size (&tags) > 0;
  guint64 id = 0, lat = 0, lon = 0; /* which may go round without harm */
  while (mh_pbf_size (&ids) > 0)
    {
      MhOsmSpan span = { block->osm->tags->len, 0 };
      id += (guint64)mh_pbf_signed (&ids);
      lat += (guint64)mh_pbf_signed (&lats);
      lon += (guint64)mh_pbf_signed (&lons);
      for (guint64 key = is_tagged ? mh_pbf_varint (&tags) : 0; key != 0;
           key = mh_pbf_varint (&tags))
        if (!osm_block_tag (block, key, mh_pbf_varint (&tags), &span))
          return FALSE;
      if (lats.is_bad || lons.is_bad || tags.is_bad
          || !osm_block_add_node (block, (gint64)id, (gint64)lat, (gint64)lon, span))
        return FALSE;
    }
  return !ids.is_bad;
}

static gboolean
osm_block_way (OsmBlock *block, MhPbf message)
{
  OsmThing thing;
  MhOsmWay way = { .nodes = { block->ids->len, 0 } };
  if (!osm_block_thing (message, FALSE, FALSE, &thing) || !osm_block_tags (block, &thing, &way.tags)
      || !osm_block_has_room (block, block->osm->ways, MH_OSM_MAX_WAYS))
    return FALSE;

  way.id = thing.id;
  guint64 ref = 0;
  while (mh_pbf_size (&thing.refs) > 0)
    {
      ref += (guint64)mh_pbf_signed (&thing.refs);
      if (thing.refs.is_bad || !osm_block_has_room (block, block->ids, MH_OSM_MAX_PARTS))
        return FALSE;
      g_array_append_val (block->ids, ref);
      way.nodes.count++;
    }
  g_array_append_val (block->osm->ways, way);
  return TRUE;
}

static gboolean
osm_block_relation (OsmBlock *block, MhPbf message)
{
  OsmThing thing;
  MhOsm *osm = block->osm;
  MhOsmRelation relation = { .members = { osm->members->len, 0 } };
  if (!osm_block_thing (message, FALSE, TRUE, &thing)
      || !osm_block_tags (block, &thing, &relation.tags)
      || !osm_block_has_room (block, osm->relations, MH_OSM_MAX_RELATIONS))
    return FALSE;

  relation.id = thing.id;
  guint64 ref = 0;
  while (mh_pbf_size (&thing.refs) > 0)
    {
      ref += (guint64)mh_pbf_signed (&thing.refs);
      MhOsmMember member = { .id = (gint64)ref };
      const guint64 role = mh_pbf_varint (&thing.roles), kind = mh_pbf_varint (&thing.kinds);
      if (thing.refs.is_bad || thing.roles.is_bad || thing.kinds.is_bad || kind > MH_OSM_RELATION
          || !osm_block_text (block, role, &member.role)
          || !osm_block_has_room (block, osm->members, MH_OSM_MAX_PARTS))
        return FALSE;
      member.kind = (MhOsmKind)kind;
      g_array_append_val (osm->members, member);
      relation.members.count++;
    }
  g_array_append_val (osm->relations, relation);
  return TRUE;
}

/* --- the block --- */

static gboolean
osm_block_texts (OsmBlock *block, MhPbf message)
{
  MhPbfField field;
  while (mh_pbf_next (&message, &field))
    if (field.number == 1)
      {
        const OsmBlockText text = { field.bytes.at, (guint32)mh_pbf_size (&field.bytes), 0 };
        if (!osm_block_has_room (block, block->texts, OSM_BLOCK_MAX_TEXTS))
          return FALSE;
        g_array_append_val (block->texts, text);
      }
  return !message.is_bad;
}

static gboolean
osm_block_group (OsmBlock *block, MhPbf message)
{
  MhPbfField field;
  gboolean is_good = TRUE;
  while (is_good && mh_pbf_next (&message, &field))
    switch (field.number)
      {
      case 1:
        is_good = osm_block_node (block, field.bytes);
        break;
      case 2:
        is_good = osm_block_dense (block, field.bytes);
        break;
      case 3:
        is_good = osm_block_way (block, field.bytes);
        break;
      case 4:
        is_good = osm_block_relation (block, field.bytes);
        break;
      default:
        break;
      }
  return is_good && !message.is_bad;
}

/* Texts and units may stand behind the groups that need them. */
static gboolean
osm_block_head (OsmBlock *block, MhPbf message)
{
  MhPbfField field;
  while (mh_pbf_next (&message, &field))
    switch (field.number)
      {
      case 1:
        if (!osm_block_texts (block, field.bytes))
          return FALSE;
        break;
      case 17:
        block->granularity = (gint64)field.value;
        break;
      case 19:
        block->lat_offset = (gint64)field.value;
        break;
      case 20:
        block->lon_offset = (gint64)field.value;
        break;
      default:
        break;
      }
  return !message.is_bad && block->granularity > 0;
}

gboolean
mh_osm_block_read (MhOsm *osm, GArray *ids, const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (OsmBlockText));
  OsmBlock block = { .osm = osm, .ids = ids, .texts = texts, .granularity = 100 };
  MhPbf message = mh_pbf (data, size);
  MhPbfField field;

  gboolean is_good = osm_block_head (&block, message);
  while (is_good && mh_pbf_next (&message, &field))
    is_good = field.number != 2 || osm_block_group (&block, field.bytes);

  if (block.is_full)
    mh_error_set (error, MH_ERROR_TOO_LARGE,
                  "The map is larger than can be held. Cut out the region that is served, for "
                  "example with “osmium extract”.");
  else if (!is_good)
    mh_error_set (error, MH_ERROR_MALFORMED,
                  "A block of the map is damaged. Load the file again and compare its checksum.");
  return is_good;
}
