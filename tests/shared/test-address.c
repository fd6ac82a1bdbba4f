/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a caller says, as a place: on a town drawn by hand and on the real maps. */
#include "shared/base/mh-error.h"
#include "shared/geo/mh-address.h"
#include "tests/shared/osm-fixture.h"

#include <string.h>

/* Two villages 5 km apart, each with a Temple Road; the one in Rampur crosses Gandhi Marg twice. */
static MhAddressBook *
address_town (void)
{
  g_autoptr (OsmDraft) draft = osm_draft_new ();
  osm_draft_node (draft, 1, 28.600, 77.200, "place=village;name=Rampur;name:hi=रामपुर");
  osm_draft_node (draft, 2, 28.645, 77.200, "place=village;name=Lakshmipur");
  osm_draft_node (draft, 3, 28.700, 77.200, "place=locality;name=Old Field");
  osm_draft_node (draft, 10, 28.599, 77.195, NULL);
  osm_draft_node (draft, 11, 28.599, 77.200, NULL);
  osm_draft_node (draft, 12, 28.599, 77.205, NULL);
  osm_draft_node (draft, 13, 28.595, 77.200, NULL);
  osm_draft_node (draft, 14, 28.605, 77.200, NULL);
  osm_draft_node (draft, 15, 28.605, 77.205, NULL);
  osm_draft_node (draft, 20, 28.644, 77.195, NULL);
  osm_draft_node (draft, 21, 28.644, 77.205, NULL);
  osm_draft_way (draft, 100, "10 11", "highway=residential;name=Temple Road");
  osm_draft_way (draft, 101, "11 12", "highway=residential;name=Temple Road");
  osm_draft_way (draft, 102, "13 11 14 15 12",
                 "highway=primary;name=Mahatma Gandhi Marg;ref=NH 44");
  osm_draft_way (draft, 103, "20 21", "highway=residential;name=Temple Road");
  osm_draft_way (draft, 104, "13 99 98", "highway=residential;name=Cut Lane");
  osm_draft_way (draft, 105, "99", "highway=residential;name=Lost Lane");
  osm_draft_node (draft, 30, 28.5992, 77.1960, "addr:housenumber=14;addr:street=Temple Road");
  osm_draft_node (draft, 31, 28.5992, 77.1970, "addr:housenumber=14 A;addr:street=Temple Road");
  osm_draft_node (draft, 32, 28.6010, 77.2010, "addr:housenumber=7");
  osm_draft_node (draft, 33, 28.6030, 77.2010,
                  "amenity=hospital;name=Chaudhary Hospital;name:hi=चौधरी अस्पताल");
  osm_draft_node (draft, 34, 28.6035, 77.2010, "shop=bakery;name=Marks and Spencer");
  g_autoptr (MhOsm) osm = osm_draft_read (draft);
  return mh_address_book_new (osm);
}

static MhAddressBook *
address_map (const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("MAHIMA_MAPS_DIR"), file, NULL);
  g_autoptr (MhOsm) osm = mh_osm_read_file (path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return mh_address_book_new (osm);
}

/* "name, place" of the best; "" when there is none. Caller frees. */
static char *
address_best (MhAddressBook *book,
              const char *text,
              const MhGeoPoint *near,
              MhAddressKind *out_kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = mh_address_search (book, text, near, 10, &error);
  g_assert_no_error (error);
  if (found->len == 0)
    return g_strdup ("");
  const MhAddress *best = g_ptr_array_index (found, 0);
  if (out_kind != NULL)
    *out_kind = best->kind;
  return best->place != NULL ? g_strdup_printf ("%s, %s", best->name, best->place)
                             : g_strdup (best->name);
}

