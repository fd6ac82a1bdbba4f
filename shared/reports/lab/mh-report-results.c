/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/lab/mh-report-results.h"
#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"

#include <math.h>
#include <string.h>

#include "shared/reports/lab/mh-report-culture.h"

/* Left edges in points; each column ends 4 before the next one begins. */
enum
{
  X_NAME = 0,
  X_VALUE = 172,
  X_FLAG = 246,
  X_UNIT = 328,
  X_RANGE = 406,
};
#define GAP 4
#define PAD 2.4
#define ARROW 7
#define LONG_VALUE 240 /* characters; from here on a value is prose under its name */

static const struct
{
  const char *flag;
  MhArrow arrow;
  gboolean critical;
} flag_looks[] = {
  { MH_FLAG_L, MH_ARROW_DOWN, FALSE },       { MH_FLAG_H, MH_ARROW_UP, FALSE },
  { MH_FLAG_LL, MH_ARROW_DOWN_TWICE, TRUE }, { MH_FLAG_HH, MH_ARROW_UP_TWICE, TRUE },
  { MH_FLAG_BELOW, MH_ARROW_DOWN, FALSE },   { MH_FLAG_ABOVE, MH_ARROW_UP, FALSE },
  { MH_FLAG_A, MH_ARROW_DOT, FALSE },        { MH_FLAG_AA, MH_ARROW_DOT, TRUE },
};

typedef struct
{
  MhDocument *document;
  const MhLabReport *report;
  const MhWords *words;
  double width;
  double whole_width, fraction_width; /* widest parts before and after a decimal point */
  const MhReportTable *look;
} Table;

typedef struct
{
  const char *note;    /* grey under the name: method or source; or NULL */
  gboolean is_heading; /* a test of one analyte: the row is its own heading */
  gboolean has_rule;   /* above it */
  gboolean keeps;      /* stays with the row after it */
} RowLook;

static gboolean
report_results_is_number (const char *value)
{
  gsize sign = strspn (value, "<>= -+");
  gsize digits = strspn (value + sign, "0123456789.");
  return digits > 0 && value[sign + digits] == '\0';
}

/* The catalogue writes a dash for what has no unit. */
static const char *
shown_unit (MhRecord *result)
{
  const char *unit = mh_record_text (result, MH_RESULT_UNIT);
  return unit != NULL && strcmp (unit, "—") != 0 ? unit : NULL;
}

/* A coded value is printed in its words, everything else as it was entered. */
static const char *
report_results_shown_value (MhRecord *result)
{
  if (mh_record_has (result, MH_RESULT_VALUE_TEXT))
    return mh_record_text (result, MH_RESULT_VALUE_TEXT);
  return mh_record_has (result, MH_RESULT_VALUE) ? mh_record_text (result, MH_RESULT_VALUE) : NULL;
}

static gboolean
has_default_range (MhRecord *result)
{
  return mh_record_has (result, MH_RESULT_RANGE_TEXT)
         && !mh_record_bool (result, MH_RESULT_RANGE_VERIFIED);
}

gboolean
mh_report_results_have_defaults (const MhLabReport *report)
{
  for (guint i = 0; i < report->results->len; i++)
    if (has_default_range (g_ptr_array_index (report->results, i)))
      return TRUE;
  return FALSE;
}

/* --- what belongs to a result --- */

static MhRecord *
find_by_id (GPtrArray *records, const char *id)
{
  for (guint i = 0; records != NULL && id != NULL && i < records->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (records, i)), id) == 0)
      return g_ptr_array_index (records, i);
  return NULL;
}

static const char *
group_key (MhRecord *result)
{
  const char *item = mh_record_text (result, MH_RESULT_ORDER_ITEM_ID);
  return item != NULL ? item : mh_record_text (result, MH_RESULT_TEST);
}

static const char *
group_name (const Table *table, MhRecord *result)
{
  MhRecord *item = find_by_id (mh_record_records (table->report->order, MH_ORDER_ITEMS),
                               mh_record_text (result, MH_RESULT_ORDER_ITEM_ID));
  const char *name = item != NULL ? mh_record_text (item, MH_ORDER_ITEM_NAME) : NULL;
  return name != NULL ? name : mh_record_text (result, MH_RESULT_TEST);
}

