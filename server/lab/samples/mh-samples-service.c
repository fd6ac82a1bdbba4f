/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/samples/mh-samples-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/orders/mh-tubes.h"
#include "server/lab/samples/mh-badges-service.h"
#include "server/lab/samples/mh-samples-keep-service.h"
#include "server/lab/samples/mh-samples-place-service.h"
#include "server/lab/samples/mh-samples-store.h"
#include "server/messages/alerts/mh-alerts.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/messages/mh-alert.h"
#include "shared/records/people/mh-user.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-order-rules.h"
#include "shared/rules/lab/mh-storage-rules.h"

/* Everything one step looks at and changes. */
typedef struct
{
  MhTx *tx;
  MhServer *server;
  MhRecord *event;
  MhRecord *before, *after; /* the tube */
  MhRecord *order;          /* as it was */
  gint64 at;
  gboolean witnessed; /* badges were compared by the caller */
} Step;

static gboolean
samples_service_is (const char *a, const char *b)
{
  return g_strcmp0 (a, b) == 0;
}

/* --- may it happen --- */

static gboolean
check_scan (Step *step, GError **error)
{
  const char *scanned = mh_record_text (step->event, MH_CUSTODY_EVENT_SCANNED);
  g_autofree char *accession = scanned != NULL ? mh_accession_normalise (scanned) : NULL;
  if (scanned == NULL)
    return TRUE;
  if (accession == NULL)
    mh_error_set_field (error, "scanned", "format",
                        "The check character is wrong; scan the label again.");
  else if (!samples_service_is (accession, mh_record_text (step->before, MH_SAMPLE_ACCESSION)))
    mh_error_set_field (error, "scanned", "mismatch",
                        "This is another tube's label. Stop, and compare the names.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
samples_service_is_excused (const char *reason)
{
  for (const MhCode *code = mh_unproven_codes; code->code != NULL; code++)
    if (samples_service_is (code->code, reason))
      return TRUE;
  return FALSE;
}

/* A printed label is not a drawn tube, and a tube without a compared name is anybody's. */
static gboolean
check_proof (Step *step, GError **error)
{
  gboolean wanted = TRUE;
  g_autoptr (MhIssues) issues = mh_issues_new ();
  if (!mh_setting_bool (mh_tx_db (step->tx), mh_record_text (step->order, MH_ORDER_HOSPITAL_ID),
                        MH_SET_COLLECTION_PROOF, &wanted, error))
    return FALSE;
  if (!wanted || samples_service_is_excused (mh_record_text (step->event, MH_CUSTODY_EVENT_REASON)))
    return TRUE;

  if (mh_record_list (step->event, MH_CUSTODY_EVENT_IDENTIFIERS) == NULL)
    mh_issues_add (issues, "identifiers", "required",
                   "Compare two identifiers, or give the reason why not.");
  if (!mh_record_has (step->event, MH_CUSTODY_EVENT_SCANNED))
    mh_issues_add (issues, "scanned", "required",
                   "Scan the label on the tube, or give the reason why not.");

  return mh_issues_raise (issues, error);
}

static gboolean
check_collected (Step *step, GError **error)
{
  const char *const *identifiers = mh_record_list (step->event, MH_CUSTODY_EVENT_IDENTIFIERS);
  const char *method = mh_record_text (step->order, MH_ORDER_PAYMENT_METHOD);
  if (identifiers != NULL && g_strv_length ((char **)identifiers) < 2)
    {
      mh_error_set_field (error, "identifiers", "too_few",
                          "Two identifiers must be compared before drawing.");
      return FALSE;
    }

  gboolean later = mh_record_int (step->order, MH_ORDER_DUE) <= 0
                   || samples_service_is (method, MH_METHOD_INSURANCE);

  /* Who lies here pays at the end of the stay. */
  if (!later
      && !mh_patients_service_is_inpatient (
          mh_tx_db (step->tx), mh_record_text (step->order, MH_ORDER_PATIENT_ID), &later, error))
    return FALSE;

  if (!later)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "The order is not paid; take the payment first.");
      return FALSE;
    }

  return check_proof (step, error);
}

