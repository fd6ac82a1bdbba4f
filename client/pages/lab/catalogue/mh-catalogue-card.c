/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/catalogue/mh-catalogue-card.h"

#include "client/models/mh-record-list.h"
#include "client/models/mh-record-slot.h"
#include "client/pages/lab/catalogue/mh-formula-pane.h"
#include "client/pages/lab/catalogue/mh-price-pane.h"
#include "client/pages/lab/catalogue/mh-range-pane.h"
#include "client/pages/lab/catalogue/mh-rows-pane.h"
#include "client/pages/lab/catalogue/mh-sign.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-undo.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-tabs.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-form.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-reagent.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-test.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  TAB_DETAILS,
  TAB_ANALYTES,
  TAB_RANGES,
  TAB_FORMULA,
  TAB_REFLEX,
  TAB_PRICES,
  TAB_LOTS,
  TAB_HISTORY,
  N_TABS
} Tab;

static const struct
{
  const char *id, *title;
  guint flag; /* 0: always */
} tabs[N_TABS] = {
  [TAB_DETAILS] = { "details", N_ ("Details"), 0 },
  [TAB_ANALYTES] = { "analytes", N_ ("Analytes"), MH_CATALOGUE_TAB_ANALYTES },
  [TAB_RANGES] = { "ranges", N_ ("Ranges"), MH_CATALOGUE_TAB_RANGES },
  [TAB_FORMULA] = { "formula", N_ ("Formula"), MH_CATALOGUE_TAB_FORMULA },
  [TAB_REFLEX] = { "reflex", N_ ("Reflex"), MH_CATALOGUE_TAB_REFLEX },
  [TAB_PRICES] = { "prices", N_ ("Prices"), MH_CATALOGUE_TAB_PRICES },
  [TAB_LOTS] = { "lots", N_ ("Lots"), MH_CATALOGUE_TAB_LOTS },
  [TAB_HISTORY] = { "history", N_ ("History"), MH_CATALOGUE_TAB_HISTORY },
};

struct _MhCatalogueCard
{
  MhPane parent_instance;
  GtkWidget *back, *sign, *save, *tabs;
  GtkLabel *title, *state;
  GtkStack *stack;
  GtkStackSwitcher *switcher;
  const MhCatalogueKind *kind;
  MhRecordSlot *slot; /* of this kind; a new one for each kind */
  MhRecord *before;   /* as it was stored when saving began; NULL: it is new */
  MhForm *form;
  GtkWidget *pages[N_TABS];
  MhRecordList *analytes; /* all, for the tab of a test */
  char *filled[N_TABS];   /* id of the row that the tab was filled for */
};

G_DEFINE_FINAL_TYPE (MhCatalogueCard, mh_catalogue_card, MH_TYPE_PANE)

static guint wanted;

static MhRecord *
catalogue_card_record_of (MhCatalogueCard *card)
{
  return card->slot != NULL ? mh_record_slot_record (card->slot) : NULL;
}

static const char *
catalogue_card_code_of (MhRecord *record)
{
  guint field = mh_record_type (record)->key;
  return field != 0 ? mh_record_text (record, field) : NULL;
}

static gboolean
catalogue_card_is_new (MhCatalogueCard *card)
{
  return card->slot == NULL || mh_record_slot_stored (card->slot) == NULL;
}

/* --- head --- */

/* NULL: what is shown may be changed by who has the right to change its kind. */
static const char *
catalogue_card_why_not (MhCatalogueCard *card)
{
  MhRecord *record = catalogue_card_record_of (card);
  return record != NULL && mh_record_type (record) == &mh_price_list_type
             ? mh_price_pane_why_not (mh_pane_context (MH_PANE (card)), record)
             : NULL;
}

