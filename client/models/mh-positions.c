/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-positions.h"

#include <json-glib/json-glib.h>

#include "client/models/mh-command.h"
#include "client/models/mh-record-list.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-unit.h"
#include "shared/rules/dispatch/mh-position-pace.h"

struct _MhPositions
{
  GObject parent_instance;
  MhContext *context;
  MhRecordList *shifts, *states;
  char *unit_id; /* on which the person is; NULL: none */
  gboolean is_running;
  char *gpsd; /* NULL: not named yet */
  MhReceiver *receiver;
  MhReceiverFix last;
  gint64 noted_at, sent_at;
  GArray *noted; /* MhReceiverFix that nobody was told yet */
  gboolean is_sending;
  guint n_dropped;
};

G_DEFINE_FINAL_TYPE (MhPositions, mh_positions, G_TYPE_OBJECT)

static guint changed_signal;
#define KEY "mh-positions" /* of its context, which does not hold it */

static void
positions_changed (MhPositions *positions)
{
  g_signal_emit (positions, changed_signal, 0);
}

/* --- sending --- */

static void
positions_add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

/* Caller owns it. */
static MhRecord *
positions_body (GArray *noted)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_array (builder);
  for (guint i = 0; i < noted->len; i++)
    {
      const MhReceiverFix *fix = &g_array_index (noted, MhReceiverFix, i);
      char at[MH_INSTANT_LENGTH + 1];
      mh_instant_format (fix->at, at);
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "at");
      json_builder_add_string_value (builder, at);
      positions_add_number (builder, "lat", fix->lat);
      positions_add_number (builder, "lon", fix->lon);
      positions_add_number (builder, "accuracy_m", fix->accuracy_m);
      if (fix->speed_kmh >= 0)
        positions_add_number (builder, "speed_kmh", fix->speed_kmh);
      if (fix->heading >= 0)
        positions_add_number (builder, "heading", fix->heading);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  MhRecord *body = mh_record_new (&mh_unit_fixes_type);
  mh_record_take_text (body, MH_UNIT_FIXES_FIXES, json_to_string (root, FALSE));
  return body;
}

static void positions_send (MhPositions *positions, gboolean at_once);

static void
positions_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhPositions) positions = data;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, NULL);
  positions->is_sending = FALSE;
  if (outcome != NULL)
    positions->sent_at = mh_clock_now (mh_context_clock (positions->context));
  if (outcome != NULL && outcome->record != NULL
      && mh_record_type (outcome->record) == &mh_fixes_taken_type)
    {
      GPtrArray *dropped = mh_record_records (outcome->record, MH_FIXES_TAKEN_DROPPED);
      positions->n_dropped += dropped != NULL ? dropped->len : 0;
    }
  positions_changed (positions);
  positions_send (positions, FALSE);
}

/* @at_once: whoever is signed on goes, or the program ends. */
static void
positions_send (MhPositions *positions, gboolean at_once)
{
  GArray *noted = positions->noted;
  gboolean is_away = mh_sync_is_away (mh_context_sync (positions->context));
  gint64 now = mh_clock_now (mh_context_clock (positions->context));
  if (noted->len == 0 || positions->unit_id == NULL || (positions->is_sending && !at_once))
    return;
  if (!at_once
      && !mh_position_batch_is_due (noted->len, g_array_index (noted, MhReceiverFix, 0).at, now,
                                    is_away))
    return;

  const char *args[] = { "id", positions->unit_id, NULL };
  g_autoptr (MhRecord) body = positions_body (noted);
  g_array_set_size (noted, 0);
  positions->is_sending = TRUE;
  mh_command_async (positions->context,
                    &(MhCommand){ .route = "unit_position.send", .args = args, .body = body }, NULL,
                    positions_sent_cb, g_object_ref (positions));
}

static void
positions_reached_cb (MhPositions *positions)
{
  positions_send (positions, FALSE);
}

static void
positions_leaving_cb (MhPositions *positions)
{
  positions_send (positions, TRUE);
}

/* --- listening --- */

static void
positions_fix_cb (MhPositions *positions, const MhReceiverFix *fix)
{
  positions->last = *fix;
  if (fix->at == 0)
    positions->last.at = mh_clock_now (mh_context_clock (positions->context));
  if (mh_position_is_due (positions->noted_at, positions->last.at, positions->is_running))
    {
      positions->noted_at = positions->last.at;
      g_array_append_val (positions->noted, positions->last);
      positions_send (positions, FALSE);
    }
  positions_changed (positions);
}

static void
positions_state_cb (MhPositions *positions)
{
  positions_changed (positions);
}

