/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/crew/mh-crew-page.h"

#include <math.h>

#include "client/models/mh-positions.h"
#include "client/models/mh-record-list.h"
#include "client/pages/dispatch/calls/mh-call-words.h"
#include "client/pages/dispatch/fleet/mh-unit-acts.h"
#include "client/pages/dispatch/missions/mh-mission-acts.h"
#include "client/pages/dispatch/missions/mh-mission-words.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/records/dispatch/mh-crew.h"
#include "shared/records/dispatch/mh-mission.h"
#include "shared/rules/dispatch/mh-mission-clock.h"

#include <glib/gi18n-lib.h>

#define SOUND_EVERY 2 /* seconds, while one is asked */

struct _MhCrewPage
{
  MhPane parent_instance;
  MhRecordList *shifts, *states, *missions;
  MhPositions *positions;
  MhRecord *shift;   /* one's own; NULL: on no unit */
  MhRecord *state;   /* of the unit; NULL: not known yet */
  MhRecord *mission; /* NULL: none */
  guint ticks, seconds;
  GtkStack *stack;
  GtkWidget *next;
};

G_DEFINE_FINAL_TYPE (MhCrewPage, mh_crew_page, MH_TYPE_PANE)

/* --- what there is --- */

static gboolean
crew_page_is_own_shift (MhRecord *shift, gpointer data)
{
  MhContext *context = mh_pane_context (MH_PANE (data));
  return context != NULL && mh_crew_shift_is_on (shift, mh_record_id (mh_context_user (context)));
}

static const char *
crew_page_unit_id (MhCrewPage *page)
{
  return page->shift != NULL ? mh_record_text (page->shift, MH_CREW_SHIFT_UNIT_ID) : NULL;
}

static gboolean
crew_page_is_own_state (MhRecord *state, gpointer data)
{
  return g_strcmp0 (mh_record_id (state), crew_page_unit_id (data)) == 0;
}

static gboolean
crew_page_is_own_mission (MhRecord *mission, gpointer data)
{
  return mh_mission_is_open (mission)
         && g_strcmp0 (mh_record_text (mission, MH_MISSION_UNIT_ID), crew_page_unit_id (data)) == 0;
}

static gboolean
crew_page_any (MhRecord *record, gpointer data)
{
  return TRUE;
}

static gboolean
crew_page_is_asked (MhCrewPage *page)
{
  return page->mission != NULL
         && g_strcmp0 (mh_record_text (page->mission, MH_MISSION_STATE), MH_MISSION_ASKED) == 0;
}

static gboolean
crew_page_is_out (MhCrewPage *page)
{
  return page->state != NULL
         && g_strcmp0 (mh_record_text (page->state, MH_UNIT_STATE_STATE), MH_UNIT_OUT_OF_SERVICE)
                == 0;
}

/* --- what the template tells --- */

static char *
crew_page_unit_cb (MhCrewPage *page)
{
  if (page->shift == NULL)
    return NULL;
  g_autofree char *state
      = page->state != NULL ? mh_words_value (page->state, MH_UNIT_STATE_STATE) : g_strdup ("");
  return g_strdup_printf (*state != 0 ? "%s · %s" : "%s",
                          mh_record_text (page->shift, MH_CREW_SHIFT_UNIT_CODE), state);
}

static char *
crew_page_until_cb (MhCrewPage *page)
{
  if (page->shift == NULL)
    return NULL;
  g_autofree char *until = mh_words_time (mh_record_int (page->shift, MH_CREW_SHIFT_UNTIL));
  g_autofree char *duty = mh_words_value (page->shift, MH_CREW_SHIFT_DUTY);
  const char *reason
      = page->state != NULL ? mh_record_text (page->state, MH_UNIT_STATE_REASON) : NULL;
  return reason != NULL ? g_strdup_printf (_ ("%s · until %s · %s"), duty, until, reason)
                        : g_strdup_printf (_ ("%s · until %s"), duty, until);
}

