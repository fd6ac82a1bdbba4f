/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forms and tables that are made from a record's description, on a virtual screen; every warning is
 * fatal. */
#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/form/mh-form.h"
#include "client/widgets/table/mh-record-table.h"
#include "client/widgets/table/mh-row.h"
#include "shared/record/mh-record-json.h"
#include "shared/record/mh-registry.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/lab/mh-critical.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-patient.h"
#include "tests/client/widget-fixture.h"

/* --- forms --- */

static void
test_form_keeps_what_was_typed (void)
{
  static const char *const fields[] = { "given_name", "birth_date", NULL };
  g_autoptr (MhContext) context = widget_context ();
  g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, &mh_patient_type);
  mh_record_slot_begin (slot, NULL);
  GtkWidget *form = g_object_ref_sink (mh_form_new (slot, fields));
  GtkEditable *name
      = GTK_EDITABLE (mh_field_row_control (mh_form_row (MH_FORM (form), "given_name")));
  GtkEditable *birth
      = GTK_EDITABLE (mh_field_row_control (mh_form_row (MH_FORM (form), "birth_date")));
  g_assert_false (mh_form_check (MH_FORM (form))); /* the name is required */
  gtk_editable_set_text (name, "Asha");
  gtk_editable_set_text (birth, "31/2/84");
  g_assert_cmpstr (gtk_editable_get_text (birth), ==, "31/2/84");
  g_assert_false (mh_form_check (MH_FORM (form)));
  gtk_editable_set_text (birth, "29/2/84");
  g_assert_true (mh_form_check (MH_FORM (form)));
  g_assert_cmpstr (mh_record_text (mh_record_slot_record (slot), MH_PATIENT_BIRTH_DATE), ==,
                   "1984-02-29");
  g_assert_false (mh_record_bool (mh_record_slot_record (slot), MH_PATIENT_BIRTH_ESTIMATED));
  gtk_editable_set_text (birth, "45y");
  g_assert_true (mh_record_bool (mh_record_slot_record (slot), MH_PATIENT_BIRTH_ESTIMATED));
  g_object_unref (form);
}

/* A day with a time, by the hospital's clocks. */
static void
test_form_takes_a_time (void)
{
  static const char *const fields[] = { "at", NULL };
  gint64 midnight = mh_when_midnight ((MhDate){ 2026, 11, 23 });
  g_autoptr (MhContext) context = widget_context ();
  g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, &mh_critical_call_type);
  mh_record_slot_begin (slot, NULL);
  GtkWidget *form = g_object_ref_sink (mh_form_new (slot, fields));
  GtkEditable *at = GTK_EDITABLE (mh_field_row_control (mh_form_row (MH_FORM (form), "at")));
  MhRecord *record = mh_record_slot_record (slot);
  const struct
  {
    const char *typed;
    gint64 instant; /* 0: it is refused */
  } cases[] = {
    { "23/11/2026 14:30", midnight + 14 * MH_HOUR + 30 * MH_MINUTE },
    { "2026-11-23 00:00", midnight },
    { "23/11/2026 23:59", midnight + 24 * MH_HOUR - MH_MINUTE },
    { "23/11/2026 24:00", 0 },
    { "23/11/2026 14:60", 0 },
    { "31/11/2026 14:30", 0 },
    { "23/11/2026", 0 },
    { "14:30 23/11/2026", 0 },
    { "45y 14:30", 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_editable_set_text (at, cases[i].typed);
      g_assert_true (mh_form_check (MH_FORM (form)) == (cases[i].instant != 0));
      if (cases[i].instant != 0)
        g_assert_cmpint (mh_record_int (record, MH_CRITICAL_CALL_AT), ==, cases[i].instant);
      g_assert_cmpstr (gtk_editable_get_text (at), ==, cases[i].typed);
    }
  mh_record_set_int (record, MH_CRITICAL_CALL_AT, cases[2].instant);
  mh_form_refresh (MH_FORM (form));
  g_assert_cmpstr (gtk_editable_get_text (at), ==, cases[2].typed);
  g_object_unref (form);
}

