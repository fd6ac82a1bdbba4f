/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the codes of identity cards tell: tests/data/identity-cards.tsv. */
#include <string.h>

#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"
#include "shared/rules/people/mh-identity-card.h"

static char *
written (MhRecord *patient)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const MhRecordType *type = &mh_patient_type;
  if (patient == NULL)
    return g_strdup ("-");
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (!mh_record_has (patient, i))
        continue;
      const char *separator = out->len > 0 ? "|" : "";
      if (type->fields[i].kind == MH_KIND_BOOL)
        g_string_append_printf (out, "%s%s=%d", separator, type->fields[i].name,
                                mh_record_bool (patient, i));
      else
        g_string_append_printf (out, "%s%s=%s", separator, type->fields[i].name,
                                mh_record_text (patient, i));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The fields come in the description's order, in the table as somebody reads them. */
static void
assert_same_fields (guint line, const char *got, const char *want)
{
  g_auto (GStrv) a = g_strsplit (got, "|", -1);
  g_auto (GStrv) b = g_strsplit (want, "|", -1);
  gboolean same = g_strv_length (a) == g_strv_length (b);
  for (guint i = 0; b[i] != NULL; i++)
    same = same && g_strv_contains ((const char *const *)a, b[i]);
  if (!same)
    g_error ("line %u gives %s", line, got);
}

static void
test_table (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), "identity-cards.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] == '#' || lines[i][0] == 0)
        continue;
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 2);
      g_assert_cmpuint (g_strv_length (cells), ==, 2);
      g_autoptr (MhRecord) patient = mh_identity_card_read (cells[0]);
      g_autofree char *got = written (patient);
      assert_same_fields (i + 1, got, cells[1]);
      n++;
    }
  g_assert_cmpuint (n, >=, 20);
}

/* A code cut anywhere, or with a wrong character, is refused or read, and nothing worse. */
static void
test_damaged (void)
{
  static const char card[] = "{\"hidn\":\"91-1234-5678-9012\",\"name\":\"Asha Verma\",\"gender\":"
                             "\"F\",\"dob\":\"29/02/1984\"}";
  static const char letter[] = "<PrintLetterBarcodeData uid=\"999911114921\" name=\"Asha Verma\" "
                               "gender=\"F\" dob=\"29/02/1984\"/>";
  const char *const whole[] = { card, letter };
  for (guint w = 0; w < G_N_ELEMENTS (whole); w++)
    for (gsize i = 0; whole[w][i] != 0; i++)
      {
        g_autofree char *cut = g_strndup (whole[w], i);
        g_autofree char *odd = g_strdup (whole[w]);
        g_autoptr (MhRecord) none = mh_identity_card_read (cut);
        odd[i] = (char)0xfe;
        g_autoptr (MhRecord) invalid = mh_identity_card_read (odd);
        g_assert_null (none);
        g_assert_null (invalid);
      }
}

static void
test_not_searched (void)
{
  g_assert_true (mh_identity_card_is ("{\"hidn\":\"\""));
  g_assert_true (mh_identity_card_is ("<PrintLetterBarcodeData"));
  g_assert_false (mh_identity_card_is (""));
  g_assert_false (mh_identity_card_is ("verma 98120"));
  g_assert_false (mh_identity_card_is ("98123456789012345678"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity-card/table", test_table);
  g_test_add_func ("/identity-card/damaged", test_damaged);
  g_test_add_func ("/identity-card/not-searched", test_not_searched);
  return g_test_run ();
}
