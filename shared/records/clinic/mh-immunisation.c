/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-immunisation.h"

#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* clang-format off */
const MhCode mh_immunisation_status_codes[] = {
  { MH_IMMUNISATION_COMPLETED, NS_("Given") },
  { MH_IMMUNISATION_NOT_DONE, N_("Not given") },
  { MH_ENTERED_IN_ERROR, NS_("Entered in error") },
  { NULL },
};
const MhCode mh_immunisation_reason_codes[] = {
  { "refused", N_("Refused") },
  { "contraindicated", N_("Must not be given") },
  { "immune", N_("Immune already") },
  { "ill", N_("Ill on that day") },
  { "out_of_stock", N_("Vaccine not there") },
  { "other", N_("Other reason") },
  { NULL },
};
const MhCode mh_immunisation_site_codes[] = {
  { "left_arm", N_("Left upper arm") }, { "right_arm", N_("Right upper arm") },
  { "left_thigh", N_("Left thigh") }, { "right_thigh", N_("Right thigh") },
  { "mouth", N_("Mouth") }, { "other", N_("Elsewhere") }, { NULL },
};
const MhCode mh_immunisation_route_codes[] = {
  { "intramuscular", NS_("Into a muscle") }, { "subcutaneous", NS_("Under the skin") },
  { "intradermal", N_("Into the skin") }, { "oral", NS_("By mouth") }, { "nasal", NS_("Into the nose") }, { NULL },
};
const MhCode mh_vaccine_codes[] = {
  { "bcg", NS_("BCG") }, { "hepb", NS_("Hepatitis B") }, { "opv", NS_("Oral polio (OPV)") }, { "ipv", NS_("Inactivated polio (IPV)") },
  { "penta", NS_("Pentavalent (DPT-HepB-Hib)") }, { "dpt", NS_("DPT") }, { "rota", NS_("Rotavirus") }, { "pcv", NS_("Pneumococcal (PCV)") },
  { "mr", NS_("Measles-rubella (MR)") }, { "mmr", NS_("Measles-mumps-rubella (MMR)") }, { "je", NS_("Japanese encephalitis") },
  { "td", NS_("Tetanus-diphtheria (Td)") }, { "tdap", NS_("Tdap") }, { "typhoid", NS_("Typhoid conjugate") }, { "hepa", NS_("Hepatitis A") },
  { "varicella", NS_("Chickenpox") }, { "hpv", NS_("HPV") }, { "influenza", NS_("Influenza") }, { "covid19", NS_("COVID-19") },
  { "rabies", NS_("Rabies") }, { "yellow_fever", NS_("Yellow fever") }, { "meningococcal", NS_("Meningococcal") },
  { "ppsv23", NS_("Pneumococcal polysaccharide (PPSV23)") }, { "other", NS_("Another vaccine") }, { NULL },
};

