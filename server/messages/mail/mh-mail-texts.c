/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mail-texts.h"

#include <string.h>

#include "shared/records/messages/mh-mail.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-accent.h"

typedef struct
{
  const char *event, *language, *subject, *text;
} Text;

/* clang-format off */
static const Text texts[] = {
  { MH_MAIL_ORDER_CONFIRMED, "en", "Order {order} is confirmed – {hospital}",
    "Dear {name},\n\nYour order {order} at {hospital} is confirmed. Total: {amount}. Still to be paid: {due}.\n\nPlease bring this order number when the sample is taken." },
  { MH_MAIL_ORDER_CONFIRMED, "hi", "ऑर्डर {order} की पुष्टि – {hospital}",
    "प्रिय {name},\n\n{hospital} में आपके ऑर्डर {order} की पुष्टि हो गई है। कुल राशि: {amount}। देय राशि: {due}।\n\nनमूना देते समय कृपया यह ऑर्डर संख्या साथ लाएँ।" },
  { MH_MAIL_PAYMENT_FAILED, "en", "Payment for order {order} did not succeed – {hospital}",
    "Dear {name},\n\nThe payment of {due} for your order {order} did not succeed. If money has left your account, your bank returns it within a few days.\n\nYou can pay again, or pay in cash when the sample is taken. Call us on {phone} if you need help. The order is kept until {expires}." },
  { MH_MAIL_PAYMENT_FAILED, "hi", "ऑर्डर {order} का भुगतान नहीं हुआ – {hospital}",
    "प्रिय {name},\n\nआपके ऑर्डर {order} का {due} का भुगतान नहीं हो सका। यदि आपके खाते से राशि कटी है तो बैंक कुछ दिनों में उसे लौटा देगा।\n\nआप फिर से भुगतान कर सकते हैं, या नमूना देते समय नकद दे सकते हैं। सहायता के लिए {phone} पर फ़ोन करें। ऑर्डर {expires} तक रखा जाएगा।" },
  { MH_MAIL_PAYMENT_CONVERTED, "en", "Order {order}: pay when the sample is taken – {hospital}",
    "Dear {name},\n\nYou can now pay {due} for your order {order} in cash when the sample is taken. Nothing has been charged online; should a payment still arrive, we return it." },
  { MH_MAIL_PAYMENT_CONVERTED, "hi", "ऑर्डर {order}: नमूना देते समय भुगतान करें – {hospital}",
    "प्रिय {name},\n\nअब आप ऑर्डर {order} के {due} नमूना देते समय नकद दे सकते हैं। ऑनलाइन कोई राशि नहीं ली गई है; यदि कोई भुगतान फिर भी आता है तो हम उसे लौटा देंगे।" },
  { MH_MAIL_SAMPLE_COLLECTED, "en", "Order {order}: your sample was taken – {hospital}",
    "Dear {name},\n\nThe sample for your order {order} was taken and is on its way to the laboratory. We write again when the report is ready." },
  { MH_MAIL_SAMPLE_COLLECTED, "hi", "ऑर्डर {order}: नमूना ले लिया गया – {hospital}",
    "प्रिय {name},\n\nआपके ऑर्डर {order} का नमूना ले लिया गया है और प्रयोगशाला भेजा जा रहा है। रिपोर्ट तैयार होने पर हम आपको लिखेंगे।" },
  { MH_MAIL_PROCESSING, "en", "Order {order} is in the laboratory – {hospital}",
    "Dear {name},\n\nThe laboratory has received the sample for your order {order} and works on it." },
  { MH_MAIL_PROCESSING, "hi", "ऑर्डर {order} की जाँच जारी है – {hospital}",
    "प्रिय {name},\n\nप्रयोगशाला को आपके ऑर्डर {order} का नमूना मिल गया है और जाँच जारी है।" },
  { MH_MAIL_REPORT_READY, "en", "The report of order {order} is ready – {hospital}",
    "Dear {name},\n\nThe report of your order {order} is ready. If it is attached, the file opens with your date of birth, written as eight digits: day, month, year (for example 09041985). Otherwise please fetch it at {hospital}.\n\nPlease talk to your doctor about the results.\n\n{feedback}" },
  { MH_MAIL_REPORT_READY, "hi", "ऑर्डर {order} की रिपोर्ट तैयार है – {hospital}",
    "प्रिय {name},\n\nआपके ऑर्डर {order} की रिपोर्ट तैयार है। यदि वह साथ लगी है तो फ़ाइल आपकी जन्मतिथि के आठ अंकों (दिन, माह, वर्ष; जैसे 09041985) से खुलेगी। अन्यथा कृपया उसे {hospital} से ले लें।\n\nपरिणामों के बारे में अपने चिकित्सक से बात करें।\n\n{feedback}" },
  { MH_MAIL_REPORT_CORRECTED, "en", "The report of order {order} was corrected – {hospital}",
    "Dear {name},\n\nThe report of your order {order} was corrected. Please use only the new one and show it to your doctor. If it is attached, the file opens with your date of birth as eight digits; otherwise please fetch it at {hospital}." },
  { MH_MAIL_REPORT_CORRECTED, "hi", "ऑर्डर {order} की रिपोर्ट सुधारी गई – {hospital}",
    "प्रिय {name},\n\nआपके ऑर्डर {order} की रिपोर्ट सुधारी गई है। कृपया केवल नई रिपोर्ट का उपयोग करें और अपने चिकित्सक को दिखाएँ। यदि वह साथ लगी है तो फ़ाइल आपकी जन्मतिथि के आठ अंकों से खुलेगी; अन्यथा कृपया उसे {hospital} से ले लें।" },
  { MH_MAIL_REPORT_CHANGED, "en", "The report of order {order} was changed – {hospital}",
    "Dear {name},\n\nYou have seen or printed an earlier version of the report of order {order}. It was changed since. Please look at the new version, do not use the old one, and tell whoever has a copy of it from you." },
  { MH_MAIL_REPORT_CHANGED, "hi", "ऑर्डर {order} की रिपोर्ट बदली गई – {hospital}",
    "प्रिय {name},\n\nआपने ऑर्डर {order} की रिपोर्ट का पुराना संस्करण देखा या छापा था। वह अब बदल गया है। कृपया नया संस्करण देखें, पुराने का उपयोग न करें, और जिसे आपने उसकी प्रति दी हो उसे भी बताएँ।" },
  { MH_MAIL_REFUND, "en", "Refund for order {order} – {hospital}",
    "Dear {name},\n\nWe have given back {amount} for your order {order}, the way it was paid. A bank may take five to seven working days to show it." },
  { MH_MAIL_REFUND, "hi", "ऑर्डर {order} की राशि वापसी – {hospital}",
    "प्रिय {name},\n\nहमने आपके ऑर्डर {order} के {amount} उसी माध्यम से लौटा दिए हैं जिससे भुगतान हुआ था। बैंक में दिखने में पाँच से सात कार्यदिवस लग सकते हैं।" },
  { MH_MAIL_ORDER_EXPIRED, "en", "Order {order} has expired – {hospital}",
    "Dear {name},\n\nYour order {order} was not paid in time and has expired. Nothing is owed. Please order again, or call {phone}." },
  { MH_MAIL_ORDER_EXPIRED, "hi", "ऑर्डर {order} की अवधि समाप्त – {hospital}",
    "प्रिय {name},\n\nआपके ऑर्डर {order} का भुगतान समय पर नहीं हुआ और उसकी अवधि समाप्त हो गई है। कोई राशि देय नहीं है। कृपया फिर से ऑर्डर करें या {phone} पर फ़ोन करें।" },
  { MH_MAIL_ORDER_CANCELLED, "en", "Order {order} was cancelled – {hospital}",
    "Dear {name},\n\nYour order {order} was cancelled. What you have paid for it is given back the way it was paid." },
  { MH_MAIL_ORDER_CANCELLED, "hi", "ऑर्डर {order} रद्द किया गया – {hospital}",
    "प्रिय {name},\n\nआपका ऑर्डर {order} रद्द कर दिया गया है। आपने जो भुगतान किया है वह उसी माध्यम से लौटाया जाएगा।" },
};
/* clang-format on */

const char *const *
mh_mail_texts_languages (void)
{
  static const char *const languages[] = { "en", "hi", NULL };
  return languages;
}

static gboolean
is_language (const char *tag, const char *language)
{
  gsize length = strlen (language);
  return tag != NULL && g_ascii_strncasecmp (tag, language, length) == 0
         && !g_ascii_isalnum (tag[length]);
}

MhRecord *
mh_mail_texts_default (const char *event, const char *language)
{
  const Text *found = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (texts[i].event, event) == 0
        && (found == NULL || is_language (language, texts[i].language)))
      found = &texts[i];

  if (found == NULL)
    return NULL;

  MhRecord *record = mh_record_new (&mh_mail_template_type);
  mh_record_set_text (record, MH_MAIL_TEMPLATE_EVENT, event);
  mh_record_set_text (record, MH_MAIL_TEMPLATE_LANGUAGE, found->language);
  mh_record_set_text (record, MH_MAIL_TEMPLATE_SUBJECT, found->subject);
  mh_record_set_text (record, MH_MAIL_TEMPLATE_TEXT, found->text);
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
