-- ledger: the money of a fund, double entry, append-only, chained. A book is one bank account of a
-- fund: main, or LTC (long-term care) which is apart. Amounts of lines: debit > 0, credit < 0; the
-- lines of an entry add up to zero, and the database refuses to seal one that does not. Nothing sealed
-- is changed or deleted: a mistake is reversed by another entry.

CREATE TABLE ledger_book (
    id ledger_book_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    book code NOT NULL CHECK (book IN ('main', 'ltc')),
    opened_on date NOT NULL,
    bank_name text,
    bank_branch text,
    bank_account_name text,
    bank_account_no text,
    is_taken_over flag NOT NULL,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, book)
);

-- What is in the bank by the book. The posting moves it; the database refuses to go below zero.
CREATE TABLE ledger_balance (
    book_id ledger_book_id PRIMARY KEY REFERENCES ledger_book (id),
    left_satang satang NOT NULL CHECK (left_satang >= 0)
);

-- The last number given in a book and fiscal year: advanced by the posting itself, so no gap and no
-- double.
CREATE TABLE ledger_counter (
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    fy fiscal_year NOT NULL,
    last int NOT NULL CHECK (last >= 0),
    PRIMARY KEY (book_id, fy)
);

-- Whether an agreement is needed before paying, by support type and owner type; NULL is "every". The
-- most exact row in force wins. From reference/agreement_rules.tsv, dated data.
CREATE TABLE ledger_agreement_rule (
    id ledger_agreement_rule_id PRIMARY KEY,
    support_type_code code REFERENCES support_type (code),
    owner_type_code code REFERENCES owner_type (code),
    is_needed flag NOT NULL,
    fy_from fiscal_year,
    fy_to fiscal_year,
    certainty code NOT NULL CHECK (certainty IN ('S', 'D', 'U')),
    source text NOT NULL,
    note_th text
);

-- Money promised to an approved project: held until it is paid or released. left_satang is what may
-- still be paid, and the database refuses to pay more. held_for: why nothing is paid: its signed paper is to be seen by
-- another, or its project is suspended; NULL: nothing holds it.
CREATE TABLE ledger_commitment (
    id ledger_commitment_id PRIMARY KEY,
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    fy fiscal_year NOT NULL,
    project_code code NOT NULL,
    title text NOT NULL,
    owner_name text,
    support_type_code code NOT NULL REFERENCES support_type (code),
    owner_type_code code NOT NULL REFERENCES owner_type (code),
    issue_code code,
    approved_on date NOT NULL,
    approved_in text NOT NULL,
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    paid_before_satang satang NOT NULL CHECK (paid_before_satang >= 0),
    left_satang satang NOT NULL CHECK (left_satang >= 0),
    needs_agreement flag NOT NULL,
    agreement_no text,
    agreement_on date,
    is_released flag NOT NULL,
    is_entered_later flag NOT NULL,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    held_for code CHECK (held_for IN ('paper', 'suspended')),
    UNIQUE (book_id, project_code),
    CHECK (paid_before_satang + left_satang <= amount_satang)
);
CREATE INDEX ledger_commitment_book ON ledger_commitment (book_id, fy, id);
-- Of a book's promises few are open: what is held is their sum.
CREATE INDEX ledger_commitment_open ON ledger_commitment (book_id, left_satang) WHERE left_satang > 0;

-- shut_since: not payable until its evidence is accepted; NULL: open.
CREATE TABLE ledger_instalment (
    commitment_id ledger_commitment_id NOT NULL REFERENCES ledger_commitment (id),
    position int NOT NULL CHECK (position >= 1),
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    left_satang satang NOT NULL CHECK (left_satang >= 0),
    due_on date,
    shut_since instant,
    PRIMARY KEY (commitment_id, position),
    CHECK (left_satang <= amount_satang)
);

