-- The rules that the functions of both doors share. Nobody but the owner may call what stands here.

CREATE FUNCTION send_desk.deny(p_code text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'SD403', MESSAGE = p_code;
END $$;

-- Who calls: his account and laptop belong together, and for reading neither may be barred. Answers his role.
CREATE FUNCTION send_desk.stand(p_authority text, p_account text, p_device text, p_reads boolean) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_role text;
  v_barred boolean;
BEGIN
  SELECT a.role, d.barred_at IS NOT NULL OR a.left_at IS NOT NULL INTO v_role, v_barred
  FROM send_desk.device d JOIN send_desk.account a ON a.authority = d.authority AND a.account = d.account
  WHERE d.authority = p_authority AND d.device = p_device AND d.account = p_account;
  IF v_role IS NULL THEN
    PERFORM send_desk.deny('sign-in');
  ELSIF p_reads AND v_barred THEN
    PERFORM send_desk.deny('barred');
  END IF;
  RETURN v_role;
END $$;

-- The cases that an account sees: granted to it or to a team of it, owned by a member of a team that it leads, and ''.
CREATE FUNCTION send_desk.cases_of(p_authority text, p_account text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100 AS $$
  SELECT seen.case_id
  FROM (
    SELECT ''::text AS case_id
    UNION
    SELECT g.case_id FROM send_desk.case_account g WHERE g.authority = p_authority AND g.account = p_account
    UNION
    SELECT g.case_id
    FROM send_desk.team_member m JOIN send_desk.case_team g ON g.authority = m.authority AND g.team = m.team
    WHERE m.authority = p_authority AND m.account = p_account
    UNION
    SELECT c.case_id
    FROM send_desk.team_member lead
      JOIN send_desk.team_member m ON m.authority = lead.authority AND m.team = lead.team
      JOIN send_desk.case_file c ON c.authority = m.authority AND c.owner = m.account
    WHERE lead.authority = p_authority AND lead.account = p_account AND lead.leads
  ) seen
  WHERE EXISTS (
    SELECT 1 FROM send_desk.account a
    WHERE a.authority = p_authority AND a.account = p_account AND a.left_at IS NULL
  )
$$;

-- Whether one case is seen, without naming all others first.
CREATE FUNCTION send_desk.sees(p_authority text, p_account text, p_case text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM send_desk.account a
    WHERE a.authority = p_authority AND a.account = p_account AND a.left_at IS NULL
  ) AND (
    p_case = ''
    OR EXISTS (
      SELECT 1 FROM send_desk.case_account g
      WHERE g.authority = p_authority AND g.case_id = p_case AND g.account = p_account
    )
    OR EXISTS (
      SELECT 1 FROM send_desk.case_team g
        JOIN send_desk.team_member m ON m.authority = g.authority AND m.team = g.team
      WHERE g.authority = p_authority AND g.case_id = p_case AND m.account = p_account
    )
    OR EXISTS (
      SELECT 1 FROM send_desk.case_file c
        JOIN send_desk.team_member m ON m.authority = c.authority AND m.account = c.owner
        JOIN send_desk.team_member lead ON lead.authority = m.authority AND lead.team = m.team
      WHERE c.authority = p_authority AND c.case_id = p_case AND lead.account = p_account AND lead.leads
    )
  )
$$;

-- Whether an account may still write into a case that was withdrawn from it: what it wrote before it could know, for
-- thirty days. It could know once its laptop had read the feed as far as the withdrawal.
CREATE FUNCTION send_desk.has_grace(p_authority text, p_account text, p_case text, p_seen bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT COALESCE((
    SELECT e.kind = 'withdrawn' AND e.pos > p_seen AND e.at > now() - interval '30 days'
    FROM send_desk.event e
    WHERE e.authority = p_authority AND e.account = p_account AND e.case_id = p_case
    ORDER BY e.pos DESC LIMIT 1
  ), false)
$$;

-- Whether a laptop was barred, or its person left, so long ago that what it brings is no longer taken: thirty days are
-- time to hand in what waits, and afterwards whoever has the laptop writes under that name no more.
CREATE FUNCTION send_desk.is_late(p_authority text, p_account text, p_device text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT COALESCE(least(d.barred_at, a.left_at) < now() - interval '30 days', false)
  FROM send_desk.device d JOIN send_desk.account a ON a.authority = d.authority AND a.account = d.account
  WHERE d.authority = p_authority AND d.device = p_device AND d.account = p_account
$$;

-- Gives out positions: the last thing before a commit, so that whoever reads up to a position has read all before it.
-- Returns the first of `p_many` positions; the row stays locked until the end of the transaction.
CREATE FUNCTION send_desk.positions(p_authority text, p_many bigint) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  UPDATE send_desk.feed SET pos = pos + p_many WHERE authority = p_authority RETURNING pos - p_many + 1
$$;

-- Writes events into the feed, one for each place of the arrays.
CREATE FUNCTION send_desk.announce(
  p_authority text, p_kind text, p_cases text[], p_accounts text[], p_revisions text[], p_person text
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_first bigint;
BEGIN
  IF cardinality(p_cases) = 0 THEN
    RETURN;
  END IF;
  v_first := send_desk.positions(p_authority, cardinality(p_cases));
  WITH made AS (
    INSERT INTO send_desk.event (authority, event, kind, case_id, account, pos, revisions, person)
    SELECT p_authority, gen_random_uuid()::text, p_kind, t.case_id, t.account, v_first + t.place - 1,
      p_revisions, p_person
    FROM unnest(p_cases, p_accounts) WITH ORDINALITY AS t (case_id, account, place)
    RETURNING event, case_id, account, pos
  )
  INSERT INTO send_desk.feed_item (authority, pos, item, case_id, account, event)
  SELECT p_authority, made.pos, made.event, made.case_id, made.account, true FROM made;
END $$;

-- What the accounts see now, as pairs; `tell_changes` compares it with what they see afterwards.
CREATE FUNCTION send_desk.sights(p_authority text, p_accounts text[]) RETURNS TABLE (account text, case_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT who.account, seen.case_id
  FROM (SELECT DISTINCT a AS account FROM unnest(p_accounts) a) who
    CROSS JOIN LATERAL send_desk.cases_of(p_authority, who.account) AS seen (case_id)
$$;

CREATE FUNCTION send_desk.tell_changes(
  p_authority text, p_accounts text[], p_before_accounts text[], p_before_cases text[]
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_accounts text[];
  v_cases text[];
BEGIN
  SELECT COALESCE(array_agg(b.account ORDER BY b.account, b.case_id), '{}'),
    COALESCE(array_agg(b.case_id ORDER BY b.account, b.case_id), '{}')
  INTO v_accounts, v_cases
  FROM (
    SELECT * FROM unnest(p_before_accounts, p_before_cases) AS t (account, case_id)
    EXCEPT SELECT s.account, s.case_id FROM send_desk.sights(p_authority, p_accounts) s
  ) b WHERE b.case_id <> '';
  PERFORM send_desk.announce(p_authority, 'withdrawn', v_cases, v_accounts, '{}', NULL);
  SELECT COALESCE(array_agg(n.account ORDER BY n.account, n.case_id), '{}'),
    COALESCE(array_agg(n.case_id ORDER BY n.account, n.case_id), '{}')
  INTO v_accounts, v_cases
  FROM (
    SELECT s.account, s.case_id FROM send_desk.sights(p_authority, p_accounts) s
    EXCEPT SELECT * FROM unnest(p_before_accounts, p_before_cases) AS t (account, case_id)
  ) n WHERE n.case_id <> '';
  PERFORM send_desk.announce(p_authority, 'granted', v_cases, v_accounts, '{}', NULL);
END $$;

-- Empties revisions of a case: their digests stay, their marks and the case's change, the feed tells it.
-- Attachments that only they named go too. Returns how many were emptied now.
CREATE FUNCTION send_desk.empty_revisions(
  p_authority text, p_case text, p_revisions text[], p_marks bigint[]
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_ids text[];
  v_change bigint;
  v_bytes bigint;
BEGIN
  PERFORM 1 FROM send_desk.case_file c
  WHERE c.authority = p_authority AND c.case_id = p_case FOR NO KEY UPDATE;
  SELECT array_agg(r.revision ORDER BY r.revision), bit_xor(r.mark # t.mark),
    sum(octet_length(r.body) + octet_length(r.extra))
  INTO v_ids, v_change, v_bytes
  FROM unnest(p_revisions, p_marks) AS t (revision, mark)
    JOIN send_desk.revision r ON r.authority = p_authority AND r.revision = t.revision
  WHERE r.case_id = p_case AND r.redacted = ''::bytea;
  IF v_ids IS NULL THEN
    RETURN 0;
  END IF;
  DELETE FROM send_desk.blob b
  WHERE b.authority = p_authority AND b.case_id = p_case
    AND EXISTS (
      SELECT 1 FROM send_desk.revision r
      WHERE r.authority = p_authority AND r.revision = ANY (v_ids)
        AND position(convert_to(b.blob, 'UTF8') IN r.body) > 0
    )
    AND NOT EXISTS (
      SELECT 1 FROM send_desk.revision r
      WHERE r.authority = p_authority AND r.case_id = p_case AND r.revision <> ALL (v_ids)
        AND position(convert_to(b.blob, 'UTF8') IN r.body) > 0
    );
  UPDATE send_desk.revision r
  SET body = ''::bytea, extra = ''::bytea, redacted = r.digest, mark = t.mark
  FROM unnest(p_revisions, p_marks) AS t (revision, mark)
  WHERE r.authority = p_authority AND r.revision = t.revision AND r.revision = ANY (v_ids);
  UPDATE send_desk.case_file c
  SET digest = c.digest # v_change, bytes = c.bytes - v_bytes
  WHERE c.authority = p_authority AND c.case_id = p_case;
  DELETE FROM send_desk.refusal f WHERE f.authority = p_authority AND f.revision = ANY (v_ids);
  PERFORM send_desk.announce(p_authority, 'redacted', ARRAY[p_case], ARRAY[NULL::text], v_ids, NULL);
  RETURN cardinality(v_ids);
END $$;
