/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-sms-texts.h"

#include <string.h>

#include "shared/base/mh-translation.h"
#include "shared/records/messages/mh-sms.h"

typedef struct
{
  const char *code, *text;
} Text;

/* clang-format off */
/* What stands in braces is filled in: no translation may lose one. */
static const Text texts[] = {
  { MH_SMS_CODE, NS_("{code} is your code at {hospital}. It is good for 10 minutes. Do not tell it to anybody.") },
  { MH_SMS_PAYMENT_LINK, NS_("{hospital}: {amount} for order {order} can be paid here: {url}") },
  { MH_SMS_TOKEN, NS_("{hospital}: your token is {token}.") },
  { MH_SMS_APPOINTMENT_BOOKED, NS_("{hospital}: your appointment is on {date} at {time}.{link}") },
  { MH_SMS_APPOINTMENT_REMINDER, NS_("{hospital}: a reminder of your appointment on {date} at {time}.{link} Reply STOP for no more reminders.") },
  { MH_SMS_APPOINTMENT_CHANGED, NS_("{hospital}: your appointment was moved to {date} at {time}.{link}") },
  { MH_SMS_APPOINTMENT_CANCELLED, NS_("{hospital}: your appointment on {date} at {time} is cancelled. Please call us for another.") },
};

/* GSM 03.38, and the signs of its extension, which take two places. */
static const char gsm_basic[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static const char gsm_extended[] = "^{}\\[~]|€\f";
/* clang-format on */

const char *const *
mh_sms_texts_languages (void)
{
  return mh_translation_languages (MH_DOMAIN_PHONES);
}

const char *
mh_sms_texts_language (const char *tag)
{
  return mh_translation_language_of (MH_DOMAIN_PHONES, tag);
}

static const char *
find_word (const char *const *arguments, const char *name, gsize length)
{
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i += 2)
    if (strlen (arguments[i]) == length && strncmp (arguments[i], name, length) == 0)
      return arguments[i + 1];
  return "";
}

const char *
mh_sms_texts_words (const char *code, const char *language)
{
  const MhTranslation *translation = mh_translation_find (MH_DOMAIN_PHONES, language);
  const char *english = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (texts) && english == NULL; i++)
    if (g_strcmp0 (texts[i].code, code) == 0)
      english = texts[i].text;

  const char *said = translation != NULL && english != NULL
                         ? mh_translation_text (translation, NULL, english)
                         : NULL;
  return said != NULL ? said : english;
}

char *
mh_sms_texts_fill (const char *code, const char *language, const char *const *arguments)
{
  const char *words = mh_sms_texts_words (code, language);
  return words != NULL ? mh_sms_texts_fill_words (words, arguments) : NULL;
}

char *
mh_sms_texts_fill_words (const char *words, const char *const *arguments)
{
  const char *at = words;
  GString *out = g_string_new (NULL);
  for (const char *open = strchr (at, '{'); open != NULL; open = strchr (at, '{'))
    {
      const char *close = strchr (open, '}');
      if (close == NULL)
        break;
      g_string_append_len (out, at, open - at);
      g_string_append (out, find_word (arguments, open + 1, (gsize)(close - open - 1)));
      at = close + 1;
    }

  g_string_append (out, at);
  return g_strdelimit (g_string_free (out, FALSE), "\r\n\t", ' ');
}

/* Places that @text takes in GSM 03.38; 0: it has a sign that is not in it. */
static guint
gsm_places (const char *text)
{
  guint places = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar sign = g_utf8_get_char (at);
      if (g_utf8_strchr (gsm_basic, -1, sign) != NULL)
        places += 1;
      else if (g_utf8_strchr (gsm_extended, -1, sign) != NULL)
        places += 2;
      else
        return 0;
    }

  return places;
}

static guint
sms_texts_parts (guint length, guint alone, guint each)
{
  return length <= alone ? 1 : (length + each - 1) / each;
}

guint
mh_sms_texts_segments (const char *text)
{
  guint places = gsm_places (text);
  guint units = 0;
  if (places > 0 || *text == '\0')
    return sms_texts_parts (places, 160, 153);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    units += g_utf8_get_char (at) > 0xFFFF ? 2 : 1;
  return sms_texts_parts (units, 70, 67);
}
