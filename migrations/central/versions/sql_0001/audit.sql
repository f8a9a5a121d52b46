-- Who wrote, read, signed in or administered: rows are added and never changed, by nobody, the owner included.
CREATE TABLE send_desk.audit (
  authority text COLLATE "C" NOT NULL,
  entry text COLLATE "C" NOT NULL,
  line bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  account text COLLATE "C" NOT NULL DEFAULT '',
  login text NOT NULL DEFAULT '',
  device text COLLATE "C" NOT NULL DEFAULT '',
  act text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL DEFAULT '',
  told_at text COLLATE "C" NOT NULL DEFAULT '',
  detail text NOT NULL DEFAULT '',
  CONSTRAINT audit_pk PRIMARY KEY (authority, entry)
);
CREATE INDEX audit_of_case ON send_desk.audit (authority, case_id, line);
CREATE INDEX audit_in_order ON send_desk.audit (authority, line);

CREATE FUNCTION send_desk.audit_stands() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'SD500', MESSAGE = 'the audit log is only ever added to';
END $$;

CREATE TRIGGER audit_stands_rows BEFORE UPDATE OR DELETE ON send_desk.audit
  FOR EACH ROW EXECUTE FUNCTION send_desk.audit_stands();
CREATE TRIGGER audit_stands_whole BEFORE TRUNCATE ON send_desk.audit
  FOR EACH STATEMENT EXECUTE FUNCTION send_desk.audit_stands();

-- `login` is of the database's login where an administrator acts, who has no account at the hub by that alone.
CREATE FUNCTION send_desk.note(
  p_authority text, p_account text, p_device text, p_act text, p_case text, p_detail text
) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO send_desk.audit (authority, entry, account, login, device, act, case_id, detail)
  VALUES (
    p_authority, gen_random_uuid()::text, p_account, CASE WHEN p_account = '' THEN session_user::text ELSE '' END,
    p_device, p_act, p_case, p_detail
  )
$$;
