/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A file that the server makes: fetched, then saved where the person says, or printed. */
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/media/mh-document-print.h"

G_BEGIN_DECLS

/* @route: BINARY. @name: proposed for the file. Failures become toasts. */
void
mh_file_answer_save (MhPane *pane, const char *route, const char *const *args, const char *name);
/* @title: of the print job, without a patient's name. */
void mh_file_answer_print (MhPane *pane,
                           const char *route,
                           const char *const *args,
                           MhPrinter printer,
                           const char *title);

G_END_DECLS