static char *
capitalised (const char *text)
{
  char first[7] = "";
  if (text == NULL || *text == '\0')
    return g_strdup ("");
  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (text)), first);
  return g_strconcat (first, g_utf8_next_char (text), NULL);
}

/* "Serum · L126325000123R", to which the method is added when all results share it. */
static char *
group_source (const Table *table, MhRecord *result, const char *method)
{
  MhRecord *sample = find_by_id (mh_record_records (table->report->order, MH_ORDER_SAMPLES),
                                 mh_record_text (result, MH_RESULT_SAMPLE_ID));
  const char *accession = sample != NULL ? mh_record_text (sample, MH_SAMPLE_ACCESSION) : NULL;
  g_autofree char *specimen
      = capitalised (sample != NULL ? mh_record_text (sample, MH_SAMPLE_SPECIMEN) : NULL);
  return mh_part_join (" · ", specimen, accession ?: "", method ?: "", NULL);
}

static const char *
common_method (GPtrArray *group)
{
  const char *first = mh_record_text (g_ptr_array_index (group, 0), MH_RESULT_METHOD);
  for (guint i = 1; i < group->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (group, i), MH_RESULT_METHOD), first) != 0)
      return NULL;
  return first;
}

static gboolean
is_about (MhRecord *line, MhRecord *result)
{
  const char *code = mh_record_text (line, MH_REPORT_CHANGE_VALUE_ANALYTE);
  const char *analyte = mh_record_text (result, MH_RESULT_ANALYTE);
  const char *colon = code != NULL ? strrchr (code, ':') : NULL;
  return code != NULL && g_strcmp0 (colon != NULL ? colon + 1 : code, analyte) == 0
         && g_strcmp0 (mh_record_text (line, MH_REPORT_CHANGE_VALUE_NEW),
                       report_results_shown_value (result))
                == 0;
}

static char *
said_before (const Table *table, const char *value, const char *unit)
{
  g_autofree char *amount = mh_part_join (" ", value ?: "–", unit ?: "", NULL);
  gint64 version = mh_record_int (table->report->report, MH_REPORT_VERSION_NO) - 1;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, version);
  return mh_words_fill (table->words, "Version {1} said: {2}", number, amount);
}

/* What the version before said, when it said something else. Caller frees. */
static char *
replaced_text (const Table *table, MhRecord *result)
{
  MhRecord *change = table->report->change;
  GPtrArray *lines = change != NULL ? mh_record_records (change, MH_REPORT_CHANGE_VALUES) : NULL;
  GPtrArray *replaced = table->report->replaced;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      if (is_about (line, result))
        return said_before (table, mh_record_text (line, MH_REPORT_CHANGE_VALUE_OLD),
                            shown_unit (result));
    }

  for (guint i = 0; replaced != NULL && i < replaced->len; i++)
    {
      MhRecord *old = g_ptr_array_index (replaced, i);
      if (g_strcmp0 (group_key (old), group_key (result)) == 0
          && g_strcmp0 (mh_record_text (old, MH_RESULT_ANALYTE),
                        mh_record_text (result, MH_RESULT_ANALYTE))
                 == 0
          && g_strcmp0 (report_results_shown_value (old), report_results_shown_value (result)) != 0)
        return said_before (table, report_results_shown_value (old), shown_unit (old));
    }

  return NULL;
}

/* --- rows --- */

static MhBox *
report_results_titles_box (const Table *table)
{
  static const struct
  {
    double x;
    const char *title;
  } titles[] = {
    { X_NAME, NR_ ("Test") }, { X_VALUE, NR_ ("Result") },          { X_FLAG, NR_ ("Flag") },
    { X_UNIT, NR_ ("Unit") }, { X_RANGE, NR_ ("Reference range") },
  };
  MhBox *box = mh_box_new ();

  mh_box_set_tag (box, "TR");
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    mh_box_text (box, &mh_type_label, titles[i].x, 0, -1, mh_words (table->words, titles[i].title));
  mh_box_rule (box, MH_INK_ACCENT, 0, 13, table->width, 0.8);
  mh_box_set_height (box, 17);
  return box;
}

