/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/dispatch/mh-dispatch-protocol.h"

/* clang-format off */
static const MhField protocol_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DISPATCH_PROTOCOL_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_DISPATCH_PROTOCOL_EDITION]     = { "edition", MH_KIND_TEXT, .label = N_("Edition"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 40, .help = N_("The version that the protocol gives itself") },
  [MH_DISPATCH_PROTOCOL_CONTENT]     = { "content", MH_KIND_JSON, .label = N_("Questions, cards and words to say"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 512 * 1024 },
  [MH_DISPATCH_PROTOCOL_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use for new calls"), .flags = MH_SERVER_SET | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (protocol_fields) == MH_DISPATCH_PROTOCOL_N_FIELDS);

const MhRecordType mh_dispatch_protocol_type = {
  .name = "MhDispatchProtocol", .code = "dispatch_protocol", .table = "dispatch_protocol", .path = "/dispatch-protocols",
  .label = N_("Protocol of emergency calls"), .fields = protocol_fields, .n_fields = G_N_ELEMENTS (protocol_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_DISPATCH_PROTOCOL_HOSPITAL_ID, .active = MH_DISPATCH_PROTOCOL_ACTIVE,
};
/* clang-format on */
