/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The laboratory report, its frozen content and the words of all papers: each PDF is read back with
 * Poppler. */
#include <string.h>

#include "shared/base/mh-error.h"
#include "shared/records/clinic/mh-immunisation.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/front/mh-insight.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-records.h"
#include "shared/records/money/mh-till.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/reports/lab/mh-report-lab.h"
#include "shared/reports/mh-words.h"
#include "tests/shared/paper-fixture.h"
#include "tests/shared/paper-read.h"

/* --- the laboratory report --- */

static void
test_lab_says_everything (void)
{
  static const char *const wanted[] = {
    "Sanjeevani District Hospital",
    "14 Station Road",
    "0712 255 0100",
    "MH/NGP/2019/0042",
    "Laboratory report",
    "R-2026-003218",
    "Version 1",
    "Final",
    "Asha Verma",
    "41 years",
    "Female",
    "MH-0001-2345-7",
    "LAB-2026-004711",
    "Dr Sameer Kulkarni",
    "H26325000123E",
    "21 Nov 2026, 08:50",
    "21 Nov 2026, 09:11",
    "21 Nov 2026, 13:45",
    "Fever for six days",
    "Complete blood count with differential",
    "Haemoglobin",
    "9.8",
    "g/dL",
    "12.0 – 15.0",
    "Low",
    "High",
    "Critically low",
    "Checked on a second tube",
    "Automated impedance",
    "IFCC, AMP buffer",
    "30 – 120 †",
    "awaiting sign-off",
    "<0.005",
    "Verified by",
    "Dr Kavita Rao",
    "MD (Pathology)",
    "MMC 2007/04/1187",
    "End of report",
    "Results relate only to the samples",
    "Page 1 of 2",
    "Page 2 of 2",
  };
  g_autoptr (MhLabReport) report = paper_report (20);
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 0));
  g_autofree char *text = paper_all_text (read);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    paper_assert_contains (text, wanted[i]);
  g_assert_null (strstr (text, "COPY"));
  g_assert_null (strstr (text, "Preliminary"));
  g_autofree char *title = poppler_document_get_title (read);
  g_autofree char *author = poppler_document_get_author (read);
  g_assert_cmpstr (title, ==, "Laboratory report R-2026-003218");
  g_assert_cmpstr (author, ==, "Sanjeevani District Hospital");
  g_assert_cmpint (poppler_document_get_creation_date (read), ==, 1795248900);
}

static void
test_lab_pages (void)
{
  static const struct
  {
    guint results, at_least, at_most;
  } rows[] = { { 0, 1, 1 }, { 1, 1, 1 }, { 12, 1, 1 }, { 40, 2, 2 }, { 120, 4, 6 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhLabReport) report = paper_report (rows[i].results);
      DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 0));
      g_autofree char *text = paper_all_text (read);
      guint n_pages = poppler_document_get_n_pages (read);
      g_assert_cmpuint (n_pages, >=, rows[i].at_least);
      g_assert_cmpuint (n_pages, <=, rows[i].at_most);
      g_assert_cmpuint (paper_count_of (text, "Haemoglobin"), ==, (rows[i].results + 19) / 20);
      for (guint page = 0; page < n_pages; page++)
        {
          g_autofree char *here = paper_page_text (read, page);
          g_autofree char *number = g_strdup_printf ("Page %u of %u", page + 1, n_pages);
          paper_assert_contains (here, number);
          paper_assert_contains (here, "LAB-2026-004711");
          paper_assert_contains (here, "MH-0001-2345-7");
          paper_assert_contains (here, "Asha Verma");
          if (strstr (here, "mg/dL") != NULL)
            paper_assert_contains (here, "Reference range");
        }
    }
}

/* The bottom of the last line above the footer, in points from the top of the page. */
static double
lowest_line (PopplerPage *page, double footer_top)
{
  PopplerRectangle *boxes = NULL;
  guint n_boxes = 0;
  double lowest = 0;
  poppler_page_get_text_layout (page, &boxes, &n_boxes);
  for (guint i = 0; i < n_boxes; i++)
    if (boxes[i].y1 < footer_top)
      lowest = MAX (lowest, boxes[i].y2);
  g_free (boxes);
  return lowest;
}

