-- Who may what: the service executes what stands in `send_desk_hub`, administrators what stands in `send_desk_office`,
-- nobody but the owner reaches a table. Before the end of the transaction that made the functions.
REVOKE ALL ON SCHEMA send_desk FROM PUBLIC;
REVOKE ALL ON SCHEMA send_desk_hub FROM PUBLIC;
REVOKE ALL ON SCHEMA send_desk_office FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA send_desk FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA send_desk FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA send_desk_hub FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA send_desk_office FROM PUBLIC;
GRANT USAGE ON SCHEMA send_desk_hub TO send_desk_service;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA send_desk_hub TO send_desk_service;
GRANT USAGE ON SCHEMA send_desk_office TO send_desk_administrator;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA send_desk_office TO send_desk_administrator;
