/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/public/mh-public-words.h"

#include <string.h>

struct _MhPublicWords
{
  const char *tag;
  gboolean rtl;
  const char *say[MH_SAY_N];
};

/* clang-format off */
static const MhPublicWords all[] = {
  { "en", FALSE, {
    [MH_SAY_ITSELF] = "English",
    [MH_SAY_PAPER] = "Is this paper genuine?",
    [MH_SAY_GENUINE] = "This paper is genuine.",
    [MH_SAY_REPLACED] = "This paper is genuine, but it was replaced by version {1}.",
    [MH_SAY_WITHDRAWN] = "This paper was taken back. Please do not use it.",
    [MH_SAY_NOT_OURS] = "This paper is not ours.",
    [MH_SAY_NOT_OURS_HELP] = "Nothing was issued with this code. Scan it again, or ask at the hospital.",
    [MH_SAY_HOSPITAL] = "Hospital",
    [MH_SAY_REPORT] = "Report",
    [MH_SAY_PRESCRIPTION] = "Prescription",
    [MH_SAY_VERSION] = "Version",
    [MH_SAY_ISSUED] = "Issued",
    [MH_SAY_GET] = "Get the report",
    [MH_SAY_GET_HELP] = "A code is sent by SMS to the phone number that the hospital knows of the patient.",
    [MH_SAY_GET_BOOKING] = "See or cancel the appointment",
    [MH_SAY_SEND_CODE] = "Send the code",
    [MH_SAY_SEND_ANOTHER] = "Send another code",
    [MH_SAY_CODE_SENT] = "If the hospital knows a phone number of the patient, a code is on its way to it. It is good for 10 minutes.",
    [MH_SAY_CODE_WAIT] = "A code was sent a short time ago. Please wait for it before you ask for another.",
    [MH_SAY_CODE] = "Code from the SMS",
    [MH_SAY_CONTINUE] = "Continue",
    [MH_SAY_CODE_WRONG] = "This is not the code.",
    [MH_SAY_CODE_SPENT] = "This code is not good any more. Please have another sent.",
    [MH_SAY_NO_CODES] = "The report can be fetched at the hospital.",
    [MH_SAY_READY] = "Thank you. The report can be fetched now.",
    [MH_SAY_FETCH] = "Fetch the report (PDF)",
    [MH_SAY_OVER] = "This took too long. Please begin again.",
    [MH_SAY_AGAIN] = "Begin again",
    [MH_SAY_TOO_OFTEN] = "That was too often in a short time. Please wait a minute and try again.",
    [MH_SAY_FAILED] = "That did not work. Please try again in a moment.",
    [MH_SAY_HOW] = "How was it?",
    [MH_SAY_MAIL_CODE] = "Code in your e-mail",
    [MH_SAY_SATISFIED] = "How satisfied are you?",
    [MH_SAY_VERY] = "Very",
    [MH_SAY_NOT_AT_ALL] = "Not at all",
    [MH_SAY_OWN_WORDS] = "In your own words (optional)",
    [MH_SAY_SEND] = "Send",
    [MH_SAY_THANKS] = "Thank you.",
    [MH_SAY_ANSWERED] = "You have answered already. Thank you.",
    [MH_SAY_MAIL_UNKNOWN] = "This code is not known, or was used already.",
    [MH_SAY_CHOOSE] = "Please choose how satisfied you are.",
    [MH_SAY_APPOINTMENT] = "Appointment",
    [MH_SAY_BOOKED] = "This appointment is booked.",
    [MH_SAY_CANCELLED] = "This appointment is cancelled.",
    [MH_SAY_MOVED] = "This appointment was moved to another time.",
    [MH_SAY_PAST] = "This appointment is over.",
    [MH_SAY_UNKNOWN_BOOKING] = "This appointment is not known here.",
    [MH_SAY_WHEN] = "When",
    [MH_SAY_WITH] = "With",
    [MH_SAY_ROOM] = "Room",
    [MH_SAY_CANCEL] = "Cancel the appointment",
    [MH_SAY_CANCEL_SURE] = "Yes, I do not need it any more",
  } },
  { "hi", FALSE, {
    [MH_SAY_ITSELF] = "हिन्दी",
    [MH_SAY_PAPER] = "क्या यह कागज़ असली है?",
    [MH_SAY_GENUINE] = "यह कागज़ असली है।",
    [MH_SAY_REPLACED] = "यह कागज़ असली है, पर इसकी जगह संस्करण {1} जारी हो चुका है।",
    [MH_SAY_WITHDRAWN] = "यह कागज़ वापस ले लिया गया है। कृपया इसका उपयोग न करें।",
    [MH_SAY_NOT_OURS] = "यह कागज़ हमारा नहीं है।",
    [MH_SAY_NOT_OURS_HELP] = "इस कोड से कुछ भी जारी नहीं हुआ। फिर से स्कैन करें, या अस्पताल में पूछें।",
    [MH_SAY_HOSPITAL] = "अस्पताल",
    [MH_SAY_REPORT] = "रिपोर्ट",
    [MH_SAY_PRESCRIPTION] = "पर्ची",
    [MH_SAY_VERSION] = "संस्करण",
    [MH_SAY_ISSUED] = "जारी",
    [MH_SAY_GET] = "रिपोर्ट लें",
    [MH_SAY_GET_HELP] = "अस्पताल के पास मरीज़ का जो फ़ोन नंबर है, उस पर SMS से एक कोड भेजा जाता है।",
    [MH_SAY_GET_BOOKING] = "अपॉइंटमेंट देखें या रद्द करें",
    [MH_SAY_SEND_CODE] = "कोड भेजें",
    [MH_SAY_SEND_ANOTHER] = "दूसरा कोड भेजें",
    [MH_SAY_CODE_SENT] = "यदि अस्पताल के पास मरीज़ का फ़ोन नंबर है, तो उस पर कोड भेजा जा रहा है। यह 10 मिनट तक मान्य है।",
    [MH_SAY_CODE_WAIT] = "थोड़ी देर पहले एक कोड भेजा गया था। दूसरा माँगने से पहले कृपया उसकी प्रतीक्षा करें।",
    [MH_SAY_CODE] = "SMS में आया कोड",
    [MH_SAY_CONTINUE] = "आगे बढ़ें",
    [MH_SAY_CODE_WRONG] = "यह कोड सही नहीं है।",
    [MH_SAY_CODE_SPENT] = "यह कोड अब मान्य नहीं है। कृपया दूसरा कोड मँगाएँ।",
    [MH_SAY_NO_CODES] = "रिपोर्ट अस्पताल से ली जा सकती है।",
    [MH_SAY_READY] = "धन्यवाद। अब रिपोर्ट ली जा सकती है।",
    [MH_SAY_FETCH] = "रिपोर्ट लें (PDF)",
    [MH_SAY_OVER] = "इसमें बहुत समय लग गया। कृपया फिर से शुरू करें।",
    [MH_SAY_AGAIN] = "फिर से शुरू करें",
    [MH_SAY_TOO_OFTEN] = "थोड़े समय में बहुत बार कोशिश हुई। कृपया एक मिनट रुककर फिर कोशिश करें।",
    [MH_SAY_FAILED] = "यह नहीं हो सका। कृपया थोड़ी देर में फिर कोशिश करें।",
    [MH_SAY_HOW] = "आपका अनुभव कैसा रहा?",
    [MH_SAY_MAIL_CODE] = "ई-मेल में लिखा कोड",
    [MH_SAY_SATISFIED] = "आप कितने संतुष्ट हैं?",
    [MH_SAY_VERY] = "बहुत",
    [MH_SAY_NOT_AT_ALL] = "बिल्कुल नहीं",
    [MH_SAY_OWN_WORDS] = "अपने शब्दों में (वैकल्पिक)",
    [MH_SAY_SEND] = "भेजें",
    [MH_SAY_THANKS] = "धन्यवाद।",
    [MH_SAY_ANSWERED] = "आप पहले ही उत्तर दे चुके हैं। धन्यवाद।",
    [MH_SAY_MAIL_UNKNOWN] = "यह कोड ज्ञात नहीं है, या पहले ही उपयोग हो चुका है।",
    [MH_SAY_CHOOSE] = "कृपया चुनें कि आप कितने संतुष्ट हैं।",
    [MH_SAY_APPOINTMENT] = "अपॉइंटमेंट",
    [MH_SAY_BOOKED] = "यह अपॉइंटमेंट बुक है।",
    [MH_SAY_CANCELLED] = "यह अपॉइंटमेंट रद्द है।",
    [MH_SAY_MOVED] = "यह अपॉइंटमेंट दूसरे समय पर कर दिया गया है।",
    [MH_SAY_PAST] = "यह अपॉइंटमेंट हो चुका है।",
    [MH_SAY_UNKNOWN_BOOKING] = "यह अपॉइंटमेंट यहाँ ज्ञात नहीं है।",
    [MH_SAY_WHEN] = "कब",
    [MH_SAY_WITH] = "किससे",
    [MH_SAY_ROOM] = "कमरा",
    [MH_SAY_CANCEL] = "अपॉइंटमेंट रद्द करें",
    [MH_SAY_CANCEL_SURE] = "हाँ, मुझे अब इसकी ज़रूरत नहीं है",
  } },
  { "mr", FALSE, {
    [MH_SAY_ITSELF] = "मराठी",
    [MH_SAY_PAPER] = "हा कागद खरा आहे का?",
    [MH_SAY_GENUINE] = "हा कागद खरा आहे.",
    [MH_SAY_REPLACED] = "हा कागद खरा आहे, पण त्याच्या जागी आवृत्ती {1} दिली आहे.",
    [MH_SAY_WITHDRAWN] = "हा कागद परत घेतला आहे. कृपया तो वापरू नका.",
    [MH_SAY_NOT_OURS] = "हा कागद आमचा नाही.",
    [MH_SAY_NOT_OURS_HELP] = "या कोडने काहीही दिलेले नाही. पुन्हा स्कॅन करा, किंवा रुग्णालयात विचारा.",
    [MH_SAY_HOSPITAL] = "रुग्णालय",
    [MH_SAY_REPORT] = "अहवाल",
    [MH_SAY_PRESCRIPTION] = "औषधचिठ्ठी",
    [MH_SAY_VERSION] = "आवृत्ती",
    [MH_SAY_ISSUED] = "दिनांक",
    [MH_SAY_GET] = "अहवाल मिळवा",
    [MH_SAY_GET_HELP] = "रुग्णालयाकडे रुग्णाचा जो फोन नंबर आहे त्यावर SMS ने कोड पाठवला जातो.",
    [MH_SAY_GET_BOOKING] = "भेट पाहा किंवा रद्द करा",
    [MH_SAY_SEND_CODE] = "कोड पाठवा",
    [MH_SAY_SEND_ANOTHER] = "दुसरा कोड पाठवा",
    [MH_SAY_CODE_SENT] = "रुग्णालयाकडे रुग्णाचा फोन नंबर असल्यास त्यावर कोड पाठवला जात आहे. तो 10 मिनिटे वैध आहे.",
    [MH_SAY_CODE_WAIT] = "थोड्या वेळापूर्वी एक कोड पाठवला होता. दुसरा मागण्याआधी कृपया त्याची वाट पाहा.",
    [MH_SAY_CODE] = "SMS मधील कोड",
    [MH_SAY_CONTINUE] = "पुढे जा",
    [MH_SAY_CODE_WRONG] = "हा कोड बरोबर नाही.",
    [MH_SAY_CODE_SPENT] = "हा कोड आता वैध नाही. कृपया दुसरा मागवा.",
    [MH_SAY_NO_CODES] = "अहवाल रुग्णालयात मिळेल.",
    [MH_SAY_READY] = "धन्यवाद. आता अहवाल घेता येईल.",
    [MH_SAY_FETCH] = "अहवाल घ्या (PDF)",
    [MH_SAY_OVER] = "खूप वेळ झाला. कृपया पुन्हा सुरू करा.",
    [MH_SAY_AGAIN] = "पुन्हा सुरू करा",
    [MH_SAY_TOO_OFTEN] = "थोड्या वेळात खूप वेळा प्रयत्न झाला. कृपया एक मिनिट थांबून पुन्हा प्रयत्न करा.",
    [MH_SAY_FAILED] = "हे झाले नाही. कृपया थोड्या वेळाने पुन्हा प्रयत्न करा.",
    [MH_SAY_HOW] = "तुमचा अनुभव कसा होता?",
    [MH_SAY_MAIL_CODE] = "ई-मेलमधील कोड",
    [MH_SAY_SATISFIED] = "तुम्ही किती समाधानी आहात?",
    [MH_SAY_VERY] = "खूप",
    [MH_SAY_NOT_AT_ALL] = "अजिबात नाही",
    [MH_SAY_OWN_WORDS] = "तुमच्या शब्दांत (ऐच्छिक)",
    [MH_SAY_SEND] = "पाठवा",
    [MH_SAY_THANKS] = "धन्यवाद.",
    [MH_SAY_ANSWERED] = "तुम्ही आधीच उत्तर दिले आहे. धन्यवाद.",
    [MH_SAY_MAIL_UNKNOWN] = "हा कोड माहीत नाही, किंवा आधीच वापरला आहे.",
    [MH_SAY_CHOOSE] = "कृपया तुम्ही किती समाधानी आहात ते निवडा.",
    [MH_SAY_APPOINTMENT] = "भेट",
    [MH_SAY_BOOKED] = "ही भेट ठरलेली आहे.",
    [MH_SAY_CANCELLED] = "ही भेट रद्द झाली आहे.",
    [MH_SAY_MOVED] = "ही भेट दुसऱ्या वेळी ठेवली आहे.",
    [MH_SAY_PAST] = "ही भेट झाली आहे.",
    [MH_SAY_UNKNOWN_BOOKING] = "ही भेट येथे माहीत नाही.",
    [MH_SAY_WHEN] = "केव्हा",
    [MH_SAY_WITH] = "कोणाकडे",
    [MH_SAY_ROOM] = "खोली",
    [MH_SAY_CANCEL] = "भेट रद्द करा",
    [MH_SAY_CANCEL_SURE] = "होय, मला आता तिची गरज नाही",
  } },
  { "ur", TRUE, {
    [MH_SAY_ITSELF] = "اردو",
    [MH_SAY_PAPER] = "کیا یہ کاغذ اصلی ہے؟",
    [MH_SAY_GENUINE] = "یہ کاغذ اصلی ہے۔",
    [MH_SAY_REPLACED] = "یہ کاغذ اصلی ہے، مگر اس کی جگہ ورژن {1} جاری ہو چکا ہے۔",
    [MH_SAY_WITHDRAWN] = "یہ کاغذ واپس لے لیا گیا ہے۔ براہ کرم اسے استعمال نہ کریں۔",
    [MH_SAY_NOT_OURS] = "یہ کاغذ ہمارا نہیں ہے۔",
    [MH_SAY_NOT_OURS_HELP] = "اس کوڈ سے کچھ جاری نہیں ہوا۔ دوبارہ اسکین کریں، یا ہسپتال میں پوچھیں۔",
    [MH_SAY_HOSPITAL] = "ہسپتال",
    [MH_SAY_REPORT] = "رپورٹ",
    [MH_SAY_PRESCRIPTION] = "نسخہ",
    [MH_SAY_VERSION] = "ورژن",
    [MH_SAY_ISSUED] = "جاری",
    [MH_SAY_GET] = "رپورٹ لیں",
    [MH_SAY_GET_HELP] = "ہسپتال کے پاس مریض کا جو فون نمبر ہے اس پر SMS سے ایک کوڈ بھیجا جاتا ہے۔",
    [MH_SAY_GET_BOOKING] = "ملاقات دیکھیں یا منسوخ کریں",
    [MH_SAY_SEND_CODE] = "کوڈ بھیجیں",
    [MH_SAY_SEND_ANOTHER] = "دوسرا کوڈ بھیجیں",
    [MH_SAY_CODE_SENT] = "اگر ہسپتال کے پاس مریض کا فون نمبر ہے تو اس پر کوڈ بھیجا جا رہا ہے۔ یہ 10 منٹ تک کارآمد ہے۔",
    [MH_SAY_CODE_WAIT] = "تھوڑی دیر پہلے ایک کوڈ بھیجا گیا تھا۔ دوسرا مانگنے سے پہلے براہ کرم اس کا انتظار کریں۔",
    [MH_SAY_CODE] = "SMS میں آیا کوڈ",
    [MH_SAY_CONTINUE] = "آگے بڑھیں",
    [MH_SAY_CODE_WRONG] = "یہ کوڈ درست نہیں ہے۔",
    [MH_SAY_CODE_SPENT] = "یہ کوڈ اب کارآمد نہیں۔ براہ کرم دوسرا منگوائیں۔",
    [MH_SAY_NO_CODES] = "رپورٹ ہسپتال سے لی جا سکتی ہے۔",
    [MH_SAY_READY] = "شکریہ۔ اب رپورٹ لی جا سکتی ہے۔",
    [MH_SAY_FETCH] = "رپورٹ لیں (PDF)",
    [MH_SAY_OVER] = "اس میں بہت دیر ہو گئی۔ براہ کرم دوبارہ شروع کریں۔",
    [MH_SAY_AGAIN] = "دوبارہ شروع کریں",
    [MH_SAY_TOO_OFTEN] = "تھوڑی دیر میں بہت بار کوشش ہوئی۔ براہ کرم ایک منٹ رک کر دوبارہ کوشش کریں۔",
    [MH_SAY_FAILED] = "یہ نہیں ہو سکا۔ براہ کرم تھوڑی دیر میں دوبارہ کوشش کریں۔",
    [MH_SAY_HOW] = "آپ کا تجربہ کیسا رہا؟",
    [MH_SAY_MAIL_CODE] = "ای میل میں لکھا کوڈ",
    [MH_SAY_SATISFIED] = "آپ کتنے مطمئن ہیں؟",
    [MH_SAY_VERY] = "بہت",
    [MH_SAY_NOT_AT_ALL] = "بالکل نہیں",
    [MH_SAY_OWN_WORDS] = "اپنے الفاظ میں (اختیاری)",
    [MH_SAY_SEND] = "بھیجیں",
    [MH_SAY_THANKS] = "شکریہ۔",
    [MH_SAY_ANSWERED] = "آپ پہلے ہی جواب دے چکے ہیں۔ شکریہ۔",
    [MH_SAY_MAIL_UNKNOWN] = "یہ کوڈ معلوم نہیں، یا پہلے ہی استعمال ہو چکا ہے۔",
    [MH_SAY_CHOOSE] = "براہ کرم منتخب کریں کہ آپ کتنے مطمئن ہیں۔",
    [MH_SAY_APPOINTMENT] = "ملاقات",
    [MH_SAY_BOOKED] = "یہ ملاقات طے ہے۔",
    [MH_SAY_CANCELLED] = "یہ ملاقات منسوخ ہے۔",
    [MH_SAY_MOVED] = "یہ ملاقات دوسرے وقت پر رکھ دی گئی ہے۔",
    [MH_SAY_PAST] = "یہ ملاقات ہو چکی ہے۔",
    [MH_SAY_UNKNOWN_BOOKING] = "یہ ملاقات یہاں معلوم نہیں ہے۔",
    [MH_SAY_WHEN] = "کب",
    [MH_SAY_WITH] = "کس سے",
    [MH_SAY_ROOM] = "کمرہ",
    [MH_SAY_CANCEL] = "ملاقات منسوخ کریں",
    [MH_SAY_CANCEL_SURE] = "جی ہاں، مجھے اب اس کی ضرورت نہیں",
  } },
};
/* clang-format on */

