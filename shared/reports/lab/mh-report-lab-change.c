/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/reports/lab/mh-report-lab-private.h"

#include <math.h>

#include "shared/rules/lab/mh-report-rules.h"

#define LINE_ROOM 20

static const char *
reason_words (const MhLabPaper *lab, MhRecord *change)
{
  return mh_words_field_code (lab->words, change, MH_REPORT_CHANGE_REASON);
}

/* "Reason: Typing error. Read from the wrong line." or what an older version says in one piece. */
static char *
reason_text (const MhLabPaper *lab)
{
  MhRecord *change = lab->report->change, *report = lab->report->report;
  const char *label = mh_words (lab->words, "Reason");
  if (change == NULL)
    {
      const char *reason = mh_record_text (report, MH_REPORT_REASON);
      return reason != NULL ? g_strdup_printf ("%s: %s", label, reason) : g_strdup ("");
    }
  const char *note = mh_record_text (change, MH_REPORT_CHANGE_NOTE);
  g_autofree char *why = mh_words_foreign (lab->words, note);
  g_autofree char *first = g_strdup_printf ("%s: %s", label, reason_words (lab, change));
  return mh_part_join (" · ", first, why ?: "", NULL);
}

/* "signed by Dr Rao on 21 Nov 2026, 13:45"; NULL when that level was not needed. */
static char *
signature_text (const MhLabPaper *lab, guint name, guint at)
{
  MhRecord *change = lab->report->change;
  g_autofree char *when = mh_words_instant (lab->words, mh_record_int (change, at), lab->zone);
  return mh_record_has (change, name) ? mh_words_fill (lab->words, "signed by {1} on {2}",
                                                       mh_record_text (change, name), when)
                                      : NULL;
}

static char *
people_text (const MhLabPaper *lab)
{
  MhRecord *change = lab->report->change;
  if (change == NULL)
    return g_strdup ("");

  g_autofree char *at
      = mh_words_instant (lab->words, mh_record_int (change, MH_REPORT_CHANGE_AT), lab->zone);
  g_autofree char *decided = mh_words_instant (
      lab->words, mh_record_int (change, MH_REPORT_CHANGE_DECIDED_AT), lab->zone);
  g_autofree char *one = mh_words_fill (lab->words, "Proposed by {1} on {2}",
                                        mh_record_text (change, MH_REPORT_CHANGE_BY_NAME), at);
  g_autofree char *two
      = mh_words_fill (lab->words, "verified by {1} on {2}",
                       mh_record_text (change, MH_REPORT_CHANGE_DECIDED_NAME), decided);
  g_autofree char *first
      = signature_text (lab, MH_REPORT_CHANGE_LEVEL1_NAME, MH_REPORT_CHANGE_LEVEL1_AT);
  g_autofree char *second
      = signature_text (lab, MH_REPORT_CHANGE_LEVEL2_NAME, MH_REPORT_CHANGE_LEVEL2_AT);

  return mh_part_join (" · ", one, first ?: "", second ?: "", two, NULL);
}

static char *
with_flag (const MhLabPaper *lab, MhRecord *line, guint value, guint flag)
{
  const char *text = mh_record_text (line, value);
  const char *unit = mh_record_text (line, MH_REPORT_CHANGE_VALUE_UNIT);
  const char *code = mh_record_text (line, flag);
  const char *word = code != NULL && g_strcmp0 (code, MH_FLAG_N) != 0
                         ? mh_words_field_code (lab->words, line, flag)
                         : NULL;
  g_autofree char *amount = mh_part_join (" ", text ?: "–", text != NULL ? unit ?: "" : "", NULL);
  g_autofree char *foreign = mh_words_foreign (lab->words, amount);
  return word != NULL ? g_strdup_printf ("%s (%s)", foreign, word) : g_strdup (foreign);
}

/* Name, what stood there (struck through), what stands there now. */
static MhBox *
line_box (const MhLabPaper *lab, MhRecord *line, gboolean titles)
{
  MhBox *box = mh_box_new ();
  double name = lab->width * 0.30, half = (lab->width - name - LINE_ROOM) / 2;
  double left = 12, old_x = left + name, new_x = old_x + half;
  MhType grey = mh_type_coloured (&mh_type_prose, MH_INK_GREY);
  MhType bold = mh_type_bold;

  grey.paragraph = bold.paragraph = FALSE;
  mh_box_set_tag (box, "TR");
  if (titles)
    {
      mh_box_text (box, &mh_type_label, old_x, 0, half - 6,
                   mh_words (lab->words, "Previously reported"));
      mh_box_text (box, &mh_type_label, new_x, 0, half - 6, mh_words (lab->words, "Now"));
      return box;
    }

  g_autofree char *before
      = with_flag (lab, line, MH_REPORT_CHANGE_VALUE_OLD, MH_REPORT_CHANGE_VALUE_OLD_FLAG);
  g_autofree char *after
      = with_flag (lab, line, MH_REPORT_CHANGE_VALUE_NEW, MH_REPORT_CHANGE_VALUE_NEW_FLAG);
  const char *label = mh_record_text (line, MH_REPORT_CHANGE_VALUE_NAME) ?: "";

  /* Lines of the header are called by phrases of ours, values by the catalogue's names. */
  double height = mh_box_text (
      box, &mh_type_body, left, 0, name - 6,
      mh_record_has (line, MH_REPORT_CHANGE_VALUE_ANALYTE) ? label : mh_words (lab->words, label));

  height = fmax (height, mh_box_text (box, &grey, old_x, 0, half - 6, before));
  height = fmax (height, mh_box_text (box, &bold, new_x, 0, half - 6, after));
  mh_box_set_height (box, height + 1);

  return box;
}

static void
add_lines (const MhLabPaper *lab, MhDocument *document)
{
  MhRecord *change = lab->report->change;
  GPtrArray *lines = change != NULL ? mh_record_records (change, MH_REPORT_CHANGE_VALUES) : NULL;
  if (lines == NULL || lines->len == 0)
    return;
  mh_document_add (document, line_box (lab, NULL, TRUE), MH_KEEP_NEXT);
  for (guint i = 0; i < lines->len; i++)
    mh_document_add (document, line_box (lab, g_ptr_array_index (lines, i), FALSE),
                     i == 0 ? MH_KEEP_NEXT : 0);
  mh_document_space (document, 8);
}

void
mh_lab_paper_change (const MhLabPaper *lab, MhDocument *document)
{
  MhRecord *report = lab->report->report;
  g_autofree char *version = mh_lab_paper_version (lab);
  g_autofree char *head = mh_part_join (
      " · ",
      mh_words (lab->words, mh_field_code_label (&mh_report_type.fields[MH_REPORT_STATUS],
                                                 mh_lab_paper_status (lab))),
      version, NULL);
  g_autofree char *old
      = g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (report, MH_REPORT_VERSION_NO) - 1);
  g_autofree char *replaces
      = mh_words_fill (lab->words, "This version replaces version {1}.", old, NULL);
  g_autofree char *why = reason_text (lab), *who = people_text (lab);
  gboolean struck = mh_report_rules_meaning (mh_lab_paper_status (lab))->struck;
  g_autofree char *text = mh_part_join (
      "\n", replaces,
      struck ? mh_words (lab->words, "This report is withdrawn. Its values must not be used.") : "",
      why, who, NULL);

  mh_lab_paper_panel (lab, document, struck ? MH_INK_RED : MH_INK_AMBER,
                      struck ? MH_INK_RED_TINT : MH_INK_AMBER_TINT, head, text);
  add_lines (lab, document);
}