static MhBox *
heading_box (const Table *table, const char *name, const char *source)
{
  MhBox *box = mh_box_new ();
  double name_width = mh_ink_width (mh_type_heading.style, name) + 1;
  double left = MIN (name_width, table->width * 0.6);
  MhType right = mh_type_aligned (&mh_type_label, MH_ALIGN_END);
  right.max_lines = 2;
  mh_box_set_tag (box, "H2");
  mh_box_text (box, &mh_type_heading, 0, 1, left, name);
  mh_box_text (box, &right, left + 3 * GAP, 3.8, table->width - left - 3 * GAP, source);
  mh_box_set_height (box, mh_box_get_height (box) + 1);
  return box;
}

static double
put_flag (const Table *table, MhBox *box, MhRecord *result, guint32 *out_tint)
{
  const char *flag = mh_record_text (result, MH_RESULT_FLAG);
  for (guint i = 0; flag != NULL && i < G_N_ELEMENTS (flag_looks); i++)
    if (strcmp (flag_looks[i].flag, flag) == 0)
      {
        gboolean critical = flag_looks[i].critical;
        guint32 colour = critical ? MH_INK_RED : MH_INK_AMBER;
        MhType type = mh_type_coloured (critical ? &mh_type_small_bold : &mh_type_small, colour);
        *out_tint = critical ? MH_INK_RED_TINT : MH_INK_AMBER_TINT;
        mh_box_arrow (box, flag_looks[i].arrow, colour, X_FLAG, PAD + 2.6, ARROW);
        type.max_lines = 2;
        return mh_box_text (box, &type, X_FLAG + ARROW + GAP, PAD + 0.8,
                            X_UNIT - X_FLAG - ARROW - 2 * GAP,
                            mh_words_field_code (table->words, result, MH_RESULT_FLAG));
      }

  *out_tint = 0;
  return 0;
}

static double
report_results_put_value (const Table *table, MhBox *box, MhRecord *result, gboolean flagged)
{
  const char *value = report_results_shown_value (result);
  const MhType *type = flagged ? &mh_type_bold : &mh_type_body;
  if (value == NULL)
    {
      const char *status = mh_record_text (result, MH_RESULT_STATUS);
      gboolean cancelled = g_strcmp0 (status, MH_RESULT_STATUS_CANCELLED) == 0;
      MhType grey = mh_type_coloured (&mh_type_body, MH_INK_GREY);
      return mh_box_text (box, &grey, X_VALUE, PAD, X_FLAG - X_VALUE - GAP,
                          mh_words (table->words, cancelled ? NR_ ("Cancelled") : NR_ ("Pending")));
    }

  if (report_results_is_number (value))
    return mh_box_number (box, type,
                          &(MhNumberColumn){ X_VALUE, table->whole_width, table->fraction_width },
                          PAD, value);

  /* Words may run on where the other columns would be empty. */
  gboolean alone = !flagged && shown_unit (result) == NULL;
  gboolean no_range = alone && !mh_record_has (result, MH_RESULT_RANGE_TEXT);
  double right = no_range ? table->width : alone ? X_RANGE - GAP : X_FLAG - GAP;

  return mh_box_text (box, type, X_VALUE, PAD, right - X_VALUE, value);
}

static double
report_results_put_name (const Table *table, MhBox *box, MhRecord *result, const RowLook *look)
{
  MhType name_type = mh_type_lines (look->is_heading ? &mh_type_heading : &mh_type_body, 3);
  MhType note_type = mh_type_lines (&mh_type_label, 2);
  double width = X_VALUE - X_NAME - 2 * GAP;
  /* The larger type of a heading stands on the same baseline as the values. */
  double top = look->is_heading ? PAD - 1.5 : PAD;
  double height
      = mh_box_text (box, &name_type, X_NAME, top, width, mh_record_text (result, MH_RESULT_NAME));
  height += mh_box_text (box, &note_type, X_NAME, PAD + height - 0.5, width, look->note);
  g_autofree char *old = replaced_text (table, result);
  MhType old_type = mh_type_coloured (&note_type, MH_INK_AMBER);
  return height + mh_box_text (box, &old_type, X_NAME, PAD + height, width, old);
}

