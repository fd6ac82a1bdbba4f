/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-catalogue-kinds.h"

#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-reagent.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

/* --- cells --- */

static gboolean
catalogue_kinds_is_true (MhRecord *record, const char *field)
{
  int index = mh_record_type_find (mh_record_type (record), field);
  return index >= 0 && mh_record_bool (record, (guint)index);
}

/* Told by shape and word, never by colour alone. */
static char *
signed_text (MhRecord *record)
{
  return g_strdup (catalogue_kinds_is_true (record, "verified") ? _ ("✓ Signed off")
                                                                : _ ("○ Unsigned"));
}

static const char *
signed_style (MhRecord *record)
{
  return catalogue_kinds_is_true (record, "verified") ? NULL : "mh-soon";
}

char *
mh_catalogue_ages (MhRecord *range)
{
  const char *from = mh_record_text (range, MH_REFERENCE_RANGE_FROM_AGE);
  const char *to = mh_record_text (range, MH_REFERENCE_RANGE_TO_AGE);
  if ((from == NULL || g_str_equal (from, "0d")) && to == NULL)
    return g_strdup (_ ("Any age"));
  g_autofree char *text
      = g_strdup_printf ("%s – %s", from != NULL ? from : "0d", to != NULL ? to : "…");
  return mh_words_figures (text);
}

static char *
catalogue_kinds_kind_text (MhRecord *record)
{
  const char *code = mh_record_text (
      record, (guint)mh_record_type_find (mh_record_type (record), "record_type"));
  const MhRecordType *type = code != NULL ? mh_registry_find (code) : NULL;
  return g_strdup (type != NULL ? g_dgettext (GETTEXT_PACKAGE, type->label) : code);
}

static const char *
finding_style (MhRecord *finding)
{
  return g_strcmp0 (mh_record_text (finding, MH_CATALOGUE_FINDING_SEVERITY), MH_FINDING_ERROR) == 0
             ? "mh-late"
             : "mh-soon";
}

static char *
severity_text (MhRecord *finding)
{
  gboolean error
      = g_strcmp0 (mh_record_text (finding, MH_CATALOGUE_FINDING_SEVERITY), MH_FINDING_ERROR) == 0;
  return g_strdup (error ? _ ("✕ Error") : _ ("! Warning"));
}

static char *
condition_text (MhRecord *rule)
{
  g_autoptr (GString) text = g_string_new (mh_record_text (rule, MH_REFLEX_RULE_ANALYTE));
  g_autofree char *flags = mh_words_value (rule, MH_REFLEX_RULE_FLAGS);
  g_autofree char *comparison = mh_words_value (rule, MH_REFLEX_RULE_OPERATOR);
  if (*flags != 0)
    g_string_append_printf (text, " %s", flags);
  if (*comparison != 0)
    g_string_append_printf (text, " %s %s", comparison,
                            mh_record_text (rule, MH_REFLEX_RULE_VALUE));
  if (mh_record_has (rule, MH_REFLEX_RULE_VALUE_TO))
    g_string_append_printf (text, " – %s", mh_record_text (rule, MH_REFLEX_RULE_VALUE_TO));
  return g_strdup (text->str);
}

static const char *
reflex_style (MhRecord *rule)
{
  return mh_record_bool (rule, MH_REFLEX_RULE_ACTIVE) ? NULL : "dim-label";
}

/* "Low: 11.5 → 12.0; Price: 350.00 → 360.00" */
static char *
changes_text (MhRecord *revision)
{
  const char *json = mh_record_text (revision, MH_CATALOGUE_REVISION_CHANGES);
  const MhRecordType *type
      = mh_registry_find (mh_record_text (revision, MH_CATALOGUE_REVISION_RECORD_TYPE));
  gboolean made
      = g_strcmp0 (mh_record_text (revision, MH_CATALOGUE_REVISION_ACTION), MH_REVISION_CREATED)
        == 0;
  g_autoptr (JsonObject) object = json != NULL ? mh_json_parse_object (json, -1, NULL) : NULL;
  GString *text = g_string_new (NULL);

  if (object == NULL || type == NULL || made)
    return g_string_free (text, FALSE);

  g_autoptr (GList) names = json_object_get_members (object);
  for (GList *at = names; at != NULL; at = at->next)
    {
      int field = mh_record_type_find (type, at->data);
      JsonArray *pair = mh_json_array (object, at->data);
      const char *old = pair != NULL && json_array_get_length (pair) == 2
                            ? json_node_get_string (json_array_get_element (pair, 0))
                            : NULL;
      const char *new = pair != NULL &&json_array_get_length (pair) == 2
                            ? json_node_get_string (json_array_get_element (pair, 1))
                            : NULL;
      g_string_append_printf (text, "%s%s: %s → %s", text->len > 0 ? "; " : "",
                              field >= 0 ? mh_words_label (&type->fields[field])
                                         : (const char *)at->data,
                              old != NULL ? old : "–", new != NULL ? new : "–");
    }

  return g_string_free (text, FALSE);
}

