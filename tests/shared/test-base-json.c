/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-error.h"
#include "shared/base/mh-json.h"

#include <string.h>

static gboolean
guard (const char *text)
{
  return mh_json_guard (text, strlen (text), NULL);
}

static void
test_accepted (void)
{
  static const char *const good[] = {
    "{}",
    "[]",
    "0",
    "-0",
    "null",
    "true",
    "false",
    "\"\"",
    " [ 1 , 2 ] ",
    "{\"a\":{\"a\":1}}",
    "[{\"a\":1},{\"a\":1}]",
    "1.5e3",
    "1E+2",
    "-0.0",
    "9223372036854775807",
    "-9223372036854775808",
    "1e308",
    "\"\\u0041\\ud83d\\ude00\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\x7f\"",
    "\"é€𝄞\"",
    "\t\r\n[]\n",
    "[[],{}]",
    "\"\\u0001\"",
    "\"\\uD800\\uDC00\"",
    "\"\\udbff\\udfff\"",
    "\"\\ue000\"",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = mh_json_parse (good[i], -1, &error);
      if (node == NULL)
        g_error ("%s: %s", good[i], error->message);
    }
}

static const char *const malformed[] = {
  "",
  " ",
  "{",
  "}",
  "[",
  "]",
  "[1",
  "{\"a\"",
  "{\"a\":",
  "{\"a\":1",
  "{\"a\":1,",
  "{\"a\":1,}",
  "[1,]",
  "[,1]",
  "[1 2]",
  "{\"a\" 1}",
  "{a:1}",
  "{'a':1}",
  "['a']",
  "'a'",
  "{1:1}",
  "[1]]",
  "[1}",
  "{]",
  "{} {}",
  "{}x",
  "1 2",
  "tru",
  "truex",
  "True",
  "nul",
  "NaN",
  "Infinity",
  "-Infinity",
  "-",
  "+1",
  ".5",
  "5.",
  "01",
  "-01",
  "1e",
  "1e+",
  "0x10",
  "1_000",
  "1e400",
  "-1e400",
  "9223372036854775808",
  "-9223372036854775809",
  "99999999999999999999999999",
  "\"",
  "\"a",
  "\"\\",
  "\"\\\"",
  "\"\\x41\"",
  "\"\\u\"",
  "\"\\u00\"",
  "\"\\u00g0\"",
  "\"\\u0000\"",
  "{\"a\\u0000\":1}",
  "\"a\tb\"",
  "\"a\nb\"",
  "\"\\ud800\"",
  "\"\\udc00\"",
  "\"\\ud800x\"",
  "\"\\ud800\\n\"",
  "\"\\ud800\\ud800\"",
  "\"\\ud800\\udc\"",
  "\"\\ud800\\udcgg\"",
  "\"\\ud800\\ue000\"",
  "{\"a\":1,\"a\":2}",
  "{\"a\":{\"b\":1,\"b\":1}}",
  "{\"a\":1,\"\\u0061\":2}",
  "// x\n1",
  "/* x */1",
  "[1]//",
  "\xef\xbb\xbf{}",
  "\"\xff\"",
  "\"\xc0\x80\"",
  "\"\xed\xa0\x80\"",
  "\"\xf4\x90\x80\x80\"",
  "\"\xe2\x82\"",
  "\xc2\xa0[]",
  "\f[]",
  "{\"a\":1;\"b\":2}",
  "[1;2]",
  "{\"a\"=1}",
  "var x = 1",
  "{\"a\":undefined}",
  "1.00000000000000000000000000000000000000000000001",
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (GError) error = NULL;
      if (mh_json_guard (malformed[i], strlen (malformed[i]), &error))
        g_error ("%s was accepted", malformed[i]);
      g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
      g_assert_null (mh_json_parse (malformed[i], -1, NULL));
    }
  g_assert_false (mh_json_guard ("\"a\0b\"", 5, NULL)); /* a NUL byte within the length */
  g_assert_false (mh_json_guard ("1\0", 2, NULL));
  g_assert_true (mh_json_guard ("[1]]", 3, NULL)); /* and nothing is read behind it */
  g_assert_false (mh_json_guard ("\"\\u0041\"", 6, NULL));
  g_assert_false (mh_json_guard ("true", 3, NULL));
}

