/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/messages/mh-feedback.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_feedback_channel_codes[] = {
  { MH_FEEDBACK_MAIL, N_("By the code in the e-mail") },
  { MH_FEEDBACK_KIOSK, N_("At the kiosk") },
  { MH_FEEDBACK_DESK, NS_("At the desk") },
  { NULL },
};

static const MhField feedback_fields[] = {
  MH_COMMON_FIELDS,
  [MH_FEEDBACK_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_FEEDBACK_ORDER_ID]    = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_UNIQUE | MH_NO_FORM },
  [MH_FEEDBACK_CODE_HASH]   = { "code_hash", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_SERVER_SET | MH_SECRET | MH_UNIQUE | MH_NO_FORM, .max = 64 },
  [MH_FEEDBACK_LANGUAGE]    = { "language", MH_KIND_TEXT, .label = N_("Language"), .flags = MH_SERVER_SET, .max = 16 },
  [MH_FEEDBACK_ASKED_AT]    = { "asked_at", MH_KIND_INSTANT, .label = N_("Asked"), .flags = MH_SERVER_SET },
  [MH_FEEDBACK_ANSWERED_AT] = { "answered_at", MH_KIND_INSTANT, .label = N_("Answered"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF | MH_INDEX },
  [MH_FEEDBACK_CHANNEL]     = { "channel", MH_KIND_ENUM, .label = N_("Where"), .codes = mh_feedback_channel_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_FEEDBACK_SCORE]       = { "score", MH_KIND_INT, .label = N_("Satisfied, 1 to 5"), .flags = MH_SERVER_SET | MH_BRIEF, .at_least = 1, .at_most = 5 },
  [MH_FEEDBACK_COMMENT]     = { "comment", MH_KIND_LONG_TEXT, .label = N_("In their own words"), .flags = MH_SERVER_SET | MH_BRIEF | MH_SENSITIVE, .max = 1000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (feedback_fields) == MH_FEEDBACK_N_FIELDS);

static const MhField answer_fields[] = {
  [MH_FEEDBACK_ANSWER_CODE]    = { "code", MH_KIND_TEXT, .label = N_("Code"), .max = 20, .help = N_("Stands in the e-mail with the report") },
  [MH_FEEDBACK_ANSWER_SCORE]   = { "score", MH_KIND_INT, .label = N_("Satisfied, 1 to 5"), .flags = MH_REQUIRED, .at_least = 1, .at_most = 5 },
  [MH_FEEDBACK_ANSWER_COMMENT] = { "comment", MH_KIND_LONG_TEXT, .label = N_("In their own words"), .flags = MH_SENSITIVE, .max = 1000 },
  [MH_FEEDBACK_ANSWER_CHANNEL] = { "channel", MH_KIND_ENUM, .label = N_("Where"), .codes = mh_feedback_channel_codes },
};
G_STATIC_ASSERT (G_N_ELEMENTS (answer_fields) == MH_FEEDBACK_ANSWER_N_FIELDS);

static const MhField thanks_fields[] = {
  [MH_FEEDBACK_THANKS_SCORE] = { "score", MH_KIND_INT, .label = N_("Satisfied, 1 to 5") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (thanks_fields) == MH_FEEDBACK_THANKS_N_FIELDS);

const MhRecordType mh_feedback_type = {
  .name = "MhFeedback", .code = "feedback", .table = "feedback", .path = "/feedback",
  .label = N_("Patient's opinion"), .fields = feedback_fields, .n_fields = G_N_ELEMENTS (feedback_fields),
  .hospital = MH_FEEDBACK_HOSPITAL_ID, .order = MH_FEEDBACK_ORDER_ID,
};

const MhRecordType mh_feedback_answer_type = {
  .name = "MhFeedbackAnswer", .code = "feedback_answer",
  .label = N_("Answer of a patient"), .fields = answer_fields, .n_fields = G_N_ELEMENTS (answer_fields),
  .key = MH_FEEDBACK_ANSWER_CODE,
};

const MhRecordType mh_feedback_thanks_type = {
  .name = "MhFeedbackThanks", .code = "feedback_thanks",
  .label = N_("Thanks"), .fields = thanks_fields, .n_fields = G_N_ELEMENTS (thanks_fields),
};
/* clang-format on */
