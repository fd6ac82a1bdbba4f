/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * An order that was verified with others in one act: it waits for a minute of the server's clock
 * before its values are signed and its report goes out, so that the act can be taken back while
 * nobody has seen anything of it.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_PENDING_WAITING "waiting"
#define MH_PENDING_RELEASED "released"
#define MH_PENDING_TAKEN_BACK "taken_back"
#define MH_PENDING_REFUSED "refused" /* something changed within the minute; .note says what */
extern const MhCode mh_pending_release_codes[];

/* How long the act can be taken back. */
#define MH_PENDING_TIME (60 * MH_SECOND)

enum
{
  MH_PENDING_RELEASE_HOSPITAL_ID = MH_N_COMMON,
  MH_PENDING_RELEASE_BATCH_ID,
  MH_PENDING_RELEASE_ORDER_ID,
  MH_PENDING_RELEASE_BY_ID,
  MH_PENDING_RELEASE_BY_NAME,
  MH_PENDING_RELEASE_AT,
  MH_PENDING_RELEASE_DUE_AT,
  MH_PENDING_RELEASE_RESULTS_HASH,
  MH_PENDING_RELEASE_STATUS,
  MH_PENDING_RELEASE_ENDED_AT,
  MH_PENDING_RELEASE_NOTE,
  MH_PENDING_RELEASE_N_FIELDS,
};

/* POST /orders/{id}/bulk-verification: one order of the act. */
enum
{
  MH_BULK_VERIFICATION_BATCH_ID,
  MH_BULK_VERIFICATION_N_FIELDS,
};

/* What became of an act that was taken back. */
enum
{
  MH_BULK_UNDONE_TAKEN_BACK,
  MH_BULK_UNDONE_OVER,
  MH_BULK_UNDONE_N_FIELDS,
};

G_END_DECLS