static const MhField fields[] = {
  MH_COMMON_FIELDS,
  [MH_IMMUNISATION_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_IMMUNISATION_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX | MH_NO_FORM },
  [MH_IMMUNISATION_VISIT_ID]      = { "visit_id", MH_KIND_REF, .label = N_("Visit"), .target = &mh_visit_type, .flags = MH_IMMUTABLE | MH_NO_FORM },
  [MH_IMMUNISATION_VACCINE]       = { "vaccine", MH_KIND_ENUM, .label = N_("Vaccine"), .codes = mh_vaccine_codes, .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF },
  [MH_IMMUNISATION_VACCINE_NAME]  = { "vaccine_name", MH_KIND_TEXT, .label = N_("Name or brand"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 120 },
  [MH_IMMUNISATION_DOSE_NUMBER]   = { "dose_number", MH_KIND_INT, .label = N_("Dose"), .flags = MH_SENSITIVE | MH_BRIEF, .at_least = 0, .at_most = 20,
    .help = N_("0 is the dose at birth") },
  [MH_IMMUNISATION_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("State"), .codes = mh_immunisation_status_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_IMMUNISATION_GIVEN_ON]      = { "given_on", MH_KIND_DATE, .label = N_("Day"), .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF },
  [MH_IMMUNISATION_REASON]        = { "reason", MH_KIND_ENUM, .label = N_("Why not"), .codes = mh_immunisation_reason_codes, .flags = MH_SENSITIVE },
  [MH_IMMUNISATION_LOT]           = { "lot", MH_KIND_TEXT, .label = N_("Lot"), .flags = MH_BRIEF, .max = 40 },
  [MH_IMMUNISATION_EXPIRES]       = { "expires", MH_KIND_DATE, .label = N_("Expires") },
  [MH_IMMUNISATION_MAKER]         = { "maker", MH_KIND_TEXT, .label = N_("Maker"), .max = 80 },
  [MH_IMMUNISATION_SITE]          = { "site", MH_KIND_ENUM, .label = N_("Site"), .codes = mh_immunisation_site_codes, .flags = MH_SENSITIVE },
  [MH_IMMUNISATION_ROUTE]         = { "route", MH_KIND_ENUM, .label = N_("Route"), .codes = mh_immunisation_route_codes, .flags = MH_SENSITIVE },
  [MH_IMMUNISATION_ELSEWHERE]     = { "elsewhere", MH_KIND_BOOL, .label = N_("Given elsewhere"), .help = N_("From a card or as told") },
  [MH_IMMUNISATION_NOTE]          = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 1000 },
  [MH_IMMUNISATION_RECORDED_NAME] = { "recorded_name", MH_KIND_TEXT, .label = N_("Recorded by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120 },
  [MH_IMMUNISATION_CHANGED_NAME]  = { "changed_name", MH_KIND_TEXT, .label = N_("Changed by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_IMMUNISATION_N_FIELDS);
/* clang-format on */

static void
immunisation_check (MhRecord *dose, MhIssues *issues)
{
  const char *status = mh_record_text (dose, MH_IMMUNISATION_STATUS);
  const char *vaccine = mh_record_text (dose, MH_IMMUNISATION_VACCINE);
  const char *given = mh_record_text (dose, MH_IMMUNISATION_GIVEN_ON);
  const char *expires = mh_record_text (dose, MH_IMMUNISATION_EXPIRES);
  gboolean done = g_strcmp0 (status, MH_IMMUNISATION_COMPLETED) == 0;

  if (g_strcmp0 (vaccine, "other") == 0 && !mh_record_has (dose, MH_IMMUNISATION_VACCINE_NAME))
    mh_issues_add (issues, "vaccine_name", "required", "Say which vaccine.");
  if (g_strcmp0 (status, MH_IMMUNISATION_NOT_DONE) == 0
      && !mh_record_has (dose, MH_IMMUNISATION_REASON))
    mh_issues_add (issues, "reason", "required", "Say why it was not given.");
  if (done && mh_record_has (dose, MH_IMMUNISATION_REASON))
    mh_issues_add (issues, "reason", "not_allowed", "It was given; there is no reason why not.");
  if (done && given != NULL && expires != NULL && strcmp (expires, given) < 0)
    mh_issues_add (issues, "expires", "expired", "This lot had expired on that day.");
}

static char *
immunisation_display (MhRecord *dose)
{
  const char *name = mh_record_text (dose, MH_IMMUNISATION_VACCINE_NAME);
  const char *code = mh_record_text (dose, MH_IMMUNISATION_VACCINE);
  return g_strdup (name != NULL ? name : code);
}

/* clang-format off */
const MhRecordType mh_immunisation_type = {
  .name = "MhImmunisation", .code = "immunisation", .table = "immunisation", .path = "/immunisations",
  .label = NS_("Immunisation"), .fields = fields, .n_fields = G_N_ELEMENTS (fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = immunisation_check, .display = immunisation_display,
  .hospital = MH_IMMUNISATION_HOSPITAL_ID, .patient = MH_IMMUNISATION_PATIENT_ID,
};
/* clang-format on */
