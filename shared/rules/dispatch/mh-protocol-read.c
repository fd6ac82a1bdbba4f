/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mh_protocol_parse(). */
#include "shared/rules/dispatch/mh-protocol-private.h"

#include <string.h>

#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"

#define MOST_CARDS 200
#define MOST_QUESTIONS 40
#define MOST_ANSWERS 12
#define MOST_BLOCKS 200
#define MOST_STEPS 12
#define MOST_AGES 12
#define MOST_LIST 40
#define MOST_STEP 160
#define MOST_WORDS 300
#define MOST_ID 24
#define MOST_POINTS 20
#define MOST_BASE 50
#define MOST_YEARS 150
#define MOST_TARGET 1440
#define LEAST_BEATS 60
#define MOST_BEATS 160

static const char *const kind_names[MH_PROTOCOL_N_KINDS]
    = { "choice", "place", "phone", "card", "age", "sex" };

/* --- reading single members --- */

typedef struct
{
  MhIssues *issues;
  GHashTable *questions; /* ids seen, owned */
} Reading;

static char *
protocol_place (const char *place, const char *name)
{
  return *place != 0 ? g_strdup_printf ("%s.%s", place, name) : g_strdup (name);
}

static void G_GNUC_PRINTF (5, 6) protocol_complain (Reading *reading,
                                                    const char *place,
                                                    const char *name,
                                                    const char *code,
                                                    const char *format,
                                                    ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *words = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *field = protocol_place (place, name);
  mh_issues_add (reading->issues, field, code, "%s", words);
}

/* A member that nobody reads is a slip: "flor" would take a floor away. @names: parted by blanks.
 */
static void
protocol_check_members (Reading *reading, JsonObject *object, const char *place, const char *names)
{
  g_auto (GStrv) known = g_strsplit (names, " ", -1);
  JsonObjectIter iter;
  const char *name;
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (!g_strv_contains ((const char *const *)known, name))
      protocol_complain (reading, place, name, "unknown_field",
                         "There is no “%s” here; there may be: %s", name, names);
}

/* FALSE when it is left out. */
static gboolean
protocol_bool (Reading *reading, JsonObject *object, const char *place, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  protocol_complain (reading, place, name, "format", "Write true or false");
  return FALSE;
}

/* Never NULL when @required; an issue says what is missing. */
static char *
protocol_words (Reading *reading,
                JsonObject *object,
                const char *place,
                const char *name,
                gboolean required)
{
  const char *text = mh_json_text (object, name);
  if (text == NULL && json_object_has_member (object, name))
    protocol_complain (reading, place, name, "format", "Write text");
  else if (required && (text == NULL || *text == 0))
    protocol_complain (reading, place, name, "required", "Write something here");
  else if (text != NULL && mh_text_length (text) > MOST_WORDS)
    protocol_complain (reading, place, name, "too_long", "At most %d characters", MOST_WORDS);
  else if (text != NULL)
    return g_strdup (text);
  return required ? g_strdup ("") : NULL;
}

static char *
protocol_id (Reading *reading, JsonObject *object, const char *place, const char *name)
{
  const char *id = mh_json_text (object, name);
  gsize length = id != NULL ? strlen (id) : 0;
  if (length >= 1 && length <= MOST_ID
      && strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == length)
    return g_strdup (id);
  protocol_complain (reading, place, name, "format",
                     "Write 1 to %d capital letters, digits, _ or -", MOST_ID);
  return g_strdup ("");
}

/* A member that is a whole number. */
typedef struct
{
  const char *name;
  int least, most;
  int fallback; /* when it is left out or null; G_MININT: it must be there */
} Number;

static int
protocol_number (Reading *reading, JsonObject *object, const char *place, const Number *number)
{
  JsonNode *node = json_object_get_member (object, number->name);
  if ((node == NULL || JSON_NODE_HOLDS_NULL (node)) && number->fallback != G_MININT)
    return number->fallback;
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node)
      && json_node_get_value_type (node) == G_TYPE_INT64
      && json_node_get_int (node) >= number->least && json_node_get_int (node) <= number->most)
    return (int)json_node_get_int (node);
  protocol_complain (reading, place, number->name, node != NULL ? "out_of_range" : "required",
                     "Write a whole number from %d to %d", number->least, number->most);
  return 0;
}