/* An event may be told late, never early, and not before the one that must precede it. */
static gboolean
samples_service_check_time (Step *step, GError **error)
{
  gint64 now = mh_tx_now (step->tx);
  step->at = mh_record_has (step->event, MH_CUSTODY_EVENT_AT)
                 ? mh_record_int (step->event, MH_CUSTODY_EVENT_AT)
                 : now;

  gboolean received = samples_service_is (mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT),
                                          MH_CUSTODY_RECEIVED);
  if (step->at > now + 2 * MH_MINUTE)
    mh_error_set_field (error, "at", "out_of_range", "This time lies in the future.");
  else if (step->at < mh_record_int (step->order, MH_ORDER_ORDERED_AT) - 2 * MH_MINUTE)
    mh_error_set_field (error, "at", "out_of_range", "This time lies before the order.");
  else if (received && mh_record_has (step->before, MH_SAMPLE_COLLECTED_AT)
           && step->at < mh_record_int (step->before, MH_SAMPLE_COLLECTED_AT))
    mh_error_set_field (error, "at", "out_of_range", "It cannot arrive before it was collected.");
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_order_open (Step *step, GError **error)
{
  const char *status = mh_record_text (step->order, MH_ORDER_STATUS);
  if (!samples_service_is (status, MH_ORDER_STATUS_CANCELLED)
      && !samples_service_is (status, MH_ORDER_STATUS_EXPIRED))
    return TRUE;
  mh_error_set (error, MH_ERROR_CONFLICT, "The order of this tube is %s.", status);
  return FALSE;
}

/* A tube with verified results stays where it counted; it cannot be rejected afterwards. */
static gboolean
check_reject (GPtrArray *items, GError **error)
{
  for (guint i = 0; i < items->len; i++)
    if (samples_service_is (mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_STATUS),
                            MH_ITEM_STATUS_VERIFIED))
      {
        mh_error_set (error, MH_ERROR_CONFLICT,
                      "Results of this tube are released; correct the report instead.");
        return FALSE;
      }
  return TRUE;
}

/* What the laboratory has worked on was there. */
static gboolean
check_unreceived (Step *step, GPtrArray *items, GError **error)
{
  gboolean touched = mh_record_int (step->before, MH_SAMPLE_N_ALIQUOTS) > 0;
  for (guint i = 0; i < items->len && !touched; i++)
    {
      const char *status = mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_STATUS);
      touched = samples_service_is (status, MH_ITEM_STATUS_RESULTED)
                || samples_service_is (status, MH_ITEM_STATUS_VERIFIED);
    }
  if (touched)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This tube was worked on already; its receipt cannot be taken back.");
  return !touched;
}

/* Whose badge stands beside the one who is signed in. */
static gboolean
check_witness (Step *step, GError **error)
{
  g_autoptr (MhRecord) person = mh_badges_service_other (
      mh_tx_db (step->tx), mh_record_text (step->order, MH_ORDER_HOSPITAL_ID),
      mh_tx_who (step->tx)->user_id, mh_record_text (step->event, MH_CUSTODY_EVENT_WITNESS),
      "witness", error);

  if (person == NULL)
    return FALSE;

  mh_record_set_text (step->event, MH_CUSTODY_EVENT_WITNESS_ID, mh_record_id (person));
  mh_record_set_text (step->event, MH_CUSTODY_EVENT_WITNESS_NAME,
                      mh_record_text (person, MH_USER_NAME));
  if (samples_service_is (mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT),
                          MH_CUSTODY_HANDED_OVER))
    mh_record_set_text (step->event, MH_CUSTODY_EVENT_HANDED_TO, mh_record_id (person));

  return TRUE;
}

/* A hand-over takes two; so does disposing of a tube that is not kept long enough yet. */
static gboolean
check_two (Step *step, GError **error)
{
  const char *event = mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT);
  gboolean early = samples_service_is (event, MH_CUSTODY_DISPOSED)
                   && mh_storage_rules_needs_witness (
                       mh_record_int (step->before, MH_SAMPLE_KEEP_UNTIL), mh_tx_now (step->tx));
  if (step->witnessed || (!early && !samples_service_is (event, MH_CUSTODY_HANDED_OVER)))
    return TRUE;
  return check_witness (step, error);
}

/* A sample that cannot be drawn again may be run although it should be rejected: with the reason
 * and a comment that is signed by being recorded and printed on the report. */
static gboolean
check_accepted (Step *step, GError **error)
{
  const char *reason = mh_record_text (step->event, MH_CUSTODY_EVENT_REASON);
  if (!samples_service_is (mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT),
                           MH_CUSTODY_ACCEPTED)
      || reason == NULL)
    return TRUE;
  g_autoptr (MhIssues) issues = mh_issues_new ();
  if (!mh_sample_rules_is_reject_reason (reason))
    mh_issues_add (issues, "reason", "unknown_code", "Not a known reason: %s", reason);
  if (!mh_record_has (step->event, MH_CUSTODY_EVENT_NOTE))
    mh_issues_add (issues, "note", "required", "Write the comment that the report will show.");
  return mh_issues_raise (issues, error);
}

