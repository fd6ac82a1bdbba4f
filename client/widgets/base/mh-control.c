/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-control.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-pick.h"
#include "client/widgets/form/mh-typed-day.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-day.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TOGGLES_MOST 4

static void
control_told_cb (MhControl *control)
{
  if (!control->showing)
    control->changed (control->row);
}

static void
control_entered_cb (MhControl *control)
{
  control->activated (control->row);
}

/* --- one line --- */

static void
line_show (MhControl *control, MhRecord *record)
{
  g_autofree char *text = control->field->kind == MH_KIND_LIST
                              ? mh_words_value (record, control->index)
                              : mh_record_value_text (record, control->index);
  MhDate date;

  if (mh_field_is_rate (control->field) && mh_record_has (record, control->index))
    {
      g_free (text);
      text = mh_rate_entry (mh_record_int (record, control->index));
    }

  if (control->field->kind == MH_KIND_DATE && text != NULL && mh_date_parse (text, &date))
    {
      /* as one types it */
      g_free (text);
      text = mh_day_typed (date);
    }

  if (control->field->kind == MH_KIND_INSTANT && mh_record_has (record, control->index))
    {
      gint64 at = mh_record_int (record, control->index);
      g_autoptr (GTimeZone) zone = mh_when_zone ();
      g_autofree char *day = mh_day_typed (mh_date_of_instant (at, zone));
      g_autofree char *clock = mh_when_clock (at);
      g_free (text);
      text = g_strdup_printf ("%s %s", day, clock);
    }

  gtk_editable_set_text (GTK_EDITABLE (control->focus), text != NULL ? text : "");
}

/* May be an age, and lies in the past whatever the year's two digits. */
static gboolean
is_birth (const MhField *field)
{
  return g_str_equal (field->name, "birth_date");
}

static gboolean
control_read_date (MhControl *control,
                   MhRecord *record,
                   const char *text,
                   char **out_echo,
                   char **out_complaint)
{
  MhDate date;
  gboolean estimated = FALSE;
  char iso[MH_DATE_LENGTH + 1];
  int flag = mh_record_type_find (mh_record_type (record), "birth_estimated");
  gboolean born = is_birth (control->field);

  if (born ? !mh_date_parse_free (text, mh_when_today (), &date, &estimated, NULL)
           : !mh_typed_day_parse (text, &date))
    {
      *out_complaint
          = g_strdup (born ? _ ("This is not a date of birth. Type it like 29/2/84, 45y or 3 d ago")
                           : mh_typed_day_words ());
      return FALSE;
    }

  mh_date_format (date, iso);
  mh_record_set_text (record, control->index, iso);
  if (flag >= 0 && born)
    mh_record_set_bool (record, (guint)flag, estimated);

  g_autofree char *words = mh_words_of_date (iso);
  g_autofree char *age = mh_words_age_of (date, mh_when_today ());

  /* Translators: a date of birth and the age, known by the age alone */
  *out_echo = estimated ? g_strdup_printf (_ ("about %s (%s)"), words, age) : g_strdup (words);
  return TRUE;
}

/* "23/11/2026 14:30", "14:30" alone: today. FALSE: it is none. */
static gboolean
read_clock (const char *text, MhDate *out_day, int *out_hour, int *out_minute)
{
  const char *space = strrchr (text, ' ');
  const char *clock = space != NULL ? space + 1 : text;
  gboolean estimated = FALSE;
  int length = 0;

  *out_day = mh_when_today ();
  if (sscanf (clock, "%2d:%2d%n", out_hour, out_minute, &length) != 2 || clock[length] != '\0'
      || *out_hour < 0 || *out_hour > 23 || *out_minute < 0 || *out_minute > 59)
    return FALSE;
  if (space == NULL)
    return TRUE;

  g_autofree char *day = g_strndup (text, (gsize)(space - text));
  return mh_date_parse_free (day, mh_when_today (), out_day, &estimated, NULL) && !estimated;
}

