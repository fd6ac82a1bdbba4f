/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The protocol by which emergency calls are judged (shared/rules/dispatch/mh-protocol.h), one row a
 * version: a call keeps the version it was judged by, so a version is never changed. One of a
 * hospital's is active: that of new calls. Desks have them in their copy and judge without the
 * server.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

enum
{
  MH_DISPATCH_PROTOCOL_HOSPITAL_ID = MH_N_COMMON,
  MH_DISPATCH_PROTOCOL_EDITION,
  MH_DISPATCH_PROTOCOL_CONTENT,
  MH_DISPATCH_PROTOCOL_ACTIVE,
  MH_DISPATCH_PROTOCOL_N_FIELDS,
};

G_END_DECLS
