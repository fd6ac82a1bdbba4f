/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the tests consume: a reagent with how much of it a test takes, and the lots on the shelf.
 * Quantities are whole numbers of the reagent's unit (tests of a kit, millilitres, strips).
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

enum
{
  MH_REAGENT_CODE = MH_N_COMMON,
  MH_REAGENT_NAME,
  MH_REAGENT_MAKER,
  MH_REAGENT_UNIT,
  MH_REAGENT_USES,
  MH_REAGENT_LOW_LEVEL,
  MH_REAGENT_EXPIRY_DAYS,
  MH_REAGENT_STORAGE,
  MH_REAGENT_NOTE,
  MH_REAGENT_ACTIVE,
  MH_REAGENT_N_FIELDS,
};

#define MH_REAGENT_LOT_RECEIVED "received"
#define MH_REAGENT_LOT_WASTED "wasted"
#define MH_REAGENT_LOT_COUNTED "counted"
#define MH_REAGENT_LOT_USED "used"
extern const MhCode mh_reagent_move_codes[];

enum
{
  MH_REAGENT_LOT_HOSPITAL_ID = MH_N_COMMON,
  MH_REAGENT_LOT_REAGENT,
  MH_REAGENT_LOT_LOT,
  MH_REAGENT_LOT_EXPIRY,
  MH_REAGENT_LOT_QUANTITY,
  MH_REAGENT_LOT_RECEIVED_ON,
  MH_REAGENT_LOT_OPENED_ON,
  MH_REAGENT_LOT_NOTE,
  MH_REAGENT_LOT_N_FIELDS,
};

/* One movement of a lot, only ever added: the quantity of a lot is the sum of its movements. */
enum
{
  MH_REAGENT_MOVE_HOSPITAL_ID = MH_N_COMMON,
  MH_REAGENT_MOVE_LOT_ID,
  MH_REAGENT_MOVE_REAGENT,
  MH_REAGENT_MOVE_KIND,
  MH_REAGENT_MOVE_QUANTITY,
  MH_REAGENT_MOVE_TEST,
  MH_REAGENT_MOVE_ORDER_ITEM_ID,
  MH_REAGENT_MOVE_BY_ID,
  MH_REAGENT_MOVE_BY_NAME,
  MH_REAGENT_MOVE_AT,
  MH_REAGENT_MOVE_REASON,
  MH_REAGENT_MOVE_N_FIELDS,
};

/* What one test takes of @reagent; 0: nothing. A use is written "GLU=1", one for each test. */
gint64 mh_reagent_use (MhRecord *reagent, const char *test);

G_END_DECLS
