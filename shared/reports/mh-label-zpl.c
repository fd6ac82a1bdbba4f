/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-label-zpl.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-patient.h"

#include "shared/base/mh-date.h"
#include "shared/base/mh-day.h"
#include "shared/reports/mh-report-parts.h"

#include <string.h>

#define MAX_LABELS 20
#define POINTS_PER_INCH 72.0

char *
mh_label_zpl_text (const char *text, guint most)
{
  GString *out = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < most; p = g_utf8_next_char (p), n++)
    {
      gunichar letter = g_utf8_get_char (p);
      if (letter < 0x20 || (letter >= 0x7f && letter < 0xa0))
        g_string_append_c (out, ' ');
      else if (strchr ("^~_\\", (int)letter) != NULL && letter < 0x80)
        g_string_append_printf (out, "_%02X", (guint)letter);
      else
        g_string_append_unichar (out, letter);
    }

  return g_string_free (out, FALSE);
}

/* Nothing but what an accession is made of may come into a bar code. */
static char *
label_zpl_code_of (const char *accession)
{
  GString *out = g_string_new (NULL);
  for (const char *p = accession != NULL ? accession : ""; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || *p == '-')
      g_string_append_c (out, g_ascii_toupper (*p));
  return g_string_free (out, FALSE);
}

typedef struct
{
  GString *out;
  double dpi;
  int width, height; /* dots */
} Label;

/* Dots of that many hundredths of a millimetre. */
static int
dots (const Label *label, int hundredths)
{
  return (int)(hundredths * label->dpi / 2540.0 + 0.5);
}

/* In hundredths of a millimetre; .height is that of the letters. */
typedef struct
{
  int x, y, height, width;
  char align; /* as ^FB has it */
} TextField;

static void
label_zpl_put_text (Label *label, const TextField *field, const char *text)
{
  g_autofree char *safe = mh_label_zpl_text (text, 80);
  g_string_append_printf (label->out, "^FO%d,%d^A0N,%d,%d^FB%d,1,0,%c^FH_^FD%s^FS\n",
                          dots (label, field->x), dots (label, field->y),
                          dots (label, field->height), dots (label, field->height * 9 / 10),
                          dots (label, field->width), field->align, safe);
}

static char *
label_zpl_age_and_sex (MhRecord *patient, gint64 on, GTimeZone *zone)
{
  const char *date = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  const char *sex = mh_record_text (patient, MH_PATIENT_SEX);
  char initial[2] = { sex != NULL ? g_ascii_toupper (*sex) : '?', '\0' };
  MhDate birth;
  g_autofree char *age = NULL;
  if (on != 0 && date != NULL && mh_date_parse (date, &birth))
    age = mh_age_text (birth, mh_date_of_instant (on, zone));
  return mh_part_join (" ", age != NULL ? age : "", initial, NULL);
}

static char *
label_zpl_collected_text (gint64 at, GTimeZone *zone)
{
  if (at == 0)
    return g_strdup ("at ____:____");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  MhDate day = mh_date_of_instant (at, zone);
  /* a tube is of this year */
  g_autofree char *text = mh_day_text_near (day, day, NULL);
  return g_strdup_printf ("%s %02d:%02d", text, g_date_time_get_hour (local),
                          g_date_time_get_minute (local));
}

static void
label_zpl_put_stat (Label *label, int width)
{
  g_string_append_printf (label->out, "^FO%d,%d^GB%d,%d,%d^FS\n", dots (label, width - 950),
                          dots (label, 80), dots (label, 870), dots (label, 330),
                          dots (label, 330));
  g_string_append_printf (label->out, "^FO%d,%d^A0N,%d,%d^FR^FDSTAT^FS\n",
                          dots (label, width - 900), dots (label, 110), dots (label, 290),
                          dots (label, 290));
}

