/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-form-draft.h"

#include <string.h>

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-json.h"

#define LONGEST_CODE 20

MhDraftRow *
mh_draft_row_new (MhDraftKind kind)
{
  MhDraftRow *row = g_new0 (MhDraftRow, 1);
  row->kind = kind;
  for (guint i = 0; i < MH_DRAFT_N_TEXTS; i++)
    row->texts[i] = g_strdup ("");
  return row;
}

void
mh_draft_row_free (MhDraftRow *row)
{
  for (guint i = 0; i < MH_DRAFT_N_TEXTS; i++)
    g_free (row->texts[i]);
  g_free (row);
}

void
mh_draft_row_set (MhDraftRow *row, MhDraftText which, const char *text)
{
  char *copy = g_strdup (text != NULL ? text : "");
  g_free (row->texts[which]);
  row->texts[which] = copy;
}

static void
form_draft_row_free (gpointer data)
{
  mh_draft_row_free (data);
}

/* --- codes --- */

/* "Came in a wheelchair" gives CAME_IN_A_WHEELCHAIR; what has no Latin letter gives "". */
static char *
form_draft_code_of (const char *label, gboolean lower)
{
  GString *code = g_string_new (NULL);
  for (const char *at = label; *at != 0 && code->len < LONGEST_CODE; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (code, lower ? g_ascii_tolower (*at) : g_ascii_toupper (*at));
    else if (code->len > 0 && code->str[code->len - 1] != '_' && *at == ' ')
      g_string_append_c (code, '_');
  while (code->len > 0 && code->str[code->len - 1] == '_')
    g_string_truncate (code, code->len - 1);
  if (!lower && code->len > 0 && !g_ascii_isalpha (code->str[0]))
    g_string_prepend (code, "Q_");
  return g_string_free (code, FALSE);
}

static gboolean
form_draft_is_taken (GPtrArray *rows, guint index, const char *code)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const MhDraftRow *row = g_ptr_array_index (rows, i);
      if (i == index || row->kind == MH_DRAFT_SECTION)
        continue;
      /* a row without a code of its own yields to those that have one, and to those above */
      g_autofree char *other = *row->texts[MH_DRAFT_CODE] != 0
                                   ? g_strdup (row->texts[MH_DRAFT_CODE])
                               : i < index ? mh_form_draft_code (rows, i)
                                           : NULL;
      if (g_strcmp0 (other, code) == 0)
        return TRUE;
    }

  return FALSE;
}

char *
mh_form_draft_code (GPtrArray *rows, guint index)
{
  const MhDraftRow *row = g_ptr_array_index (rows, index);
  if (*row->texts[MH_DRAFT_CODE] != 0)
    return g_strdup (row->texts[MH_DRAFT_CODE]);

  g_autofree char *made = form_draft_code_of (row->texts[MH_DRAFT_LABEL], FALSE);
  const char *stem = *made != 0 ? made : "Q";
  if (*made != 0 && !form_draft_is_taken (rows, index, made))
    return g_strdup (made);

  for (guint n = *made != 0 ? 2 : 1;; n++)
    {
      char *code = g_strdup_printf ("%s%s%u", stem, *made != 0 ? "_" : "", n);
      if (!form_draft_is_taken (rows, index, code))
        return code;
      g_free (code);
    }
}

/* --- from a definition --- */

static char *
form_draft_plain_number (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup (g_ascii_formatd (digits, sizeof digits, "%.12g", value));
}

static char *
form_draft_choices_text (GPtrArray *choices)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < choices->len; i++)
    {
      const MhFormChoice *choice = g_ptr_array_index (choices, i);
      g_autofree char *made = form_draft_code_of (choice->label, TRUE);
      g_autofree char *points = form_draft_plain_number (choice->points);
      if (i > 0)
        g_string_append_c (text, '\n');
      if (!g_str_equal (made, choice->code))
        g_string_append_printf (text, "%s: ", choice->code);
      g_string_append (text, choice->label);
      if (choice->points != 0)
        g_string_append_printf (text, " = %s", points);
    }

  return g_string_free (text, FALSE);
}

