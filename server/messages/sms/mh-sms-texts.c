/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/sms/mh-sms-texts.h"

#include <string.h>

#include "shared/records/messages/mh-sms.h"

typedef struct
{
  const char *code, *language, *text;
} Text;

/* clang-format off */
static const Text texts[] = {
  { MH_SMS_CODE, "en", "{code} is your code at {hospital}. It is good for 10 minutes. Do not tell it to anybody." },
  { MH_SMS_CODE, "hi", "{hospital}: आपका कोड {code} है। यह 10 मिनट तक मान्य है। इसे किसी को न बताएँ।" },
  { MH_SMS_CODE, "mr", "{hospital}: तुमचा कोड {code} आहे. तो 10 मिनिटे वैध आहे. तो कोणालाही सांगू नका." },
  { MH_SMS_CODE, "ur", "{hospital}: آپ کا کوڈ {code} ہے۔ یہ 10 منٹ تک کارآمد ہے۔ اسے کسی کو نہ بتائیں۔" },
  { MH_SMS_PAYMENT_LINK, "en", "{hospital}: {amount} for order {order} can be paid here: {url}" },
  { MH_SMS_PAYMENT_LINK, "hi", "{hospital}: ऑर्डर {order} के {amount} यहाँ दें: {url}" },
  { MH_SMS_PAYMENT_LINK, "mr", "{hospital}: ऑर्डर {order} चे {amount} येथे भरा: {url}" },
  { MH_SMS_PAYMENT_LINK, "ur", "{hospital}: آرڈر {order} کے {amount} یہاں ادا کریں: {url}" },
  { MH_SMS_TOKEN, "en", "{hospital}: your token is {token}." },
  { MH_SMS_TOKEN, "hi", "{hospital}: आपका टोकन {token} है।" },
  { MH_SMS_TOKEN, "mr", "{hospital}: तुमचा टोकन {token} आहे." },
  { MH_SMS_TOKEN, "ur", "{hospital}: آپ کا ٹوکن {token} ہے۔" },
  { MH_SMS_APPOINTMENT_BOOKED, "en", "{hospital}: your appointment is on {date} at {time}.{link}" },
  { MH_SMS_APPOINTMENT_BOOKED, "hi", "{hospital}: आपका समय {date} को {time} बजे है।{link}" },
  { MH_SMS_APPOINTMENT_BOOKED, "mr", "{hospital}: तुमची भेट {date} रोजी {time} वाजता आहे.{link}" },
  { MH_SMS_APPOINTMENT_BOOKED, "ur", "{hospital}: آپ کی ملاقات {date} کو {time} بجے ہے۔{link}" },
  { MH_SMS_APPOINTMENT_REMINDER, "en", "{hospital}: a reminder of your appointment on {date} at {time}.{link} Reply STOP for no more reminders." },
  { MH_SMS_APPOINTMENT_REMINDER, "hi", "{hospital}: याद दिला रहे हैं, आपका समय {date} को {time} बजे है।{link} बंद करने के लिए STOP लिखें।" },
  { MH_SMS_APPOINTMENT_REMINDER, "mr", "{hospital}: आठवण, तुमची भेट {date} रोजी {time} वाजता आहे.{link} बंद करण्यासाठी STOP लिहा." },
  { MH_SMS_APPOINTMENT_REMINDER, "ur", "{hospital}: یاد دہانی، آپ کی ملاقات {date} کو {time} بجے ہے۔{link} بند کرنے کے لیے STOP لکھیں۔" },
  { MH_SMS_APPOINTMENT_CHANGED, "en", "{hospital}: your appointment was moved to {date} at {time}.{link}" },
  { MH_SMS_APPOINTMENT_CHANGED, "hi", "{hospital}: आपका समय बदलकर {date} को {time} बजे हो गया है।{link}" },
  { MH_SMS_APPOINTMENT_CHANGED, "mr", "{hospital}: तुमची भेट बदलून {date} रोजी {time} वाजता झाली आहे.{link}" },
  { MH_SMS_APPOINTMENT_CHANGED, "ur", "{hospital}: آپ کی ملاقات بدل کر {date} کو {time} بجے ہو گئی ہے۔{link}" },
  { MH_SMS_APPOINTMENT_CANCELLED, "en", "{hospital}: your appointment on {date} at {time} is cancelled. Please call us for another." },
  { MH_SMS_APPOINTMENT_CANCELLED, "hi", "{hospital}: {date} को {time} बजे का आपका समय रद्द है। दूसरे समय के लिए फ़ोन करें।" },
  { MH_SMS_APPOINTMENT_CANCELLED, "mr", "{hospital}: {date} रोजी {time} वाजताची तुमची भेट रद्द झाली. दुसऱ्या वेळेसाठी फोन करा." },
  { MH_SMS_APPOINTMENT_CANCELLED, "ur", "{hospital}: {date} کو {time} بجے کی آپ کی ملاقات منسوخ ہے۔ نئے وقت کے لیے فون کریں۔" },
};

/* GSM 03.38, and the signs of its extension, which take two places. */
static const char gsm_basic[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
static const char gsm_extended[] = "^{}\\[~]|€\f";
/* clang-format on */

const char *const *
mh_sms_texts_languages (void)
{
  static const char *const languages[] = { "en", "hi", "mr", "ur", NULL };
  return languages;
}

const char *
mh_sms_texts_language (const char *tag)
{
  const char *const *languages = mh_sms_texts_languages ();
  for (guint i = 0; tag != NULL && languages[i] != NULL; i++)
    if (g_ascii_strncasecmp (tag, languages[i], strlen (languages[i])) == 0
        && !g_ascii_isalnum (tag[strlen (languages[i])]))
      return languages[i];
  return languages[0];
}

static const char *
find_text (const char *code, const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (texts[i].code, code) == 0 && g_str_equal (texts[i].language, language))
      return texts[i].text;
  return NULL;
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
  return find_text (code, mh_sms_texts_language (language));
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
