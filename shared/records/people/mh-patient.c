/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-patient.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_patient_sex_codes[] = {
  { MH_SEX_FEMALE, NR_("Female") },
  { MH_SEX_MALE, NR_("Male") },
  { MH_SEX_OTHER, NR_("Other") },
  { MH_SEX_UNKNOWN, NR_("Unknown") },
  { NULL },
};

const MhCode mh_allergy_status_codes[] = {
  { MH_ALLERGY_NOT_ASKED, NS_("Allergies not asked") },
  { MH_ALLERGY_NONE, NS_("No known allergies") },
  { MH_ALLERGY_KNOWN, N_("Allergies known") },
  { NULL },
};

const MhCode mh_duplicate_override_codes[] = {
  { MH_DUPLICATE_OTHER_PERSON, N_("Another person") },
  { MH_DUPLICATE_RELATIVE, NS_("Relative") },
  { MH_DUPLICATE_EMERGENCY, NS_("Emergency") },
  { NULL },
};

const MhCode mh_marital_status_codes[] = {
  { MH_MARITAL_SINGLE, N_("Single") },
  { MH_MARITAL_MARRIED, N_("Married") },
  { MH_MARITAL_WIDOWED, N_("Widowed") },
  { MH_MARITAL_DIVORCED, N_("Divorced") },
  { MH_MARITAL_SEPARATED, N_("Separated") },
  { NULL },
};

const MhCode mh_blood_group_codes[] = {
  { MH_BLOOD_A_POS, N_("A positive") },
  { MH_BLOOD_A_NEG, N_("A negative") },
  { MH_BLOOD_B_POS, N_("B positive") },
  { MH_BLOOD_B_NEG, N_("B negative") },
  { MH_BLOOD_AB_POS, N_("AB positive") },
  { MH_BLOOD_AB_NEG, N_("AB negative") },
  { MH_BLOOD_O_POS, N_("O positive") },
  { MH_BLOOD_O_NEG, N_("O negative") },
  { MH_BLOOD_OH, N_("Bombay (Oh)") },
  { NULL },
};