/* "Position ± 6 m · sent 5 s ago"; what is wrong with it otherwise. */
static char *
crew_page_position_cb (MhCrewPage *page)
{
  if (page->positions == NULL || !mh_positions_is_on (page->positions))
    return NULL;
  const gint64 now = mh_when_now (), sent = mh_positions_sent_at (page->positions);
  const int metres = (int)lrint (mh_positions_last (page->positions)->accuracy_m);
  const guint dropped = mh_positions_n_dropped (page->positions);
  switch (mh_positions_state (page->positions))
    {
    case MH_RECEIVER_AWAY:
      return g_strdup (_ ("⚠ No position: the receiver does not answer (Preferences)"));
    case MH_RECEIVER_REFUSED:
      return g_strdup (_ ("⚠ No position: this desktop does not let Mahima know it"));
    case MH_RECEIVER_SEARCHING:
      return g_strdup (_ ("⚠ No position yet: the receiver is searching"));
    case MH_RECEIVER_FOUND:
    default:
      break;
    }
  if (sent == 0)
    return g_strdup_printf (_ ("Position ± %d m"), metres);
  g_autofree char *age = mh_words_since (sent, MAX (sent, now));
  /* Translators: accuracy of the position, how long ago it was sent, and how many did not count */
  return dropped > 0 ? g_strdup_printf (_ ("Position ± %d m · sent %s ago · %u dropped"), metres,
                                        age, dropped)
                     : g_strdup_printf (_ ("Position ± %d m · sent %s ago"), metres, age);
}

static gboolean
crew_page_has_mission_cb (MhCrewPage *page)
{
  return page->mission != NULL;
}

static gboolean
crew_page_is_free_cb (MhCrewPage *page)
{
  return page->shift != NULL && page->mission == NULL;
}

static gboolean
crew_page_is_asked_cb (MhCrewPage *page)
{
  return crew_page_is_asked (page);
}

static gboolean
crew_page_is_under_way_cb (MhCrewPage *page)
{
  return page->mission != NULL && !crew_page_is_asked (page);
}

static char *
crew_page_text (MhCrewPage *page, guint field)
{
  return page->mission != NULL ? g_strdup (mh_record_text (page->mission, field)) : NULL;
}

static char *
crew_page_priority_cb (MhCrewPage *page)
{
  return page->mission != NULL ? mh_call_priority_text (
             mh_urgency_of (mh_record_text (page->mission, MH_MISSION_PRIORITY)))
                               : NULL;
}

static char *
crew_page_place_cb (MhCrewPage *page)
{
  char *place = crew_page_text (page, MH_MISSION_PLACE);
  return place != NULL || page->mission == NULL ? place
                                                : g_strdup (_ ("The place is not known yet"));
}

static char *
crew_page_what_cb (MhCrewPage *page)
{
  return crew_page_text (page, MH_MISSION_WHAT);
}

static char *
crew_page_phone_cb (MhCrewPage *page)
{
  const char *phone
      = page->mission != NULL ? mh_record_text (page->mission, MH_MISSION_PHONE) : NULL;
  return phone != NULL ? g_strdup_printf (_ ("Caller: %s"), phone) : NULL;
}

static char *
crew_page_number_cb (MhCrewPage *page)
{
  return crew_page_text (page, MH_MISSION_CALL_NUMBER);
}

static char *
crew_page_mission_state_cb (MhCrewPage *page)
{
  return page->mission != NULL ? mh_mission_state_text (page->mission) : NULL;
}

static char *
crew_page_steps_cb (MhCrewPage *page)
{
  return page->mission != NULL && !crew_page_is_asked (page) ? mh_mission_steps_text (page->mission)
                                                             : NULL;
}

/* What the large button tells: "Accept", "On the way". */
static char *
crew_page_next_cb (MhCrewPage *page)
{
  const char *next = page->mission != NULL ? mh_mission_clock_next (page->mission) : NULL;
  if (crew_page_is_asked (page))
    return g_strdup (_ ("Accept"));
  return next != NULL ? g_strdup (mh_mission_step_words (next)) : NULL;
}

