/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/results/mh-bench-choice.h"

#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-test.h"

#include <glib/gi18n-lib.h>

#define CODE "mh-bench"

static void
bench_choice_add (GListStore *words, const char *word, const char *code)
{
  g_autoptr (GtkStringObject) item = gtk_string_object_new (word);
  g_object_set_data_full (G_OBJECT (item), CODE, g_strdup (code), g_free);
  g_list_store_append (words, item);
}

/* NULL: all. */
static const char *
bench_choice_chosen (GtkDropDown *drop)
{
  GObject *item = gtk_drop_down_get_selected_item (drop);
  return item != NULL ? g_object_get_data (item, CODE) : NULL;
}

static void
bench_choice_fill_cb (GListModel *benches, GParamSpec *spec, GtkDropDown *drop)
{
  g_autoptr (GListStore) words = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autofree char *before = g_strdup (bench_choice_chosen (drop));
  guint at = 0;

  bench_choice_add (words, _ ("All benches"), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (benches); i++)
    {
      g_autoptr (MhRecord) bench = g_list_model_get_item (benches, i);
      const char *code = mh_record_text (bench, MH_BENCH_CODE);
      bench_choice_add (words, mh_record_text (bench, MH_BENCH_NAME), code);
      if (g_strcmp0 (code, before) == 0)
        at = i + 1;
    }

  gtk_drop_down_set_model (drop, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (drop, at);
}

void
mh_bench_choice_begin (GtkDropDown *drop, MhPane *pane)
{
  static const char *const args[] = { "limit", "100", NULL };
  MhRecordList *benches = mh_record_list_new (mh_pane_context (pane), "bench.list");
  g_object_set_data_full (G_OBJECT (drop), "mh-benches", benches, g_object_unref);
  g_signal_connect_object (benches, "notify::n-items", G_CALLBACK (bench_choice_fill_cb), drop, 0);
  bench_choice_fill_cb (G_LIST_MODEL (benches), NULL, drop);
  mh_record_list_set_args (benches, args);
}

void
mh_bench_choice_apply (GtkDropDown *drop, MhRecordList *orders, const char *const *args)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **)args);
  if (bench_choice_chosen (drop) != NULL)
    g_strv_builder_add_many (builder, "bench", bench_choice_chosen (drop), NULL);
  g_auto (GStrv) all = g_strv_builder_end (builder);
  mh_record_list_set_args (orders, (const char *const *)all);
}

gboolean
mh_bench_choice_fits (GtkDropDown *drop, MhRecord *order)
{
  const char *const *benches = mh_record_list (order, MH_ORDER_BENCHES);
  const char *code = bench_choice_chosen (drop);
  return code == NULL || benches == NULL || g_strv_contains (benches, code);
}
