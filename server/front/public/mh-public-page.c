/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/public/mh-public-page.h"

#include <string.h>

#include "server/platform/common/mh-html.h"

static const char style[]
    = ":root{color-scheme:light dark;--back:#fff;--text:#1d1d20;--dim:#5e5c64;--line:#c9c7cf;"
      "--act:#1a5fb4;--on:#fff;--good:#e3f4e6;--care:#fdf1d3;--bad:#fbe3e4}"
      "@media(prefers-color-scheme:dark){:root{--back:#1d1d20;--text:#f2f1f4;--dim:#b8b6be;"
      "--line:#5e5c64;--act:#99c1f1;--on:#1d1d20;--good:#1f3a26;--care:#43371a;--bad:#4a2224}}"
      "*{box-sizing:border-box}"
      "body{margin:0;background:var(--back);color:var(--text);font:1.125rem/1.5 system-ui,"
      "'Noto Sans','Noto Sans Devanagari','Noto Nastaliq Urdu',sans-serif}"
      "main,nav{max-width:34rem;margin:0 auto;padding:.5rem 1rem}"
      "nav{display:flex;flex-wrap:wrap;gap:0 1rem}"
      "nav a,nav b{display:inline-block;padding:.5rem 0;min-width:2.75rem}"
      "a{color:var(--act)}h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0 1rem}"
      "h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .5rem}p{margin:.75rem 0}"
      ".note{display:flex;gap:.75rem;padding:.875rem 1rem;border-radius:.5rem;font-weight:600;"
      "border-inline-start:.375rem solid}"
      ".good{background:var(--good);border-color:#2ec27e}"
      ".care{background:var(--care);border-color:#e5a50a}"
      ".bad{background:var(--bad);border-color:#e01b24}"
      "dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:1rem 0}"
      "dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere}"
      "label{display:block;margin:.75rem 0}fieldset{border:1px solid var(--line);"
      "border-radius:.5rem;margin:1rem 0;padding:.25rem 1rem}legend{font-weight:600}"
      "input,textarea,button{font:inherit;color:inherit;max-width:100%}"
      "input[type=text],textarea{display:block;width:100%;margin-top:.25rem;padding:.625rem;"
      "background:transparent;border:1px solid var(--dim);border-radius:.5rem}"
      "input[type=radio],input[type=checkbox]{width:1.25rem;height:1.25rem;"
      "margin-inline-end:.5rem;vertical-align:-.125rem}"
      "button{display:block;width:100%;min-height:3rem;margin:1rem 0;padding:.5rem 1rem;"
      "border:0;border-radius:.5rem;background:var(--act);color:var(--on);font-weight:600}"
      ".plain{background:transparent;color:var(--act);border:1px solid var(--act)}"
      ":lang(ur){line-height:1.9}"
      ":focus-visible{outline:.1875rem solid var(--act);outline-offset:.125rem}";

const char *
mh_public_page_policy (void)
{
  static gsize once;
  static const char *policy;
  if (g_once_init_enter (&once))
    {
      guint8 digest[32];
      gsize length = sizeof digest;
      g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
      g_checksum_update (sum, (const guchar *)style, (gssize)strlen (style));
      g_checksum_get_digest (sum, digest, &length);
      g_autofree char *hash = g_base64_encode (digest, length);
      g_autofree char *text
          = g_strdup_printf ("default-src 'none'; style-src 'sha256-%s'; form-action 'self'; "
                             "base-uri 'none'; frame-ancestors 'none'",
                             hash);
      policy = g_intern_string (text);
      g_once_init_leave (&once, 1);
    }

  return policy;
}

static void
public_page_put_choice (GString *page, const MhPublicWords *words)
{
  mh_html_open (page, "nav", NULL);
  for (guint i = 0; mh_public_words_nth (i) != NULL; i++)
    {
      const MhPublicWords *other = mh_public_words_nth (i);
      const char *tag = mh_public_words_tag (other);
      const char *element = other == words ? "b" : "a";
      g_autofree char *to = other != words ? g_strconcat ("?lang=", tag, NULL) : NULL;
      mh_html_open (page, element, "lang", tag, "href", to, NULL);
      mh_html_text (page, mh_public_say (other, MH_SAY_ITSELF));
      mh_html_close (page, element);
    }

  mh_html_close (page, "nav");
}

GString *
mh_public_page_begin (const MhPublicWords *words, MhSay title, gboolean choice)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n");
  mh_html_open (page, "html", "lang", mh_public_words_tag (words), "dir",
                mh_public_words_is_rtl (words) ? "rtl" : "ltr", NULL);
  mh_html_open (page, "head", NULL);
  mh_html_open (page, "meta", "charset", "utf-8", NULL);
  mh_html_open (page, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1",
                NULL);
  mh_html_open (page, "meta", "name", "robots", "content", "noindex, nofollow", NULL);
  mh_html_line (page, "title", mh_public_say (words, title));
  g_string_append_printf (page, "<style>%s</style></head>\n", style);
  mh_html_open (page, "body", NULL);
  if (choice)
    public_page_put_choice (page, words);
  mh_html_open (page, "main", NULL);
  mh_html_line (page, "h1", mh_public_say (words, title));

  return page;
}

void
mh_public_page_end (GString *page)
{
  g_string_append (page, "</main></body></html>\n");
}

void
mh_public_note (GString *page, MhPublicTone tone, const char *text)
{
  static const char *const classes[] = { "note good", "note care", "note bad" };
  static const char *const signs[] = { "✓", "!", "✕" };
  mh_html_open (page, "p", "class", classes[tone], "role", "status", NULL);
  mh_html_open (page, "span", "aria-hidden", "true", NULL);
  mh_html_text (page, signs[tone]);
  mh_html_close (page, "span");
  mh_html_line (page, "span", text);
  mh_html_close (page, "p");
}

void
mh_public_paragraph (GString *page, const char *text)
{
  mh_html_line (page, "p", text);
}

void
mh_public_facts_begin (GString *page)
{
  mh_html_open (page, "dl", NULL);
}

/* Names and numbers keep their own direction. */
void
mh_public_fact (GString *page, const char *label, const char *value)
{
  if (value == NULL)
    return;
  mh_html_line (page, "dt", label);
  mh_html_open (page, "dd", NULL);
  mh_html_line (page, "bdi", value);
  mh_html_close (page, "dd");
}

void
mh_public_facts_end (GString *page)
{
  mh_html_close (page, "dl");
}

static void
put_hidden (GString *page, const char *name, const char *value)
{
  if (value != NULL)
    mh_html_open (page, "input", "type", "hidden", "name", name, "value", value, NULL);
}

void
mh_public_form_begin (GString *page, const char *step, const char *token)
{
  mh_html_open (page, "form", "method", "post", "accept-charset", "utf-8", NULL);
  put_hidden (page, "step", step);
  put_hidden (page, "token", token);
}

void
mh_public_form_end (GString *page, const char *button, gboolean plain)
{
  mh_html_open (page, "button", "type", "submit", "class", plain ? "plain" : NULL, NULL);
  mh_html_text (page, button);
  mh_html_close (page, "button");
  mh_html_close (page, "form");
}