/* By the hospital's clocks, as every time on a screen is. */
static gboolean
control_read_instant (MhControl *control,
                      MhRecord *record,
                      const char *text,
                      char **out_echo,
                      char **out_complaint)
{
  MhDate day;
  int hour = 0, minute = 0;
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  g_autoptr (GDateTime) at
      = read_clock (text, &day, &hour, &minute)
            ? g_date_time_new (zone, day.year, day.month, day.day, hour, minute, 0)
            : NULL;

  if (at == NULL)
    {
      *out_complaint = g_strdup (_ ("Type the day and the time like 23/11/2026 14:30"));
      return FALSE;
    }

  gint64 instant = g_date_time_to_unix (at) * MH_SECOND;
  g_autofree char *words = mh_when_day (instant);
  g_autofree char *clock = mh_when_clock (instant);

  mh_record_set_int (record, control->index, instant);
  *out_echo = g_strdup_printf ("%s, %s", words, clock);
  return TRUE;
}

static gboolean
control_read_number (MhControl *control, MhRecord *record, const char *text, char **out_complaint)
{
  gint64 number = 0;
  gboolean rate = mh_field_is_rate (control->field);
  gboolean good = control->field->kind == MH_KIND_MONEY ? mh_money_parse (text, &number)
                  : rate
                      ? mh_rate_parse (text, &number)
                      : g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL);
  if (good)
    mh_record_set_int (record, control->index, number);
  else
    *out_complaint = g_strdup (rate ? mh_words_of_rate () : _ ("This is not a number"));
  return good;
}

static void
control_read_list (MhControl *control, MhRecord *record, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  mh_record_set_null (record, control->index);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      mh_record_add_to_list (record, control->index, parts[i]);
}

static gboolean
line_read (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint)
{
  g_autofree char *typed
      = mh_text_ascii_digits (gtk_editable_get_text (GTK_EDITABLE (control->focus)));
  g_autofree char *text = mh_text_clean (typed);
  MhDecimal decimal;

  if (text == NULL || *text == '\0')
    {
      mh_record_set_null (record, control->index);
      return TRUE;
    }

  if (control->field->kind == MH_KIND_DATE)
    return control_read_date (control, record, text, out_echo, out_complaint);
  if (control->field->kind == MH_KIND_INSTANT)
    return control_read_instant (control, record, text, out_echo, out_complaint);
  if (control->field->kind == MH_KIND_INT || control->field->kind == MH_KIND_MONEY)
    return control_read_number (control, record, text, out_complaint);

  if (control->field->kind == MH_KIND_LIST)
    control_read_list (control, record, text);
  else
    mh_record_set_text (record, control->index, text);

  if (control->field->kind != MH_KIND_DECIMAL || mh_decimal_parse (text, &decimal))
    return TRUE;

  *out_complaint = g_strdup (_ ("This is not a number"));
  return FALSE;
}

static GtkInputPurpose
purpose_of (const MhField *field)
{
  if (g_strcmp0 (field->format, "phone") == 0)
    return GTK_INPUT_PURPOSE_PHONE;
  if (g_strcmp0 (field->format, "email") == 0)
    return GTK_INPUT_PURPOSE_EMAIL;
  return field->kind == MH_KIND_DECIMAL || field->kind == MH_KIND_MONEY
             ? GTK_INPUT_PURPOSE_NUMBER
             : GTK_INPUT_PURPOSE_FREE_FORM;
}

static void
line_make (MhControl *control)
{
  gboolean secret = g_str_has_suffix (control->field->name, "password");
  control->widget = control->focus = secret ? gtk_password_entry_new () : gtk_entry_new ();
  control->show = line_show;
  control->read = line_read;
  if (secret)
    gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (control->focus), TRUE);
  else
    gtk_entry_set_input_purpose (GTK_ENTRY (control->focus), purpose_of (control->field));
  if (control->field->kind == MH_KIND_DATE)
    gtk_entry_set_placeholder_text (GTK_ENTRY (control->focus), is_birth (control->field)
                                                                    ? _ ("29/2/84, 45y, today")
                                                                    : _ ("23/11/2026 or today"));
  if (control->field->kind == MH_KIND_INSTANT)
    gtk_entry_set_placeholder_text (GTK_ENTRY (control->focus), _ ("23/11/2026 14:30"));

  /* Phone and record numbers and addresses read from left to right everywhere. */
  if (control->field->format != NULL)
    gtk_widget_set_direction (
        GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (control->focus))), GTK_TEXT_DIR_LTR);
  if (control->field->kind == MH_KIND_LIST)
    gtk_entry_set_placeholder_text (GTK_ENTRY (control->focus), _ ("Separate by commas"));
  g_signal_connect_swapped (control->focus, "changed", G_CALLBACK (control_told_cb), control);
  g_signal_connect_swapped (control->focus, "activate", G_CALLBACK (control_entered_cb), control);
}

