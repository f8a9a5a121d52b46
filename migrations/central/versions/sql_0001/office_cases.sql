-- What an administrator may do with cases.

CREATE FUNCTION send_desk_office.cases(p_authority text) RETURNS TABLE (
  case_id text, reference text, owner text, owner_name text, revisions bigint, bytes bigint, made_at timestamptz,
  accounts text[], teams text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.case_id::text, c.reference, COALESCE(o.login, ''), COALESCE(o.name, ''), c.count, c.bytes, c.made_at,
    ARRAY(
      SELECT a.login FROM send_desk.case_account g
        JOIN send_desk.account a ON a.authority = g.authority AND a.account = g.account
      WHERE g.authority = c.authority AND g.case_id = c.case_id ORDER BY a.login_key
    ),
    ARRAY(
      SELECT t.name FROM send_desk.case_team g JOIN send_desk.team t ON t.authority = g.authority AND t.team = g.team
      WHERE g.authority = c.authority AND g.case_id = c.case_id ORDER BY t.name_key
    )
  FROM send_desk.case_file c
    LEFT JOIN send_desk.account o ON o.authority = c.authority AND o.account = c.owner
  WHERE c.authority = p_authority AND c.case_id <> '' ORDER BY c.reference, c.case_id
$$;

-- The cases that go by a name: a reference, an id, or its first eight characters or more.
CREATE FUNCTION send_desk_office.find_case(p_authority text, p_name text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.case_id::text FROM send_desk.case_file c
  WHERE c.authority = p_authority AND c.case_id <> '' AND p_name <> '' AND (
    c.case_id = p_name OR lower(c.reference) = lower(p_name)
    OR (length(p_name) >= 8 AND starts_with(c.case_id, p_name))
  )
  ORDER BY c.case_id
$$;

-- Puts an account (`p_team` null) or a team on a case, or takes it off.
CREATE FUNCTION send_desk_office.place(
  p_authority text, p_case text, p_login text, p_team text, p_on boolean, p_reason text
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account text;
  v_team text;
  v_touched text[];
  v_accounts text[];
  v_cases text[];
  v_changed boolean;
BEGIN
  PERFORM send_desk.in_line(p_authority);
  PERFORM 1 FROM send_desk.case_file c WHERE c.authority = p_authority AND c.case_id = p_case AND p_case <> '';
  IF NOT FOUND THEN
    PERFORM send_desk.deny('no-case');
  END IF;
  IF p_team IS NULL THEN
    v_account := send_desk.account_named(p_authority, p_login);
    v_touched := ARRAY[v_account];
  ELSE
    v_team := send_desk.team_named(p_authority, p_team);
    v_touched := ARRAY(
      SELECT m.account::text FROM send_desk.team_member m WHERE m.authority = p_authority AND m.team = v_team
    );
  END IF;
  SELECT COALESCE(array_agg(s.account), '{}'), COALESCE(array_agg(s.case_id), '{}') INTO v_accounts, v_cases
  FROM send_desk.sights(p_authority, v_touched) s;
  IF p_on AND v_team IS NULL THEN
    INSERT INTO send_desk.case_account (authority, case_id, account, granted_by, reason)
    VALUES (p_authority, p_case, v_account, session_user, p_reason)
    ON CONFLICT (authority, case_id, account) DO NOTHING;
  ELSIF p_on THEN
    INSERT INTO send_desk.case_team (authority, case_id, team, granted_by, reason)
    VALUES (p_authority, p_case, v_team, session_user, p_reason)
    ON CONFLICT (authority, case_id, team) DO NOTHING;
  ELSIF v_team IS NULL THEN
    DELETE FROM send_desk.case_account g
    WHERE g.authority = p_authority AND g.case_id = p_case AND g.account = v_account;
  ELSE
    DELETE FROM send_desk.case_team g WHERE g.authority = p_authority AND g.case_id = p_case AND g.team = v_team;
  END IF;
  v_changed := FOUND;
  PERFORM send_desk.note(
    p_authority, '', '', CASE WHEN p_on THEN 'grant' ELSE 'withdraw' END, p_case,
    COALESCE('team ' || v_team, v_account) || ' ' || p_reason
  );
  PERFORM send_desk.tell_changes(p_authority, v_touched, v_accounts, v_cases);
  RETURN v_changed;
END $$;

-- Which of these revisions of a case can still be redacted, with the digest of each.
CREATE FUNCTION send_desk_office.to_redact(p_authority text, p_case text, p_revisions text[]) RETURNS TABLE (
  revision text, digest bytea, redacted boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.revision::text, r.digest, r.redacted <> ''::bytea
  FROM send_desk.revision r
  WHERE r.authority = p_authority AND r.case_id = p_case AND r.revision = ANY (p_revisions)
  ORDER BY r.revision
$$;

-- Empties revisions; `p_marks` are the marks they have from then on.
CREATE FUNCTION send_desk_office.redact(
  p_authority text, p_case text, p_revisions text[], p_marks bigint[], p_reason text
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_many bigint;
BEGIN
  PERFORM 1 FROM send_desk.authority o WHERE o.authority = p_authority FOR NO KEY UPDATE;
  v_many := send_desk.empty_revisions(p_authority, p_case, p_revisions, p_marks);
  PERFORM send_desk.note(
    p_authority, '', '', 'redact', p_case, array_to_string(p_revisions, ',') || ' ' || p_reason
  );
  RETURN v_many;
END $$;

-- The whole history of a case, in pages in the order of records.
CREATE FUNCTION send_desk_office.history_of(
  p_authority text, p_case text, p_record text, p_revision text, p_limit bigint
) RETURNS TABLE (
  revision text, record text, kind text, case_id text, parents text[], author text, device text, made_at text,
  schema_version bigint, body bytea, extra bytea, redacted bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT r.revision::text, r.record::text, r.kind::text, r.case_id::text, r.parents::text[], r.author::text,
    r.device::text, r.made_at::text, r.schema_version, r.body, r.extra, r.redacted
  FROM send_desk.revision r
  WHERE r.authority = p_authority AND r.case_id = p_case
    AND (r.record, r.revision) > (p_record COLLATE "C", p_revision COLLATE "C")
  ORDER BY r.record, r.revision LIMIT p_limit
$$;

CREATE FUNCTION send_desk_office.audit(p_authority text, p_case text, p_before bigint, p_limit bigint) RETURNS TABLE (
  line bigint, at timestamptz, told_at text, account text, name text, device text, act text, case_id text, detail text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.line, l.at, l.told_at::text, l.account::text, COALESCE(a.name, l.login), l.device::text, l.act::text,
    l.case_id::text, l.detail
  FROM send_desk.audit l
    LEFT JOIN send_desk.account a ON a.authority = l.authority AND a.account = l.account
  WHERE l.authority = p_authority AND (p_case IS NULL OR l.case_id = p_case) AND l.line < p_before
  ORDER BY l.line DESC LIMIT p_limit
$$;

CREATE FUNCTION send_desk_office.refusals(p_authority text) RETURNS TABLE (
  login text, device text, code text, refused_at timestamptz, told_authority text, revision text, record text,
  kind text, case_id text, parents text[], author text, told_device text, made_at text, schema_version bigint,
  body bytea, extra bytea, redacted bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.login, f.device::text, f.code::text, f.refused_at, f.told_authority::text, f.revision::text,
    f.record::text, f.kind::text, f.case_id::text, f.parents::text[], f.author::text, f.told_device::text,
    f.made_at::text, f.schema_version, f.body, f.extra, f.redacted
  FROM send_desk.refusal f
    JOIN send_desk.account a ON a.authority = f.authority AND a.account = f.account
  WHERE f.authority = p_authority ORDER BY f.refused_at, f.revision
$$;
