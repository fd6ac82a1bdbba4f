/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-say.h"

#include "client/pages/dispatch/calls/mh-call-words.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-wrap.h"

#include <glib/gi18n-lib.h>

/* One step of one block. */
typedef struct
{
  const MhProtocolBlock *block;
  guint step;
} Line;

struct _MhCallSay
{
  MhPane parent_instance;
  GArray *lines; /* Line, in the order in which they are read */
  guint now;     /* of the line that is read */
  guint beats;   /* of the metronome since it was started */
  guint timer;   /* of the metronome; 0: it is silent */
  int rhythm;    /* beats in a minute of what is said; 0: none */
  GtkWidget *all;
};

G_DEFINE_FINAL_TYPE (MhCallSay, mh_call_say, MH_TYPE_PANE)

static const Line *
call_say_line (MhCallSay *say, guint i)
{
  return &g_array_index (say->lines, Line, i);
}

static const char *
call_say_words (const Line *line)
{
  return line->block->steps[line->step];
}

/* --- what the template asks --- */

static gboolean
call_say_reads_cb (MhCallSay *say)
{
  return say->lines->len > 0;
}

static char *
call_say_words_cb (MhCallSay *say)
{
  return say->lines->len > 0 ? g_strdup (call_say_words (call_say_line (say, say->now))) : NULL;
}

static char *
call_say_place_cb (MhCallSay *say)
{
  return g_strdup_printf (_ ("Step %u of %u"), say->now + 1, say->lines->len);
}

static gboolean
call_say_has_before_cb (MhCallSay *say)
{
  return say->now > 0;
}

static gboolean
call_say_has_after_cb (MhCallSay *say)
{
  return say->now + 1 < say->lines->len;
}

static gboolean
call_say_has_rhythm_cb (MhCallSay *say)
{
  return say->rhythm > 0;
}

static char *
call_say_count_cb (MhCallSay *say)
{
  if (say->timer == 0)
    return NULL;
  return g_strdup_printf (say->beats % 2 == 0 ? "○ %u" : "● %u", say->beats);
}

static char *
call_say_beat_words_cb (MhCallSay *say)
{
  return g_strdup (say->timer != 0 ? _ ("Stop the _metronome") : _ ("_Metronome"));
}

/* --- the metronome --- */

static void
call_say_silence (MhCallSay *say)
{
  g_clear_handle_id (&say->timer, g_source_remove);
  say->beats = 0;
}

static gboolean
call_say_beat_cb (gpointer data)
{
  MhCallSay *say = data;
  say->beats++;
  gdk_display_beep (gtk_widget_get_display (GTK_WIDGET (say)));
  mh_pane_changed (MH_PANE (say));
  return G_SOURCE_CONTINUE;
}

void
mh_call_say_beat (MhCallSay *say)
{
  if (say->timer != 0)
    call_say_silence (say);
  else if (say->rhythm > 0)
    say->timer = g_timeout_add ((guint)(60000 / say->rhythm), call_say_beat_cb, say);
  mh_pane_changed (MH_PANE (say));
}

/* --- the steps --- */

static void
call_say_tell (MhCallSay *say)
{
  mh_box_clear (say->all);
  for (guint i = 0; i < say->lines->len; i++)
    {
      g_autofree char *words
          = g_strdup_printf ("%u. %s", i + 1, call_say_words (call_say_line (say, i)));
      mh_box_append (say->all, mh_call_line (words, i == say->now ? "heading" : "dim-label"));
    }
  mh_pane_changed (MH_PANE (say));
}

/* Where @line stands now; 0, the beginning: nowhere any more. */
static guint
call_say_find (MhCallSay *say, const Line *line)
{
  for (guint i = 0; i < say->lines->len; i++)
    if (call_say_line (say, i)->block == line->block && call_say_line (say, i)->step == line->step)
      return i;
  return 0;
}

void
mh_call_say_show (MhCallSay *say, const MhInterview *interview)
{
  const Line before = say->lines->len > 0 ? *call_say_line (say, say->now) : (Line){ NULL, 0 };
  int rhythm = 0;
  g_array_set_size (say->lines, 0);
  for (guint i = 0; i < interview->say->len; i++)
    {
      const MhProtocolBlock *block = g_ptr_array_index (interview->say, i);
      rhythm = rhythm > 0 ? rhythm : block->per_minute;
      for (guint step = 0; block->steps[step] != NULL; step++)
        {
          const Line line = { block, step };
          g_array_append_val (say->lines, line);
        }
    }

  say->now = call_say_find (say, &before);
  if (rhythm != say->rhythm)
    call_say_silence (say);
  say->rhythm = rhythm;
  call_say_tell (say);
}

void
mh_call_say_step (MhCallSay *say, int by)
{
  const gint64 to = (gint64)say->now + by;
  if (to < 0 || to >= say->lines->len)
    return;
  say->now = (guint)to;
  call_say_tell (say);
}

static void
call_say_next_cb (MhCallSay *say)
{
  mh_call_say_step (say, 1);
}

static void
call_say_back_cb (MhCallSay *say)
{
  mh_call_say_step (say, -1);
}

static void
call_say_beat_clicked_cb (MhCallSay *say)
{
  mh_call_say_beat (say);
}

/* --- the pane --- */

static void
mh_call_say_dispose (GObject *object)
{
  call_say_silence (MH_CALL_SAY (object));
  G_OBJECT_CLASS (mh_call_say_parent_class)->dispose (object);
}

static void
mh_call_say_finalize (GObject *object)
{
  g_array_unref (MH_CALL_SAY (object)->lines);
  G_OBJECT_CLASS (mh_call_say_parent_class)->finalize (object);
}

static void
mh_call_say_class_init (MhCallSayClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_call_say_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_call_say_finalize;
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("dispatch/calls/mh-call-say"));
  gtk_widget_class_bind_template_child (widget, MhCallSay, all);
  gtk_widget_class_bind_template_callback (widget, call_say_reads_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_words_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_place_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_has_before_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_has_after_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_has_rhythm_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_count_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_beat_words_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_next_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_back_cb);
  gtk_widget_class_bind_template_callback (widget, call_say_beat_clicked_cb);
}

static void
mh_call_say_init (MhCallSay *say)
{
  say->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  gtk_widget_init_template (GTK_WIDGET (say));
}
