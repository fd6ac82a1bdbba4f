/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-triage.h"

#include <string.h>

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
static const MhField triage_fields[] = {
  [MH_TRIAGE_LIFE_SAVING] = { "life_saving", MH_KIND_BOOL, .label = N_("Needs a life-saving intervention now"), .flags = MH_REQUIRED },
  [MH_TRIAGE_HIGH_RISK]   = { "high_risk", MH_KIND_BOOL, .label = N_("High risk: should not wait") },
  [MH_TRIAGE_CONFUSED]    = { "confused", MH_KIND_BOOL, .label = N_("Newly confused, drowsy or disoriented") },
  [MH_TRIAGE_PAIN]        = { "pain", MH_KIND_INT, .label = N_("Pain"), .flags = MH_SENSITIVE, .at_least = 0, .at_most = 10 },
  [MH_TRIAGE_SEVERE_PAIN] = { "severe_pain", MH_KIND_BOOL, .label = N_("Severe pain or distress") },
  [MH_TRIAGE_RESOURCES]   = { "resources", MH_KIND_INT, .label = N_("Resources needed"), .help = N_("0, 1, or 2 for two and more; all laboratory tests are one"), .at_least = 0, .at_most = 2 },
  [MH_TRIAGE_PULSE]       = { "pulse", MH_KIND_INT, .label = N_("Pulse"), .unit = "/min", .flags = MH_SENSITIVE, .at_least = 0, .at_most = 350 },
  [MH_TRIAGE_RESP]        = { "resp", MH_KIND_INT, .label = N_("Breaths"), .unit = "/min", .flags = MH_SENSITIVE, .at_least = 0, .at_most = 120 },
  [MH_TRIAGE_SPO2]        = { "spo2", MH_KIND_INT, .label = N_("SpO₂"), .unit = "%", .flags = MH_SENSITIVE, .at_least = 30, .at_most = 100 },
  [MH_TRIAGE_UPGRADE]     = { "upgrade", MH_KIND_BOOL, .label = N_("Danger vitals: level 2 instead of 3") },
  [MH_TRIAGE_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (triage_fields) == MH_TRIAGE_N_FIELDS);

static const MhField order_fields[] = {
  [MH_SPO2_ORDER_SCALE] = { "scale", MH_KIND_INT, .label = N_("SpO₂ scale"), .flags = MH_REQUIRED, .help = N_("2: target 88–92 %, in hypercapnic respiratory failure"), .at_least = 1, .at_most = 2 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (order_fields) == MH_SPO2_ORDER_N_FIELDS);

const MhCode mh_fluid_direction_codes[] = { { MH_FLUID_IN, NS_("In") }, { MH_FLUID_OUT, NS_("Out") }, { NULL } };
const MhCode mh_fluid_kind_codes[] = {
  { "in_oral", N_("Oral intake") },
  { "in_iv", NS_("Infusion") },
  { "in_feed", N_("Tube feed") },
  { "in_blood", N_("Blood products") },
  { "in_other", N_("Other, in") },
  { "out_urine", N_("Urine") },
  { "out_stool", N_("Stool") },
  { "out_vomit", N_("Vomit or gastric aspirate") },
  { "out_drain", N_("Drain") },
  { "out_blood", N_("Blood loss") },
  { "out_other", N_("Other, out") },
  { NULL },
};

static const MhField fluid_fields[] = {
  MH_COMMON_FIELDS,
  [MH_FLUID_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_FLUID_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_FLUID_VISIT_ID]      = { "visit_id", MH_KIND_REF, .label = N_("Visit"), .target = &mh_visit_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM | MH_INDEX },
  [MH_FLUID_AT]            = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_IMMUTABLE | MH_SORT | MH_BRIEF },
  [MH_FLUID_DIRECTION]     = { "direction", MH_KIND_ENUM, .label = N_("In or out"), .codes = mh_fluid_direction_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_FLUID_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("Fluid"), .codes = mh_fluid_kind_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SENSITIVE | MH_BRIEF },
  [MH_FLUID_ML]            = { "ml", MH_KIND_INT, .label = N_("Amount"), .unit = "mL", .flags = MH_REQUIRED | MH_IMMUTABLE | MH_SENSITIVE | MH_BRIEF, .at_least = 1, .at_most = 10000 },
  [MH_FLUID_NOTE]          = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_IMMUTABLE | MH_SENSITIVE | MH_BRIEF, .max = 200 },
  [MH_FLUID_ENTERED_NAME]  = { "entered_name", MH_KIND_TEXT, .label = N_("Entered by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_FLUID_STRUCK_AT]     = { "struck_at", MH_KIND_INSTANT, .label = N_("Struck out"), .flags = MH_SERVER_SET },
  [MH_FLUID_STRUCK_NAME]   = { "struck_name", MH_KIND_TEXT, .label = N_("Struck out by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_FLUID_STRUCK_REASON] = { "struck_reason", MH_KIND_TEXT, .label = N_("Struck out because"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fluid_fields) == MH_FLUID_N_FIELDS);

const char *
mh_fluid_direction_of (const char *kind)
{
  if (kind == NULL)
    return NULL;
  return g_str_has_prefix (kind, "in_") ? MH_FLUID_IN : g_str_has_prefix (kind, "out_") ? MH_FLUID_OUT : NULL;
}

const MhRecordType mh_triage_type = {
  .name = "MhTriage", .code = "triage",
  .label = NS_("Triage"), .fields = triage_fields, .n_fields = G_N_ELEMENTS (triage_fields),
};
const MhRecordType mh_spo2_order_type = {
  .name = "MhSpo2Order", .code = "spo2_order",
  .label = N_("Order of the SpO₂ scale"), .fields = order_fields, .n_fields = G_N_ELEMENTS (order_fields),
};
const MhRecordType mh_fluid_type = {
  .name = "MhFluid", .code = "fluid", .table = "fluid", .path = "/fluids",
  .label = NS_("Fluid in or out"), .fields = fluid_fields, .n_fields = G_N_ELEMENTS (fluid_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT,
  .hospital = MH_FLUID_HOSPITAL_ID, .patient = MH_FLUID_PATIENT_ID,
};
/* clang-format on */
