-- Takes revisions for a caller, all in one transaction; each place of the arrays is one. Answers for each place its
-- position, none where it was known, or the code of the refusal. `p_seen` is how far the laptop has read the feed.
-- Locks are taken in one order: the cases by name, then the feed, last.
CREATE FUNCTION send_desk_hub.push(
  p_authority text, p_account text, p_device text, p_seen bigint,
  p_authorities text[], p_revisions text[], p_records text[], p_kinds text[], p_cases text[], p_parents jsonb,
  p_authors text[], p_devices text[], p_made text[], p_schemas bigint[], p_bodies bytea[], p_extras bytea[],
  p_redacted bytea[], p_digests bytea[], p_marks bigint[], p_vouched boolean[], p_final boolean[], p_needs text[],
  p_references text[], p_expect_cases text[], p_expect_counts bigint[], p_expect_digests bigint[]
) RETURNS TABLE (place bigint, given bigint, refused text, detail text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_role text := send_desk.stand(p_authority, p_account, p_device, false);
  v_late boolean := send_desk.is_late(p_authority, p_account, p_device);
  v_mine text[];
  v_laptops text[];
  v_made text[];
  v_open text[];
  v_first text[];
  v_code text;
  v_detail text := '';
  v_verdicts text[];
  v_fresh bigint[];
  v_from bigint;
BEGIN
  v_mine := ARRAY(SELECT w.author FROM send_desk.author w WHERE w.authority = p_authority AND w.account = p_account);
  v_laptops := ARRAY(SELECT d.device FROM send_desk.device d WHERE d.authority = p_authority AND d.account = p_account);

  -- A case that was never seen is made; those that come to nothing are taken away again below.
  WITH made AS (
    INSERT INTO send_desk.case_file (authority, case_id, maker)
    SELECT p_authority, t.case_id, p_device
    FROM unnest(p_cases, p_authorities) AS t (case_id, told)
    WHERE t.told = p_authority AND NOT EXISTS (
      SELECT 1 FROM send_desk.case_file c WHERE c.authority = p_authority AND c.case_id = t.case_id
    )
    GROUP BY t.case_id ORDER BY t.case_id
    ON CONFLICT (authority, case_id) DO NOTHING
    RETURNING case_id
  )
  SELECT COALESCE(array_agg(made.case_id), '{}') INTO v_made FROM made;
  PERFORM 1 FROM send_desk.case_file c
  WHERE c.authority = p_authority AND c.case_id = ANY (ARRAY(SELECT DISTINCT unnest(p_cases)))
  ORDER BY c.case_id FOR NO KEY UPDATE;

  v_open := ARRAY(
    SELECT t.case_id FROM (SELECT DISTINCT unnest(p_cases) AS case_id) t
    WHERE t.case_id = ANY (v_made) OR send_desk.sees(p_authority, p_account, t.case_id)
      OR send_desk.has_grace(p_authority, p_account, t.case_id, p_seen)
  );
  -- A first history: nobody but this laptop has written here, and it has not read the feed since it began to.
  v_first := v_made || ARRAY(
    SELECT c.case_id FROM send_desk.case_file c
    WHERE c.authority = p_authority AND c.case_id = ANY (p_cases) AND c.case_id <> '' AND c.alone
      AND c.maker = p_device AND p_seen < c.began
  );

  WITH offered AS (
    SELECT t.*, row_number() OVER (PARTITION BY t.revision ORDER BY t.place) AS copy
    FROM unnest(
      p_authorities, p_revisions, p_records, p_kinds, p_cases, p_authors, p_devices, p_redacted, p_digests, p_vouched,
      p_final, p_needs, p_bodies, p_extras
    ) WITH ORDINALITY AS t (
      told, revision, record, kind, case_id, author, device, redacted, digest, vouched, final, needs, body, extra, place
    )
  ), begun AS (
    -- What each record is: its kind is that of its first revision, so that nobody writes into an override as a note.
    SELECT DISTINCT ON (o.case_id, o.record) o.case_id, o.record, COALESCE(s.kind, o.kind) AS kind
    FROM offered o LEFT JOIN LATERAL (
      SELECT r.kind FROM send_desk.revision r
      WHERE r.authority = p_authority AND r.case_id = o.case_id AND r.record = o.record LIMIT 1
    ) s ON o.case_id <> ALL (v_made)
    ORDER BY o.case_id, o.record, o.place
  ), judged AS (
    SELECT o.place, o.revision, o.digest, CASE
      WHEN o.told <> p_authority THEN 'wrong-authority'
      WHEN k.digest <> o.digest THEN 'known-otherwise'
      WHEN k.digest IS NOT NULL AND k.redacted = ''::bytea AND o.redacted <> ''::bytea THEN 'redacted-there'
      WHEN k.digest IS NOT NULL THEN 'known'
      WHEN (o.kind = 'case') <> (o.record = o.case_id) THEN 'unreadable'
      WHEN octet_length(o.digest) <> 32 OR (o.redacted <> ''::bytea AND (o.redacted <> o.digest
        OR o.body <> ''::bytea OR o.extra <> ''::bytea)) THEN 'unreadable'
      WHEN NOT o.vouched AND o.author <> ALL (v_mine) THEN 'wrong-author'
      WHEN NOT o.vouched AND o.device <> ALL (v_laptops) THEN 'wrong-device'
      WHEN v_late OR o.case_id <> ALL (v_open) THEN 'not-member'
      WHEN o.kind <> b.kind THEN 'known-otherwise'
      WHEN o.needs <> '' AND o.needs <> v_role AND NOT o.vouched AND o.case_id <> ALL (v_first) THEN 'role'
      WHEN o.final AND NOT o.vouched AND o.case_id <> ALL (v_first || p_expect_cases) THEN 'final-alone'
      ELSE '' END AS verdict
    FROM offered o
      JOIN begun b ON b.case_id = o.case_id AND b.record = o.record
      LEFT JOIN send_desk.revision k ON k.authority = p_authority AND k.revision = o.revision
  ), counted AS (
    SELECT j.*, first_value(j.digest) OVER same AS first_digest, row_number() OVER same AS copy
    FROM judged j WINDOW same AS (PARTITION BY j.revision, j.verdict = '' ORDER BY j.place)
  )
  SELECT array_agg(CASE
    WHEN c.verdict <> '' OR c.copy = 1 THEN c.verdict
    WHEN c.digest = c.first_digest THEN 'known'
    ELSE 'known-otherwise' END ORDER BY c.place)
  INTO v_verdicts FROM counted c;

  -- With expectations it is all or nothing, unless nothing of it is new: then it is a lost answer asked for again.
  IF cardinality(p_expect_cases) > 0 AND '' = ANY (v_verdicts) THEN
    SELECT CASE WHEN c.final_position > p_seen THEN 'final-taken' ELSE 'final-stale' END,
      CASE WHEN c.final_position > p_seen THEN 'By ' || COALESCE(a.name, 'a colleague') || ' on '
        || to_char(c.final_taken_at AT TIME ZONE 'Europe/London', 'FMDD FMMonth YYYY') || '.' ELSE '' END
    INTO v_code, v_detail
    FROM unnest(p_expect_cases, p_expect_counts, p_expect_digests) AS t (case_id, count, digest)
      LEFT JOIN send_desk.case_file c ON t.case_id = ANY (v_open) AND c.authority = p_authority AND c.case_id = t.case_id
      LEFT JOIN send_desk.author w ON w.authority = p_authority AND w.author = c.final_author
      LEFT JOIN send_desk.account a ON a.authority = p_authority AND a.account = w.account
    WHERE (COALESCE(c.count, 0), COALESCE(c.digest, 0)) <> (t.count, t.digest)
    ORDER BY t.case_id LIMIT 1;
    IF v_code IS NULL THEN
      SELECT t.code INTO v_code FROM unnest(v_verdicts) WITH ORDINALITY AS t (code, place)
      WHERE t.code NOT IN ('', 'known', 'redacted-there') ORDER BY t.place LIMIT 1;
    END IF;
    IF v_code IS NOT NULL THEN
      v_verdicts := array_replace(v_verdicts, '', v_code);
    END IF;
  END IF;

  WITH taken AS (
    INSERT INTO send_desk.revision (
      authority, revision, record, kind, case_id, parents, author, device, made_at, schema_version, body, extra,
      redacted, digest, mark
    )
    SELECT p_authority, t.revision, t.record, t.kind, t.case_id,
      ARRAY(SELECT jsonb_array_elements_text(p_parents -> (t.place - 1)::integer)),
      t.author, t.device, t.made, t.schema_version, t.body, t.extra, t.redacted, t.digest, t.mark
    FROM unnest(
      v_verdicts, p_revisions, p_records, p_kinds, p_cases, p_authors, p_devices, p_made, p_schemas, p_bodies,
      p_extras, p_redacted, p_digests, p_marks
    ) WITH ORDINALITY AS t (
      verdict, revision, record, kind, case_id, author, device, made, schema_version, body, extra, redacted, digest,
      mark, place
    )
    WHERE t.verdict = '' ORDER BY t.place
    ON CONFLICT (authority, revision) DO NOTHING
    RETURNING revision, case_id, mark, author, octet_length(body) + octet_length(extra) AS bytes
  ), sums AS (
    UPDATE send_desk.case_file c
    SET count = c.count + s.many, digest = c.digest # s.digest, bytes = c.bytes + s.bytes,
      alone = c.alone AND c.maker = p_device AND s.own,
      reference = COALESCE(n.reference, c.reference)
    FROM (
      SELECT taken.case_id, count(*) AS many, bit_xor(taken.mark) AS digest, sum(taken.bytes) AS bytes,
        bool_and(taken.author = ANY (v_mine)) AS own
      FROM taken GROUP BY taken.case_id
    ) s LEFT JOIN (
      SELECT DISTINCT ON (t.case_id) t.case_id, t.reference
      FROM unnest(v_verdicts, p_cases, p_references) WITH ORDINALITY AS t (verdict, case_id, reference, place)
      WHERE t.verdict = '' AND t.reference IS NOT NULL ORDER BY t.case_id, t.place DESC
    ) n ON n.case_id = s.case_id
    WHERE c.authority = p_authority AND c.case_id = s.case_id
    RETURNING c.case_id, s.many
  ), noted AS (
    INSERT INTO send_desk.audit (authority, entry, account, device, act, case_id, detail)
    SELECT p_authority, gen_random_uuid()::text, p_account, p_device, 'wrote', sums.case_id, sums.many::text FROM sums
  )
  SELECT COALESCE(array_agg(t.place ORDER BY t.place), '{}') INTO v_fresh
  FROM unnest(v_verdicts, p_revisions) WITH ORDINALITY AS t (verdict, revision, place)
    JOIN taken ON taken.revision = t.revision
  WHERE t.verdict = '';

  -- Another case brought the same id in the same moment: what it says now stands.
  IF cardinality(v_fresh) <> (SELECT count(*) FROM unnest(v_verdicts) v WHERE v = '') THEN
    IF cardinality(p_expect_cases) > 0 THEN
      PERFORM send_desk.deny('busy');
    END IF;
    SELECT array_agg(CASE
      WHEN t.verdict <> '' OR t.place = ANY (v_fresh) THEN t.verdict
      WHEN k.digest = t.digest THEN 'known'
      ELSE 'known-otherwise' END ORDER BY t.place)
    INTO v_verdicts
    FROM unnest(v_verdicts, p_revisions, p_digests) WITH ORDINALITY AS t (verdict, revision, digest, place)
      LEFT JOIN send_desk.revision k ON k.authority = p_authority AND k.revision = t.revision;
  END IF;

  -- A new case belongs to who wrote it first; whoever brought it is on it.
  UPDATE send_desk.case_file c
  SET owner = COALESCE(w.account, p_account)
  FROM (
    SELECT DISTINCT ON (t.case_id) t.case_id, t.author
    FROM unnest(v_verdicts, p_cases, p_authors) WITH ORDINALITY AS t (verdict, case_id, author, place)
    WHERE t.verdict = '' ORDER BY t.case_id, t.place
  ) f LEFT JOIN send_desk.author w ON w.authority = p_authority AND w.author = f.author
  WHERE c.authority = p_authority AND c.case_id = f.case_id AND c.case_id = ANY (v_made) AND c.case_id <> '';
  INSERT INTO send_desk.case_account (authority, case_id, account, granted_by, reason)
  SELECT DISTINCT p_authority, c.case_id, g.account, 'hub', 'wrote it first'
  FROM send_desk.case_file c CROSS JOIN LATERAL (VALUES (c.owner), (p_account)) AS g (account)
  WHERE c.authority = p_authority AND c.case_id = ANY (v_made) AND c.case_id <> '' AND c.count > 0;
  DELETE FROM send_desk.case_file c
  WHERE c.authority = p_authority AND c.case_id = ANY (v_made) AND c.count = 0 AND c.case_id <> '';

  -- Kept aside too: what a laptop holds redacted and this database, restored from an older backup, in full. Nobody's
  -- word but the administrator's empties a revision, so he is shown it and redacts again.
  INSERT INTO send_desk.refusal AS f (
    authority, account, revision, device, code, told_authority, record, kind, case_id, parents, author, told_device,
    made_at, schema_version, body, extra, redacted
  )
  SELECT DISTINCT ON (t.revision) p_authority, p_account, t.revision, p_device, t.verdict, t.told, t.record, t.kind,
    t.case_id, ARRAY(SELECT jsonb_array_elements_text(p_parents -> (t.place - 1)::integer)), t.author, t.device,
    t.made, t.schema_version, t.body, t.extra, t.redacted
  FROM unnest(
    v_verdicts, p_authorities, p_revisions, p_records, p_kinds, p_cases, p_authors, p_devices, p_made, p_schemas,
    p_bodies, p_extras, p_redacted
  ) WITH ORDINALITY AS t (
    verdict, told, revision, record, kind, case_id, author, device, made, schema_version, body, extra, redacted, place
  )
  WHERE t.verdict NOT IN ('', 'known', 'final-stale', 'final-taken') ORDER BY t.revision, t.place
  ON CONFLICT (authority, account, revision) DO UPDATE
  SET device = excluded.device, code = excluded.code, body = excluded.body, extra = excluded.extra, refused_at = now();

  IF cardinality(v_fresh) > 0 THEN
    v_from := send_desk.positions(p_authority, cardinality(v_fresh));
    INSERT INTO send_desk.feed_item (authority, pos, item, case_id, event)
    SELECT p_authority, v_from + n.nth - 1, t.revision, t.case_id, false
    FROM unnest(p_revisions, p_cases) WITH ORDINALITY AS t (revision, case_id, place)
      JOIN unnest(v_fresh) WITH ORDINALITY AS n (place, nth) ON n.place = t.place;
    IF cardinality(v_made) > 0 THEN
      UPDATE send_desk.case_file c SET began = f.pos
      FROM (
        SELECT t.case_id, min(v_from + n.nth - 1) AS pos
        FROM unnest(p_cases) WITH ORDINALITY AS t (case_id, place)
          JOIN unnest(v_fresh) WITH ORDINALITY AS n (place, nth) ON n.place = t.place
        GROUP BY t.case_id
      ) f
      WHERE c.authority = p_authority AND c.case_id = f.case_id AND c.case_id = ANY (v_made);
    END IF;
    IF true = ANY (p_final) THEN
      UPDATE send_desk.case_file c
      SET final_position = f.pos, final_author = f.author, final_taken_at = now()
      FROM (
        SELECT DISTINCT ON (t.case_id) t.case_id, v_from + n.nth - 1 AS pos, t.author
        FROM unnest(p_cases, p_authors, p_final) WITH ORDINALITY AS t (case_id, author, final, place)
          JOIN unnest(v_fresh) WITH ORDINALITY AS n (place, nth) ON n.place = t.place
        WHERE t.final ORDER BY t.case_id, n.nth DESC
      ) f
      WHERE c.authority = p_authority AND c.case_id = f.case_id;
    END IF;
  END IF;

  RETURN QUERY
  SELECT t.place, v_from + n.nth - 1,
    CASE WHEN t.verdict IN ('', 'known', 'redacted-there') THEN '' ELSE t.verdict END,
    CASE WHEN t.verdict IN ('final-stale', 'final-taken') THEN v_detail ELSE '' END
  FROM unnest(v_verdicts) WITH ORDINALITY AS t (verdict, place)
    LEFT JOIN unnest(v_fresh) WITH ORDINALITY AS n (place, nth) ON n.place = t.place
  ORDER BY t.place;
END $$;

-- Notes who looked at files, as laptops tell it; told twice it is noted once.
CREATE FUNCTION send_desk_hub.note_reads(
  p_authority text, p_account text, p_device text, p_ids text[], p_cases text[], p_what text[], p_at text[],
  p_details text[]
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, false);
  INSERT INTO send_desk.audit (authority, entry, account, device, act, case_id, told_at, detail)
  -- A laptop tells what was read, and never what the hub itself notes, such as a grant.
  SELECT p_authority, 'read:' || p_account || ':' || t.id, p_account, p_device,
    CASE WHEN t.what IN ('opened', 'printed', 'exported') THEN t.what ELSE 'read: ' || t.what END,
    t.case_id, t.at, t.detail
  FROM unnest(p_ids, p_cases, p_what, p_at, p_details) AS t (id, case_id, what, at, detail)
  ON CONFLICT (authority, entry) DO NOTHING;
END $$;
