/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include "server/ctl/mh-data-file.h"
#include "shared/records/people/mh-patient.h"

struct _MhDemoNames
{
  JsonObject *file;
  int total_weight;
};

MhDemoNames *
mh_demo_names_load (GError **error)
{
  JsonObject *file = mh_data_file_read_json ("names.json", error);
  if (file == NULL)
    return NULL;
  MhDemoNames *names = g_new0 (MhDemoNames, 1);
  JsonArray *regions = mh_json_array (file, "regions");
  names->file = file;
  for (guint i = 0; i < json_array_get_length (regions); i++)
    names->total_weight
        += (int)mh_json_int (json_array_get_object_element (regions, i), "weight", 1);
  return names;
}

void
mh_demo_names_free (MhDemoNames *names)
{
  if (names == NULL)
    return;
  json_object_unref (names->file);
  g_free (names);
}

static JsonObject *
pick_region (MhDemo *demo)
{
  JsonArray *regions = mh_json_array (demo->names->file, "regions");
  int left = mh_demo_int (demo, 0, demo->names->total_weight);
  for (guint i = 0; i < json_array_get_length (regions); i++)
    {
      JsonObject *region = json_array_get_object_element (regions, i);
      left -= (int)mh_json_int (region, "weight", 1);
      if (left < 0)
        return region;
    }
  return json_array_get_object_element (regions, 0);
}

static const char *
pick_text (MhDemo *demo, JsonObject *object, const char *member)
{
  JsonArray *array = mh_json_array (object, member);
  return json_array_get_string_element (
      array, (guint)mh_demo_int (demo, 0, (int)json_array_get_length (array)));
}

static const char *
native_of (JsonObject *region, const char *member, const char *latin)
{
  JsonObject *map = mh_json_object (region, member);
  return map != NULL ? mh_json_text (map, latin) : NULL;
}

static const char *
demo_names_language_of (const char *region)
{
  static const struct
  {
    const char *region, *language;
  } languages[]
      = { { "hindi", "hi" },   { "rajasthani", "hi" }, { "punjabi", "pa" }, { "gujarati", "gu" },
          { "marathi", "mr" }, { "bengali", "bn" },    { "odia", "or" },    { "telugu", "te" },
          { "tamil", "ta" },   { "malayalam", "ml" },  { "kannada", "kn" }, { "urdu", "ur" },
          { "arabic", "ar" },  { "chinese", "zh" },    { "russian", "ru" } };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (languages[i].region, region))
      return languages[i].language;

  return "en";
}

/* Where the region's own order puts the family's name first, the two are written that way in full.
 */
static void
set_native (JsonObject *region,
            gboolean female,
            const char *given,
            const char *family,
            MhDemoName *name)
{
  const char *first
      = native_of (region, female ? "native_given_female" : "native_given_male", given);
  const char *last = native_of (region, "native_family", family);
  if (first == NULL || last == NULL)
    return;
  name->native = g_str_equal (mh_json_text (region, "name_rule"), "family given")
                     ? g_strconcat (last, " ", first, NULL)
                     : g_strconcat (first, " ", last, NULL);
  name->script = mh_json_text (region, "native_script");
}

void
mh_demo_name_make (MhDemo *demo, gboolean female, MhDemoName *out_name)
{
  JsonObject *region = pick_region (demo);
  const char *given = pick_text (demo, region, female ? "given_female" : "given_male");
  const char *family = pick_text (demo, region, "family");
  const char *rule = mh_json_text (region, "name_rule");

  *out_name = (MhDemoName){ .language = demo_names_language_of (mh_json_text (region, "id")) };
  out_name->given = g_strdup (given);
  if (strstr (rule, "Singh") != NULL)
    {
      g_free (out_name->given);
      out_name->given = g_strconcat (given, female ? " Kaur" : " Singh", NULL);
      out_name->family = g_strdup (family);
    }
  else if (g_str_equal (rule, "initial given"))
    out_name->family = g_strndup (family, 1);
  else if (female && strstr (rule, "adds a") != NULL)
    out_name->family = g_strconcat (family, "a", NULL);
  else
    out_name->family = g_strdup (family);

  set_native (region, female, given, family, out_name);
}

void
mh_demo_name_clear (MhDemoName *name)
{
  g_free (name->given);
  g_free (name->family);
  g_free (name->native);
}

static const char *
state_name (MhDemo *demo, const char *code)
{
  JsonArray *states = mh_json_array (demo->names->file, "states");
  for (guint i = 0; i < json_array_get_length (states); i++)
    {
      JsonObject *state = json_array_get_object_element (states, i);
      if (g_strcmp0 (mh_json_text (state, "code"), code) == 0)
        return mh_json_text (state, "name");
    }
  return code;
}

/* "Flat {n}, {b} Apartments" */
static char *
house_line (MhDemo *demo, JsonObject *file)
{
  const char *pattern = pick_text (demo, file, "house_patterns");
  GString *line = g_string_new (pattern);
  g_autofree char *n = g_strdup_printf ("%d", mh_demo_int (demo, 1, 400));
  g_autofree char *m = g_strdup_printf ("%d", mh_demo_int (demo, 1, 30));
  g_string_replace (line, "{n}", n, 0);
  g_string_replace (line, "{m}", m, 0);
  g_string_replace (line, "{b}", pick_text (demo, file, "buildings"), 0);
  g_string_replace (line, "{f}", "the family", 0);
  g_string_append_printf (line, ", %s", pick_text (demo, file, "streets"));
  return g_string_free (line, FALSE);
}

void
mh_demo_address (MhDemo *demo, MhRecord *patient)
{
  JsonObject *file = demo->names->file;
  JsonArray *cities = mh_json_array (file, "cities");

  /* four of five live around the hospital, in the first city */
  guint index = mh_demo_chance (demo, 0.8)
                    ? 0
                    : (guint)mh_demo_int (demo, 0, (int)json_array_get_length (cities));
  JsonObject *city = json_array_get_object_element (cities, index);

  mh_record_take_text (patient, MH_PATIENT_ADDRESS_LINE, house_line (demo, file));
  mh_record_set_text (patient, MH_PATIENT_LOCALITY, pick_text (demo, file, "localities"));
  mh_record_set_text (patient, MH_PATIENT_CITY, mh_json_text (city, "city"));
  mh_record_set_text (patient, MH_PATIENT_DISTRICT, mh_json_text (city, "city"));
  mh_record_set_text (patient, MH_PATIENT_STATE, state_name (demo, mh_json_text (city, "state")));
  mh_record_set_text (patient, MH_PATIENT_COUNTRY, "IN");
  mh_record_take_text (
      patient, MH_PATIENT_PIN,
      g_strdup_printf ("%s%03d", mh_json_text (city, "pin_prefix"), mh_demo_int (demo, 1, 151)));
}

const char *
mh_demo_relation (MhDemo *demo)
{
  return pick_text (demo, demo->names->file, "relations");
}
