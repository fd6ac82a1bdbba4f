/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* From a mail's row to the message that goes out: words, report, MIME. */
#include "server/platform/runtime/mh-server.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct
{
  GBytes *message;
  gboolean attached; /* with the report */
} MhMailLetter;

void mh_mail_letter_clear (MhMailLetter *letter);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhMailLetter, mh_mail_letter_clear)

/* Takes a reader of its own. The report is attached only if the patient agreed to mail and has a
 * date of birth that is known to the day, which opens it. @code: with which the patient may say how
 * it was, or NULL. */
gboolean mh_mail_letter_write (MhServer *server,
                               MhRecord *mail,
                               const char *code,
                               MhMailLetter *out_letter,
                               GError **error);
/* The report as a PDF without a password. The rooms of reports say how, once, when the server is
 * made (mh_reports_service_drawing()). */
typedef GBytes *(*MhMailDrawing) (MhServer *server,
                                  MhRecord *report,
                                  const char *language,
                                  GError **error);
void mh_mail_letter_set_drawing (MhMailDrawing drawing);
/* The bare address of smtp.from. Caller frees. */
char *mh_mail_letter_sender (MhServer *server);

G_END_DECLS
