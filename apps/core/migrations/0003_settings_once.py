"""Row-level security of a database older than `apps.core.rls` now is: settings in subqueries."""

from django.db import migrations

_ONCE = r"""
DO $$
DECLARE
    policy record;
    setting text := '(NULLIF\(current_setting\([^)]*\), ''''::text\)|CASE.*END)';
BEGIN
    FOR policy IN SELECT * FROM pg_policies WHERE schemaname = 'public' LOOP
        IF policy.with_check IS NOT NULL AND policy.with_check NOT LIKE '%SELECT%' THEN
            EXECUTE format('ALTER POLICY %I ON %I WITH CHECK (%s)', policy.policyname, policy.tablename,
                regexp_replace(policy.with_check, setting, '(SELECT \1)', 'g'));
        END IF;
        IF policy.policyname <> 'area' AND policy.qual NOT LIKE '%SELECT%' THEN
            EXECUTE format('ALTER POLICY %I ON %I USING (%s)', policy.policyname, policy.tablename,
                regexp_replace(policy.qual, setting, '(SELECT \1)', 'g'));
        END IF;
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_history_context")]

    operations = [migrations.RunSQL(_ONCE, reverse_sql=migrations.RunSQL.noop)]
