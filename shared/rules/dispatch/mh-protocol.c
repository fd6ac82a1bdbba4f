/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/dispatch/mh-protocol-private.h"

#include <string.h>

#include "shared/base/mh-text.h"

/* --- freeing --- */

void
mh_protocol_answer_free (gpointer data)
{
  MhProtocolAnswer *answer = data;
  g_free (answer->value);
  g_free (answer->text);
  g_strfreev (answer->say);
  g_strfreev (answer->unsay);
  g_free (answer->go_to);
  g_free (answer->flag);
  g_free (answer);
}

void
mh_protocol_question_free (gpointer data)
{
  MhProtocolQuestion *question = data;
  g_free (question->id);
  g_free (question->text);
  g_free (question->help);
  g_ptr_array_unref (question->answers);
  g_free (question);
}

void
mh_protocol_age_free (gpointer data)
{
  MhProtocolAge *age = data;
  g_free (age->say);
  g_free (age);
}

void
mh_protocol_card_free (gpointer data)
{
  MhProtocolCard *card = data;
  g_free (card->id);
  g_free (card->title);
  g_free (card->version);
  g_strfreev (card->keywords);
  g_strfreev (card->red_flags);
  g_strfreev (card->say);
  g_ptr_array_unref (card->questions);
  g_ptr_array_unref (card->age_points);
  g_free (card);
}

void
mh_protocol_block_free (gpointer data)
{
  MhProtocolBlock *block = data;
  g_free (block->id);
  g_strfreev (block->steps);
  g_free (block);
}

void
mh_protocol_variant_free (gpointer data)
{
  MhProtocolVariant *variant = data;
  g_free (variant->instead_of);
  g_ptr_array_unref (variant->ages);
  g_free (variant);
}

void
mh_protocol_free (MhProtocol *protocol)
{
  if (protocol == NULL)
    return;
  for (guint i = 0; i < MH_URGENCY_N; i++)
    {
      g_free (protocol->priorities[i].name);
      g_free (protocol->priorities[i].colour);
    }
  g_free (protocol->version);
  g_ptr_array_unref (protocol->entry);
  g_ptr_array_unref (protocol->cards);
  g_ptr_array_unref (protocol->blocks);
  g_ptr_array_unref (protocol->variants);
  g_free (protocol);
}

/* --- looking up --- */

const MhProtocolCard *
mh_protocol_card (const MhProtocol *protocol, const char *id)
{
  for (guint i = 0; id != NULL && i < protocol->cards->len; i++)
    {
      const MhProtocolCard *card = g_ptr_array_index (protocol->cards, i);
      if (g_str_equal (card->id, id))
        return card;
    }
  return NULL;
}

static const MhProtocolQuestion *
protocol_find_question (GPtrArray *questions, const char *id)
{
  for (guint i = 0; i < questions->len; i++)
    {
      const MhProtocolQuestion *question = g_ptr_array_index (questions, i);
      if (g_strcmp0 (question->id, id) == 0)
        return question;
    }
  return NULL;
}

const MhProtocolQuestion *
mh_protocol_question (const MhProtocol *protocol, const char *id, const MhProtocolCard **out_card)
{
  const MhProtocolQuestion *question = protocol_find_question (protocol->entry, id);
  const MhProtocolCard *card = NULL;
  for (guint i = 0; question == NULL && i < protocol->cards->len; i++)
    {
      card = g_ptr_array_index (protocol->cards, i);
      question = protocol_find_question (card->questions, id);
    }
  if (out_card != NULL)
    *out_card = question != NULL ? card : NULL;
  return question;
}

const MhProtocolQuestion *
mh_protocol_entry (const MhProtocol *protocol, MhProtocolKind kind)
{
  for (guint i = 0; i < protocol->entry->len; i++)
    {
      const MhProtocolQuestion *question = g_ptr_array_index (protocol->entry, i);
      if (question->kind == kind)
        return question;
    }
  return NULL;
}

const MhProtocolAnswer *
mh_protocol_answer (const MhProtocolQuestion *question, const char *value)
{
  for (guint i = 0; i < question->answers->len; i++)
    {
      const MhProtocolAnswer *answer = g_ptr_array_index (question->answers, i);
      if (g_strcmp0 (answer->value, value) == 0)
        return answer;
    }
  return NULL;
}

const MhProtocolBlock *
mh_protocol_block (const MhProtocol *protocol, const char *id)
{
  for (guint i = 0; i < protocol->blocks->len; i++)
    {
      const MhProtocolBlock *block = g_ptr_array_index (protocol->blocks, i);
      if (g_strcmp0 (block->id, id) == 0)
        return block;
    }
  return NULL;
}

static gboolean
protocol_begins_word (const char *folded, const char *word)
{
  for (const char *at = folded; at != NULL; at = strchr (at, ' '))
    {
      at += *at == ' ' ? 1 : 0;
      if (g_str_has_prefix (at, word))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
mh_protocol_search (const MhProtocol *protocol, const char *words)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autofree char *folded = mh_text_fold (words != NULL ? words : "");
  g_auto (GStrv) typed = g_strsplit (folded, " ", -1);
  for (guint i = 0; i < protocol->cards->len; i++)
    {
      MhProtocolCard *card = g_ptr_array_index (protocol->cards, i);
      g_autofree char *keywords = g_strjoinv (" ", card->keywords);
      g_autofree char *all = g_strjoin (" ", card->id, card->title, keywords, NULL);
      g_autofree char *text = mh_text_fold (all);
      gboolean fits = TRUE;
      for (guint j = 0; typed[j] != NULL && fits; j++)
        fits = protocol_begins_word (text, typed[j]);
      if (fits)
        g_ptr_array_add (found, card);
    }
  return found;
}
