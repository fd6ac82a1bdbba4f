/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams cut anywhere: frames of MLLP, and the link of ASTM E1381. */
#include "shared/base/mh-clock.h"
#include "shared/hl7/mh-astm.h"
#include "shared/hl7/mh-hl7.h"
#include "shared/hl7/mh-mllp.h"

#include <string.h>

/* --- MLLP --- */

static char *
frames_of (const guint8 *bytes, gsize length, gsize piece)
{
  g_autoptr (MhMllp) mllp = mh_mllp_new ();
  GString *all = g_string_new (NULL);
  for (gsize at = 0; at < length; at += piece)
    {
      mh_mllp_feed (mllp, bytes + at, MIN (piece, length - at));
      g_autoptr (GBytes) frame = NULL;
      while (mh_mllp_next (mllp, &frame) == MH_MLLP_FRAME)
        {
          gsize n;
          const char *data = g_bytes_get_data (frame, &n);
          g_string_append_c (all, '[');
          g_string_append_len (all, data, (gssize)n);
          g_string_append_c (all, ']');
          g_clear_pointer (&frame, g_bytes_unref);
        }
    }
  return g_string_free (all, FALSE);
}

static void
test_mllp (void)
{
  static const struct
  {
    const char *stream, *frames;
  } rows[] = {
    { "\x0b"
      "one\x1c\r",
      "[one]" },
    { "\x0b"
      "one\x1c\r\x0b"
      "two\x1c\r",
      "[one][two]" },
    { "noise\x0b"
      "one\x1c\rmore\r\n\x0b"
      "two\x1c\r\x1c\r",
      "[one][two]" },
    { "\x0b"
      "half\x0b"
      "whole\x1c\r",
      "[whole]" },
    { "\x0b"
      "a\x1c"
      "b\x1c\x1c\r",
      "[a\x1c"
      "b\x1c]" },
    { "\x0b\x1c\r", "[]" },
    { "\x0b"
      "never ends",
      "" },
    { "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize piece = 1; piece < 12; piece++)
      {
        g_autofree char *frames
            = frames_of ((const guint8 *)rows[i].stream, strlen (rows[i].stream), piece);
        g_assert_cmpstr (frames, ==, rows[i].frames);
      }
}

/* A flood is dropped to its end, and what follows is heard; a document may be longer. */
static void
test_mllp_flood (void)
{
  for (guint with_paper = 0; with_paper < 2; with_paper++)
    {
      g_autoptr (MhMllp) mllp = mh_mllp_new ();
      g_autoptr (GBytes) frame = NULL;
      g_autofree guint8 *block = g_malloc (65536);
      memset (block, 'x', 65536);
      block[0] = 0x0b;
      if (with_paper)
        memcpy (block + 1, "OBX|1|ED|", 9);
      mh_mllp_feed (mllp, block, 65536);
      block[0] = 'x';
      MhMllpEvent event = mh_mllp_next (mllp, &frame);
      for (guint i = 0; i < 40 && event == MH_MLLP_NOTHING; i++)
        {
          mh_mllp_feed (mllp, block, 65536);
          event = mh_mllp_next (mllp, &frame);
        }
      g_assert_cmpint (event, ==, with_paper ? MH_MLLP_NOTHING : MH_MLLP_TOO_LARGE);
      mh_mllp_feed (mllp, (const guint8 *)"\x1c\r\x0bnext\x1c\r", 9);
      if (with_paper)
        {
          g_assert_cmpint (mh_mllp_next (mllp, &frame), ==, MH_MLLP_FRAME);
          g_clear_pointer (&frame, g_bytes_unref);
        }
      g_assert_cmpint (mh_mllp_next (mllp, &frame), ==, MH_MLLP_FRAME);
      g_assert_cmpmem (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), "next", 4);
      g_assert_false (mh_mllp_is_inside (mllp));
    }
}

/* --- ASTM --- */

#define ACK "\x06"
#define NAK "\x15"
#define ENQ "\x05"
#define EOT "\x04"
#define F1                                                                                         \
  "\x02"                                                                                           \
  "1H|\\^&|||ANALYZER1^1.0|||||HMS||P|LIS2-A2|20260101103000\r\x03"                                \
  "DB\r\n"
#define F2                                                                                         \
  "\x02"                                                                                           \
  "2P|1|MRN000123\r\x03"                                                                           \
  "CE\r\n"
#define F3                                                                                         \
  "\x02"                                                                                           \
  "3O|1|ACC-2026-0001||^^^HGB|R\r\x03"                                                             \
  "18\r\n"
#define F4                                                                                         \
  "\x02"                                                                                           \
  "4R|1|^^^HGB|6.2|g/dL|12.0-15.0|LL||F\r\x03"                                                     \
  "FE\r\n"
#define F5                                                                                         \
  "\x02"                                                                                           \
  "5L|1|N\r\x03"                                                                                   \
  "08\r\n"
#define MESSAGE                                                                                    \
  "H|\\^&|||ANALYZER1^1.0|||||HMS||P|LIS2-A2|20260101103000\rP|1|MRN000123\r"                      \
  "O|1|ACC-2026-0001||^^^HGB|R\rR|1|^^^HGB|6.2|g/dL|12.0-15.0|LL||F\rL|1|N\r"

static char *
output_of (MhAstm *link)
{
  g_autoptr (GBytes) output = mh_astm_take_output (link);
  gsize length = 0;
  const char *data = output != NULL ? g_bytes_get_data (output, &length) : NULL;
  return length > 0 ? g_strndup (data, length) : g_strdup ("");
}

static void
feed (MhAstm *link, const char *bytes, gint64 now)
{
  mh_astm_feed (link, (const guint8 *)bytes, strlen (bytes), now);
}

static void
check_output (MhAstm *link, const char *wanted)
{
  g_autofree char *output = output_of (link);
  g_assert_cmpstr (output, ==, wanted);
}

static void
check_message (MhAstm *link, MhAstmEvent kind, const char *text)
{
  g_autoptr (GBytes) message = NULL;
  g_assert_cmpint (mh_astm_next (link, &message), ==, kind);
  g_assert_cmpmem (g_bytes_get_data (message, NULL), g_bytes_get_size (message), text,
                   strlen (text));
}

static void
test_astm_checksums (void)
{
  static const struct
  {
    guint number;
    const char *text, *frame;
  } rows[] = {
    { 1, "H|\\^&|||ANALYZER1^1.0|||||HMS||P|LIS2-A2|20260101103000\r", F1 },
    { 2, "P|1|MRN000123\r", F2 },
    { 3, "O|1|ACC-2026-0001||^^^HGB|R\r", F3 },
    { 4, "R|1|^^^HGB|6.2|g/dL|12.0-15.0|LL||F\r", F4 },
    { 5, "L|1|N\r", F5 },
    { 2, "Q|1|^ACC-2026-0001||ALL||||||||O\r",
      "\x02"
      "2Q|1|^ACC-2026-0001||ALL||||||||O\r\x03"
      "C6\r\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      mh_astm_put_frame (out, rows[i].number, (const guint8 *)rows[i].text, strlen (rows[i].text),
                         TRUE);
      g_assert_cmpmem (out->data, out->len, rows[i].frame, strlen (rows[i].frame));
    }
}

/* Nothing is acknowledged at the end before the owner says that it is safe. */
static void
test_astm_receives (void)
{
  for (gsize piece = 1; piece < 40; piece++)
    {
      g_autoptr (MhAstm) link = mh_astm_new ();
      static const char all[] = ENQ F1 F2 F3 F4 F5;
      for (gsize at = 0; at < strlen (all); at += piece)
        mh_astm_feed (link, (const guint8 *)all + at, MIN (piece, strlen (all) - at), 0);
      check_output (link, ACK ACK ACK ACK ACK);
      check_message (link, MH_ASTM_MESSAGE, MESSAGE);
      mh_astm_answer (link, TRUE, 0);
      check_output (link, ACK);
      feed (link, EOT, 0);
      check_output (link, "");
      g_assert_cmpint (mh_astm_next (link, NULL), ==, MH_ASTM_NOTHING);
      g_assert_true (mh_astm_may_send (link, 0));
    }
}

static void
test_astm_asks_again (void)
{
  g_autoptr (MhAstm) link = mh_astm_new ();
  feed (link, ENQ F1 F2 F3 F4 F5, 0);
  check_message (link, MH_ASTM_MESSAGE, MESSAGE);
  check_output (link, ACK ACK ACK ACK ACK);
  mh_astm_answer (link, FALSE, 0);
  check_output (link, NAK);
  feed (link, F5, 0);
  check_message (link, MH_ASTM_MESSAGE, MESSAGE);
  mh_astm_answer (link, TRUE, 0);
  check_output (link, ACK);
  /* our answer was lost: it sends the last frame once more */
  feed (link, F5, 0);
  check_output (link, ACK);
  g_assert_cmpint (mh_astm_next (link, NULL), ==, MH_ASTM_NOTHING);
}

/* Several messages in one transfer; the second waits while the first is being kept. */
static void
test_astm_several (void)
{
  g_autoptr (MhAstm) link = mh_astm_new ();
  static const char h6[] = "H|\\^&\r", l7[] = "L|1|N\r";
  g_autoptr (GByteArray) more = g_byte_array_new ();
  mh_astm_put_frame (more, 6, (const guint8 *)h6, strlen (h6), TRUE);
  mh_astm_put_frame (more, 7, (const guint8 *)l7, strlen (l7), TRUE);
  feed (link, ENQ F1 F2 F3 F4 F5, 0);
  mh_astm_feed (link, more->data, more->len, 0);
  check_message (link, MH_ASTM_MESSAGE, MESSAGE);
  g_assert_cmpint (mh_astm_next (link, NULL), ==, MH_ASTM_NOTHING);
  mh_astm_answer (link, TRUE, 0);
  check_message (link, MH_ASTM_MESSAGE, "H|\\^&\rL|1|N\r");
  mh_astm_answer (link, TRUE, 0);
  check_output (link, ACK ACK ACK ACK ACK ACK ACK ACK);
}

static void
test_astm_faults (void)
{
  static const struct
  {
    const char *stream, *answer;
    guint refused;
  } rows[] = {
    { ENQ "\x02"
          "1H|\\^&\r\x03"
          "00\r\n",
      ACK NAK, 1 },                       /* checksum */
    { ENQ F2, ACK NAK, 1 },               /* number out of order */
    { ENQ F1 F1 F2, ACK ACK ACK ACK, 0 }, /* repeated frame */
    { F1, NAK, 1 },                       /* nobody called */
    { ENQ "\x02"
          "1H|\\^" F1,
      ACK ACK, 0 }, /* begun anew */
    { ENQ "\x02"
          "9H|\r\x03"
          "00\r\n",
      ACK NAK, 1 }, /* no such number */
    { ENQ "\x02\x03"
          "03\r\n",
      ACK NAK, 1 },                 /* empty */
    { ENQ ENQ F1, ACK ACK ACK, 0 }, /* the device restarted */
    { "\x06\x15\x04 noise \r\n", "", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhAstm) link = mh_astm_new ();
      feed (link, rows[i].stream, 0);
      check_output (link, rows[i].answer);
      g_assert_cmpuint (mh_astm_refused (link), ==, rows[i].refused);
    }
}

static void
test_astm_breaks_off (void)
{
  g_autoptr (MhAstm) link = mh_astm_new ();
  feed (link, ENQ F1 F2 EOT, 0);
  check_message (link, MH_ASTM_BROKEN,
                 "H|\\^&|||ANALYZER1^1.0|||||HMS||P|LIS2-A2|20260101103000\rP|1|MRN000123\r");
  feed (link, ENQ F1, 0);
  mh_astm_tick (link, MH_ASTM_FRAME_SECONDS * MH_SECOND - 1);
  g_assert_cmpint (mh_astm_next (link, NULL), ==, MH_ASTM_NOTHING);
  mh_astm_tick (link, MH_ASTM_FRAME_SECONDS * MH_SECOND);
  check_message (link, MH_ASTM_BROKEN,
                 "H|\\^&|||ANALYZER1^1.0|||||HMS||P|LIS2-A2|20260101103000\r");
  g_assert_true (mh_astm_may_send (link, 0));
}

/* A record longer than a frame travels in several, closed by ETB. */
static void
test_astm_sends (void)
{
  g_autoptr (MhAstm) host = mh_astm_new (), device = mh_astm_new ();
  GString *text = g_string_new ("H|\\^&\rC|1|");
  for (guint i = 0; i < 3000; i++)
    g_string_append_c (text, (char)('a' + i % 26));
  g_string_append (text, "\rL|1|N\r");
  g_autoptr (GBytes) message = g_string_free_to_bytes (text);
  g_assert_true (mh_astm_send (host, message, 0));
  g_assert_false (mh_astm_send (host, message, 0));
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GBytes) there = mh_astm_take_output (host), got = NULL;
      if (there != NULL)
        mh_astm_feed (device, g_bytes_get_data (there, NULL), g_bytes_get_size (there), 0);
      if (mh_astm_next (device, &got) == MH_ASTM_MESSAGE)
        {
          g_assert_true (g_bytes_equal (got, message));
          mh_astm_answer (device, TRUE, 0);
        }
      g_autoptr (GBytes) back = mh_astm_take_output (device);
      if (back != NULL)
        mh_astm_feed (host, g_bytes_get_data (back, NULL), g_bytes_get_size (back), 0);
    }
  g_assert_cmpint (mh_astm_next (host, NULL), ==, MH_ASTM_SENT);
  g_assert_cmpuint (mh_astm_refused (device), ==, 0);
}

