/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

/* hospital.*, department.*, setting.*, device.* */
void mh_directory_api_bind (MhRouter *router);
/* user.*, role.* */
void mh_users_api_bind (MhRouter *router);
/* api_key.* */
void mh_api_keys_bind (MhRouter *router);

G_END_DECLS