/* --- several lines --- */

static void
text_show (MhControl *control, MhRecord *record)
{
  const char *text = mh_record_text (record, control->index);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control->focus)),
                            text != NULL ? text : "", -1);
}

static gboolean
text_read (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (control->focus));
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  mh_record_set_text (record, control->index, *text != '\0' ? text : NULL);
  return TRUE;
}

static void
text_make (MhControl *control)
{
  control->widget = gtk_scrolled_window_new ();
  control->focus = gtk_text_view_new ();
  control->show = text_show;
  control->read = text_read;
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (control->focus), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (control->focus), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (control->widget), control->focus);
  gtk_widget_set_size_request (control->widget, -1, 72);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control->focus)), "changed",
                            G_CALLBACK (control_told_cb), control);
}

/* --- yes or no --- */

static void
bool_show (MhControl *control, MhRecord *record)
{
  gtk_switch_set_active (GTK_SWITCH (control->focus), mh_record_bool (record, control->index));
}

static gboolean
bool_read (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint)
{
  mh_record_set_bool (record, control->index, gtk_switch_get_active (GTK_SWITCH (control->focus)));
  return TRUE;
}

static void
bool_make (MhControl *control)
{
  control->widget = control->focus = gtk_switch_new ();
  control->show = bool_show;
  control->read = bool_read;
  gtk_widget_set_halign (control->widget, GTK_ALIGN_START);
  g_signal_connect_swapped (control->focus, "notify::active", G_CALLBACK (control_told_cb),
                            control);
}

/* --- one of few: toggles; the code hangs at each --- */

static const char *
control_code_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "code");
}

static void
toggles_show (MhControl *control, MhRecord *record)
{
  const char *code = mh_record_text (record, control->index);
  GtkWidget *button = gtk_widget_get_first_child (control->widget);
  for (; button != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  g_strcmp0 (code, control_code_of (button)) == 0);
}

static gboolean
toggles_read (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint)
{
  const char *code = NULL;
  GtkWidget *button = gtk_widget_get_first_child (control->widget);
  for (; button != NULL; button = gtk_widget_get_next_sibling (button))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
      code = control_code_of (button);
  mh_record_set_text (record, control->index, code);
  return TRUE;
}

static gboolean
begins_with (GtkWidget *button, gunichar letter)
{
  const char *label = gtk_button_get_label (GTK_BUTTON (button));
  return g_unichar_tolower (g_utf8_get_char (label)) == letter;
}

/* From one to its neighbour, where there is one. */
static gboolean
toggles_move (GtkWidget *focus, guint key)
{
  gboolean rtl = gtk_widget_get_direction (focus) == GTK_TEXT_DIR_RTL;
  if (key != GDK_KEY_Left && key != GDK_KEY_Right)
    return FALSE;
  GtkWidget *next = (key == GDK_KEY_Right) != rtl ? gtk_widget_get_next_sibling (focus)
                                                  : gtk_widget_get_prev_sibling (focus);
  return next != NULL && gtk_widget_grab_focus (next);
}

/* Where one must be chosen, a letter takes the choice that begins with it, and Enter the one under
 * the focus when none is taken. What may stay open is chosen with Space alone: a key that was meant
 * for another field must not say that somebody was asked for allergies. Only Enter moves on. */
static gboolean
toggles_key_cb (GtkEventControllerKey *keys,
                guint key,
                guint code,
                GdkModifierType state,
                MhControl *control)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (control->widget));
  gunichar letter = g_unichar_tolower (gdk_keyval_to_unicode (key));
  gboolean enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter, taken = FALSE;
  gboolean required = (control->field->flags & MH_REQUIRED) != 0;
  GtkWidget *button = gtk_widget_get_first_child (control->widget);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && toggles_move (focus, key))
    return TRUE;
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || (!enter && !g_unichar_isalpha (letter)))
    return FALSE;

  for (; button != NULL; button = gtk_widget_get_next_sibling (button))
    {
      taken = taken || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
      if (enter || !required || !begins_with (button, letter))
        continue;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      gtk_widget_grab_focus (button);
      return TRUE;
    }

  if (!enter)
    return FALSE;

  if (required && !taken && GTK_IS_TOGGLE_BUTTON (focus))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (focus), TRUE);
  control_entered_cb (control);

  return TRUE;
}

