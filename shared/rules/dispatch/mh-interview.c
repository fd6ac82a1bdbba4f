/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-interview.h"

#include <string.h>

#include "shared/base/mh-date.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"

#define MOST_YEARS 150
#define DAYS_OF_400_YEARS 146097
#define MONTHS_OF_400_YEARS 4800

void
mh_interview_free (MhInterview *interview)
{
  if (interview == NULL)
    return;
  g_ptr_array_unref (interview->say);
  g_ptr_array_unref (interview->flags);
  g_ptr_array_unref (interview->offers);
  g_array_unref (interview->parts);
  g_free (interview);
}

int
mh_interview_age_months (const char *word)
{
  char *unit = NULL;
  if (word == NULL || !g_ascii_isdigit (word[0]) || strlen (word) > 8)
    return -1;
  guint64 n = g_ascii_strtoull (word, &unit, 10);
  if (g_str_equal (unit, "d") || g_str_equal (unit, "w"))
    n = n * (*unit == 'w' ? 7 : 1) * MONTHS_OF_400_YEARS / DAYS_OF_400_YEARS;
  else if (g_str_equal (unit, "y"))
    n *= 12;
  else if (!g_str_equal (unit, "mo"))
    return -1;
  return n <= MOST_YEARS * 12 ? (int)n : -1;
}

/* --- is each answer one? --- */

static gboolean
interview_fits (const MhProtocol *protocol, const MhProtocolQuestion *question, const char *value)
{
  static const char *const sexes[] = { "M", "F", "other", MH_PROTOCOL_UNKNOWN, NULL };
  switch (question->kind)
    {
    case MH_PROTOCOL_CHOICE:
      return mh_protocol_answer (question, value) != NULL;
    case MH_PROTOCOL_CARD:
      return mh_protocol_card (protocol, value) != NULL;
    case MH_PROTOCOL_AGE:
      return g_str_equal (value, MH_PROTOCOL_UNKNOWN) || mh_interview_age_months (value) >= 0;
    case MH_PROTOCOL_SEX:
      return g_strv_contains (sexes, value);
    case MH_PROTOCOL_PLACE:
    case MH_PROTOCOL_PHONE:
    case MH_PROTOCOL_N_KINDS:
    default:
      return *value != 0;
    }
}

static char *
interview_choices (const MhProtocolQuestion *question)
{
  if (question->kind == MH_PROTOCOL_AGE)
    return g_strdup ("an age such as 62y, 5mo or 9d, or unknown");
  if (question->kind == MH_PROTOCOL_SEX)
    return g_strdup ("M, F, other or unknown");
  if (question->kind == MH_PROTOCOL_CARD)
    return g_strdup ("the id of a card");
  if (question->kind != MH_PROTOCOL_CHOICE)
    return g_strdup ("something");
  GString *words = g_string_new (NULL);
  for (guint i = 0; i < question->answers->len; i++)
    {
      const MhProtocolAnswer *answer = g_ptr_array_index (question->answers, i);
      g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", answer->value);
    }
  return g_string_free (words, FALSE);
}

static void
interview_check (const MhProtocol *protocol,
                 const MhInterviewGiven *given,
                 guint n_given,
                 MhIssues *issues)
{
  if (n_given > MH_INTERVIEW_MOST_GIVEN)
    mh_issues_add (issues, "answers", "too_long", "At most %d answers", MH_INTERVIEW_MOST_GIVEN);
  for (guint i = 0; i < MIN (n_given, MH_INTERVIEW_MOST_GIVEN); i++)
    {
      const MhProtocolQuestion *question = mh_protocol_question (protocol, given[i].question, NULL);
      g_autofree char *field
          = g_strdup_printf ("answers.%s", given[i].question != NULL ? given[i].question : "");
      if (question == NULL)
        mh_issues_add (issues, field, "unknown_field", "The protocol has no such question");
      else if (given[i].value == NULL || !interview_fits (protocol, question, given[i].value))
        {
          g_autofree char *choices = interview_choices (question);
          mh_issues_add (issues, field, "unknown_code", "Answer %s", choices);
        }
    }
}

