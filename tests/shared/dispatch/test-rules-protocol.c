/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Emergency calls: the worked examples, each answer, threshold and age on both sides, what jumps,
 * what is said, who changes a priority, broken files. */
#include <string.h>

#include "shared/base/mh-clock.h"
#include "shared/base/mh-json.h"
#include "shared/rules/dispatch/mh-interview.h"

#define MOST 64

static char *shipped_text;
static MhProtocol *shipped;

/* A call as it is told: "CONSCIOUS=no BREATHING=none". */
typedef struct
{
  GStrv words;
  MhInterviewGiven given[MOST];
  guint n;
} Told;

static void
told_clear (Told *told)
{
  g_strfreev (told->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Told, told_clear)

static void
told_read (Told *told, const char *text)
{
  told->words = g_strsplit (text, " ", -1);
  told->n = 0;
  for (guint i = 0; told->words[i] != NULL; i++)
    {
      char *equals = strchr (told->words[i], '=');
      if (equals == NULL)
        continue;
      *equals = 0;
      g_assert_cmpuint (told->n, <, MOST);
      told->given[told->n++] = (MhInterviewGiven){ told->words[i], equals + 1, 0 };
    }
}

static MhInterview *
judge_changed (const char *text, const MhInterviewChange *change)
{
  g_autoptr (GError) error = NULL;
  g_auto (Told) told = { 0 };
  told_read (&told, text);
  MhInterview *interview = mh_interview_judge (shipped, told.given, told.n, change, &error);
  g_assert_no_error (error);
  return interview;
}

static MhInterview *
judge (const char *text)
{
  return judge_changed (text, NULL);
}

static char *
needs_text (guint needs)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  static const guint sorted[] = { MH_CAN_ALS, MH_CAN_BLS, MH_CAN_FIRE, MH_CAN_MICU, MH_CAN_POLICE };
  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    if ((needs & sorted[i]) != 0)
      g_ptr_array_add (codes, (gpointer)mh_can_code (sorted[i]));
  g_ptr_array_add (codes, NULL);
  return g_strjoinv (" ", (char **)codes->pdata);
}

static char *
say_text (const MhInterview *interview)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < interview->say->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((MhProtocolBlock *)g_ptr_array_index (interview->say, i))->id);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
says (const MhInterview *interview, const char *id)
{
  return g_ptr_array_find (interview->say, mh_protocol_block (shipped, id), NULL);
}

/* --- tables --- */

static GStrv
lines_of (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("MH_TEST_DATA"), name, NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_strsplit (g_strchomp (text), "\n", -1);
}

/* Commas inside quotes part nothing. */
static GStrv
csv_cells (const char *line)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;
  for (const char *at = line; *at != 0; at++)
    if (*at == '"')
      quoted = !quoted;
    else if (*at == ',' && !quoted)
      {
        g_strv_builder_add (cells, cell->str);
        g_string_truncate (cell, 0);
      }
    else
      g_string_append_c (cell, *at);
  g_strv_builder_add (cells, cell->str);
  return g_strv_builder_end (cells);
}

static void
test_examples (void)
{
  g_auto (GStrv) lines = lines_of ("dispatch-examples.csv");
  g_assert_cmpuint (g_strv_length (lines), ==, 56);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = csv_cells (lines[i]);
      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, 12);
      g_autofree char *age
          = *cells[3] != 0 ? g_strdup_printf ("%dmo", (int)(g_ascii_strtod (cells[3], NULL) * 12))
                           : g_strdup ("unknown");
      g_autofree char *call = g_strdup_printf (
          "LOC=here CALLBACK=5012345678 WHAT=%s CONSCIOUS=%s BREATHING=%s AGE=%s SEX=%s %s",
          cells[2], cells[5], cells[6], age, cells[4], cells[7]);
      g_autoptr (MhInterview) interview = judge (call);
      g_autofree char *needs = needs_text (interview->needs);
      g_auto (GStrv) said = g_strsplit (cells[10], " ", -1);
      g_assert_cmpstr (mh_urgency_code (interview->priority), ==, cells[8]);
      g_assert_cmpstr (needs, ==, cells[9]);
      g_assert_cmpint (interview->points, ==, atoi (cells[11]));
      for (guint j = 0; said[j] != NULL; j++)
        g_assert_true (says (interview, said[j]));
      g_assert_cmpstr (interview->card->id, ==, cells[2]);
    }
}

/* Each answer of each card alone, each pair of entry answers, both sides of each age and threshold,
 * and several hundred calls by chance, as another implementation judges them. */
static void
test_calls (void)
{
  g_auto (GStrv) lines = lines_of ("dispatch-calls.tsv");
  guint n = 0;
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", -1);
      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (g_strv_length (cells), ==, 8);
      g_autoptr (GString) call = g_string_new (NULL);
      g_string_append_printf (call, "WHAT=%s %s", cells[0], cells[4]);
      if (*cells[1] != 0)
        g_string_append_printf (call, " AGE=%s", cells[1]);
      if (*cells[2] != 0)
        g_string_append_printf (call, " CONSCIOUS=%s", cells[2]);
      if (*cells[3] != 0)
        g_string_append_printf (call, " BREATHING=%s", cells[3]);
      g_autoptr (MhInterview) interview = judge (call->str);
      g_autofree char *needs = needs_text (interview->needs);
      g_assert_cmpstr (mh_urgency_code (interview->priority), ==, cells[5]);
      g_assert_cmpstr (needs, ==, cells[6]);
      g_assert_cmpint (interview->points, ==, atoi (cells[7]));
      n++;
    }
  g_assert_cmpuint (n, >, 1400);
}

