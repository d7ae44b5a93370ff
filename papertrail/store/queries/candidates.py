"""Which questions may be asked on a day: text alone, for those who must not import anything to count them."""

counts = "r.is_read AND (:by_reading OR n.complete)"

# Of papers that count, and of lineages with some of those. The question of a lineage that was never answered
# has no row yet and goes by the lineage's id below zero; its group holds a blank, which no key does. What
# failed in earnest comes first from the next day on, until it is answered.
CANDIDATES = f"""
SELECT q.id, p.key, m.due_on, m.stability, m.difficulty, m.last_on, EXISTS (
  SELECT 1 FROM asked a WHERE a.paper_id = q.paper_id AND a.wording = q.wording AND a.outcome = 'failed'
    AND a.local_date < :today
    AND NOT EXISTS (SELECT 1 FROM review v WHERE v.question_id = q.id AND v.at > a.at)) AS failed
FROM question q
JOIN paper p ON p.id = q.paper_id
JOIN reading r ON r.paper_id = q.paper_id AND r.reader_id = :reader
LEFT JOIN note n ON n.paper_id = q.paper_id AND n.reader_id = :reader
LEFT JOIN memory m ON m.question_id = q.id AND m.reader_id = :reader
LEFT JOIN set_aside s ON s.question_id = q.id AND s.reader_id = :reader
WHERE q.reader_id = :reader AND q.asleep_since IS NULL AND {counts}
  AND (s.question_id IS NULL OR s.until <= :today)
UNION ALL
SELECT coalesce(q.id, -l.id), 'lineage ' || l.name, m.due_on, m.stability, m.difficulty, m.last_on, 0
FROM lineage l
LEFT JOIN question q ON q.lineage_id = l.id AND q.reader_id = :reader
LEFT JOIN memory m ON m.question_id = q.id AND m.reader_id = :reader
LEFT JOIN set_aside s ON s.question_id = q.id AND s.reader_id = :reader
WHERE (s.question_id IS NULL OR s.until <= :today) AND (
  SELECT count(*) FROM lineage_paper lp
  JOIN reading r ON r.paper_id = lp.paper_id AND r.reader_id = :reader
  LEFT JOIN note n ON n.paper_id = lp.paper_id AND n.reader_id = :reader
  WHERE lp.lineage_id = l.id AND {counts}) >= :least
"""  # noqa: S608 our own fragment
