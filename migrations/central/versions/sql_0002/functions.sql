-- The administrator's functions for the reports.

-- The cases whose report is not that of this day and of all that is in the log; with `p_all`, every case.
CREATE FUNCTION send_desk_office.report_wanted(p_authority text, p_day date, p_all boolean)
RETURNS TABLE (case_id text, count bigint, digest bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT c.case_id, c.count, c.digest
  FROM send_desk.case_file c
    LEFT JOIN send_desk.report_case r ON r.authority = c.authority AND r.case_id = c.case_id
  WHERE c.authority = p_authority AND c.case_id <> '' AND c.count > 0
    AND (p_all OR r.case_id IS NULL OR r.day <> p_day OR r.count <> c.count OR r.digest <> c.digest)
  ORDER BY c.case_id
$$;

-- Replaces what is told of one case; `p_told` holds `reference`, `owner`, `stage`, `plan_made` and the three lists.
CREATE FUNCTION send_desk_office.put_report(
  p_authority text, p_case text, p_day date, p_count bigint, p_digest bigint, p_told jsonb
) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM send_desk.report_case WHERE authority = p_authority AND case_id = p_case;
  INSERT INTO send_desk.report_case (authority, case_id, day, count, digest, reference, owner, stage, plan_made)
  VALUES (p_authority, p_case, p_day, p_count, p_digest, COALESCE(p_told ->> 'reference', ''),
    COALESCE(p_told ->> 'owner', ''), COALESCE(p_told ->> 'stage', ''), (p_told ->> 'plan_made')::date);
  INSERT INTO send_desk.report_advice (authority, case_id, place, cell, service, state, asked, due, days_late)
  SELECT p_authority, p_case, t.place, t.told ->> 'cell', t.told ->> 'service', t.told ->> 'state',
    (t.told ->> 'asked')::date, (t.told ->> 'due')::date, (t.told ->> 'days_late')::integer
  FROM jsonb_array_elements(p_told -> 'advice') WITH ORDINALITY AS t (told, place);
  INSERT INTO send_desk.report_duty (authority, case_id, place, rule, due, done_on, days_late, citation)
  SELECT p_authority, p_case, t.place, t.told ->> 'rule', (t.told ->> 'due')::date, (t.told ->> 'done_on')::date,
    (t.told ->> 'days_late')::integer, t.told ->> 'citation'
  FROM jsonb_array_elements(p_told -> 'late') WITH ORDINALITY AS t (told, place);
  INSERT INTO send_desk.report_override (authority, case_id, place, given_by, role, given_on, reason, findings)
  SELECT p_authority, p_case, t.place, t.told ->> 'by', t.told ->> 'role', (t.told ->> 'on')::date,
    t.told ->> 'reason', ARRAY(SELECT jsonb_array_elements_text(t.told -> 'findings'))
  FROM jsonb_array_elements(p_told -> 'overrides') WITH ORDINALITY AS t (told, place);
END $$;

-- Counts the laptops anew, and returns how many there are.
CREATE FUNCTION send_desk_office.put_laptops(p_authority text, p_day date) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH counted AS (
    INSERT INTO send_desk.report_laptop AS known
      (authority, device, day, person, machine, seen_on, days_unseen, cases_out, barred)
    SELECT d.authority, d.device, p_day, a.name, d.machine, d.seen_at::date,
      GREATEST(0, p_day - d.seen_at::date),
      (SELECT count(*) FROM send_desk.cases_of(d.authority, d.account) AS seen (case_id) WHERE seen.case_id <> ''),
      d.barred_at IS NOT NULL
    FROM send_desk.device d JOIN send_desk.account a ON a.authority = d.authority AND a.account = d.account
    WHERE d.authority = p_authority
    ON CONFLICT (authority, device) DO UPDATE SET
      day = excluded.day, person = excluded.person, machine = excluded.machine, seen_on = excluded.seen_on,
      days_unseen = excluded.days_unseen, cases_out = excluded.cases_out, barred = excluded.barred
    RETURNING 1
  )
  SELECT count(*) FROM counted
$$;

GRANT EXECUTE ON FUNCTION send_desk_office.report_wanted(text, date, boolean) TO send_desk_administrator;
GRANT EXECUTE ON FUNCTION send_desk_office.put_report(text, text, date, bigint, bigint, jsonb)
  TO send_desk_administrator;
GRANT EXECUTE ON FUNCTION send_desk_office.put_laptops(text, date) TO send_desk_administrator;
