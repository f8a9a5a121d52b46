-- Every row carries its authority and every key begins with it: one database can hold several authorities, and Citus
-- can spread the tables by it. Ids are the desks' own text, compared byte by byte.

-- Whoever makes a function gives it to nobody by that alone.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE USAGE ON TYPES FROM PUBLIC;

CREATE TABLE send_desk.authority (
  authority text COLLATE "C" NOT NULL,
  name text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT authority_pk PRIMARY KEY (authority),
  CONSTRAINT authority_named CHECK (authority <> '')
);

-- The keys that all hubs share: of the tokens and of the receipts. They belong to the hub, so to no one authority.
CREATE TABLE send_desk.secret (
  use text COLLATE "C" NOT NULL,
  value bytea NOT NULL,
  made_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT secret_pk PRIMARY KEY (use),
  CONSTRAINT secret_long_enough CHECK (pg_catalog.octet_length(value) = 32)
);

CREATE TABLE send_desk.account (
  authority text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  login text NOT NULL,
  login_key text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  password_hash text NOT NULL DEFAULT '',
  failures integer NOT NULL DEFAULT 0,
  lock_outs integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  left_at timestamptz,
  made_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  name text NOT NULL,
  CONSTRAINT account_pk PRIMARY KEY (authority, account),
  CONSTRAINT account_login_once UNIQUE (authority, login_key),
  CONSTRAINT account_authority_fk FOREIGN KEY (authority) REFERENCES send_desk.authority (authority),
  CONSTRAINT account_role_known CHECK (role IN ('caseworker', 'manager', 'administrator'))
);

-- Under which ids a person's revisions go.
CREATE TABLE send_desk.author (
  authority text COLLATE "C" NOT NULL,
  author text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  CONSTRAINT author_pk PRIMARY KEY (authority, author),
  CONSTRAINT author_account_fk FOREIGN KEY (authority, account) REFERENCES send_desk.account (authority, account)
);
CREATE INDEX author_of_account ON send_desk.author (authority, account);

CREATE TABLE send_desk.device (
  authority text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  public_key bytea NOT NULL,
  machine text NOT NULL DEFAULT '',
  version text NOT NULL DEFAULT '',
  enrolled_at timestamptz NOT NULL,
  signed_in_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  lease_until timestamptz NOT NULL,
  pulled_to bigint NOT NULL DEFAULT 0,
  barred_at timestamptz,
  barred_by text NOT NULL DEFAULT '',
  barred_reason text NOT NULL DEFAULT '',
  CONSTRAINT device_pk PRIMARY KEY (authority, device),
  CONSTRAINT device_account_fk FOREIGN KEY (authority, account) REFERENCES send_desk.account (authority, account)
);
-- A laptop presents its own id before it is known whose it is.
CREATE INDEX device_by_id ON send_desk.device (device);
CREATE INDEX device_of_account ON send_desk.device (authority, account);

CREATE TABLE send_desk.team (
  authority text COLLATE "C" NOT NULL,
  team text COLLATE "C" NOT NULL,
  name text NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  CONSTRAINT team_pk PRIMARY KEY (authority, team),
  CONSTRAINT team_name_once UNIQUE (authority, name_key),
  CONSTRAINT team_authority_fk FOREIGN KEY (authority) REFERENCES send_desk.authority (authority)
);

CREATE TABLE send_desk.team_member (
  authority text COLLATE "C" NOT NULL,
  team text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  leads boolean NOT NULL DEFAULT false,
  CONSTRAINT team_member_pk PRIMARY KEY (authority, team, account),
  CONSTRAINT team_member_team_fk FOREIGN KEY (authority, team) REFERENCES send_desk.team (authority, team),
  CONSTRAINT team_member_account_fk FOREIGN KEY (authority, account) REFERENCES send_desk.account (authority, account)
);
CREATE INDEX team_member_of_account ON send_desk.team_member (authority, account);

-- One row a case, with the mark of its revisions; the case '' holds the directory lines of the authority.
-- `began` and `final_at_position` are positions of the feed; `maker` is the laptop that brought the case.
CREATE TABLE send_desk.case_file (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  reference text NOT NULL DEFAULT '',
  owner text COLLATE "C",
  maker text COLLATE "C" NOT NULL DEFAULT '',
  alone boolean NOT NULL DEFAULT true,
  count bigint NOT NULL DEFAULT 0,
  digest bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  began bigint NOT NULL DEFAULT 0,
  final_position bigint NOT NULL DEFAULT 0,
  final_author text COLLATE "C" NOT NULL DEFAULT '',
  final_taken_at timestamptz,
  made_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT case_file_pk PRIMARY KEY (authority, case_id),
  CONSTRAINT case_file_authority_fk FOREIGN KEY (authority) REFERENCES send_desk.authority (authority),
  CONSTRAINT case_file_owner_fk FOREIGN KEY (authority, owner) REFERENCES send_desk.account (authority, account)
) WITH (fillfactor = 70);
CREATE INDEX case_file_of_owner ON send_desk.case_file (authority, owner, case_id);

CREATE TABLE send_desk.case_account (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  granted_by text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  granted_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT case_account_pk PRIMARY KEY (authority, case_id, account),
  CONSTRAINT case_account_case_fk FOREIGN KEY (authority, case_id) REFERENCES send_desk.case_file (authority, case_id),
  CONSTRAINT case_account_account_fk FOREIGN KEY (authority, account) REFERENCES send_desk.account (authority, account)
);
CREATE INDEX case_account_of_account ON send_desk.case_account (authority, account, case_id);