static void
positions_listen (MhPositions *positions)
{
  gboolean wanted = positions->unit_id != NULL && positions->gpsd != NULL;
  if (wanted == (positions->receiver != NULL))
    return;
  g_clear_object (&positions->receiver);
  positions->last = (MhReceiverFix){ 0 };
  if (!wanted)
    return;

  positions->receiver = mh_receiver_new (positions->gpsd);
  g_signal_connect_object (positions->receiver, "fix", G_CALLBACK (positions_fix_cb), positions,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (positions->receiver, "notify::state", G_CALLBACK (positions_state_cb),
                           positions, G_CONNECT_SWAPPED);
}

/* --- on which unit --- */

static gboolean
positions_is_own_shift (MhRecord *shift, gpointer data)
{
  MhRecord *user = mh_context_user (data);
  return user != NULL && mh_crew_shift_is_on (shift, mh_record_id (user));
}

static void
positions_follow_cb (MhPositions *positions)
{
  MhRecord *shift
      = mh_record_list_first (positions->shifts, positions_is_own_shift, positions->context);
  const char *unit_id = shift != NULL ? mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID) : NULL;
  if (g_strcmp0 (unit_id, positions->unit_id) != 0)
    {
      positions_send (positions, TRUE); /* of the unit before */
      g_array_set_size (positions->noted, 0);
      positions->noted_at = 0;
      g_free (positions->unit_id);
      positions->unit_id = g_strdup (unit_id);
    }

  const int at = unit_id != NULL ? mh_record_list_find (positions->states, unit_id) : -1;
  g_autoptr (MhRecord) state
      = at >= 0 ? g_list_model_get_item (G_LIST_MODEL (positions->states), (guint)at) : NULL;
  positions->is_running
      = state != NULL && mh_position_is_running (mh_record_text (state, MH_UNIT_STATE_STATE));
  positions_listen (positions);
  positions_changed (positions);
}

static gboolean
positions_any (MhRecord *record, gpointer data)
{
  return TRUE;
}

static MhRecordList *
positions_list (MhPositions *positions, const char *route)
{
  MhRecordList *list = mh_record_list_new (positions->context, route);
  mh_record_list_set_belongs (list, positions_any, NULL);
  mh_record_list_set_keep (list, TRUE);
  return list;
}

/* --- the object --- */

void
mh_positions_set_gpsd (MhPositions *positions, const char *address)
{
  g_return_if_fail (MH_IS_POSITIONS (positions) && address != NULL);
  if (g_strcmp0 (positions->gpsd, address) == 0)
    return;
  g_free (positions->gpsd);
  positions->gpsd = g_strdup (address);
  g_clear_object (&positions->receiver);
  positions_listen (positions);
  positions_changed (positions);
}

gboolean
mh_positions_is_on (MhPositions *positions)
{
  return positions->receiver != NULL;
}

MhReceiverState
mh_positions_state (MhPositions *positions)
{
  return positions->receiver != NULL ? mh_receiver_state (positions->receiver)
                                     : MH_RECEIVER_SEARCHING;
}

const MhReceiverFix *
mh_positions_last (MhPositions *positions)
{
  return &positions->last;
}

gint64
mh_positions_sent_at (MhPositions *positions)
{
  return positions->sent_at;
}

guint
mh_positions_n_dropped (MhPositions *positions)
{
  return positions->n_dropped;
}

static void
mh_positions_dispose (GObject *object)
{
  MhPositions *positions = MH_POSITIONS (object);
  g_clear_object (&positions->receiver);
  g_clear_object (&positions->shifts);
  g_clear_object (&positions->states);
  G_OBJECT_CLASS (mh_positions_parent_class)->dispose (object);
}

static void
mh_positions_finalize (GObject *object)
{
  MhPositions *positions = MH_POSITIONS (object);
  g_object_set_data (G_OBJECT (positions->context), KEY, NULL);
  g_object_unref (positions->context);
  g_array_unref (positions->noted);
  g_free (positions->unit_id);
  g_free (positions->gpsd);
  G_OBJECT_CLASS (mh_positions_parent_class)->finalize (object);
}

static void
mh_positions_class_init (MhPositionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_positions_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_positions_finalize;
  changed_signal = g_signal_new ("changed", MH_TYPE_POSITIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
mh_positions_init (MhPositions *positions)
{
  positions->noted = g_array_new (FALSE, FALSE, sizeof (MhReceiverFix));
}

static void
positions_begin (MhPositions *positions)
{
  static const char *const all[] = { "limit", "200", NULL };
  static const char *const open[] = { "open", "true", "limit", "200", NULL };
  positions->shifts = positions_list (positions, "crew_shift.list");
  positions->states = positions_list (positions, "unit_state.list");
  MhRecordList *const lists[] = { positions->shifts, positions->states };
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_signal_connect_object (lists[i], "notify::n-items", G_CALLBACK (positions_follow_cb),
                               positions, G_CONNECT_SWAPPED);
      g_signal_connect_object (lists[i], "notify::n-items", G_CALLBACK (mh_record_list_more),
                               lists[i], G_CONNECT_SWAPPED); /* one's own may be on a later page */
    }
  g_signal_connect_object (mh_context_sync (positions->context), "notify::state",
                           G_CALLBACK (positions_reached_cb), positions, G_CONNECT_SWAPPED);
  g_signal_connect_object (positions->context, "leaving", G_CALLBACK (positions_leaving_cb),
                           positions, G_CONNECT_SWAPPED);

  mh_record_list_set_args (positions->shifts, open);
  mh_record_list_set_args (positions->states, all);
}

MhPositions *
mh_positions_of (MhContext *context)
{
  g_return_val_if_fail (MH_IS_CONTEXT (context), NULL);
  MhPositions *positions = g_object_get_data (G_OBJECT (context), KEY);
  if (positions != NULL)
    return g_object_ref (positions);

  positions = g_object_new (MH_TYPE_POSITIONS, NULL);
  positions->context = g_object_ref (context);
  g_object_set_data (G_OBJECT (context), KEY, positions);
  positions_begin (positions);
  return positions;
}
