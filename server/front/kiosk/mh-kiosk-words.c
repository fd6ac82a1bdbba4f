/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tests are, in patients' words. A kiosk offers those that stand here: whoever orders without
 * a doctor should know what for. */
#include "server/front/kiosk/mh-kiosk-private.h"

#include <string.h>

enum
{
  EN,
  HI,
  MR,
  UR,
  N_LANGUAGES
};

typedef struct
{
  const char *test;
  const char *name[N_LANGUAGES], *text[N_LANGUAGES];
} Words;

/* clang-format off */
static const Words words[] = {
  { "MHC", { "Full health check", "संपूर्ण स्वास्थ्य जाँच", "संपूर्ण आरोग्य तपासणी", "مکمل صحت کی جانچ" },
    { "Blood count, sugar, fats, liver, kidneys and thyroid in one go.", "खून, शुगर, वसा, लिवर, गुर्दे और थायरॉइड की जाँच एक साथ।",
      "रक्त, साखर, चरबी, यकृत, मूत्रपिंड आणि थायरॉइड यांची एकत्र तपासणी.", "خون، شوگر، چکنائی، جگر، گردوں اور تھائیرائیڈ کی ایک ساتھ جانچ۔" } },
  { "CBC", { "Blood count", "खून की गिनती (सीबीसी)", "रक्तपेशींची मोजणी (सीबीसी)", "خون کے خلیوں کی گنتی (سی بی سی)" },
    { "Counts the cells of the blood: shows weakness of the blood and infections.", "खून की कोशिकाएँ गिनता है: खून की कमी और संक्रमण का पता चलता है।",
      "रक्तातील पेशी मोजते: रक्ताची कमतरता आणि संसर्ग समजतो.", "خون کے خلیے گنتا ہے: خون کی کمی اور انفیکشن کا پتا چلتا ہے۔" } },
  { "HB", { "Haemoglobin", "हीमोग्लोबिन", "हिमोग्लोबिन", "ہیموگلوبن" },
    { "Shows whether the blood carries enough oxygen.", "बताता है कि खून में पर्याप्त ऑक्सीजन पहुँचती है या नहीं।",
      "रक्तात पुरेसा प्राणवायू आहे का ते दाखवते.", "بتاتا ہے کہ خون میں آکسیجن کافی ہے یا نہیں۔" } },
  { "FBS", { "Sugar, before eating", "शुगर, खाली पेट", "साखर, उपाशीपोटी", "شوگر، خالی پیٹ" },
    { "Sugar in the blood in the morning, before the first meal.", "सुबह कुछ खाने से पहले खून में शुगर।",
      "सकाळी काही खाण्याआधी रक्तातील साखर.", "صبح کچھ کھانے سے پہلے خون میں شوگر۔" } },
  { "PPBS", { "Sugar, after a meal", "शुगर, खाने के बाद", "साखर, जेवणानंतर", "شوگر، کھانے کے بعد" },
    { "Sugar in the blood two hours after a meal.", "खाने के दो घंटे बाद खून में शुगर।",
      "जेवणानंतर दोन तासांनी रक्तातील साखर.", "کھانے کے دو گھنٹے بعد خون میں شوگر۔" } },
  { "A1C", { "Sugar of three months", "तीन महीने की शुगर", "तीन महिन्यांची साखर", "تین مہینے کی شوگر" },
    { "The average sugar of the last three months.", "पिछले तीन महीनों की औसत शुगर।",
      "गेल्या तीन महिन्यांची सरासरी साखर.", "پچھلے تین مہینوں کی اوسط شوگر۔" } },
  { "LFT", { "Liver", "लिवर की जाँच", "यकृत तपासणी", "جگر کی جانچ" },
    { "Shows how well the liver works.", "बताता है कि लिवर कितना ठीक काम कर रहा है।",
      "यकृत किती नीट काम करते ते दाखवते.", "بتاتا ہے کہ جگر کتنا ٹھیک کام کر رہا ہے۔" } },
  { "RFT", { "Kidneys", "गुर्दों की जाँच", "मूत्रपिंड तपासणी", "گردوں کی جانچ" },
    { "Shows how well the kidneys clean the blood.", "बताता है कि गुर्दे खून को कितना साफ़ कर रहे हैं।",
      "मूत्रपिंडे रक्त किती स्वच्छ करतात ते दाखवते.", "بتاتا ہے کہ گردے خون کتنا صاف کر رہے ہیں۔" } },
  { "LIPID", { "Fats in the blood", "खून में वसा (कोलेस्ट्रॉल)", "रक्तातील चरबी (कोलेस्टेरॉल)", "خون میں چکنائی (کولیسٹرول)" },
    { "Cholesterol and other fats: important for the heart.", "कोलेस्ट्रॉल और दूसरी वसा: दिल के लिए ज़रूरी जाँच।",
      "कोलेस्टेरॉल आणि इतर चरबी: हृदयासाठी महत्त्वाची तपासणी.", "کولیسٹرول اور دوسری چکنائی: دل کے لیے اہم جانچ۔" } },
  { "TFT", { "Thyroid", "थायरॉइड", "थायरॉइड", "تھائیرائیڈ" },
    { "The gland in the neck that sets the pace of the body.", "गले की ग्रंथि, जो शरीर की गति तय करती है।",
      "शरीराचा वेग ठरवणारी मानेतील ग्रंथी.", "گردن کا غدود جو جسم کی رفتار طے کرتا ہے۔" } },
  { "TSHT", { "Thyroid, first look", "थायरॉइड, पहली जाँच", "थायरॉइड, पहिली तपासणी", "تھائیرائیڈ، پہلی جانچ" },
    { "One value that shows whether the thyroid should be looked at further.", "एक मान, जो बताता है कि थायरॉइड की आगे जाँच चाहिए या नहीं।",
      "थायरॉइडची पुढे तपासणी हवी का ते दाखवणारे एक मूल्य.", "ایک قدر جو بتاتی ہے کہ تھائیرائیڈ کی مزید جانچ چاہیے یا نہیں۔" } },
  { "VITDT", { "Vitamin D", "विटामिन डी", "व्हिटॅमिन डी", "وٹامن ڈی" },
    { "The vitamin of the sun, for bones and muscles.", "धूप का विटामिन, हड्डियों और मांसपेशियों के लिए।",
      "सूर्यप्रकाशाचे जीवनसत्त्व, हाडे आणि स्नायूंसाठी.", "دھوپ کا وٹامن، ہڈیوں اور پٹھوں کے لیے۔" } },
  { "B12T", { "Vitamin B12", "विटामिन बी12", "व्हिटॅमिन बी12", "وٹامن بی 12" },
    { "Needed for nerves and blood; often low without meat and milk.", "नसों और खून के लिए ज़रूरी; मांस और दूध के बिना अक्सर कम होता है।",
      "नसा आणि रक्तासाठी आवश्यक; मांस व दुधाशिवाय अनेकदा कमी असते.", "اعصاب اور خون کے لیے ضروری؛ گوشت اور دودھ کے بغیر اکثر کم ہوتا ہے۔" } },
  { "URICT", { "Uric acid", "यूरिक एसिड", "युरिक ॲसिड", "یورک ایسڈ" },
    { "Too much of it can make joints hurt.", "ज़्यादा होने पर जोड़ों में दर्द हो सकता है।",
      "जास्त झाल्यास सांधे दुखू शकतात.", "زیادہ ہونے پر جوڑوں میں درد ہو سکتا ہے۔" } },
  { "URM", { "Urine", "पेशाब की जाँच", "लघवी तपासणी", "پیشاب کی جانچ" },
    { "Looks for sugar, protein and infections in the urine.", "पेशाब में शुगर, प्रोटीन और संक्रमण देखता है।",
      "लघवीतील साखर, प्रथिने आणि संसर्ग पाहते.", "پیشاب میں شوگر، پروٹین اور انفیکشن دیکھتا ہے۔" } },
  { "FEVER", { "Fever", "बुखार की जाँच", "तापाची तपासणी", "بخار کی جانچ" },
    { "Looks for the usual causes of a fever.", "बुखार के आम कारण देखता है।",
      "तापाची नेहमीची कारणे पाहते.", "بخار کی عام وجوہات دیکھتا ہے۔" } },
  { "ABORH", { "Blood group", "खून का ग्रुप", "रक्तगट", "خون کا گروپ" },
    { "Your blood group, as on a donor's card.", "आपका ब्लड ग्रुप, जैसा रक्तदाता कार्ड पर होता है।",
      "तुमचा रक्तगट, रक्तदात्याच्या कार्डावर असतो तसा.", "آپ کا بلڈ گروپ، جیسا عطیہ کارڈ پر ہوتا ہے۔" } },
};
/* clang-format on */

static guint
index_of (const char *language)
{
  static const char *const languages[] = { "en", "hi", "mr", "ur" };
  for (guint i = 0; language != NULL && i < G_N_ELEMENTS (languages); i++)
    if (strncmp (language, languages[i], 2) == 0)
      return i;
  return EN;
}

const char *
mh_kiosk_words (const char *test, const char *language, const char **out_name)
{
  guint at = index_of (language);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].test, test) == 0)
      {
        *out_name = words[i].name[at];
        return words[i].text[at];
      }
  return NULL;
}