static const MhPublicWords *
of_tag (const char *tag, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (length >= 2 && g_ascii_strncasecmp (all[i].tag, tag, 2) == 0
        && (length == 2 || tag[2] == '-' || tag[2] == '_'))
      return &all[i];
  return NULL;
}

/* "q=0.8" of one of the header's parts; 1 when it says nothing. */
static double
liking (const char *part)
{
  const char *q = strstr (part, "q=");
  return q != NULL ? g_ascii_strtod (q + 2, NULL) : 1;
}

const MhPublicWords *
mh_public_words (const char *chosen, const char *accepted)
{
  const MhPublicWords *best = chosen != NULL ? of_tag (chosen, strlen (chosen)) : NULL;
  double most = 0;
  g_auto (GStrv) parts = g_strsplit (accepted != NULL && best == NULL ? accepted : "", ",", 20);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      const MhPublicWords *words = of_tag (part, strcspn (part, "; "));
      if (words == NULL || liking (part) <= most)
        continue;
      best = words;
      most = liking (part);
    }

  return best != NULL ? best : &all[0];
}

const char *
mh_public_say (const MhPublicWords *words, MhSay what)
{
  return words->say[what];
}

const char *
mh_public_words_tag (const MhPublicWords *words)
{
  return words->tag;
}

gboolean
mh_public_words_is_rtl (const MhPublicWords *words)
{
  return words->rtl;
}

const MhPublicWords *
mh_public_words_nth (guint n)
{
  return n < G_N_ELEMENTS (all) ? &all[n] : NULL;
}
