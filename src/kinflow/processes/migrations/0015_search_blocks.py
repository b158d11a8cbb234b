import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('processes', '0014_sensitivities'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('place', models.PositiveIntegerField()),
                ('plays', models.JSONField(default=list)),
                ('results', models.JSONField(null=True)),
                ('seconds', models.FloatField(null=True)),
                ('search', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to='processes.movesearch')),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.AddConstraint(
            model_name='searchblock',
            constraint=models.UniqueConstraint(fields=('search', 'round', 'place'), name='search_block_once'),
        ),
    ]
