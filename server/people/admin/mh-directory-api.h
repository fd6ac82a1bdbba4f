/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* For the handlers of every room: lists of the directory as calls ask for them. */
#include "server/people/admin/mh-directory-service.h"
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

/* ?q, ?after and ?limit of a list of the directory; strings are @call's. */
MhDirectoryQuery mh_directory_query_of (MhCall *call);
/* The list of @type that they ask for, as mh_directory_list() gives it. */
MhReply *mh_directory_reply_list (MhCall *call, const MhRecordType *type, GError **error);

G_END_DECLS