static void
test_no_row_is_cut (void)
{
  static const double footer_top = 800;
  g_autoptr (MhLabReport) report = paper_report (120);
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 0));
  guint methods = 0;
  for (int i = 0; i < poppler_document_get_n_pages (read); i++)
    {
      DROPPED PopplerPage *page = poppler_document_get_page (read, i);
      g_autofree char *text = poppler_page_get_text (page);
      double lowest = lowest_line (page, footer_top);
      g_assert_cmpfloat (lowest, >, 60);
      g_assert_cmpfloat (lowest, <, 800);
      /* A row of two lines is whole: name and method are never parted. */
      methods += paper_count_of (text, "IFCC, AMP buffer");
      g_assert_cmpuint (paper_count_of (text, "Alkaline phosphatase"), ==,
                        paper_count_of (text, "IFCC, AMP buffer"));
    }
  g_assert_cmpuint (methods, ==, 6);
}

static void
test_groups_continue (void)
{
  g_autoptr (MhLabReport) report = paper_report (60);
  /* One test of sixty analytes. */
  for (guint i = 0; i < report->results->len; i++)
    {
      MhRecord *result = g_ptr_array_index (report->results, i);
      mh_record_set_text (result, MH_RESULT_TEST, "BIG");
      mh_record_set_null (result, MH_RESULT_ORDER_ITEM_ID);
    }
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 0));
  for (int i = 1; i + 1 < poppler_document_get_n_pages (read); i++)
    {
      g_autofree char *text = paper_page_text (read, i);
      paper_assert_contains (text, "BIG (continued)");
    }
  g_autofree char *first = paper_page_text (read, 0);
  g_assert_null (strstr (first, "continued"));
}

/* Finds the text of the table row that begins with @name, as a screen reader gets it. */
static char *
row_text (PopplerStructureElementIter *at, const char *name)
{
  do
    {
      DROPPED PopplerStructureElement *element = poppler_structure_element_iter_get_element (at);
      if (poppler_structure_element_get_kind (element) == POPPLER_STRUCTURE_ELEMENT_TABLE_ROW)
        {
          char *text
              = poppler_structure_element_get_text (element, POPPLER_STRUCTURE_GET_TEXT_RECURSIVE);
          if (text != NULL && g_str_has_prefix (text, name))
            return text;
          g_free (text);
        }
      PopplerStructureElementIter *child = poppler_structure_element_iter_get_child (at);
      char *found = child != NULL ? row_text (child, name) : NULL;
      poppler_structure_element_iter_free (child);
      if (found != NULL)
        return found;
    }
  while (poppler_structure_element_iter_next (at));
  return NULL;
}

/* The file is tagged, and nothing is drawn twice: page text would hide that, the tree does not. */
static void
test_rows_are_tagged_once (void)
{
  g_autoptr (MhLabReport) report = paper_report (20);
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 0));
  PopplerStructureElementIter *root = poppler_structure_element_iter_new (read);
  g_assert_nonnull (root);
  g_autofree char *row = row_text (root, "Triglycerides");
  poppler_structure_element_iter_free (root);
  g_assert_cmpstr (row, ==, "Triglycerides148mg/dL< 150");
}

static void
test_copy_marks (void)
{
  g_autoptr (MhLabReport) report = paper_report (40);
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 3));
  for (int i = 0; i < poppler_document_get_n_pages (read); i++)
    {
      g_autofree char *text = paper_page_text (read, i);
      g_assert_cmpuint (paper_count_of (text, "COPY 3"), ==, 1);
    }
}

static void
test_preview_is_marked (void)
{
  g_autoptr (MhLabReport) report = paper_report (40);
  g_clear_object (&report->report);
  g_clear_object (&report->verifier);
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, NULL, 0));
  g_autofree char *second = paper_page_text (read, 1);
  g_autofree char *text = paper_all_text (read);
  paper_assert_contains (second, "Preliminary");
  paper_assert_contains (text, "Not verified yet");
  g_assert_null (strstr (text, "Scan to check"));
}

