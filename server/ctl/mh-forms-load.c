/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-forms-load.h"

#include "server/ctl/mh-data-file.h"
#include "shared/base/mh-json.h"
#include "shared/records/clinic/mh-clinical-form.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/clinic/mh-form-rules.h"

static MhRecord *
forms_load_read_form (JsonObject *object, const char *hospital_id, GError **error)
{
  const char *code = mh_json_text (object, "code");
  g_autoptr (GString) content = g_string_new (NULL);
  g_autofree char *key = g_strconcat (hospital_id, ":", code, NULL);
  g_autoptr (MhRecord) form = mh_record_new (&mh_form_definition_type);

  mh_json_put_node (content, json_object_get_member (object, "content"));
  g_autoptr (MhFormSpec) spec = mh_form_spec_parse (content->str, error);
  if (spec == NULL)
    return NULL;

  mh_record_take_text (form, MH_ID, mh_data_fixed_id (mh_form_definition_type.code, key));
  mh_record_set_text (form, MH_FORM_DEFINITION_HOSPITAL_ID, hospital_id);
  mh_record_set_text (form, MH_FORM_DEFINITION_CODE, code);
  mh_record_set_text (form, MH_FORM_DEFINITION_NAME, mh_json_text (object, "name"));
  mh_record_set_text (form, MH_FORM_DEFINITION_FOR_WHOM, mh_json_text (object, "for_whom"));
  mh_record_set_int (form, MH_FORM_DEFINITION_VERSION_NO, 1);
  mh_record_set_bool (form, MH_FORM_DEFINITION_ACTIVE, TRUE);
  mh_record_set_text (form, MH_FORM_DEFINITION_CONTENT, content->str);

  return g_steal_pointer (&form);
}

gboolean
mh_forms_load (MhTx *tx, const char *hospital_id, GError **error)
{
  g_autoptr (JsonObject) file = mh_data_file_read_json ("forms.json", error);
  if (file == NULL)
    return FALSE;

  JsonArray *forms = mh_json_array (file, "forms");
  for (guint i = 0; forms != NULL && i < json_array_get_length (forms); i++)
    {
      g_autoptr (MhRecord) form
          = forms_load_read_form (json_array_get_object_element (forms, i), hospital_id, error);
      if (form == NULL || !mh_tx_insert (tx, form, MH_AUDIT_CREATE, "shipped", error))
        return FALSE;
    }

  return TRUE;
}