static MhDraftRow *
read_question (const MhFormField *field)
{
  MhDraftRow *row = mh_draft_row_new (MH_DRAFT_QUESTION);
  g_autofree char *choices = form_draft_choices_text (field->choices);
  g_autofree char *show = field->show_field != NULL
                              ? g_strdup_printf ("%s = %s", field->show_field, field->show_is)
                              : NULL;

  row->answer = field->kind;
  row->required = field->required;
  mh_draft_row_set (row, MH_DRAFT_LABEL, field->label);
  mh_draft_row_set (row, MH_DRAFT_CODE, field->code);
  mh_draft_row_set (row, MH_DRAFT_HELP, field->help);
  mh_draft_row_set (row, MH_DRAFT_UNIT, field->unit);
  mh_draft_row_set (row, MH_DRAFT_LOW, field->low);
  mh_draft_row_set (row, MH_DRAFT_HIGH, field->high);
  mh_draft_row_set (row, MH_DRAFT_CHOICES, choices);
  mh_draft_row_set (row, MH_DRAFT_SHOW, show);

  return row;
}

static MhDraftRow *
form_draft_read_score (const MhFormScore *score)
{
  MhDraftRow *row = mh_draft_row_new (MH_DRAFT_SCORE);
  g_autoptr (GString) bands = g_string_new (NULL);
  for (guint i = 0; i < score->bands->len; i++)
    {
      const MhFormBand *band = g_ptr_array_index (score->bands, i);
      g_autofree char *from = form_draft_plain_number (band->from);
      g_string_append_printf (bands, "%s%s %s", i > 0 ? "\n" : "", from, band->label);
    }

  mh_draft_row_set (row, MH_DRAFT_LABEL, score->label);
  mh_draft_row_set (row, MH_DRAFT_CODE, score->code);
  mh_draft_row_set (row, MH_DRAFT_FORMULA, score->formula);
  mh_draft_row_set (row, MH_DRAFT_BANDS, bands->str);
  return row;
}

GPtrArray *
mh_form_draft_read (MhFormSpec *spec)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (form_draft_row_free);
  for (guint i = 0; i < spec->sections->len; i++)
    {
      const MhFormSection *section = g_ptr_array_index (spec->sections, i);
      MhDraftRow *row = mh_draft_row_new (MH_DRAFT_SECTION);
      mh_draft_row_set (row, MH_DRAFT_LABEL, section->title);
      mh_draft_row_set (row, MH_DRAFT_HELP, section->help);
      g_ptr_array_add (rows, row);
      for (guint k = 0; k < section->fields->len; k++)
        g_ptr_array_add (rows, read_question (g_ptr_array_index (section->fields, k)));
    }

  for (guint i = 0; i < spec->scores->len; i++)
    g_ptr_array_add (rows, form_draft_read_score (g_ptr_array_index (spec->scores, i)));
  return rows;
}

/* --- into a definition --- */

static void
form_draft_put_text (GString *json, const char *name, const char *text)
{
  if (*text != 0)
    mh_json_member_text (json, name, text);
}

/* A JSON number, or nothing for what is none. */
static gboolean
form_draft_put_number (GString *json, const char *name, const char *text)
{
  MhDecimal value;
  if (!mh_decimal_parse (text, &value))
    return FALSE;
  g_autofree char *plain = form_draft_plain_number (mh_decimal_to_double (value));
  mh_json_member_raw (json, name, plain);
  return TRUE;
}

static void
form_draft_put_choice (GString *json, char *line)
{
  char *equals = strrchr (line, '='), *colon = strchr (line, ':');
  MhDecimal points;
  char *label = line;
  g_autofree char *code = NULL;
  char *number = equals != NULL ? g_strstrip (equals + 1) : NULL;

  if (number != NULL && mh_decimal_parse (number, &points))
    *equals = 0;
  else
    number = NULL;

  if (colon != NULL && strcspn (line, " :") == (gsize)(colon - line))
    {
      code = g_strndup (line, (gsize)(colon - line));
      label = colon + 1;
    }

  g_strstrip (label);
  if (code == NULL)
    code = form_draft_code_of (label, TRUE);
  mh_json_open (json, '{');
  mh_json_member_text (json, "code", code);
  mh_json_member_text (json, "label", label);
  if (number != NULL)
    form_draft_put_number (json, "points", number);
  mh_json_close (json, '}');
}

static void
form_draft_put_lines (GString *json,
                      const char *name,
                      const char *text,
                      void (*put) (GString *, char *))
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  mh_json_key (json, name);
  mh_json_open (json, '[');
  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != 0)
      put (json, lines[i]);
  mh_json_close (json, ']');
}

static void
put_show (GString *json, const char *text)
{
  g_auto (GStrv) sides = g_strsplit (text, "=", 2);
  if (*text == 0)
    return;
  mh_json_key (json, "show");
  mh_json_open (json, '{');
  form_draft_put_text (json, "field", g_strstrip (sides[0]));
  form_draft_put_text (json, "is", sides[1] != NULL ? g_strstrip (sides[1]) : "");
  mh_json_close (json, '}');
}