/* What is asked for but not stored has no id among its fields: what stands first is not one. */
static void
test_form_of_a_request (void)
{
  static const char *const fields[] = { "count", "volume_ml", NULL };
  g_autoptr (MhContext) context = widget_context ();
  g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, &mh_aliquoting_type);
  mh_record_slot_begin (slot, NULL);
  g_autofree char *json = mh_record_to_json (mh_record_slot_record (slot), MH_JSON_SKIP_UNSET);
  g_assert_cmpstr (json, ==, "{}");
  GtkWidget *form = g_object_ref_sink (mh_form_new (slot, fields));
  g_object_unref (form);
}

/* A birthday lies behind, what is planned ahead, whatever the two digits of the year; an age is no
 * day to plan for. */
static void
test_form_reads_a_day (void)
{
  static const char *const fields[] = { "from_date", NULL };
  g_autoptr (MhContext) context = widget_context ();
  g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, &mh_waiting_type);
  mh_record_slot_begin (slot, NULL);
  GtkWidget *form = g_object_ref_sink (mh_form_new (slot, fields));
  GtkEditable *from
      = GTK_EDITABLE (mh_field_row_control (mh_form_row (MH_FORM (form), "from_date")));
  int next = mh_when_today ().year + 1;
  g_autofree char *typed = g_strdup_printf ("1.4.%02d", next % 100);
  g_autofree char *read = g_strdup_printf ("%d-04-01", next);
  gtk_editable_set_text (from, typed);
  g_assert_cmpstr (mh_record_text (mh_record_slot_record (slot), MH_WAITING_FROM_DATE), ==, read);
  gtk_editable_set_text (from, "45y");
  g_assert_false (mh_form_check (MH_FORM (form)));
  g_object_unref (form);
}

static GtkColumnView *
view_of (MhRecordTable *table)
{
  GtkWidget *stack = gtk_widget_get_first_child (GTK_WIDGET (table));
  GtkWidget *scroller = gtk_stack_get_visible_child (GTK_STACK (stack));
  return GTK_COLUMN_VIEW (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller)));
}

/* Every field that people fill in has its row, and no other has. */
static void
assert_rows (const MhRecordType *type, MhForm *form)
{
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      gboolean hidden = (field->flags & (MH_NO_FORM | MH_SERVER_SET | MH_SECRET)) != 0;
      gboolean nested = field->kind == MH_KIND_RECORDS || field->kind == MH_KIND_RECORD;
      if ((mh_form_row (form, field->name) != NULL) != (!hidden && !nested))
        g_error ("%s.%s in the default form", type->code, field->name);
    }
}

/* The table of a type without columns of its own: what is brief of it. */
static void
assert_columns (const MhRecordType *type)
{
  guint n = 0;
  g_autoptr (GListStore) store = g_list_store_new (MH_TYPE_RECORD);
  g_autoptr (MhRecord) record = mh_record_new (type);
  g_list_store_append (store, record);
  MhRecordTable *table = g_object_ref_sink (MH_RECORD_TABLE (
      mh_record_table_new ("every", type, NULL, G_LIST_MODEL (store), MH_TABLE_SINGLE)));
  GListModel *columns = gtk_column_view_get_columns (view_of (table));
  for (guint i = MH_N_COMMON; i < type->n_fields; i++)
    n += (type->fields[i].flags & MH_BRIEF) != 0;
  if (g_list_model_get_n_items (columns) != n)
    g_error ("%s: %u columns for %u brief fields", type->code, g_list_model_get_n_items (columns),
             n);
  g_object_unref (table);
}

/* The field that has the keys; NULL: none of the form. */
static GtkWidget *
field_with_keys (GtkWidget *window)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  return focus != NULL ? gtk_widget_get_ancestor (focus, MH_TYPE_FIELD_ROW) : NULL;
}

