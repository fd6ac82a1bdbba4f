/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

/* mail.*, mail_template.* */
void mh_mail_bind (MhRouter *router);

G_END_DECLS
