/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-storage.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-user.h"

#include <string.h>

/* clang-format off */
const MhCode mh_storage_kind_codes[] = {
  { MH_STORAGE_ROOM, NS_("Room") },
  { MH_STORAGE_FREEZER, N_("Freezer") },
  { MH_STORAGE_REFRIGERATOR, N_("Refrigerator") },
  { MH_STORAGE_RACK, N_("Rack") },
  { MH_STORAGE_BOX, N_("Box") },
  { NULL },
};

const MhCode mh_disposal_reason_codes[] = {
  { MH_DISPOSAL_EXPIRED, N_("Kept long enough") },
  { MH_DISPOSAL_USED_UP, N_("Used up") },
  { MH_DISPOSAL_DAMAGED, N_("Broken or leaking") },
  { MH_DISPOSAL_FAILED_STORAGE, N_("Storage failed") },
  { MH_DISPOSAL_PATIENT_WISH, N_("The patient's wish") },
  { MH_DISPOSAL_OTHER, N_("Another reason") },
  { NULL },
};

static const MhField storage_place_fields[] = {
  MH_COMMON_FIELDS,
  [MH_STORAGE_PLACE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_STORAGE_PLACE_KIND] = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_storage_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_STORAGE_PLACE_CODE] = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_SORT | MH_SEARCH | MH_BRIEF, .format = "code", .max = 20,
    .help = N_("What its own label says; B: in front of it") },
  [MH_STORAGE_PLACE_NAME] = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .max = 80 },
  [MH_STORAGE_PLACE_PARENT_ID] = { "parent_id", MH_KIND_REF, .label = N_("Stands in"), .target = &mh_storage_place_type, .flags = MH_BRIEF },
  [MH_STORAGE_PLACE_PATH] = { "path", MH_KIND_TEXT, .label = N_("Where"), .flags = MH_SERVER_SET | MH_SEARCH | MH_BRIEF, .max = 400 },
  [MH_STORAGE_PLACE_N_ROWS] = { "n_rows", MH_KIND_INT, .label = N_("Rows"), .at_least = 1, .at_most = 100,
    .help = N_("Of a box") },
  [MH_STORAGE_PLACE_N_COLUMNS] = { "n_columns", MH_KIND_INT, .label = N_("Columns"), .at_least = 1, .at_most = 100 },
  [MH_STORAGE_PLACE_TEMPERATURE] = { "temperature", MH_KIND_DECIMAL, .label = N_("Temperature"), .unit = "°C" },
  [MH_STORAGE_PLACE_KEEP_DAYS] = { "keep_days", MH_KIND_INT, .label = N_("Keep for"), .at_least = 1, .at_most = 36500, .unit = "d",
    .help = N_("Tubes put in here; empty: as the setting says") },
  [MH_STORAGE_PLACE_ACTIVE] = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (storage_place_fields) == MH_STORAGE_PLACE_N_FIELDS);

