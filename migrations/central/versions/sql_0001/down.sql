-- The tables and functions go; `send_desk.alembic_version` stays, since the chain itself writes there that they went.
DROP SCHEMA send_desk_office CASCADE;
DROP SCHEMA send_desk_hub CASCADE;
DO $$
DECLARE
  v_name text;
BEGIN
  FOR v_name IN
    SELECT c.relname FROM pg_catalog.pg_class c
    WHERE c.relnamespace = 'send_desk'::pg_catalog.regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version'
  LOOP
    EXECUTE pg_catalog.format('DROP TABLE send_desk.%I CASCADE', v_name);
  END LOOP;
  FOR v_name IN
    SELECT p.oid::pg_catalog.regprocedure::text FROM pg_catalog.pg_proc p
    WHERE p.pronamespace = 'send_desk'::pg_catalog.regnamespace
  LOOP
    EXECUTE 'DROP FUNCTION ' || v_name || ' CASCADE';
  END LOOP;
END $$;
