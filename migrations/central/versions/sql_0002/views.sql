-- What the council's own tools may read: plain selections of what `project` computed, by authority.

CREATE VIEW send_desk_report.contributions AS
  SELECT a.authority, c.day, a.service, a.cell, count(*) AS outstanding,
    count(*) FILTER (WHERE a.state = 'overdue') AS overdue,
    count(*) FILTER (WHERE a.state IN ('not_known', 'administrative_only', 'declined')) AS no_answer,
    max(a.days_late) AS most_days_late
  FROM send_desk.report_advice a
    JOIN send_desk.report_case c ON c.authority = a.authority AND c.case_id = a.case_id
  GROUP BY a.authority, c.day, a.service, a.cell;

CREATE VIEW send_desk_report.contribution_lines AS
  SELECT a.authority, c.day, c.reference, c.owner, a.service, a.cell, a.state, a.asked, a.due, a.days_late
  FROM send_desk.report_advice a
    JOIN send_desk.report_case c ON c.authority = a.authority AND c.case_id = a.case_id;

CREATE VIEW send_desk_report.out_of_time AS
  SELECT d.authority, c.day, c.reference, c.owner, c.stage, d.rule, d.due, d.done_on, d.days_late, d.citation
  FROM send_desk.report_duty d
    JOIN send_desk.report_case c ON c.authority = d.authority AND c.case_id = d.case_id;

CREATE VIEW send_desk_report.overrides AS
  SELECT o.authority, c.day, c.reference, c.owner, o.given_by, o.role, o.given_on, o.reason, o.findings
  FROM send_desk.report_override o
    JOIN send_desk.report_case c ON c.authority = o.authority AND c.case_id = o.case_id;

CREATE VIEW send_desk_report.laptops AS
  SELECT authority, day, device, person, machine, seen_on, days_unseen, cases_out, barred FROM send_desk.report_laptop;

GRANT USAGE ON SCHEMA send_desk_report TO send_desk_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA send_desk_report TO send_desk_reader;

-- The same selections for the administrator's command, the worst first.
CREATE FUNCTION send_desk_office.report_contributions(p_authority text) RETURNS TABLE (
  service text, cell text, outstanding bigint, overdue bigint, no_answer bigint, most_days_late integer
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT v.service, v.cell, v.outstanding, v.overdue, v.no_answer, v.most_days_late
  FROM send_desk_report.contributions v WHERE v.authority = p_authority
  ORDER BY v.overdue DESC, v.outstanding DESC, v.service, v.cell
$$;

CREATE FUNCTION send_desk_office.report_out_of_time(p_authority text) RETURNS TABLE (
  reference text, owner text, stage text, rule text, due date, done_on date, days_late integer, citation text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT v.reference, v.owner, v.stage, v.rule, v.due, v.done_on, v.days_late, v.citation
  FROM send_desk_report.out_of_time v WHERE v.authority = p_authority
  ORDER BY v.days_late DESC, v.reference, v.rule
$$;

CREATE FUNCTION send_desk_office.report_laptops(p_authority text) RETURNS TABLE (
  person text, machine text, device text, seen_on date, days_unseen integer, cases_out integer, barred boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT v.person, v.machine, v.device, v.seen_on, v.days_unseen, v.cases_out, v.barred
  FROM send_desk_report.laptops v WHERE v.authority = p_authority
  ORDER BY v.days_unseen DESC, v.person, v.device
$$;

CREATE FUNCTION send_desk_office.report_overrides(p_authority text) RETURNS TABLE (
  reference text, owner text, given_by text, role text, given_on date, reason text, findings text[]
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT v.reference, v.owner, v.given_by, v.role, v.given_on, v.reason, v.findings
  FROM send_desk_report.overrides v WHERE v.authority = p_authority
  ORDER BY v.given_on DESC NULLS LAST, v.reference
$$;

GRANT EXECUTE ON FUNCTION send_desk_office.report_contributions(text) TO send_desk_administrator;
GRANT EXECUTE ON FUNCTION send_desk_office.report_out_of_time(text) TO send_desk_administrator;
GRANT EXECUTE ON FUNCTION send_desk_office.report_laptops(text) TO send_desk_administrator;
GRANT EXECUTE ON FUNCTION send_desk_office.report_overrides(text) TO send_desk_administrator;
