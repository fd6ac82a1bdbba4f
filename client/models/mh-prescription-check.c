/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-prescription-check.h"

#include "client/models/mh-command.h"
#include "client/models/mh-read.h"
#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/rules/clinic/mh-drug-check.h"

/* Typing pauses; then the server is asked. */
#define PAUSE_MS 400

struct _MhPrescriptionCheck
{
  MhModel parent_instance;
  MhRecordSlot *slot;
  MhFormulary *formulary;
  MhRecordList *allergies;
  char *patient_id;
  MhRecord *patient, *profile, *answer;
  gboolean servers;
  guint timer;
};

G_DEFINE_FINAL_TYPE (MhPrescriptionCheck, mh_prescription_check, MH_TYPE_MODEL)

enum
{
  CHANGED,
  PROFILE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static MhContext *
prescription_check_context_of (MhPrescriptionCheck *check)
{
  return mh_model_context (MH_MODEL (check));
}

static void
prescription_check_answer (MhPrescriptionCheck *check, MhRecord *record, gboolean servers)
{
  g_set_object (&check->answer, record);
  check->servers = servers;
  g_signal_emit (check, signals[CHANGED], 0);
}

/* --- here --- */

/* Lines that name a medicine, as copies: working it out writes into them. */
static GPtrArray *
named_lines (MhPrescriptionCheck *check)
{
  MhRecord *record = mh_record_slot_record (check->slot);
  GPtrArray *lines = record != NULL ? mh_record_records (record, MH_PRESCRIPTION_LINES) : NULL;
  GPtrArray *named = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    if (mh_record_has (g_ptr_array_index (lines, i), MH_PRESCRIPTION_LINE_NAME))
      g_ptr_array_add (named, mh_record_copy (g_ptr_array_index (lines, i)));
  return named;
}

static GPtrArray *
active_allergies (MhPrescriptionCheck *check)
{
  GPtrArray *active = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = G_LIST_MODEL (check->allergies);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (MhRecord) allergy = g_list_model_get_item (all, i);
      if (mh_allergy_is_active (allergy))
        g_ptr_array_add (active, g_steal_pointer (&allergy));
    }
  return active;
}

static void
work_out (MhPrescriptionCheck *check)
{
  MhDrugBook *book = mh_formulary_book (check->formulary);
  if (book == NULL || check->patient == NULL)
    return;

  g_autoptr (GPtrArray) lines = named_lines (check);
  g_autoptr (GPtrArray) allergies = active_allergies (check);
  MhDrugPatient patient = {
    .patient = check->patient,
    .allergies = allergies,
    .today = mh_context_today (prescription_check_context_of (check)),
  };

  if (check->profile != NULL)
    mh_drug_patient_take_figures (&patient,
                                  mh_record_records (check->profile, MH_DRUG_CHECK_FIGURES));

  for (guint i = 0; i < lines->len; i++)
    mh_drug_complete_line (book, g_ptr_array_index (lines, i));
  g_autoptr (GPtrArray) alerts = mh_drug_check (
      book, &patient, lines,
      check->profile != NULL ? mh_record_records (check->profile, MH_DRUG_CHECK_ACTIVE_ITEMS)
                             : NULL);
  g_autoptr (MhRecord) worked_out = mh_drug_check_of (alerts);

  prescription_check_answer (check, worked_out, FALSE);
}

/* --- there --- */

static void
server_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPrescriptionCheck) check = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  /* Refused or away: what was worked out here stands, and the server asks when it is signed. */
  if (!mh_model_is_late (MH_MODEL (check), error) && outcome != NULL && outcome->record != NULL)
    prescription_check_answer (check, outcome->record, TRUE);
}

static gboolean
ask_server_cb (gpointer data)
{
  MhPrescriptionCheck *check = data;
  g_autoptr (GPtrArray) lines = named_lines (check);
  check->timer = 0;
  if (prescription_check_context_of (check) == NULL || check->patient_id == NULL || lines->len == 0)
    return G_SOURCE_REMOVE;

  g_autoptr (MhRecord) body = mh_record_new (&mh_prescription_type);
  mh_record_set_text (body, MH_PRESCRIPTION_PATIENT_ID, check->patient_id);
  mh_record_take_records (body, MH_PRESCRIPTION_LINES, g_steal_pointer (&lines));
  mh_command_async (prescription_check_context_of (check),
                    &(MhCommand){ .route = "prescription.check", .body = body },
                    mh_model_renew (MH_MODEL (check)), server_cb, g_object_ref (check));
  return G_SOURCE_REMOVE;
}

void
mh_prescription_check_touched (MhPrescriptionCheck *check)
{
  if (prescription_check_context_of (check) == NULL)
    return;
  mh_model_renew (MH_MODEL (check)); /* an answer about what stood there before */
  work_out (check);
  g_clear_handle_id (&check->timer, g_source_remove);
  check->timer = g_timeout_add (PAUSE_MS, ask_server_cb, check);
}