static void
interview_check_change (const MhInterviewChange *change, MhIssues *issues)
{
  g_autofree char *reason = mh_text_clean (change->reason);
  guint length = reason != NULL ? mh_text_length (reason) : 0;
  if (change->priority < MH_URGENCY_P1 || change->priority >= MH_URGENCY_N)
    mh_issues_add (issues, "priority", "unknown_code", "Choose P1, P2, P3 or P4");
  else if (change->priority == change->computed)
    mh_issues_add (issues, "priority", "unchanged", "It has this priority already");
  if (length < MH_INTERVIEW_LEAST_REASON)
    mh_issues_add (issues, "reason", "required", "Say in %d characters or more why",
                   MH_INTERVIEW_LEAST_REASON);
  else if (length > MH_INTERVIEW_MOST_REASON)
    mh_issues_add (issues, "reason", "too_long", "At most %d characters", MH_INTERVIEW_MOST_REASON);
}

/* --- judging --- */

typedef struct
{
  const MhProtocol *protocol;
  MhInterview *out;
  GHashTable *values; /* question id → value: the last one given */
  GPtrArray *cards;   /* MhProtocolCard that count */
  GPtrArray *say;     /* block ids */
  GPtrArray *unsay;   /* block ids */
  guint needs;
  int entry_points;
  MhUrgency entry_floor;
  int age_months; /* -1: not known */
} Judging;

static void
interview_add_new (GPtrArray *array, gpointer one)
{
  if (one != NULL && !g_ptr_array_find (array, one, NULL))
    g_ptr_array_add (array, one);
}

static void
interview_add_words (GPtrArray *array, GStrv words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (array, words[i], g_str_equal, NULL))
      g_ptr_array_add (array, words[i]);
}

static const MhProtocolAnswer *
interview_given (Judging *judging, const MhProtocolQuestion *question)
{
  const char *value = g_hash_table_lookup (judging->values, question->id);
  return value != NULL && question->kind == MH_PROTOCOL_CHOICE
             ? mh_protocol_answer (question, value)
             : NULL;
}

static const char *
interview_entry (Judging *judging, MhProtocolKind kind)
{
  const MhProtocolQuestion *question = mh_protocol_entry (judging->protocol, kind);
  return g_hash_table_lookup (judging->values, question->id);
}

static gboolean
interview_is_jump (const MhProtocolAnswer *answer)
{
  return answer->go_to != NULL && answer->floor == MH_URGENCY_P1;
}

static gboolean
interview_is_begun (Judging *judging, const MhProtocolCard *card)
{
  for (guint i = 0; i < card->questions->len; i++)
    if (interview_given (judging, g_ptr_array_index (card->questions, i)) != NULL)
      return TRUE;
  return FALSE;
}

/* Where the answers to @questions lead. */
static void
interview_lead (Judging *judging, GPtrArray *questions, GPtrArray *into, gboolean jumps)
{
  for (guint i = 0; i < questions->len; i++)
    {
      const MhProtocolAnswer *answer = interview_given (judging, g_ptr_array_index (questions, i));
      if (answer == NULL || answer->go_to == NULL || interview_is_jump (answer) != jumps)
        continue;
      interview_add_new (into, (gpointer)mh_protocol_card (judging->protocol, answer->go_to));
      judging->out->send_now = judging->out->send_now || jumps;
    }
}

/* Which cards count, and whose questions go on: those chosen (the last one, and what was begun),
 * then where answers jump to. */
