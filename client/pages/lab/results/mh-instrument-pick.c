/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-instrument-pick.h"

#include "client/widgets/base/mh-shell.h"
#include "shared/records/lab/mh-result.h"

#include <glib/gi18n-lib.h>

#define INSTRUMENT_KEY "instruments"
#define WHO_KEY "instruments-of"

struct _MhInstrumentPick
{
  MhPane parent_instance;
  MhRecord *row;
  GtkDropDown *choice;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (MhInstrumentPick, mh_instrument_pick, MH_TYPE_PANE)

enum
{
  PICKED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* --- remembering --- */

/* Did @who choose what is remembered? What somebody else said is nothing that @who has said. */
static gboolean
mh_instrument_pick_is_of (GSettings *settings, const char *who)
{
  g_autofree char *by = g_settings_get_string (settings, WHO_KEY);
  return who != NULL && *who != 0 && g_str_equal (by, who);
}

char *
mh_instrument_pick_remembered (MhRecord *row, const char *who)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autoptr (GVariant) all = settings != NULL && mh_instrument_pick_is_of (settings, who)
                                 ? g_settings_get_value (settings, INSTRUMENT_KEY)
                                 : NULL;
  const char *const *codes = mh_record_list (row, MH_RESULT_ROW_INSTRUMENTS);
  const char *bench = mh_record_text (row, MH_RESULT_ROW_BENCH);
  const char *code = NULL;
  if (all == NULL || bench == NULL || codes == NULL || !g_variant_lookup (all, bench, "&s", &code)
      || !g_strv_contains (codes, code))
    return NULL;
  return g_strdup (code);
}

void
mh_instrument_pick_remember (const char *who, const char *bench, const char *code)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  if (settings == NULL || who == NULL)
    return;

  GVariantBuilder builder;
  GVariantIter iter;
  const char *key, *value;
  gboolean own = mh_instrument_pick_is_of (settings, who);
  g_autoptr (GVariant) before = g_settings_get_value (settings, INSTRUMENT_KEY);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, before);
  while (own && g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (!g_str_equal (key, bench))
      g_variant_builder_add (&builder, "{ss}", key, value);
  g_variant_builder_add (&builder, "{ss}", bench, code);
  g_settings_set_value (settings, INSTRUMENT_KEY, g_variant_builder_end (&builder));
  g_settings_set_string (settings, WHO_KEY, who);
}

/* --- asking --- */

static const char *
mh_instrument_pick_who (MhInstrumentPick *pick)
{
  MhContext *context = mh_pane_context (MH_PANE (pick));
  return context != NULL ? mh_context_username (context) : NULL;
}

/* The first of the list stands for "nobody said". */
static void
mh_instrument_pick_chosen_cb (MhInstrumentPick *pick)
{
  guint at = gtk_drop_down_get_selected (pick->choice);
  const char *const *codes
      = pick->row != NULL ? mh_record_list (pick->row, MH_RESULT_ROW_INSTRUMENTS) : NULL;
  const char *bench = pick->row != NULL ? mh_record_text (pick->row, MH_RESULT_ROW_BENCH) : NULL;
  if (pick->filling || codes == NULL || bench == NULL || at == 0
      || at > g_strv_length ((char **)codes))
    return;
  g_autofree char *code = g_strdup (codes[at - 1]);
  mh_instrument_pick_remember (mh_instrument_pick_who (pick), bench, code);
  g_signal_emit (pick, signals[PICKED], 0, bench, code);
}

static GtkStringList *
mh_instrument_pick_words (MhRecord *row)
{
  const char *const *codes = mh_record_list (row, MH_RESULT_ROW_INSTRUMENTS);
  const char *const *names = mh_record_list (row, MH_RESULT_ROW_INSTRUMENT_NAMES);
  GtkStringList *words = gtk_string_list_new (NULL);

  gtk_string_list_append (words, _ ("Not stated"));
  for (guint i = 0; codes[i] != NULL; i++)
    {
      gboolean by_hand = g_str_equal (codes[i], MH_INSTRUMENT_BY_HAND);
      gtk_string_list_append (words, by_hand                             ? _ ("By hand")
                                     : names != NULL && names[i] != NULL ? names[i]
                                                                         : codes[i]);
    }

  return words;
}

void
mh_instrument_pick_show (MhInstrumentPick *pick, MhRecord *row)
{
  const char *const *codes = row != NULL ? mh_record_list (row, MH_RESULT_ROW_INSTRUMENTS) : NULL;
  gboolean any = codes != NULL && codes[0] != NULL && codes[1] != NULL;
  gtk_widget_set_visible (GTK_WIDGET (pick), any);
  g_clear_object (&pick->row);
  if (!any)
    return;

  pick->row = g_object_ref (row);

  g_autofree char *remembered = mh_instrument_pick_remembered (row, mh_instrument_pick_who (pick));
  const char *said = mh_record_has (row, MH_RESULT_ROW_INSTRUMENT)
                         ? mh_record_text (row, MH_RESULT_ROW_INSTRUMENT)
                         : remembered;
  g_autoptr (GtkStringList) words = mh_instrument_pick_words (row);
  guint selected = 0;

  for (guint i = 0; codes[i] != NULL; i++)
    if (g_strcmp0 (codes[i], said) == 0)
      selected = i + 1;

  pick->filling = TRUE;
  gtk_drop_down_set_model (pick->choice, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (pick->choice, selected);
  pick->filling = FALSE;
}

/* --- making it --- */

static void
mh_instrument_pick_finalize (GObject *object)
{
  g_clear_object (&MH_INSTRUMENT_PICK (object)->row);
  G_OBJECT_CLASS (mh_instrument_pick_parent_class)->finalize (object);
}

static void
mh_instrument_pick_class_init (MhInstrumentPickClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_instrument_pick_finalize;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/results/mh-instrument-pick"));
  gtk_widget_class_bind_template_child (widget, MhInstrumentPick, choice);
  gtk_widget_class_bind_template_callback (widget, mh_instrument_pick_chosen_cb);
}

static void
mh_instrument_pick_init (MhInstrumentPick *pick)
{
  gtk_widget_init_template (GTK_WIDGET (pick));
  gtk_widget_set_visible (GTK_WIDGET (pick), FALSE);
}
