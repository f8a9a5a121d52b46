-- Attachments, chunk by chunk; `blob` is the SHA-256 of the content in hex, and nothing else counts as whole.
-- The directory ('') has none: every laptop of the authority would fetch what anybody puts there.

CREATE FUNCTION send_desk_hub.blob_have(
  p_authority text, p_account text, p_device text, p_case text, p_blobs text[]
) RETURNS TABLE (blob text, have bigint, whole boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, false);
  IF send_desk.is_late(p_authority, p_account, p_device) OR p_case = ''
    OR NOT (send_desk.sees(p_authority, p_account, p_case) OR send_desk.has_grace(p_authority, p_account, p_case, 0))
  THEN
    PERFORM send_desk.deny('not-member');
  END IF;
  RETURN QUERY
  SELECT b.blob::text, b.have, b.whole FROM send_desk.blob b
  WHERE b.authority = p_authority AND b.case_id = p_case AND b.blob = ANY (p_blobs);
END $$;

-- Adds a chunk where it joins on; answers what is held now. Content that is not what its name says is dropped: -1.
CREATE FUNCTION send_desk_hub.blob_put(
  p_authority text, p_account text, p_device text, p_case text, p_blob text, p_offset bigint, p_size bigint,
  p_chunk bytea, p_largest bigint
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  v_size bigint;
  v_have bigint;
  v_whole boolean;
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, false);
  IF send_desk.is_late(p_authority, p_account, p_device) OR p_case = ''
    OR NOT (send_desk.sees(p_authority, p_account, p_case) OR send_desk.has_grace(p_authority, p_account, p_case, 0))
  THEN
    PERFORM send_desk.deny('not-member');
  ELSIF p_size > p_largest THEN
    PERFORM send_desk.deny('too-large');
  ELSIF p_size < 0 OR p_blob !~ '^[0-9a-f]{64}$' THEN
    PERFORM send_desk.deny('bad-call');
  ELSIF NOT EXISTS (
    SELECT 1 FROM send_desk.case_file c WHERE c.authority = p_authority AND c.case_id = p_case
  ) THEN
    PERFORM send_desk.deny('not-member');
  END IF;
  INSERT INTO send_desk.blob (authority, case_id, blob, size) VALUES (p_authority, p_case, p_blob, p_size)
  ON CONFLICT (authority, case_id, blob) DO NOTHING;
  SELECT b.size, b.have, b.whole INTO v_size, v_have, v_whole FROM send_desk.blob b
  WHERE b.authority = p_authority AND b.case_id = p_case AND b.blob = p_blob FOR UPDATE;
  IF v_whole OR p_offset <> v_have THEN
    RETURN v_have;
  ELSIF v_size <> p_size OR v_have + octet_length(p_chunk) > v_size THEN
    DELETE FROM send_desk.blob b WHERE b.authority = p_authority AND b.case_id = p_case AND b.blob = p_blob;
    RETURN 0;
  END IF;
  IF octet_length(p_chunk) > 0 THEN
    INSERT INTO send_desk.blob_chunk (authority, case_id, blob, start, data)
    VALUES (p_authority, p_case, p_blob, p_offset, p_chunk);
  END IF;
  v_have := v_have + octet_length(p_chunk);
  v_whole := v_have = v_size;
  IF v_whole AND encode(sha256(COALESCE((
    SELECT string_agg(k.data, ''::bytea ORDER BY k.start) FROM send_desk.blob_chunk k
    WHERE k.authority = p_authority AND k.case_id = p_case AND k.blob = p_blob
  ), ''::bytea)), 'hex') <> p_blob THEN
    DELETE FROM send_desk.blob b WHERE b.authority = p_authority AND b.case_id = p_case AND b.blob = p_blob;
    RETURN -1;
  END IF;
  UPDATE send_desk.blob b SET have = v_have, whole = v_whole
  WHERE b.authority = p_authority AND b.case_id = p_case AND b.blob = p_blob;
  RETURN v_have;
END $$;

CREATE FUNCTION send_desk_hub.blob_get(
  p_authority text, p_account text, p_device text, p_case text, p_blob text, p_offset bigint, p_most bigint
) RETURNS TABLE (size bigint, chunk bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM send_desk.stand(p_authority, p_account, p_device, true);
  IF NOT send_desk.sees(p_authority, p_account, p_case) THEN
    PERFORM send_desk.deny('not-member');
  END IF;
  RETURN QUERY
  SELECT b.size, COALESCE((
    SELECT string_agg(
      substring(k.data FROM greatest(p_offset - k.start, 0)::integer + 1
        FOR (p_offset + p_most - greatest(p_offset, k.start))::integer),
      ''::bytea ORDER BY k.start
    )
    FROM send_desk.blob_chunk k
    WHERE k.authority = p_authority AND k.case_id = p_case AND k.blob = p_blob
      AND k.start < p_offset + p_most AND k.start + octet_length(k.data) > p_offset
  ), ''::bytea)
  FROM send_desk.blob b
  WHERE b.authority = p_authority AND b.case_id = p_case AND b.blob = p_blob AND b.whole;
END $$;