/* What counted comes to the points that are told. */
static void
test_parts (void)
{
  static const char *const calls[]
      = { "WHAT=CHEST CONSCIOUS=unknown BREATHING=hard AGE=62y CHEST1=yes CHEST3=yes CHEST7=yes",
          "WHAT=BURN AGE=4y BURN1=arm", "BREATHING=unknown" };
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (MhInterview) interview = judge (calls[i]);
      int points = 0;
      for (guint j = 0; j < interview->parts->len; j++)
        points += g_array_index (interview->parts, MhInterviewPart, j).points;
      g_assert_cmpint (points, ==, interview->card != NULL ? interview->points : 2);
    }
}

/* --- not breathing --- */

static void
test_jump (void)
{
  /* the very first thing that is said */
  g_autoptr (MhInterview) first = judge ("BREATHING=none");
  g_assert_true (first->send_now);
  g_assert_true (first->provisional);
  g_assert_cmpint (first->priority, ==, MH_URGENCY_P1);
  g_assert_cmpuint (first->needs, ==, MH_CAN_ALS);
  g_assert_cmpstr (first->current->id, ==, "CARD");
  g_assert_cmpstr (first->next->id, ==, "LOC");
  g_autofree char *said = say_text (first);
  g_assert_cmpstr (said, ==, "CPR-ADULT");

  /* with the place the questions of the card come before number, age and sex */
  static const struct
  {
    const char *call, *next;
  } rows[] = {
    { "BREATHING=none LOC=x", "CARD1" },
    { "BREATHING=none LOC=x CARD1=no CARD2=no CARD3=no CARD4=adult", "CARD5" },
    { "BREATHING=none LOC=x CARD1=no CARD2=no CARD3=no CARD4=adult CARD5=no", "CALLBACK" },
    { "BREATHING=none LOC=x CARD1=no CARD2=no CARD3=no CARD4=adult CARD5=no CALLBACK=1", "AGE" },
    { "BREATHING=none LOC=x CARD1=no CARD2=no CARD3=no CARD4=adult CARD5=no CALLBACK=1 AGE=9d",
      "SEX" },
    { "BREATHING=none LOC=x CARD1=no CARD2=no CARD3=no CARD4=adult CARD5=no CALLBACK=1 AGE=9d "
      "SEX=F",
      NULL },
    { "WHAT=DROWN BREATHING=none LOC=x CARD1=no CARD2=no CARD3=no CARD4=adult CARD5=no CALLBACK=1 "
      "AGE=9d SEX=F",
      "DROWN1" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhInterview) interview = judge (rows[i].call);
      g_test_message ("%s", rows[i].call);
      g_assert_true (interview->send_now);
      g_assert_cmpstr (interview->next != NULL ? interview->next->id : NULL, ==, rows[i].next);
    }

  /* a card that was begun counts on: police comes to the road as well */
  g_autoptr (MhInterview) road = judge ("WHAT=RTA BREATHING=normal RTA1=yes BREATHING=none");
  g_assert_true (road->send_now);
  g_assert_cmpstr (road->current->id, ==, "CARD");
  g_assert_cmpuint (road->needs & MH_CAN_POLICE, !=, 0);

  /* gasping inside a card jumps, too; and taken back it does not */
  g_autoptr (MhInterview) gasp = judge ("WHAT=UNCON UNCON1=gasp");
  g_assert_true (gasp->send_now);
  g_assert_cmpstr (gasp->current->id, ==, "CARD");
  g_autoptr (MhInterview) back = judge ("WHAT=UNCON UNCON1=gasp UNCON1=snore");
  g_assert_false (back->send_now);
  g_assert_cmpstr (back->current->id, ==, "UNCON");
  g_autoptr (MhInterview) hard = judge ("BREATHING=hard");
  g_assert_false (hard->send_now);
  g_assert_cmpint (hard->priority, ==, MH_URGENCY_P2);
}

static void
test_offers (void)
{
  g_autoptr (MhInterview) offer = judge ("WHAT=UNCON UNCON3=yes");
  g_assert_false (offer->send_now);
  g_assert_cmpuint (offer->offers->len, ==, 1);
  g_assert_cmpstr (((MhProtocolCard *)g_ptr_array_index (offer->offers, 0))->id, ==, "POIS");
  g_assert_cmpstr (offer->current->id, ==, "UNCON");

  /* taken: both count, the more urgent stands */
  g_autoptr (MhInterview) taken = judge ("WHAT=UNCON UNCON3=yes WHAT=POIS POIS5=yes");
  g_assert_cmpuint (taken->offers->len, ==, 0);
  g_assert_cmpstr (taken->current->id, ==, "POIS");
  g_assert_cmpstr (taken->card->id, ==, "UNCON");
  g_assert_cmpint (taken->points, ==, 10);

  /* a card that was only touched by mistake does not */
  g_autoptr (MhInterview) slip = judge ("WHAT=UNCON WHAT=SICK CONSCIOUS=yes BREATHING=normal");
  g_assert_cmpint (slip->priority, ==, MH_URGENCY_P4);
  g_assert_cmpstr (slip->card->id, ==, "SICK");
}

/* --- order, provisional --- */