static void
toggles_make (MhControl *control)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkToggleButton *first = NULL;
  control->widget = g_object_new (MH_TYPE_WRAP, "spacing", 0, "line-spacing", 3, NULL);
  control->show = toggles_show;
  control->read = toggles_read;
  gtk_widget_add_css_class (control->widget, "linked");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (toggles_key_cb), control);
  gtk_widget_add_controller (control->widget, keys);

  for (const MhCode *code = control->field->codes; code->code != NULL; code++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (code->label));
      g_object_set_data (G_OBJECT (button), "code", (gpointer)code->code);
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      gtk_widget_set_hexpand (button, TRUE);
      mh_wrap_append (MH_WRAP (control->widget), button);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (control_told_cb), control);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (control->focus = button);
    }
}

/* --- one of many: a list that drops down --- */

static void
choice_show (MhControl *control, MhRecord *record)
{
  const char *code = mh_record_text (record, control->index);
  guint n = 0;
  for (guint i = 0; code != NULL && control->field->codes[i].code != NULL; i++)
    if (g_str_equal (control->field->codes[i].code, code))
      n = i + 1;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (control->focus), n);
}

static gboolean
choice_read (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint)
{
  guint n = gtk_drop_down_get_selected (GTK_DROP_DOWN (control->focus));
  mh_record_set_text (record, control->index,
                      n > 0 && n != GTK_INVALID_LIST_POSITION ? control->field->codes[n - 1].code
                                                              : NULL);
  return TRUE;
}

static void
choice_make (MhControl *control)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_add (builder, _ ("Not chosen"));
  for (const MhCode *code = control->field->codes; code->code != NULL; code++)
    g_strv_builder_add (builder, _ (code->label));
  g_auto (GStrv) words = g_strv_builder_end (builder);
  control->widget = control->focus = gtk_drop_down_new_from_strings ((const char *const *)words);
  control->show = choice_show;
  control->read = choice_read;
  g_signal_connect_swapped (control->focus, "notify::selected", G_CALLBACK (control_told_cb),
                            control);
}

/* --- several of few: check boxes --- */

static void
checks_show (MhControl *control, MhRecord *record)
{
  const char *const *list = mh_record_list (record, control->index);
  GtkWidget *child = gtk_widget_get_first_child (control->widget);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *box = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (box),
                                   list != NULL && g_strv_contains (list, control_code_of (box)));
    }
}

static gboolean
checks_read (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint)
{
  GtkWidget *child = gtk_widget_get_first_child (control->widget);
  mh_record_set_null (record, control->index);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *box = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));
      if (gtk_check_button_get_active (GTK_CHECK_BUTTON (box)))
        mh_record_add_to_list (record, control->index, control_code_of (box));
    }
  return TRUE;
}

static void
checks_make (MhControl *control)
{
  control->widget = gtk_flow_box_new ();
  control->show = checks_show;
  control->read = checks_read;
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (control->widget), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (control->widget), 3);

  for (const MhCode *code = control->field->codes; code->code != NULL; code++)
    {
      GtkWidget *box = mh_check_button_new (_ (code->label));
      g_object_set_data (G_OBJECT (box), "code", (gpointer)code->code);
      gtk_flow_box_insert (GTK_FLOW_BOX (control->widget), box, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
      g_signal_connect_swapped (box, "toggled", G_CALLBACK (control_told_cb), control);
      if (control->focus == NULL)
        control->focus = box;
    }
}

/* --- another record --- */

/* A record, or the word for none of them. */
static char *
control_display_cb (gpointer item)
{
  if (GTK_IS_STRING_OBJECT (item))
    return g_strdup (gtk_string_object_get_string (item));
  return item != NULL ? mh_record_display (item) : NULL;
}

static void
ref_select_cb (MhControl *control)
{
  GListModel *list = gtk_drop_down_get_model (GTK_DROP_DOWN (control->focus));
  const char *id = g_object_get_data (G_OBJECT (control->focus), "id");
  guint found = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);
      if (g_strcmp0 (MH_IS_RECORD (item) ? mh_record_id (MH_RECORD (item)) : NULL, id) == 0)
        found = i;
    }

  control->showing = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (control->focus), found);
  control->showing = FALSE;
}

