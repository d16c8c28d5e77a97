-- Sessions are deleted in batches of 5,000: one large DELETE held locks for eleven minutes and blocked every login.
-- Runs every night at three; the index on expires_at is needed.
WITH expired AS (
  SELECT id FROM sessions WHERE expires_at < now() - interval '1 day' ORDER BY expires_at LIMIT 5000
)
DELETE FROM sessions USING expired WHERE sessions.id = expired.id;