static void
label_zpl_put_tube (Label *label,
                    MhRecord *patient,
                    MhRecord *sample,
                    gint64 age_on,
                    GTimeZone *zone)
{
  int width = (int)(label->width * 2540.0 / label->dpi), inside = width - 200;
  gboolean stat = g_strcmp0 (mh_record_text (sample, MH_SAMPLE_PRIORITY), MH_PRIORITY_STAT) == 0;
  const char *const *names = mh_record_list (sample, MH_SAMPLE_TEST_NAMES);
  gint64 copies = CLAMP (mh_record_int (sample, MH_SAMPLE_LABEL_COUNT), 1, MAX_LABELS);
  g_autofree char *name = mh_record_display (patient);
  g_autofree char *who = label_zpl_age_and_sex (patient, age_on, zone);
  g_autofree char *code = label_zpl_code_of (mh_record_text (sample, MH_SAMPLE_ACCESSION));
  g_autofree char *at
      = label_zpl_collected_text (mh_record_int (sample, MH_SAMPLE_COLLECTED_AT), zone);
  g_autofree char *tests = names != NULL ? g_strjoinv (", ", (char **)names) : g_strdup ("");

  /* ^CI28: what follows is UTF-8 */
  g_string_append_printf (label->out, "^XA\n^CI28\n^PW%d\n^LL%d\n^LH0,0\n", label->width,
                          label->height);
  if (stat)
    label_zpl_put_stat (label, width);
  label_zpl_put_text (label, &(TextField){ 100, 90, 300, stat ? inside - 950 : inside, 'L' }, name);
  label_zpl_put_text (label, &(TextField){ 100, 430, 240, inside * 2 / 3, 'L' },
                      mh_record_text (patient, MH_PATIENT_MRN));
  label_zpl_put_text (label, &(TextField){ 100 + inside * 2 / 3, 430, 240, inside / 3, 'R' }, who);

  /* 11 modules a letter, start, check and stop: centred; two dots a module */
  int bars = ((int)strlen (code) * 11 + 35) * 2;
  g_string_append_printf (label->out, "^FO%d,%d^BY2,3,%d^BCN,%d,N,N,N^FD%s^FS\n",
                          MAX (0, (label->width - bars) / 2), dots (label, 730), dots (label, 900),
                          dots (label, 900), code);
  label_zpl_put_text (label, &(TextField){ 100, 1700, 280, inside * 3 / 5, 'L' }, code);
  label_zpl_put_text (label, &(TextField){ 100 + inside * 3 / 5, 1700, 240, inside * 2 / 5, 'R' },
                      at);
  label_zpl_put_text (label, &(TextField){ 100, 2050, 240, inside * 3 / 4, 'L' }, tests);
  label_zpl_put_text (label, &(TextField){ 100 + inside * 3 / 4, 2050, 240, inside / 4, 'R' },
                      mh_record_text (sample, MH_SAMPLE_COLOUR));
  g_string_append_printf (label->out, "^PQ%d\n^XZ\n", (int)copies);
}

static gboolean
label_zpl_needs_label (MhRecord *sample)
{
  const char *status = mh_record_text (sample, MH_SAMPLE_STATUS);
  return g_strcmp0 (status, MH_SAMPLE_STATUS_REJECTED) != 0
         && g_strcmp0 (status, MH_SAMPLE_STATUS_CANCELLED) != 0;
}

char *
mh_label_zpl (MhRecord *hospital,
              MhRecord *patient,
              MhRecord *order,
              GPtrArray *samples,
              const MhLabelSize *size)
{
  g_autoptr (GTimeZone) zone = mh_part_zone (hospital);
  Label label = { g_string_new (NULL), size->dpi, (int)(size->width / POINTS_PER_INCH * size->dpi),
                  (int)(size->height / POINTS_PER_INCH * size->dpi) };

  for (guint i = 0; i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      gint64 collected = mh_record_int (sample, MH_SAMPLE_COLLECTED_AT);
      if (label_zpl_needs_label (sample))
        label_zpl_put_tube (&label, patient, sample,
                            collected != 0 ? collected : mh_record_int (order, MH_ORDER_ORDERED_AT),
                            zone);
    }

  return g_string_free (label.out, FALSE);
}
