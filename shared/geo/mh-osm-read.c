/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file around the blocks: four bytes that say how long a header is, the header, which says how
 * long its blob is, the blob. Numbers of fields are those of fileformat.proto. */
#include "shared/geo/mh-osm-private.h"
#include "shared/geo/mh-pbf.h"

#include <string.h>

typedef struct
{
  GInputStream *input;
  GCancellable *cancellable;
  guint64 at; /* bytes read so far */
  GByteArray *packed, *unpacked;
  MhOsm *osm;
  GArray *ids; /* gint64: nodes of ways */
  gboolean is_begun;
} OsmReading;

static gboolean
osm_reading_refuse (const OsmReading *reading, MhErrorKind kind, const char *words, GError **error)
{
  mh_error_set (error, kind, "%s (at byte %" G_GUINT64_FORMAT " of the map)", words, reading->at);
  return FALSE;
}

/* Fills @buffer; *@out_got tells how much came, which may be less at the end of the file. */
static gboolean
osm_reading_take (OsmReading *reading, guint8 *buffer, gsize size, gsize *out_got, GError **error)
{
  g_autoptr (GError) cause = NULL;
  if (!g_input_stream_read_all (reading->input, buffer, size, out_got, reading->cancellable,
                                &cause))
    {
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        mh_error_set (error, MH_ERROR_CANCELLED, "Reading the map was stopped.");
      else
        mh_error_set (error, MH_ERROR_MALFORMED, "The map cannot be read: %s", cause->message);
      return FALSE;
    }

  reading->at += *out_got;
  return TRUE;
}

static gboolean
osm_reading_take_whole (OsmReading *reading, GByteArray *into, guint64 size, GError **error)
{
  gsize got;
  g_byte_array_set_size (into, (guint)size);
  if (!osm_reading_take (reading, into->data, size, &got, error))
    return FALSE;
  return got == size
         || osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                                "The map is cut off. Load the file again and compare its checksum.",
                                error);
}

/* zlib's stream must be exactly as long as was said. */
static gboolean
osm_reading_inflate (OsmReading *reading, MhPbf packed, guint64 size, GError **error)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  GByteArray *into = reading->unpacked;
  GConverterResult result = G_CONVERTER_CONVERTED;
  gsize at = 0;

  g_byte_array_set_size (into, (guint)size + 1); /* one more, so that what is too long shows */
  while (result == G_CONVERTER_CONVERTED && at <= size)
    {
      gsize read, written;
      result = g_converter_convert (G_CONVERTER (zlib), packed.at, mh_pbf_size (&packed),
                                    into->data + at, into->len - at, G_CONVERTER_INPUT_AT_END,
                                    &read, &written, NULL);
      if (result == G_CONVERTER_ERROR)
        break;
      packed.at += read;
      at += written;
    }

  g_byte_array_set_size (into, (guint)size);
  return (result == G_CONVERTER_FINISHED && at == size)
         || osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                                "A block of the map is damaged. Load the file again and compare "
                                "its checksum.",
                                error);
}

/* What stands in the blob, unpacked; valid until the next. */
static gboolean
osm_reading_unpack (OsmReading *reading, MhPbf *out_data, GError **error)
{
  MhPbf blob = mh_pbf (reading->packed->data, reading->packed->len), raw = { 0 }, zlib = { 0 };
  MhPbfField field;
  guint64 size = 0;
  gboolean is_other = FALSE;
  while (mh_pbf_next (&blob, &field))
    if (field.number == 1)
      raw = field.bytes;
    else if (field.number == 2)
      size = field.value;
    else if (field.number == 3)
      zlib = field.bytes;
    else
      is_other = TRUE;

  if (blob.is_bad)
    return osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                               "A block of the map is damaged. Load the file again and compare "
                               "its checksum.",
                               error);
  if (zlib.at == NULL && is_other)
    return osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                               "The map is compressed in a way that is not known here. Convert it "
                               "with “osmium cat -f pbf,pbf_compression=zlib”.",
                               error);
  if (size > MH_OSM_MAX_BLOB)
    return osm_reading_refuse (reading, MH_ERROR_TOO_LARGE,
                               "A block of the map is larger than the format allows.", error);
  if (zlib.at == NULL)
    {
      *out_data = raw;
      return TRUE;
    }
  if (!osm_reading_inflate (reading, zlib, size, error))
    return FALSE;

  *out_data = mh_pbf (reading->unpacked->data, reading->unpacked->len);
  return TRUE;
}

static gboolean
osm_text_is (MhPbf text, const char *word)
{
  return mh_pbf_size (&text) == strlen (word) && memcmp (text.at, word, strlen (word)) == 0;
}