static void
test_next (void)
{
  static const struct
  {
    const char *call, *next;
    gboolean provisional;
  } rows[] = {
    { "", "LOC", TRUE },
    { "LOC=x", "CALLBACK", TRUE },
    { "LOC=x CALLBACK=1", "CONSCIOUS", TRUE },
    { "LOC=x CALLBACK=1 CONSCIOUS=yes", "BREATHING", TRUE },
    { "LOC=x CALLBACK=1 CONSCIOUS=yes BREATHING=normal", "WHAT", TRUE },
    { "LOC=x CALLBACK=1 CONSCIOUS=yes BREATHING=normal WHAT=STROKE", "AGE", TRUE },
    { "LOC=x CALLBACK=1 WHAT=STROKE CONSCIOUS=yes BREATHING=normal AGE=unknown", "SEX", TRUE },
    { "LOC=x CALLBACK=1 WHAT=STROKE CONSCIOUS=yes BREATHING=normal AGE=unknown SEX=M", "STROKE1",
      TRUE },
    { "LOC=x CALLBACK=1 WHAT=STROKE CONSCIOUS=yes BREATHING=normal AGE=unknown SEX=M STROKE1=one "
      "STROKE2=lt4 STROKE3=no STROKE4=no",
      "STROKE5", TRUE },
    { "LOC=x CALLBACK=1 WHAT=STROKE CONSCIOUS=yes BREATHING=normal AGE=unknown SEX=M STROKE1=one "
      "STROKE2=lt4 STROKE3=no STROKE4=no STROKE5=no",
      NULL, FALSE },
    /* what was left out is asked, but the place, the number and the sex change nothing */
    { "WHAT=STROKE CONSCIOUS=yes BREATHING=normal AGE=70y STROKE1=one STROKE2=lt4 STROKE3=no "
      "STROKE4=no STROKE5=no",
      "LOC", FALSE },
    { "WHAT=STROKE CONSCIOUS=yes BREATHING=normal STROKE1=one STROKE2=lt4 STROKE3=no STROKE4=no "
      "STROKE5=no",
      "LOC", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhInterview) interview = judge (rows[i].call);
      g_test_message ("%s", rows[i].call);
      g_assert_cmpstr (interview->next != NULL ? interview->next->id : NULL, ==, rows[i].next);
      g_assert_cmpint (interview->provisional, ==, rows[i].provisional);
    }
  /* a silent call is not green */
  g_autoptr (MhInterview) silent = judge ("CALLBACK=5012345678");
  g_assert_cmpint (silent->priority, ==, MH_URGENCY_NONE);
  g_assert_cmpuint (silent->needs, ==, 0);
  g_assert_null (silent->card);
}

/* --- words to say --- */