static void
put_question (GString *json, GPtrArray *rows, guint index)
{
  static const char *const kinds[]
      = { "text", "long_text", "number", "yes_no", "choice", "choices", "date", "time" };
  const MhDraftRow *row = g_ptr_array_index (rows, index);
  g_autofree char *code = mh_form_draft_code (rows, index);

  mh_json_open (json, '{');
  mh_json_member_text (json, "code", code);
  form_draft_put_text (json, "label", row->texts[MH_DRAFT_LABEL]);
  mh_json_member_text (json, "kind", kinds[row->answer]);
  if (row->required)
    mh_json_member_bool (json, "required", TRUE);
  form_draft_put_text (json, "help", row->texts[MH_DRAFT_HELP]);
  form_draft_put_text (json, "unit", row->texts[MH_DRAFT_UNIT]);

  if (row->answer == MH_FORM_NUMBER)
    {
      form_draft_put_text (json, "low", row->texts[MH_DRAFT_LOW]);
      form_draft_put_text (json, "high", row->texts[MH_DRAFT_HIGH]);
    }

  if (row->answer == MH_FORM_CHOICE || row->answer == MH_FORM_CHOICES)
    form_draft_put_lines (json, "choices", row->texts[MH_DRAFT_CHOICES], form_draft_put_choice);
  put_show (json, row->texts[MH_DRAFT_SHOW]);
  mh_json_close (json, '}');
}

static void
put_band (GString *json, char *line)
{
  char *space = strchr (line, ' ');
  if (space != NULL)
    *space = 0;
  mh_json_open (json, '{');
  form_draft_put_number (json, "from", line);
  form_draft_put_text (json, "label", space != NULL ? g_strstrip (space + 1) : "");
  mh_json_close (json, '}');
}

static void
form_draft_put_score (GString *json, GPtrArray *rows, guint index)
{
  const MhDraftRow *row = g_ptr_array_index (rows, index);
  g_autofree char *code = mh_form_draft_code (rows, index);
  mh_json_open (json, '{');
  mh_json_member_text (json, "code", code);
  form_draft_put_text (json, "label", row->texts[MH_DRAFT_LABEL]);
  form_draft_put_text (json, "formula", row->texts[MH_DRAFT_FORMULA]);
  if (*row->texts[MH_DRAFT_BANDS] != 0)
    form_draft_put_lines (json, "bands", row->texts[MH_DRAFT_BANDS], put_band);
  mh_json_close (json, '}');
}

static void
begin_section (GString *json, const MhDraftRow *row)
{
  mh_json_open (json, '{');
  form_draft_put_text (json, "title", row != NULL ? row->texts[MH_DRAFT_LABEL] : "");
  form_draft_put_text (json, "help", row != NULL ? row->texts[MH_DRAFT_HELP] : "");
  mh_json_key (json, "fields");
  mh_json_open (json, '[');
}

static void
end_section (GString *json)
{
  mh_json_close (json, ']');
  mh_json_close (json, '}');
}

static void
put_sections (GString *json, GPtrArray *rows)
{
  gboolean inside = FALSE;
  mh_json_key (json, "sections");
  mh_json_open (json, '[');

  for (guint i = 0; i < rows->len; i++)
    {
      const MhDraftRow *row = g_ptr_array_index (rows, i);
      if (row->kind == MH_DRAFT_SCORE)
        continue;
      if (inside && row->kind == MH_DRAFT_SECTION)
        end_section (json);
      if (!inside || row->kind == MH_DRAFT_SECTION)
        begin_section (json, row->kind == MH_DRAFT_SECTION ? row : NULL);
      inside = TRUE;
      if (row->kind == MH_DRAFT_QUESTION)
        put_question (json, rows, i);
    }

  if (inside)
    end_section (json);
  mh_json_close (json, ']');
}

char *
mh_form_draft_json (GPtrArray *rows)
{
  GString *json = g_string_new (NULL);
  guint n_scores = 0;
  mh_json_open (json, '{');
  put_sections (json, rows);

  for (guint i = 0; i < rows->len; i++)
    {
      if (((const MhDraftRow *)g_ptr_array_index (rows, i))->kind != MH_DRAFT_SCORE)
        continue;
      if (n_scores++ == 0)
        {
          mh_json_key (json, "scores");
          mh_json_open (json, '[');
        }
      form_draft_put_score (json, rows, i);
    }

  if (n_scores > 0)
    mh_json_close (json, ']');
  mh_json_close (json, '}');

  return g_string_free (json, FALSE);
}
