/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms as somebody writes them: the shipped ones survive the way through the editor; codes;
 * faults. */
#include "shared/base/mh-json.h"
#include "shared/rules/clinic/mh-form-draft.h"

static char *
canonical (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mh_json_parse (json, -1, &error);
  g_assert_no_error (error);
  return mh_json_canonical (node);
}

static JsonObject *
shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("MAHIMA_DATA_DIR"), "forms.json", NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  JsonObject *file = mh_json_parse_object (text, -1, &error);
  g_assert_no_error (error);
  return file;
}

static void
test_shipped (void)
{
  g_autoptr (JsonObject) file = shipped ();
  JsonArray *forms = mh_json_array (file, "forms");
  g_assert_cmpuint (json_array_get_length (forms), >=, 5);
  for (guint i = 0; i < json_array_get_length (forms); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) content = g_string_new (NULL);
      mh_json_put_node (
          content, json_object_get_member (json_array_get_object_element (forms, i), "content"));
      g_autoptr (MhFormSpec) spec = mh_form_spec_parse (content->str, &error);
      g_assert_no_error (error);
      g_autoptr (GPtrArray) rows = mh_form_draft_read (spec);
      g_autofree char *back = mh_form_draft_json (rows);
      g_autofree char *one = canonical (content->str), *other = canonical (back);
      g_assert_cmpstr (one, ==, other);
    }
}

static MhDraftRow *
add (GPtrArray *rows, MhDraftKind kind, MhFormKind answer, const char *label)
{
  MhDraftRow *row = mh_draft_row_new (kind);
  row->answer = answer;
  mh_draft_row_set (row, MH_DRAFT_LABEL, label);
  g_ptr_array_add (rows, row);
  return row;
}

static void
free_row (gpointer row)
{
  mh_draft_row_free (row);
}

static void
test_codes (void)
{
  static const struct
  {
    const char *label, *code;
  } cases[] = { { "Came in a wheelchair", "CAME_IN_A_WHEELCHAIR" },
                { "Pain", "PAIN" },
                { "Pain", "PAIN_2" },
                { "2nd line", "Q_2ND_LINE" },
                { "दर्द", "Q1" },
                { "बुखार", "Q2" },
                { "Since when, exactly, and how often?", "SINCE_WHEN_EXACTLY_A" } };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    add (rows, MH_DRAFT_QUESTION, MH_FORM_TEXT, cases[i].label);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = mh_form_draft_code (rows, i);
      g_assert_cmpstr (code, ==, cases[i].code);
    }
}

/* Written by hand from nothing, as the editor leaves it. */
static void
test_written (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  add (rows, MH_DRAFT_SECTION, MH_FORM_TEXT, "Cough");
  MhDraftRow *cough = add (rows, MH_DRAFT_QUESTION, MH_FORM_CHOICE, "Cough");
  MhDraftRow *since = add (rows, MH_DRAFT_QUESTION, MH_FORM_NUMBER, "Since");
  MhDraftRow *score = add (rows, MH_DRAFT_SCORE, MH_FORM_TEXT, "Risk");
  mh_draft_row_set (cough, MH_DRAFT_CHOICES, "No\n\nDry = 1\nbloody: With blood = 3");
  mh_draft_row_set (since, MH_DRAFT_SHOW, "COUGH = bloody");
  mh_draft_row_set (since, MH_DRAFT_LOW, "0");
  mh_draft_row_set (score, MH_DRAFT_FORMULA, "COUGH * 2");
  mh_draft_row_set (score, MH_DRAFT_BANDS, "0 low\n4 high risk");
  g_autofree char *json = mh_form_draft_json (rows);
  g_autofree char *got = canonical (json);
  g_autofree char *wanted = canonical (
      "{\"sections\":[{\"title\":\"Cough\",\"fields\":[{\"code\":\"COUGH\",\"label\":\"Cough\","
      "\"kind\":\"choice\",\"choices\":[{\"code\":\"no\",\"label\":\"No\"},{\"code\":\"dry\","
      "\"label\":\"Dry\",\"points\":1},{\"code\":\"bloody\",\"label\":\"With "
      "blood\",\"points\":3}]}"
      ",{\"code\":\"SINCE\",\"label\":\"Since\",\"kind\":\"number\",\"low\":\"0\",\"show\":"
      "{\"field\":\"COUGH\",\"is\":\"bloody\"}}]}],\"scores\":[{\"code\":\"RISK\",\"label\":"
      "\"Risk\",\"formula\":\"COUGH * 2\",\"bands\":[{\"from\":0,\"label\":\"low\"},{\"from\":4,"
      "\"label\":\"high risk\"}]}]}");
  g_assert_cmpstr (got, ==, wanted);
  g_autoptr (MhFormSpec) spec = mh_form_spec_parse (json, &error);
  g_assert_no_error (error);
  g_autoptr (JsonObject) answers = mh_json_parse_object ("{\"COUGH\":\"bloody\"}", -1, NULL);
  g_autofree char *scores = mh_form_spec_scores_text (spec, answers);
  g_assert_cmpstr (scores, ==, "Risk 6 (high risk)");
}

/* What is half written is refused with its place, never a crash. */
static void
test_half (void)
{
  static const struct
  {
    MhDraftText which;
    const char *text;
  } cases[] = { { MH_DRAFT_LABEL, "" },      { MH_DRAFT_CHOICES, "" },
                { MH_DRAFT_CHOICES, "Yes" }, { MH_DRAFT_CHOICES, "Yes\nYes" },
                { MH_DRAFT_SHOW, "NOBODY" }, { MH_DRAFT_SHOW, "LATER = yes" },
                { MH_DRAFT_CODE, "small" } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
      add (rows, MH_DRAFT_SECTION, MH_FORM_TEXT, "Part");
      MhDraftRow *row = add (rows, MH_DRAFT_QUESTION, MH_FORM_CHOICE, "Question");
      mh_draft_row_set (row, MH_DRAFT_CHOICES, "Yes\nNo");
      mh_draft_row_set (row, cases[i].which, cases[i].text);
      g_autofree char *json = mh_form_draft_json (rows);
      g_autoptr (MhFormSpec) spec = mh_form_spec_parse (json, &error);
      g_assert_null (spec);
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/shipped", test_shipped);
  g_test_add_func ("/forms/codes", test_codes);
  g_test_add_func ("/forms/written", test_written);
  g_test_add_func ("/forms/half", test_half);
  return g_test_run ();
}