static gboolean
check_step (Step *step, const MhActor *actor, const char **out_status, GError **error)
{
  const char *event = mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT);
  const char *status = mh_record_text (step->before, MH_SAMPLE_STATUS);
  if (!mh_actor_require (actor, mh_sample_rules_permission (event), error)
      || !check_order_open (step, error))
    return FALSE;

  *out_status = mh_sample_rules_after (status, event);
  if (*out_status == NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "A tube that is %s cannot be %s.", status, event);
      return FALSE;
    }

  if (mh_sample_rules_needs_reason (event) && !mh_record_has (step->event, MH_CUSTODY_EVENT_REASON))
    {
      mh_error_set_field (error, "reason", "required", "Choose the reason.");
      return FALSE;
    }

  if (!samples_service_check_time (step, error) || !check_scan (step, error)
      || !check_two (step, error) || !check_accepted (step, error)
      || !mh_samples_place_check (step->tx, step->before, step->event, error))
    return FALSE;

  return !samples_service_is (event, MH_CUSTODY_COLLECTED) || check_collected (step, error);
}

/* --- what it changes --- */

static void
stamp_tube (Step *step, const char *status)
{
  const char *event = mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT);
  const MhWho *who = mh_tx_who (step->tx);
  MhRecord *tube = step->after;

  mh_record_set_text (tube, MH_SAMPLE_STATUS, status);
  if (mh_record_has (step->event, MH_CUSTODY_EVENT_PLACE))
    mh_record_set_text (tube, MH_SAMPLE_PLACE,
                        mh_record_text (step->event, MH_CUSTODY_EVENT_PLACE));
  if (mh_record_has (step->event, MH_CUSTODY_EVENT_SCANNED))
    mh_record_set_int (tube, MH_SAMPLE_LABEL_SCANNED_AT, step->at);
  if (samples_service_is (event, MH_CUSTODY_COLLECTED))
    {
      mh_record_set_int (tube, MH_SAMPLE_COLLECTED_AT, step->at);
      mh_record_set_text (tube, MH_SAMPLE_COLLECTED_BY, who->user_id);
      mh_record_set_text (tube, MH_SAMPLE_COLLECTED_NAME, who->user_name);
    }
  else if (samples_service_is (event, MH_CUSTODY_RECEIVED))
    {
      mh_record_set_int (tube, MH_SAMPLE_RECEIVED_AT, step->at);
      mh_record_set_text (tube, MH_SAMPLE_RECEIVED_BY, who->user_id);
    }
  else if (samples_service_is (event, MH_CUSTODY_UNRECEIVED))
    {
      mh_record_set_null (tube, MH_SAMPLE_RECEIVED_AT);
      mh_record_set_null (tube, MH_SAMPLE_RECEIVED_BY);
    }
  else if (samples_service_is (event, MH_CUSTODY_REJECTED))
    {
      mh_record_set_int (tube, MH_SAMPLE_REJECTED_AT, step->at);
      mh_record_set_text (tube, MH_SAMPLE_REJECTED_BY, who->user_id);
      mh_record_set_text (tube, MH_SAMPLE_REJECT_REASON,
                          mh_record_text (step->event, MH_CUSTODY_EVENT_REASON));
      mh_record_set_text (tube, MH_SAMPLE_REJECT_NOTE,
                          mh_record_text (step->event, MH_CUSTODY_EVENT_NOTE));
    }
  else if (samples_service_is (event, MH_CUSTODY_ACCEPTED)
           && mh_record_has (step->event, MH_CUSTODY_EVENT_REASON))
    {
      mh_record_set_text (tube, MH_SAMPLE_ACCEPTED_REASON,
                          mh_record_text (step->event, MH_CUSTODY_EVENT_REASON));
      mh_record_set_text (tube, MH_SAMPLE_ACCEPTED_NOTE,
                          mh_record_text (step->event, MH_CUSTODY_EVENT_NOTE));
      mh_record_set_text (tube, MH_SAMPLE_ACCEPTED_NAME, who->user_name);
    }
  else if (samples_service_is (event, MH_CUSTODY_LABEL_PRINTED))
    mh_record_set_int (tube, MH_SAMPLE_LABELS_PRINTED,
                       mh_record_int (tube, MH_SAMPLE_LABELS_PRINTED) + 1);
}

