/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names as people write them: what some write as one word and others as two, and the many Latin
 * spellings of one Arabic or Indian name. */
#include "shared/base/mh-text-private.h"
#include "shared/base/mh-text.h"

#include <stdlib.h>
#include <string.h>

/* A part this short is written together with its neighbour as often as not. */
#define SHORT_PART 3
#define MOST_PARTS 6

/* --- families of spelling --- */

/* Sorted by spelling. The sound is any text that all spellings of a family have in common. */
/* clang-format off */
static const struct
{
  const char *spelling, *sound;
} families[] = {
  { "aayesha", "aesa" }, { "abdal", "abdul" }, { "abdel", "abdul" }, { "abdool", "abdul" },
  { "abdoul", "abdul" }, { "abdul", "abdul" }, { "abdull", "abdul" }, { "aesha", "aesa" },
  { "agarval", "agarval" }, { "agarwal", "agarval" }, { "agarwala", "agarval" }, { "aggarwal", "agarval" },
  { "aggrawal", "agarval" }, { "agraval", "agarval" }, { "agrawal", "agarval" }, { "agrwal", "agarval" },
  { "ahamad", "ahmad" }, { "ahamed", "ahmad" }, { "ahemad", "ahmad" }, { "ahemed", "ahmad" },
  { "ahmad", "ahmad" }, { "ahmed", "ahmad" }, { "ahmet", "ahmad" }, { "ahmmed", "ahmad" },
  { "ahmod", "ahmad" }, { "aisa", "aesa" }, { "aisha", "aesa" }, { "aishah", "aesa" },
  { "aiyangar", "iyangar" }, { "aiyar", "iyar" }, { "aiyer", "iyar" }, { "akhtar", "aktar" },
  { "akhter", "aktar" }, { "aktar", "aktar" }, { "akter", "aktar" }, { "akthar", "aktar" },
  { "akther", "aktar" }, { "anvar", "anvar" }, { "anver", "anvar" }, { "anwar", "anvar" },
  { "anwer", "anvar" }, { "ayeesha", "aesa" }, { "ayengar", "iyangar" }, { "ayesha", "aesa" },
  { "ayisha", "aesa" }, { "aysha", "aesa" }, { "ayyangar", "iyangar" }, { "ayyar", "iyar" },
  { "ayyer", "iyar" }, { "balasubrahmanyam", "balasubramanian" }, { "balasubramaniam", "balasubramanian" }, { "balasubramanian", "balasubramanian" },
  { "balasubramaniyan", "balasubramanian" }, { "balasubramanyam", "balasubramanian" }, { "banarjee", "banarji" }, { "banarji", "banarji" },
  { "bandhopadhyay", "bandopadyai" }, { "bandopadhyay", "bandopadyai" }, { "bandopadhyaya", "bandopadyai" }, { "bandyopadhyay", "bandopadyai" },
  { "bandyopadhyaya", "bandopadyai" }, { "banerjea", "banarji" }, { "banerjee", "banarji" }, { "banerji", "banarji" },
  { "bannerjee", "banarji" }, { "bannerji", "banarji" }, { "batacharya", "batacaria" }, { "beegum", "begam" },
  { "begam", "begam" }, { "begom", "begam" }, { "begum", "begam" }, { "bhattacharjee", "batacaria" },
  { "bhattacharji", "batacaria" }, { "bhattacharjya", "batacaria" }, { "bhattacharya", "batacaria" }, { "bhattacharyay", "batacaria" },
  { "bhattacharyee", "batacaria" }, { "bhattacharyya", "batacaria" }, { "bhonsale", "bosale" }, { "bhonsle", "bosale" },
  { "bhosale", "bosale" }, { "bhosle", "bosale" }, { "bhosley", "bosale" }, { "bibek", "vivek" },
  { "bijay", "vijay" }, { "bijoy", "vijay" }, { "bikram", "vikram" }, { "birender", "virendra" },
  { "birendra", "virendra" }, { "bishal", "visal" }, { "bishwas", "visvas" }, { "biswas", "visvas" },
  { "bivek", "vivek" }, { "chaterjee", "catarji" }, { "chaterji", "catarji" }, { "chattarjee", "catarji" },
  { "chattarji", "catarji" }, { "chatterjee", "catarji" }, { "chatterji", "catarji" }, { "chaudary", "codari" },
  { "chaudhari", "codari" }, { "chaudhary", "codari" }, { "chaudhry", "codari" }, { "chaudhuri", "codari" },
  { "chaudhury", "codari" }, { "choudary", "codari" }, { "choudhari", "codari" }, { "choudhary", "codari" },
  { "choudhry", "codari" }, { "choudhuri", "codari" }, { "choudhury", "codari" }, { "chowdary", "codari" },
  { "chowdhari", "codari" }, { "chowdhary", "codari" }, { "chowdhury", "codari" }, { "chowdry", "codari" },
  { "datt", "data" }, { "datta", "data" }, { "dattaa", "data" }, { "davinder", "devendra" },
  { "debendra", "devendra" }, { "devender", "devendra" }, { "devendra", "devendra" }, { "devinder", "devendra" },
  { "duta", "data" }, { "dutt", "data" }, { "dutta", "data" }, { "easwar", "isvar" },
  { "ebraheem", "ibrahim" }, { "ebrahim", "ibrahim" }, { "eshvar", "isvar" }, { "eshwar", "isvar" },
  { "esmael", "ismail" }, { "esmail", "ismail" }, { "eswar", "isvar" }, { "eswara", "isvar" },
  { "faaruq", "faruk" }, { "farook", "faruk" }, { "farooq", "faruk" }, { "farooque", "faruk" },
  { "farouk", "faruk" }, { "faruk", "faruk" }, { "farukh", "faruk" }, { "faruq", "faruk" },
  { "faruque", "faruk" }, { "fatema", "fatima" }, { "fathima", "fatima" }, { "fathimah", "fatima" },
  { "fatima", "fatima" }, { "fatimah", "fatima" }, { "fatma", "fatima" }, { "gaekwad", "gaikvad" },
  { "gaikvad", "gaikvad" }, { "gaikwad", "gaikvad" }, { "gaikwar", "gaikvad" }, { "gangopadhay", "gangopadyai" },
  { "gangopadhyay", "gangopadyai" }, { "gangopadhyaya", "gangopadyai" }, { "gayakwad", "gaikvad" }, { "gaykwad", "gaikvad" },
  { "goel", "goyal" }, { "goyal", "goyal" }, { "goyall", "goyal" }, { "goyel", "goyal" },
  { "hasaan", "hasan" }, { "hasan", "hasan" }, { "hasen", "hasan" }, { "hassan", "hasan" },
  { "hosain", "husen" }, { "hosein", "husen" }, { "hosen", "husen" }, { "hossain", "husen" },
  { "hossein", "husen" }, { "husain", "husen" }, { "husein", "husen" }, { "husen", "husen" },
  { "husin", "husen" }, { "hussain", "husen" }, { "hussein", "husen" }, { "hussen", "husen" },
  { "hussin", "husen" }, { "ibraheem", "ibrahim" }, { "ibrahem", "ibrahim" }, { "ibrahim", "ibrahim" },
  { "ishvar", "isvar" }, { "ishwar", "isvar" }, { "ishwara", "isvar" }, { "ismaeel", "ismail" },
  { "ismael", "ismail" }, { "ismail", "ismail" }, { "ismayil", "ismail" }, { "iswar", "isvar" },
  { "iyangar", "iyangar" }, { "iyar", "iyar" }, { "iyengar", "iyangar" }, { "iyer", "iyar" },
  { "iyyar", "iyar" }, { "iyyengar", "iyangar" }, { "iyyer", "iyar" }, { "jadav", "jadav" },
  { "jadhao", "jadav" }, { "jadhav", "jadav" }, { "jadhaw", "jadav" }, { "jainab", "jenab" },
  { "jaiprakash", "jaiprakas" }, { "jatinder", "jitendra" }, { "jatindra", "jitendra" }, { "jayaprakash", "jaiprakas" },
  { "jaynab", "jenab" }, { "jayprakash", "jaiprakas" }, { "jaypraksh", "jaiprakas" }, { "jeetender", "jitendra" },
  { "jeetendra", "jitendra" }, { "jitender", "jitendra" }, { "jitendra", "jitendra" }, { "jitinder", "jitendra" },
  { "kadeeja", "kadija" }, { "kadija", "kadija" }, { "kathija", "kadija" }, { "katoon", "katun" },
  { "katun", "katun" }, { "khadeeja", "kadija" }, { "khadeja", "kadija" }, { "khadija", "kadija" },
  { "khadijah", "kadija" }, { "khateeja", "kadija" }, { "khatija", "kadija" }, { "khatoon", "katun" },
  { "khatoun", "katun" }, { "khatun", "katun" }, { "koreshi", "kuresi" }, { "krishnamoorthi", "krisnamurti" },
  { "krishnamoorthy", "krisnamurti" }, { "krishnamoorti", "krisnamurti" }, { "krishnamurthi", "krisnamurti" }, { "krishnamurthy", "krisnamurti" },
  { "krishnamurti", "krisnamurti" }, { "krishnamurty", "krisnamurti" }, { "krisnamurthy", "krisnamurti" }, { "kureshi", "kuresi" },
  { "mahamad", "mohamad" }, { "mahamed", "mohamad" }, { "mahammad", "mohamad" }, { "mahammed", "mohamad" },
  { "mahamud", "mahmud" }, { "mahender", "mahendra" }, { "mahendra", "mahendra" }, { "mahinder", "mahendra" },
  { "mahindra", "mahendra" }, { "mahmood", "mahmud" }, { "mahmoud", "mahmud" }, { "mahmud", "mahmud" },
  { "md", "mohamad" }, { "mehmed", "mohamad" }, { "mehmood", "mahmud" }, { "mehmoud", "mahmud" },
  { "mehmud", "mahmud" }, { "mhd", "mohamad" }, { "mohamad", "mohamad" }, { "mohamed", "mohamad" },
  { "mohammad", "mohamad" }, { "mohammed", "mohamad" }, { "mohammod", "mohamad" }, { "mohammud", "mohamad" },
  { "mohamud", "mohamad" }, { "mohamued", "mohamad" }, { "mohd", "mohamad" }, { "mohindar", "mahendra" },
  { "mohinder", "mahendra" }, { "mohindra", "mahendra" }, { "mohmad", "mohamad" }, { "mohmed", "mohamad" },
  { "mohmmad", "mohamad" }, { "mookerjee", "mukarji" }, { "mookerji", "mukarji" }, { "moorthi", "murti" },
  { "moorthy", "murti" }, { "moorti", "murti" }, { "mostafa", "mustafa" }, { "mostofa", "mustafa" },
  { "muhamad", "mohamad" }, { "muhamed", "mohamad" }, { "muhammad", "mohamad" }, { "muhammed", "mohamad" },
  { "muhmad", "mohamad" }, { "mukerjee", "mukarji" }, { "mukerji", "mukarji" }, { "mukharjee", "mukarji" },
  { "mukharji", "mukarji" }, { "mukherjea", "mukarji" }, { "mukherjee", "mukarji" }, { "mukherji", "mukarji" },
  { "mukhopadhay", "mukopadyai" }, { "mukhopadhyay", "mukopadyai" }, { "mukhopadhyaya", "mukopadyai" }, { "mukhurji", "mukarji" },
  { "murthi", "murti" }, { "murthy", "murti" }, { "murti", "murti" }, { "murty", "murti" },
  { "mustafa", "mustafa" }, { "mustafaa", "mustafa" }, { "mustapha", "mustafa" }, { "naayar", "nair" },
  { "nair", "nair" }, { "naiyar", "nair" }, { "narender", "narendra" }, { "narendra", "narendra" },
  { "narindar", "narendra" }, { "narinder", "narendra" }, { "narindra", "narendra" }, { "nayar", "nair" },
  { "nayyar", "nair" }, { "noor", "nur" }, { "noore", "nur" }, { "nour", "nur" },
  { "nur", "nur" }, { "omar", "umar" }, { "omer", "umar" }, { "oomar", "umar" },
  { "osman", "usman" }, { "othman", "usman" }, { "parbin", "parvin" }, { "parveen", "parvin" },
  { "parvin", "parvin" }, { "parween", "parvin" }, { "parwin", "parvin" }, { "pavar", "pavar" },
  { "pawar", "pavar" }, { "phatima", "fatima" }, { "powaar", "pavar" }, { "powar", "pavar" },
  { "praveen", "parvin" }, { "pravin", "parvin" }, { "quraishi", "kuresi" }, { "quraishy", "kuresi" },
  { "quraysh", "kuresi" }, { "qureishi", "kuresi" }, { "quresh", "kuresi" }, { "qureshi", "kuresi" },
  { "rabinder", "ravindra" }, { "rabindra", "ravindra" }, { "rabindranat", "ravindranat" }, { "rabindranath", "ravindranat" },
  { "rabindro", "ravindra" }, { "rahaman", "rahman" }, { "rahmaan", "rahman" }, { "rahman", "rahman" },
  { "rahmon", "rahman" }, { "rajender", "rajendra" }, { "rajendra", "rajendra" }, { "rajindar", "rajendra" },
  { "rajinder", "rajendra" }, { "rajindra", "rajendra" }, { "ravindar", "ravindra" }, { "ravinder", "ravindra" },
  { "ravindra", "ravindra" }, { "ravindranat", "ravindranat" }, { "ravindranath", "ravindranat" }, { "rehaman", "rahman" },
  { "rehmaan", "rahman" }, { "rehman", "rahman" }, { "rohman", "rahman" }, { "saed", "sayid" },
  { "saeed", "sayid" }, { "saeid", "sayid" }, { "saikh", "sek" }, { "saiyad", "said" },
  { "saiyed", "said" }, { "saiyid", "said" }, { "sayad", "said" }, { "sayed", "said" },
  { "sayeed", "sayid" }, { "sayid", "said" }, { "sayyad", "said" }, { "sayyed", "said" },
  { "sayyid", "said" }, { "seikh", "sek" }, { "seyed", "said" }, { "shaik", "sek" },
  { "shaikh", "sek" }, { "shaykh", "sek" }, { "sheekh", "sek" }, { "sheik", "sek" },
  { "sheikh", "sek" }, { "shekh", "sek" }, { "shreedhar", "sridar" }, { "shreekant", "srikant" },
  { "shreenivas", "srinivas" }, { "shreenivasan", "srinivasan" }, { "shreeram", "sriram" }, { "shridhar", "sridar" },
  { "shrikant", "srikant" }, { "shrikanth", "srikant" }, { "shrinivas", "srinivas" }, { "shrinivasan", "srinivasan" },
  { "shriniwas", "srinivas" }, { "shriram", "sriram" }, { "shrivastav", "srivastav" }, { "shrivastava", "srivastav" },
  { "shrivastwa", "srivastav" }, { "shriwastava", "srivastav" }, { "siddiki", "sidiki" }, { "siddiq", "sidiki" },
  { "siddiqi", "sidiki" }, { "siddique", "sidiki" }, { "siddiquee", "sidiki" }, { "siddiqui", "sidiki" },
  { "sidiki", "sidiki" }, { "sidiqi", "sidiki" }, { "sidiqui", "sidiki" }, { "siriram", "sriram" },
  { "sk", "sek" }, { "solaiman", "suleman" }, { "soleman", "suleman" }, { "sreedhar", "sridar" },
  { "sreekant", "srikant" }, { "sreekanth", "srikant" }, { "sreenivas", "srinivas" }, { "sreenivasan", "srinivasan" },
  { "sreeniwas", "srinivas" }, { "sreeram", "sriram" }, { "sridar", "sridar" }, { "sridhar", "sridar" },
  { "sridhara", "sridar" }, { "srikant", "srikant" }, { "srikanth", "srikant" }, { "srinibas", "srinivas" },
  { "srinivaas", "srinivas" }, { "srinivas", "srinivas" }, { "srinivasan", "srinivasan" }, { "srinivasen", "srinivasan" },
  { "sriniwas", "srinivas" }, { "sriram", "sriram" }, { "srivastav", "srivastav" }, { "srivastava", "srivastav" },
  { "srivastaw", "srivastav" }, { "srivasthava", "srivastav" }, { "srivastva", "srivastav" }, { "srivastwa", "srivastav" },
  { "sriwastava", "srivastav" }, { "subrahmaniam", "subramanian" }, { "subrahmanian", "subramanian" }, { "subrahmanya", "subramanian" },
  { "subrahmanyam", "subramanian" }, { "subramani", "subramanian" }, { "subramania", "subramanian" }, { "subramaniam", "subramanian" },
  { "subramanian", "subramanian" }, { "subramaniyam", "subramanian" }, { "subramaniyan", "subramanian" }, { "subramany", "subramanian" },
  { "subramanya", "subramanian" }, { "subramanyam", "subramanian" }, { "subramanyan", "subramanian" }, { "sulaiman", "suleman" },
  { "sulaman", "suleman" }, { "sulayman", "suleman" }, { "suleiman", "suleman" }, { "suleman", "suleman" },
  { "surender", "surendra" }, { "surendra", "surendra" }, { "surindar", "surendra" }, { "surinder", "surendra" },
  { "surindra", "surendra" }, { "syd", "said" }, { "syed", "said" }, { "tewari", "tivari" },
  { "tewary", "tivari" }, { "tivari", "tivari" }, { "tiwari", "tivari" }, { "tiwarie", "tivari" },
  { "tiwary", "tivari" }, { "umar", "umar" }, { "umer", "umar" }, { "usmaan", "usman" },
  { "usman", "usman" }, { "uthman", "usman" }, { "varinder", "virendra" }, { "veerendra", "virendra" },
  { "vibek", "vivek" }, { "vijai", "vijay" }, { "vijay", "vijay" }, { "vijoy", "vijay" },
  { "vikram", "vikram" }, { "vikrama", "vikram" }, { "virender", "virendra" }, { "virendra", "virendra" },
  { "virinder", "virendra" }, { "vishaal", "visal" }, { "vishal", "visal" }, { "vishvas", "visvas" },
  { "vishwas", "visvas" }, { "viswas", "visvas" }, { "vivek", "vivek" }, { "viveka", "vivek" },
  { "wijay", "vijay" }, { "wikram", "vikram" }, { "wishal", "visal" }, { "yoosuf", "yusuf" },
  { "yosef", "yusuf" }, { "yousaf", "yusuf" }, { "yousef", "yusuf" }, { "youssef", "yusuf" },
  { "yousuf", "yusuf" }, { "yusaf", "yusuf" }, { "yusef", "yusuf" }, { "yusof", "yusuf" },
  { "yusuf", "yusuf" }, { "yusup", "yusuf" }, { "zainab", "jenab" }, { "zainub", "jenab" },
  { "zaynab", "jenab" }, { "zeenab", "jenab" }, { "zenab", "jenab" },
};
/* clang-format on */

