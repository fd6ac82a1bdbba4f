/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One table per language, ended by a row of NULLs; grouped as the papers are. */

typedef struct
{
  const char *english;
  const char *translated;
} MhPhrase;

extern const MhPhrase mh_words_arabic[];
extern const MhPhrase mh_words_hindi[];
extern const MhPhrase mh_words_urdu[];