static void
catalogue_card_show_state (MhCatalogueCard *card)
{
  MhRecord *record = card->slot != NULL ? mh_record_slot_stored (card->slot) : NULL;
  gboolean signs = (card->kind->tabs & MH_CATALOGUE_TAB_SIGNED) != 0 && record != NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (signs && mh_sign_is_signed (record))
    {
      guint by = (guint)mh_record_type_find (mh_record_type (record), "signed_by");
      guint at = (guint)mh_record_type_find (mh_record_type (record), "signed_at");
      g_autofree char *when = mh_words_value (record, at);
      if (mh_record_has (record, by))
        g_string_append_printf (text, _ ("✓ Signed off by %s, %s"), mh_record_text (record, by),
                                when);
      else
        g_string_append (text, _ ("✓ Signed off"));
    }
  else if (signs)
    g_string_append (text, _ ("○ Not signed off: awaiting the medical director"));
  if (catalogue_card_why_not (card) != NULL)
    g_string_append (text, catalogue_card_why_not (card));

  gtk_widget_set_sensitive (GTK_WIDGET (card->form), catalogue_card_why_not (card) == NULL);
  gtk_label_set_label (card->state, text->str);
  if (signs && !mh_sign_is_signed (record))
    gtk_widget_add_css_class (GTK_WIDGET (card->state), "mh-soon");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (card->state), "mh-soon");

  mh_sign_prepare (card->sign, mh_pane_context (MH_PANE (card)), record);
  g_autofree char *name = record != NULL ? mh_record_display (record) : NULL;
  gtk_label_set_label (card->title,
                       name != NULL ? name : g_dgettext (GETTEXT_PACKAGE, card->kind->rows.fresh));
}

/* --- tabs --- */

static void
fill_analytes (MhCatalogueCard *card)
{
  const char *const *codes = mh_record_list (catalogue_card_record_of (card), MH_TEST_ANALYTES);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = G_LIST_MODEL (card->analytes);
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    for (guint k = 0; k < g_list_model_get_n_items (all); k++)
      {
        g_autoptr (MhRecord) analyte = g_list_model_get_item (all, k);
        if (g_strcmp0 (mh_record_text (analyte, MH_ANALYTE_CODE), codes[i]) == 0)
          g_ptr_array_add (rows, g_steal_pointer (&analyte));
      }
  mh_rows_pane_show (MH_ROWS_PANE (card->pages[TAB_ANALYTES]), NULL, rows, NULL);
}

static void
analytes_cb (MhCatalogueCard *card)
{
  if (card->kind != NULL && card->kind->rows.type == &mh_test_type
      && catalogue_card_record_of (card) != NULL && card->pages[TAB_ANALYTES] != NULL)
    fill_analytes (card);
  if (g_list_model_get_n_items (G_LIST_MODEL (card->analytes)) < 2000)
    mh_record_list_more (card->analytes);
}

static void
fill_reflex (MhCatalogueCard *card)
{
  MhRecord *record = catalogue_card_record_of (card);
  gboolean test = mh_record_type (record) == &mh_test_type;
  g_autoptr (MhRecord) fresh = mh_record_new (&mh_reflex_rule_type);
  mh_record_set_text (fresh, test ? MH_REFLEX_RULE_TEST : MH_REFLEX_RULE_ANALYTE,
                      catalogue_card_code_of (record));
  mh_record_set_text (fresh, MH_REFLEX_RULE_PRIORITY, MH_REFLEX_SAME_PRIORITY);
  mh_record_set_text (fresh, MH_REFLEX_RULE_TELL, MH_REFLEX_TELL_LABORATORY);
  mh_rows_pane_show (MH_ROWS_PANE (card->pages[TAB_REFLEX]),
                     (const char *[]){ "q", catalogue_card_code_of (record), NULL }, NULL, fresh);
}

static void
fill_lots (MhCatalogueCard *card)
{
  g_autoptr (MhRecord) fresh = mh_record_new (&mh_reagent_lot_type);
  const char *code = catalogue_card_code_of (catalogue_card_record_of (card));
  mh_record_set_text (fresh, MH_REAGENT_LOT_REAGENT, code);
  mh_rows_pane_show (MH_ROWS_PANE (card->pages[TAB_LOTS]),
                     (const char *[]){ "reagent", code, "shelf", "all", NULL }, NULL, fresh);
}

