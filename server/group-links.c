/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of a program that is never run: linking it shows that a group calls nothing of those after it. */
int
main (void)
{
  return 0;
}