-- An entry. seq is its place in the chain of the book, across years; number counts in the year.
CREATE TABLE ledger_entry (
    id ledger_entry_id PRIMARY KEY,
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    fy fiscal_year NOT NULL,
    number int NOT NULL CHECK (number > 0),
    kind code NOT NULL CHECK (kind IN ('opening', 'receipt', 'payment', 'reversal')),
    entry_date date NOT NULL,
    recorded_at instant NOT NULL,
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    source code CHECK (source IN ('nhso', 'local', 'interest', 'donation', 'refund')),
    support_type_code code,
    issue_code code,
    commitment_id ledger_commitment_id REFERENCES ledger_commitment (id),
    instalment int,
    project_code code,
    reference text,
    reversal_of ledger_entry_id REFERENCES ledger_entry (id),
    is_entered_later flag NOT NULL,
    account_no int,
    grant_no int,
    UNIQUE (book_id, fy, number),
    CHECK (fy = CAST(substr(entry_date, 1, 4) AS INTEGER)
           + CASE WHEN substr(entry_date, 6, 2) >= '10' THEN 544 ELSE 543 END),
    CHECK (CASE WHEN kind = 'receipt' THEN source IS NOT NULL ELSE source IS NULL END),
    CHECK (CASE WHEN kind = 'payment' THEN commitment_id IS NOT NULL ELSE 1 = 1 END),
    CHECK (CASE WHEN kind = 'reversal' THEN reversal_of IS NOT NULL ELSE reversal_of IS NULL END)
);
CREATE UNIQUE INDEX ledger_entry_reversed ON ledger_entry (reversal_of) WHERE reversal_of IS NOT NULL;
CREATE INDEX ledger_entry_date ON ledger_entry (book_id, entry_date, id);
CREATE INDEX ledger_entry_project ON ledger_entry (book_id, project_code) WHERE project_code IS NOT NULL;
CREATE INDEX ledger_entry_commitment ON ledger_entry (commitment_id) WHERE commitment_id IS NOT NULL;

-- Words of an entry that may hold names: only their salted hashes are in the chain, so that the words
-- can be erased after their legal term and the chain still holds.
CREATE TABLE ledger_entry_text (
    entry_id ledger_entry_id PRIMARY KEY REFERENCES ledger_entry (id),
    salt text NOT NULL,
    memo text,
    memo_hash text NOT NULL,
    party text,
    party_hash text NOT NULL,
    reason text,
    reason_hash text NOT NULL
);

CREATE TABLE ledger_line (
    entry_id ledger_entry_id NOT NULL REFERENCES ledger_entry (id),
    position int NOT NULL CHECK (position >= 1),
    account code NOT NULL REFERENCES money_account (code),
    amount_satang satang NOT NULL CHECK (amount_satang <> 0),
    PRIMARY KEY (entry_id, position)
);

-- What moved in each month (2027-01) of a book, account by account: the posting moves it, so that the balance on a
-- day and the sums of a year do not cost more the longer the book is.
CREATE TABLE ledger_month_sum (
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    month code NOT NULL,
    account code NOT NULL REFERENCES money_account (code),
    total_satang satang NOT NULL,
    PRIMARY KEY (book_id, month, account)
) WITHOUT ROWID;

-- The chain: an entry is in the book when it is sealed. docs/ledger-chain.md states what is hashed.
CREATE TABLE ledger_seal (
    entry_id ledger_entry_id PRIMARY KEY REFERENCES ledger_entry (id),
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    seq int NOT NULL CHECK (seq > 0),
    prev_hash text NOT NULL,
    hash text NOT NULL,
    UNIQUE (book_id, seq)
);

-- The last seal of each book in a row of its own, so that a missing last entry is found.
CREATE TABLE ledger_head (
    book_id ledger_book_id PRIMARY KEY REFERENCES ledger_book (id),
    seq int NOT NULL CHECK (seq >= 0),
    hash text NOT NULL
);