/* Never NULL. */
static GStrv
protocol_list (Reading *reading,
               JsonObject *object,
               const char *place,
               const char *name,
               guint most,
               guint longest)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  JsonArray *array = mh_json_array (object, name);
  guint n = array != NULL ? json_array_get_length (array) : 0;
  if (array == NULL && json_object_has_member (object, name))
    protocol_complain (reading, place, name, "format", "Write a list");
  if (n > most)
    protocol_complain (reading, place, name, "too_long", "At most %u entries", most);
  for (guint i = 0; i < MIN (n, most); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *text
          = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                ? json_node_get_string (node)
                : NULL;
      g_autofree char *at = g_strdup_printf ("%s[%u]", name, i);
      if (text == NULL || *text == 0)
        protocol_complain (reading, place, at, "required", "Write something here");
      else if (mh_text_length (text) > longest)
        protocol_complain (reading, place, at, "too_long", "At most %u characters", longest);
      else
        g_strv_builder_add (list, text);
    }
  return g_strv_builder_end (list);
}

static guint
protocol_needs (Reading *reading, JsonObject *object, const char *place)
{
  g_auto (GStrv) codes = protocol_list (reading, object, place, "needs", MH_CAN_N, MOST_ID);
  guint needs = 0;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      if (mh_can_of (codes[i]) == 0)
        protocol_complain (reading, place, "needs", "unknown_code",
                           "“%s” is no capability; there are BLS, ALS, MICU, FIRE and POLICE",
                           codes[i]);
      needs |= mh_can_of (codes[i]);
    }
  return needs;
}

static MhUrgency
protocol_urgency (Reading *reading, JsonObject *object, const char *place, const char *name)
{
  const char *code = mh_json_text (object, name);
  MhUrgency urgency = mh_urgency_of (code);
  if (urgency == MH_URGENCY_NONE && json_object_has_member (object, name))
    protocol_complain (reading, place, name, "unknown_code", "Write P1, P2, P3 or P4");
  return urgency;
}

typedef void (*ReadFunc) (Reading *reading, JsonObject *object, const char *place, gpointer into);

/* A member that is an array of objects, and who reads each. */
typedef struct
{
  const char *name;
  guint least, most;
  ReadFunc read;
} Entries;

/* The objects one after the other; what is none is told. */
static void
protocol_each (Reading *reading,
               JsonObject *object,
               const char *place,
               const Entries *entries,
               gpointer into)
{
  const char *name = entries->name;
  guint least = entries->least, most = entries->most;
  JsonArray *array = mh_json_array (object, name);
  guint n = array != NULL ? json_array_get_length (array) : 0;
  if (array == NULL && json_object_has_member (object, name))
    protocol_complain (reading, place, name, "format", "Write a list");
  else if (n < least || n > most)
    protocol_complain (reading, place, name, n < least ? "required" : "too_long",
                       "There must be %u to %u of these", least, most);
  for (guint i = 0; i < MIN (n, most); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *entry = g_strdup_printf ("%s[%u]", name, i);
      g_autofree char *at = protocol_place (place, entry);
      if (JSON_NODE_HOLDS_OBJECT (node))
        entries->read (reading, json_node_get_object (node), at, into);
      else
        protocol_complain (reading, place, entry, "format", "Write an object");
    }
}

/* --- questions --- */

