/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The text of an e-mail: changed, seen as it would be sent, put back to the house's own. */
#include "client/mh-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The language that a mail_template or an sms_text is written in, in words. Caller frees. */
char *mh_text_language (MhRecord *text);
/* @text: a mail_template or sms_text record. */
GtkWidget *mh_mail_text_dialog_show (GtkWidget *from, MhContext *context, MhRecord *text);

G_END_DECLS
