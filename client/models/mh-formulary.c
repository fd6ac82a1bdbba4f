/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-formulary.h"

/* In the order of mh_drug_book_new(). */
static const char *const routes[]
    = { "medicine.list", "drug_ingredient.list", "drug_interaction.list", "allergy_cross.list" };
#define N_LISTS G_N_ELEMENTS (routes)

struct _MhFormulary
{
  GObject parent_instance;
  MhRecordList *lists[N_LISTS];
  gboolean whole[N_LISTS];
  MhDrugBook *book;
};

G_DEFINE_FINAL_TYPE (MhFormulary, mh_formulary, G_TYPE_OBJECT)

static guint changed;

static void
formulary_touched_cb (MhFormulary *formulary)
{
  g_clear_pointer (&formulary->book, mh_drug_book_free);
  if (mh_formulary_book (formulary) != NULL)
    g_signal_emit (formulary, changed, 0);
}

/* Page after page until there is none: half a formulary would miss half of what is wrong. */
static void
formulary_loading_cb (MhRecordList *list, GParamSpec *spec, MhFormulary *formulary)
{
  if (mh_record_list_is_loading (list) || mh_record_list_problem (list) != NULL)
    return;
  /* what the local copy gives is all there is */
  if (!mh_record_list_from_cache (list))
    mh_record_list_more (list);
  if (mh_record_list_is_loading (list))
    return;
  for (guint i = 0; i < N_LISTS; i++)
    if (formulary->lists[i] == list)
      formulary->whole[i] = TRUE;
  formulary_touched_cb (formulary);
}

static void
formulary_items_cb (MhFormulary *formulary)
{
  if (formulary->book != NULL)
    formulary_touched_cb (formulary);
}

GListModel *
mh_formulary_medicines (MhFormulary *formulary)
{
  return G_LIST_MODEL (formulary->lists[0]);
}

static GPtrArray *
formulary_rows_of (MhRecordList *list)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (list), i));
  return rows;
}

MhDrugBook *
mh_formulary_book (MhFormulary *formulary)
{
  for (guint i = 0; i < N_LISTS; i++)
    if (!formulary->whole[i])
      return NULL;

  if (formulary->book == NULL && g_list_model_get_n_items (mh_formulary_medicines (formulary)) > 0)
    {
      g_autoptr (GPtrArray) medicines = formulary_rows_of (formulary->lists[0]);
      g_autoptr (GPtrArray) ingredients = formulary_rows_of (formulary->lists[1]);
      g_autoptr (GPtrArray) interactions = formulary_rows_of (formulary->lists[2]);
      g_autoptr (GPtrArray) crosses = formulary_rows_of (formulary->lists[3]);
      formulary->book = mh_drug_book_new (medicines, ingredients, interactions, crosses);
    }

  return formulary->book;
}

static void
mh_formulary_finalize (GObject *object)
{
  MhFormulary *formulary = MH_FORMULARY (object);
  for (guint i = 0; i < N_LISTS; i++)
    g_clear_object (&formulary->lists[i]);
  g_clear_pointer (&formulary->book, mh_drug_book_free);
  G_OBJECT_CLASS (mh_formulary_parent_class)->finalize (object);
}

static void
mh_formulary_class_init (MhFormularyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_formulary_finalize;
  changed = g_signal_new ("changed", MH_TYPE_FORMULARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
}

static void
mh_formulary_init (MhFormulary *formulary)
{
}

MhFormulary *
mh_formulary_new (MhContext *context)
{
  static const char *const all[] = { "limit", "200", NULL };
  MhFormulary *formulary = g_object_new (MH_TYPE_FORMULARY, NULL);
  for (guint i = 0; i < N_LISTS; i++)
    {
      formulary->lists[i] = mh_record_list_new (context, routes[i]);
      g_signal_connect_object (formulary->lists[i], "notify::loading",
                               G_CALLBACK (formulary_loading_cb), formulary, 0);
      g_signal_connect_object (formulary->lists[i], "items-changed",
                               G_CALLBACK (formulary_items_cb), formulary, G_CONNECT_SWAPPED);
      mh_record_list_set_args (formulary->lists[i], all);
    }

  return formulary;
}