-- What happened to a commitment, append-only: left_satang follows from it.
CREATE TABLE ledger_commitment_move (
    id ledger_commitment_move_id PRIMARY KEY,
    commitment_id ledger_commitment_id NOT NULL REFERENCES ledger_commitment (id),
    kind code NOT NULL CHECK (kind IN ('open', 'paid_before', 'pay', 'unpay', 'release')),
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    instalment int,
    entry_id ledger_entry_id REFERENCES ledger_entry (id),
    on_date date NOT NULL,
    recorded_at instant NOT NULL
);
CREATE INDEX ledger_commitment_move_of ON ledger_commitment_move (commitment_id, id);

-- A closed month: nothing dated in it, or before it, is booked any more. Never reopened.
CREATE TABLE ledger_close (
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    closed_through date NOT NULL,
    balance_satang satang NOT NULL CHECK (balance_satang >= 0),
    seq int NOT NULL,
    account_no int,
    grant_no int,
    recorded_at instant NOT NULL,
    PRIMARY KEY (book_id, closed_through)
);

-- A receipt or payment being prepared: every field as typed (form fields as JSON), nothing counts yet.
CREATE TABLE ledger_draft (
    id ledger_draft_id PRIMARY KEY,
    book_id ledger_book_id NOT NULL REFERENCES ledger_book (id),
    kind code NOT NULL CHECK (kind IN ('receipt', 'payment')),
    fields text NOT NULL,
    from_entry_id ledger_entry_id REFERENCES ledger_entry (id),
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL
);
CREATE INDEX ledger_draft_book ON ledger_draft (book_id, id);

-- The annual finance plan of a fund: expected income, and what is planned for each support type, line
-- by line. Agreed by the committee; then it feeds the figure "planned".
CREATE TABLE ledger_plan (
    id ledger_plan_id PRIMARY KEY,
    fund_id fund_id NOT NULL REFERENCES fund (id),
    fy fiscal_year NOT NULL,
    income_nhso_satang satang CHECK (income_nhso_satang >= 0),
    income_local_satang satang CHECK (income_local_satang >= 0),
    income_other_satang satang CHECK (income_other_satang >= 0),
    agreed_on date,
    agreed_in text,
    account_no int,
    recorded_at instant NOT NULL,
    version int NOT NULL,
    UNIQUE (fund_id, fy)
);
CREATE TABLE ledger_plan_line (
    id ledger_plan_line_id PRIMARY KEY,
    plan_id ledger_plan_id NOT NULL REFERENCES ledger_plan (id),
    position int NOT NULL CHECK (position >= 1),
    title text NOT NULL,
    unit_name text,
    support_type_code code NOT NULL REFERENCES support_type (code),
    issue_code code,
    amount_satang satang NOT NULL CHECK (amount_satang > 0),
    UNIQUE (plan_id, position)
);