static void
interview_find_cards (Judging *judging, const MhInterviewGiven *given, guint n_given)
{
  const MhProtocolQuestion *what = mh_protocol_entry (judging->protocol, MH_PROTOCOL_CARD);
  const MhProtocolCard *last
      = mh_protocol_card (judging->protocol, interview_entry (judging, MH_PROTOCOL_CARD));

  for (guint i = 0; i < n_given; i++)
    {
      const MhProtocolCard *card = mh_protocol_card (judging->protocol, given[i].value);
      if (g_str_equal (given[i].question, what->id)
          && (card == last || interview_is_begun (judging, card)))
        interview_add_new (judging->cards, (gpointer)card);
    }

  /* a jump leaves a card whose answers are kept, also when it was never chosen by name */
  for (guint i = 0; i < judging->protocol->cards->len; i++)
    {
      MhProtocolCard *card = g_ptr_array_index (judging->protocol->cards, i);
      if (interview_is_begun (judging, card))
        interview_add_new (judging->cards, card);
    }

  g_autoptr (GPtrArray) jumps = g_ptr_array_new ();
  interview_lead (judging, judging->protocol->entry, jumps, TRUE);
  for (guint i = 0; i < judging->cards->len; i++)
    interview_lead (judging, ((MhProtocolCard *)g_ptr_array_index (judging->cards, i))->questions,
                    jumps, TRUE);
  for (guint i = 0; i < jumps->len; i++)
    interview_add_new (judging->cards, g_ptr_array_index (jumps, i));

  judging->out->current = jumps->len > 0 ? g_ptr_array_index (jumps, 0) : last;
  if (judging->out->current == NULL && judging->cards->len > 0)
    judging->out->current = g_ptr_array_index (judging->cards, 0);
}

static void
interview_part (Judging *judging, MhInterviewPart part)
{
  g_array_append_val (judging->out->parts, part);
}

/* Counts what was answered to @questions; their points. */
static int
interview_take (Judging *judging,
                const MhProtocolCard *card,
                GPtrArray *questions,
                MhUrgency *floor)
{
  int points = 0;
  for (guint i = 0; i < questions->len; i++)
    {
      const MhProtocolQuestion *question = g_ptr_array_index (questions, i);
      const MhProtocolAnswer *answer = interview_given (judging, question);
      if (answer == NULL)
        continue;
      points += answer->points;
      *floor = mh_urgency_most (*floor, answer->floor);
      judging->needs |= answer->needs;
      interview_add_words (judging->say, answer->say);
      interview_add_words (judging->unsay, answer->unsay);
      interview_add_new (judging->out->flags, answer->flag);
      if (answer->points != 0 || answer->floor != MH_URGENCY_NONE)
        interview_part (judging, (MhInterviewPart){ MH_INTERVIEW_ANSWER,
                                                    card != NULL ? card->id : NULL, question->id,
                                                    answer->value, answer->points, answer->floor });
    }
  return points;
}

static gboolean
interview_is_age (const MhProtocolAge *age, int months)
{
  int years = months / 12;
  return months >= 0 && years >= age->from_years && years < age->to_years;
}

static int
interview_take_age (Judging *judging, const MhProtocolCard *card)
{
  for (guint i = 0; i < card->age_points->len; i++)
    {
      const MhProtocolAge *age = g_ptr_array_index (card->age_points, i);
      if (!interview_is_age (age, judging->age_months))
        continue;
      interview_part (judging, (MhInterviewPart){ MH_INTERVIEW_AGE, card->id, NULL, NULL,
                                                  age->points, MH_URGENCY_NONE });
      return age->points;
    }
  return 0;
}

static void
interview_take_card (Judging *judging, const MhProtocolCard *card)
{
  MhInterview *out = judging->out;
  MhUrgency urgency = judging->entry_floor;
  int points = judging->entry_points + card->base_points;
  interview_part (judging, (MhInterviewPart){ MH_INTERVIEW_BASE, card->id, NULL, NULL,
                                              card->base_points, MH_URGENCY_NONE });
  points += interview_take (judging, card, card->questions, &urgency);
  points += interview_take_age (judging, card);
  judging->needs |= card->needs;
  for (guint i = 0; i < MH_URGENCY_N; i++)
    if (points >= judging->protocol->priorities[i].points_at_least)
      {
        urgency = mh_urgency_most (urgency, (MhUrgency)i);
        break;
      }
  /* of equally urgent cards the one with more points decides */
  if (out->card == NULL || urgency < out->computed
      || (urgency == out->computed && points > out->points))
    {
      out->card = card;
      out->points = points;
    }
  out->computed = mh_urgency_most (out->computed, urgency);
}

/* --- words to say --- */

static const char *
interview_of_age (const MhProtocolVariant *variant, int months)
{
  for (guint i = 0; months >= 0 && i < variant->ages->len; i++)
    {
      const MhProtocolAge *age = g_ptr_array_index (variant->ages, i);
      if (interview_is_age (age, months))
        return age->say;
    }
  return variant->instead_of;
}

