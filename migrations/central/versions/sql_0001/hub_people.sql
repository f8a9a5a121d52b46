-- What the service may call about people and laptops.

CREATE FUNCTION send_desk_hub.version() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT version_num::text FROM send_desk.alembic_version
$$;

CREATE FUNCTION send_desk_hub.authorities() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.authority FROM send_desk.authority a ORDER BY a.authority
$$;

CREATE FUNCTION send_desk_hub.key(p_use text) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.value FROM send_desk.secret s WHERE s.use = p_use
$$;

CREATE FUNCTION send_desk_hub.account(p_authority text, p_login text) RETURNS TABLE (
  authority text, authority_name text, account text, name text, role text, password_hash text,
  locked_until timestamptz, has_left boolean, authors text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.authority, o.name, a.account, a.name, a.role, a.password_hash,
    CASE WHEN a.locked_until > now() THEN a.locked_until END, a.left_at IS NOT NULL,
    ARRAY(
      SELECT w.author::text FROM send_desk.author w
      WHERE w.authority = a.authority AND w.account = a.account ORDER BY w.author
    )
  FROM send_desk.account a JOIN send_desk.authority o ON o.authority = a.authority
  WHERE a.authority = p_authority AND a.login_key = lower(p_login)
$$;

-- Five wrong passwords lock an account out for a quarter of an hour, and for twice as long each further time.
CREATE FUNCTION send_desk_hub.signed_in(p_authority text, p_account text, p_good boolean) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_until timestamptz;
BEGIN
  IF p_good THEN
    UPDATE send_desk.account a SET failures = 0, lock_outs = 0, locked_until = NULL
    WHERE a.authority = p_authority AND a.account = p_account;
  ELSE
    UPDATE send_desk.account a
    SET failures = CASE WHEN a.failures >= 4 THEN 0 ELSE a.failures + 1 END,
      lock_outs = CASE WHEN a.failures >= 4 THEN least(a.lock_outs + 1, 8) ELSE a.lock_outs END,
      locked_until = CASE
        WHEN a.failures >= 4 THEN now() + interval '15 minutes' * power(2, least(a.lock_outs, 7))
        ELSE a.locked_until
      END
    WHERE a.authority = p_authority AND a.account = p_account
    RETURNING CASE WHEN a.locked_until > now() THEN a.locked_until END INTO v_until;
  END IF;
  IF FOUND THEN
    PERFORM send_desk.note(
      p_authority, p_account, '', CASE WHEN p_good THEN 'signed-in' ELSE 'wrong-password' END, '', ''
    );
  END IF;
  RETURN v_until;
END $$;

CREATE FUNCTION send_desk_hub.enrol(
  p_authority text, p_account text, p_device text, p_public_key bytea, p_author text, p_machine text, p_version text
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_whose text;
  v_barred boolean;
  v_new boolean;
BEGIN
  PERFORM 1 FROM send_desk.account a
  WHERE a.authority = p_authority AND a.account = p_account AND a.left_at IS NULL;
  IF NOT FOUND THEN
    PERFORM send_desk.deny('sign-in');
  END IF;
  -- One row of the authority is held, so that two laptops that come with one id at one moment stand in line.
  PERFORM 1 FROM send_desk.authority o WHERE o.authority = p_authority FOR NO KEY UPDATE;
  SELECT d.account, d.barred_at IS NOT NULL INTO v_whose, v_barred
  FROM send_desk.device d WHERE d.device = p_device ORDER BY d.authority <> p_authority LIMIT 1;
  IF v_barred THEN
    PERFORM send_desk.deny('barred');
  ELSIF v_whose <> p_account THEN
    PERFORM send_desk.deny('wrong-device');
  END IF;
  SELECT w.account INTO v_whose FROM send_desk.author w WHERE w.authority = p_authority AND w.author = p_author;
  v_new := NOT FOUND;
  IF v_whose <> p_account THEN
    PERFORM send_desk.deny('wrong-author');
  END IF;
  INSERT INTO send_desk.device AS d (
    authority, device, account, public_key, machine, version, enrolled_at, signed_in_at, seen_at, lease_until
  )
  VALUES (
    p_authority, p_device, p_account, p_public_key, p_machine, p_version, now(), now(), now(),
    now() + interval '14 days'
  )
  ON CONFLICT (authority, device) DO UPDATE
  SET public_key = excluded.public_key, machine = excluded.machine, version = excluded.version,
    signed_in_at = now(), seen_at = now(), lease_until = excluded.lease_until;
  PERFORM send_desk.note(p_authority, p_account, p_device, 'enrolled', '', p_machine);
  IF v_new THEN
    INSERT INTO send_desk.author (authority, author, account) VALUES (p_authority, p_author, p_account);
    PERFORM send_desk.announce(p_authority, 'person', ARRAY[''], ARRAY[NULL::text], '{}', p_account);
  END IF;
END $$;

CREATE FUNCTION send_desk_hub.device(p_device text) RETURNS TABLE (
  authority text, account text, public_key bytea, enrolled_at timestamptz, signed_in_at timestamptz,
  lease_until timestamptz, barred boolean, authority_name text, name text, role text, password_hash text,
  locked_until timestamptz, has_left boolean, authors text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT d.authority, d.account, d.public_key, d.enrolled_at, d.signed_in_at, d.lease_until, d.barred_at IS NOT NULL,
    o.name, a.name, a.role, a.password_hash, CASE WHEN a.locked_until > now() THEN a.locked_until END,
    a.left_at IS NOT NULL,
    ARRAY(
      SELECT w.author::text FROM send_desk.author w
      WHERE w.authority = a.authority AND w.account = a.account ORDER BY w.author
    )
  FROM send_desk.device d
    JOIN send_desk.account a ON a.authority = d.authority AND a.account = d.account
    JOIN send_desk.authority o ON o.authority = d.authority
  WHERE d.device = p_device
$$;

-- A laptop was seen; its lease runs fourteen days from now. An ended lease needs the person; a barred one never moves.
CREATE FUNCTION send_desk_hub.renewed(p_device text, p_version text, p_signed_in boolean) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_authority text;
  v_account text;
  v_lease timestamptz;
  v_still boolean;
BEGIN
  SELECT d.authority, d.account, d.lease_until, d.barred_at IS NOT NULL OR a.left_at IS NOT NULL
  INTO v_authority, v_account, v_lease, v_still
  FROM send_desk.device d JOIN send_desk.account a ON a.authority = d.authority AND a.account = d.account
  WHERE d.device = p_device FOR NO KEY UPDATE OF d;
  IF NOT FOUND THEN
    PERFORM send_desk.deny('sign-in');
  ELSIF v_lease < now() AND NOT p_signed_in AND NOT v_still THEN
    PERFORM send_desk.deny('lapsed');
  END IF;
  UPDATE send_desk.device d
  SET seen_at = now(), version = CASE WHEN p_version = '' THEN d.version ELSE p_version END,
    signed_in_at = CASE WHEN p_signed_in THEN now() ELSE d.signed_in_at END,
    lease_until = CASE WHEN v_still THEN d.lease_until ELSE now() + interval '14 days' END
  WHERE d.authority = v_authority AND d.device = p_device
  RETURNING d.lease_until INTO v_lease;
  IF p_signed_in THEN
    PERFORM send_desk.note(v_authority, v_account, p_device, 'signed-in', '', '');
  END IF;
  RETURN v_lease;
END $$;

CREATE FUNCTION send_desk_hub.people(p_authority text, p_account text, p_device text) RETURNS TABLE (
  account text, name text, role text, authors text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, true);
  RETURN QUERY
  SELECT a.account::text, a.name, a.role::text, ARRAY(
    SELECT w.author::text FROM send_desk.author w
    WHERE w.authority = a.authority AND w.account = a.account ORDER BY w.author
  )
  FROM send_desk.account a WHERE a.authority = p_authority ORDER BY a.account;
END $$;