-- What the database itself refuses, whoever asks: see README.md of this room. Written for each engine.
-- sqlite:
CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry is append-only'); END;
CREATE TRIGGER ledger_line_no_change BEFORE UPDATE ON ledger_line BEGIN SELECT RAISE(ABORT, 'ledger_line is append-only'); END;
CREATE TRIGGER ledger_seal_no_change BEFORE UPDATE ON ledger_seal BEGIN SELECT RAISE(ABORT, 'ledger_seal is append-only'); END;
CREATE TRIGGER ledger_close_no_change BEFORE UPDATE ON ledger_close BEGIN SELECT RAISE(ABORT, 'ledger_close is append-only'); END;
CREATE TRIGGER ledger_commitment_move_no_change BEFORE UPDATE ON ledger_commitment_move BEGIN SELECT RAISE(ABORT, 'ledger_commitment_move is append-only'); END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger_entry keeps its rows'); END;
CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line BEGIN SELECT RAISE(ABORT, 'ledger_line keeps its rows'); END;
CREATE TRIGGER ledger_seal_no_delete BEFORE DELETE ON ledger_seal BEGIN SELECT RAISE(ABORT, 'ledger_seal keeps its rows'); END;
CREATE TRIGGER ledger_close_no_delete BEFORE DELETE ON ledger_close BEGIN SELECT RAISE(ABORT, 'ledger_close keeps its rows'); END;
CREATE TRIGGER ledger_commitment_move_no_delete BEFORE DELETE ON ledger_commitment_move BEGIN SELECT RAISE(ABORT, 'ledger_commitment_move keeps its rows'); END;
CREATE TRIGGER ledger_book_no_delete BEFORE DELETE ON ledger_book BEGIN SELECT RAISE(ABORT, 'ledger_book keeps its rows'); END;
CREATE TRIGGER ledger_balance_no_delete BEFORE DELETE ON ledger_balance BEGIN SELECT RAISE(ABORT, 'ledger_balance keeps its rows'); END;
CREATE TRIGGER ledger_counter_no_delete BEFORE DELETE ON ledger_counter BEGIN SELECT RAISE(ABORT, 'ledger_counter keeps its rows'); END;
CREATE TRIGGER ledger_commitment_no_delete BEFORE DELETE ON ledger_commitment BEGIN SELECT RAISE(ABORT, 'ledger_commitment keeps its rows'); END;
CREATE TRIGGER ledger_instalment_no_delete BEFORE DELETE ON ledger_instalment BEGIN SELECT RAISE(ABORT, 'ledger_instalment keeps its rows'); END;
CREATE TRIGGER ledger_entry_text_no_delete BEFORE DELETE ON ledger_entry_text BEGIN SELECT RAISE(ABORT, 'ledger_entry_text keeps its rows'); END;
CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head BEGIN SELECT RAISE(ABORT, 'ledger_head keeps its rows'); END;
CREATE TRIGGER ledger_book_fixed BEFORE UPDATE ON ledger_book
WHEN NEW.id <> OLD.id OR NEW.fund_id <> OLD.fund_id OR NEW.book <> OLD.book OR NEW.opened_on <> OLD.opened_on
     OR NEW.is_taken_over <> OLD.is_taken_over OR NEW.recorded_at <> OLD.recorded_at
BEGIN SELECT RAISE(ABORT, 'ledger_book: of a book only its bank may change'); END;
CREATE TRIGGER ledger_counter_one BEFORE UPDATE ON ledger_counter
WHEN NEW.book_id <> OLD.book_id OR NEW.fy <> OLD.fy OR NEW.last <> OLD.last + 1
BEGIN SELECT RAISE(ABORT, 'ledger_counter: a counter goes on by one'); END;
CREATE TRIGGER ledger_commitment_fixed BEFORE UPDATE ON ledger_commitment
WHEN NEW.id <> OLD.id OR NEW.book_id <> OLD.book_id OR NEW.fy <> OLD.fy OR NEW.project_code <> OLD.project_code
     OR NEW.amount_satang <> OLD.amount_satang OR NEW.paid_before_satang <> OLD.paid_before_satang
     OR NEW.support_type_code <> OLD.support_type_code OR NEW.owner_type_code <> OLD.owner_type_code
     OR COALESCE(NEW.issue_code, '') <> COALESCE(OLD.issue_code, '') OR NEW.approved_on <> OLD.approved_on
     OR NEW.is_released < OLD.is_released