static char *
by_text (MhRecord *revision)
{
  const char *name = mh_record_text (revision, MH_CATALOGUE_REVISION_BY_NAME);
  return g_strdup (name != NULL ? name : _ ("As shipped"));
}

static char *
used_up_text (MhRecord *lot)
{
  return g_strdup (mh_record_int (lot, MH_REAGENT_LOT_QUANTITY) == 0 ? _ ("Empty") : "");
}

#define SIGNED                                                                                     \
  {                                                                                                \
    .title = N_ ("Sign-off"), .text = signed_text, .style = signed_style, .width = 108             \
  }

/* clang-format off */
static const MhTableColumn named_columns[] = {
  { .field = "name", .expand = TRUE, .width = 120 }, { .field = "code", .width = 84 }, SIGNED, { NULL },
};
static const MhTableColumn plain_columns[] = {
  { .field = "name", .expand = TRUE, .width = 120 }, { .field = "code", .width = 100 }, { NULL },
};
static const MhTableColumn rule_columns[] = {
  { .field = "name", .expand = TRUE, .width = 110 }, { .field = "code", .width = 84 }, SIGNED, { NULL },
};
static const MhTableColumn waiting_columns[] = {
  { .field = "code", .width = 84 }, { .title = N_("Kind"), .text = catalogue_kinds_kind_text, .width = 90 }, { .field = "name", .expand = TRUE, .width = 90 }, { NULL },
};
static const MhTableColumn finding_columns[] = {
  { .field = "code", .width = 84 }, { .title = N_("Weight"), .text = severity_text, .style = finding_style, .width = 84 },
  { .field = "message", .expand = TRUE, .width = 120 }, { NULL },
};
static const MhTableColumn range_columns[] = {
  { .title = N_("Age"), .text = mh_catalogue_ages, .width = 90 }, { .field = "kind", .width = 84 }, { .field = "sex", .width = 64 },
  { .field = "low", .width = 56 }, { .field = "high", .width = 56 }, { .field = "pregnancy", .width = 90 },
  { .field = "method", .expand = TRUE, .width = 60 }, SIGNED, { NULL },
};
static const MhTableColumn reflex_columns[] = {
  { .field = "name", .expand = TRUE, .width = 110, .style = reflex_style }, { .title = N_("When"), .text = condition_text, .width = 150 },
  { .field = "add_test", .width = 84 }, SIGNED, { NULL },
};
static const MhTableColumn lot_columns[] = {
  { .field = "lot", .width = 100 }, { .field = "expiry", .width = 100 }, { .field = "quantity", .width = 76 },
  { .title = N_("State"), .text = used_up_text, .width = 70 }, { .field = "received_on", .expand = TRUE, .width = 90 }, { NULL },
};
static const MhTableColumn history_columns[] = {
  { .field = "at", .width = 110 }, { .title = N_("Who"), .text = by_text, .width = 110 }, { .field = "action", .width = 110 },
  { .title = N_("What"), .text = changes_text, .expand = TRUE, .width = 160 }, { .field = "reason", .width = 80 }, { NULL },
};
static const MhTableColumn part_columns[] = {
  { .field = "name", .expand = TRUE, .width = 120 }, { .field = "code", .width = 84 }, { .field = "kind", .width = 90 }, { .field = "unit", .width = 80 }, SIGNED, { NULL },
};

