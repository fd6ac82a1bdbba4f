/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-microbe.h"

#include "shared/base/mh-translation.h"

/* clang-format off */
static const MhField organism_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ORGANISM_CODE]           = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_ORGANISM_NAME]           = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_ORGANISM_GRAM]           = { "gram", MH_KIND_TEXT, .label = N_("Gram stain and shape"), .flags = MH_BRIEF, .max = 60 },
  [MH_ORGANISM_ORGANISM_GROUP] = { "organism_group", MH_KIND_TEXT, .label = N_("Group"), .max = 60 },
  [MH_ORGANISM_VERIFIED]       = { "verified", MH_KIND_BOOL, .label = N_("Signed off") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (organism_fields) == MH_ORGANISM_N_FIELDS);

static const MhField antibiotic_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ANTIBIOTIC_CODE]                 = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_ANTIBIOTIC_NAME]                 = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_ANTIBIOTIC_ATC]                  = { "atc", MH_KIND_TEXT, .label = N_("ATC"), .flags = MH_BRIEF, .max = 10 },
  [MH_ANTIBIOTIC_LOINC_SUSCEPTIBILITY] = { "loinc_susceptibility", MH_KIND_TEXT, .label = N_("LOINC of the susceptibility"), .max = 10 },
  [MH_ANTIBIOTIC_FIRST_LINE_FOR]       = { "first_line_for", MH_KIND_LIST, .label = N_("First line for"), .max = 60,
    .help = N_("Organisms") },
  [MH_ANTIBIOTIC_VERIFIED]             = { "verified", MH_KIND_BOOL, .label = N_("Signed off") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (antibiotic_fields) == MH_ANTIBIOTIC_N_FIELDS);

/* clang-format on */

/* clang-format off */
const MhRecordType mh_organism_type = {
  .name = "MhOrganism", .code = "organism", .table = "organism", .path = "/organisms",
  .label = N_("Organism"), .fields = organism_fields, .n_fields = G_N_ELEMENTS (organism_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .key = MH_ORGANISM_CODE,
};

const MhRecordType mh_antibiotic_type = {
  .name = "MhAntibiotic", .code = "antibiotic", .table = "antibiotic", .path = "/antibiotics",
  .label = NS_("Antibiotic"), .fields = antibiotic_fields, .n_fields = G_N_ELEMENTS (antibiotic_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE,
  .key = MH_ANTIBIOTIC_CODE,
};

/* clang-format on */