static const struct
{
  const char *text, *best;
  MhAddressKind kind;
} questions[] = {
  { "Rampur", "Rampur", MH_ADDRESS_PLACE },
  { "rampur ", "Rampur", MH_ADDRESS_PLACE },
  { "Raampoor", "Rampur", MH_ADDRESS_PLACE },
  { "रामपुर", "Rampur", MH_ADDRESS_PLACE },
  { "Laxmipur", "Lakshmipur", MH_ADDRESS_PLACE },
  { "Lakshmi", "Lakshmipur", MH_ADDRESS_PLACE },
  { "Temple Road Lakshmipur", "Temple Road, Lakshmipur", MH_ADDRESS_STREET },
  { "Temple Road, Rampur", "Temple Road, Rampur", MH_ADDRESS_STREET },
  { "temple rd rampur", "Temple Road, Rampur", MH_ADDRESS_STREET },
  { "Tempel Road Rampur", "Temple Road, Rampur", MH_ADDRESS_STREET },
  { "Gandi Marg", "Mahatma Gandhi Marg, Rampur", MH_ADDRESS_STREET },
  { "गांधी मार्ग", "Mahatma Gandhi Marg, Rampur", MH_ADDRESS_STREET },
  { "NH 44", "Mahatma Gandhi Marg, Rampur", MH_ADDRESS_STREET },
  { "14 Temple Road Rampur", "Temple Road 14, Rampur", MH_ADDRESS_HOUSE },
  { "Temple Road 14, Rampur", "Temple Road 14, Rampur", MH_ADDRESS_HOUSE },
  { "Temple Road 14a Rampur", "Temple Road 14 A, Rampur", MH_ADDRESS_HOUSE },
  { "Temple Road 14 A Rampur", "Temple Road 14 A, Rampur", MH_ADDRESS_HOUSE },
  { "Temple Road १४ Rampur", "Temple Road 14, Rampur", MH_ADDRESS_HOUSE },
  { "Rampur 7", "Rampur 7", MH_ADDRESS_HOUSE },
  { "Chowdhury hospital", "Chaudhary Hospital, Rampur", MH_ADDRESS_LANDMARK },
  { "चौधरी अस्पताल", "Chaudhary Hospital, Rampur", MH_ADDRESS_LANDMARK },
  { "near Chaudhary Hospital", "Chaudhary Hospital, Rampur", MH_ADDRESS_LANDMARK },
  { "opp. Chaudhary hosp", "Chaudhary Hospital, Rampur", MH_ADDRESS_LANDMARK },
  { "Marks and Spencer", "Marks and Spencer, Rampur", MH_ADDRESS_LANDMARK },
  { "Temple Road / Gandhi Marg", "Temple Road / Mahatma Gandhi Marg, Rampur", MH_ADDRESS_CROSSING },
  { "gandhi marg and temple road", "Mahatma Gandhi Marg / Temple Road, Rampur",
    MH_ADDRESS_CROSSING },
  { "Temple Rd & Gandi", "Temple Road / Mahatma Gandhi Marg, Rampur", MH_ADDRESS_CROSSING },
  { "गांधी मार्ग और Temple रोड", "Mahatma Gandhi Marg / Temple Road, Rampur", MH_ADDRESS_CROSSING },
  { "28.6, 77.2", "28.60000, 77.20000, Rampur", MH_ADDRESS_COORDINATES },
  { "7JWVJ622+22", "7JWVJ622+22, Rampur", MH_ADDRESS_PLUS_CODE },
  { "Cut Lane", "Cut Lane, Rampur", MH_ADDRESS_STREET },
  { "Atlantis", "", MH_ADDRESS_PLACE },
  { "Lost Lane", "", MH_ADDRESS_PLACE },
  { "-", "", MH_ADDRESS_PLACE },
  { "/ /", "", MH_ADDRESS_PLACE },
  { "near", "", MH_ADDRESS_PLACE },
};

static void
test_questions (void)
{
  g_autoptr (MhAddressBook) book = address_town ();
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      MhAddressKind kind = MH_ADDRESS_PLACE;
      g_test_message ("%s", questions[i].text);
      g_autofree char *best = address_best (book, questions[i].text, NULL, &kind);
      g_assert_cmpstr (best, ==, questions[i].best);
      g_assert_cmpint (kind, ==, questions[i].kind);
    }
}

