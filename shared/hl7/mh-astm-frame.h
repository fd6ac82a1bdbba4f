/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room: bytes of a link become frames and controls. */
#include "shared/hl7/mh-astm.h"

G_BEGIN_DECLS

enum
{
  MH_ASTM_STX = 0x02,
  MH_ASTM_ETX = 0x03,
  MH_ASTM_EOT = 0x04,
  MH_ASTM_ENQ = 0x05,
  MH_ASTM_ACK = 0x06,
  MH_ASTM_NAK = 0x15,
  MH_ASTM_ETB = 0x17,
};

typedef enum
{
  MH_ASTM_TOKEN_NONE,
  MH_ASTM_TOKEN_ENQ,
  MH_ASTM_TOKEN_ACK,
  MH_ASTM_TOKEN_NAK,
  MH_ASTM_TOKEN_EOT,
  MH_ASTM_TOKEN_FRAME, /* number, text, text_length, is_last hold it until the next byte */
  MH_ASTM_TOKEN_BAD,   /* a frame with a wrong checksum, without a number, or too long */
} MhAstmToken;

typedef struct
{
  GByteArray *frame; /* behind STX */
  gboolean is_inside, is_too_long, is_last;
  guint after_end; /* bytes since ETX or ETB, that one included */
  guint number;
  const guint8 *text;
  gsize text_length;
} MhAstmReader;

MhAstmToken mh_astm_reader_take (MhAstmReader *reader, guint8 byte);

G_END_DECLS
