/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-locked-pdf.h"

#include <qpdf/qpdf-c.h>

GBytes *
mh_locked_pdf (GBytes *pdf, const char *password, GError **error)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);
  qpdf_data qpdf = qpdf_init ();
  GBytes *locked = NULL;

  qpdf_set_suppress_warnings (qpdf, QPDF_TRUE);
  if (qpdf_read_memory (qpdf, "report", bytes, length, NULL) < QPDF_ERRORS
      && qpdf_init_write_memory (qpdf) < QPDF_ERRORS)
    {
      qpdf_set_r6_encryption_parameters2 (qpdf, password, password, QPDF_TRUE, QPDF_TRUE,
                                          QPDF_FALSE, QPDF_FALSE, QPDF_TRUE, QPDF_FALSE,
                                          qpdf_r3p_full, QPDF_TRUE);
      if (qpdf_write (qpdf) < QPDF_ERRORS)
        locked = g_bytes_new (qpdf_get_buffer (qpdf), qpdf_get_buffer_length (qpdf));
    }

  qpdf_cleanup (&qpdf);

  if (locked == NULL)
    mh_error_set (error, MH_ERROR_INTERNAL, "The report could not be locked with a password.");
  return locked;
}