BEGIN SELECT RAISE(ABORT, 'ledger_commitment: what was approved stays'); END;
CREATE TRIGGER ledger_instalment_fixed BEFORE UPDATE ON ledger_instalment
WHEN NEW.commitment_id <> OLD.commitment_id OR NEW.position <> OLD.position OR NEW.amount_satang <> OLD.amount_satang
BEGIN SELECT RAISE(ABORT, 'ledger_instalment: what was agreed stays'); END;
CREATE TRIGGER ledger_entry_open BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_close c WHERE c.book_id = NEW.book_id AND c.closed_through >= NEW.entry_date)
BEGIN SELECT RAISE(ABORT, 'ledger_entry: the month is closed'); END;
CREATE TRIGGER ledger_entry_opened BEFORE INSERT ON ledger_entry
WHEN NOT EXISTS (SELECT 1 FROM ledger_book b WHERE b.id = NEW.book_id AND b.opened_on <= NEW.entry_date)
BEGIN SELECT RAISE(ABORT, 'ledger_entry: dated before the book was opened'); END;
CREATE TRIGGER ledger_entry_once BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'ledger_entry: an entry is written once'); END;
CREATE TRIGGER ledger_entry_text_erase BEFORE UPDATE ON ledger_entry_text
WHEN NEW.entry_id <> OLD.entry_id OR NEW.memo_hash <> OLD.memo_hash OR NEW.party_hash <> OLD.party_hash
     OR NEW.reason_hash <> OLD.reason_hash OR COALESCE(NEW.memo, OLD.memo, '') <> COALESCE(OLD.memo, '')
     OR COALESCE(NEW.party, OLD.party, '') <> COALESCE(OLD.party, '')
     OR COALESCE(NEW.reason, OLD.reason, '') <> COALESCE(OLD.reason, '')
     OR (NEW.memo IS NOT NULL AND OLD.memo IS NULL) OR (NEW.party IS NOT NULL AND OLD.party IS NULL)
     OR (NEW.reason IS NOT NULL AND OLD.reason IS NULL)
     OR (NEW.salt <> OLD.salt AND NOT (NEW.salt = '' AND NEW.memo IS NULL AND NEW.party IS NULL AND NEW.reason IS NULL))
BEGIN SELECT RAISE(ABORT, 'ledger_entry_text: words are erased, never changed'); END;
CREATE TRIGGER ledger_entry_text_once BEFORE INSERT ON ledger_entry_text
WHEN EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'ledger_entry_text: the entry is sealed'); END;
CREATE TRIGGER ledger_line_open BEFORE INSERT ON ledger_line
WHEN EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'ledger_line: the entry is sealed'); END;
CREATE TRIGGER ledger_seal_lines BEFORE INSERT ON ledger_seal
WHEN (SELECT COUNT(*) FROM ledger_line l WHERE l.entry_id = NEW.entry_id) < 2
     OR (SELECT SUM(l.amount_satang) FROM ledger_line l WHERE l.entry_id = NEW.entry_id) <> 0
BEGIN SELECT RAISE(ABORT, 'ledger_seal: the lines do not add up to zero'); END;
CREATE TRIGGER ledger_seal_next BEFORE INSERT ON ledger_seal
WHEN NOT EXISTS (SELECT 1 FROM ledger_head h JOIN ledger_entry e ON e.book_id = h.book_id
                 JOIN ledger_entry_text t ON t.entry_id = e.id
                 WHERE h.book_id = NEW.book_id AND e.id = NEW.entry_id AND NEW.seq = h.seq + 1
                 AND NEW.prev_hash = h.hash AND length(NEW.hash) = 64)
     OR EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'ledger_seal: not the next of the chain'); END;
CREATE TRIGGER ledger_head_first BEFORE INSERT ON ledger_head
WHEN NEW.seq <> 0 OR EXISTS (SELECT 1 FROM ledger_head h WHERE h.book_id = NEW.book_id)
BEGIN SELECT RAISE(ABORT, 'ledger_head: a chain begins at 0'); END;
CREATE TRIGGER ledger_head_next BEFORE UPDATE ON ledger_head
WHEN NEW.book_id <> OLD.book_id OR NEW.seq <> OLD.seq + 1
     OR NOT EXISTS (SELECT 1 FROM ledger_seal s WHERE s.book_id = NEW.book_id AND s.seq = NEW.seq AND s.hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'ledger_head: the head follows the last seal'); END;