static int
compare_spelling (const void *word, const void *row)
{
  return strcmp (word, *(const char *const *)row);
}

const char *
mh_text_family_sound (const char *word)
{
  const char *const *row
      = bsearch (word, families, G_N_ELEMENTS (families), sizeof families[0], compare_spelling);
  return row != NULL ? row[1] : NULL;
}

/* --- apostrophes --- */

/* Also those that Unicode takes for letters, and the accents that keyboards have in their place. */
static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == '`' || c == 0xb4 || (c >= 0x2b9 && c <= 0x2bd) || c == 0x2c8
         || (c >= 0x2018 && c <= 0x201b) || c == 0x2032 || c == 0x2035 || c == 0x55a || c == 0x5f3
         || c == 0xa78c || c == 0xff07;
}

/* @separator: what stands for an apostrophe; 0: nothing. */
static char *
without_apostrophes (const char *name, char separator)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *out = g_string_sized_new (strlen (valid));
  for (const char *at = valid; *at != 0; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (!is_apostrophe (c))
        g_string_append_unichar (out, c);
      else if (separator != 0)
        g_string_append_c (out, separator);
    }
  return g_string_free (out, FALSE);
}

char *
mh_text_fold_name (const char *name)
{
  g_autofree char *joined = without_apostrophes (name != NULL ? name : "", 0);
  return mh_text_fold (joined);
}

