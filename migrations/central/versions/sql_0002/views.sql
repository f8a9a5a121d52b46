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

GRANT USAGE ON SCHEMA send_desk_report TO send_desk_reader, send_desk_administrator;
GRANT SELECT ON ALL TABLES IN SCHEMA send_desk_report TO send_desk_reader, send_desk_administrator;