/* Field after field by Tab, and the same ones back by Shift+Tab. */
static void
assert_tabs (const MhRecordType *type, GtkWidget *window, GtkWidget *form)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  const guint most = 400; /* controls of one form, and more */
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  for (guint i = 0; i < most && gtk_widget_child_focus (form, GTK_DIR_TAB_FORWARD); i++)
    if (seen->len == 0 || g_ptr_array_index (seen, seen->len - 1) != field_with_keys (window))
      g_ptr_array_add (seen, field_with_keys (window));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  guint at = seen->len;
  gpointer last = NULL;
  for (guint i = 0; i < most && gtk_widget_child_focus (form, GTK_DIR_TAB_BACKWARD); i++)
    {
      gpointer row = field_with_keys (window);
      if (row == last)
        continue;
      if (at == 0 || row != g_ptr_array_index (seen, at - 1))
        g_error ("%s: Shift+Tab before field %u of %u goes to a %s", type->code, at, seen->len,
                 G_OBJECT_TYPE_NAME (gtk_root_get_focus (GTK_ROOT (window))));
      last = row;
      at--;
    }
  if (at != 0)
    g_error ("%s: Shift+Tab ends at field %u of %u", type->code, at, seen->len);
}

static void
test_every_form_goes_back (void)
{
  g_autoptr (MhContext) context = widget_context ();
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table == NULL || (type->flags & (MH_TYPE_INTERNAL | MH_TYPE_APPEND)) != 0)
        continue;
      g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, type);
      GtkWidget *window = gtk_window_new (), *form = mh_form_new (slot, NULL);
      gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
      mh_record_slot_begin (slot, NULL);
      gtk_window_set_child (GTK_WINDOW (window), form);
      gtk_window_present (GTK_WINDOW (window));
      while (gtk_widget_get_width (window) == 0)
        g_main_context_iteration (NULL, TRUE);
      assert_tabs (type, window, form);
      gtk_window_destroy (GTK_WINDOW (window));
      widget_turn ();
    }
}

/* A default form and a default table of every record type that has one. */
static void
test_every_default_form (void)
{
  g_autoptr (MhContext) context = widget_context ();
  for (guint i = 0; i < mh_registry_size (); i++)
    {
      const MhRecordType *type = mh_registry_nth (i);
      if (type->table == NULL || (type->flags & (MH_TYPE_INTERNAL | MH_TYPE_APPEND)) != 0)
        continue;
      g_autoptr (MhRecordSlot) slot = mh_record_slot_new (context, type);
      mh_record_slot_begin (slot, NULL);
      GtkWidget *form = g_object_ref_sink (mh_form_new (slot, NULL));
      mh_form_check (MH_FORM (form));
      assert_rows (type, MH_FORM (form));
      g_object_unref (form);
      assert_columns (type);
      widget_turn ();
    }
}

/* --- tables --- */

static void
test_table_keeps_the_selection (void)
{
  g_autoptr (GListStore) store = g_list_store_new (MH_TYPE_RECORD);
  g_autoptr (MhRecord) first = widget_patient ("Asha", "Verma");
  g_autoptr (MhRecord) second = widget_patient ("Ravi", "Soni");
  g_autoptr (MhRecord) late = widget_patient ("Zoya", "Khan");
  g_list_store_append (store, first);
  g_list_store_append (store, second);
  MhRecordTable *table = g_object_ref_sink (MH_RECORD_TABLE (
      mh_record_table_new ("test", &mh_patient_type, NULL, G_LIST_MODEL (store), MH_TABLE_SINGLE)));
  mh_record_table_set_empty (table, NULL, "Nobody", "Try again", NULL, NULL);
  g_assert_null (mh_record_table_current (table));
  mh_record_table_select (table, mh_record_id (second));
  g_assert_true (mh_record_table_current (table) == second);
  g_list_store_insert (store, 0, late);
  g_assert_true (mh_record_table_current (table) == second);
  mh_record_set_text (second, MH_PATIENT_PHONE, "9812012345");
  g_assert_true (mh_record_table_current (table) == second);
  g_autofree char *later = g_strdup ("0190aaaa-0000-7000-8000-000000000000");
  mh_record_table_select (table, later); /* chosen as soon as it is there */
  mh_record_set_text (first, MH_ID, later);
  g_list_store_remove (store, 1);
  g_list_store_append (store, first);
  g_assert_true (mh_record_table_current (table) == first);
  g_object_unref (table);
}