static const MhTableColumn medicine_columns[] = {
  { .field = "name", .expand = TRUE, .width = 120 }, { .field = "strengths", .width = 96 }, { .field = "form", .width = 84 }, SIGNED, { NULL },
};
static const MhTableColumn ingredient_columns[] = {
  { .field = "code", .width = 120, .expand = TRUE }, { .field = "allergy_groups", .width = 120, .expand = TRUE }, SIGNED, { NULL },
};
static const MhTableColumn interaction_columns[] = {
  { .field = "a", .expand = TRUE, .width = 96 }, { .field = "b", .expand = TRUE, .width = 96 }, { .field = "severity", .width = 110 }, SIGNED, { NULL },
};
static const MhTableColumn cross_columns[] = {
  { .field = "from_group", .expand = TRUE, .width = 110 }, { .field = "to_group", .expand = TRUE, .width = 110 }, { .field = "risk", .width = 84 }, SIGNED, { NULL },
};

#define KIOSK_FIELDS \
  "kiosk", "kiosk_name", "kiosk_text", "kiosk_name_hi", "kiosk_text_hi", "kiosk_name_mr", "kiosk_text_mr", "kiosk_name_ur", "kiosk_text_ur"
static const char *const test_fields[] = {
  "code", "name", "short_name", "aliases", "bench", "specimen", "container", "volume_ml", "analytes", "method", "price", "tat_routine", "tat_urgent", "tat_stat",
  "fasting", "fasting_hours", "stability_room", "stability_fridge", "stability_frozen", "label_count", "loinc", "verified_loinc", "hl7_local_code", "tax_exempt", "expected_minutes", "by_hand",
  "instructions", "note", "active", KIOSK_FIELDS, NULL,
};
static const char *const panel_fields[] = {
  "code", "name", "short_name", "tests", "calculated", "price", "fasting", "loinc", "hl7_local_code", "note", "active", KIOSK_FIELDS, NULL,
};
static const char *const analyte_fields[] = {
  "code", "name", "kind", "unit", "ucum", "decimals", "value_set", "plausible_low", "plausible_high", "reportable_low", "reportable_high",
  "delta_mode", "delta_limit", "delta_window_days", "delta_min_interval_hours", "delta_verified", "cvi_percent", "cva_goal_percent", "cv_verified", "titer_prefix", "titer_steps", "titer_significant", "critical_rule", "release_rule", "loinc", "loinc_check", "verified_loinc", "note", "active", NULL,
};
static const char *const container_fields[] = { "code", "name", "colour", "additive", "yields", "draw_order", NULL };
static const char *const reflex_fields[] = {
  "code", "name", "test", "analyte", "flags", "operator", "value", "value_to", "add_test", "priority", "tell", "charged", "note", "active", NULL,
};
static const char *const range_fields[] = {
  "analyte", "kind", "sex", "from_age", "to_age", "pregnancy", "method", "low", "high", "low_open", "high_open", "label", "first_time_only", "sort_order", "source", NULL,
};
static const char *const price_list_fields[] = { "code", "name", "payer", "currency", "valid_from", "valid_until", "is_default", "active", NULL };

