-- Named queries of room issue; the language is described in docs/sqlc.md.

-- ---- issues and their indicators ----

-- issue_rows :many
-- out indicators count
-- all: the catalogue is some twenty issues
-- scan i: the catalogue is some twenty issues
SELECT i.id, i.code, i.incumbent_id, i.name_th, i.name_en, i.certainty,
       CAST((SELECT COUNT(*) FROM indicator k WHERE k.issue_id = i.id) AS BIGINT) AS indicators
FROM issue i
ORDER BY i.sort_order;

-- issue_get_code :one
-- in code code
-- out indicators count
SELECT i.id, i.code, i.incumbent_id, i.name_th, i.name_en, i.certainty,
       CAST((SELECT COUNT(*) FROM indicator k WHERE k.issue_id = i.id) AS BIGINT) AS indicators
FROM issue i
WHERE i.code = $code;

-- issue_get_spelling :one
-- in folded text
-- out indicators count
SELECT i.id, i.code, i.incumbent_id, i.name_th, i.name_en, i.certainty,
       CAST((SELECT COUNT(*) FROM indicator k WHERE k.issue_id = i.id) AS BIGINT) AS indicators
FROM issue_spelling s
JOIN issue i ON i.id = s.issue_id
WHERE s.folded = $folded;

-- issue_indicator_rows :many
-- in issue_id issue_id
-- all: an issue has a handful of indicators
SELECT k.id, k.code, k.name_th, k.name_en, k.unit, k.direction, k.question_num_th,
       k.question_num_en, k.question_den_th, k.question_den_en, k.value_min_x100,
       k.value_max_x100, k.certainty, k.source
FROM indicator k
WHERE k.issue_id = $issue_id
ORDER BY k.sort_order;

-- issue_example_rows :many
-- in issue_id issue_id
-- all: an issue has a handful of indicators, each with a few examples
-- # Of all indicators of an issue at once: one query a page, not one an indicator.
SELECT e.indicator_id, e.value_x100
FROM indicator k
JOIN indicator_example e ON e.indicator_id = k.id
WHERE k.issue_id = $issue_id
ORDER BY k.sort_order, e.position;

-- ---- what a project may be ----

-- issue_target_groups :many
-- all: nine groups
-- scan g: nine groups
SELECT g.code, g.kind, g.name_th, g.name_en, g.nhso_code, g.nhso_code_certainty, g.counts_heads,
       g.fy_from, g.fy_to, g.certainty
FROM target_group g
ORDER BY g.sort_order;

-- issue_target_activities :many
-- in group_code code
-- all: some twenty activities
-- scan t: some twenty activities
-- # What may be done for a group: the activities for everybody and its own.
SELECT t.code, t.name_th, t.name_en, t.is_for_all, t.certainty
FROM target_activity t
WHERE t.is_for_all = 1
   OR EXISTS (SELECT 1 FROM target_activity_group g
              WHERE g.group_code = $group_code AND g.activity_code = t.code)
ORDER BY t.sort_order;

-- issue_support_types :many
-- in fy fiscal_year
-- out clause text?, clause_certainty code?
-- all: seven types
-- scan t: seven types
-- # Every type, with the clause that a paper of that fiscal year cites; none when no clause is known.
SELECT t.code, t.name_th, t.name_en, t.short_th, t.short_en, t.account_code, t.fy_from, t.fy_to,
       t.certainty, c.clause AS clause, c.certainty AS clause_certainty
FROM support_type t
LEFT JOIN support_type_clause c
       ON c.support_type_code = t.code AND c.fy_from <= $fy AND (c.fy_to IS NULL OR c.fy_to >= $fy)
ORDER BY t.sort_order;

-- issue_support_rules :many
-- in support_type_code code
-- all: a type has a handful of rules
SELECT r.rule, r.value_bp, r.value_satang, r.value_count, r.value_text, r.fy_from, r.fy_to,
       r.certainty, r.source, r.note
FROM support_type_rule r
WHERE r.support_type_code = $support_type_code
ORDER BY r.id;

-- issue_owner_types :many
-- all: six types
-- scan o: six types
SELECT o.code, o.name_th, o.name_en, o.short_th, o.short_en, o.certainty
FROM owner_type o
ORDER BY o.sort_order;

-- issue_expense_codes :many
-- all: some twenty codes
-- scan c: some twenty codes
-- # Every code with its group, in the order of the budget form.
SELECT c.code, c.group_code, g.name_th AS group_th, g.name_en AS group_en, c.name_th, c.name_en,
       c.certainty, c.note
FROM expense_code c
JOIN expense_group g ON g.code = c.group_code
ORDER BY g.sort_order, c.sort_order;

-- issue_expense_groups :many
-- all: seven groups
-- scan g: seven groups
SELECT g.code, g.incumbent_code, g.name_th, g.name_en, g.certainty
FROM expense_group g
ORDER BY g.sort_order;

-- issue_expense_units :many
-- all: five units
-- scan u: five units
SELECT u.code, u.name_th, u.name_en, u.certainty
FROM expense_unit u
ORDER BY u.sort_order;

-- issue_money_accounts :many
-- all: a dozen accounts
-- scan m: a dozen accounts
SELECT m.code, m.kind, m.name_th, m.name_en, m.certainty
FROM money_account m
ORDER BY m.sort_order;

-- ---- loading reference/ ----

-- issue_add :one
-- in code code, incumbent_id int?, name_th text, name_en text, sort_order int, certainty code, source text
INSERT INTO issue (code, incumbent_id, name_th, name_en, sort_order, certainty, source)
VALUES ($code, $incumbent_id, $name_th, $name_en, $sort_order, $certainty, $source)
RETURNING id;

