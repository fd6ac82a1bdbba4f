/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-marks.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-decimal.h"

#include <glib/gi18n-lib.h>

/* One row per code; the same shape and word wherever it is shown. */
static const struct
{
  const char *code;
  const char *sign;
  const char *word;
  const char *style;
} pills[] = {
  { "paid", "✓", N_ ("Paid"), "mh-good" },
  { "to_collect", "○", N_ ("To collect"), "mh-plain" },
  { "placed", "○", N_ ("Placed"), "mh-plain" },
  { "cod", "₹", N_ ("COD"), "mh-warm" },
  { "unpaid", "₹", N_ ("Unpaid"), "mh-warm" },
  { "part_paid", "₹", N_ ("Part paid"), "mh-warm" },
  { "processing", "⟳", N_ ("Processing"), "mh-cool" },
  { "collected", "◐", N_ ("Collected"), "mh-cool" },
  { "in_transit", "→", N_ ("On the way"), "mh-cool" },
  { "received", "◑", N_ ("Received"), "mh-cool" },
  { "resulted", "◕", N_ ("To verify"), "mh-cool" },
  { "entered", "◕", N_ ("To verify"), "mh-cool" },
  { "draft", "✎", N_ ("Draft"), "mh-plain" },
  { "verified", "●", N_ ("Verified"), "mh-good" },
  { "completed", "●", N_ ("Completed"), "mh-good" },
  { "released", "●", N_ ("Released"), "mh-good" },
  { "stored", "▣", N_ ("Stored"), "mh-plain" },
  { "returned", "↩", N_ ("Returned"), "mh-warm" },
  { "failed", "✕", N_ ("Failed"), "mh-bad" },
  { "rejected", "✕", N_ ("Rejected"), "mh-bad" },
  { "expired", "✕", N_ ("Expired"), "mh-bad" },
  { "cancelled", "✕", N_ ("Cancelled"), "mh-bad" },
  { "refunded", "↩", N_ ("Refunded"), "mh-plain" },
  { "part_refunded", "↩", N_ ("Part refunded"), "mh-plain" },
  { "captured", "✓", N_ ("Received"), "mh-good" },
  { "processed", "↩", N_ ("Given back"), "mh-plain" },
  { "requested", "?", N_ ("Awaiting approval"), "mh-warm" },
  { "pending", "⟳", N_ ("On its way"), "mh-cool" },
  { "claimed", "§", N_ ("Claimed"), "mh-cool" },
  { "authorized", "⟳", N_ ("Held by the bank"), "mh-cool" },
  { "open", "○", N_ ("Open"), "mh-plain" },
  { "closed", "●", N_ ("Closed"), "mh-plain" },
  { "counted", "◑", N_ ("Counted"), "mh-cool" },
  { "waiting", "○", N_ ("Waiting"), "mh-plain" },
  { "queued", "○", N_ ("Waiting"), "mh-plain" },
  { "running", "⟳", N_ ("Running"), "mh-cool" },
  { "sending", "⟳", N_ ("Being sent"), "mh-cool" },
  { "sent", "✓", N_ ("Sent"), "mh-good" },
  { "done", "✓", N_ ("Done"), "mh-good" },
  { "deferred", "⟳", N_ ("Delayed"), "mh-warm" },
  { "bounced", "✕", N_ ("Bounced"), "mh-bad" },
  { "dropped", "✕", N_ ("Discarded"), "mh-plain" },
  { "stat", "⚡", N_ ("STAT"), "mh-bad" },
  { "urgent", "▲", N_ ("Urgent"), "mh-warm" },
  { "routine", "", N_ ("Routine"), "mh-plain" },
};
static const char *const styles[] = { "mh-good", "mh-plain", "mh-warm", "mh-cool", "mh-bad" };

GtkWidget *
mh_status_pill_new (const char *code, const char *label)
{
  GtkWidget *pill = gtk_label_new (NULL);
  gtk_widget_add_css_class (pill, "mh-pill");
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  mh_status_pill_set (pill, code, label);
  return pill;
}