CREATE TABLE send_desk.case_team (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  team text COLLATE "C" NOT NULL,
  granted_by text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT '',
  granted_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT case_team_pk PRIMARY KEY (authority, case_id, team),
  CONSTRAINT case_team_case_fk FOREIGN KEY (authority, case_id) REFERENCES send_desk.case_file (authority, case_id),
  CONSTRAINT case_team_team_fk FOREIGN KEY (authority, team) REFERENCES send_desk.team (authority, team)
);
CREATE INDEX case_team_of_team ON send_desk.case_team (authority, team, case_id);

-- The log. A redaction alone changes a row: it empties `body` and `extra` and keeps what they were in `redacted`.
-- No foreign key to the case: `push` makes and locks it first, and the check would cost a third of a large push.
CREATE TABLE send_desk.revision (
  authority text COLLATE "C" NOT NULL,
  revision text COLLATE "C" NOT NULL,
  record text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  parents text[] COLLATE "C" NOT NULL,
  author text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  made_at text COLLATE "C" NOT NULL,
  schema_version bigint NOT NULL,
  body bytea NOT NULL,
  extra bytea NOT NULL,
  redacted bytea NOT NULL,
  digest bytea NOT NULL,
  mark bigint NOT NULL,
  taken_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT revision_pk PRIMARY KEY (authority, revision),
  CONSTRAINT revision_named CHECK (revision <> ''),
  CONSTRAINT revision_digest_whole CHECK (pg_catalog.octet_length(digest) = 32),
  CONSTRAINT revision_redacted_empty CHECK (
    redacted = ''::bytea
    OR (pg_catalog.octet_length(redacted) = 32 AND body = ''::bytea AND extra = ''::bytea)
  )
);
-- A snapshot in the order of records, without a sort.
CREATE INDEX revision_of_case ON send_desk.revision (authority, case_id, record, revision);

-- `feed` is the feed's own name: a database restored from a backup is found out by what stands at a position.
CREATE TABLE send_desk.feed (
  authority text COLLATE "C" NOT NULL,
  feed text COLLATE "C" NOT NULL,
  pos bigint NOT NULL DEFAULT 0,
  CONSTRAINT feed_pk PRIMARY KEY (authority),
  CONSTRAINT feed_authority_fk FOREIGN KEY (authority) REFERENCES send_desk.authority (authority)
) WITH (fillfactor = 10);

-- One narrow row for each thing that the feed tells, in the order in which it became visible; positions have no gaps.
CREATE TABLE send_desk.feed_item (
  authority text COLLATE "C" NOT NULL,
  pos bigint NOT NULL,
  item text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  account text COLLATE "C",
  event boolean NOT NULL,
  CONSTRAINT feed_item_pk PRIMARY KEY (authority, pos)
);

CREATE TABLE send_desk.event (
  authority text COLLATE "C" NOT NULL,
  event text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL DEFAULT '',
  account text COLLATE "C",
  pos bigint NOT NULL,
  revisions text[] COLLATE "C" NOT NULL DEFAULT '{}',
  person text COLLATE "C",
  at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT event_pk PRIMARY KEY (authority, event),
  CONSTRAINT event_kind_known CHECK (kind IN ('granted', 'withdrawn', 'redacted', 'person'))
);
CREATE INDEX event_of_account ON send_desk.event (authority, account, case_id, pos);

-- What was refused is kept aside, once for each person and revision, for the administrator to look at.
CREATE TABLE send_desk.refusal (
  authority text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  revision text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  told_authority text COLLATE "C" NOT NULL,
  record text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  parents text[] COLLATE "C" NOT NULL,
  author text COLLATE "C" NOT NULL,
  told_device text COLLATE "C" NOT NULL,
  made_at text COLLATE "C" NOT NULL,
  schema_version bigint NOT NULL,
  body bytea NOT NULL,
  extra bytea NOT NULL,
  redacted bytea NOT NULL,
  refused_at timestamptz NOT NULL DEFAULT pg_catalog.now(),
  CONSTRAINT refusal_pk PRIMARY KEY (authority, account, revision)
);

CREATE TABLE send_desk.blob (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  blob text COLLATE "C" NOT NULL,
  size bigint NOT NULL,
  have bigint NOT NULL DEFAULT 0,
  whole boolean NOT NULL DEFAULT false,
  CONSTRAINT blob_pk PRIMARY KEY (authority, case_id, blob),
  CONSTRAINT blob_case_fk FOREIGN KEY (authority, case_id) REFERENCES send_desk.case_file (authority, case_id),
  CONSTRAINT blob_within CHECK (have BETWEEN 0 AND size)
);

CREATE TABLE send_desk.blob_chunk (
  authority text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  blob text COLLATE "C" NOT NULL,
  start bigint NOT NULL,
  data bytea NOT NULL,
  CONSTRAINT blob_chunk_pk PRIMARY KEY (authority, case_id, blob, start),
  CONSTRAINT blob_chunk_blob_fk FOREIGN KEY (authority, case_id, blob)
    REFERENCES send_desk.blob (authority, case_id, blob) ON DELETE CASCADE
);
-- Attachments are compressed already, and a part of a chunk is read without the whole of it.
ALTER TABLE send_desk.blob_chunk ALTER COLUMN data SET STORAGE EXTERNAL;
