/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-burst.h"

#include "client/compat/mh-pace.h"

/* So long a key waits for the next one; what is late on its way here still counts. */
#define HOLD_MS 45
/* So long what the display had not sent yet when it was asked has to arrive. */
#define ARRIVE_MS 10
/* Characters; an identity card's code is the longest that is scanned. */
#define MOST 8192
/* Keys that were let go of and may come by again, from an input method for one. */
#define REMEMBERED 64

typedef struct
{
  GtkWindow *window; /* it owns this */
  MhBurstFunc func;
  GQueue held;     /* GdkEvent: keys that nobody has seen yet */
  GQueue released; /* GdkEvent: keys that were put back and are to pass */
  guint returning; /* how many of them have not come by yet */
  GString *text;
  MhPace pace; /* of the letters, by the events' own times */
  guint down;  /* keycode that is pressed; 0: none */
  guint ender; /* keycode of the Enter that was used up, whose release nobody needs */
  guint timer;
} Burst;

static void
burst_free (gpointer data)
{
  Burst *burst = data;
  g_clear_handle_id (&burst->timer, g_source_remove);
  g_queue_clear_full (&burst->held, (GDestroyNotify)gdk_event_unref);
  g_queue_clear_full (&burst->released, (GDestroyNotify)gdk_event_unref);
  g_string_free (burst->text, TRUE);
  g_free (burst);
}

/* --- holding and letting go --- */

/* Takes the event. It comes by once more, after all that is on its way already. */
static void
burst_put_back (Burst *burst, GdkEvent *event)
{
  gdk_display_put_event (gdk_event_get_display (event), event);
  g_queue_push_tail (&burst->released, event);
  burst->returning++;
  if (g_queue_get_length (&burst->released) > REMEMBERED + burst->returning)
    gdk_event_unref (g_queue_pop_head (&burst->released));
}

static void
burst_forget (Burst *burst)
{
  g_clear_handle_id (&burst->timer, g_source_remove);
  g_string_truncate (burst->text, 0);
  burst->pace = (MhPace){ 0 };
}

static void
burst_let_go (Burst *burst)
{
  GdkEvent *event;
  burst_forget (burst);

  while ((event = g_queue_pop_head (&burst->held)) != NULL)
    burst_put_back (burst, event);
}

/* Shift and its like keep their state true; the letters are gone. */
static void
use_up (Burst *burst)
{
  GdkEvent *event;
  burst_forget (burst);

  while ((event = g_queue_pop_head (&burst->held)) != NULL)
    if (gdk_key_event_is_modifier (event))
      burst_put_back (burst, event);
    else
      gdk_event_unref (event);
}

static gboolean
nothing_came_cb (gpointer data)
{
  Burst *burst = data;
  burst->timer = 0;
  burst_let_go (burst);
  return G_SOURCE_REMOVE;
}

/* Behind the events that wait to be read, however late they are read. */
static void
wait_for (Burst *burst, guint ms, GSourceFunc then_cb)
{
  g_clear_handle_id (&burst->timer, g_source_remove);
  burst->timer = g_timeout_add_full (GDK_PRIORITY_EVENTS + 1, (int)ms, then_cb, burst, NULL);
}

/* Our clock has gone on; the display, which sends the keys, may have stood still meanwhile. Once it
 * has answered, the keys it was late with are read before the time is up. */
static gboolean
held_long_cb (gpointer data)
{
  Burst *burst = data;
  burst->timer = 0;
  gdk_display_sync (gtk_widget_get_display (GTK_WIDGET (burst->window)));
  wait_for (burst, ARRIVE_MS, nothing_came_cb);
  return G_SOURCE_REMOVE;
}

static void
hold (Burst *burst, GdkEvent *event)
{
  g_queue_push_tail (&burst->held, gdk_event_ref (event));
}

/* --- the keys --- */

/* The character of a key, of its Latin letter where the keyboard writes another script: a scanner
 * presses the keys of an English one. 0: it writes nothing. */
static gunichar
burst_letter_of (GdkEvent *event)
{
  GdkModifierType state = gdk_event_get_modifier_state (event);
  gunichar letter = gdk_keyval_to_unicode (gdk_key_event_get_keyval (event));
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint *values = NULL;
  int n = 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0
      || !g_unichar_isprint (letter))
    return 0;

  if (letter > 0x7f)
    gdk_display_map_keycode (gdk_event_get_display (event), gdk_key_event_get_keycode (event),
                             &keys, &values, &n);

  for (int i = 0; i < n; i++)
    {
      gunichar latin = gdk_keyval_to_unicode (values[i]);
      if (keys[i].level == ((state & GDK_SHIFT_MASK) != 0) && latin > 0x20 && latin < 0x7f)
        return latin;
    }

  return letter;
}

static gboolean
burst_is_end (GdkEvent *event)
{
  guint key = gdk_key_event_get_keyval (event);
  return (gdk_event_get_modifier_state (event) & gtk_accelerator_get_default_mod_mask ()) == 0
         && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter
             || key == GDK_KEY_Linefeed || key == GDK_KEY_Tab);
}

