/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams of both links, cut where the first bytes say: nothing crashes, and after any noise the
 * next good message is taken. */
#include "shared/base/mh-clock.h"
#include "shared/hl7/mh-astm.h"
#include "shared/hl7/mh-mllp.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

static void
mllp (const guint8 *data, gsize size, gsize piece)
{
  g_autoptr (MhMllp) link = mh_mllp_new ();
  for (gsize at = 0; at < size; at += piece)
    {
      g_autoptr (GBytes) frame = NULL;
      mh_mllp_feed (link, data + at, MIN (piece, size - at));
      while (mh_mllp_next (link, &frame) == MH_MLLP_FRAME)
        g_clear_pointer (&frame, g_bytes_unref);
    }
  g_autoptr (GBytes) last = NULL;
  mh_mllp_feed (link, (const guint8 *)"\x0bgood\x1c\r", 7);
  while (mh_mllp_next (link, &last) != MH_MLLP_FRAME)
    continue;
  g_assert_cmpmem (g_bytes_get_data (last, NULL), g_bytes_get_size (last), "good", 4);
}

/* TRUE: a message came. */
static gboolean
drain (MhAstm *link, gboolean keep, gint64 now)
{
  gboolean any = FALSE;
  for (;;)
    {
      g_autoptr (GBytes) message = NULL;
      g_autoptr (GBytes) output = mh_astm_take_output (link);
      MhAstmEvent event = mh_astm_next (link, &message);
      if (event == MH_ASTM_NOTHING)
        return any;
      if (event == MH_ASTM_MESSAGE)
        mh_astm_answer (link, keep, now);
      any = any || event == MH_ASTM_MESSAGE;
    }
}

static void
astm (const guint8 *data, gsize size, gsize piece)
{
  static const char good[] = "H|\\^&\rL|1|N\r";
  g_autoptr (MhAstm) link = mh_astm_new ();
  g_autoptr (GBytes) ours = g_bytes_new_static (good, strlen (good));
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  gint64 now = 0;
  for (gsize at = 0; at < size; at += piece, now += MH_SECOND)
    {
      if (data[at] % 5 == 0)
        mh_astm_send (link, ours, now);
      mh_astm_feed (link, data + at, MIN (piece, size - at), now);
      mh_astm_tick (link, now);
      drain (link, data[at] % 2, now);
    }
  now += MH_HOUR;
  mh_astm_tick (link, now);
  drain (link, TRUE, now);
  mh_astm_feed (link, (const guint8 *)"\x04\x05", 2, now);
  drain (link, TRUE, now);
  mh_astm_put_frame (frame, 1, (const guint8 *)good, strlen (good), TRUE);
  mh_astm_feed (link, frame->data, frame->len, now);
  g_assert_true (drain (link, TRUE, now));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size < 2)
    return 0;
  gsize piece = 1 + data[1] % 64;
  (data[0] % 2 == 0 ? mllp : astm) (data + 2, size - 2, piece);
  return 0;
}
