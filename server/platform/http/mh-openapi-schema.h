/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room: record types as JSON schemas. */
#include "shared/proto/mh-route.h"

G_BEGIN_DECLS

typedef enum
{
  MH_SCHEMA_REPLY,  /* all that goes out; open, unset fields are null */
  MH_SCHEMA_CREATE, /* what a client may send; closed */
  MH_SCHEMA_PATCH,  /* the same, nothing required */
} MhSchemaForm;

/* "Patient", "PatientCreate", "PatientPatch" */
char *mh_schema_name (const MhRecordType *type, MhSchemaForm form);
/* {"$ref":"#/components/schemas/Patient"} */
void mh_schema_put_ref (GString *out, const MhRecordType *type, MhSchemaForm form);
void mh_schema_put_type (GString *out, const MhRecordType *type, MhSchemaForm form);
/* Schema of a query parameter. */
void mh_schema_put_param (GString *out, const MhParam *param);
/* Adds the forms of all types that a schema of this one names, and itself, to the set of names. The
 * values are MhSchemaUse. */
typedef struct
{
  const MhRecordType *type;
  MhSchemaForm form;
} MhSchemaUse;

void mh_schema_collect (GHashTable *uses, const MhRecordType *type, MhSchemaForm form);

G_END_DECLS
