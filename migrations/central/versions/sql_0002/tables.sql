-- What a manager counts, one case at a time as `project` last computed it. No child's name stands here.

CREATE TABLE send_desk.report_case (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  day date NOT NULL,
  count bigint NOT NULL,
  digest bigint NOT NULL,
  reference text NOT NULL DEFAULT '',
  owner text NOT NULL DEFAULT '',
  stage text COLLATE "C" NOT NULL DEFAULT '',
  plan_made date,
  CONSTRAINT report_case_pk PRIMARY KEY (authority, case_id),
  CONSTRAINT report_case_case_fk FOREIGN KEY (authority, case_id) REFERENCES send_desk.case_file (authority, case_id)
);

CREATE TABLE send_desk.report_advice (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  place integer NOT NULL,
  cell text COLLATE "C" NOT NULL,
  service text NOT NULL,
  state text COLLATE "C" NOT NULL,
  asked date,
  due date,
  days_late integer NOT NULL,
  CONSTRAINT report_advice_pk PRIMARY KEY (authority, case_id, place),
  CONSTRAINT report_advice_case_fk FOREIGN KEY (authority, case_id)
    REFERENCES send_desk.report_case (authority, case_id) ON DELETE CASCADE
);

CREATE TABLE send_desk.report_duty (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  place integer NOT NULL,
  rule text COLLATE "C" NOT NULL,
  due date NOT NULL,
  done_on date,
  days_late integer NOT NULL,
  citation text NOT NULL,
  CONSTRAINT report_duty_pk PRIMARY KEY (authority, case_id, place),
  CONSTRAINT report_duty_case_fk FOREIGN KEY (authority, case_id)
    REFERENCES send_desk.report_case (authority, case_id) ON DELETE CASCADE
);

CREATE TABLE send_desk.report_override (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  place integer NOT NULL,
  given_by text NOT NULL,
  role text COLLATE "C" NOT NULL,
  given_on date,
  reason text NOT NULL,
  findings text[] NOT NULL,
  CONSTRAINT report_override_pk PRIMARY KEY (authority, case_id, place),
  CONSTRAINT report_override_case_fk FOREIGN KEY (authority, case_id)
    REFERENCES send_desk.report_case (authority, case_id) ON DELETE CASCADE
);

CREATE TABLE send_desk.report_laptop (
  authority text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  day date NOT NULL,
  person text NOT NULL,
  machine text NOT NULL,
  seen_on date NOT NULL,
  days_unseen integer NOT NULL,
  cases_out integer NOT NULL,
  barred boolean NOT NULL,
  CONSTRAINT report_laptop_pk PRIMARY KEY (authority, device),
  CONSTRAINT report_laptop_device_fk FOREIGN KEY (authority, device) REFERENCES send_desk.device (authority, device)
);
