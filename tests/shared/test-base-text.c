/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/base/mh-text.h"

#include <string.h>

typedef struct
{
  const char *in, *out;
} Pair;

static void
each (char *(*function) (const char *), const Pair *pairs, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *out = function (pairs[i].in);
      if (g_strcmp0 (out, pairs[i].out) != 0)
        g_error ("\"%s\" gave \"%s\", not \"%s\"", pairs[i].in, out, pairs[i].out);
    }
}

static void
test_fold (void)
{
  static const Pair pairs[] = {
    { NULL, "" },
    { "", "" },
    { " -- ", "" },
    { "Asha VERMA", "asha verma" },
    { "  O'Brien-Smith,  J.  ", "o brien smith j" },
    { "Łódź", "lodz" },
    { "Zoë Ångström", "zoe angstrom" },
    { "STRASSE straße", "strasse strasse" },
    { "Ærø", "aero" },
    { "İstanbul", "istanbul" },
    { "ﬁnal ²", "final 2" },
    { "आशा", "asha" },
    { "राम", "ram" },
    { "लक्ष्मी", "lakshmi" },
    { "चौधरी", "chaudhari" },
    { "कंपनी", "kampani" },
    { "संजय", "sanjay" },
    { "ज़ाकिर", "zakir" },
    { "फ़ातिमा", "fatima" },
    { "कृष्ण", "krishna" },
    { "वीरेन्द्र मिश्र", "virendra mishra" },
    { "गोविन्द", "govind" },
    { "आनंद", "anand" },
    { "सूर्य धर्म गुप्त", "surya dharma gupta" },
    { "टेस्ट मार्ग", "test marg" },
    { "्क", "k" }, /* a sign without its letter */
    { "न", "na" },
    { "राम। सीता", "ram sita" },
    { "वार्ड १२", "vard 12" },
    { "Иван", "иван" },
    { "தமிழ்", "தமிழ்" },
    { "مُحَمَّد", "محمد" },
    { "bad \xff utf", "bad utf" },
  };
  each (mh_text_fold, pairs, G_N_ELEMENTS (pairs));
}

/* Folding what is folded changes nothing; and composed and decomposed spellings are the same. */
static void
test_fold_is_stable (void)
{
  static const char *const words[] = { "Zoë", "आशा चौधरी", "O'Brien", "Łódź", "தமிழ்", "ज़ाकिर" };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *once = mh_text_fold (words[i]);
      g_autofree char *twice = mh_text_fold (once);
      g_autofree char *apart = g_utf8_normalize (words[i], -1, G_NORMALIZE_NFD);
      g_autofree char *from_apart = mh_text_fold (apart);
      g_assert_cmpstr (twice, ==, once);
      g_assert_cmpstr (from_apart, ==, once);
    }
}

static void
test_phonetic (void)
{
  static const Pair alike[] = {
    { "choudhary", "chaudhari" },
    { "chowdhary", "chaudhary" },
    { "wasim", "vaseem" },
    { "shiv", "siv" },
    { "raam", "ram" },
    { "deepak", "dipak" },
    { "pooja", "puja" },
    { "savitha", "savita" },
    { "siddharth", "sidart" },
    { "bharat", "barat" },
    { "khan", "kan" },
    { "ghosh", "gos" },
    { "phool", "ful" },
    { "zakir", "jakir" },
    { "anna", "ana" },
    { "shah", "sha" },
    { "lakshmi", "laxmi" },
    { "jayesh", "jaiesh" },
    { "reddy", "redi" },
    { "abdullah", "abdula" },
    { "meena", "mina" },
  };
  static const Pair unlike[] = { { "ram", "rama" },     { "mohan", "moan" }, { "asha", "usha" },
                                 { "sunita", "sunil" }, { "hari", "ari" },   { "ravi", "rani" } };
  for (gsize i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_autofree char *a = mh_text_phonetic (alike[i].in);
      g_autofree char *b = mh_text_phonetic (alike[i].out);
      g_assert_cmpstr (a, ==, b);
      g_assert_cmpstr (a, !=, "");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (unlike); i++)
    {
      g_autofree char *a = mh_text_phonetic (unlike[i].in);
      g_autofree char *b = mh_text_phonetic (unlike[i].out);
      g_assert_cmpstr (a, !=, b);
    }
  static const Pair pairs[] = { { NULL, "" },          { "", "" },
                                { "தமிழ்", "தமிழ்" },    { "choudhary", "codari0" },
                                { "deepak", "dipak" }, { "mcleod", "mkleod" } };
  each (mh_text_phonetic, pairs, G_N_ELEMENTS (pairs));
}