/* Of two of the same name the nearer comes first, with its distance. */
static void
test_near (void)
{
  g_autoptr (MhAddressBook) book = address_town ();
  MhGeoPoint north = { 28.645, 77.2 }, south = { 28.6, 77.2 };
  g_autofree char *first = address_best (book, "Temple Road", &north, NULL);
  g_autofree char *second = address_best (book, "Temple Road", &south, NULL);
  g_assert_cmpstr (first, ==, "Temple Road, Lakshmipur");
  g_assert_cmpstr (second, ==, "Temple Road, Rampur");
  g_autoptr (GPtrArray) found = mh_address_search (book, "Temple Road", &north, 10, NULL);
  g_assert_cmpuint (found->len, ==, 2);
  const MhAddress *near = g_ptr_array_index (found, 0);
  g_assert_cmpfloat (near->metres, <, 1000);
  g_autoptr (GPtrArray) one = mh_address_search (book, "Temple Road", &north, 1, NULL);
  g_assert_cmpuint (one->len, ==, 1);

  /* short plus codes mean what is near; from nowhere they mean nothing */
  g_autofree char *code = address_best (book, "J622+22", &south, NULL);
  g_autofree char *none = address_best (book, "J622+22", NULL, NULL);
  g_assert_cmpstr (code, ==, "7JWVJ622+22, Rampur");
  g_assert_cmpstr (none, ==, "");

  /* a whole one is one, wherever its writer put a space */
  static const char *const whole[] = { "7JWVJ622+22", "7jwv J622+22", " 7JWV  J622 +22 " };
  for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      g_autofree char *place = address_best (book, whole[i], NULL, NULL);
      g_assert_cmpstr (place, ==, "7JWVJ622+22, Rampur");
    }
}

/* A house that the map does not know: the street, and a word that it is the street alone. */
static void
test_no_house (void)
{
  g_autoptr (MhAddressBook) book = address_town ();
  g_autoptr (GPtrArray) found = mh_address_search (book, "Temple Road 99 Rampur", NULL, 5, NULL);
  const MhAddress *best = g_ptr_array_index (found, 0);
  g_assert_cmpint (best->kind, ==, MH_ADDRESS_STREET);
  g_assert_true (best->lacks_number);
  g_autoptr (GPtrArray) known = mh_address_search (book, "Temple Road 14 Rampur", NULL, 5, NULL);
  best = g_ptr_array_index (known, 0);
  g_assert_false (best->lacks_number);
  g_assert_cmpfloat_with_epsilon (best->at.lat, 28.5992, 1e-6);
}

