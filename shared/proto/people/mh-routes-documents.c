/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
static const MhParam of_patient[] = {
  { "patient_id", MH_KIND_REF, NULL, N_("Of one patient; without, the list is empty") },
  { NULL },
};

static const MhRoute routes[] = {
  { "document.list", "GET", "/documents", MH_MAY_READ_DOCUMENT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_document_type, of_patient, N_("Papers and pictures of a patient, newest first"), "documents", NULL, MH_RATE_NORMAL },
  { "document.create", "POST", "/documents", MH_MAY_WRITE_DOCUMENT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_document_type, &mh_document_type, NULL, N_("Announce a file; its parts follow"), "documents", NULL, MH_RATE_NORMAL },
  { "document.read", "GET", "/documents/{id}", MH_MAY_READ_DOCUMENT, MH_ROUTE_READ, 0, NULL, &mh_document_type, NULL, N_("What a document is, and how much of it has arrived"), "documents", NULL, MH_RATE_NORMAL },
  { "document.update", "PATCH", "/documents/{id}", MH_MAY_WRITE_DOCUMENT, MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_document_type, &mh_document_type, NULL, N_("Change what is said about a document"), "documents", NULL, MH_RATE_NORMAL },
  { "document.part", "PUT", "/documents/{id}/parts", MH_MAY_WRITE_DOCUMENT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_document_put_type, &mh_document_type, NULL, N_("Store the next part of a file; one that is there already changes nothing"), "documents", NULL, MH_RATE_NORMAL },
  { "document.content", "GET", "/documents/{id}/content", MH_MAY_READ_DOCUMENT, MH_ROUTE_PLAIN, MH_ROUTE_BINARY, NULL, NULL, NULL, N_("The file itself"), "documents", "application/octet-stream", MH_RATE_HEAVY },
  { "document.thumbnail", "GET", "/documents/{id}/thumbnail", MH_MAY_READ_DOCUMENT, MH_ROUTE_READ, MH_ROUTE_BINARY, NULL, NULL, NULL, N_("A small picture of it"), "documents", "image/png", MH_RATE_NORMAL },
  { "document.remove", "POST", "/documents/{id}/removal", MH_MAY_WRITE_DOCUMENT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE | MH_ROUTE_NO_CONTENT, &mh_document_reason_type, NULL, NULL, N_("Remove a document from the chart, with a reason"), "documents", NULL, MH_RATE_NORMAL },

  { "consent.list", "GET", "/consents", MH_MAY_READ_DOCUMENT, MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_consent_type, of_patient, N_("What a patient agreed to and refused, newest first"), "documents", NULL, MH_RATE_NORMAL },
  { "consent.create", "POST", "/consents", MH_MAY_WRITE_DOCUMENT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED, &mh_consent_type, &mh_consent_type, NULL, N_("Record a consent or a refusal"), "documents", NULL, MH_RATE_NORMAL },
  { "consent.read", "GET", "/consents/{id}", MH_MAY_READ_DOCUMENT, MH_ROUTE_READ, 0, NULL, &mh_consent_type, NULL, N_("One consent or refusal"), "documents", NULL, MH_RATE_NORMAL },
  { "consent.update", "PATCH", "/consents/{id}", MH_MAY_WRITE_DOCUMENT, MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT, &mh_consent_type, &mh_consent_type, NULL, N_("Name the paper on which a decision was signed"), "documents", NULL, MH_RATE_NORMAL },
  { "consent.withdraw", "POST", "/consents/{id}/withdrawal", MH_MAY_WRITE_DOCUMENT, MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT, &mh_document_reason_type, &mh_consent_type, NULL, N_("Record that a consent was withdrawn"), "documents", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_documents = { routes, G_N_ELEMENTS (routes) };