static char *
crew_page_service_cb (MhCrewPage *page)
{
  return g_strdup (crew_page_is_out (page) ? _ ("_Back in service") : _ ("Out of _service…"));
}

/* --- following --- */

static void
crew_page_beep (MhCrewPage *page)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (page));
  if (display != NULL)
    gdk_display_beep (display);
}

static void
crew_page_follow_cb (MhCrewPage *page)
{
  gboolean asked = crew_page_is_asked (page);
  if (page->stack == NULL) /* the page goes, and its lists after it */
    return;
  g_set_object (&page->shift, mh_record_list_first (page->shifts, crew_page_is_own_shift, page));
  g_set_object (&page->state, mh_record_list_first (page->states, crew_page_is_own_state, page));
  g_set_object (&page->mission,
                mh_record_list_first (page->missions, crew_page_is_own_mission, page));
  if (!asked && crew_page_is_asked (page))
    crew_page_beep (page);
  gtk_stack_set_visible_child_name (page->stack, page->shift != NULL ? "on" : "off");
  mh_pane_changed (MH_PANE (page));
}

static gboolean
crew_page_tick_cb (gpointer data)
{
  MhCrewPage *page = data;
  page->seconds++;
  if (!crew_page_is_asked (page))
    return G_SOURCE_CONTINUE;
  if (page->seconds % SOUND_EVERY == 0)
    crew_page_beep (page);
  mh_pane_changed (MH_PANE (page)); /* the seconds that are left */
  return G_SOURCE_CONTINUE;
}

/* --- acts on the assignment --- */

static void
crew_page_do_next_cb (MhCrewPage *page)
{
  const char *next = page->mission != NULL ? mh_mission_clock_next (page->mission) : NULL;
  if (next != NULL)
    mh_mission_tell (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->mission, next);
}

static void
crew_page_other_cb (MhCrewPage *page)
{
  if (crew_page_is_under_way_cb (page))
    mh_mission_tell_other (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->mission);
}

static void
crew_page_correct_cb (MhCrewPage *page)
{
  if (crew_page_is_under_way_cb (page))
    mh_mission_correct (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->mission);
}

static void
crew_page_refuse_cb (MhCrewPage *page)
{
  if (crew_page_is_asked (page))
    mh_mission_refuse (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->mission);
}

/* --- the unit --- */

static void
crew_page_sign_on_cb (MhCrewPage *page)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (page->shift == NULL)
    mh_unit_sign_on (GTK_WIDGET (page), context, NULL, mh_record_id (mh_context_user (context)));
}

/* Out of service, with the reason; or back again. */
static void
crew_page_state_cb (MhCrewPage *page)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  if (!crew_page_is_free_cb (page) || page->state == NULL)
    return;
  if (crew_page_is_out (page))
    mh_unit_put_back (GTK_WIDGET (page), context, page->state);
  else
    mh_unit_take_out (GTK_WIDGET (page), context, page->state);
}

static gboolean
crew_page_is_mate (MhRecord *shift, gpointer data)
{
  return !mh_record_has (shift, MH_CREW_SHIFT_ENDED_AT)
         && g_strcmp0 (mh_record_text (shift, MH_CREW_SHIFT_UNIT_ID), crew_page_unit_id (data)) == 0
         && !crew_page_is_own_shift (shift, data);
}

static void
crew_page_sign_off_cb (MhCrewPage *page)
{
  if (crew_page_is_free_cb (page))
    mh_unit_sign_off (GTK_WIDGET (page), mh_pane_context (MH_PANE (page)), page->shift,
                      mh_record_list_first (page->shifts, crew_page_is_mate, page) != NULL);
}

