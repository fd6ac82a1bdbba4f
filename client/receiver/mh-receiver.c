/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/receiver/mh-receiver-private.h"

struct _MhReceiver
{
  GObject parent_instance;
  GObject *source;
  MhReceiverState state;
};

G_DEFINE_FINAL_TYPE (MhReceiver, mh_receiver, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
static guint fix_signal;

void
mh_receiver_set_state (MhReceiver *receiver, MhReceiverState state)
{
  if (receiver->state == state)
    return;
  receiver->state = state;
  g_object_notify_by_pspec (G_OBJECT (receiver), props[PROP_STATE]);
}

void
mh_receiver_take (MhReceiver *receiver, const MhReceiverFix *fix)
{
  mh_receiver_set_state (receiver, MH_RECEIVER_FOUND);
  g_signal_emit (receiver, fix_signal, 0, fix);
}

MhReceiverState
mh_receiver_state (MhReceiver *receiver)
{
  g_return_val_if_fail (MH_IS_RECEIVER (receiver), MH_RECEIVER_AWAY);
  return receiver->state;
}

static void
mh_receiver_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_STATE)
    g_value_set_int (value, (int)MH_RECEIVER (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mh_receiver_dispose (GObject *object)
{
  g_clear_object (&MH_RECEIVER (object)->source);
  G_OBJECT_CLASS (mh_receiver_parent_class)->dispose (object);
}

static void
mh_receiver_class_init (MhReceiverClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  object->get_property = mh_receiver_get_property;
  object->dispose = mh_receiver_dispose;
  props[PROP_STATE]
      = g_param_spec_int ("state", NULL, NULL, MH_RECEIVER_SEARCHING, MH_RECEIVER_REFUSED,
                          MH_RECEIVER_SEARCHING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, props);
  fix_signal = g_signal_new ("fix", MH_TYPE_RECEIVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                             G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
mh_receiver_init (MhReceiver *receiver)
{
}

MhReceiver *
mh_receiver_new (const char *gpsd)
{
  MhReceiver *receiver = g_object_new (MH_TYPE_RECEIVER, NULL);
  receiver->source
      = *gpsd != 0 ? mh_receiver_gpsd_new (receiver, gpsd) : mh_receiver_geoclue_new (receiver);
  return receiver;
}
