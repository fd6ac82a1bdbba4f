/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The job that sends a mail, and the one that reads what came back. */
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

typedef struct _MhMailer MhMailer;

/* From now on changes of orders and payments queue their mails, if mail is set up. Before the first
 * request, in every process that writes. */
void mh_mail_observe (MhServer *server);

/* Registers the jobs when mail is set up; before the jobs start. NULL: it is not. Free it after the
 * jobs have stopped. */
MhMailer *mh_mail_jobs_register (MhServer *server);
void mh_mailer_free (MhMailer *mailer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhMailer, mh_mailer_free)

G_END_DECLS
