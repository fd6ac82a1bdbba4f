/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-note.h"

#include "shared/base/mh-translation.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* More headings than any form has; the JSON is refused beyond it. */
#define MOST_SECTIONS 40
#define LONGEST_SECTION 20000

/* clang-format off */
const MhCode mh_note_status_codes[] = {
  { MH_NOTE_DRAFT, NS_("Draft") }, { MH_NOTE_SIGNED, NS_("Signed") }, { MH_NOTE_RETRACTED, NS_("Entered in error") }, { NULL },
};
const MhCode mh_note_kind_codes[] = {
  { "consultation", N_("Consultation") }, { "progress", N_("Progress") }, { "admission", N_("Admission") },
  { "discharge", N_("Discharge summary") }, { "procedure", N_("Procedure") }, { "operation", NS_("Operation") },
  { "nursing", N_("Nursing") }, { "telephone", N_("Telephone") }, { "other", NS_("Other") }, { NULL },
};
const MhCode mh_note_cosign_codes[] = {
  { "wanted", N_("Waits for co-signature") }, { "done", N_("Co-signed") }, { NULL },
};

static const MhField section_fields[] = {
  [MH_NOTE_SECTION_TITLE] = { "title", MH_KIND_TEXT, .label = N_("Heading"), .flags = MH_REQUIRED, .max = 120 },
  [MH_NOTE_SECTION_TEXT]  = { "text", MH_KIND_LONG_TEXT, .label = N_("Text"), .flags = MH_SENSITIVE, .max = LONGEST_SECTION },
};
G_STATIC_ASSERT (G_N_ELEMENTS (section_fields) == MH_NOTE_SECTION_N_FIELDS);

