/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The public pages as replies; also for the handlers of other rooms that have such a page. */
#include "server/front/public/mh-public-page.h"
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

/* By ?lang=, else by what the browser asks for. */
const MhPublicWords *mh_public_words_of (MhCall *call);
/* Takes @page. @status 0: 200. */
MhReply *mh_public_reply (const MhPublicWords *words, GString *page, guint status);
/* The fields of the form that was sent, each once; NULL: it is none, or no text. */
GHashTable *mh_public_form (MhCall *call);
/* For mh_router_bind_problem(): what a browser shows of a refusal; a program that wants JSON gets
 * it. */
MhReply *mh_public_problem (MhCall *call, const GError *error);

G_END_DECLS
