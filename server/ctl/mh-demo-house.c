/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include "server/ctl/mh-catalogue-load.h"
#include "server/ctl/mh-data-file.h"
#include "server/ctl/mh-forms-load.h"
#include "server/ctl/mh-formulary-load.h"
#include "server/ctl/mh-protocol-load.h"
#include "server/platform/auth/mh-password.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"

typedef struct
{
  const char *username;
  const char *name;
  const char *role;
  const char *designation;
  const char *qualification;
  const char *department;
  gboolean female;
} Person;

/* clang-format off */
static const Person people[MH_DEMO_N_STAFF] = {
  [MH_DEMO_RECEPTION]   = { "reception",   "Kavita Joshi",        MH_ROLE_RECEPTION,   "Front desk",            NULL,                  "FRONT", TRUE },
  [MH_DEMO_CASHIER]     = { "cashier",     "Imran Shaikh",        MH_ROLE_CASHIER,     "Cashier",               NULL,                  "FRONT", FALSE },
  [MH_DEMO_DOCTOR]      = { "doctor",      "Dr Meera Iyer",       MH_ROLE_DOCTOR,      "Consultant physician",  "MBBS, MD (Medicine)", "MED",   TRUE },
  [MH_DEMO_NURSE]       = { "nurse",       "Sister Anu Thomas",   MH_ROLE_NURSE,       "Staff nurse",           "BSc Nursing",         "MED",   TRUE },
  [MH_DEMO_TECHNICIAN]  = { "technician",  "Rahul Pawar",         MH_ROLE_TECHNICIAN,  "Laboratory technician", "BSc MLT",             "LAB",   FALSE },
  [MH_DEMO_TECHNICIAN2] = { "technician2", "Sunita Reddy",        MH_ROLE_TECHNICIAN,  "Laboratory technician", "DMLT",                "LAB",   TRUE },
  [MH_DEMO_PATHOLOGIST] = { "pathologist", "Dr Arvind Deshmukh",  MH_ROLE_PATHOLOGIST, "Consultant pathologist","MBBS, MD (Pathology)","LAB",   FALSE },
  [MH_DEMO_PHARMACIST]  = { "pharmacist",  "Farah Khan",          MH_ROLE_PHARMACIST,  "Pharmacist",            "BPharm",              "PHARM", TRUE },
  [MH_DEMO_DISPATCHER]  = { "dispatcher",  "Joseph D'Souza",      MH_ROLE_DISPATCHER,  "Emergency dispatcher",  NULL,                  "EMERG", FALSE },
  [MH_DEMO_CREW]        = { "crew",        "Balwinder Singh Gill",MH_ROLE_CREW,        "Paramedic",             "EMT-P",               "EMERG", FALSE },
  [MH_DEMO_MANAGER]     = { "manager",     "Nandini Rao",         MH_ROLE_MANAGER,     "Operations manager",    "MHA",                 "ADMIN", TRUE },
  [MH_DEMO_ADMIN]       = { "admin",       "Vikram Menon",        MH_ROLE_ADMIN,       "Administrator",         NULL,                  "ADMIN", FALSE },
  [MH_DEMO_KIOSK]       = { "kiosk",       "Kiosk in the hall",   MH_ROLE_KIOSK,       "Device",                NULL,                  "FRONT", FALSE },
};

static const struct { const char *code, *name, *kind, *location; } departments[] = {
  { "FRONT", "Front desk",          "administration", "Ground floor, main entrance" },
  { "LAB",   "Laboratory",          "laboratory",     "First floor, east wing" },
  { "MED",   "General medicine",    "clinical",       "Second floor" },
  { "PHARM", "Pharmacy",            "pharmacy",       "Ground floor" },
  { "EMERG", "Emergency",           "emergency",      "Ground floor, west gate" },
  { "ADMIN", "Administration",      "administration", "Third floor" },
};

static const struct { const char *code, *name, *kind, *department, *place; } desks[] = {
  { "FRONT-1", "Front desk 1",      MH_DEVICE_KIND_DESK,       "FRONT", "Main entrance" },
  { "FRONT-2", "Front desk 2",      MH_DEVICE_KIND_DESK,       "FRONT", "Main entrance" },
  { "COLL-1",  "Collection room 1", MH_DEVICE_KIND_COLLECTION, "LAB",   "First floor" },
  { "LAB-1",   "Haematology bench", MH_DEVICE_KIND_LABORATORY, "LAB",   "First floor" },
  { "LAB-2",   "Chemistry bench",   MH_DEVICE_KIND_LABORATORY, "LAB",   "First floor" },
};
/* clang-format on */

static gboolean
demo_house_insert (MhTx *tx, MhRecord *record, GError **error)
{
  return mh_tx_insert (tx, record, MH_AUDIT_CREATE, "demonstration", error);
}

