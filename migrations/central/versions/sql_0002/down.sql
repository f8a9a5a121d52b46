DROP FUNCTION send_desk_office.report_contributions(text);
DROP FUNCTION send_desk_office.report_out_of_time(text);
DROP FUNCTION send_desk_office.report_laptops(text);
DROP FUNCTION send_desk_office.report_overrides(text);
DROP VIEW send_desk_report.contributions, send_desk_report.contribution_lines, send_desk_report.out_of_time,
  send_desk_report.overrides, send_desk_report.laptops;
REVOKE ALL ON SCHEMA send_desk_report FROM send_desk_reader;
DROP FUNCTION send_desk_office.report_wanted(text, date, boolean);
DROP FUNCTION send_desk_office.put_report(text, text, date, bigint, bigint, jsonb);
DROP FUNCTION send_desk_office.put_laptops(text, date);
DROP TABLE send_desk.report_advice, send_desk.report_duty, send_desk.report_override, send_desk.report_laptop,
  send_desk.report_case;