static const MhField storage_spot_fields[] = {
  [MH_STORAGE_SPOT_BOX_ID] = { "box_id", MH_KIND_REF, .label = N_("Box"), .target = &mh_storage_place_type },
  [MH_STORAGE_SPOT_POSITION] = { "position", MH_KIND_INT, .label = N_("Position"), .help = N_("From 0, row by row") },
  [MH_STORAGE_SPOT_SAMPLE_ID] = { "sample_id", MH_KIND_REF, .label = N_("Sample"), .target = &mh_sample_type },
  [MH_STORAGE_SPOT_ACCESSION] = { "accession", MH_KIND_TEXT, .label = N_("Accession"), .max = 24 },
  [MH_STORAGE_SPOT_KEEP_UNTIL] = { "keep_until", MH_KIND_INSTANT, .label = N_("Keep until") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (storage_spot_fields) == MH_STORAGE_SPOT_N_FIELDS);

static const MhField storage_map_fields[] = {
  [MH_STORAGE_MAP_PLACE] = { "place", MH_KIND_RECORD, .label = N_("Place"), .target = &mh_storage_place_type, .flags = MH_VIRTUAL },
  [MH_STORAGE_MAP_BOXES] = { "boxes", MH_KIND_RECORDS, .label = N_("Boxes"), .target = &mh_storage_place_type, .flags = MH_VIRTUAL, .max = 2000 },
  [MH_STORAGE_MAP_SPOTS] = { "spots", MH_KIND_RECORDS, .label = N_("Occupied"), .target = &mh_storage_spot_type, .flags = MH_VIRTUAL, .max = 100000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (storage_map_fields) == MH_STORAGE_MAP_N_FIELDS);

static const MhField aliquoting_fields[] = {
  [MH_ALIQUOTING_COUNT] = { "count", MH_KIND_INT, .label = N_("How many"), .flags = MH_REQUIRED, .at_least = 1, .at_most = 20 },
  [MH_ALIQUOTING_VOLUME_ML] = { "volume_ml", MH_KIND_DECIMAL, .label = N_("Volume of each"), .flags = MH_REQUIRED, .unit = "ml" },
  [MH_ALIQUOTING_CONTAINER] = { "container", MH_KIND_TEXT, .label = N_("Container"), .format = "code", .max = 20 },
  [MH_ALIQUOTING_NOTE] = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 200 },
  [MH_ALIQUOTING_SAMPLES] = { "samples", MH_KIND_RECORDS, .label = N_("Aliquots"), .target = &mh_sample_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 100 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (aliquoting_fields) == MH_ALIQUOTING_N_FIELDS);

static const MhField disposal_fields[] = {
  [MH_DISPOSAL_ACCESSIONS] = { "accessions", MH_KIND_LIST, .label = N_("Tubes"), .flags = MH_REQUIRED, .max = 500 },
  [MH_DISPOSAL_REASON] = { "reason", MH_KIND_ENUM, .label = N_("Reason"), .codes = mh_disposal_reason_codes, .flags = MH_REQUIRED },
  [MH_DISPOSAL_NOTE] = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 200 },
  [MH_DISPOSAL_WITNESS] = { "witness", MH_KIND_TEXT, .label = N_("Second person's badge"), .flags = MH_INPUT | MH_SENSITIVE, .max = 60,
    .help = N_("Wanted when a tube is not kept long enough yet") },
  [MH_DISPOSAL_N_DONE] = { "n_done", MH_KIND_INT, .label = N_("Disposed of"), .flags = MH_SERVER_SET },
};
G_STATIC_ASSERT (G_N_ELEMENTS (disposal_fields) == MH_DISPOSAL_N_FIELDS);

/* clang-format on */

static void
storage_place_check (MhRecord *place, MhIssues *issues)
{
  gboolean box = g_strcmp0 (mh_record_text (place, MH_STORAGE_PLACE_KIND), MH_STORAGE_BOX) == 0;
  static const guint sizes[] = { MH_STORAGE_PLACE_N_ROWS, MH_STORAGE_PLACE_N_COLUMNS };
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (box && !mh_record_has (place, sizes[i]))
      mh_issues_add (issues, storage_place_fields[sizes[i]].name, "required",
                     "A box has rows and columns");
  if (mh_record_has (place, MH_STORAGE_PLACE_PARENT_ID)
      && g_strcmp0 (mh_record_text (place, MH_STORAGE_PLACE_PARENT_ID), mh_record_id (place)) == 0)
    mh_issues_add (issues, "parent_id", "circle", "It cannot stand in itself");
}

/* clang-format off */
const MhRecordType mh_storage_place_type = {
  .name = "MhStoragePlace", .code = "storage_place", .table = "storage_place", .path = "/storage/places",
  .label = N_("Storage place"), .fields = storage_place_fields, .n_fields = G_N_ELEMENTS (storage_place_fields), .since = 23, .check = storage_place_check,
  .hospital = MH_STORAGE_PLACE_HOSPITAL_ID, .active = MH_STORAGE_PLACE_ACTIVE, .key = MH_STORAGE_PLACE_CODE,
};

const MhRecordType mh_storage_spot_type = {
  .name = "MhStorageSpot", .code = "storage_spot",
  .label = NS_("Position"), .fields = storage_spot_fields, .n_fields = G_N_ELEMENTS (storage_spot_fields),
};

const MhRecordType mh_storage_map_type = {
  .name = "MhStorageMap", .code = "storage_map",
  .label = N_("Map"), .fields = storage_map_fields, .n_fields = G_N_ELEMENTS (storage_map_fields),
};

const MhRecordType mh_aliquoting_type = {
  .name = "MhAliquoting", .code = "aliquoting",
  .label = N_("Aliquots"), .fields = aliquoting_fields, .n_fields = G_N_ELEMENTS (aliquoting_fields),
};

const MhRecordType mh_disposal_type = {
  .name = "MhDisposal", .code = "disposal",
  .label = N_("Disposal"), .fields = disposal_fields, .n_fields = G_N_ELEMENTS (disposal_fields),
};
/* clang-format on */