static gboolean
make_hospital (MhTx *tx, MhDemo *demo, GError **error)
{
  MhRecord *hospital = mh_demo_record (demo, &mh_hospital_type, demo->now);
  mh_record_set_text (hospital, MH_HOSPITAL_CODE, "MH");
  mh_record_set_text (hospital, MH_HOSPITAL_NAME, "Mahima Demonstration Hospital");
  mh_record_set_text (hospital, MH_HOSPITAL_ADDRESS_LINE, "12 Station Road");
  mh_record_set_text (hospital, MH_HOSPITAL_LOCALITY, "Dadar West");
  mh_record_set_text (hospital, MH_HOSPITAL_CITY, "Mumbai");
  mh_record_set_text (hospital, MH_HOSPITAL_DISTRICT, "Mumbai");
  mh_record_set_text (hospital, MH_HOSPITAL_STATE, "Maharashtra");
  mh_record_set_text (hospital, MH_HOSPITAL_COUNTRY, "IN");
  mh_record_set_text (hospital, MH_HOSPITAL_PIN, "400028");
  mh_record_set_text (hospital, MH_HOSPITAL_PHONE, "+91 5000 000 001");
  mh_record_set_text (hospital, MH_HOSPITAL_EMAIL, "desk@hospital.example");
  mh_record_set_text (hospital, MH_HOSPITAL_WEBSITE, "https://hospital.example");
  mh_record_set_text (hospital, MH_HOSPITAL_TAX_NUMBER, "27AAAAA0000A1Z5");
  mh_record_set_text (hospital, MH_HOSPITAL_CURRENCY, "INR");
  mh_record_set_text (hospital, MH_HOSPITAL_TIME_ZONE, "Asia/Kolkata");
  mh_record_set_text (hospital, MH_HOSPITAL_REPORT_FOOTER,
                      "Demonstration only: invented people, invented results.");
  mh_record_set_bool (hospital, MH_HOSPITAL_ACTIVE, TRUE);
  demo->hospital = hospital;

  return demo_house_insert (tx, hospital, error);
}

