/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Kinds of alerts that only the analysers' room raises. */

#define MH_ALERT_ANALYSER_CLOCK "analyser_clock"
