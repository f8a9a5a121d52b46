-- What the service may read for a caller. These functions are STABLE: all of one call is of one moment.

-- Where the feed stands, and what stands there.
CREATE FUNCTION send_desk.place_of(p_authority text, p_pos bigint) RETURNS TABLE (feed text, pos bigint, item text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT f.feed::text, least(p_pos, f.pos), COALESCE((
    SELECT i.item::text FROM send_desk.feed_item i WHERE i.authority = f.authority AND i.pos = least(p_pos, f.pos)
  ), '')
  FROM send_desk.feed f WHERE f.authority = p_authority
$$;

-- A page of the feed after `p_position`. The first row (`what` = 'page') says where the page ends, whether more follows
-- (`more`), whether the cursor was never of this feed (`resync`), and at the feed's end the mark of all cases seen;
-- `noted` is how far the laptop is known to have read; then come 'revision' and 'event' rows in the order of their positions. `p_have_first` to `p_have_last` are left out.
-- At most `p_scan` positions are looked through, `p_limit` rows and about `p_bytes` bytes returned.
CREATE FUNCTION send_desk_hub.pull(
  p_authority text, p_account text, p_device text, p_feed text, p_position bigint, p_item text,
  p_have_first bigint[], p_have_last bigint[], p_limit bigint, p_scan bigint, p_bytes bigint
) RETURNS TABLE (
  what text, pos bigint, item text, feed text, more boolean, resync boolean, noted bigint, count bigint, mark bigint,
  record text, kind text, case_id text, parents text[], author text, device text, made_at text, schema_version bigint,
  body bytea, extra bytea, redacted bytea, revisions text[],
  person text, person_name text, person_role text, person_authors text[]
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_cases text[];
  v_have int8multirange;
  v_feed text;
  v_end bigint;
  v_scanned bigint;
  v_positions bigint[];
  v_at bigint;
  v_item text;
  v_noted bigint;
  v_count bigint;
  v_mark bigint;
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, true);
  SELECT f.feed, f.pos, d.pulled_to INTO v_feed, v_end, v_noted
  FROM send_desk.feed f JOIN send_desk.device d ON d.authority = f.authority AND d.device = p_device
  WHERE f.authority = p_authority;
  IF NOT (p_position = 0 AND p_feed IN ('', v_feed) AND p_item = '') AND (
    p_feed <> v_feed OR p_position NOT BETWEEN 1 AND v_end OR NOT EXISTS (
      SELECT 1 FROM send_desk.feed_item i
      WHERE i.authority = p_authority AND i.pos = p_position AND i.item = p_item
    )
  ) THEN
    SELECT w.item INTO v_item FROM send_desk.place_of(p_authority, v_end) w;
    RETURN QUERY SELECT 'page', v_end, v_item, v_feed, false, true, v_noted, NULL::bigint, NULL::bigint, NULL::text, NULL::text,
      NULL::text, NULL::text[], NULL::text, NULL::text, NULL::text, NULL::bigint, NULL::bytea, NULL::bytea,
      NULL::bytea, NULL::text[], NULL::text, NULL::text, NULL::text, NULL::text[];
    RETURN;
  END IF;

  v_cases := ARRAY(SELECT s.case_id FROM send_desk.cases_of(p_authority, p_account) AS s (case_id));
  v_positions := '{}';
  v_at := v_end;
  IF p_position < v_end THEN
    v_scanned := least(v_end, p_position + p_scan);
    -- One set of ranges is searched by halves; thousands of them one by one would hold a connection for minutes.
    v_have := COALESCE((
      SELECT range_agg(int8range(greatest(h.first, 1), least(h.last, v_end), '[]'))
      FROM unnest(p_have_first, p_have_last) AS h (first, last) WHERE greatest(h.first, 1) <= least(h.last, v_end)
    ), '{}');
    WITH wanted AS (
      SELECT i.pos, i.item, i.event
      FROM send_desk.feed_item i
      WHERE i.authority = p_authority AND i.pos > p_position AND i.pos <= v_scanned
        AND (i.account = p_account OR (i.account IS NULL AND i.case_id IN (SELECT unnest(v_cases))))
        AND NOT i.pos <@ v_have
      ORDER BY i.pos LIMIT p_limit
    ), sized AS (
      SELECT w.pos, sum(COALESCE(octet_length(r.body) + octet_length(r.extra), 0) + 200) OVER (ORDER BY w.pos) AS upto,
        row_number() OVER (ORDER BY w.pos) AS nth
      FROM wanted w
        LEFT JOIN send_desk.revision r ON r.authority = p_authority AND r.revision = w.item AND NOT w.event
    )
    SELECT COALESCE(array_agg(s.pos ORDER BY s.pos) FILTER (WHERE s.upto <= p_bytes OR s.nth = 1), '{}'),
      CASE
        WHEN count(*) < p_limit AND bool_and(s.upto <= p_bytes OR s.nth = 1) IS NOT FALSE THEN v_scanned
        ELSE max(s.pos) FILTER (WHERE s.upto <= p_bytes OR s.nth = 1)
      END
    INTO v_positions, v_at FROM sized s;
  END IF;
  IF v_at = v_end THEN
    SELECT COALESCE(sum(c.count), 0)::bigint, COALESCE(bit_xor(c.digest), 0) INTO v_count, v_mark
    FROM send_desk.case_file c WHERE c.authority = p_authority AND c.case_id IN (SELECT unnest(v_cases));
  END IF;
  SELECT w.item INTO v_item FROM send_desk.place_of(p_authority, v_at) w;
  RETURN QUERY SELECT 'page', v_at, v_item, v_feed, v_at < v_end, false, v_noted, v_count, v_mark, NULL::text, NULL::text,
    NULL::text, NULL::text[], NULL::text, NULL::text, NULL::text, NULL::bigint, NULL::bytea, NULL::bytea,
    NULL::bytea, NULL::text[], NULL::text, NULL::text, NULL::text, NULL::text[];
  IF cardinality(v_positions) = 0 THEN
    RETURN;
  END IF;
  RETURN QUERY
  SELECT CASE WHEN i.event THEN 'event' ELSE 'revision' END, i.pos, i.item::text, NULL::text, NULL::boolean,
    NULL::boolean, NULL::bigint, NULL::bigint, NULL::bigint, r.record::text, COALESCE(r.kind, e.kind)::text, i.case_id::text,
    r.parents::text[], r.author::text, r.device::text, r.made_at::text, r.schema_version, r.body, r.extra, r.redacted,
    e.revisions::text[], a.account::text, a.name, a.role::text,
    CASE WHEN a.account IS NOT NULL THEN ARRAY(
      SELECT w.author::text FROM send_desk.author w
      WHERE w.authority = p_authority AND w.account = a.account ORDER BY w.author
    ) END
  FROM unnest(v_positions) AS p (pos)
    JOIN send_desk.feed_item i ON i.authority = p_authority AND i.pos = p.pos
    LEFT JOIN send_desk.revision r ON r.authority = p_authority AND r.revision = i.item AND NOT i.event
    LEFT JOIN send_desk.event e ON e.authority = p_authority AND e.event = i.item AND i.event
    LEFT JOIN send_desk.account a ON a.authority = p_authority AND a.account = e.person
  ORDER BY i.pos;
END $$;

-- Where the feed stands and the mark of each case seen, or of those of `p_cases` that are.
CREATE FUNCTION send_desk_hub.marks(p_authority text, p_account text, p_device text, p_cases text[]) RETURNS TABLE (
  feed text, pos bigint, item text, case_id text, count bigint, digest bigint, bytes bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, true);
  RETURN QUERY
  SELECT w.feed, w.pos, w.item, c.case_id::text, c.count, c.digest, c.bytes
  FROM send_desk.place_of(p_authority, 9223372036854775807) w
    LEFT JOIN send_desk.case_file c ON c.authority = p_authority
      AND c.case_id IN (SELECT s.case_id FROM send_desk.cases_of(p_authority, p_account) AS s (case_id))
      AND (cardinality(p_cases) = 0 OR c.case_id = ANY (p_cases))
  ORDER BY c.case_id;
END $$;

-- The revisions of some cases in the order of records, after a place; the caller stays within one moment by reading
-- all of them in one REPEATABLE READ transaction. Of several cases the whole is read, so they must be small together.
CREATE FUNCTION send_desk_hub.snapshot_rows(
  p_authority text, p_account text, p_device text, p_cases text[], p_record text, p_revision text, p_limit bigint,
  p_bytes bigint
) RETURNS TABLE (
  revision text, record text, kind text, case_id text, parents text[], author text, device text, made_at text,
  schema_version bigint, body bytea, extra bytea, redacted bytea
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, true);
  IF EXISTS (SELECT 1 FROM unnest(p_cases) c WHERE NOT send_desk.sees(p_authority, p_account, c)) THEN
    PERFORM send_desk.deny('not-member');
  END IF;
  IF cardinality(p_cases) = 1 THEN
    RETURN QUERY
    SELECT r.revision::text, r.record::text, r.kind::text, r.case_id::text, r.parents::text[], r.author::text,
      r.device::text, r.made_at::text, r.schema_version, r.body, r.extra, r.redacted
    FROM (
      SELECT n.*, sum(octet_length(n.body) + octet_length(n.extra)) OVER (ORDER BY n.record, n.revision) AS upto,
        row_number() OVER (ORDER BY n.record, n.revision) AS nth
      FROM (
        SELECT * FROM send_desk.revision o
        WHERE o.authority = p_authority AND o.case_id = p_cases[1]
          AND (o.record, o.revision) > (p_record COLLATE "C", p_revision COLLATE "C")
        ORDER BY o.record, o.revision LIMIT p_limit
      ) n
    ) r
    WHERE r.upto <= p_bytes OR r.nth = 1 ORDER BY r.record, r.revision;
  ELSE
    RETURN QUERY
    SELECT r.revision::text, r.record::text, r.kind::text, r.case_id::text, r.parents::text[], r.author::text,
      r.device::text, r.made_at::text, r.schema_version, r.body, r.extra, r.redacted
    FROM unnest(p_cases) AS c (case_id)
      CROSS JOIN LATERAL (
        SELECT * FROM send_desk.revision o WHERE o.authority = p_authority AND o.case_id = c.case_id
      ) r
    ORDER BY r.case_id, r.record, r.revision;
  END IF;
END $$;

-- Notes how far a laptop has read the feed: what may be on it is asked when it is lost.
CREATE FUNCTION send_desk_hub.note_read_to(p_authority text, p_account text, p_device text, p_pos bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, true);
  UPDATE send_desk.device d SET pulled_to = p_pos
  WHERE d.authority = p_authority AND d.device = p_device AND d.pulled_to <> p_pos;
END $$;

-- Notes that a laptop fetches cases whole, before it does: those of `p_cases` that its person sees, or all.
CREATE FUNCTION send_desk_hub.note_fetch(p_authority text, p_account text, p_device text, p_cases text[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, true);
  INSERT INTO send_desk.audit (authority, entry, account, device, act, case_id)
  SELECT p_authority, gen_random_uuid()::text, p_account, p_device, 'fetched', s.case_id
  FROM send_desk.cases_of(p_authority, p_account) AS s (case_id)
  WHERE s.case_id <> '' AND (cardinality(p_cases) = 0 OR s.case_id = ANY (p_cases));
END $$;

-- What people did with a case; what administrators did, and why, is not for everybody on it.
CREATE FUNCTION send_desk_hub.looked(p_authority text, p_account text, p_device text, p_case text) RETURNS TABLE (
  at timestamptz, told_at text, account text, name text, device text, act text, detail text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, true);
  IF p_case = '' OR NOT send_desk.sees(p_authority, p_account, p_case) THEN
    PERFORM send_desk.deny('not-member');
  END IF;
  RETURN QUERY
  SELECT l.at, l.told_at::text, l.account::text, COALESCE(a.name, l.login), l.device::text, l.act::text, l.detail
  FROM send_desk.audit l
    LEFT JOIN send_desk.account a ON a.authority = l.authority AND a.account = l.account
  WHERE l.authority = p_authority AND l.case_id = p_case AND l.account <> ''
  ORDER BY l.line DESC LIMIT 1000;
END $$;