/* A letter of a word or of a code: which of both the next keys tell. */
static void
take_letter (Burst *burst, GdkEvent *event, gunichar letter)
{
  guint32 time = gdk_event_get_time (event);
  if (!mh_pace_goes_on (&burst->pace, time) || burst->pace.count >= MOST)
    burst_let_go (burst);

  mh_pace_add (&burst->pace, time);
  hold (burst, event);
  g_string_append_unichar (burst->text, letter);
  wait_for (burst, HOLD_MS, held_long_cb);
}

static gboolean
pressed (Burst *burst, GdkEvent *event)
{
  guint code = gdk_key_event_get_keycode (event);
  gboolean repeated = code == burst->down; /* a key that is kept down */
  gunichar letter = repeated ? 0 : burst_letter_of (event);

  if (gdk_key_event_is_modifier (event))
    {
      if (!g_queue_is_empty (&burst->held))
        hold (burst, event);
      return !g_queue_is_empty (&burst->held);
    }

  burst->down = code;
  if (letter != 0)
    {
      take_letter (burst, event, letter);
      return TRUE;
    }

  if (burst_is_end (event) && mh_pace_is_scan (&burst->pace, gdk_event_get_time (event)))
    {
      g_autofree char *text = g_strdup (burst->text->str);
      if (burst->func (burst->window, text))
        {
          use_up (burst);
          burst->ender = code;
          return TRUE;
        }
    }

  if (g_queue_is_empty (&burst->held) && burst->returning == 0)
    return FALSE;

  hold (burst, event);
  burst_let_go (burst);
  return TRUE;
}

static gboolean
released (Burst *burst, GdkEvent *event)
{
  guint code = gdk_key_event_get_keycode (event);
  gboolean of_ender = code == burst->ender;
  if (code == burst->down)
    burst->down = 0;
  if (of_ender)
    burst->ender = 0;
  else if (!g_queue_is_empty (&burst->held))
    hold (burst, event);
  else if (burst->returning > 0)
    burst_put_back (burst, gdk_event_ref (event));
  else
    return FALSE;

  return TRUE;
}

static gboolean
burst_event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, Burst *burst)
{
  GdkEventType type = gdk_event_get_event_type (event);
  if (type != GDK_KEY_PRESS && type != GDK_KEY_RELEASE)
    return FALSE;

  if (g_queue_find (&burst->released, event) != NULL)
    {
      burst->returning -= burst->returning > 0;
      return FALSE;
    }

  /* what a program sends in a person's stead has no time of its own */
  if (gdk_event_get_time (event) == GDK_CURRENT_TIME)
    return FALSE;

  return type == GDK_KEY_PRESS ? pressed (burst, event) : released (burst, event);
}

/* GTK asks the controller that came last first: a shortcut that was added to the window after this
 * one would act before the letters that are held here are where they belong. */
static void
first_of_all_cb (GtkWidget *window, GtkEventController *keys)
{
  g_object_ref (keys);
  gtk_widget_remove_controller (window, keys);
  gtk_widget_add_controller (window, keys);
}

void
mh_burst_watch (GtkWindow *window, MhBurstFunc func)
{
  g_return_if_fail (GTK_IS_WINDOW (window) && func != NULL);
  Burst *burst = g_new0 (Burst, 1);
  GtkEventController *keys = gtk_event_controller_legacy_new ();

  burst->window = window;
  burst->func = func;
  burst->text = g_string_new (NULL);
  g_queue_init (&burst->held);
  g_queue_init (&burst->released);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "event", G_CALLBACK (burst_event_cb), burst);
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  g_signal_connect_object (window, "realize", G_CALLBACK (first_of_all_cb), keys, 0);
  g_object_set_data_full (G_OBJECT (window), "mh-burst", burst, burst_free);
}

static gboolean
burst_ignore (GtkWindow *window, const char *text)
{
  return g_utf8_strlen (text, -1) >= MH_BURST_CODE && !mh_burst_types_text (window);
}

void
mh_burst_ignore (GtkWindow *window)
{
  mh_burst_watch (window, burst_ignore);
}

gboolean
mh_burst_types_text (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_NUMBER;
  if (GTK_IS_TEXT_VIEW (focus) && gtk_text_view_get_editable (GTK_TEXT_VIEW (focus)))
    purpose = gtk_text_view_get_input_purpose (GTK_TEXT_VIEW (focus));
  else if (GTK_IS_TEXT (focus) && gtk_editable_get_editable (GTK_EDITABLE (focus)))
    purpose = gtk_text_get_input_purpose (GTK_TEXT (focus));
  for (GtkWidget *at = focus; at != NULL; at = gtk_widget_get_parent (at))
    if (GTK_IS_SPIN_BUTTON (at) || gtk_widget_has_css_class (at, "mh-results"))
      return FALSE;
  return purpose != GTK_INPUT_PURPOSE_NUMBER && purpose != GTK_INPUT_PURPOSE_DIGITS
         && purpose != GTK_INPUT_PURPOSE_PHONE && purpose != GTK_INPUT_PURPOSE_PIN;
}