-- pg:
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % is refused, its rows stay as they are', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER ledger_entry_no_change BEFORE UPDATE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_line_no_change BEFORE UPDATE ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_no_change BEFORE UPDATE ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_close_no_change BEFORE UPDATE ON ledger_close FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_commitment_move_no_change BEFORE UPDATE ON ledger_commitment_move FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_line_no_truncate BEFORE TRUNCATE ON ledger_line EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_no_delete BEFORE DELETE ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_no_truncate BEFORE TRUNCATE ON ledger_seal EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_close_no_delete BEFORE DELETE ON ledger_close FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_close_no_truncate BEFORE TRUNCATE ON ledger_close EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_commitment_move_no_delete BEFORE DELETE ON ledger_commitment_move FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_commitment_move_no_truncate BEFORE TRUNCATE ON ledger_commitment_move EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_book_no_delete BEFORE DELETE ON ledger_book FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_book_no_truncate BEFORE TRUNCATE ON ledger_book EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_balance_no_delete BEFORE DELETE ON ledger_balance FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_balance_no_truncate BEFORE TRUNCATE ON ledger_balance EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_counter_no_delete BEFORE DELETE ON ledger_counter FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_counter_no_truncate BEFORE TRUNCATE ON ledger_counter EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_commitment_no_delete BEFORE DELETE ON ledger_commitment FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_commitment_no_truncate BEFORE TRUNCATE ON ledger_commitment EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_instalment_no_delete BEFORE DELETE ON ledger_instalment FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_instalment_no_truncate BEFORE TRUNCATE ON ledger_instalment EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_text_no_delete BEFORE DELETE ON ledger_entry_text FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_text_no_truncate BEFORE TRUNCATE ON ledger_entry_text EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_head_no_truncate BEFORE TRUNCATE ON ledger_head EXECUTE FUNCTION ledger_refuse();
CREATE FUNCTION ledger_book_update_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.fund_id <> OLD.fund_id OR NEW.book <> OLD.book OR NEW.opened_on <> OLD.opened_on
     OR NEW.is_taken_over <> OLD.is_taken_over OR NEW.recorded_at <> OLD.recorded_at THEN
        RAISE EXCEPTION 'ledger_book: of a book only its bank may change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_book_update_check BEFORE UPDATE ON ledger_book FOR EACH ROW EXECUTE FUNCTION ledger_book_update_check();
CREATE FUNCTION ledger_counter_update_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.book_id <> OLD.book_id OR NEW.fy <> OLD.fy OR NEW.last <> OLD.last + 1 THEN
        RAISE EXCEPTION 'ledger_counter: a counter goes on by one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_counter_update_check BEFORE UPDATE ON ledger_counter FOR EACH ROW EXECUTE FUNCTION ledger_counter_update_check();
CREATE FUNCTION ledger_commitment_update_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.book_id <> OLD.book_id OR NEW.fy <> OLD.fy OR NEW.project_code <> OLD.project_code
     OR NEW.amount_satang <> OLD.amount_satang OR NEW.paid_before_satang <> OLD.paid_before_satang
     OR NEW.support_type_code <> OLD.support_type_code OR NEW.owner_type_code <> OLD.owner_type_code
     OR COALESCE(NEW.issue_code, '') <> COALESCE(OLD.issue_code, '') OR NEW.approved_on <> OLD.approved_on
     OR NEW.is_released < OLD.is_released THEN
        RAISE EXCEPTION 'ledger_commitment: what was approved stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_commitment_update_check BEFORE UPDATE ON ledger_commitment FOR EACH ROW EXECUTE FUNCTION ledger_commitment_update_check();
CREATE FUNCTION ledger_instalment_update_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.commitment_id <> OLD.commitment_id OR NEW.position <> OLD.position OR NEW.amount_satang <> OLD.amount_satang THEN
        RAISE EXCEPTION 'ledger_instalment: what was agreed stays' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_instalment_update_check BEFORE UPDATE ON ledger_instalment FOR EACH ROW EXECUTE FUNCTION ledger_instalment_update_check();
