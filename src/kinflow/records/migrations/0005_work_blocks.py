from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_work_progress'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('number', models.BigIntegerField()),
                ('round', models.PositiveIntegerField()),
                ('place', models.PositiveIntegerField()),
                ('parts', models.JSONField(default=list)),
                ('results', models.TextField(null=True)),
                ('seconds', models.FloatField(null=True)),
            ],
            options={
                'ordering': ['round', 'place'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'number', 'round', 'place'), name='work_block_once')],
            },
        ),
    ]