static void
test_astm_sending_fails (void)
{
  g_autoptr (GBytes) message = g_bytes_new_static ("H|\\^&\rL|1|N\r", 12);
  static const struct
  {
    const char *answers;
    gint64 wait; /* s */
    MhAstmEvent event;
    gint64 pause; /* s until it may send again */
  } rows[] = {
    { ACK ACK ACK, 0, MH_ASTM_SENT, 0 },
    { ACK NAK NAK NAK NAK NAK ACK ACK, 0, MH_ASTM_SENT, 0 },
    { ACK NAK NAK NAK NAK NAK NAK, 0, MH_ASTM_FAILED, 0 },
    { NAK, 0, MH_ASTM_FAILED, MH_ASTM_BUSY_SECONDS },
    { ENQ, 0, MH_ASTM_FAILED, MH_ASTM_CONTEND_SECONDS },
    { ACK EOT EOT, 0, MH_ASTM_SENT, 0 },
    { "", MH_ASTM_REPLY_SECONDS, MH_ASTM_FAILED, 0 },
    { "", MH_ASTM_REPLY_SECONDS - 1, MH_ASTM_NOTHING, 0 },
    { ACK, MH_ASTM_REPLY_SECONDS, MH_ASTM_FAILED, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhAstm) host = mh_astm_new ();
      g_assert_true (mh_astm_send (host, message, 0));
      feed (host, rows[i].answers, 0);
      mh_astm_tick (host, rows[i].wait * MH_SECOND);
      g_assert_cmpint (mh_astm_next (host, NULL), ==, rows[i].event);
      if (rows[i].event == MH_ASTM_NOTHING)
        continue;
      g_assert_true (mh_astm_may_send (host, rows[i].pause * MH_SECOND));
      if (rows[i].pause > 0)
        g_assert_false (mh_astm_may_send (host, rows[i].pause * MH_SECOND - 1));
    }
}

/* Any bytes at all: no crash, no end without an answer, and the next good message is taken. */
static void
test_astm_noise (void)
{
  for (guint seed = 0; seed < 200; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (MhAstm) link = mh_astm_new ();
      for (guint i = 0; i < 400; i++)
        {
          static const guint8 some[] = { 2, 3, 4, 5, 6, 0x15, 0x17, 13, 10, 'L', '|', '1', '0' };
          guint8 byte = g_rand_int (rand) % 8 == 0
                            ? (guint8)g_rand_int (rand)
                            : some[g_rand_int_range (rand, 0, G_N_ELEMENTS (some))];
          mh_astm_feed (link, &byte, 1, 0);
          g_autoptr (GBytes) message = NULL;
          if (mh_astm_next (link, &message) == MH_ASTM_MESSAGE)
            mh_astm_answer (link, i % 2, 0);
        }
      mh_astm_tick (link, MH_HOUR);
      g_autoptr (GBytes) message = NULL;
      feed (link, EOT ENQ F1 F2 F3 F4 F5, MH_HOUR);
      while (mh_astm_next (link, &message) == MH_ASTM_BROKEN)
        g_clear_pointer (&message, g_bytes_unref);
      g_assert_cmpmem (g_bytes_get_data (message, NULL), g_bytes_get_size (message), MESSAGE,
                       strlen (MESSAGE));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hl7-links/mllp", test_mllp);
  g_test_add_func ("/hl7-links/mllp-flood", test_mllp_flood);
  g_test_add_func ("/hl7-links/astm-checksums", test_astm_checksums);
  g_test_add_func ("/hl7-links/astm-receives", test_astm_receives);
  g_test_add_func ("/hl7-links/astm-asks-again", test_astm_asks_again);
  g_test_add_func ("/hl7-links/astm-several", test_astm_several);
  g_test_add_func ("/hl7-links/astm-faults", test_astm_faults);
  g_test_add_func ("/hl7-links/astm-breaks-off", test_astm_breaks_off);
  g_test_add_func ("/hl7-links/astm-sends", test_astm_sends);
  g_test_add_func ("/hl7-links/astm-sending-fails", test_astm_sending_fails);
  g_test_add_func ("/hl7-links/astm-noise", test_astm_noise);
  return g_test_run ();
}