static double
report_results_put_range (const Table *table, MhBox *box, MhRecord *result)
{
  const char *range = mh_record_text (result, MH_RESULT_RANGE_TEXT);
  g_autofree char *text
      = has_default_range (result) ? g_strconcat (range, " †", NULL) : g_strdup (range);
  MhType type = mh_type_lines (&mh_type_body, 4);
  return mh_box_text (box, &type, X_RANGE, PAD, table->width - X_RANGE, text);
}

/* A line through the value, from its column to the next. */
static void
strike (const Table *table, MhBox *box, MhRecord *result)
{
  const char *value = report_results_shown_value (result);
  if (!table->look->strikes || value == NULL)
    return;
  double width = fmin (mh_ink_width (mh_type_bold.style, value) + 2 * GAP + table->whole_width,
                       X_FLAG - X_VALUE - GAP);
  mh_box_rule (box, MH_INK_RED, X_VALUE - GAP, PAD + 6.2, width, 0.9);
}

/* In an early report some values were not looked at by a second person. */
static double
put_unverified (const Table *table, MhBox *box, MhRecord *result, double y)
{
  const char *status = mh_record_text (result, MH_RESULT_STATUS);
  MhType type = mh_type_coloured (&mh_type_label, MH_INK_AMBER);
  if (g_strcmp0 (status, MH_RESULT_STATUS_ENTERED) != 0)
    return 0;
  return mh_box_text (box, &type, X_VALUE, PAD + y, X_FLAG - X_VALUE + 30,
                      mh_words (table->words, "not verified"));
}

static MhBox *
report_results_row_box (const Table *table, MhRecord *result, const RowLook *look)
{
  MhBox *box = mh_box_new ();
  guint32 tint = 0;
  MhType unit_type = mh_type_lines (&mh_type_body, 2);
  const char *value = report_results_shown_value (result);
  gboolean is_long = value != NULL && mh_record_has (result, MH_RESULT_VALUE)
                     && g_utf8_strlen (value, -1) >= LONG_VALUE;
  double height = report_results_put_name (table, box, result, look);

  height = fmax (height, put_flag (table, box, result, &tint));
  if (!is_long)
    {
      double value_height = report_results_put_value (table, box, result, tint != 0);
      value_height += put_unverified (table, box, result, value_height);
      height = fmax (height, value_height);
      strike (table, box, result);
    }

  height = fmax (height, mh_box_text (box, &unit_type, X_UNIT, PAD, X_RANGE - X_UNIT - GAP,
                                      shown_unit (result)));
  height = fmax (height, report_results_put_range (table, box, result));
  if (tint != 0)
    mh_box_underlay (box, tint, X_VALUE - GAP, 0.8, X_UNIT - X_VALUE, height + 2 * PAD - 1.2);
  if (look->has_rule)
    mh_box_rule (box, MH_INK_HAIRLINE, 0, 0, table->width, 0.4);
  mh_box_set_tag (box, "TR");
  mh_box_set_height (box, height + 2 * PAD);

  return box;
}

static void
add_result (const Table *table, MhRecord *result, const RowLook *look)
{
  const char *comment = mh_record_text (result, MH_RESULT_COMMENT);
  const char *value = report_results_shown_value (result);
  gboolean is_long = value != NULL && g_utf8_strlen (value, -1) >= LONG_VALUE;
  gboolean has_comment = comment != NULL && *comment != '\0';

  mh_document_add (
      table->document, report_results_row_box (table, result, look),
      is_long || has_comment || look->keeps || mh_report_culture_is (result) ? MH_KEEP_NEXT : 0);

  if (is_long)
    {
      mh_document_prose (table->document, &mh_type_prose, 12, table->width - 12, 0, value);
      mh_document_space (table->document, PAD);
    }

  mh_report_culture_add (table->document, result, table->words, table->width);
  if (has_comment)
    {
      mh_document_prose (table->document, &mh_type_note, 12, table->width - 24, MH_INK_HAIRLINE,
                         comment);
      mh_document_space (table->document, 2 * PAD);
    }
}

