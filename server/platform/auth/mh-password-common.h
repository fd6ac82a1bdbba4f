/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Passwords, and beginnings of passwords, that guessers try first. Folded to lower case, in no
 * order; ends with NULL. */
extern const char *const mh_password_common[];
