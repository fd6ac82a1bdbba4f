/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the service manager is told (systemd's sd_notify): ready, how it goes, reloading, stopping,
 * and a sign of life as often as its watchdog asks. Without a service manager all of it does
 * nothing.
 */
#include "server/app/mh-server-run.h"

G_BEGIN_DECLS

typedef struct _MhService MhService;

/* @serving listens: says so, and gives signs of life from the default main context while all the
 * threads that speak HTTP do their rounds. A database that is away does not end them: it may come
 * back, and a restart would not bring it. */
MhService *mh_service_new (MhServing *serving);
/* Around reopening the log and reading the certificate anew. */
void mh_service_reloading (MhService *service);
void mh_service_reloaded (MhService *service);
/* It stops, but serves for @seconds more. */
void mh_service_draining (MhService *service, guint seconds);
/* The accepted requests are finished for at most @seconds. */
void mh_service_stopping (MhService *service, guint seconds);
void mh_service_free (MhService *service);

G_END_DECLS
