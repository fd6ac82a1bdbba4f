/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-barcode.h"

#include <qrencode.h>
#include <string.h>
#include <zint.h>

#define QR_QUIET 4
#define CODE128_QUIET 10
#define CODE128_MAX 40

static MhBarcode *
barcode_new (guint columns, guint rows, guint quiet)
{
  MhBarcode *barcode = g_malloc0 (sizeof *barcode + (gsize)columns * rows);
  barcode->columns = columns;
  barcode->rows = rows;
  barcode->quiet = quiet;
  return barcode;
}

MhBarcode *
mh_barcode_qr (const char *text)
{
  if (text == NULL || *text == '\0')
    return NULL;
  /* "case sensitive" 1 keeps the text as it is; capitals and digits still get the denser mode. */
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  if (code == NULL)
    return NULL;
  MhBarcode *barcode = barcode_new (code->width, code->width, QR_QUIET);
  for (int i = 0; i < code->width * code->width; i++)
    barcode->cells[i] = code->data[i] & 1;
  QRcode_free (code);
  return barcode;
}

static gboolean
barcode_is_printable_ascii (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      return FALSE;
  return TRUE;
}

MhBarcode *
mh_barcode_code128 (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > CODE128_MAX
      || !barcode_is_printable_ascii (text))
    return NULL;

  struct zint_symbol *symbol = ZBarcode_Create ();
  MhBarcode *barcode = NULL;
  symbol->symbology = BARCODE_CODE128;

  if (ZBarcode_Encode (symbol, (const unsigned char *)text, 0) < ZINT_ERROR)
    {
      barcode = barcode_new (symbol->width, 1, CODE128_QUIET);
      for (int i = 0; i < symbol->width; i++)
        barcode->cells[i] = (symbol->encoded_data[0][i / 8] >> (i % 8)) & 1;
    }

  ZBarcode_Delete (symbol);
  return barcode;
}

void
mh_barcode_free (MhBarcode *barcode)
{
  g_free (barcode);
}

gboolean
mh_barcode_is_black (const MhBarcode *barcode, guint column, guint row)
{
  return barcode->cells[row * barcode->columns + column] != 0;
}
