/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/mh-reasons.h"

#include "client/widgets/base/mh-refusal.h"

#include <glib/gi18n-lib.h>

#define PAUSE_S 1.5 /* after it letters begin another word */

typedef struct
{
  GPtrArray *codes; /* of MhCode, borrowed, as the rows; NULL: the row of mh_reasons_clear() */
  GString *typed;
  GTimer *pause;
} Reasons;

static void
mh_reasons_free (gpointer data)
{
  Reasons *reasons = data;
  g_ptr_array_unref (reasons->codes);
  g_string_free (reasons->typed, TRUE);
  g_timer_destroy (reasons->pause);
  g_free (reasons);
}

static const char *
mh_reasons_word (const MhCode *code)
{
  return g_dgettext (GETTEXT_PACKAGE, code->label);
}

/* --- letters --- */

/* Does one of the words of @text begin so? 2: the first one does. */
static int
mh_reasons_fits (const char *text, const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *begin = g_utf8_casefold (typed, -1);
  if (g_str_has_prefix (folded, begin))
    return 2;
  g_autofree char *inside = g_strconcat (" ", begin, NULL);
  return strstr (folded, inside) != NULL;
}

static gboolean
mh_reasons_find (GtkDropDown *choice, Reasons *reasons)
{
  int best = 0;
  for (guint i = 0; i < reasons->codes->len; i++)
    {
      const MhCode *code = g_ptr_array_index (reasons->codes, i);
      int fits = code != NULL ? mh_reasons_fits (mh_reasons_word (code), reasons->typed->str) : 0;
      if (fits <= best)
        continue;
      best = fits;
      gtk_drop_down_set_selected (choice, i);
    }
  return best > 0;
}

/* Its list is: that has its own keys. */
static gboolean
mh_reasons_is_open (GtkWidget *choice)
{
  GtkWidget *button = gtk_widget_get_first_child (choice);
  return GTK_IS_TOGGLE_BUTTON (button) && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

static gboolean
mh_reasons_key_cb (GtkEventControllerKey *controller,
                   guint key,
                   guint code,
                   GdkModifierType state,
                   Reasons *reasons)
{
  GtkWidget *choice = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gunichar letter = gdk_keyval_to_unicode (key);
  gboolean goes_on = reasons->typed->len > 0 && g_timer_elapsed (reasons->pause, NULL) < PAUSE_S;
  if (mh_reasons_is_open (choice) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0
      || !(g_unichar_isalnum (letter) || (letter == ' ' && goes_on)))
    return FALSE;

  if (!goes_on)
    g_string_truncate (reasons->typed, 0);
  g_string_append_unichar (reasons->typed, letter);
  g_timer_start (reasons->pause);
  if (!mh_reasons_find (GTK_DROP_DOWN (choice), reasons))
    gtk_widget_error_bell (choice);
  return TRUE;
}

/* Who comes back begins another word, however soon: another reason is looked for. */
static void
mh_reasons_entered_cb (GtkEventControllerFocus *controller, Reasons *reasons)
{
  g_string_truncate (reasons->typed, 0);
}

/* --- choosing --- */

/* What GTK writes where nothing is chosen reads as an answer: "(None)". */
static void
mh_reasons_ask (GtkWidget *widget)
{
  if (GTK_IS_STACK (widget))
    {
      GtkWidget *empty = gtk_stack_get_child_by_name (GTK_STACK (widget), "empty");
      if (GTK_IS_LABEL (empty))
        gtk_label_set_text (GTK_LABEL (empty), _ ("Choose…"));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    mh_reasons_ask (child);
}

static Reasons *
mh_reasons_of (GtkDropDown *choice)
{
  Reasons *reasons = g_object_get_data (G_OBJECT (choice), "mh-reasons");
  if (reasons != NULL)
    return reasons;

  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  reasons = g_new0 (Reasons, 1);
  reasons->codes = g_ptr_array_new ();
  reasons->typed = g_string_new (NULL);
  reasons->pause = g_timer_new ();
  g_object_set_data_full (G_OBJECT (choice), "mh-reasons", reasons, mh_reasons_free);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (mh_reasons_key_cb), reasons);
  gtk_widget_add_controller (GTK_WIDGET (choice), keys);
  g_signal_connect (focus, "enter", G_CALLBACK (mh_reasons_entered_cb), reasons);
  gtk_widget_add_controller (GTK_WIDGET (choice), focus);
  mh_reasons_ask (GTK_WIDGET (choice));

  return reasons;
}

void
mh_reasons_clear (GtkDropDown *choice)
{
  Reasons *reasons = mh_reasons_of (choice);
  const char *const none[] = { _ ("Choose…"), NULL };
  gtk_drop_down_set_selected (choice, GTK_INVALID_LIST_POSITION);
  guint at = gtk_drop_down_get_selected (choice);

  if (at >= reasons->codes->len)
    return;

  /* a newer GTK (4.18) always has a row chosen: one that is no answer */
  if (g_ptr_array_index (reasons->codes, 0) != NULL)
    {
      g_ptr_array_insert (reasons->codes, 0, NULL);
      gtk_string_list_splice (GTK_STRING_LIST (gtk_drop_down_get_model (choice)), 0, 0, none);
    }

  gtk_drop_down_set_selected (choice, 0);
}

void
mh_reasons_fill_fitting (GtkDropDown *choice,
                         const MhCode *codes,
                         gboolean (*fits) (const MhCode *code, gconstpointer data),
                         gconstpointer data)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  Reasons *reasons = mh_reasons_of (choice);
  g_ptr_array_set_size (reasons->codes, 0);
  for (; codes->code != NULL; codes++)
    if (fits == NULL || fits (codes, data))
      {
        g_ptr_array_add (reasons->codes, (gpointer)codes);
        gtk_string_list_append (words, mh_reasons_word (codes));
      }
  gtk_drop_down_set_model (choice, G_LIST_MODEL (words));
  mh_reasons_clear (choice);
}

void
mh_reasons_fill (GtkDropDown *choice, const MhCode *codes)
{
  mh_reasons_fill_fitting (choice, codes, NULL, NULL);
}

void
mh_reasons_choose (GtkDropDown *choice, const char *code)
{
  Reasons *reasons = mh_reasons_of (choice);
  for (guint i = 0; i < reasons->codes->len; i++)
    {
      const MhCode *row = g_ptr_array_index (reasons->codes, i);
      if (row != NULL && g_strcmp0 (row->code, code) == 0)
        gtk_drop_down_set_selected (choice, i);
    }
}

const char *
mh_reasons_peek (GtkDropDown *choice)
{
  Reasons *reasons = mh_reasons_of (choice);
  guint at = gtk_drop_down_get_selected (choice);
  const MhCode *code = at < reasons->codes->len ? g_ptr_array_index (reasons->codes, at) : NULL;
  return code != NULL ? code->code : NULL;
}

const char *
mh_reasons_want (GtkDropDown *choice, GtkLabel *problem, const char *words)
{
  const char *code = mh_reasons_peek (choice);
  if (code == NULL)
    mh_refusal_say (GTK_WIDGET (choice), words, problem);
  return code;
}

const char *
mh_reasons_get (GtkDropDown *choice, GtkLabel *problem)
{
  return mh_reasons_want (choice, problem, _ ("Choose a reason."));
}