static void
test_jaro_winkler (void)
{
  static const struct
  {
    const char *a, *b;
    double expected;
  } rows[] = { { "martha", "marhta", 0.9611 },
               { "dwayne", "duane", 0.8400 },
               { "dixon", "dicksonx", 0.8133 },
               { "jones", "johnson", 0.8324 },
               { "abc", "abc", 1.0 },
               { "abc", "xyz", 0.0 },
               { "", "", 0.0 },
               { "a", "", 0.0 },
               { "a", "a", 1.0 },
               { "ab", "ba", 0.0 },
               { "äöü", "äöü", 1.0 },
               { "zoë", "zoe", 0.8222 } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpfloat_with_epsilon (mh_text_jaro_winkler (rows[i].a, rows[i].b), rows[i].expected,
                                      5e-5);
      g_assert_cmpfloat_with_epsilon (mh_text_jaro_winkler (rows[i].b, rows[i].a), rows[i].expected,
                                      5e-5);
    }
  g_assert_cmpfloat (mh_text_jaro_winkler (NULL, "a"), ==, 0.0);
  g_assert_cmpfloat (mh_text_jaro_winkler ("a\xff", "a"), ==, 0.0);
}

static void
test_digits (void)
{
  static const Pair digits[] = { { NULL, "" },
                                 { "12a", "12a" },
                                 { "१२.५", "12.5" },
                                 { "٣٤", "34" },
                                 { "৯ kg", "9 kg" },
                                 { "½²", "½²" },
                                 { "a\xff"
                                   "1",
                                   "a\xef\xbf\xbd"
                                   "1" } };
  static const Pair phones[] = { { "+91 98120 32145", "9812032145" },
                                 { "0091-98120-32145", "9812032145" },
                                 { "09812032145", "9812032145" },
                                 { "919812032145", "9812032145" },
                                 { "9812032145", "9812032145" },
                                 { "९८१२०३२१४५", "9812032145" },
                                 { "(040) 2345", "0402345" },
                                 { "+44 20 7946 0958", "442079460958" },
                                 { "none", "" },
                                 { NULL, "" } };
  each (mh_text_ascii_digits, digits, G_N_ELEMENTS (digits));
  each (mh_text_phone_digits, phones, G_N_ELEMENTS (phones));
}

static void
test_clean (void)
{
  static const Pair pairs[] = { { NULL, NULL },
                                { "", "" },
                                { "  \t\n ", "" },
                                { "  a \n\t b  ", "a b" },
                                { "a\x01"
                                  "b\x7f",
                                  "ab" },
                                { "e\xcc\x81", "é" },
                                { "a\xe2\x80\xae"
                                  "b",
                                  "ab" },                               /* right-to-left override */
                                { "क्\xe2\x80\x8dष", "क्\xe2\x80\x8dष" }, /* joiner stays */
                                { "a\xc2\xa0"
                                  "b",
                                  "a b" }, /* no-break space */
                                { "bad\xff", "bad\xef\xbf\xbd" } };
  each (mh_text_clean, pairs, G_N_ELEMENTS (pairs));
  g_assert_cmpuint (mh_text_length (NULL), ==, 0);
  g_assert_cmpuint (mh_text_length (""), ==, 0);
  g_assert_cmpuint (mh_text_length ("aé€𝄞"), ==, 4);
}

static void
test_clean_lines (void)
{
  static const Pair pairs[] = { { NULL, NULL },
                                { "", "" },
                                { " \n\t\n ", "" },
                                { "a", "a" },
                                { "a\r\nb\rc\nd", "a\nb\nc\nd" },
                                { "\n\na  \n\n  b\t\n\n", "a\n\n  b" },
                                { "a\tb", "a\tb" },
                                { "a\x01\x1b"
                                  "b\x7f\xe2\x80\xae"
                                  "c",
                                  "abc" },
                                { "e\xcc\x81", "é" } };
  each (mh_text_clean_lines, pairs, G_N_ELEMENTS (pairs));
}

