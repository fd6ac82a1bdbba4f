/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a protocol is made of, for its reader alone. */
#include "shared/rules/dispatch/mh-protocol.h"

G_BEGIN_DECLS

void mh_protocol_answer_free (gpointer data);
void mh_protocol_question_free (gpointer data);
void mh_protocol_age_free (gpointer data);
void mh_protocol_card_free (gpointer data);
void mh_protocol_block_free (gpointer data);
void mh_protocol_variant_free (gpointer data);

G_END_DECLS
