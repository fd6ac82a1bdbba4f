/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Mails that came back, as a mail server leaves them: in a maildir, or through a pipe. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Acts on what lies in @folder/new and moves it to cur; *out_n how many files. No folder: none. */
gboolean mh_mail_bounces_read (MhStore *store, const char *folder, guint *out_n, GError **error);
/* Acts on one message. *out_known: it was about a mail of ours. */
gboolean mh_mail_bounces_take (MhStore *store,
                               const char *bytes,
                               gsize length,
                               gboolean *out_known,
                               GError **error);

G_END_DECLS
