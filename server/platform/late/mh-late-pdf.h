/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What qpdf does to our papers (mh-late.h). NULL: qpdf cannot. Transfer full. */
#include <gmodule.h>

#include "server/lab/reports/mh-pdf-finish.h"

G_BEGIN_DECLS

G_MODULE_EXPORT GBytes *mh_late_pdf_finish (GBytes *pdf, const MhPdfAbout *about);
/* Opens with @password only (AES-256). */
G_MODULE_EXPORT GBytes *mh_late_pdf_lock (GBytes *pdf, const char *password);

G_END_DECLS