/* Indices of haemolysis, icterus and lipaemia stay with the tube. */
static void
stamp_indices (Step *step)
{
  static const guint pairs[][2] = { { MH_CUSTODY_EVENT_HAEMOLYSIS, MH_SAMPLE_HAEMOLYSIS },
                                    { MH_CUSTODY_EVENT_ICTERUS, MH_SAMPLE_ICTERUS },
                                    { MH_CUSTODY_EVENT_LIPAEMIA, MH_SAMPLE_LIPAEMIA } };
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (mh_record_has (step->event, pairs[i][0]))
      mh_record_set_int (step->after, pairs[i][1], mh_record_int (step->event, pairs[i][0]));
}

static const char *
item_status_after (const char *event)
{
  if (samples_service_is (event, MH_CUSTODY_COLLECTED)
      || samples_service_is (event, MH_CUSTODY_UNRECEIVED))
    return MH_ITEM_STATUS_COLLECTED;
  if (samples_service_is (event, MH_CUSTODY_RECEIVED))
    return MH_ITEM_STATUS_RECEIVED;
  return samples_service_is (event, MH_CUSTODY_REJECTED) ? MH_ITEM_STATUS_TO_COLLECT : NULL;
}

/* Items of a stored or referred tube that comes back keep the further state they had. */
static gboolean
samples_service_move_items (Step *step, GPtrArray *items, const char *new_sample, GError **error)
{
  const char *event = mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT);
  const char *status = item_status_after (event);
  for (guint i = 0; status != NULL && i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *was = mh_record_text (item, MH_ORDER_ITEM_STATUS);
      gboolean further = samples_service_is (was, MH_ITEM_STATUS_RESULTED)
                         || samples_service_is (was, MH_ITEM_STATUS_VERIFIED);
      if (samples_service_is (was, MH_ITEM_STATUS_CANCELLED) || (further && new_sample == NULL))
        continue;
      g_autoptr (MhRecord) before = mh_record_copy (item);
      mh_record_set_text (item, MH_ORDER_ITEM_STATUS, status);
      if (new_sample != NULL)
        mh_record_set_text (item, MH_ORDER_ITEM_SAMPLE_ID, new_sample);
      if (!mh_tx_update_part (step->tx, before, item, error))
        return FALSE;
    }

  return TRUE;
}

/* The second draw: a new number, linked both ways; nothing is charged again. */
static MhRecord *
replace_tube (Step *step, GError **error)
{
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (step->server), mh_tx_db (step->tx), error);
  if (view == NULL)
    return NULL;

  g_autoptr (GTimeZone) zone
      = mh_place_zone (view, mh_record_text (step->order, MH_ORDER_HOSPITAL_ID));
  static const guint emptied[]
      = { MH_SAMPLE_COLLECTED_AT,  MH_SAMPLE_COLLECTED_BY,  MH_SAMPLE_COLLECTED_NAME,
          MH_SAMPLE_RECEIVED_AT,   MH_SAMPLE_RECEIVED_BY,   MH_SAMPLE_REJECTED_AT,
          MH_SAMPLE_REJECTED_BY,   MH_SAMPLE_REJECT_REASON, MH_SAMPLE_REJECT_NOTE,
          MH_SAMPLE_REPLACED_BY,   MH_SAMPLE_PLACE,         MH_SAMPLE_LABEL_SCANNED_AT,
          MH_SAMPLE_BOX_ID,        MH_SAMPLE_POSITION,      MH_SAMPLE_KEEP_UNTIL,
          MH_SAMPLE_HAEMOLYSIS,    MH_SAMPLE_ICTERUS,       MH_SAMPLE_LIPAEMIA,
          MH_SAMPLE_N_ALIQUOTS,    MH_SAMPLE_ACCEPTED_NOTE, MH_SAMPLE_ACCEPTED_REASON,
          MH_SAMPLE_ACCEPTED_NAME, MH_SAMPLE_TEMPERATURE,   MH_SAMPLE_STABLE_UNTIL,
          MH_SAMPLE_STABLE_TESTS };
  char *accession = mh_tubes_next_accession (
      step->tx, mh_record_text (step->before, MH_SAMPLE_BENCH), zone, error);

  if (accession == NULL)
    return NULL;

  g_autoptr (MhRecord) tube = mh_record_copy (step->before);
  mh_record_take_text (tube, MH_ID, mh_id_new ());
  mh_record_take_text (tube, MH_SAMPLE_ACCESSION, accession);
  mh_record_set_text (tube, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_TO_COLLECT);
  mh_record_set_text (tube, MH_SAMPLE_PARENT_ID, mh_record_id (step->before));
  mh_record_set_int (tube, MH_SAMPLE_LABELS_PRINTED, 0);
  for (guint i = 0; i < G_N_ELEMENTS (emptied); i++)
    mh_record_set_null (tube, emptied[i]);

  g_autoptr (GPtrArray) tubes = g_ptr_array_new ();
  g_ptr_array_add (tubes, tube);
  g_autoptr (GPtrArray) events = mh_tubes_first_events (step->tx, tubes);
  if (!mh_tx_insert (step->tx, tube, MH_AUDIT_CREATE, "recollection", error)
      || !mh_tx_insert_parts (step->tx, events, error))
    return NULL;

  mh_record_set_text (step->after, MH_SAMPLE_REPLACED_BY, mh_record_id (tube));
  return g_steal_pointer (&tube);
}

