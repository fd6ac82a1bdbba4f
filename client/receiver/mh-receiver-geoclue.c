/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <geoclue.h>

#include "client/receiver/mh-receiver-private.h"

#define DESKTOP_ID "org.mahima.Mahima"
#define KMH_OF_MS 3.6
#define AGAIN_SECONDS 30 /* until the service is asked anew */

#define MH_TYPE_RECEIVER_GEOCLUE (mh_receiver_geoclue_get_type ())
G_DECLARE_FINAL_TYPE (MhReceiverGeoclue, mh_receiver_geoclue, MH, RECEIVER_GEOCLUE, GObject)

struct _MhReceiverGeoclue
{
  GObject parent_instance;
  MhReceiver *receiver; /* owns this */
  GClueSimple *simple;  /* NULL: not there */
  guint timer;
};

G_DEFINE_FINAL_TYPE (MhReceiverGeoclue, mh_receiver_geoclue, G_TYPE_OBJECT)

static void receiver_geoclue_ask (MhReceiverGeoclue *geoclue);

/* What it told last is where the device is until it tells something else. */
static void
receiver_geoclue_tell_cb (MhReceiverGeoclue *geoclue)
{
  GClueLocation *location = gclue_simple_get_location (geoclue->simple);
  if (location == NULL)
    return;
  const double speed = gclue_location_get_speed (location);
  const MhReceiverFix fix = { .lat = gclue_location_get_latitude (location),
                              .lon = gclue_location_get_longitude (location),
                              .accuracy_m = gclue_location_get_accuracy (location),
                              .speed_kmh = speed >= 0 ? speed * KMH_OF_MS : -1,
                              .heading = gclue_location_get_heading (location) };
  mh_receiver_take (geoclue->receiver, &fix);
}

static gboolean
receiver_geoclue_tick_cb (gpointer data)
{
  receiver_geoclue_tell_cb (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
receiver_geoclue_again_cb (gpointer data)
{
  MhReceiverGeoclue *geoclue = data;
  geoclue->timer = 0;
  receiver_geoclue_ask (geoclue);
  return G_SOURCE_REMOVE;
}

static void
receiver_geoclue_asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhReceiverGeoclue) geoclue = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GClueSimple) simple = gclue_simple_new_finish (result, &error);
  if (geoclue->receiver == NULL) /* let go of meanwhile */
    return;
  if (simple == NULL)
    {
      gboolean refused = g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
      mh_receiver_set_state (geoclue->receiver, refused ? MH_RECEIVER_REFUSED : MH_RECEIVER_AWAY);
      geoclue->timer = g_timeout_add_seconds (AGAIN_SECONDS, receiver_geoclue_again_cb, geoclue);
      return;
    }

  geoclue->simple = g_steal_pointer (&simple);
  g_signal_connect_object (geoclue->simple, "notify::location",
                           G_CALLBACK (receiver_geoclue_tell_cb), geoclue, G_CONNECT_SWAPPED);
  geoclue->timer = g_timeout_add_seconds (MH_RECEIVER_AGAIN, receiver_geoclue_tick_cb, geoclue);
  receiver_geoclue_tell_cb (geoclue);
}

static void
receiver_geoclue_ask (MhReceiverGeoclue *geoclue)
{
  gclue_simple_new (DESKTOP_ID, GCLUE_ACCURACY_LEVEL_EXACT, NULL, receiver_geoclue_asked_cb,
                    g_object_ref (geoclue));
}

static void
mh_receiver_geoclue_finalize (GObject *object)
{
  MhReceiverGeoclue *geoclue = MH_RECEIVER_GEOCLUE (object);
  g_clear_weak_pointer (&geoclue->receiver);
  g_clear_object (&geoclue->simple);
  G_OBJECT_CLASS (mh_receiver_geoclue_parent_class)->finalize (object);
}

/* A question that is under way still holds it when its owner has let go. */
static void
mh_receiver_geoclue_dispose (GObject *object)
{
  MhReceiverGeoclue *geoclue = MH_RECEIVER_GEOCLUE (object);
  g_clear_handle_id (&geoclue->timer, g_source_remove);
  G_OBJECT_CLASS (mh_receiver_geoclue_parent_class)->dispose (object);
}

static void
mh_receiver_geoclue_class_init (MhReceiverGeoclueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_receiver_geoclue_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_receiver_geoclue_finalize;
}

static void
mh_receiver_geoclue_init (MhReceiverGeoclue *geoclue)
{
}

GObject *
mh_receiver_geoclue_new (MhReceiver *receiver)
{
  MhReceiverGeoclue *geoclue = g_object_new (MH_TYPE_RECEIVER_GEOCLUE, NULL);
  g_set_weak_pointer (&geoclue->receiver, receiver);
  receiver_geoclue_ask (geoclue);
  return G_OBJECT (geoclue);
}
