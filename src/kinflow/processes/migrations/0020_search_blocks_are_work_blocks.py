from django.db import migrations

KEPT = """
INSERT INTO records_workblock (kind, number, round, place, parts, results, seconds)
SELECT 'movesearch', search_id, round, place, plays, results::text, seconds FROM processes_searchblock
"""
BACK = """
INSERT INTO processes_searchblock (search_id, round, place, plays, results, seconds)
SELECT number, round, place, parts, replace(results, 'NaN', 'null')::jsonb, seconds FROM records_workblock
WHERE kind = 'movesearch';
DELETE FROM records_workblock WHERE kind = 'movesearch'
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0005_work_blocks'),
        ('processes', '0019_satisfaction_models'),
    ]

    operations = [
        migrations.RunSQL(KEPT, BACK),
        migrations.DeleteModel(name='SearchBlock'),
    ]
