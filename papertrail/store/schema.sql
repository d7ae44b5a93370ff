CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE reader (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_reader PRIMARY KEY (id), 
	CONSTRAINT uq_reader_name UNIQUE (name)
);
CREATE TABLE setting (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_setting PRIMARY KEY (name)
);
CREATE TABLE builds_on (
	child_id INTEGER NOT NULL, 
	parent_id INTEGER NOT NULL, 
	CONSTRAINT pk_builds_on PRIMARY KEY (child_id, parent_id), 
	CONSTRAINT fk_builds_on_child_id_paper FOREIGN KEY(child_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_builds_on_parent_id_paper FOREIGN KEY(parent_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_builds_on_parent_id ON builds_on (parent_id);
CREATE TABLE journal (
	id INTEGER NOT NULL, 
	op VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	local_date VARCHAR NOT NULL, 
	reader_id INTEGER NOT NULL, 
	verb VARCHAR NOT NULL, 
	paper VARCHAR, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	undone_by VARCHAR, 
	CONSTRAINT pk_journal PRIMARY KEY (id), 
	CONSTRAINT fk_journal_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_journal_at ON journal (at);
CREATE INDEX ix_journal_local_date ON journal (local_date);
CREATE INDEX ix_journal_op ON journal (op);
CREATE INDEX ix_journal_paper ON journal (paper);
CREATE TABLE lineage_paper (
	lineage_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_lineage_paper PRIMARY KEY (lineage_id, paper_id), 
	CONSTRAINT fk_lineage_paper_lineage_id_lineage FOREIGN KEY(lineage_id) REFERENCES lineage (id) ON DELETE CASCADE, 
	CONSTRAINT fk_lineage_paper_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_lineage_paper_paper_id ON lineage_paper (paper_id);
CREATE TABLE note (
	reader_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	path VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	stamp VARCHAR NOT NULL, 
	sections VARCHAR NOT NULL, 
	complete BOOLEAN NOT NULL, 
	words INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_note PRIMARY KEY (reader_id, paper_id), 
	CONSTRAINT fk_note_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_note_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_note_paper_id ON note (paper_id);
CREATE TABLE reading (
	reader_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	status VARCHAR NOT NULL, 
	queue_position INTEGER, 
	rating INTEGER, 
	started_at VARCHAR, 
	finished_at VARCHAR, finished_on VARCHAR, counted_at VARCHAR, counted_on VARCHAR, is_read BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (reader_id, paper_id), 
	CONSTRAINT ck_reading_status CHECK (status IN ('unread', 'queued', 'reading', 'read', 'dropped')), 
	CONSTRAINT fk_reading_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_reading_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_reading_paper_id ON reading (paper_id);
CREATE INDEX ix_reading_status ON reading (status);
CREATE TABLE operation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	op VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	local_date VARCHAR NOT NULL, 
	reader_id INTEGER NOT NULL, 
	verb VARCHAR NOT NULL, 
	program VARCHAR NOT NULL, 
	undoes VARCHAR, 
	root VARCHAR, 
	undone_by VARCHAR, 
	recording INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT fk_operation_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id), 
	CONSTRAINT uq_operation_op UNIQUE (op)
);
CREATE TABLE change (
	id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	table_name VARCHAR NOT NULL, 
	row_key VARCHAR NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT fk_change_operation_id_operation FOREIGN KEY(operation_id) REFERENCES operation (id)
);
CREATE INDEX ix_change_operation_id ON change (operation_id);
CREATE INDEX ix_change_row ON change (table_name, row_key);
CREATE TABLE "lineage" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	active BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT uq_lineage_name UNIQUE (name)
);
CREATE TABLE "goal" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reader_id INTEGER NOT NULL, 
	target INTEGER NOT NULL, 
	start VARCHAR NOT NULL, 
	"end" VARCHAR NOT NULL, 
	counts VARCHAR NOT NULL, 
	set_at VARCHAR NOT NULL, 
	rest_days VARCHAR DEFAULT ('') NOT NULL, 
	pauses VARCHAR DEFAULT ('') NOT NULL, 
	waypoints VARCHAR DEFAULT ('') NOT NULL, 
	dropped BOOLEAN DEFAULT 0 NOT NULL, words INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT ck_goal_counts CHECK (counts IN ('noted', 'read')), 
	CONSTRAINT fk_goal_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_goal_reader_id ON goal (reader_id);
CREATE TABLE "paper" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR NOT NULL, 
	arxiv_id VARCHAR, 
	doi VARCHAR, 
	title VARCHAR NOT NULL, 
	authors VARCHAR NOT NULL, 
	year INTEGER, 
	venue VARCHAR NOT NULL, 
	abstract VARCHAR, 
	published VARCHAR, 
	updated VARCHAR, 
	categories VARCHAR NOT NULL, 
	comment VARCHAR, 
	journal_ref VARCHAR, 
	version INTEGER, 
	urls VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	metadata_state VARCHAR NOT NULL, 
	edited_fields VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	folded VARCHAR NOT NULL, 
	added_at VARCHAR NOT NULL, 
	raw_title VARCHAR, 
	raw_authors VARCHAR, 
	asked_at VARCHAR, 
	absent_on VARCHAR DEFAULT '' NOT NULL, 
	trouble VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT ck_paper_metadata_state CHECK (metadata_state IN ('seed', 'waiting', 'fetched', 'not-found', 'failed', 'edited')), 
	CONSTRAINT uq_paper_arxiv_id UNIQUE (arxiv_id), 
	CONSTRAINT uq_paper_key UNIQUE ("key")
);
CREATE INDEX ix_paper_position ON paper (position);
CREATE TABLE alias (
	"key" VARCHAR NOT NULL, 
	paper_id INTEGER NOT NULL, 
	CONSTRAINT pk_alias PRIMARY KEY ("key"), 
	CONSTRAINT fk_alias_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_alias_paper_id ON alias (paper_id);
CREATE TABLE announced (
	arxiv_id VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	authors VARCHAR NOT NULL, 
	abstract VARCHAR NOT NULL, 
	categories VARCHAR NOT NULL, 
	announce_type VARCHAR NOT NULL, 
	announced_on VARCHAR NOT NULL, 
	first_seen_at VARCHAR NOT NULL, 
	first_seen_on VARCHAR NOT NULL, 
	doi VARCHAR, 
	journal_ref VARCHAR, 
	feeds VARCHAR NOT NULL, 
	CONSTRAINT pk_announced PRIMARY KEY (arxiv_id), 
	CONSTRAINT ck_announced_announce_type CHECK (announce_type IN ('new', 'cross', 'replace', 'replace-cross'))
);
CREATE INDEX ix_announced_first_seen_on ON announced (first_seen_on);
CREATE TABLE triage (
	reader_id INTEGER NOT NULL, 
	arxiv_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	CONSTRAINT pk_triage PRIMARY KEY (reader_id, arxiv_id), 
	CONSTRAINT ck_triage_state CHECK (state IN ('taken', 'skipped')), 
	CONSTRAINT fk_triage_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE TABLE watch (
	reader_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	CONSTRAINT pk_watch PRIMARY KEY (reader_id, kind, name), 
	CONSTRAINT ck_watch_kind CHECK (kind IN ('category', 'query')), 
	CONSTRAINT fk_watch_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE TABLE mute (
	reader_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	CONSTRAINT pk_mute PRIMARY KEY (reader_id, kind, name), 
	CONSTRAINT ck_mute_kind CHECK (kind IN ('word', 'author', 'category')), 
	CONSTRAINT fk_mute_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE TABLE tag (
	reader_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_tag PRIMARY KEY (reader_id, paper_id, name), 
	CONSTRAINT fk_tag_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_tag_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_tag_paper_id ON tag (paper_id);
CREATE INDEX ix_tag_name ON tag (name);
CREATE TABLE saved_view (
	reader_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	"query" VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_saved_view PRIMARY KEY (reader_id, name), 
	CONSTRAINT fk_saved_view_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE TABLE unindexed (
	paper_id INTEGER NOT NULL, 
	CONSTRAINT pk_unindexed PRIMARY KEY (paper_id)
);
CREATE INDEX ix_paper_year ON paper (year);
CREATE INDEX ix_paper_added_at ON paper (added_at);
CREATE TABLE question (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	guid VARCHAR NOT NULL, 
	reader_id INTEGER NOT NULL, 
	paper_id INTEGER, 
	lineage_id INTEGER, 
	kind VARCHAR NOT NULL, 
	section VARCHAR NOT NULL, 
	wording VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	asleep_since VARCHAR, 
	CONSTRAINT ck_question_asked_of CHECK ((paper_id IS NULL) <> (lineage_id IS NULL)), 
	CONSTRAINT ck_question_kind CHECK (kind IN ('pair', 'section', 'parent', 'lineage')), 
	CONSTRAINT fk_question_lineage_id_lineage FOREIGN KEY(lineage_id) REFERENCES lineage (id) ON DELETE CASCADE, 
	CONSTRAINT fk_question_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_question_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id), 
	CONSTRAINT uq_question_guid UNIQUE (guid)
);
CREATE INDEX ix_question_paper_id ON question (paper_id);
CREATE INDEX ix_question_lineage_id ON question (lineage_id);
CREATE TABLE review (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reader_id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	grade INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	local_date VARCHAR NOT NULL, 
	seconds INTEGER, 
	CONSTRAINT ck_review_grade CHECK (grade BETWEEN 1 AND 4), 
	CONSTRAINT fk_review_question_id_question FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE, 
	CONSTRAINT fk_review_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_review_question_id ON review (question_id);
CREATE INDEX ix_review_local_date ON review (local_date);
CREATE TABLE memory (
	reader_id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	stability FLOAT NOT NULL, 
	difficulty FLOAT NOT NULL, 
	due_on VARCHAR NOT NULL, 
	last_on VARCHAR NOT NULL, 
	CONSTRAINT pk_memory PRIMARY KEY (reader_id, question_id), 
	CONSTRAINT fk_memory_question_id_question FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE, 
	CONSTRAINT fk_memory_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_memory_question_id ON memory (question_id);
CREATE INDEX ix_memory_due_on ON memory (due_on);
CREATE TABLE set_aside (
	reader_id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	until VARCHAR, 
	CONSTRAINT pk_set_aside PRIMARY KEY (reader_id, question_id), 
	CONSTRAINT fk_set_aside_question_id_question FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE, 
	CONSTRAINT fk_set_aside_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_set_aside_question_id ON set_aside (question_id);
CREATE TABLE asked (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reader_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	wording VARCHAR NOT NULL, 
	occasion VARCHAR NOT NULL, 
	outcome VARCHAR, 
	at VARCHAR NOT NULL, 
	local_date VARCHAR NOT NULL, 
	CONSTRAINT ck_asked_outcome CHECK (outcome IN ('failed', 'held')), 
	CONSTRAINT fk_asked_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_asked_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_asked_paper_id ON asked (paper_id);
CREATE INDEX ix_asked_local_date ON asked (local_date);
CREATE TABLE guess (
	reader_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	local_date VARCHAR NOT NULL, 
	CONSTRAINT pk_guess PRIMARY KEY (reader_id, paper_id), 
	CONSTRAINT fk_guess_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_guess_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_guess_paper_id ON guess (paper_id);
CREATE TABLE telling (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	reader_id INTEGER NOT NULL, 
	lineage_id INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	local_date VARCHAR NOT NULL, 
	seconds INTEGER NOT NULL, 
	words INTEGER NOT NULL, 
	file VARCHAR NOT NULL, 
	CONSTRAINT fk_telling_lineage_id_lineage FOREIGN KEY(lineage_id) REFERENCES lineage (id) ON DELETE CASCADE, 
	CONSTRAINT fk_telling_reader_id_reader FOREIGN KEY(reader_id) REFERENCES reader (id)
);
CREATE INDEX ix_telling_lineage_id ON telling (lineage_id);
CREATE TABLE told_paper (
	telling_id INTEGER NOT NULL, 
	paper_id INTEGER NOT NULL, 
	mark VARCHAR NOT NULL, 
	CONSTRAINT pk_told_paper PRIMARY KEY (telling_id, paper_id), 
	CONSTRAINT ck_told_paper_mark CHECK (mark IN ('told', 'helped', 'missed')), 
	CONSTRAINT fk_told_paper_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE, 
	CONSTRAINT fk_told_paper_telling_id_telling FOREIGN KEY(telling_id) REFERENCES telling (id) ON DELETE CASCADE
);
CREATE INDEX ix_told_paper_paper_id ON told_paper (paper_id);
CREATE TABLE digest (
	table_name VARCHAR NOT NULL, 
	row_key VARCHAR NOT NULL, 
	digest INTEGER NOT NULL, 
	CONSTRAINT pk_digest PRIMARY KEY (table_name, row_key)
)
 WITHOUT ROWID

;
CREATE TABLE lineage_note (
	lineage_id INTEGER NOT NULL, 
	file VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	CONSTRAINT pk_lineage_note PRIMARY KEY (lineage_id), 
	CONSTRAINT fk_lineage_note_lineage_id_lineage FOREIGN KEY(lineage_id) REFERENCES lineage (id) ON DELETE CASCADE, 
	CONSTRAINT uq_lineage_note_file UNIQUE (file)
);
CREATE TABLE cited_as (
	paper_id INTEGER NOT NULL, 
	cite_key VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	details VARCHAR NOT NULL, 
	CONSTRAINT pk_cited_as PRIMARY KEY (paper_id), 
	CONSTRAINT fk_cited_as_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id) ON DELETE CASCADE
);
CREATE INDEX ix_cited_as_cite_key ON cited_as (cite_key);
CREATE TRIGGER record_paper_insert AFTER INSERT ON "paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'paper', new.id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'key', new."key", 'arxiv_id', new."arxiv_id", 'doi', new."doi", 'title', new."title", 'authors', new."authors", 'year', new."year", 'venue', new."venue", 'abstract', new."abstract", 'published', new."published", 'updated', new."updated", 'categories', new."categories", 'comment', new."comment", 'journal_ref', new."journal_ref", 'version', new."version", 'urls', new."urls", 'source', new."source", 'metadata_state', new."metadata_state", 'edited_fields', new."edited_fields", 'position', new."position", 'folded', new."folded", 'added_at', new."added_at", 'raw_title', new."raw_title", 'raw_authors', new."raw_authors", 'asked_at', new."asked_at", 'absent_on', new."absent_on", 'trouble', new."trouble") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_paper_delete AFTER DELETE ON "paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'paper', old.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'key', old."key", 'arxiv_id', old."arxiv_id", 'doi', old."doi", 'title', old."title", 'authors', old."authors", 'year', old."year", 'venue', old."venue", 'abstract', old."abstract", 'published', old."published", 'updated', old."updated", 'categories', old."categories", 'comment', old."comment", 'journal_ref', old."journal_ref", 'version', old."version", 'urls', old."urls", 'source', old."source", 'metadata_state', old."metadata_state", 'edited_fields', old."edited_fields", 'position', old."position", 'folded', old."folded", 'added_at', old."added_at", 'raw_title', old."raw_title", 'raw_authors', old."raw_authors", 'asked_at', old."asked_at", 'absent_on', old."absent_on", 'trouble', old."trouble") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_paper_update AFTER UPDATE ON "paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL AND json_object('id', old."id", 'key', old."key", 'arxiv_id', old."arxiv_id", 'doi', old."doi", 'title', old."title", 'authors', old."authors", 'year', old."year", 'venue', old."venue", 'abstract', old."abstract", 'published', old."published", 'updated', old."updated", 'categories', old."categories", 'comment', old."comment", 'journal_ref', old."journal_ref", 'version', old."version", 'urls', old."urls", 'source', old."source", 'metadata_state', old."metadata_state", 'edited_fields', old."edited_fields", 'position', old."position", 'folded', old."folded", 'added_at', old."added_at", 'raw_title', old."raw_title", 'raw_authors', old."raw_authors", 'asked_at', old."asked_at", 'absent_on', old."absent_on", 'trouble', old."trouble") IS NOT json_object('id', new."id", 'key', new."key", 'arxiv_id', new."arxiv_id", 'doi', new."doi", 'title', new."title", 'authors', new."authors", 'year', new."year", 'venue', new."venue", 'abstract', new."abstract", 'published', new."published", 'updated', new."updated", 'categories', new."categories", 'comment', new."comment", 'journal_ref', new."journal_ref", 'version', new."version", 'urls', new."urls", 'source', new."source", 'metadata_state', new."metadata_state", 'edited_fields', new."edited_fields", 'position', new."position", 'folded', new."folded", 'added_at', new."added_at", 'raw_title', new."raw_title", 'raw_authors', new."raw_authors", 'asked_at', new."asked_at", 'absent_on', new."absent_on", 'trouble', new."trouble")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'paper', new.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'key', old."key", 'arxiv_id', old."arxiv_id", 'doi', old."doi", 'title', old."title", 'authors', old."authors", 'year', old."year", 'venue', old."venue", 'abstract', old."abstract", 'published', old."published", 'updated', old."updated", 'categories', old."categories", 'comment', old."comment", 'journal_ref', old."journal_ref", 'version', old."version", 'urls', old."urls", 'source', old."source", 'metadata_state', old."metadata_state", 'edited_fields', old."edited_fields", 'position', old."position", 'folded', old."folded", 'added_at', old."added_at", 'raw_title', old."raw_title", 'raw_authors', old."raw_authors", 'asked_at', old."asked_at", 'absent_on', old."absent_on", 'trouble', old."trouble") END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'key', new."key", 'arxiv_id', new."arxiv_id", 'doi', new."doi", 'title', new."title", 'authors', new."authors", 'year', new."year", 'venue', new."venue", 'abstract', new."abstract", 'published', new."published", 'updated', new."updated", 'categories', new."categories", 'comment', new."comment", 'journal_ref', new."journal_ref", 'version', new."version", 'urls', new."urls", 'source', new."source", 'metadata_state', new."metadata_state", 'edited_fields', new."edited_fields", 'position', new."position", 'folded', new."folded", 'added_at', new."added_at", 'raw_title', new."raw_title", 'raw_authors', new."raw_authors", 'asked_at', new."asked_at", 'absent_on', new."absent_on", 'trouble', new."trouble") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_alias_insert AFTER INSERT ON "alias"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.key) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'alias', new.key, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('key', new."key", 'paper_id', new."paper_id") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_alias_delete AFTER DELETE ON "alias"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.key) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'alias', old.key, CASE WHEN recording = 1 THEN json_object('key', old."key", 'paper_id', old."paper_id") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_alias_update AFTER UPDATE ON "alias"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.key) IS NOT NULL AND json_object('key', old."key", 'paper_id', old."paper_id") IS NOT json_object('key', new."key", 'paper_id', new."paper_id")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'alias', new.key, CASE WHEN recording = 1 THEN json_object('key', old."key", 'paper_id', old."paper_id") END,
    CASE WHEN recording = 1 THEN json_object('key', new."key", 'paper_id', new."paper_id") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_cited_as_insert AFTER INSERT ON "cited_as"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'cited_as', new.paper_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('paper_id', new."paper_id", 'cite_key', new."cite_key", 'kind', new."kind", 'details', new."details") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_cited_as_delete AFTER DELETE ON "cited_as"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'cited_as', old.paper_id, CASE WHEN recording = 1 THEN json_object('paper_id', old."paper_id", 'cite_key', old."cite_key", 'kind', old."kind", 'details', old."details") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_cited_as_update AFTER UPDATE ON "cited_as"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.paper_id) IS NOT NULL AND json_object('paper_id', old."paper_id", 'cite_key', old."cite_key", 'kind', old."kind", 'details', old."details") IS NOT json_object('paper_id', new."paper_id", 'cite_key', new."cite_key", 'kind', new."kind", 'details', new."details")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'cited_as', new.paper_id, CASE WHEN recording = 1 THEN json_object('paper_id', old."paper_id", 'cite_key', old."cite_key", 'kind', old."kind", 'details', old."details") END,
    CASE WHEN recording = 1 THEN json_object('paper_id', new."paper_id", 'cite_key', new."cite_key", 'kind', new."kind", 'details', new."details") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_insert AFTER INSERT ON "lineage"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage', new.id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'name', new."name", 'position', new."position", 'active', new."active") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_delete AFTER DELETE ON "lineage"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage', old.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'name', old."name", 'position', old."position", 'active', old."active") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_update AFTER UPDATE ON "lineage"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL AND json_object('id', old."id", 'name', old."name", 'position', old."position", 'active', old."active") IS NOT json_object('id', new."id", 'name', new."name", 'position', new."position", 'active', new."active")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage', new.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'name', old."name", 'position', old."position", 'active', old."active") END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'name', new."name", 'position', new."position", 'active', new."active") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_paper_insert AFTER INSERT ON "lineage_paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.lineage_id || ',' || new.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage_paper', new.lineage_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('lineage_id', new."lineage_id", 'paper_id', new."paper_id", 'position', new."position") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_paper_delete AFTER DELETE ON "lineage_paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.lineage_id || ',' || old.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage_paper', old.lineage_id || ',' || old.paper_id, CASE WHEN recording = 1 THEN json_object('lineage_id', old."lineage_id", 'paper_id', old."paper_id", 'position', old."position") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_paper_update AFTER UPDATE ON "lineage_paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.lineage_id || ',' || new.paper_id) IS NOT NULL AND json_object('lineage_id', old."lineage_id", 'paper_id', old."paper_id", 'position', old."position") IS NOT json_object('lineage_id', new."lineage_id", 'paper_id', new."paper_id", 'position', new."position")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage_paper', new.lineage_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN json_object('lineage_id', old."lineage_id", 'paper_id', old."paper_id", 'position', old."position") END,
    CASE WHEN recording = 1 THEN json_object('lineage_id', new."lineage_id", 'paper_id', new."paper_id", 'position', new."position") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_note_insert AFTER INSERT ON "lineage_note"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.lineage_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage_note', new.lineage_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('lineage_id', new."lineage_id", 'file', new."file", 'sha256', new."sha256") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_note_delete AFTER DELETE ON "lineage_note"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.lineage_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage_note', old.lineage_id, CASE WHEN recording = 1 THEN json_object('lineage_id', old."lineage_id", 'file', old."file", 'sha256', old."sha256") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_lineage_note_update AFTER UPDATE ON "lineage_note"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.lineage_id) IS NOT NULL AND json_object('lineage_id', old."lineage_id", 'file', old."file", 'sha256', old."sha256") IS NOT json_object('lineage_id', new."lineage_id", 'file', new."file", 'sha256', new."sha256")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'lineage_note', new.lineage_id, CASE WHEN recording = 1 THEN json_object('lineage_id', old."lineage_id", 'file', old."file", 'sha256', old."sha256") END,
    CASE WHEN recording = 1 THEN json_object('lineage_id', new."lineage_id", 'file', new."file", 'sha256', new."sha256") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_builds_on_insert AFTER INSERT ON "builds_on"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.child_id || ',' || new.parent_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'builds_on', new.child_id || ',' || new.parent_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('child_id', new."child_id", 'parent_id', new."parent_id") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_builds_on_delete AFTER DELETE ON "builds_on"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.child_id || ',' || old.parent_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'builds_on', old.child_id || ',' || old.parent_id, CASE WHEN recording = 1 THEN json_object('child_id', old."child_id", 'parent_id', old."parent_id") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_builds_on_update AFTER UPDATE ON "builds_on"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.child_id || ',' || new.parent_id) IS NOT NULL AND json_object('child_id', old."child_id", 'parent_id', old."parent_id") IS NOT json_object('child_id', new."child_id", 'parent_id', new."parent_id")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'builds_on', new.child_id || ',' || new.parent_id, CASE WHEN recording = 1 THEN json_object('child_id', old."child_id", 'parent_id', old."parent_id") END,
    CASE WHEN recording = 1 THEN json_object('child_id', new."child_id", 'parent_id', new."parent_id") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_reading_insert AFTER INSERT ON "reading"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'reading', new.reader_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'status', new."status", 'is_read', new."is_read", 'queue_position', new."queue_position", 'rating', new."rating", 'started_at', new."started_at", 'finished_at', new."finished_at", 'finished_on', new."finished_on", 'counted_at', new."counted_at", 'counted_on', new."counted_on") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_reading_delete AFTER DELETE ON "reading"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'reading', old.reader_id || ',' || old.paper_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'status', old."status", 'is_read', old."is_read", 'queue_position', old."queue_position", 'rating', old."rating", 'started_at', old."started_at", 'finished_at', old."finished_at", 'finished_on', old."finished_on", 'counted_at', old."counted_at", 'counted_on', old."counted_on") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_reading_update AFTER UPDATE ON "reading"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.paper_id) IS NOT NULL AND json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'status', old."status", 'is_read', old."is_read", 'queue_position', old."queue_position", 'rating', old."rating", 'started_at', old."started_at", 'finished_at', old."finished_at", 'finished_on', old."finished_on", 'counted_at', old."counted_at", 'counted_on', old."counted_on") IS NOT json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'status', new."status", 'is_read', new."is_read", 'queue_position', new."queue_position", 'rating', new."rating", 'started_at', new."started_at", 'finished_at', new."finished_at", 'finished_on', new."finished_on", 'counted_at', new."counted_at", 'counted_on', new."counted_on")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'reading', new.reader_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'status', old."status", 'is_read', old."is_read", 'queue_position', old."queue_position", 'rating', old."rating", 'started_at', old."started_at", 'finished_at', old."finished_at", 'finished_on', old."finished_on", 'counted_at', old."counted_at", 'counted_on', old."counted_on") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'status', new."status", 'is_read', new."is_read", 'queue_position', new."queue_position", 'rating', new."rating", 'started_at', new."started_at", 'finished_at', new."finished_at", 'finished_on', new."finished_on", 'counted_at', new."counted_at", 'counted_on', new."counted_on") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_tag_insert AFTER INSERT ON "tag"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.paper_id || ',' || new.name) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'tag', new.reader_id || ',' || new.paper_id || ',' || new.name, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'name', new."name") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_tag_delete AFTER DELETE ON "tag"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.paper_id || ',' || old.name) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'tag', old.reader_id || ',' || old.paper_id || ',' || old.name, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'name', old."name") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_tag_update AFTER UPDATE ON "tag"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.paper_id || ',' || new.name) IS NOT NULL AND json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'name', old."name") IS NOT json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'name', new."name")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'tag', new.reader_id || ',' || new.paper_id || ',' || new.name, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'name', old."name") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'name', new."name") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_saved_view_insert AFTER INSERT ON "saved_view"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.name) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'saved_view', new.reader_id || ',' || new.name, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'name', new."name", 'query', new."query", 'position', new."position") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_saved_view_delete AFTER DELETE ON "saved_view"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.name) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'saved_view', old.reader_id || ',' || old.name, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'name', old."name", 'query', old."query", 'position', old."position") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_saved_view_update AFTER UPDATE ON "saved_view"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.name) IS NOT NULL AND json_object('reader_id', old."reader_id", 'name', old."name", 'query', old."query", 'position', old."position") IS NOT json_object('reader_id', new."reader_id", 'name', new."name", 'query', new."query", 'position', new."position")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'saved_view', new.reader_id || ',' || new.name, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'name', old."name", 'query', old."query", 'position', old."position") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'name', new."name", 'query', new."query", 'position', new."position") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_goal_insert AFTER INSERT ON "goal"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'goal', new.id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'reader_id', new."reader_id", 'target', new."target", 'start', new."start", 'end', new."end", 'counts', new."counts", 'set_at', new."set_at", 'rest_days', new."rest_days", 'pauses', new."pauses", 'waypoints', new."waypoints", 'dropped', new."dropped", 'words', new."words") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_goal_delete AFTER DELETE ON "goal"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'goal', old.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'reader_id', old."reader_id", 'target', old."target", 'start', old."start", 'end', old."end", 'counts', old."counts", 'set_at', old."set_at", 'rest_days', old."rest_days", 'pauses', old."pauses", 'waypoints', old."waypoints", 'dropped', old."dropped", 'words', old."words") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_goal_update AFTER UPDATE ON "goal"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL AND json_object('id', old."id", 'reader_id', old."reader_id", 'target', old."target", 'start', old."start", 'end', old."end", 'counts', old."counts", 'set_at', old."set_at", 'rest_days', old."rest_days", 'pauses', old."pauses", 'waypoints', old."waypoints", 'dropped', old."dropped", 'words', old."words") IS NOT json_object('id', new."id", 'reader_id', new."reader_id", 'target', new."target", 'start', new."start", 'end', new."end", 'counts', new."counts", 'set_at', new."set_at", 'rest_days', new."rest_days", 'pauses', new."pauses", 'waypoints', new."waypoints", 'dropped', new."dropped", 'words', new."words")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'goal', new.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'reader_id', old."reader_id", 'target', old."target", 'start', old."start", 'end', old."end", 'counts', old."counts", 'set_at', old."set_at", 'rest_days', old."rest_days", 'pauses', old."pauses", 'waypoints', old."waypoints", 'dropped', old."dropped", 'words', old."words") END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'reader_id', new."reader_id", 'target', new."target", 'start', new."start", 'end', new."end", 'counts', new."counts", 'set_at', new."set_at", 'rest_days', new."rest_days", 'pauses', new."pauses", 'waypoints', new."waypoints", 'dropped', new."dropped", 'words', new."words") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_setting_insert AFTER INSERT ON "setting"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (CASE WHEN new.name NOT IN ('seeds', 'template', 'inbox-asked') THEN new.name END) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'setting', CASE WHEN new.name NOT IN ('seeds', 'template', 'inbox-asked') THEN new.name END, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('name', new."name", 'value', new."value") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_setting_delete AFTER DELETE ON "setting"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (CASE WHEN old.name NOT IN ('seeds', 'template', 'inbox-asked') THEN old.name END) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'setting', CASE WHEN old.name NOT IN ('seeds', 'template', 'inbox-asked') THEN old.name END, CASE WHEN recording = 1 THEN json_object('name', old."name", 'value', old."value") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_setting_update AFTER UPDATE ON "setting"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (CASE WHEN new.name NOT IN ('seeds', 'template', 'inbox-asked') THEN new.name END) IS NOT NULL AND json_object('name', old."name", 'value', old."value") IS NOT json_object('name', new."name", 'value', new."value")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'setting', CASE WHEN new.name NOT IN ('seeds', 'template', 'inbox-asked') THEN new.name END, CASE WHEN recording = 1 THEN json_object('name', old."name", 'value', old."value") END,
    CASE WHEN recording = 1 THEN json_object('name', new."name", 'value', new."value") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_triage_insert AFTER INSERT ON "triage"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.arxiv_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'triage', new.reader_id || ',' || new.arxiv_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'arxiv_id', new."arxiv_id", 'state', new."state", 'version', new."version", 'at', new."at") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_triage_delete AFTER DELETE ON "triage"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.arxiv_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'triage', old.reader_id || ',' || old.arxiv_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'arxiv_id', old."arxiv_id", 'state', old."state", 'version', old."version", 'at', old."at") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_triage_update AFTER UPDATE ON "triage"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.arxiv_id) IS NOT NULL AND json_object('reader_id', old."reader_id", 'arxiv_id', old."arxiv_id", 'state', old."state", 'version', old."version", 'at', old."at") IS NOT json_object('reader_id', new."reader_id", 'arxiv_id', new."arxiv_id", 'state', new."state", 'version', new."version", 'at', new."at")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'triage', new.reader_id || ',' || new.arxiv_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'arxiv_id', old."arxiv_id", 'state', old."state", 'version', old."version", 'at', old."at") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'arxiv_id', new."arxiv_id", 'state', new."state", 'version', new."version", 'at', new."at") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_watch_insert AFTER INSERT ON "watch"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.kind || ',' || new.name) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'watch', new.reader_id || ',' || new.kind || ',' || new.name, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'kind', new."kind", 'name', new."name", 'at', new."at") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_watch_delete AFTER DELETE ON "watch"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.kind || ',' || old.name) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'watch', old.reader_id || ',' || old.kind || ',' || old.name, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'kind', old."kind", 'name', old."name", 'at', old."at") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_watch_update AFTER UPDATE ON "watch"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.kind || ',' || new.name) IS NOT NULL AND json_object('reader_id', old."reader_id", 'kind', old."kind", 'name', old."name", 'at', old."at") IS NOT json_object('reader_id', new."reader_id", 'kind', new."kind", 'name', new."name", 'at', new."at")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'watch', new.reader_id || ',' || new.kind || ',' || new.name, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'kind', old."kind", 'name', old."name", 'at', old."at") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'kind', new."kind", 'name', new."name", 'at', new."at") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_mute_insert AFTER INSERT ON "mute"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.kind || ',' || new.name) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'mute', new.reader_id || ',' || new.kind || ',' || new.name, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'kind', new."kind", 'name', new."name", 'at', new."at") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_mute_delete AFTER DELETE ON "mute"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.kind || ',' || old.name) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'mute', old.reader_id || ',' || old.kind || ',' || old.name, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'kind', old."kind", 'name', old."name", 'at', old."at") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_mute_update AFTER UPDATE ON "mute"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.kind || ',' || new.name) IS NOT NULL AND json_object('reader_id', old."reader_id", 'kind', old."kind", 'name', old."name", 'at', old."at") IS NOT json_object('reader_id', new."reader_id", 'kind', new."kind", 'name', new."name", 'at', new."at")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'mute', new.reader_id || ',' || new.kind || ',' || new.name, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'kind', old."kind", 'name', old."name", 'at', old."at") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'kind', new."kind", 'name', new."name", 'at', new."at") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_question_insert AFTER INSERT ON "question"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) = 1 AND (new.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'question', new.id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'guid', new."guid", 'reader_id', new."reader_id", 'paper_id', new."paper_id", 'lineage_id', new."lineage_id", 'kind', new."kind", 'section', new."section", 'wording', new."wording", 'answer', new."answer", 'place', new."place", 'asleep_since', new."asleep_since") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_question_delete AFTER DELETE ON "question"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) = 1 AND (old.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'question', old.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'guid', old."guid", 'reader_id', old."reader_id", 'paper_id', old."paper_id", 'lineage_id', old."lineage_id", 'kind', old."kind", 'section', old."section", 'wording', old."wording", 'answer', old."answer", 'place', old."place", 'asleep_since', old."asleep_since") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_question_update AFTER UPDATE ON "question"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) = 1 AND (new.id) IS NOT NULL AND json_object('id', old."id", 'guid', old."guid", 'reader_id', old."reader_id", 'paper_id', old."paper_id", 'lineage_id', old."lineage_id", 'kind', old."kind", 'section', old."section", 'wording', old."wording", 'answer', old."answer", 'place', old."place", 'asleep_since', old."asleep_since") IS NOT json_object('id', new."id", 'guid', new."guid", 'reader_id', new."reader_id", 'paper_id', new."paper_id", 'lineage_id', new."lineage_id", 'kind', new."kind", 'section', new."section", 'wording', new."wording", 'answer', new."answer", 'place', new."place", 'asleep_since', new."asleep_since")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'question', new.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'guid', old."guid", 'reader_id', old."reader_id", 'paper_id', old."paper_id", 'lineage_id', old."lineage_id", 'kind', old."kind", 'section', old."section", 'wording', old."wording", 'answer', old."answer", 'place', old."place", 'asleep_since', old."asleep_since") END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'guid', new."guid", 'reader_id', new."reader_id", 'paper_id', new."paper_id", 'lineage_id', new."lineage_id", 'kind', new."kind", 'section', new."section", 'wording', new."wording", 'answer', new."answer", 'place', new."place", 'asleep_since', new."asleep_since") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_review_insert AFTER INSERT ON "review"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'review', new.id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'reader_id', new."reader_id", 'question_id', new."question_id", 'grade', new."grade", 'at', new."at", 'local_date', new."local_date", 'seconds', new."seconds") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_review_delete AFTER DELETE ON "review"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'review', old.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'reader_id', old."reader_id", 'question_id', old."question_id", 'grade', old."grade", 'at', old."at", 'local_date', old."local_date", 'seconds', old."seconds") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_review_update AFTER UPDATE ON "review"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL AND json_object('id', old."id", 'reader_id', old."reader_id", 'question_id', old."question_id", 'grade', old."grade", 'at', old."at", 'local_date', old."local_date", 'seconds', old."seconds") IS NOT json_object('id', new."id", 'reader_id', new."reader_id", 'question_id', new."question_id", 'grade', new."grade", 'at', new."at", 'local_date', new."local_date", 'seconds', new."seconds")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'review', new.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'reader_id', old."reader_id", 'question_id', old."question_id", 'grade', old."grade", 'at', old."at", 'local_date', old."local_date", 'seconds', old."seconds") END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'reader_id', new."reader_id", 'question_id', new."question_id", 'grade', new."grade", 'at', new."at", 'local_date', new."local_date", 'seconds', new."seconds") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_memory_insert AFTER INSERT ON "memory"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.question_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'memory', new.reader_id || ',' || new.question_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'question_id', new."question_id", 'stability', new."stability", 'difficulty', new."difficulty", 'due_on', new."due_on", 'last_on', new."last_on") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_memory_delete AFTER DELETE ON "memory"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.question_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'memory', old.reader_id || ',' || old.question_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'question_id', old."question_id", 'stability', old."stability", 'difficulty', old."difficulty", 'due_on', old."due_on", 'last_on', old."last_on") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_memory_update AFTER UPDATE ON "memory"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.question_id) IS NOT NULL AND json_object('reader_id', old."reader_id", 'question_id', old."question_id", 'stability', old."stability", 'difficulty', old."difficulty", 'due_on', old."due_on", 'last_on', old."last_on") IS NOT json_object('reader_id', new."reader_id", 'question_id', new."question_id", 'stability', new."stability", 'difficulty', new."difficulty", 'due_on', new."due_on", 'last_on', new."last_on")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'memory', new.reader_id || ',' || new.question_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'question_id', old."question_id", 'stability', old."stability", 'difficulty', old."difficulty", 'due_on', old."due_on", 'last_on', old."last_on") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'question_id', new."question_id", 'stability', new."stability", 'difficulty', new."difficulty", 'due_on', new."due_on", 'last_on', new."last_on") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_set_aside_insert AFTER INSERT ON "set_aside"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.question_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'set_aside', new.reader_id || ',' || new.question_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'question_id', new."question_id", 'until', new."until") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_set_aside_delete AFTER DELETE ON "set_aside"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.question_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'set_aside', old.reader_id || ',' || old.question_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'question_id', old."question_id", 'until', old."until") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_set_aside_update AFTER UPDATE ON "set_aside"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.question_id) IS NOT NULL AND json_object('reader_id', old."reader_id", 'question_id', old."question_id", 'until', old."until") IS NOT json_object('reader_id', new."reader_id", 'question_id', new."question_id", 'until', new."until")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'set_aside', new.reader_id || ',' || new.question_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'question_id', old."question_id", 'until', old."until") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'question_id', new."question_id", 'until', new."until") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_asked_insert AFTER INSERT ON "asked"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'asked', new.id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'reader_id', new."reader_id", 'paper_id', new."paper_id", 'wording', new."wording", 'occasion', new."occasion", 'outcome', new."outcome", 'at', new."at", 'local_date', new."local_date") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_asked_delete AFTER DELETE ON "asked"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'asked', old.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'reader_id', old."reader_id", 'paper_id', old."paper_id", 'wording', old."wording", 'occasion', old."occasion", 'outcome', old."outcome", 'at', old."at", 'local_date', old."local_date") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_asked_update AFTER UPDATE ON "asked"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL AND json_object('id', old."id", 'reader_id', old."reader_id", 'paper_id', old."paper_id", 'wording', old."wording", 'occasion', old."occasion", 'outcome', old."outcome", 'at', old."at", 'local_date', old."local_date") IS NOT json_object('id', new."id", 'reader_id', new."reader_id", 'paper_id', new."paper_id", 'wording', new."wording", 'occasion', new."occasion", 'outcome', new."outcome", 'at', new."at", 'local_date', new."local_date")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'asked', new.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'reader_id', old."reader_id", 'paper_id', old."paper_id", 'wording', old."wording", 'occasion', old."occasion", 'outcome', old."outcome", 'at', old."at", 'local_date', old."local_date") END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'reader_id', new."reader_id", 'paper_id', new."paper_id", 'wording', new."wording", 'occasion', new."occasion", 'outcome', new."outcome", 'at', new."at", 'local_date', new."local_date") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_guess_insert AFTER INSERT ON "guess"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'guess', new.reader_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'local_date', new."local_date") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_guess_delete AFTER DELETE ON "guess"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'guess', old.reader_id || ',' || old.paper_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'local_date', old."local_date") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_guess_update AFTER UPDATE ON "guess"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.paper_id) IS NOT NULL AND json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'local_date', old."local_date") IS NOT json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'local_date', new."local_date")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'guess', new.reader_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'local_date', old."local_date") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'local_date', new."local_date") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_telling_insert AFTER INSERT ON "telling"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'telling', new.id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'reader_id', new."reader_id", 'lineage_id', new."lineage_id", 'at', new."at", 'local_date', new."local_date", 'seconds', new."seconds", 'words', new."words", 'file', new."file") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_telling_delete AFTER DELETE ON "telling"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'telling', old.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'reader_id', old."reader_id", 'lineage_id', old."lineage_id", 'at', old."at", 'local_date', old."local_date", 'seconds', old."seconds", 'words', old."words", 'file', old."file") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_telling_update AFTER UPDATE ON "telling"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.id) IS NOT NULL AND json_object('id', old."id", 'reader_id', old."reader_id", 'lineage_id', old."lineage_id", 'at', old."at", 'local_date', old."local_date", 'seconds', old."seconds", 'words', old."words", 'file', old."file") IS NOT json_object('id', new."id", 'reader_id', new."reader_id", 'lineage_id', new."lineage_id", 'at', new."at", 'local_date', new."local_date", 'seconds', new."seconds", 'words', new."words", 'file', new."file")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'telling', new.id, CASE WHEN recording = 1 THEN json_object('id', old."id", 'reader_id', old."reader_id", 'lineage_id', old."lineage_id", 'at', old."at", 'local_date', old."local_date", 'seconds', old."seconds", 'words', old."words", 'file', old."file") END,
    CASE WHEN recording = 1 THEN json_object('id', new."id", 'reader_id', new."reader_id", 'lineage_id', new."lineage_id", 'at', new."at", 'local_date', new."local_date", 'seconds', new."seconds", 'words', new."words", 'file', new."file") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_told_paper_insert AFTER INSERT ON "told_paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.telling_id || ',' || new.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'told_paper', new.telling_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('telling_id', new."telling_id", 'paper_id', new."paper_id", 'mark', new."mark") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_told_paper_delete AFTER DELETE ON "told_paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.telling_id || ',' || old.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'told_paper', old.telling_id || ',' || old.paper_id, CASE WHEN recording = 1 THEN json_object('telling_id', old."telling_id", 'paper_id', old."paper_id", 'mark', old."mark") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_told_paper_update AFTER UPDATE ON "told_paper"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.telling_id || ',' || new.paper_id) IS NOT NULL AND json_object('telling_id', old."telling_id", 'paper_id', old."paper_id", 'mark', old."mark") IS NOT json_object('telling_id', new."telling_id", 'paper_id', new."paper_id", 'mark', new."mark")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'told_paper', new.telling_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN json_object('telling_id', old."telling_id", 'paper_id', old."paper_id", 'mark', old."mark") END,
    CASE WHEN recording = 1 THEN json_object('telling_id', new."telling_id", 'paper_id', new."paper_id", 'mark', new."mark") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_note_insert AFTER INSERT ON "note"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'note', new.reader_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN NULL END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'sha256', new."sha256") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_note_delete AFTER DELETE ON "note"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (old.reader_id || ',' || old.paper_id) IS NOT NULL 
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'note', old.reader_id || ',' || old.paper_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'sha256', old."sha256") END,
    CASE WHEN recording = 1 THEN NULL END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
CREATE TRIGGER record_note_update AFTER UPDATE ON "note"
WHEN (SELECT recording FROM operation ORDER BY id DESC LIMIT 1) > 0 AND (new.reader_id || ',' || new.paper_id) IS NOT NULL AND json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'sha256', old."sha256") IS NOT json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'sha256', new."sha256")
BEGIN
  INSERT INTO change (operation_id, table_name, row_key, before, after)
  SELECT id, 'note', new.reader_id || ',' || new.paper_id, CASE WHEN recording = 1 THEN json_object('reader_id', old."reader_id", 'paper_id', old."paper_id", 'sha256', old."sha256") END,
    CASE WHEN recording = 1 THEN json_object('reader_id', new."reader_id", 'paper_id', new."paper_id", 'sha256', new."sha256") END
  FROM operation ORDER BY id DESC LIMIT 1;
END;
INSERT INTO alembic_version VALUES ('0010');
INSERT INTO reader VALUES (1, 'me');