/* --- words --- */

static void
text_names_add (GPtrArray *words, char *word)
{
  if (word[0] == 0 || g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
    g_free (word);
  else
    g_ptr_array_add (words, word);
}

static void
add_folded (GPtrArray *words, const char *folded)
{
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    text_names_add (words, g_strdup (parts[i]));
}

gboolean
mh_text_is_particle (const char *word)
{
  static const char *const particles[]
      = { "abd", "abdul", "abu", "al", "ben", "bin", "da", "das", "de",  "del", "dela",
          "den", "der",   "di",  "do", "dos", "du",  "el", "ibn", "la",  "le",  "mac",
          "mc",  "san",   "sri", "st", "ter", "ul",  "ur", "van", "von", NULL };
  return g_strv_contains (particles, word) || g_utf8_strlen (word, -1) <= SHORT_PART;
}

/* "de la cruz" → "delacruz", "lacruz"; "ram kumar" → "ramkumar". */
static void
add_joined (GPtrArray *words, char **parts, guint n)
{
  for (guint i = 0; i + 1 < n; i++)
    {
      if (n != 2 && !mh_text_is_particle (parts[i]) && !mh_text_is_particle (parts[i + 1]))
        continue;
      text_names_add (words, g_strconcat (parts[i], parts[i + 1], NULL));
      if (i + 2 < n && mh_text_is_particle (parts[i]) && mh_text_is_particle (parts[i + 1]))
        text_names_add (words, g_strconcat (parts[i], parts[i + 1], parts[i + 2], NULL));
    }
}

/* "Verma-Patel" → "vermapatel". */
static char *
joined_part (const char *written)
{
  g_autofree char *folded = mh_text_fold_name (written);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  return g_strjoinv ("", parts);
}

GPtrArray *
mh_text_name_words (const char *name)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  if (name == NULL)
    return words;

  g_autofree char *apart = without_apostrophes (name, ' ');
  g_autofree char *folded = mh_text_fold (apart);
  add_folded (words, folded);

  g_autofree char *clean = mh_text_clean (name);
  g_auto (GStrv) written = g_strsplit (clean, " ", -1);
  char *joined[MOST_PARTS];
  guint n = 0;

  for (guint i = 0; written[i] != NULL && n < MOST_PARTS; i++)
    {
      char *part = joined_part (written[i]);
      if (part[0] == 0)
        g_free (part);
      else
        joined[n++] = part;
    }

  for (guint i = 0; i < n; i++)
    text_names_add (words, g_strdup (joined[i]));
  add_joined (words, joined, n);
  for (guint i = 0; i < n; i++)
    g_free (joined[i]);

  return words;
}