static void
test_correction (void)
{
  g_autoptr (MhLabReport) report = paper_report (20);
  MhRecord *first = g_ptr_array_index (report->results, 0);
  report->replaced = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (report->replaced, mh_record_copy (g_ptr_array_index (report->results, i)));
  mh_record_set_text (first, MH_RESULT_VALUE, "10.8");
  mh_record_set_text (report->report, MH_REPORT_STATUS, MH_REPORT_STATUS_CORRECTED);
  mh_record_set_int (report->report, MH_REPORT_VERSION_NO, 2);
  mh_record_set_text (report->report, MH_REPORT_REASON, "Another tube was measured.");
  report->critical_note = g_strdup ("Platelets called to Dr Kulkarni at 14:05, read back.");
  report->comment = g_strdup ("Repeat in a week.");
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 0));
  g_autofree char *text = paper_all_text (read);
  paper_assert_contains (text, "Corrected · Version 2");
  paper_assert_contains (text, "This version replaces version 1.");
  paper_assert_contains (text, "Another tube was measured.");
  paper_assert_contains (text, "Version 1 said: 9.8 g/dL");
  g_assert_cmpuint (paper_count_of (text, "Version 1 said"), ==, 1);
  paper_assert_contains (text, "read back");
  paper_assert_contains (text, "Repeat in a week.");
}

static void
test_flags_have_words (void)
{
  static const char *const flags[][2] = {
    { MH_FLAG_L, "Low" },
    { MH_FLAG_H, "High" },
    { MH_FLAG_LL, "Critically low" },
    { MH_FLAG_HH, "Critically high" },
    { MH_FLAG_A, "Abnormal" },
    { MH_FLAG_AA, "Critically\nabnormal" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (MhLabReport) report = paper_report (2);
      MhRecord *first = g_ptr_array_index (report->results, 0);
      mh_record_set_text (first, MH_RESULT_FLAG, flags[i][0]);
      DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 0));
      g_autofree char *text = paper_all_text (read);
      paper_assert_contains (text, flags[i][1]);
      /* The normal one beside it has no word. */
      g_assert_null (strstr (text, "Normal"));
    }
}

static void
test_long_and_empty (void)
{
  g_autoptr (MhLabReport) report = paper_report (12);
  MhRecord *first = g_ptr_array_index (report->results, 0);
  MhRecord *second = g_ptr_array_index (report->results, 1);
  MhRecord *third = g_ptr_array_index (report->results, 2);
  GString *culture = g_string_new (NULL);
  for (guint i = 0; i < 90; i++)
    g_string_append (culture, "Gram-negative rods grew after eighteen hours of incubation. ");
  g_string_append (culture, "LASTWORD");
  mh_record_set_text (report->patient, MH_PATIENT_FAMILY_NAME, "محمد الأنصاري");
  mh_record_set_text (report->patient, MH_PATIENT_GIVEN_NAME,
                      "Venkatanarasimharajuvaripeta Subrahmanyeswara Thiruvananthapuram "
                      "Krishnamoorthy Padmanabhaswamy");
  mh_record_set_text (first, MH_RESULT_NAME,
                      "Dehydroepiandrosterone sulphate by liquid chromatography");
  mh_record_set_text (first, MH_RESULT_COMMENT, "");
  mh_record_set_text (report->hospital, MH_HOSPITAL_ADDRESS_LINE, "Block C\nFourth floor");
  mh_record_set_text (second, MH_RESULT_COMMENT, "یہ نتیجہ دوبارہ جانچا گیا ہے۔");
  mh_record_take_text (third, MH_RESULT_VALUE, g_string_free (culture, FALSE));
  mh_record_set_null (g_ptr_array_index (report->results, 3), MH_RESULT_VALUE);
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "en", 0));
  g_autofree char *text = paper_all_text (read);
  paper_assert_contains (text, "LASTWORD");
  paper_assert_contains (text, "chromatography");
  paper_assert_contains (text, "Pending");
  paper_assert_contains (text, "Block C Fourth floor");
  /* The name is whole, on however many lines. */
  paper_assert_contains (text, "Padmanabhaswamy");
  g_assert_cmpint (poppler_document_get_n_pages (read), >=, 2);
}

static void
test_bare_records (void)
{
  MhLabReport report = { 0 };
  g_autoptr (MhRecord) hospital = report.hospital = mh_record_new (&mh_hospital_type);
  g_autoptr (MhRecord) patient = report.patient = mh_record_new (&mh_patient_type);
  g_autoptr (MhRecord) order = report.order = mh_record_new (&mh_order_type);
  g_autoptr (GPtrArray) results = report.results = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (results, mh_record_new (&mh_result_type));
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (&report, "en", 0));
  g_assert_cmpint (poppler_document_get_n_pages (read), ==, 1);
}

/* Poppler gives Devanagari in the order of the letters only when the file says what each glyph
 * stands for. */