static const MhField patient_fields[] = {
  MH_COMMON_FIELDS,
  [MH_PATIENT_HOSPITAL_ID]        = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_PATIENT_MRN]                = { "mrn", MH_KIND_TEXT, .label = N_("MRN"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF | MH_SEARCH, .format = "mrn", .max = 24 },
  [MH_PATIENT_GIVEN_NAME]         = { "given_name", MH_KIND_TEXT, .label = N_("Given name"), .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 80 },
  [MH_PATIENT_MIDDLE_NAME]        = { "middle_name", MH_KIND_TEXT, .label = N_("Middle name"), .flags = MH_SENSITIVE | MH_SEARCH, .max = 80 },
  [MH_PATIENT_FAMILY_NAME]        = { "family_name", MH_KIND_TEXT, .label = N_("Family name"), .flags = MH_SENSITIVE | MH_BRIEF | MH_SORT | MH_SEARCH, .max = 80 },
  [MH_PATIENT_NATIVE_NAME]        = { "native_name", MH_KIND_TEXT, .label = NR_("Name in own script"), .flags = MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .max = 160 },
  [MH_PATIENT_NATIVE_SCRIPT]      = { "native_script", MH_KIND_TEXT, .label = N_("Script"), .max = 20 },
  [MH_PATIENT_ALIAS]              = { "alias", MH_KIND_TEXT, .label = N_("Alias"), .flags = MH_SENSITIVE | MH_SEARCH, .max = 80 },
  [MH_PATIENT_SEX]                = { "sex", MH_KIND_ENUM, .label = NR_("Sex"), .codes = mh_patient_sex_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_PATIENT_GENDER]             = { "gender", MH_KIND_TEXT, .label = N_("Gender"), .flags = MH_SENSITIVE, .max = 40,
    .help = N_("In the person's own words, if it differs") },
  [MH_PATIENT_BIRTH_DATE]         = { "birth_date", MH_KIND_DATE, .label = NR_("Date of birth"), .flags = MH_SENSITIVE | MH_BRIEF },
  [MH_PATIENT_BIRTH_ESTIMATED]    = { "birth_estimated", MH_KIND_BOOL, .label = N_("Date of birth is estimated"), .flags = MH_BRIEF },
  [MH_PATIENT_AGE_YEARS]          = { "age_years", MH_KIND_INT, .label = N_("Age"), .flags = MH_INPUT, .at_least = 0, .at_most = 130, .unit = "y",
    .help = N_("Sent instead of a date of birth; the server estimates the date") },
  [MH_PATIENT_BIRTH_ORDER]        = { "birth_order", MH_KIND_INT, .label = N_("Birth order"), .at_least = 1, .at_most = 9,
    .help = N_("Of twins, triplets") },
  [MH_PATIENT_UNIDENTIFIED]       = { "unidentified", MH_KIND_BOOL, .label = N_("Not identified yet"),
    .help = N_("Unknown person in an emergency: a date of birth is not demanded") },
  [MH_PATIENT_PHONE]              = { "phone", MH_KIND_TEXT, .label = N_("Phone"), .flags = MH_SENSITIVE | MH_BRIEF | MH_SEARCH, .format = "phone", .max = 40 },
  [MH_PATIENT_PHONE2]             = { "phone2", MH_KIND_TEXT, .label = N_("Second phone"), .flags = MH_SENSITIVE | MH_SEARCH, .format = "phone", .max = 40 },
  [MH_PATIENT_EMAIL]              = { "email", MH_KIND_TEXT, .label = N_("E-mail"), .flags = MH_SENSITIVE | MH_SEARCH, .format = "email", .max = 254 },
  [MH_PATIENT_ADDRESS_LINE]       = { "address_line", MH_KIND_LONG_TEXT, .label = N_("Address"), .flags = MH_SENSITIVE, .max = 300 },
  [MH_PATIENT_LOCALITY]           = { "locality", MH_KIND_TEXT, .label = N_("Locality"), .flags = MH_SENSITIVE, .max = 100 },
  [MH_PATIENT_CITY]               = { "city", MH_KIND_TEXT, .label = N_("City"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 100 },
  [MH_PATIENT_DISTRICT]           = { "district", MH_KIND_TEXT, .label = N_("District"), .flags = MH_SENSITIVE, .max = 100 },
  [MH_PATIENT_STATE]              = { "state", MH_KIND_TEXT, .label = N_("State or union territory"), .max = 100 },
  [MH_PATIENT_COUNTRY]            = { "country", MH_KIND_TEXT, .label = N_("Country"), .max = 2,
    .help = N_("ISO 3166 code of two letters") },
  [MH_PATIENT_PIN]                = { "pin", MH_KIND_TEXT, .label = N_("PIN code"), .flags = MH_SENSITIVE, .format = "pin", .max = 10 },
  [MH_PATIENT_ABHA]               = { "abha", MH_KIND_TEXT, .label = N_("ABHA number"), .flags = MH_SENSITIVE | MH_SEARCH, .format = "abha", .max = 14 },
  [MH_PATIENT_AADHAAR_LAST4]      = { "aadhaar_last4", MH_KIND_TEXT, .label = N_("Aadhaar, last four digits"), .flags = MH_SENSITIVE, .format = "digits4", .max = 4 },
  [MH_PATIENT_PASSPORT]           = { "passport", MH_KIND_TEXT, .label = N_("Passport"), .flags = MH_SENSITIVE | MH_SEARCH, .max = 20 },
  [MH_PATIENT_GUARDIAN_NAME]      = { "guardian_name", MH_KIND_TEXT, .label = N_("Guardian"), .flags = MH_SENSITIVE, .max = 120 },
  [MH_PATIENT_GUARDIAN_RELATION]  = { "guardian_relation", MH_KIND_TEXT, .label = N_("Guardian is"), .max = 40 },
  [MH_PATIENT_GUARDIAN_PHONE]     = { "guardian_phone", MH_KIND_TEXT, .label = N_("Guardian's phone"), .flags = MH_SENSITIVE, .format = "phone", .max = 40 },
  [MH_PATIENT_EMERGENCY_NAME]     = { "emergency_name", MH_KIND_TEXT, .label = N_("Emergency contact"), .flags = MH_SENSITIVE, .max = 120 },
  [MH_PATIENT_EMERGENCY_RELATION] = { "emergency_relation", MH_KIND_TEXT, .label = N_("Emergency contact is"), .max = 40 },
  [MH_PATIENT_EMERGENCY_PHONE]    = { "emergency_phone", MH_KIND_TEXT, .label = N_("Emergency phone"), .flags = MH_SENSITIVE, .format = "phone", .max = 40 },
  [MH_PATIENT_LANGUAGE]           = { "language", MH_KIND_TEXT, .label = N_("Language"), .max = 10 },
  [MH_PATIENT_RELIGION]           = { "religion", MH_KIND_TEXT, .label = N_("Religion"), .flags = MH_SENSITIVE, .max = 40 },
  [MH_PATIENT_OCCUPATION]         = { "occupation", MH_KIND_TEXT, .label = N_("Occupation"), .flags = MH_SENSITIVE, .max = 80 },
  [MH_PATIENT_MARITAL_STATUS]     = { "marital_status", MH_KIND_ENUM, .label = N_("Marital status"), .codes = mh_marital_status_codes, .flags = MH_SENSITIVE },
  [MH_PATIENT_BLOOD_GROUP]        = { "blood_group", MH_KIND_ENUM, .label = N_("Blood group"), .codes = mh_blood_group_codes, .flags = MH_SENSITIVE },
  [MH_PATIENT_ALLERGY_STATUS]     = { "allergy_status", MH_KIND_ENUM, .label = N_("Allergies asked"), .codes = mh_allergy_status_codes, .flags = MH_BRIEF },
  [MH_PATIENT_ALLERGIES]          = { "allergies", MH_KIND_LIST, .label = N_("Allergies"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 50 },
  [MH_PATIENT_CHRONIC_FLAGS]      = { "chronic_flags", MH_KIND_LIST, .label = N_("Chronic conditions"), .flags = MH_SENSITIVE, .max = 50 },
  [MH_PATIENT_PREGNANT]           = { "pregnant", MH_KIND_BOOL, .label = N_("Pregnant"), .flags = MH_SENSITIVE },
  [MH_PATIENT_PREGNANCY_WEEKS]    = { "pregnancy_weeks", MH_KIND_INT, .label = N_("Weeks of pregnancy"), .flags = MH_SENSITIVE, .at_least = 0, .at_most = 45 },
  [MH_PATIENT_PREGNANCY_DATED]    = { "pregnancy_dated", MH_KIND_DATE, .label = N_("Weeks counted on"), .flags = MH_SENSITIVE,
    .help = N_("Day on which the weeks were counted") },
  [MH_PATIENT_BREASTFEEDING]      = { "breastfeeding", MH_KIND_BOOL, .label = N_("Breast-feeding"), .flags = MH_SENSITIVE, .since = 40 },
  [MH_PATIENT_INSURER]            = { "insurer", MH_KIND_TEXT, .label = N_("Insurer"), .flags = MH_SENSITIVE, .max = 120 },
  [MH_PATIENT_POLICY_NUMBER]      = { "policy_number", MH_KIND_TEXT, .label = N_("Policy number"), .flags = MH_SENSITIVE, .max = 60 },
  [MH_PATIENT_POLICY_VALID_UNTIL] = { "policy_valid_until", MH_KIND_DATE, .label = N_("Policy valid until"), .flags = MH_SENSITIVE },
  [MH_PATIENT_CONSENT_EMAIL]      = { "consent_email", MH_KIND_BOOL, .label = N_("Agrees to e-mails") },
  [MH_PATIENT_CONSENT_SMS]        = { "consent_sms", MH_KIND_BOOL, .label = N_("Agrees to SMS") },
  [MH_PATIENT_CONSENT_RESEARCH]   = { "consent_research", MH_KIND_BOOL, .label = N_("Agrees to research use") },
  [MH_PATIENT_PHOTO_ID]           = { "photo_id", MH_KIND_REF, .label = N_("Photo"), .target = &mh_document_type, .flags = MH_SENSITIVE | MH_NO_FORM,
    .help = N_("A picture among the patient's documents, of the kind portrait") },
  [MH_PATIENT_DECEASED]           = { "deceased", MH_KIND_BOOL, .label = N_("Deceased"), .flags = MH_BRIEF },
  [MH_PATIENT_DECEASED_AT]        = { "deceased_at", MH_KIND_INSTANT, .label = N_("Died") },
  [MH_PATIENT_VIP]                = { "vip", MH_KIND_BOOL, .label = N_("Protected chart"), .flags = MH_BRIEF,
    .help = N_("Opening it needs a reason") },
  [MH_PATIENT_MERGED_INTO]        = { "merged_into", MH_KIND_REF, .label = N_("Merged into"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_PATIENT_NOTES]              = { "notes", MH_KIND_LONG_TEXT, .label = N_("Notes"), .flags = MH_SENSITIVE, .max = 4000 },
  [MH_PATIENT_SEARCH_TEXT]        = { "search_text", MH_KIND_TEXT, .label = N_("Search text"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM, .max = 1000 },
  [MH_PATIENT_SEARCH_PHONETIC]    = { "search_phonetic", MH_KIND_TEXT, .label = N_("Phonetic search text"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM, .max = 1000 },
  [MH_PATIENT_PHONE_DIGITS]       = { "phone_digits", MH_KIND_TEXT, .label = N_("Phone digits"), .flags = MH_SECRET | MH_SERVER_SET | MH_NO_FORM | MH_INDEX, .max = 60 },
  [MH_PATIENT_DUPLICATE_REASON]   = { "duplicate_reason", MH_KIND_ENUM, .label = N_("Register anyway because"), .codes = mh_duplicate_override_codes, .flags = MH_INPUT | MH_NO_FORM,
    .help = N_("Somebody who is registered already looks like the same person; after an emergency both are compared") },
  [MH_PATIENT_POSSIBLE_DUPLICATE] = { "possible_duplicate", MH_KIND_BOOL, .label = N_("Possible duplicate"), .flags = MH_SERVER_SET | MH_NO_FORM | MH_BRIEF, .since = 6,
    .help = N_("Registered without a duplicate check; to be reviewed") },
  [MH_PATIENT_FORMER_MRNS]        = { "former_mrns", MH_KIND_LIST, .label = N_("Former MRNs"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 50, .since = 33,
    .help = N_("Of records that were merged into this one; they lead here") },
  [MH_PATIENT_BIRTH_WEEKS]        = { "birth_weeks", MH_KIND_INT, .label = N_("Born after weeks"), .flags = MH_SENSITIVE, .at_least = 20, .at_most = 44, .since = 44,
    .help = N_("Completed weeks of pregnancy; who was born before 37 is judged by the corrected age until two years old") },
  [MH_PATIENT_USER_ID]            = { "user_id", MH_KIND_REF, .label = N_("Staff account"), .target = &mh_user_type, .flags = MH_SENSITIVE | MH_SERVER_SET | MH_NO_FORM, .since = 46,
    .help = N_("The account of a patient who is one of the staff; the chart is then protected") },
  [MH_PATIENT_DEATH_TOLD_BY]      = { "death_told_by", MH_KIND_TEXT, .label = N_("Death certified or told by"), .flags = MH_SENSITIVE | MH_SERVER_SET | MH_NO_FORM, .max = 120, .since = 64 },
  [MH_PATIENT_DEATH_CAUSE]        = { "death_cause", MH_KIND_TEXT, .label = N_("Cause of death"), .flags = MH_SENSITIVE | MH_SERVER_SET | MH_NO_FORM, .max = 400, .since = 64 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (patient_fields) == MH_PATIENT_N_FIELDS);

static const MhField patient_match_fields[] = {
  [MH_PATIENT_MATCH_PATIENT]  = { "patient", MH_KIND_RECORD, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_VIRTUAL },
  [MH_PATIENT_MATCH_SCORE]    = { "score", MH_KIND_INT, .label = N_("Score") },
  [MH_PATIENT_MATCH_REASONS]  = { "reasons", MH_KIND_LIST, .label = N_("Reasons"), .max = 20 },
  [MH_PATIENT_MATCH_BLOCKING] = { "blocking", MH_KIND_BOOL, .label = N_("Must be settled first"),
    .help = N_("Score of 80 or more: registering needs an explicit override") },
  [MH_PATIENT_MATCH_OTHER]    = { "other", MH_KIND_RECORD, .label = N_("Compared with"), .target = &mh_patient_type, .flags = MH_VIRTUAL,
    .help = N_("In the list to be reviewed: patients registered without a duplicate check") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (patient_match_fields) == MH_PATIENT_MATCH_N_FIELDS);

/* clang-format on */

static char *
patient_display (MhRecord *patient)
{
  static const guint parts[]
      = { MH_PATIENT_GIVEN_NAME, MH_PATIENT_MIDDLE_NAME, MH_PATIENT_FAMILY_NAME };
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (mh_record_has (patient, parts[i]))
      g_string_append_printf (name, "%s%s", name->len > 0 ? " " : "",
                              mh_record_text (patient, parts[i]));
  return g_strdup (name->str);
}

static void
patient_check_age (MhRecord *patient, MhIssues *issues)
{
  if (!mh_record_has (patient, MH_PATIENT_BIRTH_DATE)
      && !mh_record_has (patient, MH_PATIENT_AGE_YEARS)
      && !mh_record_bool (patient, MH_PATIENT_UNIDENTIFIED))
    mh_issues_add (issues, "birth_date", "required", "Give the date of birth or the age");
}

static void
patient_check (MhRecord *patient, MhIssues *issues)
{
  const char *allergy_status = mh_record_text (patient, MH_PATIENT_ALLERGY_STATUS);
  const char *const *allergies = mh_record_list (patient, MH_PATIENT_ALLERGIES);
  gboolean has_allergies = allergies != NULL && allergies[0] != NULL;
  const char *sex = mh_record_text (patient, MH_PATIENT_SEX);
  gboolean pregnant = mh_record_bool (patient, MH_PATIENT_PREGNANT);

  patient_check_age (patient, issues);
  if (has_allergies && g_strcmp0 (allergy_status, MH_ALLERGY_KNOWN) != 0)
    mh_issues_add (issues, "allergy_status", "mismatch",
                   "Allergies are listed: say that they are known");
  if (!has_allergies && g_strcmp0 (allergy_status, MH_ALLERGY_KNOWN) == 0)
    mh_issues_add (issues, "allergies", "required", "Name the known allergies");
  if (pregnant && g_strcmp0 (sex, MH_SEX_MALE) == 0)
    mh_issues_add (issues, "pregnant", "mismatch", "Does not fit the sex");
  if (mh_record_has (patient, MH_PATIENT_PREGNANCY_WEEKS)
      && !mh_record_has (patient, MH_PATIENT_PREGNANCY_DATED))
    mh_issues_add (issues, "pregnancy_dated", "required",
                   "Say on which day the weeks were counted");
  if (mh_record_has (patient, MH_PATIENT_DECEASED_AT)
      && !mh_record_bool (patient, MH_PATIENT_DECEASED))
    mh_issues_add (issues, "deceased", "mismatch",
                   "A time of death is given: mark the patient as deceased");
}

/* clang-format off */
const MhRecordType mh_patient_type = {
  .name = "MhPatient", .code = "patient", .table = "patient", .path = "/patients",
  .label = NS_("Patient"), .fields = patient_fields, .n_fields = G_N_ELEMENTS (patient_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = patient_check, .display = patient_display,
  .hospital = MH_PATIENT_HOSPITAL_ID,
};

const MhRecordType mh_patient_match_type = {
  .name = "MhPatientMatch", .code = "patient_match",
  .label = N_("Possible duplicate"), .fields = patient_match_fields, .n_fields = G_N_ELEMENTS (patient_match_fields),
};

/* clang-format on */
