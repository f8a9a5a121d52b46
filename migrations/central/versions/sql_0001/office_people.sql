-- What an administrator may call about people and laptops. Names are those of logins and teams, compared without case.

CREATE FUNCTION send_desk_office.init(p_authority text, p_name text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO send_desk.authority (authority, name) VALUES (p_authority, p_name)
  ON CONFLICT (authority) DO UPDATE SET name = CASE WHEN excluded.name = '' THEN authority.name ELSE excluded.name END;
  INSERT INTO send_desk.feed (authority, feed) VALUES (p_authority, gen_random_uuid()::text)
  ON CONFLICT (authority) DO NOTHING;
  INSERT INTO send_desk.case_file (authority, case_id, alone) VALUES (p_authority, '', false)
  ON CONFLICT (authority, case_id) DO NOTHING;
  -- A random UUID has 122 bits of the server's own randomness; two of them make a key.
  INSERT INTO send_desk.secret (use, value)
  SELECT u, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  FROM unnest(ARRAY['token', 'receipt']) u
  ON CONFLICT (use) DO NOTHING;
  PERFORM send_desk.note(p_authority, '', '', 'init', '', p_name);
END $$;

CREATE FUNCTION send_desk_office.authorities() RETURNS TABLE (authority text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.authority::text, a.name FROM send_desk.authority a ORDER BY a.authority
$$;

-- Administrators' acts stand in line, and grants behind the pushes that are under way: what a new case brings is then
-- either seen here or comes by the feed.
CREATE FUNCTION send_desk.in_line(p_authority text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM send_desk.authority o WHERE o.authority = p_authority FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM send_desk.deny('no-authority');
  END IF;
  PERFORM 1 FROM send_desk.feed f WHERE f.authority = p_authority FOR NO KEY UPDATE;
END $$;

CREATE FUNCTION send_desk.account_named(p_authority text, p_login text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account text;
BEGIN
  SELECT a.account INTO v_account FROM send_desk.account a
  WHERE a.authority = p_authority AND a.login_key = lower(p_login);
  IF v_account IS NULL THEN
    PERFORM send_desk.deny('no-user');
  END IF;
  RETURN v_account;
END $$;

CREATE FUNCTION send_desk.team_named(p_authority text, p_name text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_team text;
BEGIN
  SELECT t.team INTO v_team FROM send_desk.team t WHERE t.authority = p_authority AND t.name_key = lower(p_name);
  IF v_team IS NULL THEN
    PERFORM send_desk.deny('no-team');
  END IF;
  RETURN v_team;
END $$;

CREATE FUNCTION send_desk_office.add_user(
  p_authority text, p_login text, p_name text, p_role text, p_password_hash text
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account text := gen_random_uuid()::text;
BEGIN
  PERFORM send_desk.in_line(p_authority);
  INSERT INTO send_desk.account (authority, account, login, login_key, name, role, password_hash)
  VALUES (p_authority, v_account, p_login, lower(p_login), p_name, p_role, p_password_hash)
  ON CONFLICT (authority, login_key) DO NOTHING;
  IF NOT FOUND THEN
    PERFORM send_desk.deny('user-known');
  END IF;
  PERFORM send_desk.note(p_authority, '', '', 'add-user', '', v_account || ' ' || p_role);
  PERFORM send_desk.announce(p_authority, 'person', ARRAY[''], ARRAY[NULL::text], '{}', v_account);
  RETURN v_account;
END $$;

CREATE FUNCTION send_desk_office.set_password(p_authority text, p_login text, p_password_hash text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account text := send_desk.account_named(p_authority, p_login);
BEGIN
  UPDATE send_desk.account a
  SET password_hash = p_password_hash, failures = 0, lock_outs = 0, locked_until = NULL
  WHERE a.authority = p_authority AND a.account = v_account;
  PERFORM send_desk.note(p_authority, '', '', 'set-password', '', v_account);
END $$;

CREATE FUNCTION send_desk_office.set_role(p_authority text, p_login text, p_role text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account text;
BEGIN
  PERFORM send_desk.in_line(p_authority);
  v_account := send_desk.account_named(p_authority, p_login);
  UPDATE send_desk.account a SET role = p_role WHERE a.authority = p_authority AND a.account = v_account;
  PERFORM send_desk.note(p_authority, '', '', 'set-role', '', v_account || ' ' || p_role);
  PERFORM send_desk.announce(p_authority, 'person', ARRAY[''], ARRAY[NULL::text], '{}', v_account);
END $$;

-- A person leaves: every case is withdrawn, what is on the laptops may still be sent, nothing may be read.
CREATE FUNCTION send_desk_office.leave(p_authority text, p_login text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_account text;
  v_accounts text[];
  v_cases text[];
BEGIN
  PERFORM send_desk.in_line(p_authority);
  v_account := send_desk.account_named(p_authority, p_login);
  SELECT array_agg(s.account), array_agg(s.case_id) INTO v_accounts, v_cases
  FROM send_desk.sights(p_authority, ARRAY[v_account]) s;
  UPDATE send_desk.account a SET left_at = COALESCE(a.left_at, now()), password_hash = ''
  WHERE a.authority = p_authority AND a.account = v_account;
  PERFORM send_desk.note(p_authority, '', '', 'leave', '', v_account);
  PERFORM send_desk.tell_changes(p_authority, ARRAY[v_account], v_accounts, v_cases);
END $$;

CREATE FUNCTION send_desk_office.users(p_authority text) RETURNS TABLE (
  account text, login text, name text, role text, has_left boolean, locked_until timestamptz, authors text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.account::text, a.login, a.name, a.role::text, a.left_at IS NOT NULL,
    CASE WHEN a.locked_until > now() THEN a.locked_until END,
    ARRAY(
      SELECT w.author::text FROM send_desk.author w
      WHERE w.authority = a.authority AND w.account = a.account ORDER BY w.author
    )
  FROM send_desk.account a WHERE a.authority = p_authority ORDER BY a.login_key
$$;

-- Makes a team where there is none of the name, adds, removes and names who leads it.
CREATE FUNCTION send_desk_office.team(
  p_authority text, p_name text, p_add text[], p_remove text[], p_lead text[]
) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_team text;
  v_add text[];
  v_remove text[];
  v_lead text[];
  v_touched text[];
  v_accounts text[];
  v_cases text[];
BEGIN
  PERFORM send_desk.in_line(p_authority);
  INSERT INTO send_desk.team (authority, team, name, name_key)
  VALUES (p_authority, gen_random_uuid()::text, p_name, lower(p_name))
  ON CONFLICT (authority, name_key) DO NOTHING;
  v_team := send_desk.team_named(p_authority, p_name);
  v_add := ARRAY(SELECT send_desk.account_named(p_authority, l) FROM unnest(p_add || p_lead) l);
  v_lead := ARRAY(SELECT send_desk.account_named(p_authority, l) FROM unnest(p_lead) l);
  v_remove := ARRAY(SELECT send_desk.account_named(p_authority, l) FROM unnest(p_remove) l);
  -- Who leads the team sees what its members own, so they are touched by every change too.
  v_touched := v_add || v_remove || ARRAY(
    SELECT m.account::text FROM send_desk.team_member m WHERE m.authority = p_authority AND m.team = v_team AND m.leads
  );
  SELECT COALESCE(array_agg(s.account), '{}'), COALESCE(array_agg(s.case_id), '{}') INTO v_accounts, v_cases
  FROM send_desk.sights(p_authority, v_touched) s;
  DELETE FROM send_desk.team_member m
  WHERE m.authority = p_authority AND m.team = v_team AND m.account = ANY (v_remove);
  INSERT INTO send_desk.team_member AS m (authority, team, account, leads)
  SELECT DISTINCT p_authority, v_team, a, a = ANY (v_lead) FROM unnest(v_add) a
  ON CONFLICT (authority, team, account) DO UPDATE SET leads = m.leads OR excluded.leads;
  PERFORM send_desk.note(
    p_authority, '', '', 'team', '',
    v_team || ' +' || array_to_string(v_add, ',') || ' -' || array_to_string(v_remove, ',')
      || ' lead ' || array_to_string(v_lead, ',')
  );
  PERFORM send_desk.tell_changes(p_authority, v_touched, v_accounts, v_cases);
  RETURN v_team;
END $$;

CREATE FUNCTION send_desk_office.teams(p_authority text) RETURNS TABLE (name text, members text[], leads text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT t.name,
    COALESCE(array_agg(a.login ORDER BY a.login_key) FILTER (WHERE a.login IS NOT NULL), '{}'),
    COALESCE(array_agg(a.login ORDER BY a.login_key) FILTER (WHERE m.leads), '{}')
  FROM send_desk.team t
    LEFT JOIN send_desk.team_member m ON m.authority = t.authority AND m.team = t.team
    LEFT JOIN send_desk.account a ON a.authority = m.authority AND a.account = m.account
  WHERE t.authority = p_authority GROUP BY t.authority, t.team, t.name, t.name_key ORDER BY t.name_key
$$;

CREATE FUNCTION send_desk_office.enrolments(p_authority text) RETURNS TABLE (
  device text, login text, name text, machine text, version text, enrolled_at timestamptz, signed_in_at timestamptz,
  seen_at timestamptz, lease_until timestamptz, pulled_to bigint, barred_at timestamptz, has_left boolean, cases bigint
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.device::text, a.login, a.name, d.machine, d.version, d.enrolled_at, d.signed_in_at, d.seen_at,
    d.lease_until, d.pulled_to, d.barred_at, a.left_at IS NOT NULL,
    (SELECT count(*) - 1 FROM send_desk.cases_of(d.authority, d.account))
  FROM send_desk.device d JOIN send_desk.account a ON a.authority = d.authority AND a.account = d.account
  WHERE d.authority = p_authority ORDER BY d.seen_at DESC, d.device
$$;

CREATE FUNCTION send_desk_office.bar(p_authority text, p_device text, p_reason text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE send_desk.device d
  SET barred_at = COALESCE(d.barred_at, now()), barred_by = session_user, barred_reason = p_reason
  WHERE d.authority = p_authority AND d.device = p_device;
  IF NOT FOUND THEN
    PERFORM send_desk.deny('no-device');
  END IF;
  PERFORM send_desk.note(p_authority, '', p_device, 'bar', '', p_reason);
END $$;

-- Which cases may be on a laptop: those its person sees or saw since it was enrolled, with when each was withdrawn,
-- when the laptop fetched it whole and wrote into it last. A `withdrawn` that the laptop has read (`told`) is gone there.
CREATE FUNCTION send_desk_office.laptop(p_authority text, p_device text) RETURNS TABLE (
  case_id text, reference text, sees boolean, withdrawn_at timestamptz, told boolean, fetched_at timestamptz,
  wrote_at timestamptz, revisions bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_account text;
  v_since timestamptz;
  v_pulled bigint;
BEGIN
  SELECT d.account, d.enrolled_at, d.pulled_to INTO v_account, v_since, v_pulled
  FROM send_desk.device d WHERE d.authority = p_authority AND d.device = p_device;
  IF v_account IS NULL THEN
    PERFORM send_desk.deny('no-device');
  END IF;
  RETURN QUERY
  WITH now_seen AS (
    SELECT s.case_id FROM send_desk.cases_of(p_authority, v_account) AS s (case_id)
  ), gone AS (
    SELECT DISTINCT ON (e.case_id) e.case_id, e.at, e.pos FROM send_desk.event e
    WHERE e.authority = p_authority AND e.account = v_account AND e.kind = 'withdrawn' AND e.at >= v_since
    ORDER BY e.case_id, e.pos DESC
  ), acts AS (
    SELECT l.case_id, max(l.at) FILTER (WHERE l.act = 'fetched') AS fetched_at,
      max(l.at) FILTER (WHERE l.act = 'wrote') AS wrote_at
    FROM send_desk.audit l
    WHERE l.authority = p_authority AND l.device = p_device AND l.act IN ('fetched', 'wrote') GROUP BY l.case_id
  )
  SELECT c.case_id::text, c.reference, n.case_id IS NOT NULL, g.at, COALESCE(g.pos <= v_pulled, false), a.fetched_at,
    a.wrote_at, c.count
  FROM send_desk.case_file c
    LEFT JOIN now_seen n ON n.case_id = c.case_id
    LEFT JOIN gone g ON g.case_id = c.case_id AND n.case_id IS NULL
    LEFT JOIN acts a ON a.case_id = c.case_id
  WHERE c.authority = p_authority AND c.case_id <> ''
    AND (n.case_id IS NOT NULL OR g.case_id IS NOT NULL OR a.case_id IS NOT NULL)
  ORDER BY c.reference, c.case_id;
END $$;
