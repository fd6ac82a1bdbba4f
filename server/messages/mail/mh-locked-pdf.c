/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-locked-pdf.h"

#include "server/platform/late/mh-late-pdf.h"
#include "server/platform/late/mh-late.h"

GBytes *
mh_locked_pdf (GBytes *pdf, const char *password, GError **error)
{
  typeof (&mh_late_pdf_lock) lock = mh_late_find ("pdf", "mh_late_pdf_lock", error);
  GBytes *locked = lock != NULL ? lock (pdf, password) : NULL;
  if (lock != NULL && locked == NULL)
    mh_error_set (error, MH_ERROR_INTERNAL, "The report could not be locked with a password.");
  return locked;
}