static void
protocol_read_answer (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  MhProtocolQuestion *question = into;
  MhProtocolAnswer *answer = g_new0 (MhProtocolAnswer, 1);
  protocol_check_members (reading, object, place,
                          "value text points floor needs say unsay goto flag");
  answer->value = protocol_words (reading, object, place, "value", TRUE);
  answer->text = protocol_words (reading, object, place, "text", TRUE);
  answer->points = protocol_number (reading, object, place,
                                    &(Number){ "points", -MOST_POINTS, MOST_POINTS, G_MININT });
  answer->floor = protocol_urgency (reading, object, place, "floor");
  answer->needs = protocol_needs (reading, object, place);
  answer->say = protocol_list (reading, object, place, "say", MOST_LIST, MOST_ID);
  answer->unsay = protocol_list (reading, object, place, "unsay", MOST_LIST, MOST_ID);
  answer->go_to = protocol_words (reading, object, place, "goto", FALSE);
  answer->flag = protocol_words (reading, object, place, "flag", FALSE);
  if (mh_protocol_answer (question, answer->value) != NULL)
    protocol_complain (reading, place, "value", "duplicate", "“%s” is there twice", answer->value);
  g_ptr_array_add (question->answers, answer);
}

static MhProtocolKind
protocol_kind (Reading *reading, JsonObject *object, const char *place)
{
  const char *type = mh_json_text (object, "type");
  for (guint i = 0; type != NULL && i < MH_PROTOCOL_N_KINDS; i++)
    if (g_str_equal (type, kind_names[i]))
      return (MhProtocolKind)i;
  if (json_object_has_member (object, "type"))
    protocol_complain (reading, place, "type", "unknown_code",
                       "Write choice, place, phone, card, age or sex");
  return MH_PROTOCOL_CHOICE;
}

static void
protocol_read_question (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  MhProtocolQuestion *question = g_new0 (MhProtocolQuestion, 1);
  question->answers = g_ptr_array_new_with_free_func (mh_protocol_answer_free);
  g_ptr_array_add (into, question);
  protocol_check_members (reading, object, place, "id text type required help answers");
  question->id = protocol_id (reading, object, place, "id");
  question->text = protocol_words (reading, object, place, "text", TRUE);
  question->help = protocol_words (reading, object, place, "help", FALSE);
  question->kind = protocol_kind (reading, object, place);
  question->required = protocol_bool (reading, object, place, "required");
  if (*question->id != 0 && !g_hash_table_add (reading->questions, g_strdup (question->id)))
    protocol_complain (reading, place, "id", "duplicate", "“%s” is there twice", question->id);

  if (question->kind != MH_PROTOCOL_CHOICE)
    return;
  protocol_each (reading, object, place,
                 &(Entries){ "answers", 2, MOST_ANSWERS, protocol_read_answer }, question);
  if (mh_protocol_answer (question, MH_PROTOCOL_UNKNOWN) == NULL)
    protocol_complain (reading, place, "answers", "required",
                       "One answer must have the value “unknown”");
}

/* --- ages, cards, blocks --- */

static MhProtocolAge *
protocol_read_age (Reading *reading, JsonObject *object, const char *place, GPtrArray *into)
{
  MhProtocolAge *age = g_new0 (MhProtocolAge, 1);
  age->from_years = protocol_number (reading, object, place,
                                     &(Number){ "from_years", 0, MOST_YEARS, G_MININT });
  age->to_years
      = protocol_number (reading, object, place, &(Number){ "to_years", 0, MOST_YEARS, G_MAXINT });
  if (age->to_years <= age->from_years)
    protocol_complain (reading, place, "to_years", "out_of_range",
                       "Write more than the years it begins with, or nothing");
  for (guint i = 0; i < into->len; i++)
    {
      const MhProtocolAge *other = g_ptr_array_index (into, i);
      if (age->from_years < other->to_years && other->from_years < age->to_years)
        protocol_complain (reading, place, "from_years", "duplicate",
                           "Another row holds some of these years");
    }
  g_ptr_array_add (into, age);
  return age;
}

static void
protocol_read_age_points (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  MhProtocolAge *age = protocol_read_age (reading, object, place, into);
  protocol_check_members (reading, object, place, "from_years to_years points");
  age->points = protocol_number (reading, object, place,
                                 &(Number){ "points", -MOST_POINTS, MOST_POINTS, G_MININT });
}

static void
protocol_read_age_say (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  MhProtocolAge *age = protocol_read_age (reading, object, place, into);
  protocol_check_members (reading, object, place, "from_years to_years say");
  age->say = protocol_id (reading, object, place, "say");
}