static void
ref_show (MhControl *control, MhRecord *record)
{
  g_object_set_data_full (G_OBJECT (control->focus), "id",
                          g_strdup (mh_record_text (record, control->index)), g_free);
  ref_select_cb (control);
}

static gboolean
ref_read (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint)
{
  gpointer chosen = gtk_drop_down_get_selected_item (GTK_DROP_DOWN (control->focus));
  if (chosen == NULL)
    return TRUE;
  const char *id = MH_IS_RECORD (chosen) ? mh_record_id (chosen) : NULL;
  g_object_set_data_full (G_OBJECT (control->focus), "id", g_strdup (id), g_free);
  mh_record_set_text (record, control->index, id);
  return TRUE;
}

/* A drop-down takes the first of what arrives by itself; nobody has chosen that. */
static void
ref_hold_cb (MhControl *control)
{
  control->showing = TRUE;
}

/* What need not be chosen begins with a row for none. */
static GListModel *
ref_rows (MhControl *control, MhRecordList *list)
{
  if ((control->field->flags & MH_REQUIRED) != 0)
    return G_LIST_MODEL (list);
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkStringList) none = gtk_string_list_new (NULL);
  gtk_string_list_append (none, _ ("Not chosen"));
  g_list_store_append (parts, none);
  g_list_store_append (parts, list);
  g_object_unref (list);
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
}

static void
ref_make (MhControl *control, MhContext *context)
{
  const MhField *field = control->field;
  g_autofree char *own
      = field->list == NULL ? g_strconcat (field->target->code, ".list", NULL) : NULL;
  MhRecordList *list = mh_record_list_new (context, own != NULL ? own : field->list);
  GtkExpression *expression = gtk_cclosure_expression_new (
      G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (control_display_cb), NULL, NULL);

  /* before the drop-down hears of it; ref_select() comes after */
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (ref_hold_cb), control);
  control->refs = g_object_ref (G_LIST_MODEL (list));
  control->widget = control->focus = gtk_drop_down_new (ref_rows (control, list), expression);
  control->show = ref_show;
  control->read = ref_read;
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (control->focus), TRUE);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (ref_select_cb), control);
  g_signal_connect_swapped (control->focus, "notify::selected", G_CALLBACK (control_told_cb),
                            control);
  mh_record_list_set_args (list, (const char *[]){ "limit", "200", NULL });
}

/* --- by kind --- */

static guint
n_codes (const MhField *field)
{
  guint n = 0;
  while (field->codes != NULL && field->codes[n].code != NULL)
    n++;
  return n;
}

MhControl *
mh_control_new (MhContext *context,
                const MhRecordType *type,
                guint index,
                gpointer row,
                void (*changed) (gpointer row),
                void (*activated) (gpointer row))
{
  MhControl *control = g_new0 (MhControl, 1);
  const MhField *field = &type->fields[index];
  const MhPickFrom *from = context != NULL ? mh_pick_from (type, field) : NULL;

  *control = (MhControl){
    .field = field, .index = index, .row = row, .changed = changed, .activated = activated
  };
  if (field->kind == MH_KIND_LONG_TEXT || field->kind == MH_KIND_JSON)
    text_make (control);
  else if (field->kind == MH_KIND_BOOL)
    bool_make (control);
  else if (field->kind == MH_KIND_ENUM && n_codes (field) <= TOGGLES_MOST)
    toggles_make (control);
  else if (field->kind == MH_KIND_ENUM)
    choice_make (control);
  else if (field->kind == MH_KIND_LIST && n_codes (field) > 0)
    checks_make (control);
  else if (from != NULL)
    mh_pick_make (control, context, from);
  else if (field->kind == MH_KIND_REF && context != NULL)
    ref_make (control, context);
  else
    line_make (control);

  return control;
}

void
mh_control_free (MhControl *control)
{
  if (control == NULL)
    return;

  if (control->free_own != NULL)
    control->free_own (control->own);
  if (control->refs != NULL)
    g_signal_handlers_disconnect_by_data (control->refs, control);
  g_clear_object (&control->refs);
  if (GTK_IS_TEXT_VIEW (control->focus))
    g_signal_handlers_disconnect_by_data (gtk_text_view_get_buffer (GTK_TEXT_VIEW (control->focus)),
                                          control);
  if (control->focus != NULL)
    g_signal_handlers_disconnect_by_data (control->focus, control);
  g_free (control);
}
