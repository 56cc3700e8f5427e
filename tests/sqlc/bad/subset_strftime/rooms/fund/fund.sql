-- fund_x :one
SELECT id FROM fund
WHERE strftime('%Y', founded_on) = '2026';
