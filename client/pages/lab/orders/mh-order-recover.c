/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/orders/mh-order-recover.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-shell.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/rules/money/mh-returns.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *from;
  MhContext *context;
  char *order_id, *action;
  gboolean expired;
} Recovering;

static void
recovering_free (Recovering *recovering)
{
  g_object_unref (recovering->from);
  g_object_unref (recovering->context);
  g_free (recovering->order_id);
  g_free (recovering->action);
  g_free (recovering);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recovering, recovering_free)

static void
order_recover_recovered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Recovering) recovering = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  if (outcome == NULL)
    mh_shell_fail (recovering->from, error);
  else if (outcome->record != NULL && mh_record_has (outcome->record, MH_ORDER_RECOVERY))
    mh_shell_toast (recovering->from, _ ("The bank is being asked first."));
  else if (g_strcmp0 (recovering->action, MH_RECOVERY_CANCEL) == 0)
    mh_shell_toast (recovering->from, _ ("The order is cancelled."));
  else
    mh_shell_toast (recovering->from,
                    recovering->expired ? _ ("The order is open again.")
                    : g_strcmp0 (recovering->action, MH_RECOVERY_CONVERT_TO_COD) == 0
                        ? _ ("The order is to be paid in cash.")
                        : _ ("The payment is tried again."));
}

/* Takes @recovering. */
static void
order_recover_submit (Recovering *recovering, const char *note, GAsyncResult *asked)
{
  g_autoptr (MhRecord) recovery = mh_record_new (&mh_recovery_type);
  const char *args[] = { "id", recovering->order_id, NULL };
  mh_record_set_text (recovery, MH_RECOVERY_ACTION, recovering->action);
  mh_record_set_text (recovery, MH_RECOVERY_NOTE, note);
  mh_ask_text_command_async (
      asked, recovering->context,
      &(MhCommand){ .route = "order.recover", .args = args, .body = recovery },
      order_recover_recovered_cb, recovering);
}

static void
order_recover_reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Recovering) recovering = data;
  g_autofree char *reason = mh_ask_text_finish (result);
  if (reason != NULL)
    order_recover_submit (g_steal_pointer (&recovering), reason, result);
}

static gboolean
is_drawn (MhRecord *order)
{
  GPtrArray *samples = mh_record_records (order, MH_ORDER_SAMPLES);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      const char *status = mh_record_text (g_ptr_array_index (samples, i), MH_SAMPLE_STATUS);
      if (g_strcmp0 (status, MH_SAMPLE_STATUS_COLLECTED) == 0
          || g_strcmp0 (status, MH_SAMPLE_STATUS_IN_TRANSIT) == 0)
        return TRUE;
    }
  return FALSE;
}

void
mh_order_recover (GtkWidget *from, MhContext *context, MhRecord *order, const char *action)
{
  Recovering *recovering = g_new0 (Recovering, 1);
  recovering->from = g_object_ref (from);
  recovering->context = g_object_ref (context);
  recovering->order_id = g_strdup (mh_record_id (order));
  recovering->action = g_strdup (action);
  recovering->expired = mh_order_may_reopen (order);

  if (g_strcmp0 (action, MH_RECOVERY_CANCEL) != 0)
    {
      order_recover_submit (recovering, NULL, NULL);
      return;
    }

  g_autofree char *heading
      = g_strdup_printf (_ ("Cancel order %s?"), mh_record_text (order, MH_ORDER_NUMBER));
  mh_ask_text_async (from, "order_cancel", mh_record_id (order), heading,
                     is_drawn (order)
                         ? _ ("Its tubes are drawn already and will be discarded. This cannot be "
                              "taken back.")
                         : _ ("Its tests are not done. This cannot be taken back."),
                     _ ("Reason"), _ ("Cancel the order"), order_recover_reason_cb, recovering);
}

gboolean
mh_order_may_reopen (MhRecord *order)
{
  return g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_EXPIRED) == 0;
}

gboolean
mh_order_may_cancel (MhRecord *order)
{
  static const char *const open[]
      = { MH_ORDER_STATUS_PLACED, MH_ORDER_STATUS_COLLECTED, MH_ORDER_STATUS_EXPIRED, NULL };
  const char *status = mh_record_text (order, MH_ORDER_STATUS);
  return mh_record_has (order, MH_ORDER_NUMBER) && status != NULL && g_strv_contains (open, status)
         && !mh_record_has (order, MH_ORDER_RECOVERY)
         && mh_record_int (order, MH_ORDER_PAID) <= mh_record_int (order, MH_ORDER_REFUNDED);
}
