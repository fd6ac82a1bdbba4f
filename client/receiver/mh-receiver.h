/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Where this device is: from gpsd (which reads the receivers that are plugged in, NMEA ones too),
 * or from the location service of the desktop (GeoClue). Needs no display; calls back in the main
 * loop.
 */
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 at;         /* µs UTC; 0: as of now */
  double lat, lon;   /* degrees, WGS 84 */
  double accuracy_m; /* may be off by so much */
  double speed_kmh;  /* negative: not told */
  double heading;    /* degrees from north; negative: not told */
} MhReceiverFix;

typedef enum
{
  MH_RECEIVER_SEARCHING, /* no position yet, or none any more */
  MH_RECEIVER_FOUND,
  MH_RECEIVER_AWAY,    /* nothing answers there */
  MH_RECEIVER_REFUSED, /* the desktop does not let this program know */
} MhReceiverState;

#define MH_TYPE_RECEIVER (mh_receiver_get_type ())
/* Property "state" (int, MhReceiverState). Signal "fix" (const MhReceiverFix * as pointer): about
 * once a second from gpsd, when it changes and every MH_RECEIVER_AGAIN seconds from GeoClue. */
G_DECLARE_FINAL_TYPE (MhReceiver, mh_receiver, MH, RECEIVER, GObject)

/* GeoClue tells a place that stays the same once. */
#define MH_RECEIVER_AGAIN 5

/* @gpsd: "localhost:2947"; "": GeoClue. It searches until it is disposed of. */
MhReceiver *mh_receiver_new (const char *gpsd);
MhReceiverState mh_receiver_state (MhReceiver *receiver);

G_END_DECLS