-- issue_add_spelling :exec
-- in folded text, issue_id issue_id, spelling text, incumbent_id int?, certainty code, source text
-- # A spelling stands once: an issue's own name is often a spelling that a source gave already.
INSERT INTO issue_spelling (folded, issue_id, spelling, incumbent_id, certainty, source)
VALUES ($folded, $issue_id, $spelling, $incumbent_id, $certainty, $source)
ON CONFLICT (folded) DO NOTHING;

-- issue_add_indicator :one
-- in issue_id issue_id, code code, name_th text, name_en text, unit code, direction code
-- in question_num_th text, question_num_en text, question_den_th text?, question_den_en text?
-- in value_min_x100 int?, value_max_x100 int?, sort_order int, certainty code, source text
INSERT INTO indicator (issue_id, code, name_th, name_en, unit, direction, question_num_th,
    question_num_en, question_den_th, question_den_en, value_min_x100, value_max_x100, sort_order,
    certainty, source)
VALUES ($issue_id, $code, $name_th, $name_en, $unit, $direction, $question_num_th,
    $question_num_en, $question_den_th, $question_den_en, $value_min_x100, $value_max_x100,
    $sort_order, $certainty, $source)
RETURNING id;

-- issue_add_example :exec
-- in indicator_id indicator_id, position int, value_x100 int
INSERT INTO indicator_example (indicator_id, position, value_x100)
VALUES ($indicator_id, $position, $value_x100);

-- issue_add_target_group :exec
-- in code code, kind code, name_th text, name_en text, nhso_code code?, nhso_code_certainty code
-- in counts_heads flag, sort_order int, fy_from fiscal_year?, fy_to fiscal_year?, certainty code, source text
INSERT INTO target_group (code, kind, name_th, name_en, nhso_code, nhso_code_certainty,
    counts_heads, sort_order, fy_from, fy_to, certainty, source)
VALUES ($code, $kind, $name_th, $name_en, $nhso_code, $nhso_code_certainty,
    $counts_heads, $sort_order, $fy_from, $fy_to, $certainty, $source);

-- issue_add_target_activity :exec
-- in code code, name_th text, name_en text, is_for_all flag, sort_order int, certainty code, source text
INSERT INTO target_activity (code, name_th, name_en, is_for_all, sort_order, certainty, source)
VALUES ($code, $name_th, $name_en, $is_for_all, $sort_order, $certainty, $source);

-- issue_add_target_activity_group :exec
-- in activity_code code, group_code code, certainty code, source text
INSERT INTO target_activity_group (activity_code, group_code, certainty, source)
VALUES ($activity_code, $group_code, $certainty, $source);

-- issue_add_money_account :exec
-- in code code, kind code, name_th text, name_en text, sort_order int, certainty code, source text
INSERT INTO money_account (code, kind, name_th, name_en, sort_order, certainty, source)
VALUES ($code, $kind, $name_th, $name_en, $sort_order, $certainty, $source);

-- issue_add_support_type :exec
-- in code code, name_th text, name_en text, short_th text, short_en text, account_code code
-- in sort_order int, fy_from fiscal_year?, fy_to fiscal_year?, certainty code, source text, note text?
INSERT INTO support_type (code, name_th, name_en, short_th, short_en, account_code, sort_order,
    fy_from, fy_to, certainty, source, note)
VALUES ($code, $name_th, $name_en, $short_th, $short_en, $account_code, $sort_order,
    $fy_from, $fy_to, $certainty, $source, $note);

-- issue_add_support_clause :exec
-- in support_type_code code, clause text, fy_from fiscal_year, fy_to fiscal_year?, certainty code
-- in source text, note text?
INSERT INTO support_type_clause (support_type_code, clause, fy_from, fy_to, certainty, source, note)
VALUES ($support_type_code, $clause, $fy_from, $fy_to, $certainty, $source, $note);

-- issue_add_support_rule :exec
-- in support_type_code code, rule code, value_bp bp?, value_satang satang?, value_count count?
-- in value_text text?, fy_from fiscal_year?, fy_to fiscal_year?, certainty code, source text, note text?
INSERT INTO support_type_rule (support_type_code, rule, value_bp, value_satang, value_count,
    value_text, fy_from, fy_to, certainty, source, note)
VALUES ($support_type_code, $rule, $value_bp, $value_satang, $value_count,
    $value_text, $fy_from, $fy_to, $certainty, $source, $note);

-- issue_add_owner_type :exec
-- in code code, name_th text, name_en text, short_th text, short_en text, sort_order int, certainty code, source text
INSERT INTO owner_type (code, name_th, name_en, short_th, short_en, sort_order, certainty, source)
VALUES ($code, $name_th, $name_en, $short_th, $short_en, $sort_order, $certainty, $source);

-- issue_add_expense_group :exec
-- in code code, incumbent_code code?, name_th text, name_en text, sort_order int, certainty code, source text
INSERT INTO expense_group (code, incumbent_code, name_th, name_en, sort_order, certainty, source)
VALUES ($code, $incumbent_code, $name_th, $name_en, $sort_order, $certainty, $source);

-- issue_add_expense_code :exec
-- in code code, group_code code, name_th text, name_en text, old_id int?, sort_order int
-- in certainty code, source text, note text?
INSERT INTO expense_code (code, group_code, name_th, name_en, old_id, sort_order, certainty, source, note)
VALUES ($code, $group_code, $name_th, $name_en, $old_id, $sort_order, $certainty, $source, $note);

-- issue_add_expense_unit :exec
-- in code code, name_th text, name_en text, sort_order int, certainty code, source text
INSERT INTO expense_unit (code, name_th, name_en, sort_order, certainty, source)
VALUES ($code, $name_th, $name_en, $sort_order, $certainty, $source);
