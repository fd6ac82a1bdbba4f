/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What was written to a patient, SMS and mails: about what, when, and what became of it. What they
 * said is not shown. */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

/* Opened with a patient's id. */
#define MH_TYPE_MESSAGES_PANE (mh_messages_pane_get_type ())
G_DECLARE_FINAL_TYPE (MhMessagesPane, mh_messages_pane, MH, MESSAGES_PANE, MhPane)

G_END_DECLS
