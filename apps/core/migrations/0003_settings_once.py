"""Row-level security of a database older than `apps.core.rls` now is: each setting in a subquery of its own."""

from django.db import migrations

_ONCE = r"""
DO $$
DECLARE
    policy record;
    setting text := '(NULLIF\(current_setting\([^)]*\), ''''::text\)|CASE.*END)';
BEGIN
    FOR policy IN SELECT * FROM pg_policies WHERE schemaname = 'public' AND qual NOT LIKE '%SELECT%' LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING (%s)', policy.policyname, policy.tablename,
            regexp_replace(policy.qual, setting, '(SELECT \1)', 'g'));
        IF policy.with_check IS NOT NULL THEN
            EXECUTE format('ALTER POLICY %I ON %I WITH CHECK (%s)', policy.policyname, policy.tablename,
                regexp_replace(policy.with_check, setting, '(SELECT \1)', 'g'));
        END IF;
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_history_context")]

    operations = [migrations.RunSQL(_ONCE, reverse_sql=migrations.RunSQL.noop)]