static void
test_cut (void)
{
  static const struct
  {
    const char *text;
    guint most;
    const char *cut;
  } rows[] = { { "abc", 2, "ab" }, { "abc", 3, "abc" }, { "abc", 4, "abc" }, { "abc", 0, "" },
               { "अशा", 2, "अश" }, { "𝄞é", 1, "𝄞" },    { "", 5, "" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *cut = mh_text_cut (rows[i].text, rows[i].most);
      g_assert_cmpstr (cut, ==, rows[i].cut);
    }
}

static void
test_email (void)
{
  static const char *const good[]
      = { "a@b.in", "asha.verma+lab@mail.example.org", "x_1@a-b.co", "o'b@c.de" };
  static const char *const bad[]
      = { "",         "a",        "@b.in",   "a@",      "a@b",       "a@b.",     "a@.in",
          "a@b..in",  "a b@c.in", ".a@b.in", "a.@b.in", "a..b@c.in", "a@-b.in",  "a@b-.in",
          "a@b@c.in", "a@b.i",    "a@b.12",  "ä@b.in",  "a@b.in ",   "a\n@b.in", "a@b_c.in" };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mh_text_is_email (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (mh_text_is_email (bad[i]))
      g_error ("\"%s\" was taken for an address", bad[i]);
  g_assert_false (mh_text_is_email (NULL));
  g_autofree char *local64 = g_strnfill (64, 'a');
  g_autofree char *label63 = g_strnfill (63, 'b');
  g_autofree char *longest = g_strdup_printf ("%s@%s.in", local64, label63);
  g_autofree char *local65 = g_strdup_printf ("a%s", longest);
  g_autofree char *label64 = g_strdup_printf ("a@b%s.in", label63);
  g_autofree char *endless = g_strdup_printf ("%s@%s.%s.%s.in", local64, label63, label63, label63);
  g_assert_true (mh_text_is_email (longest));
  g_assert_false (mh_text_is_email (local65));
  g_assert_false (mh_text_is_email (label64));
  g_assert_false (mh_text_is_email (endless));
}

static void
test_phone (void)
{
  static const char *const good[]
      = { "1234567", "123456789012345", "+91 (98) 120-32145", "(040) 2345678" };
  static const char *const bad[] = {
    "", "123456", "1234567890123456", "98120+32145", "98120x32145", "++919812032145", "98120.32145"
  };
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mh_text_is_phone (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mh_text_is_phone (bad[i]));
  g_assert_false (mh_text_is_phone (NULL));
}

static void
test_initials (void)
{
  static const struct
  {
    const char *given, *family, *initials;
  } rows[] = { { "Asha", "Verma", "AV" }, { "asha", NULL, "A" }, { NULL, "verma", "V" },
               { NULL, NULL, "" },        { " 'asha", "", "A" }, { "élise", "Öz", "ÉÖ" },
               { "आशा", "वर्मा", "आव" },   { "-", "!", "" } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *initials = mh_text_initials (rows[i].given, rows[i].family);
      g_assert_cmpstr (initials, ==, rows[i].initials);
    }
}

static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);
  for (int i = 0; i < 3000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      int n = g_rand_int_range (rand, 0, 12);
      for (int j = 0; j < n; j++)
        {
          gunichar c = g_rand_boolean (rand) ? (gunichar)g_rand_int_range (rand, 0x8f0, 0x990)
                                             : (gunichar)g_rand_int_range (rand, 1, 0xd7ff);
          g_string_append_unichar (text, c);
        }
      if (g_rand_int_range (rand, 0, 10) == 0)
        g_string_append_c (text, '\xf0');
      g_autofree char *folded = mh_text_fold (text->str);
      g_autofree char *clean = mh_text_clean (text->str);
      g_autofree char *key = mh_text_phonetic (folded);
      g_assert_true (g_utf8_validate (folded, -1, NULL));
      g_assert_true (g_utf8_validate (clean, -1, NULL));
      g_assert_true (g_utf8_validate (key, -1, NULL));
      g_assert_null (strstr (folded, "  "));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/fold", test_fold);
  g_test_add_func ("/base/text/fold-is-stable", test_fold_is_stable);
  g_test_add_func ("/base/text/phonetic", test_phonetic);
  g_test_add_func ("/base/text/jaro-winkler", test_jaro_winkler);
  g_test_add_func ("/base/text/digits", test_digits);
  g_test_add_func ("/base/text/clean", test_clean);
  g_test_add_func ("/base/text/clean-lines", test_clean_lines);
  g_test_add_func ("/base/text/cut", test_cut);
  g_test_add_func ("/base/text/email", test_email);
  g_test_add_func ("/base/text/phone", test_phone);
  g_test_add_func ("/base/text/initials", test_initials);
  g_test_add_func ("/base/text/noise", test_noise);
  return g_test_run ();
}
