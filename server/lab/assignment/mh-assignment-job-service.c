/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/assignment/mh-assignment-private.h"
#include "server/lab/assignment/mh-assignment-service.h"
#include "server/lab/assignment/mh-assignment.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/platform/jobs/mh-jobs.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/mh-types.h"

#define EVERY MH_MINUTE
/* In one transaction; what is left waits for the next run. */
#define AT_ONCE 100

typedef struct
{
  MhTx *tx;
  const char *hospital_id;
  GPtrArray *people;
  GPtrArray *away; /* of char *, ends with NULL */
  MhAssignmentTime time;
  gint64 limit; /* nothing since */
  guint n;
} Review;

/* To whoever may have it now; stays where it is while there is nobody. */
static gboolean
assignment_job_service_give (Review *review, MhRecord *order, const char *reason, GError **error)
{
  const MhAssignmentPerson *person = NULL;
  g_autoptr (GPtrArray) items
      = mh_orders_service_items (mh_tx_db (review->tx), mh_record_id (order), error);
  if (items == NULL
      || !mh_assignment_pick (review->tx, &(MhAssignmentTask){ order, items, review->people },
                              &review->time, (const char *const *)review->away->pdata, &person,
                              error))
    return FALSE;
  if (person == NULL)
    return TRUE;

  g_autoptr (MhRecord) after = mh_record_copy (order);
  mh_assignment_name (review->tx, after, person, reason);
  if (!mh_assignment_settle (review->tx, order, after, items, error)
      || !mh_tx_update (review->tx, order, after, "assign", reason, error))
    return FALSE;

  /* The next choice sees what this one did. */
  ((MhAssignmentPerson *)person)->open_minutes += mh_record_int (after, MH_ORDER_OPEN_MINUTES);
  ((MhAssignmentPerson *)person)->assigned_at = mh_tx_now (review->tx);
  review->n++;

  return TRUE;
}

static gboolean
assignment_job_service_give_all (Review *review,
                                 const char *user_id,
                                 gint64 before,
                                 const char *reason,
                                 guint *out_n,
                                 GError **error)
{
  guint was = review->n;
  g_autoptr (GPtrArray) orders = mh_assignment_store_orders (
      mh_tx_db (review->tx), review->hospital_id, user_id, before, AT_ONCE, error);
  for (guint i = 0; orders != NULL && i < orders->len; i++)
    if (!assignment_job_service_give (review, g_ptr_array_index (orders, i), reason, error))
      return FALSE;
  *out_n = review->n - was;
  return orders != NULL;
}

typedef struct
{
  gboolean on_shift, idle;
  gint64 active_at;
} State;

/* Idle: has had work for fifteen minutes and did nothing in them; or lost work for it and has done
 * nothing since. */
static gboolean
assignment_job_service_look (Review *review,
                             const MhAssignmentPerson *person,
                             State *out_state,
                             GError **error)
{
  gint64 active = mh_assignment_store_active_at (mh_tx_db (review->tx), person->id, error);
  if (active < 0)
    return FALSE;
  out_state->active_at = active;
  out_state->on_shift = mh_assignment_on_shift (person, &review->time);
  out_state->idle = active <= review->limit
                    && ((person->open_minutes > 0 && person->assigned_at <= review->limit)
                        || person->idle_at > active);
  return TRUE;
}

static gboolean
find_away (Review *review, State *states, GError **error)
{
  for (guint i = 0; i < review->people->len; i++)
    {
      MhAssignmentPerson *person = g_ptr_array_index (review->people, i);
      if (!assignment_job_service_look (review, person, &states[i], error))
        return FALSE;
      if (!states[i].on_shift || states[i].idle)
        g_ptr_array_add (review->away, person->id);
    }
  g_ptr_array_add (review->away, NULL);
  return TRUE;
}

static gboolean
review_people (Review *review, const State *states, GError **error)
{
  for (guint i = 0; i < review->people->len; i++)
    {
      MhAssignmentPerson *person = g_ptr_array_index (review->people, i);
      gboolean idle = states[i].on_shift;
      guint n = 0;
      if (states[i].on_shift && !states[i].idle)
        continue;
      if (!assignment_job_service_give_all (
              review, person->id, idle ? review->limit : mh_tx_now (review->tx),
              idle ? MH_ASSIGNED_IDLE : MH_ASSIGNED_OFF_SHIFT, &n, error))
        return FALSE;
      if (idle && n > 0
          && !mh_assignment_store_set_idle (mh_tx_db (review->tx), person->id,
                                            mh_tx_now (review->tx), error))
        return FALSE;
    }

  return TRUE;
}

gboolean
mh_assignment_service_review (MhTx *tx, const char *hospital_id, guint *out_n, GError **error)
{
  guint n = 0;
  MhDb *db = mh_tx_db (tx);
  Review review = { .tx = tx,
                    .hospital_id = hospital_id,
                    .limit = mh_tx_now (tx) - MH_ASSIGN_IDLE_MINUTES * MH_MINUTE };
  g_autoptr (GPtrArray) people = mh_assignment_store_people (db, hospital_id, error);

  if (people == NULL || !mh_assignment_time (db, hospital_id, mh_tx_now (tx), &review.time, error))
    return FALSE;

  g_autoptr (GPtrArray) away = g_ptr_array_new ();
  g_autofree State *states = g_new0 (State, people->len + 1);
  review.people = people;
  review.away = away;
  if (!find_away (&review, states, error)
      || !assignment_job_service_give_all (&review, NULL, mh_tx_now (tx), MH_ASSIGNED_AUTO, &n,
                                           error)
      || !review_people (&review, states, error))
    return FALSE;

  *out_n = review.n;
  return TRUE;
}

static gboolean
assignment_job_service_run (MhTx *tx, MhRecord *job, gpointer data, GError **error)
{
  guint n = 0;
  g_autoptr (GPtrArray) hospitals
      = mh_store_all (mh_tx_db (tx), &mh_hospital_type, NULL, NULL, error);
  for (guint i = 0; hospitals != NULL && i < hospitals->len; i++)
    {
      MhRecord *hospital = g_ptr_array_index (hospitals, i);
      if (!mh_record_has (hospital, MH_DELETED_AT)
          && !mh_assignment_service_review (tx, mh_record_id (hospital), &n, error))
        return FALSE;
    }
  return hospitals != NULL;
}

void
mh_assignment_service_register (MhServer *server)
{
  MhJobs *jobs = mh_server_jobs (server);
  mh_jobs_register (jobs, MH_JOB_ASSIGNMENT, assignment_job_service_run, NULL);
  mh_jobs_repeat (jobs, MH_JOB_ASSIGNMENT, EVERY);
}
