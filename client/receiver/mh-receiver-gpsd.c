/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgps waits and connects, which a main loop must not: it has a thread of its own. */
#include <gps.h>
#include <math.h>

#include "client/receiver/mh-receiver-private.h"

#define WAIT_US (500 * 1000)              /* how long a thread that is to end may still wait */
#define AGAIN_US (5 * G_TIME_SPAN_SECOND) /* until gpsd is tried again */
#define SILENT_US (10 * G_TIME_SPAN_SECOND)
#define NOT_TOLD_METRES 50.0 /* of a receiver that gives no figure for its error */
#define KMH_OF_MS 3.6

/* Of the thread and of its owner; freed with the last of them. */
typedef struct
{
  GMutex lock;
  GCond ended;
  gboolean is_ended;
  char *host, *port;
  GWeakRef receiver;
} Line;

static void
receiver_gpsd_line_clear (gpointer data)
{
  Line *line = data;
  g_mutex_clear (&line->lock);
  g_cond_clear (&line->ended);
  g_free (line->host);
  g_free (line->port);
  g_weak_ref_clear (&line->receiver);
}

static void
receiver_gpsd_line_unref (Line *line)
{
  g_atomic_rc_box_release_full (line, receiver_gpsd_line_clear);
}

static gboolean
receiver_gpsd_is_ended (Line *line)
{
  g_mutex_lock (&line->lock);
  gboolean is_ended = line->is_ended;
  g_mutex_unlock (&line->lock);
  return is_ended;
}

/* --- in the main loop --- */

typedef struct
{
  Line *line;
  MhReceiverFix fix; /* at 0: none, but a state */
  MhReceiverState state;
} Told;

static void
receiver_gpsd_told_free (gpointer data)
{
  Told *told = data;
  receiver_gpsd_line_unref (told->line);
  g_free (told);
}

static gboolean
receiver_gpsd_told_cb (gpointer data)
{
  Told *told = data;
  g_autoptr (MhReceiver) receiver = g_weak_ref_get (&told->line->receiver);
  if (receiver != NULL && told->fix.at != 0)
    mh_receiver_take (receiver, &told->fix);
  else if (receiver != NULL)
    mh_receiver_set_state (receiver, told->state);
  return G_SOURCE_REMOVE;
}

/* --- in the thread --- */

/* @fix NULL: none. */
static void
receiver_gpsd_tell (Line *line, const MhReceiverFix *fix, MhReceiverState state)
{
  Told *told = g_new0 (Told, 1);
  told->line = g_atomic_rc_box_acquire (line);
  told->state = state;
  if (fix != NULL)
    told->fix = *fix;
  g_idle_add_full (G_PRIORITY_DEFAULT, receiver_gpsd_told_cb, told, receiver_gpsd_told_free);
}

/* FALSE: it says no place. */
static gboolean
receiver_gpsd_read (const struct gps_data_t *gps, MhReceiverFix *out)
{
  const struct gps_fix_t *fix = &gps->fix;
  if (fix->mode < MODE_2D || !isfinite (fix->latitude) || !isfinite (fix->longitude)
      || fix->time.tv_sec <= 0)
    return FALSE;

  out->at = (gint64)fix->time.tv_sec * G_USEC_PER_SEC + fix->time.tv_nsec / 1000;
  out->lat = fix->latitude;
  out->lon = fix->longitude;
  out->accuracy_m = isfinite (fix->eph)                          ? fix->eph
                    : isfinite (fix->epx) && isfinite (fix->epy) ? hypot (fix->epx, fix->epy)
                                                                 : NOT_TOLD_METRES;
  out->speed_kmh = isfinite (fix->speed) ? fix->speed * KMH_OF_MS : -1;
  out->heading = isfinite (fix->track) ? fix->track : -1;
  return TRUE;
}

