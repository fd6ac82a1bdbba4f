/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/app/mh-service.h"

#include "shared/base/mh-clock.h"
#include "shared/base/mh-log.h"

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#else
#define sd_notify(unset, state) ((void)(state))
#define sd_notifyf(unset, ...) ((void)0)
#define sd_watchdog_enabled(unset, out_usec) ((void)(out_usec), 0)
#endif

struct _MhService
{
  MhServing *serving;
  GSource *timer; /* NULL: nobody watches */
  gint64 patience;
};

/* No sign of life is how the manager learns that a thread hangs. */
static gboolean
sign_of_life_cb (gpointer data)
{
  MhService *service = data;
  if (mh_serving_lag (service->serving) < service->patience)
    sd_notify (0, "WATCHDOG=1");
  else
    mh_log (MH_LOG_ERROR, "server", "a thread hangs", NULL);
  return G_SOURCE_CONTINUE;
}

static void
say_ready (MhService *service)
{
  sd_notifyf (0, "READY=1\nSTATUS=Listening on %s", mh_serving_url (service->serving));
}

MhService *
mh_service_new (MhServing *serving)
{
  MhService *service = g_new0 (MhService, 1);
  guint64 watchdog = 0;
  service->serving = serving;

  if (sd_watchdog_enabled (0, &watchdog) > 0)
    {
      /* Twice in the time allowed, as its manual advises. */
      guint every = (guint)CLAMP (watchdog / 2 / 1000, 1, G_MAXUINT);
      service->patience = (gint64)(watchdog / 2);
      service->timer = g_timeout_source_new (every);
      g_source_set_callback (service->timer, sign_of_life_cb, service, NULL);
      g_source_attach (service->timer, NULL);
    }

  say_ready (service);
  return service;
}

void
mh_service_reloading (MhService *service)
{
  sd_notify (0, "RELOADING=1\nSTATUS=Reading log and certificate anew");
}

void
mh_service_reloaded (MhService *service)
{
  say_ready (service);
}

void
mh_service_draining (MhService *service, guint seconds)
{
  sd_notifyf (0,
              "STOPPING=1\nSTATUS=Serving until the proxy has noticed\n"
              "EXTEND_TIMEOUT_USEC=%" G_GINT64_FORMAT,
              ((gint64)seconds + 10) * G_USEC_PER_SEC);
}

void
mh_service_stopping (MhService *service, guint seconds)
{
  /* The watchdog goes on watching, so the time asked for covers it too. */
  gint64 usec = ((gint64)seconds + 10) * G_USEC_PER_SEC;
  sd_notifyf (
      0,
      "STOPPING=1\nSTATUS=Finishing what was accepted\nEXTEND_TIMEOUT_USEC=%" G_GINT64_FORMAT
      "\nWATCHDOG_USEC=%" G_GINT64_FORMAT,
      usec, usec);
}

void
mh_service_free (MhService *service)
{
  if (service == NULL)
    return;
  if (service->timer != NULL)
    {
      g_source_destroy (service->timer);
      g_source_unref (service->timer);
    }
  g_free (service);
}
