/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A result that a doctor of the house ordered and is told of: one row for each doctor and order, of
 * the report's newest version. A newer version comes back as unseen. It holds how much is critical
 * and abnormal, never a value.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* What a list is asked for. */
#define MH_INBOX_UNSEEN "unseen" /* critical first, then abnormal, then the newest */
#define MH_INBOX_SEEN "seen"     /* what was seen last first */
extern const MhCode mh_inbox_state_codes[];

#define MH_INBOX_MINE "mine"
#define MH_INBOX_DEPARTMENT "department" /* of the other doctors of one's department */
extern const MhCode mh_inbox_whose_codes[];

enum
{
  MH_INBOX_ITEM_HOSPITAL_ID = MH_N_COMMON,
  MH_INBOX_ITEM_USER_ID,
  MH_INBOX_ITEM_USER_NAME,
  MH_INBOX_ITEM_ORDER_ID,
  MH_INBOX_ITEM_ORDER_NUMBER,
  MH_INBOX_ITEM_PATIENT_ID,
  MH_INBOX_ITEM_PATIENT_NAME,
  MH_INBOX_ITEM_PATIENT_MRN,
  MH_INBOX_ITEM_TEST_NAMES,
  MH_INBOX_ITEM_VERSION_NO,
  MH_INBOX_ITEM_STATUS,
  MH_INBOX_ITEM_N_CRITICAL,
  MH_INBOX_ITEM_N_ABNORMAL,
  MH_INBOX_ITEM_RELEASED_AT,
  MH_INBOX_ITEM_SEEN_AT,
  MH_INBOX_ITEM_SEEN_BY,
  MH_INBOX_ITEM_SEEN_NAME,
  MH_INBOX_ITEM_N_FIELDS,
};

/* Which version was looked at: a newer one is not taken as seen. */
enum
{
  MH_INBOX_SEEING_VERSION_NO,
  MH_INBOX_SEEING_N_FIELDS,
};

/* 2: something is critical, 1: something is abnormal, 0: neither. */
int mh_inbox_item_weight (MhRecord *item);
/* As GCompareFunc: the order of MH_INBOX_UNSEEN. */
int mh_inbox_item_compare (gconstpointer a, gconstpointer b);

G_END_DECLS
