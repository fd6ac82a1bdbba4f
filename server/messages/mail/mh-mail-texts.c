/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mail-texts.h"

#include <string.h>

#include "shared/base/mh-translation.h"
#include "shared/records/messages/mh-mail.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-accent.h"

/* What stands in braces is filled in: no translation may lose one. */
typedef struct
{
  const char *event, *subject, *text;
} Text;

/* clang-format off */
static const Text texts[] = {
  { MH_MAIL_ORDER_CONFIRMED, NS_("Order {order} is confirmed – {hospital}"),
    NS_("Dear {name},\n\nYour order {order} at {hospital} is confirmed. Total: {amount}. Still to be paid: {due}.\n\nPlease bring this order number when the sample is taken.") },
  { MH_MAIL_PAYMENT_FAILED, NS_("Payment for order {order} did not succeed – {hospital}"),
    NS_("Dear {name},\n\nThe payment of {due} for your order {order} did not succeed. If money has left your account, your bank returns it within a few days.\n\nYou can pay again, or pay in cash when the sample is taken. Call us on {phone} if you need help. The order is kept until {expires}.") },
  { MH_MAIL_PAYMENT_CONVERTED, NS_("Order {order}: pay when the sample is taken – {hospital}"),
    NS_("Dear {name},\n\nYou can now pay {due} for your order {order} in cash when the sample is taken. Nothing has been charged online; should a payment still arrive, we return it.") },
  { MH_MAIL_SAMPLE_COLLECTED, NS_("Order {order}: your sample was taken – {hospital}"),
    NS_("Dear {name},\n\nThe sample for your order {order} was taken and is on its way to the laboratory. We write again when the report is ready.") },
  { MH_MAIL_PROCESSING, NS_("Order {order} is in the laboratory – {hospital}"),
    NS_("Dear {name},\n\nThe laboratory has received the sample for your order {order} and works on it.") },
  { MH_MAIL_REPORT_READY, NS_("The report of order {order} is ready – {hospital}"),
    NS_("Dear {name},\n\nThe report of your order {order} is ready. If it is attached, the file opens with your date of birth, written as eight digits: day, month, year (for example 09041985). Otherwise please fetch it at {hospital}.\n\nPlease talk to your doctor about the results.\n\n{feedback}") },
  { MH_MAIL_REPORT_CORRECTED, NS_("The report of order {order} was corrected – {hospital}"),
    NS_("Dear {name},\n\nThe report of your order {order} was corrected. Please use only the new one and show it to your doctor. If it is attached, the file opens with your date of birth as eight digits; otherwise please fetch it at {hospital}.") },
  { MH_MAIL_REPORT_CHANGED, NS_("The report of order {order} was changed – {hospital}"),
    NS_("Dear {name},\n\nYou have seen or printed an earlier version of the report of order {order}. It was changed since. Please look at the new version, do not use the old one, and tell whoever has a copy of it from you.") },
  { MH_MAIL_REFUND, NS_("Refund for order {order} – {hospital}"),
    NS_("Dear {name},\n\nWe have given back {amount} for your order {order}, the way it was paid. A bank may take five to seven working days to show it.") },
  { MH_MAIL_ORDER_EXPIRED, NS_("Order {order} has expired – {hospital}"),
    NS_("Dear {name},\n\nYour order {order} was not paid in time and has expired. Nothing is owed. Please order again, or call {phone}.") },
  { MH_MAIL_ORDER_CANCELLED, NS_("Order {order} was cancelled – {hospital}"),
    NS_("Dear {name},\n\nYour order {order} was cancelled. What you have paid for it is given back the way it was paid.") },
};
/* clang-format on */

const char *const *
mh_mail_texts_languages (void)
{
  return mh_translation_languages (MH_DOMAIN_PAPERS);
}

static const char *
mail_texts_say (const MhTranslation *translation, const char *english)
{
  const char *said = translation != NULL ? mh_translation_text (translation, NULL, english) : NULL;
  return said != NULL ? said : english;
}

MhRecord *
mh_mail_texts_default (const char *event, const char *language)
{
  const MhTranslation *translation = mh_translation_find (MH_DOMAIN_PAPERS, language);
  const Text *found = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (texts) && found == NULL; i++)
    if (g_strcmp0 (texts[i].event, event) == 0)
      found = &texts[i];

  if (found == NULL)
    return NULL;

  MhRecord *record = mh_record_new (&mh_mail_template_type);
  mh_record_set_text (record, MH_MAIL_TEMPLATE_EVENT, event);
  mh_record_set_text (record, MH_MAIL_TEMPLATE_LANGUAGE,
                      mh_translation_language_of (MH_DOMAIN_PAPERS, language));
  mh_record_set_text (record, MH_MAIL_TEMPLATE_SUBJECT,
                      mail_texts_say (translation, found->subject));
  mh_record_set_text (record, MH_MAIL_TEMPLATE_TEXT, mail_texts_say (translation, found->text));
  mh_record_set_bool (record, MH_MAIL_TEMPLATE_ACTIVE, TRUE);
  mh_record_set_bool (record, MH_MAIL_TEMPLATE_CHANGED, FALSE);
  return record;
}

