/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Routes of the declarative forms and their answers. */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

void mh_forms_bind (MhRouter *router);

G_END_DECLS