/* The file's own header: what a reader must understand. */
static gboolean
osm_reading_features (OsmReading *reading, MhPbf header, GError **error)
{
  MhPbfField field;
  while (mh_pbf_next (&header, &field))
    if (field.number == 4 && !osm_text_is (field.bytes, "OsmSchema-V0.6")
        && !osm_text_is (field.bytes, "DenseNodes"))
      return osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                                 "The map needs what is not known here, such as history. Choose an "
                                 "extract of the map as it is today.",
                                 error);

  return !header.is_bad
         || osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                                "The header of the map is damaged. Load the file again.", error);
}

/* The kind of the next blob and how long it is; *@out_size 0 and TRUE at the end of the file. */
static gboolean
osm_reading_header (OsmReading *reading, MhPbf *out_kind, guint64 *out_size, GError **error)
{
  guint8 length[4];
  gsize got;
  *out_size = 0;
  if (!osm_reading_take (reading, length, sizeof length, &got, error))
    return FALSE;
  if (got == 0 && reading->is_begun)
    return TRUE;

  const guint32 size = (guint32)length[0] << 24 | length[1] << 16 | length[2] << 8 | length[3];
  if (got < sizeof length && reading->is_begun)
    return osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                               "The map is cut off. Load the file again and compare its checksum.",
                               error);
  if (got < sizeof length || size == 0 || size > MH_OSM_MAX_HEADER)
    return osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                               "This is no map in the format .osm.pbf, or it is damaged.", error);
  if (!osm_reading_take_whole (reading, reading->packed, size, error))
    return FALSE;

  MhPbf header = mh_pbf (reading->packed->data, reading->packed->len);
  MhPbfField field;
  *out_kind = (MhPbf){ 0 };
  while (mh_pbf_next (&header, &field))
    if (field.number == 1)
      *out_kind = field.bytes;
    else if (field.number == 3)
      *out_size = field.value;
  if (header.is_bad || out_kind->at == NULL || *out_size == 0
      || (!reading->is_begun && !osm_text_is (*out_kind, "OSMHeader")))
    return osm_reading_refuse (reading, MH_ERROR_MALFORMED,
                               "This is no map in the format .osm.pbf, or it is damaged.", error);
  return *out_size <= MH_OSM_MAX_BLOB
         || osm_reading_refuse (reading, MH_ERROR_TOO_LARGE,
                                "A block of the map is larger than the format allows.", error);
}

/* One header and its blob; *@out_is_end: there was none. */
static gboolean
osm_reading_step (OsmReading *reading, gboolean *out_is_end, GError **error)
{
  MhPbf kind, data;
  guint64 size;
  if (!osm_reading_header (reading, &kind, &size, error))
    return FALSE;
  *out_is_end = size == 0;
  if (*out_is_end)
    return TRUE;

  const gboolean is_data = osm_text_is (kind, "OSMData"), is_head = osm_text_is (kind, "OSMHeader");
  if (!osm_reading_take_whole (reading, reading->packed, size, error))
    return FALSE;
  reading->is_begun = TRUE;
  if (!is_data && !is_head) /* kinds that are not known are passed over, as the format asks */
    return TRUE;
  if (!osm_reading_unpack (reading, &data, error))
    return FALSE;
  return is_head
             ? osm_reading_features (reading, data, error)
             : mh_osm_block_read (reading->osm, reading->ids, data.at, mh_pbf_size (&data), error);
}

MhOsm *
mh_osm_read (GInputStream *input,
             guint64 size,
             MhOsmProgress progress,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (MhOsm) osm = mh_osm_make ();
  g_autoptr (GByteArray) packed = g_byte_array_new (), unpacked = g_byte_array_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  OsmReading reading = { .input = input, .cancellable = cancellable, .packed = packed };
  gboolean is_end = FALSE;

  reading.unpacked = unpacked;
  reading.osm = osm;
  reading.ids = ids;
  while (!is_end)
    {
      if (!osm_reading_step (&reading, &is_end, error))
        return NULL;
      if (progress != NULL && size > 0)
        progress (MIN ((double)reading.at / (double)size, 1), data);
    }
  return mh_osm_finish (osm, ids, error) ? g_steal_pointer (&osm) : NULL;
}

MhOsm *
mh_osm_read_file (const char *path,
                  MhOsmProgress progress,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, &cause);
  g_autoptr (GFileInfo) info = input != NULL ? g_file_input_stream_query_info (
                                   input, G_FILE_ATTRIBUTE_STANDARD_SIZE, cancellable, &cause)
                                             : NULL;
  if (info == NULL)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "The map cannot be opened: %s", cause->message);
      return NULL;
    }

  return mh_osm_read (G_INPUT_STREAM (input), (guint64)g_file_info_get_size (info), progress, data,
                      cancellable, error);
}
