"""The database: tables, engines, migrations, built releases."""
