/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Bar codes as modules (black or white cells), so that a page draws them as exact vector squares.
 * The encoding is libqrencode's and zint's. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef struct
{
  guint columns;
  guint rows;     /* 1 for a linear code */
  guint quiet;    /* modules of white the standard asks for on each side */
  guint8 cells[]; /* rows × columns, 1 = black */
} MhBarcode;

/* ISO/IEC 18004, level M (15 % may be damaged). NULL when @text is empty or too long. */
MhBarcode *mh_barcode_qr (const char *text);
/* ISO/IEC 15417 over printable ASCII, at most 40 characters. NULL for anything else. */
MhBarcode *mh_barcode_code128 (const char *text);
void mh_barcode_free (MhBarcode *barcode);
gboolean mh_barcode_is_black (const MhBarcode *barcode, guint column, guint row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhBarcode, mh_barcode_free)

G_END_DECLS