static char *
nested (guint depth, char open, const char *inner, char close)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, open == '{' ? "{\"a\":" : "[");
  g_string_append (text, inner);
  for (guint i = 0; close != 0 && i < depth; i++)
    g_string_append_c (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nested (MH_JSON_MAX_DEPTH, '[', "", ']');
  g_autofree char *deeper = nested (MH_JSON_MAX_DEPTH + 1, '[', "", ']');
  g_autofree char *deepest_object = nested (MH_JSON_MAX_DEPTH, '{', "1", '}');
  g_autofree char *deeper_object = nested (MH_JSON_MAX_DEPTH + 1, '{', "1", '}');
  g_autofree char *bomb = nested (100000, '[', "", ']');
  g_autofree char *open_bomb = nested (100000, '{', "", 0);
  g_assert_true (guard (deepest));
  g_assert_false (guard (deeper));
  g_assert_true (guard (deepest_object));
  g_assert_false (guard (deeper_object));
  g_assert_false (guard (bomb));
  g_assert_false (guard (open_bomb));
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (MH_JSON_MAX_SIZE + 1, ' ');
  text[0] = '1';
  g_assert_true (mh_json_guard (text, MH_JSON_MAX_SIZE, NULL));
  g_assert_false (mh_json_guard (text, MH_JSON_MAX_SIZE + 1, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_TOO_LARGE);
}

static void
test_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = mh_json_parse_object (
      "{\"t\":\"x\",\"i\":5,\"b\":true,\"a\":[1],\"o\":{},\"n\":null,\"d\":1.5}", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_json_text (object, "t"), ==, "x");
  g_assert_cmpint (mh_json_int (object, "i", 9), ==, 5);
  g_assert_true (mh_json_bool (object, "b", FALSE));
  g_assert_nonnull (mh_json_array (object, "a"));
  g_assert_nonnull (mh_json_object (object, "o"));
  /* Missing, null or of another type: the fallback. */
  static const char *const others[] = { "t", "i", "b", "a", "o", "n", "d", "missing" };
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const char *name = others[i];
      g_assert_true ((mh_json_text (object, name) != NULL) == g_str_equal (name, "t"));
      g_assert_cmpint (mh_json_int (object, name, 9), ==, g_str_equal (name, "i") ? 5 : 9);
      g_assert_cmpint (mh_json_bool (object, name, FALSE), ==, g_str_equal (name, "b"));
      g_assert_true ((mh_json_array (object, name) != NULL) == g_str_equal (name, "a"));
      g_assert_true ((mh_json_object (object, name) != NULL) == g_str_equal (name, "o"));
    }
  g_assert_null (mh_json_text (NULL, "t"));
  g_assert_null (mh_json_parse_object ("[]", -1, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
}

static void
test_writing (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  mh_json_open (out, '{');
  mh_json_member_text (out, "text", "a\"\\\n\t\x01\x7fé/");
  mh_json_member_text (out, "null", NULL);
  mh_json_member_int (out, "least", G_MININT64);
  mh_json_member_int (out, "most", G_MAXINT64);
  mh_json_member_int (out, "zero", 0);
  mh_json_member_bool (out, "yes", TRUE);
  mh_json_member_raw (out, "raw", "[1]");
  mh_json_member_instant (out, "at", 0);
  mh_json_key (out, "list");
  mh_json_open (out, '[');
  mh_json_put_int (out, -7);
  mh_json_put_bool (out, FALSE);
  mh_json_put_null (out);
  mh_json_put_text (out, "");
  mh_json_put_instant (out, -1000);
  mh_json_open (out, '{');
  mh_json_close (out, '}');
  mh_json_close (out, ']');
  mh_json_close (out, '}');
  g_assert_cmpstr (
      out->str, ==,
      "{\"text\":\"a\\\"\\\\\\n\\u0009\\u0001\x7fé/\",\"null\":null,"
      "\"least\":-9223372036854775808,\"most\":9223372036854775807,\"zero\":0,\"yes\":true,"
      "\"raw\":[1],\"at\":\"1970-01-01T00:00:00.000Z\","
      "\"list\":[-7,false,null,\"\",\"1969-12-31T23:59:59.999Z\",{}]}");
  g_assert_true (mh_json_guard (out->str, out->len, NULL));
}

static void
test_canonical (void)
{
  g_autoptr (JsonNode) node = mh_json_parse (
      " { \"b\" : [ 1 , 2.5, null ] , \"a\" : { \"é\" : true, \"z\" : \"\\u00e9\" } , \"B\":-1 } ",
      -1, NULL);
  g_autofree char *text = mh_json_canonical (node);
  g_assert_cmpstr (text, ==, "{\"B\":-1,\"a\":{\"z\":\"é\",\"é\":true},\"b\":[1,2.5,null]}");
  g_autoptr (JsonNode) again = mh_json_parse (text, -1, NULL);
  g_autofree char *same = mh_json_canonical (again);
  g_assert_cmpstr (same, ==, text);
  g_autofree char *nothing = mh_json_canonical (NULL);
  g_assert_cmpstr (nothing, ==, "null");
}

/* A few bytes of a good text are changed at random. What the guard lets through, json-glib must
 * read; and what it reads, written canonically, is the same text from then on. */
static void
test_mutations (void)
{
  static const char *const seeds[] = {
    "{\"id\":\"01932f5e\",\"name\":\"Asha "
    "\\u0935\\ud83d\\ude00\",\"age\":41,\"tags\":[\"a\",\"b\",null]}",
    "[{\"v\":-12.50e-3,\"ok\":true},{\"v\":0,\"ok\":false},[],{},\"\\\"\\\\\"]",
    "{\"a\":{\"b\":{\"c\":[1,2,3,{\"d\":\"é€\"}]}},\"n\":9223372036854775807}",
  };
  static const char alphabet[] = "{}[],:\"\\'0123456789.eE+-truefalsn u/*\t\n\x01\xc3\xff";
  g_autoptr (GRand) rand = g_rand_new_with_seed (23);
  guint accepted = 0, refused = 0;
  for (int i = 0; i < 30000; i++)
    {
      g_autofree char *text = g_strdup (seeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (seeds))]);
      gsize length = strlen (text);
      for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        text[g_rand_int_range (rand, 0, (int)length)]
            = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      if (!mh_json_guard (text, length, NULL))
        {
          refused++;
          continue;
        }
      accepted++;
      g_autoptr (JsonNode) node = mh_json_parse (text, (gssize)length, NULL);
      if (node == NULL)
        g_error ("the guard took what the parser did not: %s", text);
      g_autofree char *once = mh_json_canonical (node);
      g_autoptr (JsonNode) again = mh_json_parse (once, -1, NULL);
      g_assert_nonnull (again);
      g_autofree char *twice = mh_json_canonical (again);
      g_assert_cmpstr (twice, ==, once);
    }
  g_assert_cmpuint (accepted, >, 1000);
  g_assert_cmpuint (refused, >, 1000);
}