static void
test_table_selects_many (void)
{
  g_autoptr (GListStore) store = g_list_store_new (MH_TYPE_RECORD);
  g_autoptr (MhRecord) first = widget_patient ("Asha", "Verma");
  g_autoptr (MhRecord) second = widget_patient ("Ravi", "Soni");
  g_list_store_append (store, first);
  g_list_store_append (store, second);
  MhRecordTable *table = g_object_ref_sink (MH_RECORD_TABLE (mh_record_table_new (
      "test", &mh_patient_type, NULL, G_LIST_MODEL (store), MH_TABLE_MULTIPLE)));
  g_autoptr (GPtrArray) none = mh_record_table_selected (table);
  g_assert_cmpuint (none->len, ==, 0);
  mh_record_table_select (table, mh_record_id (first));
  g_autoptr (GPtrArray) one = mh_record_table_selected (table);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (g_ptr_array_index (one, 0) == first);
  g_object_unref (table);
}

static GtkColumnViewColumn *
column_at (GtkColumnView *view, guint position)
{
  g_autoptr (GtkColumnViewColumn) column
      = g_list_model_get_item (gtk_column_view_get_columns (view), position);
  return column;
}

static MhRecordTable *
table_named (const char *name, GListStore *store)
{
  static const MhTableColumn columns[] = { { .field = "given_name", .expand = TRUE },
                                           { .field = "mrn", .width = 100 },
                                           { .field = "phone", .width = 80 },
                                           { NULL } };
  MhRecordTable *table = MH_RECORD_TABLE (
      mh_record_table_new (name, &mh_patient_type, columns, G_LIST_MODEL (store), 0));
  return g_object_ref_sink (table);
}

/* Order, width, visibility and sort come back in the next table of the name, and only there. */
static void
test_table_remembers_columns (void)
{
  g_autoptr (GListStore) store = g_list_store_new (MH_TYPE_RECORD);
  g_autoptr (MhRecord) first = widget_patient ("Asha", "Verma");
  g_autoptr (MhRecord) second = widget_patient ("Ravi", "Soni");
  g_list_store_append (store, first);
  g_list_store_append (store, second);
  MhRecordTable *table = table_named ("remembers", store);
  GtkColumnView *view = view_of (table);
  g_autoptr (GtkColumnViewColumn) phone = g_object_ref (column_at (view, 2));
  gtk_column_view_insert_column (view, 0, phone);
  gtk_column_view_column_set_fixed_width (phone, 222);
  gtk_column_view_column_set_visible (column_at (view, 2), FALSE);
  gtk_column_view_sort_by_column (view, column_at (view, 1), GTK_SORT_DESCENDING);
  g_object_unref (table); /* saved at once when it goes */
  table = table_named ("another", store);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column_at (view_of (table), 2)), ==, 80);
  g_object_unref (table);
  table = table_named ("remembers", store);
  view = view_of (table);
  g_assert_cmpstr (gtk_column_view_column_get_title (column_at (view, 0)), ==, "Phone");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column_at (view, 0)), ==, 222);
  g_assert_cmpstr (gtk_column_view_column_get_title (column_at (view, 1)), ==, "Given name");
  g_assert_false (gtk_column_view_column_get_visible (column_at (view, 2)));
  widget_turn (); /* the rows are sorted in steps */
  g_autoptr (MhRecord) top
      = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), 0);
  g_assert_true (top == second);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "columns.reset", NULL));
  g_assert_true (gtk_column_view_column_get_visible (column_at (view, 1)));
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column_at (view, 1)), ==, 100);
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (column_at (view, 2)), ==, 80);
  g_object_unref (table);
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autoptr (GVariant) kept = g_settings_get_value (settings, "columns");
  g_assert_cmpuint (g_variant_n_children (kept), ==, 0);
}

/* --- rows --- */