static const MhField note_fields[] = {
  MH_COMMON_FIELDS,
  [MH_NOTE_HOSPITAL_ID]    = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_NOTE_PATIENT_ID]     = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX | MH_NO_FORM },
  [MH_NOTE_VISIT_ID]       = { "visit_id", MH_KIND_REF, .label = N_("Visit"), .target = &mh_visit_type, .flags = MH_IMMUTABLE | MH_NO_FORM },
  [MH_NOTE_KIND]           = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_note_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_NOTE_TITLE]          = { "title", MH_KIND_TEXT, .label = N_("Title"), .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF, .max = 160 },
  [MH_NOTE_TEMPLATE]       = { "template", MH_KIND_TEXT, .label = N_("Template"), .flags = MH_NO_FORM, .max = 40, .format = "code" },
  [MH_NOTE_SECTIONS]       = { "sections", MH_KIND_JSON, .label = N_("Sections"), .flags = MH_SENSITIVE | MH_NO_FORM,
    .help = N_("A list of objects with title and text") },
  [MH_NOTE_WRITTEN_AT]     = { "written_at", MH_KIND_INSTANT, .label = N_("Written"), .flags = MH_BRIEF,
    .help = N_("When it was written; the server's time when it is missing or later than that") },
  [MH_NOTE_STATUS]         = { "status", MH_KIND_ENUM, .label = N_("State"), .codes = mh_note_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_NOTE_AUTHOR_ID]      = { "author_id", MH_KIND_REF, .label = N_("Author"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_NOTE_AUTHOR_NAME]    = { "author_name", MH_KIND_TEXT, .label = N_("Author's name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_NOTE_PATIENT_MRN]    = { "patient_mrn", MH_KIND_TEXT, .label = N_("MRN when it was signed"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 24 },
  [MH_NOTE_PATIENT_NAME]   = { "patient_name", MH_KIND_TEXT, .label = N_("Name when it was signed"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 250 },
  [MH_NOTE_SIGN]           = { "sign", MH_KIND_BOOL, .label = N_("Sign now"), .flags = MH_INPUT },
  [MH_NOTE_SIGNED_AT]      = { "signed_at", MH_KIND_INSTANT, .label = N_("Signed"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_NOTE_SIGNED_NAME]    = { "signed_name", MH_KIND_TEXT, .label = N_("Signed by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_NOTE_HASH]           = { "hash", MH_KIND_TEXT, .label = N_("Hash"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 64 },
  [MH_NOTE_NEEDS_COSIGN]   = { "needs_cosign", MH_KIND_BOOL, .label = N_("To be co-signed") },
  [MH_NOTE_COSIGNED_BY]    = { "cosigned_by", MH_KIND_REF, .label = N_("Co-signed by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_NOTE_COSIGNED_NAME]  = { "cosigned_name", MH_KIND_TEXT, .label = N_("Co-signed by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_NOTE_COSIGNED_AT]    = { "cosigned_at", MH_KIND_INSTANT, .label = N_("Co-signed"), .flags = MH_SERVER_SET },
  [MH_NOTE_RETRACTED_AT]   = { "retracted_at", MH_KIND_INSTANT, .label = N_("Marked as wrong"), .flags = MH_SERVER_SET },
  [MH_NOTE_RETRACTED_NAME] = { "retracted_name", MH_KIND_TEXT, .label = N_("Marked by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_NOTE_RETRACT_REASON] = { "retract_reason", MH_KIND_TEXT, .label = N_("Why it is wrong"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = 400 },
  [MH_NOTE_BROKEN]         = { "broken", MH_KIND_BOOL, .label = N_("Does not fit its signature"), .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM },
  [MH_NOTE_N_ADDENDA]      = { "n_addenda", MH_KIND_INT, .label = N_("Addenda"), .flags = MH_SERVER_SET },
  [MH_NOTE_ADDENDA]        = { "addenda", MH_KIND_RECORDS, .label = N_("Addenda"), .target = &mh_note_addendum_type, .flags = MH_SERVER_SET | MH_VIRTUAL | MH_NO_FORM },
};
G_STATIC_ASSERT (G_N_ELEMENTS (note_fields) == MH_NOTE_N_FIELDS);

static const MhField addendum_fields[] = {
  MH_COMMON_FIELDS,
  [MH_NOTE_ADDENDUM_NOTE_ID] = { "note_id", MH_KIND_REF, .label = N_("Note"), .target = &mh_note_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_NOTE_ADDENDUM_TEXT]    = { "text", MH_KIND_LONG_TEXT, .label = N_("Addendum"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 10000 },
  [MH_NOTE_ADDENDUM_AT]      = { "at", MH_KIND_INSTANT, .label = N_("Added"), .flags = MH_SERVER_SET },
  [MH_NOTE_ADDENDUM_BY_ID]   = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_NOTE_ADDENDUM_BY_NAME] = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_NOTE_ADDENDUM_HASH]    = { "hash", MH_KIND_TEXT, .label = N_("Hash"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 64 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (addendum_fields) == MH_NOTE_ADDENDUM_N_FIELDS);

static const MhField retraction_fields[] = {
  [MH_NOTE_RETRACTION_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Why it is wrong"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (retraction_fields) == MH_NOTE_RETRACTION_N_FIELDS);

static const MhField template_fields[] = {
  MH_COMMON_FIELDS,
  [MH_NOTE_TEMPLATE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_NOTE_TEMPLATE_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Short name"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF | MH_SORT, .max = 40, .format = "code" },
  [MH_NOTE_TEMPLATE_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_BRIEF | MH_SEARCH, .max = 120 },
  [MH_NOTE_TEMPLATE_SPECIALTY]   = { "specialty", MH_KIND_TEXT, .label = N_("Specialty"), .flags = MH_BRIEF | MH_SEARCH, .max = 80 },
  [MH_NOTE_TEMPLATE_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_note_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_NOTE_TEMPLATE_SECTIONS]    = { "sections", MH_KIND_LIST, .label = N_("Headings"), .flags = MH_REQUIRED, .max = MOST_SECTIONS,
    .help = N_("In their order. What follows a colon stands below the heading already") },
  [MH_NOTE_TEMPLATE_COSIGN]      = { "cosign", MH_KIND_BOOL, .label = N_("To be co-signed") },
  [MH_NOTE_TEMPLATE_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (template_fields) == MH_NOTE_TEMPLATE_N_FIELDS);
/* clang-format on */

/* --- sections --- */

static JsonArray *
parse_sections (const char *json, JsonParser *parser)
{
  JsonNode *root = json != NULL && json_parser_load_from_data (parser, json, -1, NULL)
                       ? json_parser_get_root (parser)
                       : NULL;
  return root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
}

GPtrArray *
mh_note_sections (MhRecord *note)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *array = parse_sections (mh_record_text (note, MH_NOTE_SECTIONS), parser);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      if (!JSON_NODE_HOLDS_OBJECT (node))
        continue;
      JsonObject *object = json_node_get_object (node);
      MhRecord *section = mh_record_new (&mh_note_section_type);
      mh_record_set_text (section, MH_NOTE_SECTION_TITLE,
                          json_object_get_string_member_with_default (object, "title", ""));
      mh_record_set_text (section, MH_NOTE_SECTION_TEXT,
                          json_object_get_string_member_with_default (object, "text", ""));
      g_ptr_array_add (sections, section);
    }

  return sections;
}

void
mh_note_set_sections (MhRecord *note, GPtrArray *sections)
{
  g_autoptr (GString) json = g_string_new ("[");
  for (guint i = 0; i < sections->len; i++)
    {
      g_autofree char *one = mh_record_to_json (g_ptr_array_index (sections, i), 0);
      g_string_append_printf (json, "%s%s", i > 0 ? "," : "", one);
    }
  g_string_append_c (json, ']');
  mh_record_set_text (note, MH_NOTE_SECTIONS, json->str);
}

GPtrArray *
mh_note_sections_of_template (MhRecord *note_template)
{
  const char *const *lines = mh_record_list (note_template, MH_NOTE_TEMPLATE_SECTIONS);
  GPtrArray *sections = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ":", 2);
      MhRecord *section = mh_record_new (&mh_note_section_type);
      mh_record_set_text (section, MH_NOTE_SECTION_TITLE, g_strstrip (parts[0]));
      mh_record_set_text (section, MH_NOTE_SECTION_TEXT,
                          parts[1] != NULL ? g_strstrip (parts[1]) : "");
      g_ptr_array_add (sections, section);
    }

  return sections;
}

gboolean
mh_note_is_empty (MhRecord *note)
{
  g_autoptr (GPtrArray) sections = mh_note_sections (note);
  for (guint i = 0; i < sections->len; i++)
    {
      const char *text = mh_record_text (g_ptr_array_index (sections, i), MH_NOTE_SECTION_TEXT);
      if (text != NULL && text[strspn (text, " \t\n")] != 0)
        return FALSE;
    }
  return TRUE;
}

/* --- checks --- */

static gboolean
is_section (JsonNode *node)
{
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  JsonObject *object = json_node_get_object (node);
  const char *title = json_object_get_string_member_with_default (object, "title", NULL);
  const char *text = json_object_get_string_member_with_default (object, "text", NULL);
  return json_object_get_size (object) == 2 && title != NULL && text != NULL && title[0] != 0
         && g_utf8_strlen (title, -1) <= 120 && g_utf8_strlen (text, -1) <= LONGEST_SECTION;
}

static void
note_check (MhRecord *note, MhIssues *issues)
{
  const char *json = mh_record_text (note, MH_NOTE_SECTIONS);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *array = parse_sections (json, parser);
  gboolean good = array != NULL && json_array_get_length (array) <= MOST_SECTIONS;
  for (guint i = 0; good && i < json_array_get_length (array); i++)
    good = is_section (json_array_get_element (array, i));
  if (json != NULL && !good)
    mh_issues_add (issues, "sections", "not_sections",
                   "Sections are a list of objects with title and text.");
}

/* A draft is nobody's business but its author's. */
static gboolean
note_is_for (MhRecord *note, const char *user_id, const char *const *rights)
{
  return g_strcmp0 (mh_record_text (note, MH_NOTE_STATUS), MH_NOTE_DRAFT) != 0
         || g_strcmp0 (mh_record_text (note, MH_NOTE_AUTHOR_ID), user_id) == 0;
}

static char *
note_display (MhRecord *note)
{
  return g_strdup (mh_record_text (note, MH_NOTE_TITLE));
}

/* clang-format off */
const MhRecordType mh_note_section_type = {
  .name = "MhNoteSection", .code = "note_section", .label = NS_("Section"),
  .fields = section_fields, .n_fields = G_N_ELEMENTS (section_fields), .flags = MH_TYPE_PATIENT,
};

const MhRecordType mh_note_type = {
  .name = "MhNote", .code = "note", .table = "note", .path = "/notes",
  .label = NS_("Note"), .fields = note_fields, .n_fields = G_N_ELEMENTS (note_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = note_check, .display = note_display, .is_for = note_is_for,
  .hospital = MH_NOTE_HOSPITAL_ID, .patient = MH_NOTE_PATIENT_ID,
};

const MhRecordType mh_note_addendum_type = {
  .name = "MhNoteAddendum", .code = "note_addendum", .table = "note_addendum",
  .label = NS_("Addendum"), .fields = addendum_fields, .n_fields = G_N_ELEMENTS (addendum_fields),
  .flags = MH_TYPE_PART | MH_TYPE_APPEND | MH_TYPE_PATIENT,
};

const MhRecordType mh_note_retraction_type = {
  .name = "MhNoteRetraction", .code = "note_retraction", .label = N_("Note entered in error"),
  .fields = retraction_fields, .n_fields = G_N_ELEMENTS (retraction_fields),
};

const MhRecordType mh_note_template_type = {
  .name = "MhNoteTemplate", .code = "note_template", .table = "note_template", .path = "/note_templates",
  .label = N_("Note template"), .fields = template_fields, .n_fields = G_N_ELEMENTS (template_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_NOTE_TEMPLATE_HOSPITAL_ID, .active = MH_NOTE_TEMPLATE_ACTIVE, .key = MH_NOTE_TEMPLATE_CODE,
};
/* clang-format on */
