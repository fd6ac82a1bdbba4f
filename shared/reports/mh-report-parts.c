/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-report-parts.h"

#include "shared/base/mh-translation.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"

static const MhStyle style_hospital = { 16, 19, TRUE };
static const MhStyle style_person = { 13, 18, TRUE };
static const MhStyle style_native = { 11, 16, FALSE };
static const MhStyle style_title = { 12, 16, TRUE };
static const MhStyle style_heading = { 10, 14, TRUE };
static const MhStyle style_body = { 9, 12, FALSE };
static const MhStyle style_bold = { 9, 12, TRUE };
static const MhStyle style_small = { 8, 11, FALSE };
static const MhStyle style_small_bold = { 8, 11, TRUE };
static const MhStyle style_label = { 7.5, 10.5, FALSE };

const MhType mh_type_hospital = { &style_hospital, MH_INK_TEXT, .max_lines = 2 };
/* A name is never cut: two patients may share its beginning. */
const MhType mh_type_person = { &style_person, MH_INK_TEXT };
const MhType mh_type_native = { &style_native, MH_INK_TEXT, .max_lines = 2 };
const MhType mh_type_title = { &style_title, MH_INK_ACCENT, .max_lines = 1 };
const MhType mh_type_heading = { &style_heading, MH_INK_TEXT, .max_lines = 2 };
const MhType mh_type_body = { &style_body, MH_INK_TEXT };
const MhType mh_type_bold = { &style_bold, MH_INK_TEXT };
const MhType mh_type_small = { &style_small, MH_INK_GREY };
const MhType mh_type_small_bold = { &style_small_bold, MH_INK_TEXT };
const MhType mh_type_label = { &style_label, MH_INK_GREY };
const MhType mh_type_prose = { &style_body, MH_INK_TEXT, .paragraph = TRUE };
const MhType mh_type_note = { &style_small, MH_INK_GREY, .paragraph = TRUE };

MhType
mh_type_coloured (const MhType *type, guint32 colour)
{
  MhType copy = *type;
  copy.colour = colour;
  return copy;
}

MhType
mh_type_aligned (const MhType *type, MhAlign align)
{
  MhType copy = *type;
  copy.align = align;
  return copy;
}

MhType
mh_type_lines (const MhType *type, guint max_lines)
{
  MhType copy = *type;
  copy.max_lines = max_lines;
  return copy;
}