static gboolean
interview_is_of (const MhProtocolVariant *variant, const char *id)
{
  if (g_str_equal (variant->instead_of, id))
    return TRUE;
  for (guint i = 0; i < variant->ages->len; i++)
    if (g_str_equal (((MhProtocolAge *)g_ptr_array_index (variant->ages, i))->say, id))
      return TRUE;
  return FALSE;
}

/* The one block that is said of @variant: the age's, else the last one that an answer named by
 * itself. */
static const char *
interview_choose (Judging *judging, const MhProtocolVariant *variant)
{
  const char *chosen = variant->instead_of;
  if (judging->age_months >= 0)
    return interview_of_age (variant, judging->age_months);
  for (guint i = 0; i < judging->say->len; i++)
    {
      const char *id = g_ptr_array_index (judging->say, i);
      if (interview_is_of (variant, id) && !g_str_equal (id, variant->instead_of))
        chosen = id;
    }
  return chosen;
}

static void
interview_fill_say (Judging *judging)
{
  const MhProtocol *protocol = judging->protocol;
  for (guint i = 0; i < judging->cards->len; i++)
    interview_add_words (judging->say,
                         ((MhProtocolCard *)g_ptr_array_index (judging->cards, i))->say);
  for (guint i = 0; i < judging->say->len; i++)
    {
      const char *id = g_ptr_array_index (judging->say, i);
      if (g_ptr_array_find_with_equal_func (judging->unsay, id, g_str_equal, NULL))
        continue;
      for (guint j = 0; j < protocol->variants->len; j++)
        if (interview_is_of (g_ptr_array_index (protocol->variants, j), id))
          {
            id = interview_choose (judging, g_ptr_array_index (protocol->variants, j));
            break;
          }
      interview_add_new (judging->out->say, (gpointer)mh_protocol_block (protocol, id));
    }
}

/* --- what comes next --- */

static const MhProtocolQuestion *
interview_first_open (Judging *judging, GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++)
    {
      const MhProtocolQuestion *question = g_ptr_array_index (questions, i);
      if (!g_hash_table_contains (judging->values, question->id))
        return question;
    }
  return NULL;
}

/* A jump has answered this already: what it is, and that the person is not awake. */
static gboolean
interview_is_told (const MhProtocolQuestion *question)
{
  return question->kind == MH_PROTOCOL_CARD || question->kind == MH_PROTOCOL_CHOICE;
}

static const MhProtocolQuestion *
interview_next (Judging *judging)
{
  const MhInterview *out = judging->out;
  GPtrArray *entry = judging->protocol->entry;
  const MhProtocolQuestion *open = NULL;
  if (!out->send_now)
    {
      open = interview_first_open (judging, entry);
      return open == NULL && out->current != NULL
                 ? interview_first_open (judging, out->current->questions)
                 : open;
    }
  const MhProtocolQuestion *place = mh_protocol_entry (judging->protocol, MH_PROTOCOL_PLACE);
  if (!g_hash_table_contains (judging->values, place->id))
    return place;
  open = interview_first_open (judging, out->current->questions);
  for (guint i = 0; open == NULL && i < entry->len; i++)
    {
      const MhProtocolQuestion *question = g_ptr_array_index (entry, i);
      if (!interview_is_told (question) && !g_hash_table_contains (judging->values, question->id))
        open = question;
    }
  for (guint i = 0; open == NULL && i < judging->cards->len; i++)
    open = interview_first_open (
        judging, ((MhProtocolCard *)g_ptr_array_index (judging->cards, i))->questions);
  return open;
}

