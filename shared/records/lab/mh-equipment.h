/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The register of equipment: what stands where, when it must be calibrated and maintained, and a
 * log that is only ever added to. What a result was measured on is the equipment's code.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_EQUIPMENT_ANALYSER "analyser"
#define MH_EQUIPMENT_CENTRIFUGE "centrifuge"
#define MH_EQUIPMENT_REFRIGERATOR "refrigerator"
#define MH_EQUIPMENT_FREEZER "freezer"
#define MH_EQUIPMENT_INCUBATOR "incubator"
#define MH_EQUIPMENT_MICROSCOPE "microscope"
#define MH_EQUIPMENT_PIPETTE "pipette"
#define MH_EQUIPMENT_CABINET "cabinet"
#define MH_EQUIPMENT_BATH "bath"
#define MH_EQUIPMENT_BALANCE "balance"
#define MH_EQUIPMENT_THERMOMETER "thermometer"
#define MH_EQUIPMENT_OTHER "other"
extern const MhCode mh_equipment_kind_codes[];

#define MH_EQUIPMENT_IN_SERVICE "in_service"
#define MH_EQUIPMENT_MAINTENANCE "maintenance"
#define MH_EQUIPMENT_FAULT "fault"
#define MH_EQUIPMENT_RETIRED "retired"
extern const MhCode mh_equipment_state_codes[];

#define MH_PLAN_CALIBRATION "calibration"
#define MH_PLAN_MAINTENANCE "maintenance"
extern const MhCode mh_plan_kind_codes[];

/* What a log entry tells. The last five change the equipment itself. */
#define MH_EQUIPMENT_EVENT_NOTE "note"
#define MH_EQUIPMENT_EVENT_CALIBRATION "calibration"
#define MH_EQUIPMENT_EVENT_MAINTENANCE "maintenance"
#define MH_EQUIPMENT_EVENT_FAULT "fault"
#define MH_EQUIPMENT_EVENT_RESOLVED "resolved"
#define MH_EQUIPMENT_EVENT_STATE "state"
#define MH_EQUIPMENT_EVENT_OVERRIDE "override"
extern const MhCode mh_equipment_event_codes[];

enum
{
  MH_EQUIPMENT_HOSPITAL_ID = MH_N_COMMON,
  MH_EQUIPMENT_CODE,
  MH_EQUIPMENT_NAME,
  MH_EQUIPMENT_KIND,
  MH_EQUIPMENT_MAKER,
  MH_EQUIPMENT_MODEL,
  MH_EQUIPMENT_SERIAL,
  MH_EQUIPMENT_BENCH,
  MH_EQUIPMENT_PLACE,
  MH_EQUIPMENT_IN_USE_FROM,
  MH_EQUIPMENT_NOTE,
  MH_EQUIPMENT_STATE,
  MH_EQUIPMENT_STATE_NOTE,
  MH_EQUIPMENT_STATE_SINCE,
  MH_EQUIPMENT_CALIBRATION_DUE,
  MH_EQUIPMENT_MAINTENANCE_DUE,
  MH_EQUIPMENT_CALIBRATION_COUNTED,
  MH_EQUIPMENT_OVERRIDE_UNTIL,
  MH_EQUIPMENT_OVERRIDE_REASON,
  MH_EQUIPMENT_OVERRIDE_NAME,
  MH_EQUIPMENT_PLANS,
  MH_EQUIPMENT_N_FIELDS,
};

/* Due on a day, or after so many results, whichever comes first. */
enum
{
  MH_EQUIPMENT_PLAN_HOSPITAL_ID = MH_N_COMMON,
  MH_EQUIPMENT_PLAN_EQUIPMENT_ID,
  MH_EQUIPMENT_PLAN_KIND,
  MH_EQUIPMENT_PLAN_NAME,
  MH_EQUIPMENT_PLAN_EVERY_DAYS,
  MH_EQUIPMENT_PLAN_EVERY_RUNS,
  MH_EQUIPMENT_PLAN_WARN_DAYS,
  MH_EQUIPMENT_PLAN_DUE_ON,
  MH_EQUIPMENT_PLAN_LAST_AT,
  MH_EQUIPMENT_PLAN_RUNS,
  MH_EQUIPMENT_PLAN_ACTIVE,
  MH_EQUIPMENT_PLAN_N_FIELDS,
};

/* Also the body of POST /equipment/{id}/events. */
enum
{
  MH_EQUIPMENT_EVENT_HOSPITAL_ID = MH_N_COMMON,
  MH_EQUIPMENT_EVENT_EQUIPMENT_ID,
  MH_EQUIPMENT_EVENT_CODE,
  MH_EQUIPMENT_EVENT_KIND,
  MH_EQUIPMENT_EVENT_PLAN_ID,
  MH_EQUIPMENT_EVENT_PLAN_NAME,
  MH_EQUIPMENT_EVENT_NEW_STATE,
  MH_EQUIPMENT_EVENT_FAILED,
  MH_EQUIPMENT_EVENT_WORDS,
  MH_EQUIPMENT_EVENT_DOCUMENT,
  MH_EQUIPMENT_EVENT_HOURS,
  MH_EQUIPMENT_EVENT_AT,
  MH_EQUIPMENT_EVENT_BY_ID,
  MH_EQUIPMENT_EVENT_BY_NAME,
  MH_EQUIPMENT_EVENT_N_FIELDS,
};

/* Why nothing measured on it may be released on @today ("2026-11-21") at @now: a code of
 * mh_equipment_block_codes, or NULL when it may. An override that holds answers NULL for a fault
 * and for a calibration, never for equipment that is retired. */
#define MH_EQUIPMENT_BLOCK_FAULT "fault"
#define MH_EQUIPMENT_BLOCK_MAINTENANCE "maintenance"
#define MH_EQUIPMENT_BLOCK_RETIRED "retired"
#define MH_EQUIPMENT_BLOCK_CALIBRATION "calibration_overdue"
extern const MhCode mh_equipment_block_codes[];
const char *mh_equipment_blocked (MhRecord *equipment, const char *today, gint64 now);

G_END_DECLS
