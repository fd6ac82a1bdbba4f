/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What stands in the QR code of an Indian identity card, as a patient's fields. Known are the ABHA
 * card (JSON with "hidn"), the older Aadhaar letter (XML, PrintLetterBarcodeData) and the secure
 * Aadhaar code (a decimal number: gzip, texts separated by 0xFF; with and without "V2" in front).
 *
 * Of an Aadhaar number only the last four digits are kept, as the law demands; its photo, its
 * hashes and its signature are left alone: whoever reads the card compares it with the person.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Looks like one: long, and not to be searched for letter by letter. */
gboolean mh_identity_card_is (const char *text);
/* A new patient record with what the card tells (names, sex, date or year of birth, phone, address,
 * ABHA, last four digits). NULL: it is none of these cards, or damaged. Pure. */
MhRecord *mh_identity_card_read (const char *text);

G_END_DECLS