static void
test_say (void)
{
  static const struct
  {
    const char *call, *say;
  } rows[] = {
    { "BREATHING=none AGE=0mo", "CPR-INFANT" },
    { "BREATHING=none AGE=11mo", "CPR-INFANT" },
    { "BREATHING=none AGE=364d", "CPR-INFANT" },
    { "BREATHING=none AGE=52w", "CPR-INFANT" },
    { "BREATHING=none AGE=53w", "CPR-CHILD" },
    { "BREATHING=none AGE=12mo", "CPR-CHILD" },
    { "BREATHING=none AGE=12y", "CPR-CHILD" },
    { "BREATHING=none AGE=155mo", "CPR-CHILD" },
    { "BREATHING=none AGE=13y", "CPR-ADULT" },
    { "BREATHING=none AGE=unknown", "CPR-ADULT" },
    { "BREATHING=none CARD4=infant", "CPR-INFANT" },
    { "BREATHING=none CARD4=child", "CPR-CHILD" },
    { "BREATHING=none CARD4=unknown", "CPR-ADULT" },
    /* an age that is known says more than how old somebody looks */
    { "BREATHING=none AGE=14y CARD4=child", "CPR-ADULT" },
    { "BREATHING=none AGE=2y CARD4=infant", "CPR-CHILD" },
    { "BREATHING=none CARD1=yes CARD2=yes", "CPR-ADULT CPR-KEEP AED" },
    { "CONSCIOUS=no", "CHECK-BREATH" },
    { "CONSCIOUS=no BREATHING=normal WHAT=UNCON", "CHECK-BREATH RECOVERY" },
    /* nobody checks the breath of whom it is known of */
    { "CONSCIOUS=no BREATHING=none", "CPR-ADULT" },
    { "CONSCIOUS=no BREATHING=unknown", "CHECK-BREATH" },
    { "CONSCIOUS=no WHAT=UNCON UNCON1=gasp", "CPR-ADULT RECOVERY" },
    { "WHAT=BREATH BREATH3=yes", "CHOKE BREATH" },
    { "WHAT=BLEED", "BLEED" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (MhInterview) interview = judge (rows[i].call);
      g_autofree char *say = say_text (interview);
      g_test_message ("%s", rows[i].call);
      g_assert_cmpstr (say, ==, rows[i].say);
    }
}

static void
test_ages (void)
{
  static const struct
  {
    const char *word;
    int months;
  } rows[]
      = { { "0y", 0 },      { "1y", 12 },  { "150y", 1800 }, { "151y", -1 },    { "1800mo", 1800 },
          { "1801mo", -1 }, { "0d", 0 },   { "30d", 0 },     { "31d", 1 },      { "365d", 11 },
          { "366d", 12 },   { "4w", 0 },   { "5w", 1 },      { "unknown", -1 }, { "62", -1 },
          { "y", -1 },      { "-1y", -1 }, { "62 y", -1 },   { "", -1 },        { "99999999y", -1 },
          { NULL, -1 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (mh_interview_age_months (rows[i].word), ==, rows[i].months);
}

/* --- changes by a person --- */

static void
test_change (void)
{
  static const struct
  {
    const char *call;
    MhUrgency to, then, stands;
    gboolean lapsed;
  } rows[] = {
    /* more urgent stands whatever comes */
    { "WHAT=HEAD CONSCIOUS=yes BREATHING=normal", MH_URGENCY_P2, MH_URGENCY_P4, MH_URGENCY_P2,
      FALSE },
    { "WHAT=HEAD CONSCIOUS=no BREATHING=normal", MH_URGENCY_P2, MH_URGENCY_P4, MH_URGENCY_P1,
      FALSE },
    /* less urgent, as long as the rules say what they said or less */
    { "WHAT=CHEST CONSCIOUS=yes BREATHING=normal", MH_URGENCY_P3, MH_URGENCY_P2, MH_URGENCY_P3,
      FALSE },
    { "WHAT=CHEST CONSCIOUS=yes BREATHING=normal CHEST7=yes", MH_URGENCY_P3, MH_URGENCY_P2,
      MH_URGENCY_P3, FALSE },
    { "WHAT=CHEST CONSCIOUS=yes BREATHING=normal CHEST3=yes", MH_URGENCY_P3, MH_URGENCY_P2,
      MH_URGENCY_P1, TRUE },
    /* nothing was known */
    { "LOC=x", MH_URGENCY_P2, MH_URGENCY_NONE, MH_URGENCY_P2, FALSE },
    { "LOC=x BREATHING=none", MH_URGENCY_P2, MH_URGENCY_NONE, MH_URGENCY_P1, FALSE },
    { "BREATHING=none CARD5=yes", MH_URGENCY_P3, MH_URGENCY_P1, MH_URGENCY_P3, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const MhInterviewChange change = { rows[i].to, rows[i].then, "Doctor on the line" };
      g_autoptr (MhInterview) interview = judge_changed (rows[i].call, &change);
      g_test_message ("%s", rows[i].call);
      g_assert_cmpint (interview->priority, ==, rows[i].stands);
      g_assert_cmpint (interview->change_lapsed, ==, rows[i].lapsed);
    }
  /* needs follow what stands */
  const MhInterviewChange up = { MH_URGENCY_P2, MH_URGENCY_P4, "Looks worse" };
  g_autoptr (MhInterview) raised = judge_changed ("WHAT=HEAD", &up);
  g_assert_cmpuint (raised->needs, ==, MH_CAN_ALS);
  g_assert_cmpint (raised->computed, ==, MH_URGENCY_P4);
}

/* --- what is refused --- */

static void
test_refused (void)
{
  g_autofree char *long_reason = g_strnfill (MH_INTERVIEW_MOST_REASON + 1, 'a');
  g_autofree char *longest = g_strnfill (MH_INTERVIEW_MOST_REASON, 'a');
  const struct
  {
    const char *call;
    MhInterviewChange change;
    const char *field, *code;
  } rows[] = {
    { "CHEST9=yes", { 0 }, "answers.CHEST9", "unknown_field" },
    { "CHEST1=maybe", { 0 }, "answers.CHEST1", "unknown_code" },
    { "WHAT=NONE", { 0 }, "answers.WHAT", "unknown_code" },
    { "AGE=old", { 0 }, "answers.AGE", "unknown_code" },
    { "SEX=x", { 0 }, "answers.SEX", "unknown_code" },
    { "LOC=", { 0 }, "answers.LOC", "unknown_code" },
    { "", { MH_URGENCY_P2, MH_URGENCY_P3, "ab" }, "reason", "required" },
    { "", { MH_URGENCY_P2, MH_URGENCY_P3, "  a  " }, "reason", "required" },
    { "", { MH_URGENCY_P2, MH_URGENCY_P3, NULL }, "reason", "required" },
    { "", { MH_URGENCY_P2, MH_URGENCY_P3, "abc" }, NULL, NULL },
    { "", { MH_URGENCY_P2, MH_URGENCY_P3, longest }, NULL, NULL },
    { "", { MH_URGENCY_P2, MH_URGENCY_P3, long_reason }, "reason", "too_long" },
    { "", { MH_URGENCY_P3, MH_URGENCY_P3, "why" }, "priority", "unchanged" },
    { "", { MH_URGENCY_NONE, MH_URGENCY_P3, "why" }, "priority", "unknown_code" },
    { "", { MH_URGENCY_N, MH_URGENCY_P3, "why" }, "priority", "unknown_code" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (Told) told = { 0 };
      told_read (&told, rows[i].call);
      g_autoptr (MhInterview) interview = mh_interview_judge (
          shipped, told.given, told.n, *rows[i].call == 0 ? &rows[i].change : NULL, &error);
      g_test_message ("%u %s", i, rows[i].call);
      if (rows[i].field == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (interview);
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      const MhIssue *issue = mh_issues_find (mh_error_get_issues (error), rows[i].field);
      g_assert_nonnull (issue);
      g_assert_cmpstr (issue->code, ==, rows[i].code);
    }
  MhInterviewGiven many[MH_INTERVIEW_MOST_GIVEN + 1];
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = (MhInterviewGiven){ "CONSCIOUS", "yes", 0 };
  g_autoptr (MhInterview) most
      = mh_interview_judge (shipped, many, MH_INTERVIEW_MOST_GIVEN, NULL, NULL);
  g_assert_nonnull (most);
  g_assert_null (mh_interview_judge (shipped, many, MH_INTERVIEW_MOST_GIVEN + 1, NULL, NULL));
}

/* --- kept and judged again --- */

static void
test_again (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Told) told = { 0 };
  const MhInterviewChange change = { MH_URGENCY_P3, MH_URGENCY_P2, "Doctor \"at\" the place" };
  told_read (&told, "LOC=x WHAT=CHEST CONSCIOUS=yes BREATHING=normal AGE=46y CHEST1=yes");
  told.given[0].at = 1700000000 * MH_SECOND;
  g_autoptr (MhInterview) first = mh_interview_judge (shipped, told.given, told.n, &change, &error);
  g_assert_no_error (error);
  g_autofree char *kept = mh_interview_keep (shipped, first, told.given, told.n, &change);
  g_autoptr (JsonObject) object = mh_json_parse_object (kept, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mh_json_text (object, "protocol"), ==, shipped->version);
  g_assert_cmpuint (json_array_get_length (mh_json_array (object, "answers")), ==, told.n);

  gboolean same = FALSE;
  g_autoptr (MhInterview) again = mh_interview_again (shipped, kept, &same, &error);
  g_assert_no_error (error);
  g_assert_true (same);
  g_assert_cmpint (again->priority, ==, MH_URGENCY_P3);
  g_assert_cmpint (again->computed, ==, MH_URGENCY_P2);
  g_assert_cmpint (again->points, ==, first->points);

  /* by other rules: told, and judged by those */
  const char *base = strstr (shipped_text, "\"id\": \"CHEST\"");
  g_autofree char *before = g_strndup (shipped_text, (gsize)(base - shipped_text));
  g_auto (GStrv) parts = g_strsplit (base, "\"base_points\": 6", 2);
  g_autofree char *changed = g_strconcat (before, parts[0], "\"base_points\": 16", parts[1], NULL);
  g_autoptr (MhProtocol) other = mh_protocol_parse (changed, -1, &error);
  g_assert_no_error (error);
  g_autoptr (MhInterview) by_other = mh_interview_again (other, kept, &same, &error);
  g_assert_no_error (error);
  g_assert_false (same);
  g_assert_cmpint (by_other->computed, ==, MH_URGENCY_P1);
  g_assert_true (by_other->change_lapsed);
  g_assert_null (mh_interview_again (shipped, "[]", &same, NULL));
  g_assert_null (mh_interview_again (shipped, "{\"answers\":[1]}", &same, NULL));
}

/* --- the file --- */

static char *
replaced (const char *text, const char *old, const char *by)
{
  const char *at = strstr (text, old);
  g_assert_nonnull (at);
  g_autofree char *before = g_strndup (text, (gsize)(at - text));
  return g_strconcat (before, by, at + strlen (old), NULL);
}

static void
test_broken_files (void)
{
  static const struct
  {
    const char *old, *by, *field, *code;
  } rows[] = {
    { "mahima-dispatch-protocols", "mahima-forms", "format", "format" },
    { "\"version\": \"1.3\"", "\"version\": \"\"", "version", "required" },
    { "\"version\": \"1.3\"", "\"version\": 1", "version", "format" },
    { "{\"id\": \"P1\"", "{\"id\": \"P2\"", "priorities[0].id", "unknown_code" },
    { "\"target_minutes\": 8,", "\"target_minutes\": 0,", "priorities[0].target_minutes",
      "out_of_range" },
    { "\"target_minutes\": 8,", "\"target_minutes\": 1441,", "priorities[0].target_minutes",
      "out_of_range" },
    { "\"target_minutes\": 8,", "\"target_minutes\": 18,", NULL, NULL },
    { "\"target_minutes\": 8,", "\"target_minutes\": 19,", "priorities[1].target_minutes",
      "out_of_range" },
    { "\"target_minutes\": 8,", "", "priorities[0].target_minutes", "required" },
    { "\"target_minutes\": 8,", "\"target_minutes\": 8.5,", "priorities[0].target_minutes",
      "out_of_range" },
    { "\"points_at_least\": 6", "\"points_at_least\": 9", NULL, NULL },
    { "\"points_at_least\": 6", "\"points_at_least\": 10", "rules.thresholds[1].points_at_least",
      "out_of_range" },
    { "\"points_at_least\": null", "\"points_at_least\": 0", "rules.thresholds[3].points_at_least",
      "format" },
    { "\"points_at_least\": 10, \"priority\": \"P1\"",
      "\"points_at_least\": 10, \"priority\": \"P5\"", "rules.thresholds[0].priority",
      "unknown_code" },
    { "\"type\": \"place\"", "\"type\": \"spot\"", "entry[0].type", "unknown_code" },
    { "\"type\": \"sex\"", "\"type\": \"age\"", "entry", "required" },
    { "\"id\": \"CONSCIOUS\"", "\"id\": \"conscious\"", "entry[2].id", "format" },
    { "\"id\": \"CARD1\"", "\"id\": \"CARD2\"", "cards[0].questions[1].id", "duplicate" },
    { "\"id\": \"CHEST\"", "\"id\": \"CARD\"", "cards[1].id", "duplicate" },
    { "\"value\": \"hard\"", "\"value\": \"normal\"", "entry[3].answers[1].value", "duplicate" },
    { "\"value\": \"unknown\"", "\"value\": \"dunno\"", "entry[2].answers", "required" },
    { "\"points\": 3, \"floor\": \"P2\"", "\"points\": 20, \"floor\": \"P2\"", NULL, NULL },
    { "\"points\": 3, \"floor\": \"P2\"", "\"points\": 21, \"floor\": \"P2\"",
      "entry[3].answers[1].points", "out_of_range" },
    { "\"points\": 3, \"floor\": \"P2\"", "\"points\": -20, \"floor\": \"P2\"", NULL, NULL },
    { "\"points\": 3, \"floor\": \"P2\"", "\"points\": -21, \"floor\": \"P2\"",
      "entry[3].answers[1].points", "out_of_range" },
    { "\"points\": 3, \"floor\": \"P2\"", "\"points\": \"3\", \"floor\": \"P2\"",
      "entry[3].answers[1].points", "out_of_range" },
    { "\"points\": 3, \"floor\": \"P2\"", "\"floor\": \"P2\"", "entry[3].answers[1].points",
      "required" },
    { "\"points\": 3, \"floor\": \"P2\"", "\"points\": 3, \"floor\": \"P0\"",
      "entry[3].answers[1].floor", "unknown_code" },
    { "\"needs\": [\"ALS\"]", "\"needs\": [\"HELI\"]", "entry[2].answers[1].needs",
      "unknown_code" },
    { "\"needs\": [\"ALS\"]", "\"needs\": \"ALS\"", "entry[2].answers[1].needs", "format" },
    { "\"say\": [\"CHECK-BREATH\"]", "\"say\": [\"CHECK\"]", "entry[2].answers[1].say",
      "unknown_code" },
    { "\"unsay\": [\"CHECK-BREATH\"]", "\"unsay\": [\"CHECK\"]", "entry[3].answers[2].unsay",
      "unknown_code" },
    { "\"say\": [\"CHECK-BREATH\"]", "\"say\": [7]", "entry[2].answers[1].say[0]", "required" },
    { "\"goto\": \"CARD\"", "\"goto\": \"HEART\"", "entry[3].answers[2].goto", "unknown_code" },
    { "\"instead_of\": \"CPR-ADULT\"", "\"instead_of\": \"CPR\"", "variants[0].instead_of",
      "unknown_code" },
    { "\"from_years\": 1, \"to_years\": 13", "\"from_years\": 0, \"to_years\": 13",
      "variants[0].ages[1].from_years", "duplicate" },
    { "\"from_years\": 1, \"to_years\": 13", "\"from_years\": 1, \"to_years\": 1",
      "variants[0].ages[1].to_years", "out_of_range" },
    { "\"say\": \"CPR-CHILD\"", "\"say\": \"CPR-KID\"", "variants[0].ages[1].say", "unknown_code" },
    { "\"AED\": [", "\"AED\": [], \"AED-2\": [", "instructions.AED", "required" },
    { "\"base_points\": 10", "\"base_points\": 50", NULL, NULL },
    { "\"base_points\": 10", "\"base_points\": 51", "cards[0].base_points", "out_of_range" },
    { "\"base_points\": 10", "\"base_points\": -1", "cards[0].base_points", "out_of_range" },
    { "\"floor\": \"P2\"", "\"flor\": \"P2\"", "entry[3].answers[1].flor", "unknown_field" },
    { "\"base_points\": 10", "\"base_points\": 10, \"base\": 1", "cards[0].base", "unknown_field" },
    { "\"cards\": [", "\"extra\": 1, \"cards\": [", "extra", "unknown_field" },
    { "\"lights_and_siren\": true", "\"lights_and_siren\": \"yes\"",
      "priorities[0].lights_and_siren", "format" },
    { "\"title\": \"Cardiac arrest\"", "\"title\": \"\"", "cards[0].title", "required" },
    { "\"cards\": [", "\"cards\": [], \"other\": [", "cards", "required" },
    { "\"entry\": [", "\"entry\": {}, \"other\": [", "entry", "format" },
    { "\"cards\": [", "\"cards\": [7,", "cards[0]", "format" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = replaced (shipped_text, rows[i].old, rows[i].by);
      g_autoptr (MhProtocol) protocol = mh_protocol_parse (text, -1, &error);
      g_test_message ("%u %s", i, rows[i].by);
      if (rows[i].field == NULL)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_null (protocol);
      g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
      const MhIssue *issue = mh_issues_find (mh_error_get_issues (error), rows[i].field);
      g_assert_nonnull (issue);
      g_assert_cmpstr (issue->code, ==, rows[i].code);
    }
  g_autoptr (GError) error = NULL;
  g_assert_null (mh_protocol_parse ("{\"format\": ", -1, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_MALFORMED);
  g_assert_null (mh_protocol_parse ("{\"format\":\"mahima-dispatch-protocols\"}", -1, NULL));
}

/* Compressions have a rhythm, from 60 to 160 a minute; other words have none. */
static void
test_rhythm (void)
{
  static const struct
  {
    const char *by, *field, *code;
  } rows[] = {
    { "\"CPR-ADULT\", \"per_minute\": 59", "metronome[0].per_minute", "out_of_range" },
    { "\"CPR-ADULT\", \"per_minute\": 60", NULL, NULL },
    { "\"CPR-ADULT\", \"per_minute\": 160", NULL, NULL },
    { "\"CPR-ADULT\", \"per_minute\": 161", "metronome[0].per_minute", "out_of_range" },
    { "\"CPR\", \"per_minute\": 110", "metronome[0].say", "unknown_code" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text
          = replaced (shipped_text, "\"CPR-ADULT\", \"per_minute\": 110", rows[i].by);
      g_autoptr (MhProtocol) protocol = mh_protocol_parse (text, -1, &error);
      const MhIssue *issue
          = error != NULL ? mh_issues_find (mh_error_get_issues (error), rows[i].field) : NULL;
      g_assert_cmpint (protocol != NULL, ==, rows[i].field == NULL);
      g_assert_cmpstr (issue != NULL ? issue->code : NULL, ==, rows[i].code);
    }
  g_assert_cmpint (mh_protocol_block (shipped, "CPR-INFANT")->per_minute, ==, 110);
  g_assert_cmpint (mh_protocol_block (shipped, "RECOVERY")->per_minute, ==, 0);
}

/* Each value of a small protocol in its turn replaced by one of every other kind: a protocol or an
 * issue comes of it, never a complaint of GLib's. */
static void
test_wrong_kinds (void)
{
  static const char *const others[]
      = { "null", "true", "7", "-1.5", "\"x\"", "\"\"", "[]", "[null]", "{}", "[{}]" };
  static const char small[]
      = "{\"format\":\"mahima-dispatch-protocols\",\"version\":\"1\",\"rules\":{\"thresholds\":["
        "{\"points_at_least\":9,\"priority\":\"P1\"},{\"points_at_least\":6,\"priority\":\"P2\"},"
        "{\"points_at_least\":3,\"priority\":\"P3\"},{\"points_at_least\":null,\"priority\":\"P4\"}"
        "]},"
        "\"priorities\":[{\"id\":\"P1\",\"name\":\"a\",\"target_minutes\":8,\"colour\":\"red\","
        "\"lights_and_siren\":true},{\"id\":\"P2\",\"name\":\"b\",\"target_minutes\":9,\"colour\":"
        "\"b\"},"
        "{\"id\":\"P3\",\"name\":\"c\",\"target_minutes\":10,\"colour\":\"c\"},"
        "{\"id\":\"P4\",\"name\":\"d\",\"target_minutes\":11,\"colour\":\"d\"}],"
        "\"instructions\":{\"A\":[\"do\"],\"B\":[\"do it\"]},"
        "\"variants\":[{\"instead_of\":\"A\",\"ages\":[{\"from_years\":0,\"to_years\":1,\"say\":"
        "\"B\"}]}],"
        "\"entry\":[{\"id\":\"L\",\"text\":\"l\",\"type\":\"place\"},{\"id\":\"C\",\"text\":\"c\","
        "\"type\":\"phone\"},"
        "{\"id\":\"W\",\"text\":\"w\",\"type\":\"card\"},{\"id\":\"G\",\"text\":\"g\",\"type\":"
        "\"age\"},"
        "{\"id\":\"S\",\"text\":\"s\",\"type\":\"sex\"}],"
        "\"cards\":[{\"id\":\"K\",\"title\":\"k\",\"version\":\"1\",\"keywords\":[\"k\"],\"base_"
        "points\":1,"
        "\"needs\":[\"ALS\"],\"say\":[\"A\"],\"age_points\":[{\"from_years\":1,\"to_years\":null,"
        "\"points\":1}],"
        "\"questions\":[{\"id\":\"K1\",\"text\":\"q\",\"help\":\"h\",\"required\":true,\"answers\":"
        "["
        "{\"value\":\"yes\",\"text\":\"Yes\",\"points\":1,\"floor\":\"P1\",\"needs\":[\"BLS\"],"
        "\"say\":[\"A\"],"
        "\"unsay\":[\"B\"],\"goto\":\"K\",\"flag\":\"f\"},{\"value\":\"unknown\",\"text\":\"?\","
        "\"points\":0}]}]}]}";
  guint n_read = 0, n_refused = 0;
  g_autoptr (MhProtocol) whole = mh_protocol_parse (small, -1, NULL);
  g_assert_nonnull (whole);
  /* a value begins after each ':', '[' and ',' and ends before the next ',', ']' or '}' of its
   * depth */
  for (gsize at = 1; small[at] != 0; at++)
    {
      gsize end = at;
      int depth = 0;
      gboolean quoted = FALSE;
      if (strchr (":[,", small[at - 1]) == NULL || (small[at - 1] == ',' && small[at] == '"'))
        continue;
      for (; quoted || depth > 0 || strchr (",]}", small[end]) == NULL; end++)
        {
          quoted = small[end] == '"' ? !quoted : quoted;
          depth += !quoted && strchr ("[{", small[end]) != NULL   ? 1
                   : !quoted && strchr ("]}", small[end]) != NULL ? -1
                                                                  : 0;
        }
      for (guint i = 0; i < G_N_ELEMENTS (others); i++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *before = g_strndup (small, at);
          g_autofree char *text = g_strconcat (before, others[i], small + end, NULL);
          g_autoptr (MhProtocol) protocol = mh_protocol_parse (text, -1, &error);
          n_read += protocol != NULL;
          n_refused += protocol == NULL;
          if (protocol == NULL)
            g_assert_true (g_error_matches (error, MH_ERROR, MH_ERROR_INVALID)
                           || g_error_matches (error, MH_ERROR, MH_ERROR_MALFORMED));
        }
    }
  g_test_message ("%u read, %u refused", n_read, n_refused);
  g_assert_cmpuint (n_refused, >, 500);
  g_assert_cmpuint (n_read, >, 30);
}

/* The longest step, and one character more. */
static void
test_long_step (void)
{
  for (guint more = 0; more < 2; more++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *step = g_strnfill (160 + more, 'a');
      g_autofree char *block = g_strdup_printf ("\"AED\": [\"%s\", ", step);
      g_autofree char *text = replaced (shipped_text, "\"AED\": [", block);
      g_autoptr (MhProtocol) protocol = mh_protocol_parse (text, -1, &error);
      g_assert_cmpint (protocol != NULL, ==, more == 0);
      if (more == 1)
        g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "instructions.AED[0]"));
    }
}

static void
test_shipped (void)
{
  static const int targets[] = { 8, 18, 60, 120 };
  g_assert_cmpuint (shipped->cards->len, ==, 24);
  g_assert_cmpuint (shipped->blocks->len, ==, 41);
  for (guint i = 0; i < MH_URGENCY_N; i++)
    g_assert_cmpint (shipped->priorities[i].target_minutes, ==, targets[i]);
  g_assert_true (shipped->priorities[1].lights);
  g_assert_false (shipped->priorities[2].lights);
  /* every block can be reached, and nobody is sent off without a word */
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < shipped->cards->len; i++)
    {
      const MhProtocolCard *card = g_ptr_array_index (shipped->cards, i);
      g_assert_cmpuint (g_strv_length (card->say), >, 0);
      g_assert_cmpuint (g_strv_length (card->red_flags), >, 0);
      for (guint j = 0; card->say[j] != NULL; j++)
        g_hash_table_add (used, card->say[j]);
      for (guint j = 0; j < card->questions->len; j++)
        {
          const MhProtocolQuestion *question = g_ptr_array_index (card->questions, j);
          for (guint k = 0; k < question->answers->len; k++)
            {
              const MhProtocolAnswer *answer = g_ptr_array_index (question->answers, k);
              for (guint l = 0; answer->say[l] != NULL; l++)
                g_hash_table_add (used, answer->say[l]);
            }
        }
    }
  g_hash_table_add (used, (gpointer) "CHECK-BREATH");
  g_assert_cmpuint (g_hash_table_size (used), ==, shipped->blocks->len);
}

static void
test_search (void)
{
  static const struct
  {
    const char *words, *first;
    guint n;
  } rows[] = { { "chest pa", "CHEST", 1 }, { "SEENE", "CHEST", 1 }, { "rta", "RTA", 1 },
               { "saans", "CARD", 2 },     { "zzz", NULL, 0 },      { "", "CARD", 24 },
               { NULL, "CARD", 24 },       { "hest", NULL, 0 } };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GPtrArray) found = mh_protocol_search (shipped, rows[i].words);
      g_test_message ("%s", rows[i].words);
      g_assert_cmpuint (found->len, ==, rows[i].n);
      if (rows[i].first != NULL)
        g_assert_cmpstr (((MhProtocolCard *)g_ptr_array_index (found, 0))->id, ==, rows[i].first);
    }
}

static void
test_codes (void)
{
  static const struct
  {
    guint can, spread, highest;
  } rows[] = {
    { 0, 0, 0 },
    { MH_CAN_BLS, MH_CAN_BLS, MH_CAN_BLS },
    { MH_CAN_ALS, MH_CAN_ALS | MH_CAN_BLS, MH_CAN_ALS },
    { MH_CAN_MICU, MH_CAN_MEDICAL, MH_CAN_MICU },
    { MH_CAN_BLS | MH_CAN_ALS, MH_CAN_ALS | MH_CAN_BLS, MH_CAN_ALS },
    { MH_CAN_BLS | MH_CAN_MICU | MH_CAN_FIRE, MH_CAN_MEDICAL | MH_CAN_FIRE,
      MH_CAN_MICU | MH_CAN_FIRE },
    { MH_CAN_POLICE, MH_CAN_POLICE, MH_CAN_POLICE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpuint (mh_can_spread (rows[i].can), ==, rows[i].spread);
      g_assert_cmpuint (mh_can_highest (rows[i].can), ==, rows[i].highest);
    }
  for (guint i = 0; i < MH_CAN_N; i++)
    g_assert_cmpuint (mh_can_of (mh_can_code (1u << i)), ==, 1u << i);
  g_assert_null (mh_can_code (1u << MH_CAN_N));
  g_assert_null (mh_can_code (MH_CAN_ADVANCED));
  for (int i = 0; i < MH_URGENCY_N; i++)
    g_assert_cmpint (mh_urgency_of (mh_urgency_code ((MhUrgency)i)), ==, i);
  g_assert_null (mh_urgency_code (MH_URGENCY_NONE));
  g_assert_null (mh_urgency_code (MH_URGENCY_N));
  g_assert_cmpint (mh_urgency_of ("P5"), ==, MH_URGENCY_NONE);
  g_assert_cmpint (mh_urgency_most (MH_URGENCY_NONE, MH_URGENCY_P4), ==, MH_URGENCY_P4);
  g_assert_cmpint (mh_urgency_most (MH_URGENCY_P3, MH_URGENCY_P1), ==, MH_URGENCY_P1);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  g_autofree char *path
      = g_build_filename (g_getenv ("MAHIMA_DATA_DIR"), "dispatch-protocols.json", NULL);
  g_assert_true (g_file_get_contents (path, &shipped_text, NULL, NULL));
  shipped = mh_protocol_parse (shipped_text, -1, &error);
  g_assert_no_error (error);
  g_test_add_func ("/protocol/examples", test_examples);
  g_test_add_func ("/protocol/calls", test_calls);
  g_test_add_func ("/protocol/parts", test_parts);
  g_test_add_func ("/protocol/jump", test_jump);
  g_test_add_func ("/protocol/offers", test_offers);
  g_test_add_func ("/protocol/next", test_next);
  g_test_add_func ("/protocol/rhythm", test_rhythm);
  g_test_add_func ("/protocol/say", test_say);
  g_test_add_func ("/protocol/ages", test_ages);
  g_test_add_func ("/protocol/change", test_change);
  g_test_add_func ("/protocol/refused", test_refused);
  g_test_add_func ("/protocol/again", test_again);
  g_test_add_func ("/protocol/broken-files", test_broken_files);
  g_test_add_func ("/protocol/wrong-kinds", test_wrong_kinds);
  g_test_add_func ("/protocol/long-step", test_long_step);
  g_test_add_func ("/protocol/shipped", test_shipped);
  g_test_add_func ("/protocol/search", test_search);
  g_test_add_func ("/protocol/codes", test_codes);
  int status = g_test_run ();
  mh_protocol_free (shipped);
  g_free (shipped_text);
  return status;
}