static void
test_hindi (void)
{
  static const char *const wanted[]
      = { "प्रयोगशाला रिपोर्ट", "आशा वर्मा", "41 वर्ष",     "महिला",      "सामान्य सीमा", "निम्न",
          "अति निम्न",         "नव॰ 2026", "सत्यापनकर्ता", "प्रतिलिपि 2", "पृष्ठ 1 / 2" };
  g_autoptr (MhLabReport) report = paper_report (40);
  DROPPED PopplerDocument *read = paper_read_back (mh_report_lab (report, "hi-IN", 2));
  g_autofree char *text = paper_all_text (read);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    paper_assert_contains (text, wanted[i]);
  g_assert_null (strstr (text, "Reference range"));
}

static gpointer
make_elsewhere (gpointer data)
{
  g_autoptr (MhLabReport) report = paper_report (40);
  g_autoptr (MhDocument) document = mh_report_lab (report, data, 1);
  return mh_document_to_pdf (document, NULL);
}

/* The same report gives the same bytes, the second time and in another thread, too. */
static void
test_same_bytes (void)
{
  static const char *const languages[] = { "en", "hi" };
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (GBytes) first = make_elsewhere ((gpointer)languages[i]);
      g_autoptr (GBytes) again = make_elsewhere ((gpointer)languages[i]);
      GThread *thread = g_thread_new ("paper", make_elsewhere, (gpointer)languages[i]);
      g_autoptr (GBytes) other = g_thread_join (thread);
      g_assert_cmpuint (g_bytes_get_size (first), >, 10000);
      g_assert_true (g_bytes_equal (first, again));
      g_assert_true (g_bytes_equal (first, other));
    }
}

/* --- content, hash, code --- */

static void
test_content_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhLabReport) report = paper_report (20);
  report->replaced = g_ptr_array_ref (report->results);
  report->comment = g_strdup ("With “quotes” and \n lines");
  g_autofree char *content = mh_report_content (report);
  mh_lab_report_freeze (report);
  g_autoptr (MhLabReport) read = mh_lab_report_from_record (report->report, &error);
  g_assert_no_error (error);
  g_autofree char *again = mh_report_content (read);
  g_assert_cmpstr (content, ==, again);
  g_assert_cmpuint (read->results->len, ==, 20);
  g_assert_cmpstr (read->comment, ==, report->comment);
  /* Frozen is frozen: a patient renamed later keeps the paper that went out. */
  g_autoptr (MhDocument) one = mh_report_lab (report, "en", 0);
  mh_record_set_text (report->patient, MH_PATIENT_FAMILY_NAME, "Somebody");
  g_autoptr (MhDocument) two = mh_report_lab (read, "en", 0);
  g_autoptr (GBytes) first = paper_pdf_of (one);
  g_autoptr (GBytes) second = paper_pdf_of (two);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_content_keeps_out (void)
{
  g_autoptr (MhLabReport) report = paper_report (2);
  mh_record_set_text (report->patient, MH_PATIENT_PASSPORT, "P1234567");
  g_autofree char *content = mh_report_content (report);
  g_assert_null (strstr (content, "P1234567"));
  g_assert_null (strstr (content, "98120"));
  g_assert_null (strstr (content, "Penicillin"));
  paper_assert_contains (content, "MH-0001-2345-7");
}

