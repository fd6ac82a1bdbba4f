/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What every service is handed: where it reads and writes, for whom, and what lives as long as the
 * server. A handler takes it from its call (mh_call_request()); jobs, programs and tests put one
 * together with the two macros, in the caller's frame and without memory of its own. Stores know
 * their database alone.
 */
#include "server/platform/actor/mh-actor.h"

G_BEGIN_DECLS

typedef struct _MhServer MhServer; /* server/platform/runtime/mh-server.h */

typedef struct
{
  MhTx *tx; /* NULL: it may read only */
  MhDb *db; /* of @tx, or a reader */
  MhServer *server;
  MhActor *actor; /* NULL: nobody is signed in, or the server itself acts */
} MhRequest;

/* Within the transaction @TX; lives until the end of the block that it stands in. @SERVER may be
 * NULL where the service asks the server for nothing. */
#define MH_REQUEST_TX(TX, SERVER, ACTOR)                                                           \
  (&(const MhRequest){                                                                             \
      .tx = (TX), .db = mh_tx_db (TX), .server = (SERVER), .actor = (MhActor *)(ACTOR) })
/* The same for a service that reads only. */
#define MH_REQUEST_DB(DB, SERVER, ACTOR)                                                           \
  (&(const MhRequest){ .db = (DB), .server = (SERVER), .actor = (MhActor *)(ACTOR) })

G_END_DECLS