/* @n members of one object, or elements of an array of @what. */
static char *
many (guint n, const char *what)
{
  GString *out = g_string_new (what == NULL ? "{" : "[");
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      if (what == NULL)
        g_string_append_printf (out, "\"m%u\":1", i);
      else
        g_string_append (out, what);
    }
  return g_string_free (g_string_append_c (out, what == NULL ? '}' : ']'), FALSE);
}

/* Both sides of each limit on numbers; the whole itself counts as one value. */
static void
test_numbers (void)
{
  static const struct
  {
    guint n;
    const char *what; /* NULL: members */
    guint most;
    gboolean fits;
  } cases[] = {
    { MH_JSON_MAX_MEMBERS, NULL, MH_JSON_MAX_VALUES, TRUE },
    { MH_JSON_MAX_MEMBERS + 1, NULL, MH_JSON_MAX_VALUES, FALSE },
    { MH_JSON_MAX_VALUES - 1, "{}", MH_JSON_MAX_VALUES, TRUE },
    { MH_JSON_MAX_VALUES, "{}", MH_JSON_MAX_VALUES, FALSE },
    { 99, "0", 100, TRUE },
    { 100, "0", 100, FALSE },
    { 99, NULL, 100, TRUE },
    { 100, NULL, 100, FALSE },
    { 49, "[1]", 100, TRUE },
    { 50, "[1]", 100, FALSE },
    { 33, "{\"a\":[]}", 100, TRUE },
    { 50, "{\"a\":1}", 100, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = many (cases[i].n, cases[i].what);
      gboolean fits = mh_json_guard_within (text, strlen (text), cases[i].most, &error);
      if (fits != cases[i].fits)
        g_error ("case %u", i);
      if (!fits)
        g_assert_error (error, MH_ERROR, MH_ERROR_TOO_LARGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/accepted", test_accepted);
  g_test_add_func ("/base/json/refused", test_refused);
  g_test_add_func ("/base/json/depth", test_depth);
  g_test_add_func ("/base/json/size", test_size);
  g_test_add_func ("/base/json/members", test_members);
  g_test_add_func ("/base/json/numbers", test_numbers);
  g_test_add_func ("/base/json/writing", test_writing);
  g_test_add_func ("/base/json/canonical", test_canonical);
  g_test_add_func ("/base/json/mutations", test_mutations);
  return g_test_run ();
}
