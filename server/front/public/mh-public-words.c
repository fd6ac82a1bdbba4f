/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/public/mh-public-words.h"

#include <string.h>

#include "shared/base/mh-translation.h"

struct _MhPublicWords
{
  const char *tag;
  const MhTranslation *translation; /* NULL: English */
};

/* clang-format off */
static const char *const english[MH_SAY_N] = {
  /* Translators: the name of your language, in your language */
  [MH_SAY_ITSELF] = NS_("English"),
  [MH_SAY_PAPER] = NS_("Is this paper genuine?"),
  [MH_SAY_GENUINE] = NS_("This paper is genuine."),
  [MH_SAY_REPLACED] = NS_("This paper is genuine, but it was replaced by version {1}."),
  [MH_SAY_WITHDRAWN] = NS_("This paper was taken back. Please do not use it."),
  [MH_SAY_NOT_OURS] = NS_("This paper is not ours."),
  [MH_SAY_NOT_OURS_HELP] = NS_("Nothing was issued with this code. Scan it again, or ask at the hospital."),
  [MH_SAY_HOSPITAL] = NS_("Hospital"),
  [MH_SAY_REPORT] = NS_("Report"),
  [MH_SAY_PRESCRIPTION] = NS_("Prescription"),
  [MH_SAY_VERSION] = NS_("Version"),
  [MH_SAY_ISSUED] = NS_("Issued"),
  [MH_SAY_GET] = NS_("Get the report"),
  [MH_SAY_GET_HELP] = NS_("A code is sent by SMS to the phone number that the hospital knows of the patient."),
  [MH_SAY_GET_BOOKING] = NS_("See or cancel the appointment"),
  [MH_SAY_SEND_CODE] = NS_("Send the code"),
  [MH_SAY_SEND_ANOTHER] = NS_("Send another code"),
  [MH_SAY_CODE_SENT] = NS_("If the hospital knows a phone number of the patient, a code is on its way to it. It is good for 10 minutes."),
  [MH_SAY_CODE_WAIT] = NS_("A code was sent a short time ago. Please wait for it before you ask for another."),
  [MH_SAY_CODE] = NS_("Code from the SMS"),
  [MH_SAY_CONTINUE] = NS_("Continue"),
  [MH_SAY_CODE_WRONG] = NS_("This is not the code."),
  [MH_SAY_CODE_SPENT] = NS_("This code is not good any more. Please have another sent."),
  [MH_SAY_NO_CODES] = NS_("The report can be fetched at the hospital."),
  [MH_SAY_READY] = NS_("Thank you. The report can be fetched now."),
  [MH_SAY_FETCH] = NS_("Fetch the report (PDF)"),
  [MH_SAY_OVER] = NS_("This took too long. Please begin again."),
  [MH_SAY_AGAIN] = NS_("Begin again"),
  [MH_SAY_TOO_OFTEN] = NS_("That was too often in a short time. Please wait a minute and try again."),
  [MH_SAY_FAILED] = NS_("That did not work. Please try again in a moment."),
  [MH_SAY_HOW] = NS_("How was it?"),
  [MH_SAY_MAIL_CODE] = NS_("Code in your e-mail"),
  [MH_SAY_SATISFIED] = NS_("How satisfied are you?"),
  [MH_SAY_VERY] = NS_("Very"),
  [MH_SAY_NOT_AT_ALL] = NS_("Not at all"),
  [MH_SAY_OWN_WORDS] = NS_("In your own words (optional)"),
  [MH_SAY_SEND] = NS_("Send"),
  [MH_SAY_THANKS] = NS_("Thank you."),
  [MH_SAY_ANSWERED] = NS_("You have answered already. Thank you."),
  [MH_SAY_MAIL_UNKNOWN] = NS_("This code is not known, or was used already."),
  [MH_SAY_CHOOSE] = NS_("Please choose how satisfied you are."),
  [MH_SAY_APPOINTMENT] = NS_("Appointment"),
  [MH_SAY_BOOKED] = NS_("This appointment is booked."),
  [MH_SAY_CANCELLED] = NS_("This appointment is cancelled."),
  [MH_SAY_MOVED] = NS_("This appointment was moved to another time."),
  [MH_SAY_PAST] = NS_("This appointment is over."),
  [MH_SAY_UNKNOWN_BOOKING] = NS_("This appointment is not known here."),
  [MH_SAY_WHEN] = NS_("When"),
  [MH_SAY_WITH] = NS_("With"),
  [MH_SAY_ROOM] = NS_("Room"),
  [MH_SAY_CANCEL] = NS_("Cancel the appointment"),
  [MH_SAY_CANCEL_SURE] = NS_("Yes, I do not need it any more"),
};
/* clang-format on */

static MhPublicWords *
public_words_make (void)
{
  const char *const *languages = mh_translation_languages (MH_DOMAIN_PHONES);
  guint n = g_strv_length ((char **)languages);
  MhPublicWords *all = g_new0 (MhPublicWords, n + 1);

  for (guint i = 0; i < n; i++)
    all[i] = (MhPublicWords){ languages[i], mh_translation_find (MH_DOMAIN_PHONES, languages[i]) };

  return all;
}

/* English first; ends with a row of NULLs. */
static const MhPublicWords *
public_words_all (void)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    g_once_init_leave (&made, (gsize)public_words_make ());

  return (const MhPublicWords *)made;
}

static const MhPublicWords *
of_tag (const char *tag, gsize length)
{
  for (const MhPublicWords *one = public_words_all (); one->tag != NULL; one++)
    if (length >= 2 && g_ascii_strncasecmp (one->tag, tag, 2) == 0
        && (length == 2 || tag[2] == '-' || tag[2] == '_'))
      return one;
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

  return best != NULL ? best : public_words_all ();
}

const char *
mh_public_say (const MhPublicWords *words, MhSay what)
{
  const char *said = words->translation != NULL
                         ? mh_translation_text (words->translation, NULL, english[what])
                         : NULL;
  return said != NULL ? said : english[what];
}

const char *
mh_public_words_tag (const MhPublicWords *words)
{
  return words->tag;
}

gboolean
mh_public_words_is_rtl (const MhPublicWords *words)
{
  return mh_translation_is_rtl (words->tag);
}

const MhPublicWords *
mh_public_words_nth (guint n)
{
  guint n_all = g_strv_length ((char **)mh_translation_languages (MH_DOMAIN_PHONES));
  return n < n_all ? &public_words_all ()[n] : NULL;
}