static void
protocol_read_card (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  MhProtocol *protocol = into;
  MhProtocolCard *card = g_new0 (MhProtocolCard, 1);
  card->questions = g_ptr_array_new_with_free_func (mh_protocol_question_free);
  card->age_points = g_ptr_array_new_with_free_func (mh_protocol_age_free);
  protocol_check_members (
      reading, object, place,
      "id title version keywords red_flags base_points needs say age_points author_note questions");
  card->id = protocol_id (reading, object, place, "id");
  if (*card->id != 0 && mh_protocol_card (protocol, card->id) != NULL)
    protocol_complain (reading, place, "id", "duplicate", "“%s” is there twice", card->id);
  card->title = protocol_words (reading, object, place, "title", TRUE);
  card->version = protocol_words (reading, object, place, "version", TRUE);
  card->keywords = protocol_list (reading, object, place, "keywords", MOST_LIST, MOST_WORDS);
  card->red_flags = protocol_list (reading, object, place, "red_flags", MOST_LIST, MOST_WORDS);
  card->say = protocol_list (reading, object, place, "say", MOST_LIST, MOST_ID);
  card->base_points = protocol_number (reading, object, place,
                                       &(Number){ "base_points", 0, MOST_BASE, G_MININT });
  card->needs = protocol_needs (reading, object, place);
  g_ptr_array_add (protocol->cards, card);
  protocol_each (reading, object, place,
                 &(Entries){ "questions", 1, MOST_QUESTIONS, protocol_read_question },
                 card->questions);
  protocol_each (reading, object, place,
                 &(Entries){ "age_points", 0, MOST_AGES, protocol_read_age_points },
                 card->age_points);
}

static void
protocol_read_variant (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  MhProtocolVariant *variant = g_new0 (MhProtocolVariant, 1);
  variant->ages = g_ptr_array_new_with_free_func (mh_protocol_age_free);
  g_ptr_array_add (into, variant);
  protocol_check_members (reading, object, place, "instead_of ages");
  variant->instead_of = protocol_id (reading, object, place, "instead_of");
  protocol_each (reading, object, place, &(Entries){ "ages", 1, MOST_AGES, protocol_read_age_say },
                 variant->ages);
}

static void
protocol_read_blocks (Reading *reading, JsonObject *object, MhProtocol *protocol)
{
  JsonObject *blocks = mh_json_object (object, "instructions");
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;
  if (blocks == NULL || json_object_get_size (blocks) > MOST_BLOCKS)
    {
      protocol_complain (reading, "", "instructions", blocks == NULL ? "required" : "too_long",
                         "Write an object of at most %d blocks", MOST_BLOCKS);
      return;
    }
  json_object_iter_init_ordered (&iter, blocks);
  while (json_object_iter_next_ordered (&iter, &id, &node))
    {
      MhProtocolBlock *block = g_new0 (MhProtocolBlock, 1);
      block->id = g_strdup (id);
      block->steps = protocol_list (reading, blocks, "instructions", id, MOST_STEPS, MOST_STEP);
      if (block->steps[0] == NULL)
        protocol_complain (reading, "instructions", id, "required", "Write at least one step");
      g_ptr_array_add (protocol->blocks, block);
    }
}

static void
protocol_read_rhythm (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  MhProtocol *protocol = into;
  protocol_check_members (reading, object, place, "say per_minute");
  g_autofree char *id = protocol_id (reading, object, place, "say");
  const int per_minute = protocol_number (
      reading, object, place, &(Number){ "per_minute", LEAST_BEATS, MOST_BEATS, G_MININT });
  MhProtocolBlock *block = (MhProtocolBlock *)mh_protocol_block (protocol, id);
  if (block != NULL)
    block->per_minute = per_minute;
  else if (*id != 0)
    protocol_complain (reading, place, "say", "unknown_code", "There is no instruction “%s”", id);
}

/* --- priorities --- */

typedef struct
{
  MhProtocol *protocol;
  guint n;
} Rows;