CREATE FUNCTION ledger_entry_insert_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_close c WHERE c.book_id = NEW.book_id AND c.closed_through >= NEW.entry_date) THEN
        RAISE EXCEPTION 'ledger_entry: the month is closed' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM ledger_book b WHERE b.id = NEW.book_id AND b.opened_on <= NEW.entry_date) THEN
        RAISE EXCEPTION 'ledger_entry: dated before the book was opened' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_entry e WHERE e.id = NEW.id) THEN
        RAISE EXCEPTION 'ledger_entry: an entry is written once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_insert_check BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_entry_insert_check();
CREATE FUNCTION ledger_entry_text_update_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.entry_id <> OLD.entry_id OR NEW.memo_hash <> OLD.memo_hash OR NEW.party_hash <> OLD.party_hash
     OR NEW.reason_hash <> OLD.reason_hash OR COALESCE(NEW.memo, OLD.memo, '') <> COALESCE(OLD.memo, '')
     OR COALESCE(NEW.party, OLD.party, '') <> COALESCE(OLD.party, '')
     OR COALESCE(NEW.reason, OLD.reason, '') <> COALESCE(OLD.reason, '')
     OR (NEW.memo IS NOT NULL AND OLD.memo IS NULL) OR (NEW.party IS NOT NULL AND OLD.party IS NULL)
     OR (NEW.reason IS NOT NULL AND OLD.reason IS NULL)
     OR (NEW.salt <> OLD.salt AND NOT (NEW.salt = '' AND NEW.memo IS NULL AND NEW.party IS NULL AND NEW.reason IS NULL)) THEN
        RAISE EXCEPTION 'ledger_entry_text: words are erased, never changed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_text_update_check BEFORE UPDATE ON ledger_entry_text FOR EACH ROW EXECUTE FUNCTION ledger_entry_text_update_check();
CREATE FUNCTION ledger_entry_text_insert_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'ledger_entry_text: the entry is sealed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_entry_text_insert_check BEFORE INSERT ON ledger_entry_text FOR EACH ROW EXECUTE FUNCTION ledger_entry_text_insert_check();
CREATE FUNCTION ledger_line_insert_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'ledger_line: the entry is sealed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_line_insert_check BEFORE INSERT ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_line_insert_check();
CREATE FUNCTION ledger_seal_insert_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT COUNT(*) FROM ledger_line l WHERE l.entry_id = NEW.entry_id) < 2
     OR (SELECT SUM(l.amount_satang) FROM ledger_line l WHERE l.entry_id = NEW.entry_id) <> 0 THEN
        RAISE EXCEPTION 'ledger_seal: the lines do not add up to zero' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM ledger_head h JOIN ledger_entry e ON e.book_id = h.book_id
                 JOIN ledger_entry_text t ON t.entry_id = e.id
                 WHERE h.book_id = NEW.book_id AND e.id = NEW.entry_id AND NEW.seq = h.seq + 1
                 AND NEW.prev_hash = h.hash AND length(NEW.hash) = 64)
     OR EXISTS (SELECT 1 FROM ledger_seal s WHERE s.entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'ledger_seal: not the next of the chain' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_seal_insert_check BEFORE INSERT ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_seal_insert_check();
CREATE FUNCTION ledger_head_insert_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq <> 0 OR EXISTS (SELECT 1 FROM ledger_head h WHERE h.book_id = NEW.book_id) THEN
        RAISE EXCEPTION 'ledger_head: a chain begins at 0' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_head_insert_check BEFORE INSERT ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_head_insert_check();
CREATE FUNCTION ledger_head_update_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.book_id <> OLD.book_id OR NEW.seq <> OLD.seq + 1
     OR NOT EXISTS (SELECT 1 FROM ledger_seal s WHERE s.book_id = NEW.book_id AND s.seq = NEW.seq AND s.hash = NEW.hash) THEN
        RAISE EXCEPTION 'ledger_head: the head follows the last seal' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_head_update_check BEFORE UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_head_update_check();
-- both:
