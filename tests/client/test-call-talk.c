/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window of an emergency call knows without a display: the order of the questions, going
 * back, answers kept and taken again, the words of a place. */
#include "client/pages/dispatch/calls/mh-call-talk.h"
#include "client/pages/dispatch/calls/mh-call-words.h"

static MhProtocol *protocol;

static void
give (MhCallTalk *talk, const char *value)
{
  g_autoptr (GError) error = NULL;
  mh_call_talk_answer (talk, value, &error);
  g_assert_no_error (error);
}

static const char *
asked (MhCallTalk *talk)
{
  const MhProtocolQuestion *question = mh_call_talk_question (talk);
  return question != NULL ? question->id : NULL;
}

/* Place and number have fields of their own; awake and breathing come before what has happened. */
static void
test_order (void)
{
  g_autoptr (MhCallTalk) talk = mh_call_talk_new (protocol);
  g_assert_false (mh_call_talk_has_answers (talk));
  g_assert_cmpstr (asked (talk), ==, "CONSCIOUS");
  give (talk, "yes");
  g_assert_cmpstr (asked (talk), ==, "BREATHING");
  give (talk, "normal");
  g_assert_cmpstr (asked (talk), ==, "WHAT");
  give (talk, "STROKE");
  g_assert_cmpstr (asked (talk), ==, "AGE");
  give (talk, "62");
  g_assert_cmpstr (asked (talk), ==, "SEX");
}

static void
test_sent_at_once (void)
{
  g_autoptr (MhCallTalk) talk = mh_call_talk_new (protocol);
  give (talk, "no");
  give (talk, "none");
  g_assert_true (mh_call_talk_judged (talk)->send_now);
  g_assert_cmpint (mh_call_talk_judged (talk)->priority, ==, MH_URGENCY_P1);
  g_assert_cmpstr (asked (talk), ==, "CARD1");
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhCallTalk) talk = mh_call_talk_new (protocol);
  g_assert_false (mh_call_talk_answer (talk, "perhaps", &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_assert_false (mh_call_talk_has_answers (talk));
  g_assert_cmpstr (asked (talk), ==, "CONSCIOUS");
}

/* An answer that is given anew stands where it stood. */
static void
test_back (void)
{
  g_autoptr (MhCallTalk) talk = mh_call_talk_new (protocol);
  g_assert_false (mh_call_talk_back (talk));
  give (talk, "yes");
  give (talk, "none");
  g_assert_true (mh_call_talk_back (talk));
  g_assert_cmpstr (asked (talk), ==, "BREATHING");
  g_assert_true (mh_call_talk_back (talk));
  g_assert_cmpstr (asked (talk), ==, "CONSCIOUS");
  g_assert_false (mh_call_talk_back (talk));
  give (talk, "no");
  g_autofree char *told = mh_call_talk_tell (talk);
  g_assert_cmpstr (told, ==, "{\"conscious\":\"no\",\"breathing\":\"none\",\"answers\":{}}");
}

static void
test_again (void)
{
  g_autoptr (MhCallTalk) talk = mh_call_talk_new (protocol);
  g_autoptr (MhCallTalk) again = mh_call_talk_new (protocol);
  const char *const answers[] = { "yes", "hard", "CHEST", "46", "M", "yes" };
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    give (talk, answers[i]);
  g_autofree char *told = mh_call_talk_tell (talk);
  mh_call_talk_take (again, told);
  g_autofree char *same = mh_call_talk_tell (again);
  g_assert_cmpstr (same, ==, told);
  g_assert_cmpstr (asked (again), ==, asked (talk));
  mh_call_talk_take (again, "{\"card\":\"NONE\",\"answers\":{\"NONE1\":\"yes\"}}");
  g_autofree char *still = mh_call_talk_tell (again);
  g_assert_cmpstr (still, ==, told);
}

static void
test_place_words (void)
{
  static const struct
  {
    const char *typed, *name, *words;
  } rows[] = {
    { "Kungsgatan 2", "Kungsgatan", "Kungsgatan 2" },
    { "kungs 2", "Kungsgatan", "Kungsgatan 2" },
    { "kungs", "Kungsgatan", "Kungsgatan" },
    { "KUNGSGATAN 2, third floor", "Kungsgatan", "KUNGSGATAN 2, third floor" },
    { "kungs, freds", "Kungsgatan / Fredsgatan", "Kungsgatan / Fredsgatan" },
    { "57.7, 11.97", "57.70000, 11.97000", "57.70000, 11.97000" },
    { NULL, "Kungsgatan", "Kungsgatan" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = mh_call_place_words (rows[i].typed, rows[i].name);
      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("MAHIMA_DATA_DIR"), "dispatch-protocols.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  g_test_init (&argc, &argv, NULL);
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  protocol = mh_protocol_parse (text, (gssize)length, &error);
  g_assert_no_error (error);
  g_test_add_func ("/call-talk/order", test_order);
  g_test_add_func ("/call-talk/sent-at-once", test_sent_at_once);
  g_test_add_func ("/call-talk/refused", test_refused);
  g_test_add_func ("/call-talk/back", test_back);
  g_test_add_func ("/call-talk/again", test_again);
  g_test_add_func ("/call-talk/place-words", test_place_words);
  int failed = g_test_run ();
  mh_protocol_free (protocol);
  return failed;
}