/* Whoever may draw it again, and the desk that ordered it, are told; no longer when it is drawn. */
static gboolean
samples_service_tell (Step *step, GError **error)
{
  const char *hospital_id = mh_record_text (step->order, MH_ORDER_HOSPITAL_ID);
  const char *arguments[] = { mh_record_text (step->order, MH_ORDER_NUMBER),
                              mh_record_text (step->before, MH_SAMPLE_ACCESSION), NULL };
  const char *rejected = mh_record_text (step->after, MH_SAMPLE_REPLACED_BY);
  const char *replaces = mh_record_text (step->before, MH_SAMPLE_PARENT_ID);
  gboolean drawn = samples_service_is (mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT),
                                       MH_CUSTODY_COLLECTED);
  g_autofree char *key = g_strdup_printf (
      "rejected:%s", drawn && replaces != NULL ? replaces : mh_record_id (step->before));
  MhAlertDraft draft = { .kind = MH_ALERT_SAMPLE_REJECTED,
                         .hospital_id = hospital_id,
                         .subject_type = mh_order_type.code,
                         .subject_id = mh_record_id (step->order),
                         .arguments = arguments,
                         .bench = mh_record_text (step->before, MH_SAMPLE_BENCH),
                         .dedupe_key = key };

  if (drawn)
    return replaces == NULL || mh_alerts_clear (step->tx, hospital_id, key, error);

  return rejected == NULL || mh_alerts_raise (step->tx, &draft, error);
}

static gboolean
samples_service_write_event (Step *step, GError **error)
{
  const MhWho *who = mh_tx_who (step->tx);
  g_autoptr (MhRecord) event = mh_record_copy (step->event);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  if (!mh_record_has (event, MH_ID))
    mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID, mh_record_id (step->before));
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, step->at);
  mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, mh_tx_now (step->tx));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, who->user_id);
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME, who->user_name);
  if (!mh_record_has (event, MH_CUSTODY_EVENT_STATION))
    mh_record_set_text (event, MH_CUSTODY_EVENT_STATION, who->station);
  g_ptr_array_add (one, event);
  return mh_tx_insert_parts (step->tx, one, error);
}

static gboolean
is_any_received (GPtrArray *items)
{
  static const char *const here[]
      = { MH_ITEM_STATUS_RECEIVED, MH_ITEM_STATUS_RESULTED, MH_ITEM_STATUS_VERIFIED, NULL };
  for (guint i = 0; i < items->len; i++)
    {
      const char *status = mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_STATUS);
      if (status != NULL && g_strv_contains (here, status))
        return TRUE;
    }
  return FALSE;
}

/* First collected, first received: the order's own times. */
static gboolean
samples_service_settle_order (Step *step, GError **error)
{
  const char *verb = mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT);
  g_autoptr (GPtrArray) items
      = mh_orders_store_items (mh_tx_db (step->tx), mh_record_id (step->order), error);
  if (items == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (step->order);
  if (samples_service_is (verb, MH_CUSTODY_COLLECTED)
      && !mh_record_has (after, MH_ORDER_COLLECTED_AT))
    mh_record_set_int (after, MH_ORDER_COLLECTED_AT, step->at);
  if (samples_service_is (verb, MH_CUSTODY_RECEIVED)
      && !mh_record_has (after, MH_ORDER_RECEIVED_AT))
    mh_record_set_int (after, MH_ORDER_RECEIVED_AT, step->at);
  if (samples_service_is (verb, MH_CUSTODY_UNRECEIVED) && !is_any_received (items))
    mh_record_set_null (after, MH_ORDER_RECEIVED_AT);
  if (samples_service_is (verb, MH_CUSTODY_REJECTED)
      && !mh_record_has (step->before, MH_SAMPLE_ALIQUOT_OF))
    mh_record_set_int (after, MH_ORDER_N_SAMPLES, mh_record_int (after, MH_ORDER_N_SAMPLES) + 1);

  return mh_orders_service_settle (step->tx, &(MhOrderChange){ step->order, after, items }, verb,
                                   NULL, error);
}