/* --- whom it is for --- */

static void
prescription_check_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPrescriptionCheck) check = data;
  g_autoptr (MhRecord) patient = mh_read_finish (result, NULL);
  if (prescription_check_context_of (check) == NULL || patient == NULL
      || g_strcmp0 (mh_record_id (patient), check->patient_id) != 0)
    return;
  g_set_object (&check->patient, patient);
  mh_prescription_check_touched (check);
}

typedef struct
{
  MhPrescriptionCheck *check;
  char *patient_id;
} Asked;

static void
prescription_check_profile_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asked *asked = data;
  g_autoptr (MhPrescriptionCheck) check = asked->check;
  g_autofree char *patient_id = asked->patient_id;
  g_autoptr (MhRecord) profile = mh_read_finish (result, NULL);
  if (prescription_check_context_of (check) == NULL || profile == NULL
      || g_strcmp0 (patient_id, check->patient_id) != 0)
    return;
  g_set_object (&check->profile, profile);
  g_signal_emit (check, signals[PROFILE], 0);
  mh_prescription_check_touched (check);
}

void
mh_prescription_check_reload (MhPrescriptionCheck *check)
{
  if (check->patient_id == NULL || prescription_check_context_of (check) == NULL)
    return;
  Asked *asked = g_new0 (Asked, 1);
  asked->check = g_object_ref (check);
  asked->patient_id = g_strdup (check->patient_id);
  mh_read_async (prescription_check_context_of (check), "patient.read", check->patient_id, NULL,
                 prescription_check_patient_cb, g_object_ref (check));
  mh_read_async (prescription_check_context_of (check), "drug_profile.read", check->patient_id,
                 NULL, prescription_check_profile_cb, asked);
}

void
mh_prescription_check_set_patient (MhPrescriptionCheck *check, const char *patient_id)
{
  const char *args[] = { "patient_id", patient_id, "limit", "200", NULL };
  g_clear_object (&check->patient);
  g_clear_object (&check->profile);
  g_clear_object (&check->answer);
  g_free (check->patient_id);
  check->patient_id = g_strdup (patient_id);
  mh_record_list_set_args (check->allergies, args);
  g_signal_emit (check, signals[PROFILE], 0);
  mh_prescription_check_reload (check);
}

/* --- asking it --- */

MhRecord *
mh_prescription_check_answer (MhPrescriptionCheck *check)
{
  return check->answer;
}

gboolean
mh_prescription_check_is_servers (MhPrescriptionCheck *check)
{
  return check->servers;
}

MhRecord *
mh_prescription_check_profile (MhPrescriptionCheck *check)
{
  return check->profile;
}

/* --- making it --- */

static void
mh_prescription_check_dispose (GObject *object)
{
  MhPrescriptionCheck *check = MH_PRESCRIPTION_CHECK (object);
  g_clear_handle_id (&check->timer, g_source_remove);
  G_OBJECT_CLASS (mh_prescription_check_parent_class)->dispose (object);
}

static void
mh_prescription_check_finalize (GObject *object)
{
  MhPrescriptionCheck *check = MH_PRESCRIPTION_CHECK (object);
  g_clear_object (&check->slot);
  g_clear_object (&check->formulary);
  g_clear_object (&check->allergies);
  g_clear_object (&check->patient);
  g_clear_object (&check->profile);
  g_clear_object (&check->answer);
  g_free (check->patient_id);
  G_OBJECT_CLASS (mh_prescription_check_parent_class)->finalize (object);
}

static void
mh_prescription_check_class_init (MhPrescriptionCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = mh_prescription_check_dispose;
  object_class->finalize = mh_prescription_check_finalize;
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_PRESCRIPTION_CHECK, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROFILE] = g_signal_new ("profile", MH_TYPE_PRESCRIPTION_CHECK, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mh_prescription_check_init (MhPrescriptionCheck *check)
{
}

MhPrescriptionCheck *
mh_prescription_check_new (MhRecordSlot *slot, MhFormulary *formulary)
{
  MhContext *context = mh_record_slot_context (slot);
  MhPrescriptionCheck *check = g_object_new (MH_TYPE_PRESCRIPTION_CHECK, "context", context, NULL);
  check->slot = g_object_ref (slot);
  check->formulary = g_object_ref (formulary);
  check->allergies = mh_record_list_new (context, "allergy.list");
  g_signal_connect_object (check->formulary, "changed", G_CALLBACK (mh_prescription_check_touched),
                           check, G_CONNECT_SWAPPED);
  g_signal_connect_object (check->allergies, "notify::n-items",
                           G_CALLBACK (mh_prescription_check_touched), check, G_CONNECT_SWAPPED);
  return check;
}