/* Could an open question still change the priority or the needs? */
static gboolean
interview_is_provisional (Judging *judging)
{
  GPtrArray *entry = judging->protocol->entry;
  if (judging->cards->len == 0)
    return TRUE;
  for (guint i = 0; i < entry->len; i++)
    {
      const MhProtocolQuestion *question = g_ptr_array_index (entry, i);
      gboolean counts = question->kind == MH_PROTOCOL_AGE
                        || (question->kind == MH_PROTOCOL_CHOICE && !judging->out->send_now);
      if (counts && !g_hash_table_contains (judging->values, question->id))
        return TRUE;
    }
  for (guint i = 0; i < judging->cards->len; i++)
    {
      const MhProtocolCard *card = g_ptr_array_index (judging->cards, i);
      /* a card that was left for another one need not be gone through */
      if (card == judging->out->current && interview_first_open (judging, card->questions) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
interview_apply (MhInterview *out, const MhInterviewChange *change)
{
  out->priority = out->computed;
  if (change == NULL)
    return;
  if (change->computed != MH_URGENCY_NONE && change->priority > change->computed
      && out->computed != MH_URGENCY_NONE && out->computed < change->computed)
    out->change_lapsed = TRUE;
  else if (change->computed != MH_URGENCY_NONE && change->priority > change->computed)
    out->priority = change->priority;
  else
    out->priority = mh_urgency_most (out->computed, change->priority);
}

static MhInterview *
interview_new (void)
{
  MhInterview *interview = g_new0 (MhInterview, 1);
  interview->computed = interview->priority = MH_URGENCY_NONE;
  interview->say = g_ptr_array_new ();
  interview->flags = g_ptr_array_new ();
  interview->offers = g_ptr_array_new ();
  interview->parts = g_array_new (FALSE, FALSE, sizeof (MhInterviewPart));
  return interview;
}

static void
interview_run (Judging *judging, const MhInterviewGiven *given, guint n_given)
{
  MhInterview *out = judging->out;
  for (guint i = 0; i < n_given; i++)
    g_hash_table_insert (judging->values, (gpointer)given[i].question, (gpointer)given[i].value);
  judging->age_months = mh_interview_age_months (interview_entry (judging, MH_PROTOCOL_AGE));
  interview_find_cards (judging, given, n_given);
  judging->entry_points
      = interview_take (judging, NULL, judging->protocol->entry, &judging->entry_floor);
  out->computed = judging->entry_floor;
  for (guint i = 0; i < judging->cards->len; i++)
    interview_take_card (judging, g_ptr_array_index (judging->cards, i));

  interview_lead (judging, judging->protocol->entry, out->offers, FALSE);
  for (guint i = 0; i < judging->cards->len; i++)
    interview_lead (judging, ((MhProtocolCard *)g_ptr_array_index (judging->cards, i))->questions,
                    out->offers, FALSE);
  for (guint i = out->offers->len; i > 0; i--)
    if (g_ptr_array_find (judging->cards, g_ptr_array_index (out->offers, i - 1), NULL))
      g_ptr_array_remove_index (out->offers, i - 1);
  interview_fill_say (judging);
  out->next = interview_next (judging);
  out->provisional = interview_is_provisional (judging);
}

MhInterview *
mh_interview_judge (const MhProtocol *protocol,
                    const MhInterviewGiven *given,
                    guint n_given,
                    const MhInterviewChange *change,
                    GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  interview_check (protocol, given, n_given, issues);
  if (change != NULL)
    interview_check_change (change, issues);
  if (!mh_issues_raise (issues, error))
    return NULL;

  g_autoptr (MhInterview) interview = interview_new ();
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();
  g_autoptr (GPtrArray) say = g_ptr_array_new ();
  g_autoptr (GPtrArray) unsay = g_ptr_array_new ();
  Judging judging = { .protocol = protocol,
                      .out = interview,
                      .values = values,
                      .cards = cards,
                      .say = say,
                      .unsay = unsay,
                      .entry_floor = MH_URGENCY_NONE };
  interview_run (&judging, given, n_given);
  interview_apply (interview, change);
  if (interview->priority != MH_URGENCY_NONE)
    judging.needs |= interview->priority <= MH_URGENCY_P2 ? MH_CAN_ALS : MH_CAN_BLS;
  interview->needs = mh_can_highest (judging.needs);
  return g_steal_pointer (&interview);
}

/* --- keeping --- */

static void
interview_put_needs (GString *out, guint needs)
{
  mh_json_key (out, "needs");
  mh_json_open (out, '[');
  for (guint i = 0; i < MH_CAN_N; i++)
    if ((needs & (1u << i)) != 0)
      mh_json_put_text (out, mh_can_code (1u << i));
  mh_json_close (out, ']');
}

static void
interview_put_given (GString *out, const MhInterviewGiven *given, guint n_given)
{
  mh_json_key (out, "answers");
  mh_json_open (out, '[');
  for (guint i = 0; i < n_given; i++)
    {
      mh_json_open (out, '{');
      mh_json_member_text (out, "question", given[i].question);
      mh_json_member_text (out, "value", given[i].value);
      if (given[i].at != 0)
        mh_json_member_instant (out, "at", given[i].at);
      mh_json_close (out, '}');
    }
  mh_json_close (out, ']');
}

char *
mh_interview_keep (const MhProtocol *protocol,
                   const MhInterview *interview,
                   const MhInterviewGiven *given,
                   guint n_given,
                   const MhInterviewChange *change)
{
  GString *out = g_string_new (NULL);
  mh_json_open (out, '{');
  mh_json_member_text (out, "protocol", protocol->version);
  mh_json_member_text (out, "card", interview->card != NULL ? interview->card->id : NULL);
  mh_json_member_text (out, "card_version",
                       interview->card != NULL ? interview->card->version : NULL);

  interview_put_given (out, given, n_given);
  mh_json_member_int (out, "points", interview->points);
  mh_json_member_text (out, "computed", mh_urgency_code (interview->computed));
  mh_json_member_text (out, "priority", mh_urgency_code (interview->priority));
  interview_put_needs (out, interview->needs);

  mh_json_key (out, "said");
  mh_json_open (out, '[');
  for (guint i = 0; i < interview->say->len; i++)
    mh_json_put_text (out, ((MhProtocolBlock *)g_ptr_array_index (interview->say, i))->id);
  mh_json_close (out, ']');

  mh_json_member_bool (out, "provisional", interview->provisional);
  if (change != NULL)
    {
      mh_json_key (out, "change");
      mh_json_open (out, '{');
      mh_json_member_text (out, "priority", mh_urgency_code (change->priority));
      mh_json_member_text (out, "computed", mh_urgency_code (change->computed));
      mh_json_member_text (out, "reason", change->reason);
      mh_json_close (out, '}');
    }

  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

static gboolean
interview_is_as_kept (const MhProtocol *protocol, const MhInterview *interview, JsonObject *kept)
{
  JsonArray *needs = mh_json_array (kept, "needs");
  guint bits = 0;
  for (guint i = 0; needs != NULL && i < json_array_get_length (needs); i++)
    bits |= mh_can_of (json_array_get_string_element (needs, i));
  return g_strcmp0 (mh_json_text (kept, "protocol"), protocol->version) == 0
         && mh_urgency_of (mh_json_text (kept, "priority")) == interview->priority
         && mh_urgency_of (mh_json_text (kept, "computed")) == interview->computed
         && mh_json_int (kept, "points", G_MININT) == interview->points && bits == interview->needs;
}

MhInterview *
mh_interview_again (const MhProtocol *protocol,
                    const char *kept,
                    gboolean *out_same,
                    GError **error)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (kept, -1, error);
  g_autoptr (GArray) given = g_array_new (FALSE, FALSE, sizeof (MhInterviewGiven));
  if (object == NULL)
    return NULL;

  JsonArray *answers = mh_json_array (object, "answers");
  JsonObject *changed = mh_json_object (object, "change");
  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++)
    {
      JsonNode *node = json_array_get_element (answers, i);
      JsonObject *row = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      MhInterviewGiven one = { 0 };
      if (row != NULL)
        one = (MhInterviewGiven){ mh_json_text (row, "question"), mh_json_text (row, "value"), 0 };
      g_array_append_val (given, one);
    }

  MhInterviewChange change = { 0 };
  if (changed != NULL)
    change = (MhInterviewChange){ mh_urgency_of (mh_json_text (changed, "priority")),
                                  mh_urgency_of (mh_json_text (changed, "computed")),
                                  mh_json_text (changed, "reason") };

  g_autoptr (MhInterview) interview
      = mh_interview_judge (protocol, (const MhInterviewGiven *)given->data, given->len,
                            changed != NULL ? &change : NULL, error);
  if (interview == NULL)
    return NULL;

  *out_same = interview_is_as_kept (protocol, interview, object);
  return g_steal_pointer (&interview);
}