static void
fill_tab (MhCatalogueCard *card, Tab tab)
{
  MhRecord *record = catalogue_card_record_of (card);

  switch (tab)
    {
    case TAB_ANALYTES:
      fill_analytes (card);
      break;
    case TAB_RANGES:
      mh_range_pane_show (MH_RANGE_PANE (card->pages[tab]), record);
      break;
    case TAB_FORMULA:
      mh_formula_pane_refresh (MH_FORMULA_PANE (card->pages[tab]));
      break;
    case TAB_REFLEX:
      fill_reflex (card);
      break;
    case TAB_PRICES:
      mh_price_pane_show (MH_PRICE_PANE (card->pages[tab]), record);
      break;
    case TAB_LOTS:
      fill_lots (card);
      break;
    case TAB_HISTORY:
      mh_rows_pane_show (MH_ROWS_PANE (card->pages[tab]),
                         (const char *[]){ "record_id", mh_record_id (record), NULL }, NULL, NULL);
      break;
    case TAB_DETAILS:
    case N_TABS:
      break;
    }
}

/* A tab that nobody opens asks nothing. */
static void
catalogue_card_tab_cb (MhCatalogueCard *card)
{
  MhRecord *record = catalogue_card_record_of (card);
  GtkWidget *shown = gtk_stack_get_visible_child (card->stack);
  gboolean edits = shown == card->pages[TAB_DETAILS] || shown == card->pages[TAB_FORMULA];
  gboolean may
      = card->kind != NULL && card->kind->rows.write_permission != NULL
        && mh_pane_context (MH_PANE (card)) != NULL
        && mh_context_may (mh_pane_context (MH_PANE (card)), card->kind->rows.write_permission)
        && catalogue_card_why_not (card) == NULL;

  gtk_widget_set_visible (card->save, edits && may);
  for (Tab tab = TAB_ANALYTES; record != NULL && shown != NULL && tab < N_TABS; tab++)
    if (card->pages[tab] == shown && g_strcmp0 (card->filled[tab], mh_record_id (record)) != 0)
      {
        g_free (card->filled[tab]);
        card->filled[tab] = g_strdup (mh_record_id (record));
        fill_tab (card, tab);
      }
}

static void
forget_tabs (MhCatalogueCard *card)
{
  for (Tab tab = TAB_DETAILS; tab < N_TABS; tab++)
    g_clear_pointer (&card->filled[tab], g_free);
}

/* --- saving and signing --- */

/* Undo never signs: a row whose sign-off went with the change has to be signed again. */
static void
catalogue_card_say_saved (MhCatalogueCard *card, MhRecord *after)
{
  gboolean same
      = card->before != NULL && g_strcmp0 (mh_record_id (card->before), mh_record_id (after)) == 0;
  g_autoptr (MhRecord) patch = same ? mh_undo_patch (card->before, after) : NULL;
  int verified = mh_record_type_find (mh_record_type (after), "verified");

  if (patch != NULL && verified >= 0)
    mh_record_unset (patch, (guint)verified);
  const MhTakeBack undo = { .route = card->kind->rows.update_route,
                            .id = mh_record_id (after),
                            .body = patch,
                            .base = after,
                            .undone = _ ("It is as it was before") };

  mh_undo_offer (GTK_WIDGET (card), mh_pane_context (MH_PANE (card)), _ ("Saved"),
                 patch != NULL ? &undo : NULL);
}

static void
catalogue_card_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCatalogueCard) card = data;
  gboolean waiting = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record
      = mh_record_slot_save_finish (MH_RECORD_SLOT (source), result, &waiting, &error);

  if (mh_pane_context (MH_PANE (card)) == NULL || MH_RECORD_SLOT (source) != card->slot)
    return;

  mh_pane_set_busy (MH_PANE (card), FALSE);
  mh_form_show_error (card->form, error);
  if (record == NULL)
    {
      mh_shell_fail (GTK_WIDGET (card), error);
      return;
    }

  catalogue_card_say_saved (card, record);
  mh_catalogue_card_show (card, card->kind, record);
}