static const struct
{
  guint key;
  const char *action;
  void (*act) (MhCrewPage *page);
} acts[] = {
  { GDK_KEY_F2, "crew.next", crew_page_do_next_cb },
  { GDK_KEY_F3, "crew.other", crew_page_other_cb },
  { GDK_KEY_F4, "crew.state", crew_page_state_cb },
  { GDK_KEY_F6, "crew.correct", crew_page_correct_cb },
  { GDK_KEY_F7, "crew.sign-on", crew_page_sign_on_cb },
  { GDK_KEY_F8, "crew.refuse", crew_page_refuse_cb },
  { GDK_KEY_F9, "crew.sign-off", crew_page_sign_off_cb },
};

static void
crew_page_act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].action, name))
      acts[i].act (MH_CREW_PAGE (widget));
}

/* --- the page --- */

static void
crew_page_shown (MhPane *pane)
{
  gtk_widget_child_focus (GTK_WIDGET (pane), GTK_DIR_TAB_FORWARD);
}

static void
crew_page_keep (MhCrewPage *page, MhRecordList **place, const char *route)
{
  mh_pane_keep (MH_PANE (page), place,
                mh_record_list_new (mh_pane_context (MH_PANE (page)), route));
  mh_record_list_set_belongs (*place, crew_page_any, NULL);
  mh_record_list_set_keep (*place, TRUE);
}

static void
crew_page_begin (MhPane *pane)
{
  static const char *const all[] = { "limit", "200", NULL };
  static const char *const open[] = { "open", "true", "limit", "200", NULL };
  MhCrewPage *page = MH_CREW_PAGE (pane);
  crew_page_keep (page, &page->shifts, "crew_shift.list");
  crew_page_keep (page, &page->states, "unit_state.list");
  crew_page_keep (page, &page->missions, "mission.list");
  MhRecordList *const lists[] = { page->shifts, page->states, page->missions };
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_signal_connect_object (lists[i], "notify::n-items", G_CALLBACK (crew_page_follow_cb), page,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (lists[i], "notify::n-items", G_CALLBACK (mh_record_list_more),
                               lists[i], G_CONNECT_SWAPPED); /* one's own may be on a later page */
    }
  mh_pane_keep (pane, &page->positions, mh_positions_of (mh_pane_context (pane)));
  g_signal_connect_object (page->positions, "changed", G_CALLBACK (mh_pane_changed), page,
                           G_CONNECT_SWAPPED);

  mh_record_list_set_args (page->shifts, open);
  mh_record_list_set_args (page->states, all);
  mh_record_list_set_args (page->missions, open);
  page->ticks = g_timeout_add_seconds (1, crew_page_tick_cb, page);
  crew_page_follow_cb (page);
}

static void
mh_crew_page_dispose (GObject *object)
{
  MhCrewPage *page = MH_CREW_PAGE (object);
  g_clear_handle_id (&page->ticks, g_source_remove);
  g_clear_object (&page->shift);
  g_clear_object (&page->state);
  g_clear_object (&page->mission);
  G_OBJECT_CLASS (mh_crew_page_parent_class)->dispose (object);
}

static void
mh_crew_page_class_init (MhCrewPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_crew_page_dispose;
  MH_PANE_CLASS (klass)->begin = crew_page_begin;
  MH_PANE_CLASS (klass)->shown = crew_page_shown;

  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("dispatch/crew/mh-crew-page"));
  gtk_widget_class_bind_template_child (widget, MhCrewPage, stack);

  gtk_widget_class_bind_template_callback (widget, crew_page_unit_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_until_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_position_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_has_mission_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_is_free_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_is_asked_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_is_under_way_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_priority_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_place_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_what_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_phone_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_number_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_mission_state_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_steps_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_next_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_service_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_do_next_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_other_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_correct_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_refuse_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_sign_on_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_state_cb);
  gtk_widget_class_bind_template_callback (widget, crew_page_sign_off_cb);
  mh_closures_bind (widget);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      gtk_widget_class_install_action (widget, acts[i].action, NULL, crew_page_act_action);
      gtk_widget_class_add_binding_action (widget, acts[i].key, 0, acts[i].action, NULL);
    }
}

static void
mh_crew_page_init (MhCrewPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_crew_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CREW_PAGE, "context", context, NULL);
}
