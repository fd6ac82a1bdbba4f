/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-detail.h"

#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-timeline.h"

#include <glib/gi18n-lib.h>

struct _MhDetail
{
  GtkWidget parent_instance;
  GtkWidget *box;      /* the parts, one below the other */
  GtkWidget *table;    /* of amounts; NULL: the next one begins a table. Borrowed */
  GtkWidget *timeline; /* borrowed */
  GtkWidget *facts;    /* grid under "Details"; borrowed */
  int n_rows, n_facts;
  gboolean open; /* "Details" stay open from one to the next */
};

G_DEFINE_FINAL_TYPE (MhDetail, mh_detail, GTK_TYPE_WIDGET)

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
detail_add (MhDetail *detail, GtkWidget *part)
{
  gtk_box_append (GTK_BOX (detail->box), part);
  return part;
}

void
mh_detail_clear (MhDetail *detail, const char *words)
{
  GtkWidget *child;
  g_return_if_fail (MH_IS_DETAIL (detail));
  while ((child = gtk_widget_get_first_child (detail->box)) != NULL)
    gtk_box_remove (GTK_BOX (detail->box), child);
  detail->table = detail->timeline = detail->facts = NULL;
  detail->n_rows = detail->n_facts = 0;
  if (words != NULL)
    detail_add (detail, label_new (words, "title-2"));
}

void
mh_detail_head (MhDetail *detail,
                const char *what,
                const char *large,
                const char *who,
                const char *under)
{
  g_return_if_fail (MH_IS_DETAIL (detail));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (head), label_new (what, "dim-label"));
  gtk_box_append (GTK_BOX (head), label_new (large, "mh-total"));
  if (who != NULL)
    gtk_box_append (GTK_BOX (head), label_new (who, "title-4"));
  if (under != NULL && *under != '\0')
    gtk_box_append (GTK_BOX (head), label_new (under, "dim-label"));
  detail_add (detail, head);
}

void
mh_detail_state (MhDetail *detail, const char *state, const char *style, const char *next)
{
  g_return_if_fail (MH_IS_DETAIL (detail));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *pill = label_new (state, "mh-pill");
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  if (style != NULL)
    gtk_widget_add_css_class (pill, style);
  gtk_box_append (GTK_BOX (box), pill);
  if (next != NULL && *next != '\0')
    gtk_box_append (GTK_BOX (box), label_new (next, NULL));
  detail_add (detail, box);
}

void
mh_detail_heading (MhDetail *detail, const char *text)
{
  g_return_if_fail (MH_IS_DETAIL (detail));
  detail->table = NULL;
  detail_add (detail, label_new (text, "heading"));
}

void
mh_detail_amount (MhDetail *detail,
                  const char *what,
                  const char *amount,
                  const char *under,
                  gboolean whole)
{
  g_return_if_fail (MH_IS_DETAIL (detail));
  if (detail->table == NULL)
    {
      detail->table = detail_add (detail, gtk_grid_new ());
      detail->n_rows = 0;
      gtk_grid_set_column_spacing (GTK_GRID (detail->table), 12);
      gtk_grid_set_row_spacing (GTK_GRID (detail->table), 3);
    }

  GtkWidget *left = label_new (what, whole ? "heading" : NULL);
  GtkWidget *right = gtk_label_new (amount);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_widget_set_valign (right, GTK_ALIGN_START);
  gtk_widget_add_css_class (right, "numeric");
  gtk_widget_set_hexpand (left, TRUE);

  if (whole)
    {
      gtk_widget_add_css_class (right, "heading");
      gtk_grid_attach (GTK_GRID (detail->table), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL), 0,
                       detail->n_rows++, 2, 1);
    }

  gtk_grid_attach (GTK_GRID (detail->table), left, 0, detail->n_rows, 1, 1);
  gtk_grid_attach (GTK_GRID (detail->table), right, 1, detail->n_rows++, 1, 1);
  if (under != NULL && *under != '\0')
    gtk_grid_attach (GTK_GRID (detail->table), label_new (under, "dim-label"), 0, detail->n_rows++,
                     2, 1);
}

void
mh_detail_amount_of (MhDetail *detail, MhRecord *record, guint field, const char *currency)
{
  gint64 amount = mh_record_int (record, field);
  g_autofree char *shown = mh_words_money (amount, currency);
  if (amount != 0)
    mh_detail_amount (detail, mh_words_label (&mh_record_type (record)->fields[field]), shown, NULL,
                      FALSE);
}

void
mh_detail_event (MhDetail *detail,
                 gint64 at,
                 const char *what,
                 const char *who,
                 const char *words,
                 const char *style)
{
  g_return_if_fail (MH_IS_DETAIL (detail));
  if (at == 0)
    return;
  if (detail->timeline == NULL)
    {
      mh_detail_heading (detail, _ ("History"));
      detail->timeline = detail_add (detail, mh_timeline_new ());
    }
  mh_timeline_add (MH_TIMELINE (detail->timeline), at, what, who, words, style);
}

/* --- what is folded away --- */

static void
detail_opened_cb (MhDetail *detail, GParamSpec *spec, GtkExpander *expander)
{
  detail->open = gtk_expander_get_expanded (expander);
}

static void
begin_facts (MhDetail *detail)
{
  GtkWidget *expander = gtk_expander_new_with_mnemonic (_ ("De_tails"));
  detail->facts = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (detail->facts), 12);
  gtk_grid_set_row_spacing (GTK_GRID (detail->facts), 3);
  gtk_widget_set_margin_top (detail->facts, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), detail->facts);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), detail->open);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (detail_opened_cb), detail,
                           G_CONNECT_SWAPPED);
  detail_add (detail, expander);
}

void
mh_detail_fact (MhDetail *detail, const char *label, const char *value)
{
  g_return_if_fail (MH_IS_DETAIL (detail));
  if (value == NULL || *value == '\0')
    return;

  if (detail->facts == NULL)
    begin_facts (detail);
  GtkWidget *name = label_new (label, "dim-label"), *text = label_new (value, NULL);

  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_focusable (text, FALSE);
  gtk_grid_attach (GTK_GRID (detail->facts), name, 0, detail->n_facts, 1, 1);
  gtk_grid_attach (GTK_GRID (detail->facts), text, 1, detail->n_facts++, 1, 1);
}

void
mh_detail_facts (MhDetail *detail, MhRecord *record, const guint *fields)
{
  for (; *fields != 0; fields++)
    {
      g_autofree char *value = mh_words_value (record, *fields);
      if (mh_record_has (record, *fields))
        mh_detail_fact (detail, mh_words_label (&mh_record_type (record)->fields[*fields]), value);
    }
}

/* --- as a widget --- */

static void
mh_detail_dispose (GObject *object)
{
  g_clear_pointer (&MH_DETAIL (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_detail_parent_class)->dispose (object);
}

static void
mh_detail_class_init (MhDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_detail_init (MhDetail *detail)
{
  detail->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (detail->box, GTK_WIDGET (detail));
}
