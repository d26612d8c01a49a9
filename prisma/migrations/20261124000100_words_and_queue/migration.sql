-- What the Prisma schema cannot say: the words of regulation/vocabulary.ts (test/vocabulary.test.ts compares), rows that
-- are only ever added, and the order of the work queue (§2.3).

ALTER TABLE staff ADD CONSTRAINT staff_role CHECK (role IN ('agent', 'head', 'developer', 'administrator'));
ALTER TABLE staff ADD CONSTRAINT staff_language CHECK (language IN ('ru', 'ky', 'en'));
ALTER TABLE contacts ADD CONSTRAINT contacts_language CHECK (language IN ('ru', 'ky', 'en'));
ALTER TABLE contacts ADD CONSTRAINT contacts_preferred_channel
  CHECK (preferred_channel IN ('email', 'telegram', 'web-form', 'web-chat', 'phone'));
ALTER TABLE agreements ADD CONSTRAINT agreements_kind CHECK (kind IN ('licence', 'sublicence'));

ALTER TABLE ticket_requests ADD CONSTRAINT ticket_requests_channel
  CHECK (channel IN ('email', 'telegram', 'web-form', 'web-chat', 'phone'));
ALTER TABLE ticket_requests ADD CONSTRAINT ticket_requests_frequency
  CHECK (frequency IN ('always', 'often', 'sometimes', 'once'));
ALTER TABLE ticket_requests ADD CONSTRAINT ticket_requests_impact
  CHECK (impact IN ('stopped', 'degraded', 'minor', 'consultation', 'reporting'));
ALTER TABLE ticket_requests ADD CONSTRAINT ticket_requests_language CHECK (language IN ('ru', 'ky', 'en'));

ALTER TABLE messages ADD CONSTRAINT messages_act CHECK (act IN ('message', 'confirm', 'disagree'));
ALTER TABLE messages ADD CONSTRAINT messages_channel
  CHECK (channel IN ('email', 'telegram', 'web-form', 'web-chat', 'phone'));

ALTER TABLE tickets ADD CONSTRAINT tickets_status
  CHECK (status IN ('triage', 'work', 'waiting-on-client', 'escalated-to-development', 'completed',
                    'awaiting-confirmation', 'closed'));
ALTER TABLE tickets ADD CONSTRAINT tickets_channel
  CHECK (channel IN ('email', 'telegram', 'web-form', 'web-chat', 'phone'));
ALTER TABLE tickets ADD CONSTRAINT tickets_severity CHECK (severity IN (1, 2, 3, 4));
ALTER TABLE tickets ADD CONSTRAINT tickets_proposed_severity CHECK (proposed_severity IN (1, 2, 3, 4));
ALTER TABLE tickets ADD CONSTRAINT tickets_effective_severity CHECK (effective_severity IN (1, 2, 3, 4));
ALTER TABLE tickets ADD CONSTRAINT tickets_outcome
  CHECK (outcome IN ('information-provided', 'not-our-software', 'coming-update', 'client-unresponsive'));
ALTER TABLE tickets ADD CONSTRAINT tickets_closed_because
  CHECK (closed_because IN ('confirmed', 'no-answer', 'client-silent', 'declined', 'merged'));
ALTER TABLE tickets ADD CONSTRAINT tickets_next_deadline_kind
  CHECK (next_deadline_kind IN ('first-response-warning', 'first-response-due', 'resolution-warning', 'resolution-due',
                                'client-reminder', 'silence-limit', 'confirmation-limit', 'not-told-alarm',
                                'development-target-warning', 'development-target-due'));

ALTER TABLE notices ADD CONSTRAINT notices_audience CHECK (audience IN ('client', 'assignee', 'on-duty'));
ALTER TABLE notice_deliveries ADD CONSTRAINT notice_deliveries_fate CHECK (fate IN ('delivered', 'failed'));
ALTER TABLE notice_deliveries ADD CONSTRAINT notice_deliveries_channel
  CHECK (channel IN ('email', 'telegram', 'web-form', 'web-chat', 'phone'));

-- The audit trail and the list of published calendars are only added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only added, never changed or removed', TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER ticket_events_only_added BEFORE UPDATE OR DELETE ON ticket_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER calendar_versions_only_added BEFORE UPDATE OR DELETE ON calendar_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER directory_changes_only_added BEFORE UPDATE OR DELETE ON directory_changes
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The work queue (§2.3, reading 14): unassigned tickets in triage or work, by severity, put ahead, receipt.
CREATE INDEX tickets_queue ON tickets (effective_severity, put_ahead_at, received_at, number)
  WHERE assignee_id IS NULL AND status IN ('triage', 'work');
-- Deadlines, breaches and lists look at open tickets alone.
CREATE INDEX tickets_open ON tickets (calendar_version) WHERE status <> 'closed';
-- What the sweep of the dispatcher looks for.
CREATE INDEX messages_to_dispatch ON messages (ticket_number, seq) WHERE dispatched_at IS NULL;
-- Messages of tickets still in flight: no event names them yet.
CREATE INDEX messages_to_settle ON messages (dispatched_at) WHERE settled_at IS NULL;