static GtkWidget *
row_in (GtkWidget *widget)
{
  if (MH_IS_ROW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = row_in (child);
      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
assert_row (GtkWidget *row, const char *title, const char *trailing, const char *subtitle)
{
  g_autofree char *first = NULL, *end = NULL, *below = NULL;
  g_object_get (row, "title", &first, "trailing", &end, "subtitle", &below, NULL);
  g_assert_cmpstr (first, ==, title);
  g_assert_cmpstr (end, ==, trailing);
  g_assert_cmpstr (below, ==, subtitle);
}

static const char *
mark_style (MhRecord *patient)
{
  return "mh-late";
}

static char *
initial_text (MhRecord *patient)
{
  return g_strndup (mh_record_text (patient, MH_PATIENT_GIVEN_NAME), 1);
}

/* A table without room for its columns shows one row for each record, by the places they name. */
static void
test_table_in_rows (void)
{
  static const MhTableColumn columns[]
      = { { .field = "phone", .line = MH_LINE_TRAILING },
          { .field = "given_name", .line = MH_LINE_TITLE, .style = mark_style },
          { .field = "mrn", .line = MH_LINE_MARK, .style = mark_style },
          { .field = "address_line", .line = MH_LINE_NONE },
          { .field = "family_name" },
          { .title = "Initial", .text = initial_text, .only_line = TRUE },
          { NULL } };
  g_autoptr (GListStore) store = g_list_store_new (MH_TYPE_RECORD);
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Asha");
  mh_record_set_text (patient, MH_PATIENT_MRN, "MH-1");
  mh_record_set_text (patient, MH_PATIENT_PHONE, "98");
  g_list_store_append (store, patient);

  GtkWidget *table = mh_record_table_new ("rows", &mh_patient_type, columns, G_LIST_MODEL (store),
                                          MH_TABLE_SINGLE);
  GtkWidget *window = gtk_window_new ();
  mh_record_table_set_lines (MH_RECORD_TABLE (table), 10000);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 200);
  gtk_window_set_child (GTK_WINDOW (window), table);
  gtk_window_present (GTK_WINDOW (window));
  while (row_in (table) == NULL)
    g_main_context_iteration (NULL, TRUE);

  GtkWidget *row = row_in (table);
  g_autofree char *mark = NULL, *style = NULL;
  assert_row (row, "Asha", "98", "\u2068A\u2069"); /* what is empty leaves no dot behind */
  g_object_get (row, "mark", &mark, "mark-style", &style, NULL);
  g_assert_cmpstr (mark, ==, "MH-1");
  g_assert_cmpstr (style, ==, "mh-late");
  g_assert_true (gtk_widget_has_css_class (row, "mh-late"));

  mh_record_set_text (patient, MH_PATIENT_FAMILY_NAME, "Rao");
  assert_row (row, "Asha", "98", "\u2068Rao\u2069 · \u2068A\u2069");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A template binds the properties to those of a record. */
static void
test_row_of_a_template (void)
{
  static const char text[]
      = "<interface><template class=\"GtkListItem\"><property name=\"child\"><object "
        "class=\"MhRow\">"
        "<binding name=\"title\"><lookup name=\"given-name\" type=\"MhPatient\">"
        "<lookup name=\"item\">GtkListItem</lookup></lookup></binding>"
        "<property name=\"subtitle\">Ward 3</property><property "
        "name=\"icon-name\">x-office-document</property>"
        "</object></property></template></interface>";
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  GListStore *store = g_list_store_new (MH_TYPE_RECORD);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Asha");
  g_list_store_append (store, patient);
  g_type_ensure (MH_TYPE_ROW);

  GtkWidget *list
      = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (store))),
                           gtk_builder_list_item_factory_new_from_bytes (NULL, bytes));
  GtkWidget *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  while (row_in (list) == NULL)
    g_main_context_iteration (NULL, TRUE);

  assert_row (row_in (list), "Asha", "", "Ward 3");
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Usha");
  assert_row (row_in (list), "Usha", "", "Ward 3");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  mh_records_register ();
  g_test_add_func ("/client/form/time", test_form_takes_a_time);
  g_test_add_func ("/client/form/request", test_form_of_a_request);
  g_test_add_func ("/client/form/typed", test_form_keeps_what_was_typed);
  g_test_add_func ("/client/form/day", test_form_reads_a_day);
  g_test_add_func ("/client/form/default", test_every_default_form);
  g_test_add_func ("/client/form/back", test_every_form_goes_back);
  g_test_add_func ("/client/table/selection", test_table_keeps_the_selection);
  g_test_add_func ("/client/table/multiple", test_table_selects_many);
  g_test_add_func ("/client/table/rows", test_table_in_rows);
  g_test_add_func ("/client/row/template", test_row_of_a_template);
  g_test_add_func ("/client/table/columns", test_table_remembers_columns);
  return g_test_run ();
}