static void
catalogue_card_save_cb (MhCatalogueCard *card)
{
  if (card->slot == NULL || !gtk_widget_get_visible (card->save)
      || !gtk_widget_get_sensitive (card->save) || !mh_form_check (card->form))
    return;
  mh_pane_set_busy (MH_PANE (card), TRUE);
  g_set_object (&card->before, mh_record_slot_stored (card->slot));
  mh_record_slot_save_async (card->slot,
                             catalogue_card_is_new (card) ? card->kind->rows.create_route
                                                          : card->kind->rows.update_route,
                             NULL, catalogue_card_saved_cb, g_object_ref (card));
}

static void
catalogue_card_sign_cb (MhCatalogueCard *card)
{
  MhRecord *record = card->slot != NULL ? mh_record_slot_stored (card->slot) : NULL;
  if (record != NULL)
    mh_sign_toggle (GTK_WIDGET (card), mh_pane_context (MH_PANE (card)), record, /* done */ NULL);
}

/* Others change the row too, and so does a signature: what is not being edited follows. */
static void
catalogue_card_changed_cb (MhSync *sync,
                           const MhRecordType *type,
                           const char *id,
                           MhRecord *record,
                           MhCatalogueCard *card)
{
  MhRecord *stored = card->slot != NULL ? mh_record_slot_stored (card->slot) : NULL;
  if (stored == NULL || record == NULL || type != mh_record_type (stored)
      || g_strcmp0 (id, mh_record_id (stored)) != 0
      || mh_record_version (record) <= mh_record_version (stored)
      || mh_record_slot_is_modified (card->slot))
    return;
  mh_catalogue_card_show (card, card->kind, record);
}

/* --- making it --- */

static void
catalogue_card_part_cb (MhCatalogueCard *card, MhRecord *record)
{
  g_signal_emit (card, wanted, 0, mh_record_type (record)->code, catalogue_card_code_of (record));
}

static GtkWidget *
make_tab (MhCatalogueCard *card, Tab tab)
{
  MhContext *context = mh_pane_context (MH_PANE (card));
  GtkWidget *page = NULL;

  switch (tab)
    {
    case TAB_DETAILS:
      page = mh_scrolled (GTK_WIDGET (card->form));
      break;
    case TAB_ANALYTES:
      page = mh_rows_pane_new (context, &mh_catalogue_parts, NULL);
      g_signal_connect_object (page, "chosen", G_CALLBACK (catalogue_card_part_cb), card,
                               G_CONNECT_SWAPPED);
      break;
    case TAB_RANGES:
      page = mh_range_pane_new (context);
      break;
    case TAB_FORMULA:
      page = mh_formula_pane_new (context, card->slot);
      g_signal_connect_object (page, "submit", G_CALLBACK (catalogue_card_save_cb), card,
                               G_CONNECT_SWAPPED);
      break;
    case TAB_REFLEX:
      page = mh_rows_pane_new (context, &mh_catalogue_reflexes, NULL);
      break;
    case TAB_PRICES:
      page = mh_price_pane_new (context);
      break;
    case TAB_LOTS:
      page = mh_rows_pane_new (context, &mh_catalogue_lots, NULL);
      break;
    case TAB_HISTORY:
      page = mh_rows_pane_new (context, &mh_catalogue_history, NULL);
      break;
    case N_TABS:
      break;
    }

  return page;
}

/* Each kind has its own form, so its own slot and tabs. */
static void
build (MhCatalogueCard *card, const MhCatalogueKind *kind)
{
  GtkWidget *child;
  card->kind = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (card->stack))) != NULL)
    gtk_stack_remove (card->stack, child);
  forget_tabs (card);
  g_clear_object (&card->slot);
  card->kind = kind;
  card->slot = mh_record_slot_new (mh_pane_context (MH_PANE (card)), kind->rows.type);
  mh_record_slot_begin (card->slot, NULL);
  card->form = MH_FORM (mh_form_new (card->slot, kind->rows.fields));
  g_signal_connect_swapped (card->form, "submit", G_CALLBACK (catalogue_card_save_cb), card);

  for (Tab tab = TAB_DETAILS; tab < N_TABS; tab++)
    {
      gboolean has = tabs[tab].flag == 0 || (kind->tabs & tabs[tab].flag) != 0;
      card->pages[tab] = has ? make_tab (card, tab) : NULL;
      if (has)
        gtk_stack_add_titled (card->stack, card->pages[tab], tabs[tab].id,
                              g_dgettext (GETTEXT_PACKAGE, tabs[tab].title));
    }
}

