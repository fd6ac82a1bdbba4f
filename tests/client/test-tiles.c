/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of the map is kept, asked for again by its ETag and shown while the server is away;
 * what is kept of another picture, or damaged, is never shown. */
#include "client/models/mh-tiles.h"
#include "shared/records/lab/mh-map.h"
#include "shared/records/mh-records.h"
#include "tests/client/desk-fixture.h"

#include <string.h>

typedef struct
{
  Door door;
  MhContext *context;
  MhTiles *tiles;
  const char *picture, *etag; /* as the server has them */
  const char *map;            /* what is told of it; NULL: none was imported */
  char *matched;              /* the last If-None-Match */
  guint sent, same;           /* pictures sent; answers that it is the same */
} House;

static const MhTile here = { MH_MAP_STYLE_DAY, 14, 35, 52 };
/* lies where @here does */
static const MhTile there = { MH_MAP_STYLE_DAY, 14, 35 + MH_TILES_SQUARE, 52 };

static void
tiles_handle_cb (SoupServer *server,
                 SoupServerMessage *message,
                 const char *path,
                 GHashTable *query,
                 gpointer data)
{
  House *house = data;
  if (g_str_equal (path, "/api/v1/session"))
    {
      answer_session (message, "map.read");
      return;
    }
  if (g_str_equal (path, "/api/v1/maps/current"))
    {
      answer (message, house->map != NULL ? 200 : 404,
              house->map != NULL ? house->map : "{\"type\":\"urn:mahima:problem:not-found\"}");
      return;
    }
  if (query == NULL || !g_hash_table_contains (query, "style"))
    {
      answer_nothing (message);
      return;
    }

  g_free (house->matched);
  house->matched = g_strdup (soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "If-None-Match"));
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "ETag",
                                house->etag);
  if (g_strcmp0 (house->matched, house->etag) == 0)
    {
      house->same++;
      soup_server_message_set_status (message, 304, NULL);
      return;
    }

  house->sent++;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, house->picture,
                                    strlen (house->picture));
}

static void
tiles_set_up (House *house, gconstpointer data)
{
  g_autofree char *address = door_open (&house->door, tiles_handle_cb, house);
  house->picture = "first";
  house->etag = "\"1\"";
  house->context = desk_sign_in (address);
  house->tiles = mh_tiles_new (house->context);
}

static void
tiles_leave (House *house)
{
  door_close (&house->door);
  house->door.server = NULL;
}

static void
tiles_tear_down (House *house, gconstpointer data)
{
  g_object_unref (house->tiles);
  mh_context_sign_out (house->context);
  g_object_unref (house->context);
  if (house->door.server != NULL)
    door_close (&house->door);
  g_free (house->matched);
}

static void
tiles_came_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* As text, which the pictures of this test are; caller frees. */
static char *
tiles_read (House *house, const MhTile *tile, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  mh_tiles_read_async (house->tiles, tile, NULL, tiles_came_cb, &result);
  TURN_UNTIL (result != NULL);
  g_autoptr (GBytes) bytes = mh_tiles_read_finish (result, error);
  gsize size = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  return text != NULL ? g_strndup (text, size) : NULL;
}