/* --- filling in --- */

static const char *
hospital_text (const MhMailWords *words, guint field)
{
  const char *text = words->hospital != NULL ? mh_record_text (words->hospital, field) : NULL;
  return text != NULL ? text : "";
}

static const char *
word_for (const MhMailWords *words, const char *name, gsize length)
{
  const struct
  {
    const char *name, *value;
  } known[] = {
    { "name", words->name },
    { "order", words->order },
    { "amount", words->amount },
    { "due", words->due },
    { "expires", words->expires },
    { "feedback", words->feedback },
    { "phone", words->phone != NULL ? words->phone : hospital_text (words, MH_HOSPITAL_PHONE) },
    { "hospital", hospital_text (words, MH_HOSPITAL_NAME) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].name) == length && strncmp (known[i].name, name, length) == 0)
      return known[i].value != NULL ? known[i].value : "";

  return NULL;
}

static char *
mail_texts_fill (const char *pattern, const MhMailWords *words, gboolean escape)
{
  GString *out = g_string_new (NULL);
  for (const char *at = pattern; *at != '\0';)
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      const char *word = end != NULL ? word_for (words, at + 1, (gsize)(end - at - 1)) : NULL;
      gsize length = word != NULL ? (gsize)(end - at + 1) : (gsize)(g_utf8_next_char (at) - at);
      g_autofree char *piece = word != NULL ? g_strdup (word) : g_strndup (at, length);
      g_autofree char *safe = escape ? g_markup_escape_text (piece, -1) : g_strdup (piece);
      g_string_append (out, safe);
      at += length;
    }

  return g_string_free (out, FALSE);
}

static void
put_paragraphs (GString *html, const char *text, const MhMailWords *words)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      g_autofree char *filled = mail_texts_fill (paragraphs[i], words, TRUE);
      g_auto (GStrv) lines = g_strsplit (filled, "\n", -1);
      g_autofree char *joined = g_strjoinv ("<br>", lines);
      g_string_append_printf (html, "<p style=\"margin:0 0 16px\">%s</p>\n", joined);
    }
}

static char *
make_html (const char *text, const MhMailWords *words)
{
  g_autofree char *name = g_markup_escape_text (hospital_text (words, MH_HOSPITAL_NAME), -1);
  g_autofree char *address
      = g_markup_escape_text (hospital_text (words, MH_HOSPITAL_ADDRESS_LINE), -1);
  g_autofree char *city = g_markup_escape_text (hospital_text (words, MH_HOSPITAL_CITY), -1);
  g_autofree char *phone = g_markup_escape_text (hospital_text (words, MH_HOSPITAL_PHONE), -1);
  GString *html = g_string_new (NULL);

  g_string_append_printf (
      html,
      "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\"></head>\n"
      "<body style=\"margin:0;background:#eef2f2;font:16px/1.5 sans-serif;color:#1b2226\">\n"
      "<div style=\"max-width:560px;margin:0 auto;padding:24px 12px\">\n"
      "<div style=\"background:%s;color:#fff;padding:16px 24px;border-radius:8px 8px 0 0;"
      "font-size:20px;font-weight:bold\">%s</div>\n"
      "<div style=\"background:#fff;padding:24px;border-radius:0 0 8px 8px\">\n",
      words->language != NULL ? words->language : "en",
      mh_accent_is_fine (words->accent) ? words->accent : MH_MAIL_ACCENT, name);
  put_paragraphs (html, text, words);
  g_string_append_printf (
      html,
      "</div>\n<p style=\"font-size:13px;color:#5d6a70;padding:0 24px\">%s<br>%s"
      "%s%s<br>%s</p>\n</div></body></html>\n",
      name, address, *address != '\0' && *city != '\0' ? ", " : "", city, phone);

  return g_string_free (html, FALSE);
}

MhRecord *
mh_mail_texts_fill (MhRecord *mail_template, const MhMailWords *words)
{
  MhRecord *preview = mh_record_new (&mh_mail_preview_type);
  const char *text = mh_record_text (mail_template, MH_MAIL_TEMPLATE_TEXT);
  MhMailWords public_words = { .order = words->order, .hospital = words->hospital };
  char *subject = mail_texts_fill (mh_record_text (mail_template, MH_MAIL_TEMPLATE_SUBJECT),
                                   &public_words, FALSE);
  g_autofree char *body = mail_texts_fill (text, words, FALSE);

  mh_record_take_text (preview, MH_MAIL_PREVIEW_SUBJECT, g_strdelimit (subject, "\r\n\t", ' '));
  mh_record_take_text (preview, MH_MAIL_PREVIEW_TEXT,
                       g_strdup_printf ("%s\n\n-- \n%s\n%s\n", body,
                                        hospital_text (words, MH_HOSPITAL_NAME),
                                        hospital_text (words, MH_HOSPITAL_PHONE)));
  mh_record_take_text (preview, MH_MAIL_PREVIEW_HTML, make_html (text, words));
  return preview;
}