/* Until the connection breaks or nobody listens any more. */
static void
receiver_gpsd_listen (Line *line, struct gps_data_t *gps)
{
  gint64 heard = g_get_monotonic_time ();
  while (!receiver_gpsd_is_ended (line))
    {
      MhReceiverFix fix;
      gboolean waits = gps_waiting (gps, WAIT_US);
      if (waits && gps_read (gps, NULL, 0) < 0)
        return;
      if (waits && (gps->set & LATLON_SET) != 0 && receiver_gpsd_read (gps, &fix))
        {
          heard = g_get_monotonic_time ();
          receiver_gpsd_tell (line, &fix, MH_RECEIVER_FOUND);
        }
      else if (g_get_monotonic_time () - heard > SILENT_US)
        {
          heard = g_get_monotonic_time ();
          receiver_gpsd_tell (line, NULL, MH_RECEIVER_SEARCHING);
        }
    }
}

static gpointer
receiver_gpsd_thread (gpointer data)
{
  Line *line = data;
  while (!receiver_gpsd_is_ended (line))
    {
      struct gps_data_t gps = { 0 };
      if (gps_open (line->host, line->port, &gps) == 0)
        {
          receiver_gpsd_tell (line, NULL, MH_RECEIVER_SEARCHING);
          gps_stream (&gps, WATCH_ENABLE | WATCH_JSON, NULL);
          receiver_gpsd_listen (line, &gps);
          gps_close (&gps);
        }
      receiver_gpsd_tell (line, NULL, MH_RECEIVER_AWAY);

      gint64 until = g_get_monotonic_time () + AGAIN_US;
      g_mutex_lock (&line->lock);
      while (!line->is_ended && g_cond_wait_until (&line->ended, &line->lock, until))
        ;
      g_mutex_unlock (&line->lock);
    }
  receiver_gpsd_line_unref (line);
  return NULL;
}

/* --- what ends it --- */

#define MH_TYPE_RECEIVER_GPSD (mh_receiver_gpsd_get_type ())
G_DECLARE_FINAL_TYPE (MhReceiverGpsd, mh_receiver_gpsd, MH, RECEIVER_GPSD, GObject)

struct _MhReceiverGpsd
{
  GObject parent_instance;
  Line *line;
};

G_DEFINE_FINAL_TYPE (MhReceiverGpsd, mh_receiver_gpsd, G_TYPE_OBJECT)

/* Nobody waits for the thread: it may be in the middle of connecting. */
static void
mh_receiver_gpsd_finalize (GObject *object)
{
  Line *line = MH_RECEIVER_GPSD (object)->line;
  g_mutex_lock (&line->lock);
  line->is_ended = TRUE;
  g_cond_signal (&line->ended);
  g_mutex_unlock (&line->lock);
  receiver_gpsd_line_unref (line);
  G_OBJECT_CLASS (mh_receiver_gpsd_parent_class)->finalize (object);
}

static void
mh_receiver_gpsd_class_init (MhReceiverGpsdClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_receiver_gpsd_finalize;
}

static void
mh_receiver_gpsd_init (MhReceiverGpsd *gpsd)
{
}

GObject *
mh_receiver_gpsd_new (MhReceiver *receiver, const char *address)
{
  MhReceiverGpsd *gpsd = g_object_new (MH_TYPE_RECEIVER_GPSD, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (
      address, (guint16)g_ascii_strtoull (DEFAULT_GPSD_PORT, NULL, 10), &error);
  Line *line = g_atomic_rc_box_new0 (Line);
  g_mutex_init (&line->lock);
  g_cond_init (&line->ended);
  g_weak_ref_init (&line->receiver, receiver);
  gpsd->line = line;
  if (parsed == NULL)
    {
      mh_receiver_set_state (receiver, MH_RECEIVER_AWAY);
      return G_OBJECT (gpsd);
    }

  GNetworkAddress *network = G_NETWORK_ADDRESS (parsed);
  line->host = g_strdup (g_network_address_get_hostname (network));
  line->port = g_strdup_printf ("%u", (guint)g_network_address_get_port (network));
  g_thread_unref (g_thread_new ("gpsd", receiver_gpsd_thread, g_atomic_rc_box_acquire (line)));
  return G_OBJECT (gpsd);
}
