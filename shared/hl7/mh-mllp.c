/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/hl7/mh-mllp.h"

#include "shared/hl7/mh-hl7.h"

#include <string.h>

#define START 0x0b
#define END 0x1c
#define CR 0x0d

struct _MhMllp
{
  GByteArray *waiting; /* fed and not looked at */
  gsize at;            /* in waiting */
  GByteArray *frame;
  gboolean inside, dropping; /* dropping: inside a frame that is too long */
  gboolean ending;           /* 0x1C was the last byte */
  gsize most;                /* of this frame */
  guint64 garbage;
};

MhMllp *
mh_mllp_new (void)
{
  MhMllp *mllp = g_new0 (MhMllp, 1);
  mllp->waiting = g_byte_array_new ();
  mllp->frame = g_byte_array_new ();
  return mllp;
}

void
mh_mllp_free (MhMllp *mllp)
{
  if (mllp == NULL)
    return;
  g_byte_array_unref (mllp->waiting);
  g_byte_array_unref (mllp->frame);
  g_free (mllp);
}

void
mh_mllp_feed (MhMllp *mllp, const guint8 *bytes, gsize length)
{
  if (mllp->at > 0)
    {
      g_byte_array_remove_range (mllp->waiting, 0, (guint)mllp->at);
      mllp->at = 0;
    }
  g_byte_array_append (mllp->waiting, bytes, (guint)length);
}

static void
mllp_begin (MhMllp *mllp)
{
  g_byte_array_set_size (mllp->frame, 0);
  mllp->inside = TRUE;
  mllp->dropping = mllp->ending = FALSE;
  mllp->most = MH_HL7_MAX_BYTES;
}

/* FALSE: the frame is too long. A document may come late in its message, so it is looked for only
 * when the ordinary limit is reached. */
static gboolean
mllp_keep (MhMllp *mllp, guint8 byte)
{
  static const char document[] = "|ED|";
  if (mllp->frame->len >= mllp->most)
    {
      gboolean paper
          = mllp->most == MH_HL7_MAX_BYTES
            && memmem (mllp->frame->data, mllp->frame->len, document, strlen (document)) != NULL;
      if (!paper)
        return FALSE;
      mllp->most = MH_HL7_MAX_BYTES_PAPER;
    }

  g_byte_array_append (mllp->frame, &byte, 1);
  return TRUE;
}

/* One byte inside a frame. TRUE: *out tells that something happened. */
static gboolean
mllp_take (MhMllp *mllp, guint8 byte, MhMllpEvent *out)
{
  if (mllp->ending && byte == CR)
    {
      mllp->inside = mllp->ending = FALSE;
      *out = MH_MLLP_FRAME;
      return !mllp->dropping;
    }

  gboolean fits = mllp->dropping || !mllp->ending || mllp_keep (mllp, END);
  mllp->ending = byte == END;
  if (byte == START)
    mllp_begin (mllp);
  else if (fits && !mllp->dropping && byte != END)
    fits = mllp_keep (mllp, byte);

  if (fits)
    return FALSE;

  mllp->dropping = TRUE;
  g_byte_array_set_size (mllp->frame, 0);
  *out = MH_MLLP_TOO_LARGE;

  return TRUE;
}

MhMllpEvent
mh_mllp_next (MhMllp *mllp, GBytes **out_frame)
{
  while (mllp->at < mllp->waiting->len)
    {
      MhMllpEvent event;
      guint8 byte = mllp->waiting->data[mllp->at++];
      if (!mllp->inside && byte == START)
        mllp_begin (mllp);
      else if (!mllp->inside)
        mllp->garbage++;
      else if (mllp_take (mllp, byte, &event))
        {
          if (event == MH_MLLP_FRAME)
            *out_frame = g_bytes_new (mllp->frame->data, mllp->frame->len);
          return event;
        }
    }

  return MH_MLLP_NOTHING;
}

gboolean
mh_mllp_is_inside (const MhMllp *mllp)
{
  return mllp->inside;
}

GBytes *
mh_mllp_frame (GBytes *message)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (message, &length);
  GByteArray *frame = g_byte_array_sized_new ((guint)length + 3);
  static const guint8 start[] = { START }, end[] = { END, CR };
  g_byte_array_append (frame, start, 1);
  g_byte_array_append (frame, bytes, (guint)length);
  g_byte_array_append (frame, end, 2);
  return g_byte_array_free_to_bytes (frame);
}
