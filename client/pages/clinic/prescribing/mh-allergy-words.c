/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-allergy-words.h"

#include "shared/rules/clinic/mh-drug-meaning.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_OFFERED 3

static void
add_unknown (GString *text, const char *unknown)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append_printf (
      text, _ ("The formulary does not know “%s”: no prescription can be checked against it."),
      unknown);
}

char *
mh_allergy_words_unknown (MhDrugBook *book, const char *const *names)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (MhDrugMeaning) meaning = mh_drug_meaning_of (book, names[i]);
      for (guint k = 0; k < meaning->unknown->len; k++)
        add_unknown (text, g_ptr_array_index (meaning->unknown, k));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* --- names that may be meant --- */

typedef struct
{
  MhAllergyUse use;
  gpointer owner;
  char *unknown, *name;
} Offer;

static void
allergy_words_offer_free (gpointer data, GClosure *closure)
{
  Offer *offer = data;
  g_free (offer->unknown);
  g_free (offer->name);
  g_free (offer);
}

/* The button goes with the question. */
static void
allergy_words_use_cb (GtkButton *button, Offer *offer)
{
  g_autofree char *unknown = g_strdup (offer->unknown), *name = g_strdup (offer->name);
  offer->use (offer->owner, unknown, name);
}

void
mh_allergy_words_offer (MhWrap *uses,
                        MhDrugBook *book,
                        const char *unknown,
                        MhAllergyUse use,
                        gpointer owner)
{
  g_auto (GStrv) names = mh_drug_nearest_names (book, unknown, MOST_OFFERED);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *words = g_strdup_printf (_ ("Use “%s”"), names[i]);
      GtkWidget *button = gtk_button_new_with_label (words);
      Offer *offer = g_new (Offer, 1);
      *offer = (Offer){ use, owner, g_strdup (unknown), g_strdup (names[i]) };
      g_signal_connect_data (button, "clicked", G_CALLBACK (allergy_words_use_cb), offer,
                             allergy_words_offer_free, 0);
      mh_wrap_append (uses, button);
    }
  gtk_widget_set_visible (GTK_WIDGET (uses),
                          gtk_widget_get_first_child (GTK_WIDGET (uses)) != NULL);
}

void
mh_allergy_words_offer_all (MhWrap *uses,
                            MhDrugBook *book,
                            const char *const *names,
                            MhAllergyUse use,
                            gpointer owner)
{
  mh_wrap_clear (uses);
  gtk_widget_set_visible (GTK_WIDGET (uses), FALSE);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (MhDrugMeaning) meaning = mh_drug_meaning_of (book, names[i]);
      for (guint k = 0; k < meaning->unknown->len; k++)
        if (strstr (names[i], g_ptr_array_index (meaning->unknown, k)) != NULL)
          mh_allergy_words_offer (uses, book, g_ptr_array_index (meaning->unknown, k), use, owner);
    }
}