GTimeZone *
mh_part_zone (MhRecord *hospital)
{
  const char *name = mh_record_text (hospital, MH_HOSPITAL_TIME_ZONE);
  GTimeZone *zone = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

char *
mh_part_join (const char *separator, ...)
{
  GString *out = g_string_new (NULL);
  va_list parts;
  va_start (parts, separator);
  /* The list ends with a NULL, so an empty part is handed over as "". */
  for (const char *part = va_arg (parts, const char *); part != NULL;
       part = va_arg (parts, const char *))
    if (*part != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? separator : "", part);
  va_end (parts);
  return g_string_free (out, FALSE);
}

char *
mh_part_address (MhRecord *hospital)
{
  const char *city = mh_record_text (hospital, MH_HOSPITAL_CITY) ?: "";
  const char *pin = mh_record_text (hospital, MH_HOSPITAL_PIN) ?: "";
  g_autofree char *city_and_pin = mh_part_join (" ", city, pin, NULL);
  return mh_part_join (", ", mh_record_text (hospital, MH_HOSPITAL_ADDRESS_LINE) ?: "",
                       mh_record_text (hospital, MH_HOSPITAL_LOCALITY) ?: "", city_and_pin,
                       mh_record_text (hospital, MH_HOSPITAL_STATE) ?: "", NULL);
}

static char *
report_parts_labelled (const MhWords *words, const char *label, const char *value)
{
  g_autofree char *foreign = mh_words_foreign (words, value);
  return value != NULL && *value != '\0'
             ? g_strdup_printf ("%s %s", mh_words (words, label), foreign)
             : g_strdup ("");
}

char *
mh_part_contacts (MhRecord *hospital, const MhWords *words)
{
  g_autofree char *phones
      = mh_part_join (", ", mh_record_text (hospital, MH_HOSPITAL_PHONE) ?: "",
                      mh_record_text (hospital, MH_HOSPITAL_PHONE2) ?: "", NULL);
  g_autofree char *phone = report_parts_labelled (words, NR_ ("Phone"), phones);
  return mh_part_join ("  ·  ", phone, mh_record_text (hospital, MH_HOSPITAL_EMAIL) ?: "", NULL);
}

char *
mh_part_registration (MhRecord *hospital, const MhWords *words, const char *accreditation)
{
  g_autofree char *registration = report_parts_labelled (
      words, NR_ ("Registration no."), mh_record_text (hospital, MH_HOSPITAL_REGISTRATION_NUMBER));
  const char *own = mh_record_text (hospital, MH_HOSPITAL_ACCREDITATION) ?: "";
  return mh_part_join ("  ·  ", registration, accreditation != NULL ? accreditation : own, NULL);
}

char *
mh_part_age_sex (MhRecord *patient, const MhWords *words, gint64 on, GTimeZone *zone)
{
  g_autofree char *age = NULL;
  MhDate birth;
  const char *date = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  if (on != 0 && date != NULL && mh_date_parse (date, &birth))
    age = mh_words_age (words, birth, mh_date_of_instant (on, zone));
  gboolean estimated = age != NULL && mh_record_bool (patient, MH_PATIENT_BIRTH_ESTIMATED);
  return mh_part_join (" · ", age != NULL ? age : "",
                       mh_words_field_code (words, patient, MH_PATIENT_SEX) ?: "",
                       estimated ? mh_words (words, "age estimated") : "", NULL);
}

double
mh_part_letterhead_as (MhBox *box,
                       const MhLetterhead *letterhead,
                       const MhWords *words,
                       double x,
                       double y,
                       double width)
{
  static const double mark = 34, gap = 11;
  MhRecord *hospital = letterhead->hospital;
  g_autofree char *address = mh_part_address (hospital);
  g_autofree char *contacts = mh_part_contacts (hospital, words);
  g_autofree char *registration = mh_part_registration (hospital, words, letterhead->accreditation);
  double left = x + mark + gap, inner = width - mark - gap, at = y;

  if (mh_box_image (box, letterhead->logo, x, y + 1, mark, mark) == 0)
    mh_box_mark (box, MH_INK_ACCENT, x, y + 1, mark);
  MhType name = mh_type_hospital, small = mh_type_lines (&mh_type_small, 2);
  MhType bold = mh_type_coloured (&mh_type_bold, MH_INK_ACCENT);

  at += mh_box_text (box, &name, left, at, inner, mh_record_text (hospital, MH_HOSPITAL_NAME));
  at += mh_box_text (box, &bold, left, at, inner, letterhead->department);
  at += mh_box_text (box, &small, left, at, inner, address);
  at += mh_box_text (box, &small, left, at, inner, contacts);
  at += mh_box_text (box, &small, left, at, inner, letterhead->line);
  at += mh_box_text (box, &small, left, at, inner, registration);

  return MAX (at - y, mark + 2);
}

double
mh_part_letterhead (MhBox *box,
                    MhRecord *hospital,
                    const MhWords *words,
                    double x,
                    double y,
                    double width)
{
  return mh_part_letterhead_as (box, &(MhLetterhead){ .hospital = hospital }, words, x, y, width);
}

double
mh_part_pair (MhBox *box, const char *label, const char *value, const MhPairPlace *place)
{
  if (value == NULL || *value == '\0')
    return 0;
  MhType small = mh_type_lines (&mh_type_small, 1);
  MhType body = mh_type_lines (&mh_type_body, 4);
  /* One point down puts the smaller label on the value's baseline. */
  mh_box_text (box, &small, place->x, place->y + 0.8, place->label_width - 4, label);
  return mh_box_text (box, &body, place->x + place->label_width, place->y,
                      place->width - place->label_width, value)
         + 1;
}

void
mh_part_copy_mark (MhBox *box, const MhWords *words, guint copy, double right, double y)
{
  if (copy == 0)
    return;
  g_autofree char *number = g_strdup_printf ("%u", copy);
  g_autofree char *text = mh_words_fill (words, "COPY {1}", number, NULL);
  double width = mh_ink_width (mh_type_small_bold.style, text) + 12;
  MhType centred = mh_type_aligned (&mh_type_small_bold, MH_ALIGN_CENTRE);
  mh_box_frame (box, MH_INK_TEXT, right - width, y, width, 14);
  mh_box_text (box, &centred, right - width, y + 1.4, width, text);
}

void
mh_part_footer (MhBox *page,
                const MhPaper *paper,
                const MhWords *words,
                const char *text,
                guint number,
                guint total)
{
  double width = paper->width - paper->left - paper->right;
  double y = paper->height - paper->bottom + 12;
  g_autofree char *this_page = g_strdup_printf ("%u", number);
  g_autofree char *all_pages = g_strdup_printf ("%u", total);
  g_autofree char *pages = mh_words_fill (words, "Page {1} of {2}", this_page, all_pages);
  MhType left = mh_type_lines (&mh_type_label, 1);
  MhType right = mh_type_aligned (&left, MH_ALIGN_END);
  mh_box_rule (page, MH_INK_HAIRLINE, paper->left, y, width, 0.6);
  mh_box_text (page, &left, paper->left, y + 5, width - 90, text);
  mh_box_text (page, &right, paper->left + width - 86, y + 5, 86, pages);
}