/* Both crossings of the same two streets, each once. */
static void
test_crossings (void)
{
  g_autoptr (MhAddressBook) book = address_town ();
  g_autoptr (GPtrArray) found
      = mh_address_search (book, "Temple Road / Mahatma Gandhi Marg", NULL, 10, NULL);
  g_assert_cmpuint (found->len, ==, 2);
  for (guint i = 0; i < found->len; i++)
    {
      const MhAddress *one = g_ptr_array_index (found, i);
      g_assert_cmpint (one->kind, ==, MH_ADDRESS_CROSSING);
      g_assert_cmpfloat_with_epsilon (one->at.lat, 28.599, 1e-6);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *code;
  } rows[] = { { NULL, "required" },
               { "", "required" },
               { "  \t ", "required" },
               { "\xff", "required" },
               { "95, 9", "out_of_range" } };
  g_autoptr (MhAddressBook) book = address_town ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (mh_address_search (book, rows[i].text, NULL, 10, &error));
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      g_assert_cmpstr (mh_issues_find (mh_error_get_issues (error), "q")->code, ==, rows[i].code);
    }
  g_autoptr (GError) error = NULL;
  g_autofree char *longest = g_strnfill (MH_ADDRESS_MOST_LETTERS, 'a');
  g_autofree char *longer = g_strnfill (MH_ADDRESS_MOST_LETTERS + 1, 'a');
  g_autoptr (GPtrArray) none = mh_address_search (book, longest, NULL, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (mh_address_search (book, longer, NULL, 10, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
}

static void
test_nearest (void)
{
  static const struct
  {
    double lat, lon;
    const char *name, *place; /* NULL: nowhere */
    MhAddressKind kind;
  } rows[] = {
    { 28.59922, 77.19602, "Temple Road 14", "Rampur", MH_ADDRESS_HOUSE },
    { 28.5990, 77.2040, "Temple Road", "Rampur", MH_ADDRESS_STREET },
    { 28.6025, 77.1995, "Mahatma Gandhi Marg", "Rampur", MH_ADDRESS_STREET },
    { 28.6440, 77.2000, "Temple Road", "Lakshmipur", MH_ADDRESS_STREET },
    { 28.6200, 77.2000, "Rampur", NULL, MH_ADDRESS_PLACE },
    { 29.5000, 77.2000, NULL, NULL, MH_ADDRESS_PLACE },
    { -89.999, 179.999, NULL, NULL, MH_ADDRESS_PLACE },
    { 90, -180, NULL, NULL, MH_ADDRESS_PLACE },
  };
  g_autoptr (MhAddressBook) book = address_town ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%g %g", rows[i].lat, rows[i].lon);
      g_autoptr (MhAddress) nearest
          = mh_address_nearest (book, (MhGeoPoint){ rows[i].lat, rows[i].lon });
      if (rows[i].name == NULL)
        {
          g_assert_null (nearest);
          continue;
        }
      g_assert_cmpstr (nearest->name, ==, rows[i].name);
      g_assert_cmpstr (nearest->place, ==, rows[i].place);
      g_assert_cmpint (nearest->kind, ==, rows[i].kind);
    }
}

/* --- the real maps --- */

static void
test_country (void)
{
  static const struct
  {
    const char *text, *best;
  } rows[] = {
    { "Vaduz", "Vaduz" },
    { "Lettstrasse Vaduz", "Lettstrasse, Vaduz" },
    { "lettstr. vaduz", "Lettstrasse, Vaduz" },
    { "Letstrase Waduz", "Lettstrasse, Vaduz" },
    { "Landesspital", "Liechtensteinisches Landesspital, Vaduz" },
    { "Marktgass / Lettstrasse", "Marktgass / Lettstrasse, Vaduz" },
    { "Triesenberg", "Triesenberg" },
  };
  g_autoptr (MhAddressBook) book = address_map ("liechtenstein-2013.osm.pbf");
  g_assert_cmpuint (mh_address_book_n_entries (book), >, 500);
  g_assert_cmpuint (mh_address_book_bytes (book), <, 8 * 1024 * 1024);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *best = address_best (book, rows[i].text, NULL, NULL);
      g_assert_cmpstr (best, ==, rows[i].best);
    }
  g_autoptr (MhAddress) nearest = mh_address_nearest (book, (MhGeoPoint){ 47.1410, 9.5209 });
  g_assert_cmpstr (nearest->place, ==, "Vaduz");
}

static void
test_city (void)
{
  g_autoptr (MhAddressBook) book = address_map ("gothenburg-roads-2016.osm.pbf");
  g_autofree char *plain = address_best (book, "sodra hamngatan", NULL, NULL);
  g_autofree char *slip = address_best (book, "Kronhusgatn", NULL, NULL);
  g_autofree char *crossing = address_best (book, "Skånegatan / Ullevigatan", NULL, NULL);
  g_assert_cmpstr (plain, ==, "Södra Hamngatan");
  g_assert_cmpstr (slip, ==, "Kronhusgatan");
  g_assert_cmpstr (crossing, ==, "Skånegatan / Ullevigatan");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/questions", test_questions);
  g_test_add_func ("/address/near", test_near);
  g_test_add_func ("/address/no-house", test_no_house);
  g_test_add_func ("/address/crossings", test_crossings);
  g_test_add_func ("/address/refused", test_refused);
  g_test_add_func ("/address/nearest", test_nearest);
  g_test_add_func ("/address/country", test_country);
  g_test_add_func ("/address/city", test_city);
  return g_test_run ();
}
