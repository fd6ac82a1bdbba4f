/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-order-parts.h"

#include "client/models/mh-read.h"
#include "shared/records/lab/mh-order.h"

struct _MhOrderParts
{
  MhModel parent_instance;
  char *wanted;
  MhRecord *order, *patient, *hospital;
};

G_DEFINE_FINAL_TYPE (MhOrderParts, mh_order_parts, MH_TYPE_MODEL)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
mh_order_parts_dispose (GObject *object)
{
  MhOrderParts *parts = MH_ORDER_PARTS (object);
  g_clear_object (&parts->order);
  g_clear_object (&parts->patient);
  g_clear_object (&parts->hospital);
  g_clear_pointer (&parts->wanted, g_free);
  G_OBJECT_CLASS (mh_order_parts_parent_class)->dispose (object);
}

/* A part that was not in the local copy comes now. */
static void
mh_order_parts_reached (MhModel *model)
{
  MhOrderParts *parts = MH_ORDER_PARTS (model);
  if (parts->wanted != NULL
      && (parts->order == NULL || parts->patient == NULL || parts->hospital == NULL))
    {
      g_autofree char *wanted = g_strdup (parts->wanted);
      mh_order_parts_load (parts, wanted);
    }
}

static void
mh_order_parts_class_init (MhOrderPartsClass *klass)
{
  MH_MODEL_CLASS (klass)->reached = mh_order_parts_reached;
  G_OBJECT_CLASS (klass)->dispose = mh_order_parts_dispose;
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_ORDER_PARTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", MH_TYPE_ORDER_PARTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
mh_order_parts_init (MhOrderParts *parts)
{
}

MhOrderParts *
mh_order_parts_new (MhContext *context)
{
  return g_object_new (MH_TYPE_ORDER_PARTS, "context", context, NULL);
}

/* --- the parts come --- */

/* What was overtaken is cancelled and comes as an error that nobody hears of. */
static gboolean
order_parts_take (MhOrderParts *parts, GAsyncResult *result, MhRecord **place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = mh_read_finish (result, &error);
  if (mh_model_is_late (MH_MODEL (parts), error))
    return FALSE;
  if (record == NULL)
    {
      g_signal_emit (parts, signals[FAILED], 0, error);
      return FALSE;
    }
  g_set_object (place, record);
  return TRUE;
}

static void
order_parts_patient_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderParts) parts = data;
  if (order_parts_take (parts, result, &parts->patient))
    g_signal_emit (parts, signals[CHANGED], 0);
}

static void
order_parts_hospital_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderParts) parts = data;
  if (order_parts_take (parts, result, &parts->hospital))
    g_signal_emit (parts, signals[CHANGED], 0);
}

static void
order_parts_order_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhOrderParts) parts = data;
  MhContext *context = mh_model_context (MH_MODEL (parts));
  GCancellable *cancellable = mh_model_cancellable (MH_MODEL (parts));
  if (!order_parts_take (parts, result, &parts->order))
    return;
  mh_read_async (context, "patient.read", mh_record_text (parts->order, MH_ORDER_PATIENT_ID),
                 cancellable, order_parts_patient_cb, g_object_ref (parts));
  if (parts->hospital == NULL)
    mh_read_async (context, "hospital.read", mh_record_text (parts->order, MH_ORDER_HOSPITAL_ID),
                   cancellable, order_parts_hospital_cb, g_object_ref (parts));
  g_signal_emit (parts, signals[CHANGED], 0);
}

void
mh_order_parts_load (MhOrderParts *parts, const char *order_id)
{
  GCancellable *cancellable = mh_model_renew (MH_MODEL (parts));
  if (g_strcmp0 (order_id, parts->wanted) != 0)
    {
      g_clear_object (&parts->order);
      g_clear_object (&parts->patient);
      g_free (parts->wanted);
      parts->wanted = g_strdup (order_id);
      g_signal_emit (parts, signals[CHANGED], 0);
    }

  if (order_id == NULL)
    return;

  mh_read_async (mh_model_context (MH_MODEL (parts)), "order.read", order_id, cancellable,
                 order_parts_order_cb, g_object_ref (parts));
}

const char *
mh_order_parts_wanted (MhOrderParts *parts)
{
  return parts->wanted;
}

MhRecord *
mh_order_parts_order (MhOrderParts *parts)
{
  return parts->order;
}

MhRecord *
mh_order_parts_patient (MhOrderParts *parts)
{
  return parts->patient;
}

MhRecord *
mh_order_parts_hospital (MhOrderParts *parts)
{
  return parts->hospital;
}