/* A page neither ends nor begins with a single row of a test; a short test is not torn at all. */
static gboolean
keeps_next (guint row, guint n_rows)
{
  return row + 1 < n_rows && (n_rows <= 4 || row == 0 || row + 2 == n_rows);
}

static void
report_results_add_group (const Table *table, GPtrArray *group)
{
  MhRecord *first = g_ptr_array_index (group, 0);
  const char *name = group_name (table, first);
  const char *method = common_method (group);
  g_autofree char *source = group_source (table, first, table->look->hides_method ? NULL : method);

  /* A test of one analyte with the same name needs no heading of its own. */
  if (group->len == 1 && g_strcmp0 (name, mh_record_text (first, MH_RESULT_NAME)) == 0)
    {
      mh_document_space (table->document, 6);
      add_result (table, first, &(RowLook){ source, .is_heading = TRUE });
      return;
    }

  g_autofree char *continued = mh_words_fill (table->words, "{1} (continued)", name, NULL);
  mh_document_space (table->document, 6);
  mh_document_add (table->document, heading_box (table, name, source), MH_KEEP_NEXT);

  for (guint i = 0; i < group->len; i++)
    {
      MhRecord *result = g_ptr_array_index (group, i);
      RowLook look = { .has_rule = i > 0, .keeps = keeps_next (i, group->len) };
      if (method == NULL && !table->look->hides_method)
        look.note = mh_record_text (result, MH_RESULT_METHOD);
      add_result (table, result, &look);
      if (i == 0)
        mh_document_repeat (table->document, MH_REPEAT_GROUP,
                            heading_box (table, continued, source));
    }

  mh_document_repeat (table->document, MH_REPEAT_GROUP, NULL);
}

static double
widest_whole (const MhLabReport *report)
{
  double widest = 0;
  for (guint i = 0; i < report->results->len; i++)
    {
      const char *value = report_results_shown_value (g_ptr_array_index (report->results, i));
      if (value != NULL && report_results_is_number (value))
        widest = fmax (widest, mh_ink_decimal_offset (mh_type_bold.style, value));
    }
  return MIN (widest, 48);
}

static double
widest_fraction (const MhLabReport *report)
{
  double widest = 0;
  for (guint i = 0; i < report->results->len; i++)
    {
      const char *value = report_results_shown_value (g_ptr_array_index (report->results, i));
      if (value != NULL && report_results_is_number (value))
        widest = fmax (widest, mh_ink_width (mh_type_bold.style, value)
                                   - mh_ink_decimal_offset (mh_type_bold.style, value));
    }
  return MIN (widest, 24);
}

void
mh_report_results_add (MhDocument *document,
                       const MhLabReport *report,
                       const MhWords *words,
                       double width,
                       const MhReportTable *look)
{
  Table table
      = { document, report, words, width, widest_whole (report), widest_fraction (report), look };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  MhBox *titles = report_results_titles_box (&table);

  mh_document_add (document, mh_box_ref (titles), MH_KEEP_NEXT);
  mh_document_repeat (document, MH_REPEAT_TABLE, titles);
  for (guint i = 0; i < report->results->len; i++)
    {
      const char *key = group_key (g_ptr_array_index (report->results, i)) ?: "";
      if (!g_hash_table_add (seen, (gpointer)key))
        continue;
      g_autoptr (GPtrArray) group = g_ptr_array_new ();
      for (guint j = i; j < report->results->len; j++)
        if (g_strcmp0 (group_key (g_ptr_array_index (report->results, j)) ?: "", key) == 0)
          g_ptr_array_add (group, g_ptr_array_index (report->results, j));
      report_results_add_group (&table, group);
    }

  mh_document_repeat (document, MH_REPEAT_TABLE, NULL);
}
