/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/admin/mh-directory-service.h"
#include "server/http/mh-call.h"

G_BEGIN_DECLS

/* hospital.*, department.*, setting.*, device.* */
void mh_directory_api_bind (MhRouter *router);
/* user.*, role.* */
void mh_users_api_bind (MhRouter *router);
/* api_key.* */
void mh_api_keys_bind (MhRouter *router);

/* ?q, ?after and ?limit of a list of the directory; strings are @call's. */
MhDirectoryQuery mh_directory_query_of (MhCall *call);
/* The list of @type that they ask for, as mh_directory_list() gives it. */
MhReply *mh_directory_reply_list (MhCall *call, const MhRecordType *type, GError **error);

G_END_DECLS
