/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A PDF that opens with a password only (AES-256, by qpdf). */
#include "shared/base/mh-error.h"

G_BEGIN_DECLS

/* Transfer full. MH_ERROR_INTERNAL when qpdf cannot read @pdf. */
GBytes *mh_locked_pdf (GBytes *pdf, const char *password, GError **error);

G_END_DECLS