#define EDITED MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_CATALOGUE
const MhCatalogueKind mh_catalogue_kinds[] = {
  { { "catalogue-tests", N_("Tests"), &mh_test_type, EDITED, "test.list", "test.create", "test.update", .fresh = N_("New test"), .empty = N_("No tests yet"), .columns = named_columns, .fields = test_fields },
    MH_CATALOGUE_TAB_ANALYTES | MH_CATALOGUE_TAB_REFLEX | MH_CATALOGUE_TAB_PRICES | MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-panels", N_("Panels"), &mh_panel_type, EDITED, "panel.list", "panel.create", "panel.update", .fresh = N_("New panel"), .empty = N_("No panels yet"), .columns = named_columns, .fields = panel_fields },
    MH_CATALOGUE_TAB_PRICES | MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-analytes", N_("Analytes"), &mh_analyte_type, EDITED, "analyte.list", "analyte.create", "analyte.update", .fresh = N_("New analyte"), .empty = N_("No analytes yet"), .columns = named_columns, .fields = analyte_fields },
    MH_CATALOGUE_TAB_RANGES | MH_CATALOGUE_TAB_FORMULA | MH_CATALOGUE_TAB_REFLEX | MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-containers", N_("Containers"), &mh_container_type, EDITED, "container.list", "container.create", "container.update", .fresh = N_("New container"), .empty = N_("No containers yet"), .columns = named_columns, .fields = container_fields },
    MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-reflexes", N_("Reflex rules"), &mh_reflex_rule_type, EDITED, "reflex_rule.list", "reflex_rule.create", "reflex_rule.update", .fresh = N_("New reflex rule"), .empty = N_("No reflex rules yet"), .columns = rule_columns, .fields = reflex_fields },
    MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-reagents", N_("Reagents"), &mh_reagent_type, EDITED, "reagent.list", "reagent.create", "reagent.update", .fresh = N_("New reagent"), .empty = N_("No reagents yet"), .columns = plain_columns },
    MH_CATALOGUE_TAB_LOTS | MH_CATALOGUE_TAB_HISTORY },
  { { "catalogue-prices", N_("Price lists"), &mh_price_list_type, MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_PRICE, "price_list.list", "price_list.create", "price_list.update", .fresh = N_("New price list"), .empty = N_("No price lists yet"), .columns = plain_columns, .fields = price_list_fields },
    MH_CATALOGUE_TAB_PRICES | MH_CATALOGUE_TAB_HISTORY },
  { { "catalogue-medicines", N_("Medicines"), &mh_medicine_type, EDITED, "medicine.list", "medicine.create", "medicine.update", .fresh = N_("New medicine"), .empty = N_("No medicines yet"), .columns = medicine_columns },
    MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-ingredients", N_("Ingredients"), &mh_drug_ingredient_type, EDITED, "drug_ingredient.list", "drug_ingredient.create", "drug_ingredient.update", .fresh = N_("New ingredient"), .empty = N_("No ingredients yet"), .columns = ingredient_columns },
    MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-interactions", N_("Interactions"), &mh_drug_interaction_type, EDITED, "drug_interaction.list", "drug_interaction.create", "drug_interaction.update", .fresh = N_("New interaction"), .empty = N_("No interactions yet"), .columns = interaction_columns },
    MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-crosses", N_("Cross-reactivity"), &mh_allergy_cross_type, EDITED, "allergy_cross.list", "allergy_cross.create", "allergy_cross.update", .fresh = N_("New cross-reactivity"), .empty = N_("No cross-reactivities yet"), .columns = cross_columns },
    MH_CATALOGUE_TAB_HISTORY | MH_CATALOGUE_TAB_SIGNED },
  { { "catalogue-waiting", N_("Awaiting sign-off"), &mh_catalogue_waiting_type, MH_MAY_READ_CATALOGUE, NULL, "catalogue.waiting", .columns = waiting_columns }, 0 },
  { { "catalogue-findings", N_("Findings"), &mh_catalogue_finding_type, MH_MAY_READ_CATALOGUE, NULL, "catalogue.lint", .columns = finding_columns }, 0 },
  { { NULL }, 0 },
};

const MhAdminKind mh_catalogue_ranges
    = { "catalogue-ranges", N_("Reference ranges"), &mh_reference_range_type, EDITED, "range.list", "range.create", "range.update", .fresh = N_("New reference range"), .columns = range_columns, .fields = range_fields };
const MhAdminKind mh_catalogue_reflexes
    = { "catalogue-reflex", N_("Reflex rules"), &mh_reflex_rule_type, EDITED, "reflex_rule.list", "reflex_rule.create", "reflex_rule.update", .fresh = N_("New reflex rule"), .columns = reflex_columns, .fields = reflex_fields };
const MhAdminKind mh_catalogue_lots
    = { "catalogue-lots", N_("Lots"), &mh_reagent_lot_type, MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_REAGENT, "reagent_lot.list", "reagent_lot.receive", "reagent_lot.count", .fresh = N_("New lot"), .columns = lot_columns };
const MhAdminKind mh_catalogue_history
    = { "catalogue-history", N_("History"), &mh_catalogue_revision_type, MH_MAY_READ_CATALOGUE, NULL, "catalogue.history", .columns = history_columns };
const MhAdminKind mh_catalogue_parts
    = { "catalogue-parts", N_("Analytes"), &mh_analyte_type, MH_MAY_READ_CATALOGUE, NULL, "analyte.list", .columns = part_columns };
/* clang-format on */