void
mh_status_pill_set (GtkWidget *pill, const char *code, const char *label)
{
  const char *sign = "", *word = code, *style = "mh-plain";
  for (guint i = 0; i < G_N_ELEMENTS (pills); i++)
    if (g_strcmp0 (pills[i].code, code) == 0)
      {
        sign = pills[i].sign;
        word = _ (pills[i].word);
        style = pills[i].style;
      }

  g_autofree char *text
      = g_strconcat (sign, *sign != '\0' ? " " : "", label != NULL ? label : word, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (pill, styles[i]);
  gtk_widget_add_css_class (pill, style);
  gtk_label_set_label (GTK_LABEL (pill), text);
  gtk_widget_set_visible (pill, code != NULL && *code != '\0');
}

void
mh_status_pill_set_field (GtkWidget *pill, MhRecord *record, guint i)
{
  const MhField *field = &mh_record_type (record)->fields[i];
  const char *code = mh_record_text (record, i);
  mh_status_pill_set (pill, code, code != NULL ? mh_words_of_code (field, code) : NULL);
}

/* --- flags --- */

static const struct
{
  const char *flag;
  const char *text;
  const char *brief; /* beside the letter and the shape */
  const char *words;
  const char *style;
} flags[] = {
  { "L", "L ↓", N_ ("Low"), N_ ("Low"), "mh-low" },
  { "H", "H ↑", N_ ("High"), N_ ("High"), "mh-high" },
  { "LL", "LL ⇊", N_ ("Critical"), N_ ("Critically low"), "mh-critical" },
  { "HH", "HH ⇈", N_ ("Critical"), N_ ("Critically high"), "mh-critical" },
  /* without its letter, which beside a blood group reads as one */
  { "A", "●", N_ ("Abnormal"), N_ ("Abnormal"), "mh-abnormal" },
  { "AA", "●", N_ ("Critical"), N_ ("Critically abnormal"), "mh-critical" },
};

char *
mh_flag_words (const char *flag)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_strcmp0 (flags[i].flag, flag) == 0)
      return g_strdup_printf ("%s %s", flags[i].text, _ (flags[i].brief));
  return NULL;
}

const char *
mh_flag_style (const char *flag)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_strcmp0 (flags[i].flag, flag) == 0)
      return flags[i].style;
  return NULL;
}

GtkWidget *
mh_flag_new (const char *flag)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_widget_add_css_class (label, "mh-flag");
  mh_flag_set (label, flag);
  return label;
}

void
mh_flag_set (GtkWidget *label, const char *flag)
{
  g_autofree char *text = mh_flag_words (flag);
  const char *words = "";
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      gtk_widget_remove_css_class (label, flags[i].style);
      if (g_strcmp0 (flags[i].flag, flag) == 0)
        words = _ (flags[i].words);
    }

  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  mh_tooltip_set (label, *words != '\0' ? words : NULL);
  mh_accessible_name (label, words);
  if (mh_flag_style (flag) != NULL)
    gtk_widget_add_css_class (label, mh_flag_style (flag));
}

/* --- money --- */

GtkWidget *
mh_money_new (gint64 minor, const char *currency)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  mh_money_set (label, minor, currency);
  return label;
}

void
mh_money_set (GtkWidget *label, gint64 minor, const char *currency)
{
  g_autofree char *text = mh_words_money (minor, currency);
  gtk_label_set_label (GTK_LABEL (label), text);
}

/* --- states and buttons --- */

GtkWidget *
mh_empty_new (const char *icon,
              const char *title,
              const char *text,
              const char *button,
              const char *action)
{
  GtkWidget *page = adw_status_page_new ();
  if (icon != NULL)
    adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), text);
  gtk_widget_add_css_class (page, "compact");

  if (button != NULL)
    {
      GtkWidget *child = gtk_button_new_with_mnemonic (button);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (child), action);
      gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (child, "pill");
      adw_status_page_set_child (ADW_STATUS_PAGE (page), child);
    }

  gtk_widget_set_vexpand (page, TRUE);
  gtk_widget_set_hexpand (page, TRUE);
  return page;
}

GtkWidget *
mh_icon_button_new (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  mh_tooltip_set (button, name);
  mh_accessible_name (button, name);
  if (action != NULL)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  return button;
}
