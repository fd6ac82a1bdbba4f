/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What patients said, and the times of every test gathered, so that Insights has something to say.
 */
#include "server/ctl/mh-demo-private.h"

#include "server/clinic/inbox/mh-inbox.h"
#include "server/front/insights/mh-turnaround-service.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-inbox-item.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/messages/mh-feedback.h"

static const char *const said[]
    = { NULL, "Friendly, and quick", NULL, "The queue was long",
        NULL, "सब ठीक था",           NULL, "The report came a day late" };
static const int scores[] = { 5, 4, 5, 3, 4, 5, 4, 2, 5, 4, 1, 5 };

/* About a third answer. Nothing is drawn by lot: the rest of the hospital stays as it was. */
MhRecord *
mh_demo_feedback (MhDemo *demo, const MhDemoOrder *made)
{
  guint chance = g_str_hash (mh_record_text (made->order, MH_ORDER_NUMBER));
  gint64 at = made->verified_at + (1 + chance % 20) * MH_HOUR;
  guint8 random[10] = { 0 };
  if (chance % 3 != 0 || at > demo->now)
    return NULL;

  MhRecord *feedback = mh_record_new (&mh_feedback_type);
  for (guint i = 0; i < sizeof random; i++)
    random[i] = (guint8)(chance >> (i % 4 * 8)) ^ (guint8)mh_record_id (made->order)[35 - i];
  mh_record_take_text (feedback, MH_ID, mh_id_new_from (at / 1000, random));
  mh_record_set_int (feedback, MH_VERSION, 1);
  mh_record_set_int (feedback, MH_CREATED_AT, at);
  mh_record_set_int (feedback, MH_CHANGED_AT, at);
  mh_record_set_text (feedback, MH_FEEDBACK_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (feedback, MH_FEEDBACK_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (feedback, MH_FEEDBACK_LANGUAGE, "en");
  mh_record_set_int (feedback, MH_FEEDBACK_ASKED_AT, made->verified_at);
  mh_record_set_int (feedback, MH_FEEDBACK_ANSWERED_AT, at);
  mh_record_set_text (feedback, MH_FEEDBACK_CHANNEL,
                      chance % 2 == 0 ? MH_FEEDBACK_MAIL : MH_FEEDBACK_KIOSK);
  mh_record_set_int (feedback, MH_FEEDBACK_SCORE, scores[chance / 3 % G_N_ELEMENTS (scores)]);
  mh_record_set_text (feedback, MH_FEEDBACK_COMMENT, said[chance / 7 % G_N_ELEMENTS (said)]);

  return feedback;
}

/* What was released since yesterday is new, all before was seen. */
MhRecord *
mh_demo_inbox (MhDemo *demo, const MhDemoOrder *made, MhRecord *report)
{
  gint64 at = mh_record_int (report, MH_REPORT_ISSUED_AT);
  guint8 random[10] = { 0 };
  g_autoptr (MhRecord) item
      = at > demo->now - 14 * MH_DAY ? mh_inbox_item_of (made->order, report, NULL) : NULL;

  if (item == NULL)
    return NULL;

  for (guint i = 0; i < sizeof random; i++)
    random[i] = (guint8)mh_record_id (report)[35 - i];
  mh_record_take_text (item, MH_ID, mh_id_new_from (at / 1000, random));
  mh_record_set_int (item, MH_VERSION, 1);
  mh_record_set_int (item, MH_CREATED_AT, at);
  mh_record_set_int (item, MH_CHANGED_AT, at);

  if (at < demo->now - MH_DAY)
    {
      mh_record_set_int (item, MH_INBOX_ITEM_SEEN_AT, at + 2 * MH_HOUR);
      mh_record_set_text (item, MH_INBOX_ITEM_SEEN_BY, mh_demo_staff_id (demo, MH_DEMO_DOCTOR));
      mh_record_set_text (item, MH_INBOX_ITEM_SEEN_NAME, mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
    }

  return g_steal_pointer (&item);
}

typedef struct
{
  MhCatalogue *catalogue;
  gboolean more;
} Gather;

static gboolean
demo_insights_gather (MhTx *tx, gpointer data, GError **error)
{
  Gather *task = data;
  return mh_turnaround_service_gather (tx, task->catalogue, &task->more, error);
}

gboolean
mh_demo_gather (MhStore *store, MhCatalogue *catalogue, const MhWho *who, GError **error)
{
  Gather task = { catalogue, TRUE };
  while (task.more)
    if (!mh_store_write (store, who, demo_insights_gather, &task, error))
      return FALSE;
  return TRUE;
}