static void
test_hash (void)
{
  /* SHA-256 of {"a":1,"b":[true,null]}, by sha256sum. */
  static const char known[] = "1cc69c7fa23616ca2ec3ee70d24390a6225c8832db8a4c814c7e0e7f942f8668";
  g_autofree char *plain = mh_report_content_hash ("{\"a\":1,\"b\":[true,null]}", NULL);
  g_autofree char *other_form
      = mh_report_content_hash (" { \"b\" : [ true, null ], \"a\" : 1 } ", NULL);
  g_autofree char *changed = mh_report_content_hash ("{\"a\":2,\"b\":[true,null]}", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpstr (plain, ==, known);
  g_assert_cmpstr (other_form, ==, known);
  g_assert_cmpstr (changed, !=, known);
  g_assert_null (mh_report_content_hash ("{", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
}

static void
test_intact (void)
{
  g_autoptr (MhLabReport) report = paper_report (3);
  g_assert_true (mh_report_content_is_intact (report->report));
  const char *content = mh_record_text (report->report, MH_REPORT_CONTENT);
  g_autoptr (GString) forged = g_string_new (content);
  g_assert_cmpuint (g_string_replace (forged, "\"9.8\"", "\"9.9\"", 0), ==, 1);
  mh_record_set_text (report->report, MH_REPORT_CONTENT, forged->str);
  g_assert_false (mh_report_content_is_intact (report->report));
  g_autoptr (GError) error = NULL;
  g_assert_null (mh_lab_report_from_record (report->report, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  mh_record_set_null (report->report, MH_REPORT_CONTENT);
  g_assert_false (mh_report_content_is_intact (report->report));
}

static void
test_content_refused (void)
{
  static const char *const bad[]
      = { "",
          "[]",
          "{}",
          "{\"format\":2}",
          "{\"format\":1,\"hospital\":{},\"patient\":{}}",
          "{\"format\":1,\"hospital\":{},\"patient\":{},\"order\":{},\"results\":[1]}" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (mh_lab_report_from_content (bad[i], &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == MH_ERROR);
    }
}

static void
test_code (void)
{
  g_autoptr (MhLabReport) report = paper_report (3);
  g_autofree char *code = mh_report_code (report->report);
  g_autofree char *lower = g_ascii_strdown (code, -1);
  g_autofree char *id = NULL, *hash = NULL;
  gint64 version = 0;
  g_assert_true (g_str_has_prefix (code, "MHREPORT:1:"));
  g_assert_true (mh_report_code_parse (lower, &id, &version, &hash));
  g_assert_cmpstr (id, ==, mh_record_id (report->report));
  g_assert_cmpint (version, ==, 1);
  g_assert_cmpstr (hash, ==, mh_record_text (report->report, MH_REPORT_CONTENT_HASH));
  static const char *const bad[] = { "", "MHREPORT:1:", "MHREPORT:2:a:1:b", "https://example.org" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      char *none = NULL;
      g_assert_false (mh_report_code_parse (bad[i], &none, &version, &none));
    }
  g_autofree char *cut = g_strndup (code, strlen (code) - 1);
  g_autofree char *longer = g_strconcat (code, ":1", NULL);
  char *none = NULL;
  g_assert_false (mh_report_code_parse (cut, &none, &version, &none));
  g_assert_false (mh_report_code_parse (longer, &none, &version, &none));
  mh_record_set_null (report->report, MH_REPORT_CONTENT_HASH);
  g_assert_null (mh_report_code (report->report));
  g_assert_null (mh_report_link_code (report->report));
}

/* Where the hospital has a public address the paper holds a link to its page, which is read back as
 * well, whole or from its code alone. */
static void
test_link (void)
{
  g_autoptr (MhLabReport) report = paper_report (3);
  g_autofree char *code = mh_report_link_code (report->report);
  g_autofree char *link = g_strconcat ("https://hospital.example/r/", code, NULL);
  g_autofree char *capitals = g_ascii_strup (code, -1);
  const char *forms[] = { code, link, capitals };
  g_assert_cmpuint (strlen (code), ==, 32 + 1 + 1 + 1 + 32);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *id = NULL, *hash = NULL;
      gint64 version = 0;
      g_assert_true (mh_report_code_parse (forms[i], &id, &version, &hash));
      g_assert_cmpstr (id, ==, mh_record_id (report->report));
      g_assert_cmpint (version, ==, 1);
      g_assert_true (mh_report_hash_fits (report->report, hash));
      hash[0] = hash[0] == '0' ? '1' : '0';
      g_assert_false (mh_report_hash_fits (report->report, hash));
      g_assert_false (mh_report_hash_fits (report->report, ""));
    }
  mh_record_set_text (report->report, MH_REPORT_LINK, link);
  g_autofree char *held = mh_report_code (report->report);
  g_assert_cmpstr (held, ==, link);
}

/* --- words --- */

static void
assert_codes_translated (const MhWords *words, const MhCode *codes)
{
  for (; codes->code != NULL; codes++)
    if (!mh_words_has (words, codes->label))
      g_error ("“%s” has no words in %s", codes->label, mh_words_language (words));
}

/* Of what Urdu and Arabic are for. */
static gboolean
is_of_laboratory (const char *file)
{
  static const char *const files[] = { "mh-report-lab.c",        "mh-report-lab-added.c",
                                       "mh-report-lab-change.c", "mh-report-results.c",
                                       "mh-report-culture.c",    "mh-report-cumulative.c",
                                       "mh-report-parts.c",      NULL };
  return g_strv_contains (files, file);
}

/* How many phrases the paper of this source asks for; each has words in every table. */
static guint
phrases_of (const char *path, const char *name)
{
  g_autofree char *source = NULL;
  g_autoptr (GRegex) asked
      = g_regex_new ("mh_words(?:_fill|_fill_all)? \\([^;\"]*?\"((?:[^\"\\\\]|\\\\.)+)\"",
                     G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n_found = 0;
  g_assert_true (g_file_get_contents (path, &source, NULL, NULL));

  for (g_regex_match (asked, source, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *phrase = g_match_info_fetch (match, 1);
      n_found++;
      for (const char *const *l = mh_words_languages () + 1; *l != NULL; l++)
        if (!mh_words_has (mh_words_for (*l), phrase))
          g_error ("%s: “%s” has no words in %s", name, phrase, *l);
      for (const char *const *l = mh_words_report_languages () + 1;
           is_of_laboratory (name) && *l != NULL; l++)
        if (!mh_words_has (mh_words_for_report (*l), phrase))
          g_error ("%s: “%s” has no words in %s", name, phrase, *l);
    }

  return n_found;
}

/* Of the papers in @folder and in the groups in it. */
static guint
phrases_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_found = 0;
  g_assert_nonnull (dir);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        n_found += phrases_in (path);
      else if (g_str_has_prefix (name, "mh-report") && g_str_has_suffix (name, ".c"))
        n_found += phrases_of (path, name);
    }

  return n_found;
}

/* Every phrase that a paper asks for stands in every table: read from the sources themselves. */
static void
test_words_complete (void)
{
  g_assert_cmpuint (phrases_in (g_getenv ("MH_TEST_REPORTS")), >, 100);
  for (const char *const *l = mh_words_languages () + 1; *l != NULL; l++)
    {
      const MhWords *words = mh_words_for (*l);
      assert_codes_translated (words, mh_patient_sex_codes);
      assert_codes_translated (words, mh_result_flag_codes);
      assert_codes_translated (words, mh_report_status_codes);
      assert_codes_translated (words, mh_payment_method_codes);
      assert_codes_translated (words, mh_medicine_form_codes);
      assert_codes_translated (words, mh_medicine_route_codes);
      assert_codes_translated (words, mh_cash_session_status_codes);
      assert_codes_translated (words, mh_variance_reason_codes);
      assert_codes_translated (words, mh_audit_verb_codes);
      assert_codes_translated (words, mh_qc_action_codes);
      assert_codes_translated (words, mh_qc_reason_codes);
      assert_codes_translated (words, mh_qc_decision_codes);
      assert_codes_translated (words, mh_result_status_codes);
      assert_codes_translated (words, mh_insight_codes);
      assert_codes_translated (words, mh_insight_by_codes);
      assert_codes_translated (words, mh_segment_codes);
      assert_codes_translated (words, mh_vaccine_codes);
      assert_codes_translated (words, mh_disposition_codes);
      assert_codes_translated (words, mh_problem_verification_codes);
    }
}

/* The codes that a laboratory report words, in each language it is printed in. */
static void
test_words_of_report (void)
{
  for (const char *const *l = mh_words_report_languages () + 1; *l != NULL; l++)
    {
      const MhWords *words = mh_words_for_report (*l);
      assert_codes_translated (words, mh_patient_sex_codes);
      assert_codes_translated (words, mh_result_flag_codes);
      assert_codes_translated (words, mh_report_status_codes);
      assert_codes_translated (words, mh_report_reason_codes);
      assert_codes_translated (words, mh_reject_reason_codes);
    }
  g_assert_cmpstr (mh_words_language (mh_words_for ("ur")), ==, "en");
  g_assert_true (mh_words_is_rtl (mh_words_for_report ("ar-SA")));
  g_assert_false (mh_words_is_rtl (mh_words_for_report ("hi")));
}

static void
test_words_choose (void)
{
  g_assert_cmpstr (mh_words_language (mh_words_for ("hi")), ==, "hi");
  g_assert_cmpstr (mh_words_language (mh_words_for ("hi_IN")), ==, "hi");
  g_assert_cmpstr (mh_words_language (mh_words_for ("hil")), ==, "en");
  g_assert_cmpstr (mh_words_language (mh_words_for ("de")), ==, "en");
  g_assert_cmpstr (mh_words_language (mh_words_for (NULL)), ==, "en");
  g_assert_cmpstr (mh_words (mh_words_for ("en"), "anything"), ==, "anything");
}

/* A form for each number that the language tells apart, and a word that has two meanings. */
static void
test_words_count (void)
{
  static const struct
  {
    const char *language, *text;
    gint64 count;
  } rows[] = {
    { "en", "1 year", 1 },   { "en", "2 years", 2 }, { "hi", "1 वर्ष", 1 },
    { "ar", "7 سنوات", 7 },  { "ar", "11 سنة", 11 }, { "ar", "103 سنوات", 103 },
    { "ur-PK", "2 سال", 2 }, { "de", "0 years", 0 },
  };
  const char *values[] = { "1", "2", "3", "4", "5", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhWords *words = mh_words_for_report (rows[i].language);
      g_autofree char *text = mh_words_count (words, "{1} year", "{1} years", rows[i].count);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, rows[i].count);
      g_autofree char *isolated = mh_words_foreign (words, number);
      const char *behind = strchr (rows[i].text, ' ');
      g_assert_true (g_str_has_prefix (text, isolated));
      g_assert_cmpstr (text + strlen (isolated), ==, behind);
    }

  g_assert_cmpstr (mh_words_in (mh_words_for ("hi"), "money given back", "Change"), ==,
                   "वापसी राशि");
  g_assert_cmpstr (mh_words_in (mh_words_for ("en"), "money given back", "Change"), ==, "Change");
  g_autofree char *all = mh_words_fill_all (mh_words_for ("en"), "{5} {1} {6}{", values);
  g_assert_cmpstr (all, ==, "5 1 {6}{");
}

static void
test_age_words (void)
{
  static const struct
  {
    MhDate birth, on;
    const char *text;
  } rows[] = {
    { { 1985, 3, 12 }, { 2026, 3, 11 }, "40 years" },
    { { 1985, 3, 12 }, { 2026, 3, 12 }, "41 years" },
    { { 2024, 11, 21 }, { 2026, 11, 20 }, "23 months" },
    { { 2024, 11, 21 }, { 2026, 11, 21 }, "2 years" },
    { { 2026, 10, 21 }, { 2026, 11, 21 }, "1 month" },
    { { 2026, 10, 22 }, { 2026, 11, 21 }, "30 days" },
    { { 2026, 11, 20 }, { 2026, 11, 21 }, "1 day" },
    { { 2026, 11, 21 }, { 2026, 11, 21 }, "0 days" },
    { { 2026, 11, 22 }, { 2026, 11, 21 }, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = mh_words_age (mh_words_for ("en"), rows[i].birth, rows[i].on);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  g_test_add_func ("/reports/lab/says-everything", test_lab_says_everything);
  g_test_add_func ("/reports/lab/pages", test_lab_pages);
  g_test_add_func ("/reports/lab/no-row-is-cut", test_no_row_is_cut);
  g_test_add_func ("/reports/lab/groups-continue", test_groups_continue);
  g_test_add_func ("/reports/lab/rows-are-tagged-once", test_rows_are_tagged_once);
  g_test_add_func ("/reports/lab/copy-marks", test_copy_marks);
  g_test_add_func ("/reports/lab/preview-is-marked", test_preview_is_marked);
  g_test_add_func ("/reports/lab/correction", test_correction);
  g_test_add_func ("/reports/lab/flags-have-words", test_flags_have_words);
  g_test_add_func ("/reports/lab/long-and-empty", test_long_and_empty);
  g_test_add_func ("/reports/lab/bare-records", test_bare_records);
  g_test_add_func ("/reports/lab/hindi", test_hindi);
  g_test_add_func ("/reports/lab/same-bytes", test_same_bytes);
  g_test_add_func ("/reports/content/round-trip", test_content_round_trip);
  g_test_add_func ("/reports/content/keeps-out", test_content_keeps_out);
  g_test_add_func ("/reports/content/hash", test_hash);
  g_test_add_func ("/reports/content/intact", test_intact);
  g_test_add_func ("/reports/content/refused", test_content_refused);
  g_test_add_func ("/reports/content/code", test_code);
  g_test_add_func ("/reports/content/link", test_link);
  g_test_add_func ("/reports/words/complete", test_words_complete);
  g_test_add_func ("/words/of-report", test_words_of_report);
  g_test_add_func ("/reports/words/count", test_words_count);
  g_test_add_func ("/reports/words/choose", test_words_choose);
  g_test_add_func ("/reports/words/age", test_age_words);
  return g_test_run ();
}
