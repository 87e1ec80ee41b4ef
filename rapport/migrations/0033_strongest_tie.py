"""Which tie is an organization's strongest, and an index that counts who is there now by itself.

A page of organizations with a thousand people each looked at every one of them: a quarter of a second.
"""

import django.db.models.deletion
from django.db import migrations, models

TIES = """
ALTER TABLE organization_ties ADD CONSTRAINT organization_ties_relationship_id_same_workspace
  FOREIGN KEY (workspace_id, relationship_id) REFERENCES relationship (workspace_id, id)
  ON DELETE SET NULL (relationship_id);
UPDATE organization_ties t SET relationship_id = (
  SELECT r.id FROM affiliation a
  JOIN relationship r ON r.workspace_id = a.workspace_id AND r.person_id = a.person_id
  WHERE a.workspace_id = t.workspace_id AND a.organization_id = t.organization_id AND a.until IS NULL
    AND r.strength IS NOT NULL AND r.last_at IS NOT NULL
  ORDER BY r.strength DESC, r.last_at DESC, r.id LIMIT 1);
"""
NO_TIES = """
ALTER TABLE organization_ties DROP CONSTRAINT organization_ties_relationship_id_same_workspace;
"""


class Migration(migrations.Migration):
    dependencies = [("rapport", "0032_called_by_many")]

    operations = [
        migrations.AddField(
            model_name="organizationties",
            name="relationship",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, null=True,
                on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="rapport.relationship",
            ),
        ),
        migrations.AddIndex(
            model_name="organizationties",
            index=models.Index(fields=["workspace", "relationship"], name="organization_by_relationship"),
        ),
        migrations.RunSQL(TIES, NO_TIES),
        migrations.RemoveIndex(model_name="affiliation", name="affiliation_of_organization"),
        migrations.AddIndex(
            model_name="affiliation",
            index=models.Index(
                fields=["workspace", "organization", "until", "person"], name="affiliation_of_organization"
            ),
        ),
    ]