static gboolean
samples_service_apply (Step *step, const char *status, GError **error)
{
  const char *event = mh_record_text (step->event, MH_CUSTODY_EVENT_EVENT);
  g_autoptr (MhRecord) replacement = NULL;
  g_autoptr (GPtrArray) items
      = mh_samples_store_items (mh_tx_db (step->tx), mh_record_id (step->before), error);

  if (items == NULL
      || (samples_service_is (event, MH_CUSTODY_UNRECEIVED)
          && !check_unreceived (step, items, error)))
    return FALSE;

  stamp_tube (step, status);
  stamp_indices (step);
  if (!mh_samples_place_stamp (step->tx, step->after, step->event, step->at, error)
      || !mh_samples_keep_stamp (step->tx, step->server, step->after, step->event, error))
    return FALSE;

  /* what was taken from a tube is taken again from it, not from the patient */
  if (samples_service_is (event, MH_CUSTODY_REJECTED)
      && !mh_record_has (step->before, MH_SAMPLE_ALIQUOT_OF))
    {
      replacement = check_reject (items, error) ? replace_tube (step, error) : NULL;
      if (replacement == NULL)
        return FALSE;
    }

  return samples_service_write_event (step, error)
         && mh_tx_update (step->tx, step->before, step->after, event,
                          mh_record_text (step->event, MH_CUSTODY_EVENT_REASON), error)
         && samples_service_move_items (
             step, items, replacement != NULL ? mh_record_id (replacement) : NULL, error)
         && samples_service_tell (step, error) && samples_service_settle_order (step, error);
}

static MhRecord *
take_event (const MhRequest *req,
            const char *sample_id,
            MhRecord *event,
            gboolean witnessed,
            GError **error)
{
  const char *status = NULL;
  g_autoptr (MhRecord) before = mh_edit_get (req, &mh_sample_type, sample_id, error);
  g_autoptr (MhRecord) order
      = before != NULL ? mh_store_get (req->db, &mh_order_type,
                                       mh_record_text (before, MH_SAMPLE_ORDER_ID), error)
                       : NULL;

  if (order == NULL)
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  Step step = { req->tx, req->server, event, before, after, order, 0, witnessed };
  if (!check_step (&step, req->actor, &status, error)
      || !samples_service_apply (&step, status, error))
    return NULL;

  GPtrArray *events = mh_samples_store_events (req->db, sample_id, error);
  if (events == NULL)
    return NULL;

  mh_record_take_records (after, MH_SAMPLE_EVENTS, events);
  return g_steal_pointer (&after);
}

MhRecord *
mh_samples_service_event (const MhRequest *req,
                          const char *sample_id,
                          MhRecord *event,
                          GError **error)
{
  return take_event (req, sample_id, event, FALSE, error);
}

MhRecord *
mh_samples_service_witnessed (const MhRequest *req,
                              const char *sample_id,
                              MhRecord *event,
                              GError **error)
{
  return take_event (req, sample_id, event, TRUE, error);
}

MhRecord *
mh_samples_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) sample = mh_edit_get (req, &mh_sample_type, id, error);
  GPtrArray *events = sample != NULL ? mh_samples_store_events (req->db, id, error) : NULL;
  if (events == NULL)
    return NULL;
  mh_record_take_records (sample, MH_SAMPLE_EVENTS, events);
  return g_steal_pointer (&sample);
}

GPtrArray *
mh_samples_service_list (const MhRequest *req,
                         const char *accession,
                         const char *order_id,
                         const char *before_id,
                         guint limit,
                         GError **error)
{
  return mh_samples_store_list (req->db, mh_actor_hospital_id (req->actor),
                                &(MhSamplesQuery){ accession, order_id, before_id, limit }, error);
}

GPtrArray *
mh_samples_service_events (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) sample = mh_edit_get (req, &mh_sample_type, id, error);
  return sample != NULL ? mh_samples_store_events (req->db, id, error) : NULL;
}
