/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/lab/mh-report-culture.h"

#include <math.h>
#include <string.h>

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-result.h"

#define INDENT 12
#define PAD 1.6

gboolean
mh_report_culture_is (MhRecord *result)
{
  GPtrArray *isolates = mh_record_records (result, MH_RESULT_ISOLATES);
  return isolates != NULL && isolates->len > 0;
}

/* "1  Escherichia coli · more than 10⁵ CFU/mL" */
static MhBox *
isolate_box (MhRecord *isolate, double width)
{
  MhBox *box = mh_box_new ();
  const char *name = mh_record_text (isolate, MH_RESULT_ISOLATE_NAME);
  const char *code = mh_record_text (isolate, MH_RESULT_ISOLATE_ORGANISM);
  const char *quantity = mh_record_text (isolate, MH_RESULT_ISOLATE_QUANTITY);
  g_autofree char *number = g_strdup_printf (
      "%" G_GINT64_FORMAT, MAX (mh_record_int (isolate, MH_RESULT_ISOLATE_NUMBER), 1));
  g_autofree char *text = mh_part_join (" · ",
                                        name != NULL   ? name
                                        : code != NULL ? code
                                                       : "–",
                                        quantity ?: "", NULL);

  mh_box_set_tag (box, "H3");
  mh_box_text (box, &mh_type_small_bold, INDENT, 4, 12, number);
  mh_box_text (box, &mh_type_bold, INDENT + 14, 3.4, width - INDENT - 14, text);
  return box;
}

/* Left edges: antibiotic, what was measured, what it means. */
static const double columns[] = { 26, 200, 300 };

static MhBox *
report_culture_titles_box (const MhWords *words, double width)
{
  static const char *const titles[]
      = { NR_ ("Antibiotic"), NR_ ("Result"), NR_ ("Susceptibility") };
  MhBox *box = mh_box_new ();
  mh_box_set_tag (box, "TR");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    mh_box_text (box, &mh_type_label, columns[i], 1, -1, mh_words (words, titles[i]));
  mh_box_rule (box, MH_INK_HAIRLINE, columns[0], 13, width - columns[0], 0.4);
  return box;
}

/* "16 mm" of a disk, "0.25 mg/L" of a dilution. */
static char *
measured_text (MhRecord *one)
{
  const char *measured = mh_record_text (one, MH_RESULT_SUSCEPTIBILITY_MEASURED);
  gboolean mic
      = g_strcmp0 (mh_record_text (one, MH_RESULT_SUSCEPTIBILITY_METHOD), MH_SUSCEPTIBILITY_MIC)
        == 0;
  return measured != NULL ? g_strdup_printf ("%s %s", measured, mic ? "mg/L" : "mm") : NULL;
}

/* A letter and its word: neither stands alone, and colour never does. */
static char *
meaning_text (const MhWords *words, const char *code)
{
  static const struct
  {
    const char *code, *word;
  } known[] = {
    { MH_SUSCEPTIBLE, NR_ ("Susceptible") },
    { MH_SUSCEPTIBLE_DOSE, NR_ ("Susceptible, dose dependent") },
    { MH_INTERMEDIATE, NR_ ("Intermediate") },
    { MH_RESISTANT, NR_ ("Resistant") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (code, known[i].code) == 0)
      return g_strdup_printf ("%s  %s", known[i].code, mh_words (words, known[i].word));

  return g_strdup (code);
}

static MhBox *
report_culture_row_box (MhRecord *one, const MhWords *words, double width)
{
  MhBox *box = mh_box_new ();
  const char *name = mh_record_text (one, MH_RESULT_SUSCEPTIBILITY_NAME);
  const char *code = mh_record_text (one, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION);
  gboolean resistant = g_strcmp0 (code, MH_RESISTANT) == 0;
  g_autofree char *measured = measured_text (one), *meaning = meaning_text (words, code);
  double height = mh_box_text (
      box, &mh_type_body, columns[0], PAD, columns[1] - columns[0] - 4,
      name != NULL ? name : mh_record_text (one, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC));

  mh_box_text (box, &mh_type_body, columns[1], PAD, -1, measured);
  MhType type = resistant ? mh_type_coloured (&mh_type_bold, MH_INK_RED) : mh_type_body;
  height = fmax (height, mh_box_text (box, &type, columns[2], PAD, width - columns[2], meaning));
  mh_box_set_tag (box, "TR");
  mh_box_set_height (box, height + 2 * PAD);
  return box;
}

static void
report_culture_add_isolate (MhDocument *document,
                            MhRecord *isolate,
                            const MhWords *words,
                            double width)
{
  GPtrArray *all = mh_record_records (isolate, MH_RESULT_ISOLATE_SUSCEPTIBILITIES);
  const char *comment = mh_record_text (isolate, MH_RESULT_ISOLATE_COMMENT);
  gboolean first = TRUE;

  mh_document_add (document, isolate_box (isolate, width), MH_KEEP_NEXT);
  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      MhRecord *one = g_ptr_array_index (all, i);
      if (mh_record_bool (one, MH_RESULT_SUSCEPTIBILITY_HIDDEN)
          || !mh_record_has (one, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION))
        continue;
      if (first)
        mh_document_add (document, report_culture_titles_box (words, width), MH_KEEP_NEXT);
      mh_document_add (document, report_culture_row_box (one, words, width), 0);
      first = FALSE;
    }

  if (comment != NULL && *comment != '\0')
    mh_document_prose (document, &mh_type_note, columns[0], width - columns[0], 0, comment);
  mh_document_space (document, 4);
}

void
mh_report_culture_add (MhDocument *document, MhRecord *result, const MhWords *words, double width)
{
  GPtrArray *isolates = mh_record_records (result, MH_RESULT_ISOLATES);
  for (guint i = 0; isolates != NULL && i < isolates->len; i++)
    report_culture_add_isolate (document, g_ptr_array_index (isolates, i), words, width);
}
