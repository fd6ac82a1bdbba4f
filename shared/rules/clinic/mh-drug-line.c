/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-drug-line.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-prescription.h"

#include <string.h>

typedef struct
{
  const char *said, *code;
} Word;

/* The first that is in the formulary's words. */
static const Word forms[] = {
  { "tablet", MH_MEDICINE_FORM_TABLET },
  { "inhalation capsule", MH_MEDICINE_FORM_INHALER },
  { "capsule", MH_MEDICINE_FORM_CAPSULE },
  { "nebuliser", MH_MEDICINE_FORM_INHALER },
  { "inhaler", MH_MEDICINE_FORM_INHALER },
  { "drops", MH_MEDICINE_FORM_DROPS },
  { "syrup", MH_MEDICINE_FORM_SYRUP },
  { "oral suspension", MH_MEDICINE_FORM_SYRUP },
  { "oral solution", MH_MEDICINE_FORM_SYRUP },
  { "injection", MH_MEDICINE_FORM_INJECTION },
  { "infusion", MH_MEDICINE_FORM_INFUSION },
  { "cream", MH_MEDICINE_FORM_OINTMENT },
  { "ointment", MH_MEDICINE_FORM_OINTMENT },
  { "gel", MH_MEDICINE_FORM_OINTMENT },
  { "lotion", MH_MEDICINE_FORM_OINTMENT },
  { "patch", MH_MEDICINE_FORM_PATCH },
  { "suppository", MH_MEDICINE_FORM_SUPPOSITORY },
  { "powder", MH_MEDICINE_FORM_POWDER },
  { "granules", MH_MEDICINE_FORM_POWDER },
};

/* What goes through the skin into the blood is not "on the skin": it has no word here. */
static const Word ways[] = {
  { "oral", MH_MEDICINE_ROUTE_ORAL },
  { "sublingual", MH_MEDICINE_ROUTE_SUBLINGUAL },
  { "intravenous", MH_MEDICINE_ROUTE_INTRAVENOUS },
  { "intramuscular", MH_MEDICINE_ROUTE_INTRAMUSCULAR },
  { "subcutaneous", MH_MEDICINE_ROUTE_SUBCUTANEOUS },
  { "inhalation", MH_MEDICINE_ROUTE_INHALED },
  { "topical", MH_MEDICINE_ROUTE_TOPICAL },
  { "ophthalmic", MH_MEDICINE_ROUTE_EYE },
  { "otic", MH_MEDICINE_ROUTE_EAR },
  { "nasal", MH_MEDICINE_ROUTE_NOSE },
  { "rectal", MH_MEDICINE_ROUTE_RECTAL },
  { "vaginal", MH_MEDICINE_ROUTE_VAGINAL },
};

static const char *
drug_line_form_of (const char *said)
{
  for (guint i = 0; said != NULL && i < G_N_ELEMENTS (forms); i++)
    if (strstr (said, forms[i].said) != NULL)
      return forms[i].code;
  return MH_MEDICINE_FORM_OTHER;
}

static const char *
way_of (const char *said)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (said, ways[i].said) == 0)
      return ways[i].code;
  return NULL;
}

MhRecord *
mh_drug_line_of (MhRecord *medicine)
{
  MhRecord *line = mh_record_new (&mh_prescription_line_type);
  const char *const *strengths = mh_record_list (medicine, MH_MEDICINE_STRENGTHS);
  const char *form = drug_line_form_of (mh_record_text (medicine, MH_MEDICINE_FORM));
  const char *way = way_of (mh_record_text (medicine, MH_MEDICINE_ROUTE));
  g_autofree char *strength
      = strengths != NULL && strengths[0] != NULL ? g_strjoinv (" + ", (char **)strengths) : NULL;

  mh_record_set_text (line, MH_PRESCRIPTION_LINE_NAME, mh_record_text (medicine, MH_MEDICINE_NAME));
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_MEDICINE,
                      mh_record_text (medicine, MH_MEDICINE_CODE));
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_FORM, form);
  if (strength != NULL && strlen (strength) <= 60)
    mh_record_set_text (line, MH_PRESCRIPTION_LINE_STRENGTH, strength);
  if (way != NULL)
    mh_record_set_text (line, MH_PRESCRIPTION_LINE_ROUTE, way);
  if (g_str_equal (form, MH_MEDICINE_FORM_TABLET))
    mh_record_set_text (line, MH_PRESCRIPTION_LINE_DOSE, "1 tablet");
  else if (g_str_equal (form, MH_MEDICINE_FORM_CAPSULE))
    mh_record_set_text (line, MH_PRESCRIPTION_LINE_DOSE, "1 capsule");

  return line;
}