static void
protocol_read_priority (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  Rows *rows = into;
  MhProtocolPriority *priority = &rows->protocol->priorities[rows->n];
  protocol_check_members (reading, object, place, "id name target_minutes colour lights_and_siren");
  if (g_strcmp0 (mh_json_text (object, "id"), mh_urgency_code ((MhUrgency)rows->n)) != 0)
    protocol_complain (reading, place, "id", "unknown_code", "Write P1, P2, P3, P4 in this order");
  priority->name = protocol_words (reading, object, place, "name", TRUE);
  priority->colour = protocol_words (reading, object, place, "colour", TRUE);
  priority->lights = protocol_bool (reading, object, place, "lights_and_siren");
  priority->target_minutes = protocol_number (
      reading, object, place, &(Number){ "target_minutes", 1, MOST_TARGET, G_MININT });
  if (rows->n > 0 && priority->target_minutes < priority[-1].target_minutes)
    protocol_complain (reading, place, "target_minutes", "out_of_range",
                       "A less urgent priority cannot have a shorter target");
  rows->n++;
}

static void
protocol_read_threshold (Reading *reading, JsonObject *object, const char *place, gpointer into)
{
  Rows *rows = into;
  MhProtocolPriority *priority = &rows->protocol->priorities[rows->n];
  gboolean last = rows->n == MH_URGENCY_N - 1;
  protocol_check_members (reading, object, place, "points_at_least priority");
  if (g_strcmp0 (mh_json_text (object, "priority"), mh_urgency_code ((MhUrgency)rows->n)) != 0)
    protocol_complain (reading, place, "priority", "unknown_code",
                       "Write P1, P2, P3, P4 in this order");
  priority->points_at_least
      = last ? G_MININT
             : protocol_number (reading, object, place,
                                &(Number){ "points_at_least", -1000, 1000, G_MININT });
  JsonNode *least = json_object_get_member (object, "points_at_least");
  if (last && (least == NULL || !JSON_NODE_HOLDS_NULL (least)))
    protocol_complain (reading, place, "points_at_least", "format",
                       "The last one holds for all other calls: write null");
  if (!last && rows->n > 0 && priority->points_at_least >= priority[-1].points_at_least)
    protocol_complain (reading, place, "points_at_least", "out_of_range",
                       "Write fewer points than for the priority before");
  rows->n++;
}

/* --- what names what --- */

static void
protocol_check_blocks (Reading *reading,
                       const MhProtocol *protocol,
                       const char *place,
                       const char *name,
                       GStrv blocks)
{
  for (guint i = 0; blocks[i] != NULL; i++)
    if (mh_protocol_block (protocol, blocks[i]) == NULL)
      protocol_complain (reading, place, name, "unknown_code", "There is no instruction “%s”",
                         blocks[i]);
}

static void
protocol_check_questions (Reading *reading,
                          const MhProtocol *protocol,
                          const char *place,
                          GPtrArray *questions)
{
  for (guint i = 0; i < questions->len; i++)
    {
      const MhProtocolQuestion *question = g_ptr_array_index (questions, i);
      for (guint j = 0; j < question->answers->len; j++)
        {
          const MhProtocolAnswer *answer = g_ptr_array_index (question->answers, j);
          g_autofree char *at = g_strdup_printf ("%s[%u].answers[%u]", place, i, j);
          protocol_check_blocks (reading, protocol, at, "say", answer->say);
          protocol_check_blocks (reading, protocol, at, "unsay", answer->unsay);
          if (answer->go_to != NULL && mh_protocol_card (protocol, answer->go_to) == NULL)
            protocol_complain (reading, at, "goto", "unknown_code", "There is no card “%s”",
                               answer->go_to);
        }
    }
}