void
mh_catalogue_card_show (MhCatalogueCard *card, const MhCatalogueKind *kind, MhRecord *record)
{
  if (kind != card->kind)
    build (card, kind);
  if (record == NULL)
    {
      g_autofree char *drafts = g_strconcat (kind->rows.type->code, ".new/", NULL);
      mh_record_slot_begin (card->slot, drafts);
    }
  else
    mh_record_slot_show (card->slot, record);

  mh_form_refresh (card->form);
  mh_form_show_error (card->form, NULL);
  forget_tabs (card);
  gtk_widget_set_visible (card->tabs, record != NULL);
  if (record == NULL)
    gtk_stack_set_visible_child (card->stack, card->pages[TAB_DETAILS]);
  catalogue_card_show_state (card);
  catalogue_card_tab_cb (card);
  if (record == NULL)
    mh_form_focus_empty (card->form);
}

GtkWidget *
mh_catalogue_card_back (MhCatalogueCard *card)
{
  return card->back;
}

void
mh_catalogue_card_flush (MhCatalogueCard *card)
{
  if (card->slot != NULL)
    mh_record_slot_flush (card->slot);
}

static void
mh_catalogue_card_dispose (GObject *object)
{
  g_clear_object (&MH_CATALOGUE_CARD (object)->slot);
  g_clear_object (&MH_CATALOGUE_CARD (object)->before);
  G_OBJECT_CLASS (mh_catalogue_card_parent_class)->dispose (object);
}

static void
mh_catalogue_card_finalize (GObject *object)
{
  forget_tabs (MH_CATALOGUE_CARD (object));
  G_OBJECT_CLASS (mh_catalogue_card_parent_class)->finalize (object);
}

static void
mh_catalogue_card_class_init (MhCatalogueCardClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_catalogue_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_catalogue_card_finalize;
  wanted = g_signal_new ("wanted", MH_TYPE_CATALOGUE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/catalogue/mh-catalogue-card"));
  gtk_widget_class_bind_template_child (widget, MhCatalogueCard, back);
  gtk_widget_class_bind_template_child (widget, MhCatalogueCard, sign);
  gtk_widget_class_bind_template_child (widget, MhCatalogueCard, save);
  gtk_widget_class_bind_template_child (widget, MhCatalogueCard, tabs);
  gtk_widget_class_bind_template_child (widget, MhCatalogueCard, title);
  gtk_widget_class_bind_template_child (widget, MhCatalogueCard, state);
  gtk_widget_class_bind_template_child (widget, MhCatalogueCard, stack);
  gtk_widget_class_bind_template_child (widget, MhCatalogueCard, switcher);
  gtk_widget_class_bind_template_callback (widget, catalogue_card_save_cb);
  gtk_widget_class_bind_template_callback (widget, catalogue_card_sign_cb);
  gtk_widget_class_bind_template_callback (widget, catalogue_card_tab_cb);
  mh_closures_bind (widget);
}

static void
mh_catalogue_card_init (MhCatalogueCard *card)
{
  gtk_widget_init_template (GTK_WIDGET (card));
  mh_tabs_follow (card->switcher);
  mh_tabs_add_keys (card->switcher, GTK_WIDGET (card));
}

GtkWidget *
mh_catalogue_card_new (MhContext *context)
{
  static const char *const args[] = { "limit", "200", NULL };
  MhCatalogueCard *card = g_object_new (MH_TYPE_CATALOGUE_CARD, "context", context, NULL);
  mh_pane_keep (MH_PANE (card), &card->analytes, mh_record_list_new (context, "analyte.list"));
  g_signal_connect_object (card->analytes, "notify::n-items", G_CALLBACK (analytes_cb), card,
                           G_CONNECT_SWAPPED);
  mh_record_list_set_args (card->analytes, args);
  g_signal_connect_object (mh_context_sync (context), "changed",
                           G_CALLBACK (catalogue_card_changed_cb), card, 0);
  return GTK_WIDGET (card);
}
