/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Where tubes are kept: rooms, freezers, racks and boxes; a box has rows and columns of positions.
 * Which tube is where stands with the tube (MH_SAMPLE_BOX_ID, _POSITION), so that two can never
 * have one position.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_STORAGE_ROOM "room"
#define MH_STORAGE_FREEZER "freezer"
#define MH_STORAGE_REFRIGERATOR "refrigerator"
#define MH_STORAGE_RACK "rack"
#define MH_STORAGE_BOX "box"
extern const MhCode mh_storage_kind_codes[];

#define MH_DISPOSAL_EXPIRED "expired"
#define MH_DISPOSAL_USED_UP "used_up"
#define MH_DISPOSAL_DAMAGED "damaged"
#define MH_DISPOSAL_FAILED_STORAGE "failed_storage"
#define MH_DISPOSAL_PATIENT_WISH "patient_wish"
#define MH_DISPOSAL_OTHER "other"
extern const MhCode mh_disposal_reason_codes[];

enum
{
  MH_STORAGE_PLACE_HOSPITAL_ID = MH_N_COMMON,
  MH_STORAGE_PLACE_KIND,
  MH_STORAGE_PLACE_CODE,
  MH_STORAGE_PLACE_NAME,
  MH_STORAGE_PLACE_PARENT_ID,
  MH_STORAGE_PLACE_PATH,
  MH_STORAGE_PLACE_N_ROWS,
  MH_STORAGE_PLACE_N_COLUMNS,
  MH_STORAGE_PLACE_TEMPERATURE,
  MH_STORAGE_PLACE_KEEP_DAYS,
  MH_STORAGE_PLACE_ACTIVE,
  MH_STORAGE_PLACE_N_FIELDS,
};

/* An occupied position of a map. */
enum
{
  MH_STORAGE_SPOT_BOX_ID,
  MH_STORAGE_SPOT_POSITION,
  MH_STORAGE_SPOT_SAMPLE_ID,
  MH_STORAGE_SPOT_ACCESSION,
  MH_STORAGE_SPOT_KEEP_UNTIL,
  MH_STORAGE_SPOT_N_FIELDS,
};

/* A place with the boxes below it, in order, and what lies in them. */
enum
{
  MH_STORAGE_MAP_PLACE,
  MH_STORAGE_MAP_BOXES,
  MH_STORAGE_MAP_SPOTS,
  MH_STORAGE_MAP_N_FIELDS,
};

/* Body of POST /samples/{id}/aliquots, and its answer. */
enum
{
  MH_ALIQUOTING_COUNT,
  MH_ALIQUOTING_VOLUME_ML,
  MH_ALIQUOTING_CONTAINER,
  MH_ALIQUOTING_NOTE,
  MH_ALIQUOTING_SAMPLES,
  MH_ALIQUOTING_N_FIELDS,
};

/* Body of POST /storage/disposals, and its answer. */
enum
{
  MH_DISPOSAL_ACCESSIONS,
  MH_DISPOSAL_REASON,
  MH_DISPOSAL_NOTE,
  MH_DISPOSAL_WITNESS,
  MH_DISPOSAL_N_DONE,
  MH_DISPOSAL_N_FIELDS,
};

G_END_DECLS