static void
protocol_check_links (Reading *reading, const MhProtocol *protocol)
{
  protocol_check_questions (reading, protocol, "entry", protocol->entry);

  for (guint i = 0; i < protocol->cards->len; i++)
    {
      const MhProtocolCard *card = g_ptr_array_index (protocol->cards, i);
      g_autofree char *place = g_strdup_printf ("cards[%u]", i);
      g_autofree char *questions = g_strconcat (place, ".questions", NULL);
      protocol_check_blocks (reading, protocol, place, "say", card->say);
      protocol_check_questions (reading, protocol, questions, card->questions);
      for (guint j = 0; j < card->questions->len; j++)
        {
          const MhProtocolQuestion *question = g_ptr_array_index (card->questions, j);
          g_autofree char *at = g_strdup_printf ("%s[%u]", questions, j);
          if (question->kind != MH_PROTOCOL_CHOICE)
            protocol_complain (reading, at, "type", "unknown_code", "Cards ask choices alone");
        }
    }

  for (guint i = 0; i < protocol->variants->len; i++)
    {
      const MhProtocolVariant *variant = g_ptr_array_index (protocol->variants, i);
      g_autofree char *place = g_strdup_printf ("variants[%u]", i);
      char *instead_of[] = { variant->instead_of, NULL };
      protocol_check_blocks (reading, protocol, place, "instead_of", instead_of);
      for (guint j = 0; j < variant->ages->len; j++)
        {
          const MhProtocolAge *age = g_ptr_array_index (variant->ages, j);
          g_autofree char *at = g_strdup_printf ("%s.ages[%u]", place, j);
          char *say[] = { age->say, NULL };
          protocol_check_blocks (reading, protocol, at, "say", say);
        }
    }

  for (guint kind = MH_PROTOCOL_PLACE; kind < MH_PROTOCOL_N_KINDS; kind++)
    if (mh_protocol_entry (protocol, (MhProtocolKind)kind) == NULL)
      protocol_complain (reading, "", "entry", "required", "There is no question of type %s",
                         kind_names[kind]);
}

static void
protocol_read (Reading *reading, JsonObject *object, MhProtocol *protocol)
{
  g_autoptr (JsonObject) none = json_object_new ();
  JsonObject *rules = mh_json_object (object, "rules");
  Rows rows = { protocol, 0 };
  protocol_check_members (reading, object, "",
                          "format version author_note rules priorities capabilities entry "
                          "instructions metronome variants cards");
  protocol->version = protocol_words (reading, object, "", "version", TRUE);
  protocol_each (reading, object, "",
                 &(Entries){ "priorities", MH_URGENCY_N, MH_URGENCY_N, protocol_read_priority },
                 &rows);
  rows.n = 0;
  protocol_each (reading, rules != NULL ? rules : none, "rules",
                 &(Entries){ "thresholds", MH_URGENCY_N, MH_URGENCY_N, protocol_read_threshold },
                 &rows);
  protocol_read_blocks (reading, object, protocol);
  protocol_each (reading, object, "", &(Entries){ "metronome", 0, MOST_LIST, protocol_read_rhythm },
                 protocol);
  protocol_each (reading, object, "",
                 &(Entries){ "entry", 1, MOST_QUESTIONS, protocol_read_question }, protocol->entry);
  protocol_each (reading, object, "", &(Entries){ "cards", 1, MOST_CARDS, protocol_read_card },
                 protocol);
  protocol_each (reading, object, "", &(Entries){ "variants", 0, MOST_LIST, protocol_read_variant },
                 protocol->variants);
  protocol_check_links (reading, protocol);
}

MhProtocol *
mh_protocol_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GHashTable) questions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { issues, questions };
  g_autoptr (JsonObject) object = mh_json_parse_object (text, length, error);
  if (object == NULL)
    return NULL;
  if (g_strcmp0 (mh_json_text (object, "format"), "mahima-dispatch-protocols") != 0)
    {
      mh_error_set_field (error, "format", "format",
                          "This is no protocol of emergency calls: its format must be "
                          "“mahima-dispatch-protocols”");
      return NULL;
    }
  g_autoptr (MhProtocol) protocol = g_new0 (MhProtocol, 1);
  protocol->entry = g_ptr_array_new_with_free_func (mh_protocol_question_free);
  protocol->cards = g_ptr_array_new_with_free_func (mh_protocol_card_free);
  protocol->blocks = g_ptr_array_new_with_free_func (mh_protocol_block_free);
  protocol->variants = g_ptr_array_new_with_free_func (mh_protocol_variant_free);
  protocol_read (&reading, object, protocol);
  return mh_issues_raise (issues, error) ? g_steal_pointer (&protocol) : NULL;
}