static void
tiles_assert (House *house, const MhTile *tile, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tiles_read (house, tile, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
tiles_assert_away (House *house, const MhTile *tile)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tiles_read (house, tile, &error);
  g_assert_null (text);
  g_assert_error (error, MH_ERROR, MH_ERROR_OFFLINE);
}

static void
test_away (House *house, gconstpointer data)
{
  tiles_assert (house, &here, "first");
  tiles_leave (house);
  tiles_assert (house, &here, "first");
  g_assert_true (mh_tiles_is_away (house->tiles));
  tiles_assert_away (house, &(MhTile){ MH_MAP_STYLE_DAY, 14, 36, 52 });
  /* the night's is another */
  tiles_assert_away (house, &(MhTile){ MH_MAP_STYLE_NIGHT, 14, 35, 52 });
}

static void
test_same (House *house, gconstpointer data)
{
  tiles_assert (house, &here, "first");
  g_assert_null (house->matched);
  tiles_assert (house, &here, "first");
  g_assert_cmpstr (house->matched, ==, "\"1\"");
  g_assert_cmpuint (house->sent, ==, 1);
  g_assert_cmpuint (house->same, ==, 1);
}

static void
test_changed (House *house, gconstpointer data)
{
  tiles_assert (house, &here, "first");
  house->picture = "second";
  house->etag = "\"2\"";
  tiles_assert (house, &here, "second");
  g_assert_cmpstr (house->matched, ==, "\"1\"");
  tiles_leave (house);
  tiles_assert (house, &here, "second");
}

static void
test_same_place (House *house, gconstpointer data)
{
  tiles_assert (house, &here, "first");
  house->picture = "neighbour";
  tiles_assert (house, &there, "neighbour");
  g_assert_null (house->matched);
  tiles_leave (house);
  tiles_assert (house, &there, "neighbour");
  tiles_assert_away (house, &here);
}

/* --- the map itself --- */

static void
tiles_changed_cb (guint *told)
{
  (*told)++;
}

static void
tiles_ask (House *house, MhTilesState expected)
{
  guint told = 0;
  gulong id
      = g_signal_connect_swapped (house->tiles, "changed", G_CALLBACK (tiles_changed_cb), &told);
  mh_tiles_ask (house->tiles);
  TURN_UNTIL (told > 0);
  g_signal_handler_disconnect (house->tiles, id);
  g_assert_cmpint (mh_tiles_state (house->tiles), ==, expected);
}

static gboolean
tiles_cover (House *house, double lat, double lon)
{
  g_autoptr (MhPlace) place = mh_place_new ("here", NULL, lat, lon);
  return mh_tiles_covers (house->tiles, place);
}

static void
test_covers (House *house, gconstpointer data)
{
  static const struct
  {
    double lat, lon;
    gboolean is_on;
  } places[] = {
    { 57.0, 11.0, TRUE },    { 58.0, 12.0, TRUE },    { 57.5, 11.5, TRUE },
    { 56.999, 11.5, FALSE }, { 58.001, 11.5, FALSE }, { 57.5, 10.999, FALSE },
    { 57.5, 12.001, FALSE },
  };
  house->map = "{\"name\": \"Town\", \"version\": \"1\", \"bounds\": [[57, 11], [58, 12]]}";
  g_assert_false (tiles_cover (house, 57.5, 11.5));
  tiles_ask (house, MH_TILES_READY);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    g_assert_cmpint (tiles_cover (house, places[i].lat, places[i].lon), ==, places[i].is_on);
}

/* No map is told apart from a server that is away: then the desk's own is shown. */
static void
test_map (House *house, gconstpointer data)
{
  tiles_ask (house, MH_TILES_NONE);
  g_assert_false (mh_tiles_is_away (house->tiles));
  house->map = "{\"name\": \"Town\", \"version\": \"1\"}";
  tiles_ask (house, MH_TILES_READY);
  tiles_leave (house);
  tiles_ask (house, MH_TILES_READY);
  g_assert_true (mh_tiles_is_away (house->tiles));
  g_assert_cmpstr (mh_record_text (mh_tiles_map (house->tiles), MH_MAP_NAME), ==, "Town");
}

static void
test_map_never_seen (House *house, gconstpointer data)
{
  tiles_leave (house);
  tiles_ask (house, MH_TILES_FAILED);
  g_assert_true (mh_tiles_is_away (house->tiles));
}

/* --- what is kept is damaged --- */

/* "first" is Zmlyc3Q=: one letter of it is another. */
static gpointer
tiles_damage_cb (MhCache *cache, gpointer data, GError **error)
{
  g_autofree char *value = mh_cache_get_value (cache, "tile:day/14/3/4", NULL);
  char *content = value != NULL ? strstr (value, "Zmlyc3Q=") : NULL;
  if (data != NULL)
    return GINT_TO_POINTER (mh_cache_set_value (cache, "tile:day/14/3/4", data, error));
  if (content == NULL)
    return NULL;
  content[1] = 'n';
  return GINT_TO_POINTER (mh_cache_set_value (cache, "tile:day/14/3/4", value, error));
}

static void
tiles_damage (House *house, const char *value)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  mh_cache_run_async (mh_context_cache (house->context),
                      (MhCacheWork){ tiles_damage_cb, (gpointer)value }, NULL, tiles_came_cb,
                      &result);
  TURN_UNTIL (result != NULL);
  g_assert_nonnull (mh_cache_run_finish (mh_context_cache (house->context), result, &error));
  g_assert_no_error (error);
}

static void
test_damaged (House *house, gconstpointer data)
{
  static const char *const others[]
      = { NULL, "", "day/14/35/52",
          "day/14/35/52 \"1\" Zmlyc3Q=", "day/14/35/52 \"1\" 00 Zmlyc3Q=" };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      tiles_assert (house, &here, "first");
      tiles_damage (house, others[i]);
      tiles_assert (house, &here, "first");
      g_assert_null (house->matched);
    }

  tiles_damage (house, NULL);
  tiles_leave (house);
  tiles_assert_away (house, &here);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (House *house, gconstpointer data);
  } cases[] = {
    { "/tiles/away", test_away },       { "/tiles/same", test_same },
    { "/tiles/changed", test_changed }, { "/tiles/same-place", test_same_place },
    { "/tiles/damaged", test_damaged }, { "/tiles/covers", test_covers },
    { "/tiles/map", test_map },         { "/tiles/map-never-seen", test_map_never_seen },
  };
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, House, NULL, tiles_set_up, cases[i].test, tiles_tear_down);
  return g_test_run ();
}