static gboolean
make_departments (MhTx *tx, MhDemo *demo, GHashTable *ids, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (departments); i++)
    {
      g_autoptr (MhRecord) department = mh_demo_record (demo, &mh_department_type, demo->now);
      mh_record_set_text (department, MH_DEPARTMENT_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (department, MH_DEPARTMENT_CODE, departments[i].code);
      mh_record_set_text (department, MH_DEPARTMENT_NAME, departments[i].name);
      mh_record_set_text (department, MH_DEPARTMENT_KIND, departments[i].kind);
      mh_record_set_text (department, MH_DEPARTMENT_LOCATION, departments[i].location);
      mh_record_set_bool (department, MH_DEPARTMENT_ACTIVE, TRUE);
      g_hash_table_insert (ids, (gpointer)departments[i].code,
                           g_strdup (mh_record_id (department)));
      if (!demo_house_insert (tx, department, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_desks (MhTx *tx, MhDemo *demo, GHashTable *department_ids, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      g_autoptr (MhRecord) desk = mh_demo_record (demo, &mh_device_type, demo->now);
      mh_record_set_text (desk, MH_DEVICE_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (desk, MH_DEVICE_CODE, desks[i].code);
      mh_record_set_text (desk, MH_DEVICE_NAME, desks[i].name);
      mh_record_set_text (desk, MH_DEVICE_KIND, desks[i].kind);
      mh_record_set_text (desk, MH_DEVICE_DEPARTMENT_ID,
                          g_hash_table_lookup (department_ids, desks[i].department));
      mh_record_set_text (desk, MH_DEVICE_PLACE, desks[i].place);
      mh_record_set_bool (desk, MH_DEVICE_ACTIVE, TRUE);
      if (!demo_house_insert (tx, desk, error))
        return FALSE;
    }

  return TRUE;
}

static MhRecord *
make_setting (MhDemo *demo, const char *key, const char *kind, const char *value)
{
  MhRecord *setting = mh_demo_record (demo, &mh_setting_type, demo->now);
  mh_record_set_text (setting, MH_SETTING_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (setting, MH_SETTING_KEY, key);
  mh_record_set_text (setting, MH_SETTING_KIND, kind);
  mh_record_set_text (setting, MH_SETTING_VALUE, value);
  return setting;
}

/* The reagent's index, without which no INR is worked out; and nobody who tries the program has
 * printed labels to scan. */
static gboolean
make_settings (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (MhRecord) isi = make_setting (demo, "lab.isi", MH_SETTING_KIND_TEXT, "1.1");
  g_autoptr (MhRecord) proof
      = make_setting (demo, MH_SET_COLLECTION_PROOF, MH_SETTING_KIND_BOOL, "false");
  g_autoptr (MhRecord) director
      = make_setting (demo, MH_SET_CRITICAL_DIRECTOR, MH_SETTING_KIND_TEXT, "+91 20 5550 0199");
  mh_record_set_text (isi, MH_SETTING_LABEL, "ISI of the thromboplastin in use");
  mh_record_set_text (isi, MH_SETTING_HELP,
                      "From the leaflet of the reagent's lot. Without it no INR is calculated.");
  return demo_house_insert (tx, isi, error) && demo_house_insert (tx, proof, error)
         && demo_house_insert (tx, director, error);
}

static gboolean
make_roles (MhTx *tx, MhDemo *demo, GError **error)
{
  for (const MhRoleDefault *role = mh_role_defaults; role->code != NULL; role++)
    {
      g_autoptr (MhRecord) record = mh_role_default_record (role);
      mh_record_take_text (record, MH_ID, mh_data_fixed_id (mh_role_type.code, role->code));
      if (!demo_house_insert (tx, record, error))
        return FALSE;
    }
  return TRUE;
}

static MhRecord *
make_person (MhDemo *demo, const Person *person, GHashTable *department_ids, const char *hash)
{
  const char *roles[] = { person->role, NULL };
  MhRecord *user = mh_demo_record (demo, &mh_user_type, demo->now);
  mh_record_set_text (user, MH_USER_USERNAME, person->username);
  mh_record_set_text (user, MH_USER_NAME, person->name);
  mh_record_set_list (user, MH_USER_ROLES, roles);
  mh_record_set_text (user, MH_USER_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (user, MH_USER_DEPARTMENT_ID,
                      g_hash_table_lookup (department_ids, person->department));
  mh_record_set_text (user, MH_USER_DESIGNATION, person->designation);
  mh_record_set_text (user, MH_USER_QUALIFICATION, person->qualification);
  if (g_str_has_prefix (person->name, "Dr "))
    mh_record_take_text (user, MH_USER_REGISTRATION_NUMBER,
                         g_strdup_printf ("DEMO-%05d", mh_demo_int (demo, 10000, 99999)));

  mh_record_set_text (user, MH_USER_SEX, person->female ? MH_SEX_FEMALE : MH_SEX_MALE);
  mh_record_set_text (user, MH_USER_LANGUAGE, "en");
  mh_record_set_bool (user, MH_USER_ON_SHIFT, TRUE);
  mh_record_set_bool (user, MH_USER_ACTIVE, TRUE);
  mh_record_set_bool (user, MH_USER_DEMONSTRATION, TRUE);
  mh_record_set_text (user, MH_USER_PASSWORD_HASH, hash);
  mh_record_set_int (user, MH_USER_PASSWORD_CHANGED_AT, demo->now);

  return user;
}

static gboolean
make_staff (MhTx *tx, MhDemo *demo, GHashTable *department_ids, GError **error)
{
  g_autofree char *hash = mh_demo_hash (demo, MH_PASSWORD_DEMONSTRATION);
  for (guint i = 0; i < MH_DEMO_N_STAFF; i++)
    {
      demo->staff[i] = make_person (demo, &people[i], department_ids, hash);
      if (g_str_equal (people[i].role, MH_ROLE_TECHNICIAN))
        {
          static const char *const benches[]
              = { "H", "C", "B", "I", "S", "M", "U", "T", "G", NULL };
          mh_record_set_list (demo->staff[i], MH_USER_BENCHES, benches);
        }
      if (!demo_house_insert (tx, demo->staff[i], error))
        return FALSE;
    }

  return TRUE;
}

/* With which the staff closes a kiosk. */
static gboolean
make_kiosk (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autofree char *hash = mh_demo_hash (demo, MH_DEMO_KIOSK_PIN);
  g_autoptr (MhRecord) setup = mh_demo_record (demo, &mh_kiosk_setup_type, demo->now);
  mh_record_set_text (setup, MH_KIOSK_SETUP_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (setup, MH_KIOSK_SETUP_PIN_HASH, hash);
  return demo_house_insert (tx, setup, error);
}

static gboolean
make_catalogue (MhTx *tx, GError **error)
{
  g_autoptr (JsonObject) file = mh_data_file_read_json ("lab-catalogue.json", error);
  g_autoptr (GPtrArray) records = file != NULL ? mh_catalogue_load (file, error) : NULL;
  return records != NULL && mh_catalogue_store (tx, records, error)
         && mh_formulary_load (tx, error);
}

gboolean
mh_demo_house (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (GHashTable) department_ids
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  return make_hospital (tx, demo, error) && make_departments (tx, demo, department_ids, error)
         && make_desks (tx, demo, department_ids, error) && make_settings (tx, demo, error)
         && make_roles (tx, demo, error) && make_staff (tx, demo, department_ids, error)
         && make_kiosk (tx, demo, error) && make_catalogue (tx, error)
         && mh_forms_load (tx, mh_record_id (demo->hospital), error)
         && mh_protocol_load (tx, mh_record_id (demo->hospital), error)
         && mh_demo_tariff (tx, demo, error) && mh_demo_shelf (tx, demo, error)
         && mh_demo_storage (tx, demo, error) && mh_demo_fleet (tx, demo, error);
}
