import type { Knex } from 'knex';

/**
 * The two foreign keys that every run paid for, row by row: a quarter to a third of what a run cost PostgreSQL. What they promised holds as
 * before (ADR 0022). A run's version is looked for, and held, once per statement by the one that inserts runs. A journal needs no check: it is
 * inserted with its run, or while the run's row is locked. What goes takes its runs, and these their journals, along, a statement at a time.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    ALTER TABLE run_journal DROP CONSTRAINT run_journal_run_id_fkey;
    ALTER TABLE runs DROP CONSTRAINT runs_workspace_id_workflow_id_version_id_fkey;

    CREATE FUNCTION versions_take_their_runs() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM runs USING gone WHERE runs.version_id = gone.id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER versions_take_their_runs AFTER DELETE ON workflow_versions
      REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION versions_take_their_runs();

    CREATE FUNCTION runs_take_their_journal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM run_journal USING gone WHERE run_journal.run_id = gone.id;
      RETURN NULL;
    END $$;
    CREATE TRIGGER runs_take_their_journal AFTER DELETE ON runs
      REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION runs_take_their_journal();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(/* sql */ `
    DROP TRIGGER versions_take_their_runs ON workflow_versions; DROP FUNCTION versions_take_their_runs;
    DROP TRIGGER runs_take_their_journal ON runs; DROP FUNCTION runs_take_their_journal;
    ALTER TABLE runs ADD FOREIGN KEY (workspace_id, workflow_id, version_id)
      REFERENCES workflow_versions (workspace_id, workflow_id, id) ON DELETE CASCADE;
    ALTER TABLE run_journal ADD FOREIGN KEY (run_id) REFERENCES runs (id) ON DELETE CASCADE;
  `);
}
